"""Which year is judged unless somebody says so, and which rows speak of years that look mistyped.

One wrong cell must not decide for all the others, so a year is judged by default only if a good
part of those who report do so for it (docs/judgement.md, section 3).
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from dabiao.intake.facts.rows import RowLog
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.distinct import distinct
from dabiao.schemas.facts import Facts, LevelFacts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

_DECADE = 10
"""How far back a year of few looks like a slip of a digit, as 2015 for 2025."""
_YEAR_BITS = 16


def judged_year(facts: Facts) -> int | None:
    """Give the year that is judged unless somebody says which; None if no row has a year."""
    return _judged(facts.levels, _by_level(facts.levels))


def passed_over(facts: Facts, judged: int) -> dict[int, int]:
    """Give the years later than one, and how many subjects report on each."""
    counts = _in_all(_by_level(facts.levels))
    return {year: counts[year] for year in sorted(counts) if year > judged}


def reporting_on(facts: Facts, year: int) -> int:
    """Count the subjects that report on a year."""
    return _in_all(_by_level(facts.levels))[year]


def tell_strays(levels: Mapping[Level, LevelFacts], log: RowLog) -> None:
    """Tell of every row whose year is later than the one that is judged, or long before it.

    An early year is told of only where few report on it and the subject has no row of the year
    judged: that is what a slip of a digit leaves behind, and a baseline does not.
    """
    by_level = _by_level(levels)
    judged = _judged(levels, by_level)
    if judged is None:
        return
    counts = _in_all(by_level)
    for level, table in levels.items():
        strays = table.year > judged
        few = [
            year
            for year, number in by_level.get(level, {}).items()
            if year <= judged - _DECADE and 2 * number <= max(by_level[level].values())
        ]
        if few:
            has = np.zeros(len(table.codes), np.bool_)
            has[table.subject[table.year == judged]] = True
            strays |= np.isin(table.year, few) & ~has[table.subject]
        for row in np.flatnonzero(strays).tolist():
            _tell(table, row, judged, counts, log)


def tell_of_years_to_come(facts: Facts, this_year: int) -> None:
    """Tell of every row of the year that is judged by default, where that has yet to come."""
    judged = judged_year(facts)
    if judged is None or judged <= this_year:
        return
    noticed = ProblemLog()
    log = RowLog(facts.origins, noticed)
    for table in facts.levels.values():
        for row in np.flatnonzero(table.year == judged).tolist():
            log.tell(
                table.where(row),
                "stray-year",
                say(
                    f"年份“{judged}”比今年（{this_year} 年）还晚",
                    f'"{judged}" is later than this year, {this_year}',
                ),
                say(
                    "年份填错的，更正；确要考核的，用 --as-of 写明",
                    "mend the year if it is wrong; say --as-of if it is meant",
                ),
                subject=table.codes[int(table.subject[row])],
                year=judged,
                fixed="year",
                found=str(judged),
                cause=f"stray-year {judged}",
            )
    noticed.finish()
    facts.problems.extend(noticed.problems)


def _tell(table: LevelFacts, row: int, judged: int, counts: Mapping[int, int], log: RowLog) -> None:
    year = int(table.year[row])
    few, many = counts[year], counts[judged]
    log.tell(
        table.where(row),
        "stray-year",
        say(
            f"年份“{year}”只有 {few} 个对象填报，{judged} 年有 {many} 个；"
            f"默认考核 {judged} 年，不考核 {year} 年",
            f'"{year}" is a year that {few} subjects report on, and {many} report on {judged},'
            f" which is judged by default instead",
        ),
        say(
            f"年份填错的，更正；确要考核 {year} 年的，写明 --as-of {year}",
            f"mend the year if it is wrong; to have {year} judged, say --as-of {year}",
        ),
        subject=table.codes[int(table.subject[row])],
        year=year,
        fixed="year",
        found=str(year),
        cause=f"stray-year {year}",
    )


def _by_level(levels: Mapping[Level, LevelFacts]) -> dict[Level, Counter[int]]:
    """Count per level the subjects that have a row of a year."""
    found: dict[Level, Counter[int]] = {}
    for level, table in levels.items():
        if len(table.year):
            keys = table.subject.astype(np.int64) << _YEAR_BITS | table.year
            if (keys[1:] <= keys[:-1]).any():  # hardly ever: mostly each has one row, in order
                keys = distinct(keys)
            numbers = np.bincount(keys & ((1 << _YEAR_BITS) - 1))
            years = np.flatnonzero(numbers)
            found[level] = Counter(dict(zip(years.tolist(), numbers[years].tolist(), strict=True)))
    return found


def _in_all(by_level: Mapping[Level, Mapping[int, int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for numbers in by_level.values():
        counts.update(numbers)
    return counts


def _judged(
    levels: Mapping[Level, LevelFacts], by_level: Mapping[Level, Mapping[int, int]]
) -> int | None:
    """Let every level name its year, and take the one that most of them name."""
    if not by_level:
        return None
    named = Counter(
        _latest(numbers, int(np.count_nonzero(np.bincount(levels[level].subject))))
        for level, numbers in by_level.items()
    )
    counts = _in_all(by_level)
    return max(named, key=lambda year: (named[year], counts[year], -year))


def _latest(numbers: Mapping[int, int], subjects: int) -> int:
    """Give the latest year with more than half as many subjects as the year with most.

    Where every year has one subject, and not always the same, the last one alone names no year.
    """
    most = max(numbers.values())
    years = sorted(year for year, number in numbers.items() if 2 * number > most)
    return years[-2] if most == 1 < min(subjects, len(years)) else years[-1]
