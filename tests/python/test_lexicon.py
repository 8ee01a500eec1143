"""Words by which a text says who speaks: what is built in, and what a user adds."""

from __future__ import annotations

import pickle

import pytest

import wortlaut as wl

FRENCH = wl.Lexicon(
    verbs=["dit", "affirme"], sources=["selon"], pronouns=["elle"], articles=["le", "la"], titles=["Préf"]
)


def named(text: str, lexicon: wl.Lexicon | None = None) -> list[tuple[str | None, str | None]]:
    """Return the speaker and the cue of each quotation."""

    def part(start: int | None, end: int | None) -> str | None:
        return None if start is None else text[start:end]

    return [
        (part(one.speaker_start, one.speaker_end), part(one.cue_start, one.cue_end))
        for one in wl.quotes(text, lexicon=lexicon)
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Ada Lund affirme : « Nous restons au port cet hiver ».", "Ada Lund", "affirme"),
        ("Selon Ada Lund « rien ne bouge au port ».", "Ada Lund", "Selon"),
        ("« Nous restons au port », dit elle.", "elle", "dit"),
        ("« Nous restons au port », dit Préf. Lund.", "Préf. Lund", "dit"),
    ],
)
def test_a_language_can_be_taught(text, speaker, cue):
    assert named(text, FRENCH) == [(speaker, cue)]
    assert named(text) != [(speaker, cue)]


@pytest.mark.parametrize(
    "text", ["„Wir bleiben im Hafen“, sagte Prof. Ada Lund.", "“We stay,” said Prof. Ada Lund."]
)
def test_a_title_with_a_full_stop_does_not_end_a_name(text):
    assert named(text)[0][0] == "Prof. Ada Lund"


PHRASES = wl.Lexicon(
    verbs=["said in a statement", "said", "made clear that", "gab zu Protokoll"],
    sources=["in the words of", "in den Worten von"],
)


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Ada Lund made clear that “the harbour stays open”.", "Ada Lund", "made clear that"),
        ("Ada Lund made clear\nthat “the harbour stays open”.", "Ada Lund", "made clear\nthat"),
        ("“The harbour stays open,” Ada Lund said in a statement.", "Ada Lund", "said in a statement"),
        ("“The harbour stays open,” said Ada Lund in a statement.", "Ada Lund", "said"),
        ("Ada Lund gab zu Protokoll: „Der Hafen bleibt offen“.", "Ada Lund", "gab zu Protokoll"),
        ("In the words of Ada Lund “the harbour stays open”.", "Ada Lund", "In the words of"),
        ("„Der Hafen bleibt offen“, in den Worten von Ada Lund.", "Ada Lund", "in den Worten von"),
    ],
)
def test_verbs_and_sources_may_be_several_words(text, speaker, cue):
    assert named(text, PHRASES) == [(speaker, cue)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund made it clear that “the harbour stays open”.",
        "Ada Lund made, clear that “the harbour stays open”.",
        "Ada Lund made clear. That “the harbour stays open”.",
    ],
)
def test_words_of_a_phrase_that_stand_apart_are_none(text):
    assert named(text, PHRASES) == named(text)


def test_what_is_built_in_stays():
    text = "„Wir bleiben im Hafen“, sagte Ada Lund."
    assert named(text, FRENCH) == named(text) == [("Ada Lund", "sagte")]


def test_the_built_in_words_are_shown_by_language():
    german, english = (wl.Lexicon.built_in(language) for language in ("de", "en"))
    assert "sagte" in german.verbs
    assert "said" in english.verbs
    assert not set(german.verbs) & set(english.verbs)
    assert all(not name or name == name.strip("#[]") for name in (*german.verbs, *english.titles))


def test_the_built_in_words_added_again_change_nothing():
    again = wl.Lexicon.built_in("de")
    for article in wl.sample_articles():
        assert wl.quotes(article.text, lexicon=again) == wl.quotes(article.text)


def test_a_corpus_takes_one_too():
    texts = [
        f"{name} affirme : « Nous restons au port pendant tout cet hiver froid »."
        for name in ("Ada Lund", "Bo Kern")
    ]
    corpus = wl.Corpus(texts)
    assert corpus.quotes(lexicon=FRENCH).column("speaker_start") == [0, 0]
    assert corpus.quotes().column("speaker_start") == [None, None]
    assert corpus.shared_quotes().statements(lexicon=FRENCH)[0].speakers == "Ada Lund; Bo Kern"


def test_a_lexicon_is_a_value():
    assert pickle.loads(pickle.dumps(FRENCH)) == FRENCH
    assert hash(wl.Lexicon(verbs=("dit",))) == hash(wl.Lexicon(verbs=["dit"]))


def test_direct_speech_is_a_quotation_or_a_fragment():
    for article in wl.sample_articles():
        for quote in wl.quotes(article.text):
            assert quote.is_direct == (quote.kind in ("quotation", "fragment"))
