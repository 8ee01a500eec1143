"""Shared quotations as HTML: every statement with its places, and how the wording differs there."""

from collections import Counter
from collections.abc import Sequence

from wortlaut.errors import counted
from wortlaut.html.diff import diff
from wortlaut.html.escape import Html, anchor, element, join, language, link
from wortlaut.html.excerpt import changes, columns, excerpt, group
from wortlaut.html.flow import prose
from wortlaut.html.table import scrolling
from wortlaut.html.views import PlaceView, QuoteView, StatementView
from wortlaut.html.words import percent, shorten

_MARKED = {"both": "marked in both", "a": "without marks in B", "b": "without marks in A"}

# What stands in a cell for each relation to the canonical wording, and its shade: the nearer, the darker.
_SIGNS = {
    "canonical": ("●", 6),
    "identical": ("=", 5),
    "extended": ("+", 4),
    "trimmed": ("−", 3),
    "elided": ("…", 3),
    "edited": ("≈", 2),
    "reworded": ("~", 1),
}

# Columns that a screen shows; the outlets with the most statements come first.
_MOST_OUTLETS = 10
# Places of one statement that are listed with their wording.
_MOST_PLACES = 20
# Characters of a statement in the table: enough to know it by. Below the table it stands in full.
_WORDING_SHOWN = 160
# Wordings longer than this are not compared word by word on a page: they are speeches.
_LONGEST_COMPARED = 5000


def quotes(
    statements: Sequence[StatementView],
    *,
    limit: int | None = 50,
    more: str = "",
    total: int | None = None,
    place: str | None = None,
) -> Html:
    """Show a table of statements by outlets and, below it, each statement with the wording of every place.

    A cell says by a sign, a word and a shade what the outlet made of the canonical wording; a wording that differs
    is shown as a word diff from it. At most `limit` statements are shown (None: all), 10 outlets, and 20 places of a
    statement; lines "… 3 more" count the rest, with `more` behind those of the statements. `total` is the number of
    statements if they have been cut already; with `place` each has the anchor `place-number`, and its row leads there.

    >>> place = PlaceView("Stadtrat", "ein teures Zögern", marked=True, relation="canonical")
    >>> "ein teures Zögern" in quotes([StatementView([place], "ein teures Zögern")])
    True
    """
    shown = statements[:limit]
    rest = (len(statements) if total is None else total) - len(shown)
    left = element("p", f"… {rest:,} more{more}", class_="wl-note") if rest else None
    bodies = [_statement(number, view, place) for number, view in enumerate(shown, start=1)]
    return element("div", _by_outlet(shown, place), left, *bodies, class_="wl-statements")


def _by_outlet(statements: Sequence[StatementView], place: str | None) -> Html:
    """Set the table of statements (rows) by outlets (columns)."""
    found = [_sources(view) for view in statements]
    counts = Counter(source for sources in found for source in sources)
    outlets = sorted(counts, key=lambda source: -counts[source])
    # In the order of the rows, so that outlets with the same statements stand together.
    columns = [source for source in counts if source in outlets[:_MOST_OUTLETS]]
    more = [f"… {len(outlets) - len(columns):,} more"] if len(outlets) > len(columns) else []
    head = [element("th", "Statement", scope="col")]
    names = {
        place.source: place.outlet or place.label or place.title
        for view in statements
        for place in view.places
    }
    head += [element("th", element("bdi", shorten(names[source], 28)), scope="col") for source in columns]
    head += [element("th", name, scope="col") for name in more]
    rows = []
    for number, (view, sources) in enumerate(zip(statements, found, strict=True), start=1):
        wording = shorten(" ".join(_wording(view).split()), _WORDING_SHOWN)
        cells = [_cell(sources.get(source, [])) for source in columns]
        if more:
            others = sum(source not in columns for source in sources)
            cells.append(element("td", f"in {others:,}" if others else None))
        numbered = anchor(f"{place}-{number}", number) if place else number
        name = join(numbered, " ", element("bdi", wording))
        rows.append(element("tr", element("th", name, scope="row"), *cells))
    whole = element(
        "table",
        element("thead", element("tr", *head)),
        element("tbody", *rows),
        class_="wl-table wl-by-outlet",
    )
    return scrolling(whole, "Statements by outlets")


def _sources(view: StatementView) -> dict[str, list[PlaceView]]:
    found: dict[str, list[PlaceView]] = {}
    for place in view.places:
        found.setdefault(place.source, []).append(place)
    return found


def _wording(view: StatementView) -> str:
    return view.wording or view.places[0].wording


def _cell(places: Sequence[PlaceView]) -> Html:
    """Set what one outlet made of a statement: the place nearest to the canonical wording, and how many there are."""
    if not places:
        return element("td")
    nearest = max(places, key=lambda place: _SIGNS.get(place.relation, ("", 0))[1])
    sign, shade = _SIGNS.get(nearest.relation, ("", 0))
    notes = [f" ×{len(places)}"] if len(places) > 1 else []
    notes += [] if nearest.marked else [", without marks"]
    lost = any(place.negation for place in places)
    warning = element("strong", ", a negation lost or gained", class_="wl-warning") if lost else None
    return element(
        "td", f"{sign} {nearest.relation}", *notes, warning, class_=f"wl-step-{shade}" if shade else None
    )


def _statement(number: int, view: StatementView, place: str | None) -> Html:
    """Set one statement: its canonical wording, and what became of it at each place."""
    heading = f"Statement {number}, in {counted(len(view.places), 'place')}"
    wording = element("blockquote", prose(_wording(view)), class_="wl-text", dir="auto")
    conflict = (
        element(
            "p", element("strong", "It is put into the mouths of different speakers.", class_="wl-warning")
        )
        if view.conflict
        else None
    )
    places = [_place(place, _wording(view)) for place in view.places[:_MOST_PLACES]]
    rest = len(view.places) - len(places)
    if rest:
        places.append(element("li", f"… {rest:,} more"))
    summary = element("summary", heading)
    return element(
        "details", summary, wording, conflict, element("ul", *places), id=place and f"{place}-{number}"
    )


def _place(view: PlaceView, wording: str) -> Html:
    named = element("bdi", link(view.url, view.label or view.title))
    outlet = join(", ", element("bdi", view.outlet)) if view.outlet and view.outlet != view.title else None
    date = join(", ", element("span", view.date, class_="wl-date")) if view.date else None
    said = join(", said by ", element("bdi", view.speaker)) if view.speaker else None
    relation = _relation(view.relation or "first", view.similarity, negation=view.negation)
    marks = "" if view.marked else ", without marks"
    return element("li", named, outlet, date, ": ", relation, marks, said, _variant(view, wording))


def _variant(view: PlaceView, wording: str) -> Html | None:
    if view.wording == wording:
        return None
    if not view.edits or max(len(wording), len(view.wording)) > _LONGEST_COMPARED:
        shown = shorten(view.wording, _LONGEST_COMPARED)
        return element("div", prose(shown), class_="wl-text", lang=language(view.lang), dir="auto")
    return diff(wording, view.wording, view.edits, langs=(view.lang, view.lang))


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
