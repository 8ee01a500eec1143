"""Statements that go round: every place where one stands, its canonical wording, who came first, who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from wortlaut import _core
from wortlaut.dates import shown_date
from wortlaut.diff import diff
from wortlaut.errors import counted
from wortlaut.frames import Column, from_core, ids_of
from wortlaut.gather import ranks
from wortlaut.lexicon import Lexicon, words_of
from wortlaut.page import FilePath, finished
from wortlaut.results import Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wortlaut.articles import Article
    from wortlaut.html import PlaceView, StatementView
    from wortlaut.wholes import Place

# As in the core: `NAMES` of a relation.
RELATIONS = ("identical", "trimmed", "extended", "elided", "edited", "reworded")

_WORD = re.compile(r"\w+")

# Statements that a notebook shows, and places of one that get a word diff: what fits a screen or two.
_STATEMENTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a statement stands.

    `canonical` is the statement's longest wording in closed marks (of equals the earliest), `first` its earliest
    place by date. `relation`, `similarity` and `negation` are seen from the canonical wording to this one, as in
    `SharedQuote`. `in_marks` says whether it stands in quotation marks here, `speaker` who is named beside it
    ("" for nobody). A `phrase` is a small piece of this statement that stands in others too, as a slogan does: it is
    no first mention, and who says it does not speak for the statement.

    >>> from wortlaut import Corpus
    >>> line = "„Wir bleiben in diesem Winter im Hafen“"
    >>> [place.first for place in Corpus([line + ", sagte Kern.", line]).shared_quotes().mentions()]
    [True, False]
    """

    cluster: int
    id: str
    date: str
    outlet: str
    start: int
    end: int
    in_marks: bool
    first: bool
    canonical: bool
    phrase: bool
    relation: str
    similarity: float
    negation: bool
    speaker: str
    speaker_start: int | None
    speaker_end: int | None
    text: str

    @property
    def wording(self) -> str:
        """What is said: `text` without the reporting clause that interrupts it.

        >>> from wortlaut import Corpus
        >>> a, b = "„Wir bleiben hier“, sagte Kern, „im alten Hafen“", "„Wir bleiben hier im alten Hafen“"
        >>> Corpus([a, b]).shared_quotes().mentions()[0].wording
        'Wir bleiben hier im alten Hafen'
        """
        return _core.wording(self.text)


class Mentions(Results[Mention]):
    """Every place of every statement of a corpus, by statement, then by date.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).shared_quotes().mentions())
    0
    """

    __slots__ = ()
    _type = Mention
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {"text": ("text", "start", "end")}
    _quiet = frozenset({"start", "end", "speaker_start", "speaker_end"})

    def _count(self) -> str:
        return counted(len(self), "mention")

    def _groups(self) -> list[list[Mention]]:
        return [list(places) for _, places in groupby(self, lambda place: place.cluster)]

    def statements(self) -> Statements:
        """Return one row for each statement.

        >>> from wortlaut import Corpus
        >>> line = "„Wir bleiben in diesem Winter im Hafen“"
        >>> [found.mentions for found in Corpus([line, line, "nichts"]).shared_quotes().mentions().statements()]
        [2]
        """
        places = self._hidden["text"].to_list()
        rows, start = [], 0
        for group in self._groups():
            rows.append(_summed(group, places[start : start + len(group)]))
            start += len(group)
        hidden = {name: Column.of_numbers([row.pop(name) for row in rows]) for name in ("text", "first")}
        columns = {name: _SUMS[name]([row[name] for row in rows]) for name in _SUMS}
        return Statements(columns, self._texts, hidden)

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the statements by outlets as an HTML table, and each variant as a word diff.

        The diff is from the canonical wording. At most `limit` statements are shown, those in the most outlets first;
        everything is escaped. With a `path`, it is also written there, as a page of its own.

        >>> from wortlaut import Corpus
        >>> a, b = "„Wir bleiben <b>hier</b> im Hafen“", "„Wir bleiben <b>hier</b> im alten Hafen“"
        >>> "&lt;b&gt;" in Corpus([a, b]).shared_quotes().mentions().to_html()
        True
        """
        from wortlaut import html

        views = views_of(self)
        block = html.fragment(html.quotes(views if limit is None else views[:limit], total=len(views)))
        return finished(block, path, type(self).__name__)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=_STATEMENTS_SHOWN)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that several articles have.

    `id`, `start`, `end` and `text` are those of its canonical wording, `first_…` of its earliest place by date, `date`
    that one's date as it is shown ("" where unknown). `outlets` counts the different outlets that are known,
    `speakers` names who is said to speak, `conflict` that two of them are certainly not one person.

    >>> from wortlaut import Corpus
    >>> line = "„Wir bleiben in diesem Winter im Hafen“, sagte "
    >>> Corpus([line + "Ada Lund.", line + "Bo Kern."]).shared_quotes().statements()[0].speakers
    'Ada Lund; Bo Kern'
    """

    cluster: int
    id: str
    start: int
    end: int
    first_id: str
    first_start: int
    first_end: int
    date: str
    mentions: int
    articles: int
    outlets: int
    speakers: str
    conflict: bool
    text: str
    first_text: str

    @property
    def wording(self) -> str:
        """The canonical wording: `text` without the reporting clause that interrupts it.

        >>> from wortlaut import Corpus
        >>> line = "„Wir bleiben in diesem Winter im Hafen“"
        >>> Corpus([line, line]).shared_quotes().statements()[0].wording
        'Wir bleiben in diesem Winter im Hafen'
        """
        return _core.wording(self.text)


class Statements(Results[Statement]):
    """The statements that several articles of a corpus have, one row for each.

    >>> from wortlaut import Corpus
    >>> len(Corpus([]).shared_quotes().statements())
    0
    """

    __slots__ = ()
    _type = Statement
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "text": ("text", "start", "end"),
        "first_text": ("first", "first_start", "first_end"),
    }
    _quiet = frozenset({"start", "end", "first_start", "first_end", "first_text"})

    def _count(self) -> str:
        return counted(len(self), "statement")


_SUMS: dict[str, Any] = {
    "cluster": Column.of_numbers,
    "id": Column.of_labels,
    "start": Column.of_numbers,
    "end": Column.of_numbers,
    "first_id": Column.of_labels,
    "first_start": Column.of_numbers,
    "first_end": Column.of_numbers,
    "date": Column.of_labels,
    "mentions": Column.of_numbers,
    "articles": Column.of_numbers,
    "outlets": Column.of_numbers,
    "speakers": Column.of_labels,
    "conflict": lambda values: Column("bool", bytes(values)),
}


def _summed(places: list[Mention], texts: list[int]) -> dict[str, Any]:
    whole = next(row for row, place in enumerate(places) if place.canonical)
    first = next(row for row, place in enumerate(places) if place.first)
    speakers = list(dict.fromkeys(place.speaker for place in places if place.speaker and not place.phrase))
    return {
        "text": texts[whole],
        "first": texts[first],
        "cluster": places[whole].cluster,
        "id": places[whole].id,
        "start": places[whole].start,
        "end": places[whole].end,
        "first_id": places[first].id,
        "first_start": places[first].start,
        "first_end": places[first].end,
        "date": places[first].date,
        "mentions": len(places),
        "articles": len(set(texts)),
        "outlets": len({place.outlet for place in places} - {""}),
        "speakers": "; ".join(speakers),
        "conflict": _core.speakers_conflict(speakers),
    }


def said(stretch: str) -> tuple[str, ...]:
    """Return what tells whether two stretches say the same: the words, whatever stands between them.

    >>> said("Wir bleiben“, sagte Kern, „im Hafen!") == said("wir bleiben im Hafen")
    True
    """
    return tuple(_WORD.findall(_core.wording(stretch).casefold()))


def mentions_of(
    marks: dict[tuple[int, Place], bool],
    articles: Sequence[Article],
    fold: Fold | None,
    lexicon: Lexicon | None = None,
) -> Mentions:
    """Describe the places of statements: `marks` says of each, by its statement, whether it is in marks there.

    >>> from wortlaut.articles import Article
    >>> line = "„Wir bleiben“"
    >>> articles = [Article("x", line), Article("y", line)]
    >>> mentions_of({(0, (0, 1, 12)): True, (0, (1, 1, 12)): True}, articles, None).column("canonical")
    [True, False]
    """
    fold = DEFAULT_FOLD if fold is None else fold
    rank = ranks(articles)
    rows = sorted(_outer(marks), key=lambda row: (row[0], rank[row[1][0]], row[1]))
    numbers, places = [number for number, _ in rows], [place for _, place in rows]
    marked = [marks[row] for row in rows]
    quoted = _quoted(places, marked, articles, lexicon)
    closed = [quote.closed for quote in quoted]
    described: list[_Described] = []
    for _, group in groupby(zip(numbers, places, closed, strict=True), lambda row: row[0]):
        members = list(group)
        described += _described(
            [place for _, place, _ in members], [is_closed for *_, is_closed in members], articles, fold
        )
    phrases = _phrases(places, described)
    texts = Column.of_numbers([place[0] for place in places])
    columns = {
        "cluster": Column.of_numbers(numbers),
        "id": ids_of(texts, [article.id for article in articles]),
        "date": Column.of_labels([_shown(articles[place[0]]) for place in places]),
        "outlet": Column.of_labels([articles[place[0]].outlet or "" for place in places]),
        "start": Column.of_numbers([place[1] for place in places]),
        "end": Column.of_numbers([place[2] for place in places]),
        "in_marks": Column("bool", bytes(marked)),
        "first": Column("bool", bytes(_firsts(numbers, phrases))),
        "canonical": Column("bool", bytes(one.canonical for one in described)),
        "phrase": Column("bool", bytes(phrases)),
        "relation": Column("name", bytes(RELATIONS.index(one.relation) for one in described), RELATIONS),
        "similarity": Column.of_ratios([one.similarity for one in described]),
        "negation": Column("bool", bytes(one.negation for one in described)),
        "speaker": Column.of_labels([quote.speaker for quote in quoted]),
        "speaker_start": Column.of_optional([quote.start for quote in quoted]),
        "speaker_end": Column.of_optional([quote.end for quote in quoted]),
    }
    return Mentions(columns, [article.text for article in articles], {"text": texts})


def _outer(marks: dict[tuple[int, Place], bool]) -> list[tuple[int, Place]]:
    """Leave out what lies inside another place of the same statement: a part that some article quotes alone."""
    kept: list[tuple[int, Place]] = []
    reach: dict[tuple[int, int], int] = {}
    for number, (text, start, end) in sorted(
        marks, key=lambda row: (row[0], row[1][0], row[1][1], -row[1][2])
    ):
        if end > reach.get((number, text), -1):
            reach[number, text] = end
            kept.append((number, (text, start, end)))
    return kept


def _shown(article: Article) -> str:
    return shown_date(article.date, article.date_precision)


class _Described(NamedTuple):
    """What a place is to its statement."""

    canonical: bool
    relation: str
    similarity: float
    negation: bool


def _described(
    places: Sequence[Place], closed: Sequence[bool], articles: Sequence[Article], fold: Fold
) -> list[_Described]:
    """Say of the places of one statement which has the canonical wording, and what the others are to it."""
    stretches = [articles[text].text[start:end] for text, start, end in places]

    def weight(row: int) -> tuple[bool, int]:
        wording = _core.wording(stretches[row])
        return closed[row], len(Text(wording, fold=fold).words)

    whole = max(range(len(places)), key=weight)
    flags = flags_of(fold)
    found = [_core.variant(stretches[whole], stretch, flags) for stretch in stretches]
    return [_Described(row == whole, *variant) for row, variant in enumerate(found)]


# What has less in common with a statement, and stands in another one too, is a phrase that both of them have.
_PHRASE = 0.5


def _phrases(places: Sequence[Place], described: Sequence[_Described]) -> list[bool]:
    times = Counter(places)
    return [
        times[place] > 1 and one.similarity < _PHRASE for place, one in zip(places, described, strict=True)
    ]


def _firsts(numbers: Sequence[int], phrases: Sequence[bool]) -> list[bool]:
    """Say of each place, by statement and date, whether it is the first of its statement that is no mere phrase."""
    known: set[int] = set()
    found = []
    for number, is_phrase in zip(numbers, phrases, strict=True):
        found.append(not is_phrase and number not in known)
        if not is_phrase:
            known.add(number)
    return found


class _Quoted(NamedTuple):
    """Who is named beside a quotation, where, and whether its marks are closed."""

    speaker: str = ""
    start: int | None = None
    end: int | None = None
    closed: bool = False


def _quoted(
    places: list[Place], marked: list[bool], articles: Sequence[Article], lexicon: Lexicon | None
) -> list[_Quoted]:
    """Say of each place who is named beside it; what stands without marks is nobody's."""
    quoting = {place[0] for place, is_marked in zip(places, marked, strict=True) if is_marked}
    words = words_of(lexicon)
    found = {text: _quotes(articles[text].text, words) for text in quoting}
    return [
        found[text].get(start, _Quoted()) if is_marked else _Quoted()
        for (text, start, _), is_marked in zip(places, marked, strict=True)
    ]


def _quotes(raw: str, words: Any) -> dict[int, _Quoted]:
    """Describe the quotations of a text, by the start of each without its marks."""
    columns = from_core(_core.quotes(raw, words))
    # Of a statement in several parts only the last need be closed.
    closed = dict(zip(columns["group"], columns["closed"], strict=True))
    names = ("inner_start", "speaker_start", "speaker_end", "group")
    rows = zip(*(columns[name] for name in names), strict=True)
    return {
        inner: _Quoted("" if start is None else raw[start:end], start, end, bool(closed[group]))
        for inner, start, end, group in rows
    }


def views_of(
    mentions: Mentions, most: int | None = None, *, titles: Mapping[str, str] | None = None
) -> list[StatementView]:
    """Return what HTML is drawn from, the statements in the most outlets first; `most` of them.

    `titles` are those of the articles, by id: what a reader knows them by.

    >>> from wortlaut import Corpus
    >>> line = "„Wir bleiben in diesem Winter im Hafen“"
    >>> views_of(Corpus([line, line]).shared_quotes().mentions())[0].wording
    'Wir bleiben in diesem Winter im Hafen'
    """
    from wortlaut.html import StatementView

    groups = sorted(mentions._groups(), key=lambda places: (-_spread(places), -len(places)))
    views = []
    for places in groups[:most]:
        whole = next(place.wording for place in places if place.canonical)
        speakers = [place.speaker for place in places if place.speaker and not place.phrase]
        conflict = _core.speakers_conflict(speakers)
        shown = [_place_view(place, whole, titles or {}) for place in places]
        views.append(StatementView(shown, whole, conflict=conflict))
    return views


def _spread(places: list[Mention]) -> int:
    return len({place.outlet or place.id for place in places})


def _place_view(place: Mention, whole: str, titles: Mapping[str, str]) -> PlaceView:
    from wortlaut.html import PlaceView

    wording = place.wording
    return PlaceView(
        place.id,
        wording,
        place.in_marks,
        place.outlet,
        place.date,
        relation="canonical" if place.canonical else place.relation,
        similarity=place.similarity,
        negation=place.negation,
        speaker=place.speaker,
        edits=() if wording == whole else list(diff(whole, wording).edits),
        label=titles.get(str(place.id), ""),
    )
