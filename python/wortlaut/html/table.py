"""Tables as HTML: rows of a result collection, and how much of each article stands in each other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from math import isnan

from wortlaut.errors import counted
from wortlaut.html.escape import Html, anchor, element, join
from wortlaut.html.words import shorten

# Cells longer than this are cut: a table is for finding the row, its text stands elsewhere.
_LONGEST_CELL = 160

# What texts take of a table's width, in percent. An attribute says so, since a notebook that is not trusted drops every
# style sheet, and a text beside eight figures gets three words a line. More leaves figures no room on a laptop.
_TEXTS_WIDTH = 60

# Shares from which a cell of the matrix gets the next darker shade: six can still be told apart in print.
_STEPS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9)

# More columns than this no screen shows; the most connected ones are the ones to look at.
_LARGEST_MATRIX = 40


def table(
    headers: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    total: int | None = None,
    limit: int | None = 20,
    caption: str | None = None,
    more: str = "",
    figures: Collection[int] = (),
    texts: Collection[int] = (),
    shares: Collection[int] = (),
    name: str | None = None,
    stacked: bool = False,
) -> Html:
    """Set rows under headers: numbers right-aligned, floats with three decimals, long cells cut, `Html` kept.

    At most `limit` rows are shown (None: all), and then "… 412 more"; `total` is the number of rows if `rows`
    has been cut already, `more` is added to that line, for instance where the whole can be had. The columns
    in `figures` are right-aligned too, whatever they hold; those in `texts` get most of the width, and those in
    `shares` a shade the darker the larger they are. `name` is what screen readers call the table. With `stacked`
    a narrow screen has the cells of a row one under the other, each with its header.

    >>> table(["id", "words"], [["a", 3], ["<b>", 5]], limit=1).count("<tr>")
    3
    """
    listed = list(rows)
    total = len(listed) if total is None else total
    shown = listed[:limit]
    right = {column for column in range(len(headers)) if column in figures or _is_numeric(shown, column)}
    classes = ["wl-figure" if column in right else None for column in range(len(headers))]
    widths = [f"{_TEXTS_WIDTH // len(texts)}%" if column in texts else None for column in range(len(headers))]
    heads = [
        element("th", header, scope="col", class_="wl-wide" if width else class_, width=width)
        for header, class_, width in zip(headers, classes, widths, strict=True)
    ]
    labels = [element("span", f"{header} ", class_="wl-side") for header in headers] if stacked else ()
    body = [element("tr", *_cells(row, classes, shares, labels)) for row in shown]
    if not total:
        body = [element("tr", element("td", "none", class_="wl-note", colspan=len(headers) or None))]
    if total > len(shown):
        body.append(
            element("tr", element("td", f"… {total - len(shown):,} more{more}", colspan=len(headers) or None))
        )
    title = element("caption", caption) if caption else None
    whole = element(
        "table",
        title,
        element("thead", element("tr", *heads)),
        element("tbody", *body),
        class_="wl-table wl-stack" if stacked else "wl-table",
    )
    return scrolling(whole, name or caption or "Table")


def _cells(
    row: Sequence[object], classes: Sequence[str | None], shares: Collection[int], labels: Sequence[Html]
) -> list[Html]:
    shades = [_shade(value) if column in shares else None for column, value in enumerate(row)]
    named = [" ".join(filter(None, one)) or None for one in zip(classes, shades, strict=True)]
    return list(map(cell, row, named, labels)) if labels else list(map(cell, row, named))


def _shade(share: object) -> str | None:
    step = sum(share >= edge for edge in _STEPS) if isinstance(share, float) else 0
    return f"wl-step-{step}" if step else None


def _is_numeric(rows: Sequence[Sequence[object]], column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def cell(value: object, class_: str | None = None, label: Html | None = None) -> Html:
    """Set one value as a cell of a table, behind its label if it has one and there is anything to set.

    >>> cell(0.94218), cell(None), cell(True)
    ('<td>0.942</td>', '<td></td>', '<td>yes</td>')
    """
    if value is None or value == "" or (isinstance(value, float) and isnan(value)):
        return element("td")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, float):
        value = f"{value:.3f}"
    elif isinstance(value, str) and not isinstance(value, Html):
        text = shorten(value, _LONGEST_CELL)
        return element("td", label, text, class_=class_, dir=None if class_ else "auto")
    return element("td", label, value, class_=class_)


def scrolling(content: Html, name: str) -> Html:
    """Put something wide into a box that scrolls by itself, also from the keyboard.

    >>> scrolling(element("table"), "Figures")
    '<div class="wl-scroll" role="group" aria-label="Figures" tabindex="0"><table></table></div>'
    """
    return element("div", content, class_="wl-scroll", role="group", aria_label=name, tabindex="0")


def matrix(
    labels: Sequence[str],
    values: Sequence[Sequence[float]] | Mapping[int, Mapping[int, float]],
    *,
    titles: Sequence[str] | None = None,
    what: str = "words",
    limit: int = _LARGEST_MATRIX,
    more: str = "",
    places: Mapping[tuple[int, int], str] | None = None,
) -> Html:
    """Show how much of each text (row) stands in each other (column), as figures on shades.

    `values[i][j]` is the share (0..1) of text i that stands in text j; mappings leave out zeros, and texts that are
    not to be shown. `what` names the things counted. Columns bear the number of the row, `titles` the full names.
    Beyond `limit` texts only the most connected are shown; `more` is added where that is said. `places` are those on
    the page that say more of a row and a column.

    >>> drawn = matrix(["wire", "daily"], [[1, 0.92], [0.24, 1]])
    >>> "92" in drawn and "24" in drawn
    True
    """
    titles = titles or labels
    rows = _rows(values)
    kept = _most_connected(rows, limit)
    linked = places or {}
    head = element("tr", element("td"), *[_column_head(i, titles[i]) for i in kept])
    body = [
        element(
            "tr",
            _row_head(i, labels[i], titles[i]),
            *[_share(rows[i].get(j, 0.0), None if i == j else linked.get((i, j), "")) for j in kept],
        )
        for i in kept
    ]
    whole = element("table", element("thead", head), element("tbody", *body), class_="wl-matrix")
    note = element("p", _explain(what, len(labels), len(kept), more), class_="wl-note")
    return join(note, scrolling(whole, "Matrix of shared text"))


def _rows(
    values: Sequence[Sequence[float]] | Mapping[int, Mapping[int, float]],
) -> Mapping[int, Mapping[int, float]]:
    if isinstance(values, Mapping):
        return values
    return {i: dict(enumerate(row)) for i, row in enumerate(values)}


def _most_connected(rows: Mapping[int, Mapping[int, float]], limit: int) -> list[int]:
    if len(rows) <= limit:
        return sorted(rows)
    weight = {i: sum(nlargest(3, row.values())) for i, row in rows.items()}
    return sorted(sorted(rows, key=lambda i: (-weight[i], i))[:limit])


def _explain(what: str, size: int, shown: int, more: str) -> str:
    text = f"Read along a row: how many percent of its {what} stand in the text of the column."
    return (
        text
        if shown == size
        else f"{text} Of {counted(size, 'text')} the {shown} that share most are shown{more}."
    )


def _column_head(number: int, title: str) -> Html:
    return element("th", element("abbr", number + 1, title=title), scope="col")


def _row_head(number: int, label: str, title: str) -> Html:
    name = element("bdi", shorten(label, 28), title=title if title != label else None)
    return element("th", f"{number + 1} ", name, scope="row")


def _share(value: float, place: str | None) -> Html:
    """Set one share, with a link to the `place` that says more (none if empty); None stands for the text itself."""
    if place is None:
        return element("td", "–", class_="wl-self")
    step = sum(value >= edge for edge in _STEPS)
    figure = ">99" if 0.99 < value < 1 else f"{value * 100:.0f}" if step else "<1" if value > 0 else None
    class_ = f"wl-step-{step}" if step else None
    return element("td", anchor(place, figure) if place and figure else figure, class_=class_)
