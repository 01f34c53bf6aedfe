"""A run as JSON: the run file, one record a line, the same bytes for the same check."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from pydantic import TypeAdapter

from dabiao.reports.run.json_records import JsonFindings
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.run import Run


def write_json(run: Run, findings: Iterable[FindingForms], file: TextIO) -> None:
    """Write a run as JSON, by the schema that ``dabiao schema run`` prints.

    A finding stands on a line of its own, so that two runs can be compared line by line and one
    of any size can be searched without being read whole. What is None is left out of a record.

    Args:
        run: The run.
        findings: Its findings, which are written as they come.
        file: Where to.
    """
    for place, (name, field) in enumerate(type(run).model_fields.items()):
        file.write("{\n" if not place else ",\n")
        file.write(f"{json.dumps(field.alias or name)}: ")
        if name == "findings":
            _write_findings(findings, file)
            continue
        value = getattr(run, name)
        if isinstance(value, tuple) and value and not isinstance(value[0], int | str):
            kind: TypeAdapter[Any] = TypeAdapter(type(value[0]))
            file.write("[\n")
            for number, record in enumerate(value):
                file.write(",\n" if number else "")
                file.write(kind.dump_json(record, by_alias=True, exclude_none=True).decode())
            file.write("\n]")
        else:
            kind = TypeAdapter(field.rebuild_annotation())
            file.write(kind.dump_json(value, by_alias=True, exclude_none=True).decode())
    file.write("\n}\n")


def _write_findings(findings: Iterable[FindingForms], file: TextIO) -> None:
    end = "[]"
    for texts in JsonFindings().texts(findings):
        file.write(("[\n" if end == "[]" else ",\n") + ",\n".join(texts))
        end = "\n]"
    file.write(end)
