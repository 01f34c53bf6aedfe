"""A number of a plan's sentence as a bound of its measure, or as an amount of change."""

import re

from dabiao.rules.writing.named_measures import NamedSubject
from dabiao.rules.writing.plan_words import Piece
from dabiao.schemas.unit import PER_ONE, conversion, is_percent, is_points, parted, unit

_EACH = re.compile("[人生校班师户]均")


def amount_of(number: Piece) -> float:
    """Give the number itself."""
    return number.value if isinstance(number.value, float) else 0.0


def amount(number: Piece, subject: NamedSubject) -> str | None:
    """Write a bound in a unit that the measure can be compared in; None if there is none."""
    value, own = f"{amount_of(number):.10g}", subject.unit
    if PER_ONE in (number.unit, own):
        return number.text if number.unit == own else None
    magnitude, bare = parted(number.unit)
    if is_points(number.unit) or (not bare and amount_of(number) and _needs_unit(own)):
        return None
    if bare and conversion(unit(bare), unit(own)) is None:
        whole, _, each = own.partition("/")
        if not each or _EACH.match(subject.name) is None:
            return None
        if conversion(unit(bare), unit(whole)) is None:
            return None
        bare = f"{bare}/{each}"  # 人均…达到3平方米
    return value + magnitude + (bare or own)


def step(number: Piece, subject: NamedSubject) -> str | None:
    """Write an amount of change; a per cent of a percentage could be either, so is none."""
    value, own = f"{amount_of(number):.10g}", subject.unit
    if number.unit == PER_ONE:
        return None
    if is_percent(own):
        return f"{value}个百分点" if is_points(number.unit) else None
    return f"{value}%" if is_percent(number.unit) else amount(number, subject)


def _needs_unit(own: str) -> bool:
    """Tell whether a bare number could be meant in another unit: per cents, and money."""
    return is_percent(own) or "元" in own or bool(parted(own)[0])
