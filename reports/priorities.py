"""What matters first in a report: commitments that are missed or behind, in order, and by whom."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from dabiao.reports.summaries import by_rule, importance, judged_by_rule
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Priority:
    """A commitment that is missed, or behind, and by whom.

    Attributes:
        findings: Those of one outcome, gravest first; never empty.
        judged: How many subjects the rule was judged for.
    """

    findings: Sequence[Finding]
    judged: int

    @property
    def example(self) -> Finding:
        """Give one of them, to name the rule and its clause by."""
        return self.findings[0]


def priorities(
    findings: Sequence[Finding],
    wanted: Collection[Outcome] = OPEN,
    judged: Mapping[str, int] | None = None,
) -> list[Priority]:
    """Put the commitments that are missed or behind in the order in which they matter.

    Args:
        findings: The findings.
        wanted: Only those with one of these outcomes.
        judged: How many findings each rule has; None if these are all.
    """
    judged = judged_by_rule(findings) if judged is None else judged
    groups = by_rule((of for of in findings if of.outcome in OPEN and of.outcome in wanted), judged)
    ranked = sorted(groups, key=lambda group: importance(group, judged).order)
    return [Priority(group, judged[group[0].rule]) for group in ranked]


def open_findings(
    findings: Iterable[Finding], judged: Callable[[int], Mapping[str, int] | None]
) -> list[Finding]:
    """Give what somebody has to mend as every report lists it: the last year first.

    Within a year the commitments stand in the order in which they matter, and within one the
    gravest finding first.

    Args:
        findings: All findings, or some of them.
        judged: Gives how many findings each rule has in a year; None if these are all.
    """
    years: dict[int, list[Finding]] = {}
    for finding in findings:
        years.setdefault(finding.year, []).append(finding)
    return [
        finding
        for year in sorted(years, reverse=True)
        for priority in priorities(years[year], judged=judged(year))
        for finding in priority.findings
    ]


def order_in_words() -> str:
    """Say in which order they stand."""
    return say(
        "先硬性后力争，先到期后未到期，再按未达标对象所占的份额（对象少的从轻）和差距大小。",
        "Hard before aspirations, due before pending, then by the share of subjects that fail"
        " (weighing less where there are few) and by the gap.",
    )
