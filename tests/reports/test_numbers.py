"""Numbers: no noise, no lost difference."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.reports.numbers import (
    brief,
    distance,
    exact,
    gap_unit,
    in_full,
    quantity,
    scalar,
    with_unit,
)
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.unit import PER_ONE

reasonable = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-8)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, "0.3"),
        (47.0, "47"),
        (12.5, "12.5"),
        (1.125, "1.13"),
        (-2.675, "-2.68"),
        (1234567.8, "1,234,567.8"),
        (-0.0, "0"),
        (100 / 3, "33.33"),
        (0.4567, "0.457"),
        (2e-7, "0.0000002"),
        (1e-9, "0.000000001"),
        (1e15, "1,000,000,000,000,000"),
        (1e16, "1e+16"),
        (1e20, "1e+20"),
        (float("nan"), "—"),
        (float("inf"), "—"),
    ],
)
def test_a_number_has_the_decimals_a_reader_needs(value: float, expected: str) -> None:
    """A number has the decimals a reader needs, and no exponent where it can be helped."""
    assert brief(value) == expected


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [(94.996, 95, "94.996"), (95.004, 95.0, "95.004"), (45.0, 45, "45"), (95.0000000001, 95, "95")],
)
def test_number_beside_its_bound(value: float, bound: float, expected: str) -> None:
    """What misses its bound by a hair does not look as if it met it."""
    assert brief(value, beside=bound) == expected


@given(reasonable, reasonable)
def test_two_numbers_never_look_alike(value: float, bound: float) -> None:
    """Two numbers that differ by more than the tolerance of judging are printed differently."""
    alike = abs(value - bound) <= 1e-8 * max(abs(value), abs(bound))

    assert alike or brief(value, beside=bound) != brief(bound)


@given(reasonable)
def test_exact_loses_nothing_that_means_something(value: float) -> None:
    """What is printed in full reads back as the same number to twelve digits."""
    assert float(exact(value).replace(",", "")) == pytest.approx(value, rel=1e-11)


def test_values_of_other_kinds() -> None:
    """Truth values and missing ones are words, in the language spoken."""
    assert [scalar(value) for value in (True, False, None, "小学")] == ["是", "否", "—", "小学"]
    with speaking(Language.EN):
        assert [scalar(value) for value in (True, False)] == ["yes", "no"]


def test_quotients_are_one_to_so_many() -> None:
    """They are written as one to so many, told apart from a bound; nothing is not divided by."""
    assert quantity(1 / 19.004, PER_ONE, beside=1 / 19) == "1:19.004"
    assert quantity(1 / 19.004, PER_ONE, beside=0.0) == "1:19"
    assert quantity(0.0, PER_ONE) == "0"


def test_units_stand_where_they_belong() -> None:
    """Chinese units and % follow at once, Latin ones after a space, counts have none."""
    assert quantity(47, "人") == "47人"
    assert quantity(98.5, "%") == "98.5%"
    assert quantity(100, "Mbps") == "100 Mbps"
    assert quantity(3, "·") == "3"
    assert quantity(0.5, gap_unit("%")) == "0.5个百分点"
    with speaking(Language.EN):
        assert quantity(0.5, gap_unit("%")) == "0.5 points"


def test_a_number_to_be_reached_has_all_its_digits_grouped_as_elsewhere() -> None:
    """It may stand beside a rounded one, and is read alike."""
    assert in_full(112490.148, "万元") == "112,490.148万元"
    assert in_full(112490.0, "万元") == in_full(112490, "万元") == "112,490万元"


def _brief_by_digits(value: float, beside: float | None) -> str:
    """Write a number as ``brief`` says, digit by digit and without any short way."""
    if value and not 1e-9 <= abs(value) < 1e16:
        return f"{value:.12g}"

    def rounded(number: float, places: int) -> str:
        told = f"{Decimal(f'{number:.12g}').quantize(Decimal(10) ** -places, ROUND_HALF_UP):,f}"
        told = told.rstrip("0").rstrip(".") if "." in told else told
        return "0" if told == "-0" else told

    places = max(2, 2 - math.floor(math.log10(abs(value)))) if value else 2
    if beside is not None and not math.isclose(value, beside, rel_tol=1e-9):
        while places < 12 and rounded(value, places) == rounded(beside, places):
            places += 1
    return rounded(value, places)


_short = st.builds(
    lambda whole, places: whole / 10**places, st.integers(-(10**7), 10**7), st.integers(0, 5)
)


@given(value=_short | reasonable, beside=st.none() | _short | reasonable)
def test_short_ways_to_write_a_number_write_the_same(value: float, beside: float | None) -> None:
    """Most numbers need no rounding, and are written as if they had been rounded."""
    assert brief(value, beside) == _brief_by_digits(value, beside)


@given(value=_short | reasonable, beside=st.none() | _short, unit=st.sampled_from(["人", "%", "·"]))
def test_a_short_way_to_write_a_quantity_writes_the_same(
    value: float, beside: float | None, unit: str
) -> None:
    """Most are written at once, and as the number and the unit behind it."""
    with speaking(Language.EN):
        number = brief(value, beside)
        assert quantity(value, unit, beside) == (number if unit == "·" else with_unit(number, unit))


@pytest.mark.parametrize(
    ("value", "bound", "unit", "expected"),
    [
        (4.403, 5, "%", "0.6个百分点"),
        (88 / 3, 29, "人/班", "0.33人/班"),
        (94.9964, 95, "%", "0.004个百分点"),
        (54.994, 55, "%", "0.01个百分点"),
        (0.00457, 0.005, "", "0.00043"),
        (5 - 4e-8, 5, "人", "0.00000004人"),  # which is not 0
        (1 / 21, 1 / 20, "1:n", "0.00238"),  # nobody reads these as 1:21 and 1:20 apart
        (49, 45, "人", "4人"),
    ],
)
def test_a_gap_is_never_0(value: float, bound: float, unit: str, expected: str) -> None:
    """A gap is what a reader finds who takes the value from the bound, and never 0."""
    assert distance(abs(bound - value), unit, value, bound) == expected


@given(st.floats(0.01, 1e6).filter(lambda x: abs(x - 50) > 1e-3))
def test_a_distance_is_the_difference_of_what_is_read(value: float) -> None:
    """As far as the bound is read in full."""
    read, gap = (
        Decimal(each.replace(",", ""))
        for each in (brief(value, 50), distance(abs(50 - value), "", value, 50))
    )
    decimals = max(2, len(str(read).partition(".")[2]))

    assert abs(abs(read - 50) - gap) <= Decimal(1).scaleb(-decimals)


def test_nothing_lies_nowhere() -> None:
    """Where there is no gap, there is nothing to say of it."""
    assert distance(None, "人", 49, 45) == distance(0, "人", 45, 45) == "—"
