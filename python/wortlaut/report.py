"""What a report says of a corpus: figures, passages, differences and quotations, pair by pair."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from wortlaut import html
from wortlaut.diff import diff
from wortlaut.html import ArticleView, OverlapView, PairView, ProblemView, Report
from wortlaut.overlap import overlap
from wortlaut.passages import view_of
from wortlaut.quotes import quote_view
from wortlaut.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from wortlaut.articles import Article
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import CorpusPassage, CorpusSharedQuote
    from wortlaut.progress import Progress

# Two articles are versions of one text if one stands nearly whole in the other: a cut or an expanded version keeps
# four fifths of the shorter one's words in shared passages; two articles on one agency report keep half.
_VERSION = 0.8

# A paragraph counts as added if less than this share of its words is in a shared passage.
_ADDED = 0.2

# Pairs that get a section; beyond, the page says how many more there are.
_MOST_PAIRS = 300


def build(
    corpus: Corpus, title: str, *, n: int, min_words: int, workers: int | None, progress: Progress = False
) -> str:
    """Return the report of `corpus` as an HTML page.

    >>> from wortlaut import Corpus
    >>> build(Corpus(["eins", "zwei"]), "Zwei", n=5, min_words=8, workers=None).startswith("<!doctype html>")
    True
    """
    articles = corpus.articles
    places = {article.id: place for place, article in enumerate(articles)}

    @cache
    def read(place: int) -> Text:
        return Text(articles[place].text, fold=corpus._fold)

    passages, quotes = defaultdict(list), defaultdict(list)
    for passage in corpus.passages(min_words=min_words, workers=workers, progress=progress):
        passages[passage.a_id, passage.b_id].append(passage)
    for quote in corpus.shared_quotes(workers=workers, progress=progress):
        quotes[quote.a_id, quote.b_id].append(quote)
    found = sorted(
        set(passages) | set(quotes),
        key=lambda pair: (
            -sum(one.matched for one in passages[pair]),
            -len(quotes[pair]),
            places[pair[0]],
            places[pair[1]],
        ),
    )
    pairs = [
        _pair(read, places[a], places[b], passages[a, b], quotes[a, b], n=n, min_words=min_words)
        for a, b in found[:_MOST_PAIRS]
    ]
    data = Report(
        title,
        [_article(article) for article in articles],
        pairs,
        matrix=_shares(corpus, n=n, workers=workers, progress=progress),
        problems=[ProblemView(problem.source, problem.reason, problem.row) for problem in corpus.problems],
        settings=[("shortest passage, in words", min_words), ("words in an n-gram", n)],
        more_pairs=len(found) - len(pairs),
        min_words=min_words,
        n=n,
    )
    return html.report(data)


def _shares(corpus: Corpus, *, n: int, workers: int | None, progress: Progress) -> list[dict[int, float]]:
    """Return how much of each article stands in each other one; a row has only those that share anything."""
    places = {name: place for place, name in enumerate(corpus.ids)}
    found = corpus.overlaps(n=n, workers=workers, progress=progress)
    rows: list[dict[int, float]] = [{place: 1.0} for place in range(len(corpus))]
    names = ("a_id", "b_id", "containment_a", "containment_b")
    for a, b, of_a, of_b in zip(*map(found.column, names), strict=True):
        rows[places[a]][places[b]], rows[places[b]][places[a]] = of_a, of_b
    return rows


def _article(article: Article) -> ArticleView:
    return ArticleView(
        article.id,
        article.title or "",
        article.outlet or "",
        _shown(article.date),
        article.url or "",
        len(Text(article.text).words),
        article.text,
        article.lang or "",
        article.author or "",
    )


def _shown(date: datetime | None) -> str:
    """Return a date as a reader wants it: the day, and the hour on that clock where one is known."""
    if date is None:
        return ""
    return f"{date:%Y-%m-%d}" if (date.hour, date.minute) == (0, 0) else f"{date:%Y-%m-%d %H:%M}"


def _pair(
    read: Callable[[int], Text],
    a: int,
    b: int,
    passages: list[CorpusPassage],
    quotes: list[CorpusSharedQuote],
    *,
    n: int,
    min_words: int,
) -> PairView:
    old, new = read(a), read(b)
    figures = overlap(old, new, n=n, min_words=min_words)
    versions = max(figures.coverage_a, figures.coverage_b) >= _VERSION
    spans_a = [(passage.a_start, passage.a_end) for passage in passages]
    spans_b = [(passage.b_start, passage.b_end) for passage in passages]
    return PairView(
        a,
        b,
        OverlapView(*(getattr(figures, name) for name in OverlapView.__slots__)),
        versions=versions,
        passages=[view_of(passage) for passage in passages],
        edits=list(diff(old, new).edits) if versions else (),
        quotes=[quote_view(quote) for quote in quotes],
        only_in_a=_only(old, spans_a) if versions else (),
        only_in_b=_only(new, spans_b) if versions else (),
    )


def _only(text: Text, shared: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the paragraphs of which nearly nothing lies in a shared passage."""
    words = text.words.column("start")
    spans = _merged(shared)
    firsts = [first for first, _ in spans]

    def covered(start: int) -> bool:
        before = bisect_right(firsts, start) - 1
        return before >= 0 and start < spans[before][1]

    added = []
    for paragraph in text.paragraphs:
        inside = words[bisect_left(words, paragraph.start) : bisect_left(words, paragraph.end)]
        if inside and sum(map(covered, inside)) / len(inside) < _ADDED:
            added.append((paragraph.start, paragraph.end))
    return added


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
