"""Findings put together: what they say alike, filled with the numbers of each.

What is missing is followed once for all who lack the same (``rule_forms``), so that of thousands of
findings little more is left to be made than what names the rows they stand in.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import columns_at
from dabiao.engine.columns.rule_findings import are_few, joined, rule_findings
from dabiao.engine.columns.rule_forms import rule_forms
from dabiao.engine.data.algebra import Index
from dabiao.engine.data.tidy_columns import WHOLE
from dabiao.engine.judging.matcher import CODE, OUTCOMES
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import rolls_up
from dabiao.schemas.coded import Coded
from dabiao.schemas.columns import FORM, MARKS, FindingForms, Slot
from dabiao.schemas.distinct import whole
from dabiao.schemas.finding import COLUMNS, RuleFindings
from dabiao.schemas.outcome import Outcome

_Fill = Callable[[Sequence[float]], Any]
"""Gives something with numbers in its slots."""


def findings_of(
    records: Records, rule: Rule, year: int, subjects: Index, *, brief: bool
) -> RuleFindings:
    """Give the findings of a rule on some of the subjects that it speaks of.

    Args:
        records: What was judged.
        rule: The rule.
        year: The year.
        subjects: The subjects, ascending.
        brief: Leave out remedies, and inputs that are all known: they take longest.
    """
    verdict = records.verdict(rule, year)
    places = verdict.segment.places(subjects)
    lacks = places >= 0
    lacks[lacks] = verdict.outcome[places[lacks]] == CODE[Outcome.MISSING]
    if rolls_up(rule.norm) is not None or are_few(int(np.count_nonzero(lacks))):
        return rule_findings(records, rule, year, subjects, brief=brief)
    open_ = columns_at(records, rule, year, places[lacks])
    missing = _filled(rule_forms(records, open_, places[lacks]))
    if lacks.all():
        return missing
    others = rule_findings(records, rule, year, subjects[~lacks], brief=brief)
    return joined([missing, others], [subjects[lacks], subjects[~lacks]])


def _filled(of: FindingForms) -> RuleFindings:
    """Put all findings together."""
    columns = dict(zip(FORM, zip(*_told(of), strict=True), strict=True))
    told = {name: Coded.of(column) for name, column in columns.items()}
    told["subject"] = of.subjects()
    told["outcome"] = Coded(OUTCOMES, of.columns.outcome.astype(np.intp))
    return RuleFindings(of.by, of.columns.year, of.figures, *(told[name] for name in COLUMNS))


def _told(of: FindingForms) -> Iterator[tuple[Any, ...]]:
    """Give what each finding says."""
    fills: dict[int, _Fill | None] = {}
    shared = zip(*(each.tolist() for each in of.shared(np.arange(len(of.columns)))), strict=True)
    numbers, starts = whole(of.numbers).tolist(), of.starts.tolist()
    for at, (form, common) in enumerate(zip(of.form.tolist(), shared, strict=True)):
        if form not in fills:
            fills[form] = _fill(of.forms[form]) if form < of.alike else None
        fill = fills[form]
        if fill is None:
            yield of.forms[form]
        else:
            yield fill((*common, *numbers[starts[at] : starts[at + 1]]))


def _fill(record: Any) -> _Fill | None:  # noqa: ANN401 - any record
    """Give what fills something with numbers; None where there is no slot in it."""
    kind: Any = type(record)
    if kind is Slot:
        place = record.place
        return lambda numbers: _number(numbers[place])
    if kind is str:
        return _fill_text(record)
    if kind is tuple:
        parts = record
    elif is_dataclass(record):
        parts = tuple(getattr(record, each.name) for each in fields(record))
    else:
        return None
    slots = [(at, fill) for at, fill in enumerate(map(_fill, parts)) if fill is not None]
    if not slots:
        return None

    def filled(numbers: Sequence[float]) -> Any:  # noqa: ANN401 - as it is told
        made = list(parts)
        for at, fill in slots:
            made[at] = fill(numbers)
        return tuple(made) if kind is tuple else kind(*made)

    return filled


def _fill_text(text: str) -> _Fill | None:
    marks = {mark: MARKS.index(mark) for mark in text if mark in MARKS}
    if not marks:
        return None

    def filled(numbers: Sequence[float]) -> str:
        found = text
        for mark, place in marks.items():
            found = found.replace(mark, str(int(numbers[place])))
        return found

    return filled


def _number(number: float) -> float:
    return int(number) if number.is_integer() and abs(number) < WHOLE else number
