"""Cells of a block: of a row, under merged cells, and of a column once it is read."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from dabiao.intake.cells.commas_and_points import comma_beside, point_beside
from dabiao.intake.cells.identity_cells import USUAL, read_code
from dabiao.intake.cells.unusable import Unusable, shown
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import TextSource
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.facts import MANY, Bools, Floats, packed
from dabiao.schemas.language import say
from dabiao.schemas.marks import STRIKE
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import LOST, UNSEEN

if TYPE_CHECKING:
    import polars as pl


_SEVERAL = 3


@dataclass(slots=True)
class Part:
    """The cells of one block of a column, read one by one.

    Attributes:
        held: Numbers, 1 and 0, or places in the column's list of texts; NaN for nothing.
        settled: Which of them are in the item's unit already.
        reasons: Place in the block to why the cell cannot be used.
        grouped: Place to the text of a number with a comma before three digits, as in 1,234.
        pointed: Likewise with a point, as in 2.000, where that may stand for 2000.
        decimal: A text with a comma that can only be a decimal point, as in 98,5.
        thousands: Whether some comma can only stand before thousands, as in 1,234,567.
    """

    held: Floats | FewNumbers
    settled: Bools
    reasons: dict[int, Unusable] = field(default_factory=dict)
    grouped: dict[int, str] = field(default_factory=dict)
    pointed: dict[int, str] = field(default_factory=dict)
    decimal: str | None = None
    thousands: bool = False

    @property
    def values(self) -> Floats:
        """All of them; a copy, where there is nothing to say of them and they are held as few."""
        return self.held.whole() if isinstance(self.held, FewNumbers) else self.held

    def pack(self) -> None:
        """Hold many numbers of which there is nothing to say in as little room as they take.

        Others can be written to from then on.
        """
        if len(self.held) >= MANY and not (
            self.reasons or self.grouped or self.pointed or np.count_nonzero(self.settled)
        ):
            self.held = packed(self.held)
        if not isinstance(self.held, FewNumbers) and not self.held.flags.writeable:
            self.held = self.held.copy()


@dataclass(frozen=True, slots=True)
class Closer:
    """The cells of a block that say who and when, and the places of the rows to look at."""

    block: Block
    places: Sequence[int]
    codes: Sequence[Cell]
    names: Sequence[Cell]
    years: Sequence[Cell]


def filled_down(
    table: Table, after: int, source: TextSource, block: Block, fills: Callable[[Cell], bool]
) -> list[Cell]:
    """Give each row its text, or that of the merged cell that covers it if it fills others."""
    cells = source.cells(block.columns, len(block.numbers))
    if len(source.positions) != 1 or len(source.parts) != 1:
        return cells
    numbers = block.numbers.tolist()
    found = cells
    for first, last, _, _ in table.spans.covering(source.positions[0], after):
        begin, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if begin < len(numbers) and numbers[begin] == first and fills(cells[begin]):
            found = cells.copy() if found is cells else found
            found[begin + 1 : end] = [
                cells[begin] if cell is None else cell for cell in cells[begin + 1 : end]
            ]
    return found


def is_plain(cell: Cell) -> bool:
    """Tell whether a name needs no closer look."""
    odd = type(cell) is str and (STRIKE in cell or LOST in cell or UNSEEN.search(cell) is not None)
    return cell is None or (type(cell) is str and not odd)


def fills_any(_: Cell) -> bool:
    """Let whatever a merged cell holds fill the others."""
    return True


def is_usual(cell: Cell) -> bool:
    """Tell whether a cell holds a code such as most are, and no word, header or total."""
    code = read_code(cell)
    return isinstance(code, str) and USUAL.fullmatch(code) is not None


def row_of(block: Block, at: int) -> dict[int, Cell]:
    """Give the cells of a row."""
    return {place: cell_at(column, at) for place, column in block.columns.items()}


def cells_of_row(block: Block, positions: Sequence[int], at: int) -> list[Cell]:
    """Give some of the cells of a row."""
    return [cell_at(block.columns[position], at) for position in positions]


def cell_at(cells: "list[Cell] | pl.Series", at: int) -> Cell:
    """Give a cell of a column."""
    cell: Cell = cells[at]
    return cell


def comma_doubt(columns: Sequence[Sequence[Part]], *, semicolons: bool) -> str | None:
    """Tell why the comma of 1,234 may be a decimal one in any column of a table; None if it is not.

    The columns beside it tell: 98,5 there says that people write so, and 98.5 that they do not.
    A text whose fields are set apart by semicolons is written where the comma is a decimal one, so
    that there it takes a point, or 1,234,567, to be sure of 1,234.

    Args:
        columns: The blocks of each column of numbers.
        semicolons: Whether semicolons set the fields apart.
    """
    parts = [part for column in columns for part in column]
    if not any(part.grouped for part in parts):
        return None
    decimal = next((part.decimal for part in parts if part.decimal is not None), None)
    if decimal is not None:
        return say(f"别的列有{shown(decimal)}", f"another column has {shown(decimal)}")
    if not semicolons or any(part.thousands or _has_points(part) for part in parts):
        return None
    return say("文件用分号分隔", "semicolons set the fields apart")


def _has_points(part: Part) -> bool:
    """Tell whether a number is written with decimals; none is read from a comma."""
    values = part.values[~part.settled & np.isfinite(part.values)]
    return bool((values != np.rint(values)).any())


def refuse_commas(part: Part) -> None:
    """Refuse 1,234 and 1.234 in a column that writes 98,5: nobody can say what the mark is."""
    if part.decimal is None:
        return
    for marked, refusal in ((part.pointed, point_beside), (part.grouped, comma_beside)):
        for at, text in marked.items():
            part.values[at] = np.nan
            part.reasons[at] = refusal(text, part.decimal)
        marked.clear()


def all_pointed(part: Part) -> bool:
    """Tell whether a program wrote all whole numbers of a column with three decimals."""
    several = len(part.pointed) >= _SEVERAL
    return several and len(part.pointed) == int(np.count_nonzero(~np.isnan(part.values)))
