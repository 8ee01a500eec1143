"""Two columns of texts, compared row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wortlaut import _core
from wortlaut.diff import Edit, Edits
from wortlaut.errors import InvalidValueError
from wortlaut.frames import from_core
from wortlaut.many import RowColumns, Rows
from wortlaut.problems import Problems
from wortlaut.progress import Progress, check_workers, watching
from wortlaut.results import PAIR_TEXTS, Results
from wortlaut.text import DEFAULT_FOLD, Fold, flags_of


@dataclass(frozen=True)
class _InRow:
    """What stands before the other fields of an edit of many pairs."""

    __slots__ = ()
    row: int


@dataclass(frozen=True, slots=True, repr=False)
class RowEdit(Edit, _InRow):
    """An `Edit` of one of many pairs of texts; `row` is which.

    >>> diff_many(["eins", "zwei"], ["eins", "drei"])[1]
    RowEdit(1, replace, wording, 'zwei' -> 'drei')
    """

    def __repr__(self) -> str:
        return f"RowEdit({self.row}, {Edit.__repr__(self).removeprefix('Edit(')}"


class RowEdits(Results[RowEdit]):
    """The edits of many pairs of texts, with the `row` that each belongs to.

    >>> diff_many(["eins", "zwei"], ["eins", "drei"]).column("row")
    [0, 1]
    """

    __slots__ = ("_back", "_inner")
    _type = RowEdit
    _texts_of = PAIR_TEXTS
    _quiet = Edits._quiet
    _back: RowColumns
    _inner: RowEdits

    @property
    def inside_moves(self) -> RowEdits:
        """The edits inside the stretches that moved: `move` is the half in `a`, counted from the first edit of the row.

        As with `counts`, only of all rows together.

        >>> old = "Der Rat tagt heute noch einmal öffentlich. Es regnet seit drei Tagen ohne Pause."
        >>> new = "Es regnet seit drei Tagen ohne Pause. Der Rat tagt morgen noch einmal öffentlich."
        >>> [edit for edit in diff_many([old], [new]).inside_moves if edit.kind != "equal"]
        [RowEdit(0, replace, wording, 'heute' -> 'morgen')]
        """
        if not hasattr(self, "_inner"):
            raise InvalidValueError(
                "edits inside moves are of all rows together: take them before a part of the edits"
            )
        return self._inner

    @property
    def problems(self) -> Problems:
        """The rows that were not compared, each under the label of the index, and why.

        >>> [str(problem) for problem in diff_many(["eins", None], ["eins", "zwei"]).problems]
        ['a, row 1: text of 1 is missing']
        """
        return self._back.problems if hasattr(self, "_back") else Problems()

    def counts(self) -> RowColumns:
        """Return what each row comes to, as columns of the library that the texts came in: ready for ``assign``.

        The ratio, the edits of each level, the moves, and the edits that touch a number, a name or a negation; null
        where a text was missing. Only of all rows together: of a part of the edits, `InvalidValueError`.

        >>> diff_many(["um 8 Uhr", None], ["um 9 Uhr", "zwei"]).counts()["numbers"]
        [1, None]
        """
        if not hasattr(self, "_back"):
            raise InvalidValueError("counts are of all rows together: take them before a part of the edits")
        return self._back

    def __reduce__(self) -> tuple[Any, ...]:
        kept = {name: getattr(self, name) for name in RowEdits.__slots__ if hasattr(self, name)}
        return _rows_restored, (super().__reduce__(), kept)


def _rows_restored(made: tuple[Any, ...], kept: dict[str, Any]) -> RowEdits:
    rows: RowEdits = made[0](*made[1])
    for name, value in kept.items():
        setattr(rows, name, value)
    return rows


def diff_many(
    a: object,
    b: object,
    *,
    fold: Fold = DEFAULT_FOLD,
    workers: int | None = None,
    progress: Progress = False,
    errors: str = "collect",
) -> RowEdits:
    """Compare two columns of texts row by row, in parallel; all edits in one table, with the `row` of each.

    `a` and `b` are lists, Series or anything with values. `move` is the index of the other half among the edits of the
    row; what changed inside such stretches is in `RowEdits.inside_moves`. A row in which a text is missing is in
    `RowEdits.problems`, and compared as if it were empty; ``errors="raise"`` raises instead. What each row comes to is
    in `RowEdits.counts`.

    >>> edits = diff_many(["Er ging."], ["Er lief."])
    >>> [(edit.kind, edit.b_text) for edit in edits][1]
    ('replace', 'lief')
    """
    rows = Rows.of(a, b, errors=errors)
    with watching(progress, "comparing") as watch:
        edits, inner, counts = _core.diff_many(rows.a, rows.b, flags_of(fold), check_workers(workers), watch)
    found = _of_rows(from_core(edits), rows)
    found._inner = _of_rows(from_core(inner), rows)
    found._back = rows.back(from_core(counts))
    return found


def _of_rows(columns: dict[str, Any], rows: Rows) -> RowEdits:
    places = columns["row"]
    return RowEdits(columns, rows.texts, {"a": places, "b": places.shifted(len(rows.a))})
