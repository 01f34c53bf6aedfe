"""Which encoding a text is in, by evidence."""

import codecs
from collections.abc import Callable

from dabiao.intake.formats.foreign_encodings import refuse_other_script
from dabiao.intake.formats.mixed_encodings import (
    gb_in_words,
    is_gb,
    mixed,
    refuse_gb_in_utf8,
    refuse_utf8_in_other,
)
from dabiao.intake.unreadable import Unreadable, too_much
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError
from dabiao.schemas.record import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("\u0400", "\u07ff")
"""These and other letters that take two bytes in UTF-8, as most characters do in GB18030."""
_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_MOST = 1 << 28
"""Bytes of a text that is not UTF-8."""
_CLEAR = 0.1
"""By how much of the characters one reading has to be better than the other to be beyond doubt."""
_MANY = 5
"""By how much zeros at one of two places outnumber those at the other; 一 is a zero too."""
_AT_END = 3
_CERTAIN = 50
_SPOILT = 0.1
"""Which share of characters may be spoilt in a text that is UTF-8 otherwise."""
_KNOWN_HEADERS = 0.5
"""What a header that is understood weighs, in the same measure."""


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """What encoding a text was taken for.

    Attributes:
        encoding: Its name.
        text: The text in UTF-8, without a mark at its beginning.
        note: What to tell, if it was not plain UTF-8.
        doubtful: Whether another encoding would have made nearly as much sense of it or of a word.
    """

    encoding: str
    text: bytes | memoryview
    note: str | None = None
    doubtful: bool = False


def decode(
    data: bytes | memoryview, chosen: str | None, understood: Callable[[str], bool]
) -> EncodingChoice:
    """Decode a text.

    Args:
        data: The bytes of a file.
        chosen: The encoding that the user named, which there is; None to go by evidence.
        understood: Tells whether the beginning of a text holds a header that means something.

    Raises:
        Unreadable: It is in none of the encodings, not in the one that was chosen, or seems to be
            in one of another script.
    """
    if chosen is not None:
        if chosen.lower().replace("-", "").replace("_", "") == "utf8" and _is_utf8(data):
            return EncodingChoice(chosen, data)
        return EncodingChoice(chosen, _recode(data, chosen, named=True))
    sample = bytes(data[:_SAMPLE])
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            if encoding == "utf-8":
                return _utf8(data[len(mark) :])
            return EncodingChoice(encoding, _recode(data, encoding), _read_as(encoding))
    wide = _without_mark(sample)
    if wide is not None:
        return EncodingChoice(wide, _recode(data, wide), _read_as(wide))
    if not _seems_cyrillic(sample):
        if _is_utf8(data):
            return _checked(data)
        if _is_broken_utf8(sample, understood):
            raise _undecodable(data, "utf-8")
    return _chinese(_in_memory(data), understood)


def check_encoding(encoding: str | None, place: FilePlace | None = None) -> None:
    """Refuse an encoding that there is not, once and before anything is read.

    Args:
        encoding: Its name, or None to go by evidence.
        place: Where it is named; else the name itself stands for it.

    Raises:
        InputError: There is no such encoding of texts.
    """
    try:
        if encoding is not None:
            "".encode(encoding)
            b"".decode(encoding)
    except (LookupError, ValueError):
        raise InputError(
            [
                (place or FilePlace(encoding or "--encoding")).problem(
                    "unknown-encoding",
                    say(f"没有名为 {encoding} 的编码", f"there is no encoding called {encoding}"),
                    say("可用 utf-8、gb18030、big5、utf-16", "use utf-8, gb18030, big5 or utf-16"),
                )
            ]
        ) from None


def _in_memory(data: bytes | memoryview) -> bytes:
    """Take a text into memory, as all but UTF-8 has to be."""
    if len(data) > _MOST:
        raise too_much(
            say(f"{len(data) >> 20} MB", f"{len(data) >> 20} MB"),
            say("存为 UTF-8 编码的 CSV，或拆分后提交", "save it as CSV in UTF-8, or split it"),
        )
    return bytes(data)


def _utf8(data: bytes | memoryview) -> EncodingChoice:
    if not _is_utf8(data):
        raise _undecodable(data, "utf-8")
    return _checked(data)


def _checked(data: bytes | memoryview) -> EncodingChoice:
    """Take a text for UTF-8, unless a line or a word of it is in GB18030."""
    refuse_gb_in_utf8(data)
    note = gb_in_words(data)
    return EncodingChoice("utf-8", data, note, doubtful=note is not None)


def _is_utf8(data: bytes | memoryview) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _seems_cyrillic(sample: bytes) -> bool:
    """Tell whether what would be Cyrillic letters in UTF-8 are everyday words in GB18030.

    A table in which 小学 is nearly the only Chinese word is (nearly) valid in both. True Cyrillic
    text has letters that are none of the everyday characters.
    """
    letters = {each for each in sample.decode("utf-8", "ignore") if not each.isascii()}
    if not letters or not all(_CYRILLIC[0] <= each <= _CYRILLIC[1] for each in letters):
        return False
    words = "".join(letters).encode().decode("gb18030", "replace")
    return "\ufffd" not in words and _share(words, "gb18030", _GB_LEVEL) == 1


def _is_broken_utf8(sample: bytes, understood: Callable[[str], bool]) -> bool:
    """Tell whether a text is meant to be UTF-8 and spoilt in few places, or cut off."""
    text = sample.decode("utf-8", "replace")
    spoilt = text.count("\ufffd")
    whole = sum(not character.isascii() for character in text) - spoilt
    few = spoilt - _AT_END <= whole * _SPOILT and spoilt < whole
    return few and (whole >= _CERTAIN or understood(text))


def _without_mark(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zeros of its digits and commas."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    few = len(sample) // 20
    if odd > few and odd > _MANY * even:
        return "utf-16-le"
    if even > few and even > _MANY * odd:
        return "utf-16-be"
    return None


def _chinese(data: bytes, understood: Callable[[str], bool]) -> EncodingChoice:
    """Choose between GB18030 and Big5: nearly every Big5 text is also a GB18030 text.

    The characters of everyday writing stand in the first level of either set. Read in the right
    encoding, nearly all characters are of that level; read in the wrong one, about half.
    """
    refuse_utf8_in_other(data)
    scores: list[tuple[float, str]] = []
    best, known = 0.0, False
    for encoding, first_level in (("gb18030", _GB_LEVEL), ("cp950", _BIG5_LEVEL)):
        try:
            whole = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _share(whole[:_SAMPLE], encoding, first_level)
        best = max(best, score)
        if understood(whole[:_SAMPLE]):
            score += _KNOWN_HEADERS
            known = True
        scores.append((score, encoding))
    refuse_other_script(data[:_SAMPLE], best, known=known)
    if not scores:
        raise _undecodable(data, "gb18030")
    scores.sort(key=lambda entry: -entry[0])
    encoding = scores[0][1]
    doubtful = len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR
    return EncodingChoice(encoding, _recode(data, encoding), _read_as(encoding), doubtful)


_GB_LEVEL = (0xB0, 0xD7)
_BIG5_LEVEL = (0xA4, 0xC6)
_SYMBOLS = (0xA1, 0xA3)


def _share(text: str, encoding: str, first_level: tuple[int, int]) -> float:
    """Give the share of characters that stand in the first level of their set."""
    common = total = 0
    for character in text:
        if character.isascii():
            continue
        total += 1
        code = character.encode(encoding)
        low, high = first_level
        trail_fits = encoding != "gb18030" or code[1] >= _SYMBOLS[0]
        if len(code) == 2 and trail_fits:  # noqa: PLR2004 - two bytes
            common += low <= code[0] <= high or _SYMBOLS[0] <= code[0] <= _SYMBOLS[1]
    return common / total if total else 0.0


def _recode(data: bytes | memoryview, encoding: str, *, named: bool = False) -> bytes:
    try:
        text = _in_memory(data).decode(encoding)
    except UnicodeError:
        raise _undecodable(data, encoding, named=named) from None
    return text.removeprefix("\ufeff").encode("utf-8", "replace")


def _undecodable(data: bytes | memoryview, encoding: str, *, named: bool = False) -> Unreadable:
    line = 1
    data = _in_memory(data)
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding == "utf-8" and not named and is_gb(data.split(b"\n", line)[line - 1]):
            return mixed(line, "GB18030", "UTF-8")
    except UnicodeError:
        pass
    return Unreadable(
        "undecodable",
        say(f"第 {line} 行不是 {encoding} 编码的文字", f"line {line} is not text in {encoding}"),
        say("不写 --encoding，由程序识别", "leave out --encoding, and it is found out")
        if named
        else say(
            "存为 UTF-8 编码的 CSV，或用 --encoding 指明编码",
            "save it as CSV in UTF-8, or name its encoding with --encoding",
        ),
    )


def _read_as(encoding: str) -> str:
    name = "Big5" if encoding == "cp950" else encoding.upper()
    return say(f"按 {name} 编码读取", f"read as {name}")
