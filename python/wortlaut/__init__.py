"""Wortlaut compares articles word for word: what they share, what was changed, who quotes whom.

>>> import wortlaut as wl
>>> found = wl.passages("Er sagte: Der alte Hafen bleibt offen.", "Der alte Hafen bleibt offen, hieß es.", min_words=5)
>>> found[0].a_text
'Der alte Hafen bleibt offen'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from wortlaut._core import __version__
from wortlaut.diff import Diff, Edit, Edits, Move, diff
from wortlaut.diff_rows import RowEdit, RowEdits, diff_many
from wortlaut.errors import (
    ArticleNotFoundError,
    InternalError,
    InvalidTypeError,
    InvalidValueError,
    MissingExtraError,
    UnreadableFileError,
    WortlautError,
)
from wortlaut.history import History, Stretch, history
from wortlaut.lexicon import Lexicon
from wortlaut.overlap import Overlap, overlap, overlap_many
from wortlaut.passages import Passage, Passages, passages, within
from wortlaut.quotes import (
    FoundQuote,
    FoundQuotes,
    Quote,
    Quotes,
    SharedQuote,
    SharedQuotes,
    find_quote,
    quotes,
    shared_quotes,
)
from wortlaut.text import Fold, Span, Spans, Text

if TYPE_CHECKING:
    from wortlaut.articles import Article, Articles
    from wortlaut.clusters import Clusters, Member
    from wortlaut.corpus import Corpus
    from wortlaut.corpus_rows import (
        Boilerplate,
        BoilerplateLine,
        CorpusPassage,
        CorpusPassages,
        CorpusQuote,
        CorpusQuotes,
        CorpusSharedQuote,
        CorpusSharedQuotes,
        PairOverlap,
        PairOverlaps,
    )
    from wortlaut.index import Index, IndexAdded, IndexPassage, IndexPassages, IndexStats
    from wortlaut.matrix import Matrix
    from wortlaut.problems import Note, Problem
    from wortlaut.read import read_articles, sample_articles, stream_articles
    from wortlaut.spread import Appearance, Spread
    from wortlaut.statements import Mention, Mentions, Statement, Statements

__all__ = [
    "Appearance",
    "Article",
    "ArticleNotFoundError",
    "Articles",
    "Boilerplate",
    "BoilerplateLine",
    "Clusters",
    "Corpus",
    "CorpusPassage",
    "CorpusPassages",
    "CorpusQuote",
    "CorpusQuotes",
    "CorpusSharedQuote",
    "CorpusSharedQuotes",
    "Diff",
    "Edit",
    "Edits",
    "Fold",
    "FoundQuote",
    "FoundQuotes",
    "History",
    "Index",
    "IndexAdded",
    "IndexPassage",
    "IndexPassages",
    "IndexStats",
    "InternalError",
    "InvalidTypeError",
    "InvalidValueError",
    "Lexicon",
    "Matrix",
    "Member",
    "Mention",
    "Mentions",
    "MissingExtraError",
    "Move",
    "Note",
    "Overlap",
    "PairOverlap",
    "PairOverlaps",
    "Passage",
    "Passages",
    "Problem",
    "Quote",
    "Quotes",
    "RowEdit",
    "RowEdits",
    "SharedQuote",
    "SharedQuotes",
    "Span",
    "Spans",
    "Spread",
    "Statement",
    "Statements",
    "Stretch",
    "Text",
    "UnreadableFileError",
    "WortlautError",
    "__version__",
    "diff",
    "diff_many",
    "find_quote",
    "history",
    "overlap",
    "overlap_many",
    "passages",
    "quotes",
    "read_articles",
    "sample_articles",
    "shared_quotes",
    "stream_articles",
    "within",
]

# Two texts are compared as soon as the package is imported; what many texts need is imported when it is first named.
# Type checkers read neither this table nor a computed `__all__`, so a name stands in all three; a test compares them.
_LATER = {
    **dict.fromkeys(("Article", "Articles"), "articles"),
    **dict.fromkeys(("Note", "Problem"), "problems"),
    **dict.fromkeys(("read_articles", "sample_articles", "stream_articles"), "read"),
    "Corpus": "corpus",
    "Matrix": "matrix",
    **dict.fromkeys(("Appearance", "Spread"), "spread"),
    **dict.fromkeys(("Clusters", "Member"), "clusters"),
    **dict.fromkeys(("Index", "IndexAdded", "IndexPassage", "IndexPassages", "IndexStats"), "index"),
    **dict.fromkeys(
        ("PairOverlap", "PairOverlaps", "CorpusPassage", "CorpusPassages"),
        "corpus_rows",
    ),
    **dict.fromkeys(("Boilerplate", "BoilerplateLine", "CorpusQuote", "CorpusQuotes"), "corpus_rows"),
    **dict.fromkeys(("CorpusSharedQuote", "CorpusSharedQuotes"), "corpus_rows"),
    **dict.fromkeys(("Mention", "Mentions", "Statement", "Statements"), "statements"),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'wortlaut' has no attribute {name!r}")
    found = getattr(import_module(f"wortlaut.{_LATER[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
