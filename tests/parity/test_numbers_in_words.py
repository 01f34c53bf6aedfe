"""Magnitudes and half-width writing: one place each, from which everybody takes them."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from dabiao.rules.coverage.text.mentions import find_mentions, narrow
from dabiao.rules.formulas.parsing.lexicon import fold as fold_formula
from dabiao.schemas.halfwidth import fold, halfwidth
from dabiao.schemas.marks import is_mark
from dabiao.schemas.numerals import NUMERAL, SIZES, chinese_number
from dabiao.schemas.quantity import quantity
from dabiao.schemas.unit import parted, unit
from tests.sources import REPOSITORY, sources

LISTED = re.compile(r"[百千万][^\u4e00-\u9fff]*亿|亿[^\u4e00-\u9fff]*[百千万]|十百|百千")
COMPATIBILITY = {
    "schemas/halfwidth.py",
    "schemas/marks.py",  # what is a mark
    "rules/coverage/text/clauses.py",  # fingerprints, as in all ledgers so far
    "engine/visits/lots.py",  # seeds of lots, as in all lots so far
}
MARKS = [chr(code) for code in range(0x20, 0x1F200) if is_mark(chr(code))]

ANOTHER = """
import sys, types
from pathlib import Path
text = Path(sys.argv[1]).read_text("utf-8")
module = types.ModuleType("dabiao.schemas.numerals")
exec(text.replace('"亿": 1e8', '"亿": 1e8, "兆": 1e12'), module.__dict__)
import dabiao.schemas
sys.modules[module.__name__] = module
from dabiao.rules.coverage.text.mentions import find_mentions
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.writing.plan_words import pieces
from dabiao.schemas.quantity import quantity
from dabiao.schemas.unit import unit
print(module.chinese_number("二兆三亿"), quantity("3兆元").value, unit("百兆元").factor)
print(parse("3兆", {}).root.value, max(find_mentions("支出3兆元")[0].values))
print(pieces("3兆元", {}, {}, ())[0].unit)
"""


def test_another_magnitude_is_one_line() -> None:
    """兆 in the table, and every reader of numbers knows it."""
    command = [sys.executable, "-c", ANOTHER, str(REPOSITORY / "schemas" / "numerals.py")]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)

    assert told.stdout.split() == [
        "2000300000000.0",
        "3000000000000.0",
        "100000000000000.0",
        "3000000000000.0",
        "3000000000000.0",
        "兆元",
    ]


def test_magnitudes_are_listed_once() -> None:
    """No other module keeps a list or pattern of magnitudes of its own."""
    found = []
    for module in sources():
        docstrings = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
        found += [
            f"{module.path}: {node.value}"
            for node in module.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if id(node) not in docstrings and LISTED.search(node.value)
        ]

    assert found == []


def test_width_is_folded_in_one_place() -> None:
    """Compatibility folding, which makes digits of footnotes, is called where that is minded."""
    found = {module.path for module in sources() if '"NFKC"' in module.text}

    assert found == COMPATIBILITY


def test_no_folding_makes_a_digit() -> None:
    """Circled, raised and lowered digits and fractions are never a digit, whoever folds them."""
    for folding in (fold, halfwidth, narrow, fold_formula):
        made = [mark for mark in MARKS if any(each.isascii() for each in folding(f"人{mark}")[1:])]
        assert [mark for mark in made if not folding(mark).isalpha()] == []


@pytest.mark.parametrize("folding", [halfwidth, narrow, fold_formula])
def test_places_stay_true(folding: Callable[[str], str]) -> None:
    """What goes character by character never changes the length."""
    text = "".join(chr(code) for code in range(0x20, 0xD800))

    assert len(folding(text)) == len(text)


def test_what_is_alike() -> None:
    """Each reader keeps what means something to it: commas in plans, quotes in rules."""
    assert narrow("９８．５％，４５人；①") == "98.5%，45人；①"
    assert halfwidth("“班级”、４５人。") == '"班级",45人.'
    assert fold_formula("占比（中职）≧４５％ AND\t½") == "占比(中职)≥45% and ½"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零二", 102),
        ("一百二", 120),
        ("两万五", 25000),
        ("一万零五", 10005),
        ("五亿三千万", 530_000_000),
        ("三千万", 30_000_000),
        ("一万亿", 1e12),
        ("二〇二五", 2025),
        ("三点一四", 3.14),
        ("一点五万", 15000),
        ("零点零七亿", 7_000_000),
    ],
)
def test_numerals_mean_what_a_reader_takes_them_for(text: str, number: float) -> None:
    """Numerals mean what a reader takes them for."""
    assert chinese_number(text) == number
    assert set(text) - {"点"} <= set(NUMERAL)


@pytest.mark.parametrize("text", ["", "点五", "三点", "若干", "十点点", "三点十", "一人"])
def test_no_numerals(text: str) -> None:
    """What is no numeral is no number."""
    assert chinese_number(text) is None


@pytest.mark.parametrize("size", [word for word in SIZES if not word.startswith("十")])
def test_every_reader_knows_every_size(size: str) -> None:
    """What stands behind digits in a cell is a unit, and is found in a plan, at the same size."""
    read = quantity(f"3{size}元")
    (mention,) = find_mentions(f"投入3{size}元。")

    assert read is not None
    assert (read.value, read.unit) == (3 * SIZES[size], "元")
    assert unit(f"{size}元").factor == SIZES[size]
    assert parted(f"{size}元") == (size, "元")
    assert mention.values == {3, 3 * SIZES[size]}
