"""What several rows say of one subject: contradictions, and moves from one parent to another.

A school is handed to another county, a class goes with its school into another. Then each year
counts where the subject lay in that year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from dabiao.intake.facts.kindred import Kin, Kindred
from dabiao.intake.facts.rows import At, Batch, places_of, problem_at
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.facts import Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem
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


def find_moves(
    batches: Iterable[Batch],
    kin: Mapping[Level, Kindred],
    origins: Sequence[Origin],
    noticed: ProblemLog,
) -> None:
    """Find who lies in one parent in one year and in another in another; tell who contradicts it.

    Where one year, or the roster, says two things, nobody moved: what is said first holds.
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
                here = (batch.origin, int(batch.numbers[at]))
                year = years[at]
                dated = said.since if batch.years is None else said.years
                into = dated.setdefault(year, {}) if year else said.listed
                into.setdefault(parent, here)
    for (level, code), said in found.items():
        _settle(code, kin[level][code], said, origins, noticed)


def _settle(
    code: str, known: Kin, said: _Said, origins: Sequence[Origin], noticed: ProblemLog
) -> None:
    if said.since and not _date(said):
        _tell_differing(code, known, said, origins, noticed)
        return
    each = {year: next(iter(parents)) for year, parents in sorted(said.years.items())}
    latest = next(reversed(each.values()), None)
    one = all(len(parents) == 1 for parents in said.years.values())
    if (
        not one
        or len(set(each.values())) == 1
        or (said.listed.keys() - {latest} and not said.since)
    ):
        _tell_differing(code, known, said, origins, noticed)
        return
    known.moves = dict(each)
    known.parent = latest
    year = min(year for year, parent in each.items() if parent == latest)
    known.placed = next(iter(said.years[year].values()))
    problem = _moved(code, each, said, known.placed, origins)
    if said.listed or said.since:
        noticed.note(problem)
    else:
        noticed.add(problem)


def _date(said: _Said) -> bool:
    """Add what a roster says from a year on to what rows say; tell whether they agree.

    What it says without a year was so before.
    """
    if min(said.since) < 0:
        return False  # nobody can say since when
    steps = dict(said.since)
    if said.listed:
        steps[min(steps) - 1] = said.listed
    for year, parents in said.years.items():
        begun = max((each for each in steps if each <= year), default=None)
        if begun is not None and parents.keys() != steps[begun].keys():
            return False
    if any(len(parents) > 1 for parents in steps.values()):
        return False
    said.years = steps | said.years
    return True


def _tell_differing(
    code: str, known: Kin, said: _Said, origins: Sequence[Origin], noticed: ProblemLog
) -> None:
    rows = [
        at
        for parents in (*said.years.values(), *said.since.values(), said.listed)
        for at in parents.items()
    ]
    other = next((parent, at) for parent, at in rows if at == known.differing)
    if known.placed is not None:
        noticed.add(differs(code, "parent", (known.parent, known.placed), other, origins))


def _moved(
    code: str, each: Mapping[int, str], said: _Said, at: At, origins: Sequence[Origin]
) -> Problem:
    rows = [next(iter(parents.values())) for _, parents in sorted(said.years.items())]
    places = places_of(origins, rows)
    told = list(zip(each.items(), places, strict=True))
    zh = "、".join(f"{year}年为 {parent}（{place}）" for (year, parent), place in told)
    en = ", ".join(f"{parent} in {year} ({place})" for (year, parent), place in told)
    return problem_at(
        origins,
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
        found=each[max(each)],
        also=[row for row in rows if row != at],
    )


def differs(
    code: str,
    what: str,
    first: tuple[str | None, At],
    second: tuple[str, At],
    origins: Sequence[Origin],
) -> Problem:
    """Tell that two rows do not say the same of a subject; the first is used."""
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
