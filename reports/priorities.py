"""What matters first: which commitments a reader is shown before others.

Commitments, not single findings, are put in order: hard ones before aspirations, those that are
due before those that are not, then by how many of the subjects fail. A rule that one subject of
one fails says less about a place than one that half the schools fail, so that shares of few are
drawn towards nothing. What is still level is told apart by how far it is missed, by how often the
document says it, and by its place in the document; never by how it is spelt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dabiao.reports.summaries import gravest_first, relative_gap
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.numerals import NUMERAL, chinese_number
from dabiao.schemas.outcome import Outcome

OPEN = (Outcome.VIOLATION, Outcome.BEHIND)
"""What somebody has to mend."""
_DRAWN = 3
"""Subjects that count as if they complied, so that a share of few weighs less."""
_NUMBER = re.compile(rf"\d+|[{NUMERAL}]+")
_MOST_OF_A_GAP = 1.0
"""A gap weighs no more than all of the bound: beyond, it says more about the bound."""


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

    @property
    def share(self) -> float:
        """Give the share of subjects that fail, from 0 to 1."""
        return len(self.findings) / self.judged

    @property
    def weight(self) -> float:
        """Give the share as it is ranked by: drawn towards nothing where there are few subjects."""
        return len(self.findings) / (self.judged + _DRAWN)

    @property
    def order(self) -> tuple[object, ...]:
        """Give what it is sorted by."""
        first = self.example
        gaps = [min(relative_gap(each), _MOST_OF_A_GAP) for each in self.findings]
        return (
            first.aspiration,
            first.outcome.gravity,
            -self.weight,
            -len(self.findings),
            -sum(gaps) / len(gaps),
            -len(first.by.places),
            place_in_document(first.by.places),
            first.rule,
        )


def priorities(findings: Iterable[Finding]) -> list[Priority]:
    """Put the commitments that are missed or behind in the order in which they matter."""
    judged: dict[str, int] = defaultdict(int)
    failing: dict[tuple[Outcome, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        judged[finding.rule] += finding.outcome is not Outcome.NOT_APPLICABLE
        if finding.outcome in OPEN:
            failing[finding.outcome, finding.rule].append(finding)
    found = [Priority(gravest_first(each), judged[rule]) for (_, rule), each in failing.items()]
    return sorted(found, key=lambda priority: priority.order)


def order_in_words() -> str:
    """Say in which order they stand."""
    return say(
        "先硬性后力争，先到期后未到期，再按未达标对象所占的份额（对象少的从轻）和差距大小。",
        "Hard before aspirations, due before pending, then by the share of subjects that fail"
        " (weighing less where there are few) and by the gap.",
    )


def place_in_document(places: Sequence[str]) -> tuple[float, ...]:
    """Give the numbers in the first of some places in a document, to sort by.

    Examples:
        >>> place_in_document(["第三章第十二节，专栏15", "表1"])
        (3.0, 12.0, 15.0)
    """
    words = _NUMBER.findall(places[0]) if places else ()
    found = (float(word) if word.isdecimal() else chinese_number(word) for word in words)
    return tuple(number for number in found if number is not None)
