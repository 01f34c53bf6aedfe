"""The sheet of one subject, upright: an item a row, with a column for each year asked of."""

from collections.abc import Callable, Sequence
from dataclasses import field as made
from typing import TYPE_CHECKING

from dabiao.intake.layout.upright import ITEMS, UNITS, VALUES
from dabiao.intake.names import Fixed
from dabiao.reports.forms.looks import PLAIN, SMALL, Looks
from dabiao.reports.forms.options import Options
from dabiao.reports.forms.paper import A4, MARGIN, lines, pages_tall
from dabiao.reports.forms.sheet import (
    PROTECTION,
    allowed,
    foot,
    known_hints,
    sheet_title,
    write_cell,
    write_value,
)
from dabiao.reports.forms.words import clauses, entry, header
from dabiao.schemas.addresses import letters
from dabiao.schemas.form import Field, Form, FormRow, FormSheet
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIXED: tuple[tuple[Fixed, Callable[[FormRow], str | int | None]], ...] = (
    (Fixed.CODE, lambda row: row.code),
    (Fixed.NAME, lambda row: row.name),
    (Fixed.PARENT, lambda row: row.parent),
    (Fixed.YEAR, lambda row: row.year),
)
"""What says who and when a sheet is about, and where it is known from."""
_TITLE, _HINT, _HEAD, _FIRST = range(4)
_LINE, _NOTE_LINE, _SPARE, _TALLEST = 13.5, 12.8, 5.0, 400.0
_NUMBER, _TOPIC, _ITEM, _UNIT, _OFFICE = 5.0, 12.0, 28.0, 8.0, 16.0
_VALUE, _NOTE = 12.0, 66.0
_NOTE_SIZE, _SMALLER = 9, 1.15
"""How small notes are, and by how much more of them goes into a line."""
_FIXED_ROW = 15.0
"""Points that a row of who and when takes at least."""
_HEAD_ROW = 2 * _LINE + _SPARE
"""Points that the titles of the columns take."""
_OFFICE_LINES = 2
"""Lines that the offices of an item may take in their column."""
_CLAUSES = 1
"""Rules told in full beside an item."""


def write_upright(
    sheet: "Worksheet", form: Form, of: FormSheet, looks: Looks, lists: Options
) -> None:
    """Write the sheet of a level that is about one subject.

    Args:
        sheet: An empty sheet of the workbook.
        form: The form it belongs to.
        of: What it asks for.
        looks: How cells look.
        lists: Keeps choices that are too long for a cell.
    """
    writer = _UprightWriter(sheet, of, looks, lists, any(field.offices for field in of.fields))
    writer.head(form)
    for at, (fixed, known) in enumerate(FIXED, _FIRST):
        writer.fixed(at, header(fixed), list(map(known, of.rows)))
    topics = dict.fromkeys(field.topic for field in of.fields)
    turns = {topic: turn for turn, topic in enumerate(topics)}
    above, at = ("", ""), _FIRST + len(FIXED)
    for number, field in enumerate(of.fields, 1):
        if writer.offices and (number == 1 or field.office != above[0]):
            writer.office(at, field.office)
            at += 1
        writer.item(at, number, field, turns, same=(field.office, field.topic) == above)
        above = field.office, field.topic
        at += 1
    writer.set_up(form, at - 1)


def _value_title(year: int, years: int) -> str:
    """Title a column of values, with its year where there are several, as pages repeat titles."""
    title = say(*VALUES).capitalize()
    return title if years == 1 else title + say(f"\n（{year}年）", f"\n({year})")


@dataclass(frozen=True, slots=True)
class _UprightWriter:
    sheet: "Worksheet"
    of: FormSheet
    looks: Looks
    lists: Options
    offices: bool
    heights: list[float] = made(default_factory=list)

    @property
    def _document(self) -> str | None:
        """The document that all clauses are of, which is named once; None where there are more."""
        found = {clause.document for field in self.of.fields for clause in field.clauses}
        return found.pop() if len(found) == 1 else None

    @property
    def _values(self) -> int:
        """The column in which the values of the latest year stand."""
        return 4 + self.offices

    @property
    def _before(self) -> int:
        """How many columns show what was reported of the year before."""
        return int(any(row.before for row in self.of.rows[:1]))

    @property
    def _sizes(self) -> list[float]:
        """How wide the columns are."""
        who = [_NUMBER, _TOPIC, _ITEM, _UNIT, *([_OFFICE] if self.offices else [])]
        return [*who, *[_VALUE] * (len(self.of.rows) + self._before), _NOTE]

    @property
    def _note(self) -> int:
        return self._values + len(self.of.rows) + self._before

    def office(self, at: int, name: str) -> None:
        """Begin what an office answers for."""
        count = sum(field.office == name for field in self.of.fields)
        who = name or say("规则没有写明责任单位", "the rules name no office")
        text = say(f"{who}（{count} 项）", f"{who} ({count})")
        look = self.looks.look("who", align="left", border=0, top=1, bottom=1)
        self._set_row(at, _LINE + _SPARE)
        for column in range(self._note + 1):
            self.sheet.write_blank(at, column, None, look)
        self.sheet.write_string(at, 0, text, look)

    def head(self, form: Form) -> None:
        """Write what the sheet is, and the titles of its columns."""
        hint = say(
            "填浅黄色的格；深灰色的格不用填。没有的填 0，不知道的留空。",
            "Fill in the pale yellow cells, not the dark grey ones. Type 0 for none; leave blank"
            " what you do not know.",
        ) + "".join(known_hints(self.of))
        titles = [
            say("序号", "No."),
            say("类", "Topic"),
            say(*ITEMS).capitalize(),
            say(*UNITS).capitalize(),
        ]
        titles += [say("责任单位", "Office")] if self.offices else []
        titles += [_value_title(row.year, len(self.of.rows)) for row in self.of.rows]
        last = self.of.rows[0].year - 1
        titles += [say(f"上年\n（{last}年）", f"Before\n({last})")] * self._before
        note = say("口径、填法和依据", "Definition, entry, rules")
        if self._document is not None:
            note += say(f"：《{self._document}》", f": {self._document}")
        titles.append(note)
        for at, size in enumerate(self._sizes):
            self.sheet.set_column(at, at, size)
        self.sheet.set_row(_TITLE, 24)
        self.sheet.write_string(_TITLE, 0, sheet_title(form, self.of), self.looks.look("title"))
        self.sheet.write_string(_HINT, 0, hint, self.looks.look("hint"))
        tall = max(lines(title, size) for title, size in zip(titles, self._sizes, strict=True))
        self.sheet.set_row(_HEAD, tall * _LINE + _SPARE)
        for at, title in enumerate(titles):
            self.sheet.write_string(_HEAD, at, title, self.looks.look("who"))

    def fixed(self, at: int, name: str, values: Sequence[str | int | None]) -> None:
        """Write who and when the sheet is about, which is known."""
        given = self.looks.look("given", text_wrap=True)
        for column in range(self._note + 1):
            self.sheet.write_blank(at, column, None, given)
        self.sheet.write_string(at, 2, name, given)
        for column, value in enumerate(values, self._values):
            if isinstance(value, int):
                self.sheet.write_number(at, column, value, self.looks.look("given", align="right"))
            elif value is not None:
                self.sheet.write_string(at, column, value, self.looks.text("given", text_wrap=True))
        tall = max(lines(str(value or ""), _VALUE) for value in values)
        self._set_row(at, max(_FIXED_ROW, tall * _LINE))

    def item(
        self, at: int, number: int, field: Field, turns: dict[str, int], *, same: bool
    ) -> None:
        """Write the row of an item."""
        turn = turns[field.topic]
        tint = self.looks.again(turn) if same else self.looks.header(turn)
        cell, note, name = self.looks.look("cell"), self._asked(field), _bare(field)
        self.sheet.write_number(at, 0, number, self.looks.look("cell", align="center"))
        self.sheet.write_string(at, 1, field.topic, tint)
        part = self.looks.look("cell", indent=1) if field.part_of else cell
        self.sheet.write_string(at, 2, name, part)
        self.sheet.write_string(at, 3, field.unit, self.looks.look("cell", align="center"))
        office, _ = _who(field)
        if self.offices:
            self.sheet.write_string(at, 4, office, cell)
        for column, row in enumerate(self.of.rows, self._values):
            wanted = field.slug in row.wanted
            write_cell(self.sheet, self.looks, (at, column), field, row)
            rule = allowed(field, self.lists, f"{letters(column)}{at + 1}") if wanted else None
            if rule is not None:
                self.sheet.data_validation(at, column, at, column, rule)
        if self._before:
            self._write_before(at, field)
        look = self.looks.look("cell", font_size=_NOTE_SIZE)
        self.sheet.write_string(at, self._note, note, look)
        told = max(lines(name, _ITEM), lines(office, _OFFICE))
        told = told if same else max(told, lines(field.topic, _TOPIC))
        small = lines(field.topic, _TOPIC * PLAIN["font_size"] / SMALL) if same else 0
        small = max(small, lines(note, _NOTE * _SMALLER))
        tall = max(told * _LINE, small * _NOTE_LINE)
        self._set_row(at, min(tall + _SPARE, _TALLEST))

    def _write_before(self, at: int, field: Field) -> None:
        """Write what stood there the year before."""
        before = self.of.rows[0].before.get(field.slug)
        place = at, self._note - 1
        if before is None:
            self.sheet.write_blank(*place, None, self.looks.look("given"))
        else:
            write_value(self.sheet, self.looks, place, field, before, "given")

    def _set_row(self, at: int, height: float) -> None:
        self.heights.append(height)
        self.sheet.set_row(at, height)

    def _asked(self, field: Field) -> str:
        """Tell what an item asks for, and of which it is a part."""
        headers = {each.slug: each.header for each in self.of.fields}
        whole = headers.get(field.part_of, field.part_elsewhere)
        of = say(f"其中项：不超过{whole}\n", f"part of {whole}\n") if whole else ""
        _, all_of = _who(field)
        who = say(f"\n责任单位：{all_of}", f"\nOffices: {all_of}") if all_of else ""
        return of + _note(field, self._document) + who

    def set_up(self, form: Form, last: int) -> None:
        """Freeze and lock what stays, and lay the sheet out for A4."""
        self.sheet.freeze_panes(_HEAD + 1, 3)
        self.sheet.autofilter(_HEAD, 0, last, self._note)
        self.sheet.protect("", PROTECTION | {"autofilter": True})
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(self._note)}{last + 1}"})
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=MARGIN, right=MARGIN, top=0.65, bottom=0.6)
        self.sheet.print_area(_HEAD, 0, last, self._note)
        self.sheet.repeat_rows(_HEAD)
        self.sheet.fit_to_pages(1, pages_tall(sum(self.heights), self._sizes, _HEAD_ROW))
        self.sheet.set_header(f"&L&14&B {sheet_title(form, self.of).replace('&', '&&')}")
        self.sheet.set_footer(foot())
        first = _FIRST + len(FIXED)
        self.sheet.set_selection(first, self._values, first, self._values)


def _bare(field: Field) -> str:
    """Name an item without its unit, which stands in a column of its own."""
    unit = say(f"（{field.unit}）", f" ({field.unit})")
    return field.header.removesuffix(unit) if field.unit else field.header


def _who(field: Field) -> tuple[str, str]:
    """Name who answers for an item, briefly; and all of them where that leaves some out."""
    listed = say("、", ", ").join(field.offices)
    if lines(listed, _OFFICE) <= _OFFICE_LINES:
        return listed, ""
    count = len(field.offices)
    more = say(f"{field.office}等{count}个单位", f"{field.office} and {count - 1} more")
    return more, listed


def _note(field: Field, document: str | None) -> str:
    """Tell what an item asks for and what it may hold; then, who wants to know."""
    told = [field.definition.rstrip("。.")] if field.definition else []
    unit = say(f"（{field.unit}）", f" ({field.unit})")
    told.append(say("填", "entry: ") + entry(field).replace(unit, "", 1))
    if field.summed:
        told.append(
            say("下级报齐的可不填，用合计", "may be blank where all below report it: their sum")
        )
    rests = say("依据：", "For: ") + clauses(field.clauses, _CLAUSES, document).replace(
        "\n", say("；", "; ")
    )
    return say("；", "; ").join(told) + "\n" + rests
