"""The words a formula may be made of: names of measures, and units that numbers stand in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dabiao.schemas.halfwidth import Halfwidth, normalize
from dabiao.schemas.numerals import SIZE
from dabiao.schemas.record import dataclass
from dabiao.schemas.remembered import remembered
from dabiao.schemas.unit import is_known, unit_words

_BLANKS_UP_TO = 0x3001
_SAME = {
    "−": "-",
    "–": "-",
    "—": "-",
    "∕": "/",
    "⁄": "/",
    "✕": "×",
    "✖": "×",
    "∗": "*",
    "≧": "≥",
    "⩾": "≥",
    "≦": "≤",
    "⩽": "≤",
} | {chr(code): " " for code in range(_BLANKS_UP_TO) if chr(code).isspace()}


fold = Halfwidth(_SAME, lower=True)
"""Makes a text half-width and lower case, so that 占比（中职）≧４５％ is 占比(中职)≥45%."""


def is_word(character: str) -> bool:
    """Tell whether a character can be inside a word."""
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def is_latin(character: str) -> bool:
    """Tell whether a character can be inside an English word or slug."""
    return character.isascii() and (character.isalnum() or character == "_")


JOINS = re.compile(r"并且|而且|或者|且|或|(?<![a-z0-9_])(?:and|or)(?![a-z0-9_])")
"""Words that join two conditions; they end an unknown word, but a known name may contain them."""


def ends_word(folded: str, start: int, end: int) -> bool:
    """Tell whether a word may end here: at the end, before a symbol, or before 且, 或, and, or."""
    if end >= len(folded) or not is_word(folded[end]) or not is_word(folded[end - 1]):
        return True
    if is_latin(folded[end - 1]) and is_latin(folded[end]):
        return False
    return end > start and JOINS.match(folded, end) is not None


def run_end(folded: str, start: int) -> int:
    """Find the end of the characters of a word."""
    end = start
    while end < len(folded) and is_word(folded[end]):
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A known word in a text: as it was introduced, and where it ends."""

    word: str
    end: int


class Lexicon:
    """All names and units of a vocabulary, made ready for finding the longest at a place."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names of measures."""
        self.names = tuple(names)
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for name in self.names:
            if folded := fold(name).strip():
                self._by_first.setdefault(folded[0], []).append((folded, name))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def name_at(self, folded: str, start: int) -> FoundWord | None:
        """Find the longest known name that begins here and ends where a word may end."""
        for name, written in self._by_first.get(folded[start], ()):
            end = start + len(name)
            if folded.startswith(name, start) and ends_word(folded, start, end):
                return FoundWord(written, end)
        return None

    def unit_at(self, folded: str, written: str, start: int) -> FoundWord | None:
        """Find the unit that begins here, with what it is per: 元, 万元/人, 百分点.

        Args:
            folded: The text, folded.
            written: The text as written; case tells M from m.
            start: Where to look.
        """
        for unit in _SPACED:
            if folded.startswith(unit, start) and ends_word(folded, start, start + len(unit)):
                return FoundWord(unit, start + len(unit))
        found = self._unit_word(folded, written, start)
        return None if found is None else self.per(folded, written, found)

    def per(self, folded: str, written: str, found: FoundWord) -> FoundWord:
        """Lengthen a unit by what it is per; a known name behind the / is a divisor instead."""
        per = _PER.match(folded, found.end)
        while per is not None and self.name_at(folded, per.end()) is None:
            below = self._unit_word(folded, written, per.end())
            if below is None:
                break
            found = FoundWord(f"{found.word}/{below.word}", below.end)
            per = _PER.match(folded, found.end)
        return found

    def _unit_word(self, folded: str, written: str, start: int) -> FoundWord | None:
        if folded[start] in "%‰":
            return FoundWord(folded[start], start + 1)
        # A unit that is one sign, such as ㎡, is no word character.
        end = unit_end(folded, start) if is_word(folded[start]) else start + 1
        word = normalize(written[start:end])
        for known in (word, _CASELESS.get(word.lower(), word)):
            if known[:1].isalnum() and is_known(known) and not _MAGNITUDE.fullmatch(known):
                return FoundWord(known, end)
        return None


def unit_end(folded: str, start: int) -> int:
    """Find the end of the word that stands as a unit here."""
    end = run_end(folded, start)
    join = JOINS.search(folded, start, end)
    return join.start() if join is not None else end


_MAGNITUDE = re.compile(f"(?:{SIZE})+")
_PER = re.compile(r" ?/ ?(?=\S)")
_SPACED = sorted((word for word in unit_words() if " " in word), key=len, reverse=True)
# One letter alone keeps its case: M is a bandwidth, m would be a length.
_CASELESS = {word.lower(): word for word in unit_words() if len(word) > 1}


@remembered(most=16)
def known_words(names: Mapping[str, str]) -> Lexicon:
    """Make known words ready once for all formulas of a vocabulary."""
    return _lexicon(tuple(names))


@lru_cache(maxsize=16)
def _lexicon(names: tuple[str, ...]) -> Lexicon:
    return Lexicon(names)
