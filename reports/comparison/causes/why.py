"""Why a finding is another one: everything that differs between the two, by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dabiao.reports.comparison.causes.below import FindingsBelow
from dabiao.reports.comparison.causes.figures import FigureChanges, same
from dabiao.reports.comparison.causes.roster import MOST, Listed, RosterChanges
from dabiao.reports.comparison.causes.rule_parts import changed_parts, changed_rule
from dabiao.reports.comparison.causes.scope import out_of_scope
from dabiao.reports.comparison.causes.trying import tried
from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Replaced, Superseded
from dabiao.schemas.run import Run


class Causes:
    """Tells why findings of two runs differ.

    Args:
        before: The earlier run.
        after: The later one.
    """

    def __init__(self, before: Run, after: Run) -> None:
        self._runs = before, after
        self._selected = tuple(set(run.rules.selected) for run in self._runs)
        self._judged = tuple({each.id: each for each in run.judged} for run in self._runs)
        self._lists = Listed(before), Listed(after)
        self._roster = RosterChanges(*self._lists)
        self._figures = FigureChanges(before, after)
        self._below = FindingsBelow(self._runs, self._lists)
        self._looking: set[str] = set()
        """Rules over verdicts whose findings below are being looked at."""

    def apart(self, before: Finding | None, after: Finding | None) -> bool:
        """Tell whether one of the runs says nothing of a finding for it was not asked to."""
        known = before or after
        if known is None or (before is not None and after is not None):
            return False
        here, there = self._runs if after is None else self._runs[::-1]
        return out_of_scope(known, here, there)

    def of(self, before: Finding | None, after: Finding | None) -> tuple[Cause, ...]:
        """Say why a finding is another one, foremost first; nothing where it is the same."""
        if before is not None and after is not None:
            return self._of_both(before, after) if is_other(before, after) else ()
        known = before or after
        if known is None or known.outcome is Outcome.NOT_APPLICABLE:
            return ()  # nothing is concluded of it in either run
        return self._of_one(known, gone=after is None)

    def _of_one(self, finding: Finding, *, gone: bool) -> tuple[Cause, ...]:
        """Say why only one of the runs has a finding."""
        there = 1 if gone else 0
        code, found = finding.subject.code, list[Cause]()
        if finding.rule not in self._selected[there]:
            kind = CauseKind.WITHDRAWN if gone else CauseKind.ADDED
            found.append(Cause(kind=kind))
        elif (rule := self._judged[there].get(finding.rule)) is not None:
            both = (finding.by, rule) if gone else (rule, finding.by)
            found += changed_parts(*both)
        if self._roster.moved(code):
            found.append(self._roster.cause(code, code))
        judged = finding.rule in self._selected[there] and code in self._lists[there]
        if judged and self._runs[there].options.outcomes:
            was, now = (finding.outcome, None) if gone else (None, finding.outcome)
            return (*found, Cause(kind=CauseKind.NOT_KEPT, before=was, after=now))
        if not found and code in self._lists[there]:
            found.append(Cause(kind=CauseKind.ROSTER))  # it was only named
        return tuple(found) or self._otherwise()

    def _of_both(self, before: Finding, after: Finding) -> tuple[Cause, ...]:
        causes: list[Cause] = list(self._superseded(before, after))
        if before.year != after.year:
            one, other = str(before.year), str(after.year)
            causes.append(Cause(kind=CauseKind.YEAR, before=one, after=other))
        old, new = (
            known.get(of.rule, of.by)
            for known, of in zip(self._judged, (before, after), strict=True)
        )
        rule = list(changed_rule(old, new, before, after))
        facts = self._figures.changed(before, after)
        steady = not rule and not facts and before.figures == after.figures
        roster = list(self._roster.changed(before, after, steady=steady))
        causes += [*rule, *roster, *facts, *self._from_below(before, after, causes)]
        causes = list(tried(causes, before, after))
        if all(each.alone is False and each.kind is CauseKind.ROSTER for each in causes):
            causes += (
                self._rules_below(before, after)
                or self._figures.sums(before, after)[:1]
                or self._roster.anywhere(before, after)
                or self._otherwise()
            )
        return tuple(causes)

    def _superseded(self, before: Finding, after: Finding) -> Iterator[Cause]:
        """Say what took the place of a rule, where that was not known before."""
        one, other = (_successor(each) for each in (before, after))
        if one == other:
            return
        known = self._knows(0, after) if other else self._knows(1, before)
        if not known or before.year == after.year:
            yield Cause(kind=CauseKind.SUPERSEDED, before=one, after=other)

    def _knows(self, run: int, finding: Finding) -> bool:
        """Tell whether a run knows what took the place of a rule."""
        reason = finding.reason
        if isinstance(reason, Superseded):
            documents = {each.id for each in self._runs[run].documents}
            return any(each.id in documents for each in reason.by)
        return isinstance(reason, Replaced) and reason.rule in self._judged[run]

    def _from_below(
        self, before: Finding, after: Finding, known: Iterable[Cause]
    ) -> Iterator[Cause]:
        """Say why findings below differ that a finding rests on: a few of each kind."""
        told = {(each.kind, each.part) for each in known}
        counted: dict[tuple[CauseKind, str], list[Cause]] = {}
        for was, now in self._below.pairs(before, after):
            of = now or was
            if of is None or of.rule in self._looking or self.apart(was, now):
                continue
            self._looking.add(after.rule)
            causes = self.of(was, now)
            self._looking.discard(after.rule)
            for cause in causes:
                key = cause.kind, cause.part
                if key not in told:
                    named = _as_below(cause, of, own=after.subject.code)
                    if named not in counted.setdefault(key, []):
                        counted[key].append(named)
        for some in counted.values():
            yield from some[: MOST - 1]
            if len(some) >= MOST:
                yield replace(some[MOST - 1], more=len(some) - MOST)

    def _rules_below(self, before: Finding, after: Finding) -> list[Cause]:
        """Say which rules differ whose findings are looked at, where those are of another year."""
        found: list[Cause] = []
        for rule in self._below.rules(before, after):
            old, new = (judged.get(rule) for judged in self._judged)
            if old is not None and new is not None:
                found += (
                    replace(each, name=each.name or new.title) for each in changed_parts(old, new)
                )
            elif known := old or new:
                kind = CauseKind.ADDED if old is None else CauseKind.WITHDRAWN
                found.append(Cause(kind=kind, name=known.title))
        return found[:MOST]

    def _otherwise(self) -> tuple[Cause, ...]:
        """Say what remains where nothing that the findings say differs."""
        before, after = self._runs
        if (before.version, before.engine) != (after.version, after.engine):
            was, now = (f"{run.version} {run.engine}" for run in (before, after))
            return (Cause(kind=CauseKind.PROGRAM, before=was, after=now),)
        if before.decisions != after.decisions:
            return (Cause(kind=CauseKind.READING),)
        return (Cause(kind=CauseKind.UNKNOWN),)


def _as_below(cause: Cause, of: Finding, own: str) -> Cause:
    """Say of a cause whose finding it is about; none of them was tried alone."""
    update: dict[str, Any] = {"alone": None}
    if cause.subject is None and of.subject.code != own:
        update["subject"] = of.subject.code
    if not cause.name:
        update["name"] = of.title
    return replace(cause, **update)


def _successor(finding: Finding) -> str | None:
    reason = finding.reason
    if isinstance(reason, Superseded):
        return reason.by[-1].title
    return reason.title if isinstance(reason, Replaced) else None


def is_other(before: Finding, after: Finding) -> bool:
    """Tell whether a finding is another one: its outcome, its value or its bounds."""
    if before.outcome is not after.outcome or not same(before.observed, after.observed):
        return True
    if Outcome.NOT_APPLICABLE in (before.outcome, after.outcome):
        return False
    one, other = before.required, after.required
    return (
        one.comparator is not other.comparator
        or not same(one.value, other.value)
        or not same(one.upper, other.upper)
    )
