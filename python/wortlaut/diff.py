"""What changed between two versions of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from wortlaut import _core
from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_choice,
    check_count,
    check_text,
    harmless,
    shown,
)
from wortlaut.frames import from_core
from wortlaut.many import Rows
from wortlaut.page import FilePath, finished
from wortlaut.progress import Progress, check_workers, watching
from wortlaut.results import Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of, read_pair

if TYPE_CHECKING:
    from wortlaut.html import Html

Layout = Literal["inline", "side-by-side"]

# Differences that a notebook shows; as many as fill some screens. A hundred thousand make 12 MB.
MOST_SHOWN = 200

LEVELS = ("same", "typography", "case", "spelling", "wording")

# ANSI: blue underlined for what came, orange struck through for what went; readable on dark and on light.
_ANSI = {"insert": "\x1b[34;4m", "delete": "\x1b[33;9m", "end": "\x1b[0m"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from `a` to `b`; offsets are code points, half open.

    `kind` is equal, insert, delete, replace or move; `level` says how much it matters: same, typography (marks,
    dashes, spaces), case, spelling (ß and ss), wording. A move is two edits, each with the index of the other.
    `a_text` and `b_text` are what stands there.

    >>> diff("Er ging.", "Er lief.").edits[1]
    Edit(replace, wording, 'ging' -> 'lief')
    """

    kind: str
    level: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    move: int | None
    a_text: str
    b_text: str

    def __repr__(self) -> str:
        return f"Edit({self.kind}, {self.level}, {shown(self.a_text)} -> {shown(self.b_text)})"


class Edits(Results[Edit]):
    """The edits of one diff, contiguous on both sides.

    >>> [edit.kind for edit in diff("Er ging.", "Er lief.").edits]
    ['equal', 'replace', 'equal']
    """

    __slots__ = ()
    _type = Edit
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "a_text": (0, "a_start", "a_end"),
        "b_text": (1, "b_start", "b_end"),
    }
    _quiet = frozenset({"a_start", "a_end", "b_start", "b_end", "move"})


class Diff:
    r"""The difference between two texts: edits, a ratio, and ways to read it.

    >>> changes = diff("Er sagte \"nie\".", "Er sagte „nie“ mehr.")
    >>> changes.summary()
    '2 differences: 1 typographic and 1 of wording'
    >>> changes.apply("Er sagte \"nie\".")
    'Er sagte „nie“ mehr.'
    """

    __slots__ = ("_a", "_b", "_edits", "_ratio")

    def __init__(self, a: str, b: str, edits: Edits, ratio: float) -> None:
        self._a = a
        self._b = b
        self._edits = edits
        self._ratio = ratio

    @property
    def a(self) -> str:
        """The old text.

        >>> diff("Er ging.", "Er lief.").a
        'Er ging.'
        """
        return self._a

    @property
    def b(self) -> str:
        """The new text.

        >>> diff("Er ging.", "Er lief.").b
        'Er lief.'
        """
        return self._b

    @property
    def edits(self) -> Edits:
        """All edits, the equal ones too.

        >>> len(diff("eins", "eins").edits)
        1
        """
        return self._edits

    @property
    def changes(self) -> list[Edit]:
        """The edits that change something.

        >>> [edit.b_text for edit in diff("Er ging.", "Er lief.").changes]
        ['lief']
        """
        return [edit for edit in self._edits if edit.kind != "equal"]

    @property
    def moves(self) -> list[tuple[Edit, Edit]]:
        """The stretches that moved: where each stood in `a`, where it stands in `b`.

        >>> first, second = "Der Rat tagt heute noch einmal öffentlich. ", "Es regnet seit drei Tagen ohne Pause. "
        >>> len(diff(first + second, second + first).moves)
        1
        """
        edits = list(self._edits)
        return [(edit, edits[edit.move]) for edit in edits if edit.move is not None and edit.a_text]

    @property
    def ratio(self) -> float:
        """2 · words kept / (words of `a` + words of `b`); 1 if neither has a word.

        >>> diff("eins zwei drei", "eins drei").ratio
        0.8
        """
        return self._ratio

    def summary(self) -> str:
        """Say in one line how many differences there are, by level.

        >>> diff("eins", "eins").summary()
        'no differences'
        """
        from wortlaut import html

        return html.summary(list(self._edits))

    def counts(self) -> dict[str, int]:
        """Return the number of differences of each level; a move counts once.

        >>> diff("Er ging.", "er lief.").counts()
        {'typography': 0, 'case': 1, 'spelling': 0, 'wording': 1, 'move': 0}
        """
        found = Counter(edit.level for edit in self.changes if edit.kind != "move")
        return {level: found[level] for level in LEVELS[1:]} | {"move": len(self.moves)}

    def apply(self, a: str) -> str:
        """Return `b`, made from `a` and the edits.

        Raises `InvalidValueError` if `a` is not the text that the diff was made from.

        >>> diff("Er ging.", "Er lief.").apply("Er ging.")
        'Er lief.'
        """
        if check_text("a", a) != self.a:
            raise InvalidValueError(f"a must be the text that the diff was made from, got {shown(a)}")
        return "".join(edit.a_text if edit.kind == "equal" else edit.b_text for edit in self._edits)

    def to_html(
        self,
        path: FilePath | None = None,
        *,
        layout: Layout = "inline",
        context: int | None = 30,
        limit: int | None = None,
    ) -> str:
        """Return the diff as a block of HTML, everything escaped, to be shown in a page or a notebook.

        `layout` is "inline" or "side-by-side"; unchanged stretches are folded but for `context` words (None: none
        are), and what comes after `limit` differences is left out. With a `path`, the diff is also written there, as
        a page of its own.

        >>> "<del" in diff("Er ging.", "Er lief.").to_html()
        True
        """
        from wortlaut import html

        check_choice("layout", layout, ("inline", "side-by-side"))
        if context is not None:
            check_count("context", context, 0)
        blocks = drawn(self, limit, layout, context)
        return finished(html.fragment(html.element("p", self.summary()), *blocks), path, self.summary())

    def to_ansi(self, *, color: bool = True, ignore: Collection[str] = ()) -> str:
        """Return `b` with the changes marked for a terminal, or with ``[-old-]{+new+}`` if not `color`.

        `ignore` names levels that are not marked, such as ``{"typography"}``. With `color`, control characters of the
        texts are shown and not sent to the terminal.

        >>> diff("Er ging.", "Er lief.").to_ansi(color=False)
        'Er [-ging-]{+lief+}.'
        """
        if isinstance(ignore, str) or not isinstance(ignore, Collection):
            raise InvalidTypeError(f"ignore must hold levels, such as {{'typography'}}, got {shown(ignore)}")
        for level in ignore:
            check_choice("ignore", level, LEVELS[1:])
        return "".join(_marked(edit, color=color, ignored=edit.level in ignore) for edit in self._edits)

    def to_unified(self, *, context: int = 1) -> str:
        """Return a unified diff by sentences, as `diff -u` writes it.

        >>> print(diff("Er ging. Sie blieb.", "Er lief. Sie blieb.").to_unified())
        --- a
        +++ b
        @@ -1,2 +1,2 @@
        -Er ging.
        +Er lief.
         Sie blieb.
        """
        import difflib

        check_count("context", context, 0)
        old, new = ([" ".join(s.text.split()) for s in Text(raw).sentences] for raw in (self.a, self.b))
        return "\n".join(difflib.unified_diff(old, new, "a", "b", lineterm="", n=context))

    def to_pandas(self) -> Any:
        """Return the edits as a DataFrame, with their texts.

        >>> diff("Er ging.", "Er lief.").to_pandas().shape
        (3, 9)
        """
        return self._edits.to_pandas(text=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Diff):
            return NotImplemented
        return (self.a, self.b, self._edits) == (other.a, other.b, other._edits)

    def __hash__(self) -> int:
        return hash((self.a, self.b))

    def __reduce__(self) -> tuple[Any, ...]:
        return Diff, (self.a, self.b, self._edits, self._ratio)

    def __repr__(self) -> str:
        return f"Diff({self.summary()}; ratio {self._ratio:.3f})"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.to_html(limit=MOST_SHOWN)}


def drawn(change: Diff, limit: int | None, layout: Layout = "inline", context: int | None = 30) -> list[Html]:
    """Return a diff up to its first `limit` differences as HTML, and how many more there are.

    >>> drawn(diff("Er ging.", "Er lief."), 0)
    ['<p>… 1 more</p>']
    """
    from wortlaut import html

    changed = [row for row, kind in enumerate(change.edits.column("kind")) if kind != "equal"]
    most = len(changed) if limit is None else check_count("limit", limit, 0)
    more = len(changed) - most
    if more <= 0:
        return [html.diff(change.a, change.b, list(change.edits), layout, context)]
    rest = html.element("p", f"… {more:,} more")
    edits = list(change.edits[: changed[most]])
    return [html.diff(change.a, change.b, edits, layout, context), rest] if most else [rest]


def _marked(edit: Edit, *, color: bool, ignored: bool) -> str:
    plain = edit.kind == "equal" or (ignored and edit.kind != "move")
    if color:
        return _colored(harmless(edit.a_text), harmless(edit.b_text), plain=plain)
    if plain:
        return edit.b_text
    return (f"[-{edit.a_text}-]" if edit.a_text else "") + (f"{{+{edit.b_text}+}}" if edit.b_text else "")


def _colored(old: str, new: str, *, plain: bool) -> str:
    if plain:
        return new
    gone = f"{_ANSI['delete']}{old}{_ANSI['end']}" if old else ""
    return gone + (f"{_ANSI['insert']}{new}{_ANSI['end']}" if new else "")


def diff(a: str | Text, b: str | Text, *, fold: Fold = DEFAULT_FOLD) -> Diff:
    """Tell what changed from `a` to `b`: whole words, in an order a reader can follow.

    Words are compared under `fold`; that two of them differ in case or typography is an edit of that level. The
    edits cover both texts without a gap: the equal ones and the `b` side of the others make `b`.

    Raises `InvalidTypeError` for anything but texts. Source: Hirschberg 1975 over Hyyrö's
    bit-parallel LCS, Myers (crate ``similar``) for short stretches; moves and levels on top.

    >>> diff("Der Rat sagte nein.", "Der Rat sagt ja.").changes
    [Edit(replace, wording, 'sagte nein' -> 'sagt ja')]

    Use it for versions of one text. For what two different texts share, use `passages`.
    """
    old, new = read_pair(a, b, fold)
    columns, ratio = _core.diff(old, new)
    return Diff(old.raw, new.raw, Edits(from_core(columns), (old.raw, new.raw)), ratio)


class Compared:
    """A row with two sides, and the fold that their words were compared under.

    The fold is no field: it tells nothing that a table has to say, and two rows without it are equal.

    >>> from wortlaut import passages
    >>> found = passages("eins zwei", "eins zwei", min_words=2, fold=Fold(accents=True))
    >>> found[0]._under == Fold(accents=True)
    True
    """

    __slots__ = ("_fold",)
    _fold: Fold

    @property
    def _under(self) -> Fold:
        return getattr(self, "_fold", DEFAULT_FOLD)

    def __reduce__(self) -> tuple[Any, ...]:
        names: dict[str, object] = type(self).__dataclass_fields__  # type: ignore[attr-defined]  # only dataclasses mix this in
        return _restored, (type(self), {name: getattr(self, name) for name in names}, self._under)


def _restored(of: type[Compared], values: dict[str, Any], fold: Fold) -> Compared:
    row = of(**values)
    object.__setattr__(row, "_fold", fold)
    return row


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

    __slots__ = ()
    _type = RowEdit
    _texts_of: ClassVar[dict[str, tuple[str | int, str, str]]] = {
        "a_text": ("a", "a_start", "a_end"),
        "b_text": ("b", "b_start", "b_end"),
    }
    _quiet = Edits._quiet


def diff_many(
    a: object, b: object, *, fold: Fold = DEFAULT_FOLD, workers: int | None = None, progress: Progress = False
) -> RowEdits:
    """Compare two columns of texts row by row, in parallel; all edits in one table, with the `row` of each.

    `a` and `b` are lists, Series or anything with values; a missing text counts as an empty one.

    >>> edits = diff_many(["Er ging."], ["Er lief."])
    >>> [(edit.kind, edit.b_text) for edit in edits][1]
    ('replace', 'lief')
    """
    rows = Rows.of(a, b)
    with watching(progress, "comparing") as watch:
        edits, _ = _core.diff_many(rows.a, rows.b, flags_of(fold), check_workers(workers), watch)
    columns = from_core(edits)
    places = columns["row"]
    return RowEdits(columns, [*rows.a, *rows.b], {"a": places, "b": places.shifted(len(rows.a))})
