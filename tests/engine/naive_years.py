"""The naive evaluator, sections 1 and 4 of docs/judgement.md: what is looked at in which year."""

from typing import assert_never

from dabiao.rules.formulas import formula as f
from tests.engine.naive_values import World, remembered

Leaf = tuple[f.Formula, int]
"""An item, or a function that looks at others, in a year."""


@remembered
def made_of(world: World, formula: f.Formula, year: int) -> set[Leaf]:
    """Follow 上年, 某年 and 累计, also into indicators; not into what lies below."""
    match formula:
        case f.InYear(operand, fixed, back):
            return made_of(world, operand, fixed or year - back)
        case f.Cumulative(operand, count):
            spent = range(year - count + 1, year + 1)
            return set().union(*(made_of(world, operand, each) for each in spent))
        case f.Measured(slug):
            inner = world.catalog.vocabulary.formulas.get(slug)
            return {(formula, year)} if inner is None else made_of(world, inner, year)
        case (
            f.Above()
            | f.LiesIn()
            | f.Complies()
            | f.SentIn()
            | f.Below()
            | f.Variation()
            | f.Attainment()
        ):
            return {(formula, year)}
        case f.Number() | f.Text() | f.Truth():
            return set()
        case f.Ranking(operand) | f.Scale(operand) | f.Negation(operand):
            return made_of(world, operand, year)
        case (
            f.Ratio(left, right)
            | f.Both(left, right)
            | f.Either(left, right)
            | f.Calculation(_, left, right)
            | f.Relates(_, left, right)
        ):
            return made_of(world, left, year) | made_of(world, right, year)
        case f.Choice(condition, then, otherwise):
            both = made_of(world, then, year) | made_of(world, otherwise, year)
            return made_of(world, condition, year) | both
        case _:
            assert_never(formula)


@remembered
def years_in(world: World, formula: f.Formula, year: int) -> set[int]:
    """Follow 上年, 某年 and 累计, also into indicators; not into what lies below."""
    match formula:
        case f.InYear(operand, fixed, back):
            then = fixed or year - back
            return {then} | years_in(world, operand, then)
        case f.Cumulative(operand, count):
            spent = range(year - count + 1, year + 1)
            return set(spent).union(*(years_in(world, operand, each) for each in spent))
        case f.Measured(slug):
            inner = world.catalog.vocabulary.formulas.get(slug)
            return set() if inner is None else years_in(world, inner, year)
        case f.Above() | f.LiesIn() | f.Complies() | f.SentIn():
            return set()
        case f.Ranking(operand):
            return years_in(world, operand, year)
        case f.Below() | f.Variation() | f.Attainment() | f.Number() | f.Text() | f.Truth():
            return set()
        case f.Scale(operand) | f.Negation(operand):
            return years_in(world, operand, year)
        case (
            f.Ratio(left, right)
            | f.Both(left, right)
            | f.Either(left, right)
            | f.Calculation(_, left, right)
            | f.Relates(_, left, right)
        ):
            return years_in(world, left, year) | years_in(world, right, year)
        case f.Choice(condition, then, otherwise):
            both = years_in(world, then, year) | years_in(world, otherwise, year)
            return years_in(world, condition, year) | both
        case _:
            assert_never(formula)
