"""Findings as JSON, one a line: to be read as they come, and searched without being read whole."""

from collections.abc import Iterable
from typing import TextIO

from pydantic import TypeAdapter

from dabiao.schemas.finding import Finding


def write_jsonl(findings: Iterable[Finding], file: TextIO) -> None:
    """Write findings, each as a run in JSON has it."""
    kind = TypeAdapter(Finding)
    for finding in findings:
        file.write(kind.dump_json(finding, by_alias=True, exclude_none=True).decode())
        file.write("\n")
