"""What callers give: columns and frames of any library, told apart by what they can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from wortlaut._core import Strings
from wortlaut.errors import InvalidTypeError, is_here, require_extra, shown

# What is wrong with a text that a column lends, where its bytes say so; it is compared all the same.
NO_UTF8 = "is no UTF-8; what is damaged became U+FFFD"

# How columns become lists, the quickest first; what has none of these is asked for its Arrow capsule.
_LISTINGS = ("to_list", "tolist", "to_pylist")


def values_of(argument: str, column: object) -> list[Any]:
    """Return the values of whatever holds a column: a list, a Series, an Arrow array or capsule, a generator.

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
    column = materialized(column)
    if is_frame(column):
        raise InvalidTypeError(
            f"{argument} must be one column, got a {type(column).__name__}; take a column of it"
        )
    for method in (*_LISTINGS, "__iter__"):
        convert = getattr(column, method, None)
        if callable(convert) and not isinstance(values := convert(), str):
            return list(values)
    raise InvalidTypeError(f"{argument} must be a list or a column, got {shown(column)}")


def strings_of(argument: str, column: Any) -> Strings | None:
    """Return a column of texts where it lies in Arrow's memory; None where it must be read value by value.

    Left to be read are lists, columns of other types, a stream that can be read only once, and objects of pandas,
    which Arrow would copy. Raises `InvalidValueError` where the column is damaged.

    >>> import polars as pl
    >>> strings = strings_of("texts", pl.Series(["eins", None]))
    >>> strings[0], strings.missing(), strings_of("texts", ["eins"])
    ('eins', [1], None)
    """
    if isinstance(column, Strings):
        return column
    held = not isinstance(column, type | Sequence | Mapping) and not is_frame(column)
    if not held or _is_capsule(column) or str(getattr(column, "dtype", "")) == "object":
        return None
    return _lent(argument, _capsules(column))


def _lent(argument: str, capsules: tuple[Any, ...]) -> Strings | None:
    if len(capsules) == 1:
        return Strings.of_stream(argument, *capsules)
    return Strings.of_array(argument, *capsules) if capsules else None


def _capsules(column: Any) -> tuple[Any, ...]:
    """Return the capsule of a stream, or those of a schema and an array; none where there are no such.

    pandas has the method even where pyarrow is missing; and what Arrow has no type for, it refuses.
    """
    with suppress(ImportError, TypeError, ValueError, NotImplementedError):
        if hasattr(column, "__arrow_c_stream__"):
            return (column.__arrow_c_stream__(),)
        if hasattr(column, "__arrow_c_array__"):
            return tuple(column.__arrow_c_array__())
    return ()


def is_frame(value: object) -> bool:
    """Say whether `value` is a table of pandas, polars, pyarrow or duckdb; our own results are sequences.

    >>> is_frame(["eins"])
    False
    """
    if isinstance(value, type | Sequence):
        return False
    return hasattr(value, "collect_schema") or hasattr(
        value, "columns"
    )  # polars warns of the columns of a LazyFrame


def materialized(given: Any) -> Any:
    """Return what lies in memory: a query is run, a stream is read, once, so that all columns have one order.

    >>> materialized({"text": ["eins"]})
    {'text': ['eins']}
    """
    if hasattr(given, "to_native") and type(given).__module__.startswith("narwhals"):
        given = given.to_native()
    if hasattr(given, "collect") and hasattr(given, "lazy"):
        return given.collect()  # a LazyFrame of polars
    if hasattr(given, "fetchall") and hasattr(given, "to_arrow_table"):
        return _of_duckdb(given)
    return _imported(given) if _is_capsule(given) else given


def _of_duckdb(relation: Any) -> Any:
    if is_here("pyarrow"):
        return relation.to_arrow_table()
    names = list(relation.columns)
    rows = relation.fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _is_capsule(value: object) -> bool:
    """Say whether `value` can be had through Arrow only."""
    if isinstance(value, type | Sequence | Mapping) or is_frame(value):
        return False
    listed = any(hasattr(value, name) for name in _LISTINGS)
    return not listed and (hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__"))


def _imported(given: Any) -> Any:
    """Read an Arrow capsule by pyarrow, or else by polars; one of structs is a frame. Texts need neither."""
    if is_here("polars") and not is_here("pyarrow"):
        series = require_extra("polars", "polars").Series(given)
        return series.struct.unnest() if hasattr(series.dtype, "fields") else series
    if not is_here("pyarrow") and (lent := _lent("the column", _capsules(given))) is not None:
        gaps = set(lent.missing())
        return [None if row in gaps else lent[row] for row in range(len(lent))]
    arrow = require_extra("pyarrow", "arrow")
    streams = hasattr(given, "__arrow_c_stream__")
    column = arrow.chunked_array(given) if streams else arrow.chunked_array([arrow.array(given)])
    if arrow.types.is_struct(column.type):
        return arrow.Table.from_struct_array(column)
    return column


def library_of(given: object) -> str | None:
    """Return the library whose frames fit `given`: pandas, polars or pyarrow; None where it came in no frame.

    >>> library_of(["eins"]) is None
    True
    """
    library = type(given).__module__.partition(".")[0].strip("_")
    if library in ("pandas", "polars", "pyarrow"):
        return library
    if hasattr(given, "to_native") and library == "narwhals":
        return library_of(given.to_native())
    return "pyarrow" if _is_capsule(given) or library in ("duckdb", "duckdb_duckdb") else None


def index_of(given: object) -> Any:
    """Return the index of a Series or frame of pandas if it says more than a count from 0 would, else None.

    >>> index_of(["eins"]) is None
    True
    """
    index = getattr(given, "index", None)
    if index is None or callable(index):
        return None
    if type(index).__name__ == "RangeIndex" and (index.start, index.step) == (0, 1):
        return None
    return index


def labels_of(given: object) -> list[Any] | None:
    """Return what the index of a Series or frame of pandas calls its rows, None where that is a count from 0.

    >>> labels_of(["eins"]) is None
    True
    """
    index = index_of(given)
    return None if index is None else list(index)


def column_of(frame: Any, name: str) -> list[Any]:
    """Return the values of a column of a frame in memory; `name` is as `column_names` has it.

    >>> column_of({"text": ["eins"], 0: ["zwei"]}, "0")
    ['zwei']
    """
    return values_of(name, _column(frame, name))


def lent_column(frame: Any, name: str) -> Strings | None:
    """Return a column of texts of a frame where it lies in Arrow's memory, as `strings_of` does.

    >>> import polars as pl
    >>> lent_column(pl.DataFrame({"text": ["eins"]}), "text")[0], lent_column({"text": ["eins"]}, "text")
    ('eins', None)
    """
    return strings_of(name, _column(frame, name))


def _column(frame: Any, name: str) -> Any:
    return frame[next(key for key in _keys(frame) if str(key) == name)]


def column_names(frame: Any) -> list[str]:
    """Return the names of a frame's columns.

    Raises `InvalidTypeError` for something without columns.

    >>> column_names({"text": [], "date": []})
    ['text', 'date']
    """
    if not isinstance(frame, Mapping) and not is_frame(frame):
        raise InvalidTypeError(
            f"frame must be a frame of pandas, polars, pyarrow or duckdb, got {shown(frame)}"
        )
    return [str(key) for key in _keys(frame)]


def _keys(frame: Any) -> list[Any]:
    """Return what the columns of a frame in memory are found by: names, or the numbers of a frame without any."""
    return list(
        frame if isinstance(frame, Mapping) else getattr(frame, "column_names", None) or frame.columns
    )
