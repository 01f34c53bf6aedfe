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

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import assert_never

import numpy as np

from dabiao.reports import wording
from dabiao.reports.comparison.changes import SINCE, UNCHANGED, Key, Since
from dabiao.reports.numbers import quantity
from dabiao.reports.page import charts
from dabiao.reports.page.beside import Beside
from dabiao.reports.page.columns import PageColumns
from dabiao.reports.page.cutting.lines import (
    Cut,
    CutField,
    Dictionary,
    LineBook,
    NumberTexts,
    each_apart,
    shaped,
)
from dabiao.schemas.coded import Coded, Places, Strung
from dabiao.schemas.finding import Finding, Input, RuleFindings
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureRef, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.reasons.why import Compared, Reason, RolledUp
from dabiao.schemas.rule import JudgedRule, Timing, TimingKind
from dabiao.schemas.unseen import visible

LINES = ("observed", "required", "gap", "reason", "remedy")
"""The fields of a finding whose texts are its first lines."""
MORE_LINES = ("worked", "applies", "chart", "short", "notes", "before", "case", "governed")
"""What an opened finding says beside them, in the lines that follow; more lines are its inputs."""
_FROM, _WITHIN = " ← ", " › "
"""What ``wording`` puts before a place, and between a file and what is in it."""
MOST_INPUTS = 24
"""Values listed below one finding; beyond, only how many there are."""
MORE = "\x02"
"""Begins a line that goes on where the one before it ends."""
_UNKNOWN, _UNLIKE = -1, -2
"""Stand for the pattern of what was not looked at, and of what each finding says otherwise."""
_WIDEST, _PER_MILLE = 1e6, 1000
"""Gaps are kept in thousandths of the bound; beyond a million bounds one is as wide as another."""


class Packing:
    """Packs the findings of a page in the order in which it lists them."""

    def __init__(
        self,
        columns: PageColumns,
        folder: str = "",
        beside: Beside | None = None,
        changes: Mapping[Key, Since] | None = None,
    ) -> None:
        """Begin.

        Args:
            columns: The findings.
            folder: The folder of all files, which goes without saying.
            beside: What else the run knows of a finding.
            changes: What became of findings since an earlier run.
        """
        self._columns = columns
        self._places = columns.places
        self._folder = folder
        self._beside = Beside() if beside is None else beside
        self._changes = changes or {}
        self._documents = Dictionary[list[str]]()
        self._names = Dictionary[str]()
        self._homes = Dictionary[list[str]]()
        self._lines = LineBook()
        self._shapes = Dictionary[list[Sequence[object]]]()
        self._given: dict[tuple[int, int], _Given] = {}
        self._measures: dict[int, tuple[str, str, MeasureRef]] = {}
        self._cells: dict[tuple[object, ...], tuple[int, NumberTexts | None]] = {}
        # By the places in memory of what is kept beside the lines, which nothing else can take.
        self._known: dict[tuple[object, ...], tuple[Input, Cut]] = {}

    def packed(self) -> dict[str, object]:
        """Give everything as JSON takes it; columns of long runs as pairs of value and length."""
        columns, order = self._columns, self._columns.in_order()
        shapes: list[Places] = []
        numbers: list[str] = []
        for of, texts in zip(columns.parts, columns.texts, strict=True):
            some, own = shaped(self._parts(of, texts), self._lines, self._shapes)
            shapes.append(some)
            numbers += own
        shape = np.concatenate(shapes)[order] if shapes else order
        rules, rule = _as_met(columns.rule[order])
        subjects, subject = self._subjects(columns.subject[order])
        gaps = np.rint(np.minimum(columns.gap[order], _WIDEST) * _PER_MILLE)
        return {
            "outcomes": [[each.value, each.label] for each in Outcome],
            "since": SINCE,
            "rules": [self._rule(columns.rules[at]) for at in rules],
            "documents": self._documents.values,
            "names": self._names.values,
            "subjects": subjects,
            "places": self._homes.values,
            "lines": self._lines.lines.values,
            "shapes": self._shapes.values,
            "runs": {
                "rule": _runs(rule.tolist()),
                "year": _runs(columns.year[order].tolist()),
                "outcome": _runs(columns.outcome[order].tolist()),
                "gap": _runs(gaps.astype(np.int64).tolist()),
                "since": _runs(self._since_of(order)),
            },
            "subject": subject.tolist(),
            "shape": shape.tolist(),
            "numbers": "\n".join([numbers[at] for at in order.tolist()]),
        }

    # What findings say.

    def _parts(self, of: RuleFindings, texts: Sequence[Coded[str]]) -> list[CutField]:
        """Take apart what the findings of a rule and year say, the inputs last."""
        lines = self._lines
        return [
            *(lines.texts([column]) for column in texts),
            lines.texts(wording.reason_parts(of)),
            lines.texts([wording.each_remedy(of)]),
            lines.cuts(self._more_of(of)),
            *self._inputs(of),
        ]

    def _more_of(self, of: RuleFindings) -> Coded[Cut]:
        """Give the lines named by ``MORE_LINES``, once for all of whom there is no more to say."""
        by = of.by
        if self._changes or self._beside or by.formula or by.baseline:
            return Coded.of([self._cut(self._more(each)) for each in of])
        outcomes, reasons = Coded.of(of.outcome), Coded.of(of.reason)
        told_by = list(map(_more_depends_on, reasons.values))
        kinds = Dictionary[object]()
        numbers = [kinds.number(each, lambda each=each: each) for each in told_by]  # type: ignore[misc]
        kind = np.array(numbers, np.intp)[reasons.places]
        key = kind * len(outcomes.values) + outcomes.places
        alone = np.array([each is None for each in told_by])[reasons.places]
        key[alone] = -1 - np.arange(np.count_nonzero(alone))
        if by.governors or by.governs:
            known = Dictionary[None]()
            came = [known.number(each, lambda: None) for each in self._beside.came(of)]
            _, key = _as_met(key * len(known.values) + np.array(came, np.intp))
        _, first, which = np.unique(key, return_index=True, return_inverse=True)
        return Coded([self._cut(self._more(of.at(at))) for at in first.tolist()], which)

    def _cut(self, texts: Iterable[str]) -> Cut:
        return self._lines.pattern(map(self._lines.line, texts))

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

    def _since_of(self, order: Places) -> Iterable[int]:
        """Say what became of findings since an earlier run."""
        if not self._changes:
            return [SINCE.index(UNCHANGED.kind)] * len(order)
        kinds = {kind: at for at, kind in enumerate(SINCE)}
        columns = self._columns
        each = zip(columns.rule[order], columns.subject[order], columns.year[order], strict=True)
        keys = ((columns.rules[r].id, columns.subjects[s].code, int(y)) for r, s, y in each)
        return [kinds[self._changes.get(key, UNCHANGED).kind] for key in keys]

    # What they rest on.

    def _inputs(self, of: RuleFindings) -> Iterator[CutField]:
        """Take apart the values that findings rest on, as other rules do."""
        strung = Strung.of(of.inputs)
        if sum(max(map(len, each.values), default=0) for each in strung.columns) > MOST_INPUTS:
            yield self._lines.cuts(Coded.of([self._listed(each) for each in of]))
            return
        for column in strung.columns:
            key = (id(column.values), of.year)
            known = self._given.get(key)
            if known is None or known.size != len(column.values):
                known = self._given[key] = _Given(column.values, self.each_input)
            yield known.part(column.places, of)

    def _listed(self, of: Finding) -> Cut:
        """Give the lines of the first values that a finding rests on, and how many there are."""
        cuts = [self._known_input(given, of) for given in of.inputs[:MOST_INPUTS]]
        if len(of.inputs) > MOST_INPUTS:
            cuts.append(self._cut((wording.in_all(len(of.inputs)),)))
        return self._behind(cuts)

    def _known_input(self, given: Input, of: Finding) -> Cut:
        key = (of.year, of.subject.code, id(given))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = given, self.each_input([(given,)], of)[0]
        return known[1]

    def _behind(self, cuts: Sequence[Cut]) -> Cut:
        """Put patterns behind one another."""
        if len(cuts) == 1:
            return cuts[0]
        patterns = self._lines.patterns
        lines = tuple(chain.from_iterable(patterns.values[pattern] for pattern, _ in cuts))
        told = tuple(chain.from_iterable(numbers for _, numbers in cuts))
        return patterns.number(lines, lambda: lines), told

    def each_input(self, values: Sequence[tuple[Input, ...]], of: Finding) -> list[Cut]:
        """Give the lines of what several findings rest on, of each all of it.

        Args:
            values: What each of them rests on.
            of: A finding that these values may stand below.
        """
        every = list(chain.from_iterable(values))
        cells = [_cell_of(each, of.year) for each in every]
        plain = [(each, cell) for each, cell in zip(every, cells, strict=True) if cell is not None]
        told = iter(each_apart([self._told(each) for each, _ in plain]))
        places = iter(each_apart([cell for _, cell in plain]))
        cuts = iter(
            [
                self._input(given, of)
                if cell is None
                else self._in_a_cell(given, next(told), next(places)) or self._input(given, of)
                for given, cell in zip(every, cells, strict=True)
            ]
        )
        return [self._behind(list(islice(cuts, len(given)))) for given in values]

    def _input(self, given: Input, of: Finding) -> Cut:
        """Give the lines of a value that a finding rests on, whatever it is."""
        other = given.subject if given.subject != of.subject.code else None
        name = self._places.name(other) if other else None
        return self._lines.pattern(self._apart(wording.given(given, of, name, self._folder)))

    def _told(self, given: Input) -> str:
        """Say what a value is, and how much."""
        of = given.of
        named = self._measures.get(id(of))
        if named is None:
            named = self._measures[id(of)] = f"{of.text} ", of.unit, of
        return named[0] + quantity(given.value, named[1])

    def _in_a_cell(
        self, given: Input, told: tuple[str, NumberTexts], cell: tuple[str, NumberTexts]
    ) -> Cut | None:
        """Give the lines of a value that was read from a cell, of which there are most.

        None where the cell is named otherwise.

        Args:
            given: The value.
            told: What it is, taken apart.
            cell: The cell, taken apart.
        """
        source = given.source
        if source is None:
            return None
        (text, numbers), (rest, within) = told, cell
        value = self._lines.lines.number(text, lambda: text)
        key = (value, source.file, source.sheet, rest)
        known = self._cells.get(key)
        if known is None:
            _, *place = self._apart(_FROM + wording.cell(source, self._folder))
            pattern, found = self._lines.pattern([(value, ()), *place])
            before = found[: len(found) - len(within)]
            known = self._cells[key] = pattern, (before if (*before, *within) == found else None)
        pattern, file = known
        return None if file is None else (pattern, (*numbers, *file, *within))

    def _apart(self, text: str) -> Iterator[tuple[int, NumberTexts]]:
        """Take the place of a value apart from it, and the file from the rest of the place."""
        value, arrow, place = text.partition(_FROM)
        yield self._lines.line(value)
        if arrow:
            file, within, rest = place.partition(_WITHIN)
            yield self._lines.line(arrow + file, MORE)
            if within:
                yield self._lines.line(within + rest, MORE)

    # Rules and subjects.

    def _name(self, name: str) -> int:
        shown = visible(name)
        return self._names.number(shown, lambda: shown)

    def _rule(self, by: JudgedRule) -> dict[str, object]:
        """Say what is the same in all findings of a rule; nothing of what there is nothing of."""
        cited = by.document
        document = self._documents.number(cited.id, lambda: [cited.id, visible(cited.title)])
        told: dict[str, object] = {
            "id": by.id,
            "title": visible(by.called),
            "document": document,
            "clause": visible(wording.listed(by.places)),
            "norm": visible(by.demanded),
            "precision": wording.precision(by),
            "group": by.group,
            "condition": visible(by.applies_where or ""),
            "remarks": visible(by.description),
            "timing": wording.deadline(by.timing),
            "due": _due(by.timing),
            "lead": [self._name(unit) for unit in by.units.lead],
            "responsible": [self._name(unit) for unit in by.units.responsible],
            "aspiration": int(by.aspiration),
            "contradicts": list(by.contradicts),
        }
        if by.topic:
            told["topic"] = self._name(by.topic_called)
        return {key: value for key, value in told.items() if value or key == "document"}

    def _subjects(self, column: Places) -> tuple[list[list[object]], Places]:
        """Say who they are, as the first finding of each has it."""
        columns, places = self._columns, self._places
        met, which = _as_met(column)
        told = Dictionary[list[object]]()
        numbers = []
        for at in met:
            subject = columns.subjects[at]
            number = told.number((subject.code, subject.level), list)
            numbers.append(number)
            if not told.values[number]:
                school = places.school(subject)
                told.values[number] += [
                    visible(subject.code),
                    visible(places.label(subject)),
                    list(Level).index(subject.level),
                    self._place(places.home(subject) or ""),
                    -1 if school is None else self._place(school),
                ]
        return told.values, np.array(numbers, np.intp)[which]

    def _place(self, code: str) -> int:
        return self._homes.number(
            code, lambda: [visible(code), visible(self._places.home_label(code))]
        )


class _Given:
    """Values that findings of many rules rest on, each taken apart once.

    Args:
        values: The values.
        cut: Takes apart what a finding rests on.
    """

    def __init__(
        self,
        values: Sequence[tuple[Input, ...]],
        cut: Callable[[Sequence[tuple[Input, ...]], Finding], list[Cut]],
    ) -> None:
        self._values = values  # kept, so that nothing takes its place in memory
        self._cut = cut
        self.size = len(values)
        self._patterns = np.full(self.size, _UNKNOWN, np.intp)
        self._numbers: list[tuple[str, ...]] = [()] * self.size

    def part(self, places: Places, of: RuleFindings) -> CutField:
        """Take apart what the findings of a rule rest on."""
        new = places[self._patterns[places] == _UNKNOWN]
        alike = []
        for at in dict.fromkeys(new.tolist()):
            for each in self._values[at]:
                if each.subject is not None or each.of.formula is not None:
                    self._patterns[at] = _UNLIKE
                    break
            else:
                alike.append(at)
        cuts = self._cut([self._values[at] for at in alike], of.at(0))
        for at, cut in zip(alike, cuts, strict=True):
            self._patterns[at], self._numbers[at] = cut
        patterns, numbers = self._patterns[places], self._numbers
        unlike = np.flatnonzero(patterns == _UNLIKE)
        if len(unlike):
            numbers = [*numbers, *[()] * len(unlike)]
            places = places % self.size
            for place, at in enumerate(unlike.tolist(), self.size):
                (cut,) = self._cut([self._values[places[at]]], of.at(at))
                patterns[at], numbers[place] = cut
                places[at] = place
        return CutField(patterns, [Coded(numbers, places)])


def _cell_of(of: Input, year: int) -> str | None:
    """Give the cell of a value; None where more is to be said of it than what and where it is."""
    source = of.source
    plain = (
        of.subject is None
        and of.parts is None
        and of.origin is None
        and (of.year is None or of.year == year)
        and "/" not in of.of.slug
    )
    return None if source is None or source.submitted_as is not None or not plain else source.cell


def _more_depends_on(reason: Reason) -> object:
    """Tell by what the further lines of a finding differ from those of others with its outcome.

    That is the kind of its reason; or the reason itself, if it names somebody; None where each
    finding has a chart of its own.
    """
    if charts.is_drawn(reason):
        return None
    return type(reason) if _few(reason) is None else id(reason)


def _few(of: Reason) -> NamedFew | None:
    """Give those who keep a share from 100 %, or a roll-up from holding."""
    if isinstance(of, Compared):
        return of.short
    return of.failing if isinstance(of, RolledUp) else None


def _short(of: Finding) -> Sequence[SubjectName]:
    """List those who keep a share from 100 %, or a roll-up from holding."""
    few = _few(of.reason)
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


def _as_met(column: Places) -> tuple[list[int], Places]:
    """Number values anew, in the order in which they are met.

    Returns:
        The values, and the number of each place.
    """
    values, first, which = np.unique(column, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.intp)
    rank[order] = np.arange(len(order))
    return values[order].tolist(), rank[which]


def _runs(column: Iterable[int]) -> list[int]:
    return [number for value, group in groupby(column) for number in (value, sum(1 for _ in group))]
