"""What a row is about: codes, names, years and levels as cells write them."""

import re

from dabiao.intake.cells.unusable import Unusable, marked, shown, special
from dabiao.intake.formats.table import Cell, Garbled, Moment, Padded, Printed
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.marks import marks
from dabiao.schemas.numerals import years_in_digits
from dabiao.schemas.patterns import pattern
from dabiao.schemas.unseen import LOST

FIRST_YEAR, LAST_YEAR = 1949, 2100
USUAL = pattern(r"[0-9A-Za-z][0-9A-Za-z._/#-]*")
"""A code such as most are: digits, letters and what parts them."""
_EXACT = 1e15
"""From here on a spreadsheet no longer keeps every digit of a number."""
_EXACT_DIGITS = 15
_LONGEST = 64
"""Characters of a code: twice as many as any office uses."""
HOLDING = frozenset(
    code
    for length in range(4, 20)
    for code in (*(digit * length for digit in "123456789"), "1234567890123456789"[:length])
)
"""Digits that are typed where a form wants a code and there is none at hand; zeros are none."""
_INVISIBLE = pattern(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202d\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
_CONTROLS = frozenset(map(chr, (*range(9), *range(14, 32), *range(127, 160))))
"""Characters that show nothing and stand for nothing; files pad texts with them at their ends."""
_REVERSED = "\u202e"
"""Shows what follows it from right to left, so that another code is seen than is stored."""
_NOTHING = pattern(r"[-—–―─‐‑/\\.…]*|无|n/?a|null|none", re.IGNORECASE)
NOTHING_BEGINS = frozenset("无nNｎＮ")
"""With one of these begins whatever stands for nothing and begins with a letter."""
_WHOLE = pattern(r"(\d+)\.0*")
_GROUPED = pattern(r"^\d{1,3}(?:,\d{3})+(?=$|\.0+$)")
"""A code that was typed, or written by a program, as the number that it is not: 1,506,020,001."""
_SCIENTIFIC = pattern(r"\d(?:\.\d+)?e\+?\d+|\d+\.\d+e\+?\d+|\d+e\+\d+", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CODE_AS_DATE = pattern(
    rf"\d{{1,2}}月\d{{1,2}}日|\d{{4}}(?:/\d{{1,2}}/|年\d{{1,2}}月)\d{{1,2}}日?"
    rf"|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{1,2}}-(?:{_MONTH})(?:-\d{{2,4}})?|(?:{_MONTH})-\d{{1,4}}"
    r"|\d{4}-\d\d-\d\dt?00:00(?::00)?",
    re.IGNORECASE,
)
"""What spreadsheets make of a code such as 3-1, and write into a file of text."""
_WORDS = pattern(r"^[一-鿿]+|[一-鿿]+$")
"""Words that a number format puts around a code."""
_SIGNS = frozenset("*※†‡")
"""What refers to a note and stands in no code."""
_QUOTED = pattern(r'=?"(?P<plain>[^"]*)"|[“‘「](?P<curved>[^“”‘’]*)[”’」]')
_WRAPPED = pattern(r"[(\[【〔<《][^()\[\]]*[)\]】〕>》]|.*[^\W_][,;:、。]")
"""A code in brackets, or with the end of a sentence behind it."""
_YEAR = pattern(r"(\d{4})(?:\.0+)?(?:年度?)?")
_DATE = pattern(r"(\d{4})[-/.年](?:0?[1-9]|1[0-2])(?:月|[-/.月](?:0?[1-9]|[12]\d|3[01])日?)?")
_SCHOOL_YEAR = pattern(r"\d{4}(?:[-—~/至]\d{2,4})?年?(?:学年|學年).*|\d{4}[-—~/至]\d{2,4}年?")
_LIKE_YEAR = pattern(r"(?<!\d)(?:20)?(\d\d)(?!\d)")
_TITLE = 12
_REMARK = pattern(r"[(\[【]?(注|说明|备注|填报|填表|制表|审核|复核|单位|负责人|联系|日期|note)")


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing: empty, a dash, a slash, 无, N/A and the like.

    Examples:
        >>> is_blank("——"), is_blank("无"), is_blank(0), is_blank("零")
        (True, True, False, False)
    """
    if cell is None:
        return True
    if not isinstance(cell, str) or (cell[:1].isalnum() and cell[0] not in NOTHING_BEGINS):
        return False
    text = _INVISIBLE.sub("", fold(cell))
    return _NOTHING.fullmatch(text) is not None


def read_code(cell: Cell) -> str | Unusable | None:
    """Read a code; None if there is none.

    Examples:
        >>> read_code(150602.0), read_code(" １５０６ 02"), read_code("011301")
        ('150602', '150602', '011301')
        >>> read_code("1.50602E+12").code
        'code-lost-digits'
    """
    if type(cell) is str and cell.isascii() and cell.isdigit() and len(cell) <= _LONGEST:
        return cell if cell.strip("0") else _placeholder(cell)  # what nearly all of them are
    match cell:
        case None:
            return None
        case str():
            return _code_from_text(cell)
        case bool():
            return _no_code(cell)
        case Printed():
            if cell.value >= _EXACT:
                return _lost_digits(cell)
            if cell.scale != 1.0:
                return _no_code(cell)  # 1506020001 shown as 1506020.001
            return special(cell) or _code_from_text(_WORDS.sub("", cell.shown))
        case int() | float():
            return _code_from_number(cell)
    return special(cell)


def _code_from_number(cell: float) -> str | Unusable:
    if cell < 0 or cell % 1:
        return _no_code(cell)
    if cell >= _EXACT and type(cell) is not int:  # JSON keeps whole numbers as they are
        return _lost_digits(cell)
    if not cell:
        return _placeholder(cell)
    return str(int(cell)).zfill(cell.width if isinstance(cell, Padded) else 0)


def _code_from_text(cell: str) -> str | Unusable | None:
    text = _unquoted(_INVISIBLE.sub("", fold(cell)).strip("'"))
    if _NOTHING.fullmatch(text):
        return None
    if LOST in text:
        return special(Garbled(cell))
    if _REVERSED in text or not _CONTROLS.isdisjoint(cell.strip("".join(_CONTROLS))):
        return _no_code(cell)
    if len(text) > _LONGEST:
        most = say(f"代码最多 {_LONGEST} 个字符", f"a code has {_LONGEST} characters at most")
        return Unusable("bad-code", _no_code(cell).message, most)
    if _WRAPPED.fullmatch(text):
        only = say("只写代码，不加括号和标点", "write the code alone, without brackets or stops")
        return Unusable("bad-code", _no_code(cell).message, only)
    if marks(text) or not _SIGNS.isdisjoint(text):
        return marked("bad-code", _no_code(cell).message, cell)
    text = _GROUPED.sub(lambda grouped: grouped[0].replace(",", ""), text)
    whole = _WHOLE.fullmatch(text)
    if whole is not None:
        return whole[1] if len(whole[1]) <= _EXACT_DIGITS else _lost_digits(text)
    if _SCIENTIFIC.fullmatch(text):
        return _lost_digits(text)
    if _CODE_AS_DATE.fullmatch(text):
        return special(Moment(" ".join(cell.split()), None))
    return text if text.strip("0") else _placeholder(cell)


def _unquoted(text: str) -> str:
    """Take a code out of the quotes around it."""
    quoted = _QUOTED.fullmatch(text)
    return text if quoted is None else quoted["plain"] or quoted["curved"] or ""


def _placeholder(cell: Cell) -> Unusable:
    return Unusable(
        "bad-code",
        say(
            f"{shown(cell)}全是 0，只是占着位置，不是代码",
            f"{shown(cell)} is nothing but zeros, which hold a place and are no code",
        ),
        say("填写真正的代码；没有上级的留空", "give the code; leave it blank where there is none"),
    )


def _no_code(cell: Cell) -> Unusable:
    return Unusable(
        "bad-code",
        say(f"{shown(cell)}不是代码", f"{shown(cell)} is no code"),
        say(
            "代码由数字或字母组成；没有上级的留空",
            "give digits or letters; leave the cell blank where there is no parent",
        ),
    )


def _lost_digits(cell: Cell) -> Unusable:
    written = shown(f"{cell:.0f}" if isinstance(cell, float) else cell)
    return Unusable(
        "code-lost-digits",
        say(
            f"代码 {written}是数值，只保留 15 位有效数字，末几位已丢失",
            f"the code {written} is a number, which keeps 15 digits; the last ones are lost",
        ),
        say("把代码列设为文本格式后重新填写", "format the codes as text and type them again"),
    )


def read_name(cell: Cell) -> str | None:
    """Read a name; None if there is none.

    Examples:
        >>> read_name(" 东胜区   第一小学 "), read_name(302), read_name("—")
        ('东胜区 第一小学', '302', None)
    """
    if isinstance(cell, str) and cell.isalnum() and cell[0] not in NOTHING_BEGINS:
        return cell
    if is_blank(cell) or isinstance(cell, bool) or special(cell) is not None:
        return None
    text = f"{cell:.15g}" if isinstance(cell, float) else " ".join(str(cell).split())
    return text or None


def read_year(cell: Cell) -> int | Unusable | None:
    """Read a year; None if there is none.

    Examples:
        >>> read_year("2025年"), read_year(2025.0), read_year("二〇二五-09-01")
        (2025, 2025, 2025)
        >>> read_year("2024-2025学年").code, read_year(25).code, read_year("2024秋").hint
        ('school-year', 'bad-year', '填四位数的年份，如 2024')
    """
    year = 0.0
    match cell:
        case bool():
            return _no_year(cell)
        case int() | float():
            if abs(cell) < _EXACT:
                year = float(cell)
        case str() | Printed():
            text = str(cell)
            if is_blank(text):
                return None
            found = _year_from_text(text)
            if isinstance(found, Unusable):
                return found
            year = found
        case Moment() if cell.year is not None:
            if not FIRST_YEAR <= cell.year <= LAST_YEAR:
                return _year_as_date(cell)
            return cell.year
        case _:
            return special(cell)
    if not year.is_integer() or not FIRST_YEAR <= year <= LAST_YEAR:
        return _no_year(cell)
    return int(year)


def _year_from_text(cell: str) -> float | Unusable:
    text = years_in_digits(_INVISIBLE.sub("", fold(cell)).lstrip("'"))
    if marks(text):
        return marked("bad-year", _no_year(cell).message, cell)
    found = _YEAR.fullmatch(text) or _DATE.fullmatch(text)
    if found is not None:
        return float(found[1])
    if _SCHOOL_YEAR.fullmatch(text):
        return Unusable(
            "school-year",
            say(f"{shown(cell)}是学年，不是年份", f"{shown(cell)} is a school year"),
            say(
                "填一个年份：学年初的数据填学年开始的年份，如 2024-2025 学年初填 2024",
                "give one year: the one in which the school year begins",
            ),
        )
    return _no_year(cell)


def _no_year(cell: Cell) -> Unusable:
    said = _LIKE_YEAR.search(fold(str(cell)))  # 24年, 2024秋
    like = 2025 if said is None else 2000 + int(said[1])
    return Unusable(
        "bad-year",
        say(
            f"{shown(cell)}不是 {FIRST_YEAR} 至 {LAST_YEAR} 之间的年份",
            f"{shown(cell)} is no year between {FIRST_YEAR} and {LAST_YEAR}",
        ),
        say(f"填四位数的年份，如 {like}", f"give a year of four digits, e.g. {like}"),
    )


def _year_as_date(cell: Moment) -> Unusable:
    return Unusable(
        "bad-year",
        say(f"年份是日期 {cell.shown}", f"the year is the date {cell.shown}"),
        say(
            "把年份列设为常规格式（设为日期格式的 2025 是 1905 年的一天）",
            "set the format to general (2025 formatted as a date is a day in 1905)",
        ),
    )


def read_level(cell: Cell) -> Level | None:
    """Read a level; None if the cell names none."""
    return Level.named(fold(cell)) if isinstance(cell, str) else None


def is_remark(cell: Cell) -> bool:
    """Tell whether a cell begins a remark below a table (注：…, 填报人：…)."""
    if not isinstance(cell, str):
        return False
    text = _INVISIBLE.sub("", fold(cell))
    return _REMARK.match(text) is not None and (
        ":" in text or "注" in text[:2] or len(text) > _TITLE
    )


def is_strange(code: str, cell: Cell) -> bool:
    """Tell whether a code is none as codes of digits are."""
    if USUAL.fullmatch(code) is None:
        return True
    spaced = type(cell) is str and len(cell.split()) > 1
    return spaced and any(map(str.isalpha, code))
