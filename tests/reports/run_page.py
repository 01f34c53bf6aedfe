"""The part of docs/run.md that is made from the records: each with its fields.

``python -m tests.reports.run_page`` writes it anew.
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

PAGE = Path(__file__).parents[2] / "docs" / "run.md"
MARK = "<!-- The rest is made by python -m tests.reports.run_page -->\n"
_FIELD = re.compile(r"^        (\w+): (.*)$")


def _kinds(module: Any) -> list[type]:  # noqa: ANN401 - a module
    """List the records that a module introduces, in the order in which they stand."""
    own = [each for each in vars(module).values() if inspect.isclass(each)]
    return [
        each
        for each in own
        if each.__module__ == module.__name__ and hasattr(each, "__dataclass_fields__")
    ]


PARTS: tuple[tuple[str, list[type]], ...] = (
    ("The whole", [Run]),
    (
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
    ("A finding", [Finding, Required, Input, Source, *_kinds(remedies)]),
    ("Why: `reason`, by its `kind`", _kinds(why)),
    ("What reasons speak of", [*_kinds(lacks), *_kinds(existence)]),
    ("What cells may mean: `readings`, by its `kind`", _kinds(readings)),
    ("Where a value comes from: `origin`, by its `kind`", _kinds(origins)),
    ("Notes", [Note, *_kinds(remarks)]),
    ("Caveats", [Caveat, NotApplied, LevelCount]),
)


def generated() -> str:
    """Write the part."""
    return "\n".join(line for title, records in PARTS for line in _part(title, records)) + "\n"


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
        lines += ["", "| field | type | meaning |", "|---|---|---|"]
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
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|")


def _type(field: dict[str, Any]) -> str:
    """Name a type briefly."""
    match field:
        case {"$ref": ref}:
            return str(ref).rpartition("/")[2]
        case {"anyOf": options} | {"oneOf": options}:
            named = dict.fromkeys(map(_type, options))
            return " or ".join(each for each in named if each != "null")
        case {"type": "array", "prefixItems": [*items]}:
            return "list of " + " and ".join(map(_type, items))
        case {"type": "array", "items": items}:
            return f"list of {_type(items)}"
        case {"const": value}:
            return f"`{value}`"
        case {"type": kind}:
            return str(kind)
        case _:
            return ""


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.partition(MARK)[0] + MARK + generated(), "utf-8")
