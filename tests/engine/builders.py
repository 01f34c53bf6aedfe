"""Catalogs and submissions made by hand or at random, without features and files.

First what they are made of; then a few words with which a test says what was submitted and what is
demanded.
"""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import numpy as np
import pytest

from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, Norm, formulas
from dabiao.rules.catalog.supersession import successors
from dabiao.rules.formulas.formula import Formula, Measured, Number
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.attendance import Deadlines
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.document import Document, Period
from dabiao.schemas.facts import Column, FactFile, Facts, LevelFacts, Origin, Standing
from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, NormRecord, Timing, TimingKind
from dabiao.schemas.subject import Place

DUE, ONE_DAY = datetime.date(2022, 10, 31), datetime.timedelta(1)
Cell = float | bool | str | tuple[float, ...] | None
"""None is an empty cell, NaN one that held something unusable, a tuple what one may mean."""


@dataclass(frozen=True)
class Row:
    """One row of a submission."""

    level: Level
    code: str
    year: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Known:
    """A subject, and how it is known where it has no row."""

    level: Level
    code: str
    parent: str | None = None
    standing: Standing = Standing.ROSTER
    life: Lifetime | None = None


@dataclass(frozen=True)
class Submission:
    """Rows, and the subjects they and the roster speak of; slugs of categories.

    Where a year was ``due``, some rows stand in files that came too ``late``.
    """

    subjects: tuple[Known, ...]
    rows: tuple[Row, ...]
    categories: frozenset[str] = frozenset()
    due: int | None = None
    late: frozenset[int] = frozenset()

    def without(self, number: int, slug: str | None = None) -> "Submission":
        """Delete a row, or one cell of it."""
        rows = list(self.rows)
        row = rows.pop(number)
        if slug is not None:
            rows.insert(number, replace(row, cells={**row.cells, slug: None}))
            return replace(self, rows=tuple(rows))
        late = frozenset(at - (at > number) for at in self.late if at != number)
        return replace(self, rows=tuple(rows), late=late)

    def facts(self, order: Sequence[int] | None = None) -> Facts:
        """Lay the rows out in columns, in another order perhaps; each keeps its number."""
        numbered = list(enumerate(self.rows, 2))
        if order is not None:
            numbered = [numbered[place] for place in order]
        levels = {known.level for known in self.subjects}
        tables = {
            level: self._table(level, place, numbered) for place, level in enumerate(sorted(levels))
        }
        for table in tables.values():
            late = np.isin(table.number, [number + 2 for number in self.late])
            table.origin[late] += len(tables)
        origins = [
            Origin(f"{level}.csv", None, dict(zip(table.columns, "EFGHIJKLMNOPQ", strict=False)))
            for level, table in tables.items()
        ]
        files = [
            FactFile(f"{level}.csv", "0" * 64, len(table.year)) for level, table in tables.items()
        ]
        if self.late:
            origins += [replace(each, file=f"late-{each.file}") for each in origins]
        dates = Deadlines()
        if self.due is not None:
            came = {each.file: DUE + ("late" in each.file) * ONE_DAY for each in origins}
            dates = Deadlines(self.due, {None: DUE}, came)
        return Facts(tables, origins, files, [], deadlines=dates)

    def _table(self, level: Level, origin: int, rows: list[tuple[int, Row]]) -> LevelFacts:
        subjects = sorted(
            (known for known in self.subjects if known.level is level), key=lambda known: known.code
        )
        codes = [known.code for known in subjects]
        here = [row for _, row in rows if row.level is level]
        reported = {row.code for row in here}
        slugs = sorted({slug for row in here for slug in row.cells})
        return LevelFacts(
            level=level,
            codes=codes,
            names=[f"名{code}" for code in codes],
            parents=[known.parent for known in subjects],
            standings=[
                Standing.REPORTED if known.code in reported else known.standing
                for known in subjects
            ],
            subject=np.array([codes.index(row.code) for row in here], dtype=np.int32),
            year=np.array([row.year for row in here], dtype=np.int32),
            origin=np.full(len(here), origin, dtype=np.int32),
            number=np.array([n for n, row in rows if row.level is level], dtype=np.int32),
            columns={
                slug: _column([row.cells.get(slug) for row in here], texts=slug in self.categories)
                for slug in slugs
            },
            listed=np.array([known.standing is Standing.ROSTER for known in subjects]),
            lifetimes={at: known.life for at, known in enumerate(subjects) if known.life},
        )


def _column(cells: Sequence[Cell], *, texts: bool) -> Column:
    labels = sorted({cell for cell in cells if isinstance(cell, str)})
    numbers = [
        labels.index(cell)
        if isinstance(cell, str)
        else math.nan
        if cell is None or isinstance(cell, tuple)
        else float(cell)
        for cell in cells
    ]
    spoilt = {row: "不是数" for row, cell in enumerate(cells) if cell != cell}  # noqa: PLR0124
    possible = {row: cell for row, cell in enumerate(cells) if isinstance(cell, tuple)}
    spoilt |= {row: f"可能是{cell}" for row, cell in possible.items()}
    values = np.array(numbers, dtype=np.float64)
    return Column(values, tuple(labels) if texts else None, spoilt, possible)


def item(
    slug: str,
    *levels: Level,
    type_: ItemType = ItemType.NUMBER,
    summed: bool = False,
    unit: str = "人",
    options: tuple[str, ...] = (),
    bounds: tuple[float | None, float | None] = (None, None),
) -> Item:
    """Declare an item."""
    return Item(
        name=f"项{slug}",
        slug=slug,
        levels=tuple(sorted(levels, key=lambda level: level.rank)),
        unit=unit if type_.numeric else "",
        type=type_,
        options=options,
        minimum=bounds[0],
        maximum=bounds[1],
        summation=Summation.SUM if summed else Summation.NONE,
    )


def indicator(slug: str, *levels: Level, unit: str = "人") -> Indicator:
    """Declare an indicator; its formula is given to the catalog."""
    levels = tuple(sorted(levels, key=lambda level: level.rank))
    return Indicator(name=f"标{slug}", slug=slug, levels=levels, unit=unit, formula="…")


def document(
    id_: str = "plan",
    *,
    jurisdiction: str | None = None,
    first: int = 2015,
    last: int | None = None,
    supersedes: Iterable[str] = (),
) -> Document:
    """Make a document that is in force from 2015 on."""
    return Document(
        id=id_,
        title=f"文件{id_}",
        jurisdiction=jurisdiction,
        period=Period(from_=first, to=last),
        supersedes=tuple(supersedes),
    )


PLAN = document()
"""In force since 2015, everywhere."""


class RuleParts(TypedDict, total=False):
    """What ``rule`` may be told of a rule besides its norm, name and level."""

    document: Document
    condition: Formula | None
    timing: Timing | None
    baseline: Baseline | None
    decimals: int | None
    area: str | None
    tags: Iterable[str]
    unit: str


def rule(
    norm: Norm,
    slug: str = "r",
    level: Level = Level.SCHOOL,
    *,
    document: Document = PLAN,
    condition: Formula | None = None,
    timing: Timing | None = None,
    baseline: Baseline | None = None,
    decimals: int | None = None,
    area: str | None = None,
    tags: Iterable[str] = (),
    unit: str = "人",
) -> Rule:
    """State a rule of the plan or another document, standing and exact unless told otherwise."""
    values = formulas(norm)
    measure = values[0].slug if values and isinstance(values[0], Measured) else None
    return Rule(
        id=f"{document.id}/{slug}",
        title=f"题{slug}",
        description="",
        document=document,
        places=("第一条",),
        area=area,
        level=level,
        condition=condition,
        condition_text=None if condition is None else "条件",
        norm=norm,
        norm_text="要求",
        unit=unit,
        measure=measure,
        timing=timing or Timing(kind=TimingKind.STANDING),
        baseline=baseline,
        decimals=decimals,
        units=Units(),
        contradicts=(),
        aspiration=False,
        tags=frozenset((slug, *tags)),
        file=f"{document.id}.feature",
        line=1,
        norm_record=NormRecord(text="要求", kind="compare", measure=measure),
    )


def catalog(
    rules: Iterable[Rule],
    items: Iterable[Item] = (),
    indicators: Mapping[Indicator, Formula] | None = None,
    places: Iterable[Place] = (),
    documents: Iterable[Document] = (),
) -> Catalog:
    """Make a pack of rules and measures, and of documents without a rule."""
    rules = sorted(rules, key=lambda rule: rule.id)
    known = {one.id: one for one in (*documents, *(rule.document for rule in rules))}
    rules = [replace(one, superseded_by=successors(one.document, known)) for one in rules]
    measures = (*items, *(indicators or {}))
    tagged: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in rules:
        for tag in one.tags:
            tagged[one.document.id, tag] = (*tagged.get((one.document.id, tag), ()), one.id)
    return Catalog(
        documents=known,
        places={place.code: place for place in places},
        vocabulary=Vocabulary(
            items={one.slug: one for one in measures if isinstance(one, Item)},
            indicators={one.slug: one for one in measures if isinstance(one, Indicator)},
            formulas={one.slug: formula for one, formula in (indicators or {}).items()},
            names={name: one.slug for one in measures for name in (one.slug, one.name)},
        ),
        rules={one.id: one for one in rules},
        tagged=dict(sorted(tagged.items())),
    )


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

A, B, C = Measured("a"), Measured("b"), Measured("c")
STAGE, OPEN = Measured("stage"), Measured("open")
EVERY_LEVEL = tuple(Level)

ITEMS = (
    item("a", *EVERY_LEVEL),
    item("b", *EVERY_LEVEL, type_=ItemType.INTEGER),
    item("c", *EVERY_LEVEL, unit="%"),
    item("total", Level.COUNTY, Level.SCHOOL, Level.CLASS, summed=True),
    item("open", *EVERY_LEVEL, type_=ItemType.BOOLEAN),
    item("stage", *EVERY_LEVEL, type_=ItemType.CATEGORY, options=("小学", "初中")),
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


def pack(
    *rules: Rule,
    items: Sequence[Item] = ITEMS,
    indicators: Mapping[Indicator, Formula] | None = None,
    places: Sequence[Place] = (),
) -> Catalog:
    """Make a catalog of rules over the items of this module."""
    return catalog(rules, items, indicators, places)


@dataclass(frozen=True)
class Sub:
    """A subject with its rows: cells by year, or the cells of 2025."""

    level: Level
    code: str
    parent: str | None
    years: Mapping[int, Mapping[str, Cell]]
    standing: Standing = Standing.ROSTER
    life: Lifetime | None = None


def school(code: str = "S1", parent: str | None = "150602", /, **cells: Cell) -> Sub:
    """Submit a school's row."""
    return Sub(Level.SCHOOL, code, parent, {2025: cells} if cells else {})


def county(code: str = "150602", /, **cells: Cell) -> Sub:
    """Submit a county's row, or only list it."""
    return Sub(Level.COUNTY, code, None, {2025: cells} if cells else {})


def of_year(year: int, subject: Sub) -> Sub:
    """Submit the row of a subject for another year."""
    return replace(subject, years=dict.fromkeys([year], *subject.years.values()))


def years(code: str = "S1", parent: str | None = "150602", /, **values: Cell) -> Sub:
    """Submit ``a`` of a school by year: ``years(y2020=1, y2021=2)``."""
    rows = {int(year[1:]): {"a": value} for year, value in values.items()}
    return Sub(Level.SCHOOL, code, parent, rows)


def submit(*subjects: Sub) -> Submission:
    """Put a submission together; a subject may come in several pieces."""
    known: dict[tuple[Level, str], Known] = {}
    rows: list[Row] = []
    for one in subjects:
        known.setdefault(
            (one.level, one.code), Known(one.level, one.code, one.parent, one.standing, one.life)
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


def outcome_of(
    norm: Norm,
    *subjects: Sub,
    level: Level = Level.SCHOOL,
    as_of: int = 2025,
    **more: Unpack[RuleParts],
) -> Outcome:
    """Judge one rule, and give the outcome on its first subject."""
    judgement = judged(pack(rule(norm, level=level, **more)), *subjects, as_of=as_of)
    return next(judgement.findings(rule="plan/r")).outcome


def value_of(
    formula: Formula, *subjects: Sub, level: Level = Level.COUNTY, code: str | None = None
) -> object:
    """Give the value of a formula in 2025, for the first subject of a level or one of a code."""
    made = indicator("k", *EVERY_LEVEL)
    judgement = judged(pack(indicators={made: formula}), *subjects)
    first = next((one.code for one in subjects if one.level is level), "")
    return judgement.measure("k", code or first, 2025)


def hold_as_few(facts: Facts) -> None:
    """Hold all that was submitted as different numbers and where each stands."""
    for table in facts.levels.values():
        for column in table.columns.values():
            if len(column.held):
                values, places = np.unique(column.values, return_inverse=True)
                column.held = FewNumbers(values, places.astype(np.uint16))
