"""A check by Spark, from the folders of rows to the folder of findings."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabiao.engine.faults import EngineError
from dabiao.intake.files import is_address, path_here
from dabiao.library.spark.following import Following
from dabiao.library.spark.hadoop import HadoopFile, hadoop_tables, write_into
from dabiao.library.spark.judging import JUDGED, tree_judge
from dabiao.library.spark.packing import (
    ABOVE,
    LIES,
    YEAR,
)
from dabiao.library.spark.reading import damaged_within, read_tables
from dabiao.library.spark.rows import ClusterRows
from dabiao.library.trees.check import (
    SHOWN,
    Put,
    TreesAsked,
    TreesCheck,
    into_folder,
    seen_from,
    told_of,
    write_damaged,
    write_head,
)
from dabiao.library.trees.homes import Grouping, grouped
from dabiao.library.trees.judging import COUNTS, MOST_BYTES, PROBLEMS, Task
from dabiao.library.trees.looked_at import looked_at
from dabiao.library.trees.scope import by_tree
from dabiao.library.trees.tables import RowTable
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TREE_MB = "spark.dabiao.tree.mb"
"""Spark's setting that says how much one task takes on, where that is not ``MOST_BYTES``."""


def check_by_spark(
    spark: "SparkSession",
    folder: str,
    asked: TreesAsked,
    into: str,
    following: Following | None = None,
) -> TreesCheck:
    """Judge the rows of a folder, and write the findings into another.

    Args:
        spark: The cluster.
        folder: Holds, for each table, a file or a folder of files: ``学校.parquet``, ``班级/``.
            A path on this machine, or an address as Hadoop knows it.
        asked: What is to be judged.
        into: The folder to write, likewise; what is there is replaced.
        following: Tells how far it is.

    Raises:
        EngineError: The rows are not as they have to be.
    """
    if not asked.rules:
        raise EngineError(say("没有规则可考核", "there is no rule to judge by"))
    tables = hadoop_tables(spark, folder, mapped=asked.mapping is not None)
    within: list[HadoopFile] = []
    while True:
        try:
            return _check(spark, folder, asked, into, tables, within, following or Following(None))
        except Exception as error:
            damaged = damaged_within(error, tables)
            if damaged is None or damaged in within:
                raise
            within.append(damaged)  # the others are judged without it
            spark.catalog.clearCache()


def _check(  # noqa: PLR0913, PLR0917 - what there is, and what is asked
    spark: "SparkSession",
    folder: str,
    asked: TreesAsked,
    into: str,
    tables: Sequence[RowTable[HadoopFile]],
    within: Sequence[HadoopFile],
    following: Following,
) -> TreesCheck:
    rules = by_tree(asked.rules, asked.catalog)
    following.step(say("按旗县分开", "by county"), 0.3, spark)
    reads, damaged = read_tables(spark, tables, within)
    if not reads:
        raise EngineError("\n".join(damaged))
    rows = ClusterRows(spark, asked, reads)
    packed = rows.packed()
    packed.persist(_on_disk())
    noted = rows.noted()
    noted.persist(_on_disk())
    grouping = _grouping(packed, noted, asked.catalog)
    earlier = _earlier(noted, asked)
    following.step(say("考核", "judging"), 0.9)
    text = spark.sparkContext.broadcast(catalog_text(asked.catalog))
    judged: DataFrame | None = None
    for tree, ids in rules.items():
        task = Task(
            tree, tuple(ids), asked.as_of, earlier, judged is None, tables[0].suffix,
            asked.language, asked.mapping, _most(spark),
        )  # fmt: skip
        of: DataFrame | None = packed
        if tree is not Level.COUNTY:
            of = rows.looked_at(tree, looked_at(ids, asked.catalog))
            of = None if of is None else of.where("county <> ''")
            if judged is None:  # somebody has to tell of rows that nobody knows where they lie
                lost = packed.where("county = ''")
                of = lost if of is None else of.unionByName(lost)
        if of is None:
            continue  # rules of regions may look at nothing that stands there
        keyed, members = _keyed(spark, of, task, grouping)
        judge = tree_judge(task, text, members, asked.outcomes)
        found = keyed.groupBy("county").applyInArrow(judge, JUDGED)
        judged = found if judged is None else judged.unionByName(found)
    if judged is not None:
        judged.write.mode("overwrite").partitionBy("part", "county").parquet(into)
    packed.unpersist()
    noted.unpersist()
    following.step(say("计数", "counting"), 1.0)
    check = _counted(spark, into, damaged)
    put: Put = partial(write_into, spark, into) if is_address(into) else into_folder(Path(into))
    write_damaged(put, damaged)
    write_head(put, asked, _lying(folder, into), [*earlier, asked.as_of], check)
    return check


def _lying(folder: str, into: str) -> str:
    """Say where rows lie, to whoever has the findings."""
    here = path_here(folder)
    if here is None:
        return folder
    return str(here.absolute()) if is_address(into) else seen_from(Path(into), str(here))


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


def _counted(spark: "SparkSession", into: str, damaged: Sequence[str]) -> TreesCheck:
    """Count what was written."""
    from pyspark.sql import functions as F  # noqa: N812 - as it is everywhere

    written = spark.read.schema(JUDGED).parquet(into)
    counts = written.where(F.col("part") == COUNTS)
    totals = counts.groupBy("outcome").agg(F.sum("number").alias("number")).collect()
    counted = {row["outcome"]: row["number"] for row in totals}
    problems = written.where(F.col("part") == PROBLEMS)
    left_out = problems.where(F.col("number") > 0)
    some = problems.orderBy(F.desc("number"), "county", "message").limit(SHOWN).collect()
    told = [*damaged, *(told_of(row["county"], row["message"]) for row in some)]
    return TreesCheck(
        summary={each: int(counted.get(each.value, 0)) for each in Outcome},
        trees=counts.select("county").distinct().count(),
        problems=tuple(told[:SHOWN]),
        problem_count=len(damaged) + problems.count(),
        unread=len(damaged) + left_out.select("county").distinct().count(),
    )


def _earlier(noted: "DataFrame", asked: TreesAsked) -> tuple[int, ...]:
    """Give the years before that are judged too."""
    if not asked.every_year:
        return ()
    rows = noted.where(noted["what"] == YEAR).collect()
    return tuple(sorted(year for row in rows if (year := int(row["who"])) < asked.as_of))


def _grouping(packed: "DataFrame", noted: "DataFrame", catalog: Catalog) -> Grouping:
    """Tell which places lie in which, and are judged together: those that share a subject."""
    from pyspark.sql import functions as F  # noqa: N812 - as it is everywhere

    above = noted.where(noted["what"] == ABOVE).orderBy("who", "of").collect()
    lies = noted.where(noted["what"] == LIES).groupBy("who")
    several = lies.agg(F.sort_array(F.collect_set("of")).alias("in")).where(F.size("in") > 1)
    shared = sorted(tuple(row["in"]) for row in several.select("in").distinct().collect())
    homes = [row["county"] for row in packed.select("county").distinct().collect()]
    said = {row["who"]: row["of"] for row in above}
    return grouped(filter(None, homes), said, catalog.places, shared)


def _keyed(
    spark: "SparkSession", packed: "DataFrame", task: Task, grouping: Grouping
) -> tuple["DataFrame", Mapping[str, frozenset[str]]]:
    """Name the tree of each packed row, and give the places of trees that are of several.

    Rows that nobody knows where they lie are told by those who are first to tell.
    """
    from pyspark.sql import functions as F  # noqa: N812 - as it is everywhere

    named = [(home, grouping.tree(home, task.tree)) for home in grouping.above]
    pairs = [*named, ("", "" if task.tells else None)]
    keys = spark.createDataFrame(pairs, "county string, tree string")
    keyed = packed.join(F.broadcast(keys), "county").drop("county")
    keyed = keyed.withColumnRenamed("tree", "county").select("county", "kind", "payload")
    trees = {whose for _, whose in pairs if whose}
    usual = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    keyed = keyed.repartition(max(1, min(usual, len(trees))), "county")  # no task without a tree
    members = {whose: grouping.members(whose) for whose in trees}
    return keyed.where(F.col("county").isNotNull()), {
        whose: of for whose, of in members.items() if len(of) > 1
    }


def _on_disk() -> Any:  # noqa: ANN401 - as Spark has it
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY
