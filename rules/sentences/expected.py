"""Then-sentences of scenarios: what must come out."""

import math
from collections.abc import Callable, Iterable
from functools import partial

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.language.draft import Draft, Phrase
from dabiao.rules.language.scenario import Scenario, UnprovedError
from dabiao.rules.sentences.definition import quoted
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.rules.sentences.values import number_in, scenario_of, slug_of
from dabiao.schemas.finding import Finding, Scalar, Units
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import Problem
from dabiao.schemas.quantity import quantity
from dabiao.schemas.unit import conversion, unit

_CLOSE = 1e-6
"""How far a value may be from the one a scenario prints, relatively, beyond its printed digits."""


@sentence(
    SentenceKind.EXPECTED,
    '"{code}"的结论是"{text}"',
    'the outcome of "{code}" is "{text}"',
    example=('"150602"的结论是"达标"', 'the outcome of "150602" is "compliant"'),
    meaning=("某个对象的结论", "the outcome of one of several subjects"),
)
def outcome_of(draft: Draft, code: Phrase, text: Phrase) -> None:
    _expect_outcome(draft, text, code.text)


@sentence(
    SentenceKind.EXPECTED,
    '结论是"{text}"',
    'the outcome is "{text}"',
    example=('结论是"未达标"', 'the outcome is "violation"'),
    meaning=(
        "未达标、滞后、缺数据、推进中、达标或不适用",
        "violation, behind, missing, on track, compliant or not applicable",
    ),
)
def outcome(draft: Draft, text: Phrase) -> None:
    _expect_outcome(draft, text, None)


@sentence(
    SentenceKind.EXPECTED,
    "差距是 {value}",
    "the gap is {value}",
    example=("差距是 3人", "the gap is 3 people"),
    meaning=("离要求还差多少", "how far it is from the bound"),
)
def gap(draft: Draft, value: Phrase) -> None:
    scenario = scenario_of(draft)
    said = quantity(value.text)
    if said is None:
        draft.problems.append(_not_a_number(value))
        return
    if scenario.judged is None:
        return
    finding = _finding(scenario, None)
    factor = conversion(unit(said.unit), unit(finding.unit)) if said.unit else 1.0
    if factor is None:
        raise UnprovedError(
            say(
                f"差距的单位是{finding.unit}，写的是{said.unit}",
                f"the gap is in {finding.unit}, not in {said.unit}",
            )
        )
    if finding.gap is None or not _same(finding.gap, said.value * factor, said.decimals):
        raise UnprovedError(
            say(
                f"差距应是{value.text}，实为{_text(finding.gap)}{finding.unit}",
                f"expected a gap of {value.text}, got {_text(finding.gap)} {finding.unit}",
            )
        )


@sentence(
    SentenceKind.EXPECTED,
    '"{code}"不在考核之列',
    '"{code}" is not judged',
    example=('"150603"不在考核之列', '"150603" is not judged'),
    meaning=(
        "规则不考核这个对象：不在适用地区内，或不是考核的层级",
        "the rule does not judge it: it lies outside the area, or is of another level",
    ),
)
def not_judged(draft: Draft, code: Phrase) -> None:
    scenario = scenario_of(draft)
    if scenario.judged is None:
        return
    if code.text not in {given for _, given, _ in scenario.rows}:
        raise UnprovedError(
            say(f"场景没有给出{code.text}的数据", f"no facts were given of {code.text}")
        )
    rule = _proved(scenario)
    found = () if rule is None else tuple(_findings(scenario, rule.id, code.text))
    if found:
        raise UnprovedError(
            say(
                f"不应考核{code.text}，实为{found[-1].outcome.zh}",
                f"{code.text} should not be judged, got {found[-1].outcome.label}",
            )
        )


@sentence(
    SentenceKind.EXPECTED,
    "牵头单位是{names}",
    ("the lead unit is {names}", "the lead units are {names}"),
    example=('牵头单位是"市教育体育局"', 'the lead unit is "Education Bureau"'),
    meaning=("规则的牵头单位，写全", "who leads; all of them"),
)
def led_by(draft: Draft, names: Phrase) -> None:
    _expect_units(draft, names, say("牵头单位", "the lead units"), lambda units: units.lead)


@sentence(
    SentenceKind.EXPECTED,
    "责任单位是{names}",
    ("the responsible units are {names}", "the responsible unit is {names}"),
    example=(
        '责任单位是"市财政局"、"各旗区人民政府"',
        'the responsible units are "Finance Bureau", "Counties"',
    ),
    meaning=("规则的责任单位，写全", "who answers for it; all of them"),
)
def answered_for_by(draft: Draft, names: Phrase) -> None:
    _expect_units(
        draft, names, say("责任单位", "the responsible units"), lambda units: units.responsible
    )


@sentence(
    SentenceKind.EXPECTED,
    "属于力争目标",
    "this is an aspiration",
    example=("属于力争目标", "this is an aspiration"),
    meaning=("规则是文件力争的目标", "the document only strives for it"),
)
def is_aspiration(draft: Draft) -> None:
    _expect_aspiration(draft, expected=True)


@sentence(
    SentenceKind.EXPECTED,
    "不属于力争目标",
    "this is no aspiration",
    example=("不属于力争目标", "this is no aspiration"),
    meaning=("规则是文件要求做到的", "the document demands it"),
)
def is_no_aspiration(draft: Draft) -> None:
    _expect_aspiration(draft, expected=False)


@sentence(
    SentenceKind.EXPECTED,
    "{measure} 为空",
    "{measure} is blank",
    example=("生师比 为空", "pupil_teacher_ratio is blank"),
    meaning=("算不出来", "it can't be computed"),
)
def is_blank(draft: Draft, measure: Phrase) -> None:
    slug = slug_of(draft, measure)
    got = _value(draft, slug)
    if slug is not None and scenario_of(draft).judged is not None and got is not None:
        raise UnprovedError(
            say(
                f"{measure.text}应为空，实为{_text(got)}",
                f"expected {measure.text} blank, got {_text(got)}",
            )
        )


@sentence(
    SentenceKind.EXPECTED,
    "{measure} 是 {value}",
    "{measure} is {value}",
    example=("生师比 是 12.5", "pupil_teacher_ratio is 12.5"),
    meaning=(
        "指标算出来的值；按写出的小数位数比较",
        "the value computed, compared to the decimals printed",
    ),
)
def comes_to(draft: Draft, measure: Phrase, value: Phrase) -> None:
    slug = slug_of(draft, measure)
    if slug is None:
        return
    text = halfwidth(value.text).strip()
    number = number_in(scenario_of(draft).catalog.vocabulary.measure(slug), text)
    if number is None:
        draft.problems.append(_not_a_number(value))
        return
    if scenario_of(draft).judged is None:
        return
    got = _value(draft, slug)
    said = quantity(text)
    decimals = said.decimals if said is not None else 0
    if not isinstance(got, int | float) or not _same(float(got), number, decimals):
        raise UnprovedError(
            say(
                f"{measure.text}应是{value.text}，实为{_text(got)}",
                f"expected {measure.text} {value.text}, got {_text(got)}",
            )
        )


def _expect_units(
    draft: Draft, said: Phrase, what: str, named: Callable[[Units], tuple[str, ...]]
) -> None:
    """Compare who is named; in which order a document names them says nothing."""
    names = [name.text for name in quoted(said)]
    if (rule := _proved(scenario_of(draft))) is None:
        return
    if sorted(names) != sorted(got := named(rule.units)):
        listed = say("、", ", ").join(got) or say("没有写", "nobody")
        raise UnprovedError(
            say(f"{what}应是{said.text}，实为{listed}", f"expected {said.text}, {what}: {listed}")
        )


def _expect_aspiration(draft: Draft, *, expected: bool) -> None:
    rule = _proved(scenario_of(draft))
    if rule is not None and rule.aspiration is not expected:
        raise UnprovedError(
            say("规则没有写属于力争目标", "the rule is no aspiration")
            if expected
            else say("规则写了属于力争目标", "the rule is an aspiration")
        )


def _proved(scenario: Scenario) -> Rule | None:
    """Give the rule a scenario proves; None while the scenario is only read."""
    if scenario.judge is None:
        return None
    if scenario.rule is None:
        raise UnprovedError(say("这个场景不在任何规则之下", "this scenario is below no rule"))
    return scenario.rule


def _expect_outcome(draft: Draft, said: Phrase, code: str | None) -> None:
    expected = Outcome.named(said.text)
    if expected is None:
        draft.problems.append(
            said.problem(
                "unknown-outcome",
                say(f"没有“{said.text}”这个结论", f"there is no outcome {said.text!r}"),
                expected=say("、", ", ").join(each.label for each in Outcome),
            )
        )
        return
    scenario = scenario_of(draft)
    if scenario.judged is None:
        if code is None:
            _told_of_whom(draft, scenario, said)
        return
    found = scenario.judged.outcome(*_whom(scenario, code))
    if found is None:
        raise _unjudged(_whom(scenario, code)[1])
    if found is not expected:
        raise UnprovedError(
            say(
                f"结论应是{expected.zh}，实为{found.zh}",
                f"expected {expected.label}, got {found.label}",
            ),
            partial(_finding, scenario, code),
        )


def _told_of_whom(draft: Draft, scenario: Scenario, said: Phrase) -> None:
    """Tell of a scenario that speaks only of levels above the one its rule is about."""
    levels = sorted({level for level, _, _ in scenario.rows}, key=lambda level: level.rank)
    if scenario.rule is None or not levels or levels[-1].rank >= scenario.rule.level.rank:
        return
    named = "、".join(level.zh for level in levels)
    named_en = ", ".join(level.value for level in levels)
    judged = scenario.rule.level
    draft.problems.append(
        said.problem(
            "wrong-level",
            say(
                f"规则考核的是{judged.zh}，场景只给了{named}的数据",
                f"the rule is about a {judged.value}, the scenario only of a {named_en}",
            ),
            hint=say(f"写成 某{judged.zh}的 …", f"write: a {judged.value} whose …"),
        )
    )


def _whom(scenario: Scenario, code: str | None) -> tuple[str, str]:
    """Give the ids of the rule and of the subject that a scenario speaks of."""
    if scenario.rule is None or scenario.judged is None:
        raise UnprovedError(
            say(
                "这个场景不在任何规则之下，没有结论可比",
                "this scenario is below no rule, so nothing was concluded",
            )
        )
    if code is None:
        codes = {code for level, code, _ in scenario.rows if level is scenario.rule.level}
        if len(codes) > 1:
            raise UnprovedError(
                say(
                    '有几个对象，请写明是谁："代码"的结论是"…"',
                    'there are several subjects; say which: the outcome of "code" is "…"',
                )
            )
        code = next(iter(codes), scenario.lone(scenario.rule.level))
    return scenario.rule.id, code


def _finding(scenario: Scenario, code: str | None) -> Finding:
    rule, subject = _whom(scenario, code)
    found = list(_findings(scenario, rule, subject))
    if not found:
        raise _unjudged(subject)
    return found[-1]


def _unjudged(code: str) -> UnprovedError:
    return UnprovedError(
        say(
            f"规则不考核对象 {code}（不在辖区内，或没有这个对象）",
            f"the rule does not judge {code}: it is outside the jurisdiction, or unknown",
        )
    )


def _findings(scenario: Scenario, rule: str, code: str) -> Iterable[Finding]:
    return () if scenario.judged is None else scenario.judged.findings(rule=rule, subject=code)


def _value(draft: Draft, slug: str | None) -> Scalar:
    scenario = scenario_of(draft)
    if slug is None or scenario.judged is None or scenario.year is None:
        return None
    vocabulary = scenario.catalog.vocabulary
    having = [code for level, code, _ in scenario.rows if vocabulary.exists_at(slug, level)]
    if not having:
        raise UnprovedError(
            say("没有给出这一层级的填报数据", "no facts were given of a subject that could have it")
        )
    return scenario.judged.measure(slug, having[0], scenario.year)


def _not_a_number(value: Phrase) -> Problem:
    return value.problem(
        "bad-value",
        say(f"“{value.text}”不是可用的数", f"{value.text!r} is not a usable number"),
        expected=say("如 3人、12.5%", "such as 3 or 12.5%"),
    )


def _same(got: float, said: float, decimals: int) -> bool:
    """Compare to the decimals that were printed; half a unit of the last one is the same."""
    return math.isclose(got, said, rel_tol=_CLOSE) or abs(got - said) <= 0.5 * 10**-decimals * (
        1 + _CLOSE
    ) * (decimals > 0)


def _text(value: Scalar) -> str:
    if value is None:
        return say("空", "blank")
    return f"{value:.10g}" if isinstance(value, float) else str(value)
