"""A listing as a workbook: a table that can be filtered, printed as wide as a page."""

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dabiao.reports.forms.looks import PLAIN, Looks
from dabiao.reports.forms.paper import columns as wide
from dabiao.reports.ledger.sheet import Content, LedgerColumn, LedgerSheet, figure
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.reports.lists.listings import Listing
    from dabiao.schemas.finding import Scalar

_NARROWEST, _WIDEST = 6.0, 46.0
_SPARE = 2.5
"""What a column is wider than its widest text."""
_LOOKED_AT = 2000
"""Rows whose texts the widths are taken from."""


def listing_bytes(of: "Listing") -> bytes:
    """Write a listing as a workbook; the same listing gives the same bytes."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_format_properties": PLAIN})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - as XlsxWriter
    sheet = LedgerSheet(book.add_worksheet(say("清单", "List")), Looks(book))
    sizes = [_width(key, of) for key in of.columns]
    heads = [
        LedgerColumn(of.columns[key], of.columns[key], size)
        for key, size in zip(of.columns, sizes, strict=True)
    ]
    for row, text in enumerate(of.above):
        sheet.paragraph(row, 0, len(heads) - 1, text, sum(sizes))
    sheet.table(heads, _rows(of), len(of.above))
    sheet.paper(of.above[0] if of.above else "")
    book.close()
    return stream.getvalue()


def _width(key: str, of: "Listing") -> float:
    texts = [str(row[key]) for row in of.rows[:_LOOKED_AT] if row[key] is not None]
    needed = max((wide(line) for text in texts for line in text.split("\n")), default=0.0)
    return min(max(needed, wide(of.columns[key]), _NARROWEST) + _SPARE, _WIDEST)


def _rows(of: "Listing") -> Iterator[Sequence[Content]]:
    for row in of.rows:
        yield [_content(row[key]) for key in of.columns]


def _content(value: "Scalar") -> Content:
    match value:
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case float():
            return figure(value)
        case _:
            return value
