"""One tree in a process of its own: its rows read, judged, and its findings written."""

import json
import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from dabiao.intake.layout.measures import MeasureNames
from dabiao.library.streaming.apart import CountyRows
from dabiao.library.trees.check import RULES
from dabiao.library.trees.found import counts, found_by_county
from dabiao.library.trees.judging import (
    COUNTS,
    FINDINGS,
    NOWHERE,
    PROBLEMS,
    Task,
    TreeJudged,
    catalog_from,
    judge_tree,
    refused,
    too_large,
)
from dabiao.library.trees.looked_at import LookedAt, looked_at
from dabiao.library.trees.scope import Tree, tree_name
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.language import speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet


@dataclass(frozen=True, slots=True)
class Job:
    """A tree.

    Attributes:
        level: Its level; None for everybody's.
        tree: Its code.
        whose: The places whose tree it is.
        pieces: Its rows.
    """

    level: Tree
    tree: str
    whose: frozenset[str]
    pieces: tuple[CountyRows, ...]

    @property
    def size(self) -> int:
        """Bytes that its rows take, about."""
        return sum(piece.size() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class TreeDone:
    """What came of a tree.

    Attributes:
        judged: Whether it was judged.
        summary: How many findings came out how, in order of ``Outcome``.
        problems: What was wrong with its rows.
        unread: Whether rows were left out for it, or all of them.
    """

    judged: bool
    summary: tuple[int, ...]
    problems: tuple[str, ...]
    unread: bool


def nothing_judged(found: TreeJudged) -> TreeDone:
    """Say that a tree was not judged."""
    return TreeDone(
        judged=False, summary=(0,) * len(Outcome), problems=found.problems, unread=found.unread
    )


class Worker:
    """What a process keeps from tree to tree.

    Args:
        catalog: The rules.
        tasks: What is to be done with a tree of each level.
        outcomes: Only findings with one of these outcomes are written; all if none is named.
        into: The folder to write.
    """

    def __init__(
        self,
        catalog: Catalog,
        tasks: Mapping[Tree, Task],
        outcomes: tuple[Outcome, ...],
        into: Path,
    ) -> None:
        self._catalog = catalog
        self._tasks = tasks
        self._outcomes = outcomes or None
        self._into = into
        self._dictionary = MeasureNames.of(catalog.vocabulary.measures)
        self._looked: dict[Tree, LookedAt] = {}

    def judge(self, job: Job) -> TreeDone:
        """Judge a tree, and write what came out."""
        task = self._tasks[job.level]
        with speaking(task.language):
            found = self._judged(task, job)
            name = f"{tree_name(job.level)}.parquet"
            if found.problems:
                problems = pl.DataFrame({"message": list(found.problems)})
                path = self._into / f"part={PROBLEMS}" / f"county={job.tree or NOWHERE}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                problems.write_parquet(path)
            if found.judgement is None:
                return nothing_judged(found)
            _Written(self._into, name).write(found, job.tree, self._outcomes)
            summary = found.judgement.summary()
        return TreeDone(
            judged=True,
            summary=tuple(summary[each] for each in Outcome),
            problems=found.problems,
            unread=found.unread,
        )

    def _judged(self, task: Task, job: Job) -> TreeJudged:
        kept = {piece: self._kept(job.level, piece) for piece in job.pieces}
        size = sum(piece.size(columns) for piece, columns in kept.items())
        large = too_large(task, size)
        if large is not None:
            return refused(large)
        try:
            tables = read_pieces(kept)
        except (pl.exceptions.PolarsError, OSError, ValueError) as error:
            return refused(str(error))
        return judge_tree(task, self._catalog, job.whose, tables)

    def _kept(self, tree: Tree, piece: CountyRows) -> list[str]:
        """Give the columns of some rows that the rules of a tree look at."""
        if tree is Level.COUNTY or piece.level in (None, tree):
            return list(piece.columns)
        if tree not in self._looked:
            self._looked[tree] = looked_at(self._tasks[tree].rules, self._catalog)
        return self._looked[tree].kept(piece.columns, piece.level, self._dictionary)


def read_pieces(
    pieces: Mapping[CountyRows, Sequence[str]],
) -> dict[str, pl.DataFrame]:
    """Read some columns of each of some pieces, those of a table together."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for piece, columns in pieces.items():
        if columns:
            parts.setdefault(piece.table, []).append(piece.read(columns))
    return {name: pl.concat(frames, how="diagonal_relaxed") for name, frames in parts.items()}


class _Written:
    """Writes what came of a tree, a file for each county in it: whole, or not at all."""

    def __init__(self, into: Path, name: str) -> None:
        self._into = into
        self._name = name
        self._open: dict[Path, parquet.ParquetWriter] = {}

    def write(self, found: TreeJudged, tree: str, outcomes: tuple[Outcome, ...] | None) -> None:
        """Write findings, and how many there are."""
        import pyarrow.compute as pc

        if found.judgement is None:
            return
        for table, county in found_by_county(found.judgement, tree, outcomes):
            codes = pc.unique(county.indices).to_pylist()
            for at in codes:
                here = table if len(codes) == 1 else table.filter(pc.equal(county.indices, at))
                self._put(FINDINGS, county.dictionary[at].as_py(), here)
        self._put(COUNTS, tree, counts(found.judgement))
        for path, writer in self._open.items():
            writer.close()
            path.replace(path.with_suffix(""))

    def _put(self, part: str, county: str, table: "pa.Table") -> None:
        from pyarrow import parquet

        folder = self._into / f"part={part}" / f"county={county}"
        path = folder / f"{self._name}.part"
        if path not in self._open:
            folder.mkdir(parents=True, exist_ok=True)
            self._open[path] = parquet.ParquetWriter(path, table.schema, compression="snappy")
        self._open[path].write_table(table)


IDS = "rules.json"
"""The file that tells the rules of each tree."""
_worker: list[Worker] = []


def begin(
    made: Path, tasks: Mapping[Tree, Task], outcomes: tuple[Outcome, ...], into: Path
) -> None:
    """Begin in a new process; who began it is who is interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ids = json.loads((made / IDS).read_text("utf-8"))
    whole = {tree: replace(task, rules=tuple(ids[tree_name(tree)])) for tree, task in tasks.items()}
    catalog = catalog_from((made / RULES).read_bytes())
    _worker[:] = [Worker(catalog, whole, outcomes, into)]


def judge(job: Job) -> TreeDone:
    """Judge a tree in such a process."""
    return _worker[0].judge(job)
