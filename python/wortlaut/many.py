"""Two columns of texts row by row: in by what they can do, out as the library they came from has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wortlaut.errors import InvalidTypeError, InvalidValueError, is_missing, require_extra, shown
from wortlaut.frames import Column, values_of


@dataclass(frozen=True, slots=True)
class Rows:
    """Two columns of texts, with the rows in which one is missing.

    >>> Rows.of(["eins", None], ["eins", "zwei"]).missing
    [1]
    """

    a: list[str]
    b: list[str]
    missing: list[int]
    like: Any

    @classmethod
    def of(cls, a: object, b: object) -> Rows:
        """Read the columns `a` and `b`; a missing text is an empty one and remembered.

        >>> Rows.of(["eins"], []).a
        Traceback (most recent call last):
        ...
        wortlaut.errors.InvalidValueError: b must have as many rows as a (1), got 0
        """
        olds, news = values_of("a", a), values_of("b", b)
        if len(olds) != len(news):
            raise InvalidValueError(f"b must have as many rows as a ({len(olds)}), got {len(news)}")
        # Columns without a gap are the rule, and looking at their types is ten times as quick as at each value.
        if {*map(type, olds), *map(type, news)} <= {str}:
            return cls(olds, news, [], a)
        missing = [row for row, pair in enumerate(zip(olds, news, strict=True)) if any(map(is_missing, pair))]
        return cls(_texts("a", olds), _texts("b", news), missing, a)

    def back(self, columns: dict[str, Column]) -> dict[str, Any]:
        """Return columns as the library of `a` has them; rows with a missing text are null.

        >>> Rows.of(["eins"], ["zwei"]).back({"ratio": Column("f64", bytes(8))})
        {'ratio': [0.0]}
        """
        return {name: self._like(name, column.kind, self._values(column)) for name, column in columns.items()}

    def _values(self, column: Column) -> list[Any]:
        values = column.to_list()
        for row in self.missing:
            values[row] = None
        return values

    def _like(self, name: str, kind: str, values: list[Any]) -> Any:
        library = type(self.like).__module__.partition(".")[0]
        whole = kind == "i64"
        if library == "pandas" and hasattr(self.like, "index"):
            dtype = ("Int64" if self.missing else "int64") if whole else "float64"
            return type(self.like)(values, index=self.like.index, name=name, dtype=dtype)
        if library == "polars":
            polars = require_extra("polars", "polars")
            return polars.Series(name, values, dtype=polars.Int64 if whole else polars.Float64)
        if library == "pyarrow":
            arrow = require_extra("pyarrow", "arrow")
            return arrow.array(values, arrow.int64() if whole else arrow.float64())
        return values


def _texts(argument: str, values: list[Any]) -> list[str]:
    return [_text(argument, row, value) for row, value in enumerate(values)]


def _text(argument: str, row: int, value: object) -> str:
    if isinstance(value, str):
        return value
    if is_missing(value):
        return ""
    raise InvalidTypeError(f"{argument} must hold texts, got {shown(value)} in row {row}")
