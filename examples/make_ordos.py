"""Write the two example submissions, ``ordos-2023`` and ``ordos-2025``.

Everything in them is synthetic except the places, their codes and the values of 2020 that the plan
prints. What is wrong with the returns is planted here and listed in ``README.md``. The same scripts
give the same cells.

    python examples/make_ordos.py
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from ordos_city import (
    BASE,
    CITY,
    CITY_NAME,
    CLOSED,
    COUNTIES,
    FIXED,
    LAST,
    Row,
    Table,
    World,
    number,
)

from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.level import Level

HERE = Path(__file__).parent
ROSTER = ("层级", "代码", "名称", "上级代码", "状态", "停办年份", "并入代码")
YEARS = {2023: (2022, 2023), 2025: (2023, 2024, 2025)}
"""The years that a submission reports, by the year in which it was made."""
GONE = (
    ("学校", "1506240007", "鄂托克旗示例小学7", "150624", "撤销", CLOSED["150624"]),
    ("学校", "1506250007", "杭锦旗示例小学7", "150625", "合并", CLOSED["150625"], "1506250001"),
)
"""Schools that the roster of a later year still names, and when they ended."""
COMPARED = (
    *("人民群众教育满意度", "健身健康知识知晓率", "农村牧区普通话普及率"),
    *("儿童青少年近视率", "新发近视率"),
)
"""What the plan compares with 2020 without printing it."""


def published(world: World) -> Row:
    """Give the city's values of 2020: what the plan prints, and what it compares with."""
    row: Row = dict(zip(FIXED, (CITY, CITY_NAME, "150000", BASE), strict=True))
    for slug, rule in sorted(world.rules.items()):
        baseline = rule.baseline
        if rule.level is Level.PREFECTURE and baseline is not None and baseline.value is not None:
            share = baseline.value < 1 and world.catalog.vocabulary.measure(slug).unit == "%"
            row[world.name(slug)] = f"{baseline.value}%" if share else baseline.value
    for name in COMPARED:
        row[name] = world.figure("盟市", name, BASE)
    return row


def county_tables(world: World, code: str, name: str, years: tuple[int, ...]) -> list[Table]:
    """Give one county: itself, two of its townships, its schools and classes."""
    county = Table(Level.COUNTY, [world.county_row(code, name, year) for year in years])
    townships = world.townships(code, name, years)
    return [county, townships, *world.school_rows(code, name, years)]


@dataclass(frozen=True)
class Return:
    """A county's return: all its tables, and what is of the newest year."""

    tables: list[Table]
    year: int

    def new(self, level: Level) -> list[Row]:
        """Give the rows of a level for the newest year."""
        return [row for row in self.of(level).rows if row["年份"] == self.year]

    def of(self, level: Level) -> Table:
        """Give the table of a level."""
        return next(table for table in self.tables if table.level is level)


def dalad(of: Return) -> None:
    """Sizes of five classes typed with 人, which is read; less money than the year before."""
    for row in of.new(Level.CLASS)[:5]:
        row["班级人数"] = f"{row['班级人数']}人"
    (county,) = of.new(Level.COUNTY)
    for name in ("一般公共预算教育支出", "辖区一般公共预算教育支出"):
        county[name] = round(number(county, name) * 0.93)


def jungar(of: Return) -> None:
    """Money of schools in 元; a class above the standard again; fewer pupils than in classes."""
    for row in of.of(Level.SCHOOL).rows:
        in_yuan(row)
    first, second = of.new(Level.SCHOOL)[:2]
    grown = of.new(Level.CLASS)[0]
    first["在校生数"] = number(first, "在校生数") + 47 - number(grown, "班级人数")
    grown["班级人数"] = 47
    second["在校生数"] = number(second, "在校生数") - 40


def otog_front(of: Return) -> None:
    """A school that contradicts itself."""
    of.new(Level.SCHOOL)[0].update({"有体育场馆": False, "课余时间向学生开放场馆": True})


def otog(of: Return) -> None:
    """A township that did not report; a kindergarten that says what it is and no more."""
    townships, (_, absent) = of.of(Level.TOWNSHIP), of.new(Level.TOWNSHIP)
    townships.rows = [row for row in townships.rows if row is not absent]
    school = next(row for row in of.new(Level.SCHOOL) if row["学校类别"] == "幼儿园")
    for name in school.keys() - {*FIXED, "学校类别", "办学性质"}:
        school[name] = None


def late_accounts(of: Return) -> None:
    """The accounts of the year are not closed yet."""
    for name in ("教育费附加征收额", "教育费附加用于学校数额", "教师培训经费预算"):
        of.new(Level.COUNTY)[0][name] = "—"


def hanggin(of: Return) -> None:
    """Accounts not closed; two classes without their size."""
    late_accounts(of)
    classes = of.new(Level.CLASS)
    classes[0]["班级人数"] = classes[7]["班级人数"] = None


def ejin_horo(of: Return) -> None:
    """The last digit of a number is lost."""
    (county,) = of.new(Level.COUNTY)
    county["社会体育指导员数"] = number(county, "社会体育指导员数") // 10


FAULTS: dict[str, Callable[[Return], None]] = {
    "150621": dalad,
    "150622": jungar,
    "150623": otog_front,
    "150624": otog,
    "150625": hanggin,
    "150626": late_accounts,
    "150627": ejin_horo,
}
"""What is planted in the return of a county."""


def in_yuan(row: Row) -> None:
    """Give the amounts of a school in 元 under headers that say so."""
    for name in ("公用经费总额", "公用经费用于教师培训支出"):
        amount = row.pop(name, None)
        row[f"{name}（元）"] = round(amount * 10000) if isinstance(amount, int | float) else amount


def write(path: Path, tables: list[Table], roster: list[tuple[object, ...]]) -> None:
    """Write a workbook, one sheet per level."""
    book = Workbook()
    notes: Worksheet = book.active  # type: ignore[assignment] # of a book just made
    notes.title = "填报说明"
    notes.append(["示例数据：除地名、代码和规划公布的2020年数值外，全部是虚构的，不是真实填报。"])
    notes.append(["旗县填全域的数；学校、班级只列示例学校，所以不与全域的数加总。"])
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
    world = World(read_pack([built_in()]))
    for made, years in YEARS.items():
        folder = beside / f"ordos-{made}"
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.xlsx"):
            old.unlink()
        roster: list[tuple[object, ...]] = [("盟市", CITY, CITY_NAME, "150000")]
        for code in COUNTIES:
            name = world.catalog.places[code].name
            roster.append(("旗县", code, name, CITY))
            tables = county_tables(world, code, name, years)
            roster.extend(
                (table.level.zh, str(row["代码"]), str(row["名称"]), code)
                for table in tables
                for row in table.rows
                if table.level in (Level.TOWNSHIP, Level.SCHOOL) and row["年份"] == made
            )
            roster.extend(line for line in GONE if line[3] == code and made > CLOSED[code])
            if code in FAULTS:
                FAULTS[code](Return(tables, made))
            write(folder / f"{code}-{name}.xlsx", tables, [])
        city = Table(Level.PREFECTURE, [published(world), *map(world.city_row, years)])
        if made == LAST:
            city.rows[-1]["在校生数"] = 380_000
        write(folder / f"{CITY}-{CITY_NAME}.xlsx", [city], roster)


if __name__ == "__main__":
    main()
