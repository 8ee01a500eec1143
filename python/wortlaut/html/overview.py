"""The parts of a report's overview: what was read, who shares how much with whom, what went round."""

from collections import Counter
from collections.abc import Iterable, Sequence

from wortlaut.errors import counted
from wortlaut.html.clusters import clusters_table
from wortlaut.html.diff import summary
from wortlaut.html.escape import Html, anchor, element, escape, join, language, link
from wortlaut.html.legend import legend
from wortlaut.html.picture import with_table
from wortlaut.html.places import MOST_ARTICLES, ON_ONE_PAGE, Places
from wortlaut.html.quotes import quotes
from wortlaut.html.table import matrix, scrolling, table
from wortlaut.html.views import ArticleView, PairRow, PairView, Report
from wortlaut.html.words import percent, shorten

# Rows of the lists; the data itself is in the exports.
_MOST_PAIRS = 300
_MOST_PAGES = 1000
_MOST_PROBLEMS = 300
_MOST_GROUPS = 20
_MOST_LINES = 50
# Names in one list of articles: enough to see what kind of list it is.
_MOST_NAMES = 12
# Characters of a text that stands in many articles, to know it by.
_TEXT_SHOWN = 160

_COPIES_ELSEWHERE = ", see wortlaut overlap --measure jaccard --min-score 1 --format csv"
_MATRIX_ELSEWHERE = ", all others see wortlaut overlap --format csv"
_ELSEWHERE = ", see wortlaut passages and wortlaut shared-quotes, both with --format csv"
_IN_A_FOLDER = ", see wortlaut report -o folder/, which writes a page for each"
_LINES_ELSEWHERE = ", see wortlaut boilerplate --format csv"
_PAIR_HEADERS = (
    "Rank",
    "A",
    "B",
    "Of A",
    "Of B",
    "Passages",
    "Longest run",
    "Quotations",
    "Versions of one text",
)


# A part: where it stands on the page, its heading, and what it holds, or None if it has nothing to say.
Part = tuple[str, str, Html | None]


def before(data: Report, pairs: Sequence[PairView]) -> list[Part]:
    """Write what stands before the pairs; `pairs` are those that share anything, the first one first.

    >>> [place for place, _, content in before(Report("Two texts", articles=[], pairs=[]), []) if content]
    ['summary']
    """
    return [("summary", "Summary", _summary(data, pairs)), ("outlets", "Outlets", _outlets(data))]


def of_pairs(data: Report, pairs: Sequence[PairView], places: Places) -> list[Part]:
    """Write the matrix and the ranking of the pairs, with links to those that have a section.

    >>> [place for place, *_ in of_pairs(Report("Two texts", articles=[], pairs=[]), [], Places())]
    ['matrix', 'ranking']
    """
    return [
        ("matrix", "How much of each stands in each other", _matrix(data, pairs, places)),
        ("ranking", "Pairs by rank", _ranking(data, pairs, places)),
    ]


def after(data: Report, places: Places) -> list[Part]:
    """Write what stands behind the pairs.

    >>> [place for place, _, content in after(Report("Two texts", articles=[], pairs=[]), Places()) if content]
    ['articles', 'legend']
    """
    return [
        ("first-mentions", "Clusters by first mention", _clusters(data, places)),
        ("statements", "Statements and what outlets made of them", _statements(data)),
        ("articles", "Articles", _articles(data)),
        ("copies", "Articles with the same text", _copies(data)),
        ("boilerplate", "Left out as boilerplate", _boilerplate(data)),
        ("problems", "Articles that could not be read", _problems(data)),
        ("settings", "Settings", _settings(data)),
        ("legend", "How to read this page", legend(data.n)),
    ]


def _summary(data: Report, pairs: Sequence[PairView]) -> Html:
    articles = len(data.articles)
    sentences = [
        f"{counted(articles, 'article')} {'was' if articles == 1 else 'were'} read.",
        _sharing(data),
    ]
    if data.same:
        copies = sum(len(group) - 1 for group in data.same)
        sentences.append(
            f"{counted(copies, 'article has', 'articles have')} the same text as an earlier one."
        )
    if data.problems:
        sentences.append(f"{counted(len(data.problems), 'article')} could not be read.")
    return join(element("p", " ".join(sentences)), _round(data), _version_groups(data, pairs))


def _round(data: Report) -> Html | None:
    """Say how many stretches of text and how many statements stand in several articles."""
    clusters = len(data.clusters) + data.more_clusters
    statements = len(data.statements) + data.more_statements
    told = [
        anchor(place, counted(number, name, names))
        for place, number, name, names in (
            ("first-mentions", clusters, "stretch of text", "stretches of text"),
            ("statements", statements, "statement", "statements"),
        )
        if number
    ]
    if not told:
        return None
    verb = "stands" if clusters + statements == 1 else "stand"
    return element(
        "p", *[told[0], *(join(" and ", one) for one in told[1:])], f" {verb} in several articles."
    )


def _sharing(data: Report) -> str:
    quoting = data.only_quoting
    sharing = data.with_passage
    also = f" and {quoting:,} more only a quotation" if quoting else ""
    verb = "shares" if sharing == 1 else "share"
    passage = f"a passage of {counted(data.min_words, 'word')} or more"
    number = "all" if sharing == _compared(data) > 1 else f"{sharing:,}"
    return (
        f"Of {counted(_compared(data), 'pair')} of articles, {number} {verb} {passage}{also}.{_reserve(data)}"
    )


def _reserve(data: Report) -> str:
    """Say what the number of pairs does not count."""
    not_counted = [f" Only pairs {data.filters} count."] if data.filters else []
    if data.boilerplate:
        not_counted.append(" Lines of boilerplate, listed below, do not count.")
    if data.max_df is not None and len(data.articles) > data.max_df:
        not_counted.append(
            f" What stands in more than {data.max_df:,} articles links each of them with the earliest only."
        )
    return "".join(not_counted)


def _compared(data: Report) -> int:
    articles = len(data.articles)
    return articles * (articles - 1) // 2 if data.compared is None else data.compared


def _version_groups(data: Report, pairs: Sequence[PairView]) -> Html | None:
    """Say which articles are versions of one text, directly or through another."""
    groups = data.versions
    if groups is None:
        groups = _connected([(pair.a, pair.b) for pair in pairs if pair.versions])
    if not groups:
        return element("p", "No two of them are versions of one text.") if pairs else None
    intro = f"{counted(len(groups), 'text stands', 'texts stand')} in several versions:"
    items = [_named(data.articles, group) for group in groups[:_MOST_GROUPS]]
    return join(element("p", intro), _list(items, len(groups), ", see the pairs below"))


def _list(items: Sequence[Html], total: int, elsewhere: str) -> Html:
    """Set what is shown of a list, and a line for the rest."""
    rest = total - len(items)
    more = element("li", f"… {rest:,} more{elsewhere}") if rest else None
    return element("ul", *[element("li", item) for item in items], more)


def _connected(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    groups: dict[int, set[int]] = {}
    for a, b in edges:
        merged = groups.get(a, {a}) | groups.get(b, {b})
        for member in merged:
            groups[member] = merged
    return sorted({tuple(sorted(group)): sorted(group) for group in groups.values()}.values())


def _named(articles: Sequence[ArticleView], group: Sequence[int]) -> Html:
    shown = group[:_MOST_NAMES]
    alike = Counter(articles[place].name for place in shown)
    names = [_name(place, articles[place], dated=alike[articles[place].name] > 1) for place in shown]
    rest = len(group) - len(names)
    names += [escape(f"{rest:,} more")] if rest else []
    parts: list[Html] = []
    for position, name in enumerate(names):
        separator = "" if not position else " and " if position == len(names) - 1 else ", "
        parts += [escape(separator), name]
    return join(*parts)


def _name(place: int, article: ArticleView, *, dated: bool) -> Html:
    """Name an article by its number, as a link where its row is shown, and by its outlet, title or id."""
    number = ON_ONE_PAGE.article(place, place + 1)
    date = f" ({article.date})" if dated and article.date else ""
    return join(number, " ", element("bdi", shorten(article.name, 60)), date)


def _copies(data: Report) -> Html | None:
    """Say which articles have one text, so that only the first of them is compared below."""
    if not data.same:
        return None
    intro = "Only the first of each group is compared below; what is said of it holds for the others."
    largest = sorted(data.same, key=lambda group: -len(group))
    items = [_copy(data.articles, group) for group in largest[:_MOST_GROUPS]]
    return join(element("p", intro), _list(items, len(largest), _COPIES_ELSEWHERE))


def _copy(articles: Sequence[ArticleView], group: Sequence[int]) -> Html:
    first = articles[group[0]]
    size = f"{counted(len(group), 'article')} with the same {counted(first.words, 'word')}: "
    text = shorten(" ".join(first.text[: 2 * _TEXT_SHOWN].split()), _TEXT_SHOWN)
    quoted = element("span", text, class_="wl-note", lang=language(first.lang), dir="auto")
    return join(size, _named(articles, group), element("br"), quoted)


def _articles(data: Report) -> Html:
    articles = data.articles
    first = {place: group[0] for group in data.same for place in group[1:]}
    head = [element("th", name, scope="col") for name in ("No.", "Title", "Outlet", "Date", "Words")]
    rows = [
        _article(index, article, first.get(index)) for index, article in enumerate(articles[:MOST_ARTICLES])
    ]
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


def _article(index: int, article: ArticleView, first: int | None) -> Html:
    title = link(article.url, shorten(article.title or article.id, 160))
    same = None if first is None else f"the same text as No. {first + 1}"
    notes = [
        join(element("br"), element("span", note, class_="wl-note"))
        for note in (article.author, same)
        if note
    ]
    return element(
        "tr",
        element("td", index + 1, class_="wl-figure", id=f"article-{index + 1}"),
        element("td", element("bdi", title, lang=language(article.lang)), *notes),
        element("td", element("bdi", article.outlet)),
        element("td", article.date, class_="wl-date"),
        element("td", f"{article.words:,}", class_="wl-figure"),
    )


def _outlets(data: Report) -> Html | None:
    """Show how much the outlets share, where there are two at least."""
    if data.outlets is None:
        return None
    intro = (
        "Read along a row: how much of the text of all articles of the outlet stands in passages that it shares with "
        "articles of the outlet of the column, as a share of its characters."
    )
    view = data.outlets
    drawn = with_table(view.scene, view.title, view.headers, view.rows, limit=_MOST_LINES)
    return join(element("p", intro), drawn)


def _clusters(data: Report, places: Places) -> Html | None:
    if not data.clusters:
        return None
    total = len(data.clusters) + data.more_clusters
    return clusters_table(data.clusters, data.articles, total=total, places=places)


def _matrix(data: Report, pairs: Sequence[PairView], places: Places) -> Html | None:
    """Show the matrix; its figures lead to the sections of the pairs that have one."""
    values = _from_pairs(data) if data.matrix is None else data.matrix
    if len(values) < 2:
        return None
    names = [article.name for article in data.articles]
    titles = [
        " · ".join(filter(None, (article.title, article.outlet, article.date))) for article in data.articles
    ]
    linked: dict[tuple[int, int], str] = {}
    for number, pair in enumerate(pairs[: places.pairs], 1):
        linked[pair.a, pair.b] = linked[pair.b, pair.a] = places.section(f"pair-{number}")
    what = f"runs of {data.n} words"
    return matrix(names, values, titles=titles, what=what, more=_MATRIX_ELSEWHERE, places=linked)


def _from_pairs(data: Report) -> dict[int, dict[int, float]]:
    values = {place: {place: 1.0} for place in range(len(data.articles))}
    for pair in data.pairs:
        values[pair.a][pair.b] = pair.overlap.containment_a
        values[pair.b][pair.a] = pair.overlap.containment_b
    return values


def _ranking(data: Report, pairs: Sequence[PairView], places: Places) -> Html:
    if not pairs:
        return element(
            "p", f"No two {_different(data)}articles share a passage of {counted(data.min_words, 'word')}."
        )
    most = _MOST_PAGES if places.apart else _MOST_PAIRS
    listed = [*map(_row_of, pairs), *data.rows][:most]
    rows = [_pair_row(number, row, data, places) for number, row in enumerate(listed, start=1)]
    total = len(pairs) + len(data.rows) + data.more_rows
    found = table(
        _PAIR_HEADERS,
        rows,
        total=total,
        limit=most,
        more=_ELSEWHERE,
        figures=(3, 4),
        name="Pairs",
        stacked=True,
    )
    return join(element("p", _order()), found, _not_shown(data, pairs, total, places))


def _different(data: Report) -> str:
    return "of the different " if data.same else ""


def _order() -> str:
    return (
        "Ranked by how much of one of the two articles the shared passages cover: “Of A” is the share of A’s words "
        "that lie in them. A is the earlier article."
    )


def _row_of(pair: PairView) -> PairRow:
    changes = summary(pair.edits, pair.facts) if pair.versions else ""
    return PairRow(pair.a, pair.b, pair.overlap, pair.versions, len(pair.passages), len(pair.quotes), changes)


def _pair_row(number: int, row: PairRow, data: Report, places: Places) -> list[object]:
    a, b = data.articles[row.a], data.articles[row.b]
    return [
        element("span", places.pair(number, f"Pair {number:,}"), class_="wl-date"),
        element("span", f"{row.a + 1} ", element("bdi", shorten(a.name, 60)), class_="wl-name"),
        element("span", f"{row.b + 1} ", element("bdi", shorten(b.name, 60)), class_="wl-name"),
        percent(row.overlap.coverage_a),
        percent(row.overlap.coverage_b),
        row.passages,
        row.overlap.longest,
        row.quotes,
        ", ".join(filter(None, ("yes", row.changes))) if row.versions else "",
    ]


def _not_shown(data: Report, pairs: Sequence[PairView], total: int, places: Places) -> Html:
    others = _compared(data) - data.with_passage - data.only_quoting
    notes = []
    if total > places.pairs:
        where, elsewhere = ("page", _ELSEWHERE) if places.apart else ("section below", _IN_A_FOLDER)
        rest = total - places.pairs
        notes.append(f"The first {places.pairs:,} have a {where}; … {rest:,} more{elsewhere}.")
    if others > 0:
        who = "the other pair" if others == 1 else f"the other {others:,} pairs"
        quotation = " and no quotation" if any(pair.quotes for pair in pairs) else ""
        nothing = f"no passage of {counted(data.min_words, 'word')}{quotation}"
        if _reserve(data):
            notes.append(f"In {who}, {nothing} was found.")
        else:
            notes.append(f"{who.capitalize()} {'shares' if others == 1 else 'share'} {nothing}.")
    return join(*[element("p", note, class_="wl-note") for note in notes])


def _statements(data: Report) -> Html | None:
    if not data.statements:
        return None
    intro = (
        "Quotations that stand in several articles, those in the most outlets first. The canonical wording (●) is the "
        "longest in quotation marks; a cell says what an outlet made of it, and the darker it is the nearer it stays. "
        "Below the table each wording that differs is shown as a word diff from the canonical one."
    )
    total = len(data.statements) + data.more_statements
    return join(
        element("p", intro),
        quotes(data.statements, limit=None, total=total, more=_ELSEWHERE, place="statement"),
    )


def _boilerplate(data: Report) -> Html | None:
    if not data.boilerplate:
        return None
    intro = (
        "Many articles carry these lines that have hardly anything else in common. They link no pair and make no "
        "passage; the shares of a pair count them."
    )
    rows = [(view.articles, view.text) for view in data.boilerplate]
    lines = table(("Articles", "Line"), rows, limit=_MOST_LINES, more=_LINES_ELSEWHERE, name="Boilerplate")
    return join(element("p", intro), lines)


def _problems(data: Report) -> Html | None:
    if not data.problems:
        return None
    rows = [(view.row, view.id, view.reason) for view in data.problems]
    return table(("Row", "Source", "Reason"), rows, limit=_MOST_PROBLEMS, name="Problems")


def _settings(data: Report) -> Html | None:
    if not data.settings:
        return None
    terms = [join(element("dt", name), element("dd", value)) for name, value in data.settings]
    return element("dl", *terms)
