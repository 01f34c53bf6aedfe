"""Runs the program many times, with streams and signals of all kinds, for little.

    python -m tests.commands.forks < jobs.json > ended.json

Everything is imported once; each job is a child of its own, in a copy of a folder of its own, with
the streams that a shell would give it. Nothing is judged before that, so that no thread is forked.
"""

import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import typing
from pathlib import Path

LOADED = (
    *("dabiao.cli", "dabiao.engine.judge", "dabiao.intake", "dabiao.reports.run.json"),
    *("dabiao.reports.terminal.interruption", "openpyxl", "polars", "pydantic"),
)
SECONDS = 120
HELD = {getattr(signal, name, signal.SIGINT) for name in ("SIGINT", "SIGTERM", "SIGHUP")}
"""What does not reach a child before it is the program: Python alone has no answer to it."""


class Job(typing.TypedDict):
    """What is run.

    Attributes:
        command: Its words.
        folder: What it runs in a copy of.
        streams: As a shell writes them: ``<&-``, ``>&-``, ``2>&-``, ``>full``, ``2>full``, and
            ``|gone`` and ``2|gone`` for a reader who has left.
        signal: Which signal it is sent, if any.
        after: Seconds until then.
    """

    command: list[str]
    folder: str
    streams: list[str]
    signal: int
    after: float


class Ended(typing.TypedDict):
    """How a job ended; the files are what stands in its folder then, with their bytes in hex."""

    code: int
    stdout: str
    stderr: str
    files: dict[str, str]


def redirect(streams: list[str], out: str, err: str) -> None:
    """Give this process its streams."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for place, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), place)
    for each in streams:
        place = {"<": 0, "2": 2}.get(each[0], 1)
        if each.endswith("&-"):
            os.close(place)
        elif each.endswith("full"):
            os.dup2(os.open("/dev/full", os.O_WRONLY), place)
        else:
            read, write = os.pipe()
            os.close(read)
            os.dup2(write, place)
    os.closerange(3, 64)


def opened(place: int, mode: str) -> typing.Any:  # noqa: ANN401 - what a standard stream is
    """Open a stream as Python does when it starts: None where it is closed."""
    try:
        os.fstat(place)
    except OSError:
        return None
    return open(place, mode, encoding="utf-8", closefd=False)


def run(job: Job, out: str, err: str) -> int:
    """Run the program in this process, and give its code."""
    redirect(job["streams"], out, err)
    sys.stdin = opened(0, "r")
    sys.stdout = opened(1, "w")
    sys.stderr = opened(2, "w")
    sys.argv = ["dabiao", *job["command"]]
    interruption = importlib.import_module("dabiao.reports.terminal.interruption")
    interruption.end_at_once()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)
    code: object = 0
    try:
        importlib.import_module("dabiao.cli").program(job["command"])()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = 120  # as Python ends that cannot write on the way out
    return code if isinstance(code, int) else 0


def ended(job: Job) -> Ended:
    """Run a job in a child, and see what it left."""
    with tempfile.TemporaryDirectory() as made:
        folder, out, err = Path(made, "folder"), Path(made, "out"), Path(made, "err")
        shutil.copytree(job["folder"], folder)
        out.touch()
        err.touch()
        signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.chdir(folder)
                code = run(job, str(out), str(err))
            finally:
                os._exit(code)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)
        if job["signal"]:
            time.sleep(job["after"])
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, job["signal"])
        _, status = os.waitpid(child, 0)
        return Ended(
            code=os.waitstatus_to_exitcode(status),
            stdout=out.read_text("utf-8", "replace"),
            stderr=err.read_text("utf-8", "replace"),
            files={
                str(path.relative_to(folder)): path.read_bytes().hex()
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            },
        )


def main() -> None:
    """Run all jobs."""
    for name in LOADED:
        importlib.import_module(name)
    signal.alarm(SECONDS * 10)
    jobs: list[Job] = json.load(sys.stdin)
    json.dump([ended(job) for job in jobs], sys.stdout)


if __name__ == "__main__":
    main()
