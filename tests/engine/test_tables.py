"""Tables filled in: the values of formulas and the outcomes of rules, place by place."""

from dataclasses import replace

from dabiao.engine.tables import filled
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.indicator_table import (
    ColumnSource,
    IndicatorColumn,
    IndicatorTable,
    TargetRow,
    TargetTable,
)
from dabiao.rules.catalog.norm import Changes, Direction, Norm, Span
from dabiao.rules.formulas.formula import Below, Fold, Formula, Number, Relates, Relation
from dabiao.schemas.filled_table import FilledTable, FilledTargets, TableTarget
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.engine.builders import (
    A,
    B,
    Sub,
    at_least,
    at_most,
    county,
    judged,
    pack,
    rule,
    school,
)

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
    found = filled(judged(catalog, *subjects), described, place)
    return [each for each in found if isinstance(each, FilledTable)]


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


DUE = Timing(kind=TimingKind.DUE, last=2025)


def target(asked: Rule, *subjects: Sub) -> TableTarget:
    """Fill in a target table of one rule for one county."""
    rows = (TargetRow(asked.id, "甲", "一"),)
    table = TargetTable("指标", "plan", Level.COUNTY, rows, "x.feature", 1)
    catalog = replace(pack(asked), tables={table.title: table})
    (found,) = filled(judged(catalog, *subjects), table)
    assert isinstance(found, FilledTargets)
    return found.targets[0]


def due(norm: Norm, year: int = 2020, value: float | None = None) -> Rule:
    """State a rule on counties due in 2025, with a baseline."""
    baseline = Baseline(year=year, value=value)
    return rule(norm, level=Level.COUNTY, timing=DUE, baseline=baseline)


def test_a_target_shows_how_much_of_the_way_lies_behind() -> None:
    """From the printed baseline to the target, whichever way it goes, and past it too."""
    rising, falling = due(at_least(10), value=5), due(at_most(10), value=20)
    submitted = county(a=9)

    found = target(rising, submitted)
    assert (found.baseline_year, found.baseline, found.value) == (2020, 5, 9)
    assert (found.due, found.outcome, found.progress) == (2025, Outcome.VIOLATION, 80)
    assert found.target == 10
    assert target(falling, submitted).progress == 110
    assert target(rising, county(a=4)).progress == -20


def test_a_baseline_that_is_not_printed_is_the_submitted_one() -> None:
    """The figure of that year; without one there is no progress."""
    asked = due(at_least(10))
    row = county(a=9)
    both = replace(row, years={2020: {"a": 8}, **row.years})

    assert target(asked, both).progress == 50
    assert target(asked, row).progress is None
    assert target(asked, row).value == 9


def test_there_is_no_progress_where_there_is_no_way() -> None:
    """To a target that was kept at the beginning, without a beginning, or without a value."""
    standing = rule(at_least(10), level=Level.COUNTY)

    assert target(due(at_least(10), value=12), county(a=9)).progress is None
    assert target(due(at_least(10), value=10), county(a=9)).progress is None
    assert target(standing, county(a=9)).progress is None
    missing = target(due(at_least(10), value=5), county(b=1))
    assert (missing.value, missing.progress, missing.outcome) == (None, None, Outcome.MISSING)


def test_of_a_change_it_is_the_share_of_the_change() -> None:
    """Asked to rise by 4 since 2020, and risen by 3."""
    norm = Changes(A, Direction.RISE, Span.SINCE, 4.0, since=2020)
    row = county(a=9)
    both = replace(row, years={2020: {"a": 6}, **row.years})

    found = target(rule(norm, level=Level.COUNTY, timing=DUE), both)

    assert (found.value, found.target, found.progress) == (3, 4, 75)


def test_a_place_that_no_rule_of_it_judges_has_no_target_table() -> None:
    """A county elsewhere."""
    asked = rule(at_least(10), level=Level.COUNTY, area="150602")
    table = TargetTable("指标", "plan", Level.COUNTY, (TargetRow(asked.id, "甲"),), "x", 1)
    catalog = replace(pack(asked), tables={table.title: table})

    def places(*subjects: Sub) -> list[str]:
        return [each.place.code for each in filled(judged(catalog, *subjects), table)]

    assert places(county("150602", a=1), county("150603", a=1)) == ["150602"]
