"""Findings as JSON, a text each, the way the models of their schema write them.

A model writes a finding in some thirty microseconds, and most of what it writes it has written
before: a value that a hundred rules rest on, a reason that a thousand schools have in common. So
records are written here by what they are made of, and what is met again is known again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, ClassVar, get_args, get_type_hints

from pydantic import PlainSerializer
from pydantic_core import to_json

from dabiao.reports.run.written_once import WrittenOnce
from dabiao.schemas.coded import Coded, Strung
from dabiao.schemas.finding import COLUMNS, RuleFindings
from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.rule import RuleRef
from dabiao.schemas.subject import JudgedSubject

KEPT = 400_000
"""Up to how many texts are kept to be known again."""

WriteValue = Callable[[Any], str]


def _float(value: float) -> str:
    return _number(float(value))


def _number(value: float) -> str:
    told = repr(value)
    return told if told[-1].isdigit() and "e" not in told else to_json(value).decode()


def _floats(values: tuple[float, ...]) -> str:
    return f"[{','.join(map(_float, values))}]"


_FLOATS: dict[object, WriteValue] = {
    float: _float,
    float | None: _float,
    tuple[float, ...]: _floats,
}
"""Fields of numbers that are written with decimals, whole or not."""


class JsonRecords:
    """Writes findings as JSON; what is None is left out of a record."""

    _by_hint: ClassVar[Mapping[object, WriteValue]] = _FLOATS
    """How fields are written whose type is such a hint, whatever their value."""

    def __init__(self) -> None:
        self._subjects = WrittenOnce[object](lambda value: f',"subject":{self.text(value)}')
        self._given = WrittenOnce[tuple[object, ...]](
            lambda values: ",".join(map(self.text, values))
        )
        self._write: dict[type, WriteValue] = {
            str: json.encoder.encode_basestring,
            bool: lambda value: "true" if value else "false",
            int: repr,
            float: _number,
            tuple: lambda values: f"[{','.join(map(self.text, values))}]",
        }
        for reference in (RuleRef, JudgedSubject, MeasureRef, SubjectRef):
            kind, *told = get_args(reference)
            how: Any = next(each.func for each in told if isinstance(each, PlainSerializer))
            self._write[kind] = self._referring(how)

    def texts(self, rules: Iterable[RuleFindings]) -> Iterator[list[str]]:
        """Yield the findings of each rule and year, a text a finding."""
        for of in rules:
            for known in (self._subjects, self._given):
                if known.count > KEPT:
                    known.forget()
            head = f'{{"rule":{self.text(of.by)},"year":{of.year},"figures":{of.figures}'
            columns = [self._column(name, getattr(of, name)) for name in COLUMNS]
            told = [[head] * len(of), *(column for column in columns if column is not None)]
            yield [f"{''.join(row)}}}" for row in zip(*told, strict=True)]

    def _column(self, name: str, values: Sequence[Any]) -> Iterable[str] | None:
        """Write a field of findings, with its name; nothing where none has it."""
        key = f',"{name}":'
        match name:
            case "observed" | "gap":
                return ["" if value is None else key + self.text(value) for value in values]
            case "subject":
                return list(self._subjects.texts(Coded.of(values)))
            case "inputs":
                return self._inputs(key, Strung.of(values))
            case _:
                column = Coded.of(values)
                texts = ["" if value is None else key + self.text(value) for value in column.values]
                return [texts[at] for at in column.places.tolist()] if any(texts) else None

    def _inputs(self, key: str, of: Strung[Any]) -> Iterable[str]:
        """Write what findings rest on."""
        first, *others = (self._given.texts(column).tolist() for column in of.columns)
        if not others:
            return [f"{key}[{text}]" for text in first]
        return [
            f"{key}[{','.join([part for part in parts if part])}]"
            for parts in zip(first, *others, strict=True)
        ]

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
