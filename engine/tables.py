"""The tables of documents, filled in: the same values and outcomes as in findings."""

from collections.abc import Iterator

import numpy as np

from dabiao.engine.data.algebra import Index, Truths
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.judgement import Judgement
from dabiao.rules.catalog.indicator_table import ColumnSource, IndicatorTable
from dabiao.schemas.filled_table import FilledTable, TableCell, TableHead, TableRow
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.subject import Subject


def filled(
    judgement: Judgement, table: IndicatorTable, place: str | None = None
) -> list[FilledTable]:
    """Fill a table in for each place that has rows in it, in the year judged last.

    Args:
        judgement: What was judged, by the rules of the table at least.
        table: The table.
        place: Code of the one place wanted, or of one that contains it; all if None.
    """
    filling = _Filling(judgement, table)
    return [each for each in filling.tables(place) if each.rows or each.undecided]


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
        return self._catalog.rules[source.rule].norm_text

    def _bound(self, source: ColumnSource | None) -> float | None:
        if source is None or source.rule is None:
            return None
        bound = self._catalog.rules[source.rule].norm_record.threshold
        return float(bound) if isinstance(bound, int | float) else None

    def _subject(self, level: Level, at: int) -> Subject:
        return self._judgement.builder.subject(level, at, self._year)
