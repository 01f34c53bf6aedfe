"""Where random cases come from: hypothesis, which finds small examples, or dice, quick ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice(Protocol):
    """What random cases are made with."""

    def one_of(self, choices: Sequence[T]) -> T:
        """Choose; the first is the simplest."""

    def whole(self, least: int, most: int) -> int:
        """Choose a whole number."""

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Choose several, none of them twice."""


@dataclass(frozen=True)
class Drawn:
    """Hypothesis: varied, and shrinks what fails."""

    draw: st.DrawFn

    def one_of(self, choices: Sequence[T]) -> T:
        """Choose."""
        return self.draw(st.sampled_from(choices))

    def whole(self, least: int, most: int) -> int:
        """Choose a whole number."""
        return self.draw(st.integers(least, most))

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Choose several."""
        within = st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique=True)
        return self.draw(within)


class Rolled:
    """Dice with a number to roll the same again by."""

    def __init__(self, number: int) -> None:
        self._random = random.Random(number)  # noqa: S311 - nothing is kept secret by it

    def one_of(self, choices: Sequence[T]) -> T:
        """Choose."""
        return choices[int(self._random.random() * len(choices))]

    def whole(self, least: int, most: int) -> int:
        """Choose a whole number."""
        return least + int(self._random.random() * (most - least + 1))

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Choose several."""
        return self._random.sample(choices, min(self.whole(least, most), len(choices)))
