"""A run narrowed to a place, a unit or a document: the same findings, fewer of them."""

from collections import Counter

from dabiao.reports.summaries import repeats
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Caveat, Run, RunOptions

_OF_ALL = ("year-passed-over", "withheld")
"""The caveats that hold for every part of a run; the others count all of it."""


def narrowed(run: Run, to: RunOptions) -> Run:
    """Keep the findings on a place and what lies in it, of a unit, of a document; count them anew.

    Args:
        run: The run.
        to: What it is narrowed to; nothing where all three are None.
    """
    if (to.area, to.unit, to.document) == (None, None, None):
        return run
    findings = tuple(each for each in run.findings if _keeps(each, to))
    counts = Counter(finding.outcome for finding in findings)
    again = Counter(finding.outcome for finding in repeats(findings))
    return run.model_copy(
        update={
            "options": to,
            "findings": findings,
            "summary": {outcome: counts[outcome] for outcome in Outcome},
            "repeated": {outcome: again[outcome] for outcome in Outcome},
            "attendance": _attendance(run, to.area),
            "counties": _counties(run, to.area),
            "caveats": _caveats(run),
        }
    )


def _keeps(finding: Finding, to: RunOptions) -> bool:
    subject, units = finding.subject, finding.units
    return (
        (to.area is None or to.area == subject.code or to.area in subject.parents)
        and (to.unit is None or to.unit in units.lead or to.unit in units.responsible)
        and (to.document is None or to.document == finding.by.document.id)
    )


def _attendance(run: Run, area: str | None) -> tuple[Attendance, ...]:
    """Give who reported: of all, or of a county; of other places the run does not say."""
    if area is None:
        return run.attendance
    return tuple(each for each in run.counties if each.area == area)


def _counties(run: Run, area: str | None) -> tuple[Attendance, ...]:
    """Give the counties that are a place or lie in it."""
    if area is None:
        return run.counties
    inside = {each.code for each in run.subjects if area in (each.code, *each.parents)}
    return tuple(each for each in run.counties if each.area in inside | {area})


def _caveats(run: Run) -> tuple[Caveat, ...]:
    return tuple(each for each in run.caveats if each.kind in _OF_ALL)
