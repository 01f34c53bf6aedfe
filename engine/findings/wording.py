"""Words for people: numbers with units, names of measures, formulas as they would be written."""

import math

from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.unit import POINTS, is_percent

_WHOLE = 1e15


def tidy(value: float, digits: int = 15) -> float | int | None:
    """Make a number of a record: whole where it is, without noise in the last bits, None for NaN.

    Examples:
        >>> tidy(45.0), tidy(0.1 + 0.2), tidy(float("nan"))
        (45, 0.3, None)
    """
    if math.isnan(value):
        return None
    if abs(value) < _WHOLE and value.is_integer():
        return int(value)
    return float(f"{value:.{digits}g}")


def shown(value: Scalar, unit: str = "", beside: float | None = None) -> str:
    """Write a value with its unit, with as many decimals as tell it from a bound beside it.

    Examples:
        >>> shown(55.55556), shown(45, "人"), shown(44.999999, beside=45), shown(None)
        ('55.5556', '45人', '44.999999', '缺')
    """
    if value is None:
        return say("缺", "missing")
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if isinstance(value, str):
        return value
    text = _written(value, 4)
    for decimals in (6, 9, 12):
        if float(text) == value or float(text) not in (0, beside):
            break
        text = _written(value, decimals)
    return ("0" if text in ("-0", "") else text) + _spaced(unit)


def _written(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _spaced(unit: str) -> str:
    if unit == POINTS:
        return say("个百分点", " points")
    return f" {unit}" if unit.isascii() and unit[:1].isalpha() else unit


def apart(unit: str) -> str:
    """Give the unit of a difference: percentages are 百分点 apart."""
    return POINTS if is_percent(unit) else unit


def comparison(comparator: Comparator, low: str, high: str = "") -> str:
    """Say what is demanded: 不低于45人, 在 1 至 2 之间."""
    if comparator is Comparator.BETWEEN:
        return say(f"在{low}至{high}之间", f"between {low} and {high}")
    return comparator.label + say("", " ") + low


class Names:
    """Names of measures, and formulas written with them.

    Args:
        vocabulary: The measures.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def name(self, slug: str) -> str:
        """Name a measure in the language spoken now."""
        try:
            measure = self._vocabulary.measure(slug)
        except KeyError:
            return slug
        return say(measure.name, measure.english or measure.name)

    def unit(self, slug: str) -> str:
        """Give the unit of a measure."""
        try:
            return self._vocabulary.measure(slug).unit
        except KeyError:
            return ""

    def formula(self, formula: Formula) -> str:
        """Write a formula."""
        return render(formula, self._vocabulary)


def several(names: list[str], count: int, level: Level) -> str:
    """Name up to three subjects and say how many there are in all."""
    listed = say("、", ", ").join(names[:3])
    if count <= len(names[:3]):
        return listed
    counted = f"{count}{level.counted_in}{level.zh}"
    return say(f"{listed}等{counted}", f"{listed} and {count - len(names[:3])} more")
