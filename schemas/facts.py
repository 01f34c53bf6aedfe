"""Submitted facts in memory: one set of columns per level, every cell traceable.

Intake fills these tables and the engine reads them. Rows stay as they were submitted (one file may
bring one half of a subject's year and another file the other half), so the way back from a value to
its cell is never lost.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from dabiao.schemas.addresses import letters
from dabiao.schemas.attendance import Deadlines
from dabiao.schemas.distinct import FewNumbers, few_numbers
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import Problem
from dabiao.schemas.record import dataclass

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


class Standing(StrEnum):
    """How a subject came to be known; the first that holds."""

    REPORTED = "reported"
    """It has a row of facts in some year."""
    ROSTER = "roster"
    """It stands in the sheet 名录 (or the file of that name) and has no row."""
    NAMED = "named"
    """A row names it as parent, and that is all that is known of it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The table that rows came from.

    Attributes:
        file: Path as the user gave it, with forward slashes.
        sheet: Sheet name of a workbook, else None.
        columns: Item slug to column: a letter for sheets and delimited files (``F``), a key for
            JSON and Parquet; several joined with ``+`` where a mapping file adds columns up.
        lettered: Whether a cell is addressed as letter plus row (``F12``) rather than ``[12].key``.
        turned: Whether an item has a row of its sheet, and a subject and year a column: ``columns``
            are then numbers of rows, and the number of a row is that of a column, from 1.
        fixed: The same as ``columns`` for the columns that say what a row is about.
    """

    file: str
    sheet: str | None
    columns: Mapping[str, str]
    lettered: bool = True
    fixed: Mapping[str, str] = field(default_factory=dict)
    turned: bool = False

    def cell(self, slug: str, row: int) -> str | None:
        """Address the cell of an item in a row, or None where the table has no such column."""
        return self._address(self.columns.get(slug), row)

    def cell_of_any(self, slug: str, row: str) -> str | None:
        """Address the cell of an item in any row: where its number would stand, a text does.

        None where the table has no such column, or addresses tell rows otherwise.
        """
        column = self.columns.get(slug)
        return None if self.turned or column is None else self._in_column(column, row)

    def fixed_cell(self, name: str, row: int) -> str | None:
        """Address the cell of a fixed column, such as ``parent``, or None likewise."""
        return self._address(self.fixed.get(name), row)

    def _address(self, column: str | None, row: int) -> str | None:
        if column is None:
            return None
        if self.turned:
            return "+".join(f"{letters(row - 1)}{each}" for each in column.split("+"))
        return self._in_column(column, row)

    def _in_column(self, column: str, row: int | str) -> str:
        if not self.lettered:
            return f"[{row}].{column}"
        if "+" not in column:  # as most are
            return f"{column}{row}"
        return "+".join(f"{letter}{row}" for letter in column.split("+"))

    def stretch(self, slug: str, first: int, last: int) -> str | None:
        """Address the cells of an item from one row to another."""
        column = self.columns.get(slug)
        if first == last or column is None:
            return self.cell(slug, first)
        if self.turned:
            cells = (self._address(column, at) for at in (first, last))
            return ":".join(cell or "" for cell in cells)
        if not self.lettered:
            return f"[{first}…{last}].{column}"
        return "+".join(f"{letter}{first}:{letter}{last}" for letter in column.split("+"))


MANY = 10_000
"""Numbers from which on they are held as few different ones, if there are no more."""


def packed(values: Floats | FewNumbers) -> Floats | FewNumbers:
    """Hold many numbers in as little room as they take: an eighth to a quarter of it, mostly."""
    if isinstance(values, FewNumbers) or len(values) < MANY:
        return values
    return few_numbers(values) or values


@dataclass(slots=True)
class Column:
    """All values of one item at one level, a number per row.

    Attributes:
        held: The quantity in the item's unit; 1 and 0 for booleans; an index into ``labels`` for
            categories; NaN where nothing usable was submitted.
        labels: The texts of a category column.
        unusable: Row to reason, for cells that held something that could not be used.
        possible: Row to the values that its cell may mean, where nobody can say which: 0.9 in an
            item that is in % may be 0.9 % or 90 %. As it stands comes first. Such a row has no
            value and is unusable as well; who knows how tries each of them.
    """

    held: Floats | FewNumbers
    labels: tuple[str, ...] | None = None
    unusable: dict[int, str] = field(default_factory=dict)
    possible: dict[int, tuple[float, ...]] = field(default_factory=dict)

    @property
    def values(self) -> Floats:
        """All of them; where they are held as few, a copy that nobody can write to."""
        if not isinstance(self.held, FewNumbers):
            return self.held
        found = self.held.whole()
        found.flags.writeable = False
        return found

    def take(self, rows: npt.NDArray[np.integer[Any]]) -> Floats:
        """Give those of some rows."""
        return self.held.take(rows)

    def at(self, row: int) -> float:
        """Give that of a row."""
        held = self.held
        return float(held.values[held.places[row]] if isinstance(held, FewNumbers) else held[row])

    def copied(self) -> "Column":
        """Give another that may be changed."""
        held = self.held if isinstance(self.held, FewNumbers) else self.held.copy()
        return Column(held, self.labels, dict(self.unusable), dict(self.possible))

    def clear(self, rows: int | list[int] | npt.NDArray[np.intp]) -> None:
        """Take back what was given in some rows."""
        if isinstance(self.held, FewNumbers):
            self.held = self.held.without(rows)
        else:
            self.held[rows] = np.nan


@dataclass(slots=True)
class LevelFacts:
    """Everything submitted about the subjects of one level.

    Subjects are sorted by code and each stands once. Rows are in no promised order; two rows may
    speak of the same subject and year as long as they do not both give the same item.

    Attributes:
        codes: Codes of the subjects, ascending.
        names: Names beside ``codes``; the code again where no name is known.
        parents: Parent codes beside ``codes`` as submitted, or None.
        standings: How each is known.
        subject: Per row, index into ``codes``.
        year: Per row, the year.
        origin: Per row, index into ``Facts.origins``.
        number: Per row, its number in its table: the row of a sheet, the line of a delimited file
            (its header is usually 1), the position in a JSON list or Parquet file, from 0.
        columns: Item slug (or the slug of an indicator that was reported directly) to column.
        listed: Beside ``codes``, whether a roster lists the subject; None where no roster speaks of
            this level.
        kinds: What a roster says of the kind of subjects, by code and item. It is of no year and
            judged by nothing: forms are filled in with it.
        lifetimes: How long subjects exist, by index into ``codes``, where a roster says so; who is
            not in here always exists.
        moves: By index into ``codes``, the parents of each year that rows speak of, of subjects
            that do not lie in the same in all years; who is not in here never moved. ``parents``
            holds the latest of them.
        submitted_as: By row, the former code of its subject, where it was submitted under that.
    """

    level: Level
    codes: list[str]
    names: list[str]
    parents: list[str | None]
    standings: list[Standing]
    subject: Ints
    year: Ints
    origin: Ints
    number: Ints
    columns: dict[str, Column]
    listed: Bools | None = None
    lifetimes: dict[int, Lifetime] = field(default_factory=dict)
    kinds: dict[str, dict[str, str | bool]] = field(default_factory=dict)
    moves: dict[int, dict[int, str | None]] = field(default_factory=dict)
    submitted_as: dict[int, str] = field(default_factory=dict)

    def filled(self, rows: npt.NDArray[np.intp]) -> Bools:
        """Tell in which of some rows anything was submitted, usable or not.

        Categories do not count: forms come with them filled in, so that one that was returned
        untouched holds them as well.
        """
        given = np.zeros(len(rows), np.bool_)
        for column in self.columns.values():
            if given.all():
                break
            if column.labels is None:
                given |= ~np.isnan(column.take(rows))
                if column.unusable:
                    given |= np.isin(rows, list(column.unusable))
        return given

    def where(self, row: int) -> tuple[int, int]:
        """Say where a row was submitted: index of its table, number in it."""
        return int(self.origin[row]), int(self.number[row])

    def find(self, code: str) -> int | None:
        """Find a subject by its code; None where nobody has it."""
        at = bisect_left(self.codes, code)
        return at if at < len(self.codes) and self.codes[at] == code else None

    def parent_in(self, at: int, year: int) -> str | None:
        """Give the parent of a subject in a year: as last said by then, else as first said."""
        moves = self.moves.get(at)
        if moves is None:
            return self.parents[at]
        return moves[max((each for each in moves if each <= year), default=min(moves))]


@dataclass(frozen=True, slots=True)
class FactFile:
    """A file that was read: its path as given, its SHA-256, and its rows of facts."""

    file: str
    sha256: str
    rows: int


@dataclass(slots=True)
class Facts:
    """A whole submission.

    Attributes:
        levels: Facts by level; a level nobody spoke of is absent.
        origins: Tables that rows came from.
        files: Files that were read, in order of path.
        problems: Everything that is wrong or doubtful, in order of file, sheet and row.
        notes: What was decided while reading and asks nothing of anybody: an encoding that was
            recognised, columns that a mapping file leaves out.
        deadlines: When forms were due and files came, as far as somebody said so.
    """

    levels: dict[Level, LevelFacts]
    origins: list[Origin]
    files: list[FactFile]
    problems: list[Problem]
    notes: list[Problem] = field(default_factory=list)
    deadlines: Deadlines = field(default_factory=Deadlines)

    @property
    def former_codes(self) -> dict[str, str]:
        """Codes of today by the former ones, as far as nobody has these now."""
        return {
            old: table.codes[at]
            for table in self.levels.values()
            for at, life in table.lifetimes.items()
            for old in life.former_codes
            if table.find(old) is None
        }

    def years(self) -> list[int]:
        """Years that any row speaks of, ascending."""
        found: set[int] = set()
        for table in self.levels.values():
            found.update(np.flatnonzero(np.bincount(table.year)).tolist())
        return sorted(found)
