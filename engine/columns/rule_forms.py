"""The findings of one rule and year as forms: what many say alike is said once.

A school with 40.13 square metres and one with 52.7 say the same of a rule, but for a few numbers:
what was observed, how far it is from the bound, in which row it stands. So does everybody who left
a cell empty, or sent in nothing. So a form is a record with slots, and the numbers stand beside it
as columns. Findings that are not so plain (a rule over verdicts, a value made of those below) are
forms of their own; ``rule_findings`` makes those, and both say the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from dabiao.engine.columns.drawn_forms import EVERY, DrawnForms
from dabiao.engine.columns.reach import Reach
from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import FAILS, all_of, any_of, told_of
from dabiao.engine.columns.rule_findings import Bunch, are_few, parts_of, rule_findings
from dabiao.engine.columns.slots import Slots, Tell
from dabiao.engine.data.algebra import Flags, Index, Numbers
from dabiao.engine.data.tidy_columns import distances, tidied
from dabiao.engine.evaluation.evaluate import sums_up
from dabiao.engine.findings.reasons import DemandedOption
from dabiao.engine.findings.remedies.searches import Steps
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Compares, Within, rolls_up
from dabiao.rules.formulas.formula import Above, Attainment, Below, Measured, Ranking, Variation
from dabiao.schemas.columns import FORM, SLOTS, FindingColumns, FindingForms, is_repeated
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.finding import Input, Required
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Compared, ComparedOption, MeasuredValue, NoChange, OutOfScope
from dabiao.schemas.record import dataclass

_Said = Literal["left out", "compared", "missing", "passed over"]
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
    if not are_few(len(of)) and rolls_up(rule.norm) is None:
        if places is None:
            parts = parts_of(records, rule, of.year, of.subject)
        else:
            plan = records.planner.plan(rule, of.year)
            parts = [Bunch(records, plan, places, of.subject, of.outcome, brief=False)]
        for part in parts:
            whole = len(part.subjects) == len(of)
            for kind, some in _alike(part):
                if whole and all_of(some):
                    _Alike(records, part, kind, EVERY, of, EVERY).draw(drawn)
                else:
                    at = np.searchsorted(of.subject, part.subjects[some])
                    _Alike(records, part, kind, some, of, at).draw(drawn)
    left = drawn.left
    if len(left):
        others = rule_findings(records, rule, of.year, of.subject[left])
        forms = list(zip(*(getattr(others, name) for name in FORM), strict=True))
        drawn.add(left, forms, np.arange(len(forms)))
    alike = len(drawn.forms) - len(left)
    return drawn.finished(records, alike)


def _alike(part: Bunch) -> list[tuple[_Said, Flags]]:
    """Sort out whose findings say the same but for numbers, and what they are about."""
    if not part.plan.phase.applies:
        return [("passed over", np.ones(len(part.codes), np.bool_))]
    failed = told_of(FAILS, part.codes)
    left_out, compared = part.left_out(), part.plainly_compared()
    if part.plan.absent is not None:
        compared = compared & ~part.plan.absent[part.places]
    if part.plan.condition is not None:
        compared = compared & (part.plan.condition[part.places] != 0)
    alike = [compared] if is_repeated(failed) else [compared & failed, compared & ~failed]
    kinds: tuple[tuple[_Said, Flags], ...] = (
        ("left out", left_out),
        *(("compared", some) for some in alike),
        ("missing", part.missing()),
    )
    return [(kind, some) for kind, some in kinds if any_of(some)]


def _looks_at_others(records: Records, rule: Rule) -> bool:
    """Tell whether a rule may look at cells of others that may mean several values."""
    if not records.readings.concerns(rule):
        return False
    vocabulary = records.planner.evaluator.vocabulary
    return any(
        isinstance(part, Above | Attainment | Below | Ranking | Variation)
        or (
            isinstance(part, Measured)
            and part.slug in vocabulary.items
            and sums_up(vocabulary.items[part.slug], rule.level)
        )
        for part in vocabulary.unfold(rule.formulas)
    )


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
        part = self.part
        self._subjects = part.subjects[self.some].astype(np.intp, copy=False)
        if isinstance(self.some, slice):
            self._places: Sequence[int] | Index = range(len(part.subjects))
        else:
            self._places = np.flatnonzero(self.some)
        columns = [getattr(self.of, name) for name in SLOTS]
        if self.at is not EVERY:
            columns = [each[self.at] for each in columns]
        self._slots = Slots(columns, self.records.frames.words)
        rule, verdict = part.plan.rule, self.records.verdict(part.plan.rule, part.plan.year)
        if _looks_at_others(self.records, rule):
            self._slots.unlike |= self.records.readings.reach(part.plan)[self._subjects]
        elif verdict.read:
            self._slots.unlike |= np.isin(part.places[self.some], list(verdict.read))
        within = verdict.segment if verdict.segment.who is part.plan.who else None
        lacks = self.said == "missing"
        self._reach = Reach(self.records, rule, self._subjects, within, self._slots, lacks=lacks)
        norm = rule.norm
        if (
            self.said == "compared"
            and self.of.kind == "number"
            and isinstance(norm, Compares | Within)
            and isinstance(norm.value, Measured)
        ):
            self._reach.know(norm.value.slug, part.plan.figures, columns[0])

    def draw(self, drawn: DrawnForms) -> None:
        """Find the forms, but of those that have to be looked at one by one."""
        self._slots.draw(drawn, self.at, [self._field(name) for name in FORM])

    def _of_kind(self, values: Numbers | FewNumbers) -> Tell[Any]:
        """Tell numbers of columns as records have them, where they may stand for texts."""
        if self.of.kind == "number" or isinstance(values, FewNumbers):
            return self._slots.maybe(values)
        places = np.int8 if self.of.kind == "truth" else np.int32
        return self._slots.scalar(np.where(np.isnan(values), -1, values).astype(places))

    def _field(self, name: str) -> Tell[Any]:
        match name:
            case "required":
                return self._required()
            case "reason":
                return self._reason()
            case "observed":
                return self._of_kind(self._slots.column(0))
            case "gap":
                return self._slots.maybe(self._slots.column(3))
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
        low, high = (self._of_kind(self._slots.column(place)) for place in (1, 2))
        if comparator is Comparator.BETWEEN:
            return lambda at: Required(comparator, low(at), high(at))
        enough = Comparator.AT_MOST if self.part.of.low is None else Comparator.AT_LEAST
        best, bound = self._best(), low if self.part.of.high is None else high
        return lambda at: Required(enough if best(at) else comparator, bound(at))

    def _best(self) -> Tell[bool]:
        if self.part.of is None or self.part.of.best is None:
            return lambda _: False
        return self._slots.one_of(self.part.best()[self.some], bool)

    def _reason(self) -> Tell[Any]:
        part, plan, slots = self.part, self.part.plan, self._slots
        reasons = self.records.builder.reasons
        if self.said == "passed over":
            return self._of_one
        if self.said == "left out":
            rows = reasons.looked_at(plan)
            seen = [(of, slots.scalar(vector[self._subjects])) for of, vector in rows]
            return lambda at: OutOfScope(tuple(MeasuredValue(of, tell(at)) for of, tell in seen))
        if self.said == "missing":
            for formula, year in part.may_lack():
                self._reach.visit(formula, year)
            return self._lacking
        if part.of is None:
            raise TypeError("nothing was compared")
        broken, near = map(slots.maybe, part.broken_and_near(part.of, self.some))
        due = slots.one_of(part.falls_due(self.some), bool)
        best, change = self._best(), reasons.change(plan)
        line = [slots.maybe(each) for each in part.along(part.of, self.some)]
        missed = slots.maybe(part.missed(part.of, self.some))
        options = [self._option(each) for each in reasons.demanded(plan, self._subjects)]

        def compared(at: int) -> Compared:
            until = part.to_target(*(tell(at) for tell in line), due=due(at))
            return Compared(
                self.of.kind,
                near(at),
                broken(at),
                best(at),
                change,
                until,
                missed(at),
                options=tuple(tell(at) for tell in options),
            )

        return compared

    def _option(self, of: DemandedOption) -> Tell[ComparedOption]:
        """Tell what came of one of several demands any of which is enough."""
        slots, keeps, gaps = self._slots, of.of.keeps, np.full(len(self._subjects), np.nan)
        value, edge = sides = of.sides()
        if value.dtype == edge.dtype == np.float64:
            missed = keeps == 0
            gaps[missed] = distances(*(tidied(each[missed]) for each in (edge, value)))
        observed, bound = map(slots.scalar, sides)
        holds = slots.one_of(keeps.astype(np.intp), lambda kept: None if kept < 0 else kept == 1)
        gap, best = slots.maybe(gaps), slots.one_of(of.best, bool)
        return lambda at: of.compared(observed(at), bound(at), holds(at), gap(at), best=best(at))

    def _of_one(self, at: int) -> Any:  # noqa: ANN401 - any reason
        return self.part.reason(int(self._places[at]))

    def _lacking(self, at: int) -> Any:  # noqa: ANN401 - one of three reasons
        reason = self._of_one(at)
        if isinstance(reason, NoChange):
            return reason
        return replace(reason, lacks=tuple(self._reach.lack(each, at) for each in reason.lacks))

    def _remedy(self) -> Tell[tuple[Remedy, ...]]:
        if self.part.of is None or not any_of(told_of(FAILS, self.part.codes[self.some])):
            return lambda _: ()
        remedies = self.records.builder.remedies
        observed = self._slots.column(0)
        few = observed if isinstance(observed, FewNumbers) else None
        ways = remedies.of_many(self.part.plan, self.part.places[self.some], self._subjects, few)
        self._slots.unlike |= ~ways.known
        offered = [self._mended(steps) for steps in ways.steps]
        return lambda at: tuple(each for tell in offered for each in tell(at))

    def _mended(self, steps: Steps) -> Tell[tuple[Remedy, ...]]:
        """Tell how one number mends those whom it does."""
        mends = self._slots.one_of(steps.mends, bool)
        before = self._slots.number(steps.before)
        after = self._slots.number(steps.after)
        by = self._slots.number(steps.by)

        def mended(at: int) -> tuple[Remedy, ...]:
            if not mends(at):
                return ()
            return (Remedy(steps.of, before(at), after(at), by(at), None, steps.year),)

        return mended

    def _inputs(self) -> Tell[tuple[Input, ...]]:
        part = self.part
        asked, _ = part.rests_on(int(self._places[0]))
        for formula, year in asked:
            self._reach.visit(formula, year)
        return lambda at: tuple(
            self._reach.input(each, at) for each in part.inputs(int(self._places[at]))
        )
