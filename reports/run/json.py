"""A run as JSON: the run file, one record a line, the same bytes for the same check."""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from itertools import islice
from typing import Any, TextIO

from dabiao.reports.run.json_records import JsonFindings, JsonRecords, quoted
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.record import file_name
from dabiao.schemas.run import Run
from dabiao.schemas.subject import ListedSubject
from dabiao.schemas.unseen import SeenText

_TOGETHER = 5_000
"""Records that are written at a time."""


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
        if isinstance(value, tuple) and value and not isinstance(value[0], int | str):
            texts, between = map(_writer(records, type(value[0])), value), "[\n"
            while some := list(islice(texts, _TOGETHER)):
                file.write(SeenText(between + ",\n".join(some)))
                between = ",\n"
            file.write("\n]")
        else:
            file.write(records.text(value))
    file.write("\n}\n")


def _writer(records: JsonRecords, kind: type) -> Callable[[Any], str]:
    return _listed_by(records.whole) if kind is ListedSubject else records.whole


def _listed_by(text: Callable[[ListedSubject], str]) -> Callable[[ListedSubject], str]:
    """Write subjects, of which there may be half a million: what many have in common once."""
    rests: dict[tuple[object, ...], list[str]] = {}

    def listed(each: ListedSubject) -> str:
        if each.called is not None or each.former_codes:
            return text(each)
        key = each.level, each.parents, each.years
        if key not in rests:
            alike = text(replace(each, code="", name="")).removeprefix('{"code":""')
            rests[key] = alike.split('"name":""', 1)
        level, rest = rests[key]
        return f'{{"code":{quoted(each.code)}{level}"name":{quoted(each.name)}{rest}'

    return listed


def _write_findings(findings: Iterable[FindingForms], file: TextIO) -> None:
    end = "[]"
    for text in JsonFindings().texts(findings, ",\n"):
        file.write("[\n" if end == "[]" else ",\n")
        file.write(text)
        end = "\n]"
    file.write(end)
