"""Formulas: what holds for all of them."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dabiao.rules.formulas.checking.check import check, in_unit
from dabiao.rules.formulas.error import FormulaError
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Below,
    Both,
    Calculation,
    Choice,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    Measured,
    Negation,
    Number,
    Ratio,
    Relates,
    Relation,
    Scale,
    Text,
    Truth,
    Variation,
)
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.formulas.functions import Function, function_names
from dabiao.rules.formulas.to_text import render
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.unit import conversion, unit
from tests.rules.formula_words import CLASS, COUNTY, NAMES, SCHOOL, VOCABULARY, faults, meant, read

PIECES = [
    *"+−×÷/=≠<≤>≥()（）,，、.且或非!#%①\x00\u200b",
    *("and", "or", "not"),
    *NAMES,
    *function_names(),
    *(f"{name}(" for name in function_names()),
    *(f"{level.zh}." for level in Level),
    *(level.value for level in Level),
    *(
        "45",
        "1.2万",
        "1e400",
        "98%",
        "0.5个百分点",
        "3元/人",
        "2020",
        "1,234",
        ".5",
        "3弗隆",
        "100",
    ),
    *('"小学"', "“是”", '"', "「", "是", "no", "学生人数", "非学历", " "),
]


def check_faults(text: str, level: Level) -> None:
    """Read a text; if it can't be used, see that every fault is told properly."""
    found = faults(text, level)

    assert found == sorted(found, key=lambda fault: fault.offset)
    for fault in found:
        assert 0 <= fault.offset <= fault.offset + fault.length <= len(text)
        assert fault.code
        assert fault.message


class TestAnyText:
    """Nothing but a FormulaError comes of any text."""

    @given(st.text(max_size=40), st.sampled_from(Level))
    def test_random_characters(self, text: str, level: Level) -> None:
        """Random characters are read or refused with their places."""
        check_faults(text, level)

    @given(st.lists(st.sampled_from(PIECES), max_size=15), st.sampled_from(["", " "]))
    @example(["学生数", "÷", "0"], "")
    def test_random_words(self, pieces: list[str], between: str) -> None:
        """Random words of the language are read or refused with their places."""
        for level in (COUNTY, SCHOOL, CLASS):
            check_faults(between.join(pieces), level)

    @given(st.text(max_size=10), st.text(max_size=10), st.sampled_from(["%", "人", "元/人", ""]))
    def test_random_vocabulary(self, name: str, text: str, declared: str) -> None:
        """Names may be anything too."""
        with suppress(FormulaError):
            syntax = parse(f"{name}+{text}", {name: "pupils"})
            in_unit(check(syntax, VOCABULARY, SCHOOL), declared)


# Measures by level and unit; what stands together here may be compared and added.
MEASURES = {
    (COUNTY, "人"): ["pupils", "teachers"],
    (COUNTY, "%"): ["rate", "gym_share"],
    (COUNTY, ""): ["fraction"],
    (SCHOOL, "人"): ["pupils", "teachers", "graduates"],
    (SCHOOL, "%"): ["rate", "gym_share", "dual_share"],
    (SCHOOL, ""): ["fraction", "pupils_per_teacher"],
    (CLASS, "人"): ["class_size"],
}
FOLDS = (Fold.SUM, Fold.MEAN, Fold.MAXIMUM, Fold.MINIMUM)
VALUES = st.sampled_from([0.0, 1.0, 45.0, -3.5, 0.1, 12345678.9, 1e-7, 2.5e17])


@cache
def numbers(level: Level, of: str, depth: int) -> st.SearchStrategy[Formula]:
    """Make a number formula in a unit, without conversions."""
    leaves: list[st.SearchStrategy[Formula]] = [st.builds(Number, VALUES)]
    if known := MEASURES.get((level, of)):
        leaves.append(st.sampled_from(known).map(Measured))
    if not depth:
        return st.one_of(leaves)
    same = numbers(level, of, depth - 1)
    pure = st.builds(Number, VALUES)
    forms: list[st.SearchStrategy[Formula]] = [
        *leaves,
        st.builds(
            Calculation,
            st.sampled_from(
                [Arithmetic.ADD, Arithmetic.SUBTRACT, Arithmetic.LARGER, Arithmetic.SMALLER]
            ),
            same,
            same,
        ),
        st.builds(
            Calculation, st.sampled_from([Arithmetic.MULTIPLY, Arithmetic.DIVIDE]), same, pure
        ),
        st.builds(Choice, conditions(level, depth - 1), same, same),
        st.builds(InYear, same, year=st.integers(1990, 2030)),
        st.builds(InYear, same, back=st.just(1)),
        st.builds(Cumulative, same, st.integers(1, 5)),
    ]
    below = {COUNTY: SCHOOL, SCHOOL: CLASS}.get(level)
    if below is not None:
        inner, where = numbers(below, of, depth - 1), conditions(below, depth - 1)
        maybe = st.none() | where
        folds = st.sampled_from(FOLDS)
        forms.append(st.builds(Below, folds, st.just(below), inner, maybe))
        if of == "%":
            people = numbers(below, "人", depth - 1)
            forms += [
                st.builds(Below, st.just(Fold.SHARE), st.just(below), st.none(), where),
                st.builds(Below, st.just(Fold.SHARE), st.just(below), people, where),
                st.builds(Attainment, st.just(below), st.sampled_from(["甲", "a-b", "d/@甲"])),
            ]
        if of == "":
            people = numbers(below, "人", depth - 1)
            forms.append(st.builds(Variation, st.just(below), people, people))
    if of == "%":
        people = numbers(level, "人", depth - 1)
        forms.append(st.builds(Ratio, people, people))
    return st.one_of(forms)


@cache
def conditions(level: Level, depth: int) -> st.SearchStrategy[Formula]:
    """Make a condition without conversions."""
    relations = st.sampled_from(Relation)
    equal = st.sampled_from([Relation.EQUAL, Relation.UNEQUAL])
    forms: list[st.SearchStrategy[Formula]] = [st.builds(Truth, st.booleans())]
    for of in ("人", "%", ""):
        side = numbers(level, of, max(depth - 1, 0))
        forms.append(st.builds(Relates, relations, side, side))
    if level is not COUNTY:
        stages = st.sampled_from(["小学", "初中"]).map(Text)
        forms.append(st.builds(Relates, equal, st.just(Measured("stage")), stages))
    if level is SCHOOL:
        meets = Measured("meets")
        forms += [st.just(meets), st.builds(Relates, equal, st.just(meets), st.builds(Truth))]
        texts = st.sampled_from(["甲", '"甲"', "“x”", "a b"]).map(Text)
        forms.append(st.builds(Relates, equal, st.just(Measured("founder")), texts))
    if depth:
        inner = conditions(level, depth - 1)
        forms += [
            st.builds(Both, inner, inner),
            st.builds(Either, inner, inner),
            st.builds(Negation, inner),
            st.builds(Relates, equal, inner, inner),
            st.builds(Choice, inner, inner, inner),
        ]
    return st.one_of(forms)


@st.composite
def leveled(draw: st.DrawFn) -> tuple[Level, Formula]:
    """Make a formula and the level it is about."""
    level = draw(st.sampled_from([COUNTY, SCHOOL, CLASS]))
    kinds = [numbers(level, of, 3) for of in ("人", "%", "")]
    return level, draw(st.one_of(*kinds, conditions(level, 3)))


class TestRoundTrip:
    """What is written out reads back."""

    @pytest.mark.parametrize("spoken", list(Language))
    @given(made=leveled())
    def test_same_formula(self, made: tuple[Level, Formula], spoken: Language) -> None:
        """A formula without conversions survives being written and read, in both languages."""
        level, formula = made
        with speaking(spoken):
            text = render(formula, VOCABULARY)

        assert meant(text, level) == formula

    @pytest.mark.parametrize(
        ("text", "chinese", "english"),
        [
            ("班级.class_size<=45", "班级人数 ≤ 45人", "class size ≤ 45人"),
            ("minutes of homework > 1小时", "作业时间 > 60分钟", "minutes of homework > 60分钟"),
            (
                "not (学段='小学' or 学段='初中')",
                '非 (学段 = "小学" 或 学段 = "初中")',
                'not (stage = "小学" or stage = "初中")',
            ),
        ],
    )
    def test_names_are_in_the_readers_language(self, text: str, chinese: str, english: str) -> None:
        """Names are in the reader's language, a threshold has its unit."""
        formula = meant(text, CLASS)
        with speaking(Language.ZH):
            assert render(formula, VOCABULARY) == chinese
        with speaking(Language.EN):
            assert render(formula, VOCABULARY) == english

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("经费 ≥ 工资", "经费 ≥ 工资 ÷ 10000"),
            ("毛入园率 ≥ 比值", "毛入园率 ≥ 比值 × 100"),
            ("工资 - (工资 + 经费)", "工资 − (工资 + 经费 × 10000)"),
            ("毛入园率 > 98", "毛入园率 > 98%"),
            ("提高幅度 > 0.5", "提高幅度 > 0.5百分点"),
            ("草场 > 3", "草场 > 3"),
            ("-学生数 + 1e300 > -3", "0 − 学生数 + 1e+300 > -3"),
            ("上年(上年(学生数))", "上年(上年(学生数))"),
            ("累计(学生数, 3)", "累计(学生数, 3年)"),
            ('达标率("班级", "甲")', '达标率("班级", "@甲")'),
            ('达标率("班级", "d/@甲")', '达标率("班级", "d/@甲")'),
        ],
    )
    def test_conversions_are_shown_as_multiplications(self, text: str, shown: str) -> None:
        """Conversions are shown as the multiplications they are."""
        assert render(meant(text), VOCABULARY) == shown

    def test_years_back(self) -> None:
        """Several years back are as many 上年."""
        assert render(InYear(Measured("pupils"), back=2), VOCABULARY) == "上年(上年(学生数))"

    def test_name_that_means_something_else(self) -> None:
        """A name that leads elsewhere gives way to the slug."""
        names = {**NAMES, "学生数": "teachers"}
        vocabulary = type(VOCABULARY)(VOCABULARY.items, VOCABULARY.indicators, {}, names)

        assert render(Measured("pupils"), vocabulary) == "pupils"

    def test_every_function_is_rendered(self) -> None:
        """No function lacks a name in either language."""
        for function in Function:
            assert Function.named(function.zh) is Function.named(function.value) is function
            assert function.usage.startswith(function.zh)


@dataclass(frozen=True)
class Physical:
    """The text of a number formula, its dimension, and its value in base units."""

    text: str
    dimension: str
    value: float
    literal: bool = False


AMOUNTS = {"spending": 3.0, "wages": 7e4, "pupils": 900.0, "teachers": 60.0, "rate": 40.0}
AMOUNTS |= {"dropout": 5.0, "fraction": 0.75, "area": 1234.0, "per_pupil": 30.0}
DIMENSIONS = {"万元": "元", "元": "元", "人": "人", "%": "", "‰": "", "": "", "平方米": "平方米"}
LITERAL_UNITS = {
    "元": ["元", "万元", "亿元"],
    "人": ["人", "名", "万人"],
    "": ["倍", "%", "‰"],
    "平方米": ["平方米", "亩", "㎡"],
}


@st.composite
def physical(draw: st.DrawFn, dimension: str, depth: int) -> Physical:
    """Make a number formula of mixed units, and work out by itself what it comes to."""
    measured = [
        Physical(slug, dimension, AMOUNTS[slug] * unit(VOCABULARY.measure(slug).unit).factor)
        for slug in AMOUNTS
        if DIMENSIONS.get(VOCABULARY.measure(slug).unit) == dimension
    ]
    literals = [
        Physical(
            f"{amount}{word}",
            dimension,
            amount * unit(word.replace("㎡", "m2")).factor,
            literal=True,
        )
        for word in LITERAL_UNITS[dimension]
        for amount in (3, 0.5)
    ]
    form = draw(st.integers(0, 6)) if depth else draw(st.integers(0, 1))
    if form == 0:
        return draw(st.sampled_from(measured))
    if form == 1:
        return draw(st.sampled_from(literals))
    left = draw(physical(dimension, depth - 1))
    if form in (2, 3):
        right = draw(physical(dimension, depth - 1))
        if dimension == "" and (left.literal or right.literal):
            return left  # what may be added to a percentage is a matter of its own
        sign, value = (
            ("+", left.value + right.value) if form == 2 else ("-", left.value - right.value)
        )
        return Physical(f"({left.text} {sign} {right.text})", dimension, value)
    if form == 4:
        right = draw(physical(dimension, depth - 1))
        name = "较大" if left.value >= right.value else "较小"
        return Physical(f"{name}({left.text}, {right.text})", dimension, left.value)
    pure = draw(physical("", depth - 1))
    if form == 5:
        return Physical(f"({left.text} × {pure.text})", dimension, left.value * pure.value)
    if dimension == "":
        other = draw(physical("人", depth - 1))
        again = draw(physical("人", depth - 1))
        if not again.value:
            return left
        share = other.value / again.value
        return draw(
            st.sampled_from(
                [
                    Physical(f"比例({other.text}, {again.text})", "", share),
                    Physical(f"({other.text} ÷ {again.text})", "", share),
                ]
            )
        )
    if not pure.value:
        return left
    return Physical(f"({left.text} ÷ {pure.text})", dimension, left.value / pure.value)


def evaluate(formula: Formula) -> float:
    """Calculate a formula over AMOUNTS."""
    match formula:
        case Number(value):
            return value
        case Measured(slug):
            return AMOUNTS[slug]
        case Scale(operand, factor):
            return evaluate(operand) * factor
        case Ratio(part, whole):
            return 100 * evaluate(part) / evaluate(whole)
        case Calculation(operator, left, right):
            first, second = evaluate(left), evaluate(right)
            return {
                Arithmetic.ADD: lambda: first + second,
                Arithmetic.SUBTRACT: lambda: first - second,
                Arithmetic.MULTIPLY: lambda: first * second,
                Arithmetic.DIVIDE: lambda: first / second,
                Arithmetic.LARGER: lambda: max(first, second),
                Arithmetic.SMALLER: lambda: min(first, second),
            }[operator]()
        case _:
            raise TypeError(formula)


class TestUnits:
    """Conversions never change what a formula comes to."""

    @pytest.mark.parametrize(
        ("dimension", "targets"),
        [("元", ["元", "万元"]), ("人", ["人", "万人"]), ("", ["", "%", "‰"]), ("平方米", ["亩"])],
    )
    @given(data=st.data())
    def test_value_is_kept(self, dimension: str, targets: list[str], data: st.DataObject) -> None:
        """In base units, a formula of mixed units is worth what its parts are worth."""
        made = data.draw(physical(dimension, 3))
        checked = read(made.text)
        size = 1e-9 * max(abs(made.value), 1e9)

        assert checked.unit is not None
        assert evaluate(checked.formula) * checked.unit.factor == pytest.approx(
            made.value, rel=1e-9, abs=size
        )
        for target in targets:
            if not checked.points:
                converted = evaluate(in_unit(checked, target)) * unit(target).factor
                assert converted == pytest.approx(made.value, rel=1e-9, abs=size)
        assert conversion(checked.unit, unit(targets[0])) is not None
