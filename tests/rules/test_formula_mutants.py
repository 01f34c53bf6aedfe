"""Mutants of checked formulas, of everything a rule says, and of whom nobody could tell apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Below,
    Both,
    Calculation,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    Measured,
    Negation,
    Number,
    Ratio,
    Relates,
    Relation,
    Scale,
    Text,
    Truth,
)
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.equivalence import equivalent
from dabiao.rules.proofs.formula_mutants import FormulaGround, changed_formulas, siblings
from dabiao.rules.proofs.mutate import Fate, MutantResult, mutate
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.rules.packs import RULES, write_pack
from tests.rules.test_read import judged

ROTATED, TEACHERS = Measured("rotated"), Measured("teachers")
PRIMARY = Relates(Relation.EQUAL, Measured("stage"), Text("小学"))
WORTH = Relates(Relation.AT_LEAST, TEACHERS, Number(3.0))


@pytest.fixture
def ground(tmp_path: Path) -> FormulaGround:
    """The small pack's vocabulary, as a school sees it."""
    return FormulaGround(read([write_pack(tmp_path)]).catalog.vocabulary, (Level.SCHOOL,))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (Ratio(ROTATED, TEACHERS), {Ratio(TEACHERS, ROTATED)}),
        (
            PRIMARY,
            {replace(PRIMARY, right=Text("初中")), replace(PRIMARY, relation=Relation.UNEQUAL)},
        ),
        (WORTH, {replace(WORTH, relation=each) for each in (Relation.MORE, Relation.LESS)}),
        (Both(PRIMARY, WORTH), {PRIMARY, WORTH, Either(PRIMARY, WORTH)}),
        (Negation(PRIMARY), {PRIMARY}),
        (Truth(value=True), {Truth(value=False)}),
        (InYear(TEACHERS, None, 1), {TEACHERS, InYear(TEACHERS, None, 2)}),
        (InYear(TEACHERS, 2020), {TEACHERS, InYear(TEACHERS, 2019), InYear(TEACHERS, 2021)}),
        (Cumulative(TEACHERS, 3), {TEACHERS, Cumulative(TEACHERS, 2), Cumulative(TEACHERS, 4)}),
        (Scale(TEACHERS, 100.0), {TEACHERS, Scale(TEACHERS, 1000.0), Scale(TEACHERS, 10.0)}),
        (
            Calculation(Arithmetic.DIVIDE, ROTATED, TEACHERS),
            {
                Calculation(Arithmetic.DIVIDE, TEACHERS, ROTATED),
                Calculation(Arithmetic.MULTIPLY, ROTATED, TEACHERS),
            },
        ),
        (
            Below(Fold.COUNT, Level.CLASS, None, PRIMARY),
            {
                Below(Fold.SHARE, Level.CLASS, None, PRIMARY),
                Below(Fold.COUNT, Level.CLASS, None, None),
                Below(Fold.COUNT, Level.CLASS, None, Negation(PRIMARY)),
            },
        ),
    ],
)
def test_each_part_of_a_formula_is_changed(
    formula: Formula, expected: set[Formula], ground: FormulaGround
) -> None:
    """What a writer could have meant instead, of the tree and so of every spelling."""
    changed = set(changed_formulas(formula, ground))

    assert expected <= changed
    assert formula not in changed


def test_a_sibling_is_of_the_same_unit_and_level(ground: FormulaGround) -> None:
    """教师数 may be mistaken for 交流教师数, not for a rate nor for the pupils of a class."""
    assert list(siblings("teachers", ground)) == ["rotated"]
    assert list(siblings("has_doctor", ground)) == []


def of_rule(results: list[MutantResult], id_: str) -> dict[str, Fate]:
    """Give the fates of a rule's mutants by what was changed."""
    return {each.change: each.fate for each in results if each.rule == id_}


def test_everything_a_rule_says_is_changed(tmp_path: Path) -> None:
    """Who answers, what is striven for, the baseline's year, the level and the kind of timing."""
    results = list(mutate(read([write_pack(tmp_path, rules=RULES)]), judged))
    rotation, myopia = of_rule(results, "plan/rotation"), of_rule(results, "plan/myopia")

    assert {"不写单位“市教育体育局”", "牵头单位与责任单位对调", "考核对象是学校"} <= set(rotation)
    assert {"自2022年起", "到2025年底"} <= set(rotation)
    assert {"去掉“属于力争目标”", "基期2019年为58%", "去掉基期"} <= set(myopia)


def test_indicators_that_a_rule_uses_are_changed_too(tmp_path: Path) -> None:
    """Their own scenarios tell; only those that a chosen rule uses are tried."""
    reading = read([write_pack(tmp_path, rules=RULES)])

    tried = of_rule(list(mutate(reading, judged, rules={"plan/rotation"})), "rotation_rate")

    assert tried["交流比例 = 比例(教师数, 交流教师数)"] is Fate.KILLED
    assert of_rule(list(mutate(reading, judged, rules={"plan/myopia"})), "rotation_rate") == {}


def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    """The same results in the same order."""
    reading = read([write_pack(tmp_path, rules=RULES)])

    assert list(mutate(reading, judged, workers=2)) == list(mutate(reading, judged))


UNITS = """
    场景: 由谁负责
      当 在2023年考核
      那么 责任单位是"各旗区人民政府"、"市教育体育局"
      而且 不属于力争目标
"""


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        (UNITS, True),
        (UNITS.replace('、"市教育体育局"', ""), False),
        (UNITS.replace("责任单位", "牵头单位"), False),
        (UNITS.replace("不属于", "属于"), False),
        (
            """
    场景: 责任
      When judged in 2023
      Then the responsible units are "市教育体育局" and "各旗区人民政府"
      And this is no aspiration
""".replace("When", "当")
            .replace("Then", "那么")
            .replace("And", "而且"),
            True,
        ),
    ],
)
def test_a_scenario_can_say_who_answers(said: str, passes: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a row
    """All of them, in whatever order; and whether the document only strives for it."""
    rules = RULES.replace("  @myopia\n", said.lstrip("\n") + "\n  @myopia\n")

    reading = read([write_pack(tmp_path, rules=rules)])

    assert reading.errors == []
    results = prove(reading.proofs, reading.catalog, judged, rules={"plan/rotation"})
    assert [each.passed for each in results] == [True, True, passes]


AREA = RULES.replace(
    '      而且 考核对象是"旗县"\n      而且 长期执行',
    '      而且 适用地区"东胜区"\n      而且 考核对象是"旗县"\n      而且 长期执行',
)
ONLY_HERE = """    场景: 只考核东胜区
      假如 填报数据
        | 层级 | 代码   | 教育支出 |
        | 旗县 | 150602 | 1        |
        | 旗县 | 150603 | 1        |
      当 在2023年考核
      那么 "150603"不在考核之列
      而且 "150602"的结论是"缺数据"

  @all-classes
"""


def test_a_scenario_can_say_whom_a_rule_leaves_out(tmp_path: Path) -> None:
    """An area is proved by a place beside it; without that, its mutants survive."""
    told = AREA.replace("  @all-classes\n", ONLY_HERE)
    for number, (rules, fate) in enumerate(((AREA, Fate.SURVIVED), (told, Fate.KILLED))):
        reading = read([write_pack(tmp_path / str(number), rules=rules)])
        results = of_rule(list(mutate(reading, judged, rules={"plan/spending"})), "plan/spending")

        assert results["去掉 适用地区东胜区"] is fate
        assert results["适用地区康巴什区"] is fate


def test_whom_no_facts_were_given_of_is_not_left_out(tmp_path: Path) -> None:
    """A mistyped code would prove everything."""
    told = AREA.replace("  @all-classes\n", ONLY_HERE.replace('"150603"不在', '"150693"不在'))

    reading = read([write_pack(tmp_path, rules=told)])

    results = prove(reading.proofs, reading.catalog, judged, rules={"plan/spending"})
    assert "150693" in results[-1].message


def test_only_what_can_be_shown_is_equivalent(tmp_path: Path) -> None:
    """Neither another year's facts as a baseline, nor the line to another deadline, is."""
    catalog = read([write_pack(tmp_path, rules=RULES)]).catalog
    rule = catalog.rules["plan/primary-class-size"]
    later = replace(rule, timing=Timing(kind=TimingKind.DUE, last=2027))
    latest = replace(rule, timing=Timing(kind=TimingKind.DUE, last=2028))
    lined = Baseline(year=2020, value=60.0)

    assert equivalent(later, latest, catalog)  # both after the end of the plan
    assert not equivalent(replace(later, baseline=lined), replace(latest, baseline=lined), catalog)
    assert not equivalent(
        replace(rule, baseline=Baseline(year=2020)),
        replace(rule, baseline=Baseline(year=2019)),
        catalog,
    )
    assert not equivalent(replace(rule, baseline=lined), rule, catalog)
    assert not equivalent(rule, replace(rule, level=Level.SCHOOL), catalog)
    assert not equivalent(rule, replace(rule, aspiration=True), catalog)


def test_a_share_above_nothing_is_a_count_above_nothing(tmp_path: Path) -> None:
    """Of whom some are counted there is a share; above one it is not the same."""
    catalog = read([write_pack(tmp_path, rules=RULES)]).catalog
    rule = catalog.rules["plan/rotation"]
    count, share = (Below(fold, Level.SCHOOL, None, WORTH) for fold in (Fold.COUNT, Fold.SHARE))

    def above(of: Formula, bound: float) -> Formula:
        return Relates(Relation.MORE, of, Number(bound))

    for bound, same in ((0.0, True), (1.0, False)):
        one = replace(rule, condition=above(count, bound))
        assert equivalent(one, replace(one, condition=above(share, bound)), catalog) is same


def test_a_bound_kept_above_the_least_there_can_be_is_kept_anyway(tmp_path: Path) -> None:
    """较大(上年 − 1, 0) is 上年 − 1 for what can't be below 0; 较大(上年 − 1, 1) is not."""
    catalog = read([write_pack(tmp_path, rules=RULES)]).catalog
    rule = catalog.rules["plan/primary-class-size"]
    value = Measured("class_size")
    less = Calculation(Arithmetic.SUBTRACT, InYear(value, None, 1), Number(1.0))
    norm = Compares(value, Comparator.AT_MOST, less)
    one = replace(rule, norm=norm)

    for least, same in ((0.0, True), (1.0, False)):
        kept = Calculation(Arithmetic.LARGER, less, Number(least))
        other = replace(one, norm=replace(norm, bound=kept))
        assert equivalent(one, other, catalog) is same
