"""Tables filled in: the values of formulas and the outcomes of rules, place by place."""

from dataclasses import replace

from dabiao.engine.tables import filled
from dabiao.rules.catalog.indicator_table import ColumnSource, IndicatorColumn, IndicatorTable
from dabiao.rules.formulas.formula import Below, Fold, Formula, Number, Relates, Relation
from dabiao.schemas.filled_table import FilledTable
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import A, B, Sub, at_least, county, judged, pack, rule, school

SUM = Below(Fold.SUM, Level.SCHOOL, A, None)


def table(condition: Formula | None = None) -> IndicatorTable:
    """Describe a table with a shaded column, one that no rule looks at, and a foot."""
    return IndicatorTable(
        title="表",
        document="plan",
        whole=Level.COUNTY,
        level=Level.SCHOOL,
        condition=condition,
        columns=(
            IndicatorColumn("甲", ColumnSource(A, "人", "plan/r"), ColumnSource(SUM, "人")),
            IndicatorColumn("乙", ColumnSource(B, "人")),
        ),
        file="x.feature",
        line=1,
    )


def fill(described: IndicatorTable, *subjects: Sub, place: str | None = None) -> list[FilledTable]:
    """Fill the table in from what schools and counties submitted."""
    catalog = replace(
        pack(rule(at_least(5), level=Level.SCHOOL)), tables={described.title: described}
    )
    return filled(judged(catalog, *subjects), described, place)


def test_rows_hold_values_and_outcomes_and_the_foot_is_of_the_place() -> None:
    """A row is a subject; the foot is missing where one of its values is."""
    (found,) = fill(table(), county(), school("S1", a=6, b=1), school("S2", a=4), school("S3", b=2))

    cells = [[(each.value, each.outcome) for each in row.cells] for row in found.rows]
    assert cells == [
        [(6, Outcome.COMPLIANT), (1, None)],
        [(4, Outcome.VIOLATION), (None, None)],
        [(None, Outcome.MISSING), (2, None)],
    ]
    assert [(row.met, row.judged) for row in found.rows] == [(1, 1), (0, 1), (0, 1)]
    assert [each.value for each in found.foot] == [None, None]
    assert found.heads[0].norm == "要求"


def test_the_foot_is_worked_out_where_nothing_is_missing() -> None:
    """A sum over the rows stands below them."""
    (found,) = fill(table(), county(), school("S1", a=6), school("S2", a=4))

    assert found.foot[0].value == 10


def test_only_those_who_belong_have_a_row_and_the_undecided_are_named() -> None:
    """Nobody is left out in silence for want of a fact."""
    condition = Relates(Relation.MORE, B, Number(0.0))

    (found,) = fill(
        table(condition), county(), school("S1", a=6, b=1), school("S2", a=4, b=0), school("S3")
    )

    assert [row.subject.code for row in found.rows] == ["S1"]
    assert [each.code for each in found.undecided] == ["S3"]


def test_a_table_for_each_place_or_for_the_one_wanted() -> None:
    """A place without rows has no table."""
    subjects = (
        county("150602"),
        county("150603"),
        school("S1", "150602", a=6),
        school("S2", "150603", a=4),
    )

    assert [each.place.code for each in fill(table(), *subjects)] == ["150602", "150603"]
    assert [each.place.code for each in fill(table(), *subjects, place="150603")] == ["150603"]
    assert fill(table(), county("150602")) == []
