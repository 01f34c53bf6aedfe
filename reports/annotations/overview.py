"""One list of all problems of a submission, for whoever collects it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.intake.problem_groups import ProblemGroup
from dabiao.reports.annotations.parts.styles import COLOURS
from dabiao.reports.annotations.summary import height, introduction
from dabiao.schemas.language import say
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (6, 7, 26, 12, 24, 7, 46, 20, 28, 36)
_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What became of one file.

    Attributes:
        file: The file, as the user named it.
        rows: Rows of facts in it.
        problems: How many errors and warnings it has.
        target: The file that was written, below the folder; None if there is none.
        reason: Why there is none, or what there is to say about it.
    """

    file: str
    rows: int
    problems: tuple[int, int]
    target: str | None = None
    reason: str | None = None


def overview_name() -> str:
    """Name the file."""
    return say("问题清单.xlsx", "Problems.xlsx")


def write_overview(
    path: Path, causes: Sequence[ProblemGroup], files: Sequence[ReturnedFile]
) -> None:
    """Write a workbook with every cause, and what became of each file.

    Args:
        path: Where to.
        causes: The causes, the gravest first.
        files: The files.
    """
    import xlsxwriter

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        look = {"text_wrap": True, "valign": "top", "align": "left"}
        bold, plain = book.add_format({"bold": True, **look}), book.add_format(look)
        shades = {
            severity: book.add_format({"bg_color": f"#{COLOURS[severity][2:]}", **look})
            for severity in COLOURS
        }
        sheet = book.add_worksheet(say("问题清单", "Problems"))
        _begin(sheet, _headings(), _WIDTHS, bold)
        _write_causes(sheet, causes, plain, shades)
        sheet = book.add_worksheet(say("文件清单", "Files"))
        _begin(sheet, _headings_of_files(), (36, 8, 8, 8, 36, 46), bold)
        for row, file in enumerate(files, 1):
            told: list[str | int] = [file.file, file.rows, *file.problems]
            told += [file.target or "", file.reason or ""]
            _write_row(sheet, row, told, [plain] * len(told))


def _write_causes(
    sheet: "Worksheet",
    causes: Sequence[ProblemGroup],
    plain: "Format",
    shades: Mapping[Severity, "Format"],
) -> None:
    """Write a row a cause, its severity shaded."""
    if not causes:
        sheet.write_string(1, 0, introduction(()))
    for row, cause in enumerate(causes, 1):
        values: list[str | int] = [
            row,
            cause.severity.label,
            cause.file or "",
            cause.sheet or "",
            cause.where,
            cause.count,
            cause.message,
            say("、", ", ").join(cause.found),
            cause.expected or "",
            cause.hint or "",
        ]
        forms = [plain, shades[cause.severity], *[plain] * (len(values) - 2)]
        sheet.set_row(row, height(values, _WIDTHS))
        _write_row(sheet, row, values, forms)


def _headings_of_files() -> list[str]:
    return [
        say("文件", "File"),
        say("行数", "Rows"),
        say("错误", "Errors"),
        say("警告", "Warnings"),
        say("写成", "Written as"),
        say("说明", "Remark"),
    ]


def _headings() -> list[str]:
    zh = "序号 程度 文件 工作表 单元格 处数 问题 填的是 应为 办法"
    en = "No.,Severity,File,Sheet,Cells,Count,Problem,Found,Expected,What to do"
    return [say(a, b) for a, b in zip(zh.split(), en.split(","), strict=True)]


def _begin(
    sheet: "Worksheet", titles: Sequence[str], widths: Sequence[int], bold: "Format"
) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.write_row(0, 0, titles, bold)
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(0)
    sheet.autofilter(0, 0, 0, len(titles) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_row(
    sheet: "Worksheet", row: int, values: Sequence[str | int], forms: Sequence["Format"]
) -> None:
    for at, (value, form) in enumerate(zip(values, forms, strict=True)):
        if isinstance(value, int):
            sheet.write_number(row, at, value, form)
        else:
            sheet.write_string(row, at, visible(value)[:_LONGEST], form)
