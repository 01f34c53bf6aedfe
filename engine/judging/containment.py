"""durable-rules kept where it can do no harm.

Every answer is held against that of columns. Where there are many observations it works in a
process of its own, under a time limit. If it crashes, hangs, refuses or answers wrongly, columns
answer from then on, and ``mishap`` says so::

    match ──── cases ───►  serve (a child)
       │ ◄──── codes ────      │ durable-rules
       └─ the same as columnar.answer?
"""

import contextlib
import faulthandler
import itertools
import os
import pickle
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import numpy as np

from dabiao.engine.faults import EngineFault
from dabiao.engine.judging import columnar, durable
from dabiao.engine.judging.matcher import Codes, MatchCase, Mishap
from dabiao.schemas.run import EngineFailure

SECONDS = 30.0
"""How long a child may take to start and to answer one batch, however small."""
PER_SECOND = 500
"""Observations that it may take a second longer for: a thirtieth of what it does."""
CHILD = (
    *(sys.executable, "-P", "-c"),
    "from dabiao.engine.judging.containment import serve; serve()",
)
_LENGTH = 8


class DurableMatcher:
    """Compares with durable-rules, and with columns to see that it is right.

    Args:
        apart: Whether it works in a process of its own.
    """

    name = "durable"

    def __init__(self, *, apart: bool = False) -> None:
        self.mishap: Mishap | None = None
        self._apart = apart
        self._child: _Child | None = None

    def match(self, cases: Iterable[MatchCase]) -> Iterator[Codes]:
        """Answer each case in turn, as many at a time as fit into one ruleset."""
        waiting = iter(cases)
        while batch := list(itertools.islice(waiting, durable.AT_ONCE)):
            right = [columnar.answer(case) for case in batch]
            how = self.mishap.how if self.mishap else self._failure(batch, right)
            if how is not None:
                before = self.mishap.observations if self.mishap else 0
                self._child = None  # and with it whatever it is still at
                self.mishap = Mishap(how, before + sum(map(len, right)))
            yield from right

    def _failure(self, batch: list[MatchCase], right: list[Codes]) -> EngineFailure | None:
        """Have a batch answered by durable-rules, and tell whether it failed."""
        try:
            if self._apart:
                self._child = self._child or _Child()
                answered = self._child.answers(batch)
            else:
                answered = durable.answers(batch)
            same = np.array_equal(np.concatenate(answered), np.concatenate(right))
        except _LostError as lost:
            return lost.how
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, columns have answered
            return EngineFailure.REFUSED
        return None if same else EngineFailure.WRONG


class _LostError(Exception):
    """A child that is of no more use."""

    def __init__(self, how: EngineFailure) -> None:
        super().__init__(how)
        self.how = how


class _Child:
    """A process that answers batches, one after another; it ends with whoever holds it."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        try:
            self.process = subprocess.Popen(  # noqa: S603 - ourselves
                CHILD,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
                start_new_session=True,  # what it may have begun itself ends with it
            )
        except OSError:
            raise _LostError(EngineFailure.CRASHED) from None
        weakref.finalize(self, _end, self.process)

    def answers(self, batch: list[MatchCase]) -> list[Codes]:
        """Have a batch answered; what is sent is pickled, what comes back are plain bytes.

        Raises:
            _LostError: It ended, did not answer in time, or said that it could not.
        """
        sizes = [len(case.held) for case in batch]
        hung = threading.Event()

        def give_up() -> None:
            hung.set()
            _kill(self.process)

        asked = pickle.dumps((batch, limit(sum(sizes))))
        timer = threading.Timer(limit(sum(sizes)), give_up)
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            to, from_ = self.process.stdin, self.process.stdout
            if to is not None and from_ is not None:
                to.write(len(asked).to_bytes(_LENGTH) + asked)
                to.flush()
                answer = from_.read(1)
                answer += from_.read(sum(sizes)) if answer == b"+" else b""
        except OSError:
            pass  # told by what was not answered
        finally:
            timer.cancel()
            timer.join()
        if answer == b"-":
            raise _LostError(EngineFailure.REFUSED)
        if len(answer) != 1 + sum(sizes):
            _end(self.process)
            raise _LostError(EngineFailure.HUNG if hung.is_set() else EngineFailure.CRASHED)
        codes = np.frombuffer(answer, np.int8, offset=1)
        return np.split(codes, list(itertools.accumulate(sizes))[:-1])


def limit(observations: int) -> float:
    """Tell how many seconds a batch may take."""
    return SECONDS + observations / PER_SECOND


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a child, whatever it is doing."""
    _kill(process)
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was not written goes nowhere
            if stream is not None:
                stream.close()
    process.wait()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a child and all that it began, which could keep its end of a pipe open for ever."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(OSError):  # there is nobody left
        os.killpg(process.pid, signal.SIGKILL)


def serve() -> None:
    """Be the child: answer what is asked, until nobody asks any more.

    Whatever durable-rules prints goes nowhere. Should it hang and nobody be left to end this
    process, it ends by itself.
    """
    asking, answering = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("r+b") as nowhere:
        for stream in (0, 1, 2):
            os.dup2(nowhere.fileno(), stream)
        while (asked := _next(asking)) is not None:
            batch, seconds = pickle.loads(asked)  # noqa: S301 - from whoever started us
            faulthandler.dump_traceback_later(2 * seconds, exit=True, file=nowhere)
            try:
                codes = np.concatenate(durable.answers(batch))
                answering.write(b"+" + codes.astype(np.int8).tobytes())
            except EngineFault:
                answering.write(b"-")
            answering.flush()
            faulthandler.cancel_dump_traceback_later()


def _next(stream: IO[bytes]) -> bytes | None:
    """Read what is asked next; None where that was all."""
    length = int.from_bytes(stream.read(_LENGTH))
    return stream.read(length) if length else None
