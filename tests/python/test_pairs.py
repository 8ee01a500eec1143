"""The pairs of a corpus in one pass: against a count that keeps everything."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wortlaut as wl
from wortlaut.pairs import VERSION, merged, tally

LINES = [
    "der alte Hafen bleibt in diesem Winter für alle Schiffe offen.",
    "am Abend tanzte die Kapelle noch lange nach Mitternacht weiter.",
    "„Wir werden diese Brücke niemals wieder abreißen lassen“, rief sie.",
    "es regnet seit gestern ohne eine Pause auf die weiten Felder.",
]
TEXTS = st.lists(
    st.lists(st.sampled_from([*LINES, "kurz."]), min_size=1, max_size=5).map(" ".join), max_size=7
)


@given(TEXTS, st.integers(1, 30))
def test_one_pass_is_as_good_as_keeping_everything(texts, most):
    corpus = wl.Corpus(texts)
    passages, quotes = corpus.passages(), corpus.shared_quotes()
    words = [len(wl.Text(text).words) for text in texts]
    sizes = list(range(1, len(texts) + 1))
    found = tally(passages, quotes, words, most=most, sizes=sizes)

    of_pairs, quoted = defaultdict(list), defaultdict(int)
    for passage in passages:
        of_pairs[int(passage.a_id), int(passage.b_id)].append(passage)
    for quote in quotes:
        quoted[int(quote.a_id), int(quote.b_id)] += 1
    only_quoted = set(quoted) - set(of_pairs)
    assert found.rows == len(of_pairs) + len(only_quoted)
    assert found.sharing == sum(sizes[a] * sizes[b] for a, b in of_pairs)
    assert found.quoting == sum(sizes[a] * sizes[b] for a, b in only_quoted)

    best = found.best
    assert len(best) == min(most, found.rows)
    assert [one.rank for one in best] == sorted([one.rank for one in best], reverse=True)
    everything = tally(passages, quotes, words, most=10_000, sizes=sizes).best
    assert best == everything[:most]
    for one in everything:
        pair = one.a, one.b
        assert list(passages.take(one.passages)) == of_pairs[pair]
        assert one.matched == sum(passage.matched for passage in of_pairs[pair])
        assert len(one.quotes) == quoted[pair]
    together = [pair for pair in everything if pair.cover >= VERSION]
    for pair in together:
        assert any({pair.a, pair.b} <= set(group) for group in found.versions.lists())


@given(TEXTS)
def test_what_passages_cover_is_near_the_exact_share(texts):
    corpus = wl.Corpus(texts)
    words = [len(wl.Text(text).words) for text in texts]
    passages = corpus.passages()
    for one in tally(passages, corpus.shared_quotes(), words, most=99, sizes=[1] * len(texts)).best:
        covered = [set(), set()]
        for passage in passages.take(one.passages):
            covered[0] |= set(range(passage.a_start, passage.a_end))
            covered[1] |= set(range(passage.b_start, passage.b_end))
        shares = [
            sum(span.start in inside for span in wl.Text(texts[place]).words) / words[place]
            for inside, place in zip(covered, (one.a, one.b), strict=True)
        ]
        assert one.cover == pytest.approx(max(shares), abs=0.15)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda span: (span[0], sum(span)))))
def test_merged_spans_cover_the_same_and_leave_gaps(spans):
    joined = merged(spans)
    assert {at for span in joined for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(before[1] < after[0] for before, after in pairwise(joined))
