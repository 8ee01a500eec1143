"""The errors a caller can meet, and the checks of arguments that raise them.

Every error is a `WortlautError` and also the built-in error a Python user would expect. A message names the
argument, the value and the remedy, in lower case: ``min_words must be at least 1, got 0``.
"""

from __future__ import annotations

import importlib
import operator
import re
from contextlib import suppress
from typing import TYPE_CHECKING, SupportsIndex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

__all__ = [
    "ArticleNotFoundError",
    "InternalError",
    "InvalidTypeError",
    "InvalidValueError",
    "MissingExtraError",
    "UnreadableFileError",
    "WortlautError",
    "check_choice",
    "check_count",
    "check_fraction",
    "check_text",
    "counted",
    "is_missing",
    "one_line",
    "require_extra",
    "shown",
    "shown_number",
]

# The core counts in 32 bits: a larger count is a slip, and the compiled code could only say "overflow".
MAX_COUNT = 2**32 - 1

# Enough to recognise a value by; an article pasted into the wrong argument must not fill the screen.
SHOWN_LENGTH = 60


class WortlautError(Exception):
    """The head of the tree: ``except WortlautError`` catches everything the package raises on purpose.

    >>> issubclass(InvalidValueError, WortlautError) and issubclass(InvalidValueError, ValueError)
    True
    """


class InvalidValueError(WortlautError, ValueError):
    """An argument, or a row of the input, has a value outside what is accepted.

    >>> try:
    ...     check_count("min_words", 0)
    ... except ValueError as error:
    ...     print(error)
    min_words must be at least 1, got 0
    """


class InvalidTypeError(WortlautError, TypeError):
    """An argument has the wrong type.

    >>> try:
    ...     check_text("text", 5)
    ... except TypeError as error:
    ...     print(error)
    text must be a str, got 5
    """


class ArticleNotFoundError(WortlautError, FileNotFoundError):
    """A path, a folder or a pattern leads to no article.

    >>> issubclass(ArticleNotFoundError, FileNotFoundError)
    True
    """


class UnreadableFileError(WortlautError, OSError):
    """A file is there but cannot be read: no permission, binary, or in an encoding that cannot be told.

    >>> issubclass(UnreadableFileError, OSError)
    True
    """


class MissingExtraError(WortlautError, ImportError):
    """An optional package (pandas, pyarrow, polars) is needed and not installed.

    >>> issubclass(MissingExtraError, ImportError)
    True
    """


class InternalError(WortlautError, RuntimeError):
    """The compiled core failed in a way it should never fail; the message asks for a report.

    >>> issubclass(InternalError, RuntimeError)
    True
    """


def shown(value: object) -> str:
    """Return `value` as an error message shows it: its repr on one line, or its type where that is too long.

    >>> print(shown("Der Rat"), shown([1, 2]), shown(list(range(100))))
    'Der Rat' [1, 2] a list
    """
    if isinstance(value, str) and len(value) >= SHOWN_LENGTH:
        return f"{value[: SHOWN_LENGTH - 11]!r}…"
    text = ""
    with suppress(Exception):  # a repr is the caller's code: whatever it raises, the message is still owed
        text = repr(value)
    if not text or len(text) > 2 * SHOWN_LENGTH or "\n" in text:
        return _kind(value)
    return text


def _kind(value: object) -> str:
    """Return the type of `value` with its article: a list, an int."""
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "article"), counted(1200, "article"), counted(0, "story", "stories")
    ('1 article', '1,200 articles', '0 stories')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    r"""Return `text` as a terminal can be given it: control characters but for line ends and tabs are written out.

    >>> harmless("rot\x1b[31m\r\n")
    'rot\\x1b[31m\n'
    """
    return _OBEYED.sub(lambda found: repr(found[0])[1:-1], text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    r"""Return `text` on one line and harmless to a terminal: white space as single spaces, controls escaped.

    >>> one_line("Der Rat\n  tagt.\x1b[31m")
    'Der Rat tagt.\\x1b[31m'
    """
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def check_count(argument: str, value: object, minimum: int = 1) -> int:
    """Return `value` as an int when it is a whole number of at least `minimum`.

    Raises `InvalidTypeError` for anything but a whole number (a bool and a float are refused, an integer of
    numpy is not) and `InvalidValueError` below `minimum` or above 4,294,967,295.

    >>> check_count("min_words", 8)
    8
    >>> check_count("n", True)
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidTypeError: n must be a whole number, got True
    """
    count = _whole(argument, value)
    if count < minimum:
        raise InvalidValueError(f"{argument} must be at least {minimum}, got {shown_number(count)}")
    if count > MAX_COUNT:
        raise InvalidValueError(f"{argument} must be at most {MAX_COUNT}, got {shown_number(count)}")
    return count


def _whole(argument: str, value: object) -> int:
    # Asking a protocol takes longer than many a call that is asked for.
    if type(value) is int:
        return value
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        with suppress(TypeError):  # an array has __index__ and refuses it
            return operator.index(value)
    raise InvalidTypeError(f"{argument} must be a whole number, got {shown(value)}")


def shown_number(value: int) -> str:
    """Return a whole number for a message, a long one by its order (Python refuses to print 4,301 digits).

    >>> shown_number(12), shown_number(-(10**5000))
    ('12', 'about -2^16609')
    """
    if value.bit_length() <= 128:
        return str(value)
    return f"about {'-' if value < 0 else ''}2^{value.bit_length() - 1}"


def check_fraction(argument: str, value: object) -> float:
    """Return `value` as a float when it is a number between 0 and 1, both included.

    Raises `InvalidTypeError` for anything but a number and `InvalidValueError` outside 0..1 (NaN too).

    >>> check_fraction("min_score", 1)
    1.0
    >>> check_fraction("min_score", 80)
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidValueError: min_score must be between 0 and 1, got 80
    """
    convert = getattr(type(value), "__float__", None) or getattr(type(value), "__index__", None)
    if convert is None or isinstance(value, bool):
        raise InvalidTypeError(f"{argument} must be a number between 0 and 1, got {shown(value)}")
    try:
        number = float(convert(value))
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not 0 <= number <= 1:
        raise InvalidValueError(f"{argument} must be between 0 and 1, got {shown(value)}")
    return number


def check_choice(argument: str, value: object, choices: Sequence[str]) -> str:
    """Return `value` when it is one of `choices`.

    Raises `InvalidTypeError` for anything but a str and `InvalidValueError` for a str that is no choice.

    >>> check_choice("measure", "dice", ("jaccard", "dice"))
    'dice'
    >>> check_choice("measure", "cosine", ("containment", "jaccard", "dice"))
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidValueError: measure must be 'containment', 'jaccard' or 'dice', got 'cosine'
    """
    if isinstance(value, str) and value in choices:
        return value
    *first, last = (repr(choice) for choice in choices)
    expected = f"{', '.join(first)} or {last}" if first else last
    error = InvalidValueError if isinstance(value, str) else InvalidTypeError
    raise error(f"{argument} must be {expected}, got {shown(value)}")


def check_text(argument: str, value: object) -> str:
    """Return `value` when it is a str.

    Raises `InvalidTypeError` for anything else; the message says what to do about bytes and missing values.

    >>> check_text("a", "Der Rat tagt.")
    'Der Rat tagt.'
    >>> check_text("a", b"Der Rat tagt.")
    Traceback (most recent call last):
    ...
    wortlaut.errors.InvalidTypeError: a must be a str, got bytes; decode it first, as in a.decode("utf-8")
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray):
        remedy = f'decode it first, as in {argument}.decode("utf-8")'
        raise InvalidTypeError(f"{argument} must be a str, got {type(value).__name__}; {remedy}")
    if is_missing(value):
        raise InvalidTypeError(f"{argument} must be a str, got {shown(value)}; leave missing texts out")
    raise InvalidTypeError(f"{argument} must be a str, got {shown(value)}")


def is_missing(value: object) -> bool:
    """Say whether `value` stands for a missing one: None, or unequal to itself (NaN, NaT, pandas' NA).

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    if value is None:
        return True
    if isinstance(value, str):
        return False
    try:
        return bool(operator.ne(value, value))
    except (TypeError, ValueError):  # neither pandas' NA nor an array has a truth value; only NA is missing
        return type(value).__name__ == "NAType"


def is_here(module: str) -> bool:
    """Say whether the optional `module` is installed, without importing it.

    >>> is_here("json"), is_here("no_such_frames")
    (True, False)
    """
    from importlib.util import find_spec

    with suppress(ValueError):  # a module that was blocked or half imported has no spec
        return find_spec(module) is not None
    return False


def require_extra(module: str, extra: str) -> ModuleType:
    """Import the optional `module` and return it.

    Raises `MissingExtraError`: the message names the `extra` of this package that installs it, or says why
    the installed one cannot be imported.

    >>> require_extra("json", "none").__name__
    'json'
    >>> require_extra("no_such_frames", "frames")
    Traceback (most recent call last):
    ...
    wortlaut.errors.MissingExtraError: no_such_frames is not installed; run: pip install 'wortlaut[frames]'
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name not in (module, module.partition(".")[0]):
            raise MissingExtraError(_broken(module, extra, error), name=module) from error
        remedy = f"run: pip install 'wortlaut[{extra}]'"
        raise MissingExtraError(f"{module} is not installed; {remedy}", name=module) from None
    except ImportError as error:
        raise MissingExtraError(_broken(module, extra, error), name=module) from error


def _broken(module: str, extra: str, error: ImportError) -> str:
    reason = str(error).partition("\n")[0]
    remedy = f"run: pip install --upgrade 'wortlaut[{extra}]'"
    return f"{module} is installed but cannot be imported ({reason}); {remedy}"
