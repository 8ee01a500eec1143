"""A diff as plain text: marked for a terminal and in Markdown."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from wortlaut.errors import harmless
from wortlaut.moved import move_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from wortlaut.html.views import EditLike

# ANSI: blue underlined for what came, orange struck through for what went; readable on dark and on light. What moved is
# italic beside that.
_ANSI = {
    "new": "\x1b[34;4m",
    "old": "\x1b[33;9m",
    "moved here": "\x1b[34;3m",
    "moved away": "\x1b[33;3;9m",
    "end": "\x1b[0m",
}
_PLAIN = {"new": ("{+", "+}"), "old": ("[-", "-]")}

# Around both halves of a move stands its number.
_MOVES = {"moved here": ("{{{}>", "<{}}}"), "moved away": ("[{}>", "<{}]")}

# What Markdown would read as markup; a line that begins like a heading, a list or a quotation among it.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])|^([^\S\n]*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
# It begins at the newline itself, so that a long run of spaces costs linear time.
_PARAGRAPH = re.compile(r"(\n(?:[^\S\n]*\n)+)")
_SPACE = re.compile(r"(\s+)")


class Piece(NamedTuple):
    """A piece of a marked text: `role` is same, old, new, moved away or moved here.

    >>> Piece("Rat", "same").text
    'Rat'
    """

    text: str
    role: str


def pieces(
    texts: tuple[str, str], edits: Iterable[EditLike], inner: Iterable[EditLike], ignore: Collection[str] = ()
) -> Iterator[Piece]:
    """Yield a diff as pieces, in order; changes of a level in `ignore` are not told apart from what is the same.

    >>> from wortlaut.html.views import EditView
    >>> list(pieces(("am", "im"), [EditView("replace", "wording", 0, 2, 0, 2)], []))
    [Piece(text='am', role='old'), Piece(text='im', role='new')]
    """
    inside = {move: list(group) for move, group in groupby(inner, lambda edit: edit.move)}
    edits = list(edits)
    for edit, number in zip(edits, move_numbers(edits), strict=True):
        if edit.kind != "move":
            yield from _changed(texts, edit, ignore, "same")
            continue
        if edit.b_start == edit.b_end:
            yield from _moved(texts[0][edit.a_start : edit.a_end], "moved away", number)
        else:
            changes = [_changed(texts, one, ignore, "moved here") for one in inside.get(edit.move, [])]
            yield from _moved(
                texts[1][edit.b_start : edit.b_end], "moved here", number, list(chain(*changes))
            )


def _changed(texts: tuple[str, str], edit: EditLike, ignore: Collection[str], role: str) -> Iterator[Piece]:
    old, new = texts[0][edit.a_start : edit.a_end], texts[1][edit.b_start : edit.b_end]
    if edit.kind == "equal" or edit.level in ignore:
        yield Piece(new, role)
        return
    yield Piece(old, "old")
    yield Piece(new, "new")


def _moved(text: str, role: str, number: int, changes: Sequence[Piece] = ()) -> Iterator[Piece]:
    """Yield one half of a move between signs, with the changes inside; the white space around it stays outside."""
    before, after = (sign.format(number) for sign in _MOVES[role])
    core = text.strip()
    start = text.index(core)
    yield Piece(text[:start] + before, role)
    yield from changes or [Piece(core, role)]
    yield Piece(after + text[start + len(core) :], role)


def for_terminal(marked: Iterable[Piece], *, color: bool, width: int | None = None) -> str:
    """Return pieces as a terminal shows them, in lines of at most `width` columns if that is given.

    >>> for_terminal([Piece("Er ", "same"), Piece("ging", "old"), Piece("lief", "new")], color=False)
    'Er [-ging-]{+lief+}'
    """
    shown = _joined(Piece(harmless(one.text), one.role) for one in marked) if color else _signed(marked)
    if width is not None:
        shown = _wrapped(shown, width)
    return "".join(_colored(one) for one in shown) if color else "".join(one.text for one in shown)


def _joined(marked: Iterable[Piece]) -> Iterator[Piece]:
    for role, group in groupby((one for one in marked if one.text), lambda one: one.role):
        yield Piece("".join(one.text for one in group), role)


def _signed(marked: Iterable[Piece]) -> Iterator[Piece]:
    """Put the signs of `wdiff` around changes."""
    for piece in marked:
        before, after = _PLAIN.get(piece.role, ("", ""))
        if piece.text:
            yield Piece(f"{before}{piece.text}{after}", piece.role)


def _colored(piece: Piece) -> str:
    style = _ANSI.get(piece.role)
    if style is None:
        return piece.text
    # A style that goes on over the end of a line would colour the margin of some terminals.
    lines = piece.text.split("\n")
    return "\n".join(f"{style}{line}{_ANSI['end']}" if line else "" for line in lines)


def _wrapped(marked: Iterable[Piece], width: int) -> Iterator[Piece]:
    """Break lines at white space; a word of several pieces is not torn, and one that is too long stands out."""
    column = 0
    for word, space in _words(marked):
        size = sum(_columns(one.text) for one in word)
        gap = space.text if space else ""
        if column and column + _columns(gap) + size > width and "\n" not in gap:
            gap, column = "\n", 0
        if "\n" in gap:
            column = 0
            gap = gap if gap.strip("\n") == "" else re.sub(r"[^\n]", "", gap)
        yield Piece(gap, space.role if space and "\n" not in gap else "same")
        yield from word
        column += _columns(gap.replace("\n", "")) + size


def _words(marked: Iterable[Piece]) -> Iterator[tuple[list[Piece], Piece | None]]:
    """Yield words, each of the pieces it is made of, with the white space before it."""
    word: list[Piece] = []
    space: Piece | None = None
    for text, role in marked:
        for part in _SPACE.split(text):
            if not part:
                continue
            if not part.isspace():
                word.append(Piece(part, role))
                continue
            if word:
                yield word, space
                word, space = [], None
            space = Piece(space.text + part, role) if space else Piece(part, role)
    if word or space:
        yield word, space


def _columns(text: str) -> int:
    """Count the columns that a text takes: two for an ideograph, none for a mark on a letter."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    marks = sum(unicodedata.combining(character) > 0 for character in text)
    return len(text) + wide - marks


# The signs of Markdown, and the elements that stand for them where Markdown would not read the signs as such.
_DELETED = ("~~", "~~", "<del>", "</del>")
_INSERTED = ("**", "**", "<ins>", "</ins>")
_SIGNS = {"old": _DELETED, "moved away": _DELETED, "new": _INSERTED, "moved here": _INSERTED}


def as_markdown(marked: Iterable[Piece]) -> str:
    r"""Return pieces as Markdown: ~~what went~~, **what came**; every sign of the texts is escaped.

    A mark that changed beside a letter is an element of HTML: Markdown reads no signs there.

    >>> as_markdown([Piece("Er ", "same"), Piece("ging", "old"), Piece("lief", "new"), Piece(" *", "same")])
    'Er ~~ging~~**lief** \\*'
    >>> as_markdown([Piece(",", "old"), Piece("Rat", "same")])
    '<del>,</del>Rat'
    """
    pieces = list(_joined(marked))
    shown: list[str] = []
    for one, following in zip(pieces, [*pieces[1:], Piece("", "same")], strict=True):
        after = "~" if following.role in _SIGNS else following.text[:1]
        before = shown[-1][-1:] if shown else ""
        shown.append(_in_signs(one, before, after))
    return "".join(shown)


def _in_signs(piece: Piece, before: str, after: str) -> str:
    """Put signs around each paragraph of a change, without the white space at its ends, where Markdown has none."""
    signs = _SIGNS.get(piece.role)
    if signs is None:
        return _MARKDOWN.sub(_escaped, piece.text)
    parts = _PARAGRAPH.split(piece.text)
    around = [before, *parts, after]
    return "".join(
        part if not part.strip() else _around(part, signs, around[place][-1:], around[place + 2][:1])
        for place, part in enumerate(parts)
    )


def _around(part: str, signs: tuple[str, str, str, str], before: str, after: str) -> str:
    core = part.strip()
    start = part.index(core)
    space_before, space_after = part[:start], part[start + len(core) :]
    opens = _can_stand(core[0], space_before or before)
    closes = _can_stand(core[-1], space_after or after)
    first, last = signs[:2] if opens and closes else signs[2:]
    return f"{space_before}{first}{_MARKDOWN.sub(_escaped, core)}{last}{space_after}"


def _can_stand(inside: str, outside: str) -> bool:
    """Say whether Markdown reads a sign between two characters: not between a mark inside and a letter outside."""
    return not _is_mark(inside) or not outside or outside[0].isspace() or _is_mark(outside[0])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _escaped(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    return f"{found[2]}{found[3][:-1]}\\{found[3][-1]}"
