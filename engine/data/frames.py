"""Facts as columns: a vector of values per level, item and year, and the way back to the cells."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers
from dabiao.engine.data.hierarchy import Hierarchy, Tier
from dabiao.engine.data.lifetimes import Lifetimes
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.places import places_spoken_of
from dabiao.schemas.columns import repeated
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.facts import Column, Facts, LevelFacts, Standing
from dabiao.schemas.finding import Source
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one level and year, and the subjects they speak of."""

    rows: Index
    """Rows of the table."""
    subjects: Index
    """Subjects beside them."""
    aligned: slice | None
    """The same rows as a slice, where there is one per subject, in order."""


@dataclass(frozen=True, slots=True)
class ReportedCell:
    """A cell that was filled in.

    Attributes:
        source: Where it stands.
        unusable: Why it could not be used; None if it could.
    """

    source: Source | None
    unusable: str | None


class Frames:
    """All facts by level, item and year.

    Attributes:
        facts: What was submitted.
        hierarchy: Who lies in what.
        lifetimes: Who exists in which year.
        doubted: Measures with cells that may mean several values.
    """

    SEVERAL = -2
    """Stands where a subject has more than one row."""

    def __init__(self, facts: Facts, catalog: Catalog) -> None:
        self.facts = facts
        self.hierarchy = Hierarchy(facts, catalog.places, places_spoken_of(catalog))
        self.lifetimes = Lifetimes(facts, self.hierarchy)
        self._rows: dict[tuple[Level, int], _Rows] = {}
        self._sorted: dict[tuple[Level, int], tuple[Index, Index]] = {}
        self._reporting: dict[Level, Flags] = {}
        self._first_numbers: dict[Level, int | None] = {}
        self._readings = _readings(facts)
        self.doubted = frozenset(slug for _, slug, _, _ in self._readings)
        self._texts: dict[str, int] = {}
        self._written: list[str] = []

    @property
    def doubted_cells(self) -> Collection[tuple[Level, str, int, int]]:
        """The cells that may mean several values, by level, measure, year and subject."""
        return self._readings.keys()

    def tier(self, level: Level) -> Tier:
        """Give the subjects of a level."""
        return self.hierarchy.tiers[level]

    def called(self, level: Level, at: int) -> str:
        """Name a subject among others: a class by its school too, as each has a 一年级1班."""
        name = self.tier(level).names[at]
        if level.lives_with is None:
            return name
        school = int(self.hierarchy.ladder(level, level.lives_with)[at])
        schools = self.tier(level.lives_with)
        called = schools.names[school] if 0 <= school < len(schools) else ""
        return name if name.startswith(called) else f"{called} {name}"

    def called_by(self, code: str) -> str:
        """Name the subject of a code, whatever its level; the code itself if there is none."""
        for level, tier in self.hierarchy.tiers.items():
            at = tier.find(code)
            if at is not None and at < len(tier):
                return self.called(level, at)
        return code

    def size(self, level: Level) -> int:
        """Count the subjects of a level."""
        return len(self.hierarchy.tiers[level])

    def reporting(self, level: Level) -> Flags:
        """Tell which subjects reported or stand in the roster, rather than being merely named."""
        if level not in self._reporting:
            table = self.facts.levels.get(level)
            standings = table.standings if table is not None else []
            if Standing.NAMED not in standings:  # quicker than to ask each of half a million
                self._reporting[level] = np.ones(len(standings), np.bool_)
            else:
                known = [each is not Standing.NAMED for each in standings]
                self._reporting[level] = np.array(known, np.bool_)
        return self._reporting[level]

    def column(self, level: Level, slug: str) -> Column | None:
        """Give the submitted column of a measure at a level, if anybody submitted one."""
        table = self.facts.levels.get(level)
        return table.columns.get(slug) if table else None

    def values(self, level: Level, slug: str, year: int) -> Numbers | None:
        """Give what was submitted per subject, NaN where nothing was; None where no column is."""
        column = self.column(level, slug)
        if column is None:
            return None
        rows = self._rows_of(level, year)
        if rows.aligned is None:
            return self._spread(column, level, rows)
        few = self.few(level, slug, year)
        return column.values[rows.aligned] if few is None else few.whole()

    def few(self, level: Level, slug: str, year: int) -> FewNumbers | None:
        """Give the same as few different numbers, where it is held so and each has one row."""
        column = self.column(level, slug)
        if column is None or not isinstance(column.held, FewNumbers):
            return None
        aligned = self._rows_of(level, year).aligned
        held = column.held
        return None if aligned is None else FewNumbers(held.values, held.places[aligned])

    def _spread(self, column: Column, level: Level, rows: _Rows) -> Numbers:
        given = column.take(rows.rows)
        values = np.full(self.size(level), np.nan)
        known = ~np.isnan(given)
        values[rows.subjects[known]] = given[known]
        return values

    def gaps(
        self, level: Level, slugs: Iterable[str], year: int
    ) -> Iterator[tuple[str, Flags | None]]:
        """Yield those of some measures that subjects lack, and who does; None for everybody."""
        columns, rows = self.facts.levels[level].columns, self._rows_of(level, year)
        for slug in slugs:
            column = columns.get(slug)
            if column is None:
                yield slug, None
            elif rows.aligned is None:
                yield slug, np.isnan(self._spread(column, level, rows))
            else:
                few = self.few(level, slug, year)
                blank = np.isnan(column.values[rows.aligned]) if few is None else few.lacking()
                if np.count_nonzero(blank):
                    yield slug, blank

    def submitted(self, level: Level, year: int, of: Flags) -> Flags:
        """Tell which of some subjects submitted anything in a year, usable or not."""
        table = self.facts.levels.get(level)
        found = np.zeros(self.size(level), np.bool_)
        if table is not None and of.any():
            rows = np.flatnonzero((table.year == year) & of[table.subject])
            found[table.subject[rows[table.filled(rows)]]] = True
        return found

    def timely(self, level: Level, year: int) -> Flags | None:
        """Tell of whom no row of a year came too late; None where nobody knows."""
        due = self.facts.deadlines.of(level, year)
        table = self.facts.levels.get(level)
        if due is None or table is None:
            return None
        came = self.facts.deadlines.received or {}
        late = [came.get(each.file, due) > due for each in self.facts.origins]
        rows = np.flatnonzero(table.year == year)
        found = np.ones(self.size(level), np.bool_)
        found[table.subject[rows[np.array(late, np.bool_)[table.origin[rows]]]]] = False
        return found

    def given(self, level: Level, slug: str, year: int) -> Flags | None:
        """Tell of whom there is a cell with something in it, usable or not; None for nobody."""
        values = self.values(level, slug, year)
        if values is None:
            return None
        given = ~np.isnan(values)
        given[list(self.unusable(level, slug, year))] = True
        return given

    def unusable(self, level: Level, slug: str, year: int) -> dict[int, str]:
        """Give the subjects whose cell could not be used, each with the reason."""
        table, column = self.facts.levels.get(level), self.column(level, slug)
        if table is None or column is None or not column.unusable:
            return {}
        return {
            int(table.subject[row]): reason
            for row, reason in sorted(column.unusable.items())
            if table.year[row] == year
        }

    def readings(self, level: Level, slug: str, year: int, subject: int) -> tuple[float, ...]:
        """Give the values that a cell may mean, where nobody can say which; none elsewhere."""
        return self._readings.get((level, slug, year, subject), ())

    def report(self, level: Level, slug: str, year: int, subject: int) -> ReportedCell | None:
        """Find the cell in which a measure was submitted, usable or not; None if there is none."""
        column = self.column(level, slug)
        if column is None:
            return None
        for row in self.rows(level, year, subject):
            value = column.at(row)
            if value == value or row in column.unusable:  # noqa: PLR0124 - not NaN
                return ReportedCell(self._cell(level, slug, row), column.unusable.get(row))
        return None

    def blank(self, level: Level, slug: str, year: int, subject: int) -> Source | None:
        """Give the empty cell in which a measure should stand, if there is such a cell."""
        for row in self.rows(level, year, subject):
            source = self._cell(level, slug, row)
            if source is not None and source.cell is not None:
                return source
        return None

    def stretches(self, level: Level, slug: str, year: int, subjects: Index) -> list[Source]:
        """Give the cells in which a measure was submitted for many subjects, as stretches."""
        table, column = self.facts.levels.get(level), self.column(level, slug)
        if table is None or column is None:
            return []
        order, starts = self._sorted_rows(level, year)
        counts = starts[subjects + 1] - starts[subjects]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = order[np.repeat(starts[subjects], counts) + within]
        given = ~np.isnan(column.take(rows))
        if column.unusable:
            given |= np.isin(rows, list(column.unusable))
        rows = rows[given]
        rows = rows[np.lexsort((table.number[rows], table.origin[rows]))]
        origin, number = table.origin[rows], table.number[rows]
        ends = np.flatnonzero((np.diff(origin) != 0) | (np.diff(number) != 1))
        first, last = np.r_[0, ends + 1], np.r_[ends, len(rows) - 1]
        found: list[Source] = []
        for begin, end in zip(first.tolist(), last.tolist(), strict=True) if len(rows) else ():
            if origin[begin] < len(self.facts.origins):
                where = self.facts.origins[int(origin[begin])]
                cells = where.stretch(slug, int(number[begin]), int(number[end]))
                found.append(Source(file=where.file, sheet=where.sheet, cell=cells))
        return found

    def rows(self, level: Level, year: int, subject: int) -> list[int]:
        """List the rows that speak of a subject in a year, in order of file, sheet and row."""
        table = self.facts.levels.get(level)
        if table is None:
            return []
        order, starts = self._sorted_rows(level, year)
        found: list[int] = order[starts[subject] : starts[subject + 1]].tolist()
        if len(found) > 1:
            found.sort(key=table.where)
        return found

    def only_rows(self, level: Level, year: int, subjects: Index) -> Index:
        """Give the row of each of some subjects in a year, -1 or, where there are more, SEVERAL."""
        if level not in self.facts.levels:
            return np.full(len(subjects), -1)
        aligned = self._rows_of(level, year).aligned
        if aligned is not None:
            return subjects + int(aligned.start) if aligned.start else subjects
        order, starts = self._sorted_rows(level, year)
        first = starts[subjects]
        counts = starts[subjects + 1] - first
        alone = counts == 1
        rows = np.where(counts == 0, -1, self.SEVERAL)
        rows[alone] = order[first[alone]]
        return rows

    def only_cells(
        self,
        level: Level,
        slug: str,
        rows: Index,
        blank: Flags | None = None,
        *,
        everybody: bool = False,
    ) -> tuple[Flags, Flags] | None:
        """Tell of some rows, those below 0 left out, where nothing is unusable, and what is empty.

        None where nobody was asked for the measure. Where cells are empty is looked up where it is
        not given. Where everybody has a row that need not be looked at.
        """
        column = self.column(level, slug)
        if column is None:
            return None
        plain: Flags = repeated(np.True_, len(rows)) if everybody else rows >= 0
        if column.unusable:
            plain = plain & ~np.isin(rows, list(column.unusable))
        return plain, np.isnan(column.take(rows)) if blank is None else blank

    def cells(self, level: Level, slug: str, rows: Index) -> list[Source | None]:
        """Give the cells of a measure in some rows."""
        tables, numbers = self.origins(level, rows)
        each = zip(rows.tolist(), tables.tolist(), numbers.tolist(), strict=True)
        return [self._source(level, slug, row, at, number) for row, at, number in each]

    def _cell(self, level: Level, slug: str, row: int) -> Source | None:
        table = self.facts.levels[level]
        return self._source(level, slug, row, *table.where(row))

    def _source(self, level: Level, slug: str, row: int, at: int, number: int) -> Source | None:
        """Give the cell of a measure in a row, which is that of a number in a table."""
        if at >= len(self.facts.origins):
            return None
        origin, former = self.facts.origins[at], self.facts.levels[level].submitted_as.get(row)
        return Source(origin.file, origin.sheet, origin.cell(slug, number), former)

    def origins(self, level: Level, rows: Index) -> tuple[Index, Index]:
        """Give for some rows the table that each came from, and its number in it."""
        table = self.facts.levels[level]
        if level not in self._first_numbers:
            self._first_numbers[level] = _first_number(table)
        first = self._first_numbers[level]
        if first is not None:
            return np.broadcast_to(table.origin[0], len(rows)), rows + first
        return table.origin.take(rows), table.number.take(rows)

    def _sorted_rows(self, level: Level, year: int) -> tuple[Index, Index]:
        """Give the rows of a level and year by subject, and where each subject's begin."""
        key = (level, year)
        if key not in self._sorted:
            rows = self._rows_of(level, year)
            order = np.argsort(rows.subjects, kind="stable")
            starts = np.searchsorted(rows.subjects[order], np.arange(self.size(level) + 1))
            self._sorted[key] = rows.rows[order], starts
        return self._sorted[key]

    def _rows_of(self, level: Level, year: int) -> _Rows:
        key = (level, year)
        if key not in self._rows:
            table = self.facts.levels[level]
            rows = np.flatnonzero(table.year == year)
            subjects = table.subject[rows].astype(np.intp)
            aligned = None
            every = np.arange(self.size(level))
            if len(rows) == len(every) > 0 and np.array_equal(subjects, every):
                start = int(rows[0])
                if np.array_equal(rows, start + every):
                    aligned = slice(start, start + len(rows))
            self._rows[key] = _Rows(rows, subjects, aligned)
        return self._rows[key]

    def text(self, words: str) -> int:
        """Give the number that stands for a text in vectors."""
        if words not in self._texts:
            self._texts[words] = len(self._written)
            self._written.append(words)
        return self._texts[words]

    def words(self, number: int) -> str:
        """Give the text behind a number."""
        return self._written[number]


def _first_number(table: LevelFacts) -> int | None:
    """Give the number of the first row, where all are of one table, one behind the other."""
    if not len(table.number) or (table.origin != table.origin[0]).any():
        return None
    first = int(table.number[0])
    straight = np.array_equal(table.number, np.arange(first, first + len(table.number)))
    return first if straight else None


def _readings(facts: Facts) -> dict[tuple[Level, str, int, int], tuple[float, ...]]:
    """Find the cells that may mean several values, by level, measure, year and subject."""
    return {
        (level, slug, int(table.year[row]), int(table.subject[row])): values
        for level, table in facts.levels.items()
        for slug, column in table.columns.items()
        for row, values in column.possible.items()
    }
