"""Which rule is kept to where two speak of the same thing, and what came of each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import GoverningYears

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
    return say(
        f"{of.title}（{of.rule}），{of.norm}" + (f"，结论是{came}" if came else ""),
        f"{of.title} ({of.rule}), {of.norm}" + (f", which came to: {came}" if came else ""),
    )
