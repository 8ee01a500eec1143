"""Two columns of texts row by row: in by what they can do, out as the library they came from has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_choice,
    is_missing,
    require_extra,
    shown,
)
from wortlaut.given import labels_of, library_of, materialized, values_of
from wortlaut.problems import Problem, Problems

if TYPE_CHECKING:
    from wortlaut.frames import Column


class RowColumns(dict[str, Any]):
    """Columns of figures by name, ready for ``df.assign(**columns)``; `problems` says which rows have none.

    >>> len(RowColumns({"ratio": [0.5]}).problems)
    0
    """

    problems: Problems = Problems()


@dataclass(frozen=True, slots=True)
class Rows:
    """Two columns of texts; `problems` are the rows that are not compared, since a text is missing or none.

    >>> [str(problem) for problem in Rows.of(["eins", None], ["eins", "zwei"]).problems]
    ['a, row 1: text of 1 is missing']
    """

    a: list[str]
    b: list[str]
    problems: Problems
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
        olds, news = values_of("a", a), values_of("b", b)
        if len(olds) != len(news):
            raise InvalidValueError(f"b must have as many rows as a ({len(olds)}), got {len(news)}")
        # Columns without a gap are the rule, and looking at their types is ten times as quick as at each value.
        if {*map(type, olds), *map(type, news)} <= {str}:
            return cls(olds, news, Problems(), a)
        labels = labels_of(a) or range(len(olds))
        problems = [*_problems("a", olds, labels), *_problems("b", news, labels)]
        if strict and problems:
            is_one = "missing" in problems[0].reason
            raise (InvalidValueError if is_one else InvalidTypeError)(str(problems[0]))
        return cls(_texts(olds), _texts(news), Problems(sorted(problems, key=lambda one: one.row or 0)), a)

    def back(self, columns: dict[str, Column]) -> RowColumns:
        """Return columns as the library of `a` has them; rows that were not compared are null.

        >>> from wortlaut.frames import Column
        >>> Rows.of(["eins"], ["zwei"]).back({"ratio": Column("f64", bytes(8))})
        {'ratio': [0.0]}
        """
        empty = {problem.row for problem in self.problems}
        found = RowColumns()
        for name, column in columns.items():
            values = column.to_list()
            if empty:
                values = [None if row in empty else value for row, value in enumerate(values)]
            found[name] = self._like(name, values, whole=column.kind == "i64")
        found.problems = self.problems
        return found

    def _like(self, name: str, values: list[Any], *, whole: bool) -> Any:
        library = library_of(self.like)
        if library == "pandas" and hasattr(self.like, "index"):
            dtype = ("Int64" if self.problems else "int64") if whole else "float64"
            return type(self.like)(values, index=self.like.index, name=name, dtype=dtype)
        if library == "polars":
            polars = require_extra("polars", "polars")
            return polars.Series(name, values, dtype=polars.Int64 if whole else polars.Float64)
        if library == "pyarrow":
            arrow = require_extra("pyarrow", "arrow")
            return arrow.array(values, arrow.int64() if whole else arrow.float64())
        return values


def _problems(argument: str, values: list[Any], labels: Any) -> list[Problem]:
    """Return what is wrong with the values of a column, each under the label of its row."""
    return [
        Problem(argument, row, f"text of {shown(labels[row])} {_wrong(value)}")
        for row, value in enumerate(values)
        if not isinstance(value, str)
    ]


def _wrong(value: object) -> str:
    return "is missing" if is_missing(value) else f"must be a str, got {shown(value)}"


def _texts(values: list[Any]) -> list[str]:
    return [value if isinstance(value, str) else "" for value in values]
