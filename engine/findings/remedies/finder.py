"""Finds remedies, of one finding and of many findings of a rule."""

from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np

from dabiao.engine.data.algebra import (
    Flags,
    Index,
    Numbers,
    Vector,
    combine,
    rounded,
    tidy,
    truths,
)
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.data.tidy_columns import moves, written
from dabiao.engine.evaluation.evaluate import summed_levels, sums_up
from dabiao.engine.evaluation.what_if import Variable
from dabiao.engine.findings.naming import Names
from dabiao.engine.findings.observation import Observation
from dabiao.engine.findings.remedies.below import Candidates, Mending, NumbersBelow, offers
from dabiao.engine.findings.remedies.grounds import TRIED, Failing, Grounds
from dabiao.engine.findings.remedies.searches import DIGITS, OFFERED, Searches, Steps, Ways
from dabiao.engine.findings.remedies.stepping import FARTHEST, STEP, bounds
from dabiao.engine.findings.remedies.trials import Change, Trials
from dabiao.engine.judging.comparison import Comparison, constant
from dabiao.engine.judging.rule_plan import RulePlan, RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas, options, rolls_up
from dabiao.rules.formulas.formula import (
    WANDERING,
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Complies,
    Formula,
    Measured,
    Ratio,
    Variation,
    parts,
    reads,
    walk,
)
from dabiao.schemas.distinct import FewNumbers, whole
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class _Approach:
    """Steps from numbers that fail towards the bound that each misses.

    Attributes:
        comparison: What was compared.
        starts: The numbers.
        upward: Whether each has to rise: one answer for all of them, or one each.
        step: How long a step is.
        most: How many steps each may take; likewise.
    """

    comparison: Comparison
    starts: Numbers
    upward: Flags
    step: float
    most: Numbers

    @classmethod
    def begin(cls, comparison: Comparison, starts: Numbers, item: Item) -> Self:
        """Give the way, and how far the item lets a number go."""
        low = comparison.low_edge
        upward = np.array([low is not None])  # which holds for all, unless there are two
        if low is not None and comparison.high is not None:
            compared = rounded(starts, comparison.decimals)
            upward = compared <= low if comparison.open else compared < low
        step = 1.0 if item.type is ItemType.INTEGER else STEP
        least, highest = bounds(item)
        limit = np.where(upward, highest, least)
        most = np.array([2.0**FARTHEST])
        if np.isfinite(limit).any():
            room = np.where(upward, 1.0, -1.0) * (limit - starts)
            most = np.clip(np.floor(room / step + 1e-6), 0.0, most)
        return cls(comparison, starts, upward, step, most)

    def fewest(self) -> tuple[Flags, Flags, Numbers]:
        """Take the fewest steps that keep the bound that was broken.

        The bounds are printed: so the steps to them are known, and only those beside are tried.

        Returns:
            Where it is kept, where the whole norm is, and the numbers reached.
        """
        of = self.comparison
        edges = [0.0 if each is None else each for each in (of.low_edge, of.high_edge)]
        steps = np.ceil(np.abs(np.where(self.upward, *edges) - self.starts) / self.step)
        np.minimum(steps, self.most, out=steps)
        mends, complies, values = self._reached(steps, slice(None))
        far = np.flatnonzero(~mends | self._reached(steps - 1, slice(None))[0])
        if len(far):
            mends[far], complies[far], values[far] = self._reached(self._searched(far), far)
        return mends, complies, values

    def _searched(self, chosen: Index) -> Numbers:
        """Search for the fewest steps by halves; as many as there may be where none are enough."""
        less, enough = np.zeros(len(chosen)), np.broadcast_to(self.most, len(self.starts))[chosen]
        while ((wide := enough - less) > 1).any():
            middle = less + np.floor(wide / 2)
            mends = self._reached(middle, chosen)[0]
            enough = np.where(mends & (wide > 1), middle, enough)
            less = np.where(mends | (wide <= 1), less, middle)
        return enough

    def _reached(self, steps: Numbers, chosen: Index | slice) -> tuple[Flags, Flags, Numbers]:
        """Tell where so many steps reach the bound that was broken, and where the whole norm."""
        upward = self.upward if len(self.upward) == 1 else self.upward[chosen]
        way = np.where(upward, self.step, -self.step)
        values: Numbers = np.round(self.starts[chosen] + way * steps, 9)
        low, high = self.comparison.reached(values)
        return np.where(upward, low, high), low & high, values


class Remedies:
    """Finds remedies.

    Args:
        planner: Gives access to values.
        names: Names measures.
    """

    def __init__(self, planner: RulePlanner, names: Names) -> None:
        self._evaluator = planner.evaluator
        self._frames = planner.evaluator.frames
        self._names = names
        self._searches = Searches(planner.evaluator, names)
        self._over_verdicts: dict[str, bool] = {}

    def find(self, observation: Observation) -> tuple[Remedy, ...]:
        """Find the remedies of a finding, one of which is enough: of its own numbers first."""
        of = observation.comparison
        if not observation.failed or of is None or not self._can_mend(observation.rule, of):
            return ()
        variables, trials = self._variables(observation), Trials(self._evaluator, observation)
        own = [each for each in variables if each.spot == observation.spot]
        found = trials.changes(own)
        below = [each for each in variables if each.spot != observation.spot]
        if len(found) < OFFERED and len(below) <= TRIED:
            levels = {each.spot.level for each in below}
            changes = {
                change.variable: change
                for level in levels
                for change in trials.changes([each for each in below if each.spot.level is level])
            }
            found += [changes[each] for each in below if each in changes]
        return tuple(self._record(change, observation) for change in found[:OFFERED])

    def of_many(
        self, plan: RulePlan, places: Index, subjects: Index, few: FewNumbers | None = None
    ) -> Ways:
        """Find the remedies of many failing findings at once.

        Args:
            plan: The rule, and what it compared.
            places: Their places in the plan.
            subjects: Who they are.
            few: Their numbers, where few of these are different.
        """
        of = plan.comparisons[-1] if plan.comparisons else None
        if of is None or not self._can_mend(plan.rule, of):
            return Ways(np.ones(len(places), np.bool_), [])
        item = self._compared_item(plan)
        if item is not None:
            return self._of_cells(plan, item, places, subjects, few)
        return self._searches.search(Failing(plan, places, subjects))

    def of_each(
        self,
        plan: RulePlan,
        places: Index,
        subjects: Index,
        observed: Callable[[int], Observation],
    ) -> list[tuple[Remedy, ...]]:
        """Find the remedies of each of many failing findings, as ``find`` does.

        Args:
            plan: The rule, and what it compared.
            places: Their places in the plan.
            subjects: Who they are.
            observed: Gives one of them, to be looked at alone.
        """
        ways = self.of_many(plan, places, subjects)
        found, rest = _told(ways), np.flatnonzero(~ways.known)
        others = self.by_others(plan, places[rest], subjects[rest])
        for at, remedies in zip(rest.tolist(), others, strict=True):
            found[at] = self.find(observed(at)) if remedies is None else remedies
        return found

    def by_others(
        self, plan: RulePlan, places: Index, subjects: Index
    ) -> list[tuple[Remedy, ...] | None]:
        """Find the remedies of failing findings that ``of_many`` knows nothing of.

        Returns:
            Those of each; None where it has to be looked at alone.
        """
        failing = Failing(plan, places, subjects)
        grounds = Grounds.of_findings(self._evaluator, failing)
        below = NumbersBelow(self._evaluator, failing, grounds).candidates()
        own = _told(self._searches.own(failing, grounds, below.known))
        offered = np.array(list(map(len, own)), np.intp)
        for at, remedy in self._told_below(
            plan, below, offers(self._evaluator, failing, below, offered)
        ):
            own[at] = (*own[at], remedy)
        return [
            each if known else None for each, known in zip(own, below.known.tolist(), strict=True)
        ]

    def _told_below(
        self, plan: RulePlan, of: Candidates, offers: Mending
    ) -> Iterator[tuple[int, Remedy]]:
        """Yield remedies by numbers of those below, each with the finding that it would mend."""
        year = None if plan.figures == plan.year else plan.figures
        rows = offers.chosen.tolist(), *_written(*moves(offers.before, offers.after, 9, DIGITS))
        for at, before, after, by in zip(*rows, strict=True):
            level, slug = of.every[of.kinds[at]]
            measure = self._names.measure(slug)
            subject = self._names.subject(level, int(of.members[at]))
            yield int(of.owners[at]), Remedy(measure, before, after, by, subject, year)

    def _can_mend(self, rule: Rule, of: Comparison) -> bool:
        """Tell whether a number can mend what a rule asks for."""
        compares = of.kind == "number" or bool(options(rule.norm))
        return compares and not self._rests_on_verdicts(rule)

    def _of_cells(
        self, plan: RulePlan, item: Item, places: Index, subjects: Index, few: FewNumbers | None
    ) -> Ways:
        """Find the remedies of those that fail because of one number that they submitted.

        What is compared is the number itself, with bounds that are printed.
        """
        rule, of = plan.rule, plan.comparisons[-1]
        if few is not None and self._decides(plan, item):
            few = None
        starts: Numbers = of.held.take(places) if few is None else few.values
        approach = _Approach.begin(of, starts, item)
        mends, complies, values = approach.fewest()
        moved = moves(starts, values, 9, DIGITS)
        mends &= (approach.most > 0) & complies & self._applies(plan, item, values, subjects)
        told: Sequence[Numbers | FewNumbers] = moved
        if few is not None:
            mends, told = few.spread(mends), [FewNumbers(each, few.places) for each in moved]
        # Who fails has a value, which stands in a cell unless it may be a sum.
        blank = None if sums_up(item, rule.level) else np.zeros(len(places), np.bool_)
        rows = self._frames.only_rows(rule.level, plan.figures, subjects)
        seen = self._frames.only_cells(rule.level, item.slug, rows, blank)
        known = np.zeros(len(places), np.bool_) if seen is None else seen[0] & ~seen[1]
        year = None if plan.figures == plan.year else plan.figures
        return Ways(known, [Steps(self._names.measure(item.slug), year, mends, *told)])

    def _compared_item(self, plan: RulePlan) -> Item | None:
        """Give the item that a rule compares with printed bounds, if that is all it looks at."""
        value, *bounds = formulas(plan.rule.norm)
        if not isinstance(value, Measured) or any(constant(bound) is None for bound in bounds):
            return None
        item, condition = self._evaluator.vocabulary.items.get(value.slug), plan.rule.condition
        if item is None or not item.type.numeric or plan.comparisons[-1].kind != "number":
            return None
        if isinstance(plan.rule.norm, Changes) or (
            condition is not None and not self._is_followed(condition, item.slug)
        ):
            return None
        return item

    def _rests_on_verdicts(self, rule: Rule) -> bool:
        if rule.id not in self._over_verdicts:
            said = self._evaluator.vocabulary.unfold(rule.formulas)
            self._over_verdicts[rule.id] = rolls_up(rule.norm) is not None or any(
                isinstance(part, Attainment | Complies) for part in said
            )
        return self._over_verdicts[rule.id]

    def _is_followed(self, condition: Formula, slug: str) -> bool:
        """Tell whether a condition looks at an item as it stands, and divides by nothing of it."""
        if not self._evaluator.mentions(condition, slug):
            return True
        every = list(walk(condition))
        named = (part.slug for part in every if isinstance(part, Measured))
        return (
            not any(isinstance(part, (*WANDERING, Ratio)) for part in every)
            and not any(
                isinstance(p, Calculation) and p.operator is Arithmetic.DIVIDE for p in every
            )
            and all(
                each == slug or not self._evaluator.mentions(Measured(each), slug) for each in named
            )
        )

    def _decides(self, plan: RulePlan, item: Item) -> bool:
        """Tell whether a rule asks for an item to know whom it applies to."""
        condition = plan.rule.condition
        return condition is not None and self._evaluator.mentions(condition, item.slug)

    def _applies(
        self, plan: RulePlan, item: Item, values: Numbers, subjects: Index
    ) -> Flags | bool:
        """Tell where a rule still applies if an item has other values."""
        condition, scope = plan.rule.condition, plan.rule.document.id
        if condition is None or not self._decides(plan, item):
            return True

        def value(part: Formula) -> Vector:
            if part == Measured(item.slug):
                return values
            if self._evaluator.mentions(part, item.slug):
                return combine(part, value, len(values))  # type: ignore[arg-type] # no measure
            level, year = plan.rule.level, plan.figures
            return self._evaluator.taken(part, level, year, scope, subjects)

        still: Flags = truths(value(condition)) == 1
        return still

    def _variables(self, observation: Observation) -> list[Variable]:
        variables: dict[Variable, None] = {}
        for formula in formulas(observation.rule.norm):
            variables.update(dict.fromkeys(self._reach(formula, observation.spot)))
        return list(variables)

    def _reach(self, formula: Formula, spot: SubjectYear) -> Iterator[Variable]:
        """Yield the numbers of one year that a formula rests on."""
        match formula:
            case Measured(slug):
                yield from self._measured(slug, spot)
            case Below() | Variation():
                below = spot.below(formula.level, self._frames)
                for member in below if len(below) <= TRIED else ():
                    for part in parts(formula):
                        yield from self._reach(part, member)
            case _:
                for read in reads(formula, spot.year):
                    if read.year == spot.year and read.level is None:
                        yield from self._reach(read.part, spot)

    def _measured(self, slug: str, spot: SubjectYear) -> Iterator[Variable]:
        vocabulary = self._evaluator.vocabulary
        item = vocabulary.items.get(slug)
        if item is not None and not item.type.numeric:
            return
        report = self._frames.report(spot.level, slug, spot.year, spot.subject)
        if report is not None:
            if report.unusable is None:
                yield Variable(spot, slug)
        elif item is None:
            yield from self._reach(vocabulary.formulas[slug], spot)
        elif sums_up(item, spot.level) and any(
            spot.below(lower, self._frames) for lower in summed_levels(item, spot.level)
        ):
            yield Variable(spot, slug)  # any of the parts, by the same amount

    def _record(self, change: Change, observation: Observation) -> Remedy:
        slug, spot = change.variable.slug, change.variable.spot
        own = spot == observation.spot
        return Remedy(
            self._names.measure(slug),
            _exact(change.before),
            _exact(change.after),
            _exact(round(change.after - change.before, 9)),
            None if own else self._names.subject(spot.level, spot.subject),
            None if spot.year == observation.plan.year else spot.year,
            self._frames.report(spot.level, slug, spot.year, spot.subject) is None,
        )


def _told(ways: Ways) -> list[tuple[Remedy, ...]]:
    """Tell how findings can be mended; nothing of those of whom that is not known."""
    found: list[tuple[Remedy, ...]] = [()] * len(ways.known)
    for steps in ways.steps:
        mends = steps.mends & ways.known
        numbers = (whole(each)[mends] for each in (steps.before, steps.after, steps.by))
        rows = np.flatnonzero(mends).tolist(), *_written(*numbers)
        for at, before, after, by in zip(*rows, strict=True):
            found[at] = (*found[at], Remedy(steps.of, before, after, by, None, steps.year))
    return found


def _written(*columns: Numbers) -> Iterator[list[float | int]]:
    for each in columns:
        yield [value or 0 for value in written(each)]


def _exact(number: float) -> float | int:
    """Give a number in full, because it is to be reached."""
    return tidy(number, DIGITS) or 0
