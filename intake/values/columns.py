"""Whole columns of an item, converted at once wherever the cells allow it.

A small number in an item that is in %: 0.98 may mean 0.98 % or, as a fraction, 98 %, and 1 may mean
1 % or 100 %. It is read as one of them only where that is certain: the cell has a per cent sign or
a percentage format, the header or the mapping file names the unit, or the allowed range leaves out
the other. No other cell of the column tells, as somebody else may have filled it in. Where nothing
tells, the cell keeps both readings, and a warning says so.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dabiao.intake.cells.commas_and_points import ambiguous_comma, ambiguous_point
from dabiao.intake.cells.item_cells import (
    CellNumber,
    ColumnReading,
    has_decimal_comma,
    is_grouped_once,
    is_pointed_once,
    read_boolean,
    read_number,
    read_text,
)
from dabiao.intake.cells.unusable import Unusable, bare, shown
from dabiao.intake.formats.table import Cell
from dabiao.intake.values.block_cells import Part, all_pointed, refuse_commas
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.facts import Bools, Column, Floats, packed
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.measure import ItemType
from dabiao.schemas.numerals import round15
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl

_VAST = 1e15
"""What nobody reports in any unit; 5e302 is a slip, be it typed as a text or as a number."""
_MOST = math.nextafter(_VAST, 0)
_LOOSE = 1e-9
_SHORT = 32
"""Numbers up to which one after the other is looked at sooner than all of them at once."""
_SEVERAL = 3
_NEAR_ONE = 0.5
_THOUSAND = ".000"
_HUGE = 1e300
_WRITTEN = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{0,40})?")
"""Numbers as nearly all cells write them, which need no closer look."""


@dataclass(slots=True)
class Finished:
    """A column that is read to its end.

    Attributes:
        column: The values, in the item's unit; ``unusable`` is still empty.
        reasons: Row to why its cell cannot be used.
        small: Rows with numbers below 1 in an item that is in %, whose reading is certain from
            elsewhere than the cell, and what stands there.
        settled: Per row, whether its cell says itself what it means; None where none does.
        scaled: Per row, whether its number was converted from the unit of the header; None where
            nothing was.
        beyond: Whether that made a number impossible that could well be as it stands.
    """

    column: Column
    reasons: dict[int, Unusable]
    small: dict[int, float] = field(default_factory=dict)
    settled: Bools | None = None
    scaled: Bools | None = None
    beyond: bool = False


class ColumnReader:
    """Reads a column of one item, block by block.

    Attributes:
        comma_doubt: Why the comma of 1,234 may be a decimal one, if it may; its own cells aside.
    """

    def __init__(self, reading: ColumnReading) -> None:
        """Read as ``reading`` says."""
        self.reading = reading
        self.comma_doubt: str | None = None
        self._parts: list[Part] = []
        self._texts: dict[str, int] = {}

    def add(self, cells: "list[Cell] | pl.Series") -> None:
        """Read the next block."""
        part = self.read(cells)
        part.pack()
        self._parts.append(part)

    def add_part(self, part: Part) -> None:
        """Take a block that was read already."""
        self._parts.append(part)

    @property
    def wrong(self) -> int:
        """How many cells could not be used so far."""
        return sum(len(part.reasons) for part in self._parts)

    @property
    def parts(self) -> Sequence[Part]:
        """The blocks so far."""
        return self._parts

    def read(self, cells: "list[Cell] | pl.Series") -> Part:
        """Read a block without keeping it."""
        if isinstance(cells, list):
            return self._read_cells(cells)
        if self.reading.type.numeric and not self.reading.replacements:
            from dabiao.intake.values.arrow import pointed, read_series

            part = read_series(cells, self._read_cells)
            if part.decimal is not None or self._whole:
                part.pointed = pointed(cells, whole=part.decimal is None)
            return part
        from dabiao.intake.cells.arrow_cells import cells_of, is_text
        from dabiao.intake.values.arrow import read_texts

        return (
            read_texts(cells, self._read_cells)
            if is_text(cells)
            else self._read_cells(cells_of(cells))
        )

    def _read_cells(self, cells: Sequence[Cell]) -> Part:
        """Read cell by cell; a cell that was met before is not looked at again."""
        settled = np.zeros(len(cells), bool)
        reasons: dict[int, Unusable] = {}
        known: dict[tuple[type, Cell], tuple[CellNumber | Unusable | None, bool]] = {}
        numeric = self.reading.type.numeric
        written = numeric and not self.reading.replacements
        values: list[float] = [np.nan] * len(cells)
        grouped: dict[int, str] = {}
        decimal: str | None = None
        thousands = False
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            if numeric and (type(cell) is float or type(cell) is int) and abs(cell) < _HUGE:
                values[at] = cell
                continue
            if written and type(cell) is str and _WRITTEN.fullmatch(cell):
                values[at] = float(cell)
                continue
            key = (type(cell), cell)
            if key not in known:
                known[key] = self._read_told(cell), is_grouped_once(cell)
            found, once = known[key]
            if isinstance(found, Unusable):
                reasons[at] = found
                decimal = decimal or (cell if has_decimal_comma(cell) else None)
            elif found is not None:
                values[at] = found.value
                settled[at] = found.settled
                if once:
                    grouped[at] = str(cell)
                thousands |= numeric and not once and type(cell) is str and "," in fold(cell)
        pointed: dict[int, str] = {}
        if numeric and (decimal is not None or self._whole):
            end = _THOUSAND if decimal is None else ""
            pointed = {
                at: cell
                for at, cell in enumerate(cells)
                if type(cell) is str and end in cell and is_pointed_once(cell)
            }
        held = np.array(values, np.float64)
        return Part(held, settled, reasons, grouped, pointed, decimal, thousands)

    @property
    def _whole(self) -> bool:
        return self.reading.type is ItemType.INTEGER

    def _read_told(self, cell: Cell) -> CellNumber | Unusable | None:
        """Read a cell; a reason says what it holds."""
        found = self._read_cell(cell)
        return replace(found, found=bare(cell)) if isinstance(found, Unusable) else found

    def _read_cell(self, cell: Cell) -> CellNumber | Unusable | None:
        if self.reading.replacements and not isinstance(cell, bool):
            text = f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
            cell = self.reading.replacements.get(text, cell)
        match self.reading.type:
            case ItemType.BOOLEAN:
                truth = read_boolean(cell, self.reading)
                return CellNumber(truth, settled=True) if isinstance(truth, float) else truth
            case ItemType.CATEGORY:
                text_found = read_text(cell, self.reading)
                if not isinstance(text_found, str):
                    return text_found
                place = self._texts.setdefault(text_found, len(self._texts))
                return CellNumber(float(place), settled=True)
        return read_number(cell, self.reading)

    def finish(self, kept: Bools | None = None) -> Finished:
        """Put the blocks together and check them as a whole.

        Args:
            kept: Which rows are facts; the others are left out. None if all are.
        """
        whole = self._parts[0] if len(self._parts) == 1 else _joined(self._parts)
        self._parts.clear()
        grouped = whole.grouped if self.comma_doubt is not None else {}
        if kept is None and not grouped and self._takes(whole):
            return Finished(Column(whole.held), {})
        refuse_commas(whole)
        values, settled, reasons = whole.values, whole.settled, whole.reasons
        pointed = {} if all_pointed(whole) else whole.pointed
        if kept is not None:
            values, settled = values[kept], settled[kept]
            if reasons or pointed or grouped:
                place = np.cumsum(kept) - 1
                reasons = {int(place[at]): why for at, why in reasons.items() if kept[at]}
                pointed = {int(place[at]): text for at, text in pointed.items() if kept[at]}
                grouped = {int(place[at]): text for at, text in grouped.items() if kept[at]}
        done = Finished(Column(values), reasons)
        if self.reading.type is ItemType.CATEGORY:
            done.column.labels = tuple(self._texts)
        elif self.reading.type.numeric:
            done.settled = settled if np.count_nonzero(settled) else None
            self._finish_numbers(done, ~settled)
            self._doubt_points(done, pointed)
            self._doubt_commas(done, grouped)
            self._keep_readings(done)
        done.column.held = packed(done.column.held)
        return done

    def _takes(self, part: Part) -> bool:
        """Tell whether a column, short or of few numbers, is to be kept as it stands."""
        held, reading = part.held, self.reading
        if not reading.type.numeric or reading.factor not in (None, 1.0):
            return False
        low, high = max(reading.bounds[0], -_MOST), min(reading.bounds[1], _MOST)
        whole = reading.type is ItemType.INTEGER
        percent, per_one = reading.percent, reading.per_one
        if isinstance(held, FewNumbers):  # of which there is nothing else to say
            known = held.values[~np.isnan(held.values)]
            is_plain = not (percent or per_one) and low <= known[0] and known[-1] <= high
            return bool(is_plain and (not whole or (known == np.rint(known)).all()))
        doubtful = part.reasons or part.pointed or part.decimal is not None
        if len(held) > _SHORT or doubtful or np.count_nonzero(part.settled):
            return False
        return all(
            low <= number <= high
            and (not whole or number.is_integer())
            and not (percent and 0 < abs(number) <= 1)
            and not (per_one and number > 1)
            for number in held.tolist()
            if number == number  # noqa: PLR0124 - NaN, where there is none, is not
        )

    def _keep_readings(self, done: Finished) -> None:
        """Keep what cells may mean, as far as the item allows it; one of several is certain."""
        for at, why in list(done.reasons.items()):
            allowed = tuple(filter(self._allows, why.readings))
            if len(allowed) > 1:
                done.column.possible[at] = allowed
            elif allowed:
                done.column.values[at] = allowed[0]
                del done.reasons[at]

    def _doubt_points(self, done: Finished, pointed: Mapping[int, str]) -> None:
        """Keep both readings of 2.000 among whole numbers: two, or two thousand."""
        values = done.column.values
        for at, text in pointed.items():
            value = float(values[at])
            larger = round15(value * 1000)
            if at not in done.reasons and not np.isnan(value) and self._allows(larger):
                done.column.possible[at] = (value, larger)
                done.reasons[at] = ambiguous_point(text, value, larger)
                values[at] = np.nan

    def _doubt_commas(self, done: Finished, grouped: Mapping[int, str]) -> None:
        """Keep both readings of 1,234 where its comma may be a decimal one.

        In a column of whole numbers it is none, unless all would be whole then: 2,000.
        """
        values = done.column.values
        smaller = {at: round15(float(values[at]) / 1000) for at in grouped}
        if self.reading.type is ItemType.INTEGER and not all(map(self._allows, smaller.values())):
            return
        for at, text in grouped.items():
            if at not in done.reasons and self._allows(smaller[at]):
                done.column.possible[at] = (float(values[at]), smaller[at])
                done.reasons[at] = ambiguous_comma(text, self.comma_doubt or "", smaller[at])
                values[at] = np.nan

    def _finish_numbers(self, done: Finished, bare: Bools) -> None:
        values = done.column.values
        factor = self.reading.factor
        if factor is not None and factor != 1.0:
            done.scaled = bare & ~np.isnan(values)
            for at in np.flatnonzero(done.scaled).tolist():
                before = float(values[at])
                values[at] = round15(before * factor)
                done.beyond |= self._allows(before) and not self._allows(float(values[at]))
        if self.reading.percent:
            self._settle_fractions(done, bare)
        if self.reading.per_one:
            self._doubt_quotients(done, bare)
        if self.reading.type is ItemType.INTEGER:
            whole = np.rint(values)
            far = np.abs(values - whole)
            if np.fmax.reduce(far, initial=0.0) > 0.0:
                off = far > _LOOSE * np.maximum(1.0, np.abs(values))
                np.copyto(values, whole, where=~off)
                self._refuse(done, off, _not_whole)
        least, most = (
            np.fmin.reduce(values, initial=np.inf),
            np.fmax.reduce(values, initial=-np.inf),
        )
        if most >= _VAST or -least >= _VAST:
            with np.errstate(invalid="ignore"):
                self._refuse(done, np.abs(values) >= _VAST, _vast)
        low, high = self.reading.bounds
        if least < low or most > high:
            outside = partial(_outside, reading=self.reading)
            slack = _LOOSE * np.abs(values)
            with np.errstate(invalid="ignore"):
                self._refuse(done, values < low - slack, outside)
                self._refuse(done, values > high + slack, outside)

    def _settle_fractions(self, done: Finished, bare: Bools) -> None:
        """Read small numbers as per cents or as fractions, or keep both readings."""
        values = done.column.values
        with np.errstate(invalid="ignore"):
            small = bare & (values != 0) & (np.abs(values) <= 1)
        if not small.any():
            return
        certain = self.reading.unit is not None and not _like_shares(values[values > 0])
        for at in np.flatnonzero(small).tolist():
            value = float(values[at])
            readings = [value] if certain else self._readings(value)
            if len(readings) > 1:
                done.column.possible[at] = tuple(readings)
                done.reasons[at] = two_readings(value)
                values[at] = np.nan
                continue
            if readings:
                values[at] = readings[0]
            if abs(value) < 1:
                done.small[at] = value

    def _doubt_quotients(self, done: Finished, bare: Bools) -> None:
        """Keep both readings of 13 where one to so many is asked for: 13:1, or 1:13."""
        with np.errstate(invalid="ignore"):
            large = bare & (done.column.values > 1)
        for at in np.flatnonzero(large).tolist():
            done.reasons[at] = _one_to_so_many(float(done.column.values[at]))
            done.column.values[at] = np.nan

    def _readings(self, value: float) -> list[float]:
        """List what a small number may mean, as it stands first; what is not allowed left out."""
        return [each for each in (value, round15(value * 100)) if self._allows(each)]

    def _allows(self, value: float) -> bool:
        """Tell whether a value is in the allowed range, and whole where it has to be."""
        low, high = self.reading.bounds
        slack = _LOOSE * abs(value)
        whole = self.reading.type is not ItemType.INTEGER or value.is_integer()
        return low - slack <= value <= high + slack and whole

    def _refuse(self, done: Finished, bad: Bools, why: Callable[[float], Unusable]) -> None:
        if not bad.any():
            return
        values = done.column.values
        for at in np.flatnonzero(bad).tolist():
            value = float(values[at])
            done.reasons[at] = replace(why(value), found=bare(value))
        values[bad] = np.nan


def _like_shares(values: Floats) -> bool:
    """Tell whether a column below a per cent sign looks as if it held shares of one.

    Nothing in it goes beyond one, and half of it lies near: 0.98 where 98 is meant.
    """
    if len(values) < _SEVERAL or values.max() > 1:
        return False
    return float(np.median(values)) > _NEAR_ONE


def _joined(parts: Sequence[Part]) -> Part:
    """Put blocks one after the other."""
    reasons: dict[int, Unusable] = {}
    grouped: dict[int, str] = {}
    pointed: dict[int, str] = {}
    start = 0
    for part in parts:
        reasons |= {start + at: reason for at, reason in part.reasons.items()}
        grouped |= {start + at: text for at, text in part.grouped.items()}
        pointed |= {start + at: text for at, text in part.pointed.items()}
        start += len(part.held)
    return Part(
        np.concatenate([np.zeros(0), *(part.values for part in parts)]),
        np.concatenate([np.zeros(0, bool), *(part.settled for part in parts)]),
        reasons,
        grouped,
        pointed,
        next((part.decimal for part in parts if part.decimal is not None), None),
        any(part.thousands for part in parts),
    )


def two_readings(value: float) -> Unusable:
    """Say that a number may be a per cent or a fraction, and how to tell."""
    first, second = f"{value:.15g}%", f"{round15(value * 100):.15g}%"
    return Unusable(
        "fraction-in-percent-item",
        say(
            f"{value:.15g}没有写百分号，可能是{first}，也可能是{second}",
            f"{value:.15g} has no per cent sign: it may be {first} or {second}",
        ),
        say(f"写成 {first} 或 {second}", f"write {first} or {second}"),
        Severity.WARNING,
        f"{value:.15g}",
    )


def _one_to_so_many(value: float) -> Unusable:
    """Say that a number above 1 may be either side of a quotient, and how to tell."""
    number = f"{value:.15g}"
    return Unusable(
        "doubtful-unit",
        say(
            f"{number}没有写成几比几，可能是{number}:1，也可能是1:{number}",
            f"{number} is not written as one to so many: it may be {number}:1 or 1:{number}",
        ),
        say(f"写成 1:{number} 或 {number}:1", f"write 1:{number} or {number}:1"),
        Severity.WARNING,
        number,
        readings=(value, 1 / value),
    )


def _not_whole(value: float) -> Unusable:
    return Unusable(
        "not-whole",
        say(f"{shown(value)}不是整数", f"{shown(value)} is not a whole number"),
        say("填实际的数，不填平均数", "give the number itself, not an average"),
    )


def _vast(value: float) -> Unusable:
    return Unusable(
        "out-of-range",
        say(
            f"{shown(value)}超出允许范围：不会有这样大的数",
            f"{shown(value)} is out of range: nothing is as large",
        ),
        say("核对是否多打了 E 或几位数字", "see whether an E or digits were typed too many"),
    )


def _outside(value: float, reading: ColumnReading) -> Unusable:
    return Unusable(
        "out-of-range",
        say(
            f"{shown(value)}超出允许范围，应为：{reading.expected}",
            f"{shown(value)} is out of range, expected {reading.expected}",
        ),
        say("核对数值和单位", "check the number and its unit"),
    )
