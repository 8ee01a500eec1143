"""The passages that two texts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from wortlaut import _core
from wortlaut.diff import Compared, Diff, diff
from wortlaut.errors import check_choice, check_count, counted
from wortlaut.frames import from_core
from wortlaut.page import FilePath, finished
from wortlaut.results import Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, fold_of, read, read_pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wortlaut.html import PassageView

# Characters of a text that is shown whole below its passages; longer ones would make a notebook slow to open.
_MOST_NUMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Passage(Compared):
    """A stretch of `a` that stands in `b` as well, edited or not; its edges are words that both have.

    Offsets are code points, half open. `matched` counts the words that stand on both sides in the same order, as many
    as there can be (strike out words on either side until the rest reads the same, and count what stands);
    `similarity` = 2 · matched / (words_a + words_b). `kind` is verbatim (the same but for line breaks and spaces),
    typography (the same words in other marks, case or spelling), edited (similarity ≥ .75) or reworded.

    >>> old, new = "Der alte Hafen wird bald ganz geschlossen.", "Neu: Der alte Hafen wird nun ganz geschlossen!"
    >>> found = passages(old, new, min_words=5)
    >>> found[0].kind, found[0].matched, found[0].b_text
    ('edited', 6, 'Der alte Hafen wird nun ganz geschlossen')
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    words_a: int
    words_b: int
    matched: int
    similarity: float
    kind: str
    a_text: str
    b_text: str

    def diff(self) -> Diff:
        """Return the word diff of the two sides under the fold they were found with.

        Its offsets count from the start of the passage.

        >>> found = passages("Der alte Hafen wird bald ganz voll.", "Der alte Hafen wird ganz voll!", min_words=5)
        >>> [edit.a_text for edit in found[0].diff().changes]
        ['bald ']
        """
        return diff(self.a_text, self.b_text, fold=self._under)


class Passages(Results[Passage]):
    """Shared passages, in the order of `a`.

    >>> len(passages("", "nichts"))
    0
    """

    __slots__ = ()
    _type: ClassVar[type] = Passage
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "a_text": (0, "a_start", "a_end"),
        "b_text": (1, "b_start", "b_end"),
    }
    _quiet = frozenset({"a_start", "a_end", "b_start", "b_end", "words_a", "words_b"})

    def _count(self) -> str:
        words = sum(self._columns["matched"])
        return f"{counted(len(self), 'passage')}, {counted(words, 'word')} matched"

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the passages side by side as HTML, differing words marked; at most `limit` of them.

        With a `path`, they are also written there, as a page of its own.

        >>> "Passage 1: verbatim" in passages("eins zwei drei", "eins zwei drei", min_words=2).to_html()
        True
        """
        from wortlaut import html

        shown = [view_of(passage) for passage in self._first(limit)]
        more = len(self) - len(shown)
        rest = html.element("p", f"… {more:,} more") if more else None
        place = _place(self._texts)
        block = html.passages(self._texts[0], self._texts[-1], shown, place=place) if shown else None
        whole = [self._numbered(side, shown, place) for side in "ab"] if shown else []
        parts = (html.element("p", self._count()), block, rest, *whole)
        return finished(html.fragment(*parts), path, self._count())

    def _numbered(self, side: str, shown: Sequence[PassageView], place: str) -> object:
        """Return one text with the passages in brackets, each number a link to the passage; folded away."""
        from wortlaut import html

        text = self._texts[0 if side == "a" else -1]
        if len(text) > _MOST_NUMBERED:
            return None
        spans = [(getattr(one, f"{side}_start"), getattr(one, f"{side}_end")) for one in shown]
        summary = html.element("summary", f"Text {side.upper()}, its passages numbered")
        return html.element("details", summary, html.highlighted(text, spans, place=place))


def _place(texts: Sequence[str]) -> str:
    """Return a name for links within a page that may show many results: the same for the same texts."""
    from hashlib import sha256

    digest = sha256("\0".join(texts).encode("utf-8", "surrogatepass"))
    return f"passages-{digest.hexdigest()[:8]}"


def view_of(passage: Passage) -> PassageView:
    """Return what HTML is drawn from.

    >>> view_of(passages("eins zwei", "eins zwei", min_words=2)[0]).matched
    2
    """
    from wortlaut.html import PassageView

    return PassageView(
        passage.a_start,
        passage.a_end,
        passage.b_start,
        passage.b_end,
        words_a=passage.words_a,
        words_b=passage.words_b,
        matched=passage.matched,
        similarity=passage.similarity,
        kind=passage.kind,
        edits=() if passage.kind == "verbatim" else list(passage.diff().edits),
    )


SENSITIVITIES = ("verbatim", "edited", "reworded")


def check_options(min_words: int, sensitivity: str) -> tuple[int, int]:
    """Return the options of passages as the core takes them; raise `InvalidValueError` where one is wrong.

    >>> check_options(8, "edited")
    (8, 1)
    """
    level = SENSITIVITIES.index(check_choice("sensitivity", sensitivity, SENSITIVITIES))
    return check_count("min_words", min_words), level


def passages(
    a: str | Text,
    b: str | Text,
    *,
    min_words: int = 8,
    sensitivity: str = "edited",
    fold: Fold = DEFAULT_FOLD,
) -> Passages:
    """Find the passages that `a` and `b` share: edited, swapped, repeated, rewritten ones too.

    - `min_words` is the least number of matched words; a verbatim run of so many is always found: with its exact
      edges, or, up to 35 words, inside a passage whose other words were rewritten.
      Below 6, formulas turn up ("am Freitag in Berlin"). More than 8 leaves out the shorter passages and changes no
      other. Rewritten passages have 22 words on either side, whatever it says.
    - `sensitivity` says how far from verbatim a passage may be. "verbatim" reports runs of the same words alone, in
      whatever typography: the fastest, and it misses whatever was edited in every eighth word. "edited" joins them
      across edits and adds passages whose sentences were rewritten or summed up but kept their content words.
      "reworded" asks less of those: it finds a few more and more false ones.

    By default, an edited passage of fewer than 16 matched words, none of them a run of `min_words`, goes unreported
    beside a passage of 30 words or more; "reworded" keeps it.

    Machine paraphrase and other languages are out of reach: too few words remain. Names of institutions of eight words
    are verbatim runs; raise `min_words` to 12 to be rid of them.

    Raises `InvalidValueError` for a `min_words` below 1 or an unknown `sensitivity`. Source: Sanchez-Perez et al.
    2015, with edges that go where most words agree.

    >>> found = passages("Er sagte: Der alte Hafen bleibt offen.", "Der alte Hafen bleibt offen, hieß es.", min_words=5)
    >>> [(p.a_text, p.kind) for p in found]
    [('Der alte Hafen bleibt offen', 'verbatim')]

    Use it for two different texts. For two versions of one, use `diff`.
    """
    old, new = read_pair(a, b, fold)
    found = _core.passages(old, new, check_options(min_words, sensitivity))
    return Passages(from_core(found), (old.raw, new.raw), fold=fold_of((a, b), fold))


def within(
    text: str | Text, *, min_words: int = 8, sensitivity: str = "edited", fold: Fold = DEFAULT_FOLD
) -> Passages:
    """Find the passages that a text repeats from itself: `a` is the first place, `b` the later one.

    The options are those of `passages`; sentences rewritten or summed up are not sought, so "reworded" finds what
    "edited" does. Raises `InvalidValueError` for a `min_words` below 1 or an unknown `sensitivity`.

    >>> line = "Hier lesen Sie jeden Tag alles. "
    >>> len(within(line + "Mehr nicht. " + line, min_words=6))
    1

    Use it to find boilerplate and pasted paragraphs inside one article.
    """
    core = read("text", text, fold)
    found = _core.within(core, check_options(min_words, sensitivity))
    return Passages(from_core(found), (core.raw, core.raw), fold=fold_of((text,), fold))
