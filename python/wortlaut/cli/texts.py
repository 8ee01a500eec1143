"""The commands over single texts: one file, or two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wortlaut import html
from wortlaut.cli.inputs import opened
from wortlaut.cli.options import encoded, examples, finds_passages, writes_rows
from wortlaut.cli.output import colored, print_dicts, print_lines, print_marked, print_page, print_rows, say
from wortlaut.dates import shown_date
from wortlaut.diff import LEVELS, Edit, drawn
from wortlaut.diff import diff as compare
from wortlaut.history import history as compare_versions
from wortlaut.passages import within as repeated
from wortlaut.quotes import find_quote as find
from wortlaut.read import read_text
from wortlaut.read.plain import from_name
from wortlaut.text import Text

if TYPE_CHECKING:
    from wortlaut.diff import Diff, Layout

_EDIT_COLUMNS = ("kind", "level", "a_start", "b_start", "a_text", "b_text")
_EDIT_NAMES = ("edit", "inside", *Edit.__slots__)
_WITHIN_COLUMNS = ("matched", "similarity", "kind", "a_start", "b_start", "a_text", "b_text")
_FOUND_COLUMNS = ("start", "relation", "similarity", "negation", "text")
_BLAME_COLUMNS = ("since", "date", "text")


@click.command(
    epilog=examples(
        "wortlaut diff monday.txt tuesday.txt",
        "wortlaut diff monday.txt tuesday.txt --ignore typography --format table",
        "wortlaut diff monday.txt tuesday.txt --html changes.html --side-by-side",
        "curl -s https://example.org/article.txt | wortlaut diff saved.txt - --format html > changes.html",
    ),
    short_help="Show what changed in an article.",
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ansi", "table", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="The new text with its changes marked (text: coloured on a terminal, ansi: always), or the changes "
    "as a table, a JSON list, CSV, or an HTML page.",
)
@click.option(
    "--ignore", multiple=True, type=click.Choice(LEVELS[1:]), help="A kind of change that does not count."
)
@click.option("--html", "page", metavar="FILE", help="Write an HTML page to FILE, and print the summary.")
@click.option("--side-by-side", is_flag=True, help="In HTML, OLD and NEW in two columns.")
@encoded("both files")
def diff(
    *,
    old: str,
    new: str,
    form: str,
    ignore: tuple[str, ...],
    page: str | None,
    side_by_side: bool,
    encoding: str | None,
) -> int:
    """Show what changed from OLD to NEW, word by word; one of them can be - for standard input.

    Exit status: 0 no difference, 1 some, 2 trouble.
    """
    if old == new == "-":
        raise click.UsageError("only one of OLD and NEW can be standard input", click.get_current_context())
    found = compare(*(read_text(opened(path), encoding=encoding) for path in (old, new)))
    layout: Layout = "side-by-side" if side_by_side else "inline"
    changed = _that_count(found, ignore)
    if page is not None:
        found.to_html(page, layout=layout, ignore=ignore)
        print_lines([found.summary()])
    elif not changed and form in ("text", "ansi", "table"):
        say("no differences that count" if found.changes else "no differences")
    elif form in ("text", "ansi"):
        print_marked(found, color=form == "ansi" or colored(), ignore=ignore)
    elif form == "html":
        drawing = drawn(found, None, layout, ignore=ignore)
        print_page(html.fragment(html.element("p", found.summary()), *drawing), f"{old} → {new}")
    else:
        print_dicts(_edit_rows(found, changed, ignore), form, _EDIT_COLUMNS, _EDIT_NAMES)
    return int(bool(changed))


def _edit_rows(found: Diff, changed: list[int], ignore: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the changes, each with its place among all edits; behind a move, those inside it with the move's place."""
    inside: dict[int, list[dict[str, Any]]] = {}
    for edit in found._inside().to_dicts():
        if edit["kind"] != "equal" and edit["level"] not in ignore:
            half = edit.pop("move")
            inside.setdefault(half, []).append({"edit": None, "inside": half, **edit, "move": None})
    edits = found.edits.to_dicts()
    rows: list[dict[str, Any]] = []
    for row in changed:
        rows += [{"edit": row, "inside": None, **edits[row]}, *inside.get(row, ())]
    return rows


def _that_count(found: Diff, ignore: tuple[str, ...]) -> list[int]:
    """Return the rows of the changes of a level that is not ignored, and of all moves."""
    return [
        row
        for row, edit in enumerate(found.edits)
        if edit.kind != "equal" and (edit.kind == "move" or edit.level not in ignore)
    ]


@click.command(
    epilog=examples(
        "wortlaut within article.txt",
        "curl -s https://example.org/article.txt | wortlaut within - --min-words 5 --format json",
    ),
    short_help="List the passages that a text repeats.",
)
@click.argument("text")
@writes_rows
@finds_passages
@encoded("the file")
def within(*, text: str, form: str, encoding: str | None, **options: Any) -> None:
    """List the passages that TEXT, a file or - for standard input, repeats from itself."""
    found = repeated(read_text(opened(text), encoding=encoding), **options)
    print_rows(found, form, _WITHIN_COLUMNS)


@click.command(
    "find-quote",
    epilog=examples(
        'wortlaut find-quote "Die Brücke wird nicht abgerissen" speech.txt',
        'wortlaut find-quote "Wir werden […] bleiben" - --format json < transcript.txt',
    ),
    short_help="Say where a quotation stands in a text.",
)
@click.argument("quote")
@click.argument("text")
@writes_rows
@encoded("the file")
def find_quote(*, quote: str, text: str, form: str, encoding: str | None) -> None:
    """Say where, and how altered, QUOTE stands in TEXT, a file or - for standard input.

    The best place comes first; "…" or "[…]" in QUOTE stands for what was left out.
    """
    if not len(Text(quote).words):
        raise click.UsageError("no word in QUOTE; give the words to look for", click.get_current_context())
    print_rows(find(quote, read_text(opened(text), encoding=encoding)), form, _FOUND_COLUMNS)


@click.command(
    epilog=examples(
        "wortlaut history monday.txt tuesday.txt friday.txt",
        "wortlaut history versions/*.txt --format html > history.html",
    ),
    short_help="Say what each version of an article changed.",
)
@click.argument("versions", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "table", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="What each version changed (text), or since when each stretch of the last one has stood, as a table, a "
    "JSON list, CSV; html shows both.",
)
@encoded("the files")
def history(*, versions: tuple[str, ...], form: str, encoding: str | None) -> None:
    """Compare the VERSIONS of one article, files in order of time, each with the one before.

    A date at the start of a file's name (2023-09-16_kurier.txt) is that of its version.
    """
    if len(versions) < 2:
        raise click.UsageError(
            f"at least two VERSIONS are compared, got {len(versions)}", click.get_current_context()
        )
    if versions.count("-") > 1:
        raise click.UsageError("only one of VERSIONS can be standard input", click.get_current_context())
    texts = [read_text(opened(path), encoding=encoding) for path in versions]
    found = compare_versions(texts, dates=[_date_of(path) for path in versions])
    if form == "text":
        print_lines(f"{path}: {line}" for path, line in zip(versions[1:], found.summary(), strict=True))
    elif form == "html":
        print_page(html.Html(found.to_html()), " → ".join(versions))
    else:
        print_rows(found, form, _BLAME_COLUMNS)


def _date_of(path: str) -> str | None:
    return shown_date(*from_name(Path(path).stem)[0]) or None


COMMANDS = (diff, within, find_quote, history)
