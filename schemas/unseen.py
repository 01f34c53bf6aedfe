r"""Characters that nobody would see: what they are, and how they are shown.

A text from outside may hold what a terminal obeys (it erases lines, or changes their colour), what
turns the direction of a line round, and what takes no room. Readers name it at its place; whatever
leaves the program shows it, the way JSON writes it, so that JSON still says the same.
"""

import re

from dabiao.schemas.patterns import pattern

UNSEEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"  # controls; a tab and the ends of lines are text
    "|\r(?!\n)"
    "|[\xad\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
    "|[\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
    "|[\ud800-\udfff]"  # half a character; no encoding has it
    "|(?<![\u1800-\u18af])[\u200c\u200d]"  # by which Mongolian chooses the form of a letter
)
"""Characters that a reader would not see, or that change how others are seen."""

LOST = "\ufffd"
"""Stands where some program could not read a character and wrote none of it."""

_PERHAPS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\ud800-\udfff]"
)
"""What any of them begins with, looked for eight times as fast."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Those of them that count as printable."""

_LONG = 1000
"""Characters from which on a text is looked at in more than one way."""


class SeenText(str):
    """A text put together of parts each of which was shown: nothing is left to be looked for."""

    __slots__ = ()


def visible(text: str) -> str:
    r"""Show the characters of a text that would not be seen.

    Examples:
        >>> print(visible("甲校\x1b[2K"), visible("甲\u202e校"), visible("一\n二"))
        甲校\u001b[2K 甲\u202e校 一
        二
    """
    if type(text) is SeenText or (text.isascii() and text.isprintable()):
        return text
    if (len(text) > _LONG and _is_plain(text)) or _PERHAPS.search(text) is None:
        return text
    return UNSEEN.sub(_escaped, text)


def _is_plain(text: str) -> bool:
    """Tell whether nothing but ends of lines could go unseen: of a long text, twice as fast."""
    plain = text.replace("\n", "").isprintable()
    return plain and not any(each in text for each in _FILLERS)


def _escaped(match: re.Match[str]) -> str:
    pairs = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))
