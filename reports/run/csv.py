"""A run as a table of values, one finding a row, for Excel and for programs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, repeat
from typing import TextIO

from dabiao.reports.fields import FIELDS
from dabiao.schemas.finding import Finding, RuleFindings, Scalar
from dabiao.schemas.language import say

KEPT = 400_000
"""Up to how many cells are kept to be known again."""
_AGAIN = (("subject",), ("inputs",))
"""What rows of other rules are made of too."""
_GUARDED = (*"=+-@＝＋－＠", "\t", "\r", "'")


def write_csv(rules: Iterable[RuleFindings], file: TextIO) -> None:
    """Write findings, numbers in full."""
    write_rows([field.heading for field in FIELDS], (), file)
    known: dict[tuple[str, ...], _Known] = {reads: _Known() for reads in _AGAIN}
    file.writelines(_rows(of, known) for of in rules)


class _Known:
    """Cells that were written, by the places in memory of what they were written of."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, ...], str] = {}
        self.kept: list[list[object]] = []  # or another object would take its place

    def forget(self) -> None:
        """Begin anew where there are too many."""
        if len(self.kept) > KEPT:
            self.cells, self.kept = {}, []


def _rows(of: RuleFindings, known: Mapping[tuple[str, ...], _Known]) -> str:
    """Write the findings of a rule, each cell once for all that have it in common."""
    rows = list(of.rows())
    findings: dict[int, Finding] = {}
    columns: list[Iterable[str]] = []
    for reads, together in groupby(FIELDS, lambda field: field.reads):
        group = list(together)
        values = [getattr(of, name) for name in reads]
        keys = list(zip(*(map(id, each) for each in values), strict=True))
        met = known.get(reads) or _Known()
        met.forget()
        for key, at in _first(keys).items():
            if key not in met.cells:
                if at not in findings:
                    findings[at] = of.finding(rows[at])
                told = [_quoted(_value(field.value(findings[at]))) for field in group]
                met.cells[key] = ",".join(told)
                met.kept.append([each[at] for each in values])
        columns.append(map(met.cells.__getitem__, keys) if keys else repeat(met.cells[()]))
    return "".join([f"{','.join(row)}\n" for row in zip(*columns, strict=False)])


def _first(keys: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], int]:
    """Give each key once, with a place where it stands."""
    return {key: at for at, key in enumerate(keys)} or {(): 0}


def _quoted(cell: str) -> str:
    """Quote a cell where it has to be."""
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        file = io.StringIO()
        csv.writer(file, lineterminator="").writerow([cell])
        return file.getvalue()
    return cell


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
