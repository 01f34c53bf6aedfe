"""Values that lie far from those of all peers in the same year."""

from collections.abc import Iterator, Sequence

import numpy as np

from dabiao.engine.data.algebra import Numbers, numbers, tidy
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.quality.peers import Peers
from dabiao.engine.quality.remarks import Remarks
from dabiao.engine.quality.scales import FEW, ComparisonScale, critical, parted, scores
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.reasons.remarks import OutlyingValue
from dabiao.schemas.run import Note

FACTOR, POINTS = 3.0, 40.0
"""How far from the median of its peers a value has to lie, whatever their spread."""


class Outliers:
    """Looks for outliers.

    Args:
        remarks: Makes remarks.
        peers: Who is compared with whom.
    """

    def __init__(self, remarks: Remarks, peers: Peers) -> None:
        self._remarks = remarks
        self._frames = remarks.frames
        self._peers = peers

    def find(self, years: Sequence[int]) -> Iterator[Note]:
        """Yield a note per value that is unlike those of its peers.

        Items count as submitted. Indicators are looked at as they were computed, since one number
        that is plausible beside another may not be plausible divided by it.
        """
        for level in self._frames.facts.levels:
            if np.count_nonzero(self._frames.reporting(level)) < FEW:
                continue
            for measure in self._measures(level):
                for year in years:
                    yield from self._column(level, measure, year)

    def _measures(self, level: Level) -> list[Measure]:
        """List the numbers of a level: what was submitted, and what comes of it."""
        vocabulary = self._remarks.evaluator.vocabulary
        found: list[Measure] = [*self._remarks.numbers(level)]
        for slug, indicator in vocabulary.indicators.items():
            formula = vocabulary.formulas[slug]
            if vocabulary.exists_at(slug, level) and not self._remarks.evaluator.is_scoped(formula):
                found.append(indicator)
        return sorted(found, key=lambda measure: measure.slug)

    def _column(self, level: Level, measure: Measure, year: int) -> Iterator[Note]:
        scale = ComparisonScale.of(measure)
        values = self._values(level, measure, year)
        if values is None or np.count_nonzero(~np.isnan(values)) < FEW:
            return
        taken = scale.take(values)
        groups = self._peers.groups(level, year)
        for who in parted(groups, ~np.isnan(taken)):
            if len(who) < FEW:
                continue
            middle, score = scores(taken[who])
            far = np.abs(taken[who] - middle) >= scale.least(FACTOR, POINTS)
            far &= np.abs(score) > critical(len(who))
            if far.any():
                median = float(np.median(values[who]))
                for at in who[far].tolist():
                    yield self._note(
                        SubjectYear(level, at, year), measure, values, median, len(who)
                    )

    def _values(self, level: Level, measure: Measure, year: int) -> Numbers | None:
        vocabulary = self._remarks.evaluator.vocabulary
        if measure.slug in vocabulary.items:
            return self._frames.values(level, measure.slug, year)
        return numbers(self._remarks.evaluator.value(Measured(measure.slug), level, year, ""))

    def _note(
        self, spot: SubjectYear, measure: Measure, values: Numbers, median: float, count: int
    ) -> Note:
        slug = measure.slug
        value, middle = tidy(float(values[spot.subject])), tidy(median)
        cells = self._remarks.read(Measured(slug), spot)
        if not cells or cells[0][1] != slug:
            cells = [(spot, slug), *cells]
        group = self._peers.group(spot.level, spot.year, spot.subject, count)
        remark = OutlyingValue(value or 0, middle or 0, group)
        return self._remarks.make("outlier", spot, cells, remark)
