"""Parents: which are believed, which are told of, and where their subjects lie then."""

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place
from tests.intake.submissions import MEASURES, kinds

CLASS, SCHOOL, COUNTY = Level.CLASS, Level.SCHOOL, Level.COUNTY
ORIGINS = [
    Origin("a.xlsx", "学校", {}, fixed={"code": "A", "parent": "C", "year": "D"}),
    Origin("a.xlsx", "班级", {}, fixed={"code": "A", "parent": "C", "year": "D"}),
    Origin("a.xlsx", "名录", {}, fixed={"code": "A", "parent": "C"}),
]
PLACES = {
    place.code: place
    for place in (
        Place(code="150600", name="鄂尔多斯市", level=Level.PREFECTURE, parent="150000"),
        Place(code="150602", name="东胜区", level=COUNTY, parent="150600"),
        Place(code="150603", name="康巴什区", level=COUNTY, parent="150600"),
        Place(code="152500", name="锡林郭勒盟", level=Level.PREFECTURE, parent="150000"),
        Place(code="152501", name="二连浩特市", level=COUNTY, parent="152500"),
    )
}
HOME = "1506020001"


def school(
    code: str = HOME, parent: str | None = "150602", year: int | None = 2025, at: int = 2
) -> Row:
    """Make a row of a school, of facts or without a year of the roster."""
    return Row(SCHOOL, code, "一小", parent, year, {}, {}, 0 if year else 2, at)


def class_(parent: str | None, code: str = f"{HOME}001") -> Row:
    """Make a row of a class."""
    return Row(CLASS, code, None, parent, 2025, {}, {}, 1, 2)


def assembled(*rows: Row) -> Facts:
    """Assemble rows."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


@pytest.mark.parametrize(
    ("parent", "kind"),
    [
        ("9999", "parent-unknown"),
        ("一小", "parent-unknown"),
        ("150799", "parent-unknown"),
        ("1525010001", "parent-contradicts-code"),
        ("152501", "parent-contradicts-code"),
        (f"{HOME}001", "parent-not-above"),
        (None, "parent-missing"),
    ],
)
def test_class_without_a_school_that_can_be(parent: str | None, kind: str) -> None:
    """It is an error at its cell, no school is invented, and the class's own code is left."""
    facts = assembled(school(), class_(parent))

    (problem,) = facts.problems
    assert (problem.code, problem.severity, problem.cell) == (kind, Severity.ERROR, "C2")
    assert facts.levels[CLASS].parents == [None]
    assert facts.levels[SCHOOL].codes == [HOME]


def test_the_name_of_a_place_is_no_school() -> None:
    """A class whose parent is called as a known county is told so, also without any school."""
    facts = assembled(class_("东胜区", "990001000201"))

    assert [(each.code, "150602" in (each.hint or "")) for each in facts.problems] == [
        ("parent-unknown", True)
    ]


def test_a_name_is_answered_with_the_code() -> None:
    """Who gives the name of a school, or of a county, or its longer code, is told its code."""
    for rows, code in (
        ([school(), class_("一小")], HOME),
        ([school(parent="东胜区")], "150602"),
        ([school(parent="鄂尔多斯市东胜区")], "代码是 150602"),
        ([school(parent="150602000000")], "：150602"),
    ):
        (problem,) = assembled(*rows).problems
        assert code in (problem.hint or "")


@pytest.mark.parametrize(
    ("parent", "kind", "kept"),
    [
        ("150602", None, True),
        ("150600", "parent-contradicts-code", True),
        ("150603", "parent-contradicts-code", True),
        ("152501", "parent-contradicts-code", False),
        ("150699", "parent-unknown", False),
        ("150799", "parent-unknown", False),
        ("9999", "parent-unknown", False),
        ("1506020002", "parent-unknown", False),
    ],
)
def test_school_in_another_county(parent: str, kind: str | None, kept: bool) -> None:  # noqa: FBT001
    """A county beside the one of the code may be right and is warned of; none farther off may."""
    facts = assembled(school(parent=parent))

    assert kinds(facts) == ([kind] if kind else [])
    assert facts.levels[SCHOOL].parents == [parent if kept else None]
    assert all((each.severity is Severity.WARNING) == kept for each in facts.problems)


def test_a_county_without_any_places() -> None:
    """Where no places are known, a code of another county than the parent is warned of."""
    for parent, expected in (("150602", []), ("150603", ["parent-unlisted"])):
        assert kinds(assemble([school(parent=parent)], ORIGINS, MEASURES, {})) == expected
    assert kinds(assemble([school("s1", "150603")], ORIGINS, MEASURES, {})) == []


def test_the_roster_confirms_a_county_beside() -> None:
    """A school that was handed over keeps its code; the roster says so, and all is well."""
    assert kinds(assembled(school(parent="150603"), school(parent="150603", year=None))) == []


def test_parents_in_a_circle() -> None:
    """Two schools that lie in each other lie in the county of their codes."""
    facts = assembled(school(HOME, "1506020002"), school("1506020002", HOME))
    assert kinds(facts) == ["parent-not-above"] * 2
    assert facts.levels[SCHOOL].parents == [None, None]


def test_only_classes_are_submitted() -> None:
    """Where nobody lists schools, the parents of classes are all that is known of them."""
    assert assembled(class_(HOME)).problems == []
    assert kinds(assembled(class_("9999"))) == ["parent-unknown"]
    assert assembled(class_("s1", "c1")).problems == []


def test_school_that_others_would_list() -> None:
    """A school that only classes speak of, where schools are listed, is warned of."""
    facts = assembled(school(), class_("1506020009"))
    assert [(each.code, each.severity.value) for each in facts.problems] == [
        ("parent-unlisted", "warning")
    ]
    assert facts.levels[SCHOOL].codes == [HOME, "1506020009"]


def test_a_move_counts_by_year() -> None:
    """A school that changes counties lies in each year where that year's row says."""
    facts = assembled(school(year=2023), school(parent="150603", year=2024, at=3))

    table = facts.levels[SCHOOL]
    (problem,) = facts.problems
    assert (problem.code, problem.cell, problem.severity.value) == ("parent-moves", "C3", "warning")
    found = [table.parent_in(0, year) for year in (2022, 2023, 2024, 2025)]
    assert found == ["150602", "150602", "150603", "150603"]
    assert table.parents == ["150603"]


def test_the_roster_says_that_a_school_moved() -> None:
    """Then there is nothing to ask, and it is noted; a roster that says otherwise is told."""
    rows = [school(year=2023), school(parent="150603", year=2024, at=3)]
    facts = assembled(*rows, school(parent="150603", year=None))
    assert (kinds(facts), [note.code for note in facts.notes]) == ([], ["parent-moves"])

    for listed in (0, 9):  # before the rows, and behind them
        behind = assembled(*rows, school(parent="150602", year=None, at=listed))
        assert [(each.code, each.severity.value) for each in behind.problems] == [
            ("parent-differs", "warning")
        ]
        assert (behind.levels[SCHOOL].parents, behind.levels[SCHOOL].moves) == (["150602"], {})


def test_a_school_of_the_prefecture_itself() -> None:
    """It counts in no county, and is warned of unless the roster says so too."""
    (problem,) = assembled(school(parent="150600")).problems
    assert "不计入 东胜区（150602）" in problem.message
    assert kinds(assembled(school(parent="150600"), school(parent="150600", year=None))) == []


@pytest.mark.parametrize("order", [1, -1])
def test_two_parents_in_one_year(order: int) -> None:
    """Nobody knows which, whatever stands first: its own code tells, and other years stand."""
    rows = [school(), school(parent="150603", at=3), school(parent="150603", year=2024)]
    facts = assembled(*rows[::order])
    (problem,) = facts.problems
    assert (problem.code, problem.severity.value, problem.year) == ("parent-differs", "error", 2025)
    table = facts.levels[SCHOOL]
    assert [table.parent_in(0, year) for year in (2024, 2025, 2026)] == ["150603", None, None]


def test_the_roster_knows_which_of_two_parents() -> None:
    """Where rows of one year give two, the one that the roster gives holds."""
    rows = [school(), school(parent="150603", at=3)]
    facts = assembled(*rows, school(parent="150603", year=None, at=9))
    assert [(each.code, each.severity.value) for each in facts.problems] == [
        ("parent-differs", "warning")
    ]
    assert facts.levels[SCHOOL].parents == ["150603"]


def test_a_class_in_two_schools() -> None:
    """It is counted in neither, and told once."""
    schools = [school(), school("1506020002", at=4)]
    facts = assembled(*schools, class_(HOME), class_("1506020002"))
    errors = [each.code for each in facts.problems if each.severity is Severity.ERROR]
    assert errors == ["parent-differs"]
    assert facts.levels[CLASS].parents == [None]


def test_a_year_whose_parent_cannot_be() -> None:
    """It lies where its own code says in that year, and where it is said in the others."""
    facts = assembled(school(year=2023), school(parent="9999", year=2024, at=3))
    assert sorted(kinds(facts)) == ["parent-moves", "parent-unknown"]
    table = facts.levels[SCHOOL]
    assert [table.parent_in(0, year) for year in (2023, 2024)] == ["150602", None]
