"""When the copies of a stretch of text came, one line for each outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wortlaut.dates import shown_date
from wortlaut.scene import WIDTH, Dot, Label, Line, Mark, Scene, labelled, legend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# Lines that a picture has room for.
MOST_LANES = 30

_LEFT = 190.0
_ROW = 22.0
_TOP = 26.0


def timeline(mentions: Sequence[tuple[str, datetime | None]]) -> Scene:
    """Draw mentions (outlet and moment) in order of time; the first stands out, those without a moment are left out.

    >>> from wortlaut.dates import parse_date
    >>> drawn = timeline([("Kurier", parse_date("2025-03-04")), ("Bote", parse_date("2025-03-05")), ("Bote", None)])
    >>> [mark.colour for mark in drawn.marks if isinstance(mark, Dot)]
    ['old', 'step-6']
    """
    dated = sorted(((date, outlet) for outlet, date in mentions if date is not None), key=lambda one: one[0])
    if not dated:
        return Scene(WIDTH, 40.0, [Label(4, 24, "no article has a date", "start", "quiet")])
    first, last = dated[0][0], dated[-1][0]
    span = (last - first).total_seconds() or 1.0
    lanes = {name: row for row, name in enumerate(dict.fromkeys(outlet for _, outlet in dated))}
    drawn = min(len(lanes), MOST_LANES)
    marks: list[Mark] = [
        Label(_LEFT, _TOP - 10, shown_date(first), "start", "quiet"),
        Label(WIDTH - 20, _TOP - 10, shown_date(last), "end", "quiet"),
    ]
    for name, row in list(lanes.items())[:MOST_LANES]:
        marks += [
            labelled(4, _middle(row) + 4, name),
            Line(_LEFT, _middle(row), WIDTH - 20, _middle(row), "line"),
        ]
    for number, (date, outlet) in enumerate(dated):
        if lanes[outlet] < MOST_LANES:
            x = _LEFT + 6 + (date - first).total_seconds() / span * (WIDTH - _LEFT - 32)
            marks.append(Dot(x, _middle(lanes[outlet]), "step-6" if number else "old"))
    bottom = _TOP + drawn * _ROW + 4
    entries = [("old", "first mention"), ("step-6", "later ones")]
    return Scene(WIDTH, bottom + 22, [*marks, *legend(bottom, entries, x=_LEFT)])


def _middle(row: int) -> float:
    return _TOP + (row + 0.5) * _ROW
