"""The sentences of all findings of a rule, worded once for all that differ in figures alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from dabiao.reports.numbers import NOTHING, gap_unit, quantity, stated
from dabiao.reports.wording.phrases import either, gap, observed, observed_beside, required
from dabiao.reports.wording.reasons import Figures, alike, measured, outside, reason, reason_with
from dabiao.reports.wording.remedies import remedy
from dabiao.schemas.coded import Coded, Places
from dabiao.schemas.finding import Finding, RuleFindings, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Compared, MeasuredValue, OutOfScope
from dabiao.schemas.rule import GoverningYears

_OBSERVED, _GAP = "\x01", "\x02"
"""Stand in a sentence for its figures; no text has them."""
_COMMON = ("outcome", "required", "reason", "best", "worst", "readings")
"""What a sentence says beside figures."""


def reasons(of: RuleFindings) -> list[str]:
    """Say why each finding came out as it did, each as ``reason`` does."""
    first, *others = reason_parts(of)
    told = np.array([*first.values, ""], np.object_)[first.places]
    several = np.flatnonzero(others[0].places)
    parts = zip(*([each[at] for at in several.tolist()] for each in others), strict=True)
    told[several] += np.array(["".join(each) for each in parts], np.object_)
    found: list[str] = told.tolist()
    return found


def reason_parts(of: RuleFindings) -> tuple[Coded[str], ...]:
    """Say the same in parts, which stand behind one another, each worded once.

    A sentence that differs from others in its figures alone has five: what stands before what was
    observed, that, what stands between, the gap, and the rest. Of any other all but the first are
    empty. The first value of the second column is nothing.
    """
    parts = [_Worded(len(of)) for _ in range(5)]
    for some in _in_common(of, ~_out_of_scope(of, parts[0])):
        first = of.at(some[0])
        if not (alike(first) and _filled(of, first, some, parts)):
            parts[0].add(some, [reason(of.at(at)) for at in some.tolist()])
    return tuple(each.column for each in parts)


class _Worded:
    """A column of texts that is filled part by part; nothing stands where nothing was put."""

    def __init__(self, size: int) -> None:
        self._places = np.zeros(size, np.intp)
        self._values = [""]

    def add(self, some: Places, texts: Sequence[str], which: Sequence[int] | None = None) -> None:
        """Put texts in some places: one each, or those that are named."""
        named = np.arange(len(texts)) if which is None else np.array(which, np.intp)
        self._places[some] = named + len(self._values)
        self._values += texts

    @property
    def column(self) -> Coded[str]:
        """Give what it has become."""
        return Coded(self._values, self._places)


def each_observed(of: RuleFindings) -> Coded[str]:
    """Write what was observed of each finding, as ``observed`` does."""
    unit, bounds = of.by.unit, Coded.of(of.required)

    def write(at: int) -> str:
        value = of.observed[at]
        return NOTHING if value is None else observed_beside(value, of.required[at], unit)

    keys = zip(of.observed, bounds.places.tolist(), strict=True)
    return _each(of, keys, write, observed)


def each_gap(of: RuleFindings) -> Coded[str]:
    """Write the gap of each finding, as ``gap`` does."""
    unit = gap_unit(of.by.unit)
    return _each(of, of.gap, lambda at: quantity(of.gap[at] or None, unit), gap)


def each_required(of: RuleFindings) -> Coded[str]:
    """Write what is required of each finding, as ``required`` does."""
    keys = Coded.of(of.required).places.tolist()
    return _each(of, keys, lambda at: required(of.at(at)), required)


def _each(
    of: RuleFindings,
    keys: Iterable[object],
    write: Callable[[int], str],
    ask: Callable[[Finding], str],
) -> Coded[str]:
    """Write something of each finding, once for all that have a key in common.

    Args:
        of: The findings.
        keys: What it depends on.
        write: Writes it of the finding at a place.
        ask: Writes it of a finding of which more is told than a value and a bound.
    """
    odd = _odd(of)
    known: dict[object, int] = {}
    every: Iterable[object] = keys
    if any(odd):
        every = ((at, _each) if odd[at] else key for at, key in enumerate(keys))
    places = [known.setdefault(key, len(known)) for key in every]
    first = dict(zip(reversed(places), range(len(places) - 1, -1, -1), strict=True))
    texts = [
        ask(of.at(first[each])) if odd[first[each]] else write(first[each])
        for each in range(len(known))
    ]
    return Coded(texts, np.array(places, np.intp))


def each_remedy(of: RuleFindings) -> Coded[str]:
    """Write what would mend each finding."""
    column = Coded.of(of.remedy)
    return Coded([either(map(remedy, ways)) for ways in column.values], column.places)


def _odd(of: RuleFindings) -> list[bool]:
    """Tell where more than a value and a bound is told: of changes, and of several demands."""
    column = Coded.of(of.reason)
    odd = [
        isinstance(each, Compared) and (each.change is not None or bool(each.options))
        for each in column.values
    ]
    return [odd[at] for at in column.places.tolist()]


def _out_of_scope(of: RuleFindings, told: _Worded) -> Any:  # noqa: ANN401 - an array
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
    some = np.flatnonzero(here)
    told.add(some, texts, column.places[some].tolist())
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


def _filled(of: RuleFindings, first: Finding, some: Places, parts: Sequence[_Worded]) -> bool:
    """Put figures into the sentence that some findings have in common; tell whether it has any."""
    gaps = bool(first.gap)
    before, mark, rest = reason_with(first, Figures(_OBSERVED, _GAP * gaps)).partition(_OBSERVED)
    between, gap_mark, after = rest.partition(_GAP) if gaps else (rest, "", "")
    if not mark or gaps != bool(gap_mark):
        return False
    broken = first.reason.broken if isinstance(first.reason, Compared) else None
    unit, away = of.by.unit, gap_unit(of.by.unit)
    nothing = [0] * len(some)
    for at, text in ((0, before), (2, between), (4, after)):
        parts[at].add(some, [text], nothing)
    figures = [(1, of.observed, partial(stated, unit=unit, beside=broken))]
    if gaps:
        figures.append((3, of.gap, partial(stated, unit=away)))
    for at, values, write in figures:
        known: dict[Scalar, int] = {}
        which = [known.setdefault(values[each], len(known)) for each in some.tolist()]
        parts[at].add(some, [write(value) for value in known], which)
    return True


Lookup = Callable[[str, Finding], Finding | None]
"""Gives the finding of a rule about the subject and year of another finding."""


def lookup_in(findings: Iterable[Finding]) -> Lookup:
    """Look once through findings for the few of rules of which one is kept in place of another."""
    found = {
        (each.rule, each.subject.code, each.year): each
        for each in findings
        if each.by.governors or each.by.governs
    }
    return lambda rule, beside: found.get((rule, beside.subject.code, beside.year))


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
        zh, en = f"{year}年另有规定，以它为准：{told}", f"In {year} another rule governs: {told}"
        yield governor.rule, say(zh, en)
    for each in first.by.governed(year):
        told = _told(each, findings, lookup)
        zh, en = f"{year}年以本条为准，代替：{told}", f"In {year} this governs in place of: {told}"
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

    def __init__(self, lookup: Lookup) -> None:
        """Know how to look up what came of another rule."""
        self._lookup = lookup

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Counterparts":
        """Know it of these findings."""
        return cls(lookup_in(findings))

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
