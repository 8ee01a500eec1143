"""Pictures of what articles share: who with whom, where in an article, where in two texts, and when.

They need no plotting library: each is a `Picture`, an SVG image with its figures as a table behind it, which can also
be drawn on axes of matplotlib (`plot`) or become a chart of Altair (`to_altair`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wortlaut.dates import shown_date
from wortlaut.drawn import LEFT, MOST_DRAWN, ROW, TOP, Spans, chart, length, outlets_drawn, stretches, titled
from wortlaut.errors import InvalidValueError, check_count, counted, shown
from wortlaut.gather import ranks
from wortlaut.network import Network, check_asked_once, check_corpus, dated_since, network, passages_of
from wortlaut.pairs import merged
from wortlaut.passages import passages
from wortlaut.picture import Picture
from wortlaut.scene import WIDTH, Box, Label, Line, Mark, Scene, labelled, legend
from wortlaut.text import DEFAULT_FOLD, Fold, Text
from wortlaut.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from wortlaut.articles import Article
    from wortlaut.clusters import Clusters
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import CorpusPassages

__all__ = ["Network", "Picture", "coverage", "dots", "matrix", "network", "spread"]

_UNKNOWN = "(no outlet)"


def matrix(
    corpus: Corpus,
    *,
    found: CorpusPassages | None = None,
    min_words: int = 8,
    within: str | timedelta | None = None,
    since: object = None,
) -> Picture:
    """Draw how much of each outlet's text stands in passages that it shares with each other outlet.

    Shares are of the characters of all articles of the outlet in the row; `found` are the passages of the corpus, if
    they are there already. `within` ("48h") leaves pairs out whose dates are farther apart, `since` (a
    date) those whose later article is older. The rows are in order of what they share.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = matrix(Corpus([line, "Heute: " + line], outlets=["Kurier", "Bote"]))
    >>> drawn.columns["outlet"], drawn.columns["share"]
    (['Kurier', 'Bote'], [1.0, 0.875])

    Use it to see who has text in common with whom; for single articles, `Corpus.matrix` shows figures.
    """
    check_corpus(corpus)
    found = passages_of(corpus, found, min_words=min_words, within=within, since=since)
    sizes = [len(article.text) for article in corpus.articles]
    return outlets_drawn(sizes, [[_outlet(article)] for article in corpus.articles], stretches(found))


def coverage(
    corpus: Corpus,
    id: str,
    *,
    found: CorpusPassages | None = None,
    min_words: int = 8,
    within: str | timedelta | None = None,
    since: object = None,
) -> Picture:
    """Draw which stretches of the article `id` stand in which other articles, from its first to its last character.

    Earlier articles, from which it may have come, are drawn dark, later ones light. `found` are the passages of the
    corpus, if they are there already; `within` and `since` as in `matrix`. Raises `InvalidValueError` if there is no
    such article.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = coverage(Corpus({"x": line, "y": "Heute: " + line}), "y")
    >>> list(zip(drawn.columns["id"], drawn.columns["start"], drawn.columns["share"]))
    [('x', 7, 0.875)]
    """
    check_corpus(corpus)
    place = _place(corpus, id)
    found = passages_of(corpus, found, min_words=min_words, within=within, since=since)
    spans: dict[int, Spans] = {}
    earlier: set[int] = set()
    for row, (here, there, start, end) in enumerate(stretches(found)):
        if here == place:
            spans.setdefault(there, []).append((start, end))
            earlier |= (
                {there} if row % 2 else set()
            )  # the side of b comes second, and a is the earlier article
    size = max(1, len(corpus.articles[place].text))
    shares = {there: length(one) / size for there, one in spans.items()}
    order = sorted(spans, key=lambda there: (there not in earlier, -shares[there], there))
    columns = _coverage_rows(corpus, order, spans, shares, earlier)
    title = titled(f"What of {corpus.ids[place]} stands elsewhere", order, "article")
    axes = chart("bar", x="start:Q", x2="end", y="id:N", color="order:N")
    return Picture(title, columns, _strips(corpus, place, order, spans, earlier), axes)


def _coverage_rows(
    corpus: Corpus,
    order: Sequence[int],
    spans: Mapping[int, Spans],
    shares: Mapping[int, float],
    earlier: set[int],
) -> dict[str, list[Any]]:
    rows = [(there, start, end) for there in order for start, end in merged(spans[there])]
    articles = [corpus.articles[there] for there, _, _ in rows]
    return {
        "id": [article.id for article in articles],
        "outlet": [article.outlet for article in articles],
        "date": [shown_date(article.date, article.date_precision) for article in articles],
        "order": ["earlier" if there in earlier else "later" for there, _, _ in rows],
        "start": [start for _, start, _ in rows],
        "end": [end for _, _, end in rows],
        "share": [round(shares[there], 4) for there, _, _ in rows],
    }


def _strips(
    corpus: Corpus, place: int, order: Sequence[int], spans: Mapping[int, Spans], earlier: set[int]
) -> Scene:
    scale = (WIDTH - LEFT - 10) / max(1, len(corpus.articles[place].text))
    marks: list[Mark] = [*_ruler(len(corpus.articles[place].text), scale)]
    for row, there in enumerate(order[:MOST_DRAWN]):
        y, article = TOP + row * ROW, corpus.articles[there]
        marks += [labelled(4, y + 14, _named(article)), Box(LEFT, y, WIDTH - LEFT - 10, ROW - 6, "panel")]
        colour = "step-6" if there in earlier else "step-3"
        for start, end in merged(spans[there]):
            marks.append(Box(LEFT + start * scale, y, max(1.0, (end - start) * scale), ROW - 6, colour))
    bottom = TOP + max(1, min(len(order), MOST_DRAWN)) * ROW + 4
    entries = [("step-6", "in an earlier article"), ("step-3", "in a later one")]
    return Scene(WIDTH, bottom + 22, [*marks, *legend(bottom, entries, x=LEFT)])


def _ruler(size: int, scale: float) -> list[Mark]:
    ends = ((0, "start"), (size, "end"))
    return [Label(LEFT + offset * scale, TOP - 10, f"{offset:,}", anchor, "quiet") for offset, anchor in ends]


def dots(a: str | Text, b: str | Text, *, min_words: int = 5, fold: Fold = DEFAULT_FOLD) -> Picture:
    """Draw where two texts have the same passages: across through `a`, down through `b`.

    A copy is a diagonal, what was moved stands beside it, what was cut or added leaves a gap.

    >>> drawn = dots("eins zwei drei vier fünf", "null eins zwei drei vier fünf")
    >>> drawn.columns["a_start"], drawn.columns["b_start"]
    ([0], [5])
    """
    found = passages(a, b, min_words=check_count("min_words", min_words), fold=fold)
    sizes = [max(1, len(text.raw if isinstance(text, Text) else text)) for text in (a, b)]
    names = ("a_start", "a_end", "b_start", "b_end", "matched", "kind")
    columns = {name: found.column(name) for name in names}
    side = 420.0
    scale_a, scale_b = side / sizes[0], side / sizes[1]
    marks: list[Mark] = [Box(40, TOP, side, side, "panel")]
    marks += [Label(40, TOP - 8, "a"), Label(40 + side, TOP - 8, f"{sizes[0]:,}", "end", "quiet")]
    marks += [Label(30, TOP + 12, "b", "end"), Label(34, TOP + side, f"{sizes[1]:,}", "end", "quiet")]
    for row in found:
        start, end = (row.a_start, row.b_start), (row.a_end, row.b_end)
        (x1, y1), (x2, y2) = (
            (40 + place_a * scale_a, TOP + place_b * scale_b) for place_a, place_b in (start, end)
        )
        marks.append(Line(x1, y1, x2, y2, "step-6" if row.kind == "verbatim" else "old"))
    title = f"Where two texts have {counted(len(found), 'passage')} in common"
    axes = chart("rule", x="a_start:Q", x2="a_end", y="b_start:Q", y2="b_end", color="kind:N")
    bottom = side + TOP + 10
    marks += legend(bottom, [("step-6", "verbatim"), ("old", "edited")], x=40)
    return Picture(title, columns, Scene(side + 80, bottom + 22, marks), axes)


def spread(
    corpus: Corpus,
    cluster: int = 0,
    *,
    found: Clusters | None = None,
    min_words: int = 8,
    within: str | timedelta | None = None,
    since: object = None,
) -> Picture:
    """Draw when the articles came that carry the stretch of text number `cluster`, outlet by outlet.

    `found` are the clusters of the corpus, if they are there already; `within` ("48h") joins only articles whose dates
    are that near to each other, and `since` (a date) leaves out the older ones. Articles without a date are in the
    table only.
    Raises `InvalidValueError` if there is no such cluster.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = spread(Corpus([line, "Heute: " + line], dates=["2025-03-04", "2025-03-06"]))
    >>> drawn.columns["date"]
    ['2025-03-04', '2025-03-06']
    """
    check_corpus(corpus)
    check_asked_once(found, within)
    found = corpus.clusters(min_words=min_words, within=within) if found is None else found
    kept = dated_since(since, [corpus.articles[place] for place in found._hidden["text"]])
    found = found if kept is None else found.take(kept)
    numbers = found.column("cluster")
    rows = [row for row, number in enumerate(numbers) if number == check_count("cluster", cluster, 0)]
    if not rows:
        known = f"below {max(numbers) + 1}" if numbers else "left out: there is none"
        raise InvalidValueError(f"cluster must be {known}, got {cluster}")
    members = list(found.take(rows))
    articles = [corpus.articles[found._hidden["text"][row]] for row in rows]
    places = ranks(articles)
    order = sorted(range(len(rows)), key=places.__getitem__)
    columns = {
        "id": [articles[row].id for row in order],
        "outlet": [articles[row].outlet for row in order],
        "date": [shown_date(articles[row].date, articles[row].date_precision) for row in order],
        "first": [members[row].first for row in order],
        "words": [members[row].words for row in order],
        "similarity": [round(members[row].similarity, 4) for row in order],
    }
    outlets = {_outlet(article) for article in articles}
    told = (
        f"{counted(len(rows), 'copy', 'copies')} of one stretch of text, in {counted(len(outlets), 'outlet')}"
    )
    axes = chart("point", x="date:T", y="outlet:N", color="similarity:Q")
    return Picture(told, columns, timeline([(_outlet(article), article.date) for article in articles]), axes)


def _outlet(article: Article) -> str:
    return article.outlet or _UNKNOWN


def _named(article: Article) -> str:
    return article.outlet or article.title or article.id


def _place(corpus: Corpus, id: str) -> int:
    ids = corpus.ids
    if str(id) not in ids:
        raise InvalidValueError(f"id must be that of an article of the corpus, got {shown(id)}")
    return ids.index(str(id))
