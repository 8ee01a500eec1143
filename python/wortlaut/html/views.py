"""What the pages are drawn from: small frozen records of plain strings and numbers.

All offsets are code points of the article's own text, half open, as everywhere in wortlaut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wortlaut.scene import Scene


class EditLike(Protocol):
    """Anything with the fields of an edit: `EditView`, or the `Edit` of a diff."""

    @property
    def kind(self) -> str:
        """One of equal, insert, delete, replace, move."""

    @property
    def level(self) -> str:
        """One of same, typography, case, spelling, wording."""

    @property
    def a_start(self) -> int:
        """Where it begins in a."""

    @property
    def a_end(self) -> int:
        """Where it ends in a."""

    @property
    def b_start(self) -> int:
        """Where it begins in b."""

    @property
    def b_end(self) -> int:
        """Where it ends in b."""

    @property
    def move(self) -> int | None:
        """The index of the partner among the edits, if the piece was moved."""


# Which edit touches a fact, by index, and which of those inside moves if it is one; which fact; and whether the next
# change touches more of the same.
FactLike = tuple[int, int | None, str, bool]


@dataclass(frozen=True, slots=True)
class EditView:
    """One edit of a diff, with the kinds and levels of `EditLike`."""

    kind: str
    level: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    move: int | None = None


@dataclass(frozen=True, slots=True)
class PassageView:
    """One shared passage.

    `edits` mark the words that differ; their offsets count from the start of the passage on each side, as the
    diff of the two passages gives them.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    words_a: int
    words_b: int
    matched: int
    similarity: float
    kind: str
    edits: Sequence[EditLike] = ()


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One statement that stands in both articles of a pair, quoted in at least one of them.

    `edits` mark the words that differ, as in `PassageView`.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    relation: str
    marked: str
    similarity: float
    negation: bool = False
    edits: Sequence[EditLike] = ()


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place where a statement stands.

    `relation` is that to the statement's canonical wording ("canonical" where this is it), `edits` are those that make
    this wording of it; none where the two are the same. `label` is what a reader knows the article by, if not
    by `title`, which tells it from all others.
    """

    title: str
    wording: str
    marked: bool
    outlet: str = ""
    date: str = ""
    url: str = ""
    lang: str = ""
    relation: str = ""
    similarity: float | None = None
    negation: bool = False
    speaker: str = ""
    edits: Sequence[EditLike] = ()
    label: str = ""

    @property
    def source(self) -> str:
        """What to call where it stands: the outlet, else the article."""
        return self.outlet or self.title


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement and everywhere it stands, the earliest place first.

    `wording` is the canonical one; `conflict` says that two speakers of it are not one person.
    """

    places: Sequence[PlaceView]
    wording: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class OverlapView:
    """How much two articles share; shares are in 0..1, `longest` in words."""

    words_a: int
    words_b: int
    ratio: float
    jaccard: float
    containment_a: float
    containment_b: float
    dice: float
    coverage_a: float
    coverage_b: float
    longest: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article; empty strings stand for what is not known."""

    id: str
    title: str
    outlet: str
    date: str
    url: str
    words: int
    text: str
    lang: str = ""
    author: str = ""

    @property
    def name(self) -> str:
        """What to call it in a sentence: the outlet, else the title, else the id."""
        return self.outlet or self.title or self.id


@dataclass(frozen=True, slots=True)
class PairRow:
    """The figures of a pair in the table, as in `PairView`; `passages` and `quotes` are numbers.

    `changes` says what differs between two versions, where that was worked out.
    """

    a: int
    b: int
    overlap: OverlapView
    versions: bool
    passages: int
    quotes: int
    changes: str = ""


@dataclass(frozen=True, slots=True)
class PairView:
    """Two articles that share text; `a` and `b` are positions in `Report.articles`, `a` the earlier one.

    `versions` says that both are versions of one text; then `edits` is their whole word diff, `inner` the edits inside
    moves, and `facts` says which edits touch a number, a name or a negation, all as in `html.diff`. `only_in_a` and
    `only_in_b` are the spans (start, end) of paragraphs that have no counterpart in the other article.
    """

    a: int
    b: int
    overlap: OverlapView
    versions: bool = False
    passages: Sequence[PassageView] = ()
    edits: Sequence[EditLike] = ()
    quotes: Sequence[QuoteView] = ()
    only_in_a: Sequence[tuple[int, int]] = ()
    only_in_b: Sequence[tuple[int, int]] = ()
    inner: Sequence[EditLike] = ()
    facts: Sequence[FactLike] = ()


@dataclass(frozen=True, slots=True)
class ProblemView:
    """An article that could not be read, and why; `row` is counted as in the warnings of its source."""

    id: str
    reason: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class BoilerplateView:
    """A line that links no articles, with the number of those that carry it."""

    text: str
    articles: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """A drawing with its title and the table behind it."""

    title: str
    scene: Scene
    headers: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class MemberView:
    """One article's copy of a stretch that goes round; `similarity` is that to the longest copy."""

    article: int
    words: int
    similarity: float


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A stretch of text that several articles carry: `members` by date, `text` the longest copy.

    `article` is the position of the one that `text` is from; `spread` draws when the copies came, if that is known, and
    `spread_title` says what is drawn.
    """

    members: Sequence[MemberView]
    text: str
    article: int
    spread: Scene | None = None
    spread_title: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one report says.

    `pairs` get a section each, as far as the page can hold them; `rows` stand behind them in the table only, and
    `more_rows` are not handed over. `sharing` pairs of articles have a passage in common, `quoting` only a quotation
    (None: counted from the pairs); `compared` is the number of pairs looked at (None: every pair).

    `boilerplate` is what links no pair and makes no passage; text that stands in more than `max_df` articles links each
    of them with the earliest only (None: all with all); `filters` says which pairs alone
    were looked at, if not all, and `settings` are named options of the search.

    `statements` are those that stand in several articles, of which `more_statements` are not handed over. `clusters`
    are in order of their first mention, `more_clusters` are left out; `outlets` is a picture of who shares with whom.

    `same` are groups of articles with one text, of which the first stands for all; `versions` are groups of versions
    of one text (None: taken from the pairs). `matrix[i][j]` is the share of article i's word n-grams that stand in
    article j, for the articles to be shown and without zeros (None: taken from the pairs). `min_words` is the
    shortest passage, `n` the words of an n-gram in the figures.
    """

    title: str
    articles: Sequence[ArticleView]
    pairs: Sequence[PairView]
    rows: Sequence[PairRow] = ()
    more_rows: int = 0
    sharing: int | None = None
    quoting: int | None = None
    compared: int | None = None
    same: Sequence[Sequence[int]] = ()
    versions: Sequence[Sequence[int]] | None = None
    matrix: Mapping[int, Mapping[int, float]] | None = None
    problems: Sequence[ProblemView] = ()
    boilerplate: Sequence[BoilerplateView] = ()
    statements: Sequence[StatementView] = ()
    more_statements: int = 0
    clusters: Sequence[ClusterView] = ()
    more_clusters: int = 0
    outlets: PictureView | None = None
    max_df: int | None = None
    filters: str = ""
    settings: Sequence[tuple[str, object]] = ()
    min_words: int = 8
    n: int = 5
    generator: str = "wortlaut"

    @property
    def with_passage(self) -> int:
        """How many pairs of articles share a passage."""
        return sum(bool(pair.passages) for pair in self.pairs) if self.sharing is None else self.sharing

    @property
    def only_quoting(self) -> int:
        """How many pairs of articles share a quotation and no passage."""
        if self.quoting is not None:
            return self.quoting
        return sum(bool(pair.quotes) and not pair.passages for pair in self.pairs)
