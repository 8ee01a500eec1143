"""A picture and the table behind it: as SVG and HTML without a library, on axes of matplotlib, as a chart of Altair."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wortlaut.errors import InvalidTypeError, counted, require_extra, shown
from wortlaut.frames import Column, Framed
from wortlaut.html.picture import drawing, with_table
from wortlaut.html.style import COLOURS, fragment
from wortlaut.page import FilePath, check_path, finished, write
from wortlaut.scene import Box, Dot, Line, Mark, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from wortlaut.html.escape import Html

# Rows of the table that a notebook shows; the whole is in the frames.
_SHOWN = 40

# Of a screen, as browsers count.
_PIXELS_AN_INCH = 96
# Of the letters in a drawing: twelve pixels.
_POINTS = 9.0


@dataclass(frozen=True, slots=True)
class Picture(Framed):
    """What a picture shows: its `title`, the `columns` of its table, the `scene` that is drawn.

    `chart` says what Altair makes of the table: a mark and encodings, in the words of Vega-Lite.

    >>> shown = Picture("Eins", {"outlet": ["Kurier"]}, Scene(10.0, 10.0, []))
    >>> shown
    Picture('Eins', 1 row)
    """

    title: str
    columns: Mapping[str, Sequence[Any]]
    scene: Scene
    chart: Mapping[str, Any] = field(default_factory=dict)

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        return {name: list(values) for name, values in self.columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __repr__(self) -> str:
        return f"Picture({self.title!r}, {counted(len(self), 'row')})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=_SHOWN)}

    def to_svg(self, path: FilePath | None = None) -> str:
        """Return the picture as an SVG document, everything escaped; with a `path`, also write it there.

        >>> Picture("<b>", {"a": []}, Scene(10.0, 10.0, [])).to_svg().startswith("<svg")
        True
        """
        where = None if path is None else check_path(path)
        text = str(drawing(self.scene, self.title))
        if where is not None:
            write(where, text)
        return text

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the picture as an image with its table, at most `limit` rows of it; with a `path`, also as a page.

        >>> "<svg" in Picture("Eins", {"a": []}, Scene(10.0, 10.0, [])).to_html()
        False
        """
        rows = list(zip(*self.columns.values(), strict=True))
        block: Html = with_table(self.scene, self.title, list(self.columns), rows, limit=limit)
        return finished(fragment(block), path, self.title)

    def plot(self, *, ax: Any = None) -> Any:
        """Draw the picture on the axes `ax` of matplotlib, or on new ones, and return them.

        Raises `MissingExtraError` where matplotlib is not installed.

        >>> axes = Picture("Eins", {"a": []}, Scene(10.0, 10.0, [Dot(5.0, 5.0, "new")])).plot()
        >>> axes.get_title()
        'Eins'
        """
        if ax is None:
            ax = _new_axes(self.scene)
        elif not hasattr(ax, "add_patch"):
            raise InvalidTypeError(f"ax must be axes of matplotlib, as plt.subplots() gives, got {shown(ax)}")
        ax.set_xlim(0, self.scene.width)
        ax.set_ylim(self.scene.height, 0)
        ax.set_axis_off()
        ax.set_title(_plain(self.title))
        # Letters are as large beside the marks as on a page, also where a figure has many small axes.
        shown_width = ax.get_window_extent().width / ax.get_figure().dpi * _PIXELS_AN_INCH
        size = _POINTS * shown_width / self.scene.width
        for mark in self.scene.marks:
            _put(ax, mark, size)
        return ax

    def to_altair(self) -> Any:
        """Return the table as a chart of Altair, to be styled further.

        Raises `MissingExtraError` where Altair is not installed.

        >>> shown = Picture("Eins", {"a": [1]}, Scene(10.0, 10.0, []), {"mark": "point", "encoding": {}})
        >>> shown.to_altair().to_dict()["title"]
        'Eins'
        """
        altair = require_extra("altair", "altair")
        rows = [dict(zip(self.columns, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]
        values = [{name: _vega(value) for name, value in row.items()} for row in rows]
        return altair.Chart.from_dict({"title": self.title, "data": {"values": values}, **self.chart})


def _new_axes(scene: Scene) -> Any:
    size = (scene.width / _PIXELS_AN_INCH, scene.height / _PIXELS_AN_INCH)
    return require_extra("matplotlib.pyplot", "matplotlib").subplots(figsize=size)[1]


def _put(ax: Any, mark: Mark, size: float) -> None:
    colour = COLOURS[mark.colour][0]
    if isinstance(mark, Box):
        patches = require_extra("matplotlib.patches", "matplotlib")
        ax.add_patch(patches.Rectangle((mark.x, mark.y), mark.width, mark.height, color=colour, lw=0))
    elif isinstance(mark, Line):
        ax.plot([mark.x1, mark.x2], [mark.y1, mark.y2], color=colour, linewidth=1.5)
    elif isinstance(mark, Dot):
        ax.plot([mark.x], [mark.y], marker="o", color=colour)
    else:
        align = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
        ax.text(mark.x, mark.y, _plain(mark.text), color=colour, ha=align, size=size)


def _plain(text: str) -> str:
    """Return a text that matplotlib takes for no formula, and any font for text."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("$", r"\$")


def _vega(value: datetime | object) -> object:
    told = getattr(value, "isoformat", None)
    return told() if callable(told) else value
