"""Formulas that are a straight line of a number, or one such line divided by another.

Where what is divided by does not come to nothing, they only rise with the number or only fall, and
three of their values tell all others.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import Numbers
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.rules.catalog.norm import Compares, Norm, Within, formulas
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


class Shape(IntEnum):
    """What a formula is of a number, the simpler ones first."""

    SAME = 0
    """It does not rest on it."""
    LINE = 1
    QUOTIENT = 2
    """A line divided by a line."""
    ANY = 3


def shape(formula: Formula, concerned: Callable[[Formula], bool], vocabulary: Vocabulary) -> Shape:
    """Tell what a formula surely is of a number.

    Args:
        formula: The formula.
        concerned: Tells whether a formula rests on the number.
        vocabulary: The formulas of indicators.
    """

    def of(part: Formula) -> Shape:
        return shape(part, concerned, vocabulary)

    if not concerned(formula):
        return Shape.SAME
    match formula:
        case Measured(slug):
            inner = vocabulary.formulas.get(slug)
            return Shape.LINE if inner is None else of(inner)
        case Scale(operand):
            return of(operand)
        case Calculation(operator, left, right):
            return _calculated(operator, of(left), of(right))
        case Ratio(part, whole):
            return _divided(of(part), of(whole))
        case Below(Fold.SUM | Fold.MEAN, _, operand, condition) if operand is not None:
            chosen = condition is None or not concerned(condition)
            return Shape.LINE if chosen and of(operand) <= Shape.LINE else Shape.ANY
        case Below():
            return Shape.ANY
        case (
            Number()
            | Text()
            | Truth()
            | Relates()
            | Both()
            | Either()
            | Negation()
            | Choice()
            | Variation()
            | Above()
            | Ranking()
            | LiesIn()
            | InYear()
            | Cumulative()
            | Attainment()
            | Complies()
            | SentIn()
        ):
            return Shape.ANY
        case _:
            assert_never(formula)


def is_quotient(norm: Norm, slug: str, evaluator: Evaluator) -> bool:
    """Tell whether three values of what a norm compares tell all others, as a number changes.

    Args:
        norm: The norm.
        slug: The measure that the number is of.
        evaluator: Tells what rests on it.
    """
    if not isinstance(norm, Compares | Within):
        return False

    def concerned(part: Formula) -> bool:
        return evaluator.mentions(part, slug)

    value, *bounds = formulas(norm)
    known = shape(value, concerned, evaluator.vocabulary)
    return known is not Shape.ANY and not any(map(concerned, bounds))


def _calculated(operator: Arithmetic, left: Shape, right: Shape) -> Shape:
    match operator:
        case Arithmetic.ADD | Arithmetic.SUBTRACT:
            lines = max(left, right) <= Shape.LINE
            return max(left, right) if lines or Shape.SAME in (left, right) else Shape.ANY
        case Arithmetic.MULTIPLY:
            return max(left, right) if Shape.SAME in (left, right) else Shape.ANY
        case Arithmetic.DIVIDE:
            return _divided(left, right)
        case Arithmetic.LARGER | Arithmetic.SMALLER | Arithmetic.ROUND_UP:
            return Shape.ANY
        case _:
            assert_never(operator)


def _divided(part: Shape, whole: Shape) -> Shape:
    if whole is Shape.SAME:
        return part
    return Shape.QUOTIENT if max(part, whole) <= Shape.LINE else Shape.ANY


def steps_to(
    edge: Numbers | np.float64, values: tuple[Numbers, Numbers, Numbers], far: tuple[Numbers, ...]
) -> Numbers:
    """Give how many steps of a number lead to where a quotient of lines comes to an edge.

    After k steps it is (p + qk) ÷ (1 + rk); p, q and r follow from three of its values.

    Args:
        edge: The edge.
        values: What the quotient is here, and at two other places.
        far: How many steps away these are.
    """
    here, *there = values
    first, second = ((each - here) / steps for each, steps in zip(there, far, strict=True))
    bend = np.where(first == second, 0.0, (first - second) / (there[1] - there[0]))
    rise = first + bend * there[0]
    found: Numbers = (edge - here) / (rise - bend * edge)
    return found
