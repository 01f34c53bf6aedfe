"""What somebody would have to submit, each figure once, and what waits for it."""

from collections.abc import Iterable
from dataclasses import field, replace

from dabiao.reports.wording import origin, owed_below, reason
from dabiao.schemas.finding import Finding, Input, Source
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import WORKED_OUT
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """One figure that was not submitted, and what waits for it.

    Attributes:
        subject: Code of the subject it would have to come from.
        measure: Its name; None where nothing at all came from the subject.
        year: Its year.
        reason: Why it is missing.
        source: The cell it should stand in, or cannot be used from; None where there is none.
        rules: Rules that wait for it.
        findings: How many findings wait for it.
    """

    subject: str
    measure: str | None
    year: int
    reason: str
    source: Source | None = None
    rules: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def lacks(findings: Iterable[Finding]) -> list[MissingFigure]:
    """List what is missing, each figure once, by the subject it has to come from."""
    found: dict[tuple[str, str | None, int, str], MissingFigure] = {}
    for finding in findings:
        if finding.outcome is not Outcome.MISSING:
            continue
        for place, source in _missing_inputs(finding).items():
            subject, measure, year, told = place
            once = subject, measure, year, "" if measure else told
            lack = found.setdefault(once, MissingFigure(subject, measure, year, told, source))
            if lack.source is None and source is not None:
                lack = found[once] = replace(lack, source=source)
            lack.rules.add(finding.rule)
            lack.findings.append(finding)
    return [found[place] for place in sorted(found, key=lambda key: (key[0], key[2], key[1] or ""))]


def _missing_inputs(finding: Finding) -> dict[tuple[str, str | None, int, str], Source | None]:
    """Give what somebody would have to submit, rather than what could not be computed from it.

    Each stands with the cell it should be in.
    """
    missing = [given for given in finding.inputs if given.value is None]
    submitted = [given for given in missing if not isinstance(given.origin, WORKED_OUT)]
    items = [given for given in submitted if given.parts is None]
    counted = [given for given in submitted if given.parts is not None]
    below = [given for given in finding.inputs if given.value == Outcome.MISSING.value]
    found = items or counted or below
    if not items and (owed := owed_below(finding)):
        return owed
    if not found:
        return {(finding.subject.code, None, finding.year, reason(finding)): None}
    return {_missing(given, finding): given.source for given in found}


def _missing(given: Input, finding: Finding) -> tuple[str, str | None, int, str]:
    return (
        given.subject or finding.subject.code,
        given.name,
        given.year if given.year is not None else finding.year,
        "" if given.origin is None else origin(given.origin),
    )
