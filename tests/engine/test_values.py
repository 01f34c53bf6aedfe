"""Values: section 2 of docs/judgement.md, line by line."""

import pytest

from dabiao.engine.judge import judge
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Below,
    Both,
    Calculation,
    Choice,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Scale,
    Text,
    Truth,
    Variation,
)
from dabiao.schemas.level import Level
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    OPEN,
    STAGE,
    A,
    B,
    Cell,
    Sub,
    county,
    judged,
    pack,
    school,
    submit,
    value_of,
    years,
)


def plain(formula: Formula, **cells: float | str | bool | None) -> object:
    """Evaluate a formula of one school."""
    return value_of(formula, school(**cells), level=Level.SCHOOL)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        (Arithmetic.ADD, 8),
        (Arithmetic.SUBTRACT, 4),
        (Arithmetic.MULTIPLY, 12),
        (Arithmetic.DIVIDE, 3),
        (Arithmetic.LARGER, 6),
        (Arithmetic.SMALLER, 2),
    ],
)
def test_a_missing_number_gives_none(operator: Arithmetic, expected: float) -> None:
    """Two numbers give one; a missing one gives none."""
    formula = Calculation(operator, A, B)

    assert plain(formula, a=6, b=2) == expected
    assert plain(formula, a=6, b=None) is None


def test_division_by_zero_is_missing() -> None:
    """Neither an error nor infinity."""
    assert plain(Calculation(Arithmetic.DIVIDE, A, B), a=6, b=0) is None
    assert plain(Ratio(A, B), a=6, b=0) is None


def test_ratio_is_in_percent() -> None:
    """比例(a, b) is 100 × a ÷ b."""
    assert plain(Ratio(A, B), a=1, b=8) == 12.5


def test_overflow_is_missing() -> None:
    """No number is infinite."""
    assert plain(Calculation(Arithmetic.MULTIPLY, A, A), a=1e200) is None


def test_dust_of_a_difference_is_nothing() -> None:
    """0.3 − (0.1 + 0.2) is 0, so that dividing by it is missing."""
    inner = Calculation(Arithmetic.ADD, Number(0.1), Number(0.2))
    dust = Calculation(Arithmetic.SUBTRACT, A, inner)

    assert plain(dust, a=0.3) == 0
    assert plain(Ratio(Number(1.0), dust), a=0.3) is None


def test_units_are_scaled() -> None:
    """A conversion is a factor."""
    assert plain(Scale(A, 10000.0), a=1.5) == 15000


@pytest.mark.parametrize(
    ("relation", "below", "equal", "above"),
    [
        (Relation.EQUAL, False, True, False),
        (Relation.UNEQUAL, True, False, True),
        (Relation.LESS, True, False, False),
        (Relation.AT_MOST, True, True, False),
        (Relation.MORE, False, False, True),
        (Relation.AT_LEAST, False, True, True),
    ],
)
def test_numbers_within_the_noise_are_equal(
    *, relation: Relation, below: bool, equal: bool, above: bool
) -> None:
    """Numbers within a relative 1e-9 of the right side are equal to it."""
    formula = Relates(relation, A, Number(45.0))

    assert plain(formula, a=44) is below
    assert plain(formula, a=45) is equal
    assert plain(formula, a=45 * (1 + 5e-10)) is equal
    assert plain(formula, a=45 * (1 + 5e-9)) is above
    assert plain(formula, a=None, b=1) is None


def test_texts_and_truths_are_compared() -> None:
    """Categories by what they say, booleans by what they are."""
    assert plain(Relates(Relation.EQUAL, STAGE, Text("小学")), stage="小学") is True
    assert plain(Relates(Relation.EQUAL, STAGE, Text("小学")), stage="初中") is False
    assert plain(Relates(Relation.UNEQUAL, STAGE, Text("小学")), stage="初中") is True
    assert plain(Relates(Relation.EQUAL, STAGE, Text("小学")), stage=None, a=1) is None
    assert plain(Relates(Relation.EQUAL, OPEN, Truth(value=False)), open=False) is True


POSITIVE = {True: 1.0, False: -1.0, None: None}
LEFT, RIGHT = (Relates(Relation.MORE, each, Number(0.0)) for each in (A, B))


@pytest.mark.parametrize("left", [True, False, None])
@pytest.mark.parametrize("right", [True, False, None])
def test_and_or_are_three_valued(*, left: bool | None, right: bool | None) -> None:
    """One false side makes 且 false, one true side makes 或 true, whatever the other is."""
    cells = {"a": POSITIVE[left], "b": POSITIVE[right], "c": 0.0}
    sides = (left, right)

    assert plain(Both(LEFT, RIGHT), **cells) is (
        False if False in sides else None if None in sides else True
    )
    assert plain(Either(LEFT, RIGHT), **cells) is (
        True if True in sides else None if None in sides else False
    )
    assert plain(Negation(LEFT), **cells) is (None if left is None else not left)


def test_choice_needs_only_what_it_chooses() -> None:
    """若(c, a, b) is missing only where c or the branch chosen is."""
    choice = Choice(RIGHT, A, Number(7.0))

    assert plain(choice, a=5, b=1) == 5
    assert plain(choice, a=None, b=-1) == 7
    assert plain(choice, a=None, b=1) is None
    assert plain(choice, a=5, b=None) is None


def schools(*values: float | None, **more: Cell) -> list[Sub]:
    """Submit a county with schools that report ``a``."""
    return [
        county(),
        *(school(f"S{number}", a=value, c=0, **more) for number, value in enumerate(values)),
    ]


@pytest.mark.parametrize(
    ("fold", "expected"),
    [
        (Fold.SUM, 9),
        (Fold.MEAN, 3),
        (Fold.MEDIAN, 2),
        (Fold.PERCENTILE, 1.5),
        (Fold.MAXIMUM, 6),
        (Fold.MINIMUM, 1),
    ],
)
def test_one_that_lacks_the_item_makes_the_fold_missing(fold: Fold, expected: float) -> None:
    """Over all known subjects below; one that lacks the item makes it missing."""
    percent = 25.0 if fold is Fold.PERCENTILE else None
    formula = Below(fold, Level.SCHOOL, A, None, percent)

    assert value_of(formula, *schools(1, 2, 6)) == expected
    assert value_of(formula, *schools(1, None, 6)) is None
    assert value_of(formula, county()) is None


def test_median_of_an_even_number() -> None:
    """The mean of the two in the middle, whatever order they come in; of one, that one."""
    formula = Below(Fold.MEDIAN, Level.SCHOOL, A, None)

    assert value_of(formula, *schools(6, 1, 3, 2)) == 2.5
    assert value_of(formula, *schools(7)) == 7
    assert value_of(formula, *schools(-2, 2)) == 0


def test_percentile_lies_between_two_values() -> None:
    """As Excel's PERCENTILE: on the line between the values on either side of the place."""
    below = schools(10, 20, 30, 40)

    for percent, expected in ((0.0, 10), (25.0, 17.5), (50.0, 25), (90.0, 37), (100.0, 40)):
        assert value_of(Below(Fold.PERCENTILE, Level.SCHOOL, A, None, percent), *below) == expected
    assert value_of(Below(Fold.PERCENTILE, Level.SCHOOL, A, None, 25.0), *schools(7)) == 7


@pytest.mark.parametrize(
    ("number", "step", "expected"),
    [(12, 12, 1), (13, 12, 2), (24.0000000001, 12, 2), (0, 12, 0), (-13, 12, -1), (5, 0, None)],
)
def test_rounding_up(number: float, step: float, expected: float | None) -> None:
    """向上取整(班级数 ÷ 12): 13 classes need two rooms; what is whole but for noise is whole."""
    quotient = Calculation(Arithmetic.DIVIDE, A, Number(float(step)))
    formula = Calculation(Arithmetic.ROUND_UP, quotient, Number(1.0))

    assert value_of(formula, county(a=number)) == expected


def test_rounding_up_to_a_multiple() -> None:
    """A step of its own; none that is not above 0."""
    rounded = [
        value_of(Calculation(Arithmetic.ROUND_UP, A, Number(step)), county(a=101))
        for step in (50.0, 0.0, -1.0)
    ]

    assert rounded == [150, None, None]


def test_folds_over_some() -> None:
    """Only those for which the condition holds need the item."""
    over = Relates(Relation.MORE, B, Number(10.0))
    below = [county(), school("S1", a=4, b=20), school("S2", a=None, b=5), school("S3", a=8, b=30)]

    assert value_of(Below(Fold.SUM, Level.SCHOOL, A, over), *below) == 12
    assert value_of(Below(Fold.COUNT, Level.SCHOOL, None, over), *below) == 2
    assert value_of(Below(Fold.SHARE, Level.SCHOOL, None, over), *below) == pytest.approx(200 / 3)
    unsure = [*below, school("S4", a=1, b=None)]
    assert value_of(Below(Fold.SUM, Level.SCHOOL, A, over), *unsure) is None
    assert value_of(Below(Fold.COUNT, Level.SCHOOL, None, over), *unsure) is None


def test_condition_that_holds_for_none() -> None:
    """合计 and 计数 are 0 then, the others missing."""
    never = Relates(Relation.MORE, A, Number(100.0))
    below = schools(1, 2)

    assert value_of(Below(Fold.SUM, Level.SCHOOL, A, never), *below) == 0
    assert value_of(Below(Fold.COUNT, Level.SCHOOL, None, never), *below) == 0
    assert value_of(Below(Fold.SHARE, Level.SCHOOL, None, never), *below) == 0
    for fold in (Fold.MEAN, Fold.MEDIAN, Fold.PERCENTILE, Fold.MAXIMUM, Fold.MINIMUM):
        percent = 25.0 if fold is Fold.PERCENTILE else None
        assert value_of(Below(fold, Level.SCHOOL, A, never, percent), *below) is None
    assert value_of(Below(Fold.COUNT, Level.SCHOOL, None, never), county()) is None


def test_share_of_an_item() -> None:
    """占比(下级.项, 条件): the item where the condition holds, of all of it, in %."""
    large = Relates(Relation.AT_LEAST, A, Number(3.0))

    assert value_of(Below(Fold.SHARE, Level.SCHOOL, A, large), *schools(1, 3, 6)) == 90
    assert value_of(Below(Fold.SHARE, Level.SCHOOL, A, large), *schools(0, 0)) is None


def test_variation_of_some() -> None:
    """差异系数(学校, 项, 权重, 条件): of those for whom the condition holds, and is known."""
    primary = Relates(Relation.EQUAL, STAGE, Text("小学"))
    of_some = Variation(Level.SCHOOL, A, B, primary)
    two = [school("S1", a=1, b=1, stage="小学"), school("S2", a=3, b=1, stage="小学")]
    other = school("S3", a=None, b=None, stage="初中")

    assert value_of(of_some, county(), *two, other) == value_of(
        Variation(Level.SCHOOL, A, B), county(), *two
    )
    assert value_of(of_some, county(), other) is None
    assert value_of(of_some, county(), *two, school("S3", a=1, b=1)) is None


def test_above_is_the_value_of_the_one_above() -> None:
    """上级(旗县.项): of the county a school lies in, reported or summed; unknown: missing."""
    of_county = Above(Level.COUNTY, A)
    total = Above(Level.COUNTY, Measured("total"))

    assert value_of(of_county, county(a=7), school("S1", a=1), code="S1") == 7
    assert value_of(total, county(), school("S1", total=2), school("S2", total=3), code="S1") == 5
    assert value_of(of_county, county(), school("S1", a=1), code="S1") is None
    assert value_of(Above(Level.PREFECTURE, A), county(a=7)) is None


def test_ranking_among_peers() -> None:
    """名次(项): the largest is first, equal ones share a place; with one unknown nobody has one."""
    ranked = Ranking(A, Level.COUNTY)
    below = schools(5, 9, 5, 1)

    assert [value_of(ranked, *below, code=f"S{at}") for at in range(4)] == [2, 1, 2, 4]
    assert value_of(ranked, *schools(5, None), code="S0") is None
    assert value_of(Ranking(A), *below, code="S3") == 4
    assert value_of(Ranking(A, Level.PREFECTURE), *below, code="S3") == 4  # as 150602 lies there


def test_variation_is_weighted_by_pupils() -> None:
    """A published worked example: 0.515 where the unweighted form gives 0.489."""
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    below = [
        school(f"S{at}", a=book / pupil, b=pupil)
        for at, (pupil, book) in enumerate(zip(pupils, books, strict=True))
    ]

    found = value_of(Variation(Level.SCHOOL, A, B), county(), *below)

    assert found == pytest.approx(0.515, abs=5e-4)
    zero = [school("S1", a=1, b=0), school("S2", a=2, b=0)]
    assert value_of(Variation(Level.SCHOOL, A, B), county(), *zero) is None
    assert value_of(Variation(Level.SCHOOL, A, B), county(), school("S1", a=1, b=None)) is None


def test_other_years() -> None:
    """上年, 某年 and 累计 look at the same subject in other years."""
    facts = years(y2022=1, y2023=2, y2024=4, y2025=8)

    assert value_of(InYear(A, back=1), facts, level=Level.SCHOOL) == 4
    assert value_of(InYear(A, year=2022), facts, level=Level.SCHOOL) == 1
    assert value_of(Cumulative(A, 3), facts, level=Level.SCHOOL) == 14
    assert value_of(Cumulative(A, 5), facts, level=Level.SCHOOL) is None


TOTAL = Measured("total")


def test_item_sums_up() -> None:
    """What a county did not report is the sum over its schools, and those of their classes."""
    classes = [Sub(Level.CLASS, f"C{number}", "S2", {2025: {"total": number}}) for number in (3, 4)]

    assert value_of(TOTAL, county(), school("S1", total=5), school("S2"), *classes) == 12
    assert value_of(TOTAL, county(total=50), school("S1", total=5)) == 50
    assert value_of(TOTAL, county(), school("S1", total=5), school("S2")) is None
    assert value_of(TOTAL, county()) is None


def test_lowest_level_does_not_sum_up() -> None:
    """A class that did not report has nothing to be summed from."""
    lonely = Sub(Level.CLASS, "C1", "S1", {2025: {"a": 1}})

    assert value_of(TOTAL, school("S1"), lonely, level=Level.CLASS) is None


def test_sum_skips_levels_without_the_item() -> None:
    """The nearest lower level at which the item is declared and at which there is anybody."""
    township = Sub(Level.TOWNSHIP, "150602001", "150602", {2025: {"a": 1}})
    below = [school("S1", "150602001", total=5), school("S2", "150602", total=6)]

    assert value_of(TOTAL, county(), township, *below) == 11
    classes = [Sub(Level.CLASS, "C1", "150602", {2025: {"total": 9}})]
    assert value_of(TOTAL, county(), *classes) == 9


def test_unusable_cell_is_not_replaced_by_the_sum() -> None:
    """A county that wrote something unreadable is asked again, not overruled."""
    facts = submit(county(total=50), school("S1", total=5)).facts()
    column = facts.levels[Level.COUNTY].columns["total"]
    column.values[0], column.unusable[0] = float("nan"), "不是数：五十"
    indicator = builders.indicator("k", *EVERY_LEVEL)

    judgement = judge(pack(indicators={indicator: TOTAL}), facts)

    assert judgement.measure("total", "150602", 2025) is None
    assert judgement.measure("k", "150602", 2025) is None


def test_reported_indicator_counts() -> None:
    """Where an indicator is reported, its formula is not asked."""
    indicator = builders.indicator("k", Level.SCHOOL)
    catalog = pack(indicators={indicator: Ratio(A, B)})

    reported = judged(catalog, school("S1", k=30, a=1, b=2))
    assert reported.measure("k", "S1", 2025) == 30
    assert judged(catalog, school("S1", a=1, b=2)).measure("k", "S1", 2025) == 50


def test_booleans_may_be_indicators() -> None:
    """An indicator whose formula is a comparison is reported as a truth value too."""
    indicator = builders.indicator("k", Level.SCHOOL, unit="")
    catalog = pack(indicators={indicator: Relates(Relation.MORE, A, Number(3.0))})

    assert judged(catalog, school("S1", a=5)).measure("k", "S1", 2025) is True
    assert judged(catalog, school("S1", a=5, k=False)).measure("k", "S1", 2025) is False
