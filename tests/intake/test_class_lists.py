"""Lists of classes whose codes no column gives: keys are made of several columns."""

from itertools import product
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from tests.intake.foreign_tables import Rows
from tests.intake.test_proposals import catalog, measures, proposed, readings, table

SCHOOLS = [("1506020001", "第1小学"), ("1506020002", "第2小学"), ("1506020003", "第3小学")]
CLASSES = list(product(SCHOOLS, (1, 2, 3), (1, 2)))
CODE, PARENT = "{学校标识码}-{班级}", "学校标识码"


def whole(folder: Path, rows: Rows) -> dict[str, str]:
    """Propose, read with the proposal, see that every row is a class, and give the reading."""
    path = table(folder, rows, "各班2024.csv")
    found = readings(folder, proposed(path))
    used = catalog()
    mapping = read_mapping(folder / "map.yaml")
    facts = read_facts([path], measures(used), used.places, mapping=mapping)
    assert [each for each in facts.problems if each.severity is Severity.ERROR] == []
    assert len(facts.levels[Level.CLASS].codes) == len(rows) - 1
    assert len({*facts.levels[Level.CLASS].parents}) == len({row[0] for row in rows[1:]})
    return found["班级"]


def test_a_class_is_one_of_its_school(tmp_path: Path) -> None:
    """Every school has a 1(1)班: the code is that of the school with it, the parent the school."""
    header = ["学校标识码", "学校名称", "班级", "年级", "男生", "女生", "合计", "班主任"]
    rows = [[c, n, f"{g}({k})班", g, 22, 20 + k, 42 + k, "张"] for (c, n), g, k in CLASSES]

    found = whole(tmp_path, [header, *rows])
    assert (found["代码"], found["上级代码"], found["名称"]) == (CODE, PARENT, "班级")
    assert found["班级人数"] == "男生+女生"


def test_the_grade_is_part_of_the_code_where_it_is_needed(tmp_path: Path) -> None:
    """Where every grade has a 1班, the code says the grade too."""
    header = ["学校标识码", "学校名称", "年级", "班级", "人数"]
    rows = [[c, n, g, f"{k}班", 40 + k] for (c, n), g, k in CLASSES]

    found = whole(tmp_path, [header, *rows])
    assert found["代码"] == "{学校标识码}-{年级}-{班级}"
    assert found["班级人数"] == "人数"


def test_numbered_classes(tmp_path: Path) -> None:
    """A number that repeats in every school is no code, and names the class."""
    header = ["学校标识码", "班号", "班额"]
    rows = [[c, 100 * g + k, 40 + k] for (c, _), g, k in CLASSES]

    found = whole(tmp_path, [header, *rows])
    assert (found["代码"], found["名称"]) == ("{学校标识码}-{班号}", "班号")


def test_names_stand_in_for_codes(tmp_path: Path) -> None:
    """Without any code the school's name stands for it, in the parent and in the code alike."""
    header = ["学校", "班级", "男", "女", "合计"]
    rows = [[n, f"{g}年级{k}班", 20, 20 + k, 40 + k] for (_, n), g, k in CLASSES]

    found = whole(tmp_path, [header, *rows])
    assert (found["代码"], found["上级代码"]) == ("{学校}-{班级}", "{学校}")


def test_codes_whose_header_says_nothing(tmp_path: Path) -> None:
    """What goes with the school's name is its code; what goes with a teacher or a telephone not."""
    header = ["SCH_NAME", "CLASS", "TEACHER", "PHONE", "NCES", "Pupils"]
    rows = [[n, f"{g}.{k}", f"T{g}{k}{c[-3:]}", f"8{c[1:]}", c, 40] for (c, n), g, k in CLASSES]

    found = whole(tmp_path, [header, *rows])
    assert (found["代码"], found["上级代码"]) == ("{CLASS}-{NCES}", "NCES")


def test_schools_of_one_name_in_two_counties(tmp_path: Path) -> None:
    """A class lies in a school, not in the county, which only tells schools of one name apart."""
    header = ["旗县", "学校", "班级", "班额"]
    rows = [
        [county, n, f"{g}年级{k}班", 40]
        for county in ("东胜区", "康巴什区")
        for (_, n), g, k in CLASSES
    ]
    found = readings(tmp_path, proposed(table(tmp_path, [header, *rows], "各班2024.csv")))["班级"]

    assert (found["代码"], found["上级代码"]) == ("{旗县}-{学校}-{班级}", "{旗县}-{学校}")


@pytest.mark.parametrize(
    "header",
    [
        ["School code", "Class", "Boys", "Girls", "Total"],
        ["学校标识码", "班级", "男生", "女生", "合计"],
    ],
)
def test_boys_and_girls_are_the_size(tmp_path: Path, header: list[str]) -> None:
    """The sum of both is sure, whatever a bare total beside them says."""
    rows = [[c, f"{g}{'AB'[k - 1]}", 20, 20 + k, 40 + k] for (c, _), g, k in CLASSES]

    assert whole(tmp_path, [header, *rows])["班级人数"] == "+".join(header[2:4])


def test_a_list_of_schools_stays_one_of_schools(tmp_path: Path) -> None:
    """Schools with codes of their own, in counties that repeat, are schools."""
    header = ["旗县", "学校标识码", "学校名称", "专任教师数"]
    rows = [["东胜区", f"15060200{n}", f"第{n}小学", n] for n in range(10, 16)]
    found = readings(tmp_path, proposed(table(tmp_path, [header, *rows], "各校2024.csv")))

    assert found["学校"]["代码"] == "学校标识码"
