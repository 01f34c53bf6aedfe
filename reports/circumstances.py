"""What a report says beside the run: names of places nobody was judged, topics, the command."""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from dabiao.schemas.letter import LetterWishes
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from dabiao.schemas.case import CaseBook
    from dabiao.schemas.columns import FindingSource
    from dabiao.schemas.comparison import RunComparison
    from dabiao.schemas.digest import Digest
    from dabiao.schemas.finding import Finding
    from dabiao.schemas.outcome import Outcome
    from dabiao.schemas.run import Run


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside a run where a report is made.

    Attributes:
        names: Names of subjects that no finding is about, by code.
        topics: The topic of each rule, by its id.
        place: Name of the place that the run was narrowed to; None for the whole.
        unit: Name of the unit that the run was narrowed to; None for all of them.
        command: The command that makes the same report again; empty where nobody knows it.
        again: The facts, and what they were read and judged with, as another command takes them;
            empty where nobody knows it.
        template: A letter to fill in; None for the built-in one.
        document: Title of the document that the run was narrowed to; None for all of them.
        digest: The run in short; where None, it is made of the findings of the run.
        source: Where its findings come from one by one; where None, the run holds them.
        outcomes: The outcomes of those that are listed; None for all.
        cases: What has become of them, as far as the report speaks of it; None where nobody keeps
            cases.
        comparison: What changed since an earlier run; None where there is none to compare with.
        wishes: What whoever sends a letter wants of it.
        by_county: Whether a table has a chapter for each county.
        library: Address of the page of the rules, as seen from the report; empty for none.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    unit: str | None = None
    command: str = ""
    again: str = ""
    template: bytes | None = None
    document: str | None = None
    digest: "Digest | None" = None
    source: "FindingSource | None" = None
    outcomes: "Collection[Outcome] | None" = None
    cases: "CaseBook | None" = None
    comparison: "RunComparison | None" = None
    wishes: LetterWishes = LetterWishes()
    by_county: bool = False
    library: str = ""

    def lists(self, finding: "Finding") -> bool:
        """Tell whether a finding is listed."""
        return self.has(finding.outcome)

    def has(self, outcome: "Outcome") -> bool:
        """Tell whether findings with an outcome are listed."""
        return not self.outcomes or outcome in self.outcomes

    def holds_all(self, run: "Run") -> bool:
        """Tell whether the findings of every outcome are known, so that they can be counted.

        Args:
            run: The run that a report is made of.
        """
        return not run.options.outcomes if self.source is None else self.source.whole


def told_by(run: "Run", command: str = "", *, cases: "CaseBook | None" = None) -> Circumstances:
    """Give what a run that was read from a file says of itself.

    Args:
        run: The run, narrowed or not.
        command: The command that makes the same report again; empty where nobody knows it.
        cases: All cases that are kept; those outside of what the run is narrowed to are left out.
    """
    names, to = run.names, run.options
    titles = {each.id: each.title for each in run.documents}
    return Circumstances(
        names=names,
        topics={each.id: each.topic_called for each in run.judged},
        place=None if to.area is None else names.get(to.area, to.area),
        unit=to.unit,
        command=command,
        document=None if to.document is None else titles.get(to.document, to.document),
        outcomes=to.outcomes or None,
        cases=None if cases is None else cases.followed(run.former_codes).narrowed(to),
    )
