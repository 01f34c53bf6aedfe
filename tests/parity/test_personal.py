"""Personal data: told of where it is submitted, refused where a rule asks, never repeated."""

from pathlib import Path

import pytest

from dabiao.rules.packs.read import read as read_pack
from dabiao.schemas.personal import asks_for_person, holds_identity_number, is_identity_number
from dabiao.schemas.problem import Severity
from tests.intake.submissions import Table, kinds, read, workbook
from tests.rules.packs import RULES, WORDS, write_pack

IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "'110105-19491231-002X",
        f"证件：{IDENTITY}，已核",
        f"\u200b{IDENTITY} ",
    ],
)
def test_identity_numbers_however_they_are_written(text: str) -> None:
    """Spread out, in full width, after a word: it is found; with one digit more, it is none."""
    assert holds_identity_number(text)
    assert not holds_identity_number(f"1{IDENTITY}")


def weighed(text: str) -> str:
    """Give the check digit by the standard's other reading: powers of two modulo eleven."""
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(text[:17]))
    return "10X98765432"[total % 11]


@pytest.mark.parametrize("start", ["11010519491231002", "15060220120229123", "99999920301231000"])
def test_identity_numbers(start: str) -> None:
    """One check digit of eleven is right, and no number without a day of birth."""
    right = weighed(start)

    assert [each for each in "0123456789X" if is_identity_number(start + each)] == [right]
    assert not is_identity_number(start[:10] + "1332" + start[14:] + right)
    assert not is_identity_number(start)


@pytest.mark.parametrize(
    ("header", "personal"),
    [
        ("校长姓名", True),
        ("身份证号码", True),
        ("联系电话（必填）", True),
        ("手机", True),
        ("出生日期", True),
        ("Phone number", True),
        ("姓　名", True),
        ("身 份 证 号", True),
        ("手机号码*", True),
        ("身份證號碼", True),
        ("电子邮箱", True),
        ("QQ号", True),
        ("准考证号", True),
        ("户籍住址：", True),
        ("E-mail", True),
        ("名称", False),
        ("中学号", False),
        ("最新备考班数", False),
        ("学校名称", False),
        ("手机管理制度", False),
        ("开通心理热线电话的学校数", False),
        ("持证教师数", False),
    ],
)
def test_a_header_that_asks_for_persons_is_known(header: str, personal: bool) -> None:  # noqa: FBT001 - the answer
    """A header that ends in what identifies a person asks for it; a count of them does not."""
    assert asks_for_person(header) is personal


@pytest.mark.parametrize(
    "rows",
    [
        [["代码", "年份", "学生数", "负责人姓名"], ["s1", 2025, 45, "某某"]],
        [["代码", "年份", "学生数", "备注"], ["s1", 2025, 45, IDENTITY]],
        [["代码", "年份", "学生数", "备注"], ["s1", 2025, 45, None], ["s2", 2025, 4, IDENTITY]],
    ],
    ids=["header", "number", "second row"],
)
def test_a_column_about_persons_is_a_warning_that_repeats_none(tmp_path: Path, rows: Table) -> None:
    """It is a warning at the column, and what stands there is not repeated."""
    facts = read(workbook(tmp_path / "x.xlsx", {"学校": rows}))
    told = [each for each in facts.problems if each.code == "personal-data"]

    assert [(each.severity, (each.cell or "")[0]) for each in told] == [(Severity.WARNING, "D")]
    assert IDENTITY not in str(facts.problems)
    assert "某某" not in str(facts.problems)


def test_codes_are_no_persons(tmp_path: Path) -> None:
    """Long codes, and counts that mention telephones, are left in peace."""
    rows: Table = [["代码", "年份", "学生数"], ["110105194912310021", 2025, 45]]
    assert "personal-data" not in kinds(read(workbook(tmp_path / "x.xlsx", {"学校": rows})))


@pytest.mark.parametrize("name", ["教师姓名", "学生身份证号", "家长联系电话"])
def test_an_item_that_asks_for_persons_is_an_error(tmp_path: Path, name: str) -> None:
    """An item that asks for persons is an error where it is named, and the only one."""
    folder = write_pack(tmp_path, rules=RULES)
    words = WORDS.replace("| 有校医   |", f"| {name} |")
    (folder / "words.feature").write_text(words, "utf-8")
    problems = read_pack([folder]).errors

    assert [each.code for each in problems] == ["personal-data"]
    assert problems[0].line == words[: words.index(name)].count("\n") + 1
