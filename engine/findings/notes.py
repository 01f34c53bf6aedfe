"""Remarks on the quality of the data: what contradicts itself or cannot be placed."""

from collections.abc import Iterator, Sequence

import numpy as np

from dabiao.engine.data.algebra import TOLERANCE, Flags, Numbers, numbers, quiet, tidy
from dabiao.engine.evaluation.evaluate import Evaluator, sums_up
from dabiao.engine.findings.naming import Names
from dabiao.rules.catalog.catalog import Rule
from dabiao.schemas.facts import LevelFacts
from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem
from dabiao.schemas.reasons.remarks import ReadingProblem
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Note


@dataclass(frozen=True, slots=True)
class _Column:
    """What was reported under one name at one level in one year, and what it comes to."""

    kind: str
    slug: str
    level: Level
    year: int
    reported: Numbers
    computed: Numbers


class Notes:
    """Finds remarks.

    Args:
        evaluator: Evaluates formulas.
        names: Names measures.
    """

    def __init__(self, evaluator: Evaluator, names: Names) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._names = names

    def find(self, years: Sequence[int], rules: Sequence[Rule]) -> list[Note]:
        """List everything remarkable, in an order that depends on nothing but the data.

        Args:
            years: The years judged.
            rules: The rules judged by; where a subject lies matters only to rules with an area.
        """
        found = [self._of_problem(problem) for problem in self._frames.facts.problems]
        found += self._unplaced(rules)
        found += self._named(rules)
        found += self._unlisted(rules)
        for level, table in sorted(
            self._frames.facts.levels.items(), key=lambda each: each[0].rank
        ):
            for year in years:
                for column in self._columns(level, table, year):
                    found += self._differences(column)
        return found

    def _of_problem(self, problem: Problem) -> Note:
        source = None
        if problem.file is not None:
            source = Source(file=problem.file, sheet=problem.sheet, cell=problem.cell)
        code, item = problem.subject, problem.item
        return Note(
            kind="problem",
            of=None if code is None else self._names.coded(code),
            year=problem.year,
            source=source,
            about=() if item is None else (self._names.measure(item),),
            remark=ReadingProblem(problem.message),
        )

    def _unplaced(self, rules: Sequence[Rule]) -> Iterator[Note]:
        for level in Level:
            if any(rule.level is level and rule.jurisdiction is not None for rule in rules):
                for at in self._frames.hierarchy.unplaced(level):
                    of = self._names.subject(level, at)
                    yield Note(kind="unplaced", of=of, level=level)

    def _named(self, rules: Sequence[Rule]) -> Iterator[Note]:
        """List subjects that only others speak of, where rules would have judged them."""
        for level in Level:
            areas = {rule.jurisdiction for rule in rules if rule.level is level}
            if not areas:
                continue
            tier = self._frames.tier(level)
            bound = np.zeros(len(tier), bool)
            for area in areas:
                who = self._frames.hierarchy.inside(area, level)
                bound[slice(None) if who is None else who] = True
            for at in np.flatnonzero(bound & ~self._frames.reporting(level)).tolist():
                of = self._names.subject(level, at)
                yield Note(kind="only-named", of=of, level=level)

    def _unlisted(self, rules: Sequence[Rule]) -> Iterator[Note]:
        """List subjects that report and stand in no roster, where a roster covers their place."""
        levels = {rule.level for rule in rules} or set(Level)
        for level in sorted(levels & self._frames.facts.levels.keys(), key=lambda each: each.rank):
            unlisted = self._frames.lifetimes.unlisted(level) & self._frames.reporting(level)
            for at in np.flatnonzero(unlisted).tolist():
                of = self._names.subject(level, at)
                yield Note(kind="not-in-roster", of=of, level=level)

    def _columns(self, level: Level, table: LevelFacts, year: int) -> Iterator[_Column]:
        vocabulary = self._evaluator.vocabulary
        for slug in sorted(table.columns):
            item = vocabulary.items.get(slug)
            formula = vocabulary.formulas.get(slug)
            if formula is None and (item is None or not sums_up(item, level)):
                continue  # as most are
            reported = self._frames.values(level, slug, year)
            if reported is None or np.isnan(reported).all():
                continue
            if item is not None and sums_up(item, level):
                below = self._evaluator.summed(item, level, year, "")
                yield _Column("sum-differs", slug, level, year, reported, below)
            elif formula is not None and not self._evaluator.is_scoped(formula):
                computed = numbers(self._evaluator.value(formula, level, year, ""))
                yield _Column("indicator-differs", slug, level, year, reported, computed)

    def _differences(self, column: _Column) -> Iterator[Note]:
        for at in np.flatnonzero(_differ(column.reported, column.computed)).tolist():
            reported, computed = float(column.reported[at]), float(column.computed[at])
            if column.kind == "indicator-differs" and _rounds_to(computed, reported):
                continue
            yield self._difference(column, at, tidy(reported), tidy(computed))

    def _difference(self, column: _Column, at: int, reported: Scalar, computed: Scalar) -> Note:
        report = self._frames.report(column.level, column.slug, column.year, at)
        return Note(
            kind=column.kind,
            of=self._names.subject(column.level, at),
            level=column.level,
            year=column.year,
            reported=reported,
            computed=computed,
            source=report.source if report else None,
            about=(self._names.measure(column.slug),),
        )


@quiet
def _differ(reported: Numbers, computed: Numbers) -> Flags:
    largest = np.maximum(np.abs(reported), np.abs(computed))
    differ: Flags = np.abs(reported - computed) > TOLERANCE * largest
    return differ


def _rounds_to(computed: float, reported: float) -> bool:
    """Tell whether a reported value is the computed one, rounded.

    Examples:
        >>> _rounds_to(55.5556, 55.6), _rounds_to(55.5556, 55.5)
        (True, False)
    """
    decimals = len(f"{reported:.12f}".rstrip("0").partition(".")[2])
    return abs(computed - reported) <= 0.5 * 10.0**-decimals * (1 + TOLERANCE)
