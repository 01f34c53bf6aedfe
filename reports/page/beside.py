"""What a run knows of a finding beside the finding itself: remarks on its values, other years."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dabiao.reports import wording
from dabiao.schemas.case import CaseBook
from dabiao.schemas.finding import Finding, RuleFindings, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Note, Run


class Beside:
    """Gives what stands beside findings."""

    def __init__(
        self,
        run: Run | None = None,
        cases: CaseBook | None = None,
        findings: Sequence[RuleFindings] = (),
    ) -> None:
        """Look through a run once.

        Args:
            run: The run.
            cases: The cases that were made of its findings.
            findings: Its findings, by rule and year.
        """
        self._cases = cases
        self._notes: dict[tuple[str, str, int | None], list[Note]] = defaultdict(list)
        self._seen: dict[tuple[str, str], list[tuple[int, Scalar]]] = defaultdict(list)
        self._others = {
            (of.by.id, subject.code, of.year): (of, at)
            for of in findings
            if of.by.governors or of.by.governs
            for at, subject in enumerate(of.subject)
        }
        self._counterparts = wording.Counterparts(self._other)
        if run is None:
            return
        for note in run.notes:
            if note.subject is not None:
                for measure in note.measures:
                    self._notes[measure, note.subject, note.year].append(note)
        if len(run.years) > 1:
            for of in findings:
                if of.year == of.figures:
                    for subject, observed in zip(of.subject, of.observed, strict=True):
                        if observed is not None:
                            self._seen[of.by.id, subject.code].append((of.year, observed))

    def __bool__(self) -> bool:
        """Tell whether anything stands beside any finding."""
        return bool(self._notes or self._seen or self._cases is not None)

    def notes(self, of: Finding) -> Iterator[str]:
        """Say what is remarkable about the values that a finding rests on, nothing twice."""
        if not self._notes:
            return
        own = of.subject.code
        asked = ((each.measure, each.subject or own, each.year) for each in of.inputs)
        found = (note for key in dict.fromkeys(asked) for note in self._notes.get(key, ()))
        yield from dict.fromkeys(map(wording.note, found))

    def governance(self, of: Finding) -> dict[str, str]:
        """Say which rule governs it, or which it governs, by that rule's id."""
        return self._counterparts.by_rule([of])

    def came(self, of: RuleFindings) -> Iterator[tuple[Outcome | None, ...]]:
        """Give, for each finding of a rule, what came of the rules that ``governance`` names."""
        governor = of.by.governor(of.year)
        rules = [*([] if governor is None else [governor]), *of.by.governed(of.year)]
        for subject in of.subject:
            found = [self._others.get((each.rule, subject.code, of.year)) for each in rules]
            yield tuple([None if each is None else each[0].outcome[each[1]] for each in found])

    def _other(self, rule: str, beside: Finding) -> Finding | None:
        found = self._others.get((rule, beside.subject.code, beside.year))
        return None if found is None else found[0].at(found[1])

    def case(self, of: Finding) -> str:
        """Say how the case of a finding stands; nothing where there is none."""
        if self._cases is None or (case := self._cases.of(of)) is None:
            return ""
        due = "" if case.due is None else say(f"期限 {case.due}", f"due {case.due}")
        state = wording.case_state(case, case.days_late(self._cases.today))
        measures = [each.text for each in self._cases.actions_of(case)]
        told = (case.number, state, due, case.progress or "", *measures)
        return say("；", "; ").join(filter(None, told))

    def seen(self, of: Finding) -> Sequence[tuple[int, Scalar]]:
        """Give what was observed in each year."""
        return self._seen.get((of.rule, of.subject.code), ()) if self._seen else ()
