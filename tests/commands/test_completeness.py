"""``dabiao facts completeness``: who reported, how completely, and whether in time."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.conftest import Call, Facts, facts

Submit = Callable[..., str]


@pytest.fixture
def completeness(call: Call, pack: Path) -> Call:
    """Give a function that asks by the small pack alone."""
    return lambda *of: call("facts", "completeness", "--no-builtin", "--rules", pack.name, *of)


def school(number: int, county: str = "150602", **more: object) -> dict[str, object]:
    """Make the row of a school."""
    code = f"{county}00{10 + number}"
    return {"代码": code, "名称": f"第{number}小学", "上级代码": county, "年份": 2025, **more}


def some() -> Facts:
    """Submit four schools in two counties: two complete, one blank, one that only the roster has.

    A fifth is closed by the roster, and sent in its form all the same. Of three classes one has but
    its stage, as the form had it when it was handed out, and one has nothing at all.
    """
    schools = [school(0, 有校医="是"), school(1, 有校医=None), school(2, "150603", 有校医="否")]
    listed: list[dict[str, object]] = [
        {"层级": "学校", "代码": "1506020013", "名称": "第3小学", "上级代码": "150602"},
        {
            "层级": "学校",
            "代码": "1506020014",
            "名称": "第4小学",
            "上级代码": "150602",
            "状态": "撤销",
            "停办年份": 2023,
        },
    ]
    listed += [
        {"层级": "学校", **{key: row[key] for key in ("代码", "名称", "上级代码")}}
        for row in schools
    ]
    own = {"上级代码": "1506020010", "年份": 2025}
    classes = [
        {"代码": "15060200101", "名称": "1班", **own, "学段": "小学", "班级人数": 40},
        {"代码": "15060200102", "名称": "2班", **own, "学段": "小学", "班级人数": None},
        {"代码": "15060200103", "名称": "3班", **own, "学段": None, "班级人数": None},
    ]
    schools.append(school(4, 有校医="是"))
    return {"学校": schools, "班级": classes, "名录": listed}


def rows(completeness: Call, *of: str) -> list[dict[str, Any]]:
    """Give what is told, as data."""
    found: list[dict[str, Any]] = json.loads(completeness(*of, "-f", "json").stdout)["rows"]
    return found


def one(
    found: list[dict[str, Any]], level: str, area: str | None = None, item: str | None = None
) -> dict[str, Any]:
    """Give the row of a level, county and item."""
    (row,) = [
        each
        for each in found
        if (each["level"], each["area"]) == (level, area)
        and (each["item"] or {}).get("slug") == item
    ]
    return row


COUNTS = ("expected", "reported", "partial", "blank", "absent")


def test_counts(completeness: Call, submit: Submit) -> None:
    """A closed school is not expected, a blank row is no missing one, and the sum is right.

    A form that was returned untouched is blank, though the kind of its subject stands in it.
    """
    found = rows(completeness, submit(some()))
    whole = one(found, "school")
    assert [whole[key] for key in COUNTS] == [4, 2, 0, 1, 1]
    assert (whole["required"], whole["filled"], whole["returned_share"]) == (4, 2, 50.0)
    assert [one(found, "school", "150602")[key] for key in COUNTS] == [3, 1, 0, 1, 1]
    assert [one(found, "school", "150603")[key] for key in COUNTS] == [1, 1, 0, 0, 0]
    assert [one(found, "class")[key] for key in COUNTS] == [3, 1, 0, 2, 0]
    for each in found:
        assert each["expected"] == sum(each[key] for key in COUNTS[1:])
        assert each["filled"] <= each["required"]
        shares = [value for key, value in each.items() if key.endswith("_share")]
        assert all(share is None or 0 <= share <= 100 for share in shares)


def test_items(completeness: Call, submit: Submit) -> None:
    """Of one item whoever owes it is expected, in all and by county."""
    found = rows(completeness, submit(some()))
    size = one(found, "class", item="class_size")
    assert (size["required"], size["filled"], size["partial"]) == (2, 1, 0)
    stage = one(found, "class", item="stage")
    assert (stage["required"], stage["filled"], stage["filled_share"]) == (3, 2, 66.7)
    assert one(found, "school", "150603", "doctor")["filled_share"] == 100


def test_in_time(completeness: Call, submit: Submit, tmp_path: Path) -> None:
    """The first version counts: who came in time and was corrected later, came in time."""
    first, second = facts(), {"学校": [school(1, "150603", 有校医="是")]}
    folder = tmp_path / "in"
    folder.mkdir()
    submit(first, "in/一.json")
    due = ("--due", "2025-10-31", "--log", "log.csv")
    assert one(rows(completeness, "in", *due, "--received", "2025-10-30"), "school")["on_time"] == 1

    first["学校"][0]["有校医"] = "否"
    submit(first, "in/一.json")
    submit(second, "in/二.json")
    found = rows(completeness, "in", *due, "--received", "2025-11-02")
    whole = one(found, "school")
    assert (whole["expected"], whole["on_time"], whole["late"]) == (2, 1, 1)
    assert whole["on_time_share"] == 50
    assert one(found, "school", "150603")["late"] == 1
    log = list(csv.DictReader((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["文件"], row["首次收到"], row["最近收到"], row["版本数"]) for row in log] == [
        ("一.json", "2025-10-30", "2025-11-02", "2"),
        ("二.json", "2025-11-02", "2025-11-02", "1"),
    ]
    assert log[0]["首次哈希"] != log[0]["最近哈希"]

    again = rows(completeness, "in", "--due", "学校=2025-11-02", "--log", "log.csv")
    assert one(again, "school")["late"] == 0
    assert one(again, "class")["on_time"] is None


def test_for_people_and_spreadsheets(completeness: Call, submit: Submit, tmp_path: Path) -> None:
    """The table says what is counted, and lists the items with gaps; a workbook has every row."""
    name = submit(some())
    text = completeness(name, "--due", "2025-10-31", "--received", "2025-11-01").stdout
    assert "已撤销、尚未启用的不计入应报" in "".join(text.split())
    assert "没有填全的数据项" in text
    table = completeness(name, "-f", "csv").stdout.lstrip("\ufeff")
    listed = list(csv.DictReader(io.StringIO(table)))
    assert {row["表"] for row in listed} == {"学校", "班级"}
    assert completeness(name, "-o", "c.xlsx").exit_code == 0
    assert (tmp_path / "c.xlsx").is_file()


@pytest.mark.parametrize("due", ["昨天", "2025-13-01", "学校=2025-10-3①", "=2025-10-31"])
def test_no_dates(completeness: Call, submit: Submit, due: str) -> None:
    """What is no date is refused, with an example."""
    result = completeness(submit(facts()), "--due", due)
    assert result.exit_code == 2
    assert "2025-10-31" in result.output


DAYS = "2025-10-01,x,2025-10-01,x,1"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a.json,昨天,x,昨天,x,1", "“首次收到”是“昨天”，不是日期"),
        (f"a.json,{DAYS[:-1]}-1", "“版本数”是“-1”，不是不小于 1 的整数"),
        ("a.json,2025-10-01,x", "“最近收到”是“”"),
        (f",{DAYS}", "“文件”是“”"),
        (f"a.json,{DAYS}\na.json,{DAYS}", "a.json 登记了两次"),
    ],
    ids=["day", "count", "cut", "nameless", "twice"],
)
def test_a_log_that_is_none(
    completeness: Call, submit: Submit, tmp_path: Path, line: str, told: str
) -> None:
    """A log with a line that cannot be is refused by its line, and left as it is."""
    log = f"文件,首次收到,首次哈希,最近收到,最近哈希,版本数\n{line}\n"
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    result = completeness(submit(facts()), "--log", "log.csv")
    assert result.exit_code == 3
    assert told in result.output
    assert (tmp_path / "log.csv").read_text("utf-8") == log


RATES = """\
# language: zh-CN
功能: 报送
  背景:
    假如 依据文件"plan"

  @sent-in
  规则: 学校都报送
    背景:
      假如 出处"一"
      而且 考核对象是"旗县"
      而且 长期执行
      那么 报送率(学校) 应不低于 70%
    场景: 有一所没有报
      假如 填报数据
        | 层级 | 代码 | 上级代码 | 有校医 |
        | 旗县 | c1   |          |        |
        | 学校 | s1   | c1       | 是     |
        | 学校 | s2   | c1       |        |
      当 在2025年考核
      那么 结论是"未达标"
      而且 差距是 20%

  @on-time
  规则: 学校按时报送
    背景:
      假如 出处"二"
      而且 考核对象是"旗县"
      而且 长期执行
      那么 按时率(学校) 应不低于 100%
    场景大纲: 有一所的表后来才收到
      假如 报送截止日期是 2025-10-31
      而且 填报数据
        | 层级 | 代码 | 上级代码 | 收到日期   | 有校医 |
        | 旗县 | c1   |          |            |        |
        | 学校 | s1   | c1       |            | 是     |
        | 学校 | s2   | c1       | <收到日期> | 否     |
      当 在2025年考核
      那么 结论是"<结论>"
      例子:
        | 收到日期   | 结论   |
        | 2025-10-31 | 达标   |
        | 2025-11-01 | 未达标 |
"""


@pytest.fixture
def rated(pack: Path, submit: Submit, tmp_path: Path) -> tuple[str, ...]:
    """Write rules about returns beside the others, and two files, one of which came late."""
    (pack / "rates.feature").write_text(RATES, "utf-8")
    due = (pack / "document.yaml").read_text("utf-8") + "due: {学校: 10-31, others: next 01-15}\n"
    (pack / "document.yaml").write_text(due, "utf-8")
    (tmp_path / "in").mkdir()
    counties = [
        {"代码": code, "名称": name, "年份": 2025}
        for code, name in (("150602", "东胜区"), ("150603", "康巴什区"))
    ]
    submit(some() | {"旗县": counties}, "in/一.json")
    submit({"学校": [school(9, "150603", 有校医="是")]}, "in/二.json")
    (tmp_path / "log.csv").write_text(
        "文件,首次收到,首次哈希,最近收到,最近哈希,版本数\n一.json,2025-10-31,0,2025-10-31,0,1\n",
        "utf-8",
    )
    return "--no-builtin", "--rules", pack.name


def test_rates_that_rules_ask_for(call: Call, rated: tuple[str, ...]) -> None:
    """A rule asks how many sent in their forms, and how many in time; without dates nobody knows.

    The closed school counts nowhere: of the three of 150602 that exist one reported, and the two
    of 150603 did, one of them late.
    """
    assert call("rules", "test", *rated[2:], "--no-builtin").exit_code == 0
    dates = ("--log", "log.csv", "--received", "2025-11-01")

    def found(*more: str) -> dict[tuple[str, str], tuple[str, float | None]]:
        out = call("check", "in", *rated, "-f", "json", *more).stdout
        return {
            (each["rule"], each["subject"]): (each["outcome"], each.get("observed"))
            for each in json.loads(out)["findings"]
            if each["rule"] in ("plan/sent-in", "plan/on-time")
        }

    assert found(*dates) == {
        ("plan/sent-in", "150602"): ("violation", pytest.approx(100 / 3)),
        ("plan/sent-in", "150603"): ("compliant", 100),
        ("plan/on-time", "150602"): ("violation", pytest.approx(100 / 3)),
        ("plan/on-time", "150603"): ("violation", 50),
    }
    assert found()["plan/on-time", "150603"] == ("missing", None)

    told = call("explain", "plan/on-time", "150603", "in", *rated, *dates).stdout
    assert "第9小学 按时() → 否" in told
    english = call("--lang", "en", "explain", "plan/on-time", "150603", "in", *rated).stdout
    assert "no due date of 2025" in english


def test_every_report_tells_of_returns(call: Call, rated: tuple[str, ...], tmp_path: Path) -> None:
    """Page, ledger, Markdown and table have the same numbers, from the facts and from the run."""
    dates = ("--log", "log.csv", "--received", "2025-11-01")
    call("check", "in", *rated, *dates, "-o", "run.json")
    for name in ("page.html", "book.xlsx", "text.md", "table.txt"):
        assert call("check", "in", *rated, *dates, "-o", name).exit_code == 1
        assert call("report", "run.json", "-o", f"again-{name}").exit_code == 0

    row = ["学校", "全部", "5", "3", "0", "1", "1", "2", "1", "60%", "40%", "60%"]
    county = ["学校", "康巴什区", "2", "2", "0", "0", "0", "1", "1", "100%", "50%", "100%"]
    for again in ("", "again-"):
        text = (tmp_path / f"{again}text.md").read_text("utf-8")
        assert f"| {' | '.join(row)} |" in text
        assert f"| {' | '.join(county)} |" in text
        lines = [
            line.split() for line in (tmp_path / f"{again}table.txt").read_text("utf-8").split("\n")
        ]
        assert row in lines
        page = (tmp_path / f"{again}page.html").read_text("utf-8")
        cells = "".join(f'<td class="number">{each}</td>' for each in county[2:])
        assert f'<th scope="row">学校</th><td>康巴什区</td>{cells}' in page
        assert "截止：学校 2025-10-31；其他各表 2026-01-15" in page
        sheet = openpyxl.load_workbook(tmp_path / f"{again}book.xlsx")["报送情况"]
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
        assert ["学校", "康巴什区", 2, 2, 0, 0, 0, 1, 1, 1, 0.5, 1] in rows

    assert call("verify", "run.json", *rated).exit_code == 0
    part = call("report", "run.json", "--area", "150603", "-f", "markdown").stdout
    assert f"| {' | '.join(county)} |" in part
    assert "东胜区" not in part.partition("报送情况")[2].partition("## ")[0]
    damaged = (tmp_path / "run.json").read_text("utf-8").replace("2025-10-31", "2025-10-32")
    (tmp_path / "run.json").write_text(damaged, "utf-8")
    assert call("report", "run.json", "-f", "markdown").exit_code == 3
    assert call("verify", "run.json", *rated).exit_code == 3


@pytest.mark.parametrize("due", ["{学校: 10-32}", "{学院: 10-31}", "{学校: 十月}", "10-31"])
def test_no_due_dates(call: Call, rated: tuple[str, ...], pack: Path, due: str) -> None:
    """What is no level or no day of a year is told at its line, with how it is written."""
    text = (pack / "document.yaml").read_text("utf-8").partition("due:")[0]
    (pack / "document.yaml").write_text(f"{text}due: {due}\n", "utf-8")
    result = call("rules", "lint", rated[2], "--no-builtin")

    assert result.exit_code == 4
    assert "document.yaml:5" in result.stdout
    assert "due: {学校: 10-31, others: 11-15}" in result.stdout
