"""A rule that is begun: its examples tell its condition from every weaker and stronger one."""

from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutate import mutate
from dabiao.rules.proofs.prove import prove
from dabiao.rules.writing.scaffold import Outline, scaffold
from dabiao.schemas.language import Language, speaking
from tests.rules.packs import write_pack
from tests.rules.test_read import judged

OUTLINE = Outline("plan", "new", "教师", "第九章", "学校", "长期执行", "教师数 应不低于 10人")
CONDITIONS = [
    "有校医",
    '有校医 = "是" 且 学段 = "小学"',
    '有校医 且 学段 ≠ "小学" 且 交流教师数 ≥ 3人',
    '学段 = "小学" 或 学段 = "初中"',
    '非 有校医 且 (学段 = "小学" 或 学段 = "初中" 或 交流教师数 < 5人)',
    "有校医 且 交流教师数 > 0人",
    '教师数 > 2人 且 (学段 = "小学" 或 学段 = "初中")',
]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("norm", ["教师数 应不低于 10人", "交流比例 应不低于 10%"])
def test_no_change_of_a_condition_survives(condition: str, norm: str, tmp_path: Path) -> None:
    """What is written holds, and a dropped part, or 或 for 且, is found."""
    folder = write_pack(tmp_path / "pack")
    catalog = read([folder]).catalog
    outline = replace(OUTLINE, condition=condition, norm=norm)
    (folder / "new.feature").write_text(scaffold(outline, catalog), "utf-8")

    reading = read([folder])

    assert reading.errors == []
    results = prove(reading.proofs, reading.catalog, judged)
    assert [each.message for each in results if not each.passed] == []
    found = mutate(reading, judged, rules={"plan/new"})
    assert [each.change for each in found if each.fate.open] == []


def test_the_examples_come_in_english_too(tmp_path: Path) -> None:
    """The same in the other language."""
    folder = write_pack(tmp_path / "pack")
    catalog = read([folder]).catalog
    outline = replace(OUTLINE, condition=CONDITIONS[4])
    outline = replace(outline, level="school", timing="by the end of 2025")
    with speaking(Language.EN):
        text = scaffold(replace(outline, norm="teachers should be at least 10人"), catalog)
    (folder / "new.feature").write_text(text, "utf-8")
    reading = read([folder])

    assert "whom it is about" in text
    assert reading.errors == []
    assert all(each.passed for each in prove(reading.proofs, reading.catalog, judged))
