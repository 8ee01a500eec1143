"""What changed between two versions of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from wortlaut import _core
from wortlaut.errors import (
    InvalidTypeError,
    InvalidValueError,
    check_choice,
    check_count,
    check_text,
    shown,
)
from wortlaut.frames import RawColumn, from_core
from wortlaut.page import FilePath, finished
from wortlaut.results import Results
from wortlaut.text import DEFAULT_FOLD, Fold, Text, flags_of, read_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wortlaut.html import Html
    from wortlaut.marked import Piece

Layout = Literal["inline", "side-by-side"]

# Differences that a notebook shows; as many as fill some screens. A hundred thousand make 12 MB.
MOST_SHOWN = 200

# How much an edit can matter, the mildest first.
LEVELS = _core.LEVELS

# What a change can touch that an editor looks at first.
FACTS = _core.FACTS

# A diff as the core hands it over: the edits, those inside moves, the facts touched, the ratio.
RawDiff = tuple[list[RawColumn], list[RawColumn] | None, list[RawColumn] | None, float]


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from `a` to `b`; offsets are code points, half open.

    `kind` is equal, insert, delete, replace or move; `level` says how much it matters: same, typography (punctuation,
    dashes, spaces), case, spelling (ß and ss, 1.000 and 1000), wording. A move is two edits, each with the index of the
    other.
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


class Move(NamedTuple):
    """A stretch that moved: the half in `a`, the half in `b`, and the edits that lead from one to the other.

    >>> first, second = "Der Rat tagt heute noch einmal öffentlich. ", "Es regnet seit drei Tagen ohne Pause. "
    >>> move = diff(first + second, second + "Der Rat tagt morgen noch einmal öffentlich.").moves[0]
    >>> [edit for edit in move.edits if edit.kind != "equal"]
    [Edit(replace, wording, 'heute' -> 'morgen')]
    """

    old: Edit
    new: Edit
    edits: Edits


class Touched(NamedTuple):
    """A fact that an edit touches: which of them, by index, and which of those inside moves, if it is one.

    `goes_on` says that the next change touches more of the same name or number.

    >>> diff("um 8 Uhr", "um 9 Uhr")._touched()
    [Touched(edit=1, inner=None, fact='number', goes_on=False)]
    """

    edit: int
    inner: int | None
    fact: str
    goes_on: bool


class Diff:
    r"""The difference between two texts: edits, a ratio, and ways to read it.

    >>> changes = diff("Er sagte \"nie\".", "Er sagte „nie“ mehr.")
    >>> changes.summary()
    '2 differences: 1 typographic and 1 of wording'
    >>> changes.apply("Er sagte \"nie\".")
    'Er sagte „nie“ mehr.'
    """

    __slots__ = ("_a", "_b", "_made", "_raw")

    def __init__(self, a: str, b: str, raw: RawDiff) -> None:
        self._a = a
        self._b = b
        self._raw = raw
        # Made of `raw` when they are first asked for: that takes as long as a quarter of the comparison.
        self._made: Edits | None = None

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
        if self._made is None:
            self._made = Edits(from_core(self._raw[0]), (self._a, self._b))
        return self._made

    @property
    def changes(self) -> list[Edit]:
        """The edits that change something.

        >>> [edit.b_text for edit in diff("Er ging.", "Er lief.").changes]
        ['lief']
        """
        return [edit for edit in self.edits if edit.kind != "equal"]

    @property
    def moves(self) -> list[Move]:
        """The stretches that moved: where each stood in `a`, where it stands in `b`, and what changed on the way.

        >>> first, second = "Der Rat tagt heute noch einmal öffentlich. ", "Es regnet seit drei Tagen ohne Pause. "
        >>> len(diff(first + second, second + first).moves)
        1
        """
        edits, inner = list(self.edits), self._inside()
        halves = [(row, edit) for row, edit in enumerate(edits) if edit.move is not None and edit.a_text]
        rows: dict[int, list[int]] = {}
        for at, half in enumerate(inner.column("move")):
            rows.setdefault(half, []).append(at)
        return [Move(edit, edits[edit.move or 0], inner.take(rows.get(row, []))) for row, edit in halves]

    def _inside(self) -> Edits:
        """Return the edits inside moves; `move` is the index of the half in `a`."""
        inner = self._raw[1]
        return Edits(from_core(inner), (self._a, self._b)) if inner else self.edits[:0]

    @property
    def facts(self) -> dict[str, list[Edit]]:
        """The changes that touch a number, a name or a negation: what an editor looks at first.

        Told by rules for German and English; of a passage that came, went or was written anew as a whole, nothing is
        told. Numbers are compared as they read, with their signs and units: "1.000" and "1000" are one in German, "5 €"
        and "5 $" two. Names are guessed from capitals. A full name or a date can take several edits; `summary` counts
        it once.

        >>> diff("Es kamen 200 Gäste, nicht mehr.", "Es kamen 300 Gäste, mehr.").facts["number"]
        [Edit(replace, wording, '200' -> '300')]
        """
        found: dict[str, list[Edit]] = {fact: [] for fact in FACTS}
        inside = self._inside()
        for edit, inner, fact, _ in self._touched():
            found[fact].append(self.edits[edit] if inner is None else inside[inner])
        return found

    @property
    def ratio(self) -> float:
        """2 · LCS / (words of `a` + words of `b`), of the longest common subsequence; 1 if neither has a word.

        Words that agree by chance inside a rewritten stretch count, though no edit keeps them. Beyond 5,000 words a
        lower bound.

        >>> diff("eins zwei drei", "eins drei").ratio
        0.8
        """
        return self._raw[3]

    def summary(self) -> str:
        """Say in one line what changed: facts first, then how many differences there are of each level.

        >>> diff("eins", "eins").summary()
        'no differences'
        >>> diff("Es kamen 200, so 'Kern'.", "Es kamen 300, so „Kern“.").summary()
        '1 number changed; 2 typographic'
        """
        from wortlaut import html

        return html.summary(list(self.edits), self._touched())

    def _touched(self) -> list[Touched]:
        """Return which edits touch a fact."""
        if self._raw[2] is None:
            return []
        facts = from_core(self._raw[2])
        return list(map(Touched, *(facts[name] for name in Touched._fields)))

    def counts(self) -> dict[str, int]:
        """Return the number of differences of each level; a move counts once.

        >>> diff("Er ging.", "er lief.").counts()
        {'typography': 0, 'case': 1, 'spelling': 0, 'wording': 1, 'moves': 0}
        """
        found = Counter(edit.level for edit in self.changes if edit.kind != "move")
        return {level: found[level] for level in LEVELS[1:]} | {"moves": len(self.moves)}

    def apply(self, a: str) -> str:
        """Return `b`, made from `a` and the edits.

        Raises `InvalidValueError` if `a` is not the text that the diff was made from.

        >>> diff("Er ging.", "Er lief.").apply("Er ging.")
        'Er lief.'
        """
        if check_text("a", a) != self.a:
            raise InvalidValueError(f"a must be the text that the diff was made from, got {shown(a)}")
        return "".join(edit.a_text if edit.kind == "equal" else edit.b_text for edit in self.edits)

    def to_html(
        self,
        path: FilePath | None = None,
        *,
        layout: Layout = "inline",
        context: int | None = 30,
        limit: int | None = None,
        ignore: Collection[str] = (),
    ) -> str:
        """Return the diff as a block of HTML, everything escaped, to be shown in a page or a notebook.

        `layout` is "inline" or "side-by-side"; unchanged stretches are folded but for `context` words (None: none
        are), and what comes after `limit` differences is left out. `ignore` names levels that are not marked, such as
        ``{"typography"}``. With a `path`, the diff is also written there, as a page of its own.

        >>> "<del" in diff("Er ging.", "Er lief.").to_html()
        True
        """
        from wortlaut import html

        check_choice("layout", layout, ("inline", "side-by-side"))
        if context is not None:
            check_count("context", context, 0)
        blocks = drawn(self, limit, layout, context, ignore)
        return finished(html.fragment(html.element("p", self.summary()), *blocks), path, self.summary())

    def to_ansi(self, *, color: bool = True, ignore: Collection[str] = (), width: int | None = None) -> str:
        """Return `b` with the changes marked for a terminal, or with ``[-old-]{+new+}`` if not `color`.

        What moved stands between ``[1>`` and ``<1]`` where it was, between ``{1>`` and ``<1}`` where it is.
        `ignore` names levels that are not marked, such as ``{"typography"}``. `width` breaks lines at so many columns
        (None: only where the text does). With `color`, control characters of the texts are shown and not sent to the
        terminal.

        >>> diff("Er ging.", "Er lief.").to_ansi(color=False)
        'Er [-ging-]{+lief+}.'
        """
        from wortlaut.marked import for_terminal

        if width is not None:
            check_count("width", width)
        return for_terminal(self._pieces(ignore), color=color, width=width)

    def to_markdown(self, *, ignore: Collection[str] = ()) -> str:
        """Return `b` as Markdown with ~~what went~~ and **what came**; `ignore` names levels that are not marked.

        Both halves of a move have its number, as in `to_ansi`.

        >>> diff("Er ging.", "Er lief.").to_markdown()
        'Er ~~ging~~**lief**.'
        """
        from wortlaut.marked import as_markdown

        return as_markdown(self._pieces(ignore))

    def _pieces(self, ignore: Collection[str]) -> Iterator[Piece]:
        from wortlaut.marked import pieces

        return pieces((self._a, self._b), self.edits, self._inside(), check_levels(ignore))

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
        from wortlaut.unified import unified

        check_count("context", context, 0)
        old, new = ([" ".join(s.text.split()) for s in Text(raw).sentences] for raw in (self.a, self.b))
        return unified(old, new, context)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the diff as JSON: summary, ratio, counts, and every edit with its texts; those inside moves apart.

        >>> import json
        >>> json.loads(diff("Er ging.", "Er lief.").to_json())["edits"][1]["b_text"]
        'lief'
        """
        import json

        facts = [one._asdict() for one in self._touched()]
        said = {"summary": self.summary(), "ratio": self.ratio, "counts": self.counts(), "facts": facts}
        edits = {"edits": self.edits.to_dicts(), "inside_moves": self._inside().to_dicts()}
        return json.dumps(said | edits, indent=indent)

    def to_pandas(self) -> Any:
        """Return the edits as a DataFrame, with their texts.

        >>> diff("Er ging.", "Er lief.").to_pandas().shape
        (3, 9)
        """
        return self.edits.to_pandas(text=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Diff):
            return NotImplemented
        return (self.a, self.b, self._raw) == (other.a, other.b, other._raw)

    def __hash__(self) -> int:
        return hash((self.a, self.b))

    def __reduce__(self) -> tuple[Any, ...]:
        return Diff, (self.a, self.b, self._raw)

    def __repr__(self) -> str:
        return f"Diff({self.summary()}; ratio {self.ratio:.3f})"

    def _repr_html_(self) -> str:
        return self.to_html(limit=MOST_SHOWN)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def check_levels(ignore: object) -> Collection[str]:
    """Return `ignore` if it holds levels of edits.

    >>> check_levels(["typography"])
    ['typography']
    """
    if isinstance(ignore, str) or not isinstance(ignore, Collection):
        raise InvalidTypeError(f"ignore must hold levels, such as {{'typography'}}, got {shown(ignore)}")
    for level in ignore:
        check_choice("ignore", level, LEVELS[1:])
    return ignore


def drawn(
    change: Diff,
    limit: int | None,
    layout: Layout = "inline",
    context: int | None = 30,
    ignore: Collection[str] = (),
) -> list[Html]:
    """Return a diff up to its first `limit` differences as HTML, and how many more there are.

    >>> drawn(diff("Er ging.", "Er lief."), 0)
    ['<p>… 1 more</p>']
    """
    from wortlaut import html

    check_levels(ignore)
    starts = _starts(change.edits)
    most = len(starts) if limit is None else check_count("limit", limit, 0)
    more = len(starts) - most
    if more > 0 and not most:
        return [html.element("p", f"… {more:,} more")]
    edits = list(change.edits if more <= 0 else change.edits[: starts[most]])
    block = html.diff(
        change.a,
        change.b,
        edits,
        layout,
        context,
        inner=list(change._inside()),
        facts=change._touched(),
        ignore=ignore,
    )
    return [block, html.element("p", f"… {more:,} more")] if more > 0 else [block]


def _starts(edits: Edits) -> list[int]:
    """Return the row with which each difference begins; the two halves of a move are one difference.

    >>> _starts(diff("Er ging.", "Er lief.").edits)
    [1]
    """
    rows = zip(edits.column("kind"), edits.column("move"), strict=True)
    return [
        row for row, (kind, other) in enumerate(rows) if kind != "equal" and (other is None or other > row)
    ]


def diff(a: str | Text, b: str | Text, *, fold: Fold = DEFAULT_FOLD) -> Diff:
    """Tell what changed from `a` to `b`: whole words, in an order a reader can follow.

    Words are compared under `fold`; that two of them differ in case or typography is an edit of that level. The
    edits cover both texts without a gap: the equal ones and the `b` side of the others make `b`.

    Raises `InvalidTypeError` for anything but texts. Source: Hyyrö's bit-parallel LCS (2004), exact up to 5,000 words,
    held together by long shared runs beyond; then a few words that agree by chance are given up, edits moved to the
    borders of sentences, replaced words paired, and what went elsewhere told apart from what is new.

    >>> diff("Der Rat sagte nein.", "Der Rat sagt ja.").changes
    [Edit(replace, wording, 'sagte' -> 'sagt'), Edit(replace, wording, 'nein' -> 'ja')]

    Use it for versions of one text. For what two different texts share, use `passages`.
    """
    # Two plain strings are read together, in half the time; `read_pair` knows what to say of anything else.
    if type(a) is str and type(b) is str:
        return Diff(a, b, _core.diff_strings(a, b, flags_of(fold)))
    old, new = read_pair(a, b, fold)
    return Diff(old.raw, new.raw, _core.diff(old, new))


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
