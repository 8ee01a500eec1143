"""A stretch of an article with the words around it, and two such stretches next to each other."""

from collections.abc import Iterable
from functools import lru_cache

from wortlaut.html.escape import Html, element, language
from wortlaut.html.flow import Flow, looks, paragraphs
from wortlaut.html.views import EditLike
from wortlaut.html.words import first_words, last_words

# How far to look for the words around a stretch: words are shorter than this on average, and a text without
# spaces must not be copied whole for every stretch.
_CHARACTERS_PER_WORD = 30

# A stretch of one side that differs: start, end, and how deeply.
Change = tuple[int, int, str]


@lru_cache(maxsize=64)
def hidden(text: str) -> Html:
    """Write words for screen readers, and for everybody when the style sheet is lost.

    >>> hidden("[inserted: ")
    '<span class="wl-hidden">[inserted: </span>'
    """
    return element("span", text, class_="wl-hidden")


def changes(a: str, b: str, edits: Iterable[EditLike]) -> tuple[list[Change], list[Change]]:
    """List the stretches of `a` and of `b` that a reader can tell apart.

    >>> from wortlaut.html.views import EditView
    >>> changes("ab", "abc", [EditView("equal", "same", 0, 2, 0, 2), EditView("insert", "wording", 2, 2, 2, 3)])
    ([], [(2, 3, 'wording')])
    """
    of_a: list[Change] = []
    of_b: list[Change] = []
    for edit in edits:
        old, new = a[edit.a_start : edit.a_end], b[edit.b_start : edit.b_end]
        if edit.kind != "equal" and looks(old) != looks(new):
            of_a += _trimmed(old, edit.a_start, edit.level)
            of_b += _trimmed(new, edit.b_start, edit.level)
    return of_a, of_b


def _trimmed(text: str, start: int, level: str) -> list[Change]:
    """Leave out the white space around a change, and a change of nothing else."""
    core = text.strip()
    start += text.index(core)
    return [(start, start + len(core), level)] if core else []


def excerpt(
    text: str,
    span: tuple[int, int],
    changed: Iterable[Change] = (),
    context: int = 12,
    longest: int | None = None,
    *,
    across: bool = True,
) -> Html:
    """Set `text[start:end]` with its differing words marked, between `context` grey words on either side.

    `changed` counts from the start of the stretch. `longest` cuts a stretch of more words than that. With
    `across=False` the grey words end with the paragraph.

    >>> excerpt("Der Rat sagt nein.", (4, 12), context=0)
    '<p><mark class="wl-shared">Rat sagt</mark></p>'
    """
    start, end = span
    reach = context * _CHARACTERS_PER_WORD
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    if not across:
        before, after = paragraphs(before)[-1], paragraphs(after)[0]
    head, tail = last_words(before, context), first_words(after, context)
    length = end - start if longest is None else first_words(text[start:end], longest)
    flow = Flow()
    flow.text(("… " if start > len(before) - head and context else "") + before[head:], _grey)
    _marked(flow, text[start : start + length], changed)
    if length < end - start:
        flow.text(" … it goes on", _grey)
    elif context:
        flow.text(after[:tail] + (" …" if end + tail < len(text.rstrip()) else ""), _grey)
    return flow.html()


def _marked(flow: Flow, stretch: str, changed: Iterable[Change]) -> None:
    done = 0
    for start, end, level in sorted(changed):
        if max(start, done) < min(end, len(stretch)):
            flow.text(stretch[done:start], shared)
            flow.text(
                stretch[max(start, done) : end], _differing if level == "wording" else _differing_quietly
            )
            done = end
    flow.text(stretch[done:], shared)


def shared(inner: Html) -> Html:
    """Mark shared text.

    >>> shared(Html("Rat"))
    '<mark class="wl-shared">Rat</mark>'
    """
    return element("mark", inner, class_="wl-shared")


def _grey(inner: Html) -> Html:
    return element("span", inner, class_="wl-context")


def _differing(inner: Html) -> Html:
    return element("strong", hidden("[differs: "), inner, hidden("]"), class_="wl-differs")


def _differing_quietly(inner: Html) -> Html:
    return element("strong", inner, class_="wl-differs wl-quiet")


def columns(heads: tuple[object, object], *groups: Html | None, class_: str = "wl-sides") -> Html:
    """Set groups of rows (`tbody`) under the names of the two sides.

    >>> columns(("A", "B"))
    '<table class="wl-sides"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead></table>'
    """
    head = element("tr", *[element("th", name, scope="col") for name in heads])
    return element("table", element("thead", head), *groups, class_=class_)


def group(
    heading: object, sides: tuple[Html, Html], langs: tuple[str, str], place: str | None = None
) -> Html:
    """Set one heading and below it the two sides.

    >>> group("Passage 1", (Html("x"), Html("y")), ("", "")).count("<tr>")
    2
    """
    name = element("th", heading, colspan=2, scope="rowgroup", id=place)
    row = element("tr", side("A", sides[0], langs[0]), side("B", sides[1], langs[1]))
    return element("tbody", element("tr", name), row)


def side(letter: str, content: Html, lang: str) -> Html:
    """Set one cell of a pair; `letter` shows where the columns stand one under the other.

    >>> side("A", Html("x"), "de")
    '<td class="wl-text" dir="auto" lang="de"><span class="wl-side">A</span>x</td>'
    """
    label = element("span", letter, class_="wl-side")
    return element("td", label, content, class_="wl-text", dir="auto", lang=language(lang))
