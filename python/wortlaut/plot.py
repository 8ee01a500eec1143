"""Pictures of what articles share: who with whom, where in an article, where in two texts, and when.

They need no plotting library: each is a `Picture`, an SVG image with its figures as a table behind it, which can also
be drawn on axes of matplotlib (`plot`) or become a chart of Altair (`to_altair`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wortlaut.dates import shown_date
from wortlaut.errors import InvalidValueError, check_choice, check_count, counted, shown
from wortlaut.gather import ranks
from wortlaut.network import Network, check_corpus, network
from wortlaut.pairs import merged
from wortlaut.passages import passages
from wortlaut.picture import Picture
from wortlaut.scene import WIDTH, Box, Label, Line, Mark, Scene, labelled, legend
from wortlaut.text import DEFAULT_FOLD, Fold, Text
from wortlaut.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wortlaut.articles import Article
    from wortlaut.clusters import Clusters
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import CorpusPassages

__all__ = ["Network", "Picture", "coverage", "dots", "matrix", "network", "spread"]

# Rows and columns that a picture has room for; the table has all.
_MOST = 30

# From the margin with the names to the drawing, and from one row to the next.
_LEFT = 190.0
_ROW = 22.0
_TOP = 26.0

# Shares from which a field gets the next darker shade, as in the tables.
_STEPS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9)

_UNKNOWN = "(no outlet)"

# Stretches of text: of an article, in code points.
Spans = list[tuple[int, int]]


def matrix(corpus: Corpus, *, found: CorpusPassages | None = None, min_words: int = 8) -> Picture:
    """Draw how much of each outlet's text stands in passages that it shares with each other outlet.

    Shares are of the characters of all articles of the outlet in the row; `found` are the passages of the corpus, if
    they are there already. The rows are in order of what they share.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = matrix(Corpus([line, "Heute: " + line], outlets=["Kurier", "Bote"]))
    >>> drawn.columns["outlet"], drawn.columns["share"]
    (['Kurier', 'Bote'], [1.0, 0.875])

    Use it to see who has text in common with whom; for single articles, `Corpus.matrix` shows figures.
    """
    check_corpus(corpus)
    shares = _shares(corpus, corpus.passages(min_words=min_words) if found is None else found)
    weight: dict[str, float] = dict.fromkeys(map(_outlet, corpus.articles), 0.0)
    for (outlet, _), share in shares.items():
        weight[outlet] += share
    names = sorted(weight, key=lambda name: -weight[name])
    columns: dict[str, list[Any]] = {
        "outlet": [outlet for outlet, _ in shares],
        "with": [other for _, other in shares],
        "share": [round(share, 4) for share in shares.values()],
    }
    chart = _chart("rect", x="with:N", y="outlet:N", color="share:Q")
    return Picture(
        _titled("How much of each outlet stands in others", names), columns, _grid(names, shares), chart
    )


def _shares(corpus: Corpus, found: CorpusPassages) -> dict[tuple[str, str], float]:
    """Return the share of each outlet's text that it shares with each other one, the largest first."""
    outlets = [_outlet(article) for article in corpus.articles]
    sizes: dict[str, int] = {}
    for name, article in zip(outlets, corpus.articles, strict=True):
        sizes[name] = sizes.get(name, 0) + len(article.text)
    spans: dict[tuple[str, str, int], Spans] = {}
    for here, there, start, end in _stretches(found):
        if outlets[here] != outlets[there]:
            spans.setdefault((outlets[here], outlets[there], here), []).append((start, end))
    covered: dict[tuple[str, str], int] = {}
    for (outlet, other, _), one in spans.items():
        covered[outlet, other] = covered.get((outlet, other), 0) + _length(one)
    shares = {pair: size / sizes[pair[0]] for pair, size in covered.items()}
    return dict(sorted(shares.items(), key=lambda one: (-one[1], one[0])))


def _stretches(found: CorpusPassages) -> Iterable[tuple[int, int, int, int]]:
    """Yield both sides of each passage: the place of the article, that of the other one, start and end."""
    a, b = found._hidden["a"].to_list(), found._hidden["b"].to_list()
    edges = [found.column(name) for name in ("a_start", "a_end", "b_start", "b_end")]
    for one, other, a_start, a_end, b_start, b_end in zip(a, b, *edges, strict=True):
        yield one, other, a_start, a_end
        yield other, one, b_start, b_end


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in merged(spans))


def _grid(names: Sequence[str], shares: Mapping[tuple[str, str], float]) -> Scene:
    drawn = names[:_MOST]
    cell = min(36.0, (WIDTH - _LEFT) / max(1, len(drawn)))
    marks: list[Mark] = []
    for row, outlet in enumerate(drawn):
        y = _TOP + row * _ROW
        marks += [Label(_LEFT - 30, y + 15, str(row + 1), "end"), labelled(4, y + 15, outlet)]
        marks.append(Label(_LEFT + (row + 0.5) * cell, _TOP - 8, str(row + 1), "middle"))
        for column, other in enumerate(drawn):
            share = shares.get((outlet, other), 0.0)
            colour = "line" if row == column else _shade(share)
            marks.append(Box(_LEFT + column * cell, y, cell - 2, _ROW - 2, colour))
    bottom = _TOP + len(drawn) * _ROW + 8
    steps = [(f"step-{number}", f"{share:.0%} up") for number, share in enumerate(_STEPS, 1)]
    return Scene(WIDTH, bottom + 22, [*marks, *legend(bottom, steps, x=_LEFT)])


def _shade(share: float) -> str:
    step = sum(share >= edge for edge in _STEPS)
    return f"step-{step}" if step else "panel"


def coverage(corpus: Corpus, id: str, *, found: CorpusPassages | None = None, min_words: int = 8) -> Picture:
    """Draw which stretches of the article `id` stand in which other articles, from its first to its last character.

    Earlier articles, from which it may have come, are drawn dark, later ones light. `found` are the passages of the
    corpus, if they are there already. Raises `InvalidValueError` if there is no such article.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = coverage(Corpus({"x": line, "y": "Heute: " + line}), "y")
    >>> list(zip(drawn.columns["id"], drawn.columns["start"], drawn.columns["share"]))
    [('x', 7, 0.875)]
    """
    check_corpus(corpus)
    place = _place(corpus, id)
    found = corpus.passages(min_words=min_words) if found is None else found
    spans: dict[int, Spans] = {}
    earlier: set[int] = set()
    for row, (here, there, start, end) in enumerate(_stretches(found)):
        if here == place:
            spans.setdefault(there, []).append((start, end))
            earlier |= (
                {there} if row % 2 else set()
            )  # the side of b comes second, and a is the earlier article
    size = max(1, len(corpus.articles[place].text))
    shares = {there: _length(one) / size for there, one in spans.items()}
    order = sorted(spans, key=lambda there: (there not in earlier, -shares[there], there))
    columns = _coverage_rows(corpus, order, spans, shares, earlier)
    title = _titled(f"What of {corpus.ids[place]} stands elsewhere", order, "article")
    chart = _chart("bar", x="start:Q", x2="end", y="id:N", color="order:N")
    return Picture(title, columns, _strips(corpus, place, order, spans, earlier), chart)


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
    scale = (WIDTH - _LEFT - 10) / max(1, len(corpus.articles[place].text))
    marks: list[Mark] = [*_ruler(len(corpus.articles[place].text), scale)]
    for row, there in enumerate(order[:_MOST]):
        y, article = _TOP + row * _ROW, corpus.articles[there]
        marks += [labelled(4, y + 14, _named(article)), Box(_LEFT, y, WIDTH - _LEFT - 10, _ROW - 6, "panel")]
        colour = "step-6" if there in earlier else "step-3"
        for start, end in merged(spans[there]):
            marks.append(Box(_LEFT + start * scale, y, max(1.0, (end - start) * scale), _ROW - 6, colour))
    bottom = _TOP + max(1, min(len(order), _MOST)) * _ROW + 4
    entries = [("step-6", "in an earlier article"), ("step-3", "in a later one")]
    return Scene(WIDTH, bottom + 22, [*marks, *legend(bottom, entries, x=_LEFT)])


def _ruler(size: int, scale: float) -> list[Mark]:
    ends = ((0, "start"), (size, "end"))
    return [
        Label(_LEFT + offset * scale, _TOP - 10, f"{offset:,}", anchor, "quiet") for offset, anchor in ends
    ]


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
    marks: list[Mark] = [Box(40, _TOP, side, side, "panel")]
    marks += [Label(40, _TOP - 8, "a"), Label(40 + side, _TOP - 8, f"{sizes[0]:,}", "end", "quiet")]
    marks += [Label(30, _TOP + 12, "b", "end"), Label(34, _TOP + side, f"{sizes[1]:,}", "end", "quiet")]
    for row in found:
        start, end = (row.a_start, row.b_start), (row.a_end, row.b_end)
        (x1, y1), (x2, y2) = (
            (40 + place_a * scale_a, _TOP + place_b * scale_b) for place_a, place_b in (start, end)
        )
        marks.append(Line(x1, y1, x2, y2, "step-6" if row.kind == "verbatim" else "old"))
    title = f"Where two texts have {counted(len(found), 'passage')} in common"
    chart = _chart("rule", x="a_start:Q", x2="a_end", y="b_start:Q", y2="b_end", color="kind:N")
    bottom = side + _TOP + 10
    marks += legend(bottom, [("step-6", "verbatim"), ("old", "edited")], x=40)
    return Picture(title, columns, Scene(side + 80, bottom + 22, marks), chart)


def spread(corpus: Corpus, cluster: int = 0, *, found: Clusters | None = None, min_words: int = 8) -> Picture:
    """Draw when the articles came that carry the stretch of text number `cluster`, outlet by outlet.

    `found` are the clusters of the corpus, if they are there already. Articles without a date are in the table only.
    Raises `InvalidValueError` if there is no such cluster.

    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> from wortlaut import Corpus
    >>> drawn = spread(Corpus([line, "Heute: " + line], dates=["2025-03-04", "2025-03-06"]))
    >>> drawn.columns["date"]
    ['2025-03-04', '2025-03-06']
    """
    check_corpus(corpus)
    found = corpus.clusters(min_words=min_words) if found is None else found
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
    chart = _chart("point", x="date:T", y="outlet:N", color="similarity:Q")
    return Picture(told, columns, timeline([(_outlet(article), article.date) for article in articles]), chart)


def _outlet(article: Article) -> str:
    return article.outlet or _UNKNOWN


def _named(article: Article) -> str:
    return article.outlet or article.title or article.id


def _place(corpus: Corpus, id: str) -> int:
    ids = corpus.ids
    if str(id) not in ids:
        raise InvalidValueError(f"id must be that of an article of the corpus, got {shown(id)}")
    return ids.index(str(id))


def _titled(title: str, drawn: Sequence[object], what: str = "outlet") -> str:
    return title if len(drawn) <= _MOST else f"{title} ({_MOST} of {counted(len(drawn), what)})"


def _chart(mark: str, **encoding: str) -> dict[str, Any]:
    """Return a mark and encodings for Vega-Lite, each a field and its type as in ``share:Q``."""
    types = {"Q": "quantitative", "N": "nominal", "T": "temporal"}
    told: dict[str, Any] = {}
    for channel, name in encoding.items():
        field, _, kind = name.partition(":")
        told[channel] = {"field": field, "type": types[kind]} if kind else {"field": field}
    return {"mark": {"type": check_choice("mark", mark, ("rect", "bar", "rule", "point"))}, "encoding": told}
