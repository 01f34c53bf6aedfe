"""Forms to be looked at: of a built-in document, or made by hand."""

import io
from functools import cache

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.selection import Wanted, select
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.forms import Ground, Order, find_area, find_levels, plan_forms
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.document import Document, Period
from dabiao.schemas.form import Field, Form, FormRow, FormSheet, NeedingRule
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.subject import Subject


@cache
def catalog() -> Catalog:
    """Read the built-in packs."""
    return read_pack([built_in()])


def planned(
    document: str, area: str | None = None, year: int = 2025, levels: tuple[str, ...] = ()
) -> Form:
    """Plan a form of a built-in document, with two blank subjects on each sheet."""
    pack = catalog()
    rules = select(pack, Wanted(documents=[document]))
    ground = Ground.of(pack.places)
    place = find_area(area, rules, pack, ground)
    (form,) = plan_forms(pack, rules, Order(place, year, find_levels(levels, place), 2), ground)
    return form


def made(*fields: Field, rows: tuple[FormRow, ...] | None = None) -> Form:
    """Make a form of a school by hand."""
    every = frozenset(field.slug for field in fields)
    document = Document(id="plan", title="规划", period=Period(from_=2021))
    known = FormRow("s1", "第一小学", "150602", 2025, every)
    rows = rows or (known, FormRow(None, None, "150602", 2025, every))
    school = Subject(code="s1", name="第一小学", level=Level.SCHOOL, parents=("150602",))
    sheet = FormSheet(Level.SCHOOL, fields, rows)
    return Form(school, 2025, (document,), (sheet,), (school,))


def field(
    slug: str,
    type_: ItemType = ItemType.INTEGER,
    *,
    topic: str = "基本情况",
    unit: str = "",
    bounds: tuple[float | None, float | None] = (0, None),
    options: tuple[str, ...] = (),
) -> Field:
    """Make a column by hand."""
    return Field(
        slug=slug,
        header=f"{slug}（{unit}）" if unit else slug,
        topic=topic,
        type=type_,
        unit=unit,
        minimum=bounds[0] if type_.numeric else None,
        maximum=bounds[1] if type_.numeric else None,
        options=options,
        expected="不小于 0 的整数",
        definition="学年初的数",
        summed=False,
        clauses=(NeedingRule("plan/r", "题目", "规划", ("第一章",)),),
    )


def sheet_of(content: bytes, name: str) -> Worksheet:
    """Open one sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def item_rows(sheet: Worksheet) -> list[int]:
    """List the rows of an upright sheet that have a number."""
    rows = range(8, sheet.max_row + 1)
    return [row for row in rows if isinstance(sheet.cell(row, 1).value, int)]
