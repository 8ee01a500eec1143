"""The versions of one article: what is carried from one to the next."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import wortlaut as wl

ACCENTS = wl.Fold(accents=True)


def test_thousands_of_scattered_edits_are_carried():
    # Every third word is another one in the second version, every fifth in the third.
    words = [f"wort{number}" for number in range(6000)]
    second = [f"neu{number}" if number % 3 == 0 else word for number, word in enumerate(words)]
    third = [f"spät{number}" if number % 5 == 0 else word for number, word in enumerate(second)]
    story = wl.history([" ".join(version) for version in (words, second, third)])
    assert "".join(one.text for one in story.blame) == " ".join(third)
    since = {word: one.since for one in story.blame for word in one.text.split()}
    for number, word in enumerate(third):
        assert since[word] == (3 if number % 5 == 0 else 2 if number % 3 == 0 else 1), word


def test_neighbours_that_have_stood_as_long_are_one():
    story = wl.history(["Er ging heim.", "Er ging gern heim.", "Er ging heim."])
    assert [(one.start, one.end, one.since) for one in story.blame] == [(0, 13, 1)]
    for before, after in zip(story.blame, story.blame[1:], strict=False):
        assert before.since != after.since


def test_what_only_moved_has_stood_since_it_came():
    first, second = "Der Rat tagt heute noch einmal öffentlich. ", "Es regnet seit drei Tagen ohne Pause. "
    story = wl.history([first + second, second + first])
    assert story.diffs[0].moves
    assert [one.since for one in story.blame] == [1]
    edited = wl.history([first + second, second + first.replace("heute", "morgen")])
    assert [(one.text, one.since) for one in edited.blame if one.since > 1] == [("morgen", 2)]


def test_other_marks_and_capitals_are_no_news():
    story = wl.history(
        ['Er sagte "nie", so der Rat.', "Er sagte „nie“, so der rat.", "Er sagte „nie“ so der Rat!"]
    )
    assert {one.since for one in story.blame} == {1}


def test_a_mark_that_came_goes_with_the_word_before_it():
    # It had the age of the word behind it.
    story = wl.history(["Er ging heim.", "Er ging heim sofort.", "Er ging heim, sofort."])
    assert [(one.text.strip(), one.since) for one in story.blame] == [
        ("Er ging heim,", 1),
        ("sofort", 2),
        (".", 1),
    ]


@pytest.mark.parametrize("which", range(3))
def test_the_fold_of_a_text_among_the_versions_counts_for_all(which):
    versions: list[str | wl.Text] = ["Der Café bleibt.", "Der Cafe bleibt.", "Der Café bleibt!"]
    versions[which] = wl.Text(versions[which], fold=ACCENTS)
    for story in (wl.history(versions), wl.history(versions, fold=ACCENTS)):
        assert [change.counts()["wording"] for change in story.diffs] == [0, 0]


def test_the_blame_becomes_a_frame_of_any_library():
    polars, arrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    story = wl.history(["Er ging.", "Er ging heim."], dates=[datetime(2025, 3, 4), None])
    table = arrow.table(story)
    assert tuple(table.column_names) == story.columns
    assert table.to_pylist() == story.to_polars().to_dicts()
    assert table["date"].to_pylist() == [
        datetime(2025, 3, 4, tzinfo=UTC),
        None,
        datetime(2025, 3, 4, tzinfo=UTC),
    ]
    assert [row["text"] for row in story.to_dicts()] == story.to_pandas()["text"].tolist()
    assert str(story.to_pandas()["date"].dtype).startswith("datetime64")
    named = wl.history(["Er ging.", "Er ging heim."], dates=["Mo", "Di"])
    assert named.to_polars()["date"].dtype == polars.String
    assert named.to_arrow()["date"].to_pylist() == ["Mo", "Di", "Mo"]


def test_a_page_shows_days_as_days():
    page = wl.history(["Er ging.", "Er ging heim."], dates=[datetime(2025, 3, 4), "2023-09"]).to_html()
    assert ">2025-03-04<" in page
    assert ">2023-09<" in page
    assert "00:00" not in page


def test_words_that_were_joined_are_as_old_as_the_last_of_them():
    """They had the age of the first."""
    story = wl.history(["Die S fährt.", "Die S Bahn fährt.", "Die Sbahn fährt."])
    assert [(one.text.strip(), one.since) for one in story.blame] == [("Die", 1), ("Sbahn", 2), ("fährt.", 1)]


def test_a_date_that_is_missing_is_none():
    """NaT is a datetime that cannot be written."""
    pandas = pytest.importorskip("pandas")
    story = wl.history(["Er ging.", "Er lief."], dates=pandas.to_datetime(["2024-01-01", None]))
    assert story.dates[1] is None
    assert "version 2" in story.to_html()


def test_a_dict_of_versions_is_refused():
    """Its keys were compared."""
    with pytest.raises(wl.InvalidTypeError, match=r"pass list\(versions.values\(\)\)"):
        wl.history({"2020": "Er ging.", "2021": "Er lief."})
