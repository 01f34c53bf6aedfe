"""The letter's own template: laid out as official letters are, and blank where people sign."""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dabiao.reports.letter.fields import Values
from dabiao.reports.letter.letter_columns import (
    CASES,
    DUTIES,
    OWED,
    REPLY,
    SCHOOLS,
    STANDING,
)
from dabiao.reports.tables.writing import write
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_SONG, _FANG, _HEI, _KAI = "宋体", "仿宋", "黑体", "楷体"
_TITLE, _BODY, _SMALL, _TABLE = 22.0, 16.0, 12.0, 9.0
"""Sizes in points: 二号, 三号, 小四, 小五."""
_LINE, _SMALL_LINE = 28.0, 20.0
_LEDGER = ("台账", "the ledger")
_RED = "C00000"
_ACROSS, _UPRIGHT = 257.0, 156.0
"""Millimetres between the margins of a page across, and of one upright."""
_LATIN = 0.75
"""A text in Latin letters is as easy to read in a smaller size."""
_ANNEXES: Mapping[str, tuple[tuple[str, str], str]] = {
    "cases": (("问题清单", "problems"), "cases"),
    "owed": (("缺报清单", "data owed"), "owed"),
    "schools": (("学校名单", "schools"), "schools|length > 1"),
    "tables": (("指标表", "tables"), "tables and not addressed"),
    "reply": (("整改情况报告（样表）", "report on what was mended"), "addressed and problems"),
    "receipt": (("送达回执", "receipt"), "addressed and (problems or owed)"),
}
"""Of each annex its name, and when there is one; in this order they are numbered."""


def built_in(values: Values) -> bytes:
    """Give the template in the language spoken now.

    Args:
        values: What it is filled in with, which tells whether it has any annex.
    """
    tables = values["tables"] and not values["addressed"]
    annexed = bool(values["cases"] or values["owed"] or tables)
    return _drawn(language(), annexed=annexed)


@cache
def _drawn(_: Language, *, annexed: bool) -> bytes:
    import docx

    drawing = _Drawing(docx.Document())
    drawing.letter()
    if annexed:
        drawing.annexes()
    drawing.origin()
    stream = io.BytesIO()
    drawing.document.save(stream)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _ParagraphLook:
    """How a paragraph looks; sizes and distances in points."""

    font: str = _FANG
    size: float = _BODY
    line: float = _LINE
    align: str = ""
    color: str = ""
    room: float = 0
    bold: bool = False
    indent: bool = False
    keep: bool = False
    rule: bool = False
    afresh: bool = False


_HEAD = _ParagraphLook(font=_SONG, size=_TITLE, align="CENTER", color=_RED)
_NUMBER = _ParagraphLook(align="CENTER", rule=True)
_HEADLINE = _ParagraphLook(font=_SONG, size=_TITLE, align="CENTER", bold=True, room=20)
_BODY_TEXT = _ParagraphLook(indent=True)
_SIGNED = _ParagraphLook(align="RIGHT")
_ANNEX = _ParagraphLook(font=_HEI, keep=True)
_CHAPTER = _ParagraphLook(font=_HEI, indent=True, keep=True)
_CAPTION = _ParagraphLook(font=_HEI, size=_SMALL, line=_SMALL_LINE, room=8, keep=True)
_REMARK = _ParagraphLook(size=_SMALL, line=_SMALL_LINE, indent=True)
_FINE = _ParagraphLook(size=_TABLE, line=13)


class _Drawing:
    def __init__(self, document: "Document") -> None:
        from docx.shared import Mm

        self.document = document
        moment = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - as python-docx has it
        document.core_properties.created = document.core_properties.modified = moment
        document.core_properties.author = "dabiao"
        document.core_properties.title = ""
        document.core_properties.comments = ""
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._page_number(section.footer.paragraphs[0])

    def letter(self) -> None:
        """Draw the letter: head, title, whom it goes to, and its chapters."""
        self.text("　" * 12, _HEAD)
        self.text(say("〔　　　　〕　　号", "No.            "), _NUMBER)
        self.text("{{ title }}", _HEADLINE)
        self.control("if addressee")
        self.text("{{ addressee }}" + say("：", ":"), _ParagraphLook())
        self.control("endif")
        self.chapter(say("一、督导依据与范围", "1. Basis and scope"))
        self.each("one in documents", ["{{ one }}"])
        self.body(
            say(
                "范围：{{ scope }}，{{ years }}年度。{{ basis }}。",
                "Scope: {{ scope }}, {{ years }}. {{ basis }}.",
            )
        )
        self.each("one in cautions", [say("注意：{{ one }}", "Note: {{ one }}")])
        self.chapter(say("二、总体评价", "2. Assessment"))
        self.body("{{ assessment }}")
        self.text("{{ rate_definition }}", _REMARK)
        self.control("if change")
        self.body(say("与上次相比：{{ change }}", "Since the last run: {{ change }}"))
        self.control("endif")
        self.control("if not addressed")
        for key, caption in (
            ("topics", say("各专题", "By topic")),
            ("places", say("各地区", "By place")),
        ):
            self.text(caption, _CAPTION)
            self.table(key, STANDING, _UPRIGHT)
        self.control("endif")
        self.chapter(say("三、主要成绩", "3. What was achieved"))
        self.without(
            "achievements",
            say("没有全部达标的专题或目标。", "No topic or commitment is met in full."),
        )
        self.body("{{ achievements|join(" + say("''", "' '") + ") }}")
        self.control("if achievements_left_out")
        self.body(
            say(
                "全部做到的另有 {{ achievements_left_out }} 项，不一一列出。",
                "{{ achievements_left_out }} more are kept in full.",
            )
        )
        self.control("endif")
        self.chapter(say("四、存在问题", "4. What was found"))
        self.without("problems", say("没有须整改的问题。", "Nothing is to be mended."))
        self._problems()
        self._rest("problems_left_out", ("附件1", "annex 1"))
        self.chapter(say("五、数据报送问题", "5. Data owed"))
        self.without("owed", say("要用的数据已报齐。", "All that is needed was submitted."))
        self.control("if owed")
        self.body(
            say(
                "没有报齐的有 {{ owed|length }} 个：{% for one in owed[:12] %}{{ one.who }}"
                "（{{ one.data|length }} 项）{{ '' if loop.last else '、' }}{% endfor %}"
                "{{ '等' if owed|length > 12 else '' }}。有关目标按缺数据计，"
                f"缺什么、在哪个单元格见附件{_annex('owed')}。",
                "Not complete: {{ owed|length }}. {% for one in owed[:12] %}{{ one.who }}"
                " ({{ one.data|length }}){{ '' if loop.last else ', ' }}{% endfor %}"
                "{{ ' …' if owed|length > 12 else '' }}. What rests on it counts as missing; annex"
                f" {_annex('owed')} says what is owed, and in which cell.",
            )
        )
        self.control("endif")
        self.chapter(say("六、整改要求", "6. What is to be done"))
        self._demands()
        self.control("if follow_up")
        self.chapter(say("七、后续", "7. What follows"))
        self.body("{{ follow_up }}")
        self.control("endif")
        self._close()

    def _rest(self, key: str, where: tuple[str, str]) -> None:
        """Say how many more there are than are told, and where they stand."""
        self.control(f"if {key}")
        self.body(
            say(
                f"另有 {{{{ {key} }}}} 项没有在此详述，见{where[0]}。",
                f"{{{{ {key} }}}} more are not told here; see {where[1]}.",
            )
        )
        self.control("endif")

    def _problems(self) -> None:
        """Tell what is hard and due in a paragraph each, and all else in a line."""
        self.control("if problems")
        self.body(
            say(
                "以下按轻重排列，每一项涉及的对象、整改参考和数据出处见附件1。",
                "The gravest come first; whom each concerns, what would mend it and where the"
                " figures stand is in annex 1.",
            )
        )
        self.control("endif")
        place = say("（{{ one.place }}）。", " ({{ one.place }}).")
        self.control("for one in problems if one.main")
        self.texts(
            _BODY_TEXT,
            (
                say("（{{ one.number }}）{{ one.goal }}。", "({{ one.number }}) {{ one.goal }}. "),
                _KAI,
            ),
            ("{{ one.summary }}" + place, _FANG),
        )
        self.control("endfor")
        self.control("for one in problems if not one.main")
        self.body(
            say(
                "（{{ one.number }}）{{ one.goal }}（{{ one.outcome }}，{{ one.binding }}，"
                "{{ one.how_many }} 个对象；{{ one.place }}）。",
                "({{ one.number }}) {{ one.goal }} ({{ one.outcome }}, {{ one.binding }};"
                " subjects: {{ one.how_many }}; {{ one.place }}).",
            )
        )
        self.control("endfor")

    def _demands(self) -> None:
        self.control("if problems")
        self.table("problems", DUTIES, _UPRIGHT)
        self.control("endif")
        self.control("if problems|rejectattr('lead')|rejectattr('responsible')|list")
        self.text(
            say(
                "“单位”一栏空着的，文件没有写明由谁负责，由发文单位填写。",
                "Where no unit stands, the document names none; whoever sends this fills it in.",
            ),
            _REMARK,
        )
        self.control("endif")
        self.control("if owed")
        self.body(
            say(
                f"附件{_annex('owed')}所列数据，于　　　　年　　月　　日前补报。",
                f"Submit what annex {_annex('owed')} lists by ______________.",
            )
        )
        self.control("endif")
        self.control("if addressed and problems and reply_days")
        self.body(
            say(
                "请自收到之日起 {{ reply_days }} 日内书面报告整改情况"
                f"（样表见附件{_annex('reply')}）。",
                "Reply in writing within {{ reply_days }} days of receipt"
                f" (form in annex {_annex('reply')}).",
            )
        )
        self.control("endif")
        self.control("if addressed and objection_days")
        self.body(
            say(
                "对上述结论有异议的，自收到之日起 {{ objection_days }} 日内书面提出，并附依据。",
                "Objections can be raised in writing, with evidence, within"
                " {{ objection_days }} days of receipt.",
            )
        )
        self.control("endif")
        self.control("if overdue")
        self.body(say("以下案件已经超期，应立即整改：", "These cases are overdue; mend them now:"))
        self.control("endif")
        self.each(
            "one in overdue",
            [
                say(
                    "{{ one.case }}　{{ one.subject }}：{{ one.goal }}，期限 {{ one.due }}，"
                    "超期 {{ one.days }} 天。",
                    "{{ one.case }}  {{ one.subject }}: {{ one.goal }}, due {{ one.due }},"
                    " {{ one.days }} days late.",
                )
            ],
        )
        self._rest("overdue_left_out", _LEDGER)

    def _close(self) -> None:
        for at, (key, (name, there)) in enumerate(_ANNEXES.items()):
            self.control(f"if {there}")
            first = "{{ '" + say("附件：", "Annexes: ") + f"' if {_turn(key)} == 1 else "
            first += say("'　　　'", "''") + " }}" if at else "' }}"
            if not at:
                first = say("附件：", "Annexes: ")
            self.text(
                f"{first}{_annex(key)}. " + say(*name).capitalize(),
                replace(_BODY_TEXT, room=0 if at else 14),
            )
            self.control("endif")
        self.text(
            say("（机构盖章）　　　　", "(seal)          "), replace(_SIGNED, room=42, keep=True)
        )
        self.text(say("　　　　年　　月　　日　　", "Date: ______________"), _SIGNED)

    def annexes(self) -> None:
        """Draw the annexes, on pages across, and at their foot what the letter comes from."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(22)
        section.left_margin = section.right_margin = Mm(20)
        for key, (_, there) in _ANNEXES.items():
            self.control(f"if {there}")
            self._drawn_annex(key)
            self.control("endif")

    def _drawn_annex(self, key: str) -> None:
        name, _ = _ANNEXES[key]
        own_page = key in ("reply", "receipt")  # they are torn off, and sent back
        self.text(
            say(f"附件{_annex(key)}　{name[0]}", f"Annex {_annex(key)}: {name[1]}"),
            replace(_ANNEX, room=0 if own_page or key == "cases" else 24, afresh=own_page),
        )
        match key:
            case "cases":
                self._cases()
                self.control("if cases_left_out")
                self.text(
                    say(
                        "另有 {{ cases_left_out }} 项没有列出，全部见台账。",
                        "{{ cases_left_out }} more are in the ledger.",
                    ),
                    _REMARK,
                )
                self.control("endif")
            case "owed":
                self.table("owed", OWED)
            case "schools":
                self.table("schools", SCHOOLS)
            case "tables":
                self._filled_tables()
            case "reply":
                self._reply_form()
            case _:
                self._receipt()

    def origin(self) -> None:
        """Say at the very end what the letter comes from."""
        self.text("{{ fingerprint }}", replace(_FINE, room=28))
        self.control("if command")
        self.text(say("重做：{{ command }}", "To repeat it: {{ command }}"), _FINE)
        self.control("endif")

    def _cases(self) -> None:
        """Draw the table of cases: a row that says what they miss, and one for each below it."""
        missed = say(
            "（{{ of.number }}）{{ of.goal }}　{{ of.outcome }}，{{ of.binding }}；"
            "要求：{{ of.required }}；依据：{{ of.place }}；"
            "{{ of.units if of.lead or of.responsible else '单位：文件未写明' }}",
            "({{ of.number }}) {{ of.goal }}. {{ of.outcome }}, {{ of.binding }}. Required:"
            " {{ of.required }}. Clause: {{ of.place }}. Units: {{ of.units }}.",
        )
        self.table("of.cases", CASES, groups=("of in annex", missed))

    def _filled_tables(self) -> None:
        """Draw the tables of documents, each of as many columns as it has."""
        from docx.oxml import OxmlElement

        self.control("for table in tables")
        self.text("{{ table.title }}", _CAPTION)
        table = self.document.add_table(rows=4, cols=3)
        table.style = "Table Grid"
        for row, loop in ((0, "one in table.headings"), (2, "one in row")):
            cells = table.rows[row].cells
            _fill(cells[0], f"{{%tc for {loop} %}}", font=_FANG)
            _fill(cells[1], "{{ one }}", font=_FANG if row else _HEI)
            _fill(cells[2], "{%tc endfor %}", font=_FANG)
        _fill(table.rows[1].cells[0], "{%tr for row in table.rows %}", font=_FANG)
        _fill(table.rows[3].cells[0], "{%tr endfor %}", font=_FANG)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        self.control("for one in table.remarks")
        self.text("{{ one }}", _REMARK)
        self.control("endfor")
        self.control("endfor")

    def _reply_form(self) -> None:
        """Draw the form in which a reply is given, to be filled in by hand."""
        self.text(say("报告单位（盖章）：", "From (seal):"), _CAPTION)
        self.table("problems", REPLY)
        self.text(
            say(
                "填报人：　　　　　　负责人：　　　　　　日期：　　　　年　　月　　日",
                "Filled in by: ____________  Head: ____________  Date: ____________",
            ),
            replace(_CAPTION, keep=False),
        )

    def _receipt(self) -> None:
        """Draw the receipt, to be signed by whom the letter went to."""
        lines = (
            (say("文书", "Letter"), "{{ title }}"),
            (say("编号", "Number"), say("〔　　　　〕　　号", "")),
            (say("受送达单位", "Addressee"), "{{ addressee }}"),
            (say("送达方式", "How it was delivered"), ""),
            (say("送达人", "Delivered by"), ""),
            (say("签收人（盖章）", "Received by (seal)"), ""),
            (say("签收日期", "Date of receipt"), say("　　　　年　　月　　日", "")),
        )
        table = self.document.add_table(rows=len(lines), cols=2)
        table.style = "Table Grid"
        for row, (name, text) in zip(table.rows, lines, strict=True):
            _fill(row.cells[0], name, font=_HEI)
            _fill(row.cells[1], text, font=_FANG)
            if name is not lines[-1][0]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True

    def chapter(self, text: str) -> None:
        """Write the heading of a chapter."""
        self.text(text, _CHAPTER)

    def body(self, text: str) -> None:
        """Write a paragraph."""
        self.text(text, _BODY_TEXT)

    def each(self, loop: str, paragraphs: Iterable[str]) -> None:
        """Write paragraphs for each of many."""
        self.control(f"for {loop}")
        for text in paragraphs:
            self.body(text)
        self.control("endfor")

    def without(self, key: str, text: str) -> None:
        """Write a paragraph where a list is empty."""
        self.control(f"if not {key}")
        self.body(text)
        self.control("endif")

    def control(self, words: str) -> None:
        """Write a paragraph that steers the template and is gone afterwards."""
        self.document.add_paragraph(f"{{%p {words} %}}")

    def text(self, text: str, look: "_ParagraphLook") -> None:
        """Write a paragraph in one piece, so that no field is torn."""
        self.texts(look, (text, look.font))

    def texts(self, look: "_ParagraphLook", *pieces: tuple[str, str]) -> None:
        """Write a paragraph of pieces, each in a font of its own."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        scale = _LATIN if language() is Language.EN and look.size > _TABLE else 1.0
        paragraph = self.document.add_paragraph()
        for text, font in pieces:
            run = write(paragraph, text, font, look.size * scale, bold=look.bold)
            if look.color:
                run.font.color.rgb = RGBColor.from_string(look.color)
        of = paragraph.paragraph_format
        of.line_spacing = Pt(max(look.line, look.size * 1.4) * scale)
        of.space_before, of.space_after = Pt(look.room), Pt(6 if look.size == _TITLE else 0)
        of.keep_with_next, of.page_break_before = look.keep, look.afresh
        if look.indent:
            of.first_line_indent = Pt(2 * look.size * scale)
        if look.align:
            of.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
        if look.rule:
            _underline(paragraph)

    def table(
        self,
        key: str,
        columns: Sequence[tuple[str, str, int, str]],
        across: float = _ACROSS,
        groups: tuple[str, str] | None = None,
    ) -> None:
        """Draw a table with a row for each of many, its head on every page.

        Args:
            key: What there is a row for each of.
            columns: Chinese and English heading, relative width, and field.
            across: Millimetres of all columns.
            groups: A loop around the rows, and what a row before those of each group says.
        """
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        loop, told = groups or ("", "")
        controls = [f"for {loop}", "", f"for one in {key}", "", "endfor", "endfor"]
        if groups is None:
            controls = controls[2:5]
        table = self.document.add_table(rows=1 + len(controls), cols=len(columns))
        table.style = "Table Grid"
        table.autofit = False
        room = across / sum(width for _, _, width, _ in columns)
        each = table.rows[-2 if groups is None else -3]
        for at, (zh, en, width, field) in enumerate(columns):
            table.columns[at].width = Mm(width * room)
            for row in table.rows:
                row.cells[at].width = Mm(width * room)
            _fill(table.rows[0].cells[at], say(zh, en), font=_HEI)
            _fill(each.cells[at], f"{{{{ {field} }}}}" if field else "", font=_FANG)
        for row, words in zip(table.rows[1:], controls, strict=True):
            if words:
                _fill(row.cells[0], f"{{%tr {words} %}}", font=_FANG)
            else:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        if groups is not None:
            heading = table.rows[2].cells[0].merge(table.rows[2].cells[-1])
            _fill(heading, told, font=_HEI)
            heading.paragraphs[0].paragraph_format.keep_with_next = True

    def _page_number(self, paragraph: "Paragraph") -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, "— ", _SONG, _SMALL)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields
        write(paragraph, " —", _SONG, _SMALL)


def _turn(annex: str) -> str:
    """Count which annex it is, of those that there are."""
    before = list(_ANNEXES)[: list(_ANNEXES).index(annex)]
    return "(1" + "".join(f" + (1 if {_ANNEXES[key][1]} else 0)" for key in before) + ")"


def _annex(annex: str) -> str:
    """Print the number of an annex."""
    return f"{{{{ {_turn(annex)} }}}}"


def _fill(cell: "_Cell", text: str, font: str) -> None:
    from docx.shared import Pt

    write(cell.paragraphs[0], text, font, _TABLE)
    of = cell.paragraphs[0].paragraph_format
    of.space_before = of.space_after = Pt(1.5)


def _underline(paragraph: "Paragraph") -> None:
    """Draw the red line below the head of an official letter."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", _RED)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
