"""Did you mean: the known words that a mistyped one comes closest to."""

from collections.abc import Iterable
from difflib import get_close_matches

from dabiao.schemas.halfwidth import normalize
from dabiao.schemas.language import say

_ALIKE = 0.6
# One character of two is all that a short Chinese word can get right, so less must do.
_ALIKE_CHINESE = 0.5


def nearest(word: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """List the candidates that look most like a word, the closest first.

    Width and case do not count as differences.

    Examples:
        >>> nearest("班及人数", ["学校数", "班级人数", "教师数"])
        ['班级人数']
        >>> nearest("Class_Sise", ["class_size", "teachers"])
        ['class_size']
        >>> nearest("完全无关", ["class_size"])
        []
    """
    return close(word, candidates, n, _ALIKE if word.isascii() else _ALIKE_CHINESE)


def close(word: str, candidates: Iterable[str], n: int, alike: float) -> list[str]:
    """List the candidates at least so alike, from 0 to 1, the closest first."""
    plain: dict[str, str] = {}
    for candidate in candidates:
        plain.setdefault(normalize(candidate).casefold(), candidate)
    found = get_close_matches(normalize(word).casefold(), plain, n, alike)
    return [plain[each] for each in found]


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """Word the question that a mistyped word deserves; None where nothing comes close.

    Examples:
        >>> did_you_mean("班及人数", ["学校数", "班级人数"])
        '是不是“班级人数”？'
    """
    return ask(nearest(word, candidates))


def ask(found: Iterable[str]) -> str | None:
    """Ask whether one of these was meant; None if there are none."""
    words = list(found)
    if not words:
        return None
    chinese = "、".join(f"“{each}”" for each in words)
    english = ", ".join(f'"{each}"' for each in words)
    return say(f"是不是{chinese}？", f"did you mean {english}?")
