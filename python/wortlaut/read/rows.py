"""Articles in rows: JSON lines, and tables of comma- or tab-separated values.

Accepted are objects such as ``{"id": 1, "text": "…", "publish_date": "2023-09-16"}``, one per line, and
tables whose first row names the columns.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from contextlib import suppress
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal

from wortlaut.articles import Article
from wortlaut.dates import dated, not_understood, take_precision
from wortlaut.errors import InvalidValueError, UnreadableFileError, is_missing, shown
from wortlaut.fields import assign
from wortlaut.read.decode import (
    SAMPLE,
    RefusedError,
    decode,
    decode_narrow,
    encoding_of,
    is_wide,
    refuse_binary,
)
from wortlaut.read.reading import missing_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wortlaut.read.reading import Reading

_LABELS = ("title", "url", "outlet", "lang", "author")

# Python refuses to convert numbers of more than 4,300 digits; a longer one stays a str.
_MAX_DIGITS = 4000

# The csv module stops at 131,072 characters a field, less than a long report. This fits a C long everywhere.
_MAX_FIELD = 2**31 - 1

# The delimiter is told from so many characters: longer than any row of column names, short enough to try
# four.
_HEADER_LENGTH = 65536

_DELIMITERS = ",;\t|"

# Bytes of a table that are held in memory, and in which its encoding and its quotation marks are looked for: more than
# nearly all tables have, and little beside what their articles take.
_AT_ONCE = 64 * 2**20


def read_json_lines(
    stream: BinaryIO, source: str, reading: Reading, encoding: str | None = None
) -> Iterator[None]:
    """Read one JSON object per line, each decoded on its own: a damaged line harms no other. Pauses after each.

    Raises `RefusedError` when the whole is no text, or JSON in another layout.
    """
    head = stream.read(SAMPLE)
    stream.seek(0)
    if encoding is not None or is_wide(head):
        text, note = decode(stream.read(), encoding)
        reading.note(source, None, note)
        for number, line in enumerate(text.split("\n"), 1):
            _add_line(line, source, number, reading)
            yield
        return
    refuse_binary(head)
    _refuse_other_json(head)
    for number, raw in enumerate(stream, 1):
        _add_raw_line(raw, source, number, reading)
        yield


def _refuse_other_json(head: bytes) -> None:
    first = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")[0].strip()
    if first == b"[" or first.startswith(b"[{"):
        raise RefusedError("a JSON array, not JSON lines; convert it with: jq -c '.[]'")
    if first == b"{":
        raise RefusedError("JSON over several lines, not JSON lines; convert it with: jq -c '.'")


def read_json(stream: BinaryIO, source: str, reading: Reading, encoding: str | None = None) -> Iterator[None]:
    """Read a JSON file: one object, an array of objects, or after all one object per line. Pauses after each.

    Raises `RefusedError` when the whole is no text, or no JSON.
    """
    text, note = decode(stream.read(), encoding)
    text = text.removeprefix("\ufeff").strip()
    try:
        whole = _JSON.decode(text)
    except (json.JSONDecodeError, RecursionError) as error:
        if not _is_object(text.partition("\n")[0]):
            raise RefusedError(_no_json(error) if text else "the file is empty") from None
        stream.seek(0)
        yield from read_json_lines(stream, source, reading, encoding)
        return
    reading.note(source, None, note)
    rows = whole if isinstance(whole, list) else [whole]
    names = dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)
    if names and not reading.check_columns(source, names):
        return  # once for the file, which may be anything
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            add_row(row, source, number, reading)
        else:
            reading.problem(source, number, f"not a JSON object but {shown(row)}")
        yield


def _is_object(line: str) -> bool:
    with suppress(json.JSONDecodeError, RecursionError):
        return isinstance(_JSON.decode(line), dict)
    return False


def _add_raw_line(raw: bytes, source: str, number: int, reading: Reading) -> None:
    try:
        line, note = decode_narrow(raw)
    except RefusedError as error:
        reading.problem(source, number, str(error), UnreadableFileError)
        return
    reading.note(source, number, note)
    _add_line(line, source, number, reading)


def _add_line(line: str, source: str, number: int, reading: Reading) -> None:
    line = line.removeprefix("\ufeff").strip()
    if not line:
        return
    try:
        row = _json_object(line)
    except InvalidValueError as error:
        reading.problem(source, number, str(error))
    else:
        add_row(row, source, number, reading)


def _json_object(line: str) -> dict[str, Any]:
    try:
        row = _JSON.decode(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidValueError(_no_json(error)) from None
    if not isinstance(row, dict):
        raise InvalidValueError(f"not a JSON object but {shown(row)}")
    return row


def _no_json(error: Exception) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "not JSON that can be read: nested too deeply"
    line = f"line {error.lineno}, " if error.lineno > 1 else ""
    return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]} ({line}column {error.colno})"


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


# Not strict: scraped text has raw tabs and other control characters inside its strings.
_JSON = json.JSONDecoder(strict=False, parse_int=_whole_number)


def read_table(
    stream: BinaryIO, source: str, reading: Reading, encoding: str | None = None
) -> Iterator[None]:
    """Read a table whose first row names the columns; the delimiter is the one that parts this row best.

    Pauses after each row. A file of more than 64 MB is not held in memory; its encoding is told from its start.
    Raises `RefusedError` when the bytes are no text.
    """
    start = stream.read(_AT_ONCE)
    if len(start) < _AT_ONCE:
        text, note = decode(start, encoding)
        reading.note(source, None, note)
        unpaired = text.count('"') % 2 == 1
        yield from _rows(io.StringIO(text, newline=""), text, source, reading, unpaired=unpaired)
        return
    encoding = encoding or encoding_of(start)
    stream.seek(0)
    lines = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield from _rows(lines, start.decode(encoding, "replace"), source, reading, unpaired=False)
    finally:
        lines.detach()  # who opened the stream closes it


def _with_long_fields(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows whose fields may be long; in between, the limit is what it was: it is that of the whole process."""
    while True:
        before = csv.field_size_limit(_MAX_FIELD)
        try:
            row = next(rows, None)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _rows(lines: IO[str], start: str, source: str, reading: Reading, *, unpaired: bool) -> Iterator[None]:
    """Add the rows in `lines`, which begin with `start`; `unpaired` says that a quotation mark is never closed."""
    delimiter = _delimiter(start, reading.chosen)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if unpaired and delimiter == "\t" else csv.QUOTE_MINIMAL
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    header: list[str] | None = None
    number = 0
    try:
        for number, row in enumerate(_with_long_fields(rows), 1):
            if not any(row) or (number == 1 and _names_delimiter(row)):
                continue
            if header is None:
                header = _header(row)
                if not reading.check_columns(source, header):
                    return
                continue
            _add_cells(header, row, source, number, reading)
            yield
    except csv.Error as error:
        reading.problem(source, number + 1, f"not a table from here on: {error}")
    if header is None:
        reading.problem(source, None, "the file is empty")
    if unpaired and quoting == csv.QUOTE_MINIMAL:
        reading.note(source, number, 'a quotation mark (") is never closed; rows may have run together')


def _add_cells(header: list[str], cells: list[str], source: str, number: int, reading: Reading) -> None:
    if any(cell.strip() for cell in cells[len(header) :]):
        told = f"{len(cells)} fields under {len(header)} column names"
        reading.problem(source, number, f"{told}; put fields that hold the delimiter in quotation marks")
        return
    add_row(dict(zip(header, cells, strict=False)), source, number, reading)


def _header(cells: list[str]) -> list[str]:
    """Return names for the columns, no two alike, none empty (an index written by pandas has no name)."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {place}"
        names.append(name if name not in names else f"{name} (column {place})")
    return names


def _delimiter(text: str, chosen: Mapping[str, str]) -> str:
    """Return the delimiter that finds the text column in the first line, or else the most columns."""
    start = text[:_HEADER_LENGTH].lstrip("\r\n")
    first = start.splitlines()[0] if start else ""
    if _names_delimiter([first]):
        return first.strip()[4:]

    def merit(delimiter: str) -> tuple[bool, int]:
        names = next(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), [])
        return "text" in assign([name.strip() for name in names], chosen), len(names)

    return max(_DELIMITERS, key=merit)


def _names_delimiter(cells: list[str]) -> bool:
    """Say whether this is the line with which Excel names the delimiter: ``sep=;``."""
    line = cells[0].strip() if len(cells) <= 2 and cells else ""
    return line.startswith("sep=") and (len(line) == 5 or len(cells) == 2)


def add_row(row: Mapping[str, object], source: str, number: int, reading: Reading) -> None:
    """Keep the article that a row holds, or the reason why it holds none."""
    try:
        article = _article(row, source, number, reading)
    except InvalidValueError as error:
        reading.problem(source, number, str(error))
    else:
        reading.add(article, source, number)


def _article(row: Mapping[str, object], source: str, number: int, reading: Reading) -> Article:
    columns = reading.columns(row)
    text = _text(row, columns, reading.chosen)
    used = set(columns.values())
    extra = {name: value for name, value in row.items() if name not in used}
    labels = {name: label(row[columns[name]]) for name in _LABELS if name in columns}
    given = row.get(columns.get("date", ""))
    date, precision = take_precision(dated(given), extra)
    if date is None and label(given) is not None:
        reading.note(source, number, not_understood(given))
        extra[columns["date"]] = given
    name = _id(row, columns, source, number)
    return Article(name, text, date=date, extra=extra, date_precision=precision, **labels)


def _text(row: Mapping[str, object], columns: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    if "text" not in columns:
        told = {"text": chosen["text"]} if "text" in chosen else {}
        raise InvalidValueError(missing_column(columns, told, row) or "")
    text = row[columns["text"]]
    if is_missing(text):
        raise InvalidValueError(f"text is missing ({'null' if text is None else shown(text)})")
    if not isinstance(text, str):
        raise InvalidValueError(f"text must be a string, got {shown(text)}")
    if not text.strip():
        raise InvalidValueError("text is empty")
    return text


def _id(row: Mapping[str, object], columns: Mapping[str, str], source: str, number: int) -> str:
    """Return the id that the row names, as a str, or else where the row stands: `articles.csv:7`."""
    named = row.get(columns.get("id", ""))
    if is_missing(named) or isinstance(named, dict | list) or not str(named).strip():
        return f"{PurePath(source).name}:{number}"
    return str(named)


def label(value: object) -> str | None:
    """Return a title, an outlet or authors as one str; None where nothing is said.

    >>> label(["Ada", {"name": "Grace"}]), label("  "), label(5)
    ('Ada, Grace', None, '5')
    """
    if isinstance(value, list | tuple):
        names = [label(one) for one in value if not isinstance(one, list | tuple)]
        return ", ".join(name for name in names if name) or None
    if isinstance(value, dict):
        value = value.get("name")
    if is_missing(value) or isinstance(value, list | tuple | dict):
        return None
    return str(value).strip() or None
