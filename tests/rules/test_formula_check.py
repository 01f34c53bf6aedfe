"""Formulas: what they mean, and in which unit."""

import pytest

from dabiao.rules.formulas.checking.check import Typed, ValueKind, align, in_unit, uses
from dabiao.rules.formulas.error import FormulaError
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Choice,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
    Scale,
    Text,
    Truth,
    Variation,
)
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.unit import PURE, unit
from tests.rules.formula_words import CLASS, COUNTY, SCHOOL, codes, meant, read

PUPILS, TEACHERS, SPENDING = Measured("pupils"), Measured("teachers"), Measured("spending")
CLASS_SIZE, RATE, STAGE = Measured("class_size"), Measured("rate"), Measured("stage")
PRIMARY = Relates(Relation.EQUAL, STAGE, Text("小学"))


@pytest.mark.parametrize(
    ("chinese", "english", "level", "expected"),
    [
        ("比例(学生数, 教师数)", "ratio(pupils, teachers)", SCHOOL, Ratio(PUPILS, TEACHERS)),
        (
            "合计(班级.班级人数)",
            "sum(class.class size)",
            SCHOOL,
            Below(Fold.SUM, CLASS, CLASS_SIZE, None),
        ),
        (
            "平均（班级．班级人数、学段＝“小学”）",
            'mean(classes.class_size, stage = "小学")',
            SCHOOL,
            Below(Fold.MEAN, CLASS, CLASS_SIZE, PRIMARY),
        ),
        (
            "最大(班级.作业时间)",
            "max(class.minutes of homework)",
            SCHOOL,
            Below(Fold.MAXIMUM, CLASS, Measured("homework"), None),
        ),
        (
            "最小(班级.作业时间)",
            "MIN (class.minutes of homework)",
            SCHOOL,
            Below(Fold.MINIMUM, CLASS, Measured("homework"), None),
        ),
        ("计数(班级)", "count(class)", SCHOOL, Below(Fold.COUNT, CLASS, None, None)),
        (
            "计数(学校, 达标)",
            "count(school, meets the standard)",
            COUNTY,
            Below(Fold.COUNT, SCHOOL, None, Measured("meets")),
        ),
        (
            '占比(班级, 学段 = "小学")',
            'share(class, stage = "小学")',
            SCHOOL,
            Below(Fold.SHARE, CLASS, None, PRIMARY),
        ),
        (
            '占比(班级.班级人数, 学段 = "小学")',
            'share(class.class size, stage = "小学")',
            SCHOOL,
            Below(Fold.SHARE, CLASS, CLASS_SIZE, PRIMARY),
        ),
        (
            "差异系数(学校, 经费, 学生数)",
            "variation(school, spending, pupils)",
            COUNTY,
            Variation(SCHOOL, SPENDING, PUPILS),
        ),
        (
            '差异系数(学校, 经费, 学生数, 学段 = "小学")',
            'variation(school, spending, pupils, stage = "小学")',
            COUNTY,
            Variation(SCHOOL, SPENDING, PUPILS, PRIMARY),
        ),
        (
            '百分位(班级.班级人数, 25, 学段 = "小学")',
            'percentile(class.class size, 25, stage = "小学")',
            SCHOOL,
            Below(Fold.PERCENTILE, CLASS, CLASS_SIZE, PRIMARY, 25.0),
        ),
        (
            "向上取整(班级数 ÷ 12)",
            "round_up(classes ÷ 12)",
            SCHOOL,
            Calculation(
                Arithmetic.ROUND_UP,
                Calculation(Arithmetic.DIVIDE, Measured("classes"), Number(12.0)),
                Number(1.0),
            ),
        ),
        (
            "向上取整(学生数, 50人)",
            "round_up(pupils, 50 pupils)",
            SCHOOL,
            Calculation(Arithmetic.ROUND_UP, PUPILS, Number(50.0)),
        ),
        ("上年(学生数)", "previous(pupils)", SCHOOL, InYear(PUPILS, back=1)),
        ("某年(学生数, 2020年)", "in_year(pupils, 2020)", SCHOOL, InYear(PUPILS, year=2020)),
        ("累计(经费, 3年)", "cumulative(spending, 3)", SCHOOL, Cumulative(SPENDING, 3)),
        (
            "较大(学生数, 教师数)",
            "larger(pupils, teachers)",
            SCHOOL,
            Calculation(Arithmetic.LARGER, PUPILS, TEACHERS),
        ),
        (
            "较小(学生数, 0)",
            "smaller(pupils, 0)",
            SCHOOL,
            Calculation(Arithmetic.SMALLER, PUPILS, Number(0.0)),
        ),
        (
            '若(学段 = "小学", 45人, 50人)',
            'if(stage = "小学", 45 pupils, 50)',
            SCHOOL,
            Choice(PRIMARY, Number(45.0), Number(50.0)),
        ),
        (
            '达标率("学校", "@班额")',
            'attainment("school", "班额")',
            COUNTY,
            Attainment(SCHOOL, "班额"),
        ),
        (
            '达标率(学校, "national/@班额")',
            'attainment(schools, "national/@班额")',
            COUNTY,
            Attainment(SCHOOL, "national/@班额"),
        ),
    ],
)
def test_every_function_says_the_same_in_both_languages(
    chinese: str, english: str, level: Level, expected: Formula
) -> None:
    """Every function says the same in both languages."""
    assert meant(chinese, level) == expected
    assert meant(english.replace("attainment(schools", "attainment(school"), level) == expected


class TestUnits:
    """Numbers are converted, combined and refused by their units."""

    @pytest.mark.parametrize(
        ("text", "bound"),
        [
            ("经费 ≥ 1.2亿元", Number(12000.0)),
            ("经费 ≥ 5000元", Number(0.5)),
            ("经费 ≥ 3", Number(3.0)),
            ("经费 ≥ 工资", Scale(Measured("wages"), 0.0001)),
            ("学生数 ≥ 45名", Number(45.0)),
            ("毛入园率 ≥ 98%", Number(98.0)),
            ("毛入园率 ≥ 98", Number(98.0)),
            ("毛入园率 ≥ 0.98倍", Number(98.0)),
            ("毛入园率 ≥ 比值", Scale(Measured("fraction"), 100.0)),
            ("毛入园率 ≥ 3‰", Number(0.3)),
            ("比值 ≥ 98%", Number(0.98)),
            ("辍学率 ≤ 0.5%", Number(5.0)),
            ("面积 ≥ 3亩", Number(2000.0)),
            ("学生数 ÷ 教师数 ≤ 19", Number(19.0)),
            ("学生数 ÷ 教师数 ≤ 95%", Number(0.95)),
            ("经费 ÷ 学生数 ≥ 2000元/人", Number(0.2)),
            ("经费 ÷ 学生数 ≥ 生均经费", Scale(Measured("per_pupil"), 0.0001)),
            ("学生数 ÷ 班级数 ≤ 45人/班", Number(45.0)),
            ("学生数 ÷ 计数(班级) ≤ 45人/班", Number(45.0)),
            ("计数(班级) ≥ 3个", Number(3.0)),
            ("计数(班级) ≥ 班级数", Measured("classes")),
            ("学生数 × 5% ≥ 教师数", TEACHERS),
            ("生均经费 × 学生数 ≥ 经费", Scale(SPENDING, 10000.0)),
            ("学生数 ÷ 计数(班级) × 计数(班级) ≥ 3人", Number(3.0)),
            ("毛入园率 + 5个百分点 ≥ 90%", Number(90.0)),
            ("5百分点 + 毛入园率 ≥ 90%", Number(90.0)),
            ("辍学率 - 0.1个百分点 ≥ 0.5%", Number(5.0)),
            ("毛入园率 - 上年(毛入园率) ≥ 0.5个百分点", Number(0.5)),
            ("(毛入园率 - 某年(毛入园率, 2020)) ÷ 5 ≥ 0.5个百分点", Number(0.5)),
            ("(毛入园率 - 上年(毛入园率)) ÷ 上年(毛入园率) ≥ 5%", Number(0.05)),
            ("100% - 毛入园率 ≤ 3%", Number(3.0)),
            ("提高幅度 ≥ 0.5个百分点", Number(0.5)),
            ("毛入园率 + 提高幅度 ≥ 90%", Number(90.0)),
            ("学生数 ÷ 教师数 × 100 ≥ 30", Number(30.0)),
            ("草场 ≥ 3弗隆/人", Number(3.0)),
            ("差异系数(班级, 班级人数, 班级人数) ≤ 0.5", Number(0.5)),
            ("占比(班级) ≥ 50%", Number(50.0)),
            ("若(达标, 95%, 90) ≤ 毛入园率", RATE),
        ],
    )
    def test_comparison(self, text: str, bound: Formula) -> None:
        """The right side is brought into the unit of the left."""
        formula = meant(text)

        assert isinstance(formula, Relates)
        assert formula.right == bound

    def test_literal_on_the_left(self) -> None:
        """A literal is converted, on whichever side it stands."""
        assert meant("1.2亿元 ≤ 经费") == Relates(Relation.AT_MOST, Number(12000.0), SPENDING)
        assert meant("1亿元 - 经费") == Calculation(Arithmetic.SUBTRACT, Number(10000.0), SPENDING)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "工资 + 经费",
                Calculation(Arithmetic.ADD, Measured("wages"), Scale(SPENDING, 10000.0)),
            ),
            ("学生数 ÷ 10万人", Calculation(Arithmetic.DIVIDE, PUPILS, Number(100000.0))),
            ("学生数 × 3万", Calculation(Arithmetic.MULTIPLY, PUPILS, Number(30000.0))),
            ("工资 × 50%", Calculation(Arithmetic.MULTIPLY, Measured("wages"), Number(0.5))),
            (
                "学生数 × 毛入园率",
                Scale(Calculation(Arithmetic.MULTIPLY, PUPILS, RATE), 0.01),
            ),
            (
                "毛入园率 × 学生数",
                Scale(Calculation(Arithmetic.MULTIPLY, RATE, PUPILS), 0.01),
            ),
            ("学生数 ÷ 毛入园率", Scale(Calculation(Arithmetic.DIVIDE, PUPILS, RATE), 100.0)),
            ("毛入园率 ÷ 毛入园率", Calculation(Arithmetic.DIVIDE, RATE, RATE)),
            ("2 × 毛入园率", Calculation(Arithmetic.MULTIPLY, Number(2.0), RATE)),
            ("比例(工资, 经费)", Ratio(Measured("wages"), Scale(SPENDING, 10000.0))),
            ("比例(教师数, 100人)", Ratio(TEACHERS, Number(100.0))),
            (
                "较大(工资, 1万元)",
                Calculation(Arithmetic.LARGER, Measured("wages"), Number(10000.0)),
            ),
        ],
    )
    def test_scales_stand_where_units_differ(self, text: str, expected: Formula) -> None:
        """Scales stand exactly where units differ."""
        assert meant(text) == expected

    @pytest.mark.parametrize(
        ("text", "unit_text"),
        [
            ("学生数", "人"),
            ("45", ""),
            ("45人", "人"),
            ("98%", "%"),
            ("5 percent", "%"),
            ("0.5个百分点", "百分点"),
            ("毛入园率 + 5百分点", "%"),
            ("经费 ÷ 学生数", "万元/人"),
            ("学生数 ÷ 教师数", ""),
            ("学生数 ÷ 班级数", "人/个"),
            ("学生数 ÷ 计数(班级)", "人/个"),
            ("学生数 ÷ 计数(班级) × 计数(班级)", "人"),
            ("经费 ÷ 学生数 × 学生数", "万元"),
            ("班级数 ÷ 计数(班级)", ""),
            ("学生数 × 工资", "人×元"),
            ("1 ÷ 学生数", "1/人"),
            ("面积 × 面积", "平方米^2"),
            ("毛入园率 ÷ 学生数", "%/人"),
            ("计数(班级)", "个"),
            ("比例(学生数, 教师数)", "%"),
            ("差异系数(班级, 班级人数, 班级人数)", ""),
            ("累计(经费, 3)", "万元"),
            ("向上取整(学生数 ÷ 40)", "人"),
            ("名次(学生数)", "名"),
            ("上级(旗县.经费)", "万元"),
            ("百分位(班级.班级人数, 50)", "人"),
            ("较大(0, 经费)", "万元"),
            ("提高幅度 ÷ 3", "百分点"),
        ],
    )
    def test_unit_text(self, text: str, unit_text: str) -> None:
        """Every result has a unit that can be said in words, and is in it."""
        checked = read(text)

        assert checked.unit_text == unit_text
        if "×" not in unit_text and "^" not in unit_text and "1/" not in unit_text:
            of = checked.unit or PURE
            assert of.factor == unit(unit_text).factor

    def test_what_is_told_of_a_measure(self) -> None:
        """A plain measure says which, a literal what; anything else neither."""
        plain, literal, other = read("(学生数)"), read("-45人"), read("学生数 + 0")

        assert (plain.measure, plain.constant, plain.kind) == ("pupils", None, ValueKind.NUMBER)
        assert (literal.measure, literal.constant) == (None, -45.0)
        assert (other.measure, other.constant) == (None, None)
        assert read("学生数 > 3").kind is ValueKind.TRUTH
        assert read("学段").kind is ValueKind.TEXT
        assert read("学段").options == ("小学", "初中", "学校")
        assert read('"小学"').constant == "小学"
        assert read("是").constant is True
        assert [read("0.5百分点").points, read("提高幅度").points, plain.points] == [
            True,
            True,
            False,
        ]
        assert read("45").unit is None


class TestKinds:
    """Truth values and texts."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("达标 = 是", Relates(Relation.EQUAL, Measured("meets"), Truth(value=True))),
            ('达标 ≠ "否"', Relates(Relation.UNEQUAL, Measured("meets"), Truth(value=False))),
            ('"yes" = 达标', Relates(Relation.EQUAL, Truth(value=True), Measured("meets"))),
            ("学段 = ' 小学 '", PRIMARY),
            ('上年(学段) ≠ "小学"', Relates(Relation.UNEQUAL, InYear(STAGE, back=1), Text("小学"))),
            (
                '办学类型 = "什么都行"',
                Relates(Relation.EQUAL, Measured("founder"), Text("什么都行")),
            ),
            ("达标 = (学生数 > 3)", None),
            ('学段 = 若(达标, "小学", "初中")', None),
        ],
    )
    def test_comparison(self, text: str, expected: Formula | None) -> None:
        """Booleans meet 是 and 否, quoted or not; texts meet their options."""
        formula = meant(text)

        assert expected is None or formula == expected

    def test_level_of_conditions(self) -> None:
        """Inside a fold everything speaks of the subjects below, named again or not."""
        plain = meant("计数(学校, 计数(班级, 班级人数 > 45) > 0)", COUNTY)
        named = meant("计数(学校, 计数(班级, 班级.班级人数 > 45) > 0)", COUNTY)

        assert plain == named

    def test_sums_exist_above(self) -> None:
        """An item that sums up exists at every level above."""
        assert meant("学生数", Level.REGION) == PUPILS
        assert codes("工资", Level.REGION) == ["not-at-level"]


class TestAlign:
    """Formulas of different texts are brought together."""

    def test_a_threshold_is_in_the_unit_of_its_measure(self) -> None:
        """A threshold is given in the unit of its measure."""
        assert align(read("1.2亿元"), read("经费")) == Number(12000.0)
        assert align(read("工资"), read("经费")) == Scale(Measured("wages"), 0.0001)
        assert align(read("45"), read("经费")) == Number(45.0)
        assert align(read("经费"), read("45")) == SPENDING

    def test_texts_become_what_the_other_side_calls_them(self) -> None:
        """Texts become what the other side calls them."""
        assert align(read('"是"'), read("达标")) == Truth(value=True)
        assert align(read('"小学"'), read("学段")) == Text("小学")
        assert align(read("学段"), read('"小学"')) == STAGE

    @pytest.mark.parametrize(
        ("text", "other", "code"),
        [
            ("45元", "学生数", "unit-mismatch"),
            ("98百分点", "毛入园率", "percent-points"),
            ("5%", "提高幅度", "percent-points"),
            ('"大学"', "学段", "unknown-option"),
            ('"小学"', "达标", "kind-mismatch"),
            ("45", "学段", "kind-mismatch"),
            ("30%", "学生数 ÷ 教师数 × 100", "hand-made-percent"),
            ("学生数 ÷ 教师数 × 100", "30%", "hand-made-percent"),
            ("学生数", "45元", "unit-mismatch"),
            ("3亿", "经费", "ambiguous-number"),
            ("经费", "3亿", "ambiguous-number"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, text: str, other: str, code: str) -> None:
        """What doesn't fit is refused, at a place of the first text."""
        with pytest.raises(FormulaError) as caught:
            align(read(text), read(other))

        (fault,) = caught.value.faults
        assert fault.code == code
        assert 0 <= fault.offset < fault.offset + fault.length <= len(text)
        assert fault.hint

    def test_names_both_units(self) -> None:
        """The message names both units."""
        with pytest.raises(FormulaError, match="“45元”是“元”，“学生数”是“人”"):
            align(read("45元"), read("学生数"))
        with speaking(Language.EN), pytest.raises(FormulaError, match="in '元', 'pupils' in '人'"):
            align(read("45元"), read("pupils"))

    @pytest.mark.parametrize(
        ("text", "declared", "expected"),
        [
            ("学生数 ÷ 教师数", "", Calculation(Arithmetic.DIVIDE, PUPILS, TEACHERS)),
            (
                "学生数 ÷ 教师数",
                "%",
                Scale(Calculation(Arithmetic.DIVIDE, PUPILS, TEACHERS), 100.0),
            ),
            (
                "经费 ÷ 学生数",
                "元/人",
                Scale(Calculation(Arithmetic.DIVIDE, SPENDING, PUPILS), 10000.0),
            ),
            ("比例(学生数, 教师数)", "%", Ratio(PUPILS, TEACHERS)),
            ("毛入园率 - 上年(毛入园率)", "百分点", None),
            ("毛入园率 - 上年(毛入园率)", "%", None),
            (
                "学生数 ÷ 教师数 × 100%",
                "%",
                Scale(
                    Calculation(
                        Arithmetic.MULTIPLY,
                        Calculation(Arithmetic.DIVIDE, PUPILS, TEACHERS),
                        Number(1.0),
                    ),
                    100.0,
                ),
            ),
            ("计数(班级)", "班", Below(Fold.COUNT, CLASS, None, None)),
            (
                "学生数 ÷ 班级数",
                "人/班",
                Calculation(Arithmetic.DIVIDE, PUPILS, Measured("classes")),
            ),
            ("45", "人", Number(45.0)),
            ("1.1万元", "元", Number(11000.0)),
        ],
    )
    def test_in_unit(self, text: str, declared: str, expected: Formula | None) -> None:
        """A formula is scaled into the unit its indicator declares."""
        formula = in_unit(read(text), declared)

        assert expected is None or formula == expected

    @pytest.mark.parametrize(
        ("text", "declared", "code"),
        [
            ("学生数", "元", "unit-mismatch"),
            ("学生数 ÷ 教师数", "人", "unit-mismatch"),
            ("学生数 ÷ 教师数 × 100", "%", "hand-made-percent"),
            ("100 × 学生数 ÷ 教师数", "%", "hand-made-percent"),
            ("平均(班级.(班级人数 ÷ 作业时间 × 100))", "%", "hand-made-percent"),
            ("比例(学生数 × 100, 教师数)", "%", "hand-made-percent"),
            ("若(达标, 学生数 ÷ 教师数 × 100, 1)", "%", "hand-made-percent"),
            ("毛入园率", "百分点", "percent-points"),
            ("0.5个百分点", "%", "percent-points"),
            ("达标", "人", "not-a-number"),
            ("学段", "", "not-a-number"),
            ("1e303亿元", "元", "number-too-large"),
        ],
    )
    def test_not_in_unit(self, text: str, declared: str, code: str) -> None:
        """A formula that measures something else is refused."""
        with pytest.raises(FormulaError) as caught:
            in_unit(read(text), declared)

        assert [fault.code for fault in caught.value.faults] == [code]

    def test_without_place(self) -> None:
        """A checked formula made by hand can be aligned too."""
        spent = Typed(Number(1.2), ValueKind.NUMBER, unit("万元"), "万元", constant=1.2)

        assert in_unit(spent, "元") == Number(12000.0)


def test_measures_of_any_level_and_year_are_used() -> None:
    """All measures count, at whatever level and in whatever year."""
    formula = meant('合计(班级.班级人数, 学段 = "小学") ÷ 上年(学生数)')

    assert uses(formula) == {"class_size", "stage", "pupils"}
