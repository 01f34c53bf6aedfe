"""Assembly: subjects, contradictions, and independence of the order of files."""

from pathlib import Path

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.intake.facts.rows import Value
from dabiao.schemas.facts import Facts, Origin, Standing
from dabiao.schemas.level import Level
from tests.intake.submissions import (
    MEASURES,
    PLACES,
    Table,
    content,
    kinds,
    read,
    reported,
    workbook,
)

CLASS, SCHOOL, TOWNSHIP, COUNTY = Level.CLASS, Level.SCHOOL, Level.TOWNSHIP, Level.COUNTY
REGION, PREFECTURE = Level.REGION, Level.PREFECTURE
HEADER = ["代码", "名称", "上级代码", "年份", "班级人数", "学段"]
ORIGINS = [
    Origin("a.xlsx", "班级", {"class_size": "E", "stage": "F"}),
    Origin("b.xlsx", "班级", {"class_size": "G+H"}),
]


def facts_of(*rows: Row) -> Facts:
    """Assemble rows."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


def row(
    code: str, origin: int = 0, number: int = 2, year: int | None = 2025, **values: Value
) -> Row:
    """Make a row of a class."""
    return Row(CLASS, code, None, None, year, values, {}, origin, number)


def test_rows_become_sorted_subjects() -> None:
    """Subjects are sorted by code and stand once; rows keep where they came from."""
    facts = facts_of(
        Row(CLASS, "c2", "二班", "s1", 2025, {"class_size": 44, "stage": "小学"}, {}, 0, 3),
        Row(CLASS, "c1", "一班", "s1", 2025, {"class_size": 45}, {}, 0, 2),
        Row(CLASS, "c2", None, None, 2024, {"class_size": 40}, {}, 1, 7),
    )
    table = facts.levels[CLASS]
    assert facts.problems == []
    assert (table.codes, table.names, table.parents) == (["c1", "c2"], ["一班", "二班"], ["s1"] * 2)
    assert reported(facts, CLASS, "c2", 2024, "class_size") == 40
    assert reported(facts, CLASS, "c2", 2025, "stage") == "小学"
    assert facts.years() == [2024, 2025]


def test_standings() -> None:
    """A subject is known by its rows, by the roster, or by being named as a parent."""
    facts = facts_of(row("c1"), row("c2", year=None), Row(CLASS, "c3", None, "s1", None))
    assert facts.levels[CLASS].standings == [Standing.REPORTED, Standing.ROSTER, Standing.ROSTER]
    assert facts.levels[SCHOOL].standings == [Standing.NAMED]
    assert facts.levels[SCHOOL].names == ["s1"]


def test_halves_of_a_year_in_two_files() -> None:
    """Two rows may complete each other."""
    facts = facts_of(row("c1", class_size=45), row("c1", 1, 9, stage="小学"))
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, CLASS, "c1", 2025, "stage") == "小学"


def test_equal_values_twice() -> None:
    """The same value twice is one warning, and stands once."""
    facts = facts_of(
        row("c1", class_size=45, stage="小学"), row("c1", 1, 9, class_size=45, stage="小学")
    )
    assert [(p.code, p.severity.value) for p in facts.problems] == [("duplicate-row", "warning")]
    assert sum(facts.levels[CLASS].columns["class_size"].values == 45) == 1
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_different_values() -> None:
    """Different values are an error that names both cells, and neither is used."""
    facts = facts_of(
        row("c1", class_size=45), row("c1", 1, 9, class_size=46), row("c2", class_size=1)
    )
    (problem,) = facts.problems
    assert (problem.code, problem.item, problem.year) == ("conflicting-values", "class_size", 2025)
    assert "a.xlsx 班级 E2 为 45" in problem.message
    assert "b.xlsx 班级 G9+H9 为 46" in problem.message
    assert "E2" in str(reported(facts, CLASS, "c1", 2025, "class_size"))
    assert reported(facts, CLASS, "c2", 2025, "class_size") == 1


def test_rows_that_differ_in_one_item_and_agree_in_another() -> None:
    """One row too many is one cause: that of the values that differ tells of both rows."""
    facts = facts_of(
        row("c1", class_size=45, stage="小学"), row("c1", 1, 9, class_size=46, stage="小学")
    )
    assert kinds(facts) == ["conflicting-values"]
    assert reported(facts, CLASS, "c1", 2025, "stage") == "小学"


def test_value_beside_an_unusable_cell() -> None:
    """Nobody knows whether a value agrees with a cell that could not be read."""
    bad = Row(CLASS, "c1", None, None, 2025, {}, {"class_size": "E9：“约45”不是数值"}, 1, 9)
    facts = facts_of(row("c1", class_size=45), bad)
    assert kinds(facts) == ["conflicting-values"]
    assert "无法使用" in str(reported(facts, CLASS, "c1", 2025, "class_size"))


def test_cells_that_may_mean_several_values_twice(tmp_path: Path) -> None:
    """Alike, they stand once and keep both readings; beside another value nobody knows."""
    rows = [["150602", 2025, 0.98], ["150603", 2025, 0.98], ["150621", 2025, 0.98]]
    again = [["150602", 2025, 0.98], ["150603", 2025, 0.97], ["150621", 2025, "98%"]]
    head = ["代码", "年份", "入学率"]
    for name, table in (("a.xlsx", rows), ("b.xlsx", again)):
        workbook(tmp_path / name, {"旗县": [head, *table]})
    facts = read(tmp_path)
    column = facts.levels[COUNTY].columns["enrolment"]

    assert list(column.possible.values()) == [(0.98, 98.0)]
    assert str(reported(facts, COUNTY, "150602", 2025, "enrolment")).startswith("C2：0.98没有写")
    told = [p.message for p in facts.problems if p.code == "conflicting-values"]
    assert [message.partition("：")[2].replace(f"{tmp_path}/", "") for message in told] == [
        "a.xlsx 旗县 C3 为 0.98或98、b.xlsx 旗县 C3 为 0.97或97",
        "a.xlsx 旗县 C4 为 0.98或98、b.xlsx 旗县 C4 为 98",
    ]
    assert "duplicate-row" in kinds(facts)


def test_names_and_parents_that_differ() -> None:
    """The first name holds, of two parents in one year none; whoever says otherwise is told."""
    facts = facts_of(
        Row(CLASS, "c1", "乙", "s2", 2025, {}, {}, 1, 2),
        Row(CLASS, "c1", "甲", "s1", 2025, {}, {}, 0, 5),
        Row(CLASS, "c1", "丙", "s2", 2024, {}, {}, 1, 3),
    )
    table = facts.levels[CLASS]
    assert kinds(facts) == ["name-differs", "parent-differs"]
    assert (table.names, table.parent_in(0, 2025), table.parent_in(0, 2024)) == (["甲"], None, "s2")


def test_code_at_two_levels() -> None:
    """A code is of one level only."""
    facts = facts_of(row("x"), Row(SCHOOL, "x", None, None, 2025))
    problem, _ = facts.problems
    assert (problem.code, problem.severity.value) == ("code-at-two-levels", "error")
    assert kinds(facts)[1:] == ["parent-missing"]


@pytest.mark.parametrize(
    ("level", "parent", "expected"),
    [
        (CLASS, "s1", SCHOOL),
        (CLASS, "011301", SCHOOL),
        (SCHOOL, "150602", COUNTY),
        (SCHOOL, "150602001", TOWNSHIP),
        (COUNTY, "150600", PREFECTURE),
    ],
    ids=repr,
)
def test_levels_of_parents(level: Level, parent: str, expected: Level) -> None:
    """The level of a parent is told by the places, by what it is a parent of, or by its code."""
    facts = facts_of(Row(level, "x", None, parent, 2025))
    assert facts.problems == []
    assert facts.levels[expected].codes == [parent]


@pytest.mark.parametrize(
    ("level", "parent", "expected"),
    [
        (SCHOOL, "150621", COUNTY),
        (COUNTY, "152500", PREFECTURE),
        (PREFECTURE, "150000", REGION),
    ],
    ids=repr,
)
def test_places_nobody_lists(level: Level, parent: str, expected: Level) -> None:
    """A code of the form of a place that stands nowhere is taken for one, with a warning."""
    facts = facts_of(Row(level, "x", None, parent, 2025))
    assert kinds(facts) == ["parent-unlisted"]
    assert facts.levels[expected].codes == [parent]


@pytest.mark.parametrize(
    ("level", "parent", "kind"),
    [
        (CLASS, "150602", "parent-no-school"),
        (SCHOOL, "nobody", "parent-unknown"),
        (SCHOOL, "011301", "parent-unknown"),
        (SCHOOL, "x", "parent-not-above"),
        (PREFECTURE, "150602", "parent-not-above"),
    ],
    ids=repr,
)
def test_parents_that_cannot_be(level: Level, parent: str, kind: str) -> None:
    """A parent of no level, or of none above, is told."""
    assert kinds(facts_of(Row(level, "x", None, parent, 2025))) == [kind]


def test_parent_below_its_child() -> None:
    """A class cannot be the parent of a school."""
    facts = facts_of(row("c1"), Row(SCHOOL, "s1", None, "c1", 2025))
    assert kinds(facts) == ["parent-missing", "parent-not-above"]
    assert facts.levels[SCHOOL].parents == [None]


def test_names_of_places() -> None:
    """A place has a name even where nobody gives it."""
    assert facts_of(Row(COUNTY, "150602", None, None, 2025)).levels[COUNTY].names == ["东胜区"]


def test_values_need_a_year() -> None:
    """A row of the roster has no values."""
    with pytest.raises(ValueError, match="no year"):
        facts_of(row("c1", year=None, class_size=45))


def test_order_of_files_changes_nothing(tmp_path: Path) -> None:
    """The same files in another order, and through a folder, are the same facts."""
    rows: list[Table] = [
        [HEADER, ["c1", "甲", "s1", 2025, 45, "小学"], ["c2", "乙", "s1", 2025, "x", "小学"]],
        [HEADER, ["c1", "丙", "s2", 2025, 46, "初中"], ["c3", "丁", "zz", 2025, 7, "小学"]],
        [HEADER, ["c3", "丁", "s1", 2025, 7, "小学"], ["c2", "乙", "s1", 2025, 8, "小学"]],
    ]
    paths = [workbook(tmp_path / f"{at}.xlsx", {"班级": sheet}) for at, sheet in enumerate(rows)]
    first = content(read(*paths))
    assert content(read(*reversed(paths))) == first
    assert content(read(paths[1], paths[0], paths[2], paths[1])) == first
    assert content(read(tmp_path)) == first
