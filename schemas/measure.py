"""Items that are submitted and indicators that are computed."""

import math
from enum import StrEnum
from typing import TypeGuard

from dabiao.schemas.level import Level
from dabiao.schemas.record import named_record


class ItemType(StrEnum):
    """What a cell of an item may hold."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CATEGORY = "category"

    @property
    def zh(self) -> str:
        """Chinese name, as vocabulary tables write it."""
        return {"integer": "整数", "number": "数值", "boolean": "是否", "category": "类别"}[self]

    @property
    def numeric(self) -> bool:
        """Whether values are quantities."""
        return self in (ItemType.INTEGER, ItemType.NUMBER)


class Summation(StrEnum):
    """How an item of the subjects below makes up the item of the subject above."""

    NONE = "none"
    SUM = "sum"


@named_record
class Measure:
    """What items and indicators share."""

    name: str
    slug: str
    english: str | None = None
    """English name, where the vocabulary gives one."""
    levels: tuple[Level, ...]
    """Levels it exists at, highest first."""
    unit: str = ""
    """Unit its values are in; empty for categories, booleans and pure numbers."""
    definition: str = ""
    """口径: what exactly is counted, and when."""
    own_words: tuple[str, ...] = ()
    """What its own pack calls it, the name first, where that means another measure elsewhere."""


@named_record
class Item(Measure):
    """Something that is submitted."""

    type: ItemType
    minimum: float | None = None
    maximum: float | None = None
    options: tuple[str, ...] = ()
    """What a category may say; empty means any text."""
    summation: Summation = Summation.NONE
    shares: str | None = None
    """The item whose column it is read from too: of one name, and read alike from a cell."""

    @property
    def column(self) -> str:
        """Slug of the item under whose header it is asked for."""
        return self.shares or self.slug

    @property
    def bounds(self) -> tuple[float, float]:
        """The range that a value may be in; infinite where it has no end."""
        low = -math.inf if self.minimum is None else self.minimum
        return low, math.inf if self.maximum is None else self.maximum


@named_record
class Indicator(Measure):
    """Something that is computed from items and other indicators."""

    formula: str


def is_category(measure: Measure | None) -> TypeGuard[Item]:
    """Tell whether the values of a measure are texts."""
    return isinstance(measure, Item) and measure.type is ItemType.CATEGORY
