"""Filled tables as a Word document: to be put into a report, and edited there."""

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dabiao.reports.tables.laid import LaidCell, LaidTable
from dabiao.reports.tables.workbook import SHADE
from dabiao.reports.tables.writing import undated, write
from dabiao.schemas.unseen import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row

_SONG, _HEI = "宋体", "黑体"
_TITLE, _TABLE = 16.0, 9.0
_ACROSS = 257.0
"""Millimetres between the margins of a page across."""


def document_bytes(tables: Sequence[LaidTable]) -> bytes:
    """Write tables as a document, a page or more each; the same tables give the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    moment = datetime.datetime(tables[0].year, 1, 1)  # noqa: DTZ001 - as python-docx has it
    of = document.core_properties
    of.created = of.modified = moment
    of.author, of.title, of.comments = "dabiao", visible(tables[0].called), ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(20)
    for number, table in enumerate(tables):
        _draw(document, table, new_page=number > 0)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream)


def _draw(document: "Document", table: LaidTable, *, new_page: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = new_page
    heading.paragraph_format.keep_with_next = True
    write(heading, visible(table.title), _HEI, _TITLE)
    grid = document.add_table(rows=0, cols=len(table.headings))
    grid.style, grid.autofit = "Table Grid", False
    room = _ACROSS / sum(table.widths)
    for column, width in zip(grid.columns, table.widths, strict=True):
        column.width = Mm(width * room)
    head = grid.add_row()
    _fill(head, [LaidCell(each) for each in table.headings], table, font=_HEI)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line in table.rows:
        _fill(grid.add_row(), line, table)
    if table.foot:
        _fill(grid.add_row(), table.foot, table, bold=True)
    for said in table.remarks:
        write(document.add_paragraph(), visible(said), _SONG, _TABLE)


def _fill(
    row: "_Row",
    line: Sequence[LaidCell],
    table: LaidTable,
    font: str = _SONG,
    *,
    bold: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    room = _ACROSS / sum(table.widths)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, laid, width in zip(row.cells, line, table.widths, strict=True):
        cell.width = Mm(width * room)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if laid.name else WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, visible(laid.text), font, _TABLE, bold=bold)
        if laid.short:
            _shade(cell)


def _shade(cell: "_Cell") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)
