"""What a norm demands, put into words again: for a language in which nobody wrote it."""

from typing import assert_never

from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.formulas.formula import Formula, Number, Truth
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.unit import POINTS, in_english, is_percent

_GOES = {Direction.RISE: ("提高", "should rise"), Direction.FALL: ("下降", "should fall")}
_NEVER = {Direction.RISE: ("不减", "should not fall"), Direction.FALL: ("不增", "should not rise")}


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
        return render(formula, vocabulary)

    match norm:
        case Compares(value, Comparator.EQUAL, Truth(wanted)):
            return of(value) if wanted else f"{say('没有', 'not')}{say('', ' ')}{of(value)}"
        case Compares(value, comparator, bound):
            return f"{of(value)} {comparator.sign} {of(bound)}"
        case Within(value, low, high):
            least, most = Comparator.AT_LEAST.sign, Comparator.AT_MOST.sign
            return f"{of(value)} {least} {of(low)}{say('，', ', ')}{most} {of(high)}"
        case Changes():
            return _change(norm, of(norm.value), unit)
        case AllComply(level, tag):
            every = f'every {level.value} should comply with "{tag}"'
            return say(f"所有{level.zh}应符合“{tag}”", every)
        case EachComplies(level, tag, count, floor):
            rest = rest_en = ""
            if floor is not None:
                rest = f"，其余不低于标准的{floor:g}%"
                rest_en = f", the rest at no less than {floor:g}% of the standard"
            return say(
                f"每个{level.zh}应至少符合“{tag}”中的{count}条{rest}",
                f'each {level.value} should comply with at least {count} of "{tag}"{rest_en}',
            )
        case _:
            assert_never(norm)


def _change(norm: Changes, value: str, unit: str) -> str:
    (goes, goes_en), (never, never_en) = _GOES[norm.direction], _NEVER[norm.direction]
    spans = {
        Span.YEAR: ("逐年", "every year"),
        Span.ANNUALISED: ("年均", "a year on average"),
        Span.SINCE: (f"比{norm.since}年", f"since {norm.since}"),
    }
    over, over_en = spans[norm.span]
    if norm.strict:
        return say(f"{value} {over}{goes}", f"{value} {goes_en} {over_en}")
    if not norm.least:
        return say(f"{value} {over}{never}", f"{value} {never_en} {over_en}")
    own = "%" if norm.relative else POINTS if is_percent(unit) else unit
    least = f"{norm.least:g}{_unit(own, norm.least)}"
    return say(
        f"{value} {over}{goes}至少{least}", f"{value} {goes_en} by at least {least} {over_en}"
    )


def _grouped(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else repr(value)


def _unit(unit: str, number: float) -> str:
    if is_percent(unit):
        return unit
    english = "points" if unit == POINTS else in_english(unit, one=number == 1)
    return say(unit, f" {english}" if english else "")
