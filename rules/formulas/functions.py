"""The functions that a formula may call, with their names in both languages."""

from enum import StrEnum

from dabiao.rules.formulas.formula import Fold
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


class Function(StrEnum):
    """A function of the formula language; the value is its English name."""

    RATIO = "ratio"
    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    MAXIMUM = "max"
    MINIMUM = "min"
    SHARE = "share"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    VARIATION = "variation"
    ABOVE = "above"
    RANKING = "rank"
    LIES_IN = "lies_in"
    PREVIOUS = "previous"
    IN_YEAR = "in_year"
    CUMULATIVE = "cumulative"
    YEARS_WHEN = "years_when"
    LARGER = "larger"
    SMALLER = "smaller"
    ROUND_UP = "round_up"
    IF = "if"
    ATTAINMENT = "attainment"
    COMPLIES = "complies"
    COUNTS = "counts"
    SENT_IN = "sent_in"
    SENT_IN_TIME = "sent_in_time"
    SENT_IN_RATE = "sent_in_rate"
    ON_TIME_RATE = "on_time_rate"

    @property
    def zh(self) -> str:
        """Chinese name."""
        return _TABLE[self].zh

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(self.zh, self.value)

    @property
    def usage(self) -> str:
        """How it is called, in the language spoken now."""
        zh, en = _TABLE[self].arguments
        return say(f"{self.zh}({zh})", f"{self.value}({en})")

    @property
    def arity(self) -> tuple[int, int]:
        """Fewest and most arguments."""
        return _TABLE[self].arity

    @property
    def fold(self) -> Fold | None:
        """The fold over the subjects below that it is, or None."""
        return _TABLE[self].fold

    @property
    def goes_below(self) -> bool:
        """Whether its first argument names a lower level."""
        return self.fold is not None or self in _OF_THOSE_BELOW

    @classmethod
    def named(cls, word: str) -> "Function | None":
        """Find the function that a Chinese or English word means, or None.

        Examples:
            >>> Function.named("比例"), Function.named("Ratio")
            (<Function.RATIO: 'ratio'>, <Function.RATIO: 'ratio'>)
        """
        return _NAMED.get(word.lower())


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of a function.

    Attributes:
        zh: Its Chinese name.
        arguments: Its arguments, in Chinese and in English.
        arity: Fewest and most arguments.
        fold: The fold over the subjects below that it is.
    """

    zh: str
    arguments: tuple[str, str]
    arity: tuple[int, int] = (2, 2)
    fold: Fold | None = None


_OF_ITEMS = ("下级层级.项, 条件", "level.item, condition")
_OF_HEADS = ("下级层级, 条件", "level, condition")
_TABLE = {
    Function.RATIO: _Entry("比例", ("部分, 总体", "part, whole")),
    Function.SUM: _Entry("合计", _OF_ITEMS, (1, 2), Fold.SUM),
    Function.COUNT: _Entry("计数", _OF_HEADS, (1, 2), Fold.COUNT),
    Function.MEAN: _Entry("平均", _OF_ITEMS, (1, 2), Fold.MEAN),
    Function.MAXIMUM: _Entry("最大", _OF_ITEMS, (1, 2), Fold.MAXIMUM),
    Function.MINIMUM: _Entry("最小", _OF_ITEMS, (1, 2), Fold.MINIMUM),
    Function.MEDIAN: _Entry("中位数", _OF_ITEMS, (1, 2), Fold.MEDIAN),
    Function.SHARE: _Entry("占比", _OF_HEADS, (1, 2), Fold.SHARE),
    Function.PERCENTILE: _Entry(
        "百分位", ("下级层级.项, 25, 条件", "level.item, 25, condition"), (2, 3), Fold.PERCENTILE
    ),
    Function.VARIATION: _Entry(
        "差异系数", ("下级层级, 项, 权重, 条件", "level, item, weight, condition"), (3, 4)
    ),
    Function.ABOVE: _Entry("上级", ("上级层级.项", "level.item"), (1, 1)),
    Function.RANKING: _Entry("名次", ("项, 上级层级", "item, level"), (1, 2)),
    Function.LIES_IN: _Entry("位于", ('"地区代码"', '"code of a place"'), (1, 1)),
    Function.PREVIOUS: _Entry("上年", ("项", "item"), (1, 1)),
    Function.IN_YEAR: _Entry("某年", ("项, 2020", "item, 2020")),
    Function.CUMULATIVE: _Entry("累计", ("项, 3年", "item, 3")),
    Function.YEARS_WHEN: _Entry("年数", ("条件, 3年", "condition, 3")),
    Function.LARGER: _Entry("较大", ("甲, 乙", "a, b")),
    Function.SMALLER: _Entry("较小", ("甲, 乙", "a, b")),
    Function.ROUND_UP: _Entry("向上取整", ("数, 步长", "number, step"), (1, 2)),
    Function.IF: _Entry("若", ("条件, 是则, 否则", "condition, then, otherwise"), (3, 3)),
    Function.ATTAINMENT: _Entry(
        "达标率",
        ('"下级层级", "@标签", 条件, 权重', '"level", "@tag", condition, weight'),
        (2, 4),
    ),
    Function.COMPLIES: _Entry("符合", ('"@标签"', '"@tag"'), (1, 1)),
    Function.COUNTS: _Entry("适用", ('"@标签"', '"@tag"'), (1, 1)),
    Function.SENT_IN: _Entry("已报", ("", ""), (0, 0)),
    Function.SENT_IN_TIME: _Entry("按时", ("", ""), (0, 0)),
    Function.SENT_IN_RATE: _Entry("报送率", ("下级层级", "level"), (1, 1)),
    Function.ON_TIME_RATE: _Entry("按时率", ("下级层级", "level"), (1, 1)),
}
_OF_THOSE_BELOW = (Function.VARIATION, Function.SENT_IN_RATE, Function.ON_TIME_RATE)
_NAMED = {each.value: each for each in Function} | {each.zh: each for each in Function}


def function_names() -> list[str]:
    """List every name of every function."""
    return list(_NAMED)
