"""What came of a check by trees, and the head that is written beside its findings."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dabiao
from dabiao.library.trees.judging import NOWHERE, PROBLEMS
from dabiao.reports.outputs import OutputError
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import Language, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.intake.layout.mapping_file import MappingFile

HEAD = "check.json"
"""The file that says what the findings are of."""
RULES = "rules.bin"
"""The rules as text, packed, so that a place can be judged once more by the same."""
MAPPING = "mapping.yaml"
"""The mapping file, where one was used."""
_SCHEMA = "dabiao.findings/1"
SHOWN = 5
"""Problems that are shown; the others stand where they were written."""


TreesProgress = Callable[[str, float], None]
"""Is told what is being done, and how much of it is, from 0 to 1."""
Put = Callable[[str, bytes], None]
"""Writes a file beside findings, by where it lies there."""


@dataclass(frozen=True, slots=True)
class TreesCheck:
    """What came of a check.

    Attributes:
        summary: How many findings came out how.
        trees: How many counties, prefectures and regions were judged.
        problems: Some of what was wrong with rows, each after the code of its tree.
        problem_count: How many such problems there are.
        unread: How many files and trees could not be read or judged as a whole.
    """

    summary: Mapping[Outcome, int]
    trees: int
    problems: tuple[str, ...]
    problem_count: int
    unread: int


@dataclass(frozen=True, slots=True)
class TreesAsked:
    """What is to be judged.

    Attributes:
        catalog: The rule packs.
        rules: Ids of the rules to judge by.
        as_of: The year judged last.
        every_year: Whether the years before are judged too.
        outcomes: Only findings with one of these outcomes are written; all if none is named.
        mapping: A mapping file, for tables made for another purpose.
        language: In which language problems are told.
    """

    catalog: Catalog
    rules: Sequence[str]
    as_of: int
    every_year: bool = False
    outcomes: tuple[Outcome, ...] = ()
    mapping: "MappingFile | None" = None
    language: Language = Language.ZH


def told_of(tree: str | None, message: str) -> str:
    """Say what is wrong with rows after the code of the tree they lie in, if it is known."""
    return f"{tree}: {message}" if tree else message


def into_folder(folder: Path) -> Put:
    """Give what writes files into a folder of this machine."""

    def put(name: str, content: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return put


def write_damaged(put: Put, damaged: Sequence[str]) -> None:
    """Write what is wrong with files beside what is wrong with rows."""
    if damaged:
        import polars as pl

        written = BytesIO()
        pl.DataFrame({"message": list(damaged)}).write_parquet(written)
        put(f"part={PROBLEMS}/county={NOWHERE}/files.parquet", written.getvalue())


def write_head(
    put: Put, asked: TreesAsked, facts: str, years: Sequence[int], found: TreesCheck
) -> None:
    """Write beside findings what they are of, and what they can be judged once more by.

    Args:
        put: Writes beside the findings.
        asked: What was asked for.
        facts: Where the rows lie: an address, or a path as seen from the findings.
        years: The years judged.
        found: What came of it.
    """
    put(RULES, catalog_text(asked.catalog))
    if asked.mapping is not None:
        put(MAPPING, Path(asked.mapping.file).read_bytes())
    head = {
        "schema": _SCHEMA,
        "version": dabiao.__version__,
        "as_of": asked.as_of,
        "years": list(years),
        "facts": facts,
        "rules": {"hash": asked.catalog.hash, "selected": list(asked.rules)},
        "outcomes": [each.value for each in asked.outcomes],
        "summary": {each.value: count for each, count in found.summary.items()},
        "problems": found.problem_count,
    }
    content = json.dumps(head, ensure_ascii=False, indent=2)
    put(HEAD, f"{content}\n".encode())


def seen_from(into: Path, facts: str) -> str:
    """Give where rows of this machine lie as seen from findings that are moved with them."""
    try:
        return Path(os.path.relpath(facts, into)).as_posix()
    except ValueError:  # on another drive, from which no way leads there
        return Path(facts).resolve().as_posix()


def read_head(folder: Path) -> dict[str, Any]:
    """Read what findings are of.

    Raises:
        OutputError: The folder holds no findings.
    """
    try:
        head: object = json.loads((folder / HEAD).read_text("utf-8"))
    except (OSError, ValueError):
        head = None
    if not isinstance(head, dict) or head.get("schema") != _SCHEMA:
        raise OutputError(
            say(
                f"{folder} 不是 check --engine stream 或 spark 写的结果",
                f"{folder} is not what check --engine stream or spark wrote",
            )
        )
    return head


@contextmanager
def as_written(folder: Path) -> Iterator[None]:
    """Refuse what cannot be read of what a check wrote.

    Raises:
        OutputError: Something of it is gone or damaged.
    """
    import polars as pl

    try:
        yield
    except (OSError, ValueError, LookupError, pl.exceptions.PolarsError) as error:
        raise OutputError(
            say(
                f"{folder} 不完整，或被改动过；重新 dabiao check",
                f"{folder} is not whole, or was changed; dabiao check the rows again",
            )
        ) from error
