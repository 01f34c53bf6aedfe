"""Rows of more counties than there are, to be judged tree by tree.

``python -m benchmarks.tree_rows example examples/ordos-2025 rows/`` writes a submission of
workbooks as one Parquet file a level. ``… province rows/ many/ 100 200 4000`` repeats such rows
under other codes: for 100 counties with 200 schools and 4,000 classes each, in each of five years.
``… thresholds many/ 1000 10000 100`` makes 1,000 counties with 10,000 schools each and a rule pack
with 100 rules about them, as in ``workload``, a thousand million pairs of both.
"""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks import workload
from dabiao.intake.formats.table import Percent, Table
from dabiao.intake.formats.xlsx.workbook import read_workbook
from dabiao.intake.limits import Limits
from dabiao.intake.names import table_kind
from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.level import Level

YEARS = range(2021, 2026)
CODE, PARENT, YEAR = "代码", "上级代码", "年份"
_YUAN = "（元）"
"""What the headers of some workbooks end with."""
_PROVINCES = [15, *range(11, 15), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)]
_TOGETHER = 10
"""Counties of a prefecture, and prefectures of a province."""


def counties(number: int) -> list[str]:
    """Give the codes of so many counties, ten to a prefecture and ten prefectures to a province."""
    places = itertools.product(_PROVINCES, range(1, 1 + _TOGETHER), range(2, 2 + _TOGETHER))
    return [f"{a}{b:02}{c:02}" for a, b, c in itertools.islice(places, number)]


def of_example(folder: Path) -> dict[Level, pl.DataFrame]:
    """Read workbooks as one table a level."""
    rows: dict[Level, list[dict[str, str | None]]] = {}
    for path in sorted(folder.glob("*.xlsx")):
        for table in read_workbook(path, path.name, Limits()):
            kind = None if isinstance(table, Unreadable) else table_kind(table.name)
            if isinstance(table, Unreadable) or not isinstance(kind, Level):
                continue
            rows.setdefault(kind, []).extend(_rows(table))
    return {level: pl.DataFrame(of, infer_schema_length=None) for level, of in rows.items()}


def _rows(table: Table) -> Iterator[dict[str, str | None]]:
    """Yield the rows of a table that have a code."""
    (header, names), *_ = [
        (number, cells) for number, cells in table.head if CODE in map(str, cells.values())
    ]
    for block in table.blocks(header, table.positions):
        for at in range(len(block.numbers)):
            cells = dict(_named(str(names[p]), block.columns[p][at]) for p in names)
            if cells.get(CODE) is not None:
                yield cells


def _named(header: str, cell: object) -> tuple[str, str | None]:
    """Name a cell by its item alone; a unit that only some workbooks have in it goes with it."""
    item, text = header.removesuffix(_YUAN), _text(cell)
    return item, f"{text}元" if item != header and text else text


def _text(cell: object) -> str | None:
    if isinstance(cell, Percent):
        return f"{cell * 100:.12g}%"
    return None if cell is None else str(cell)


def repeated(frame: pl.DataFrame, codes: list[str], parents: list[str]) -> pl.DataFrame:
    """Repeat rows for other codes, in each year."""
    own = frame.filter(pl.col(YEAR).cast(pl.String) == "2025").drop(CODE, PARENT, YEAR)
    rows = own[[at % len(own) for at in range(len(codes))]]
    named = rows.with_columns(pl.Series(CODE, codes), pl.Series(PARENT, parents))
    return pl.concat([named.with_columns(pl.lit(year).alias(YEAR)) for year in YEARS])


def province(
    example: Path, number: int, schools: int, classes: int
) -> Iterator[tuple[str, Level, pl.DataFrame]]:
    """Yield the rows of each county, level by level, and those of the places above them."""
    known = {level: example / level.zh / f"{level.zh}.parquet" for level in Level}
    frames = {level: pl.read_parquet(path) for level, path in known.items() if path.is_file()}
    every = counties(number)
    above = {Level.PREFECTURE: (4, 2), Level.REGION: (2, 0)}
    for level, (own, upper) in above.items():
        if level in frames:
            codes = sorted({f"{code[:own]:0<6}" for code in every})
            parents = [f"{code[:upper]:0<6}" if upper else "" for code in codes]
            yield "0", level, repeated(frames[level], codes, parents)
    for code in every:
        own_ = [f"{code}{at:05}" for at in range(schools)]
        of = [own_[at % schools] for at in range(classes)]
        yield code, Level.COUNTY, repeated(frames[Level.COUNTY], [code], [f"{code[:4]}00"])
        yield code, Level.SCHOOL, repeated(frames[Level.SCHOOL], own_, [code] * schools)
        named = [f"{school}{at:06}" for at, school in enumerate(of)]
        yield code, Level.CLASS, repeated(frames[Level.CLASS], named, of)


def thresholds(number: int, schools: int, into: Path) -> None:
    """Write the schools of many counties, a file a county."""
    for at, code in enumerate(counties(number)):
        made = workload.make(1, schools, seed=workload.SEED + at).schools
        codes = np.arange(int(code) * 10**7, int(code) * 10**7 + schools)
        named = made.with_columns(
            pl.Series(CODE, codes).cast(pl.String), pl.lit(code).alias(PARENT)
        )
        write(into, code, Level.SCHOOL, named)


def write(into: Path, name: str, level: Level, frame: pl.DataFrame) -> None:
    """Write a file of a table."""
    (into / level.zh).mkdir(parents=True, exist_ok=True)
    frame.write_parquet(into / level.zh / f"{name}.parquet")


def main() -> None:
    """Make what is asked for."""
    what, *words = sys.argv[1:]
    match what, words:
        case "example", [example, into]:
            for level, frame in of_example(Path(example)).items():
                write(Path(into), level.zh, level, frame)
        case "province", [example, into, number, schools, classes]:
            sizes = int(number), int(schools), int(classes)
            for name, level, frame in province(Path(example), *sizes):
                write(Path(into), name, level, frame)
        case "thresholds", [into, number, schools, rules]:
            made = workload.make(int(rules), 1)
            workload.write_pack(made.rules, Path(into, "pack"), None)
            thresholds(int(number), int(schools), Path(into, "rows"))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
