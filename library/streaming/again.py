"""A place of a large check judged once more, with its whole reasoning: the findings keep none.

The rows are read from where they were, the rules from beside the findings. What comes out has to be
what stands there: where the rows were changed since, it is not.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from dabiao.intake.files import is_address
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.library.streaming.apart import RowsApart, Sorting
from dabiao.library.streaming.workers import read_pieces
from dabiao.library.trees.check import MAPPING, RULES, TreesProgress, as_written, read_head
from dabiao.library.trees.found import found_by_county
from dabiao.library.trees.judging import FINDINGS, Task, catalog_from, judge_tree, too_large
from dabiao.library.trees.scope import TREES, Tree, tree_of
from dabiao.library.trees.tables import row_tables
from dabiao.reports.outputs import OutputError
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.divisions import level_by_ending
from dabiao.schemas.language import language, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.engine.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Again:
    """What came of it.

    Attributes:
        judgement: What was judged.
        place: The code of the place.
        left_out: How many rules look beyond what could be read at once.
    """

    judgement: "Judgement"
    place: str
    left_out: int


def judge_again(folder: Path, place: str, *, progress: TreesProgress | None = None) -> Again:
    """Judge a county, prefecture or region of a large check.

    Args:
        folder: The findings.
        place: The code of the place, or its name where rules know only one so called.
        progress: Is told what is being done, and how much of it is.

    Raises:
        OutputError: The rows are not there, or not as they were, or there are too many of them.
    """
    head = read_head(folder)
    rows = _rows_of(folder, str(head.get("facts") or ""))
    with as_written(folder):
        catalog = catalog_from((folder / RULES).read_bytes())
    kept = folder / MAPPING
    mapping = read_mapping(kept) if kept.is_file() else None
    tables = row_tables(rows, mapped=mapping is not None)
    named = [code for code, known in catalog.places.items() if known.name == place]
    place = named[0] if len(named) == 1 else place
    own = level_by_ending(place)
    ids = [id_ for id_ in head["rules"]["selected"] if catalog.rules[id_].level.rank >= own.rank]
    highest = max((own, *(tree_of(catalog.rules[id_], catalog) for id_ in ids)), key=TREES.index)
    *earlier, as_of = head["years"]
    large = ""
    with tempfile.TemporaryDirectory(dir=folder, prefix="_rows") as made:
        apart = Sorting(tables, catalog, Path(made), mapping).put_apart(progress)
        for tree in dict.fromkeys((highest, own)):
            chosen = [id_ for id_ in ids if _within(tree_of(catalog.rules[id_], catalog), tree)]
            task = Task(
                tree=tree,
                rules=tuple(chosen),
                as_of=as_of,
                earlier=tuple(earlier),
                tells=True,
                suffix=tables[0].suffix,
                language=language(),
                mapping=mapping,
            )
            large, judgement = _judged(task, catalog, apart, place)
            if judgement is not None:
                _compare(folder, judgement, place, head["outcomes"])
                return Again(judgement, place, len(ids) - len(chosen))
    raise OutputError(large)


def _rows_of(folder: Path, lies: str) -> Path:
    """Give the folder of rows that findings were made from.

    Raises:
        OutputError: It is not there, or not on this machine.
    """
    if is_address(lies):
        raise OutputError(
            say(
                f"出完整的报告要用当时的数据，它们在 {lies}，这里读不了；取到本机，"
                "用 dabiao check --engine stream 考核后再出",
                f"a report on a place needs the rows, which lie at {lies} and cannot be read from"
                " here; copy them to this machine, and report what dabiao check --engine stream"
                " makes of them",
            )
        )
    rows = Path(os.path.normpath(folder / lies))
    if not lies or not rows.is_dir():
        raise OutputError(
            say(f"出完整的报告要用当时的数据，不在了：{rows}", f"the rows are not there: {rows}")
        )
    return rows


def _within(tree: Tree, other: Tree) -> bool:
    return TREES.index(tree) <= TREES.index(other)


def _judged(
    task: Task, catalog: Catalog, apart: RowsApart, place: str
) -> tuple[str, "Judgement | None"]:
    """Judge the tree that a place lies in; else say why not."""
    known = {code for home in apart.grouping.above for code in (home, *apart.grouping.above[home])}
    if place not in known:
        return say(
            f"数据里没有旗县、盟市或自治区 {place}；写它的代码，如 150602；更小的地方，在报告里查",
            f"no county, prefecture or region {place} has rows; give its code, as in 150602, and"
            " look for smaller places in the report",
        ), None
    homes = [home for home in apart.grouping.above if place in (home, *apart.grouping.above[home])]
    whose = next(
        tree for home in homes if (tree := apart.grouping.tree(home, task.tree)) is not None
    )
    pieces = [
        piece
        for home, of in apart.pieces.items()
        if home and apart.grouping.tree(home, task.tree) == whose
        for piece in of
    ]
    large = too_large(task, sum(piece.size() for piece in pieces))
    if large is not None:
        return f"{place}: {large}", None
    found = judge_tree(
        task,
        catalog,
        apart.grouping.members(whose),
        read_pieces({piece: piece.columns for piece in pieces}),
    )
    return "\n".join(found.problems), found.judgement


def _compare(folder: Path, judgement: "Judgement", place: str, outcomes: Sequence[str]) -> None:
    """Refuse what is not what was found then.

    Raises:
        OutputError: It is not: the rows were changed.
    """
    wanted = [Outcome(each) for each in outcomes] or None
    now = [
        pl.DataFrame(table.filter(pc.equal(pc.cast(county, pa.string()), place)))
        for table, county in found_by_county(judgement, place, wanted)
    ]
    files = sorted(folder.glob(f"part={FINDINGS}/county={place}/*.parquet"))
    with as_written(folder):
        then = [pl.read_parquet(file, hive_partitioning=False) for file in files]
    rules = list(judgement.rules)
    one, other = (_outcomes(frames, rules) for frames in (now, then))
    if not one.equals(other):
        raise OutputError(
            say(
                f"{place} 的数据在那以后改过，再考核一遍结论不同；请重新 dabiao check",
                f"the rows of {place} were changed since, and come out otherwise; dabiao check them"
                " again",
            )
        )


def _outcomes(frames: Sequence[pl.DataFrame], rules: Sequence[str]) -> pl.DataFrame:
    words = [pl.col(name).cast(pl.String) for name in ("rule", "code", "outcome")]
    kept = [frame.select(*words, pl.col("year").cast(pl.Int32)) for frame in frames]
    if not kept:
        return pl.DataFrame()
    every = pl.concat(kept).filter(pl.col("rule").is_in(rules))
    return every.sort(every.columns) if len(every) else pl.DataFrame()
