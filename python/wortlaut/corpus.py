"""Many texts, all compared with all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from wortlaut import _core
from wortlaut.articles import Article, overview
from wortlaut.clusters import Clusters, members_of, with_dates
from wortlaut.corpus_rows import (
    Boilerplate,
    CorpusPassages,
    CorpusQuotes,
    CorpusSharedQuotes,
    PairOverlaps,
    boilerplate_of,
    of_known_days,
    with_clusters,
)
from wortlaut.diff import Compared
from wortlaut.errors import InvalidValueError, check_choice, check_count, check_fraction, counted
from wortlaut.folder import check_target
from wortlaut.frames import Ids, from_core, ids_of
from wortlaut.gather import Gathered, Plain, moments, numbers_of_outlets, places_in_time, plain
from wortlaut.held import Held, held_in, held_in_frame
from wortlaut.lexicon import Lexicon, words_of
from wortlaut.linking import bytes_of, links_of
from wortlaut.matrix import Matrix, matrix_of
from wortlaut.passages import check_options
from wortlaut.problems import Problems, by_row
from wortlaut.progress import Progress, check_workers, watching
from wortlaut.quotes import KINDS, kept, with_marks
from wortlaut.report import bounds_of, gathered, written
from wortlaut.results import Results
from wortlaut.spread import Spread, rows_of, spread_of
from wortlaut.text import DEFAULT_FOLD, Fold, flags_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from wortlaut.page import FilePath
    from wortlaut.problems import Problem

# As in the core, which says why: articles that an n-gram links all with all.
MOST_ARTICLES = 200

# Articles that may share three words in a row of a quotation; more of these are phrases of the language.
MOST_QUOTING = 100

MEASURES = ("containment", "jaccard", "dice")

Rows = TypeVar("Rows", bound=Results[Any])


class Corpus:
    """Many texts to compare, with ids, dates and outlets where they are known.

    `texts` is a list, a dict from id to text, a generator, a Series, an Arrow array or capsule, what `read_articles`
    returned, or a whole frame, as in `from_frame`. `ids`, `dates`, `outlets` are columns of the same length; ids
    default to the keys, the index, or the place. In a pair, `a` is the earlier article: by date, else by order.

    A row without a text does not stop the others: it is in `problems`, with the row and the reason;
    ``errors="raise"`` raises `InvalidValueError` instead.

    >>> corpus = Corpus({"wire": "Der Hafen bleibt in diesem Winter für alle Schiffe offen.", "paper": None})
    >>> corpus.ids, [str(problem) for problem in corpus.problems]
    (['wire'], ["texts, row 1: text of 'paper' is missing"])

    Use it from two articles up; for exactly two texts without ids, the functions are simpler.
    """

    def __init__(
        self,
        texts: object,
        *,
        ids: object = None,
        dates: object = None,
        outlets: object = None,
        fold: Fold = DEFAULT_FOLD,
        errors: str = "collect",
    ) -> None:
        strict = check_choice("errors", errors, ("collect", "raise")) == "raise"
        fields = {"id": ids, "date": dates, "outlet": outlets}
        if (alone := plain(texts, fields)) is not None:
            self._take(alone, fold, strict=strict)
            return
        self._take(held_in(texts, fields, strict=strict), fold, strict=strict)
        self._take_problems(getattr(texts, "problems", ()))

    def _set(self, gathered: Gathered, fold: Fold) -> None:
        articles, problems, ids = gathered
        self._known: tuple[Article, ...] | None = tuple(articles)
        self._named: Ids | None = ids
        # What articles are made of when they are asked for, and what has not told of damaged texts yet.
        self._made_of: Plain | Held | None = None
        self._unseen: Plain | Held | None = None
        self._problems = Problems(problems)
        self._texts: Sequence[str] = [article.text for article in articles]
        self._set_core([article.outlet for article in articles], moments(articles), fold)

    def _take(self, found: Plain | Held | Gathered, fold: Fold, *, strict: bool) -> None:
        """Take texts; their articles are made when somebody looks at them."""
        if isinstance(found, Gathered):
            self._set(found, fold)
            return
        self._known, self._made_of, self._unseen = None, found, found
        self._texts, self._named, self._problems = found.texts, None, Problems(())
        if isinstance(found, Held):
            self._named, self._problems = found.ids, Problems(found.problems)
        elif strict:
            self._named, problems = found.named(kept=False)
            self._problems = by_row(problems)
        if strict and (wrong := [*self._problems] or found.damaged(self._ids)):
            raise InvalidValueError(str(wrong[0]))
        held = found if isinstance(found, Held) else None
        self._set_core(held and held.outlets(), held and held.moments(), fold)

    def _set_core(self, outlets: list[str | None] | None, dates: list[int | None] | None, fold: Fold) -> None:
        self._outlets, self._fold = outlets, fold
        ranks = None if dates is None else places_in_time(dates)
        numbers = None if outlets is None else numbers_of_outlets(outlets)
        self._core = _core.Corpus(self._texts, ranks, numbers, dates, flags_of(fold))

    def _take_problems(self, before: object) -> None:
        if isinstance(before, tuple):
            self._problems = Problems([*before, *self._problems])

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        text: str | None = None,
        id: str | None = None,
        date: str | None = None,
        outlet: str | None = None,
        fold: Fold = DEFAULT_FOLD,
        errors: str = "collect",
    ) -> Corpus:
        """Make a corpus of a frame of pandas, polars, pyarrow, duckdb, or whatever has an Arrow capsule.

        The arguments name its columns; without them the usual names are understood (`body`, `publish_date`,
        `publisher`, ...). Absent columns are fine, but for the text: `InvalidValueError`; without ids, the index of
        pandas names the articles. Columns of other names are in `extra` of each article. What is only a query or a
        stream is run once. `to_frame` of the results is of the same library, with the ids as they were.

        >>> Corpus.from_frame({"body": ["eins", "zwei"], "publisher": ["Kurier", "Bote"]}).outlets
        ['Kurier', 'Bote']
        """
        named = {"text": text, "id": id, "date": date, "outlet": outlet}
        chosen = {field: column for field, column in named.items() if column is not None}
        strict = check_choice("errors", errors, ("collect", "raise")) == "raise"
        corpus = cls.__new__(cls)
        corpus._take(held_in_frame(frame, chosen, strict=strict), fold, strict=strict)
        return corpus

    @property
    def _ids(self) -> Ids:
        if self._named is None:
            self._named, problems = cast("Plain", self._made_of).named()
            self._problems = by_row(problems)
        return self._named

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order they came.

        >>> Corpus(["eins"]).articles[0].text
        'eins'
        """
        if self._known is None:
            held = self._made_of
            made = held.articles() if isinstance(held, Held) else map(Article, self._ids, self._texts)
            self._known, self._made_of = tuple(made), None
        return self._known

    @property
    def ids(self) -> list[str]:
        """The ids, no two alike.

        >>> Corpus(["eins", "zwei"]).ids
        ['0', '1']
        """
        return list(self._ids)

    @property
    def outlets(self) -> list[str | None]:
        """The outlets, None where unknown.

        >>> Corpus(["eins"], outlets=["Kurier"]).outlets
        ['Kurier']
        """
        return [None] * len(self) if self._outlets is None else list(self._outlets)

    @property
    def problems(self) -> Problems:
        """What could not be taken in, or only under another id.

        >>> Corpus(["eins", None]).problems[0].row
        1
        """
        ids = self._ids
        if self._unseen is not None:
            damaged = self._unseen.damaged(ids)
            self._problems, self._unseen = by_row([*self._problems, *damaged]), None
        return self._problems

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        told = [counted(len(self), "article")]
        outlets = len({outlet for outlet in self._outlets or () if outlet})
        told += [counted(outlets, "outlet")] if outlets else []
        told += [counted(len(self.problems), "problem")] if self.problems else []
        return f"Corpus({', '.join(told)})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return overview(self.articles, self.problems, repr(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.articles, self.problems, self._ids, self._fold)

    def overlaps(
        self,
        *,
        n: int = 5,
        measure: str = "containment",
        min_score: float = 0.0,
        top_k: int | None = None,
        max_df: int | None = MOST_ARTICLES,
        boilerplate: str = "drop",
        across: str | None = None,
        within: str | timedelta | None = None,
        memory_limit: int | str | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> PairOverlaps:
        """Count the word `n`-grams that each pair of articles shares: exact, and sparse.

        An n-gram that lies in `boilerplate` links no pair, and one in more than `max_df` articles only links each of
        them with the earliest; of a pair that is linked, everything shared is counted. With ``boilerplate="keep"`` and
        ``max_df=None``, every pair that shares an n-gram is here. Below five words, n-grams of boilerplate cannot be
        told from others and link as they do.

        `measure` is containment (the larger of the two), jaccard or dice; pairs below `min_score` are left out, and
        beyond the `top_k` best of each article. ``across="outlet"`` keeps pairs of different outlets, `within` those
        whose dates lie so close ("48h", "7d"). While they are sorted, n-grams take 8 bytes a word; with `memory_limit`
        ("500MB", or so many bytes) they are sorted in as many passes over the texts as keep them below it, up to 256.

        >>> corpus = Corpus(["a b c d e f", "x", "und a b c d e"])
        >>> [(pair.a_id, pair.b_id, pair.shared) for pair in corpus.overlaps()]
        [('0', '2', 1)]
        """
        check_choice("measure", measure, MEASURES)
        n, min_score = check_count("n", n), check_fraction("min_score", min_score)
        links, memory = links_of(max_df, boilerplate, across, within), bytes_of(memory_limit)
        top_k, chosen = None if top_k is None else check_count("top_k", top_k), MEASURES.index(measure)

        def compute(watch: Any) -> Any:
            return self._core.overlaps(
                n, chosen, min_score, top_k, links, memory, check_workers(workers), watch
            )

        return self._rows(PairOverlaps, compute, progress, "counting")

    def matrix(self, *, n: int = 5, workers: int | None = None) -> Matrix:
        """Return how much of each article stands in each other one; dense, so for a few hundred articles.

        >>> Corpus(["a b c d e", "x"]).matrix().values
        ((1.0, 0.0), (0.0, 1.0))
        """
        pairs = self.overlaps(n=n, max_df=None, boilerplate="keep", workers=workers)
        return matrix_of(self._ids, pairs)

    def passages(
        self,
        *,
        min_words: int = 8,
        sensitivity: str = "edited",
        max_df: int | None = MOST_ARTICLES,
        boilerplate: str = "drop",
        across: str | None = None,
        within: str | timedelta | None = None,
        memory_limit: int | str | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> CorpusPassages:
        """Find the passages that the articles share, as `passages` does for two texts.

        Compared are articles that have five words in a row in common. Of their passages, a verbatim run of
        `min_words` words is found if it stands at most 24 times in one of the two texts; of a refrain that stands more
        often, places can be missing. `sensitivity` is that of `passages`; `across`, `within` and `memory_limit` as in
        `overlaps`.

        Words in `boilerplate` link no pair, and a passage that consists of it (more than half of its words, and all but
        fewer than `min_words`) is left out; ``boilerplate="keep"`` turns that off. Five words that stand in more than
        `max_df` articles link each of them with the earliest only: of 2,000 copies of one report, each is paired with
        the first, and `clusters` still joins them all. None pairs all with all.

        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> [passage.matched for passage in Corpus([line, "Heute: " + line]).passages()]
        [9]
        """
        options, memory = check_options(min_words, sensitivity), bytes_of(memory_limit)
        links = links_of(max_df, boilerplate, across, within)

        def compute(watch: Any) -> Any:
            return self._core.passages(options, links, memory, check_workers(workers), watch)

        return self._rows(CorpusPassages, compute, progress, "aligning")

    def clusters(
        self,
        *,
        min_words: int = 8,
        sensitivity: str = "edited",
        max_df: int | None = MOST_ARTICLES,
        boilerplate: str = "drop",
        across: str | None = None,
        within: str | timedelta | None = None,
        memory_limit: int | str | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> Clusters:
        """Join the shared passages across articles: one row for each article's copy of a stretch.

        An article is cut where the set of those changes that share it, into stretches of at least `min_words` words or
        so: a sentence that others took out of a report is a cluster of its own, and what A and B share is not joined
        with what B and C share elsewhere. The options are those of `passages`.

        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> [member.cluster for member in Corpus([line, "Heute: " + line, "nichts"]).clusters()]
        [0, 0]
        """
        options, memory = check_options(min_words, sensitivity), bytes_of(memory_limit)
        links = links_of(max_df, boilerplate, across, within)
        with watching(progress, "aligning") as watch:
            columns = self._core.clusters(options, links, memory, check_workers(workers), watch)
        return with_dates(members_of(from_core(columns), self._texts, self._ids), self.articles)

    def spread(
        self, cluster: int | Clusters, *, workers: int | None = None, progress: Progress = False
    ) -> Spread:
        """Tell how one stretch went round: the copies of a cluster by date, and where each comes from.

        `cluster` is a number in what `clusters()` answers, or, where that was asked with options, the rows of one
        cluster of its answer, which spares looking for them again.

        Raises `InvalidValueError` if there is no such cluster, or the rows are of several.

        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> corpus = Corpus({"x": line, "y": "Heute: " + line}, dates=["2025-03-05", "2025-03-04"])
        >>> [(copy.id, copy.minutes, copy.source) for copy in corpus.spread(0)]
        [('y', 0, ''), ('x', 1440, 'y')]
        """
        if isinstance(cluster, Clusters):
            return spread_of(rows_of(cluster), self.articles)
        number = check_count("cluster", cluster, 0)
        found = self.clusters(workers=workers, progress=progress)
        return spread_of(rows_of(found, number), self.articles)

    def boilerplate(self, *, workers: int | None = None, progress: Progress = False) -> Boilerplate:
        """Find the lines that many articles carry which have hardly anything else in common, the most frequent first.

        Boilerplate is a run of 5 to 150 words that stands in at least 10 articles, and in one of a thousand of all (or
        in 10 articles of one outlet, and one of twenty of its articles), if these articles are unrelated: each, by
        date, is compared with the one half the list on, and fewer than half of them share a fifth of the shorter one's
        five-word n-grams beside the run. Where outlets are known, there must be at least twice as many articles as
        outlets among them.

        From eight words on, where it stands must tell it from a statement that many quote: in three of four articles
        at most 15 words from the beginning, or from the end; or, up to 20 words, in a line of its own; or half of its
        words must be turns of phrase of fewer than eight words that twice as many articles have.

        So one report in many papers is none, and neither is anything in a corpus of nine articles. A sentence with
        which ten unrelated articles begin is taken for boilerplate; a line of the house inside a paragraph is not.

        >>> from random import Random
        >>> words = [f"w{number}" for number in range(1000)]
        >>> texts = [" ".join(Random(i).sample(words, 30)) + " Hier geht es zum Rundbrief" for i in range(10)]
        >>> [(line.text, line.df) for line in Corpus(texts).boilerplate()]
        [('Hier geht es zum Rundbrief', 10)]
        """
        with watching(progress, "counting") as watch:
            columns = from_core(self._core.boilerplate(check_workers(workers), watch))
        return boilerplate_of(columns, self.articles, self._ids)

    def quotes(
        self,
        *,
        kind: str | None = None,
        min_words: int = 1,
        lexicon: Lexicon | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> CorpusQuotes:
        """Find the marked spans of all articles, as `quotes` does for one.

        >>> [quote.text for quote in Corpus(["„Ja“", "„Nein“"]).quotes()]
        ['„Ja“', '„Nein“']
        """
        kind = None if kind is None else check_choice("kind", kind, KINDS)
        min_words, words = check_count("min_words", min_words), words_of(lexicon)
        with watching(progress, "reading") as watch:
            columns = from_core(self._core.quotes(words, check_workers(workers), watch))
        places = columns.pop("text")
        columns = {"id": ids_of(places, self._ids), **with_marks(columns)}
        return kept(CorpusQuotes(columns, self._texts, {"text": places}), kind, min_words)

    def shared_quotes(
        self,
        *,
        min_words: int = 3,
        max_df: int | None = MOST_QUOTING,
        across: str | None = None,
        within: str | timedelta | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> CorpusSharedQuotes:
        """Find the statements that one article quotes and another one has too; `cluster` joins their mentions.

        Compared are articles that share three words in a row of a quotation; those in more than `max_df` articles link
        each of them with the earliest only (None: all with all), so that a statement that everybody quotes is still
        one, with all its mentions. `across` and `within` as in `overlaps`. A few usual words in marks
        ("a lot of people") link only what one person says, or two articles whose dates are at most two days apart.

        >>> line = "„Wir bleiben in diesem Winter im Hafen“"
        >>> [quote.relation for quote in Corpus([line, "Er rief: " + line]).shared_quotes()]
        ['identical']
        """
        min_words = check_count("min_words", min_words)
        links = links_of(max_df, "keep", across, within)

        def compute(watch: Any) -> Any:
            return self._core.shared_quotes(min_words, links, check_workers(workers), watch)

        found = self._rows(CorpusSharedQuotes, compute, progress, "comparing quotations")
        return with_clusters(of_known_days(found, self.articles), self.articles)

    def report(
        self,
        path: FilePath | None = None,
        *,
        title: str | None = None,
        overwrite: bool = False,
        n: int = 5,
        min_words: int = 8,
        max_df: int | None = MOST_ARTICLES,
        boilerplate: str = "drop",
        across: str | None = None,
        within: str | timedelta | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> str:
        """Write an HTML report on who shares which words with whom, and return it: one page, or a folder of pages.

        A `path` such as "report.html" is a page that needs nothing else, of at most 3 MB: 60 pairs and 40 clusters have
        a section. A folder ("report/") gets an overview, `index.html`, and a page for each of up to 1,000 pairs and as
        many clusters; the overview is returned. It must be new or empty; `overwrite` replaces an earlier report in it.

        The options are those of `passages`; `n` is the words of an n-gram in the figures. The report lists the
        boilerplate that was left out; figures of pairs count it, as `matrix` does. It says which pairs it leaves out.

        Raises `UnreadableFileError` where `path` cannot be written.

        >>> Corpus(["eins", "zwei"]).report(title="Zwei").startswith("<!doctype html>")
        True
        """
        target = check_target(path, overwrite=overwrite)
        found = gathered(
            self,
            title,
            bounds=bounds_of(target),
            n=n,
            min_words=min_words,
            max_df=max_df,
            boilerplate=boilerplate,
            across=across,
            within=within,
            workers=check_workers(workers),
            progress=progress,
        )
        return written(found, target, progress=progress)

    def _rows(self, of: type[Rows], compute: Callable[[Any], Any], progress: Progress, what: str) -> Rows:
        """Return rows over pairs of articles, named by id."""
        with watching(progress, what) as watch:
            columns = from_core(compute(watch))
        hidden = {"a": columns.pop("a"), "b": columns.pop("b")}
        named = {"a_id": ids_of(hidden["a"], self._ids), "b_id": ids_of(hidden["b"], self._ids)}
        fold = self._fold if issubclass(of._type, Compared) else None
        return of({**named, **columns}, self._texts, hidden, fold)


def _restored(articles: Sequence[Article], problems: tuple[Problem, ...], ids: Ids, fold: Fold) -> Corpus:
    corpus = Corpus.__new__(Corpus)
    corpus._set(Gathered(list(articles), list(problems), ids), fold)
    return corpus
