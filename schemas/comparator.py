"""Comparators: how an observed value must stand to what is required, in one table."""

from enum import StrEnum

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.source import is_number
from dabiao.schemas.unit import is_count


class Comparator(StrEnum):
    """How an observed value must stand to what is required."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EQUAL = "=="
    BETWEEN = "between"

    @property
    def label(self) -> str:
        """In words, in the language spoken now: 不低于."""
        return say(_TABLE[self].zh, _TABLE[self].en)

    def asking(self, bound: object, unit: str, written: str) -> str:
        """Put words before a bound: of what is counted there is not less than none.

        Examples:
            >>> Comparator.AT_MOST.asking(0, "所", "0所"), Comparator.AT_MOST.asking(0, "%", "0%")
            ('为0所', '不高于0%')
        """
        if self.leaves_none(bound, unit):
            return say(f"为{written}", written)
        return self.label + say("", " ") + written

    def leaves_none(self, bound: object, unit: str) -> bool:
        """Tell whether nothing is to be left of what is counted, so that only 0 complies."""
        return self is Comparator.AT_MOST and is_number(bound) and bound == 0 and is_count(unit)

    @property
    def sign(self) -> str:
        """The sign before a bound; ``between`` stands between two."""
        return _TABLE[self].sign

    @property
    def bounds_low(self) -> bool:
        """Whether a value can be too low for it."""
        return _TABLE[self].bounds_low

    @property
    def bounds_high(self) -> bool:
        """Whether a value can be too high for it."""
        return _TABLE[self].bounds_high

    @property
    def is_open(self) -> bool:
        """Whether the bound itself does not comply."""
        return _TABLE[self].is_open


@dataclass(frozen=True, slots=True)
class _Entry:
    zh: str
    en: str
    sign: str
    bounds_low: bool
    bounds_high: bool
    is_open: bool = False


_TABLE = {
    Comparator.AT_LEAST: _Entry("不低于", "at least", "≥", bounds_low=True, bounds_high=False),
    Comparator.MORE_THAN: _Entry(
        "高于", "more than", ">", bounds_low=True, bounds_high=False, is_open=True
    ),
    Comparator.AT_MOST: _Entry("不高于", "at most", "≤", bounds_low=False, bounds_high=True),
    Comparator.LESS_THAN: _Entry(
        "低于", "less than", "<", bounds_low=False, bounds_high=True, is_open=True
    ),
    Comparator.EQUAL: _Entry("等于", "exactly", "=", bounds_low=True, bounds_high=True),
    Comparator.BETWEEN: _Entry("介于", "between", "～", bounds_low=True, bounds_high=True),
}
