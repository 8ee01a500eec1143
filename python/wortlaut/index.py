"""Articles on disk, to ask what a new one shares with all that ever came in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Self

from wortlaut import _core
from wortlaut.corpus import MOST_ARTICLES
from wortlaut.corpus_rows import CorpusPassages, _InArticle
from wortlaut.dates import parse_date
from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_count,
    check_text,
    shown,
)
from wortlaut.frames import from_core, ids_of
from wortlaut.gather import gathered_of
from wortlaut.given import values_of
from wortlaut.passages import Passage, Passages
from wortlaut.progress import Progress, check_workers, watching
from wortlaut.results import PAIR_TEXTS, Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of, of_flags

if TYPE_CHECKING:
    from wortlaut.articles import Article
    from wortlaut.page import FilePath

# What gives the text of an article by its id.
TextsOf = Mapping[str, str] | Callable[[str], str | None]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class IndexPassage(Passage, _InArticle):
    """A `Passage` of a stored article, named by its `id` (side a), and of the text that was searched for (side b).

    >>> IndexPassage("x", 0, 8, 3, 11, 2, 2, 2, 1.0, "verbatim", "der Hafen", "der Hafen").id
    'x'
    """


class IndexPassages(Results[IndexPassage]):
    """The passages that a text shares with the articles of an index, the earliest article first.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     len(Index.create(f"{folder}/seen.sqlite").search("Der Rat tagt."))
    0
    """

    __slots__ = ()
    _type = IndexPassage
    _texts_of = PAIR_TEXTS
    _quiet = Passages._quiet


@dataclass(frozen=True, slots=True)
class IndexStats:
    """How much an index holds; `bytes` is the size of the file, without the log of the last writes beside it.

    >>> IndexStats(articles=1, words=400, postings=160, segments=1, bytes=40960).words
    400
    """

    articles: int
    words: int
    postings: int
    segments: int
    bytes: int


@dataclass(frozen=True, slots=True)
class IndexAdded:
    """What became of the articles of one `Index.update`.

    `new` were added; `unchanged` were there already as they are; `changed` names those that were there with another
    text, date or outlet.

    >>> IndexAdded(new=3, unchanged=1, changed=()).new
    3
    """

    new: int
    unchanged: int
    changed: tuple[str, ...]


# What becomes of an article whose id is in the index already, as the core numbers it.
_REFUSE, _KEEP, _REPLACE = range(3)


class Index:
    """Articles that were ever added, in one file; made by `Index.create` and `Index.open`.

    The file is a SQLite database with the texts, compressed, and a sample of their runs of five words (winnowing, one
    of four), so that every article with eight words in a row in common is found. What a call has added survives a
    crash. Many processes can read while one writes; a second one that writes is told to wait. After a fork, the child
    opens the file again. The file and its folder must be writable even for a search. Threads that share an `Index` take
    turns; with one each they search at once.

    Every call raises `UnreadableFileError` where the file is damaged, closed, or cannot be read or written.

    >>> from tempfile import TemporaryDirectory
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> with TemporaryDirectory() as folder:
    ...     index = Index.create(f"{folder}/seen.sqlite")
    ...     index.add({"wire": "Heute: " + line, "weather": "Es regnet."})
    ...     [(passage.id, passage.b_text) for passage in index.search("Wie es heißt: " + line)]
    [('wire', 'der alte Hafen bleibt in diesem Winter noch offen')]

    Use it where articles keep coming; for those that are all there at once, `Corpus` answers more questions.
    """

    __slots__ = ("_core", "_path")

    def __init__(self, core: _core.Index, path: str) -> None:
        self._core = core
        self._path = path

    @classmethod
    def create(cls, path: FilePath, *, fold: Fold = DEFAULT_FOLD, store_texts: bool = True) -> Index:
        """Make a new, empty index; `fold` says for good when two words are the same.

        With ``store_texts=False`` the texts stay with you, and the file is a third as large: `search` and `pairs` are
        then handed those of the articles they compare.

        Raises `UnreadableFileError` where something is already, or no file can be made.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     len(Index.create(f"{folder}/seen.sqlite"))
        0
        """
        where = _path(path)
        return cls(_core.Index.create(where, flags_of(fold), bool(store_texts)), str(where))

    @classmethod
    def open(cls, path: FilePath) -> Index:
        """Open an index.

        Raises `UnreadableFileError` if there is none, if it is damaged, of a newer version, or has other fingerprints.

        >>> Index.open("no/such/file.sqlite")
        Traceback (most recent call last):
        ...
        wortlaut.errors.UnreadableFileError: no/such/file.sqlite is no file; create the index first
        """
        where = _path(path)
        return cls(_core.Index.open(where), str(where))

    def add(
        self,
        texts: object,
        *,
        ids: object = None,
        dates: object = None,
        outlets: object = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> None:
        """Add articles, all or none: a dict from id to text, `read_articles`' answer, a frame, or texts with `ids`.

        Raises `InvalidValueError` if an id is in the index already, or a row has no text or a date that is not
        understood. Many in one call are added faster than one by one.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.add(["Der Rat tagt."], ids=["a1"], dates=["2025-03-04"], outlets=["Kurier"])
        ...     len(index)
        1
        """
        self._add(texts, {"id": ids, "date": dates, "outlet": outlets}, _REFUSE, workers, progress)

    def update(
        self,
        texts: object,
        *,
        ids: object = None,
        dates: object = None,
        outlets: object = None,
        replace: bool = False,
        workers: int | None = None,
        progress: Progress = False,
    ) -> IndexAdded:
        """Add the articles that are not there yet, all or none, and say what became of the others.

        One whose id is there with the same text, date and outlet is left as it is. One that is there otherwise counts
        as changed: with `replace` it takes the place of the old one, else the old one stays.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.add({"a1": "Der Rat tagt.", "a2": "Es regnet."})
        ...     index.update({"a1": "Der Rat tagt.", "a2": "Es schneit.", "a3": "Es taut."}, replace=True)
        IndexAdded(new=1, unchanged=1, changed=('a2',))

        Use it for a folder that is read again every day.
        """
        fields = {"id": ids, "date": dates, "outlet": outlets}
        return self._add(texts, fields, _REPLACE if replace else _KEEP, workers, progress)

    def _add(
        self,
        texts: object,
        fields: dict[str, object],
        known: int,
        workers: int | None,
        progress: Progress,
    ) -> IndexAdded:
        articles = gathered_of(texts, fields, strict=True).articles
        if fields["id"] is None and not isinstance(texts, Mapping) and not hasattr(texts, "problems"):
            _check_named(articles)
        names = [_storable(article.id) for article in articles]
        with watching(progress, "reading") as watch:
            new, unchanged, changed = self._core.add(
                names,
                [article.text for article in articles],
                [None if article.date is None else int(article.date.timestamp()) for article in articles],
                [article.outlet or None for article in articles],
                known,
                check_workers(workers),
                watch,
            )
        return IndexAdded(new, unchanged, tuple(changed))

    def remove(self, ids: object, *, progress: Progress = False) -> None:
        """Take out the articles with these ids, all or none.

        Raises `InvalidValueError` if one is not there. Their room is given back by `compact`.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.add({"a1": "Der Rat tagt.", "a2": "Es regnet."})
        ...     index.remove(["a1"])
        ...     len(index)
        1
        """
        names = [_storable(str(name)) for name in values_of("ids", ids)]
        with watching(progress, "removing") as watch:
            self._core.remove(names, watch)

    def search(
        self,
        text: str | Text,
        *,
        min_words: int = 8,
        top_k: int | None = None,
        texts: TextsOf | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> IndexPassages:
        """Find the passages that `text` shares with the articles, as `passages` does for two texts.

        Compared are all articles that have a verbatim run of eight words in common with it, and many that have five
        words in common which few others have. A sentence that thousands of articles carry makes the search read them.

        With `top_k`, no more articles are compared than that: those that have the most runs of five words in common
        with the text, as far as the index samples them (one in two); of equals, the earliest. Their passages are those
        of a search without a bound.

        `texts`, a mapping from id to text or a function, is for an index that keeps none: it is asked for the articles
        that are compared. `InvalidValueError` is raised if one is missing or is not the text that was added.

        >>> from tempfile import TemporaryDirectory
        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.add({"wire": line})
        ...     index.search("Heute: " + line)[0].matched
        9
        """
        text = text.raw if isinstance(text, Text) else check_text("text", text)
        min_words = check_count("min_words", min_words)
        top_k = None if top_k is None else check_count("top_k", top_k)
        given = None
        if not self._core.has_texts:
            given = _known(self._core.candidates(text, min_words, top_k), texts)
        # Where no article is compared, nothing need be looked up again.
        sought = "" if given == [] else text
        with watching(progress, "aligning") as watch:
            columns, ids, found = self._core.search(
                sought, min_words, top_k, given, check_workers(workers), watch
            )
        named = from_core(columns)
        hidden = {"a": named.pop("a"), "b": named.pop("b")}
        known = [*found, text]
        return IndexPassages(
            {"id": ids_of(hidden["a"], ids), **named}, known, hidden, of_flags(self._core.flags)
        )

    def pairs(
        self,
        *,
        min_words: int = 8,
        since: object = None,
        max_df: int | None = MOST_ARTICLES,
        texts: TextsOf | None = None,
        workers: int | None = None,
        progress: Progress = False,
    ) -> CorpusPassages:
        """Find the passages that the articles share with each other.

        With `since`, only those whose later article is not older than this date. Runs of words that stand in more than
        `max_df` articles link each of them with the earliest only. Articles without a date stand behind those with one,
        and are left out with `since`. `texts` as in `search`; it is asked for those of a few hundred pairs at a time,
        which may name an article more than once, and must not use this index itself.

        >>> from tempfile import TemporaryDirectory
        >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.add([line, line], ids=["x", "y"], dates=["2025-03-05", "2025-03-04"])
        ...     [(pair.a_id, pair.b_id) for pair in index.pairs(since="2025-03-05")]
        [('y', 'x')]
        """
        min_words, first = check_count("min_words", min_words), _moment(since)
        max_df = None if max_df is None else check_count("max_df", max_df, 2)
        ask = None if self._core.has_texts else _asking(texts)
        with watching(progress, "aligning") as watch:
            columns, ids, found = self._core.pairs(
                min_words, first, max_df, ask, check_workers(workers), watch
            )
        named = from_core(columns)
        hidden = {"a": named.pop("a"), "b": named.pop("b")}
        pair = {"a_id": ids_of(hidden["a"], ids), "b_id": ids_of(hidden["b"], ids)}
        return CorpusPassages({**pair, **named}, found, hidden, of_flags(self._core.flags))

    def stats(self) -> IndexStats:
        """Say how much it holds.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     Index.create(f"{folder}/seen.sqlite").stats().articles
        0
        """
        return IndexStats(*self._core.stats())

    def compact(self, *, progress: Progress = False) -> None:
        """Sort everything anew, forget removed articles for good, and give their room back.

        After many adds, searches are faster. It takes some 50 MB, and room on the disk for the file once more. Others
        can read meanwhile; who writes is refused.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     index = Index.create(f"{folder}/seen.sqlite")
        ...     index.compact()
        ...     index.stats().segments
        1
        """
        with watching(progress, "sorting") as watch:
            self._core.compact(watch)

    def verify(self, *, progress: Progress = False) -> None:
        """Hold the whole file against its checksums, and what is sorted against the texts.

        Raises `UnreadableFileError` if anything is not as it was written. Other calls check what they read.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     Index.create(f"{folder}/seen.sqlite").verify()
        """
        with watching(progress, "verifying") as watch:
            self._core.verify(watch)

    def close(self) -> None:
        """Close the file; the end of a ``with`` block does so too. Every other call is refused from then on.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Index.create(f"{folder}/seen.sqlite") as index:
        ...     index.add({"a1": "Der Rat tagt."})
        """
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self.stats().articles

    def __repr__(self) -> str:
        return f"Index({self._path!r})"


def _asking(texts: TextsOf | None) -> Callable[[list[str]], list[str]]:
    """Return a function that gives the texts of articles by their ids."""
    if texts is None:
        raise InvalidValueError(
            "texts must be handed in (texts=, --texts), since this index keeps none, got None"
        )
    if not (isinstance(texts, Mapping) or callable(texts)):
        raise InvalidTypeError(f"texts must be a mapping or a function of an id, got {shown(texts)}")
    of = texts.get if isinstance(texts, Mapping) else texts
    return lambda ids: [_text_of(of, name) for name in ids]


def _text_of(of: Callable[[str], str | None], name: str) -> str:
    text = of(name)
    if text is None:
        raise InvalidValueError(
            f"texts must be there for every article that is compared, got none of {shown(name)}"
        )
    return check_text("texts", text)


def _known(ids: list[str], texts: TextsOf | None) -> list[tuple[str, str]]:
    """Return the texts of these articles beside their ids."""
    return list(zip(ids, _asking(texts)(ids), strict=True))


def _path(path: object) -> FilePath:
    if not isinstance(path, str | PathLike):
        raise InvalidTypeError(f"path must be a str or a Path, got {shown(path)}")
    return path


def _storable(name: str) -> str:
    """Return an id, unless UTF-8 cannot hold it: another one would come back."""
    if _SURROGATE.search(name):
        raise InvalidValueError(f"ids must have no lone surrogates, got {shown(name)}")
    return name


def _check_named(articles: list[Article]) -> None:
    """Refuse articles that are only numbered: the next batch would begin with the same numbers."""
    if articles and [article.id for article in articles] == [str(row) for row in range(len(articles))]:
        raise InvalidValueError(
            "ids must name the articles: those of the next call would be the same numbers"
        )


def _moment(since: object) -> int | None:
    if since is None:
        return None
    date = parse_date(since)
    if date is None:
        raise InvalidValueError(f"since must be a date such as '2025-03-04', got {shown(since)}")
    return int(date.timestamp())
