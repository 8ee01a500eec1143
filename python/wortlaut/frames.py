"""Columns of results, and what pandas, polars and Arrow make of them.

The core hands over each field of a table as one `bytes` object. It is immutable, comparable, picklable, and becomes
a `memoryview`, a numpy array or an Arrow buffer without a copy; nothing here needs more than the standard library
until a frame is asked for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from wortlaut.errors import InvalidTypeError, require_extra, shown

if TYPE_CHECKING:
    from datetime import datetime

# What the core returns of a column: its name, its kind, its bytes, the names that codes stand for.
RawColumn = tuple[str, str, bytes, list[str] | None]

# struct formats of the kinds of columns; a null is -1, since no offset or count is negative.
_FORMATS = {"i64": "q", "i64?": "q", "f64": "d", "bool": "?", "name": "B", "id": "q"}
_NULL = -1

# Frames keep text as UTF-8, which has no lone surrogates.
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    r"""The values of one field.

    `kind` says what `data` holds: "i64", "i64?" (with nulls), "f64", "bool", "name" (one byte that indexes
    `names`), "id" (eight bytes that index `names`).

    >>> column = Column("name", b"\x00\x01\x01", ("verbatim", "edited"))
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
    def of_optional(cls, values: Sequence[int | None]) -> Column:
        """Return a column of whole numbers of which some are unknown.

        >>> Column.of_optional([1, None]).to_list()
        [1, None]
        """
        return cls("i64?", array("q", [_NULL if value is None else value for value in values]).tobytes())

    @classmethod
    def of_ratios(cls, values: Sequence[float]) -> Column:
        """Return a column of ratios.

        >>> Column.of_ratios([0.5]).to_list()
        [0.5]
        """
        return cls("f64", array("d", values).tobytes())

    @classmethod
    def of_labels(cls, values: Sequence[str]) -> Column:
        """Return a column of strings that repeat, such as marks.

        >>> Column.of_labels(["„", "«", "„"]).names
        ('„', '«')
        """
        places: dict[str, int] = {}
        data = array("q", [places.setdefault(value, len(places)) for value in values])
        return cls("id", data.tobytes(), tuple(places))

    @property
    def view(self) -> memoryview[Any]:
        """The numbers as they lie in memory.

        >>> Column("f64", bytes(16)).view.tolist()
        [0.0, 0.0]
        """
        plain: Any = memoryview(self.data)
        view: memoryview[Any] = plain.cast(_FORMATS[self.kind])
        return view

    def to_list(self) -> list[Any]:
        r"""Return the values as Python objects, None for null.

        >>> Column("i64?", (7).to_bytes(8, "little") + b"\xff" * 8).to_list()
        [7, None]
        """
        return self._meant(self.view.tolist())

    def take(self, rows: Sequence[int]) -> Column:
        r"""Return the values at `rows`.

        >>> Column("bool", b"\x00\x01").take([1, 1]).to_list()
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

    def alone(self) -> Column:
        """Return the same values; of ids, without those that no row has.

        >>> Column("id", bytes(8), ("a1", "a2")).alone().names
        ('a1',)
        """
        return Column.of_labels(self.to_list()) if self.kind == "id" else self

    def _meant(self, values: Sequence[Any]) -> list[Any]:
        if self.names:
            return [self.names[value] for value in values]
        if self.kind == "i64?":
            return [None if value == _NULL else value for value in values]
        return list(values)

    def _content(self) -> tuple[object, ...]:
        # What ids there are beside those of the rows is no matter.
        return (self.kind, *self.to_list()) if self.kind == "id" else (self.kind, self.data, self.names)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Column):
            return NotImplemented
        return self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __len__(self) -> int:
        return len(self.view)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Column(self.kind, self.view[index].tobytes(), self.names)
        return self._meant([self.view[index]])[0]

    def __iter__(self) -> Any:
        return iter(self.to_list())


class Moments(tuple["datetime | None", ...]):
    """Moments in UTC, None where unknown: what frames keep as times, even where not one is known.

    One without a time zone is taken for UTC, as everywhere in the package.

    >>> from datetime import datetime
    >>> Moments([datetime(2023, 9, 16), None])
    (datetime.datetime(2023, 9, 16, 0, 0, tzinfo=datetime.timezone.utc), None)
    """

    __slots__ = ()

    def __new__(cls, moments: Iterable[datetime | None]) -> Self:
        """Bring all moments to UTC."""
        return super().__new__(cls, [moment and _in_utc(moment) for moment in moments])


def _in_utc(moment: datetime) -> datetime:
    from datetime import UTC

    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # within a day of the year 1 or 9999
        return moment.replace(tzinfo=UTC)


class Framed(ABC):
    """What becomes a frame of pandas, polars or Arrow; a subclass gives its columns as `_whole`."""

    __slots__ = ()

    @abstractmethod
    def _whole(self) -> Mapping[str, Column | Sequence[Any]]: ...

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame, times in UTC.

        Raises `MissingExtraError` where pandas is not installed.

        >>> from wortlaut import history
        >>> history(["Er ging.", "Er ging heim."]).to_pandas().shape
        (3, 5)
        """
        return to_pandas(self._whole())

    def to_polars(self) -> Any:
        """Return a polars DataFrame, times in UTC.

        Raises `MissingExtraError` where polars is not installed.

        >>> from wortlaut import history
        >>> history(["Er ging.", "Er ging heim."]).to_polars().height
        3
        """
        return to_polars(self._whole())

    def to_arrow(self) -> Any:
        """Return a pyarrow Table, times in UTC.

        Raises `MissingExtraError` where pyarrow is not installed.

        >>> from wortlaut import history
        >>> history(["Er ging.", "Er ging heim."]).to_arrow().num_rows
        3
        """
        return to_arrow(self._whole())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)


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
    """Build a DataFrame: whole numbers as int64 (Int64 with nulls), names as categories, ids and texts as strings.

    Lone surrogates become U+FFFD. Raises `MissingExtraError` where pandas is not installed.

    >>> to_pandas({"depth": Column("i64", bytes(16))}).shape
    (2, 1)
    """
    pandas = require_extra("pandas", "pandas")
    numpy = require_extra("numpy", "pandas")

    def series(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Moments):
            with suppress(ValueError):  # pandas before 3 knows no dates before 1678: they stay objects
                return pandas.to_datetime(list(column), utc=True)
            return list(column)
        if not isinstance(column, Column) or column.kind == "id":
            values = _clean(column)
            return pandas.Series(values, dtype="str" if _are_texts(values) else None)
        values = numpy.frombuffer(column.data, dtype=column.view.format)
        if column.kind == "name":
            return pandas.Categorical.from_codes(values, list(column.names))
        if column.kind == "i64?":
            return pandas.arrays.IntegerArray(values.copy(), values == _NULL)
        return values.copy()

    return pandas.DataFrame({name: series(column) for name, column in columns.items()})


def to_arrow(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a pyarrow Table; numbers stay where they are, names and ids become dictionaries.

    Lone surrogates become U+FFFD. Raises `MissingExtraError` where pyarrow is not installed.

    >>> to_arrow({"depth": Column("i64", bytes(16))}).num_rows
    2
    """
    arrow = require_extra("pyarrow", "arrow")

    def array_of(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Moments):
            return arrow.array(list(column), arrow.timestamp("us", "UTC"))
        if not isinstance(column, Column):
            return _typed(column, arrow.array, arrow.large_string())
        if column.kind == "bool":
            return arrow.array(column.to_list(), arrow.bool_())
        if column.kind == "i64?":
            return arrow.array(column.to_list(), arrow.int64())
        of_type = {"f64": arrow.float64(), "name": arrow.uint8()}.get(column.kind, arrow.int64())
        numbers = arrow.Array.from_buffers(of_type, len(column), [None, arrow.py_buffer(column.data)])
        if column.kind in ("name", "id"):
            # Arrow's dictionaries want signed indices to be read everywhere.
            signed = numbers.cast(arrow.int32())
            return arrow.DictionaryArray.from_arrays(
                signed, arrow.array(_clean(column.names), arrow.string())
            )
        return numbers

    return arrow.table({name: array_of(column) for name, column in columns.items()})


def to_polars(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a polars DataFrame: names as categories, ids and texts as strings.

    Lone surrogates become U+FFFD. Raises `MissingExtraError` where polars is not installed.

    >>> to_polars({"depth": Column("i64", bytes(16))}).height
    2
    """
    polars = require_extra("polars", "polars")
    types = {"i64": polars.Int64, "i64?": polars.Int64, "f64": polars.Float64, "bool": polars.Boolean}

    def plain(values: Sequence[Any], dtype: Any = None) -> Any:
        return polars.Series(values, dtype=dtype)

    def series(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Moments):
            return plain(list(column), polars.Datetime("us", "UTC"))
        if not isinstance(column, Column) or column.kind == "id":
            return _typed(column, plain, polars.String)
        return polars.Series(column.to_list(), dtype=types.get(column.kind, polars.Categorical))

    return polars.DataFrame({name: series(column) for name, column in columns.items()})


def _clean(values: Column | Sequence[Any]) -> list[Any]:
    """Return the values with lone surrogates replaced."""
    return [_SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value for value in values]


def _typed(values: Column | Sequence[Any], make: Any, texts: Any) -> Any:
    """Return a column of the type `texts`, or of the one that `make` finds; of texts too where it finds none."""
    if not all(value is None or isinstance(value, str) for value in values):
        with suppress(TypeError, ValueError, OverflowError):  # mixed kinds, or numbers of more than 64 bits
            return make(list(values))
    told = [value if value is None else str(value) for value in values]
    return make(_clean(told), texts)


def _are_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def values_of(argument: str, column: object) -> list[Any]:
    """Return the values of whatever holds a column: a list, a Series, an Arrow array, a generator.

    Raises `InvalidTypeError` for a single str, a whole frame, or something without an order or values.

    >>> values_of("texts", (text for text in ("eins", "zwei")))
    ['eins', 'zwei']
    """
    if isinstance(column, str | bytes | bytearray):
        raise InvalidTypeError(
            f"{argument} must hold many values, got one {type(column).__name__}; put it in a list"
        )
    if isinstance(column, set | frozenset):
        raise InvalidTypeError(f"{argument} must have an order, got {shown(column)}; make it a list")
    if _is_frame(column):
        raise InvalidTypeError(
            f"{argument} must be one column, got a {type(column).__name__}; take a column of it"
        )
    for method in ("to_list", "tolist", "to_pylist", "__iter__"):
        convert = getattr(column, method, None)
        if callable(convert) and not isinstance(values := convert(), str):
            return list(values)
    raise InvalidTypeError(f"{argument} must be a list or a column, got {shown(column)}")


def _is_frame(value: object) -> bool:
    """Say whether `value` is a table of pandas, polars, pyarrow or duckdb; our own results are sequences."""
    if isinstance(value, type | Sequence):
        return False
    return hasattr(value, "collect_schema") or hasattr(
        value, "columns"
    )  # polars warns of the columns of a LazyFrame


def materialized(frame: Any) -> Any:
    """Return a frame that lies in memory: what is only a query is run, once, so that all columns have one order.

    >>> materialized({"text": ["eins"]})
    {'text': ['eins']}
    """
    if hasattr(frame, "collect") and hasattr(frame, "lazy"):
        frame = frame.collect()  # a LazyFrame of polars
    if hasattr(frame, "fetchall") and hasattr(frame, "to_arrow_table"):
        frame = frame.to_arrow_table()  # a relation of duckdb
    return frame


def column_of(frame: Any, name: str) -> list[Any]:
    """Return the values of a column of a frame in memory; `name` is as `column_names` has it.

    >>> column_of({"text": ["eins"], 0: ["zwei"]}, "0")
    ['zwei']
    """
    key = next(key for key in _keys(frame) if str(key) == name)
    return values_of(name, frame[key])


def column_names(frame: Any) -> list[str]:
    """Return the names of a frame's columns.

    Raises `InvalidTypeError` for something without columns.

    >>> column_names({"text": [], "date": []})
    ['text', 'date']
    """
    if not isinstance(frame, Mapping) and not _is_frame(frame):
        raise InvalidTypeError(
            f"frame must be a frame of pandas, polars, pyarrow or duckdb, got {shown(frame)}"
        )
    return [str(key) for key in _keys(materialized(frame))]


def _keys(frame: Any) -> list[Any]:
    """Return what the columns of a frame in memory are found by: names, or the numbers of a frame without any."""
    return list(
        frame if isinstance(frame, Mapping) else getattr(frame, "column_names", None) or frame.columns
    )
