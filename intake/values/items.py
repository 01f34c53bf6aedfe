"""What is reported: the columns of one item in one table, and what to tell about its cells."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from dabiao.intake.cells.commas_and_points import ambiguous_point
from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.cells.unusable import Unusable, merged, shown
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import ItemSource, TextSource
from dabiao.intake.values.block_cells import (
    Part,
    all_pointed,
    cell_at,
    comma_doubt,
    filled_down,
    fills_any,
)
from dabiao.intake.values.chosen_rows import with_points
from dabiao.intake.values.columns import ColumnReader, Finished, two_readings
from dabiao.intake.values.identities import Identities
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.facts import Bools
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl


_LONG, _SHOWN = 100, 3
"""Cells from which on a column of which nothing can be used is told at once; how many are shown."""


class ItemReader:
    """Reads the columns of one item, adding them up where there are several."""

    def __init__(self, table: Table, item: ItemSource, after: int) -> None:
        """Read ``item`` from the rows of ``table`` below ``after``, its header."""
        self.table = table
        self.item = item
        self._after = after
        self._reader = ColumnReader(item.reading)

    @property
    def reading(self) -> ColumnReading:
        """How its cells are read."""
        return self.item.reading

    @property
    def slug(self) -> str:
        """The item's slug."""
        return self.reading.measure.slug

    def cell(self, number: int) -> str:
        """Address the cell or cells of the item in a row."""
        cells = [self.table.cell(position, number) for position in self.item.positions]
        return "+".join(cells) or self.table.row(number)

    def add(self, block: Block) -> None:
        """Read the next block."""
        columns = [self._column(block, position) for position in self.item.positions]
        if self.item.decimal_comma:
            columns = [with_points(column) for column in columns]
        length = len(block.numbers)
        if self.item.refused is not None:
            self._reader.add_part(_refused(columns, length, self.item.refused))
        elif not columns:
            self._reader.add([self.item.constant] * length)
        elif len(columns) == 1:
            self._reader.add(columns[0])
        else:
            parts = [self._reader.read(cells) for cells in columns]
            self._reader.add_part(self._sum(parts, block))

    def _column(self, block: Block, position: int) -> "list[Cell] | pl.Series":
        """Give a column; a kind, or a yes, that is merged over rows is said of each of them."""
        merged = self.table.spans.covering(position, self._after)
        if self.reading.type.numeric or next(merged, None) is None:
            return block.columns[position]
        return filled_down(self.table, self._after, TextSource((position,)), block, fills_any)

    @property
    def wrong(self) -> int:
        """How many cells could not be used so far."""
        return self._reader.wrong

    @property
    def parts(self) -> Sequence[Part]:
        """The blocks so far, if they hold numbers as they are written; else none."""
        as_written = self.reading.type.numeric and not self.item.decimal_comma
        return self._reader.parts if as_written else ()

    def doubt_commas(self, why: str) -> None:
        """Take the comma of 1,234 for one that may be a decimal one."""
        self._reader.comma_doubt = why

    def finish(self, kept: Bools | None) -> Finished:
        """Finish the column, with the rows that are facts; None if all are."""
        done = self._reader.finish(kept)
        if len(self.item.positions) > 1:  # what one part may mean is not what the sum may be
            for at, why in done.reasons.items():
                if why.code == "ambiguous-comma":
                    done.column.possible.pop(at, None)
        return done

    def _sum(self, parts: list[Part], block: Block) -> Part:
        """Add up columns; where some are blank there is no sum, where all are there is nothing."""
        values = np.stack([part.values for part in parts])
        blank = np.isnan(values)
        some, every = blank.any(axis=0), blank.all(axis=0)
        each = np.stack([part.settled for part in parts])
        settled = np.logical_or.reduce([part.settled for part in parts])
        # 3元 + 2 in a column of 万元: each by its own unit
        values = np.where(settled & ~each, values * (self.reading.factor or 1.0), values)
        total = Part(np.where(some, np.nan, values.sum(axis=0)), settled)
        total.decimal = next((part.decimal for part in parts if part.decimal is not None), None)
        for part in reversed(parts):
            # What one part may mean is not what the sum may be.
            wrong = {at: replace(why, readings=()) for at, why in part.reasons.items()}
            total.reasons.update(wrong)
            total.grouped.update(part.grouped)
        for at in np.flatnonzero(some & ~every).tolist():
            if at not in total.reasons:
                number = int(block.numbers[at])
                positions = zip(self.item.positions, blank[:, at].tolist(), strict=True)
                empty = "、".join(self.table.cell(p, number) for p, nothing in positions if nothing)
                message = say(f"{empty} 未填，不能求和", f"{empty} is blank, so there is no sum")
                hint = say("没有的填 0", "write 0 for none")
                total.reasons[at] = Unusable("sum-incomplete", message, hint, Severity.WARNING)
        self._doubt_parts(parts, total)
        return total

    def _doubt_parts(self, parts: list[Part], total: Part) -> None:
        """Refuse a sum with a number of two readings: 0.98 in %, or 2.000 among whole numbers."""
        for part in parts:
            for at, text in part.pointed.items() if not all_pointed(part) else ():
                value = float(part.values[at])
                total.values[at] = np.nan
                total.reasons[at] = ambiguous_point(text, value, value * 1000)
        if not self.reading.percent or self.reading.unit is not None:
            return
        for part in parts:
            with np.errstate(invalid="ignore"):
                small = ~part.settled & (part.values != 0) & (np.abs(part.values) <= 1)
            for at in np.flatnonzero(small & ~np.isnan(total.values)).tolist():
                total.values[at] = np.nan
                total.reasons[at] = two_readings(float(part.values[at]))

    def problems(
        self,
        done: Finished,
        who: Identities,
        rows: Sequence[int],
        before: Finished | None = None,
    ) -> Iterator[Problem]:
        """Say what is wrong or doubtful with the cells of a finished column.

        Args:
            done: The column.
            who: Who and when, of all rows of the table.
            rows: Per row of the column, its place among all rows.
            before: The same cells as another item, of which all was told.
        """
        whole = before is None and self.table.lettered and not self.table.turned
        if whole and is_lost(done) and len(self.item.positions) == 1 and not self.item.refused:
            yield self._nothing_of_it(done, who, rows)
            return
        for at in sorted(done.reasons):
            reason = done.reasons[at]
            is_told = before is not None and before.reasons.get(at) == reason
            if reason is not self.item.refused and not is_told:
                message = f"{self._label}{say('：', ': ')}{reason.message}"
                yield self._problem(reason, message, who, rows[at])
        for at, written in done.small.items() if before is None else ():
            value = done.column.at(at)
            message = say(
                f"{self._label}以 % 为单位，{written:.10g} 按 {value:.10g}% 理解",
                f"{self._label} is in %; {written:.10g} is taken as {value:.10g}%",
            )
            hint = say(
                f"无误就写成 {value:.10g}%，否则更正", f"if so write {value:.10g}%, else mend it"
            )
            told = Unusable("fraction-in-percent-item", message, hint, Severity.WARNING)
            yield self._problem(told, message, who, rows[at])

    def _nothing_of_it(self, done: Finished, who: Identities, rows: Sequence[int]) -> Problem:
        """Say of a long column at once that nothing in it can be used."""
        first, *_, last = sorted(done.reasons)
        often = Counter(why.code for why in done.reasons.values()).most_common(1)[0][0]
        why = next(why for _, why in sorted(done.reasons.items()) if why.code == often)
        listed = list(dict.fromkeys(each.found for each in done.reasons.values() if each.found))
        such = say("、", ", ").join(map(shown, listed[:_SHOWN]))
        told = self.table.problem(
            often,
            say(
                f"{self._label}：整列没有一格能用，如{such}",
                f"{self._label}: not one cell of the column can be used, such as {such}",
            ),
            say("核对这一列填的是不是这一项；", "see whether the column is this item; ")
            + (why.hint or ""),
            cell=f"{self.cell(who.numbers[rows[first]])}:{self.cell(who.numbers[rows[last]])}",
            expected=self.reading.expected,
            item=self.slug,
        )
        return replace(told, count=len(done.reasons))

    @property
    def _label(self) -> str:
        measure = self.reading.measure
        return say(measure.name, measure.english or measure.name)

    def _problem(self, reason: Unusable, message: str, who: Identities, row: int) -> Problem:
        told = self.table.problem(
            reason.code,
            message,
            reason.hint,
            reason.severity,
            cell=self.cell(who.numbers[row]),
            found=reason.found,
            expected=self.reading.expected,
            subject=who.codes[row],
            year=who.years[row],
            item=self.slug,
        )
        return replace(told, cause=told.code) if told.code == "merged-cells" else told


def doubt_commas(readers: Sequence[ItemReader], table: Table) -> None:
    """Doubt the comma of 1,234 in all columns of a table where one of them gives reason to."""
    why = comma_doubt([reader.parts for reader in readers], semicolons=table.semicolons)
    if why is not None:
        for reader in readers:
            reader.doubt_commas(why)


def is_lost(done: Finished) -> bool:
    """Tell whether a column is long and nothing in it can be used."""
    values, reasons = done.column.held, done.reasons
    if len(reasons) <= _LONG or done.column.possible or isinstance(values, FewNumbers):
        return False
    wrong = all(why.severity is Severity.ERROR for why in reasons.values())
    return wrong and bool(np.isnan(values).all())


@dataclass
class MergedValues:
    """Refuses the values of a table that nobody can divide.

    Attributes:
        table: The table.
        after: Number of the last row of its header.
    """

    table: Table
    after: int
    _divided: dict[tuple[int, int], str] = field(default_factory=dict)

    def refuse_covered(
        self, reader: ItemReader, done: Finished, who: Identities, rows: Sequence[int]
    ) -> None:
        """Refuse blank cells that are merged with those of others.

        A row about the same subject and year goes on with it: there the value is nobody else's.
        """
        for position in reader.item.positions:
            spans = list(self.table.spans.covering(position, self.after))
            numbers = [who.numbers[row] for row in rows] if spans else []
            for first, last, left, right in spans:
                places = range(bisect_left(numbers, first), bisect_right(numbers, last))
                about = [(who.codes[rows[place]], who.years[rows[place]]) for place in places]
                own = about[: bisect_right(numbers, first) - places.start]
                for place, each in zip(places, about, strict=True):
                    goes_on = position == left and each in own
                    if goes_on or not np.isnan(done.column.at(place)):
                        continue
                    whole = f"{self.table.cell(left, first)}:{self.table.cell(right, last)}"
                    done.reasons.setdefault(place, merged(whole))
                    if reader.reading.type.numeric:
                        self._divided[left, first] = whole

    def refuse_divided(
        self, reader: ItemReader, done: Finished, who: Identities, rows: Sequence[int]
    ) -> None:
        """Refuse numbers that stand in the first of such cells, which has no more of a claim."""
        if not self._divided or not reader.reading.type.numeric:
            return
        positions = reader.item.positions
        wanted = {number: cells for (at, number), cells in self._divided.items() if at in positions}
        for place, row in enumerate(rows) if wanted else ():
            number = who.numbers[row]
            stands = place in done.column.possible or not np.isnan(done.column.at(place))
            if number in wanted and stands:
                why = merged(wanted[number])
                done.column.clear(place)
                done.column.possible.pop(place, None)
                done.reasons[place] = why
                told = say("：", ": ") + why.message
                done.column.unusable[place] = reader.cell(number) + told


def _refused(columns: "Sequence[list[Cell] | pl.Series]", length: int, reason: Unusable) -> Part:
    """Mark every row in which something stands."""
    part = Part(np.full(length, np.nan), np.zeros(length, bool))
    for cells in columns:
        part.reasons.update(
            {at: reason for at in range(length) if not is_blank(cell_at(cells, at))}
        )
    return part
