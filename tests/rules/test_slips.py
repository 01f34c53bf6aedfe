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
    "no step that judges": ("      当 在<年>年考核\n", "", (18, 10), "当 在2025年考核"),
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
