"""Random rules at every level and random rows of several counties, and how one process judges."""

import json
import random
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.reports.run.parquet.arrow import ArrowFindings
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Ranking,
    Variation,
)
from dabiao.schemas.level import Level
from tests.engine.builders import OPEN, A, at_least, at_most, pack
from tests.engine.builders import rule as stated

Row = dict[str, Any]
Rows = dict[Level, list[Row]]
NAMES = ("代码", "名称", "上级代码", "年份", "项a", "项b", "项total", "项open")
COUNTIES = ("150602", "150603", "150621", "150702", "220102")
YEARS = (2023, 2024, 2025)
UPPER = (Level.SCHOOL, Level.COUNTY, Level.PREFECTURE, Level.REGION)


def formulas(level: Level) -> list[Formula]:
    """Give formulas of a level: every fold of what lies below, and what looks up and around."""
    below = Level.CLASS
    found: list[Formula] = [
        Below(fold, below, A, condition, 30.0 if fold is Fold.PERCENTILE else None)
        for fold in Fold
        for condition in (None, OPEN)
    ]
    found += [Variation(below, A, Measured("b")), Cumulative(Measured("total"), 2)]
    found += [InYear(Measured("total"), back=1), Attainment(below, "small")]
    if level.rank > Level.PREFECTURE.rank:
        found.append(Above(Level.PREFECTURE, Below(Fold.MEAN, below, A, None)))
        found.append(Ranking(Below(Fold.SUM, below, A, None), Level.PREFECTURE))
    found.append(Ranking(Below(Fold.MEAN, below, A, None)))
    return found


def random_pack(seed: int) -> Catalog:
    """Make rules at every level, with bounds that some keep and some do not."""
    draw = random.Random(seed)  # noqa: S311 - the same every time
    rules = [stated(at_most(6), "small", Level.CLASS)]
    for level in UPPER:
        for number, formula in enumerate(formulas(level)):
            bound = draw.choice([0, 3, 5, 40, 60])
            norm = (at_least if draw.random() < 0.5 else at_most)(bound, formula)
            rules.append(stated(norm, f"{level}{number}", level))
    return pack(*rules)


def random_row(draw: random.Random, code: str, parent: str | None, year: int) -> Row:
    """Draw a row, with gaps, and now and then a cell that is no number."""
    cells: Row = {"代码": code, "名称": f"名{code}", "上级代码": parent, "年份": str(year)}
    for name in ("项a", "项b", "项total"):
        usual = draw.choice(["1", "2", "3.5", "7", "8.25", None])
        cells[name] = "不详" if draw.random() < 0.02 else usual
    cells["项open"] = draw.choice(["是", "否", None])
    return cells


def random_rows(seed: int) -> Rows:
    """Draw rows of several counties, some of which have none of their own."""
    draw = random.Random(seed)  # noqa: S311 - the same every time
    found: Rows = {level: [] for level in (*UPPER, Level.CLASS)}
    for year in YEARS:
        found[Level.REGION].append(random_row(draw, "150000", None, year))
        found[Level.PREFECTURE].append(random_row(draw, "150600", "150000", year))
        found[Level.PREFECTURE].append(random_row(draw, "220100", None, year))
    for county in COUNTIES:
        if draw.random() < 0.8:
            found[Level.COUNTY] += [random_row(draw, county, None, year) for year in YEARS]
        schools = [f"{county}{number:04}" for number in range(draw.randint(1, 3))]
        for school, year in product(schools, YEARS):
            if draw.random() < 0.9:
                found[Level.SCHOOL].append(random_row(draw, school, county, year))
            for at in range(draw.randint(1, 4)):
                found[Level.CLASS].append(random_row(draw, f"{school}{at:03}", school, year))
    for rows in found.values():
        draw.shuffle(rows)
    return found


def write(rows: Rows, folder: Path, suffix: str) -> None:
    """Write rows as Spark reads them: the classes as a folder of several files."""
    folder.mkdir()
    for level, of in rows.items():
        frame = pl.DataFrame(of, dict.fromkeys(NAMES, pl.String))
        parts = [(folder / f"{level.zh}{suffix}", frame)]
        if level is Level.CLASS:
            (folder / level.zh).mkdir()
            half = len(frame) // 2
            parts = [
                (folder / level.zh / f"1{suffix}", frame[:half]),
                (folder / level.zh / f"2{suffix}", frame[half:]),
            ]
        for path, part in parts:
            _write(part, path)


def _write(frame: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        frame.write_csv(path)
    elif path.suffix == ".json":
        frame.write_ndjson(path)
    else:
        frame.write_parquet(path)


def write_foreign(rows: Rows, folder: Path, suffix: str) -> Path:
    """Write rows as another system keeps them, and the mapping that reads them.

    Codes of classes are put together, years are of another calendar, headers are its own, and one
    of them is called as an item that it is not.
    """
    word = {"是": "Y", "否": "N"}
    own = {"代码": "id", "名称": "项b", "上级代码": "of", "年份": "yr"}
    own |= {"项a": "n1", "项b": "n2", "项total": "n3", "项open": "yn"}
    told: Rows = {}
    for level, of in rows.items():
        told[level] = [
            {own[name]: cell for name, cell in row.items()}
            | {"yr": str(int(row["年份"]) - 1911), "yn": word.get(row["项open"])}
            for row in of
        ]
    for row in told[Level.CLASS]:
        row["id"] = row["id"].removeprefix(row["of"])
    folder.mkdir()
    readings = []
    for level, of in told.items():
        frame = pl.DataFrame(of, dict.fromkeys(own.values(), pl.String))
        path = folder / f"t-{level.value}{suffix}"
        _write(frame, path)
        code = "{of}{id}" if level is Level.CLASS else "{id}"
        readings.append(
            f"  - level: {level.zh}\n    file: t-{level.value}.*\n"
            "    columns: {项b: 名称, of: 上级代码, n1: 项a, n2: 项b, n3: 项total, yn: 项open}\n"
            f'    compose: {{代码: "{code}"}}\n    year: {{column: yr, add: 1911}}\n'
            "    values: {项open: {Y: 是, N: 否}}\n"
        )
    mapping = folder.with_suffix(".yaml")
    mapping.write_text("tables:\n" + "".join(readings), "utf-8")
    return mapping


def here(catalog: Catalog, rows: Rows, folder: Path, *, every_year: bool = False) -> pl.DataFrame:
    """Judge the rows at once, in this process."""
    from benchmarks.spark_cluster import as_written

    folder.mkdir()
    told = {
        level.value: [{k: v for k, v in row.items() if v is not None} for row in of]
        for level, of in rows.items()
    }
    (folder / "facts.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    measures = catalog.vocabulary.items
    facts = read_facts([str(folder)], measures, catalog.places)
    judged = judge(catalog, facts, as_of=2025, every_year=every_year)
    return as_written(ArrowFindings(judged.excerpt()))
