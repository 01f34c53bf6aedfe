"""The distinct values of an array."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

_Number = TypeVar("_Number", bound=np.generic)


def distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Give each value once, in order.

    ``np.unique`` that is asked for nothing but the values looks whether they are masked, and loads
    for that what takes as long as reading two workbooks.
    """
    found: npt.NDArray[_Number] = np.unique(values, return_counts=True)[0]
    return found
