"""Formulas that only rise with some numbers, so that the lowest and the highest tell the rest."""

from collections.abc import Callable

from dabiao.rules.catalog import Vocabulary
from dabiao.rules.formula import (
    Arithmetic,
    Below,
    Calculation,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Ratio,
    Scale,
)

_SUMMING = (Arithmetic.ADD, Arithmetic.LARGER, Arithmetic.SMALLER)
_FOLDING = (Fold.SUM, Fold.MEAN, Fold.MAXIMUM, Fold.MINIMUM)


def rises(formula: Formula, concerned: Callable[[Formula], bool], vocabulary: Vocabulary) -> bool:
    """Tell whether a formula surely never falls, nor comes to miss a value, as some numbers rise.

    Args:
        formula: The formula.
        concerned: Tells whether a formula rests on any of the numbers.
        vocabulary: The formulas of indicators.
    """

    def rising(part: Formula) -> bool:
        return rises(part, concerned, vocabulary)

    if not concerned(formula):
        return True
    match formula:
        case Measured(slug):
            inner = vocabulary.formulas.get(slug)
            return inner is None or rising(inner)
        case Scale(operand, factor):
            return factor > 0 and rising(operand)
        case Calculation(operator, left, right) if operator in _SUMMING:
            return rising(left) and rising(right)
        case Calculation(Arithmetic.SUBTRACT, left, right):
            return rising(left) and not concerned(right)
        case Calculation(Arithmetic.DIVIDE, part, Number(whole)) | Ratio(part, Number(whole)):
            return whole > 0 and rising(part)
        case Below(fold, _, operand, condition) if fold in _FOLDING and operand is not None:
            return rising(operand) and (condition is None or not concerned(condition))
        case InYear(operand) | Cumulative(operand):
            return rising(operand)
        case _:
            return False
