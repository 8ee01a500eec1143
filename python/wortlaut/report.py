"""What a report says of a corpus: figures, passages, differences and quotations, pair by pair.

A report is bounded, and so is the work for it beyond the search itself: articles with the same text are compared
once, figures are worked out for the pairs of the table, views and differences for those that get a section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from wortlaut.dates import shown_date
from wortlaut.diff import diff
from wortlaut.drawn import outlets_drawn, stretches
from wortlaut.errors import check_count, check_text, counted
from wortlaut.folder import write_pages
from wortlaut.gather import ranks
from wortlaut.html import (
    ArticleView,
    BoilerplateView,
    OverlapView,
    PairRow,
    PairView,
    ProblemView,
    Report,
    report,
    report_pages,
)
from wortlaut.html.views import PictureView
from wortlaut.linking import links_of
from wortlaut.overlap import overlap
from wortlaut.page import write
from wortlaut.pairs import VERSION, Shared, merged, tally
from wortlaut.passages import view_of
from wortlaut.progress import watching
from wortlaut.quotes import quote_view
from wortlaut.spreading import spreading
from wortlaut.statements import views_of
from wortlaut.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import timedelta

    from wortlaut.articles import Article
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import CorpusPassages, CorpusSharedQuotes
    from wortlaut.folder import Target
    from wortlaut.overlap import Overlap
    from wortlaut.pairs import Tally
    from wortlaut.progress import Progress

# A paragraph counts as added if less than this share of its words is in a shared passage: a name or a phrase of it may
# stand elsewhere. From 0.05 to 0.3 the paragraphs of the samples are the same; from 0.4 on, rewritten ones are added.
_ADDED = 0.2


class Bounds(NamedTuple):
    """How much a report has room for; it says how much there is beyond.

    Of pairs, `rows` have figures in the table and `sections` a section. `statements` have a row in the table of outlets
    and their wordings below it. `clusters`, the largest, have a row and a section.

    >>> ONE_PAGE.rows, A_FOLDER.rows
    (300, 1000)
    """

    rows: int
    sections: int
    statements: int
    clusters: int


# Nobody reads more on one page, which is to stay below three megabytes for 200 articles.
ONE_PAGE = Bounds(rows=300, sections=60, statements=50, clusters=40)
# With a page for each section only the overview has to stay that small: a row of it has less than a kilobyte.
A_FOLDER = Bounds(rows=1000, sections=1000, statements=200, clusters=1000)

# Articles of the matrix: more columns than this no screen shows.
_LARGEST_MATRIX = 40


def bounds_of(target: Target) -> Bounds:
    """Return how much a report has room for that goes there.

    >>> from wortlaut.folder import check_target
    >>> bounds_of(check_target("report.html")).sections
    60
    """
    return A_FOLDER if target.apart else ONE_PAGE


def written(data: Report, target: Target, *, progress: Progress = False) -> str:
    """Write a report where it goes, and return its page, or the overview of its pages.

    >>> from wortlaut import Corpus
    >>> from wortlaut.folder import check_target
    >>> written(gathered(Corpus(["eins"]), max_df=None), check_target(None)).startswith("<!doctype html>")
    True
    """
    if target.where is not None and target.apart:
        return write_pages(target.where, _watched(data, progress))
    page = report(data)
    if target.where is not None:
        write(target.where, page)
    return page


def _watched(data: Report, progress: Progress) -> Iterator[tuple[str, str]]:
    total = len(data.pairs) + len(data.clusters) + 1
    with watching(progress, "writing pages") as watch:
        for done, page in enumerate(report_pages(data), 1):
            yield page
            if watch is not None:
                watch(done, total)


def gathered(
    corpus: Corpus,
    title: str | None = None,
    *,
    bounds: Bounds = ONE_PAGE,
    n: int = 5,
    min_words: int = 8,
    max_df: int | None,
    boilerplate: str = "drop",
    across: str | None = None,
    within: str | timedelta | None = None,
    workers: int | None = None,
    progress: Progress = False,
) -> Report:
    """Return what a report says of `corpus`; `html.report` makes a page of it, `html.report_pages` a folder.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> gathered(Corpus([line, "Heute: " + line]), max_df=None).with_passage
    1
    """
    n, min_words = check_count("n", n), check_count("min_words", min_words)
    title = (
        f"{counted(len(corpus), 'article')}, word for word" if title is None else check_text("title", title)
    )
    options: dict[str, Any] = {"workers": workers, "progress": progress}
    filters: dict[str, Any] = {"across": across, "within": within}
    links: dict[str, Any] = {"max_df": max_df, "boilerplate": boilerplate, **filters}
    links_of(*links.values())
    articles = [_article(article) for article in corpus.articles]
    same = _same_texts(corpus, [article.words >= min_words for article in articles], **filters)
    compared = _Compared(corpus, [group[0] for group in same])
    passages = compared.corpus.passages(min_words=min_words, **links, **options)
    quotes = compared.corpus.shared_quotes(**filters, **options)
    words = [articles[place].words for place in compared.places]
    counts = tally(passages, quotes, words, most=bounds.rows, sizes=[len(group) for group in same])
    mentions = quotes.mentions()
    titles = {str(article.id): article.title or "" for article in compared.corpus.articles}
    statements = views_of(mentions, bounds.statements, titles=titles)
    pairs, rows = _Pairs(compared, passages, quotes, n, min_words).ranked(counts.best, bounds.sections)
    copies = [group for group in same if len(group) > 1]
    found = compared.corpus.clusters(min_words=min_words, **links, **options)
    clusters, more_clusters = spreading(corpus.articles, found, same=same, most=bounds.clusters)
    return Report(
        title,
        articles,
        pairs,
        rows=rows,
        more_rows=counts.rows - len(pairs) - len(rows),
        sharing=counts.sharing + sum(_pairs_of_copies(corpus, group, **filters) for group in copies),
        quoting=counts.quoting,
        same=copies,
        versions=[[compared.places[one] for one in group] for group in counts.versions.lists()],
        matrix=_matrix(compared, counts, n=n, **filters, **options),
        problems=[ProblemView(problem.source, problem.reason, problem.row) for problem in corpus.problems],
        boilerplate=_left_out(compared.corpus, **options) if boilerplate == "drop" else (),
        statements=statements,
        more_statements=len(set(mentions.column("cluster"))) - len(statements),
        clusters=clusters,
        more_clusters=more_clusters,
        outlets=_outlets(corpus, same, passages),
        max_df=max_df,
        filters=_filters(across, within),
        settings=_settings(
            min_words, n, max_df=max_df, boilerplate=boilerplate, filters=_filters(across, within)
        ),
        min_words=min_words,
        n=n,
    )


def _outlets(corpus: Corpus, same: Sequence[Sequence[int]], found: CorpusPassages) -> PictureView | None:
    """Draw how much outlets share, if two at least are known; articles without one are left out."""
    outlets = [[name for place in group if (name := corpus.articles[place].outlet)] for group in same]
    if len({name for names in outlets for name in names}) < 2:
        return None
    sizes = [len(corpus.articles[group[0]].text) for group in same]
    drawn = outlets_drawn(sizes, outlets, stretches(found))
    rows = list(zip(*drawn.columns.values(), strict=True))
    return PictureView(drawn.title, drawn.scene, [name.capitalize() for name in drawn.columns], rows)


def _left_out(corpus: Corpus, **options: Any) -> list[BoilerplateView]:
    found = corpus.boilerplate(**options)
    return [BoilerplateView(*view) for view in zip(found.texts()["text"], found.column("df"), strict=True)]


def _filters(across: str | None, within: str | timedelta | None) -> str:
    told = [f"of two {across}s"] if across else []
    told += [f"whose dates lie at most {within} apart"] if within is not None else []
    return " and ".join(told)


def _settings(
    min_words: int, n: int, *, max_df: int | None, boilerplate: str, filters: str
) -> list[tuple[str, object]]:
    most = "any number" if max_df is None else f"{max_df:,}"
    return [
        *([("pairs of articles", f"only those {filters}")] if filters else []),
        ("shortest passage, in words", min_words),
        ("words in an n-gram", n),
        ("articles that five words in a row link all with all (max_df)", most),
        ("boilerplate", {"drop": "left out", "keep": "kept"}[boilerplate]),
    ]


def _same_texts(corpus: Corpus, long: Sequence[bool], *, across: object, within: object) -> list[list[int]]:
    """Return the articles grouped by their texts, white space aside; in each group the earliest comes first.

    Texts that are not `long` enough for a passage stay apart: they may still share a quotation. So do those of two
    outlets or dates where these decide whether an article is a pair with another one: one cannot stand for all then.
    """
    groups: dict[object, list[int]] = {}
    for place, article in enumerate(corpus.articles):
        key: object = place
        if long[place]:
            text = " ".join(_with_broken_words(article.text).split())
            outlet = across and (article.outlet or None)
            key = (text, outlet, within and (article.date, article.date_precision))
        groups.setdefault(key, []).append(place)
    order = ranks(corpus.articles)
    firsts = [sorted(group, key=order.__getitem__) for group in groups.values()]
    return sorted(firsts, key=lambda group: group[0])


def _pairs_of_copies(corpus: Corpus, group: Sequence[int], *, across: object, within: object) -> int:
    """Count the pairs of articles with one text, of one outlet or date where that matters."""
    if across or (within is not None and corpus.articles[group[0]].date is None):
        return 0
    return len(group) * (len(group) - 1) // 2


def _with_broken_words(text: str) -> str:
    """Return the text with hyphens at line ends marked: broken there, a word is another one than with a space."""
    return re.sub(r"([-\u2010\u00AD])[^\S\n]*\n", "\\1\0", text)


class _Compared:
    """The articles that are compared: of each text one; `places` are theirs in the whole corpus."""

    def __init__(self, corpus: Corpus, places: list[int]) -> None:
        self.places = places
        self.corpus = corpus if len(places) == len(corpus) else _part(corpus, places)

        @cache
        def text(place: int) -> Text:
            return Text(self.corpus.articles[place].text, fold=corpus._fold)

        self.text: Callable[[int], Text] = text


def _part(corpus: Corpus, places: Sequence[int]) -> Corpus:
    return type(corpus)([corpus.articles[place] for place in places], fold=corpus._fold)


def _matrix(compared: _Compared, counts: Tally, *, n: int, **options: Any) -> dict[int, dict[int, float]]:
    """Return how much of each article stands in each other one, for those that share most with others.

    As in `Corpus.matrix`, and in the figures of the pairs, everything that they share counts.
    """
    everything = range(len(compared.places))
    most = sorted(everything, key=lambda place: -counts.weights[place])[:_LARGEST_MATRIX]
    kept = sorted(most)
    corpus = compared.corpus if len(kept) == len(everything) else _part(compared.corpus, kept)
    names = {name: compared.places[place] for name, place in zip(corpus.ids, kept, strict=True)}
    shares: dict[int, dict[int, float]] = {place: {place: 1.0} for place in names.values()}
    found = corpus.overlaps(n=n, max_df=None, boilerplate="keep", **options)
    columns = ("a_id", "b_id", "containment_a", "containment_b")
    for a, b, of_a, of_b in zip(*map(found.column, columns), strict=True):
        shares[names[a]][names[b]], shares[names[b]][names[a]] = of_a, of_b
    return shares


def _article(article: Article) -> ArticleView:
    return ArticleView(
        article.id,
        article.title or "",
        article.outlet or "",
        shown_date(article.date, article.date_precision),
        article.url or "",
        len(Text(article.text).words),
        article.text,
        article.lang or "",
        article.author or "",
    )


class _Pairs:
    """Makes what is shown of pairs: figures for the table, everything for a section."""

    def __init__(
        self,
        compared: _Compared,
        passages: CorpusPassages,
        quotes: CorpusSharedQuotes,
        n: int,
        min_words: int,
    ) -> None:
        self._compared = compared
        self._passages = passages
        self._quotes = quotes
        self._n, self._min_words = n, min_words

    def ranked(self, best: Sequence[Shared], sections: int) -> tuple[list[PairView], list[PairRow]]:
        """Return what gets one of the `sections`, and what only gets a row, the best first.

        A pair is ranked by exact figures here; those that chose it were taken from its passages.
        """
        measured = [(found, self._overlap(found)) for found in best]
        measured.sort(key=lambda one: (-_coverage(one[1]), -one[1].longest, one[0].a, one[0].b))
        pairs = [self._view(*one) for one in measured[:sections]]
        return pairs, [self._row(*one) for one in measured[sections:]]

    def _overlap(self, found: Shared) -> Overlap:
        text = self._compared.text
        return overlap(text(found.a), text(found.b), n=self._n, min_words=self._min_words)

    def _row(self, found: Shared, figures: Overlap) -> PairRow:
        a, b = self._compared.places[found.a], self._compared.places[found.b]
        versions = _coverage(figures) >= VERSION
        return PairRow(a, b, _figures(figures), versions, len(found.passages), len(found.quotes))

    def _view(self, found: Shared, figures: Overlap) -> PairView:
        old, new = self._compared.text(found.a), self._compared.text(found.b)
        versions = _coverage(figures) >= VERSION
        change = diff(old, new) if versions else None
        passages = list(self._passages.take(found.passages))
        spans_a = [(passage.a_start, passage.a_end) for passage in passages]
        spans_b = [(passage.b_start, passage.b_end) for passage in passages]
        return PairView(
            self._compared.places[found.a],
            self._compared.places[found.b],
            _figures(figures),
            versions=versions,
            passages=[view_of(passage) for passage in passages],
            edits=list(change.edits) if change else (),
            inner=list(change._inside()) if change else (),
            facts=change._touched() if change else (),
            quotes=[quote_view(quote) for quote in self._quotes.take(found.quotes)],
            only_in_a=_only(old, spans_a) if versions else (),
            only_in_b=_only(new, spans_b) if versions else (),
        )


def _coverage(figures: Overlap) -> float:
    return max(figures.coverage_a, figures.coverage_b)


def _figures(figures: Overlap) -> OverlapView:
    return OverlapView(*(getattr(figures, name) for name in OverlapView.__slots__))


def _only(text: Text, shared: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the paragraphs of which nearly nothing lies in a shared passage."""
    words = text.words.column("start")
    spans = merged(shared)
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
