"""The findings of one rule and year as forms: what many say alike is said once.

A school with 40.13 square metres and one with 52.7 say the same of a rule, but for a few numbers:
what was observed, how far it is from the bound, in which row it stands. So a form is a record with
slots, and the numbers stand beside it as columns. Findings that are not so plain (a rule over
verdicts, a value made of others, what is missing) are forms of their own; ``rule_findings`` makes
those, and both say the same.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, TypeVar

import numpy as np

from dabiao.engine.columns.drawn_forms import EVERY, DrawnForms
from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import FAILS
from dabiao.engine.columns.rule_findings import Bunch, are_read_off, parts_of, rule_findings
from dabiao.engine.data.algebra import Flags, Index, Numbers, Vector, lacking
from dabiao.engine.data.tidy_columns import WHOLE, tidied
from dabiao.rules.catalog.norm import Compares, Within, formulas
from dabiao.rules.formulas.formula import Choice, Measured, walk
from dabiao.schemas.columns import (
    FORM,
    MARKS,
    ROW,
    SLOTS,
    FindingColumns,
    FindingForms,
    Slot,
    is_repeated,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Input, Required, Source
from dabiao.schemas.reasons.lacks import Lack
from dabiao.schemas.reasons.origins import NotReported
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Compared, LineToTarget, MeasuredValue, OutOfScope
from dabiao.schemas.record import dataclass

T = TypeVar("T")
MANY = 1_000
"""Findings from which on a number that all of them have is told in their form."""
_KINDS = 1 << 40
"""Kinds that numbers stand for before they are numbered anew."""
Tell = Callable[[int], T]
"""Gives what one of some findings says, with slots for numbers."""
_Said = Literal["left out", "compared", "missing"]
"""What reasons of findings are about."""


def rule_forms(records: Records, of: FindingColumns, places: Index | None = None) -> FindingForms:
    """Give all that some findings of a rule say.

    Args:
        records: What was judged.
        of: The findings.
        places: The places of whom they are about among those that the rule applies to; None where
            it does not apply to all of them.
    """
    rule = records.catalog.rules[of.rule]
    drawn = DrawnForms(of)
    if are_read_off(records, rule, len(of)):
        if places is None:
            parts = parts_of(records, rule, of.year, of.subject)
        else:
            plan = records.planner.plan(rule, of.year)
            parts = [Bunch(records, plan, places, of.subject, of.outcome, brief=False)]
        for part in parts:
            whole = len(part.subjects) == len(of)
            for kind, some in _alike(part):
                if whole and some.all():
                    _Alike(records, part, kind, EVERY, of, EVERY).draw(drawn)
                else:
                    at = np.searchsorted(of.subject, part.subjects[some])
                    _Alike(records, part, kind, some, of, at).draw(drawn)
    left = np.flatnonzero(drawn.form < 0)
    if len(left):
        others = rule_findings(records, rule, of.year, of.subject[left])
        forms = list(zip(*(getattr(others, name) for name in FORM), strict=True))
        drawn.add(left, forms, np.arange(len(forms)))
    alike = len(drawn.forms) - len(left)
    return drawn.finished(records, alike)


def _alike(part: Bunch) -> list[tuple[_Said, Flags]]:
    """Sort out whose findings say the same but for numbers, and what they are about."""
    if not part.plan.phase.applies:
        return []
    failed, left_out, compared = FAILS[part.codes], part.left_out(), part.plainly_compared()
    if part.plan.absent is not None:
        compared &= ~part.plan.absent[part.places]
    if part.plan.condition is not None:
        compared &= part.plan.condition[part.places] != 0
    kinds: tuple[tuple[_Said, Flags], ...] = (
        ("left out", left_out),
        ("compared", compared & failed),
        ("compared", compared & ~failed),
        ("missing", part.plainly_missing()),
    )
    return [(kind, some) for kind, some in kinds if some.any()]


@dataclass(eq=False)
class _Alike:
    """Some findings of a rule that say the same but for numbers, or fall into a few kinds.

    Attributes:
        records: What was judged.
        part: The findings that they belong to.
        said: What their reasons are about.
        some: Which of these.
        of: The findings of the rule.
        at: Their places among these.
    """

    records: Records
    part: Bunch
    said: _Said
    some: Flags | slice
    of: FindingColumns
    at: Index | slice

    def __post_init__(self) -> None:
        self._subjects = self.part.subjects[self.some].astype(np.intp, copy=False)
        self._columns: list[Numbers] = [getattr(self.of, name)[self.at] for name in SLOTS]
        self._kinds: list[Index] = []
        self._rows: dict[int, Index] = {}
        self._stand: dict[int, tuple[Index, Slot]] = {}
        self._row: Index | None = None
        self._places: dict[tuple[str, int], tuple[Tell[Source | None], Flags | None]] = {}
        self._unlike = np.zeros(len(self._subjects), np.bool_)

    def draw(self, drawn: DrawnForms) -> None:
        """Find the forms, but of those that have to be looked at one by one."""
        told = [self._field(name) for name in FORM]
        plain: Index | slice = EVERY
        at, rows, numbers = self.at, self._row, self._columns[len(SLOTS) :]
        if self._unlike.any():
            plain = np.flatnonzero(~self._unlike)
            at = plain if isinstance(at, slice) else at[plain]
            rows, numbers = None if rows is None else rows[plain], [each[plain] for each in numbers]
        if len(self._columns) >= len(MARKS) or not len(self._subjects[plain]):
            return
        first, which = np.zeros(1, np.intp), np.zeros(1, np.intp)
        for kind in self._kinds:
            which = which * (int(kind.max()) + 1) + kind
            if int(which.max()) > _KINDS:
                _, which = np.unique(which, return_inverse=True)
        if self._kinds:
            _, first, which = np.unique(which[plain], return_index=True, return_inverse=True)
        found = first if isinstance(plain, slice) else plain[first]
        forms = [tuple(tell(at) for tell in told) for at in found.tolist()]
        drawn.add(at, forms, which, rows, numbers)

    # What forms are made of.

    def _slot(self, values: Numbers) -> Slot:
        """Give the slot of a number that each of them has."""
        place = self._find(values)
        if place is None:
            place = len(self._columns)
            self._columns.append(values)
        return Slot(place if place < ROW else place + 1)

    def _find(self, values: Numbers) -> int | None:
        """Find a column that is the same."""
        return next((at for at, one in enumerate(self._columns) if _same(one, values)), None)

    def _number(self, values: Numbers) -> Tell[float]:
        """Tell a number that each of them has; one that all of many have needs no slot."""
        first = float(values[0])
        alike = len(values) >= MANY and first == values[-1] and _is_one(values)
        if not alike or self._find(values) is not None:
            slot = self._slot(values)
            return lambda _: slot
        number = int(first) if first.is_integer() and abs(first) < WHOLE else first
        return lambda _: number

    def _maybe(self, values: Numbers) -> Tell[float | None]:
        """Tell a number that some of them have."""
        if is_repeated(values):
            return self._number(values) if values[0] == values[0] else lambda _: None
        missing = np.isnan(values)
        if not missing.any():
            return self._number(values)
        if missing.all():
            return lambda _: None
        tell = self._number(values)
        self._kinds.append(missing.astype(np.intp))
        return lambda at: None if missing[at] else tell(at)

    def _one_of(self, values: Index | Flags, tell: Callable[[int], T]) -> Tell[T]:
        """Tell what a number stands for."""
        if _is_one(values):
            only = tell(values[0].item())
            if isinstance(only, str) and not _is_plain(only):
                self._unlike[:] = True
            return lambda _: only
        found, kinds = np.unique(values, return_inverse=True)
        self._kinds.append(kinds)
        known = [tell(value) for value in found.tolist()]
        odd = [isinstance(each, str) and not _is_plain(each) for each in known]
        if any(odd):
            self._unlike |= np.array(odd)[kinds]
        return lambda at: known[kinds[at]]

    def _scalar(self, vector: Vector) -> Tell[Any]:
        """Tell values as records have them."""
        if vector.dtype == np.float64:
            return self._maybe(tidied(vector))
        if vector.dtype == np.int8:
            return self._one_of(vector, lambda value: None if value < 0 else bool(value))
        words = self.records.frames.words
        return self._one_of(vector, lambda value: None if value < 0 else words(value))

    def _of_kind(self, values: Numbers) -> Tell[Any]:
        """Tell numbers of columns as records have them, where they may stand for texts."""
        match self.of.kind:
            case "number":
                return self._maybe(values)
            case "truth":
                return self._scalar(np.where(np.isnan(values), -1, values).astype(np.int8))
            case _:
                return self._scalar(np.where(np.isnan(values), -1, values).astype(np.int32))

    # The fields.

    def _field(self, name: str) -> Tell[Any]:
        match name:
            case "required":
                return self._required()
            case "reason":
                return self._reason()
            case "observed":
                return self._of_kind(self._columns[0])
            case "gap":
                return self._maybe(self._columns[3])
            case "remedy":
                return self._remedy()
            case "inputs":
                return self._inputs()
            case _:  # of rules over verdicts, and of cells that may mean several values
                return lambda _: None

    def _required(self) -> Tell[Required]:
        if self.part.of is None:
            required = self.part.field("required")[0]
            return lambda _: required
        comparator = self.of.comparator
        low, high = (self._of_kind(each) for each in self._columns[1:3])
        if comparator is Comparator.BETWEEN:
            return lambda at: Required(comparator, low(at), high(at))
        enough = Comparator.AT_MOST if self.part.of.low is None else Comparator.AT_LEAST
        best, bound = self._best(), low if self.part.of.high is None else high
        return lambda at: Required(enough if best(at) else comparator, bound(at))

    def _best(self) -> Tell[bool]:
        if self.part.of is None or self.part.of.best is None:
            return lambda _: False
        return self._one_of(self.part.best()[self.some], bool)

    def _reason(self) -> Tell[Any]:
        part, plan = self.part, self.part.plan
        if self.said == "left out":
            rows = self.records.builder.reasons.looked_at(plan)
            seen = [(of, self._scalar(vector[self._subjects])) for of, vector in rows]
            return lambda at: OutOfScope(tuple(MeasuredValue(of, tell(at)) for of, tell in seen))
        if self.said == "missing":
            return self._lacking()
        if part.of is None:
            raise TypeError("nothing was compared")
        broken, near = map(self._maybe, part.broken_and_near(part.of, self.some))
        due = self._one_of(part.falls_due(self.some), bool)
        change, line = (
            self.records.builder.reasons.change(plan),
            LineToTarget(plan.rule.timing.last),
        )
        kind, best = self.of.kind, self._best()

        def compared(at: int) -> Compared:
            until = line if due(at) else None
            return Compared(kind, near(at), broken(at), best(at), change, until)  # type: ignore[arg-type]

        return compared

    def _lacking(self) -> Tell[Any]:
        """Tell what is missing, where all that is asked for stands in rows of their own.

        What a formula lacks is told by which of its parts are missing, and by which way it goes
        where it has two.
        """
        rule, year = self.part.plan.rule, self.part.plan.figures
        evaluator, inputs = self.records.planner.evaluator, self.records.builder.inputs
        cells: dict[str, Tell[Source | None]] = {}
        for formula in (
            *formulas(rule.norm),
            *([] if rule.condition is None else [rule.condition]),
        ):
            slugs = inputs.leaves(formula)
            if slugs is None or not set(slugs) <= evaluator.vocabulary.items.keys():
                self._unlike[:] = True
                return lambda _: None
            cells |= {slug: self._place(slug, year)[0] for slug in slugs if slug not in cells}
            for part in walk(formula):
                vector = evaluator.value(part, rule.level, year, rule.document.id)[self._subjects]
                self._kinds.append(lacking(vector).astype(np.intp))
                if isinstance(part, Choice):
                    way = evaluator.value(part.condition, rule.level, year, rule.document.id)
                    self._kinds.append((way[self._subjects] == 1).astype(np.intp))
        first = np.arange(len(self.part.subjects))[self.some]

        def placed(lack: Lack, at: int) -> Lack:
            if lack.measure is None:
                return lack
            return replace(lack, source=cells[lack.measure.slug](at))

        def told(at: int) -> Any:  # noqa: ANN401 - one of two reasons
            reason: Any = self.part.reason(int(first[at]))
            return replace(reason, lacks=tuple(placed(each, at) for each in reason.lacks))

        return told

    def _remedy(self) -> Tell[tuple[Remedy, ...]]:
        if self.part.of is None or not FAILS[self.part.codes[self.some]].any():
            return lambda _: ()
        remedies = self.records.builder.remedies
        steps = remedies.steps(self.part.plan, self.part.places[self.some], self._subjects)
        if steps is None:
            self._unlike[:] = True
            return lambda _: ()
        self._unlike |= ~steps.known
        mends = self._one_of(steps.mends, bool)
        before, after, by = map(self._number, (steps.before, steps.after, steps.by))

        def mended(at: int) -> tuple[Remedy, ...]:
            if not mends(at):
                return ()
            return (Remedy(steps.of, before(at), after(at), by(at), None, steps.year),)

        return mended

    def _inputs(self) -> Tell[tuple[Input, ...]]:
        rule = self.part.plan.rule
        first = 0 if isinstance(self.some, slice) else int(np.argmax(self.some))
        asked, printed = self.part.rests_on(first)
        leaves: dict[tuple[str, int], None] = {}
        for formula, year in asked:
            slugs = self.records.builder.inputs.leaves(formula)
            if slugs is None:
                self._unlike[:] = True
                return lambda _: ()
            leaves.update(dict.fromkeys((slug, year) for slug in slugs))
        given = [self._input(slug, year, rule.document.id) for slug, year in leaves]
        return lambda at: (*(tell(at) for tell in given), *printed)

    def _input(self, slug: str, year: int, scope: str) -> Tell[Any]:
        """Tell a measure that each of them reported in a cell, or left empty."""
        level = self.part.plan.rule.level
        evaluator = self.records.planner.evaluator
        scope = scope if evaluator.is_scoped(Measured(slug)) else ""
        values = self._columns[0]  # which is rid of noise already
        if not self._is_compared(slug, year):
            values = evaluator.value(Measured(slug), level, year, scope).take(self._subjects)
        place, blank = self._place(slug, year, lacking(values))
        if blank is None:
            return lambda _: None
        value = self._maybe(values) if values is self._columns[0] else self._scalar(values)
        of = self.records.builder.names.measure(slug)
        empty = self._one_of(blank, bool)
        unreported = NotReported()

        def told(at: int) -> Input:
            origin = unreported if empty(at) else None
            return Input(of, value(at), None, year, place(at), None, (), origin)

        return told

    def _is_compared(self, slug: str, year: int) -> bool:
        """Tell whether a measure is what was compared, as a number."""
        plan = self.part.plan
        norm = plan.rule.norm
        return (
            self.said == "compared"
            and self.of.kind == "number"
            and year == plan.figures
            and isinstance(norm, Compares | Within)
            and norm.value == Measured(slug)
        )

    def _place(
        self, slug: str, year: int, lacks: Flags | None = None
    ) -> tuple[Tell[Source | None], Flags | None]:
        """Tell the cell of a measure, and whether it is empty; None where nobody has one.

        Args:
            slug: The measure.
            year: Of which year.
            lacks: Who has no value of it, where that is known.
        """
        if (slug, year) in self._places:
            return self._places[slug, year]
        level, evidence = self.part.plan.rule.level, self.records.builder.inputs
        frames = self.records.frames
        if year not in self._rows:
            self._rows[year] = frames.only_rows(level, year, self._subjects)
        rows = self._rows[year]
        seen = evidence.plain_rows(slug, level, rows, lacks)
        if seen is None:
            self._unlike[:] = True
            return (lambda _: None), None
        plain, blank = seen
        self._unlike |= ~plain
        if former := frames.facts.levels[level].submitted_as:
            self._unlike |= np.isin(rows, list(former))
        if year not in self._stand:
            tables, numbers = frames.origins(level, rows)
            if self._row is None:
                self._row, slot = numbers, Slot(ROW)
            else:
                slot = self._slot(numbers.astype(np.float64))
            self._stand[year] = tables, slot
        origins, row = self._stand[year]

        def cell(table: int) -> Source | None:
            found = self._cell(slug, table, row)
            if found is None:
                self._unlike |= origins == table
            return found

        self._places[slug, year] = self._one_of(origins, cell), blank
        return self._places[slug, year]

    def _cell(self, slug: str, at: int, row: Slot) -> Source | None:
        """Tell where a measure stands in a table; None where that has to be looked at."""
        tables = self.records.frames.facts.origins
        if at >= len(tables) or row.place >= len(MARKS):
            return None
        cell = tables[at].cell_of_any(slug, row.mark)
        if cell is None or not _is_plain(cell.replace(row.mark, ""), tables[at].file):
            return None
        return Source(tables[at].file, tables[at].sheet, cell)


def _same(one: Numbers, other: Numbers) -> bool:
    """Tell whether numbers are the same; most that are not differ in the first."""
    if one is other:
        return True
    if not (one[0] == other[0] or (np.isnan(one[0]) and np.isnan(other[0]))):
        return False
    return bool((one == other).all()) or np.array_equal(one, other, equal_nan=True)


def _is_one(values: Vector | Index) -> bool:
    """Tell whether numbers are all the same."""
    return is_repeated(values) or bool((values == values[0]).all())


def _is_plain(*texts: str) -> bool:
    """Tell whether there is nothing in texts that could be taken for a mark."""
    return all(min(text, default=" ") >= " " for text in texts)
