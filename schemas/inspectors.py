"""Lists of inspectors: a table with 姓名 and, if they are known, 单位."""

import csv
from contextlib import suppress
from pathlib import Path

from dabiao.schemas.language import say
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.visits import Inspector

_NAME = ("姓名", "name")
_UNIT = ("单位", "unit")


def read_inspectors(path: Path) -> list[Inspector]:
    """Read who may be sent, from a CSV file in UTF-8 or GB18030.

    Raises:
        InputError: It cannot be read, or lacks names.
    """
    rows = _rows(path)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    name = next((at for at, cell in enumerate(header) if cell in _NAME), None)
    unit = next((at for at, cell in enumerate(header) if cell in _UNIT), None)
    if name is None:
        told = say("第一行没有“姓名”这一列", "its first row has no column 'name'")
        raise InputError([_problem(path, "column-missing", told, 1)])
    found: list[Inspector] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        one = Inspector(name=_cell(row, name), unit="" if unit is None else _cell(row, unit))
        if not one.name:
            told = say("这一行没有姓名", "this row has no name")
            problems.append(_problem(path, "name-missing", told, line))
        elif one in found:
            told = say(f"{one.name}列了两次", f"{one.name} is listed twice")
            problems.append(_problem(path, "listed-twice", told, line))
        else:
            found.append(one)
    if not found and not problems:
        problems.append(_problem(path, "empty", say("名单是空的", "the list is empty")))
    if problems:
        raise InputError(problems)
    return found


def _rows(path: Path) -> list[list[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([_problem(path, "unreadable", error.strerror or str(error))]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            break
    else:
        told = say("不是 UTF-8 或 GB18030 编码的 CSV", "it is no CSV in UTF-8 or GB18030")
        raise InputError([_problem(path, "undecodable", told)])
    try:
        return list(csv.reader(text.splitlines()))
    except csv.Error as error:
        told = say(f"不是 CSV：{error}", f"it is no CSV: {error}")
        raise InputError([_problem(path, "unreadable", told)]) from error


def _cell(row: list[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _problem(path: Path, code: str, message: str, line: int | None = None) -> Problem:
    return Problem(
        code=code,
        message=message,
        file=path.as_posix(),
        line=line,
        hint=say(
            "用有“姓名”“单位”两列的 CSV，一人一行",
            "give a CSV with the columns name and unit, one person a row",
        ),
    )
