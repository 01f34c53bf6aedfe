"""Columns whose values look like those of the column beside them: a whole block that slipped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dabiao.schemas.intake.cells import Reading, read_boolean, read_number, read_text
from dabiao.schemas.intake.identities import cell_at
from dabiao.schemas.intake.identity import is_blank, read_year
from dabiao.schemas.intake.plan import Plan
from dabiao.schemas.intake.reason import Reason
from dabiao.schemas.intake.table import Block, Cell, Table
from dabiao.schemas.language import say
from dabiao.schemas.measure import ItemType

_KINDS = frozenset(["not-a-number", "not-a-boolean", "unknown-option", "date-in-cell"])
"""What a value of another column is taken for."""
_LEAST = 3
_LOOKED_AT = 200
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Shift:
    """Columns that seem to hold what belongs into the column beside them.

    Attributes:
        positions: The columns, side by side.
        hint: What to say of it.
        cause: What the problems of all these columns share.
    """

    positions: Sequence[int]
    hint: str
    cause: str


def find_shifts(
    table: Table, plan: Plan, failing: Mapping[int, Mapping[int, Reason]]
) -> Iterator[Shift]:
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
    block = next(iter(table.blocks(plan.after, plan.wanted)), None) if suspects else None
    if block is None:
        return
    readings = {item.positions[0]: item.reading for item in plan.items if len(item.positions) == 1}
    years = plan.year.positions if plan.year is not None else ()
    for step in (-1, 1):
        found = sorted(
            at
            for at, rows in suspects.items()
            if _would_fit(_cells(block, at, rows), readings.get(at + step), year=at + step in years)
        )
        for run in _runs(found):
            first = min(row for at in run for row in suspects[at])
            yield _shift(table, run, step, first)


def _cells(block: Block, at: int, failing: Mapping[int, Reason]) -> list[Cell]:
    """Give the cells that fail, if from the first of them on nearly all do."""
    first, cells, filled = min(failing), block.columns[at], 0
    found: list[Cell] = []
    for place, number in enumerate(block.numbers.tolist()):
        if number < first or is_blank(cell := cell_at(cells, place)):
            continue
        filled += 1
        if number in failing:
            found.append(cell)
        if filled >= _LOOKED_AT:
            break
    return found if len(found) >= max(_LEAST, _NEARLY_ALL * filled) else []


def _would_fit(cells: Sequence[Cell], reading: Reading | None, *, year: bool) -> bool:
    if not cells or (reading is None and not year):
        return False
    if reading is not None and reading.type is ItemType.CATEGORY and not reading.options:
        return False  # any text would do
    good = sum(_fits(cell, reading) for cell in cells)
    return good >= _NEARLY_ALL * len(cells)


def _fits(cell: Cell, reading: Reading | None) -> bool:
    if reading is None:
        return isinstance(read_year(cell), int)
    match reading.type:
        case ItemType.BOOLEAN:
            found: object = read_boolean(cell, reading)
        case ItemType.CATEGORY:
            found = read_text(cell, reading)
        case _:
            found = read_number(cell, reading)
    return not isinstance(found, Reason)


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


def _shift(table: Table, run: Sequence[int], step: int, first: int) -> Shift:
    left, right = table.column(run[0]), table.column(run[-1])
    zh, en = (left, left) if left == right else (f"{left} 至 {right}", f"{left} to {right}")
    side = say("左", "left") if step < 0 else say("右", "right")
    row = table.row(first)
    return Shift(
        run,
        say(
            f"{zh} 列从{row}起像是{side}边一列的内容，整列可能错位：对照表头，把各值移回原来的列",
            f"from {row} on, {en} looks like the column to the {side}; the values may be shifted:"
            " move them back below their headers",
        ),
        f"shifted {left} {right} {first}",
    )
