"""What a writer of policy mistypes: the message says what was meant, and what it says is right."""

from pathlib import Path

import pytest

from dabiao.rules.packs.read import read
from dabiao.schemas.problem import Severity
from tests.rules.packs import RULES, write_pack

_NORM = "      那么 班级人数 应不高于 45人\n"
_DUE = "      而且 到2025年底\n"
_SUBJECTS = '      而且 考核对象是"班级"\n'

# What is right, what is written instead, the code, and words of what to do.
MISREAD = {
    "a demand with must not": (_NORM, _NORM.replace("应不高于", "不得超过"), "应不高于"),
    "a demand with must not be fewer": (_NORM, _NORM.replace("应不高于", "不得少于"), "应不低于"),
    "a range with a tilde": (_NORM, _NORM.replace("应不高于 45人", "应在 1~45人 之间"), "至"),
    "an aspiration in the demand": (_NORM, _NORM.replace("应不", "力争不"), "属于力争目标"),
    "a year in Chinese digits": (_DUE, _DUE.replace("2025", "二〇二五"), "到2025年底"),
    "the end of a five-year plan": (_DUE, _DUE.replace("2025年底", "“十四五”末"), "到2025年底"),
    "a school term": (_DUE, _DUE.replace("到2025年底", "自2024年秋季学期起"), "自2024年9月起"),
    "a number in words": (_NORM, _NORM.replace("45人", "四十五人"), "45人"),
    "an arrow": (_DUE, f"      而且 仅限 班级人数 => 1人\n{_DUE}", "写成 ≥"),
    "and said otherwise": (
        _DUE,
        f"      而且 仅限 班级人数 > 1人 和 班级人数 < 9人\n{_DUE}",
        "“和”写成 且",
    ),
    "a second demand": (
        _NORM,
        _NORM.replace("45人", "45人 且 班级人数 应不低于 1人"),
        "两条规则",
    ),
    "two bounds": (_NORM, _NORM.replace("45人", "45人 且 不低于 1人"), "之间"),
    "a rise since nobody knows when": (
        _NORM,
        _NORM.replace("应不高于 45人", "应增加 5人"),
        "应比2020年",
    ),
    "all of them": (_NORM, _NORM.replace("应不高于 45人", "应实现全覆盖"), "100%"),
    "every year": (_DUE, _DUE.replace("到2025年底", "每年"), "长期执行"),
    "a value behind another word": (
        "      而且 班级人数 是 48\n",
        "      而且 班级人数 为 48\n",
        "班级人数 是 ",
    ),
    "an outcome without quotation marks": ('结论是"<结论>"', "结论是<结论>", '结论是"达标"'),
    "a first step in another language": ("      假如 出处", "      Given 出处", "假如"),
    "a first step in traditional characters": ("      假如 出处", "      假設 出處", "假如"),
    "another language on the first line": ("language: zh-CN", "language: en", "zh-CN"),
    "a heading cut short": ("      例子:\n", "      例:\n", "例子:"),
}


@pytest.mark.parametrize("mistake", MISREAD)
def test_what_was_meant_is_said(mistake: str, tmp_path: Path) -> None:
    """One message, which names what to write; nothing sends the writer somewhere else."""
    right, wrong, meant = MISREAD[mistake]
    assert right in RULES

    problems = read([write_pack(tmp_path, rules=RULES.replace(right, wrong, 1))]).problems

    errors = [each for each in problems if each.severity is Severity.ERROR]
    assert len(errors) == 1, [str(each) for each in errors]
    assert meant in (errors[0].hint or "")
    assert "依据文件" not in (errors[0].expected or "")


@pytest.mark.parametrize(
    ("first", "lost"),
    [
        ("      假如 某班级的", "如果"),
        ("      假如 某班级的", "Given"),
        ("      假如 出处", "给定"),
    ],
)
def test_a_first_step_that_begins_otherwise_is_not_lost(
    first: str, lost: str, tmp_path: Path
) -> None:
    """Gherkin takes such a line for a description; it is told of with its place, not dropped."""
    assert first in RULES
    text = RULES.replace(first, first.replace("假如", lost), 1)
    line = text[: text.index(f"{lost} ")].count("\n") + 1

    (problem,) = read([write_pack(tmp_path, rules=text)]).errors

    assert (problem.code, problem.line) == ("syntax", line)


def test_what_a_scenario_is_about_may_be_said(tmp_path: Path) -> None:
    """Below the heading of a scenario words may stand that are no step."""
    text = RULES.replace("    场景大纲: 界线\n", "    场景大纲: 界线\n      正好是45人。\n", 1)
    assert text != RULES

    assert read([write_pack(tmp_path, rules=text)]).errors == []


@pytest.mark.parametrize(
    ("area", "told"), [("150602", False), ("150600", False), ("150000", False), ("152500", True)]
)
def test_a_place_outside_the_jurisdiction(area: str, *, told: bool, tmp_path: Path) -> None:
    """A rule about a place with which its document has nothing in common is warned of."""
    folder = write_pack(
        tmp_path, rules=RULES.replace(_DUE, f'      而且 适用地区"{area}"\n{_DUE}', 1)
    )
    with (folder / "places.csv").open("a", encoding="utf-8") as places:
        places.write("152500,锡林郭勒盟,prefecture,150000\n")

    codes = [each.code for each in read([folder]).problems]

    assert ("area-elsewhere" in codes) is told
