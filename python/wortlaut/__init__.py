"""Wortlaut compares articles word for word: what they share, what was changed, who quotes whom.

>>> import wortlaut as wl
>>> found = wl.passages("Er sagte: Der alte Hafen bleibt offen.", "Der alte Hafen bleibt offen, hieß es.", min_words=5)
>>> found[0].a_text
'Der alte Hafen bleibt offen'
"""

from wortlaut._articles import Article, Articles, Note, Problem
from wortlaut._core import __version__
from wortlaut.corpus import Corpus
from wortlaut.corpus_rows import (
    Clusters,
    CorpusPassage,
    CorpusPassages,
    CorpusQuote,
    CorpusQuotes,
    CorpusSharedQuote,
    CorpusSharedQuotes,
    Matrix,
    Member,
    PairOverlap,
    PairOverlaps,
)
from wortlaut.diff import Diff, Edit, Edits, RowEdits, diff, diff_many
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
from wortlaut.read import read_articles, sample_articles
from wortlaut.text import Fold, Span, Spans, Text

__all__ = [
    "Article",
    "ArticleNotFoundError",
    "Articles",
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
    "InternalError",
    "InvalidTypeError",
    "InvalidValueError",
    "Matrix",
    "Member",
    "MissingExtraError",
    "Note",
    "Overlap",
    "PairOverlap",
    "PairOverlaps",
    "Passage",
    "Passages",
    "Problem",
    "Quote",
    "Quotes",
    "RowEdits",
    "SharedQuote",
    "SharedQuotes",
    "Span",
    "Spans",
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
    "within",
]
