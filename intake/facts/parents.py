"""Whether the parent that a row gives can be what its subject lies in.

A parent is believed where it stands in a table, a roster or the places, or where the subject's own
code agrees with it. A parent that is none of this is never invented without a word: one that says
nothing of a place, or contradicts the subject's own code, is refused, and the subject lies where
its own code says.
"""

from collections.abc import Mapping
from itertools import chain

from dabiao.intake.facts.former_codes import FormerCodes
from dabiao.intake.facts.kindred import Kindred
from dabiao.intake.facts.near_codes import NearCodes, must_be
from dabiao.schemas.divisions import agree, division, gbt_level, same_prefecture
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_MOST_NAMES = 3
_OF_STATISTICS = "000000"
"""What statistics write behind the code of a county, for want of a township and a village."""
_COUNTY = Level.COUNTY.rank
SIX = 6
"""Digits of a code that tell the county."""
TELLING = 7
"""Characters of a code that tell the county, and whether it is that of the county itself; those
with the same lie in the same."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a parent.

    Attributes:
        code: Kind of problem.
        message: What is wrong, said of the parent.
        hint: What to do.
        refused: Whether it is not used at all.
        severity: Error or warning.
    """

    code: str
    message: str
    hint: str
    refused: bool = True
    severity: Severity = Severity.ERROR

    @property
    def is_moved(self) -> bool:
        """Whether it is explained by a move from one county to the next."""
        return self.code == "parent-contradicts-code" and not self.refused


class Parents:
    """Judges parents.

    Args:
        kin: Every subject that has a row, by level and code; grows as parents are named.
        places: The places, by code.
        former: Codes that changed.
    """

    def __init__(
        self,
        kin: Mapping[Level, Kindred],
        places: Mapping[str, Place],
        former: FormerCodes,
    ) -> None:
        """Take down who has a row."""
        self._former = former
        self._places = places
        self._kin = kin
        self._spoken_of = {level for level, subjects in kin.items() if subjects}
        self._doubts: dict[tuple[str | None, str, Level], Doubt | None] = {}
        self._named: dict[str, list[str]] | None = None
        self._codes: NearCodes | None = None

    def to_name(self, parent: str, child: Level) -> Level | None:
        """Give the level at which a parent has to become a subject; None if it is one already."""
        if any(level.rank < child.rank for level in self._levels(parent)):
            return None
        return self._level(parent, child)

    def doubt(self, code: str, parent: str | None, level: Level) -> Doubt | None:
        """Tell what is wrong with the parent of a subject, or with having none; None if nothing."""
        key = (parent, code[:TELLING], level)
        if key not in self._doubts:
            if parent is None:
                self._doubts[key] = self._absent(level)
            else:
                self._doubts[key] = self._find(code, parent, level)
        return self._doubts[key]

    def _absent(self, level: Level) -> Doubt | None:
        if level is not Level.CLASS or not self._lists(Level.SCHOOL):
            return None
        return Doubt(
            "parent-missing",
            say(
                "没有上级代码，不计入任何学校", "no parent is given, so it is counted in no school"
            ),
            say("填它所在学校的代码", "give the code of the school it lies in"),
        )

    def _find(self, code: str, parent: str, level: Level) -> Doubt | None:
        at = self._level(parent, level)
        if at is None:
            return self._unknown(parent, level)
        if at.rank >= level.rank:
            return _not_above(level, at)
        doubt = self._elsewhere(code, parent, level, at)
        if doubt is not None:
            return doubt
        if self._is_known(parent):
            return _no_school(at) if level is Level.CLASS and at is not Level.SCHOOL else None
        return self._invented(code, parent, level, at)

    def _elsewhere(self, code: str, parent: str, level: Level, at: Level) -> Doubt | None:
        """Tell where the subject's own code says that it lies elsewhere."""
        home, given = self._division(code), self._where(parent, at)
        if home is not None and given is not None and not agree(home, given):
            known = self._is_known(parent)
            if not known and given == parent:
                return self._unknown(parent, level)
            return self._contradicts(home, given, near=known and same_prefecture(home, given))
        skips = at.rank < _COUNTY and home is not None and gbt_level(home) is Level.COUNTY
        if skips and home != code and level is not Level.CLASS:
            return self._leaves(home or code, parent)
        return None

    def _invented(self, code: str, parent: str, level: Level, at: Level) -> Doubt | None:
        """Tell whether a parent that stands nowhere can be taken for one that did not report."""
        home, given = self._division(code), self._where(parent, at)
        nowhere = at is Level.SCHOOL and given is None and (home is not None or self._lists(at))
        if nowhere or self._called(parent, level):
            return self._unknown(parent, level)
        six = division(code)
        if at.rank <= _COUNTY and six is not None and agree(six, parent):
            return None  # the code says the same
        coded = six is not None and gbt_level(six) is not None
        if self._lists(at) or (at.rank <= _COUNTY and (self._places or coded)):
            return _unlisted(at)
        return None

    def _is_known(self, code: str) -> bool:
        """Tell whether a code stands in a table, a roster or the places."""
        return bool(self._levels(code)) or code in self._places

    def _level(self, parent: str, child: Level) -> Level | None:
        """Tell the level of a parent, above the child's if it can be; None if nothing says it.

        A class lies in a school, and school codes come in every shape, also in that of a county's;
        so for classes the form of the code says nothing.
        """
        known = self._levels(parent)
        if known:
            above = [level for level in known if level.rank < child.rank]
            return max(above or known, key=lambda level: level.rank)
        if parent in self._places:
            return self._places[parent].level
        if child is Level.CLASS:
            return Level.SCHOOL
        form = gbt_level(parent)
        return form if form is not None and form.rank < child.rank else None

    def _levels(self, code: str) -> list[Level]:
        """List the levels at which a code is somebody's, those that were named included."""
        return [level for level, subjects in self._kin.items() if code in subjects]

    def _lists(self, level: Level) -> bool:
        """Tell whether any subject of a level has a row of its own."""
        return level in self._spoken_of

    def _division(self, code: str) -> str | None:
        """Give the county, prefecture or region that a code begins with, if it is known."""
        six = division(code)
        if six is None:
            return None
        six = self._former.above(Level.TOWNSHIP, six, None)
        levels = self._levels(six)
        listed = gbt_level(six) is not None and any(each.rank <= _COUNTY for each in levels)
        return six if listed or six in self._places else None

    def _where(self, parent: str, at: Level) -> str | None:
        """Give the county, prefecture or region that a parent is or lies in."""
        if at.rank <= _COUNTY:
            return parent if gbt_level(parent) is not None else None
        own = self._division(parent)
        known = self._kin[at].get(parent)
        if own is not None or known is None or known.parent is None:
            return own
        above = self._level(known.parent, at)
        return (
            self._where(known.parent, above) if above is not None and above.rank < at.rank else None
        )

    def _unknown(self, parent: str, level: Level) -> Doubt:
        found = self._called(parent, level)
        hint = say("更正上级代码，或在名录中加上它", "correct it, or add it to the roster")
        county = parent.removesuffix(_OF_STATISTICS)
        if county != parent and county in self._places:
            hint = say(f"去掉末尾的 {_OF_STATISTICS}：{county}", f"leave out the zeros: {county}")
        elif found:
            listed = say("、", " or ").join(found[:_MOST_NAMES])
            hint = say(f"“{parent}”是名称，代码是 {listed}", f"it is a name; the code is {listed}")
        elif near := self._near(parent, level):
            hint = must_be(near, {code: self._own_name(code) for code in near})
        return Doubt(
            "parent-unknown",
            say(
                "没有出现在任何表、名录或地区表中，与对象自己的代码也对不上",
                "stands in no table, roster or list of places, nor does the subject's own code"
                " agree with it",
            ),
            hint,
        )

    def _called(self, name: str, below: Level) -> list[str]:
        """Find the codes of those above a level that have a name."""
        if self._named is None:
            self._named = {}
            for subjects in (of for level, of in self._kin.items() if level is not Level.CLASS):
                codes, names, _, _ = subjects.columns
                for code, own in zip(codes, names, strict=True):
                    if own is not None:
                        self._named.setdefault(own, []).append(code)
            for code, place in self._places.items():
                above = self._places.get(place.parent or "")
                for own in {place.name, f"{above.name if above else ''}{place.name}"}:
                    if code not in self._named.setdefault(own, []):
                        self._named[own].append(code)
        return [
            code
            for code in self._named.get(name, ())
            if (at := self._level(code, below)) is not None and at.rank < below.rank
        ]

    def _near(self, parent: str, below: Level) -> list[str]:
        """Find the codes of those above a level that a parent must be."""
        if self._codes is None:
            self._codes = NearCodes(chain(*self._kin.values(), self._places))
        found = [
            code
            for code in self._codes.find(parent)
            if (at := self._level(code, below)) is not None and at.rank < below.rank
        ]
        nearest = max((self._rank(code, below) for code in found), default=0)
        return [code for code in found if self._rank(code, below) == nearest]

    def _rank(self, code: str, below: Level) -> int:
        at = self._level(code, below)
        return -1 if at is None else at.rank

    def _own_name(self, code: str) -> str | None:
        if code in self._places:
            return self._places[code].name
        return next((of[code].name for of in self._kin.values() if code in of), None)

    def _contradicts(self, home: str, given: str, *, near: bool) -> Doubt:
        counted = say("；按上级代码计入", "; it is counted where the parent lies") if near else ""
        return Doubt(
            "parent-contradicts-code",
            say(
                f"在 {self._name(given)}，而对象自己的代码属于 {self._name(home)}",
                f"lies in {self._name(given)}, but the subject's own code is one of"
                f" {self._name(home)}",
            )
            + counted,
            say("核对两个代码，更正填错的一个", "see which of the two codes is wrong, and mend it"),
            refused=not near,
            severity=Severity.WARNING if near else Severity.ERROR,
        )

    def _leaves(self, home: str, given: str) -> Doubt:
        return Doubt(
            "parent-contradicts-code",
            say(
                f"是 {self._name(given)}，而对象自己的代码属于 {self._name(home)}；按上级代码计入，"
                f"不计入 {self._name(home)}",
                f"is {self._name(given)}, but the subject's own code is one of {self._name(home)};"
                f" it is counted where the parent says, and not in {self._name(home)}",
            ),
            say(
                "不归旗县管的，在名录中写明上级；否则改为旗县的代码",
                "if no county answers for it, say so in the roster; else give the county's code",
            ),
            refused=False,
            severity=Severity.WARNING,
        )

    def _name(self, code: str) -> str:
        named = [place.name for place in (self._places.get(code),) if place is not None]
        named += [
            subjects[code].name or code for subjects in self._kin.values() if code in subjects
        ]
        return say(f"{named[0]}（{code}）", f"{named[0]} ({code})") if named else code


def _not_above(level: Level, at: Level) -> Doubt:
    return Doubt(
        "parent-not-above",
        say(f"是{at.zh}，不是{level.zh}的上级", f"is a {at.value}, not above a {level.value}"),
        say("改为它所在的上级的代码", "give the code of what it lies in"),
    )


def _no_school(at: Level) -> Doubt:
    return Doubt(
        "parent-no-school",
        say(
            f"是{at.zh}，班级的上级应为学校；这个班级不计入任何学校",
            f"is a {at.value}, and a class lies in a school; it is counted in none",
        ),
        say("改为学校的代码", "give the code of the school"),
        refused=False,
    )


def _unlisted(at: Level) -> Doubt:
    return Doubt(
        "parent-unlisted",
        say(
            f"没有出现在任何表、名录或地区表中；按没有填报的{at.zh}处理",
            f"stands in no table, roster or list of places; taken for a {at.value} that did not"
            " report",
        ),
        say(
            "填错的，更正；没有填错的，在名录中加上它",
            "correct it if it is wrong; else add it to the roster",
        ),
        refused=False,
        severity=Severity.WARNING,
    )
