"""Reading ``document.yaml``: small and flat, as ``plain_yaml`` reads it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from dabiao.intake.plain_yaml import PlainYamlError, read_plain_yaml
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


def read_document_files(
    files: Iterable[PackFile], report: Callable[[Problem], None]
) -> list[DocumentFile]:
    """Read every ``document.yaml``; what is wrong with one is reported."""
    found: list[DocumentFile] = []
    for file in files:
        try:
            content, lines = _content(file)
        except PlainYamlError as error:
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
        found = _content(file)[0].get("id")
    except PlainYamlError:
        written = _ID.search(file.read(_MOST).decode("utf-8", "replace"))
        return written[1] if written else None
    return found if isinstance(found, str) else None


def _bad(file: PackFile, line: int, message: str, hint: str | None) -> Problem:
    return FilePlace(file.name, line, 1).problem("bad-document", message, hint)


def _content(file: PackFile) -> tuple[dict[str, Any], KeyLines]:
    """Read the keys of a document, and the line of each.

    Raises:
        PlainYamlError: It is not plain YAML, or no list of keys.
    """
    read = read_plain_yaml(file.read(_MOST + 1), most=_MOST, deepest=_DEEPEST)
    if not isinstance(read.content, dict):
        message = say("应是 键: 值 的列表", "expected keys and values")
        raise PlainYamlError(message, "id, title, period")
    content = {key: _typed(key, value) for key, value in read.content.items()}
    if isinstance(period := content.get("period"), dict):
        content["period"] = {key: _typed(key, value) for key, value in period.items()}
    return content, {str(path[0]): line for path, line in read.lines.items() if len(path) == 1}


def _typed(key: str, said: object) -> object:
    """Give years, days and truth values as what they are; all else as it is written."""
    if not isinstance(said, str):
        return said
    if key in ("from", "to") and _YEAR.fullmatch(said):
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
