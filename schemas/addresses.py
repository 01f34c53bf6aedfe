"""Addresses of cells: what a problem says of its place, and many places said in few words."""

from collections.abc import Iterable
from functools import lru_cache

from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

_LETTERS = 26
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_CELLS = pattern(r"([A-Z]{1,3})([1-9]\d{0,9})(?::([A-Z]{1,3})([1-9]\d{0,9}))?")
_ROWS = pattern(r"(?:第|rows? )([1-9]\d{0,9})(?:[-至–]([1-9]\d{0,9}))?行?")
_COLUMN = pattern(r"[A-Z]{1,3}")
_BETWEEN = pattern(r"[+、,，]\s*")


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Some cells of a sheet, all numbers from 1.

    Attributes:
        left: First column; 0 where whole rows are meant.
        top: First row.
        right: Last column; 0 where whole rows are meant.
        bottom: Last row.
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> int:
        """How many cells, or rows, it has."""
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)

    def __str__(self) -> str:
        """Write it as people do: ``F3:F312``, ``第5行``."""
        if not self.left:
            if self.top == self.bottom:
                return row_words(self.top)
            return say(f"第{self.top}-{self.bottom}行", f"rows {self.top}-{self.bottom}")
        first = f"{letters(self.left - 1)}{self.top}"
        if self.size == 1:
            return first
        return f"{first}:{letters(self.right - 1)}{self.bottom}"


@lru_cache(maxsize=1024)  # few sheets have more columns
def letters(position: int) -> str:
    """Give the letters of a column, from 0.

    Examples:
        >>> letters(0), letters(25), letters(26)
        ('A', 'Z', 'AA')
    """
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, _LETTERS)
        text = chr(ord("A") + rest) + text
    return text


def row_words(number: int) -> str:
    """Address a whole row."""
    return say(f"第{number}行", f"row {number}")


def areas(address: str) -> tuple[Area, ...]:
    """Read an address; empty if any part of it addresses no cell of a sheet.

    A column alone stands for its first cell.

    Examples:
        >>> areas("F12+G12")
        (Area(left=6, top=12, right=6, bottom=12), Area(left=7, top=12, right=7, bottom=12))
        >>> [str(area) for area in areas("第5行、F3:F9")], areas("[3].pupils")
        (['第5行', 'F3:F9'], ())
    """
    found: list[Area] = []
    for part in _BETWEEN.split(address.strip()):
        area = _area(part)
        if area is None or not 0 < area.top <= area.bottom:
            return ()
        found.append(area)
    return tuple(found)


def _area(part: str) -> Area | None:
    cells = _CELLS.fullmatch(part)
    if cells is not None:
        left, top = position_of(cells[1]), int(cells[2])
        right = position_of(cells[3]) if cells[3] else left
        area = Area(left, top, right, int(cells[4]) if cells[4] else top)
        return area if left <= right <= _LAST_COLUMN else None
    rows = _ROWS.fullmatch(part)
    if rows is not None:
        return Area(0, int(rows[1]), 0, int(rows[2] or rows[1]))
    return Area(position_of(part), 1, position_of(part), 1) if _COLUMN.fullmatch(part) else None


def fits_sheet(area: Area) -> bool:
    """Tell whether a sheet has such cells."""
    return area.right <= _LAST_COLUMN and area.bottom <= _LAST_ROW


def position_of(column: str) -> int:
    """Give the number of a column, from 1, by its letters."""
    found = 0
    for letter in column:
        found = found * _LETTERS + ord(letter) - ord("A") + 1
    return found


def united(found: Iterable[Area]) -> list[Area]:
    """Join areas that touch: first down each column, then columns with the same rows.

    Examples:
        >>> cells = [area for at in ("F3", "F5", "F4", "G9") for area in areas(at)]
        >>> [str(area) for area in united(cells)]
        ['F3:F5', 'G9']
        >>> [str(area) for area in united(areas("F3:F9+G3:G9"))]
        ['F3:G9']
    """
    columns = sorted(set(found), key=lambda area: (area.left, area.right, area.top, area.bottom))
    runs: list[Area] = []
    for area in columns:
        last = runs[-1] if runs else None
        if (
            last is not None
            and (last.left, last.right) == (area.left, area.right)
            and area.top <= last.bottom + 1
        ):
            bottom = max(last.bottom, area.bottom)
            runs[-1] = Area(last.left, last.top, last.right, bottom)
        else:
            runs.append(area)
    wide: list[Area] = []
    for run in sorted(runs, key=lambda area: (area.top, area.bottom, area.left)):
        last = wide[-1] if wide else None
        if (
            last is not None
            and last.left
            and (last.top, last.bottom) == (run.top, run.bottom)
            and run.left <= last.right + 1
        ):
            wide[-1] = Area(last.left, last.top, max(last.right, run.right), last.bottom)
        else:
            wide.append(run)
    return wide
