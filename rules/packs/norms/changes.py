"""Amounts by which something is to change, or may miss its bound: in its unit or in points."""

from collections.abc import Callable

from dabiao.rules.formulas.checking.check import Typed
from dabiao.rules.formulas.checking.remarks import bare_number
from dabiao.rules.language.draft import Phrase
from dabiao.rules.packs.norms.built import remark_on
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.quantity import Quantity, quantity
from dabiao.schemas.unit import COUNTED, POINTS, is_percent, is_points, is_sayable


def warn_of_bare(said: Phrase, unit_text: str, report: Callable[[Problem], None]) -> None:
    """Warn of a number without a unit, and say in which it is read; pure numbers have none."""
    if unit_text:
        told = bare_number(said.text.strip(), unit_text)
        remark_on(said, report, told)


def read_bare(
    said: Phrase, value: float, unit_text: str, report: Callable[[Problem], None]
) -> float | None:
    """Take a number without a unit to be in one, unless that is one that nobody could write."""
    if is_sayable(unit_text):
        warn_of_bare(said, unit_text, report)
    elif value != 0:
        bare = said.text.strip()
        report(
            said.problem(
                "ambiguous-number",
                say(
                    f"“{bare}”没有写单位，而这里以“{unit_text}”计，看不出是多少",
                    f"{bare!r} has no unit, and this is in {unit_text!r}, so that nobody can tell "
                    "how much it is",
                ),
                hint=say("换成有单位的指标", "take a measure that has a unit"),
            )
        )
        return None
    return value


def read_change(
    said: Phrase, value: Typed, report: Callable[[Problem], None]
) -> tuple[float, bool] | None:
    """Read the smallest change: an amount in the unit of a value, and whether it is in % of it."""
    change: Quantity | None = quantity(said.text)
    if change is None or change.value < 0:
        report(
            said.problem(
                "not-a-number",
                say(f"“{said.text}”不是变化的数量", f"{said.text!r} is not an amount of change"),
                expected=say("如 0.5个百分点、5%、500人", "such as 0.5 percentage points, 5%, 500"),
            )
        )
        return None
    if is_percent(value.unit_text):
        if not change.unit:
            warn_of_bare(said, POINTS, report)
        if is_points(change.unit) or not change.unit:
            return change.value, False
        report(
            said.problem(
                "percent-points",
                say(
                    f"{value.unit_text}之间的变化要用百分点，写的是“{said.text}”",
                    f"a change of a percentage is in percentage points, not {said.text!r}",
                ),
                hint=say(
                    f"写成 {change.value:g}个百分点", f"write {change.value:g} percentage points"
                ),
            )
        )
        return None
    if is_percent(change.unit):
        return change.value, True
    if not change.unit:
        amount = read_bare(said, change.value, value.unit_text, report)
        return None if amount is None else (amount, False)
    least = None if value.unit is None else change.measured_in(value.unit)
    if least is None or is_points(change.unit):
        report(
            said.problem(
                "unit-mismatch",
                say(
                    f"变化量的单位“{change.unit}”与“{value.unit_text}”不符",
                    f"the change is in {change.unit!r}, the measure in {value.unit_text!r}",
                ),
                hint=say(f"用{value.unit_text}或%", f"use {value.unit_text} or %"),
            )
        )
        return None
    return least, False


def read_tolerance(
    said: Phrase, unit_text: str, report: Callable[[Problem], None], *, counted: bool
) -> float | None:
    """Read by how much a bound may be missed, in the unit of what is compared.

    Args:
        said: The amount.
        unit_text: That unit.
        report: What to do with problems.
        counted: Whether subjects are counted, so that any measure word will do.
    """
    tolerance = quantity(said.text)
    if tolerance is None or tolerance.value <= 0:
        report(
            said.problem(
                "not-a-number",
                say(f"“{said.text}”不是相差的数量", f"{said.text!r} is no amount"),
                expected=say("如 0.5个百分点、2人", "such as 0.5 percentage points, 2 people"),
            )
        )
        return None
    if not tolerance.unit:
        of = POINTS if is_percent(unit_text) else unit_text
        return read_bare(said, tolerance.value, of, report)
    if is_percent(unit_text) and is_percent(tolerance.unit):
        report(
            said.problem(
                "percent-points",
                say(
                    f"两个百分比相差要用百分点，写的是“{said.text}”",
                    f"percentages differ by percentage points, not by {said.text!r}",
                ),
                hint=say(
                    f"写成 {tolerance.value:g}个百分点",
                    f"write {tolerance.value:g} percentage points",
                ),
            )
        )
        return None
    points = is_points(tolerance.unit) and (is_percent(unit_text) or is_points(unit_text))
    amount = tolerance.value if points else tolerance.measured_in(COUNTED if counted else unit_text)
    if amount is None or (is_points(tolerance.unit) and not points):
        report(
            said.problem(
                "unit-mismatch",
                say(
                    f"相差的单位“{tolerance.unit}”与“{unit_text}”不符",
                    f"the difference is in {tolerance.unit!r}, what is compared in {unit_text!r}",
                ),
                hint=say(f"用{unit_text}", f"use {unit_text}"),
            )
        )
        return None
    return amount
