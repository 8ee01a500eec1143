"""Shared passages as HTML: two sides next to each other, or one text with every shared stretch numbered."""

from collections.abc import Iterable, Sequence

from wortlaut.html.diff import hidden
from wortlaut.html.escape import Html, anchor, element, language
from wortlaut.html.flow import Flow
from wortlaut.html.views import EditLike, PassageView
from wortlaut.html.words import count, first_words, last_words, percent

# How far to look for the words around a passage: no twelve words of an article are longer than this, and a text
# without spaces must not be copied whole for every passage.
_CHARACTERS_PER_WORD = 30

_KINDS = {
    "verbatim": "verbatim",
    "typography": "typography differs",
    "edited": "edited",
    "reworded": "reworded",
}


def passages(
    a: str,
    b: str,
    found: Sequence[PassageView],
    *,
    context: int = 12,
    heads: tuple[object, object] = ("a", "b"),
    langs: tuple[str, str] = ("", ""),
    place: str | None = None,
    first: int = 1,
    longest: int | None = None,
) -> Html:
    """Show passages that two texts share, one under the other, a on the left and b on the right.

    `context` is the number of grey words before and after. `first` numbers the first passage; with `place` each has
    the anchor `place-number`, which `highlighted` links to. `longest` cuts sides longer than so many words.

    >>> view = PassageView(0, 8, 4, 12, words_a=2, words_b=2, matched=2, similarity=1.0, kind="verbatim")
    >>> "Passage 1: verbatim, 2 words" in passages("der Rat.", "Dass der Rat.", [view])
    True
    """
    head = element("tr", *[element("th", name, scope="col") for name in heads])
    bodies = []
    for number, view in enumerate(found, start=first):
        sides = (
            _side(a, view.a_start, view.a_end, _changed(view.edits, "a"), context, longest),
            _side(b, view.b_start, view.b_end, _changed(view.edits, "b"), context, longest),
        )
        cells = [
            element("td", side, class_="wl-text", lang=language(lang), dir="auto")
            for side, lang in zip(sides, langs, strict=True)
        ]
        name = element(
            "th", caption(view, number), colspan=2, scope="rowgroup", id=place and f"{place}-{number}"
        )
        bodies.append(element("tbody", element("tr", name), element("tr", *cells)))
    return element("table", element("thead", head), *bodies, class_="wl-sides wl-passages")


def caption(view: PassageView, number: int) -> str:
    """Say in words what kind of passage this is.

    >>> caption(PassageView(0, 0, 0, 0, 31, 30, 29, 0.94, "edited"), 2)
    'Passage 2: edited, 31 words in a, 30 in b, 94\u00a0% alike'
    """
    words = count(view.words_a, "word")
    if view.words_a != view.words_b:
        words = f"{words} in a, {view.words_b:,} in b"
    alike = "" if view.kind == "verbatim" else f", {percent(view.similarity)} alike"
    return f"Passage {number}: {_KINDS.get(view.kind, view.kind)}, {words}{alike}"


def _changed(edits: Iterable[EditLike], side: str) -> list[tuple[int, int]]:
    """List the spans of one side that differ; offsets count from the start of the passage."""
    spans = [
        (edit.a_start, edit.a_end) if side == "a" else (edit.b_start, edit.b_end)
        for edit in edits
        if edit.kind != "equal"
    ]
    return [(start, end) for start, end in spans if start < end]


def _side(
    text: str, start: int, end: int, changed: Sequence[tuple[int, int]], context: int, longest: int | None
) -> Html:
    """Set one side: grey words, the passage with its differing words, grey words."""
    reach = context * _CHARACTERS_PER_WORD
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    head, tail = last_words(before, context), first_words(after, context)
    cut = first_words(text[start:end], longest) if longest is not None else end - start
    flow = Flow()
    flow.text(("… " if start > len(before) - head else "") + before[head:], _grey)
    _marked(flow, text[start : start + cut], changed)
    if cut < end - start:
        flow.text(" … the passage goes on", _grey)
    else:
        flow.text(after[:tail] + (" …" if end + tail < len(text.rstrip()) else ""), _grey)
    return flow.html()


def _marked(flow: Flow, passage: str, changed: Iterable[tuple[int, int]]) -> None:
    done = 0
    for start, end in [*sorted(changed), (len(passage), len(passage))]:
        start, end = max(start, done), min(end, len(passage))
        if done < start:
            flow.text(passage[done:start], _shared)
        if start < end:
            flow.text(passage[start:end], _differing)
        done = max(done, end)


def _grey(inner: Html) -> Html:
    return element("span", inner, class_="wl-context")


def _shared(inner: Html) -> Html:
    return element("mark", inner, class_="wl-shared")


def _differing(inner: Html) -> Html:
    return element("strong", hidden("[differs: "), inner, hidden("]"), class_="wl-differs")


def highlighted(
    text: str,
    spans: Iterable[tuple[int, int]],
    *,
    place: str | None = None,
    lang: str = "",
    numbers: Sequence[int] | None = None,
) -> Html:
    """Show a whole text with its shared passages marked and numbered, in the order given.

    Spans may overlap; each begins with its number, which links to `place-number` if `place` is given.

    >>> highlighted("one two", [(4, 7)]).count("<mark")
    3
    """
    found = list(spans)
    names = list(numbers or range(1, len(found) + 1))
    events = sorted(
        [(start, 1, name) for (start, end), name in zip(found, names, strict=True) if start < end]
        + [(end, 0, name) for (start, end), name in zip(found, names, strict=True) if start < end]
    )
    flow = Flow()
    done = depth = 0
    for offset, opens, name in events:
        flow.text(text[done:offset], _shared if depth else None)
        done = max(done, offset)
        depth += 1 if opens else -1
        flow.add(_opening(name, place) if opens else element("mark", "]", class_="wl-shared"))
    flow.text(text[done:])
    return element("div", flow.html(), class_="wl-text", lang=language(lang), dir="auto")


def _opening(number: int, place: str | None) -> Html:
    label: object = anchor(f"{place}-{number}", number, class_="wl-number") if place else number
    return element("mark", "[", label, ": ", class_="wl-shared")
