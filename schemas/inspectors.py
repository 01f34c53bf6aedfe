"""Lists of inspectors: a table with 姓名 and, if they are known, 单位."""

import csv
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
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([_problem(path, "unreadable", error.strerror or str(error))]) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            told = say("不是 UTF-8 或 GB18030 编码的 CSV", "it is no CSV in UTF-8 or GB18030")
            raise InputError([_problem(path, "undecodable", told)]) from error
    try:
        rows = list(csv.reader(text.splitlines()))
    except csv.Error as error:
        told = say(f"不是 CSV：{error}", f"it is no CSV: {error}")
        raise InputError([_problem(path, "unreadable", told)]) from error
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
        called = row[name].strip() if name < len(row) else ""
        if not called:
            told = say("这一行没有姓名", "this row has no name")
            problems.append(_problem(path, "name-missing", told, line))
            continue
        from_ = row[unit].strip() if unit is not None and unit < len(row) else ""
        one = Inspector(name=called, unit=from_)
        if one in found:
            told = say(f"{called}列了两次", f"{called} is listed twice")
            problems.append(_problem(path, "listed-twice", told, line))
            continue
        found.append(one)
    if not found and not problems:
        problems.append(_problem(path, "empty", say("名单是空的", "the list is empty")))
    if problems:
        raise InputError(problems)
    return found


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
