"""How much is read before a file is refused."""

import errno
import os
from pathlib import Path

from dabiao.schemas.record import dataclass

MOST_BYTES = 1 << 27
"""Bytes of a list, a ledger or a plan; a device that never ends is no such file."""


def read_bounded(path: Path, most: int = MOST_BYTES) -> bytes:
    """Read a file whole, unless it is larger than it can honestly be.

    Raises:
        OSError: It is larger, or the system does not let it be read.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no honest submission meets and a hostile or broken file soon does.

    Attributes:
        rows: Rows of one table.
        columns: Columns of one table.
        cells: Cells of one sheet that hold something, and twice the values of a JSON file; these
            are kept in memory one by one. Delimited and Parquet files are read by column.
        letters: Characters of the texts of one sheet, or of those that sheets share.
        formats: Formats and sheets of one workbook.
        values: Numbers of one table, over all rows and columns that are read.
        unusable: Cells of one table that cannot be used, each of which keeps its reason.
        unpacked: Bytes of one part of a workbook after unpacking.
        text: Bytes of a delimited file.
        json: Bytes of a JSON file, which is kept in memory as a whole.
    """

    rows: int = 2_000_000
    columns: int = 5_000
    cells: int = 8_000_000
    letters: int = 100_000_000
    formats: int = 100_000
    values: int = 64_000_000
    unusable: int = 500_000
    unpacked: int = 1 << 29
    text: int = 2 << 30
    json: int = 1 << 28
