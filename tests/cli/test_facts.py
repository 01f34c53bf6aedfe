"""``dabiao facts validate``: every problem, in any format."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call, facts

Submit = Callable[..., str]


@pytest.fixture
def validate(call: Call, pack: Path) -> Call:
    """Give a function that validates by the small pack alone."""
    return lambda *of: call("facts", "validate", "--no-builtin", "--rules", pack.name, *of)


def test_nothing_is_wrong(validate: Call, submit: Submit) -> None:
    """A good submission prints nothing and ends with 0."""
    result = validate(submit(facts()))

    assert (result.exit_code, result.stdout) == (0, "")
    assert "2" in result.stderr


def test_every_problem_at_once(validate: Call, submit: Submit) -> None:
    """Each problem is told with its place, and the exit code is 3."""
    bad = facts("四十多", "也许")
    result = validate(submit(bad))

    assert result.exit_code == 3
    assert "四十多" in result.stdout
    assert "也许" in result.stdout
    assert "facts.json" in result.stdout


def test_warnings_are_refused_only_strictly(validate: Call, submit: Submit) -> None:
    """An unknown column is a warning; strictly taken, an error."""
    odd = facts()
    odd["班级"][0]["班及人数"] = 3
    submit(odd)

    assert validate("facts.json").exit_code == 0
    assert validate("facts.json", "--strict").exit_code == 3
    assert "班级人数" in validate("facts.json").stdout


def test_formats(validate: Call, submit: Submit) -> None:
    """Programs read the same problems as JSON or CSV."""
    submit(facts("四十多"))
    told = json.loads(validate("facts.json", "--format", "json").stdout)
    rows = list(csv.reader(io.StringIO(validate("facts.json", "--format", "csv").stdout)))

    assert [problem["severity"] for problem in told] == ["error"]
    assert told[0]["file"] == "facts.json"
    assert told[0]["cells"] == ["[0].班级人数"]
    assert [each["cell"] for each in told[0]["problems"]] == told[0]["cells"]
    assert len(rows) == 2


def test_one_cause_is_one_line(validate: Call, submit: Submit) -> None:
    """A column of texts is told once; as CSV every cell has a row, with the number of its cause."""
    bad = facts("四十多")
    bad["班级"] = [bad["班级"][0] | {"代码": f"15060200100{at}"} for at in range(9)]
    submit(bad)
    text = validate("facts.json").stdout
    told = json.loads(validate("facts.json", "--format", "json").stdout)
    rows = list(csv.reader(io.StringIO(validate("facts.json", "--format", "csv").stdout)))

    assert text.count("not-a-number") == 1
    assert "共 9 处" in text
    assert [cause["count"] for cause in told] == [9]
    assert [row[0] for row in rows[1:]] == ["1"] * 9


def test_nothing_to_read(validate: Call) -> None:
    """Without a submission there is nothing to validate."""
    assert validate("nowhere").exit_code == 3
