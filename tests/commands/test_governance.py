"""The points of a year beside the plan they carry out: every report tells of both."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.commands.conftest import PLACES, Call

RULE = """\
# language: zh-CN
功能: {id}
  背景:
    假如 依据文件"{id}"{items}

  @enrolment
  规则: {title}
    背景:
      假如 出处"甲"
      而且 考核对象是"盟市"
      而且 {when}
      那么 毛入园率 应不低于 {bound}
    场景: 做到了
      假如 某盟市的 毛入园率 是 100
      当 在{year}年考核
      那么 结论是"达标"
"""
ITEMS = """
    而且 数据项
      | 名称     | 标识      | 层级 | 单位 | 类型 | 范围   | 汇总 | 口径 |
      | 毛入园率 | enrolment | 盟市 | %    | 数值 | 0..100 |      |      |"""
PLAN = 'id: plan\ntitle: 规划\njurisdiction: "150600"\nperiod: {from: 2021, to: 2025}\n'
POINTS = (
    'id: points\ntitle: 要点\njurisdiction: "150600"\nperiod: {from: 2024, to: 2024}\n'
    "under: [plan]\n"
)
GOVERNED = "2024年另有规定，以它为准：“要点的目标”（毛入园率 应不低于 98%），结论是未达标"
GOVERNS = "2024年以本条为准，代替：“规划的目标”（毛入园率 应不低于 95%），结论是"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan, the points of 2024, and what a league reports: 96% under 98% and over 95%."""
    monkeypatch.chdir(tmp_path)
    pack = tmp_path / "rules"
    for id_, about, title, when, bound, items in (
        ("plan", PLAN, "规划的目标", "到2025年底", "95%", ITEMS),
        ("points", POINTS, "要点的目标", "长期执行", "98%", ""),
    ):
        (pack / id_).mkdir(parents=True)
        (pack / id_ / "document.yaml").write_text(about, "utf-8")
        year = 2025 if id_ == "plan" else 2024
        told = RULE.format(id=id_, title=title, when=when, bound=bound, items=items, year=year)
        (pack / id_ / "r.feature").write_text(told, "utf-8")
    (pack / "places.csv").write_text(PLACES, "utf-8")
    rows = [{"代码": "150600", "年份": 2024, "毛入园率": 96}]
    (tmp_path / "facts.json").write_text(json.dumps({"盟市": rows}, ensure_ascii=False), "utf-8")
    return tmp_path


def read_text(path: Path) -> str:
    """Read what a document or workbook says, without its marks."""
    with zipfile.ZipFile(path) as parts:
        wanted = [name for name in parts.namelist() if re.search(r"document|sharedStrings", name)]
        return re.sub(r"<[^>]+>", "", "".join(parts.read(name).decode() for name in wanted))


PACK = ("--no-builtin", "--rules", "rules")


@pytest.mark.usefixtures("two")
def test_explain_names_the_other_rule(call: Call) -> None:
    """Of the plan it tells who governs, of the points whom they govern: bound and outcome."""
    plan, points = (
        call("explain", f"{id_}/enrolment", "150600", "facts.json", "--year", "2024", *PACK)
        for id_ in ("plan", "points")
    )

    assert GOVERNED in re.sub(r"\s*\n\s*", "", plan.stdout)
    assert GOVERNS + "达标" in re.sub(r"\s*\n\s*", "", points.stdout)
    record = json.loads(
        call(
            "explain", "points/enrolment", "150600", "facts.json", "--year", "2024", *PACK,
            "--format", "json",
        ).stdout
    )  # fmt: skip
    assert [(each["rule"], each["outcome"]) for each in record["counterparts"]] == [
        ("plan/enrolment", "compliant")
    ]
    assert record["rule"]["governs"] == [
        {
            "rule": "plan/enrolment",
            "first": 2024,
            "last": 2024,
            "title": "规划的目标",
            "norm": "毛入园率 应不低于 95%",
            "english": "enrolment ≥ 95%",
        }
    ]


@pytest.mark.usefixtures("two")
def test_outside_the_year_nothing_is_said(call: Call) -> None:
    """The points are of 2024: in 2025 the plan stands alone."""
    told = call("explain", "plan/enrolment", "150600", "facts.json", "--year", "2025", *PACK)

    assert "以它为准" not in told.stdout
    assert "points/enrolment" not in told.stdout


def test_every_report_tells_of_both(two: Path, call: Call) -> None:
    """Text, Markdown, JSON, CSV, the page, the letter and the ledger name the plan they govern."""
    files = ("run.json", "run.csv", "run.md", "run.html", "run.docx", "run.xlsx")
    out = [part for name in files for part in ("-o", name)]
    done = call("check", "facts.json", "--as-of", "2024", *PACK, *out)
    shown = call("check", "facts.json", "--as-of", "2024", *PACK)

    assert done.exit_code == 1, done.stderr
    told = GOVERNS + "达标"
    assert told + "  plan/enrolment" in re.sub(r"\s*\n\s*", "", shown.stdout)
    assert told in (two / "run.md").read_text("utf-8")
    assert told in read_text(two / "run.docx")
    assert told in read_text(two / "run.xlsx")
    page = (two / "run.html").read_text("utf-8")
    assert "年以本条为准，代替：“规划的目标”（毛入园率" in page
    assert "年另有规定，以它为准：“要点的目标”（毛入园率" in page
    run = json.loads((two / "run.json").read_text("utf-8"))
    assert {each["id"]: each.get("governors") for each in run["judged"]} == {
        "plan/enrolment": [
            {
                "rule": "points/enrolment",
                "first": 2024,
                "last": 2024,
                "title": "要点的目标",
                "norm": "毛入园率 应不低于 98%",
                "english": "enrolment ≥ 98%",
            }
        ],
        "points/enrolment": [],
    }
    assert "points/enrolment" in (two / "run.csv").read_text("utf-8-sig")


@pytest.mark.usefixtures("two")
def test_in_english_the_other_rule_is_told_in_english(call: Call) -> None:
    """Its norm is put together from the vocabulary, as that of the finding's own rule is."""
    call("check", "facts.json", *PACK, "--as-of", "2024", "--lang", "en", "-o", "run.md")
    told = Path("run.md").read_text("utf-8")
    (line,) = [line for line in told.splitlines() if "which rule governs" in line]

    assert "in place of: Enrolment ≥ 95%, which came to: compliant" in line
    assert not re.search("[一-鿿]", line)
