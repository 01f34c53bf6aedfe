"""Packs that are gigantic, misleading, or reach outside: refused, or read in time."""

import cProfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.intake.plain_yaml import PlainYamlError, read_plain_yaml
from dabiao.rules.packs.read import read
from dabiao.schemas.problem import InputError
from tests.rules.packs import RULES, WORDS, write_pack

ITEM = "| 项{0} | item_{0} | 学校 | 人 | 数值 | | 求和 | 年末数 |"
RULE = """
  @rule-{0}
  规则: 第{0}条
    背景:
      假如 出处"第{0}条"
      而且 考核对象是"学校"
      而且 长期执行
      那么 项0 应不低于 {0}人
"""
HEAD = """# language: zh-CN
功能: 很多
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
"""
OUTLINE = """
    场景大纲: 界线
      假如 某学校的 项0 是 <人数>
      当 在2025年考核
      那么 结论是"达标"
      例子:
        | 人数 |
"""


def many_items(count: int) -> str:
    """Write a table of so many items."""
    return HEAD + "".join(f"      {ITEM.format(at)}\n" for at in range(count)) + RULE.format(1)


def many_rules(count: int) -> str:
    """Write so many rules on one measure."""
    return HEAD + f"      {ITEM.format(0)}\n" + "".join(map(RULE.format, range(1, count + 1)))


def many_examples(count: int) -> str:
    """Write one rule with so many examples."""
    rows = "".join(f"        | {at} |\n" for at in range(1, count + 1))
    return many_rules(1) + OUTLINE + rows


def calls(folder: Path, text: str) -> int:
    """Read a pack, and count the calls of functions that this takes."""
    write_pack(folder, rules=RULES)
    (folder / "many.feature").write_text(text, "utf-8")
    with cProfile.Profile() as profile:
        reading = read([folder])
    assert reading.errors == []
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("write", [many_items, many_rules, many_examples])
def test_work_grows_with_what_is_read(tmp_path: Path, write: Callable[[int], str]) -> None:
    """So much more to read is so much more work, wherever one begins."""
    _, once, twice, thrice = (  # the first of all also fills caches
        calls(tmp_path / str(count), write(count)) for count in (10, 50, 150, 250)
    )

    assert thrice - twice < 1.2 * (twice - once)


@pytest.mark.parametrize("filler", [" ", "[", "(", "应在", "甲"], ids=repr)
def test_a_step_that_is_too_long(tmp_path: Path, filler: str) -> None:
    """It is refused by its length, before any pattern is tried on it."""
    step = "课程时长 应不低于" + filler * 16_000 + " 30分钟"
    folder = write_pack(tmp_path, rules=many_rules(1).replace("项0 应不低于 1人", step))

    problems = read([folder]).errors

    assert [each.code for each in problems] == ["too-long"]
    assert problems[0].column == 1010


@pytest.mark.parametrize("made_of", ["指{0} + 指{0}", "累计(指{0}, 50年)"])
def test_indicators_that_come_to_too_much(tmp_path: Path, made_of: str) -> None:
    """Each names the one below twice, or for fifty years: the first that is too much is told."""
    named = [made_of.format(at + 1) for at in range(40)] + ["项0"]
    rows = [f"| 指{at} | m{at} | 学校 | 人 | {each} | |" for at, each in enumerate(named)]
    table = ["    而且 指标", "| 名称 | 标识 | 层级 | 单位 | 公式 | 口径 |", *rows]
    text = HEAD + f"      {ITEM.format(0)}\n" + "\n".join(table) + "\n" + RULE.format(1)
    folder = write_pack(tmp_path, rules=text)

    (problem,) = read([folder]).errors

    assert problem.code == "too-deep"
    assert "10,000" in problem.message


def test_examples_that_make_a_step_too_long(tmp_path: Path) -> None:
    """What is filled in counts."""
    folder = write_pack(tmp_path, rules=many_examples(1).replace("| 1 |", f"| {'9' * 2000} |"))

    assert [each.code for each in read([folder]).errors] == ["too-long"]


@pytest.mark.parametrize("unseen", ["\x1b[2K", "\u202e", "\u200b", "\x00", "\ufeff"], ids=ascii)
@pytest.mark.parametrize("before", ["第1条", "年末数", "项0 应"], ids=repr)
def test_characters_that_nobody_sees(tmp_path: Path, before: str, unseen: str) -> None:
    """They are named where they stand, and the file is not used."""
    text = many_rules(1).replace(before, unseen + before, 1)
    folder = write_pack(tmp_path, rules=text)
    line = text[: text.index(unseen)].count("\n") + 1

    problems = read([folder]).errors

    assert [(each.code, each.line) for each in problems] == [("unseen-character", line)]
    assert "\\u" in problems[0].message


def test_places_with_characters_that_nobody_sees(tmp_path: Path) -> None:
    """Nor may the places have any."""
    folder = write_pack(tmp_path, rules=RULES)
    places = (folder / "places.csv").read_text("utf-8").replace("东胜区", "东\u202e胜区")
    (folder / "places.csv").write_text(places, "utf-8")

    assert [each.code for each in read([folder]).errors] == ["bad-places"]


@pytest.mark.parametrize("name", ["words.feature", "document.yaml", "places.csv"])
def test_a_link_that_leaves_the_pack(tmp_path: Path, name: str) -> None:
    """It is refused; a link inside of the pack is a file like another."""
    folder = write_pack(tmp_path / "pack", rules=RULES)
    (folder / "words.feature").write_text(WORDS, "utf-8")
    (folder / name).rename(tmp_path / name)
    (folder / name).symlink_to(tmp_path / name)
    with pytest.raises(InputError) as caught:
        read([folder])
    assert [each.code for each in caught.value.problems] == ["linked-file"]

    (folder / name).unlink()
    (folder / "inside").mkdir()
    (tmp_path / name).rename(folder / "inside" / f"{name}.kept")
    (folder / name).symlink_to(folder / "inside" / f"{name}.kept")
    assert read([folder]).errors == []


@pytest.mark.parametrize(
    ("name", "rightly"),
    [
        ("班额.feature.txt", "班额.feature"),
        ("班额.Feature", "班额.feature"),
        ("document.yaml.txt", "document.yaml"),
        ("document.yml", "document.yaml"),
        ("Places.csv", "places.csv"),
        ("班额.feature ", "班额.feature"),
        ("班额.feature.docx", "纯文本（UTF-8），名为 班额.feature"),
    ],
)
def test_a_name_that_is_almost_right(tmp_path: Path, name: str, rightly: str) -> None:
    """What an editor saved under another name is told with the right one, not left out."""
    folder = write_pack(tmp_path, rules=RULES)
    (folder / name).write_text("", "utf-8")
    (folder / f"~${name}").write_text("", "utf-8")  # as Word has it while a file is open
    with pytest.raises(InputError) as caught:
        read([folder])

    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("misnamed-file", f"{folder.as_posix()}/{name}")
    assert rightly in str(problem.hint)


def test_a_gigantic_file(tmp_path: Path) -> None:
    """It is refused by its size."""
    folder = write_pack(tmp_path, rules=RULES)
    with (folder / "many.feature").open("wb") as file:
        file.truncate(1 << 25)
    with pytest.raises(InputError) as caught:
        read([folder])
    assert [each.code for each in caught.value.problems] == ["too-large"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: " + "[" * 5000, 1),
        ("a:\n  - *b", 2),
        ("a: 1\nb: &x 2\nc: *x", 3),
        ("a: !!python/object/apply:os.system [ls]", 1),
        ("a: !secret x", 1),
        ("a: 1\na: 2", 2),
        ("a: 1\n? [b]\n: 2", 2),
        ("a: 1\n---\nb: 2", 2),
        ("a: 1\nb: \x1b[2K", 2),
        ('a: 1\nb: "\\u202e"', 2),
        ('a: 1\nb: "\\ud800"', 2),
        ("a: '", 1),
        ("x" * 2000, 1),
        ("a: 1\n\tb: 2", 2),
        ("%YAML 9.9\n---\na", 1),
    ],
    ids=ascii,
)
def test_yaml_that_is_refused(text: str, line: int) -> None:
    """Whatever is not plain is one error with its line and what to do."""
    with pytest.raises(PlainYamlError) as caught:
        read_plain_yaml(text.encode("utf-8", "surrogatepass"), most=1000, deepest=3)

    assert caught.value.hint
    assert caught.value.line == line or len(text) > 1000


def test_yaml_that_is_read() -> None:
    """Scalars are the texts that are written; what is written nowhere is nothing."""
    read = read_plain_yaml(
        b"day: 2026-02-30\ncode: 0123\nyes: no\nnone: ~\nlist:\n  - 1.50\n  - '~'\n",
        most=1000,
        deepest=3,
    )

    assert read.content == {
        "day": "2026-02-30",
        "code": "0123",
        "yes": "no",
        "none": None,
        "list": ["1.50", "~"],
    }
    assert read.line(("list", 1)) == 7
    assert read.line(("list", 5, "x")) == 5
