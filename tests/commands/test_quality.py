"""dabiao facts quality and visits, as a supervisor runs them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Call, Facts

CHECKS = """\
# language: zh-CN
功能: 核对
  背景:
    假如 数据项
      | 名称   | 标识     | 层级       | 单位 | 类型 | 范围 | 汇总 |
      | 学生数 | pupils   | 学校、旗县 | 人   | 整数 | 0..  | 求和 |
      | 教师数 | teachers | 学校       | 人   | 整数 | 0..  |      |
    而且 核对关系
      | 名称           | 标识              | 层级 | 关系       | 仅限       |
      | 有学生就有教师 | pupils-but-no-one | 学校 | 教师数 > 0 | 学生数 > 0 |
  场景大纲: 有没有
    假如 某学校的 学生数 是 <学生>
    而且 教师数 是 <教师>
    当 在2025年考核
    那么 <有没有>核对提示"有学生就有教师"
    例子:
      | 学生 | 教师 | 有没有 |
      | 1    | 0    | 有     |
      | 1    | 1    | 没有   |
"""


@pytest.fixture
def checks(pack: Path) -> str:
    """Write a pack that declares a relation."""
    (pack / "checks.feature").write_text(CHECKS, "utf-8")
    return str(pack)


def submission() -> Facts:
    """Make eight schools in two counties; the first has pupils and nobody who teaches them."""
    return {
        "学校": [
            {
                "代码": f"15060{2 + each % 2}00{each:02}",
                "名称": f"第{each}小学",
                "上级代码": f"15060{2 + each % 2}",
                "年份": 2025,
                "学生数": 100 + each,
                "教师数": 10 if each else 0,
            }
            for each in range(8)
        ]
    }


def test_quality_lists_notes(call: Call, submit: Callable[..., str], checks: str) -> None:
    """One school contradicts itself; that is a note and no failure."""
    path = submit(submission())

    shown = call("facts", "quality", path, "--no-builtin", "--rules", checks)

    assert shown.exit_code == 0
    assert "教师数为0人，学生数为100人；应满足：教师数高于0人（有学生就有教师）" in shown.stdout
    assert "facts.json › 学校" in shown.stdout
    assert "提示 1 条：不可能 1" in shown.stdout


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_quality_in_other_formats(
    call: Call, submit: Callable[..., str], checks: str, form: str
) -> None:
    """The same note, for programs."""
    arguments = ["facts", "quality", submit(submission()), "--no-builtin", "--rules", checks]
    shown = call(*arguments, "-f", form)

    assert shown.exit_code == 0
    assert "教师数为0人" in shown.stdout
    if form == "json":
        (note,) = json.loads(shown.stdout)
        assert (note["kind"], note["check"]) == ("impossible", "pupils-but-no-one")
        assert note["measures"] == ["teachers", "pupils"]


def test_the_report_shows_the_note(call: Call, submit: Callable[..., str], checks: str) -> None:
    """Contradictions stand in the notes of a run; jumps and copies are only looked for here."""
    path = submit(submission())

    run = json.loads(call("check", path, "--no-builtin", "--rules", checks, "-f", "json").stdout)

    assert [note["check"] for note in run["notes"] if note["kind"] == "impossible"] == [
        "pupils-but-no-one"
    ]


def test_relations_are_proved_by_examples(call: Call, checks: str) -> None:
    """A scenario says when there is a note and when not."""
    shown = call("rules", "test", checks, "--no-builtin")

    assert shown.exit_code == 0
    (Path(checks) / "checks.feature").write_text(
        CHECKS.replace("教师数 > 0 ", "教师数 > 1 "), "utf-8"
    )
    assert call("rules", "test", checks, "--no-builtin").exit_code == 4


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("| 教师数 > 0 ", "| 老师数 > 0 ", "unknown-name"),
        ("| 教师数 > 0 ", "| 教师数     ", "not-a-relation"),
        ("pupils-but-no-one", "Pupils", "bad-slug"),
        ("| 仅限       |", "| 限制       |", "unknown-column"),
        ("| 学校 | 教师数", "| 校 | 教师数", "unknown-level"),
    ],
)
def test_lint_tells_what_is_wrong(
    call: Call, checks: str, right: str, wrong: str, code: str
) -> None:
    """With file, line and column."""
    text = CHECKS.replace(right, wrong)
    assert text != CHECKS
    (Path(checks) / "checks.feature").write_text(text, "utf-8")

    shown = call("rules", "lint", checks, "--no-builtin")

    assert shown.exit_code == 4
    assert f"[{code}]" in shown.stdout
    assert f"checks.feature:{10}:" in shown.stdout or f"checks.feature:{9}:" in shown.stdout


def visits(call: Call, path: str, checks: str, *more: str) -> dict[str, Any]:
    """Draw visits."""
    arguments = ["facts", "visits", path, "--no-builtin", "--rules", checks, "-f", "json", *more]
    shown = call(*arguments)
    assert shown.exit_code == 0, shown.stderr
    drawn: dict[str, Any] = json.loads(shown.stdout)
    return drawn


def codes(drawn: dict[str, Any]) -> list[str]:
    """Give the codes drawn."""
    return [each["subject"]["code"] for each in drawn["visits"]]


def test_the_same_seed_draws_the_same(call: Call, submit: Callable[..., str], checks: str) -> None:
    """Whatever the order of the rows; and every county has one."""
    facts = submission()
    turned = {"学校": facts["学校"][::-1]}
    first = visits(call, submit(facts), checks, "--share", "25%", "--seed", "7")

    again = visits(call, submit(turned, "b.json"), checks, "--share", "25%", "--seed", "7")

    assert codes(first) == codes(again)
    assert (first["population"], first["strata"], len(first["visits"])) == (8, 2, 2)
    assert {each["stratum"] for each in first["visits"]} == {"150602", "150603"}


def test_risk_is_in_the_lot_with_its_reason(
    call: Call, submit: Callable[..., str], checks: str
) -> None:
    """All are drawn at 100 %, and the one with a note has its points, kind and cell.

    No outcome rests on what is noted here, so it counts half.
    """
    path = submit(submission())

    drawn = visits(call, path, checks, "--share", "100%", "--seed", "7", "--weight", "impossible=5")
    risks = {each["subject"]["code"]: each["risk"] for each in drawn["visits"]}
    reason = drawn["visits"][0]["reasons"][0]

    assert risks.pop("1506020000") == 3.5
    assert set(risks.values()) == {1}
    assert (reason["kind"], reason["points"]) == ("impossible", 2.5)
    assert reason["bears"] == 0
    assert reason["sources"][0]["file"] == "facts.json"


def test_who_is_closed_is_not_drawn(call: Call, submit: Callable[..., str], checks: str) -> None:
    """Nobody is sent to a school that is no more; one that no roster knows has a reason."""
    sent = submission()
    sent["名录"] = [
        {"层级": "学校", "代码": row["代码"], "停办年份": 2024 if at == 0 else None}
        for at, row in enumerate(sent["学校"][:-1])
    ]
    gone, unknown = sent["学校"].pop(0)["代码"], sent["学校"][-1]["代码"]

    drawn = visits(call, submit(sent), checks, "--share", "100%", "--seed", "7")

    reasons = {each["subject"]["code"]: each["reasons"] for each in drawn["visits"]}
    assert gone not in reasons
    assert len(reasons) == len(sent["学校"])
    assert "not-in-roster" in [each["kind"] for each in reasons[unknown]]


def test_findings_count_if_asked(call: Call, submit: Callable[..., str], checks: str) -> None:
    """A school without a doctor, which the plan asks for."""
    facts = submission()
    for school in facts["学校"]:
        school["有校医"] = "否" if school["代码"] == "1506030001" else "是"
    path = submit(facts)

    plain = visits(call, path, checks, "--share", "100%", "--seed", "7")
    more = visits(call, path, checks, "--share", "100%", "--seed", "7", "--also", "violation")

    assert (plain["flagged"], more["flagged"]) == (1, 2)
    (visit,) = [each for each in more["visits"] if each["subject"]["code"] == "1506030001"]
    assert visit["reasons"][0]["kind"] == "violation"


def test_a_table_says_what_was_drawn_with_what(
    call: Call, submit: Callable[..., str], checks: str, tmp_path: Path
) -> None:
    """Seed, share, population and hash stand on top; inspectors come from elsewhere."""
    (tmp_path / "people.csv").write_text(
        "姓名,单位\n督学一,东胜区\n督学二,市局\n督学三,市局\n", "utf-8"
    )
    arguments = ("facts", "visits", submit(submission()), "--no-builtin", "--rules", checks)

    shown = call(
        *arguments,
        "--share",
        "50%",
        "--seed",
        "7",
        "--area",
        "150602",
        "--inspectors",
        "people.csv",
    )

    assert shown.exit_code == 0
    assert "从 4 所学校中抽取 2 所（比例 50%，种子 7）" in shown.stdout
    assert "检查人员：督学二、督学三" in shown.stdout or "检查人员：督学三、督学二" in shown.stdout
    assert "督学一" not in shown.stdout


def test_seeds_are_what_was_called_out(call: Call, submit: Callable[..., str], checks: str) -> None:
    """A word serves as well as a number; full width and spaces around it draw the same."""
    path = submit(submission())
    drawn = [
        visits(call, path, checks, "--share", "30%", "--seed", seed)
        for seed in (" ７ ", "7", "小雪")
    ]

    assert drawn[0] == drawn[1]
    assert drawn[2]["seed"] == "小雪"
    assert len(drawn[2]["visits"]) == len(drawn[1]["visits"]) > 0


def test_a_team_that_is_not_complete_is_told(
    call: Call, submit: Callable[..., str], checks: str, tmp_path: Path
) -> None:
    """Where nobody else is from elsewhere, the list says how many are wanting."""
    (tmp_path / "people.csv").write_text("姓名,单位\n督学一,东胜区\n督学二,市局\n", "gb18030")
    shown = call(
        *("facts", "visits", submit(submission()), "--no-builtin", "--rules", checks),
        *("--share", "1%", "--seed", "7", "--area", "150602", "--inspectors", "people.csv"),
    )

    assert "检查人员：督学二（缺 1 人：" in shown.stdout


@pytest.mark.parametrize(
    "more",
    [
        ("--share", "10", "--seed", "1"),
        ("--share", "10%"),
        ("--share", "10%", "--seed", " "),
        ("--share", "0%", "--seed", "1"),
        ("--share", "101%", "--seed", "1"),
        ("--share", "10%", "--seed", "1", "--level", "苏木乡镇"),
        ("--share", "10%", "--seed", "1", "--weight", "copies=3"),
        ("--share", "10%", "--seed", "1", "--level", "村"),
        ("--share", "10%", "--seed", "1", "--level", "旗县"),
        ("--share", "10%", "--seed", "1", "--per", "班级"),
        ("--share", "10%", "--seed", "1", "--inspectors", "nobody.csv"),
    ],
)
def test_mistakes_are_told(
    call: Call, submit: Callable[..., str], checks: str, more: tuple[str, ...]
) -> None:
    """In a line or two, with exit code 2."""
    arguments = ("facts", "visits", submit(submission()), "--no-builtin", "--rules", checks)

    shown = call(*arguments, *more)

    assert shown.exit_code == 2
    assert shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_sound_submission_gives_few_notes(call: Call) -> None:
    """The synthetic example has sums over schools that are not all there, and little else."""
    folder = Path(__file__).parents[2] / "examples" / "ordos-2025"

    notes = json.loads(call("facts", "quality", str(folder), "-f", "json").stdout)
    statistics = [note for note in notes if note["kind"] in ("jump", "outlier", "copy", "repeat")]

    assert 0 < len(notes) < 50
    assert len(statistics) < 5
