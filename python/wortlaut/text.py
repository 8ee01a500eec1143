"""One text: its words, sentences and paragraphs, and when two words are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from wortlaut import _core
from wortlaut.errors import InvalidTypeError, InvalidValueError, check_text, counted, shown
from wortlaut.frames import from_core
from wortlaut.results import Results

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Which differences between two words do not count.

    - `case`: full Unicode case folding, so ``ß`` = ``ss``;
    - `compatibility`: NFKC, so ``ﬁ`` = ``fi`` and a decomposed ``ü`` = ``ü``;
    - `typography`: all apostrophes alike, all dashes alike, soft hyphens and zero-width characters nothing, a hyphen
      at a line end healed;
    - `accents`: ``é`` = ``e``; off by default.

    >>> Fold() == Fold(case=True, compatibility=True, typography=True, accents=False)
    True
    """

    case: bool = True
    compatibility: bool = True
    typography: bool = True
    accents: bool = False

    def __post_init__(self) -> None:
        for name in ("case", "compatibility", "typography", "accents"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise InvalidTypeError(f"{name} must be True or False, got {shown(value)}")

    @classmethod
    def exact(cls) -> Fold:
        """Fold nothing: two words are the same if their characters are.

        >>> Fold.exact().case
        False
        """
        return cls(case=False, compatibility=False, typography=False, accents=False)


DEFAULT_FOLD = Fold()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, `start` to `end` in code points, and what stands there.

    >>> Text("Ein Satz.").words[1]
    Span(start=4, end=8, text='Satz')
    """

    start: int
    end: int
    text: str


class Spans(Results[Span]):
    """Stretches of one text, in order.

    >>> [word.text for word in Text("Ein Satz.").words]
    ['Ein', 'Satz']
    """

    __slots__ = ()
    _type = Span
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": (0, "start", "end")}


class Text:
    r"""A `str` read once, for any number of questions.

    Every function that takes a text takes a `str` or a `Text`; with a `Text`, its fold is the one that counts, and
    what compares two texts does not seek its words again. `within`, `quotes` and `find_quote` read it anew.
    Memory: about 12 bytes a word besides the text.

    >>> text = Text("Es regnet. Die Zusammen-\narbeit ruht.")
    >>> [word.text for word in text.words]
    ['Es', 'regnet', 'Die', 'Zusammen-\narbeit', 'ruht']
    >>> [sentence.text for sentence in text.sentences]
    ['Es regnet.', 'Die Zusammen-\narbeit ruht.']

    Use it to compare one text with many; for two, give the strings.
    """

    __slots__ = ("_core", "_fold")

    def __init__(self, raw: str, *, fold: Fold = DEFAULT_FOLD) -> None:
        self._core = _core.Text(check_text("raw", raw), flags_of(fold))
        self._fold = fold

    @property
    def raw(self) -> str:
        """The text as it was given.

        >>> Text("Ein Satz.").raw
        'Ein Satz.'
        """
        return self._core.raw

    @property
    def fold(self) -> Fold:
        """When two of its words are the same.

        >>> Text("Ein Satz.").fold == Fold()
        True
        """
        return self._fold

    @property
    def words(self) -> Spans:
        """The words, after Unicode UAX #29; a word hyphenated at a line end is one.

        >>> len(Text("Die Straße, 3,5 km.").words)
        4
        """
        return Spans(from_core(self._core.words()), (self.raw,))

    @property
    def sentences(self) -> Spans:
        """The sentences, each inside its paragraph.

        >>> len(Text("Am 3. Mai kam Dr. Kern. Er blieb.").sentences)
        2
        """
        return Spans(from_core(self._core.sentences()), (self.raw,))

    @property
    def paragraphs(self) -> Spans:
        r"""The paragraphs; a single line break in hard-wrapped text ends none.

        >>> len(Text("Der erste.\n\nDer zweite.").paragraphs)
        2
        """
        return Spans(from_core(self._core.paragraphs()), (self.raw,))

    @property
    def nbytes(self) -> int:
        """Bytes of memory besides the text itself.

        Not counted is the UTF-8 copy that CPython keeps of a `str` with other characters than ASCII once it was read.

        >>> Text("Ein Satz.").nbytes < 100
        True
        """
        return self._core.nbytes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return (self.raw, self.fold) == (other.raw, other.fold)

    def __hash__(self) -> int:
        return hash((self.raw, self.fold))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.raw, self.fold)

    def __repr__(self) -> str:
        return f"Text({shown(self.raw)}, {counted(len(self.words), 'word')})"


def _restored(raw: str, fold: Fold) -> Text:
    return Text(raw, fold=fold)


def flags_of(fold: Fold) -> tuple[bool, bool, bool, bool]:
    """Return the flags of a fold as the core takes them.

    >>> flags_of(Fold(accents=True))
    (True, True, True, True)
    """
    if not isinstance(fold, Fold):
        raise InvalidTypeError(f"fold must be a Fold, such as Fold(case=False), got {shown(fold)}")
    return fold.case, fold.compatibility, fold.typography, fold.accents


def of_flags(flags: tuple[bool, bool, bool, bool]) -> Fold:
    """Return the fold with the flags that the core has.

    >>> of_flags(flags_of(Fold(accents=True))) == Fold(accents=True)
    True
    """
    case, compatibility, typography, accents = flags
    return Fold(case=case, compatibility=compatibility, typography=typography, accents=accents)


def read(argument: str, text: str | Text, fold: Fold) -> _core.Text:
    """Return the core's reading of a text that was given as `argument`; a `Text` keeps its own fold.

    >>> read("a", "Ein Satz.", Fold()).raw
    'Ein Satz.'
    """
    if isinstance(text, Text):
        if fold not in (DEFAULT_FOLD, text.fold):
            raise InvalidValueError(
                f"fold must be that of {argument}, which was read with {text.fold}, got {fold}"
            )
        return text._core
    return _core.Text(check_text(argument, text), flags_of(fold))


def read_pair(a: str | Text, b: str | Text, fold: Fold) -> tuple[_core.Text, _core.Text]:
    """Return the core's readings of two texts under one fold: that of a `Text` among them, or else `fold`.

    Raises `InvalidValueError` where the folds differ.

    >>> [text.flags for text in read_pair(Text("Ein Satz.", fold=Fold.exact()), "Kein Satz.", Fold())]
    [(False, False, False, False), (False, False, False, False)]
    """
    if isinstance(a, Text) and isinstance(b, Text) and a.fold != b.fold:
        raise InvalidValueError(f"b must be read with the fold of a, {a.fold}, got {b.fold}")
    fold = fold_of((a, b), fold)
    return read("a", a, fold), read("b", b, fold)


def fold_of(texts: Iterable[object], fold: Fold) -> Fold:
    """Return the fold that texts are compared under: that of the first `Text` among them, or else `fold`.

    >>> fold_of(["Ein Satz.", Text("Kein Satz.", fold=Fold.exact())], Fold()) == Fold.exact()
    True
    """
    flags_of(fold)
    if fold != DEFAULT_FOLD:
        return fold
    return next((text.fold for text in texts if isinstance(text, Text)), fold)
