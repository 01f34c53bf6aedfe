"""Remedies of many findings of a rule by numbers of those below, searched for all of them at once.

What comes out is what ``trials`` finds of one finding after the other. Numbers two levels below,
sums, and what looks out at others are left to it.
"""

from collections.abc import Sequence

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.evaluation.what_if_below import is_followed_below
from dabiao.engine.findings.remedies.grounds import TRIED, Beneath, Failing, Grounds
from dabiao.engine.findings.remedies.searches import OFFERED
from dabiao.engine.findings.remedies.stepping import NumberTried, stepped
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

_OWNER, _AT, _POSITION, _PART, _KIND, _MEMBER = range(6)

NumberKind = tuple[Level, str]
"""What a number of one below is: of which level, and of which measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Numbers of those below that may be others: of each finding in the order that they are tried.

    Attributes:
        owners: The finding that each is of, ascending.
        members: Whose number each is.
        kinds: What each is, by its place in ``every``.
        every: What they may be.
        known: Of which findings nothing else has to be tried but their own numbers.
    """

    owners: Index
    members: Index
    kinds: Index
    every: Sequence[NumberKind]
    known: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Mending:
    """Numbers of those below that would mend findings.

    Attributes:
        chosen: Which of the candidates they are.
        before: What each is.
        after: What each would have to be.
    """

    chosen: Index
    before: Numbers
    after: Numbers


class NumbersBelow:
    """Lists the numbers of those below that findings rest on.

    Args:
        evaluator: Gives access to values.
        failing: The findings.
        grounds: What they rest on.
    """

    def __init__(self, evaluator: Evaluator, failing: Failing, grounds: Grounds) -> None:
        self._evaluator, self._failing = evaluator, failing
        self._known, self._kinds = grounds.known.copy(), dict[NumberKind, int]()
        self._rows: list[Index] = []
        for at, each in enumerate(grounds.beneath):
            self._add(at, each)

    def candidates(self) -> Candidates:
        """Give all of them, each once; none of a finding that rests on too many."""
        kinds = list(self._kinds)
        if not self._rows:
            nobody = np.zeros(0, np.intp)
            return Candidates(nobody, nobody, nobody, kinds, self._known)
        rows = np.concatenate(self._rows, axis=1)
        rows = rows[:, np.lexsort(rows[[_PART, _POSITION, _AT, _OWNER]])]
        if len(self._rows) > 1:
            _, first = np.unique(rows[[_OWNER, _KIND, _MEMBER]], axis=1, return_index=True)
            rows = rows[:, np.sort(first)]
        followed = np.array([self._is_followed(*kind) for kind in kinds], np.bool_)
        self._known[rows[_OWNER, ~followed[rows[_KIND]]]] = False
        few = np.bincount(rows[_OWNER], minlength=len(self._known)) <= TRIED
        rows = rows[:, (few & self._known)[rows[_OWNER]]]
        return Candidates(rows[_OWNER], rows[_MEMBER], rows[_KIND], kinds, self._known)

    def _add(self, at: int, beneath: Beneath) -> None:
        """Add the numbers of those that one part of a formula folds."""
        plan, evaluator = self._failing.plan, self._evaluator
        owners = np.flatnonzero(beneath.few & self._known)
        if not len(owners):
            return
        members_of = evaluator.frames.lifetimes.members
        lists = [
            members_of(beneath.level, plan.rule.level, subject, plan.figures)
            for subject in self._failing.subjects[owners].tolist()
        ]
        owner = np.repeat(owners, list(map(len, lists)))
        position = np.concatenate([np.arange(len(each)) for each in lists])
        members, back = np.unique(np.concatenate(lists), return_inverse=True)
        inner = Grounds(evaluator, beneath.level, plan.figures, members)
        for part in beneath.parts:
            inner.visit(part, np.ones(len(members), np.bool_))
        for each in inner.beneath:
            inner.known &= ~each.few
        self._known[owner[~inner.known[back]]] = False
        for part_at, (slug, has) in enumerate(inner.own):
            kind = self._kinds.setdefault((beneath.level, slug), len(self._kinds))
            some = has[back]
            every = (owner, at, position, part_at, kind, members[back])
            self._rows.append(np.array(np.broadcast_arrays(*every))[:, some])

    def _is_followed(self, lower: Level, slug: str) -> bool:
        level = self._failing.plan.rule.level
        return all(
            is_followed_below(self._evaluator, part, slug, level, lower)
            for part in self._failing.looked_at()
        )


def offers(evaluator: Evaluator, failing: Failing, of: Candidates, offered: Index) -> Mending:
    """Find those that mend, of each finding as many as are offered still.

    Args:
        evaluator: Gives access to values.
        failing: The findings.
        of: What may be tried.
        offered: How many remedies of each are there already.
    """
    size, owners = len(of.owners), of.owners
    mends, before, after = np.zeros(size, np.bool_), np.zeros(size), np.zeros(size)
    turn = (np.arange(size) - np.searchsorted(owners, owners)) // OFFERED
    there = offered.copy()
    for now in range(int(turn.max(initial=-1)) + 1):
        some = np.flatnonzero((turn == now) & (there[owners] < OFFERED))
        for kind in np.unique(of.kinds[some]).tolist():
            mine = some[of.kinds[some] == kind]
            level, slug = of.every[kind]
            numbers = NumberTried(failing.only(owners[mine]), slug, (level, of.members[mine]))
            mends[mine], before[mine], after[mine] = stepped(evaluator, numbers)
        there += np.bincount(owners[some[mends[some]]], minlength=len(there))
    chosen = np.flatnonzero(mends)
    place = np.arange(len(chosen)) - np.searchsorted(owners[chosen], owners[chosen])
    chosen = chosen[place < OFFERED - offered[owners[chosen]]]
    return Mending(chosen, before[chosen], after[chosen])
