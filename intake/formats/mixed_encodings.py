"""Lines in another encoding than the rest of a text, as files that were put together have them.

A line of GB18030 in a text of UTF-8 mostly breaks it, but one whose bytes happen to be letters of
two bytes does not: 小学 reads as Сѧ. A line of UTF-8 in a text of GB18030 reads as other characters
(灏忓) where its bytes come out even, and breaks the text where they do not.
"""

import re
from collections.abc import Iterator

import numpy as np

from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern

_CHUNK = 1 << 20
_FIRST, _LAST = 0xC4, 0xDF
"""How letters of two bytes begin, but for signs such as × and · that stand among Chinese."""
_LAST_SIGN = 0xC2
_TWO_BYTES = re.compile(
    rb"^[^\n\x80-\xff]*(?:[\xc2-\xdf][\x80-\xbf][^\n\x80-\xff]*)+$", re.MULTILINE
)
_EVERYDAY = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])*")
"""Text in the first level of GB18030, in which nearly all characters of names stand."""
_ALPHABET = pattern(
    "[\u00a0-\u024f]+|[\u0391-\u03c9]+|[\u0401\u0410-\u0451\u04ae\u04af\u04e8\u04e9]+"
)
"""A word in letters that people write: with accents, Greek, or Cyrillic as in Mongolian."""
_WORD = pattern("[\u0080-\u07ff]+")
_IN_CHINESE = pattern(
    r"(?P<before>[A-Za-z\u3007\u4e00-\u9fff])?"
    r"(?P<word>[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u07ff]+)"
    r"(?P<behind>[A-Za-z\u3007\u4e00-\u9fff])?"
)
"""A word in such letters with what stands beside it; not ×, ÷, or a mark that strikes out."""
_GREEK = pattern("[\u0391-\u03c9]+")
_CHINESE = pattern("[^\u3007\u4e00-\u9fff]")
_NAME = 10
_FEW = 2
"""Letters beside Chinese that make no word."""
_FIRST_CHINESE, _LAST_CHINESE = 0xE3, 0xE9
"""How Chinese characters begin in UTF-8, and their signs."""
_CONTINUES, _TAIL = 0xC0, 0x80
"""Bits by which a byte continues a character, and how they stand then."""
_HIGH = re.compile(rb"[\x80-\xff]")


def refuse_gb_in_utf8(data: bytes | memoryview) -> None:
    """Refuse a text in UTF-8 with a line in GB18030, whose bytes are letters in UTF-8 as well.

    Raises:
        Unreadable: There is such a line.
    """
    line = 1
    for piece in _pieces(data):
        letters = np.frombuffer(piece, np.uint8)
        if ((letters >= _FIRST) & (letters <= _LAST)).any():
            for found in _TWO_BYTES.finditer(piece):
                if _is_everyday(found[0]):
                    raise mixed(line + piece.count(b"\n", 0, found.start()), "GB18030", "UTF-8")
        line += piece.count(b"\n")


def gb_in_words(data: bytes | memoryview) -> str | None:
    """Tell of the first word of a text in UTF-8 with a letter that may be Chinese in GB18030.

    第二小У is 第二小校, where one character was put in by a program that writes GB18030. One letter
    or two beside Chinese look so, and several that make no word of any alphabet. Greek ones stand
    at the edge of Chinese words (α班).
    """
    line = 1
    for piece in _pieces(data):
        letters = np.frombuffer(piece, np.uint8)
        if ((letters > _LAST_SIGN) & (letters <= _LAST)).any():
            text = piece.decode()
            for found in _IN_CHINESE.finditer(text):
                if _may_be_gb(found):
                    number = line + text.count("\n", 0, found.start())
                    return _told_of_word(number, _with_chinese(found), found["word"])
        line += piece.count(b"\n")
    return None


def _may_be_gb(found: re.Match[str]) -> bool:
    """Tell whether letters with what stands beside them may be Chinese in GB18030."""
    word = found["word"]
    beside = [found["before"] or "", found["behind"] or ""]
    if not is_gb(word.encode()) or any(each.isascii() and each for each in beside):
        return False
    if _ALPHABET.fullmatch(word) is None:
        return True
    return len(word) <= _FEW and (all if _GREEK.fullmatch(word) else any)(beside)


def _with_chinese(found: re.Match[str]) -> str:
    """Give letters with the Chinese beside them, as much of it as a name has."""
    first, last = found.span("word")
    before = _CHINESE.split(found.string[max(0, first - _NAME) : first])[-1]
    behind = _CHINESE.split(found.string[last : last + _NAME])[0]
    return before + found["word"] + behind


def _told_of_word(line: int, found: str, word: str) -> str:
    chinese = word.encode().decode("gb18030")
    other = found.replace(word, chinese)
    return say(
        f"按 UTF-8 编码读取；第 {line} 行的“{found}”可能是“{other}”："
        f"“{word}”按 GB18030 编码是“{chinese}”",
        f'read as UTF-8; "{found}" in line {line} may be "{other}": '
        f'"{word}" is "{chinese}" in GB18030, so check this cell',
    )


def refuse_utf8_in_other(data: bytes) -> None:
    """Refuse a text that is not in UTF-8 with a line that is.

    No line of everyday characters in GB18030 or Big5 is UTF-8 with Chinese in it.

    Raises:
        Unreadable: There is such a line.
    """
    letters = np.frombuffer(data, np.uint8)
    behind = (letters[1:] & _CONTINUES) == _TAIL
    begins = (letters[:-2] >= _FIRST_CHINESE) & (letters[:-2] <= _LAST_CHINESE)
    begins &= behind[:-1] & behind[1:]
    begins[1:] &= letters[:-3] < _TAIL  # no Chinese stands before the first Chinese of a line
    for at in np.flatnonzero(begins).tolist():
        start = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", start)
        if is_utf8_with_chinese(data[start : end if end >= 0 else len(data)]):
            raise mixed(data.count(b"\n", 0, start) + 1, "UTF-8", "GB18030")


def is_utf8_with_chinese(line: bytes) -> bool:
    """Tell whether a line is in UTF-8 and holds more than ASCII.

    Examples:
        >>> is_utf8_with_chinese("1,小学".encode()), is_utf8_with_chinese("1,小学".encode("gbk"))
        (True, False)
    """
    try:
        return any(each > "\u2fff" for each in line.decode())
    except UnicodeDecodeError:
        return False


def is_gb(line: bytes) -> bool:
    """Tell whether a line is in GB18030, in everyday characters.

    Examples:
        >>> is_gb("1,第一小学".encode("gbk")), is_gb("1,第一小学".encode()), is_gb(b"1,2")
        (True, False, False)
    """
    return _HIGH.search(line) is not None and _EVERYDAY.fullmatch(line) is not None


def mixed(line: int, one: str, other: str) -> Unreadable:
    """Say that a line is in one encoding and others are in another."""
    return Unreadable(
        "undecodable",
        say(
            f"第 {line} 行是 {one} 编码的，其他行是 {other} 的，文件未读取",
            f"line {line} is in {one}, and others are in {other}; the file was not read",
        ),
        say(
            "多半由两个文件拼成：各存为 UTF-8 编码的 CSV，再拼在一起，或分开提交",
            "two files were put together: save each as CSV in UTF-8 first, or send both",
        ),
        line,
    )


def _is_everyday(line: bytes) -> bool:
    """Tell whether a line of letters in UTF-8 is rather one of Chinese in GB18030."""
    return is_gb(line) and not all(map(_ALPHABET.fullmatch, _WORD.findall(line.decode())))


def _pieces(data: bytes | memoryview) -> Iterator[bytes]:
    """Give a text some lines at a time."""
    start = 0
    while start < len(data):
        piece = bytes(data[start : start + _CHUNK])
        end = piece.rfind(b"\n") + 1
        if start + len(piece) < len(data) and end:
            piece = piece[:end]
        yield piece
        start += len(piece)
