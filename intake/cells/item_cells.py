"""Single cells of an item: what they say in the item's unit, or why they say nothing usable."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import TypeGuard

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.not_numbers import instead, lost_digits, too_narrow
from dabiao.intake.cells.unusable import Unusable, fault, marked, shown, special
from dabiao.intake.formats.table import Cell, Moment, Percent, Printed
from dabiao.intake.names import nearest
from dabiao.schemas.halfwidth import normalize
from dabiao.schemas.language import say
from dabiao.schemas.marks import marks, struck
from dabiao.schemas.measure import Indicator, Item, ItemType
from dabiao.schemas.numerals import MAGNITUDES, round15
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity
from dabiao.schemas.quantity import Quantity, quantity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import (
    PER_ONE,
    conversion,
    in_small_letters,
    is_known,
    is_percent,
    is_points,
    parted,
    unit,
)

_DATE = pattern(
    r"\d{1,4}[-/.年月](?:0?[1-9]|[12]\d|3[01])(?:[-/.月]\d{1,4})?[日号]?|\d{1,2}:\d\d(?::\d\d)?"
)
_MAYBE_RANGE = pattern(r"\d{1,2}-\d{1,2}")
_MAYBE_FRACTION = pattern(r"\d{1,2}/\d{1,2}")
_GROUPED_ONCE = pattern(r"'?[+-]?[1-9]\d{0,2},\d{3}(?![\d.,])")
_DECIMAL_COMMA = pattern(
    r"'?[+-]?(?:0+,\d+|(?:\d{1,3}(?:\.\d{3})+|\d+),(?!\d{3}(?:\D|$))\d+)(?![\d.,])"
)
_GROUPED_BY_POINTS = pattern(r"'?[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?(?![\d.,])")
_POINTED_ONCE = pattern(r"'?[+-]?[1-9]\d{0,2}\.\d{3}(?![\d.,])")
_MONEY = pattern(r"(?:¥|RMB|CNY|人民币) ?(.+)", re.IGNORECASE)
_BARE = pattern(r"[+-]?[\d,.]+")
_EXPORTED = pattern(r"[+-]?\d(?:\.(?P<decimals>\d*))?E\+(?P<exponent>\d{2,3})")
_OF_NUMBERS = frozenset("0123456789.,+-")
_YES = frozenset(["是", "有", "true", "yes", "y", "1", "√", "✓", "✔", "☑", "对", "1.0"])
_NO = frozenset(["否", "无", "false", "no", "n", "0", "×", "✗", "✘", "☒", "错", "没有", "0.0"])
_INVISIBLE = pattern(r"[\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number that a cell gives.

    Attributes:
        value: In the item's unit if ``settled``, else in that of the column.
        settled: Whether the cell itself says what it means, by a unit or a percentage format.
    """

    value: float
    settled: bool


@dataclass(frozen=True)
class ColumnReading:
    """How the cells of a column are read.

    Attributes:
        measure: What they are about.
        unit: The unit in brackets of the header, or None.
        replacements: Texts that stand for others, from a mapping file.
    """

    measure: Item | Indicator
    unit: str | None = None
    replacements: Mapping[str, str | float | bool] = field(default_factory=dict)

    @cached_property
    def type(self) -> ItemType:
        """What the cells hold; a computed measure is a number."""
        return self.measure.type if isinstance(self.measure, Item) else ItemType.NUMBER

    @cached_property
    def factor(self) -> float | None:
        """What a bare number of the column is multiplied by; None if the units do not agree."""
        if self.unit is None or not self.type.numeric:
            return 1.0
        if is_points(self.unit) and not is_points(self.measure.unit):
            return None
        return conversion(unit(self.unit), unit(self.measure.unit))

    @cached_property
    def percent(self) -> bool:
        """Whether the item is in %."""
        return is_percent(self.measure.unit)

    @cached_property
    def per_one(self) -> bool:
        """Whether the item is a quotient that people write as one to so many."""
        return self.measure.unit == PER_ONE

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The allowed range."""
        return self.measure.bounds if isinstance(self.measure, Item) else (-math.inf, math.inf)

    @cached_property
    def expected(self) -> str:
        """What a cell should hold."""
        match self.type:
            case ItemType.BOOLEAN:
                return say("是 或 否", "yes or no")
            case ItemType.CATEGORY:
                return say("、", ", ").join(self.options) or say("文本", "a text")
        kind = (
            say("整数", "a whole number")
            if self.type is ItemType.INTEGER
            else say("数值", "a number")
        )
        if self.per_one:
            kind = say("几比几，如 1:13", "one to so many, such as 1:13")
        elif self.measure.unit:
            kind = say(f"{kind}（{self.measure.unit}）", f"{kind} ({self.measure.unit})")
        low, high = self.bounds
        if math.isfinite(low) and math.isfinite(high):
            return say(
                f"{low:.15g} 至 {high:.15g} 的{kind}", f"{kind} from {low:.15g} to {high:.15g}"
            )
        if math.isfinite(low):
            return say(f"不小于 {low:.15g} 的{kind}", f"{kind}, at least {low:.15g}")
        if math.isfinite(high):
            return say(f"不大于 {high:.15g} 的{kind}", f"{kind}, at most {high:.15g}")
        return kind

    @cached_property
    def options(self) -> tuple[str, ...]:
        """What a category may say."""
        return self.measure.options if isinstance(self.measure, Item) else ()


def read_number(cell: Cell, reading: ColumnReading) -> CellNumber | Unusable | None:
    """Read a cell of a numeric item; None if nothing is reported."""
    if is_blank(cell):
        return None
    match cell:
        case bool():
            return _no_number(cell)
        case Percent():
            return _percentage(float(cell), reading)
        case int() | float():
            return _finite(cell)
        case str():
            return _number_from_text(cell, reading)
        case Printed():
            return special(cell) or _printed(cell, reading)
        case Moment() if reading.per_one and quantity(cell.shown) is not None:
            return _number_from_text(cell.shown, reading)  # 1:13, made a time as it was typed
    return special(cell)


def _no_number(cell: Cell) -> Unusable:
    return Unusable(
        "not-a-number",
        say(f"{shown(cell)}不是数值", f"{shown(cell)} is no number"),
        instead(str(cell)),
    )


def _finite(cell: float) -> CellNumber | Unusable:
    try:
        value = float(cell)
    except OverflowError:
        value = math.inf
    return CellNumber(value, settled=False) if math.isfinite(value) else _no_number(str(cell))


def _percentage(value: float, reading: ColumnReading) -> CellNumber | Unusable:
    """Read 0.98 in a cell that shows 98%."""
    factor = conversion(unit("%"), unit(reading.measure.unit))
    if factor is None:
        own = reading.measure.unit
        return Unusable(
            "wrong-unit",
            say(
                f"单元格设为百分比（{shown(Percent(value))}），而单位是{own}",
                f"the cell is formatted as {shown(Percent(value))}, but the unit is {own}",
            ),
            say("把单元格格式改为常规后重新填写", "set the format to general and type it again"),
        )
    if not math.isfinite(value):
        return _no_number(value)
    return CellNumber(round15(round15(value * 100) * factor), settled=True)


def _printed(cell: Printed, reading: ColumnReading) -> CellNumber | Unusable:
    """Read a number as its cell shows it, like the same as a text.

    A format that scales is certain only if what is shown says by how much, itself (1.2万 of 12000)
    or by the unit of its column (12 of 12000, in 千元).
    """
    if not cell.value:
        return CellNumber(0.0, settled=False)
    found = _number_from_text(cell.shown, reading)
    said = quantity(cell.shown)
    if isinstance(found, Unusable) or (cell.scale == 1.0 and not _is_another_number(cell)):
        return found
    magnitude = round15(said.value / (cell.value / cell.scale)) if said is not None else 0.0
    if magnitude == cell.scale != 1.0:
        return found
    column = reading.measure.unit if reading.unit is None else reading.unit
    own = quantity(f"1{column}")
    bare = said is not None and not said.unit and magnitude == 1.0
    if bare and own is not None and own.value == cell.scale:
        return found
    return Unusable(
        "ambiguous-magnitude",
        say(
            f"单元格存的是 {cell.value:.15g}，按格式显示为{shown(cell)}，不知以哪个为准",
            f"the cell holds {cell.value:.15g} and its format shows {shown(cell)};"
            " nobody knows which is meant",
        ),
        say(
            f"把单元格格式改为常规，重新填写以{column or '1'}为单位的数",
            f"set the format to general and type the number in {column or 'ones'}",
        ),
    )


def _is_another_number(cell: Printed) -> bool:
    """Tell whether a format puts digits or a sign beside a number: 120 for 12 by ``0"0"``."""
    text = normalize(cell.shown)
    said = quantity(text)
    if said is None or not set(text) <= _OF_NUMBERS:
        return said is not None and said.value * cell.value < 0
    return said.value != round15(cell.value)


def _number_from_text(cell: str, reading: ColumnReading) -> CellNumber | Unusable:
    text = normalize(_INVISIBLE.sub("", cell)).removeprefix("'").strip()
    if text.startswith("##") and not text.strip("#"):
        return too_narrow(cell)
    if text.startswith("#") and text != "#":
        return fault(text)
    money = _MONEY.fullmatch(text)
    found = quantity(text if money is None else f"{money[1].removesuffix('元')}元")
    if found is None and marks(text):
        return marked("not-a-number", _no_number(cell).message, cell)
    if found is None or not math.isfinite(found.value):
        return _date_text(cell) if _DATE.fullmatch(text) else _no_number(cell)
    if _is_rounded(text):
        return lost_digits(cell)
    alone = money is not None and _BARE.fullmatch(money[1]) is not None
    doubt = _sign_alone(cell, found.value, reading) if alone else None
    return doubt or _converted(cell, text, found, reading)


def _converted(
    cell: str, text: str, found: Quantity, reading: ColumnReading
) -> CellNumber | Unusable:
    """Convert a quantity by the unit that it has, if any."""
    own = reading.measure.unit
    column = own if reading.unit is None else reading.unit
    if found.unit == PER_ONE != own:
        return _date_text(cell) if _DATE.fullmatch(text) else _no_number(cell)
    if not found.unit:
        if parted(column)[0] and any(each in MAGNITUDES for each in text):
            return Unusable(
                "ambiguous-magnitude",
                say(
                    f"{shown(cell)}没有写明单位，而本列的单位是{column}",
                    f"{shown(cell)} says no unit, and the column is in {column}",
                ),
                say(
                    f"写全单位，或只填以{column}为单位的数",
                    f"write the unit, or the number in {column}",
                ),
            )
        return CellNumber(found.value, settled=False)
    if is_points(found.unit) and not is_points(own):
        return _points(cell, own)
    if in_small_letters(found.unit, column):
        found = replace(found, unit=column)
    if found.unit == column and reading.factor is not None:
        return CellNumber(round15(found.value * reading.factor), settled=True)
    factor = conversion(unit(found.unit), unit(own))
    if factor is not None:
        return CellNumber(round15(found.value * factor), settled=True)
    if _DATE.fullmatch(text):
        return _date_text(cell)
    if not is_known(found.unit):
        return _no_number(cell)
    return Unusable(
        "wrong-unit",
        say(
            f"{shown(cell)}的单位是{found.unit}，应为{own or '不带单位的数'}",
            f"{shown(cell)} is in {found.unit}, not in {own or 'a plain number'}",
        ),
        say("核对填的是不是这一项", "check whether it belongs to this item"),
    )


def _points(cell: str, own: str) -> Unusable:
    """Refuse 95个百分点 as a value: it says by how much a share is higher than another."""
    return Unusable(
        "wrong-unit",
        say(
            f"{shown(cell)}是两个百分数的差，应为{own or '不带单位的数'}",
            f"{shown(cell)} is a difference of percentages, not in {own or 'a plain number'}",
        ),
        say(
            "填这一项本身的数，不填提高或下降多少",
            "write the value itself, not by how much it changed",
        ),
    )


def _is_rounded(text: str) -> bool:
    """Tell whether a number shows but its first digits, as a narrow cell does when it is exported.

    Examples:
        >>> _is_rounded("1.23E+05"), _is_rounded("1.23E+02"), _is_rounded("1e5")
        (True, False, False)
    """
    match = _EXPORTED.fullmatch(text)
    return match is not None and int(match["exponent"]) > len(match["decimals"] or "")


def _sign_alone(cell: str, value: float, reading: ColumnReading) -> Unusable | None:
    """Keep both readings of ¥12.5 in a column in 万元; the sign says 元, or nothing at all.

    A cell formatted as money shows the sign before whatever number it holds, and is exported so.
    """
    own = reading.measure.unit
    in_yuan = conversion(unit("元"), unit(own))
    if reading.factor is None or in_yuan is None or reading.factor == in_yuan or not value:
        return None
    readings = round15(value * reading.factor), round15(value * in_yuan)
    first, second = f"{value:.15g}{reading.unit or own}", f"{value:.15g}元"
    return Unusable(
        "doubtful-unit",
        say(
            f"{shown(cell)}只有货币符号，可能是{first}，也可能是{second}",
            f"{shown(cell)} has a sign and no unit: it may be {first} or {second}",
        ),
        say(f"写成 {first} 或 {second}", f"write {first} or {second}"),
        Severity.WARNING,
        readings=readings,
    )


def is_grouped_once(cell: Cell) -> TypeGuard[str]:
    """Tell whether a text is a number whose only comma stands before three digits: 1,234.

    Examples:
        >>> is_grouped_once("1，234人"), is_grouped_once("1,234,567"), is_grouped_once("1,234.5")
        (True, False, False)
    """
    return isinstance(cell, str) and _GROUPED_ONCE.match(normalize(cell)) is not None


def has_decimal_comma(cell: Cell) -> TypeGuard[str]:
    """Tell whether a text is written with decimal commas: 98,5 or 1.234,5 or 0,985 or 1.234.567.

    Examples:
        >>> has_decimal_comma("98,5%"), has_decimal_comma("1.234,5"), has_decimal_comma("1,234")
        (True, True, False)
        >>> has_decimal_comma("0,985"), has_decimal_comma("0.985")
        (True, False)
    """
    if not isinstance(cell, str):
        return False
    text = normalize(cell)
    return (_DECIMAL_COMMA.match(text) or _GROUPED_BY_POINTS.match(text)) is not None


def is_pointed_once(cell: Cell) -> TypeGuard[str]:
    """Tell whether a text is a number whose only point stands before three digits: 2.000.

    Examples:
        >>> is_pointed_once("2.000"), is_pointed_once("0.125"), is_pointed_once("2.5")
        (True, False, False)
    """
    return isinstance(cell, str) and _POINTED_ONCE.match(normalize(cell)) is not None


def _date_text(cell: str) -> Unusable:
    written = normalize(cell).strip()
    zh, en = "时间", "time"
    hint = say("重新填写（Excel 会把 3-5 变成日期）", "type it again (Excel turns 3-5 into a date)")
    if _MAYBE_FRACTION.fullmatch(written):
        zh, en = "分数", "a fraction"
        hint = say(
            "分数填算出的结果（Excel 会把 3/5 变成日期）",
            "write what a fraction comes to (Excel turns 3/5 into a date)",
        )
    elif _MAYBE_RANGE.fullmatch(written):
        zh, en = "范围", "a range"
        hint = say(
            "填一个数，不填范围（Excel 会把 3-5 变成日期）",
            "give one number, not a range (Excel turns 3-5 into a date)",
        )
    return Unusable(
        "date-in-cell",
        say(
            f"{shown(cell)}是日期或{zh}，不是数值", f"{shown(cell)} is a date or {en}, not a number"
        ),
        hint,
    )


def read_boolean(cell: Cell, _: ColumnReading) -> float | Unusable | None:
    """Read a cell of a yes-or-no item: 1, 0, or None if nothing is reported."""
    if isinstance(cell, bool | int | float) and not isinstance(cell, Percent):
        if cell in (0, 1):
            return float(cell)
    elif isinstance(cell, str | Printed):
        text = normalize(_INVISIBLE.sub("", str(cell))).casefold()
        if text in _YES:
            return 1.0
        if text in _NO:
            return 0.0
        if is_blank(cell):
            return None
        if text.startswith("#"):
            return fault(text)
        if marks(text):
            message = say(f"{shown(cell)}不是“是”或“否”", f"{shown(cell)} is neither yes nor no")
            return marked("not-a-boolean", message, str(cell))
    elif cell is None:
        return None
    return special(cell) or Unusable(
        "not-a-boolean",
        say(f"{shown(cell)}不是“是”或“否”", f"{shown(cell)} is neither yes nor no"),
        say("只填“是”或“否”", "write yes or no, nothing else"),
    )


def _compact(text: str) -> str:
    """Leave spaces out: 公 办 is 公办."""
    return "".join(normalize(text).split())


def read_text(cell: Cell, reading: ColumnReading) -> str | Unusable | None:
    """Read a cell of a category; None if nothing is reported."""
    wrong = special(cell)
    if cell is None or wrong is not None:
        return wrong
    text = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    text = " ".join(_INVISIBLE.sub("", text).split())
    options = reading.options
    if text in options:
        return text
    same = [option for option in options if _compact(option) == _compact(text)]
    if same:
        return same[0]
    if is_blank(cell):
        return None
    if isinstance(cell, str) and text.startswith("#") and text.endswith(("!", "?", "/A")):
        return fault(text)
    if struck(text)[0]:
        message = say(f"{shown(cell)}带删除线", f"{shown(cell)} is struck through")
        return marked("struck-through", message, text)
    if not options and not isinstance(cell, bool):
        return unicodedata.normalize("NFC", text)
    message = say(f"{shown(cell)}不在可选项中", f"{shown(cell)} is none of the options")
    if marks(text):
        return marked("unknown-option", message, text)
    several = sum(option in text for option in options) > 1  # ☑公办 □民办
    near = [] if several else nearest(text, list(options))
    return Unusable(
        "unknown-option",
        message,
        say(f"是否为“{near[0]}”", f'did you mean "{near[0]}"')
        if near
        else say("改为可选项之一", "write one of the options"),
    )
