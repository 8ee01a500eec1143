"""HTML as a folder of pages: which path is one, what may stand in it, and how the pages get there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wortlaut.errors import UnreadableFileError, shown
from wortlaut.page import check_path, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wortlaut.page import FilePath

# What pages of a report are called, and what is written in each; nothing else in a folder is ever taken away.
_PAGE = re.compile(r"index\.html|(?:pair|cluster)-\d+\.html")
_MARK = '<meta name="generator" content="wortlaut">'
# Characters of a page in which the mark stands, before the style sheet.
_HEAD = 1000


class Target(NamedTuple):
    """Where a report goes: the file or folder, if it is written at all, and whether its sections are pages `apart`.

    >>> Target(None, apart=False)
    Target(where=None, apart=False)
    """

    where: Path | None
    apart: bool


def check_target(path: FilePath | None, *, overwrite: bool = False) -> Target:
    """Return where a report goes: a folder if `path` is one, ends in a slash, or has no ending and is nothing yet.

    It is asked before the work, not after it. Raises `UnreadableFileError` where nothing can be written, or where other
    files stand in the folder; an earlier report may with `overwrite`.

    >>> check_target("report/").apart, check_target("report").apart, check_target("report.html").apart
    (True, True, False)
    """
    if _is_folder(path):
        return Target(_check_folder(Path(path or ""), overwrite=overwrite), apart=True)
    return Target(check_path(path), apart=False)


def _is_folder(path: FilePath | None) -> bool:
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        return False
    where, told = Path(path), os.fspath(path)
    if where.exists():
        return where.is_dir()
    return told.endswith(tuple(filter(None, (os.sep, os.altsep)))) or not where.suffix


def _check_folder(where: Path, *, overwrite: bool) -> Path:
    if not where.exists():
        check_path(where)
        return where
    if not os.access(where, os.W_OK | os.X_OK):
        raise UnreadableFileError(f"{shown(str(where))} cannot be written: no permission")
    held = sorted(one.name for one in where.iterdir() if not one.name.startswith("."))
    strange = [name for name in held if not _is_page(where / name)]
    if strange:
        raise UnreadableFileError(
            f"folder {shown(str(where))} holds {shown(strange[0])}, which is no page of a report; name a new folder, "
            f"or a file as in {shown(str(where / 'report.html'))}"
        )
    if held and not overwrite:
        raise UnreadableFileError(
            f"folder {shown(str(where))} holds a report already; name a new one, or overwrite it with overwrite=True "
            "(--overwrite)"
        )
    return where


def _is_page(path: Path) -> bool:
    if not _PAGE.fullmatch(path.name) or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as page:
        return _MARK in page.read(_HEAD)


def write_pages(folder: Path, pages: Iterable[tuple[str, str]]) -> str:
    """Write pages into a folder, making it if it is not there, and return the last one.

    Pages of an earlier report go first, so that none of them is taken for one of this report.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_pages(Path(folder), [("pair-1.html", "eins"), ("index.html", "zwei")])
    'zwei'
    """
    try:
        folder.mkdir(exist_ok=True)
        for one in folder.iterdir():
            if _PAGE.fullmatch(one.name):
                one.unlink()
    except OSError as error:
        reason = str(error.strerror).lower()
        raise UnreadableFileError(f"{shown(str(folder))} cannot be written: {reason}") from error
    page = ""
    for name, page in pages:
        write(folder / name, page)
    return page
