"""Who is who: which subjects are known, what they are called and what they lie in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dabiao.schemas.facts import Origin, Standing
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.noticed import Noticed
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.rows import At, Batch, place_of, places_of, problem_at
from dabiao.schemas.subject import Place

# First two digits of the codes of provinces (GB/T 2260).
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82")
_COUNTY, _TOWNSHIP = 6, 9


@dataclass(slots=True)
class Kin:
    """What is known of one subject.

    Attributes:
        name: The first name given to it.
        parent: The first parent given to it.
        standing: How it is known.
        seen: Table and row of its first mention.
        named: Table and row that gave its name.
        placed: Table and row that gave its parent.
    """

    name: str | None
    parent: str | None
    standing: Standing
    seen: At
    named: At | None = None
    placed: At | None = None
    differs: bool = False
    moved: bool = False


def gbt_level(code: str) -> Level | None:
    """Tell the level of a place by the form of its code (GB/T 2260 and 10114), or None.

    Examples:
        >>> gbt_level("150000"), gbt_level("150602"), gbt_level("150602001")
        (<Level.REGION: 'region'>, <Level.COUNTY: 'county'>, <Level.TOWNSHIP: 'township'>)
        >>> gbt_level("011301") is None
        True
    """
    if not re.fullmatch(r"[0-9]+", code) or not _PROVINCES.match(code):
        return None
    if len(code) == _TOWNSHIP:
        return Level.TOWNSHIP
    if len(code) != _COUNTY:
        return None
    if code.endswith("0000"):
        return Level.REGION
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def leading(code: str) -> Iterator[str]:
    """Yield the places that a code's first six digits name, nearest first.

    Examples:
        >>> list(leading("1506020010"))
        ['150602', '150600', '150000']
    """
    six = code[:_COUNTY]
    if len(six) == _COUNTY and six.isascii() and six.isdigit():
        for place in (six, six[:4] + "00", six[:2] + "0000"):
            if place != code:
                yield place


def find_kin(
    batches: Iterable[Batch],
    origins: Sequence[Origin],
    places: Mapping[str, Place],
    noticed: Noticed,
) -> dict[Level, dict[str, Kin]]:
    """Find every subject that the rows speak of, parents included.

    What is said first, by file, sheet and row, holds; whoever says otherwise later is told so.

    Args:
        batches: Rows by table, in order of the tables.
        origins: The tables.
        places: Known places by code; they give names, and levels to parents.
        noticed: Takes down contradictions.
    """
    kin: dict[Level, dict[str, Kin]] = {level: {} for level in Level}
    for batch in batches:
        _meet(batch, kin[batch.level], origins, noticed)
    _tell_doubles(kin, origins, noticed)
    _name_parents(kin, origins, places, noticed)
    for subjects in kin.values():
        for code, known in subjects.items():
            if known.name is None and code in places:
                known.name = places[code].name
    return kin


def _meet(
    batch: Batch, subjects: dict[str, Kin], origins: Sequence[Origin], noticed: Noticed
) -> None:
    standing = Standing.REPORTED if batch.years is not None else Standing.ROSTER
    numbers = batch.numbers.tolist()
    for code, name, parent, number in zip(
        batch.codes, batch.names, batch.parents, numbers, strict=True
    ):
        known = subjects.get(code)
        here = (batch.origin, number)
        if known is None:
            subjects[code] = known = Kin(None, None, standing, here)
        elif standing is Standing.REPORTED:
            known.standing = standing
        if name != known.name and name is not None:
            if known.named is None:
                known.name, known.named = name, here
            elif not known.differs:
                known.differs = True
                said = (known.name, known.named)
                noticed.add(_differs(code, "name", said, (name, here), origins))
        if parent != known.parent and parent is not None:
            if known.placed is None:
                known.parent, known.placed = parent, here
            elif not known.moved:
                known.moved = True
                said = (known.parent, known.placed)
                noticed.add(_differs(code, "parent", said, (parent, here), origins))


def _differs(
    code: str,
    what: str,
    first: tuple[str | None, At],
    second: tuple[str, At],
    origins: Sequence[Origin],
) -> Problem:
    before, here = places_of(origins, [first[1], second[1]])
    word = say("名称", "name") if what == "name" else say("上级代码", "parent")
    return problem_at(
        origins,
        second[1],
        f"{what}-differs",
        say(
            f"{code} 的{word}前后不一：{first[0]}（{before}）、{second[0]}（{here}）；采用前者",
            f"{code} has more than one {word}: {first[0]} ({before}), {second[0]} ({here});"
            " the first is used",
        ),
        say("统一后重新提交", "make them agree"),
        subject=code,
        fixed=what,
        found=second[0],
        also=[first[1]],
    )


def _tell_doubles(
    kin: Mapping[Level, Mapping[str, Kin]], origins: Sequence[Origin], noticed: Noticed
) -> None:
    for above, level in combinations(kin, 2):
        for code in sorted(kin[above].keys() & kin[level].keys()):
            known = kin[level][code]
            there = place_of(origins, kin[above][code].seen)
            here = place_of(origins, known.seen)
            noticed.add(
                problem_at(
                    origins,
                    known.seen,
                    "code-at-two-levels",
                    say(
                        f"代码 {code} 同时用于{above.zh}（{there}）和{level.zh}（{here}）",
                        f"the code {code} is used for a {above.value} ({there})"
                        f" and a {level.value} ({here})",
                    ),
                    say("每个考核对象用自己的代码", "give each subject a code of its own"),
                    subject=code,
                    severity=Severity.ERROR,
                    fixed="code",
                    found=code,
                    also=[kin[above][code].seen],
                )
            )


def _name_parents(
    kin: dict[Level, dict[str, Kin]],
    origins: Sequence[Origin],
    places: Mapping[str, Place],
    noticed: Noticed,
) -> None:
    """Make subjects of parents that have no row themselves, from the top down."""
    above: set[str] = set()
    everybody = {code for subjects in kin.values() for code in subjects}
    for level in Level:
        subjects = kin[level]
        for code, known in subjects.items():
            parent = known.parent
            if parent is None or parent in above:
                continue
            placed = known.placed or known.seen
            if parent in everybody:
                known.parent = None
                noticed.add(_not_above(code, parent, level, placed, origins))
                continue
            at = _level_of(parent, level, places)
            if at is not None:
                kin[at][parent] = Kin(None, None, Standing.NAMED, placed)
                above.add(parent)
                everybody.add(parent)
            else:
                noticed.add(_unknown(code, parent, placed, origins))
        above.update(subjects)


def _level_of(parent: str, child: Level, places: Mapping[str, Place]) -> Level | None:
    """Tell the level of a parent nobody reported on.

    A class lies in a school, and school codes come in every shape, also in that of a county's;
    so for classes the form of the code says nothing.
    """
    if parent in places:
        level: Level | None = places[parent].level
    elif child is Level.CLASS:
        level = Level.SCHOOL
    else:
        level = gbt_level(parent)
    return level if level is not None and level.rank < child.rank else None


def _not_above(code: str, parent: str, level: Level, at: At, origins: Sequence[Origin]) -> Problem:
    return problem_at(
        origins,
        at,
        "parent-not-above",
        say(
            f"{code} 的上级代码 {parent} 不是{level.zh}的上级",
            f"{parent}, the parent of {code}, is not above a {level.value}",
        ),
        say(
            "改为它所在的上级的代码；现按没有上级处理",
            "give the code of what it lies in; until then it has none",
        ),
        subject=code,
        fixed="parent",
        found=parent,
        cause=f"parent-not-above {parent}",
    )


def _unknown(code: str, parent: str, at: At, origins: Sequence[Origin]) -> Problem:
    return problem_at(
        origins,
        at,
        "parent-unknown",
        say(
            f"{code} 的上级代码 {parent} 没有出现在任何表中，也看不出它的层级",
            f"{parent}, the parent of {code}, stands in no table and its level cannot be told",
        ),
        say("在名录中加上它，或更正上级代码", "add it to the roster, or correct the code"),
        subject=code,
        fixed="parent",
        found=parent,
        cause=f"parent-unknown {parent}",
    )
