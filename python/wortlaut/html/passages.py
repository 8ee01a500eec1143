"""Shared passages as HTML: two sides next to each other, or one text with every shared stretch numbered."""

from collections.abc import Iterable, Sequence

from wortlaut.errors import counted
from wortlaut.html.escape import Html, anchor, element, language
from wortlaut.html.excerpt import changes, columns, excerpt, group, shared
from wortlaut.html.flow import Flow
from wortlaut.html.views import PassageView
from wortlaut.html.words import percent

_KINDS = {"typography": "typography differs"}


def passages(
    a: str,
    b: str,
    found: Sequence[PassageView],
    *,
    context: int = 12,
    heads: tuple[object, object] = ("A", "B"),
    langs: tuple[str, str] = ("", ""),
    place: str | None = None,
    first: int = 1,
    longest: int | None = None,
) -> Html:
    """Show passages that two texts share, one under the other, a on the left and b on the right.

    `context` is the number of grey words before and after. `first` numbers the first passage; with `place`
    each has the anchor `place-number`, which `highlighted` links to. `longest` cuts sides of more words.

    >>> view = PassageView(0, 7, 5, 12, words_a=2, words_b=2, matched=2, similarity=1.0, kind="verbatim")
    >>> "Passage 1: verbatim, 2 words" in passages("der Rat.", "Dass der Rat.", [view])
    True
    """
    groups = []
    for number, view in enumerate(found, start=first):
        changed_a, changed_b = changes(a[view.a_start : view.a_end], b[view.b_start : view.b_end], view.edits)
        sides = (
            excerpt(a, (view.a_start, view.a_end), changed_a, context, longest),
            excerpt(b, (view.b_start, view.b_end), changed_b, context, longest),
        )
        groups.append(group(_caption(view, number), sides, langs, place and f"{place}-{number}"))
    return columns(heads, *groups)


def _caption(view: PassageView, number: int) -> str:
    words = counted(view.words_a, "word")
    if view.words_a != view.words_b:
        words = f"{words} in A, {view.words_b:,} in B"
    alike = f", {percent(view.similarity)} alike" if view.similarity < 1 else ""
    return f"Passage {number}: {_KINDS.get(view.kind, view.kind)}, {words}{alike}"


def highlighted(
    text: str,
    spans: Iterable[tuple[int, int]],
    *,
    place: str | None = None,
    lang: str = "",
    numbers: Sequence[int] | None = None,
) -> Html:
    """Show a whole text with its shared passages in brackets, on coloured ground and numbered as given.

    Spans may overlap. `numbers` replaces 1, 2, 3 …; each links to `place-number` if `place` is given.

    >>> highlighted("one two", [(4, 7)]).count("<mark")
    3
    """
    flow = Flow()
    done = depth = 0
    for offset, opens, number in _boundaries(list(spans), numbers):
        flow.text(text[done:offset], shared if depth else None)
        done = max(done, offset)
        depth += 1 if opens else -1
        flow.add(_opening(number, place) if opens else shared(Html("]")))
    flow.text(text[done:])
    return element("div", flow.html(), class_="wl-text", lang=language(lang), dir="auto")


def _boundaries(
    spans: Sequence[tuple[int, int]], numbers: Sequence[int] | None
) -> list[tuple[int, bool, int]]:
    """List where spans begin and end, with their numbers; at one place, ends come first."""
    named = list(zip(spans, numbers or range(1, len(spans) + 1), strict=True))
    starts = [(start, True, number) for (start, end), number in named if start < end]
    ends = [(end, False, number) for (start, end), number in named if start < end]
    return sorted(starts + ends)


def _opening(number: int, place: str | None) -> Html:
    label: object = anchor(f"{place}-{number}", number, class_="wl-number") if place else number
    return element("mark", "[", label, ": ", class_="wl-shared")
