"""The sentences of all findings of a rule, worded once for all that differ in figures alone."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from dabiao.reports.numbers import gap_unit, stated
from dabiao.reports.wording.reasons import Figures, alike, measured, outside, reason, reason_with
from dabiao.schemas.coded import Coded, Places
from dabiao.schemas.finding import COLUMNS, Finding, RuleFindings
from dabiao.schemas.reasons.why import Compared, MeasuredValue, OutOfScope

_OBSERVED, _GAP = "\x01", "\x02"
"""Stand in a sentence for its figures; no text has them."""
_COMMON = ("outcome", "required", "reason", "best", "worst", "readings")
"""What a sentence says beside figures."""


def reasons(of: RuleFindings) -> list[str]:
    """Say why each finding came out as it did, each as ``reason`` does."""
    told = np.full(len(of), "", np.object_)
    for some in _in_common(of, ~_out_of_scope(of, told)):
        first = finding_at(of, some[0])
        if alike(first):
            told[some] = _filled(of, first, some)
        else:
            told[some] = [reason(finding_at(of, at)) for at in some.tolist()]
    found: list[str] = told.tolist()
    return found


def finding_at(of: RuleFindings, at: int) -> Finding:
    """Put one finding together."""
    return of.finding(tuple(getattr(of, name)[at] for name in COLUMNS))


def _out_of_scope(of: RuleFindings, told: Any) -> Any:  # noqa: ANN401 - arrays
    """Word those whom the condition of the rule leaves out; tell who they are."""
    column = Coded.of(of.reason)
    here = np.zeros(len(of), np.bool_)
    if all(each is None for each in Coded.of(of.readings).values):
        apart = [isinstance(each, OutOfScope) for each in column.values]
        here = np.array(apart, np.bool_)[column.places]
    known: dict[int, str] = {}

    def say_measured(value: MeasuredValue) -> str:
        text = known.get(id(value))
        if text is None:
            text = known[id(value)] = measured(value)
        return text

    texts = [
        outside(of.by, [say_measured(value) for value in each.values])
        if isinstance(each, OutOfScope)
        else ""
        for each in column.values
    ]
    told[here] = np.array(texts, np.object_)[column.places[here]]
    return here


def _in_common(of: RuleFindings, left: Any) -> Iterator[Places]:  # noqa: ANN401 - an array
    """Yield the places of findings that have in common what a sentence says beside figures."""
    some = np.flatnonzero(left)
    if not len(some):
        return
    gap, observed = of.gap, of.observed
    key = np.array([2 * bool(gap[at]) + (observed[at] is None) for at in some.tolist()], np.intp)
    for name in _COMMON:
        column = Coded.of(getattr(of, name))
        _, key = np.unique(key * len(column.values) + column.places[some], return_inverse=True)
    order = np.argsort(key, kind="stable")
    yield from np.split(some[order], np.flatnonzero(np.diff(key[order])) + 1)


def _filled(of: RuleFindings, first: Finding, some: Places) -> list[str]:
    """Put figures into the sentence that some findings have in common."""
    at, gaps = some.tolist(), bool(first.gap)
    before, mark, rest = reason_with(first, Figures(_OBSERVED, _GAP * gaps)).partition(_OBSERVED)
    between, gap_mark, after = rest.partition(_GAP) if gaps else (rest, "", "")
    if not mark or gaps != bool(gap_mark):
        return [reason(finding_at(of, each)) for each in at]
    broken = first.reason.broken if isinstance(first.reason, Compared) else None
    unit, away = of.by.unit, gap_unit(of.by.unit)
    told = [f"{before}{stated(of.observed[each], unit, broken)}{between}" for each in at]
    if not gaps:
        return told
    return [
        f"{text}{stated(of.gap[each], away)}{after}" for text, each in zip(told, at, strict=True)
    ]
