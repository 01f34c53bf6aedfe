"""Rows with a field too many or too few: none of their values may be beside its place."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import read, reported

COUNTY = Level.COUNTY
HEADER = "代码,名称,年份,学生数,系数,师生倍数"
ODD = "c9,丙,2025,1,234,90,"
"""1,234 without quotes, the last cell blank."""


def rows(count: int = 6) -> list[str]:
    """Give rows as they should be; in some no two numbers could be one."""
    return [f"c{at},甲,2025,{at * 1111},9{at},{at}" for at in range(1, count + 1)]


def submit(tmp_path: Path, lines: Sequence[str], separator: str = ",") -> Facts:
    """Read lines as the facts of counties."""
    path = tmp_path / "旗县.csv"
    path.write_text("\n".join(lines).replace(",", separator) + "\n", "utf-8")
    return read(path)


def values(facts: Facts, code: str) -> list[object]:
    """Give what was read of a county."""
    slugs = ("pupils", "coefficient", "times")
    return [reported(facts, COUNTY, code, 2025, slug) for slug in slugs]


def refused(facts: Facts, code: str) -> bool:
    """Tell whether nothing of a county can be used, and why is said of each value."""
    return all(isinstance(value, str) and "个字段" in value for value in values(facts, code))


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize(
    ("odd", "given"),
    [
        (ODD, 7),
        ("c9,丙,2025,1,234,90,5", 7),
        ("c9,丙,2025,1,234,5,678,", 8),
        ("c9,丙,2025,1,234,,", 7),
        ("c9,丙,2025,90,5", 5),
        ("c9,丙,2025,900，90,5", 5),
    ],
)
@pytest.mark.parametrize("at", [0, 3, 6], ids=["first", "middle", "last"])
def test_a_row_unlike_its_neighbours(
    tmp_path: Path, odd: str, given: int, at: int, separator: str
) -> None:
    """It is refused with its line, blank at the end or not; the others are read."""
    lines = rows()
    lines.insert(at, odd)
    facts = submit(tmp_path, [HEADER, *lines], separator)

    (problem,) = facts.problems
    assert (problem.code, problem.line, problem.severity.value) == ("ragged-row", at + 2, "error")
    assert f"有 {given} 个字段，应有 6 个" in problem.message
    assert ('"1,234"' if given > 6 else "没有传完整") in (problem.hint or "")
    assert refused(facts, "c9")
    assert values(facts, "c3") == [3333, 93, 3]


def test_a_table_of_one_row(tmp_path: Path) -> None:
    """A row without neighbours is measured by the header."""
    assert refused(submit(tmp_path, [HEADER, ODD]), "c9")
    assert values(submit(tmp_path, [HEADER, "c9,丙,2025,1234,90,"]), "c9")[:2] == [1234, 90]


@pytest.mark.parametrize("header", [HEADER, HEADER + ",", HEADER + ",,"])
def test_separators_at_the_end_of_every_row(tmp_path: Path, header: str) -> None:
    """They are the way of the table: nothing to tell. One more or less in a row is not."""
    lines = [f"{row},{',' * header.endswith(',,')}" for row in rows()]
    facts = submit(tmp_path, [header, *lines])
    assert facts.problems == []
    assert values(facts, "c3") == [3333, 93, 3]

    for odd in (f"{ODD},{',' * header.endswith(',,')}", "c9,丙,2025,90,5,"):
        facts = submit(tmp_path, [header, *lines, odd])
        assert [problem.line for problem in facts.problems] == [8]
        assert refused(facts, "c9")


def test_separators_at_the_end_of_the_header_alone(tmp_path: Path) -> None:
    """A header may end in more blank fields than the rows have."""
    facts = submit(tmp_path, [HEADER + ",,", *rows()])
    assert facts.problems == []
    assert refused(submit(tmp_path, [HEADER + ",,", *rows(), ODD]), "c9")


def test_every_row_may_hold_a_number_cut_in_two(tmp_path: Path) -> None:
    """Then it is told; and refused where a number that begins with 0 shows that it was cut."""
    lines = [f"c{at},甲,2025,1,{at}34,90," for at in range(1, 7)]
    facts = submit(tmp_path, [HEADER, *lines])
    (problem,) = facts.problems
    assert (problem.code, problem.severity.value) == ("blank-ends", "warning")
    assert "1,234" in problem.message

    lines[2] = "c3,甲,2025,1,034,90,"
    facts = submit(tmp_path, [HEADER, *lines])
    assert all(refused(facts, f"c{at}") for at in range(1, 7))


def test_a_header_with_one_more(tmp_path: Path) -> None:
    """Nobody knows which of its columns the rows lack, so none of them is read."""
    header = HEADER.replace("系数", "入学率,系数")
    facts = submit(tmp_path, [header, *rows()])
    assert all(refused(facts, f"c{at}") for at in range(1, 7))


def test_a_header_with_one_less(tmp_path: Path) -> None:
    """Nor to which of its columns the values belong."""
    facts = submit(tmp_path, [HEADER.replace("系数,", ""), *rows()])
    found = [reported(facts, COUNTY, f"c{at}", 2025, "pupils") for at in range(1, 7)]
    assert all("有 6 个字段，应有 5 个" in str(value) for value in found)


def test_blank_ends_that_excel_leaves_out(tmp_path: Path) -> None:
    """Excel writes no separators for columns that are blank in sixteen rows."""
    lines = [f"{row}," for row in rows(15)] + rows(47)[15:]
    facts = submit(tmp_path, [HEADER + ",入学率", *lines])
    assert facts.problems == []
    assert values(facts, "c40") == [44440, 940, 40]


def test_a_last_value_that_belongs_nowhere_else(tmp_path: Path) -> None:
    """If a row were shifted, so would be its last value; where it cannot be, nothing is."""
    path = tmp_path / "班级.csv"
    head = "代码,年份,班级人数,学段\n"
    path.write_text(head + "c1,2025,45\nc2,2025,1,234,\nc3,2025,46,小学,,\n", "utf-8")
    facts = read(path)

    assert [(p.line, p.severity.value) for p in facts.problems] == [(2, "warning"), (3, "error")]
    assert reported(facts, Level.CLASS, "c1", 2025, "class_size") == 45
    assert isinstance(reported(facts, Level.CLASS, "c2", 2025, "class_size"), str)
    assert reported(facts, Level.CLASS, "c3", 2025, "stage") == "小学"


@pytest.mark.parametrize("aside", ["合计,,,1,234,90,", "注：以上为年末数", "填表人：甲,审核：乙"])
def test_rows_that_are_no_facts(tmp_path: Path, aside: str) -> None:
    """Totals and remarks are set aside, however many fields they have."""
    facts = submit(tmp_path, [HEADER, *rows(), aside])
    assert "ragged-row" not in {problem.code for problem in facts.problems}


def test_line_breaks_in_quotes(tmp_path: Path) -> None:
    """A field may hold a line break and a separator; the line that is told stays true."""
    facts = submit(tmp_path, [HEADER, 'c7,"丁\n,戊",2025,"1,234",90,5', *rows(), ODD])
    assert values(facts, "c7") == [1234, 90, 5]
    assert [problem.line for problem in facts.problems] == [10]


def test_a_code_that_is_shifted_itself(tmp_path: Path) -> None:
    """Half a name is nobody's code; a code that is one stays, with nothing known of it."""
    header = "名称,代码,年份,学生数,系数,师生倍数"
    lines = [f"甲,150{at},2025,{at * 1111},9{at},{at}" for at in range(1, 7)]
    facts = submit(
        tmp_path, [header, *lines, "东胜,第一,2025,1234,90,5,", "丙,1509,2025,1,234,90,"]
    )

    assert [problem.line for problem in facts.problems] == [8, 9]
    assert facts.levels[COUNTY].codes == [*(f"150{at}" for at in range(1, 7)), "1509"]
    assert refused(facts, "1509")


def test_a_roster(tmp_path: Path) -> None:
    """Nobody is on a roster by a row that may be shifted."""
    path = tmp_path / "名录.csv"
    lines = ["代码,名称,层级,上级代码", "s1,甲,学校,150602", "s2,乙,校,学校,150602"]
    path.write_text("\n".join([*lines, "s3,丙,学校,150602"]) + "\n", "utf-8")
    facts = read(path)

    assert [(problem.code, problem.line) for problem in facts.problems] == [("ragged-row", 3)]
    assert facts.levels[Level.SCHOOL].codes == ["s1", "s3"]


def test_a_mapped_table(tmp_path: Path) -> None:
    """Tables made for another purpose are measured in the same way."""
    path, mapping = tmp_path / "外表.csv", tmp_path / "map.yaml"
    path.write_text("\n".join([HEADER, *rows(), ODD]), "utf-8")
    columns = "代码: 代码, 年份: 年份, 学生数: 学生数, 系数: 系数, 师生倍数: 师生倍数"
    mapping.write_text(f"tables:\n  - level: 旗县\n    columns: {{{columns}}}\n", "utf-8")
    facts = read(path, mapping=read_mapping(mapping))

    assert [(problem.code, problem.line) for problem in facts.problems] == [("ragged-row", 8)]
    assert refused(facts, "c9")


@pytest.mark.parametrize("at", [0, 3, 6], ids=["first", "middle", "last"])
def test_a_row_that_reaches_beyond_the_last_header(tmp_path: Path, at: int) -> None:
    """Where header and rows end in a comma, a row with something after it is shifted, not used."""
    lines = [f"{row}," for row in rows()]
    lines.insert(at, "c9,丙,2025,1,234,90,5")
    facts = submit(tmp_path, [f"{HEADER},", *lines])
    assert [p.code for p in facts.problems if p.severity.value == "error"] == ["ragged-row"]
    assert all(isinstance(value, str) for value in values(facts, "c9"))
    assert values(facts, "c3") == [3333, 93, 3]


def test_a_column_without_a_header_shifts_nothing(tmp_path: Path) -> None:
    """Where all rows go on below a blank header, they are not shifted; the column is told of."""
    facts = submit(tmp_path, [f"{HEADER},", *(f"{row},好" for row in rows())])
    assert [problem.code for problem in facts.problems] == ["column-without-header"]
    assert values(facts, "c3") == [3333, 93, 3]


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        (HEADER, "1506020009，丙，2025，１２，90，5", ["ragged-row"]),
        (HEADER.replace(",", "，"), "1506020009,丙,2025,12,90,5", ["ragged-row"]),
        (HEADER, "1506020009；丙；2025；12；90；5", ["ragged-row"]),
        (HEADER, "注：2025，甲，乙，丙，丁，戊", ["remark-row"]),
    ],
    ids=["row", "header", "semicolons", "remark"],
)
def test_a_row_separated_otherwise(tmp_path: Path, header: str, row: str, told: list[str]) -> None:
    """A row in one field that has a part for each column is no remark: it is told as lost."""
    path = tmp_path / "旗县.csv"
    path.write_text(f"{header}\n{row}\n", "utf-8")
    facts = read(path)

    assert [problem.code for problem in facts.problems] == told
