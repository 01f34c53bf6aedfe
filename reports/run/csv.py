"""A run as a table of values, one finding a row, for Excel and for programs."""

import csv
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, combinations, groupby
from typing import TextIO

import numpy as np

from dabiao.reports import wording
from dabiao.reports.fields import FIELDS, FindingField
from dabiao.reports.run.written_once import Strings, WrittenOnce
from dabiao.schemas.coded import Coded, Strung
from dabiao.schemas.finding import Input, RuleFindings, Scalar
from dabiao.schemas.language import say

KEPT = 400_000
"""Up to how many cells are kept to be known again."""
_GUARDED = (*"=+-@＝＋－＠", "\t", "\r", "'")
_Column = Sequence[str]


def write_csv(rules: Iterable[RuleFindings], file: TextIO) -> None:
    """Write findings, numbers in full."""
    write_rows([field.heading for field in FIELDS], (), file)
    table = _Table()
    file.writelines(map(table.rows, rules))


class _Table:
    """Writes findings rule by rule, each text once for all that have it in common."""

    def __init__(self) -> None:
        self._subjects = WrittenOnce(partial(_cells_of, _READING["subject"]))
        self._places = WrittenOnce[tuple[Input, ...]](lambda of: tuple(wording.places(of)))
        self._listed = WrittenOnce[tuple[Input, ...]](_plain_cells)

    def rows(self, of: RuleFindings) -> str:
        """Write the findings of a rule."""
        for known in (self._subjects, self._places, self._listed):
            if known.count > KEPT:
                known.forget()
        if not len(of):
            return ""
        pieces: list[str | _Column] = [""]
        for reads, group in _GROUPS:
            told = self._group(of, reads, group)
            if not isinstance(told, str):
                pieces += [told, ","]
            elif isinstance(pieces[-1], str):
                pieces[-1] += f"{told},"
            else:
                pieces.append(f"{told},")
        pieces[-1] = "\n"
        rows = np.empty((len(of), len(pieces)), np.object_)
        for at, piece in enumerate(pieces):
            rows[:, at] = piece
        return "".join(rows.ravel().tolist())

    def _group(
        self, of: RuleFindings, reads: tuple[str, ...], group: Sequence[FindingField]
    ) -> str | _Column:
        """Write cells that read the same; a text where they are the same for all."""
        match reads:
            case ():
                first = of.at(0)
                return ",".join(_cell(field.value(first)) for field in group)
            case ("subject",):
                return list(self._subjects.texts(Coded.of(of.subject)))
            case ("observed",) | ("gap",):
                values = getattr(of, reads[0])
                return ["" if value is None else _cell(value) for value in values]
            case ("inputs",):
                return self._cells(Strung.of(of.inputs))
            case (only,):
                column = Coded.of(getattr(of, only))
                texts = [_cells_of(group, value) for value in column.values]
                return [texts[at] for at in column.places.tolist()]
            case _:
                told = wording.reasons(of)
                cells = {text: _cell(text) for text in set(told)}
                return [cells[text] for text in told]

    def _cells(self, of: Strung[Input]) -> _Column:
        """Name the cells that findings rest on."""
        columns = [self._listed.texts(column) for column in of.columns]
        odd = np.zeros(len(of), np.bool_)
        for column in columns:
            odd |= np.fromiter((each is None for each in column), np.bool_, len(of))
        for one, other in combinations(columns, 2):
            odd |= np.equal(one, other) & (one != "")
        told, *others = columns if not odd.any() else [np.where(odd, "", of) for of in columns]
        told = _strung(told, others)
        if odd.any():
            places = [self._places.texts(column.at(np.flatnonzero(odd))) for column in of.columns]
            told[odd] = [
                _cell(wording.listed(dict.fromkeys(chain.from_iterable(parts))))
                for parts in zip(*places, strict=True)
            ]
        found: list[str] = told.tolist()
        return found


def _plain_cells(inputs: tuple[Input, ...]) -> str | None:
    """Name the one cell that values stand in, if any; None where there is more to look at."""
    places = tuple(wording.places(inputs))
    if len(places) > 1:
        return None
    told = "".join(places)
    return told if _cell(told) == told else None


def _strung(first: Strings, others: Iterable[Strings]) -> Strings:
    """String cells together, row by row; one that is empty leaves nothing behind."""
    between = wording.listed(("", ""))
    for each in others:
        both = first.astype(np.bool_) & each.astype(np.bool_)
        first = first + np.where(both, between, "").astype(np.object_) + each
    return first


_GROUPS = [(reads, list(some)) for reads, some in groupby(FIELDS, lambda field: field.reads)]
_READING = {reads[0]: group for reads, group in _GROUPS if len(reads) == 1}


def _cells_of(group: Sequence[FindingField], value: object) -> str:
    """Write the cells of fields that read the same."""
    return ",".join([_cell(field.tell(value)) for field in group])


def _cell(value: Scalar) -> str:
    """Write a cell, in quotes where it has to be."""
    cell = _value(value)
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        cell = cell.replace('"', '""')
        return f'"{cell}"'
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
