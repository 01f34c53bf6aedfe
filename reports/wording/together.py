"""The sentences of all findings of a rule, worded once for all that differ in figures alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from dabiao.reports.numbers import NOTHING, gap_unit, quantity, stated
from dabiao.reports.wording.phrases import either, gap, observed, observed_beside, required
from dabiao.reports.wording.reasons import Figures, alike, measured, outside, reason, reason_with
from dabiao.reports.wording.remedies import remedy
from dabiao.schemas.coded import Coded, Places
from dabiao.schemas.finding import COLUMNS, Finding, RuleFindings
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Compared, MeasuredValue, OutOfScope
from dabiao.schemas.rule import GoverningYears
from dabiao.schemas.run import Run

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


def each_observed(of: RuleFindings) -> list[str]:
    """Write what was observed of each finding, as ``observed`` does."""
    unit, told = of.by.unit, []
    each = zip(of.observed, of.required, _odd(of), strict=True)
    for at, (value, bound, strange) in enumerate(each):
        if strange:
            told.append(observed(finding_at(of, at)))
        else:
            told.append(NOTHING if value is None else observed_beside(value, bound, unit))
    return told


def each_gap(of: RuleFindings) -> list[str]:
    """Write the gap of each finding, as ``gap`` does."""
    unit, odd = gap_unit(of.by.unit), _odd(of)
    return [
        gap(finding_at(of, at)) if strange else quantity(value or None, unit)
        for at, (value, strange) in enumerate(zip(of.gap, odd, strict=True))
    ]


def each_required(of: RuleFindings) -> list[str]:
    """Write what is required of each finding, as ``required`` does."""
    column, odd = Coded.of(of.required), _odd(of)
    known: dict[int, str] = {}
    told = []
    for at, (place, strange) in enumerate(zip(column.places.tolist(), odd, strict=True)):
        if strange or place not in known:
            text = required(finding_at(of, at))
            if not strange:
                known[place] = text
        else:
            text = known[place]
        told.append(text)
    return told


def each_remedy(of: RuleFindings) -> list[str]:
    """Write what would mend each finding."""
    column = Coded.of(of.remedy)
    texts = [either(map(remedy, ways)) for ways in column.values]
    return [texts[at] for at in column.places.tolist()]


def _odd(of: RuleFindings) -> list[bool]:
    """Tell where more than a value and a bound is told: of changes, and of several demands."""
    column = Coded.of(of.reason)
    odd = [
        isinstance(each, Compared) and (each.change is not None or bool(each.options))
        for each in column.values
    ]
    return [odd[at] for at in column.places.tolist()]


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


Lookup = Callable[[str, Finding], Finding | None]
"""Gives the finding of a rule about the subject and year of another finding."""


def governance(findings: Sequence[Finding], lookup: Lookup) -> Iterator[tuple[str, str]]:
    """Say what is kept to in place of a rule, and in place of what it is kept to, after its id.

    Args:
        findings: Findings of one rule in one year.
        lookup: Gives what came of another rule.
    """
    first = findings[0]
    year, governor = first.year, first.by.governor(first.year)
    if governor is not None:
        told = _told(governor, findings, lookup)
        zh, en = f"{year}年另有规定，以它为准：{told}", f"in {year} another rule governs: {told}"
        yield governor.rule, say(zh, en)
    for each in first.by.governed(year):
        told = _told(each, findings, lookup)
        zh, en = f"{year}年以本条为准，代替：{told}", f"in {year} this governs in place of: {told}"
        yield each.rule, say(zh, en)


def _told(of: GoverningYears, findings: Sequence[Finding], lookup: Lookup) -> str:
    """Name a rule with its bound, and what came of it."""
    found = Counter(
        other.outcome for each in findings if (other := lookup(of.rule, each)) is not None
    )
    counts = [each for each in Outcome if found[each]]
    if len(findings) == 1:
        came = "".join(each.label for each in counts)
    else:
        came = say("、", ", ").join(f"{each.label} {found[each]:,}" for each in counts)
    return of.named + (say(f"，结论是{came}", f", which came to: {came}") if came else "")


class Counterparts:
    """Says of findings which rule governs them, or which they govern, and what came of it."""

    def __init__(self, run: Run) -> None:
        """Look through a run once, for the few rules of which one is kept in place of another."""
        self._found = {
            (each.rule, each.subject.code, each.year): each
            for each in run.findings
            if each.by.governors or each.by.governs
        }

    def by_rule(self, findings: Sequence[Finding]) -> dict[str, str]:
        """Say it of findings of one rule in one year, by the other rule; mostly there is none."""
        by = findings[0].by
        if not by.governors and not by.governs:
            return {}
        return dict(governance(findings, self._lookup))

    def lines(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """Say it of findings of one rule in one year, a line a rule."""
        return tuple(self.by_rule(findings).values())

    def reason(self, of: Finding) -> str:
        """Say why a finding came out as it did, and what else is to be known of it."""
        more = (say(f"{line}。", f" {line}.") for line in self.lines([of]))
        return reason(of) + "".join(more)

    def _lookup(self, rule: str, beside: Finding) -> Finding | None:
        return self._found.get((rule, beside.subject.code, beside.year))
