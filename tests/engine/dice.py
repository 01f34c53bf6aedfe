"""Where random cases come from: hypothesis, which finds small examples, or dice, quick ones."""

import random
from collections.abc import Sequence
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


CHUNK = st.binary(min_size=64, max_size=64)
"""What hypothesis is asked for: each wish of it takes long, however much is wished for."""


class Drawn:
    """Hypothesis: varied, and shrinks what fails; each choice is made by a byte or two of its."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._left: list[int] = []

    def one_of(self, choices: Sequence[T]) -> T:
        """Choose; by the least byte, the first."""
        return choices[self.whole(0, len(choices) - 1)]

    def whole(self, least: int, most: int) -> int:
        """Choose a whole number; by the least byte, the least."""
        number, room = 0, 1
        while room <= most - least:
            if not self._left:
                self._left = list(self._draw(CHUNK))
            number, room = number * 256 + self._left.pop(), room * 256
        return least + number % (most - least + 1)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Choose several."""
        left = list(choices)
        return [
            left.pop(self.whole(0, len(left) - 1))
            for _ in range(self.whole(least, min(most, len(left))))
        ]


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
