"""The naive evaluator, held to examples worked by hand from docs/judgement.md."""

import pytest

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.engine.builders import (
    Cell,
    Known,
    Row,
    Submission,
    catalog,
    document,
    indicator,
    item,
    rule,
)
from tests.engine.naive import Verdict, judge
from tests.engine.naive_norms import rounded

COUNTY, SCHOOL, CLASS = Level.COUNTY, Level.SCHOOL, Level.CLASS
X, Y = f.Measured("x"), f.Measured("y")
SCHOOL_ITEMS = (item("x", SCHOOL), item("y", SCHOOL))
AT_LEAST, AT_MOST = Comparator.AT_LEAST, Comparator.AT_MOST


def one_school(norm: Norm | Rule, *, asked: int = 2025, **years: dict[str, Cell]) -> Verdict:
    """Judge one school by one norm; keywords such as ``in_2025`` give its cells."""
    judged = norm if isinstance(norm, Rule) else rule(norm)
    rows = tuple(Row(SCHOOL, "s", int(name[3:]), cells) for name, cells in years.items())
    facts = Submission((Known(SCHOOL, "s"),), rows).facts()
    return judge(catalog([judged], SCHOOL_ITEMS), facts, [asked])[0]


def at_least(bound: float, value: f.Formula = X) -> Compares:
    """不低于."""
    return Compares(value, AT_LEAST, f.Number(bound))


def due(norm: Norm, *, baseline: float | None = None, decimals: int | None = None) -> Rule:
    """到2025年底, from 2020."""
    return rule(
        norm,
        timing=Timing(kind=TimingKind.DUE, last=2025),
        baseline=Baseline(year=2020, value=baseline),
        decimals=decimals,
    )


@pytest.mark.parametrize(
    ("comparator", "low", "same", "high"),
    [
        (AT_LEAST, False, True, True),
        (Comparator.MORE_THAN, False, False, True),
        (AT_MOST, True, True, False),
        (Comparator.LESS_THAN, True, False, False),
        (Comparator.EQUAL, False, True, False),
    ],
)
def test_the_bound_itself_is_neither_above_nor_below(
    comparator: Comparator, *, low: bool, same: bool, high: bool
) -> None:
    """The bound itself, and what lies within 1e-9 of it, is neither above nor below."""
    norm = Compares(X, comparator, f.Number(45.0))
    values = {45.0 * (1 - 2e-9): low, 45.0 * (1 - 5e-10): same, 45.0: same, 45.0 * (1 + 2e-9): high}

    for value, holds in values.items():
        found = one_school(norm, in_2025={"x": value}).outcome
        assert (found is Outcome.COMPLIANT) is holds, value


def test_between_is_decided_by_one_broken_bound() -> None:
    """The other may be missing."""
    norm = Within(X, f.Number(10.0), Y)

    assert one_school(norm, in_2025={"x": 9.0}).outcome is Outcome.VIOLATION
    assert one_school(norm, in_2025={"x": 9.0}).gap == 1
    assert one_school(norm, in_2025={"x": 11.0}).outcome is Outcome.MISSING
    assert one_school(norm, in_2025={"x": 11.0, "y": 11.0}).outcome is Outcome.COMPLIANT


def test_halves_are_rounded_away_from_zero() -> None:
    """Half away from zero, as people read the number; 5 of 9 is 55.6%."""
    assert [rounded(number, 1) for number in (0.25, -0.25, 500 / 9)] == [0.3, -0.3, 55.6]
    assert (rounded(2.675, 2), rounded(2.675, None)) == (2.68, 2.675)


def test_nothing_is_left_of_a_difference() -> None:
    """0.3 − (0.1 + 0.2) is nothing."""
    rest = f.Calculation(
        f.Arithmetic.SUBTRACT,
        f.Number(0.3),
        f.Calculation(f.Arithmetic.ADD, X, Y),
    )

    assert one_school(at_least(0.0, rest), in_2025={"x": 0.1, "y": 0.2}).observed == 0


@pytest.mark.parametrize(
    ("formula", "outcome"),
    [
        (f.Both(f.Relates(f.Relation.EQUAL, X, f.Number(1.0)), Y), Outcome.NOT_APPLICABLE),
        (f.Both(f.Relates(f.Relation.EQUAL, X, f.Number(2.0)), Y), Outcome.MISSING),
        (f.Either(f.Relates(f.Relation.EQUAL, X, f.Number(2.0)), Y), Outcome.COMPLIANT),
        (f.Either(Y, f.Relates(f.Relation.EQUAL, X, f.Number(1.0))), Outcome.MISSING),
        (f.Negation(f.Relates(f.Relation.MORE, X, f.Number(1.0))), Outcome.NOT_APPLICABLE),
    ],
)
def test_three_values(formula: f.Formula, outcome: Outcome) -> None:
    """且 with a false side is false, 或 with a true side is true, whatever is missing."""
    judged = rule(at_least(0.0), condition=formula)

    assert one_school(judged, in_2025={"x": 2.0}).outcome is outcome


@pytest.mark.parametrize(
    ("timing", "outcomes"),
    [
        (Timing(kind=TimingKind.DUE, last=2022), "推进中 未达标 未达标 未达标"),
        (Timing(kind=TimingKind.WITHIN, last=2022), "推进中 未达标 未达标 未达标"),
        (Timing(kind=TimingKind.STANDING, first=2022), "不适用 未达标 未达标 达标"),
        (Timing(kind=TimingKind.STANDING), "未达标 未达标 未达标 达标"),
        (Timing(kind=TimingKind.SPAN, first=2021, last=2022), "未达标 未达标 不适用 不适用"),
    ],
    ids=["due", "within", "from", "always", "span"],
)
def test_outcomes_before_in_and_after_the_year(timing: Timing, outcomes: str) -> None:
    """2021 to 2024, with figures that comply in 2024 only."""
    judged = rule(at_least(5.0), timing=timing)
    figures: dict[str, dict[str, Cell]] = {f"in_{year}": {"x": 1.0} for year in (2021, 2022, 2023)}
    figures["in_2024"] = {"x": 5.0}
    found = [one_school(judged, asked=year, **figures).outcome.zh for year in range(2021, 2025)]

    expected = outcomes.split()
    if timing.kind is TimingKind.DUE:
        expected[3] = "达标"
    assert found == expected


def test_outside_the_period() -> None:
    """不适用 before anything else."""
    judged = rule(at_least(5.0), document=document(first=2021, last=2024))

    assert one_school(judged, in_2025={"x": 1.0}).outcome is Outcome.NOT_APPLICABLE


def test_a_line_rises_evenly() -> None:
    """From 50 in 2020 to 100 in 2025 it stands at 80 in 2023."""
    for value, outcome in ((79.9, Outcome.BEHIND), (80.0, Outcome.ON_TRACK)):
        judged = due(at_least(100.0), baseline=50.0)
        assert one_school(judged, asked=2023, in_2023={"x": value}).outcome is outcome
    found = one_school(due(at_least(100.0)), asked=2023, in_2020={"x": 50.0}, in_2023={"x": 79.9})
    assert found.outcome is Outcome.BEHIND
    assert found.gap == pytest.approx(20.1)
    assert (
        one_school(due(at_least(100.0)), asked=2023, in_2023={"x": 0.0}).outcome is Outcome.ON_TRACK
    )
    lower = due(Compares(X, AT_MOST, f.Number(0.0)), baseline=50.0)
    assert one_school(lower, asked=2023, in_2023={"x": 20.1}).outcome is Outcome.BEHIND


@pytest.mark.parametrize(
    ("norm", "baseline", "observed"),
    [
        (Changes(X, Direction.RISE, Span.YEAR, 0.0), None, 4.0),
        (Changes(X, Direction.FALL, Span.YEAR, 0.0), None, -4.0),
        (Changes(X, Direction.RISE, Span.SINCE, 1.0, since=2020), 10.0, 2.0),
        (Changes(X, Direction.RISE, Span.SINCE, 1.0, since=2021), 10.0, 10.0),
        (Changes(X, Direction.RISE, Span.SINCE, 1.0, relative=True, since=2021), None, 500.0),
        (Changes(X, Direction.RISE, Span.ANNUALISED, 1.0), 2.0, 2.0),
        (Changes(X, Direction.FALL, Span.ANNUALISED, 1.0, relative=True), 384.0, 50.0),
        (Changes(X, Direction.RISE, Span.ANNUALISED, 1.0, relative=True), -1.0, None),
    ],
)
def test_changes_are_from_year_to_year_or_from_a_baseline(
    norm: Changes, baseline: float | None, observed: float | None
) -> None:
    """8 in 2024, 12 in 2025, 2 in 2021; a printed baseline counts for its very year."""
    judged = due(norm, baseline=baseline)
    found = one_school(judged, in_2021={"x": 2.0}, in_2024={"x": 8.0}, in_2025={"x": 12.0})

    assert found.observed == (None if observed is None else pytest.approx(observed))


def test_a_change_so_close_is_the_bound() -> None:
    """0.3 − 0.1 is a rise of 0.2."""
    norm = Changes(X, Direction.RISE, Span.YEAR, 0.2)
    found = one_school(norm, in_2024={"x": 0.1}, in_2025={"x": 0.3})

    assert (found.outcome, found.observed) == (Outcome.COMPLIANT, 0.2)


# One county "c" with three classes of 10, 20 and 30 in two schools; the county's school "lone" has
# no class.
SUBJECTS = (
    Known(COUNTY, "c"),
    Known(SCHOOL, "s", "c"),
    Known(SCHOOL, "t", "c"),
    Known(SCHOOL, "lone", "c"),
    Known(CLASS, "s1", "s"),
    Known(CLASS, "s2", "s"),
    Known(CLASS, "t1", "t"),
)
PUPILS, GRADE = f.Measured("pupils"), f.Measured("grade")
SMALL = f.Relates(f.Relation.LESS, PUPILS, f.Number(25.0))
NONE_SUCH = f.Relates(f.Relation.LESS, PUPILS, f.Number(0.0))
ITEMS: tuple[Item, ...] = (
    item("pupils", CLASS, SCHOOL, summed=True),
    item("weight", CLASS),
    item("grade", CLASS, type_=ItemType.CATEGORY),
)


def county(norm: Norm, *, missing: str = "", level: Level = COUNTY, code: str = "c") -> Verdict:
    """Judge the county (or another subject), one class's pupils missing perhaps."""
    rows = tuple(
        Row(CLASS, one, 2025, {"pupils": None if one == missing else pupils, "grade": grade})
        for one, pupils, grade in (("s1", 10.0, "一"), ("s2", 20.0, "二"), ("t1", 30.0, "一"))
    )
    facts = Submission(SUBJECTS, rows, frozenset({"grade"})).facts()
    rules = [
        rule(norm, level=level),
        rule(Compares(PUPILS, AT_MOST, f.Number(20.0)), "size", CLASS, tags=["size"]),
        rule(Compares(GRADE, Comparator.EQUAL, f.Text("一")), "first", CLASS, tags=["size"]),
    ]
    verdicts = judge(catalog(rules, ITEMS), facts, [2025])
    return next(found for found in verdicts if (found.rule, found.subject) == ("plan/r", code))


@pytest.mark.parametrize(
    ("fold", "operand", "condition", "observed", "with_gap"),
    [
        (f.Fold.SUM, PUPILS, None, 60, None),
        (f.Fold.SUM, PUPILS, SMALL, 30, None),
        (f.Fold.SUM, PUPILS, NONE_SUCH, 0, None),
        (f.Fold.MEAN, PUPILS, NONE_SUCH, None, None),
        (f.Fold.MEAN, PUPILS, None, 20, None),
        (f.Fold.MAXIMUM, PUPILS, None, 30, None),
        (f.Fold.MINIMUM, PUPILS, f.Relates(f.Relation.EQUAL, GRADE, f.Text("二")), 20, 20),
        (f.Fold.COUNT, None, None, 3, 3),
        (f.Fold.COUNT, None, SMALL, 2, None),
        (f.Fold.SHARE, None, SMALL, 200 / 3, None),
        (f.Fold.SHARE, PUPILS, SMALL, 50, None),
    ],
)
def test_a_fold_without_one_of_its_classes(
    fold: f.Fold,
    operand: f.Formula | None,
    condition: f.Formula | None,
    observed: float | None,
    with_gap: float | None,
) -> None:
    """Over classes of 10, 20 and 30; then with the first of them missing."""
    norm = at_least(0.0, f.Below(fold, CLASS, operand, condition))

    assert county(norm).observed == (None if observed is None else pytest.approx(observed))
    assert county(norm, missing="s1").observed == with_gap


def test_no_subject_below() -> None:
    """Nothing can be said of the classes of a school that has none."""
    norm = at_least(0.0, f.Below(f.Fold.COUNT, CLASS, None, None))

    assert county(norm, level=SCHOOL, code="lone").outcome is Outcome.MISSING


def test_each_class_weighs_the_same() -> None:
    """Of 10, 20 and 30, each as heavy as the others."""
    norm = at_least(0.0, f.Variation(CLASS, PUPILS, f.Number(1.0)))

    assert county(norm).observed == pytest.approx((200 / 3) ** 0.5 / 20)


def test_sums_follow_the_nearest_level() -> None:
    """The county asks its schools, and "lone" has nothing to say."""
    assert county(at_least(0.0, PUPILS), level=SCHOOL, code="s").observed == 30
    assert county(at_least(0.0, PUPILS)).outcome is Outcome.MISSING


@pytest.mark.parametrize(
    ("norm", "missing", "outcome", "observed"),
    [
        (AllComply(CLASS, "@size"), "", Outcome.VIOLATION, 1),
        (AllComply(CLASS, "@size"), "s1", Outcome.VIOLATION, 0),
        (AllComply(CLASS, "@first"), "s1", Outcome.VIOLATION, 2),
        (AllComply(CLASS, "size"), "t1", Outcome.VIOLATION, 1),
        (EachComplies(CLASS, "@size", 1, None), "", Outcome.COMPLIANT, 3),
        (EachComplies(CLASS, "plan/@size", 1, 60.0), "", Outcome.VIOLATION, 2),
        (EachComplies(CLASS, "@size", 2, None), "s1", Outcome.VIOLATION, 0),
        (EachComplies(CLASS, "@size", 1, None), "s2", Outcome.MISSING, None),
        (at_least(33.3, f.Attainment(CLASS, "@size")), "", Outcome.COMPLIANT, 100 / 3),
        (at_least(33.3, f.Attainment(CLASS, "@size")), "s1", Outcome.MISSING, None),
        (at_least(34.0, f.Attainment(CLASS, "@size")), "s1", Outcome.VIOLATION, 0),
    ],
)
def test_roll_ups(norm: Norm, missing: str, outcome: Outcome, observed: float | None) -> None:
    """Classes s1, s2 and t1 pass two, one and one of the two rules."""
    found = county(norm, missing=missing)

    assert found.outcome is outcome
    assert found.observed == (None if observed is None else pytest.approx(observed))


def test_undecided_roll_up_names_both() -> None:
    """What it would be if all came in well, and badly."""
    found = county(EachComplies(CLASS, "@size", 1, None), missing="s2")

    assert (found.best, found.worst) == (Outcome.COMPLIANT, Outcome.VIOLATION)


def test_a_reported_indicator_counts() -> None:
    """Else its formula does."""
    doubled = f.Scale(X, 2.0)
    judged = rule(at_least(0.0, f.Measured("z")))
    rows = (
        Row(SCHOOL, "s", 2024, {"x": 1.0, "z": None}),
        Row(SCHOOL, "s", 2025, {"x": 1.0, "z": 5.0}),
    )
    facts = Submission((Known(SCHOOL, "s"),), rows).facts()
    pack = catalog([judged], SCHOOL_ITEMS, {indicator("z", SCHOOL): doubled})

    assert [found.observed for found in judge(pack, facts, [2024, 2025])] == [2, 5]


@pytest.mark.parametrize(
    ("code", "parent", "inside"),
    [
        ("15060299", None, True),
        ("15043099", None, False),
        ("15043099", "150602", True),
        ("x", "150621", True),
        ("x", None, False),
    ],
)
def test_parents_come_before_leading_digits(code: str, parent: str | None, inside: bool) -> None:  # noqa: FBT001
    """Parent codes first, then leading digits."""
    judged = rule(at_least(0.0), document=document(jurisdiction="150600"))
    facts = Submission((Known(SCHOOL, code, parent),), ()).facts()

    assert bool(judge(catalog([judged], SCHOOL_ITEMS), facts, [2025])) is inside
