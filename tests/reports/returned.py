"""Workbooks as schools fill them in, for the tests of what is given back to them."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import xlsxwriter

from dabiao.reports.annotations.folder import TargetFolder
from dabiao.reports.annotations.parts.styles import COLOURS
from dabiao.schemas.facts import Facts
from tests.intake.submissions import read

HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "有图书室", "校名备注"]
Rows = list[list[object]]
ORDER = tuple(
    re.findall(
        r"\w+",
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
        "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
        "mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions "
        "pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
        "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture "
        "oleObjects controls webPublishItems tableParts extLst ",
    )
)
"""What a sheet may hold, in the order that the standard prescribes."""


def rows(count: int = 12) -> Rows:
    """Make rows of schools with nothing wrong."""
    return [
        [f"15060200{at:02}", f"第{at}小学", "150602", 2025, 300 + at, "是", "公办"]
        for at in range(count)
    ]


def png() -> io.BytesIO:
    """Make a picture of one pixel."""

    def chunk(kind: bytes, of: bytes) -> bytes:
        return struct.pack(">I", len(of)) + kind + of + struct.pack(">I", zlib.crc32(kind + of))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def elaborate(path: Path, found: Rows) -> Path:
    """Write a workbook with about everything that a workbook may have."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("学校")
        green = book.add_format({"bg_color": "#92D050", "bold": True, "num_format": "0.00"})
        striped = book.add_format({"pattern": 4, "fg_color": "#92D050", "locked": False})
        lines: Rows = [[*HEADER], *found]
        for row, values in enumerate(lines):
            for at, value in enumerate(values):
                if value is not None:
                    form = green if (row, at) == (2, 4) else striped if at == 5 else None
                    sheet.write(row, at, value, form)
        sheet.write_formula(1, 4, "=100+201", None, 301)
        sheet.write_comment("E3", "请核对", {"author": "教务处"})
        sheet.write_comment("G2", "不要动", {"author": "教务处"})
        sheet.set_column("B:B", 30)
        sheet.set_column("G:G", 20, striped)
        sheet.data_validation("F2:F99", {"validate": "list", "source": ["是", "否"]})
        sheet.conditional_format(
            "E2:E99", {"type": "cell", "criteria": ">", "value": 900, "format": green}
        )
        sheet.freeze_panes(1, 0)
        sheet.print_area("A1:G30")
        sheet.set_header("&C填报表&G", {"image_center": "logo.png", "image_data_center": png()})
        sheet.insert_image("J2", "logo.png", {"image_data": png()})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=学校!$E$2:$E$9"})
        sheet.insert_chart("J9", chart)
        sheet.insert_button("J30", {"caption": "检查"})
        sheet.protect("x")
        more = book.add_worksheet("填报说明")
        more.add_table("A1:B4", {"columns": [{"header": "项"}, {"header": "口径"}]})
        more.hide()
        book.define_name("上限", "=学校!$E$2")
    return path


def simple(path: Path, found: Rows) -> Path:
    """Write a workbook with nothing but rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学校"
    sheet.append(HEADER)
    for row in found:
        sheet.append(row)
    book.save(path)
    return path


def give_back(*paths: Path, folder: Path, force: bool = False) -> tuple[Facts, list[str]]:
    """Read a submission and give it back; what was read, and what was told."""
    facts = read(*paths)
    return facts, TargetFolder(folder, force).annotate(facts)


def marked(path: Path, sheet: str = "学校") -> dict[str, str]:
    """Give the cells of a sheet that have the colour of a mark, and which."""
    colours = {colour: severity.value for severity, colour in COLOURS.items()}
    cells = openpyxl.load_workbook(path)[sheet]
    return {
        cell.coordinate: colours[str(cell.fill.fgColor.rgb)]
        for row in cells.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and str(cell.fill.fgColor.rgb) in colours
    }


def commented(path: Path, sheet: str = "学校") -> dict[str, tuple[str, str]]:
    """Give the comments of a sheet: cell to author and text."""
    return {
        cell.coordinate: (cell.comment.author, cell.comment.text)
        for row in openpyxl.load_workbook(path)[sheet].iter_rows()
        for cell in row
        if cell.comment is not None
    }


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy a workbook with its parts changed."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts(source).items():
            out.writestr(name, change(name, data))
    return target


def corrected(source: Path, target: Path, cells: Mapping[str, object]) -> Path:
    """Copy a workbook as a program does that somebody corrects it with."""
    book = openpyxl.load_workbook(source)
    for cell, value in cells.items():
        book["学校"][cell].value = value
    book.save(target)
    return target
