"""Write the two example submissions, ``ordos-2023`` and ``ordos-2025``.

Everything in them is synthetic except the places, their codes and the values of 2020 that the plan
prints. The figures are drawn around the plan's own targets, so that some are met and some missed,
and spoilt here and there the way real returns are. The same seed gives the same cells.

    python examples/make_ordos.py
"""

import random
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dabiao.rules.analysis.data_needs import needed_items
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Changes
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.formulas.formula import Measured, Ratio
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType

HERE = Path(__file__).parent
CITY = "150600"
SEED = 150600
BASE, FIRST = 2020, 2021
FIXED = ("代码", "名称", "上级代码", "年份")
ROSTER = ("层级", "代码", "名称", "上级代码", "状态", "停办年份", "并入代码")
LAST = 2024
GONE = (
    ("学校", "1506240007", "鄂托克旗示例小学7", "150624", "撤销", LAST),
    ("学校", "1506250007", "杭锦旗示例小学7", "150625", "合并", LAST, "1506250001"),
)
"""Schools that the roster of a later year still names, and when they ended."""

# Orders of magnitude for the whole city; a county gets its share. Everything else is drawn around
# the target of the rule that asks for it.
MAGNITUDES = {
    "resident_population": 2_170_000,
    "kindergarten_children": 76_000,
    "kindergarten_teachers": 6_400,
    "basic_school_pupils": 262_000,
    "pupils": 342_000,
    "teachers": 27_500,
    "compulsory_teachers": 16_800,
    "general_senior_pupils": 38_000,
    "secondary_vocational_students": 16_500,
    "higher_education_students": 31_000,
    "secondary_vocational_subject_teachers": 820,
    "higher_vocational_subject_teachers": 610,
    "vocational_teachers": 1_900,
    "vocational_part_time_teachers": 390,
    "vocational_graduates": 9_800,
    "vocational_training_attendances": 98_000,
    "disabled_children": 1_150,
    "examined_pupils": 255_000,
    "eyesight_checked_pupils": 255_000,
    "fitness_tested_pupils": 251_000,
    "ethnic_language_teachers": 1_480,
    "chinese_teachers": 4_900,
    "education_staff": 31_000,
    "form_teachers": 7_900,
    "party_branches": 620,
    "online_courses": 96,
    "sports_area": 6_700_000,
    "sports_instructors": 7_700,
    "gdp": 5_600,
    "sports_value_added": 76,
    "education_budget": 1_020_000,
    "teacher_payroll": 430_000,
    "teacher_training_budget": 5_100,
    "public_venues": 63,
    "new_teachers": 870,
    "new_chinese_teachers": 140,
    "pupils_fit_for_inclusion": 620,
    "interns": 2_400,
    "education_satisfaction": 84,
    "teachers_due_for_test": 21_000,
    "urban_communities": 227,
    "new_housing_estates": 31,
    "new_residential_areas": 31,
    "subject_tutoring_before": 410,
    "education_surcharge_due": 64_000,
    "mean_teacher_pay": 104_000,
    "mean_civil_servant_pay": 102_000,
}
# Shares that fall from year to year: value in 2020, and yearly change.
FALLING = {"youth_myopia_rate": (58.0, -0.45), "new_myopia_rate": (6.1, -0.3)}
# Items asked for since the examples were first drawn: each by a draw of its own, so that the other
# figures stay as they were.
APART = {
    "area_education_budget",
    "balance_due_by_2025",
    "employers_rewarded",
    "inclusion_in_training",
    "municipal_moral_researchers",
    "named_research_platforms",
    "named_ski_resorts",
    "youth_care_plan_run",
}
SAME = {"area_education_budget": "education_budget"}
"""Items that repeat the figure of another."""
PER_COUNTY = {"mean_teacher_pay", "mean_civil_servant_pay"}
SHARES = {
    "150602": 0.27,
    "150603": 0.06,
    "150621": 0.15,
    "150622": 0.17,
    "150623": 0.04,
    "150624": 0.05,
    "150625": 0.06,
    "150626": 0.08,
    "150627": 0.12,
}
KINDS = (  # school kind, name, stage of its classes, classes, in the names of the vocabulary
    ("中小学", "小学", "小学", 12),
    ("中小学", "小学", "小学", 6),
    ("中小学", "初级中学", "初中", 6),
    ("中小学", "普通高中", "普通高中", 3),
    ("幼儿园", "幼儿园", "学前", 3),
)
MORE = (
    ("中小学", "小学", "小学", 6),
    ("中小学", "初级中学", "初中", 6),
    ("幼儿园", "幼儿园", "学前", 3),
)
PREMISES = {
    "轻度残疾学生数": "招收残疾学生",
    "课余时间向学生开放场馆": "有体育场馆",
    "节假日向社会开放场馆": "有体育场馆",
}
GRADES = {"小学": 6, "初中": 3, "普通高中": 3, "学前": 3}


@dataclass
class Table:
    """A sheet in the making: rows of header to value."""

    level: Level
    rows: list[dict[str, object]] = field(default_factory=list)


class World:
    """Draws the figures of one submission."""

    def __init__(self, catalog: Catalog, year: int) -> None:
        """Draw for a year; the same year always gives the same world."""
        self.catalog, self.year = catalog, year
        self.random = random.Random(SEED + year)
        plan = [rule for rule in catalog if rule.document.id == "ordos-145"]
        self.rules = {rule.measure: rule for rule in plan if rule.measure is not None}
        own = [rule for rule in plan if rule.level is not Level.REGION]
        self.needs = needed_items(own, catalog.vocabulary)
        self.parts = self._parts()

    def _parts(self) -> dict[str, tuple[str, Rule]]:
        """Map each part of a ratio to its whole and to the rule about the ratio."""
        found: dict[str, tuple[str, Rule]] = {}
        for slug, rule in self.rules.items():
            formula = self.catalog.vocabulary.formulas.get(slug)
            match formula:
                case Ratio(Measured(part), Measured(whole)):
                    found[part] = (whole, rule)
        return found

    def progress(self, rule: Rule, year: int) -> float | None:
        """Draw a value on the way from a rule's baseline to its target."""
        target = rule.norm_record.threshold
        if not isinstance(target, float) or isinstance(rule.norm, Changes):
            return None
        start = rule.baseline.value if rule.baseline and rule.baseline.value is not None else 0.0
        last = rule.timing.last
        if last is None:  # a standing duty, met more often than not
            return target * (1 + self.random.gauss(0.1, 0.06))
        share = min(1.0, max(0, year - BASE) / max(1, last - BASE))
        share += self.random.gauss(0.04, 0.09 if year >= last else 0.14)
        return start + (target - start) * max(0.0, share)

    def value(self, item: Item, share: float, year: int, row: dict[str, object]) -> object:
        """Draw a value for one subject that makes up a share of the city."""
        if item.type is ItemType.BOOLEAN:
            return self.random.random() < (0.93 if year >= 2025 else 0.72)
        if item.type is ItemType.CATEGORY:
            return self.random.choice(item.options)
        if item.slug in FALLING:
            start, change = FALLING[item.slug]
            return round(start + (year - BASE) * change + self.random.gauss(0, 0.2), 1)
        if item.slug in MAGNITUDES:
            growth = 1 + 0.02 * (year - BASE) + self.random.gauss(0, 0.01)
            scale = 1.0 if item.slug in PER_COUNTY else share
            return self.rounded(item, MAGNITUDES[item.slug] * scale * growth)
        if item.slug in self.parts:
            whole, rule = self.parts[item.slug]
            rate = self.progress(rule, year)
            of = row.get(self.name(whole))
            if rate is not None and isinstance(of, int | float):
                return self.rounded(item, min(of, of * rate / 100))
        rule = self.rules.get(item.slug)
        drawn = self.progress(rule, year) if rule is not None else None
        if drawn is None:
            drawn = self.random.randint(1, 4)
        return self.rounded(item, drawn * (share if self.sums(item) else 1.0))

    def sums(self, item: Item) -> bool:
        """Tell whether counties make up the city's value."""
        return item.summation.value == "sum" and Level.COUNTY in item.levels

    def rounded(self, item: Item, value: float) -> float | int:
        """Round as a return would."""
        value = max(value, item.minimum or 0.0)
        if item.maximum is not None:
            value = min(value, item.maximum)
        return round(value) if item.type is ItemType.INTEGER else round(value, 2)

    def name(self, slug: str) -> str:
        """Give the name of a measure, which heads its column."""
        return self.catalog.vocabulary.measure(slug).name

    def items(self, level: Level) -> list[Item]:
        """List the items of a level, wholes before their parts."""
        slugs = set(self.needs.get(level, ()))
        if level is Level.COUNTY:
            city = {self.catalog.vocabulary.items[slug] for slug in self.needs[Level.PREFECTURE]}
            slugs |= {item.slug for item in city if self.sums(item)}
        if level is Level.PREFECTURE:
            slugs = {slug for slug in slugs if not self.sums(self.catalog.vocabulary.items[slug])}
        if level is Level.SCHOOL:
            slugs |= {"pupils", "teachers"}
        wholes = {whole for whole, _ in self.parts.values()}
        ordered = sorted(slugs, key=lambda slug: (slug not in wholes, slug))
        return [self.catalog.vocabulary.items[slug] for slug in ordered]

    def row(
        self, level: Level, code: str, name: str, parent: str, year: int, share: float
    ) -> dict[str, object]:
        """Draw a whole row."""
        row: dict[str, object] = dict(zip(FIXED, (code, name, parent, year), strict=True))
        items = self.items(level)
        for item in items:
            if item.slug not in APART:
                row[item.name] = self.value(item, share, year, row)
        for item in items:
            if item.slug in SAME:
                row[item.name] = row[self.name(SAME[item.slug])]
            elif item.slug in APART:
                own = random.Random(f"{year} {code} {item.slug}")
                yes, most = own.random() < 0.6, int(item.maximum or 2)
                row[item.name] = yes if item.type is ItemType.BOOLEAN else own.randint(1, most)
        return row


def published(world: World) -> dict[str, object]:
    """Give the city's values of 2020 that the plan prints."""
    row: dict[str, object] = dict(zip(FIXED, (CITY, "鄂尔多斯市", "150000", BASE), strict=True))
    for slug, rule in sorted(world.rules.items()):
        baseline = rule.baseline
        if rule.level is Level.PREFECTURE and baseline is not None and baseline.value is not None:
            share = baseline.value < 1 and world.catalog.vocabulary.measure(slug).unit == "%"
            row[world.name(slug)] = f"{baseline.value}%" if share else baseline.value
    return row


def city_tables(world: World) -> list[Table]:
    """Draw the city's own sheet: 2020 as published, last year and this one."""
    table = Table(Level.PREFECTURE, [published(world)])
    for year in (world.year - 1, world.year):
        row = world.row(Level.PREFECTURE, CITY, "鄂尔多斯市", "150000", year, 1.0)
        row["在校生数"] = 350_000  # a round figure that won't agree with what the counties report
        table.rows.append(row)
    return [table]


def county_tables(world: World, code: str, name: str) -> list[Table]:
    """Draw one county: itself for two years, its townships, schools and classes."""
    share = SHARES[code]
    county = Table(Level.COUNTY)
    for year in (world.year - 1, world.year):
        county.rows.append(world.row(Level.COUNTY, code, name, CITY, year, share))
    townships = Table(Level.TOWNSHIP)
    for number in range(1, 3):
        own = f"{code}{number:03d}"
        label = f"{name}示例苏木乡镇{number}"
        townships.rows.append(world.row(Level.TOWNSHIP, own, label, code, world.year, share / 8))
        townships.rows[-1]["乡级区划类别"] = "苏木乡镇" if number > 1 else "街道"
    schools, classes = Table(Level.SCHOOL), Table(Level.CLASS)
    kinds = KINDS + MORE[: 3 if share > 0.1 else 1]
    for number, (kind, label, stage, size) in enumerate(kinds, 1):
        own = f"{code}{number:04d}"
        title = f"{name}示例{label}{number}"
        schools.rows.append(school_row(world, own, title, code, kind, stage))
        draw_classes(world, classes, own, stage, size)
        pupils = [row["班级人数"] for row in classes.rows if row["上级代码"] == own]
        schools.rows[-1]["在校生数"] = sum(each for each in pupils if isinstance(each, int))
        schools.rows[-1]["专任教师数"] = round(2.4 * size)
    return [county, townships, schools, classes]


def school_row(
    world: World, code: str, name: str, county: str, kind: str, stage: str
) -> dict[str, object]:
    """Draw a school whose kind, stage and grade agree with one another."""
    row = world.row(Level.SCHOOL, code, name, county, world.year, 0.001)
    senior = stage == "普通高中"
    row["学校类别"] = kind
    row["办学性质"] = "民办" if world.random.random() < 0.12 else "公办"
    row["举办义务教育"] = stage in ("小学", "初中")
    row["举办普通高中教育"] = senior
    row["普通高中评估等级"] = (
        world.random.choice(("优质", "示范", "未评定")) if senior else "未评定"
    )
    if kind != "幼儿园" and row.get("足球特色学校类别") == "特色幼儿园":
        row["足球特色学校类别"] = "特色学校"
    for fact, premise in PREMISES.items():
        if row.get(fact) and premise in row:
            row[premise] = True
    return row


def draw_classes(world: World, table: Table, school: str, stage: str, size: int) -> None:
    """Draw the classes of a school; some are larger than the standard."""
    middle = {"学前": 27, "小学": 41, "初中": 46, "普通高中": 49}[stage]
    spread = 3.2 if world.year >= 2025 else 4.5
    for number in range(1, size + 1):
        code = f"{school}{number:03d}"
        place, grade = divmod(number - 1, GRADES[stage])
        name = f"{grade + 1}年级{place + 1}班"
        row = world.row(Level.CLASS, code, name, school, world.year, 0.0)
        row["学段"] = stage
        own = random.Random(int(code) + world.year)  # so that other items don't move class sizes
        row["班级人数"] = max(8, round(own.gauss(middle, spread)))
        table.rows.append(row)


def spoil(world: World, code: str, tables: list[Table]) -> None:
    """Spoil a county's return in the ways that real ones are."""
    leave_out(world.random, tables, {world.name(slug) for slug in APART})
    by_level = {table.level: table for table in tables}
    schools, classes = by_level[Level.SCHOOL], by_level[Level.CLASS]
    if code == "150624":  # a school that did not report, nor did its classes
        gone = schools.rows.pop()
        classes.rows = [row for row in classes.rows if row["上级代码"] != gone["代码"]]
    if code == "150622":  # money in yuan, said in the header
        for row in schools.rows:
            in_yuan(row)
    if code == "150623":  # a school that contradicts itself
        schools.rows[0] |= {"有体育场馆": False, "课余时间向学生开放场馆": True}
    if code == "150621":  # numbers typed as text
        for row in classes.rows[:5]:
            row["班级人数"] = f"{row['班级人数']}人"


def leave_out(draw: random.Random, tables: list[Table], kept: Container[str]) -> None:
    """Leave out a value here and there, but none of those kept."""
    for table in tables:
        names = [name for name in table.rows[-1] if name not in FIXED and name not in kept]
        for row in table.rows:
            for name in names:
                if name in row and draw.random() < 0.004:
                    row[name] = draw.choice((None, "—", "/"))


def in_yuan(row: dict[str, object]) -> None:
    """Give the amounts of a school in 元 under headers that say so."""
    for name in ("公用经费总额", "公用经费用于教师培训支出"):
        amount = row.pop(name, None)
        row[f"{name}（元）"] = amount * 10000 if isinstance(amount, int | float) else amount


def write(path: Path, tables: list[Table], roster: list[tuple[object, ...]]) -> None:
    """Write a workbook, one sheet per level."""
    book = Workbook()
    notes: Worksheet = book.active  # type: ignore[assignment]
    notes.title = "填报说明"
    notes.append(["示例数据：除地名、代码和规划公布的2020年数值外，全部为随机生成，不是真实填报。"])
    for table in tables:
        if table.rows:
            _fill(book.create_sheet(table.level.zh), table, percent="150603" in path.name)
    if roster:
        sheet = book.create_sheet("名录")
        for line in (ROSTER, *roster):
            sheet.append(line)
    book.save(path)


def _fill(sheet: Worksheet, table: Table, *, percent: bool) -> None:
    """Fill a sheet; one county's percentages are cells formatted as such."""
    headers: list[str] = list(FIXED)
    for row in table.rows:
        headers.extend(name for name in row if name not in headers)
    sheet.append(headers)
    for row in table.rows:
        sheet.append([_cell(row.get(header)) for header in headers])
    shares = [at for at, name in enumerate(headers, 1) if name.endswith("比例")]
    for column in shares if percent else ():
        for line in range(2, sheet.max_row + 1):
            cell = sheet.cell(line, column)
            if isinstance(cell.value, int | float):
                cell.value = cell.value / 100
                cell.number_format = "0.0%"
    sheet.freeze_panes = "E2"


def _cell(value: object) -> object:
    return ("是" if value else "否") if isinstance(value, bool) else value


def main(beside: Path = HERE) -> None:
    """Write both submissions, beside this script unless told otherwise."""
    catalog = read_pack([built_in()])
    counties = sorted(
        (place for place in catalog.places.values() if place.parent == CITY),
        key=lambda place: place.code,
    )
    for year in (2023, 2025):
        folder = beside / f"ordos-{year}"
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.xlsx"):
            old.unlink()
        world = World(catalog, year)
        roster: list[tuple[object, ...]] = [("盟市", CITY, "鄂尔多斯市", "150000")]
        for county in counties:
            roster.append(("旗县", county.code, county.name, CITY))
            tables = county_tables(world, county.code, county.name)
            schools = [row for table in tables if table.level is Level.SCHOOL for row in table.rows]
            roster.extend(
                ("学校", str(row["代码"]), str(row["名称"]), county.code) for row in schools
            )
            roster.extend(line for line in GONE if line[3] == county.code and year > LAST)
            spoil(world, county.code, tables)
            write(folder / f"{county.code}-{county.name}.xlsx", tables, [])
        write(folder / f"{CITY}-鄂尔多斯市.xlsx", city_tables(world), roster)


if __name__ == "__main__":
    main()
