"""Findings as JSON, one a line: to be read as they come, and searched without being read whole."""

from collections.abc import Iterable
from typing import TextIO

from dabiao.reports.run.json_records import JsonFindings
from dabiao.schemas.columns import FindingForms


def write_jsonl(findings: Iterable[FindingForms], file: TextIO) -> None:
    """Write findings, each as a run in JSON has it; one of a rule on trial says so itself."""
    for text in JsonFindings(alone=True).texts(findings, "\n"):
        file.write(text)
        file.write("\n")
