"""Conflicts of years running, of choices, and of a change with a level."""

from pathlib import Path

import pytest

from dabiao.rules.analysis.conflicts import Relationship, find_conflicts
from dabiao.rules.packs.read import read
from tests.rules.packs import WORDS, write_pack
from tests.rules.test_conflicts import FEATURE, told

RUN = "近视率 应连续3年不高于 50%"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (RUN, RUN, ("duplicate", "one", None)),
        (RUN, "近视率 应连续2年不高于 50%", ("stricter", "one", None)),
        (RUN, "近视率 应连续3年不高于 52%", ("stricter", "one", 2.0)),
        (RUN, "近视率 应连续2年不高于 48%", ("mixed", "one", 2.0)),
        (RUN, "近视率 应不高于 50%", ("stricter", "one", None)),
        (RUN, "近视率 应不高于 48%", ("mixed", "one", 2.0)),
        (RUN, "近视率 应不低于 52%", ("contradictory", "one", 2.0)),
        (RUN, "近视率 应连续2年不低于 10%", None),
        ("近视率 应在5年中至少3年不高于 50%", "近视率 应不高于 50%", ("mixed", "one", None)),
        ("近视率 应在5年中至少1年不高于 50%", "近视率 应不高于 50%", ("stricter", "two", None)),
        ("近视率 应在5年中至少3年不高于 50%", RUN, ("stricter", "two", None)),
        ("近视率 应在5年中至少3年不高于 50%", "近视率 应在5年中至少2年不低于 52%", None),
        (
            "近视率 应在5年中至少3年不高于 50%",
            "近视率 应在5年中至少3年不低于 52%",
            ("contradictory", "one", 2.0),
        ),
    ],
)
def test_years_running(
    one: str, two: str, expected: tuple[str, str, float | None] | None, tmp_path: Path
) -> None:
    """More years of the same are stricter; only so many that one year has both contradict."""
    text = FEATURE.format(one=one, two=two, when="到2025年底")
    found = find_conflicts(read([write_pack(tmp_path, rules=text)]).catalog)

    assert [told(each) for each in found] == ([] if expected is None else [expected])


CHOICE = "近视率 应不高于 50% 或 高考率 应不低于 60%"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (CHOICE, "近视率 应不高于 50%", ("stricter", "two")),
        (CHOICE, "高考率 应不低于 65%", ("stricter", "two")),
        (CHOICE, "近视率 应不高于 52%", None),
        (CHOICE, "近视率 应不低于 55%", None),
        (CHOICE, "高考率 应不低于 60% 或 近视率 应不高于 50%", ("duplicate", "one")),
        (CHOICE, "近视率 应不高于 48% 或 高考率 应不低于 60%", ("stricter", "two")),
        (CHOICE, "近视率 应不高于 48% 或 高考率 应不低于 55%", None),
        (CHOICE, f"{CHOICE} 或 近视率 应逐年下降", ("stricter", "one")),
        (
            "近视率 应不高于 10% 或 近视率 应不低于 90%",
            "近视率 应等于 50%",
            ("contradictory", "one"),
        ),
    ],
)
def test_one_of_several(
    one: str, two: str, expected: tuple[str, str] | None, tmp_path: Path
) -> None:
    """What is sure to keep the other is stricter; all else of a choice is left open."""
    text = FEATURE.format(one=one, two=two, when="到2025年底")
    more = "| 高考率 | exam | 盟市 | % | 数值 | 0..100 | | |"
    words = WORDS.replace("| 近视率 ", f"{more}\n      | 近视率 ")
    pack = write_pack(tmp_path, rules=text)
    (pack / "words.feature").write_text(words, "utf-8")

    found = find_conflicts(read([pack]).catalog)

    assert [told(each)[:2] for each in found] == ([] if expected is None else [expected])
    assert [each.by for each in found] == [None] * len(found)


SINCE_2020 = "\n      而且 基期2020年为60%"


@pytest.mark.parametrize(
    ("one", "two", "when", "expected"),
    [
        ("近视率 应低于 上年(近视率)", "近视率 应逐年下降", "到2025年底", ("duplicate", "one")),
        ("近视率 应高于 上年(近视率)", "近视率 应逐年下降", "长期执行", ("contradictory", "one")),
        ("近视率 应不低于 上年(近视率)", "近视率 应逐年不增", "长期执行", None),
        ("近视率 应逐年下降不少于 1个百分点", "近视率 应逐年下降", "长期执行", ("stricter", "one")),
        ("近视率 应不高于 50%", "近视率 应逐年下降", "长期执行", ("incomparable", "two")),
        (
            "近视率 应不高于 某年(近视率, 2020)",
            "近视率 应比2020年下降不少于 0个百分点",
            "到2025年底",
            ("duplicate", "one"),
        ),
        (
            "近视率 应不高于 50%",
            "近视率 应比2020年下降不少于 10个百分点",
            f"到2025年底{SINCE_2020}",
            ("duplicate", "one"),
        ),
        (
            "近视率 应不高于 50%",
            "近视率 应比2020年下降不少于 12个百分点",
            f"到2025年底{SINCE_2020}",
            ("stricter", "two"),
        ),
        (
            "近视率 应不低于 55%",
            "近视率 应比2020年下降不少于 10个百分点",
            f"到2025年底{SINCE_2020}",
            ("contradictory", "one"),
        ),
        (
            "近视率 应不高于 56%",
            "近视率 应逐年下降不少于 1个百分点",
            f"自2021年至2025年每年{SINCE_2020}",
            ("stricter", "two"),
        ),
        (
            "近视率 应不高于 50%",
            "近视率 应逐年下降不少于 1个百分点",
            f"自2021年至2025年每年{SINCE_2020}",
            ("mixed", "one"),
        ),
        (
            "近视率 应不低于 56%",
            "近视率 应逐年下降不少于 1个百分点",
            f"自2021年至2025年每年{SINCE_2020}",
            ("contradictory", "one"),
        ),
        (
            "近视率 应不高于 50%",
            "近视率 应逐年下降不少于 1个百分点",
            f"自2023年至2025年每年{SINCE_2020}",
            ("incomparable", "two"),
        ),
        (
            "近视率 应不低于 0%",
            "近视率 应逐年下降不少于 20个百分点",
            f"自2021年至2025年每年{SINCE_2020}",
            None,
        ),
    ],
)
def test_a_change_and_a_level(
    one: str, two: str, when: str, expected: tuple[str, str] | None, tmp_path: Path
) -> None:
    """A change is compared by what it comes to from a printed baseline, and else said not to be."""
    text = FEATURE.format(one=one, two=two, when=when)
    found = find_conflicts(read([write_pack(tmp_path, rules=text)]).catalog)

    assert [told(each)[:2] for each in found] == ([] if expected is None else [expected])
    assert all(
        each.governing is None for each in found if each.relationship in OPEN and not each.line
    )


OPEN = (Relationship.INCOMPARABLE, Relationship.MIXED)
