"""Many small pieces of work, shared among processes where the system can fork one.

The processes are forked with all of the work, so that only the number of a piece is sent to them
and only its result is sent back: neither rules nor judges need to be written out.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

_Result = TypeVar("_Result")
_CHUNK = 4
"""Pieces handed to a process at a time: few, as some take a hundred times as long as others."""

_open: list[Callable[[int], object]] = []
"""What the processes of a pool are forked with; does the piece of a number."""


def in_order(
    pieces: Sequence[tuple[Callable[[str], _Result], str]], workers: int
) -> Iterator[tuple[str, _Result]]:
    """Do pieces of work and give their results in order, each with its name.

    Args:
        pieces: What to do, and the name to do it with.
        workers: How many processes may share it; a system that can't fork does it in this one.
    """

    def do(at: int) -> _Result:
        act, name = pieces[at]
        return act(name)

    names = [name for _, name in pieces]
    shared = workers > 1 and len(pieces) > _CHUNK
    if not shared or "fork" not in multiprocessing.get_all_start_methods():
        yield from zip(names, map(do, range(len(pieces))), strict=True)
        return
    _open.append(do)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            for name, result in zip(names, pool.imap(_do, range(len(pieces)), _CHUNK), strict=True):
                yield name, cast("_Result", result)
    finally:
        _open.pop()


def _do(at: int) -> object:
    return _open[-1](at)
