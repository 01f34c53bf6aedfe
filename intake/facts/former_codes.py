"""Codes that changed: a county becomes a district, schools are numbered anew.

A roster says under which code a subject went before (原代码). Whatever was submitted under it, of
any year, is then put down to the code that it has now: rows, parents, mergers, the roster's own
rows of the old code. Where a row of the roster gives the old code away again, with a first year of
its own, the years before that year are those of the subject that had it first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from dabiao.intake.facts.rows import At, Batch, RowLog, without
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_Of = tuple[Level, str]
"""A code of a level."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a row of a roster says of a former code.

    Attributes:
        code: The code that the subject has now.
        since: The first year of that code, if the row gives one.
        at: The row.
        is_named: Whether the row names the subject.
    """

    code: str
    since: int | None
    at: At
    is_named: bool


@dataclass
class FormerCodes:
    """The former codes of all subjects.

    Attributes:
        claims: By level and former code, whose it is.
        given_away: By level and former code, the first year in which it is another subject's.
        submitted: By level, table and row, under which code a row of facts was submitted.
        recoded: Who has such rows.
        doubled: Who has rows under both codes in one year, which is told of.
    """

    claims: dict[_Of, _Claim] = field(default_factory=dict)
    given_away: dict[_Of, int] = field(default_factory=dict)
    submitted: dict[tuple[Level, int, int], str] = field(default_factory=dict)
    recoded: set[_Of] = field(default_factory=set)
    doubled: set[tuple[Level, str, int]] = field(default_factory=set)

    def now(self, level: Level, code: str, year: int | None) -> str:
        """Give the code that the subject of a code in a year has now."""
        seen: set[str] = set()
        while code not in seen and (claim := self.claims.get((level, code))) is not None:
            seen.add(code)  # circles are followed while they are looked for
            given = self.given_away.get((level, code))
            if given is not None and (year is None or year >= given):
                break
            code = claim.code
        return code

    def above(self, below: Level, code: str, year: int | None) -> str:
        """Give the code that what has a code, above a level, has now."""
        for level in tuple(Level)[below.rank - 1 :: -1] if below.rank else ():
            if (level, code) in self.claims:
                return self.now(level, code, year)
        return code

    @cached_property
    def _claimed(self) -> dict[_Of, list[str]]:
        """The codes that each subject claims, once all claims are settled."""
        found: dict[_Of, list[str]] = {}
        for (level, old), claim in self.claims.items():
            found.setdefault((level, claim.code), []).append(old)
        return found

    def all_of(self, level: Level, code: str) -> tuple[str, ...]:
        """List all codes that a subject had before, the latest first."""
        found: list[str] = []
        ahead = [code]
        while ahead:
            new = ahead.pop(0)
            own = self._claimed.get((level, new), [])
            found += own
            ahead += own
        return tuple(found)


def bridge_codes(batches: Sequence[Batch], log: RowLog) -> tuple[list[Batch], FormerCodes]:
    """Put what was submitted under former codes down to the codes of today.

    Args:
        batches: Rows by table, in order of the tables.
        log: Takes down who claims another's code, and which codes were bridged.

    Returns:
        The batches with the codes of today, and what was bridged.
    """
    claimed = _claimed(batches)
    if not claimed:
        return list(batches), FormerCodes()
    former = _settled(claimed, log)
    listed = {
        (batch.level, code): life
        for batch in batches
        if batch.lives is not None
        for code, life in zip(batch.codes, batch.lives, strict=True)
    }
    for of, claim in former.claims.items():
        own = listed.get(of)
        if own is not None and own.opened is not None and own.opened >= (claim.since or own.opened):
            former.given_away[of] = own.opened
    bridged = [_bridged(batch, former, listed) for batch in batches]
    _tell_late(batches, former, log)
    _tell_doubled(bridged, former, log)
    _tell_bridged(former, log)
    return bridged, former


def _claimed(batches: Iterable[Batch]) -> dict[_Of, dict[str, _Claim]]:
    """Find by each former code whose it is said to be."""
    found: dict[_Of, dict[str, _Claim]] = {}
    for batch in batches:
        for at, life in enumerate(batch.lives or ()):
            if life is None:
                continue
            row = batch.where(at)
            claim = _Claim(batch.codes[at], life.recoded, row, batch.names[at] is not None)
            for old in life.former_codes:
                found.setdefault((batch.level, old), {}).setdefault(claim.code, claim)
    return found


def _settled(claimed: Mapping[_Of, Mapping[str, _Claim]], log: RowLog) -> FormerCodes:
    """Take the claims that can be; tell who claims what another does, or in a circle."""
    former = FormerCodes()
    for of, claims in sorted(claimed.items(), key=lambda each: len(each[1])):
        last = {former.now(of[0], code, None) for code in claims}
        if len(last) == 1:  # a code that changed twice may be told of with each later one
            each = list(claims.values())
            former.claims[of] = next((one for one in each if one.code not in last), each[0])
        else:
            _tell_shared(of[1], list(claims.values()), log)
    for circle in list(_circles(former.claims)):
        for level, old in circle:
            claim = former.claims.pop((level, old))
            _tell_circle(claim, old, log)
    return former


def _circles(claims: Mapping[_Of, _Claim]) -> Iterator[list[_Of]]:
    """Find the codes that come back to themselves."""
    done: set[_Of] = set()
    for first in claims:
        path: list[_Of] = []
        of = first
        while of in claims and of not in done:
            done.add(of)
            path.append(of)
            of = of[0], claims[of].code
        if of in path:
            yield path[path.index(of) :]


def _bridged(batch: Batch, former: FormerCodes, listed: Mapping[_Of, Lifetime | None]) -> Batch:
    """Give the rows of a table the codes of today; a roster loses those of former codes."""
    years: list[int] | list[None] = [None] * len(batch.codes)
    if batch.years is not None:
        years = batch.years.tolist()
    level = batch.level
    codes = [former.now(level, code, year) for code, year in zip(batch.codes, years, strict=True)]
    parents = [
        None if parent is None else former.above(level, parent, year)
        for parent, year in zip(batch.parents, years, strict=True)
    ]
    old = {at for at, code in enumerate(codes) if code != batch.codes[at]}
    lives = batch.lives
    if lives is None:
        names = list(batch.names)
        for at in old:
            former.submitted[level, batch.origin, int(batch.numbers[at])] = batch.codes[at]
            former.recoded.add((level, codes[at]))
            if former.claims[level, batch.codes[at]].is_named:
                names[at] = None  # it may well have been called otherwise
        return replace(batch, codes=codes, names=names, parents=parents)
    lives = [
        _life(level, code, life, former, listed) for code, life in zip(codes, lives, strict=True)
    ]
    return without(replace(batch, codes=codes, parents=parents, lives=lives), old)


def _life(
    level: Level,
    code: str,
    life: Lifetime | None,
    former: FormerCodes,
    listed: Mapping[_Of, Lifetime | None],
) -> Lifetime | None:
    """Say of a subject what its rows of all its codes say: it began when the first of them did."""
    if life is None:
        return None
    into = life.merged_into
    if into is not None:
        into = former.now(level, into, None)
    before = former.all_of(level, code)
    opened = life.opened
    if before and opened is None:
        kept = [old for old in before if (level, old) not in former.given_away]
        began = (listed.get((level, old)) for old in reversed(kept))
        opened = next((of.opened for of in began if of is not None and of.opened), None)
    return replace(life, merged_into=into, former_codes=before, opened=opened)


def _tell_shared(old: str, claims: Sequence[_Claim], log: RowLog) -> None:
    """Tell that a code is given as the former one of several."""
    last = claims[-1]
    places = log.places_of([claim.at for claim in claims])
    told = list(zip(claims, places, strict=True))
    zh = "、".join(f"{claim.code}（{place}）" for claim, place in told)
    en = ", ".join(f"{claim.code} ({place})" for claim, place in told)
    log.tell(
        last.at,
        "former-code-shared",
        say(
            f"原代码 {old} 写给了 {len(claims)} 个对象：{zh}；哪个都没有采用",
            f"{old} is given as the former code of {len(claims)} subjects: {en}; of none it is"
            " used",
        ),
        say(
            "只写给以前就是它的那一个；拆分出来的，启用年份写拆分那年，原代码留空",
            "give it to the one that it was; of those split off give the year in which they"
            " opened, and no former code",
        ),
        subject=last.code,
        severity=Severity.ERROR,
        fixed="former_code",
        found=old,
        also=[claim.at for claim in claims[:-1]],
    )


def _tell_circle(claim: _Claim, old: str, log: RowLog) -> None:
    log.tell(
        claim.at,
        "former-code-circle",
        say(
            f"{claim.code} 的原代码 {old}，绕了一圈又是 {claim.code} 后来的代码；没有采用",
            f"{old}, the former code of {claim.code}, is in turn a later code of it; not used",
        ),
        say("在后来的代码那一行写原代码，以前的代码那一行留空", "give it with the later code"),
        subject=claim.code,
        severity=Severity.ERROR,
        fixed="former_code",
        found=old,
        cause="former-code-circle",
    )


def _tell_late(batches: Iterable[Batch], former: FormerCodes, log: RowLog) -> None:
    """Tell of rows that still have the former code when the new one held."""
    for batch in batches:
        if batch.years is None:
            continue
        for at, (code, year) in enumerate(zip(batch.codes, batch.years.tolist(), strict=True)):
            claim = former.claims.get((batch.level, code))
            if claim is None or claim.since is None or year < claim.since:
                continue
            if (now := former.now(batch.level, code, year)) == code:
                continue
            log.tell(
                batch.where(at),
                "former-code-late",
                say(
                    f"名录写明 {claim.since} 年起代码是 {claim.code}，{year}年这一行还用原代码"
                    f" {code}；照样计入 {now}",
                    f"by the roster the code is {claim.code} from {claim.since} on; this row of"
                    f" {year} still has {code}, and counts for {now}",
                ),
                say("改用新代码", "use the new code"),
                subject=now,
                year=year,
                fixed="code",
                found=code,
            )


def _tell_doubled(batches: Iterable[Batch], former: FormerCodes, log: RowLog) -> None:
    """Tell of subjects that have rows under several codes in one year."""
    rows: dict[tuple[Level, str, int], dict[str, At]] = {}
    for batch in batches:
        changed = {code for level, code in former.recoded if level is batch.level}
        if batch.years is None or changed.isdisjoint(batch.codes):
            continue
        for at, (code, year) in enumerate(zip(batch.codes, batch.years.tolist(), strict=True)):
            if code in changed:
                here = batch.where(at)
                said = former.submitted.get((batch.level, *here), code)
                rows.setdefault((batch.level, code, year), {}).setdefault(said, here)
    for of, codes in rows.items():
        if len(codes) > 1:
            former.doubled.add(of)
            _tell_both(of[1], of[2], codes, log)


def _tell_both(code: str, year: int, codes: Mapping[str, At], log: RowLog) -> None:
    told = list(zip(codes, log.places_of(list(codes.values())), strict=True))
    wrong = next(old for old in codes if old != code)
    zh = "、".join(f"{old}（{place}）" for old, place in told)
    en = ", ".join(f"{old} ({place})" for old, place in told)
    log.tell(
        codes[wrong],
        "two-codes-in-year",
        say(
            f"{code} 在{year}年以几个代码填报：{zh}；各行不一致的数据都没有使用",
            f"{code} is reported under several codes in {year}: {en}; what the rows do not"
            " agree on is not used",
        ),
        say(
            "同一个对象一年只填一行；其实是几个对象的（合并的写并入代码），更正名录的原代码",
            "give one row a year; if these are several subjects (who merged is told by"
            " merged_into), correct the former codes of the roster",
        ),
        subject=code,
        severity=Severity.ERROR,
        year=year,
        fixed="code",
        found=wrong,
        also=[at for old, at in codes.items() if old != wrong],
    )


def _tell_bridged(former: FormerCodes, log: RowLog) -> None:
    """Note how many rows of a former code count for the subject that it was."""
    rows = Counter((level, code) for (level, _, _), code in former.submitted.items())
    for (level, old), claim in former.claims.items():
        number = rows[level, old]
        if number:
            log.tell(
                claim.at,
                "former-code",
                say(
                    f"以原代码 {old} 填报的 {number} 行计入 {claim.code}",
                    f"{number} rows submitted as {old} count for {claim.code}",
                ),
                "",
                subject=claim.code,
                severity=Severity.NOTE,
                fixed="former_code",
                found=old,
            )
