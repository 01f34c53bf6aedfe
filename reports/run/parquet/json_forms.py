"""Forms of findings as JSON, with a mark where a number is told elsewhere, and filled in again."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from dabiao.reports.run.json_records import JsonRecords
from dabiao.schemas.columns import MARKS

_WHOLE = 1e15
"""Whole numbers below this are written as such, as in all records."""
_MARKED = re.compile(f"[{re.escape(MARKS)}]")
Fill = Callable[[Sequence[str]], str]


class JsonForms(JsonRecords):
    """Writes forms: what a finding says beyond who, when and how it came out."""

    _by_hint: ClassVar[Mapping[object, Callable[[Any], str]]] = {}  # a slot stands for any number

    @staticmethod
    def _quoted(text: str) -> str:
        return json.encoder.encode_basestring(text)


def filler(form: str) -> Fill:
    """Give what fills in a form: it takes the numbers of slots, as ``written`` writes them."""
    places = [MARKS.index(mark) for mark in _MARKED.findall(form)]
    if not places:
        return lambda _: form
    pieces = _MARKED.split(form)
    first, others = pieces[0], list(zip(places, pieces[1:], strict=True))

    def fill(numbers: Sequence[str]) -> str:
        return first + "".join([numbers[place] + piece for place, piece in others])

    return fill


def written(number: float | None) -> str:
    """Write a number as records have it; one that is not there fills no slot."""
    if number is None:
        return ""
    if number.is_integer() and abs(number) < _WHOLE:
        return str(int(number))
    return repr(number)
