"""Slips of whoever writes a feature: one message each, at the slip, that says what to do."""

from pathlib import Path

import pytest

from dabiao.rules.packs.read import read
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import Problem
from tests.rules.packs import DOCUMENT, PLACES

FEATURE = """\
# language: zh-CN
功能: 覆盖
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称   | 标识  | 层级 | 单位 | 类型 | 范围   | 汇总 | 口径 |
      | 覆盖率 | cover | 旗县 | %    | 数值 | 0..100 |      |      |

  @cover
  规则: 覆盖率到2025年达到85%
    背景:
      假如 出处"第一章"
      而且 考核对象是"旗县"
      而且 到2025年底
      那么 覆盖率 应不低于 85%
    场景大纲: 界线
      假如 某旗县的 覆盖率 是 <率>
      当 在<年>年考核
      那么 结论是"<结论>"
      例子:
        | 率    | 年   | 结论   |
        | 85%   | 2025 | 达标   |
        | 84.9% | 2025 | 未达标 |
    场景: 更好
      假如 某旗县的 覆盖率 是 86%
      当 在2025年考核
      那么 结论是"达标"
"""
ROWS = FEATURE[FEATURE.index("      例子:") : FEATURE.index("    场景: 更好")]
BACKGROUND = FEATURE[FEATURE.index("    背景:\n      假如 出") : FEATURE.index("    场景大纲")]
SLIPS = {
    "quotes of another kind": ('"旗县"', "'旗县'", (13, 10), '考核对象是"旗县"'),
    "one quote of two": ('"旗县"', '"旗县', (13, 10), '考核对象是"旗县"'),
    "no quotes": ('"旗县"', "旗县", (13, 10), '考核对象是"旗县"'),
    "the marks of a title": ('"plan"', "《plan》", (4, 8), '依据文件"plan"'),
    "a letter in a number": ("不低于 85%", "不低于 8O%", (15, 21), "“8O”里有字母"),
    "a sign for a sentence": ("覆盖率 应不低于 85%", "覆盖率≥85%", (15, 10), "应不低于 10个"),
    "a comment of another language": (
        "      而且 到",
        "      // 期限\n      而且 到",
        (14, 7),
        "#",
    ),
    "a second background": ("    场景: 更好", "    背景:\n    场景: 更好", (24, 5), "只写一次"),
    "no examples": (ROWS, "", (16, 5), "例子:"),
    "examples without a row": (ROWS[ROWS.index("        | 85%") :], "", (16, 5), "例子:"),
    "a wrong verdict in one row": ("| 未达标 |", "| 不达标 |", (23, 26), ""),
    "a wrong value in one row": ("| 84.9% |", "| 八四   |", (23, 11), ""),
    "a step's word of another language": (
        "而且 考核对象",
        "And 考核对象",
        (13, 7),
        "“And”是英文：写成“而且”",
    ),
    "a heading of another language": (
        "场景: 更好",
        "Scenario: 更好",
        (24, 5),
        "写成“场景:”",
    ),
    "a rule without a background": (BACKGROUND, "", (10, 3), "背景:"),
    "marks of seconds for quotes": ('"旗县"', "″旗县″", (13, 10), '考核对象是"旗县"'),
    "a dash of several": ("85%\n    场", "85%……\n    场", (15, 22), "删掉"),
    "a value of another unit": ("是 86%", "是 86人", (25, 21), "以“%”计"),
    "a placeholder left open": ("是 <率>", "是 <率", (17, 21), "<列名>"),
    "a misspelt demand": (
        "覆盖率 应不低于 85%",
        "覆盖率 应不底于 72.5%",
        (15, 10),
        "72.5%",
    ),
    "a misspelt time": ("到2025年底", "到2024年低", (14, 10), "2024年"),
    "a value above the range": ("| 84.9% |", "| 849%  |", (23, 11), "范围"),
    "a value below the range": ("是 86%", "是 -86%", (25, 21), "范围"),
    "part of a whole number": (
        "数值 | 0..100 |",
        "整数 | 0..100 |",
        (23, 11),
        "类型",
    ),
    "no step that judges": ("      当 在<年>年考核\n", "", (18, 10), "当 在2025年考核"),
    "no step that gives": ("      假如 某旗县的 覆盖率 是 <率>\n", "", (18, 10), "假如 某学校的"),
    "a scenario of nothing": ("    场景: 更好", "    场景: 空的\n    场景: 更好", (24, 5), "三步"),
    "a misspelt outline": ("场景大纲:", "场景大刚:", (16, 5), "场景大纲:"),
    "a heading with a character too many": ("功能:", "功能点:", (2, 1), "功能:"),
    "a misspelt background": (
        "    背景:\n      假如 出",
        "    背影:\n      假如 出",
        (11, 1),
        "背景:",
    ),
    "a range for a floor": ("85%\n    场", "85%-90%\n    场", (15, 10), "之间"),
    "a range with a word": ("85%\n    场", "85%至90%\n    场", (15, 10), "之间"),
    "a range of points": (
        "应不低于 85%",
        "应比2020年提高不少于 5-8个百分点",
        (15, 10),
        "之间",
    ),
    "a part of one": ("85%\n    场", "0.85\n    场", (15, 19), "75%"),
    "a fraction": ("85%\n    场", "3/4\n    场", (15, 19), "75%"),
    "should said otherwise": ("应不低于", "应当不低于", (15, 10), "是不是：覆盖率 应不低于 85%"),
    "must": ("应不低于", "必须不低于", (15, 10), "是不是：覆盖率 应不低于 85%"),
    "no should": ("应不低于", "不低于", (15, 10), "是不是：覆盖率 应不低于 85%"),
    "at least twice": ("85%\n    场", "85%以上\n    场", (15, 22), "删去“以上”"),
    "a per cent in words": ("85%\n    场", "百分之八十五\n    场", (15, 19), "85%"),
    "the year before in a word": ("85%\n    场", "上年\n    场", (15, 19), "上年(数据项)"),
    "a time in the demand": ("应不低于", "应到2025年不低于", (15, 10), "到2025年底"),
    "how much, without at least": (
        "应不低于 85%",
        "应逐年提高 1个百分点",
        (15, 10),
        "不少于",
    ),
    "since, said otherwise": (
        "应不低于 85%",
        "应较2020年提高5个百分点以上",
        (15, 10),
        "是不是：覆盖率 应比2020年提高不少于 5个百分点",
    ),
    "a rise at least, behind": (
        "应不低于 85%",
        "应每年增长 1个百分点以上",
        (15, 10),
        "是不是：覆盖率 应每年增长不少于 1个百分点",
    ),
    "from and to": ("应不低于 85%", "应由2020年的68%提高到85%", (15, 10), "基期2020年为68%"),
    "targets of two years": (
        "应不低于 85%",
        "应在 2023年达到80%、2025年达到85%",
        (15, 10),
        "各年目标",
    ),
    "a share of another": ("应不低于 85%", "应占总数的85%以上", (15, 10), "比例(部分, 总体)"),
    "a place": ("应不低于 85%", "应进入前3名", (15, 10), "名次("),
    "twice as much": ("应不低于 85%", "应翻一番", (15, 10), "某年("),
    "so many a year": ("应不低于 85%", "应每年不少于 1次", (15, 10), "长期执行"),
    "something done": ("应不低于 85%", "应建成", (15, 10), '应为"是"'),
    "the mean above": ("85%\n    场", "全市平均水平\n    场", (15, 19), "上级(盟市."),
    "a day for a due": ("到2025年底", "2025年12月31日前", (14, 10), "是不是：到2025年底"),
    "a month for a due": ("到2025年底", "到2025年8月31日前", (14, 10), "是不是：到2025年8月底"),
    "a beginning": ("到2025年底", "从2021年开始", (14, 10), "是不是：自2021年起"),
    "a span": ("到2025年底", "2021—2025年", (14, 10), "是不是：自2021年至2025年每年"),
    "for ever": ("到2025年底", "长期坚持", (14, 10), "是不是：长期执行"),
    "within some years": ("到2025年底", "五年内", (14, 10), "到2025年底"),
    "facts behind the judging": (
        "      假如 某旗县的 覆盖率 是 <率>\n      当 在<年>年考核\n",
        "      当 在<年>年考核\n      假如 某旗县的 覆盖率 是 <率>\n",
        (18, 10),
        "先 假如",
    ),
    "an outcome before the judging": (
        '      当 在<年>年考核\n      那么 结论是"<结论>"\n',
        '      那么 结论是"<结论>"\n      当 在<年>年考核\n',
        (18, 10),
        "先 假如",
    ),
    "judged twice": (
        "      当 在<年>年考核\n",
        "      当 在<年>年考核\n      当 在2024年考核\n",
        (19, 9),
        "先 假如",
    ),
    "a value given twice": (
        "覆盖率 是 86%\n",
        "覆盖率 是 86%\n      而且 覆盖率 是 87%\n",
        (26, 16),
        "留下一个",
    ),
    "a column twice": ("| 汇总 | 口径 |", "| 口径 | 口径 |", (6, 49), "留下一个"),
    "a column of examples twice": (
        ROWS,
        ROWS.replace("| 年 ", "| 年 | 年 ").replace("| 2025 ", "| 2025 | 2025 "),
        (21, 22),
        "留下一个",
    ),
    "a value behind another word": ("是 <率>", "为 <率>", (17, 10), "写“是”"),
    "an outcome left blank": ("| 2025 | 未达标 |", "| 2025 |        |", (19, 10), "不能空着"),
    "tags below the rule": (
        "  @cover\n  规则: 覆盖率到2025年达到85%\n",
        "  规则: 覆盖率到2025年达到85%\n  @cover\n",
        (11, 5),
        "上一行",
    ),
    "a part of one for a baseline": (
        "到2025年底",
        "到2025年底\n      而且 基期2020年为0.6",
        (15, 18),
        "75%",
    ),
    "a demand as a given": ("那么 覆盖率", "假如 覆盖率", (15, 10), "那么 覆盖率 应不低于 85%"),
    "a column without a header": ("| 名称   | 标识  |", "| 名称   |       |", (6, 22), "写上列名"),
    "nothing expected": ('      那么 结论是"<结论>"\n', "", (18, 9), "那么 结论是"),
}


def errors(folder: Path, text: str) -> list[Problem]:
    """Read a pack of one feature, and give its errors."""
    (folder / "plan.feature").write_text(text, "utf-8")
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    return read([folder]).errors


@pytest.mark.parametrize(("right", "slip", "at", "way"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_one_message_where_it_is(
    right: str, slip: str, at: tuple[int, int], way: str, tmp_path: Path
) -> None:
    """What is wrong in one place is told once, there, with the way out."""
    with speaking(Language.ZH):
        [problem] = errors(tmp_path, FEATURE.replace(right, slip, 1))

    assert (problem.line, problem.column) == at
    assert way in (problem.hint or "")


def test_without_a_slip_nothing_is_told(tmp_path: Path) -> None:
    """The feature is right as it stands, and with ％ in its table as a Chinese keyboard has it."""
    assert errors(tmp_path, FEATURE) == []
    assert errors(tmp_path, FEATURE.replace("%", "％")) == []


@pytest.mark.parametrize(
    ("plain", "typed"),
    [
        ("那么 覆盖率 应不低于", "那么，覆盖率 应不低于"),
        ("那么 覆盖率 应不低于", "那么: 覆盖率 应不低于"),
        ("假如 某旗县的", "假如、某旗县的"),
        ("应不低于", "应 不低于"),
        ("应不低于 85%", "应 >= 85%"),
        ("应不低于 85%", "应为85%以上"),
        ("应不低于 85%", "应有85%以上"),
    ],
)
def test_what_a_keyboard_types_is_read(plain: str, typed: str, tmp_path: Path) -> None:
    """A mark behind the word of a step, and a space behind 应, mean nothing."""
    assert plain in FEATURE
    assert errors(tmp_path, FEATURE.replace(plain, typed, 1)) == []


@pytest.mark.parametrize("demand", ["应高于 100%", "应低于 0%"])
def test_what_nobody_can_do_is_doubted(demand: str, tmp_path: Path) -> None:
    """A bound at the end of an item's range leaves nothing beyond it."""
    errors(tmp_path, FEATURE.replace("应不低于 85%", demand))

    told = [each.code for each in read([tmp_path]).problems]

    assert told == ["out-of-range"]


def test_a_step_that_is_wrong_in_every_row_stays_at_the_step(tmp_path: Path) -> None:
    """Only what a row fills in is told at the row."""
    [problem] = errors(
        tmp_path, FEATURE.replace("某旗县的 覆盖率 是 <率>", "某旗县的 复盖率 是 <率>")
    )

    assert (problem.line, problem.column) == (17, 15)


def test_a_document_of_word_is_no_feature(tmp_path: Path) -> None:
    """A file of Word that was only renamed is named as such."""
    errors(tmp_path, FEATURE)
    (tmp_path / "plan.feature").write_bytes(b"PK\x03\x04\x14")

    [problem] = read([tmp_path]).errors

    assert problem.code == "not-utf-8"
    assert "Word" in problem.message
