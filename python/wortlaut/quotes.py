"""Quotations: where they stand in a text, and which ones two texts share."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from wortlaut import _core
from wortlaut.diff import Compared, Diff, diff
from wortlaut.errors import check_choice, check_count, check_text, counted
from wortlaut.frames import Column, from_core
from wortlaut.lexicon import Lexicon, words_of
from wortlaut.results import Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of, fold_of, read, read_pair

if TYPE_CHECKING:
    from wortlaut.html import QuoteView

KINDS = ("quotation", "fragment", "term", "title", "unknown")


@dataclass(frozen=True, slots=True)
class Quote:
    """A span between quotation marks.

    `start` and `end` include the marks, `inner_start` and `inner_end` do not; `opening` and `closing` are the marks.
    `depth` counts the spans around it, `parent` is the index of the nearest. Spans of one statement, interrupted by
    its reporting clause or running over several paragraphs, share a `group`. `closed` is False where the closing mark
    is missing. `kind` is quotation,
    fragment, term, title or unknown, with a `confidence` in 0..1. `speaker_…` and `cue_…` say who speaks and by which
    word, where the text says so, else None.

    >>> quotes("Er sagte: „Nie wieder.“")[0].inner_text
    'Nie wieder.'
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    opening: str
    closing: str
    depth: int
    parent: int | None
    group: int
    closed: bool
    kind: str
    confidence: float
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    text: str
    inner_text: str

    @property
    def is_direct(self) -> bool:
        """Whether it is taken for direct speech: a whole quotation, or a fragment built into the reporter's sentence.

        >>> [quote.is_direct for quote in quotes("Er nannte es „ein teures Zögern“ im Lied „Am Meer“.")]
        [True, False]
        """
        return self.kind in ("quotation", "fragment")


class Quotes(Results[Quote]):
    """The marked spans of a text, in order; nested ones follow the one around them.

    >>> len(quotes("„Ja“ und «nein»"))
    2
    """

    __slots__ = ()
    _type = Quote
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "text": (0, "start", "end"),
        "inner_text": (0, "inner_start", "inner_end"),
    }
    _quiet = frozenset(
        {
            "start",
            "end",
            "inner_start",
            "inner_end",
            "depth",
            "parent",
            "group",
            "closed",
            "inner_text",
            "opening",
        }
        | {"closing", "speaker_start", "speaker_end", "cue_start", "cue_end"}
    )


def quotes(
    text: str | Text, *, kind: str | None = None, min_words: int = 1, lexicon: Lexicon | None = None
) -> Quotes:
    r"""Find every span between quotation marks, in any language's marks, nested and unclosed ones too.

    Nothing is filtered unless asked: `kind` keeps one kind, `min_words` drops shorter spans. An unclosed mark is
    reported with `closed` False and changes nothing beyond its paragraph. No string raises an error. `lexicon` adds
    words by which the text says who speaks.

    >>> [quote.text for quote in quotes("«Oui», sagte er, “yes” und \"ja\".")]
    ['«Oui»', '“yes”', '"ja"']

    Use it for one text; for many, `Corpus.quotes` makes one table of all, without the cost of a call for each. For
    what two texts quote alike, use `shared_quotes`.
    """
    if kind is not None:
        check_choice("kind", kind, KINDS)
    min_words = check_count("min_words", min_words)
    # Marks are no words, so a `str` is not read into a `Text` first.
    raw = text.raw if isinstance(text, Text) else check_text("text", text)
    found = _core.quotes(raw, words_of(lexicon))
    # Making columns of what was found takes as long as finding it in a short text.
    return kept(Quotes(lambda: with_marks(from_core(found)), (raw,)), kind, min_words)


def with_marks(columns: dict[str, Column]) -> dict[str, Column]:
    """Turn the marks, of which the core has a short list, into strings.

    >>> with_marks(from_core(_core.quotes("„Ja“")))["opening"].kind
    'id'
    """
    for name in ("opening", "closing"):
        marks = columns[name]
        columns[name] = Column("id", array("q", iter(marks.data)).tobytes(), marks.names)
    return columns


Found = TypeVar("Found", bound=Results[Any])


def kept(found: Found, kind: str | None, min_words: int) -> Found:
    """Return the spans of a kind and of at least `min_words` words.

    >>> len(kept(quotes("„Ja“ und „ein guter Tag“"), None, 2))
    1
    """
    if kind is None and min_words == 1:
        return found
    rows = zip(found.column("kind"), found.texts()["inner_text"], strict=True)
    wanted = [
        row
        for row, (name, text) in enumerate(rows)
        if kind in (None, name) and (min_words == 1 or len(Text(text).words) >= min_words)
    ]
    return found.take(wanted)


# How a link is explained that the words alone would not make.
_BESIDE = {
    "speaker": "so little links them only because one person says both",
    "date": "so little links them only because both articles are of the same two days",
}


@dataclass(frozen=True, slots=True)
class SharedQuote(Compared):
    """A statement that one text quotes and another one has too.

    `relation` is seen from `a` to `b`: identical (the same words, whatever the marks), trimmed, extended, elided (… or
    […] stands for what was left out), edited, reworded (without marks, in other grammatical forms). `marked` says
    which sides have marks: both, a, b. `evidence` is what links the two: words (enough of them, or rare ones);
    speaker or date where a few usual words were said by one person, or within two days (in a corpus whose articles have
    dates, and if no two people are named). `negation`: a negating word was lost, gained or moved. Spans are without
    marks; that of a statement in several parts (one `group`) goes from the first to the last, and the reporting clause
    between them does not count.

    >>> found = shared_quotes("„Wir bleiben im Hafen“, rief er.", "Er rief: «Wir bleiben im Hafen»")
    >>> found[0].relation, found[0].b_text
    ('identical', 'Wir bleiben im Hafen')
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    relation: str
    marked: str
    similarity: float
    evidence: str
    negation: bool
    a_text: str
    b_text: str

    def diff(self) -> Diff:
        """Return the word diff of the two wordings under the fold they were found with.

        A reporting clause that interrupts a statement is no part of its wording.

        >>> found = shared_quotes("„Wir bleiben im Hafen“, rief er.", "Er rief: «Wir bleiben im Hafen»")
        >>> found[0].diff().changes
        []
        """
        return diff(_core.wording(self.a_text), _core.wording(self.b_text), fold=self._under)

    def explain(self) -> str:
        """Say what links the two wordings: the words they have in common, and how much each says.

        A rare word weighs 1, a short one 0.6, an everyday one 0.5, a function word 0.15; another form of a word counts
        0.8 of it. Words that are frequent in the two texts weigh less there than here.

        >>> print(shared_quotes("„Wir bleiben im Hafen“", "«Wir bleiben im Hafen»")[0].explain())
        identical, similarity 1.00: 4 words in common
        they weigh 1.00 + 0.50 + 0.15 + 0.15 = 1.80, of 1.80 in a and 1.80 in b
        Hafen 1.00, bleiben 0.50, Wir 0.15, im 0.15
        """
        a, b = _core.wording(self.a_text), _core.wording(self.b_text)
        words, of_a, of_b = _core.evidence(a, b, flags_of(self._under))
        words = sorted(words, key=lambda word: -word[2])
        weights = " + ".join(f"{weight:.2f}" for *_, weight in words)
        total = sum(weight for *_, weight in words)
        shown = (a if a.casefold() == b.casefold() else f"{a}/{b}" for a, b, _ in words)
        named = ", ".join(f"{name} {weight:.2f}" for name, (*_, weight) in zip(shown, words, strict=True))
        lines = [
            f"{self.relation}, similarity {self.similarity:.2f}: {counted(len(words), 'word')} in common",
            f"they weigh {weights} = {total:.2f}, of {of_a:.2f} in a and {of_b:.2f} in b",
            named,
        ]
        lines += [_BESIDE[self.evidence]] if self.evidence in _BESIDE else []
        lines += ["a negating word was lost or gained"] if self.negation else []
        return "\n".join(lines)


class SharedQuotes(Results[SharedQuote]):
    """Statements that two texts share, in the order of `a`.

    >>> len(shared_quotes("", "nichts"))
    0
    """

    __slots__ = ()
    _type: ClassVar[type] = SharedQuote
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "a_text": (0, "a_start", "a_end"),
        "b_text": (1, "b_start", "b_end"),
    }
    _quiet = frozenset({"a_start", "a_end", "b_start", "b_end"})

    def _count(self) -> str:
        return counted(len(self), "shared quotation")


def quote_view(quote: SharedQuote) -> QuoteView:
    """Return what HTML is drawn from.

    >>> quote_view(shared_quotes("„Wir bleiben im Hafen“", "«Wir bleiben im Hafen»")[0]).relation
    'identical'
    """
    from wortlaut.html import QuoteView

    return QuoteView(
        quote.a_start,
        quote.a_end,
        quote.b_start,
        quote.b_end,
        relation=quote.relation,
        marked=quote.marked,
        similarity=quote.similarity,
        negation=quote.negation,
        edits=list(diff(quote.a_text, quote.b_text, fold=quote._under).edits),
    )


def shared_quotes(
    a: str | Text, b: str | Text, *, min_words: int = 3, fold: Fold = DEFAULT_FOLD
) -> SharedQuotes:
    """Find the statements that one of two texts quotes and the other has too, with marks or without.

    A quotation has at least `min_words` words. Raises `InvalidValueError` for a `min_words` below 1.

    >>> a = "„Wir werden den alten Hafen nie wieder schließen“, sagte Kern."
    >>> b = "Kern: «Wir werden den alten Hafen […] schließen»"
    >>> [(quote.relation, quote.negation) for quote in shared_quotes(a, b)]
    [('elided', True)]

    Use it for two texts; `Corpus.shared_quotes` does the same for many, `find_quote` for a quotation you have.
    """
    old, new = read_pair(a, b, fold)
    found = _core.shared_quotes(old, new, check_count("min_words", min_words))
    return SharedQuotes(from_core(found), (old.raw, new.raw), fold=fold_of((a, b), fold))


@dataclass(frozen=True, slots=True)
class FoundQuote(Compared):
    """A place where a given quotation stands; `relation`, `similarity` and `negation` as in `SharedQuote`.

    >>> find_quote("wir bleiben im Hafen", "Er rief: Wir bleiben im Hafen!")[0].text
    'Wir bleiben im Hafen'
    """

    start: int
    end: int
    relation: str
    similarity: float
    negation: bool
    text: str


class FoundQuotes(Results[FoundQuote]):
    """Places where a given quotation stands, the best first.

    >>> len(find_quote("wir bleiben im Hafen", "Nichts davon."))
    0
    """

    __slots__ = ()
    _type = FoundQuote
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": (0, "start", "end")}

    def diff(self, place: int = 0) -> Diff:
        """Return the word diff from the quotation to what stands at a `place`, the best one unless told otherwise.

        >>> found = find_quote("Wir bleiben immer im Hafen", "Er rief: Wir bleiben heute im Hafen!")
        >>> [(edit.a_text, edit.b_text) for edit in found.diff().changes]
        [('immer', 'heute')]
        """
        return diff(_core.wording(self._texts[1]), _core.wording(self[place].text), fold=self._fold)


def find_quote(quote: str, text: str | Text, *, fold: Fold = DEFAULT_FOLD) -> FoundQuotes:
    """Tell where, and how altered, a quotation stands in a text; nothing if it does not, or has no word.

    >>> found = find_quote("Die Brücke wird […] abgerissen", "Kern: „Die Brücke wird nicht vor dem Winter abgerissen.“")
    >>> found[0].relation, found[0].negation
    ('elided', True)

    Use it to check a quotation against a transcript or a source.
    """
    core = read("text", text, fold)
    columns = from_core(_core.find_quote(check_text("quote", quote), core))
    return FoundQuotes(columns, (core.raw, quote), fold=fold_of((text,), fold))
