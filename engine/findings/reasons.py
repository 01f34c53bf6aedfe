"""Why each finding came out as it did, as data; ``reports.wording`` makes a sentence of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Vector, numbers, tidy
from dabiao.engine.data.lifetimes import years_of
from dabiao.engine.data.tidy_columns import without_noise
from dabiao.engine.findings.evidence import Evidence
from dabiao.engine.findings.missing import KnownLacks, Lacks
from dabiao.engine.findings.naming import MEMBERS, NAMED, Names
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judging.columnar import answer
from dabiao.engine.judging.comparison import Comparison, compare_each
from dabiao.engine.judging.matcher import OUTCOMES, UNKNOWN
from dabiao.engine.judging.rule_plan import RulePlan, RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Direction, Span, formulas, options
from dabiao.rules.catalog.timing import (
    Phase,
    earlier_year,
    in_its_place,
    printed_baseline,
    successor,
)
from dabiao.rules.formulas.formula import Formula, Measured, Relates, reads
from dabiao.schemas.coded import Coded
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, NamedFew
from dabiao.schemas.reasons.readings import CellReadings, ReadAlike, ReadApart
from dabiao.schemas.reasons.why import (
    ChangeSince,
    Compared,
    ComparedOption,
    Lacking,
    LineToTarget,
    MeasuredValue,
    NobodyBelow,
    NoChange,
    NotBegun,
    NothingApplies,
    NotThere,
    OutOfScope,
    OutsidePeriod,
    Over,
    OwnRules,
    Reason,
    Replaced,
    RolledUp,
    ScopeUnknown,
    SucceedingDocument,
    Superseded,
    WhyNoChange,
)
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import NormOption
from dabiao.schemas.source import Scalar

_ALL = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class DemandedOption:
    """One of several demands any of which is enough, of some subjects.

    Attributes:
        of: What was compared.
        told: What was observed.
        comparator: How it must stand to the bound.
        observed: Its values.
        bound: The bounds.
    """

    of: Comparison
    told: MeasureName
    comparator: Comparator
    observed: Vector
    bound: Vector

    @property
    def best(self) -> Flags:
        """Where more was asked for than there can be, so that the best value is enough."""
        none = np.zeros(len(self.observed), np.bool_)
        return none if self.of.best is None else self.of.best

    def sides(self) -> tuple[Vector, Vector]:
        """Give what was observed, and the bounds as they were compared."""
        if self.of.best is None:
            return self.observed, self.bound
        edge = self.of.high if self.of.low is None else self.of.low
        return self.observed, np.where(self.of.best, np.asarray(edge), numbers(self.bound))

    def compared(
        self,
        observed: Scalar,
        bound: Scalar,
        holds: bool | None,  # noqa: FBT001 - as the record has them
        gap: float | None,
        *,
        best: bool,
    ) -> ComparedOption:
        """Say what came of it for one of them."""
        enough = Comparator.AT_MOST if self.of.low is None else Comparator.AT_LEAST
        comparator = enough if best else self.comparator
        return ComparedOption(self.told, comparator, observed, bound, holds, gap, best)


class Reasons:
    """Finds the reasons of findings.

    Args:
        planner: Gives access to values and to findings below.
        names: Names measures and subjects.
        inputs: Reads values.
    """

    def __init__(self, planner: RulePlanner, names: Names, inputs: Evidence) -> None:
        self._planner = planner
        self._evaluator = planner.evaluator
        self._names = names
        self._evidence = inputs
        self._lacking: dict[str, KnownLacks] = {}
        self._measured: dict[str, dict[tuple[type, Scalar], MeasuredValue]] = {}

    def reason(self, observation: Observation) -> Reason:
        """Say why a finding came out as it did."""
        match observation.outcome:
            case Outcome.NOT_APPLICABLE:
                return self._inapplicable(observation)
            case _ if observation.condition < 0:
                return ScopeUnknown(self._unsure_of_condition(observation))
            case _ if observation.rolls_up is not None:
                return self._rolled_up(observation)
            case Outcome.MISSING:
                return self._missing(observation)
            case Outcome.COMPLIANT | Outcome.ON_TRACK | Outcome.BEHIND | Outcome.VIOLATION:
                return self.compared(observation)
            case _:
                assert_never(observation.outcome)

    def readings(self, observation: Observation) -> CellReadings | None:
        """Say what comes of each reading of the cells that may mean several values."""
        trial = observation.trial
        if trial is None:
            return None
        if observation.outcome is not Outcome.MISSING:
            lacks = self._lacks(observation)
            found = list(zip(trial.cells, trial.meant, strict=True))
            cells = [lacks.reading(cell, tuple(meant)) for cell, meant in found[:NAMED]]
            return ReadAlike(tuple(cells), len(found))
        codes = trial.plan.outcomes([answer(case) for case in trial.plan.cases()])
        if trial.plan.headcount is not None or (codes == UNKNOWN).all():
            return None
        outcomes = [OUTCOMES[int(code)] for code in codes]
        if len(trial.cells) > 1:
            return ReadApart(tuple(dict.fromkeys(outcomes)))
        values = tuple(values[0] for values in trial.readings)
        return ReadApart(tuple(outcomes), values, self._names.measure(trial.cells[0].slug).unit)

    def value(self, observation: Observation, number: float | None) -> Scalar:
        """Give an observed or required value as it stands in records."""
        of = observation.comparison
        if number is None or of is None:
            return None
        if of.kind == "text":
            return self._evaluator.frames.words(int(number))
        return bool(number) if of.kind == "truth" else number

    # What does not apply.

    def _inapplicable(self, observation: Observation) -> Reason:
        rule, year = observation.rule, observation.plan.year
        match observation.plan.phase:
            case Phase.SUPERSEDED:
                return superseded(rule, year)
            case Phase.OUTSIDE:
                return OutsidePeriod(rule.document.period.from_, rule.document.period.to)
            case Phase.BEFORE:
                return NotBegun(rule.timing.first)
            case Phase.AFTER:
                return Over(rule.timing.last)
            case Phase.PENDING | Phase.DUE:
                pass
            case _:
                assert_never(observation.plan.phase)
        if observation.is_absent:
            return self._absent(observation)
        if observation.condition == 0:
            return self.out_of_scope(observation.plan, np.array([observation.subject]))[0]
        return NothingApplies(None if observation.rolls_up is None else observation.rolls_up.level)

    def _absent(self, observation: Observation) -> NotThere:
        """Say why the subject did not exist when the rule looks at it."""
        lifetimes, figures = self._evaluator.frames.lifetimes, observation.plan.figures
        level, at = observation.rule.level, observation.subject
        for year in years_of(observation.rule, figures, self._evaluator.vocabulary):
            life = lifetimes.lifetime(level, at, year)
            if life is not None:
                return NotThere(
                    self._names.existence(life, year),
                    lifetimes.is_of_school(level, at, year),
                    year != figures,
                )
        return NotThere(None)

    def out_of_scope(self, plan: RulePlan, subjects: Index) -> Coded[OutOfScope]:
        """Say what those whom a condition leaves out reported of it; alike is one object."""
        columns = self._seen(plan, subjects)
        if not columns:
            return Coded.same(OutOfScope(()), len(subjects))
        places = np.zeros(len(subjects), np.intp)
        first = places[:1]
        for column in columns:
            both = places * len(column.values) + column.places
            _, first, places = np.unique(both, return_index=True, return_inverse=True)
        told = (column.at(first) for column in columns)
        return Coded([OutOfScope(values) for values in zip(*told, strict=True)], places)

    def _seen(self, plan: RulePlan, subjects: Index) -> list[Coded[MeasuredValue]]:
        """Give the own measures of some subjects in a condition, a column for each measure."""
        found = []
        for of, vector in self.looked_at(plan):
            _, first, inverse = np.unique(vector[subjects], return_index=True, return_inverse=True)
            known = self._measured.setdefault(of.slug, {})
            values = []
            for value in self._evidence.scalars(vector[subjects[first]]):
                told = known.get((type(value), value))
                if told is None:
                    told = MeasuredValue(of, value)
                    known[type(value), value] = told
                values.append(told)
            found.append(Coded(values, inverse))
        return found

    def looked_at(self, plan: RulePlan) -> list[tuple[MeasureName, Vector]]:
        """Give the subjects' own measures in a condition, with the values of all of the level."""
        condition, level, year = plan.rule.condition, plan.rule.level, plan.figures
        found = []
        for part in dict.fromkeys(_own(condition, year) if condition is not None else ()):
            vector = self._evaluator.value(part, level, year, plan.rule.document.id)
            found.append((self._names.measure(part.slug), vector))
        return found

    # What is missing.

    def _lacks(self, observation: Observation) -> Lacks:
        scope = observation.rule.document.id
        known = self._lacking.setdefault(scope, {})
        return Lacks(self._evaluator, self._names, scope, observation.spot, known)

    def _unsure_of_condition(self, observation: Observation) -> tuple[Lack, ...]:
        condition = observation.rule.condition
        if condition is None:
            return ()
        return self._lacks(observation).of((condition, observation.spot))

    def _missing(self, observation: Observation) -> Lacking | NoChange:
        rule, spot, lacks = observation.rule, observation.spot, self._lacks(observation)
        asked = [(formula, spot) for formula in formulas(rule.norm)]
        if isinstance(rule.norm, Changes):
            begin = earlier_year(rule, rule.norm, spot.year)
            if begin == spot.year and rule.norm.span is Span.ANNUALISED:
                return NoChange(WhyNoChange.AT_BASELINE, begin)
            if begin is not None and printed_baseline(rule, begin) is None:
                asked.append((rule.norm.value, replace(spot, year=begin)))
            found = lacks.of(*asked)
            if found:
                return Lacking(found)
            why = WhyNoChange.NO_BASELINE if begin is None else WhyNoChange.NOT_POSITIVE
            return NoChange(why, begin)
        found = lacks.of(*asked)
        if not found and rule.baseline is not None:
            before = replace(spot, year=rule.baseline.year)
            found = lacks.of((formulas(rule.norm)[0], before))  # it is the line that is open
        return Lacking(found)

    # What was compared.

    def compared(self, observation: Observation) -> Compared:
        """Say what was compared beyond what every finding says."""
        of = observation.comparison
        if of is None:
            return Compared()
        differs = of.decimals is not None and observation.observed != observation.compared
        line = self._line(observation)
        return Compared(
            of.kind,
            observation.compared if differs else None,
            observation.broken,
            observation.asks_for_the_best,
            self.change(observation.plan),
            line,
            observation.missed,
            self._short(observation),
            tuple(self._options(observation)),
        )

    @staticmethod
    def change(plan: RulePlan) -> ChangeSince | None:
        """Say what kind of change the observed values are, if they are."""
        norm = plan.rule.norm
        if not isinstance(norm, Changes):
            return None
        begin = earlier_year(plan.rule, norm, plan.figures)
        rise = norm.direction is Direction.RISE
        return ChangeSince(norm.span, rise, norm.least, begin, norm.strict)

    def _options(self, observation: Observation) -> Iterator[ComparedOption]:
        """Say what came of each of several demands any of which is enough."""
        for each in self.demanded(observation.plan, np.array([observation.subject])):
            observed, bound = (self._evidence.scalar(side, 0) for side in each.sides())
            holds = int(each.of.keeps[0])
            yield each.compared(
                observed,
                bound,
                None if holds < 0 else holds == 1,
                None if holds != 0 else _distance(observed, bound),
                best=bool(each.best[0]),
            )

    def _line(self, observation: Observation) -> LineToTarget | None:
        """Say how the line to the target runs, where that is not due yet."""
        rule, along = observation.rule, observation.plan.line
        low = observation.breaks_low if observation.failed else observation.low is not None
        stands = None if along is None else observation.at(along.low if low else along.high)
        if along is None or stands is None:
            pending = observation.failed and observation.outcome is not Outcome.VIOLATION
            return LineToTarget(rule.timing.last) if pending else None
        begins: Scalar = (
            None if isinstance(rule.norm, Changes) else printed_baseline(rule, along.since)
        )
        if begins is None and not isinstance(rule.norm, Changes):
            spot, asked = replace(observation.spot, year=along.since), formulas(rule.norm)[0]
            scope = rule.document.id
            vector = self._evaluator.value(asked, spot.level, spot.year, scope)
            begins = self._evidence.scalar(vector, spot.subject)
        bound = observation.low if low else observation.high
        return LineToTarget(
            rule.timing.last,
            stands + 0.0,  # 0 has no sign
            along.since,
            tidy(float(begins)) if isinstance(begins, int | float) else None,
            None if bound is None else bound + 0.0,
        )

    def demanded(self, plan: RulePlan, subjects: Index) -> list[DemandedOption]:
        """Give what came of each of several demands any of which is enough, for some subjects."""
        rule, level = plan.rule, plan.rule.level

        def evaluate(formula: Formula, year: int) -> Vector:
            return self._evaluator.taken(formula, level, year, rule.document.id, subjects)

        each = compare_each(rule, plan.figures, evaluate, self._evaluator.vocabulary)
        return [
            DemandedOption(
                of=of,
                told=self._demanded(relation, option),
                comparator=Comparator(option.comparator or Comparator.EQUAL),
                observed=evaluate(relation.left, plan.figures),
                bound=evaluate(relation.right, plan.figures),
            )
            for of, relation, option in zip(
                each, options(rule.norm), rule.norm_record.options, strict=bool(each)
            )
        ]

    def _demanded(self, relation: Relates, option: NormOption) -> MeasureName:
        written = self._names.words(relation.left)
        return MeasureName("", written.zh, written.en, option.unit)

    def _short(self, observation: Observation) -> NamedFew | None:
        """Name those below who keep a share from the 100% that are asked for."""
        rule = observation.rule
        if not observation.failed or rule.unit != "%" or observation.low != _ALL:
            return None
        value, scope = formulas(rule.norm)[0], rule.document.id
        found = self._evidence.short_of_all(value, observation.spot, scope)
        if found is None or not len(found[1]):
            return None
        level, members = found
        return self._names.few(level, members.tolist(), len(members), MEMBERS)

    # What the findings below say.

    def _rolled_up(self, observation: Observation) -> Reason:
        norm, head = observation.rolls_up, observation.plan.headcount
        if norm is None or head is None:
            return NothingApplies(None)
        level = norm.level
        if not head.there[observation.position]:
            return NobodyBelow(level)
        if observation.observed is None or (observation.low is None and observation.high is None):
            return self._missing(observation)
        if level is observation.rule.level:
            titles = [rule.title for rule, _ in self.not_met(observation, observation.subject)]
            return OwnRules(len(titles), tuple(titles[:NAMED]))
        counting, passing = (
            int(counts[observation.position]) for counts in (head.counting, head.worst)
        )
        failing, unsure = (
            self._names.few(level, each[:MEMBERS].tolist(), len(each), MEMBERS)
            if len(each)
            else None
            for each in self.below(observation)
        )
        share = observation.rule.norm is not norm and observation.outcome is not Outcome.MISSING
        compared = self.compared(observation) if share else None
        return RolledUp(level, counting, passing, failing, unsure, compared)

    def not_met(self, observation: Observation, subject: int) -> list[tuple[Rule, Outcome]]:
        """List the rules of a roll-up that a subject of its level does not pass, or may not."""
        norm, year = observation.rolls_up, observation.plan.figures
        if norm is None:
            return []
        rollups = self._planner.rollups
        return [
            (rule, outcome)
            for rule in rollups.rules(norm.tag, norm.level, observation.rule.document.id)
            if (outcome := rollups.outcome(rule, year, subject)) is not None
            and outcome not in (Outcome.COMPLIANT, Outcome.NOT_APPLICABLE)
        ]

    def below(self, observation: Observation) -> tuple[Index, Index]:
        """Give the subjects below that do not do what is asked, and those nobody knows it of."""
        norm = observation.rolls_up
        if norm is None:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        spot = observation.spot
        hierarchy = self._evaluator.frames.hierarchy.of(spot.year)
        members = hierarchy.members(norm.level, spot.level, spot.subject)
        trial = self._planner.rollups.trial(norm, spot.year, observation.rule.document.id)
        failing = members[(trial.counts & ~trial.best)[members]]
        return failing, members[(trial.best & ~trial.worst)[members]]


def _distance(value: Scalar, bound: Scalar) -> float | None:
    if isinstance(value, bool | str | None) or isinstance(bound, bool | str | None):
        return None
    one, other = float(value), float(bound)
    return without_noise(abs(one - other), one, other)


def superseded(rule: Rule, year: int) -> Superseded | Replaced:
    """Say which document or rule has taken the place of a rule or of its own, and since when."""
    beside, newer = successor(rule, year), in_its_place(rule, year)
    if beside is not None and not newer:
        return Replaced(beside.rule, beside.title, beside.first)
    return Superseded(
        tuple(SucceedingDocument(each.id, each.title, each.period.from_) for each in newer)
    )


def ended(rules: Iterable[Rule], year: int) -> list[tuple[str, int | None, Superseded | Replaced]]:
    """Say which rules were superseded by a year: of each document how many, and by what.

    Returns:
        Ids of documents with the number of their rules, or of single rules without one.
    """
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if in_its_place(rule, year):
            found.setdefault(rule.document.id, []).append(rule)
        elif successor(rule, year) is not None:
            found.setdefault(rule.id, []).append(rule)
    return [
        (id_, None if id_ == those[0].id else len(those), superseded(those[0], year))
        for id_, those in found.items()
    ]


def _own(formula: Formula, year: int) -> list[Measured]:
    """List the measures of the subject itself, for the year judged."""
    if isinstance(formula, Measured):
        return [formula]
    asked = [read.part for read in reads(formula, year) if read.level is None and read.year == year]
    return [measured for part in asked for measured in _own(part, year)]
