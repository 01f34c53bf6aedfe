"""A run as a table of values, one finding a row, for Excel and for programs."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from typing import TextIO

import numpy as np

from dabiao.reports import wording
from dabiao.reports.at_once.alike import alike
from dabiao.reports.at_once.each import (
    MARK,
    AtOnce,
    Each,
    KnownTexts,
    NotAtOnceError,
    Worded,
    worded,
)
from dabiao.reports.fields import FIELDS, FindingField
from dabiao.reports.run.written_once import WrittenOnce
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.subject import Subject
from dabiao.schemas.unseen import SeenText, visible

KEPT = 400_000
"""Up to how many cells are kept to be known again."""
_GUARDED = (*"=+-@＝＋－＠", "\t", "\r", "'")
_QUOTED = ('"', ",", "\n", "\r")
_ROW = re.compile(f"{MARK.pattern}|\\d+")


def write_csv(rules: Iterable[FindingForms], file: TextIO) -> None:
    """Write findings, numbers in full."""
    write_rows([field.heading for field in FIELDS], (), file)
    table = _Table()
    file.writelines(map(table.rows, rules))


class _Table:
    """Writes findings rule by rule, each text once for all that have it in common.

    So each is looked at once for what would not be seen, too, and not in every row it stands in.
    """

    def __init__(self) -> None:
        self._subjects = WrittenOnce(self._subject)
        self._numbers = KnownTexts[str](KEPT, self._looked_at)
        self._is_seen = True

    def rows(self, of: FindingForms) -> str:
        """Write the findings of a rule."""
        if self._subjects.count > KEPT:
            self._subjects.forget()
        self._numbers.bound()
        rows = np.empty(len(of.columns), np.object_)
        subjects = self._subjects.texts(of.subjects())
        known: dict[str, str] = {}

        def values(finding: Finding) -> list[Scalar]:
            if not known:
                known.update((field.key, _cell(field.value(finding))) for field in _OF_RULES)
            return [_value_of(field, finding) for field in _OF_FINDINGS]

        for some in alike(of, by_outcome=True):
            for each in worded(of, some, values):
                places = each.some.places
                columns: list[Sequence[str]] = []
                cells = self._cells(each, known, subjects[places].tolist(), columns)
                first, *pieces = self._looked_at(_in_a_row(cells))
                parts: list[Iterable[str]] = [repeat(first)]
                for column, piece in zip(columns, pieces, strict=True):
                    parts += column, repeat(piece)
                rows[places] = list(map("".join, zip(*parts, strict=False)))
        told = "".join(rows.tolist())
        return SeenText(told) if self._is_seen else told

    def _looked_at(self, texts: list[str]) -> list[str]:
        """Look whether anything in texts would not be seen, whatever stands between them."""
        told = "0".join(texts)
        self._is_seen = self._is_seen and visible(told) == told
        return texts

    def _subject(self, subject: Subject) -> str:
        """Write whom a finding is about."""
        return self._looked_at([_cells_of(subject)])[0]

    def _cells(
        self,
        of: Worded[list[Scalar]],
        known: dict[str, str],
        subjects: list[str],
        columns: list[Sequence[str]],
    ) -> Iterator[list[str]]:
        """Give the pieces of each cell of a row, between which texts stand, others in each row.

        Args:
            of: What is said of the findings.
            known: The cells that all findings of the rule have in common.
            subjects: Whom they are about.
            columns: Takes the texts.
        """
        values = iter(of.told)
        for reads, group in _GROUPS:
            if reads == ("subject",):
                columns.append(subjects)
                yield ["", ""]
                continue
            for field in group:
                if reads:
                    yield self._pieces(next(values), field, of.at_once, columns)
                else:
                    yield [known[field.key]]

    def _pieces(
        self, value: Scalar, field: FindingField, of: AtOnce, columns: list[Sequence[str]]
    ) -> list[str]:
        if isinstance(value, Each):
            columns.append(self._numbers.of(_cell, (), value.every))
            return ["", ""]
        if not isinstance(value, str):
            return [_cell(value)]
        pieces, texts = of.apart_from(value, self._numbers)
        if not texts:
            return [_cell(value)]
        if field.key == "cells" and _may_coincide(value):
            cells = [_cell(_each_once(text)) for text in of.texts(value, self._numbers)]
            columns.append(self._looked_at(cells))
            return ["", ""]
        told = "\x00".join(pieces)
        quoted = any(each in told for each in _QUOTED)
        unlike = _QUOTED[:1] if quoted else _QUOTED
        written = list(map("".join, texts))
        odd = not pieces[0] or "\x00" in value
        if odd or any(each in text for text in written for each in unlike):
            cells = [_cell(text) for text in of.texts(value, self._numbers)]
            columns.append(self._looked_at(cells))
            return ["", ""]
        columns += texts
        return _cell(told).split("\x00")


def _in_a_row(cells: Iterable[list[str]]) -> list[str]:
    """Give the pieces of a row, of those of its cells."""
    pieces, before = [""], ""
    for first, *others in cells:
        pieces[-1] += before + first
        pieces += others
        before = ","
    pieces[-1] += "\n"
    return pieces


def _value_of(field: FindingField, finding: Finding) -> Scalar:
    value = field.value(finding)
    if field.key == "cells" and isinstance(value, str) and "\x01" in value:
        between = wording.listed(("", ""))
        sources = [at for each in finding.inputs for at in (each.source, *each.sources) if at]
        if any(between in f"{at.file}{at.sheet}{at.cell}" for at in sources):
            raise NotAtOnceError  # nobody could tell where one ends
    return value


def _may_coincide(cells: str) -> bool:
    """Tell whether two of some cells, with marks for rows, may be the same one in some rows."""
    told = cells.split(wording.listed(("", "")))
    return len({_ROW.sub("", each) for each in told}) < len(told)


def _each_once(cells: str) -> str:
    """Name cells once that are named again."""
    return wording.listed(dict.fromkeys(cells.split(wording.listed(("", "")))))


_GROUPS = [(reads, list(some)) for reads, some in groupby(FIELDS, lambda field: field.reads)]
_OF_SUBJECTS = [field for field in FIELDS if field.reads == ("subject",)]
_OF_RULES = [field for field in FIELDS if not field.reads]
_OF_FINDINGS = [field for field in FIELDS if field.reads and field not in _OF_SUBJECTS]


def _cells_of(subject: Subject) -> str:
    """Write the cells of whom a finding is about."""
    return ",".join([_cell(field.tell(subject)) for field in _OF_SUBJECTS])


def _cell(value: Scalar) -> str:
    """Write a cell, in quotes where it has to be."""
    cell = _value(value)
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        cell = cell.replace('"', '""')
        return f'"{cell}"'
    return cell


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[Scalar]], file: TextIO) -> None:
    """Write a table of values.

    A text that a spreadsheet would take for a formula, spaces before it or not, gets an apostrophe
    before it, which makes it a text again, and so does one that begins with an apostrophe, so that
    taking one away gives back what was there. Numbers stay as they are.
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
            return f"'{value}" if value.lstrip(" \u3000").startswith(_GUARDED) else value
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - no digit is lost
            return str(int(value))
        case _:
            return repr(value)
