"""Outliers: values far from those of all peers in the same year."""

import pytest

from dabiao.engine.quality.scales import FEW
from dabiao.engine.survey import survey
from dabiao.reports import wording
from dabiao.rules.formulas.formula import Ratio
from dabiao.schemas.level import Level
from dabiao.schemas.run import Note
from tests.engine import builders
from tests.engine.builders import EVERY_LEVEL, A, B, Sub, judged, pack, school


def outliers(*subjects: Sub) -> list[Note]:
    """Give the outliers of a submission."""
    ratio = builders.indicator("k", *EVERY_LEVEL, unit="%")
    catalog = pack(indicators={ratio: Ratio(A, B)})
    return [note for note in survey(judged(catalog, *subjects)) if note.kind == "outlier"]


def crowd(count: int = FEW - 1) -> list[Sub]:
    """Submit peers between 96 and 104."""
    return [school(f"P{each:02}", a=96 + each % 9) for each in range(count)]


@pytest.mark.parametrize(
    ("value", "noted"), [(250, 0), (400, 1), (40, 0), (20, 1), (0, 0)], ids=str
)
def test_far_from_all_peers(value: float, noted: int) -> None:
    """Beyond three times the median or a third of it, where peers lie close together."""
    found = outliers(*crowd(), school("S", a=value), school("T", a=100))

    assert [note.subject for note in found] == ["S"] * noted


def test_few_peers_tell_nothing() -> None:
    """With fewer than twenty nobody is far from anything."""
    assert outliers(*crowd(FEW - 2), school("S", a=4000)) == []
    assert len(outliers(*crowd(FEW - 1), school("S", a=4000))) == 1


def test_peers_that_differ_widely_leave_room() -> None:
    """The same value is nothing where peers spread over two orders of magnitude."""
    wide = [school(f"P{each:02}", a=10 * 1.3**each) for each in range(FEW)]

    assert outliers(*wide, school("S", a=4000)) == []


def test_a_long_tail_leaves_room_on_its_side() -> None:
    """Where half of the peers are alike and the others ever smaller, small is nothing special."""
    alike = [school(f"P{each:02}", a=96 + each % 9) for each in range(FEW)]
    tail = [school(f"T{each:02}", a=90 * 0.75**each) for each in range(FEW - 2)]

    found = outliers(*alike, *tail, school("S", a=2), school("U", a=4000))

    assert [note.subject for note in found] == ["U"]


def test_indicators_are_looked_at_too() -> None:
    """Both numbers are usual, but not one beside the other."""
    peers = [school(f"P{each:02}", a=10 + each, b=20 + 2 * each) for each in range(FEW)]

    (note,) = outliers(*peers, school("S", a=30, b=18))

    assert (note.subject, note.measures) == ("S", ("k", "a", "b"))
    assert [source.cell for source in note.sources] == ["E22", "F22"]
    assert "远离21个同类学校的中位数50%" in wording.note(note)
    assert note.level is Level.SCHOOL
