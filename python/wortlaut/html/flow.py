"""Running text as paragraphs: line breaks become elements, so they survive without a style sheet."""

import re
from collections.abc import Callable

from wortlaut.html.escape import Html, element, escape, join

# Both begin at the newline itself, so that a long run of spaces costs linear time.
_PARAGRAPH = re.compile("\r?\n(?:[ \t\r]*\n)+")
_LINE = re.compile("\r?\n")

# Characters nobody sees, named where their presence is the difference.
_INVISIBLE = {
    "\u00a0": "[nbsp]",
    "\u202f": "[narrow nbsp]",
    "\u00ad": "[soft hyphen]",
    "\u200b": "[zero-width space]",
    "\u200c": "[zero-width non-joiner]",
    "\u200d": "[zero-width joiner]",
    "\u200e": "[left-to-right mark]",
    "\u200f": "[right-to-left mark]",
    "\u2060": "[word joiner]",
    "\ufeff": "[byte order mark]",
    "\t": "[tab]",
}
_NAMED = str.maketrans(_INVISIBLE)
_BLANK = re.compile(rf"[\s{''.join(_INVISIBLE)}]*")


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


def reveal(text: str, *, all_signs: bool = False) -> str:
    r"""Give a change that nobody would see a visible form; with `all_signs`, in visible text too.

    >>> reveal(" "), reveal("\n\n"), reveal("a b"), reveal("a\xa0b", all_signs=True)
    ('␣', '¶\n\n', 'a b', 'a[nbsp]b')
    """
    if not _BLANK.fullmatch(text):
        return text.translate(_NAMED) if all_signs else text
    shown = _PARAGRAPH.sub("¶\0\0", text.translate(_NAMED))
    return _LINE.sub("↵\n", shown).replace("\0", "\n").replace(" ", "␣")


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

    def add(self, markup: Html) -> None:
        """Add inline markup to the paragraph that is open."""
        self._inline.append(markup)

    def text(self, text: str, wrap: Callable[[Html], Html] | None = None) -> None:
        """Add text; its empty lines end paragraphs, and `wrap` is put around its part of each."""
        for position, part in enumerate(paragraphs(text)):
            if position:
                self.end()
            if part:
                self.add(wrap(lines(part)) if wrap else lines(part))

    def end(self) -> None:
        """End the open paragraph, if there is anything in it."""
        paragraph = join(*self._inline)
        self._inline.clear()
        if paragraph.strip():
            self._blocks.append(element("p", paragraph))

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
