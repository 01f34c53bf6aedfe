"""Ctrl-C: the program ends at once, in one line, wherever it is.

An exception could come at any point, also where it is swallowed or shown as a traceback: while a
library is imported, in a callback, on the way out. So the program is ended where it stands, after
what it was writing is removed and whoever works for it is stopped.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from dabiao.schemas.language import say

INTERRUPTED = 130
"""What a shell calls a program that was interrupted."""


def end_at_once() -> None:
    """From now on end at once when interrupted, unless whoever started the program ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        own = os.getpid()
        signal.signal(signal.SIGINT, lambda number, frame: _end(own, number, frame))


def _end(own: int, _number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getpid() != own:  # somebody who works for it, and is stopped by it
        os._exit(INTERRUPTED)
    sets = sys.modules.get("dabiao.reports.file_sets")
    for part in tuple(getattr(sets, "UNFINISHED", ())):
        with suppress(OSError):
            part.unlink(missing_ok=True)
    multiprocessing = sys.modules.get("multiprocessing.process")
    if multiprocessing is not None:
        for worker in multiprocessing.active_children():
            worker.terminate()
    shown = "\x1b[?25h\r" if sys.stderr is not None and sys.stderr.isatty() else ""
    line = f"{shown}{say('已中断', 'interrupted')}\n"
    with suppress(OSError):
        os.write(2, line.encode("utf-8", "replace"))
    os._exit(INTERRUPTED)
