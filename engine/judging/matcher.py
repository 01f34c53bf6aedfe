"""The interface between what rules demand and the engines that compare.

A matcher is given cases, each with one observation per subject, and answers every observation with
exactly one of four codes. The codes are places in ``Outcome``, so that what holds and is due needs
no translation.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dabiao.engine.data.algebra import Numbers, Truths
from dabiao.engine.faults import EngineFault
from dabiao.engine.judging.comparison import Bound
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import EngineFailure

Codes = npt.NDArray[np.int8]
"""Places in ``Outcome``, or answers of a matcher."""

CODE: dict[Outcome, np.int8] = {outcome: np.int8(place) for place, outcome in enumerate(Outcome)}
OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)

HOLDS = CODE[Outcome.COMPLIANT]
FAILS = CODE[Outcome.VIOLATION]
UNKNOWN = CODE[Outcome.MISSING]
INAPPLICABLE = CODE[Outcome.NOT_APPLICABLE]


@dataclass(slots=True)
class MatchCase:
    """One question about many subjects: does the value lie between the edges?

    Attributes:
        key: What is asked, for messages: a rule's id.
        applicable: 1, 0 or -1 (unknown) per subject; None where it applies to all.
        held: What was observed, as compared; NaN where missing.
        low: Lower edge, tolerance included: a number for all, one per subject (NaN where missing),
            or None.
        high: Upper edge; at least one of the two is given.
        open: Whether the edge itself is outside; only where there is one.
    """

    key: str
    applicable: Truths | None
    held: Numbers | FewNumbers
    low: Bound | None
    high: Bound | None
    open: bool

    @property
    def value(self) -> Numbers:
        """What was observed, one each."""
        return self.held.whole() if isinstance(self.held, FewNumbers) else self.held

    def __post_init__(self) -> None:
        """Refuse what no norm asks.

        Raises:
            EngineFault: There is no edge, or there are two open ones.
        """
        if self.low is None and self.high is None:
            raise EngineFault(f"{self.key} asks for nothing")
        if self.open and self.low is not None and self.high is not None:
            raise EngineFault(f"{self.key} asks for less than between two edges")


@dataclass(frozen=True, slots=True)
class Mishap:
    """That an engine failed, and columns did its work.

    Attributes:
        how: In what way it failed.
        observations: How many observations columns compared in its place.
    """

    how: EngineFailure
    observations: int


class Matcher(Protocol):
    """Compares observations.

    Each observation is answered by exactly one code: ``INAPPLICABLE`` where the case does not
    apply; else ``UNKNOWN`` where nobody knows whether it does; else ``FAILS`` where the value is
    beyond one of the edges, ``HOLDS`` where it is beyond neither, ``UNKNOWN`` where something
    that is missing would decide.
    """

    @property
    def name(self) -> str:
        """The name users know it by."""

    @property
    def mishap(self) -> Mishap | None:
        """What went wrong so far, if anything; the answers are right all the same."""

    def match(self, cases: Iterable[MatchCase]) -> Iterator[Codes]:
        """Answer each case in turn; cases may be taken ahead of the answers."""
