"""JSON Schemas of what goes in and comes out, for programs that write or read it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from dabiao.schemas.border import border
from dabiao.schemas.level import Level
from dabiao.schemas.rule import RuleRecord
from dabiao.schemas.run import RUN_SCHEMA, Run

JsonSchema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FACTS_SCHEMA = "dabiao.facts/1"
RULE_SCHEMA = "dabiao.rule/1"


_STATUS: JsonSchema = {
    "type": ["string", "null"],
    "description": "What has become of it: 在办, 新建, 撤销, 停办, 合并, or open, new, closed,"
    " merged; a year may stand with it, as in 2024年撤销.",
}


class Published(StrEnum):
    """What a schema is published of."""

    FACTS = "facts"
    RULE = "rule"
    RUN = "run"


def json_schema(of: Published) -> JsonSchema:
    """Give a schema."""
    return _MAKERS[of]()


def facts_schema() -> JsonSchema:
    """Give the schema of facts as JSON: a list of rows per level, and the roster.

    Which items a row may hold depends on the rules, so any further key is an item's name or slug.
    """
    rows = {"type": "array", "items": {"$ref": "#/$defs/row"}}
    roster = {"type": "array", "items": {"$ref": "#/$defs/member"}}
    names = [name for level in Level for name in (level.value, level.zh)]
    return {
        "$schema": DIALECT,
        "$id": FACTS_SCHEMA,
        "title": "Facts",
        "type": "object",
        "properties": {
            **dict.fromkeys(names, rows),
            **_either("名录", "roster", roster),
        },
        "additionalProperties": False,
        "$defs": {"row": _row(), "member": _member()},
    }


def _row() -> JsonSchema:
    return {
        "type": "object",
        "description": "One subject in one year; every other key is an item's name or slug.",
        "properties": {
            **_either("代码", "code", {"type": ["string", "integer"]}),
            **_either("名称", "name", {"type": ["string", "null"]}),
            **_either("上级代码", "parent", {"type": ["string", "integer", "null"]}),
            **_either("年份", "year", {"type": ["integer", "string"]}),
        },
        "allOf": [
            {"anyOf": [{"required": ["代码"]}, {"required": ["code"]}]},
            {"anyOf": [{"required": ["年份"]}, {"required": ["year"]}]},
        ],
        "additionalProperties": {
            "type": ["number", "string", "boolean", "null"],
            "description": "Of an item in %, a number up to 1 may be a per cent or a fraction, and"
            ' both readings are kept; "0.98%" or "98%", as a text, says which it is.',
        },
    }


def _member() -> JsonSchema:
    return {
        "type": "object",
        "description": "A subject that is known to exist, whether or not it reports, and from its"
        " first year (启用年份, opened) to its last (停办年份, closed), where these are given. What"
        " was submitted under its former code (原代码, former_code) belongs to it.",
        "properties": {
            **_either("层级", "level", {"type": "string"}),
            **_either("代码", "code", {"type": ["string", "integer"]}),
            **_either("名称", "name", {"type": ["string", "null"]}),
            **_either("上级代码", "parent", {"type": ["string", "integer", "null"]}),
            **_either("状态", "status", _STATUS),
            **_either("启用年份", "opened", {"type": ["integer", "string", "null"]}),
            **_either("停办年份", "closed", {"type": ["integer", "string", "null"]}),
            **_either("并入代码", "merged_into", {"type": ["string", "integer", "null"]}),
            **_either("原代码", "former_code", {"type": ["string", "integer", "null"]}),
            **_either("换码年份", "recoded", {"type": ["integer", "string", "null"]}),
        },
        "allOf": [
            {"anyOf": [{"required": ["代码"]}, {"required": ["code"]}]},
            {"anyOf": [{"required": ["层级"]}, {"required": ["level"]}]},
        ],
    }


def rule_schema() -> JsonSchema:
    """Give the schema of one rule, as ``dabiao rules list --format json`` lists them."""
    schema = border(RuleRecord).json_schema(mode="serialization")
    return {"$schema": DIALECT, "$id": RULE_SCHEMA, **schema}


def run_schema() -> JsonSchema:
    """Give the schema of a run, as ``dabiao check --format json`` writes it."""
    schema = border(Run).json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": RUN_SCHEMA, **schema}


def _either(zh: str, en: str, schema: JsonSchema) -> JsonSchema:
    return {zh: schema, en: schema}


_MAKERS: dict[Published, Callable[[], JsonSchema]] = {
    Published.FACTS: facts_schema,
    Published.RULE: rule_schema,
    Published.RUN: run_schema,
}
