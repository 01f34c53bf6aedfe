"""Lots: the same seed draws the same, and more risk is never less chance."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.engine.faults import EngineError
from dabiao.engine.visits.lots import Lot, draw, key, percent, send, size
from dabiao.schemas.visits import Inspector

LOTS = st.lists(
    st.builds(
        Lot,
        code=st.text("0123456789", min_size=1, max_size=6),
        risk=st.floats(0.1, 100),
        stratum=st.sampled_from("xyz"),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda lot: lot.code,
)
SEEDS = st.integers(0, 10**6).map(str)


def codes(lots: list[Lot], count: int, seed: str) -> set[str]:
    """Give the codes drawn."""
    return {each.code for each in draw(lots, count, seed)}


@given(LOTS, st.integers(0, 12), SEEDS, st.randoms())
def test_order_does_not_matter(lots: list[Lot], count: int, seed: str, random: Random) -> None:
    """The same lots in another order are the same lots."""
    shuffled = list(lots)
    random.shuffle(shuffled)

    assert draw(shuffled, count, seed) == draw(lots, count, seed)


@given(LOTS, st.integers(1, 12), SEEDS, st.floats(1, 50), st.data())
def test_more_risk_is_never_less_chance(
    lots: list[Lot], count: int, seed: str, more: float, data: st.DataObject
) -> None:
    """Whoever is drawn would be drawn with a higher risk too, whatever the seed."""
    at = data.draw(st.integers(0, len(lots) - 1))
    raised = list(lots)
    raised[at] = Lot(lots[at].code, lots[at].risk + more, lots[at].stratum)

    assert key(seed, raised[at]) <= key(seed, lots[at])
    assert lots[at].code not in codes(lots, count, seed) or lots[at].code in codes(
        raised, count, seed
    )


@given(LOTS, st.integers(1, 12), SEEDS)
def test_every_stratum_has_one_while_there_are_enough(
    lots: list[Lot], count: int, seed: str
) -> None:
    """One of each place comes before the second of any."""
    drawn = draw(lots, count, seed)
    strata = {lot.code: lot.stratum for lot in lots}
    held = len({strata[each.code] for each in drawn})

    assert held == min(count, len(set(strata.values())))
    assert len(drawn) == min(count, len(lots))


def test_chances_are_as_the_risks() -> None:
    """One of three, with risks 1, 2 and 5: an eighth, a quarter, five eighths of 4000 draws."""
    lots = [Lot("a", 1, "x"), Lot("b", 2, "x"), Lot("c", 5, "x")]

    counted = Counter(draw(lots, 1, str(seed))[0].code for seed in range(4000))

    assert counted["a"] == pytest.approx(500, abs=100)
    assert counted["b"] == pytest.approx(1000, abs=130)
    assert counted["c"] == pytest.approx(2500, abs=150)


def test_a_newcomer_leaves_the_others_in_their_order() -> None:
    """Keys depend on nobody else."""
    lots = [Lot(str(each), 1, "x") for each in range(30)]
    before = [each.code for each in draw(lots, 30, "7")]

    after = [each.code for each in draw([*lots, Lot("new", 1, "x")], 31, "7")]

    assert [code for code in after if code != "new"] == before


@pytest.mark.parametrize("text", ["10", "0%", "101%", "-5%", "十%", "", "10 人"])
def test_a_share_is_said_in_percent(text: str) -> None:
    """Nobody has to guess whether 0.1 is a tenth."""
    with pytest.raises(EngineError):
        percent(text)


@pytest.mark.parametrize(
    ("population", "share", "count"),
    [(10, 10, 1), (11, 10, 2), (300, 0.1, 1), (50, 14, 7), (10_000, 10, 1_000)],
)
def test_shares_are_rounded_up(population: int, share: float, count: int) -> None:
    """10 % of 11 are 2, and 14 % of 50 are 7."""
    assert size(population, share) == count


def test_inspectors_come_from_elsewhere_and_share_the_work() -> None:
    """Two go to each visit, none to the own county, and nobody goes much oftener than another."""
    people = [Inspector(name=f"督学{each}", unit="东胜区教育局" * (each < 2)) for each in range(6)]
    near = {f"1506020{each}": ["150602", "东胜区"] for each in range(4)}
    near |= {f"1506030{each}": ["150603", "康巴什区"] for each in range(4)}

    sent = send(list(near), people, near, "7")
    counted = Counter(name for pair in sent.values() for name in pair)

    assert {len(set(pair)) for pair in sent.values()} == {2}
    assert not {"督学0", "督学1"} & {
        name for code, pair in sent.items() if code.startswith("150602") for name in pair
    }
    assert max(counted.values()) - min(counted.values()) <= 1
    assert send(list(reversed(near)), people, near, "7") == sent


def test_too_few_inspectors_leave_a_place_empty() -> None:
    """Nobody from the same county is sent for want of others."""
    people = [Inspector(name="督学", unit="东胜区")]

    assert send(["1"], people, {"1": ["东胜区"]}, "7") == {"1": ()}
