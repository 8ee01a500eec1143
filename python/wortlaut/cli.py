"""The command line: one command per question, results on standard output, everything else on standard error.

Exit status: 0 when all went well, 1 when `wortlaut diff` found a difference, 2 when a call could not be
carried out, 130 after Ctrl-C. An error is one line that begins with ``wortlaut: error:``.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from wortlaut import __version__, html
from wortlaut._columns import FIELDS
from wortlaut._listing import csv_lines, json_lines, table_lines
from wortlaut.corpus import MEASURES, Corpus
from wortlaut.diff import LEVELS, drawn
from wortlaut.diff import diff as compare
from wortlaut.errors import WortlautError, counted, harmless, one_line
from wortlaut.page import check_path, page
from wortlaut.quotes import KINDS
from wortlaut.read import read_articles, read_text, sample_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wortlaut._articles import Articles, Problem
    from wortlaut.diff import Diff
    from wortlaut.results import Results

    Command = TypeVar("Command", bound=Callable[..., Any])

# Warnings about single articles before one line stands for the rest: a screen has to leave room for the
# result.
_MOST_WARNINGS = 10
_MOST_NOTES = 5

# The width of a table that goes into a file or a pipe.
_WIDTH = 120

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_PASSAGE_COLUMNS = ("a_id", "b_id", "matched", "similarity", "kind", "a_text", "b_text")
_QUOTE_COLUMNS = ("id", "kind", "confidence", "text")
_SHARED_COLUMNS = ("cluster", "a_id", "b_id", "relation", "marked", "negation", "a_text", "b_text")
_EDIT_COLUMNS = ("kind", "level", "a_start", "b_start", "a_text", "b_text")


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; never a traceback.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    wortlaut ...
    0
    """
    if args is None and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `wortlaut quotes … | head` ends without a word
    # A daemon may have closed them.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # lone surrogates and poor locales
    try:
        status = cli.main(args=args, prog_name="wortlaut", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted", 130)
    except click.ClickException as error:
        return _fail(_told(error))
    except (WortlautError, MemoryError) as error:
        return _fail(str(error) or "out of memory")
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # noqa: BLE001  # whatever it is, the user gets a line and not a traceback
        return _fail(f"internal error, please report it: {type(error).__name__}: {error}")
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int = 2) -> int:
    click.echo(f"wortlaut: {'error: ' if status == 2 else ''}{one_line(message)}", err=True)
    return status


def _told(error: click.ClickException) -> str:
    """Return the message of click in the style of the others; where a call is wrong, with where to look."""
    message = one_line(error.format_message()).rstrip(".")
    message = f"{message[:1].lower()}{message[1:]}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{message}; see {context.command_path} --help" if context else message


def _version(context: click.Context, _: click.Parameter, wanted: object) -> None:
    if wanted:
        click.echo(f"wortlaut {__version__}")
        context.exit()


def _examples(*lines: str) -> str:
    """Return the end of a help text; the sign in front keeps click from filling the lines."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


@click.group(
    context_settings=_SETTINGS,
    invoke_without_command=True,
    epilog=_examples(
        "wortlaut report archive/ -o report.html      everything on one page",
        "wortlaut passages --sample                   the shipped articles, to try things",
        "wortlaut overlap articles.csv --format csv   who shares how much with whom",
        "wortlaut diff old.txt new.txt                what was changed in an article",
    ),
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Compare articles word for word: what they share, what was changed, who quotes whom.

    ARTICLES are folders, files (.txt, .jsonl, .csv, .tsv), patterns, or - for standard input.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _column_help(field: str) -> str:
    named = {"url": "address", "lang": "language"}.get(field, field)
    return f"Column or key that holds the {named}."


def _reads_articles(command: Command) -> Command:
    """Add ARTICLES, and the options of how to read them, to a command."""
    options: list[Any] = [
        click.argument("articles", nargs=-1),
        click.option("--sample", is_flag=True, help="Use the seventeen articles that come with wortlaut."),
        *(click.option(f"--{field}-column", metavar="NAME", help=_column_help(field)) for field in FIELDS),
        click.option("--encoding", metavar="NAME", help="Encoding of the files [default: found out]."),
        click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read."),
        click.option("--workers", type=int, metavar="N", help="Threads to use [default: all cores]."),
        click.option("-q", "--quiet", is_flag=True, help="No warnings, no progress."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _writes_rows(command: Command) -> Command:
    """Add the choice of the format to a command."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
        help="An aligned table, a JSON list with one object per line, or CSV with a header.",
    )(command)


def _filters_pairs(command: Command) -> Command:
    """Add the options that say which pairs of articles count."""
    within = click.option(
        "--within", metavar="SPAN", help="Only pairs this close in time, such as 48h or 7d."
    )
    across = click.option("--across", metavar="FIELD", help='Only pairs that differ in this: "outlet".')
    return within(across(command))


@cli.command(
    epilog=_examples(
        "wortlaut report archive/ -o report.html",
        'wortlaut report "archive/**/*.txt" more.jsonl --title "One agency, ten papers"',
        "wortlaut report --sample",
    ),
    short_help="Write one HTML page on what articles share.",
)
@_reads_articles
@click.option("-o", "--output", default="report.html", show_default=True, help="The file to write.")
@click.option("--title", help="Heading of the page.")
@click.option("--min-words", type=int, default=8, show_default=True, help="Words of the shortest passage.")
def report(*, output: str, title: str | None, min_words: int, workers: int | None, **reading: Any) -> None:
    """Write one HTML page on what the articles share: overlaps, passages, changes, quotations."""
    if output != "-":
        check_path(output)
    corpus = _corpus(**reading)
    text = corpus.report(None if output == "-" else output, title=title, min_words=min_words, workers=workers)
    if output == "-":
        _write_as_utf8()
        sys.stdout.write(text)
        return
    number = len(corpus)
    pairs = number * (number - 1) // 2
    _say(f"wrote {output}: {counted(number, 'article')}, {counted(pairs, 'pair')} compared")


@cli.command(
    epilog=_examples(
        "wortlaut overlap archive/",
        "wortlaut overlap articles.csv --text-column story --min-score 0.2 --format csv",
        "wortlaut overlap - < articles.jsonl --top-k 3 --format json",
    ),
    short_help="Say how much each pair of articles shares.",
)
@_reads_articles
@_writes_rows
@_filters_pairs
@click.option("-n", "--n", type=int, default=5, show_default=True, help="Words per n-gram.")
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="containment",
    show_default=True,
    help="Score of a pair.",
)
@click.option(
    "--min-score", type=float, default=0.0, show_default=True, help="Least score of a pair, 0 to 1."
)
@click.option("--top-k", type=int, help="Only so many best pairs of each article.")
def overlap(*, form: str, workers: int | None, **options: Any) -> None:
    """Say how much each pair of articles shares, in word n-grams."""
    reading, choices = _parted(options)
    corpus = _corpus(**reading)
    _print(corpus.overlaps(**choices, workers=workers, progress=_progress(reading)), form)


@cli.command(
    epilog=_examples(
        "wortlaut passages archive/",
        "wortlaut passages archive/ --across outlet --within 48h",
        "wortlaut passages articles.jsonl --min-words 12 --format json",
    ),
    short_help="List the passages that articles share.",
)
@_reads_articles
@_writes_rows
@_filters_pairs
@click.option("--min-words", type=int, default=8, show_default=True, help="Words of the shortest passage.")
def passages(*, form: str, workers: int | None, **options: Any) -> None:
    """List the passages that articles share, edited ones too, with their texts."""
    reading, choices = _parted(options)
    found = _corpus(**reading).passages(**choices, workers=workers, progress=_progress(reading))
    _print(found, form, _PASSAGE_COLUMNS)


@cli.command(
    epilog=_examples(
        "wortlaut quotes article.txt",
        "wortlaut quotes archive/ --kind quotation --format csv",
    ),
    short_help="List everything between quotation marks.",
)
@_reads_articles
@_writes_rows
@click.option("--kind", type=click.Choice(KINDS), help="Only marked spans of this kind.")
def quotes(*, form: str, workers: int | None, **options: Any) -> None:
    """List everything between quotation marks, in any language's marks."""
    reading, choices = _parted(options)
    found = _corpus(alone=True, **reading).quotes(**choices, workers=workers, progress=_progress(reading))
    _print(found, form, _QUOTE_COLUMNS)


@cli.command(
    "shared-quotes",
    epilog=_examples(
        "wortlaut shared-quotes archive/",
        "wortlaut shared-quotes speech.txt report.txt --format json",
    ),
    short_help="List the statements that articles share.",
)
@_reads_articles
@_writes_rows
@_filters_pairs
@click.option("--min-words", type=int, default=3, show_default=True, help="Words of the shortest quotation.")
def shared_quotes(*, form: str, workers: int | None, **options: Any) -> None:
    """List the statements that one article quotes and another one has too, verbatim, cut or reworded."""
    reading, choices = _parted(options)
    found = _corpus(**reading).shared_quotes(**choices, workers=workers, progress=_progress(reading))
    _print(found, form, _SHARED_COLUMNS)


@cli.command(
    epilog=_examples(
        "wortlaut diff monday.txt tuesday.txt",
        "wortlaut diff monday.txt tuesday.txt --ignore typography --format table",
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
@click.option("--encoding", metavar="NAME", help="Encoding of both files [default: found out].")
def diff(*, old: str, new: str, form: str, ignore: tuple[str, ...], encoding: str | None) -> int:
    """Show what changed from OLD to NEW, word by word; one of them can be - for standard input.

    Exit status: 0 no difference, 1 some, 2 trouble.
    """
    if old == new == "-":
        raise click.UsageError("only one of OLD and NEW can be standard input", click.get_current_context())
    found = compare(*(read_text(_opened(path), encoding=encoding) for path in (old, new)))
    edits = list(found.edits)
    changed = [
        row
        for row, edit in enumerate(edits)
        if edit.kind != "equal" and (edit.kind == "move" or edit.level not in ignore)
    ]
    if not changed and form in ("text", "ansi", "table"):
        _say("no differences")
    elif form in ("text", "ansi"):
        _print_marked(found, color=form == "ansi" or _colored(), ignore=ignore)
    elif form == "html":
        _write_as_utf8()
        sys.stdout.write(
            page(html.fragment(html.element("p", found.summary()), *drawn(found, None)), f"{old} → {new}")
        )
    else:
        _print(found.edits.take(changed), form, _EDIT_COLUMNS)
    return int(bool(changed))


def _parted(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options of reading, and those of the question."""
    names = {"articles", "sample", "encoding", "strict", "quiet", *(f"{field}_column" for field in FIELDS)}
    reading = {name: value for name, value in options.items() if name in names}
    return reading, {name: value for name, value in options.items() if name not in names}


def _corpus(*, quiet: bool, alone: bool = False, **reading: Any) -> Corpus:
    """Return a corpus of the articles, after warnings about what could not be read."""
    articles = _articles(**reading)
    corpus = Corpus(articles)
    if not quiet:
        _warn("warning", corpus.problems, _MOST_WARNINGS)
        _warn("note", articles.notes, _MOST_NOTES)
    if not len(corpus):
        raise click.ClickException("no article could be read")
    if len(corpus) == 1 and not alone and not quiet:
        _say("note: only one article, nothing to compare it with")
    return corpus


def _articles(
    *, articles: tuple[str, ...], sample: bool, encoding: str | None, strict: bool, **columns: str | None
) -> Articles:
    if sample == bool(articles):
        wrong = (
            "--sample takes no ARTICLES" if sample else "no ARTICLES: name a folder, files, a pattern or -"
        )
        raise click.UsageError(wrong, click.get_current_context())
    if sample:
        return sample_articles()
    chosen = {name.removesuffix("_column"): column for name, column in columns.items()}
    errors = "raise" if strict else "collect"
    return read_articles([_opened(path) for path in articles], encoding=encoding, errors=errors, **chosen)


def _opened(path: str) -> Any:
    if path != "-":
        return path
    if sys.stdin is None:
        raise click.ClickException("standard input is closed; name a file")
    return sys.stdin.buffer


def _warn(kind: str, problems: Sequence[Problem], most: int) -> None:
    shown = problems if len(problems) <= most else problems[: most - 1]
    for problem in shown:
        _say(f"{kind}: {problem}")
    if len(shown) < len(problems):
        _say(f"{kind}: {len(problems) - len(shown):,} more")


def _say(line: str) -> None:
    click.echo(f"wortlaut: {one_line(line)}", err=True)


def _progress(reading: Mapping[str, Any]) -> bool:
    return sys.stderr.isatty() and not reading["quiet"]


def _colored() -> bool:
    """Say whether to colour: a terminal that can, and nobody who asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print(found: Results[Any], form: str, columns: Sequence[str] = ()) -> None:
    """Print rows; `columns` are those of the table, all others are for programs."""
    rows = found.to_dicts()
    if form == "json":
        _print_lines(json_lines(rows, ascii_only=not sys.stdout.encoding.lower().startswith("utf")))
    elif form == "csv":
        _write_as_utf8()
        lines = csv_lines(rows, [*found.columns, *found.texts()])
        _print_lines(map(harmless, lines) if sys.stdout.isatty() else lines)
    elif rows:
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
        _print_lines(table_lines(rows, columns or found.columns, width=width, bold=_colored()))
    else:
        _say("nothing found")


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _write_as_utf8() -> None:
    """Write files as UTF-8 whatever the locale: they are for programs, and a page says that it is in UTF-8."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


def _print_marked(found: Diff, *, color: bool, ignore: Sequence[str]) -> None:
    """Print a marked text; a terminal gets it without anything that it would obey but our own colours."""
    text = found.to_ansi(color=color, ignore=ignore)
    if sys.stdout.isatty() and not color:
        text = harmless(text)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
