"""What is no fault of a formula, but had better be said in it."""

from dabiao.rules.formulas.error import FormulaFault
from dabiao.rules.formulas.parsing.syntax_tree import Spread
from dabiao.schemas.language import say
from dabiao.schemas.quantity import quantity


def bare_number(text: str, unit_text: str, spread: Spread = (0, 0)) -> FormulaFault:
    """Tell of a number without a unit, or what is made of such, in which unit it is read."""
    hint = say(f"里面的数写上单位：{unit_text}", f"write {unit_text} after the numbers in it")
    if quantity(text) is not None:
        hint = say(f"写上单位：{text}{unit_text}", f"write the unit: {text}{unit_text}")
    message = say(
        f"“{text}”没有写单位，按{unit_text}理解",
        f"{text!r} has no unit and is read as {unit_text}",
    )
    return FormulaFault(spread[0], spread[1] - spread[0], "bare-number", message, hint)
