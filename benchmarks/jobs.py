"""What is run: by us and by the peers, with how each answer is held to what is right."""

import csv
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.oracle import Violations, differences
from benchmarks.workload import Threshold

ROOT = Path(__file__).parents[1]
DABIAO = (sys.executable, "-m", "dabiao")
_TABLE = re.compile(r"^violations? ([\d,]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a workload lie."""

    folder: Path
    pack: Path
    rules: Path
    facts: Path

    @property
    def out(self) -> Path:
        """Where an answer is written."""
        return self.folder / "out"

    @property
    def log(self) -> Path:
        """What a process says."""
        return self.folder / "log"


@dataclass(frozen=True, slots=True)
class Job:
    """One way to do the job.

    Attributes:
        name: What tables call it.
        command: Gives the command.
        wrong: Counts what is wrong with its answer.
        most: Rules times schools up to which it is tried.
    """

    name: str
    command: Callable[[Place], Sequence[str]]
    wrong: Callable[[Place, Sequence[Threshold], Violations], int]
    most: int = 1 << 40


def check(place: Place, *more: str) -> list[str]:
    """Give our command for a workload."""
    pack = ("--rules", str(place.pack), "--no-builtin")
    return [*DABIAO, "--lang", "en", "check", str(place.facts), *pack, *more]


def _counted(place: Place, _: Sequence[Threshold], right: Violations) -> int:
    found = _TABLE.search(place.log.read_text("utf-8"))
    told = -1 if found is None else int(found[1].replace(",", ""))
    return abs(told - sum(map(len, right)))


def _in_csv(place: Place, rules: Sequence[Threshold], right: Violations) -> int:
    told: dict[str, list[str]] = {rule.name: [] for rule in rules}
    with place.out.with_suffix(".csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["outcome"] == "violation":
                told[row["rule"].rpartition("/")[2]].append(row["code"])
    return differences(list(told.values()), right)


def _in_parquet(place: Place, rules: Sequence[Threshold], right: Violations) -> int:
    told = pl.read_parquet(place.out.with_suffix(".parquet"), columns=["rule", "code"])
    codes = told.with_columns(pl.all().cast(pl.String)).group_by("rule").agg("code")
    known = {name.rpartition("/")[2]: found for name, found in codes.iter_rows()}
    return differences([known.get(rule.name, []) for rule in rules], right)


def _by_name(place: Place, rules: Sequence[Threshold], right: Violations) -> int:
    told = json.loads(place.out.read_text("utf-8"))
    return differences([told.get(rule.name, []) for rule in rules], right)


def _by_rule(place: Place, _: Sequence[Threshold], right: Violations) -> int:
    told = json.loads(place.out.read_text("utf-8"))
    if all(isinstance(each, int) for each in told):
        return sum(abs(n - len(true)) for n, true in zip(told, right, strict=True))
    return differences(told, right)


COMMAND = Job("dabiao check, table", check, _counted)
OURS = (
    COMMAND,
    Job(
        "dabiao check, every finding as CSV",
        lambda at: check(at, "-o", str(at.out.with_suffix(".csv")), "--force"),
        _in_csv,
        most=200_000,
    ),
    Job(
        "dabiao check, table, and violations as Parquet",
        lambda at: check(
            *(at, "--outcome", "violation", "--force", "-o", "-"),
            *("-o", str(at.out.with_suffix(".parquet"))),
        ),
        _in_parquet,
    ),
    Job(
        "dabiao as a library",
        lambda at: [
            *(sys.executable, "-m", "benchmarks.ours"),
            *(str(at.pack), str(at.facts), str(at.out)),
        ],
        _by_name,
    ),
)


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool: the module that does the job with it, and the package it comes in."""

    module: str
    package: str
    label: str
    most: int = 1 << 40


PEERS = (
    Peer("numpy_by_hand", "numpy", "numpy, by hand"),
    Peer("polars_by_hand", "polars", "Polars, by hand"),
    Peer("duckdb_by_hand", "duckdb", "DuckDB, by hand"),
    Peer("pointblank_polars", "pointblank", "pointblank", 10_000_000),
    Peer("pandera_polars", "pandera", "pandera", 10_000_000),
    Peer("cuallee_pandas", "cuallee", "cuallee (counts only)", 10_000_000),
    Peer("vtlengine_duckdb", "vtlengine", "vtlengine (VTL 2.1)", 10_000_000),
    Peer("great_expectations_pandas", "great-expectations", "Great Expectations", 1_000_000),
)


def peers(python: str) -> tuple[list[Job], list[str]]:
    """List the jobs of the peers that a Python has, and say which it has not."""
    asked = json.dumps([peer.package for peer in PEERS])
    versions = json.loads(_ask(python, f"print(json.dumps(versions({asked})))"))
    jobs, missing = [], []
    for peer, version in zip(PEERS, versions, strict=True):
        if version is None:
            missing.append(f"{peer.label}: not installed")
            continue
        jobs.append(Job(f"{peer.label} {version}", _peer(python, peer), _by_rule, peer.most))
    return jobs, missing


def _peer(python: str, peer: Peer) -> Callable[[Place], list[str]]:
    return lambda at: [
        *(python, "-m", "benchmarks.peers", peer.module),
        *(str(at.rules), str(at.facts), str(at.out)),
    ]


def _ask(python: str, asked: str) -> str:
    program = """
import json
from importlib.metadata import PackageNotFoundError, version
def versions(names):
    found = []
    for name in names:
        try:
            found.append(version(name))
        except PackageNotFoundError:
            found.append(None)
    return found
"""
    done = subprocess.run(  # noqa: S603 - the Python that was named
        [python, "-c", program + asked], capture_output=True, text=True, check=True
    )
    return done.stdout


def our_version() -> str:
    """Give the version of what is measured."""
    return importlib.metadata.version("dabiao")
