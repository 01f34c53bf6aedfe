"""One mistake is one message, at its cause; what a Chinese keyboard types is no mistake."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from dabiao.reports.lists.problems import print_problems
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.language.keyboard import half_width_marks
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.problem import Problem
from tests.rules.packs import DOCUMENT, PLACES, RULES, WORDS, write_pack
from tests.rules.test_read import judged


def errors(folder: Path, **files: str) -> list[Problem]:
    """Read a pack in which some files say something else, and give its errors."""
    write_pack(folder, rules=RULES)
    names = {"words": "words.feature", "document": "document.yaml", "places": "places.csv"}
    for name, text in files.items():
        (folder / names.get(name, f"{name}.feature")).write_text(text, "utf-8")
    return read([folder]).errors


KEYBOARD = {
    "功能： with a full-width colon": RULES.replace("功能:", "功能："),
    "规则： with a full-width colon": RULES.replace("规则:", "规则："),
    "背景： with a full-width colon": RULES.replace("背景:", "背景："),
    "场景大纲：, 场景： and 例子：": RULES.replace("场景大纲:", "场景大纲：")
    .replace("场景:", "场景：")
    .replace("例子:", "例子："),
    "a blank before the colon": RULES.replace("规则:", "规则 ："),
    "tables between ｜": RULES.replace("|", "｜"),
    "tables that mix ｜ and |": RULES.replace("        | ", "        ｜ "),
    "＠ before tags": RULES.replace("@primary", "＠primary").replace("  @myopia", "  ＠myopia"),
    "＃ language：": RULES.replace("# language:", "＃ language："),
    "＜placeholders＞": RULES.replace("<", "＜").replace(">", "＞"),
    "curly quotes": RULES.replace('"plan"', "“plan”").replace('"班级"', "“班级”"),
    "full-width spaces": RULES.replace("      ", "　　　"),
    "a full-width space behind a keyword": RULES.replace("假如 ", "假如　"),
    "a colon behind a step's keyword": RULES.replace("假如 ", "假如：").replace("当 ", "当："),
    "everything at once": RULES.replace(":", "：")
    .replace("|", "｜")
    .replace("<", "＜")
    .replace(">", "＞")
    .replace(" ", "　"),
}


def told(catalog: Catalog) -> list[object]:
    """Say all that the rules of a catalog say, wherever they stand."""
    records = [replace(rule.record(), file="", line=0) for rule in catalog]
    return [
        replace(
            each,
            norm=replace(each.norm, text=halfwidth(each.norm.text)),
            condition=halfwidth(each.condition or ""),
        )
        for each in records
    ]


@pytest.mark.parametrize("typed", KEYBOARD.values(), ids=KEYBOARD)
def test_what_a_chinese_keyboard_types_is_read(typed: str, tmp_path: Path) -> None:
    """Rules, scenarios and verdicts are the same in either width."""
    right = read([write_pack(tmp_path / "right", rules=RULES)])

    reading = read([write_pack(tmp_path / "typed", rules=typed)])
    bare = read([tmp_path / "typed"], proofs=False)

    assert [str(each) for each in reading.problems] == []
    assert told(reading.catalog) == told(right.catalog) == told(bare.catalog)
    results = prove(reading.proofs, reading.catalog, judged)
    assert len(results) == len(right.proofs)
    assert [each.message for each in results if not each.passed] == []


@pytest.mark.parametrize(
    "line",
    [
        "    例子：四十五人的班算达标。",
        "    背景：原文有两处。",
        "    比例：按年末数算。",
        "      那么 班级人数 应不高于 45人",
        "# 注：口径见附件",
    ],
)
def test_full_width_marks_elsewhere_stay(line: str) -> None:
    """A description may begin with such a word and go on; steps and comments stay as they are."""
    text = f"# language: zh-CN\n功能： 班额\n{line}\n"

    assert half_width_marks(text).splitlines()[2] == line


CAUSES = {
    "a header that is no column": (
        {"words": WORDS.replace("| 汇总 |", "| 合计方式 |", 1)},
        "unknown-column",
        ("words.feature", 5),
    ),
    "a header that lacks a column": (
        {
            "words": WORDS.replace("| 层级       |", "| 口径       |", 1).replace(
                "口径 |\n", "x|\n", 1
            )
        },
        "unknown-column",
        ("words.feature", 5),
    ),
    "an item with a wrong type": (
        {
            "words": WORDS.replace(
                "| 班级人数 | class_size     | 班级       | 人   | 整数 ",
                "| 班级人数 | class_size     | 班级       | 人   | 整形 ",
            )
        },
        "unknown-type",
        ("words.feature", 6),
    ),
    "an indicator whose formula is wrong": (
        {"words": WORDS.replace("比例(交流教师数, 教师数)", "比例(交流教师数, 教师总数)")},
        "unknown-name",
        ("words.feature", 15),
    ),
    "a vocabulary that is not Gherkin": (
        {"words": WORDS.replace("  背景:\n", "  背景\n", 1)},
        "syntax",
        ("words.feature", 3),
    ),
    "a rule's background without a colon": (
        {
            "rules": RULES.replace(
                '    背景:\n      假如 出处"第四章"', '    背景\n      假如 出处"第四章"'
            )
        },
        "syntax",
        ("rules.feature", 36),
    ),
    "a table below a sentence that is none": (
        {"words": WORDS.replace("假如 数据项", "假如 数居项")},
        "unknown-sentence",
        ("words.feature", 4),
    ),
    "a rule's heading without a colon": (
        {"rules": RULES.replace("  规则: 小学每班", "  规则 小学每班")},
        "syntax",
        ("rules.feature", 8),
    ),
    "no language": ({"rules": RULES.partition("\n")[2]}, "syntax", ("rules.feature", 2)),
    "an unknown language": (
        {"rules": RULES.replace("zh-CN", "zh")},
        "syntax",
        ("rules.feature", 1),
    ),
    "a norm that is no sentence": (
        {"rules": RULES.replace("那么 班级人数 应不高于 45人", "那么 班级人数 别高于 45人")},
        "unknown-sentence",
        ("rules.feature", 16),
    ),
    "so many per cent of an item": (
        {"rules": RULES.replace("应不高于 45人", "应不高于 交流教师数的1%", 1)},
        "unknown-name",
        ("rules.feature", 16),
    ),
    "a bound that is vague": (
        {"rules": RULES.replace("应不高于 45人", "应不高于 45人左右", 1)},
        "vague-quantity",
        ("rules.feature", 16),
    ),
    "a bound that is nothing but vague": (
        {"rules": RULES.replace("应不高于 45人", "应不高于 左右", 1)},
        "vague-quantity",
        ("rules.feature", 16),
    ),
    "formulas in a circle": (
        {
            "words": WORDS.replace(
                "比例(交流教师数, 教师数)    |      |\n",
                "交流人数 ÷ 教师数 |      |\n"
                "      | 交流人数 | rotated_too | 学校、旗县 | 人 | 交流比例 × 教师数 |      |\n",
            )
        },
        "circular-formula",
        ("words.feature", 15),
    ),
    "a formula of itself": (
        {"words": WORDS.replace("比例(交流教师数, 教师数)", "交流比例 × 2")},
        "circular-formula",
        ("words.feature", 15),
    ),
    "subjects that are no sentence": (
        {"rules": RULES.replace('考核对象是"班级"', '考合对像是"班级"')},
        "misplaced",
        ("rules.feature", 13),
    ),
    "a jurisdiction that is no place": (
        {"places": "\n".join(each for each in PLACES.splitlines() if "150600,鄂" not in each)},
        None,
        ("document.yaml", 3),
    ),
    "a document that is not YAML": (
        {"document": DOCUMENT + "a: [b\n"},
        "bad-document",
        ("document.yaml", 6),
    ),
    "a scenario about another level": (
        {"rules": RULES.replace("某班级的 学段", "某旗县的 学段", 1)},
        "wrong-level",
        ("rules.feature", 18),
    ),
    "a scenario about a level above": (
        {
            "rules": RULES.replace('某班级的 学段 是 "小学"', '某学校的 学段 是 "小学"', 1)
            .replace("      而且 班级人数 是 48\n", "", 1)
            .replace("      而且 差距是 3人\n", "", 1)
        },
        "wrong-level",
        ("rules.feature", 30),
    ),
    "a key in capitals": (
        {"document": DOCUMENT.replace("id:", "ID:")},
        "bad-document",
        ("document.yaml", 1),
    ),
    "a key with a slip": (
        {"document": DOCUMENT.replace("title:", "tilte:")},
        "bad-document",
        ("document.yaml", 2),
    ),
    "a document without an id": (
        {"document": DOCUMENT.replace("id: plan\n", "")},
        "bad-document",
        ("document.yaml", 1),
    ),
    "a key with a full-width colon": (
        {"document": DOCUMENT.replace("id: ", "id：")},
        "bad-document",
        ("document.yaml", 1),
    ),
    "keys with full-width colons": (
        {"document": DOCUMENT.replace(": ", "：")},
        "bad-document",
        ("document.yaml", 1),
    ),
    "a key without a space": (
        {"document": DOCUMENT.replace("id: ", "id:")},
        "bad-document",
        ("document.yaml", 1),
    ),
    "a key behind a tab": (
        {"document": DOCUMENT.replace("title:", "\ttitle:")},
        "bad-document",
        ("document.yaml", 2),
    ),
    "examples that lack a column": (
        {"rules": RULES.replace("| 学段 | 人数 | 结论   |", "| 学段 | 人数 | 结果   |", 1)},
        "column-missing",
        ("rules.feature", 23),
    ),
    "items without a header": (
        {"words": WORDS.replace(WORDS.split("\n")[4] + "\n", "")},
        "unknown-column",
        ("words.feature", 5),
    ),
    "an indicator without a header": (
        {"words": WORDS.replace(WORDS.split("\n")[13] + "\n", "")},
        "table-missing",
        ("words.feature", 13),
    ),
    "a table that no sentence asks for": (
        {"rules": RULES.replace('考核对象是"班级"', '考核对象是"班级"\n        | 层级 |')},
        "table-unread",
        ("rules.feature", 14),
    ),
    "a text that no sentence asks for": (
        {"rules": RULES.replace('考核对象是"班级"', '考核对象是"班级"\n  """\n  甲\n  """')},
        "text-unread",
        ("rules.feature", 14),
    ),
    "a place with full-width commas": (
        {"places": PLACES.replace("150603,康巴什区,county,", "150603，康巴什区，county，")},
        "bad-places",
        ("places.csv", 5),
    ),
    "a place with fields too many": (
        {"places": PLACES.replace("150603,康巴什区,", "150603,康巴什区,a,b,")},
        "bad-places",
        ("places.csv", 5),
    ),
}


@pytest.mark.parametrize(("files", "code", "place"), list(CAUSES.values()), ids=list(CAUSES))
def test_one_mistake_is_one_message(
    files: dict[str, str], code: str | None, place: tuple[str, int], tmp_path: Path
) -> None:
    """Whatever needs what was left out is left out too, without a word."""
    found = errors(tmp_path, **files)

    assert len(found) == 1, [str(each) for each in found]
    assert code is None or found[0].code == code
    assert (str(found[0].file).rpartition("/")[2], found[0].line) == place


def test_a_second_mistake_is_told_beside_the_first(tmp_path: Path) -> None:
    """Only consequences are left out: a name that nobody introduced is still a mistake."""
    words = WORDS.replace("| 汇总 |", "| 合计方式 |", 1)
    rules = RULES.replace("那么 班级人数 应", "那么 班均人数 应").replace(
        "到2025年底", "到2025年尾"
    )

    codes = {each.code for each in errors(tmp_path, words=words, rules=rules)}

    assert codes == {"unknown-column", "unknown-name", "unknown-sentence"}


@pytest.mark.parametrize(("rules", "lines"), [(5, 5), (6, 1), (300, 1)])
def test_a_mistake_that_is_repeated_is_told_once(rules: int, lines: int, tmp_path: Path) -> None:
    """A name mistyped in a whole pack is one message with its places; a few are told one by one."""
    _, _, rule = RULES.partition("  @myopia")
    rule = "  @myopia" + rule.partition("  @spending")[0].replace("近视率 应", "近食率 应")
    begin = RULES.partition("  @primary")[0]
    text = begin + "".join(rule.replace("@myopia", f"@myopia-{at}") for at in range(rules))
    found = errors(tmp_path, rules=text)
    told = StringIO()

    print_problems(found, told)

    assert len(found) == rules
    assert told.getvalue().count("没有叫“近食率”的数据项或指标") == lines
    assert f"错误 {rules}" in told.getvalue()
    assert (f"同样的还有 {rules - 1} 处" in told.getvalue()) is (lines == 1)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize("file", ["words.feature", "document.yaml", "places.csv"])
def test_a_file_in_another_encoding(tmp_path: Path, file: str, encoding: str) -> None:
    """It is told once, with how it is saved; what it would have said is not told as lacking."""
    path = write_pack(tmp_path, rules=RULES) / file
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    told = [each for each in read([tmp_path]).errors if each.code != "unknown-place"]
    assert [each.file for each in told] == [path.as_posix()]
    assert "UTF-8" in (told[0].hint or "")
