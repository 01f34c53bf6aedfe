"""The page about the rule language says what the program does."""

import re

from dabiao.rules.files.places import CHINESE
from dabiao.rules.packs.checks_from_draft import COLUMNS as CHECKS
from dabiao.rules.packs.vocabulary_from_draft import COLUMNS
from tests.rules.language_page import PAGE, PARTS, named, written


def test_what_is_generated_is_as_it_is_now() -> None:
    """``python -m tests.rules.language_page`` would change nothing, and every part is there."""
    page = PAGE.read_text("utf-8")

    assert written(page) == page, "python -m tests.rules.language_page writes it anew"
    assert sorted(named(page)) == sorted(PARTS)


def test_every_column_is_told_of() -> None:
    """Tables of items, indicators and relations, and places: each column that may be written."""
    told = set(re.findall(r"^\| (\S+) \|", PAGE.read_text("utf-8"), re.MULTILINE))

    assert sorted({*COLUMNS, *CHECKS} - told) == []
    assert sorted(zh for zh in ("代码", "名称", "层级", "上级代码", "别名") if zh not in told) == []
    assert {"代码", "名称", "层级", "上级代码", "别名"} <= set(CHINESE)


def test_how_a_verdict_is_reached_is_told_in_chinese_too() -> None:
    """The two pages have the same sections, and rows for the same formulas and sentences."""
    english, chinese = (
        (PAGE.parent / name).read_text("utf-8") for name in ("judgement.md", "judgement.zh-CN.md")
    )
    sections, cells = (
        re.compile(r"^## \d+", re.MULTILINE),
        re.compile(r"^\| (`[^|]*) \|", re.MULTILINE),
    )

    assert sections.findall(chinese) == sections.findall(english)
    assert set(cells.findall(chinese)) <= set(cells.findall(english))
