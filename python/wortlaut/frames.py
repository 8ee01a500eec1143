"""Columns of results, and what pandas, polars and Arrow make of them.

The core hands over each field of a table as one `bytes` object. It is immutable, comparable, picklable, and becomes
a `memoryview`, a numpy array or an Arrow buffer without a copy; nothing here needs more than the standard library
until a frame is asked for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from array import array
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from wortlaut.bulk import categories, in_bulk, taken, writable
from wortlaut.errors import is_here, require_extra
from wortlaut.page import FilePath, check_path, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

# What the core returns of a column: its name, its kind, its bytes, the names that codes stand for.
RawColumn = tuple[str, str, bytes, tuple[str, ...] | None]

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
        if self.kind != "id":
            return self
        places: dict[int, int] = {}
        data = array("q", [places.setdefault(place, len(places)) for place in self.view])
        return Column("id", data.tobytes(), Ids.part(self.names, places))

    @property
    def labels(self) -> tuple[Any, ...]:
        """What frames call the `names`: of ids that came in a frame, what they were there.

        >>> Column("id", bytes(8), Ids(["7"], [7])).labels
        (7,)
        """
        return self.names.labels if isinstance(self.names, Ids) else self.names

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


class Ids(tuple[str, ...]):  # noqa: SLOT001  a tuple cannot have slots and its own size
    """The ids of a corpus, what its caller called them (`labels`), and the `library` of the frame they came in.

    >>> ids = Ids(["7", "3"], [7, 3], "polars")
    >>> ids, ids.labels, ids.library
    (('7', '3'), (7, 3), 'polars')
    """

    labels: tuple[Any, ...]
    library: str | None

    def __new__(
        cls, ids: Iterable[str], labels: Iterable[Any] | None = None, library: str | None = None
    ) -> Self:
        """Keep the ids, and what else is known of them."""
        made = super().__new__(cls, ids)
        made.labels = tuple(made) if labels is None else tuple(labels)
        made.library = library
        return made

    @staticmethod
    def part(ids: tuple[str, ...], places: Iterable[int]) -> tuple[str, ...]:
        """Return the ids at `places`, with all that is known of them.

        >>> Ids.part(Ids(["7", "3"], [7, 3]), [1]).labels
        (3,)
        """
        places = list(places)
        names = [ids[place] for place in places]
        if not isinstance(ids, Ids):
            return tuple(names)
        return Ids(names, [ids.labels[place] for place in places], ids.library)


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

    def to_parquet(self, path: FilePath) -> None:
        """Write a Parquet file, times in UTC.

        Raises `MissingExtraError` where neither pyarrow nor polars is installed.

        >>> from tempfile import TemporaryDirectory
        >>> from wortlaut import history
        >>> with TemporaryDirectory() as folder:
        ...     history(["Er ging.", "Er ging heim."]).to_parquet(f"{folder}/blame.parquet")
        """
        write_parquet(self._whole(), path)

    def to_json(self, path: FilePath | None = None, *, lines: bool = False) -> str:
        r"""Return the rows as JSON, with `lines` one object a line; with a `path`, also write them there.

        >>> from wortlaut import history
        >>> history(["Er ging."]).to_json(lines=True)
        '{"start": 0, "end": 8, "since": 1, "date": null, "text": "Er ging."}\n'
        """
        columns = self._whole()
        rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
        return as_json(rows, path, lines=lines)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def from_core(raw: Iterable[RawColumn]) -> dict[str, Column]:
    """Name the columns that the core returned.

    >>> from_core([("depth", "i64", bytes(8), None)])["depth"].to_list()
    [0]
    """
    return {name: Column(kind, data, names or ()) for name, kind, data, names in raw}


def ids_of(rows: Column, ids: Sequence[str]) -> Column:
    """Name places in a corpus by their ids.

    >>> ids_of(Column("i64", bytes(16)), ("a1", "a2")).to_list()
    ['a1', 'a1']
    """
    return Column("id", rows.data, ids if isinstance(ids, tuple) else tuple(ids))


def to_pandas(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a DataFrame: whole numbers as int64 (Int64 with nulls), names as categories, ids and texts as strings.

    Ids that came in a frame are what they were there. Lone surrogates become U+FFFD. Raises `MissingExtraError`
    where pandas is not installed.

    >>> to_pandas({"depth": Column("i64", bytes(16))}).shape
    (2, 1)
    """
    pandas = require_extra("pandas", "pandas")

    def texts(values: Sequence[Any]) -> Any:
        values = _clean(values)
        return pandas.Series(values, dtype="str" if _are_texts(values) else None)

    def given(values: Sequence[Any]) -> Any:
        if not isinstance(values, Moments):
            return texts(values)
        with suppress(ValueError):  # pandas before 3 knows no dates before 1678: they stay objects
            return pandas.to_datetime(list(values), utc=True)
        return list(values)

    def series(column: Column | Sequence[Any], values: Any) -> Any:
        if not isinstance(column, Column):
            return given(column)
        if column.kind == "id":
            return taken(labels[id(column.labels)].array, values)
        if column.kind == "name":
            return pandas.Categorical.from_codes(values, dtype=categories(column.names))
        if column.kind == "i64?":
            return pandas.arrays.IntegerArray(values.copy(), values == _NULL)
        return values

    # Both sides of a pair often have the same ids.
    ids = {
        id(one.labels): one.labels for one in columns.values() if isinstance(one, Column) and one.kind == "id"
    }
    labels = {key: texts(names) for key, names in ids.items()}
    numbers = writable({name: one for name, one in columns.items() if isinstance(one, Column)})
    return pandas.DataFrame(
        {name: series(column, numbers.get(name)) for name, column in columns.items()}, copy=False
    )


def to_arrow(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a pyarrow Table; numbers and codes stay where they are, names and ids become dictionaries.

    Lone surrogates become U+FFFD. Raises `MissingExtraError` where pyarrow is not installed.

    >>> to_arrow({"depth": Column("i64", bytes(16))}).num_rows
    2
    """
    arrow = require_extra("pyarrow", "arrow")
    compute = require_extra("pyarrow.compute", "arrow")
    # A dictionary's codes are signed, to be read everywhere; no field has more than 127 names.
    types = {"f64": arrow.float64(), "name": arrow.int8(), "bool": arrow.uint8()}

    def array_of(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Moments):
            return arrow.array(list(column), arrow.timestamp("us", "UTC"))
        if not isinstance(column, Column):
            return _typed(column, arrow.array, arrow.large_string())
        data = arrow.py_buffer(column.data)
        numbers = arrow.Array.from_buffers(types.get(column.kind, arrow.int64()), len(column), [None, data])
        if column.kind == "bool":
            return numbers.cast(arrow.bool_())
        if column.kind == "i64?":
            known = compute.not_equal(numbers, _NULL).buffers()[1]
            return arrow.Array.from_buffers(arrow.int64(), len(column), [known, data])
        if column.kind in ("name", "id"):
            names = _typed(column.labels, arrow.array, arrow.string())
            return arrow.DictionaryArray.from_arrays(numbers, names)
        return numbers

    return arrow.table({name: array_of(column) for name, column in columns.items()})


def to_polars(columns: Mapping[str, Column | Sequence[Any]]) -> Any:
    """Build a polars DataFrame: names as categories, ids and texts as strings.

    Ids that came in a frame are what they were there. Lone surrogates become U+FFFD. Raises `MissingExtraError`
    where polars is not installed.

    >>> to_polars({"depth": Column("i64", bytes(16))}).height
    2
    """
    polars = require_extra("polars", "polars")
    types = {"f64": polars.Float64, "bool": polars.Boolean}

    def plain(values: Sequence[Any], dtype: Any = None) -> Any:
        return polars.Series(values, dtype=dtype)

    def series(column: Column | Sequence[Any]) -> Any:
        if isinstance(column, Moments):
            return plain(list(column), polars.Datetime("us", "UTC"))
        if not isinstance(column, Column):
            return _typed(column, plain, polars.String)
        if column.kind == "i64?":
            return plain(column.to_list(), polars.Int64)
        numbers = plain(in_bulk(column), types.get(column.kind))
        if column.kind == "id":
            return _typed(column.labels, plain, polars.String).gather(numbers)
        if column.kind == "name":
            return plain(list(column.names), polars.Categorical).gather(numbers)
        return numbers

    return polars.DataFrame({name: series(column) for name, column in columns.items()})


def write_parquet(columns: Mapping[str, Column | Sequence[Any]], path: FilePath) -> None:
    """Write columns to a Parquet file, through pyarrow or, where that is missing, polars.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_parquet({"depth": Column("i64", bytes(16))}, f"{folder}/depth.parquet")
    """
    where = str(check_path(path))
    if is_here("polars") and not is_here("pyarrow"):
        to_polars(columns).write_parquet(where)
        return
    table = to_arrow(columns)
    require_extra("pyarrow.parquet", "arrow").write_table(table, where)


def as_json(rows: Iterable[Mapping[str, Any]], path: FilePath | None, *, lines: bool) -> str:
    r"""Return rows as JSON, with `lines` one object a line; with a `path`, also write them there.

    Moments are written as ISO 8601, lone surrogates as U+FFFD, what else JSON does not know as its str.

    >>> as_json([{"id": "a1"}, {"id": "a2"}], None, lines=True)
    '{"id": "a1"}\n{"id": "a2"}\n'
    """
    import json

    where = None if path is None else check_path(path)
    told = [json.dumps(row, ensure_ascii=False, default=_told) for row in rows]
    text = "".join(f"{one}\n" for one in told) if lines else f"[{', '.join(told)}]"
    text = _SURROGATES.sub("\ufffd", text)
    if where is not None:
        write(where, text)
    return text


def _told(value: Any) -> str:
    told = getattr(value, "isoformat", None)
    return str(told() if callable(told) else value)


def _clean(values: Column | Sequence[Any]) -> list[Any]:
    """Return the values with lone surrogates replaced."""
    values = list(values)
    if _are_texts(values) and not _SURROGATES.search("".join(values)):
        return values
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
