"""What a check leaves out is said: later years, subjects nobody can place, and a run of nothing."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Call, facts

Submit = Callable[..., str]
COUNTY_SUM = """\
# language: zh-CN
功能: 在校生
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识   | 层级       | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 在校生数 | pupils | 学校、旗县 | 人   | 整数 | 0..  | 求和 |      |

  @pupils-of-county
  规则: 全旗在校生不低于1000人
    背景:
      假如 出处"第五章"
      而且 考核对象是"旗县"
      而且 自2021年至2025年每年
      那么 在校生数 应不低于 1000人
"""


def with_class(code: str = "1506020001009") -> dict[str, Any]:
    """Give good facts with one more class, too large, in a school that may not be known."""
    made = facts()
    (one,) = made["班级"]
    made["班级"] = [one, one | {"代码": code, "上级代码": "9999", "班级人数": 60}]
    return made


def with_typo() -> dict[str, Any]:
    """Give facts of three classes with a violation, one of them with a year that is not theirs."""
    made = facts(47)
    (one,) = made["班级"]
    made["班级"] = [one, *(one | {"代码": f"150602000100{at}"} for at in (2, 3))]
    made["班级"][1]["年份"] = 2026
    return made


def test_unknown_parent_is_judged_by_its_own_code(check: Call, submit: Submit) -> None:
    """The class is told of at its cell, counted, and judged where its code says it lies."""
    result = check(submit(with_class()))

    assert result.exit_code == 1
    assert "上级代码“9999”" in result.stderr
    assert "[1].上级代码" in result.stderr
    assert "1506020001009" in result.stdout
    assert "2 个班级" in result.stdout
    assert "注意" not in result.stdout


def test_subjects_nobody_can_place(check: Call, call: Call, submit: Submit, tmp_path: Path) -> None:
    """Every form of a report says how many there are, and names some."""
    name = submit(with_class("K7"))
    outputs = [part for suffix in ("html", "md", "json", "csv") for part in ("-o", f"out.{suffix}")]
    result, files = check(name), check(name, *outputs)

    assert "1 个班级不知道在哪里" in " ".join(result.stdout.split())
    assert "K7" in result.stdout
    assert "1 个班级不知道在哪里" in files.stderr
    for suffix in ("html", "md"):
        assert "1 个班级不知道在哪里" in (tmp_path / f"out.{suffix}").read_text("utf-8")
    (caveat,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["caveats"]
    assert (caveat["kind"], caveat["level"], caveat["count"]) == ("unplaced", "class", 1)
    assert caveat["named"] == ["K7"]
    assert (result.exit_code, check(name, "--fail-on", "missing").exit_code) == (0, 5)
    once = ("--once", "--no-builtin", "--rules", "pack", "--fail-on")
    assert [call("watch", name, *once, word).exit_code for word in ("behind", "missing")] == [0, 5]
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert not any("K7" in cell for row in rows for cell in row)


def test_subjects_of_other_places(check: Call, call: Call, submit: Submit) -> None:
    """Who lies in no selected rule's place is counted by a check and by a validation."""
    made = facts()
    made["学校"].append(made["学校"][0] | {"代码": "1525010001", "上级代码": "152501"})
    name = submit(made)

    result = check(name)
    validated = call("facts", "validate", "--no-builtin", "--rules", "pack", name)
    for told in (result.stdout, validated.stderr):
        assert "1 所学校不在任何所选规则的适用地区" in " ".join(told.split())
        assert "1525010001" in told


def test_nothing_is_left_out(check: Call, submit: Submit) -> None:
    """Then nothing is said."""
    assert "注意" not in check(submit(facts())).stdout
    assert json.loads(check("facts.json", "-f", "json").stdout)["caveats"] == []


def test_one_mistyped_year_decides_nothing(check: Call, submit: Submit) -> None:
    """The year of the others is judged; the cell, the year and the alternative are told."""
    result = check(submit(with_typo()))

    assert result.exit_code == 1
    assert result.stdout.startswith("2025年考核")
    assert "[1].年份" in result.stderr
    for told in (result.stdout, result.stderr):
        assert "--as-of 2026" in " ".join(told.split())
    (caveat,) = json.loads(check("facts.json", "-f", "json").stdout)["caveats"]
    assert (caveat["kind"], caveat["year"], caveat["count"]) == ("year-passed-over", 2026, 1)


def test_a_year_that_was_asked_for(check: Call, submit: Submit) -> None:
    """It is judged; that nothing applies in it is no success, and the reason is told."""
    result = check(submit(with_typo()), "--as-of", "2026")

    assert result.exit_code == 6
    assert "没有一条规则适用于 2026 年" in result.stderr
    assert "执行期之外" in result.stderr
    assert "--as-of" not in result.stdout
    assert check("facts.json", "--as-of", "2026", "--fail-on", "never").exit_code == 6


@pytest.mark.parametrize("year", ["20255", "0", "-5", "1899", "1948", "2101", "2025.5"])
def test_years_that_are_none(check: Call, submit: Submit, year: str) -> None:
    """They are usage errors."""
    result = check(submit(facts()), "--as-of", year)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--as-of" in result.stderr


def test_a_year_without_facts(check: Call, submit: Submit) -> None:
    """It is refused, and the years there are are listed."""
    result = check(submit(with_typo()), "--as-of", "2024")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有 2024 年的填报数据；数据有这些年份：2025、2026" in result.stderr


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--as-of", "2020"), "还没有开始执行"),
        (("--level", "班级"), "没有班级填报"),
    ],
    ids=["not started", "no subject"],
)
def test_why_nothing_applies(
    check: Call, submit: Submit, options: tuple[str, ...], why: str
) -> None:
    """A run that judges nothing says why, and is no success."""
    made = facts()
    made["学校"].append(made["学校"][0] | {"年份": 2020})
    del made["班级"]
    result = check(submit(made), *options)

    assert result.exit_code == 6
    assert why in result.stderr


def test_a_school_that_moved(call: Call, pack: Path, submit: Submit) -> None:
    """Its pupils count in each year in the county of that year, and so does the school."""
    (pack / "pupils.feature").write_text(COUNTY_SUM, "utf-8")
    rows = [
        {"代码": code, "上级代码": parent, "年份": year, "在校生数": 500}
        for year, moved in ((2023, "150602"), (2024, "150603"))
        for code, parent in (
            ("1506020001", moved),
            ("1506020002", "150602"),
            ("1506030001", "150603"),
        )
    ]
    counties = [
        {"代码": code, "年份": year} for code in ("150602", "150603") for year in (2023, 2024)
    ]
    name = submit({"学校": rows, "旗县": counties})

    def outcomes(year: str, *more: str) -> dict[str, str]:
        options = ("--rule", "plan/pupils-of-county", "--as-of", year, "-f", "json", *more)
        told = call("check", "--no-builtin", "--rules", pack.name, name, *options).stdout
        return {one["subject"]: one["outcome"] for one in json.loads(told)["findings"]}

    assert outcomes("2023") == {"150602": "compliant", "150603": "violation"}
    assert outcomes("2024") == {"150602": "violation", "150603": "compliant"}
    assert outcomes("2024", "--engine", "columnar") == outcomes("2024")


def test_counties_alone_say_which_rules_had_nobody(check: Call, submit: Submit, pack: Path) -> None:
    """Rules about the prefecture, or the county, are counted where only those below report."""
    (pack / "county.feature").write_text(COUNTY_SUM, "utf-8")
    made = facts()
    alone = check(submit(made), "--fail-on", "never")
    county = {"代码": "150602", "名称": "东胜区", "上级代码": "150600", "年份": 2025, "在校生数": 5}
    whole = check(submit(made | {"旗县": [county]}), "--fail-on", "never")

    told = "".join(alone.stdout.split())
    assert "1条规则没有对象可考核（旗县1条）" in told
    assert "没有考核对象" not in whole.stdout


def test_rules_of_elsewhere_are_not_counted(call: Call, submit: Submit) -> None:
    """Of places that nobody reports from there is nothing to say."""
    made = call("check", submit(facts()), "--fail-on", "never", "--format", "json")
    (caveat,) = (one for one in json.loads(made.stdout)["caveats"] if one["kind"] == "no-subject")

    assert caveat["count"] < 400
