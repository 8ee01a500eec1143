"""Two columns of texts row by row: in by what they can do, out as the library they came from has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, overload

from wortlaut._core import Strings
from wortlaut.bulk import in_bulk
from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_choice,
    is_missing,
    require_extra,
    shown,
)
from wortlaut.frames import to_arrow
from wortlaut.given import NO_UTF8, labels_of, library_of, materialized, strings_of, values_of
from wortlaut.problems import Problem, Problems

if TYPE_CHECKING:
    from wortlaut.frames import Column


class _Joined(Sequence[str]):
    """Two columns of texts as one, without making a `str` of any."""

    __slots__ = ("_a", "_b")

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        self._a, self._b = a, b

    def __len__(self) -> int:
        return len(self._a) + len(self._b)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(len(self)))]
        place = row + len(self) if row < 0 else row
        return self._a[place] if place < len(self._a) else self._b[place - len(self._a)]


class RowColumns(dict[str, Any]):
    """Columns of figures by name, ready for ``df.assign(**columns)``; `problems` says which rows have none.

    >>> len(RowColumns({"ratio": [0.5]}).problems)
    0
    """

    problems: Problems = Problems()


@dataclass(frozen=True, slots=True)
class Rows:
    """Two columns of texts; `problems` are the rows in which a text is missing, none or damaged.

    `empty` are those without a text, and `like` is what the columns of the answer are to be like.

    >>> [str(problem) for problem in Rows.of(["eins", None], ["eins", "zwei"]).problems]
    ['a, row 1: text of 1 is missing']
    """

    a: Sequence[str]
    b: Sequence[str]
    problems: Problems
    empty: frozenset[int]
    like: Any

    @classmethod
    def of(cls, a: object, b: object, *, errors: str = "collect") -> Rows:
        """Read the columns `a` and `b`; a row without two texts is a problem, or raised.

        >>> Rows.of(["eins"], []).a
        Traceback (most recent call last):
        ...
        wortlaut.errors.InvalidValueError: b must have as many rows as a (1), got 0
        """
        strict = check_choice("errors", errors, ("collect", "raise")) == "raise"
        a, b = materialized(a), materialized(b)
        olds, news = _column("a", a), _column("b", b)
        if len(olds) != len(news):
            raise InvalidValueError(f"b must have as many rows as a ({len(olds)}), got {len(news)}")
        labels = labels_of(a) or range(len(olds))
        if not _same_labels(labels, labels_of(b)):
            raise InvalidValueError(
                "b must have the index of a, in its order; reindex it, or pass b.to_list()"
            )
        columns = {"a": olds, "b": news}
        gaps = [(name, row, told) for name, column in columns.items() for row, told in _gaps(column)]
        damaged = [(name, row, NO_UTF8) for name, column in columns.items() for row in _damaged(column)]
        found = sorted([*gaps, *damaged], key=lambda one: one[1])
        problems = [Problem(name, row, f"text of {shown(labels[row])} {told}") for name, row, told in found]
        if strict and problems:
            is_no_text = "must be a str" in problems[0].reason
            raise (InvalidTypeError if is_no_text else InvalidValueError)(str(problems[0]))
        return cls(_texts(olds), _texts(news), Problems(problems), frozenset(row for _, row, _ in gaps), a)

    @property
    def texts(self) -> Sequence[str]:
        """The texts of `a`, then those of `b`.

        >>> list(Rows.of(["eins"], ["zwei"]).texts)
        ['eins', 'zwei']
        """
        return _Joined(self.a, self.b)

    def back(self, columns: dict[str, Column]) -> RowColumns:
        """Return columns as the library of `a` has them; rows that were not compared are null.

        >>> from wortlaut.frames import Column
        >>> Rows.of(["eins"], ["zwei"]).back({"ratio": Column("f64", bytes(8))})
        {'ratio': [0.0]}
        """
        found = RowColumns({name: self._like(name, column) for name, column in columns.items()})
        found.problems = self.problems
        return found

    def _like(self, name: str, column: Column) -> Any:
        library = library_of(self.like)
        if library == "pandas" and hasattr(self.like, "index"):
            return self._series(name, column)
        if library == "pyarrow" and not self.empty:
            return to_arrow({name: column}).column(0).chunk(0)
        values = in_bulk(column) if library == "polars" and not self.empty else column.to_list()
        if self.empty:
            values = [None if row in self.empty else value for row, value in enumerate(values)]
        if library == "polars":
            polars = require_extra("polars", "polars")
            return polars.Series(name, values, polars.Int64 if column.kind == "i64" else polars.Float64)
        if library == "pyarrow":
            arrow = require_extra("pyarrow", "arrow")
            return arrow.array(values, arrow.int64() if column.kind == "i64" else arrow.float64())
        return values

    def _series(self, name: str, column: Column) -> Any:
        """Return a Series with the index of the caller's."""
        numpy, rows = require_extra("numpy", "pandas"), list(self.empty)
        values = numpy.frombuffer(column.data, dtype=column.view.format).copy()
        if rows and column.kind == "i64":
            empty = numpy.zeros(len(values), dtype=bool)
            empty[rows] = True
            values = require_extra("pandas", "pandas").arrays.IntegerArray(values, empty)
        elif rows:
            values[rows] = numpy.nan
        return type(self.like)(values, index=self.like.index, name=name, copy=False)


def _column(argument: str, column: object) -> Strings | list[Any]:
    lent = strings_of(argument, column)
    return values_of(argument, column) if lent is None else lent


def _same_labels(a: Sequence[Any], b: Sequence[Any] | None) -> bool:
    # NaN is a label too, and is not even itself.
    return b is None or a == b or list(map(repr, a)) == list(map(repr, b))


def _gaps(column: Strings | list[Any]) -> list[tuple[int, str]]:
    """Return the rows that hold no text, and why each is none."""
    if isinstance(column, Strings):
        return [(row, "is missing") for row in column.missing()]
    # Columns without a gap are the rule, and looking at their types is ten times as quick as at each value.
    if {*map(type, column)} <= {str}:
        return []
    return [(row, _wrong(value)) for row, value in enumerate(column) if not isinstance(value, str)]


def _damaged(column: Strings | list[Any]) -> list[int]:
    return column.damaged() if isinstance(column, Strings) else []


def _wrong(value: object) -> str:
    return "is missing" if is_missing(value) else f"must be a str, got {shown(value)}"


def _texts(values: Strings | list[Any]) -> Sequence[str]:
    """Return the texts, "" where one is missing."""
    if isinstance(values, Strings):
        return cast("Sequence[str]", values)
    if {*map(type, values)} <= {str}:
        return values
    return [value if isinstance(value, str) else "" for value in values]
