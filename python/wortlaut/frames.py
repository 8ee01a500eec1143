"""Columns of results, and what pandas, polars and Arrow make of them.

The core hands over each field of a table as one `bytes` object. It is immutable, comparable, picklable, and becomes
a `memoryview`, a numpy array or an Arrow buffer without a copy; nothing here needs more than the standard library
until a frame is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wortlaut.errors import InvalidTypeError, require_extra, shown

if TYPE_CHECKING:
    from wortlaut._core import RawColumn

# struct formats of the kinds of columns; a null is -1, since no offset or count is negative.
_FORMATS = {"i64": "q", "i64?": "q", "f64": "d", "bool": "?", "name": "B", "id": "q", "str": ""}
_NULL = -1


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one field.

    `kind` says what `data` holds: "i64", "i64?" (with nulls), "f64", "bool", "name" (one byte that indexes
    `names`), "id" (eight bytes that index `names`).

    >>> column = Column("name", b"\\x00\\x01\\x01", ("verbatim", "edited"))
    >>> list(column), column[1:].to_list()
    (['verbatim', 'edited', 'edited'], ['edited', 'edited'])
    """

    kind: str
    data: bytes
    names: tuple[str, ...] = ()

    @classmethod
    def of_numbers(cls, values: Sequence[int]) -> Column:
        """Return a column of whole numbers.

        >>> Column.of_numbers([1, 2]).to_list()
        [1, 2]
        """
        return cls("i64", array("q", values).tobytes())

    @classmethod
    def of_ratios(cls, values: Sequence[float]) -> Column:
        """Return a column of ratios.

        >>> Column.of_ratios([0.5]).to_list()
        [0.5]
        """
        return cls("f64", array("d", values).tobytes())

    @property
    def view(self) -> memoryview:
        """The numbers as they lie in memory.

        >>> Column("f64", bytes(16)).view.tolist()
        [0.0, 0.0]
        """
        return memoryview(self.data).cast(_FORMATS[self.kind])

    def to_list(self) -> list[Any]:
        """Return the values as Python objects, None for null.

        >>> Column("i64?", (7).to_bytes(8, "little") + b"\\xff" * 8).to_list()
        [7, None]
        """
        return self._meant(self.view.tolist())

    def take(self, rows: Sequence[int]) -> Column:
        """Return the values at `rows`.

        >>> Column("bool", b"\\x00\\x01").take([1, 1]).to_list()
        [True, True]
        """
        view = self.view
        taken = array(_FORMATS[self.kind].replace("?", "B"), [view[row] for row in rows])
        return Column(self.kind, taken.tobytes(), self.names)

    def shifted(self, by: int) -> Column:
        """Return the values with `by` added to each.

        >>> Column("i64", bytes(16)).shifted(3).to_list()
        [3, 3]
        """
        return Column(self.kind, array("q", [value + by for value in self.view]).tobytes(), self.names)

    def _meant(self, values: Sequence[Any]) -> list[Any]:
        if self.names:
            return [self.names[value] for value in values]
        if self.kind == "i64?":
            return [None if value == _NULL else value for value in values]
        return list(values)

    def __len__(self) -> int:
        return len(self.view)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Column(self.kind, self.view[index].tobytes(), self.names)
        return self._meant([self.view[index]])[0]

    def __iter__(self) -> Any:
        return iter(self.to_list())


Columns = Mapping[str, Column]


def from_core(raw: Sequence[RawColumn]) -> dict[str, Column]:
    """Name the columns that the core returned.

    >>> from_core([("depth", "i64", bytes(8), None)])["depth"].to_list()
    [0]
    """
    return {name: Column(kind, data, tuple(names or ())) for name, kind, data, names in raw}


def ids_of(rows: Column, ids: Sequence[str]) -> Column:
    """Name places in a corpus by their ids.

    >>> ids_of(Column("i64", bytes(16)), ("a1", "a2")).to_list()
    ['a1', 'a1']
    """
    return Column("id", rows.data, tuple(ids))


def to_pandas(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a DataFrame: whole numbers as int64 (Int64 with nulls), names as categories, ids as strings.

    Raises `MissingExtraError` where pandas is not installed.

    >>> to_pandas({"depth": Column("i64", bytes(16))}).shape
    (2, 1)
    """
    pandas = require_extra("pandas", "pandas")
    numpy = require_extra("numpy", "pandas")

    def series(column: Column | Sequence[Any]) -> Any:
        if not isinstance(column, Column):
            return list(column)
        values = numpy.frombuffer(column.data, dtype=column.view.format)
        if column.kind == "name":
            return pandas.Categorical.from_codes(values, list(column.names))
        if column.kind == "id":
            return numpy.array(column.names, dtype=object)[values]
        if column.kind == "i64?":
            return pandas.arrays.IntegerArray(values.copy(), values == _NULL)
        return values.copy()

    return pandas.DataFrame({name: series(column) for name, column in columns.items()})


def to_arrow(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a pyarrow Table; numbers stay where they are, names become dictionaries.

    Raises `MissingExtraError` where pyarrow is not installed.

    >>> to_arrow({"depth": Column("i64", bytes(16))}).num_rows
    2
    """
    arrow = require_extra("pyarrow", "arrow")

    def array_of(column: Column | Sequence[Any]) -> Any:
        if not isinstance(column, Column):
            return arrow.array(column, arrow.large_string())
        if column.kind == "bool":
            return arrow.array(column.to_list(), arrow.bool_())
        if column.kind == "i64?":
            return arrow.array(column.to_list(), arrow.int64())
        of_type = {"f64": arrow.float64(), "name": arrow.uint8()}.get(column.kind, arrow.int64())
        numbers = arrow.Array.from_buffers(of_type, len(column), [None, arrow.py_buffer(column.data)])
        if column.kind in ("name", "id"):
            # Arrow's dictionaries want signed indices to be read everywhere.
            signed = numbers.cast(arrow.int32())
            return arrow.DictionaryArray.from_arrays(signed, arrow.array(column.names, arrow.string()))
        return numbers

    return arrow.table({name: array_of(column) for name, column in columns.items()})


def to_polars(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a polars DataFrame.

    Raises `MissingExtraError` where polars is not installed.

    >>> to_polars({"depth": Column("i64", bytes(16))}).height
    2
    """
    polars = require_extra("polars", "polars")

    def series(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Column) and column.kind == "name":
            return polars.Series(column.to_list(), dtype=polars.Categorical)
        values = column.to_list() if isinstance(column, Column) else list(column)
        types = {"i64": polars.Int64, "i64?": polars.Int64, "f64": polars.Float64, "bool": polars.Boolean}
        kind = column.kind if isinstance(column, Column) else "str"
        return polars.Series(values, dtype=types.get(kind, polars.String))

    return polars.DataFrame({name: series(column) for name, column in columns.items()})


def values_of(argument: str, column: object) -> list[Any]:
    """Return the values of whatever holds a column: a list, a Series, an Arrow array, a generator.

    Raises `InvalidTypeError` for a single str or something that cannot be iterated.

    >>> values_of("texts", (text for text in ("eins", "zwei")))
    ['eins', 'zwei']
    """
    if isinstance(column, str | bytes):
        raise InvalidTypeError(f"{argument} must hold many texts, got one {type(column).__name__}; put it in a list")
    for method in ("to_list", "tolist", "to_pylist"):
        convert = getattr(column, method, None)
        if callable(convert):
            return list(convert())
    try:
        return list(column)  # type: ignore[call-overload]
    except TypeError:
        raise InvalidTypeError(f"{argument} must be a list or a column of texts, got {shown(column)}") from None


def column_of(frame: Any, name: str) -> list[Any]:
    """Return the values of a frame's column: pandas, polars, pyarrow or duckdb, told apart by what they can do.

    >>> column_of({"text": ["eins"]}, "text")
    ['eins']
    """
    if hasattr(frame, "collect") and hasattr(frame, "lazy"):
        frame = frame.collect()  # a LazyFrame of polars
    if hasattr(frame, "fetchall") and hasattr(frame, "to_arrow_table"):
        frame = frame.to_arrow_table()  # a relation of duckdb
    return values_of(name, frame[name])


def column_names(frame: Any) -> list[str]:
    """Return the names of a frame's columns.

    >>> column_names({"text": [], "date": []})
    ['text', 'date']
    """
    if hasattr(frame, "collect_schema"):
        return list(frame.collect_schema().names())
    names = getattr(frame, "column_names", None) or getattr(frame, "columns", None) or frame.keys()
    return [str(name) for name in names]
