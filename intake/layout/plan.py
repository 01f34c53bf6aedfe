"""What to read from a table: which columns say who and when, and which give which item."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.table import Cell, Printed
from dabiao.intake.names import Fixed
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl

_WHOLE = pattern(r"(\d+)\.0+")


@dataclass(frozen=True, slots=True)
class TextSource:
    """Where a text of a row comes from: one column, or several with fixed text between them.

    Attributes:
        parts: Positions of columns and fixed texts, in order.
        replacements: Texts that stand for others.
        add: What is added to a number, e.g. 1911 to a year of the Minguo calendar.
        blanks: What stands for a blank cell of a column, where it may be blank.
    """

    parts: tuple[int | str, ...]
    replacements: Mapping[str, str | float | bool] = field(default_factory=dict)
    add: int = 0
    blanks: Mapping[int, str] = field(default_factory=dict)

    @property
    def positions(self) -> tuple[int, ...]:
        """The columns it needs."""
        return tuple(part for part in self.parts if isinstance(part, int))

    def cells(self, columns: Mapping[int, "list[Cell] | pl.Series"], length: int) -> list[Cell]:
        """Give the text of every row of a block; a part that is missing leaves it missing."""
        found = {at: _cells(columns[at]) for at in self.positions}
        if len(self.parts) == 1 and self.positions and not self.blanks:
            cells = found[self.positions[0]]
        else:
            rows = range(length)
            cells = [_joined(self, found, row) for row in rows]
        if self.replacements or self.add:
            return [self._replace(cell) for cell in cells]
        return cells

    def pieces(self, columns: Mapping[int, "list[Cell] | pl.Series"]) -> list[list[Cell]]:
        """Give the cells of each column that it is made of, as they stand."""
        return [_cells(columns[at]) for at in self.positions]

    def _replace(self, cell: Cell) -> Cell:
        if cell is None:
            return None
        cell = self.replacements.get(text_of(cell), cell)
        if self.add and isinstance(cell, Printed):
            cell = cell.value / cell.scale
        if not self.add or isinstance(cell, bool):
            return cell
        if isinstance(cell, int | float):
            return cell + self.add
        text = text_of(cell)
        return int(text) + self.add if text.isdecimal() else cell


def _cells(column: "list[Cell] | pl.Series") -> list[Cell]:
    if isinstance(column, list):
        return column
    from dabiao.intake.cells.arrow_cells import cells_of

    return cells_of(column)


def _joined(source: TextSource, found: Mapping[int, list[Cell]], row: int) -> Cell:
    pieces: list[str] = []
    for part in source.parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        cell = found[part][row]
        if part in source.blanks and is_blank(cell):
            pieces.append(source.blanks[part])
            continue
        if is_blank(cell) or not isinstance(cell, str | int | float | Printed):
            return cell if not isinstance(cell, str) else None
        pieces.append(text_of(cell))
    return "".join(pieces)


def text_of(cell: Cell) -> str:
    """Write a cell as part of a longer text: 3.0 is 3."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    text = fold(str(cell)).strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole is not None else text


def columns_of(source: TextSource | None) -> Sequence[int]:
    """Give the columns that a text comes from; none if it comes from nowhere."""
    return source.positions if source is not None else ()


@dataclass(frozen=True, slots=True)
class ItemSource:
    """Where the values of an item come from.

    Attributes:
        positions: Its columns; several are added up.
        constant: The same value for every row, where there is no column.
        refused: Why nothing of the column can be used.
        decimal_comma: Whether numbers are written like 1.234,5.
        shared: Whether its column is read for another item before all, which tells of its cells.
    """

    reading: ColumnReading
    positions: tuple[int, ...]
    constant: Cell = None
    refused: Unusable | None = None
    decimal_comma: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table, or one reading of it, becomes rows of one level.

    Attributes:
        level: The level; None for a roster whose rows say it themselves.
        roster: Whether its rows only say that subjects exist.
        after: Number of the last header row.
        code: Where codes come from; likewise the others.
        rank: Where the level of a row comes from, in a roster.
        life: Where a roster says how long its subjects exist.
        items: Where the items come from.
        where: Position of a column to what it says in the rows that are meant; ``*`` is any text.
        latest: The year to which the latest known values are put down, if they are.
        named: Years that the title or the sheet says it tells of, where a column says them too.
        nameless: Columns without a header, to be told of if they hold anything.
        margin: Unread columns, where 合计 may stand.
        printed: Position of a column to what stands over it in the rows of the header.
    """

    level: Level | None
    roster: bool
    after: int
    code: TextSource
    name: TextSource | None = None
    parent: TextSource | None = None
    year: TextSource | None = None
    rank: TextSource | None = None
    life: Mapping[Fixed, TextSource] = field(default_factory=dict)
    items: Sequence[ItemSource] = ()
    where: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    latest: int | None = None
    named: frozenset[int] = frozenset()
    nameless: Sequence[int] = ()
    margin: Sequence[int] = ()
    printed: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def who(self) -> list[int]:
        """Positions of the columns that say whom its rows are about, and when."""
        sources = (self.code, self.name, self.parent, self.year, self.rank, *self.life.values())
        return [at for source in sources if source is not None for at in source.positions]

    @property
    def wanted_by_name(self) -> set[int]:
        """Positions of the columns that it reads by their headers."""
        return {*self.who, *(at for item in self.items for at in item.positions)}

    @property
    def wanted(self) -> list[int]:
        """Positions of all columns it reads."""
        return sorted(self.wanted_by_name | {*self.nameless, *self.margin, *self.where})
