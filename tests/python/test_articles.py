"""Articles once they are read: how much of a date is known, and what becomes of them in frames."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from wortlaut import Article, Articles, Corpus, read_articles
from wortlaut.dates import dated, parse_date, shown_date

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Der Rat hat am Montag getagt. Die Brücke bleibt."


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")


class TestPrecision:
    @pytest.mark.parametrize(
        ("given", "precision", "shown"),
        [
            ("2023-09", "month", "2023-09"),
            (" 2023-9 ", "month", "2023-09"),
            ("2023", "year", "2023"),
            (2023, "year", "2023"),
            ("2023-09-01", None, "2023-09-01"),
            ("01.09.2023", None, "2023-09-01"),
            ("2023-09-01T10:12", None, "2023-09-01 10:12"),
            (datetime(2023, 9, 1), None, "2023-09-01"),
            ("gestern", None, ""),
            (None, None, ""),
            (float("nan"), None, ""),
        ],
    )
    def test_as_much_is_known_as_was_said(self, given, precision, shown):
        moment, known = dated(given)
        assert (moment, known) == (parse_date(given), precision)
        assert shown_date(moment, known) == shown

    def test_of_numpy(self):
        numpy = pytest.importorskip("numpy")
        assert dated(numpy.datetime64("2023-09")).precision == "month"
        assert dated(numpy.datetime64("2023")).precision == "year"
        assert dated(numpy.datetime64("2023-09-01")).precision is None
        assert dated(numpy.float64(2023)) == dated(numpy.int32(2023)) == dated("2023")

    def test_of_a_column_with_a_year_missing(self):
        corpus = Corpus(["a", "b"], dates=[2023.0, float("nan")])
        assert [article.date_precision for article in corpus.articles] == ["year", None]
        assert not corpus.problems
        assert dated(2023.5).moment is None

    def test_every_way_in_keeps_it(self, tmp_path):
        write(tmp_path, "a.txt", "date 2023-09 Rat lehnt ab\n\n" + TEXT)
        write(tmp_path, "2023-09_kurier_x.txt", TEXT)
        write(tmp_path, "b.jsonl", json.dumps({"text": TEXT, "date": "2023-09"}))
        write(tmp_path, "c.csv", f"text,date\n{TEXT},2023-09\n")
        articles = read_articles(tmp_path)
        assert [article.date_precision for article in articles] == ["month"] * 4
        assert "2023-09-01" not in repr(articles) + repr(list(articles))
        assert "2023-09" in repr(articles)
        for corpus in (
            Corpus(articles),
            Corpus(["a"], dates=["2023-09"]),
            pickle.loads(pickle.dumps(Corpus(articles))),
        ):
            assert {article.date_precision for article in corpus.articles} == {"month"}

    def test_a_date_that_is_given_beside_an_article_wins(self):
        article = Article("a", "eins", date=parse_date("2023"), date_precision="year")
        assert Corpus([article], dates=["2024-05-02"]).articles[0].date_precision is None
        assert Corpus([article], dates=["2024-05"]).articles[0].date_precision == "month"
        assert Corpus([article], dates=[None]).articles[0].date_precision == "year"

    def test_the_name_adds_the_day_to_a_month_and_to_nothing_else(self, tmp_path):
        write(tmp_path, "2023-09-16_kurier_x.txt", "date 2023-09\n\n" + TEXT)
        write(tmp_path, "2023-09-17_kurier_x.txt", "date 2023-09-01\n\n" + TEXT)
        write(tmp_path, "2023-10-18_kurier_x.txt", "date 2023-09\n\n" + TEXT)
        shown = [shown_date(article.date, article.date_precision) for article in read_articles(tmp_path)]
        assert shown == ["2023-09-16", "2023-09-01", "2023-09"]


class TestFrames:
    ARTICLES = Articles(
        [
            Article(
                "a1", "eins \ud800", date=parse_date("2023-09-16T10:12+02:00"), extra={"page": 3, "by": ["x"]}
            ),
            Article("a2", "zwei", extra={"page": "vier", "text": "alt", "big": 2**70}),
        ]
    )
    COLUMNS = (
        "id",
        "text",
        "title",
        "url",
        "date",
        "outlet",
        "lang",
        "author",
        "page",
        "by",
        "extra_text",
        "big",
    )

    def test_polars(self):
        polars = pytest.importorskip("polars")
        frame = self.ARTICLES.to_polars()
        assert tuple(frame.columns) == self.COLUMNS
        assert frame["text"].to_list() == ["eins \ufffd", "zwei"]
        assert frame["date"].to_list() == [datetime(2023, 9, 16, 8, 12, tzinfo=UTC), None]
        assert frame["page"].to_list() == ["3", "vier"]
        assert frame["title"].dtype == polars.String
        assert Articles().to_polars().schema["date"] == polars.Datetime("us", "UTC")

    def test_arrow(self):
        arrow = pytest.importorskip("pyarrow")
        table = arrow.table(self.ARTICLES)
        assert tuple(table.column_names) == self.COLUMNS
        assert table["date"].to_pylist() == [datetime(2023, 9, 16, 8, 12, tzinfo=UTC), None]
        assert table["page"].to_pylist() == ["3", "vier"]
        assert table["by"].to_pylist() == [["x"], None]
        assert table["big"].to_pylist() == [None, str(2**70)]
        assert table.schema.field("title").type == arrow.large_string()
        assert Articles().to_arrow().schema.field("date").type == arrow.timestamp("us", "UTC")

    def test_numbers_stay_numbers(self):
        pytest.importorskip("polars")
        articles = Articles([Article("a", "x", extra={"page": 3}), Article("b", "y", extra={"page": None})])
        assert articles.to_polars()["page"].to_list() == [3, None]
        assert articles.to_arrow()["page"].to_pylist() == [3, None]
