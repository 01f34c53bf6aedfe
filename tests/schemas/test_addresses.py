"""Addresses: what a cell, a row and a column are called, and many of them in few words."""

import pytest

from dabiao.schemas.addresses import Area, areas, fits_sheet, united


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("F3", [(6, 3, 6, 3)]),
        ("F3:H9", [(6, 3, 8, 9)]),
        ("XFD1048576", [(16_384, 1_048_576, 16_384, 1_048_576)]),
        ("第5行", [(0, 5, 0, 5)]),
        ("第5-7行", [(0, 5, 0, 7)]),
        ("rows 5–7", [(0, 5, 0, 7)]),
        ("F", [(6, 1, 6, 1)]),
        ("F12+G12、第3行", [(6, 12, 6, 12), (7, 12, 7, 12), (0, 3, 0, 3)]),
    ],
)
def test_what_an_address_means(address: str, found: list[tuple[int, int, int, int]]) -> None:
    """Cells, ranges, rows, a column for its first cell, and several of them."""
    assert areas(address) == tuple(Area(*each) for each in found)


@pytest.mark.parametrize("address", ["", "[3].pupils", "F0", "XFE1", "H3:F9", "F9:F3", "F3+人数"])
def test_what_is_no_address(address: str) -> None:
    """A part that is none makes the whole none, and so does a range that runs backwards."""
    assert areas(address) == ()


def test_what_a_sheet_has_room_for() -> None:
    """The last column and row belong to it; one further in either direction does not."""
    last = Area(16_384, 1_048_576, 16_384, 1_048_576)

    assert fits_sheet(last)
    assert not fits_sheet(Area(1, 1, 16_385, 1))
    assert not fits_sheet(Area(1, 1, 1, 1_048_577))


def test_how_many_cells() -> None:
    """As many as columns times rows; of whole rows, how many rows."""
    assert Area(6, 3, 8, 9).size == 21
    assert Area(0, 5, 0, 7).size == 3


@pytest.mark.parametrize(
    ("cells", "joined"),
    [
        ("F3+F4+F5", ["F3:F5"]),
        ("F3+F5", ["F3", "F5"]),
        ("F3+G3", ["F3:G3"]),
        ("F3+H3", ["F3", "H3"]),
        ("F3:F9+F5", ["F3:F9"]),
        ("F3:F9+G3:G8", ["F3:F9", "G3:G8"]),
        ("第3行+第4行", ["第3-4行"]),
    ],
)
def test_what_touches_is_joined(cells: str, joined: list[str]) -> None:
    """Down a column, then across columns with the same rows; a gap of one keeps them apart."""
    assert sorted(map(str, united(areas(cells)))) == sorted(joined)
