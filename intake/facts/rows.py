"""Parsed rows on their way to becoming facts, and how to say where they stand."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace
from itertools import islice
from operator import lt
from typing import Required, TypedDict, Unpack

import numpy as np

from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.addresses import letters, row_words
from dabiao.schemas.facts import Bools, Column, Ints, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import CellPlace, Problem, Severity
from dabiao.schemas.record import dataclass

Value = float | str | bool
At = tuple[int, int]
"""A row: index of its table, number in it."""


@dataclass(slots=True)
class Row:
    """What one row says about one subject in one year.

    Attributes:
        year: The year, or None where the row only says that the subject exists (名录).
        life: How long it exists, where the 名录 says so.
        values: Item slug to value, in the item's unit.
        unusable: Item slug to the reason why what was submitted cannot be used.
        origin: Index of the table it came from.
        number: Its number in that table.
    """

    level: Level
    code: str
    name: str | None = None
    parent: str | None = None
    year: int | None = None
    values: dict[str, Value] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    origin: int = 0
    number: int = 0
    life: Lifetime | None = None


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """A unit in the header of a column by which its bare numbers were converted.

    Attributes:
        unit: The unit, as the header has it.
        factor: What the numbers were multiplied by.
        cell: Where the header stands.
        rows: Per row, whether its number was.
        beyond: Whether it makes a number impossible that could well be as it stands.
    """

    unit: str
    factor: float
    cell: str
    rows: Bools
    beyond: bool


@dataclass(slots=True)
class Batch:
    """Rows of one table about subjects of one level, by column.

    Attributes:
        numbers: Per row, its number in the table.
        years: Per row, the year; None where the rows only say that subjects exist.
        columns: Item slug to its values, as long as the other columns; of a roster, what it says of
            the kinds of its subjects.
        lives: Per row of a roster, how long its subject exists, where that is said; None where the
            rows are of no roster.
        since: Per row of a roster, the year that it gives, from which on its subject lies in that
            parent; 0 for none, -1 for what is no year. None where the rows are of no roster.
        header_units: Item slug to the unit by which its numbers were converted, where they were.
        stated: Item slug to the rows, by number, whose cells say their unit themselves.
    """

    level: Level
    origin: int
    numbers: Ints
    codes: list[str]
    names: list[str | None]
    parents: list[str | None]
    years: Ints | None
    columns: dict[str, Column] = field(default_factory=dict)
    lives: list[Lifetime | None] | None = None
    since: list[int] | None = None
    header_units: dict[str, HeaderUnit] = field(default_factory=dict)
    stated: dict[str, frozenset[int]] = field(default_factory=dict)
    _ascending: bool | None = field(default=None, init=False, repr=False, compare=False)
    _once: bool | None = field(default=None, init=False, repr=False, compare=False)

    def where(self, at: int) -> At:
        """Say where a row stands: index of its table, number in it."""
        return self.origin, int(self.numbers[at])

    def year(self, at: int) -> int | None:
        """Give the year of a row; None for one of a roster."""
        return None if self.years is None else int(self.years[at])

    @property
    def is_ascending(self) -> bool:
        """Tell whether rows stand in order of code, no two of them about the same subject."""
        if self._ascending is None:
            self._ascending = all(map(lt, self.codes, islice(self.codes, 1, None)))
        return self._ascending

    @property
    def is_each_once(self) -> bool:
        """Tell whether no two rows are about the same subject."""
        if self._once is None:
            self._once = self.is_ascending or len(set(self.codes)) == len(self.codes)
        return self._once


class RowDetails(TypedDict, total=False):
    """What may be said of a problem of a row, besides its code, what is wrong, and what to do.

    Attributes:
        subject: Code of the subject concerned.
        severity: A warning, unless it is said.
        year: The year concerned.
        slug: The item concerned.
        fixed: The fixed column concerned, e.g. ``parent``.
        found: What stands in the cell.
        cause: What it shares with others of one cause.
        also: Further rows that it speaks of.
    """

    subject: Required[str]
    severity: Severity
    year: int | None
    slug: str
    fixed: str
    found: str | None
    cause: str
    also: Sequence[At]


@dataclass(frozen=True, slots=True)
class RowLog:
    """Takes down what is noticed of rows, and says where they stand.

    Attributes:
        origins: The tables that rows point into; may be empty for rows that came from none.
        noticed: Takes down the problems.
    """

    origins: Sequence[Origin]
    noticed: ProblemLog

    def tell(self, row: At, code: str, message: str, hint: str, **of: Unpack[RowDetails]) -> None:
        """Take down a problem of a row, or of one cell in it: an item's, or a fixed column's."""
        slug, fixed = of.get("slug"), of.get("fixed")
        place, *also = (self._place(each, slug, fixed) for each in (row, *of.get("also", ())))
        problem = Problem(
            code,
            message,
            of.get("severity", Severity.WARNING),
            file=place.file,
            sheet=place.sheet,
            cell=place.cell,
            found=of.get("found"),
            hint=hint,
            subject=of["subject"],
            year=of.get("year"),
            item=slug,
            cause=of.get("cause"),
            also=tuple(also),
        )
        if problem.severity is Severity.NOTE:
            self.noticed.note(problem)
        else:
            self.noticed.add(problem)

    def origin(self, index: int) -> Origin | None:
        """Give the table of a row, or None for rows that came from none."""
        return self.origins[index] if index < len(self.origins) else None

    def cell(self, row: At, slug: str) -> str | None:
        """Address the cell of an item, or None where its table has no such column."""
        origin = self.origin(row[0])
        return None if origin is None else origin.cell(slug, row[1])

    def place_of(self, row: At, slug: str | None = None) -> str:
        """Say where a row, or an item in it, stands: file, sheet and cell."""
        place = self._place(row, slug)
        return " ".join(part for part in (place.file, place.sheet, place.cell) if part)

    def places_of(self, rows: Sequence[At], slug: str | None = None) -> list[str]:
        """Say likewise; if all stand in one table, which a problem names anyway, by cell alone."""
        origin = self.origin(rows[0][0])
        if origin is None or len({row[0] for row in rows}) > 1:
            return [self.place_of(row, slug) for row in rows]
        return [self._place(row, slug).cell for row in rows]

    def _place(self, row: At, slug: str | None, fixed: str | None = None) -> CellPlace:
        """Find the cell of an item or of a fixed column; the whole row, where it has none."""
        origin, number = self.origin(row[0]), row[1]
        if origin is None:
            return CellPlace(None, None, row_words(number))
        cell = None
        if slug is not None:
            cell = origin.cell(slug, number)
        elif fixed is not None:
            cell = origin.fixed_cell(fixed, number)
        return CellPlace(origin.file, origin.sheet, cell or _row_address(origin, number))


def _row_address(origin: Origin, number: int) -> str:
    """Address a whole row of a table."""
    if origin.turned:
        return letters(number - 1)
    return row_words(number) if origin.lettered else f"[{number}]"


def rostered(batches: Iterable[Batch]) -> set[tuple[Level, str]]:
    """Give the codes that rosters list, with their levels."""
    return {(of.level, code) for of in batches if of.years is None for code in of.codes}


def without(batch: Batch, rows: AbstractSet[int]) -> Batch:
    """Leave rows out of a batch."""
    kept = [at for at in range(len(batch.codes)) if at not in rows]
    place = {old: new for new, old in enumerate(kept)}
    chosen = np.array(kept, np.intp)

    def moved(column: Column) -> Column:
        return Column(
            column.values[chosen],
            column.labels,
            {place[at]: why for at, why in column.unusable.items() if at in place},
            {place[at]: each for at, each in column.possible.items() if at in place},
        )

    return replace(
        batch,
        numbers=batch.numbers[chosen],
        codes=[batch.codes[at] for at in kept],
        names=[batch.names[at] for at in kept],
        parents=[batch.parents[at] for at in kept],
        years=None if batch.years is None else batch.years[chosen],
        columns={slug: moved(column) for slug, column in batch.columns.items()},
        lives=None if batch.lives is None else [batch.lives[at] for at in kept],
        since=None if batch.since is None else [batch.since[at] for at in kept],
        header_units={s: replace(of, rows=of.rows[chosen]) for s, of in batch.header_units.items()},
    )
