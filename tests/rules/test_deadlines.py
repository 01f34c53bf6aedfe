"""Deadlines within a year, terms, differences that are allowed, and one to so many."""

from pathlib import Path

import pytest

from dabiao.engine.explain import explain
from dabiao.engine.judge import judge
from dabiao.intake.read import read_facts
from dabiao.reports import wording
from dabiao.rules.packs.read import read
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from tests.rules.packs import DOCUMENT, PLACES

_RULE = """# language: zh-CN
功能: 期限
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识     | 层级 | 单位 | 类型 | 范围   |
      | 督导次数 | visits   | 旗县 | 次   | 整数 | 0..    |
      | 普惠率   | share    | 旗县 | %    | 数值 | 0..100 |
      | 教师数   | teachers | 旗县 | 人   | 整数 | 0..    |
      | 学生数   | pupils   | 旗县 | 人   | 整数 | 0..    |
    而且 指标
      | 名称   | 标识  | 层级 | 单位 | 公式            |
      | 师生比 | ratio | 旗县 | 1:n  | 教师数 ÷ 学生数 |

  @demand
  规则: 要求
    背景:
      假如 出处"第一章"
      而且 考核对象是"旗县"
"""


def write(folder: Path, sentences: tuple[str, ...]) -> Path:
    """Write a pack of one rule that says this."""
    pack = folder / "pack"
    pack.mkdir(exist_ok=True)
    (pack / "document.yaml").write_text(DOCUMENT, "utf-8")
    (pack / "places.csv").write_text(PLACES, "utf-8")
    lines = "".join(f"      {each}\n" for each in sentences)
    (pack / "plan.feature").write_text(_RULE + lines, "utf-8")
    return pack


def find(folder: Path, *sentences: str, year: int = 2025, **values: float) -> Finding:
    """Judge one county under a rule that says this."""
    reading = read([write(folder, sentences)])
    assert [str(each) for each in reading.problems if each.code != "unproved"] == []
    names = {"visits": "督导次数", "share": "普惠率", "teachers": "教师数", "pupils": "学生数"}
    header = ",".join(["代码", "年份", *(names[each] for each in values)])
    row = ",".join(["150602", str(year), *map(str, values.values())])
    (folder / "旗县.csv").write_text(f"{header}\n{row}\n", "utf-8")
    catalog = reading.catalog
    facts = read_facts([folder / "旗县.csv"], catalog.vocabulary.items, catalog.places)
    judgement = judge(catalog, facts, as_of=year)
    (found,) = judgement.findings()
    assert explain(judgement, "plan/demand", "150602").finding == found
    return found


@pytest.mark.parametrize(
    "sentence",
    ["到2025年6月底", "到2025年6月", "2025年6月底前", "2025年6月前", "by the end of June 2025"],
)
def test_a_month_is_kept_and_told(tmp_path: Path, sentence: str) -> None:
    """It is judged on the figures of the year, and the finding says so and names the month."""
    step = f"而且 {sentence}"
    missed = find(tmp_path, step, "那么 督导次数 应不低于 4次", visits=3)
    early = find(tmp_path, step, "那么 督导次数 应不低于 4次", year=2024, visits=3)

    assert missed.outcome is Outcome.VIOLATION
    assert wording.reason(missed).endswith("（期限是2025年6月底，按2025全年的数据考核）。")
    assert early.outcome is Outcome.ON_TRACK
    assert "2025年6月底到期" in wording.reason(early)
    with speaking(Language.EN):
        assert "due by the end of 2025-06" in wording.reason(early)


def test_every_term(tmp_path: Path) -> None:
    """Once a quarter is four times a year; whether it was every quarter no yearly figure tells."""
    said = ("而且 长期执行", "那么 督导次数 应每季度不少于 1次")
    three, four = (find(tmp_path, *said, visits=count) for count in (3, 4))

    assert (three.outcome, three.required.value) == (Outcome.VIOLATION, 4)
    assert four.outcome is Outcome.COMPLIANT
    assert "看不出每季度是否都做到" in wording.reason(four)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [("每月至少 1次", 12), ("每学期不低于 2次", 4), ("每半年不少于 1次", 2)],
)
def test_other_terms(tmp_path: Path, sentence: str, bound: int) -> None:
    """Twelve months, two terms, two halves."""
    found = find(tmp_path, "而且 长期执行", f"那么 督导次数 应{sentence}", visits=1)

    assert found.required.value == bound


@pytest.mark.parametrize(
    ("share", "outcome", "told"),
    [
        (80, Outcome.COMPLIANT, "，不低于80%。"),
        (
            79.5,
            Outcome.COMPLIANT,
            "，应不低于80%，相差0.5个百分点，在允许的1个百分点之内。",
        ),
        (79, Outcome.COMPLIANT, "，应不低于80%，相差1个百分点，在允许的1个百分点之内。"),
        (78.9, Outcome.VIOLATION, "，应不低于80%，相差1.1个百分点。"),
    ],
)
def test_a_difference_that_is_allowed(
    tmp_path: Path, share: float, outcome: Outcome, told: str
) -> None:
    """Who misses the bound by no more than that complies, and it is told by how much."""
    found = find(
        tmp_path, "而且 长期执行", "而且 允许相差1个百分点", "那么 普惠率 应不低于 80%", share=share
    )

    assert found.outcome is outcome
    assert wording.reason(found) == f"普惠率为{share}%{told}"


@pytest.mark.parametrize(
    ("amount", "norm", "code"),
    [
        ("1%", "普惠率 应不低于 80%", "percent-points"),
        ("1人", "普惠率 应不低于 80%", "unit-mismatch"),
        ("一些", "普惠率 应不低于 80%", "not-a-number"),
        ("1个", '所有"学校"应符合"@甲"', "not-a-number"),
    ],
)
def test_a_difference_that_means_nothing(tmp_path: Path, amount: str, norm: str, code: str) -> None:
    """In the unit of what is compared, and of numbers only."""
    pack = write(tmp_path, ("而且 长期执行", f"而且 允许相差{amount}", f"那么 {norm}"))

    assert code in [each.code for each in read([pack]).problems]


@pytest.mark.parametrize(("pupils", "outcome"), [(28, Outcome.COMPLIANT), (27, Outcome.VIOLATION)])
def test_the_baseline_of_a_formula_is_in_its_unit(
    tmp_path: Path, pupils: int, outcome: Outcome
) -> None:
    """Also where it is to grow by so many % of it: 5% a year of 100 people is 127.6 in 2025."""
    said = ("而且 长期执行", "而且 基期2020年为100人", "那么 教师数 + 学生数 应年均提高不少于 5%")

    assert find(tmp_path, *said, teachers=100, pupils=pupils).outcome is outcome


@pytest.mark.parametrize(
    ("teachers", "pupils", "outcome"),
    [
        (100, 1900, Outcome.COMPLIANT),
        (100, 1901, Outcome.VIOLATION),
        (101, 1900, Outcome.COMPLIANT),
    ],
)
def test_one_to_so_many(tmp_path: Path, teachers: int, pupils: int, outcome: Outcome) -> None:
    """1:19 is a nineteenth, and a measure in 1:n is written so."""
    said = ("而且 到2025年底", "而且 基期2020年为1∶21", "那么 师生比 应不低于 1:19")
    found = find(tmp_path, *said, teachers=teachers, pupils=pupils)

    assert found.outcome is outcome
    assert "不低于1:19" in wording.reason(found)
    assert f"师生比为1:{pupils / teachers:g}"[:10] in wording.reason(found)
    before = find(tmp_path, *said, year=2023, teachers=100, pupils=1990)
    assert before.outcome is Outcome.BEHIND
    assert find(tmp_path, *said, year=2023, teachers=100, pupils=1970).outcome is Outcome.ON_TRACK
