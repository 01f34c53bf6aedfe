"""What happens to others does not happen to cases: kills, and two who write at once."""

import contextlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dabiao.cases.store.store import Store
from tests.cases.conftest import new_database
from tests.cases.runs import now

REPOSITORY = Path(__file__).parents[2]
TIMES = 8
"""How often each of two writers writes."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can fork")


def test_kills_and_two_writers(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """On each database there is: changes are there whole or not at all, and none is lost.

    One process kills its children before each statement, from an empty database on; then lets two
    children write at once.
    """
    addresses = [[str(tmp_path / name) for name in ("killed", "written")]]
    with contextlib.suppress(pytest.skip.Exception):  # the tests that need it say so
        server = request.getfixturevalue("server")
        addresses.append([new_database(server) for _ in range(2)])
    given = [address for pair in addresses for address in pair]
    command = [sys.executable, "-m", "tests.cases.hard", *given]
    ran = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, check=True)

    for (there, number), (_, where) in zip(json.loads(ran.stdout), addresses, strict=True):
        check_kills(there)
        check_writers(Store(where), number)


def check_kills(there: list[str]) -> None:
    """Find the tables and every change there whole, or not at all."""
    whole = {"nothing", "- sound", "opened,opened sound", "closed,opened sound"}
    assert set(there) <= whole
    assert there[-1] == "closed,opened sound"
    assert there.count("nothing") > 2
    assert there.count("opened,opened sound") > 3


def check_writers(store: Store, number: str) -> None:
    """Find each change of either in the history, and what both wrote last."""
    found = now(store, number)
    lines = store.read(lambda open_: open_.history(number))
    last = f" {TIMES - 1}"
    assert (found.person, found.progress) == (f"person{last}", f"progress{last}")
    assert [line.version for line in lines] == list(range(1, 2 * TIMES + 2))
    assert {line.by for line in lines[1:]} == {"person", "progress"}
    actions = store.book(date(2024, 1, 31)).actions
    assert [each.number for each in actions] == [f"M{at:04}" for at in range(1, 2 * TIMES + 1)]
    assert len({each.text for each in actions}) == 2 * TIMES
