"""A list as a workbook: a table that can be filtered, printed as wide as a page."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dabiao.reports.forms.looks import Looks
from dabiao.reports.forms.paper import columns as wide
from dabiao.reports.ledger.books import empty_book
from dabiao.reports.ledger.sheet import (
    Content,
    Figure,
    LedgerColumn,
    LedgerSheet,
    figure,
    rate_cell,
)
from dabiao.reports.lists.charts import ListingChart
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from dabiao.schemas.finding import Scalar

_NARROWEST, _WIDEST = 6.0, 46.0
_SPARE = 2.5
"""What a column is wider than its widest text."""
_DRAWN = (820, 360)
"""Width and height of a chart, in pixels."""
_LOOKED_AT = 2000
"""Rows whose texts the widths are taken from."""

Rows = Sequence[Mapping[str, "Scalar"]]


def listing_bytes(
    columns: Mapping[str, str],
    rows: Rows,
    above: Sequence[str] = (),
    chart: ListingChart | None = None,
) -> bytes:
    """Write a list as a workbook; the same list gives the same bytes.

    Args:
        columns: Key to heading, in order.
        rows: Values by key.
        above: What to know before reading it, a paragraph each.
        chart: How it is drawn below, if it is.
    """
    with empty_book() as (book, stream):
        _write(book, columns, rows, above, chart)
        book.close()
        return stream.getvalue()


def _write(
    book: "Workbook",
    columns: Mapping[str, str],
    rows: Rows,
    above: Sequence[str],
    chart: ListingChart | None,
) -> None:
    from dabiao.reports.ledger.long_sheet import LongSheet, TextRows

    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - as XlsxWriter
    name, looks = say("清单", "List"), Looks(book)
    sheet = (
        LedgerSheet(book.add_worksheet(name), looks)
        if chart is not None  # which finds nothing in rows that are text
        else LongSheet(book.add_worksheet(name, TextRows), looks)
    )
    heads = [LedgerColumn(text, text, _width(key, text, rows)) for key, text in columns.items()]
    for row, text in enumerate(above):
        sheet.paragraph(row, 0, len(heads) - 1, text, sum(head.width for head in heads))
    contents = _contents(columns, rows)
    if chart is not None:
        contents = _with_rates(contents, list(columns).index(chart.line), chart.rates)
    last = sheet.table(heads, contents, len(above))
    if chart is not None and rows:
        _draw(book, sheet, chart, list(columns), (len(above) + 1, last))
    sheet.paper(above[0] if above else "")


def _draw(
    book: "Workbook",
    sheet: LedgerSheet,
    chart: ListingChart,
    keys: Sequence[str],
    rows: tuple[int, int],
) -> None:
    """Draw the parts of each row as a column of 100 %, and a line above them."""
    first, last = rows
    name = sheet.sheet.get_name()

    def series(key: str) -> dict[str, object]:
        at = keys.index(key)
        names = keys.index(chart.names)
        return {
            "name": [name, first - 1, at],
            "categories": [name, first, names, last, names],
            "values": [name, first, at, last, at],
        }

    columns = book.add_chart({"type": "column", "subtype": "percent_stacked"})
    for key, colour in chart.parts.items():
        columns.add_series(series(key) | {"fill": {"color": colour}, "gap": 60})
    line = book.add_chart({"type": "line"})
    look = {"color": "#1F1F1F", "width": 2}
    marker = {"type": "circle", "size": 7, "fill": {"color": "#1F1F1F"}}
    labels = {"value": True, "position": "above"}
    own = {"line": look, "marker": marker, "data_labels": labels, "y2_axis": True}
    line.add_series(series(chart.line) | own)
    line.set_y2_axis({"min": 0, "max": 1, "num_format": "0%"})
    columns.combine(line)
    columns.set_title({"name": chart.title, "name_font": {"size": 12}})
    columns.set_y_axis({"num_format": "0%"})
    columns.set_legend({"position": "bottom"})
    columns.set_size({"width": _DRAWN[0], "height": _DRAWN[1]})
    sheet.sheet.insert_chart(last + 2, 0, columns, {"description": chart.title})


def _width(key: str, heading: str, rows: Rows) -> float:
    texts = [str(row[key]) for row in rows[:_LOOKED_AT] if row[key] is not None]
    needed = max((wide(line) for text in texts for line in text.split("\n")), default=0.0)
    return min(max(needed, wide(heading), _NARROWEST) + _SPARE, _WIDEST)


def _contents(columns: Mapping[str, str], rows: Rows) -> Iterator[Sequence[Content]]:
    for row in rows:
        yield [
            Figure(value, "0")  # a year has no thousands
            if key == "year" and isinstance(value := row[key], int)
            else _content(row[key])
            for key in columns
        ]


def _with_rates(
    contents: Iterator[Sequence[Content]], at: int, rates: Sequence[Mapping[Outcome, int] | None]
) -> Iterator[Sequence[Content]]:
    """Put the numbers of rates in their column, where those of a text can't be drawn."""
    for row, counts in zip(contents, rates, strict=True):
        yield [*row[:at], None if counts is None else rate_cell(counts), *row[at + 1 :]]


def _content(value: "Scalar") -> Content:
    match value:
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case float():
            return figure(value)
        case _:
            return value
