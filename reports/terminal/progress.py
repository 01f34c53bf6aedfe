"""Progress: what is being done and how far it is, for whoever sits in front of a terminal.

There is one line, whoever shows something: a display that is entered within another one shows its
steps in that one's place. Whatever is printed meanwhile takes the line away (``quiet``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock, Timer
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from dabiao.schemas.language import say

if TYPE_CHECKING:
    from rich import progress

PATIENCE = 1.0
"""Seconds that pass before anything is shown."""


class ProgressDisplay:
    """Shows what takes long; silent where nobody looks, and for what is done in a second.

    Attributes:
        stream: The terminal, if it is one.
        what: What is being done.
    """

    def __init__(self, stream: TextIO, what: str = "") -> None:
        """Show nothing yet."""
        self.stream = stream
        self.what = what

    def __call__(self, what: str, done: float) -> None:
        """Take note of how far it is.

        Args:
            what: What is being done.
            done: How much of it is done, from 0 to 1.
        """
        self.what = what
        _line.show(what, done)

    def count(self, file: str, done: int, total: int) -> None:
        """Take note of the file that is about to be read."""
        self(say(f"读取 {file}", f"reading {file}") + f" {done + 1:,}/{total:,}", done / total)

    def __enter__(self) -> Self:
        """Begin to count the time."""
        _line.enter(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take away what was shown; who is further out goes on."""
        _line.leave(self)


@contextmanager
def quiet() -> Iterator[None]:
    """Show nothing while something else is printed, or somebody asked; then wait anew."""
    _line.hold()
    try:
        yield
    finally:
        _line.release()


def silence() -> None:
    """Show nothing any more: the program waits for others."""
    _line.hold()


class _Line:
    """The one line of a process."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._entered: list[ProgressDisplay] = []
        self._since = 0.0
        self._held = 0
        self._timer: Timer | None = None
        self._bar: progress.Progress | None = None
        self._task: progress.TaskID | None = None

    def enter(self, display: ProgressDisplay) -> None:
        with self._lock:
            self._entered.append(display)
            if len(self._entered) == 1:
                self._held = 0
                self._wait()
            elif display.what:
                self.show(display.what, None)

    def leave(self, display: ProgressDisplay) -> None:
        with self._lock:
            self._entered.remove(display)
            if self._entered:
                self.show(self._entered[-1].what, None)
            else:
                self._hide()

    def hold(self) -> None:
        with self._lock:
            self._held += 1
            self._hide()

    def release(self) -> None:
        with self._lock:
            self._held -= 1
            self._wait()

    def show(self, what: str, done: float | None) -> None:
        """Show what is being done, and how much of it is, if anybody can tell."""
        with self._lock:
            if not self._seen or self._held or monotonic() - self._since < PATIENCE:
                return
            if self._bar is None or self._task is None:
                self._bar = self._started()
                self._task = self._bar.add_task(what, total=None, left="")
            if done is None:
                self._bar.reset(self._task, description=what, total=None, left="")
            else:
                left = say("还要", "left")
                self._bar.update(self._task, description=what, completed=done, total=1.0, left=left)

    @property
    def _seen(self) -> bool:
        return bool(self._entered) and self._entered[0].stream.isatty()

    def _wait(self) -> None:
        """Show what is being done once it has taken long, though nobody tells how far it is."""
        self._since = monotonic()
        if self._seen and not self._held:
            self._timer = Timer(PATIENCE + 0.01, self._appear)
            self._timer.daemon = True
            self._timer.start()

    def _appear(self) -> None:
        with self._lock:
            if self._bar is None and self._entered and self._entered[-1].what:
                self.show(self._entered[-1].what, None)

    def _started(self) -> "progress.Progress":
        from rich.progress import (
            BarColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        from dabiao.reports.terminal.consoles import coloured

        told = TextColumn("{task.description}", markup=False)  # a file may be called [/]
        left = TextColumn("{task.fields[left]}")
        bar = Progress(
            told, BarColumn(), TimeElapsedColumn(), left, TimeRemainingColumn(),
            console=coloured(self._entered[0].stream), transient=True,
            redirect_stdout=False, redirect_stderr=False,
        )  # fmt: skip
        bar.start()
        return bar

    def _hide(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._bar is not None:
            self._bar.stop()
        self._timer = self._bar = self._task = None


_line = _Line()
