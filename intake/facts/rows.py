"""Parsed rows on their way to becoming facts, and how to say where they stand."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field, replace
from itertools import islice
from operator import lt

import numpy as np

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


def origin_at(origins: Sequence[Origin], index: int) -> Origin | None:
    """Give the table of a row, or None for rows that came from none."""
    return origins[index] if index < len(origins) else None


def row_address(origin: Origin | None, number: int) -> str:
    """Address a whole row of a table."""
    if origin is not None and origin.turned:
        return letters(number - 1)
    if origin is not None and not origin.lettered:
        return f"[{number}]"
    return row_words(number)


def place_of(origins: Sequence[Origin], at: At, slug: str | None = None) -> str:
    """Say where a row, or an item in it, stands: file, sheet and cell."""
    origin = origin_at(origins, at[0])
    cell = origin.cell(slug, at[1]) if origin is not None and slug is not None else None
    address = cell or row_address(origin, at[1])
    parts = (origin.file, origin.sheet, address) if origin is not None else (address,)
    return " ".join(part for part in parts if part)


def places_of(origins: Sequence[Origin], rows: Sequence[At], slug: str | None = None) -> list[str]:
    """Say where rows stand; if all in one table, which a problem names anyway, by cell alone."""
    whole = [place_of(origins, at, slug) for at in rows]
    origin = origin_at(origins, rows[0][0])
    if origin is None or len({at[0] for at in rows}) > 1:
        return whole
    named = [part for part in (origin.file, origin.sheet) if part]
    return [each.removeprefix(" ".join(named)).lstrip() for each in whole]


def problem_at(  # noqa: PLR0913 - a problem has as many sides
    origins: Sequence[Origin],
    at: At,
    code: str,
    message: str,
    hint: str,
    *,
    subject: str,
    severity: Severity = Severity.WARNING,
    year: int | None = None,
    slug: str | None = None,
    fixed: str | None = None,
    found: str | None = None,
    cause: str | None = None,
    also: Sequence[At] = (),
) -> Problem:
    """Make a problem of a row, or of one cell in it: an item, or a code, name, parent or year.

    Args:
        origins: The tables.
        at: The row.
        code: Kind of problem.
        message: What is wrong.
        hint: What to do.
        subject: Code of the subject concerned.
        severity: Error or warning.
        year: The year concerned.
        slug: The item concerned.
        fixed: The fixed column concerned, e.g. ``parent``.
        found: What stands in the cell.
        cause: What it shares with others of one cause.
        also: Further rows that it speaks of.
    """
    origin = origin_at(origins, at[0])
    spots = [_spot(origins, other, slug, fixed) for other in (at, *also)]
    return Problem(
        code,
        message,
        severity,
        file=origin.file if origin else None,
        sheet=origin.sheet if origin else None,
        cell=spots[0].cell,
        found=found,
        hint=hint,
        subject=subject,
        year=year,
        item=slug,
        cause=cause,
        also=tuple(spots[1:]),
    )


def _spot(origins: Sequence[Origin], at: At, slug: str | None, fixed: str | None) -> CellPlace:
    origin = origin_at(origins, at[0])
    cell = None
    if origin is not None and slug is not None:
        cell = origin.cell(slug, at[1])
    elif origin is not None and fixed is not None:
        cell = origin.fixed_cell(fixed, at[1])
    address = cell or row_address(origin, at[1])
    return CellPlace(origin.file if origin else None, origin.sheet if origin else None, address)


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
