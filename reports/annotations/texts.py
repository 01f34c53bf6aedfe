"""A delimited text given back as a workbook: the same cells as text, with marks."""

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabiao.intake.formats.csv import read_records
from dabiao.intake.formats.encodings import decode
from dabiao.intake.formats.xlsx.comments import AUTHOR
from dabiao.intake.names import Fixed, fixed_column
from dabiao.intake.unreadable import Unreadable
from dabiao.reports.annotations.marks import FileMarks, Mark
from dabiao.reports.annotations.parts.markup import Unpatchable
from dabiao.reports.annotations.parts.styles import COLOURS
from dabiao.reports.annotations.parts.survey import CellAt
from dabiao.reports.annotations.summary import (
    CODE_COLUMN,
    HEADER_ROW,
    LINK_COLUMN,
    MEMORY_COLUMN,
    WIDTHS,
    ProblemLine,
    headings,
    height,
    introduction,
    introduction_height,
    lines,
    memory,
    quoted,
    summary_name,
)
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_MOST_BYTES = 1 << 26
_MOST_ROWS = 1_048_576
_MOST_COMMENTS = 20_000
_LONGEST_CELL = 32_767
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WRAPPED = {"text_wrap": True, "valign": "top", "align": "left"}


def annotate_text(source: Path, target: Path, marks: FileMarks, encoding: str | None) -> None:
    """Write a delimited text as a workbook with marks.

    Each record stands in the row whose number is that of its line, so that a cell is called in
    the workbook as it is in the messages.

    Args:
        source: The text.
        target: Where to write the workbook.
        marks: What is wrong with it.
        encoding: Its encoding, where it should not be guessed.

    Raises:
        Unpatchable: It cannot be given back so, and why.
    """
    import xlsxwriter

    if source.stat().st_size > _MOST_BYTES:
        raise Unpatchable(say("文件过大，不能写成工作簿", "it is too large for a workbook"))
    try:
        text = decode(source.read_bytes(), encoding, _has_header).text
        records = list(read_records(text, _understood))
    except Unreadable as problem:
        raise Unpatchable(problem.message) from None
    if records[-1].line > _MOST_ROWS:
        raise Unpatchable(say("行数过多，不能写成工作簿", "it has too many rows for a workbook"))
    name = _NO_SHEET_NAME.sub(" ", source.stem)[:_LONGEST_NAME].strip() or "Sheet1"
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name)
        if marks.entries:
            _write_summary(book, lines(marks.entries, marks.explained), name)
        fill = {s: book.add_format(_text_format(colour)) for s, colour in COLOURS.items()}
        plain = book.add_format(_text_format(None))
        left = {cell: mark for found in marks.sheets.values() for cell, mark in found.items()}
        for record in records:
            for at, value in enumerate(record.fields, 1):
                mark = left.pop((record.line, at), None)
                if at == 1:
                    row = left.pop((record.line, 0), None)
                    mark = mark.joined(row) if mark and row else mark or row
                form = plain if mark is None else fill[mark.severity]
                sheet.write_string(record.line - 1, at - 1, value[:_LONGEST_CELL], form)
                _comment(sheet, (record.line, at), mark)
        for (line, column), blank in left.items():
            beyond = (line, max(column, 1))
            sheet.write_blank(line - 1, beyond[1] - 1, None, fill[blank.severity])
            _comment(sheet, beyond, blank)


def _comment(sheet: "Worksheet", cell: CellAt, mark: Mark | None) -> None:
    if mark is not None and len(sheet.comments) < _MOST_COMMENTS:
        size = {"width": 240, "height": 120}
        note = f"{AUTHOR}\n{mark.note}"
        sheet.write_comment(cell[0] - 1, cell[1] - 1, note, {"author": AUTHOR, **size})


def _text_format(colour: str | None) -> dict[str, Any]:
    """Describe cells of text, so that a code keeps its zeros when somebody types it again."""
    shade = {} if colour is None else {"bg_color": f"#{colour[2:]}"}
    return {"num_format": "@", **shade}


def _write_summary(book: "Workbook", listed: Sequence[ProblemLine], data: str) -> None:
    name = summary_name([data])
    sheet = book.add_worksheet(name)
    bold = book.add_format({**_WRAPPED, "bold": True})
    plain = book.add_format(_WRAPPED)
    link = book.add_format({**_WRAPPED, "font_color": "#0563C1", "underline": 1})
    shades = {
        severity: book.add_format({**_WRAPPED, "bg_color": f"#{colour[2:]}"})
        for severity, colour in COLOURS.items()
    }
    sheet.write_string(0, 0, say("问题清单", "Problems"), bold)
    sheet.write_string(0, MEMORY_COLUMN - 1, memory({}))
    sheet.merge_range(1, 0, 1, len(WIDTHS) - 1, introduction(listed), plain)
    sheet.set_row(1, introduction_height(listed))
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_column(CODE_COLUMN - 1, MEMORY_COLUMN - 1, None, None, {"hidden": True})
    sheet.write_row(HEADER_ROW - 1, 0, headings(), bold)
    sheet.freeze_panes(HEADER_ROW, 0)
    for row, line in enumerate(listed, HEADER_ROW):
        sheet.set_row(row, height(line.values, WIDTHS))
        for at, value in enumerate(line.values):
            form = shades[line.severity] if at == 1 else plain
            if at == LINK_COLUMN - 1 and line.link is not None:
                place = f"internal:{quoted(data)}!{line.link}"
                sheet.write_url(row, at, place, link, str(value))
            elif isinstance(value, int):
                sheet.write_number(row, at, value, form)
            else:
                sheet.write_string(row, at, value[:_LONGEST_CELL], form)
        sheet.write_string(row, CODE_COLUMN - 1, line.code)
    sheet.hide_gridlines(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer("&R&P / &N")


def _understood(text: str) -> bool:
    return any(fixed_column(text, level) is Fixed.CODE for level in (None, *Level))


def _has_header(text: str) -> bool:
    words = chain.from_iterable(re.split(r"[,;\t，\"]", line) for line in text.splitlines()[:20])
    return any(map(_understood, words))
