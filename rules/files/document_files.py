"""Reading ``document.yaml``: small, flat, and without anything that could grow when it is read."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, Problem

_MOST = 1 << 16
"""Bytes of a file that is read."""
_DEEPEST = 3
"""Levels of lists and keys, of which a document needs two."""
_ID = re.compile(r"""^id:[ ]*["']?([a-z0-9-]+)""", re.MULTILINE)
_YEAR = re.compile(r"[0-9]{1,4}")
_YES_NO = {"true": True, "是": True, "false": False, "否": False}
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")

KeyLines = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document, and where it is described.

    Attributes:
        document: What its file says.
        file: The file.
        lines: The line of each of its keys.
    """

    document: Document
    file: PackFile
    lines: KeyLines = field(default_factory=dict)

    def problem(self, key: str, code: str, message: str, hint: str | None = None) -> Problem:
        """Tell a problem with what stands at a key."""
        return FilePlace(self.file.name, self.lines.get(key, 1)).problem(code, message, hint)


class _UnfitError(Exception):
    """A file that is no document; says why, at which line, and what to do."""

    def __init__(self, message: str, hint: str | None = None, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


def read_document_files(
    files: Iterable[PackFile], report: Callable[[Problem], None]
) -> list[DocumentFile]:
    """Read every ``document.yaml``; what is wrong with one is reported."""
    found: list[DocumentFile] = []
    for file in files:
        try:
            content, lines = _content(_text(file))
        except _UnfitError as error:
            report(_bad(file, error.line, error.message, error.hint))
            continue
        try:
            document = Document.model_validate_json(json.dumps(content, ensure_ascii=False))
        except ValidationError as error:
            for problem in _misfits(file, content, lines, error):
                report(problem)
            continue
        found.append(DocumentFile(document, file, lines))
    return found


def document_id(file: PackFile) -> str | None:
    """Give the id that a file says its document has, whatever else is wrong with it."""
    try:
        found = _content(_text(file))[0].get("id")
    except _UnfitError:
        written = _ID.search(file.read(_MOST).decode("utf-8", "replace"))
        return written[1] if written else None
    return found if isinstance(found, str) else None


def _bad(file: PackFile, line: int, message: str, hint: str | None) -> Problem:
    return FilePlace(file.name, line, 1).problem("bad-document", message, hint)


def _text(file: PackFile) -> str:
    content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise _UnfitError(
            say(f"超过 {_MOST // 1024} KB", f"longer than {_MOST // 1024} KB"),
            say("只写文件本身的说明，不放正文", "describe the document; leave its text out"),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = say("文件不是 UTF-8 编码", "the file is not in UTF-8")
        raise _UnfitError(message, say("另存为 UTF-8", "save it as UTF-8")) from None


def _content(text: str) -> tuple[dict[str, Any], KeyLines]:
    """Read the keys of a document, all scalars as they are written, and the line of each key."""
    import yaml  # not needed where the pack was kept

    try:
        _look_over(text)
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _UnfitError(
            say("不是合法的 YAML", "not valid YAML"),
            say("每行写 键: 值，冒号后有空格", "write 'key: value' on each line"),
            mark.line + 1 if mark else 1,
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise _UnfitError(
            say("应是 键: 值 的列表", "expected keys and values"), "id, title, period"
        )
    lines: dict[str, int] = {}
    return {key: _plain(key, value) for key, value in _pairs(node, lines)}, lines


def _look_over(text: str) -> None:
    """Go through a text once, before anything is made of it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            message = say("不支持引用（*）", "aliases (*) are not supported")
            raise _UnfitError(message, say("把内容直接写出来", "write it out"), line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            message = say("嵌套太深", "nested too deeply")
            raise _UnfitError(message, say("只用 键: 值 和列表", "use keys and lists only"), line)


def _pairs(node: Any, lines: dict[str, int]) -> Iterable[tuple[str, Any]]:  # noqa: ANN401 - a node of YAML
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = key.value if isinstance(key.value, str) else "?"
        if name in lines:
            message = say(f"“{name}”出现了两次", f"{name!r} is given twice")
            raise _UnfitError(message, say("删去一处", "delete one of them"), line)
        lines[name] = line
        yield name, value


def _plain(key: str, node: Any) -> Any:  # noqa: ANN401 - a node of YAML, and what it stands for
    """Give what a node says: texts, years, days, and lists and keys of them."""
    if isinstance(node.value, list):
        if node.id == "mapping":
            return {name: _plain(name, value) for name, value in _pairs(node, {})}
        return [_plain("", value) for value in node.value]
    said: str = node.value
    quoted = node.style is not None
    if said in ("", "~", "null") and not quoted:
        return None
    if key in ("from", "to") and _YEAR.fullmatch(said) and not quoted:
        return int(said)
    if key == "on_request" and said.lower() in _YES_NO:
        return _YES_NO[said.lower()]
    if key == "issued" and (day := _DAY.fullmatch(said)):
        return f"{day[1]}-{day[2]:>02}-{day[3]:>02}"
    return said


def _misfits(
    file: PackFile, content: Mapping[str, Any], lines: KeyLines, error: ValidationError
) -> Iterable[Problem]:
    known = {"from" if name == "from_" else name for name in Document.model_fields}
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        first = str(fault["loc"][0]) if fault["loc"] else ""
        close = nearest(key, known) if fault["type"] == "extra_forbidden" else []
        hint = say(f"是不是：{close[0]}", f"did you mean {close[0]}?") if close else None
        yield _bad(file, lines.get(first, 1), f"{key}: {_said(fault, content.get(first))}", hint)


def _said(fault: Any, found: object) -> str:  # noqa: ANN401 - a fault as pydantic has it
    """Say in both languages what is wrong with a value."""
    shown = "" if isinstance(found, list | dict | None) else f"“{found}”"
    no_day = (f"{shown}不是日期，写成 2026-03-01", "is no date; write 2026-03-01")
    known = {
        "missing": ("没有写", "is lacking"),
        "extra_forbidden": ("没有这个键", "is no key of a document"),
        "string_pattern_mismatch": (
            f"{shown}只能用小写字母、数字和连字符",
            "has lower-case letters, digits and hyphens only",
        ),
        "string_type": ("应是一个文字", "must be a text"),
        "string_too_short": ("不能为空", "must not be empty"),
        "bool_parsing": (f"{shown}应是 true 或 false", "must be true or false"),
        "int_type": ("应是年份，如 2026", "must be a year, such as 2026"),
        "greater_than_equal": ("年份太早", "is too early a year"),
        "less_than_equal": ("年份太晚", "is too late a year"),
        "tuple_type": ("应是列表，如 [ordos-145]", "must be a list, such as [ordos-145]"),
        "model_type": ("应是 {from: 2021, to: 2025}", "must be {from: 2021, to: 2025}"),
        "date_from_datetime_parsing": no_day,
        "date_parsing": no_day,
        "value_error": ("结束年早于开始年", "ends before it begins"),
    }
    return say(*known.get(fault["type"], (fault["msg"], fault["msg"])))
