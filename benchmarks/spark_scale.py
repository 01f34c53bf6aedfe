"""What a tree costs: ``python -m benchmarks.spark_scale EXAMPLE SCHOOLS CLASSES [TREES]``.

The rows of an example (a folder of Parquet files, a table each) are repeated under other codes
until there are so many schools, and classes for each of five years. Each tree is then judged as a
worker judges it, by all built-in rules, in this process: what is counted is processor time.
"""

import resource
import sys
from pathlib import Path
from time import process_time
from types import SimpleNamespace

import polars as pl

from dabiao.library import load_rules
from dabiao.library.spark.judging import FINDINGS, Task, judge_trees
from dabiao.library.spark.packing import COUNTY, packer
from dabiao.library.spark.trees import by_tree
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import Language
from dabiao.schemas.level import Level

YEARS = range(2021, 2026)


def repeated(frame: pl.DataFrame, codes: list[str], parents: list[str]) -> pl.DataFrame:
    """Repeat rows for other codes, in each year."""
    own = frame.filter(pl.col("年份").cast(pl.String) == "2025").drop("代码", "上级代码", "年份")
    rows = own[[at % len(own) for at in range(len(codes))]]
    named = rows.with_columns(pl.Series("代码", codes), pl.Series("上级代码", parents))
    every = [named.with_columns(pl.lit(year).alias("年份")) for year in YEARS]
    return pl.concat(every)


def county(example: Path, code: str, schools: int, classes: int) -> dict[Level, pl.DataFrame]:
    """Make the rows of one county."""
    own = [f"{code}{at:05}" for at in range(schools)]
    of = [own[at % schools] for at in range(classes)]
    tables = {
        Level.COUNTY: ([code], [code[:4] + "00"]),
        Level.SCHOOL: (own, [code] * schools),
        Level.CLASS: ([f"{school}{at:06}" for at, school in enumerate(of)], of),
    }
    return {
        level: repeated(pl.read_parquet(example / f"{level.zh}.parquet"), *codes)
        for level, codes in tables.items()
    }


def main() -> None:
    """Measure, and print."""
    import pyarrow as pa

    example, schools, classes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    packs = load_rules()
    rules = by_tree(packs.catalog.rules, packs.catalog)[Level.COUNTY]
    task = Task(Level.COUNTY, tuple(rules), 2025, ".parquet", True, Language.EN)  # noqa: FBT003
    judge_tree = judge_trees(task, SimpleNamespace(value=catalog_text(packs.catalog)))
    for number in range(int(sys.argv[4]) if len(sys.argv) > 4 else 2):
        code = f"1506{number + 2:02}"
        packed = []
        for level, frame in county(example, code, schools, classes).items():
            rows = frame.with_columns(pl.lit(code).alias(COUNTY)).to_arrow()
            packed += packer(level.zh)(iter(rows.to_batches()))
        table = pa.Table.from_batches(packed)
        size = sum(len(each) for each in table.column("payload").to_pylist())
        begun = process_time()
        found = judge_tree([pa.scalar(code)], table)
        taken = process_time() - begun
        judged = found.column("part").to_pylist().count(FINDINGS)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"{code}: {size / 1e6:.1f} MB, {judged:,} findings, {taken:.2f} s, {most} MB held")


if __name__ == "__main__":
    main()
