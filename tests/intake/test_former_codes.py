"""Codes that changed: what a roster says of them (原代码), and what follows it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.intake.facts.assemble import Row, assemble
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place
from tests.intake.submissions import MEASURES, kinds, read, reported, workbook

SCHOOL, COUNTY, PREFECTURE = Level.SCHOOL, Level.COUNTY, Level.PREFECTURE
FIXED = {"code": "A", "parent": "C", "former_code": "E"}
ORIGINS = [
    Origin("a.xlsx", "学校", {"pupils": "F"}, fixed=FIXED),
    Origin("名录.csv", None, {}, fixed=FIXED),
]
PLACES = {
    "150600": Place(code="150600", name="鄂尔多斯市", level=PREFECTURE),
    "150622": Place(code="150622", name="准格尔旗", level=COUNTY, parent="150600"),
}
OLD, NEW, LAST = "1506220001", "1506030001", "1506030901"
_number = iter(range(2, 1000))


def fact(
    code: str, year: int, pupils: float, level: Level = SCHOOL, parent: str | None = None
) -> Row:
    """Make a row of facts."""
    return Row(level, code, None, parent, year, {"pupils": pupils}, {}, 0, next(_number))


def listed(
    code: str,
    *former: str,
    level: Level = SCHOOL,
    opened: int | None = None,
    recoded: int | None = None,
) -> Row:
    """Make a row of the roster that gives former codes."""
    lifetime = Lifetime(opened=opened, former_codes=former, recoded=recoded)
    return Row(level, code, f"名{code}", None, None, {}, {}, 1, next(_number), lifetime)


def assembled(*rows: Row) -> Facts:
    """Assemble rows."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


def pupils(facts: Facts, code: str, level: Level = SCHOOL) -> dict[int, object]:
    """Give what a subject reported, by year."""
    years = {
        year: reported(facts, level, code, year, "pupils")
        for year in facts.levels[level].year.tolist()
    }
    return {year: value for year, value in years.items() if value is not None}


def test_facts_of_the_former_code_belong_to_the_new_one() -> None:
    """Years submitted under the old code are the subject's; each row says under which it was."""
    facts = assembled(listed(NEW, OLD), fact(OLD, 2023, 800), fact(NEW, 2024, 820))
    table = facts.levels[SCHOOL]

    assert table.codes == [NEW]
    assert pupils(facts, NEW) == {2023: 800, 2024: 820}
    assert table.submitted_as == {0: OLD}
    assert table.lifetimes[0].former_codes == (OLD,)
    assert facts.problems == []
    assert [note.code for note in facts.notes] == ["former-code"]


def test_without_the_roster_they_are_two() -> None:
    """Nobody bridges what no roster says."""
    facts = assembled(fact(OLD, 2023, 800), fact(NEW, 2024, 820))

    assert facts.levels[SCHOOL].codes == [NEW, OLD]


@pytest.mark.parametrize(
    "chain", [((NEW, OLD), (LAST, NEW)), ((LAST, NEW, OLD),), ((NEW, OLD), (LAST, NEW, OLD))]
)
def test_chains(chain: tuple[tuple[str, ...], ...]) -> None:
    """A code that changed twice is followed, by rows of the roster or in one of its cells."""
    rows = [listed(code, *former) for code, *former in chain]
    facts = assembled(*rows, fact(OLD, 2021, 1), fact(NEW, 2022, 2), fact(LAST, 2023, 3))

    assert facts.levels[SCHOOL].codes == [LAST]
    assert pupils(facts, LAST) == {2021: 1, 2022: 2, 2023: 3}
    assert facts.levels[SCHOOL].lifetimes[0].former_codes == (NEW, OLD)


def test_counties_and_who_lies_in_them() -> None:
    """Schools that name the old county lie in the new one, whatever their own codes begin with."""
    facts = assembled(
        listed("150603", "150622", level=COUNTY),
        fact("150622", 2023, 9, COUNTY),
        fact(OLD, 2023, 5, parent="150622"),
        fact(OLD, 2024, 5, parent="150603"),
        fact("150603", 2024, 9, COUNTY),
    )

    assert facts.problems == []
    assert facts.levels[COUNTY].codes == ["150603"]
    assert facts.levels[SCHOOL].parents == ["150603"]
    assert facts.levels[SCHOOL].moves == {}


def test_places_of_rules_follow() -> None:
    """Who lies in the new county lies in the place that a rule knows by the old code."""
    facts = assembled(listed("150603", "150622", level=COUNTY), fact("1506030001", 2024, 5))
    hierarchy = Hierarchy(facts, PLACES, ["150622"])

    assert facts.levels[SCHOOL].codes == ["1506030001"]
    inside = hierarchy.inside("150622", SCHOOL)
    assert inside is None or inside.tolist() == [0]


@pytest.mark.parametrize("order", [1, -1])
def test_two_codes_in_one_year(order: int) -> None:
    """Rows of both codes in a year are one error, at the row with the old code; none decides."""
    rows = [fact(OLD, 2024, 800), fact(NEW, 2024, 820)][::order]
    facts = assembled(listed(NEW, OLD), *rows)

    (problem,) = facts.problems
    assert (problem.code, problem.severity) == ("two-codes-in-year", Severity.ERROR)
    assert (problem.found, (problem.cell or "")[:1]) == (OLD, "A")
    assert "不同" in str(reported(facts, SCHOOL, NEW, 2024, "pupils"))


def test_several_subjects_with_one_former_code() -> None:
    """After a split nobody can tell whose the figures were: told, and of none it is used."""
    facts = assembled(listed(NEW, OLD), listed(LAST, OLD), fact(OLD, 2023, 800))

    assert kinds(facts) == ["former-code-shared"]
    assert pupils(facts, OLD) == {2023: 800}
    assert pupils(facts, NEW) == pupils(facts, LAST) == {}
    assert facts.levels[SCHOOL].lifetimes[facts.levels[SCHOOL].codes.index(NEW)].former_codes == ()


def test_circles_are_refused() -> None:
    """Codes that come back to themselves are told, and none of them is followed."""
    facts = assembled(listed(NEW, OLD), listed(OLD, NEW), fact(OLD, 2023, 800))

    assert kinds(facts) == ["former-code-circle", "former-code-circle"]
    assert facts.levels[SCHOOL].codes == [NEW, OLD]
    assert pupils(facts, OLD) == {2023: 800}


@pytest.mark.parametrize(("year", "told"), [(2023, []), (2024, ["former-code-late"])])
def test_the_old_code_after_the_change(year: int, told: list[str]) -> None:
    """A row with the old code counts in any year, and is told of from the first of the new one."""
    facts = assembled(listed(NEW, OLD, recoded=2024), fact(OLD, year, 800))

    assert kinds(facts) == told
    assert pupils(facts, NEW) == {year: 800}


def test_a_code_that_was_given_away() -> None:
    """A roster may give an old code to somebody else from a year on; the years before stay."""
    facts = assembled(
        listed(NEW, OLD, recoded=2024),
        listed(OLD, opened=2025),
        fact(OLD, 2024, 1),
        fact(OLD, 2025, 2),
        fact(NEW, 2025, 3),
    )

    assert pupils(facts, NEW) == {2024: 1, 2025: 3}
    assert pupils(facts, OLD) == {2025: 2}


def test_the_old_row_of_a_roster() -> None:
    """A roster that still has the old code's row says when the subject began, not that it ended."""
    closed = replace(listed(OLD), life=Lifetime(RosterStatus.CLOSED, opened=2010, closed=2023))
    facts = assembled(listed(NEW, OLD, recoded=2024), closed, fact(OLD, 2023, 1))

    assert facts.levels[SCHOOL].codes == [NEW]
    (life,) = facts.levels[SCHOOL].lifetimes.values()
    assert life == Lifetime(opened=2010, former_codes=(OLD,), recoded=2024)
    assert facts.problems == []


HEADER = ["层级", "代码", "名称", "上级代码", "启用年份", "原代码"]


def test_formats(tmp_path: Path) -> None:
    """The column is read from workbooks, text and JSON; 启用年份 is then that of the code."""
    row = ["学校", NEW, "一小", "150602", 2024, OLD]
    (tmp_path / "csv").mkdir()
    text = tmp_path / "csv" / "名录.csv"
    text.write_text("\n".join(",".join(map(str, each)) for each in (HEADER, row)), "utf-8")
    document = tmp_path / "a.json"
    document.write_text(json.dumps({"名录": [dict(zip(HEADER, row, strict=True))]}), "utf-8")
    lives = [
        read(path).levels[SCHOOL].lifetimes
        for path in (workbook(tmp_path / "a.xlsx", {"名录": [HEADER, row]}), text, document)
    ]

    assert lives == [{0: Lifetime(former_codes=(OLD,), recoded=2024)}] * 3


@pytest.mark.parametrize(
    ("cell", "former", "told"),
    [
        (f"{OLD}、{LAST}", (OLD, LAST), []),
        (" 无 ", (), []),
        (NEW, (), ["former-code-circle"]),
        ("45①", (), ["bad-code"]),
    ],
)
def test_cells(tmp_path: Path, cell: str, former: tuple[str, ...], told: list[str]) -> None:
    """Several codes may stand in a cell; what is no code, or its own, is told."""
    row = ["学校", NEW, "一小", "150602", None, cell]
    facts = read(workbook(tmp_path / "a.xlsx", {"名录": [HEADER, row]}))
    life = facts.levels[SCHOOL].lifetimes.get(0, Lifetime())

    assert (life.former_codes, kinds(facts)) == (former, told)
