"""Demands that mean nothing: one message each, which says what was found and what to write."""

from pathlib import Path

import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.language.scenario import Judged
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.facts import Facts

_HEAD = """# language: zh-CN
功能: 学校
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识     | 层级 | 单位 | 类型 | 范围       |
      | 学段     | stage    | 学校 |      | 类别 | 小学、初中 |
      | 在校生数 | pupils   | 学校 | 人   | 整数 | 0..        |
      | 培训经费 | training | 学校 | 万元 | 数值 | 0..        |
      | 有校医   | doctor   | 学校 |      | 是否 |            |

  @demand
  规则: 要求
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
"""


def said(folder: Path, *sentences: str) -> list[str]:
    """Give what is said of a demand, without its place and what is said of its lack of proof."""
    (folder / "document.yaml").write_text(
        "id: plan\ntitle: 规划\nperiod: {from: 2021, to: 2025}\n", "utf-8"
    )
    lines = "".join(f"      {sentence}\n" for sentence in sentences)
    (folder / "plan.feature").write_text(_HEAD + lines, "utf-8")
    problems = read([folder]).problems
    return [
        text
        for problem in problems
        if problem.code != "unproved"
        for text in (f"{problem.column} {problem.message} [{problem.code}]", str(problem.hint))
    ]


@pytest.mark.parametrize(
    ("sentence", "message", "hint"),
    [
        (
            "培训经费 应不低于 3万",
            "20 “3万”没有写单位，而“培训经费”以“万元”计，看不出是多少 [ambiguous-number]",
            "写成 3万元",
        ),
        (
            "培训经费 + 100 应不低于 200万元",
            "17 “100”没有写单位，按万元理解 [bare-number]",
            "写上单位：100万元",
        ),
        (
            "培训经费 应不低于 若(在校生数 > 10, 100, 200)",
            "20 “若(在校生数 > 10, 100, 200)”没有写单位，按万元理解 [bare-number]",
            "里面的数写上单位：万元",
        ),
        (
            "100 − 比例(培训经费, 较大(培训经费, 0)) 应不高于 5%",
            "10 “100”没有写单位，按%理解 [bare-number]",
            "写上单位：100%",
        ),
        (
            "比例(在校生数, 在校生数) + 1 应不低于 5%",
            "27 “1”没有写单位，按百分点理解 [bare-number]",
            "写上单位：1百分点",
        ),
        (
            "100 ÷ 培训经费 应不低于 2",
            "26 “2”没有写单位，而“100 ÷ 培训经费”以“1/元”计，看不出是多少 [ambiguous-number]",
            "改成两边都有单位，如把除数乘到另一边",
        ),
        (
            "在校生数 应比上年增加不少于 5",
            "25 “5”没有写单位，按人理解 [bare-number]",
            "写上单位：5人",
        ),
        (
            "在校生数 应不低于 100",
            "20 “100”没有写单位，按人理解 [bare-number]",
            "写上单位：100人",
        ),
        (
            '学段 应等于 "大学"',
            "17 “学段”没有“大学”这一类 [unknown-option]",
            "是不是“小学”？",
        ),
        (
            "有校医 应等于 1",
            "18 “1”的值是数，“有校医”的值是“是/否” [kind-mismatch]",
            "是否项写 = 是 或 = 否",
        ),
        (
            '在校生数 应等于 "100"',
            '19 “"100"”的值是文字，“在校生数”的值是数 [kind-mismatch]',
            "换成数，不加引号",
        ),
        (
            '在校生数 应为"100"',
            "18 “在校生数”是数，不会是文字“100” [not-a-text]",
            "对数的要求写“应等于”“应不低于”等，数不加引号",
        ),
        (
            "在校生数 应在 500人 至 100人 之间",
            "18 下界“500人”高于上界“100人” [empty-range]",
            "两个数对调",
        ),
        (
            '所有"学校"应符合"@小学"',
            "13 “学校”不是学校的下级层级 [not-below]",
            "考核对象改为它的上级，或换成下级层级",
        ),
        (
            "合计(学校.在校生数) 应不低于 100人",
            "13 学校不在学校之下 [level-not-below]",
            "学校自己的项直接写：在校生数",
        ),
        (
            "在校生数 不低于 30人 应不高于 100人",
            "15 公式里用符号比较和运算，不写“不低于” [missing-operator]",
            "“不低于”写成 ≥",
        ),
        (
            "在校生数 应在 　 至 100人 之间",
            "19 公式是空的 [empty-formula]",
            "补上名称、数或公式",
        ),
        (
            "在校生数 应不低于 100名学生",
            "20 没有单位“名学生” [unknown-unit]",
            "是不是“名”？",
        ),
    ],
)
def test_one_cause_is_one_message(tmp_path: Path, sentence: str, message: str, hint: str) -> None:
    """A demand that is wrong in one way is told once, with what was found and the way out."""
    assert said(tmp_path, f"那么 {sentence}") == [message, hint]


def test_numbers_beside_a_bound_are_read_as_it_is(tmp_path: Path) -> None:
    """A baseline and an allowed difference without a unit are told; none goes where none can."""
    beside = "而且 基期2020年为9", "而且 允许相差3"
    assert said(tmp_path, *beside, "那么 在校生数 应不低于 100人")[::2] == [
        "18 “9”没有写单位，按人理解 [bare-number]",
        "14 “3”没有写单位，按人理解 [bare-number]",
    ]
    assert said(tmp_path, *beside, "那么 100 ÷ 培训经费 应不低于 2倍/万元")[::2] == [
        "18 “9”没有写单位，而这里以“1/元”计，看不出是多少 [ambiguous-number]",
        "14 “3”没有写单位，而这里以“1/元”计，看不出是多少 [ambiguous-number]",
    ]


@pytest.mark.parametrize("word", ["班", "个"])
def test_what_is_counted_takes_any_measure_word(tmp_path: Path, word: str) -> None:
    """In a baseline, a change and an allowed difference as in a bound."""
    beside = f"而且 基期2020年为1{word}", f"而且 允许相差1{word}"
    assert said(tmp_path, *beside, f"那么 计数(班级) 应不低于 2{word}") == []
    assert said(tmp_path, beside[0], f"那么 计数(班级) 应年均增加不少于 2{word}") == []


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        (
            "在校生数",
            "“在校生数”的值是数，这里要一个条件 [not-a-condition]",
            "写成比较，如 在校生数 > 0",
        ),
        (
            "学段",
            "“学段”的值是文字，这里要一个条件 [not-a-condition]",
            '写成比较，如 学段 = "小学"',
        ),
    ],
)
@pytest.mark.parametrize("more", ["", " 且 有校医"])
def test_a_condition_is_told_alike(
    tmp_path: Path, condition: str, message: str, hint: str, more: str
) -> None:
    """What is no condition is told in the same words, whether it stands alone or in a part."""
    shown = said(tmp_path, f"而且 仅限 {condition}{more}", '那么 有校医 应为"是"')

    assert shown == [f"13 {message}", hint]


@pytest.mark.parametrize(
    "sentence",
    [
        '有校医 应等于 "是"',
        "有校医 应等于 是",
        '学段 应等于 "小学"',
        "学段 应等于 上年(学段)",
        '上年(学段) 应为"小学"',
    ],
)
def test_texts_that_can_be_demanded(tmp_path: Path, sentence: str) -> None:
    """A text or a yes is demanded of an item, or of a formula that gives one."""
    assert said(tmp_path, f"那么 {sentence}") == []


def test_the_text_of_another_year_decides(tmp_path: Path) -> None:
    """What is demanded of last year's text is judged by it, in either engine."""
    scenarios = """\
    场景大纲: 去年
      假如 某学校的 学段 在2024年是 "<去年>"
      而且 学段 是 "初中"
      当 在2025年考核
      那么 结论是"<结论>"
      例子:
        | 去年 | 结论   |
        | 小学 | 达标   |
        | 初中 | 未达标 |
        |      | 缺数据 |
"""
    assert said(tmp_path, '那么 上年(学段) 应为"小学"', scenarios.strip()) == []
    reading = read([tmp_path])

    for engine in (EngineChoice.COLUMNAR, EngineChoice.DURABLE):

        def judged(catalog: Catalog, facts: Facts, year: int, how: EngineChoice = engine) -> Judged:
            return judge(catalog, facts, as_of=year, engine=how)

        results = prove(reading.proofs, reading.catalog, judged)
        assert [each.passed for each in results] == [True] * 3, results


def test_what_is_not_denied_so(tmp_path: Path) -> None:
    """非 before a text is no condition; ≠ is what was meant."""
    shown = said(tmp_path, '而且 仅限 学段 = 非 "小学"', '那么 有校医 应为"是"')

    assert shown == [
        "18 “非”不能直接跟在这里 [misplaced-not]",
        "“不是”写成 ≠；要否定一个条件，把“非”和条件一起括起来",
    ]
