"""A run as JSON: the run file, one record a line, the same bytes for the same check."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TextIO

from dabiao.reports.run.json_records import JsonFindings, JsonRecords, quoted
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.record import file_name
from dabiao.schemas.run import Run
from dabiao.schemas.subject import ListedSubject
from dabiao.schemas.unseen import SeenText, visible

_TOGETHER = 5_000
"""Records that are written at a time."""
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
        if isinstance(value, tuple) and value and not isinstance(value[0], int | str):
            write, between = _writer(records, type(value[0])), "[\n"
            for first in range(0, len(value), _TOGETHER):
                some = write(value[first : first + _TOGETHER])
                file.write(SeenText(between + ",\n".join(some)))
                between = ",\n"
            file.write("\n]")
        else:
            file.write(records.text(value))
    file.write("\n}\n")


def _writer(records: JsonRecords, kind: type) -> Callable[[Sequence[Any]], Iterable[str]]:
    if kind is ListedSubject:
        return _listed_by(records.whole)
    return lambda some: map(records.whole, some)


def _listed_by(
    text: Callable[[ListedSubject], str],
) -> Callable[[Sequence[ListedSubject]], Iterable[str]]:
    """Write subjects, of which there may be half a million: what many have in common once."""
    rests: dict[tuple[object, ...], list[str]] = {}

    def rest_of(subject: ListedSubject) -> list[str]:
        key = subject.level, subject.parents, subject.years
        if key not in rests:
            alike = text(replace(subject, code="", name="", called=None, former_codes=()))
            alike = alike.removeprefix('{"code":""')
            rests[key] = alike.split('"name":""', 1)
        return rests[key]

    def listed(subjects: Sequence[ListedSubject]) -> Iterator[str]:
        names = "".join([each.code + each.name for each in subjects])
        plain = visible(names) is names and not any(each in names for each in _ESCAPED)
        before, level, rest = subjects[0], *rest_of(subjects[0])
        for each in subjects:
            if each.called is not None or each.former_codes:
                yield text(each)
                continue
            if not _is_beside(before, each):
                before, (level, rest) = each, rest_of(each)
            code, name = each.code, each.name
            if plain:
                yield f'{{"code":"{code}"{level}"name":"{name}"{rest}'
            else:
                yield f'{{"code":{quoted(code)}{level}"name":{quoted(name)}{rest}'

    return listed


def _is_beside(one: ListedSubject, other: ListedSubject) -> bool:
    """Tell whether nothing but code and name differs, as far as no comparison is needed for it."""
    return one.parents is other.parents and one.level is other.level and one.years is other.years


def _write_findings(findings: Iterable[FindingForms], file: TextIO) -> None:
    end = "[]"
    for text in JsonFindings().texts(findings, ",\n"):
        file.write("[\n" if end == "[]" else ",\n")
        file.write(text)
        end = "\n]"
    file.write(end)
