"""What was worked out of a large mapping, kept for as long as the same one is asked of."""

from collections.abc import Callable, Sized
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked", bound=Sized)
Found = TypeVar("Found")

_KEPT = 16


def remembered(work_out: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """Work something out once of each of the last few mappings, told apart by who they are.

    To compare or hash thousands of names costs more than what is often asked of them. A mapping may
    grow: of a longer one it is worked out anew.
    """
    kept: dict[int, tuple[Asked, int, Found]] = {}

    @wraps(work_out)
    def ask(of: Asked) -> Found:
        known = kept.get(id(of))
        if known is not None and known[0] is of and known[1] == len(of):
            return known[2]
        found = work_out(of)
        kept[id(of)] = of, len(of), found
        while len(kept) > _KEPT:
            kept.pop(next(iter(kept)), None)
        return found

    return ask
