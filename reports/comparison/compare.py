"""Two runs compared, finding by finding."""

from collections.abc import Iterator, Mapping

from dabiao.reports.comparison.causes import Causes, is_other
from dabiao.schemas.comparison import (
    ComparedFinding,
    ComparedRun,
    FindingChange,
    RunComparison,
)
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_Key = tuple[str, Level, str]


def compare(before: Run, after: Run) -> RunComparison:
    """Compare two runs: years that both judged with one another, else the last with the last.

    Args:
        before: The earlier run.
        after: The later one.
    """
    common = sorted(set(before.years) & set(after.years))
    years = [(year, year) for year in common] or [(before.as_of, after.as_of)]
    causes = Causes(before, after)
    old, new = (_by_year(run) for run in (before, after))
    called = {
        each.code: each.called for run in (before, after) for each in run.subjects if each.called
    }
    changes: list[FindingChange] = []
    same = 0
    for one, other in years:
        for was, now in _pairs(old.get(one, {}), new.get(other, {})):
            change = _change(was, now, causes, called)
            if change is None:
                same += 1
            else:
                changes.append(change)
    return RunComparison(
        before=_run(before),
        after=_run(after),
        years=tuple(years),
        same=same,
        changes=tuple(sorted(changes, key=_order)),
    )


def _by_year(run: Run) -> dict[int, dict[_Key, Finding]]:
    found: dict[int, dict[_Key, Finding]] = {}
    for each in run.findings:
        key = (each.rule, each.subject.level, each.subject.code)
        found.setdefault(each.year, {})[key] = each
    return found


def _pairs(
    old: Mapping[_Key, Finding], new: Mapping[_Key, Finding]
) -> Iterator[tuple[Finding | None, Finding | None]]:
    for key in sorted({*old, *new}):
        yield old.get(key), new.get(key)


def _change(
    was: Finding | None, now: Finding | None, causes: Causes, called: Mapping[str, str]
) -> FindingChange | None:
    known = now or was
    if known is None:
        return None
    if was is None or now is None:
        if known.outcome is Outcome.NOT_APPLICABLE:
            return None  # nothing is concluded of it in either run
        found = causes.of_one(known, gone=now is None)
    elif is_other(was, now):
        found = causes.of_both(was, now)
    else:
        return None
    return FindingChange(
        rule=known.rule,
        title=known.title,
        level=known.subject.level,
        subject=known.subject.code,
        name=called.get(known.subject.code, known.subject.name),
        unit=known.unit,
        before=None if was is None else _finding(was),
        after=None if now is None else _finding(now),
        causes=found,
    )


def _finding(of: Finding) -> ComparedFinding:
    return ComparedFinding(
        year=of.year, outcome=of.outcome, observed=of.observed, required=of.required.value
    )


def _run(run: Run) -> ComparedRun:
    return ComparedRun(
        fingerprint=run.fingerprint, as_of=run.as_of, version=run.version, summary=run.summary
    )


def _order(change: FindingChange) -> tuple[bool, int, str, str, int]:
    """Put other outcomes first, what is grave now before the rest."""
    was, now = change.outcomes
    gravity = (now or Outcome.NOT_APPLICABLE).gravity
    year = change.after.year if change.after is not None else 0
    return was is now, gravity, change.rule, change.subject, year
