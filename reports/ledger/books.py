"""An empty workbook, whose parts wait in files until they are put together."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dabiao.reports.forms.looks import PLAIN

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


@contextmanager
def empty_book() -> "Iterator[tuple[Workbook, io.BytesIO]]":
    """Give a workbook, and what holds its bytes once it is closed.

    Its parts are many times as large as the whole, and would be in memory several times.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with TemporaryDirectory() as folder:
        options = {"tmpdir": folder, "default_format_properties": dict(PLAIN)}
        yield xlsxwriter.Workbook(stream, options), stream
