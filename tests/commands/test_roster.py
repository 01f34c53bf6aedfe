"""``dabiao facts roster``: who reported, and who did not."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Call, Facts, facts

Submit = Callable[..., str]


@pytest.fixture
def roster(call: Call, pack: Path) -> Call:
    """Give a function that calls the roll by the small pack alone."""
    return lambda *of: call("facts", "roster", "--no-builtin", "--rules", pack.name, *of)


def member(number: int, **more: object) -> dict[str, object]:
    """List a school."""
    code = f"15060200{10 + number}"
    return {"层级": "学校", "代码": code, "名称": f"第{number}小学", "上级代码": "150602", **more}


def listed() -> Facts:
    """Submit one school, one class without its size, and a roster of four."""
    members = [
        member(0),
        member(1),
        member(2, 状态="撤销", 停办年份=2024),
        member(3, 状态="合并", 停办年份=2024, 并入代码="1506020010"),
    ]
    return facts(size=None) | {"名录": members}


def test_counts_and_names(roster: Call, submit: Submit) -> None:
    """Counts come first, then whoever is not complete, with what is missing or why not."""
    result = roster(submit(listed()))

    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["学校", "2", "1", "0", "0", "1", "0", "1", "1"] in lines
    assert ["班级", "1", "0", "0", "1", "0", "0", "0", "0"] in lines
    assert ["1506020011", "第1小学", "东胜区", "未报"] in lines
    assert ["1506020012", "第2小学", "东胜区", "撤销", "2024年撤销"] in lines
    assert ["1506020013", "第3小学", "东胜区", "并入", "2024年并入第一小学"] in lines
    assert ["150602001001", "一年级1班", "第一小学", "空表"] in lines


def test_formats(roster: Call, submit: Submit) -> None:
    """Programs read the counts as JSON, and the subjects as JSON or CSV; --all lists everybody."""
    name = submit(listed())
    told = json.loads(roster(name, "--format", "json").stdout)
    rows = list(csv.reader(io.StringIO(roster(name, "--format", "csv", "--all").stdout)))

    assert [(each["level"], each["expected"]) for each in told["levels"]] == [
        ("school", 2),
        ("class", 1),
    ]
    assert [each["area"] for each in told["areas"]] == ["150602", "150602"]
    assert {each["returned"] for each in told["subjects"]} == {
        "blank",
        "absent",
        "closed",
        "merged",
    }
    assert len(rows) == 1 + 5
    assert "已报" in rows[1]
    assert "| 学校 |" in roster(name, "--format", "markdown").stdout


def test_level_and_year(roster: Call, submit: Submit) -> None:
    """One level, in either language; in the last year of a school it is expected."""
    name = submit(listed())
    school = json.loads(roster(name, "--level", "school", "--year", "2024", "-f", "json").stdout)

    assert [each["level"] for each in school["levels"]] == ["school"]
    assert (school["year"], school["levels"][0]["absent"]) == (2024, 4)
    assert "班级" in roster(name, "--level", "班级").stdout
    assert roster(name, "--level", "学堂").exit_code == 2


def test_in_english(roster: Call, submit: Submit) -> None:
    """The same in English."""
    result = roster(submit(listed()), "--lang", "en")

    assert "Returns of 2025" in result.stdout
    assert "closed in 2024" in result.stdout


def test_the_whole_way(check: Call, call: Call, pack: Path, submit: Submit) -> None:
    """The line of a check, the reason of a finding and the run say the same."""
    name = submit(listed())
    text = check(name, "--fail-on", "never").stdout
    run = json.loads(check(name, "--fail-on", "never", "--format", "json").stdout)
    told = call(
        "explain", "school-doctor", "1506020012", name, "--no-builtin", "--rules", pack.name
    )

    assert "应报 2 所学校，已报 1，未报 1（撤销 1，并入 1）" in text
    assert [each["absent"] for each in run["attendance"]] == [1, 0]
    found = {each["subject"]: each for each in run["findings"]}
    assert found["1506020011"]["outcome"] == "missing"
    assert found["1506020012"]["outcome"] == "not_applicable"
    assert found["1506020012"]["reason"]["kind"] == "not-there"
    assert "2024年撤销" in told.stdout


def test_a_place_of_its_own(check: Call, submit: Submit) -> None:
    """Of one place, only its own are counted."""
    name = submit(listed())
    run = json.loads(check(name, "--area", "康巴什区", "--format", "json").stdout)

    assert run["attendance"] == []
