"""A diff as people read it: facts first, moves with their edits, in a terminal, in Markdown, as JSON, as rows."""

from __future__ import annotations

import difflib
import json
import pickle
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wortlaut as wl
from wortlaut.diff import FACTS, LEVELS
from wortlaut.html import legend
from wortlaut.html.diff import _FACTS, _LEVELS
from wortlaut.marked import _columns
from wortlaut.unified import unified

OLD = (
    "Der Rat tagt am Montag im alten Rathaus. Es kamen 200 Gäste, sagte Ministerin Kern.\n\n"
    'Er hatte nicht "gebremst". Die Polizei sucht nach Zeugen des Unfalls vom Freitag.'
)
NEW = (
    "Es kamen 300 Gäste, sagte Ministerin Kurz.\n\n"
    "Er hatte “gebremst“. Die Polizei sucht nach Zeugen des Unfalls vom Freitag. "
    "Der Rat tagt am Dienstag im alten Rathaus."
)
CHANGE = wl.diff(OLD, NEW)
COLOUR = re.compile("\x1b\\[[0-9;]*m")

texts = st.text(st.sampled_from("ab Ä1.,„“\n*_-\x1b"), max_size=60)


def patched(old: list[str], shown: list[str]) -> list[str]:
    """Do what a unified diff says."""
    new: list[str] = []
    done = 0
    for line in shown:
        if place := re.match(r"@@ -(\d+)(?:,(\d+))? ", line):
            start = int(place[1]) - (place[2] != "0")
            new += old[done:start]
            done = start
        elif line[0] == "+":
            new.append(line[1:])
        else:
            assert old[done] == line[1:]
            new += old[done : done + (line[0] == " ")]
            done += 1
    return new + old[done:]


class TestFacts:
    def test_the_summary_begins_with_what_matters(self):
        assert CHANGE.summary() == (
            "1 number, 1 name, 1 negation changed; 1 typographic, 1 moved piece (1 edited)"
        )

    def test_facts_name_the_edits(self):
        touched = {fact: [(one.a_text, one.b_text) for one in edits] for fact, edits in CHANGE.facts.items()}
        assert touched == {
            "number": [("200", "300")],
            "name": [("Kern", "Kurz")],
            "negation": [('nicht "', "“")],
        }

    def test_a_change_inside_a_move_is_told_of_the_move(self):
        old = "Am Montag kamen genau 200 Gäste. Die Polizei sucht weiter nach Zeugen des Unfalls vom Freitag."
        new = "Die Polizei sucht weiter nach Zeugen des Unfalls vom Freitag. Am Montag kamen genau 300 Gäste."
        change = wl.diff(old, new)
        assert [(one.kind, one.a_text, one.b_text) for one in change.facts["number"]] == [
            ("replace", "200", "300")
        ]
        assert change.summary() == "1 number changed; 1 moved piece (1 edited)"
        assert change.to_html().count('title="number changed"') == 2


class TestMoves:
    def test_a_move_has_its_halves_and_the_edits_between_them(self):
        (move,) = CHANGE.moves
        assert (move.old, move.new) == (move[0], move[1])
        assert "".join(one.a_text for one in move.edits) == move.old.a_text.strip()
        assert "".join(one.b_text for one in move.edits) == move.new.b_text.strip()
        assert [(one.a_text, one.b_text) for one in move.edits if one.kind != "equal"] == [
            ("Montag", "Dienstag")
        ]

    def test_they_survive_pickling(self):
        again = pickle.loads(pickle.dumps(CHANGE))
        assert again == CHANGE
        assert again.moves == CHANGE.moves
        assert again.facts == CHANGE.facts

    def test_the_page_shows_what_changed_on_the_way(self):
        page = CHANGE.to_html(context=None)
        here = page[page.index("moved here, changed") :]
        assert "Montag" in here
        assert "Dienstag" in here
        assert page.count('title="number changed"') == 2


class TestIgnore:
    def test_levels_are_hidden_from_views_and_never_from_the_data(self):
        for layout in ("inline", "side-by-side"):
            page = CHANGE.to_html(layout=layout, ignore={"typography"})
            assert "wl-typography" not in page.partition("</style>")[2]
            assert "1 difference (typographic) not marked." in page
        assert CHANGE.counts()["typography"] == 1

    def test_texts_that_differ_in_nothing_else_are_said_to_differ(self):
        change = wl.diff('Er sagte "nie".', "Er sagte „nie“.")
        assert "letter for letter" not in change.to_html(ignore={"typography"})

    @pytest.mark.parametrize("view", ["to_html", "to_ansi", "to_markdown"])
    def test_levels_that_do_not_exist_are_named(self, view):
        with pytest.raises(
            ValueError, match="ignore must be 'typography', 'case', 'spelling' or 'wording', got 'grammar'"
        ):
            getattr(CHANGE, view)(ignore={"grammar"})


class TestTerminal:
    def test_lines_are_as_wide_as_asked(self):
        shown = CHANGE.to_ansi(width=40)
        assert all(_columns(COLOUR.sub("", line)) <= 40 for line in shown.split("\n"))
        assert COLOUR.sub("", shown).split() == COLOUR.sub("", CHANGE.to_ansi()).split()

    def test_a_move_is_told_from_what_went_and_came(self):
        """It had the signs of a deletion and an insertion, also for what changed inside it."""
        first, second = "Der Rat tagt am Montag im Rathaus. ", "Es regnet seit drei Tagen ohne jede Pause. "
        shown = wl.diff(first + second, second + first.replace("Montag", "Dienstag")).to_ansi(color=False)
        moved = "{1>Der Rat tagt am [-Montag-]{+Dienstag+} im Rathaus.<1}"
        assert shown == f"[1>{first.strip()}<1] {second}{moved} "

    def test_each_move_has_its_number(self):
        one, two, three = (f"Die {name} bleibt bis März gesperrt. " for name in ("Brücke", "Straße", "Halle"))
        fixed = "Das teilte die Verwaltung am Montag nach langer Beratung mit. "
        change = wl.diff(one + fixed + two + three, two + three + fixed + one)
        shown = change.to_ansi(color=False)
        for number in range(1, len(change.moves) + 1):
            assert [shown.count(sign.format(number)) for sign in ("[{}>", "<{}]", "{{{}>", "<{}}}")] == [
                1
            ] * 4
            assert f"\\[{number}\\>" in change.to_markdown()

    def test_marks_beside_letters_are_markup_in_markdown(self):
        """Two tildes between a mark and a letter open nothing, and all that followed was shown as it stood."""
        markdown = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("strikethrough")
        pairs = [
            ('Er sagte "nein" dazu.', "Er sagte „nein“ dazu."),
            ("Er kam, sah", "Er kam sah"),
            ("Ex-Rat", "Rat"),
        ]
        for a, b in pairs:
            shown = markdown.render(wl.diff(a, b).to_markdown())
            assert "~" not in shown
            assert "**" not in shown

    def test_an_ideograph_takes_two_columns(self):
        assert _columns("中u\u0308") == 3

    def test_a_width_of_nothing_is_refused(self):
        with pytest.raises(ValueError, match="width must be at least 1, got 0"):
            CHANGE.to_ansi(width=0)

    @given(texts, texts, st.integers(1, 30))
    def test_breaking_lines_keeps_every_word(self, a, b, width):
        change = wl.diff(a, b)
        for color in (True, False):
            plain, broken = change.to_ansi(color=color), change.to_ansi(color=color, width=width)
            assert "".join(COLOUR.sub("", broken).split()) == "".join(COLOUR.sub("", plain).split())


class TestSides:
    SENTENCES = tuple(f"Satz {number} steht hier noch einmal so." for number in range(120))

    @pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
    def test_unchanged_stretches_are_folded(self, between):
        """Only paragraphs between empty lines were, so that one paragraph, or one a line, stood there whole."""
        old = between.join(self.SENTENCES)
        shown = wl.diff(old, old.replace("Satz 60", "Punkt 60")).to_html(layout="side-by-side")
        assert shown.count("<details") >= 2

    def test_two_views_on_a_page_share_no_anchors(self):
        ids = [
            set(re.findall('id="([^"]+)"', CHANGE.to_html(layout=one))) for one in ("inline", "side-by-side")
        ]
        assert ids[0]
        assert not ids[0] & ids[1]


class TestLimit:
    SENTENCES = (
        "Die Brücke bleibt bis März gesperrt. ",
        "Am Hafen wird seit Montag wieder gearbeitet. ",
        "Der Rat tagt heute noch einmal öffentlich. ",
        "Seit drei Tagen regnet es ohne Pause. ",
    )

    def test_a_move_is_one_difference_and_no_link_leads_nowhere(self):
        """A move whose second half came after the last difference shown linked to nothing."""
        one, two, three, four = self.SENTENCES
        change = wl.diff(
            one + two + three + four + "Es bleibt so.", four + "So " + two + three + one + "Es bliebe so."
        )
        total = sum(change.counts().values())
        assert change.moves
        assert total > 2
        for limit in range(total + 1):
            shown = change.to_html(limit=limit)
            assert set(re.findall('href="#([^"]+)"', shown)) <= set(re.findall('id="([^"]+)"', shown))
            assert (f"… {total - limit:,} more" in shown) == (limit < total)


def test_tables_of_names_are_those_of_the_core():
    """Where HTML names levels and facts, none is missing."""
    assert tuple(_LEVELS) == LEVELS[1:]
    assert _FACTS == FACTS
    assert set(legend.LEVELS) >= set(LEVELS[1:])


class TestText:
    def test_markdown_has_signs_around_words_only(self):
        shown = wl.diff("Er ging *heim*.\n\n1. Eins", "Er lief *heim*.\n\n1. Zwei").to_markdown()
        assert shown == "Er ~~ging~~**lief** \\*heim\\*.\n\n1\\. ~~Eins~~**Zwei**"

    def test_markdown_signs_end_with_the_paragraph(self):
        shown = wl.diff("Ja.", "Ja.\n\nNein, nie.\n\nUnd doch.").to_markdown()
        assert shown == "Ja.\n\n**Nein, nie.**\n\n**Und doch.**"

    def test_json_has_everything(self):
        read = json.loads(CHANGE.to_json(indent=1))
        assert read["summary"] == CHANGE.summary()
        assert [one["b_text"] for one in read["edits"]] == [one.b_text for one in CHANGE.edits]
        assert {one["fact"] for one in read["facts"]} == {"number", "name", "negation"}
        assert read["inside_moves"]

    @given(texts, texts)
    def test_json_can_be_read_of_any_two_texts(self, a, b):
        read = json.loads(wl.diff(a, b).to_json())
        assert "".join(one["a_text"] for one in read["edits"]) == a
        assert "".join(one["b_text"] for one in read["edits"]) == b

    @given(st.lists(st.sampled_from("abcdef"), max_size=30), st.lists(st.sampled_from("abcdef"), max_size=30))
    def test_a_unified_diff_is_a_patch_no_longer_than_the_one_of_difflib(self, old, new):
        for context in (0, 1, 3):
            shown = unified(old, new, context).split("\n")[2:]
            theirs = list(difflib.unified_diff(old, new, "a", "b", lineterm="", n=context))[2:]
            assert patched(old, shown) == new
            assert sum(line[0] in "+-" for line in shown) <= sum(line[0] in "+-" for line in theirs)

    @pytest.mark.parametrize(
        ("old", "new"), [("abcdefgh", "abXdefgh"), ("abcdefghij", "Xbcdefghi"), ("", "ab"), ("ab", "")]
    )
    def test_a_unified_diff_is_written_as_difflib_writes_it(self, old, new):
        for context in (0, 1, 3):
            theirs = difflib.unified_diff([*old], [*new], "a", "b", lineterm="", n=context)
            assert unified([*old], [*new], context) == "\n".join(theirs)

    def test_line_ends_written_otherwise_are_not_marked(self):
        """A page of 40,000 marked carriage returns took seconds, and a reader saw none of what had changed."""
        old = "".join(f"Zeile {i} endet hier.\r\n" for i in range(50))
        page = wl.diff(old, old.replace("\r\n", "\n").replace("Zeile 7 ", "Reihe 7 ")).to_html()
        assert (page.count("<del"), page.count("<ins")) == (1, 1)

    def test_a_notebook_gets_the_page(self):
        assert CHANGE._repr_html_() == CHANGE._repr_mimebundle_()["text/html"]


class TestRows:
    def test_series_with_other_labels_are_refused(self):
        """They were compared by their places, without a word."""
        pandas = pytest.importorskip("pandas")
        old, new = (
            pandas.Series(["eins", "zwei"], index=[0, 1]),
            pandas.Series(["zwei", "eins"], index=[1, 0]),
        )
        with pytest.raises(wl.InvalidValueError, match="b must have the index of a"):
            wl.diff_many(old, new)
        assert wl.diff_many(old, new.reindex([0, 1])).counts()["wording"].tolist() == [0, 0]

    def test_counts_come_in_the_library_of_the_texts(self):
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"old": [OLD, "eins", None], "new": [NEW, "eins", "zwei"]}, index=[7, 8, 9])
        found = frame.assign(**wl.diff_many(frame["old"], frame["new"]).counts())
        assert found.loc[7, ["typography", "moves", "numbers", "names", "negations"]].tolist() == [
            1,
            1,
            1,
            1,
            1,
        ]
        assert found.loc[8, "ratio"] == 1
        assert found.loc[9].isna().sum() == 10

    def test_counts_agree_with_the_diffs(self):
        pairs = [(OLD, NEW), ("Er ging.", "er lief"), ("", "neu")]
        counts = wl.diff_many(*zip(*pairs, strict=True)).counts()
        for row, (a, b) in enumerate(pairs):
            change = wl.diff(a, b)
            assert counts["ratio"][row] == change.ratio
            assert counts["moves"][row] == len(change.moves)
            assert {name: counts[name][row] for name in change.counts()} == change.counts()
            told = dict.fromkeys(change.facts, 0) | Counter(
                one.fact for one in change._touched() if not one.goes_on
            )
            assert {fact: counts[f"{fact}s"][row] for fact in told} == told

    def test_edits_inside_moves_are_those_of_each_diff(self):
        pairs = [("eins", "zwei"), (OLD, NEW), (NEW, OLD)]
        found = wl.diff_many(*zip(*pairs, strict=True))
        for row, (a, b) in enumerate(pairs):
            edits = [edit for move in wl.diff(a, b).moves for edit in move.edits]
            mine = [edit for edit in found.inside_moves if edit.row == row]
            assert [(one.kind, one.a_text, one.b_text) for one in mine] == [
                (one.kind, one.a_text, one.b_text) for one in edits
            ]
        assert len(found.inside_moves) > 0

    def test_they_survive_pickling(self):
        found = wl.diff_many([OLD], [NEW])
        again = pickle.loads(pickle.dumps(found))
        assert (again.counts(), again.inside_moves) == (found.counts(), found.inside_moves)
