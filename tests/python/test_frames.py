"""Frames in, frames out, with whatever libraries are here: `make test-frames` runs this over many of them."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

import wortlaut as wl
from wortlaut.given import is_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE = "Der alte Hafen bleibt in diesem Winter noch offen"
OTHER = "Heute: der alte Hafen bleibt in diesem Winter noch offen"
TEXTS = (LINE, None, OTHER)
IDS = ("a", "b", "c")


class Stream:
    """Something of which only the Arrow stream is known."""

    def __init__(self, held: Any) -> None:
        self._held = held

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._held.__arrow_c_stream__(requested_schema)


class Array:
    """Something of which only the Arrow array is known."""

    def __init__(self, held: Any) -> None:
        self._held = held

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self._held.__arrow_c_array__(requested_schema)


def plain_columns() -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "list", lambda: list(TEXTS)
    yield "tuple", lambda: TEXTS
    yield "generator", lambda: (text for text in TEXTS)
    yield "values of a dict", lambda: dict(zip(IDS, TEXTS, strict=True)).values()


def pandas_columns() -> Iterator[tuple[str, Callable[[], Any]]]:
    import pandas as pd

    dtypes: list[Any] = [None, object, "string", "string[python]", "category"]
    if find_spec("pyarrow"):
        import pyarrow as pa

        arrow = [pa.string(), pa.large_string()]
        dtypes += ["string[pyarrow]", *map(pd.ArrowDtype, arrow)]
    for dtype in dtypes:
        yield f"pandas {dtype}", lambda dtype=dtype: pd.Series(TEXTS, dtype=dtype)
    for gap in (float("nan"), pd.NA, pd.NaT):
        yield f"pandas object with {gap}", lambda gap=gap: pd.Series([LINE, gap, OTHER], dtype=object)
    yield "index of pandas", lambda: pd.Index(TEXTS)
    yield "numpy", lambda: pd.Series(TEXTS, dtype=object).to_numpy()


def polars_columns() -> Iterator[tuple[str, Callable[[], Any]]]:
    import polars as pl

    for dtype in (pl.String, pl.Categorical, pl.Enum([LINE, OTHER])):
        yield f"polars {dtype}", lambda dtype=dtype: pl.Series(TEXTS, dtype=dtype)
    yield "stream of polars", lambda: Stream(pl.Series(TEXTS))


def arrow_columns() -> Iterator[tuple[str, Callable[[], Any]]]:
    import pyarrow as pa

    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        yield f"arrow {kind}", lambda kind=kind: pa.array(TEXTS, kind)
    yield "arrow dictionary", lambda: pa.array(TEXTS).dictionary_encode()
    yield "arrow chunks", lambda: pa.chunked_array([TEXTS[:1], TEXTS[1:]])
    yield "arrow array capsule", lambda: Array(pa.array(TEXTS))
    yield "arrow stream capsule", lambda: Stream(pa.chunked_array([TEXTS[:1], TEXTS[1:]]))


def frame_kinds() -> Iterator[tuple[str, Callable[[], Any]]]:
    columns = {"text": list(TEXTS), "id": list(IDS)}
    yield "dict", lambda: columns
    if find_spec("pandas"):
        import pandas as pd

        yield "pandas", lambda: pd.DataFrame(columns)
        yield "pandas, ids as index", lambda: pd.DataFrame({"text": list(TEXTS)}, index=list(IDS))
    if find_spec("polars"):
        import polars as pl

        yield "polars", lambda: pl.DataFrame(columns)
        yield "polars, lazy", lambda: pl.LazyFrame(columns)
        yield "stream of polars", lambda: Stream(pl.DataFrame(columns))
    if find_spec("pyarrow"):
        import pyarrow as pa

        table = pa.table(columns)
        yield "arrow", lambda: table
        yield "arrow batch", lambda: table.to_batches()[0]
        yield "arrow reader", table.to_reader
        yield "arrow stream capsule", lambda: Stream(table)
        yield "arrow array capsule", lambda: Array(table.to_batches()[0])
    if find_spec("duckdb"):
        yield "duckdb", relation_of_duckdb
    if find_spec("narwhals") and find_spec("polars"):
        import narwhals
        import polars as pl

        yield "narwhals", lambda: narwhals.from_native(pl.DataFrame(columns))
        yield "narwhals, lazy", lambda: narwhals.from_native(pl.LazyFrame(columns))


def relation_of_duckdb() -> Any:
    import duckdb

    rows = ", ".join(
        f"({'NULL' if text is None else repr(text)}, {name!r})" for text, name in zip(TEXTS, IDS, strict=True)
    )
    return duckdb.sql(f"SELECT * FROM (VALUES {rows}) AS articles(text, id)")  # noqa: S608  the texts are our own


def columns() -> list[Any]:
    found = list(plain_columns())
    for library, kinds in (
        ("pandas", pandas_columns),
        ("polars", polars_columns),
        ("pyarrow", arrow_columns),
    ):
        found += list(kinds()) if find_spec(library) else []
    return [pytest.param(make, id=name) for name, make in found]


@pytest.mark.parametrize("make", columns())
class TestColumns:
    def test_make_a_corpus(self, make):
        corpus = wl.Corpus(make())
        assert [article.text for article in corpus.articles] == [LINE, OTHER]
        assert [(problem.row, problem.reason) for problem in corpus.problems] == [
            (1, "text of '1' is missing")
        ]
        assert [passage.matched for passage in corpus.passages()] == [9]
        with pytest.raises(wl.InvalidValueError, match="text of '1' is missing"):
            wl.Corpus(make(), errors="raise")

    def test_are_compared_row_by_row(self, make):
        found = wl.overlap_many(make(), list(TEXTS), only="ratio")
        assert [problem.row for problem in found.problems] == [1, 1]
        assert [value for value in list_of(found["ratio"]) if value == 1.0] == [1.0, 1.0]
        edits = wl.diff_many(make(), [LINE] * 3)
        assert {edit.row for edit in edits if edit.kind != "equal"} == {1, 2}
        assert [str(problem) for problem in edits.problems] == ["a, row 1: text of 1 is missing"]
        with pytest.raises(wl.InvalidValueError, match="a, row 1: text of 1 is missing"):
            wl.overlap_many(make(), list(TEXTS), errors="raise")


def list_of(column: Any) -> list[Any]:
    return column.to_pylist() if hasattr(column, "to_pylist") else list(column)


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in frame_kinds()])
class TestFrames:
    @pytest.mark.parametrize("read", [wl.Corpus.from_frame, wl.Corpus])
    def test_make_a_corpus(self, make, read):
        frame = make()
        if isinstance(frame, dict):  # alone, a dict maps ids to texts
            read = wl.Corpus.from_frame
        corpus = read(frame)
        assert corpus.ids == ["a", "c"]
        assert [str(problem) for problem in corpus.problems] == ["frame, row 1: text of 'b' is missing"]

    def test_are_read_and_indexed(self, make, tmp_path):
        frame = make()
        if isinstance(frame, dict):  # alone, a dict maps ids to texts
            return
        if is_frame(frame):
            articles = wl.read_articles(make())
            assert (articles.ids, len(articles.problems)) == (["a", "c"], 1)
        with wl.Index.create(tmp_path / "seen.sqlite") as index:
            with pytest.raises(wl.InvalidValueError, match="frame, row 1: text of 'b' is missing"):
                index.add(make())
            assert len(index) == 0

    def test_come_back_in_their_library(self, make):
        frame = make()
        found = wl.Corpus.from_frame(frame).passages()
        library = type(frame).__module__.partition(".")[0]
        if isinstance(frame, dict):
            with pytest.raises(wl.InvalidValueError, match="texts must have come in a frame"):
                found.to_frame()
            return
        with suppress(wl.MissingExtraError):  # a capsule goes back to Arrow, which may be missing
            back = type(found.to_frame()).__module__.partition(".")[0]
            assert back == {"pandas": "pandas", "polars": "polars", "narwhals": "polars"}.get(
                library, "pyarrow"
            )


class TestPandas:
    @pytest.fixture(autouse=True)
    def pandas(self):
        self.pandas = pytest.importorskip("pandas")

    def test_the_index_comes_back(self):
        frame = self.pandas.DataFrame(
            {"old": [LINE, "eins", None], "new": [OTHER, "zwei", "drei"]}, index=[7, 3, 5]
        )
        whole = frame.assign(**wl.overlap_many(frame.old, frame.new))
        assert whole.index.tolist() == [7, 3, 5]
        assert whole["words_b"].dropna().tolist() == [10, 1]
        assert wl.overlap_many(frame.old, frame.new).problems[0].reason == "text of 5 is missing"
        counts = wl.diff_many(frame.old, frame.new).counts()
        assert frame.assign(**counts)["ratio"].index.tolist() == [7, 3, 5]

    def indexes(self):
        pd = self.pandas
        yield pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1), ("b", 1)], names=["outlet", "nr"])
        yield pd.DatetimeIndex(["2025-03-04", "2025-03-04", None, "2025-03-05"], name="day")
        yield pd.Index(["x", "x", "y", "y"])
        yield pd.CategoricalIndex(["a", "b", "a", "c"])
        yield pd.RangeIndex(8, 0, -2)
        yield pd.Index([1.5, float("nan"), 2.5, 2.5])

    @pytest.mark.parametrize("gap", [None, "drei"])
    def test_an_index_of_any_kind_comes_back(self, gap):
        texts = {"old": [LINE, "eins", gap, "vier"], "new": [OTHER, "zwei", "drei", "vier"]}
        for index in self.indexes():
            frame = self.pandas.DataFrame(texts, index=index)
            for columns in (
                wl.overlap_many(frame.old, frame.new),
                wl.diff_many(frame.old, frame.new).counts(),
            ):
                whole = frame.assign(**columns)
                assert whole.index.equals(index)
                assert whole.index.names == index.names
                assert whole["ratio"].isna().tolist() == [False, False, gap is None, False]
                assert whole["ratio"].iloc[3] == 1
            assert len(wl.Corpus(frame.old)) == 4 - (gap is None)

    def test_ids_by_the_index_are_those_of_a_list(self):
        for index in self.indexes():
            series = self.pandas.Series([LINE, OTHER, None, LINE], index=index)
            lent, listed = wl.Corpus(series), wl.Corpus(series.tolist(), ids=list(index))
            assert lent.ids == listed.ids
            assert lent.problems == listed.problems
            assert [row.a_id for row in lent.passages()] == [row.a_id for row in listed.passages()]
            with pytest.raises(wl.InvalidValueError) as raised:
                wl.Corpus(series, errors="raise")
            with pytest.raises(wl.InvalidValueError, match=r"is taken$|is missing$"):
                wl.Corpus(series.tolist(), ids=list(index), errors="raise")
            assert "renamed" not in str(raised.value)

    def test_numbers_stay_numbers_to_be_joined_on(self):
        frame = self.pandas.DataFrame({"id": [70, 30], "text": [LINE, OTHER]})
        found = wl.Corpus.from_frame(frame).passages().to_frame()
        assert frame.merge(found, left_on="id", right_on="a_id")["b_id"].tolist() == [30]

    def test_labels_of_a_part_are_those_of_the_whole(self):
        series = self.pandas.Series(["eins", LINE, None, OTHER])[1:]
        corpus = wl.Corpus(series)
        assert corpus.ids == ["1", "3"]
        assert corpus.problems[0].reason == "text of '2' is missing"
        assert corpus.passages().to_frame()["a_id"].tolist() == [1]

    def test_what_stands_twice_in_an_index_is_numbered(self):
        corpus = wl.Corpus(self.pandas.Series([LINE, OTHER], index=["x", "x"]))
        assert corpus.ids == ["x", "x#2"]
        assert corpus.passages().to_frame()["b_id"].tolist() == ["x#2"]

    def test_a_column_that_was_left_out_of_the_frame_can_be_named(self):
        frame = self.pandas.DataFrame({"text": [LINE, OTHER]})
        assert wl.Corpus(frame, ids=["x", "y"], outlets=["Bote", None]).outlets == ["Bote", None]

    def test_a_series_without_arrow_is_no_capsule(self):
        # pandas 3 has the attribute without pyarrow too, and raises when it is called.
        assert wl.Corpus(self.pandas.Series([LINE, OTHER])).ids == ["0", "1"]

    def test_cells_can_be_written_to(self):
        frame = wl.Corpus([LINE, OTHER]).passages().to_pandas()
        frame.loc[0, "matched"] = 7
        assert frame["matched"].tolist() == [7]


@pytest.fixture
def found() -> wl.CorpusPassages:
    return wl.Corpus({"a": LINE, "b\ud800": OTHER}).passages()


class TestFiles:
    def test_parquet_holds_what_the_rows_hold(self, found, tmp_path):
        path = tmp_path / "passages.parquet"
        if not (find_spec("pyarrow") or find_spec("polars")):
            with pytest.raises(wl.MissingExtraError, match=r"pip install 'wortlaut\[arrow\]'"):
                found.to_parquet(path)
            return
        found.to_parquet(path, text=True)
        library = "polars" if find_spec("polars") else "pyarrow.parquet"
        if library == "polars":
            rows = pytest.importorskip(library).read_parquet(path).to_dicts()
        else:
            rows = pytest.importorskip(library).read_table(path).to_pylist()
        assert rows == [row | {"b_id": "b\ufffd"} for row in found.to_dicts()]

    def test_json_lines_hold_what_the_rows_hold(self, found, tmp_path):
        path = tmp_path / "passages.jsonl"
        told = found.to_json(path, lines=True)
        assert path.read_text(encoding="utf-8") == told
        rows = [json.loads(line) for line in told.splitlines()]
        assert rows == [row | {"b_id": "b\ufffd"} for row in found.to_dicts()]
        assert json.loads(found.to_json()) == rows

    def test_articles_and_histories_too(self, tmp_path):
        (row,) = json.loads(wl.Articles(wl.sample_articles()[:1]).to_json())
        assert row["date"].startswith("2025-03-04T")
        assert row["id"] == "agency-de"
        assert wl.history(["Er ging."]).to_json(lines=True).count("\n") == 1

    def test_a_file_that_cannot_be_written_is_told(self, found, tmp_path):
        for write in (found.to_json, found.to_parquet):
            with pytest.raises(wl.UnreadableFileError, match="is a folder"):
                write(tmp_path)

    def test_clusters_in_the_words_of_passim(self, tmp_path):
        clusters = wl.Corpus({"x": LINE, "y": OTHER, "z": "nichts"}).clusters()
        path = tmp_path / "out.json"
        rows = [json.loads(line) for line in clusters.to_passim(path).splitlines()]
        assert path.exists()
        assert [(row["cluster"], row["size"], row["id"], row["begin"], row["end"]) for row in rows] == [
            (0, 2, "x", 0, len(LINE)),
            (0, 2, "y", len("Heute: "), len(OTHER)),
        ]
        assert [row["text"] for row in rows] == clusters.texts()["text"]


class TestDates:
    def test_a_month_is_not_told_as_its_first_day(self, tmp_path):
        articles = wl.Articles(
            wl.Corpus(["eins", "zwei", "drei"], dates=["2023-09", "2023-09-16", "2022"]).articles
        )
        assert "date_precision" in articles.columns
        path = tmp_path / "articles.jsonl"
        articles.to_json(path, lines=True)
        assert list(wl.read_articles(path)) == list(articles)
        for make in (articles.to_pandas, articles.to_polars, articles.to_arrow):
            with suppress(wl.MissingExtraError):
                assert wl.Corpus.from_frame(make()).articles == tuple(articles), make

    def test_dates_to_the_day_need_no_word(self):
        articles = wl.Articles(wl.Corpus(["eins"], dates=["2023-09-16"]).articles)
        assert "date_precision" not in articles.columns

    def test_a_column_of_that_name_and_another_meaning_stays(self):
        frame = {"text": ["eins", "zwei"], "date": ["2023-09-16"] * 2, "date_precision": ["± 3", ["x"]]}
        articles = wl.Corpus.from_frame(frame).articles
        assert [article.extra for article in articles] == [
            {"date_precision": "± 3"},
            {"date_precision": ["x"]},
        ]
        assert wl.Articles(articles).columns[-1] == "extra_date_precision"


class TestArrow:
    def test_numbers_and_codes_stay_where_they_are(self):
        pytest.importorskip("pyarrow")
        found = wl.Corpus({"x": "„Ja“, rief er.", "y": "„Nein“"}).quotes()
        table = found.to_arrow()
        assert table.to_pylist() == found.to_dicts(text=False)
        for name, kind in (("start", "i64"), ("parent", "i64?"), ("confidence", "f64")):
            column = found._columns[name]
            assert column.kind == kind
            assert table[name].chunk(0).buffers()[1].address == address(column.data), name
        assert table["kind"].chunk(0).indices.buffers()[1].address == address(found._columns["kind"].data)


def address(data: bytes) -> int:
    return pytest.importorskip("pyarrow").py_buffer(data).address
