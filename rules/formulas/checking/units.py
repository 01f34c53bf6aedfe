"""Units of calculations: what comes of adding, multiplying and dividing checked numbers."""

import math
from dataclasses import replace

from dabiao.rules.formulas.checking.typed import (
    Typed,
    ValueKind,
    fit,
    hand_made,
    scaled,
)
from dabiao.rules.formulas.formula import Arithmetic, Calculation, Formula, Number
from dabiao.schemas.language import say
from dabiao.schemas.unit import COUNTED, PURE, Unit, conversion, is_known, parted, unit

_HUNDRED = 100.0
_ONE_COUNTED = Unit(1.0, ((COUNTED, 1),))
_SIZES = {1.0: "", 1e4: "万", 1e8: "亿"}


def paired(left: Typed, right: Typed) -> tuple[Formula, Formula, Typed]:
    """Bring two values into one unit: the left one's, unless that is a literal or has none.

    Returns:
        Both formulas, and the side whose unit they are in now.

    Raises:
        FormulaError: They don't measure the same thing.
    """
    literal = left.constant is not None and right.constant is None
    if left.kind is ValueKind.NUMBER and right.kind is ValueKind.NUMBER:
        turned = left.unit is None or (literal and right.unit is not None)
    else:
        turned = literal
    if turned:
        return fit(left, right), right.formula, right
    return left.formula, fit(right, left), left


def add(operator: Arithmetic, left: Typed, right: Typed) -> Typed:
    """Add or subtract; percentages change by 百分点, everything else by its own unit.

    Raises:
        FormulaError: The units don't fit.
    """
    if left.points != right.points:
        base = right if left.points else left
        if base.share and not (left.points and operator is Arithmetic.SUBTRACT):
            first, second = _in(left, base), _in(right, base)
            return _result(left, right, base, Calculation(operator, first, second))
    difference = left.difference and right.difference
    if left.share and right.share:
        _refuse_percent(operator, left, right)
        if operator is Arithmetic.SUBTRACT:
            difference = left.constant is None and right.constant is None
    first, second, lead = paired(left, right)
    result = _result(left, right, lead, Calculation(operator, first, second))
    return replace(result, difference=difference)


def _in(checked: Typed, base: Typed) -> Formula:
    factor = conversion(checked.unit or PURE, base.unit or PURE)
    return checked.formula if factor is None else scaled(checked, factor)


def _refuse_percent(operator: Arithmetic, left: Typed, right: Typed) -> None:
    """Refuse x + 5%, which may mean 5 百分点 or a twentieth of x; 100% − x is plain."""
    for literal, other in ((right, left), (left, right)):
        minuend = literal is left and operator is Arithmetic.SUBTRACT
        if literal.constant is not None and other.constant is None and not minuend:
            value = f"{literal.constant:g}" if isinstance(literal.constant, float) else "N"
            raise literal.fault(
                "percent-points",
                say(
                    f"“{other.text}”是百分比，加减要用百分点，不用“{literal.text}”",
                    f"'{other.text}' is a percentage; it changes by percentage points, "
                    f"not by '{literal.text}'",
                ),
                say(f"写成 {value}个百分点", f"write {value}百分点 (percentage points)"),
            )


def choose(left: Typed, right: Typed) -> tuple[Formula, Formula, Typed]:
    """Bring two values into one unit where either may be the result: 较大, 较小, 若.

    Returns:
        Both formulas, and the result without its own formula.

    Raises:
        FormulaError: They don't measure the same thing.
    """
    first, second, lead = paired(left, right)
    result = _result(left, right, lead, lead.formula)
    return first, second, replace(result, difference=left.difference and right.difference)


def multiply(left: Typed, right: Typed) -> Typed:
    """Multiply, and work out the unit.

    Raises:
        FormulaError: A percentage is multiplied by 100, or a literal is too large.
    """
    hundred = left.hundred or right.hundred
    for literal, other in ((left, right), (right, left)):
        if literal.unit is None and literal.constant == _HUNDRED:
            if other.share and other.constant is None:
                raise hand_made(literal.spread)
            hundred = literal.spread
    left, right = _plain(left), _plain(right)
    formula = Calculation(Arithmetic.MULTIPLY, left.formula, right.formula)
    if left.unit is None and right.unit is None:
        result = _result(left, right, left, formula)
    elif _is_pure(right) and (_size(right) == 1 or not (_is_pure(left) and _size(left) == 1)):
        result = _times(left, right, _size(right), formula)
    elif _is_pure(left):
        result = _times(right, left, _size(left), formula)
    else:
        result = _named(left, right, (left.unit or PURE) * (right.unit or PURE), "", formula)
    return replace(result, hundred=hundred)


def divide(left: Typed, right: Typed) -> Typed:
    """Divide, and work out the unit.

    Raises:
        FormulaError: A literal is too large.
    """
    left, right = _plain(left), _plain(right)
    formula = Calculation(Arithmetic.DIVIDE, left.formula, right.formula)
    if left.unit is None and right.unit is None:
        return _result(left, right, left, formula)
    if _is_pure(right) and _size(right) == 1:
        return _times(left, right, 1.0, formula)
    if _is_pure(left) and _is_pure(right):
        size = _size(left) / _size(right)
        base = replace(left, unit=PURE, unit_text="", points=False, difference=False)
        return _result(left, right, base, scaled(left, size, formula))
    if _is_pure(right):
        return _times(left, right, 1 / _size(right), formula)
    text = f"{left.unit_text}/{right.unit_text}" if left.unit_text and right.unit_text else ""
    return _named(left, right, (left.unit or PURE) / (right.unit or PURE), text, formula)


def _is_pure(checked: Typed) -> bool:
    return checked.unit is None or checked.unit.pure


def _size(checked: Typed) -> float:
    return 1.0 if checked.unit is None else checked.unit.factor


def _plain(checked: Typed) -> Typed:
    """Make 50% the number 0.5, 3倍 the number 3, and 10万人 the 100000人 that it is."""
    if checked.constant is None or checked.unit is None or checked.points:
        return checked
    size, base = parted(checked.unit_text)
    if size and is_known(base):
        formula = scaled(checked, checked.unit.factor / unit(base).factor)
        return replace(checked, formula=formula, unit=unit(base), unit_text=base)
    if not checked.unit.pure:
        return checked
    formula = scaled(checked, checked.unit.factor)
    return replace(checked, formula=formula, unit=PURE, unit_text="")


def _times(kept: Typed, factor: Typed, size: float, formula: Formula) -> Typed:
    """Give the result of a product or quotient with a pure number of that size."""
    base = kept
    if kept.unit is None:
        base = replace(kept, unit=PURE, unit_text="")
    if size != 1:
        base = replace(base, points=False, difference=False)
    return _result(kept, factor, base, scaled(kept, size, formula))


def _named(left: Typed, right: Typed, of: Unit, text: str, formula: Formula) -> Typed:
    """Give a result in a unit that can be said in words, scaling it where that takes it."""
    of = _settled(of)
    size, made = 1.0, of
    if text and not unit(text).pure and _same(conversion(of, unit(text))):
        made = unit(text)
    elif (pure := conversion(of, PURE)) is not None:
        size, made, text = pure, PURE, ""
    else:
        if of.factor not in _SIZES:
            size, made = of.factor, Unit(1.0, of.powers)
        text = _words(made)
    base = Typed(formula, left.kind, made, text)
    return _result(left, right, base, scaled(left, size, formula))


def _settled(of: Unit) -> Unit:
    """Let a count of subjects cancel the classifier it meets: 人/班 × 计数(班级) is in 人."""
    powers = dict(of.powers)
    counted = powers.get(COUNTED, 0)
    for base, power in of.powers:
        opposed = counted * power < 0
        if opposed and conversion(Unit(1.0, ((base, 1),)), _ONE_COUNTED) is not None:
            moved = min(abs(counted), abs(power)) * (1 if power > 0 else -1)
            powers[base] -= moved
            counted += moved
    powers[COUNTED] = counted
    return Unit(of.factor, tuple(sorted((base, power) for base, power in powers.items() if power)))


def _same(factor: float | None) -> bool:
    return factor is not None and math.isclose(factor, 1.0, rel_tol=1e-12)


def _words(of: Unit) -> str:
    """Say a unit in words, from its powers."""
    above = [_power(base, power) for base, power in of.powers if power > 0]
    below = [_power(base, -power) for base, power in of.powers if power < 0]
    return "/".join([_SIZES.get(of.factor, "") + ("×".join(above) or "1"), *below])


def _power(base: str, power: int) -> str:
    word = "个" if base == COUNTED else base
    return word if power == 1 else f"{word}^{power}"


def _result(left: Typed, right: Typed, base: Typed, formula: Formula) -> Typed:
    """Give a calculation the unit of ``base``; what only single measures have is gone."""
    return replace(
        base,
        formula=formula,
        measure=None,
        constant=None,
        options=(),
        hundred=left.hundred or right.hundred,
        magnified=False,
    )


def negate(operand: Typed) -> Typed:
    """Change the sign; a literal keeps being one."""
    if isinstance(operand.formula, Number) and isinstance(operand.constant, float):
        value = 0.0 - operand.constant
        return replace(operand, formula=Number(0.0 - operand.formula.value), constant=value)
    formula = Calculation(Arithmetic.SUBTRACT, Number(0.0), operand.formula)
    return replace(operand, formula=formula, measure=None, constant=None)
