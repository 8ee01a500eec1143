"""Shared quotations as HTML: every statement with the places where it stands, and how the wording differs there."""

from collections.abc import Sequence

from wortlaut.html.escape import Html, element, join, language, link
from wortlaut.html.table import scrolling
from wortlaut.html.views import PlaceView, StatementView
from wortlaut.html.words import count, percent

_HEADERS = ("Article", "Outlet", "Date", "Wording there", "Relation", "Marks")


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
    whole = element("table", element("thead", head), *bodies, class_="wl-table wl-quotes")
    return scrolling(whole, "Shared quotations")


def _statement(number: int, view: StatementView) -> Html:
    heading = f"Statement {number}, in {count(len(view.places), 'place')}"
    name = element("th", heading, colspan=len(_HEADERS), scope="rowgroup")
    return element("tbody", element("tr", name), *map(_place, view.places))


def _place(view: PlaceView) -> Html:
    wording = element("td", view.wording, class_="wl-text", lang=language(view.lang), dir="auto")
    return element(
        "tr",
        element("td", element("bdi", link(view.url, view.title))),
        element("td", element("bdi", view.outlet)),
        element("td", view.date),
        wording,
        element("td", _relation(view)),
        element("td", "marked" if view.marked else "without marks"),
    )


def _relation(view: PlaceView) -> Html:
    alike = f", {percent(view.similarity)} alike" if view.similarity is not None and view.relation else ""
    warning = element("strong", "negation differs", class_="wl-warning") if view.negation else None
    relation = f"{view.relation or 'first'}{alike}"
    return join(relation, ": " if warning else None, warning)
