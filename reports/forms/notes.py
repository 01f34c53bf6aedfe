"""What goes with a form: how to fill it in, what each item means, and who is known."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dabiao.intake.names import Fixed
from dabiao.reports.forms.looks import Looks
from dabiao.reports.forms.paper import A4, MARGIN, lines, pages_tall
from dabiao.reports.forms.sheet import known_hints
from dabiao.reports.forms.words import clauses, entry, header
from dabiao.schemas.form import Form, NeedingRule
from dabiao.schemas.language import say
from dabiao.schemas.lifetime import Lifetime

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LINE_HEIGHT = 15.0
_TALLEST = 405.0
_GUIDE = (14.0, 52.0, 26.0, 14.0, 26.0)
_MEANINGS = (9.0, 20.0, 30.0, 22.0, 12.0, 30.0, 52.0)
_ROSTER = ((Fixed.CODE, 18.0), (Fixed.NAME, 30.0), (Fixed.LEVEL, 12.0), (Fixed.PARENT, 18.0))
_LIVES = ((Fixed.STATUS, 10.0), (Fixed.OPENED, 11.0), (Fixed.CLOSED, 11.0), (Fixed.MERGED, 18.0))
_CODES = ((Fixed.FORMER, 18.0), (Fixed.RECODED, 11.0))


def guide_name() -> str:
    """Name the sheet that tells how to fill in a form; intake knows it for notes."""
    return say("填报说明", "instructions")


def meanings_name() -> str:
    """Name the sheet of what each item means; intake knows it for notes."""
    return say("指标说明", "notes")


def roster_name() -> str:
    """Name the roster."""
    return say("名录", "roster")


class _Guide:
    """A sheet on which headings, paragraphs and tables stand one below the other."""

    def __init__(self, sheet: "Worksheet", looks: Looks) -> None:
        self._sheet, self._looks = sheet, looks
        self.row = 0

    def heading(self, text: str) -> None:
        self._sheet.set_row(self.row, 20)
        self._sheet.write_string(self.row, 0, text, self._looks.look("heading"))
        self.row += 1

    def paragraph(self, label: str, text: str) -> None:
        sheet, row, look = self._sheet, self.row, self._looks.look
        sheet.set_row(row, _height(lines(text, sum(_GUIDE[1:]))))
        sheet.write_string(row, 0, label, look("label"))
        sheet.merge_range(row, 1, row, len(_GUIDE) - 1, text, look("text"))
        self.row += 1

    def table(self, headers: list[str], rows: list[list[str]]) -> None:
        for number, cells in enumerate([headers, *rows]):
            look = self._looks.look("column" if number == 0 else "cell")
            tall = max(lines(cell, _GUIDE[at + 1]) for at, cell in enumerate(cells))
            self._sheet.set_row(self.row, _height(tall))
            for at, cell in enumerate(cells, 1):
                self._sheet.write_string(self.row, at, cell, look)
            self.row += 1


def write_guide(sheet: "Worksheet", form: Form, looks: Looks) -> None:
    """Write how a form is filled in."""
    for at, size in enumerate(_GUIDE):
        sheet.set_column(at, at, size)
    area, year = form.area.name, form.year
    title = say(f"{area}　{year}年填报说明", f"{area}, {year}: how to fill in this form")
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, looks.look("title", font_size=16))
    guide = _Guide(sheet, looks)
    guide.row = 2
    guide.heading(say("这张表是什么", "What this is"))
    for label, text in _about(form):
        guide.paragraph(label, text)
    guide.row += 1
    guide.heading(say("各表", "The sheets"))
    guide.table(*_sheets(form))
    guide.row += 1
    guide.heading(say("怎样填", "How to fill it in"))
    for label, text in _ways(form):
        guide.paragraph(label, text)
    guide.row += 1
    guide.heading(say("依据", "What it rests on"))
    guide.table(*_documents(form))
    _set_up(sheet, form, guide_name(), tall=1)


def _sheets(form: Form) -> tuple[list[str], list[list[str]]]:
    """Give the headers and rows of a table of the sheets of a form."""
    headers = [
        say("工作表", "sheet"),
        say("年份", "years"),
        say("数据项", "items"),
        say("行数", "rows"),
    ]
    return headers, [
        [
            sheet.level.label,
            say("、", ", ").join(map(str, sheet.years)),
            str(len(sheet.fields)),
            str(len(sheet.rows)),
        ]
        for sheet in form.sheets
    ]


def _documents(form: Form) -> tuple[list[str], list[list[str]]]:
    """Give the headers and rows of a table of the documents that a form rests on."""
    headers = [
        say("文件", "document"),
        say("文号", "number"),
        say("用到的条款", "clauses"),
        say("印发单位", "issuer"),
    ]
    return headers, [
        [
            say(f"《{document.title}》", document.title),
            document.number or "—",
            str(form.clauses_of(document)),
            document.issuer or "—",
        ]
        for document in form.documents
    ]


def _about(form: Form) -> Iterator[tuple[str, str]]:
    area, year = form.area.name, form.year
    listed = say("、", ", ").join(sheet.level.label for sheet in form.sheets)
    yield (
        say("填报单位", "For"),
        say(f"{area}（{form.area.code}）：{listed}", f"{area} ({form.area.code}): {listed}"),
    )
    yield (
        say("用途", "Purpose"),
        say(
            f"考核{year}年下列文件的 {len(form.clauses)} 条承诺。只列考核要用的数据项，"
            "能算出来的不用填；各项的口径和依据见“指标说明”。",
            f"To judge {len(form.clauses)} commitments of the documents below in {year}. Only"
            ' what they need is asked for; the sheet "notes" tells what each item means.',
        ),
    )


def _ways(form: Form) -> Iterator[tuple[str, str]]:
    yield (
        say("填哪里", "Where"),
        say(
            "填浅黄色的格。深灰色的格，这一行这一年用不到，已锁定。浅灰色的是已知的名称和代码，"
            "有误请告知制表单位。",
            "In the pale yellow cells. The dark grey ones are not needed and are locked. The"
            " light grey ones hold names and codes that are known; tell the sender if one is"
            " wrong.",
        ),
    )
    known = "".join(dict.fromkeys(hint for of in form.sheets for hint in known_hints(of)))
    if known:
        yield say("已知的", "Known"), known.strip()
    yield (
        say("空着", "Blank"),
        say(
            "空着表示没有报，用到它的条款会判为“缺数据”。确实没有、数量为零的，填 0。",
            "A blank cell is not reported, and the clauses that need it come out as missing."
            " Where there is none, type 0.",
        ),
    )
    yield (
        say("数值", "Numbers"),
        say(
            "按表头括号里的单位填，只填数。单位是 % 的，98% 就填 98。",
            "In the unit in the header's brackets, the number alone. Where the unit is %, type 98"
            " for 98%.",
        ),
    )
    yield (
        say("选择", "Choices"),
        say("是否和类别从下拉列表里选。", "Choose yes or no, and categories, from the list."),
    )
    yield say("年份", "Years"), _years(form)
    yield (
        say("新增", "New rows"),
        say(
            "名称和代码空着的行填表上没有的单位；不够时接着往下填，写全代码、上级代码和年份。"
            "用不完的行空着，不用删。",
            "Rows without a code are for subjects not listed yet. If there are too few, go on"
            " below with code, parent and year; leave blank what you do not need.",
        ),
    )
    yield (
        say("交回", "Returning it"),
        say(
            "不要改表名和表头，不要合并单元格，存成 .xlsx 交回。",
            "Keep the names of sheets and headers, do not merge cells, and save it as .xlsx.",
        ),
    )


def _years(form: Form) -> str:
    years = sorted({year for sheet in form.sheets for year in sheet.years} - {form.year})
    if not years:
        return say(f"只填{form.year}年。", f"{form.year} only.")
    listed = say("、", ", ").join(map(str, years))
    return say(
        f"考核年份是{form.year}年。{listed}年的行，填与这些年份有关的条款要用的几项。",
        f"{form.year} is judged. The rows of {listed} take the few items that clauses about"
        " those years need.",
    )


def write_meanings(sheet: "Worksheet", form: Form, looks: Looks) -> None:
    """Write what each item means and which clauses rest on it."""
    headers = [
        say("工作表", "sheet"),
        say("类", "topic"),
        say("数据项", "item"),
        say("填写", "fill in"),
        say("年份", "years"),
        say("口径", "definition"),
        say("依据", "needed by"),
    ]
    for at, (text, size) in enumerate(zip(headers, _MEANINGS, strict=True)):
        sheet.set_column(at, at, size)
        sheet.write_string(0, at, text, looks.look("column"))
    row, height = 1, 0.0
    for of in form.sheets:
        for field in of.fields:
            years = sorted({row.year for row in of.rows if field.slug in row.wanted}, reverse=True)
            cells = [
                of.level.label,
                field.topic,
                field.header,
                entry(field),
                say("、", ", ").join(map(str, years)),
                field.definition,
                _fitting(field.clauses),
            ]
            tall = max(lines(cell, _MEANINGS[at]) for at, cell in enumerate(cells))
            sheet.set_row(row, min(_height(tall), _TALLEST))
            height += min(_height(tall), _TALLEST)
            for at, cell in enumerate(cells):
                sheet.write_string(row, at, cell, looks.look("cell"))
            row += 1
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, row - 1, len(headers) - 1)
    _set_up(sheet, form, meanings_name(), pages_tall(height, _MEANINGS, _LINE_HEIGHT))


def _fitting(of: Sequence[NeedingRule]) -> str:
    """Name as many clauses as a row has room for; spreadsheets make none taller."""
    named = (clauses(of, most) for most in range(len(of), 1, -1))
    fit = (each for each in named if _height(lines(each, _MEANINGS[-1])) <= _TALLEST)
    return next(fit, clauses(of, 1))


def _height(tall: int) -> float:
    return tall * _LINE_HEIGHT + 3


def write_roster(sheet: "Worksheet", form: Form, looks: Looks) -> None:
    """Write everybody who is known; how long they exist, if the roster said so of anybody."""
    recoded = any(life.former_codes for life in form.lifetimes.values())
    titles = (*_ROSTER, *(_LIVES if form.lifetimes else ()), *(_CODES if recoded else ()))
    for at, (fixed, size) in enumerate(titles):
        sheet.set_column(at, at, size)
        sheet.write_string(0, at, header(fixed), looks.look("column"))
    for row, subject in enumerate(form.roster, 1):
        parent = subject.parents[-1] if subject.parents else ""
        told: list[str | int] = [subject.code, subject.name, subject.level.label, parent]
        life = form.lifetimes.get(subject.code)
        told += _life(life) if form.lifetimes else []
        told += _codes(life) if recoded else []
        sizes = (size for _, size in titles)
        tall = max(lines(str(each), size) for each, size in zip(told, sizes, strict=True))
        sheet.set_row(row, _height(tall))
        for at, value in enumerate(told):
            look = looks.look("cell", num_format="@")
            if isinstance(value, int):
                sheet.write_number(row, at, value, looks.look("cell"))
            elif value:
                sheet.write_string(row, at, value, look)
            else:
                sheet.write_blank(row, at, None, look)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:J{len(form.roster) + 1}"})
    _set_up(sheet, form, roster_name())


def _life(life: Lifetime | None) -> list[str | int]:
    if life is None:
        return [""] * len(_LIVES)
    return [life.status.label, life.opened or "", life.closed or "", life.merged_into or ""]


def _codes(life: Lifetime | None) -> list[str | int]:
    if life is None:
        return [""] * len(_CODES)
    return ["、".join(life.former_codes), life.recoded or ""]


def _set_up(sheet: "Worksheet", form: Form, name: str, tall: int = 0) -> None:
    """Lock a sheet and lay it out for A4, so many pages tall; 0 for as many as it takes."""
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, tall)
    whose = f"{form.area.name} {form.year} {name}".replace("&", "&&")
    sheet.set_footer(f"&L{whose}&R" + say("第 &P 页，共 &N 页", "page &P of &N"))
