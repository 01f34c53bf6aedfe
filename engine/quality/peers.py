"""Who is compared with whom: subjects of one level that agree in the categories of the pack."""

from collections.abc import Sequence

import numpy as np

from dabiao.engine.data.algebra import Index
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.remarks import PeerGroup


class Peers:
    """Groups subjects.

    Args:
        evaluator: Evaluates formulas.
        categories: Slugs of the categories in which peers agree.
    """

    def __init__(self, evaluator: Evaluator, categories: Sequence[str]) -> None:
        self._evaluator = evaluator
        self._categories = categories
        self._memo: dict[tuple[Level, int], Index] = {}

    def groups(self, level: Level, year: int) -> Index:
        """Give the number of the group of each subject; who said no category is one of its own."""
        key = (level, year)
        if key not in self._memo:
            size = self._evaluator.frames.size(level)
            found = np.zeros(size, np.intp)
            for slug in self._here(level):
                kinds = self._evaluator.value(Measured(slug), level, year, "").astype(np.intp)
                joined = found * (int(kinds.max(initial=0)) + 2) + kinds + 1
                found = np.unique(joined, return_inverse=True)[1].astype(np.intp)
            self._memo[key] = found
        return self._memo[key]

    def group(self, level: Level, year: int, at: int, count: int) -> PeerGroup:
        """Say who the peers of a subject are, of whom there are so many."""
        frames = self._evaluator.frames
        kinds = []
        for slug in self._here(level):
            number = int(self._evaluator.value(Measured(slug), level, year, "")[at])
            if number >= 0:
                kinds.append(frames.words(number))
        return PeerGroup(count, level, tuple(kinds))

    def _here(self, level: Level) -> list[str]:
        """List the categories that somebody of a level reported."""
        table = self._evaluator.frames.facts.levels.get(level)
        return [slug for slug in self._categories if table is not None and slug in table.columns]
