"""What a corpus is made of: texts with their ids, dates and outlets, from whatever holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wortlaut._articles import Article, Problem
from wortlaut._columns import assign
from wortlaut._dates import parse_date
from wortlaut.errors import InvalidValueError, is_missing, shown
from wortlaut.frames import column_names, column_of, values_of


def articles_of(
    texts: object, fields: Mapping[str, object], *, strict: bool
) -> tuple[list[Article], list[Problem]]:
    """Return the articles in `texts`, and what was wrong with the others.

    `texts` holds strings or articles, or maps ids to strings; `fields` are columns of the same length. A row
    without a text is a problem, as is an id that was there before (the article stays, under a numbered id); if
    `strict`, the first problem is raised.

    >>> articles, problems = articles_of({"a": "eins", "b": None}, {}, strict=False)
    >>> [article.id for article in articles], str(problems[0])
    (['a'], "texts, row 1: text of 'b' is missing")
    """
    rows = _rows(texts, fields)
    articles: list[Article] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for row, article in enumerate(rows):
        reason = _wrong(article)
        if reason is None:
            article, reason = _unique(article, taken)
            articles.append(article)
            taken.add(article.id)
        if reason is not None:
            problems.append(Problem("texts", row, reason))
            if strict:
                raise InvalidValueError(str(problems[-1]))
    return articles, problems


def fields_of_frame(frame: Any, chosen: Mapping[str, str]) -> dict[str, list[Any]]:
    """Return the columns of a frame that a corpus knows, by field; other names and aliases are understood.

    >>> fields_of_frame({"body": ["eins"], "Publisher": ["Kurier"]}, {})
    {'text': ['eins'], 'outlet': ['Kurier']}
    """
    names = column_names(frame)
    absent = [name for name in chosen.values() if name not in names]
    found = assign(names, chosen)
    if "text" not in found or absent:
        wanted = repr(absent[0]) if absent else "'text'"
        raise InvalidValueError(f"the frame must have a column {wanted}, got {', '.join(map(repr, names)) or 'none'}")
    return {field: column_of(frame, column) for field, column in found.items()}


def _rows(texts: object, fields: Mapping[str, object]) -> list[Article]:
    if isinstance(texts, Mapping):
        fields = {**fields, "id": list(texts)}
        texts = list(texts.values())
    elif fields.get("id") is None and (labels := _labels(texts)) is not None:
        fields = {**fields, "id": labels}
    values = values_of("texts", texts)
    columns = {name: values_of(f"{name}s", column) for name, column in fields.items() if column is not None}
    for name, column in columns.items():
        if len(column) != len(values):
            raise InvalidValueError(f"{name}s must have one for each text ({len(values)}), got {len(column)}")
    return [_row(row, value, {name: column[row] for name, column in columns.items()}) for row, value in enumerate(values)]


def _labels(texts: object) -> list[Any] | None:
    """Return the index of a pandas Series if it is more than a count."""
    index = getattr(texts, "index", None)
    if index is None or callable(index) or type(index).__name__ == "RangeIndex":
        return None
    return list(index)


def _row(row: int, value: Any, fields: dict[str, Any]) -> Article:
    known = {name: None if is_missing(given) else given for name, given in fields.items()}
    if "date" in known:
        known["date"] = _date(row, known["date"])
    for name in ("id", "title", "url", "outlet", "lang", "author"):
        if known.get(name) is not None:
            known[name] = str(known[name])
    if isinstance(value, Article):
        return replace(value, **{name: given for name, given in known.items() if given is not None})
    known["id"] = known.get("id") or str(row)
    return Article(text=value, **known)


def _date(row: int, value: object) -> datetime | None:
    date = None if value is None else parse_date(value)
    if value is not None and date is None:
        raise InvalidValueError(f"dates must hold dates such as '2023-09-16', got {shown(value)} in row {row}")
    return date


def _wrong(article: Article) -> str | None:
    if is_missing(article.text):
        return f"text of {article.id!r} is missing"
    if not isinstance(article.text, str):
        return f"text of {article.id!r} must be a str, got {shown(article.text)}"
    return None


def _unique(article: Article, taken: set[str]) -> tuple[Article, str | None]:
    if article.id not in taken:
        return article, None
    number = 2
    while f"{article.id}#{number}" in taken:
        number += 1
    renamed = f"{article.id}#{number}"
    return replace(article, id=renamed), f"id {article.id!r} was there before; this one is {renamed!r}"


def ranks(articles: Sequence[Article]) -> list[int]:
    """Return each article's place in time; those without a date keep their place behind the dated ones.

    >>> ranks([Article("b", "", date=parse_date("2024")), Article("a", "", date=parse_date("2023"))])
    [1, 0]
    """
    order = sorted(range(len(articles)), key=lambda row: _moment(articles[row]))
    found = [0] * len(articles)
    for rank, row in enumerate(order):
        found[row] = rank
    return found


def _moment(article: Article) -> tuple[bool, float]:
    return article.date is None, article.date.timestamp() if article.date else 0.0

