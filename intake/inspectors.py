"""Lists of inspectors: a table with 姓名 and, if they are known, 单位."""

from pathlib import Path

from dabiao.intake.formats.lists import read_list
from dabiao.intake.formats.table import HEAD
from dabiao.intake.names import plain
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.visits import Inspector

_NAME = ("姓名", "name")
_UNIT = ("单位", "單位", "unit")


def read_inspectors(path: Path) -> list[Inspector]:
    """Read who may be sent, from delimited text in any encoding that facts may come in.

    Raises:
        InputError: It cannot be read, or lacks names.
    """
    records = read_list(path, (*_NAME, *_UNIT), _NAME, _how())
    headers = [[plain(cell) for cell in record.fields] for record in records[:HEAD]]
    top = next((at for at, header in enumerate(headers) if _column(header, _NAME) is not None), 0)
    name = _column(headers[top], _NAME)
    unit = _column(headers[top], _UNIT)
    if name is None:
        message = say("没有“姓名”这一列", "it has no column 'name'")
        raise InputError([_problem(path, "column-missing", message, records[0].line)])
    inspectors: list[Inspector] = []
    problems: list[Problem] = []
    for line, row in ((record.line, record.fields) for record in records[top + 1 :]):
        inspector = Inspector(name=_cell(row, name), unit="" if unit is None else _cell(row, unit))
        if not inspector.name:
            message = say("这一行没有姓名", "this row has no name")
            hint = say("补上姓名，或删去这一行", "give the name, or delete the row")
            problems.append(_problem(path, "name-missing", message, line, hint))
        elif inspector in inspectors:
            message = say(f"{inspector.name}列了两次", f"{inspector.name} is listed twice")
            hint = say(
                "删去一行；同名的两个人用单位区分", "delete a row; tell namesakes apart by unit"
            )
            problems.append(_problem(path, "listed-twice", message, line, hint))
        else:
            inspectors.append(inspector)
    if not inspectors and not problems:
        hint = say("一人一行填写姓名和单位", "list names and units, one person a row")
        message = say("名单里没有人", "the list holds nobody")
        problems.append(_problem(path, "empty", message, hint=hint))
    if problems:
        raise InputError(problems)
    return inspectors


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((at for at, cell in enumerate(header) if cell in names), None)


def _cell(row: list[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def _problem(
    path: Path, code: str, message: str, line: int | None = None, hint: str | None = None
) -> Problem:
    return FilePlace(path.as_posix(), line).problem(
        code,
        message,
        hint=hint or _how(),
    )


def _how() -> str:
    return say(
        "用有“姓名”“单位”两列的 CSV，一人一行",
        "give a CSV with the columns name and unit, one person a row",
    )
