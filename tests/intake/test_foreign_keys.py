"""Tables of other countries: keys of several columns, some blank; rows of one kind; decimal commas.

Each is proposed from headers nobody here knows; then a few lines are edited as a person would, and
what is read is compared with what stands there.
"""

import contextlib
import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.proposals import mapping_text, propose
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.problem import InputError
from tests.intake.submissions import kinds, reported, source

MEASURES: Mapping[str, Measure] = {
    each.slug: each
    for each in (
        Item(slug="size", name="班级人数", levels=(Level.CLASS,), type=ItemType.INTEGER, unit="人"),
        Item(
            slug="mean",
            name="平均班额",
            levels=(Level.SCHOOL, Level.REGION),
            type=ItemType.NUMBER,
            unit="人",
        ),
        Item(
            slug="pupils", name="在校生数", levels=(Level.SCHOOL,), type=ItemType.INTEGER, unit="人"
        ),
    )
}


def written(
    folder: Path, name: str, rows: Sequence[Sequence[object]], code: str = "utf-8", mark: str = ","
) -> Path:
    """Write a delimited file."""
    with (folder / name).open("w", encoding=code, newline="") as file:
        csv.writer(file, delimiter=mark).writerows(rows)
    return folder / name


MOST = 5
"""Lines of a skeleton that somebody has to edit at most."""


def edited(path: Path, edits: Mapping[str, str]) -> Facts:
    """Read a table through what is proposed for it, a few lines of which were edited."""
    text = mapping_text(propose([path], MEASURES, {}))
    assert len(edits) <= MOST
    for old, new in edits.items():
        assert text.count(old) == 1, text
        text = text.replace(old, new)
    (path.parent / "map.yaml").write_text(text, "utf-8")
    return read_facts([path], MEASURES, {}, mapping=read_mapping(path.parent / "map.yaml"))


ITALIAN: list[list[object]] = [
    ["ANNOSCOLASTICO", "CODICESCUOLA", "ANNOCORSO", "SEZIONE", "ALUNNIMASCHI", "ALUNNIFEMMINE"],
    *(
        ["202324", f"AGEE1000{school}A", year, section, 10 + year, 9 + school]
        for school in range(5)
        for year, section in ((1, "A"), (1, "B"), (2, "-"), (3, ""))
    ),
]


def test_keys_of_several_columns(tmp_path: Path) -> None:
    """A class is told by school, year and section, one of which may be blank or a dash."""
    path = written(tmp_path, "ALU.csv", ITALIAN, "cp1252")
    facts = edited(path, {'# "?": [ALUNNIMASCHI': "班级人数: [ALUNNIMASCHI"})

    assert facts.problems == []
    codes = facts.levels[Level.CLASS].codes
    assert len(codes) == len(ITALIAN) - 1
    assert {"AGEE10000A-1-A", "AGEE10000A-2-", "AGEE10000A-3-"} <= set(codes)
    assert set(facts.levels[Level.CLASS].parents) == {f"AGEE1000{n}A" for n in range(5)}
    assert reported(facts, Level.CLASS, "AGEE10001A-1-B", 2023, "size") == 21


NEW_YORK: list[list[object]] = [
    ["CSD", "SCHOOL CODE", "GRADE ", "PROGRAM TYPE", "CORE (9-12 ONLY)", "AVERAGE CLASS SIZE"],
    *(
        [1, f"M{school:03}", grade, program, core, 20 + school]
        for school in range(15, 19)
        for grade, program, core in (
            ("0K", "GEN ED", "-"),
            ("0K", "CTT", "-"),
            ("09-12", "GEN ED", "MATH"),
            ("09-12", "GEN ED", "ENGLISH"),
            ("09-12", "", "MATH"),
        )
    ),
]


def test_dashes_and_blanks_in_keys(tmp_path: Path) -> None:
    """Classes told by four columns, two of which may say nothing: the name of the file the year."""
    path = written(tmp_path, "2010-2011_Class_Size.csv", NEW_YORK)
    facts = edited(path, {"# AVERAGE CLASS SIZE: ": "AVERAGE CLASS SIZE: 班级人数  "})

    assert facts.problems == []
    assert reported(facts, Level.CLASS, "M015-09-12--MATH", 2010, "size") == 35
    assert reported(facts, Level.CLASS, "M016-0K-CTT-", 2010, "size") == 36
    assert len(facts.levels[Level.CLASS].codes) == len(NEW_YORK) - 1
    assert facts.levels[Level.CLASS].parents[0] == "M015"


LEVELS: list[list[object]] = [
    ["time_period", "geographic_level", "school_urn", "school_name", "pupils", "mean", "Mean"],
    ["202324", "National", "", "", 900, 25.5, 1],
    *(["202324", "School", 100000 + n, f"School {n}", 30 + n, 20 + n / 2, 1] for n in range(8)),
]


def test_rows_of_several_levels(tmp_path: Path) -> None:
    """Where a column of levels says which rows have codes these are read; nothing else is edited.

    Headers that differ in capitals only are told apart by them.
    """
    path = written(tmp_path, "x.csv", LEVELS)
    facts = edited(path, {})

    assert facts.problems == []
    assert len(facts.levels[Level.SCHOOL].codes) == len(LEVELS) - 2
    assert reported(facts, Level.SCHOOL, "100002", 2023, "mean") == 21
    assert reported(facts, Level.SCHOOL, "100002", 2023, "pupils") == 32


@pytest.mark.parametrize(
    ("header", "cells", "level", "code"),
    [
        (["Código centro", "Municipio", "Curso"], ["28000{}", "M", "2022-2023"], "学校", 0),
        (["Numéro du collège", "Commune", "Année"], ["029000{}A", "C", "2022"], "学校", 0),
        (["CO_MUNICIPIO", "CO_ENTIDADE", "NU_ANO"], ["110001", "11000{}", "2022"], "学校", 1),
        (["LA (code)", "School Number", "Year"], ["201", "40000{}", "2022"], "学校", 1),
        (["Country", "COU", "YEAR"], ["Austria {}", "A{}", "2022"], "自治区", 1),
        (["geo", "unit", "TIME_PERIOD"], ["AT{}", "RT", "2022"], "自治区", 0),
        (["uai", "academie", "rentree_scolaire"], ["069123{}M", "LYON", "2022-2023"], "学校", 0),
        (["Roll Number", "Eircode", "Ac_Year"], ["6001{}P", "K32R24{}", "2022"], "学校", 0),
        (["Codi centre", "Nom municipi", "Curs"], ["0800{}", "B", "2022/2023"], "学校", 0),
        (["County", "County Code", "Läsår"], ["C{}", "0{}", "2022/23"], "旗县", 1),
        (["学校コード", "市区町村", "年度"], ["100{}", "港区", "2022"], "学校", 0),
    ],
)
def test_what_says_who_rows_are(
    tmp_path: Path, header: list[str], cells: list[str], level: str, code: int
) -> None:
    """Level, code and year are certain in eleven countries; parents nobody knows are doubts."""
    letters = "ABCDEFGH" if header[1] == "COU" else "12345678"
    rows = [[*(cell.format(n) for cell in cells), 20] for n in letters]
    text = mapping_text(
        propose([written(tmp_path, "x.csv", [[*header, "N"], *rows])], MEASURES, {})
    )

    assert f"  - level: {level}" in text
    assert f"\n      {header[code]}: 代码\n" in text
    assert f"\n      {header[2]}: 年份\n" in text
    assert "\n      # N: " in text


def test_grades_are_no_classes(tmp_path: Path) -> None:
    """Those who are counted in a grade of a school do not make up the size of a class."""
    rows = [[f"AG{n}0000", grade, 100] for n in range(1, 9) for grade in (1, 2)]
    path = written(tmp_path, "2023.csv", [["School code", "Grade", "Pupils"], *rows])

    assert "# Pupils:" in mapping_text(propose([path], MEASURES, {}))


def test_codes_of_several_rows_are_no_codes(tmp_path: Path) -> None:
    """What nothing tells apart is asked about; names that all differ tell no kinds of rows."""
    rows = [[2022, 15, f"L{n}", 40 + n] for n in range(8)]
    path = written(tmp_path, "x.csv", [["AGNO", "COD_REG", "NOM_RBD", "MAT"], *rows])
    text = mapping_text(propose([path], MEASURES, {}))

    assert "      AGNO: 年份\n" in text
    assert "      # COD_REG:" in text
    assert '# 代码: "{}"' in text
    assert "where" not in text


def test_marks_for_what_is_not_published(tmp_path: Path) -> None:
    """What stands for a number is proposed as nothing, for each column; texts are not."""
    marks = {2: "c", 3: "<5", 4: "..", 5: "*"}
    rows = [[f"S100{n}", "a", marks.get(n, 20 + n), 2023] for n in range(1, 10)]
    path = written(tmp_path, "x.csv", [["School code", "Kind", "Roll", "Year"], *rows])
    facts = edited(path, {"# Roll: ": "Roll: 在校生数  ", '# "?": {c: ""': '在校生数: {c: ""'})

    assert facts.problems == []
    assert reported(facts, Level.SCHOOL, "S1001", 2023, "pupils") == 21
    assert reported(facts, Level.SCHOOL, "S1003", 2023, "pupils") is None


def test_decimal_commas_and_accents(tmp_path: Path) -> None:
    """A column of 98,5 is read as such, and headers keep their spaces."""
    header = ["Rentrée scolaire", "Numéro de l'école", "Patronyme", "Nombre d'élèves", "Moyenne"]
    rows = [
        ["2023", f"0220{n}3C", ["-", "", "J"][n % 3], 1200 + n, f"{20 + n},5"] for n in range(9)
    ]
    path = written(tmp_path, "ecoles.csv", [header, *rows], "utf-8-sig", ";")
    edits = {"# Nombre d'élèves: ": "Nombre d'élèves: 在校生数", "# Moyenne: ": "Moyenne: 平均班额"}
    facts = edited(path, edits)

    assert facts.problems == []
    assert reported(facts, Level.SCHOOL, "022033C", 2023, "mean") == 23.5
    assert reported(facts, Level.SCHOOL, "022033C", 2023, "pupils") == 1203


GAP = ("BEL", 2022)
PANEL: list[list[object]] = [
    ["REF_AREA", "Area", "TIME_PERIOD", "MEASURE", "EDUCATION_LEV", "OBS_VALUE"],
    *(
        list[object]((area, name, year, measure, level, "" if (area, year) == GAP else value))
        for area, name in (("AUT", "Austria"), ("BEL", "Belgium"), ("CHE", "Switzerland"))
        for year in (2020, 2021, 2022)
        for measure, level, value in (
            ("SIZE", "L1", year - 2000.5),
            ("SIZE", "L2", 99),
            ("RATIO", "L1", 7),
            ("RATIO", "L2", 8),
        )
    ),
]
CHOSEN = {
    "# where: {MEASURE: SIZE, EDUCATION_LEV: L1}": "where: {MEASURE: S*, EDUCATION_LEV: L1}",
    "# OBS_VALUE: ": "OBS_VALUE: 平均班额",
}


def test_a_panel_of_indicators(tmp_path: Path) -> None:
    """Only the rows asked for are read; of each the latest known value, with its cell."""
    path = written(tmp_path, "panel.csv", PANEL)
    facts = edited(path, {**CHOSEN, "    columns:": "    latest: 2022\n    columns:"})
    region = Level.REGION

    assert facts.problems == []
    assert facts.levels[region].codes == ["AUT", "BEL", "CHE"]
    assert facts.years() == [2022]
    assert reported(facts, region, "AUT", 2022, "mean") == 21.5
    assert reported(facts, region, "BEL", 2022, "mean") == 20.5
    assert source(facts, region, "BEL", "mean") == "F18"
    assert "latest-known" in {note.code for note in facts.notes}

    plain = edited(path, CHOSEN)
    assert plain.years() == [2020, 2021, 2022]


def test_a_later_cell_that_cannot_be_read(tmp_path: Path) -> None:
    """An earlier value does not stand in for a later cell that cannot be read; a later one does."""
    rows = [["AUT", 2020, 7], ["AUT", 2021, "7?"], ["BEL", 2020, "7?"], ["BEL", 2021, 8]]
    path = written(tmp_path, "x.csv", [["c", "y", "v"], *rows])
    (tmp_path / "map.yaml").write_text(
        "tables: [{level: 自治区, columns: {c: 代码, y: 年份, v: 平均班额}, latest: 2022}]", "utf-8"
    )
    facts = read_facts([path], MEASURES, {}, mapping=read_mapping(tmp_path / "map.yaml"))

    assert reported(facts, Level.REGION, "BEL", 2022, "mean") == 8
    told = reported(facts, Level.REGION, "AUT", 2022, "mean")
    assert isinstance(told, str)
    assert "无法使用" in told


def test_years_side_by_side(tmp_path: Path) -> None:
    """Years that hold nobody knows what are rows; which indicator is meant is left to be said."""
    header = ["Country Name", "Country Code", "Indicator", "2021", "2022", "2023"]
    rows = [
        [name, code, indicator, 1, "", 20 + at]
        for at, (name, code) in enumerate((("Austria", "AUT"), ("Belgium", "BEL")))
        for indicator in ("class size, primary", "class size, secondary")
    ]
    path = written(tmp_path, "wb.csv", [header, *rows])
    edits = {
        '# where: {Indicator: "class size, primary"}': 'where: {Indicator: "*primary"}',
        '# "{年}": ': '"{年}": 平均班额',
    }
    facts = edited(path, edits)

    assert facts.problems == []
    assert reported(facts, Level.REGION, "BEL", 2023, "mean") == 21
    assert reported(facts, Level.REGION, "BEL", 2022, "mean") is None


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('decimal: ";"', '应为"." 或 ","'),
        ("latest: 22", "应为"),
        ("where: [甲]", "应为“键: 值”"),
        ("where: {丁: 1}", "mapping-column-missing"),
        ("where: {c: X}", "mapping-unused"),
    ],
)
def test_what_cannot_be_asked_for(tmp_path: Path, keys: str, told: str) -> None:
    """What is asked for wrongly, or of nobody, is told."""
    path = written(tmp_path, "x.csv", [["c", "y", "v"], ["AUT", 2020, 7]])
    text = f"tables: [{{level: 自治区, columns: {{c: 代码, y: 年份, v: 平均班额}}, {keys}}}]"
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    with contextlib.ExitStack() as refused:
        if not told.islower():
            refused.enter_context(pytest.raises(InputError, match=re.escape(told)))
        mapping = read_mapping(tmp_path / "map.yaml")
        assert told in kinds(read_facts([path], MEASURES, {}, mapping=mapping))


def test_an_encoding_in_the_mapping(tmp_path: Path) -> None:
    """A mapping file says how its files are encoded, where nobody could guess it."""
    path = written(tmp_path, "x.csv", [["c", "n", "y", "v"], ["A1", "Æble", 2020, 7]], "cp850")
    columns = "{c: 代码, n: 名称, y: 年份, v: 平均班额}"
    text = f"encoding: cp850\ntables: [{{level: 自治区, columns: {columns}}}]"
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    facts = read_facts([path], MEASURES, {}, mapping=read_mapping(tmp_path / "map.yaml"))

    assert facts.levels[Level.REGION].names == ["Æble"]


@pytest.mark.parametrize(
    ("rows", "entries"),
    [
        pytest.param(
            [
                ["年份", "学校代码", "学校名称", "班级", "在校生数"],
                *([2024, f"1506{at:06}", f"示例{at}小学", 6 + at, 300 + at] for at in range(6)),
            ],
            ["level: 学校", "学校代码: 代码", "# 班级:"],
            id="how many classes a school has",
        ),
        pytest.param(
            [
                ["年份", "县区", "标识码", "在校生数"],
                *([2024, f"示例{at // 3}县", f"1506{at:06}", 300 + at] for at in range(9)),
            ],
            ["level: 学校", "标识码: 代码", "# 县区: 上级代码"],
            id="codes of what lies in the places that are named",
        ),
    ],
)
def test_level_of_rows(tmp_path: Path, rows: list[list[object]], entries: list[str]) -> None:
    """The lowest level that a header names, unless it says how many or where they lie."""
    text = mapping_text(propose([written(tmp_path, "t.csv", rows)], MEASURES, {}))

    assert [each for each in entries if each not in text] == []
