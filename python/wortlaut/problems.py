"""What could not be read or taken in, and what to know about the rest: where it stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from wortlaut.errors import counted, one_line
from wortlaut.page import FilePath, finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wortlaut.html import Html

T = TypeVar("T")

# Rows of a table in a notebook.
TABLE_ROWS = 20

# Lines of a repr: what fits above the next cell of a notebook.
_REPR_ROWS = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """An article, or a whole file, that could not be read: where it stands and why.

    `row` is the line of a JSON-lines file, or the row of a CSV table as a spreadsheet counts them (the header is
    row 1); of a list or a frame its place from 0, as Python counts; None where the whole file is meant.

    >>> print(Problem("articles.csv", 7, "text is empty"))
    articles.csv, row 7: text is empty
    """

    source: str
    row: int | None
    reason: str

    def __str__(self) -> str:
        place = self.source if self.row is None else f"{self.source}, row {self.row}"
        return one_line(f"{place}: {self.reason}")


@dataclass(frozen=True, slots=True)
class Note(Problem):
    """Something to know about an article or a file that was read: a guessed encoding, a date left out.

    >>> print(Note("archive/kurier.txt", None, "decoded as windows-1252"))
    archive/kurier.txt: decoded as windows-1252
    """


def by_row(problems: Iterable[Problem]) -> Problems:
    """Return problems in the order of their rows.

    >>> [problem.row for problem in by_row([Problem("texts", 3, "is late"), Problem("texts", 1, "is missing")])]
    [1, 3]
    """
    return Problems(sorted(problems, key=lambda problem: problem.row or 0))


class Problems(tuple[Problem, ...]):
    """What could not be read or taken in: a tuple that shows itself as a table.

    >>> print(Problems([Problem("articles.csv", 7, "text is empty")]))
    Problems: 1 problem
      articles.csv, row 7: text is empty
    """

    __slots__ = ()

    def __repr__(self) -> str:
        lines = capped(self, str)
        return "\n".join([f"Problems: {counted(len(self), 'problem')}", *lines])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=TABLE_ROWS)}

    def to_html(self, path: FilePath | None = None, *, limit: int | None = None) -> str:
        """Return the problems as an HTML table, everything escaped; with a `path`, also as a page of its own.

        >>> ">7</td>" in Problems([Problem("articles.csv", 7, "text is empty")]).to_html()
        True
        """
        from wortlaut import html

        return finished(html.fragment(table_of(self, limit)), path, counted(len(self), "problem"))


def table_of(problems: Sequence[Problem], limit: int | None) -> Html:
    """Return problems as a table, at most `limit` of them.

    >>> "<table" in table_of([], None)
    True
    """
    from wortlaut import html

    rows = [[one.source, None if one.row is None else str(one.row), one.reason] for one in problems]
    return html.table(["source", "row", "reason"], rows, limit=limit, texts=[2], name="Problems")


def capped(things: Sequence[T], line: Callable[[T], str]) -> list[str]:
    """Return an indented line for each of the first things, and one for the rest.

    >>> capped(["a", "b"], str.upper)
    ['  A', '  B']
    """
    shown = things if len(things) <= _REPR_ROWS else things[: _REPR_ROWS - 1]
    more = [f"  … {len(things) - len(shown):,} more"] if len(shown) < len(things) else []
    return [*(f"  {line(thing)}" for thing in shown), *more]
