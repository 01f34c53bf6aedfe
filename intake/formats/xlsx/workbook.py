"""Workbooks (.xlsx), sheet by sheet."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from dabiao.intake.formats.table import Table
from dabiao.intake.formats.xlsx.book import DAMAGE, open_workbook
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, damaged, explain, refuse_disguise
from dabiao.schemas.language import say

_BEGINNING = 4096


def read_workbook(path: Path, file: str, limits: Limits) -> Iterator[Table | Unreadable]:
    """Read the sheets of a workbook, one after the other.

    Args:
        path: Where it is.
        file: How the user calls it.
        limits: How much is read.

    Yields:
        Each sheet, or why it cannot be read.

    Raises:
        Unreadable: The workbook as a whole cannot be read.
    """
    from dabiao.intake.formats.xlsx.sheet import read_sheet

    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
        if beginning.startswith(b"\xd0\xcf"):
            beginning += stream.read(limits.json)
        refuse_disguise(beginning, workbook=True)
        try:
            with zipfile.ZipFile(stream) as archive:
                book = open_workbook(archive, limits)
                for name, part, hidden in book.sheets:
                    try:
                        yield read_sheet(book, part, file, name, hidden=hidden)
                    except Unreadable as problem:
                        yield problem
                    except DAMAGE as error:
                        yield damaged(f"{name}{say('：', ': ')}{explain(error)}")
        except DAMAGE as error:
            raise damaged(explain(error)) from error
