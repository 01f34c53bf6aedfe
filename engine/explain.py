"""The whole reasoning of one finding, ready to be printed."""

from dataclasses import replace

from dabiao.engine.faults import EngineError
from dabiao.engine.findings.finding_builder import printed_in
from dabiao.engine.findings.observation import Observation
from dabiao.engine.findings.reasons import superseded
from dabiao.engine.findings.steps import Stepper, WorkedStep
from dabiao.engine.findings.wording import shown
from dabiao.engine.judgement import Judgement
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas
from dabiao.rules.catalog.timing import Phase, earlier_year, figures_year, phase, printed_baseline
from dabiao.rules.formulas.formula import Number, Text, Truth
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.model import Model
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import TimingKind
from dabiao.schemas.run import Note

LISTED = 20
"""Findings below that are listed under a roll-up."""


class FindingBelow(Model):
    """A finding that a roll-up looks at.

    Attributes:
        rule: Id of its rule.
        title: Title of its rule.
        subject: Code of its subject.
        name: Name of its subject.
        outcome: Its outcome.
    """

    rule: str
    title: str
    subject: str
    name: str
    outcome: Outcome


class RollUpBasis(Model):
    """What a roll-up looks at.

    Attributes:
        counting: Subjects below with findings that count.
        passing: Those that do what is asked.
        failing: Those that do not.
        open: Those nobody knows it of.
        findings: Findings that do not pass, of those that do not or may not do what is asked.
    """

    counting: int
    passing: int
    failing: int
    open: int
    findings: tuple[FindingBelow, ...]


class Explanation(Model):
    """The whole reasoning of one finding, in the order in which it is followed.

    Attributes:
        finding: The finding.
        description: What the feature says about the reading of the rule.
        number: Reference number of the document.
        timing: When the norm has to hold, and where that leaves the year judged.
        figures: The year whose figures were judged.
        condition: The condition as it was written.
        applies: Whether it holds; None where not known, or where there is none.
        condition_steps: The condition worked out.
        norm: The norm's sentence.
        steps: The observed value worked out.
        bound_steps: The bounds worked out, where they are computed.
        comparison: What was compared with what.
        holds: Whether it holds; None where not decided.
        precision: How closely it was compared.
        line: The line to the target, where the norm is not due yet.
        below: What a roll-up looks at.
        notes: What is remarkable about the values it rests on.
    """

    finding: Finding
    description: str
    number: str | None
    timing: str
    figures: int
    condition: str | None
    applies: bool | None
    condition_steps: tuple[WorkedStep, ...]
    norm: str
    steps: tuple[WorkedStep, ...]
    bound_steps: tuple[WorkedStep, ...]
    comparison: str
    holds: bool | None
    precision: str
    line: str | None
    below: RollUpBasis | None
    notes: tuple[Note, ...]


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
        raise EngineError(
            say(
                f"规则 {rule_id} 不考核 {subject_code}：填报数据中没有这个{rule.level.zh}，"
                "或不在规则的适用地区内",
                f"{rule_id} does not judge {subject_code}: the facts know no such"
                f" {rule.level.value}, or it lies outside the rule's area",
            )
        )
    return _Explaining(judgement, observation).explanation()


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
            description=rule.description,
            number=rule.document.number,
            timing=_timing(rule, observation.plan.year),
            figures=observation.plan.figures,
            condition=rule.condition_text,
            applies=applies if judged else None,
            condition_steps=condition_steps,
            norm=rule.norm_text,
            steps=self._steps() if judged else (),
            bound_steps=self._bound_steps() if judged else (),
            comparison=self._comparison(),
            holds=_holds(observation),
            precision=_precision(rule),
            line=self._line(),
            below=self._below(),
            notes=self._notes(finding),
        )

    def _steps(self) -> tuple[WorkedStep, ...]:
        rule, spot = self._observation.rule, self._observation.spot
        asked = formulas(rule.norm)
        if not asked:
            return ()
        steps = list(self._stepper.steps(asked[0], spot))
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
                    note=say("文件所载的基期值", "baseline printed in the document"),
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

    def _comparison(self) -> str:
        observation = self._observation
        of = observation.comparison
        if of is None or observation.outcome is Outcome.NOT_APPLICABLE:
            return ""
        unit = observation.rule.unit if of.kind == "number" else ""
        near = observation.compared if of.kind == "number" else observation.observed
        value = shown(self._reasons.value(observation, near), unit, observation.broken)
        return say(
            f"{value}　应{self._reasons.asked(observation)}",
            f"{value}, required: {self._reasons.asked(observation)}",
        )

    def _line(self) -> str | None:
        observation = self._observation
        along, norm = observation.plan.line, observation.rule.norm
        if along is None or observation.stands is None:
            return None
        until, unit = observation.rule.timing.last, observation.rule.unit
        bound = shown(observation.low if observation.breaks_low else observation.high, unit)
        stands = shown(observation.stands, unit)
        begins = shown(0, unit) if isinstance(norm, Changes) else self._baseline()
        return say(
            f"从{along.since}年的{begins}到{until}年的{bound}，{observation.plan.year}年应到{stands}",
            f"from {begins} in {along.since} to {bound} in {until}: {stands} in "
            f"{observation.plan.year}",
        )

    def _baseline(self) -> str:
        start = [step for step in self._steps() if step.year == self._begin()]
        return shown(start[0].value, self._observation.rule.unit) if start else ""

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


def _precision(rule: Rule) -> str:
    if rule.decimals is None:
        return say(
            "按填报和计算的值直接比较，只容许计算误差（相对1e-9）",
            "compared as reported and computed, up to the noise of computing (relative 1e-9)",
        )
    return say(
        f"双方先按{rule.decimals}位小数四舍五入再比较",
        f"both sides are rounded to {rule.decimals} decimals first",
    )


def _timing(rule: Rule, year: int) -> str:
    timing = rule.timing
    first, last = timing.first, timing.last
    begins = (
        say("长期执行", "always") if first is None else say(f"自{first}年起", f"from {first} on")
    )
    when = {
        TimingKind.DUE: say(f"到{last}年底", f"by the end of {last}"),
        TimingKind.WITHIN: say(f"{last}年内", f"in {last}"),
        TimingKind.SPAN: say(f"自{first}年至{last}年每年", f"every year from {first} to {last}"),
        TimingKind.STANDING: begins,
    }[timing.kind]
    state = {
        Phase.SUPERSEDED: superseded(rule, year),
        Phase.OUTSIDE: say(
            f"{year}年不在文件的适用期内", f"the document is not in force in {year}"
        ),
        Phase.BEFORE: say(f"{year}年还没有开始", f"not begun in {year}"),
        Phase.AFTER: say(f"{year}年已经结束", f"over in {year}"),
        Phase.PENDING: say(f"{year}年还没有到期", f"not due in {year}"),
        Phase.DUE: say(f"{year}年已到期", f"due in {year}"),
    }[phase(rule, year)]
    figures = figures_year(rule, year)
    told = say(f"{when}；{state}", f"{when}; {state}")
    if figures != year:
        told += say(f"，按{figures}年的数据考核", f", judged on the figures of {figures}")
    return told
