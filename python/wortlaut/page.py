"""HTML that leaves the notebook: a block as a page of its own, written to a file."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from wortlaut.errors import InvalidTypeError, UnreadableFileError, shown

if TYPE_CHECKING:
    from pathlib import Path

    from wortlaut.html import Html

# What `path` may be.
FilePath = str | PathLike[str]


def check_path(path: object) -> Path | None:
    """Return `path` as a Path, or None if there is none: asked before the work, not after it.

    Raises `InvalidTypeError` for anything else and `UnreadableFileError` where no file can be written.

    >>> check_path("diff.html").name
    'diff.html'
    >>> check_path("no/such/folder.html")
    Traceback (most recent call last):
    ...
    wortlaut.errors.UnreadableFileError: 'no/such/folder.html' cannot be written: there is no folder 'no/such'
    """
    import os
    from pathlib import Path

    if path is None:
        return None
    if not isinstance(path, str | PathLike):
        raise InvalidTypeError(f"path must be a str or a Path, got {shown(path)}")
    where = Path(path)
    told = shown(str(where))
    if where.is_dir():
        example = shown(str(where / "report.html"))
        raise UnreadableFileError(f"{told} is a folder; name a file in it, as in {example}")
    if not where.parent.is_dir():
        raise UnreadableFileError(f"{told} cannot be written: there is no folder {shown(str(where.parent))}")
    if not os.access(where if where.exists() else where.parent, os.W_OK):
        raise UnreadableFileError(f"{told} cannot be written: no permission")
    return where


def finished(block: Html, path: FilePath | None, title: str) -> str:
    """Return a block of HTML as a str, and write it to `path`, if there is one, as a page with this title.

    >>> from wortlaut.html import element
    >>> finished(element("p", "Er ging."), None, "Ein Satz")
    '<p>Er ging.</p>'
    """
    where = check_path(path)
    if where is not None:
        write(where, page(block, title))
    return str(block)


def page(block: Html, title: str) -> str:
    """Return a block as a page of its own: alone it would not say its encoding.

    >>> from wortlaut.html import element
    >>> page(element("p", "Er ging."), "Ein Satz").startswith("<!doctype html>")
    True
    """
    from wortlaut.html.escape import document, element

    # Without these, a phone would show the page as wide as a desk, and a dark one would stand in a white frame.
    screen = element("meta", name="viewport", content="width=device-width, initial-scale=1")
    scheme = element("meta", name="color-scheme", content="light dark")
    head = element("head", element("meta", charset="utf-8"), screen, scheme, element("title", title))
    return document(element("html", head, element("body", block)))


def write(path: Path, text: str) -> None:
    """Write a page to a file.

    Raises `UnreadableFileError` where that cannot be done.

    >>> from pathlib import Path
    >>> write(Path("no/such/folder.html"), "")
    Traceback (most recent call last):
    ...
    wortlaut.errors.UnreadableFileError: 'no/such/folder.html' cannot be written: no such file or directory
    """
    try:
        path.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        reason = str(getattr(error, "strerror", None) or error).lower()
        raise UnreadableFileError(f"{shown(str(path))} cannot be written: {reason}") from error
