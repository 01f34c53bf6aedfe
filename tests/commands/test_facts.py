"""``dabiao facts validate``: every problem, in any format."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Call, facts

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


FOREIGN = "学校代码,学校名称,年份,校医\nk1,示例小学,2025,是\nk2,示例中学,2025,否\n"


@pytest.fixture
def propose(call: Call, pack: Path, tmp_path: Path) -> Call:
    """Give a function that proposes a mapping for a foreign table by the small pack alone."""
    (tmp_path / "校医.csv").write_text(FOREIGN, "utf-8")
    return lambda *of: call("facts", "map", "校医.csv", "--no-builtin", "--rules", pack.name, *of)


def test_a_mapping_is_proposed(propose: Call, validate: Call, tmp_path: Path) -> None:
    """It goes to the screen or to a file, which a check can use; a file is not overwritten."""
    shown = propose()
    assert shown.exit_code == 0
    assert "# 校医: 有校医" in shown.stdout
    written = propose("-o", "map.yaml")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (tmp_path / "map.yaml").read_text("utf-8") == shown.stdout
    refused = propose("-o", "map.yaml")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    used = validate("校医.csv", "--mapping", "map.yaml")
    assert used.exit_code == 0
    assert "2 行" in used.stderr
    assert "level: school" in propose("--lang", "en").stdout


def test_nothing_to_propose(propose: Call, submit: Submit, call: Call) -> None:
    """What needs no mapping ends well and says so; what cannot have one does not."""
    needless = call("facts", "map", submit(facts()), "--no-builtin", "--rules", "pack")
    assert (needless.exit_code, needless.stdout) == (0, "")
    assert "不需要映射" in needless.stderr
    assert propose("--level", "学堂").exit_code == 2
