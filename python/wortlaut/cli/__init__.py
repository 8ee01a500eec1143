"""The command line: one command per question, results on standard output, everything else on standard error.

Exit status: 0 when all went well, 1 when `wortlaut diff` found a difference, 2 when a call could not be
carried out, 130 after Ctrl-C. An error is one line that begins with ``wortlaut: error:``.
"""

from __future__ import annotations

import io
import signal
import sys
from typing import TYPE_CHECKING

import click

from wortlaut import __version__
from wortlaut.cli.index import COMMANDS as ON_DISK
from wortlaut.cli.many import COMMANDS as ON_ARTICLES
from wortlaut.cli.options import examples
from wortlaut.cli.texts import COMMANDS as ON_TEXTS
from wortlaut.errors import WortlautError, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


@click.group(
    context_settings=_SETTINGS,
    invoke_without_command=True,
    epilog=examples(
        "wortlaut report archive/ -o report.html      everything on one page",
        "wortlaut passages --sample                   the shipped articles, to try things",
        "wortlaut overlap articles.csv --format csv   who shares how much with whom",
        "wortlaut diff old.txt new.txt                what was changed in an article",
        "wortlaut history v1.txt v2.txt v3.txt        since when each word has stood",
    ),
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Compare articles word for word: what they share, what was changed, who quotes whom.

    ARTICLES are folders, files (.txt, .html, .jsonl, .csv, .tsv, .parquet,
    .warc.gz), patterns, or - for standard input.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (*ON_ARTICLES, *ON_TEXTS, *ON_DISK):
    cli.add_command(command)
