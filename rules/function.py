"""The functions that a formula may call, with their names in both languages."""

from enum import StrEnum

from dabiao.rules.formula import Fold
from dabiao.schemas.language import say


class Function(StrEnum):
    """A function of the formula language; the value is its English name."""

    RATIO = "ratio"
    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    MAXIMUM = "max"
    MINIMUM = "min"
    SHARE = "share"
    VARIATION = "variation"
    PREVIOUS = "previous"
    IN_YEAR = "in_year"
    CUMULATIVE = "cumulative"
    LARGER = "larger"
    SMALLER = "smaller"
    IF = "if"
    ATTAINMENT = "attainment"

    @property
    def zh(self) -> str:
        """Chinese name."""
        return _SPOKEN[self][0]

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(self.zh, self.value)

    @property
    def usage(self) -> str:
        """How it is called, in the language spoken now."""
        _, zh, en = _SPOKEN[self]
        return say(f"{self.zh}({zh})", f"{self.value}({en})")

    @property
    def arity(self) -> tuple[int, int]:
        """Fewest and most arguments."""
        return _ARITY.get(self, (2, 2))

    @property
    def fold(self) -> Fold | None:
        """The fold over the subjects below that it is, or None."""
        return _FOLDS.get(self)

    @property
    def goes_below(self) -> bool:
        """Whether its first argument names a lower level."""
        return self in _FOLDS or self is Function.VARIATION

    @classmethod
    def named(cls, word: str) -> "Function | None":
        """Find the function that a Chinese or English word means, or None.

        Examples:
            >>> Function.named("比例"), Function.named("Ratio")
            (<Function.RATIO: 'ratio'>, <Function.RATIO: 'ratio'>)
        """
        return _NAMED.get(word.lower())


# Chinese name, arguments in Chinese, arguments in English.
_SPOKEN = {
    Function.RATIO: ("比例", "部分, 总体", "part, whole"),
    Function.SUM: ("合计", "下级层级.项, 条件", "level.item, condition"),
    Function.COUNT: ("计数", "下级层级, 条件", "level, condition"),
    Function.MEAN: ("平均", "下级层级.项, 条件", "level.item, condition"),
    Function.MAXIMUM: ("最大", "下级层级.项, 条件", "level.item, condition"),
    Function.MINIMUM: ("最小", "下级层级.项, 条件", "level.item, condition"),
    Function.SHARE: ("占比", "下级层级, 条件", "level, condition"),
    Function.VARIATION: ("差异系数", "下级层级, 项, 权重", "level, item, weight"),
    Function.PREVIOUS: ("上年", "项", "item"),
    Function.IN_YEAR: ("某年", "项, 2020", "item, 2020"),
    Function.CUMULATIVE: ("累计", "项, 3年", "item, 3"),
    Function.LARGER: ("较大", "甲, 乙", "a, b"),
    Function.SMALLER: ("较小", "甲, 乙", "a, b"),
    Function.IF: ("若", "条件, 是则, 否则", "condition, then, otherwise"),
    Function.ATTAINMENT: ("达标率", '"下级层级", "@标签"', '"level", "@tag"'),
}
_FOLDS = {
    Function.SUM: Fold.SUM,
    Function.COUNT: Fold.COUNT,
    Function.MEAN: Fold.MEAN,
    Function.MAXIMUM: Fold.MAXIMUM,
    Function.MINIMUM: Fold.MINIMUM,
    Function.SHARE: Fold.SHARE,
}
_ARITY = dict.fromkeys(_FOLDS, (1, 2)) | {
    Function.VARIATION: (3, 3),
    Function.PREVIOUS: (1, 1),
    Function.IF: (3, 3),
}
_NAMED = {each.value: each for each in Function} | {each.zh: each for each in Function}


def function_names() -> list[str]:
    """List every name of every function."""
    return list(_NAMED)
