"""What holds for all built-in rules, however their sentences are read.

Each test guards a kind of wrong verdict: a rule that is added has to answer the same question.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import Within, formulas
from dabiao.rules.catalog.norm_sentence import rule_sentence
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.formulas.formula import Formula, Measured, Ratio
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.language import Language, speaking
from tests.typed import typed

PEOPLED = {
    "在校生数": "pupils",
    "在园幼儿数": "children",
    "幼儿园专任教师数": "teachers",
    "专任教师数": "teachers",
    "语文教师数": "teachers",
    "义务教育专任教师数": "teachers",
    "小学专任教师数": "teachers",
    "初中专任教师数": "teachers",
    "普通高中专任教师数": "teachers",
    "中小学专任教师数": "teachers",
    "班主任数": "teachers",
    "教职工数": "staff",
    "党支部数": "party branches",
    "教师工资总额": "pay",
    "绩效工资应发额": "pay",
    "地区生产总值": "product",
    "适龄非残疾儿童少年数": "children",
    "初中毕业生数": "leavers",
    "高考考生数": "candidates",
    "体质健康测试学生数": "nobody tested is a test that was not held",
    "视力检查中小学生数": "nobody examined is an examination that was not held",
    "体检中小学生数": "nobody examined is an examination that was not held",
    "城镇幼儿园园位数": "places",
    "应配教研员学段学科数": "subjects",
}
"""Wholes that every subject of the rule has: 0 is a mistake there, and 缺数据 says so."""


@cache
def catalog() -> Catalog:
    """Read the built-in rules once."""
    return read_pack([built_in()])


def parts(formula: object) -> Iterator[object]:
    """Walk through a formula."""
    yield formula
    if is_dataclass(formula):
        for one in fields(formula):
            yield from parts(getattr(formula, one.name))


def wholes(formula: Formula) -> Iterator[str]:
    """List the items that a share is a share of, through indicators."""
    for part in parts(formula):
        if isinstance(part, Measured) and part.slug in catalog().vocabulary.formulas:
            yield from wholes(catalog().vocabulary.formulas[part.slug])
        if isinstance(part, Ratio) and isinstance(part.whole, Measured):
            yield part.whole.slug


def asked_about(formula: Formula | None) -> set[str]:
    """List the measures a condition looks at."""
    return {part.slug for part in parts(formula) if isinstance(part, Measured)}


def test_ranks_begin_at_one() -> None:
    """Nobody is ranked nought, and nought is never better than first."""
    ranks = [item for item in catalog().vocabulary.items.values() if item.unit == "名"]

    assert len(ranks) >= 9
    assert {item.name for item in ranks if item.minimum != 1} == set()


def test_nobody_is_not_asked_for_a_share_of_nothing() -> None:
    """A share of people or things that may not exist is asked for where there are some."""
    measure = catalog().vocabulary.measure
    unasked = {
        (rule.id, measure(whole).name)
        for rule in catalog()
        for formula in formulas(rule.norm)
        for whole in wholes(formula)
        if whole not in asked_about(rule.condition) and measure(whole).name not in PEOPLED
    }

    # The region's targets, whose vocational schools are no question.
    assert unasked == {
        ("ordos-145/region-higher-dual-qualified", "高职专业教师数"),
        ("ordos-145/region-secondary-dual-qualified", "中职专业教师数"),
    }


def test_ranges_of_counts_are_no_ceilings() -> None:
    """10至15个 is at least 10; only a balance between two has two bounds."""
    between = {rule.id for rule in catalog() if isinstance(rule.norm, Within)}

    assert between == {"ordos-145/vocational-general-balance"}


@pytest.mark.parametrize(
    ("item", "most"),
    [
        ("更新健身路径的嘎查村数", 732),
        ("更新健身路径的社区数", 227),
        ("有健身中心的工业园区数", 9),
        ("智慧化体育公园数", 9),
        ("已实施重大项目工程数", 20),
        ("已落实实施方案数", 22),
        ("已落实工作举措数", 95),
        ("达到自治区优质院校标准的高职院校数", 4),
        ("高校发展规划数", 4),
        ("职业教育总规划数", 1),
        ("鄂尔多斯职业学院本科专业数", 3),
        ("薄弱改善项目学校数", 81),
        ("购置设施设备学校数", 81),
        ("已实施重点项目数", 37),
        ("办学条件达标民办职业学校数", 2),
        ("易址新建特殊教育学校数", 1),
    ],
)
def test_a_closed_list_has_no_more_than_it_has(item: str, most: int) -> None:
    """Of the 732 villages of the plan there are not 733."""
    (found,) = [one for one in catalog().vocabulary.items.values() if one.name == item]

    assert (found.minimum, found.maximum) == (0, most)


def judged(folder: Path, rule: str, **levels: list[dict[str, object]]) -> dict[str, str]:
    """Judge rows by level under one built-in rule: outcomes by code."""
    path = folder / "facts.json"
    path.write_text(json.dumps(levels, ensure_ascii=False), encoding="utf-8")
    result = typed("check", str(path), "--rule", rule, "--format", "json")
    return {one["subject"]: one["outcome"] for one in json.loads(result.stdout)["findings"]}


@pytest.mark.parametrize(("count", "expected"), [(732, "compliant"), (733, "missing")])
def test_more_than_there_are_is_no_figure(tmp_path: Path, count: int, expected: str) -> None:
    """733 of 732 villages comply with nothing; the cell is told of and not used."""
    rows: list[dict[str, object]] = [
        {"代码": "150600", "年份": 2025, "更新健身路径的嘎查村数": count}
    ]

    assert judged(tmp_path, "ordos-145/village-fitness-paths", 盟市=rows) == {"150600": expected}


@pytest.mark.parametrize(("rank", "expected"), [(1, "compliant"), (0, "missing")])
def test_a_rank_of_nought_is_no_rank(tmp_path: Path, rank: int, expected: str) -> None:
    """First is the best there is."""
    rows: list[dict[str, object]] = [
        {"代码": "150430", "年份": 2025, "高考六百分以上人数全市位次": rank}
    ]

    assert judged(tmp_path, "aohan-2023/rank-above-600", 旗县=rows) == {"150430": expected}


@pytest.mark.parametrize(("doctor", "expected"), [("是", "compliant"), ("否", "violation")])
def test_kindergartens_are_no_part_of_what_is_asked_of_schools(
    tmp_path: Path, doctor: str, expected: str
) -> None:
    """A kindergarten without a doctor doesn't lower the share; a school does."""
    kinds = (("中小学", "是"), ("中小学", doctor), ("幼儿园", "否"), ("高等学校", "否"))
    schools: list[dict[str, object]] = [
        {
            "代码": f"15060200{number}",
            "上级代码": "150602",
            "年份": 2025,
            "学校类别": kind,
            "办学性质": "公办",
            "配备校医": has,
        }
        for number, (kind, has) in enumerate(kinds)
    ]
    city: list[dict[str, object]] = [{"代码": "150600", "年份": 2025}]

    found = judged(tmp_path, "ordos-145/school-doctors", 学校=schools, 盟市=city)

    assert found == {"150600": expected}


def test_norms_can_be_told_in_english(catalog: Catalog) -> None:
    """The vocabulary names all that rules look at; only tags and options stay Chinese."""
    with speaking(Language.EN):
        told = [rule_sentence(of, catalog.vocabulary) for of in catalog]

    assert len(told) > 1000
    assert not [each for each in told if re.search("[一-鿿]", re.sub("“[^”]*”", "", each))]
