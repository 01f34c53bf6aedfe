"""Thresholds that may not be what was meant: out of reach, or of two readings."""

import re
from collections.abc import Callable

from dabiao.rules.language.draft import Phrase
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.measure import Item
from dabiao.schemas.problem import Problem, Severity

_PART_OF_ONE = re.compile(r"0?[.．]\d+|0．\d+|\d+\s*[/÷／]\s*\d+")


def warn_of_pointless(
    said: Phrase,
    item: Item,
    threshold: float,
    comparator: Comparator | None,
    report: Callable[[Problem], None],
) -> None:
    """Warn of a threshold that no submitted value could reach or break.

    Args:
        said: The threshold as it was said.
        item: What is compared with it.
        threshold: The threshold, in the unit of the item.
        comparator: How the two are compared; None where either end of the range is in reach.
        report: Told of the warning.
    """
    bound = said.text.strip()
    if not item.bounds[0] <= threshold <= item.bounds[1]:
        message = say(
            f"{bound}超出了{item.name}的范围", f"{bound} lies outside the range of {item.name}"
        )
    elif (comparator, threshold) in (
        (Comparator.MORE_THAN, item.maximum),
        (Comparator.LESS_THAN, item.minimum),
    ):
        message = say(
            f"{item.name}到头就是{bound}，谁也做不到",
            f"{bound} is as far as {item.name} goes, so that nobody can comply",
        )
    else:
        return
    report(
        said.problem(
            "out-of-range",
            message,
            severity=Severity.WARNING,
            expected=f"{_bound(item.minimum)}..{_bound(item.maximum)}",
            hint=say("核对数字、单位和比较词", "check number, unit and comparison"),
        )
    )


def is_part_of_one(said: Phrase) -> bool:
    """Tell whether a threshold is a fraction: 0.75, .75 or 3/4."""
    return _PART_OF_ONE.fullmatch(said.text.strip()) is not None


def per_cent_or_part(said: Phrase) -> Problem:
    """Tell that a bare 0.75 or 1/3 of a percentage may be 0.75% and 75%."""
    bare = said.text.strip()
    return said.problem(
        "ambiguous-number",
        say(
            f"“{bare}”没有写单位：是百分之{bare}，还是乘以100才是百分数，看不出来",
            f"{bare!r} has no unit: it may be {bare}%, or a hundred times as many per cent",
        ),
        hint=say("写成百分数，如 75%", "write per cents, such as 75%"),
    )


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
