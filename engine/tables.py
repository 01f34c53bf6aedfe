"""The tables of documents, filled in: the same values and outcomes as in findings."""

from collections.abc import Iterator
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import Index, Truths, tidy
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.judgement import Judgement
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.indicator_table import (
    ColumnSource,
    DocumentTable,
    IndicatorTable,
    TargetRow,
    TargetTable,
)
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Span, Within
from dabiao.rules.catalog.timing import deadline
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.filled_table import (
    DocumentTableFilled,
    FilledTable,
    FilledTargets,
    TableCell,
    TableHead,
    TableRow,
    TableTarget,
)
from dabiao.schemas.finding import Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.source import is_number
from dabiao.schemas.subject import Subject

_DIGITS = 12
"""Digits of a share of a way, which is a quotient of differences."""


def filled(
    judgement: Judgement, table: DocumentTable, place: str | None = None
) -> list[DocumentTableFilled]:
    """Fill a table in for each place that has rows in it, in the year judged last.

    Args:
        judgement: What was judged, by the rules of the table at least.
        table: The table.
        place: Code of the one place wanted, or of one that contains it; all if None.
    """
    match table:
        case IndicatorTable():
            filling = _Filling(judgement, table)
            return [each for each in filling.tables(place) if each.rows or each.undecided]
        case TargetTable():
            targets = _TargetFilling(judgement, table)
            return [targets.filled(each) for each in targets.places(place)]
        case _:
            assert_never(table)


class _Filling:
    """The filling in of one table."""

    def __init__(self, judgement: Judgement, table: IndicatorTable) -> None:
        self._judgement, self._table = judgement, table
        self._year = judgement.as_of
        self._frames = judgement.evaluator.frames
        self._catalog = judgement.catalog

    def tables(self, place: str | None) -> Iterator[FilledTable]:
        whole = self._table.whole
        for at in range(self._frames.size(whole)):
            subject = self._subject(whole, at)
            if place is None or place == subject.code or place in subject.parents:
                yield self._filled(at, subject)

    def _filled(self, at: int, place: Subject) -> FilledTable:
        table, lifetimes = self._table, self._frames.lifetimes
        members = lifetimes.members(table.level, table.whole, at, self._year)
        members = members[self._frames.reporting(table.level)[members]]
        belongs = self._belongs(len(members), members)
        return FilledTable(
            title=table.title,
            document=self._catalog.documents[table.document].title,
            place=place,
            year=self._year,
            level=table.level,
            heads=tuple(self._heads()),
            rows=tuple(self._row(each) for each in members[belongs == 1].tolist()),
            foot=self._foot(at),
            undecided=tuple(
                self._subject(table.level, each) for each in members[belongs < 0].tolist()
            ),
        )

    def _belongs(self, count: int, members: Index) -> Truths:
        condition = self._table.condition
        if condition is None:
            return np.ones(count, np.int8)
        vector = self._judgement.evaluator.value(
            condition, self._table.level, self._year, self._table.document
        )
        return vector[members].astype(np.int8)

    def _row(self, at: int) -> TableRow:
        cells = tuple(self._cell(each.body, self._table.level, at) for each in self._table.columns)
        judged = [each for each in cells if each.outcome not in (None, Outcome.NOT_APPLICABLE)]
        return TableRow(
            subject=self._subject(self._table.level, at),
            cells=cells,
            met=sum(each.outcome is Outcome.COMPLIANT for each in judged),
            judged=len(judged),
        )

    def _foot(self, at: int) -> tuple[TableCell, ...]:
        feet = [each.foot for each in self._table.columns]
        if not any(feet):
            return ()
        return tuple(
            TableCell() if foot is None else self._cell(foot, self._table.whole, at)
            for foot in feet
        )

    def _cell(self, source: ColumnSource, level: Level, at: int) -> TableCell:
        spot = SubjectYear(level, at, self._year)
        vector = self._judgement.evaluator.value(
            source.formula, spot.level, spot.year, self._table.document
        )
        outcome = None
        if source.rule is not None:
            rule = self._catalog.rules[source.rule]
            outcome = self._judgement.verdict(rule, self._year).of(at)
        return TableCell(value=self._judgement.builder.inputs.scalar(vector, at), outcome=outcome)

    def _heads(self) -> Iterator[TableHead]:
        for each in self._table.columns:
            foot = each.foot
            yield TableHead(
                heading=each.heading,
                unit=each.body.unit,
                foot_unit=foot.unit if foot is not None else "",
                rule=each.body.rule,
                foot_rule=foot.rule if foot is not None else None,
                norm=self._norm(each.body),
                foot_norm=self._norm(foot),
                bound=self._bound(each.body),
                foot_bound=self._bound(foot),
            )

    def _norm(self, source: ColumnSource | None) -> str | None:
        if source is None or source.rule is None:
            return None
        return self._judgement.builder.names.chinese_norm(self._catalog.rules[source.rule])

    def _bound(self, source: ColumnSource | None) -> float | None:
        if source is None or source.rule is None:
            return None
        bound = self._catalog.rules[source.rule].norm_record.threshold
        return float(bound) if isinstance(bound, int | float) else None

    def _subject(self, level: Level, at: int) -> Subject:
        return self._judgement.builder.subject(level, at, self._year)


class _TargetFilling:
    """The filling in of one target table."""

    def __init__(self, judgement: Judgement, table: TargetTable) -> None:
        self._judgement, self._table = judgement, table
        self._year = judgement.as_of
        self._frames = judgement.evaluator.frames
        self._rules = judgement.catalog.rules

    def places(self, place: str | None) -> Iterator[Subject]:
        """Find the places that reported, and that one of its rules judges."""
        whole, verdict = self._table.whole, self._judgement.verdict
        segments = [verdict(self._rules[id_], self._year).segment for id_ in self._table.rules]
        reporting = self._frames.reporting(whole)
        for at in range(self._frames.size(whole)):
            subject = self._judgement.builder.subject(whole, at, self._year)
            wanted = place is None or place == subject.code or place in subject.parents
            if wanted and reporting[at] and any(each.speaks_of(at) for each in segments):
                yield subject

    def filled(self, place: Subject) -> FilledTargets:
        """Fill it in for one place."""
        return FilledTargets(
            title=self._table.title,
            document=self._judgement.catalog.documents[self._table.document].title,
            place=place,
            year=self._year,
            targets=tuple(self._target(each, place.code) for each in self._table.rows),
        )

    def _target(self, row: TargetRow, place: str) -> TableTarget:
        rule = self._rules[row.rule]
        said, target = rule.norm_record.comparator, rule.norm_record.threshold
        baseline = self._baseline(rule, place)
        observation = self._judgement.look(rule, place, self._year)
        value: Scalar = None
        if observation is not None:
            finding = self._judgement.builder.finding(observation, brief=True)
            value = finding.observed
            target = finding.required.value if target is None else target
        return TableTarget(
            rule=rule.id,
            name=row.name,
            group=row.group,
            norm=self._judgement.builder.names.chinese_norm(rule),
            unit=rule.unit,
            baseline_year=None if baseline is None or rule.baseline is None else rule.baseline.year,
            baseline=baseline,
            comparator=None if said is None else Comparator(said),
            target=target,
            upper=rule.norm_record.upper,
            due=deadline(rule),
            value=value,
            progress=_progress(rule, baseline, target, value),
            outcome=None if observation is None else observation.outcome,
        )

    def _baseline(self, rule: Rule, place: str) -> Scalar:
        """Give the value that a target begins at: as printed, else as submitted."""
        if rule.baseline is None or not isinstance(rule.norm, Compares | Within):
            return None
        if rule.baseline.value is not None:
            return rule.baseline.value
        at = self._frames.tier(rule.level).find(place)
        if at is None or at >= self._frames.size(rule.level):
            return None
        year, document = rule.baseline.year, rule.document.id
        vector = self._judgement.evaluator.value(rule.norm.value, rule.level, year, document)
        return self._judgement.builder.inputs.scalar(vector, at)


def _progress(rule: Rule, baseline: Scalar, target: Scalar, value: Scalar) -> float | None:
    """Work out how much of a way lies behind, in %; None where there is no way to go.

    Examples:
        There is none to a target that the baseline keeps already, and none to a band of values.
    """
    if not is_number(target) or not is_number(value):
        return None
    match rule.norm:
        case Changes(span=Span.SINCE):
            begin: float = 0.0
        case Compares(comparator=comparator) if is_number(baseline):
            begin = baseline
            up = comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
            down = comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
            if not (up and begin < target) and not (down and begin > target):
                return None
        case Compares() | Within() | Changes() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(rule.norm)
    return None if target == begin else tidy(100 * (value - begin) / (target - begin), _DIGITS)
