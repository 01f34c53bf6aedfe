"""What a norm demands, put into words again: for a language in which nobody wrote it."""

from typing import assert_never

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
    formulas,
)
from dabiao.rules.formulas.formula import Formula, Measured, Number, Truth
from dabiao.rules.formulas.in_words import in_words, is_plain, tag_in_words
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.negation import wanted
from dabiao.schemas.unit import POINTS, in_english, is_percent

_CHANGES = {Direction.RISE: ("提高", "rise"), Direction.FALL: ("下降", "fall")}
_NEVER = {
    Direction.RISE: ("应逐年不减", "should not fall from year to year"),
    Direction.FALL: ("应逐年不增", "should not rise from year to year"),
}
_SPANS = {
    Span.YEAR: ("应逐年", "every year"),
    Span.ANNUALISED: ("应年均", "a year on average"),
    Span.SINCE: ("应比{}年", "since {}"),
}


def norm_sentence(norm: Norm, unit: str, vocabulary: Vocabulary) -> str:
    """Write what a norm demands in the language spoken now.

    Args:
        norm: The norm.
        unit: The unit of its value.
        vocabulary: Names what it looks at.
    """

    def of(formula: Formula) -> str:
        if isinstance(formula, Number):
            return f"{_grouped(formula.value)}{_unit(unit, formula.value)}"
        return in_words(formula, vocabulary)

    match norm:
        case Compares(value, Comparator.EQUAL, Truth(holds)):
            if not holds:
                return say(f"没有{of(value)}", f"not {of(value)}")
            return say(wanted(of(value)), of(value))
        case Compares(value, comparator, bound):
            limit = bound.value if isinstance(bound, Number) else None
            asked = comparator.asking(limit, unit, of(bound))
            plain = is_plain([value, bound]) and not comparator.leaves_none(limit, unit)
            asked_en = f"{comparator.sign} {of(bound)}" if plain else f"should be {asked}"
            return say(f"{of(value)}应{asked}", f"{of(value)} {asked_en}")
        case Within(value, low, high):
            least, most = Comparator.AT_LEAST.sign, Comparator.AT_MOST.sign
            return say(
                f"{of(value)}应在{of(low)}至{of(high)}之间",
                f"{of(value)} {least} {of(low)}, {most} {of(high)}",
            )
        case Changes(value, direction, span, amount):
            own = "%" if norm.relative else POINTS if is_percent(unit) else unit
            told = f"{amount:g}{_unit(own, amount)}" if amount else None
            since, strict = norm.since, norm.strict
            return change_sentence(of(value), direction, span, told, since=since, strict=strict)
        case AllComply(level, tag):
            named = tag_in_words(tag)
            return say(
                f"所有{level.zh}应做到{named}各条",
                f"every {level.value} should comply with all of {named}",
            )
        case EachComplies(level, tag, count, floor):
            return roll_up_sentence(say(level.zh, level.value), tag_in_words(tag), count, floor)
        case _:
            assert_never(norm)


def rule_sentence(rule: Rule, vocabulary: Vocabulary) -> str:
    """Write what a rule demands in the language spoken now: of targets by year all of them.

    Args:
        rule: The rule.
        vocabulary: Names what it looks at.
    """
    if not rule.stages:
        return norm_sentence(rule.norm, rule.unit, vocabulary)
    norm = rule.stages[-1].norm
    value, label = in_words(norm.value, vocabulary), norm.comparator.label
    listed = say("、", ", ").join(
        f"{stage.year}{say('年', ':')} {_grouped(stage.target)}{_unit(rule.unit, stage.target)}"
        for stage in rule.stages
    )
    return say(
        f"{value}应{label}各年目标（{listed}）",
        f"{value} should be {label} the targets by year ({listed})",
    )


def chinese_sentence(rule: Rule, vocabulary: Vocabulary) -> str:
    """Give what a rule demands in Chinese: as it was written, where that is plain to everybody.

    Args:
        rule: The rule.
        vocabulary: Names what it looks at.
    """
    norm, unit = rule.norm, rule.unit
    match norm:
        case Compares(value, Comparator.EQUAL, Truth(True)) if isinstance(value, Measured):
            plain = False  # a number is asked for as it is written, a deed is not
        case Compares(_, comparator, Number(0)) if not rule.stages and comparator.leaves_none(
            0, unit
        ):
            plain = False  # 应不高于0个 is what a rule writes, and 应为0个 what people say
        case Compares() | Within() | Changes():
            plain = is_plain(formulas(norm))
        case AllComply() | EachComplies():
            plain = False
        case _:
            assert_never(norm)
    if plain:
        return rule.norm_text
    with speaking(Language.ZH):
        return rule_sentence(rule, vocabulary)


def change_sentence(  # noqa: PLR0913 - a change has this many sides
    value: str,
    direction: Direction,
    span: Span,
    least: str | None,
    *,
    since: int | None,
    strict: bool,
) -> str:
    """Write the customary sentence of a change.

    Args:
        value: What is to change.
        direction: Which way.
        span: Over which time.
        least: By how much, with its unit; None where it is only not to go the other way.
        since: The earlier year, for ``Span.SINCE``.
        strict: Whether it has to change at all, by however little.
    """
    (goes, goes_en), (over, over_en) = _CHANGES[direction], _SPANS[span]
    over, over_en = over.format(since), over_en.format(since)
    if strict:
        return say(f"{value} {over}{goes}", f"{value} should {goes_en} {over_en}")
    if least is None:
        return f"{value} {say(*_NEVER[direction])}"
    return say(
        f"{value} {over}{goes}不少于 {least}",
        f"{value} should {goes_en} by at least {least} {over_en}",
    )


def roll_up_sentence(level: str, tag: str, count: int | None, floor: float | None) -> str:
    """Write the customary sentence of a norm over the findings of those below."""
    if count is None:
        return say(f"所有{level}应符合{tag}", f"every {level} should comply with {tag}")
    rest = rest_en = ""
    if floor is not None:
        rest = f"，其余不低于标准的{floor:g}%"
        rest_en = f", the rest at no less than {floor:g}% of the standard"
    return say(
        f"每个{level}应至少符合{tag}中的{count}条{rest}",
        f"each {level} should comply with at least {count} of {tag}{rest_en}",
    )


def _grouped(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else repr(value)


def _unit(unit: str, number: float) -> str:
    if is_percent(unit):
        return unit
    english = "points" if unit == POINTS else in_english(unit, one=number == 1)
    return say(unit, f" {english}" if english else "")
