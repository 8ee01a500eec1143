"""Two lists of lines as a unified diff, as `diff -u` writes it, in time that grows with the lines, not their square."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wortlaut import _core

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Change(NamedTuple):
    """Lines of `a` that went and lines of `b` that came in their place, half open."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def unified(old: Sequence[str], new: Sequence[str], context: int) -> str:
    """Return a unified diff of two lists of lines, with so many unchanged ones around each change.

    >>> print(unified(["Er ging."], ["Er lief."], 0))
    --- a
    +++ b
    @@ -1 +1 @@
    -Er ging.
    +Er lief.
    """
    shown: list[str] = []
    for hunk in _hunks(_changes(old, new), context):
        shown += _hunk(old, new, hunk, context)
    return "\n".join(["--- a", "+++ b", *shown]) if shown else ""


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(line, len(numbers)) for line in lines] for lines in (old, new))
    a_next = b_next = 0
    for a_start, b_start, length in [*_core.align_numbers(a, b), (len(a), len(b), 0)]:
        if (a_next, b_next) != (a_start, b_start):
            yield _Change(a_next, a_start, b_next, b_start)
        a_next, b_next = a_start + length, b_start + length


def _hunks(changes: Iterator[_Change], context: int) -> Iterator[list[_Change]]:
    """Yield the changes whose unchanged lines would meet, together."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.a_start - hunk[-1].a_end > 2 * context:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(old: Sequence[str], new: Sequence[str], hunk: Sequence[_Change], context: int) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    before = min(context, first.a_start)
    after = min(context, len(old) - last.a_end)
    a_place = _place(first.a_start - before, last.a_end + after)
    b_place = _place(first.b_start - before, last.b_end + after)
    yield f"@@ -{a_place} +{b_place} @@"
    done = first.a_start - before
    for change in hunk:
        yield from (f" {line}" for line in old[done : change.a_start])
        yield from (f"-{line}" for line in old[change.a_start : change.a_end])
        yield from (f"+{line}" for line in new[change.b_start : change.b_end])
        done = change.a_end
    yield from (f" {line}" for line in old[done : last.a_end + after])


def _place(start: int, end: int) -> str:
    """Return the first line and how many, as POSIX has it: one alone without a count, none by the line before."""
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"
