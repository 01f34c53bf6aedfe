"""Codes that must be mistyped: which known one each must be, and what is told."""

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.intake.facts.near_codes import NearCodes
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place
from tests.intake.submissions import MEASURES

SCHOOL, CLASS, COUNTY = Level.SCHOOL, Level.CLASS, Level.COUNTY
ORIGINS = [
    Origin("a.xlsx", "学校", {}, fixed={"code": "A", "parent": "C"}),
    Origin("a.xlsx", "名录", {}, fixed={"code": "A", "parent": "C"}),
]
PLACES = {"150602": Place(code="150602", name="东胜区", level=COUNTY, parent="150600")}
LISTED = "0113010002"


def row(code: str, name: str | None, parent: str | None = "150602", level: Level = SCHOOL) -> Row:
    """Make a row of facts."""
    return Row(level, code, name, parent, 2025, {}, {}, 0, 3)


def listed(code: str, name: str, parent: str | None = "150602", level: Level = SCHOOL) -> Row:
    """Make a row of the roster."""
    return Row(level, code, name, parent, None, {}, {}, 1, 2)


def assembled(*rows: Row) -> Facts:
    """Assemble rows."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


@pytest.mark.parametrize(
    "code",
    [
        "113010002",
        "00113010002",
        "０１１３０１０００２",
        "O1l30100O2",
        "0I13010оо2",
        "011301002",
        "01130100002",
        "01130100025",
    ],
)
def test_zeros_width_letters_and_one_digit(code: str) -> None:
    """Lost zeros, full width, letters for digits, and a digit more or less are of the same code."""
    assert NearCodes([LISTED, "0113019999"]).find(code) == [LISTED]


@pytest.mark.parametrize("code", [LISTED, "0113010003", "0113010020", "01130100", "4113010002"])
def test_codes_of_others(code: str) -> None:
    """A digit that is another one, or two that are missing, make the code of somebody else."""
    assert NearCodes([LISTED]).find(code) == []


def test_the_hint_names_the_code_of_the_roster() -> None:
    """An error at the code; a warning where the name is not the same."""
    facts = assembled(listed(LISTED, "乙校"), row("113010002", "乙校"))
    other = assembled(listed(LISTED, "乙校"), row("113010002", "丁校"))

    (problem,) = facts.problems
    assert (problem.code, problem.cell, problem.severity) == (
        "code-not-in-roster",
        "A3",
        Severity.ERROR,
    )
    assert problem.hint == f"是否为 {LISTED}（乙校）"
    assert [each.severity for each in other.problems] == [Severity.WARNING]


def test_the_same_name_tells_too() -> None:
    """A code with a wrong digit is told where the roster has one silent school of the name."""
    facts = assembled(listed(LISTED, "乙校"), row("0113010072", "乙校"))

    assert [each.code for each in facts.problems] == ["code-not-in-roster"]
    assert LISTED in (facts.problems[0].hint or "")


@pytest.mark.parametrize(
    ("others", "name"),
    [
        ((listed(LISTED, "乙校"), row(LISTED, "乙校")), "丁校"),
        ((listed(LISTED, "乙校"), listed("0113010009", "乙校")), "乙校"),
        ((), "乙校"),
    ],
)
def test_nothing_is_told_of_new_schools(others: tuple[Row, ...], name: str) -> None:
    """Whoever is like nobody, or another than who reported, or like several, may well be new."""
    assert assembled(*others, row("0113010072", name)).problems == []


def test_classes_are_told_apart_by_their_school() -> None:
    """A class is the one of its name in its own school, not in another."""
    there = listed("A1", "甲校"), listed("B1", "乙校"), row("A1", "甲校"), row("B1", "乙校")
    roster = listed("A1-01", "一班", "A1", CLASS), listed("B1-01", "一班", "B1", CLASS)
    facts = assembled(*there, *roster, row("x7", "一班", "B1", CLASS))

    (problem,) = facts.problems
    assert "B1-01" in (problem.hint or "")


def test_places_and_parents() -> None:
    """A county's own code, and the code of a parent, are compared with the places too."""
    county = assembled(row("15602", "某区", None, COUNTY))
    parent = assembled(row("1506020001", "一小", "15060２"), row("1506020002", "二小", "1506O2"))

    assert [each.hint for each in county.problems] == ["是否为 150602（东胜区）"]
    assert all("150602（东胜区）" in (each.hint or "") for each in parent.problems)
    assert {each.code for each in parent.problems} == {"parent-unknown"}
