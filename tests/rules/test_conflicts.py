"""Conflicts: what two commitments on one measure mean for one another."""

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from dabiao.rules.analysis.conflicts import Conflict, Relationship, find_conflicts
from dabiao.rules.analysis.demands import Side, compare_bounds
from dabiao.rules.analysis.governing import governing
from dabiao.rules.analysis.meetings import Demand, at_one_level, demands
from dabiao.rules.catalog.catalog import Catalog, Governor
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import read
from tests.rules.packs import write_pack

FEATURE = """\
# language: zh-CN
功能: 近视率
  背景:
    假如 依据文件"plan"

  @one
  规则: 一处
    背景:
      假如 出处"甲"
      而且 考核对象是"盟市"
      而且 到2025年底
      那么 {one}

  @two
  规则: 另一处
    背景:
      假如 出处"乙"
      而且 考核对象是"盟市"
      而且 {when}
      那么 {two}
"""


def told(found: Conflict) -> tuple[str, str, float | None]:
    """Say how the first stands to the second, which it is, and how far they are apart."""
    return found.relationship, found.first.id.removeprefix("plan/"), found.by


def only(catalog: Catalog) -> Conflict:
    """Find the one pair there is."""
    (found,) = find_conflicts(catalog)
    return found


@pytest.mark.parametrize(
    ("one", "two", "when", "expected"),
    [
        ("近视率 应不高于 50%", "近视率 应不高于 50%", "到2025年底", ("duplicate", "one", None)),
        ("近视率 应不高于 50%", "近视率 应不高于 50%", "长期执行", ("stricter", "two", None)),
        (
            "近视率 应不高于 50%",
            "近视率 应不高于 50%",
            "到2024年底",
            ("contradictory", "one", None),
        ),
        ("近视率 应不高于 50%", "近视率 应不高于 50%", "2024年内", ("contradictory", "one", None)),
        (
            "近视率 应不高于 50%",
            "近视率 应不高于 50%",
            "到2025年9月底",
            ("contradictory", "one", None),
        ),
        ("近视率 应不高于 50%", "近视率 应不高于 52%", "长期执行", ("stricter", "one", 2.0)),
        ("近视率 应不高于 52%", "近视率 应低于 52%", "长期执行", ("stricter", "two", 0.0)),
        ("近视率 应不高于 52%", "近视率 应低于 54%", "长期执行", ("stricter", "one", 2.0)),
        ("近视率 应不高于 50%", "近视率 应不低于 52%", "长期执行", ("contradictory", "one", 2.0)),
        ("近视率 应不高于 50%", "近视率 应高于 50%", "长期执行", ("contradictory", "one", 0.0)),
        ("近视率 应等于 50%", "近视率 应高于 50%", "长期执行", ("contradictory", "one", 0.0)),
        ("近视率 应等于 50%", "近视率 应高于 48%", "长期执行", ("stricter", "one", 2.0)),
        ("近视率 应不高于 50%", "近视率 应不高于 52%", "到2023年底", ("milestone", "two", 2.0)),
        ("近视率 应不高于 50%", "近视率 应不高于 48%", "到2023年底", ("stricter", "two", 2.0)),
    ],
)
def test_how_two_bounds_meet(
    one: str, two: str, when: str, expected: tuple[str, str, float | None], tmp_path: Path
) -> None:
    """Equal, stricter by how much, a stage on the way, due at two dates, impossible together."""
    pack = write_pack(tmp_path, rules=FEATURE.format(one=one, two=two, when=when))

    assert told(only(read([pack]).catalog)) == expected


@pytest.mark.parametrize(
    ("two", "when", "differs"),
    [
        ("近视率 应不高于 50%", "到2025年底", []),
        ("近视率 应不高于 48%", "到2025年底", ["bound"]),
        ("近视率 应不高于 50%", "长期执行", ["time"]),
        ("近视率 应不高于 50%", "到2025年9月底", ["time"]),
        ("近视率 应不高于 50%", "到2025年底\n      而且 属于力争目标", ["aspiration"]),
        ("近视率 应不高于 50%", "到2025年底\n      而且 仅限 教育支出 > 0万元", ["scope"]),
        ("近视率 应不高于 48%", "长期执行", ["bound", "time"]),
    ],
)
def test_in_what_two_rules_differ(two: str, when: str, differs: list[str], tmp_path: Path) -> None:
    """A pair of which one is stricter says in what: two equal bounds would be a riddle."""
    pack = write_pack(tmp_path, rules=FEATURE.format(one="近视率 应不高于 50%", two=two, when=when))

    assert list(only(read([pack]).catalog).differs) == differs


def test_a_formula_written_out_is_the_indicator_that_has_it(tmp_path: Path) -> None:
    """比例(交流教师数, 教师数) and 交流比例 are one measure."""
    text = FEATURE.format(
        one="交流比例 应不低于 10%", two="比例(交流教师数, 教师数) 应不低于 12%", when="到2025年底"
    ).replace('"盟市"', '"旗县"')

    assert told(only(read([write_pack(tmp_path, rules=text)]).catalog)) == ("stricter", "two", 2.0)


@pytest.mark.parametrize(
    ("two", "when"),
    [
        ("近视率 应不低于 10%", "到2025年底"),
        ("近视率 应不高于 52%", "自2021年至2024年每年"),
        ("近视率 应不高于 40%", "2024年内"),
    ],
    ids=["both can be kept", "never in the same year", "of another year's figures"],
)
def test_what_is_no_conflict(two: str, when: str, tmp_path: Path) -> None:
    """Bounds on two sides and other years leave one another alone."""
    text = FEATURE.format(one="近视率 应不高于 50%", two=two, when=when)

    assert find_conflicts(read([write_pack(tmp_path, rules=text)]).catalog) == []


def test_the_strictest_governs(tmp_path: Path) -> None:
    """The looser rule points to the stricter one in the years in which both are due."""
    text = FEATURE.format(one="近视率 应不高于 50%", two="近视率 应不高于 52%", when="长期执行")

    catalog = read([write_pack(tmp_path, rules=text)]).catalog

    assert governing(find_conflicts(catalog), catalog) == {
        "plan/two": (Governor("plan/one", 2025, 2025),)
    }
    looser = catalog.rules["plan/two"]
    assert [looser.governor(year) for year in (2024, 2025)] == [None, "plan/one"]
    assert only(catalog).relationship is Relationship.STRICTER


@pytest.mark.parametrize("strict", [True, False], ids=["the stricter", "the looser"])
def test_an_aspiration_never_governs(tmp_path: Path, *, strict: bool) -> None:
    """A duty is not overridden by what is only striven for; the other way round it may be."""
    bounds = ("50%", "52%") if strict else ("52%", "50%")
    text = FEATURE.format(
        one=f"近视率 应不高于 {bounds[0]}", two=f"近视率 应不高于 {bounds[1]}", when="到2025年底"
    ).replace("到2025年底\n", "到2025年底\n      而且 属于力争目标\n", 1)

    catalog = read([write_pack(tmp_path, rules=text)]).catalog

    found = only(catalog)
    assert found.governing == "plan/two"
    expected = Relationship.ASPIRATION if strict else Relationship.STRICTER
    assert found.relationship is expected
    assert (
        "plan/two" in governing(find_conflicts(catalog), catalog),
        "plan/one" in governing(find_conflicts(catalog), catalog),
    ) == (
        False,
        not strict,
    )


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [("      而且 按0位小数比较\n", Relationship.DUPLICATE), ("", Relationship.STRICTER)],
)
def test_bounds_are_compared_as_they_are_rounded(
    rounding: str, expected: Relationship, tmp_path: Path
) -> None:
    """56 without decimals and 55.6 are one thing: five of nine."""
    text = FEATURE.format(one="近视率 应不低于 56%", two="近视率 应不低于 55.6%", when="到2025年底")
    text = text.replace("到2025年底\n", f"到2025年底\n{rounding}", 1)

    assert only(read([write_pack(tmp_path, rules=text)]).catalog).relationship is expected


def test_who_binds_more_is_stricter_too(tmp_path: Path) -> None:
    """The same for all as for some: the first is stricter, and governs; not the other way round."""
    text = FEATURE.format(one="有校医 应为 是", two="有校医 应为 是", when="到2025年底")
    text = text.replace("盟市", "学校").replace("应为 是", '应为"是"')
    text = text.replace(
        '考核对象是"学校"\n', '考核对象是"学校"\n      而且 仅限 学段 = "小学"\n', 1
    )

    catalog = read([write_pack(tmp_path, rules=text)]).catalog

    assert told(only(catalog)) == ("stricter", "two", None)
    assert set(governing(find_conflicts(catalog), catalog)) == {"plan/one"}


def test_what_is_declared_is_listed_whatever_it_is_about(tmp_path: Path) -> None:
    """Rules that say of one another that they disagree are a pair, on one measure or on two."""
    text = FEATURE.format(one="近视率 应不高于 50%", two="近视率 应逐年不增", when="长期执行")
    text = text.replace("到2025年底\n", '到2025年底\n      而且 与"two"不一致\n', 1)

    found = only(read([write_pack(tmp_path, rules=text)]).catalog)

    assert (found.relationship, found.governing) == (Relationship.DECLARED, None)
    assert found.acknowledged


def two_documents(
    folder: Path, plan: tuple[str, str], other: tuple[str, str], about: str, level: str = "盟市"
) -> Catalog:
    """Read a plan to 2025 and another document, each with one rule: norm and timing."""
    pack = write_pack(folder)
    for id_, (norm, when) in (("plan", plan), ("other", other)):
        (pack / id_).mkdir(exist_ok=True)
        if id_ == "other":
            (pack / id_ / "document.yaml").write_text(about, "utf-8")
        rule = f"""\
# language: zh-CN
功能: {id_}
  背景:
    假如 依据文件"{id_}"

  @rule
  规则: {id_}
    背景:
      假如 出处"甲"
      而且 考核对象是"{level if id_ == "other" else "盟市"}"
      而且 {when}
      那么 {norm}
"""
        (pack / id_ / "rules.feature").write_text(rule, "utf-8")
    found = read([pack])
    assert [str(each) for each in found.errors] == []
    return found.catalog


POINTS = """\
id: other
title: 2024年要点
jurisdiction: "150600"
period: {from: 2024, to: 2024}
under: [plan]
"""


@pytest.mark.parametrize(
    ("plan", "points", "relationship", "governor"),
    [
        (("50%", "到2025年底"), "48%", Relationship.ANNUAL, "other/rule"),
        (("50%", "到2025年底"), "50%", Relationship.ANNUAL, "other/rule"),
        (("50%", "到2025年底"), "52%", Relationship.MILESTONE, "other/rule"),
        (("50%", "长期执行"), "48%", Relationship.ANNUAL, "other/rule"),
        (("50%", "长期执行"), "50%", Relationship.DUPLICATE, None),
        (("50%", "长期执行"), "52%", Relationship.LOOSER, None),
    ],
)
def test_the_points_of_a_year_govern_it(
    plan: tuple[str, str],
    points: str,
    relationship: Relationship,
    governor: str | None,
    tmp_path: Path,
) -> None:
    """In 2024 the points are to be kept; a duty of the plan they cannot loosen."""
    norm, when = plan
    catalog = two_documents(
        tmp_path,
        (f"近视率 应不高于 {norm}", when),
        (f"近视率 应不高于 {points}", "2024年内"),
        POINTS,
    )

    assert only(catalog).relationship is relationship
    planned = catalog.rules["plan/rule"]
    assert [planned.governor(year) for year in (2023, 2024, 2025)] == [None, governor, None]


COUNTY = """\
id: other
title: 旗区规划
jurisdiction: "150602"
period: {from: 2021, to: 2025}
"""


@pytest.mark.parametrize(
    ("bound", "when", "expected"),
    [
        ("12%", "到2025年底", Relationship.STRICTER),
        ("10%", "到2025年底", Relationship.DUPLICATE),
        ("10%", "长期执行", Relationship.STRICTER),
        ("8%", "到2025年底", Relationship.LOOSER),
        ("10%", "到2025年底\n      而且 属于力争目标", Relationship.LOOSER),
        ("12%", "到2025年底\n      而且 属于力争目标", Relationship.ASPIRATION),
    ],
)
def test_a_league_and_its_banners(
    bound: str, when: str, expected: Relationship, tmp_path: Path
) -> None:
    """Targets of two levels are compared where they are shares; neither governs the other."""
    words = "    而且 数据项\n      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 口径 |\n"
    words += "      | 普及率 | spread | 盟市、旗县 | % | 数值 | 0..100 | |\n"
    folder = tmp_path / "more"
    pack = write_pack(folder)
    (pack / "more.feature").write_text(
        "# language: zh-CN\n功能: 更多\n  背景:\n" + words.replace("而且", "假如", 1), "utf-8"
    )
    catalog = two_documents(
        folder,
        ("普及率 应不低于 10%", "到2025年底"),
        (f"普及率 应不低于 {bound}", when),
        COUNTY,
        "旗县",
    )

    found = only(catalog)
    assert (found.relationship, found.governing) == (expected, None)
    assert governing(find_conflicts(catalog), catalog) == {}


def test_a_banner_governs_only_itself(tmp_path: Path) -> None:
    """A stricter rule of one banner is not to be kept in the others."""
    catalog = two_documents(
        tmp_path,
        ("近视率 应不高于 50%", "到2025年底"),
        ("近视率 应不高于 48%", "到2025年底"),
        COUNTY,
    )

    assert only(catalog).relationship is Relationship.STRICTER
    assert governing(find_conflicts(catalog), catalog) == {}


def test_many_rules_on_one_measure_make_few_pairs(tmp_path: Path) -> None:
    """Each of 60 rules is compared with its neighbour and the tightest, and governed by that."""
    rules = "".join(
        f"  @r{at}\n  规则: 第{at}条\n    背景:\n"
        f'      假如 出处"{at}"\n      而且 考核对象是"盟市"\n'
        f"      而且 长期执行\n      那么 近视率 应不高于 {30 + at}%\n"
        for at in range(60)
    )
    text = f'# language: zh-CN\n功能: 近视率\n  背景:\n    假如 依据文件"plan"\n\n{rules}'
    catalog = read([write_pack(tmp_path, rules=text)]).catalog

    assert len(find_conflicts(catalog)) <= 3 * 60
    above = governing(find_conflicts(catalog), catalog)
    assert {each.rule for id_ in above for each in above[id_]} == {"plan/r0"}
    assert len(above) == 59


def test_the_library_lists_what_it_says_to_disagree() -> None:
    """Every declared 不一致 of the built-in rules is a pair."""
    catalog = read_pack([built_in()])
    declared = {frozenset((rule.id, other)) for rule in catalog for other in rule.contradicts}
    listed = {
        frozenset((each.first.id, each.second.id))
        for each in find_conflicts(catalog)
        if each.acknowledged
    }

    assert declared == listed
    assert len(declared) >= 25


def tables(folder: Path, one: str, two: str, when: str = "长期执行") -> Catalog:
    """Read a plan of two rules on banners, each with a norm that may have a table."""
    words = """# language: zh-CN
功能: 更多
  背景:
    假如 数据项
      | 名称   | 标识   | 层级 | 单位 | 类型 | 范围       |
      | 普及率 | spread | 旗县 | %    | 数值 | 0..100     |
      | 类别   | sort   | 旗县 |      | 类别 | 农区、牧区 |
"""
    rules = '# language: zh-CN\n功能: 普及率\n  背景:\n    假如 依据文件"plan"\n'
    for name, norm in (("one", one), ("two", two)):
        timing = "" if "各年" in norm else f"      而且 {when}\n"
        rules += (
            f'\n  @{name}\n  规则: {name}\n    背景:\n      假如 出处"甲"\n'
            f'      而且 考核对象是"旗县"\n{timing}      那么 普及率 应不低于 {norm}\n'
        )
    pack = write_pack(folder, rules=rules)
    (pack / "more.feature").write_text(words, "utf-8")
    found = read([pack])
    assert [str(each) for each in found.errors] == []
    return found.catalog


def table(by: str, **lines: int) -> str:
    """Write a table of targets."""
    rows = "".join(f"        | {key.lstrip('y')} | {number}% |\n" for key, number in lines.items())
    kinds = {"年": "各年", "地区": "分地区"}
    return f"{kinds.get(by, '分类')}目标\n        | {by} | 目标 |\n{rows}".rstrip()


def lines(catalog: Catalog) -> list[tuple[str, str, str, tuple[int, int] | None]]:
    """Tell of each pair what it is, of whom, in which line, and when."""
    return [
        (each.relationship.value, each.first.id[-3:], each.line, each.years)
        for each in find_conflicts(catalog)
    ]


def test_targets_of_a_year_are_compared_in_their_year(tmp_path: Path) -> None:
    """85% in 2023 is less than 88%, and 95% from 2025 on is more; each governs its years."""
    catalog = tables(tmp_path, table("年", y2023=85, y2025=95), "88%")

    assert lines(catalog) == [
        ("stricter", "one", "2025年", (2025, 2025)),
        ("stricter", "two", "2023年", (2023, 2023)),
    ]
    assert [catalog.rules["plan/one"].governor(year) for year in (2023, 2024, 2025)] == [
        "plan/two",
        None,
        None,
    ]
    assert catalog.rules["plan/two"].governor(2025) == "plan/one"


def test_targets_of_places_are_compared_where_they_hold(tmp_path: Path) -> None:
    """The nearest place counts, so the league's line says nothing of a banner with its own."""
    both = table("地区", 鄂尔多斯市=80, 东胜区=95)

    assert lines(tables(tmp_path / "1", both, "90%")) == [
        ("stricter", "one", "东胜区", (2021, 2025)),
        ("stricter", "two", "鄂尔多斯市", (2021, 2025)),
    ]
    catalog = tables(tmp_path / "2", both, table("地区", 东胜区=90))
    assert lines(catalog) == [("stricter", "one", "东胜区", (2021, 2025))]
    assert [catalog.rules[id_].governors for id_ in ("plan/one", "plan/two")] == [(), ()]


def test_targets_of_categories_are_compared_with_their_like(tmp_path: Path) -> None:
    """牧区 is no 农区."""
    one, two = table("类别", 农区=90, 牧区=80), table("类别", 农区=85)

    assert lines(tables(tmp_path, one, two)) == [("stricter", "one", "农区", (2021, 2025))]


def test_equal_tables_are_one_pair(tmp_path: Path) -> None:
    """Not one for each line; a table is not compared with itself."""
    same = table("地区", 康巴什区=80, 东胜区=95)

    assert lines(tables(tmp_path, same, same)) == [("duplicate", "one", "", (2021, 2025))]


def test_of_many_rules_no_contradiction_and_no_governor_is_lost(tmp_path: Path) -> None:
    """What each rule comes to is the same as by comparing each with each."""
    rules = ""
    for at in range(40):
        when = ("长期执行", "到2025年底", "自2022年起")[at % 3]
        place = ("", '      而且 适用地区"东胜区"\n')[at % 2]
        norm = f"应不低于 {20 + at}%" if at % 5 else f"应不高于 {30 + at}%"
        norm = norm.replace("应", "应连续2年") if at % 7 == 1 else norm
        rules += (
            f'\n  @r{at}\n  规则: 第{at}条\n    背景:\n      假如 出处"{at}"\n{place}'
            f'      而且 考核对象是"旗县"\n      而且 {when}\n      那么 普及率 {norm}\n'
        )
    catalog = tables(tmp_path, "10%", "11%")
    head = '# language: zh-CN\n功能: 普及率\n  背景:\n    假如 依据文件"plan"\n'
    (tmp_path / "many.feature").write_text(head + rules, "utf-8")
    catalog = read([tmp_path]).catalog
    every = list(demands(catalog))

    def contradicted(pairs: Iterable[tuple[Demand, Demand]]) -> set[str]:
        met = [
            (one, other)
            for one, other in pairs
            if compare_bounds(one.bound, other.bound) is Side.APART
        ]
        return {each.rule.id for pair in met for each in pair}

    few = list(at_one_level(every, catalog))
    assert contradicted(few) == contradicted(combinations(every, 2))
    told = {each.first.id for each in find_conflicts(catalog)} | {
        each.second.id for each in find_conflicts(catalog)
    }
    assert told == set(catalog.rules)
    assert len(few) < 20 * len(every)
