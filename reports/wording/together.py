"""What findings say of the rules of which one is kept in place of another."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from dabiao.reports.wording.reasons import reason
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import GoverningYears

Lookup = Callable[[str, Finding], Outcome | None]
"""Gives how a rule came out for the subject and year of a finding of another."""


def lookup_in(findings: Iterable[Finding]) -> Lookup:
    """Look once through findings for the few of rules of which one is kept in place of another."""
    found = {
        (each.rule, each.subject.code, each.year): each.outcome
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
        told = _named_with_outcomes(governor, findings, lookup)
        zh, en = f"{year}年另有规定，以它为准：{told}", f"In {year} another rule governs: {told}"
        yield governor.rule, say(zh, en)
    for each in first.by.governed(year):
        told = _named_with_outcomes(each, findings, lookup)
        zh, en = f"{year}年以本条为准，代替：{told}", f"In {year} this governs in place of: {told}"
        yield each.rule, say(zh, en)


def _named_with_outcomes(of: GoverningYears, findings: Sequence[Finding], lookup: Lookup) -> str:
    """Name a rule with its bound, and what came of it."""
    found = Counter(other for each in findings if (other := lookup(of.rule, each)) is not None)
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
