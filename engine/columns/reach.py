"""What findings rest on, for all who are judged at once: whose cells tell the same story.

Why a value is missing, and what a finding rests on, is followed from formula to formula, down to
cells. The way depends on little: which values are missing, which cells are filled in, in which
table they stand, who lies where. Of those for whom all of that is the same one is looked at, and in
what is said of it, slots stand for its own numbers and rows. Who is to be told by name, by those
below, is looked at alone.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import all_of, any_of
from dabiao.engine.columns.slots import Slots, Tell, is_plain
from dabiao.engine.data.algebra import Flags, Index, Numbers, Vector, lacking
from dabiao.engine.data.tidy_columns import tidied
from dabiao.engine.evaluation.evaluate import summed_levels, sums_up
from dabiao.engine.findings.evidence import LISTED
from dabiao.engine.judging.segments import Segment
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Choice,
    Fold,
    Formula,
    Measured,
    Ranking,
    Ratio,
    Read,
    Variation,
    reads,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.columns import is_repeated, repeated
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.finding import Input, Source
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Summation
from dabiao.schemas.reasons.lacks import Lack
from dabiao.schemas.reasons.origins import OfEach, PrintedValue


class Reach:
    """Follows formulas.

    Args:
        records: What was judged.
        rule: The rule.
        subjects: Whose findings they are.
        within: The segment to which all of these belong, if they do.
        slots: Takes their numbers, and what tells them apart.
        lacks: Whether what is missing is followed too.
    """

    def __init__(  # noqa: PLR0913 - of whom, and what is asked
        self,
        records: Records,
        rule: Rule,
        subjects: Index,
        within: Segment | None,
        slots: Slots,
        *,
        lacks: bool,
    ) -> None:
        self._segments, self._within = records.planner.segments, within
        self._frames, self._evaluator = records.frames, records.planner.evaluator
        self._names = records.builder.names
        self._level, self._scope = rule.level, rule.document.id
        self._subjects, self._slots, self._lacks = subjects, slots, lacks
        self._seen: set[tuple[Formula, int]] = set()
        self._stand: dict[int, tuple[Index, Index, Index]] = {}
        self._tables: dict[int, list[int]] = {}
        self._everybody: dict[int, bool] = {}
        self._values: dict[tuple[str, int], Numbers] = {}
        self._given: dict[tuple[str, int], Numbers | FewNumbers] = {}
        self._numbers: dict[tuple[str, int], Tell[float]] = {}

    def know(self, slug: str, year: int, values: Numbers | FewNumbers) -> None:
        """Take the values of a measure, all of which are there, as they stand among the slots."""
        self._given[slug, year] = values

    def visit(self, formula: Formula, year: int) -> None:
        """Take those apart for whom a formula leads elsewhere in a year."""
        if (formula, year) in self._seen:
            return
        self._seen.add((formula, year))
        if self._lacks:
            self._slots.apart(lacking(self._vector(formula, year)))
        match formula:
            case Measured(slug):
                self._measured(slug, year)
            case Above(upper, operand):
                above = self._frames.hierarchy.of(year).groups(self._level, upper)
                self._slots.apart(above[self._subjects])
                if self._looks_below(operand):  # there each may be named, but not to itself
                    self._slots.unlike |= self._named_above(operand, upper, year)
            case Below(level=lower) | Variation(level=lower):
                self._slots.unlike |= self._have_below([lower], year)
                self._keep(self._names.words(formula).zh, year, self._vector(formula, year))
            case Attainment(lower):
                self._slots.apart(self._have_below([lower], year))
            case Choice(condition):
                self._slots.apart(self._vector(condition, year).astype(np.intp) + 1)
                self._visit_all(reads(formula, year))
            case Ranking():
                self._ranked(formula, year)
                self._visit_all(reads(formula, year))
            case _:
                self._visit_all(reads(formula, year))

    def _looks_below(self, formula: Formula) -> bool:
        """Tell whether a formula of a place above is made of what lies in that place."""
        vocabulary = self._evaluator.vocabulary
        for part in walk(formula):
            match part:
                case Below() | Variation() | Attainment() | Ranking():
                    return True
                case Measured(slug) if slug in vocabulary.formulas:
                    if self._looks_below(vocabulary.formulas[slug]):
                        return True
                case Measured(slug) if vocabulary.items[slug].summation is Summation.SUM:
                    return True
        return False

    def _named_above(self, formula: Formula, upper: Level, year: int) -> Flags:
        """Tell who may be named among those below a place above.

        Where an item is summed over many, nobody is listed, and only those who lack it are named.
        """
        items = self._evaluator.vocabulary.items
        item = items.get(formula.slug) if isinstance(formula, Measured) else None
        if item is None or summed_levels(item, upper)[:1] != [self._level]:
            return np.ones(len(self._subjects), np.bool_)
        groups = self._frames.lifetimes.groups(self._level, upper, year)
        few = np.bincount(groups) <= LISTED
        return few[groups[self._subjects]] | lacking(self._vector(formula, year))

    def _visit_all(self, read: Iterable[Read]) -> None:
        for each in read:
            self.visit(each.part, each.year)

    def _vector(self, formula: Formula, year: int) -> Vector:
        if self._within is not None:
            alike = self._segments.alike(formula, year, self._scope, self._within)
            if alike is not None:
                return repeated(alike[0], len(self._subjects))
        return self._evaluator.taken(formula, self._level, year, self._scope, self._subjects)

    def _keep(self, name: str, year: int, values: Vector) -> None:
        """Keep numbers, for which slots may stand; take those apart who said something else."""
        if values.dtype == np.float64:
            self._values[name, year] = values
        else:
            self._slots.apart(values, -1)

    def _have_below(self, levels: list[Level], year: int) -> Flags:
        """Tell who has subjects of some levels below, whether these exist in the year or not."""
        found = np.zeros(self._frames.size(self._level), np.bool_)
        for lower in levels:
            groups = self._frames.hierarchy.of(year).groups(lower, self._level)
            found[groups[groups < len(found)]] = True
        return found[self._subjects]

    def _ranked(self, formula: Ranking, year: int) -> None:
        """Take those apart who are ranked among others, and who is the first to lack a value."""
        lifetimes = self._frames.lifetimes
        group, count = lifetimes.peers(self._level, formula.within, year)
        sizes = np.bincount(group, minlength=count + 1)
        sizes[count:] = LISTED + 1  # who lies nowhere is ranked among nobody
        own = group[self._subjects]
        self._slots.apart(own)
        self._slots.unlike |= sizes[own] <= LISTED  # the others are listed one by one
        vector = self._evaluator.value(formula.operand, self._level, year, self._scope)
        missing = np.flatnonzero(lacking(vector) & (group < count))
        _, first = np.unique(group[missing], return_index=True)
        self._slots.apart(np.isin(self._subjects, missing[first]))
        self._keep(self._names.words(formula).zh, year, self._vector(formula, year))

    def _measured(self, slug: str, year: int) -> None:
        """Take those apart whose cell is another: filled in, empty, in another table, nowhere."""
        vocabulary, frames = self._evaluator.vocabulary, self._frames
        formula, item = vocabulary.formulas.get(slug), vocabulary.items.get(slug)
        sums = item is not None and sums_up(item, self._level)
        rows, tables, _ = self._rows(year)
        blank: Flags = repeated(np.False_, len(rows))
        if (slug, year) not in self._given:
            values = self._vector(Measured(slug), year)
            self._keep(slug, year, values)
            blank = lacking(values)
        seen = frames.only_cells(
            self._level,
            slug,
            rows,
            None if sums or formula is not None else blank,
            everybody=self._everybody[year],
        )
        if seen is None:
            blank = np.ones(len(rows), np.bool_)
        else:
            plain, blank = seen
            if not self._everybody[year]:
                blank = blank | (rows < 0)
                plain = plain | (rows < 0)
            if not all_of(plain):
                self._slots.unlike |= ~plain
            for table in self._tables[year]:
                if not self._is_plain(slug, table):
                    self._slots.unlike |= tables == table
        self._slots.apart(blank)
        if formula is not None and any_of(blank):
            self.visit(formula, year)
        if sums and item is not None:
            self._slots.unlike |= blank & self._have_below(summed_levels(item, self._level), year)

    def _rows(self, year: int) -> tuple[Index, Index, Index]:
        """Give the row of each, its table and its number in it; -1 where there is none."""
        if year not in self._stand:
            frames, level = self._frames, self._level
            rows = frames.only_rows(level, year, self._subjects)
            tables: Index = np.zeros(len(rows), np.intp)
            numbers = tables
            first, last = int(rows.min()), int(rows.max())
            self._everybody[year] = first >= 0
            if last >= 0:
                tables, numbers = frames.origins(level, rows)
                if former := frames.facts.levels[level].submitted_as:
                    self._slots.unlike |= np.isin(rows, list(former))
            if first < 0:
                tables = np.where(rows < 0, len(frames.facts.origins), tables)
                numbers = np.where(rows < 0, 0, numbers)
                self._slots.unlike |= rows == frames.SEVERAL
            self._slots.apart(tables)
            self._stand[year] = rows, tables, numbers
            found = tables[:1] if is_repeated(tables) else np.unique(tables)
            self._tables[year] = found[found < len(frames.facts.origins)].tolist()
        return self._stand[year]

    def _is_plain(self, slug: str, table: int) -> bool:
        """Tell whether a cell of a measure is told by its row, whatever stands in its table."""
        of = self._frames.facts.origins[table]
        cell = of.cell_of_any(slug, "")
        return not of.turned and is_plain(of.file, of.sheet or "", cell or "")

    # One of them, with slots.

    def input(self, given: Input, at: int) -> Input:
        """Put slots into what the finding of one of them rests on."""
        name = given.of.slug or given.of.zh
        if (
            given.subject is not None
            or given.year is None
            or isinstance(given.origin, OfEach | PrintedValue)
        ):
            return given
        value, source = given.value, self._cell(given.source, name, given.year, at)
        key = name, given.year
        if type(value) in (int, float) and (key in self._values or key in self._given):
            value = self._number(*key)(at)
        return replace(given, value=value, source=source)

    def lack(self, lack: Lack, at: int) -> Lack:
        """Put slots into what one of them lacks."""
        if lack.whose is not None or lack.measure is None:
            return lack
        return replace(lack, source=self._cell(lack.source, lack.measure.slug, lack.year, at))

    def _number(self, name: str, year: int) -> Tell[float]:
        key = (name, year)
        if key not in self._numbers:
            values = self._given.get(key)
            self._numbers[key] = self._slots.number(
                tidied(self._values[key]) if values is None else values
            )
        return self._numbers[key]

    def _cell(self, source: Source | None, slug: str, year: int, at: int) -> Source | None:
        if source is None or source.cell is None or year not in self._stand:
            return source
        _, tables, numbers = self._stand[year]
        mark = self._slots.row(numbers).mark
        origin = self._frames.facts.origins[int(tables[at])]
        return Source(source.file, source.sheet, origin.cell_of_any(slug, mark))


def may_be_short(vocabulary: Vocabulary, formula: Formula, level: Level) -> bool:
    """Tell whether anybody below could keep a share from 100%, as ``Evidence`` finds them."""
    match formula:
        case Measured(slug) if slug in vocabulary.formulas:
            return may_be_short(vocabulary, vocabulary.formulas[slug], level)
        case Ratio(Measured(part), Measured(whole)):
            items = [vocabulary.items.get(each) for each in (part, whole)]
            return all(item is not None and sums_up(item, level) for item in items)
        case Below(Fold.SHARE):
            return True
    return False
