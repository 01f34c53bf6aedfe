"""Remedies of many findings of a rule by numbers of their own, searched for all of them at once.

What comes out is what ``trials`` finds of one. Sums of subjects below, and what looks back from a
place above or from those beside, are left to it.
"""

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers
from dabiao.engine.data.tidy_columns import moves
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.findings.naming import Names
from dabiao.engine.findings.remedies.grounds import Failing, Grounds
from dabiao.engine.findings.remedies.stepping import NumberTried, stepped
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.record import dataclass

OFFERED = 3
"""Remedies per finding."""
DIGITS = 12
"""Digits in which the numbers are told."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """How far one of the submitted numbers of each of some findings has to go.

    Attributes:
        of: What the numbers are.
        year: Of which year, where that is not the year judged.
        mends: Whether the findings can be mended so.
        before: What the numbers are.
        after: What they would have to be.
        by: How far that is.
    """

    of: MeasureName
    year: int | None
    mends: Flags
    before: Numbers | FewNumbers
    after: Numbers | FewNumbers
    by: Numbers | FewNumbers


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """How some findings can be mended.

    Attributes:
        known: Of which of them that is known; the others have to be looked at one by one.
        steps: Of one number after the other, of which no more mend a finding than are offered.
    """

    known: Flags
    steps: list[Steps]


class Searches:
    """Searches remedies for many findings at once.

    Args:
        evaluator: Gives access to values.
        names: Names measures.
    """

    def __init__(self, evaluator: Evaluator, names: Names) -> None:
        self._evaluator, self._names = evaluator, names

    def search(self, failing: Failing) -> Ways:
        """Find for each number that some failing findings rest on how far it has to go.

        Of whom numbers of others below are to be tried is not known.
        """
        grounds = Grounds.of_findings(self._evaluator, failing)
        known = grounds.known.copy()
        for each in grounds.beneath:
            known &= ~each.few
        return self.own(failing, grounds, known)

    def own(self, failing: Failing, grounds: Grounds, known: Flags) -> Ways:
        """Find how far each of their own numbers has to go.

        Args:
            failing: The findings.
            grounds: What they rest on.
            known: Of which of them these are to be tried.
        """
        subjects = failing.subjects
        tried: dict[str, Flags] = {}
        offered = np.zeros(len(subjects), np.intp)
        found: list[Steps] = []
        for slug, has in grounds.own:
            before = tried.setdefault(slug, np.zeros(len(subjects), np.bool_))
            some = np.flatnonzero(has & ~before & known & (offered < OFFERED))
            before |= has
            if len(some):
                steps = self._steps(NumberTried(failing, slug), some)
                offered += steps.mends
                found.append(steps)
        return Ways(known, found)

    def _steps(self, asked: NumberTried, chosen: Index) -> Steps:
        """Find how far a number has to go that some of the findings rest on."""
        plan = asked.failing.plan
        mends = np.zeros(len(asked.failing.subjects), np.bool_)
        before, after = np.zeros(len(mends)), np.zeros(len(mends))
        mends[chosen], before[chosen], after[chosen] = stepped(self._evaluator, asked.only(chosen))
        start, end, by = moves(before, after, 9, DIGITS)
        year = None if plan.figures == plan.year else plan.figures
        return Steps(self._names.measure(asked.slug), year, mends, start, end, by)
