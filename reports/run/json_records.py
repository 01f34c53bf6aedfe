"""Records as JSON, the way pydantic writes them, which need not be loaded for that.

It writes a finding in some thirty microseconds, and thousands of them say the same but for
numbers. So what they say is written once, with marks for the numbers, and filled in.
"""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints

import numpy as np

from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import KnownTexts
from dabiao.reports.run.written_once import EachOnce, WrittenOnce
from dabiao.schemas.columns import FORM, MARKS, OUTCOMES, FindingForms, Slot
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.record import file_name
from dabiao.schemas.rule import DocumentRef, RuleRef
from dabiao.schemas.subject import JudgedSubject, Subject
from dabiao.schemas.unseen import SeenText, visible

KEPT = 400_000
"""Up to how many texts are kept to be known again."""
_WHOLE = 1e15
"""Whole numbers below this are written as such, where a field may hold any number."""
_LAST_WRITTEN_OUT = -5
"""The power of ten of the smallest numbers that have no exponent."""
_AS_FLOAT = "\x0b"
"""Stands before the mark of a number that is written with decimals, whole or not."""
_MARKED = re.compile(f"({_AS_FLOAT}?)([{re.escape(MARKS)}])")
_ESCAPED = {json.dumps(mark)[1:-1]: mark for mark in MARKS}
_IN_TEXTS = re.compile("|".join(map(re.escape, _ESCAPED)))

WriteValue = Callable[[Any], str]


def _float(value: float) -> str:
    return _AS_FLOAT + value.mark if isinstance(value, Slot) else _number(float(value))


def _number(value: float) -> str:
    """Write a number in the fewest digits; only small ones are written otherwise than by Python.

    Examples:
        >>> _number(0.1), _number(2.5e-05), _number(1e-07), _number(1e16)
        ('0.1', '0.000025', '1e-7', '1e+16')
    """
    told = repr(value)
    if "e" not in told:
        return told if told[-1].isdigit() else "null"
    digits, _, exponent = told.partition("e")
    power = int(exponent)
    if power > 0:
        return told
    if power < _LAST_WRITTEN_OUT:
        return f"{digits}e{power}"
    sign, plain = digits[: value < 0], digits.lstrip("-").replace(".", "")
    return f"{sign}0.0000{plain}"


def _scalar(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return _number(value)


def _floats(values: tuple[float, ...]) -> str:
    return f"[{','.join(map(_float, values))}]"


def _by_year(values: tuple[tuple[int, float], ...]) -> str:
    return f"[{','.join([f'[{year},{_float(value)}]' for year, value in values])}]"


_FLOATS: dict[object, WriteValue] = {
    float: _float,
    float | None: _float,
    tuple[float, ...]: _floats,
    tuple[tuple[int, float], ...]: _by_year,
}
"""Fields of numbers that are written with decimals, whole or not."""


_REFERENCES: dict[type, Callable[[Any], object]] = {
    kind: reference.write
    for kind, reference in map(
        get_args, (RuleRef, DocumentRef, JudgedSubject, SubjectRef, MeasureRef)
    )
}
"""What stands for records that a run tells whole in one place, and elsewhere names."""


def quoted(text: str) -> str:
    """Write a text as JSON, with what would not be seen of it spelled out."""
    return visible(json.encoder.encode_basestring(text))


class JsonRecords:
    """Writes records as JSON; what is None is left out of a record."""

    _quoted = staticmethod(quoted)
    """How texts are written."""

    _by_hint: ClassVar[Mapping[object, WriteValue]] = _FLOATS
    """How fields are written whose type is such a hint, whatever their value."""

    def __init__(self) -> None:
        self._write: dict[type, WriteValue] = {
            str: self._quoted,
            bool: lambda value: "true" if value else "false",
            int: repr,
            float: _number,
            type(None): lambda _: "null",
            tuple: lambda values: f"[{','.join(map(self.text, values))}]",
            dict: self._by_key,
            datetime.date: lambda day: f'"{day.isoformat()}"',
            Slot: lambda slot: slot.mark,
        }
        self.inputs = EachOnce(self._record(Input))
        self._write[Input] = self.inputs.text
        self._whole: dict[type, WriteValue] = {}
        for kind, refer in _REFERENCES.items():
            self._write[kind] = self._referring(refer)
        hints = get_type_hints(Finding)
        self._fields = [(name, self._by_hint.get(hints[name], self.text)) for name in FORM]

    def form(self, values: Sequence[object], *, marked: bool) -> str:
        """Write a form, as it stands in the record of a finding.

        Args:
            values: What it says.
            marked: Whether there may be slots in it, and so no other character like their marks.
        """
        text = ",".join(
            f'"{name}":{write(value)}'
            for (name, write), value in zip(self._fields, values, strict=True)
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

    def whole(self, value: object) -> str:
        """Write a record that says all of something which others only name."""
        kind = type(value)
        if kind not in self._whole:
            self._whole[kind] = self._record(kind)
        return self._whole[kind](value)

    def _of_hint(self, hint: Any) -> WriteValue:  # noqa: ANN401 - any type
        """Give how a field is written: only one that says that it names a record does so."""
        parts = () if get_origin(hint) is Annotated else (hint, *get_args(hint))
        if not any(part in _REFERENCES for part in parts):
            return self._by_hint.get(hint, self.text)
        if get_origin(hint) is not tuple:
            return self.whole
        return lambda values: f"[{','.join(map(self.whole, values))}]"

    def _by_key(self, values: Mapping[object, object]) -> str:
        keys = (each if isinstance(each, str) else str(each) for each in values)
        each = zip(map(self.text, keys), values.values(), strict=True)
        told = (f"{key}:{self.text(of)}" for key, of in each if of is not None)
        return f"{{{','.join(told)}}}"

    def _named(self, kind: type[Enum]) -> WriteValue:
        words = {each: self._quoted(each.value) for each in kind}
        return words.__getitem__

    def _referring(self, how: Callable[[Any], Any]) -> WriteValue:
        """Write what is named rather than told."""
        return lambda value: self.text(how(value))

    def _record(self, kind: Any) -> WriteValue:  # noqa: ANN401 - any class of records
        hints = get_type_hints(kind, include_extras=True)  # which say where one is only named
        names = [each.name for each in fields(kind)]
        keys = [f'"{file_name(each)}":' for each in fields(kind)]
        writes = [self._of_hint(hints[name]) for name in names]
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

    def texts(self, rules: Iterable[FindingForms], between: str) -> Iterator[SeenText]:
        """Yield the findings of each rule and year, with something between one and the next."""
        for of in rules:
            if self._subjects.count > KEPT:
                self._subjects.forget()
            self._numbers.bound()
            self._records.inputs.bound(KEPT)
            told = self._told(of)
            by = self._records.text(of.by)
            trial = '"trial":true,' if self._alone and of.by.trial else ""
            head = (
                f'{{"rule":{by},{trial}"year":{of.columns.year},"figures":{of.figures},"subject":'
            )
            subjects = self._subjects.texts(of.subjects()).tolist()
            outcomes = [self._outcomes[at] for at in of.columns.outcome.tolist()]
            each = [
                f'{head}{subject},"outcome":{outcome},{rest}}}'
                for subject, outcome, rest in zip(subjects, outcomes, told, strict=True)
            ]
            yield SeenText(between.join(each))

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

    def _column(self, mark: str, group: Alike, *, as_float: bool) -> Sequence[str]:
        numbers = group.numbers[MARKS.index(mark)]
        return (
            list(map(_float, numbers.tolist()))
            if as_float
            else self._numbers.of(_scalar, (), numbers)
        )
