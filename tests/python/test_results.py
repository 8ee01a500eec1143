"""Collections of results: sequences over columns that show themselves, pickle, and become frames."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser
from tempfile import TemporaryDirectory

import pytest

import wortlaut as wl
from wortlaut.frames import Column

LINE = "der alte Hafen bleibt in diesem Winter für alle Schiffe offen"
EVIL = "<script>alert(1)</script>"
QUOTED = f"Kern sagte: „Wir bleiben {EVIL} im alten Hafen, und zwar «für immer»“. Ein „Ende ohne."
A = f"{LINE} {EVIL}. {QUOTED} {LINE}"
B = f"Heute: {LINE} <img src=x onerror=alert(1)>! {QUOTED} Mehr nicht."
IDS = ["<b>&x", "y", "z"]


def corpus(*texts: str) -> wl.Corpus:
    outlets = [EVIL, "Bote", "Kurier", *[None] * len(texts)]
    return wl.Corpus(
        texts, ids=[*IDS, *map(str, range(len(texts)))][: len(texts)], outlets=outlets[: len(texts)]
    )


# Collection -> (how to get one with rows, how to get an empty one, its documented columns).
A_AND_B = ("a_start", "a_end", "b_start", "b_end")
EDIT = ("kind", "level", *A_AND_B, "move")
PASSAGE = (*A_AND_B, "words_a", "words_b", "matched", "similarity", "kind")
MARKS = (
    "start",
    "end",
    "inner_start",
    "inner_end",
    "opening",
    "closing",
    "depth",
    "parent",
    "group",
    "closed",
)
QUOTE = (*MARKS, "kind", "confidence", "speaker_start", "speaker_end", "cue_start", "cue_end")
SHARED = (*A_AND_B, "relation", "marked", "similarity", "evidence", "negation")
VARIANT = ("relation", "similarity", "negation", "speaker", "speaker_start", "speaker_end")
FIRST = ("first_id", "first_start", "first_end", "date")
RATIOS = ("containment_a", "containment_b", "jaccard", "dice")


def searched(text: str) -> wl.IndexPassages:
    with TemporaryDirectory() as folder:
        index = wl.Index.create(f"{folder}/seen.sqlite")
        index.add(dict(zip(IDS, (A, B, LINE), strict=True)))
        return index.search(text)


KINDS = {
    wl.IndexPassages: (lambda: searched(A), lambda: searched(""), ("id", *PASSAGE)),
    wl.Spans: (lambda: wl.Text(A).words, lambda: wl.Text("").words, ("start", "end")),
    wl.Edits: (lambda: wl.diff(A, B).edits, lambda: wl.diff("", "").edits, EDIT),
    wl.RowEdits: (lambda: wl.diff_many([A, B], [B, A]), lambda: wl.diff_many([], []), ("row", *EDIT)),
    wl.Passages: (lambda: wl.passages(A, B), lambda: wl.passages("", ""), PASSAGE),
    wl.Quotes: (lambda: wl.quotes(A), lambda: wl.quotes(""), QUOTE),
    wl.SharedQuotes: (lambda: wl.shared_quotes(A, B), lambda: wl.shared_quotes("", ""), SHARED),
    wl.FoundQuotes: (
        lambda: wl.find_quote("Wir bleiben im alten Hafen", A),
        lambda: wl.find_quote("", A),
        ("start", "end", "relation", "similarity", "negation"),
    ),
    wl.PairOverlaps: (
        lambda: corpus(A, B, LINE).overlaps(),
        lambda: corpus().overlaps(),
        ("a_id", "b_id", "words_a", "words_b", "shared", *RATIOS),
    ),
    wl.CorpusPassages: (
        lambda: corpus(A, B, LINE).passages(),
        lambda: corpus().passages(),
        ("a_id", "b_id", *PASSAGE),
    ),
    wl.CorpusQuotes: (lambda: corpus(A, B, LINE).quotes(), lambda: corpus().quotes(), ("id", *QUOTE)),
    wl.CorpusSharedQuotes: (
        lambda: corpus(A, B, QUOTED).shared_quotes(),
        lambda: corpus().shared_quotes(),
        ("cluster", "a_id", "b_id", *SHARED),
    ),
    wl.Mentions: (
        lambda: corpus(A, B, QUOTED).shared_quotes().mentions(),
        lambda: corpus().shared_quotes().mentions(),
        (
            "cluster",
            "id",
            "date",
            "outlet",
            "start",
            "end",
            "in_marks",
            "first",
            "canonical",
            "phrase",
            *VARIANT,
        ),
    ),
    wl.Statements: (
        lambda: corpus(A, B, QUOTED).shared_quotes().statements(),
        lambda: corpus().shared_quotes().statements(),
        ("cluster", "id", "start", "end", *FIRST, "mentions", "articles", "outlets", "speakers", "conflict"),
    ),
    wl.Boilerplate: (
        lambda: corpus(
            *(" ".join(f"w{i}x{j}" for j in range(30)) + f" {LINE}" for i in range(10))
        ).boilerplate(),
        lambda: corpus().boilerplate(),
        ("words", "df", "outlets", "date", "id", "start", "end"),
    ),
    wl.Clusters: (
        lambda: corpus(A, B, LINE).clusters(),
        lambda: corpus().clusters(),
        (
            *("cluster", "id", "start", "end", "words", "first", "canonical", "similarity"),
            *("direction", "source"),
        ),
    ),
    wl.Spread: (
        lambda: corpus(A, B, LINE).spread(0),
        lambda: corpus(A, B, LINE).spread(0)[:0],
        (
            *("date", "minutes", "id", "outlet", "start", "end", "words", "first", "similarity"),
            *("direction", "source"),
        ),
    ),
}
# What the row of a collection has beside its columns: the stretches of raw text.
TEXTS = {"text", "inner_text", "first_text", "a_text", "b_text"}
FLAGS = {"closed", "negation", "first", "canonical", "conflict", "in_marks", "phrase"}
NAMES = {"kind", "level", "relation", "marked", "direction", "evidence"}
STRINGS = {
    *(
        "a_id",
        "b_id",
        "id",
        "first_id",
        "date",
        "outlet",
        "source",
        "speaker",
        "speakers",
        "opening",
        "closing",
    ),
}
NULLABLE = {"minutes", "move", "parent", "speaker_start", "speaker_end", "cue_start", "cue_end"}
SHARES = {"similarity", "confidence", *RATIOS}

every = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def full(kind):
    return KINDS[kind][0]()


def empty(kind):
    return KINDS[kind][1]()


class Stream:
    """Results with nothing of a sequence about them: polars takes a sequence of dataclasses row by row."""

    def __init__(self, found: object) -> None:
        self.__arrow_c_stream__ = found.__arrow_c_stream__


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_every_collection_is_here():
    collections = {
        one for name in wl.__all__ if isinstance(one := getattr(wl, name), type) and hasattr(one, "to_dicts")
    }
    assert collections == {*KINDS, wl.Articles, wl.History}


class TestSequence:
    @every
    def test_index_slice_and_iteration_agree(self, kind):
        found = full(kind)
        rows = list(found)
        assert type(found) is kind
        assert len(found) == len(rows) > 0
        assert [found[index] for index in range(len(rows))] == rows
        assert [found[index] for index in range(-len(rows), 0)] == rows
        for cut in (
            slice(None),
            slice(1, None),
            slice(-1, None),
            slice(None, None, 2),
            slice(None, None, -1),
            slice(9, 2),
        ):
            assert type(found[cut]) is kind
            assert list(found[cut]) == rows[cut]
        assert list(reversed(found)) == rows[::-1]
        assert rows[0] in found
        assert found.index(rows[0]) == 0
        assert list(found.take([0, 0])) == [rows[0], rows[0]]
        for outside in (len(rows), -len(rows) - 1):
            with pytest.raises(IndexError, match=f"within {len(rows)} rows, got {outside}"):
                found[outside]

    @every
    def test_an_index_of_numpy_is_one(self, kind):
        numpy = pytest.importorskip("numpy")
        assert full(kind)[numpy.int64(0)] == full(kind)[0]

    @every
    def test_rows_are_values(self, kind):
        for row in full(kind):
            assert pickle.loads(pickle.dumps(row)) == row == copy.deepcopy(row)
            assert len({row, copy.copy(row)}) == 1
            assert "\n" not in repr(row)
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(row, dataclasses.fields(row)[0].name, 3)

    @every
    def test_equal_ones_are_equal_and_others_are_not(self, kind):
        one, other = full(kind), full(kind)
        assert one == other
        assert hash(one) == hash(other)
        assert one[:0] == empty(kind) != one
        assert one != list(one)
        assert (one == None) is False  # noqa: E711  # == itself is what is tested

    @every
    def test_copies_and_pickles_are_the_same(self, kind):
        for found in (full(kind), empty(kind), full(kind)[:1]):
            for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
                assert again == found
                assert list(again) == list(found)
                assert repr(again) == repr(found)

    def test_reading_it_all_takes_time_by_its_length(self):
        found = wl.Text("wort " * 50_000).words
        assert sum(span.end - span.start for span in found) == 200_000
        assert next(iter(found)).text == "wort"
        assert sum(found[index].start >= 0 for index in range(50_000)) == 50_000


class TestColumns:
    @every
    def test_columns_are_the_documented_ones_in_their_order(self, kind):
        expected = KINDS[kind][2]
        assert full(kind).columns == empty(kind).columns == expected

    @every
    def test_columns_are_the_fields_of_a_row_in_their_order(self, kind):
        found = full(kind)
        fields = [field.name for field in dataclasses.fields(found[0])]
        assert fields == [*found.columns, *found.texts()]
        assert all(field.default is dataclasses.MISSING for field in dataclasses.fields(found[0]))
        assert not hasattr(found[0], "__dict__")
        assert set(found.texts()) <= TEXTS

    @every
    def test_columns_dicts_and_rows_say_the_same(self, kind):
        found = full(kind)
        for index, (row, told) in enumerate(zip(found, found.to_dicts(), strict=True)):
            assert list(told) == [*found.columns, *found.texts()]
            for name, value in told.items():
                assert getattr(row, name) == value
                if name in found.columns:
                    assert found.column(name)[index] == value
        assert list(found.to_dicts(text=False)[0]) == list(found.columns)

    @every
    def test_values_are_plain(self, kind):
        for row in full(kind).to_dicts():
            for name, value in row.items():
                assert type(value) is self.plain(name) or (value is None and name in NULLABLE), name

    @staticmethod
    def plain(name: str) -> type:
        for type_, names in ((bool, FLAGS), (str, NAMES | STRINGS | TEXTS), (float, SHARES)):
            if name in names:
                return type_
        return int


class TestShown:
    @every
    def test_a_repr_is_short_and_harmless(self, kind):
        for found in (full(kind), empty(kind), wl.Text("wort " * 1000).words):
            lines = repr(found).splitlines()
            assert lines[0].startswith(f"{type(found).__name__}: ")
            assert len(lines) <= 12
            assert max(map(len, lines)) < 500

    @every
    def test_a_notebook_gets_text_and_escaped_html(self, kind):
        for found in (full(kind), empty(kind)):
            bundle = found._repr_mimebundle_()
            assert set(bundle) == {"text/plain", "text/html"}
            assert bundle["text/plain"] == repr(found)
            for page in (bundle["text/html"], found.to_html()):
                tags = Tags()
                tags.feed(page)
                assert not tags.tags & {"script", "img", "b", "form", "button", "iframe"}
                assert not any(name.startswith("on") for name in tags.attributes)

    def test_a_wide_table_shows_the_texts_first_and_each_place_in_one_cell(self, tmp_path):
        with wl.Index.create(tmp_path / "seen.sqlite") as index:
            index.add({"x": "eins zwei drei vier fünf sechs sieben acht"})
            found = index.search("Null: eins zwei drei vier fünf sechs sieben acht")
        headers = re.findall(r'<th scope="col"([^>]*)>(\w+)</th>', found.to_html())
        assert [name for _, name in headers] == [
            *("id", "a_text", "b_text", "a_span", "b_span"),
            *("matched", "similarity", "kind"),
        ]
        assert [name for rest, name in headers if 'width="30%"' in rest] == ["a_text", "b_text"]
        assert '<td dir="auto">0–42</td>' in found.to_html()
        assert [
            name for _, name in re.findall(r'<th scope="col"([^>]*)>(\w+)</th>', found[:0].to_html())
        ] == [name for _, name in headers]
        assert found.to_pandas(text=True).columns.tolist() == [*found.columns, "a_text", "b_text"]

    def test_passages_of_a_corpus_stand_side_by_side_pair_by_pair(self):
        texts = {"x": "eins zwei drei vier", "y": "Null: eins zwei drei vier", "<z>": "eins zwei Drei vier!"}
        found = wl.Corpus(texts).passages(min_words=4)
        page = found.to_html()
        assert re.findall(r"Passage (\d): ", page) == ["1", "2", "3"]
        assert "A: x" in page
        assert "B: &lt;z&gt;" in page
        assert "… 2 more" in found.to_html(limit=1)

    def test_passages_of_two_texts_are_linked_by_number_in_both(self):
        page = wl.passages("eins zwei drei vier", "Null: eins zwei drei vier", min_words=4).to_html()
        (place,) = set(re.findall(r'href="#(passages-\w+-1)"', page))
        assert page.count(f'href="#{place}"') == 2
        assert page.count(f'id="{place}"') == 1

    def test_shares_are_shaded(self):
        page = wl.Corpus(["a b c d e f", "a b c d e"]).overlaps().to_html()
        assert '<td class="wl-figure wl-step-6">1.000</td>' in page
        assert '<td class="wl-figure wl-step-4">0.500</td>' in page

    def test_clusters_have_a_line_of_time_where_dates_are_known(self):
        line = "der alte Hafen bleibt in diesem Winter noch offen"
        texts, dates = [line, f"Heute: {line}"], ["2025-03-04", "2025-03-06"]
        dated = wl.Corpus(texts, dates=dates).clusters()
        assert "data:image/svg+xml" in dated.to_html()
        assert "Cluster 0, copy by copy" in pickle.loads(pickle.dumps(dated)).to_html()
        assert "data:image/svg+xml" not in wl.Corpus(texts).clusters().to_html()

    def test_articles_problems_corpora_and_overlaps_show_themselves(self):
        corpus = wl.Corpus({"<b>": "eins", "y": None})
        found = (corpus, corpus.problems, wl.sample_articles(), wl.overlap("eins", "zwei"))
        for one in found:
            bundle = one._repr_mimebundle_()
            assert bundle["text/plain"] == repr(one)
            assert "<table" in bundle["text/html"]
        assert "&lt;b&gt;" in corpus._repr_mimebundle_()["text/html"]
        assert "text of &#x27;y&#x27; is missing" in corpus._repr_mimebundle_()["text/html"]
        assert str(corpus.problems).splitlines()[0] == "Problems: 1 problem"

    def test_a_large_result_is_capped_in_a_notebook_and_whole_in_a_file(self):
        found = wl.Text("wort " * 500).words
        assert found._repr_mimebundle_()["text/html"].count("<tr>") == 22
        assert "480 more" in found._repr_mimebundle_()["text/html"]
        assert found.to_html().count("<tr>") == 501


class TestFrames:
    @every
    @pytest.mark.parametrize("text", [True, False])
    def test_pandas_has_the_same_values(self, kind, text):
        pandas = pytest.importorskip("pandas")
        for found in (full(kind), empty(kind)):
            frame = found.to_pandas(text=text)
            names = [*found.columns, *(found.texts() if text else ())]
            assert list(frame.columns) == names
            assert len(frame) == len(found)
            expected = found.texts() | {name: found.column(name) for name in found.columns}
            for name in names:
                assert [None if value is pandas.NA else value for value in frame[name].tolist()] == expected[
                    name
                ]
                assert self.of_pandas(str(frame[name].dtype)) == self.kind_of(name), name

    @staticmethod
    def of_pandas(dtype: str) -> str:
        kinds = {"int64": "int", "Int64": "int?", "float64": "float", "bool": "bool", "category": "name"}
        return kinds.get(dtype, "str" if dtype in ("str", "object", "string") else dtype)

    @staticmethod
    def kind_of(name: str) -> str:
        named = {"bool": FLAGS, "name": NAMES, "str": STRINGS | TEXTS, "int?": NULLABLE, "float": SHARES}
        return next((kind for kind, names in named.items() if name in names), "int")

    @every
    @pytest.mark.parametrize("text", [True, False])
    def test_polars_has_the_same_values(self, kind, text):
        polars = pytest.importorskip("polars")
        of_polars = {
            polars.Int64: "int",
            polars.Float64: "float",
            polars.Boolean: "bool",
            polars.Categorical: "name",
            polars.String: "str",
        }
        for found in (full(kind), empty(kind)):
            frame = found.to_polars(text=text)
            assert frame.columns == [*found.columns, *(found.texts() if text else ())]
            assert frame.to_dicts() == found.to_dicts(text=text)
            for name, dtype in frame.schema.items():
                assert of_polars[type(dtype)] == self.kind_of(name).rstrip("?"), name

    @every
    @pytest.mark.parametrize("text", [True, False])
    def test_arrow_has_the_same_values(self, kind, text):
        arrow = pytest.importorskip("pyarrow")
        for found in (full(kind), empty(kind)):
            table = found.to_arrow(text=text)
            table.validate(full=True)
            assert table.column_names == [*found.columns, *(found.texts() if text else ())]
            assert table.to_pylist() == found.to_dicts(text=text)
            for field in table.schema:
                repeated = field.name in NAMES | STRINGS
                expected = "dictionary" if repeated else self.kind_of(field.name).rstrip("?")
                assert self.of_arrow(arrow, field.type) == expected, field

    @staticmethod
    def of_arrow(arrow, type_) -> str:
        if arrow.types.is_dictionary(type_):
            assert type_.value_type == arrow.string()
            return "dictionary"
        return {"int64": "int", "double": "float", "bool": "bool", "large_string": "str"}[str(type_)]

    @every
    def test_anyone_can_take_the_stream(self, kind):
        arrow, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
        for found in (full(kind), empty(kind)):
            assert arrow.table(found).to_pylist() == found.to_dicts(text=False)
            assert polars.DataFrame(Stream(found)).to_dicts() == found.to_dicts(text=False)

    def test_nulls_are_nulls(self):
        found = wl.quotes("„Ja“")
        assert found[0].parent is None
        assert found.to_pandas()["parent"].isna().all()
        assert found.to_polars()["parent"].null_count() == 1
        assert found.to_arrow()["parent"].null_count == 1

    @pytest.mark.parametrize(
        ("module", "method", "extra"),
        [
            ("pandas", "to_pandas", "pandas"),
            ("polars", "to_polars", "polars"),
            ("pyarrow", "to_arrow", "arrow"),
        ],
    )
    def test_a_missing_library_is_named_with_what_installs_it(self, monkeypatch, module, method, extra):
        monkeypatch.setitem(sys.modules, module, None)
        for found in (wl.quotes("„Ja“"), wl.Corpus(["a"]).matrix()):
            with pytest.raises(
                wl.MissingExtraError, match=rf"{module} is not installed.*wortlaut\[{extra}\]"
            ) as caught:
                getattr(found, method)()
            assert caught.value.name == module

    def test_results_work_without_any_of_them(self):
        script = """
import sys
for name in ("pandas", "polars", "pyarrow", "numpy", "tqdm"):
    sys.modules[name] = None
import wortlaut as wl
found = wl.Corpus(["der alte Hafen bleibt in diesem Winter noch offen"] * 2).passages(progress=True)
print(len(found), found[0].kind, len(found.to_html()) > 0, len(wl.overlap_many(["a"], ["a"])["ratio"]))
"""
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert run.stderr == ""
        assert run.stdout.split() == ["1", "verbatim", "True", "1"]


class TestMatrix:
    def matrix(self) -> wl.Matrix:
        return corpus(A, B, LINE).matrix()

    def test_it_is_a_sequence_of_rows(self):
        matrix = self.matrix()
        assert len(matrix) == 3
        assert list(matrix) == list(matrix.values)
        assert matrix[-1] == matrix.values[2]
        assert matrix[:2] == matrix.values[:2]
        assert all(matrix[row][row] == 1 for row in range(3))
        assert all(0 <= share <= 1 for row in matrix for share in row)

    def test_it_is_a_value(self):
        matrix = self.matrix()
        assert matrix == self.matrix() == pickle.loads(pickle.dumps(matrix)) == copy.deepcopy(matrix)
        assert hash(matrix) == hash(self.matrix())

    def test_frames_bear_the_ids(self):
        matrix = self.matrix()
        frame = pytest.importorskip("pandas") and matrix.to_pandas()
        assert list(frame.index) == list(frame.columns) == IDS
        assert tuple(map(tuple, frame.to_numpy())) == matrix.values
        for rows in (matrix.to_polars().to_dicts(), matrix.to_arrow().to_pylist()):
            assert [row["id"] for row in rows] == IDS
            assert tuple(tuple(row[name] for name in IDS) for row in rows) == matrix.values
        assert pytest.importorskip("pyarrow").table(matrix).num_rows == 3

    def test_an_article_may_be_called_id(self):
        matrix = wl.Corpus(["a", "b"], ids=["id", "id_"]).matrix()
        assert matrix.columns == ("id__", "id", "id_")
        assert matrix.to_polars().columns == ["id__", "id", "id_"]

    def test_it_shows_itself(self):
        bundle = self.matrix()._repr_mimebundle_()
        tags = Tags()
        tags.feed(bundle["text/html"])
        assert "b" not in tags.tags
        assert "<b>&x" in bundle["text/plain"]
        assert len(repr(wl.Corpus(["a"] * 40).matrix()).splitlines()) == 14

    def test_an_empty_one(self):
        matrix = wl.Corpus([]).matrix()
        assert (len(matrix), list(matrix), repr(matrix)) == (0, [], "Matrix: 0 articles")
        assert (matrix.to_pandas().size, matrix.to_polars().height, matrix.to_arrow().num_rows) == (0, 0, 0)
        assert matrix._repr_mimebundle_()["text/html"]


class TestOtherValues:
    """Results that are no collection."""

    VALUES = (
        lambda: wl.diff(A, B),
        lambda: wl.overlap(A, B),
        lambda: wl.history([A, B, A], dates=["1", "2", "3"]),
        lambda: wl.Text(A),
        lambda: wl.Fold(accents=True),
    )

    @pytest.mark.parametrize("make", VALUES)
    def test_they_are_equal_hashed_copied_and_shown(self, make):
        value = make()
        assert value == make()
        assert hash(value) == hash(make())
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert again == value
            assert repr(again) == repr(value)
        assert value != 5
        name = next(
            iter(getattr(value, "__dataclass_fields__", ["raw" if isinstance(value, wl.Text) else "a"]))
        )
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, 3)

    def test_a_corpus_survives_a_pickle(self):
        one = corpus(A, B, LINE)
        other = pickle.loads(pickle.dumps(one))
        assert other.articles == one.articles
        assert other.passages() == one.passages()
        assert repr(other) == repr(one)

    def test_a_notebook_gets_diffs_and_histories_escaped(self):
        for value in (wl.diff(A, B), wl.history([A, B])):
            bundle = value._repr_mimebundle_()
            tags = Tags()
            tags.feed(bundle["text/html"])
            assert not tags.tags & {"script", "img", "b"}
            assert bundle["text/plain"] == repr(value)

    def test_a_long_diff_is_capped_in_a_notebook_and_whole_in_a_file(self, tmp_path):
        change = wl.diff("der " * 1000, "die ".join(["der "] * 500))
        changes = len(change.changes)
        assert changes > 300
        for value in (change, wl.history([change.a, change.b])):
            shown, whole = value._repr_mimebundle_()["text/html"], value.to_html(tmp_path / "diff.html")
            assert f"… {changes - 200:,} more" in shown
            assert len(shown) < len(whole)
            assert "more</p>" not in whole
        assert change.to_html(limit=0).count("<ins") == 0
        moved = wl.diff(
            "Der Rat tagt heute noch einmal öffentlich. " + LINE + ". Neu.",
            LINE + ". Der Rat tagt heute noch einmal öffentlich. Alt.",
        )
        assert moved.moves
        for limit in range(4):
            assert moved.to_html(limit=limit)

    @pytest.mark.parametrize(
        "value",
        [wl.diff(A, B), wl.passages(A, B), wl.quotes(A), wl.history([A, B]), corpus(A, B).matrix()],
        ids=lambda value: type(value).__name__,
    )
    def test_html_goes_into_a_file_as_a_page(self, tmp_path, value):
        where = tmp_path / "page.html"
        block = value.to_html(where)
        page = where.read_text(encoding="utf-8")
        assert block == value.to_html() == value.to_html(None)
        assert page.startswith("<!doctype html>")
        assert 'charset="utf-8"' in page
        assert block in page
        assert value.to_html(str(where)) == block

    def test_a_history_becomes_a_frame(self):
        pytest.importorskip("pandas")
        frame = wl.history([A, B]).to_pandas()
        assert [str(dtype) for dtype in frame.dtypes[:3]] == ["int64"] * 3
        assert "".join(frame["text"]) == B
        assert len(wl.history([""]).to_pandas()) == 0


class TestCorpusOptions:
    """Options narrow what is there; they never change a row."""

    def rows(self) -> wl.Corpus:
        dates = ["2025-03-01", "2025-03-02", "2025-03-09", None]
        outlets = ["Kurier", "Kurier", "Bote", None]
        return wl.Corpus([A, B, LINE, A], ids=["a", "b", "c", "d"], dates=dates, outlets=outlets)

    @pytest.mark.parametrize("verb", ["overlaps", "passages", "shared_quotes"])
    def test_across_and_within_keep_rows_as_they_are(self, verb):
        corpus = self.rows()
        every = list(getattr(corpus, verb)())
        for options, allowed in (
            ({"across": "outlet"}, {"ac", "bc", "ad", "bd", "cd"}),
            ({"within": "24h"}, {"ab"}),
            ({"within": "7d"}, {"ab", "bc"}),
            ({"within": "8d", "across": "outlet"}, {"ac", "bc"}),
        ):
            found = list(getattr(corpus, verb)(**options))
            if verb == "shared_quotes":
                every = [dataclasses.replace(row, cluster=0) for row in every]
                found = [dataclasses.replace(row, cluster=0) for row in found]
            assert found == [row for row in every if row.a_id + row.b_id in allowed]

    def test_a_pair_is_measured_as_two_texts_are(self):
        for pair in self.rows().overlaps(n=3):
            texts = {article.id: article.text for article in self.rows().articles}
            alone = wl.overlap(texts[pair.a_id], texts[pair.b_id], n=3)
            for name in ("words_a", "words_b", *RATIOS):
                assert math.isclose(getattr(pair, name), getattr(alone, name)), name

    def test_the_best_of_each(self):
        corpus = self.rows()
        every = corpus.overlaps()
        best = corpus.overlaps(top_k=1)
        assert set(best) < set(every)
        assert {name for pair in best for name in (pair.a_id, pair.b_id)} == set(corpus.ids)
        assert corpus.overlaps(top_k=99) == every
        assert all(pair.dice >= 0.5 for pair in corpus.overlaps(measure="dice", min_score=0.5))

    def test_quotes_of_a_kind_or_length(self):
        found = self.rows().quotes()
        assert list(self.rows().quotes(min_words=5)) == [
            quote for quote in found if len(wl.Text(quote.inner_text).words) >= 5
        ]
        for kind in set(found.column("kind")):
            assert list(self.rows().quotes(kind=kind)) == [quote for quote in found if quote.kind == kind]
        assert list(wl.quotes(A, kind="fragment", min_words=2)) == [
            quote for quote in wl.quotes(A, min_words=2) if quote.kind == "fragment"
        ]

    def test_a_limit_of_memory_changes_nothing(self):
        corpus = self.rows()
        for limit in (1, 5 * 10**9, "1kB", "2.5 GB"):
            assert corpus.overlaps(memory_limit=limit) == corpus.overlaps()
            assert corpus.clusters(memory_limit=limit) == corpus.clusters()

    def test_a_spread_begins_with_the_earliest_and_names_the_most_similar(self):
        line = "der alte Hafen bleibt in diesem Winter für alle Schiffe noch lange offen"
        other = line.replace("alle", "viele")
        texts = {"wire": line, "cut": other, "copied": other, "late": line, "undated": line}
        dates = ["2025-03-04", "2025-03-05", "2025-03-06T01:00", "2025-03-06T01:00", None]
        corpus = wl.Corpus(texts, dates=dates, outlets=["dpa", "Bote", None, None, None])
        spread = corpus.spread(0)
        assert spread == corpus.spread(corpus.clusters())
        assert [(row.id, row.minutes, row.direction, row.source) for row in spread] == [
            ("wire", 0, "first", ""),
            ("cut", 24 * 60, "from", "wire"),
            ("copied", 49 * 60, "from", "cut"),
            ("late", 49 * 60, "from", "wire"),
            ("undated", None, "unknown", ""),
        ]
        assert [row.outlet for row in spread][:2] == ["dpa", "Bote"]
        assert [row.text for row in corpus.clusters() if row.canonical] == [line]

    def test_two_of_one_moment_have_no_direction(self):
        line = "der alte Hafen bleibt in diesem Winter für alle Schiffe noch lange offen"
        corpus = wl.Corpus([line, line], dates=["2025-03-04", "2025-03-04"])
        assert corpus.clusters().column("direction") == ["unknown", "unknown"]

    def test_members_of_a_cluster_are_measured_against_the_longest(self):
        for member in (clusters := self.rows().clusters()):
            of_cluster = [one for one in clusters if one.cluster == member.cluster]
            longest = max(of_cluster, key=lambda one: one.words)
            assert member.words == len(wl.Text(member.text).words)
            assert member.similarity == pytest.approx(wl.overlap(longest.text, member.text).ratio)
            assert sum(one.first for one in of_cluster) == 1


class TestColumn:
    """The column itself, of which all results are made."""

    def test_ids_are_equal_by_what_they_say(self):
        one = Column("id", Column.of_numbers([1]).data, ("a", "b"))
        other = Column("id", Column.of_numbers([0]).data, ("b",))
        assert one == other
        assert hash(one) == hash(other)
        assert one != Column("id", other.data, ("a",))
        assert one != "b"
