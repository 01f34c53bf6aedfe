"""Findings as JSON, a text each, the way the models of their schema write them.

A model writes a finding in some thirty microseconds, and thousands of them say the same but for
numbers. So what they say is written once, with marks for the numbers, and filled in.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, ClassVar, get_args, get_type_hints

import numpy as np
from pydantic import PlainSerializer
from pydantic_core import to_json

from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import KnownTexts
from dabiao.reports.run.written_once import WrittenOnce
from dabiao.schemas.columns import FORM, MARKS, OUTCOMES, FindingForms, Slot
from dabiao.schemas.finding import Finding
from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.rule import RuleRef
from dabiao.schemas.subject import JudgedSubject, Subject

KEPT = 400_000
"""Up to how many texts are kept to be known again."""
_WHOLE = 1e15
"""Whole numbers below this are written as such, where a field may hold any number."""
_AS_FLOAT = "\x0b"
"""Stands before the mark of a number that is written with decimals, whole or not."""
_MARKED = re.compile(f"({_AS_FLOAT}?)([{re.escape(MARKS)}])")
_ESCAPED = {json.dumps(mark)[1:-1]: mark for mark in MARKS}
_IN_TEXTS = re.compile("|".join(map(re.escape, _ESCAPED)))

WriteValue = Callable[[Any], str]


def _float(value: float) -> str:
    return _AS_FLOAT + value.mark if isinstance(value, Slot) else _number(float(value))


def _number(value: float) -> str:
    told = repr(value)
    return told if told[-1].isdigit() and "e" not in told else to_json(value).decode()


def _scalar(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return _number(value)


def _floats(values: tuple[float, ...]) -> str:
    return f"[{','.join(map(_float, values))}]"


_FLOATS: dict[object, WriteValue] = {
    float: _float,
    float | None: _float,
    tuple[float, ...]: _floats,
}
"""Fields of numbers that are written with decimals, whole or not."""


class JsonRecords:
    """Writes records as JSON; what is None is left out of a record."""

    _by_hint: ClassVar[Mapping[object, WriteValue]] = _FLOATS
    """How fields are written whose type is such a hint, whatever their value."""

    def __init__(self) -> None:
        self._write: dict[type, WriteValue] = {
            str: json.encoder.encode_basestring,
            bool: lambda value: "true" if value else "false",
            int: repr,
            float: _number,
            tuple: lambda values: f"[{','.join(map(self.text, values))}]",
            Slot: lambda slot: slot.mark,
        }
        for reference in (RuleRef, JudgedSubject, MeasureRef, SubjectRef):
            kind, told = get_args(reference)
            how: Any = next(each.func for each in told.told() if isinstance(each, PlainSerializer))
            self._write[kind] = self._referring(how)
        hints = get_type_hints(Finding)
        self._fields = [(name, self._by_hint.get(hints[name], self.text)) for name in FORM]

    def form(self, told: Sequence[object], *, marked: bool) -> str:
        """Write a form, as it stands in the record of a finding.

        Args:
            told: What it says.
            marked: Whether there may be slots in it, and so no other character like their marks.
        """
        text = ",".join(
            f'"{name}":{write(value)}'
            for (name, write), value in zip(self._fields, told, strict=True)
            if value is not None
        )
        if not marked:
            return text
        return _IN_TEXTS.sub(lambda found: _ESCAPED[found[0]], text)

    def text(self, value: object) -> str:
        """Write a value of any kind."""
        kind = type(value)
        write = self._write.get(kind)
        if write is None:
            made = self._named(kind) if issubclass(kind, Enum) else self._record(kind)
            write = self._write[kind] = made
        return write(value)

    @staticmethod
    def _named(kind: type[Enum]) -> WriteValue:
        words = {each: json.encoder.encode_basestring(each.value) for each in kind}
        return words.__getitem__

    def _referring(self, how: Callable[[Any], Any]) -> WriteValue:
        """Write what is named rather than told."""

        def write(value: object) -> str:
            told = how(value)
            return self.text(told) if isinstance(told, str) else to_json(told).decode()

        return write

    def _record(self, kind: type) -> WriteValue:
        hints = get_type_hints(kind)
        names = [each.name for each in fields(kind)]
        keys = [f'"{name}":' for name in names]
        writes = [self._by_hint.get(hints[name], self.text) for name in names]
        values_of = attrgetter(*names, "__class__")  # of a single name it would give no tuple

        def write(value: object) -> str:
            told = [
                key + write(part)
                for key, write, part in zip(keys, writes, values_of(value), strict=False)
                if part is not None
            ]
            return f"{{{','.join(told)}}}"

        return write


class JsonFindings:
    """Writes findings as JSON.

    Args:
        alone: Whether there is no head that says which rules are on trial.
    """

    def __init__(self, *, alone: bool = False) -> None:
        self._alone = alone
        self._records = JsonRecords()
        self._subjects = WrittenOnce[Subject](self._records.text)
        self._numbers = KnownTexts[str](KEPT, list)
        self._outcomes = list(map(self._records.text, OUTCOMES))

    def texts(self, rules: Iterable[FindingForms]) -> Iterator[list[str]]:
        """Yield the findings of each rule and year, a text a finding."""
        for of in rules:
            if self._subjects.count > KEPT:
                self._subjects.forget()
            self._numbers.bound()
            told = self._told(of)
            by = self._records.text(of.by)
            trial = '"trial":true,' if self._alone and of.by.trial else ""
            head = (
                f'{{"rule":{by},{trial}"year":{of.columns.year},"figures":{of.figures},"subject":'
            )
            subjects = self._subjects.texts(of.subjects()).tolist()
            outcomes = [self._outcomes[at] for at in of.columns.outcome.tolist()]
            yield [
                f'{head}{subject},"outcome":{outcome},{rest}}}'
                for subject, outcome, rest in zip(subjects, outcomes, told, strict=True)
            ]

    def _told(self, of: FindingForms) -> Sequence[str]:
        """Write what findings say beyond who and how they came out."""
        told = np.empty(len(of.columns), np.object_)
        for some in alike(of):
            marked = some.form < of.alike
            form = self._records.form(of.forms[some.form], marked=marked)
            marks = _MARKED.findall(form) if marked else ()
            if not marks:
                told[some.places] = form
                continue
            row = _MARKED.sub("%s", form.replace("%", "%%"))
            columns = (self._column(mark, some, as_float=bool(sign)) for sign, mark in marks)
            told[some.places] = [row % texts for texts in zip(*columns, strict=True)]
        found: Sequence[str] = told.tolist()
        return found

    def _column(self, mark: str, some: Alike, *, as_float: bool) -> Sequence[str]:
        numbers = some.numbers[MARKS.index(mark)]
        return (
            list(map(_float, numbers.tolist()))
            if as_float
            else self._numbers.of(_scalar, (), numbers)
        )
