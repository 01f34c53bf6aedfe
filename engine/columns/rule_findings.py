"""The findings of one rule and year field by field, each field for all of them at once.

Most findings are alike: a number that stands in a cell was compared with a bound. What such a
finding says is read off the columns that were compared, and what several say in common is made
once. What is not so plain (a value made of others, what is missing, a rule over verdicts) is looked
at one by one, by ``findings``; both ways say the same.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import FAILS, columns_of
from dabiao.engine.data.algebra import Flags, Index, Numbers, quiet, rounded
from dabiao.engine.data.tidy_columns import written
from dabiao.engine.findings.finding_builder import printed_requirement
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judging.comparison import Bound, Comparison
from dabiao.engine.judging.matcher import CODE, OUTCOMES, Codes
from dabiao.engine.judging.rule_plan import RulePlan
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, options, rolls_up
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import COLUMNS, Input, Required, RuleFindings, Scalar
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Compared, LineToTarget, OutOfScope, Reason
from dabiao.schemas.record import dataclass

T = TypeVar("T")
_COMPARED = np.array([each not in (Outcome.MISSING, Outcome.NOT_APPLICABLE) for each in Outcome])
_ALL = 100.0


def rule_findings(
    records: Records, rule: Rule, year: int, subjects: Index, *, brief: bool = False
) -> RuleFindings:
    """Give the findings of a rule on some of the subjects that it speaks of.

    Args:
        records: What was judged.
        rule: The rule.
        year: The year.
        subjects: The subjects, ascending.
        brief: Leave out remedies, and inputs that are all known: they take longest.
    """
    if not len(subjects):
        return RuleFindings(records.builder.names.rule(rule), year, year, *([] for _ in COLUMNS))
    if rolls_up(rule.norm) is not None or records.readings.concerns(rule):
        (found,) = RuleFindings.of(records.builder.findings(rule, year, subjects, brief=brief))
        return found
    verdict = records.verdict(rule, year)
    who = verdict.segment.who
    parts: list[_Part] = []
    plan = records.planner.plan(rule, year)
    inside = np.ones(len(subjects), np.bool_) if who is None else np.isin(subjects, who)
    if inside.any():
        some = subjects[inside]
        places = some if who is None else np.searchsorted(who, some)
        parts.append(_Part(records, plan, places, some, verdict.outcome[places], brief))
    if not inside.all():
        beside, some = records.planner.plan_aside(rule, year), subjects[~inside]
        places = np.searchsorted(beside.subjects, some)
        codes = np.full(len(some), CODE[Outcome.NOT_APPLICABLE])
        parts.append(_Part(records, beside, places, some, codes, brief))
    by = records.builder.names.rule(plan.rule)
    if len(parts) == 1:
        return RuleFindings(by, year, plan.figures, *map(parts[0].field, COLUMNS))
    order = np.argsort(np.concatenate([part.subjects for part in parts])).tolist()
    columns = ([value for part in parts for value in part.field(name)] for name in COLUMNS)
    fields = ([column[at] for at in order] for column in columns)
    return RuleFindings(by, year, plan.figures, *fields)


@dataclass(eq=False)
class _Part:
    """Some findings of a rule, all on those that it applies to, or all on those it does not."""

    records: Records
    plan: RulePlan
    places: Index
    subjects: Index
    codes: Codes
    brief: bool

    def __post_init__(self) -> None:
        self._builder = self.records.builder
        self._outcomes = [OUTCOMES[code] for code in self.codes.tolist()]
        self._failed = FAILS[self.codes]
        self._of = self.plan.comparisons[-1] if self.plan.comparisons else None

    def field(self, name: str) -> Sequence[Any]:
        """Give a field of all of them."""
        match name:
            case "subject":
                level, year = self.plan.rule.level, self.plan.figures
                return [self._builder.subject(level, at, year) for at in self.subjects.tolist()]
            case "outcome":
                return self._outcomes
            case "required":
                return self._required()
            case "reason":
                return self._reason()
            case "observed":
                return self._observed()
            case "gap":
                return _or_none(columns_of(self.plan, self.places, self.subjects, self.codes).gap)
            case "remedy":
                return self._remedy()
            case "inputs":
                return self._inputs()
            case _:  # of rules over verdicts, and of cells that may mean several values
                return [None] * len(self.subjects)

    def _observation(self, at: int) -> Observation:
        place, subject = int(self.places[at]), int(self.subjects[at])
        return Observation(self.plan, place, subject, self._outcomes[at])

    def _one_by_one(self, found: list[T], some: Flags, ask: Callable[[Observation], T]) -> None:
        """Look at some of them as if each was the only one."""
        for at in np.flatnonzero(some).tolist():
            found[at] = ask(self._observation(at))

    # What was compared.

    def _at(self, bound: Bound | None) -> Numbers:
        """Give a bound of each; NaN where there is none."""
        if bound is None or isinstance(bound, float):
            return np.full(len(self.places), np.nan if bound is None else bound)
        return bound[self.places]

    def _written(self, values: Numbers, digits: int = 15) -> list[Scalar]:
        """Write what was compared as records have it."""
        if self._of is None or self._of.kind == "number":
            return list(written(values, digits))
        known = _or_none(values)
        if self._of.kind == "truth":
            return [None if value is None else bool(value) for value in known]
        words = self.records.frames.words
        return [None if value is None else words(int(value)) for value in known]

    def _observed(self) -> list[Scalar]:
        if self._of is None:
            return [None] * len(self.subjects)
        hidden = self.codes == CODE[Outcome.NOT_APPLICABLE]
        values = np.where(hidden, np.nan, self._of.value[self.places])
        return self._written(values, 13 if isinstance(self.plan.rule.norm, Changes) else 15)

    def _best(self) -> Flags:
        """Tell where the best there can be is enough."""
        best = None if self._of is None else self._of.best
        return np.zeros(len(self.places), np.bool_) if best is None else best[self.places]

    def _required(self) -> list[Required]:
        of = self._of
        if of is None:
            return [printed_requirement(self.plan.rule)] * len(self.subjects)
        enough = Comparator.AT_MOST if of.low is None else Comparator.AT_LEAST
        between = of.comparator is Comparator.BETWEEN

        def require(low: float, high: float, best: bool) -> Required:  # noqa: FBT001
            bounds = self._written(np.array([low, high], np.float64))
            if between:
                return Required(of.comparator, *bounds)
            return Required(enough if best else of.comparator, bounds[0 if of.high is None else 1])

        low, high = (_or_none(self._at(each)) for each in (of.low, of.high))
        return _known(require, zip(low, high, self._best().tolist(), strict=True))

    # Why.

    def _reason(self) -> list[Reason]:
        reasons = self._builder.reasons
        if not self.plan.phase.applies:
            return [reasons.reason(self._observation(0))] * len(self.subjects)
        found: list[Any] = [None] * len(self.subjects)
        alone = np.ones(len(found), np.bool_)
        condition, of = self.plan.condition, self._of
        apart = self.codes == CODE[Outcome.NOT_APPLICABLE]
        if apart.any():
            if condition is not None:
                here = apart & (condition[self.places] == 0)
                if self.plan.absent is not None:
                    here &= ~self.plan.absent[self.places]
                _put(found, here, self._out_of_scope(here))
                alone &= ~here
        elif of is not None and self.plan.line is None and not options(self.plan.rule.norm):
            plain = _COMPARED[self.codes]
            if of.slack:
                plain &= self.codes != CODE[Outcome.COMPLIANT]
            if self.plan.rule.unit == "%":
                plain &= ~(self._failed & (self._at(of.low) == _ALL))
            _put(found, plain, self._compared(of, plain))
            alone &= ~plain
        self._one_by_one(found, alone, reasons.reason)
        return found

    def _out_of_scope(self, some: Flags) -> list[Reason]:
        """Say what those whom a condition leaves out reported of it."""
        subjects = self.subjects[some]
        columns = self._builder.reasons.seen(self.plan, subjects)
        if not columns:
            return [OutOfScope(())] * len(subjects)
        kept: dict[tuple[int, ...], Reason] = {}
        found = []
        for values in zip(*columns, strict=True):
            key = tuple(map(id, values))
            if key not in kept:
                kept[key] = OutOfScope(values)
            found.append(kept[key])
        return found

    @quiet
    def _compared(self, of: Comparison, some: Flags) -> list[Reason]:
        """Say what was compared, where a number, a text or a truth value was."""
        plan, failed = self.plan, self._failed[some]
        value, compared = (each[self.places][some] for each in (of.value, of.compared))
        low, high = (self._at(each)[some] for each in (of.low, of.high))
        edge = self._at(of.low_edge)[some]
        below = (compared <= edge) if of.open else (compared < edge)
        nothing = np.full(len(value), np.nan)
        broken, near = nothing, nothing
        if of.kind == "number":
            broken = np.where(failed, rounded(np.where(below, low, high), of.decimals), np.nan)
        if of.decimals is not None:
            near = np.where(value == compared, np.nan, compared)
        due = failed & (self.codes[some] != CODE[Outcome.VIOLATION])
        change, until = self._builder.reasons.change(plan), plan.rule.timing.last

        def compare(near: float, broken: float, best: bool, due: bool) -> Compared:  # noqa: FBT001
            line = LineToTarget(until) if due else None
            return Compared(of.kind, near, broken, best, change, line)

        flags = (self._best()[some].tolist(), due.tolist())
        keys = zip(*map(_or_none, (near, broken)), *flags, strict=True)
        return list(_known(compare, keys))

    # What it rests on, and what would mend it.

    def _remedy(self) -> list[tuple[Remedy, ...]]:
        found: list[tuple[Remedy, ...]] = [()] * len(self.subjects)
        if self.brief or self._of is None or not self._failed.any():
            return found
        failed, remedies = self._failed.copy(), self._builder.remedies
        mended = remedies.of_cells(self.plan, self.places[failed], self.subjects[failed])
        for at, remedy in zip(np.flatnonzero(failed).tolist(), mended, strict=True):
            if remedy is not None:
                found[at] = remedy
                failed[at] = False
        self._one_by_one(found, failed, remedies.find)
        return found

    def _inputs(self) -> list[tuple[Input, ...]]:
        found: list[tuple[Input, ...]] = [()] * len(self.subjects)
        left = np.ones(len(found), np.bool_)
        if not self.plan.phase.applies:
            return found
        if self.brief:
            left &= self.codes == CODE[Outcome.MISSING]
        if self.plan.absent is not None:
            left &= ~self.plan.absent[self.places]
        rule, condition = self.plan.rule, self.plan.condition
        outside = np.zeros(len(found), np.bool_)
        if condition is not None:
            outside = condition[self.places] == 0
        for some in (
            left & outside,
            left & ~outside & self._failed,
            left & ~(outside | self._failed),
        ):
            if some.any():
                first = self._observation(int(np.argmax(some)))
                asked, printed = self._builder.asked(first)
                subjects, scope = self.subjects[some], rule.document.id
                given = self._builder.inputs.rows(asked, rule.level, subjects, scope)
                _put(found, some, [(*each, *printed) for each in given] if printed else given)
        return found


def _or_none(values: Numbers) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]  # noqa: PLR0124 - NaN


def _put(found: list[T], some: Flags, values: Sequence[T]) -> None:
    """Put values in their places."""
    for at, value in zip(np.flatnonzero(some).tolist(), values, strict=True):
        found[at] = value


def _known(make: Callable[..., T], keys: Iterable[tuple[Any, ...]]) -> list[T]:
    """Make something of each key, once for all that are the same."""
    made: dict[tuple[Any, ...], T] = {}
    found = []
    for key in keys:
        one = made.get(key)
        if one is None:
            one = made[key] = make(*key)
        found.append(one)
    return found
