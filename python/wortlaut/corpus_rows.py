"""What a corpus answers with: rows that name articles by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, overload

from wortlaut.dates import shown_date
from wortlaut.errors import counted, one_line
from wortlaut.frames import Column, Framed, ids_of
from wortlaut.groups import Groups
from wortlaut.page import FilePath, finished
from wortlaut.passages import Passage, Passages
from wortlaut.quotes import Quote, Quotes, SharedQuote, SharedQuotes
from wortlaut.results import PAIR_TEXTS, Results

if TYPE_CHECKING:
    from wortlaut.articles import Article

# Articles that the repr of a matrix shows; what a line of a terminal holds.
_MATRIX_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PairOverlap:
    """How much two articles of a corpus share, in word n-grams; the ratios as in `Overlap`.

    >>> from wortlaut import Corpus
    >>> Corpus(["a b c d e f", "a b c d e"]).overlaps()[0].containment_b
    1.0
    """

    a_id: str
    b_id: str
    words_a: int
    words_b: int
    shared: int
    containment_a: float
    containment_b: float
    jaccard: float
    dice: float


class PairOverlaps(Results[PairOverlap]):
    """The pairs of articles that share words, the earlier article as `a`.

    >>> from wortlaut import Corpus
    >>> len(Corpus(["eins", "zwei"]).overlaps())
    0
    """

    __slots__ = ()
    _type = PairOverlap
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {}


@dataclass(frozen=True)
class _InPair:
    """What stands before the other fields of a row about two articles."""

    __slots__ = ()
    a_id: str
    b_id: str


@dataclass(frozen=True)
class _InCluster:
    """What stands before those where the rows are of clusters."""

    __slots__ = ()
    cluster: int


@dataclass(frozen=True)
class _InArticle:
    """What stands before the other fields of a row about one article."""

    __slots__ = ()
    id: str


@dataclass(frozen=True, slots=True)
class CorpusPassage(Passage, _InPair):
    """A `Passage` of two articles of a corpus, named by their ids.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> Corpus({"x": line, "y": "Heute: " + line}).passages()[0].b_id
    'y'
    """


class CorpusPassages(Results[CorpusPassage]):
    """The passages that the articles of a corpus share, the earlier article as `a`.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).passages())
    0
    """

    __slots__ = ()
    _type = CorpusPassage
    _texts_of = PAIR_TEXTS
    _quiet = Passages._quiet


@dataclass(frozen=True, slots=True)
class CorpusSharedQuote(SharedQuote, _InPair, _InCluster):
    """A `SharedQuote` of two articles of a corpus, named by their ids.

    `cluster` is the same for all mentions of one statement.

    >>> from wortlaut import Corpus
    >>> line = "„Wir bleiben in diesem Winter im Hafen“"
    >>> Corpus({"x": line, "y": "Er rief: " + line}).shared_quotes()[0].b_id
    'y'
    """


class CorpusSharedQuotes(Results[CorpusSharedQuote]):
    """The statements that the articles of a corpus share, one row for each pair of mentions.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).shared_quotes())
    0
    """

    __slots__ = ()
    _type = CorpusSharedQuote
    _texts_of = PAIR_TEXTS
    _quiet = SharedQuotes._quiet


@dataclass(frozen=True, slots=True)
class CorpusQuote(Quote, _InArticle):
    """A `Quote` of an article of a corpus, named by its `id`. `parent` and `group` count within the article.

    >>> from wortlaut import Corpus
    >>> Corpus({"x": "„Ja“"}).quotes()[0].id
    'x'
    """


class CorpusQuotes(Results[CorpusQuote]):
    """The marked spans of all articles of a corpus.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).quotes())
    0
    """

    __slots__ = ()
    _type = CorpusQuote
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        name: ("text", start, end) for name, (_, start, end) in Quotes._texts_of.items()
    }
    _quiet = Quotes._quiet


@dataclass(frozen=True, slots=True)
class Member:
    """One article's copy of a stretch that goes round.

    `first` says that it is the cluster's earliest, `canonical` that its wording is the one that most members have (of
    equally frequent ones, the earliest), `similarity` is that to the cluster's longest member. `direction` is "from"
    where an earlier article, `source`, is like it: the most similar one, of equals the earliest; "first" where none
    is earlier; "unknown" where that cannot be told: its date is not known, or that of the most similar one is the same.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> [member.first for member in Corpus({"x": line, "y": "Heute: " + line}).clusters()]
    [True, False]
    """

    cluster: int
    id: str
    start: int
    end: int
    words: int
    first: bool
    canonical: bool
    similarity: float
    direction: str
    source: str
    text: str


class Clusters(Results[Member]):
    """Stretches that several articles carry, one row for each copy.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).clusters())
    0
    """

    __slots__ = ()
    _type = Member
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}


@dataclass(frozen=True, slots=True)
class BoilerplateLine:
    """A line that `df` articles of so many `outlets` carry; `id`, `start` and `end` say where it stands first.

    `date` is that of this article as it is shown, or empty where it is unknown.

    >>> BoilerplateLine(5, 12, 3, "2025-03-04", "a1", 0, 27, "Hier geht es zum Rundbrief").df
    12
    """

    words: int
    df: int
    outlets: int
    date: str
    id: str
    start: int
    end: int
    text: str


class Boilerplate(Results[BoilerplateLine]):
    """The lines that link no articles, since many carry them which have hardly anything else in common.

    >>> from wortlaut import Corpus
    >>> len(Corpus(["eins", "zwei"]).boilerplate())
    0
    """

    __slots__ = ()
    _type = BoilerplateLine
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}
    _quiet = frozenset({"start", "end"})


def boilerplate_of(columns: dict[str, Column], articles: Sequence[Article]) -> Boilerplate:
    """Return the core's rows with the ids of the articles and the dates of the earliest.

    >>> len(boilerplate_of({name: Column.of_numbers([]) for name in ("text", "words")}, []))
    0
    """
    places = columns.pop("text")
    figures: dict[str, Column] = {
        name: columns.pop(name) for name in ("words", "df", "outlets") if name in columns
    }
    named: dict[str, Column] = {
        "date": Column.of_labels([_shown(articles[place]) for place in places.to_list()]),
        "id": ids_of(places, [article.id for article in articles]),
    }
    return Boilerplate(
        {**figures, **named, **columns}, [article.text for article in articles], {"text": places}
    )


def _shown(article: Article) -> str:
    return shown_date(article.date, article.date_precision)


@dataclass(frozen=True, slots=True)
class Matrix(Framed, Sequence[tuple[float, ...]]):
    """How much of each article stands in each other one: `values[i][j]` is the share of i's n-grams found in j.

    A sequence of its rows, in the order of `ids`.

    >>> from wortlaut import Corpus
    >>> matrix = Corpus({"x": "a b c d e f", "y": "a b c d e"}).matrix()
    >>> matrix.values, matrix[0]
    (((1.0, 0.5), (1.0, 1.0)), (1.0, 0.5))
    """

    ids: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in polars and Arrow: `id`, then the ids of the articles.

        >>> from wortlaut import Corpus
        >>> Corpus({"x": "eins", "y": "zwei"}).matrix().columns
        ('id', 'x', 'y')
        """
        label = "id"
        while label in self.ids:
            label += "_"
        return (label, *self.ids)

    def to_pandas(self) -> Any:
        """Return a DataFrame with the ids on both sides.

        Raises `MissingExtraError` where pandas is not installed.

        >>> from wortlaut import Corpus
        >>> Corpus(["a b c d e", "a b c d e"]).matrix().to_pandas().shape
        (2, 2)
        """
        label, *names = self.columns
        frame = Framed.to_pandas(self).set_index(label)
        return frame.rename_axis(index=None) if names else frame

    def _whole(self) -> dict[str, Column | Sequence[Any]]:
        label, *names = self.columns
        shares = {name: Column.of_ratios([row[i] for row in self.values]) for i, name in enumerate(names)}
        return {label: list(self.ids), **shares}

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> tuple[float, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[float, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[Any, ...]:
        return self.values[index]

    def __repr__(self) -> str:
        names = [one_line(name) for name in self.ids[:_MATRIX_SHOWN]]
        width = max(map(len, names), default=0)
        shown = zip(names, self.values, strict=False)
        rows = [
            f"  {name:{width}} " + " ".join(f"{value:4.0%}" for value in row[:_MATRIX_SHOWN])
            for name, row in shown
        ]
        rows += [f"  … {len(self) - len(rows):,} more"] if len(rows) < len(self) else []
        return "\n".join([f"Matrix: {counted(len(self), 'article')}", *rows])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html()}

    def to_html(self, path: FilePath | None = None) -> str:
        """Return the matrix as an HTML table, everything escaped; with a `path`, also as a page of its own.

        >>> from wortlaut import Corpus
        >>> "&lt;b&gt;" in Corpus({"<b>": "eins", "y": "zwei"}).matrix().to_html()
        True
        """
        from wortlaut import html

        return finished(
            html.fragment(html.matrix(self.ids, self.values)), path, counted(len(self), "article")
        )


def with_clusters(found: CorpusSharedQuotes) -> CorpusSharedQuotes:
    """Number the statements: mentions are one if a pair links them and their spans in an article are the same.

    >>> line = "„Wir bleiben in diesem Winter im Hafen“"
    >>> from wortlaut import Corpus
    >>> with_clusters(Corpus([line, line, line]).shared_quotes()).column("cluster")
    [0, 0, 0]
    """
    a = list(zip(found._hidden["a"], found.column("a_start"), found.column("a_end"), strict=True))
    b = list(zip(found._hidden["b"], found.column("b_start"), found.column("b_end"), strict=True))
    mentions: Groups[tuple[int, int, int]] = Groups()
    for one, other in zip(a, b, strict=True):
        mentions.join(one, other)
    numbers: dict[tuple[int, int, int], int] = {}
    column = Column.of_numbers([numbers.setdefault(mentions.first(one), len(numbers)) for one in a])
    return CorpusSharedQuotes({"cluster": column, **found._columns}, found._texts, found._hidden, found._fold)


def members_of(columns: dict[str, Column], texts: Sequence[str], ids: Sequence[str]) -> Clusters:
    """Return the core's rows with the ids of the articles.

    >>> len(members_of({name: Column.of_numbers([]) for name in ("cluster", "text", "source")}, (), ()))
    0
    """
    places = columns.pop("text")
    named = {
        "cluster": columns.pop("cluster"),
        "id": ids_of(places, ids),
        **columns,
        "source": ids_of(columns["source"], ("", *ids)),
    }
    return Clusters(named, texts, {"text": places})


@dataclass(frozen=True, slots=True)
class Appearance:
    """When and where one copy of a stretch appeared; the other fields as in `Member`.

    `date` is as it is shown, empty where it is unknown, and `minutes` are those since the earliest, or None.

    >>> Appearance("2025-03-04", 0, "a1", "Kurier", 0, 22, 4, True, 1.0, "first", "", "Der Hafen bleibt offen").minutes
    0
    """

    date: str
    minutes: int | None
    id: str
    outlet: str
    start: int
    end: int
    words: int
    first: bool
    similarity: float
    direction: str
    source: str
    text: str


class Spread(Results[Appearance]):
    """How one stretch went round: its copies by date, those without one at the end.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> len(Corpus([line, "Heute: " + line]).spread(0))
    2
    """

    __slots__ = ()
    _type = Appearance
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}
    _quiet = frozenset({"start", "end"})


def spread_of(members: Clusters, articles: Sequence[Article]) -> Spread:
    """Return the members of one cluster by date.

    >>> len(spread_of(members_of({name: Column.of_numbers([]) for name in ("cluster", "text", "source")}, (), ()), ()))
    0
    """
    places = members._hidden["text"].to_list()
    known = [articles[place] for place in places]
    order = sorted(range(len(known)), key=lambda row: _moment_of(known[row]))
    members, known = members.take(order), [known[row] for row in order]
    since = known[0].date if known else None
    minutes = [
        -1 if article.date is None or since is None else (article.date - since) // timedelta(minutes=1)
        for article in known
    ]
    columns = members._columns
    return Spread(
        {
            "date": Column.of_labels([_shown(article) for article in known]),
            "minutes": Column("i64?", Column.of_numbers(minutes).data),
            "id": columns["id"],
            "outlet": Column.of_labels([article.outlet or "" for article in known]),
            **{name: columns[name] for name in _OF_MEMBER if name in columns},
        },
        members._texts,
        members._hidden,
    )


# What an appearance has of a member.
_OF_MEMBER = ("start", "end", "words", "first", "similarity", "direction", "source")


def _moment_of(article: Article) -> tuple[bool, float]:
    return article.date is None, article.date.timestamp() if article.date else 0.0
