"""Number formats and serial days."""

import pytest

from dabiao.intake.formats.xlsx.number_formats import Shown, moment, shown_as


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (0, None, Shown.NUMBER),
        (9, None, Shown.PERCENT),
        (14, None, Shown.MOMENT),
        (57, None, Shown.MOMENT),
        (164, "0.0%", Shown.PERCENT),
        (164, '0"%"', Shown.WRITTEN_PERCENT),
        (164, "General\\%", Shown.WRITTEN_PERCENT),
        (164, "G/通用格式", Shown.NUMBER),
        (164, "General", Shown.NUMBER),
        (164, "[$-804]yyyy年m月", Shown.MOMENT),
        (164, "[h]:mm", Shown.MOMENT),
        (164, "[Red]0.00", Shown.NUMBER),
        (164, "0\\d", Shown.NUMBER),
        (164, "_-* #,##0.00_d", Shown.NUMBER),
        (164, "0.00E+00", Shown.NUMBER),
    ],
    ids=repr,
)
def test_what_formats_show(number: int, code: str | None, shown: Shown) -> None:
    """Quoted text, colours and padding are no fields of a date."""
    assert shown_as(number, code) is shown


@pytest.mark.parametrize(
    ("serial", "from_1904", "text", "year"),
    [
        (1.0, False, "1900-01-01", 1900),
        (59.0, False, "1900-02-28", 1900),
        (61.0, False, "1900-03-01", 1900),
        (45901.5, False, "2025-09-01", 2025),
        (44439.0, True, "2025-09-01", 2025),
        (0.75, False, "18:00", None),
        (-1.0, False, "-1", None),
        (1e9, False, "1000000000", None),
        (float("nan"), False, "nan", None),
        (2958465.0, True, "2958465", None),
    ],
    ids=repr,
)
def test_serial_days(serial: float, from_1904: bool, text: str, year: int | None) -> None:  # noqa: FBT001
    """Days are counted as Excel does, which believes in 29 February 1900."""
    found = moment(serial, from_1904=from_1904)
    assert (found.shown, found.year) == (text, year)
