"""Encodings of other scripts, told by evidence: named to the user, and never read by themselves."""

import re

from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern

_LONE = pattern(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = pattern(rb"[\x80-\xff]")
_HALF_KANA = pattern("[\uff61-\uff9f]")
_EASTERN = pattern("[ąćęłńśźżčďěňřšťůőűățşğı]", re.IGNORECASE)
_FEW, _MANY = 3, 30
"""Letters from which on anything is told; from which on, where they might be Chinese as well."""
_SOME, _MOST, _NEARLY_ALL = 0.02, 0.7, 0.95
_CHINESE = 0.7
"""From which share of everyday characters on a text may be Chinese."""
_SCRIPTS = (
    ("cp932", "[\u3041-\u30ff]", _SOME, ("日文", "Japanese")),
    (
        "cp1251",
        "(?<![A-Za-z])[\u0400-\u045f]+(?![A-Za-z])",
        _NEARLY_ALL,
        ("西里尔字母", "Cyrillic letters"),
    ),
)
_KOREAN = ("euc-kr", "[\uac00-\ud7a3]", _NEARLY_ALL, ("韩文", "Korean"))
"""Encodings, the letters of their scripts, and what share these have at least."""


def refuse_other_script(sample: bytes, chinese: float, *, known: bool) -> None:
    """Refuse a text that is in an encoding of another script than Chinese.

    Chinese in GB18030 or Big5 gives itself away in each of them: it has no kana but half-width
    ones, signs among Cyrillic letters, Hanja among Hangul, and its bytes come in pairs.

    Args:
        sample: The beginning of a text.
        chinese: What share of it would be everyday characters, read as Chinese.
        known: Whether it would have a header then that means something.

    Raises:
        Unreadable: It is, and what it says would be read as nonsense.
    """
    found = _other_script(sample) if chinese < _CHINESE else None
    if found is None and not known:
        found = _fitting(sample, _KOREAN, _MANY)
    if found is not None:
        encoding, script = found[0], say(*found[1])
        raise Unreadable(
            "undecodable",
            say(f"像是 {encoding} 编码的{script}，不是中文", f"it looks like {encoding}: {script}"),
            say(
                f"加 --encoding {encoding}，或存为 UTF-8 编码的 CSV",
                f"add --encoding {encoding}, or save it as CSV in UTF-8",
            ),
        )


def _other_script(sample: bytes) -> tuple[str, tuple[str, str]] | None:
    high = len(_HIGH.findall(sample))
    if len(_LONE.findall(sample)) >= max(_FEW, high * _MOST):
        western = sample.decode("cp1252", "replace")
        signs = any(not each.isalnum() for each in western if not each.isascii())
        eastern = signs and _EASTERN.search(sample.decode("cp1250", "replace"))
        return ("cp1250" if eastern else "cp1252"), ("西文字母", "letters with accents")
    return next(filter(None, (_fitting(sample, each, _FEW) for each in _SCRIPTS)), None)


def _fitting(
    sample: bytes, script: tuple[str, str, float, tuple[str, str]], least: int
) -> tuple[str, tuple[str, str]] | None:
    """Give a script, if a text in its encoding is one."""
    encoding, letters, share, named = script
    text = sample.decode(encoding, "replace")
    written = [each for each in text if not each.isascii()]
    fitting = sum(map(len, re.findall(letters, text)))
    half = encoding == "cp932" and _HALF_KANA.search(text) is not None
    if fitting >= max(least, share * len(written)) and text.count("\ufffd") <= 1 and not half:
        return encoding, named
    return None
