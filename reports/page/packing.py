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
and the rest of the place are lines apart, which go on where the line before them ends.
``telling`` makes lines, shapes and numbers; here the rest is put beside them.
``templates/records.js`` is the other half, and a test reads with it what was written here.
"""

from collections.abc import Mapping
from typing import assert_never

import numpy as np

from dabiao.reports import wording
from dabiao.reports.comparison.changes import SINCE, UNCHANGED, Key, Since
from dabiao.reports.page.columns import PageColumns
from dabiao.reports.page.cutting.lines import Dictionary
from dabiao.reports.page.telling import Telling
from dabiao.schemas.coded import Places
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import JudgedRule, Timing, TimingKind
from dabiao.schemas.unseen import visible

_WIDEST, _PER_MILLE = 1e6, 1000
"""Gaps are kept in thousandths of the bound; beyond a million bounds one is as wide as another."""


class Packing:
    """Packs the findings of a page in the order in which it lists them."""

    def __init__(
        self,
        columns: PageColumns,
        order: Places,
        told: Telling,
        changes: Mapping[Key, Since] | None = None,
    ) -> None:
        """Begin.

        Args:
            columns: The findings.
            order: Their places, as the page lists them.
            told: What they say.
            changes: What became of them since an earlier run.
        """
        self._order = order
        self._columns = columns
        self._places = columns.places
        self._told = told
        self._changes = changes or {}
        self._documents = Dictionary[list[str]]()
        self._names = Dictionary[str]()
        self._homes = Dictionary[list[str]]()

    def packed(self) -> dict[str, object]:
        """Give everything as JSON takes it; columns of long runs as pairs of value and length."""
        columns, order, told = self._columns, self._order, self._told
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
            "lines": told.book.lines.values,
            "shapes": told.book.shapes.values,
            "runs": {
                "rule": _runs(rule),
                "year": _runs(columns.year[order]),
                "outcome": _runs(columns.outcome[order]),
                "gap": _runs(gaps.astype(np.int64)),
                "since": _runs(self._since_of(order)),
            },
            "subject": subject.tolist(),
            "shape": told.shape[order].tolist(),
            "numbers": "\n".join([told.numbers[at] for at in order.tolist()]),
        }

    def _since_of(self, order: Places) -> Places:
        """Say what became of findings since an earlier run."""
        if not self._changes:
            return np.full(len(order), SINCE.index(UNCHANGED.kind), np.intp)
        kinds = {kind: at for at, kind in enumerate(SINCE)}
        columns = self._columns
        each = zip(columns.rule[order], columns.subject[order], columns.year[order], strict=True)
        keys = ((columns.rules[r].id, columns.subjects[s].code, int(y)) for r, s, y in each)
        found = [kinds[self._changes.get(key, UNCHANGED).kind] for key in keys]
        return np.array(found, np.intp)

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
            "timing": by.timing.words,
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


def _runs(column: Places) -> list[int]:
    """Give a column as pairs: a value, and how often it comes in a row."""
    starts = np.flatnonzero(np.diff(column, prepend=column[:1] - 1))
    lengths = np.diff(starts, append=len(column))
    runs: list[int] = np.stack([column[starts], lengths], axis=1).ravel().tolist()
    return runs
