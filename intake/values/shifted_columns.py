"""Columns whose values look like those of the column beside them: a whole block that slipped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from dabiao.intake.cells.identity_cells import is_blank, read_year
from dabiao.intake.cells.item_cells import ColumnReading, read_boolean, read_number, read_text
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import TablePlan
from dabiao.intake.problem_groups import areas_of
from dabiao.intake.values.block_cells import cell_at
from dabiao.schemas.language import say
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass

_KINDS = frozenset(["not-a-number", "not-a-boolean", "unknown-option", "date-in-cell"])
"""What a value of another column is taken for."""
_LEAST = 3
_LOOKED_AT = 200
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class ShiftedColumns:
    """Columns that seem to hold what belongs into the column beside them.

    Attributes:
        rows: The columns, side by side, each with the number of the row it begins in.
        hint: What to say of it.
        cause: What the problems of all these columns share.
    """

    rows: Mapping[int, int]
    hint: str
    cause: str

    def explain(self, problem: Problem) -> Problem:
        """Say so of a problem, if it lies within the columns."""
        for area in areas_of(problem):
            first = self.rows.get(area.left - 1)
            if first is not None and area.top >= first and problem.severity is Severity.ERROR:
                return replace(problem, hint=self.hint, cause=self.cause)
        return problem


def find_shifts(
    table: Table, plan: TablePlan, failing: Mapping[int, Mapping[int, Unusable]]
) -> Iterator[ShiftedColumns]:
    """Find columns that fail from some row on, with values that would do in the next column.

    Nothing is taken for shifted that could just be wrong: nearly every cell of the column has to
    fail by its kind, and to be a good value of the column on the same side.

    Args:
        table: The table.
        plan: How it was read.
        failing: Position of a column to the numbers of its rows that fail, and why.
    """
    suspects = {
        at: rows
        for at, rows in failing.items()
        if sum(reason.code in _KINDS for reason in rows.values()) >= _LEAST
    }
    if not suspects or not table.lettered:
        return
    block = next(iter(table.blocks(plan.after, plan.wanted)))
    tails = {at: tail for at, rows in suspects.items() if (tail := _tail(block, at, rows))}
    single = [item for item in plan.items if len(item.positions) == 1 and not item.shared]
    readings = {item.positions[0]: item.reading for item in single}
    years = plan.year.positions if plan.year is not None else ()
    for step in (-1, 1):
        found = [
            at
            for at in sorted(tails)
            if _would_fit(tails[at][1], readings.get(at + step), year=at + step in years)
        ]
        for run in _runs(found):
            yield _shift(table, {at: tails[at][0] for at in run}, step)
            for at in run:
                del tails[at]


def _tail(
    block: Block, at: int, failing: Mapping[int, Unusable]
) -> tuple[int, Sequence[Cell]] | None:
    """Give the row from which on nearly all cells fail, and cells that do; None if there is none.

    What fails here and there above it has causes of its own.
    """
    cells, filled, best = block.columns[at], 0, None
    found: list[Cell] = []
    for place in range(len(block.numbers) - 1, -1, -1):
        if is_blank(cell := cell_at(cells, place)):
            continue
        filled += 1
        if int(block.numbers[place]) in failing:
            found.append(cell)
            if len(found) >= max(_LEAST, _NEARLY_ALL * filled):
                best = int(block.numbers[place]), len(found)
    return None if best is None else (best[0], found[: min(best[1], _LOOKED_AT)])


def _would_fit(cells: Sequence[Cell], reading: ColumnReading | None, *, year: bool) -> bool:
    if not cells or (reading is None and not year):
        return False
    if reading is not None and reading.type is ItemType.CATEGORY and not reading.options:
        return False  # any text would do
    good = sum(fits(cell, reading) for cell in cells)
    return good >= _NEARLY_ALL * len(cells)


def fits(cell: Cell, reading: ColumnReading | None) -> bool:
    """Tell whether a cell could stand in a column: of an item, or of years if there is none."""
    if reading is None:
        return isinstance(read_year(cell), int)
    match reading.type:
        case ItemType.BOOLEAN:
            found: object = read_boolean(cell, reading)
        case ItemType.CATEGORY:
            found = read_text(cell, reading)
        case ItemType.INTEGER | ItemType.NUMBER:
            found = read_number(cell, reading)
        case _:
            assert_never(reading.type)
    return not isinstance(found, Unusable)


def _runs(positions: Sequence[int]) -> Iterator[list[int]]:
    """Give positions that lie side by side together."""
    run: list[int] = list(positions[:1])
    for before, at in pairwise(positions):
        if at != before + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _shift(table: Table, rows: Mapping[int, int], step: int) -> ShiftedColumns:
    left, right, first = table.column(min(rows)), table.column(max(rows)), min(rows.values())
    zh, en = (left, left) if left == right else (f"{left} 至 {right}", f"{left} to {right}")
    side = say("左", "left") if step < 0 else say("右", "right")
    row = table.row(first)
    return ShiftedColumns(
        rows,
        say(
            f"{zh} 列从{row}起像是{side}边一列的内容，整列可能错位：对照表头，把各值移回原来的列",
            f"from {row} on, {en} looks like the column to the {side}; the values may be shifted:"
            " move them back below their headers",
        ),
        f"shifted {left} {right} {first}",
    )
