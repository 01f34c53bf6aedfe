"""Jumps: a change unlike that of peers, or very large where there are few of them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dabiao.engine.quality.scales import FEW
from dabiao.engine.survey import survey
from dabiao.reports import wording
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.run import Note
from tests.engine.builders import ITEMS, Cell, Sub, judged, pack

SHARE = [replace(each, maximum=100.0) if each.slug == "c" else each for each in ITEMS]


def over(slug: str, code: str = "S", **cells: Cell) -> Sub:
    """Submit one item of a school by year: ``over("a", y2024=1, y2025=2)``."""
    rows = {int(year[1:]): {slug: value} for year, value in cells.items()}
    return Sub(Level.SCHOOL, code, "150602", rows)


def jumps(*subjects: Sub, items: Sequence[Item] = ITEMS, peers: tuple[str, ...] = ()) -> list[Note]:
    """Give the jumps of a submission, last year's to this one's."""
    catalog = replace(pack(items=items), peers=peers)
    return [note for note in survey(judged(catalog, *subjects)) if note.kind == "jump"]


def crowd(slug: str, before: float, after: float, count: int = FEW) -> list[Sub]:
    """Submit peers that change by about the same, each a little differently."""
    return [
        over(slug, f"P{each:02}", y2024=before, y2025=after * (1 + 0.01 * (each % 5)))
        for each in range(count)
    ]


@pytest.mark.parametrize(("after", "noted"), [(499, 0), (500, 1), (21, 0), (20, 1), (None, 0)])
def test_few_peers_leave_a_plain_factor(after: Cell, noted: int) -> None:
    """Five times as much or a fifth."""
    assert len(jumps(over("a", y2024=100, y2025=after))) == noted


@pytest.mark.parametrize(("after", "noted"), [(155, 0), (300, 1), (35, 1), (95, 0)])
def test_many_peers_show_what_is_usual(after: float, noted: int) -> None:
    """Where all stay within a few per cent, three times as much is not usual."""
    found = jumps(*crowd("a", 100, 104), over("a", "S", y2024=100, y2025=after))

    assert [note.subject for note in found] == ["S"] * noted


def test_what_everybody_does_is_no_jump() -> None:
    """Where all peers double, who stays where it was is the odd one."""
    doubled = crowd("a", 100, 200)

    assert jumps(*doubled, over("a", y2024=100, y2025=210)) == []
    assert [note.subject for note in jumps(*doubled, over("a", y2024=100, y2025=90))] == ["S"]


@pytest.mark.parametrize(("after", "noted"), [(14, 0), (40, 1)])
def test_small_counts_may_move(after: float, noted: int) -> None:
    """From 2 to 14 of anything is within chance, 3.5 √(2 + 14); from 2 to 40 is not."""
    assert len(jumps(over("b", y2024=2, y2025=after))) == noted


@pytest.mark.parametrize(("after", "noted"), [(49, 0), (39, 1)])
def test_shares_are_compared_in_points(after: float, noted: int) -> None:
    """From 90 % it takes 50 points where there are few peers, though 39 is no fifth of 90."""
    assert len(jumps(over("c", y2024=90, y2025=after), items=SHARE)) == noted


@pytest.mark.parametrize(("before", "noted"), [(12, 0), (13, 1)])
def test_a_fall_to_nothing(before: float, noted: int) -> None:
    """A count that chance does not bring to 0; from 0 upwards nothing is said."""
    assert len(jumps(over("b", y2024=before, y2025=0))) == noted
    assert jumps(over("b", y2024=0, y2025=500)) == []


def test_what_a_subject_has_done_before_is_usual_for_it() -> None:
    """A fall as large as last year's rise is no second note."""
    assert jumps(over("a", y2023=10, y2024=100, y2025=10)) == []
    assert len(jumps(over("a", y2023=80, y2024=100, y2025=10))) == 1


def test_peers_are_of_one_category() -> None:
    """A school is compared with those of its stage alone."""

    def at(stage: str, one: Sub) -> Sub:
        return replace(one, years={y: {**cells, "stage": stage} for y, cells in one.years.items()})

    primary = [at("小学", each) for each in crowd("a", 100, 200)]
    junior = [at("初中", replace(each, code="Q" + each.code)) for each in crowd("a", 100, 101)]
    lone = at("初中", over("a", y2024=100, y2025=205))

    assert [note.subject for note in jumps(*primary, *junior, lone, peers=("stage",))] == ["S"]
    assert "同类初中学校" in wording.note(jumps(*primary, *junior, lone, peers=("stage",))[0])


def test_a_jump_names_years_and_cells() -> None:
    """This year's cell first, then last year's."""
    (note,) = jumps(over("a", y2023=98, y2024=100, y2025=1000))

    assert (
        wording.note(note) == "名S的项a突变：2025年1,000人，2024年100人，2023年98人；与上年相差过大"
    )
    assert [source.cell for source in note.sources] == ["E4", "E3"]
    assert note.measure == "a"
