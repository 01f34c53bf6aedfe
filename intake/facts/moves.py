"""What several rows say of one subject: contradictions, and moves from one parent to another.

A school is handed to another county, a class goes with its school into another. Then each year
counts where the subject lay in that year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from operator import itemgetter

from dabiao.intake.facts.kindred import Kin, Kindred
from dabiao.intake.facts.rows import At, Batch, RowLog
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass


@dataclass(slots=True)
class _Said:
    """What rows say of the parent of one subject: per year all that is said, in order.

    Attributes:
        years: What facts of a year say.
        since: What the roster says from a year on.
        listed: What the roster says without a year.
    """

    years: dict[int, dict[str, At]] = field(default_factory=dict)
    since: dict[int, dict[str, At]] = field(default_factory=dict)
    listed: dict[str, At] = field(default_factory=dict)


def find_moves(batches: Iterable[Batch], kin: Mapping[Level, Kindred], log: RowLog) -> None:
    """Find who lies in one parent in one year and in another in another; tell who contradicts it.

    Where rows contradict each other, what the roster says holds; where that says nothing, or two
    things, nobody knows the parent, and the subject lies where its own code says.
    """
    found: dict[tuple[Level, str], _Said] = {
        (level, code): _Said()
        for level, subjects in kin.items()
        for code, known in subjects.made.items()
        if known.differing is not None
    }
    for batch in batches if found else ():
        years = batch.years.tolist() if batch.years is not None else batch.since
        years = years if years is not None else [0] * len(batch.codes)
        for at, (code, parent) in enumerate(zip(batch.codes, batch.parents, strict=True)):
            said = found.get((batch.level, code))
            if said is not None and parent is not None:
                here = batch.where(at)
                year = years[at]
                dated = said.since if batch.years is None else said.years
                into = dated.setdefault(year, {}) if year else said.listed
                into.setdefault(parent, here)
    for (level, code), said in found.items():
        _settle(code, kin[level][code], said, log)


def _settle(code: str, known: Kin, said: _Said, log: RowLog) -> None:
    begins = min(said.since, default=0) - 1
    steps = said.since | ({begins: said.listed} if said.listed else {})
    if any(len(parents) > 1 for parents in steps.values()) or begins < -1:
        known.parent = None  # since when, or in which of two, the roster does not say itself
        _tell_differing(code, _apart(*steps.values()), None, log)
        return
    beside = _beside(said, steps)
    if beside is not None:
        _lay(known, said, {year: next(iter(steps[year])) for year in sorted(steps)})
        _tell_differing(code, beside, known.parent, log)
        return
    years = said.years if not said.since else steps | said.years
    lain: dict[int, str | None] = {
        year: next(iter(parents)) if len(parents) == 1 else None
        for year, parents in sorted(years.items())
    }
    _lay(known, said, lain)
    for year, parents in sorted(years.items()):
        if lain[year] is None:
            _tell_differing(code, _apart(parents), None, log, year)
    sure = {year: parent for year, parent in lain.items() if parent is not None}
    if len(set(sure.values())) > 1:
        rows = [years[year][parent] for year, parent in sure.items()]
        _tell_moved(code, sure, rows, known.placed or known.seen, log, listed=bool(steps))


def _lay(known: Kin, said: _Said, lain: Mapping[int, str | None]) -> None:
    """Let a subject lie where it lay in each year."""
    latest = lain[max(lain)]
    known.moves = dict(lain) if len(set(lain.values())) > 1 else None
    known.parent = latest
    every = [(0, said.listed), *said.since.items(), *said.years.items()]
    rows = [
        parents[latest]
        for _, parents in sorted(every, key=itemgetter(0))
        if latest is not None and latest in parents
    ]
    known.placed = next(iter(rows), known.placed)


def _beside(said: _Said, steps: Mapping[int, dict[str, At]]) -> list[tuple[str, At]] | None:
    """Give what the roster says and a row that says otherwise of its year; None for no such row.

    A roster without years says where its subject lies now.
    """
    if not steps:
        return None
    latest = max(said.years, default=0)
    for year, parents in sorted(said.years.items()):
        if said.since:
            begun = max((each for each in steps if each <= year), default=None)
            listed = said.listed or None if begun is None else steps[begun]
        else:
            listed = said.listed if year == latest or len(parents) > 1 else None
        if listed is not None and parents.keys() != listed.keys():
            other = next(at for at in parents.items() if at[0] not in listed)
            return [next(iter(listed.items())), other]
    return None


def _apart(*said: Mapping[str, At]) -> list[tuple[str, At]]:
    """Give the first two rows that do not say the same."""
    first, *others = [at for parents in said for at in parents.items()]
    return [first, next((each for each in others if each[0] != first[0]), first)]


def _tell_differing(
    code: str,
    rows: Sequence[tuple[str, At]],
    used: str | None,
    log: RowLog,
    year: int | None = None,
) -> None:
    """Tell that two rows do not say the same of a parent, and what is made of it."""
    (one, first), (other, second) = rows
    before, here = log.places_of([first, second])
    when = say("", "") if year is None else say(f"{year}年", f" in {year}")
    told = say(
        f"{code} {when}的上级代码前后不一：{one}（{before}）、{other}（{here}）；",
        f"{code} has more than one parent{when}: {one} ({before}), {other} ({here});",
    )
    if used is None:
        told += say(
            "无法知道哪个对，都不采用，按它自己的代码确定所在地区；代码看不出的，两处的合计都不含它",
            " nobody can know which is right, so neither is used, and its own code tells where it"
            " lies; where that tells nothing, the sums of both leave it out",
        )
    else:
        told += say("按名录计入", " it is counted where the roster says")
    log.tell(
        second,
        "parent-differs",
        told,
        say("统一后重新提交", "make them agree"),
        subject=code,
        severity=Severity.ERROR if used is None else Severity.WARNING,
        year=year,
        fixed="parent",
        found=other,
        also=[first],
    )


def _tell_moved(  # noqa: PLR0913 - who moved where, and the rows that say so
    code: str,
    parents: Mapping[int, str],
    rows: Sequence[At],
    at: At,
    log: RowLog,
    *,
    listed: bool,
) -> None:
    told = list(zip(parents.items(), log.places_of(rows), strict=True))
    zh = "、".join(f"{year}年为 {parent}（{place}）" for (year, parent), place in told)
    en = ", ".join(f"{parent} in {year} ({place})" for (year, parent), place in told)
    log.tell(
        at,
        "parent-moves",
        say(
            f"{code} 的上级代码各年不同：{zh}；各年计入当年的上级",
            f"the parent of {code} is not the same in all years: {en}; each year is counted where"
            " it lay then",
        ),
        say(
            "确已划转的，在名录中写明现在的上级；填错的，更正",
            "if it moved, say in the roster where it lies now; else mend the code",
        ),
        subject=code,
        fixed="parent",
        severity=Severity.NOTE if listed else Severity.WARNING,
        found=parents[max(parents)],
        also=[row for row in rows if row != at],
    )


def tell_name_differs(
    code: str, first: tuple[str | None, At], second: tuple[str, At], log: RowLog
) -> None:
    """Tell that two rows do not call a subject the same; the first is used."""
    before, here = log.places_of([first[1], second[1]])
    log.tell(
        second[1],
        "name-differs",
        say(
            f"{code} 的名称前后不一：{first[0]}（{before}）、{second[0]}（{here}）；采用前者",
            f"{code} has more than one name: {first[0]} ({before}), {second[0]} ({here});"
            " the first is used",
        ),
        say("统一后重新提交", "make them agree"),
        subject=code,
        fixed="name",
        found=second[0],
        also=[first[1]],
    )
