"""Cells that were deleted, so that what stood beside them moved up: nothing fails, but it shows."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from tests.intake.submissions import PLACES, item, reported, workbook

_WHOLE = ItemType.INTEGER
MEASURES: dict[str, Item] = {
    "pupils": item("学生数", "pupils", [Level.SCHOOL], "人", _WHOLE),
    "teachers": item("教师数", "teachers", [Level.SCHOOL], "人", _WHOLE),
    "classes": item("班级数", "classes", [Level.SCHOOL], "个", _WHOLE),
    "computers": item("电脑数", "computers", [Level.SCHOOL], "台", _WHOLE),
    "books": item("图书", "books", [Level.SCHOOL], "册", _WHOLE),
}
HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "教师数", "班级数", "电脑数", "图书"]
Numbers = Sequence[int | None]
SCHOOLS: list[Numbers] = [
    (450, 32, 12, 60, 9000),
    (320, 25, 9, 45, 7000),
    (1200, 80, 30, 150, 25000),
    (800, 55, 18, 99, 15000),
    (610, 44, 15, 77, 12000),
]


def read(folder: Path, **years: Sequence[Numbers]) -> Facts:
    """Read a workbook for each year, with a row a school."""
    paths = [
        workbook(
            folder / f"{year}.xlsx",
            {
                "学校": [
                    HEADER,
                    *(
                        [f"150602000{at}", f"学校{at}", "150602", int(year[1:]), *row]
                        for at, row in enumerate(rows, 1)
                    ),
                ]
            },
        )
        for year, rows in years.items()
    ]
    return read_facts(paths, MEASURES, PLACES)


def told(facts: Facts) -> list[tuple[str, str | None]]:
    """Give what was told, and where."""
    return [(each.code, each.cell) for each in facts.problems]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ((320, 9, 45, 7000, None), "F3"),
        ((320, 25, 45, 7000, None), "G3"),
        ((320, 45, 7000, None, None), "G3"),
        ((45, 7000, None, None, None), "E3"),
        ((320, 25, 9, 45, None), None),
        ((320, 25, 9, None, None), None),
        ((3200, 250, 90, 450, None), None),
    ],
    ids=[
        "one-deleted",
        "later",
        "two-deleted",
        "three-deleted",
        "blank",
        "two-blank",
        "large-school",
    ],
)
def test_rows_that_moved_to_the_left(tmp_path: Path, row: Numbers, cell: str | None) -> None:
    """A row whose numbers are like those of the next columns is named, and used as it stands."""
    facts = read(tmp_path, y2024=[SCHOOLS[0], row, *SCHOOLS[2:]])
    assert told(facts) == ([] if cell is None else [("maybe-shifted", cell)])
    assert reported(facts, Level.SCHOOL, "1506020002", 2024, "teachers") == row[1]
    gone = row.count(None)
    for problem in facts.problems:
        assert "本行" in problem.message
        assert ("右边一格" if gone == 1 else f"右边第 {gone} 格") in problem.message


AREA = {**MEASURES, "area": item("占地面积", "area", [Level.SCHOOL], "平方米")}


@pytest.mark.parametrize(
    ("moved", "used"),
    [((25, 6100.5, 45000, None), (None, None)), ((320, 25.5, 6100, None), (320, 6100))],
    ids=["moved", "only wrong"],
)
def test_a_row_that_looks_moved_and_fails(
    tmp_path: Path, moved: Sequence[object], used: Sequence[object]
) -> None:
    """Where a row looks moved and a cell of it fails, none of what looks moved is used."""
    header = [*HEADER[:6], "占地面积", "图书"]
    rows: list[Sequence[object]] = [
        (450, 32, 6000.5, 60000),
        moved,
        (610, 44, 5000.5, 50000),
        (800, 55, 9000.5, 70000),
        (500, 34, 7000.5, 40000),
    ]
    table = [[f"150602000{at}", "", "150602", 2024, *row] for at, row in enumerate(rows)]
    path = workbook(tmp_path / "a.xlsx", {"学校": [header, *table]})
    facts = read_facts([path], AREA, PLACES)
    found = [reported(facts, Level.SCHOOL, "1506020001", 2024, slug) for slug in ("pupils", "area")]
    assert [None if isinstance(value, str) else value for value in found] == list(used)
    assert ("ragged-row" in [code for code, _ in told(facts)]) == (used[0] is None)


MIXED = {
    **MEASURES,
    "library": item("有图书室", "library", [Level.SCHOOL], type_=ItemType.BOOLEAN),
    "boarding": item("寄宿制", "boarding", [Level.SCHOOL], type_=ItemType.BOOLEAN),
}
OF_MIXED = [*HEADER[:4], "寄宿制", "学生数", "教师数", "有图书室", "图书", "班级数"]


@pytest.mark.parametrize(
    ("cells", "used", "said"),
    [
        (("是", 450, "是", 9000, 12, None), (1, None, None), "左"),
        (("是", 450, None, 32, "是", 9000), (1, 450, None), "右"),
        (("3", 450, 32, 2, 9000, 12), (None, 450, 9000), None),
        (("是", 450, "否", "是", 9000, 12), (1, 450, 9000), None),
        (("是", 450, 32, 9000, 12, None), (1, 450, None), "左"),
        (("是", 450, "是", 9000, "12①", None), (1, None, None), "左"),
        (("是", 450, "是", None, None, None), (1, 450, None), None),
    ],
    ids=[
        "deleted",
        "put in",
        "wrong cells",
        "one wrong cell",
        "by one cell",
        "and a mark",
        "an end",
    ],
)
def test_a_row_that_moved_beside_its_columns(
    tmp_path: Path, cells: Sequence[object], used: Sequence[float | None], said: str | None
) -> None:
    """Where several cells fail and all would do beside, the numbers between are no more right."""
    row = ["1506020001", "学校1", "150602", 2024, *cells]
    path = workbook(tmp_path / "a.xlsx", {"学校": [OF_MIXED, row]})
    facts = read_facts([path], MIXED, PLACES)
    slugs = ("boarding", "pupils", "books")
    found = [reported(facts, Level.SCHOOL, "1506020001", 2024, slug) for slug in slugs]

    assert [None if isinstance(value, str) else value for value in found] == list(used)
    told = [each.message for each in facts.problems if each.code == "ragged-row"]
    assert [f"整体{said}移" in each for each in told] == [True] * (said is not None)


@pytest.mark.parametrize(
    ("row", "moved"),
    [
        ((320, None, 25, 9, 45, 7000), True),
        ((320, 25, 9, None, 7000, "已核"), False),
        ((320, 25, 9, 45, 7000, 1), False),
    ],
    ids=["put in", "a remark", "nothing blank"],
)
def test_rows_that_moved_beyond_the_header(
    tmp_path: Path, row: Sequence[object], *, moved: bool
) -> None:
    """A blank that was put in moves all behind it, and the last number beyond the header."""
    rows: list[list[object]] = [
        [f"150602000{at}", f"学校{at}", "150602", 2024, *cells]
        for at, cells in enumerate([SCHOOLS[0], row, *SCHOOLS[2:]], 1)
    ]
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *rows]})
    facts = read_facts([path], MEASURES, PLACES)
    books = reported(facts, Level.SCHOOL, "1506020002", 2024, "books")

    assert reported(facts, Level.SCHOOL, "1506020002", 2024, "pupils") == 320
    assert [each.code for each in facts.problems if each.code == "ragged-row"] == (
        ["ragged-row"] * moved
    )
    assert isinstance(books, str) is moved


@pytest.mark.parametrize(
    ("pupils", "slipped"),
    [
        (["是"] * 9 + ["待核"], True),
        (["是"] * 8 + ["待核"], False),
        (["是"] * 9 + [450], True),
        (["是"] * 8 + [450], False),
        (["是"] * 3, True),
        (["是"] * 2, False),
    ],
    ids=["9 of 10 fit", "8 of 9 fit", "9 of 10 fail", "8 of 9 fail", "three", "two"],
)
def test_a_column_that_slipped_as_a_whole(
    tmp_path: Path, pupils: Sequence[object], *, slipped: bool
) -> None:
    """Three cells at least and nine in ten have to fail, and nine in ten of these to fit beside."""
    rows = [[f"15060200{at:02}", "", "150602", 2024, each, "是"] for at, each in enumerate(pupils)]
    header = [*HEADER[:4], "学生数", "有图书室"]
    path = workbook(tmp_path / "a.xlsx", {"学校": [header, *rows]})
    facts = read_facts([path], MIXED, PLACES)

    hints = [each.hint or "" for each in facts.problems if each.code == "not-a-number"]
    assert hints
    assert all("像是右边一列的内容" in each for each in hints) is slipped


def test_a_school_beside_itself(tmp_path: Path) -> None:
    """A single row is compared with what the school reported in another year, in its own file."""
    moved = read(tmp_path, y2023=[(447, 33, 12, 58, 9100)], y2024=[(450, 12, 60, 9000, None)])
    assert told(moved) == [("maybe-shifted", "F2")]
    grown = read(tmp_path, y2023=[(447, 33, 12, 58, 9100)], y2024=[(600, 40, 16, 75, None)])
    assert told(grown) == []


def test_columns_that_moved_up(tmp_path: Path) -> None:
    """Numbers of a column that are like those of the schools below, a year before, are named."""
    pupils: list[int | None] = [450, 1200, 800, 610, None]
    rows = [(each, *row[1:]) for each, row in zip(pupils, SCHOOLS, strict=True)]
    moved = read(tmp_path, y2023=SCHOOLS, y2024=rows)
    assert told(moved) == [("maybe-shifted", "E3")]
    assert "本列最迟从这里起，各数更像下边一格的" in moved.problems[0].message
    assert told(read(tmp_path, y2024=rows)) == []
    missing = [*SCHOOLS[:4], (None, *SCHOOLS[4][1:])]
    assert told(read(tmp_path, y2023=SCHOOLS, y2024=missing)) == []


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("gone", [0, 1, 2], ids=["code", "name", "parent"])
def test_a_row_whose_year_moved_is_told_of_once(tmp_path: Path, gone: int, form: str) -> None:
    """Without a cell in front, year and parent stand beside their columns: one cause, not two."""
    rows: list[list[object]] = [
        [f"150602000{at}", f"学校{at}", "150602", 2024, *cells]
        for at, cells in enumerate(SCHOOLS[:3], 1)
    ]
    del rows[1][gone]
    path = tmp_path / "学校.csv"
    if form == "csv":
        lines = [HEADER, *([str(cell) for cell in row] for row in rows)]
        path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
    else:
        path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *rows]})
    facts = read_facts([path], MEASURES, PLACES)

    assert [each.code for each in facts.problems] == ["ragged-row"]
    schools = facts.levels[Level.SCHOOL]
    assert {schools.codes[at] for at in schools.subject} == {"1506020001", "1506020003"}
