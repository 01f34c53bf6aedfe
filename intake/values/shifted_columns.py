"""Values that look like those of the column beside them: a whole block that slipped, or a row.

A cell that was deleted or put in moves all of its row that lies behind it. What stands in a column
of another kind then fails; the numbers between do not, and are no more right.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank, read_year
from dabiao.intake.cells.item_cells import ColumnReading, read_boolean, read_number, read_text
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import TablePlan, columns_of
from dabiao.intake.problem_groups import areas_of
from dabiao.intake.values.block_cells import Closer, cell_at
from dabiao.intake.values.columns import Finished
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


@dataclass(frozen=True, slots=True)
class ShiftedRow:
    """A row whose values lie beside their columns from one on.

    Attributes:
        number: Its number.
        first: Position of the first column whose value may belong elsewhere.
        what: What to say of it.
        in_block: Whether whole columns moved, of which that was told.
    """

    number: int
    first: int
    what: str
    in_block: bool


def find_shifted_rows(
    table: Table,
    plan: TablePlan,
    failing: Mapping[int, Mapping[int, Unusable]],
    columns: Mapping[int, ShiftedColumns],
    beyond: Collection[int],
) -> Iterator[ShiftedRow]:
    """Find rows of which several values fail by their kind, and all would do one column further.

    Of a row whose last cell is blank one that fails is enough, and none is needed of a row that
    goes beyond the header, with a blank where it begins to look so.

    Args:
        table: The table.
        plan: How it was read.
        failing: Position of a column to the numbers of its rows that fail, and why.
        columns: Position of a column that moved as a whole to what is known of it.
        beyond: Numbers of the rows that go beyond the header, where few do.
    """
    wrong = {
        number
        for rows in failing.values()
        for number, reason in rows.items()
        if reason.code in _KINDS
    }
    suspects = [*wrong.union(beyond)]
    if not suspects or not table.lettered or table.turned:
        return
    readings: dict[int, ColumnReading | None] = {
        item.positions[0]: item.reading
        for item in plan.items
        if len(item.positions) == 1 and not item.shared
    }
    items = sorted(readings)
    readings |= dict.fromkeys(set(table.positions) - set(plan.wanted_by_name))  # not read
    for block in table.blocks(plan.after, plan.wanted):
        for place in np.flatnonzero(np.isin(block.numbers, suspects)).tolist():
            number = int(block.numbers[place])
            row = _Cells({at: cell_at(block.columns[at], place) for at in items}, readings)
            fails = {at: rows[number].code for at, rows in failing.items() if number in rows}
            found = row.moved(fails)
            if found is None and not fails and items[-1] + 1 in block.columns:
                found = row.put_in(cell_at(block.columns[items[-1] + 1], place))
            if found is not None:
                block_of = (columns[at] for at in fails if at in columns)
                within = any(number >= each.rows[at] for each in block_of for at in each.rows)
                yield ShiftedRow(
                    number, found[0], moved_from(table.column(found[0]), found[1]), within
                )


def telling(
    failing: Mapping[int, Mapping[int, Unusable]],
    lost: Collection[int],
    table: Table,
    plan: TablePlan,
) -> Mapping[int, Mapping[int, Unusable]]:
    """Leave out the columns that tell nothing of single rows.

    Nothing in such a column can be used, nor would it do in one beside it.
    """
    if not lost or not table.lettered or table.turned:
        return failing
    readings = {item.positions[0]: item.reading for item in plan.items if item.positions}
    block = next(iter(table.blocks(plan.after, plan.wanted)))
    places = range(min(len(block.numbers), _LOOKED_AT))
    kept = dict(failing)
    for at in lost:
        beside = [readings[each] for each in (at - 1, at + 1) if each in readings]
        cells = [cell_at(block.columns[at], place) for place in places]
        if not any(fits(cell, reading) for cell in cells for reading in beside):
            kept.pop(at, None)
    return kept


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row, by column, and how these are read; None for one that is not."""

    cells: Mapping[int, Cell]
    readings: Mapping[int, ColumnReading | None]

    def moved(self, fails: Mapping[int, str]) -> tuple[int, int] | None:
        """Give from where on, and to which side, a row may have moved.

        Args:
            fails: Position of each cell that fails to the code of why.
        """
        ends = is_blank(self.cells[max(self.cells)])
        for step in (1, -1):
            # What would do neither here nor beside it (45①), or may mean two things here, tells
            # nothing.
            telling = [
                at
                for at, code in fails.items()
                if code in _KINDS and self._do([at], step) and self._tells(at + step)
            ]
            one = len(telling) == 1 and ends and step == 1 and self._goes_on(telling[0])
            if len(telling) > 1 or one:
                first = self._from(min(telling), step, fails)
                if first is not None:
                    return first, step
        return None

    def _goes_on(self, at: int) -> bool:
        """Tell whether anything stands behind a cell."""
        return any(behind > at and not is_blank(cell) for behind, cell in self.cells.items())

    def put_in(self, beyond: Cell) -> tuple[int, int] | None:
        """Tell the same of a row without such cells whose last one stands beyond the header."""
        last = max(self.cells)
        blanks = [at for at, cell in self.cells.items() if is_blank(cell)]
        if not self._tells(last) or not fits(beyond, self.readings[last]):
            return None
        if not blanks or max(blanks) == last:
            return None
        behind = [at for at in self.cells if at > max(blanks)]
        return (max(blanks), -1) if len(behind) > 1 and self._do(behind, -1) else None

    def _from(self, telling: int, step: int, fails: Collection[int]) -> int | None:
        """Tell from which column on a row may be shifted; None where it is not.

        All that stands behind the first value that tells has to do one column further, and so may
        what stands before it, back to the first value that would not.
        """
        if not self._do((at for at in self.cells if at >= telling and at not in fails), step):
            return None
        before = [at for at in self.cells if at < telling and not self._do([at], step)]
        return min(at for at in self.cells if at > max(before, default=-1))

    def _tells(self, at: int) -> bool:
        """Tell whether not just anything could stand in a column."""
        reading = self.readings.get(at)
        return reading is not None and (
            reading.type is not ItemType.CATEGORY or bool(reading.options)
        )

    def _do(self, positions: Iterable[int], step: int) -> bool:
        """Tell whether cells would do so many columns further."""
        return all(is_blank(self.cells[at]) or self._fits(at, at + step) for at in positions)

    def _fits(self, at: int, there: int) -> bool:
        reading = self.readings.get(there)
        return there in self.readings and (reading is None or fits(self.cells[at], reading))


def distrust(
    moved: Sequence[ShiftedRow],
    table: Table,
    columns: Sequence[tuple[Sequence[int], Finished]],
    places: Mapping[int, tuple[int, str | None]],
) -> Iterator[Problem]:
    """Use nothing of rows from where on they have moved, and say so, but for whole blocks.

    Args:
        moved: The rows.
        table: Their table.
        columns: What was read, with the columns that it was read from.
        places: Number of a row to its place in them, and its code.
    """
    for row in moved:
        if row.number not in places:
            continue
        at, code = places[row.number]
        for positions, one in columns:
            told = row.in_block and at in one.reasons
            if not told and any(position >= row.first for position in positions):
                use_nothing(one, at, table.row(row.number), row.what)
        if not row.in_block:
            yield moved_row(table, row.number, row.what, code)


def use_nothing(column: Finished, at: int, row: str, why: str) -> None:
    """Use nothing of a column in a row, and say why."""
    column.reasons.pop(at, None)
    column.column.possible.pop(at, None)
    column.column.clear(at)
    column.column.unusable[at] = f"{row}{say('：', ': ')}{why}"


def moved_row(table: Table, number: int, what: str, subject: str | None) -> Problem:
    """Say of a row that its values have moved."""
    return table.problem(
        "ragged-row",
        what + say("，均不使用", "; none of it is used"),
        say("把错位的单元格移回原位", "move the cells back to where they belong"),
        cell=table.row(number),
        subject=subject,
    )


def with_year_before(
    table: Table,
    plan: TablePlan,
    rows: Closer,
    parents: Sequence[Cell],
    year_of: Callable[[Cell], int | Unusable | None],
) -> dict[int, str]:
    """Find rows whose year stands in the column before, where the parent should; and say so."""
    year, parent = columns_of(plan.year), columns_of(plan.parent)
    if len(year) != 1 or len(parent) != 1 or plan.roster:
        return {}
    step = year[0] - parent[0]
    if abs(step) != 1:
        return {}
    said = moved_from(table.column(parent[0]), step)
    return {
        at: said
        for at in rows.places
        if isinstance(year_of(rows.years[at]), Unusable) and isinstance(year_of(parents[at]), int)
    }


def moved_from(first: str, step: int) -> str:
    """Say that the values of a row seem to have moved, to the left where the step is positive."""
    side = say("左", "left") if step > 0 else say("右", "right")
    return say(
        f"从 {first} 列起像是整体{side}移了一格，各值可能错位",
        f"from {first} on, the values seem to have moved to the {side}",
    )


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
