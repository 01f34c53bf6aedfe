"""Findings as JSON, one a line: to be read as they come, and searched without being read whole."""

from collections.abc import Iterable
from typing import TextIO

from dabiao.reports.run.json_records import JsonRecords
from dabiao.schemas.finding import RuleFindings


def write_jsonl(findings: Iterable[RuleFindings], file: TextIO) -> None:
    """Write findings, each as a run in JSON has it."""
    file.writelines("\n".join([*texts, ""]) for texts in JsonRecords().texts(findings))
