"""Many small pieces of work, shared among processes where the system can fork one."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

_Result = TypeVar("_Result")
_CHUNK = 4
"""Pieces handed to a process at a time: few, as some take a hundred times as long as others."""


class _Work(Generic[_Result]):
    """Pieces of work, known to every process before it begins, so that only numbers are sent."""

    def __init__(self, pieces: Sequence[tuple[Callable[[str], _Result], str]]) -> None:
        self.pieces = pieces

    def __call__(self, at: int) -> _Result:
        do, name = self.pieces[at]
        return do(name)


_open: list[_Work[object]] = []
"""What the processes of a pool are forked with."""


def _do(at: int) -> object:
    return _open[-1](at)


def in_order(
    pieces: Sequence[tuple[Callable[[str], _Result], str]], workers: int
) -> Iterator[tuple[str, _Result]]:
    """Do pieces of work and give their results in order, each with its name.

    Args:
        pieces: What to do, and the name to do it with.
        workers: How many processes may share it; what can't fork does it alone.
    """
    work = _Work(pieces)
    names = [name for _, name in pieces]
    if workers < 2 or len(pieces) < 2 * _CHUNK or not _can_fork():  # noqa: PLR2004 - alone
        yield from zip(names, map(work, range(len(pieces))), strict=True)
        return
    _open.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            results = pool.imap(_do, range(len(pieces)), chunksize=_CHUNK)
            yield from zip(names, results, strict=True)  # type: ignore[arg-type]
    finally:
        _open.pop()


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()
