"""A check by Spark, from the folders of rows to the folder of findings."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabiao.engine.faults import EngineError
from dabiao.intake.cells.identity_cells import read_year
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.names import Fixed, fixed_column
from dabiao.library.spark.judging import JUDGED, tree_judge
from dabiao.library.spark.packing import COUNTY, PACKED, packer
from dabiao.library.trees.check import SHOWN, Asked, TreesCheck, write_head
from dabiao.library.trees.homes import WHOLE, Grouping, county_of, grouped
from dabiao.library.trees.judging import COUNTS, MOST_BYTES, PROBLEMS, Task
from dabiao.library.trees.looked_at import LookedAt, looked_at
from dabiao.library.trees.scope import Tree, by_tree
from dabiao.library.trees.tables import RowTable, row_tables
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TREE_MB = "spark.dabiao.tree.mb"
"""Spark's setting that says how much one task takes on, where that is not ``MOST_BYTES``."""


def start_spark(master: str) -> "SparkSession":
    """Start to talk to a cluster, or to threads of this machine (``local[2]``).

    Raises:
        EngineError: PySpark is not installed, or there is no Java.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            say(
                "--engine spark 要另装组件：python -m pip install 'dabiao[spark]'",
                "--engine spark needs an extra: python -m pip install 'dabiao[spark]'",
            )
        ) from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineError(
            say("Spark 要用 Java 17 或以上，没有找到", "Spark needs Java 17 or later; none is here")
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return (
        SparkSession.builder.master(master)
        .appName("dabiao")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
        .getOrCreate()
    )


def check_by_spark(spark: "SparkSession", folder: str, asked: Asked, into: str) -> TreesCheck:
    """Judge the rows of a folder, and write the findings into another.

    Args:
        spark: The cluster.
        folder: Holds, for each table, a file or a folder of files: ``学校.parquet``, ``班级/``.
        asked: What is to be judged.
        into: The folder to write; what is there is replaced.

    Raises:
        EngineError: The rows are not as they have to be.
    """
    rules = by_tree(asked.rules, asked.catalog)
    tables = row_tables(Path(folder))
    frames = {table: _placed(table, _frames(spark, tables)) for table in tables}
    packed = _packed(frames)
    packed.persist(_on_disk())
    grouping = _grouping(packed, frames, asked.catalog)
    earlier = _earlier(frames, asked)
    text = spark.sparkContext.broadcast(catalog_text(asked.catalog))
    judged: DataFrame | None = None
    for tree, ids in rules.items():
        task = Task(
            tree, tuple(ids), asked.as_of, earlier, judged is None, tables[0].suffix,
            asked.language, most=_most(spark),
        )  # fmt: skip
        looked = None if tree is Level.COUNTY else looked_at(ids, asked.catalog)
        rows = packed if looked is None else _packed(_narrowed(frames, looked, tree, asked.catalog))
        keyed, members = _keyed(spark, rows, tree, grouping)
        judge = tree_judge(task, text, members, asked.outcomes)
        found = keyed.groupBy("county").applyInArrow(judge, JUDGED)
        judged = found if judged is None else judged.unionByName(found)
    if judged is None:
        raise EngineError(say("没有规则可考核", "there is no rule to judge by"))
    judged.write.mode("overwrite").partitionBy("part", "county").parquet(into)
    packed.unpersist()
    check = _told(spark, into)
    if "://" not in into:
        write_head(Path(into), asked, folder, [*earlier, asked.as_of], check)
    return check


def _most(spark: "SparkSession") -> int:
    """Give the bytes of packed rows that a task takes on.

    Raises:
        EngineError: Somebody asked for something that is no number.
    """
    asked = str(spark.conf.get(TREE_MB, str(MOST_BYTES >> 20)))
    if not (asked.isascii() and asked.isdigit()):
        raise EngineError(
            say(
                f"{TREE_MB} 应为整数（MB），现在是 {asked}",
                f"{TREE_MB} has to be a whole number of MB, not {asked}",
            )
        )
    return int(asked) << 20


def _told(spark: "SparkSession", into: str) -> TreesCheck:
    """Count what was written."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    written = spark.read.schema(JUDGED).parquet(into)
    counts = written.where(F.col("part") == COUNTS)
    totals = counts.groupBy("outcome").agg(F.sum("number").alias("number")).collect()
    counted = {row["outcome"]: row["number"] for row in totals}
    problems = written.where(F.col("part") == PROBLEMS)
    some = problems.orderBy("county", "message").limit(SHOWN).collect()
    return TreesCheck(
        summary={each: int(counted.get(each.value, 0)) for each in Outcome},
        trees=counts.select("county").distinct().count(),
        problems=tuple(f"{row['county']}: {row['message']}" for row in some),
        problem_count=problems.count(),
    )


def _frames(spark: "SparkSession", tables: Sequence[RowTable]) -> dict[RowTable, "DataFrame"]:
    """Read the tables of a folder."""
    found: dict[RowTable, DataFrame] = {}
    for table in tables:
        path = str(table.path)
        if table.suffix == ".parquet":
            found[table] = spark.read.parquet(path)
        elif table.suffix == ".csv":
            found[table] = spark.read.csv(path, header=True, encoding="UTF-8")
        else:
            found[table] = spark.read.json(path)
    return found


def _columns(table: RowTable, frame: "DataFrame") -> Mapping[Fixed, str]:
    """Find the columns that say who a row is about."""
    found: dict[Fixed, str] = {}
    for name in frame.columns:
        fixed = fixed_column(name, table.level)
        if fixed is not None:
            found.setdefault(fixed, name)
    if Fixed.CODE not in found:
        name = table.name
        raise EngineError(say(f"表“{name}”没有代码列", f"the table {name} has no column of codes"))
    return found


def _text(name: str | None) -> Any:  # noqa: ANN401 - a column of Spark
    from pyspark.sql import functions as F  # noqa: N812

    if name is None:
        return F.lit(None).cast("string")
    column = F.trim(F.col(f"`{name}`").cast("string"))
    return F.when(column == "", None).otherwise(column)


def _placed(table: RowTable, frames: Mapping[RowTable, "DataFrame"]) -> "DataFrame":
    """Tell of each row of a table in which county it lies."""
    from pyspark.sql import functions as F  # noqa: N812

    frame = frames[table]
    columns = _columns(table, frame)
    code, parent = (_text(columns.get(each)) for each in (Fixed.CODE, Fixed.PARENT))
    placed = F.udf(county_of, "string")
    home = placed(parent, code)
    schools = next((each for each in frames if each.level is Level.SCHOOL), None)
    if table.level not in (Level.CLASS, None) or schools is None:
        return frame.withColumn(COUNTY, code if table.level in WHOLE else home)
    of = _columns(schools, frames[schools])
    school, lies = (_text(of.get(each)) for each in (Fixed.CODE, Fixed.PARENT))
    homes = frames[schools].select(school.alias("_school"), placed(lies, school).alias("_home"))
    joined = frame.withColumn("_parent", parent).join(
        F.broadcast(homes.dropDuplicates(["_school"])), F.col("_parent") == F.col("_school"), "left"
    )
    placed_ = F.coalesce(F.col("_home"), home)
    return joined.withColumn(COUNTY, placed_).drop("_parent", "_school", "_home")


def _shared(frames: Mapping[RowTable, "DataFrame"]) -> list[list[str]]:
    """List the counties of each subject whose rows lie in several: they are judged together."""
    from pyspark.sql import functions as F  # noqa: N812

    found: set[tuple[str, ...]] = set()
    for table, frame in frames.items():
        code = _text(_columns(table, frame)[Fixed.CODE])
        lies = frame.groupBy(code.alias("code")).agg(
            F.sort_array(F.collect_set(COUNTY)).alias("in")
        )
        several = lies.where(F.size("in") > 1).select("in").distinct().collect()
        found |= {tuple(row["in"]) for row in several}
    return [list(each) for each in sorted(found)]


def _earlier(frames: Mapping[RowTable, "DataFrame"], asked: Asked) -> tuple[int, ...]:
    """Give the years before that are judged too."""
    if not asked.every_year:
        return ()
    cells: set[str] = set()
    for table, frame in frames.items():
        year = _text(_columns(table, frame).get(Fixed.YEAR))
        cells |= {
            row["y"] for row in frame.select(year.alias("y")).distinct().collect() if row["y"]
        }
    years = {year for year in map(read_year, cells) if isinstance(year, int)}
    return tuple(sorted(year for year in years if year < asked.as_of))


def _narrowed(
    frames: Mapping[RowTable, "DataFrame"], looked: LookedAt, tree: Tree, catalog: Catalog
) -> dict[RowTable, "DataFrame"]:
    """Leave out what the rules of a tree do not look at: what is left is what travels."""
    vocabulary = catalog.vocabulary
    dictionary = MeasureNames.of({**vocabulary.items, **vocabulary.indicators})
    found: dict[RowTable, DataFrame] = {}
    for table, frame in frames.items():
        if table.level in (None, tree):
            found[table] = frame
        elif table.level.rank <= looked.lowest:
            names = [name for name in frame.columns if name != COUNTY]
            kept = looked.kept(names, table.level, dictionary)
            found[table] = frame.select(*[f"`{name}`" for name in kept], COUNTY)
    return found


def _packed(frames: Mapping[RowTable, "DataFrame"]) -> "DataFrame":
    found: DataFrame | None = None
    for table, frame in frames.items():
        packed = frame.sortWithinPartitions(COUNTY).mapInArrow(packer(table.name), PACKED)
        found = packed if found is None else found.unionByName(packed)
    if found is None:
        raise EngineError(say("没有数据", "there are no rows"))
    return found


def _grouping(
    packed: "DataFrame", frames: Mapping[RowTable, "DataFrame"], catalog: Catalog
) -> Grouping:
    """Tell which places lie in which, and are judged together."""
    said: dict[str, str] = {}
    for table, frame in frames.items():
        if table.level in (Level.COUNTY, Level.PREFECTURE):
            columns = _columns(table, frame)
            code, parent = (_text(columns.get(e)) for e in (Fixed.CODE, Fixed.PARENT))
            pairs = frame.select(code.alias("c"), parent.alias("p")).distinct().collect()
            said |= {row["c"]: row["p"] for row in pairs if row["c"] and row["p"]}
    homes = [row["county"] for row in packed.select("county").distinct().collect()]
    return grouped(filter(None, homes), said, catalog.places, _shared(frames))


def _keyed(
    spark: "SparkSession", packed: "DataFrame", tree: Tree, grouping: Grouping
) -> tuple["DataFrame", Mapping[str, frozenset[str]]]:
    """Name the tree of each packed row, and give the places of trees that are of several."""
    from pyspark.sql import functions as F  # noqa: N812

    homes = [*grouping.above, ""]
    pairs = [(home, grouping.tree(home, tree)) for home in homes]
    keys = spark.createDataFrame(pairs, "county string, tree string")
    keyed = packed.join(F.broadcast(keys), "county").drop("county")
    keyed = keyed.withColumnRenamed("tree", "county").select("county", "kind", "payload")
    trees = {whose for _, whose in pairs if whose}
    members = {whose: grouping.members(whose) for whose in trees}
    return keyed.where(F.col("county").isNotNull()), {
        whose: of for whose, of in members.items() if len(of) > 1
    }


def _on_disk() -> Any:  # noqa: ANN401 - as Spark has it
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY
