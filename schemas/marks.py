"""Marks beside digits: raised, circled, struck through.

Compatibility folding (NFKC) makes a half-width text of a full-width one, as one wants, but also
digits of the marks of footnotes: 45① would be 451, and 4² would be 42. ``halfwidth`` leaves a mark
what it is, and whoever reads a number or a code refuses it.
"""

import unicodedata
from functools import lru_cache

from dabiao.schemas.patterns import pattern

STRIKE = "\u0336"
"""Stands behind each character that is struck through."""
_STRUCK = pattern("(.)[\u0334-\u0338]+")
_BESIDE = frozenset(["<super>", "<sub>", "<circle>", "<fraction>"])
_WIDTHS = frozenset(["<wide>", "<narrow>"])
_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@lru_cache(maxsize=4096)
def is_mark(character: str) -> bool:
    """Tell whether a character is a mark: raised, lowered, circled, a fraction, struck through.

    Full-width digits are none, and neither are digits of other scripts.

    Examples:
        >>> [is_mark(character) for character in "①²½Ⅳ⒈❶"], [is_mark(each) for each in "１㎡％〇人"]
        ([True, True, True, True, True, True], [False, False, False, False, False])
    """
    if character.isascii() or character == "〇":
        return False
    category = unicodedata.category(character)
    if category in {"No", "Nl", "Me"}:
        return True
    if category == "Mn":
        return "\u0334" <= character <= "\u0338" or "\u20d0" <= character <= "\u20f0"
    kind = unicodedata.decomposition(character).partition(" ")[0]
    if kind in _BESIDE:
        return True
    folded = unicodedata.normalize("NFKC", character)
    made = folded != character and kind not in _WIDTHS and not folded[0].isalpha()
    return made and any(each.isdigit() for each in folded)


def marks(text: str) -> str:
    """Give the marks of a text, each once.

    Examples:
        >>> marks("45①②①"), marks("45")
        ('①②', '')
    """
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(character for character in text if is_mark(character)))


def without_marks(text: str) -> str:
    """Give a text without its marks; what is struck through stays."""
    if text.isascii():
        return text
    return "".join(character for character in text if not is_mark(character))


def struck(text: str) -> tuple[str, str]:
    """Give what is struck through, and what is left.

    Examples:
        >>> struck(strike("45") + "48"), struck("45")
        (('45', '48'), ('', '45'))
    """
    return "".join(_STRUCK.findall(text)), _STRUCK.sub("", text)


def strike(text: str) -> str:
    """Write a text as struck through."""
    return "".join(each if each.isspace() else each + STRIKE for each in text)


def raise_(text: str) -> str:
    """Write a text as raised, as far as there are such characters.

    Examples:
        >>> raise_("1)"), lower("2")
        ('¹⁾', '₂')
    """
    return text.lower().translate(_RAISED)


def lower(text: str) -> str:
    """Write a text as lowered, as far as there are such characters."""
    return text.translate(_LOWERED)
