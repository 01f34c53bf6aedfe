"""All findings of a run as columns that a page holds, small enough to be mailed.

Texts of findings are alike but for their numbers: "班级人数为47人，应不高于45人" is said of
thousands of classes. So a text is kept as a line without its numbers, once for all, and a finding
holds the numbers. Within a finding the same numbers come again and again (47 was observed, is in
the reason and in the cell), so that each is kept once:

    lines     "班级人数为␁人，应不高于␁人"     ␁ stands for a number
    shapes    which lines, and which of its numbers stand in them, in turn
    findings  which shape, and the numbers: "47 45"

A value stands with the cell it was read from, and each county has a file of its own: so the file
and the rest of the place are lines apart, which go on where the line before them ends. The first
lines of a shape are those named by ``LINES``; the values it rests on follow.
``templates/records.js`` is the other half, and a test reads with it what was written here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Generic, TypeVar, assert_never

from dabiao.reports import wording
from dabiao.reports.comparison.changes import SINCE, UNCHANGED, Key, Since
from dabiao.reports.fields import fields
from dabiao.reports.page import charts
from dabiao.reports.page.beside import Beside
from dabiao.reports.page.scope import home_label
from dabiao.reports.summaries import SubjectNames, relative_gap
from dabiao.schemas.finding import Finding
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
MORE_LINES = ("worked", "applies", "chart", "short", "notes", "before", "case")
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
        self._beside = beside or Beside()
        self._changes = changes or {}
        self._rules = _Dictionary[dict[str, object]]()
        self._subjects = _Dictionary[list[object]]()
        self._places_of = _Dictionary[list[str]]()
        self._documents = _Dictionary[list[str]]()
        self._names = _Dictionary[str]()
        self._lines = _Dictionary[str]()
        self._shapes = _Dictionary[list[list[int]]]()
        self._cut: dict[tuple[str, str], _Cut] = {}
        # By the places in memory of what is kept beside the lines, which nothing else can take.
        self._known: dict[tuple[object, ...], tuple[object, list[_Cut]]] = {}
        self._fields = fields(*LINES)
        self._columns: dict[str, list[int]] = {
            name: [] for name in ("rule", "year", "outcome", "subject", "shape", "gap", "since")
        }
        self._numbers: list[str] = []

    def add(self, of: Finding) -> None:
        """Add a finding."""
        columns = self._columns
        shape, numbers = self._text(of)
        columns["rule"].append(self._rules.number(of.rule, lambda: self._rule(of)))
        who = (of.subject.code, of.subject.level)
        columns["subject"].append(self._subjects.number(who, lambda: self._subject(of)))
        columns["year"].append(of.year)
        columns["outcome"].append(of.outcome.gravity)
        columns["shape"].append(shape)
        columns["since"].append(SINCE.index(self._since(of).kind))
        columns["gap"].append(round(min(relative_gap(of), _WIDEST) * _PER_MILLE))
        self._numbers.append(numbers)

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

    def _text(self, of: Finding) -> tuple[int, str]:
        more = (self._line(text) for text in self._more(of))
        cuts = [*self._told(of), *more, *self._inputs(of)]
        numbers: dict[str, int] = {}
        lines = [line for line, _ in cuts]
        refs = [numbers.setdefault(each, len(numbers)) for _, found in cuts for each in found]
        key = (*lines, -1, *refs)
        return self._shapes.number(key, lambda: [lines, refs]), " ".join(numbers)

    def _told(self, of: Finding) -> Sequence[_Cut]:
        """Give the first lines: worded once for all that have in common what they say."""
        said = (of.by, of.outcome, of.required, of.reason, of.observed, of.gap, of.remedy)
        key = (of.year, of.figures, of.best, of.worst, *map(id, (*said, of.readings)))
        known = self._known.get(key)
        if known is None:
            known = of, [self._line(field.text(of)) for field in self._fields]
            self._known[key] = known
        return known[1]

    def _more(self, of: Finding) -> tuple[str, ...]:
        """Give the lines named by ``MORE_LINES``."""
        return (
            wording.worked(of),
            wording.applies(of),
            charts.packed(charts.points(of, self._beside.seen(of))),
            "\n".join(f"{_flat(each.name)}\t{_flat(each.code)}" for each in _short(of)),
            "\n".join(map(_flat, self._beside.notes(of))),
            self._since(of).text,
            self._beside.case(of),
        )

    def _since(self, of: Finding) -> Since:
        return self._changes.get((of.rule, of.subject.code, of.year), UNCHANGED)

    def _inputs(self, of: Finding) -> Iterable[_Cut]:
        """Give the lines of the values that a finding rests on, as other rules do."""
        for given in of.inputs[:MOST_INPUTS]:
            key = (of.year, of.subject.code, id(given))
            known = self._known.get(key)
            if known is None:
                other = given.subject if given.subject != of.subject.code else None
                name = self._places.name(other) if other else None
                told = wording.given(given, of, name, self._folder)
                known = self._known[key] = given, list(self._apart(told))
            yield from known[1]
        if len(of.inputs) > MOST_INPUTS:
            yield from self._apart(wording.in_all(len(of.inputs)))

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
            "governed": of.governed_by,
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
            code, lambda: [visible(code), visible(home_label(self._places, code))]
        )


def _short(of: Finding) -> Iterable[SubjectName]:
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
