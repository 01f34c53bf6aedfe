"""What is said of commas and points that may stand before decimals or thousands: 1,234, 2.000."""

from dabiao.intake.cells.unusable import Unusable, shown
from dabiao.schemas.language import say
from dabiao.schemas.numerals import round15
from dabiao.schemas.problem import Severity


def point_beside(text: str, decimal: str) -> Unusable:
    """Say that the point of a number may stand for thousands, as commas of its column do not."""
    return Unusable(
        "ambiguous-point",
        say(
            f"{shown(text)}的点可能是小数点，也可能是千分位：同列有{shown(decimal)}",
            f"the point of {shown(text)} may be a decimal point or not: the column also has"
            f" {shown(decimal)}",
        ),
        say("小数点用点，如 98.5；千分位不写点", "write 98.5, and thousands without a point"),
        found=text,
    )


def comma_beside(text: str, decimal: str) -> Unusable:
    """Say that the comma of a number may be a decimal one, as another of its column is."""
    return Unusable(
        "ambiguous-comma",
        say(
            f"{shown(text)}的逗号可能是小数点，也可能是千分位：同列有{shown(decimal)}",
            f"the comma of {shown(text)} may be a decimal point or not: the column also has"
            f" {shown(decimal)}",
        ),
        say("小数点用点，如 98.5；千分位不写逗号", "write 98.5, and thousands without a comma"),
        found=text,
    )


def ambiguous_point(text: str, value: float, larger: float) -> Unusable:
    """Say that the point of a number may stand for thousands, and how to tell."""
    return Unusable(
        "ambiguous-point",
        say(
            f"{shown(text)}的点可能是小数点，也可能是千分位：{value:.15g}或{larger:.15g}",
            f"the point of {shown(text)} may be a decimal point or not: {value:.15g} or"
            f" {larger:.15g}",
        ),
        say(f"写成 {value:.15g} 或 {larger:.15g}", f"write {value:.15g} or {larger:.15g}"),
        Severity.WARNING,
        text,
    )


def ambiguous_comma(text: str, why: str, smaller: float) -> Unusable:
    """Say that the comma of a number may be a decimal one, and how to tell."""
    value = round15(smaller * 1000)
    return Unusable(
        "ambiguous-comma",
        say(
            f"{shown(text)}的逗号可能是小数点，也可能是千分位：{smaller:.15g}或{value:.15g}（{why}）",
            f"the comma of {shown(text)} may be a decimal point or not: {smaller:.15g} or"
            f" {value:.15g} ({why})",
        ),
        say(
            f"写成 {value:.15g} 或 {smaller:.15g}，不写逗号",
            f"write {value:.15g} or {smaller:.15g}, without a comma",
        ),
        Severity.WARNING,
        text,
    )
