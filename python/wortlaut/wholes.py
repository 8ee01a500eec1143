"""Which mentions are about one statement: those that say the same, and what is a piece of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wortlaut.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

# A place among the articles, its start, its end.
Place = tuple[int, int, int]

# Rows with so much in common are about one statement. A shorter mention may be a phrase that stands in several: half of
# a statement is still known by its words, a third is not.
_SAME_STATEMENT = 0.5

# The same of two of which one is nothing but a piece of the other: it may open two speeches, or be what both of them
# call for. Three quarters of a statement are that statement.
_PIECES = ("trimmed", "extended")
_NEARLY_ALL = 0.85


def statement_of(
    a: Sequence[Place],
    b: Sequence[Place],
    similarity: Sequence[float],
    relation: Sequence[str],
    wording: Callable[[Place], Hashable] = tuple,
) -> list[Place]:
    """Return for each row, a pair of mentions, what names the statement that it is about: one of its mentions.

    Rows that have at least half in common, of a mere piece three quarters, join their mentions, directly or through
    others; `wording` joins those that have equal values. What is only a piece of longer statements, or lies inside one
    in its own article, belongs to the longer one if there is one such, else to each of them by its own row: a slogan
    that many speeches have, or an opening that two have, does not make one statement of them.

    >>> speech, other, slogan = (0, 0, 90), (1, 0, 80), (2, 0, 9)
    >>> statement_of([speech, other], [slogan, slogan], [0.2, 0.2], ["trimmed"] * 2) == [speech, other]
    True
    """
    groups = _same_wording({*a, *b}, wording)
    for one, other, near, how in zip(a, b, similarity, relation, strict=True):
        if near >= (_NEARLY_ALL if how in _PIECES else _SAME_STATEMENT):
            groups.join(one, other)
    ordered = [
        (one, other) if _size(one) >= _size(other) else (other, one) for one, other in zip(a, b, strict=True)
    ]
    _attach(groups, ordered, {*a, *b})
    return [groups.first(longer) for longer, _ in ordered]


def _same_wording(places: Iterable[Place], wording: Callable[[Place], Hashable]) -> Groups[Place]:
    """Join what says the same: no row tells that of two places in one article."""
    groups: Groups[Place] = Groups()
    known: dict[Hashable, Place] = {}
    for place in sorted(places):
        groups.join(place, known.setdefault(wording(place), place))
    return groups


def _attach(groups: Groups[Place], ordered: Sequence[tuple[Place, Place]], places: set[Place]) -> None:
    """Join each group to the one it is a piece of, if there is one such."""
    longest: dict[Place, int] = {}
    for place in places:
        of = groups.first(place)
        longest[of] = max(longest.get(of, 0), _size(place))
    wholes: dict[Place, set[Place]] = {}
    homes = homes_of(places)
    inside = [(home, place) for place, home in homes.items() if home != place]
    for longer, shorter in (*ordered, *inside, *_overlaps(places)):
        whole, piece = groups.first(homes[longer]), groups.first(shorter)
        if whole != piece and 2 * _size(shorter) >= longest[piece]:
            wholes.setdefault(piece, set()).add(whole)
    # Two wholes of a piece may turn out to be one, since one of them is a piece of the other.
    waiting = sorted(wholes, key=lambda piece: (-longest[piece], piece))
    while settled := {
        piece for piece in waiting if len({groups.first(whole) for whole in wholes[piece]}) == 1
    }:
        for piece in waiting:
            if piece in settled:
                groups.join(piece, next(iter(wholes[piece])))
        waiting = [piece for piece in waiting if piece not in settled]


def _size(place: Place) -> int:
    return place[2] - place[1]


def homes_of(places: Iterable[Place]) -> dict[Place, Place]:
    """Return for each place the outermost one around it in its article: itself, if there is none.

    >>> homes_of([(0, 5, 9), (0, 1, 9), (1, 5, 9)])
    {(0, 1, 9): (0, 1, 9), (0, 5, 9): (0, 1, 9), (1, 5, 9): (1, 5, 9)}
    """
    homes: dict[Place, Place] = {}
    home = (-1, 0, 0)
    for place in sorted(set(places), key=lambda place: (place[0], place[1], -place[2])):
        if place[0] != home[0] or place[2] > home[2]:
            home = place
        homes[place] = home
    return homes


def _overlaps(places: Iterable[Place]) -> list[tuple[Place, Place]]:
    """Return the outermost places of an article that have at least half of the shorter in common, the longer first.

    Two articles that quote one stretch of a third begin and end in different words of it.
    """
    found = []
    for one, other in pairwise(sorted(set(homes_of(places).values()))):
        common = one[2] - other[1] if one[0] == other[0] else 0
        longer, shorter = (one, other) if _size(one) >= _size(other) else (other, one)
        if 0 < _size(shorter) <= 2 * common:
            found.append((longer, shorter))
    return found
