"""Places that a rule pack speaks of (``places.csv``)."""

import csv
import re
from collections.abc import Iterator, Mapping

from dabiao.intake.unreadable import explain_os
from dabiao.rules.files.pack_files import PackFile
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.subject import Place
from dabiao.schemas.unseen import UNSEEN

_MOST = 16 << 20
"""Bytes of a file that is read; all places of China down to the village take less."""
_LONGEST = 1000
"""Characters of a cell."""
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_COLUMNS = ("code", "name", "level", "parent")
CHINESE = {
    "代码": "code",
    "地区代码": "code",
    "名称": "name",
    "地区": "name",
    "层级": "level",
    "上级代码": "parent",
    "上级": "parent",
    "别名": "note",
    "备注": "note",
}
"""Headers in Chinese; the customary one first."""


def read_places(said: PackFile) -> dict[str, Place]:
    """Read places, by code.

    The columns are ``code,name,level,parent,note``, or their names in Chinese. A note holds other
    names of the place, with 、 between them; a note that is a sentence (with a space or semicolon
    in it) names nothing.

    Raises:
        InputError: It cannot be read; with everything that is wrong in it.
    """
    file = said.name
    reader = csv.DictReader(_text(said).splitlines())
    heads = [halfwidth(head).strip().lower() for head in reader.fieldnames or ()]
    reader.fieldnames = [CHINESE.get(head, head) for head in heads]
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    try:
        absent = [name for name in _COLUMNS if name not in reader.fieldnames]
        if absent:
            chinese = {en: zh for zh, en in reversed(CHINESE.items())}
            zh, en = "、".join(chinese[name] for name in absent), ", ".join(absent)
            raise InputError([_problem(file, 1, say(f"缺少列 {zh}", f"no column {en}"))])
        for row in reader:
            wrong = list(_wrong(row, places, len(reader.fieldnames)))
            if wrong:
                problems.extend(_problem(file, reader.line_num, *each) for each in wrong)
                continue
            place = _place(row)
            places[place.code] = place
    except csv.Error as error:
        message = say(f"这一行读不了：{error}", f"this line cannot be read: {error}")
        problems.append(_problem(file, reader.line_num + 1, message))
    if problems:
        raise InputError(problems)
    return places


def _text(said: PackFile) -> str:
    """Read a table of places as text.

    Raises:
        InputError: It cannot be read, or is no text, or too long.
    """
    try:
        content = said.read(_MOST + 1)
        if len(content) > _MOST:
            message = say(f"超过 {_MOST >> 20} MB", f"longer than {_MOST >> 20} MB")
            raise InputError([_problem(said.name, 1, message)])
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        no_text = say("不是 UTF-8 编码的文字", "it is not text in UTF-8")
        why = explain_os(error) if isinstance(error, OSError) else no_text
        message = say(f"无法读取地区表：{why}", f"the places cannot be read: {why}")
        hint = (
            say("检查路径和权限", "check the path and the permissions")
            if isinstance(error, OSError)
            else say(
                "另存为 UTF-8：Excel 里选“CSV UTF-8（逗号分隔）”，记事本里选编码 UTF-8",
                'save it as UTF-8: in Excel as "CSV UTF-8", in Notepad with the encoding UTF-8',
            )
        )
        raise InputError([_problem(said.name, 1, message, hint)]) from None


def _wrong(
    row: Mapping[str | None, object], places: Mapping[str, Place], width: int
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row, and what to do; of one cut otherwise, only that."""
    cells = [cell for cell in row.values() if isinstance(cell, str)]
    beyond = row.get(None)
    given = len(cells) + (len(beyond) if isinstance(beyond, list) else 0)
    if given > width or given < len(_COLUMNS):
        yield (
            say(
                f"这一行有 {given} 个字段，表头有 {width} 个",
                f"this row has {given} fields, the header {width}",
            ),
            say(
                "用半角逗号分隔，空的也留出逗号；内容里有逗号的加引号",
                "separate fields by commas, blank ones too; quote what holds a comma",
            ),
        )
        return
    delete, fill = say("删去一行", "delete one of them"), say("补上，或删去这一行", "fill it in")
    text = {name: str(row.get(name) or "").strip() for name in _COLUMNS}
    if not text["code"]:
        yield say("没有代码", "no code"), fill
    for name in ("code", "parent"):
        if _SHORTENED.fullmatch(text[name]):
            yield (
                say(
                    f"“{text[name]}”是 Excel 改写过的数，不是代码",
                    f'"{text[name]}" is a number as Excel shortens it, no code',
                ),
                say(
                    "在 Excel 里把这一列设为文本，重新填写代码", "format the column as text, retype"
                ),
            )
    if text["code"] in places:
        yield say(f"代码 {text['code']} 重复", f"{text['code']} stands twice"), delete
    if not text["name"]:
        yield say("没有名称", "no name"), fill
    if any(len(cell) > _LONGEST for cell in cells):
        message = say(f"有一格超过 {_LONGEST} 个字", f"a cell is longer than {_LONGEST} characters")
        yield message, say("删去不属于这里的内容", "leave out what does not belong here")
    if any(map(UNSEEN.search, cells)):
        yield say("有看不见的字符", "it holds characters nobody sees"), say("删去", "delete them")
    if Level.named(text["level"]) is None:
        known = say("、", ", ").join(each.label for each in Level)
        yield (
            say(f"“{text['level']}”不是层级", f'"{text["level"]}" is no level')
            if text["level"]
            else say("没有层级", "no level"),
            say(f"写其中一个：{known}", f"write one of {known}"),
        )


def _place(row: Mapping[str, str | None]) -> Place:
    level = Level.named(row["level"] or "")
    if level is None:
        raise ValueError(row)
    note = (row.get("note") or "").strip()
    names = () if any(mark in note for mark in " ;；") else tuple(filter(None, note.split("、")))
    return Place(
        code=(row["code"] or "").strip(),
        name=(row["name"] or "").strip(),
        level=level,
        parent=(row["parent"] or "").strip() or None,
        aliases=names,
    )


def _problem(file: str, line: int, message: str, hint: str | None = None) -> Problem:
    zh = "列为 代码,名称,层级,上级代码,别名（或 code,name,level,parent,note）"
    columns = say(zh, "the columns are code,name,level,parent,note")
    return FilePlace(file, line).problem("bad-places", message, hint or columns)
