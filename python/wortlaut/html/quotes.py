"""Shared quotations as HTML: every statement with its places, and how the wording differs there."""

from collections.abc import Sequence

from wortlaut.errors import counted
from wortlaut.html.escape import Html, element, join, language, link
from wortlaut.html.excerpt import changes, columns, excerpt, group
from wortlaut.html.table import scrolling
from wortlaut.html.views import PlaceView, QuoteView, StatementView
from wortlaut.html.words import percent

_HEADERS = ("Article", "Outlet", "Date", "Wording there", "Relation", "Marks")
_MARKED = {"both": "marked in both", "a": "without marks in B", "b": "without marks in A"}


def quotes(statements: Sequence[StatementView], *, limit: int | None = 50, more: str = "") -> Html:
    """Show statements and, under each, the articles it stands in: the wording there, its relation, its marks.

    At most `limit` statements are shown (None: all); `more` is added to the line that counts the rest.

    >>> place = PlaceView("Stadtrat", "ein teures Zögern", marked=True)
    >>> "ein teures Zögern" in quotes([StatementView([place])])
    True
    """
    head = element("tr", *[element("th", name, scope="col") for name in _HEADERS])
    bodies = [_statement(number, view) for number, view in enumerate(statements[:limit], start=1)]
    rest = len(statements) - len(bodies)
    if rest:
        cell = element("td", f"… {rest:,} more{more}", colspan=len(_HEADERS))
        bodies.append(element("tbody", element("tr", cell)))
    whole = element("table", element("thead", head), *bodies, class_="wl-table")
    return scrolling(whole, "Shared quotations")


def _statement(number: int, view: StatementView) -> Html:
    heading = f"Statement {number}, in {counted(len(view.places), 'place')}"
    name = element("th", heading, colspan=len(_HEADERS), scope="rowgroup")
    return element("tbody", element("tr", name), *map(_place, view.places))


def _place(view: PlaceView) -> Html:
    wording = element("td", view.wording, class_="wl-text", lang=language(view.lang), dir="auto")
    return element(
        "tr",
        element("td", element("bdi", link(view.url, view.title))),
        element("td", element("bdi", view.outlet)),
        element("td", view.date, class_="wl-date"),
        wording,
        element("td", _relation(view.relation or "first", view.similarity, negation=view.negation)),
        element("td", "marked" if view.marked else "without marks"),
    )


def _relation(name: str, similarity: float | None, *, negation: bool) -> Html:
    alike = f", {percent(similarity)} alike" if similarity is not None and similarity < 1 else ""
    warning = element("strong", "a negation was lost or gained", class_="wl-warning")
    return join(name, alike, *((", ", warning) if negation else ()))


def shared_quotes(
    a: str,
    b: str,
    found: Sequence[QuoteView],
    *,
    context: int = 8,
    heads: tuple[object, object] = ("A", "B"),
    langs: tuple[str, str] = ("", ""),
) -> Html:
    """Show the statements that two texts share side by side, with `context` grey words around each.

    >>> view = QuoteView(0, 3, 0, 3, relation="identical", marked="both", similarity=1.0)
    >>> "Quotation 1: identical, marked in both" in shared_quotes("nie", "nie", [view])
    True
    """
    groups = []
    for number, view in enumerate(found, start=1):
        changed_a, changed_b = changes(a[view.a_start : view.a_end], b[view.b_start : view.b_end], view.edits)
        sides = (
            excerpt(a, (view.a_start, view.a_end), changed_a, context, across=False),
            excerpt(b, (view.b_start, view.b_end), changed_b, context, across=False),
        )
        relation = _relation(view.relation, view.similarity, negation=view.negation)
        heading = join(f"Quotation {number}: ", relation, f", {_MARKED.get(view.marked, view.marked)}")
        groups.append(group(heading, sides, langs))
    return columns(heads, *groups)
