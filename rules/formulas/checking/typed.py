"""Checked formulas: what they yield, in which unit, and how one is brought into another's."""

import math
from dataclasses import replace
from enum import StrEnum
from typing import assert_never

from dabiao.rules.formulas.error import FormulaError, FormulaFault
from dabiao.rules.formulas.formula import Formula, Number, Scale, Text, Truth
from dabiao.rules.formulas.parsing.lexicon import fold
from dabiao.rules.formulas.parsing.syntax_tree import Spread, shortened
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.numerals import round15
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import (
    COUNTED,
    Unit,
    conversion,
    is_percent,
    is_points,
    is_sayable,
    parted,
    unit,
)

_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


class ValueKind(StrEnum):
    """What a formula yields."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return {
            ValueKind.NUMBER: say("数", "a number"),
            ValueKind.TRUTH: say("“是/否”", "a yes or no"),
            ValueKind.TEXT: say("文字", "a text"),
        }[self]


@dataclass(frozen=True, slots=True)
class Typed:
    """A formula that means something, and what is known of its value.

    Attributes:
        formula: The formula, names resolved.
        kind: Number, truth value or text.
        unit: The unit of its numbers; None for bare literals, which take the other side's.
        unit_text: The unit in words; empty where there is none.
        measure: Slug of the measure, where the formula is nothing else.
        points: Whether it is in 百分点, a difference of percentages by its very unit.
        constant: The value of a literal, in the literal's own unit.
        options: What a category may say; empty for any text.
        difference: Whether it is one percentage minus another, which passes for 百分点 as well.
        hundred: Where the formula multiplies by 100.
        magnified: Whether it is a literal with 万, 亿 or the like, but without a unit.
        spread: The characters of the formula it was read from.
        text: Those characters, shortened, for messages.
    """

    formula: Formula
    kind: ValueKind
    unit: Unit | None = None
    unit_text: str = ""
    measure: str | None = None
    points: bool = False
    constant: float | str | bool | None = None
    options: tuple[str, ...] = ()
    difference: bool = False
    hundred: Spread | None = None
    magnified: bool = False
    spread: Spread = (0, 0)
    text: str = ""

    @property
    def share(self) -> bool:
        """Whether it is in % or ‰, or the like, but not in 百分点."""
        return (
            self.unit is not None and self.unit.pure and self.unit.factor != 1 and not self.points
        )

    @property
    def unit_label(self) -> str:
        """The unit in words that can stand in a message."""
        text = self.unit_text
        return say(f"“{text}”", f"'{text}'") if text else say("纯数", "pure numbers")

    def fault(self, code: str, message: str, hint: str | None = None) -> FormulaError:
        """Make an error about this formula."""
        start, end = self.spread
        return FormulaError([FormulaFault(start, end - start, code, message, hint)])


def loose(operand: Typed, formula: Formula) -> Typed:
    """Give a result of the same kind and unit, which is no longer a plain measure or literal."""
    return replace(operand, formula=formula, measure=None, constant=None, magnified=False)


def align(checked: Typed, target: Typed) -> Formula:
    """Scale a formula into the unit of another one, so that the two can be compared.

    A text or truth value is brought into the words of the other side: "是" becomes true beside a
    是否项, and a category's option is spelt as the vocabulary spells it.

    Raises:
        FormulaError: They don't measure the same thing. The message names both units; the place
            is in the first formula, even where the second is to blame.

    Examples:
        >>> spent = Typed(Number(1.2), ValueKind.NUMBER, unit("万元"), "万元", constant=1.2)
        >>> align(spent, Typed(Number(0), ValueKind.NUMBER, unit("元"), "元"))
        Number(value=12000.0)
    """
    hundred = checked.spread if target.hundred is not None else None
    return fit(checked, replace(target, constant=None, hundred=hundred, spread=checked.spread))


def fit(checked: Typed, target: Typed) -> Formula:
    """Do what ``align`` does for two parts of one formula; the place is in whichever is wrong.

    Raises:
        FormulaError: They don't measure the same thing.
    """
    if checked.kind is not ValueKind.NUMBER or target.kind is not ValueKind.NUMBER:
        return _worded(checked, target)
    _refuse_hand_made(checked, target)
    _refuse_hand_made(target, checked)
    _refuse_magnified(checked, target)
    _refuse_magnified(target, checked)
    _refuse_unsaid(checked, target)
    _refuse_unsaid(target, checked)
    if checked.unit is None or target.unit is None:
        return checked.formula
    factor = conversion(checked.unit, target.unit)
    if factor is None:
        raise _mismatch(checked, target)
    if checked.points != target.points and not (checked.difference or target.difference):
        raise points_fault(checked, target)
    return scaled(checked, factor)


def in_unit(checked: Typed, unit_text: str) -> Formula:
    """Scale a formula into a declared unit.

    Raises:
        FormulaError: It isn't a number, or measures something else.

    Examples:
        >>> in_unit(Typed(Number(98.0), ValueKind.NUMBER), "%")
        Number(value=98.0)
    """
    declared = Typed(
        Number(0.0), ValueKind.NUMBER, unit(unit_text), unit_text, points=is_points(unit_text)
    )
    if checked.kind is not ValueKind.NUMBER:
        raise not_a_number(checked)
    counted = checked.unit is not None and conversion(checked.unit, unit(COUNTED)) is not None
    if counted and not unit_text:
        return checked.formula  # a count may be declared without saying of what
    return fit(checked, declared)


def scaled(checked: Typed, factor: float, formula: Formula | None = None) -> Formula:
    """Multiply a formula by the factor of a conversion; a literal is converted at once.

    Args:
        checked: The formula, and its place should the result be too large.
        factor: What to multiply by.
        formula: A larger formula made of it, which is to be scaled instead.

    Raises:
        FormulaError: The result is too large to calculate with.
    """
    formula = checked.formula if formula is None else formula
    factor = round15(factor)
    if factor == 1.0:
        return formula
    if isinstance(formula, Scale):
        return scaled(checked, formula.factor * factor, formula.operand)
    if not isinstance(formula, Number):
        return Scale(formula, factor)
    value = round15(formula.value * factor)
    if not math.isfinite(value):
        raise checked.fault(
            "number-too-large",
            say(
                f"“{checked.text}”大得无法计算",
                f"'{checked.text}' is too large to calculate with",
            ),
            say("检查是不是多写了几位", "check for digits too many"),
        )
    return Number(value)


def not_a_number(checked: Typed) -> FormulaError:
    """Report a truth value or text where something is calculated."""
    return checked.fault(
        "not-a-number",
        say(
            f"“{checked.text}”的值是{checked.kind.label}，这里要一个数",
            f"'{checked.text}' is {checked.kind.label}; a number is needed here",
        ),
        say("要数有多少个，用 计数(层级, 条件)", "use count(level, condition) to count")
        if checked.kind is ValueKind.TRUTH
        else say("换成数值项", "take a numeric item"),
    )


def not_a_condition(checked: Typed) -> FormulaError:
    """_Report a number or text where something must be true or false."""
    option = checked.options[0] if checked.options else "…"
    example = (
        f"{checked.text} > 0"
        if checked.kind is ValueKind.NUMBER
        else f'{checked.text} = "{option}"'
    )
    return checked.fault(
        "not-a-condition",
        say(
            f"“{checked.text}”的值是{checked.kind.label}，这里要一个条件",
            f"'{checked.text}' is {checked.kind.label}; a condition is needed here",
        ),
        say(f"写成比较，如 {example}", f"compare it, as in {example}"),
    )


def points_fault(checked: Typed, target: Typed) -> FormulaError:
    """Report 百分点 where % belongs, or the other way round."""
    wrong, other = (checked, target)
    if target.constant is not None and checked.constant is None:
        wrong, other = target, checked
    value = f"{wrong.constant:g}" if isinstance(wrong.constant, float) else "N"
    if wrong.points:
        message = say(
            f"“{wrong.text}”是百分点，只能加在百分比上或从中减去，不能与{_what(other)}相比",
            f"'{wrong.text}' is in percentage points, which can be added to or taken from a "
            f"percentage, but not be compared with {_what(other)}",
        )
        hint = say(f"写成 {value}%", f"write {value}%")
    else:
        message = say(
            f"“{wrong.text}”是百分比，与以百分点计的{_what(other)}不能相比",
            f"'{wrong.text}' is a percentage, but {_what(other)} is in percentage points",
        )
        hint = say(f"写成 {value}个百分点", f"write {value}百分点 (percentage points)")
    return wrong.fault("percent-points", message, hint)


def _what(checked: Typed) -> str:
    text = checked.text
    return say(f"“{text}”", f"'{text}'") if text else checked.unit_label


def _mismatch(checked: Typed, target: Typed) -> FormulaError:
    wrong, other = checked, target
    if target.constant is not None and checked.constant is None and target.text:
        wrong, other = target, checked
    if not target.text:
        message = say(
            f"公式的单位是{wrong.unit_label}，应为{other.unit_label}",
            f"the formula is in {wrong.unit_label}, not in {other.unit_label}",
        )
    else:
        message = say(
            f"单位对不上：“{wrong.text}”是{wrong.unit_label}，“{other.text}”是{other.unit_label}",
            f"units differ: '{wrong.text}' is in {wrong.unit_label}, "
            f"'{other.text}' in {other.unit_label}",
        )
    if wrong.constant is not None:
        hint = say(f"改成以{other.unit_label}计", f"give it in {other.unit_label}")
    elif not target.text:
        hint = say("改单位，或改公式", "change the unit, or the formula")
    else:
        hint = say(
            "换一项；要算两者之比，先相除", "take another measure, or divide one by the other"
        )
    return wrong.fault("unit-mismatch", message, hint)


def _refuse_hand_made(checked: Typed, target: Typed) -> None:
    if checked.hundred is not None and is_percent(target.unit_text):
        raise hand_made(checked.hundred)


def _refuse_unsaid(bare: Typed, other: Typed) -> None:
    """Refuse 2 beside 100 ÷ 经费: nobody says 2 of what, and nobody could write that unit."""
    if bare.unit is not None or other.unit is None or bare.constant == 0 or bare is other:
        return
    if not is_sayable(other.unit_text):
        raise bare.fault(
            "ambiguous-number",
            say(
                f"“{bare.text}”没有写单位，而“{other.text}”以{other.unit_label}计，看不出是多少",
                f"'{bare.text}' has no unit, and '{other.text}' is in {other.unit_label}, so that "
                "nobody can tell how much it is",
            ),
            say(
                "改成两边都有单位，如把除数乘到另一边",
                "give both sides a unit: multiply the other side by what is divided by",
            ),
        )


def _refuse_magnified(literal: Typed, other: Typed) -> None:
    """Refuse 3亿 beside a measure in 万元: 3亿元 will be meant, 3亿万元 would be taken."""
    size, plain = parted(other.unit_text)
    if literal.magnified and size:
        raise literal.fault(
            "ambiguous-number",
            say(
                f"“{literal.text}”没有写单位，而{_what(other)}以“{other.unit_text}”计，看不出是多少",
                f"'{literal.text}' has no unit, but {_what(other)} is in {other.unit_label}",
            ),
            say(f"写成 {literal.text}{plain}", f"write {literal.text}{plain}"),
        )


def hand_made(place: Spread) -> FormulaError:
    """Report a percentage that was made by multiplying by 100."""
    fault = FormulaFault(
        place[0],
        place[1] - place[0],
        "hand-made-percent",
        say("以 % 计的结果不要自己乘 100", "a result in % must not be multiplied by 100 by hand"),
        say("写成 比例(部分, 总体)，或删去乘 100", "write ratio(part, whole), or drop the 100"),
    )
    return FormulaError([fault])


def _worded(checked: Typed, target: Typed) -> Formula:
    """Bring a text or truth value into the words of the other side."""
    value = checked.constant
    match target.kind:
        case ValueKind.TRUTH:
            if checked.kind is ValueKind.TRUTH:
                return checked.formula
            if isinstance(value, str) and fold(value) in _YES_NO:
                return Truth(_YES_NO[fold(value)])
        case ValueKind.TEXT:
            if isinstance(value, bool):
                value = "是" if value else "否"
                if value in target.options:
                    return Text(value)
            elif isinstance(value, str):
                return Text(_option(checked, value, target))
            elif checked.kind is ValueKind.TEXT:
                return checked.formula
        case ValueKind.NUMBER:
            pass
        case _:
            assert_never(target.kind)
    raise kind_mismatch(checked, target)


def _option(checked: Typed, value: str, target: Typed) -> str:
    if not target.options or target.constant is not None:
        return value
    for option in target.options:
        if fold(option) == fold(value):
            return option
    listed = shortened("、".join(target.options))
    raise checked.fault(
        "unknown-option",
        say(f"“{target.text}”没有“{value}”这一类", f"'{target.text}' has no option '{value}'"),
        did_you_mean(value, target.options) or say(f"可选：{listed}", f"the options are {listed}"),
    )


def kind_mismatch(checked: Typed, target: Typed) -> FormulaError:
    """Report two values that cannot be set against each other."""
    wrong, other = checked, target
    if target.constant is not None and checked.constant is None:
        wrong, other = target, checked
    match other.kind:
        case ValueKind.TRUTH:
            hint = say("是否项写 = 是 或 = 否", "write = yes or = no")
        case ValueKind.TEXT:
            listed = shortened("、".join(f'"{option}"' for option in other.options)) or say(
                '"文字"', '"text"'
            )
            hint = say(f"类别项写 = {listed}", f"compare it with {listed}")
        case ValueKind.NUMBER:
            hint = say("换成数，不加引号", "write a number, without quotes")
        case _:
            assert_never(other.kind)
    return wrong.fault(
        "kind-mismatch",
        say(
            f"“{wrong.text}”的值是{wrong.kind.label}，“{other.text}”的值是{other.kind.label}",
            f"'{wrong.text}' is {wrong.kind.label}, but '{other.text}' is {other.kind.label}",
        ),
        hint,
    )
