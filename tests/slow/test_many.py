"""Very many random observations, judged by both engines and by the page.

DABIAO_OBSERVATIONS says how many: .github/workflows/slow.yml asks for ten million, and draws others
each time; here some hundreds show that it works.
"""

import os
from itertools import count

from hypothesis import given, seed

from tests.engine.strategies import Case, cases, profile
from tests.engine.test_differential import ENGINES, assert_agreed, the_page

WANTED = int(os.environ.get("DABIAO_OBSERVATIONS", "300"))
AT_ONCE = min(100, WANTED // 30)
"""Cases of one round; a few small ones where a few observations are wanted."""


def test_evaluators_agree() -> None:
    """Every one of them, on every observation, whatever rules and facts are drawn."""
    judged = 0

    @profile(most=AT_ONCE)
    @given(case=cases())
    def agree(case: Case) -> None:
        nonlocal judged
        for engine in ENGINES:
            assert_agreed(engine, case)
        judged += len(the_page(case))

    for number in count(int(os.environ.get("DABIAO_SEED", "1"))):
        seed(number)(agree)()
        if judged >= WANTED:
            break
    print(f"{judged:,} observations by {len(ENGINES)} engines and the page, the same")  # noqa: T201
