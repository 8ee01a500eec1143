"""What a corpus is made of: texts with their ids, dates and outlets, from whatever holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from wortlaut.articles import Article
from wortlaut.dates import Dated, dated, latest, not_understood, take_precision
from wortlaut.errors import InvalidValueError, is_missing, shown
from wortlaut.fields import assign
from wortlaut.frames import Ids
from wortlaut.given import (
    NO_UTF8,
    column_names,
    column_of,
    index_of,
    is_frame,
    labels_of,
    lent_column,
    library_of,
    materialized,
    strings_of,
    values_of,
)
from wortlaut.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from wortlaut._core import Strings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Gathered(NamedTuple):
    """Articles, what was wrong with the others, and the ids with what the caller called them.

    >>> Gathered([], [], Ids([])).ids
    ()
    """

    articles: list[Article]
    problems: list[Problem]
    ids: Ids


def articles_of(
    texts: object,
    fields: Mapping[str, object],
    *,
    strict: bool,
    extra: Mapping[str, Sequence[object]] | None = None,
    source: str = "texts",
    library: str | None = None,
) -> Gathered:
    """Return the articles in `texts`, and what was wrong with the others.

    `texts` holds strings or articles, or maps ids to strings; `fields` are columns of the same length, and so is
    what the articles keep as `extra`. A row without a text is a problem, as is an id that was there before (the
    article stays, under a numbered id); if `strict`, the first problem is raised. `source` is what problems call
    all this, `library` where it came from.

    >>> articles, problems, _ = articles_of({"a": "eins", "b": None}, {}, strict=False)
    >>> [article.id for article in articles], str(problems[0])
    (['a'], "texts, row 1: text of 'b' is missing")
    """
    found: list[Article] = []
    places: list[int] = []
    problems: list[Problem] = []
    library = library or library_of(texts)
    values, columns = columns_of(texts, fields)
    beside = beside_rows(extra or {}, len(values))
    given = list(columns.items())
    for row, value in enumerate(values):
        known = {name: column[row] for name, column in given if not is_missing(column[row])}
        article, reason = _article(row, value, known, beside(row), strict=strict)
        if article is not None:
            found.append(article)
            places.append(row)
        problems += [Problem(source, row, reason)] if reason else []
    ids = [article.id for article in found]
    again = number_repeats(ids, kept=not strict)
    problems += [Problem(source, places[index], reason) for index, reason in again]
    problems.sort(key=lambda problem: problem.row or 0)
    if strict and problems:
        raise InvalidValueError(str(problems[0]))
    labels = None if again or library is None else numbers_of(columns.get("id"), places)
    articles = [_named(article, name) for article, name in zip(found, ids, strict=True)]
    return Gathered(articles, problems, Ids(ids, labels, library))


def numbers_of(ids: Sequence[object] | None, places: Sequence[int]) -> list[object] | None:
    """Return the ids that the caller gave as whole numbers; in frames they go back as such, to be joined on.

    >>> numbers_of([7, 3], [1]), numbers_of(["7"], [0])
    ([3], None)
    """
    if ids is None or not all(isinstance(ids[place], int) for place in places):
        return None
    return [ids[place] for place in places]


class Plain(NamedTuple):
    """Texts of which nothing else is known but what the caller calls them: no article of them has to be made.

    `rows` are their places among the caller's, and `missing` those without a text; `index` names all of them, or None,
    where their places do. `lent` is the column that holds them. Ids take longer than all the rest: they are made when
    somebody asks for them.

    >>> Plain(["eins"], range(1)).named()
    (('0',), [])
    """

    texts: Sequence[str]
    rows: Sequence[int]
    missing: Sequence[int] = ()
    index: Any = None
    lent: Strings | None = None
    library: str | None = None

    def named(self, *, kept: bool = True) -> tuple[Ids, list[Problem]]:
        """Return the ids, and what is wrong with the rows; `kept` is as in `number_repeats`."""
        if self.index is None:
            problems = [Problem("texts", row, wrong_text(str(row), None)) for row in self.missing]
            return Ids(map(str, self.rows), library=self.library), problems
        labels = list(self.index)
        names = [_label(row, label) for row, label in enumerate(labels)]
        problems = [Problem("texts", row, wrong_text(names[row], None)) for row in self.missing]
        ids = [names[row] for row in self.rows]
        again = number_repeats(ids, kept=kept)
        problems += [Problem("texts", self.rows[place], reason) for place, reason in again]
        numbers = None if again or self.library is None else numbers_of(labels, self.rows)
        return Ids(ids, numbers, self.library), problems

    def damaged(self, ids: Ids) -> list[Problem]:
        """Return what is wrong with texts that are no UTF-8, which takes a look at all of them.

        >>> Plain(["eins"], range(1)).damaged(Ids(["0"]))
        []
        """
        places = [] if self.lent is None else self.lent.damaged()
        return [Problem("texts", self.rows[place], f"text of {ids[place]!r} {NO_UTF8}") for place in places]


def plain(texts: object, fields: Mapping[str, object]) -> Plain | None:
    """Return `texts` if they need no reading: a list of strings, or a column that Arrow can lend.

    >>> plain(["eins", "zwei"], {"id": None}).texts, plain(["eins", None], {})
    (['eins', 'zwei'], None)
    """
    if any(column is not None for column in fields.values()):
        return None
    if type(texts) is list:
        return Plain(list(texts), range(len(texts))) if set(map(type, texts)) <= {str} else None
    lent = strings_of("texts", texts)
    if lent is None:
        return None
    rows: Sequence[int] = range(len(lent))
    if missing := lent.missing():
        gaps = set(missing)
        lent, rows = lent.present(), [row for row in rows if row not in gaps]
    return Plain(cast("Sequence[str]", lent), rows, missing, index_of(texts), lent, library_of(texts))


def _label(row: int, label: object) -> str:
    """Return the id of a row by its label; one that is missing or empty is named by its place."""
    return str(row) if is_missing(label) else str(label) or str(row)


def number_repeats(
    ids: list[str], *, kept: bool = True, seen: dict[str, int] | None = None
) -> list[tuple[int, str]]:
    """Make every repeated id new by a number; return where, and what to say of it; `kept` are the articles.

    `seen` counts the ids of earlier calls, and goes on counting.

    >>> ids = ["a", "a", "a#2"]
    >>> number_repeats(ids), ids
    ([(1, "id 'a' is taken; renamed to 'a#3'")], ['a', 'a#3', 'a#2'])
    """
    if not seen and len(set(ids)) == len(ids):
        if seen is not None:
            seen.update(dict.fromkeys(ids, 1))
        return []
    seen = {} if seen is None else seen
    taken = {*ids, *seen}
    renamed = []
    for index, name in enumerate(ids):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] == 1:
            continue
        while f"{name}#{seen[name]}" in taken:
            seen[name] += 1
        ids[index] = f"{name}#{seen[name]}"
        taken.add(ids[index])
        seen[ids[index]] = 1
        told = f"id {shown(name)} is taken"
        renamed.append((index, f"{told}; renamed to {shown(ids[index])}" if kept else told))
    return renamed


def _named(article: Article, name: str) -> Article:
    return article if article.id == name else replace(article, id=name)


def gathered_of(texts: object, fields: Mapping[str, object], *, strict: bool) -> Gathered:
    """Return the articles in a column of texts, or in a frame whose columns `fields` may replace.

    >>> gathered_of({"a": "eins"}, {}, strict=True).ids
    ('a',)
    """
    library = library_of(texts)
    held = held_texts(texts)
    if is_frame(held):
        return of_frame(held, {}, strict=strict, beside=fields, library=library)
    return articles_of(held, fields, strict=strict, library=library)


def of_frame(
    frame: Any,
    chosen: Mapping[str, str],
    *,
    strict: bool,
    beside: Mapping[str, object] | None = None,
    library: str | None = None,
) -> Gathered:
    """Return the articles in a frame; `chosen` names columns by field, aliases are understood.

    Without a column of ids, a frame of pandas has its index; the columns of other names are in `extra`, and columns
    from `beside` the frame win over its own.

    >>> of_frame({"body": ["eins"], "Publisher": ["Kurier"], "page": [3]}, {}, strict=True).articles[0].extra
    {'page': 3}
    """
    texts, fields, extra = parts_of_frame(frame, chosen, beside=beside)
    library = library or library_of(frame)
    return articles_of(texts, fields, strict=strict, extra=extra, source="frame", library=library)


def held_texts(texts: object) -> object:
    """Return texts, or a frame, as they lie in memory; what maps ids to texts stays as it is.

    >>> held_texts({"a": "eins"})
    {'a': 'eins'}
    """
    return texts if isinstance(texts, Mapping) else materialized(texts)


def parts_of_frame(
    frame: Any,
    chosen: Mapping[str, str],
    *,
    beside: Mapping[str, object] | None = None,
    lend: bool = False,
) -> tuple[object, dict[str, object], dict[str, list[Any]]]:
    """Return the texts of a frame, the columns of what is known of them, and the others; as in `of_frame`.

    If it can `lend` the texts, they stay in its memory.

    >>> parts_of_frame({"body": ["eins"], "Publisher": ["Kurier"], "page": [3]}, {})
    (['eins'], {'outlet': ['Kurier']}, {'page': [3]})
    """
    labels = labels_of(frame)
    known, extra = fields_of_frame(materialized(frame), chosen, lend=lend)
    fields: dict[str, object] = {} if labels is None else {"id": labels}
    fields |= known
    fields |= {name: column for name, column in (beside or {}).items() if column is not None}
    return fields.pop("text"), fields, extra


def fields_of_frame(
    frame: Any, chosen: Mapping[str, str], *, lend: bool = False
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Return the columns of a frame that a corpus knows, by field, and the others; aliases are understood.

    >>> fields_of_frame({"body": ["eins"], "Publisher": ["Kurier"], "page": [3]}, {})
    ({'text': ['eins'], 'outlet': ['Kurier']}, {'page': [3]})
    """
    names = column_names(frame)
    absent = [name for name in chosen.values() if name not in names]
    found = assign(names, chosen)
    if "text" not in found or absent:
        wanted = repr(absent[0]) if absent else "'text'"
        raise InvalidValueError(
            f"the frame must have a column {wanted}, got {', '.join(map(repr, names)) or 'none'}"
        )
    others = [name for name in names if name not in found.values()]
    lent = lent_column(frame, found["text"]) if lend else None
    held = {} if lent is None else {"text": lent}
    return (
        {**held, **{name: column_of(frame, column) for name, column in found.items() if name not in held}},
        {name: column_of(frame, name) for name in others},
    )


def beside_rows(extra: Mapping[str, Sequence[object]], rows: int) -> Callable[[int], dict[str, object]]:
    """Return what gives the extra columns of a row, None where a value is missing.

    Raises `InvalidValueError` if a column has more or fewer rows.

    >>> beside_rows({"page": [3, None]}, 2)(1)
    {'page': None}
    """
    for name, column in extra.items():
        if len(column) != rows:
            raise InvalidValueError(f"{name} must hold one for each text ({rows}), got {len(column)}")

    def beside(row: int) -> dict[str, object]:
        return {name: None if is_missing(column[row]) else column[row] for name, column in extra.items()}

    return beside


def columns_of(
    texts: object, fields: Mapping[str, object], lent: Strings | None = None
) -> tuple[Sequence[Any], dict[str, list[Any]]]:
    """Return the texts, or the column that has `lent` them, and the columns of what is known of them.

    >>> columns_of({"a": "eins"}, {"outlet": ["Kurier"]})
    (['eins'], {'outlet': ['Kurier'], 'id': ['a']})
    """
    texts = texts if lent is not None else held_texts(texts)
    if isinstance(texts, Mapping):
        if fields.get("id") is not None:
            raise InvalidValueError("ids must be left out where texts is a dict, whose keys are the ids")
        fields = {**fields, "id": list(texts)}
        texts = list(texts.values())
    elif fields.get("id") is None and (labels := labels_of(texts)) is not None:
        fields = {**fields, "id": labels}
    values = values_of("texts", texts) if lent is None else cast("Sequence[Any]", lent)
    columns = {name: values_of(f"{name}s", column) for name, column in fields.items() if column is not None}
    for name, column in columns.items():
        if len(column) != len(values):
            raise InvalidValueError(f"{name}s must hold one for each text ({len(values)}), got {len(column)}")
    return values, columns


def _article(
    row: int, value: Any, known: dict[str, Any], extra: dict[str, Any], *, strict: bool
) -> tuple[Article | None, str | None]:
    """Return the article of a row, if it has a text, and what is wrong with the row."""
    given = known.pop("date", None)
    known = {name: str(told) for name, told in known.items()}
    if known.get("id") == "":
        del known["id"]
    if isinstance(value, str):
        made = _made(str(row), value, known, given, extra)
    elif isinstance(value, Article) and isinstance(value.text, str):
        given = value.date if given is None else given
        made = _changed(value, known, given, extra)
    else:
        article_id = value.id if isinstance(value, Article) else str(row)
        return None, wrong_text(known.get("id") or article_id, getattr(value, "text", value))
    unclear = given is not None and made.date is None
    return made, not_understood(given, kept=not strict) if unclear else None


def _made(name: str, text: str, known: dict[str, str], given: object, extra: dict[str, Any]) -> Article:
    date, precision = take_precision(Dated() if given is None else dated(given), extra)
    return Article(**{"id": name, **known}, text=text, date=date, date_precision=precision, extra=extra)


def _changed(article: Article, known: dict[str, Any], given: object, extra: dict[str, Any]) -> Article:
    """Return an article with what is known beside it; one that nothing is known of stays as it is."""
    own = given is article.date
    date = dated(given)
    if own and article.date_precision is not None:
        date = Dated(date.moment, article.date_precision)
    if own and date.moment == given and not known and not extra:
        return article
    extra = {**article.extra, **extra}
    return replace(article, date=date.moment, date_precision=date.precision, extra=extra, **known)


def wrong_text(name: str, text: object) -> str:
    """Say what is wrong with a text that is none.

    >>> wrong_text("a", None)
    "text of 'a' is missing"
    """
    if is_missing(text):
        return f"text of {name!r} is missing"
    return f"text of {name!r} must be a str, got {shown(text)}"


def ranks(articles: Sequence[Article]) -> list[int]:
    """Return each article's place in time; those without a date keep their place behind the dated ones.

    A month or a year comes behind the days in it: what may be earlier is not said to be.

    >>> from wortlaut.dates import parse_date
    >>> ranks([Article("b", "", date=parse_date("2024")), Article("a", "", date=parse_date("2023"))])
    [1, 0]
    """
    return places_in_time(moments(articles))


def places_in_time(moments: Sequence[int | None]) -> list[int]:
    """Return the rank of each moment; those that are not known keep their place behind the others.

    >>> places_in_time([None, 7, 3])
    [2, 1, 0]
    """
    found = [0] * len(moments)
    for rank, row in enumerate(sorted(range(len(moments)), key=lambda row: _in_time(moments[row]))):
        found[row] = rank
    return found


def _in_time(moment: int | None) -> tuple[bool, int]:
    return moment is None, moment or 0


def moments(articles: Sequence[Article]) -> list[int | None]:
    """Return the date of each article in microseconds since 1970, None where it is unknown; of a month its end.

    >>> from wortlaut.dates import parse_date
    >>> moments([Article("a", "", date=parse_date("1970-01-02")), Article("b", "")])
    [86400000000, None]
    """
    return [moment_of(one.date, one.date_precision) if one.date else None for one in articles]


def moment_of(date: datetime, precision: str | None) -> int:
    """Return a date in microseconds since 1970; of a month its end.

    >>> moment_of(datetime(1970, 1, 2, tzinfo=UTC), None)
    86400000000
    """
    return microseconds(latest(date, precision) - _EPOCH)


def numbers_of_outlets(outlets: Sequence[str | None]) -> list[int | None]:
    """Return a number for each outlet, None where it is unknown.

    >>> numbers_of_outlets(["Bote", None, "Bote", ""])
    [0, None, 0, None]
    """
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) if name else None for name in outlets]


def microseconds(time: timedelta) -> int:
    """Return a span of time as a whole number.

    >>> microseconds(timedelta(seconds=1))
    1000000
    """
    return time // timedelta(microseconds=1)
