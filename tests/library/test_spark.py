"""Spark: tree by tree on a cluster, and the findings are those of one process."""

import io
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import polars as pl
import pytest
from pyarrow import parquet

from dabiao.engine.faults import EngineError
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.library.spark.following import Following
from dabiao.library.spark.hadoop import HadoopBytes, names_in
from dabiao.library.spark.session import session
from dabiao.library.trees.check import HEAD, TreesAsked, read_head
from dabiao.library.trees.listing import folder_listing
from dabiao.reports.outputs import OutputError
from dabiao.schemas.level import Level
from tests.engine.builders import at_least, pack
from tests.engine.builders import rule as stated
from tests.library.tree_rows import NAMES, here, random_pack, random_rows, write, write_foreign

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
    from dabiao.library.spark.session import start_spark

    with started() as running:
        spark = start_spark(running.master)
        spark.conf.set("spark.sql.shuffle.partitions", "4")
        yield spark, running
        spark.stop()


@on_spark
def test_a_cluster_finds_the_same(cluster: "tuple[SparkSession, Any]", tmp_path: Path) -> None:
    """Every fold, rank and look upwards; in three formats; with a worker killed on the way.

    So of all years, through a mapping; and from addresses, and to one.
    """
    from benchmarks.spark_cluster import end, written
    from dabiao.library.spark.driver import check_by_spark

    spark, running = cluster
    for seed, suffix in enumerate((".parquet", ".csv", ".json", ".csv")):
        catalog, rows = random_pack(seed), random_rows(seed)
        mapping, every_year = None, seed == 3
        if seed == 3:
            mapping = read_mapping(write_foreign(rows, tmp_path / "rows3", suffix))
        else:
            write(rows, tmp_path / f"rows{seed}", suffix)
        into = tmp_path / f"findings{seed}"
        if seed == 1:
            end(running.workers[0])
        asked = TreesAsked(
            catalog, sorted(catalog.rules), 2025, every_year=every_year, mapping=mapping
        )
        addressed = seed in (1, 2)  # as Hadoop knows them, not by their paths on this machine
        folder = f"{'file://' * addressed}{tmp_path}/rows{seed}"
        found = check_by_spark(spark, folder, asked, f"{'file://' * (seed == 2)}{into}")
        same = here(catalog, rows, tmp_path / f"here{seed}", every_year=every_year)
        ours = written(into).select(same.columns)

        assert ours.select(pl.col("outcome")).equals(same.select(pl.col("outcome")))
        assert ours.equals(same)
        assert sum(found.summary.values()) == len(same)
        assert found.unread == 0
        lies = read_head(into)["facts"]
        assert lies == (str(tmp_path / "rows2") if seed == 2 else f"../rows{seed}")
        assert set(same["level"]) == {level.value for level in rows}
        listed = {row["rule"]: row for row in folder_listing(into).rows}
        assert listed.keys() == set(same["rule"])
        violated = same.filter(pl.col("outcome") == "violation").group_by("rule").len()
        assert all(listed[rule]["violation"] == number for rule, number in violated.rows())


@on_spark
def test_one_county_does_not_stop_the_others(
    cluster: "tuple[SparkSession, Any]", tmp_path: Path
) -> None:
    """A cell that is no number lacks its value; rows of no county are told, and the rest judged.

    So are rows that do not fit their header, files with columns of their own, damaged ones, and a
    county that is too large for a task.
    """
    from benchmarks.spark_cluster import written
    from dabiao.library.spark.driver import TREE_MB, check_by_spark

    spark, _ = cluster
    spark.conf.set(TREE_MB, "1")
    catalog = pack(stated(at_least(5), "enough"))
    rows = random_rows(7)
    rows[Level.SCHOOL] = [row for row in rows[Level.SCHOOL] if row["年份"] == "2025"]
    first = rows[Level.SCHOOL][0]
    first["项a"] = "很多"
    rows[Level.SCHOOL].append({**first, "代码": "X1", "上级代码": None, "项a": "9"})
    folder = tmp_path / "rows" / "学校"
    folder.mkdir(parents=True)
    frame = pl.DataFrame(rows[Level.SCHOOL], dict.fromkeys(NAMES, pl.String))
    frame.write_csv(folder / "1.csv")
    other = "项a,代码,上级代码,年份\n9,1506020099,150602,2025\n1,234,1506020098,150602,2025\n"
    (folder / "2.csv").write_text(other, "utf-8")
    large = frame[:1].with_columns(代码=pl.lit("1506990001"), 上级代码=pl.lit("150699"))
    large.with_columns(名称=pl.lit("校" * (1 << 20))).write_csv(folder / "4.csv")
    (folder / "3.csv").write_bytes("代码,年份\n".encode("gb18030"))
    into = tmp_path / "findings"
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025)
    found = check_by_spark(spark, str(tmp_path / "rows"), asked, str(into))

    told = "\n".join(found.problems)
    assert "很多" in told
    assert first["代码"] in told
    assert "看不出这些数据属于哪个旗县" in told
    assert "1 行与表头不符或读不了，没有读取，如“1,234,1506020098,150602,2025”" in told
    assert f"{folder / '3.csv'} 读不了：不是 UTF-8 编码" in told
    assert "150699: 数据有 3 MB，超过一个任务的上限 1 MB，没有考核" in told
    assert found.unread == 3
    judged = written(into)
    judged_ones = [*(row["代码"] for row in rows[Level.SCHOOL][:-1]), "1506020099"]
    assert sorted(judged["code"]) == sorted(judged_ones)
    of_first = judged.filter(pl.col("code") == first["代码"])
    assert of_first["outcome"].to_list() == ["missing"]


@on_spark
def test_a_damaged_file_does_not_stop_the_others(
    cluster: "tuple[SparkSession, Any]", tmp_path: Path
) -> None:
    """One that a worker finds out only when it reads it is named, and left out."""
    from benchmarks.spark_cluster import written
    from dabiao.library.spark.driver import check_by_spark

    spark, _ = cluster
    catalog = pack(stated(at_least(5), "enough"))
    folder = tmp_path / "rows" / "学校"
    folder.mkdir(parents=True)
    for number in (1, 2):
        code = [f"1506020{number}{at:03}" for at in range(500)]
        rows = {"代码": code, "上级代码": "150602", "年份": 2025, "项a": list(range(500))}
        pl.DataFrame(rows).write_parquet(folder / f"{number} 校.parquet")
    whole = bytearray((folder / "2 校.parquet").read_bytes())
    whole[4:800] = bytes(each ^ 0x5A for each in whole[4:800])
    (folder / "2 校.parquet").write_bytes(whole)
    into = tmp_path / "findings"
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025)
    found = check_by_spark(spark, f"file://{tmp_path}/rows", asked, f"file://{into}")

    assert found.problems == (
        f"file://{folder / '2 校.parquet'} 读不了：文件已损坏：里面的数据读不出来",
    )
    assert found.unread == 1
    assert len(written(into)) == 500
    told = pl.read_parquet(into / "part=problems" / "*" / "files.parquet", hive_partitioning=False)
    assert told["message"].to_list() == list(found.problems)
    assert names_in(spark, f"file://{tmp_path}/nowhere") is None
    assert HEAD in (names_in(spark, f"file://{into}") or ())


@on_spark
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///nowhere/at/all", "没有文件夹 file:///nowhere/at/all；检查路径"),
        (f"file://{__file__}", f"file://{__file__} 不是文件夹"),
        ("unheard-of://host/rows", "打不开 unheard-of://host/rows：.*unheard-of.*\n  检查地址"),
        ("hdfs://nowhere.invalid/rows", "打不开 hdfs://nowhere.invalid/rows：.*\n  检查地址"),
    ],
)
def test_an_address_that_holds_no_rows_is_told(
    cluster: "tuple[SparkSession, Any]", address: str, told: str
) -> None:
    """In one message, with what was found there and what to do."""
    from dabiao.library.spark.hadoop import hadoop_tables

    with pytest.raises(EngineError, match=told):
        hadoop_tables(cluster[0], address, mapped=False)


@on_spark
def test_a_log_is_left_behind_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was refused in a message of its own leaves nothing."""
    from pyspark.errors import PySparkException

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("dabiao.library.spark.session.start_spark", lambda *_: Mock())
    with pytest.raises(OutputError, match="mine"), session("local", Following(None)):
        raise OutputError("mine")
    assert not list(tmp_path.iterdir())
    with (
        pytest.raises(EngineError, match=str(tmp_path)),
        session("local", Following(None)),
    ):
        raise PySparkException("lost")
    assert len(list(tmp_path.iterdir())) == 1


@on_spark
def test_bytes_are_read_from_anywhere_in_a_file(tmp_path: Path) -> None:
    """As whoever reads Parquet goes through it: first the end, then what that tells of."""
    table = pl.DataFrame({"代码": ["150602"], "项a": [1]})
    table.write_parquet(tmp_path / "1.parquet")
    content = (tmp_path / "1.parquet").read_bytes()
    with HadoopBytes(_Stream(content), len(content)) as opened:
        assert parquet.read_schema(opened).names == table.columns
        opened.seek(-4, io.SEEK_END)
        assert opened.read() == b"PAR1"
        assert opened.read(1) == b""


class _Stream(io.BytesIO):
    """A file as Java opens it."""

    def readNBytes(self, wanted: int) -> bytes:  # noqa: N802 - as Java calls it
        return self.read(wanted)
