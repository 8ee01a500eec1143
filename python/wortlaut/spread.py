"""How one stretch went round: its copies by date, and where each comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from wortlaut.corpus_rows import shown_day
from wortlaut.errors import InvalidValueError
from wortlaut.frames import Column
from wortlaut.results import Results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wortlaut.articles import Article
    from wortlaut.clusters import Clusters


@dataclass(frozen=True, slots=True)
class Appearance:
    """When and where one copy of a stretch appeared; the other fields as in `Member`.

    `date` is as it is shown, empty where it is unknown, and `minutes` are those since the earliest, or None.

    >>> Appearance("2025-03-04", 0, "a1", "Kurier", 0, 22, 4, True, 1.0, "first", "", "Der Hafen bleibt offen").minutes
    0
    """

    date: str
    minutes: int | None
    id: str
    outlet: str
    start: int
    end: int
    words: int
    first: bool
    similarity: float
    direction: str
    source: str
    text: str


class Spread(Results[Appearance]):
    """How one stretch went round: its copies by date, those without one at the end.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> len(Corpus([line, "Heute: " + line]).spread(0))
    2
    """

    __slots__ = ()
    _type = Appearance
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}
    _quiet = frozenset({"start", "end"})


def rows_of(clusters: Clusters, number: int | None = None) -> Clusters:
    """Return the rows of the cluster of that number, or all, which must then be of one.

    Raises `InvalidValueError` where there is no such cluster, or the rows are of several.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> len(rows_of(Corpus([line, "Heute: " + line]).clusters(), 0))
    2
    """
    numbers = clusters.column("cluster")
    if number is None:
        if len(set(numbers)) != 1:
            raise InvalidValueError(f"cluster must be the rows of one cluster, got {len(set(numbers))}")
        return clusters
    rows = [row for row, one in enumerate(numbers) if one == number]
    if not rows:
        most = max(numbers, default=-1) + 1
        raise InvalidValueError(
            f"cluster must be one of the {most:,} there are, counted from 0, got {number}"
        )
    return clusters.take(rows)


def spread_of(members: Clusters, articles: Sequence[Article]) -> Spread:
    """Return the members of one cluster by date.

    >>> from wortlaut.clusters import members_of
    >>> len(spread_of(members_of({name: Column.of_numbers([]) for name in ("cluster", "text", "source")}, (), ()), ()))
    0
    """
    places = members._hidden["text"].to_list()
    known = [articles[place] for place in places]
    order = sorted(range(len(known)), key=lambda row: _moment_of(known[row]))
    members, known = members.take(order), [known[row] for row in order]
    since = known[0].date if known else None
    minutes = [
        -1 if article.date is None or since is None else (article.date - since) // timedelta(minutes=1)
        for article in known
    ]
    columns = members._columns
    return Spread(
        {
            "date": Column.of_labels([shown_day(article) for article in known]),
            "minutes": Column("i64?", Column.of_numbers(minutes).data),
            "id": columns["id"],
            "outlet": Column.of_labels([article.outlet or "" for article in known]),
            **{name: columns[name] for name in _OF_MEMBER if name in columns},
        },
        members._texts,
        members._hidden,
    )


# What an appearance has of a member.
_OF_MEMBER = ("start", "end", "words", "first", "similarity", "direction", "source")


def _moment_of(article: Article) -> tuple[bool, float]:
    return article.date is None, article.date.timestamp() if article.date else 0.0
