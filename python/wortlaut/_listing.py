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

# Below this a shortened text says nothing; a table that needs more than the terminal is wrapped by it.
_NARROWEST = 16

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
    """Yield an aligned table of `width`: numbers right, texts shortened to what the other columns leave.

    Columns whose name ends in `text` share the room that is left. No row, no table.

    >>> rows = [{"a_id": "a1", "words": 7, "similarity": 1.0, "a_text": "Der Rat tagt heute noch einmal"}]
    >>> for line in table_lines(rows, list(rows[0]), width=50):
    ...     print(line)
    a_id  words  similarity  a_text
    a1        7        1.00  Der Rat tagt heute noch…
    """
    if not rows:
        return
    flexible = [name.endswith("text") for name in columns]
    numeric = [_is_number(rows, name) for name in columns]
    cells = [list(columns), *([_cell(row[name], width) for name in columns] for row in rows)]
    widths = _widths(cells, flexible, width)
    for number, row in enumerate(cells):
        fitted = zip(row, widths, numeric, strict=True)
        line = _GAP.join(
            _padded(_cut(cell, room), room, right=right) for cell, room, right in fitted
        ).rstrip()
        yield f"\x1b[1m{line}\x1b[0m" if bold and number == 0 else line


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


def _widths(cells: Sequence[Sequence[str]], flexible: Sequence[bool], width: int) -> list[int]:
    """Return the width of each column: what its cells need, the texts no more than is left for them."""
    widths = [max(_width(row[place]) for row in cells) for place in range(len(flexible))]
    widths = [
        needed if free else min(needed, _ID_WIDTH) for needed, free in zip(widths, flexible, strict=True)
    ]
    left = width - len(_GAP) * (len(widths) - 1)
    left -= sum(needed for needed, free in zip(widths, flexible, strict=True) if not free)
    texts = sorted((needed, place) for place, needed in enumerate(widths) if flexible[place])
    for waiting, (needed, place) in zip(range(len(texts), 0, -1), texts, strict=True):
        widths[place] = min(needed, max(left // waiting, _NARROWEST))
        left -= widths[place]
    return widths


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


def _padded(text: str, room: int, *, right: bool) -> str:
    space = " " * (room - _width(text))
    return space + text if right else text + space
