"""What schools wrote beside the problems of the workbooks that were given back to them."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from dabiao.intake.files import WORKBOOKS
from dabiao.intake.formats.table import Cell, Moment, Table
from dabiao.intake.formats.xlsx.book import DAMAGE, open_workbook
from dabiao.intake.formats.xlsx.sheet import read_sheet
from dabiao.intake.justifications.from_file import FILE_COLUMNS
from dabiao.intake.justifications.justification import Justification, explainable, explained
from dabiao.intake.limits import Limits
from dabiao.intake.names import plain
from dabiao.intake.problem_groups import SAMPLES
from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.addresses import Area, areas
from dabiao.schemas.problem import Problem
from dabiao.schemas.unseen import visible

_HEADERS = {name: field for field, names in FILE_COLUMNS.items() for name in names} | {
    "cells": "cell",
    "处数": "count",
    "count": "count",
    "填的是": "value",
    "found": "value",
}
_NEEDED = frozenset(["sheet", "cell", "reason", "when"])
_ODS = ".ods"
_LIST = re.compile(r"(?:问题清单|problems)(?: ?\(\d+\))?", re.IGNORECASE)


def gather(files: Iterable[str], problems: Sequence[Problem]) -> list[Justification]:
    """Gather explanations of problems as they are now.

    Args:
        files: The files of a submission.
        problems: What is wrong with it, or worth a second look.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if explainable(problem):
            by_file.setdefault(problem.file or "", []).append(problem)
    found: list[Justification] = []
    for file in files:
        if file in by_file and PurePath(file).suffix.lower() in {*WORKBOOKS, _ODS}:
            for line in _lines(Path(file)):
                found.extend(_of_line(line, by_file[file]))
    return found


def _of_line(line: Mapping[str, str], problems: Sequence[Problem]) -> Iterator[Justification]:
    """Yield the explanations that a line of the list gives: of all problems in its cells."""
    there = set(areas(line["cell"]))
    for problem in problems:
        cells = areas(problem.cell or "")
        inside = all(any(_within(each, of) for of in there) for each in cells)
        of_it = problem.code == line["code"] and problem.sheet == line["sheet"]
        if of_it and cells and inside and _holds(line, problem):
            yield explained(problem, line["reason"], line.get("who", ""), line.get("when", ""))


def _holds(line: Mapping[str, str], problem: Problem) -> bool:
    """Tell whether a line was written of what its cells hold now.

    The line shows what they held when it was written. Whoever mends a figure and leaves the
    explanation of the old one has not explained the new one. Of many cells only some values are
    shown.
    """
    listed = line.get("value", "")
    if problem.found is None or not listed:
        return True
    now = visible(problem.found).strip()
    if line.get("count") == "1":
        return listed == now
    values = re.split("、|, ", listed)
    return now in values or len(values) >= SAMPLES


def _within(cell: Area, of: Area) -> bool:
    return (
        of.top <= cell.top
        and cell.bottom <= of.bottom
        and of.left <= cell.left
        and cell.right <= of.right
    )


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of the list in a workbook that say why something is right."""
    for table in _lists(path):
        headers = ((number, _columns(cells)) for number, cells in table.head)
        found = next((each for each in headers if each[1].keys() >= _NEEDED), None)
        if found is None:
            continue
        number, columns = found
        columns["code"] = columns["when"] + 1  # hidden, without a title
        for block in table.blocks(number, list(columns.values())):
            for at in range(len(block.numbers)):
                line = {key: _text(block.columns[column][at]) for key, column in columns.items()}
                if line["reason"]:
                    yield line


def _columns(cells: Mapping[int, Cell]) -> dict[str, int]:
    found = {_HEADERS.get(plain(str(cell))): at for at, cell in cells.items()}
    return {field: at for field, at in found.items() if field is not None}


def _lists(path: Path) -> Iterator[Table]:
    from dabiao.intake.formats.ods.workbook import read_spreadsheet  # rarely needed

    try:
        if path.suffix.lower() == _ODS:
            tables = read_spreadsheet(path, path.as_posix(), Limits())
            yield from (each for each in tables if _LIST.fullmatch((each.sheet or "").strip()))
            return
        with zipfile.ZipFile(path) as archive:
            book = open_workbook(archive, Limits())
            for name, part, _ in book.sheets:
                if _LIST.fullmatch(name.strip()):
                    yield read_sheet(book, part, path.as_posix(), name, hidden=False)
    except (Unreadable, *DAMAGE):
        return  # told when the facts were read


def _text(cell: Cell) -> str:
    if isinstance(cell, Moment):
        return cell.shown
    if isinstance(cell, float) and not isinstance(cell, bool):
        return f"{cell:.15g}"
    return "" if cell is None else str(cell).strip()
