"""Mutants of formulas: trees that differ by one part which a writer could have got wrong.

They are made of the checked tree, so that every spelling of a formula has the mutants of its
meaning. What takes a part's place is of the same kind: a number for a number, a measure in the same
unit for a measure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
    Relation,
    Scale,
    SentIn,
    Text,
    Truth,
    Variation,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure
from dabiao.schemas.record import dataclass
from dabiao.schemas.remembered import remembered

_RELATIONS = {
    Relation.AT_LEAST: (Relation.MORE, Relation.LESS, Relation.AT_MOST),
    Relation.MORE: (Relation.AT_LEAST, Relation.AT_MOST, Relation.LESS),
    Relation.AT_MOST: (Relation.LESS, Relation.MORE, Relation.AT_LEAST),
    Relation.LESS: (Relation.AT_MOST, Relation.AT_LEAST, Relation.MORE),
    Relation.EQUAL: (Relation.UNEQUAL,),
    Relation.UNEQUAL: (Relation.EQUAL,),
}
_ARITHMETIC = {
    Arithmetic.ADD: Arithmetic.SUBTRACT,
    Arithmetic.SUBTRACT: Arithmetic.ADD,
    Arithmetic.MULTIPLY: Arithmetic.DIVIDE,
    Arithmetic.DIVIDE: Arithmetic.MULTIPLY,
    Arithmetic.LARGER: Arithmetic.SMALLER,
    Arithmetic.SMALLER: Arithmetic.LARGER,
    Arithmetic.ROUND_UP: Arithmetic.LARGER,
}
_DIRECTED = (Arithmetic.SUBTRACT, Arithmetic.DIVIDE)
"""Whose sides can't change places."""
_FOLDS = {
    Fold.SUM: (Fold.MEAN, Fold.MAXIMUM),
    Fold.MEAN: (Fold.SUM, Fold.MEDIAN, Fold.MAXIMUM, Fold.MINIMUM),
    Fold.MEDIAN: (Fold.MEAN, Fold.MAXIMUM, Fold.MINIMUM),
    Fold.PERCENTILE: (Fold.MEDIAN, Fold.MAXIMUM, Fold.MINIMUM),
    Fold.MAXIMUM: (Fold.MINIMUM, Fold.MEAN),
    Fold.MINIMUM: (Fold.MAXIMUM, Fold.MEAN),
    Fold.COUNT: (Fold.SHARE,),
    Fold.SHARE: (Fold.COUNT,),
}
_TENFOLD = 10.0


@dataclass(frozen=True, slots=True)
class FormulaGround:
    """What a formula stands on: the vocabulary, and the levels of the subjects it is about."""

    vocabulary: Vocabulary
    levels: tuple[Level, ...]


def changed_formulas(formula: Formula, ground: FormulaGround) -> Iterator[Formula]:
    """Give every formula in which one part of this one is changed."""
    yield from _own(formula, ground)
    for field, part, below in _parts(formula):
        inner = ground if below is None else replace(ground, levels=(below,))
        for changed in changed_formulas(part, inner):
            yield replace(formula, **{field: changed})  # type: ignore[arg-type] # its own


def _parts(  # noqa: C901, PLR0912 - one case per form
    formula: Formula,
) -> Iterator[tuple[str, Formula, Level | None]]:
    """Give the parts by their field, with the level they are about where it is another one."""
    match formula:
        case Number() | Text() | Truth() | Measured() | LiesIn() | Attainment() | Complies():
            return
        case SentIn():
            return
        case Scale(operand) | Negation(operand) | InYear(operand) | Cumulative(operand):
            yield "operand", operand, None
        case Ranking(operand):
            yield "operand", operand, None
        case Above(level, operand):
            yield "operand", operand, level
        case Ratio(part, whole):
            yield "part", part, None
            yield "whole", whole, None
        case Both(left, right) | Either(left, right):
            yield "left", left, None
            yield "right", right, None
        case Calculation(_, left, right) | Relates(_, left, right):
            yield "left", left, None
            yield "right", right, None
        case Choice(condition, then, otherwise):
            yield "condition", condition, None
            yield "then", then, None
            yield "otherwise", otherwise, None
        case Below(_, level, operand, condition):
            if operand is not None:
                yield "operand", operand, level
            if condition is not None:
                yield "condition", condition, level
        case Variation(level, operand, weight, condition):
            yield "operand", operand, level
            yield "weight", weight, level
            if condition is not None:
                yield "condition", condition, level
        case _:
            assert_never(formula)


def _own(formula: Formula, ground: FormulaGround) -> Iterator[Formula]:  # noqa: C901, PLR0912, PLR0915 - one case per form
    """Give what a formula itself could be mistaken for, its parts unchanged."""
    match formula:
        case Complies(level, tag, counts):
            yield Complies(level, tag, not counts)
        case SentIn(in_time):
            yield SentIn(not in_time)
        case Number() | Text() | LiesIn() | Attainment():
            return  # numbers are changed as they are printed, texts where they are compared
        case Truth(value):
            yield Truth(not value)
        case Measured(slug):
            yield from (Measured(each) for each in siblings(slug, ground))
        case Scale(operand, factor):
            yield operand
            yield Scale(operand, factor * _TENFOLD)
            yield Scale(operand, factor / _TENFOLD)
        case Calculation(operator, left, right):
            yield Calculation(_ARITHMETIC[operator], left, right)
            if operator in _DIRECTED:
                yield Calculation(operator, right, left)
            yield from (left, right)
        case Ratio(part, whole):
            yield Ratio(whole, part)
        case Relates(relation, left, right):
            yield from (Relates(each, left, right) for each in _RELATIONS[relation])
            if isinstance(left, Measured) and isinstance(right, Text):
                yield from (
                    Relates(relation, left, Text(each))
                    for each in _options(left.slug, ground.vocabulary)
                    if each != right.value
                )
        case Both(left, right):
            yield from (left, right, Either(left, right))
        case Either(left, right):
            yield from (left, right, Both(left, right))
        case Negation(operand):
            yield operand
        case Choice(condition, then, otherwise):
            yield from (then, otherwise, Choice(condition, otherwise, then))
        case Below(fold, level, operand, condition):
            yield from _below(formula)
            yield from (
                Below(fold, each, operand, condition)
                for each in Level
                if each is not level
                and each.rank > max(own.rank for own in ground.levels)
                and _all_exist(each, (operand, condition), ground.vocabulary)
            )
        case Variation(level, operand, weight, condition):
            yield Variation(level, weight, operand, condition)
            if condition is not None:
                yield Variation(level, operand, weight)
                yield Variation(level, operand, weight, Negation(condition))
        case Above(level, operand):
            yield from (
                Above(each, operand)
                for each in Level
                if each is not level
                and each.rank < min(own.rank for own in ground.levels)
                and _all_exist(each, (operand,), ground.vocabulary)
            )
        case Ranking(operand, within):
            yield Ranking(Calculation(Arithmetic.SUBTRACT, Number(0.0), operand), within)
            yield from (
                Ranking(operand, each)
                for each in (None, *Level)
                if each is not within
                and (each is None or each.rank < min(own.rank for own in ground.levels))
            )
        case InYear(operand, None, back):
            yield from (InYear(operand, None, each) for each in (back - 1, back + 1) if each)
            yield operand
        case InYear(operand, year):
            yield from (InYear(operand, year + step) for step in (-1, 1) if year is not None)
            yield operand
        case Cumulative(operand, years):
            yield from (Cumulative(operand, each) for each in (years - 1, years + 1) if each > 1)
            yield operand
        case _:
            assert_never(formula)


def _below(formula: Below) -> Iterator[Below]:
    """Change how the subjects below become one number."""
    for fold in _FOLDS[formula.fold]:
        if fold is Fold.SHARE and formula.condition is None:
            continue  # a share is one of those for whom something is true
        yield replace(formula, fold=fold, percent=None)
    if formula.condition is not None:
        if formula.fold is not Fold.SHARE:
            yield replace(formula, condition=None)
        yield replace(formula, condition=Negation(formula.condition))


def _all_exist(level: Level, parts: Sequence[Formula | None], vocabulary: Vocabulary) -> bool:
    """Tell whether subjects of a level have everything that some formulas read."""
    return all(
        vocabulary.exists_at(each.slug, level)
        for part in parts
        if part is not None
        for each in walk(part)
        if isinstance(each, Measured)
    )


def _options(slug: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    item = vocabulary.items.get(slug)
    return item.options if item is not None else ()


def siblings(slug: str, ground: FormulaGround) -> Iterator[str]:
    """Give the measure that one is most easily mistaken for: as like it in name as any.

    It is of the same type and in the same unit, and the subjects at hand have it.
    """
    vocabulary = ground.vocabulary
    own = vocabulary.measure(slug)
    alike = [
        each
        for each in _by_kind(vocabulary)[_kind(own)]
        if each.slug != slug
        and all(vocabulary.exists_at(each.slug, level) for level in ground.levels)
    ]
    if alike:
        mine = _pairs(own.name)
        yield max(alike, key=lambda each: (_likeness(mine, _pairs(each.name)), each.slug)).slug


@remembered(most=4)
def _by_kind(vocabulary: Vocabulary) -> dict[tuple[object, ...], list[Measure]]:
    found: dict[tuple[object, ...], list[Measure]] = {}
    for each in vocabulary.measures.values():
        found.setdefault(_kind(each), []).append(each)
    return found


def _kind(measure: Measure) -> tuple[object, ...]:
    if isinstance(measure, Item) and not measure.type.numeric:
        return measure.type, measure.options
    return (measure.unit,)


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
