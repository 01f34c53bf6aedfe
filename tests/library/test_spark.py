"""Spark: tree by tree on a cluster, and the findings are those of one process."""

import json
import random
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from dabiao.engine.faults import EngineError
from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.library.spark.listing import folder_listing
from dabiao.library.spark.trees import tree_of
from dabiao.reports.run.arrow import ArrowFindings
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
    SentIn,
    Variation,
)
from dabiao.schemas.level import Level
from tests.engine.builders import OPEN, A, at_least, at_most, pack
from tests.engine.builders import rule as stated

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HAS_SPARK = find_spec("pyspark") is not None and shutil.which("java") is not None
pytestmark = pytest.mark.filterwarnings(  # sockets that PySpark leaves to the garbage collector
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
on_spark = pytest.mark.skipif(not HAS_SPARK, reason="needs dabiao[spark] and Java")
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
            if suffix == ".csv":
                part.write_csv(path)
            elif suffix == ".json":
                part.write_ndjson(path)
            else:
                part.write_parquet(path)


def here(catalog: Catalog, rows: Rows, folder: Path) -> pl.DataFrame:
    """Judge the rows in this process."""
    from benchmarks.spark_cluster import as_written

    folder.mkdir()
    told = {
        level.value: [{k: v for k, v in row.items() if v is not None} for row in of]
        for level, of in rows.items()
    }
    (folder / "facts.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    measures = catalog.vocabulary.items
    judged = judge(catalog, read_facts([str(folder)], measures, catalog.places), as_of=2025)
    return as_written(ArrowFindings(judged.excerpt()))


@pytest.fixture(scope="module")
def cluster() -> "Iterator[tuple[SparkSession, Any]]":
    """Start a master and two workers."""
    from benchmarks.spark_cluster import cluster as started
    from dabiao.library.spark.driver import start_spark

    with pytest.MonkeyPatch.context() as patch, started() as running:
        patch.setenv("DABIAO_SPARK_PARTITIONS", "4")
        spark = start_spark(running.master)
        yield spark, running
        spark.stop()


@on_spark
def test_a_cluster_finds_the_same(cluster: "tuple[SparkSession, Any]", tmp_path: Path) -> None:
    """Every fold, rank and look upwards; in three formats; with a worker killed on the way."""
    from benchmarks.spark_cluster import end, written
    from dabiao.library.spark.driver import check_by_spark

    spark, running = cluster
    for seed, suffix in enumerate((".parquet", ".csv", ".json")):
        catalog, rows = random_pack(seed), random_rows(seed)
        write(rows, tmp_path / f"rows{seed}", suffix)
        into = tmp_path / f"findings{seed}"
        if seed == 1:
            end(running.workers[0])
        found = check_by_spark(
            spark,
            str(tmp_path / f"rows{seed}"),
            catalog,
            sorted(catalog.rules),
            as_of=2025,
            into=str(into),
        )
        same = here(catalog, rows, tmp_path / f"here{seed}")
        ours = written(into).select(same.columns)

        assert ours.select(pl.col("outcome")).equals(same.select(pl.col("outcome")))
        assert ours.equals(same)
        assert sum(found.summary.values()) == len(same)
        assert set(same["level"]) == {level.value for level in rows}
        listed = {row["rule"]: row for row in folder_listing(into).rows}
        assert listed.keys() == set(same["rule"])
        violated = same.filter(pl.col("outcome") == "violation").group_by("rule").len()
        assert all(listed[rule]["violation"] == number for rule, number in violated.rows())
        own = {row["level"] for row in folder_listing(into, "150602").rows}
        assert own <= {level.label for level in (Level.COUNTY, Level.SCHOOL, Level.CLASS)}


@on_spark
def test_one_county_does_not_stop_the_others(
    cluster: "tuple[SparkSession, Any]", tmp_path: Path
) -> None:
    """A cell that is no number lacks its value; rows of no county are told, and the rest judged."""
    from benchmarks.spark_cluster import written
    from dabiao.library.spark.driver import check_by_spark

    spark, _ = cluster
    catalog = pack(stated(at_least(5), "enough"))
    rows = random_rows(7)
    rows[Level.SCHOOL] = [row for row in rows[Level.SCHOOL] if row["年份"] == "2025"]
    first = rows[Level.SCHOOL][0]
    first["项a"] = "很多"
    rows[Level.SCHOOL].append({**first, "代码": "X1", "上级代码": None, "项a": "9"})
    write({Level.SCHOOL: rows[Level.SCHOOL]}, tmp_path / "rows", ".parquet")
    into = tmp_path / "findings"
    found = check_by_spark(
        spark, str(tmp_path / "rows"), catalog, sorted(catalog.rules), as_of=2025, into=str(into)
    )

    told = "\n".join(found.problems)
    assert "很多" in told
    assert first["代码"] in told
    assert "看不出这些数据属于哪个旗县" in told
    judged = written(into)
    assert sorted(judged["code"]) == sorted(row["代码"] for row in rows[Level.SCHOOL][:-1])
    of_first = judged.filter(pl.col("code") == first["代码"])
    assert of_first["outcome"].to_list() == ["missing"]

    rows[Level.SCHOOL][-1] = {
        **first,
        "上级代码": "150621" if first["代码"][:6] != "150621" else "150602",
    }
    write({Level.SCHOOL: rows[Level.SCHOOL]}, tmp_path / "moved", ".parquet")
    with pytest.raises(EngineError, match=first["代码"]):
        check_by_spark(
            spark,
            str(tmp_path / "moved"),
            catalog,
            sorted(catalog.rules),
            as_of=2025,
            into=str(into),
        )


def test_whose_rows_a_rule_needs() -> None:
    """Its own tree's, unless it looks above; no tree holds those of a rank among all."""
    county = stated(at_least(5, Below(Fold.MEDIAN, Level.CLASS, A, None)), "m", Level.COUNTY)
    up = stated(at_least(5, Above(Level.REGION, A)), "up")
    ranked = stated(at_most(3, Ranking(A, Level.PREFECTURE)), "ranked")
    of_all = stated(at_most(3, Ranking(A)), "all")
    in_time = stated(at_least(1, SentIn(in_time=True)), "sent")
    over = stated(at_least(90, Attainment(Level.SCHOOL, "ranked")), "over", Level.COUNTY)
    catalog = pack(county, up, ranked, of_all, in_time, over)

    trees = {one.id.partition("/")[2]: tree_of(one, catalog) for one in catalog}
    assert trees == {
        "m": Level.COUNTY,
        "up": Level.REGION,
        "ranked": Level.PREFECTURE,
        "all": None,
        "sent": None,
        "over": Level.PREFECTURE,
    }
