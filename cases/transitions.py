"""What may follow what, and what has to be said for it: the one table of it.

::

    opened ──► notified ──► answered ──► rectified ──► re-checked ──► closed
       ▲          ▲  └──────────────────────┘  ▲             │           │
       │          └────────────────────────────┼─────────────┘           │
       │             (answer or re-check was not enough)                 │
       ├─────────────────────────────────────────────────────────────────┘ (opened again)
       └── waived ◄── any state but closed; with a reason, an approver and an expiry
"""

from collections import deque
from collections.abc import Mapping

from dabiao.schemas.case import Case, CaseState

TRANSITIONS: Mapping[CaseState, tuple[CaseState, ...]] = {
    CaseState.OPENED: (CaseState.NOTIFIED, CaseState.WAIVED),
    CaseState.NOTIFIED: (CaseState.ANSWERED, CaseState.RECTIFIED, CaseState.WAIVED),
    CaseState.ANSWERED: (CaseState.RECTIFIED, CaseState.NOTIFIED, CaseState.WAIVED),
    CaseState.RECTIFIED: (CaseState.RECHECKED, CaseState.NOTIFIED, CaseState.WAIVED),
    CaseState.RECHECKED: (CaseState.CLOSED, CaseState.NOTIFIED, CaseState.WAIVED),
    CaseState.CLOSED: (CaseState.OPENED,),
    CaseState.WAIVED: (CaseState.OPENED,),
}
"""The states that may come next, the usual one first."""

_AHEAD = tuple(each for each in CaseState if each is not CaseState.WAIVED)
"""The states in the order in which a case goes through them."""

NEEDS: Mapping[CaseState, tuple[str, ...]] = {
    CaseState.OPENED: (),
    CaseState.NOTIFIED: ("issued", "due"),
    CaseState.ANSWERED: (),
    CaseState.RECTIFIED: (),
    CaseState.RECHECKED: ("rechecked", "result"),
    CaseState.CLOSED: ("rechecked", "result", "closed_by"),
    CaseState.WAIVED: ("reason", "approver", "expires"),
}
"""What has to be known of a case for it to be in a state."""


def lacking(case: Case) -> tuple[str, ...]:
    """Name what a case would have to say to be in its state."""
    return tuple(name for name in NEEDS[case.state] if getattr(case, name) is None)


def steps(start: CaseState, end: CaseState) -> tuple[CaseState, ...] | None:
    """Give the states from one to another, without the first; None where there is no way.

    Ahead, several steps may be said at once, by the shortest way. Back, to a waiver and out of it
    there is one step, which is said by itself.

    Examples:
        >>> [each.value for each in steps(CaseState.OPENED, CaseState.RECHECKED) or ()]
        ['notified', 'rectified', 're-checked']
        >>> steps(CaseState.CLOSED, CaseState.NOTIFIED) is None
        True
    """
    if end in TRANSITIONS[start]:
        return (end,)
    waiting: deque[tuple[CaseState, ...]] = deque([(start,)])
    while waiting:
        way = waiting.popleft()
        if way[-1] is end:
            return way[1:]
        ahead = _AHEAD[_AHEAD.index(way[-1]) + 1 :] if way[-1] in _AHEAD else ()
        waiting.extend((*way, each) for each in TRANSITIONS[way[-1]] if each in ahead)
    return None
