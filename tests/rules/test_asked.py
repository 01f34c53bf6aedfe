"""The ledger, hand-labelled: a rule with a sentence's number covers it, or says another thing."""

from pathlib import Path

import pytest

from dabiao.rules.coverage import ClauseStatus, Ledger, coverage, idle_rows, rows
from dabiao.rules.packs.read import read
from tests.rules.packs import DOCUMENT, PLACES

WORDS = """\
# language: zh-CN
功能: 词
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 班级人数 | class_size | 班级 | 人 | 整数 | 0.. | | |
      | 学段 | stage | 班级 | | 类别 | 小学、初中 | | |
      | 巩固率 | retention | 旗县、盟市 | % | 数值 | 0..100 | | |
      | 普及率 | mandarin | 旗县、盟市 | % | 数值 | 0..100 | | |
      | 近视率 | myopia | 旗县、盟市 | % | 数值 | 0..100 | | |
      | 示范校数 | models | 旗县、盟市 | 所 | 整数 | 0.. | 求和 | |
      | 校医数 | doctors | 学校 | 人 | 整数 | 0.. | 求和 | |
      | 体育活动时间 | sport | 学校 | 分钟 | 数值 | 0.. | | |
      | 教育支出 | spending | 旗县、盟市 | 万元 | 数值 | 0.. | | |
      | 生均经费 | per_pupil | 旗县、盟市 | 元 | 数值 | 0.. | | |
      | 教师工资 | pay | 旗县、盟市 | 元 | 数值 | 0.. | | |
"""
RULE = """\

  @r
  规则: 一条规则
    背景:
      假如 出处"第一章，第1段"
      而且 考核对象是"{level}"
      而且 {timing}
      那么 {norm}
"""
END, ALWAYS = "到2025年底", "长期执行"
LINE = "到2025年底\n      而且 基期2020年为95%"
STRIVEN = "到2025年底\n      而且 属于力争目标"
# Sentence; level, timing and norm of the one rule there is; whether it is what the sentence says.
LABELLED = [
    ("力争建成示范校20所。", "盟市", END, "示范校数 应不低于 20所", False),
    ("力争建成示范校20所。", "盟市", STRIVEN, "示范校数 应不低于 20所", True),
    ("建成示范校20所。", "盟市", STRIVEN, "示范校数 应不低于 20所", False),
    ("支持学校发展，建成示范校20所。", "盟市", STRIVEN, "示范校数 应不低于 20所", True),
    ("巩固率确保达到95%。", "盟市", END, "巩固率 应不低于 95%", False),
    ("巩固率确保达到95%。", "盟市", ALWAYS, "巩固率 应不低于 95%", True),
    ("到2025年，巩固率保持在95%以上。", "盟市", LINE, "巩固率 应不低于 95%", True),
    ("班级人数不超过45人。", "班级", ALWAYS, "班级人数 应不高于 45人", True),
    ("班级人数不超过45人。", "班级", ALWAYS, "班级人数 应不低于 45人", False),
    ("班级人数控制在45人以内。", "班级", ALWAYS, "班级人数 应不高于 45人", True),
    ("班级人数控制在45人以内。", "班级", ALWAYS, "班级人数 应高于 45人", False),
    ("班级人数在45人以下。", "班级", ALWAYS, "班级人数 应低于 45人", True),
    ("到2025年，巩固率达到95%。", "盟市", END, "巩固率 应不低于 95%", True),
    ("到2025年，巩固率达到95%。", "盟市", "到2024年底", "巩固率 应不低于 95%", False),
    ("到2025年，巩固率达到95%。", "盟市", END, "巩固率 应不高于 95%", False),
    ("到2025年，巩固率达到95%以上。", "盟市", END, "巩固率 应不低于 95%", True),
    ("到2025年，巩固率超过95%。", "盟市", END, "巩固率 应高于 95%", True),
    ("到2025年，近视率下降到38%以下。", "盟市", END, "近视率 应不高于 38%", True),
    ("到2025年，近视率下降到38%以下。", "盟市", END, "近视率 应不低于 38%", False),
    ("到2025年，近视率下降到38%以下。", "盟市", END, "巩固率 应不高于 38%", False),
    ("2024年前巩固率达到95%，2025年达到97%。", "盟市", END, "巩固率 应不低于 97%", False),
    ("普及率提高10个百分点。", "盟市", END, "普及率 应不低于 10%", False),
    ("普及率比2020年提高10个百分点。", "盟市", END, "普及率 应比2020年提高不少于 10个百分点", True),
    ("近视率每年下降0.5个百分点。", "盟市", ALWAYS, "近视率 应逐年下降不少于 0.5个百分点", True),
    ("近视率每年下降0.5个百分点。", "盟市", ALWAYS, "近视率 应逐年提高不少于 0.5个百分点", False),
    ("教育支出增长10%。", "盟市", END, "教育支出 应比2020年提高不少于 10%", True),
    ("普及率提高10%。", "盟市", END, "普及率 应不低于 10%", False),
    ("普及率提高到85%。", "盟市", END, "普及率 应不低于 85%", True),
    ("到2025年，每个旗县建成示范校20所。", "旗县", END, "示范校数 应不低于 20所", True),
    ("到2025年，每个旗县建成示范校20所。", "盟市", END, "示范校数 应不低于 20所", False),
    ("到2025年，全市建成示范校2所。", "盟市", END, "示范校数 应不低于 2所", True),
    ("到2025年，全市建成示范校2所。", "旗县", END, "示范校数 应不低于 2所", False),
    ("每校配备校医2名。", "学校", ALWAYS, "校医数 应不低于 2人", True),
    ("每校配备校医2名。", "旗县", ALWAYS, "校医数 应不低于 2人", False),
    ("体育活动时间不少于60分钟。", "学校", ALWAYS, "体育活动时间 应不低于 60分钟", True),
    ("体育活动时间不少于60分钟。", "学校", ALWAYS, "校医数 应不低于 60人", False),
    ("体育活动时间不少于1小时。", "学校", ALWAYS, "体育活动时间 应不低于 1分钟", False),
    ("体育活动时间不少于1小时。", "学校", ALWAYS, "体育活动时间 应不低于 60分钟", True),
    ("体育活动时间不少于60分钟。", "学校", ALWAYS, "体育活动时间 应不低于 1小时", True),
    ("体育活动时间不少于半小时。", "学校", ALWAYS, "体育活动时间 应不低于 60分钟", False),
    ("体育活动时间不少于1小时。", "学校", ALWAYS, "体育活动时间 应不高于 60分钟", False),
    ("教育支出达到12000万元。", "盟市", END, "教育支出 应不低于 1.2亿元", True),
    ("教育支出达到1200万元。", "盟市", END, "教育支出 应不低于 1.2亿元", False),
    ("校医数不少于60名。", "学校", ALWAYS, "体育活动时间 应不低于 1小时", False),
    ("生均经费不低于上年。", "盟市", ALWAYS, "生均经费 应只增不减", True),
    ("生均经费不低于上年。", "盟市", ALWAYS, "生均经费 应逐年不增", False),
    ("校医数不少于2名，或体育活动时间不少于1小时。", "学校", ALWAYS,
     "校医数 应不低于 2人 或 体育活动时间 应不低于 60分钟", True),
    ("校医数不少于3名，或体育活动时间不少于1小时。", "学校", ALWAYS,
     "校医数 应不低于 2人 或 体育活动时间 应不低于 60分钟", False),
    ("教育支出达到1.2亿元。", "盟市", END, "教育支出 应不低于 1.2亿元", True),
    ("教育支出只增不减。", "盟市", ALWAYS, "教育支出 应只增不减", True),
    ("教育支出只升不降。", "盟市", ALWAYS, "教育支出 应只增不减", True),
    ("教育支出只升不降。", "盟市", ALWAYS, "教育支出 应逐年不增", False),
    ("近视率只降不升。", "盟市", ALWAYS, "近视率 应逐年不增", True),
    ("近视率只降不升。", "盟市", ALWAYS, "近视率 应只增不减", False),
    ("小学班级人数不超过45人，初中不超过50人。", "班级", ALWAYS,
     '班级人数 应不高于 若(学段 = "小学", 45人, 50人)', True),
    ("小学班级人数不超过45人，初中不超过55人。", "班级", ALWAYS,
     '班级人数 应不高于 若(学段 = "小学", 45人, 50人)', False),
    ("巩固率达到95%，普及率达到85%。", "盟市", END, "巩固率 应不低于 95%", False),
    ("教师工资不低于全省平均水平。", "盟市", ALWAYS, "教育支出 应只增不减", False),
]  # fmt: skip


def pack(folder: Path, level: str, timing: str, norm: str) -> Path:
    """Write a pack of one rule."""
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    text = WORDS + RULE.format(level=level, timing=timing, norm=norm)
    (folder / "r.feature").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(("sentence", "level", "timing", "norm", "covered"), LABELLED)
def test_a_rule_covers_what_it_says(
    sentence: str, level: str, timing: str, norm: str, *, covered: bool, tmp_path: Path
) -> None:
    """The same number is not enough: side, change, level, unit and date have to agree."""
    reading = read([pack(tmp_path, level, timing, norm)])
    assert reading.errors == []

    (found,) = coverage(f"第一章 目标\n{sentence}\n", "plan", reading.catalog, Ledger()).assessed

    assert (found.status is ClauseStatus.COVERED) is covered


@pytest.mark.parametrize(
    ("sentence", "norm", "reason"),
    [
        ("班级人数不超过45人。", "班级人数 应不低于 45人", "相反"),
        ("每校班级人数不超过45人。", "班级人数 应不高于 45人", "每个学校"),
        ("班级人数提高到45人。", "班级人数 应逐年提高不少于 45人", "变化多少"),
        ("到2023年，班级人数不超过45人。", "班级人数 应不高于 45人", "期限"),
    ],
)
def test_the_difference_is_told(sentence: str, norm: str, reason: str, tmp_path: Path) -> None:
    """Who looks at an open sentence reads why the rule with its number is not it."""
    catalog = read([pack(tmp_path, "班级", END, norm)]).catalog

    (found,) = coverage(f"第一章 目标\n{sentence}\n", "plan", catalog, Ledger()).assessed

    assert reason in found.reason
    assert found.rules == ()
    assert "plan/r" in found.suggestions


@pytest.mark.parametrize(
    "sentence",
    [
        "教师工资不低于全省平均水平。",
        "生均经费达到全国平均水平。",
        "教育支出只升不降。",
        "生均经费不低于上年。",
        "巩固率高于全国平均。",
        "教育质量稳中有升。",
        "义务教育质量保持全区前列。",
    ],
)
def test_relations_without_a_number_are_found(sentence: str, tmp_path: Path) -> None:
    """A commitment need not have a number; the ledger asks about it all the same."""
    catalog = read([pack(tmp_path, "盟市", ALWAYS, "巩固率 应不低于 1%")]).catalog

    (found,) = coverage(f"第一章 目标\n{sentence}\n", "plan", catalog, Ledger()).assessed

    assert found.status is ClauseStatus.OPEN


def test_a_rule_without_a_sentence_is_named(tmp_path: Path) -> None:
    """It may say what the plan does not; programs are given whole sentences."""
    catalog = read([pack(tmp_path, "盟市", ALWAYS, "巩固率 应不低于 95%")]).catalog
    long = "深化改革，" * 20 + "建成公园3座。"

    found = coverage(f"第一章 目标\n{long}\n", "plan", catalog, Ledger())

    assert [each["rules"] for each in idle_rows(found, catalog)] == ["r"]
    assert [each["text"] for each in rows(found)] == [long]
