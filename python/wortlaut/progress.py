"""How long work shows how far it has come: a bar, a callback, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from wortlaut.errors import InvalidTypeError, check_count, shown

Progress = bool | Callable[[int, int], object]

# Work that is done sooner needs no bar.
_PATIENCE = 1.0


@contextmanager
def watching(progress: Progress, what: str) -> Iterator[Callable[[int, int], object] | None]:
    """Give what the core reports to: nothing, the caller's function, or a bar that appears after a second.

    The bar is tqdm's where it is installed, else one line on standard error.

    >>> with watching(False, "reading") as watch:
    ...     print(watch)
    None
    """
    if progress is False or progress is None:
        yield None
    elif progress is True:
        bar = _Bar(what)
        try:
            yield bar
        finally:
            bar.close()
    elif callable(progress):
        yield progress
    else:
        raise InvalidTypeError(
            f"progress must be True, False or a function of (done, total), got {shown(progress)}"
        )


def check_workers(workers: int | None) -> int | None:
    """Return `workers` if it is None (all cores) or at least 1.

    >>> check_workers(2)
    2
    """
    return None if workers is None else check_count("workers", workers)


class _Bar:
    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = monotonic()
        self._bar: Any = None
        self._written = 0

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None and monotonic() - self._begun < _PATIENCE:
            return
        if self._bar is None:
            self._bar = _tqdm(self._what)
        if self._bar is False:
            self._write(f"\r{self._what}: {done:,} of {total:,}")
        else:
            self._bar.total = total
            self._bar.update(done - self._bar.n)

    def _write(self, line: str) -> None:
        sys.stderr.write(line.ljust(self._written))
        sys.stderr.flush()
        self._written = len(line)

    def close(self) -> None:
        """Take the bar away, so that what follows starts on a clean line."""
        if self._written:
            self._write("\r")
            sys.stderr.write("\r")
        elif self._bar:
            self._bar.close()


def _tqdm(what: str) -> Any:
    """Return a bar of tqdm, or False where it is not installed."""
    try:
        from tqdm import tqdm
    except ImportError:
        return False
    return tqdm(desc=what, leave=False, file=sys.stderr)
