"""The letter's own template: laid out as official letters are, and blank where people sign."""

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dabiao.reports.letter.drawing import (
    ACROSS,
    ANNEX,
    BODY_TEXT,
    CAPTION,
    FANG,
    FINE,
    HEAD,
    HEADLINE,
    HEI,
    KAI,
    NUMBER,
    REMARK,
    SIGNED,
    UPRIGHT,
    LetterDrawing,
    ParagraphLook,
    fill,
)
from dabiao.reports.letter.fields import Values
from dabiao.reports.letter.letter_columns import (
    CASES,
    DUTIES,
    OWED,
    REPLY,
    SCHOOLS,
    STANDING,
)
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.outcome import OPEN, Outcome

if TYPE_CHECKING:
    from docx.document import Document

_Widths = tuple[tuple[float, ...], ...]
"""Of tables of documents the widths of their columns."""
_LEDGER = ("台账", "the ledger")
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
    indicators, others = (
        tuple(tuple(each["widths"]) for each in values[key]) for key in ("indicators", "tables")
    )
    return _drawn(language(), indicators, others, annexed=annexed)


@lru_cache(maxsize=16)
def _drawn(
    _: Language,
    indicators: _Widths,
    tables: _Widths,
    *,
    annexed: bool,
) -> bytes:
    import docx

    drawing = _Letter(docx.Document(), indicators, tables)
    drawing.letter()
    if annexed:
        drawing.annexes()
    drawing.origin()
    stream = io.BytesIO()
    drawing.document.save(stream)
    return stream.getvalue()


class _Letter(LetterDrawing):
    """Draws the letter, and then its annexes.

    Args:
        document: What is drawn into.
        indicators: Of each table of indicators the widths of its columns.
        tables: Of each other table of documents likewise.
    """

    def __init__(
        self,
        document: "Document",
        indicators: _Widths,
        tables: _Widths,
    ) -> None:
        super().__init__(document)
        self._indicators = indicators
        self._tables = tables

    def letter(self) -> None:
        """Draw the letter: head, title, whom it goes to, and its chapters."""
        self.text("　" * 12, HEAD)
        self.text(say("〔　　　　〕　　号", "No.            "), NUMBER)
        self.text("{{ title }}", HEADLINE)
        with self.when("addressee"):
            self.text("{{ addressee }}" + say("：", ":"), ParagraphLook())
        self._basis()
        self._assessment()
        self._achievements()
        self._found()
        self._owed()
        self._required()
        self._close()

    def _basis(self) -> None:
        """Say what was judged by which documents."""
        self.chapter(say("一、督导依据与范围", "1. Basis and scope"))
        self.each("one in documents", ["{{ one }}"])
        self.body(
            say(
                "范围：{{ scope ~ '，' if scope else '' }}{{ years }}年度。{{ basis }}。",
                "Scope: {{ scope ~ ', ' if scope else '' }}{{ years }}. {{ basis }}.",
            )
        )
        self.each("one in cautions", [say("注意：{{ one }}。", "Note: {{ one }}.")])

    def _assessment(self) -> None:
        """Say how all stands, and what changed."""
        self.chapter(say("二、总体评价", "2. Assessment"))
        self.body("{{ assessment }}")
        self.text("{{ rate_definition }}", REMARK)
        with self.when("by_year|length > 1"):
            self.text(say("各年度", "By year"), CAPTION)
            self.table("by_year", STANDING, UPRIGHT)
            self.text(
                say(
                    "各年度分别考核。其余各部分只说 {{ years }} 年度。",
                    "Each year was judged by itself. All else is about {{ years }}.",
                ),
                REMARK,
            )
        self._evaluation()
        with self.when("change"):
            self.body(say("与上次相比：{{ change }}", "Since the last run: {{ change }}"))
        self._standings()

    def _achievements(self) -> None:
        """Tell what is met in full."""
        self.chapter(say("三、主要成绩", "3. What was achieved"))
        self.without(
            "achievements",
            say("没有全部达标的专题或目标。", "No topic or commitment is met in full."),
            *(each for each in Outcome if each is not Outcome.NOT_APPLICABLE),
        )
        with self.when("achievements"):
            self.body("{{ achievements|join(" + say("''", "' '") + ") }}")
        with self.when("achievements_left_out"):
            self.body(
                say(
                    "全部做到的{{ '另' if achievements else '' }}有"
                    " {{ achievements_left_out }} 项，不一一列出。",
                    "{{ achievements_left_out }}{{ ' more' if achievements else '' }} are kept in"
                    " full.",
                )
            )

    def _found(self) -> None:
        """Tell what was found."""
        self.chapter(say("四、存在问题", "4. What was found"))
        self.without("problems", say("没有须整改的问题。", "Nothing is to be mended."), *OPEN)
        self._problems()
        self._rest("problems_left_out", ("附件1", "annex 1"))

    def _owed(self) -> None:
        """Tell who owes data."""
        self.chapter(say("五、数据报送问题", "5. Data owed"))
        self.without(
            "owed",
            say("要用的数据已报齐。", "All that is needed was submitted."),
            Outcome.MISSING,
        )
        with self.when("owed"):
            self.body(
                say(
                    "没有报齐的有 {{ owed|length + owed_left_out }} 个："
                    "{% for one in owed[:12] %}{{ one.who }}"
                    "（{{ one.data|length }} 项）{{ '' if loop.last else '、' }}{% endfor %}"
                    "{{ '等' if owed|length > 12 else '' }}。有关目标按缺数据计，"
                    f"缺什么、在哪个单元格见附件{_annex('owed')}。",
                    "Not complete: {{ owed|length + owed_left_out }}. "
                    "{% for one in owed[:12] %}{{ one.who }}"
                    " ({{ one.data|length }}){{ '' if loop.last else ', ' }}{% endfor %}"
                    "{{ ' …' if owed|length > 12 else '' }}. What rests on it counts as missing;"
                    f" annex {_annex('owed')} says what is owed, and in which cell.",
                )
            )

    def _required(self) -> None:
        """Tell what is to be done, and what follows."""
        self.chapter(say("六、整改要求", "6. What is to be done"))
        self.without(
            "(problems or owed or overdue)",
            say("没有须整改、须补报的事项。", "Nothing is to be mended or submitted."),
            *OPEN,
            Outcome.MISSING,
        )
        self._demands()
        with self.when("follow_up"):
            self.chapter(say("七、后续", "7. What follows"))
            self.body("{{ follow_up }}")

    def _standings(self) -> None:
        """Tell a report's readers how it stands by topic and place, where that is known."""
        with self.when("not addressed"):
            for key, caption in (
                ("topics", say("各专题", "By topic")),
                ("places", say("各地区", "By place")),
            ):
                with self.when(key):
                    self.text(caption, CAPTION)
                    self.table(key, STANDING, UPRIGHT)

    def _evaluation(self) -> None:
        """Tell how far the document has come: its indicators, and how its goals stand."""
        with self.when("evaluation"):
            self.each("one in period", ["{{ one }}"])
            self.text(say("各项目标的进展", "How the goals stand"), CAPTION)
            told, others = (
                "{{ one.name }} {{ one.number }} 项",
                "{{ '；另有 ' ~ one.left_out ~ ' 项' if one.left_out else '' }}",
            )
            told_en, others_en = (
                "{{ one.name|capitalize }}: {{ one.number }}",
                "{{ '; ' ~ one.left_out ~ ' more' if one.left_out else '' }}",
            )
            self.each(
                "one in outlook",
                [
                    say(
                        f"{told}：{{{{ one.goals|join('；') }}}}{others}。",
                        f"{told_en}. {{{{ one.goals|join('; ') }}}}{others_en}.",
                    )
                ],
            )
            self._filled_tables("indicators", self._indicators, UPRIGHT)

    def _rest(self, key: str, where: tuple[str, str]) -> None:
        """Say how many more there are than are told, and where they stand."""
        with self.when(key):
            self.body(
                say(
                    f"另有 {{{{ {key} }}}} 项没有在此详述，见{where[0]}。",
                    f"{{{{ {key} }}}} more are not told here; see {where[1]}.",
                )
            )

    def _problems(self) -> None:
        """Tell what is hard and due in a paragraph each, and all else in a line."""
        with self.when("problems"):
            self.body(
                say(
                    "以下按轻重排列，每一项涉及的对象、整改参考和数据出处见附件1。",
                    "The gravest come first; whom each concerns, what would mend it and where the"
                    " figures stand is in annex 1.",
                )
            )
        place = say("（{{ one.place }}）。", " ({{ one.place }}).")
        with self.over("one in problems if one.main"):
            self.texts(
                BODY_TEXT,
                (
                    say(
                        "（{{ one.number }}）{{ one.goal }}。",
                        "({{ one.number }}) {{ one.goal }}. ",
                    ),
                    KAI,
                ),
                ("{{ one.summary }}" + place, FANG),
            )
        with self.over("one in problems if not one.main"):
            self.body(
                say(
                    "（{{ one.number }}）{{ one.goal }}（{{ one.outcome }}，{{ one.binding }}，"
                    "{{ one.how_many }} 个对象；{{ one.place }}）。",
                    "({{ one.number }}) {{ one.goal }} ({{ one.outcome }}, {{ one.binding }};"
                    " subjects: {{ one.how_many }}; {{ one.place }}).",
                )
            )

    def _demands(self) -> None:
        with self.when("problems"):
            self.table("problems", DUTIES, UPRIGHT)
        with self.when("problems|rejectattr('lead')|rejectattr('responsible')|list"):
            self.text(
                say(
                    "“单位”一栏空着的，文件没有写明由谁负责，由发文单位填写。",
                    "Where no unit stands, the document names none; whoever sends this fills it"
                    " in.",
                ),
                REMARK,
            )
        with self.when("owed"):
            self.body(
                say(
                    f"附件{_annex('owed')}所列数据，于　　　　年　　月　　日前补报。",
                    f"Submit what annex {_annex('owed')} lists by ______________.",
                )
            )
        with self.when("addressed and problems and reply_days"):
            self.body(
                say(
                    "请自收到之日起 {{ reply_days }} 日内书面报告整改情况"
                    f"（样表见附件{_annex('reply')}）。",
                    "Reply in writing within {{ reply_days }} days of receipt"
                    f" (form in annex {_annex('reply')}).",
                )
            )
        with self.when("addressed and objection_days"):
            self.text(
                say(
                    "对上述结论有异议的，自收到之日起 {{ objection_days }} 日内书面提出，"
                    "并附依据。",
                    "Objections can be raised in writing, with evidence, within"
                    " {{ objection_days }} days of receipt.",
                ),
                replace(BODY_TEXT, keep=True),
            )
        with self.when("overdue"):
            self.body(
                say("以下案件已经超期，应立即整改：", "These cases are overdue; mend them now:")
            )
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
            with self.when(there):
                first = "{{ '" + say("附件：", "Annexes: ") + f"' if {_turn(key)} == 1 else "
                first += say("'　　　'", "''") + " }}" if at else "' }}"
                if not at:
                    first = say("附件：", "Annexes: ")
                self.text(
                    f"{first}{_annex(key)}. " + say(*name).capitalize(),
                    replace(
                        BODY_TEXT, room=0 if at else 14, keep=True
                    ),  # no seal on a page of its own
                )
        self.text(
            say("（机构盖章）　　　　", "(seal)          "), replace(SIGNED, room=42, keep=True)
        )
        self.text(say("　　　　年　　月　　日　　", "Date: ______________"), SIGNED)

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
            with self.when(there):
                self._drawn_annex(key)

    def _drawn_annex(self, key: str) -> None:
        name, _ = _ANNEXES[key]
        own_page = key in ("reply", "receipt")  # they are torn off, and sent back
        self.text(
            say(f"附件{_annex(key)}　{name[0]}", f"Annex {_annex(key)}: {name[1]}"),
            replace(ANNEX, room=0 if own_page or key == "cases" else 24, afresh=own_page),
        )
        match key:
            case "cases":
                self._cases()
                self._beyond(
                    "cases",
                    "另有 {{ cases_left_out }} 项没有列出，全部见台账。",
                    "{{ cases_left_out }} more are in the ledger.",
                )
            case "owed":
                self.table("owed", OWED)
                self._beyond(
                    "owed",
                    "以上是待判条数最多的；另有 {{ owed_left_out }} 个没有列出，全部见台账。",
                    "For these the most waits; {{ owed_left_out }} more are in the ledger.",
                )
            case "schools":
                self.table("schools", SCHOOLS)
                self._beyond(
                    "schools",
                    "另有 {{ schools_left_out }} 所没有列出，它们的问题见台账。",
                    "{{ schools_left_out }} more are not listed; the ledger has their problems.",
                )
            case "tables":
                self._filled_tables("tables", self._tables, ACROSS)
            case "reply":
                self._reply_form()
            case _:
                self._receipt()

    def _beyond(self, key: str, zh: str, en: str) -> None:
        """Say how many rows an annex has no room for, and where they stand."""
        with self.when(f"{key}_left_out"):
            self.text(say(zh, en), REMARK)

    def origin(self) -> None:
        """Say at the very end what the letter comes from."""
        self.text("{{ fingerprint }}", replace(FINE, room=28))
        with self.when("command"):
            self.text(say("重做：{{ command }}", "To repeat it: {{ command }}"), FINE)

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

    def _filled_tables(self, key: str, widths: _Widths, across: float) -> None:
        """Draw tables of documents, each of as many columns as it has, as wide as they need."""
        for at, columns in enumerate(widths):
            table = f"{key}[{at}]"
            heads = [f"{{{{ {table}.headings[{number}] }}}}" for number in range(len(columns))]
            drawn = [
                (head, head, width, f"one[{number}]")
                for number, (head, width) in enumerate(zip(heads, columns, strict=True))
            ]
            self.text(f"{{{{ {table}.title }}}}", CAPTION)
            self.table(f"{table}.rows", drawn, across)
            with self.over(f"one in {table}.remarks"):
                self.text("{{ one }}", REMARK)

    def _reply_form(self) -> None:
        """Draw the form in which a reply is given, to be filled in by hand."""
        self.text(say("报告单位（盖章）：", "From (seal):"), CAPTION)
        self.table("problems", REPLY)
        self.text(
            say(
                "填报人：　　　　　　负责人：　　　　　　日期：　　　　年　　月　　日",
                "Filled in by: ____________  Head: ____________  Date: ____________",
            ),
            replace(CAPTION, keep=False),
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
            fill(row.cells[0], name, font=HEI)
            fill(row.cells[1], text, font=FANG)
            if name is not lines[-1][0]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True


def _turn(annex: str) -> str:
    """Count which annex it is, of those that there are."""
    before = list(_ANNEXES)[: list(_ANNEXES).index(annex)]
    return "(1" + "".join(f" + (1 if {_ANNEXES[key][1]} else 0)" for key in before) + ")"


def _annex(annex: str) -> str:
    """Print the number of an annex."""
    return f"{{{{ {_turn(annex)} }}}}"
