"""``dabiao explain``: the whole reasoning, in the order in which it is followed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Call, facts

Submit = Callable[..., str]


@pytest.fixture
def explain(call: Call, pack: Path) -> Call:
    """Give a function that explains by the small pack alone."""
    return lambda *of: call("explain", *of, "--no-builtin", "--rules", pack.name)


def test_whole_reasoning(explain: Call, submit: Submit) -> None:
    """Clause, condition, numbers with cells, comparison, outcome and remedy, in this order."""
    result = explain("plan/primary-class-size", "150602001001", submit(facts(47)))
    told = [
        "未达标",
        "一年级1班",
        "《示例规划》",
        "第三章，第1段",
        "班级人数 应不高于 45人",
        "市教育体育局",
        "到2025年底",
        "仅限 学段为“小学”：成立",
        "facts.json",
        "班级人数 = 47人",
        "47人　应不高于45人：不成立",
        "整改参考",
    ]
    places = [result.stdout.find(text) for text in told]

    assert result.exit_code == 0
    assert -1 not in places
    assert places == sorted(places)


def test_slug_and_name_are_enough(explain: Call, submit: Submit) -> None:
    """Where nothing else can be meant, a slug and a name will do; facts may also be an option."""
    result = explain("primary-class-size", "一年级1班", "--facts", submit(facts(47)))

    assert "150602001001" in result.stdout


def test_what_a_check_prints_is_enough(
    explain: Call, call: Call, pack: Path, submit: Submit
) -> None:
    """A title and a label as the table of a check has them; the answer says who lies in what."""
    given = submit(facts(47))
    table = call("check", given, "--rules", pack.name, "--no-builtin", "--rule", "小学每班*").stdout
    result = explain("小学每班不超过45人", "第一小学 一年级1班", given)

    assert "第一小学 一年级1班" in table
    assert "东胜区 › 第一小学 › 一年级1班  150602001001" in result.stdout
    assert explain("小学每班不超过45人", "第二小学 一年级1班", given).exit_code == 4


def test_missing(explain: Call, submit: Submit) -> None:
    """What is missing is said, and what it leaves undecided."""
    result = explain("primary-class-size", "150602001001", submit(facts(None)))

    assert "缺数据" in result.stdout
    assert "班级人数" in result.stdout


@pytest.mark.parametrize(
    ("asked", "code", "hint"),
    [
        (("plan/primary-class-sise", "150602001001"), 4, "plan/primary-class-size"),
        (("plan/primary-class-size", "15060200101"), 4, "150602001001"),
        (
            ("plan/primary-class-size", "1506020010"),
            2,
            "考核的是班级，1506020010 是学校；其中的班级有 1 个，改写代码：150602001001",
        ),
        (("plan/primary-class-size", "150603"), 2, "150603"),
    ],
    ids=["unknown rule", "unknown subject", "another level", "another place"],
)
def test_nothing_to_explain(
    explain: Call, submit: Submit, asked: tuple[str, str], code: int, hint: str
) -> None:
    """What there is no finding for is told, with what may have been meant."""
    result = explain(*asked, submit(facts()))

    assert result.exit_code == code
    assert hint in result.stderr
    assert result.stdout == ""


def test_nothing_to_explain_by(explain: Call) -> None:
    """Without facts there is nothing to explain."""
    assert explain("plan/primary-class-size", "150602001001").exit_code == 3


def test_formats(explain: Call, submit: Submit) -> None:
    """Programs read the same reasoning as JSON; Markdown has it as headings and lists."""
    arguments = ("plan/primary-class-size", "150602001001", submit(facts(47)), "--format")
    record = json.loads(explain(*arguments, "json").stdout)
    page = explain(*arguments, "markdown").stdout

    assert record["finding"]["outcome"] == "violation"
    assert record["applies"] is True
    assert page.startswith("# 未达标：小学每班不超过45人\n")
    assert "- 班级人数 = 47人" in page
    assert explain(*arguments, "csv").exit_code == 2


def test_a_former_code_is_enough(
    explain: Call, call: Call, pack: Path, submit: Submit, tmp_path: Path
) -> None:
    """Who has another code now is found by the old one, which stands beside what it submitted.

    A run that is narrowed to an old code, or reported on by it, is that of the new one.
    """
    old = {
        "名录": [{"层级": "学校", "代码": "1506020099", "名称": "第一小学", "原代码": "1506020010"}]
    }
    given = submit(facts(47) | old)
    rules = "--rules", pack.name, "--no-builtin"
    run = str(tmp_path / "run.json")
    told = explain("plan/school-doctor", "1506020010", given).stdout
    narrowed = call("check", given, *rules, "--area", "1506020010", "-o", run, "--fail-on", "never")
    again = call("report", run, "--area", "1506020010")

    assert "第一小学  1506020099" in told
    assert "以原代码 1506020010 填报" in told
    assert (narrowed.exit_code, again.exit_code) == (0, 0)
    assert "小学每班不超过45人" in again.stdout


def test_a_run_of_text_files_is_read_back(call: Call, pack: Path, tmp_path: Path) -> None:
    """What has no sheets, as a delimited file, is cited in a run that can be reported on."""
    path, run = tmp_path / "学校.csv", str(tmp_path / "run.json")
    path.write_text("代码,名称,上级代码,年份,有校医\n1506020010,一小,150602,2025,否\n", "utf-8")
    rules = "--rules", pack.name, "--no-builtin"
    call("check", str(path), *rules, "-o", run, "--fail-on", "never")

    assert "一小" in call("report", run).stdout


def test_no_file_is_named(explain: Call) -> None:
    """What has no place is told without one."""
    result = explain("plan/primary-class-size", "150602001001")
    assert (result.exit_code, result.stderr.partition("：")[0].partition(":")[0]) == (3, "错误")
