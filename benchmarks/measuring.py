"""Running processes and counting what they took of the processor and of memory."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


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

    Raises:
        RuntimeError: It failed; carries the end of what it said.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - ours, and the peers
            command, stdout=out, stderr=out, env={**os.environ, **environment}
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1 tells of violations
        end = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        raise RuntimeError(f"{process.returncode}: {' '.join(end)}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)
