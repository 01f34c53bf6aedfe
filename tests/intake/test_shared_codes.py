"""One code given to several subjects: who has it, and what becomes of the others' rows."""

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place
from tests.intake.submissions import MEASURES, PLACES, kinds, reported

SCHOOL, CLASS = Level.SCHOOL, Level.CLASS
ORIGINS = [
    Origin("a.xlsx", "学校", {"pupils": "E"}, fixed={"code": "A", "name": "B"}),
    Origin("a.xlsx", "名录", {}, fixed={"code": "A", "name": "B"}),
]
FIRST, SEVENTH = "1506020001", "1506020007"


def school(code: str, name: str | None, at: int, pupils: int, year: int = 2025) -> Row:
    """Make a row of a school."""
    return Row(SCHOOL, code, name, None, year, {"pupils": pupils}, {}, 0, at)


def listed(code: str, name: str, level: Level = SCHOOL) -> Row:
    """Make a row of the roster."""
    return Row(level, code, name, None, None, {}, {}, 1, 2)


def assembled(*rows: Row) -> Facts:
    """Assemble rows."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


ROSTER = (listed(FIRST, "一小"), listed(SEVENTH, "七中"))
TWICE = (school(FIRST, "一小", 5, 900), school(FIRST, "七中", 11, 300))


def test_the_roster_tells_whose_code_it_is() -> None:
    """One error, at the code of the wrong row, with the right code; the other row counts."""
    facts = assembled(*ROSTER, *TWICE)

    (problem,) = facts.problems
    assert (problem.code, problem.cell, problem.severity) == (
        "code-of-another",
        "A11",
        Severity.ERROR,
    )
    assert "第5行“一小”" in problem.message
    assert SEVENTH in (problem.hint or "")
    assert reported(facts, SCHOOL, FIRST, 2025, "pupils") == 900
    assert 300 not in facts.levels[SCHOOL].columns["pupils"].values


def test_the_order_of_the_rows_does_not_matter() -> None:
    """The row that is wrong is the one the roster contradicts, not the second."""
    facts = assembled(*ROSTER, school(FIRST, "七中", 3, 300), school(FIRST, "一小", 9, 900))

    assert [each.cell for each in facts.problems] == ["A3"]
    assert reported(facts, SCHOOL, FIRST, 2025, "pupils") == 900


def test_a_single_row_with_the_code_of_another() -> None:
    """It is told also where the school that has the code did not report, and counts for nobody."""
    facts = assembled(*ROSTER, school(FIRST, "七中", 11, 300))

    assert [(each.code, each.cell) for each in facts.problems] == [("code-of-another", "A11")]
    assert len(facts.levels[SCHOOL].year) == 0


def test_other_years_tell_too() -> None:
    """Without a roster, the rows of another year tell whose code it is."""
    before = (school(FIRST, "一小", 2, 880, 2024), school(SEVENTH, "七中", 3, 310, 2024))
    later = school("1506020009", "九小", 12, 100), school("1506020008", "八小", 13, 100)
    facts = assembled(*before, *TWICE, *later)

    assert [(each.code, each.cell) for each in facts.problems] == [("code-of-another", "A11")]
    assert "其他年份" in (facts.problems[0].hint or "")


def test_nobody_can_tell() -> None:
    """Where nothing decides, one error tells of both rows, and neither value is used."""
    facts = assembled(*TWICE)

    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("code-of-another", "A11")
    assert [spot.cell for spot in problem.also] == ["A5"]
    assert reported(facts, SCHOOL, FIRST, 2025, "pupils") != 900
    assert facts.levels[SCHOOL].columns["pupils"].unusable.keys() == {0, 1}


@pytest.mark.parametrize("name", ["第一小学", None])
def test_another_name_of_the_same_school(name: str | None) -> None:
    """A name that is nobody else's may be another of its own: nothing is set aside."""
    facts = assembled(*ROSTER, school(FIRST, name, 5, 900))

    assert set(kinds(facts)) <= {"name-differs"}
    assert reported(facts, SCHOOL, FIRST, 2025, "pupils") == 900


def test_classes_of_two_schools_with_one_code() -> None:
    """Every school has a 1班; the roster tells of which school the code is."""
    rows = [
        Row(CLASS, "1-1", "1班", parent, 2025, {"class_size": size}, {}, 0, at)
        for at, (parent, size) in enumerate([(FIRST, 40), (SEVENTH, 44)], 2)
    ]
    roster = [
        Row(CLASS, "1-1", "1班", FIRST, None, {}, {}, 1, 2),
        Row(CLASS, "7-1", "1班", SEVENTH, None, {}, {}, 1, 3),
    ]
    facts = assembled(*ROSTER, *rows, *roster)

    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("code-of-another", "A3")
    assert "7-1" in (problem.hint or "")
    assert reported(facts, CLASS, "1-1", 2025, "class_size") == 40


def test_classes_are_called_otherwise_every_year() -> None:
    """A class that was 一年级1班 and is 二年级1班 keeps its code and its rows."""
    rows = [
        Row(CLASS, code, name, None, year, {"class_size": 40}, {}, 0, at)
        for at, (code, name, year) in enumerate(
            [("c1", "一年级1班", 2024), ("c2", "二年级1班", 2024), ("c1", "二年级1班", 2025)], 2
        )
    ]
    facts = assembled(*rows, listed("c1", "二年级1班", CLASS), listed("c0", "一年级1班", CLASS))

    assert "code-of-another" not in kinds(facts)
    assert len(facts.levels[CLASS].year) == 3


@pytest.mark.parametrize(
    ("name", "told"),
    [("达拉特旗", ["code-of-another"]), ("东胜区", []), ("东胜区（本级）", []), (None, [])],
)
def test_places_under_the_code_of_another(name: str | None, told: list[str]) -> None:
    """A row with the code of one place and the name of another is not read as either."""
    other = Place(code="150621", name="达拉特旗", level=Level.COUNTY, parent="150600")
    row = Row(Level.COUNTY, "150602", name, None, 2025, {"enrolment": 99.0}, {}, 0, 2)
    facts = assemble([row], ORIGINS, MEASURES, PLACES | {"150621": other})

    assert kinds(facts) == told
    counties = facts.levels.get(Level.COUNTY)
    assert (counties is None) is bool(told)
    assert all("150621" in (problem.hint or "") for problem in facts.problems)
