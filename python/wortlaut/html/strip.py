"""Where in two articles their shared passages stand: a strip for each, from its first character to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wortlaut.html.picture import with_table
from wortlaut.scene import WIDTH, Box, Label, Mark, Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wortlaut.html.escape import Html
    from wortlaut.html.views import PassageView

_LEFT = 30.0
_ROW = 34.0
_HEIGHT = 16.0

# Passages with a row in the table behind the strips; all of them are drawn.
_MOST_ROWS = 20

_HEADERS = ("From in A", "to", "From in B", "to", "Words", "Kind")


def strips(sizes: tuple[int, int], found: Sequence[PassageView]) -> Html:
    """Draw two texts of these `sizes`, in characters, with the passages that they share dark.

    >>> from wortlaut.html.views import PassageView
    >>> "The figures behind this picture (1)" in strips((10, 5), [PassageView(0, 5, 0, 5, 1, 1, 1, 1.0, "verbatim")])
    True
    """
    sides = ([(view.a_start, view.a_end) for view in found], [(view.b_start, view.b_end) for view in found])
    marks: list[Mark] = []
    for row, (name, size, spans) in enumerate(zip("AB", sizes, sides, strict=True)):
        marks += _strip(name, 8 + row * _ROW, max(1, size), spans)
    rows = [
        (view.a_start, view.a_end, view.b_start, view.b_end, view.matched, view.kind)
        for view in sorted(found, key=lambda view: view.a_start)
    ]
    title = "Where the shared passages stand, from the first to the last character"
    return with_table(Scene(WIDTH, 2 * _ROW + 6, marks), title, _HEADERS, rows, limit=_MOST_ROWS)


def _strip(name: str, y: float, size: int, spans: Iterable[tuple[int, int]]) -> Iterator[Mark]:
    width = WIDTH - _LEFT - 70
    yield Label(8, y + 13, name)
    yield Box(_LEFT, y, width, _HEIGHT, "panel")
    for start, end in _pixels(spans, width / size):
        yield Box(_LEFT + start, y, end - start, _HEIGHT, "step-6")
    yield Label(_LEFT + width + 6, y + 13, f"{size:,}", "start", "quiet")


def _pixels(spans: Iterable[tuple[int, int]], scale: float) -> list[tuple[float, float]]:
    """Scale stretches; those that nothing can be seen between become one, so that there are never many."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        here, there = start * scale, max(end * scale, start * scale + 1)
        if joined and here <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(there, joined[-1][1]))
        else:
            joined.append((here, there))
    return joined
