"""Chinese numerals as numbers: 三十五, 两, 一百二十, 一点五万."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

NUMERAL = "零〇一二三四五六七八九十百千万亿两"
"""The characters that numerals are written with."""


def chinese_number(text: str) -> float | None:
    """Read a numeral; None if it is none.

    Examples:
        >>> chinese_number("三十五"), chinese_number("两"), chinese_number("一百二十")
        (35.0, 2.0, 120.0)
        >>> chinese_number("二〇二五"), chinese_number("一点五"), chinese_number("若干")
        (2025.0, 1.5, None)
    """
    whole, point, decimals = text.partition("点")
    if point:
        before = _whole(whole)
        if before is None or not decimals or any(each not in _DIGITS for each in decimals):
            return None
        return before + float("0." + "".join(str(_DIGITS[each]) for each in decimals))
    return _whole(whole)


def _whole(text: str) -> float | None:
    if not text:
        return None
    if all(each in _DIGITS for each in text):
        return float("".join(str(_DIGITS[each]) for each in text))
    total = section = digit = 0
    for each in text:
        if each in _DIGITS:
            digit = _DIGITS[each]
        elif each in _SMALL:
            section += (digit or 1) * _SMALL[each]
            digit = 0
        elif each in _LARGE:
            total = (total + section + digit or 1) * _LARGE[each]
            section = digit = 0
        else:
            return None
    return float(total + section + digit)


def chinese_numeral(number: int) -> str:
    """Write a number up to 99 as places do.

    Examples:
        >>> chinese_numeral(3), chinese_numeral(10), chinese_numeral(21)
        ('三', '十', '二十一')
    """
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
