"""Which pairs of a corpus share most: one pass over the columns, so that millions of pairs cost no memory."""

from __future__ import annotations

from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Any, NamedTuple

from wortlaut.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wortlaut.corpus_rows import CorpusPassages, CorpusSharedQuotes
    from wortlaut.results import Results

# Two articles are versions of one text if one stands nearly whole in the other, as a cut or an expanded version does.
# Chosen by reading, not measured: lower takes two articles on one agency report for versions, higher loses versions
# with a new paragraph.
VERSION = 0.8

# Where a stretch begins and ends.
Places = tuple[int, int]


class Shared(NamedTuple):
    """What two articles share: their places, the larger covered share, the rows of their passages and quotations.

    >>> Shared(0, 1, 0.9, 8, range(1)).rank > Shared(0, 1, 0.2, 8, range(1)).rank
    True
    """

    a: int
    b: int
    cover: float
    matched: int
    passages: range
    quotes: Sequence[int] = ()

    @property
    def rank(self) -> tuple[float, int, int, int, int]:
        """What is greater for the pair that is to be shown first.

        >>> Shared(0, 1, 0.9, 8, range(1)).rank
        (0.9, 8, 0, 0, -1)
        """
        return self.cover, self.matched, len(self.quotes), -self.a, -self.b


class Tally:
    """All pairs counted, and the `most` best of them kept; `sizes` says how many articles each place stands for.

    `sharing` and `quoting` count pairs of articles with a passage, and with a quotation only; `rows` counts pairs of
    places. `weights` sums up what each article shares, `versions` joins those that are versions of one text.
    """

    def __init__(self, most: int, sizes: Sequence[int]) -> None:
        self.sharing = self.quoting = self.rows = 0
        self.weights = [0.0] * len(sizes)
        self.versions: Groups[int] = Groups()
        self._most = most
        self._sizes = sizes
        self._best: list[tuple[tuple[float, ...], Shared]] = []

    def count(self, found: Shared) -> None:
        """Count a pair, and keep it if it is one of the best."""
        number = self._sizes[found.a] * self._sizes[found.b]
        self.rows += 1
        self.sharing += number if found.passages else 0
        self.quoting += 0 if found.passages else number
        self.weights[found.a] += found.cover
        self.weights[found.b] += found.cover
        if found.cover >= VERSION:
            self.versions.join(found.a, found.b)
        if len(self._best) < self._most:
            heappush(self._best, (found.rank, found))
        elif found.cover >= self._best[0][1].cover:
            heappushpop(self._best, (found.rank, found))

    @property
    def best(self) -> list[Shared]:
        """The pairs that were kept, the best first.

        >>> Tally(3, [1, 1]).best
        []
        """
        return [found for _, found in sorted(self._best, reverse=True)]


def tally(
    passages: CorpusPassages,
    quotes: CorpusSharedQuotes,
    words: Sequence[int],
    *,
    most: int,
    sizes: Sequence[int],
) -> Tally:
    """Count the pairs that share a passage or a quotation, and keep the `most` that share most.

    `words` holds the number of words of each article, `sizes` how many articles each stands for.

    >>> from wortlaut import Corpus
    >>> line = "der alte Hafen bleibt in diesem Winter noch offen"
    >>> corpus = Corpus([line, "Heute: " + line, "nichts"])
    >>> found = tally(corpus.passages(), corpus.shared_quotes(), [9, 10, 1], most=9, sizes=[1, 1, 2])
    >>> found.sharing, found.best[0].cover, found.versions.lists()
    (1, 1.0, [[0, 1]])
    """
    counts = Tally(most, sizes)
    quoted: dict[tuple[int, int], list[int]] = {}
    for a, b, rows in _runs(quotes):
        quoted.setdefault((a, b), []).extend(rows)
    cover = _Cover(passages, words)
    matched = passages._columns["matched"].view
    for a, b, rows in _runs(passages):
        same = quoted.pop((a, b), ()) if quoted else ()
        counts.count(Shared(a, b, cover.of(a, b, rows), sum(matched[rows.start : rows.stop]), rows, same))
    for (a, b), places in quoted.items():
        counts.count(Shared(a, b, 0.0, 0, range(0), places))
    return counts


def _runs(found: Results[Any]) -> Iterator[tuple[int, int, range]]:
    """Yield each pair with its rows, which stand together."""
    of_a, of_b = found._hidden["a"].view, found._hidden["b"].view
    start, size = 0, len(of_a)
    while start < size:
        a, b = of_a[start], of_b[start]
        end = start + 1
        while end < size and of_a[end] == a and of_b[end] == b:
            end += 1
        yield a, b, range(start, end)
        start = end


class _Cover:
    """How much of two articles their passages cover: of each the share of its words, and of these the larger."""

    def __init__(self, passages: CorpusPassages, words: Sequence[int]) -> None:
        columns = {name: column.view for name, column in passages._columns.items() if column.kind == "i64"}
        self._sides = [[columns[f"{side}_start"], columns[f"{side}_end"]] for side in "ab"]
        self._counts = [columns["words_a"], columns["words_b"]]
        self._words = words

    def of(self, a: int, b: int, rows: range) -> float:
        return max(self._share(0, a, rows), self._share(1, b, rows))

    def _share(self, side: int, place: int, rows: range) -> float:
        inside: float = sum(self._counts[side][rows.start : rows.stop])
        if len(rows) > 1:
            inside *= self._once(side, rows)
        return min(1.0, inside / max(1, self._words[place]))

    def _once(self, side: int, rows: range) -> float:
        """Return how much is left of the stretches if what several of them cover is counted once."""
        spans = list(zip(*(column[rows.start : rows.stop] for column in self._sides[side]), strict=True))
        return _length(merged(spans)) / _length(spans)


def _length(spans: Sequence[Places]) -> int:
    return sum(end - start for start, end in spans)


def merged(spans: Sequence[Places]) -> list[Places]:
    """Return spans in order, those that overlap or touch as one.

    >>> merged([(5, 9), (0, 2), (2, 3), (6, 7)])
    [(0, 3), (5, 9)]
    """
    joined: list[Places] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
