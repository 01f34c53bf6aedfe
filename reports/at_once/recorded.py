"""Findings that are there one by one, as forms: what they say alike is found in them again.

A record is taken apart into its numbers (what was observed, in which row it stands) and the rest.
Findings whose rest is the same have a form in common, with slots where the numbers stood.
"""

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from enum import Enum
from functools import cache
from typing import Any

import numpy as np

from dabiao.schemas.coded import Coded
from dabiao.schemas.columns import FORM, MARKS, OWN, SLOTS, FindingColumns, FindingForms, Slot
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Compared, MeasuredValue
from dabiao.schemas.source import Source

_NUMBERS: dict[type, tuple[str, ...]] = {
    Input: ("value",),
    MeasuredValue: ("value",),
    Remedy: ("before", "after", "by"),
}
"""The fields of numbers that are written as whole ones where they are."""
_FLOATS: dict[type, tuple[str, ...]] = {Compared: ("rounded", "broken")}
"""Those that are written with decimals."""
_CELL = re.compile(r"(\D*)(0|[1-9]\d{0,8})(\D.*)?", re.ASCII)
"""A cell: what stands before its row, the row, what stands behind it."""
_WHOLE = 1e15
_HERE = object()
"""Stands in what is left of a record for a number."""
_COMPARED = ("observed", "gap")
_OTHERS = tuple(name for name in FORM if name not in {*_COMPARED, "required"})


def forms_of(findings: Sequence[Finding], columns: FindingColumns) -> FindingForms:
    """Give findings of one rule and year by what they say alike.

    Args:
        findings: The findings.
        columns: The same as columns.
    """
    told = [_Told(each) for each in findings]
    kinds: dict[object, list[int]] = defaultdict(list)
    for at, each in enumerate(told):
        kinds[each.rest].append(at)
    forms, alone = list[tuple[Any, ...]](), list[int]()
    form = np.zeros(len(findings), np.int32)
    sizes = np.zeros(len(findings) + 1, np.int32)
    for places in kinds.values():
        first = places[0]
        if len(places) == 1 or not told[first].is_plain():
            alone += places
            continue
        form[places] = len(forms)
        forms.append(told[first].form())
        sizes[np.array(places) + 1] = len(told[first].numbers)
    alike = len(forms)
    form[alone] = np.arange(alike, alike + len(alone))
    forms += [tuple(getattr(findings[at], name) for name in FORM) for at in alone]
    for at in alone:
        told[at].numbers.clear()
    return FindingForms(
        columns=columns,
        by=findings[0].by,
        subjects=cache(lambda: Coded.of([each.subject for each in findings])),
        figures=findings[0].figures,
        forms=forms,
        alike=alike,
        form=form,
        rows=np.zeros(len(findings), np.int32),
        starts=np.cumsum(sizes, dtype=np.int32),
        numbers=np.array([number for each in told for number in each.numbers], np.float64),
    )


class _Told:
    """What a finding says, taken apart.

    Attributes:
        numbers: The numbers that stand in no column.
        rest: What is left.
    """

    __slots__ = ("_of", "numbers", "rest")

    def __init__(self, of: Finding) -> None:
        self._of = of
        self.numbers: list[float] = []
        required = of.required
        self.rest = (
            of.outcome,
            required.comparator,
            _left(required.value),
            _left(required.upper),
            _left(of.observed),
            None if of.gap is None else _HERE,
            *(_taken(getattr(of, name), self.numbers) for name in _OTHERS),
        )

    def is_plain(self) -> bool:
        """Tell whether there are slots enough, and nothing that could be taken for a mark."""
        texts = _texts(tuple(getattr(self._of, name) for name in FORM))
        room = OWN + len(self.numbers) <= len(MARKS)
        return room and all(min(text, default=" ") >= " " for text in texts)

    def form(self) -> tuple[Any, ...]:
        """Give it with slots for numbers."""
        of, slots = self._of, iter(range(OWN, len(MARKS)))
        told = {name: _put(getattr(of, name), slots) for name in _OTHERS}
        low, high = Slot(SLOTS.index("low")), Slot(SLOTS.index("high"))
        required = of.required
        lower = required.comparator.bounds_low and required.comparator is not Comparator.EQUAL
        told["required"] = replace(
            required,
            value=(low if lower else high) if _is_number(required.value) else required.value,
            upper=high if _is_number(required.upper) else required.upper,
        )
        told["observed"] = Slot(SLOTS.index("observed")) if _is_number(of.observed) else of.observed
        told["gap"] = None if of.gap is None else Slot(SLOTS.index("gap"))
        return tuple(told[name] for name in FORM)


def _is_number(value: object) -> bool:
    """Tell whether a value is a number that is written the same wherever it comes from."""
    if type(value) is float:
        return not value.is_integer()
    return type(value) is int and -_WHOLE < value < _WHOLE


def _left(value: object) -> object:
    return _HERE if _is_number(value) else (type(value), value)


def _taken(record: Any, numbers: list[float]) -> object:  # noqa: ANN401 - any record
    """Take the numbers out of a record; give what is left."""
    kind: Any = type(record)
    if kind in _LEAVES or issubclass(kind, Enum):
        return record
    if kind is tuple:
        return tuple([_taken(each, numbers) for each in record])
    if kind is MeasureName:
        return id(record)
    if kind is Source:
        cell = record.cell and _CELL.fullmatch(record.cell)
        if not cell:
            return record.file, record.sheet, record.cell, record.submitted_as
        numbers.append(float(cell[2]))
        return record.file, record.sheet, cell[1], _HERE, cell[3], record.submitted_as
    values, whole, floats = _fields(kind)
    left: list[object] = [kind]
    for at, value in enumerate(values(record)):
        if (at in whole and _is_number(value)) or (at in floats and value is not None):
            numbers.append(value)
            left.append(_HERE)
        else:
            left.append(_taken(value, numbers))
    return tuple(left)


def _put(record: Any, slots: Iterator[int]) -> Any:  # noqa: ANN401 - any record
    """Put slots where numbers were taken from."""
    kind: Any = type(record)
    if kind in _LEAVES or issubclass(kind, Enum) or kind is MeasureName:
        return record
    if kind is tuple:
        return tuple([_put(each, slots) for each in record])
    if kind is Source:
        cell = record.cell and _CELL.fullmatch(record.cell)
        if not cell:
            return record
        return replace(record, cell=f"{cell[1]}{Slot(next(slots)).mark}{cell[3] or ''}")
    values, whole, floats = _fields(kind)
    return kind(
        *(
            Slot(next(slots))
            if (at in whole and _is_number(value)) or (at in floats and value is not None)
            else _put(value, slots)
            for at, value in enumerate(values(record))
        )
    )


def _texts(record: Any) -> Iterator[str]:  # noqa: ANN401 - any record
    """Yield all texts in a record."""
    kind: Any = type(record)
    if kind is str:
        yield record
    elif kind is tuple:
        for each in record:
            yield from _texts(each)
    elif kind not in _LEAVES and not issubclass(kind, Enum):
        for each in _fields(kind)[0](record):
            yield from _texts(each)


_LEAVES = frozenset((str, bool, int, float, type(None)))


@cache
def _fields(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], set[int], set[int]]:  # noqa: ANN401 - any class
    """Give what takes the values from a record, and which of them are numbers to be taken out."""
    names = [each.name for each in fields(kind)]
    get = operator.attrgetter(*names)
    whole, floats = ({names.index(name) for name in of.get(kind, ())} for of in (_NUMBERS, _FLOATS))
    return get if len(names) > 1 else lambda told: (get(told),), whole, floats
