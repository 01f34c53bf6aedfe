"""Running processes and counting what they took of the processor and of memory."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_STARTER = """
import json, os, subprocess, sys
log, *command = sys.argv[1:]
with open(log, "wb") as out:
    started = subprocess.Popen(command, stdout=out, stderr=out)
    _, status, used = os.wait4(started.pid, 0)
print(json.dumps([status, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Runs a command and tells how it ended, what it took of the processor, and of memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds of the processor, on all cores, and megabytes at most."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several runs, and the ends."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Sum values up."""
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        """Write it as tables do."""
        return f"{self.middle:.2f} ({self.least:.2f}–{self.most:.2f})"


def run(command: Sequence[str], log: Path, **environment: str) -> Cost:
    """Run a command to its end.

    It is started by a process of its own, small and new: a process is told to have held at least
    what the one that starts it holds, and who holds a workload holds gigabytes.

    Raises:
        RuntimeError: It failed; carries the end of what it said.
    """
    done = subprocess.run(  # noqa: S603 - ours, and the peers
        [sys.executable, "-S", "-c", _STARTER, str(log), *command],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, **environment},
    )
    status, seconds, size = json.loads(done.stdout)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1 tells of violations
        end = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        raise RuntimeError(f"{os.waitstatus_to_exitcode(status)}: {' '.join(end)}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(seconds, size / unit)
