"""Run files: read back as they were written, and refused in one message otherwise."""

import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dabiao.intake.formats.lists import read_list
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.run.json import write_json
from dabiao.reports.run.reading import RunFileError, read_run
from dabiao.schemas.problem import InputError
from tests.reports.sample import sample_run

UNEVEN = {
    "file": "x.csv",
    "columns": ["A", "B"],
    "named": 1,
    "heads": ["代码"],
    "numbers": [2],
    "cells": [["1", "2"]],
}
"""A table with fewer heads than columns."""


def record() -> dict[str, Any]:
    """Give a run as it stands in a file."""
    file = io.StringIO()
    run = sample_run()
    write_json(run, RecordedFindings(run).forms(), file)
    told: dict[str, Any] = json.loads(file.getvalue())
    return told


def refused(path: Path, text: str) -> str:
    """Say why a file is refused."""
    path.write_text(text, "utf-8")
    with pytest.raises(RunFileError) as caught:
        read_run(path)
    return str(caught.value)


def test_findings_name_what_stands_in_the_head() -> None:
    """A rule, a subject and a measure are told once, and named from then on."""
    told = record()

    assert told["findings"][0]["rule"] == told["judged"][0]["id"]
    assert told["findings"][0]["subject"] == told["subjects"][0]["code"]
    assert told["findings"][0]["inputs"][0]["of"] == told["measures"][0]["slug"]
    assert "班级人数" not in json.dumps(told["findings"], ensure_ascii=False)


def test_a_run_of_an_older_format_is_refused(tmp_path: Path) -> None:
    """It says which format it is, and what to do."""
    told = refused(tmp_path / "old.json", '{"schema": "dabiao.run/1", "findings": []}')

    assert "dabiao.run/1" in told
    assert "重新 dabiao check" in told


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "{}", '{"schema": 7}', '{"schema": "dabiao.facts/1"}', "\x00"],
    ids=["empty", "cut off", "list", "number", "no schema", "odd schema", "facts", "binary"],
)
def test_what_is_no_run_is_refused(text: str, tmp_path: Path) -> None:
    """Whatever it is, there is one message, with what is wanted."""
    told = refused(tmp_path / "foreign.json", text)

    assert "不是检查结果" in told
    assert "dabiao check" in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("findings.0.rule", lambda of: of["findings"][0].update(rule="ordos-145/nothing")),
        ("findings.0.subject", lambda of: of["findings"][0].update(subject="999")),
        ("findings.0.outcome", lambda of: of["findings"][0].update(outcome="perfect")),
        ("findings.0.reason", lambda of: of["findings"][0]["reason"].update(kind="magic")),
        ("findings.0.more", lambda of: of["findings"][0].update(more=1)),
        ("findings.0.year", lambda of: of["findings"][0].update(year="2025")),
        ("judged.0.document", lambda of: of["judged"][0].update(document="x")),
        ("summary", lambda of: of.pop("summary")),
        ("findings.0.rule", lambda of: of["findings"][0].update(rule=[])),
        ("findings.0.subject", lambda of: of["findings"][0].update(subject={})),
        ("judged.0.document", lambda of: of["judged"][0].update(document=[])),
        ("findings.0.year", lambda of: of["findings"][0].update(year=10**30)),
        ("sheets.0", lambda of: of.update(sheets=[UNEVEN])),
    ],
    ids=[
        *("rule", "subject", "outcome", "kind", "unknown key", "type", "document", "missing"),
        *("no rule", "no subject", "no document", "no year", "uneven table"),
    ],
)
def test_a_damaged_run_is_refused(place: str, change: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """The message says where, and what to do."""
    told = record()
    change(told)
    message = refused(tmp_path / "damaged.json", json.dumps(told))

    assert place in message
    assert "重新写出" in message
    assert "\n" not in message


def test_findings_that_were_put_in_are_refused(tmp_path: Path) -> None:
    """Of a year that was not judged, or the same finding twice, however well they are counted."""
    told = record()
    told["years"], told["as_of"] = [1999], 1999
    assert "不是这一年" in refused(tmp_path / "years.json", json.dumps(told))
    told = record()
    told["as_of"] = 10**9
    assert "不是这一年" in refused(tmp_path / "as-of.json", json.dumps(told))
    told = record()
    first = told["findings"][0]
    told["findings"].append(first)
    told["summary"][first["outcome"]] += 1
    assert "有 2 条" in refused(tmp_path / "twice.json", json.dumps(told))


def test_a_run_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """It was a run, and is one no more."""
    text = json.dumps(record())

    assert "不完整" in refused(tmp_path / "cut.json", text[: len(text) // 2])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """In the words of the house."""
    with pytest.raises(RunFileError, match="读不了"):
        read_run(tmp_path / "nothing.json")


@pytest.mark.skipif(os.name == "nt", reason="has no such files")
def test_what_may_never_end_is_refused(tmp_path: Path) -> None:
    """A device or a pipe is no run, and is not waited for; a list is read only so far."""
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe"):
        with pytest.raises(RunFileError, match="不是普通文件"):
            read_run(path)
    with pytest.raises(InputError) as caught:
        read_list(Path("/dev/zero"), ["代码"], ["代码"])
    assert "文件太大" in caught.value.problems[0].message


def test_a_fingerprint_knows_rules_facts_and_years() -> None:
    """Any of them makes another; what is shown of a run does not."""
    run = sample_run()
    rules = replace(run.rules, hash="0" * 64)
    others = [
        replace(run, rules=rules),
        replace(run, facts=run.facts[:1]),
        replace(run, years=(2024, 2025)),
    ]

    assert len({each.fingerprint for each in (run, *others)}) == 4
    assert replace(run, findings=(), notes=()).fingerprint == run.fingerprint
