"""Which files stand behind the paths, folders, patterns and open files of a caller."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias, cast

from wortlaut.errors import (
    ArticleNotFoundError,
    InvalidTypeError,
    InvalidValueError,
    UnreadableFileError,
    WortlautError,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wortlaut.read.reading import Reading

Source: TypeAlias = "str | os.PathLike[str] | BinaryIO"

PLAIN, LINES, JSON, TABLES = (".txt",), (".jsonl", ".ndjson"), (".json",), (".csv", ".tsv")
PAGES, PARQUET, WEB_ARCHIVES = (".html", ".htm"), (".parquet",), (".warc.gz", ".warc")
_KNOWN = PLAIN + PAGES + LINES + JSON + TABLES + PARQUET + WEB_ARCHIVES
_KNOWN_TOLD = f"{', '.join(_KNOWN[:-1])} or {_KNOWN[-1]}"
GZIP, ZIP = ".gz", ".zip"

# What archives made on a Mac hold beside the files: their icons.
_MAC = "__MACOSX"
_EXPECTED = "path must be a file, a folder, a pattern or a binary file object"

# Suffixes in one note about files that were left out: the commonest say what the folder is.
_SUFFIXES_SHOWN = 5


class Found(NamedTuple):
    """A file to read, how it is called in messages, the open file where the caller gave one.

    `member` is the archive that the file is in, and its name there.
    """

    path: Path
    source: str
    stream: BinaryIO | None = None
    member: tuple[Path, str] | None = None

    @property
    def is_packed(self) -> bool:
        """Whether the file is gzip data of something else; a web archive is read as it is."""
        name = self.path.name.lower()
        return name.endswith(GZIP) and not name.endswith(WEB_ARCHIVES)

    @property
    def plain_path(self) -> Path:
        """The path, and the name as it is when the file has been unpacked."""
        return self.path.with_suffix("") if self.is_packed else self.path

    @property
    def suffix(self) -> str:
        """The suffix in lower case, of a compressed file that of what is in it: it tells the kind of file."""
        name = self.plain_path.name.lower()
        return next((one for one in WEB_ARCHIVES if name.endswith(one)), self.plain_path.suffix.lower())


def listed(path: Source | Iterable[Source], more_paths: Iterable[Source]) -> list[Source]:
    """Return all sources of a call in one list.

    >>> listed(["a.txt", "b.txt"], ("c.txt",))
    ['a.txt', 'b.txt', 'c.txt']
    >>> listed(5, ())
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidTypeError: path must be a file, a folder, a pattern or a binary file object, got 5
    """
    if isinstance(path, bytes) or not (_is_source(path) or isinstance(path, Iterable)):
        raise InvalidTypeError(f"{_EXPECTED}, got {shown(path)}")
    sources: list[Any] = [path, *more_paths] if _is_source(path) else [*cast("Any", path), *more_paths]
    for source in sources:
        if not _is_source(source):
            raise InvalidTypeError(f"{_EXPECTED}, got {shown(source)}")
        if isinstance(source, str) and not source.strip():
            raise InvalidValueError(f"{_EXPECTED}, got {shown(source)}")
    if not sources:
        raise InvalidValueError(f"{_EXPECTED}, got none")
    return sources


def _is_source(value: object) -> bool:
    if isinstance(value, os.PathLike):
        return isinstance(os.fspath(value), str)
    return isinstance(value, str) or hasattr(value, "read")


def find(sources: Iterable[Source], reading: Reading) -> list[Found]:
    """Return the files behind `sources`, each once.

    A source that leads nowhere is a problem among others. Raises `ArticleNotFoundError` or
    `InvalidValueError` when none leads anywhere.
    """
    found: dict[object, Found] = {}
    failed: list[tuple[str, WortlautError]] = []
    for source in sources:
        try:
            here = _behind(source, reading)
        except (ArticleNotFoundError, InvalidValueError) as error:
            failed.append((called_in_messages(source), error))
            continue
        for one in here:
            if found.setdefault(one.stream or one.path.absolute(), one) is not one:
                reading.note(one.source, None, "given more than once; read once")
    for called, reason in failed:
        if not found:
            raise type(reason)(f"{called}: {reason}")
        reading.problem(called, None, str(reason), type(reason))
    return list(found.values())


def called_in_messages(source: Source) -> str:
    """Return what a source is called in messages: its path, or the name of an open file.

    >>> import io
    >>> called_in_messages("a.txt"), called_in_messages(io.BytesIO())
    ('a.txt', 'file object')
    """
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name.strip("<>") if isinstance(name, str) else "file object"


def _behind(source: Source, reading: Reading) -> list[Found]:
    called = called_in_messages(source)
    if not isinstance(source, str | os.PathLike):
        return [Found(Path(called), called, source)]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", called):
        raise InvalidValueError("web addresses are not read; download the articles first")
    path = _home(Path(called))
    if _is_folder(path):
        return _known_files(_walk(path, reading), called, "folder", reading)
    if os.path.lexists(path):
        return _in_archive(path) if path.suffix.lower() == ZIP else [_file(path)]
    if glob.has_magic(called):
        return _known_files(_matches(path, reading), called, "pattern", reading)
    where = "" if path.is_absolute() else f" in {Path.cwd()}"
    raise ArticleNotFoundError(f"no such file or folder{where}")


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # the home of a user who is not here: a file may well be called ~name
        return path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission to look: the reading will say so
        return False


def _file(path: Path) -> Found:
    found = Found(path, str(path))
    if found.suffix not in _KNOWN and not found.path.is_fifo():
        suffix = found.path.suffix or "no suffix"
        raise InvalidValueError(
            f"this kind of file ({suffix}) is not read; it must be {_KNOWN_TOLD}, or .gz or .zip of these"
        )
    return found


def _in_archive(path: Path) -> list[Found]:
    """Return the files of a known kind in a ZIP archive, by name; raises `InvalidValueError` where there is none."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
    except (BadZipFile, OSError, NotImplementedError) as error:
        raise InvalidValueError(f"the archive cannot be read: {error}") from None
    seen = [name for name in names if _is_visible(name)]
    found = [Found(path / name.lstrip("/"), f"{path}/{name}", member=(path, name)) for name in seen]
    known = [one for one in found if one.suffix in _KNOWN]
    if not known:
        raise InvalidValueError(f"no {_KNOWN_TOLD} file in this archive")
    return known


def _is_visible(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in (".", "..")]
    return not any(part.startswith(".") or part == _MAC for part in parts)


def _walk(folder: Path, reading: Reading) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders but for hidden ones (`.git`, `._kurier.txt`)."""

    def unlisted(error: OSError) -> None:
        reading.problem(str(error.filename), None, f"the folder cannot be listed: {error.strerror}")

    for place, subfolders, names in os.walk(folder, onerror=unlisted):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _matches(pattern: Path, reading: Reading) -> Iterator[Path]:
    """Yield the files that match, or where only folders do, the files in these."""
    matches = [Path(match) for match in glob.glob(str(pattern), recursive=True)]
    matched = [path for path in matches if not _is_folder(path)]
    yield from matched
    if not matched:
        for folder in matches:
            yield from _walk(folder, reading)


def _known_files(paths: Iterable[Path], called: str, kind: str, reading: Reading) -> list[Found]:
    """Return the files of a known kind in the order of their names; the others are counted in a note."""
    everything = [Found(path, str(path)) for path in paths]
    known = [found for found in everything if found.suffix in _KNOWN and not found.path.is_fifo()]
    archives = [found for found in everything if found.suffix == ZIP]
    for archive in archives:
        try:
            known += _in_archive(archive.path)
        except InvalidValueError as error:
            reading.problem(archive.source, None, str(error), UnreadableFileError)
    others = Counter(
        found.suffix or "no suffix" for found in everything if found.suffix not in (*_KNOWN, ZIP)
    )
    suffixes = ", ".join(suffix for suffix, _ in others.most_common(_SUFFIXES_SHOWN))
    told = f"{others.total()} of other kinds left out: {suffixes}" if others else None
    if not known and not archives:
        reason = f"no {_KNOWN_TOLD} file behind this {kind}"
        raise ArticleNotFoundError(f"{reason} ({told})" if told else reason)
    reading.note(called, None, told)
    return sorted(known, key=lambda found: found.path.parts)
