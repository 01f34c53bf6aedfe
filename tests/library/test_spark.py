"""Spark: tree by tree on a cluster, and the findings are those of one process."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from dabiao.library.trees.check import Asked
from dabiao.library.trees.listing import folder_listing
from dabiao.schemas.level import Level
from tests.engine.builders import at_least, pack
from tests.engine.builders import rule as stated
from tests.library.tree_rows import here, random_pack, random_rows, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HAS_SPARK = find_spec("pyspark") is not None and shutil.which("java") is not None
pytestmark = pytest.mark.filterwarnings(  # sockets that PySpark leaves to the garbage collector
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
on_spark = pytest.mark.skipif(not HAS_SPARK, reason="needs dabiao[spark] and Java")


@pytest.fixture(scope="module")
def cluster() -> "Iterator[tuple[SparkSession, Any]]":
    """Start a master and two workers."""
    from benchmarks.spark_cluster import cluster as started
    from dabiao.library.spark.driver import start_spark

    with started() as running:
        spark = start_spark(running.master)
        spark.conf.set("spark.sql.shuffle.partitions", "4")
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
        asked = Asked(catalog, sorted(catalog.rules), 2025, every_year=seed == 2)
        found = check_by_spark(spark, str(tmp_path / f"rows{seed}"), asked, str(into))
        same = here(catalog, rows, tmp_path / f"here{seed}", every_year=seed == 2)
        ours = written(into).select(same.columns)

        assert ours.select(pl.col("outcome")).equals(same.select(pl.col("outcome")))
        assert ours.equals(same)
        assert sum(found.summary.values()) == len(same)
        assert set(same["level"]) == {level.value for level in rows}
        listed = {row["rule"]: row for row in folder_listing(into).rows}
        assert listed.keys() == set(same["rule"])
        violated = same.filter(pl.col("outcome") == "violation").group_by("rule").len()
        assert all(listed[rule]["violation"] == number for rule, number in violated.rows())


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
    asked = Asked(catalog, sorted(catalog.rules), 2025)
    found = check_by_spark(spark, str(tmp_path / "rows"), asked, str(into))

    told = "\n".join(found.problems)
    assert "很多" in told
    assert first["代码"] in told
    assert "看不出这些数据属于哪个旗县" in told
    judged = written(into)
    assert sorted(judged["code"]) == sorted(row["代码"] for row in rows[Level.SCHOOL][:-1])
    of_first = judged.filter(pl.col("code") == first["代码"])
    assert of_first["outcome"].to_list() == ["missing"]
