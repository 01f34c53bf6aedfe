"""What functions mean: their arguments, the level these speak of, and the unit that comes out."""

from dataclasses import replace
from typing import assert_never

from dabiao.rules.formulas.checking.checks import Checks
from dabiao.rules.formulas.checking.elsewhere import check_above, check_lies_in, check_ranking
from dabiao.rules.formulas.checking.tags import check_complies, narrowed_rate, read_tag
from dabiao.rules.formulas.checking.typed import Typed, ValueKind, fit, loose
from dabiao.rules.formulas.checking.units import choose, paired
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Choice,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Number,
    Ratio,
    SentIn,
    Variation,
    sent_in_rate,
    years_when,
)
from dabiao.rules.formulas.functions import Function, function_names
from dabiao.rules.formulas.parsing.syntax_tree import (
    Call,
    LevelName,
    Literal,
    Member,
    Name,
    Node,
    Quoted,
)
from dabiao.rules.formulas.parsing.unknown_words import closest_names
from dabiao.rules.words.nearest import ask, did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.unit import COUNTED, PURE, unit

_YEARS = range(1900, 2201)
_MOST_YEARS = 100
_ALL = 100.0
_YEAR = "年"
_YEAR_WORDS = ("", "年", "year", "years")


def check_call(  # noqa: C901, PLR0912 - one line per function
    checker: Checks, call: Call, level: Level
) -> Typed | None:
    """Check a function and everything it is given; None where something was reported."""
    function = call.function
    if function is None:
        _unknown_function(checker, call)
        return None
    fewest, most = function.arity
    if not fewest <= len(call.arguments) <= most:
        count = str(most) if fewest == most else f"{fewest}–{most}"
        checker.report(
            call.spread,
            "arguments",
            say(
                f"{function.label}要 {count} 项，写了 {len(call.arguments)} 项",
                f"{function.label} takes {count} arguments, not {len(call.arguments)}",
            ),
            say(f"写成 {function.usage}", f"write {function.usage}"),
        )
        return None
    match function:
        case Function.RATIO:
            return _ratio(checker, call, level)
        case Function.LARGER | Function.SMALLER:
            return _larger(checker, call, level)
        case Function.ROUND_UP:
            return _round_up(checker, call, level)
        case Function.ABOVE:
            return check_above(checker, call, level)
        case Function.RANKING:
            return check_ranking(checker, call, level)
        case Function.LIES_IN:
            return check_lies_in(checker, call)
        case Function.IF:
            return _if(checker, call, level)
        case Function.VARIATION:
            return _variation(checker, call, level)
        case Function.PREVIOUS:
            return _previous(checker, call, level)
        case Function.IN_YEAR:
            return _in_year(checker, call, level)
        case Function.CUMULATIVE:
            return _cumulative(checker, call, level)
        case Function.YEARS_WHEN:
            return _years_when(checker, call, level)
        case Function.ATTAINMENT:
            return _attainment(checker, call, level)
        case Function.COMPLIES | Function.COUNTS:
            return check_complies(checker, call, level)
        case Function.SENT_IN | Function.SENT_IN_TIME:
            return Typed(SentIn(function is Function.SENT_IN_TIME), ValueKind.TRUTH)
        case Function.SENT_IN_RATE | Function.ON_TIME_RATE:
            return _sent_in_rate(checker, call, function, level)
        case (
            Function.SUM
            | Function.COUNT
            | Function.MEAN
            | Function.MAXIMUM
            | Function.MINIMUM
            | Function.SHARE
            | Function.MEDIAN
            | Function.PERCENTILE
        ):
            return _fold(checker, call, function, Fold(function.value), level)
        case _:
            assert_never(function)


def _unknown_function(checker: Checks, call: Call) -> None:
    word = checker.syntax.snippet(call.at)
    listed = say("、", ", ").join(each.label for each in Function)
    checker.report(
        call.at,
        "unknown-function",
        say(f"没有叫“{word}”的函数", f"there is no function '{word}'"),
        did_you_mean(word, function_names())
        or ask(closest_names(word, checker.vocabulary.names))
        or say(f"函数有：{listed}", f"the functions are {listed}"),
    )


def _below(
    checker: Checks, call: Call, function: Function, level: Level
) -> tuple[Level, Node | None] | None:
    """Read the first argument: which subjects below, and what of them."""
    first = call.arguments[0]
    below: Level | None = None
    operand: Node | None = None
    match first:
        case LevelName(_, lower):
            below, operand = lower, None
        case Member(of=LevelName(_, lower), operand=inner):
            below, operand = lower, inner
        case Member(of=Name(spread)) | Name(spread, None):
            checker.unknown_level(spread)
            return None
    if below is None:
        _no_level(checker, first, function, level)
        return None
    if below.rank <= level.rank:
        lower_levels = say("、", ", ").join(each.label for each in Level if each.rank > level.rank)
        own = checker.syntax.snippet(operand.spread) if operand is not None else ""
        checker.report(
            first.spread,
            "level-not-below",
            say(
                f"{below.label}不在{level.label}之下",
                f"no {below.label} lies below a {level.label}",
            ),
            say(f"{level.label}自己的项直接写：{own}", f"write a {level.label}'s own item: {own}")
            if own and below is level
            else say(f"可用：{lower_levels}", f"use one of: {lower_levels}")
            if lower_levels
            else say(
                f"{level.label}之下没有层级，直接用本级的项",
                f"nothing lies below a {level.label}; use its own measures",
            ),
        )
    return below, operand


def _no_level(checker: Checks, first: Node, function: Function, level: Level) -> None:
    word = checker.syntax.snippet(first.spread)
    hint = say(f"写成 {function.usage}", f"write {function.usage}")
    if isinstance(first, Name) and first.slug is not None:
        for each in Level:
            if each.rank > level.rank and checker.vocabulary.exists_at(first.slug, each):
                example = f"{function.label}({each.label}.{word})"
                hint = say(f"写成 {example}", f"write {example}")
                break
    checker.report(
        first.spread,
        "no-level",
        say(
            f"{function.label}的第一项要写明哪个下级层级，“{word}”没有",
            f"{function.label} must name a lower level first; '{word}' does not",
        ),
        hint,
    )


def _fold(
    checker: Checks, call: Call, function: Function, fold: Fold, level: Level
) -> Typed | None:
    below = _below(checker, call, function, level)
    if below is None:
        return None
    lower, inner = below
    rest = call.arguments[1:]
    percent = _percentage(checker, rest[0]) if fold is Fold.PERCENTILE else None
    rest = rest[1:] if fold is Fold.PERCENTILE else rest
    operand = None if inner is None else checker.number(inner, lower)
    condition = checker.condition(rest[0], lower) if rest else None
    counts = fold in (Fold.COUNT, Fold.SHARE)
    if (inner is None and not counts) or (inner is not None and fold is Fold.COUNT):
        checker.report(
            call.arguments[0].spread,
            "arguments",
            say(f"{function.label}要写明{lower.label}的哪一项", f"{function.label} needs an item")
            if inner is None
            else say("计数数的是对象，不是某一项", "count counts subjects, not an item"),
            say(f"写成 {function.usage}", f"write {function.usage}"),
        )
        return None
    if (inner is not None and operand is None) or (rest and condition is None):
        return None
    if fold is Fold.PERCENTILE and percent is None:
        return None
    formula = Below(fold, lower, None if operand is None else operand.formula, condition, percent)
    match fold:
        case Fold.COUNT:
            return Typed(formula, ValueKind.NUMBER, unit(COUNTED), lower.counted_in)
        case Fold.SHARE:
            return _percent(formula)
        case Fold.SUM | Fold.MEAN | Fold.MAXIMUM | Fold.MINIMUM | Fold.MEDIAN | Fold.PERCENTILE:
            return None if operand is None else loose(operand, formula)
        case _:
            assert_never(fold)


def _percentage(checker: Checks, node: Node) -> float | None:
    """Read how many % of the subjects lie below a 百分位."""
    if isinstance(node, Literal) and node.unit in ("", "%") and 0 <= node.value <= _ALL:
        return node.value
    word = checker.syntax.snippet(node.spread)
    checker.report(
        node.spread,
        "arguments",
        say(f"“{word}”不是百分位", f"'{word}' is not a percentile"),
        say("写 0 至 100 的数，如 25", "write a number from 0 to 100, such as 25"),
    )
    return None


def _percent(formula: Formula) -> Typed:
    return Typed(formula, ValueKind.NUMBER, unit("%"), "%")


def _two(checker: Checks, call: Call, level: Level) -> tuple[Typed, Typed] | None:
    left, right = (checker.number(argument, level) for argument in call.arguments)
    return None if left is None or right is None else (left, right)


def _ratio(checker: Checks, call: Call, level: Level) -> Typed | None:
    sides = _two(checker, call, level)
    made = None if sides is None else checker.together(paired, *sides)
    if sides is None or made is None:
        return None
    return replace(_percent(Ratio(made[0], made[1])), hundred=sides[0].hundred or sides[1].hundred)


def _larger(checker: Checks, call: Call, level: Level) -> Typed | None:
    sides = _two(checker, call, level)
    made = None if sides is None else checker.together(choose, *sides)
    if made is None:
        return None
    operator = Arithmetic.LARGER if call.function is Function.LARGER else Arithmetic.SMALLER
    return replace(made[2], formula=Calculation(operator, made[0], made[1]))


def _round_up(checker: Checks, call: Call, level: Level) -> Typed | None:
    """Round up to a multiple of a step, which is 1 in the number's own unit if it is left out."""
    value = checker.number(call.arguments[0], level)
    step: Typed | None = None
    if len(call.arguments) > 1:
        step = checker.number(call.arguments[1], level)
    if value is None or (step is None and len(call.arguments) > 1):
        return None
    made: Formula | None = Number(1.0)
    if step is not None:
        made = step.formula if value.unit is None else checker.together(fit, step, value)
    if made is None:
        return None
    return loose(value, Calculation(Arithmetic.ROUND_UP, value.formula, made))


def _if(checker: Checks, call: Call, level: Level) -> Typed | None:
    condition = checker.condition(call.arguments[0], level)
    then = checker.value(call.arguments[1], level)
    otherwise = checker.value(call.arguments[2], level)
    if then is None or otherwise is None:
        return None
    made = checker.together(choose, then, otherwise)
    if made is None or condition is None:
        return None
    return replace(made[2], formula=Choice(condition, made[0], made[1]))


def _variation(checker: Checks, call: Call, level: Level) -> Typed | None:
    below = _below(checker, call, Function.VARIATION, level)
    if below is None:
        return None
    lower, inner = below
    operand, weight = (checker.number(argument, lower) for argument in call.arguments[1:3])
    chosen = [checker.condition(argument, lower) for argument in call.arguments[3:]]
    if inner is not None:
        usage = Function.VARIATION.usage
        checker.report(
            call.arguments[0].spread,
            "arguments",
            say("差异系数的第一项只写层级", "the first argument of variation is a level only"),
            say(f"写成 {usage}", f"write {usage}"),
        )
        return None
    if operand is None or weight is None or None in chosen:
        return None
    formula = Variation(lower, operand.formula, weight.formula, *chosen)
    return Typed(formula, ValueKind.NUMBER, PURE)


def _sent_in_rate(checker: Checks, call: Call, function: Function, level: Level) -> Typed | None:
    below = _below(checker, call, function, level)
    if below is None:
        return None
    lower, inner = below
    if inner is not None:
        checker.report(
            call.arguments[0].spread,
            "arguments",
            say(f"{function.zh}只写层级", f"{function.value} takes a level only"),
            say(f"写成 {function.usage}", f"write {function.usage}"),
        )
        return None
    return _percent(sent_in_rate(lower, in_time=function is Function.ON_TIME_RATE))


def _previous(checker: Checks, call: Call, level: Level) -> Typed | None:
    operand = checker.value(call.arguments[0], level)
    return None if operand is None else loose(operand, InYear(operand.formula, back=1))


def _whole(node: Node) -> int | None:
    """Read a literal without a unit, or in years, as a whole number."""
    if isinstance(node, Literal) and node.unit in _YEAR_WORDS and node.value.is_integer():
        return int(node.value)
    return None


def _in_year(checker: Checks, call: Call, level: Level) -> Typed | None:
    operand = checker.value(call.arguments[0], level)
    year = _whole(call.arguments[1])
    if year is None or year not in _YEARS:
        word = checker.syntax.snippet(call.arguments[1].spread)
        checker.report(
            call.arguments[1].spread,
            "not-a-year",
            say(f"“{word}”不是年份", f"'{word}' is not a year"),
            say("写四位年份，如 2020", "write four digits, such as 2020"),
        )
        return None
    return None if operand is None else loose(operand, InYear(operand.formula, year=year))


def _cumulative(checker: Checks, call: Call, level: Level) -> Typed | None:
    operand = checker.number(call.arguments[0], level)
    years = _years(checker, call)
    if operand is None or years is None:
        return None
    return loose(operand, Cumulative(operand.formula, years))


def _years_when(checker: Checks, call: Call, level: Level) -> Typed | None:
    """Count the years in which something is true, as a sum of ones."""
    condition = checker.condition(call.arguments[0], level)
    years = _years(checker, call)
    if condition is None or years is None:
        return None
    return Typed(years_when(condition, years), ValueKind.NUMBER, unit(_YEAR), _YEAR)


def _years(checker: Checks, call: Call) -> int | None:
    years = _whole(call.arguments[1])
    if years is None or not 0 < years <= _MOST_YEARS:
        word = checker.syntax.snippet(call.arguments[1].spread)
        checker.report(
            call.arguments[1].spread,
            "not-years",
            say(f"“{word}”不是年数", f"'{word}' is not a number of years"),
            say("写整数年，如 3年", "write whole years, such as 3"),
        )
        return None
    return years


def _attainment(checker: Checks, call: Call, level: Level) -> Typed | None:
    first, second, *rest = call.arguments
    of: Level | None = None
    if isinstance(first, LevelName):
        of = first.level
    elif isinstance(first, Quoted):
        of = Level.named(first.value)
        if of is None:
            checker.unknown_level(first.spread, first.value)
    else:
        _no_level(checker, first, Function.ATTAINMENT, level)
    if of is not None and of.rank <= level.rank:
        plain = replace(call, arguments=(LevelName(first.spread, of),))
        _below(checker, plain, Function.ATTAINMENT, level)
        of = None
    tag = read_tag(checker, second)
    if of is None or tag is None:
        return None
    formula: Formula | None = Attainment(of, tag)
    if rest:
        formula = narrowed_rate(checker, of, tag, rest)
    return None if formula is None else _percent(formula)
