"""Columns of numbers as arrays of numpy."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from wortlaut.errors import is_here, require_extra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wortlaut.frames import Column


def in_bulk(column: Column) -> Any:
    """Return the numbers of a column as an array of numpy, which polars takes in one piece, or else as a list.

    >>> from wortlaut.frames import Column
    >>> len(in_bulk(Column("i64", bytes(16))))
    2
    """
    if not is_here("numpy"):
        return column.view.tolist()
    return require_extra("numpy", "polars").frombuffer(column.data, dtype=column.view.format)


def writable(columns: Mapping[str, Column]) -> dict[str, Any]:
    """Return the numbers of each column as an array; those that pandas would write to are copied.

    Into one piece of memory: the system hands that out five times as fast as a piece for each.

    >>> from wortlaut.frames import Column
    >>> writable({"depth": Column("i64", bytes(16))})["depth"].tolist()
    [0, 0]
    """
    numpy = require_extra("numpy", "pandas")
    numbers = {
        name: numpy.frombuffer(column.data, dtype=column.view.format) for name, column in columns.items()
    }
    copied = [name for name, column in columns.items() if column.kind in ("i64", "f64", "bool")]
    # The widest first: eight bytes are read fast where they begin at an eighth.
    copied.sort(key=lambda name: -numbers[name].itemsize)
    ends = list(accumulate(numbers[name].nbytes for name in copied))
    memory = numpy.empty(ends[-1] if ends else 0, dtype="u1")
    for name, end in zip(copied, ends, strict=True):
        given = numbers[name]
        numbers[name] = memory[end - given.nbytes : end].view(given.dtype)
        numbers[name][:] = given
    return numbers


def taken(labels: Any, codes: Any) -> Any:
    """Return what pandas' array of `labels` has at `codes`, all of which are within it.

    Arrow does not look at that a second time, which is a quarter of its work.

    >>> import numpy, pandas
    >>> list(taken(pandas.Series(["a", "b"]).array, numpy.array([1, 0, 1])))
    ['b', 'a', 'b']
    """
    if type(labels).__name__ != "ArrowStringArray" or not len(labels):
        return labels.take(codes)
    arrow = require_extra("pyarrow", "arrow")
    compute = require_extra("pyarrow.compute", "arrow")
    names = labels.__arrow_array__()
    found = compute.take(names, arrow.array(codes), boundscheck=False)
    return require_extra("pandas", "pandas").array(found, dtype=labels.dtype)


# A field has few names, and most results have the same: to look at them again takes a tenth of a millisecond.
@lru_cache(maxsize=64)
def categories(names: tuple[str, ...]) -> Any:
    """Return these names as a type of pandas.

    >>> list(categories(("verbatim", "edited")).categories)
    ['verbatim', 'edited']
    """
    return require_extra("pandas", "pandas").CategoricalDtype(list(names))
