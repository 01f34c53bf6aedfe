"""What a run was asked to judge, where another one was asked for something else."""

from collections.abc import Iterator
from itertools import chain

from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.run import Run


def out_of_scope(finding: Finding, runs: tuple[Run, Run], *, gone: bool) -> Cause | None:
    """Say so where a finding of one run is not in the other for it was not asked for there.

    Args:
        finding: The finding.
        runs: The earlier run and the later one.
        gone: Whether it is the later one that lacks it.
    """
    here, there = runs if gone else (runs[1], runs[0])
    if not any(_left_out(finding, here, there)):
        return None
    before, after = map(_asked, runs)
    return Cause(kind=CauseKind.SCOPE, before=before, after=after)


def _left_out(finding: Finding, here: Run, there: Run) -> Iterator[bool]:
    asked, units = there.options, finding.units
    if asked.area is not None:
        yield asked.area not in (finding.subject.code, *finding.subject.parents)
    if asked.unit is not None:
        yield asked.unit not in units.names
    if asked.document is not None:
        yield finding.by.document.id != asked.document
    if asked.outcomes:
        yield asked.outcomes != here.options.outcomes
    if here.rules.hash == there.rules.hash and _choice(here) != _choice(there):
        yield finding.rule not in there.rules.selected


def _choice(run: Run) -> tuple[tuple[str, ...], ...]:
    """Give which rules were asked for, as they were named."""
    of = run.options
    return of.documents, of.rules, of.tags, of.levels


def _asked(run: Run) -> str:
    """Name what a run was asked for."""
    asked = run.options
    named = [
        "" if asked.area is None else run.names.get(asked.area, asked.area),
        asked.unit or "",
        asked.document or "",
        *chain.from_iterable(_choice(run)),
        *(each.label for each in asked.outcomes),
    ]
    return say("、", ", ").join(filter(None, named)) or say("全部", "everything")
