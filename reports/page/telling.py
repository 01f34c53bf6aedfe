"""What findings say on a page: worded form by form, and taken apart into lines and numbers.

``Beside`` gives what a run knows of findings beside these themselves: remarks on values, cases,
other years. The first lines of a finding are those named by ``LINES``, and ``MORE_LINES`` follow,
which only an opened finding shows; what it rests on comes last.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress

import numpy as np
import numpy.typing as npt
from markupsafe import escape

from dabiao.reports import wording
from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import AtOnce, KnownTexts, finding_at, worded
from dabiao.reports.comparison.changes import UNCHANGED, Key, Since
from dabiao.reports.numbers import NOTHING
from dabiao.reports.page import charts
from dabiao.reports.page.columns import PageColumns
from dabiao.reports.page.cutting.lines import Cut, CutLine, LineBook, Shaping, each_apart
from dabiao.schemas.case import CaseBook
from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FORM, OUTCOMES, FindingForms, Slot
from dabiao.schemas.distinct import whole
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import OPEN
from dabiao.schemas.reasons.why import Compared, RolledUp
from dabiao.schemas.run import Note, Run
from dabiao.schemas.source import is_number

LINES = ("observed", "required", "gap", "reason", "remedy")
"""The fields of a finding whose texts are its first lines."""
MORE_LINES = ("worked", "applies", "chart", "short", "notes", "before", "case", "governed")
"""What an opened finding says beside them, in the lines that follow; more lines are its inputs."""
IN_ROWS = 3
"""How many of the first lines a row of a printed table has."""
MOST_INPUTS = 24
"""Values listed below one finding; beyond, only how many there are."""
MORE = "\x02"
"""Begins a line that goes on where the one before it ends."""
_FROM, _WITHIN = " ← ", " › "
"""What ``wording`` puts before a place, and between a file and what is in it."""
_KEPT = 400_000
"""Up to how many texts of numbers are kept to be known again."""

_OBSERVED = FORM.index("observed")
_NOTHING = CutLine([""])
"""A line in which there is nothing to say."""
_Text = tuple[str, str]
"""A line, after a sign that it begins with."""


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
        self._seen: dict[str, dict[int, dict[str, float]]] = defaultdict(dict)
        self._governed_by = columns.governed
        self._counterparts = wording.Counterparts(columns.lookup)
        self._governance: dict[tuple[object, ...], str] = {}
        for note in run.notes:
            if note.subject is not None:
                self._noted.update(note.measures)
                for measure in note.measures:
                    self._notes[measure, note.subject, note.year].append(note)
        for of in columns.parts:
            year = of.columns.year
            if len(run.years) > 1 and year == of.figures:
                observed = zip(of.subjects(), _observed(of), strict=True)
                self._seen[of.by.id][year] = {
                    subject.code: float(number) for subject, number in observed if is_number(number)
                }

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
        return "\n".join(map(_flat, dict.fromkeys(map(wording.note, found))))

    def _governed(self, of: FindingForms, places: Sequence[int], codes: Sequence[str]) -> list[str]:
        """Say which rule governs findings, or which they govern, by that rule's id.

        It is said once for all to whom the same came of those rules.
        """
        year, governor = of.columns.year, of.by.governor(of.columns.year)
        rules = [*([] if governor is None else [governor]), *of.by.governed(year)]
        told = []
        for at, code in zip(places, codes, strict=True):
            came = (self._governed_by.get((each.rule, code, year)) for each in rules)
            key = (of.by.id, year, *came)
            if key not in self._governance:
                said = self._counterparts.by_rule([finding_at(of, at)])
                lines = (f"{id_}\t{_flat(line)}" for id_, line in said.items())
                self._governance[key] = "\n".join(lines)
            told.append(self._governance[key])
        return told

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

    def by_years(self, of: FindingForms, group: Alike) -> Iterator[tuple[Alike, list[int]]]:
        """Put findings together of whom a number was observed in the same years.

        Yields:
            Some of the group, with what was observed of each beside it; and in which years.
        """
        seen = self._seen.get(of.by.id)
        if not seen:
            yield group, []
            return
        codes = [subject.code for subject in of.subjects().at(group.places)]
        numbers = np.array([[seen[year].get(code, np.nan) for code in codes] for year in seen])
        kinds, which = np.unique(~np.isnan(numbers), axis=1, return_inverse=True)
        for kind, known in enumerate(kinds.T.tolist()):
            at = np.flatnonzero(which == kind)
            some = replace(group.at(at), beside=numbers[known][:, at])
            yield some, list(compress(seen, known))


def _observed(of: FindingForms) -> Iterator[Scalar]:
    """Give what was observed of each finding."""
    told = [form[_OBSERVED] for form in of.forms]
    for form, number in zip(of.form.tolist(), whole(of.columns.observed).tolist(), strict=True):
        yield number if isinstance(told[form], Slot) else told[form]


class Telling:
    """Words the findings of a page.

    Attributes:
        book: The lines and shapes of all findings.
        shape: The shape of each finding.
        numbers: The numbers of each that its shape does not have.
        rows: The cells of each finding that is open in a printed table; nothing for the others.
    """

    def __init__(self, columns: PageColumns, beside: Beside, folder: str = "") -> None:
        """Word them.

        Args:
            columns: The findings.
            beside: What else the run knows of them.
            folder: The folder of all files, which goes without saying.
        """
        self._places = columns.places
        self._beside = beside
        self._folder = folder
        self._cuts = KnownTexts[Cut](_KEPT, each_apart)
        self._cells = KnownTexts[str](_KEPT, _escaped)
        # By the places in memory of what is kept beside the lines, which nothing else can take.
        self._given: dict[tuple[object, ...], tuple[Input, list[_Text]]] = {}
        self.book = LineBook()
        self.rows = np.full(len(columns), "", np.object_)
        self.numbers: list[str] = []
        shapes: list[Places] = []
        for start, of in zip(columns.starts.tolist(), columns.parts, strict=False):
            shape, numbers = self._shaped(of, self.rows[start : start + len(of.columns)])
            shapes.append(shape)
            self.numbers += numbers
        self.shape = np.concatenate([np.zeros(0, np.intp), *shapes])

    def _shaped(self, of: FindingForms, rows: npt.NDArray[np.object_]) -> tuple[Places, list[str]]:
        """Word the findings of a rule, and give their shapes and numbers.

        Args:
            of: The findings.
            rows: Takes the cells of those that are open.
        """
        shaping = Shaping(len(of.columns), self.book)
        for group in alike(of, by_outcome=True):
            is_open = OUTCOMES[of.columns.outcome[group.places[0]]] in OPEN
            for some, years in self._beside.by_years(of, group):
                tell = partial(self._told, years)
                for each in worded(of, some, tell):
                    one, texts = each.told
                    places, at_once = each.some.places, each.at_once
                    lines = [self._line(text, at_once) for text in texts]
                    for at, line in self._more(of, places, one):
                        lines[at] = line
                    shaping.add(places, lines)
                    if is_open:
                        rows[places] = self._row([text for _, text in texts[:IN_ROWS]], at_once)
        self._cuts.bound()
        self._cells.bound()
        return shaping.shaped()

    def _line(self, text: _Text, at_once: AtOnce) -> CutLine:
        if not text[1]:
            return _NOTHING
        pieces, columns = at_once.apart_from(text[1], self._cuts)
        return CutLine(pieces, columns, text[0])

    def _row(self, texts: Sequence[str], at_once: AtOnce) -> list[str]:
        """Give the cells of rows that begin with what was observed, and end with the gap."""
        *others, gap = texts
        cells = (*others, "" if gap == NOTHING else gap)
        row = "".join([f"<td>{escape(each)}</td>" for each in cells])
        return list(at_once.texts(row, self._cells))

    def _told(self, years: Sequence[int], of: Finding, *seen: float) -> tuple[Finding, list[_Text]]:
        """Give a finding, and its words."""
        return of, self._texts(of, list(zip(years, seen, strict=True)))

    def _texts(self, of: Finding, seen: Sequence[tuple[int, float]]) -> list[_Text]:
        """Word a finding line by line, but for what stands beside it.

        Args:
            of: The finding.
            seen: What was observed in each year, where several were judged.
        """
        short = "\n".join(f"{_flat(each.name)}\t{_flat(each.code)}" for each in _short(of))
        told = (
            wording.observed(of),
            wording.required(of),
            wording.gap(of),
            wording.reason(of),
            wording.either(wording.remedies(of)),
            wording.worked(of),
            wording.applies(of),
            charts.packed(charts.points(of, seen)) if seen or charts.may_be_drawn(of) else "",
            short,
        )
        lines = [("", each) for each in told]
        lines += [("", "")] * (len(LINES) + len(MORE_LINES) - len(told))
        for given in of.inputs[:MOST_INPUTS]:
            lines += self._input(given, of)
        if len(of.inputs) > MOST_INPUTS:
            lines.append(("", wording.in_all(len(of.inputs))))
        return lines

    def _more(
        self, forms: FindingForms, places: Places, one: Finding
    ) -> Iterator[tuple[int, CutLine]]:
        """Yield lines in which more is said of findings than of the one that stands for them."""
        for name, texts in self._beside.lines(forms, places, one):
            if any(texts):
                at = len(LINES) + MORE_LINES.index(name)
                yield at, CutLine(["", ""], [each_apart(texts)])

    def _input(self, given: Input, of: Finding) -> list[_Text]:
        """Give the lines of a value that a finding rests on: the file and the rest apart."""
        is_own = given.subject is None or of.subject.code == given.subject
        key = (of.year, is_own, id(given))
        known = self._given.get(key)
        if known is None or given.of.formula is not None:
            named = None if is_own else given.subject
            name = None if named is None else self._places.name(named)
            text = wording.given(given, of, name, self._folder)
            known = self._given[key] = given, list(_apart(text))
        return known[1]


def _apart(text: str) -> Iterator[_Text]:
    """Take the place of a value apart from it, and the file from the rest of the place."""
    value, arrow, place = text.partition(_FROM)
    yield "", value
    if arrow:
        file, within, rest = place.partition(_WITHIN)
        yield MORE, arrow + file
        if within:
            yield MORE, within + rest


def _escaped(texts: Sequence[str]) -> list[str]:
    """Write many texts as a page has them, at once where none has lines of its own."""
    told = str(escape("\n".join(texts))).split("\n")
    return told if len(told) == len(texts) else [str(escape(each)) for each in texts]


def _short(of: Finding) -> Sequence[SubjectName]:
    """List those who keep a share from 100 %, or a roll-up from holding."""
    few = None
    if isinstance(of.reason, Compared):
        few = of.reason.short
    elif isinstance(of.reason, RolledUp):
        few = of.reason.failing
    return () if few is None else (*few.first, *few.more)


def _flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
