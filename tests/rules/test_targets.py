"""Tables of targets by year, place and category, and norms over several years."""

from io import StringIO
from pathlib import Path

import pytest

from dabiao.engine.heading import headed
from dabiao.engine.judge import EngineChoice, judge
from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import Format
from dabiao.reports.run.reading import read_run
from dabiao.reports.writing.formats import write_run
from dabiao.rules.analysis.data_needs import needs
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm_sentence import rule_sentence
from dabiao.rules.catalog.timing import Phase, in_year, phase
from dabiao.rules.language.scenario import Judged
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.run import RunOptions
from tests.engine.builders import Sub, submit
from tests.rules.packs import DOCUMENT, PLACES

_HEAD = """# language: zh-CN
功能: 目标
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识  | 层级       | 单位 | 类型 | 范围             |
      | 普惠率   | share | 盟市、旗县 | %    | 数值 | 0..100           |
      | 学段     | stage | 学校       |      | 类别 | 小学、初中、高中 |
      | 有校医   | nurse | 学校       |      | 是否 |                  |
      | 最大班额 | size  | 学校       | 人   | 整数 | 0..              |

  @demand
  规则: 要求
    背景:
      假如 出处"第一章"
"""
_YEARS = """\
      而且 考核对象是"旗县"
      而且 基期2020年为70%
      那么 普惠率 应不低于 各年目标
        | 年     | 目标 |
        | 2023年 | 85%  |
        | 2021   | 75%  |
        | 2025   | 90%  |
    场景大纲: 各年
      假如 某旗县的 普惠率 是 <率>
      当 在<年>年考核
      那么 结论是"<结论>"
      例子:
        | 率   | 年   | 结论   |
        | 75   | 2021 | 达标   |
        | 74.9 | 2021 | 未达标 |
        | 80   | 2022 | 推进中 |
        | 79.9 | 2022 | 滞后   |
        | 85   | 2022 | 达标   |
        | 84.9 | 2023 | 未达标 |
        | 87.5 | 2024 | 推进中 |
        | 87.4 | 2024 | 滞后   |
        | 90   | 2025 | 达标   |
        | 89.9 | 2025 | 未达标 |
"""
_BY_PLACE = """\
      而且 考核对象是"旗县"
      而且 到2025年底
      那么 普惠率 应不低于 分地区目标
        | 地区     | 目标 |
        | 鄂尔多斯市 | 80% |
        | 康巴什区 | 85%  |
    场景大纲: 最近的地区算数
      假如 填报数据
        | 层级 | 代码   | 普惠率 |
        | 旗县 | 150602 | <东>   |
        | 旗县 | 150603 | <康>   |
      当 在2025年考核
      那么 "150602"的结论是"<东胜>"
      而且 "150603"的结论是"<康巴什>"
      例子:
        | 东   | 康   | 东胜   | 康巴什 |
        | 80   | 85   | 达标   | 达标   |
        | 79.9 | 84.9 | 未达标 | 未达标 |
"""
_BY_STAGE = """\
      而且 考核对象是"学校"
      而且 长期执行
      那么 最大班额 应不高于 分类目标
        | 学段 | 目标 |
        | 小学 | 45人 |
        | 初中 | 50人 |
    场景大纲: 各学段
      假如 某学校的 学段 是 <学段>
      而且 最大班额 是 <人>
      当 在2022年考核
      那么 结论是"<结论>"
      例子:
        | 学段 | 人 | 结论   |
        | 小学 | 45 | 达标   |
        | 小学 | 46 | 未达标 |
        | 初中 | 50 | 达标   |
        | 初中 | 51 | 未达标 |
        | 高中 | 99 | 不适用 |
        |      | 10 | 缺数据 |
"""
_BY_ANSWER = """\
      而且 考核对象是"学校"
      而且 长期执行
      那么 最大班额 应不高于 分类目标
        | 有校医 | 目标 |
        | 是     | 50人 |
        | 否     | 45人 |
    场景大纲: 有没有
      假如 某学校的 有校医 是 <有>
      而且 最大班额 是 46
      当 在2022年考核
      那么 结论是"<结论>"
      例子:
        | 有 | 结论   |
        | 是 | 达标   |
        | 否 | 未达标 |
"""
_RUNNING = """\
      而且 考核对象是"旗县"
      而且 自2023年起
      那么 普惠率 应{norm} 80%
    场景大纲: 三年
      假如 某旗县的 普惠率 在2021年是 <前>
      而且 普惠率 在2022年是 <中>
      而且 普惠率 是 <后>
      当 在2023年考核
      那么 结论是"<结论>"
      例子:
        | 前 | 中 | 后 | 结论   |
        | 80 | 80 | 80 | 达标   |
        | 79 | 80 | 80 | {one}  |
        | 80 | 79 | 80 | {one}  |
        | 80 | 79 | 79 | 未达标 |
        | 空 | 80 | 80 | {kept} |
        | 空 | 80 | 79 | {broken} |
"""


def _running(norm: str, *, one: str, kept: str, broken: str) -> str:
    return _RUNNING.format(norm=norm, one=one, kept=kept, broken=broken)


def _judged(catalog: Catalog, facts: Facts, as_of: int) -> Judged:
    return judge(catalog, facts, as_of=as_of, engine=EngineChoice.COLUMNAR)


def write(folder: Path, rule: str) -> Path:
    """Write a pack of one rule."""
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "plan.feature").write_text(_HEAD + rule, "utf-8")
    return folder


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(_YEARS, id="years"),
        pytest.param(_BY_PLACE, id="places"),
        pytest.param(_BY_STAGE, id="stages"),
        pytest.param(_BY_ANSWER, id="answers"),
        pytest.param(
            _running("连续3年不低于", one="未达标", kept="缺数据", broken="未达标"), id="all"
        ),
        pytest.param(
            _running("在3年中至少2年不低于", one="达标", kept="达标", broken="缺数据"), id="some"
        ),
    ],
)
def test_each_is_judged_as_its_examples_say(tmp_path: Path, rule: str) -> None:
    """Both sides of every target, the line between two of them, and whom a table leaves out."""
    reading = read([write(tmp_path, rule)])

    assert [str(problem) for problem in reading.problems] == []
    results = prove(reading.proofs, reading.catalog, _judged)
    assert results
    assert [each for each in results if not each.passed] == []


def test_a_table_is_told_as_data(tmp_path: Path) -> None:
    """The record has every line; the sentence says them too."""
    [rule] = read([write(tmp_path, _BY_STAGE)]).catalog.rules.values()
    record = rule.record()

    assert [(each.where, each.value) for each in record.norm.targets] == [
        ("小学", 45),
        ("初中", 50),
    ]
    assert record.norm.text == "最大班额 应不高于 分类目标（小学 45人、初中 50人）"
    assert record.condition == "学段在目标表内"


def test_targets_by_year_are_due_in_their_years(tmp_path: Path) -> None:
    """In order, whatever order they are written in; each begins where the one before ended."""
    catalog = read([write(tmp_path, _YEARS)]).catalog
    [rule] = catalog.rules.values()

    due = [year for year in range(2021, 2026) if phase(rule, year) is Phase.DUE]
    assert due == [2021, 2023, 2025]
    begins = [in_year(rule, year).baseline for year in (2021, 2022, 2024)]
    assert [(each.year, each.value) for each in begins if each] == [
        (2020, 70),
        (2021, 75),
        (2023, 85),
    ]
    asked = {(need.level, need.slug, need.year) for need in needs([rule], catalog, 2024)}
    assert asked == {(Level.COUNTY, "share", 2024)}


def test_targets_by_year_are_told_whole(tmp_path: Path) -> None:
    """Whatever year is judged, since a run names its rules once: all of them, in English too."""
    catalog = read([write(tmp_path, _YEARS)]).catalog
    facts = submit(Sub(Level.COUNTY, "150602", "150600", {2022: {"share": 80.0}})).facts()

    judgement = judge(catalog, facts, as_of=2022)
    [found] = judgement.findings()
    assert found.by.english is not None
    assert found.by.english.norm == (
        "share should be at least the targets by year (2021: 75%, 2023: 85%, 2025: 90%)"
    )
    assert (found.timing.last, found.by.timing.last) == (2023, 2025)
    run = headed(judgement.run(()), judgement, RunOptions())
    file = StringIO()
    write_run(run, Format.JSON, file, circumstances=Circumstances(source=judgement.excerpt()))
    (tmp_path / "run.json").write_text(file.getvalue(), "utf-8")
    [again] = read_run(tmp_path / "run.json").findings
    assert wording.reason(again) == wording.reason(found)
    assert "2023年底到期" in wording.reason(found)
    [rule] = catalog.rules.values()
    assert rule_sentence(rule, catalog.vocabulary) == (
        "普惠率应不低于各年目标（2021年 75%、2023年 85%、2025年 90%）"
    )


_TABLE = """\
      而且 考核对象是"{level}"
      {timing}
      那么 {left} 应不低于 {words}
        | {by} | 目标 |
        | {one} | {first} |
        | {two} | {second} |
"""
_PLAIN = {
    "level": "旗县",
    "timing": "而且 长期执行",
    "left": "普惠率",
    "words": "分地区目标",
    "by": "地区",
    "one": "东胜区",
    "first": "80%",
    "two": "康巴什区",
    "second": "85%",
}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"one": "东胜旗"}, "unknown-place"),
        ({"one": "康巴什区"}, "said-twice"),
        ({"first": "80人"}, "unit-mismatch"),
        ({"first": "上年(普惠率)"}, "not-a-number"),
        ({"by": "盟"}, "unknown-name"),
        ({"by": "普惠率"}, "unknown-name"),
        ({"by": "年", "one": "前年", "two": "2025", "timing": ""}, "not-a-year"),
        ({"by": "年", "one": "2023", "two": "2025"}, "said-twice"),
        (
            {
                "level": "学校",
                "left": "最大班额",
                "by": "学段",
                "one": "中学",
                "two": "小学",
                "first": "45人",
                "second": "50人",
            },
            "unknown-option",
        ),
    ],
)
def test_one_message_for_one_mistake(tmp_path: Path, changes: dict[str, str], code: str) -> None:
    """At the cell that is wrong, and nothing about what follows from it."""
    rule = _TABLE.format(**(_PLAIN | changes))

    problems = [each for each in read([write(tmp_path, rule)]).problems if each.code != "unproved"]

    assert [each.code for each in problems] == [code]
    assert problems[0].hint


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("      那么 普惠率 应不低于 各年目标\n", "table-missing"),
        (
            "      那么 普惠率 应不低于 各年目标\n        | 年 | 指标 |\n        | 2025 | 80% |\n",
            "column-missing",
        ),
        ("      而且 长期执行\n      那么 普惠率 应在2年中至少3年不低于 80%\n", "empty-range"),
    ],
)
def test_what_is_not_a_table_of_targets(tmp_path: Path, rule: str, code: str) -> None:
    """No table, other columns, more years than there are."""
    found = read([write(tmp_path, '      而且 考核对象是"旗县"\n' + rule)]).problems

    assert code in [each.code for each in found]
    assert len([each for each in found if each.code != "unproved"]) <= 2


@pytest.mark.parametrize(
    ("norm", "form"),
    [
        ("最大班额 应每12个班不少于1间", "最大班额 应不低于 向上取整(总数 ÷ 12)，"),
        ("最大班额 应每50人配备2名", "最大班额 应不低于 向上取整(总数 ÷ 50) × 2，"),
    ],
)
def test_so_many_for_each_so_many(tmp_path: Path, norm: str, form: str) -> None:
    """每12个班1间 is no sentence; the hint writes the quotient that is meant."""
    rule = f'      而且 考核对象是"学校"\n      而且 长期执行\n      那么 {norm}\n'

    [problem] = [each for each in read([write(tmp_path, rule)]).problems if each.code != "unproved"]

    assert problem.code == "unknown-sentence"
    assert form in str(problem.hint)
