"""A whole comparison as one HTML page that needs nothing else: no script, no network, no other file."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from wortlaut.errors import counted
from wortlaut.html.diff import summary
from wortlaut.html.escape import Html, anchor, document, element, escape, join, language, link
from wortlaut.html.legend import legend
from wortlaut.html.pair import pair_section
from wortlaut.html.style import PAGE_SHEET
from wortlaut.html.table import matrix, scrolling, table
from wortlaut.html.views import ArticleView, PairView, Report
from wortlaut.html.words import percent, shorten

# Nobody reads more sections, and a page of some megabytes still opens on a phone.
_MOST_SECTIONS = 60
_LARGEST_PAGE = 2_500_000
# Rows of the lists; the data itself is in the exports.
_MOST_PAIRS = 300
_MOST_ARTICLES = 1000
_MOST_PROBLEMS = 300
_MOST_GROUPS = 20

_ELSEWHERE = ", see wortlaut passages --format csv"
_PAIR_HEADERS = (
    "Rank",
    "A",
    "B",
    "Of A in B",
    "Of B in A",
    "Passages",
    "Longest run",
    "Quotations",
    "Versions",
)


def report(data: Report) -> str:
    """Write a report as one self-contained page.

    In order: a summary in sentences, the articles, the matrix of containment, the pairs by rank, a legend, a
    section for each pair, and what could not be read. Pairs that share nothing are counted, not shown.

    >>> page = report(Report("Two texts", articles=[], pairs=[]))
    >>> page.startswith("<!doctype html>"), "<script" in page
    (True, False)
    """
    pairs = _ranked(data.pairs)
    sections = _sections(data, pairs)
    parts = [
        ("summary", "Summary", _summary(data, pairs)),
        ("articles", "Articles", _articles(data.articles)),
        ("matrix", "How much of each stands in each other", _matrix(data)),
        ("ranking", "Pairs by rank", _ranking(data, pairs, len(sections))),
        ("legend", "How to read this page", legend(data.n)),
        ("pairs", "Pair by pair", join(*sections) if sections else None),
        ("boilerplate", "Left out as boilerplate", _boilerplate(data)),
        ("problems", "Articles that could not be read", _problems(data)),
        ("settings", "Settings", _settings(data)),
    ]
    return _page(data, [part for part in parts if part[2] is not None])


def _page(data: Report, parts: Sequence[tuple[str, str, Html | None]]) -> str:
    contents = element("ul", *[element("li", anchor(place, title)) for place, title, _ in parts])
    body = element(
        "body",
        anchor("main", "Skip to the content", class_="wl-skip"),
        element("header", element("h1", data.title, dir="auto")),
        element("nav", contents, aria_label="Contents"),
        element("main", *[_part(*part) for part in parts], id="main", tabindex="-1"),
        element("footer", element("p", f"Written by {data.generator}.")),
        class_="wortlaut wl-page",
    )
    return document(element("html", _head(data.title), "\n", body, lang="en"))


def _part(place: str, title: str, content: Html | None) -> Html:
    heading = element("h2", title, id=f"{place}-title")
    return join("\n", element("section", heading, content, id=place, aria_labelledby=f"{place}-title"))


def _head(title: str) -> Html:
    digest = b64encode(sha256(PAGE_SHEET.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("style", PAGE_SHEET),
    )


# Which pairs, in which order


def _ranked(pairs: Iterable[PairView]) -> list[PairView]:
    """Sort the pairs that share anything: the larger covered share first, then the longer run of words."""
    return sorted([pair for pair in pairs if pair.passages or pair.quotes], key=_rank)


def _rank(pair: PairView) -> tuple[float, int, int, int]:
    overlap = pair.overlap
    return -max(overlap.coverage_a, overlap.coverage_b), -overlap.longest, pair.a, pair.b


def _sections(data: Report, pairs: Sequence[PairView]) -> list[Html]:
    sections: list[Html] = []
    size = 0
    for number, pair in enumerate(pairs[:_MOST_SECTIONS], start=1):
        section = pair_section(number, pair, data.articles, data.n)
        size += len(section.encode())
        if size > _LARGEST_PAGE and sections:
            break
        sections.append(section)
    return sections


# The parts


def _summary(data: Report, pairs: Sequence[PairView]) -> Html:
    articles = len(data.articles)
    sentences = [
        f"{counted(articles, 'article')} {'was' if articles == 1 else 'were'} read.",
        _sharing(data, pairs),
    ]
    if data.problems:
        sentences.append(f"{counted(len(data.problems), 'article')} could not be read.")
    return join(element("p", " ".join(sentences)), _version_groups(data, pairs))


def _sharing(data: Report, pairs: Sequence[PairView]) -> str:
    quoting = sum(not pair.passages for pair in pairs)
    sharing = len(pairs) - quoting + data.more_pairs
    also = f" and {quoting:,} more only a quotation" if quoting else ""
    verb = "shares" if sharing == 1 else "share"
    passage = f"a passage of {counted(data.min_words, 'word')} or more"
    return f"Of {counted(_compared(data), 'pair')} of articles, {sharing:,} {verb} {passage}{also}."


def _compared(data: Report) -> int:
    articles = len(data.articles)
    return articles * (articles - 1) // 2 if data.compared is None else data.compared


def _version_groups(data: Report, pairs: Sequence[PairView]) -> Html | None:
    """Say which articles are versions of one text, directly or through another."""
    groups = _connected([(pair.a, pair.b) for pair in pairs if pair.versions])
    if not groups:
        return element("p", "No two of them are versions of one text.") if pairs else None
    items = [element("li", *_named(data.articles, group)) for group in groups[:_MOST_GROUPS]]
    rest = len(groups) - len(items)
    more = element("li", f"… {rest:,} more") if rest else None
    intro = f"{counted(len(groups), 'text stands', 'texts stand')} in several versions:"
    return join(element("p", intro), element("ul", *items, more))


def _connected(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    groups: dict[int, set[int]] = {}
    for a, b in edges:
        merged = groups.get(a, {a}) | groups.get(b, {b})
        for member in merged:
            groups[member] = merged
    return sorted({tuple(sorted(group)): sorted(group) for group in groups.values()}.values())


def _named(articles: Sequence[ArticleView], group: Sequence[int]) -> list[Html]:
    names = [join(anchor(f"article-{i + 1}", i + 1), " ", element("bdi", articles[i].name)) for i in group]
    parts: list[Html] = []
    for position, name in enumerate(names):
        separator = "" if not position else " and " if position == len(names) - 1 else ", "
        parts += [escape(separator), name]
    return parts


def _articles(articles: Sequence[ArticleView]) -> Html:
    head = [element("th", name, scope="col") for name in ("No.", "Title", "Outlet", "Date", "Words")]
    rows = [_article(index, article) for index, article in enumerate(articles[:_MOST_ARTICLES])]
    rest = len(articles) - len(rows)
    if rest:
        rows.append(element("tr", element("td", f"… {rest:,} more", colspan=5)))
    whole = element(
        "table",
        element("thead", element("tr", *head)),
        element("tbody", *rows),
        class_="wl-table wl-articles",
    )
    return scrolling(whole, "Articles")


def _article(index: int, article: ArticleView) -> Html:
    title = link(article.url, shorten(article.title or article.id, 160))
    author = (
        join(element("br"), element("span", article.author, class_="wl-note")) if article.author else None
    )
    return element(
        "tr",
        element("td", index + 1, class_="wl-figure", id=f"article-{index + 1}"),
        element("td", element("bdi", title, lang=language(article.lang)), author),
        element("td", element("bdi", article.outlet)),
        element("td", article.date, class_="wl-date"),
        element("td", f"{article.words:,}", class_="wl-figure"),
    )


def _matrix(data: Report) -> Html | None:
    if len(data.articles) < 2:
        return None
    names = [article.name for article in data.articles]
    titles = [
        " · ".join(filter(None, (article.title, article.outlet, article.date))) for article in data.articles
    ]
    values = data.matrix if data.matrix is not None else _from_pairs(data)
    return matrix(names, values, titles=titles, what=f"word {data.n}-grams")


def _from_pairs(data: Report) -> list[dict[int, float]]:
    values: list[dict[int, float]] = [{place: 1.0} for place in range(len(data.articles))]
    for pair in data.pairs:
        values[pair.a][pair.b] = pair.overlap.containment_a
        values[pair.b][pair.a] = pair.overlap.containment_b
    return values


def _ranking(data: Report, pairs: Sequence[PairView], sections: int) -> Html:
    if not pairs:
        return element("p", f"No two articles share a passage of {counted(data.min_words, 'word')}.")
    shown = enumerate(pairs[:_MOST_PAIRS], start=1)
    rows = [_pair_row(number, pair, data, has_section=number <= sections) for number, pair in shown]
    total = len(pairs) + data.more_pairs
    found = table(
        _PAIR_HEADERS, rows, total=total, limit=_MOST_PAIRS, more=_ELSEWHERE, figures=(3, 4), name="Pairs"
    )
    return join(element("p", _order(data)), found, _not_shown(data, pairs, sections))


def _order(data: Report) -> str:
    return (
        "Ranked by how much of one of the two articles the shared passages cover. "
        f"“Of A in B” is the share of A’s word {data.n}-grams that stand in B."
    )


def _pair_row(number: int, pair: PairView, data: Report, *, has_section: bool) -> list[object]:
    a, b = data.articles[pair.a], data.articles[pair.b]
    return [
        anchor(f"pair-{number}", f"Pair\u00a0{number}") if has_section else number,
        join(f"{pair.a + 1} ", element("bdi", shorten(a.name, 60))),
        join(f"{pair.b + 1} ", element("bdi", shorten(b.name, 60))),
        percent(pair.overlap.containment_a),
        percent(pair.overlap.containment_b),
        len(pair.passages),
        pair.overlap.longest,
        len(pair.quotes),
        f"yes, {summary(pair.edits)}" if pair.versions else "no",
    ]


def _not_shown(data: Report, pairs: Sequence[PairView], sections: int) -> Html:
    others = _compared(data) - len(pairs) - data.more_pairs
    notes = []
    if len(pairs) > sections:
        notes.append(
            f"The first {sections:,} have a section below; … {len(pairs) - sections:,} more{_ELSEWHERE}."
        )
    if others > 0:
        who = "The other pair shares" if others == 1 else f"The other {others:,} pairs share"
        quotation = " and no quotation" if any(pair.quotes for pair in pairs) else ""
        notes.append(f"{who} no passage of {counted(data.min_words, 'word')}{quotation}.")
    return join(*[element("p", note, class_="wl-note") for note in notes])


def _boilerplate(data: Report) -> Html | None:
    if not data.boilerplate:
        return None
    intro = element(
        "p", "These texts stand in so many articles that they were not counted as shared passages."
    )
    rows = [(view.articles, view.text) for view in data.boilerplate]
    return join(intro, table(("Articles", "Text"), rows, limit=50, name="Boilerplate"))


def _problems(data: Report) -> Html | None:
    if not data.problems:
        return None
    rows = [(None if view.row is None else view.row + 1, view.id, view.reason) for view in data.problems]
    return table(("Row", "Article", "Reason"), rows, limit=_MOST_PROBLEMS, name="Problems")


def _settings(data: Report) -> Html | None:
    if not data.settings:
        return None
    terms = [join(element("dt", name), element("dd", value)) for name, value in data.settings]
    return element("dl", *terms)
