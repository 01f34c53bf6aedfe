"""Full-width writing made half-width, and never a digit of a mark: 45① stays what it is.

``fold`` is for comparing and for reading numbers: ㎡ becomes m2. A ``Halfwidth`` goes character by
character, so that every place stays true; what else counts as alike is told by whoever makes one.
"""

import unicodedata
from collections.abc import Mapping

from dabiao.schemas.marks import is_mark

_EXPONENTS = {"²": "2", "³": "3"}
_SQUARED = frozenset("mM米")


def fold(text: str) -> str:
    """Make full-width digits, letters and punctuation half-width, and never a digit of a mark.

    The exponents of square and cubic metres are no marks.

    Examples:
        >>> fold("１，２３４．５％"), fold("45①"), fold("90㎡"), fold("90km²"), fold("90²")
        ('1,234.5%', '45①', '90m2', '90km2', '90²')
    """
    if is_folded(text):
        return text
    if not any(map(is_mark, text)):
        return unicodedata.normalize("NFKC", text)
    folded = ""
    for character in text:
        if character in _EXPONENTS and folded[-1:] in _SQUARED:
            folded += _EXPONENTS[character]
        else:
            folded += character if is_mark(character) else unicodedata.normalize("NFKC", character)
    return folded


def is_folded(text: str) -> bool:
    """Tell whether there is nothing in a text to be made half-width."""
    return text.isascii() or unicodedata.is_normalized("NFKC", text)


def normalize(text: str) -> str:
    """Fold a text, make its dashes minus signs, and trim.

    Examples:
        >>> normalize("　１，２３４．５％（估）"), normalize("45①")
        ('1,234.5%(估)', '45①')
    """
    return fold(text).replace("−", "-").replace("–", "-").strip()


class Halfwidth(dict[int, str]):
    """Character to half-width character, worked out when one is first met.

    A raised letter is a letter, but a raised digit stays: it is a footnote's, or a power.

    Examples:
        >>> halfwidth("考核对象是“班级”，４５人①")
        '考核对象是"班级",45人①'
    """

    def __init__(self, alike: Mapping[str, str], *, lower: bool = False) -> None:
        """Take what is alike beyond width, or is to stay, and whether case counts."""
        super().__init__()
        self._alike, self._lower = alike, lower

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = self._alike.get(character) or unicodedata.normalize("NFKC", character)
        if len(plain) != 1 or (is_mark(character) and not plain.isalpha()):
            plain = character
        if plain.isspace():
            plain = plain if plain.isascii() else " "
        if self._lower and len(plain.lower()) == 1:
            plain = plain.lower()
        self[code] = plain
        return plain

    def __call__(self, text: str) -> str:
        """Make a text half-width; its length never changes."""
        return text if text.isascii() and not self._lower else text.translate(self)


halfwidth = Halfwidth(
    {
        **dict.fromkeys("“”「」", '"'),
        **dict.fromkeys("−–—", "-"),
        "、": ",",
        "。": ".",
    }
)
"""For sentences of rules: quotes, dashes and stops of Chinese keyboards are alike as well."""
