"""Address space, where only so much of it may be taken: by ``ulimit -v``, or in a batch queue.

NumPy and Polars end the program where they are given none, or call a sound file damaged: whether
there is room for them is asked before. Nor is it wasted: every thread that allocates reserves 64 MB
for itself, so that reading a small file takes a gigabyte of which it fills a tenth.
"""

import mmap
import os
from contextlib import suppress

_ARENAS, _ONE = -8, 1
"""``M_ARENA_MAX`` of glibc, and how many arenas there are to be for all threads together."""
_MODEST = {
    "POLARS_MAX_THREADS": "1",
    "_RJEM_MALLOC_CONF": "background_thread:false,narenas:1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""What makes Polars and Arrow take less; they look there when they are loaded."""
_LOADED = 160 << 20
"""Bytes that NumPy, or Polars, takes to be loaded and to do anything."""
_TIMES = 8
"""How many times its size a file takes at most while it is read."""


def is_limited() -> bool:
    """Tell whether only so much address space may be taken."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return False
    return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY


def be_modest() -> None:
    """Take little address space, where it is limited; nothing else is worth the time it costs."""
    if not is_limited():
        return
    for name, value in _MODEST.items():
        os.environ.setdefault(name, value)
    with suppress(AttributeError, ImportError, OSError):  # another C library has no arenas
        import ctypes

        ctypes.CDLL(None).mallopt(_ARENAS, _ONE)


def ask_for_room(size: int = 0) -> None:
    """See whether NumPy or Polars can be loaded and read a file, where address space is limited.

    Args:
        size: Bytes of the file, if any.

    Raises:
        MemoryError: There is no room for it.
    """
    if not is_limited():
        return
    try:
        mmap.mmap(-1, _LOADED + _TIMES * size).close()
    except (OSError, ValueError, OverflowError):
        raise MemoryError from None
