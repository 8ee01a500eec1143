"""What is known of articles, column by column, before any of them is made.

A corpus compares texts, and asks of their articles only when each was published, and where. To make ten thousand
articles takes ten times longer than to hand over what they are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from wortlaut.articles import Article
from wortlaut.dates import PRECISION, Dated, dated, not_understood, take_precision
from wortlaut.errors import InvalidValueError, is_missing
from wortlaut.frames import Ids
from wortlaut.gather import (
    Gathered,
    articles_of,
    beside_rows,
    columns_of,
    held_texts,
    moment_of,
    number_repeats,
    numbers_of,
    parts_of_frame,
    wrong_text,
)
from wortlaut.given import NO_UTF8, is_frame, library_of, strings_of
from wortlaut.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wortlaut._core import Strings


class Held(NamedTuple):
    """Articles that are not made yet, and what is wrong with them or the others.

    `dates` holds the date of each with its precision, `fields` the columns of other names that an article knows,
    `extra` those that it does not; all are as long as `texts`. `rows` are their places among the caller's, `lent` the
    column that holds the texts, if there is one.

    >>> held = held_of({"a": "eins"}, {}, strict=True)
    >>> held.ids, [article.text for article in held.articles()]
    (('a',), ['eins'])
    """

    texts: Sequence[str]
    ids: Ids
    problems: list[Problem]
    dates: list[Dated] | None
    fields: dict[str, list[str | None]]
    extra: dict[str, list[Any]]
    rows: Sequence[int]
    source: str
    lent: Strings | None

    def articles(self) -> Iterator[Article]:
        """Make the articles.

        >>> next(held_of(["eins"], {"outlet": ["Kurier"]}, strict=True).articles()).outlet
        'Kurier'
        """
        names = tuple(self.fields)
        beside = beside_rows(self.extra, len(self.texts))
        for place, (name, text) in enumerate(zip(self.ids, self.texts, strict=True)):
            known = {field: self.fields[field][place] for field in names}
            date, extra = Dated() if self.dates is None else self.dates[place], beside(place)
            date = take_precision(date, extra)
            known["date_precision"] = date.precision
            yield Article(name, text, date=date.moment, extra=extra, **cast("dict[str, Any]", known))

    def outlets(self) -> list[str | None]:
        """Return the outlet of each, None where it is unknown.

        >>> held_of(["eins"], {}, strict=True).outlets()
        [None]
        """
        return self.fields.get("outlet") or [None] * len(self.texts)

    def moments(self) -> list[int | None] | None:
        """Return the date of each as `gather.moments` does; None where no date is known.

        >>> held_of(["eins"], {"date": ["1970-01-02"]}, strict=True).moments()
        [86400000000]
        """
        if self.dates is None:
            return None
        # Articles come by the day, and each day is one object here.
        known: dict[int, int | None] = {}
        for date in self.dates:
            if id(date) not in known:
                known[id(date)] = None if date.moment is None else moment_of(date.moment, date.precision)
        return [known[id(date)] for date in self.dates]

    def damaged(self, ids: Sequence[str]) -> list[Problem]:
        """Return what is wrong with texts that are no UTF-8, which takes a look at all of them.

        >>> held_of(["eins"], {}, strict=True).damaged(["0"])
        []
        """
        places = [] if self.lent is None else self.lent.damaged()
        told = ((self.rows[place], f"text of {ids[place]!r} {NO_UTF8}") for place in places)
        return [Problem(self.source, row, reason) for row, reason in told]


def held_of(
    texts: object,
    fields: Mapping[str, object],
    *,
    strict: bool,
    extra: Mapping[str, Sequence[object]] | None = None,
    source: str = "texts",
    library: str | None = None,
) -> Held | Gathered:
    """Return what `gather.articles_of` would make articles of; made they are only where they come as such.

    The arguments are the same.

    >>> held_of([Article("a", "eins")], {}, strict=True).ids
    ('a',)
    """
    library = library or library_of(texts)
    lent = strings_of("texts", texts)
    values, columns = columns_of(texts, fields, lent)
    extra = extra or {}
    if lent is None and any(isinstance(value, Article) for value in values):
        return articles_of(values, columns, strict=strict, extra=extra, source=source, library=library)
    beside_rows(extra, len(values))
    found, rows, reasons = _present(values, lent, columns)
    dates, wrong = _dates(columns.get("date"), extra.get(PRECISION), rows, kept=not strict)
    problems = [Problem(source, row, reason) for row, reason in (*reasons, *wrong)]
    ids = [_name(row, columns) for row in rows]
    again = number_repeats(ids, kept=not strict)
    problems += [Problem(source, rows[place], reason) for place, reason in again]
    problems.sort(key=lambda problem: problem.row or 0)
    if strict and problems:
        raise InvalidValueError(str(problems[0]))
    labels = None if again or library is None else numbers_of(columns.get("id"), rows)
    return Held(
        found,
        Ids(ids, labels, library),
        problems,
        dates,
        {name: _told(column, rows) for name, column in columns.items() if name not in ("id", "date")},
        {name: _at(column, rows) for name, column in extra.items()},
        rows,
        source,
        lent if lent is None else cast("Strings", found),
    )


def held_in(texts: object, fields: Mapping[str, object], *, strict: bool) -> Held | Gathered:
    """Return the same of a column of texts, or of a frame whose columns `fields` may replace.

    >>> held_in({"a": "eins"}, {}, strict=True).ids
    ('a',)
    """
    library = library_of(texts)
    held = held_texts(texts)
    if is_frame(held):
        return held_in_frame(held, {}, strict=strict, beside=fields, library=library)
    return held_of(held, fields, strict=strict, library=library)


def held_in_frame(
    frame: Any,
    chosen: Mapping[str, str],
    *,
    strict: bool,
    beside: Mapping[str, object] | None = None,
    library: str | None = None,
) -> Held | Gathered:
    """Return the same of a frame, as `gather.of_frame` does.

    >>> held_in_frame({"body": ["eins"], "page": [3]}, {}, strict=True).extra
    {'page': [3]}
    """
    texts, fields, extra = parts_of_frame(frame, chosen, beside=beside, lend=True)
    library = library or library_of(frame)
    return held_of(texts, fields, strict=strict, extra=extra, source="frame", library=library)


def _present(
    values: Sequence[Any], lent: Strings | None, columns: Mapping[str, Sequence[Any]]
) -> tuple[Sequence[str], Sequence[int], list[tuple[int, str]]]:
    """Return the texts, their rows, and what is wrong with the other rows."""
    rows = range(len(values))
    wrong = lent.missing() if lent is not None else [row for row in rows if not isinstance(values[row], str)]
    if not wrong:
        return values, rows, []
    gaps = set(wrong)
    kept = [row for row in rows if row not in gaps]
    given: Sequence[Any] = values if lent is None else [None] * len(values)
    texts = [values[row] for row in kept] if lent is None else cast("Sequence[str]", lent.present())
    return (
        texts,
        kept,
        [(row, wrong_text(_name(row, columns), given[row])) for row in wrong],
    )


def _name(row: int, columns: Mapping[str, Sequence[Any]]) -> str:
    """Return the id of a row; one that is missing or empty is named by its place."""
    given = columns["id"][row] if "id" in columns else None
    return str(row) if is_missing(given) else str(given) or str(row)


def _dates(
    column: Sequence[Any] | None, told: Sequence[Any] | None, rows: Sequence[int], *, kept: bool
) -> tuple[list[Dated] | None, list[tuple[int, str]]]:
    """Return the dates of the rows, with the precision that a frame told of them, and what is no date."""
    if column is None:
        return None, []
    unknown, wrong = Dated(), []
    found = []
    for row in rows:
        given = column[row]
        date = unknown if is_missing(given) else dated(given)
        if date.moment is None and date is not unknown:
            wrong.append((row, not_understood(given, kept=kept)))
        found.append(date if told is None else take_precision(date, {PRECISION: told[row]}))
    return found, wrong


def _told(column: Sequence[Any], rows: Sequence[int]) -> list[str | None]:
    return [None if is_missing(value) else str(value) for value in _at(column, rows)]


def _at(column: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    return list(column) if len(rows) == len(column) else [column[row] for row in rows]
