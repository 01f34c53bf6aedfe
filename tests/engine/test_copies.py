"""Copies: the same numbers twice, where chance does not make them so."""

import pytest

from dabiao.engine.survey import survey
from dabiao.reports import wording
from dabiao.schemas.level import Level
from dabiao.schemas.run import Note
from tests.engine import builders
from tests.engine.builders import EVERY_LEVEL, Cell, Sub, judged, pack

SLUGS = "abcdefgh"
ITEMS = [builders.item(slug, *EVERY_LEVEL) for slug in SLUGS]


def row(code: str, *values: Cell, year: int = 2025) -> Sub:
    """Submit a school's row of numbers."""
    return Sub(Level.SCHOOL, code, "150602", {year: dict(zip(SLUGS, values, strict=False))})


def found(*subjects: Sub) -> list[Note]:
    """Give the copies in a submission."""
    notes = survey(judged(pack(items=ITEMS), *subjects))
    return [note for note in notes if note.kind in ("copy", "repeat")]


OTHERS = [row(f"P{each}", *(100 * each + 7 * at for at in range(1, 7))) for each in range(1, 8)]
NUMBERS = (431, 22, 17, 96, 58, 3)


def test_two_schools_with_the_same_numbers() -> None:
    """One note for both, with the cells of both."""
    (note,) = found(*OTHERS, row("S", *NUMBERS), row("T", *NUMBERS))

    assert (note.kind, note.subject, note.others) == ("copy", "S", ("T",))
    assert wording.note(note) == "名S（S）、名T（T），2025年填报的6个数完全相同，可能是照抄"
    assert [source.cell for source in note.sources] == ["E9", "F9", "G9", "E10", "F10", "G10"]


def test_one_number_of_difference_is_enough() -> None:
    """Nor is a cell that only one of them filled the same."""
    assert found(*OTHERS, row("S", *NUMBERS), row("T", *NUMBERS[:-1], 4)) == []
    assert found(*OTHERS, row("S", *NUMBERS), row("T", *NUMBERS[:-1])) == []


@pytest.mark.parametrize(("filled", "copies"), [(4, 0), (5, 1)])
def test_a_few_numbers_tell_nothing(filled: int, copies: int) -> None:
    """It takes five that are not 0, however many zeros stand beside them."""
    numbers = (*NUMBERS[:filled], *[0] * (8 - filled))

    assert len(found(*OTHERS, row("S", *numbers), row("T", *numbers))) == copies


def test_what_everybody_says_tells_nothing() -> None:
    """Six numbers of which five are everybody's."""
    usual = [row(f"U{each}", 40, 5, 2, 100, 1, each) for each in range(1, 20)]

    assert found(*usual, row("S", 40, 5, 2, 100, 1, 3)) == []


def test_a_year_that_was_not_brought_up_to_date() -> None:
    """All numbers are last year's, while others changed."""
    changed = [
        row(f"P{each}", *(each * at + year for at in range(3, 9)), year=year)
        for each in range(1, 5)
        for year in (2024, 2025)
    ]
    same = [row("S", *NUMBERS, year=year) for year in (2024, 2025)]

    (note,) = found(*changed, *same)

    assert (note.kind, note.subject) == ("repeat", "S")
    assert "与上年完全相同" in wording.note(note)


def test_where_nobody_changed_nothing_is_told() -> None:
    """Numbers that stay the same by their nature."""
    same = [
        row(f"P{each}", *(each * at for at in range(3, 9)), year=year)
        for each in range(1, 12)
        for year in (2024, 2025)
    ]

    assert found(*same) == []
