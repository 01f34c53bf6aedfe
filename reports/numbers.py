"""Numbers as people read them: no float noise, no lost difference, units where they belong."""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TypeGuard

from dabiao.reports.at_once.each import WHOLE, Each, told
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.source import is_number
from dabiao.schemas.unit import COUNTED, PER_ONE, POINTS, in_english, is_percent

NOTHING = "—"
"""Stands where there is no value."""
_DIGITS = 12
"""Significant digits a value is trusted to; what lies beyond is noise of binary fractions."""
_TRUSTED = f"%.{_DIGITS}g"
_TINY, _HUGE = 1e-9, 1e16
"""Between these a number is written out; beyond them, with an exponent."""
_GROUPED = 999.9
"""Below this, no digits are grouped."""
_DECIMALS = 2
"""Decimals shown where no more are needed."""
NEARLY_ALL = Decimal("99.9")
"""The highest share in per cent that is not all."""
NEARLY_NONE = Decimal("0.1")
"""The lowest share in per cent that is not none."""
_NOT_BEHIND = (PER_ONE, "", COUNTED)
"""Units that are not written behind a number."""
_ODD = ("-0", "1")
"""What is written otherwise, or may have another unit behind it."""
_KEPT = 1 << 15
"""Up to how many texts are kept to be known again."""


def exact(value: float) -> str:
    """Write a number with every digit that means something.

    Examples:
        >>> exact(0.1 + 0.2), exact(47.0), exact(1234567.8), exact(-0.0)
        ('0.3', '47', '1,234,567.8', '0')
    """
    text = f"{value:.{_DIGITS}g}"
    if "e" not in text and -_GROUPED < value < _GROUPED:
        return text if text != "-0" else "0"  # as people read it already, and most often so
    if math.isnan(value) or math.isinf(value):
        return NOTHING
    if value and not _TINY <= abs(value) < _HUGE:
        return text
    return _plain(Decimal(text))


def brief(value: float, beside: float | None = None, decimals: int = _DECIMALS) -> str:
    """Write a number with as many decimals as a reader needs.

    These are two, or more where the number is small or where it would otherwise look like a
    different number that it stands ``beside``: 94.996 is not printed as 95 next to a bound of 95.

    Args:
        value: The number.
        beside: A number it stands beside.
        decimals: Decimals shown where no more are needed.

    Examples:
        >>> brief(100 / 3), brief(0.004567), brief(94.996), brief(94.996, beside=95)
        ('33.33', '0.00457', '95', '94.996')
    """
    whole = exact(value)
    if whole == NOTHING or "e" in whole or len(whole.partition(".")[2]) <= decimals:
        return whole
    places = max(decimals, decimals - math.floor(math.log10(abs(value)))) if value else decimals
    if beside is None or math.isclose(value, beside, rel_tol=1e-9):
        return _round(value, places)
    while places < _DIGITS and _round(value, places) == _round(beside, places):
        places += 1
    return _round(value, places)


def scalar(value: Scalar, beside: Scalar = None, decimals: int = _DECIMALS) -> str:
    """Write a value of any kind.

    Examples:
        >>> scalar(True), scalar(None), scalar("小学"), scalar(46)
        ('是', '—', '小学', '46')
    """
    match value:
        case None:
            return NOTHING
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case str():
            return value
        case _:
            return brief(value, float(beside) if is_number(beside) else None, decimals)


def quantity(
    value: Scalar, unit: str = "", beside: Scalar = None, decimals: int = _DECIMALS
) -> str:
    """Write a value with its unit.

    Examples:
        >>> quantity(98.5, "%"), quantity(2, "百分点"), quantity(100, "Mbps"), quantity(None, "人")
        ('98.5%', '2个百分点', '100 Mbps', '—')
    """
    if isinstance(value, Each) or isinstance(beside, Each):
        return told(_written, value, unit, beside, decimals, language())
    return _known(value, unit, beside, decimals, language())


def _written(value: Scalar, unit: str, beside: Scalar, decimals: int, spoken: Language) -> str:
    """Write a value with its unit."""
    if type(value) is float and unit not in _NOT_BEHIND and -_GROUPED < value < _GROUPED:
        text = _TRUSTED % value  # as people read it already, and most often so
        if text not in _ODD and "e" not in text and len(text.partition(".")[2]) <= decimals:
            return text + _behind(unit, spoken, one=False)
    if unit == PER_ONE and _is_quotient(value):
        return _to_so_many(value, beside, decimals)
    text = scalar(value, beside, decimals)
    if value is None or isinstance(value, bool | str) or unit in ("", COUNTED) or text == NOTHING:
        return text
    return with_unit(text, unit)


_known = lru_cache(_KEPT, typed=True)(_written)
"""Asked for a value in a sentence, and again in a table."""


def stated(value: Scalar, unit: str = "", beside: float | None = None) -> str:
    """Write a value as a sentence has it: as a table has it, but what is missing is said.

    Args:
        value: The value.
        unit: Its unit.
        beside: A bound that it stands beside.

    Examples:
        >>> stated(55.55556), stated(45, "人"), stated(44.999999, beside=45), stated(None)
        ('55.56', '45人', '44.999999', '缺')
    """
    return say("缺", "missing") if value is None else quantity(value, unit, beside)


def _is_quotient(value: Scalar) -> TypeGuard[float]:
    return is_number(value) and value > 0


def _to_so_many(value: float, beside: Scalar, decimals: int) -> str:
    """Write a quotient as one to so many.

    Examples:
        >>> _to_so_many(1 / 19, None, 2), _to_so_many(0.05, None, 2)
        ('1:19', '1:20')
    """
    other = 1 / beside if _is_quotient(beside) else None
    return f"1:{brief(1 / value, other, decimals)}"


def in_full(value: float, unit: str) -> str:
    """Write a number with every digit it has, because it is to be reached."""
    if isinstance(value, Each):
        return told(in_full, value, unit)
    if isinstance(value, int) or (value.is_integer() and abs(value) < WHOLE):
        return stated(value, unit)
    return with_unit(f"{value:,}", unit)


def with_unit(number: str, unit: str) -> str:
    """Write a unit behind a number.

    Examples:
        >>> with_unit("2", "百分点"), with_unit("100", "Mbps"), with_unit("98.5", "%")
        ('2个百分点', '100 Mbps', '98.5%')
        >>> from dabiao.schemas.language import speaking
        >>> with speaking(Language.EN):
        ...     with_unit("45", "人"), with_unit("36", "万元"), with_unit("3", "所")
        ('45 people', '36 × 10,000 yuan', '3')
    """
    return number + _behind(unit, language(), one=number == "1")


@cache
def _behind(unit: str, spoken: Language, *, one: bool) -> str:
    """Give what stands behind a number of a unit, or behind a single one."""
    if unit == PER_ONE:
        return ""  # what is none to so many is written alone
    if unit == POINTS:
        return say("个百分点", " points")
    if spoken is Language.EN:
        unit = in_english(unit, one=one)
    apart = unit[:1] == "×" or (unit[:1].isascii() and unit[:1].isalpha())
    return f" {unit}" if apart else unit


def gap_unit(unit: str) -> str:
    """Give the unit of a distance between two values: percentages are points apart."""
    if unit == PER_ONE:
        return ""
    return POINTS if is_percent(unit) else unit


def distance(gap: float | None, unit: str, observed: Scalar, bound: Scalar) -> str:
    """Write how far a value lies from its bound, so that it is the difference of what is read.

    Args:
        gap: How far it is; None or 0 where there is nothing to say.
        unit: The unit of the value.
        observed: The value, as far as it is known.
        bound: The bound that it stands beside.

    Examples:
        >>> quantity(4.403, "%", 5), distance(0.597, "%", 4.403, 5)
        ('4.4%', '0.6个百分点')
        >>> quantity(94.996, "%", 95), distance(0.004, "%", 94.996, 95)
        ('94.996%', '0.004个百分点')
    """
    if any(isinstance(each, Each) for each in (gap, observed, bound)):
        return told(_distance, gap, unit, observed, bound, language())
    return _known_distance(gap, unit, observed, bound, language())


def _distance(
    gap: float | None, unit: str, observed: Scalar, bound: Scalar, spoken: Language
) -> str:
    text, apart = bare_distance(gap, unit, observed, bound) if gap else NOTHING, gap_unit(unit)
    if text == NOTHING or apart in ("", COUNTED):
        return text
    return text + _behind(apart, spoken, one=text == "1")


def bare_distance(gap: float, unit: str, observed: Scalar, bound: Scalar) -> str:
    """Write a distance with as many decimals as its value and bound, but not as 0; no unit."""
    if unit == PER_ONE or not is_number(observed) or not is_number(bound):
        return brief(gap)
    whole = exact(gap)
    if len(whole.partition(".")[2]) <= _DECIMALS and "e" not in whole:
        return whole  # as it is with however many decimals, and most often so
    beside = (brief(observed, bound), brief(bound))
    places = max(_DECIMALS, *(len(each.partition(".")[2]) for each in beside))
    near = half_up(gap, places) if _TINY <= gap < _HUGE else None
    return _plain(near) if near else brief(gap)


_known_distance = lru_cache(_KEPT, typed=True)(_distance)
"""Asked for in a sentence, and again in a table."""


def half_up(value: float, places: int) -> Decimal:
    """Round as spreadsheets, browsers and rules that round do: a half goes away from zero.

    Examples:
        >>> half_up(1.125, 2), half_up(2.675, 2), half_up(-0.5, 0), half_up(6, 1)
        (Decimal('1.13'), Decimal('2.68'), Decimal('-1'), Decimal('6.0'))
    """
    return Decimal(f"{value:.{_DIGITS}g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _round(value: float, places: int) -> str:
    return _plain(half_up(value, places))


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def share_in_words(share: float) -> str:
    """Write a share in per cent, to a tenth; what is neither all nor none is never written so.

    Examples:
        >>> share_in_words(25.0), share_in_words(100.0), share_in_words(0.0)
        ('25.0%', '100%', '0%')
        >>> share_in_words(99.97), share_in_words(0.01)
        ('99.9%', '0.1%')
    """
    if 0 < share < 100:  # noqa: PLR2004 - of a hundred
        return f"{in_part(share)}%"
    return f"{share:.0f}%"


def in_part(share: float) -> Decimal:
    """Round a share in per cent that is neither all nor none to a tenth that is neither."""
    return max(NEARLY_NONE, min(half_up(share, 1), NEARLY_ALL))
