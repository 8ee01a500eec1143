"""What people hand over by mistake, and texts at the edge: an answer, or an error that says what to do.

Every message of the API stands in tests/approved/api_errors.txt. After a change of wording, look at the difference:

    python -m pytest tests/python/test_bad_input.py --approve && git diff tests/approved/api_errors.txt
"""

from __future__ import annotations

import datetime as dt
import math
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import wortlaut as wl

APPROVED = Path(__file__).parent.parent / "approved" / "api_errors.txt"
BUILT_IN = {
    wl.InvalidValueError: ValueError,
    wl.InvalidTypeError: TypeError,
    wl.MissingExtraError: ImportError,
    wl.UnreadableFileError: OSError,
}
LINE = "der alte Hafen bleibt in diesem Winter noch offen"
EXACT = wl.Fold.exact()
TWO = wl.Corpus({"x": LINE, "y": "Heute: " + LINE})
FOUND = wl.passages(LINE, LINE)
CHANGE = wl.diff("Er ging.", "Er lief.")


def with_index(call):
    with TemporaryDirectory() as folder, wl.Index.create(f"{folder}/seen.sqlite") as index:
        index.add({"old": LINE})
        return call(index)


# What is called -> the call. The message of each is in the approved file under the same name.
CALLS = {
    "diff(None, 'b')": lambda: wl.diff(None, "b"),
    "diff(nan, 'b')": lambda: wl.diff(math.nan, "b"),
    "diff(b'a', 'b')": lambda: wl.diff(b"a", "b"),
    "diff('a', 5)": lambda: wl.diff("a", 5),
    "diff('a', ['b'])": lambda: wl.diff("a", ["b"]),
    "diff('a', 'b', fold=True)": lambda: wl.diff("a", "b", fold=True),
    "diff(Text, Text) of two folds": lambda: wl.diff(wl.Text("a"), wl.Text("b", fold=EXACT)),
    "diff(Text, 'b', fold=) of another fold": lambda: wl.diff(
        wl.Text("a", fold=wl.Fold(accents=True)), "b", fold=EXACT
    ),
    "Diff.apply of another text": lambda: CHANGE.apply("Er flog."),
    "Diff.apply(None)": lambda: CHANGE.apply(None),
    "Diff.to_html(layout='wide')": lambda: CHANGE.to_html(layout="wide"),
    "Diff.to_html(context=-1)": lambda: CHANGE.to_html(context=-1),
    "Diff.to_html(limit=-1)": lambda: CHANGE.to_html(limit=-1),
    "Diff.to_html(5)": lambda: CHANGE.to_html(5),
    "Diff.to_html into a folder": lambda: CHANGE.to_html("/"),
    "Passages.to_html(limit=True)": lambda: FOUND.to_html(limit=True),
    "History.to_html(limit=-1)": lambda: wl.history(["a", "b"]).to_html(limit=-1),
    "Diff.to_unified(context=-1)": lambda: CHANGE.to_unified(context=-1),
    "Diff.to_ansi(ignore='case')": lambda: CHANGE.to_ansi(ignore="case"),
    "Diff.to_ansi(ignore={'marks'})": lambda: CHANGE.to_ansi(ignore={"marks"}),
    "Text(None)": lambda: wl.Text(None),
    "Text(5)": lambda: wl.Text(5),
    "Text('a', fold='exact')": lambda: wl.Text("a", fold="exact"),
    "Fold(case=1)": lambda: wl.Fold(case=1),
    "overlap('a', 'b', n=0)": lambda: wl.overlap("a", "b", n=0),
    "overlap('a', 'b', n=True)": lambda: wl.overlap("a", "b", n=True),
    "overlap('a', 'b', n=5.0)": lambda: wl.overlap("a", "b", n=5.0),
    "overlap('a', 'b', n=2**40)": lambda: wl.overlap("a", "b", n=2**40),
    "overlap('a', 'b', min_words=-3)": lambda: wl.overlap("a", "b", min_words=-3),
    "diff_many(...)[:1].counts()": wl.diff_many(["a"], ["b"])[:1].counts,
    "diff_many(...)[:1].inside_moves": lambda: wl.diff_many(["a"], ["b"])[:1].inside_moves,
    "overlap_many(['a'], [])": lambda: wl.overlap_many(["a"], []),
    "overlap_many('a', 'b')": lambda: wl.overlap_many("a", "b"),
    "overlap_many(5, ['b'])": lambda: wl.overlap_many(5, ["b"]),
    "overlap_many(['a'], [b'b'], errors='raise')": lambda: wl.overlap_many(["a"], [b"b"], errors="raise"),
    "overlap_many([], [], only='dice')": lambda: wl.overlap_many([], [], only="dice"),
    "overlap_many([], [], fold=None)": lambda: wl.overlap_many([], [], fold=None),
    "overlap_many([], [], workers=0)": lambda: wl.overlap_many([], [], workers=0),
    "overlap_many([], [], progress='yes')": lambda: wl.overlap_many([], [], progress="yes"),
    "diff_many(['a'], ['b', 'c'])": lambda: wl.diff_many(["a"], ["b", "c"]),
    "diff_many(['a'], [5], errors='raise')": lambda: wl.diff_many(["a"], [5], errors="raise"),
    "diff_many(['a', None], ['b', 'c'], errors='raise')": lambda: wl.diff_many(
        ["a", None], ["b", "c"], errors="raise"
    ),
    "diff_many({'a'}, ['b'])": lambda: wl.diff_many({"a"}, ["b"]),
    "passages(None, 'b')": lambda: wl.passages(None, "b"),
    "passages('a', 'b', min_words=0)": lambda: wl.passages("a", "b", min_words=0),
    "passages('a', 'b', min_words='8')": lambda: wl.passages("a", "b", min_words="8"),
    "passages('a', 'b', min_words=nan)": lambda: wl.passages("a", "b", min_words=math.nan),
    "within(None)": lambda: wl.within(None),
    "within('a', min_words=0)": lambda: wl.within("a", min_words=0),
    "quotes(5)": lambda: wl.quotes(5),
    "quotes('a', kind='speech')": lambda: wl.quotes("a", kind="speech"),
    "quotes('a', kind=1)": lambda: wl.quotes("a", kind=1),
    "quotes('a', kind='term', min_words=0)": lambda: wl.quotes("a", kind="term", min_words=0),
    "quotes('a', lexicon='dit')": lambda: wl.quotes("a", lexicon="dit"),
    "Lexicon(verbs='dit')": lambda: wl.Lexicon(verbs="dit"),
    "Lexicon(verbs=[5])": lambda: wl.Lexicon(verbs=[5]),
    "Lexicon(verbs=[' '])": lambda: wl.Lexicon(verbs=[" "]),
    "Lexicon(articles=['le la'])": lambda: wl.Lexicon(articles=["le la"]),
    "Lexicon(titles=['\\ud800'])": lambda: wl.Lexicon(titles=["\ud800"]),
    "Lexicon.built_in('fr')": lambda: wl.Lexicon.built_in("fr"),
    "shared_quotes('a', None)": lambda: wl.shared_quotes("a", None),
    "shared_quotes('a', 'b', min_words=0)": lambda: wl.shared_quotes("a", "b", min_words=0),
    "find_quote(None, 'a')": lambda: wl.find_quote(None, "a"),
    "find_quote('a', None)": lambda: wl.find_quote("a", None),
    "history([])": lambda: wl.history([]),
    "history('a')": lambda: wl.history("a"),
    "history(['a', None])": lambda: wl.history(["a", None]),
    "history(['a', 5])": lambda: wl.history(["a", 5]),
    "history(['a', 'b'], dates=['Mo'])": lambda: wl.history(["a", "b"], dates=["Mo"]),
    "history(['a'], dates=5)": lambda: wl.history(["a"], dates=5),
    "Index.open(5)": lambda: wl.Index.open(5),
    "Index.open('no/such/file.sqlite')": lambda: wl.Index.open("no/such/file.sqlite"),
    "Index.create('no/such/folder/x.sqlite')": lambda: wl.Index.create("no/such/folder/x.sqlite"),
    "Index.add(['a'])": lambda: with_index(lambda index: index.add(["a"])),
    "Index.add(['a', 'b'], ids=['x', 'x'])": lambda: with_index(
        lambda index: index.add(["a", "b"], ids=["x", "x"])
    ),
    "Index.add of an id that is there": lambda: with_index(lambda index: index.add({"old": "a"})),
    "Index.add({'\\ud800': 'a'})": lambda: with_index(lambda index: index.add({"\ud800": "a"})),
    "Index.remove(['x'])": lambda: with_index(lambda index: index.remove(["x"])),
    "Index.remove('x')": lambda: with_index(lambda index: index.remove("x")),
    "Index.search(None)": lambda: with_index(lambda index: index.search(None)),
    "Index.search('a', min_words=0)": lambda: with_index(lambda index: index.search("a", min_words=0)),
    "Index.pairs(since='soon')": lambda: with_index(lambda index: index.pairs(since="soon")),
    "Index.pairs(max_df=1)": lambda: with_index(lambda index: index.pairs(max_df=1)),
    "found['kind']": lambda: FOUND["kind"],
    "found[1.0]": lambda: FOUND[1.0],
    "found.column('text')": lambda: FOUND.column("text"),
    "found.column(0)": lambda: FOUND.column(0),
    "Corpus('a')": lambda: wl.Corpus("a"),
    "Corpus(b'a')": lambda: wl.Corpus(b"a"),
    "Corpus(None)": lambda: wl.Corpus(None),
    "Corpus(5)": lambda: wl.Corpus(5),
    "Corpus({'a', 'b'})": lambda: wl.Corpus({"a", "b"} - {"b"}),
    "Corpus(['a'], ids=['x', 'y'])": lambda: wl.Corpus(["a"], ids=["x", "y"]),
    "Corpus(['a'], ids='x')": lambda: wl.Corpus(["a"], ids="x"),
    "Corpus({'x': 'a'}, ids=['x'])": lambda: wl.Corpus({"x": "a"}, ids=["x"]),
    "Corpus(['a'], dates=[])": lambda: wl.Corpus(["a"], dates=[]),
    "Corpus(['a'], outlets=5)": lambda: wl.Corpus(["a"], outlets=5),
    "Corpus(['a'], errors='ignore')": lambda: wl.Corpus(["a"], errors="ignore"),
    "Corpus(['a'], fold=None)": lambda: wl.Corpus(["a"], fold=None),
    "Corpus(['a', None], errors='raise')": lambda: wl.Corpus(["a", None], errors="raise"),
    "Corpus(['a', 5], errors='raise')": lambda: wl.Corpus(["a", 5], errors="raise"),
    "Corpus(['a', 'b'], ids=['x', 'x'], errors='raise')": lambda: wl.Corpus(
        ["a", "b"], ids=["x", "x"], errors="raise"
    ),
    "Corpus(['a'], dates=['soon'], errors='raise')": lambda: wl.Corpus(["a"], dates=["soon"], errors="raise"),
    "Corpus.from_frame(None)": lambda: wl.Corpus.from_frame(None),
    "Corpus.from_frame(['a'])": lambda: wl.Corpus.from_frame(["a"]),
    "Corpus.from_frame({})": lambda: wl.Corpus.from_frame({}),
    "Corpus.from_frame without a text": lambda: wl.Corpus.from_frame({"story": ["a"], "id": ["x"]}),
    "Corpus.from_frame(text='body') without it": lambda: wl.Corpus.from_frame({"text": ["a"]}, text="body"),
    "Corpus.from_frame(id='key') without it": lambda: wl.Corpus.from_frame({"text": ["a"]}, id="key"),
    "Corpus.from_frame(text=5)": lambda: wl.Corpus.from_frame({"text": ["a"]}, text=5),
    "Corpus.overlaps(n=0)": lambda: TWO.overlaps(n=0),
    "Corpus.overlaps(measure='cosine')": lambda: TWO.overlaps(measure="cosine"),
    "Corpus.overlaps(max_df=1)": lambda: TWO.overlaps(max_df=1),
    "Corpus.passages(max_df=0.1)": lambda: TWO.passages(max_df=0.1),
    "Corpus.quotes(lexicon=['dit'])": lambda: TWO.quotes(lexicon=["dit"]),
    "Corpus.shared_quotes(max_df=0)": lambda: TWO.shared_quotes(max_df=0),
    "Corpus.clusters(boilerplate='remove')": lambda: TWO.clusters(boilerplate="remove"),
    "Corpus.passages(boilerplate=False)": lambda: TWO.passages(boilerplate=False),
    "Corpus.overlaps(min_score=80)": lambda: TWO.overlaps(min_score=80),
    "Corpus.overlaps(min_score=nan)": lambda: TWO.overlaps(min_score=math.nan),
    "Corpus.overlaps(min_score='0.5')": lambda: TWO.overlaps(min_score="0.5"),
    "Corpus.overlaps(top_k=0)": lambda: TWO.overlaps(top_k=0),
    "Corpus.overlaps(top_k=True)": lambda: TWO.overlaps(top_k=True),
    "Corpus.overlaps(across='author')": lambda: TWO.overlaps(across="author"),
    "Corpus.overlaps(within='soon')": lambda: TWO.overlaps(within="soon"),
    "Corpus.overlaps(within='48')": lambda: TWO.overlaps(within="48"),
    "Corpus.overlaps(within='-48h')": lambda: TWO.overlaps(within="-48h"),
    "Corpus.overlaps(within=48)": lambda: TWO.overlaps(within=48),
    "Corpus.overlaps(within=timedelta(-1))": lambda: TWO.overlaps(within=dt.timedelta(-1)),
    "Corpus.overlaps(memory_limit=0)": lambda: TWO.overlaps(memory_limit=0),
    "Corpus.overlaps(memory_limit='much')": lambda: TWO.overlaps(memory_limit="much"),
    "Corpus.passages(memory_limit=0.5)": lambda: TWO.passages(memory_limit=0.5),
    "Corpus.spread(7)": lambda: TWO.spread(7),
    "Corpus.spread('0')": lambda: TWO.spread("0"),
    "Corpus.spread of no cluster": lambda: TWO.spread(TWO.clusters()[:0]),
    "Corpus.overlaps(workers=0)": lambda: TWO.overlaps(workers=0),
    "Corpus.overlaps(progress=1)": lambda: TWO.overlaps(progress=1),
    "Corpus.passages(min_words=0)": lambda: TWO.passages(min_words=0),
    "Corpus.passages(across=5)": lambda: TWO.passages(across=5),
    "Corpus.clusters(min_words=0)": lambda: TWO.clusters(min_words=0),
    "Corpus.clusters(workers=-1)": lambda: TWO.clusters(workers=-1),
    "Corpus.quotes(kind='speech')": lambda: TWO.quotes(kind="speech"),
    "Corpus.quotes(min_words=0)": lambda: TWO.quotes(min_words=0),
    "Corpus.shared_quotes(min_words=0)": lambda: TWO.shared_quotes(min_words=0),
    "Corpus.matrix(n=0)": lambda: TWO.matrix(n=0),
    "Corpus.report(min_words=0)": lambda: TWO.report(min_words=0),
    "Corpus.report(title=5)": lambda: TWO.report(title=5),
    "Corpus.report(path=5)": lambda: TWO.report(5),
    "Corpus.report into no folder": lambda: TWO.report("/no/such/folder/report.html"),
}


def message(name: str) -> str:
    with pytest.raises(wl.WortlautError) as caught:
        CALLS[name]()
    assert isinstance(caught.value, BUILT_IN[caught.type])
    return f"{caught.type.__name__}: {caught.value}"


def test_every_message_is_approved(pytestconfig):
    text = "\n".join(f"{name}\n    {message(name)}" for name in CALLS) + "\n"
    if pytestconfig.getoption("--approve"):
        APPROVED.write_text(text, encoding="utf-8")
    assert text == APPROVED.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CALLS)
def test_a_message_is_one_short_line_in_lower_case(name):
    kind, _, text = message(name).partition(": ")
    assert kind in {error.__name__ for error in BUILT_IN}
    assert "\n" not in text
    assert not text.endswith(".")
    assert text[0].islower() or text[0] == "'"
    assert len(text) < 250


EDGES = {
    "nothing": "",
    "a space": " ",
    "one word": "Hafen",
    "a mark": "„",
    "NUL": "\x00",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85",
    "a BOM": "\ufeffHafen",
    "marks without an end": "„ ‚ “ ' \" « ‹ » ( [ …" * 20,
    "script": "<script>alert(1)</script>" * 10,
    "line ends": "\r\n\n\r\u2028\u2029\x0b\x0c" * 10,
    "combining characters": "e" + "\u0301" * 5_000,
    "right to left": "\u202e\u2066مرحبا بالعالم\u2069",
    "not a character": "\ufffe\uffff\U0010ffff",
}


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES)
def test_a_text_at_the_edge_has_an_answer(text):
    for other in ("", LINE, text, text + " " + LINE):
        change = wl.diff(text, other)
        assert change.apply(text) == other
        change.to_html()
        wl.overlap(text, other)
        wl.passages(text, other, min_words=1).to_html()
        wl.shared_quotes(text, other, min_words=1).to_html()
        wl.find_quote(text, other).to_html()
    wl.within(text, min_words=1)
    wl.quotes(text).to_html()
    wl.history([text, LINE, text]).to_html()
    corpus = wl.Corpus([text, text, LINE])
    assert corpus.report().startswith("<!doctype html>")


def in_time(seconds: float, call: object, *arguments: object) -> None:
    begun = time.monotonic()
    call(*arguments)
    assert time.monotonic() - begun < seconds


LARGE = {
    "one word again and again": ("der " * 200_000, "der " * 199_999 + "die"),
    "two words by turns": ("der die " * 100_000, "die der " * 100_000),
    "one line": ("Hafen, " * 150_000, "Hafen. " * 150_000),
    "one word without an end": ("a" * 1_000_000, "a" * 999_999 + "b"),
    "no words at all": ("…,;- " * 200_000, "—!?) " * 200_000),
    "all marks open": ("„" * 200_000, "“" * 200_000),
    "straight marks": ('"' * 200_000, "'" * 200_000),
    "marks without space": ("»a« " * 100_000, "„a“ " * 100_000),
    "lines": ("\n" * 300_000, "a\r\n" * 300_000),
    "hyphens at line ends": ("a-\n" * 200_000, "a-\nb\u00ad\r\n  c-\n" * 70_000),
}
# A few seconds on a busy machine; unbounded work would take hours.
PATIENCE = 10.0


@pytest.mark.parametrize("pair", LARGE.values(), ids=LARGE)
def test_a_large_text_takes_seconds(pair):
    a, b = pair
    for call in (wl.diff, wl.overlap, wl.passages, wl.shared_quotes, wl.find_quote):
        in_time(PATIENCE, call, a, b)
    for call in (wl.within, wl.quotes, wl.Text):
        in_time(PATIENCE, call, a)


def problems(corpus: wl.Corpus) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.reason) for problem in corpus.problems]


class TestRowsOfACorpus:
    def test_rows_without_a_text_are_named_and_the_rest_is_done(self):
        corpus = wl.Corpus([LINE, None, math.nan, 5, b"a", "", "Heute: " + LINE])
        assert corpus.ids == ["0", "5", "6"]
        assert problems(corpus) == [
            (1, "text of '1' is missing"),
            (2, "text of '2' is missing"),
            (3, "text of '3' must be a str, got 5"),
            (4, "text of '4' must be a str, got b'a'"),
        ]
        assert [(passage.a_id, passage.b_id) for passage in corpus.passages()] == [("0", "6")]
        assert "4 problems" in repr(corpus)

    def test_an_id_that_was_there_gets_a_number(self):
        corpus = wl.Corpus(["a", "b", "c", "d"], ids=["x", "x", "x#2", "x"])
        assert corpus.ids == ["x", "x#3", "x#2", "x#4"]
        assert [row for row, _ in problems(corpus)] == [1, 3]

    def test_many_like_ids_take_no_longer(self):
        in_time(PATIENCE, lambda: wl.Corpus(["a"] * 20_000, ids=["x"] * 20_000))

    def test_ids_of_any_kind_become_strings(self):
        day = dt.date(2025, 3, 4)
        corpus = wl.Corpus(list("abcdef"), ids=[7, None, math.nan, day, ("a", 1), ""])
        assert corpus.ids == ["7", "1", "2", "2025-03-04", "('a', 1)", "5"]
        assert corpus.problems == ()

    @pytest.mark.parametrize(
        "date",
        [
            "2025-03-04",
            "2025-03-04T00:00:00Z",
            "04.03.2025",
            dt.date(2025, 3, 4),
            dt.datetime(2025, 3, 4),
            dt.datetime(2025, 3, 4, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
            1741046400,
            1741046400.0,
        ],
    )
    def test_dates_of_many_kinds(self, date):
        (article,) = wl.Corpus(["a"], dates=[date]).articles
        assert article.date == dt.datetime(2025, 3, 4, tzinfo=dt.UTC)

    def test_a_date_that_is_none_is_left_out_and_named(self):
        corpus = wl.Corpus(["a", "b", "c"], dates=["soon", None, "2025"])
        assert [article.date and article.date.year for article in corpus.articles] == [None, None, 2025]
        ((row, reason),) = problems(corpus)
        assert row == 0
        assert "'soon'" in reason

    def test_the_earlier_article_is_a(self):
        corpus = wl.Corpus(
            {"late": LINE, "early": LINE, "undated": LINE}.values(),
            ids=["late", "early", "undated"],
            dates=["2025-03-05", "2025-03-04", None],
        )
        pairs = {(passage.a_id, passage.b_id) for passage in corpus.passages()}
        assert pairs == {("early", "late"), ("early", "undated"), ("late", "undated")}
        first = [member.id for member in corpus.clusters() if member.first]
        assert first == ["early"]

    def test_dates_with_and_without_a_zone_mix(self):
        articles = [
            wl.Article("x", LINE, date=dt.datetime(2025, 3, 4)),
            wl.Article("y", LINE, date=dt.datetime(2025, 3, 4, 12, tzinfo=dt.UTC)),
        ]
        assert len(wl.Corpus(articles).passages(within="12h")) == 1
        assert len(wl.Corpus(articles).passages(within="11h")) == 0
        assert len(wl.Corpus(articles).passages(within="9999999999999w")) == 1


class TestContainers:
    """Whatever holds texts is understood by what it can do."""

    EXPECTED = (("0", "1"), (LINE, "Heute: " + LINE))

    def check(self, corpus, ids=("0", "1")):
        assert tuple(corpus.ids) == ids
        assert tuple(article.text for article in corpus.articles) == self.EXPECTED[1]
        assert corpus.problems == ()
        assert corpus.passages()[0].b_id == ids[1]

    def test_of_the_standard_library(self):
        texts = self.EXPECTED[1]
        for given in (list(texts), texts, iter(texts), (text for text in texts), dict.fromkeys(texts).keys()):
            self.check(wl.Corpus(given))
        self.check(wl.Corpus(dict(zip(("x", "y"), texts, strict=True))), ("x", "y"))

    def test_articles_keep_what_is_known_of_them(self):
        article = wl.Article(
            "x", LINE, title="Titel", url="https://a.example", outlet="Kurier", lang="de", author="A"
        )
        corpus = wl.Corpus(wl.Articles([article], problems=[wl.Problem("a.txt", None, "empty")]))
        assert corpus.articles == (article,)
        assert [str(problem) for problem in corpus.problems] == ["a.txt: empty"]
        assert "Titel" in corpus.report()
        frame = {
            "text": [LINE],
            "title": ["Titel"],
            "url": ["https://a.example"],
            "lang": ["de"],
            "author": ["A"],
        }
        (kept,) = wl.Corpus.from_frame(frame).articles
        assert (kept.title, kept.url, kept.lang, kept.author) == ("Titel", "https://a.example", "de", "A")

    def test_of_pandas(self):
        pandas = pytest.importorskip("pandas")
        texts = list(self.EXPECTED[1])
        self.check(wl.Corpus(pandas.Series(texts)))
        self.check(wl.Corpus(pandas.Series(texts, index=["x", "y"])), ("x", "y"))
        self.check(wl.Corpus(pandas.Series(texts, index=[7, 3])), ("7", "3"))
        self.check(wl.Corpus(pandas.Series(texts).astype("category")))
        self.check(wl.Corpus(pandas.Series(texts).to_numpy()))
        self.check(wl.Corpus(pandas.Index(texts)))
        with_gaps = wl.Corpus(pandas.Series([LINE, pandas.NA, None], dtype="string"))
        assert [row for row, _ in problems(with_gaps)] == [1, 2]
        frame = pandas.DataFrame(
            {"body": texts, "key": ["x", "y"], "published_at": ["2025-03-04", pandas.NaT]}
        )
        corpus = wl.Corpus.from_frame(frame, id="key")
        self.check(corpus, ("x", "y"))
        assert corpus.articles[1].date is None
        with pytest.raises(wl.InvalidTypeError, match="a must be one column, got a DataFrame"):
            wl.overlap_many(frame, frame)

    def test_of_polars(self):
        polars = pytest.importorskip("polars")
        texts = list(self.EXPECTED[1])
        self.check(wl.Corpus(polars.Series(texts)))
        self.check(wl.Corpus(polars.Series(texts, dtype=polars.Categorical)))
        frame = polars.DataFrame({"text": texts, "id": [1, 2], "date": [dt.date(2025, 3, 4), None]})
        self.check(wl.Corpus.from_frame(frame), ("1", "2"))
        self.check(wl.Corpus.from_frame(frame.lazy()), ("1", "2"))
        for whole in (frame, frame.lazy()):
            with pytest.raises(wl.InvalidTypeError, match="a must be one column"):
                wl.overlap_many(whole, whole)

    def test_of_arrow(self):
        arrow = pytest.importorskip("pyarrow")
        texts = list(self.EXPECTED[1])
        self.check(wl.Corpus(arrow.array(texts)))
        self.check(wl.Corpus(arrow.chunked_array([[texts[0]], [texts[1]]])))
        self.check(wl.Corpus(arrow.array(texts).dictionary_encode()))
        table = arrow.table({"text": texts, "id": ["x", "y"]})
        self.check(wl.Corpus.from_frame(table), ("x", "y"))
        self.check(wl.Corpus.from_frame(table.to_batches()[0]), ("x", "y"))
        with pytest.raises(wl.InvalidTypeError, match="a must be one column, got a Table"):
            wl.overlap_many(table, table)

    def test_row_by_row_the_answer_has_the_kind_of_the_question(self):
        pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
        arrow = pytest.importorskip("pyarrow")
        a, b = [LINE, None], [LINE, LINE]
        series = wl.overlap_many(pandas.Series(a, index=["x", "y"]), pandas.Series(b, index=["x", "y"]))
        assert series["ratio"].index.tolist() == ["x", "y"]
        assert series["ratio"].isna().tolist() == [False, True]
        assert str(series["words_a"].dtype) == "Int64"
        assert wl.overlap_many(polars.Series(a), polars.Series(b))["ratio"].to_list() == [1.0, None]
        assert wl.overlap_many(arrow.array(a), arrow.array(b))["longest"].to_pylist() == [9, None]
        assert wl.overlap_many(a, b)["ratio"] == [1.0, None]
        assert str(wl.overlap_many(pandas.Series([], dtype=str), [])["ratio"].dtype) == "float64"
        assert wl.overlap_many(polars.Series([], dtype=polars.String), [])["words_a"].dtype == polars.Int64
