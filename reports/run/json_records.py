"""Findings as JSON, a text each, the way the models of their schema write them.

A model writes a finding in some thirty microseconds, and most of what it writes it has written
before: a value that a hundred rules rest on, a reason that a thousand schools have in common. So
records are written here by what they are made of, and what is met again is known again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, get_args, get_type_hints

from pydantic import PlainSerializer
from pydantic_core import to_json

from dabiao.schemas.finding import COLUMNS, RuleFindings
from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.rule import RuleRef
from dabiao.schemas.subject import JudgedSubject

KEPT = 400_000
"""Up to how many texts are kept to be known again."""

WriteValue = Callable[[Any], str]


class JsonRecords:
    """Writes findings as JSON; what is None is left out of a record."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}
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
            if len(self._known) > KEPT:
                self._known.clear()
            head = f'{{"rule":{self.text(of.by)},"year":{of.year},"figures":{of.figures}'
            columns: list[Iterable[str]] = [[head] * len(of)]
            for name in COLUMNS:
                values = getattr(of, name)
                if any(value is not None for value in values):
                    columns.append(self._column(name, values))
            yield [f"{''.join(row)}}}" for row in zip(*columns, strict=True)]

    def _column(self, name: str, values: Sequence[Any]) -> Iterable[str]:
        """WriteValue a field of findings, with its name."""
        key = f',"{name}":'
        match name:
            case "observed" | "gap":
                return ["" if value is None else key + self.text(value) for value in values]
            case "subject":
                return [key + self._again(value) for value in values]
            case "inputs":
                return [key + self._again(value, self._inputs) for value in values]
            case _:
                made = {id(value): value for value in values}
                written = {
                    at: "" if value is None else key + self.text(value)
                    for at, value in made.items()
                }
                return [written[id(value)] for value in values]

    def _again(self, value: object, write: WriteValue | None = None) -> str:
        """WriteValue what other rules speak of too."""
        found = self._known.get(id(value))
        if found is None:
            found = self._known[id(value)] = value, (write or self.text)(value)
        return found[1]

    def _inputs(self, inputs: tuple[object, ...]) -> str:
        return f"[{','.join(map(self._again, inputs))}]"

    def text(self, value: object) -> str:
        """WriteValue a value of any kind."""
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
        """WriteValue what is named rather than told."""

        def write(value: object) -> str:
            told = how(value)
            return self.text(told) if isinstance(told, str) else to_json(told).decode()

        return write

    def _record(self, kind: type) -> WriteValue:
        hints = get_type_hints(kind)
        names = [each.name for each in fields(kind)]
        keys = [f'"{name}":' for name in names]
        writes = [_FLOATS.get(hints[name], self.text) for name in names]
        values_of = attrgetter(*names, "__class__")  # of a single name it would give no tuple

        def write(value: object) -> str:
            told = [
                key + write(part)
                for key, write, part in zip(keys, writes, values_of(value), strict=False)
                if part is not None
            ]
            return f"{{{','.join(told)}}}"

        return write


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
