"""A list as a workbook: a table that can be filtered, printed as wide as a page."""

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dabiao.reports.forms.looks import PLAIN, Looks
from dabiao.reports.forms.paper import columns as wide
from dabiao.reports.ledger.sheet import Content, LedgerColumn, LedgerSheet, figure
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.schemas.finding import Scalar

_NARROWEST, _WIDEST = 6.0, 46.0
_SPARE = 2.5
"""What a column is wider than its widest text."""
_LOOKED_AT = 2000
"""Rows whose texts the widths are taken from."""

Rows = Sequence[Mapping[str, "Scalar"]]


def listing_bytes(columns: Mapping[str, str], rows: Rows, above: Sequence[str] = ()) -> bytes:
    """Write a list as a workbook; the same list gives the same bytes.

    Args:
        columns: Key to heading, in order.
        rows: Values by key.
        above: What to know before reading it, a paragraph each.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_format_properties": dict(PLAIN)})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - as XlsxWriter
    sheet = LedgerSheet(book.add_worksheet(say("清单", "List")), Looks(book))
    heads = [LedgerColumn(text, text, _width(key, text, rows)) for key, text in columns.items()]
    for row, text in enumerate(above):
        sheet.paragraph(row, 0, len(heads) - 1, text, sum(head.width for head in heads))
    sheet.table(heads, _contents(columns, rows), len(above))
    sheet.paper(above[0] if above else "")
    book.close()
    return stream.getvalue()


def _width(key: str, heading: str, rows: Rows) -> float:
    texts = [str(row[key]) for row in rows[:_LOOKED_AT] if row[key] is not None]
    needed = max((wide(line) for text in texts for line in text.split("\n")), default=0.0)
    return min(max(needed, wide(heading), _NARROWEST) + _SPARE, _WIDEST)


def _contents(columns: Mapping[str, str], rows: Rows) -> Iterator[Sequence[Content]]:
    for row in rows:
        yield [_content(row[key]) for key in columns]


def _content(value: "Scalar") -> Content:
    match value:
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case float():
            return figure(value)
        case _:
            return value
