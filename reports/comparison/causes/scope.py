"""What a run was asked to judge or to keep, where another one was asked for something else."""

from collections.abc import Iterator

from dabiao.schemas.finding import Finding
from dabiao.schemas.run import Run


def out_of_scope(finding: Finding, here: Run, there: Run) -> bool:
    """Tell whether a finding is not in another run for it was not asked for there.

    Args:
        finding: The finding.
        here: The run that it is of.
        there: The other one.
    """
    return any(_left_out(finding, here, there))


def _left_out(finding: Finding, here: Run, there: Run) -> Iterator[bool]:
    asked, units = there.options, finding.units
    if asked.area is not None:
        yield asked.area not in (finding.subject.code, *finding.subject.parents)
    if asked.unit is not None:
        yield asked.unit not in units.names
    if asked.document is not None:
        yield finding.by.document.id != asked.document
    if asked.outcomes:
        yield finding.outcome not in asked.outcomes
    if asked.choice not in {(), here.options.choice}:
        yield finding.rule not in there.rules.selected
