"""Findings of a rule and year, put together by what they say alike, and the numbers of each."""

from collections.abc import Iterator, Sequence

import numpy as np

from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FindingForms, FindingNumbers
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Findings that say the same but for numbers.

    Attributes:
        places: Which findings they are.
        form: What they say.
        numbers: The numbers that stand in its slots, a column each.
        beside: Further numbers of each, which it does not say itself.
    """

    places: Places
    form: int
    numbers: Sequence[FindingNumbers]
    beside: Sequence[FindingNumbers] = ()

    def at(self, chosen: Places) -> "Alike":
        """Give some of them."""
        numbers, beside = (
            [column[chosen] for column in columns] for columns in (self.numbers, self.beside)
        )
        return Alike(self.places[chosen], self.form, numbers, beside)


def alike(of: FindingForms, *, by_outcome: bool = False) -> Iterator[Alike]:
    """Put findings together form by form.

    Args:
        of: The findings.
        by_outcome: Whether only those with the same outcome are put together.
    """
    key = of.form.astype(np.intp)
    if by_outcome:
        key = key * (1 + int(of.columns.outcome.max(initial=0))) + of.columns.outcome
    order = np.argsort(key, kind="stable")
    ends = np.flatnonzero(np.diff(key[order])) + 1
    for places in np.split(order, ends) if len(order) else ():
        yield _together(of, places)


def alone(of: FindingForms, at: int) -> Alike:
    """Give one finding by itself."""
    return _together(of, np.array([at]))


def _together(of: FindingForms, places: Places) -> Alike:
    """Put findings of one form together."""
    first = int(places[0])
    form, numbers = int(of.form[first]), []
    if form < of.alike:
        starts = of.starts[places]
        own = range(int(of.starts[first + 1] - of.starts[first]))
        numbers = [*of.shared(places), *(of.numbers.take(starts + at) for at in own)]
    return Alike(places, form, numbers)
