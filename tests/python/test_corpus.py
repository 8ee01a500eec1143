"""A corpus: what it is made of, what its rows keep, what its report says."""

from __future__ import annotations

import copy
import pickle

import pytest

import wortlaut as wl
from wortlaut.report import gathered

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


class TestReport:
    def test_a_fold_counts_throughout(self):
        shown = wl.Corpus([OLD, NEW], fold=ACCENTS).report()
        assert "Both are versions of one text." in shown
        assert "yes, 3 differences, all of spelling" in shown
        assert "yes, 3 differences, all of wording" in wl.Corpus([OLD, NEW]).report()
        assert "100\u00a0% of A’s runs of 5 words stand in B" in shown
        assert "cover 100\u00a0% of A’s" in shown

    def test_the_matrix_of_many_articles_shows_the_most_connected(self):
        line = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen"
        texts = [f"eins{number} zwei{number} drei{number} vier{number} fünf{number}" for number in range(60)]
        texts[7], texts[55] = line, line.upper()
        page = wl.Corpus(texts).report()
        assert "Of 60 texts the 40 that share most are shown, all others see wortlaut overlap" in page
        assert page.count('class="wl-self"') == 40
        assert page.count("wl-step-6") - page.count(".wl-step-6") >= 2

    def test_articles_with_one_text_are_compared_once_and_counted_each(self):
        page = wl.Corpus([OLD, *[f" {OLD}\n"] * 30, NEW], ids=[f"a{number}" for number in range(32)]).report()
        assert "Of 496 pairs of articles, all share a passage of 8 words or more." in page
        assert "30 articles have the same text as an earlier one." in page
        assert "31 articles with the same " in page
        assert "<bdi>a11</bdi> and 19 more" in page
        assert page.count("the same text as No. 1<") == 30
        assert page.count('<section id="pair-') == 1

    def test_the_first_of_one_text_is_the_earliest(self):
        page = wl.Corpus([OLD, OLD, NEW], dates=["2024-02", "2024-01", None]).report()
        assert page.count("the same text as No. 2<") == 1

    def test_a_short_text_that_stands_twice_is_no_passage(self):
        assert "Of 1 pair of articles, 0 share a passage" in wl.Corpus(["kurz", "kurz"]).report()

    def test_the_page_of_many_versions_is_bounded_and_says_what_it_leaves_out(self, monkeypatch):
        words = [f"wort{number}" for number in range(60)]
        texts = [" ".join([*words[:number], "anders", *words[number:]]) for number in range(60)]
        drawn = []
        monkeypatch.setattr("wortlaut.report.diff", lambda a, b: drawn.append(1) or wl.diff(a, b))
        page = wl.Corpus(texts).report()
        assert len(drawn) == page.count('<section id="pair-') == 60
        assert len(page) < 1_000_000
        assert "Of 1,770 pairs of articles, all share a passage" in page
        assert "The first 60 have a section below; … 1,710 more, see wortlaut report -o folder/" in page
        assert "… 1,470 more, see wortlaut passages and" in page
        assert "Of 60 texts the 40 that share most are shown" in page
        assert "and 48 more" in page

    def test_two_articles_of_one_outlet_are_told_apart_by_their_dates(self):
        dates = ["2023-09-01", "2023-09-02T08:30"]
        page = wl.Corpus([OLD, NEW], dates=dates, outlets=["Kurier", "Kurier"]).report()
        assert "<h3>1. <bdi>Kurier</bdi> (2023-09-01) and <bdi>Kurier</bdi> (2023-09-02 08:30)</h3>" in page
        assert "</a> <bdi>Kurier</bdi> (2023-09-01) and " in page
        other = wl.Corpus([OLD, NEW], dates=dates, outlets=["Kurier", "Bote"]).report()
        assert "<h3>1. <bdi>Kurier</bdi> and <bdi>Bote</bdi></h3>" in other

    def test_a_month_stays_a_month(self):
        page = wl.Corpus([OLD, NEW], dates=["2023-09", "2023"]).report()
        assert ">2023-09<" in page
        assert ">2023<" in page
        assert "2023-09-01" not in page
        assert "2023-01" not in page

    def test_what_is_added_does_not_hang_on_a_threshold(self, monkeypatch):
        found = []
        for share in (0.05, 0.3):
            monkeypatch.setattr("wortlaut.report._ADDED", share)
            pairs = gathered(wl.Corpus(wl.sample_articles()), max_df=None).pairs
            found.append([(pair.a, pair.b, pair.only_in_a, pair.only_in_b) for pair in pairs])
        assert found[0] == found[1]
        assert any(added for *_, added in found[0])

    def test_the_dense_matrix_is_not_built(self, monkeypatch):
        monkeypatch.setattr(wl.Corpus, "matrix", None)
        assert wl.Corpus([OLD, NEW]).report().startswith("<!doctype html>")

    def test_workers_and_progress_reach_every_step(self, monkeypatch):
        asked = []
        for name in ("overlaps", "passages", "shared_quotes", "boilerplate"):
            ask = getattr(wl.Corpus, name)

            def noted(corpus, *, _ask=ask, _name=name, **options):
                asked.append((_name, options["workers"], options["progress"]))
                return _ask(corpus, **options)

            monkeypatch.setattr(wl.Corpus, name, noted)
        done = []
        wl.Corpus([OLD, NEW]).report(workers=2, progress=lambda *far: done.append(far))
        assert len(asked) == 4
        assert all(workers == 2 and callable(progress) for _, workers, progress in asked)
        assert done


class TestBoilerplate:
    """Eighteen unrelated articles; two thirds of them carry a line. The last is the earliest."""

    LINE = "Hier geht es zum täglichen Rundbrief der Redaktion"

    def corpus(self):
        texts = [" ".join(f"w{i}x{j}" for j in range(40)) for i in range(18)]
        texts = [f"{text} {self.LINE}." if i % 3 else text for i, text in enumerate(texts)]
        dates = [f"2025-03-{28 - i:02d}" for i in range(18)]
        return wl.Corpus(texts, dates=dates, outlets=["Bote", "Kurier", None] * 6)

    def test_a_line_is_named_with_its_articles(self):
        (line,) = self.corpus().boilerplate()
        assert (line.text, line.words, line.df, line.outlets) == (self.LINE, 8, 12, 1)
        assert (line.id, line.date) == ("17", "2025-03-11")
        assert self.corpus().articles[17].text[line.start : line.end] == line.text

    def test_it_links_nothing_unless_it_is_kept(self):
        corpus = self.corpus()
        for ask in (corpus.overlaps, corpus.passages, corpus.clusters):
            assert not ask()
        assert len(corpus.overlaps(boilerplate="keep")) == 12 * 11 / 2
        assert len(corpus.passages(boilerplate="keep", max_df=11)) == 11
        assert len(corpus.clusters(boilerplate="keep", max_df=11)) == 12

    def test_what_every_outlet_carries_once_is_none(self):
        # A paragraph of an agency in ten papers was taken for a line of theirs.
        paragraph = " ".join(f"agentur{j}" for j in range(45))
        texts = [" ".join(f"w{i}x{j}" for j in range(300)) + " " + paragraph for i in range(10)]
        assert len(wl.Corpus(texts, outlets=[f"Blatt {i}" for i in range(10)]).passages()) == 45
        assert not wl.Corpus(texts, outlets=["Bote", "Kurier"] * 5).passages()

    def test_the_matrix_has_it(self):
        assert self.corpus().matrix().values[1][2] > 0

    def test_the_report_lists_it_and_says_how_it_asked(self):
        dropped = self.corpus().report()
        assert "Left out as boilerplate" in dropped
        assert f'<td class="wl-figure">12</td><td dir="auto">{self.LINE}</td>' in dropped
        assert "0 share a passage" in dropped
        assert "<dt>boilerplate</dt><dd>left out</dd>" in dropped
        kept = self.corpus().report(boilerplate="keep", max_df=None)
        assert "Left out as boilerplate" not in kept
        assert "66 share a passage" in kept
        assert "(max_df)</dt><dd>any number</dd>" in kept

    def test_the_matrix_of_the_report_is_the_matrix(self):
        corpus = self.corpus()
        shares = {place: dict(enumerate(row)) for place, row in enumerate(corpus.matrix().values)}
        drawn = gathered(corpus, max_df=200).matrix
        assert {(a, b): share for a, row in drawn.items() for b, share in row.items()} == {
            (a, b): share for a, row in shares.items() for b, share in row.items() if share
        }

    def test_nine_articles_have_none(self):
        assert not wl.Corpus([f"{i} {self.LINE}" for i in range(9)]).boilerplate()


def test_a_repr_counts_one_as_one():
    assert (
        repr(wl.Corpus(["eins", None], outlets=["Kurier", None])) == "Corpus(1 article, 1 outlet, 1 problem)"
    )
    assert repr(wl.Corpus(["a", "b"], outlets=["c", "d"])) == "Corpus(2 articles, 2 outlets)"


class TestProblems:
    def test_an_id_that_stands_later_is_not_given_away(self):
        corpus = wl.Corpus(["eins", "zwei", "drei"], ids=["a", "a", "a#2"])
        assert corpus.ids == ["a", "a#3", "a#2"]
        assert [str(one) for one in corpus.problems] == ["texts, row 1: id 'a' is taken; renamed to 'a#3'"]

    def test_who_refuses_tells_of_no_repair(self):
        for options, reason in (
            ({"ids": ["a", "a"]}, "texts, row 1: id 'a' is taken"),
            (
                {"dates": ["soon", None]},
                "texts, row 0: date 'soon' is not understood, as '2023-09-16' would be",
            ),
        ):
            with pytest.raises(wl.InvalidValueError) as caught:
                wl.Corpus(["eins", "zwei"], errors="raise", **options)
            assert str(caught.value) == reason

    def test_they_come_in_the_order_of_rows(self):
        corpus = wl.Corpus(["eins", "zwei", None], ids=["a", "a", "b"], dates=["soon", None, None])
        assert [problem.row for problem in corpus.problems] == [0, 1, 2]

    def test_a_row_of_a_frame_is_one_of_a_frame(self):
        corpus = wl.Corpus.from_frame({"body": ["eins", None]})
        assert str(corpus.problems[0]) == "frame, row 1: text of '1' is missing"


class TestFrames:
    def test_a_lazy_frame_is_collected_once(self, monkeypatch):
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame({"text": ["eins", "zwei"], "id": ["x", "y"], "page": [3, None]}).lazy()
        collect, times = polars.LazyFrame.collect, []

        def counting(lazy, *args, **options):
            times.append(1)
            return collect(lazy, *args, **options)

        monkeypatch.setattr(polars.LazyFrame, "collect", counting)
        corpus = wl.Corpus.from_frame(frame)
        assert (corpus.ids, len(times)) == (["x", "y"], 1)
        assert [article.extra for article in corpus.articles] == [{"page": 3}, {"page": None}]

    def test_a_query_is_run_once(self):
        arrow = pytest.importorskip("pyarrow")

        class Relation:
            """A relation as duckdb has it, whose rows come in another order each time."""

            columns = ("text", "id")
            order = 1

            def fetchall(self):
                raise AssertionError

            def to_arrow_table(self):
                self.order = -self.order
                return arrow.table({"text": ["eins", "zwei"][:: self.order], "id": ["1", "2"][:: self.order]})

        corpus = wl.Corpus.from_frame(Relation())
        assert {article.id: article.text for article in corpus.articles} == {"1": "eins", "2": "zwei"}

    def test_columns_may_have_numbers_for_names(self):
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({0: ["eins", "zwei"], 1: ["x", "y"], 2: [0.5, float("nan")]})
        corpus = wl.Corpus.from_frame(frame, text="0", id="1")
        assert corpus.ids == ["x", "y"]
        assert [article.extra for article in corpus.articles] == [{"2": 0.5}, {"2": None}]
        with pytest.raises(wl.InvalidValueError, match="must have a column 'text', got '0', '1', '2'"):
            wl.Corpus.from_frame(frame)

    def test_unknown_columns_pass_through(self):
        columns = {
            "body": ["eins", None, "drei"],
            "section": ["lokal", "kultur", None],
            "title": ["A", "B", "C"],
        }
        corpus = wl.Corpus.from_frame(columns)
        assert [article.extra for article in corpus.articles] == [{"section": "lokal"}, {"section": None}]
        assert [article.title for article in corpus.articles] == ["A", "C"]
        with pytest.raises(wl.InvalidValueError, match=r"section must hold one for each text \(1\), got 2"):
            wl.Corpus.from_frame({"text": ["eins"], "section": ["a", "b"]})
