"""What the tests of intake submit: measures, places, workbooks, and ways to look into facts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import openpyxl

from dabiao.intake import Limits, read_facts
from dabiao.intake.layout.mapping_file import MappingFile
from dabiao.intake.read import ReadingProgress
from dabiao.schemas.facts import Column, Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.subject import Place

Cells = Sequence[object]
Table = Sequence[Cells]


def item(  # noqa: PLR0917 - in the order of a vocabulary table
    name: str,
    slug: str,
    levels: Sequence[Level],
    unit: str = "",
    type_: ItemType = ItemType.NUMBER,
    bounds: tuple[float | None, float | None] = (0, None),
    options: tuple[str, ...] = (),
    summation: Summation = Summation.NONE,
) -> Item:
    """Make an item."""
    low, high = bounds if type_.numeric else (None, None)
    return Item(
        name=name,
        slug=slug,
        english=slug.replace("_", " "),
        levels=tuple(levels),
        unit=unit,
        type=type_,
        minimum=None if low is None else float(low),
        maximum=None if high is None else float(high),
        options=options,
        summation=summation,
    )


_BOTH = (Level.COUNTY, Level.SCHOOL)
_ALL: list[Item | Indicator] = [
    item("班级人数", "class_size", [Level.CLASS], "人", ItemType.INTEGER),
    item("学段", "stage", [Level.CLASS], type_=ItemType.CATEGORY, options=("小学", "初中", "高中")),
    item("学生数", "pupils", _BOTH, "人", ItemType.INTEGER, summation=Summation.SUM),
    item("有图书室", "library", [Level.SCHOOL], type_=ItemType.BOOLEAN),
    item("校名备注", "remark", [Level.SCHOOL], type_=ItemType.CATEGORY),
    item("入学率", "enrolment", [Level.COUNTY], "%", bounds=(0, 100)),
    item("辍学率", "dropout", [Level.COUNTY], "%", bounds=(0, 5)),
    item("教育支出", "spending", [Level.COUNTY], "元"),
    item("教育收入", "income", [Level.COUNTY], "万元"),
    item("师生倍数", "times", [Level.COUNTY], "倍"),
    item("系数", "coefficient", [Level.COUNTY], ""),
    item("增长", "growth", [Level.COUNTY], "%", bounds=(None, None)),
    Indicator(
        name="生均支出", slug="per_pupil", levels=(Level.COUNTY,), unit="元/人", formula="a ÷ b"
    ),
]
MEASURES: dict[str, Item | Indicator] = {measure.slug: measure for measure in _ALL}
PLACES = {
    place.code: place
    for place in (
        Place(code="150600", name="鄂尔多斯市", level=Level.PREFECTURE, parent="150000"),
        Place(code="150602", name="东胜区", level=Level.COUNTY, parent="150600"),
    )
}


def workbook(path: Path, sheets: Mapping[str, Table], formats: Mapping[str, str] = {}) -> Path:
    """Write a workbook.

    Args:
        path: Where.
        sheets: Sheet name to rows.
        formats: Cell, as ``班级!F2``, to number format.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for place, code in formats.items():
        name, _, cell = place.partition("!")
        book[name][cell].number_format = code
    book.save(path)
    return path


def read(
    *paths: Path,
    mapping: MappingFile | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    progress: ReadingProgress | None = None,
) -> Facts:
    """Read a submission with the measures and places of the tests."""
    return read_facts(
        list(paths),
        MEASURES,
        PLACES,
        mapping=mapping,
        encoding=encoding,
        limits=limits,
        progress=progress,
    )


def reported(facts: Facts, level: Level, code: str, year: int, slug: str) -> object:
    """Give what was reported: a number, a text, the reason why it cannot be used, or None."""
    table = facts.levels[level]
    column = table.columns.get(slug)
    if column is None or code not in table.codes:
        return None
    rows = np.flatnonzero((table.subject == table.codes.index(code)) & (table.year == year))
    for row in rows.tolist():
        if row in column.unusable:
            return column.unusable[row]
        value = float(column.values[row])
        if not np.isnan(value):
            return value if column.labels is None else column.labels[int(value)]
    return None


def kinds(facts: Facts) -> list[str]:
    """Give the kinds of all problems, in order of the alphabet."""
    return sorted(problem.code for problem in facts.problems)


def source(facts: Facts, level: Level, code: str, slug: str) -> str | None:
    """Give the cell that an item of a subject came from."""
    table = facts.levels[level]
    for row in np.flatnonzero(table.subject == table.codes.index(code)).tolist():
        if not np.isnan(table.columns[slug].values[row]):
            return facts.origins[int(table.origin[row])].cell(slug, int(table.number[row]))
    return None


def content(facts: Facts) -> object:
    """Give everything that facts say, in an order that does not depend on the files'."""
    found = []
    for level, table in facts.levels.items():
        rows = [
            (
                table.codes[int(table.subject[row])],
                int(table.year[row]),
                facts.origins[int(table.origin[row])].file,
                int(table.number[row]),
                {slug: _shown(column, row) for slug, column in table.columns.items()},
            )
            for row in range(len(table.subject))
        ]
        subjects = list(zip(table.codes, table.names, table.parents, table.standings, strict=True))
        found.append((level, subjects, sorted(rows, key=str)))
    return found, [str(problem) for problem in facts.problems]


def _shown(column: Column, row: int) -> str:
    values, labels, unusable = column.values, column.labels, column.unusable
    if row in unusable:
        return f"! {unusable[row]}"
    value = float(values[row])
    return "" if np.isnan(value) else f"{value}" if labels is None else labels[int(value)]
