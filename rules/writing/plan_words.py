"""The words of a plan's sentence: quantities, years, comparators, changes, each with its place.

Nothing is understood here, and nothing is dropped: what is no word of these tables is a rest, for
whoever reads the sentence to account for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import DIGITS, NUMERAL, SIZE, chinese_number
from dabiao.schemas.unit import unit_words


class PlanPart(StrEnum):
    """What a piece of a sentence is; the letter stands for it in the forms of sentences."""

    MEASURE = "m"
    NUMBER = "N"
    RANGE = "R"
    COMPARATOR = "C"
    BEHIND = "A"
    """A comparator behind the number: 以上, 以内."""
    BETWEEN = "B"
    RISE = "U"
    FALL = "D"
    RISE_TO = "u"
    FALL_TO = "d"
    EVERY_YEAR = "E"
    GRADUALLY = "G"
    ON_AVERAGE = "V"
    SINCE = "S"
    LAST_YEAR = "L"
    FROM = "F"
    NEVER_FALLS = "P"
    NEVER_RISES = "Q"
    YEAR = "Y"
    LEVEL = "l"
    ASPIRATION = "a"
    FILLER = "f"
    NEGATION = "n"
    OPEN = "x"
    """What leaves something open or makes an exception, and has no place in a rule."""
    STOP = "."
    REST = "r"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence.

    Attributes:
        part: What it is.
        text: As written, half-width.
        start: Where it begins, counted from 0.
        value: What it stands for: a comparator, a level, a number.
        year: The year it names, if it names one.
        last: The second year or number, where there are two.
        unit: The unit as written behind a number.
        timing: The timing sentence that a year makes.
    """

    part: PlanPart
    text: str
    start: int
    value: Comparator | Level | float | None = None
    year: int | None = None
    last: float | None = None
    unit: str = ""
    timing: str = ""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


_Y = rf"(?P<year>\d{{4}}|二[〇零○][〇零○{DIGITS}]{{2}})年"
_END = r"(?:年?[底末]|年底|年末|年终|终)"
_TO = r"(?:到|至)"
_RISE = r"提高|提升|增加|增长|上升|扩大"
_FALL = r"降低|下降|减少|缩小|压减|压缩|下调|减低"
_LIMITS = {  # some of them: plans say 为 and 达到 of what is exactly so, and ranges are Part.RANGE
    Comparator.AT_LEAST: (
        "不低于|不少于|不小于|不下于|至少(?:达到?|为)?|最少|最低|达到?或超过|达到|达|"
        r"大于或?等于|实现(?=[\d百])|≥|>="
    ),
    Comparator.MORE_THAN: "超过|高于|大于|多于|突破|>",
    Comparator.AT_MOST: "不超过|不高于|不多于|不大于|不突破|至多|最多|最高|控制在|小于或?等于|≤|<=",
    Comparator.LESS_THAN: "低于|少于|小于|不足|不到|不满|<",
}
_MODAL = {  # some of them: the rest is not said so
    Comparator.AT_LEAST: r"不(?:得|能|应|可|准)(?:低于|少于|小于)",
    Comparator.AT_MOST: r"不(?:得|能|应|可|准)(?:超过|高于|多于|大于|突破)",
}
_BEHIND = {  # some of them: the rest is not said so
    Comparator.AT_LEAST: r"(?:及|或|和)?以上",
    Comparator.AT_MOST: r"(?:及|或|和)?以下|以内|之内|内",
}
# The first of equally long words that fit is taken, so the more telling come first.
_TABLE: tuple[tuple[PlanPart, str, object], ...] = (
    (PlanPart.STOP, r"[,;.:!?]", None),
    (PlanPart.YEAR, rf"(?:到|至|截至|截止到?|在)?{_Y}{_END}(?:以?前)?", "到{}年底"),
    (PlanPart.YEAR, rf"(?:到|至|截至|截止到?){_Y}(?!\d{{1,2}}月)", "到{}年底"),
    (
        PlanPart.YEAR,
        rf"[自从]?{_Y}(?:(?P<month>\d{{1,2}})月(?:份)?)?(?:\d{{1,2}}日)?(?:起|开始)",
        "起",
    ),
    (PlanPart.YEAR, rf"[在于]?{_Y}(?:年?内|度内?)?", "{}年内"),
    (
        PlanPart.YEAR,
        r"[自从在]?(?P<year>\d{4})年?(?:-+|~|至|到)(?P<last>\d{4})年(?:间|期间)?",
        "每",
    ),
    (
        PlanPart.YEAR,
        r"(?:到|至)?\"?十(?P<plan>[一二三四五六七])五\"?(?:规划|时期)?(?:期?末|末期)",
        "到{}年底",
    ),
    (PlanPart.OPEN, rf"(?:到|至|在)?{_Y}(?:以前|之前|前后|前|以后|之后|后)", None),
    (PlanPart.OPEN, rf"{_Y}\d{{1,2}}月(?:\d{{1,2}}日|份)?(?:底|末|前|以前|之前|初)?", None),
    (PlanPart.OPEN, r"\"?十[一二三四五六七]五\"?(?:规划|时期)?(?:期间|以来|时期)?", None),
    (PlanPart.OPEN, r"\d{4}-\d{4}学年度?|\d{4}学年度?", None),
    (PlanPart.OPEN, r"今年|明年|后年|当年|本年度?|本学年|近[\d一二两三四五六七八九十]+年", None),
    (PlanPart.SINCE, rf"(?:比|较|相比于?|相较于?){_Y}(?:{_END})?(?:水平|时)?", None),
    (PlanPart.SINCE, rf"(?:与|同|和){_Y}(?:{_END})?相比", None),
    (PlanPart.SINCE, rf"在{_Y}(?:{_END})?的?基础上", None),
    (PlanPart.LAST_YEAR, r"(?:比|较|与|同)(?:上一?年|去年|前一年|上年度)(?:相比|同期)?|同比", None),
    (
        PlanPart.OPEN,
        r"在[^,;.]{0,8}基础上|比(?:基期|期初)|(?:比|较|与|同)全[国区市省]平均水平",
        None,
    ),
    (PlanPart.FROM, rf"[由从](?:{_Y}(?:{_END})?的?)?(?=[\d百])", None),
    (PlanPart.EVERY_YEAR, r"每年度?(?:都)?|年年", None),
    (PlanPart.GRADUALLY, r"逐年", None),
    (PlanPart.ON_AVERAGE, r"年均|平均每年|每年平均|年平均", None),
    (
        PlanPart.OPEN,
        rf"每(?:学年|学期|季度?|个?月|周|天|日|[\d{NUMERAL}]+)",
        None,
    ),
    (PlanPart.NEVER_FALLS, r"(?:逐年)?只增不减|逐年不减|不减少|不下降", None),
    (PlanPart.NEVER_RISES, r"(?:逐年)?只减不增|逐年不增|不增加|不上升", None),
    (PlanPart.RISE_TO, rf"(?:{_RISE}|提|增|升){_TO}", None),
    (PlanPart.FALL_TO, rf"(?:{_FALL}|降|减|压)(?:{_TO}|为)", None),
    (PlanPart.RISE, _RISE, None),
    (PlanPart.FALL, _FALL, None),
    *((PlanPart.COMPARATOR, words, each) for each, words in _LIMITS.items()),
    *((PlanPart.COMPARATOR, words, each) for each, words in _MODAL.items()),
    *((PlanPart.BEHIND, words, each) for each, words in _BEHIND.items()),
    (PlanPart.BETWEEN, r"之间|区间", None),
    (PlanPart.OPEN, r"左右|上下|前后|大约|大致|大体|大概|约|接近|将近|近|余|多", None),
    (PlanPart.OPEN, r"基本|几乎|若干|多数|大多数|大部分|绝大多数|普遍|部分|一定", None),
    (PlanPart.OPEN, r"除[^,;.]*?外|不含|不包括|不计|除外|其中|原则上|一般|确有困难|有条件", None),
    (
        PlanPart.OPEN,
        r"鼓励|允许|可以|分别|翻[一两三]?番|一半|半数|过半|新增|净增|增幅|降幅|增速",
        None,
    ),
    (PlanPart.OPEN, r"了|已经?|目前|现有|当前|[\d.一二两三四五六七八九十]+倍|预期|同步", None),
    (
        PlanPart.NEGATION,
        r"不得|不能|不准|不可|不再|不应|不|未|无|没有|禁止|严禁|杜绝|消除|取消|停止|避免",
        None,
    ),
    (PlanPart.ASPIRATION, r"力争|争取", None),
    (PlanPart.YEAR, r"长期|常态化|始终", "长期执行"),
    *((PlanPart.LEVEL, level.hint, level) for level in reversed(Level)),
    (
        PlanPart.FILLER,
        r"要求|确保|保证|保持|稳定|维持|使得?|让|将|要|应当?|须|必须|需|均|都|全部|全面",
        None,
    ),
    (
        PlanPart.FILLER,
        r"\(含(?:本数)?\)|在|的|为|是|率先|总体|整体|水平|有|并|且|也|至|到|努力|进一步|不断|切实",
        None,
    ),
    (
        PlanPart.FILLER,
        r"实现|目标任务|目标值?|稳步|逐步|持续|明显|显著|有效|严格|统一|大力|继续|推动|促进|推进|其|严控",
        None,
    ),
    (PlanPart.FILLER, r"[\s\"'()\[\]]+", None),
)
_BOOLEAN = re.compile(r"达到|实现|完成|做到|通过|建成|建立|开展|具备|落实|配备|达")
"""What may surround something that is simply to be so."""
_TENS = 10


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[PlanPart, re.Pattern[str], object], ...]:
    return tuple((part, re.compile(words), value) for part, words, value in _TABLE)


def pieces(
    text: str, measures: Mapping[int, int], others: Mapping[int, int], units: Iterable[str]
) -> list[Piece]:
    """Cut a sentence into its pieces, all of it.

    Args:
        text: The sentence, half-width.
        measures: Where the names of its subject begin and end.
        others: Where names of other measures do.
        units: Units beyond the customary ones.
    """
    numbers = _numbers(tuple(sorted({*unit_words(), *units})))
    names = sorted({*measures, *others})
    found: list[Piece] = []
    at = rest = 0
    while at < len(text):
        piece = _named(text, at, measures, others) or _piece(text, at, names, numbers)
        if piece is None:
            at += 1
            continue
        if rest < at:
            found.append(Piece(PlanPart.REST, text[rest:at], rest))
        found.append(piece)
        at = rest = piece.end
    if rest < len(text):
        found.append(Piece(PlanPart.REST, text[rest:], rest))
    return found


def _named(
    text: str, at: int, measures: Mapping[int, int], others: Mapping[int, int]
) -> Piece | None:
    if at in measures:
        return Piece(PlanPart.MEASURE, text[at : measures[at]], at)
    return Piece(PlanPart.REST, text[at : others[at]], at) if at in others else None


def _piece(text: str, at: int, names: Sequence[int], numbers: "_Numbers") -> Piece | None:
    best: tuple[re.Match[str], PlanPart, object] | None = None
    limit = next((start for start in names if start > at), len(text))
    for part, words, value in _table():
        found = words.match(text, at, limit)
        if found and found[0] and (best is None or len(found[0]) > len(best[0][0])):
            best = (found, part, value)
    number = numbers.read(text, at, limit)
    if number is not None and (best is None or len(number.text) > len(best[0][0])):
        return number
    return _made(*best) if best is not None else None


def _made(found: re.Match[str], part: PlanPart, value: object) -> Piece:
    said = found.groupdict()
    year = _year(said.get("year"))
    if plan := said.get("plan"):
        year = 2005 + 5 * int(chinese_number(plan) or 0)
    last = _year(said.get("last"))
    timing = ""
    if part is PlanPart.YEAR:
        timing = str(value).format(year)
        if value == "起":
            month = said.get("month")
            timing = f"自{year}年{f'{month}月' if month else ''}起"
        elif value == "每":
            timing = f"自{year}年至{last}年每年"
        value = None
    kept = value if isinstance(value, Comparator | Level) else None
    return Piece(part, found[0], found.start(), kept, year, last, timing=timing)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    return int(chinese_number(text) or 0)


class _Numbers:
    """Reads quantities: 1.2万人, 百分之九十五, 五分之一, 三成, 10-15个."""

    def __init__(self, units: tuple[str, ...]) -> None:
        longest_first = sorted(units, key=len, reverse=True)
        unit = "|".join(re.escape(each) for each in longest_first)
        per = rf"(?:{unit})(?:/(?:{unit}))?"
        digits, many = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", f"(?:{SIZE})*"
        self.plain = re.compile(rf"(?P<number>{digits})(?P<many>{many})\s*(?P<unit>{per})?")
        self.range = re.compile(
            rf"(?P<number>{digits})(?P<first>{per})?(?:-+|~|至|到)(?P<last>{digits})(?P<unit>{per})?"
        )
        self.spelled = re.compile(rf"(?P<number>[{NUMERAL}]+(?:点[{NUMERAL}]+)?)(?P<unit>{per})")
        self.percent = re.compile(rf"百分之(?P<number>[{NUMERAL}]+(?:点[{NUMERAL}]+)?)")
        self.part = re.compile(rf"(?P<below>[{NUMERAL}]+)分之(?P<above>[{NUMERAL}]+)")
        self.tenths = re.compile(rf"(?P<number>[{NUMERAL}]+|\d)成")

    def read(self, text: str, at: int, limit: int) -> Piece | None:
        """Read the quantity that begins at a place, or None."""
        if found := self.range.match(text, at, limit):
            low, high = (float(found[each].replace(",", "")) for each in ("number", "last"))
            return Piece(PlanPart.RANGE, found[0], at, low, last=high, unit=found["unit"] or "")
        if found := self.plain.match(text, at, limit):
            whole = found["many"] + (found["unit"] or "")
            value = float(found["number"].replace(",", ""))
            return Piece(PlanPart.NUMBER, found[0], at, value, unit=whole)
        if found := self.percent.match(text, at, limit):
            number = chinese_number(found["number"])
            return (
                None if number is None else Piece(PlanPart.NUMBER, found[0], at, number, unit="%")
            )
        if found := self.part.match(text, at, limit):
            return _share(found, at)
        if found := self.tenths.match(text, at, limit):
            number = chinese_number(found["number"]) or float(_year(found["number"]) or 0)
            return Piece(PlanPart.NUMBER, found[0], at, number * _TENS, unit="%")
        if found := self.spelled.match(text, at, limit):
            number = chinese_number(found["number"])
            if number is not None:
                return Piece(PlanPart.NUMBER, found[0], at, number, unit=found["unit"])
        if text.startswith("零", at) and at + 1 == limit:
            return Piece(PlanPart.NUMBER, "零", at, 0.0)
        return None


def _share(found: re.Match[str], at: int) -> Piece | None:
    """Read 五分之一 as 20%; a share that no printed per cent equals stays open."""
    below, above = chinese_number(found["below"]), chinese_number(found["above"])
    if not below or above is None:
        return None
    share = 100 * above / below
    if round(share, 2) != share:
        return Piece(PlanPart.OPEN, found[0], at)
    return Piece(PlanPart.NUMBER, found[0], at, share, unit="%")


@lru_cache(maxsize=4)
def _numbers(units: tuple[str, ...]) -> _Numbers:
    return _Numbers(units)


def says_so(text: str) -> bool:
    """Tell whether a rest only says that something is to be so: 完成, 实现, 通过."""
    return not _BOOLEAN.sub("", text)


def clauses(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Part the pieces of a sentence at its stops."""
    clause: list[Piece] = []
    for piece in found:
        if piece.part is PlanPart.STOP:
            yield clause
            clause = []
        else:
            clause.append(piece)
    yield clause
