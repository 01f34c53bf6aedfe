"""Reading ``document.yaml``: small and flat, as ``plain_yaml`` reads it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from pydantic import ValidationError

from dabiao.intake.plain_yaml import PlainYamlError, read_plain_yaml
from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.words.nearest import ask, nearest
from dabiao.schemas.border import border
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, Problem
from dabiao.schemas.record import dataclass

_MOST = 1 << 16
"""Bytes of a file that is read."""
_DEEPEST = 3
"""Levels of lists and keys, of which a document needs two."""
_ID = re.compile(
    r"""^\W{0,3}(?:id|标识|编号)\W{0,2}[:：][^\S\n]*["']?([a-z0-9-]+)(?=\s|["',}]|$)""",
    re.MULTILINE | re.IGNORECASE,
)
"""What names a document in a file that is wrong in itself."""
_CAN_BE = re.compile(r"[a-z0-9][a-z0-9-]*")
_QUOTED = re.compile("[“”]([^“”]*)[“”]")
"""A value between the quotes that Word and a Chinese keyboard type; a title may well have them."""
_YEAR = re.compile(r"[0-9]{1,4}")
_YES_NO = {"true": True, "是": True, "false": False, "否": False}
KEYS: Mapping[str, tuple[str, str]] = {
    "id": ("id: ordos-145（小写字母、数字和连字符）", "id: ordos-145 (a-z, 0-9 and hyphens)"),
    "title": ("title: 某县教育发展规划", "title: the name of the document"),
    "number": ("number: 某政发〔2021〕1号", "number: its reference number"),
    "issuer": ("issuer: 某县人民政府", "issuer: who issued it"),
    "issued": ("issued: 2021-03-01", "issued: 2021-03-01"),
    "jurisdiction": ('jurisdiction: "150602"', 'jurisdiction: "150602"'),
    "period": ("period: {from: 2021, to: 2025}", "period: {from: 2021, to: 2025}"),
    "under": ("under: [xilingol-145]", "under: [xilingol-145]"),
    "supersedes": ("supersedes: [xilingol-145]", "supersedes: [xilingol-145]"),
    "due": ("due: {学校: 10-31, others: 11-15}", "due: {school: 10-31, others: 11-15}"),
    "on_request": ("on_request: true", "on_request: true"),
}
"""Every key of a document, as it may be written."""
_CHINESE = {
    "标识": "id",
    "编号": "id",
    "标题": "title",
    "名称": "title",
    "文件名称": "title",
    "文号": "number",
    "发文机关": "issuer",
    "印发机关": "issuer",
    "发文日期": "issued",
    "印发日期": "issued",
    "辖区": "jurisdiction",
    "适用地区": "jurisdiction",
    "规划期": "period",
    "有效期": "period",
    "依据": "under",
    "上级文件": "under",
    "落实": "under",
    "取代": "supersedes",
    "申请才考核": "on_request",
    "报送截止": "due",
    "截止日期": "due",
    "起": "from",
    "止": "to",
}
"""What somebody may call a key in Chinese."""
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
            document = border(Document).validate_json(json.dumps(content, ensure_ascii=False))
        except ValidationError as error:
            for problem in _misfits(file, content, lines, error):
                report(problem)
            continue
        found.append(DocumentFile(document, file, lines))
    return found


def document_id(file: PackFile) -> str | None:
    """Give the id that a file says its document has, whatever else is wrong with it.

    None where it gives none, or one that none can be.
    """
    try:
        found = _content(file)[0].get("id")
    except PlainYamlError:
        found = None
    if found is None:
        written = _ID.search(file.legible(_MOST))
        found = written[1] if written else None
    return found if isinstance(found, str) and _CAN_BE.fullmatch(found) else None


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
    if key != "title" and (quoted := _QUOTED.fullmatch(said)):
        said = quoted[1]
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
    """Tell what is wrong; not what is lacking only since its key is misspelt."""
    faults = [(".".join(map(str, fault["loc"])), fault) for fault in error.errors()]
    meant = {near for key, fault in faults if fault["type"] == _UNKNOWN for near in _meant(key)}
    for key, fault in faults:
        if fault["type"] == "missing" and key in meant:
            continue
        first = key.partition(".")[0]
        message, hint = _said(fault, key, content.get(first))
        yield _bad(file, lines.get(first, 1), message, hint)


_UNKNOWN = "unexpected_keyword_argument"


def _known(key: str) -> list[str]:
    return ["from", "to"] if "." in key else list(KEYS)


def _meant(key: str) -> list[str]:
    """Give the key that was meant by one that is none, with the keys above it."""
    above, dot, word = key.rpartition(".")
    found = [_CHINESE[word]] if word in _CHINESE else nearest(word, _known(key), 1)
    return [above + dot + each for each in found]


def _said(fault: Any, key: str, found: object) -> tuple[str, str | None]:  # noqa: ANN401 - a fault as pydantic has it
    """Say in both languages what is wrong at a key, and how to write it."""
    first, _, last = key.partition(".")
    zh, en = KEYS.get(first, ("", ""))
    value = found.get(last) if isinstance(found, dict) and last else found
    shown = "" if isinstance(value, list | dict | None) else str(value)
    form = say(f"写成 {zh}", f"write {en}") if zh else None
    match fault["type"]:
        case "missing" if key.startswith("period."):
            return say("period 没有写 from", "period has no from"), form
        case "missing":
            added = say(f"加一行 {zh}", f"add a line: {en}")
            return say(f"没有写 {key}", f"{key} is lacking"), added
        case "unexpected_keyword_argument":
            known, meant = _known(key), _meant(key)
            return (
                say(f"没有“{key}”这个键", f"{key!r} is no key of a document"),
                ask(meant)
                or say(f"可以写的键：{'、'.join(known)}", f"the keys are {', '.join(known)}"),
            )
        case "greater_than_equal" | "less_than_equal":
            told = say(f"{key} 的年份太早或太晚：{shown}", f"{key} is too early or late: {shown}")
            return told, form
        case "value_error" if first == "due":
            return say("due 的层级或日期写得不对", "a level or day of due can't be"), form
        case "value_error":
            return say("period 的结束年早于开始年", "period ends before it begins"), form
        case _:
            what = say(f"“{shown}”", f" {shown!r}") if shown else ""
            return say(f"{key} 写得不对{what and '：'}{what}", f"{key} cannot be{what}"), form
