"""Ctrl-C and its like: the program ends at once, in one line, wherever it is.

An exception could come at any point, also where it is swallowed or shown as a traceback: while a
library is imported, in a callback, on the way out. So the program is ended where it stands, after
what it was writing is removed and whoever works for it is stopped.
"""

import atexit
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from dabiao.schemas.language import say

ASKED = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that ask a program to end: Ctrl-C, who runs it, and a terminal that is closed."""
BY_SIGNAL = 128
"""What a shell adds to the number of the signal: 130 is Ctrl-C."""


def end_at_once() -> None:
    """From now on end at once when asked to, unless whoever started the program ignores it."""
    own = os.getpid()
    for name in ASKED:
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            signal.signal(number, lambda number, frame: _end(own, number, frame))
            # On its way out Python would give the signal its first meaning back, and die of it
            # although all is done.
            atexit.register(signal.signal, number, signal.SIG_IGN)


def _end(own: int, number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    if os.getpid() != own:  # somebody who works for it, and is stopped by it
        os._exit(BY_SIGNAL + number)
    sets = sys.modules.get("dabiao.reports.file_sets")
    for part in tuple(getattr(sets, "UNFINISHED", ())):
        with suppress(OSError):
            part.unlink(missing_ok=True)
    multiprocessing = sys.modules.get("multiprocessing.process")
    if multiprocessing is not None:
        for worker in multiprocessing.active_children():
            worker.terminate()
    shown = "\x1b[?25h\r\x1b[2K" if sys.stderr is not None and sys.stderr.isatty() else ""
    line = f"{shown}{say('已中断', 'interrupted')}\n"
    with suppress(OSError):
        os.write(2, line.encode(_taken_as(), "replace"))
    os._exit(BY_SIGNAL + number)


def _taken_as() -> str:
    """Name the encoding of bytes that go to standard error past its stream.

    A console of Windows takes them by its code page, whatever its stream says.
    """
    console = os.device_encoding(2) if os.name == "nt" else None
    return console or getattr(sys.stderr, "encoding", None) or "utf-8"
