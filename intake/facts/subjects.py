"""Who is who: which subjects are known, what they are called and what they lie in.

A row about what the other rows of its level lie in is about no subject of theirs: a total that
bears a code and no word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from dabiao.intake.facts.former_codes import FormerCodes
from dabiao.intake.facts.kindred import Kin, Kindred
from dabiao.intake.facts.moves import find_moves, tell_name_differs
from dabiao.intake.facts.parents import TELLING, Doubt, Parents
from dabiao.intake.facts.rows import Batch, RowLog, rostered, without
from dabiao.intake.facts.shared_codes import CodeOfYear
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.facts import Standing
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place

_CLOSED = pattern(
    r"[(（【\[〔](?P<how>[^()（）【】\[\]〔〕]{0,12}(?:撤并|撤销|撤|停办|停用|停招|关停|关闭|注销|并入)"
    r"[^()（）【】\[\]〔〕]{0,12}|closed(?: [^()]{0,12})?)[)）】\]〕]$"
)
_BRACKET_ENDS = frozenset(")）】]〕")


def find_subjects(
    batches: Iterable[Batch],
    places: Mapping[str, Place],
    log: RowLog,
    shared: AbstractSet[CodeOfYear],
    former: FormerCodes | None,
) -> dict[Level, Kindred]:
    """Find every subject that the rows speak of, parents included.

    What is said first, by file, sheet and row, holds; whoever says otherwise later is told so.

    Args:
        batches: Rows by table, in order of the tables.
        places: Known places by code; they give names, and levels to parents.
        log: Takes down contradictions.
        shared: Whose several names are told of already.
        former: Codes that changed; those of places are how other codes begin.
    """
    kin = {level: Kindred() for level in Level}
    batches = list(batches)
    told = {(level, code) for level, code, _ in shared}
    for batch in batches:
        _meet(batch, kin[batch.level], log, told)
    find_moves(batches, kin, log)
    _tell_doubles(kin, log)
    _tell_places(kin, places, log)
    _tell_closed(batches, kin, log)
    _name_parents(kin, Parents(kin, places, former or FormerCodes()), log)
    for subjects in kin.values():
        for code in subjects.shared_with(places):
            known = subjects[code]
            if known.name is None:
                known.name = places[code].name
    return kin


def _meet(
    batch: Batch,
    subjects: Kindred,
    log: RowLog,
    told: AbstractSet[tuple[Level, str]],
) -> None:
    if not subjects and batch.is_each_once:
        subjects.begin(batch)
        return
    standing = Standing.REPORTED if batch.years is not None else Standing.ROSTER
    met = subjects.open()
    for code, name, parent, number in zip(
        batch.codes, batch.names, batch.parents, batch.numbers.tolist(), strict=True
    ):
        known = met.get(code)
        here = (batch.origin, number)
        if known is None:
            met[code] = known = Kin(None, None, standing, here)
        elif standing is Standing.REPORTED:
            known.standing = standing
        if name != known.name and name is not None:
            if known.named is None:
                known.name, known.named = name, here
            elif not known.differs and (batch.level, code) not in told:
                known.differs = True
                said = (known.name, known.named)
                tell_name_differs(code, said, (name, here), log)
        if parent is not None:
            known.lies_in(parent, here, listed=standing is Standing.ROSTER)


def _tell_doubles(kin: Mapping[Level, Kindred], log: RowLog) -> None:
    for above, level in combinations(kin, 2):
        for code in kin[above].shared_with(kin[level]):
            known = kin[level][code]
            there = log.place_of(kin[above][code].seen)
            here = log.place_of(known.seen)
            log.tell(
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


def _tell_places(kin: Mapping[Level, Kindred], places: Mapping[str, Place], log: RowLog) -> None:
    """Tell of rows with the code of a place of another level: a county in the table of schools."""
    for level, subjects in kin.items():
        for code in subjects.shared_with(places):
            place, known = places[code], subjects[code]
            if place.level is level or code in kin[place.level]:
                continue
            log.tell(
                known.seen,
                "code-at-two-levels",
                say(
                    f"代码 {code} 是{place.level.zh}“{place.name}”的，却填在{level.zh}的表中",
                    f'{code} is the code of the {place.level.value} "{place.name}", and the row'
                    f" stands in the table of a {level.value}",
                ),
                say(
                    f"是{place.level.zh}数据的，移到“{place.level.zh}”表；否则更正代码",
                    "move the row to the table of its own level, or mend the code",
                ),
                subject=code,
                severity=Severity.ERROR,
                fixed="code",
                found=code,
                cause=f"place {place.level.value} {level.value}",
            )


def _tell_closed(batches: Iterable[Batch], kin: Mapping[Level, Kindred], log: RowLog) -> None:
    """Tell of names that say their subjects to be closed, where no roster says since when."""
    listed = rostered(batches)
    for level, subjects in kin.items():
        codes, names, _, _ = subjects.columns
        together = "".join(filter(None, names))
        if not any(end in together for end in _BRACKET_ENDS):
            continue
        ending = [
            (code, name)
            for code, name in zip(codes, names, strict=True)
            if name is not None and name[-1:] in _BRACKET_ENDS
        ]
        for code, name in ending:
            said, named = _CLOSED.search(name), subjects[code].named
            if said is None or named is None or (level, code) in listed:
                continue
            log.tell(
                named,
                "closed-by-name",
                say(
                    f"名称写明“{said['how']}”，仍照常考核：{name}",
                    f'its name says "{said["how"]}", and it is judged all the same: {name}',
                ),
                say(
                    "在名录中写明停办年份（并入别校的写并入代码），以后不再考核；或删去这一行",
                    "give the year it was closed in a roster, and it is judged no longer from"
                    " then on; or delete the row",
                ),
                subject=code,
                fixed="name",
                found=name,
            )


def _name_parents(kin: Mapping[Level, Kindred], parents: Parents, log: RowLog) -> None:
    """Judge all parents, and make subjects of those that have no row themselves, top down."""
    for level in Level:
        fine: set[tuple[str | None, str]] = set()
        codes, _, given, _ = kin[level].columns
        movers = {code for code, known in kin[level].made.items() if known.moves}
        for code, first in zip(codes, given, strict=True):
            alike = first, code[:TELLING]
            if alike in fine and code not in movers:
                continue
            known = kin[level][code]
            for parent in _parents(known):
                doubt = parents.doubt(code, parent, level)
                listed = known.listed == parent and known.standing is Standing.REPORTED
                moved = bool(known.moves) or listed
                if doubt is not None and not (doubt.is_moved and moved):
                    _tell_doubtful(code, parent, known, doubt, log)
                    if doubt.refused:
                        _forget(known, parent)
                        continue
                at = None if parent is None else parents.to_name(parent, level)
                if doubt is None and not known.moves:
                    fine.add(alike)
                if parent is not None and at is not None:
                    placed = known.placed or known.seen
                    kin[at][parent] = Kin(None, None, Standing.NAMED, placed)


def _parents(known: Kin) -> Iterable[str | None]:
    """Give the parents that a subject has or had, each once.

    That rows do not agree on one is told already.
    """
    given = dict.fromkeys(known.moves.values()) if known.moves else (known.parent,)
    return [each for each in given if each is not None or known.differing is None]


def _forget(known: Kin, parent: str | None) -> None:
    """Leave out a parent that cannot be one."""
    if known.parent == parent:
        known.parent = None
    if known.moves:
        known.moves = {year: None if up == parent else up for year, up in known.moves.items()}


def _tell_doubtful(code: str, parent: str | None, known: Kin, doubt: Doubt, log: RowLog) -> None:
    message, hint = doubt.message, doubt.hint
    if parent is not None:
        message = say(f"上级代码“{parent}”{message}", f'the parent "{parent}" {message}')
    if doubt.refused:
        hint += say(
            "；改好以前按它自己的代码确定所在地区",
            "; until then its own code tells where it lies",
        )
    log.tell(
        known.placed or known.seen,
        doubt.code,
        message,
        hint,
        subject=code,
        severity=doubt.severity,
        fixed="parent",
        found=parent,
        cause=f"{doubt.code} {parent}",
    )


def set_totals_aside(
    batches: Sequence[Batch],
    places: Mapping[str, Place],
    log: RowLog,
) -> list[Batch]:
    """Leave out the rows whose code is that of what other rows of their level lie in.

    Only where that code is known to be of a level above, or most rows give it as their parent: one
    mistyped parent makes no total of a sibling.
    """
    present = dict.fromkeys(batch.level for batch in batches)
    totals = {level: set(_totals(level, batches, places)) for level in present}
    kept: list[Batch] = []
    for batch in batches:
        codes = totals[batch.level]
        rows = {at for at, code in enumerate(batch.codes) if code in codes} if codes else set()
        for at in sorted(rows):
            _tell_total(batch, at, log)
        kept.append(without(batch, rows) if rows else batch)
    return kept


def _totals(level: Level, batches: Sequence[Batch], places: Mapping[str, Place]) -> Iterator[str]:
    """Find the codes of a level that are of what others of it lie in."""
    mine = [batch for batch in batches if batch.level is level]
    parents = {parent for batch in mine for parent in batch.parents}
    both = {code for batch in mine for code in parents.intersection(batch.codes) if code}
    if not both:
        return
    named = Counter(
        parent
        for batch in mine
        for code, parent in zip(batch.codes, batch.parents, strict=True)
        if parent in both and parent != code
    )
    rows = sum(len(batch.codes) for batch in mine)
    upper = _codes_above(level, batches)
    for code, number in named.items():
        if code in upper or _is_above(code, level, places) or 2 * number > rows:
            yield code


def _codes_above(level: Level, batches: Sequence[Batch]) -> AbstractSet[str]:
    return {code for batch in batches if batch.level.rank < level.rank for code in batch.codes}


def _is_above(code: str, level: Level, places: Mapping[str, Place]) -> bool:
    """Tell whether the places, or the form of a code, say that it is of a level above."""
    place = places.get(code)
    known = place.level if place is not None else gbt_level(code)
    return known is not None and known.rank < level.rank


def _tell_total(batch: Batch, at: int, log: RowLog) -> None:
    code, level = batch.codes[at], batch.level
    log.tell(
        batch.where(at),
        "code-of-above",
        say(
            f"代码 {code} 是其他行的上级，不是{level.zh}；这一行按合计放在一边，未读取",
            f"{code} is what other rows lie in, and no {level.value}; the row is taken for a total"
            " and not read",
        ),
        say(
            f"上级自己的数据填在它自己的表里；确是{level.zh}的，更正代码",
            f"report on it in the table of its own level; if it is a {level.value}, mend the code",
        ),
        subject=code,
        severity=Severity.ERROR,
        year=batch.year(at),
        fixed="code",
        found=code,
    )
