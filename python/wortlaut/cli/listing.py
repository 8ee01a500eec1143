"""Rows as a person or a program wants them on standard output: an aligned table, JSON, or CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

from wortlaut.errors import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Texts with less room than this in a row go under it: a sentence is recognised by its first four words.
_NARROWEST = 24

# Ids can be whole addresses; the start of one is enough to know an article by.
_ID_WIDTH = 32

_GAP = "  "


def json_lines(rows: Sequence[Mapping[str, Any]], *, ascii_only: bool = False) -> Iterator[str]:
    """Yield a JSON list, one object per line: both `json.load` and tools that read by lines can take it.

    >>> for line in json_lines([{"a_id": "a1", "shared": 5}, {"a_id": "a2", "shared": 7}]):
    ...     print(line)
    [
    {"a_id": "a1", "shared": 5},
    {"a_id": "a2", "shared": 7}
    ]
    """
    yield "["
    for number, row in enumerate(rows, 1):
        line = json.dumps(row, ensure_ascii=ascii_only, default=str)
        yield line + ("," if number < len(rows) else "")
    yield "]"


def csv_lines(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a CSV table with a header; what is absent is empty.

    >>> list(csv_lines([{"a_id": "a1", "text": "eins, zwei"}], ["a_id", "text"]))
    ['a_id,text', 'a1,"eins, zwei"']
    """
    for cells in (columns, *([row[name] for name in columns] for row in rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        yield line.getvalue()


def table_lines(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, width: int, bold: bool = False
) -> Iterator[str]:
    """Yield an aligned table of `width`: numbers right, texts shortened.

    Columns whose name ends in `text` share what the others leave; where this is too little, the texts go
    under their row. No row, no table.

    >>> rows = [{"a_id": "a1", "words": 7, "similarity": 1.0, "a_text": "Der Rat tagt heute noch einmal"}]
    >>> for line in table_lines(rows, list(rows[0]), width=50):
    ...     print(line)
    a_id  words  similarity  a_text
    a1        7        1.00  Der Rat tagt heute noch…
    >>> for line in table_lines(rows, list(rows[0]), width=32):
    ...     print(line)
    a_id  words  similarity
    a1        7        1.00
      Der Rat tagt heute noch einmal
    """
    if not rows:
        return
    texts = [name for name in columns if name.endswith("text")]
    others = [name for name in columns if name not in texts]
    table = _Table(rows, others, width)
    rooms = table.rooms(rows, texts)
    header = table.line(others, [_padded(name, room) for name, room in zip(texts, rooms, strict=False)])
    yield f"\x1b[1m{header}\x1b[0m" if bold else header
    for row in rows:
        shown = [_cell(row[name], width) for name in texts]
        yield table.line(
            [_cell(row[name], width) for name in others],
            [_padded(_cut(text, room), room) for text, room in zip(shown, rooms, strict=False)],
        )
        if not rooms:
            yield from (f"  {_cut(text, width - 2)}" for text in dict.fromkeys(shown))


class _Table:
    """The columns that are always in a row: how wide they are, which stand right, what they leave."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], names: Sequence[str], width: int) -> None:
        self._width = self._left = width
        self._right = [_is_number(rows, name) for name in names]
        self._rooms = []
        for name in names:
            needed = max(_width(_cell(row[name], width)) for row in rows)
            self._rooms.append(max(_width(name), min(needed, _ID_WIDTH)))
            self._left -= self._rooms[-1] + len(_GAP)

    def rooms(self, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[int]:
        """Return the width of each text column, or none where there is too little room for them."""
        left, rooms = self._left - len(_GAP) * (len(names) - 1), dict.fromkeys(names, 0)
        needed = {
            name: max(len(name), *(_width(_cell(row[name], self._width)) for row in rows)) for name in names
        }
        for waiting, name in zip(
            range(len(names), 0, -1), sorted(names, key=needed.__getitem__), strict=True
        ):
            rooms[name] = min(needed[name], max(left, 0) // waiting)
            left -= rooms[name]
        enough = all(rooms[name] >= min(needed[name], _NARROWEST) for name in names)
        return [rooms[name] for name in names] if enough else []

    def line(self, cells: Sequence[str], texts: Sequence[str]) -> str:
        """Return one line of the table."""
        fitted = zip(cells, self._rooms, self._right, strict=True)
        padded = [_padded(_cut(cell, room), room, right=right) for cell, room, right in fitted]
        return _GAP.join([*padded, *texts]).rstrip()


def _is_number(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    return all(isinstance(row[name], int | float) and not isinstance(row[name], bool) for row in rows)


def _cell(value: object, width: int) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return f"{value:.2f}"
    return one_line(str(value)[: 4 * width])


def _width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, room: int) -> str:
    if _width(text) <= room:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns_of(character)
        if used > room:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def _padded(text: str, room: int, *, right: bool = False) -> str:
    space = " " * (room - _width(text))
    return space + text if right else text + space
