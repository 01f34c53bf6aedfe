"""A sheet of so many rows that it matters what a cell costs: rows as the text their file holds.

XlsxWriter makes an object of each cell, and text of the objects when the workbook is closed. That
takes longer than all that is said in the 400,000 cells of ten thousand cases, and holds all of it
meanwhile. So here a row of a table is text at once, and waits in a file for its sheet:

    heads                          as XlsxWriter writes them
    <row r="4" …><c r="A4" s="5" t="s"><v>17</v></c><c r="B4" s="6"/> …</row>    as it comes
    …

XlsxWriter's own mode for large books, ``constant_memory``, bounds the memory and makes the same
objects, cell by cell; it offers no other way in for a row that is text already. What is overridden
here is the writing of rows, and the tests open what comes of it with another library.

Texts keep their numbers among those of the workbook, and what is more than a text or a number, such
as a link, XlsxWriter takes as before. A chart finds nothing in such rows, so that what is drawn has
to be written on another sheet.
"""

import io
import shutil
import tempfile
from collections.abc import Sequence
from html import escape
from math import isfinite
from typing import IO, NamedTuple

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
    height_of,
    lines_of,
)
from dabiao.schemas.addresses import letters

_PLACES = tuple(map(letters, range(1 << 9)))
"""The letters of columns, of more than any table has."""
_AGAIN = frozenset((str, Entry, type(None)))
"""What is met again in a column."""
_KEPT = 5_000
"""Up to how many cells of a column are kept to be known again."""
_PIXEL = 0.75
"""Points of a pixel; a row is so many whole ones high."""


class _Cell(NamedTuple):
    """A cell of a column.

    Attributes:
        text: How the file holds it, behind its place.
        lines: The lines that it takes.
        shared: Whether it is a text, which the file holds once for all cells.
    """

    text: str
    lines: int
    shared: bool


class TextRows(Worksheet):  # type: ignore[misc] # without types
    """A sheet that takes whole rows as text; what it overrides is XlsxWriter's own business."""

    dim_rowmax: int
    _waiting: IO[str] | None = None
    _first = 0

    def put(self, row: int, cells: str, size: int, height: float) -> None:
        """Put a row below all others.

        Args:
            row: Its place.
            cells: Its cells, from the first on, each as the file holds it.
            size: How many they are.
            height: How high it is, in points.
        """
        if self._waiting is None:
            self._first = row
            self._waiting = tempfile.TemporaryFile(  # noqa: SIM115 - closed in _write_rows
                "w+", encoding="utf-8", newline="", dir=self.tmpdir
            )
        self._check_dimensions(row, size - 1)
        high = int(height / _PIXEL + 0.5) * _PIXEL
        self._waiting.write(
            f'<row r="{row + 1}" spans="1:{size}" ht="{high:.16g}" customHeight="1">{cells}</row>'
        )

    def taken(self, row: int, at: int) -> str:
        """Take back a cell that was written as any other: how the file holds it, behind its place.

        Nothing where there is none.
        """
        cell = self.table.pop(row, {}).get(at)
        if cell is None:
            return ""
        self.fh = io.StringIO()
        super()._write_cell(row, at, cell)
        return self.fh.getvalue().partition(f'r="{_PLACES[at]}{row + 1}"')[2]

    def text_number(self, text: str) -> int:
        """Give the number that a text has among the texts of the workbook."""
        number: int = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - as above
        return number

    def meet_again(self, times: int) -> None:
        """Count texts that were met again."""
        self.str_table.count += times

    def _write_rows(self) -> None:
        if self._waiting is None:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._first - 1
        super()._write_rows()
        self.dim_rowmax = last
        self._waiting.seek(0)
        shutil.copyfileobj(self._waiting, self.fh)
        self._waiting.close()


class LongSheet(LedgerSheet):
    """A sheet whose rows are written as text."""

    sheet: TextRows

    def __init__(self, sheet: TextRows, looks: Looks) -> None:
        """Write on an empty sheet."""
        super().__init__(sheet, looks)
        self._styles: dict[tuple[str, More], str] = {}
        self._columns: Sequence[LedgerColumn] = ()
        self._known: list[dict[Content, _Cell]] = []

    def row(self, row: int, contents: Sequence[Content], columns: Sequence[LedgerColumn]) -> None:
        """Write the cells of a row, which is as high as its texts need."""
        if columns is not self._columns:
            self._columns, self._known = columns, [{} for _ in columns]
        tall, again, cells = 1, 0, list[str]()
        for place, content, known in zip(_PLACES, contents, self._known, strict=False):
            cell = known.get(content) if type(content) in _AGAIN else None
            if cell is not None:
                again += cell.shared
            else:
                cell = self._cell(row, len(cells), content, known)
            tall = max(tall, cell.lines)
            cells.append(f'<c r="{place}{row + 1}"{cell.text}' if cell.text else "")
        self.sheet.put(row, "".join(cells), len(cells), height_of(tall))
        self.sheet.meet_again(again)

    def _cell(self, row: int, at: int, content: Content, known: dict[Content, _Cell]) -> _Cell:
        """Make a cell, and keep it where it may be met again."""
        column = self._columns[at]
        written = value, look, more = self.written(content, column.more)
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
                self.write_one(row, at, written)
                text = self.sheet.taken(row, at)
        cell = _Cell(text, lines_of(content, column), isinstance(value, str) and value != "")
        if type(content) in _AGAIN and len(known) < _KEPT:
            known[content] = cell
        return cell

    def _style(self, look: str, more: More) -> str:
        key = look, more
        known = self._styles.get(key)
        if known is None:
            number = self.look(look, more)._get_xf_index()  # noqa: SLF001 - as above
            known = self._styles[key] = f' s="{number}"'
        return known
