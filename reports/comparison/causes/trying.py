"""Trying causes each alone: the value of one finding against the bound of the other.

::

                     bound before      bound after
    value before     as it was         only the rule or the year changed
    value after      only the figures  as it is

Only what the two findings say is known: where several kinds of causes stand behind one value or
one bound, none of them can be tried alone; nor where the figures of another year are judged, which
the year brings along.
"""

from collections.abc import Iterator
from dataclasses import replace

from dabiao.reports.comparison.causes.roster import rests_on_others
from dabiao.reports.comparison.causes.rule_parts import is_bound
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding, Required, Scalar
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Compared

_NOISE = 1e-9
_PASSED = {
    Outcome.COMPLIANT: True,
    Outcome.VIOLATION: False,
    Outcome.BEHIND: False,
    Outcome.ON_TRACK: None,
    Outcome.MISSING: None,
    Outcome.NOT_APPLICABLE: None,
}
_FIGURES = frozenset({CauseKind.FACTS, CauseKind.READING, CauseKind.ROSTER})


def tried(found: list[Cause], before: Finding, after: Finding) -> Iterator[Cause]:
    """Say of each of several causes whether it alone turns what holds into what does not.

    Args:
        found: The causes.
        before: The finding of the earlier run.
        after: That of the later one.
    """
    idle = [each for each in found if _is_idle(each, before, after)]
    active = [each for each in found if each not in idle]
    values = {each.kind for each in active if each.kind in _FIGURES}
    bounds = {each.kind for each in active if each.kind is CauseKind.YEAR or is_bound(each)}
    rest = {each.kind for each in active} - values - bounds
    same_year = before.figures == after.figures  # else the year alone brings other values along
    turned = not rest and same_year and {_passed(before), _passed(after)} == {True, False}
    for each in found:
        alone = None
        if each in idle:
            alone = False if len(found) > 1 else None
        elif turned and bounds and each.kind in values and len(values) == 1:
            alone = _turns(before, after.observed, before.required)
        elif turned and values and each.kind in bounds and len(bounds) == 1:
            alone = _turns(before, before.observed, after.required)
        yield replace(each, alone=alone)


def _is_idle(cause: Cause, before: Finding, after: Finding) -> bool:
    """Tell whether somebody moved whose finding rests on nothing that lies above or beside."""
    return (
        cause.kind is CauseKind.ROSTER
        and cause.subject is None
        and isinstance(before.reason, Compared)
        and isinstance(after.reason, Compared)
        and not rests_on_others(before)
        and not rests_on_others(after)
    )


def _passed(finding: Finding) -> bool | None:
    """Tell whether a value keeps its bound; None where that was not the question, or is close."""
    passed = _PASSED[finding.outcome]
    held = _holds(finding, finding.observed, finding.required)
    return passed if held is passed else None


def _turns(before: Finding, observed: Scalar, required: Required) -> bool | None:
    held = _holds(before, observed, required)
    return None if held is None else held is not _passed(before)


def _holds(finding: Finding, observed: Scalar, required: Required) -> bool | None:
    """Tell whether a value keeps a bound; None where one is no number, or rounding decides."""
    reason = finding.reason
    if not isinstance(reason, Compared) or reason.options or reason.change is not None:
        return None
    low = high = required.value
    if required.comparator is Comparator.BETWEEN:
        high = required.upper
    values = [observed, low, high]
    if any(isinstance(each, bool | str) or each is None for each in values):
        return None
    value, least, most = (float(each) for each in values if each is not None)
    by, close = finding.by, _NOISE * max(1.0, abs(least), abs(most))
    room = (by.tolerance or 0.0) + (0.0 if by.decimals is None else 10.0**-by.decimals)
    if room and min(abs(value - least), abs(value - most)) <= room + close:
        return None
    near = -close if required.comparator.is_open else close
    if required.comparator.bounds_low and value < least - near:
        return False
    return not (required.comparator.bounds_high and value > most + near)
