"""What links a few usual words in two articles: who says them, or when."""

from __future__ import annotations

import pytest

import wortlaut as wl

STOCK = "„a lot of people“"


def found(*texts: str, dates: list[str | None] | None = None) -> wl.CorpusSharedQuotes:
    return wl.Corpus(texts, dates=dates).shared_quotes()


class TestDates:
    A, B = f"He spoke of {STOCK} at the harbour.", f"It was {STOCK} who came to the bridge."

    @pytest.mark.parametrize(
        ("dates", "links"),
        [
            (None, 0),
            (["2025-03-05", "2025-03-05"], 1),
            (["2025-03-07", "2025-03-05"], 1),
            (["2025-03-05", "2025-03-08"], 0),
            (["2025-03-05", None], 0),
            (["2025-03", "2025-03"], 0),
            (["2025", "2025"], 0),
        ],
    )
    def test_usual_words_link_articles_of_the_same_days_only(self, dates, links):
        assert len(found(self.A, self.B, dates=dates)) == links

    def test_a_link_by_date_says_so(self):
        (one,) = found(self.A, self.B, dates=["2025-03-05", "2025-03-06"])
        assert one.evidence == "date"
        assert "only because both articles are of the same two days" in one.explain()

    def test_two_people_are_not_linked_by_a_date(self):
        a, b = f"{STOCK}, said Ada Lund.", f"{STOCK}, said Bo Kern."
        assert len(found(a, b, dates=["2025-03-05", "2025-03-05"])) == 0

    def test_function_words_link_nothing_whenever_they_are_said(self):
        line = "He called it „such as it is“."
        assert len(found(line, line + " Yes.", dates=["2025-03-05", "2025-03-05"])) == 0

    def test_copies_of_one_text_are_linked_by_their_own_dates(self):
        # Texts that are the same are compared once, but not once for all days.
        dates = ["2025-03-05", "2025-03-06", "2025-06-01"]
        pairs = found(self.A, self.A, self.A, dates=dates)
        assert [(one.a_id, one.b_id) for one in pairs] == [("0", "1")]

    def test_enough_words_need_no_date(self):
        line = "„We will keep the harbour open until the winter“"
        (one,) = found(line, "Again: " + line, dates=["2025-03-05", "2025-03-05"])
        assert one.evidence == "words"
        assert "only because" not in one.explain()


class TestSpeakers:
    def test_usual_words_of_one_person_are_linked_and_it_says_so(self):
        a, b = f"{STOCK}, said Ada Lund at the harbour.", f"{STOCK}, said Ada Lund."
        (one,) = wl.shared_quotes(a, b)
        assert one.evidence == "speaker"
        assert "only because one person says both" in one.explain()

    @pytest.mark.parametrize(
        ("one", "other", "are_one"),
        [
            ("Bill Clinton", "Hillary Clinton", False),
            ("Mr. Bush", "Mrs. Bush", False),
            ("Clinton", "Hillary Clinton", True),
            ("Mrs. Clinton", "Hillary Clinton", True),
            ("President Clinton", "Bill Clinton", True),
            ("Felipe Calderon", "Felipe Calderón", True),
            ("Ada Maria Lund", "Maria Lund", True),
        ],
    )
    def test_relatives_are_two_people(self, one, other, are_one):
        a, b = f"{STOCK}, said {one} at the harbour.", f"{STOCK}, said {other}."
        assert [pair.evidence for pair in wl.shared_quotes(a, b)] == ["speaker"] * are_one

    @pytest.mark.parametrize(
        ("one", "other", "conflict"),
        [
            ("Herr Kern", "Frau Kern", True),
            ("Bo Kern", "Ada Kern", True),
            ("Ministerin Kern", "Ada Kern", False),
            ("SPD-Chef Kern", "SPD-Chef Bo Kern", False),
            ("Jan Müller", "Jan Mueller", False),
            ("Felipe Calderon", "Caldero\u0301n", False),
            ("Jan Bauer", "Jan Baur", True),
            ("Ursula von der Leyen", "Kommissionspräsidentin von der Leyen", False),
        ],
    )
    def test_relatives_are_a_conflict(self, one, other, conflict):
        line = "„Wir bleiben in diesem Winter im Hafen“, sagte "
        (statement,) = wl.Corpus([f"{line}{one}.", f"{line}{other}."]).shared_quotes().statements()
        assert statement.speakers == f"{one}; {other}"
        assert statement.conflict == conflict


@pytest.mark.parametrize("times", [1, 12, 200])
def test_a_quotation_is_found_where_the_text_repeats_its_words(times):
    filler = "Der Hafen lag still, denn im Hafen bleiben viele. "
    found = wl.find_quote("Wir bleiben im Hafen", filler * times + "Kern: Wir bleiben heute im Hafen.")
    assert ("edited", "Wir bleiben heute im Hafen") in [(place.relation, place.text) for place in found]
