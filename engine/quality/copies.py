"""Rows that say the same as another subject's, or as the subject's own of the year before."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from dabiao.engine.data.algebra import Flags, Index, Numbers
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.quality.remarks import Remarks
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.remarks import CopiedRow, RepeatedRow
from dabiao.schemas.run import Note

TELLING = 5
"""Numbers other than 0 that a row has to hold."""
ODDS = 7.0
"""Bits by which agreement has to be less likely than chance: 2⁻⁷ in the whole level."""
_FEW = 8
"""Subjects that are assumed at least, so that among two schools a number tells something too."""
_NAMED = 3
_BLANK = np.uint64(0x9E3779B97F4A7C15)
_PRIME = np.uint64(0xBF58476D1CE4E5B9)

Hashes = npt.NDArray[np.uint64]


class Copies:
    """Looks for copied rows.

    Args:
        remarks: Makes remarks.
    """

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._frames = remarks.frames

    def find(self, years: Sequence[int]) -> Iterator[Note]:
        """Yield a note per group of subjects whose numbers are the same, and per repeated year."""
        submitted = self._frames.facts.years()
        for level in self._frames.facts.levels:
            slugs = self._numeric(level)
            if len(slugs) < TELLING:
                continue
            for year in years:
                rows = _Rows([self._column(level, slug, year) for slug in slugs])
                for group in rows.alike():
                    yield self._copy(level, year, group, slugs, rows)
                if year - 1 in submitted:
                    before = _Rows([self._column(level, slug, year - 1) for slug in slugs])
                    for at in rows.unchanged(before).tolist():
                        yield self._repeat(SubjectYear(level, at, year), slugs, rows)

    def _numeric(self, level: Level) -> list[str]:
        return sorted(item.slug for item in self._remarks.numbers(level))

    def _column(self, level: Level, slug: str, year: int) -> Numbers:
        values = self._frames.values(level, slug, year)
        return np.full(self._frames.size(level), np.nan) if values is None else values

    def _copy(
        self, level: Level, year: int, group: Index, slugs: Sequence[str], rows: "_Rows"
    ) -> Note:
        spots = [SubjectYear(level, int(at), year) for at in group]
        codes = [self._frames.tier(level).codes[spot.subject] for spot in spots]
        names = self._remarks.names
        first = tuple(names.subject(level, spot.subject) for spot in spots[:_NAMED])
        remark = CopiedRow(first, len(group), rows.filled(spots[0].subject))
        telling = [slugs[each] for each in rows.telling(spots[0].subject)[:_NAMED]]
        cells = [(spot, slug) for spot in spots[:_NAMED] for slug in telling]
        return self._remarks.make("copy", spots[0], cells, remark, others=tuple(codes[1:]))

    def _repeat(self, spot: SubjectYear, slugs: Sequence[str], rows: "_Rows") -> Note:
        telling = [slugs[each] for each in rows.telling(spot.subject)[:_NAMED]]
        cells = [(where, slug) for slug in telling for where in (spot, spot.ago(1))]
        return self._remarks.make("repeat", spot, cells, RepeatedRow(rows.filled(spot.subject)))


class _Rows:
    """The numbers of all subjects of a level in a year, a column each."""

    def __init__(self, columns: Sequence[Numbers]) -> None:
        self.columns = columns
        self.telling_count = np.zeros(len(columns[0]), np.intp)
        for column in columns:
            self.telling_count += ~np.isnan(column) & (column != 0)
        self.size = int(np.count_nonzero(self.telling_count))

    def alike(self) -> Iterator[Index]:
        """Yield groups of subjects with the same numbers, unless chance may have made them so."""
        who = np.flatnonzero(self.telling_count >= TELLING)
        hashes = self._hashes(who)
        order = np.argsort(hashes, kind="stable")
        edges = np.flatnonzero(np.diff(hashes[order])) + 1
        bounds = np.concatenate(([0], edges, [len(order)]))
        groups = [
            who[order[bounds[at] : bounds[at + 1]]]
            for at in np.flatnonzero(np.diff(bounds) > 1).tolist()
        ]
        if not groups:
            return
        # Pairs are many: the odds of one agreement grow with their number.
        needed = 2 * np.log2(max(self.size, 2)) + ODDS
        bits = self._bits(groups)
        yield from (group for group, told in zip(groups, bits, strict=True) if told >= needed)

    def unchanged(self, before: "_Rows") -> Index:
        """List the subjects that said the same in another year, where others did not."""
        same: Flags = self.telling_count >= TELLING
        bits = np.zeros(len(same))
        for column, other in zip(self.columns, before.columns, strict=True):
            both = ~np.isnan(column) & ~np.isnan(other)
            equal = both & (column == other)
            same = same & (equal | (np.isnan(column) & np.isnan(other)))
            # How rare it is among the others that this number stays as it was.
            others = max(int(np.count_nonzero(both)) - 1, _FEW)
            stayed = min(max(int(np.count_nonzero(equal)) - 1, 1), others)
            bits += np.where(equal & (column != 0), np.log2(others / stayed), 0)
        needed = np.log2(max(self.size, 2)) + ODDS
        return np.flatnonzero(same & (bits >= needed))

    def filled(self, at: int) -> int:
        """Count the numbers a subject reported."""
        return sum(not np.isnan(column[at]) for column in self.columns)

    def telling(self, at: int) -> list[int]:
        """List the columns in which a subject has a number other than 0."""
        return [
            number
            for number, column in enumerate(self.columns)
            if not np.isnan(column[at]) and column[at] != 0
        ]

    def _hashes(self, who: Index) -> Hashes:
        found = np.zeros(len(who), np.uint64)
        for column in self.columns:
            values = column[who] + 0.0  # −0 is 0
            bits = np.where(np.isnan(values), _BLANK, values.view(np.uint64))
            found = (found ^ bits) * _PRIME
            found ^= found >> np.uint64(29)
        return found

    def _bits(self, groups: Sequence[Index]) -> Numbers:
        """Give how telling each group's agreement is: Σ log₂(subjects ÷ those with the value)."""
        told = np.zeros(len(groups))
        first = np.array([group[0] for group in groups], np.intp)
        size = np.array([len(group) for group in groups])
        for column in self.columns:
            known = np.sort(column[~np.isnan(column)])
            value = column[first]
            shared = np.searchsorted(known, value, "right") - np.searchsorted(known, value, "left")
            # The group itself counts once, as if there had been no copy.
            others = np.maximum(len(known) - size + 1, _FEW)
            alike = np.maximum(shared - size + 1, 1)
            telling = ~np.isnan(value) & (value != 0)
            told += np.where(telling, np.log2(others / np.minimum(alike, others)), 0)
        return told
