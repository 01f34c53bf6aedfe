"""A run as a table of values, one finding a row, for Excel and for programs."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from dabiao.reports.fields import FIELDS
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say

_GUARDED = (*"=+-@＝＋－＠", "\t", "\r", "'")


def write_csv(findings: Iterable[Finding], file: TextIO) -> None:
    """Write findings, numbers in full."""
    headings = [field.heading for field in FIELDS]
    rows = ([field.value(finding) for field in FIELDS] for finding in findings)
    write_rows(headings, rows, file)


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[Scalar]], file: TextIO) -> None:
    """Write a table of values.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it
    a text again, and so does one that begins with an apostrophe, so that taking one away gives
    back what was there. Numbers stay as they are.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_value(value) for value in row] for row in rows)


def _value(value: Scalar) -> str:
    match value:
        case None:
            return ""
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case str():
            return f"'{value}" if value.startswith(_GUARDED) else value
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - no digit is lost
            return str(int(value))
        case _:
            return repr(value)
