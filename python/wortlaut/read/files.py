"""One file as articles: opened, decoded, and read as its suffix says."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from wortlaut.articles import Article
from wortlaut.dates import shown_date
from wortlaut.errors import (
    InvalidTypeError,
    MissingExtraError,
    UnreadableFileError,
    WortlautError,
    counted,
)
from wortlaut.read.decode import SAMPLE, RefusedError, decode
from wortlaut.read.nexis import documents
from wortlaut.read.pages import from_page, read_web_archive
from wortlaut.read.parquet import read_parquet
from wortlaut.read.plain import from_head, from_name, is_table
from wortlaut.read.rows import read_json, read_json_lines, read_table
from wortlaut.read.sources import JSON, LINES, PAGES, PARQUET, PLAIN, TABLES, WEB_ARCHIVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wortlaut.dates import Dated
    from wortlaut.read.nexis import Document
    from wortlaut.read.reading import Reading
    from wortlaut.read.sources import Found


# What unpacking says of bytes that are cut short or changed, or of an archive with a password (a RuntimeError).
_DAMAGED = (EOFError, zlib.error, BadZipFile, NotImplementedError, RuntimeError)

# What Excel calls "Unicode text" is a table under a name of plain text; its rows are not taken for articles unasked.
_TABLE = "read as one article, but looks like a table; name it .tsv to read its rows"

# Files of many articles, by their suffixes.
_ROWS = ((TABLES, read_table), (JSON, read_json), (LINES, read_json_lines))


def why(error: OSError) -> str:
    """Say why the system would not give a file.

    >>> why(PermissionError(13, "Permission denied"))
    'cannot be read: permission denied'
    """
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def read_files(found: Iterable[Found], reading: Reading, encoding: str | None) -> Iterator[None]:
    """Read files one after the other, pausing after each article; an archive is opened once for all that is in it."""
    for path, some in groupby(found, key=lambda one: one.member and one.member[0]):
        try:
            archive = None if path is None else ZipFile(path)
        except (OSError, *_DAMAGED) as error:
            reading.problem(str(path), None, f"cannot be unpacked: {error}", UnreadableFileError)
            continue
        with archive or nullcontext():
            for one in some:
                yield from _read_file(one, archive, reading, encoding)


def _read_file(
    found: Found, archive: ZipFile | None, reading: Reading, encoding: str | None
) -> Iterator[None]:
    """Read one file; whatever is wrong with it is its own problem."""
    before = reading.size
    try:
        with _opened(found, archive) as stream:
            yield from _read_kind(stream, found, reading, encoding)
    except (RefusedError, MissingExtraError) as error:
        if reading.sole and isinstance(error, MissingExtraError):
            raise
        reading.problem(found.source, None, str(error), UnreadableFileError)
    except WortlautError:
        raise
    except OSError as error:
        reading.problem(found.source, None, why(error), UnreadableFileError)
    except _DAMAGED as error:
        if archive is None and not found.is_packed:
            raise
        reading.problem(found.source, None, f"cannot be unpacked: {error}", UnreadableFileError)
    else:
        if reading.size == before:
            reading.problem(found.source, None, "no article in this file")


@contextmanager
def _opened(found: Found, archive: ZipFile | None) -> Iterator[BinaryIO]:
    """Open a file for reading in any order; what cannot be wound back (a pipe) is read whole."""
    with _raw(found, archive) as stream:
        if found.is_packed:
            with gzip.open(stream) as unpacked:
                yield cast("BinaryIO", unpacked)
        else:
            yield stream


@contextmanager
def _raw(found: Found, archive: ZipFile | None) -> Iterator[BinaryIO]:
    if found.stream is not None:
        yield io.BytesIO(all_of(found.stream))
    elif archive is not None and found.member is not None:
        with archive.open(found.member[1]) as member:
            yield cast("BinaryIO", member)
    elif found.path.exists() and not found.path.is_file():
        yield io.BytesIO(found.path.read_bytes())
    else:
        with found.path.open("rb") as stream:
            yield stream


def all_of(stream: BinaryIO) -> bytes:
    """Return everything in an open file; `InvalidTypeError` where that is text.

    >>> all_of(io.BytesIO(b"Der Rat"))
    b'Der Rat'
    """
    data = stream.read()
    if not isinstance(data, bytes):
        raise InvalidTypeError("path must be a file object in binary mode, such as sys.stdin.buffer")
    return data


def _read_kind(stream: BinaryIO, found: Found, reading: Reading, encoding: str | None) -> Iterator[None]:
    """Read a file as its suffix says; an open one without holds JSON lines if it begins with ``{``."""
    source, suffix = found.source, found.suffix
    if suffix in PARQUET:
        return read_parquet(stream, source, reading)
    if suffix in WEB_ARCHIVES:
        return read_web_archive(stream, source, reading)
    if suffix in PAGES:
        return _read_page(stream.read(), found, reading, encoding)
    rows = next((read for kinds, read in _ROWS if suffix in kinds), None)
    if rows is None and suffix not in PLAIN and _begins_object(stream, encoding):
        rows = read_json_lines
    if rows is not None:
        return rows(stream, source, reading, encoding)
    return _read_plain(stream.read(), found, reading, encoding)


def _begins_object(stream: BinaryIO, encoding: str | None) -> bool:
    start = decode(stream.read(), encoding).text[:SAMPLE]
    stream.seek(0)
    return start.lstrip().startswith("{")


def _read_plain(data: bytes, found: Found, reading: Reading, encoding: str | None) -> Iterator[None]:
    text, note = decode(data, encoding)
    if not text.strip():
        reason = "the file holds only white space" if data else "the file is empty"
        reading.problem(found.source, None, reason)
        return
    reading.note(found.source, None, note)
    if export := documents(text):
        yield from _read_export(export, found, reading)
        return
    head = from_head(text)
    reading.note(found.source, None, head.note)
    reading.note(found.source, None, _TABLE if is_table(text) else None)
    _add_named(Article(found.plain_path.stem, text, title=head.title), head.date, found, reading)
    yield


def _read_export(export: list[Document], found: Found, reading: Reading) -> Iterator[None]:
    """Keep the documents of an export, each under the name of the file and its number."""
    reading.note(found.source, None, f"an export of Nexis with {counted(len(export), 'document')}")
    for number, one in enumerate(export, 1):
        if not one.text:
            reading.problem(found.source, number, "text is empty")
            continue
        article = Article(
            f"{found.plain_path.name}:{number}",
            one.text,
            title=one.title,
            date=one.date.moment,
            outlet=one.outlet,
            author=one.author,
            extra={"section": one.section} if one.section else {},
            date_precision=one.date.precision,
        )
        reading.add(article, found.source, number)
        yield


def _read_page(data: bytes, found: Found, reading: Reading, encoding: str | None) -> Iterator[None]:
    article, date = from_page(data, found.plain_path.stem, encoding=encoding)
    _add_named(article, date, found, reading)
    yield


def _add_named(article: Article, written: Dated, found: Found, reading: Reading) -> None:
    """Keep the one article of a file, with what the file's name adds."""
    named, outlet = from_name(found.plain_path.stem)
    date, precision = _finer(written, named)
    article = replace(article, date=date, date_precision=precision, outlet=article.outlet or outlet)
    reading.add(article, found.source, folders=found.path.absolute().parent.parts[1:])


def _finer(written: Dated, named: Dated) -> Dated:
    """Return the date written in the text, but that of the file's name where it says more of the same."""
    if written.moment is None or named.moment is None:
        return named if written.moment is None else written
    adds = written.precision is not None and shown_date(*named).startswith(shown_date(*written))
    return named if adds else written
