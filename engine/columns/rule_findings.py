"""The findings of one rule and year field by field, each field for all of them at once.

Most findings are alike: a number that stands in a cell was compared with a bound. What such a
finding says is read off the columns that were compared, and what several say in common is made
once. What is not so plain (a value made of others, what is missing, a rule over verdicts) is looked
at one by one, by ``findings``, and so are a few findings, for which it is the shorter way; both say
the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.engine.columns.reach import may_be_short
from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import (
    FAILS,
    all_of,
    any_of,
    at_places,
    columns_of,
    missed_bounds,
    told_of,
)
from dabiao.engine.data.algebra import Flags, Index, Numbers, quiet, rounded
from dabiao.engine.data.tidy_columns import tidied, written
from dabiao.engine.findings.finding_builder import printed_requirement
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judging.comparison import Bound, Comparison
from dabiao.engine.judging.matcher import CODE, OUTCOMES, Codes
from dabiao.engine.judging.rule_plan import RulePlan
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas, options, rolls_up
from dabiao.rules.catalog.timing import earlier_year, printed_baseline
from dabiao.rules.formulas.formula import Formula
from dabiao.schemas.coded import Coded, Strung
from dabiao.schemas.columns import repeated
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import whole
from dabiao.schemas.finding import COLUMNS, Input, Required, RuleFindings, Scalar
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Compared, LineToTarget, Reason
from dabiao.schemas.record import dataclass

T = TypeVar("T")
_COMPARED = np.array([each not in (Outcome.MISSING, Outcome.NOT_APPLICABLE) for each in Outcome])
_OPEN = np.array([each is Outcome.MISSING for each in Outcome])
_NOT_YET = FAILS & np.array([each is not Outcome.VIOLATION for each in Outcome])
_APART = np.array([each is Outcome.NOT_APPLICABLE for each in Outcome])
_ALL = 100.0
_FEW = 8
"""Findings that are sooner looked at one by one."""


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
    plan = records.planner.plan(rule, year)
    apart = _told_apart(records, plan, subjects)
    several, whom = list[RuleFindings](), list[Index]()
    if apart.any():
        each = records.builder.findings(rule, year, subjects[apart], brief=brief)
        several += RuleFindings.of(each)
        whom.append(subjects[apart])
    if not apart.all():
        for part in parts_of(records, rule, year, subjects[~apart], brief=brief):
            by = records.builder.names.rule(plan.rule)
            several.append(RuleFindings(by, year, plan.figures, *map(part.field, COLUMNS)))
            whom.append(part.subjects)
    return joined(several, whom)


def joined(parts: Sequence[RuleFindings], subjects: Sequence[Index]) -> RuleFindings:
    """Put findings of a rule and year together, in order of whom they are about."""
    first, *others = parts
    if not others:
        return first
    order = np.argsort(np.concatenate(subjects))
    columns = (_both([getattr(part, name) for part in parts], order) for name in COLUMNS)
    return RuleFindings(first.by, first.year, first.figures, *columns)


def _told_apart(records: Records, plan: RulePlan, subjects: Index) -> Flags:
    """Tell whose findings are made one by one, rather than read off columns."""
    if rolls_up(plan.rule.norm) is not None or are_few(len(subjects)):
        return np.ones(len(subjects), np.bool_)
    return records.readings.reach(plan)[subjects]


def are_few(count: int) -> bool:
    """Tell whether so many findings are sooner looked at one by one."""
    return count <= _FEW


def parts_of(
    records: Records, rule: Rule, year: int, subjects: Index, *, brief: bool = False
) -> "list[Bunch]":
    """Put those a rule applies to apart from those it does not, as far as there are any."""
    verdict, plan = records.verdict(rule, year), records.planner.plan(rule, year)
    found = verdict.segment.places(subjects)
    inside, parts = found >= 0, []
    if inside.any():
        places, some = (found, subjects) if inside.all() else (found[inside], subjects[inside])
        parts.append(Bunch(records, plan, places, some, verdict.outcome[places], brief))
    if not inside.all():
        beside, some = records.planner.plan_aside(rule, year), subjects[~inside]
        places = np.searchsorted(beside.subjects, some)
        codes = np.full(len(some), CODE[Outcome.NOT_APPLICABLE])
        parts.append(Bunch(records, beside, places, some, codes, brief))
    return parts


def _both(columns: Sequence[Sequence[Any]], order: Index) -> Sequence[Any]:
    """Put two columns together, in an order."""
    coded = [each for each in columns if isinstance(each, Coded)]
    if len(coded) == len(columns):
        return Coded.joined(coded).at(order)
    strung = [each for each in columns if isinstance(each, Strung)]
    if len(strung) == len(columns):
        return Strung.joined(strung).at(order)
    values = [value for column in columns for value in column]
    return [values[at] for at in order.tolist()]


@dataclass(eq=False)
class Bunch:
    """Some findings of a rule, all on those that it applies to, or all on those it does not."""

    records: Records
    plan: RulePlan
    places: Index
    subjects: Index
    codes: Codes
    brief: bool

    def __post_init__(self) -> None:
        self._builder = self.records.builder
        self._failed = told_of(FAILS, self.codes)
        self.of = self.plan.comparisons[-1] if self.plan.comparisons else None

    def field(self, name: str) -> Sequence[Any]:
        """Give a field of all of them."""
        match name:
            case "subject":
                rule, year = self.plan.rule, self.plan.figures
                return self._builder.subjects(rule.level, self.subjects, year)
            case "outcome":
                return Coded(OUTCOMES, self.codes.astype(np.intp))
            case "required":
                return self._required()
            case "reason":
                return self._reason()
            case "observed":
                return self._observed()
            case "gap":
                return self._gap()
            case "remedy":
                return self._remedy()
            case "inputs":
                return self._inputs()
            case _:  # of rules over verdicts, and of cells that may mean several values
                return Coded.same(None, len(self.subjects))

    def _observation(self, at: int) -> Observation:
        place, subject = int(self.places[at]), int(self.subjects[at])
        return Observation(self.plan, place, subject, OUTCOMES[self.codes[at]])

    def _one_by_one(self, chosen: Flags, ask: Callable[[Observation], T]) -> Coded[T]:
        """Look at some of them as if each was the only one."""
        return Coded.of([ask(self._observation(at)) for at in np.flatnonzero(chosen).tolist()])

    # What was compared.

    def _at(self, bound: Bound | None) -> Numbers:
        """Give a bound of each; NaN where there is none."""
        return np.broadcast_to(at_places(bound, self.places), len(self.places))

    def _written(self, values: Numbers, digits: int = 15) -> list[Scalar]:
        """Write what was compared as records have it."""
        if self.of is None or self.of.kind == "number":
            return list(written(values, digits))
        known = _or_none(values)
        if self.of.kind == "truth":
            return [None if value is None else bool(value) for value in known]
        words = self.records.frames.words
        return [None if value is None else words(int(value)) for value in known]

    def _observed(self) -> Sequence[Scalar]:
        hidden = self.codes == CODE[Outcome.NOT_APPLICABLE]
        if self.of is None or hidden.all():
            return [None] * len(self.subjects)
        values = np.where(hidden, np.nan, self.of.held.take(self.places))
        return self._written(values, 13 if isinstance(self.plan.rule.norm, Changes) else 15)

    def _gap(self) -> Sequence[float | None]:
        if self.of is None or not self._failed.any():
            return [None] * len(self.subjects)
        of = columns_of(self.plan, self.places, self.subjects, self.codes)
        return _or_none(whole(of.gap))

    def best(self) -> Flags:
        """Tell where the best there can be is enough."""
        best = None if self.of is None else self.of.best
        return np.zeros(len(self.places), np.bool_) if best is None else best[self.places]

    def _required(self) -> Coded[Required]:
        of = self.of
        if of is None:
            return Coded.same(printed_requirement(self.plan.rule), len(self.subjects))
        enough = Comparator.AT_MOST if of.low is None else Comparator.AT_LEAST
        between = of.comparator is Comparator.BETWEEN

        def require(low: float, high: float, best: bool) -> Required:  # noqa: FBT001 - a column each
            bounds = self._written(np.array([low, high], np.float64))
            if between:
                return Required(of.comparator, *bounds)
            return Required(enough if best else of.comparator, bounds[0 if of.high is None else 1])

        every = slice(1) if self._is_printed(of) else slice(None)  # of one who stands for all
        low, high = (self._at(each)[every] for each in (of.low, of.high))
        found = _known(require, low, high, self.best()[every])
        return Coded(found.values, np.resize(found.places, len(self.subjects)))

    @staticmethod
    def _is_printed(of: Comparison) -> bool:
        """Tell whether the same is required of all."""
        bounds = (of.low, of.high)
        return of.best is None and not any(isinstance(each, np.ndarray) for each in bounds)

    # Why.

    def _reason(self) -> Coded[Reason]:
        reasons, size = self._builder.reasons, len(self.subjects)
        if not self.plan.phase.applies:
            return Coded.same(reasons.reason(self._observation(0)), size)
        parts: list[tuple[Flags, Coded[Any]]] = []
        left_out, plain = self.left_out(), self.plainly_compared()
        if options(self.plan.rule.norm):  # forms tell them, of which there are few
            plain = repeated(np.False_, size)
        if any_of(left_out):
            told = reasons.out_of_scope(self.plan, self.subjects[left_out])
            parts.append((left_out, told))
        if self.of is not None and any_of(plain):
            parts.append((plain, self._compared(self.of, plain)))
        alone = ~(left_out | plain)
        parts.append((alone, self._one_by_one(alone, reasons.reason)))
        return _placed(parts)

    def left_out(self) -> Flags:
        """Tell whom the condition of the rule leaves out."""
        condition, found = self.plan.condition, told_of(_APART, self.codes)
        if condition is None or not any_of(found):
            return repeated(np.False_, len(self.codes))
        found = found.copy()
        found &= condition[self.places] == 0
        if self.plan.absent is not None:
            found &= ~self.plan.absent[self.places]
        return found

    def plainly_compared(self) -> Flags:
        """Tell of whom there is nothing to say but that a value was compared with a bound."""
        of = self.of
        if of is None:
            return np.zeros(len(self.codes), np.bool_)
        found = told_of(_COMPARED, self.codes)
        vocabulary, rule = self.records.planner.evaluator.vocabulary, self.plan.rule
        if rule.unit == "%" and may_be_short(vocabulary, formulas(rule.norm)[0], rule.level):
            found = found & ~(self._failed & (self._at(of.low) == _ALL))
        return found

    def missing(self) -> Flags:
        """Tell of whom something is missing."""
        return told_of(_OPEN, self.codes)

    def may_lack(self) -> list[tuple[Formula, int]]:
        """List the formulas that may lack something, each with its year."""
        rule, year = self.plan.rule, self.plan.figures
        asked = (
            list(formulas(rule.norm))
            if rule.condition is None
            else [rule.condition, *formulas(rule.norm)]
        )
        found = [(formula, year) for formula in asked]
        begin = None if rule.baseline is None else rule.baseline.year
        if isinstance(rule.norm, Changes):
            begin = earlier_year(rule, rule.norm, year)
        return found if begin is None else [*found, (formulas(rule.norm)[0], begin)]

    def reason(self, at: int) -> Reason:
        """Say of one of them why it came out so."""
        return self._builder.reasons.reason(self._observation(at))

    def inputs(self, at: int) -> tuple[Input, ...]:
        """Give what one of them rests on."""
        return self._builder.rests_on(self._observation(at))

    def _compared(self, of: Comparison, chosen: Flags) -> Coded[Compared]:
        """Say what was compared, where a number, a text or a truth value was."""
        plan = self.plan
        broken, near = self.broken_and_near(of, chosen)
        change = self._builder.reasons.change(plan)

        def compare(near: float, broken: float, *told: float | bool | None) -> Compared:
            best, missed, due, *line = told
            until = self.to_target(*line, due=bool(due))
            return Compared(of.kind, near, broken, bool(best), change, until, missed)

        due, line = self.falls_due(chosen), self.along(of, chosen)
        missed = self.missed(of, chosen)
        return _known(compare, near, broken, self.best()[chosen], missed, due, *line)

    def missed(self, of: Comparison, chosen: Flags | slice) -> Numbers:
        """Give the bound that each misses by no more than is allowed; NaN where it is kept."""
        places = self.places[chosen]
        found: Numbers = repeated(np.nan, len(places))
        if not of.slack:
            return found
        exact, value = replace(of, slack=0.0), of.compared.take(places)
        for bound, edge, way in (
            (of.high, exact.high_edge, -1.0),
            (of.low, exact.low_edge, 1.0),  # which is told where both are missed
        ):
            if bound is not None:
                ours, least = way * value, way * at_places(edge, places)
                beyond = ours <= least if of.open else ours < least
                found = np.where(beyond, rounded(at_places(bound, places), of.decimals), found)
        return np.where(self.codes[chosen] == CODE[Outcome.COMPLIANT], found, np.nan)

    def falls_due(self, chosen: Flags | slice) -> Flags:
        """Tell of whom what fails is not due yet."""
        return told_of(_NOT_YET, self.codes[chosen])

    @quiet
    def along(self, of: Comparison, chosen: Flags | slice) -> list[Numbers]:
        """Give where the line to the target stands, where it begins, and where it ends; NaN if not.

        Nothing where there is no line.
        """
        line, places, rule = self.plan.line, self.places[chosen], self.plan.rule
        if line is None:
            return []
        upward = np.zeros(len(places), np.bool_)
        if of.low is not None and of.low_edge is not None:
            compared, edge = of.compared_at(places), at_places(of.low_edge, places)
            breaks = compared <= edge if of.open else compared < edge
            upward = np.where(self._failed[chosen], breaks, ~np.isnan(at_places(of.low, places)))
        stands, bound = (
            np.where(upward, at_places(low, places), at_places(high, places))
            for low, high in ((line.low, line.high), (of.low, of.high))
        )
        printed = None if isinstance(rule.norm, Changes) else printed_baseline(rule, line.since)
        begins = np.full(len(places), np.nan if printed is None else float(printed))
        if printed is None and not isinstance(rule.norm, Changes):
            evaluator, scope = self.records.planner.evaluator, rule.document.id
            first = evaluator.numbers(formulas(rule.norm)[0], rule.level, line.since, scope)
            begins = first[self.subjects[chosen]]
        return [each + 0.0 for each in (stands, tidied(begins), bound)]  # 0 has no sign

    def to_target(
        self,
        stands: float | None = None,
        begins: float | None = None,
        bound: float | None = None,
        *,
        due: bool,
    ) -> LineToTarget | None:
        """Say how the line to the target runs, if there is one, or only when it is due."""
        until = self.plan.rule.timing.last
        if stands is None or self.plan.line is None:
            return LineToTarget(until) if due else None
        return LineToTarget(until, stands, self.plan.line.since, begins, bound)

    @quiet
    def broken_and_near(self, of: Comparison, chosen: Flags | slice) -> tuple[Numbers, Numbers]:
        """Give the bound that is not kept, and the value as it was rounded; NaN where none is."""
        failed, places = self._failed[chosen], self.places[chosen]
        broken = near = repeated(np.nan, len(places))
        if of.kind == "number" and any_of(failed):
            missed = missed_bounds(of, places)
            if all_of(failed):
                broken = missed if missed.ndim else repeated(missed, len(places))
            else:
                broken = np.where(failed, missed, np.nan)
        if of.decimals is not None:
            value, compared = of.held.take(places), of.compared_at(places)
            near = np.where(value == compared, np.nan, compared)
        return broken, near

    # What it rests on, and what would mend it.

    def rests_on(self, at: int) -> tuple[list[tuple[Formula, int]], tuple[Input, ...]]:
        """Give the formulas that one of them rests on, each with its year, and a printed value."""
        return self._builder.asked(self._observation(at))

    def _remedy(self) -> Coded[tuple[Remedy, ...]]:
        failed = self._failed.copy()
        if self.brief or self.of is None or not failed.any():
            return Coded.same((), len(self.subjects))
        where = np.flatnonzero(failed).tolist()
        found = self._builder.remedies.of_each(
            *(self.plan, self.places[failed], self.subjects[failed]),
            lambda at: self._observation(where[at]),
        )
        nothing: Coded[tuple[Remedy, ...]] = Coded.same((), int(np.count_nonzero(~failed)))
        return _placed([(~failed, nothing), (failed, Coded.of(found))])

    def _inputs(self) -> Strung[Input]:
        size = len(self.subjects)
        left = np.ones(size, np.bool_)
        if not self.plan.phase.applies:
            return Strung([Coded.same((), size)])
        if self.brief:
            left &= self.codes == CODE[Outcome.MISSING]
        if self.plan.absent is not None:
            left &= ~self.plan.absent[self.places]
        rule, condition = self.plan.rule, self.plan.condition
        outside = np.zeros(size, np.bool_)
        if condition is not None:
            outside = condition[self.places] == 0
        nothing: Coded[tuple[Input, ...]] = Coded.same((), int(np.count_nonzero(~left)))
        some_at, columns = [~left], [Strung([nothing])]
        for some in (
            left & outside,
            left & ~outside & self._failed,
            left & ~(outside | self._failed),
        ):
            if some.any():
                asked, printed = self.rests_on(int(np.argmax(some)))
                subjects, scope = self.subjects[some], rule.document.id
                given = self._builder.inputs.rows(asked, rule.level, subjects, scope)
                if printed:
                    given = Strung([*given.columns, Coded.same(printed, len(subjects))])
                some_at.append(some)
                columns.append(given)
        return Strung.joined(columns).at(_order(some_at))


def _or_none(values: Numbers) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]  # noqa: PLR0124 - NaN


def _order(parts: Sequence[Flags]) -> Index:
    """Tell where each finding stands in parts that are put behind one another."""
    places = np.empty(len(parts[0]), np.intp)
    places[np.concatenate([np.flatnonzero(some) for some in parts])] = np.arange(len(places))
    return places


def _placed(parts: Sequence[tuple[Flags, Coded[T]]]) -> Coded[T]:
    """Put parts of a column in their places, which are all there are."""
    return Coded.joined([column for _, column in parts]).at(_order([some for some, _ in parts]))


def _known(make: Callable[..., T], *keys: "npt.NDArray[Any]") -> Coded[T]:
    """Make something of each key, once for all that are the same; where NaN stands, of None."""
    numbers: dict[tuple[Any, ...], int] = {}
    every = zip(*map(_or_none, keys), strict=True)
    places = [numbers.setdefault(key, len(numbers)) for key in every]
    return Coded([make(*key) for key in numbers], np.array(places, np.intp))
