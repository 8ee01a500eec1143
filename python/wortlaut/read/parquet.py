"""Articles in Parquet files, a group of rows at a time, so that a file may be larger than memory."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from wortlaut.errors import is_here, require_extra
from wortlaut.read.decode import RefusedError
from wortlaut.read.rows import add_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wortlaut.read.reading import Reading

# Rows that are Python objects at a time.
_ROWS = 1000


def read_parquet(stream: BinaryIO, source: str, reading: Reading) -> Iterator[None]:
    """Read the rows of a Parquet file through pyarrow or, where that is missing, polars; pauses after each.

    Raises `RefusedError` where it is none, and `MissingExtraError` where there is neither library.
    """
    head = stream.read(4)
    if head != b"PAR1":
        raise RefusedError("not a Parquet file" if head else "the file is empty")
    stream.seek(0)
    try:
        names, batches = _by_polars(stream) if _only_polars() else _by_pyarrow(stream)
    except (ValueError, OSError, RuntimeError) as error:
        raise RefusedError(f"a damaged Parquet file ({str(error).partition(chr(10))[0]})") from None
    if not reading.check_columns(source, names):
        return
    for number, row in enumerate(chain.from_iterable(batches), 1):
        add_row(row, source, number, reading)
        yield


def _only_polars() -> bool:
    return is_here("polars") and not is_here("pyarrow")


def _by_pyarrow(stream: BinaryIO) -> tuple[list[str], Iterator[list[dict[str, Any]]]]:
    file = require_extra("pyarrow.parquet", "arrow").ParquetFile(stream)
    return file.schema_arrow.names, (batch.to_pylist() for batch in file.iter_batches(batch_size=_ROWS))


def _by_polars(stream: BinaryIO) -> tuple[list[str], Iterator[list[dict[str, Any]]]]:
    frame = require_extra("polars", "polars").read_parquet(stream)
    return frame.columns, (part.to_dicts() for part in frame.iter_slices(_ROWS))
