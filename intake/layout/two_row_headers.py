"""Headers of two rows: how far titles that are not merged reach, and what a title makes of a name.

Where titles are not merged, as in a CSV (小学,, above 班数,学生数,班数), only what can be nothing
else is taken for one: a title over columns that would have no name without it, or the name of
another, or that would be something else with it (上年, 计划).
"""

from collections import Counter
from collections.abc import Mapping

from dabiao.intake.cells.identity_cells import is_blank, read_year
from dabiao.intake.formats.merged_cells import CellSpan
from dabiao.intake.formats.table import Cell
from dabiao.intake.names import fixed_column, plain
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import years_in_digits
from dabiao.schemas.patterns import pattern

_Cells = Mapping[int, Cell]
_OTHER = pattern(
    r"\d{2,4}年|\d{4}[-—~至/]\d{2,4}|学年|学期|[上去前往历次明下]一?年|同期|基期|[上下]期"
    r"|预测|预计|预期|计划|目标|任务|标准(?!化)|应有|应达|应配|定额|指标值|参考"
    r"|平均|均值|最[高低大小]|累计|新增|增[加减长]|减少|变化|同比|环比|占比|比例|比重|百分比|其中"
    r"|[女男]|民办|公办|私立|公立|农村|乡村|城[市区镇]|镇区|牧区|寄宿|住宿|走读|留守|随迁"
    r"|在编|编外|外聘|代课|兼职|退休|附设|分校|教学点|全[国省区市盟旗县]|其他"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)|(?:last|previous|prior|next|base)(?:school)?year|before|planned"
    r"|plans?$|targets?|forecast|projected|expected|budget(?:ed)?|ofwhich|female|male|girls|boys"
    r"|average|mean$|change|growth|private|rural|urban|boarding|parttime|retired|others?$"
)
"""What makes other things of the columns below: another time, what is not yet, a part of it all."""
_SHORT = 6
"""Characters of a title over columns; longer ones may be the table's."""
_NEUTRAL = pattern(
    r"(?:[(]?[一二三四五六七八九十\d]+[)、.]?)?(?:基本|总体|整体|综合|主要|办学|学校|学生|在校生|教师|师资"
    r"|教职工|人员|班级|校舍|校园|场地|设施|设备|装备|器材|仪器|图书|信息化?|安全|卫生|体育|健康|艺术|德育|经费|财政"
    r"|投入|收入|支出|保障|教育|教学|事业|发展|质量|管理|规模|条件|情况|状况|概况|数据|指标|项目|内容|资源|队伍|建设"
    r"|统计|填报|部分|以及|及|与|和|、|有关|相关|资产|面积|建筑|用地|数量|结构|水平|能力|服务|公共|社会|文化|本年|本期|数|表)*"
)
"""Titles that only sort what stands below."""


def makes_other(title: str, own: str) -> bool:
    """Tell whether a title over a name makes another thing of it; what both say does not.

    Examples:
        >>> makes_other("上年数", "学生数"), makes_other("其中：女", "教师数")
        (True, True)
        >>> makes_other("寄宿情况", "寄宿学生数"), makes_other("办学条件", "学生数")
        (False, False)
    """
    name = years_in_digits(plain(own))
    return any(word not in name for word in _OTHER.findall(years_in_digits(plain(title))))


def is_neutral(title: str) -> bool:
    """Tell whether a title says nothing of the columns below that might matter.

    Examples:
        >>> is_neutral("一、基本情况"), is_neutral("幼儿园")
        (True, False)
    """
    return _NEUTRAL.fullmatch(plain(title)) is not None


def names_below(row: int, titles: _Cells, below: _Cells, code: int) -> list[CellSpan]:
    """Tell how far each title reaches, if the row below it goes on with the names.

    It does if it holds nothing but words, or years, and these stand under titles, of which one has
    a gap to its right, and in these gaps; or if a word makes another thing of the title above it.

    Args:
        row: Number of the row of titles, in which the codes are named.
        titles: Its cells.
        below: The cells of the next row.
        code: The column of codes.

    Returns:
        The titles as if they were merged; empty if the row below is none of names.
    """
    names = _words(below) or _years(below)
    if not names or code in names:
        return []
    found: list[CellSpan] = []
    for left in sorted(at for at in names if not is_blank(titles.get(at))):
        right = left
        while right + 1 in names and is_blank(titles.get(right + 1)):
            right += 1
        if right == left and _is_fixed(titles.get(left)):
            return []
        found.append((row, row, left, right))
    goes_on = any(right > left for _, _, left, right in found) or any(
        len(str(cell)) <= _SHORT and makes_other(str(cell), str(titles.get(at, "")))
        for at, cell in names.items()
    )
    under = {at for _, _, left, right in found for at in range(left, right + 1)}
    return found if goes_on and under == names.keys() else []


def titles_above(row: int, titles: _Cells, names: _Cells, code: int) -> list[CellSpan]:
    """Tell how far each group title reaches, if a row holds those of names that repeat below it.

    So does one that makes another thing of what stands below.

    Args:
        row: Number of the row of titles.
        titles: Its cells.
        names: The cells of the next row, in which the codes are named.
        code: The column of codes.

    Returns:
        The titles as if they were merged; empty if they are none, or leave two names alike.
    """
    words = _words(titles)
    own = words.pop(code, None)
    often = Counter(plain(str(cell)) for cell in names.values())
    twice = {at for at, cell in names.items() if often[plain(str(cell))] > 1}
    others = {at for at, word in words.items() if len(word) <= _SHORT and says_other(word)}
    if others:
        twice = {at for at in names if at >= min(others)}
    told = min(others, default=code) > code  # what stands over the codes is one title of several
    if not twice or (own is not None and not told) or not words.keys() <= names.keys():
        return []
    if any(":" in plain(text) for text in (*words.values(), own or "")):
        return []  # 单位：人 and the like
    found: list[CellSpan] = []
    for left in sorted(words):
        right = left
        while {left, right + 1} <= twice and is_blank(titles.get(right + 1)):
            right += 1
        found.append((row, row, left, right))
    under = {at for _, _, left, right in found for at in range(left, right + 1)}
    return found if twice <= under else []


def says_other(word: str) -> bool:
    """Tell whether a title is nothing but what makes another thing; a year may be the table's."""
    found = _OTHER.match(years_in_digits(plain(word)))
    return found is not None and not found[0][0].isdigit()


def _is_fixed(title: Cell) -> bool:
    """Tell whether a title is that of a column that says who or when, at whatever level."""
    levels = (None, *Level)
    return isinstance(title, str) and any(fixed_column(title, each) for each in levels)


def _words(cells: _Cells) -> dict[int, str]:
    """Give the cells of a row if all of them are words; else nothing."""
    filled = {at: cell for at, cell in cells.items() if not is_blank(cell)}
    words = {at: cell for at, cell in filled.items() if isinstance(cell, str)}
    only = len(words) == len(filled) and all(map(_is_word, words.values()))
    return words if only else {}


def _years(cells: _Cells) -> dict[int, Cell]:
    """Give the cells of a row if all of them are years; else nothing."""
    filled = {at: cell for at, cell in cells.items() if not is_blank(cell)}
    return filled if all(isinstance(read_year(cell), int) for cell in filled.values()) else {}


def _is_word(text: str) -> bool:
    return any(character.isalpha() for character in text)
