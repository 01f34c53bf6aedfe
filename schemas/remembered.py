"""What was worked out of something large, kept for as long as the same one is asked of."""

from collections.abc import Callable, Sized
from functools import wraps
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


def remembered(most: int) -> Callable[[Callable[[_Asked], _Found]], Callable[[_Asked], _Found]]:
    """Let a function remember what it found of the last few things, told apart by who they are.

    To compare or hash a large one costs more than what is asked of it. A mapping may grow: of a
    longer one it is worked out anew.

    Args:
        most: How many are remembered; the first to come goes first.
    """

    def remembering(work_out: Callable[[_Asked], _Found]) -> Callable[[_Asked], _Found]:
        kept: dict[int, tuple[_Asked, int, _Found]] = {}

        @wraps(work_out)
        def ask(of: _Asked) -> _Found:
            size = len(of) if isinstance(of, Sized) else 0
            known = kept.get(id(of))
            if known is not None and known[0] is of and known[1] == size:
                return known[2]
            found = work_out(of)
            kept[id(of)] = of, size, found
            while len(kept) > most:
                kept.pop(next(iter(kept)), None)
            return found

        return ask

    return remembering
