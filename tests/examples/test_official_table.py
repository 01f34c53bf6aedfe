"""The official table of the national standard on random counties, beside numpy.

Nothing here asks the program how a number is made: bounds, scope, the coefficient and what 6 of 7
with 85 % means are written down once more.
"""

import csv
import random
from functools import cache

import numpy as np
import pytest

from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.tables import filled
from dabiao.intake import read_facts
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.indicator_table import IndicatorTable
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.filled_table import FilledTable
from dabiao.schemas.outcome import Outcome

DOCUMENT = "national-2017-balanced"
ITEMS = (
    "高于规定学历教师数",
    "县级以上骨干教师数",
    "体育艺术专任教师数",
    "教学及辅助用房面积",
    "体育运动场馆面积",
    "教学仪器设备值",
    "网络多媒体教室数",
)
PER = (100, 100, 100, 1, 1, 10_000, 100)
"""What a pupil's share is multiplied by: to a hundred pupils, from 万元 to 元."""
BOUNDS = {
    "小学": (4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3),
    "初中": (5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4),
}
LIMITS = {"小学": 0.50, "初中": 0.45}
ENGLISH = {"小学": "primary", "初中": "junior"}
COUNTIES = tuple(f"99000{at}" for at in range(1, 7))
GOOD = COUNTIES[3:]
"""Where no school falls short; of the first of them somebody does not know."""
SHARES = (1.0, 1.05, 1.2, 1.5, 2.0)
Row = dict[str, str]


def school(luck: random.Random, at: int, county: str) -> Row:
    """Make a school: primary, junior, of nine years, a teaching point or one out of scope."""
    kind = luck.choice(("primary", "primary", "junior", "nine", "nine", "point", "special"))
    stages = {"junior": ("初中",), "nine": ("小学", "初中")}.get(kind, ("小学",))
    row = {
        "代码": f"{county}{at:04}",
        "上级代码": county,
        "年份": "2024",
        "学校类别": "特殊教育学校" if kind == "special" else "中小学",
        "举办小学教育": "是" if "小学" in stages else "否",
        "举办初中教育": "是" if "初中" in stages else "否",
        "乡村办学类型": "教学点" if kind == "point" else "都不是",
    }
    for stage in stages:
        pupils = luck.choice((49, 50, 60)) if kind == "point" else luck.randint(80, 2000)
        row[f"{stage}在校生数"] = str(pupils)
        for item, per, bound in zip(ITEMS, PER, BOUNDS[stage], strict=True):
            most = pupils * bound / per
            share = luck.choice(SHARES if county in GOOD else (0.8, 0.84, 0.86, 0.95, *SHARES))
            whole = "面积" not in item and "值" not in item
            amount = most * share if not whole else np.ceil(most * share)
            row[stage + item] = f"{amount:.4f}" if not whole else str(int(amount))
    return row


@cache
def rows() -> tuple[Row, ...]:
    """Make the schools; of every third county one school lacks a figure."""
    luck = random.Random(2017)  # noqa: S311 - schools, no secrets
    made = [
        school(luck, at, county) for county in COUNTIES for at in range(luck.choice((3, 8, 15)))
    ]
    for county in COUNTIES[::3]:
        row = next(each for each in made if each["上级代码"] == county and in_scope(each, "小学"))
        row[f"小学{ITEMS[4]}"] = ""
    return tuple(made)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    """Judge the counties by the standard."""
    catalog = library()
    heads = list(dict.fromkeys(key for row in rows() for key in row))
    heads = [f"{head}（万元）" if head.endswith("值") else head for head in heads]
    path = tmp_path_factory.mktemp("facts") / "学校.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heads)
        writer.writerows(
            [row.get(head.removesuffix("（万元）"), "") for head in heads] for row in rows()
        )
    counties = path.with_name("旗县.csv")
    counties.write_text("\n".join(["代码,年份", *(f"{each},2024" for each in COUNTIES)]), "utf-8")
    measures = catalog.vocabulary.measures
    facts = read_facts([str(path), str(counties)], measures, catalog.places)
    wanted = [
        id_
        for id_ in catalog.rules
        if id_.startswith(f"{DOCUMENT}/")
        and id_.partition("/")[2].startswith(("primary", "junior"))
    ]
    return judge(catalog, facts, rules=wanted, engine=EngineChoice.COLUMNAR)


@cache
def library() -> Catalog:
    """Give the built-in packs."""
    return read_pack([built_in()])


def in_scope(row: Row, stage: str) -> bool:
    """Tell whether a stage of a school counts."""
    small = row["乡村办学类型"] == "教学点" and int(row.get(f"{stage}在校生数") or 0) < 50
    return row["学校类别"] == "中小学" and row[f"举办{stage}教育"] == "是" and not small


def figures(county: str, stage: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Give the codes of a county's schools, their pupils and seven figures; NaN where missing."""
    some = [each for each in rows() if each["上级代码"] == county and in_scope(each, stage)]
    pupils = np.array([float(each[f"{stage}在校生数"]) for each in some])
    amounts = [[float(each[stage + item] or "nan") for item in ITEMS] for each in some]
    codes = [each["代码"] for each in some]
    return codes, pupils, np.array(amounts).reshape(-1, 7) * PER / pupils[:, None]


@pytest.mark.parametrize("stage", BOUNDS)
def test_coefficients_and_cells_are_those_of_numpy(judged: Judgement, stage: str) -> None:
    """Each school's seven, how many of them it meets, and the seven coefficients at the foot."""
    table = library().tables[f"{stage}资源配置七项指标"]
    assert isinstance(table, IndicatorTable)
    found = {each.place.code: each for each in filled(judged, table)}
    bounds = np.array(BOUNDS[stage])

    for county in COUNTIES:
        codes, pupils, values = figures(county, stage)
        if not codes:
            assert county not in found
            continue
        made = found[county]
        assert isinstance(made, FilledTable)
        assert [row.subject.code for row in made.rows] == codes
        shown = [[cell.value for cell in row.cells[1:]] for row in made.rows]
        np.testing.assert_allclose(np.array(shown, dtype=float), values, rtol=1e-9)
        with np.errstate(invalid="ignore"):
            met = (values >= bounds * (1 - 1e-12)).sum(axis=1)
        assert [row.met for row in made.rows] == met.tolist()
        assert {row.judged for row in made.rows} == {7}
        mean = np.average(values, axis=0, weights=pupils)
        spread = np.average((values - mean) ** 2, axis=0, weights=pupils)
        foot = np.array([cell.value for cell in made.foot[1:]], dtype=float)
        np.testing.assert_allclose(foot, np.sqrt(spread) / mean, rtol=1e-9, atol=1e-12)
        within = [cell.outcome is Outcome.COMPLIANT for cell in made.foot[1:]]
        assert within == (foot <= LIMITS[stage]).tolist()


@pytest.mark.parametrize("stage", BOUNDS)
def test_six_of_seven_and_the_rest_at_85_per_cent(judged: Judgement, stage: str) -> None:
    """A county fails by one school that fails for sure; it is open while one may."""
    rule = f"{DOCUMENT}/{ENGLISH[stage]}-schools"
    found = {each.subject.code: each.outcome for each in judged.findings(rule=rule)}
    seen = set()

    for county in COUNTIES:
        codes, _, values = figures(county, stage)
        ratios = values / BOUNDS[stage] + 1e-12
        best, worst = (np.where(np.isnan(ratios), instead, ratios) for instead in (1.0, 0.0))
        may, does = (
            ((each >= 1).sum(axis=1) >= 6) & (each >= 0.85).all(axis=1) for each in (best, worst)
        )
        if not codes:
            expected = Outcome.NOT_APPLICABLE
        elif not may.all():
            expected = Outcome.VIOLATION
        else:
            expected = Outcome.COMPLIANT if does.all() else Outcome.MISSING
        seen.add(expected)
        assert found[county] is expected, county

    assert {Outcome.VIOLATION, Outcome.COMPLIANT} <= seen
    assert (Outcome.MISSING in seen) is (stage == "小学")
