"""The numbers that the moves of a diff have wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Edit(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def move(self) -> int | None: ...


def move_numbers(edits: Iterable[_Edit]) -> list[int]:
    """Return the number of the move of which each edit is a half, by place of the first half and from 1; 0 for no move.

    >>> from wortlaut.html.views import EditView
    >>> rows = [("move", 2), ("equal", None), ("move", 0), ("move", 9)]
    >>> move_numbers([EditView(kind, "same", 0, 0, 0, 0, other) for kind, other in rows])
    [1, 0, 1, 2]
    """
    numbers: dict[int, int] = {}
    found = []
    for row, edit in enumerate(edits):
        first = row if edit.move is None else min(row, edit.move)
        found.append(numbers.setdefault(first, len(numbers) + 1) if edit.kind == "move" else 0)
    return found
