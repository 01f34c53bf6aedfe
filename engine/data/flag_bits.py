"""Flags of many subjects that are held for long: eight to a byte, where hundreds of them are."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from dabiao.engine.data.algebra import Flags

Bits = npt.NDArray[np.uint8]
"""Flags, eight to a byte; those behind the last are not set."""


def packed(flags: Flags) -> Bits:
    """Put flags together."""
    return np.packbits(flags, bitorder="little")


def unpacked(bits: Bits, size: int) -> Flags:
    """Take so many flags apart again.

    Examples:
        >>> unpacked(packed(np.array([True, False, True])), 3).tolist()
        [True, False, True]
    """
    return np.unpackbits(bits, count=size, bitorder="little").view(np.bool_)


def any_of(masks: Iterable[Bits], size: int) -> Bits:
    """Tell where any of some flags is set."""
    found = np.zeros(-(-size // 8), np.uint8)
    for each in masks:
        found |= each
    return found


def is_set(bits: Bits, at: int) -> bool:
    """Tell whether one of them is."""
    return bool(bits[at >> 3] >> (at & 7) & 1)
