"""Units: which of them measure the same thing, and by what factor they differ."""

from functools import cache

from dabiao.schemas.numerals import MAGNITUDES, SIZES
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

POINTS = "百分点"
"""Difference of two percentages."""
PER_ONE = "1:n"
"""A quotient that people read as one to so many: 1:19."""

# Word to (what it measures, size in the smallest customary unit of that).
_WORDS: dict[str, tuple[str, float]] = {
    "元": ("元", 1.0),
    "角": ("元", 0.1),
    "人": ("人", 1.0),
    "名": ("人", 1.0),
    "位": ("人", 1.0),
    "生": ("人", 1.0),
    "人次": ("人次", 1.0),
    "米": ("米", 1.0),
    "千米": ("米", 1000.0),
    "公里": ("米", 1000.0),
    "平方米": ("平方米", 1.0),
    "平方公里": ("平方米", 1e6),
    "公顷": ("平方米", 1e4),
    "亩": ("平方米", 10000 / 15),
    "分钟": ("分钟", 1.0),
    "小时": ("分钟", 60.0),
    "天": ("天", 1.0),
    "日": ("天", 1.0),
    "周": ("天", 7.0),
    "月": ("月", 1.0),
    "个月": ("月", 1.0),
    "年": ("月", 12.0),
    "岁": ("岁", 1.0),
    "学时": ("学时", 1.0),
    "课时": ("课时", 1.0),
    "分": ("分", 1.0),
    "Mbps": ("Mbps", 1.0),
    "Gbps": ("Mbps", 1000.0),
    "M": ("Mbps", 1.0),
    "G": ("Mbps", 1000.0),
    "千克": ("千克", 1.0),
    "公斤": ("千克", 1.0),
    "吨": ("千克", 1000.0),
    "yuan": ("元", 1.0),
    "person": ("人", 1.0),
    "persons": ("人", 1.0),
    "people": ("人", 1.0),
    "pupils": ("人", 1.0),
    "students": ("人", 1.0),
    "teachers": ("人", 1.0),
    "minutes": ("分钟", 1.0),
    "minute": ("分钟", 1.0),
    "hours": ("分钟", 60.0),
    "hour": ("分钟", 60.0),
    "days": ("天", 1.0),
    "day": ("天", 1.0),
    "months": ("月", 1.0),
    "month": ("月", 1.0),
    "years": ("月", 12.0),
    "year": ("月", 12.0),
    "km": ("米", 1000.0),
    "平米": ("平方米", 1.0),
    "平方": ("平方米", 1.0),
    "m2": ("平方米", 1.0),
    "M2": ("平方米", 1.0),
    "m²": ("平方米", 1.0),
}
# Measure words for countable things: alike when two of them meet in a quotient (人/个 and 人/班),
# apart when they stand alone (3所 is not 3个).
_CLASSIFIERS = {
    "个": "个",
    "所": "所",
    "班": "班",
    "家": "家",
    "处": "处",
    "座": "座",
    "门": "门",
    "项": "项",
    "次": "次",
    "场": "场",
    "套": "套",
    "台": "台",
    "册": "册",
    "件": "件",
    "期": "期",
    "间": "间",
    "条": "条",
    "支": "支",
    "组": "组",
    "本": "本",
    "篇": "篇",
    "户": "户",
    "片": "片",
    "校": "校",
    "园": "园",
    "旗": "旗",
    "县": "县",
    "村": "村",
    "节": "节",
    "届": "届",
    "对": "对",
    "起": "起",
    "辆": "辆",
    "块": "块",
    "种": "种",
    "类": "类",
    "批": "批",
    "轮": "轮",
    "级": "级",
    "张": "张",
    "床": "床",
    "部": "部",
    "schools": "所",
    "school": "所",
    "classes": "班",
    "class": "班",
    "times": "次",
    "items": "个",
}
_PEOPLE = ("人", "人次")
# Words for pure numbers.
_PURE: dict[str, float] = {
    "": 1.0,
    "倍": 1.0,
    PER_ONE: 1.0,
    "成": 0.1,
    "%": 0.01,
    "percent": 0.01,
    "‰": 0.001,
    POINTS: 0.01,
    "个百分点": 0.01,
    "percentage points": 0.01,
    "points": 0.01,
}
# What English has for them; a measure word that English does without is nothing. What is in neither
# table stays as it is.
_ENGLISH = dict.fromkeys(_CLASSIFIERS, "") | {
    "元": "yuan",
    "人": "people",
    "名": "people",
    "位": "people",
    "人次": "attendances",
    "次": "times",
    "米": "m",
    "公里": "km",
    "千米": "km",
    "平方米": "m²",
    "平方公里": "km²",
    "公顷": "ha",
    "亩": "mu",
    "分钟": "minutes",
    "小时": "hours",
    "天": "days",
    "日": "days",
    "周": "weeks",
    "月": "months",
    "个月": "months",
    "年": "years",
    "岁": "years of age",
    "学时": "class hours",
    "课时": "lessons",
    "分": "marks",
    "班": "classes",
    "倍": "times",
    "千克": "kg",
    "公斤": "kg",
    "吨": "t",
}
_ONE = {"people": "person", "classes": "class", "": "item", "years of age": "year of age"} | {
    f"{each}s": each
    for each in (
        "attendance",
        "class hour",
        "day",
        "hour",
        "lesson",
        "mark",
        "minute",
        "month",
        "time",
        "week",
        "year",
    )
}
_SIZE_AT_FRONT = pattern(f"[{''.join(MAGNITUDES)}]*")
COUNTED = "·"
"""What a count of subjects is in: agrees with every classifier."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of base measures, and a size.

    Attributes:
        factor: How many base units one of this unit is.
        powers: Base measure to exponent, sorted, without zeros.
    """

    factor: float
    powers: tuple[tuple[str, int], ...]

    def __mul__(self, other: "Unit") -> "Unit":
        """Multiply two units."""
        return self._combine(other, 1)

    def __truediv__(self, other: "Unit") -> "Unit":
        """Divide one unit by another."""
        return self._combine(other, -1)

    def _combine(self, other: "Unit", sign: int) -> "Unit":
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, 0) + sign * power
        kept = tuple(sorted((base, power) for base, power in powers.items() if power))
        factor = self.factor * other.factor if sign > 0 else self.factor / other.factor
        return Unit(factor, kept)

    @property
    def pure(self) -> bool:
        """Whether it measures nothing but a number."""
        return not self.powers


PURE = Unit(1.0, ())


def is_points(text: str) -> bool:
    """Tell whether a unit is 百分点, a difference of percentages."""
    return text in (POINTS, "个百分点", "percentage points", "points")


def is_percent(text: str) -> bool:
    """Tell whether a unit is %."""
    return text in ("%", "percent")


def in_small_letters(written: str | None, own: str) -> bool:
    """Tell whether a unit is another one, typed in small letters.

    Examples:
        >>> in_small_letters("mbps", "Mbps"), in_small_letters("MBps", "Mbps")
        (True, False)
    """
    return written is not None and written != own and written == own.lower()


def is_known(text: str) -> bool:
    """Tell whether every word of a unit is in the tables of this module.

    Examples:
        >>> is_known("万元/人"), is_known("弗隆")
        (True, False)
    """
    return all(_word(word) is not None for word in text.split("/"))


def is_sayable(text: str) -> bool:
    """Tell whether people would write a number in a unit: 2万元/人, but not 2 1/元, nor 2元^2.

    Examples:
        >>> is_sayable("万元/人"), is_sayable("1/元"), is_sayable("元^2")
        (True, False, False)
    """
    return not text.startswith("1/") and "^" not in text


@cache
def unit(text: str) -> Unit:
    """Read a unit; a word that is not in the tables measures something of its own.

    Examples:
        >>> unit("万元").factor, unit("元/人").powers
        (10000.0, (('人', -1), ('元', 1)))
    """
    first, *rest = (word.strip() for word in text.split("/"))
    found = _word(first) or Unit(1.0, ((first, 1),))
    for word in rest:
        found = found / (_word(word) or Unit(1.0, ((word, 1),)))
    return found


def _word(text: str) -> Unit | None:
    if text in _PURE:
        return Unit(_PURE[text], ())
    if text == COUNTED:
        return Unit(1.0, ((COUNTED, 1),))
    if text in _WORDS:
        base, size = _WORDS[text]
        return Unit(size, ((base, 1),))
    if text in _CLASSIFIERS:
        return Unit(1.0, ((_CLASSIFIERS[text], 1),))
    magnitude, rest = parted(text)
    if magnitude in SIZES and (rest == "" or rest in _WORDS or rest in _CLASSIFIERS):
        inner = _word(rest) or PURE
        return Unit(SIZES[magnitude] * inner.factor, inner.powers)
    return None


def parted(text: str) -> tuple[str, str]:
    """Part a unit into its magnitude, if it has one, and what is left.

    Examples:
        >>> parted("万元/人"), parted("百万"), parted("元"), parted("千米")
        (('万', '元/人'), ('百万', ''), ('', '元'), ('', '千米'))
    """
    word = text.partition("/")[0]
    found = None if word in _WORDS or word in _PURE else _SIZE_AT_FRONT.match(text)
    size = found[0] if found is not None else ""
    return size, text[len(size) :]


def is_count(unit: str) -> bool:
    """Tell whether a unit is of what is counted one by one, and never less than none.

    Examples:
        >>> is_count("所"), is_count("人"), is_count("%"), is_count("万元")
        (True, True, False, False)
    """
    return unit in _CLASSIFIERS or (unit in _WORDS and _WORDS[unit][0] in _PEOPLE)


def in_english(text: str, *, one: bool = False) -> str:
    """Write a unit in English, behind a 1 if there is ``one``.

    Examples:
        >>> in_english("元/人"), in_english("万元"), in_english("所"), in_english("间/百人")
        ('yuan per person', '× 10,000 yuan', '', 'per 100 people')
        >>> in_english("Mbps"), in_english("弗隆")
        ('Mbps', '弗隆')
        >>> in_english("人"), in_english("人", one=True), in_english("所", one=True)
        ('people', 'person', '')
        >>> in_english("天", one=True), in_english("人/年"), in_english("倍", one=True)
        ('day', 'people per year', 'time')
    """
    first, *others = text.split("/")
    per = ("per " + _ONE.get(english, english) for english in map(_english, others))
    counted = _english(first, "× ")
    if one and counted:
        counted = _ONE.get(counted, counted)
    return " ".join(filter(None, [counted, *per]))


def _english(word: str, times: str = "") -> str:
    size, rest = parted(word)
    if not size:
        return _ENGLISH.get(word, word)
    return f"{times}{SIZES[size]:,.0f} {_ENGLISH.get(rest, rest)}".rstrip()


def conversion(source: Unit, target: Unit) -> float | None:
    """Give the factor that turns a value in one unit into the other; None if they differ in kind.

    Examples:
        >>> conversion(unit("万元"), unit("元")), conversion(unit("人"), unit("元"))
        (10000.0, None)
        >>> conversion(unit("人/个"), unit("人/班"))
        1.0
    """
    if source.powers != target.powers:
        left, right = _loose(source), _loose(target)
        alone = len(source.powers) == 1 and len(target.powers) == 1
        counted = any(base == COUNTED for base, _ in (*source.powers, *target.powers))
        if left != right or (alone and not counted):
            return None
    return source.factor / target.factor


def _loose(of: Unit) -> tuple[tuple[str, int], ...]:
    """Treat all classifiers alike."""
    things = set(_CLASSIFIERS.values()) | {COUNTED}
    powers: dict[str, int] = {}
    for base, power in of.powers:
        word = "个" if base in things else base
        powers[word] = powers.get(word, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def unit_words() -> frozenset[str]:
    """Give every single word that can stand as a unit, magnitudes not applied."""
    return frozenset(_WORDS) | frozenset(_CLASSIFIERS) | frozenset(_PURE) - {""}
