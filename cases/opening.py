"""Cases out of a run: new ones opened, those known looked at again, their subjects followed."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import partial

from dabiao.cases.store.store import Signature, Store, Transaction
from dabiao.reports.priorities import open_findings
from dabiao.reports.summaries import SubjectNames, case_number, judged_as_told
from dabiao.schemas.case import Case
from dabiao.schemas.finding import Finding
from dabiao.schemas.reasons.why import NotThere
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject
from dabiao.schemas.unseen import visible


@dataclass
class Opened:
    """What a run did to the cases.

    Attributes:
        new: Cases that were opened.
        known: How many of its findings had one.
        seen: Cases of which it concludes something else than the run before.
        followed: Cases whose subject has another code, name or place now.
        apart: How many cases it concludes nothing of.
    """

    new: list[Case] = field(default_factory=list)
    known: int = 0
    seen: list[Case] = field(default_factory=list)
    followed: list[Case] = field(default_factory=list)
    apart: int = 0


def open_cases(store: Store, run: Run, signature: Signature) -> Opened:
    """Open a case for all that is missed or behind; the same run twice opens nothing more."""
    return store.write(signature, lambda open_: _Opening(open_, run, signature).carry_out())


def follow(store: Store, old: str, new: str, signature: Signature) -> list[Case] | None:
    """Let the cases of one subject be those of another; None where that leads in a circle."""

    def work(open_: Transaction) -> list[Case] | None:
        known = open_.successions()
        if old in known or last_code(new, known) == old:
            return None
        open_.succeed(old, new)
        known[old] = new
        moved = [each for each in open_.cases() if each.subject != last_code(each.subject, known)]
        return [
            open_.change_case(each, {"subject": last_code(each.subject, known)}, "followed")
            for each in moved
        ]

    return store.write(signature, work)


def last_code(code: str, successions: Mapping[str, str]) -> str:
    """Follow a code to what it is in the end.

    Examples:
        >>> last_code("A", {"A": "B", "B": "C"})
        'C'
    """
    while code in successions:
        code = successions[code]
    return code


class _Opening:
    def __init__(self, open_: Transaction, run: Run, signature: Signature) -> None:
        self._open = open_
        self._run = run
        self._signature = signature
        self._findings: dict[tuple[str, str], list[Finding]] = {}
        self._subjects: dict[str, Subject] = {}
        self._former = run.former_codes
        self._places = SubjectNames(run, run.names)
        for each in sorted(run.findings, key=lambda finding: finding.year):
            self._findings.setdefault((each.rule, each.subject.code), []).append(each)
            self._subjects[each.subject.code] = each.subject

    def carry_out(self) -> Opened:
        done = Opened()
        successions = self._successions()
        cases = [self._look_again(each, successions, done) for each in self._open.cases()]
        known = {
            (case.rule, code, case.year) for case in cases for code in (case.origin, case.subject)
        }
        judged = partial(judged_as_told, self._run)
        for finding in open_findings(self._run.findings, judged):
            if (finding.rule, finding.subject.code, finding.year) in known:
                done.known += 1
            else:
                done.new.append(self._case(finding, successions))
        self._open.add_cases(done.new)
        return done

    def _successions(self) -> dict[str, str]:
        """Learn from what a roster says of those who were merged."""
        known = self._open.successions()
        for old, new in _merged(self._run.findings):
            if old not in known and last_code(new, known) != old:
                self._open.succeed(old, new)
                known[old] = new
        return known

    def _look_again(self, case: Case, successions: Mapping[str, str], done: Opened) -> Case:
        code = self._today(last_code(case.subject, successions))
        changes: dict[str, object] = {"subject": code}
        subject = self._subjects.get(code)
        if subject is not None and max(self._run.years) >= case.judged:
            changes |= {
                "name": self._name(subject),
                "level": subject.level,
                "parents": subject.parents,
            }
        followed = self._open.change_case(case, changes, "followed")
        if followed is not case:
            done.followed.append(followed)
        latest = self._latest(followed)
        if latest is None:
            done.apart += 1
            return followed
        concluded = {"outcome": latest.outcome, "judged": latest.year, "run": self._run.fingerprint}
        if (latest.outcome, latest.year) == (followed.outcome, followed.judged):
            return followed
        seen = self._open.change_case(followed, concluded, "seen")
        done.seen.append(seen)
        return seen

    def _name(self, subject: Subject) -> str:
        """Name a subject so that it is known among all cases: a class with its school."""
        return visible(self._places.label(subject))

    def _today(self, code: str) -> str:
        """Give the code of today where a roster says that this is one of before."""
        return self._former.get(code, code)

    def _latest(self, case: Case) -> Finding | None:
        """Give what the run concludes of a case: of its last year that is no older than known."""
        found = [
            (each.year, code == case.subject, each)
            for code in {case.origin, case.subject}
            for each in self._findings.get((case.rule, code), ())
            if each.year >= case.judged
        ]
        return max(found, key=lambda of: of[:2])[2] if found else None

    def _case(self, finding: Finding, successions: Mapping[str, str]) -> Case:
        origin = finding.subject.code
        code = self._today(last_code(origin, successions))
        subject = self._subjects.get(code, finding.subject)
        case = Case(
            number=case_number(finding),
            rule=finding.rule,
            year=finding.year,
            origin=origin,
            subject=code,
            name=self._name(subject),
            level=subject.level,
            parents=subject.parents,
            title=visible(finding.by.title),
            document=finding.by.document.id,
            lead=finding.units.lead,
            responsible=finding.units.responsible,
            outcome=finding.outcome,
            judged=finding.year,
            run=self._run.fingerprint,
            opened=self._signature.day,
            changed=self._signature.day,
        )
        latest = self._latest(case) or finding  # of several years the run may know a later one
        return replace(case, outcome=latest.outcome, judged=latest.year)


def _merged(findings: Iterable[Finding]) -> Iterable[tuple[str, str]]:
    for finding in findings:
        reason = finding.reason
        if isinstance(reason, NotThere) and not reason.of_school and reason.existence is not None:
            into = reason.existence.merged_into
            if into is not None:
                yield finding.subject.code, into.code
