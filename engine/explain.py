"""The whole reasoning of one finding, ready to be printed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dabiao.engine.faults import EngineError
from dabiao.engine.findings.finding_builder import printed_in
from dabiao.engine.findings.observation import Observation
from dabiao.engine.findings.reasons import superseded
from dabiao.engine.findings.steps import Stepper
from dabiao.engine.judgement import Judgement
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, alternatives, formulas, options
from dabiao.rules.catalog.timing import Phase, earlier_year, printed_baseline
from dabiao.rules.formulas.formula import Number, Text, Truth
from dabiao.schemas.explanation import (
    Explanation,
    FindingBelow,
    LineDrawn,
    RollUpBasis,
    WorkedStep,
)
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import PrintedValue
from dabiao.schemas.reasons.why import Compared, Replaced, Superseded
from dabiao.schemas.run import Note

_NAMED = 5
"""Subjects inside another that are named."""
LISTED = 20
"""Findings below that are listed under a roll-up."""


def explain(
    judgement: Judgement, rule_id: str, subject_code: str, year: int | None = None
) -> Explanation:
    """Explain one finding.

    Args:
        judgement: The judgement it belongs to.
        rule_id: Id of the rule.
        subject_code: Code of the subject.
        year: The year; the latest judged if None.

    Raises:
        EngineError: The rule does not speak of such a subject.
    """
    rule = judgement.catalog.rules.get(rule_id)
    if rule is None:
        raise EngineError(say(f"没有这条规则：{rule_id}", f"no such rule: {rule_id}"))
    observation = judgement.look(rule, subject_code, judgement.as_of if year is None else year)
    if observation is None:
        raise _not_judged(judgement, rule, subject_code)
    return _Explaining(judgement, observation).explanation()


def _not_judged(judgement: Judgement, rule: Rule, code: str) -> EngineError:
    """Say why a rule has no finding on a subject, and on whom inside it has one."""
    tables = judgement.facts.levels
    own = next((level for level, table in tables.items() if code in set(table.codes)), None)
    if own is None or own is rule.level:
        return EngineError(
            say(
                f"规则 {rule.id} 不考核 {code}：填报数据中没有这个{rule.level.zh}，"
                "或不在规则的适用地区内",
                f"{rule.id} does not judge {code}: the facts know no such {rule.level.value}, or"
                " it lies outside the rule's area",
            )
        )
    above = {of: to for t in tables.values() for of, to in zip(t.codes, t.parents, strict=True)}
    table = tables.get(rule.level)
    inside = {
        below: name
        for below, name in (zip(table.codes, table.names, strict=True) if table else ())
        if _lies_in(below, code, above)
    }
    few = list(inside.items())[:_NAMED]
    more = len(inside) > len(few)
    return EngineError(
        say(
            f"规则 {rule.id} 考核的是{rule.level.zh}，{code} 是{own.zh}",
            f"{rule.id} is about {rule.level.plural}, and {code} is a {own.value}",
        )
        + say(
            f"；其中的{rule.level.zh}有 {len(inside):,} 个，改写代码："
            f"{'、'.join(f'{each}（{name}）' for each, name in few)}{'等' if more else ''}",
            f"; write the code of one of its {len(inside):,} {rule.level.plural}: "
            f"{', '.join(f'{each} ({name})' for each, name in few)}{', …' if more else ''}",
        )
        * bool(inside)
    )


def _lies_in(code: str, place: str, above: Mapping[str, str | None]) -> bool:
    """Tell whether a subject lies in another; a circle of parents leads nowhere."""
    seen = set[str]()
    at: str | None = code
    while at is not None and at not in seen:
        if at == place:
            return True
        seen.add(at)
        at = above.get(at)
    return False


class _Explaining:
    """The making of one explanation."""

    def __init__(self, judgement: Judgement, observation: Observation) -> None:
        builder = judgement.builder
        self._judgement = judgement
        self._observation = observation
        self._builder = builder
        self._reasons = builder.reasons
        self._stepper = Stepper(
            judgement.evaluator,
            builder.inputs,
            builder.names,
            observation.spot,
            observation.rule.document.id,
        )

    def explanation(self) -> Explanation:
        observation, rule = self._observation, self._observation.rule
        applies = None if rule.condition is None else {1: True, 0: False}.get(observation.condition)
        judged = observation.plan.phase.applies and not observation.is_absent
        condition_steps: tuple[WorkedStep, ...] = ()
        if rule.condition is not None and judged:
            condition_steps = tuple(self._stepper.steps(rule.condition, observation.spot))
        finding = self._builder.finding(observation)
        return Explanation(
            finding=finding,
            above=tuple(self._above(finding)),
            phase=observation.plan.phase,
            succeeded=_succeeded(observation),
            applies=applies if judged else None,
            condition_steps=condition_steps,
            steps=self._steps() if judged else (),
            bound_steps=self._bound_steps() if judged else (),
            comparison=self._comparison(),
            compared=self._compared(),
            holds=_holds(observation),
            line=self._line(),
            below=self._below(),
            notes=self._notes(finding),
            counterparts=tuple(self._counterparts(finding)),
        )

    def _counterparts(self, finding: Finding) -> Iterator[Finding]:
        """Look at the same subject under the rules that govern the year, or are governed in it."""
        governor = finding.by.governor(finding.year)
        several = ([] if governor is None else [governor]) + [*finding.by.governed(finding.year)]
        for each in several:
            rule = self._judgement.catalog.rules[each.rule]
            found = self._judgement.look(rule, finding.subject.code, finding.year)
            if found is not None:
                yield self._builder.finding(found, brief=True)

    def _above(self, finding: Finding) -> Iterator[str]:
        """Name what its subject lies in; a county tells enough of what lies above it."""
        for code in finding.subject.parents:
            place = self._judgement.catalog.places.get(code)
            if place is None:
                yield self._builder.names.coded(code).name
            elif place.level.rank >= Level.COUNTY.rank:
                yield place.name

    def _steps(self) -> tuple[WorkedStep, ...]:
        rule, spot = self._observation.rule, self._observation.spot
        asked = formulas(rule.norm)
        if not asked:
            return ()
        one_of = options(rule.norm) if alternatives(rule.norm, rule.norm_record) else ()
        sides = [side for each in one_of for side in (each.left, each.right)]
        worked = [each for each in sides if not isinstance(each, Number | Text | Truth)]
        steps = [s for each in worked or asked[:1] for s in self._stepper.steps(each, spot)]
        begin = self._begin()
        if begin is not None and printed_baseline(rule, begin) is None:
            steps += self._stepper.steps(asked[0], replace(spot, year=begin))
        elif begin is not None:
            steps.append(
                WorkedStep(
                    depth=0,
                    text=self._builder.names.formula(asked[0]),
                    value=printed_baseline(rule, begin),
                    unit=rule.unit,
                    year=begin,
                    source=printed_in(rule),
                    origin=PrintedValue(),
                )
            )
        return tuple(steps)

    def _begin(self) -> int | None:
        """Give the earlier year that the norm or its line looks at."""
        observation = self._observation
        if isinstance(observation.rule.norm, Changes):
            return earlier_year(observation.rule, observation.rule.norm, observation.plan.figures)
        return (
            observation.plan.line.since
            if observation.plan.line is not None and observation.failed
            else None
        )

    def _bound_steps(self) -> tuple[WorkedStep, ...]:
        steps: list[WorkedStep] = []
        for formula in formulas(self._observation.rule.norm)[1:]:
            if not isinstance(formula, Number | Text | Truth):
                steps += self._stepper.steps(formula, self._observation.spot)
        return tuple(steps)

    def _comparison(self) -> Compared | None:
        observation = self._observation
        if observation.comparison is None or observation.outcome is Outcome.NOT_APPLICABLE:
            return None
        return self._reasons.compared(observation)

    def _compared(self) -> Scalar:
        observation = self._observation
        of = observation.comparison
        number = of is not None and of.kind == "number"
        near = observation.compared if number else observation.observed
        return self._reasons.value(observation, near)

    def _line(self) -> LineDrawn | None:
        observation = self._observation
        along, norm = observation.plan.line, observation.rule.norm
        if along is None or observation.stands is None:
            return None
        bound = observation.low if observation.breaks_low else observation.high
        begins = 0 if isinstance(norm, Changes) else self._baseline()
        until = observation.rule.timing.last
        return LineDrawn(along.since, begins, until, bound, observation.stands)

    def _baseline(self) -> Scalar:
        """Give the value that the line begins with; an empty text where it has no step."""
        start = [step for step in self._steps() if step.year == self._begin()]
        return start[0].value if start else ""

    def _below(self) -> RollUpBasis | None:
        observation = self._observation
        norm, head = observation.rolls_up, observation.plan.headcount
        if norm is None or head is None:
            return None
        failing, unsure = self._reasons.below(observation)
        listed = self._builder.findings_below(observation, LISTED)
        tier = self._judgement.evaluator.frames.tier(norm.level)
        return RollUpBasis(
            counting=int(head.counting[observation.position]),
            passing=int(head.worst[observation.position]),
            failing=len(failing),
            open=len(unsure),
            findings=tuple(
                FindingBelow(
                    rule=rule.id,
                    title=rule.title,
                    subject=tier.codes[at],
                    name=tier.names[at],
                    outcome=outcome,
                )
                for rule, at, outcome in listed
            ),
        )

    def _notes(self, finding: Finding) -> tuple[Note, ...]:
        """List the remarks on the values the finding rests on."""
        own = finding.subject.code
        concerned = {(each.measure, each.subject or own, each.year) for each in finding.inputs}
        return tuple(
            note
            for note in self._judgement.notes()
            if (note.measure, note.subject, note.year) in concerned
            or (note.kind == "unplaced" and note.subject == own)
        )


def _holds(observation: Observation) -> bool | None:
    if observation.outcome is Outcome.COMPLIANT:
        return True
    return False if observation.failed else None


def _succeeded(observation: Observation) -> Superseded | Replaced | None:
    if observation.plan.phase is not Phase.SUPERSEDED:
        return None
    return superseded(observation.rule, observation.plan.year)
