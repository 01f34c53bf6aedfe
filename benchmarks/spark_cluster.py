"""A Spark cluster on this machine alone, as real as one of many: a master, workers, loopback.

``python -m benchmarks.spark_cluster FOLDER --as-of YEAR`` starts one, judges the rows of a folder
on it, and compares the findings with those of one process; ``--kill 5`` kills a worker meanwhile.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter, sleep

import polars as pl

from dabiao.engine.judge import judge
from dabiao.library import load_facts, load_rules
from dabiao.library.spark.driver import check_by_spark
from dabiao.library.spark.session import start_spark
from dabiao.library.trees.check import TreesAsked
from dabiao.reports.run.parquet.arrow import ArrowFindings

HERE = "127.0.0.1"
KEY = ["rule", "year", "level", "code"]
PATIENCE = 120.0


class Cluster:
    """A cluster, once it was started.

    Attributes:
        master: Its address, as Spark names it.
        workers: The processes of its workers, each with a group of its own.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._every: list[subprocess.Popen[bytes]] = []
        self.master = ""
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self, workers: int, memory: str) -> None:
        """Start the master and its workers, and wait until they know each other.

        Args:
            workers: How many.
            memory: What each may hold, as Spark writes it: 1g.

        Raises:
            TimeoutError: One did not say in time that it is ready; carries the end of its log.
        """
        self._start("master", "org.apache.spark.deploy.master.Master", "--port", "0")
        self.master = self._told("master", re.compile(r"Starting Spark master at (spark://\S+)"))
        self._told("master", re.compile(r"(New state: ALIVE)"))
        for number in range(workers):
            name = f"worker{number}"
            size = ("--cores", "1", "--memory", memory, "--work-dir", str(self._logs / name))
            worker = "org.apache.spark.deploy.worker.Worker"
            self.workers.append(self._start(name, worker, *size, self.master))
        for number in range(workers):
            self._told(f"worker{number}", re.compile(r"(Successfully registered with master)"))

    def _start(self, name: str, role: str, *words: str) -> "subprocess.Popen[bytes]":
        import pyspark

        home = Path(pyspark.__file__).parent
        command = [str(home / "bin" / "spark-class"), role, "--host", HERE, "--webui-port", "0"]
        own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HERE, "SPARK_DAEMON_MEMORY": "256m"}
        with (self._logs / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - Spark's own script
                [*command, *words],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | own | {"PYSPARK_PYTHON": sys.executable},
                start_new_session=True,
            )
        self._every.append(process)
        return process

    def _told(self, name: str, wanted: re.Pattern[str]) -> str:
        begun = perf_counter()
        while perf_counter() - begun < PATIENCE:
            found = wanted.search((self._logs / f"{name}.log").read_text("utf-8", "replace"))
            if found is not None:
                return found[1]
            sleep(0.2)
        raise TimeoutError((self._logs / f"{name}.log").read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        """Stop it, and whatever it started."""
        for process in reversed(self._every):
            end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process of a cluster, with those it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def cluster(workers: int = 2, memory: str = "1g") -> Iterator[Cluster]:
    """Start a cluster, and stop it."""
    with tempfile.TemporaryDirectory() as logs:
        running = Cluster(Path(logs))
        try:
            running.start(workers, memory)
            yield running
        finally:
            running.stop()


def written(folder: Path) -> pl.DataFrame:
    """Read the findings that were written into a folder."""
    found = pl.read_parquet(folder / "part=findings" / "**" / "*.parquet", hive_partitioning=False)
    return found.drop("message", "number", strict=False).sort(KEY)


def here(facts: str, rules: list[str], as_of: int) -> pl.DataFrame:
    """Judge the same in this process."""
    packs = load_rules()
    judged = judge(packs.catalog, load_facts(packs, facts).facts, rules=rules, as_of=as_of)
    return as_written(ArrowFindings(judged.excerpt()))


def as_written(of: ArrowFindings) -> pl.DataFrame:
    """Give findings as they are written."""
    table = pl.DataFrame(of.table())
    words = [name for name, kind in table.schema.items() if isinstance(kind, pl.Categorical)]
    words += [name for name, kind in table.schema.items() if isinstance(kind, pl.Enum)]
    plain = table.with_columns(pl.col(words).cast(pl.String), pl.col("year").cast(pl.Int32))
    return plain.sort(KEY)


def main() -> None:
    """Run, compare, and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder")
    options.add_argument("--as-of", type=int, required=True)
    options.add_argument("--kill", type=float, help="kill a worker after so many seconds")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--memory", default="1g")
    given = options.parse_args()
    packs = load_rules()
    rules = sorted(packs.catalog.rules)
    into = Path(tempfile.mkdtemp())
    with cluster(given.workers, given.memory) as running:
        spark = start_spark(running.master)
        if given.kill is not None:
            threading.Timer(given.kill, end, [running.workers[0]]).start()
        begun = perf_counter()
        asked = TreesAsked(packs.catalog, rules, given.as_of)
        found = check_by_spark(spark, given.folder, asked, str(into / "f"))
        taken = perf_counter() - begun
        killed = running.workers[0].poll() is not None
        spark.stop()
    print(f"{taken:.1f} s on the cluster; a worker was killed: {killed}; {found.trees} trees")
    begun = perf_counter()
    same = here(given.folder, rules, given.as_of)
    print(f"{perf_counter() - begun:.1f} s in one process; {len(same):,} findings")
    ours = written(into / "f").select(same.columns)
    shutil.rmtree(into)
    print("identical" if ours.equals(same) else "NOT identical")
    sys.exit(0 if ours.equals(same) else 1)


if __name__ == "__main__":
    main()
