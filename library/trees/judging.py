"""One tree: its rows read as anybody's are, and judged; what is told of them."""

import json
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.intake import read_facts
from dabiao.intake.limits import Limits
from dabiao.intake.read import read_frames
from dabiao.library.trees.scope import Tree
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import Language, say
from dabiao.schemas.problem import InputError, Problem, unread
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl

    from dabiao.engine.judgement import Judgement
    from dabiao.intake.layout.mapping_file import MappingFile

MOST_BYTES = 512 << 20
"""Packed rows of a tree that are taken on; what is larger is refused, and said."""
FINDINGS, PROBLEMS, COUNTS = "findings", "problems", "counts"
NOWHERE = "__HIVE_DEFAULT_PARTITION__"
"""What stands for no county in the name of a folder, to everybody who reads such folders."""
COLUMNS = {
    "rule": "string", "year": "int", "level": "string", "code": "string", "outcome": "string",
    "observed": "double", "observed_text": "string", "comparator": "string", "low": "double",
    "high": "double", "required_text": "string", "unit": "string", "gap": "double",
    "best": "string", "worst": "string",
}  # fmt: skip
"""The columns of findings."""
_LIMITS = Limits(rows=1 << 31, values=1 << 32, text=1 << 40, json=1 << 40)
"""How large a tree may be is asked before it is read."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every tree.

    Attributes:
        tree: The level that the trees belong to; None for everybody's.
        rules: Ids of the rules that are judged in such a tree.
        as_of: The year judged last.
        earlier: Years before that are judged too.
        tells: Whether it tells what is wrong with any rows, or only with those of the level itself,
            as others tell the rest.
        suffix: In which format the rows came, as a suffix.
        language: In which language problems are told.
        mapping: How tables made for another purpose are read.
        most: Bytes that are taken on.
    """

    tree: Tree
    rules: tuple[str, ...]
    as_of: int
    earlier: tuple[int, ...]
    tells: bool
    suffix: str
    language: Language
    mapping: "MappingFile | None" = None
    most: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class TreeJudged:
    """What came of a tree.

    Attributes:
        judgement: What was judged; None if nothing was.
        problems: What was wrong with rows.
        unread: Whether rows were left out for it, or all of them.
    """

    judgement: "Judgement | None"
    problems: tuple[str, ...]
    unread: bool


def refused(*problems: str) -> TreeJudged:
    """Judge nothing of a tree, and say why."""
    return TreeJudged(None, problems, unread=True)


@lru_cache(maxsize=1)
def catalog_from(text: bytes) -> Catalog:
    """Read rules that travelled, once in each process."""
    from dabiao.rules.packs.catalog_text import catalog_of

    return catalog_of(text)


def too_large(task: Task, size: int) -> str | None:
    """Say that a tree is too large to be taken on, if it is."""
    if size <= task.most:
        return None
    return say(
        f"数据有 {size >> 20} MB，超过一个任务的上限 {task.most >> 20} MB，没有考核",
        f"{size >> 20} MB of rows, more than the {task.most >> 20} MB that a task takes on;"
        " not judged",
    )


def judge_tree(
    task: Task, catalog: Catalog, whose: Collection[str], tables: Mapping[str, "pl.DataFrame"]
) -> TreeJudged:
    """Judge the rows of a tree.

    Args:
        task: What is to be done.
        catalog: The rules.
        whose: The places whose tree it is.
        tables: The rows, by the name of their table.
    """
    from dabiao.engine.judge import EngineChoice, judge

    if not any(whose):
        return refused(
            say("看不出这些数据属于哪个旗县，没有考核", "rows of no known county; not judged")
        )
    try:
        facts = _facts(task, catalog, tables)
        problems = [each for each in facts.problems if _is_told(task, each)]
        told = [_words(each) for each in problems]
        if not facts.levels:
            return TreeJudged(None, tuple(told), unread=bool(told))
        judgement = judge(
            catalog,
            facts,
            rules=task.rules,
            as_of=task.as_of,
            also=task.earlier,
            engine=EngineChoice.COLUMNAR,
        )
        strays = _strays(judgement, task.tree, whose)
    except InputError as error:
        return refused(*map(str, error.problems))
    except Exception as error:  # noqa: BLE001 - one tree does not stop the others
        return refused(say(f"没有考核：{error!r}", f"not judged: {error!r}"))
    if strays:
        mixed = say(f"其中有属于 {strays} 的数据，没有考核", f"holds rows of {strays}; not judged")
        return refused(*told, mixed)
    return TreeJudged(judgement, tuple(told), unread(problems))


def _is_told(task: Task, problem: Problem) -> bool:
    if problem.code == "mapping-unused":  # in this tree: in others it may be used
        return False
    own = None if task.tree is None else task.tree.zh
    return task.tells or Path(problem.file or "").stem == own


def _facts(task: Task, catalog: Catalog, tables: Mapping[str, "pl.DataFrame"]) -> Facts:
    measures = catalog.vocabulary.measures
    if task.suffix == ".parquet":
        frames = {f"{name}.parquet": frame for name, frame in sorted(tables.items())}
        return read_frames(frames, measures, catalog.places, mapping=task.mapping, limits=_LIMITS)
    with tempfile.TemporaryDirectory() as made:
        _write(tables, Path(made), task.suffix)
        facts = read_facts([made], measures, catalog.places, mapping=task.mapping, limits=_LIMITS)
        facts.problems = [_without(each, f"{made}/") for each in facts.problems]
    return facts


def _write(tables: Mapping[str, "pl.DataFrame"], folder: Path, suffix: str) -> None:
    """Write the tables of a tree as the files that anybody would send."""
    for name, frame in tables.items():
        path = folder / f"{name}{suffix}"
        if suffix == ".json":
            rows = [
                {key: value for key, value in row.items() if value is not None}
                for row in frame.iter_rows(named=True)
            ]
            path.write_text(json.dumps({name: rows}, ensure_ascii=False), "utf-8")
        else:
            frame.write_csv(path)


def _without(problem: Problem, folder: str) -> Problem:
    """Leave out in which folder the rows of a tree lay."""
    file = problem.file
    return problem if file is None else replace(problem, file=file.replace(folder, ""))


def _strays(judgement: "Judgement", tree: Tree, whose: Collection[str]) -> str:
    """Name the places of the level that are others than those whose tree it is."""
    if tree is None:
        return ""
    codes = judgement.evaluator.frames.hierarchy.tiers[tree].codes
    return say("、", ", ").join([code for code in codes if code not in whose][:3])


def _words(problem: Problem) -> str:
    """Say what is wrong, and of whom: where a row stands within its tree helps nobody."""
    who = " ".join(str(each) for each in (problem.subject, problem.year) if each is not None)
    return str(replace(problem, cell=who or problem.cell))
