"""Norms any one of which is enough (或): read, judged, told with each gap, mended, mutated."""

from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.reports import wording
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.mutate import mutate
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Compared
from tests.engine.builders import Cell, judged, school
from tests.rules.packs import DOCUMENT, PLACES
from tests.rules.test_read import judged as by_durable

_HEAD = """# language: zh-CN
功能: 规模
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称   | 标识   | 层级 | 单位 | 类型 | 范围   |
      | 学生数 | a      | 学校 | 人   | 整数 | 0..    |
      | 班级数 | b      | 学校 | 个   | 整数 | 0..    |
      | 优秀率 | share  | 学校 | %    | 数值 | 0..100 |
      | 有校医 | nurse  | 学校 |      | 是否 |        |
      | 学段   | stage  | 学校 |      | 类别 | 小学、初中 |

  @size
  规则: 规模
    学校按各级各类学校。
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
"""
SIZE = "学生数 应不高于 2000人 或 班级数 应不高于 45个"
_PROOFS = """    场景大纲: 界线
      假如 某学校的 学生数 是 <学生>
      而且 班级数 是 <班级>
      当 在<年>年考核
      那么 结论是"<结论>"
      例子:
        | 学生 | 班级 | 年   | 结论   |
        | 2000 | 46   | 2021 | 达标   |
        | 2001 | 45   | 2021 | 达标   |
        | 1999 | 46   | 2021 | 达标   |
        | 2001 | 44   | 2021 | 达标   |
        | 2001 | 46   | 2021 | 未达标 |
        | 2001 | 46   | 2025 | 未达标 |
        | 2001 |      | 2021 | 缺数据 |
        | 2000 |      | 2021 | 达标   |
        |      | 45   | 2021 | 达标   |
"""


def reading(folder: Path, norm: str, proofs: str = "", before: str = "") -> PackReading:
    """Read a pack with one rule."""
    text = f"{_HEAD}{before}      而且 长期执行\n      那么 {norm}\n{proofs}"
    files = {"document.yaml": DOCUMENT, "places.csv": PLACES, "规则.feature": text}
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return read([folder])


def finding(catalog: Catalog, **cells: Cell) -> Finding:
    """Judge one school."""
    [found] = judged(catalog, school(**cells)).findings()
    return found


def test_one_is_enough_by_every_engine(tmp_path: Path) -> None:
    """Whatever else is missing; none kept and one missing is open."""
    pack = reading(tmp_path, SIZE, _PROOFS)
    catalog = pack.catalog

    proved = prove(pack.proofs, catalog, by_durable)
    assert [each.passed for each in proved] == [True] * 9
    facts = judged(catalog, school("S1", a=2001, b=46), school("S2", a=2001, b=45)).facts
    engines = [
        [each.outcome for each in judge(catalog, facts, engine=engine).findings()]
        for engine in (EngineChoice.DURABLE, EngineChoice.COLUMNAR)
    ]
    assert engines == [[Outcome.VIOLATION, Outcome.COMPLIANT]] * 2


def test_both_languages_mean_the_same(tmp_path: Path) -> None:
    """With a comma or 或者 as well, and of three as of two."""
    english = "a should be at most 2000 or b should be at most 45"
    norms = [
        reading(tmp_path, norm).catalog.rules["plan/size"].norm
        for norm in (SIZE, SIZE.replace(" 或 ", "，或者"), english)
    ]
    three = f"{SIZE} 或 优秀率 应比2020年提高不少于 5个百分点"
    record = reading(tmp_path, three).catalog.rules["plan/size"].norm_record

    assert norms == [norms[0]] * 3
    assert [each.unit for each in record.options] == ["人", "个", "百分点"]


def test_or_within_brackets_divides_nothing(tmp_path: Path) -> None:
    """It belongs to the formula that it stands in, on whichever side, however deep."""
    limit = "若(有校医 或 (优秀率 > 50% 或 班级数 < 5), 2000人, 1500人)"
    pack = reading(tmp_path, f"学生数 应不高于 {limit} 或 优秀率 应不低于 比例({limit}, 学生数)")

    assert [each.code for each in pack.problems] == ["unproved"]
    assert len(pack.catalog.rules["plan/size"].norm_record.options) == 2
    unclosed = reading(tmp_path, "学生数 应不高于 较大(班级数 × 45, 2000 或 班级数 应不高于 45个")
    assert "unclosed-bracket" in {each.code for each in unclosed.problems}


def test_where_none_is_kept_each_gap_and_remedy_is_told(tmp_path: Path) -> None:
    """In a table, in words, as data, and by the least change of either number."""
    catalog = reading(tmp_path, SIZE).catalog

    found = finding(catalog, a=2100, b=50)

    assert isinstance(found.reason, Compared)
    assert [each.gap for each in found.reason.options] == [100, 5]
    assert wording.observed(found) == "2,100人；50个"
    assert wording.required(found) == "≤2,000人 或 ≤45个"
    assert wording.gap(found) == "100人 或 5个"
    assert wording.reason(found) == (
        "做到其一即可，都没有做到：学生数为2,100人，应不高于2,000人，相差100人；"
        "班级数为50个，应不高于45个，相差5个。"
    )
    assert {(each.measure.slug, each.after) for each in found.remedy} == {("a", 2000), ("b", 45)}
    with speaking(Language.EN):
        assert "none is kept" in wording.reason(found)


def test_what_is_kept_is_said(tmp_path: Path) -> None:
    """Only the one that is."""
    found = finding(reading(tmp_path, SIZE).catalog, a=1900)

    assert wording.reason(found) == "做到其一即可：学生数为1,900人，不高于2,000人。"
    assert found.remedy == ()


def test_a_change_and_a_yes_can_be_among_them(tmp_path: Path) -> None:
    """Against a year, and against the year before, as an amount."""
    norm = '优秀率 应不低于 80% 或 优秀率 应逐年提高不少于 5个百分点 或 有校医 应为"是"'
    catalog = reading(tmp_path, norm).catalog
    rule = catalog.rules["plan/size"]

    def outcome(**cells: Cell) -> Outcome:
        row = school(**cells)
        row = replace(row, years={2024: {"share": 60}, **row.years})
        return next(iter(judged(catalog, row).findings())).outcome

    assert not rule.token
    assert outcome(share=65, nurse=False) is Outcome.COMPLIANT
    assert outcome(share=64, nurse=False) is Outcome.VIOLATION
    assert outcome(share=64, nurse=True) is Outcome.COMPLIANT
    assert outcome(share=64) is Outcome.MISSING


@pytest.mark.parametrize(
    ("demand", "before", "now", "alone"),
    [
        ("优秀率 应高于 上年(优秀率)", 100, 100, "达标"),
        ("优秀率 应高于 上年(优秀率)", 100, 99, "未达标"),
        ("优秀率 应逐年提高", 100, 100, "达标"),
        ("优秀率 应逐年提高", 99, 99, "未达标"),
        ("优秀率 应逐年提高不少于 5个百分点", 98, 100, "达标"),
        ("优秀率 应比2024年提高不少于 5个百分点", 98, 99, "未达标"),
        ("班级数 应逐年下降", 0, 0, "达标"),
        ("班级数 应低于 上年(班级数)", 1, 1, "未达标"),
        ("班级数 应等于 上年(班级数) + 1", 1, 2, "达标"),
    ],
)
def test_each_asks_for_what_it_asks_for_alone(
    tmp_path: Path, demand: str, before: float, now: float, alone: str
) -> None:
    """Nobody can rise above 100%: to stay there is enough, beside another demand as well."""
    row = school(share=now, b=now, a=9)
    row = replace(row, years={2024: {"share": before, "b": before}, **row.years})

    for norm in (demand, f"{demand} 或 学生数 应不低于 10人"):
        catalog = reading(tmp_path, norm).catalog
        [found] = judged(catalog, row).findings()

        assert found.outcome.label == alone
        if isinstance(found.reason, Compared) and found.reason.options:
            assert found.reason.options[0].holds == (alone == "达标")
            best = "不低于100%（不可能更好）" in wording.reason(found)
            assert best == (demand.startswith("优秀率 应高于") and before == 100)


@pytest.mark.parametrize(
    ("norm", "before", "code"),
    [
        ("学生数 应不高于 2000人 或 优秀率 应年均提高不少于 1个百分点", "", "unknown-sentence"),
        ("学生数 应在 1人 至 9人 之间 或 班级数 应不高于 45个", "", "unknown-sentence"),
        ("学生数 应不高于 2000人 或 课程数 应不高于 45个", "", "unknown-name"),
        (SIZE, "      而且 按1位小数比较\n", "not-a-number"),
        (SIZE, "      而且 基期2020年为5人\n", "not-a-number"),
        (SIZE, "      而且 允许相差1人\n", "not-a-number"),
        ("优秀率 应连续2年不低于 56%", "      而且 按0位小数比较\n", "not-a-number"),
    ],
    ids=["growth", "range", "name", "decimals", "baseline", "tolerance", "years"],
)
def test_what_cannot_be_one_of_several_is_told(
    tmp_path: Path, norm: str, before: str, code: str
) -> None:
    """Once, and at its place; nor can what is said of one number be said of a count of years."""
    found = reading(tmp_path, norm, before=before)

    assert [each.code for each in found.errors] == [code]


def test_every_mutant_of_them_is_noticed(tmp_path: Path) -> None:
    """One left out, another comparator or number, 且 in place of 或."""
    found = list(mutate(reading(tmp_path, SIZE, _PROOFS), by_durable))

    changes = {each.change for each in found}
    assert {"学生数 应不高于 2000人", "班级数 应不高于 45个"} <= changes
    assert SIZE.replace("不高于 45", "低于 45") in changes
    assert any(" 且 " in each for each in changes)
    assert [each.change for each in found if each.fate.open] == []
