"""How a letter is drawn: its fonts and sizes, its paragraphs, its tables with a row for each."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dabiao.reports import wording
from dabiao.reports.tables.writing import write
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

SONG, FANG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"
TITLE, BODY, SMALL, TABLE = 22.0, 16.0, 12.0, 9.0
"""Sizes in points: 二号, 三号, 小四, 小五."""
LINE, SMALL_LINE = 28.0, 20.0
RED = "C00000"
ACROSS, UPRIGHT = 257.0, 156.0
"""Millimetres between the margins of a page across, and of one upright."""
_LATIN = 0.75
"""A text in Latin letters is as easy to read in a smaller size."""


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph looks; sizes and distances in points."""

    font: str = FANG
    size: float = BODY
    line: float = LINE
    align: str = ""
    color: str = ""
    room: float = 0
    bold: bool = False
    indent: bool = False
    keep: bool = False
    rule: bool = False
    afresh: bool = False


HEAD = ParagraphLook(font=SONG, size=TITLE, align="CENTER", color=RED)
NUMBER = ParagraphLook(align="CENTER", rule=True)
HEADLINE = ParagraphLook(font=SONG, size=TITLE, align="CENTER", bold=True, room=20)
BODY_TEXT = ParagraphLook(indent=True)
SIGNED = ParagraphLook(align="RIGHT")
ANNEX = ParagraphLook(font=HEI, keep=True)
CHAPTER = ParagraphLook(font=HEI, indent=True, keep=True)
CAPTION = ParagraphLook(font=HEI, size=SMALL, line=SMALL_LINE, room=8, keep=True)
REMARK = ParagraphLook(size=SMALL, line=SMALL_LINE, indent=True)
FINE = ParagraphLook(size=TABLE, line=13)


class LetterDrawing:
    """Draws into a document, of which the page is set up at once."""

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

    def chapter(self, text: str) -> None:
        """Write the heading of a chapter."""
        self.text(text, CHAPTER)

    def body(self, text: str) -> None:
        """Write a paragraph."""
        self.text(text, BODY_TEXT)

    def each(self, loop: str, paragraphs: Iterable[str]) -> None:
        """Write paragraphs for each of many."""
        with self.over(loop):
            for text in paragraphs:
                self.body(text)

    def without(self, key: str, text: str, *outcomes: Outcome) -> None:
        """Write a paragraph where a list is empty.

        Args:
            key: The list.
            text: What it means that there is nothing.
            outcomes: What it would hold; where such findings are not listed, or nothing was judged,
                that is said instead.
        """
        with self.when(f"not {key}"):
            asked = " or ".join(f"'{each.label}' in unlisted" for each in outcomes)
            other = say(
                "这里没有列出：{{ unlisted|join('、') }}。",
                "Not listed here: {{ unlisted|join(', ') }}.",
            )
            nothing = "{% elif not rate and not unlisted %}" + wording.nothing_judged()
            self.body(f"{{% if {asked} %}}{other}{nothing}{{% else %}}{text}{{% endif %}}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Draw what stands there only where something is so."""
        self._control(f"if {condition}")
        yield
        self._control("endif")

    @contextmanager
    def over(self, loop: str) -> Iterator[None]:
        """Draw what stands there once for each of many."""
        self._control(f"for {loop}")
        yield
        self._control("endfor")

    def _control(self, words: str) -> None:
        """Write a paragraph that steers the template and is gone afterwards."""
        self.document.add_paragraph(f"{{%p {words} %}}")

    def text(self, text: str, look: "ParagraphLook") -> None:
        """Write a paragraph in one piece, so that no field is torn."""
        self.texts(look, (text, look.font))

    def texts(self, look: "ParagraphLook", *pieces: tuple[str, str]) -> None:
        """Write a paragraph of pieces, each in a font of its own."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        scale = _LATIN if language() is Language.EN and look.size > TABLE else 1.0
        paragraph = self.document.add_paragraph()
        for text, font in pieces:
            run = write(paragraph, text, font, look.size * scale, bold=look.bold)
            if look.color:
                run.font.color.rgb = RGBColor.from_string(look.color)
        of = paragraph.paragraph_format
        of.line_spacing = Pt(max(look.line, look.size * 1.4) * scale)
        of.space_before, of.space_after = Pt(look.room), Pt(6 if look.size == TITLE else 0)
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
        columns: Sequence[tuple[str, str, float, str]],
        across: float = ACROSS,
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
            fill(table.rows[0].cells[at], say(zh, en), font=HEI)
            fill(each.cells[at], f"{{{{ {field} }}}}" if field else "", font=FANG)
        for row, words in zip(table.rows[1:], controls, strict=True):
            if words:
                fill(row.cells[0], f"{{%tr {words} %}}", font=FANG)
            else:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if groups is not None:
            heading = table.rows[2].cells[0].merge(table.rows[2].cells[-1])
            fill(heading, told, font=HEI)
            heading.paragraphs[0].paragraph_format.keep_with_next = True

    def _page_number(self, paragraph: "Paragraph") -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, "— ", SONG, SMALL)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        write(paragraph, " —", SONG, SMALL)


def fill(cell: "_Cell", text: str, font: str) -> None:
    """Write the text of a cell, with room above and below."""
    from docx.shared import Pt

    write(cell.paragraphs[0], text, font, TABLE)
    of = cell.paragraphs[0].paragraph_format
    of.space_before = of.space_after = Pt(1.5)


def _underline(paragraph: "Paragraph") -> None:
    """Draw the red line below the head of an official letter."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", RED)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
