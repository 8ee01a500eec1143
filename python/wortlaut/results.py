"""What every collection of results can do: a sequence over columns that shows itself and becomes a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import index as as_index
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, overload

from wortlaut import frames
from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_choice,
    check_count,
    counted,
    one_line,
    shown,
)
from wortlaut.page import FilePath, finished

if TYPE_CHECKING:
    from wortlaut.frames import Column

Row = TypeVar("Row")

# Rows that a repr shows; what a screen holds.
_SHOWN = 10

# Characters of a text that a row of a repr shows.
_TEXT_SHOWN = 60

# Columns by which a row is found, and which a table shows first.
_NAMING = ("cluster", "id", "a_id", "b_id")

# Rows that an iteration makes at a time: enough to read columns in one go, few enough to stop early.
_AT_ONCE = 1024

# The two texts of a row that says in the hidden columns `a` and `b` which they are.
PAIR_TEXTS: dict[str, tuple[str | int, str, str]] = {
    "a_text": ("a", "a_start", "a_end"),
    "b_text": ("b", "b_start", "b_end"),
}


class Results(Sequence[Row]):
    """Rows of one kind, kept as columns: `len`, index, slice, iterate, compare, pickle, turn into a frame.

    >>> from wortlaut import passages
    >>> found = passages("eins zwei drei", "null eins zwei drei", min_words=3)
    >>> len(found), found[0].b_start, found.columns[:2]
    (1, 5, ('a_start', 'a_end'))
    """

    # What a subclass says of itself: the type of its rows, and its texts: name -> (whose, start, end), where `whose`
    # is the column with the text's place or, if there is none, the place itself.
    _type: ClassVar[type]
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]]
    # Columns that the repr and the HTML table leave out.
    _quiet: ClassVar[frozenset[str]] = frozenset()
    # Columns of shares, which the HTML table shades.
    _shares: ClassVar[frozenset[str]] = frozenset()

    __slots__ = ("_fold", "_given", "_hidden", "_texts")

    def __init__(
        self,
        columns: dict[str, Column] | Callable[[], dict[str, Column]],
        texts: Sequence[str],
        hidden: dict[str, Column] | None = None,
        fold: Any = None,
    ) -> None:
        # Columns, or who makes them when they are first looked at.
        self._given = columns
        self._texts = texts
        # Columns that rows need and users do not: places in the corpus.
        self._hidden = hidden or {}
        # What the words were compared under, for rows that compare them again.
        self._fold = fold

    @property
    def _columns(self) -> dict[str, Column]:
        # Read once: another thread may make them at the same time.
        given = self._given
        if not isinstance(given, dict):
            given = self._given = given()
        return given

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, which are the fields of a row.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“").columns[:2]
        ('start', 'end')
        """
        return tuple(self._columns)

    def column(self, name: str) -> list[Any]:
        """Return one column as a list.

        Raises `InvalidValueError` if there is none of that name.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“, „nein“").column("start")
        [0, 6]
        """
        return self._columns[check_choice("name", name, self.columns)].to_list()

    def texts(self) -> dict[str, list[str]]:
        """Return the raw text of each row's stretches, by name.

        >>> from wortlaut import passages
        >>> passages("eins zwei drei", "Eins, zwei, drei", min_words=3).texts()
        {'a_text': ['eins zwei drei'], 'b_text': ['Eins, zwei, drei']}
        """
        found: dict[str, list[str]] = {}
        for name, (whose, start, end) in self._texts_of.items():
            places = self._places(whose)
            spans = zip(places, self._columns[start], self._columns[end], strict=True)
            found[name] = [self._texts[place][first:last] for place, first, last in spans]
        return found

    def _places(self, whose: str | int) -> list[int]:
        if isinstance(whose, int):
            return [whose] * len(self)
        return self._hidden[whose].to_list()

    def to_dicts(self, *, text: bool = True) -> list[dict[str, Any]]:
        """Return a dict a row, with plain Python values; `text` adds the raw text of each stretch.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“").to_dicts()[0]["text"]
        '„Ja“'
        """
        columns = {name: column.to_list() for name, column in self._columns.items()}
        columns |= self.texts() if text else {}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def to_pandas(self, *, text: bool = False) -> Any:
        """Return a pandas DataFrame; `text` adds the raw text of each stretch.

        Raises `MissingExtraError` where pandas is not installed.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“").to_pandas(text=True)["text"].tolist()
        ['„Ja“']
        """
        return frames.to_pandas(self._whole(text=text))

    def to_polars(self, *, text: bool = False) -> Any:
        """Return a polars DataFrame; `text` adds the raw text of each stretch.

        Raises `MissingExtraError` where polars is not installed.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“").to_polars().height
        1
        """
        return frames.to_polars(self._whole(text=text))

    def to_arrow(self, *, text: bool = False) -> Any:
        """Return a pyarrow Table; `text` adds the raw text of each stretch.

        Raises `MissingExtraError` where pyarrow is not installed.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“").to_arrow().num_rows
        1
        """
        return frames.to_arrow(self._whole(text=text))

    def to_frame(self, *, text: bool = False) -> Any:
        """Return a frame of the library that the texts of the corpus came in, with the ids as they were there.

        Raises `InvalidValueError` if they came in no frame.

        >>> import pandas as pd
        >>> from wortlaut import Corpus
        >>> frame = pd.DataFrame({"id": [7, 3], "text": ["a b c d e"] * 2})
        >>> Corpus.from_frame(frame).overlaps().to_frame()[["a_id", "b_id"]].values.tolist()
        [[7, 3]]
        """
        named = (column.names for column in self._columns.values())
        library = next((ids.library for ids in named if isinstance(ids, frames.Ids)), None)
        if library is None:
            raise InvalidValueError(
                "the texts must have come in a frame to get one like it; use to_pandas, to_polars or to_arrow"
            )
        make = {"pandas": self.to_pandas, "polars": self.to_polars, "pyarrow": self.to_arrow}
        return make[library](text=text)

    def to_parquet(self, path: FilePath, *, text: bool = False) -> None:
        """Write a Parquet file; `text` adds the raw text of each stretch.

        Raises `MissingExtraError` where neither pyarrow nor polars is installed.

        >>> from tempfile import TemporaryDirectory
        >>> from wortlaut import quotes
        >>> with TemporaryDirectory() as folder:
        ...     quotes("„Ja“").to_parquet(f"{folder}/quotes.parquet")
        """
        frames.write_parquet(self._whole(text=text), path)

    def to_json(self, path: FilePath | None = None, *, lines: bool = False, text: bool = True) -> str:
        """Return the rows as JSON, with `lines` one object a line; with a `path`, also write them there.

        >>> from wortlaut import Corpus
        >>> Corpus({"x": "„Ja“"}).quotes().to_json(lines=True)[:34]
        '{"id": "x", "start": 0, "end": 4, '
        """
        return frames.as_json(self.to_dicts(text=text), path, lines=lines)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _whole(self, *, text: bool) -> dict[str, Column | Sequence[Any]]:
        return {**self._columns, **(self.texts() if text else {})}

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Row | Self:
        if isinstance(index, slice):
            return self._with(lambda column: column[index])
        if not hasattr(index, "__index__"):
            raise InvalidTypeError(f"index must be a whole number or a slice, got {shown(index)}")
        row = as_index(index)
        if not -len(self) <= row < len(self):
            raise IndexError(f"index must be within {len(self)} rows, got {row}")
        values = {name: column[row] for name, column in self._columns.items()}
        return self._value(values | self._texts_at(row, values))

    def _texts_at(self, row: int, values: dict[str, Any]) -> dict[str, str]:
        return {
            name: self._texts[whose if isinstance(whose, int) else self._hidden[whose][row]][
                values[start] : values[end]
            ]
            for name, (whose, start, end) in self._texts_of.items()
        }

    def _with(self, change: Any) -> Self:
        """Return the same kind of collection over changed columns."""
        columns = {name: change(column) for name, column in self._columns.items()}
        hidden = {name: change(column) for name, column in self._hidden.items()}
        return type(self)(columns, self._texts, hidden, self._fold)

    def take(self, rows: Sequence[int]) -> Self:
        """Return the rows with these indices.

        >>> from wortlaut import quotes
        >>> quotes("„Ja“, „nein“").take([1]).column("start")
        [6]
        """
        return self._with(lambda column: column.take(rows))

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), _AT_ONCE):
            yield from map(self._value, self[start : start + _AT_ONCE].to_dicts())

    def _value(self, row: dict[str, Any]) -> Row:
        value: Row = self._type(**row)
        if self._fold is not None:
            object.__setattr__(value, "_fold", self._fold)
        return value

    def _key(self) -> tuple[object, ...]:
        return tuple(self._columns.items()), tuple(self.texts().items())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Results) or type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self), tuple(self._columns.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        columns = {name: column.alone() for name, column in self._columns.items()}
        return type(self), (columns, *self._needed(), self._fold)

    def _needed(self) -> tuple[tuple[str, ...], dict[str, Column]]:
        """Return the texts that rows stand in, and their places among these: a slice is pickled without the rest."""
        if not self._hidden or not self._texts_of:
            return (tuple(self._texts) if self._texts_of else ()), self._hidden
        names = {whose for whose, _, _ in self._texts_of.values() if isinstance(whose, str)}
        used = sorted({place for name in names for place in self._hidden[name].view})
        among = {place: number for number, place in enumerate(used)}
        hidden = {
            name: frames.Column.of_numbers([among[place] for place in column.view])
            if name in names
            else column.alone()
            for name, column in self._hidden.items()
        }
        return tuple(self._texts[place] for place in used), hidden

    def __repr__(self) -> str:
        name = type(self).__name__
        lines = [f"{name}: {self._count()}"]
        for row in self[:_SHOWN].to_dicts():
            cells = (self._cell(key, value) for key, value in row.items() if key not in self._quiet)
            lines.append("  " + "  ".join(cell for cell in cells if cell))
        if len(self) > _SHOWN:
            lines.append(f"  … {len(self) - _SHOWN:,} more")
        return "\n".join(lines)

    def _count(self) -> str:
        return counted(len(self), "row")

    def _cell(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            return name if value else ""
        if isinstance(value, float):
            return f"{name}={value:.2f}"
        if name in self._texts_of:
            text = one_line(str(value))
            return f"»{text[: _TEXT_SHOWN - 1]}…«" if len(text) > _TEXT_SHOWN else f"»{text}«"
        return str(value) if isinstance(value, str) else f"{name}={value}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=20)}

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the rows as an HTML table, everything escaped; at most `limit` of them.

        The texts stand before the figures, the start and end of each in one cell; what the repr leaves out is left to
        frames. With a `path`, the table is also written there, as a page of its own.

        >>> from wortlaut import quotes
        >>> "„&lt;b&gt;“" in quotes("„<b>“").to_html()
        True
        """
        from wortlaut import html

        names = list(self._narrow(dict.fromkeys([*self._columns, *self._texts_of])))
        rows = [list(self._narrow(row).values()) for row in self._first(limit).to_dicts()]
        texts = [names.index(name) for name in self._texts_of if name in names]
        shares = [names.index(name) for name in self._shares]
        drawn = html.table(names, rows, total=len(self), limit=limit, texts=texts, shares=shares)
        return finished(html.fragment(*self._above(), drawn), path, type(self).__name__)

    def _above(self) -> Sequence[object]:
        """Return what the HTML shows above the table."""
        return ()

    def _narrow(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row as a table shows it: what names it, its texts, and where each of them stands, in one cell."""
        texts = [name for name in self._texts_of if name not in self._quiet]
        narrow = {name: row[name] for name in (*_NAMING, *texts) if name in row}
        for name in texts:
            _, start, end = self._texts_of[name]
            narrow[start.replace("start", "span")] = f"{row[start]}–{row[end]}"
        spans = {edge for _, *edges in self._texts_of.values() for edge in edges}
        rest = {name: value for name, value in row.items() if name not in self._quiet | spans}
        return narrow | rest

    def _first(self, limit: int | None) -> Self:
        return self if limit is None else self[: check_count("limit", limit, 0)]
