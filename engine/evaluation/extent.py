"""How far a value can go: the bounds that no figure lies beyond.

Section 4 of docs/judgement.md: what is demanded never goes further than the best there can be.
"""

import math
from typing import assert_never

from dabiao.rules.formulas.formula import (
    Above,
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
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Summation

_ANY = (-math.inf, math.inf)


def extent(value: Formula, vocabulary: Vocabulary, level: Level) -> tuple[float, float]:
    """Give the least and the greatest value of a formula; infinite where nothing bounds it.

    Args:
        value: The formula.
        vocabulary: The measures.
        level: Level of the subjects whose value it is.
    """
    match value:
        case Measured(slug) if slug in vocabulary.items:
            return _of_item(vocabulary.items[slug], level)
        case Measured(slug):
            return extent(vocabulary.formulas[slug], vocabulary, level)
        case Ranking():
            return 1.0, math.inf
        case Ratio():
            return 0.0, 100.0
        case Below(fold):
            return _of_fold(fold)
        case (
            Number()
            | Text()
            | Truth()
            | Scale()
            | Calculation()
            | Relates()
            | Both()
            | Either()
            | Negation()
            | Choice()
            | Variation()
            | Above()
            | LiesIn()
            | InYear()
            | Cumulative()
            | Attainment()
            | Complies()
            | SentIn()
        ):
            return _ANY
        case _:
            assert_never(value)


def _of_fold(fold: Fold) -> tuple[float, float]:
    match fold:
        case Fold.SHARE:
            return 0.0, 100.0
        case Fold.COUNT:
            return 0.0, math.inf
        case Fold.SUM | Fold.MEAN | Fold.MAXIMUM | Fold.MINIMUM | Fold.MEDIAN | Fold.PERCENTILE:
            return _ANY
        case _:
            assert_never(fold)


def _of_item(item: Item, level: Level) -> tuple[float, float]:
    if item.type not in (ItemType.NUMBER, ItemType.INTEGER):
        return _ANY
    low, high = item.bounds
    if item.summation is Summation.SUM and any(each.rank > level.rank for each in item.levels):
        # A sum passes the bounds of its parts, but not 0 if they may not.
        return (0.0 if low >= 0 else -math.inf), (0.0 if high <= 0 else math.inf)
    return low, high
