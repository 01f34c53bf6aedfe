"""Changes from one year to the next that are unlike those of peers, or very large."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers, tidy
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.quality.peers import Peers
from dabiao.engine.quality.remarks import Remarks
from dabiao.engine.quality.scales import FEW, ComparisonScale, by_chance, critical, parted, scores
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.reasons.remarks import JumpingValue
from dabiao.schemas.run import Note

FACTOR, POINTS = 1.5, 20.0
"""How much more than its peers a value has to change, where there are enough of them."""
PLAIN_FACTOR, PLAIN_POINTS = 5.0, 50.0
"""How much it has to change where there are not."""
VANISHING = 0.05
"""Share of peers up to which a fall to 0 is not what everybody does."""


class Jumps:
    """Looks for jumps.

    Args:
        remarks: Makes remarks.
        peers: Who is compared with whom.
    """

    def __init__(self, remarks: Remarks, peers: Peers) -> None:
        self._remarks = remarks
        self._frames = remarks.frames
        self._peers = peers

    def find(self, years: Sequence[int]) -> Iterator[Note]:
        """Yield a note per value that jumped from the year before."""
        submitted = self._frames.facts.years()
        for level in self._frames.facts.levels:
            for item in sorted(self._remarks.numbers(level), key=lambda each: each.slug):
                for year in years:
                    if year - 1 in submitted:
                        yield from self._column(level, item, year, submitted)

    def _column(
        self, level: Level, item: Item, year: int, submitted: Sequence[int]
    ) -> Iterator[Note]:
        after = self._frames.values(level, item.slug, year)
        before = self._frames.values(level, item.slug, year - 1)
        if after is None or before is None:
            return
        scale = ComparisonScale.of(item)
        change = scale.take(after) - scale.take(before)
        known = ~np.isnan(change)
        fell = np.zeros(len(change), bool)
        if not scale.share:
            fell = (before > 0) & (after == 0)
        groups = self._peers.groups(level, year)
        suspect, middle, compared = _unlike_peers(change, parted(groups, known), scale)
        for who in parted(groups, known | fell):
            if len(who) < FEW or np.count_nonzero(fell[who]) <= VANISHING * len(who):
                suspect[who] |= fell[who]
        if scale.counted:
            suspect &= ~by_chance(before, after)
        if suspect.any():
            suspect &= self._unlike_itself(level, item, scale, change, submitted, year)
        for at in np.flatnonzero(suspect).tolist():
            more = (float(middle[at]), int(compared[at]))
            yield self._note(SubjectYear(level, at, year), item, scale, submitted, more)

    def _unlike_itself(  # noqa: PLR0913, PLR0917 - what a column is
        self,
        level: Level,
        item: Item,
        scale: ComparisonScale,
        change: Numbers,
        submitted: Sequence[int],
        year: int,
    ) -> Flags:
        """Tell which changes are larger than any the subject had in its earlier years."""
        largest = np.zeros(len(change))
        for earlier in submitted:
            if earlier >= year or earlier - 1 not in submitted:
                continue
            pair = [self._frames.values(level, item.slug, each) for each in (earlier, earlier - 1)]
            if pair[0] is not None and pair[1] is not None:
                before = np.abs(scale.take(pair[0]) - scale.take(pair[1]))
                largest = np.fmax(largest, before)
        fell: Flags = np.isnan(change)
        return fell | (np.abs(change) > largest)

    def _note(
        self,
        spot: SubjectYear,
        item: Item,
        scale: ComparisonScale,
        submitted: Sequence[int],
        peers: tuple[float, int],
    ) -> Note:
        slug = item.slug
        told: list[tuple[int, float]] = []
        cells = [(spot, slug), (spot.ago(1), slug)]
        for year in sorted((each for each in submitted if each <= spot.year), reverse=True)[:4]:
            values = self._frames.values(spot.level, slug, year)
            value = tidy(float("nan") if values is None else float(values[spot.subject]))
            if value is not None:
                told.append((year, value))
        middle, count = peers
        group, ratio = None, None
        if count:
            group = self._peers.group(spot.level, spot.year, spot.subject, count)
            same = abs(middle) < 1e-9 or scale.share  # noqa: PLR2004 - dust
            ratio = None if same else float(np.exp(middle))
        remark = JumpingValue(tuple(told), group, ratio)
        return self._remarks.make("jump", spot, cells, remark)


def _unlike_peers(
    change: Numbers, groups: Iterable[Index], scale: ComparisonScale
) -> tuple[Flags, Numbers, Index]:
    """Tell which changes are unlike those of peers, or large by themselves where these are few.

    Returns:
        Which they are; of each the middle of its peers, and how many these are.
    """
    suspect = np.zeros(len(change), bool)
    middle = np.zeros(len(change))
    compared = np.zeros(len(change), np.intp)
    for who in groups:
        if len(who) >= FEW:
            middle[who], score = scores(change[who])
            compared[who] = len(who)
            far = np.abs(change[who] - middle[who]) >= scale.least(FACTOR, POINTS)
            suspect[who] = far & (np.abs(score) > critical(len(who)))
        else:
            suspect[who] = np.abs(change[who]) >= scale.least(PLAIN_FACTOR, PLAIN_POINTS)
    return suspect, middle, compared
