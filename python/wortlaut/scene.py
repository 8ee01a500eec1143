"""What a picture is drawn of: boxes, lines, dots and labels at places, with no word on who draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Fits a notebook cell on a laptop.
WIDTH = 720.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `colour` is a name from the style sheet of the pages.

    >>> Box(0.0, 0.0, 10.0, 5.0, "step-3").colour
    'step-3'
    """

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line.

    >>> Line(0.0, 0.0, 10.0, 5.0, "line").x2
    10.0
    """

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle with a radius of four.

    >>> Dot(5.0, 5.0, "new").x
    5.0
    """

    x: float
    y: float
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """A short text on its baseline; `anchor` is start, middle or end.

    >>> Label(5.0, 5.0, "Kurier").anchor
    'start'
    """

    x: float
    y: float
    text: str
    anchor: str = "start"
    colour: str = "ink"


Mark = Box | Line | Dot | Label


@dataclass(frozen=True, slots=True)
class Scene:
    """Marks on a ground of `width` by `height`, in the order in which they cover each other.

    >>> Scene(720.0, 100.0, [Dot(5.0, 5.0, "new")]).height
    100.0
    """

    width: float
    height: float
    marks: Sequence[Mark]


def legend(y: float, entries: Sequence[tuple[str, str]], *, x: float) -> list[Mark]:
    """Return a line that says what the colours stand for: each a box with its text.

    >>> [type(mark).__name__ for mark in legend(0.0, [("step-6", "earlier")], x=0.0)]
    ['Box', 'Label']
    """
    marks: list[Mark] = []
    for colour, text in entries:
        marks += [Box(x, y, 14.0, 12.0, colour), Label(x + 19, y + 10, text, "start", "quiet")]
        x += 34 + 6.5 * len(text)  # about the width of a letter of 12 pixels
    return marks


def labelled(x: float, y: float, text: str, anchor: str = "start", *, most: int = 22) -> Label:
    """Return a label of at most `most` characters on one line.

    >>> labelled(0, 0, "Harkensieler Anzeiger am Morgen und Abend").text
    'Harkensieler Anzeiger…'
    """
    text = " ".join(text.split())
    return Label(x, y, text if len(text) <= most else f"{text[: most - 1]}…", anchor)
