"""The file of explanations: a table that people may edit as well."""

from pathlib import Path

from dabiao.intake.formats.lists import read_list
from dabiao.intake.justifications.justification import Justification
from dabiao.intake.names import plain
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError

FILE_COLUMNS = {
    "file": ("文件", "file"),
    "sheet": ("工作表", "sheet"),
    "cell": ("单元格", "cell"),
    "code": ("代号", "code"),
    "value": ("值", "value"),
    "subject": ("对象代码", "subject"),
    "year": ("年份", "year"),
    "reason": ("核实说明", "explanation"),
    "who": ("填写人", "by"),
    "when": ("日期", "on"),
}
"""Field of an explanation to the header of its column in both languages; older files lack some."""
_NEEDED = frozenset(["file", "sheet", "cell", "code", "value", "reason"])


def read_justifications(path: Path) -> list[Justification]:
    """Read a file of explanations; none if there is no such file yet.

    Raises:
        InputError: It cannot be read, or is something else.
    """
    if not path.exists():
        return []
    headers = [name for names in FILE_COLUMNS.values() for name in names]
    records = read_list(path, headers, FILE_COLUMNS["reason"][:1])
    columns = {_field(cell): at for at, cell in enumerate(records[0].fields)}
    lacking = sorted(_NEEDED - columns.keys())
    if lacking:
        named = say("、", ", ").join(say(*FILE_COLUMNS[each]) for each in lacking)
        place = FilePlace(path.as_posix(), records[0].line)
        told = say(f"没有这些列：{named}", f"it lacks the columns {named}")
        hint = say(
            "这应是 --explained 写出的文件；换一个文件名，或照它的表头改",
            "it should be a file that --explained wrote; name another file, or give it its headers",
        )
        raise InputError([place.problem("column-missing", told, hint=hint)])
    return [
        Justification(**{field: _cell(record.fields, columns.get(field)) for field in FILE_COLUMNS})
        for record in records[1:]
        if _cell(record.fields, columns["reason"])
    ]


def _field(header: str) -> str | None:
    wanted = plain(header)
    return next((field for field, names in FILE_COLUMNS.items() if wanted in names), None)


def _cell(row: list[str], at: int | None) -> str:
    text = row[at].strip() if at is not None and at < len(row) else ""
    return text.removeprefix("'")
