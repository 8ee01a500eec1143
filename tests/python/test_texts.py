"""What holds for every text there is: offsets name what stands there, and no string raises an error."""

from __future__ import annotations

import dataclasses
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wortlaut as wl

settings.register_profile(
    "wortlaut", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("wortlaut")

# What news is made of and what breaks offsets: words to repeat, marks, line ends, NFD, BOM, NUL, emoji, surrogates.
PIECES = [
    *(
        "der",
        "Der",
        "alte",
        "Hafen",
        "Straße",
        "STRASSE",
        "bleibt",
        "nicht",
        "nie",
        "sagte",
        "3,5",
        "don't",
        "ﬁn",
    ),
    *("Zusammen-\narbeit", "Süd\u00adkai", "u\u0308ber", "café", "cafe\u0301", "a\u200db"),
    *("東京", "नमस्ते", "مرحبا"),
    *(" ", " ", " ", " ", "\n", "\r\n", "\n\n", "\r", "\t", "\u00a0", "\u2028"),
    *(". ", ", ", "… ", " […] ", " – ", "-", "-\n"),
    *("„", "“", "”", '"', "'", "’", "«", "»", "‹", "›", "(", ")", "<script>", "&amp;"),
    *("\ufeff", "\x00", "\x1b", "\ud800", "\udfff", "\ud83d\ude00", "🎉", "👩‍👩‍👧", "\U0010f7ff", "\ufffd"),
]
pieces = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
# The last 2,048 private code points stand for lone surrogates inside the core: beside these they count as the same.
anything = st.text(st.characters(exclude_categories=(), max_codepoint=0x10F7FF), max_size=60)
texts = pieces | anything

# Two texts with something in common: one is the other with pieces put in and stretches repeated.
shared = st.builds(lambda head, middle, tail: (head + middle, middle + tail), pieces, pieces, pieces)
pairs = st.tuples(texts, texts) | shared

FOLDS = [
    wl.Fold(case=case, compatibility=compatibility, typography=typography, accents=accents)
    for case in (True, False)
    for compatibility in (True, False)
    for typography in (True, False)
    for accents in (True, False)
]
folds = st.sampled_from(FOLDS)


def assert_inside(text, *spans):
    for start, end in spans:
        assert 0 <= start <= end <= len(text), (start, end, text)


class TestOneText:
    @given(texts, folds)
    def test_spans_are_ordered_apart_and_named_by_their_text(self, raw, fold):
        text = wl.Text(raw, fold=fold)
        assert text.raw == raw
        for spans in (text.words, text.sentences, text.paragraphs):
            assert_inside(raw, *((span.start, span.end) for span in spans))
            assert all(raw[span.start : span.end] == span.text != "" for span in spans)
            assert all(one.end <= other.start for one, other in pairwise(spans))

    @given(texts)
    def test_every_sentence_lies_in_a_paragraph_and_every_word_in_a_sentence(self, raw):
        text = wl.Text(raw)
        for inner, outer in ((text.sentences, text.paragraphs), (text.words, text.sentences)):
            homes = [(span.start, span.end) for span in outer]
            assert all(any(first <= one.start and one.end <= last for first, last in homes) for one in inner)

    @given(texts)
    def test_marked_spans_nest_and_are_named_by_their_text(self, raw):
        found = wl.quotes(raw)
        assert found == wl.quotes(wl.Text(raw))
        for quote in found:
            assert_inside(raw, (quote.start, quote.end))
            assert quote.start <= quote.inner_start <= quote.inner_end <= quote.end
            assert quote.text == raw[quote.start : quote.end]
            assert quote.inner_text == raw[quote.inner_start : quote.inner_end]
            inside = quote.text.removeprefix(quote.opening).removesuffix(quote.closing)
            assert len(inside) == len(quote.text) - len(quote.opening) - len(quote.closing)
            assert inside.strip() == quote.inner_text.strip()
            assert quote.closed == (quote.closing != "")
            assert 0 <= quote.confidence <= 1
            assert (quote.depth == 0) == (quote.parent is None)
            if quote.parent is not None:
                around = found[quote.parent]
                assert around.inner_start <= quote.start <= quote.end <= around.inner_end
                assert around.depth == quote.depth - 1
            for start, end in ((quote.speaker_start, quote.speaker_end), (quote.cue_start, quote.cue_end)):
                assert (start is None) == (end is None)
                if start is not None:
                    assert_inside(raw, (start, end))

    @given(texts, st.integers(1, 9))
    def test_a_text_within_itself(self, raw, min_words):
        found = wl.within(raw, min_words=min_words)
        assert found == wl.within(wl.Text(raw), min_words=min_words)
        for passage in found:
            assert_inside(raw, (passage.a_start, passage.a_end), (passage.b_start, passage.b_end))
            assert passage.a_start < passage.b_start
            assert passage.matched >= min_words


class TestTwoTexts:
    @given(pairs, folds)
    def test_edits_are_contiguous_and_make_b(self, pair, fold):
        a, b = pair
        change = wl.diff(a, b, fold=fold)
        at_a = at_b = 0
        for edit in change.edits:
            assert (edit.a_start, edit.b_start) == (at_a, at_b), edit
            at_a, at_b = edit.a_end, edit.b_end
            assert edit.a_text == a[edit.a_start : edit.a_end]
            assert edit.b_text == b[edit.b_start : edit.b_end]
            assert (edit.kind == "equal") == (edit.level == "same")
            assert edit.kind != "equal" or edit.a_text == edit.b_text
            assert edit.kind != "insert" or edit.a_text == "" != edit.b_text
            assert edit.kind != "delete" or edit.b_text == "" != edit.a_text
            assert edit.kind != "replace" or "" not in (edit.a_text, edit.b_text)
            assert (edit.kind == "move") == (edit.move is not None)
        assert (at_a, at_b) == (len(a), len(b))
        assert change.apply(a) == b
        assert 0 <= change.ratio <= 1
        for index, edit in enumerate(change.edits):
            if edit.move is not None:
                partner = change.edits[edit.move]
                assert partner.move == index
                assert (edit.a_text == "") != (partner.a_text == "")

    @given(texts)
    def test_a_text_does_not_differ_from_itself(self, raw):
        change = wl.diff(raw, raw)
        assert change.changes == []
        assert change.ratio == 1
        assert change.to_ansi(color=False) == raw

    @given(pairs)
    def test_a_diff_can_be_shown(self, pair):
        change = wl.diff(*pair)
        for shown in (change.summary(), change.to_html(), change.to_unified(), repr(change)):
            assert isinstance(shown, str)
        change.to_html(layout="side-by-side").encode()
        assert sum(change.counts().values()) >= bool(change.changes)

    @given(pairs, folds, st.integers(1, 9))
    def test_passages_begin_and_end_with_words_of_both(self, pair, fold, min_words):
        a, b = pair
        found = wl.passages(a, b, min_words=min_words, fold=fold)
        for passage in found:
            assert_inside(a, (passage.a_start, passage.a_end))
            assert_inside(b, (passage.b_start, passage.b_end))
            assert passage.a_text == a[passage.a_start : passage.a_end]
            assert passage.b_text == b[passage.b_start : passage.b_end]
            assert min_words <= passage.matched <= min(passage.words_a, passage.words_b)
            share = 2 * passage.matched / (passage.words_a + passage.words_b)
            assert passage.similarity == pytest.approx(share)
            assert passage.kind in {"verbatim", "typography", "edited", "reworded"}
            passage.diff()

    @given(pairs, folds, st.integers(1, 6), st.integers(1, 9))
    def test_ratios_of_overlap_are_ratios_and_turn_round(self, pair, fold, n, min_words):
        found = wl.overlap(*pair, n=n, min_words=min_words, fold=fold)
        back = wl.overlap(*reversed(pair), n=n, min_words=min_words, fold=fold)
        for name, value in dataclasses.asdict(found).items():
            if isinstance(value, float):
                assert 0 <= value <= 1, name
        assert (found.words_a, found.words_b) == tuple(len(wl.Text(text, fold=fold).words) for text in pair)
        assert (found.containment_a, found.words_a) == (back.containment_b, back.words_b)
        assert (found.jaccard, found.dice, found.longest) == (back.jaccard, back.dice, back.longest)
        assert found.ratio == pytest.approx(back.ratio)

    @given(pairs, st.integers(1, 5))
    def test_shared_quotes_stay_inside(self, pair, min_words):
        a, b = pair
        for quote in wl.shared_quotes(a, b, min_words=min_words):
            assert_inside(a, (quote.a_start, quote.a_end))
            assert_inside(b, (quote.b_start, quote.b_end))
            assert 0 <= quote.similarity <= 1
            assert quote.marked in {"both", "a", "b"}
            quote.diff()

    @given(pairs)
    def test_a_quotation_is_sought_anywhere(self, pair):
        quote, text = pair
        for found in wl.find_quote(quote, text):
            assert_inside(text, (found.start, found.end))
            assert found.text == text[found.start : found.end]

    @given(pairs, folds)
    def test_a_text_that_was_read_gives_the_same(self, pair, fold):
        a, b = (wl.Text(text, fold=fold) for text in pair)
        assert wl.diff(*pair, fold=fold) == wl.diff(a, b, fold=fold)
        assert wl.overlap(*pair, fold=fold) == wl.overlap(a, b, fold=fold)
        assert wl.passages(*pair, fold=fold, min_words=2) == wl.passages(a, b, fold=fold, min_words=2)
        assert wl.shared_quotes(*pair, fold=fold) == wl.shared_quotes(a, b, fold=fold)
        assert wl.find_quote(pair[0], pair[1], fold=fold) == wl.find_quote(pair[0], b, fold=fold)


class TestManyTexts:
    @settings(max_examples=30)
    @given(st.lists(texts, max_size=5))
    def test_a_corpus_of_anything(self, raws):
        corpus = wl.Corpus(raws)
        texts = dict(zip(corpus.ids, raws, strict=True))
        assert corpus.problems == ()
        for passage in corpus.passages(min_words=3):
            assert texts[passage.a_id][passage.a_start : passage.a_end] == passage.a_text != ""
            assert texts[passage.b_id][passage.b_start : passage.b_end] == passage.b_text != ""
        for member in corpus.clusters(min_words=3):
            assert texts[member.id][member.start : member.end] == member.text != ""
        assert [quote.text for quote in corpus.quotes()] == [
            one.text for raw in raws for one in wl.quotes(raw)
        ]
        for quote in corpus.shared_quotes():
            assert texts[quote.a_id][quote.a_start : quote.a_end] == quote.a_text
        corpus.overlaps(n=2)
        corpus.report().encode()

    @settings(max_examples=30)
    @given(st.lists(pairs, max_size=4))
    def test_row_by_row_is_one_by_one(self, rows):
        a, b = [one for one, _ in rows], [other for _, other in rows]
        found = wl.diff_many(a, b)
        singly = [
            {"row": row, **edit} for row, pair in enumerate(rows) for edit in wl.diff(*pair).edits.to_dicts()
        ]
        assert [dataclasses.asdict(edit) for edit in found] == found.to_dicts() == singly
        measured = wl.overlap_many(a, b)
        for row, pair in enumerate(rows):
            expected = dataclasses.asdict(wl.overlap(*pair))
            assert {name: column[row] for name, column in measured.items()} == expected

    @settings(max_examples=30)
    @given(st.lists(texts, min_size=1, max_size=4))
    def test_a_history_tells_every_code_point_of_the_last_version(self, versions):
        story = wl.history(versions)
        assert "".join(one.text for one in story.blame) == versions[-1]
        for one in story.blame:
            assert versions[-1][one.start : one.end] == one.text
            # Marks and spaces may have changed since, and so may how words are joined; their letters may not.
            for word in filter(str.isalnum, one.text.split()):
                assert letters(word) in letters(versions[one.since - 1])
        story.to_html().encode()


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


class TestFold:
    @pytest.mark.parametrize(
        ("a", "b", "flag"),
        [
            ("Straße", "STRASSE", "case"),
            ("Ｈafen", "Hafen", "compatibility"),
            ("u\u0308ber", "über", "compatibility"),
            ("don't", "don’t", "typography"),
            ("Süd\u00adkai", "Südkai", "typography"),
            ("café", "cafe", "accents"),
        ],
    )
    def test_a_flag_alone_makes_two_words_one(self, a, b, flag):
        off = dataclasses.replace(wl.Fold(), **{flag: False})
        on = dataclasses.replace(wl.Fold(), **{flag: True})
        assert wl.overlap(a, b, n=1, fold=on).ratio == 1
        assert wl.overlap(a, b, n=1, fold=off).ratio == 0
        assert wl.overlap(a, b, n=1, fold=wl.Fold.exact()).ratio == 0

    def test_exact_folds_nothing(self):
        assert dataclasses.astuple(wl.Fold.exact()) == (False, False, False, False)


class TestSurrogates:
    """Lone surrogates become private code points inside the core: never an error, never another offset."""

    def test_each_counts_as_one_code_point(self):
        raw = "\ud800\udfff Der \ud83d Rat"
        assert [(word.start, word.text) for word in wl.Text(raw).words] == [(3, "Der"), (9, "Rat")]

    def test_different_ones_differ(self):
        assert wl.diff("a \ud800", "a \ud801").apply("a \ud800") == "a \ud801"
        assert wl.diff("a \ud800", "a \ud800").changes == []

    def test_frames_get_the_replacement_character(self):
        found = wl.quotes("„Ja\ud800“")
        assert found[0].inner_text == "Ja\ud800"
        assert found.to_pandas(text=True)["inner_text"].tolist() == ["Ja\ufffd"]
        assert found.to_polars(text=True)["inner_text"].to_list() == ["Ja\ufffd"]
        assert found.to_arrow(text=True)["inner_text"].to_pylist() == ["Ja\ufffd"]
        line = "der alte Hafen bleibt in diesem Winter noch offen"
        ids = wl.Corpus({"\ud800": line, "b": line}).passages().to_polars()["a_id"].to_list()
        assert ids == ["\ufffd"]

    def test_a_text_with_one_can_be_shown(self):
        for shown in (wl.Text("Ja\ud800"), wl.quotes("„Ja\ud800“"), wl.diff("Ja\ud800", "Nein")):
            repr(shown).encode()
