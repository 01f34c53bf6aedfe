"""Streams the program was started with: some may be closed, full, or left by whoever read them."""

import errno
import os
import sys
from contextlib import suppress
from typing import TextIO


def fill_closed() -> None:
    """Give the program every stream it was started without.

    Otherwise the next file that is opened takes the number of the stream, and what was meant for
    somebody's eyes ends up in it. What is written to a standard output that was closed fails, as
    it does on a full disk; messages vanish. That standard input was closed shows in ``sys.stdin``.
    """
    for name, access in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            taken = os.open(os.devnull, access)
            if name != "stdin":
                setattr(sys, name, os.fdopen(taken, "w", encoding="utf-8", closefd=False))


def forsake(stream: TextIO) -> None:
    """Let what is still to be written to a stream vanish; Python would complain of it at exit."""
    with suppress(OSError, ValueError):
        away = os.open(os.devnull, os.O_WRONLY)
        os.dup2(away, stream.fileno())
        os.close(away)
        stream.flush()


def is_gone(error: OSError) -> bool:
    """Tell whether a stream fails because its reader has seen enough, which is nobody's fault."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def measured(stream: TextIO) -> bool:
    """Tell whether somebody reads lines of a width from a stream; a file or a pipe takes any."""
    to = getattr(stream, "stream", stream)
    return "COLUMNS" in os.environ or bool(to.isatty())
