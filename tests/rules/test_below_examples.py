"""Rules on the subjects below are begun with examples that tell them from any other."""

from pathlib import Path

import pytest

from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutate import mutate
from dabiao.rules.writing.scaffold import Outline, scaffold
from dabiao.schemas.problem import Severity
from tests.rules.packs import write_pack
from tests.rules.test_read import judged

WORDS = """\
# language: zh-CN
功能: 词汇
  背景:
    假如 数据项
      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 住校生数 | boarders | 学校、旗县、盟市 | 人 | 整数 | 0.. | 求和 | |
      | 消防达标 | fire_safe | 学校 | | 是否 | | | |
      | 校别 | kind | 学校 | | 类别 | 小学、初中 | | |
      | 教室面积 | area | 学校 | 平方米 | 数值 | 0.. | | |
"""
BEGUN = [
    ("旗县", "到2025年底", "住校生数 应不低于 2000人", ()),
    ("学校", "到2025年底", "住校生数 应不低于 2000人", ()),
    ("盟市", "到2025年底", "合计(学校.住校生数) 应不低于 2000人", ("合计(旗县.",)),
    ("旗县", "长期执行", "合计(学校.住校生数, 消防达标 = 是) 应不低于 2000人", ()),
    ("旗县", "到2025年底", "平均(学校.教室面积) 应不低于 50平方米", ()),
    ("旗县", "长期执行", "中位数(学校.教室面积) 应高于 50平方米", ()),
    ("旗县", "长期执行", "最大(学校.住校生数) 应不高于 500人", ()),
    ("旗县", "长期执行", "最小(学校.教室面积) 应不低于 50平方米", ()),
    ("盟市", "2023年内", "计数(学校, 消防达标 = 是) 应不低于 3所", ()),
    ("旗县", "长期执行", '计数(学校, 校别 = "小学" 且 住校生数 > 55人) 应等于 0所', ("占比(",)),
    # 79% and 80% are told apart by a hundred schools
    ("旗县", "到2024年底", "占比(学校, 消防达标 = 是) 应不低于 80%", ("79%",)),
    ("旗县", "到2024年底", "占比(学校, 消防达标 = 是) 应等于 100%", ("不低于",)),
]


def test_rules_on_those_below_prove_themselves(tmp_path: Path) -> None:
    """They lint, pass their own scenarios, and leave alive what no small example can tell."""
    folder = write_pack(tmp_path, more=WORDS)
    catalog = read([folder]).catalog
    alive = {}
    for number, (level, timing, norm, left) in enumerate(BEGUN):
        outline = Outline("plan", f"rule-{number}", norm, "第一章", level, timing, norm)
        (folder / f"rule-{number}.feature").write_text(scaffold(outline, catalog), "utf-8")
        alive[f"plan/rule-{number}"] = left

    reading = read([folder])

    assert [str(each) for each in reading.problems if each.severity is Severity.ERROR] == []
    open_ones = [each for each in mutate(reading, judged) if each.fate.open]
    told = [(each.rule, each.change) for each in open_ones]
    assert [
        each for each in told if not any(word in each[1] for word in alive.get(each[0], ()))
    ] == []


@pytest.mark.parametrize(
    "norm",
    [
        "计数(学校, 消防达标 = 是) 应不低于 30所",
        "占比(学校, 消防达标 = 是) 应不低于 97%",
        "计数(学校) 应不低于 3所",
    ],
)
def test_examples_that_would_fill_pages_are_left_to_the_writer(norm: str, tmp_path: Path) -> None:
    """The scenario says that it is to be filled in, and so does lint."""
    folder = write_pack(tmp_path, more=WORDS)
    catalog = read([folder]).catalog
    outline = Outline("plan", "many", "多", "第一章", "旗县", "到2025年底", norm)

    (folder / "many.feature").write_text(scaffold(outline, catalog), "utf-8")

    [problem] = read([folder]).errors
    assert "换成要求里的数据项" in (problem.hint or "")
