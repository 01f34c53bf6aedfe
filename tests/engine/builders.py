"""A few words with which a test says what was submitted and what is demanded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from dabiao.engine.check import EngineChoice, Judgement, judge
from dabiao.engine.durable import is_installed
from dabiao.rules.catalog import Catalog, Rule
from dabiao.rules.formula import Formula, Measured, Number
from dabiao.rules.norm import Compares, Norm
from dabiao.schemas.facts import Standing
from dabiao.schemas.finding import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Timing, TimingKind
from dabiao.schemas.subject import Place
from tests.engine import building
from tests.engine.building import Cell, Known, Row, Submission

engines = pytest.mark.parametrize(
    "engine",
    [
        EngineChoice.COLUMNAR,
        pytest.param(
            EngineChoice.DURABLE,
            marks=pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used"),
        ),
    ],
)

PLAN = building.document()
"""In force since 2015, everywhere."""
A, B, C = Measured("a"), Measured("b"), Measured("c")
STAGE, OPEN = Measured("stage"), Measured("open")
EVERY_LEVEL = tuple(Level)

ITEMS = (
    building.item("a", *EVERY_LEVEL),
    building.item("b", *EVERY_LEVEL, type_=ItemType.INTEGER),
    building.item("c", *EVERY_LEVEL, unit="%"),
    building.item("total", Level.COUNTY, Level.SCHOOL, Level.CLASS, summed=True),
    building.item("open", *EVERY_LEVEL, type_=ItemType.BOOLEAN),
    building.item("stage", *EVERY_LEVEL, type_=ItemType.CATEGORY, options=("小学", "初中")),
)


def due(year: int) -> Timing:
    """到…年底."""
    return Timing(kind=TimingKind.DUE, last=year)


def within(year: int) -> Timing:
    """…年内."""
    return Timing(kind=TimingKind.WITHIN, last=year)


def at_least(bound: float, value: Formula = A) -> Compares:
    """应不低于."""
    return Compares(value, Comparator.AT_LEAST, Number(float(bound)))


def at_most(bound: float, value: Formula = A) -> Compares:
    """应不高于."""
    return Compares(value, Comparator.AT_MOST, Number(float(bound)))


def rule(norm: Norm, slug: str = "r", level: Level = Level.SCHOOL, **more: Any) -> Rule:  # noqa: ANN401
    """Make a rule of the plan, or of another document."""
    return building.rule(slug, more.pop("document", PLAN), level, norm, **more)


def pack(
    *rules: Rule,
    items: Sequence[Item] = ITEMS,
    indicators: Mapping[Indicator, Formula] | None = None,
    places: Sequence[Place] = (),
) -> Catalog:
    """Make a catalog of rules over the items of this module."""
    return building.catalog(rules, items, indicators, places)


@dataclass(frozen=True)
class Sub:
    """A subject with its rows: cells by year, or the cells of 2025."""

    level: Level
    code: str
    parent: str | None
    years: Mapping[int, Mapping[str, Cell]]
    standing: Standing = Standing.ROSTER


def school(
    code: str = "S1", parent: str | None = "150602", *, year: int = 2025, **cells: Cell
) -> Sub:
    """Submit a school's row."""
    return Sub(Level.SCHOOL, code, parent, {year: cells} if cells else {})


def county(code: str = "150602", *, year: int = 2025, **cells: Cell) -> Sub:
    """Submit a county's row, or only list it."""
    return Sub(Level.COUNTY, code, None, {year: cells} if cells else {})


def years(code: str = "S1", parent: str | None = "150602", **values: Cell) -> Sub:
    """Submit ``a`` of a school by year: ``years(y2020=1, y2021=2)``."""
    rows = {int(year[1:]): {"a": value} for year, value in values.items()}
    return Sub(Level.SCHOOL, code, parent, rows)


def submit(*subjects: Sub) -> Submission:
    """Put a submission together; a subject may come in several pieces."""
    known: dict[tuple[Level, str], Known] = {}
    rows: list[Row] = []
    for one in subjects:
        known.setdefault(
            (one.level, one.code), Known(one.level, one.code, one.parent, one.standing)
        )
        rows += [Row(one.level, one.code, year, cells) for year, cells in one.years.items()]
    return Submission(tuple(known.values()), tuple(rows), frozenset({"stage"}))


def judged(
    catalog: Catalog,
    *subjects: Sub,
    as_of: int = 2025,
    engine: EngineChoice = EngineChoice.COLUMNAR,
    every_year: bool = False,
) -> Judgement:
    """Judge a submission."""
    facts = submit(*subjects).facts()
    return judge(catalog, facts, as_of=as_of, engine=engine, every_year=every_year)


def outcomes(judgement: Judgement, rule_id: str = "plan/r") -> dict[str, Outcome]:
    """Give a rule's outcomes by subject."""
    return {one.subject.code: one.outcome for one in judgement.findings(rule=rule_id)}


def outcome_of(norm: Norm, *subjects: Sub, as_of: int = 2025, **more: Any) -> Outcome:  # noqa: ANN401
    """Judge one rule, and give the outcome on its first subject."""
    judgement = judged(pack(rule(norm, **more)), *subjects, as_of=as_of)
    return next(judgement.findings(rule="plan/r")).outcome


def value_of(formula: Formula, *subjects: Sub, level: Level = Level.COUNTY) -> object:
    """Give the value of a formula for the first subject of a level in 2025."""
    indicator = building.indicator("k", *EVERY_LEVEL)
    judgement = judged(pack(indicators={indicator: formula}), *subjects)
    code = next(one.code for one in subjects if one.level is level)
    return judgement.measure("k", code, 2025)
