"""All findings of a run as columns that a page holds, small enough to be mailed.

Texts of findings are alike but for their numbers: "班级人数为47人，应不高于45人" is said of
thousands of classes. So a text is kept as a line without its numbers, once for all, and a finding
holds the numbers. Within a finding the same numbers come again and again (47 was observed, is in
the reason and in the cell), so that each is kept once; and one that all findings of a rule have,
as its bound, is kept with what they have in common:

    lines     "班级人数为␁人，应不高于␁人"     ␁ stands for a number
    shapes    which lines; which of the numbers stand in them, in turn; those that are always so
    findings  which shape, and the other numbers: "47"

A value stands with the cell it was read from, and each county has a file of its own: so the file
and the rest of the place are lines apart, which go on where the line before them ends. The first
lines of a shape are those named by ``LINES``; the values it rests on follow.
``templates/records.js`` is the other half, and a test reads with it what was written here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from typing import Generic, TypeVar, assert_never

from dabiao.reports import wording
from dabiao.reports.comparison.changes import SINCE, UNCHANGED, Key, Since
from dabiao.reports.page import charts
from dabiao.reports.page.beside import Beside
from dabiao.reports.summaries import SubjectNames, relative_gap
from dabiao.schemas.finding import Finding, RuleFindings
from dabiao.schemas.level import Level
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.reasons.why import Compared, RolledUp
from dabiao.schemas.rule import Timing, TimingKind
from dabiao.schemas.unseen import visible

T = TypeVar("T")

LINES = ("observed", "required", "gap", "reason", "remedy")
"""The fields of a finding whose texts are its first lines."""
MORE_LINES = ("worked", "applies", "chart", "short", "notes", "before", "case", "governed")
"""What an opened finding says beside them, in the lines that follow; more lines are its inputs."""
_FROM, _WITHIN = " ← ", " › "
"""What ``wording`` puts before a place, and between a file and what is in it."""
MOST_INPUTS = 24
"""Values listed below one finding; beyond, only how many there are."""
HOLE = "\x01"
"""Stands for a number in a line; no text has it, for what cannot be seen was shown before."""
MORE = "\x02"
"""Begins a line that goes on where the one before it ends."""
_WIDEST, _PER_MILLE = 1e6, 1000
"""Gaps are kept in thousandths of the bound; beyond a million bounds one is as wide as another."""
_Cut = tuple[int, Sequence[str]]
"""The number of a line, and the numbers that stand in it."""
_Lines = tuple[tuple[int, ...], tuple[str, ...]]
"""The numbers of lines, and those that stand in them."""
RUNS = ("rule", "year", "outcome", "gap", "since")
"""Columns kept as runs of a value."""
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)")


class _Dictionary(Generic[T]):
    """Gives each value a number, the first one 0."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._numbers: dict[object, int] = {}

    def number(self, key: object, make: Callable[[], T]) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.values)
            self.values.append(make())
        return found


class Packing:
    """Packs findings one after the other, in the order in which a page shows them."""

    def __init__(
        self,
        places: SubjectNames,
        folder: str = "",
        beside: Beside | None = None,
        changes: Mapping[Key, Since] | None = None,
    ) -> None:
        """Begin.

        Args:
            places: Names of subjects.
            folder: The folder of all files, which goes without saying.
            beside: What else the run knows of a finding.
            changes: What became of findings since an earlier run.
        """
        self._places = places
        self._folder = folder
        self._beside = Beside() if beside is None else beside
        self._changes = changes or {}
        self._rules = _Dictionary[dict[str, object]]()
        self._subjects = _Dictionary[list[object]]()
        self._places_of = _Dictionary[list[str]]()
        self._documents = _Dictionary[list[str]]()
        self._names = _Dictionary[str]()
        self._lines = _Dictionary[str]()
        self._shapes = _Dictionary[list[Sequence[object]]]()
        self._cut: dict[tuple[str, str], _Cut] = {}
        self._told: dict[tuple[str, ...], _Lines] = {}
        # By the places in memory of what is kept beside the lines, which nothing else can take.
        self._known: dict[tuple[object, ...], tuple[object, _Lines]] = {}
        self._columns: dict[str, list[int]] = {
            name: [] for name in ("rule", "year", "outcome", "subject", "shape", "gap", "since")
        }
        self._numbers: list[str] = []

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings."""
        for _, group in groupby(findings, lambda of: (id(of.by), of.year, of.figures)):
            self._add(list(group))

    def _add(self, findings: Sequence[Finding]) -> None:
        """Add findings of a rule and year."""
        columns, first, size = self._columns, findings[0], len(findings)
        rule = self._rules.number(first.rule, lambda: self._rule(first))
        columns["rule"] += [rule] * size
        columns["year"] += [first.year] * size
        columns["outcome"] += [of.outcome.gravity for of in findings]
        columns["since"] += (
            [SINCE.index(self._since(of).kind) for of in findings] if self._changes else [0] * size
        )
        columns["gap"] += [round(min(relative_gap(of), _WIDEST) * _PER_MILLE) for of in findings]
        for of in findings:
            who = (of.subject.code, of.subject.level)
            columns["subject"].append(self._subjects.number(who, partial(self._subject, of)))
        shapes, numbers = self._shaped(self._lines_of(findings))
        columns["shape"] += shapes
        self._numbers += numbers

    def packed(self) -> dict[str, object]:
        """Give everything as JSON takes it; columns of long runs as pairs of value and length."""
        runs = {name: _runs(self._columns[name]) for name in RUNS}
        return {
            "outcomes": [[each.value, each.label] for each in Outcome],
            "since": SINCE,
            "documents": self._documents.values,
            "places": self._places_of.values,
            "names": self._names.values,
            "rules": self._rules.values,
            "subjects": self._subjects.values,
            "lines": self._lines.values,
            "shapes": self._shapes.values,
            "runs": runs,
            "subject": self._columns["subject"],
            "shape": self._columns["shape"],
            "numbers": "\n".join(self._numbers),
        }

    def _shaped(self, cuts: Sequence[Sequence[_Lines]]) -> tuple[list[int], list[str]]:
        """Give the shape of each finding and its own numbers."""
        alike: dict[tuple[tuple[int, ...], ...], list[int]] = defaultdict(list)
        for at, parts in enumerate(cuts):
            alike[tuple([lines for lines, _ in parts])].append(at)
        shapes, numbers = [0] * len(cuts), [""] * len(cuts)
        for lines, some in alike.items():
            rows = [tuple(chain.from_iterable([found for _, found in cuts[at]])) for at in some]
            always: dict[tuple[str, ...], int] = {}
            own: dict[tuple[str, ...], int] = {}
            columns = list(zip(*rows, strict=True))
            for column in columns:
                same = len(some) > 1 and column.count(column[0]) == len(column)
                kept = always if same else own
                kept.setdefault(column, len(kept))
            refs = [always[each] if each in always else len(always) + own[each] for each in columns]
            fixed = [column[0] for column in always]
            key = (*chain.from_iterable(lines), -1, *refs, -1, *fixed)
            shape = [list(chain.from_iterable(lines)), refs, *([fixed] if fixed else [])]
            number = self._shapes.number(key, lambda shape=shape: shape)  # type: ignore[misc]
            told = [" ".join(each) for each in zip(*own, strict=True)] if own else [""] * len(some)
            for at, text in zip(some, told, strict=True):
                shapes[at], numbers[at] = number, text
        return shapes, numbers

    def _lines_of(self, findings: Sequence[Finding]) -> list[Sequence[_Lines]]:
        """Give the lines of findings of a rule and year, those of inputs last."""
        (of,) = RuleFindings.of(findings)
        lines = []
        for texts in (
            wording.each_observed(of),
            wording.each_required(of),
            wording.each_gap(of),
            wording.reasons(of),
            wording.each_remedy(of),
        ):
            known = {text: self._cut_of((text,)) for text in dict.fromkeys(texts)}
            lines.append([known[text] for text in texts])
        inputs = map(self._inputs, findings)
        return list(zip(*lines, self._more_of(findings), inputs, strict=True))

    def _more_of(self, findings: Sequence[Finding]) -> list[_Lines]:
        """Give the lines named by ``MORE_LINES``, once for all with the same reason."""
        by = findings[0].by
        apart = by.formula or by.baseline or by.governors or by.governs
        if self._changes or self._beside or apart:
            return [self._cut_of(self._more(of)) for of in findings]
        known: dict[tuple[int, int], _Lines] = {}
        found = []
        for of in findings:
            key = (id(of.reason), of.outcome.gravity)
            lines = None if charts.may_be_drawn(of, ()) else known.get(key)
            if lines is None:
                lines = known[key] = self._cut_of(self._more(of))
            found.append(lines)
        return found

    def _cut_of(self, texts: tuple[str, ...]) -> _Lines:
        """Give the lines of some texts."""
        found = self._told.get(texts)
        if found is None:
            found = self._told[texts] = _together([self._line(text) for text in texts])
        return found

    def _more(self, of: Finding) -> tuple[str, ...]:
        """Give the lines named by ``MORE_LINES``."""
        short, seen, before = _short(of), self._beside.seen(of), self._since(of)
        return (
            wording.worked(of),
            wording.applies(of),
            charts.packed(charts.points(of, seen)) if charts.may_be_drawn(of, seen) else "",
            "\n".join([f"{_flat(each.name)}\t{_flat(each.code)}" for each in short]),
            "\n".join(map(_flat, self._beside.notes(of))),
            before.text,
            self._beside.case(of),
            "\n".join(f"{id_}\t{_flat(line)}" for id_, line in self._beside.governance(of).items()),
        )

    def _since(self, of: Finding) -> Since:
        if not self._changes:
            return UNCHANGED
        return self._changes.get((of.rule, of.subject.code, of.year), UNCHANGED)

    def _inputs(self, of: Finding) -> _Lines:
        """Give the lines of the values that a finding rests on, as other rules do."""
        found = []
        year, code = of.year, of.subject.code
        for given in of.inputs[:MOST_INPUTS]:
            key = (year, code, id(given))
            known = self._known.get(key)
            if known is None:
                other = given.subject if given.subject != code else None
                name = self._places.name(other) if other else None
                told = wording.given(given, of, name, self._folder)
                known = self._known[key] = given, _together(self._apart(told))
            found.append(known[1])
        if len(of.inputs) > MOST_INPUTS:
            found.append(self._cut_of((wording.in_all(len(of.inputs)),)))
        if len(found) == 1:
            return found[0]
        lines = tuple(chain.from_iterable([each for each, _ in found]))
        return lines, tuple(chain.from_iterable([each for _, each in found]))

    def _apart(self, text: str) -> Iterable[_Cut]:
        """Take the place of a value apart from it, and the file from the rest of the place."""
        value, arrow, place = text.partition(_FROM)
        yield self._line(value)
        if arrow:
            file, within, rest = place.partition(_WITHIN)
            yield self._line(arrow + file, MORE)
            if within:
                yield self._line(within + rest, MORE)

    def _line(self, text: str, begins: str = "") -> _Cut:
        """Give the number of a line, and the numbers that stand in it here."""
        cut = self._cut.get((begins, text))
        if cut is None:
            pieces = _NUMBER.split(visible(text))
            line = begins + HOLE.join(pieces[::2])
            cut = self._cut[begins, text] = self._lines.number(line, lambda: line), pieces[1::2]
        return cut

    def _name(self, name: str) -> int:
        shown = visible(name)
        return self._names.number(shown, lambda: shown)

    def _rule(self, of: Finding) -> dict[str, object]:
        """Say what is the same in all findings of a rule; nothing of what there is nothing of."""
        cited = of.by.document
        document = self._documents.number(cited.id, lambda: [cited.id, visible(cited.title)])
        told: dict[str, object] = {
            "id": of.rule,
            "title": visible(of.title),
            "document": document,
            "clause": visible(wording.listed(of.by.places)),
            "norm": visible(of.by.demanded),
            "precision": wording.precision(of.by),
            "group": of.by.group,
            "condition": visible(of.by.applies_where or ""),
            "remarks": visible(of.by.description),
            "timing": wording.deadline(of.by.timing),
            "due": _due(of.by.timing),
            "lead": [self._name(unit) for unit in of.units.lead],
            "responsible": [self._name(unit) for unit in of.units.responsible],
            "aspiration": int(of.aspiration),
            "contradicts": list(of.contradicts),
        }
        if of.by.topic:
            told["topic"] = self._name(of.by.topic)
        return {key: value for key, value in told.items() if value or key == "document"}

    def _subject(self, of: Finding) -> list[object]:
        subject, places = of.subject, self._places
        home = places.home(subject) or ""
        school = places.school(subject)
        return [
            visible(subject.code),
            visible(places.label(subject)),
            list(Level).index(subject.level),
            self._place(home),
            -1 if school is None else self._place(school),
        ]

    def _place(self, code: str) -> int:
        return self._places_of.number(
            code, lambda: [visible(code), visible(self._places.home_label(code))]
        )


def _together(cuts: Iterable[_Cut]) -> _Lines:
    """Put lines together."""
    found = list(cuts)
    return tuple([line for line, _ in found]), tuple(chain.from_iterable([n for _, n in found]))


def _short(of: Finding) -> Sequence[SubjectName]:
    """List those who keep a share from 100 %, or a roll-up from holding."""
    few: NamedFew | None = None
    if isinstance(of.reason, Compared):
        few = of.reason.short
    elif isinstance(of.reason, RolledUp):
        few = of.reason.failing
    return () if few is None else (*few.first, *few.more)


def _flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def _due(timing: Timing) -> int | None:
    """Give the year at whose end something is due once for all; None where it always holds."""
    match timing.kind:
        case TimingKind.DUE | TimingKind.WITHIN:
            return timing.last
        case TimingKind.STANDING | TimingKind.SPAN:
            return None
        case _:
            assert_never(timing.kind)


def _runs(column: Iterable[int]) -> list[int]:
    return [number for value, group in groupby(column) for number in (value, sum(1 for _ in group))]
