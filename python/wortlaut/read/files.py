"""One file as articles: opened, decoded, and read as its suffix says."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from wortlaut.articles import Article
from wortlaut.dates import shown_date
from wortlaut.errors import InvalidTypeError, UnreadableFileError, WortlautError
from wortlaut.read.decode import SAMPLE, RefusedError, decode
from wortlaut.read.plain import from_head, from_name
from wortlaut.read.rows import read_json_lines, read_table
from wortlaut.read.sources import LINES, PLAIN, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wortlaut.dates import Dated
    from wortlaut.read.reading import Reading
    from wortlaut.read.sources import Found


def why(error: OSError) -> str:
    """Say why the system would not give a file.

    >>> why(PermissionError(13, "Permission denied"))
    'cannot be read: permission denied'
    """
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def read_file(found: Found, reading: Reading, encoding: str | None) -> None:
    """Read one file; whatever is wrong with it is its own problem."""
    before = reading.size
    try:
        with _opened(found) as stream:
            _read_kind(stream, found, reading, encoding)
    except RefusedError as error:
        reading.problem(found.source, None, str(error), UnreadableFileError)
    except WortlautError:
        raise
    except OSError as error:
        reading.problem(found.source, None, why(error), UnreadableFileError)
    else:
        if reading.size == before:
            reading.problem(found.source, None, "no article in this file")


@contextmanager
def _opened(found: Found) -> Iterator[BinaryIO]:
    """Open a file for reading in any order; what cannot be wound back (a pipe) is read whole."""
    if found.stream is not None:
        yield io.BytesIO(all_of(found.stream))
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


def _read_kind(stream: BinaryIO, found: Found, reading: Reading, encoding: str | None) -> None:
    """Read a file as its suffix says; an open one without holds JSON lines if it begins with ``{``."""
    if found.suffix in LINES:
        read_json_lines(stream, found.source, reading, encoding)
    elif found.suffix in TABLES:
        read_table(stream.read(), found.source, reading, encoding)
    elif found.suffix in PLAIN or not _begins_object(stream, encoding):
        _read_plain(stream.read(), found, reading, encoding)
    else:
        read_json_lines(stream, found.source, reading, encoding)


def _begins_object(stream: BinaryIO, encoding: str | None) -> bool:
    start = decode(stream.read(), encoding).text[:SAMPLE]
    stream.seek(0)
    return start.lstrip().startswith("{")


def _read_plain(data: bytes, found: Found, reading: Reading, encoding: str | None) -> None:
    text, note = decode(data, encoding)
    if not text.strip():
        reason = "the file holds only white space" if data else "the file is empty"
        reading.problem(found.source, None, reason)
        return
    head = from_head(text)
    named, outlet = from_name(found.path.stem)
    reading.note(found.source, None, note)
    reading.note(found.source, None, head.note)
    date, precision = _finer(head.date, named)
    name = found.path.stem
    article = Article(name, text, title=head.title, date=date, outlet=outlet, date_precision=precision)
    reading.add(article, found.source, folders=found.path.absolute().parent.parts[1:])


def _finer(written: Dated, named: Dated) -> Dated:
    """Return the date written in the text, but that of the file's name where it says more of the same."""
    if written.moment is None or named.moment is None:
        return named if written.moment is None else written
    adds = written.precision is not None and shown_date(*named).startswith(shown_date(*written))
    return named if adds else written
