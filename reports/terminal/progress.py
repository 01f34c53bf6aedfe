"""Progress: what is being done and how far it is, for whoever sits in front of a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from dabiao.schemas.language import say

if TYPE_CHECKING:
    from rich import progress

PATIENCE = 1.0
"""Seconds that pass before anything is shown."""


class ProgressDisplay:
    """Shows what takes long; silent where nobody looks, and for what is done in a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._seen = stream.isatty()
        self._begun = monotonic()
        self._bar: progress.Progress | None = None
        self._task: progress.TaskID | None = None

    def __call__(self, what: str, done: float) -> None:
        """Take note of how far it is.

        Args:
            what: What is being done.
            done: How much of it is done, from 0 to 1.
        """
        if not self._seen or monotonic() - self._begun < PATIENCE:
            return
        if self._bar is None or self._task is None:
            self._start(what)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=what, completed=done)

    def count(self, file: str, done: int, total: int) -> None:
        """Take note of the file that is about to be read."""
        self(say(f"读取 {file}", f"reading {file}") + f" {done + 1:,}/{total:,}", done / total)

    def wait(self, what: str) -> None:
        """Show that something is being done of which nobody can tell how far it is."""
        self._start(what, None)

    def _start(self, what: str, total: float | None = 1.0) -> None:
        from rich.progress import (
            BarColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        from dabiao.reports.terminal.consoles import console

        told = TextColumn("{task.description}", markup=False)  # a file may be called [/]
        left = TextColumn(say("还要", "left"))
        columns = (told, BarColumn(), TimeElapsedColumn(), left, TimeRemainingColumn())
        self._bar = Progress(*columns, console=console(self._stream), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(what, total=total)

    def __enter__(self) -> Self:
        """Begin to count the time."""
        self._begun = monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take away what was shown."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def waiting(stream: TextIO, what: str) -> Iterator[None]:
    """Show what is being done, if it takes long, where nobody can tell how far it is."""
    if not stream.isatty():
        yield
        return
    with ProgressDisplay(stream) as shown:
        timer = Timer(PATIENCE, shown.wait, [what])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
