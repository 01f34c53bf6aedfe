"""A run as JSON: the run file, one record a line, the same bytes for the same check."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import partial
from typing import Any, TextIO

from dabiao.reports.run.json_records import JsonFindings, JsonRecords, quoted
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.record import file_name
from dabiao.schemas.run import Run
from dabiao.schemas.subject import ListedSubjects
from dabiao.schemas.unseen import SeenText, visible

_TOGETHER = 5_000
"""Records that are written at a time."""
_CODE, _AND = '{"code":"', ",\n"
"""What a subject begins with, and what stands between two of them."""
_ESCAPED = '"\\\n\t'
"""What does not stand as it is in a text; what would not be seen does not either."""


def write_json(run: Run, findings: Iterable[FindingForms], file: TextIO) -> None:
    """Write a run as JSON, by the schema that ``dabiao schema run`` prints.

    A finding stands on a line of its own, so that two runs can be compared line by line and one
    of any size can be searched without being read whole. What is None is left out of a record.

    Args:
        run: The run.
        findings: Its findings, which are written as they come.
        file: Where to.
    """
    records = JsonRecords()
    for place, field in enumerate(fields(run)):
        name = field.name
        file.write("{\n" if not place else ",\n")
        file.write(f"{json.dumps(file_name(field))}: ")
        if name == "findings":
            _write_findings(findings, file)
            continue
        value = getattr(run, name)
        if name == "subjects":
            _write_list(ListedSubjects.of(value), partial(_listed, records.whole), file)
        elif isinstance(value, tuple) and value and not isinstance(value[0], int | str):
            _write_list(value, lambda some: _AND.join(map(records.whole, some)), file)
        else:
            file.write(records.text(value))
    file.write("\n}\n")


def _write_list(of: Sequence[Any], write: Callable[[Sequence[Any]], str], file: TextIO) -> None:
    """Write records of one kind, a line each, some of them at a time."""
    between = "[\n"
    for first in range(0, len(of), _TOGETHER):
        file.write(SeenText(between + write(of[first : first + _TOGETHER])))
        between = _AND
    file.write("\n]" if len(of) else "[]")


def _listed(whole: Callable[[object], str], some: ListedSubjects) -> str:
    """Write subjects, of whom there may be half a million: what many have in common once."""
    places = some.rest.places.tolist()
    rests = {
        place: whole(some.rest.values[place]).removeprefix('{"code":""').split('"name":""', 1)
        for place in set(places)
    }
    codes, names = some.codes, some.names
    every = "".join((*codes, *names))
    if visible(every) is not every or any(each in every for each in _ESCAPED):
        codes, names = ([quoted(each)[1:-1] for each in texts] for texts in (codes, names))
    between = {place: f'"{level}"name":"' for place, (level, _) in rests.items()}
    behind = {place: f'"{rest}{_AND}{_CODE}' for place, (_, rest) in rests.items()}
    told = [""] * (4 * len(places))  # put together at once: a third of the time of one by one
    told[0::4], told[1::4] = codes, map(between.__getitem__, places)
    told[2::4], told[3::4] = names, map(behind.__getitem__, places)
    return _CODE + "".join(told).removesuffix(_AND + _CODE)


def _write_findings(findings: Iterable[FindingForms], file: TextIO) -> None:
    end = "[]"
    for text in JsonFindings().texts(findings, ",\n"):
        file.write("[\n" if end == "[]" else ",\n")
        file.write(text)
        end = "\n]"
    file.write(end)
