"""Formulas that only rise with some numbers, so that the lowest and the highest tell the rest."""

from collections.abc import Callable
from typing import assert_never

from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Attainment,
    Below,
    Both,
    Calculation,
    Choice,
    Complies,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Scale,
    SentIn,
    Text,
    Truth,
    Variation,
)
from dabiao.rules.formulas.vocabulary import Vocabulary


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
        case Calculation():
            return _calculates(formula, concerned, rising)
        case Ratio(part, Number(whole)):
            return whole > 0 and rising(part)
        case Below(fold, _, operand, condition):
            chosen = condition is None or not concerned(condition)
            return _keeps_order(fold) and chosen and operand is not None and rising(operand)
        case InYear(operand) | Cumulative(operand) | Above(_, operand):
            return rising(operand)
        case (
            Number()
            | Text()
            | Truth()
            | Ratio()
            | Relates()
            | Both()
            | Either()
            | Negation()
            | Choice()
            | Variation()
            | Ranking()
            | LiesIn()
            | Attainment()
            | Complies()
            | SentIn()
        ):
            return False
        case _:
            assert_never(formula)


def _keeps_order(fold: Fold) -> bool:
    """Tell whether what is made of some values never falls as one of them rises."""
    match fold:
        case Fold.SUM | Fold.MEAN | Fold.MAXIMUM | Fold.MINIMUM | Fold.MEDIAN | Fold.PERCENTILE:
            return True
        case Fold.COUNT | Fold.SHARE:
            return False
        case _:
            assert_never(fold)


def _calculates(
    formula: Calculation, concerned: Callable[[Formula], bool], rising: Callable[[Formula], bool]
) -> bool:
    left, right = formula.left, formula.right
    match formula.operator:
        case Arithmetic.ADD | Arithmetic.LARGER | Arithmetic.SMALLER:
            return rising(left) and rising(right)
        case Arithmetic.SUBTRACT:
            return rising(left) and not concerned(right)
        case Arithmetic.DIVIDE | Arithmetic.ROUND_UP:
            return isinstance(right, Number) and right.value > 0 and rising(left)
        case Arithmetic.MULTIPLY:
            return False
        case _:
            assert_never(formula.operator)
