"""A corpus: what it is made of, what its rows keep, what its report says."""

from __future__ import annotations

import copy
import pickle

import pytest

import wortlaut as wl

ACCENTS = wl.Fold(accents=True)
OLD = "„Der Café am alten Hafen bleibt in diesem Winter für alle Gäste geöffnet“, sagte Kern."
NEW = OLD.replace("Café", "Cafe").replace("Gäste", "Gaste").replace("geöffnet", "geoffnet")


def rows_under_a_fold():
    corpus = wl.Corpus([OLD, NEW], fold=ACCENTS)
    old = wl.Text(OLD, fold=ACCENTS)
    return {
        "passages": wl.passages(OLD, NEW, fold=ACCENTS),
        "passages of a Text": wl.passages(old, NEW),
        "within": wl.within(f"{OLD}\n\n{NEW}", fold=ACCENTS),
        "shared quotes": wl.shared_quotes(OLD, NEW, fold=ACCENTS),
        "shared quotes of a Text": wl.shared_quotes(OLD, wl.Text(NEW, fold=ACCENTS)),
        "passages of a corpus": corpus.passages(),
        "shared quotes of a corpus": corpus.shared_quotes(),
    }


@pytest.mark.parametrize("which", rows_under_a_fold())
def test_rows_are_compared_under_the_fold_they_were_found_with(which):
    found = rows_under_a_fold()[which]
    assert len(found) == 1
    row = found[0]
    copies = [pickle.loads(pickle.dumps(row)), copy.copy(row), copy.deepcopy(row), next(iter(found))]
    copies += [found[:][0], found.take([0])[0], pickle.loads(pickle.dumps(found))[0]]
    for one in (row, *copies):
        assert one.diff().changes
        assert one.diff().counts()["wording"] == 0
        assert (one, hash(one)) == (row, hash(row))
    assert found == pickle.loads(pickle.dumps(found))
    assert "fold" not in "".join(found.columns)


def test_without_a_fold_accents_are_other_words():
    assert wl.passages(OLD, NEW, min_words=3)[0].diff().counts()["wording"] > 0


def test_the_fold_reaches_the_html():
    found = wl.passages(OLD, NEW, fold=ACCENTS)
    assert found.to_html() != wl.Passages(found._columns, found._texts).to_html()


class TestPickles:
    def corpus(self) -> wl.Corpus:
        line = "„Der alte Hafen bleibt in diesem Winter für alle Schiffe offen“"
        others = [f"Nummer {number}. " + "Füllung " * 2000 for number in range(20)]
        return wl.Corpus([*others, line, "Heute: " + line], ids=[f"artikel-{number}" for number in range(22)])

    @pytest.mark.parametrize("question", ["overlaps", "passages", "clusters", "quotes", "shared_quotes"])
    def test_a_pickle_has_only_the_texts_that_its_rows_stand_in(self, question):
        found = getattr(self.corpus(), question)()
        found = found[len(found) - 1 :]
        kept = pickle.dumps(found)
        assert len(found) == 1
        assert len(kept) < 3000
        again = pickle.loads(kept)
        assert again == found
        assert (list(again), again.to_dicts(), repr(again)) == (list(found), found.to_dicts(), repr(found))
        assert pickle.loads(pickle.dumps(again[:0])) == found[:0]
