"""Functions that look beyond a subject: at the one above, at those beside it, at where it lies."""

import re

from dabiao.rules.formulas.checking.checks import Checks
from dabiao.rules.formulas.checking.typed import Typed, ValueKind, loose
from dabiao.rules.formulas.formula import Above, LiesIn, Ranking
from dabiao.rules.formulas.functions import Function
from dabiao.rules.formulas.parsing.syntax_tree import Call, LevelName, Member, Name, Node, Quoted
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.unit import unit

_RANK = "名"
_CODE = re.compile(r"\d{6}")


def check_above(checker: Checks, call: Call, level: Level) -> Typed | None:
    """Check 上级(盟市.项), or 上级(项) of the nearest level above that has it."""
    first = call.arguments[0]
    operand: Node = first
    upper: Level | None = None
    match first:
        case Member(of=LevelName(_, named), operand=inner):
            upper, operand = named, inner
        case Member(of=Name(spread)):
            checker.unknown_level(spread)
            return None
        case Name(_, slug) if slug is not None:
            having = [each for each in _over(level) if checker.vocabulary.exists_at(slug, each)]
            upper = having[0] if having else None
    if upper is None or upper.rank >= level.rank:
        _not_above(checker, first, level)
        return None
    value = checker.value(operand, upper)
    return None if value is None else loose(value, Above(upper, value.formula))


def check_ranking(checker: Checks, call: Call, level: Level) -> Typed | None:
    """Check 名次(项), among all of a level or, 名次(项, 盟市), those in the same one above."""
    operand = checker.number(call.arguments[0], level)
    within: Level | None = None
    for argument in call.arguments[1:]:
        within = argument.level if isinstance(argument, LevelName) else None
        if within is None or within.rank >= level.rank:
            _not_above(checker, argument, level, Function.RANKING)
            return None
    if operand is None:
        return None
    return Typed(Ranking(operand.formula, within), ValueKind.NUMBER, unit(_RANK), _RANK)


def check_lies_in(checker: Checks, call: Call) -> Typed | None:
    """Check 位于("150602"); whether there is such a place is known where rules are built."""
    first = call.arguments[0]
    if isinstance(first, Quoted) and _CODE.fullmatch(first.value.strip()):
        return Typed(LiesIn(first.value.strip()), ValueKind.TRUTH)
    word = checker.syntax.snippet(first.spread)
    checker.report(
        first.spread,
        "unknown-place",
        say(f"“{word}”不是地区代码", f"'{word}' is no code of a place"),
        say(
            '写带引号的6位代码，如 位于("150602")；各地的目标不同，用“分地区目标”表',
            'write six digits in quotes: lies_in("150602"); for a target per place write a table '
            "of targets by place",
        ),
    )
    return None


def _over(level: Level) -> list[Level]:
    """List the levels above one, the nearest first."""
    return [each for each in reversed(Level) if each.rank < level.rank]


def _not_above(
    checker: Checks, node: Node, level: Level, function: Function = Function.ABOVE
) -> None:
    word = checker.syntax.snippet(node.spread)
    above = say("、", ", ").join(each.label for each in _over(level))
    checker.report(
        node.spread,
        "level-not-above",
        say(
            f"{function.label}要写明{level.label}之上的层级，“{word}”不是",
            f"{function.label} needs a level above a {level.label}; '{word}' is none",
        ),
        say(
            f"写成 {function.usage}；可用：{above}", f"write {function.usage}, with one of: {above}"
        )
        if above
        else say(f"{level.label}之上没有层级", f"nothing lies above a {level.label}"),
    )
