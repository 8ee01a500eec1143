"""A corpus over columns is the corpus over articles that are made of the same rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wortlaut as wl
from wortlaut import Article
from wortlaut.gather import Gathered, articles_of, moments, numbers_of_outlets, of_frame, places_in_time
from wortlaut.held import Held, held_in_frame, held_of

TEXTS = st.sampled_from(
    ["", "Der Rat tagt.", "Der Hafen bleibt offen.", "\ud800 halb", None, float("nan"), 7]
)
IDS = st.sampled_from(["", "a", "a", "a#2", "b", None, 3, 3, 4])
DATES = st.sampled_from(
    [
        *("2023-09", "2023-09-16", "2023-09-16T10:00:00+02:00", "2024", "bald", "", None, float("nan"), 2023),
        *(date(2023, 9, 1), datetime(2023, 9, 16, tzinfo=UTC), datetime(1, 1, 1)),
    ]
)
NAMES = st.sampled_from(["Kurier", "Bote", "", None, 5])
PRECISIONS = st.sampled_from(["month", "year", "day", None, 3])
COLUMNS = {"id": IDS, "date": DATES, "outlet": NAMES, "title": NAMES}
EXTRA = {"page": st.integers() | st.none(), "date_precision": PRECISIONS}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Return texts, some of the columns beside them, and some that no article has a field for."""
    texts = draw(st.lists(TEXTS, max_size=6))
    several = {name: st.lists(one, min_size=len(texts), max_size=len(texts)) for name, one in COLUMNS.items()}
    others = {name: st.lists(one, min_size=len(texts), max_size=len(texts)) for name, one in EXTRA.items()}
    fields = draw(st.fixed_dictionaries({}, optional=several))
    return {"texts": texts, "fields": fields, "extra": draw(st.fixed_dictionaries({}, optional=others))}


def assert_same(held: Held | Gathered, wanted: Gathered) -> None:
    """Compare what a corpus asks of either."""
    assert isinstance(held, Held)
    made = list(held.articles())
    assert list(held.texts) == [article.text for article in wanted.articles]
    assert made == wanted.articles
    assert [one.extra for one in made] == [one.extra for one in wanted.articles]
    assert (held.ids, held.ids.labels, held.ids.library) == (
        wanted.ids,
        wanted.ids.labels,
        wanted.ids.library,
    )
    assert held.problems == wanted.problems
    found = held.moments()
    assert (found or [None] * len(made)) == moments(wanted.articles)
    assert places_in_time(moments(wanted.articles)) == (
        list(range(len(made))) if found is None else places_in_time(found)
    )
    outlets = [article.outlet for article in wanted.articles]
    assert numbers_of_outlets(held.outlets()) == numbers_of_outlets(outlets)


def error_of(work: Any, **options: Any) -> str:
    with pytest.raises(wl.InvalidValueError) as raised:
        work(**options)
    return str(raised.value)


class TestHeld:
    @given(rows())
    def test_columns_are_the_articles_made_row_by_row(self, given_rows):
        wanted = articles_of(**given_rows, strict=False, library="polars")
        assert_same(held_of(**given_rows, strict=False, library="polars"), wanted)
        if wanted.problems:
            assert error_of(held_of, **given_rows, strict=True) == error_of(
                articles_of, **given_rows, strict=True
            )

    @given(rows())
    def test_frames_of_polars_lend_their_texts(self, given_rows):
        polars = pytest.importorskip("polars")
        texts = [text if isinstance(text, str) else None for text in given_rows["texts"]]
        texts = [text and text.replace("\ud800", "") for text in texts]
        columns = {**given_rows["fields"], **given_rows["extra"]}
        columns = {
            name: [value if value is None else str(value) for value in column]
            for name, column in columns.items()
        }
        frame = polars.DataFrame(
            {"text": texts, **columns}, schema=dict.fromkeys(["text", *columns], polars.String)
        )
        held = held_in_frame(frame, {}, strict=False)
        assert isinstance(held, Held)
        assert held.lent is not None
        assert_same(held, of_frame(frame, {}, strict=False))

    def test_frames_of_pandas_are_named_by_their_index(self):
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame(
            {"body": ["eins", None, "drei"], "datum": ["2024-01", "bald", "2023"], "page": [1, 2, 3]},
            index=[7, 7, 7],
        )
        assert_same(held_in_frame(frame, {}, strict=False), of_frame(frame, {}, strict=False))

    def test_articles_that_are_made_stay_as_they_are(self):
        articles = [Article("a", "eins"), "zwei"]
        assert isinstance(held_of(articles, {}, strict=False), Gathered)
        assert wl.Corpus(articles).articles[0] is articles[0]

    def test_what_a_generator_gives_is_asked_for_once(self):
        corpus = wl.Corpus((text for text in ["eins", "zwei"]), outlets=(name for name in ["Bote", None]))
        assert (corpus.ids, corpus.outlets) == (["0", "1"], ["Bote", None])

    def test_a_corpus_shows_its_outlets_before_an_article_is_made(self):
        corpus = wl.Corpus(["eins", "zwei"], outlets=["Bote", "Kurier"])
        assert repr(corpus) == "Corpus(2 articles, 2 outlets)"
        assert corpus.articles[1].outlet == "Kurier"
