"""The city of the Ordos examples, from 2020 to 2025: the same whoever reports it, and when.

``ordos-figures.csv`` says where the city stood in 2020 and where it stands in 2025. Counties share
in that, schools and classes follow how strong they are, and every year lies on the way.
"""

import csv
import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dabiao.rules.analysis.data_needs import needed_items
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.formulas.formula import Measured, Ratio
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType

HERE = Path(__file__).parent
CITY, CITY_NAME = "150600", "鄂尔多斯市"
BASE, LAST = 2020, 2025
FIXED = ("代码", "名称", "上级代码", "年份")
CLOSED = {"150624": 2024, "150625": 2024}
"""The last year of a further school in these counties."""

Row = dict[str, object]
Figures = Mapping[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class County:
    """What makes a county: its part of the city, how strong it is, what it has achieved.

    Attributes:
        share: Its part of the city's population and schools.
        strength: 0 for most; above, more is done and done earlier.
        balanced: The year of its certificate of balanced compulsory education, or None.
        preschool: The same for universal preschool education.
        role: Its part in the mentoring between counties.
        crowded: How many more pupils sit in a class of its schools.
    """

    share: float
    strength: float
    balanced: int | None
    preschool: int | None
    role: str
    crowded: float

    def certified(self, year: int) -> bool:
        """Tell whether its compulsory education is certified as balanced by a year."""
        return self.balanced is not None and self.balanced <= year


COUNTIES = {
    "150602": County(0.266, 0.2, None, 2023, "包联", 3.0),
    "150603": County(0.055, 1.0, 2023, 2022, "包联", 0.0),
    "150621": County(0.150, -0.5, None, None, "被包联", 1.5),
    "150622": County(0.167, 0.5, 2024, 2023, "包联", -0.5),
    "150623": County(0.044, -0.3, None, None, "被包联", -2.0),
    "150624": County(0.076, 0.1, 2025, 2025, "未参加", -1.0),
    "150625": County(0.052, -1.0, None, None, "被包联", -1.0),
    "150626": County(0.075, 0.0, None, 2024, "被包联", 0.0),
    "150627": County(0.115, 0.7, 2024, 2022, "包联", -0.5),
}
DUE_FOR_BALANCE = {"150602", "150603", "150622", "150624", "150627"}
WORST = {"1506250002": -2.6, "1506020006": -0.9, "1506210004": -1.4}
"""Schools that lag behind their county, the first of all."""
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
GRADES = {"小学": 6, "初中": 3, "普通高中": 3, "学前": 3}
PUPILS = {"学前": 27.0, "小学": 39.5, "初中": 45.5, "普通高中": 49.0}
STANDARD = {"小学": 45, "初中": 50}
GRADE_OF_SENIOR = {  # of upper secondary schools; two of them have grown since 2023
    **dict.fromkeys(("150602", "150603", "150627"), "示范"),
    **dict.fromkeys(("150621", "150622", "150624", "150626"), "优质"),
}
OF_KINDERGARTENS = {
    *("使用市级数字教育资源服务", "完成消防验收", "纳入督导评价", "体育特色项目数", "校舍安全达标"),
    *("标准化学校", "参加结对共建", "语言文字规范化示范校", "通过语言文字工作达标验收"),
    *("校园安防视频智慧管理", "数字消防监测", "设有食堂", "互联网明厨亮灶", "专业足球教师数"),
    *("教师最少培训学时", "招收残疾学生", "有体育场馆"),
}
"""What the plan asks of kindergartens; they leave the rest of the sheet blank."""
EASE = {
    **dict.fromkeys(("全部使用统编三科教材", "配齐三科统编教材教师"), 3.0),
    "高一全部使用统编三科教材": 3.0,
    **dict.fromkeys(("全部使用国家通用语言文字教学", "纳入督导评价", "实施新课程新教材"), 3.0),
    **dict.fromkeys(("开展课后服务", "公示作业", "参加结对共建", "互联网明厨亮灶"), 9.0),
    **dict.fromkeys(("校舍安全达标", "实施安全网格化管理", "德育一校一案"), 1.5),
    **dict.fromkeys(("开展校长教师交流轮岗", "语言文字经费纳入财政", "建成数字校园"), 1.5),
    **dict.fromkeys(("配齐体育教师", "配备校医", "有人造草坪场地", "建成智慧校园"), -0.9),
    **dict.fromkeys(("掌握运动技能学生比例", "掌握艺术特长学生比例", "标准化学校"), -0.4),
    **dict.fromkeys(("数字消防监测", "开展基于大数据的教与学应用"), -1.0),
    "语言文字规范化示范校": -3.2,
}
"""How much easier, or harder, something is than most."""
LASTING = {"有体育场馆": 0.6, "招收残疾学生": 0.5, "设有食堂": 0.9, "举办普通高中教育": 0.0}
"""What a school has or has not in every year, and how many have it."""
SCHOOL_TARGETS = {  # least, and what a school that misses it has
    "参加美育实践活动学生比例": (100, 90),
    "掌握艺术特长学生比例": (100, 86),
    "掌握运动技能学生比例": (100, 84),
    "学生每天校内体育锻炼时间": (60, 48),
    "学生每天校外体育活动时间": (60, 48),
    "民族团结进步教育课时数": (12, 9),
    "教师最少培训学时": (360, 324),
    "专业足球教师数": (2, 1),
    "进课堂的安全类教育数": (4, 3),
}


def chance(*key: object) -> float:
    """Draw a number from 0 to 1 that is the same whenever the same is asked."""
    return random.Random("|".join(map(str, key))).random()


def spread(*key: object) -> float:
    """Draw around 0, mostly from -1 to 1."""
    return random.Random("|".join(map(str, key))).gauss(0, 0.5)


def number(row: Row, name: str) -> float:
    """Give a number that stands in a row."""
    return float(str(row[name]))


def between(start: float, end: float, year: int, name: str) -> float:
    """Give the value of a year on the way from 2020 to 2025; some hurry, some come late."""
    passed = max(0, year - BASE) / (LAST - BASE)
    pace: float = passed ** (0.75 + 0.6 * chance("pace", name))
    return start + (end - start) * pace


def done(name: str, code: str, year: int, strength: float) -> bool:
    """Tell whether somebody has done what is asked; who has, keeps to it."""
    ease = 2.15 + 0.55 * (year - LAST) + 0.8 * strength + EASE.get(name, 0.0)
    return chance("done", name, code) < 1 / (1 + math.exp(-ease))


def shared(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Share a number out by weights, so that nobody loses when there is more of it."""
    whole = sum(weights.values())
    if total > 500:
        exact = {code: total * weight / whole for code, weight in weights.items()}
        found = {code: int(value) for code, value in exact.items()}
        rest = sorted(exact, key=lambda code: found[code] - exact[code])
        for code in rest[: total - sum(found.values())]:
            found[code] += 1
        return found
    found = dict.fromkeys(weights, 0)
    for _ in range(total):
        found[max(weights, key=lambda code: weights[code] / (2 * found[code] + 1))] += 1
    return found


def read_figures() -> Figures:
    """Read what stands in the table of figures, by level and name."""
    with (HERE / "ordos-figures.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (line["层级"], line["数据项"]): (line["2020年"], line["2025年"])
            for line in csv.DictReader(lines)
        }


@dataclass
class Table:
    """A sheet in the making: rows of header to value."""

    level: Level
    rows: list[Row] = field(default_factory=list)


class World:
    """The city from 2020 to 2025: the same whoever reports it, and when."""

    def __init__(self, catalog: Catalog) -> None:
        """Read what the plan asks for and where the city stands."""
        self.catalog, self.figures = catalog, read_figures()
        plan = [rule for rule in catalog if rule.document.id == "ordos-145"]
        self.rules: dict[str, Rule] = {
            rule.measure: rule for rule in plan if rule.measure is not None
        }
        self.asked: dict[str, list[Rule]] = {}
        for rule in plan:
            if rule.measure is not None:
                self.asked.setdefault(self.name(rule.measure), []).append(rule)
        own = [rule for rule in plan if rule.level is not Level.REGION]
        self.needs = needed_items(own, catalog.vocabulary)
        self.wholes = dict(self._wholes())
        self._sums: dict[int, dict[str, dict[str, int]]] = {}

    def _wholes(self) -> Iterable[tuple[str, str]]:
        """Find the whole of each part, by name, where the plan asks for their ratio."""
        for slug in self.rules:
            match self.catalog.vocabulary.formulas.get(slug):
                case Ratio(Measured(part), Measured(whole)):
                    yield self.name(part), self.name(whole)

    def name(self, slug: str) -> str:
        """Give the name of a measure, which heads its column."""
        return self.catalog.vocabulary.measure(slug).name

    def items(self, level: Level) -> list[Item]:
        """List the items asked of a level; the city leaves to counties what they add up to."""
        slugs = set(self.needs.get(level, ()))
        known = self.catalog.vocabulary.items
        if level is Level.COUNTY:
            slugs |= {slug for slug in self.needs[Level.PREFECTURE] if self.sums(known[slug])}
        if level is Level.PREFECTURE:
            slugs = {slug for slug in slugs if not self.sums(known[slug])}
        if level is Level.SCHOOL:
            slugs |= {"pupils", "teachers"}
        return [known[slug] for slug in sorted(slugs)]

    def sums(self, item: Item) -> bool:
        """Tell whether counties make up the city's value."""
        return item.summation.value == "sum" and Level.COUNTY in item.levels

    def figure(self, level: str, name: str, year: int) -> float:
        """Give the value of a year by the table of figures; shares as such, 0.9 for 90%."""
        start, end = self.ends(level, name)
        if end.endswith("%"):
            return between(float(start[:-1]), float(end[:-1]), year, name) / 100
        return between(float(start), float(end), year, name)

    def ends(self, level: str, name: str) -> tuple[str, str]:
        """Give what the table says of 2020 and 2025; where it says nothing, the target is met."""
        if (level, name) in self.figures:
            return self.figures[level, name]
        targets = (rule.norm_record.threshold for rule in self.asked.get(name, ()))
        least = next((each for each in targets if isinstance(each, float)), 1.0)
        return str(least / 2), str(least)

    def is_share(self, level: str, name: str) -> bool:
        """Tell whether the table gives a share of the whole rather than a number."""
        return self.ends(level, name)[1].endswith("%")

    def counties(self, year: int) -> dict[str, dict[str, int]]:
        """Give what every county adds to the city, by name and code."""
        if year not in self._sums:
            found: dict[str, dict[str, int]] = {}
            names = [name for level, name in self.figures if level == "合计"]
            for name in names:
                if not self.is_share("合计", name):
                    found[name] = self._dealt(name, year)
            self._derive(found)
            for name in names:
                self._part(found, name, year)
            self._sums[year] = found
        return self._sums[year]

    def _dealt(self, name: str, year: int) -> dict[str, int]:
        weights = {
            code: county.share * (1 + 0.12 * spread(name, code))
            for code, county in COUNTIES.items()
        }
        return shared(round(self.figure("合计", name, year)), weights)

    def _derive(self, found: dict[str, dict[str, int]]) -> None:
        """Add what follows from other numbers: all pupils, all teachers, and who was seen."""
        for code in COUNTIES:
            of = {name: numbers[code] for name, numbers in found.items() if code in numbers}
            senior = round(of["普通高中在校生数"] / 11.2)
            staff = of["幼儿园专任教师数"] + of["义务教育专任教师数"] + senior
            derived = {
                "体检中小学生数": round(of["中小学在校生数"] * 0.985),
                "视力检查中小学生数": round(of["中小学在校生数"] * 0.985),
                "体质健康测试学生数": round(of["中小学在校生数"] * 0.962),
                "在校生数": of["中小学在校生数"] + of["在园幼儿数"] + of["中职在校生数"],
                "专任教师数": staff + of["中职专业教师数"],
                "应参加业务考试教师数": staff,
            }
            for name, value in derived.items():
                found.setdefault(name, {})[code] = value

    def _part(self, found: dict[str, dict[str, int]], name: str, year: int) -> None:
        """Share out a part of a whole; the strong have more of it, or less of what is ill."""
        if name in found:
            return
        above = self.wholes[name]
        if above not in found:
            self._part(found, above, year)
        whole, rate = found[above], self.figure("合计", name, year)
        if rate == 1:
            found[name] = dict(whole)
            return
        better = -1 if self.figures["合计", name][0] > self.figures["合计", name][1] else 1
        room = min(rate, 1 - rate) / 4
        weights = {
            code: whole[code] * (rate + better * room * county.strength)
            for code, county in COUNTIES.items()
        }
        dealt = shared(round(rate * sum(whole.values())), weights)
        found[name] = {code: min(value, whole[code]) for code, value in dealt.items()}

    def rounded(self, item: Item, value: float) -> float | int:
        """Round as a return would."""
        value = max(value, item.minimum or 0.0)
        if item.maximum is not None:
            value = min(value, item.maximum)
        return round(value) if item.type is ItemType.INTEGER else round(value, 2)

    def city_row(self, year: int) -> Row:
        """Give the city's own figures of a year."""
        row: Row = dict(zip(FIXED, (CITY, CITY_NAME, "150000", year), strict=True))
        items = self.items(Level.PREFECTURE)
        for item in items:
            if item.type is ItemType.BOOLEAN:
                since = self.figures.get(("盟市", item.name), ("", "2022"))[1]
                row[item.name] = since != "未" and int(since) <= year
            elif not self.is_share("盟市", item.name):
                row[item.name] = self.rounded(item, self.figure("盟市", item.name, year))
        for item in items:
            if item.name not in row:
                share = self.figure("盟市", item.name, year)
                row[item.name] = self.rounded(item, share * number(row, self.wholes[item.name]))
        counties = sum(self.budget(code, year) for code in COUNTIES)
        row["辖区一般公共预算教育支出"] = number(row, "一般公共预算教育支出") + counties
        return row

    def budget(self, code: str, year: int) -> int:
        """Give a county's spending on education, in 万元: so much for each of its pupils."""
        each = (2.05 + 0.055 * (year - BASE)) * (1 + 0.1 * spread("budget", code))
        return round(self.counties(year)["在校生数"][code] * each)

    def county_row(self, code: str, name: str, year: int) -> Row:
        """Give a county's figures of a year."""
        county, sums = COUNTIES[code], self.counties(year)
        row: Row = dict(zip(FIXED, (code, name, CITY, year), strict=True))
        costs = 1 + 0.06 * spread("costs", code)
        payroll = round(sums["专任教师数"][code] * (14.2 + 0.35 * (year - BASE)) * costs)
        own: Row = {
            "一般公共预算教育支出": self.budget(code, year),
            "辖区一般公共预算教育支出": self.budget(code, year),
            "教师工资总额": payroll,
            "教师培训经费预算": round(payroll * (0.0112 + 0.0008 * county.strength), 2),
            "计划2025年底前通过优质均衡认定": code in DUE_FOR_BALANCE,
            "通过义务教育优质均衡认定": county.certified(year),
            "通过学前教育普及普惠认定": county.preschool is not None and county.preschool <= year,
            "建成未来产业发展公共实训基地": code == "150603" and year >= 2024,
            "教育包联角色": county.role,
        }
        for item in self.items(Level.COUNTY):
            if item.name in own:
                row[item.name] = own[item.name]
            elif item.name in sums:
                row[item.name] = sums[item.name][code]
            elif item.type is ItemType.BOOLEAN:
                row[item.name] = done(item.name, code, year, county.strength)
            else:
                row[item.name] = self._of_county(item, code, year, costs)
        return row

    def _of_county(self, item: Item, code: str, year: int, costs: float) -> float:
        strength = COUNTIES[code].strength
        value = self.figure("旗县", item.name, year)
        if item.unit == "元":
            gap = 0.94 if strength < 0 and item.name.startswith("义务教育") else 1.0
            return self.rounded(item, round(value * costs * gap, -1))
        if item.unit == "Mbps":
            return 20_000 if done(item.name, code, year, strength) else 10_000
        if done(item.name, code, year, strength):
            return math.ceil(value + 2 * max(0.0, spread(item.name, code)))
        return 10 if item.name == "全民健身赛事次数" else 0

    def school_rows(self, code: str, name: str, years: Iterable[int]) -> tuple[Table, Table]:
        """Give the schools of a county and their classes, year after year."""
        schools, classes = Table(Level.SCHOOL), Table(Level.CLASS)
        kinds = KINDS + MORE[: 3 if COUNTIES[code].share > 0.1 else 1]
        for year in years:
            here = kinds + (KINDS[1:2] if year <= CLOSED.get(code, 0) else ())
            for number, (kind, label, stage, size) in enumerate(here, 1):
                own = f"{code}{number:04d}"
                title = f"{name}示例{label}{number}"
                pupils = [self.class_row(own, stage, at, year) for at in range(1, size + 1)]
                row: Row = dict(zip(FIXED, (own, title, code, year), strict=True))
                row |= self._of_school(row, kind, stage, pupils)
                schools.rows.append(row)
                classes.rows += pupils
        return schools, classes

    def strength(self, school: str) -> float:
        """Tell how strong a school is."""
        county = COUNTIES[school[:6]].strength
        return WORST.get(school, 0.0) + county + 0.5 * spread("school", school)

    def class_row(self, school: str, stage: str, number: int, year: int) -> Row:
        """Give a class; where 'balanced' is certified, none is above the standard any more."""
        code = f"{school}{number:03d}"
        place, grade = divmod(number - 1, GRADES[stage])
        fixed = (code, f"{grade + 1}年级{place + 1}班", school, year)
        row: Row = dict(zip(FIXED, fixed, strict=True))
        row["学段"] = stage
        county = COUNTIES[school[:6]]
        late = max(0.0, -WORST.get(school, 0.0)) * 3
        draw = spread("size", code) * 6.4 + spread("size", code, year) * 1.6
        pupils = round(PUPILS[stage] + county.crowded + late + 1.1 * (LAST - year) + draw)
        if stage in STANDARD and county.certified(year):
            pupils = min(pupils, STANDARD[stage] - number % 3)
        row["班级人数"] = max(12, pupils)
        if stage != "学前":
            for name in ("合唱团数", "每周合唱活动次数"):
                row[name] = int(done(name, code, year, self.strength(school) + 0.5))
        return row

    def _of_school(self, row: Row, kind: str, stage: str, classes: list[Row]) -> Row:
        """Give what a school reports in a year; a kindergarten leaves blank what is not its own."""
        code, year = str(row["代码"]), int(str(row["年份"]))
        found = self._kind(code, kind, stage)
        for item in self.items(Level.SCHOOL):
            asked = kind != "幼儿园" or item.name in OF_KINDERGARTENS
            if item.name not in found and asked:
                found[item.name] = self._asked(item, code, year)
        if kind == "幼儿园":
            return found
        sizes = [round(number(each, "班级人数")) for each in classes]
        found["在校生数"], found["专任教师数"] = sum(sizes), round(2.4 * len(sizes))
        budget, certified = round(sum(sizes) * 0.118, 2), COUNTIES[code[:6]].certified(year)
        paid = certified or done("培训经费", code, year, self.strength(code))
        found["公用经费总额"] = budget
        found["公用经费用于教师培训支出"] = round(budget * (0.054 if paid else 0.044), 2)
        if certified and stage in STANDARD:
            found["教师最少培训学时"] = 366
        passed = paid and number(found, "教师最少培训学时") >= 360
        passed = passed and all(size <= STANDARD.get(stage, 99) for size in sizes)
        found["优质均衡评估项目全部达标"] = passed and (certified or done("项项", code, year, -1.5))
        if not found["招收残疾学生"]:
            found |= {"轻度残疾学生数": 0, "特殊教育应训教师数": 0, "特殊教育参训教师数": 0}
        if not found["有体育场馆"]:
            found |= {"课余时间向学生开放场馆": False, "节假日向社会开放场馆": False}
        if not found["设有食堂"]:
            found["互联网明厨亮灶"] = False
        return found

    def _kind(self, code: str, kind: str, stage: str) -> Row:
        """Give what a school is; it stays so."""
        draw, senior = chance("football", code), stage == "普通高中"
        special = "特色幼儿园" if kind == "幼儿园" else "特色学校"
        found: Row = {
            "学校类别": kind,
            "办学性质": "民办" if chance("private", code) < 0.1 and not senior else "公办",
            "足球特色学校类别": special if draw < 0.35 else "非特色",
            "举办义务教育": stage in STANDARD,
            "举办普通高中教育": senior,
            "普通高中评估等级": GRADE_OF_SENIOR.get(code[:6], "未评定") if senior else "未评定",
        }
        if draw < 0.1 and kind != "幼儿园":
            found["足球特色学校类别"] = "国家级特色学校"
        return found

    def _asked(self, item: Item, code: str, year: int) -> object:
        """Give what a school says to a question of the plan."""
        name, strength = item.name, self.strength(code)
        if name in LASTING:
            return chance(name, code) < LASTING[name]
        well = done(name, code, year, strength)
        if item.type is ItemType.BOOLEAN:
            return well
        if name == "网络出口带宽":
            return round(self.figure("学校", name, year) * (1.0 if well else 0.8), -2)
        if name == "轻度残疾学生数":
            return int(chance(name, code) * 9)
        if name.startswith("特殊教育") and name.endswith("教师数"):
            due = 6 + int(chance("特殊教育", code) * 18)
            return due if name == "特殊教育应训教师数" or well else due - 2
        if name in SCHOOL_TARGETS:
            least, missed = SCHOOL_TARGETS[name]
            more = 1 + chance(name, code) * 0.1 if item.maximum is None else 1.0
            return round((least if well else missed) * more)
        return 1 if well else 0

    def townships(self, code: str, name: str, years: Iterable[int]) -> Table:
        """Give two townships of a county, a street and a sum, year after year."""
        found = Table(Level.TOWNSHIP)
        for year in years:
            for number in range(1, 3):
                own = f"{code}{number:03d}"
                fixed = (own, f"{name}示例苏木乡镇{number}", code, year)
                row: Row = dict(zip(FIXED, fixed, strict=True))
                for item in self.items(Level.TOWNSHIP):
                    row[item.name] = int(done(item.name, own, year, COUNTIES[code].strength))
                row["乡级区划类别"] = "苏木乡镇" if number > 1 else "街道"
                found.rows.append(row)
        return found
