"""The outcomes of a check, and the way from each to its finding."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

import dabiao
from dabiao.engine.attendance.roll_call import Attendances
from dabiao.engine.columns.excerpt import Excerpt
from dabiao.engine.columns.records import Records
from dabiao.engine.completing import can_be_decided
from dabiao.engine.data.frames import Frames
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.evaluation.what_if import Variable
from dabiao.engine.faults import EngineError, EngineFault
from dabiao.engine.findings.caveats import (
    Outsiders,
    nothing_applied,
    unread,
    without_subjects,
    years_passed_over,
)
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.engine.findings.notes import Notes
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judging.comparison import Comparison
from dabiao.engine.judging.matcher import Codes, MatchCase, Matcher, Mishap
from dabiao.engine.judging.readings import Readings
from dabiao.engine.judging.roll_ups import RollUps, Verdict
from dabiao.engine.judging.rule_plan import RulePlan, RulePlanner
from dabiao.engine.judging.segments import Segment
from dabiao.engine.judging.strata import strata
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.edit_check import EditCheck
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.catalog.timing import figures_year
from dabiao.rules.formulas.formula import Formula, Measured
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.facts import Facts
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Caveat, DueDate, FactFileRecord, Note, RulePackRecord, Run

_NONE: Codes = np.zeros(0, np.int8)
"""How it comes out for nobody."""
JudgingProgress = Callable[[int, float], None]
"""Is told which year is being judged, and how much of all is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Docket:
    """What is to be judged.

    Attributes:
        catalog: The rule pack.
        facts: The submission.
        rules: Ids of the rules selected, sorted.
        years: The years to judge, ascending.
        by_default: Whether nobody said which year to judge.
    """

    catalog: Catalog
    facts: Facts
    rules: tuple[str, ...]
    years: tuple[int, ...]
    by_default: bool = False


class Judgement:
    """The outcomes of all rules selected, per year and subject, and the way to their findings.

    Attributes:
        as_of: The year judged last.
        years: The years judged.
        engine: Name of the engine that compared.
        rules: Ids of the rules selected, sorted.
        catalog: The rule pack.
        facts: The submission.
        evaluator: What values were evaluated with.
        builder: What findings are put together with.
        records: Where all of it stands.
    """

    def __init__(
        self,
        docket: Docket,
        matcher: Callable[[int], Matcher],
        progress: JudgingProgress | None = None,
        frames: Frames | None = None,
    ) -> None:
        """Judge everything on the docket.

        Args:
            docket: What is to be judged.
            matcher: Chooses a matcher, given the number of observations.
            progress: Is told how far it is.
            frames: The facts as columns, where they are at hand already.
        """
        catalog, facts = docket.catalog, docket.facts
        self.as_of = docket.years[-1]
        self.years = docket.years
        self.rules = docket.rules
        self.catalog = catalog
        self.facts = facts
        self._by_default = docket.by_default
        self._frames = frames or Frames(facts, catalog)
        self._rollups = RollUps(catalog, self._frames, self.verdict, self._compare)
        self.evaluator = Evaluator(
            self._frames, catalog.vocabulary, self._rollups.attained, self._rollups.complied
        )
        self._planner = RulePlanner(self.evaluator, self._rollups)
        self._readings = Readings(self._planner)
        self.builder = FindingBuilder(self._planner, self._readings, self.verdict, catalog)
        self._verdicts: dict[tuple[str, int], Verdict] = {}
        self._pending: set[tuple[str, int]] = set()
        self._excerpts: dict[tuple[str | None, str | None], Excerpt] = {}
        self._strata = strata(self.rules, catalog, self._rollups)
        self.records = Records(catalog, self._planner, self._readings, self.builder, self.verdict)
        self._matcher = matcher(self._observations())
        self.engine = self._matcher.name
        self._judge(progress)

    def _observations(self) -> int:
        sizes = {
            (rule.jurisdiction, rule.level): self._planner.size(rule)
            for stratum in self._strata
            for rule in stratum
        }
        one_year = sum(
            sizes[rule.jurisdiction, rule.level] for stratum in self._strata for rule in stratum
        )
        return one_year * len(self.years)

    def _judge(self, progress: JudgingProgress | None) -> None:
        total = len(self.years) * sum(len(stratum) for stratum in self._strata)
        for year in self.years:
            for stratum in self._strata:
                for _ in self._judged(stratum, year):
                    self._planner.trim()
                    if progress is not None:
                        done = min(1.0, len(self._verdicts) / total)
                        progress(year, done)

    def _judged(self, rules: Collection[Rule], year: int) -> Iterator[RulePlan]:
        """Judge rules that do not look at each other, yielding each plan when it is answered.

        Where a rule applies to nobody there is nothing to plan.
        """
        waiting: deque[tuple[Segment, RulePlan]] = deque()

        def ask() -> Iterator[MatchCase]:
            for rule in self._by_segment(rules, year):
                key = (rule.id, year)
                if key in self._verdicts:
                    continue
                if key in self._pending:
                    raise EngineFault(f"{rule.id} looks at itself in {year}")
                self._pending.add(key)
                try:
                    segment = self._planner.segment(rule, year)
                    plan = self._planner.plan(rule, year, segment) if segment.size else None
                finally:
                    self._pending.discard(key)
                if plan is None:
                    self._verdicts[key] = Verdict(segment, _NONE)
                    continue
                waiting.append((segment, plan))
                yield from plan.cases()

        answers: list[Codes] = []
        for answer in self._matcher.match(ask()):
            answers.append(answer)
            if len(answers) == len(waiting[0][1].comparisons):
                yield self._settle(*waiting.popleft(), answers)
                answers = []
        while waiting:
            yield self._settle(*waiting.popleft(), [])

    def _by_segment(self, rules: Collection[Rule], year: int) -> list[Rule]:
        """Sort rules so that those that apply to the same subjects stand together.

        Among these, those that look at the same value do. What a segment depends on is evaluated in
        its turn, so that it is grouped by its condition.
        """
        groups: dict[tuple[object, ...], dict[tuple[Formula, ...], list[Rule]]] = {}
        for rule in rules:
            key = (rule.level, rule.jurisdiction, rule.condition, figures_year(rule, year))
            alike = groups.setdefault(key, {})
            alike.setdefault(formulas(rule.norm)[:1], []).append(rule)
        return [rule for alike in groups.values() for same in alike.values() for rule in same]

    def _settle(self, segment: Segment, plan: RulePlan, answers: list[Codes]) -> RulePlan:
        tries = plan.tries(answers)
        outcome, decided = self._readings.settle(plan, plan.settled(tries), self._matcher)
        if len(outcome) != plan.size or len(answers) != len(plan.comparisons):
            raise EngineFault(f"{plan.rule.id}: not every observation of {plan.year} was answered")
        both = tuple(tries) if plan.headcount is not None else ()
        self._verdicts[plan.rule.id, plan.year] = Verdict(segment, outcome, decided, both)
        return plan

    def verdict(self, rule: Rule, year: int) -> Verdict:
        """Give the outcomes of a rule in a year, judging it first if it was not yet."""
        key = (rule.id, year)
        if key not in self._verdicts:
            deque(self._judged([rule], year), maxlen=0)
        return self._verdicts[key]

    def _compare(self, rule: Rule, year: int) -> tuple[Comparison, ...]:
        return self._planner.plan(rule, year).comparisons

    def summary(self) -> dict[Outcome, int]:
        """Count the findings by outcome."""
        return self.excerpt().summary()

    def excerpt(self, area: str | None = None, unit: str | None = None) -> Excerpt:
        """Give the findings, or those on a place, or those that a unit answers for.

        Args:
            area: Code of the place.
            unit: The unit, leading or taking part.
        """
        if (area, unit) not in self._excerpts:
            made = Excerpt(self.records, self.rules, self.years, area, unit)
            self._excerpts[area, unit] = made
        return self._excerpts[area, unit]

    def findings(
        self,
        outcomes: Collection[Outcome] | None = None,
        rule: str | None = None,
        subject: str | None = None,
        *,
        brief: bool = False,
    ) -> Iterator[Finding]:
        """Yield findings by rule, year and subject, each with its whole reasoning.

        Args:
            outcomes: Only those with one of these outcomes.
            rule: Only those of this rule.
            subject: Only those on the subject with this code.
            brief: Leave out remedies, and inputs that are all known: they take longest.
        """
        rules = self.rules if rule is None else tuple(each for each in self.rules if each == rule)
        excerpt = Excerpt(self.records, rules, self.years)
        yield from excerpt.findings(outcomes, subject, brief=brief)

    def outcome(self, rule: str, subject: str) -> Outcome | None:
        """Give the outcome of a rule for one subject in the year judged last; None as below."""
        found = self.look(self.catalog.rules[rule], subject, self.as_of)
        return None if found is None else found.outcome

    def look(self, rule: Rule, subject: str, year: int) -> Observation | None:
        """Look at one subject under a rule again; None where the rule does not speak of it."""
        verdict = self.verdict(rule, year)
        at = self._frames.tier(rule.level).find(subject)
        if at is None or not verdict.segment.speaks_of(at):
            return None
        return next(self.builder.observations(rule, year, np.array([at])), None)

    def can_be_decided(self, observation: Observation, missing: Sequence[Variable]) -> bool:
        """Tell whether an undecided finding is decided once all that it lacks comes in."""
        return can_be_decided(self._planner, observation, missing)

    def run(
        self,
        outcomes: Collection[Outcome] | None = None,
        *,
        of: Excerpt | None = None,
        brief: bool = False,
        noted: bool = True,
    ) -> Run:
        """Give everything as one record; the same facts and rules give the same record.

        Args:
            outcomes: Only findings with one of these outcomes.
            of: Only these findings, which the counts are of too.
            brief: Leave out what a line of text has no room for: remedies, known inputs.
            noted: Whether it has the notes on facts: to find them takes as long as to judge.
        """
        excerpt = of or self.excerpt()
        area = excerpt.area
        files = sorted(self.facts.files, key=lambda file: file.file)
        came, due = self.facts.deadlines.received or {}, self.facts.deadlines.known
        attendance, counties = self.attendance(area)
        return Run(
            version=dabiao.__version__,
            as_of=self.as_of,
            years=self.years,
            engine=self.engine,
            rules=RulePackRecord(
                hash=self.catalog.hash, count=len(self.rules), selected=self.rules
            ),
            facts=tuple(
                FactFileRecord(
                    file=file.file,
                    sha256=file.sha256,
                    rows=file.rows,
                    received=came.get(file.file),
                )
                for file in files
            ),
            due=tuple(DueDate(level=level, day=day) for level, day in due.items()),
            summary=excerpt.summary(),
            by_year=excerpt.yearly() if len(self.years) > 1 else {},
            repeated=excerpt.repeated(),
            findings=tuple(excerpt.findings(outcomes, brief=brief)),
            notes=tuple(self.notes()) if noted else (),
            attendance=attendance,
            counties=counties,
            caveats=self.caveats(excerpt),
        )

    def caveats(self, of: Excerpt | None = None) -> tuple[Caveat, ...]:
        """Say whom and what the counts leave out, in all or of a place or unit."""
        excerpt = of or self.excerpt()
        rules, area = excerpt.selected, excerpt.area
        found = unread(self.facts) + self.years_passed_over() + self.outsiders(area)
        if rules and not count_judged(excerpt.summary()):
            found.append(nothing_applied(self._frames, self.years, rules, area))
        elif area is None:
            found += without_subjects(self._frames, self.years, rules)
        if self.mishap is not None:
            how, count = self.mishap.how, self.mishap.observations
            found.append(Caveat(kind="engine-failed", count=count, failure=how))
        return tuple(found)

    @property
    def mishap(self) -> Mishap | None:
        """What went wrong with the engine, if anything; columns did its work."""
        return self._matcher.mishap

    def outsiders(self, area: str | None = None) -> list[Caveat]:
        """Say which subjects rules for certain places leave out."""
        rules = [self.catalog.rules[id_] for id_ in self.rules]
        names = self.builder.names
        return Outsiders(self._frames, names, self.years, rules).find(area)

    def years_passed_over(self) -> list[Caveat]:
        """Say which later years there are facts of, where nobody said which year to judge."""
        return years_passed_over(self.facts, self.as_of) if self._by_default else []

    def attendance(
        self, area: str | None = None
    ) -> tuple[tuple[Attendance, ...], tuple[Attendance, ...]]:
        """Count who was to report and who did, in a place or in all, and the same per county."""
        counted, counties = self.roster.counts(self.years, area)
        return tuple(counted), tuple(counties)

    @property
    def considered(self) -> list[Rule]:
        """The rules judged by, and those that they look at, in order of id."""
        every = [rule for stratum in self._strata for rule in stratum]
        return sorted(every, key=lambda rule: rule.id)

    @property
    def roster(self) -> Attendances:
        """What calls the roll."""
        rules = [rule for stratum in self._strata for rule in stratum]
        return Attendances(self._planner, self.builder, rules)

    def notes(self) -> list[Note]:
        """List what is remarkable about the data; nothing of it changes an outcome."""
        return list(self._notes)

    @cached_property
    def _notes(self) -> list[Note]:
        rules = [self.catalog.rules[id_] for id_ in self.rules]
        found = Notes(self.evaluator, self.builder.names).find(self.years, rules)
        found += self._broken(self.catalog.checks)
        return found

    def broken(self, check: str) -> list[Note]:
        """List the remarks that come of an edit check."""
        return list(self._broken({check: self.catalog.checks[check]}))

    def _broken(self, checks: Mapping[str, EditCheck]) -> Iterator[Note]:
        if checks:
            from dabiao.engine.quality.checks import EditChecks
            from dabiao.engine.quality.remarks import Remarks

            remarks = Remarks(self.evaluator, self.builder.names)
            yield from EditChecks(remarks, checks).find(self.years)

    def measure(self, slug: str, subject_code: str, year: int) -> Scalar:
        """Give the value of an item or indicator of a subject; None where it is missing.

        Raises:
            EngineError: The measure or the subject is not known.
        """
        vocabulary = self.catalog.vocabulary
        if slug not in vocabulary.items and slug not in vocabulary.indicators:
            raise EngineError(say(f"没有这个数据项或指标：{slug}", f"no such measure: {slug}"))
        places = [
            (level, at)
            for level in Level
            if (at := self._frames.tier(level).find(subject_code)) is not None
            and at < self._frames.size(level)
        ]
        if not places:
            raise EngineError(
                say(f"没有这个考核对象：{subject_code}", f"no such subject: {subject_code}")
            )
        known = [place for place in places if vocabulary.exists_at(slug, place[0])]
        level, at = (known or places)[0]
        vector = self.evaluator.value(Measured(slug), level, year, "")
        return self.builder.inputs.scalar(vector, at)
