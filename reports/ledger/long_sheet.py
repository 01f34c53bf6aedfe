"""A sheet of so many rows that it matters what a cell costs: cells as the text their file holds.

XlsxWriter makes an object of each cell, and text of the object when the workbook is closed. That
takes longer than all that is said in the 400,000 cells of ten thousand cases; with its mode
``constant_memory`` it takes as long, in less memory. So here cells that stand beside one another
are text at once, and take the place of one cell:

    <row r="4" …>   <c r="A4" s="5" t="s"><v>17</v></c><c r="B4" s="6"/> …   </row>
       its own                       a run, as it comes                     its own

What is more than a text or a number, such as a link, XlsxWriter writes as before. A chart finds
nothing in a run, so that what is drawn has to be written on another sheet.
"""

from collections.abc import Sequence
from html import escape
from math import isfinite
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from dabiao.reports.forms.looks import Looks
from dabiao.reports.ledger.sheet import (
    Computed,
    Content,
    Entry,
    LedgerColumn,
    LedgerSheet,
    More,
    fitting,
    lines_of,
)
from dabiao.schemas.addresses import letters

_PLACES = tuple(map(letters, range(1 << 9)))
"""The letters of columns, of more than any table has."""
_AGAIN = frozenset((str, Entry, type(None)))
"""What is met again in a column."""
_KEPT = 5_000
"""Up to how many cells of a column are kept to be known again."""


class _Run(NamedTuple):
    """Cells beside one another, where XlsxWriter keeps one."""

    text: str


class _Cell(NamedTuple):
    """A cell of a column.

    Attributes:
        text: How the file holds it, behind its place; empty where it is more than text.
        lines: The lines that it takes.
        shared: Whether it is a text, which the file holds once for all cells.
    """

    text: str
    lines: int
    shared: bool


class RunsOfCells(Worksheet):  # type: ignore[misc]
    """A sheet that takes runs of cells as text; what it overrides is XlsxWriter's own business."""

    def put(self, row: int, first: int, cells: Sequence[str]) -> None:
        """Put cells beside one another, at least one, each as the text that the file holds."""
        last = first + len(cells) - 1
        self._check_dimensions(row, first)
        self._check_dimensions(row, last)
        self.table[row][last] = _Run("")  # by which it knows how far the row reaches
        self.table[row][first] = _Run("".join(cells))

    def text_number(self, text: str) -> int:
        """Give the number that a text has among the texts of the workbook."""
        number: int = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - as above
        return number

    def meet_again(self, times: int) -> None:
        """Count texts that were met again."""
        self.str_table.count += times

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        if isinstance(cell, _Run):
            self.fh.write(cell.text)
        else:
            super()._write_cell(row, col, cell)


class LongSheet(LedgerSheet):
    """A sheet whose rows are written as text."""

    sheet: RunsOfCells

    def __init__(self, sheet: RunsOfCells, looks: Looks) -> None:
        """Write on an empty sheet."""
        super().__init__(sheet, looks)
        self._styles: dict[tuple[str, More], str] = {}
        self._columns: Sequence[LedgerColumn] = ()
        self._known: list[dict[Content, _Cell]] = []

    def row(self, row: int, contents: Sequence[Content], columns: Sequence[LedgerColumn]) -> None:
        """Write the cells of a row, which is as high as its texts need."""
        if columns is not self._columns:
            self._columns, self._known = columns, [{} for _ in columns]
        tall, again, run = 1, 0, list[str]()
        each = zip(_PLACES, contents, columns, self._known, strict=False)
        for at, (place, content, column, known) in enumerate(each):
            cell = known.get(content) if type(content) in _AGAIN else None
            if cell is not None:
                again += cell.shared
            else:
                cell = self._cell(content, column, known)
            tall = max(tall, cell.lines)
            if cell.text:
                run.append(f'<c r="{place}{row + 1}"{cell.text}')
                continue
            if run:
                self.sheet.put(row, at - len(run), run)
                run = []
            self.write_one(row, at, self.written(content, column.more))
        if run:
            self.sheet.put(row, len(contents) - len(run), run)
        self.sheet.meet_again(again)
        self.set_height(row, tall)

    def _cell(self, content: Content, column: LedgerColumn, known: dict[Content, _Cell]) -> _Cell:
        """Make a cell, and keep it where it may be met again."""
        value, look, more = self.written(content, column.more)
        style = self._style(look, more)
        match value:
            case "":
                text = f"{style}/>"
            case str():
                text = f'{style} t="s"><v>{self.sheet.text_number(fitting(value))}</v></c>'
            case int() | float() if isfinite(value):
                text = f"{style}><v>{value:.16G}</v></c>"
            case Computed(formula, ""):
                told = escape(formula.removeprefix("="), quote=False)
                text = f"{style}><f>{told}</f><v></v></c>"
            case _:
                text = ""
        cell = _Cell(text, lines_of(content, column), isinstance(value, str) and value != "")
        if text and type(content) in _AGAIN and len(known) < _KEPT:
            known[content] = cell
        return cell

    def _style(self, look: str, more: More) -> str:
        key = look, more
        known = self._styles.get(key)
        if known is None:
            number = self.look(look, more)._get_xf_index()  # noqa: SLF001 - as above
            known = self._styles[key] = f' s="{number}"'
        return known
