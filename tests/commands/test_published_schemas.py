"""JSON Schemas: what is published is what the program writes and reads."""

import json
from pathlib import Path

import jsonschema
import pytest

from dabiao.schemas.published import Published, json_schema

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("of", list(Published))
def test_published_schema_is_the_program_s(of: Published) -> None:
    """docs/schemas holds what ``dabiao schema`` prints; print it anew after a change."""
    committed = (SCHEMAS / f"{of.value}.schema.json").read_text("utf-8")

    assert json.loads(committed) == json_schema(of)


@pytest.mark.parametrize("of", list(Published))
def test_schema_is_a_schema(of: Published) -> None:
    """Each schema is valid by its own dialect."""
    jsonschema.Draft202012Validator.check_schema(json_schema(of))


@pytest.mark.parametrize(
    "facts",
    [
        {"school": [{"code": "1", "year": 2025, "pupils": 300}]},
        {"学校": [{"代码": "1", "年份": "2025", "学生数": "300人", "名称": None}]},
        {"名录": [{"层级": "学校", "代码": "1"}], "county": []},
        {"roster": [{"level": "school", "code": "1", "status": "closed", "closed": 2024}]},
    ],
    ids=["English", "Chinese", "roster", "closed"],
)
def test_facts_that_fit(facts: object) -> None:
    """Facts with Chinese or English names fit the schema."""
    jsonschema.validate(facts, json_schema(Published.FACTS))


@pytest.mark.parametrize(
    "facts",
    [
        {"schools": {"code": "1"}},
        {"school": [{"year": 2025}]},
        {"school": [{"code": "1", "year": 2025, "pupils": [300]}]},
    ],
    ids=["no list", "no code", "nested"],
)
def test_facts_that_do_not_fit(facts: object) -> None:
    """What is no table of subjects does not fit."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(facts, json_schema(Published.FACTS))


def test_what_may_be_none_may_be_left_out() -> None:
    """A run leaves out what is None, so that no field that may be None is asked for when read."""
    schema = json_schema(Published.RUN)
    records = {**schema["$defs"], "Run": schema}
    asked = [
        f"{name}.{key}"
        for name, of in records.items()
        for key in of.get("required", ())
        if {"type": "null"} in of["properties"].get(key, {}).get("anyOf", ())
    ]

    assert asked == []
