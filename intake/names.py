"""Names of sheets, files and columns, compared as people compare them."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import Enum, StrEnum, auto
from functools import lru_cache
from pathlib import PurePath

from dabiao.schemas.halfwidth import fold, is_folded
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern

DUTIES = frozenset(["必填", "选填", "必报", "选报", "可选", "非必填", "required", "optional"])
"""What brackets behind a header say of who has to fill its column in."""
_DUTY = pattern(rf"\((?:{'|'.join(sorted(DUTIES))})\)")
_NUMBER = pattern(
    r"(?:\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|\d{1,3}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
)
_ADVICE = pattern(
    r"\((?:填?全称|盖章|公章|年|\d{1,2}位(?:数字?|代码|编码)?|四位数?|文本(?:格式)?)\)$"
)
"""What brackets behind a fixed column say of how to fill it in."""
_NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width, which Python takes for no spaces."""
_ADDITION = pattern(
    r"(?:\d{4}年?度?[-_—·]?)?(?P<stem>.+?)"
    r"(?:\([^()]*\)|\[[^\[\]]*\]|\d{1,4}年?度?|[-_—·].*){0,3}"
)
_NOTES = pattern(
    r"(填报|填表|填写|指标|数据)?(说明|须知|要求|指南|封面|目录|备注|审核)(表|页)?"
    r"|问题清单(\(\d+\))?|文件清单|problems( ?\(\d+\))?|files"
    r"|选项|字典|notes?|readme|instructions?|cover|contents|options|lists?",
    re.IGNORECASE,
)
_OTHER = pattern(
    r"旧|备份|作废|停用|勿填|示例|样例|范例|草稿|计划|规划|预测|预计|上一?年|上学年|去年|前年|往年|历史"
    r"|(?:修改|更正|调整|合并|整改)前|backup|bak|old|draft|samples?|examples?|planned|last ?year",
    re.IGNORECASE,
)
"""Words by which a table is not of what is submitted, but of something before or beside it."""
_AROUND = "()[]-_—· "
_FORM = pattern(r".+\s\d{4}年填报表[：:].+|.+, form for \d{4}: .+")
_UNNAMED = pattern(r"(sheet|工作表|表)\s*\d*|\d{4}年?度?", re.IGNORECASE)
# Traditional characters stand beside simplified ones where whole tables come in them.
_FIXED_NAMES = {
    "code": ("代码", "code", "代碼", "编码", "編碼", "标识码", "(机构)代码", "(机构)标识码"),
    "name": ("名称", "name", "名稱", "(机构)名称"),
    "parent": ("上级代码", "parent", "上級代碼", "上级编码", "parent_code"),
    "year": ("年份", "year", "年度", "统计年度", "统计年份"),
    "level": ("层级", "level", "層級"),
    "status": ("状态", "status", "狀態", "办学状态", "存续状态"),
    "opened": ("启用年份", "opened", "啟用年份", "新建年份", "开办年份", "办学年份", "自", "from"),
    "closed": ("停办年份", "closed", "停辦年份", "撤销年份", "撤并年份", "合并年份", "至", "to"),
    "merged_into": ("并入代码", "merged_into", "merged into", "併入代碼", "并入学校代码"),
    "former_code": (
        "原代码",
        "former_code",
        "former code",
        "原代碼",
        "原编码",
        "旧代码",
        "曾用代码",
    ),
    "recoded": ("换码年份", "recoded", "換碼年份", "代码启用年份"),
}


NUMBER_OF = "编号"
"""A code, behind the name of its level, unless there is another; alone it numbers the rows."""


class Fixed(StrEnum):
    """A column that says what a row is about."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    YEAR = "year"
    LEVEL = "level"
    STATUS = "status"
    OPENED = "opened"
    CLOSED = "closed"
    MERGED = "merged_into"
    FORMER = "former_code"
    RECODED = "recoded"

    @property
    def zh(self) -> str:
        """Its Chinese name, as headers write it."""
        return _FIXED_NAMES[self][0]


_USUAL = 64
"""Characters of a name; the same few hundred names stand in every workbook."""
LIFE = (
    Fixed.STATUS,
    Fixed.OPENED,
    Fixed.CLOSED,
    Fixed.MERGED,
    Fixed.FORMER,
    Fixed.RECODED,
)
"""Columns that only rosters have."""


class TableKind(Enum):
    """What a table is, if not one of a level."""

    ROSTER = auto()
    NOTES = auto()


def form_title(area: str, year: int, level: Level) -> str:
    """Title the sheet of a form; by its title it is known when it comes back."""
    return say(f"{area}　{year}年填报表：{level.label}", f"{area}, form for {year}: {level.label}")


def kind_in_title(text: str) -> Level | None:
    """Tell the level of a form's sheet from its title.

    Examples:
        >>> kind_in_title("东胜区　2025年填报表：学校"), kind_in_title("东胜区学校情况表")
        (<Level.SCHOOL: 'school'>, None)
    """
    found = re.split(r"[:：]", text)[-1].strip() if is_form_title(text) else ""
    return Level.named(plain(found))


def is_form_title(text: str) -> bool:
    """Tell whether a text is the title of a form's sheet."""
    return _FORM.fullmatch(text) is not None


def plain(text: str) -> str:
    """Reduce a name to what people compare: width, case, spaces and marks of duty do not matter.

    Examples:
        >>> plain(" 班级 人数（人）＊"), plain("代码（必填）")
        ('班级人数(人)', '代码')
    """
    return _known(text) if len(text) <= _USUAL else _reduce(text)


_MARKS = "*:'"
"""What stands around a name and is no part of it."""


def _reduce(text: str) -> str:
    text = fold(text)
    return without_duty(_without_space(text)).strip(_MARKS).casefold()


def _without_space(text: str) -> str:
    """Take spaces out of a text, or of thousands together: much quicker than a pattern does."""
    for each in _NO_WIDTH:
        text = text.replace(each, "")
    return "".join(text.split())


_known = lru_cache(maxsize=8192)(_reduce)


def without_duty(text: str) -> str:
    """Take what says who has to fill a column in off its header.

    Examples:
        >>> without_duty("经费(万元)(必填)")
        '经费(万元)'
    """
    return _DUTY.sub("", text)


def unnumbered(text: str) -> str:
    """Take the number off a header, as forms number their columns.

    Examples:
        >>> unnumbered("（5）在校生数"), unnumbered("1.代码"), unnumbered("3.5米跑道数")
        ('在校生数', '代码', '3.5米跑道数')
    """
    text = fold(text).strip()
    number = _NUMBER.match(text)
    return text[number.end() :] if number is not None else text


def plain_each(texts: Sequence[str]) -> list[str]:
    """Reduce many names, each as ``plain`` does: those of thousands of subjects are all different.

    Examples:
        >>> plain_each([" 班级 人数（人）＊", "School A"])
        ['班级人数(人)', 'schoola']
    """
    together = "\0".join(texts)
    if not texts or together.count("\0") != len(texts) - 1:
        return list(map(plain, texts))
    folded = together if is_folded(together) else "\0".join(map(fold, texts))
    reduced = without_duty(_without_space(folded)).casefold()
    each = list(texts) if reduced == together else reduced.split("\0")
    return [one.strip(_MARKS) for one in each] if any(mark in reduced for mark in _MARKS) else each


_FIXED = {plain(name): Fixed(key) for key, names in _FIXED_NAMES.items() for name in names}


def fixed_column(header: str, level: Level | None) -> Fixed | None:
    """Tell which fixed column a header means; 学校代码 means 代码 in the table of schools.

    Args:
        header: The header.
        level: The level of the table; None for a roster.
    """
    wanted = plain(header)
    found = _fixed(wanted, level)
    if found is None:
        bare = _ADVICE.sub("", plain(unnumbered(header)))
        found = None if bare == wanted else _fixed(bare, level)
    return found


def rank_of(headers: Sequence[str], level: Level | None) -> int:
    """Tell how late the headers of a column claim a fixed column: 年份 goes before 统计年度.

    Examples:
        >>> [rank_of([each], Level.SCHOOL) for each in ("年份", "学生数", "学校代码", "学校编号")]
        [0, 0, 1, 2]
    """
    fixed = next(filter(None, (fixed_column(text, level) for text in headers)), None)
    if fixed is None:
        return 0
    bare = {_ADVICE.sub("", plain(unnumbered(text))) for text in headers}
    if bare & {fixed.zh, fixed.value}:
        return 0
    return 2 if any(text.endswith(NUMBER_OF) for text in bare) else 1


def _fixed(wanted: str, level: Level | None) -> Fixed | None:
    whose = Level.SCHOOL if level is None else level  # rosters are of schools, and whoever else
    if wanted.startswith(whose.zh) and wanted != whose.zh:
        wanted = wanted.removeprefix(whose.zh)
        found = Fixed.CODE if wanted == NUMBER_OF else _FIXED.get(wanted)
        return found if found in (Fixed.CODE, Fixed.NAME) else None
    found = _FIXED.get(wanted)
    return None if level is not None and found in LIFE else found


def table_kind(name: str) -> Level | TableKind | None:
    """Tell what a table is from its name.

    Examples:
        >>> table_kind(" 学校 "), table_kind("名录"), table_kind("填报说明"), table_kind("Sheet1")
        (<Level.SCHOOL: 'school'>, <TableKind.ROSTER: 1>, <TableKind.NOTES: 2>, None)
    """
    wanted = plain(name)
    if wanted in ("名录", "名錄", "roster"):
        return TableKind.ROSTER
    level = Level.named(wanted)
    if level is not None:
        return level
    return TableKind.NOTES if _NOTES.fullmatch(wanted) else None


def loose_kind(name: str, file: str | None = None) -> Level | TableKind | None:
    """Tell what a table is from a name with an addition: 学校（2025）, 班级表, 学校2025年.

    Args:
        name: The name of the table.
        file: The path of its file, which says it for a sheet that nobody named (Sheet1, 2025年).
    """
    if file is not None and _UNNAMED.fullmatch(name.strip()):
        stem = PurePath(file).stem
        return table_kind(stem) or loose_kind(stem)
    wanted = plain(name)
    match = _ADDITION.fullmatch(wanted)
    stem = match["stem"] if match is not None else wanted
    return table_kind(stem) or table_kind(stem.removesuffix("表").removesuffix("数据"))


def told_as_other(name: str, file: str | None = None) -> tuple[str, Level | TableKind] | None:
    """Tell by which word a table says that it is not what is submitted, and what it is otherwise.

    Args:
        name: The name of the table.
        file: The path of its file, as for ``loose_kind``.

    Examples:
        >>> told_as_other("学校（旧）"), told_as_other("备份-学校"), told_as_other("旧城中学")
        (('旧', <Level.SCHOOL: 'school'>), ('备份', <Level.SCHOOL: 'school'>), None)
    """
    if file is not None and _UNNAMED.fullmatch(name.strip()):
        name = PurePath(file).stem
    wanted = plain(name)
    word = _OTHER.search(wanted)
    if word is None:
        return None
    rest = (wanted[: word.start()].rstrip(_AROUND) + wanted[word.end() :].lstrip(_AROUND)).strip(
        _AROUND
    )
    kind = loose_kind(rest)
    return None if kind is None or kind is TableKind.NOTES else (word[0], kind)


def nearest(text: str, names: list[str]) -> list[str]:
    """Give up to three names that a misspelt one may mean, the likeliest first.

    Examples:
        >>> nearest("班级人数数", ["班级人数", "学段"])
        ['班级人数']
    """
    by_plain = {plain(name): name for name in names}
    found = get_close_matches(plain(text), by_plain, n=3, cutoff=0.5)
    return [by_plain[name] for name in found]
