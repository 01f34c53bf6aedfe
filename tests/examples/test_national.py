"""The national standard on its example, beside figures worked out here in plain arithmetic."""

import csv
import dataclasses
import importlib.util
from functools import cache
from math import isclose, sqrt
from pathlib import Path
from types import ModuleType

import pytest

from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.intake import read_facts
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.selection import Wanted, select_to_judge
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.facts import Facts
from dabiao.schemas.outcome import Outcome
from tests.engine import naive

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "national-balanced"
DOCUMENT = "national-2017-balanced"
TABLES = ("旗县", "学校", "班级")
ITEMS = {
    "qualified-teachers": "高于规定学历教师数",
    "key-teachers": "县级以上骨干教师数",
    "sports-arts-teachers": "体育艺术专任教师数",
    "rooms": "教学及辅助用房面积",
    "sports-grounds": "体育运动场馆面积",
    "equipment": "教学仪器设备值",
    "multimedia": "网络多媒体教室数",
}


def script() -> ModuleType:
    """Load the script that writes the example."""
    spec = importlib.util.spec_from_file_location("make_national", EXAMPLES / "make_national.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def catalog() -> Catalog:
    """Give the built-in packs."""
    return read_pack([built_in()])


def facts_of(*paths: Path) -> Facts:
    """Read a submission."""
    vocabulary = catalog().vocabulary
    measures = vocabulary.measures
    return read_facts([str(path) for path in paths], measures, catalog().places)


@cache
def judged(engine: EngineChoice = EngineChoice.COLUMNAR) -> Judgement:
    """Judge the example by the standard."""
    rules = select_to_judge(catalog(), Wanted(documents=[DOCUMENT]))
    return judge(catalog(), facts_of(FOLDER), rules=rules, engine=engine)


def outcome(rule: str, subject: str = "990001") -> Outcome:
    """Give the outcome of a rule."""
    found = judged().findings(rule=f"{DOCUMENT}/{rule}")
    return next(each.outcome for each in found if each.subject.code == subject)


def test_the_script_writes_the_example(tmp_path: Path) -> None:
    """The tables in the repository are what the seeded script writes."""
    script().main(tmp_path)

    for name in TABLES:
        written = (tmp_path / FOLDER.name / f"{name}.csv").read_text("utf-8")
        assert written == (FOLDER / f"{name}.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("primary-schools", Outcome.VIOLATION),
        ("junior-schools", Outcome.VIOLATION),
        ("primary-key-teachers-variation", Outcome.VIOLATION),
        ("junior-multimedia-variation", Outcome.MISSING),
        ("rotated-key-teachers", Outcome.VIOLATION),
        ("guarantees-of-schools", Outcome.COMPLIANT),
        ("guarantees-of-classes", Outcome.VIOLATION),
        ("resources", Outcome.VIOLATION),
        ("guarantees", Outcome.VIOLATION),
        ("quality", Outcome.COMPLIANT),
        ("satisfaction", Outcome.COMPLIANT),
        ("recognised", Outcome.VIOLATION),
    ],
)
def test_the_county_is_judged_as_its_readme_says(rule: str, found: Outcome) -> None:
    """Four parts, two of them kept; the county has not all that recognition asks for."""
    assert outcome(rule) is found


def test_schools_fall_short_where_the_readme_says() -> None:
    """Of all schools and indicators four are below the standard and one is missing."""
    below = {
        (each.rule.partition("/")[2], each.subject.name): each.outcome
        for each in judged().findings()
        if each.subject.level.value == "school"
        and each.outcome not in (Outcome.COMPLIANT, Outcome.NOT_APPLICABLE)
    }

    assert below == {
        ("primary-sports-grounds", "第三小学"): Outcome.VIOLATION,
        ("primary-equipment", "第四小学"): Outcome.VIOLATION,
        ("primary-multimedia", "第四小学"): Outcome.VIOLATION,
        ("junior-rooms", "第二初级中学"): Outcome.VIOLATION,
        ("junior-multimedia", "九年一贯制学校"): Outcome.MISSING,
    }


@pytest.mark.parametrize("stage", ["primary", "junior"])
@pytest.mark.parametrize("what", ITEMS)
def test_coefficients_are_those_computed_by_hand(stage: str, what: str) -> None:
    """√(Σ w(x − x̄)² ÷ Σ w) ÷ x̄ by pupils, over schools in scope; missing where one is."""
    zh = {"primary": "小学", "junior": "初中"}[stage]
    with (FOLDER / "学校.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if row["学校类别"] == "中小学"
            and row[f"{zh}在校生数"]
            and not (row["乡村办学类型"] == "教学点" and int(row["在校生数"]) < 50)
        ]
    (found,) = judged().findings(rule=f"{DOCUMENT}/{stage}-{what}-variation")
    if any(not row[zh + ITEMS[what]] for row in rows):
        assert found.outcome is Outcome.MISSING
        return

    weights = [int(row[f"{zh}在校生数"]) for row in rows]
    shares = [float(row[zh + ITEMS[what]]) / w for row, w in zip(rows, weights, strict=True)]
    mean = sum(w * x for w, x in zip(weights, shares, strict=True)) / sum(weights)
    spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, shares, strict=True)) / sum(weights)

    assert isinstance(found.observed, float)
    assert isclose(found.observed, sqrt(spread) / mean, rel_tol=1e-9)


@pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used here")
def test_both_engines_find_the_same() -> None:
    """Finding for finding."""
    one, other = (
        [dataclasses.asdict(each) for each in judged(engine).findings()]
        for engine in (EngineChoice.COLUMNAR, EngineChoice.DURABLE)
    )

    assert one == other


def test_the_naive_evaluator_finds_the_same_of_the_county() -> None:
    """Roll-ups of roll-ups, one finding after the other."""
    county = {
        each.rule: each.outcome for each in judged().findings() if each.subject.code == "990001"
    }

    rules = {rule.id: rule for rule in catalog() if rule.document.id == DOCUMENT}
    asked = dataclasses.replace(catalog(), rules=rules)
    plain = {
        each.rule: each.outcome
        for each in naive.judge(asked, facts_of(FOLDER), [2024])
        if each.subject == "990001" and each.rule in county
    }

    assert plain == county
    assert len(plain) > 1


def test_published_coefficients_are_judged_as_published(tmp_path: Path) -> None:
    """宁国市 (341881) published those of 2022: only the sixth of each stage is within the bound."""
    published = {
        "小学": (0.677, 0.674, 0.618, 0.519, 0.597, 0.167, 0.759),
        "初中": (0.542, 1.055, 0.507, 0.587, 0.686, 0.254, 0.496),
    }
    indicators = catalog().vocabulary.indicators
    row = {"代码": "341881", "名称": "宁国市", "年份": "2022"}
    for zh, en in (("小学", "primary"), ("初中", "junior")):
        row[f"{zh}计入学校数"] = "9"
        for what, value in zip(ITEMS, published[zh], strict=True):
            measure = catalog().rules[f"{DOCUMENT}/{en}-{what}-variation"].measure
            row[indicators[measure or ""].name] = str(value)
    table = tmp_path / "旗县.csv"
    table.write_text("\n".join((",".join(row), ",".join(row.values()))), "utf-8")
    wanted = [f"{DOCUMENT}/{stage}-*-variation" for stage in ("primary", "junior")]
    rules = select_to_judge(catalog(), Wanted(rules=wanted))

    found = list(judge(catalog(), facts_of(table), rules=rules).findings())

    within = {each.rule.partition("/")[2] for each in found if each.outcome is Outcome.COMPLIANT}
    assert len(found) == 14
    assert within == {"primary-equipment-variation", "junior-equipment-variation"}


def test_nobody_is_asked_for_it_who_did_not_ask() -> None:
    """A check, a form or a roster of the plans is what it was; the list of rules has them all."""
    by_default = select_to_judge(catalog(), Wanted())

    assert not any(id_.startswith(DOCUMENT) for id_ in by_default)
    assert sum(id_.startswith(DOCUMENT) for id_ in catalog().rules) == 67
