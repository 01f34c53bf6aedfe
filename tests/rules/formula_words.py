"""A small vocabulary for the tests of formulas, and shorthands for reading with it."""

from dabiao.rules.formulas.checking.check import Typed, check
from dabiao.rules.formulas.error import FormulaError, FormulaFault
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Measure, Summation

COUNTY, SCHOOL, CLASS = Level.COUNTY, Level.SCHOOL, Level.CLASS


def _item(
    name: str,
    slug: str,
    levels: tuple[Level, ...],
    unit: str = "",
    type_: ItemType = ItemType.NUMBER,
    *,
    english: str | None = None,
    options: tuple[str, ...] = (),
    sums: bool = False,
) -> Item:
    return Item(
        name=name,
        slug=slug,
        english=english,
        levels=levels,
        unit=unit,
        type=type_,
        options=options,
        summation=Summation.SUM if sums else Summation.NONE,
    )


ITEMS = (
    _item("班级人数", "class_size", (CLASS,), "人", english="class size"),
    _item("作业时间", "homework", (CLASS,), "分钟", english="minutes of homework"),
    _item(
        "学段", "stage", (SCHOOL, CLASS), "", ItemType.CATEGORY, options=("小学", "初中", "学校")
    ),
    _item("办学类型", "founder", (SCHOOL,), "", ItemType.CATEGORY, english="run by"),
    _item("学生数", "pupils", (SCHOOL,), "人", english="pupils", sums=True),
    _item("教师数", "teachers", (SCHOOL,), "人", english="teachers and principals", sums=True),
    _item("非学历培训人次", "trainings", (SCHOOL,), "人次", english="non-degree trainings"),
    _item("15分钟健身圈覆盖率", "gym_share", (COUNTY, SCHOOL), "%"),
    _item("高中或以上学历教师数", "graduates", (SCHOOL,), "人"),
    _item("双师型教师占比（中职）", "dual_share", (SCHOOL,), "%", english="share (vocational)"),
    _item("经费", "spending", (COUNTY, SCHOOL), "万元", english="spending"),
    _item("工资", "wages", (SCHOOL,), "元"),
    _item("毛入园率", "rate", (COUNTY, SCHOOL), "%", english="enrolment rate"),
    _item("辍学率", "dropout", (COUNTY, SCHOOL), "‰"),
    _item("比值", "fraction", (COUNTY, SCHOOL), ""),
    _item("面积", "area", (SCHOOL,), "平方米"),
    _item("草场", "pasture", (SCHOOL,), "弗隆/人"),
    _item("学校数", "schools", (COUNTY,), "所", sums=True),
    _item("班级数", "classes", (SCHOOL,), "个", sums=True),
    _item("达标", "meets", (SCHOOL,), "", ItemType.BOOLEAN, english="meets the standard"),
)
INDICATORS = (
    Indicator(name="生师比", slug="pupils_per_teacher", levels=(SCHOOL,), formula="-"),
    Indicator(name="提高幅度", slug="rise", levels=(SCHOOL,), unit="百分点", formula="-"),
    Indicator(name="生均经费", slug="per_pupil", levels=(SCHOOL,), unit="元/人", formula="-"),
)


def _vocabulary() -> Vocabulary:
    measures: tuple[Measure, ...] = (*ITEMS, *INDICATORS)
    names = {measure.slug: measure.slug for measure in measures}
    for measure in measures:
        names[measure.name] = measure.slug
        if measure.english:
            names[measure.english] = measure.slug
    items = {item.slug: item for item in ITEMS}
    return Vocabulary(items, {each.slug: each for each in INDICATORS}, {}, names)


VOCABULARY = _vocabulary()
NAMES = VOCABULARY.names


def read(text: str, level: Level = SCHOOL) -> Typed:
    """Read and check a formula."""
    return check(parse(text, NAMES), VOCABULARY, level)


def meant(text: str, level: Level = SCHOOL) -> Formula:
    """Read a formula and give what it means."""
    return read(text, level).formula


def faults(text: str, level: Level = SCHOOL) -> list[FormulaFault]:
    """Read a formula that is wrong and give everything that is wrong with it."""
    try:
        read(text, level)
    except FormulaError as error:
        return error.faults
    return []


def codes(text: str, level: Level = SCHOOL) -> list[str]:
    """Read a formula that is wrong and give the codes of its faults."""
    return [fault.code for fault in faults(text, level)]
