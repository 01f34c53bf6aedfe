"""``dabiao template``: the forms that rules need filled in."""

from pathlib import Path

import openpyxl
import pytest

from tests.commands.conftest import Call

ROSTER = """\
层级,代码,名称,上级代码
学校,1506020010,第一小学,150602
学校,1506030010,康巴什小学,150603
班级,150602001001,一年级1班,1506020010
"""


@pytest.fixture
def template(call: Call, pack: Path) -> Call:
    """Give a function that writes forms of the small pack alone."""
    return lambda *of: call("template", "--no-builtin", "--rules", pack.name, *of)


@pytest.fixture
def again(call: Call, pack: Path) -> Call:
    """Give a function that validates what came back."""
    return lambda *of: call(
        "facts", "validate", "--strict", "--no-builtin", "--rules", pack.name, *of
    )


@pytest.fixture
def roster(tmp_path: Path) -> str:
    """Write a roster."""
    (tmp_path / "名录.csv").write_text(ROSTER, "utf-8")
    return "名录.csv"


def test_fill_and_judge(call: Call, template: Call, again: Call, roster: str, pack: Path) -> None:
    """A form is written, filled in, found to be right, and judged."""
    options = ("--year", "2025", "--area", "东胜区", "--roster", roster, "--rows", "0")
    result = template(*options, "-o", "form.xlsx")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "东胜区" in result.stderr
    book = openpyxl.load_workbook("form.xlsx")
    assert book.sheetnames == ["填报说明", "学校", "班级", "名录", "指标说明"]
    book["学校"]["E5"] = "是"
    for cell, value in (("E5", 46), ("F5", "小学")):
        book["班级"][cell] = value
    book.save("form.xlsx")

    assert again("form.xlsx").exit_code == 0
    judged = call("check", "form.xlsx", "--no-builtin", "--rules", pack.name)
    assert judged.exit_code == 1
    assert "一年级1班" in judged.stdout


def test_kinds_of_a_roster(template: Call, call: Call, pack: Path, tmp_path: Path) -> None:
    """A form is filled in with the kinds that a roster gives; they are judged by nothing."""
    said = ["层级,代码,名称,上级代码,学段", "学校,1506020010,第一小学,150602,"]
    said += ["班级,150602001001,一年级1班,1506020010,小学"]
    said += ["班级,150602001002,一年级2班,1506020010,大学"]
    (tmp_path / "名录.csv").write_text("\n".join(said), "utf-8")
    result = template("--year", "2025", "--area", "150602", "--roster", "名录.csv", "-o", "f.xlsx")
    sheet = openpyxl.load_workbook("f.xlsx")["班级"]

    assert [sheet.cell(row, 6).value for row in (5, 6)] == ["小学", None]
    assert [word for word in ("item-in-roster", "E4") if word in result.stderr] == ["E4"]
    guide = openpyxl.load_workbook("f.xlsx")["填报说明"]
    assert any(str(cell.value).startswith("浅绿色") for cell in guide["B"])  # for those who print
    told = call("facts", "validate", "名录.csv", "--no-builtin", "--rules", pack.name)
    assert "只供制表时看类别用" in told.stdout


def test_form_of_last_year_as_roster(template: Call, again: Call, roster: str) -> None:
    """Last year's form tells who there is."""
    options = ("--area", "150602", "--level", "学校", "--rows", "1")
    template("--year", "2024", *options, "--roster", roster, "-o", "old.xlsx")
    template("--year", "2025", *options, "--roster", "old.xlsx", "-o", "new.xlsx")
    sheet = openpyxl.load_workbook("new.xlsx")["学校"]

    assert [cell.value for cell in sheet[5]][:4] == ["1506020010", "第一小学", "150602", 2025]
    assert [cell.value for cell in sheet[6]][:4] == [None, None, "150602", 2025]
    assert again("new.xlsx").exit_code == 0


def test_how_long_schools_exist(template: Call, again: Call, tmp_path: Path) -> None:
    """A form says what the roster said, so that as next year's roster it says it again."""
    said = ["层级,代码,名称,上级代码,启用年份,停办年份,状态,并入代码"]
    said += ["学校,1506020010,第一小学,150602,,2024,合并,1506020020"]
    said += ["学校,1506020020,第二小学,150602,2023,,,"]
    (tmp_path / "名录.csv").write_text("\n".join(said), "utf-8")
    options = ("--area", "150602", "--level", "学校", "--rows", "0")
    template("--year", "2024", *options, "--roster", "名录.csv", "-o", "old.xlsx")
    template("--year", "2025", *options, "--roster", "old.xlsx", "-o", "new.xlsx")
    old, new = (openpyxl.load_workbook(name) for name in ("old.xlsx", "new.xlsx"))

    assert [row[4:] for row in old["名录"].values][2:] == [
        ("合并", None, 2024, "1506020020"),
        ("在办", 2023, None, None),
    ]
    assert [row[1] for row in old["学校"].values][4:] == ["第一小学", "第二小学"]
    assert [row[1] for row in new["学校"].values][4:] == ["第二小学"]
    assert again("old.xlsx", "名录.csv").exit_code == 0


def test_roster_that_cannot_be_read(template: Call, roster: str, tmp_path: Path) -> None:
    """Where part of a roster cannot be read, no form is written that would lack somebody."""
    (tmp_path / "empty.xlsx").write_bytes(b"")
    rosters = ("--roster", roster, "--roster", "empty.xlsx")
    result = template("--year", "2025", *rosters, "-o", "form.xlsx")

    assert result.exit_code == 3
    assert "empty.xlsx" in result.stderr
    assert not Path("form.xlsx").exists()


def test_one_workbook_for_each_county(template: Call, again: Call, roster: str) -> None:
    """Split by counties, a folder holds a workbook for each."""
    result = template("--year", "2025", "--roster", roster, "--split-by", "county", "-o", "forms")

    assert result.exit_code == 0
    assert sorted(path.name for path in Path("forms").iterdir()) == [
        *("150602-东胜区.xlsx", "150603-康巴什区.xlsx")
    ]
    assert again("forms").exit_code == 0


def test_english(template: Call) -> None:
    """In English, sheets and fixed columns are in English, and read back all the same."""
    assert template("--lang", "en", "--year", "2025", "-o", "form.xlsx").exit_code == 0
    book = openpyxl.load_workbook("form.xlsx")

    assert book.sheetnames == ["instructions", "school", "class", "notes"]
    assert [cell.value for cell in book["class"][4]][:4] == ["code", "name", "parent", "year"]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--area", "东圣区"), 4, "东胜区"),
        (("--level", "学效"), 4, "学校"),
        (("--level", "盟市"), 4, "班级"),
        (("--split-by", "学校"), 4, "--roster"),
        (("--roster", "没有.xlsx"), 3, "没有.xlsx"),
        (("--year", "1234"), 2, "1949"),
        (("-o", "form.csv"), 2, ".xlsx"),
        (("-o", "taken.xlsx"), 2, "--force"),
    ],
)
def test_what_goes_wrong(
    template: Call, tmp_path: Path, options: tuple[str, str], code: int, told: str
) -> None:
    """Mistakes end with their exit code and a word on what to do; nothing is written."""
    (tmp_path / "taken.xlsx").write_bytes(b"mine")
    defaults = {"--year": "2025", "-o": "form.xlsx"} | dict([options])
    result = template(*(word for pair in defaults.items() for word in pair))

    assert result.exit_code == code
    assert told in result.stderr
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["taken.xlsx"]
    assert (tmp_path / "taken.xlsx").read_bytes() == b"mine"
