"""Running text as paragraphs: line breaks become elements, so they survive without a style sheet."""

import re
import unicodedata
from collections.abc import Callable

from wortlaut.html.escape import Html, element, escape, join

# Both begin at the newline itself, so that a long run of spaces costs linear time.
_PARAGRAPH = re.compile("\r?\n(?:[ \t\r]*\n)+")
_LINE = re.compile("\r?\n")

# Characters that take no place on a page. The joiners are not among them: emoji and Persian look different
# with and without.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_SPACE = re.compile(r"\s+")


def paragraphs(text: str) -> list[str]:
    r"""Split a text at its empty lines.

    >>> paragraphs("one\ntwo\r\n\r\nthree")
    ['one\ntwo', 'three']
    """
    return _PARAGRAPH.split(text)


def lines(text: str) -> Html:
    r"""Escape a text, with its line breaks as elements.

    >>> lines("a < b\nc")
    'a &lt; b<br>c'
    """
    if "\n" not in text:
        return escape(text)
    parts: list[object] = []
    for line in _LINE.split(text):
        parts += [element("br"), line] if parts else [line]
    return join(*parts)


def looks(text: str) -> str:
    r"""Reduce a text to what a reader sees of it: composed letters, single spaces, paragraph ends.

    >>> looks("u\u0308ber\xa0Zu\xadsammen\narbeit") == "über Zusammen arbeit"
    True
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(lambda space: "\n\n" if _PARAGRAPH.search(space[0]) else " ", plain)


def sign(space: str) -> str:
    r"""Put a visible sign before white space that came or went.

    >>> sign(" "), sign("\n"), sign("\n\n")
    ('␣', '↵\n', '¶\n\n')
    """
    if "\n" not in space:
        return "␣"
    return "¶\n\n" if _PARAGRAPH.search(space) else "↵\n"


class Flow:
    r"""Gathers inline markup into paragraphs and blocks.

    >>> flow = Flow()
    >>> flow.text("one\n\ntw")
    >>> flow.text("o", lambda inner: element("ins", inner))
    >>> flow.html()
    '<p>one</p><p>tw<ins>o</ins></p>'
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._blocks: list[Html] = []
        self._inline: list[Html] = []
        # White space not written yet: a paragraph's end may be cut in two by the end of an edit.
        self._gap = ""

    def add(self, markup: Html) -> None:
        """Add inline markup to the paragraph that is open."""
        self._close_gap()
        self._inline.append(markup)

    def text(self, text: str, wrap: Callable[[Html], Html] | None = None) -> None:
        """Add text; empty lines end paragraphs, and `wrap` is put around its part of each."""
        core = text.strip()
        if not core:
            self._gap += text
            return
        start = text.index(core)
        self._gap += text[:start]
        for position, part in enumerate(paragraphs(core)):
            if position:
                self.end()
            self.add(wrap(lines(part)) if wrap else lines(part))
        self._gap = text[start + len(core) :]

    def _close_gap(self) -> None:
        gap, self._gap = self._gap, ""
        if gap.count("\n") > 1:
            self.end()
        elif self._inline and gap:
            self._inline.append(element("br") if "\n" in gap else escape(gap))

    def end(self) -> None:
        """End the open paragraph, if there is anything in it."""
        self._gap = ""
        if self._inline:
            self._blocks.append(element("p", *self._inline))
            self._inline.clear()

    def block(self, markup: Html) -> None:
        """End the paragraph and put a block after it."""
        self.end()
        self._blocks.append(markup)

    def html(self) -> Html:
        """Return everything gathered so far."""
        self.end()
        return join(*self._blocks)


def prose(text: str) -> Html:
    r"""Set a text in paragraphs.

    >>> prose("one\n\ntwo")
    '<p>one</p><p>two</p>'
    """
    flow = Flow()
    flow.text(text)
    return flow.html()
