"""Formulas: from text to tree."""

import subprocess
import sys

import pytest

from dabiao.rules.formulas.formula import (
    Arithmetic,
    Both,
    Calculation,
    Either,
    Measured,
    Negation,
    Number,
    Relates,
    Relation,
    Text,
    Truth,
)
from dabiao.rules.formulas.from_text import DEEPEST, LONGEST, FormulaError, parse
from dabiao.rules.formulas.parsing.syntax_tree import Infix, Literal, Name
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.level import Level
from tests.rules.formula_words import NAMES, codes, faults, meant

PUPILS, TEACHERS, MEETS = Measured("pupils"), Measured("teachers"), Measured("meets")


def literal(text: str) -> tuple[float, str, bool]:
    """Read a formula that is one number: its value, its unit, and whether that is known."""
    root = parse(text, NAMES).root
    assert isinstance(root, Literal)
    return root.value, root.unit, root.known


class TestNames:
    """The longest known name at each place, before anything else."""

    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("15分钟健身圈覆盖率", "gym_share"),
            ("１５分钟健身圈覆盖率", "gym_share"),
            ("非学历培训人次", "trainings"),
            ("双师型教师占比（中职）", "dual_share"),
            ("双师型教师占比(中职)", "dual_share"),
            ("高中或以上学历教师数", "graduates"),
            ("class_size", "class_size"),
            ("Class Size", "class_size"),
            ("ｃｌａｓｓ　ｓｉｚｅ", "class_size"),
            ("teachers and principals", "teachers"),
            ("share (vocational)", "dual_share"),
            ("学校数", "schools"),
            ("班级数", "classes"),
        ],
    )
    def test_names_keep_digits_brackets_and_words(self, text: str, slug: str) -> None:
        """Names keep their digits, brackets and 或, 且, 非, and, in any width and case."""
        root = parse(text, NAMES).root

        assert root == Name((0, len(text)), slug)

    @pytest.mark.parametrize("text", ["学生数量", "小学生数", "pupils_2", "学生数2", "x"])
    def test_part_of_a_longer_word(self, text: str) -> None:
        """A known name inside an unknown word is not taken out of it."""
        root = parse(text, NAMES).root

        assert root == Name((0, len(text)), None)

    @pytest.mark.parametrize("text", ["达标且达标", "达标并且达标", "达标and达标", "达标 AND 达标"])
    def test_glued_to_an_operator(self, text: str) -> None:
        """且 and its like end a name."""
        assert meant(text) == Both(MEETS, MEETS)

    def test_shorter_name_where_the_longer_does_not_fit(self) -> None:
        """A longer name that ends inside a word gives way."""
        root = parse("甲且乙数", {"甲": "a", "甲且乙": "b", "乙数": "c"}).root

        assert isinstance(root, Infix)
        assert (root.left, root.right) == (Name((0, 1), "a"), Name((2, 4), "c"))

    def test_function_wins_before_a_bracket(self) -> None:
        """An item called like a function doesn't hide the function."""
        names = {"比例": "a", "ratio": "b", "学生数": "pupils"}

        assert parse("比例 + 1", names).root.spread[0] == 0
        assert parse("比例(学生数, 比例)", names).root.spread[0] == 0
        assert parse("ratio (学生数, ratio)", names).root.spread[0] == 0

    def test_level_wins_where_a_level_belongs(self) -> None:
        """An item called like a level doesn't hide the level."""
        names = {"学校": "a", "学生数": "pupils", "school": "b"}

        assert parse("合计(学校.学生数, 学校 > 1) + 计数(学校) + 学校", names).root.spread[0] == 0
        assert parse("count(school, school > 1)", names).root.spread[0] == 0


class TestNumbers:
    """Numbers with magnitudes and units."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("45", (45.0, "")),
            ("45人", (45.0, "人")),
            ("45 人", (45.0, "人")),
            ("45　 人", (45.0, "人")),
            ("４５．５％", (45.5, "%")),
            ("1,234,567", (1234567.0, "")),
            ("1，234人次", (1234.0, "人次")),
            ("5万", (50000.0, "")),
            ("1.2万元", (1.2, "万元")),
            ("1.2万 元", (12000.0, "元")),
            ("3万亿元", (3.0, "万亿元")),
            ("2百万", (2e6, "")),
            ("0.1万", (1000.0, "")),
            ("1e3", (1000.0, "")),
            (".5", (0.5, "")),
            ("2000元/人", (2000.0, "元/人")),
            ("2000 元 / 人", (2000.0, "元/人")),
            ("1.2万元/人", (1.2, "万元/人")),
            ("45人/班", (45.0, "人/班")),
            ("0.5个百分点", (0.5, "个百分点")),
            ("0.5 percentage points", (0.5, "percentage points")),
            ("3‰", (3.0, "‰")),
            ("20㎡", (20.0, "m2")),
            ("20m²", (20.0, "m2")),
            ("100Mbps", (100.0, "Mbps")),
            ("100mbps", (100.0, "Mbps")),
            ("45 pupils/class", (45.0, "pupils/class")),
        ],
    )
    def test_a_unit_belongs_to_its_number(self, text: str, expected: tuple[float, str]) -> None:
        """A unit belongs to the number, a magnitude into it."""
        names = {"学生数": "pupils_slug"}
        root = parse(text, names).root

        assert isinstance(root, Literal)
        assert (root.value, root.unit, root.known) == (*expected, True)
        assert root.spread == (0, len(text))

    @pytest.mark.parametrize(
        "text", ["2000元/学生数", "5万/学生数", "5 / 学生数", "2000元/pupils", "5%/学生数"]
    )
    def test_divided_by_a_name_is_a_quotient(self, text: str) -> None:
        """What is divided by a known name is a quotient, not a unit."""
        root = parse(text, NAMES).root

        assert isinstance(root, Infix)
        assert root.operator is Arithmetic.DIVIDE

    def test_comma_in_a_call(self) -> None:
        """Inside a function a comma parts arguments, even before three digits."""
        assert meant("较大(1,234)") == Calculation(Arithmetic.LARGER, Number(1.0), Number(234.0))
        assert meant("较大((1,234), 5)", Level.SCHOOL) == Calculation(
            Arithmetic.LARGER, Number(1234.0), Number(5.0)
        )

    def test_unknown_unit(self) -> None:
        """A word behind a number is a unit, known or not."""
        assert literal("3弗隆") == (3.0, "弗隆", False)
        assert literal("3弗隆/人") == (3.0, "弗隆/人", False)

    @pytest.mark.parametrize("text", ["45①", "45²", "½", "45万亿亿"])
    def test_no_number(self, text: str) -> None:
        """Footnote marks, powers and fractions are not digits."""
        assert codes(text) != []


class TestOperators:
    """Signs in all their spellings, and how tightly they bind."""

    @pytest.mark.parametrize(
        ("texts", "relation"),
        [
            ("= == ＝", Relation.EQUAL),
            ("≠ != <> ！＝", Relation.UNEQUAL),
            ("< ＜", Relation.LESS),
            ("≤ <= ＜＝ ≦ ⩽", Relation.AT_MOST),
            ("> ＞", Relation.MORE),
            ("≥ >= ＞＝ ≧ ⩾", Relation.AT_LEAST),
        ],
        ids=[each.name for each in Relation],
    )
    def test_every_way_to_write_a_comparison(self, texts: str, relation: Relation) -> None:
        """Every way to write a comparison means the same."""
        for sign in texts.split():
            assert meant(f"学生数{sign}教师数") == Relates(relation, PUPILS, TEACHERS)

    @pytest.mark.parametrize(
        ("texts", "operator"),
        [
            ("+ ＋", Arithmetic.ADD),
            ("- − – － —", Arithmetic.SUBTRACT),
            ("× * ＊ ✕", Arithmetic.MULTIPLY),
            ("÷ / ／ ∕", Arithmetic.DIVIDE),
        ],
        ids=["add", "subtract", "multiply", "divide"],
    )
    def test_every_way_to_write_a_calculation(self, texts: str, operator: Arithmetic) -> None:
        """Every way to write a calculation means the same."""
        for sign in texts.split():
            assert meant(f"学生数{sign}教师数") == Calculation(operator, PUPILS, TEACHERS)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("达标 或 达标 且 非 达标", Either(MEETS, Both(MEETS, Negation(MEETS)))),
            ("达标 or 达标 and not 达标", Either(MEETS, Both(MEETS, Negation(MEETS)))),
            ("达标 || 达标 && !达标", Either(MEETS, Both(MEETS, Negation(MEETS)))),
            ("达标或者达标而且非达标", Either(MEETS, Both(MEETS, Negation(MEETS)))),
            ("（达标 或 达标） 且 达标", Both(Either(MEETS, MEETS), MEETS)),
            ("达标 且 达标 且 达标", Both(Both(MEETS, MEETS), MEETS)),
            (
                "非 学生数 > 教师数",
                Negation(Relates(Relation.MORE, PUPILS, TEACHERS)),
            ),
            (
                "学生数 - 教师数 - 1 > 2 * 3",
                Relates(
                    Relation.MORE,
                    Calculation(
                        Arithmetic.SUBTRACT,
                        Calculation(Arithmetic.SUBTRACT, PUPILS, TEACHERS),
                        Number(1.0),
                    ),
                    Calculation(Arithmetic.MULTIPLY, Number(2.0), Number(3.0)),
                ),
            ),
            (
                "学生数 ÷ 教师数 × 2",
                Calculation(
                    Arithmetic.MULTIPLY,
                    Calculation(Arithmetic.DIVIDE, PUPILS, TEACHERS),
                    Number(2.0),
                ),
            ),
            ("-2 × 3", Calculation(Arithmetic.MULTIPLY, Number(-2.0), Number(3.0))),
            ("2 - -3", Calculation(Arithmetic.SUBTRACT, Number(2.0), Number(-3.0))),
            ("--3", Number(3.0)),
            ("-学生数", Calculation(Arithmetic.SUBTRACT, Number(0.0), PUPILS)),
        ],
    )
    def test_what_binds_more_than_what(self, text: str, expected: object) -> None:
        """或 < 且 < 非 < comparison < + − < × ÷ < sign."""
        assert meant(text) == expected

    @pytest.mark.parametrize("text", ["是", "TRUE", "yes", "ｙｅｓ"])
    def test_a_truth_value_in_any_language(self, text: str) -> None:
        """A truth value in any language."""
        assert meant(text) == Truth(value=True)

    @pytest.mark.parametrize(
        "text", ['"小学"', "“小学”", "「小学」", "'小学'", "‘小学’", '" 小学“']
    )
    def test_any_pair_of_quotes_will_do(self, text: str) -> None:
        """Any pair of quotes will do."""
        assert meant(text) == Text("小学")


class TestFaults:
    """What is said of a text that is no formula."""

    def test_everything_at_once(self) -> None:
        """Every unreadable sign, open bracket and unknown name is reported together."""
        found = faults("(学生人数 # 3 + 班及数")

        assert [(fault.code, fault.offset) for fault in found] == [
            ("unclosed-bracket", 0),
            ("unknown-name", 1),
            ("unknown-character", 6),
            ("unknown-name", 12),
        ]

    @pytest.mark.parametrize(
        ("text", "place", "hint"),
        [
            ("学生人数 > 3", (0, 4), "是不是“学生数”？"),
            ("非学历培训人数 > 3", (0, 7), "是不是“非学历培训人次”？"),
            ("高中及以上学历或教师数 > 3", (0, 11), "是不是“高中或以上学历教师数”？"),
            ("双师型教师占比（高职） > 3", (0, 11), "是不是“双师型教师占比（中职）”？"),
            ("15分钟健身圈覆盖 > 3", (0, 9), "是不是“15分钟健身圈覆盖率”？"),
            ("class siz > 3", (0, 9), "是不是“class size”？"),
            ("班级 人数 > 3", (0, 5), "是不是“班级人数”、“班级数”？"),
            ("学生数大于3", (0, 6), "“大于”写成 >"),
        ],
    )
    def test_unknown_names(self, text: str, place: tuple[int, int], hint: str) -> None:
        """A mistyped name is one fault with the name that was meant, whatever it contains."""
        (fault,) = faults(text)

        assert (fault.code, (fault.offset, fault.length)) == ("unknown-name", place)
        assert fault.hint is not None
        assert hint.rstrip("？") in fault.hint

    def test_worded_comparison(self) -> None:
        """A comparison in words gets the sign to write."""
        (fault,) = faults("学生数 不超过 45人")

        assert (fault.code, fault.offset, fault.length) == ("missing-operator", 4, 3)
        assert fault.hint == "“不超过”写成 ≤"

    def test_places_are_of_the_original(self) -> None:
        """Full-width text is counted as written."""
        (fault,) = faults("　（学生数） ＞ ４５　# ")

        assert (fault.code, fault.offset) == ("unknown-character", 12)

    @pytest.mark.parametrize(
        "text",
        [
            "+".join(["学生数"] * (DEEPEST + 1)),
            "-" * DEEPEST + "学生数",
            "非" * DEEPEST + "达标",
            "较大(" * DEEPEST + "1" + ",1)" * DEEPEST,
        ],
        ids=["sum", "signs", "not", "calls"],
    )
    def test_too_deep(self, text: str) -> None:
        """A formula that could exhaust whoever walks it is refused."""
        assert codes(text) == ["too-deep"]

    @pytest.mark.parametrize(
        "text",
        [
            "+".join(["学生数"] * DEEPEST),
            "-" * (DEEPEST - 1) + "学生数",
            "非" * (DEEPEST - 1) + "达标",
            "较大(" * (DEEPEST - 1) + "1" + ",1)" * (DEEPEST - 1),
            "(" * 2000 + "学生数" + ")" * 2000,
        ],
        ids=["sum", "signs", "not", "calls", "brackets"],
    )
    def test_just_deep_enough(self, text: str) -> None:
        """Up to there everything works, and brackets alone cost nothing."""
        assert codes(text) == []

    def test_too_long(self) -> None:
        """A book is no formula."""
        assert codes("1" * (LONGEST + 1)) == ["too-long"]

    def test_error_is_readable(self) -> None:
        """The exception itself says what is wrong."""
        with pytest.raises(FormulaError, match="公式是空的"):
            parse(" ", NAMES)


class TestNearest:
    """Did you mean."""

    def test_closest_first(self) -> None:
        """The closest comes first, at most three."""
        names = ["甲乙丙丁", "甲乙丙", "甲乙丙丁戊", "甲乙丙丁戊己", "子丑"]

        assert nearest("甲乙丙丁", names) == ["甲乙丙丁", "甲乙丙丁戊", "甲乙丙"]
        assert nearest("甲乙丙丁", names, 1) == ["甲乙丙丁"]

    def test_width_and_case(self) -> None:
        """Width and case are no differences."""
        assert nearest("占比（高职）", ["占比(高职)"]) == ["占比(高职)"]
        assert nearest("PUPILS", ["pupils"]) == ["pupils"]

    def test_nothing_comes_of_nothing(self) -> None:
        """Nothing comes of nothing."""
        assert nearest("", ["甲"]) == []
        assert nearest("甲", []) == []


def test_import_is_quick() -> None:
    """The parser library is loaded with the first formula only."""
    script = "import sys, dabiao.rules.formulas.from_text; sys.exit('lark' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
