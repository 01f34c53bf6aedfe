"""Codes that must be mistyped: hardly different from a known one that nobody reported.

Programs lose zeros, people type a letter for a digit, or a digit too many or too few. A digit that
is another one is no such sign: the codes of neighbours differ by no more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property

import numpy as np

from dabiao.intake.facts.kindred import Kin
from dabiao.intake.facts.rows import RowLog
from dabiao.intake.names import plain
from dabiao.schemas.facts import LevelFacts
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_LOOKS = {"0": "oOоОQD〇○", "1": "lIiіІ|", "2": "Zz", "5": "Ss", "8": "B", "9": "gq"}
"""Letters that look like a digit, Latin, Cyrillic and Chinese ones."""
_ALIKE = str.maketrans({letter: digit for digit, of in _LOOKS.items() for letter in of})
_SHORTEST = 5
"""Characters of the shortest code with one character more or less that is worth a hint."""
_MOST = 2000
"""Codes for which one digit more or less is tried; beyond, the same cause was told often enough."""
_DIGITS = "0123456789"
_FEW = 3
_TWO = 2


def skeleton(code: str) -> str:
    """Reduce a code to what survives lost zeros, full width and look-alike letters.

    Examples:
        >>> skeleton("0113010001") == skeleton("113010001") == skeleton("ll3O1０00１")
        True
    """
    return in_digits(code).casefold().lstrip("0")


def in_digits(code: str) -> str:
    """Write digits for the letters that look like them.

    Examples:
        >>> in_digits("15O602００1l")
        '1506020011'
    """
    return fold(code).translate(_ALIKE)


class Apart(Enum):
    """How two codes differ."""

    LOST = auto()
    """By zeros, width or look-alikes: no two codes should."""
    LONGER = auto()
    """By a digit more or less: no two codes should, but for those of a school's campuses."""
    DIGIT = auto()
    """By one digit that is another one, or two that changed places: neighbours do."""
    FAR = auto()


def apart_by(first: str, second: str) -> Apart:
    """Tell how two codes differ.

    Examples:
        >>> [apart_by("150602010", code).name for code in ("0150602010", "1506020010", "150602011")]
        ['LOST', 'LONGER', 'DIGIT']
    """
    if skeleton(first) == skeleton(second):
        return Apart.LOST
    if len(first) == len(second):
        differing = [at for at in range(len(first)) if first[at] != second[at]]
        swapped = len(differing) == _TWO and sorted(first) == sorted(second)
        swapped = swapped and differing[1] - differing[0] == 1
        return Apart.DIGIT if len(differing) == 1 or swapped else Apart.FAR
    short, long = sorted((first, second), key=len)
    one = len(long) - len(short) == 1
    shorter = (long[:at] + long[at + 1 :] for at in range(len(long)))
    return Apart.LONGER if one and short in shorter else Apart.FAR


class NearCodes:
    """Finds those of some codes that another must be."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Search among some codes."""
        self._codes = set(codes)
        self._longest = max(map(len, self._codes), default=0)
        self._tried = 0

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in sorted(self._codes):
            found.setdefault(skeleton(code), []).append(code)
        return found

    def find(self, code: str) -> list[str]:
        """List the codes that one must be, if it is mistyped."""
        same = [each for each in self._skeletons.get(skeleton(code), ()) if each != code]
        if same or not _SHORTEST <= len(code) <= self._longest + 1:
            return same
        self._tried += 1
        if self._tried > _MOST:
            return []
        return sorted(self._codes.intersection(_one_more_or_less(fold(code))))


def _one_more_or_less(code: str) -> Iterator[str]:
    for at in range(len(code)):
        yield code[:at] + code[at + 1 :]
    for at in range(len(code) + 1):
        for digit in _DIGITS:
            yield code[:at] + digit + code[at:]


def must_be(codes: Sequence[str], names: Mapping[str, str | None]) -> str:
    """Word the hint that names what a code must be."""
    told = [
        say(f"{code}（{name}）", f"{code} ({name})") if (name := names.get(code)) else code
        for code in codes[:_FEW]
    ]
    listed = say("、", " or ").join(told)
    return say(f"是否为 {listed}", f"did you mean {listed}")


def tell_near_codes(
    levels: Mapping[Level, LevelFacts],
    kin: Mapping[Level, Mapping[str, Kin]],
    places: Mapping[str, Place],
    log: RowLog,
) -> None:
    """Tell of subjects that reported, that nobody lists, and that must be somebody listed.

    That is somebody in the roster, or a place, that reported nothing, and whose code is hardly
    different, or whose name and parent are the same.
    """
    for level, table in levels.items():
        reported = np.zeros(len(table.codes), np.bool_)
        reported[table.subject] = True
        listed = table.listed if table.listed is not None else np.zeros(len(reported), np.bool_)
        of_level = {code: place.name for code, place in places.items() if place.level is level}
        if not listed.any() and not of_level:
            continue
        strangers = [
            table.codes[at]
            for at in np.flatnonzero(reported & ~listed).tolist()
            if table.codes[at] not in of_level
        ]
        if not strangers:
            continue
        silent = [table.codes[at] for at in np.flatnonzero(listed & ~reported).tolist()]
        present = {table.codes[at] for at in np.flatnonzero(reported).tolist()}
        called = {
            code: _called(name, None, level)
            for code, name in of_level.items()
            if code not in present
        }
        called |= {code: _own(kin[level][code], level) for code in silent}
        _Strangers(level, strangers, kin[level], called, log).tell()


@dataclass
class _Strangers:
    """Those of a level that reported and are not listed.

    Attributes:
        free: Who is listed and did not report, by code, and what each is called.
    """

    level: Level
    codes: Sequence[str]
    kin: Mapping[str, Kin]
    free: Mapping[str, "_Called"]
    log: RowLog

    def tell(self) -> None:
        """Tell of each that must be one of the others."""
        near = NearCodes(self.free)
        namesakes: dict[_Called, list[str]] = {}
        for code, called in self.free.items():
            namesakes.setdefault(called, []).append(code)
        for code in self.codes:
            known = self.kin[code]
            alike = near.find(code)
            same = namesakes.get(_own(known, self.level), []) if known.name else []
            both = [each for each in alike if each in same]
            found = both or alike or (same if len(same) == 1 else [])
            if found:
                self._tell(code, found, near=bool(alike), sure=found is not alike)

    def _tell(self, code: str, found: Sequence[str], *, near: bool, sure: bool) -> None:
        zh = "几乎相同" if near else "同名"
        en = "one that is hardly different" if near else "one of this name"
        self.log.tell(
            self.kin[code].seen,
            "code-not-in-roster",
            say(
                f"代码“{code}”不在名录（地区表）中，而其中有一个{zh}的没有填报",
                f'the code "{code}" stands in no roster or list of places; {en} stands there'
                " and did not report",
            ),
            must_be(found, {each: self.free[each][0] for each in found}),
            subject=code,
            severity=Severity.ERROR if sure else Severity.WARNING,
            fixed="code",
            found=code,
        )


_Called = tuple[str, str | None]
"""A name, and for classes, which are called alike in every school, what they lie in."""


def _called(name: str | None, parent: str | None, level: Level) -> _Called:
    return plain(name or ""), parent if level is Level.CLASS else None


def _own(known: Kin, level: Level) -> _Called:
    return _called(known.name, known.parent, level)
