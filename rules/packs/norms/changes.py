"""Amounts by which something is to change, or may miss its bound: in its unit or in points."""

from collections.abc import Callable

from dabiao.rules.formulas.checking.check import Typed
from dabiao.rules.language.draft import Phrase
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.quantity import Quantity, quantity
from dabiao.schemas.unit import is_percent, is_points


def read_change(
    said: Phrase, value: Typed, report: Callable[[Problem], None]
) -> tuple[float, bool] | None:
    """Read the smallest change: an amount in the unit of a value, and whether it is in % of it."""
    found: Quantity | None = quantity(said.text)
    if found is None or found.value < 0:
        report(
            said.problem(
                "not-a-number",
                say(f"“{said.text}”不是变化的数量", f"{said.text!r} is not an amount of change"),
                expected=say("如 0.5个百分点、5%、500人", "such as 0.5 percentage points, 5%, 500"),
            )
        )
        return None
    if is_percent(value.unit_text):
        if is_points(found.unit) or not found.unit:
            return found.value, False
        report(
            said.problem(
                "percent-points",
                say(
                    f"{value.unit_text}之间的变化要用百分点，写的是“{said.text}”",
                    f"a change of a percentage is in percentage points, not {said.text!r}",
                ),
                hint=say(
                    f"写成 {found.value:g}个百分点", f"write {found.value:g} percentage points"
                ),
            )
        )
        return None
    if is_percent(found.unit):
        return found.value, True
    if not found.unit:
        return found.value, False
    least = found.measured_in(value.unit_text) if value.unit is not None else None
    if least is None or is_points(found.unit):
        report(
            said.problem(
                "unit-mismatch",
                say(
                    f"变化量的单位“{found.unit}”与“{value.unit_text}”不符",
                    f"the change is in {found.unit!r}, the measure in {value.unit_text!r}",
                ),
                hint=say(f"用{value.unit_text}或%", f"use {value.unit_text} or %"),
            )
        )
        return None
    return least, False


def read_tolerance(said: Phrase, unit_text: str, report: Callable[[Problem], None]) -> float | None:
    """Read by how much a bound may be missed, in the unit of what is compared."""
    found = quantity(said.text)
    if found is None or found.value <= 0:
        report(
            said.problem(
                "not-a-number",
                say(f"“{said.text}”不是相差的数量", f"{said.text!r} is no amount"),
                expected=say("如 0.5个百分点、2人", "such as 0.5 percentage points, 2 people"),
            )
        )
        return None
    if not found.unit:
        return found.value
    if is_percent(unit_text) and is_percent(found.unit):
        report(
            said.problem(
                "percent-points",
                say(
                    f"两个百分比相差要用百分点，写的是“{said.text}”",
                    f"percentages differ by percentage points, not by {said.text!r}",
                ),
                hint=say(
                    f"写成 {found.value:g}个百分点", f"write {found.value:g} percentage points"
                ),
            )
        )
        return None
    points = is_points(found.unit) and (is_percent(unit_text) or is_points(unit_text))
    amount = found.value if points else found.measured_in(unit_text)
    if amount is None or (is_points(found.unit) and not points):
        report(
            said.problem(
                "unit-mismatch",
                say(
                    f"相差的单位“{found.unit}”与“{unit_text}”不符",
                    f"the difference is in {found.unit!r}, what is compared in {unit_text!r}",
                ),
                hint=say(f"用{unit_text}", f"use {unit_text}"),
            )
        )
        return None
    return amount
