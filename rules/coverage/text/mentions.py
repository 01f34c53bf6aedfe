"""Quantities in a sentence: numbers with what they count, shares, dates, and words such as 全部.

Generous on purpose: a quantity that is overlooked is worse than one too many. What only looks like
a quantity is veiled first: names of documents and plans, reference numbers, ordinals, school years.
Plain words of either kind stand in the lexicon; here is what has a grammar.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from dabiao.rules.files.policy_words import PolicyWord, any_of, policy_words
from dabiao.schemas.halfwidth import Halfwidth
from dabiao.schemas.numerals import DIGITS, NUMERAL, SIZE, SIZES, chinese_number, round15
from dabiao.schemas.record import dataclass


class QuantityKind(StrEnum):
    """What sort of quantity a mention is."""

    NUMBER = "number"
    SHARE = "share"
    """A percentage, a fraction, a ratio."""
    DATE = "date"
    WORD = "word"
    """A quantity without a number: 全部, 逐年, 不低于."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One quantity where it stands.

    Attributes:
        text: As it is written.
        start: Where it begins in the sentence, in characters from 0.
        end: Where it ends.
        kind: What sort it is.
        values: The numbers it can be read as: 5万 is 50000 or, in units of 万, 5. For a date the
            year.
    """

    text: str
    start: int
    end: int
    kind: QuantityKind
    values: frozenset[float] = frozenset()


# A full-width comma between numbers separates them; a narrow one may group thousands.
narrow = Halfwidth({"，": "，", "；": "；", "−": "-", "∶": ":"})
"""Makes digits, letters and signs half-width, so that ９８．５％，４５人 is 98.5%，45人."""

_N = f"[{NUMERAL}]"
_YEARS = range(1949, 2101)
_D = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_DASH = "[—–\\-~～至到]{1,2}"
_YEAR = r"(?:19|20)\d\d"
_INSTITUTION = "(?:高级中学|中学|小学|幼儿园|学校|高中|初中|实验)"

_VEILED = (
    r"《(?:[^《》]|《[^《》]*》)*》",
    rf"[〔\[［(（【]\s*{_YEAR}\s*[〕\]］)）】]\s*第?\s*\d+\s*号",
    r"\d{3,4}-\d{3,4}-\d{3,4}",
    rf"^\s*{_YEAR}[-/.]\d\d?[-/.]\d\d?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s*$",
    rf"^\s*{_YEAR}\s*年\s*\d\d?\s*月\s*\d\d?\s*日\s*$",
    r"[“\"]?十[一二三四五六]五[”\"]?",
    rf"(?:十[{DIGITS}]|二十)(?:届|大)(?:[{DIGITS}](?:、[{DIGITS}])*中全会)?",
    rf"[{DIGITS}](?:中?、[{DIGITS}])*中全会",
    rf"[{DIGITS}十]+届[{DIGITS}十]+次全会",
    rf"[(（]\s*{_YEAR}\s*年?\s*{_DASH}\s*{_YEAR}\s*年?\s*[)）]",
    rf"{_YEAR}\s*年?(?:远景目标|版|修订)",
    r"(?:学前|初中|高中)[三四五]年(?=教育|义务|毛入园|入园|毛入学)|九年(?:制)?(?=义务|一贯)|九年一贯",
    r"[一二三四五两\d]年(?=行动|计划|规划|发展|提升|攻坚)",
    r"(?:未来|关键|今后)(?:[三五十]|几)年|[一二三四五]年来",
    r"\d+\s*[—–\-~至]{1,2}\s*\d+\s*周?岁",
    r"(?:一本|二本)(?=上线|录取|率|院校)",
    r"\d+(?:\s*[+＋]\s*[\dXxNnMm]+)+",
    r"(?<![\d.])[2-6]G(?=网络|技术|基站|[、，,]|$)|[24]D(?![a-z])",
    rf"(?:附件|附表|附录|专栏|表|图)\s*[\d{DIGITS}十]+",
    rf"(?:小学|初中|高中)?[{DIGITS}](?:[、至到—–\-][{DIGITS}])*年级",
    rf"(?<!{_N})(?:{SIZE})年",
    r"[上下]一(?:年|学年|学期)(?=度|预算|的|$)",
    rf"[{DIGITS}十两]部(?:门|委|局|联合)",
)
_ORDINAL = rf"第\s*(?:{_N}++|\d++)\s*(?!{_INSTITUTION})[\u4e00-\u9fff]?(?:五年|百年)?"
_QUOTED = re.compile(r"“([^“”]{1,14})”|\"([^\"]{1,14})\"|「([^「」]{1,14})」")
_COUNTED_NAME = re.compile(rf"^{_N}个")
_REAL = re.compile(
    rf"[%％]|百分|每|应.尽|项项|校校|人人|保.争|\d\d+\s*[+＋]|一.{{1,8}}[一多]|增不减|个增长|逐年|至少|不低于|不少于|全员|全覆盖|全部|一半|\d+\s*(?:分钟|小时|个|所|名|人|{SIZE}|次|项|学时|课时|节|天|年)"
    rf"|{_N}(?:小时|分钟|学时|课时|项(?:行动|任务|指标|举措)|统一)"
)

_UNIT = (
    "个百分点|百分点|平方米|平方公里|立方米|公里|千米|课时|学时|学分|分钟|小时|人次|万元|亿元|"
    "周岁|学年|学期|季度|工作日|册次|场次|班次|个月|Mbps|Gbps|[GM](?![a-zA-Z])|"
    "[个所名人项次届节门家处支批座台册期轮年月周天日元亩分位种类级倍成番场份件间辆张条本对组班岁米篇部户村园校科师生套]"
)
_CLASSIFIER = (
    "个百分点|百分点|平方米|公里|课时|学时|分钟|小时|人次|万元|亿元|学年|学期|个月|"
    "(?:项(?!目)|个(?!体[化户经差验]|人[的信所意]|性|别)|家(?!亲)|[所名人次届节门处座台册期年月周天日元亩分倍番场份件间辆本对组班岁米篇部户套])"
)
_RATIO = re.compile(r"(?<![\d:.])\d+(?:\.\d+)?(?:\s*[:：]\s*\d+(?:\.\d+)?)+(?![\d:])")
_DATE = re.compile(
    rf"(?P<before>到|至|自|从|在|于|截至|截止|争取|力争|确保|力争到)?\s*(?P<year>{_YEAR})(?:\s*年|(?!\s*[\d\u4e00-\u9fff.,%]))"
    r"(?:(?<=年)\s*(?P<month>\d\d?)\s*月(?:\s*(?P<day>\d\d?)\s*日)?)?"
    r"(?P<after>\s*(?:(?:年?[底末]|[上下]半年|全年|[春秋]季学期|[春秋]季)(?:[之以]?前|起)?|内|[之以]?前|起|开始|完成|建成))?"
)
_MONTH = re.compile(r"(?<!\d)\d\d?\s*月(?:\s*\d\d?\s*日)?(?:底|末|前|起|份)?")
_ARABIC = re.compile(
    rf"(?P<bound>[≥≤><]=?\s*)?(?P<number>{_D})\s*(?P<size>{SIZE})?\s*(?P<more>[多余]\s*)?"
    rf"(?P<unit>%|‰|{_UNIT})?"
)
_TO_SHARE = re.compile(rf"\s*{_DASH}\s*{_D}\s*[%‰]")
_HUNDRED = re.compile(
    rf"百分之(?P<share>(?:{_N}+(?:点{_N}+)?|百)|\d+(?:\.\d+)?)|(?P<all>百分百|百分之百)"
)
_FRACTION = re.compile(rf"(?P<whole>{_N}+)分之(?P<part>{_N}+)")
_TENTHS = re.compile(rf"(?P<tenths>[{DIGITS}])成(?=[^立为果员功就效绩长人分熟宫]|$)")
_CHINESE = re.compile(
    rf"(?P<number>(?!{SIZE}){_N}+(?:点{_N}+)?|[数几](?:十|{SIZE})+|十几|半)(?P<more>[多余]\s*)?(?P<unit>{_CLASSIFIER})"
)
_CONTEST = re.compile(rf"保(?P<hold>{_N}|\d+)争(?P<gain>{_N}|\d+)")
_RANK = re.compile(rf"(?<![学目])前\s*(?P<rank>\d+|{_N}+)\s*(?:位|名|列|强)?")
_EACH = (
    rf"每(?:隔)?(?:{_N}|\d)*\s*(?:所|个|校|园|班|人|名|位|年|学年|学期|季度?|月|周|天|日|次|期|旗|县|市|盟|"
    "镇|乡|村|户|生|科|门|项|节|家|套|支|{SIZE}|十|位|级|学段|苏木|嘎查|社区|片区)"
)
_WORDS = (
    r"全(?:面)?覆盖|覆盖全[^面]|应[^，。]尽[^，。]",
    rf"[两三]个(?:只增不减|增长)|[一二三]级[甲乙]等|{_N}统一",
    r"大幅度?地?(?:提[高升]|增[加长多]|减少|降低|下降|压[减缩]|扩大)",
    r"(?:提高|提升|增加|扩大|压缩|降低|减少|缩减)[^，,。；;、]{0,24}(?:比例|占比|比重|(?<![效概速])率(?!先))",
    r"(?:大专|专科|本科|研究生|硕士|博士|学士|高级)(?:学历|学位|职称)?及?以上",
    r"(?:达到|符合|执行)(?:国家|自治区|省级?|市级?|规定|既定)[^，,。；;、]{0,16}标准",
    _EACH,
    r"不[得能]?(?:低|少|高|多|大|小|超|迟|晚)[于过]|不足(?=\s*\d)",
    r"(?<!不)(?<!得)(?<!能)(?:高|低|优|多|少|大|小)于(?!水|平)|(?<!不)(?<!得)超过",
    r"(?<![〇零\d])零(?=[\u4e00-\u9fff])(?!部件|散|星|距离|售|碳)|补齐(?!.{0,16}短板)",
    r"一(?![般定])[^，。；、“”一]{1,8}一(?:案|品牌|品|策|特色|档|项|技|课|法|园|校|册|码|卡)",
    r"一[^，。；、“”一]{1,4}多(?:品|项|案)",
    r"均(?=达|实现|要|应|须|有|建|设|配|通过|完成|不|为|可|能|纳入|开设)",
    r"凡(?=[^事是常])",
    r"(?:通过|完成|接受)(?!\0)[^，,。；;]{0,24}?(?:验收|评估|认定|复评)",
)
_NAMED = re.compile(rf"第\s*(?:{_N}+|\d+)\s*{_INSTITUTION}")


class Asked(StrEnum):
    """What a word that is a quantity asks for, as the lexicon calls it."""

    ALL = "全部"
    NONE = "没有"
    CHANGE = "变化"
    BOUND = "界线"
    OTHER = "其他"


def quantity_words() -> tuple[PolicyWord, ...]:
    """Give the words of the lexicon that are quantities without a number."""
    return policy_words("quantity-words", frozenset(Asked))


@cache
def _veiled() -> re.Pattern[str]:
    return re.compile("|".join((*_VEILED, any_of(policy_words("not-quantities")))))


@cache
def _ordinal() -> re.Pattern[str]:
    """Ordinals, but for words of the lexicon that begin like one: 第一方阵."""
    words = any_of(each for each in quantity_words() if each.word.startswith("第"))
    return re.compile(f"(?!{words}){_ORDINAL}")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(any_of(quantity_words(), *_WORDS))


def find_mentions(sentence: str) -> tuple[Mention, ...]:
    """Find the quantities of a sentence, in order.

    Examples:
        >>> [each.text for each in find_mentions("到2025年，普惠率达90%以上，每校至少1名")]
        ['到2025年', '90%', '每校', '至少', '1名']
        >>> find_mentions("落实《十年规划》（国办发〔2019〕40号），巩固“双减”成果")
        ()
    """
    text = _veil(narrow(sentence))
    found: list[Mention] = []
    taken = [False] * len(text)
    for mention in _candidates(text):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
            found.append(mention)
    if found:  # 2025年，… is a date to meet only where there is something to meet
        found += [each for each in _bare_years(text) if not any(taken[each.start : each.end])]
    return tuple(
        Mention(sentence[each.start : each.end], each.start, each.end, each.kind, each.values)
        for each in sorted(found, key=lambda each: each.start)
    )


def _veil(text: str) -> str:
    """Blot out what only looks like a quantity; every place stays where it is."""

    def blot(found: re.Match[str]) -> str:
        return "\0" * len(found[0])

    def blot_name(found: re.Match[str]) -> str:
        inside = next(each for each in found.groups() if each is not None)
        if not _REAL.search(inside):
            return "\0" * len(found[0])
        counted = _COUNTED_NAME.match(inside) if "增" not in inside else None
        length = counted.end() if counted else 0
        return found[0][0] + "\0" * length + found[0][1 + length :]

    text = _veiled().sub(blot, text)
    text = _QUOTED.sub(blot_name, text)
    return _ordinal().sub(blot, text)


def _candidates(text: str) -> Iterator[Mention]:
    """Give mentions, those that take precedence first."""
    yield from _ratios(text)
    yield from _dates(text)
    yield from _shares(text)
    for found in _RANK.finditer(text):
        value = _value(found["rank"])
        if value is not None:
            yield _mention(found, QuantityKind.NUMBER, frozenset({value}))
    for found in _CONTEST.finditer(text):
        both = {_value(found["hold"]), _value(found["gain"])}
        yield _mention(
            found, QuantityKind.NUMBER, frozenset(each for each in both if each is not None)
        )
    for found in _NAMED.finditer(text):
        yield _mention(found, QuantityKind.WORD)
    yield from _arabic(text)
    yield from _words(text)
    for found in _CHINESE.finditer(text):
        yield _mention(found, QuantityKind.NUMBER, _sizes(_value(found["number"]), None))


def _mention(
    found: re.Match[str], kind: QuantityKind, values: frozenset[float] = frozenset()
) -> Mention:
    start, end = found.span()
    text = found[0]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return Mention(text.strip(), start, end, kind, values)


def _ratios(text: str) -> Iterator[Mention]:
    """Give ratios as shares of the whole; so many to one is just so many."""
    for found in _RATIO.finditer(text):
        parts = [float(each) for each in re.split(r"\s*[:：]\s*", found[0])]
        if parts[-1] == 1:
            yield _mention(found, QuantityKind.NUMBER, frozenset(parts[:1]))
        elif sum(parts):
            shares = frozenset(round(100 * part / sum(parts), 6) for part in parts)
            yield _mention(found, QuantityKind.SHARE, shares)


def _dates(text: str) -> Iterator[Mention]:
    for found in _DATE.finditer(text):
        written = found[0].strip()
        if "年" not in written and found["before"] not in ("到", "至", "自", "从"):
            continue
        rest = text[found.end() :]
        bare = not (found["before"] or found["after"] or found["month"])
        if bare and re.match(r"\s*(?:以来|度|工作|第|的|初(?!中)|[，,]|\0)", rest):
            continue
        yield _mention(found, QuantityKind.DATE, frozenset({float(found["year"])}))
    for found in _MONTH.finditer(text):
        yield _mention(found, QuantityKind.DATE)


def _bare_years(text: str) -> Iterator[Mention]:
    for found in re.finditer(rf"(?:^|(?<=[，,；;。：:]))\s*({_YEAR})\s*年(?=\s*[，,])", text):
        yield _mention(found, QuantityKind.DATE, frozenset({float(found[1])}))


def _shares(text: str) -> Iterator[Mention]:
    for found in _HUNDRED.finditer(text):
        value = 100.0 if found["all"] or found["share"] == "百" else _value(found["share"])
        if value is not None:
            yield _mention(found, QuantityKind.SHARE, frozenset({value}))
    for found in _FRACTION.finditer(text):
        whole, part = chinese_number(found["whole"]), chinese_number(found["part"])
        if whole and part is not None:
            yield _mention(found, QuantityKind.SHARE, frozenset({round(100 * part / whole, 6)}))
    for found in _TENTHS.finditer(text):
        yield _mention(found, QuantityKind.SHARE, frozenset({10 * (_value(found["tenths"]) or 0)}))


def _arabic(text: str) -> Iterator[Mention]:
    for found in _ARABIC.finditer(text):
        value = float(found["number"].replace(",", ""))
        if found["unit"] == "年" and value in _YEARS and not found["size"]:
            continue  # a year that is no date to meet, or _dates had found it
        share = found["unit"] in ("%", "‰") or (
            not found["unit"] and _TO_SHARE.match(text, found.end())
        )
        kind = QuantityKind.SHARE if share else QuantityKind.NUMBER
        yield _mention(found, kind, _sizes(value, found["size"]))


def _words(text: str) -> Iterator[Mention]:
    for found in _word().finditer(text):
        word = found[0]
        if word.startswith(("一半", "过半", "半数")):
            yield _mention(found, QuantityKind.SHARE, frozenset({50.0}))
        elif re.match("一.+[一多]", word) and not word.startswith("一律"):
            yield _mention(found, QuantityKind.NUMBER, frozenset({1.0}))
        elif word.startswith("翻"):
            yield _mention(
                found, QuantityKind.NUMBER, frozenset({4.0, 300.0} if "两" in word else {2.0})
            )
        else:
            yield _mention(found, QuantityKind.WORD)


def _sizes(value: float | None, size: str | None) -> frozenset[float]:
    if value is None:
        return frozenset()
    if size is None:
        return frozenset({value})
    return frozenset({value, round15(value * SIZES[size])})


def _value(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return 0.5 if text == "半" else chinese_number(text)
