"""How much of each article of a corpus stands in each other one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from wortlaut.errors import counted, one_line
from wortlaut.frames import Column, Framed
from wortlaut.page import FilePath, finished

if TYPE_CHECKING:
    from wortlaut.corpus_rows import PairOverlaps

# Articles that the repr shows; what a line of a terminal holds.
_MATRIX_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Matrix(Framed, Sequence[tuple[float, ...]]):
    """How much of each article stands in each other one: `values[i][j]` is the share of i's n-grams found in j.

    A sequence of its rows, in the order of `ids`.

    >>> from wortlaut import Corpus
    >>> matrix = Corpus({"x": "a b c d e f", "y": "a b c d e"}).matrix()
    >>> matrix.values, matrix[0]
    (((1.0, 0.5), (1.0, 1.0)), (1.0, 0.5))
    """

    ids: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in polars and Arrow: `id`, then the ids of the articles.

        >>> from wortlaut import Corpus
        >>> Corpus({"x": "eins", "y": "zwei"}).matrix().columns
        ('id', 'x', 'y')
        """
        label = "id"
        while label in self.ids:
            label += "_"
        return (label, *self.ids)

    def to_pandas(self) -> Any:
        """Return a DataFrame with the ids on both sides.

        Raises `MissingExtraError` where pandas is not installed.

        >>> from wortlaut import Corpus
        >>> Corpus(["a b c d e", "a b c d e"]).matrix().to_pandas().shape
        (2, 2)
        """
        label, *names = self.columns
        frame = Framed.to_pandas(self).set_index(label)
        return frame.rename_axis(index=None) if names else frame

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        label, *names = self.columns
        shares = {name: Column.of_ratios([row[i] for row in self.values]) for i, name in enumerate(names)}
        return {label: list(self.ids), **shares}

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> tuple[float, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[float, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[Any, ...]:
        return self.values[index]

    def __repr__(self) -> str:
        names = [one_line(name) for name in self.ids[:_MATRIX_SHOWN]]
        width = max(map(len, names), default=0)
        shown = zip(names, self.values, strict=False)
        rows = [
            f"  {name:{width}} " + " ".join(f"{value:4.0%}" for value in row[:_MATRIX_SHOWN])
            for name, row in shown
        ]
        rows += [f"  … {len(self) - len(rows):,} more"] if len(rows) < len(self) else []
        return "\n".join([f"Matrix: {counted(len(self), 'article')}", *rows])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html()}

    def to_html(self, path: FilePath | None = None) -> str:
        """Return the matrix as an HTML table, everything escaped; with a `path`, also as a page of its own.

        >>> from wortlaut import Corpus
        >>> "&lt;b&gt;" in Corpus({"<b>": "eins", "y": "zwei"}).matrix().to_html()
        True
        """
        from wortlaut import html

        return finished(
            html.fragment(html.matrix(self.ids, self.values)), path, counted(len(self), "article")
        )


def matrix_of(ids: Sequence[str], pairs: PairOverlaps) -> Matrix:
    """Return the matrix of the articles with these ids, from all their pairs.

    >>> from wortlaut import Corpus
    >>> matrix_of(("0", "1"), Corpus(["a b c d e", "x"]).overlaps()).values
    ((1.0, 0.0), (0.0, 1.0))
    """
    place = {name: row for row, name in enumerate(ids)}
    values = [[float(i == j) for j in range(len(ids))] for i in range(len(ids))]
    for pair in pairs:
        a, b = place[pair.a_id], place[pair.b_id]
        values[a][b], values[b][a] = pair.containment_a, pair.containment_b
    return Matrix(tuple(ids), tuple(map(tuple, values)))
