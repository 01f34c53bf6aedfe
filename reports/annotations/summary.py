"""The list of problems (问题清单) that a workbook gets as a last sheet."""

import re
from collections.abc import Mapping, Sequence

from dabiao.intake.justifications import Justification
from dabiao.reports.annotations.marks import MarkedGroup
from dabiao.reports.annotations.parts.markup import xml_attribute, xml_text
from dabiao.reports.annotations.parts.styles import Styles
from dabiao.schemas.addresses import letters
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

SUMMARY = re.compile(r"(?:问题清单|Problems)(?: ?\(\d+\))?")
"""Names that such a sheet has, in either language."""
WIDTHS = (5, 6, 20, 10, 18, 6, 38, 14, 20, 28, 24, 9, 11)
CODE_COLUMN, MEMORY_COLUMN = 14, 15
"""Hidden: the code of each line; and in its first cell, which style each marked cell had."""
HEADER_ROW = 3
_MARKER = "dabiao.annotations/1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AREAS = 20
LINK_COLUMN = 5
"""Links to the cells."""
_LONGEST = 32_000
_LATIN = "\u2e7f"
"""Letters beyond this one are as wide as two."""
_WORD = re.compile(r"[^\s\u2e80-\uffff]+|.", re.DOTALL)
_LINE, _TALLEST = 17, 405
"""Points: of a line, as tall as the fonts that programs replace others by; of a row, at most."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A line of the list.

    Attributes:
        severity: How grave it is.
        code: The code of the problems.
        values: What stands in its cells.
        link: Where its cells are, as a link within the workbook says it, or None.
    """

    severity: Severity
    code: str
    values: Sequence[str | int]
    link: str | None


def summary_name(taken: Sequence[str]) -> str:
    """Name the sheet, so that no other has its name."""
    name = say("问题清单", "Problems")
    used = {each.casefold() for each in taken}
    number = 1
    wanted = name
    while wanted.casefold() in used:
        number += 1
        wanted = f"{name} ({number})"
    return wanted


def headings() -> list[str]:
    """Name the columns."""
    zh = "序号 程度 学校或地区 工作表 单元格 处数 问题 填的是 应为 办法 核实说明 填写人 日期"
    en = "No.,Severity,School or place,Sheet,Cells,Count,Problem,Found,Expected,What to do"
    filled = "Justification,By,On"
    return [say(a, b) for a, b in zip(zh.split(), f"{en},{filled}".split(","), strict=True)]


def introduction(listed: Sequence[object]) -> str:
    """Say how to read the list."""
    if not listed:
        return say("没有发现问题。", "No problem was found.")
    return say(
        "红色单元格是错误，黄色是警告或提示，批注写明原因。改正后把本文件交回即可；确实如此的警告和提示，"
        "在“核实说明”写明原因。再次校验时会去掉批注、颜色和本表，本表不作为填报数据。",
        "Red cells are errors, amber ones warnings and notes; their comments say why. Mend them and"
        " send this file back; of a warning or note that is right as it is, say why under"
        " Justification. Comments, colours and this sheet are taken away when it is checked again,"
        " and this sheet is not read as facts.",
    )


def lines(
    entries: Sequence[MarkedGroup], explained: Mapping[Problem, Justification] | None = None
) -> list[ProblemLine]:
    """Give the lines of the list.

    Args:
        entries: What is wrong.
        explained: What is explained.
    """
    known = explained or {}
    listed: list[ProblemLine] = []
    for number, entry in enumerate(entries, 1):
        cause = entry.cause
        cells = ", ".join(str(area) for area in entry.areas[:_AREAS])
        cells += say(" 等", " …") if len(entry.areas) > _AREAS else ""
        link = None
        if entry.areas:
            area = entry.areas[0]
            where = str(area) if area.left else f"A{area.top}:A{area.bottom}"
            link = where if entry.sheet is None else f"{quoted(entry.sheet)}!{where}"
        why = known.get(cause.problems[0])
        again = number > 1 and entry.whom == entries[number - 2].whom
        values: list[str | int] = [
            number,
            cause.severity.label,
            entry.code if again else entry.whom,  # a long name once, not on each line
            entry.sheet or "",
            cells or ("" if entry.sheet is None else say("整张表", "the whole sheet")),
            cause.count,
            cause.message,
            say("、", ", ").join(cause.found),
            cause.expected or "",
            cause.hint or "",
            *(("", "", "") if why is None else (why.reason, why.who, why.when)),
        ]
        shown = [visible(each) if isinstance(each, str) else each for each in values]
        listed.append(ProblemLine(cause.severity, cause.code, shown, link))
    return listed


def quoted(sheet: str) -> str:
    """Write the name of a sheet as a reference does."""
    return "'" + sheet.replace("'", "''") + "'"


def memory(marks: Mapping[int, int]) -> str:
    """Write which style each marked style stands for."""
    return " ".join([_MARKER, *(f"{mark}>{style}" for mark, style in sorted(marks.items()))])


def remembered(text: str) -> dict[int, int] | None:
    """Read what was written so; None if it is something else."""
    marker, *pairs = text.split() or [""]
    if marker != _MARKER:
        return None
    found = (re.fullmatch(r"(\d{1,6})>(\d{1,6})", pair) for pair in pairs)
    return {int(match[1]): int(match[2]) for match in found if match is not None}


def summary_part(listed: Sequence[ProblemLine], styles: Styles, *, viewed: bool) -> bytes:
    """Write the sheet as a part of a workbook.

    Args:
        listed: The lines of the list.
        styles: The styles of the workbook.
        viewed: Whether the workbook has a window that the sheet can be viewed in.
    """
    pane = (
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{HEADER_ROW + 1}" activePane="bottomLeft"'
        ' state="frozen"/><selection pane="bottomLeft"/>'
    )
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(WIDTHS, 1)
    )
    last = f"{letters(MEMORY_COLUMN - 1)}{HEADER_ROW + len(listed)}"
    hidden = f'<col min="{CODE_COLUMN}" max="{MEMORY_COLUMN}" width="9" hidden="1"'
    links = _links(listed)
    return b"".join(
        [
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f'<worksheet xmlns="{_MAIN}">'.encode(),
            b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:{last}"/>'.encode(),
            view.encode() if viewed else b"",
            b'<sheetFormatPr defaultRowHeight="15"/>',
            f'<cols>{columns}{hidden} customWidth="1"/></cols>'.encode(),
            b"<sheetData>",
            *_rows(listed, styles),
            b"</sheetData>",
            f'<mergeCells count="1"><mergeCell ref="A2:{letters(len(WIDTHS) - 1)}2"/>'.encode(),
            b"</mergeCells>",
            links,
            b'<printOptions gridLines="1"/>',
            (
                b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3"'
                b' footer="0.3"/>'
            ),
            b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
            b"<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>",
            b"</worksheet>",
        ]
    )


def _rows(listed: Sequence[ProblemLine], styles: Styles) -> list[bytes]:
    """Write the title, what the sheet is for, the headings and a row a problem."""
    plain, bold, link = styles.plain(), styles.plain(bold=True), styles.plain(link=True)
    remember = _text(1, MEMORY_COLUMN, memory(styles.marks), plain)
    rows = [
        _row(
            1,
            _text(1, 1, say("问题清单", "Problems"), styles.plain(bold=True, wrap=False))
            + remember,
        ),
        _row(2, _text(2, 1, introduction(listed), plain), introduction_height(listed)),
    ]
    if listed:
        titles = enumerate(headings(), 1)
        rows.append(_row(HEADER_ROW, b"".join(_text(3, at, name, bold) for at, name in titles)))
    for number, line in enumerate(listed, HEADER_ROW + 1):
        style = {2: styles.mark(plain, line.severity), LINK_COLUMN: link if line.link else plain}
        rows.append(
            _row(
                number,
                b"".join(
                    _value(number, at, value, style.get(at, plain))
                    for at, value in enumerate(line.values, 1)
                )
                + _text(number, CODE_COLUMN, line.code, plain),
                height(line.values, WIDTHS),
            )
        )
    return rows


def _links(listed: Sequence[ProblemLine]) -> bytes:
    """Write where the cells of the list lead to."""
    column = letters(LINK_COLUMN - 1)
    links = [
        f'<hyperlink ref="{column}{number}" location='.encode() + xml_attribute(line.link) + b"/>"
        for number, line in enumerate(listed, HEADER_ROW + 1)
        if line.link is not None
    ]
    return b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""


def height(values: Sequence[str | int], widths: Sequence[int]) -> int:
    """Give the height that a row of wrapped texts needs, in points; not every program finds it."""
    needed = (_wrapped(str(value), width - 1) for value, width in zip(values, widths, strict=True))
    return min(_LINE * max(1, *needed) + 2, _TALLEST)


def introduction_height(listed: Sequence[object]) -> int:
    """Give the height that the introduction needs over all columns."""
    return height([introduction(listed)], [sum(WIDTHS)])


def _wrapped(text: str, width: int) -> int:
    """Count the lines of a text; Latin words are not broken, unless they are too long."""
    found, used = 1, 0
    for word in _WORD.findall(text):
        size = sum(1 + (letter > _LATIN) for letter in word)
        if used and used + size > width:
            found, used = found + 1, 0
        found += (used + size - 1) // width
        used = (used + size - 1) % width + 1
    return found


def _row(number: int, cells: bytes, tall: int | None = None) -> bytes:
    size = f' ht="{tall}" customHeight="1"' if tall is not None else ""
    return f'<row r="{number}"{size}>'.encode() + cells + b"</row>"


def _value(row: int, column: int, value: str | int, style: int) -> bytes:
    if isinstance(value, int):
        return f'<c r="{letters(column - 1)}{row}" s="{style}"><v>{value}</v></c>'.encode()
    return _text(row, column, value, style)


def _text(row: int, column: int, text: str, style: int) -> bytes:
    opening = f'<c r="{letters(column - 1)}{row}" s="{style}" t="inlineStr"><is>'
    return (
        opening.encode()
        + b'<t xml:space="preserve">'
        + xml_text(text[:_LONGEST])
        + b"</t></is></c>"
    )
