"""The words of a plan's sentence: quantities, years, comparators, changes, each with its place.

Plain words stand in the lexicon (``plan-words``) with what they do; here is what has a grammar.
Nothing is understood here, and nothing is dropped: what is no word of these tables is a rest, for
whoever reads the sentence to account for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from dabiao.rules.files.policy_words import PolicyWord, any_of, policy_words
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import DIGITS, NUMERAL, SIZE, chinese_number
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE, unit_words


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
    BESIDE_LAST = "W"
    """A comparison with the year before, and nothing else: 不低于上年."""
    BESIDE_ABOVE = "O"
    """A comparison with the mean of a higher level, and nothing else: 不低于全区平均水平."""
    RANKED = "T"
    """A place among its like in a higher level: 居全区前3名."""
    RUNNING = "K"
    """连续3年."""
    TERM = "t"
    """每学期, 每季度."""
    PER_HEAD = "h"
    """每生每年: of each, as a measure of each counts anyway."""
    NONE = "Z"
    """全部消除, 清零."""
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
        year: The year it names, or how many years or which place, if it names one.
        last: The second year or number, where there are two.
        unit: The unit as written behind a number; the term, or the level above, that it names.
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
_LAST = r"上一?年(?:度|同期)?(?:水平)?"
_ABOVE = r"(?P<above>全区|全自治区|全盟|全市)(?:的)?"
_BESIDE = {
    r"(?:不(?:得|能)?[低少小]于|达到|不亚于)": Comparator.AT_LEAST,
    r"(?:高于|超过|大于|优于|好于)": Comparator.MORE_THAN,
    r"不(?:得|能)?(?:[高多大]于|超过)": Comparator.AT_MOST,
    r"(?:低于|少于|小于)": Comparator.LESS_THAN,
}
_STANDS = "(?:位居|位列|位于|居于?|进入|达到|排名?)?"
_PLACES = {"全区": Level.REGION, "全自治区": Level.REGION}
_USES: dict[str, tuple[PlanPart, object]] = {
    "不低于": (PlanPart.COMPARATOR, Comparator.AT_LEAST),
    "高于": (PlanPart.COMPARATOR, Comparator.MORE_THAN),
    "不超过": (PlanPart.COMPARATOR, Comparator.AT_MOST),
    "低于": (PlanPart.COMPARATOR, Comparator.LESS_THAN),
    "以上": (PlanPart.BEHIND, Comparator.AT_LEAST),
    "以下": (PlanPart.BEHIND, Comparator.AT_MOST),
    "之间": (PlanPart.BETWEEN, None),
    "提高": (PlanPart.RISE, None),
    "下降": (PlanPart.FALL, None),
    "每年": (PlanPart.EVERY_YEAR, None),
    "逐年": (PlanPart.GRADUALLY, None),
    "年均": (PlanPart.ON_AVERAGE, None),
    "比上年": (PlanPart.LAST_YEAR, None),
    "只增不减": (PlanPart.NEVER_FALLS, None),
    "只减不增": (PlanPart.NEVER_RISES, None),
    "长期": (PlanPart.YEAR, "长期执行"),
    "力争": (PlanPart.ASPIRATION, None),
    "否定": (PlanPart.NEGATION, None),
    "不确定": (PlanPart.OPEN, None),
    "填充": (PlanPart.FILLER, None),
}
"""What the lexicon says that a word does, and which piece of a sentence that makes it."""
_DONE = "做到"
"""What may surround something that is simply to be so."""
_ACTS = "做事"
"""What begins a clause that only says what is done, as an introduction does."""
# The first of equally long words that fit is taken, so the more telling come first.
_GRAMMAR: tuple[tuple[PlanPart, str, object], ...] = (
    (PlanPart.STOP, r"[,;.:!?]", None),
    (PlanPart.YEAR, rf"(?:到|至|截至|截止到?|在)?{_Y}{_END}(?:以?前)?", "到{}年底"),
    (PlanPart.YEAR, rf"(?:到|至|截至|截止到?){_Y}(?!\d{{1,2}}月)", "到{}年底"),
    (
        PlanPart.YEAR,
        rf"[自从]?{_Y}(?:(?P<month>\d{{1,2}})月(?:份)?)?(?:\d{{1,2}}日)?(?:起|开始)",
        "起",
    ),
    (PlanPart.OPEN, rf"[自从]{_Y}[^,;.]{{1,12}}?起", None),
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
    (
        PlanPart.YEAR,
        rf"(?:到|至|截至|截止到?|在)?{_Y}(?P<month>1[0-2]|0?[1-9])月(?:份)?[底末](?:之?前|以前)?",
        "月底",
    ),
    (PlanPart.OPEN, rf"{_Y}\d{{1,2}}月(?:\d{{1,2}}日|份)?(?:底|末|前|以前|之前|初)?", None),
    (PlanPart.OPEN, r"\"?十[一二三四五六七]五\"?(?:规划|时期)?(?:期间|以来|时期)?", None),
    (PlanPart.OPEN, r"\d{4}-\d{4}学年度?|\d{4}学年度?", None),
    (PlanPart.OPEN, rf"近[\d{NUMERAL}]+年", None),
    (PlanPart.SINCE, rf"(?:比|较|相比于?|相较于?){_Y}(?:{_END})?(?:水平|时)?", None),
    (PlanPart.SINCE, rf"(?:与|同|和){_Y}(?:{_END})?相比", None),
    (PlanPart.SINCE, rf"在{_Y}(?:{_END})?的?基础上", None),
    (
        PlanPart.OPEN,
        r"在[^,;.]{0,8}基础上|(?:比|较|与|同)全[国区市省]平均水平",
        None,
    ),
    (PlanPart.SINCE, rf"\(?以{_Y}(?:数据|水平|数)?为(?:基期|基数|基准|起点)\)?", None),
    (PlanPart.BESIDE_LAST, rf"不(?:得|能)?[低少小]于{_LAST}", Comparator.AT_LEAST),
    (PlanPart.BESIDE_LAST, rf"(?:高于|超过|大于|多于){_LAST}", Comparator.MORE_THAN),
    (PlanPart.BESIDE_LAST, rf"不(?:得|能)?(?:[高多大]于|超过){_LAST}", Comparator.AT_MOST),
    (PlanPart.BESIDE_LAST, rf"(?:低于|少于|小于){_LAST}", Comparator.LESS_THAN),
    *(
        (PlanPart.BESIDE_ABOVE, rf"{asked}{_ABOVE}平均(?:水平|值|数)?", comparator)
        for asked, comparator in _BESIDE.items()
    ),
    (
        PlanPart.RANKED,
        rf"{_STANDS}{_ABOVE}(?:第|前)(?P<rank>\d{{1,2}}|[{NUMERAL}]+)(?:名|位|以内)?",
        None,
    ),
    (PlanPart.RUNNING, rf"连续(?P<years>\d{{1,2}}|[{NUMERAL}]+)年", None),
    (PlanPart.TERM, r"每(?:个|一)?(?P<term>季度|学期|半年|月)", None),
    (PlanPart.PER_HEAD, r"每名?(?:生|人|学生|教师)(?:每年)?(?=[^,;.]{0,8}\d)", None),
    (PlanPart.NONE, r"(?:全部|全面)?(?:消除|清零|归零)|(?:降|减|压减)?为零", None),
    (PlanPart.RISE, r"(?:高|多)出?(?=[\d百])", None),
    (PlanPart.FALL, r"(?:低|少)(?=[\d百])", None),
    (PlanPart.FROM, rf"[由从](?:{_Y}(?:{_END})?的?)?(?=[\d百])", None),
    (PlanPart.OPEN, rf"每(?:学年|季(?!度)|周|天|日|[\d{NUMERAL}]+)", None),
    (PlanPart.COMPARATOR, r"(?:实现|保持|稳定)(?=[\d百])|≥|>=", Comparator.AT_LEAST),
    (PlanPart.COMPARATOR, ">", Comparator.MORE_THAN),
    (PlanPart.COMPARATOR, "≤|<=", Comparator.AT_MOST),
    (PlanPart.COMPARATOR, "<", Comparator.LESS_THAN),
    (PlanPart.OPEN, rf"除[^,;.]*?外|[\d.{NUMERAL}]+倍", None),
    *((PlanPart.LEVEL, level.hint, level) for level in reversed(Level)),
    (
        PlanPart.FILLER,  # the number of a paragraph
        rf"^\s*(?:\((?:\d{{1,3}}|[{NUMERAL}]+)\)|\d{{1,3}}[.,](?!\d)|[{NUMERAL}]+,(?![{NUMERAL}])|[①-⑳])",
        None,
    ),
    (PlanPart.FILLER, r"(?<=以[上下内])\(含[\d.]+%?[个所名人]?\)", None),
    (PlanPart.FILLER, r"\(含(?:本数)?\)|[\s\"'()\[\]]+", None),
)
_TENS = 10


def plan_words() -> tuple[PolicyWord, ...]:
    """Give the words of the lexicon that a plan's sentence is made of."""
    return policy_words("plan-words", frozenset({*_USES, _DONE, _ACTS}))


@cache
def _table() -> tuple[tuple[PlanPart, re.Pattern[str], object], ...]:
    words = {use: any_of(plan_words(), use=use) for use in _USES}
    changes = (
        (PlanPart.RISE_TO, f"(?:{words['提高']}|提|增|升){_TO}", None),
        (PlanPart.FALL_TO, f"(?:{words['下降']}|降|减|压)(?:{_TO}|为)", None),
    )
    plain = ((part, words[use], value) for use, (part, value) in _USES.items())
    table = (*_GRAMMAR, *changes, *plain)
    return tuple((part, re.compile(pattern), value) for part, pattern, value in table)


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
        elif value == "月底":
            timing = f"到{year}年{int(said['month'])}月底"
        elif value == "每":
            timing = f"自{year}年至{last}年每年"
        value = None
    kept = value if isinstance(value, Comparator | Level) else None
    if count := said.get("rank") or said.get("years"):
        year = _year(count)
    above = said.get("above")
    unit = said.get("term") or ("" if above is None else _PLACES.get(above, Level.PREFECTURE).zh)
    return Piece(part, found[0], found.start(), kept, year, last, unit, timing)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    return int(chinese_number(text) or 0)


class _Numbers:
    """Reads quantities: 1.2万人, 百分之九十五, 五分之一, 三成, 10-15个, 1:12.5."""

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
        self.ratio = re.compile(r"1[:∶](?P<whole>\d+(?:\.\d+)?)")
        self.tenths = re.compile(rf"(?P<number>[{NUMERAL}]+|\d)成")

    def read(self, text: str, at: int, limit: int) -> Piece | None:
        """Read the quantity that begins at a place, or None."""
        if found := self.ratio.match(text, at, limit):
            share = 1 / (float(found["whole"]) or 1)
            return Piece(PlanPart.NUMBER, found[0], at, share, unit=PER_ONE)
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
    return not re.sub(any_of(plan_words(), use=_DONE), "", text)


def acts(clause: Iterable[Piece]) -> bool:
    """Tell whether a clause only says what is done: 提升教育质量, but not 寄宿制学校."""
    known = (PlanPart.YEAR, PlanPart.LEVEL)
    text = "".join(piece.text for piece in clause if piece.part not in known)
    return _introduction().match(text) is not None


@cache
def _introduction() -> re.Pattern[str]:
    words = {use: any_of(plan_words(), use=use) for use in ("填充", "力争", _ACTS)}
    return re.compile(f"(?:{words['填充']}|{words['力争']}|基本|初步)*?(?:{words[_ACTS]})")


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
