"""A sheet of so many rows that it matters what a cell costs: cells as the text their file holds.

XlsxWriter makes an object of each cell, and text of the object when the workbook is closed. That
takes longer than all that is said in the 400,000 cells of ten thousand cases. So here cells that
stand beside one another are text at once, and take the place of one cell:

    <row r="4" …>   <c r="A4" s="5" t="s"><v>17</v></c><c r="B4" s="6"/> …   </row>
       its own                       a run, as it comes                     its own

What is more than a text or a number, such as a link, XlsxWriter writes as before. A chart finds
nothing in a run, so that what is drawn has to be written on another sheet.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from math import isfinite
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from dabiao.reports.forms.looks import Looks
from dabiao.reports.ledger.sheet import (
    Computed,
    Content,
    LedgerColumn,
    LedgerSheet,
    More,
    Written,
    fitting,
)
from dabiao.schemas.addresses import letters

_place = cache(letters)


class _Run(NamedTuple):
    """Cells beside one another, where XlsxWriter keeps one."""

    text: str


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

    def cells(self, row: int, contents: Sequence[Content], columns: Sequence[LedgerColumn]) -> None:
        """Write the cells of a row."""
        run: list[str] = []
        number = row + 1
        for at, (content, column) in enumerate(zip(contents, columns, strict=True)):
            written = self.written(content, column.more)
            text = self._text(written)
            if text is not None:
                run.append(f'<c r="{_place(at)}{number}"{text}')
                continue
            if run:
                self.sheet.put(row, at - len(run), run)
                run = []
            self.write_one(row, at, written)
        if run:
            self.sheet.put(row, len(contents) - len(run), run)

    def _text(self, of: Written) -> str | None:
        """Give a cell as the file holds it, behind its place; None where it is more than text."""
        value, look, more = of
        match value:
            case "":
                return f"{self._style(look, more)}/>"
            case str():
                number = self.sheet.text_number(fitting(value))
                return f'{self._style(look, more)} t="s"><v>{number}</v></c>'
            case int() | float() if isfinite(value):
                return f"{self._style(look, more)}><v>{value:.16G}</v></c>"
            case Computed(formula, ""):
                told = escape(formula.removeprefix("="), quote=False)
                return f"{self._style(look, more)}><f>{told}</f><v></v></c>"
            case _:
                return None

    def _style(self, look: str, more: More) -> str:
        key = look, more
        known = self._styles.get(key)
        if known is None:
            number = self.look(look, more)._get_xf_index()  # noqa: SLF001 - as above
            known = self._styles[key] = f' s="{number}"'
        return known
