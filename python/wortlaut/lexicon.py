"""Words by which a text says who speaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from wortlaut import _core
from wortlaut.errors import InvalidTypeError, InvalidValueError, check_choice, shown

LANGUAGES = ("de", "en")

# What may be several words in a row.
_PHRASES = ("verbs", "sources")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by which a text says who speaks, beside those that are built in for German and English.

    `verbs` of saying in the forms that stand in texts, `sources` (prepositions that name a source: "laut", "selon"),
    `pronouns` that speakers go by, `articles` that may begin the description of a speaker, `titles` (abbreviations
    before a name, without their full stop; those of up to three letters need not be listed). Each is written as inside
    a sentence. Verbs and sources may be several words in a row, as "said in a statement", "made clear that", "gab zu
    Protokoll", "in the words of", which are then the cue; the others are single words.

    Raises `InvalidTypeError` and `InvalidValueError` for anything else.

    >>> from wortlaut import quotes
    >>> french = Lexicon(verbs=["dit", "affirme"], sources=["selon"], articles=["le", "la"])
    >>> text = "Ada Lund affirme : « Nous restons au port »."
    >>> found = quotes(text, lexicon=french)[0]
    >>> text[found.speaker_start : found.speaker_end]
    'Ada Lund'
    >>> text = "Ada Lund made clear that “the harbour stays”."
    >>> found = quotes(text, lexicon=Lexicon(verbs=["made clear that"]))[0]
    >>> text[found.cue_start : found.cue_end]
    'made clear that'

    Use it for another language, or for the verbs of an outlet. It makes no grammar: a language that puts the speaker
    elsewhere than German and English do finds few.
    """

    verbs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def __init__(
        self,
        *,
        verbs: Iterable[str] = (),
        sources: Iterable[str] = (),
        pronouns: Iterable[str] = (),
        articles: Iterable[str] = (),
        titles: Iterable[str] = (),
    ) -> None:
        given = {
            "verbs": verbs,
            "sources": sources,
            "pronouns": pronouns,
            "articles": articles,
            "titles": titles,
        }
        for name, words in given.items():
            object.__setattr__(self, name, _words(name, words))

    @classmethod
    def built_in(cls, language: str) -> Self:
        """Return the words that are always known of a language, "de" or "en".

        They are data files of the package, written for it; `docs/how-it-works.md` says where they stand.

        >>> "sagte" in Lexicon.built_in("de").verbs
        True
        """
        found = _core.lexicon(check_choice("language", language, LANGUAGES))
        return cls(**dict(zip((field.name for field in fields(cls)), found, strict=True)))


def _words(name: str, words: Iterable[str]) -> tuple[str, ...]:
    if isinstance(words, str) or not isinstance(words, Iterable):
        raise InvalidTypeError(f"{name} must be a list of words, got {shown(words)}")
    listed = tuple(words)
    for word in listed:
        if not isinstance(word, str):
            raise InvalidTypeError(f"{name} must hold words, got {shown(word)}")
        count = len(word.split())
        if count == 0 or (count > 1 and name not in _PHRASES) or not word.isprintable():
            what = "words" if name in _PHRASES else "single words"
            raise InvalidValueError(f"{name} must hold {what}, got {shown(word)}")
    return listed


def words_of(lexicon: Lexicon | None) -> tuple[list[str], list[str], list[str], list[str], list[str]] | None:
    """Return a lexicon as the core takes it.

    >>> words_of(Lexicon(verbs=["dit"]))
    (['dit'], [], [], [], [])
    """
    if lexicon is None:
        return None
    if not isinstance(lexicon, Lexicon):
        raise InvalidTypeError(f"lexicon must be a Lexicon, got {shown(lexicon)}")
    return (
        list(lexicon.verbs),
        list(lexicon.sources),
        list(lexicon.pronouns),
        list(lexicon.articles),
        list(lexicon.titles),
    )
