"""JSON: an object of lists, one per level, of objects that say what a row would."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from pathlib import PurePath

import numpy as np

from dabiao.intake.formats.table import Block, Cell, Nested, Table, text_cell, whole_text
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, empty, too_much
from dabiao.schemas.language import say
from dabiao.schemas.numerals import held
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_RUN = "dabiao.run/"
_FAR = re.compile(rb"[eE][+-]?0*[1-9]\d{2}|\d{300}")
"""What numbers have that no float may hold: 1e400, 1e-400."""


_NONE: frozenset[str] = frozenset()


class _Object(dict[str, object]):
    """An object that remembers which keys it was given twice."""

    __slots__ = ("twice",)

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__((whole_text(key), value) for key, value in pairs)
        self.twice = _NONE
        if len(self) < len(pairs):
            keys = [whole_text(key) for key, _ in pairs]
            self.twice = frozenset(key for key in self if keys.count(key) > 1)


@dataclass(slots=True)
class Json:
    """What a JSON file holds.

    Attributes:
        tables: Its lists of rows.
        problems: What is not as it should be: kind, path, message and what to do.
    """

    tables: list[Table] = field(default_factory=list)
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)


def read_json(data: bytes, file: str, limits: Limits) -> Json:
    """Read JSON.

    Args:
        data: The text, in UTF-8, UTF-16 or UTF-32.
        file: How the user calls the file.
        limits: How much is read.

    Raises:
        Unreadable: It is empty, no JSON, or something else than facts.
    """
    if not data.strip():
        raise empty()
    _bound(data, limits)
    content = _parse(data)
    read = Json()
    if isinstance(content, list):
        content = _Object([(PurePath(file).stem, content)])
    if not isinstance(content, _Object):
        raise _shape(_kind(content))
    if content and not any(isinstance(rows, list | _Object) for rows in content.values()):
        raise _shape(say("单独一行", "a single row"))
    if str(content.get("schema", "")).startswith(_RUN):
        raise Unreadable(
            "not-facts",
            say("这是检查结果，不是填报数据", "this is the outcome of a check, not a submission"),
            say(
                "出报告用 dabiao report；混在填报数据里的，移出文件夹",
                "dabiao report makes reports of it; move it out of a folder of facts",
            ),
            severity=Severity.WARNING,
        )
    for key in sorted(content.twice):
        read.problems.append(("duplicate-key", key, _twice(key), _once()))
    for key, rows in content.items():
        if isinstance(rows, list):
            read.tables.append(_table(key, rows, file, limits, read))
        else:
            message = say(
                f"“{key}”应是列表，而是{_kind(rows)}，未读取",
                f'"{key}" should be a list, is {_kind(rows)} and was not read',
            )
            read.problems.append(("wrong-shape", key, message, _example()))
    return read


def _bound(data: bytes, limits: Limits) -> None:
    """Refuse a text that would take too much memory, before it does."""
    objects = data.count(b"{") + data.count(b"[")
    if objects > limits.cells // 12 or data.count(b",") > limits.cells // 2:
        most = limits.cells // 2
        raise too_much(say(f"超过 {most} 个值", f"over {most} values"))


def _number(text: str) -> float | str:
    number = held(text)
    return text if number is None else number


def _parse(data: bytes) -> object:
    try:
        text = data.removeprefix(b"\xef\xbb\xbf")
        number = _number if _FAR.search(text) else None  # slower, where it makes no difference
        return json.loads(text, object_pairs_hook=_Object, parse_float=number)
    except json.JSONDecodeError as error:
        raise Unreadable(
            "not-json",
            say(
                f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 列",
                f"no valid JSON: line {error.lineno}, column {error.colno}",
            ),
            say(
                "一行一个对象的（JSON Lines），各行之间加逗号，外面加 [ ]",
                "if it has an object a line (JSON Lines), put commas between them and [ ] around",
            )
            if error.msg == "Extra data"
            else say("检查括号、逗号和引号", "check brackets, commas and quotes"),
            error.lineno,
        ) from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        match error:
            case UnicodeDecodeError():
                why = say("不是 UTF-8 编码的文字", "it is not text in UTF-8")
            case RecursionError():
                why = say("嵌套过深", "it is nested too deeply")
            case _:
                why = say("其中的数过长", "a number in it is too long")
        raise Unreadable(
            "not-json",
            say(f"不是有效的 JSON：{why}", f"no valid JSON: {why}"),
            say("存为 UTF-8 编码的 JSON", "save it as JSON in UTF-8"),
        ) from None


def _table(key: str, rows: list[object], file: str, limits: Limits, found: Json) -> Table:
    if len(rows) > limits.rows:
        raise too_much(say(f"超过 {limits.rows} 行", f"over {limits.rows} rows"))
    kept: list[tuple[int, _Object]] = []
    keys: dict[str, int] = {}
    cells = 0
    for number, row in enumerate(rows):
        if not isinstance(row, _Object):
            path = f"{key}[{number}]"
            message = say(
                f"{path} 应是对象，而是{_kind(row)}，未读取",
                f"{path} should be an object, is {_kind(row)} and was not read",
            )
            found.problems.append(("wrong-shape", path, message, _example()))
            continue
        kept.append((number, row))
        for name in row:
            keys.setdefault(name, len(keys))
        cells += len(row)
        if cells > limits.cells or len(keys) > limits.columns:
            raise too_much(say(f"超过 {limits.cells} 个值", f"over {limits.cells} values"))
    blocks = partial(_blocks, kept, list(keys))
    return Table(file, key, key, [], range(len(keys)), blocks, keys=list(keys))


def _blocks(
    rows: Sequence[tuple[int, _Object]], keys: Sequence[str], _: int, wanted: Sequence[int]
) -> Iterator[Block]:
    columns: Mapping[int, list[Cell]] = {
        at: [_cell(row, keys[at]) for _, row in rows] for at in wanted
    }
    yield Block(np.array([number for number, _ in rows], np.int32), columns)


def _cell(row: _Object, key: str) -> Cell:
    value = row.get(key)
    if key in row.twice:
        return Nested(key, twice=True)
    if isinstance(value, str):
        return text_cell(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return Nested(whole_text(json.dumps(value, ensure_ascii=False)))


def _twice(key: str) -> str:
    return say(f"“{key}”出现了两次", f'"{key}" is given twice')


def _shape(found: str) -> Unreadable:
    return Unreadable(
        "wrong-shape",
        say(
            f"应是 {{层级: [{{…}}, …]}} 的形式，而是{found}",
            f"should be an object of lists, is {found}",
        ),
        _example(),
    )


def _example() -> str:
    """Say what to write: a list for each level."""
    return say(
        '写成 {"school": [{"code": …, "year": …}]} 的形式',
        'write it like {"school": [{"code": …, "year": …}]}',
    )


def _once() -> str:
    return say("只保留一个", "keep one of them")


def _kind(value: object) -> str:
    match value:
        case dict():
            return say("对象", "an object")
        case list():
            return say("列表", "a list")
        case str():
            return say("文本", "a text")
        case None:
            return "null"
    return say("单个的值", "a single value")
