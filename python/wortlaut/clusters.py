"""Stretches of text that several articles of a corpus carry, copy by copy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from wortlaut.frames import Column, as_json, ids_of
from wortlaut.results import Results
from wortlaut.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wortlaut.articles import Article
    from wortlaut.page import FilePath

# Clusters with a line of time above the table: the largest, and no more than a screen or two.
_MOST_TIMELINES = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One article's copy of a stretch that goes round.

    `first` says that it is the cluster's earliest, `canonical` that its wording is the one that most members have (of
    equally frequent ones, the earliest), `similarity` is that to the cluster's longest member. `direction` is "from"
    where an earlier article, `source`, is like it: the most similar one, of equals the earliest; "first" where none
    is earlier; "unknown" where that cannot be told: its date is not known, or that of the most similar one is the same.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> [member.first for member in Corpus({"x": line, "y": "Heute: " + line}).clusters()]
    [True, False]
    """

    cluster: int
    id: str
    start: int
    end: int
    words: int
    first: bool
    canonical: bool
    similarity: float
    direction: str
    source: str
    text: str


class Clusters(Results[Member]):
    """Stretches that several articles carry, one row for each copy.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).clusters())
    0
    """

    __slots__ = ()
    _type = Member
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}

    def to_passim(self, path: FilePath | None = None) -> str:
        """Return JSON lines with the names that passim uses in its output; with a `path`, also write them there.

        Of each copy: `cluster`, its `size` in copies, `id`, `begin` and `end` (code points), `text`.

        >>> from wortlaut import Corpus
        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> Corpus({"x": line, "y": "Heute: " + line}).clusters().to_passim()[:58]
        '{"cluster": 0, "size": 2, "id": "x", "begin": 0, "end": 49'
        """
        sizes = Counter(self.column("cluster"))
        rows = (
            {
                "cluster": row["cluster"],
                "size": sizes[row["cluster"]],
                "id": row["id"],
                "begin": row["start"],
                "end": row["end"],
                "text": row["text"],
            }
            for row in self.to_dicts()
        )
        return as_json(rows, path, lines=True)

    def _above(self) -> Sequence[object]:
        """Return a line of time for each of the largest clusters whose articles have dates."""
        from wortlaut.html.picture import picture

        if "date" not in self._hidden:
            return ()
        numbers = self._columns["cluster"].to_list()
        moments = [datetime.fromisoformat(day) if day else None for day in self._hidden["date"]]
        mentions = list(zip(numbers, self._hidden["outlet"], moments, strict=True))
        dated = Counter(number for number, _, moment in mentions if moment is not None)
        return [
            picture(
                timeline([one[1:] for one in mentions if one[0] == number]), f"Cluster {number}, copy by copy"
            )
            for number, copies in dated.most_common(_MOST_TIMELINES)
            if copies > 1
        ]


def with_dates(found: Clusters, articles: Sequence[Article]) -> Clusters:
    """Return the same clusters with what a line of time needs: outlets, and dates on their own clocks.

    >>> from wortlaut import Article
    >>> columns = {"cluster": Column.of_numbers([0])}
    >>> with_dates(Clusters(columns, ("eins",), {"text": Column.of_numbers([0])}), [Article("x", "eins")])._above()
    []
    """
    places = found._hidden["text"]
    members = [articles[place] for place in places.view]
    dates = Column.of_labels([article.date.isoformat() if article.date else "" for article in members])
    outlets = Column.of_labels([article.outlet or article.id for article in members])
    hidden = {**found._hidden, "date": dates, "outlet": outlets}
    return Clusters(found._columns, found._texts, hidden, found._fold)


def members_of(columns: dict[str, Column], texts: Sequence[str], ids: Sequence[str]) -> Clusters:
    """Return the core's rows with the ids of the articles.

    >>> len(members_of({name: Column.of_numbers([]) for name in ("cluster", "text", "source")}, (), ()))
    0
    """
    places = columns.pop("text")
    named = {
        "cluster": columns.pop("cluster"),
        "id": ids_of(places, ids),
        **columns,
        "source": ids_of(columns["source"], ("", *ids)),
    }
    return Clusters(named, texts, {"text": places})
