"""A run as JSON: the whole of it, one finding a line, the same bytes for the same check."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from pydantic import TypeAdapter

from dabiao.schemas.finding import Finding
from dabiao.schemas.run import Run


def write_json(run: Run, findings: Iterable[Finding], file: TextIO) -> None:
    """Write a run as JSON, by the schema that ``dabiao schema run`` prints.

    A finding stands on a line of its own, so that two runs can be compared line by line and one
    of any size can be searched without being read whole.

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
        kind: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
        plain = kind.dump_python(value, mode="json", by_alias=True)
        if isinstance(value, tuple) and value and not isinstance(value[0], int | str):
            file.write("[\n")
            for number, record in enumerate(plain):
                file.write(",\n" if number else "")
                file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
            file.write("\n]")
        else:
            json.dump(plain, file, ensure_ascii=False)
    file.write("\n}\n")


def _write_findings(findings: Iterable[Finding], file: TextIO) -> None:
    kind = TypeAdapter(Finding)
    end = "[]"
    for finding in findings:
        file.write("[\n" if end == "[]" else ",\n")
        file.write(kind.dump_json(finding, by_alias=True).decode())
        end = "\n]"
    file.write(end)
