"""Rows about what the other rows of their level lie in: totals that bear a code and no word."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from dabiao.intake.facts.rows import Batch, problem_at, without
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.facts import Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.subject import Place


def set_totals_aside(
    batches: Sequence[Batch],
    places: Mapping[str, Place],
    origins: Sequence[Origin],
    noticed: ProblemLog,
) -> list[Batch]:
    """Leave out the rows whose code is that of what other rows of their level lie in.

    Only where that code is known to be of a level above, or most rows give it as their parent: one
    mistyped parent makes no total of a sibling.
    """
    totals = {level: set(_totals(level, batches, places)) for level in Level}
    kept: list[Batch] = []
    for batch in batches:
        codes = totals[batch.level]
        rows = {at for at, code in enumerate(batch.codes) if code in codes} if codes else set()
        for at in sorted(rows):
            noticed.add(_problem(batch, at, origins))
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


def _problem(batch: Batch, at: int, origins: Sequence[Origin]) -> Problem:
    code, level = batch.codes[at], batch.level
    return problem_at(
        origins,
        (batch.origin, int(batch.numbers[at])),
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
        year=None if batch.years is None else int(batch.years[at]),
        fixed="code",
        found=code,
    )
