"""Which stretches of text went round, copy by copy: what the report says of clusters."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from wortlaut.drawn import titled
from wortlaut.errors import counted
from wortlaut.gather import ranks
from wortlaut.html.views import ClusterView, MemberView
from wortlaut.pairs import VERSION
from wortlaut.text import Text
from wortlaut.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from wortlaut.articles import Article
    from wortlaut.clusters import Clusters
    from wortlaut.scene import Scene

# Copies in one line of time: more dots than this lie on each other.
_MOST_DOTS = 500
# Moments that make a line of time: two dates are read faster than drawn.
_FEWEST_MOMENTS = 3


class _Copy(NamedTuple):
    """A stretch of the text at `place`, which may stand for several articles."""

    place: int
    start: int
    end: int
    words: int
    similarity: float


def spreading(
    articles: Sequence[Article], found: Clusters, *, same: Sequence[Sequence[int]], most: int
) -> tuple[list[ClusterView], int]:
    """Return the `most` largest clusters by their first mention, and how many there are beyond these.

    `found` are clusters of texts, `same` the articles with each text, the earliest first. A text that several articles
    carry whole is a cluster of its own, unless it is in one already.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> corpus = Corpus([line, "Heute: " + line])
    >>> views, more = spreading(corpus.articles, corpus.clusters(), same=[[0], [1]], most=9)
    >>> [member.article for member in views[0].members], more
    ([0, 1], 0)
    """
    order = ranks(articles)
    clusters = [*_clusters(found), *_whole(articles, found, same)]

    def size(copies: Sequence[_Copy]) -> tuple[int, int, int]:
        carriers = {place for copy in copies for place in same[copy.place]}
        return -len(carriers), -max(copy.words for copy in copies), min(order[place] for place in carriers)

    views = [_view(articles, copies, same, order) for copies in nsmallest(most, clusters, key=size)]
    views.sort(key=lambda view: order[view.members[0].article])
    return views, len(clusters) - len(views)


def _clusters(found: Clusters) -> Iterable[list[_Copy]]:
    columns = map(found.column, ("start", "end", "words", "similarity"))
    copies = map(_Copy, found._hidden["text"].to_list(), *columns)
    joined: dict[int, list[_Copy]] = {}
    for number, copy in zip(found.column("cluster"), copies, strict=True):
        joined.setdefault(number, []).append(copy)
    return joined.values()


def _whole(
    articles: Sequence[Article], found: Clusters, same: Sequence[Sequence[int]]
) -> Iterable[list[_Copy]]:
    """Yield the texts that several articles carry from end to end and no cluster has most of."""
    longest: dict[int, int] = {}
    for place, words in zip(found._hidden["text"].to_list(), found.column("words"), strict=True):
        longest[place] = max(words, longest.get(place, 0))
    for place, group in enumerate(same):
        if len(group) > 1:
            text = articles[group[0]].text
            words = len(Text(text).words)
            if longest.get(place, 0) < VERSION * words:
                yield [_Copy(place, 0, len(text), words, 1.0)]


def _view(
    articles: Sequence[Article], copies: Sequence[_Copy], same: Sequence[Sequence[int]], order: Sequence[int]
) -> ClusterView:
    longest = max(copies, key=lambda copy: copy.words)
    members = [
        MemberView(place, copy.words, copy.similarity) for copy in copies for place in same[copy.place]
    ]
    members.sort(key=lambda member: order[member.article])
    source = same[longest.place][0]
    text = articles[source].text[longest.start : longest.end]
    scene, title = _spread([articles[place] for place in dict.fromkeys(one.article for one in members)])
    return ClusterView(members, text, source, scene, title)


def _spread(carriers: Sequence[Article]) -> tuple[Scene | None, str]:
    """Draw when articles came, if there are three moments at least, and say what is drawn.

    A month or a year alone has no place on a line of time.
    """
    placed = [
        (_named(article), article.date)
        for article in carriers
        if article.date is not None and article.date_precision is None
    ]
    drawn: list[tuple[str, datetime | None]] = [*placed[:_MOST_DOTS]]
    if len({date for _, date in drawn}) < _FEWEST_MOMENTS:
        return None, ""
    told = f"When {counted(len(drawn), 'copy', 'copies')} came, outlet by outlet"
    unplaced, beyond = len(carriers) - len(placed), len(placed) - len(drawn)
    left_out = [f"{beyond:,} later ones are left out"] if beyond else []
    left_out += [f"{unplaced:,} without a day are left out"] if unplaced else []
    return timeline(drawn), titled("; ".join([told, *left_out]), list(dict(drawn)))


def _named(article: Article) -> str:
    return article.outlet or article.title or article.id
