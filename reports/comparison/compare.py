"""Two runs compared, finding by finding."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from dabiao.reports import wording
from dabiao.reports.comparison.causes.why import Causes
from dabiao.reports.comparison.recoded import new_codes, under
from dabiao.reports.comparison.waivers import Waivers, with_waivers
from dabiao.reports.summaries import counts_all, yearly
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


def compare(before: Run, after: Run, waivers: Waivers | None = None) -> RunComparison:
    """Compare two runs: years that both judged with one another, else the last with the last.

    Args:
        before: The earlier run.
        after: The later one.
        waivers: The cases as they stood when each of them was looked at.
    """
    codes = new_codes(before, after)
    before = under(codes, before)
    waivers = None if waivers is None else waivers.followed(after.former_codes)
    common = sorted(set(before.years) & set(after.years))
    years = [(year, year) for year in common] or [(before.as_of, after.as_of)]
    causes = Causes(before, after)
    old, new = (_by_year(run) for run in (before, after))
    called = {
        each.code: each.called for run in (before, after) for each in run.subjects if each.called
    }
    changes: list[FindingChange] = []
    same = apart = 0
    for one, other in years:
        for was, now in _pairs(old.get(one, {}), new.get(other, {})):
            if causes.apart(was, now):
                apart += 1
                continue
            change = _change(was, now, causes, waivers, called)
            if change is None:
                same += 1
            else:
                changes.append(change)
    return RunComparison(
        before=_run(before, [one for one, _ in years]),
        after=_run(after, [other for _, other in years]),
        years=tuple(years),
        same=same,
        changes=tuple(sorted(changes, key=_order)),
        recoded=codes,
        apart=apart,
        looked_at=None if waivers is None else (waivers.before.today, waivers.after.today),
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
    was: Finding | None,
    now: Finding | None,
    causes: Causes,
    waivers: Waivers | None,
    called: Mapping[str, str],
) -> FindingChange | None:
    known = now or was
    found = with_waivers(causes.of(was, now), waivers, was, now)
    if known is None or not found:
        return None
    held, holds = (None, None) if waivers is None else waivers.until(was, now)
    return FindingChange(
        rule=known.rule,
        title=known.title,
        level=known.subject.level,
        subject=known.subject.code,
        name=called.get(known.subject.code, known.subject.name),
        unit=known.unit,
        before=None if was is None else _finding(was, held),
        after=None if now is None else _finding(now, holds),
        causes=found,
    )


def _finding(of: Finding, waived: datetime.date | None) -> ComparedFinding:
    return ComparedFinding(
        year=of.year,
        outcome=of.outcome,
        observed=of.observed,
        required=of.required.value,
        waived=waived,
    )


def _run(run: Run, years: Sequence[int]) -> ComparedRun:
    counts, kept = yearly(run), run.options.outcomes
    known = list(Outcome) if counts_all(run) else kept
    return ComparedRun(
        fingerprint=run.fingerprint,
        as_of=run.as_of,
        version=run.version,
        years={year: {each: counts[year].get(each, 0) for each in known} for year in years},
        asked=wording.scope_asked(run),
        kept=kept,
    )


def _order(change: FindingChange) -> tuple[bool, int, str, str, int]:
    """Put other outcomes first, what is grave now before the rest."""
    was, now = change.outcomes
    gravity = (now or Outcome.NOT_APPLICABLE).gravity
    year = change.after.year if change.after is not None else 0
    return was is now, gravity, change.rule, change.subject, year
