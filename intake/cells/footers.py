"""Rows below a table that say who filled it in or checked it, and when; remarks and headings."""

import re
from collections.abc import Mapping

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Cell, Moment
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.patterns import pattern

_SPACES = pattern(r"[\s\u200b\ufeff]+")
_WHO = (
    "填表|填报|填写|制表|审核|审批|复核|核对|校对|统计|报送|上报|负责|分管|主管|经办|联系"
    "|报出|打印|导出"
)
_LABELS = (
    rf"(?:(?:学校|单位|部门|本校|统计|分管|主管|第一)?(?:{_WHO})(?:单位|部门|机构)?(?:负责)?"
    r"(?:人员?|者|员|领导|校长|日期|时间|电话|方式|号码|单位)"
    r"|(?:单位|部门|学校|机构)?(?:负责人|领导|校长|局长|园长|公章|盖章|印章)|日期|时间|(?:联系)?电话|手机号?码?"
    r"|(?:填表|填报|制表|报送|上报)|(?:单位|学校|部门|负责人|领导|校长)?\((?:公章|盖章|签章|签字|签名)\)"
    r"|(?:filled in|prepared|reported|checked|approved|signed) by|signature|date|phone|tel\.?)"
    r"(?:\((?:公章|盖章|签章|签字|签名)\)|签字|签名|签章|盖章|公章)?"
)
_LABEL = pattern(_LABELS, re.IGNORECASE)
_LABELLED = pattern(rf"{_LABELS}(?:[:：].*|[_＿]+)?", re.IGNORECASE | re.DOTALL)
_NUMBERED = pattern(r"电话|手机|号码|方式|日期|时间|phone|tel|date", re.IGNORECASE)
_DAY = pattern(r"(?:\d{4}|二[〇○零]\S{2})?年\d{0,2}月\d{0,2}日?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_SENTENCE = pattern(
    r"^(?:[*※★☆▲△●]|\(?\d{1,2}[.、)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)|[。；;,!]|.:"
)
_SECTION = pattern(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}[)、.])?"
    r"(?:第?[一二三四五六七八九十\d]{1,2}(?:片区|学区)|(?:(?:城区|镇区|城镇|乡村|农村|牧区|直属|[旗县区市]直|公办|民办)+"
    r"(?:小学|初中|高中|中学|幼儿园|学校|单位)?|小学|初中|高中|中学|幼儿园|学校)(?:部分|阶段|类)?)"
)
_HOW = pattern(
    r"[(\[]?(?:(?:请|按|自动|必|选|不用|无需|统一)?(?:填|输入|选择?|下拉|写).{0,20}|.{0,12}(?:整数|小数|数字|数值|文[本字]|字符)"
    r"(?:型|格式)?|.{0,6}[\d一二三四五六七八九十]+位(?:数字?|代码|编码)?|(?:如|例如?):?.{1,20}|(?:text|string|number|integer"
    r"|decimal|required|optional))[)\]]?",
    re.IGNORECASE,
)
_END = pattern(
    r"[(\[]?(?:以下(?:空白|无正文)|表(?:格)?结束|完)[)\]]?|end(?: of table)?", re.IGNORECASE
)


def is_footer(cells: Mapping[int, Cell]) -> bool:
    """Tell whether a row says who filled a table in or when, or that nothing follows.

    Whatever stands in it is a label, a text, a day, or a number behind the label of one: a row with
    any other number holds data.

    Examples:
        >>> is_footer({0: "填表人：", 3: "审核人", 4: "某某", 6: "2024年10月8日"})
        True
        >>> is_footer({0: "联系电话", 1: 4778325566}), is_footer({0: "填表人", 4: 300})
        (True, False)
        >>> is_footer({6: "2024年10月8日"}), is_footer({0: "以下空白"}), is_footer({1: "一小"})
        (True, True, False)
    """
    filled = [_folded(cells[at]) for at in sorted(cells) if not is_blank(cells[at])]
    labelled, label = len(filled) == 1 and _ends(filled[0]), ""
    for cell in filled:
        if isinstance(cell, str) and _LABELLED.fullmatch(cell):
            labelled, label = True, cell
        elif labelled and (_NUMBERED.search(label) or _ends(cell) or _is_text(cell)):
            label = ""
        else:
            return False
    return labelled


def says_how_to_fill(cell: Cell) -> bool:
    """Tell whether a cell says how a column is filled in, as forms do below their header.

    Examples:
        >>> [says_how_to_fill(text) for text in ("整数", "填全称", "保留一位小数", "四位数")]
        [True, True, True, True]
        >>> [says_how_to_fill(cell) for cell in ("小学", "上年", 45, "序号")]
        [False, False, False, False]
    """
    return isinstance(cell, str) and _HOW.fullmatch(_SPACES.sub("", fold(cell))) is not None


def is_sentence(text: str) -> bool:
    """Tell whether a text that stands alone in its row is a remark or a heading, and no name.

    Examples:
        >>> [is_sentence(text) for text in ("2.含附设班。", "来源：台账", "*在建", "一、城区")]
        [True, True, True, True]
        >>> is_sentence("第三小学"), is_sentence("1506020003")
        (False, False)
    """
    return any(map(str.isalpha, text)) and _SENTENCE.search(_SPACES.sub("", fold(text))) is not None


def is_section(text: str) -> bool:
    """Tell whether a text names a section of a table, and no school.

    Examples:
        >>> [is_section(text) for text in ("城区", "公办小学", "第一片区", "（二）农村牧区")]
        [True, True, True, True]
        >>> [is_section(text) for text in ("第一小学", "民族小学", "城区一小")]
        [False, False, False]
    """
    return _SECTION.fullmatch(_SPACES.sub("", fold(text)).rstrip(":")) is not None


def _ends(cell: Cell) -> bool:
    """Tell whether a cell is a day, or says that nothing follows."""
    if not isinstance(cell, str):
        return isinstance(cell, Moment)
    return (_DAY.fullmatch(cell) or _END.fullmatch(cell)) is not None


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not any(map(str.isdigit, cell))


def _folded(cell: Cell) -> Cell:
    return _SPACES.sub("", fold(cell)) if isinstance(cell, str) else cell
