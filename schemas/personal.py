"""What would be about single persons: names of columns and items, and identity numbers.

Nothing that is judged here needs to know who somebody is. So rules may not ask for it, and whoever
sends it all the same is told to leave it out.
"""

import re
from datetime import date
from functools import lru_cache

from dabiao.schemas.halfwidth import fold
from dabiao.schemas.patterns import pattern

_PERSONAL = re.compile(
    r"(?:姓名|身份[证證]|身份[证證]件?(?:[号號][码碼]?|编号)|证件号码?|护照号码?|手机号?码?|电话号?码?"
    r"|联系(?:电话|方式|人)|(?:学生|教师|校长|家长)名字|住址|(?:家庭|户籍)地址|邮箱(?:地址)?"
    r"|出生(?:日期|年月)|生日|学籍号|(?<![大中小教文])学号|准?考(?:证|生)?号|银行卡号|微信号?|(?<![a-z])qq号?"
    r"|(?:id|identity)[ _-]?(?:card|number|no)|passport(?:[ _-](?:number|no))?"
    r"|(?:phone|telephone|mobile)(?:[ _-](?:number|no))?|date[ _-]of[ _-]birth|birth[ _-]?date"
    r"|e-?mails?(?:[ _-]address)?|(?:full|first|last|family|given|student|teacher)[ _-]?names?"
    r"|home[ _-]address)$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"[(\[].*")
_DECORATION = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<![\s*:])[\s*:]+$")
"""Spaces that only spread Chinese words, and what marks a column that must be filled in."""
_BETWEEN = pattern(r"[\s'’‘\u200b-\u200f\ufeff-]+")
_IDENTITY = pattern(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_BORN = 1900
_DIGITS = 18


@lru_cache(maxsize=4096)  # the same few hundred headers stand in every workbook
def asks_for_person(name: str) -> bool:
    """Tell whether what is called so is about single persons: their names, numbers, addresses.

    A count or share of it is not: only a name that ends in it.

    Examples:
        >>> [asks_for_person(name) for name in ("学生姓名", "身份证号（必填）", "phone_number")]
        [True, True, True]
        >>> [asks_for_person(name) for name in ("电话家访次数", "手机管理学校数", "名称")]
        [False, False, False]
    """
    bare = _DECORATION.sub("", _REMARK.sub("", fold(name)))
    return _PERSONAL.search(bare) is not None


def holds_identity_number(text: str) -> bool:
    """Tell whether a number of an identity card stands in a text, however it is written.

    Examples:
        >>> holds_identity_number("证件：110105 19491231 002X"), holds_identity_number("4500")
        (True, False)
    """
    if len(text) < _DIGITS:
        return False
    return any(map(is_identity_number, _IDENTITY.findall(_BETWEEN.sub("", fold(text)))))


def is_identity_number(text: str) -> bool:
    """Tell whether a text is the number of an identity card: by its day of birth and check digit.

    Examples:
        >>> is_identity_number("11010519491231002X"), is_identity_number("110105194912310021")
        (True, False)
    """
    if _IDENTITY.fullmatch(text) is None:
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return born.year >= _FIRST_BORN and _CHECKS[total % 11] == text[-1].upper()
