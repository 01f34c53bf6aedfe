"""The part of docs/run.md and its Chinese twin that is made from the records: each with its fields.

``python -m tests.reports.run_page`` writes both anew. Records say in English what they are;
``run_page.zh-CN.tsv`` has the same in Chinese, sentence by sentence.
"""

import ast
import inspect
import itertools
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.document import Document, Period, Units
from dabiao.schemas.finding import Finding, Input, Required
from dabiao.schemas.language import Language, language, say, speaking
from dabiao.schemas.naming import Bilingual, MeasureName
from dabiao.schemas.reasons import existence, lacks, origins, readings, remarks, remedies, why
from dabiao.schemas.rule import GoverningYears, JudgedRule, Timing, YearTarget
from dabiao.schemas.run import (
    Caveat,
    FactFileRecord,
    LevelCount,
    NotApplied,
    Note,
    ReadingDecision,
    RulePackRecord,
    Run,
    RunOptions,
)
from dabiao.schemas.source import Source
from dabiao.schemas.subject import ListedSubject

_DOCS = Path(__file__).parents[2] / "docs"
PAGES = {Language.ZH: _DOCS / "run.zh-CN.md", Language.EN: _DOCS / "run.md"}
MARK = "<!-- The rest is made by python -m tests.reports.run_page -->\n"
CHINESE = dict(
    line.split("\t")
    for line in Path(__file__).with_suffix(".zh-CN.tsv").read_text("utf-8").splitlines()
)
"""What the records say of themselves, in English, and the same in Chinese."""

_FIELD = re.compile(r"^        (\w+): (.*)$")


def _kinds(module: Any) -> list[type]:  # noqa: ANN401 - a module
    """List the records that a module introduces, in the order in which they stand."""
    own = [each for each in vars(module).values() if inspect.isclass(each)]
    return [
        each
        for each in own
        if each.__module__ == module.__name__ and hasattr(each, "__dataclass_fields__")
    ]


PARTS: tuple[tuple[str, str, list[type]], ...] = (
    ("全貌", "The whole", [Run]),
    (
        "开头",
        "The head",
        [
            RunOptions,
            RulePackRecord,
            Document,
            Period,
            JudgedRule,
            Timing,
            YearTarget,
            GoverningYears,
            Units,
            MeasureName,
            Bilingual,
            ListedSubject,
            FactFileRecord,
            ReadingDecision,
            Attendance,
        ],
    ),
    ("一条结论", "A finding", [Finding, Required, Input, Source, *_kinds(remedies)]),
    ("为什么：`reason`，按 `kind`", "Why: `reason`, by its `kind`", _kinds(why)),
    ("原因里说到的", "What reasons speak of", [*_kinds(lacks), *_kinds(existence)]),
    (
        "单元格可能的读法：`readings`，按 `kind`",
        "What cells may mean: `readings`, by its `kind`",
        _kinds(readings),
    ),
    (
        "值从哪里来：`origin`，按 `kind`",
        "Where a value comes from: `origin`, by its `kind`",
        _kinds(origins),
    ),
    ("提示", "Notes", [Note, *_kinds(remarks)]),
    ("须知", "Caveats", [Caveat, NotApplied, LevelCount]),
)


def generated() -> str:
    """Write the part, in the language spoken now."""
    lines = (line for zh, en, records in PARTS for line in _part(say(zh, en), records))
    return "\n".join(lines) + "\n"


def _part(title: str, records: list[type]) -> list[str]:
    lines = ["", f"## {title}"]
    for each in records:
        lines += _record(each)
    return lines


def _record(of: type) -> list[str]:
    schema = TypeAdapter(of).json_schema(mode="serialization", by_alias=True)
    fields: dict[str, Any] = schema.get("properties", {})
    kind = fields.get("kind", {}).get("const")
    summary, meanings = _documented(of)
    heading = f"### {of.__name__}" + (f" (`{kind}`)" if kind else "")
    lines = ["", heading, "", summary]
    shown = {name: field for name, field in fields.items() if name != "kind" or not kind}
    if shown:
        heads = say("| 字段 | 类型 | 含义 |", "| field | type | meaning |")
        lines += ["", heads, "|---|---|---|"]
        for name, field in shown.items():
            meaning = meanings.get(_OWN.get(name, name), "")
            lines.append(f"| `{name}` | {_type(field)} | {meaning} |")
    return lines


_OWN = {"schema": "schema_", "rule": "by", "from": "from_"}
"""Names in the file that are others in the code; a record without them keeps its own."""


def _documented(of: type) -> tuple[str, dict[str, str]]:
    """Give the first paragraph of a docstring, and what it says of each field."""
    text = inspect.getdoc(of) or ""
    summary = _plain(text.split("\n\n", maxsplit=1)[0])
    found = _below(of)
    name = ""
    for line in (of.__doc__ or "").partition("Attributes:\n")[2].splitlines():
        match = _FIELD.match(line)
        if match:
            name = match[1]
            found[name] = match[2]
        elif name and line.strip():
            found[name] += " " + line.strip()
    found |= {own: found[other] for own, other in _OWN.items() if other in found}
    found |= {other: found[own] for own, other in _OWN.items() if own in found}
    return summary, {name: _plain(text) for name, text in found.items()}


def _below(of: type) -> dict[str, str]:
    """Give the texts that stand below fields."""
    (made,) = ast.parse(inspect.getsource(of)).body
    found: dict[str, str] = {}
    for field, text in itertools.pairwise(getattr(made, "body", [])):
        match field, text:
            case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(told))):
                found[name] = told
    return found


def _plain(text: str) -> str:
    """Put a text of the code on a line of the page."""
    told = " ".join(text.split()).replace("``", "`").replace("|", "\\|")
    return CHINESE[told] if told and language() is Language.ZH else told


_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "object": "字典",
}


def _type(field: dict[str, Any]) -> str:
    """Name a type briefly."""
    match field:
        case {"$ref": ref}:
            return str(ref).rpartition("/")[2]
        case {"anyOf": options} | {"oneOf": options}:
            named = dict.fromkeys(_type(each) for each in options if each != {"type": "null"})
            return say(" 或 ", " or ").join(named)
        case {"type": "array", "prefixItems": [*items]}:
            of = say("、", " and ").join(map(_type, items))
            return say(f"列表（{of}）", f"list of {of}")
        case {"type": "array", "items": items}:
            return say(f"列表（{_type(items)}）", f"list of {_type(items)}")
        case {"const": value}:
            return f"`{value}`"
        case {"type": kind}:
            return say(_TYPES[kind], kind)
        case _:
            return ""


if __name__ == "__main__":
    for spoken, page in PAGES.items():
        with speaking(spoken):
            page.write_text(
                page.read_text("utf-8").partition(MARK)[0] + MARK + generated(), "utf-8"
            )
