"""JSON: the whole run, by its schema, one finding a line."""

import datetime
import io
import json
from collections.abc import Sequence
from dataclasses import Field, fields, is_dataclass, replace
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pydantic_core import to_json

from dabiao.engine.judge import judge
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.fields import FIELDS
from dabiao.reports.run.csv import write_csv, write_rows
from dabiao.reports.run.json import write_json
from dabiao.reports.run.json_records import JsonFindings, JsonRecords
from dabiao.reports.run.reading import read_run
from dabiao.schemas.border import border
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.published import run_schema
from dabiao.schemas.record import file_name
from dabiao.schemas.run import Run
from dabiao.schemas.subject import ListedSubject
from dabiao.schemas.unseen import visible
from tests.engine.strategies import Case, cases, profile
from tests.reports.sample import sample_run


def written(run: Run) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_json(run, RecordedFindings(run).forms(), file)
    return file.getvalue()


def test_nothing_is_lost(tmp_path: Path) -> None:
    """What is written reads back as the same run."""
    path = tmp_path / "run.json"
    path.write_text(written(sample_run()), "utf-8")

    assert read_run(path) == sample_run()


def test_it_follows_the_schema() -> None:
    """It is valid by the schema that is published."""
    jsonschema.validate(json.loads(written(sample_run())), run_schema())


def test_a_finding_is_a_line() -> None:
    """Two runs can be compared line by line."""
    run = sample_run()
    lines = [line for line in written(run).splitlines() if line.startswith('{"rule"')]

    assert len(lines) == len(run.findings)
    assert all(json.loads(line.rstrip(",")) for line in lines)


def test_a_run_without_findings() -> None:
    """An empty run is JSON too."""
    run = replace(sample_run(), findings=(), notes=(), facts=())

    assert json.loads(written(run))["findings"] == []


@profile(share=0.05)
@given(case=cases(doubtful=True, mortal=True), spoken=st.sampled_from(Language))
def test_findings_are_written_as_their_models_write_them(case: Case, spoken: Language) -> None:
    """In JSON the model of the schema says how, in CSV the fields; each row is as if alone."""
    judgement = judge(case.catalog, case.submission.facts(), every_year=case.every_year)
    rules = list(judgement.excerpt().forms())
    findings = list(judgement.findings())
    written = TypeAdapter(Finding).dump_json
    told = (written(f, by_alias=True, exclude_none=True).decode() for f in findings)

    assert "\n".join(JsonFindings().texts(rules, "\n")) == "\n".join(told)
    together, alone = io.StringIO(), io.StringIO()
    with speaking(spoken):
        write_csv(rules, together)
        rows = [[field.value(finding) for field in FIELDS] for finding in findings]
        write_rows([field.heading for field in FIELDS], rows, alone)
    assert together.getvalue() == alone.getvalue()


def test_subjects_are_written_as_their_model_writes_them() -> None:
    """What many have in common is written once, whatever their names, and the rest as it is."""
    subjects = tuple(
        ListedSubject(f"s{at}", Level.SCHOOL, name, ("15", "1506")[: at % 3], called, years, before)
        for at, (name, called, years, before) in enumerate(
            [
                *product(('甲\n"乙"\x1b', '"name":""', ""), (None,), ((), (2024,)), ((),)),
                ("一班", "甲 一班", (), ()),
                ("丙", None, (2024, 2025), ("old",)),
                ("丁", None, (), ()),
                ("戊", None, (), ("old",)),
            ]
        )
    )
    subjects = (*reversed(subjects), *subjects, *(replace(s, parents=()) for s in subjects))
    lines = written(replace(sample_run(), subjects=subjects)).splitlines()
    first = lines.index('"subjects": [') + 1
    write = TypeAdapter(ListedSubject).dump_json

    assert [line.rstrip(",") for line in lines[first : first + len(subjects)]] == [
        visible(write(each, exclude_none=True).decode()) for each in subjects
    ]


@pytest.mark.parametrize(
    "value", [1e16, 1e-7, -0.0, 1 / 3, '甲\n"乙"\x1b\u2028', True, 12, Outcome.MISSING]
)
def test_values_are_written_as_json_has_them(value: object) -> None:
    """Numbers with exponents, quotes and what cannot be seen are no exception."""
    assert JsonRecords().text(value) == visible(to_json(value).decode())


_HEAD = [each for each in fields(Run) if each.name != "findings"]
_PLAIN: dict[object, st.SearchStrategy[object]] = {
    str: st.sampled_from(["", "甲", '"\\\n\x1b\u2028']),
    int: st.integers(0, 10**20),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
    datetime.date: st.dates(),
}


def unchecked(kind: Any, told: dict[str, object]) -> object:  # noqa: ANN401 - any record
    """Make a record of what it would perhaps not take."""
    made = object.__new__(kind)
    for name, value in told.items():
        object.__setattr__(made, name, value)
    return made


@cache
def anything(of: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type
    """Draw anything of a type that a run holds."""
    parts = get_args(of)
    if of in _PLAIN:
        return _PLAIN[of]
    if is_dataclass(of):
        hints = get_type_hints(of)
        drawn = {each.name: anything(hints[each.name]) for each in fields(of)}
        return st.fixed_dictionaries(drawn).map(partial(unchecked, of))
    if get_origin(of) is Literal:
        return st.sampled_from(parts)
    if get_origin(of) is dict:
        return st.dictionaries(*map(anything, parts), max_size=2)
    if get_origin(of) is Sequence:
        return st.lists(anything(parts[0]), max_size=2).map(tuple)
    if get_origin(of) is tuple:
        if parts[-1] is ...:
            return st.lists(anything(parts[0]), max_size=2).map(tuple)
        return st.tuples(*map(anything, parts))
    return st.one_of(*map(anything, parts)) if parts else st.sampled_from(of)


@pytest.mark.parametrize("field", _HEAD, ids=[each.name for each in _HEAD])
@profile(share=0.05)
@given(data=st.data())
def test_a_head_is_written_as_pydantic_would_write_it(
    field: "Field[Any]", data: st.DataObject
) -> None:
    """Nobody need load it, whatever a run holds."""
    kind: Any = get_type_hints(Run)[field.name]
    value = data.draw(anything(kind))
    told = border(kind).dump_json(value, by_alias=True, exclude_none=True).decode()
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        each = (
            border(type(of)).dump_json(of, by_alias=True, exclude_none=True).decode()
            for of in value
        )
        told = "[\n" + ",\n".join(each) + "\n]"
    run = replace(sample_run(), findings=(), **{field.name: value})

    assert f'"{file_name(field)}": {visible(told)}' in written(run)
