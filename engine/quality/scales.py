"""Scales on which changes and distances are compared, and when they are large.

Robust scores: B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers (1993).
docs/quality.md explains them.
"""

from functools import cache

import numpy as np

from dabiao.engine.data.algebra import TOLERANCE, Flags, Index, Numbers
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_percent

FEW = 20
"""Peers from which on their spread tells anything."""
SCORE = 3.5
"""The modified z-score from which on Iglewicz and Hoaglin call a value an outlier."""
CHANCE = 0.05
"""Notes by chance alone that are put up with per column, where peers are many."""
_MAD = 0.6744897501960817
_MEAN = 1.2533141373155003
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class ComparisonScale:
    """How values of a measure are compared.

    Attributes:
        share: Whether it is a share of 0 to 100 %, compared in points; else ratios are compared.
        counted: Whether it counts things, which chance moves by about the root of their number.
    """

    share: bool
    counted: bool

    @classmethod
    def of(cls, measure: Measure) -> "ComparisonScale":
        """Choose the scale of a measure; a share is what may not exceed 100 %."""
        item = measure if isinstance(measure, Item) else None
        share = is_percent(measure.unit) and item is not None and item.maximum == _HUNDRED
        counted = item is not None and item.type is ItemType.INTEGER
        return cls(share=share, counted=counted)

    def take(self, values: Numbers) -> Numbers:
        """Bring values on the scale; what has no place on it becomes NaN.

        Examples:
            >>> ComparisonScale(share=False, counted=True).take(np.array([1.0, 10.0, 0.0])).round(
            ... 2).tolist()
            [0.0, 2.3, nan]
        """
        if self.share:
            return values
        with np.errstate(all="ignore"):
            taken = np.log(values)
            return np.where(np.isfinite(taken), taken, np.nan)

    def least(self, factor: float, points: float) -> float:
        """Give the distance that matters: a factor, or points for shares."""
        return (points if self.share else float(np.log(factor))) * (1 - TOLERANCE)


def by_chance(before: Numbers, after: Numbers) -> Flags:
    """Tell where two counts differ no more than chance makes them, |a − b| ≤ 3.5 √(a + b).

    Examples:
        >>> by_chance(np.array([1.0, 40.0]), np.array([5.0, 120.0])).tolist()
        [True, False]
    """
    with np.errstate(all="ignore"):
        small: Flags = np.abs(after - before) <= SCORE * np.sqrt(np.abs(before) + np.abs(after))
    return small


def scores(values: Numbers) -> tuple[float, Numbers]:
    """Give the median of values and how many robust deviations each lies from it.

    The deviation is MAD ÷ 0.6745, where MAD is the median distance from the median, or that of the
    values on the same side of it if that is more: where small schools trail off, small is not far.
    Where more than half of the values are equal, so that MAD is 0, the deviation is 1.2533 × the
    mean distance.
    """
    middle = float(np.median(values))
    away = values - middle
    whole = np.median(np.abs(away))
    below = max(whole, np.median(-away[away <= 0]))
    above = max(whole, np.median(away[away >= 0]))
    spread = np.where(away < 0, below, above) / _MAD
    if not whole:
        spread[:] = np.mean(np.abs(away)) * _MEAN
    if not spread.all():
        return middle, np.zeros(len(values))
    return middle, away / spread


@cache
def critical(count: int) -> float:
    """Give the score from which on one of so many values is remarkable.

    3.5, and for many peers so much that chance alone makes a note in one column of twenty.

    Examples:
        >>> critical(20), round(critical(100_000), 2)
        (3.5, 5.03)
    """
    from statistics import NormalDist

    return max(SCORE, NormalDist().inv_cdf(1 - CHANCE / (2 * max(count, 1))))


def parted(groups: Index, known: Flags) -> list[Index]:
    """List the subjects with a value, group by group."""
    who = np.flatnonzero(known)
    if not len(who):
        return []
    order = who[np.argsort(groups[who], kind="stable")]
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    return np.split(order, edges)
