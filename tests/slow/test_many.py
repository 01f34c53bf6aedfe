"""Very many random observations, judged by durable-rules, by columns and by the page.

DABIAO_OBSERVATIONS says how many, DABIAO_SECONDS for how long at most: .github/workflows/slow.yml
asks for ten million, and rolls others each time; here some thousands show that it works. Cases are
rolled, not drawn by hypothesis, which takes thirty times as long; most have many subjects.
"""

import os
import sys
import time
from itertools import count

from tests import figures
from tests.engine.dice import Rolled
from tests.engine.strategies import Case, make
from tests.engine.test_differential import ENGINES, differences, the_page

WANTED = int(os.environ.get("DABIAO_OBSERVATIONS", "3000"))
FIRST = int(os.environ.get("DABIAO_SEED", "1"))
SIZES = (1, 10, 60, 100)
"""How many times more subjects there are than in the smallest cases."""
EVERY = 60.0
"""Seconds from one line about how far it is to the next."""


def rolled(number: int) -> Case:
    """Make the case of a number; in some of them subjects come and go, or cells are open."""
    dice = Rolled(number)
    return make(
        dice,
        complete=dice.one_of((True, False)),
        mortal=dice.whole(1, 3) == 1,
        doubtful=dice.whole(1, 4) == 1,
        size=dice.one_of(SIZES),
    )


def judged(number: int) -> tuple[int, list[str]]:
    """Judge a case by all, and say how many observations it has and what is wrong."""
    case = rolled(number)
    expected = the_page(case)
    found = differences(case, ENGINES[-1], expected, brief=True)
    if found:  # what is left where numbers cancel out is told by the inputs, which are in no brief
        found = differences(case, ENGINES[-1], expected)
    return len(expected), [f"case {number}: {each}" for each in found]


def test_evaluators_agree() -> None:
    """All of them, on every observation, whatever rules and facts are rolled.

    The last engine is durable-rules where it is installed: each of its answers is held against that
    of columns, and what comes of it against the page.
    """
    seen, differing, spoke = 0, list[str](), time.monotonic()
    until = spoke + float(os.environ.get("DABIAO_SECONDS", "inf"))
    for number in count(FIRST):
        try:
            more, found = judged(number)
        except Exception as wrong:  # noqa: BLE001 - the case is named, and the others still judged
            more, found = 0, [f"case {number}: {wrong!r}"]
        seen += more
        differing += found
        now = time.monotonic()
        ends = seen >= WANTED or now > until or len(differing) > 20
        if ends or now - spoke > EVERY:
            spoke = now
            said = f"{seen:,} observations of {number - FIRST + 1:,} cases, {len(differing)} differ"
            print(said, *differing, sep="\n", file=sys.stderr, flush=True)  # noqa: T201
        if ends:
            break
    assert differing == []
    said = f"{seen:,} observations of {number - FIRST + 1:,} cases from number {FIRST:,} on"
    figures.write("observations", f"{said}: no difference")
