"""Formulas: what is said of those that mean nothing."""

import re
from importlib import resources

import pytest

from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from tests.rules.formula_words import CLASS, COUNTY, SCHOOL, codes, faults

# Code, formula, level, and the piece of it that is to blame.
FAULTS = [
    ("empty-formula", "　", SCHOOL, ""),
    ("unknown-character", "学生数 # 3", SCHOOL, "#"),
    ("unknown-character", "学生数% > 3", SCHOOL, "%"),
    ("unknown-character", "学生数\x00 > 3", SCHOOL, "\x00"),
    ("unclosed-text", '学段 = "小学', SCHOOL, '"小学'),
    ("unclosed-bracket", "较大(学生数, 3", SCHOOL, "("),
    ("unmatched-bracket", "学生数) > 3", SCHOOL, ")"),
    ("missing-operand", "学生数 +", SCHOOL, ""),
    ("missing-operand", "学生数 > × 3", SCHOOL, "×"),
    ("missing-operand", "() > 3", SCHOOL, ")"),
    ("missing-operator", "学生数 45", SCHOOL, "45"),
    ("misplaced-not", "达标 = 非 达标", SCHOOL, "非"),
    ("stray-comma", "学生数 > 3，教师数 > 3", SCHOOL, "，"),
    ("chained-comparison", "1 < 学生数 ≤ 3", SCHOOL, "≤"),
    ("too-deep", "-" * 70 + "1", SCHOOL, "-" * 70 + "1"),
    ("too-long", "1" * 5001, SCHOOL, "1"),
    ("number-too-large", "学生数 > 1e999", SCHOOL, "1e999"),
    ("number-too-large", "工资 > 1e308万元", SCHOOL, "1e308万元"),
    ("unknown-name", "学生人数 > 3", SCHOOL, "学生人数"),
    ("unknown-function", "平均值(班级.班级人数)", SCHOOL, "平均值"),
    ("unknown-unit", "学生数 > 3人头", SCHOOL, "3人头"),
    ("unit-too-large", "3元/" + "/".join(["亿元"] * 9), SCHOOL, "3元/" + "/".join(["亿元"] * 9)),
    ("unknown-option", '学段 = "中学"', SCHOOL, '"中学"'),
    ("unquoted-text", "学段 = 小学", SCHOOL, "小学"),
    ("unquoted-text", "学校 = 学段", SCHOOL, "学校"),
    ("not-at-level", "班级人数 > 3", SCHOOL, "班级人数"),
    ("not-at-level", "学校数 > 3", SCHOOL, "学校数"),
    ("not-at-level", "计数(学校, 作业时间 > 3)", COUNTY, "作业时间"),
    ("not-at-level", "达标", COUNTY, "达标"),
    ("level-not-below", "合计(学校.学生数)", SCHOOL, "学校.学生数"),
    ("level-not-below", "计数(班级)", CLASS, "班级"),
    ("level-not-below", '达标率("旗县", "@甲")', SCHOOL, '"旗县"'),
    ("level-alone", "学校 > 3", SCHOOL, "学校"),
    ("level-alone", "班级.班级人数 > 3", SCHOOL, "班级.班级人数"),
    ("unknown-level", "合计(班.班级人数)", SCHOOL, "班"),
    ("unknown-level", "计数(班)", SCHOOL, "班"),
    ("unknown-level", "年级.班级人数 > 3", SCHOOL, "年级"),
    ("unknown-level", '达标率("小学", "@甲")', COUNTY, '"小学"'),
    ("level-not-above", "上级(班级.班级人数)", SCHOOL, "班级.班级人数"),
    ("level-not-above", "上级(学生数 + 1)", SCHOOL, "学生数 + 1"),
    ("level-not-above", "名次(学生数, 班级)", SCHOOL, "班级"),
    ("unknown-level", "上级(州.学生数)", SCHOOL, "州"),
    ("unknown-place", "位于(150602)", SCHOOL, "150602"),
    ("unknown-place", '位于("东胜区")', SCHOOL, '"东胜区"'),
    ("arguments", '达标率("学校", "@甲", 学生数, 达标)', COUNTY, "达标"),
    ("no-tag", "符合(3)", SCHOOL, "3"),
    ("arguments", "百分位(班级.班级人数)", SCHOOL, "百分位(班级.班级人数)"),
    ("arguments", "百分位(班级.班级人数, 101)", SCHOOL, "101"),
    ("unit-mismatch", "向上取整(学生数, 3元) > 1", SCHOOL, "3元"),
    ("no-level", "合计(班级人数)", SCHOOL, "班级人数"),
    ("no-level", "计数(3)", SCHOOL, "3"),
    ("no-level", '达标率(3, "@甲")', COUNTY, "3"),
    ("arguments", "比例(学生数)", SCHOOL, "比例(学生数)"),
    ("arguments", "上年()", SCHOOL, "上年()"),
    ("arguments", "合计(班级)", SCHOOL, "班级"),
    ("arguments", "计数(班级.班级人数)", SCHOOL, "班级.班级人数"),
    ("arguments", "差异系数(班级.班级人数, 班级人数, 班级人数)", SCHOOL, "班级.班级人数"),
    ("not-a-condition", "学生数 且 达标", SCHOOL, "学生数"),
    ("not-a-condition", "非 学段", SCHOOL, "学段"),
    ("not-a-condition", "若(学生数, 1, 2)", SCHOOL, "学生数"),
    ("not-a-number", "达标 + 1", SCHOOL, "达标"),
    ("not-a-number", "-学段", SCHOOL, "学段"),
    ("not-a-number", "合计(学校.达标)", COUNTY, "达标"),
    ("kind-mismatch", "达标 = 1", SCHOOL, "1"),
    ("kind-mismatch", "1 = 学段", SCHOOL, "1"),
    ("kind-mismatch", "学段 = 达标", SCHOOL, "达标"),
    ("kind-mismatch", "若(达标, 1, 学段)", SCHOOL, "1"),
    ("no-order", '学段 > "小学"', SCHOOL, ">"),
    ("no-order", "达标 ≤ 是", SCHOOL, "≤"),
    ("unit-mismatch", "学生数 > 45元", SCHOOL, "45元"),
    ("unit-mismatch", "45元 < 学生数", SCHOOL, "45元"),
    ("unit-mismatch", "学生数 + 经费", SCHOOL, "经费"),
    ("unit-mismatch", "学生数 > 0.5百分点", SCHOOL, "0.5百分点"),
    ("unit-mismatch", "若(达标, 3人, 4元)", SCHOOL, "4元"),
    ("unit-mismatch", "经费 ÷ 学生数 > 3万元", SCHOOL, "3万元"),
    ("ambiguous-number", "经费 ≥ 3亿", SCHOOL, "3亿"),
    ("ambiguous-number", "5万 + 经费 > 0", SCHOOL, "5万"),
    ("percent-points", "毛入园率 ≥ 98百分点", SCHOOL, "98百分点"),
    ("percent-points", "98个百分点 ≤ 毛入园率", SCHOOL, "98个百分点"),
    ("percent-points", "毛入园率 + 5% ≥ 98%", SCHOOL, "5%"),
    ("percent-points", "毛入园率 - 5% ≥ 98%", SCHOOL, "5%"),
    ("percent-points", "5% + 毛入园率 ≥ 98%", SCHOOL, "5%"),
    ("percent-points", "5百分点 - 毛入园率", SCHOOL, "5百分点"),
    ("percent-points", "提高幅度 ≥ 0.5%", SCHOOL, "0.5%"),
    ("percent-points", "比值 + 5百分点 > 1", SCHOOL, "5百分点"),
    ("hand-made-percent", "学生数 ÷ 教师数 × 100 ≥ 30%", SCHOOL, "100"),
    ("hand-made-percent", "100 × 学生数 ÷ 教师数 ≥ 毛入园率", SCHOOL, "100"),
    ("hand-made-percent", "毛入园率 ≥ 学生数 ÷ 教师数 × 100", SCHOOL, "100"),
    ("hand-made-percent", "比例(学生数, 教师数) × 100 ≥ 30", SCHOOL, "100"),
    ("not-a-year", "某年(学生数, 20)", SCHOOL, "20"),
    ("not-a-year", "某年(学生数, 2020.5)", SCHOOL, "2020.5"),
    ("not-a-year", "某年(学生数, 教师数)", SCHOOL, "教师数"),
    ("not-years", "累计(学生数, 0)", SCHOOL, "0"),
    ("not-years", "累计(学生数, 3元)", SCHOOL, "3元"),
    ("no-tag", '达标率("学校", "@")', COUNTY, '"@"'),
    ("no-tag", '达标率("学校", 3)', COUNTY, "3"),
]


class TestFaults:
    """What is said of a formula that means nothing."""

    @pytest.mark.parametrize(("code", "text", "level", "piece"), FAULTS)
    @pytest.mark.parametrize("spoken", list(Language))
    def test_code(self, code: str, text: str, level: Level, piece: str, spoken: Language) -> None:
        """Each fault has its code, its place, a message and a hint, in either language."""
        with speaking(spoken):
            (fault,) = faults(text, level)

        assert fault.code == code
        assert text[fault.offset : fault.offset + fault.length] == piece
        assert fault.hint
        chinese = re.search("[一-鿿]", re.sub("'[^']*'|\"[^\"]*\"|“[^”]*”", "", fault.message))
        assert bool(chinese) is (spoken is Language.ZH)

    def test_every_code_is_tried(self) -> None:
        """The table above has a case for every code in the modules that check formulas."""
        rules = resources.files("dabiao.rules.formulas")
        modules = (
            "parsing/lexer",
            "from_text",
            "parsing/unknown_words",
            "checking/typed",
            "checking/units",
        )
        checkers = ("checking/check_call", "checking/check")
        source = "".join((rules / f"{name}.py").read_text("utf-8") for name in modules + checkers)
        line = r'^ *"([a-z]+(?:-[a-z]+)+)",$|code = "([a-z-]+)"'
        written = set(re.findall(line, source, re.MULTILINE))
        inline = set(re.findall(r'(?:fault|Fault|report)\([^"]*?"([a-z]+(?:-[a-z]+)+)"', source))
        found = {code for pair in written for code in pair if code} | inline

        assert found - {code for code, *_ in FAULTS} == set()

    def test_all_at_once(self) -> None:
        """Independent faults are all reported, in order of place."""
        found = codes("班级人数 > 45元 且 学段 = 小学 且 未知 + 经费 > 3人 且 学生数")

        assert found == [
            "not-at-level",
            "unit-mismatch",
            "unquoted-text",
            "unknown-name",
            "not-a-condition",
        ]

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("班级人数 > 3", "写成 合计(班级.班级人数) 或 平均(班级.班级人数)"),
            ("学校数 > 3", "考核对象改为自治区、盟市、旗县，或换一项"),
            ("合计(班级人数)", "写成 合计(班级.班级人数)"),
            ("计数(学校)", "可用：班级"),
            ("毛入园率 ≥ 98百分点", "写成 98%"),
            ("毛入园率 + 0.5%", "写成 0.5个百分点"),
            ("学生数 ÷ 教师数 × 100 > 3%", "写成 比例(部分, 总体)，或删去乘 100"),
            ("学生数 > 45人以上", "前面有“应…”的，删去“以上”；条件里写成 ≥"),
            ("学生数 > 3元", "改成以“人”计"),
            ("经费 > 3亿", "写成 3亿元"),
            ('学段 = "中学"', "是不是“小学”、“学校”、“初中”？"),
            ("学段 = 小学", '写成 "小学"'),
            ("平均值(班级.班级人数)", "是不是“平均”？"),
            ("达标 = 1", "是否项写 = 是 或 = 否"),
            ("学生数 且 达标", "写成比较，如 学生数 > 0"),
        ],
    )
    def test_a_hint_is_what_to_write_instead(self, text: str, hint: str) -> None:
        """The hint is what to write instead."""
        (fault,) = faults(text)

        assert fault.hint == hint
