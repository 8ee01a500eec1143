"""A word diff as HTML: what went, what came, what moved, and how deep each change goes."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from typing import Literal

from wortlaut.errors import counted
from wortlaut.html.escape import Html, anchor, element, join, language
from wortlaut.html.excerpt import columns, hidden, side
from wortlaut.html.flow import Flow, looks, paragraphs, prose, sign
from wortlaut.html.views import EditLike, FactLike
from wortlaut.html.words import count_words, first_words, last_words, listing
from wortlaut.moved import move_numbers

Layout = Literal["inline", "side-by-side"]

# Folding fewer words than this away costs the reader a click to save three lines.
_SHORTEST_FOLD = 40

# Characters beyond which a thick line under or through a change would be heavier than its words.
_LONG_CHANGE = 120

# The facts in the order in which a summary tells them.
_FACTS = ("number", "name", "negation")

# The level of an edit, as an adjective: "41 typographic, 3 of case, 5 of wording".
_LEVELS = {"typography": "typographic", "case": "of case", "spelling": "of spelling", "wording": "of wording"}


@dataclass(frozen=True, slots=True)
class _Step:
    """One edit with the texts it stands for; `number` counts the moves from 1, 0 is no move.

    `title` says which facts it touches; `edited`, that a piece changed while it moved in a way that is marked;
    `inside`, how, shown in its new place; `alone`, that the other half of a move is not shown.
    """

    old: str
    new: str
    level: str
    changed: bool
    number: int = 0
    title: str | None = None
    edited: bool = False
    inside: tuple["_Step", ...] = ()
    alone: bool = False


def diff(
    a: str,
    b: str,
    edits: Iterable[EditLike],
    layout: Layout = "inline",
    context: int | None = 30,
    *,
    heads: tuple[object, object] = ("A", "B"),
    langs: tuple[str, str] = ("", ""),
    place: str | None = None,
    inner: Iterable[EditLike] = (),
    facts: Iterable[FactLike] = (),
    ignore: Collection[str] = (),
) -> Html:
    """Show what `edits` make of `a` to give `b`.

    `context` is the number of unchanged words kept around each change (None: all); longer stretches are
    folded. `heads` and `langs` name the two sides and their languages. `place` begins the names of the
    anchors that link the two halves of a move; left out, it is made from the texts. Two equal diffs on one
    page then share anchors. `inner` are the edits inside moves (their `move` is the half in `a`), `facts` says of
    edits, by index, that they touch a number, a name or a negation, and levels in `ignore` are not marked.

    >>> from wortlaut.html.views import EditView
    >>> edits = [EditView("equal", "same", 0, 3, 0, 3), EditView("replace", "wording", 3, 6, 3, 5)]
    >>> shown = diff("am Montag"[:6], "am Di"[:5], edits)
    >>> "[deleted: " in shown and "[inserted: " in shown
    True
    """
    if layout not in ("inline", "side-by-side"):
        raise ValueError(f"layout must be 'inline' or 'side-by-side', got {layout!r}")
    found = _steps((a, b), list(edits), list(inner), facts, ignore)
    hidden_steps = sum(step.level in ignore and not step.changed for step in found)
    steps, recoded = _quieten(found)
    # Two views of one diff on a page, as in a notebook, do not share the names of their anchors.
    place = place or f"diff-{_digest(a, b, layout, str(context), str(len(steps)))}"
    if not any(step.changed for step in steps):
        content = join(None if recoded or hidden_steps else _same(), _fold(b, "Show the text") if b else None)
    elif layout == "inline":
        text = _inline(steps, context, place)
        content = element("div", text, class_="wl-text", lang=language(langs[1]), dir="auto")
    else:
        content = _sides(steps, context, place, heads, langs)
    return element("div", _recoded(recoded), _ignored(hidden_steps, ignore), content, class_="wl-diff")


def summary(edits: Iterable[EditLike], facts: Iterable[FactLike] = ()) -> str:
    """Say which facts the differences touch, and how the others divide by level.

    >>> from wortlaut.html.views import EditView
    >>> edits = [EditView("replace", "typography", 0, 1, 0, 1), EditView("insert", "wording", 1, 1, 1, 4)]
    >>> summary(edits), summary(edits, [(1, None, "number", False)])
    ('2 differences: 1 typographic and 1 of wording', '1 number changed; 1 typographic')
    """
    edits, facts = list(edits), list(facts)
    touched = {row for row, *_ in facts}
    rest = [
        edit
        for row, edit in enumerate(edits)
        if edit.kind == "equal" or row not in touched or edit.kind == "move"
    ]
    if not facts:
        return _by_level(rest)
    kinds = Counter(fact for *_, fact, goes_on in facts if not goes_on)
    said = ", ".join([counted(kinds[name], name) for name in _FACTS if kinds[name]])
    parts = _parts(*_divided(rest))
    return f"{said} changed" + (f"; {', '.join(parts)}" if parts else "")


def _parts(levels: Counter[str], moves: int, edited: int) -> list[str]:
    parts = [f"{levels[level]:,} {name}" for level, name in _LEVELS.items() if levels[level]]
    if moves:
        parts.append(counted(moves, "moved piece") + (f" ({edited:,} edited)" if edited else ""))
    return parts


def _divided(edits: Iterable[EditLike]) -> tuple[Counter[str], int, int]:
    """Count the differences by level, the moves, and those of them in which words changed."""
    levels: Counter[str] = Counter()
    halves = edited = 0
    for edit in edits:
        if edit.kind == "move":
            halves += 1
            edited += edit.level == "wording"
        elif edit.kind != "equal":
            levels[edit.level] += 1
    return levels, (halves + 1) // 2, (edited + 1) // 2


def _by_level(edits: Iterable[EditLike]) -> str:
    levels, moves, edited = _divided(edits)
    if not levels and not moves:
        return "no differences"
    parts = _parts(levels, moves, edited)
    total = sum(levels.values()) + moves
    if len(parts) == 1 and not moves:
        return f"{counted(total, 'difference')}, {'all ' if total > 1 else ''}{_LEVELS[next(iter(levels))]}"
    return f"{counted(total, 'difference')}: {listing(parts)}"


def _steps(
    texts: tuple[str, str],
    edits: Sequence[EditLike],
    inner: Sequence[EditLike],
    facts: Iterable[FactLike],
    ignore: Collection[str],
) -> list[_Step]:
    numbers = move_numbers(edits)
    titles = _titles(facts)
    changes = [_step(texts, edit, ignore, titles.get((edit.move, row))) for row, edit in enumerate(inner)]
    inside: dict[int | None, list[int]] = {}
    for row, edit in enumerate(inner):
        inside.setdefault(edit.move, []).append(row)
    steps = []
    for index, edit in enumerate(edits):
        step = _step(texts, edit, ignore, titles.get((index, None)))
        if edit.kind == "move" and edit.move is not None:
            rows = inside.get(index if step.old else edit.move, [])
            step = replace(
                step,
                changed=True,
                number=numbers[index],
                edited=any(_tells(changes[row]) for row in rows)
                if rows
                else step.level not in ("same", *ignore),
                alone=edit.move >= len(edits),
            )
            if step.new and step.edited and rows:
                step = replace(
                    step, inside=_inside(texts[1], edit, [(inner[row], changes[row]) for row in rows])
                )
        steps.append(step)
    return steps


def _step(texts: tuple[str, str], edit: EditLike, ignore: Collection[str], title: str | None = None) -> _Step:
    old, new = texts[0][edit.a_start : edit.a_end], texts[1][edit.b_start : edit.b_end]
    return _Step(old, new, edit.level, edit.kind != "equal" and edit.level not in ignore, title=title)


def _inside(text: str, half: EditLike, changes: Sequence[tuple[EditLike, _Step]]) -> tuple[_Step, ...]:
    """Return what changed while a piece moved, with the white space around."""
    before, after = text[half.b_start : changes[0][0].b_start], text[changes[-1][0].b_end : half.b_end]
    around = [_Step(space, space, "same", changed=False) for space in (before, after)]
    return (around[0], *(step for _, step in changes), around[1])


def _titles(facts: Iterable[FactLike]) -> dict[tuple[int | None, int | None], str]:
    titles: dict[tuple[int | None, int | None], list[str]] = {}
    for edit, inner, fact, _ in facts:
        titles.setdefault((edit, inner), []).append(fact)
    return {place: f"{listing(names)} changed" for place, names in titles.items()}


def _quieten(steps: Iterable[_Step]) -> tuple[list[_Step], int]:
    """Take the marks off what looks the same on both sides, and count it; join what is unchanged then."""
    quiet: list[_Step] = []
    recoded = 0
    for telling, group in groupby(steps, _tells):
        members = list(group)
        if telling:
            quiet += members
            continue
        recoded += sum(step.changed for step in members)
        old, new = "".join([step.old for step in members]), "".join([step.new for step in members])
        quiet.append(_Step(old, new, "same", changed=False))
    return quiet, recoded


def _tells(step: _Step) -> bool:
    """Say whether a reader would see the change."""
    return step.changed and (step.number > 0 or not _looks_same(step.old, step.new))


def _looks_same(old: str, new: str) -> bool:
    """Say whether a page would show both alike: the same letters, and white space where there was some.

    A carriage return alone is half of a line end that was written otherwise.
    """
    return old == new or looks(old) == looks(new) or not (old + new).strip("\r")


def _same() -> Html:
    return element("p", "The texts are the same, letter for letter.", class_="wl-note")


def _recoded(number: int) -> Html | None:
    if not number:
        return None
    places = counted(number, "place differs", "places differ")
    kinds = "no-break spaces, soft hyphens, line ends, letters encoded otherwise"
    return element("p", f"{places} in ways nobody sees ({kinds}); they are not marked.", class_="wl-note")


def _ignored(number: int, levels: Collection[str]) -> Html | None:
    if not number:
        return None
    named = listing([name for level, name in _LEVELS.items() if level in levels])
    return element("p", f"{counted(number, 'difference')} ({named}) not marked.", class_="wl-note")


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


# How a change looks, the same in both layouts


def _changes(flow: Flow, other: Flow, step: _Step, place: str) -> None:
    """Write what went into `flow` and what came into `other`, which may be the same."""
    if step.number or (step.old + step.new).strip():
        _write(flow, step.old, step, "del", place)
        _write(other, step.new, step, "ins", place)
    else:
        _space(flow, step.old, step, "del")
        _space(other, step.new, step, "ins")


def _space(target: Flow, text: str, step: _Step, tag: str) -> None:
    """Write white space that changed: a sign for a break, or for a space where there was nothing."""
    telling = "\n" in text or not (step.old and step.new)
    # What is left over beside moved pieces is of level wording; a sign for it would be noise.
    if text and telling and step.level != "wording":
        target.text(sign(text), _mark(step, tag))
    else:
        target.text(text)


def _write(target: Flow, text: str, step: _Step, tag: str, place: str) -> None:
    if step.number and text:
        target.text(text[: len(text) - len(text.lstrip())])
        target.add(_move_link(step, tag, place))
        if step.inside and tag == "ins":
            _write_inside(target, step)
            return
        text = text.lstrip()
    target.text(text, _mark(step, tag))


def _write_inside(target: Flow, step: _Step) -> None:
    """Write a piece that moved with its changes in place, the kept words in the frame of a move."""
    for position, part in enumerate(step.inside):
        if part.changed and _tells(part):
            target.text(part.old, _mark(part, "del"))
            target.text(part.new, _mark(part, "ins"))
        else:
            target.text(part.new if position else part.new.lstrip(), _moved)


def _moved(inner: Html) -> Html:
    return element("ins", inner, class_="wl-moved")


def _mark(step: _Step, tag: str) -> Callable[[Html], Html]:
    if step.number:
        kind, name = "wl-moved", "["
    else:
        kind = f"wl-{step.level}" if step.level in _LEVELS else ""
        verb = "deleted" if tag == "del" else "inserted"
        name = f"[{verb}: " if step.level == "wording" else f"[{verb}, {step.level}: "
    before, after = hidden(name), hidden("]")

    def mark(inner: Html) -> Html:
        long = "wl-long" if len(inner) > _LONG_CHANGE else ""
        return element(tag, before, inner, after, class_=f"{kind} {long}".strip() or None, title=step.title)

    return mark


def _move_link(step: _Step, tag: str, place: str) -> Html:
    """Number one half of a move and link it to the other half, where that is shown."""
    here, there, verb = ("from", "to", "moved away") if tag == "del" else ("to", "from", "moved here")
    changed = ", changed" if step.edited else ""
    target, name = f"{place}-{there}-{step.number}", f"{place}-{here}-{step.number}"
    text = f"{step.number} {verb}{changed}"
    if step.alone:
        return join(" ", element("span", text, id=name, class_="wl-number"), " ")
    return join(" ", anchor(target, text, id=name, class_="wl-number"), " ")


def _fold(text: str, label: str | None = None) -> Html:
    label = label or f"… {counted(count_words(text), 'unchanged word')} …"
    return element("details", element("summary", label), prose(text), class_="wl-fold")


# One text with its changes in place


def _inline(steps: Sequence[_Step], context: int | None, place: str) -> Html:
    flow = Flow()
    for position, step in enumerate(steps):
        if step.changed:
            _changes(flow, flow, step, place)
        elif context is None:
            flow.text(step.new)
        else:
            before = context if position else 0
            after = context if position < len(steps) - 1 else 0
            _unchanged(flow, step.new, before, after)
    return flow.html()


def _unchanged(flow: Flow, text: str, head: int, tail: int) -> None:
    """Write unchanged text, all but `head` words at its start and `tail` at its end folded."""
    start, end = first_words(text, head), last_words(text, tail)
    if start >= end or count_words(text[start:end]) < _SHORTEST_FOLD:
        flow.text(text)
        return
    flow.text(text[:start])
    flow.block(_fold(text[start:end]))
    flow.text(text[end:])


# Two texts in two columns, a row for each pair of paragraphs


@dataclass(slots=True)
class _Row:
    """What stands between two paragraph ends that both texts share."""

    a: Flow = field(default_factory=Flow)
    b: Flow = field(default_factory=Flow)
    changed: bool = False
    text: list[str] = field(default_factory=list)


def _sides(
    steps: Sequence[_Step],
    context: int | None,
    place: str,
    heads: tuple[object, object],
    langs: tuple[str, str],
) -> Html:
    split = _splitter(steps)
    body = [_row_html(row, langs) for row in _folded(_rows(steps, place, context, split), context)]
    return columns(heads, element("tbody", *body))


def _splitter(steps: Iterable[_Step]) -> Callable[[str], list[str]]:
    """Return what splits a text into paragraphs: at empty lines, or at all line ends if there is none."""
    if any(len(paragraphs(side)) > 1 for step in steps for side in (step.old, step.new)):
        return paragraphs
    return re.compile("\r?\n").split


def _rows(
    steps: Sequence[_Step], place: str, context: int | None, split: Callable[[str], list[str]]
) -> list[_Row]:
    rows = [_Row()]
    for step in steps:
        if step.changed:
            rows[-1].changed = True
            _changes(rows[-1].a, rows[-1].b, step, place)
            continue
        old, new = split(step.old), split(step.new)
        pairs = list(zip(old, new, strict=True)) if len(old) == len(new) else [(step.old, step.new)]
        for position, (before, after) in enumerate(pairs):
            if position:
                rows.append(_Row())
            for flow, text in ((rows[-1].a, before), (rows[-1].b, after)):
                if context is None:
                    flow.text(text)
                else:
                    _unchanged(flow, text, context, context)
            rows[-1].text.append(after)
    return rows


def _folded(rows: Iterable[_Row], context: int | None) -> list[_Row | str]:
    """Join neighbouring rows without a change into the text that both columns share."""
    if context is None:
        return list(rows)
    out: list[_Row | str] = []
    for changed, group in groupby(rows, lambda row: row.changed):
        members = list(group)
        out += members if changed else ["\n\n".join(["".join(row.text) for row in members])]
    return out


def _row_html(row: _Row | str, langs: tuple[str, str]) -> Html | None:
    if isinstance(row, str):
        return _shared_row(row, langs[1])
    a, b = row.a.html(), row.b.html()
    return element("tr", side("A", a, langs[0]), side("B", b, langs[1])) if a or b else None


def _shared_row(text: str, lang: str) -> Html | None:
    if not text.strip():
        return None
    content = prose(text) if count_words(text) < _SHORTEST_FOLD else _fold(text)
    cell = element("td", content, class_="wl-text", colspan=2, lang=language(lang), dir="auto")
    return element("tr", cell)
