"""Statements that go round: their canonical wording, their first mention, who speaks, and how they are shown."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest

import wortlaut as wl
from wortlaut import html
from wortlaut.wholes import statement_of

WHOLE = "„Wir bleiben bis zum Winter im Hafen“, sagte Ada Lund, „und die Fähre zahlt der Kreis nicht“."
LOST = "Am Abend sagte Ada Lund: „Wir bleiben bis zum Winter im Hafen und die Fähre zahlt der Kreis.“"
CUT = "Bo Kern sagte: «Wir bleiben […] im Hafen und die Fähre zahlt der Kreis nicht»."
PLAIN = "Sie schrieb, wir bleiben bis zum Winter im Hafen, so sei es."
FRAME = {
    "id": ["whole", "lost", "cut", "plain"],
    "text": [WHOLE, LOST, CUT, PLAIN],
    "date": ["2025-03-05", "2025-03-03", "2025-03-04", None],
    "outlet": ["Bote", "Kurier", "Blatt", "Bote"],
}


@pytest.fixture(scope="module")
def shared():
    return wl.Corpus.from_frame(FRAME).shared_quotes()


class TestMentions:
    def test_members_stand_by_date_and_the_first_is_the_earliest(self, shared):
        places = shared.mentions()
        assert places.column("id") == ["lost", "cut", "whole", "plain"]
        assert places.column("first") == [True, False, False, False]

    def test_the_longest_in_marks_is_canonical_and_the_others_relate_to_it(self, shared):
        told = {place.id: (place.canonical, place.relation, place.negation) for place in shared.mentions()}
        assert told == {
            "whole": (True, "identical", False),
            "lost": (False, "trimmed", True),
            "cut": (False, "elided", False),
            "plain": (False, "trimmed", False),
        }

    def test_a_longer_wording_without_marks_is_not_canonical(self):
        plain = "Es hieß, der alte Hafen bleibt in diesem Winter noch offen, auch für Schiffe."
        marked = "Kern: „der alte Hafen bleibt in diesem Winter noch offen“."
        places = wl.Corpus([plain, marked]).shared_quotes().mentions()
        assert [(place.in_marks, place.canonical) for place in places] == [(False, False), (True, True)]

    def test_an_unclosed_mark_does_not_make_a_reporters_prose_canonical(self):
        unclosed = "Kern: „Der alte Hafen bleibt in diesem Winter offen, sagte er am Abend vor vielen Leuten."
        closed = "Kern: „Der alte Hafen bleibt in diesem Winter offen“, sagte er."
        places = wl.Corpus([unclosed, closed]).shared_quotes().mentions()
        assert [(place.id, place.canonical) for place in places] == [("0", False), ("1", True)]

    def test_a_statement_over_paragraphs_is_closed_by_its_last(self):
        parts = (
            "„Der alte Hafen bleibt in diesem Winter offen.\n\n„Die Schleuse öffnet dann im späten Frühjahr.“"
        )
        one = "„Der alte Hafen bleibt in diesem Winter offen.“"
        places = wl.Corpus([f"Kern: {parts}", f"Lund: {one}"]).shared_quotes().mentions()
        assert [(place.id, place.canonical) for place in places] == [("0", True), ("1", False)]

    def test_speakers_are_those_beside_the_quotation(self, shared):
        named = {place.id: place.speaker for place in shared.mentions()}
        assert named == {"whole": "Ada Lund", "lost": "Ada Lund", "cut": "Bo Kern", "plain": ""}
        for place in shared.mentions():
            text = dict(zip(FRAME["id"], FRAME["text"], strict=True))[place.id]
            assert text[place.start : place.end] == place.text
            if place.speaker:
                assert text[place.speaker_start : place.speaker_end] == place.speaker

    def test_an_article_is_listed_once_though_another_quotes_half_of_it(self, shared):
        assert sorted(shared.mentions().column("id")) == sorted(FRAME["id"])


class TestStatements:
    def test_one_row_sums_up(self, shared):
        (one,) = shared.statements()
        assert (one.id, one.first_id, one.date) == ("whole", "lost", "2025-03-03")
        assert (one.mentions, one.articles, one.outlets) == (4, 4, 3)
        assert one.wording == "Wir bleiben bis zum Winter im Hafen und die Fähre zahlt der Kreis nicht"

    @pytest.mark.parametrize(
        ("names", "conflict"),
        [
            (("Ada Lund", "Bo Kern"), True),
            (("Ada Lund", "Ministerin Lund"), False),
            (("Ada Lund", "die Ministerin"), False),
            (("Ada Lund", "sie"), False),
        ],
    )
    def test_two_names_conflict_and_a_description_does_not(self, names, conflict):
        line = "„Wir bleiben in diesem Winter im Hafen“, sagte "
        (one,) = wl.Corpus([f"{line}{name}." for name in names]).shared_quotes().statements()
        assert one.speakers == "; ".join(names)
        assert one.conflict is conflict

    def test_they_survive_pickling_and_slicing(self, shared):
        assert pickle.loads(pickle.dumps(shared)).statements() == shared.statements()
        part = pickle.loads(pickle.dumps(shared[:1])).mentions()
        assert part.column("id") == ["lost", "cut"]
        assert part.column("outlet") == ["Kurier", "Blatt"]

    def test_every_mention_of_the_samples_belongs_to_a_row(self):
        found = wl.Corpus(wl.sample_articles()).shared_quotes()
        places, sums = found.mentions(), found.statements()
        assert sums.column("mentions") == [
            places.column("cluster").count(number) for number in sums.column("cluster")
        ]
        assert places.column("canonical").count(True) == places.column("first").count(True) == len(sums)
        assert all(a.cluster <= b.cluster for a, b in pairwise(places))


class TestClusters:
    HARBOUR = "„Das Wichtigste zuerst: Wir bleiben bis zum Winter im alten Hafen und bauen die Mole mit eigenem Geld.“"
    SCHOOL = "„Das Wichtigste zuerst: Die kleine Schule am Deich behält beide Klassen und bekommt einen neuen Lehrer.“"
    SLOGAN = "Kern rief: „Das Wichtigste zuerst!“"

    def test_a_slogan_does_not_make_one_statement_of_two(self):
        texts = {
            "h1": self.HARBOUR,
            "h2": self.HARBOUR,
            "s1": self.SCHOOL,
            "s2": self.SCHOOL,
            "x": self.SLOGAN,
        }
        found = wl.Corpus(texts).shared_quotes()
        members = {}
        for place in found.mentions():
            members.setdefault(place.cluster, set()).add(place.id)
        assert {"h1", "h2"} <= members[found[0].cluster]
        assert not any({"h1", "s1"} <= ids for ids in members.values())

    def test_who_says_a_slogan_does_not_speak_for_the_speeches_that_have_it(self):
        slogan = "„Hafenschutz für alle statt Schrottkran“"
        one = (
            "„Seit zwanzig Wintern rostet die Schleuse, und wer nicht baut, zahlt doppelt, weshalb ich rufe: "
            "Hafenschutz für alle statt Schrottkran, meine Damen und Herren, bis die Fischer zurückkehren“"
        )
        other = (
            "„Mein Großvater stand dreißig Jahre am Fischmarkt und kannte einen Satz, Hafenschutz für alle "
            "statt Schrottkran, den haben wir Enkel auf das Transparent gemalt und tragen ihn heute“"
        )
        texts = [f"{slogan}, sagte Bo Kern.", f"{one}, sagte Ada Lund.", f"{other}, sagte Ida Wolff."]
        texts.append(f"{slogan}, sagte Tom Berg.")
        dates = ["2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"]
        shared = wl.Corpus(texts, dates=dates).shared_quotes()
        told = {row.first_id: (row.speakers, row.conflict) for row in shared.statements()}
        assert told == {
            "0": ("Bo Kern; Tom Berg", True),
            "1": ("Ada Lund", False),
            "2": ("Ida Wolff", False),
        }
        phrases = {(place.id, place.phrase) for place in shared.mentions()}
        assert phrases == {("0", False), ("0", True), ("1", False), ("2", False), ("3", False), ("3", True)}

    def test_a_piece_of_one_statement_belongs_to_it(self):
        piece = "Kern rief: „Wir bleiben bis zum Winter im alten Hafen“."
        found = wl.Corpus([self.HARBOUR, piece, piece]).shared_quotes()
        assert set(found.column("cluster")) == {0}
        assert len(found.mentions()) == 3

    SPEECH = (
        "Kern trat in %s vor die Presse.\n\n"
        "„Wir haben die alte Schleuse drei Jahre lang geprüft und nichts gefunden. Wer sie abreißt, verrät uns.\n\n"
        "„Am Ende zahlt der Kreis die Hälfte der Kosten, und die Stadt behält ihr Wahrzeichen, das sie so braucht.\n\n"
        "„Darum bitte ich alle Bürger, bis zum Winter zu warten, denn dann beginnt der Bau der Lager“, sagte Kern."
    )
    INTERRUPTED = (
        "„Wir haben die alte Schleuse drei Jahre lang geprüft und nichts gefunden, wer sie abreißt, verrät uns“, "
        "sagte Kern in %s, „und am Ende zahlt der Kreis die Hälfte der Kosten, und die Stadt behält ihr Wahrzeichen, "
        "das sie so dringend braucht wie nie in den drei Jahren“."
    )

    @pytest.mark.parametrize("speech", [SPEECH, INTERRUPTED])
    def test_a_piece_of_one_part_belongs_to_the_whole(self, speech):
        texts = [speech % place for place in ("Au", "Bonn", "Celle", "Dorf")]
        piece = "Kern sagte: „Wer sie abreißt, verrät uns.“"
        (one,) = wl.Corpus([*texts, piece]).shared_quotes().statements()
        assert (one.articles, one.mentions) == (5, 5)

    def test_a_slogan_inside_parts_does_not_make_one_statement_of_two(self):
        speeches = [
            "„Das Wichtigste zuerst: Wir bleiben.\n\n„Bis zum Winter bauen wir die Mole mit eigenem Geld am Hafen.“",
            "„Das Wichtigste zuerst: Wir bleiben.\n\n„Die kleine Schule am Deich behält beide Klassen und Lehrer.“",
        ]
        texts = [speech + after for speech in speeches for after in (" Er ging.", " Sie blieb.")]
        found = wl.Corpus([*texts, "Kern rief: „Das Wichtigste zuerst: Wir bleiben.“"]).shared_quotes()
        members: dict[int, set[str]] = {}
        for place in found.mentions():
            members.setdefault(place.cluster, set()).add(place.wording)
        speeches = [
            {wording for wording in group if "Mole" in wording or "Schule" in wording}
            for group in members.values()
        ]
        assert all(len(group) <= 1 for group in speeches)

    def test_rows_in_any_order_name_the_same_statements(self):
        speech, other, slogan, again = (0, 0, 90), (1, 0, 80), (2, 0, 9), (3, 0, 90)
        rows = [
            (speech, slogan, 0.2, "trimmed"),
            (slogan, other, 0.2, "extended"),
            (speech, again, 0.9, "edited"),
        ]
        told = dict(zip(rows, statement_of(*zip(*rows, strict=True)), strict=True))
        turned = rows[::-1]
        assert told == dict(zip(turned, statement_of(*zip(*turned, strict=True)), strict=True))
        assert told[rows[0]] == told[rows[2]] != told[rows[1]]

    OPENING = "Ich glaube, dass wir in den nächsten Jahren"
    SPEECHES = (
        f"„{OPENING} den alten Hafen vertiefen und die Fähre erneuern müssen“, sagte Ada Lund.",
        f"„{OPENING} keine einzige Schule am Deich schließen werden“, sagte Bo Kern.",
    )

    def test_an_opening_does_not_join_two_speeches(self):
        # Each of the two goes on with something else, which one speech would not.
        assert len(wl.Corpus(self.SPEECHES).shared_quotes()) == 0

    def test_an_opening_that_a_third_quotes_does_not_join_them_either(self):
        third = f"Er begann mit „{self.OPENING} …“ und ging."
        found = wl.Corpus([*self.SPEECHES, third]).shared_quotes().statements()
        assert [(one.articles, "Fähre" in one.text, "Schule" in one.text) for one in found] == [
            (2, True, False),
            (2, False, True),
        ]

    def test_an_opening_that_one_person_says_is_one_statement(self):
        # Of one speech two papers quote two sentences that begin alike less often than one that was cut in two ways.
        (one,) = wl.Corpus(
            [speech.replace("Bo Kern", "Ada Lund") for speech in self.SPEECHES]
        ).shared_quotes()
        assert one.relation == "edited"

    def test_what_two_pieces_of_one_statement_share_belongs_to_it(self):
        # Whichever article comes first: the piece has two wholes, until one of them turns out to be a piece itself.
        piece, part, whole = (0, 0, 30), (1, 0, 80), (2, 0, 300)
        rows = [
            (piece, part, 0.4, "extended"),
            (piece, whole, 0.2, "extended"),
            (part, whole, 0.4, "extended"),
        ]
        assert len(set(statement_of(*zip(*rows, strict=True)))) == 1

    def test_articles_that_quote_one_stretch_from_different_words_on_quote_one_statement(self):
        early, late = (2, 0, 100), (2, 40, 160)
        rows = [((0, 0, 100), early, 1.0, "identical"), ((1, 0, 120), late, 1.0, "identical")]
        assert len(set(statement_of(*zip(*rows, strict=True)))) == 1
        apart = [rows[0], ((1, 0, 120), (2, 80, 200), 1.0, "identical")]
        assert len(set(statement_of(*zip(*apart, strict=True)))) == 2

    def test_an_article_that_says_it_twice_does_not_make_two_statements_of_it(self):
        twice = (
            "„Der Hafen bleibt ein Kummer der Küste“, so Kern. Und: „Der Hafen bleibt ein Kummer der Küste!“"
        )
        piece = "Man nannte ihn „ein Kummer der Küste“."
        (one,) = wl.Corpus([twice, piece]).shared_quotes().statements()
        assert (one.articles, one.mentions) == (2, 3)


class TestHtml:
    def test_a_table_of_statements_by_outlets_says_what_each_made_of_it(self, shared):
        page = shared.to_html()
        for cell in ("● canonical", "… elided", "− trimmed", "without marks", "a negation lost or gained"):
            assert cell in page
        assert "It is put into the mouths of different speakers." in page

    def test_each_variant_is_a_word_diff_from_the_canonical_wording(self, shared):
        page = shared.to_html()
        assert "<del" in page
        assert "sagte Ada Lund, „" not in page

    def test_names_and_words_are_escaped(self):
        line = "„Wir <b>bleiben</b> in diesem Winter im Hafen“"
        corpus = wl.Corpus({"<i>x": line, "y": line}, outlets=["<script>", "&"])
        page = corpus.shared_quotes().to_html()
        assert "<script>" not in page
        assert "<b>" not in page
        assert "<i>" not in page
        assert "&lt;script&gt;" in page

    def test_long_lists_are_cut_and_say_so(self):
        line = "„Wir bleiben in diesem Winter im Hafen Nummer %s“"
        words = ["eins", "acht", "elf"]
        texts = [line % word for word in words for _ in range(24)]
        outlets = [f"Blatt {number}" for number in range(24)] * 3
        found = wl.Corpus(texts, outlets=outlets).shared_quotes(max_df=None)
        page = found.to_html()
        assert "… 14 more" in page
        assert f"… {72 - 20} more" in page

    def test_a_notebook_shows_so_many_and_to_html_all(self):
        place = html.PlaceView("x", "ein Zögern", marked=True, relation="canonical")
        views = [html.StatementView([place], f"ein Zögern {number}") for number in range(60)]
        assert "… 10 more" in html.quotes(views)
        assert "more" not in html.quotes(views, limit=None)

    def test_the_report_has_the_table(self):
        page = wl.Corpus.from_frame(FRAME).report()
        assert "Statements and what outlets made of them" in page
        assert "● canonical" in page


def test_a_month_is_not_before_its_days():
    line = "„Wir bleiben in diesem Winter noch im Hafen“, sagte Kern."
    articles = [wl.Article("month", line, date="2024-05"), wl.Article("day", line, date="2024-05-02")]
    for corpus in (
        wl.Corpus(articles),
        wl.Corpus([line, line], ids=["month", "day"], dates=["2024-05", "2024-05-02"]),
    ):
        places = corpus.shared_quotes().mentions()
        assert [(place.id, place.first, place.date) for place in places] == [
            ("day", True, "2024-05-02"),
            ("month", False, "2024-05"),
        ]
        assert {member.id: member.source for member in corpus.clusters(min_words=5)} == {
            "day": "",
            "month": "day",
        }


SPREAD = "Meldung {0} aus Ort{0}: „Wir bleiben in diesem Winter im alten Hafen der Stadt“, sagte Ada Lund."


class TestFrequentStatements:
    def test_what_many_quote_stays_one_statement(self):
        corpus = wl.Corpus([SPREAD.format(number) for number in range(101)])
        found = corpus.shared_quotes()
        assert [(pair.a_id, pair.b_id) for pair in found] == [("0", str(number)) for number in range(1, 101)]
        (statement,) = found.statements()
        assert (statement.mentions, statement.articles) == (101, 101)

    def test_the_earliest_by_date_links(self):
        texts = [SPREAD.format(number) for number in range(6)]
        dates = [f"2025-03-{20 - number:02}" for number in range(6)]
        found = wl.Corpus(texts, dates=dates).shared_quotes(max_df=4)
        assert {pair.a_id for pair in found} == {"5"}
        assert len(found) == 5

    def test_what_it_says_without_marks_is_linked_too(self):
        plain = "Im Winter schrieb sie, wir bleiben in diesem Winter im alten Hafen der Stadt, so sei es."
        texts = [SPREAD.format(number) for number in range(5)]
        for order in ([*texts, plain], [plain, *texts]):
            (statement,) = wl.Corpus(order).shared_quotes(max_df=4).statements()
            assert statement.mentions == 6

    def test_without_a_bound_all_are_linked_with_all(self):
        texts = [SPREAD.format(number) for number in range(6)]
        assert len(wl.Corpus(texts).shared_quotes(max_df=None)) == 15
