"""Filled tables as a workbook: a sheet a table, what falls short shaded."""

import datetime
import io
from collections.abc import Sequence

from dabiao.reports.forms.looks import PLAIN, Looks
from dabiao.reports.forms.paper import lines
from dabiao.reports.ledger.sheet import HEAD, LedgerColumn, LedgerSheet, figure
from dabiao.reports.tables.laid import LaidCell, LaidTable

SHADE = "F8CBAD"
_LINE = 14.0
_LONGEST = 31
"""Characters that the name of a sheet has room for."""


def tables_bytes(tables: Sequence[LaidTable]) -> bytes:
    """Write tables as a workbook; the same tables give the same bytes."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_format_properties": dict(PLAIN)})
    created = datetime.datetime(tables[0].year, 1, 1)  # noqa: DTZ001 - as XlsxWriter has it
    book.set_properties({"title": tables[0].called, "created": created})
    looks = Looks(book)
    for number, table in enumerate(tables, 1):
        name = f"{number} {table.place}" if len(tables) > 1 else table.place
        kept = "".join("_" if each in "[]:*?/\\'" else each for each in name)[:_LONGEST]
        _write(LedgerSheet(book.add_worksheet(kept), looks), table)
    book.close()
    return stream.getvalue()


def _write(sheet: LedgerSheet, table: LaidTable) -> None:
    columns = [
        LedgerColumn(heading, heading, width)
        for heading, width in zip(table.headings, table.widths, strict=True)
    ]
    sheet.title(table.title, table.remarks[0])
    sheet.widths(table.widths)
    sheet.heads(columns, HEAD)
    at = HEAD
    for at, row in enumerate(table.rows, HEAD + 1):
        named = zip(row, table.widths, strict=True)
        tall = max(lines(cell.text, width) for cell, width in named if cell.name)
        sheet.sheet.set_row(at, tall * _LINE + 4)
        for column, cell in enumerate(row):
            _cell(sheet, at, column, cell)
    if table.foot:
        at += 1
        for column, cell in enumerate(table.foot):
            _cell(sheet, at, column, cell, bold=True)
    sheet.sheet.freeze_panes(HEAD + 1, 1)
    across = sum(table.widths)
    for line, said in enumerate(table.remarks[1:], at + 2):
        sheet.sheet.merge_range(line, 0, line, len(columns) - 1, "")
        sheet.write(line, 0, said, "hint", text_wrap=True, valign="top")
        sheet.sheet.set_row(line, lines(said, across) * _LINE + 4)
    sheet.paper(f"{table.called}　{table.year}", upright=False)


def _cell(sheet: LedgerSheet, row: int, at: int, cell: LaidCell, **more: object) -> None:
    shade = {"bg_color": f"#{SHADE}"} if cell.short else {}
    if cell.value is not None:
        sheet.cell(row, at, figure(cell.value, cell.beside), **shade, **more)
    else:
        side = {} if cell.name else {"align": "center"}
        sheet.cell(row, at, cell.text, **side, **shade, **more)
