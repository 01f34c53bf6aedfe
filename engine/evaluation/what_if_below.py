"""What if a number of one below each of many subjects was another: ``what_if_each`` for those.

A subject is there once for each number of one below it that may be another, with lanes of its own.
"""

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers, Vector
from dabiao.engine.evaluation.evaluate import Evaluator, sums_up
from dabiao.engine.evaluation.what_if import folded_anew
from dabiao.engine.evaluation.what_if_each import WhatIfEach, is_followed
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Formula,
    Measured,
    Ranking,
    Variation,
    counts_senders,
    parts,
)
from dabiao.schemas.level import Level


def is_followed_below(
    evaluator: Evaluator, formula: Formula, slug: str, level: Level, lower: Level
) -> bool:
    """Tell whether a formula rests on a number of one below by looking at those below alone.

    Args:
        evaluator: Tells what rests on it.
        formula: The formula.
        slug: The measure that the number is of.
        level: Where the formula is evaluated.
        lower: The level of who has the number.
    """
    if not evaluator.mentions(formula, slug):
        return True

    def follows(part: Formula) -> bool:
        return is_followed_below(evaluator, part, slug, level, lower)

    match formula:
        case Measured():
            inner = evaluator.vocabulary.formulas.get(formula.slug)
            item = evaluator.vocabulary.items.get(formula.slug)
            return (inner is None or follows(inner)) and (item is None or not sums_up(item, level))
        case Above() | Ranking():
            return False
        case Below() | Variation() if formula.level is lower:
            inside = all(is_followed(evaluator, part, slug) for part in parts(formula))
            return inside and not evaluator.looks_out(formula)
        case Below() | Variation():
            return formula.level.rank > lower.rank and not evaluator.looks_out(formula)
        case _:
            return all(map(follows, parts(formula)))


class WhatIfBelow(WhatIfEach):
    """Evaluates formulas for several values of a number of one below each of some subjects.

    Args:
        evaluator: Gives what is known.
        scope: Id of the document whose tags formulas mean.
        level: The level of the subjects.
        subjects: The subjects.
        of: The measure, and of which year.
        values: The values of each of the numbers, a row a number.
        below: The level of those whose numbers they are, and who they are, one below each of the
            subjects.
    """

    def __init__(  # noqa: PLR0913 - whose number, and what it may be
        self,
        evaluator: Evaluator,
        scope: str,
        level: Level,
        subjects: Index,
        *,
        of: tuple[str, int],
        values: Numbers,
        below: tuple[Level, Index],
    ) -> None:
        super().__init__(evaluator, scope, level, subjects, of=of, values=values)
        self._lower, self._members = below
        self._each = WhatIfEach(evaluator, scope, *below, of=of, values=values)
        self._each.denominators = self.denominators
        self._lists: dict[tuple[int, bool], tuple[Index, Index, Flags]] = {}

    def _own(self, formula: Measured, year: int) -> Vector:
        return self._known(formula, year)  # the subject's own number stays as it is

    def _below(self, formula: Below | Variation, year: int) -> Vector:
        if formula.level is not self._lower:
            return self._known(formula, year)
        at, those, changed = self._all_below(year, due=counts_senders(formula))
        every = (at[:, None] * self._lanes + np.arange(self._lanes)).reshape(-1)

        def spread(part: Formula) -> Vector:
            vector = self._evaluator.value(part, self._lower, year, self._scope)[those]
            values = np.repeat(vector, self._lanes)
            if self._evaluator.mentions(part, self._slug):
                others = self._each.value(part, year).reshape(-1, self._lanes)
                values.reshape(-1, self._lanes)[changed] = others[at[changed]]
            return values

        value, *divisor = folded_anew(formula, spread, every, len(self._values))
        self.denominators += divisor
        mine = np.bincount(at[changed], minlength=len(self._subjects)) > 0
        return np.where(np.repeat(mine, self._lanes), value, self._known(formula, year))

    def _all_below(self, year: int, *, due: bool) -> tuple[Index, Index, Flags]:
        """List those below all of them.

        Returns:
            The number beside which each stands, who it is, and whether the number is its own.
        """
        key = year, due
        if key not in self._lists:
            subjects, back = np.unique(self._subjects, return_inverse=True)
            members = self._evaluator.frames.lifetimes.members
            lists = [
                members(self._lower, self._level, subject, year, due=due)
                for subject in subjects.tolist()
            ]
            every = [lists[place] for place in back.tolist()]
            at = np.repeat(np.arange(len(every)), [len(each) for each in every])
            those = np.concatenate(every)
            self._lists[key] = at, those, those == self._members[at]
        return self._lists[key]
