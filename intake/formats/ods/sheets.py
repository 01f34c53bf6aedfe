"""The sheets of a spreadsheet, read cell by cell as a stream.

Only what lies where it belongs is read: tables right below the spreadsheet, rows below tables,
paragraphs below cells. So neither cells that were deleted and are kept (tracked changes), nor the
texts of comments, pictures and charts, are taken for what a cell holds.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

import numpy as np

from dabiao.intake.formats.merged_cells import MergedCells
from dabiao.intake.formats.ods.styles import CellLooks, Section
from dabiao.intake.formats.table import (
    HEAD,
    Block,
    Cell,
    ErrorValue,
    Moment,
    Padded,
    Percent,
    Table,
    Uncomputed,
    text_cell,
)
from dabiao.intake.formats.xlsx.book import Style
from dabiao.intake.formats.xlsx.comments import LONGEST, keep
from dabiao.intake.formats.xlsx.number_formats import Shown
from dabiao.intake.formats.xlsx.text_runs import Look, TextRun, joined
from dabiao.intake.formats.xlsx.xml import local
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import damaged, too_much
from dabiao.schemas.language import say
from dabiao.schemas.numerals import held
from dabiao.schemas.record import dataclass

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_EXACT_DIGITS = 15
"""Digits of a number that spreadsheets keep."""
_LONGEST = 1 << 17
"""Characters of a cell."""
_SPAN_COST = 16
"""How many cells a merged cell or a hidden row is counted as, for what it costs."""
_ROWS = frozenset(["table-rows", "table-header-rows", "table-row-group"])
_COLUMNS = frozenset(["table-columns", "table-header-columns", "table-column-group"])
_CELLS = frozenset(["table-cell", "covered-table-cell"])
_UNSEEN = frozenset(["collapse", "filter"])
_PARTS = {
    "document-content": {"automatic-styles", "body"},
    "body": {"spreadsheet"},
    "spreadsheet": {"table"},
    "table": {*_ROWS, *_COLUMNS, "table-row", "table-column"},
    **{each: {*_ROWS, "table-row"} for each in _ROWS},
    **{each: {*_COLUMNS, "table-column"} for each in _COLUMNS},
    "table-row": _CELLS,
    **{each: {"p", "annotation"} for each in _CELLS},
    "annotation": {"p"},
}
"""What is read of what: whatever else lies there is passed over as a whole."""
_IN_TEXT = frozenset(["p", "span", "a", "s", "tab", "line-break", "ruby", "ruby-base"])
_YEAR = re.compile(r"(\d{4})-\d\d-\d\d")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")
"""What a formula shows that fails; some programs store 0 as its value."""
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


@dataclass(slots=True)
class _Sheet:
    """What was read of a sheet so far; rows that are repeated stand here as one."""

    name: str
    hidden: bool
    rows: list[tuple[int, Mapping[int, Cell]]] = field(default_factory=list)
    spans: "array[int]" = field(default_factory=lambda: array("l"))
    positions: set[int] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    """Positions behind the last column of each kind; beside them the styles of their cells."""
    styles: list[str] = field(default_factory=list)

    def style(self, position: int) -> str:
        """Give the style that cells of a column have where they name none."""
        at = bisect_right(self.ends, position)
        return self.styles[at] if at < len(self.ends) else ""

    def blocks(self, after: int, wanted: Sequence[int]) -> Iterator[Block]:
        """Give the rows below a row, as one block."""
        rows = [row for row in self.rows if row[0] > after]
        columns: dict[int, list[Cell]] = {at: [row.get(at) for _, row in rows] for at in wanted}
        yield Block(np.array([number for number, _ in rows], np.int32), columns)

    def table(self, file: str) -> Table:
        """Give it as a table."""
        positions = sorted(self.positions)
        return Table(
            file,
            self.name,
            self.name,
            self.rows[:HEAD],
            positions,
            self.blocks,
            spans=MergedCells(self.spans),
            hidden=self.hidden,
            hidden_rows=self.hidden_rows,
            hidden_columns=[at for at in positions if at in self.hidden_columns],
            unseen=self.unseen,
            comments=self.comments,
        )


@dataclass(slots=True)
class Sheets:
    """Takes the content of a spreadsheet, and gives its tables.

    Attributes:
        file: How the user calls it.
        styles: Its styles, of which the content brings more.
        limits: How much is read.
        tables: The tables that are complete.
        spreadsheet: Whether it holds a spreadsheet, and not a text or drawing.
    """

    file: str
    styles: CellLooks
    limits: Limits
    tables: list[Table] = field(default_factory=list)
    spreadsheet: bool = False
    _section: Section = field(init=False)
    _open: list[str] = field(default_factory=list)
    _passed_over: int = 0
    _count: int = 0
    _letters: int = 0
    _sheet: _Sheet = field(default_factory=lambda: _Sheet("", hidden=False))
    _row: int = 0
    _repeated: int = 1
    _row_style: str = ""
    _row_hidden: bool = False
    _cells: dict[int, Cell] = field(default_factory=dict)
    _column: int = 0
    _columns: int = 0
    _cell: Mapping[str, str] = field(default_factory=dict)
    _fails: bool = False
    _runs: list[TextRun] = field(default_factory=list)
    _looks: list[Look | None] = field(default_factory=list)
    _comment: list[str] | None = None

    def __post_init__(self) -> None:
        """Let the styles of the content be taken as well."""
        self._section = Section(self.styles, "automatic-styles")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        name = local(tag)
        if self._section.inside:
            self._section.start(tag, attributes)
            return
        above = self._open[-1] if self._open else ""
        known = _IN_TEXT if above in _IN_TEXT else _PARTS.get(above, {"document-content"})
        if self._passed_over or name not in known:
            self._passed_over += 1
            return
        if name == "automatic-styles":
            self._section.start(tag, attributes)
            return
        self._open.append(name)
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        own = {
            local(key): value for key, value in attributes.items() if not key.startswith("calcext:")
        }
        match name:
            case "spreadsheet":
                self.spreadsheet = True
            case "table":
                self._sheet = _Sheet(
                    own.get("name", ""), self.styles.hides(own.get("style-name", ""))
                )
                self._row = self._columns = 0
            case "table-column":
                self._take_column(own)
            case "table-row":
                self._start_row(own)
            case "table-cell" | "covered-table-cell":
                self._cell, self._runs = own, []
                self._fails = attributes.get("calcext:value-type") == "error"
            case "annotation":
                self._comment = []
            case _ if name in _IN_TEXT and self._comment is None:
                self._start_text(name, own)

    def _take_column(self, own: Mapping[str, str]) -> None:
        """Take columns of one kind."""
        first = self._columns
        self._columns = min(first + _repeats(own, "number-columns-repeated"), _LAST_COLUMN)
        if first == self._columns:
            return
        self._sheet.ends.append(self._columns)
        self._sheet.styles.append(own.get("default-cell-style-name", ""))
        if own.get("visibility") in _UNSEEN:
            self._sheet.hidden_columns.update(range(first, self._columns))

    def _start_row(self, own: Mapping[str, str]) -> None:
        self._repeated = _repeats(own, "number-rows-repeated")
        self._row_style = own.get("default-cell-style-name", "")
        self._row_hidden = own.get("visibility") in _UNSEEN
        self._cells, self._column = {}, 0

    def _start_text(self, name: str, own: Mapping[str, str]) -> None:
        look = self._looks[-1] if self._looks else None
        match name:
            case "span":
                look = self.styles.run(own.get("style-name", "")) or look
            case "p" if self._runs:
                self._say("\n")
            case "s":
                self._say(" " * min(_repeats(own, "c"), 100))
            case "tab" | "line-break":
                self._say("\n" if name == "line-break" else "\t")
        self._looks.append(look)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._section.inside:
            self._section.end(tag)
        elif self._passed_over:
            self._passed_over -= 1
        else:
            self._finish(self._open.pop())

    def _finish(self, name: str) -> None:
        match name:
            case "table":
                self.tables.append(self._sheet.table(self.file))
            case "table-row":
                self._end_row()
            case "table-cell" | "covered-table-cell":
                self._end_cell(covered=name == "covered-table-cell")
            case "annotation":
                at = self._row + 1, self._column
                keep(self._sheet.comments, at, "".join(self._comment or ()))
                self._comment = None
            case _ if name in _IN_TEXT and self._comment is None:
                self._looks.pop()

    def text(self, data: str) -> None:
        """Take text."""
        if self._section.inside:
            self._section.text(data)
        elif self._comment is not None:
            if not self._passed_over and len(self._comment) < LONGEST:
                self._comment.append(data[:LONGEST])
        elif not self._passed_over and self._looks:
            self._say(data)

    def _say(self, text: str) -> None:
        """Add to the text of a cell, as a piece of its own where it looks different."""
        look = self._looks[-1] if self._looks else None
        if not self._runs or self._runs[-1].look is not look:
            self._runs.append(TextRun(look=look))
        self._runs[-1].text += text
        self._letters += len(text)
        if self._letters > self.limits.letters:
            raise too_much(say("文字过多", "too much text"))
        if sum(len(run.text) for run in self._runs[-2:]) > _LONGEST:
            raise damaged(
                say(
                    f"第 {self._row + 1} 行有超过 {_LONGEST} 字的单元格",
                    f"a cell of row {self._row + 1} has more than {_LONGEST} characters",
                )
            )

    def _end_cell(self, *, covered: bool) -> None:
        own = self._cell
        first, wide = self._column, _repeats(own, "number-columns-repeated")
        self._column = first + wide
        if not covered:
            tall, broad = (
                _repeats(own, "number-rows-spanned"),
                _repeats(own, "number-columns-spanned"),
            )
            if tall > 1 or broad > 1:
                self._count_more(_SPAN_COST)
                top = self._row + 1
                self._sheet.spans.extend((top, top + tall - 1, first, first + broad - 1))
        value = None if covered else self._value(first)
        if value is None:
            return
        if self._column > _LAST_COLUMN:
            raise damaged(
                say(f"第 {self._row + 1} 行的列太多", f"row {self._row + 1} has too many columns")
            )
        self._count_more(wide)
        self._cells.update(dict.fromkeys(range(first, self._column), value))
        if self._style(first).unseen:
            self._sheet.unseen += [(self._row + 1, at) for at in range(first, self._column)]

    def _end_row(self) -> None:
        first, self._row = self._row + 1, self._row + self._repeated
        if not self._cells:
            return
        if self._row > _LAST_ROW:
            raise damaged(say(f"行号 {self._row} 不合理", f"impossible row number {self._row}"))
        self._count_more(len(self._cells) * (self._repeated - 1))
        sheet = self._sheet
        sheet.positions.update(self._cells)
        sheet.rows.extend((number, self._cells) for number in range(first, self._row + 1))
        if self._row_hidden:
            sheet.hidden_rows.extend(range(first, self._row + 1))

    def _count_more(self, cells: int) -> None:
        self._count += cells
        if self._count > self.limits.cells:
            most = self.limits.cells
            raise too_much(say(f"超过 {most} 个单元格", f"over {most} cells"))

    def _style(self, position: int) -> Style:
        """Give the style of the cell that is being read."""
        name = self._cell.get("style-name") or self._row_style or self._sheet.style(position)
        return self.styles.cell(name)

    def _value(self, position: int) -> Cell:
        """Give what the cell that is being read holds, as it looks."""
        own = self._cell
        kind = own.get("value-type", "")
        style = self._style(position)
        text = "".join(run.text for run in self._runs)
        shows = "formula" in own and _ERROR.fullmatch(text)
        if self._fails or shows or (kind == "string" and text.startswith("#") and "formula" in own):
            return ErrorValue(text.strip())
        match kind:
            case "float" | "currency" | "percentage" if "value" in own:
                number = _number(own["value"], style)
                whole = number if kind != "percentage" else _percent(number)
                return style.look.show(whole)
            case "date" if "date-value" in own:
                year = _YEAR.match(own["date-value"])
                shown = own["date-value"].partition("T")[0]
                return Moment(shown, int(year[1]) if year else None)
            case "time" if "time-value" in own:
                span = _DURATION.fullmatch(own["time-value"])
                return Moment(f"{int(span[1]):02}:{span[2]}" if span else own["time-value"], None)
            case "boolean" if "boolean-value" in own:
                return own["boolean-value"] == "true"
            case "string" | "" if text.strip():
                return text_cell(joined(self._runs, style.look))
            case "string" if own.get("string-value", "").strip():
                return text_cell(style.look.write(own["string-value"]))
        return Uncomputed() if "formula" in own and kind != "string" else None


def _repeats(own: Mapping[str, str], name: str) -> int:
    """Read how often something is repeated; once where it is not said."""
    return max(int(own.get(name, "1")), 1)


def _number(text: str, style: Style) -> Cell:
    """Read a number as a cell of a style shows it."""
    if text.isdecimal():
        if len(text) <= style.zeros:
            return Padded(int(text), style.zeros)
        if not style.words and style.shown is Shown.NUMBER and len(text) <= _EXACT_DIGITS:
            return int(text)
    number = held(text.replace("_", "?"))  # Python would read 1_0 as 10
    if number is None:
        return text
    if style.words is not None and (printed := style.words.printed(number)) is not None:
        return printed
    if style.shown is Shown.PERCENT:
        return Percent(number)
    return Percent(number / 100) if style.shown is Shown.WRITTEN_PERCENT else number


def _percent(number: Cell) -> Cell:
    """Give a number of a cell that is said to hold a percentage."""
    if isinstance(number, int | float) and not isinstance(number, bool | Percent | Padded):
        return Percent(number)
    return number
