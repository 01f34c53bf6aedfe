"""What an undecided finding waits for: what somebody would have to submit."""

from collections.abc import Iterable, Sequence

from dabiao.schemas.finding import Input
from dabiao.schemas.naming import Bilingual, MeasureName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import WORKED_OUT
from dabiao.schemas.reasons.why import AnyReason, Lacking, ScopeUnknown

Named = MeasureName | Bilingual
"""A measure, or a formula that is none."""


def awaited(inputs: Sequence[Input], reason: AnyReason) -> Sequence[Named]:
    """List what somebody would have to submit, rather than what could not be computed from it.

    Args:
        inputs: What an undecided finding rests on.
        reason: Why it is undecided.
    """
    missing = [given for given in inputs if given.value is None]
    submitted = [given for given in missing if not isinstance(given.origin, WORKED_OUT)]
    items = [given for given in submitted if given.parts is None]
    if not items and (owed := _owed_below(reason)):
        return owed
    below = [given for given in inputs if given.value == Outcome.MISSING.value]
    return [given.of for given in items or submitted or below]


def first_awaited(named: Iterable[Named]) -> Named | None:
    """Choose the one that counts where there are several: the same whatever language is spoken."""
    return min(named, key=lambda each: each.zh, default=None)


def _owed_below(reason: AnyReason) -> Sequence[Named]:
    """List what others owe that a finding adds up; nothing where the subject itself owes some."""
    lacks = reason.lacks if isinstance(reason, Lacking | ScopeUnknown) else ()
    owed = [each.measure or each.formula for each in lacks if each.whose is not None]
    known = [each for each in owed if each is not None]
    return known if len(known) == len(lacks) else ()
