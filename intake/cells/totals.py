"""Words that mark a row of totals, as people write them and as spreadsheets do (150602 汇总)."""

import re

from dabiao.intake.formats.table import Cell
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.marks import without_marks
from dabiao.schemas.numerals import NUMERAL
from dabiao.schemas.patterns import pattern

_INVISIBLE = pattern(r"[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]+")
# Traditional characters stand beside simplified ones where whole tables come in them.
_SUM = (
    "合计|总计|小计|共计|汇总|总汇|总数|总和|总共|累计|求和|计数"
    "|合計|總計|小計|共計|匯總|彙總|總數|總和|總共|累計|加總|計數"
)
_MEAN = "最[高低]|平均|均值|均数|均數|最大值|最小值|中位数|中位數|乘积|标准偏差|标准差|方差"
_UNITS = "所|个|個|名|人|班|间|家|位|处|座|户|项|条|台|册|套|元|万元|校|园|園|行"
_THINGS = "学校|小学|中学|幼儿园|班级?|教学班|学生|教师|人员?|单位|旗县|区县|县|旗|记录"
_END = r"(?:\([^()]*\)|\[[^\[\]]*\])?(?::.{0,20})?"
_WORD = pattern(rf".{{0,30}}?(?:{_SUM}|{_MEAN})(?:[数數值计計]|数值|数据|数量|人数)?{_END}")
_ALONE = pattern(
    rf"(?:[计計总總]|(?:全部|全体|全體|所有|总体|整体)(?:{_THINGS}|数据)?|总(?:{_THINGS})数){_END}"
)
_COUNT = pattern(
    r"(?:全[县縣旗市区區校镇鎮乡鄉盟州省园園]|以上|本[页頁表])?"
    r"(?:合计|总计|共计|总共|小计|累计|共有|共|计|合計|總計|共計|計):?"
    rf"(?:\d+|[{NUMERAL}]+)(?:多|余)?(?:{_UNITS})(?:{_THINGS})?"
)
_ENGLISH = pattern(
    r"(?:.*[\W\d_])?(?:grand|sub|over ?all)?[ -]?totals?|(?:[\W\d_]*|grand )"
    r"(?:count|average|avg|mean|sum|max|min|maximum|minimum|product|stddevp?|varp?)|overall|all",
    re.IGNORECASE,
)
_ENGLISH_END = pattern(r"(?<=\w) ?(?:\(.*\)|:.*)")
_DERIVED = pattern(
    r"其中.{0,30}|[校班生人]均(?:数|值)?|(?:上年|去年)同期(?:数|值)?|占比|百分比|比重|(?:比|较|同比).{0,8}[增减变].{0,6}|同比"
    r"|(?:增长|增减|增加)(?:率|额|数|量|比例)?|增幅"
)
HINTS = frozenset("其占比增计計总總汇匯彙均求共积最位差全所整tTmMvVlLｔＴｍＭｖＶｌＬ期")
"""One character of each of these words, so that other texts need no closer look."""
_WHOLE_PLACE = pattern(r"全(?:自治区|苏木|[国國省区區市盟州旗县縣乡鄉镇鎮校园園])")


def is_total(cell: Cell) -> bool:
    """Tell whether a cell that should say who a row is about marks it as a row of totals.

    A word counts where the cell ends with it, as no name of a school or place does, or where it is
    all that the cell says.

    Examples:
        >>> is_total("合 计"), is_total("150602 汇总"), is_total("共 3 个班"), is_total("合计小学")
        (True, True, True, False)
    """
    if not isinstance(cell, str) or HINTS.isdisjoint(cell):
        return False
    text = without_marks(fold(cell)).strip().strip("*'").rstrip(":")
    compact = _unwrapped(_INVISIBLE.sub("", text))
    if (
        _DERIVED.fullmatch(compact)
        or _WORD.fullmatch(compact)
        or _ALONE.fullmatch(compact)
        or _COUNT.fullmatch(compact)
    ):
        return True
    english = _ENGLISH_END.sub("", " ".join(text.split()))
    return english.isascii() and _ENGLISH.fullmatch(english) is not None


def is_derived(cell: Cell) -> bool:
    """Tell whether a cell marks a row that is part of another, or a change or share worked out.

    Examples:
        >>> is_derived("其中：民办"), is_derived("比上年增减"), is_derived("合计")
        (True, True, False)
        >>> is_derived("校均"), is_derived("上年同期"), is_derived("平均小学")
        (True, True, False)
    """
    if not isinstance(cell, str) or HINTS.isdisjoint(cell):
        return False
    return _DERIVED.fullmatch(_unwrapped(_INVISIBLE.sub("", fold(cell)).strip("*':"))) is not None


def _unwrapped(text: str) -> str:
    """Take a text out of brackets that stand around it: (全部)."""
    wrapped = text[:1] in {"(", "[", "【", "〔"} and text[-1:] in {")", "]", "】", "〕"}
    return text[1:-1] if wrapped else text


def is_whole_place(cell: Cell) -> bool:
    """Tell whether a cell that should hold a code stands for all rows: 全市, 全旗.

    Examples:
        >>> is_whole_place("全 市"), is_whole_place("全南县")
        (True, False)
    """
    if not isinstance(cell, str) or not cell.lstrip().startswith("全"):
        return False
    text = _INVISIBLE.sub("", fold(cell))
    return _WHOLE_PLACE.fullmatch(text) is not None
