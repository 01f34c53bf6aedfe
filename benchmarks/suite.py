"""The suite: every job on every size, in turns; what start, growth, outputs and reading cost."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from benchmarks.jobs import DABIAO, OURS, ROOT, Job, Place, check
from benchmarks.measuring import Cost, Spread, run
from benchmarks.oracle import Violations, violations
from benchmarks.workload import Threshold, Workload, make, write_facts, write_pack, write_rules

SIZES = {"small": (100, 1_000), "medium": (300, 20_000), "large": (600, 500_000)}
LONG = 20.0
"""Seconds from which on a job is done once."""
EXAMPLE = str(ROOT / "examples" / "ordos-2025")


@dataclass(slots=True)
class Row:
    """A line of a table."""

    name: str
    seconds: Spread | None = None
    megabytes: float = 0.0
    ratio: Spread | None = None
    said: str = ""

    @classmethod
    def of(cls, name: str, costs: Sequence[Cost]) -> Self:
        """Sum up what the runs of one command took."""
        seconds = Spread.of([each.seconds for each in costs])
        return cls(name, seconds, max(each.megabytes for each in costs))


@dataclass(slots=True)
class Table:
    """A table of the page; the first row is what the others are compared with."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Tried:
    """What the runs of a job came to.

    Attributes:
        job: The job.
        costs: What each run took.
        failed: Why it is not compared with ours, if it is not.
    """

    job: Job
    costs: list[Cost] = field(default_factory=list)
    failed: str = ""

    def row(self, ours: Sequence[Cost]) -> Row:
        """Compare each run with ours of the same turn."""
        if not self.costs:
            return Row(self.job.name, said=self.failed)
        row = Row.of(self.job.name, self.costs)
        pairs = zip(self.costs, ours, strict=False)
        row.ratio = Spread.of([each.seconds / our.seconds for each, our in pairs])
        row.said = self.failed
        return row


@dataclass(slots=True)
class Suite:
    """Runs everything in a folder of its own.

    Attributes:
        folder: Where workloads and answers are written.
        seed: What workloads are made of.
        runs: How often each job is done.
    """

    folder: Path
    seed: int
    runs: int
    _kept: set[str] = field(default_factory=set)

    def place(self, work: Workload, name: str, ending: str = ".parquet") -> Place:
        """Write a workload."""
        folder = self.folder / name
        pack = write_pack(work.rules, folder / "pack")
        facts = write_facts(work.schools, folder / f"学校{ending}")
        return Place(folder, pack, write_rules(work.rules, folder / "rules.json"), facts)

    def compare(self, size: str, jobs: Sequence[Job]) -> Table:
        """Do the same job in every way, in turns."""
        rules, schools = SIZES[size]
        work = make(rules, schools, seed=self.seed)
        right = violations(work)
        place = self.place(work, size)
        title = f"{rules} rules x {schools:,} schools, {sum(map(len, right)):,} violations"
        chosen = [job for job in (*OURS, *jobs) if rules * schools <= job.most]
        tried = [Tried(job) for job in chosen]
        self._run(chosen[0].command(place), place)  # so that the catalog is kept
        for _ in range(self.runs):
            for each in tried:
                self._try(each, place, work.rules, right)
        return Table(title, [each.row(tried[0].costs) for each in tried])

    def _try(
        self, tried: Tried, place: Place, rules: Sequence[Threshold], right: Violations
    ) -> None:
        """Do a job once more, unless it failed or takes long; its first answer is looked at."""
        if tried.failed or (tried.costs and tried.costs[0].seconds > LONG):
            return
        try:
            tried.costs.append(self._run(tried.job.command(place), place))
        except RuntimeError as error:
            tried.failed = str(error)
            return
        if len(tried.costs) == 1 and (wrong := tried.job.wrong(place, rules, right)):
            tried.failed = f"{wrong} of its answers are wrong"

    def start(self) -> Table:
        """Measure what a command costs before it does anything."""
        cache = self.folder / "cache"
        bare = [sys.executable, "-c", "import numpy, pydantic, typer"]
        once = [*DABIAO, "check", EXAMPLE]
        rows: Mapping[str, tuple[Sequence[str], str]] = {
            "importing numpy, pydantic and typer": (bare, str(cache)),
            "dabiao --help": ([*DABIAO, "--help"], str(cache)),
            "dabiao check of the example": (once, str(cache)),
            "the same, with no catalog kept": (once, "off"),
        }
        self._run(once, self._nowhere, DABIAO_CACHE=str(cache))
        return Table("Start", [self._row(name, *how) for name, how in rows.items()])

    def growth(self) -> Iterator[Table]:
        """Measure how the whole command grows with subjects, rules and years."""
        yield self._grown(
            "Growth over schools, 100 rules", [(100, n, 1) for n in (1000, 5000, 20000)]
        )
        yield self._grown(
            "Growth over rules, 1,000 schools", [(n, 1000, 1) for n in (100, 300, 600)]
        )
        yield self._grown(
            "Growth over years, 100 rules x 1,000 schools", [(100, 1000, n) for n in (1, 2, 4)]
        )

    def _grown(self, title: str, steps: Sequence[tuple[int, int, int]]) -> Table:
        table = Table(title)
        for rules, schools, years in steps:
            work = make(rules, schools, years, self.seed)
            place = self.place(work, f"{rules}x{schools}x{years}")
            name = f"{rules} rules, {schools:,} schools, {years} years"
            table.rows.append(self._row(name, check(place, "--every-year")))
        return table

    def outputs(self) -> Table:
        """Measure each format of a run."""
        rules, schools = SIZES["small"]
        place = self.place(make(rules, schools, seed=self.seed), "outputs")
        table = Table(f"Outputs, {rules} rules x {schools:,} schools")
        table.rows.append(self._row("table", check(place)))
        for ending in ("csv", "json", "md", "html", "xlsx"):
            out = str(place.out.with_suffix(f".{ending}"))
            table.rows.append(self._row(f".{ending}", check(place, "-o", out, "--force")))
        return table

    def reading(self) -> Table:
        """Measure each format of facts."""
        rules, schools = 100, 4_000
        work = make(rules, schools, seed=self.seed)
        table = Table(f"Reading {schools:,} schools with {len(work.schools.columns)} columns")
        for ending in (".parquet", ".csv", ".json", ".xlsx"):
            place = self.place(work, "reading", ending)
            pack = ("--rules", str(place.pack), "--no-builtin")
            command = [*DABIAO, "facts", "validate", str(place.facts), *pack]
            table.rows.append(self._row(ending, command))
        return table

    @property
    def _nowhere(self) -> Place:
        """Where a command runs that needs no files of a workload, or names them itself."""
        return Place(*[self.folder] * 4)

    def _row(self, name: str, command: Sequence[str], cache: str | None = None) -> Row:
        self._warm(command, cache)
        kept = cache or str(self.folder / "cache")
        costs: list[Cost] = []
        while len(costs) < self.runs and (not costs or costs[0].seconds < LONG):
            costs.append(self._run(command, self._nowhere, DABIAO_CACHE=kept))
        return Row.of(name, costs)

    def _warm(self, command: Sequence[str], cache: str | None) -> None:
        """Have the catalog of a pack kept before its time counts."""
        pack = command[command.index("--rules") + 1] if "--rules" in command else None
        if cache is None and pack is not None and pack not in self._kept:
            self._kept.add(pack)
            listed = [*DABIAO, "rules", "list", "--rules", pack, "--no-builtin"]
            self._run(listed, self._nowhere)

    def _run(self, command: Sequence[str], place: Place, **environment: str) -> Cost:
        settled = {"DABIAO_CACHE": str(self.folder / "cache"), **environment}
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        return run(command, place.log, PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="", **settled)
