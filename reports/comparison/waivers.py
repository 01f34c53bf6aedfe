"""Waivers between two runs: which ended, which are new. They change no outcome, only what counts.

A waiver holds through the whole of its last day. From the day after, its case counts again: it is
overdue, and is listed as such.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dabiao.schemas.case import Case, CaseBook, CaseState
from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import OPEN
from dabiao.schemas.record import dataclass

_DAY = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class Waivers:
    """The cases as they stood when each of two runs was looked at.

    Attributes:
        before: On the day of the earlier one.
        after: On the day of the later one.
        ended: The last days of the waivers that ended in between, by the numbers of their cases.
    """

    before: CaseBook
    after: CaseBook
    ended: Mapping[str, datetime.date]

    def followed(self, codes: Mapping[str, str]) -> "Waivers":
        """Tell the cases of subjects that have another code now under it."""
        return Waivers(self.before.followed(codes), self.after.followed(codes), self.ended)

    def until(
        self, was: Finding | None, now: Finding | None
    ) -> tuple[datetime.date | None, datetime.date | None]:
        """Give the last day of the waiver that held for a finding on each of the two days."""
        one, other = self._cases(was, now)
        return (
            None if one is None else one.waived_until(self.before.today),
            None if other is None else other.waived_until(self.after.today),
        )

    def causes(self, was: Finding | None, now: Finding | None) -> Iterator[Cause]:
        """Say whether a case counts again, or no more."""
        other = self._cases(was, now)[1]
        held, holds = self.until(was, now)
        if other is None or other.state is CaseState.CLOSED or (held and holds):
            return
        if holds is not None:
            yield Cause(kind=CauseKind.WAIVER, name=other.number, after=str(holds))
        elif (last := self.ended.get(other.number)) is not None:
            again = str(last + _DAY)
            kind = CauseKind.WAIVER_EXPIRED
            yield Cause(kind=kind, name=other.number, before=str(last), after=again)
        elif held is not None:
            yield Cause(kind=CauseKind.WAIVER, name=other.number, before=str(held))

    def _cases(self, was: Finding | None, now: Finding | None) -> tuple[Case | None, Case | None]:
        """Give the case as it stood on each day: that of the earlier finding, if it has one."""
        for of in (was, now):
            found = None if of is None else self.after.of(of)
            if of is not None and found is not None:
                return self.before.of(of), found
        return None, None


def with_waivers(
    causes: tuple[Cause, ...], waivers: Waivers | None, was: Finding | None, now: Finding | None
) -> tuple[Cause, ...]:
    """Put what became of a waiver beside the other causes.

    That it ended is enough by itself for the case to count again where the finding failed before.
    """
    more = () if waivers is None else tuple(waivers.causes(was, now))
    if causes and was is not None:
        failed = was.outcome in OPEN
        more = tuple(
            replace(each, alone=failed) if each.kind is CauseKind.WAIVER_EXPIRED else each
            for each in more
        )
    return (*causes, *more)
