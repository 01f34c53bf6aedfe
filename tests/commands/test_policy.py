"""``dabiao rules``: mutate, conflicts, coverage, docs."""

import csv
import io
import json
from pathlib import Path

import pytest

from dabiao.commands.exit_codes import Exit
from tests.commands.conftest import DOCUMENT, PLACES, Call

STRICTER = """\
# language: zh-CN
功能: 更小的班
  背景:
    假如 依据文件"plan"

  @smaller-classes
  规则: 小学每班不超过40人
    背景:
      假如 出处"第三章，第2段"
      而且 考核对象是"班级"
      而且 仅限 学段 = "小学"
      而且 到2025年底
      那么 班级人数 应不高于 40人
    场景: 界线
      假如 某班级的 学段 是 "小学"
      而且 班级人数 是 41
      当 在2025年考核
      那么 结论是"未达标"
"""
PLAN = """\
第三章 主要任务
到2025年，小学每班不高于45人。
到2025年，每所学校至少配备1名校医，建设塑胶跑道20条。
"""


@pytest.fixture
def rules(call: Call, pack: Path) -> Call:
    """Give a function that works on the small pack alone."""
    return lambda command, *of: call("rules", command, *of, "--no-builtin", "--rules", pack.name)


def test_survivors_end_with_4(rules: Call) -> None:
    """The small pack proves no condition and no later deadline, and is told so with the line."""
    result = rules("mutate")

    assert result.exit_code == 4
    assert "classes.feature:13: 没有例子能发现: 去掉 仅限" in result.stdout
    assert "幸存" in result.stdout.splitlines()[-1]


def test_mutants_as_csv(rules: Call) -> None:
    """One row a mutant, with what became of it."""
    rows = list(csv.DictReader(io.StringIO(rules("mutate", "--format", "csv").stdout)))

    assert {row["结果"] for row in rows} >= {"killed", "survived"}
    assert {row["规则"] for row in rows} == {"plan/primary-class-size", "plan/school-doctor"}


def test_a_rule_that_fails_its_own_scenario_is_told(rules: Call, pack: Path) -> None:
    """A wrong example counts as none of its mutants found, in every format, and ends with 4."""
    wrong = STRICTER.replace("班级人数 是 41", "班级人数 是 40")
    (pack / "more.feature").write_text(wrong, "utf-8")

    told = rules("mutate", "plan/smaller-classes")
    rows = list(
        csv.DictReader(
            io.StringIO(rules("mutate", "plan/smaller-classes", "--format", "csv").stdout)
        )
    )

    assert told.exit_code == 4
    assert "plan/smaller-classes 自身场景不符: 界线：" in told.stdout
    assert "自身场景不符 1 条" in told.stdout
    assert [row["结果"] for row in rows] == ["failing"]


def test_conflicts(rules: Call, pack: Path) -> None:
    """The stricter rule is named first, with both norms and the difference."""
    (pack / "more.feature").write_text(STRICTER, "utf-8")

    result = rules("conflicts")

    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert told[0] == "前者更严（要求）　相差5人　2025　以 plan/smaller-classes 为准"
    assert "（plan/smaller-classes）：班级人数 应不高于 40人" in told[1]
    assert "（plan/primary-class-size）：班级人数 应不高于 45人" in told[2]
    assert (
        "(plan/smaller-classes): class_size ≤ 40 people"
        in rules("conflicts", "--lang", "en").stdout
    )


def test_coverage_of_a_new_plan(rules: Call, tmp_path: Path) -> None:
    """What no rule covers is open, with its line; open clauses end with 4."""
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")

    result = rules("coverage", "--text", "plan.txt", "--document", "plan")

    assert result.exit_code == 4
    assert "塑胶跑道20条" in result.stdout
    assert "小学每班不高于45人" not in result.stdout


def test_coverage_of_an_unknown_document(rules: Call, tmp_path: Path) -> None:
    """A document nobody described is refused, with what there is."""
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")

    result = rules("coverage", "--text", "plan.txt", "--document", "plam")

    assert result.exit_code == 4
    assert "plan" in result.stderr


@pytest.mark.parametrize(
    ("line", "code", "ends"),
    [
        ("e2c8,第1句,covered,school-doctor,", "bad-fingerprint", 4),
        ("0123456789ab,第1句,not_checkable,,没有数据项", "stale-clause", 0),
    ],
)
def test_what_is_wrong_with_the_ledger_is_told(
    line: str, code: str, ends: int, rules: Call, pack: Path
) -> None:
    """A line that decides nothing is told with its place; an error ends with 4, open or not."""
    (pack.parent / "plan.txt").write_text("".join(PLAN.splitlines(keepends=True)[:2]), "utf-8")
    head = "fingerprint,place,status,rules,reason\n"
    (pack / "ledger.csv").write_text(f"{head}{line}\n", "utf-8")

    result = rules("coverage", "--text", "plan.txt", "--document", "plan")

    assert result.exit_code == ends
    assert f"[{code}]" in result.stderr
    assert f"{pack.name}/ledger.csv:2: " in result.stderr


def test_docs(rules: Call, tmp_path: Path) -> None:
    """The library is written in the format that the file's name tells, Markdown otherwise."""
    assert rules("docs", "-o", "library.html").exit_code == 0
    assert "小学每班不超过45人" in (tmp_path / "library.html").read_text("utf-8")
    assert rules("docs").stdout.startswith("# 规则库")


def test_coverage_before_the_first_rule(call: Call, tmp_path: Path) -> None:
    """A document is enough: the ledger tells what rules there are to be, and names none it has."""
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (tmp_path / "plan.txt").write_text("第一章 目标\n到2025年，普及率达到90%。\n", "utf-8")

    told = call(
        *("rules", "coverage", "--text", "plan.txt", "--document", "plan"),
        *("--rules", "new", "--no-builtin"),
    )

    assert told.exit_code == Exit.RULES
    assert "到2025年，普及率达到90%" in told.stdout


def test_new_writes_the_first_rule(call: Call, tmp_path: Path) -> None:
    """A document is enough to begin with; what comes out is a pack that proves itself."""
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "document.yaml").write_text("id: plan\ntitle: 规划\nperiod: {from: 2021, to: 2025}\n")
    packs = ("--rules", "new")
    asked = (
        "--place",
        "第一章",
        "--sentence",
        "到2025年，普通话普及率达到85%以上",
        "--level",
        "旗县",
    )

    begun = call("rules", "new", "plan/mandarin", *asked, *packs, "-o", "new/first.feature")

    assert (begun.exit_code, begun.stderr) == (0, "")
    assert call("rules", "test", "plan/mandarin", *packs).exit_code == 0


def test_new_names_the_plan_s_words_only_where_they_are(rules: Call) -> None:
    """A title beside a norm is the writer's own, and is not passed off as the plan's words."""
    said = ("--place", "第三章", "--level", "班级", "--timing", "长期执行")
    norm = ("--norm", "班级人数 应不高于 45人")

    titled = rules("new", "plan/x", "--title", "班不超过45人", *said, *norm)
    quoted = rules("new", "plan/x", "--sentence", "班级人数不超过45人", *said, *norm)

    assert "原话" not in titled.stdout
    assert "# 原话：班级人数不超过45人" in quoted.stdout


def test_rules_without_a_sentence_are_named(rules: Call, tmp_path: Path) -> None:
    """Each with its place, and for programs as rows of their own."""
    (tmp_path / "plan.txt").write_text("第一章 目标\n建成公园3座。\n", "utf-8")

    told = rules("coverage", "--text", "plan.txt", "--document", "plan")
    listed = rules("coverage", "--text", "plan.txt", "--document", "plan", "--format", "json")

    assert "没有找到对应句子的规则" in told.stdout
    assert "school-doctor" in told.stdout
    statuses = [row["status"] for row in json.loads(listed.stdout)]
    assert statuses == ["open", "no_clause", "no_clause"]
