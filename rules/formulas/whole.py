"""Which formulas only come to whole numbers: counts, and what is made of counts."""

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
    parts,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.measure import ItemType

_WHOLE_FOLDS = (Fold.SUM, Fold.MAXIMUM, Fold.MINIMUM)


def whole(  # noqa: C901 - one case per form
    formula: Formula, vocabulary: Vocabulary
) -> bool:
    """Tell whether a formula can only come to a whole number, as half a college can't be built.

    Args:
        formula: The formula.
        vocabulary: The measures.
    """
    match formula:
        case Measured(slug):
            item = vocabulary.items.get(slug)
            if item is None:
                return whole(vocabulary.formulas[slug], vocabulary)
            return item.type is ItemType.INTEGER
        case Number(value):
            return float(value).is_integer()
        case Below(fold, _, operand):
            return fold is Fold.COUNT or (
                fold in _WHOLE_FOLDS and operand is not None and whole(operand, vocabulary)
            )
        case Choice(_, then, otherwise):
            return whole(then, vocabulary) and whole(otherwise, vocabulary)
        case Ranking():
            return True
        case Calculation(Arithmetic.ROUND_UP, _, step):
            return whole(step, vocabulary)
        case Calculation(Arithmetic.DIVIDE) | Scale() | Ratio() | Variation() | Attainment():
            return False
        case Calculation() | InYear() | Cumulative() | Above():
            return all(whole(part, vocabulary) for part in parts(formula))
        case Text() | Truth() | Relates() | Both() | Either() | Negation() | LiesIn() | Complies():
            return False
        case SentIn():
            return False
        case _:
            assert_never(formula)
