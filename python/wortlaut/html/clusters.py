"""Stretches that go round: a table by first mention, and a section with the copies of each."""

from collections.abc import Sequence

from wortlaut.errors import counted
from wortlaut.html.escape import Html, element, join, language
from wortlaut.html.flow import prose
from wortlaut.html.picture import picture
from wortlaut.html.places import ON_ONE_PAGE, Places
from wortlaut.html.table import table
from wortlaut.html.views import ArticleView, ClusterView, MemberView
from wortlaut.html.words import percent, shorten

# Copies with a row in the section of a cluster.
_MOST_MEMBERS = 50
# Characters of a stretch in the table, and in its section: beyond that it is an article, and stands there.
_TEXT_SHOWN = 160
_TEXT_WHOLE = 2500

_ELSEWHERE = ", see wortlaut clusters --format csv"
_HEADERS = ("Cluster", "First mention", "In", "Copies", "Outlets", "Words", "Text")
_MEMBER_HEADERS = ("Date", "No.", "Article", "Outlet", "Words", "Alike")


def clusters_table(
    clusters: Sequence[ClusterView], articles: Sequence[ArticleView], *, total: int, places: Places
) -> Html:
    """Set clusters in order of their first mention, with links to those that have a section.

    >>> wire = ArticleView("wire", "", "Wire", "2025-03-04", "", 3, "Er ging nicht.")
    >>> view = ClusterView([MemberView(0, 3, 1.0)] * 2, "Er ging nicht.", 0)
    >>> "<bdi>Wire</bdi>" in clusters_table([view], [wire], total=1, places=Places(clusters=1))
    True
    """
    rows = [_row(number, view, articles, places) for number, view in enumerate(clusters, start=1)]
    intro = (
        f"Stretches of text that several articles carry, the earliest first{_largest(len(clusters), total)}."
    )
    found = table(
        _HEADERS,
        rows,
        total=total,
        limit=None,
        more=_ELSEWHERE,
        texts=(6,),
        name="Clusters by first mention",
        stacked=True,
    )
    return join(element("p", intro), found)


def _largest(shown: int, total: int) -> str:
    return "" if shown == total else f"; of {total:,} the {shown:,} that most articles carry"


def _row(
    number: int, view: ClusterView, articles: Sequence[ArticleView], places: Places
) -> tuple[object, ...]:
    first = articles[view.members[0].article]
    name = element("span", f"Cluster {number:,}", class_="wl-date")
    return (
        places.cluster(number, name),
        element("span", first.date, class_="wl-date"),
        _linked(view.members[0].article, first, ON_ONE_PAGE),
        len(view.members),
        _outlets(view, articles) or None,
        _words(view),
        _opening(view, articles),
    )


def _linked(place: int, article: ArticleView, places: Places) -> Html:
    named = join(places.article(place, place + 1), " ", element("bdi", shorten(article.name, 40)))
    return element("span", named, class_="wl-name")


def _words(view: ClusterView) -> int:
    return max(member.words for member in view.members)


def _outlets(view: ClusterView, articles: Sequence[ArticleView]) -> int:
    return len({articles[member.article].outlet for member in view.members} - {""})


def _opening(view: ClusterView, articles: Sequence[ArticleView]) -> Html:
    text = shorten(" ".join(view.text[: 2 * _TEXT_SHOWN].split()), _TEXT_SHOWN)
    return element("span", text, lang=language(articles[view.article].lang), dir="auto")


def cluster_section(
    number: int, view: ClusterView, articles: Sequence[ArticleView], places: Places = ON_ONE_PAGE
) -> Html:
    """Write the section of one cluster: its longest copy, when the copies came, and each of them.

    >>> wire = ArticleView("wire", "", "Wire", "2025-03-04", "", 3, "Er ging nicht.")
    >>> view = ClusterView([MemberView(0, 3, 1.0)] * 2, "Er ging nicht.", 0)
    >>> "<h3>Cluster 1: 2 copies" in cluster_section(1, view, [wire])
    True
    """
    copies, outlets = len(view.members), _outlets(view, articles)
    where = f" in {counted(outlets, 'outlet')}" if outlets else ""
    return element(
        "section",
        element("h3", f"Cluster {number}: {counted(copies, 'copy', 'copies')}{where}"),
        _first(view, articles, places),
        _canonical(view, articles, places),
        picture(view.spread, view.spread_title) if view.spread is not None else None,
        _members(number, view, articles, places),
        element("p", places.overview("first-mentions", "All clusters by first mention"), class_="wl-back"),
        id=f"cluster-{number}",
    )


def _first(view: ClusterView, articles: Sequence[ArticleView], places: Places) -> Html:
    place = view.members[0].article
    date = articles[place].date
    when = join(", ", element("span", date, class_="wl-date")) if date else ", as far as the order tells"
    return element("p", "First mention: ", _linked(place, articles[place], places), when, ".")


def _canonical(view: ClusterView, articles: Sequence[ArticleView], places: Places) -> Html:
    """Set the longest copy, with the article that it is from."""
    article = articles[view.article]
    cut = ", its beginning" if len(view.text) > _TEXT_WHOLE else ""
    told = join(
        f"The longest copy ({counted(_words(view), 'word')}{cut}), from ",
        _linked(view.article, article, places),
        ":",
    )
    shown = prose(shorten(view.text.strip(), _TEXT_WHOLE))
    quoted = element("blockquote", shown, class_="wl-text", lang=language(article.lang), dir="auto")
    return join(element("p", told), quoted)


def _members(number: int, view: ClusterView, articles: Sequence[ArticleView], places: Places) -> Html:
    rows = [_member(member, articles, places) for member in view.members[:_MOST_MEMBERS]]
    name = f"Copies of cluster {number}"
    total = len(view.members)
    return table(
        _MEMBER_HEADERS, rows, total=total, limit=None, more=_ELSEWHERE, figures=(5,), name=name, stacked=True
    )


def _member(member: MemberView, articles: Sequence[ArticleView], places: Places) -> tuple[object, ...]:
    article = articles[member.article]
    title = element("bdi", shorten(article.title or article.id, 80), lang=language(article.lang))
    return (
        element("span", article.date, class_="wl-date"),
        places.article(member.article, member.article + 1),
        title,
        element("bdi", shorten(article.outlet, 60)),
        member.words,
        percent(member.similarity),
    )
