"""Documents that facts are judged by on request only."""

from pathlib import Path

import pytest

from dabiao.rules.analysis.conflicts import find_conflicts
from dabiao.rules.analysis.governing import governing
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.selection import Wanted, select, select_to_judge
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import read
from dabiao.schemas.problem import InputError
from tests.rules.test_supersession import document, pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write two documents on one measure; the second, stricter one is judged by on request."""
    return pack(
        tmp_path / "p", plan=document("plan", 2021), ask=document("ask", 2021, on_request="true")
    )


@pytest.fixture
def catalog(folder: Path) -> Catalog:
    """Read them."""
    reading = read([folder])
    assert reading.errors == []
    return reading.catalog


PLAN, ASK = "plan/myopia", "ask/myopia"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [PLAN]),
        (Wanted(levels=["盟市"]), [PLAN]),
        (Wanted(tags=["myopia"]), [PLAN]),
        (Wanted(documents=["ask"]), [ASK]),
        (Wanted(documents=["ask", "plan"]), [ASK, PLAN]),
        (Wanted(rules=["ask/*"]), [ASK]),
        (Wanted(rules=["*"]), [ASK, PLAN]),
    ],
)
def test_it_is_judged_by_where_it_is_named(
    catalog: Catalog, wanted: Wanted, found: list[str]
) -> None:
    """A document or a rule names it; a level or a tag does not."""
    assert select_to_judge(catalog, wanted) == found


def test_it_is_listed_like_the_others(catalog: Catalog) -> None:
    """Listing, linting and proving look at every rule."""
    assert select(catalog, Wanted()) == [ASK, PLAN]


def test_where_nothing_else_is_selected_the_message_says_how_to_name_it(tmp_path: Path) -> None:
    """Nothing is judged in silence."""
    only = pack(tmp_path / "q", ask=document("ask", 2021, on_request="是"))

    with pytest.raises(InputError) as told:
        select_to_judge(read_pack([only]), Wanted())

    (problem,) = told.value.problems
    assert "--document ask" in (problem.hint or "")


def test_it_is_kept_with_the_pack(folder: Path) -> None:
    """A pack that was read before says the same of its documents."""
    read_pack([folder])

    assert read_pack([folder]).documents["ask"].on_request


def test_it_governs_nobody_who_does_not_ask_for_it(catalog: Catalog) -> None:
    """The two are listed as stricter and looser; the plan is not said to be governed by it."""
    (conflict,) = find_conflicts(catalog)

    assert (conflict.first.id, conflict.second.id) == (ASK, PLAN)
    assert governing(find_conflicts(catalog), catalog) == {}


@pytest.mark.parametrize(("said", "good"), [("no", False), ("false", True), ("否", True)])
def test_it_is_said_with_true_or_false(tmp_path: Path, said: str, *, good: bool) -> None:
    """Any other word is one message, at its line."""
    reading = read([pack(tmp_path / "r", ask=document("ask", 2021, on_request=said))])

    assert [each.code for each in reading.errors][:1] == ([] if good else ["bad-document"])
