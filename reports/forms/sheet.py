"""The sheet of one level: rows to fill in, below headers that explain themselves."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import quote_sheetname

from dabiao.intake.names import Fixed, form_title
from dabiao.reports.forms.looks import Looks
from dabiao.reports.forms.options import Options
from dabiao.reports.forms.paper import A4, MARGIN, Pages, columns, lines, pages, stacked, widths
from dabiao.reports.forms.words import field_note, fixed_note, header, refusal, sign_off
from dabiao.schemas.addresses import letters
from dabiao.schemas.finding import Scalar
from dabiao.schemas.form import Field, Form, FormRow, FormSheet
from dabiao.schemas.language import say
from dabiao.schemas.measure import ItemType
from dabiao.schemas.numerals import chinese_numeral
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE, is_percent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NAME = 20.0
FIXED = ((Fixed.CODE, 15.5), (Fixed.NAME, _NAME), (Fixed.PARENT, 12.0), (Fixed.YEAR, 6.5))
_FITTED = {(Fixed.NAME, "given"): {"text_wrap": True}, (Fixed.NAME, "blank"): {"shrink": True}}
"""A name that is known wraps; one that is typed finds no taller row."""
_TITLE, _HINT, _TOPICS, _HEADER, _FIRST = range(5)
_LINE_HEIGHT, _ROW_HEIGHT = 13.5, 18
_ROOM = 2000
"""Rows that choices and ranges hold for, at least."""
_LARGEST = 1e15
_MESSAGE = 255
"""Characters that spreadsheets show of a message."""
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
}


def write_sheet(
    sheet: "Worksheet", form: Form, of: FormSheet, looks: Looks, lists: Options
) -> None:
    """Write the sheet of a level.

    Args:
        sheet: An empty sheet of the workbook.
        form: The form it belongs to.
        of: What it asks for.
        looks: How cells look.
        lists: Keeps choices that are too long for a cell.
    """
    paper = pages(of.fields, [size for _, size in FIXED])
    writer = _SheetWriter(sheet, of, looks, widths(of.fields))
    writer.columns()
    writer.title(form)
    writer.headers(paper)
    for at, row in enumerate(of.rows, _FIRST):
        writer.row(at, row)
    writer.validations(lists)
    _set_up(sheet, form, of, paper)


@dataclass(frozen=True, slots=True)
class _SheetWriter:
    sheet: "Worksheet"
    of: FormSheet
    looks: Looks
    widths: Sequence[float]

    def columns(self) -> None:
        """Set the widths; below the rows that are drawn, cells can be filled in as well."""
        for at, (fixed, size) in enumerate(FIXED):
            self.sheet.set_column(at, at, size, self._plain("below", fixed))
        for at, (field, size) in enumerate(zip(self.of.fields, self.widths, strict=True)):
            look = self.looks.input(field, "below")
            self.sheet.set_column(len(FIXED) + at, len(FIXED) + at, size, look)

    def title(self, form: Form) -> None:
        """Write what the sheet is, and how its cells are told apart."""
        hint = say(
            "填浅黄色的格；深灰色的格不用填。没有的填 0，不知道的留空。鼠标停在表头上可看口径。",
            "Fill in the pale yellow cells, not the dark grey ones. Type 0 for none; leave blank"
            " what you do not know. Rest the mouse on a header to see its definition.",
        ) + "".join(known_hints(self.of))
        self.sheet.set_row(_TITLE, 24, self.looks.look("margin"))
        self.sheet.set_row(_HINT, 18, self.looks.look("margin"))
        self.sheet.write_string(_TITLE, 0, sheet_title(form, self.of), self.looks.look("title"))
        self.sheet.write_string(_HINT, 0, hint, self.looks.look("hint"))

    def headers(self, paper: Pages) -> None:
        """Write topics and headers, each header with a note."""
        count = len(FIXED)
        self._over(0, count - 1, say("对象", "Subject"), self.looks.look("who"))
        turn, tall, high = -1, 1, 1
        for topic, first, last, goes_on in paper.parts(self.of.fields):
            turn += not goes_on
            more = say("（续）", " (continued)") if goes_on else ""
            text = f"{say(chinese_numeral(turn + 1) + '、', f'{turn + 1}. ')}{topic}{more}"
            self._over(count + first, count + last, text, self.looks.topic(turn))
            high = max(high, lines(text, sum(self.widths[first : last + 1]) - 1))
            for at in range(first, last + 1):
                field = self.of.fields[at]
                text = stacked(field)
                tall = max(tall, lines(text, self.widths[at]))
                self._header(count + at, text, field_note(field), self.looks.header(turn))
        for at, (fixed, _) in enumerate(FIXED):
            look = self.looks.look("who")
            self._header(at, header(fixed), fixed_note(fixed), look)
        self.sheet.set_row(_TOPICS, high * _LINE_HEIGHT + 5, self.looks.look("margin"))
        self.sheet.set_row(_HEADER, tall * _LINE_HEIGHT + 6, self.looks.look("margin"))

    def _over(self, first: int, last: int, text: str, look: "Format") -> None:
        if first == last:
            self.sheet.write_string(_TOPICS, first, text, look)
        else:
            self.sheet.merge_range(_TOPICS, first, _TOPICS, last, text, look)

    def _header(self, at: int, text: str, note: str, look: "Format") -> None:
        self.sheet.write_string(_HEADER, at, text, look)
        size = sum(max(1, -int(-columns(line) // 48)) for line in note.split("\n"))
        self.sheet.write_comment(
            _HEADER, at, note, {"width": 360, "height": 17 * size + 12, "font_size": 9}
        )

    def row(self, at: int, row: FormRow) -> None:
        """Write a row: who and when as far as it is known, and the cells to fill in."""
        tall = lines(row.name or "", _NAME) * _LINE_HEIGHT
        self.sheet.set_row(at, max(_ROW_HEIGHT, tall + 2))
        given = {  # some of them: the rest stand in rosters only
            Fixed.CODE: row.code,
            Fixed.NAME: row.name,
            Fixed.PARENT: row.parent,
            Fixed.YEAR: row.year,
        }
        for column, (fixed, _) in enumerate(FIXED):
            value = given[fixed]
            name = "given" if row.code is not None and value is not None else "blank"
            look = self._plain(name, fixed)
            if value is None:
                self.sheet.write_blank(at, column, None, look)
            elif isinstance(value, int):
                self.sheet.write_number(at, column, value, look)
            else:
                self.sheet.write_string(at, column, value, look)
        for column, field in enumerate(self.of.fields, len(FIXED)):
            write_cell(self.sheet, self.looks, (at, column), field, row)

    def _plain(self, name: str, fixed: Fixed) -> "Format":
        if fixed is Fixed.YEAR:
            return self.looks.look(name, align="center")
        return self.looks.text(name, **_FITTED.get((fixed, name), {}))

    def validations(self, lists: Options) -> None:
        """Let each column take only what can be right."""
        last = _FIRST + max(len(self.of.rows), _ROOM) - 1
        years = [str(year) for year in self.of.years]
        told = say("、", ", ").join(years)
        at = len(FIXED) - 1
        self.sheet.data_validation(
            _FIRST,
            at,
            last,
            at,
            {
                "validate": "list",
                "source": years,
                "error_title": say("年份不对", "Wrong year"),
                "error_message": say(f"本表只填这些年份：{told}。", f"The years are {told}."),
            },
        )
        for at, field in enumerate(self.of.fields, len(FIXED)):
            found = allowed(field, lists, f"{letters(at)}{_FIRST + 1}")
            if found is not None:
                self.sheet.data_validation(_FIRST, at, last, at, found)


def write_cell(
    sheet: "Worksheet", looks: Looks, at: tuple[int, int], field: Field, row: FormRow
) -> None:
    """Write the cell of an item: to be filled in, known already, or not needed of this subject."""
    if field.slug not in row.wanted:
        name = "elsewhere" if field.slug in row.elsewhere else "needless"
        look = looks.input(field, name) if name == "elsewhere" else looks.look(name)
        sheet.write_blank(*at, None, look)
        return
    write_value(sheet, looks, at, field, row.values.get(field.slug), "known")


def write_value(  # noqa: PLR0913, PLR0917 - what stands in a cell, and how it looks
    sheet: "Worksheet",
    looks: Looks,
    at: tuple[int, int],
    field: Field,
    value: Scalar,
    name: str,
) -> None:
    """Write what is known of an item, or leave its cell blank to be filled in."""
    match value:
        case None:
            sheet.write_blank(*at, None, looks.input(field, "blank"))
        case bool():
            sheet.write_string(*at, field.options[not value], looks.input(field, name))
        case str():
            sheet.write_string(*at, value, looks.input(field, name))
        case _:
            sheet.write_number(*at, value, looks.input(field, name))


def known_hints(of: FormSheet) -> Iterator[str]:
    """Say what the cells are that somebody has filled in, or greyed, beforehand."""
    if any(row.values for row in of.rows):
        yield say(
            "浅绿色的格已按名录或上年填好，有变的改过来。",
            " The green cells were filled in from the roster or an earlier return; mend what has"
            " changed.",
        )
    if any(row.elsewhere for row in of.rows):
        yield say(
            "中灰色的格按已知的类别（如学校类别）用不到，类别有变的照新类别填。",
            " The grey cells that are not locked do not apply to what is known of the kind of"
            " subject; fill them in if it has changed.",
        )


def sheet_title(form: Form, of: FormSheet) -> str:
    """Say what a sheet is."""
    return form_title(form.area.name, form.year, of.level)


def allowed(field: Field, lists: Options, first: str) -> dict[str, Any] | None:
    """Say what a column takes, whose first cell is given; None if that is any text."""
    if field.unit == PER_ONE or (not field.type.numeric and not field.options):
        return None
    told: dict[str, Any] = {
        "error_title": say("填写有误", "Not allowed"),
        "error_message": refusal(field)[:_MESSAGE],
    }
    if not field.type.numeric:
        return told | {"validate": "list", "source": lists.source(field.options)}
    kind = "integer" if field.type is ItemType.INTEGER else "decimal"
    low = -_LARGEST if field.minimum is None else field.minimum
    high = _LARGEST if field.maximum is None else field.maximum
    if is_percent(field.unit):
        return told | _percentage(field, f"AND({first}>={low:.15g},{first}<={high:.15g})", first)
    return told | {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _percentage(field: Field, within: str, first: str) -> dict[str, Any]:
    """Say what a column of percentages takes, and ask about what may be meant otherwise.

    Who types 98% into such a cell gets 0.98, which is also what 0.98% is typed as.
    """
    sure = say("确实不到 1% 的，选“是”。", "Yes only if it really is below 1%.")
    typed = say("98% 就填 98，不要再输入百分号。", "Type 98 for 98%, without the per cent sign.")
    return {
        "validate": "custom",
        "value": f"=AND(ISNUMBER({first}),OR({first}=0,ABS({first})>=1),{within})",
        "error_type": "warning",
        "error_message": f"{sure} {refusal(field)}"[:_MESSAGE],
        "input_title": say("单位是 %", "In per cent"),
        "input_message": typed,
    }


def foot() -> str:
    """Give the foot of every page: who signs, and which page it is."""
    return f"&L&9 {sign_off()}&R&9 " + say("第 &P 页，共 &N 页", "page &P of &N")


def _set_up(sheet: "Worksheet", form: Form, of: FormSheet, paper: Pages) -> None:
    """Freeze and lock what stays, and lay the sheet out for A4."""
    count = len(FIXED)
    last = (_FIRST + len(of.rows) - 1, count + len(of.fields) - 1)
    sheet.freeze_panes(_FIRST, count)
    sheet.protect("", PROTECTION)
    sheet.ignore_errors({"number_stored_as_text": f"A1:D{_FIRST + _ROOM}"})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.7, bottom=0.6)
    sheet.print_area(_TOPICS, 0, *last)  # all of it, where it fits one page across
    sheet.repeat_rows(_TOPICS, _HEADER)
    title = sheet_title(form, of).replace("&", "&&")
    sheet.set_header(f"&L&14&B {title}")
    sheet.set_footer(foot())
    if paper.scale is None:
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
    else:
        sheet.repeat_columns(0, count - 1)
        sheet.set_print_scale(paper.scale)
        sheet.print_area_range = _printed(sheet, of, paper)
    first = next((at for at, row in enumerate(of.rows, _FIRST)), _FIRST)
    sheet.set_selection(first, count if of.rows and of.rows[0].code else 0, first, count)


def _printed(sheet: "Worksheet", of: FormSheet, paper: Pages) -> str:
    """Say what is printed: columns page by page, as far down as they hold anything to fill in.

    Rows of earlier years take few items, and would print as pages that are grey from end to end.
    """
    name = quote_sheetname(sheet.get_name())
    found: list[str] = []
    for first, last in paper.spans(len(of.fields)):
        here = {field.slug for field in of.fields[first : last + 1]}
        asked = [at for at, row in enumerate(of.rows) if here & (row.wanted | row.elsewhere)]
        left, right = letters(len(FIXED) + first if first else 0), letters(len(FIXED) + last)
        bottom = _FIRST + max(asked, default=0) + 1
        found.append(f"{name}!${left}${_TOPICS + 1}:${right}${bottom}")
    return ",".join(found)
