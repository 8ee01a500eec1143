"""A whole comparison as HTML that needs nothing else, no script and no network: one page, or a folder of pages."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from wortlaut.html.clusters import cluster_section
from wortlaut.html.escape import Html, anchor, document, element, join
from wortlaut.html.overview import Part, after, before, of_pairs
from wortlaut.html.pair import pair_section
from wortlaut.html.places import Places
from wortlaut.html.style import PAGE_SHEET
from wortlaut.html.views import PairView, Report

# Nobody reads more sections on one page, and a page of three megabytes still opens on a phone. Ranking and matrix, set
# when the number of sections is known, have at most 0.3 of them; clusters leave most of the page to the pairs.
_MOST_SECTIONS = 60
_LARGEST_PAGE = 2_600_000
_LARGEST_CLUSTERS = 700_000


def report(data: Report) -> str:
    """Write a report as one self-contained page.

    In order: a summary in sentences, the outlets, the matrix of containment, the pairs by rank, the clusters by first
    mention, the statements by outlets, the articles, those with the same text, the boilerplate, what could not be read,
    a legend, a section for each pair and for each cluster. Pairs that share nothing are counted, not shown; lists are
    cut, and say so.

    >>> page = report(Report("Two texts", articles=[], pairs=[]))
    >>> page.startswith("<!doctype html>"), "<script" in page
    (True, False)
    """
    pairs = _ranked(data.pairs)
    rounds = _bounded(
        (cluster_section(*one, data.articles) for one in enumerate(data.clusters, 1)), _LARGEST_CLUSTERS
    )
    first, last = before(data, pairs), after(data, Places(clusters=len(rounds)))
    room = _LARGEST_PAGE - sum(len(part.encode()) for _, _, part in [*first, *last] if part is not None)
    room -= sum(len(section.encode()) for section in rounds)
    drawn = (pair_section(*one, data.articles, data.n) for one in enumerate(pairs[:_MOST_SECTIONS], 1))
    sections = _bounded(drawn, room)
    behind = [
        ("pairs", "Pair by pair", join(*sections) if sections else None),
        ("clusters", "Cluster by cluster", join(*rounds) if rounds else None),
    ]
    parts = [*first, *of_pairs(data, pairs, Places(len(sections), len(rounds))), *last, *behind]
    return _page(data, data.title, parts, _contents(parts))


def report_pages(data: Report) -> Iterator[tuple[str, str]]:
    """Write a report as pages that link each other, one for each pair and each cluster; yield the name and the page.

    The overview, `index.html`, comes last: where it stands, the others do too.

    >>> [name for name, _ in report_pages(Report("Two texts", articles=[], pairs=[]))]
    ['index.html']
    """
    pairs = _ranked(data.pairs)
    places = Places(len(pairs), len(data.clusters), apart=True)
    for number, pair in enumerate(pairs, 1):
        section = pair_section(number, pair, data.articles, data.n, places)
        yield _apart(data, "pair", number, len(pairs), section)
    for number, cluster in enumerate(data.clusters, 1):
        section = cluster_section(number, cluster, data.articles, places)
        yield _apart(data, "cluster", number, len(data.clusters), section)
    parts = [*before(data, pairs), *of_pairs(data, pairs, places), *after(data, places)]
    yield "index.html", _page(data, data.title, parts, _contents(parts))


def _apart(data: Report, kind: str, number: int, total: int, section: Html) -> tuple[str, str]:
    """Set one section as a page of its own, with the way to the next and back."""
    title = f"{kind.capitalize()} {number:,} of {total:,}"
    home = {"pair": "ranking", "cluster": "first-mentions"}[kind]
    ways = [anchor(f"index.html#{home}", "Overview")]
    for label, other in (("Previous", number - 1), ("Next", number + 1)):
        if 1 <= other <= total:
            ways.append(anchor(f"{kind}-{other}.html#main", f"{label} {kind}"))
    way = element("ul", *[element("li", one) for one in ways])
    page = _page(data, f"{title} – {data.title}", [(f"{kind}s", title, section)], way)
    return f"{kind}-{number}.html", page


def _contents(parts: Iterable[Part]) -> Html:
    return element("ul", *[element("li", anchor(place, title)) for place, title, content in parts if content])


def _page(data: Report, title: str, parts: Sequence[Part], way: Html) -> str:
    body = element(
        "body",
        anchor("main", "Skip to the content", class_="wl-skip"),
        element("header", element("h1", data.title, dir="auto")),
        element("nav", way, aria_label="Contents"),
        element("main", *[_part(*part) for part in parts if part[2]], id="main", tabindex="-1"),
        element("footer", element("p", f"Written by {data.generator}.")),
        class_="wortlaut wl-page",
    )
    return document(element("html", _head(title), "\n", body, lang="en"))


def _part(place: str, title: str, content: Html | None) -> Html:
    heading = element("h2", title, id=f"{place}-title")
    return join("\n", element("section", heading, content, id=place, aria_labelledby=f"{place}-title"))


def _head(title: str) -> Html:
    digest = b64encode(sha256(PAGE_SHEET.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="generator", content="wortlaut"),
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


def _bounded(drawn: Iterable[Html], room: int) -> list[Html]:
    """Take sections while there is room for them, in bytes; the first one in any case."""
    sections: list[Html] = []
    for section in drawn:
        room -= len(section.encode())
        if room < 0 and sections:
            break
        sections.append(section)
    return sections
