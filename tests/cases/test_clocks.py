"""Clocks: periods end where the calendar says, and days end at midnight."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.cases.clocks import last_day
from dabiao.cases.transitions import NEEDS, TRANSITIONS, steps
from dabiao.schemas.case import Case, CaseState
from dabiao.schemas.level import Level


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-01-30", "30天", "2024-02-29"),
        ("2023-01-30", "30天", "2023-03-01"),
        ("2024-01-31", "1个月", "2024-02-29"),
        ("2023-01-31", "1m", "2023-02-28"),
        ("2024-02-29", "1年", "2025-02-28"),
        ("2024-02-29", "4y", "2028-02-29"),
        ("2024-12-31", "2个月", "2025-02-28"),
        ("2024-11-30", "3 months", "2025-02-28"),
        ("2100-02-28", "1d", "2100-03-01"),
    ],
)
def test_last_days(start: str, period: str, end: str) -> None:
    """Leap years, the ends of months, the ends of years."""
    assert str(last_day(date.fromisoformat(start), period)) == end


@settings(max_examples=40)
@given(st.dates(date(1999, 1, 1), date(2101, 1, 1)), st.integers(0, 400))
def test_a_month_later_is_in_the_month_after(start: date, months: int) -> None:
    """Whatever the day: the month is the right one, and the day is the same or the month's last."""
    end = last_day(start, f"{months}个月")

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(1)).month != end.month


@pytest.mark.parametrize("period", ["", "30", "半年", "-1天", "1.5m", "9999y"])
def test_what_is_no_period(period: str) -> None:
    """It is refused, and so is what leads beyond the calendar."""
    with pytest.raises(ValueError, match=r".*"):
        last_day(date(2024, 1, 31), period)


def case(state: CaseState, **more: date) -> Case:
    """Make a case in a state."""
    return Case(
        *("2024-A", "r", 2024, "S", "S", "某校", Level.SCHOOL, (), "t", "d", (), ()),
        *(None, 2024, "f", date(2024, 1, 1), date(2024, 1, 1), state),
        **more,  # type: ignore[arg-type]
    )


def test_the_last_day_is_in_time_until_its_midnight() -> None:
    """Late is who is not done on the day after; a waiver holds through the whole of its last day.

    What is closed is never late, nor what was given no day.
    """
    due, end = case(CaseState.NOTIFIED, due=date(2024, 2, 29)), date(2024, 12, 31)
    waived = case(CaseState.WAIVED, due=date(2024, 2, 29), expires=end)

    assert [due.days_late(date(2024, 2, day)) for day in (1, 28, 29)] == [0, 0, 0]
    assert [due.days_late(date(2024, 3, day)) for day in (1, 2)] == [1, 2]
    assert (waived.days_late(end), waived.days_late(date(2025, 1, 1))) == (0, 1)
    assert case(CaseState.CLOSED, due=date(2024, 2, 29)).days_late(end) == 0
    assert case(CaseState.OPENED).days_late(end) == 0


def test_the_table_is_whole() -> None:
    """Every state can be reached and left again; nothing leads through a waiver."""
    assert set(TRANSITIONS) == set(NEEDS) == set(CaseState)
    assert all(each in TRANSITIONS[CaseState.WAIVED] for each in (CaseState.OPENED,))
    for state in CaseState:
        assert state is CaseState.OPENED or steps(CaseState.OPENED, state)
        ways = [steps(state, each) for each in CaseState if each is not state]
        assert all(CaseState.WAIVED not in (way or ())[:-1] for way in ways)
