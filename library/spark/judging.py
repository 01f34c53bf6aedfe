"""What a worker does: the rows of one tree in, its findings out, and what was wrong with them."""

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabiao.library.spark.packing import unpacked
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 512 << 20
"""Packed rows of a tree that one task takes on; what is larger is refused, and said."""
FINDINGS, PROBLEMS = "findings", "problems"
_COLUMNS = {
    "rule": "string", "year": "int", "level": "string", "code": "string", "outcome": "string",
    "observed": "double", "observed_text": "string", "comparator": "string", "low": "double",
    "high": "double", "required_text": "string", "unit": "string", "gap": "double",
    "best": "string", "worst": "string",
}  # fmt: skip
JUDGED = ", ".join(
    f"{name} {kind}"
    for name, kind in {
        **_COLUMNS,
        "message": "string",
        "part": "string",
        "county": "string",
    }.items()
)
"""What comes back: findings, and problems with a ``message``; ``county`` is whose tree it is."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every tree.

    Attributes:
        tree: The level that the trees belong to.
        rules: Ids of the rules that are judged in such a tree.
        as_of: The year.
        suffix: In which format the rows came, as a suffix.
        tells: Whether it tells what is wrong with any rows, or only with those of the level itself,
            as others tell the rest.
        language: In which language problems are told.
        most: Bytes that are taken on.
    """

    tree: Level
    rules: tuple[str, ...]
    as_of: int
    suffix: str
    tells: bool
    language: Language
    most: int = MOST_BYTES


def judge_trees(task: Task, catalog: Any) -> "Callable[[Any, pa.Table], pa.Table]":  # noqa: ANN401
    """Give what judges one tree.

    Args:
        task: What is to be done.
        catalog: The rules as text, broadcast to the workers once.
    """

    def judge_tree(key: Any, packed: "pa.Table") -> "pa.Table":  # noqa: ANN401 - a scalar of Arrow
        whose = str(key[0].as_py())
        with speaking(task.language):
            try:
                return _judged(task, _catalog(catalog.value), whose, packed)
            except InputError as error:
                return _told(whose, map(str, error.problems))
            except Exception as error:  # noqa: BLE001 - one tree does not stop the others
                message = say(f"没有考核：{error!r}", f"not judged: {error!r}")
                return _told(whose, [message])

    return judge_tree


@lru_cache(maxsize=1)
def _catalog(text: bytes) -> Catalog:
    from dabiao.rules.packs.catalog_text import catalog_of

    return catalog_of(text)


def _judged(task: Task, catalog: Catalog, whose: str, packed: "pa.Table") -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    from dabiao.engine.judge import EngineChoice, judge
    from dabiao.intake import read_facts
    from dabiao.reports.run.arrow import ArrowFindings

    if not whose:
        message = say("看不出这些数据属于哪个旗县，没有考核", "rows of no known county; not judged")
        return _told(whose, [message])
    size = sum(len(each) for each in packed.column("payload").to_pylist())
    if size > task.most:
        message = say(
            f"数据有 {size >> 20} MB，超过一个任务的上限 {task.most >> 20} MB，没有考核",
            f"{size >> 20} MB of rows, more than the {task.most >> 20} MB that a task takes on;"
            " not judged",
        )
        return _told(whose, [message])
    measures = {**catalog.vocabulary.items, **catalog.vocabulary.indicators}
    with tempfile.TemporaryDirectory() as made:
        _write(packed, Path(made), task.suffix)
        facts = read_facts([made], measures, catalog.places)
        problems = [
            _words(each).replace(f"{made}/", "")
            for each in facts.problems
            if task.tells or Path(each.file or "").stem == task.tree.zh
        ]
    if not facts.years():
        return _told(whose, problems)
    judgement = judge(
        catalog, facts, rules=task.rules, as_of=task.as_of, engine=EngineChoice.COLUMNAR
    )
    strays = _strays(judgement.evaluator.frames.hierarchy.tiers[task.tree].codes, whose)
    if strays:
        message = say(
            f"其中有属于 {strays} 的数据，没有考核", f"holds rows of {strays}; not judged"
        )
        return _told(whose, [*problems, message])
    found = ArrowFindings(judgement.excerpt()).table()
    kept = [pc.cast(found.column(name), _type(kind)) for name, kind in _COLUMNS.items()]
    findings = pa.table(
        [
            *kept,
            pa.nulls(len(found), pa.string()),
            pa.array([FINDINGS] * len(found), pa.string()),
            pa.array([whose] * len(found), pa.string()),
        ],
        names=[*_COLUMNS, "message", "part", "county"],
    )
    return pa.concat_tables([findings, _told(whose, problems)])


def _write(packed: "pa.Table", folder: Path, suffix: str) -> None:
    """Write the tables of a tree as the files that anybody would send."""
    from pyarrow import csv, parquet

    payloads: dict[str, list[bytes]] = {}
    columns = (packed.column(name).to_pylist() for name in ("kind", "payload"))
    for kind, payload in zip(*columns, strict=True):
        payloads.setdefault(kind, []).append(payload)
    tables = {kind: unpacked(each) for kind, each in sorted(payloads.items())}
    if suffix == ".json":
        rows = {
            kind: [
                {key: value for key, value in row.items() if value is not None}
                for row in table.to_pylist()
            ]
            for kind, table in tables.items()
        }
        (folder / "facts.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        return
    for kind, table in tables.items():
        write = parquet.write_table if suffix == ".parquet" else csv.write_csv
        write(table, str(folder / f"{kind}{suffix}"))


def _strays(codes: list[str], whose: str) -> str:
    """Name the places of the level that are another than the one whose tree it is."""
    return say("、", ", ").join([code for code in codes if code != whose][:3])


def _words(problem: Problem) -> str:
    """Say what is wrong, and of whom: where a row stands within its tree helps nobody."""
    who = " ".join(str(each) for each in (problem.subject, problem.year) if each is not None)
    return str(replace(problem, cell=who or problem.cell))


def _told(whose: str, messages: Iterable[str]) -> "pa.Table":
    import pyarrow as pa

    told = list(messages)
    size = len(told)
    empty = {name: pa.nulls(size, _type(kind)) for name, kind in _COLUMNS.items()}
    return pa.table(
        {
            **empty,
            "message": pa.array(told, pa.string()),
            "part": pa.array([PROBLEMS] * size, pa.string()),
            "county": pa.array([whose] * size, pa.string()),
        }
    )


def _type(kind: str) -> "pa.DataType":
    import pyarrow as pa

    return {"string": pa.string(), "int": pa.int32(), "double": pa.float64()}[kind]
