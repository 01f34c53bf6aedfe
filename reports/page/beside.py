"""What a run knows of findings beside these themselves: remarks on values, cases, other years."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dabiao.reports import wording
from dabiao.reports.at_once.each import finding_at
from dabiao.reports.comparison.changes import UNCHANGED, Key, Since
from dabiao.reports.page.columns import PageColumns
from dabiao.schemas.case import CaseBook
from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FORM, OUTCOMES, FindingForms, Slot
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Note, Run

_OBSERVED = FORM.index("observed")


class Beside:
    """Gives what stands beside findings."""

    def __init__(
        self,
        run: Run,
        columns: PageColumns,
        cases: CaseBook | None = None,
        changes: Mapping[Key, Since] | None = None,
    ) -> None:
        """Look through a run once.

        Args:
            run: The run.
            columns: Its findings.
            cases: The cases that were made of them.
            changes: What became of them since an earlier run.
        """
        self._cases = cases
        self._changes = changes or {}
        self._notes: dict[tuple[str, str, int | None], list[Note]] = defaultdict(list)
        self._noted: set[str] = set()
        self._seen: dict[tuple[str, str], list[tuple[int, Scalar]]] = defaultdict(list)
        self._others: dict[tuple[str, str, int], tuple[FindingForms, int]] = {}
        self._counterparts = wording.Counterparts(self._other)
        self._governance: dict[tuple[object, ...], str] = {}
        for note in run.notes:
            if note.subject is not None:
                self._noted.update(note.measures)
                for measure in note.measures:
                    self._notes[measure, note.subject, note.year].append(note)
        for of in columns.parts:
            year = of.columns.year
            if of.by.governors or of.by.governs:
                for at, subject in enumerate(of.subjects()):
                    self._others[of.by.id, subject.code, year] = of, at
            if len(run.years) > 1 and year == of.figures:
                for subject, observed in zip(of.subjects(), _observed(of), strict=True):
                    if observed is not None:
                        self._seen[of.by.id, subject.code].append((year, observed))

    def lines(
        self, of: FindingForms, places: Places, one: Finding
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield the lines in which more is said of findings of a rule, each by its name.

        Args:
            of: The findings of the rule.
            places: Those that are asked about; they say the same but for numbers.
            one: The one that stands for them.
        """
        noted = not self._noted.isdisjoint(each.measure for each in one.inputs)
        governs = bool(of.by.governors or of.by.governs)
        if not (noted or governs or self._changes or self._cases):
            return
        codes = [subject.code for subject in of.subjects().at(places)]
        rule, year = of.by.id, of.columns.year
        if noted:
            yield "notes", [self._remarks(one.inputs, code) for code in codes]
        if self._changes:
            keys = ((rule, code, year) for code in codes)
            yield "before", [self._changes.get(key, UNCHANGED).text for key in keys]
        if self._cases is not None:
            yield "case", [self._case(self._cases, rule, code, year) for code in codes]
        if governs:
            yield "governed", self._governed(of, places.tolist(), codes)

    def _remarks(self, inputs: Sequence[Input], own: str) -> str:
        """Say what is remarkable about the values that a finding rests on, nothing twice."""
        asked = dict.fromkeys((each.measure, each.subject or own, each.year) for each in inputs)
        found = (note for key in asked for note in self._notes.get(key, ()))
        return "\n".join(map(flat, dict.fromkeys(map(wording.note, found))))

    def _governed(self, of: FindingForms, places: Sequence[int], codes: Sequence[str]) -> list[str]:
        """Say which rule governs findings, or which they govern, by that rule's id.

        It is said once for all to whom the same came of those rules.
        """
        year, governor = of.columns.year, of.by.governor(of.columns.year)
        rules = [*([] if governor is None else [governor]), *of.by.governed(year)]
        told = []
        for at, code in zip(places, codes, strict=True):
            came = (self._outcome(each.rule, code, year) for each in rules)
            key = (of.by.id, year, *came)
            if key not in self._governance:
                said = self._counterparts.by_rule([finding_at(of, at)])
                lines = (f"{id_}\t{flat(line)}" for id_, line in said.items())
                self._governance[key] = "\n".join(lines)
            told.append(self._governance[key])
        return told

    def _outcome(self, rule: str, code: str, year: int) -> Outcome | None:
        found = self._others.get((rule, code, year))
        return None if found is None else OUTCOMES[found[0].columns.outcome[found[1]]]

    def _other(self, rule: str, beside: Finding) -> Finding | None:
        found = self._others.get((rule, beside.subject.code, beside.year))
        return None if found is None else finding_at(*found)

    @staticmethod
    def _case(cases: CaseBook, rule: str, code: str, year: int) -> str:
        """Say how the case of a finding stands; nothing where there is none."""
        case = cases.about(rule, code, year)
        if case is None:
            return ""
        due = "" if case.due is None else say(f"期限 {case.due}", f"due {case.due}")
        state = wording.case_state(case, case.days_late(cases.today))
        measures = [each.text for each in cases.actions_of(case)]
        told = (case.number, state, due, case.progress or "", *measures)
        return say("；", "; ").join(filter(None, told))

    @property
    def years(self) -> bool:
        """Tell whether there are other years to be seen beside any finding."""
        return bool(self._seen)

    def seen(self, rule: str, code: str) -> Sequence[tuple[int, Scalar]]:
        """Give what was observed in each year."""
        return self._seen.get((rule, code), ())


def _observed(of: FindingForms) -> Iterator[Scalar]:
    """Give what was observed of each finding."""
    told = [form[_OBSERVED] for form in of.forms]
    for form, number in zip(of.form.tolist(), of.columns.observed.tolist(), strict=True):
        yield number if isinstance(told[form], Slot) else told[form]


def flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
