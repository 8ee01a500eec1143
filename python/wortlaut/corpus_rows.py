"""What a corpus answers with: rows that name articles by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self

from wortlaut.dates import shown_date
from wortlaut.errors import check_count, counted
from wortlaut.frames import Column, ids_of
from wortlaut.page import FilePath, finished
from wortlaut.passages import Passage, Passages, view_of
from wortlaut.quotes import Quote, Quotes, SharedQuote, SharedQuotes
from wortlaut.results import PAIR_TEXTS, Results
from wortlaut.statements import Mentions, Statements, mentions_of, said
from wortlaut.wholes import statement_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wortlaut.articles import Article
    from wortlaut.lexicon import Lexicon

# Words of a passage in a notebook, where many stand one under the other; in two texts alone each is shown whole.
_LONGEST_SHOWN = 120


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
    _shares = frozenset({"containment_a", "containment_b", "jaccard", "dice"})


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

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the passages pair by pair, side by side, differing words marked; at most `limit` of them.

        With a `limit`, passages of more than 120 words are cut too.

        With a `path`, they are also written there, as a page of its own.

        >>> from wortlaut import Corpus
        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> "Passage 1: verbatim" in Corpus({"x": line, "y": "Heute: " + line}).passages().to_html()
        True
        """
        from wortlaut import html

        shown = self._first(limit)
        places = list(zip(shown._hidden["a"], shown._hidden["b"], strict=True))
        parts: list[object] = [html.element("p", counted(len(self), "passage"))]
        number = 1
        for (a, b), group in groupby(zip(places, shown, strict=True), key=itemgetter(0)):
            rows = [row for _, row in group]
            heads = (f"A: {rows[0].a_id}", f"B: {rows[0].b_id}")
            views = [view_of(row) for row in rows]
            longest = None if limit is None else _LONGEST_SHOWN
            texts = (self._texts[a], self._texts[b])
            parts.append(html.passages(*texts, views, heads=heads, first=number, longest=longest))
            number += len(rows)
        more = len(self) - len(shown)
        parts += [html.element("p", f"… {more:,} more")] if more else []
        return finished(html.fragment(*parts), path, counted(len(self), "passage"))


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

    In a notebook it shows itself as a table of statements by outlets.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).shared_quotes())
    0
    """

    __slots__ = ("_articles",)
    _type = CorpusSharedQuote
    _texts_of = PAIR_TEXTS
    _quiet = SharedQuotes._quiet

    def __init__(
        self,
        columns: dict[str, Column],
        texts: Sequence[str],
        hidden: dict[str, Column] | None = None,
        fold: Any = None,
        articles: Sequence[Article] = (),
    ) -> None:
        super().__init__(columns, texts, hidden, fold)
        # Their dates and outlets say which mention came first, and where.
        self._articles = articles

    def _with(self, change: Any) -> Self:
        found = super()._with(change)
        found._articles = self._articles
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        of, given = super().__reduce__()
        used = sorted({place for column in self._hidden.values() for place in column.view})
        return of, (*given, tuple(self._articles[place] for place in used))

    def mentions(self, *, lexicon: Lexicon | None = None) -> Mentions:
        """Return every place of every statement, by date: with its relation to the canonical wording, and who speaks.

        `lexicon` adds words by which the articles say who speaks.

        >>> from wortlaut import Corpus
        >>> a, b = "„Wir bleiben in diesem Winter im Hafen“", "„Wir bleiben in diesem Winter im alten Hafen“"
        >>> [(place.canonical, place.relation) for place in Corpus([a, b]).shared_quotes().mentions()]
        [(False, 'edited'), (True, 'identical')]
        """
        marks: dict[tuple[int, tuple[int, int, int]], bool] = {}
        numbers, marked = self.column("cluster"), self.column("marked")
        for side in "ab":
            for place, number, where in zip(_places(self, side), numbers, marked, strict=True):
                marks[number, place] = marks.get((number, place), False) or where in ("both", side)
        return mentions_of(marks, self._articles, self._fold, lexicon)

    def statements(self, *, lexicon: Lexicon | None = None) -> Statements:
        """Return one row for each statement: its canonical wording, its first mention, how far it went, who speaks.

        `lexicon` adds words by which the articles say who speaks.

        >>> from wortlaut import Corpus
        >>> line = "„Wir bleiben in diesem Winter im Hafen“"
        >>> [(found.mentions, found.text) for found in Corpus([line, line]).shared_quotes().statements()]
        [(2, 'Wir bleiben in diesem Winter im Hafen')]
        """
        return self.mentions(lexicon=lexicon).statements()

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the statements by outlets, and each variant as a word diff, as `Mentions.to_html` does.

        >>> from wortlaut import Corpus
        >>> line = "„Wir bleiben in diesem Winter im Hafen“"
        >>> "canonical" in Corpus([line, line]).shared_quotes().to_html()
        True
        """
        return self.mentions().to_html(path, limit=None if limit is None else check_count("limit", limit, 0))


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


def boilerplate_of(
    columns: dict[str, Column], articles: Sequence[Article], ids: Sequence[str]
) -> Boilerplate:
    """Return the core's rows with the ids of the articles and the dates of the earliest.

    >>> len(boilerplate_of({name: Column.of_numbers([]) for name in ("text", "words")}, [], ()))
    0
    """
    places = columns.pop("text")
    figures: dict[str, Column] = {
        name: columns.pop(name) for name in ("words", "df", "outlets") if name in columns
    }
    named: dict[str, Column] = {
        "date": Column.of_labels([shown_day(articles[place]) for place in places.to_list()]),
        "id": ids_of(places, ids),
    }
    return Boilerplate(
        {**figures, **named, **columns}, [article.text for article in articles], {"text": places}
    )


def shown_day(article: Article) -> str:
    """Return the date of an article as it is shown.

    >>> from wortlaut import Article
    >>> shown_day(Article("a1", ""))
    ''
    """
    return shown_date(article.date, article.date_precision)


def of_known_days(found: CorpusSharedQuotes, articles: Sequence[Article]) -> CorpusSharedQuotes:
    """Leave out what only dates link of which no more than the month is known: a month says nothing.

    >>> from wortlaut import Corpus
    >>> line = "„a lot of people“, he said"
    >>> [len(Corpus([line, line], dates=[day, day]).shared_quotes()) for day in ("2025-03", "2025-03-05")]
    [0, 1]
    """
    by_date = [evidence == "date" for evidence in found.column("evidence")]
    if not any(by_date):
        return found
    sides = zip(found._hidden["a"], found._hidden["b"], strict=True)
    vague = (any(articles[place].date_precision for place in pair) for pair in sides)
    doubted = zip(by_date, vague, strict=True)
    return found.take(
        [row for row, (is_dated, is_vague) in enumerate(doubted) if not (is_dated and is_vague)]
    )


def with_clusters(found: CorpusSharedQuotes, articles: Sequence[Article]) -> CorpusSharedQuotes:
    """Number the statements: `statement_of` says which rows are about one.

    `articles` are those of the corpus: their dates say which mention came first.

    >>> line = "„Wir bleiben in diesem Winter im Hafen“"
    >>> from wortlaut import Corpus
    >>> with_clusters(Corpus([line, line, line]).shared_quotes(), ()).column("cluster")
    [0, 0, 0]
    """
    a, b = _places(found, "a"), _places(found, "b")
    near, relation = found.column("similarity"), found.column("relation")
    statements = statement_of(
        a, b, near, relation, lambda place: said(found._texts[place[0]][place[1] : place[2]])
    )
    numbers: dict[tuple[int, int, int], int] = {}
    column = Column.of_numbers([numbers.setdefault(one, len(numbers)) for one in statements])
    columns = {"cluster": column, **found._columns}
    return CorpusSharedQuotes(columns, found._texts, found._hidden, found._fold, articles)


def _places(found: CorpusSharedQuotes, side: str) -> list[tuple[int, int, int]]:
    """Return the article, the start and the end of each row's mention on one side."""
    columns = (found._hidden[side], found.column(f"{side}_start"), found.column(f"{side}_end"))
    return list(zip(*columns, strict=True))
