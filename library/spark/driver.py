"""A check by Spark, from the folders of rows to the folder of findings."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dabiao
from dabiao.engine.faults import EngineError
from dabiao.intake.names import Fixed, TableKind, fixed_column, table_kind
from dabiao.library.spark.judging import (
    FINDINGS,
    JUDGED,
    MOST_BYTES,
    PROBLEMS,
    Task,
    judge_trees,
)
from dabiao.library.spark.listing import HEAD
from dabiao.library.spark.packing import COUNTY, PACKED, county_of, packer
from dabiao.library.spark.trees import TREES, by_tree
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import language, say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SUFFIXES = (".parquet", ".csv", ".json")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SparkCheck:
    """What came of a check.

    Attributes:
        summary: How many findings came out how.
        trees: How many counties, prefectures and regions were judged.
        problems: Some of what was wrong with rows, each after the code of its tree.
        problem_count: How many such problems there are.
    """

    summary: dict[Outcome, int]
    trees: int
    problems: tuple[str, ...]
    problem_count: int


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
        .config("spark.sql.shuffle.partitions", os.environ.get("DABIAO_SPARK_PARTITIONS", "200"))
        .getOrCreate()
    )


def check_by_spark(  # noqa: PLR0913 - where, what, by what, of when, and where to
    spark: "SparkSession",
    folder: str,
    catalog: Catalog,
    rules: Sequence[str],
    *,
    as_of: int,
    into: str,
) -> SparkCheck:
    """Judge the rows of a folder, and write the findings into another.

    Args:
        spark: The cluster.
        folder: Holds, for each table, a file or a folder of files: ``学校.parquet``, ``班级/``.
        catalog: The rule packs.
        rules: Ids of the rules to judge by.
        as_of: The year to judge.
        into: The folder to write; what is there is replaced.

    Raises:
        EngineError: A rule needs everybody's rows, or the rows are not as they have to be.
    """
    sorted_ = by_tree(rules, catalog)
    _refuse_everybody(sorted_.pop(None, []))
    tables, suffix = _tables(spark, folder)
    frames = {kind: _placed(kind, tables) for kind in tables}
    _refuse_moved(frames)
    packed = _packed(frames)
    packed.persist(_on_disk())
    above = _above(packed, frames, catalog.places)
    text = spark.sparkContext.broadcast(catalog_text(catalog))
    judged: DataFrame | None = None
    for tree in TREES:
        ids = sorted_.get(tree)
        if not ids:
            continue
        task = Task(tree, tuple(ids), as_of, suffix, judged is None, language(), _most())
        keyed = _keyed(spark, packed, tree, above)
        found = keyed.groupBy("county").applyInArrow(judge_trees(task, text), JUDGED)
        judged = found if judged is None else judged.unionByName(found)
    if judged is None:
        raise EngineError(say("没有规则可考核", "there is no rule to judge by"))
    judged.write.mode("overwrite").partitionBy("part", "county").parquet(into)
    packed.unpersist()
    return _told(spark, into, catalog, rules, as_of)


def _most() -> int:
    """Give the bytes of packed rows that a task takes on.

    Raises:
        EngineError: Somebody asked for something that is no number.
    """
    asked = os.environ.get("DABIAO_SPARK_TREE_MB", "")
    if asked and not (asked.isascii() and asked.isdigit()):
        raise EngineError(
            say(
                f"DABIAO_SPARK_TREE_MB 应为整数（MB），现在是 {asked}",
                f"DABIAO_SPARK_TREE_MB has to be a whole number of MB, not {asked}",
            )
        )
    return int(asked) << 20 if asked else MOST_BYTES


def _told(
    spark: "SparkSession", into: str, catalog: Catalog, rules: Sequence[str], as_of: int
) -> SparkCheck:
    """Count what was written, and write beside it what it is of."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    written = spark.read.schema(JUDGED).parquet(into)
    findings = written.where(F.col("part") == FINDINGS)
    counted = {
        row["outcome"]: row["count"] for row in findings.groupBy("outcome").count().collect()
    }
    summary = {each: int(counted.get(each.value, 0)) for each in Outcome}
    problems = written.where(F.col("part") == PROBLEMS)
    some = problems.orderBy("county", "message").limit(_SHOWN).collect()
    found = SparkCheck(
        summary=summary,
        trees=findings.select("county").distinct().count(),
        problems=tuple(f"{row['county']}: {row['message']}" for row in some),
        problem_count=problems.count(),
    )
    head = {
        "schema": "dabiao.findings/1",
        "version": dabiao.__version__,
        "as_of": as_of,
        "rules": {"hash": catalog.hash, "selected": list(rules)},
        "summary": {each.value: count for each, count in summary.items()},
        "problems": found.problem_count,
    }
    content = json.dumps(head, ensure_ascii=False, indent=2)
    if "://" not in into:
        Path(into, HEAD).write_text(content + "\n", "utf-8")
    return found


def _refuse_everybody(rules: Sequence[str]) -> None:
    if rules:
        named = say("、", ", ").join(rules[:_SHOWN])
        raise EngineError(
            say(
                f"{len(rules)} 条规则要看所有对象（名次）或何时报来（按时），Spark 不能分开考核："
                f"{named}；用 --rule 选别的规则，或改用 --engine columnar",
                f"{len(rules)} rules look at everybody (ranks) or at when forms came, which Spark"
                f" can't judge apart: {named}; choose others with --rule, or --engine columnar",
            )
        )


def _tables(spark: "SparkSession", folder: str) -> tuple[dict[str, "DataFrame"], str]:
    """Read the tables of a folder, each a file or folder named after a level, or 名录."""
    found: dict[str, DataFrame] = {}
    suffixes: set[str] = set()
    for path in sorted(Path(folder).iterdir()) if Path(folder).is_dir() else ():
        kind = table_kind(path.stem)
        if kind is None or kind is TableKind.NOTES or path.name.startswith((".", "_")):
            continue
        inside = [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in SUFFIXES]
        formats = {each.suffix for each in inside if each.suffix in SUFFIXES}
        suffixes |= formats
        if len(formats) != 1:
            continue
        (suffix,) = formats
        named = kind.value if isinstance(kind, Level) else "名录"
        if suffix == ".parquet":
            found[named] = spark.read.parquet(str(path))
        elif suffix == ".csv":
            found[named] = spark.read.csv(str(path), header=True, encoding="UTF-8")
        else:
            found[named] = spark.read.json(str(path))
    if not found or len(suffixes) != 1:
        raise EngineError(
            say(
                f"{folder} 里应有各层级的表，每张一个文件或文件夹（学校.parquet、班级/），"
                "都是 .parquet、.csv 或 .json（每行一条）中的一种",
                f"{folder} should hold a table for each level, a file or a folder of files"
                " (学校.parquet, 班级/), all of them .parquet, .csv or .json (one row a line)",
            )
        )
    return found, suffixes.pop()


def _columns(kind: str, table: "DataFrame") -> Mapping[Fixed, str]:
    """Find the columns that say who a row is about."""
    level = next((each for each in Level if each.value == kind), None)
    found: dict[Fixed, str] = {}
    for name in table.columns:
        fixed = fixed_column(name, level)
        if fixed is not None:
            found.setdefault(fixed, name)
    if Fixed.CODE not in found:
        raise EngineError(say(f"表“{kind}”没有代码列", f"the table {kind} has no column of codes"))
    return found


def _text(name: str | None) -> Any:  # noqa: ANN401 - a column of Spark
    from pyspark.sql import functions as F  # noqa: N812

    if name is None:
        return F.lit(None).cast("string")
    column = F.trim(F.col(f"`{name}`").cast("string"))
    return F.when(column == "", None).otherwise(column)


def _placed(kind: str, tables: Mapping[str, "DataFrame"]) -> "DataFrame":
    """Tell of each row of a table in which county it lies."""
    from pyspark.sql import functions as F  # noqa: N812

    table = tables[kind]
    columns = _columns(kind, table)
    code, parent = (_text(columns.get(each)) for each in (Fixed.CODE, Fixed.PARENT))
    placed = F.udf(county_of, "string")
    home = placed(parent, code)
    schools = tables.get(Level.SCHOOL.value)
    if kind not in (Level.CLASS.value, "名录") or schools is None:
        whole = (Level.COUNTY.value, Level.PREFECTURE.value, Level.REGION.value)
        return table.withColumn(COUNTY, code if kind in whole else home)
    of = _columns(Level.SCHOOL.value, schools)
    school, lies = (_text(of.get(each)) for each in (Fixed.CODE, Fixed.PARENT))
    homes = schools.select(school.alias("_school"), placed(lies, school).alias("_home")).distinct()
    joined = table.withColumn("_parent", parent).join(
        F.broadcast(homes), F.col("_parent") == F.col("_school"), "left"
    )
    placed_ = F.coalesce(F.col("_home"), home)
    return joined.withColumn(COUNTY, placed_).drop("_parent", "_school", "_home")


def _refuse_moved(frames: Mapping[str, "DataFrame"]) -> None:
    """Refuse rows of one subject that lie in several counties: it would be judged in both."""
    from pyspark.sql import functions as F  # noqa: N812

    for kind, frame in frames.items():
        code = _text(_columns(kind, frame)[Fixed.CODE])
        moved = (
            frame.groupBy(code.alias("code"))
            .agg(F.countDistinct(COUNTY).alias("n"))
            .where("n > 1")
            .limit(_SHOWN)
            .collect()
        )
        if moved:
            named = say("、", ", ").join(row["code"] for row in moved)
            raise EngineError(
                say(
                    f"表“{kind}”里有对象在不同的行里属于不同旗县：{named}；改用 --engine columnar",
                    f"in the table {kind}, rows of one subject lie in several counties: {named};"
                    " use --engine columnar",
                )
            )


def _packed(frames: Mapping[str, "DataFrame"]) -> "DataFrame":
    found: DataFrame | None = None
    for kind, frame in frames.items():
        packed = frame.sortWithinPartitions(COUNTY).mapInArrow(packer(_named(kind)), PACKED)
        found = packed if found is None else found.unionByName(packed)
    if found is None:
        raise EngineError(say("没有数据", "there are no rows"))
    return found


def _named(kind: str) -> str:
    """Name a table so that it is read as what it is."""
    return next((each.zh for each in Level if each.value == kind), kind)


def _above(
    packed: "DataFrame", frames: Mapping[str, "DataFrame"], places: Mapping[str, Place]
) -> dict[str, tuple[str, str]]:
    """Give the prefecture and the region of every county, and of themselves."""
    said: dict[str, str] = {}
    for level in (Level.COUNTY, Level.PREFECTURE):
        frame = frames.get(level.value)
        if frame is not None:
            columns = _columns(level.value, frame)
            code, parent = (_text(columns.get(e)) for e in (Fixed.CODE, Fixed.PARENT))
            pairs = frame.select(code.alias("c"), parent.alias("p")).distinct().collect()
            said |= {row["c"]: row["p"] for row in pairs if row["c"] and row["p"]}

    def over(code: str, digits: int) -> str:
        place = places.get(code)
        known = said.get(code) or (place.parent if place is not None else None)
        return known or code[:digits] + "0" * (6 - digits)

    found: dict[str, tuple[str, str]] = {}
    for (county,) in packed.select("county").distinct().collect():
        if county.endswith("0000"):
            found[county] = (county, county)
            continue
        prefecture = county if county.endswith("00") else over(county, 4)
        region = prefecture if prefecture.endswith("0000") else over(prefecture, 2)
        found[county] = (prefecture, region)
    return found


def _keyed(
    spark: "SparkSession",
    packed: "DataFrame",
    tree: Level,
    above: Mapping[str, tuple[str, str]],
) -> "DataFrame":
    """Name the tree of each packed row; a county's leaves out the rows of those above it."""
    from pyspark.sql import functions as F  # noqa: N812

    if tree is Level.COUNTY:
        return packed.where(~F.col("county").endswith("00"))
    at = 0 if tree is Level.PREFECTURE else 1
    pairs = [(county, over[at]) for county, over in above.items()]
    keys = spark.createDataFrame(pairs, "county string, tree string")
    keyed = packed.join(F.broadcast(keys), "county").drop("county")
    keyed = keyed.withColumnRenamed("tree", "county").select("county", "kind", "payload")
    return keyed.where(~F.col("county").endswith("0000")) if tree is Level.PREFECTURE else keyed


def _on_disk() -> Any:  # noqa: ANN401 - as Spark has it
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY
