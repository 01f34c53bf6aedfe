"""What a supervisor sees first of a run: the gravest findings, and what is waited for."""

from collections.abc import Callable, Mapping, Sequence

from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

HANGING = 3
"""Undecided roll-ups that are told one by one."""


@dataclass(frozen=True, slots=True)
class GraveGroup:
    """The findings of one rule with one outcome.

    Attributes:
        outcome: The outcome.
        size: How many they are.
        judged: How many findings the rule has; what does not apply is left out. None where only
            some outcomes were kept.
        gravest: Gives so many of them, gravest first.
    """

    outcome: Outcome
    size: int
    judged: int | None
    gravest: Callable[[int], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Digest:
    """A run in short.

    Attributes:
        groups: What is missed and what is behind, the rule that matters most first.
        awaited: Measures that undecided findings wait for, each with how many do.
        unnamed: Undecided findings that wait for no measure; their reason says why.
        hanging: The first undecided roll-ups of which the best and the worst are known.
        hanging_count: How many of these there are.
        counterpart: Gives how another rule came out for the subject and year of a finding.
        years: The findings of each year by outcome.
    """

    groups: Sequence[GraveGroup]
    awaited: Sequence[tuple[str, int]]
    unnamed: Sequence[Finding]
    hanging: Sequence[Finding]
    hanging_count: int
    counterpart: Callable[[str, Finding], Outcome | None]
    years: Mapping[int, Mapping[Outcome, int]]
