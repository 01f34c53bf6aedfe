"""Filled tables as a workbook: a sheet a table, what falls short shaded."""

import datetime
import io
from collections.abc import Sequence

from dabiao.reports.forms.looks import PLAIN, Looks
from dabiao.reports.forms.paper import lines
from dabiao.reports.ledger.sheet import HEAD, LedgerColumn, LedgerSheet, figure
from dabiao.reports.tables import cells
from dabiao.schemas.filled_table import FilledTable, TableCell

_NAME, _CODE, _OWN, _MET = 22.0, 12.0, 12.5, 9.0
_SHADE = "#F8CBAD"
_LINE = 14.0
_LONGEST = 31
"""Characters that the name of a sheet has room for."""


def tables_bytes(tables: Sequence[FilledTable]) -> bytes:
    """Write tables as a workbook; the same tables give the same bytes."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_format_properties": dict(PLAIN)})
    created = datetime.datetime(tables[0].year, 1, 1)  # noqa: DTZ001 - as XlsxWriter has it
    book.set_properties({"title": tables[0].title, "created": created})
    looks = Looks(book)
    for number, table in enumerate(tables, 1):
        name = f"{number} {table.place.name}" if len(tables) > 1 else table.place.name
        kept = "".join("_" if each in "[]:*?/\\'" else each for each in name)[:_LONGEST]
        _write(LedgerSheet(book.add_worksheet(kept), looks), table)
    book.close()
    return stream.getvalue()


def _write(sheet: LedgerSheet, table: FilledTable) -> None:
    own = len(table.heads)
    widths = [_NAME, _CODE, *[_OWN] * own, *[_MET] * cells.counts(table)]
    columns = [
        LedgerColumn(heading, heading, width)
        for heading, width in zip(cells.headings(table), widths, strict=True)
    ]
    sheet.title(cells.title(table), table.document)
    sheet.widths(widths)
    sheet.heads(columns, HEAD)
    at = HEAD
    for at, row in enumerate(table.rows, HEAD + 1):
        sheet.sheet.set_row(at, lines(row.subject.name, _NAME) * _LINE + 4)
        sheet.cell(at, 0, row.subject.name)
        sheet.cell(at, 1, row.subject.code)
        for column, (cell, head) in enumerate(zip(row.cells, table.heads, strict=True), 2):
            _cell(sheet, at, column, cell, head.bound)
        if cells.counts(table):
            sheet.cell(at, own + 2, f"{row.met}/{row.judged}", align="center")
    if table.foot:
        at += 1
        for column in range(len(columns)):
            sheet.cell(at, column, cells.foot_name(table) if column == 0 else None, bold=True)
        for column, (cell, head) in enumerate(zip(table.foot, table.heads, strict=True), 2):
            if cell.value is not None or cell.outcome is not None:
                _cell(sheet, at, column, cell, head.foot_bound, bold=True)
    sheet.sheet.freeze_panes(HEAD + 1, 1)
    across = sum(widths)
    for line, said in enumerate(cells.remarks(table)[1:], at + 2):
        sheet.sheet.merge_range(line, 0, line, len(columns) - 1, "")
        sheet.write(line, 0, said, "hint", text_wrap=True, valign="top")
        sheet.sheet.set_row(line, lines(said, across) * _LINE + 4)
    sheet.paper(f"{table.title}　{table.year}", upright=False)


def _cell(
    sheet: LedgerSheet,
    row: int,
    at: int,
    cell: TableCell,
    bound: float | None,
    **more: object,
) -> None:
    shade = {"bg_color": _SHADE} if cell.outcome in cells.SHADED else {}
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.cell(row, at, figure(float(value), bound), **shade, **more)
    else:
        sheet.cell(row, at, cells.shown(cell, bound), align="center", **shade, **more)
