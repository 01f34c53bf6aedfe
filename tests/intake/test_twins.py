"""Codes that must be mistyped where no roster is: what tells, and what is told."""

from dataclasses import replace

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.intake.facts.codes.odd_codes import OddCodes
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.subject import Place
from tests.intake.submissions import MEASURES

SCHOOL, CLASS, COUNTY = Level.SCHOOL, Level.CLASS, Level.COUNTY
ERROR, WARNING = Severity.ERROR, Severity.WARNING
ORIGINS = [
    Origin(f"{table}.xlsx", None, {"pupils": "F"}, fixed={"code": "A", "parent": "C"})
    for table in ("a", "b")
]
PLACES = {"150602": Place(code="150602", name="东胜区", level=COUNTY, parent="150600")}
SIX = [f"15060200{number}" for number in range(10, 16)]
KINDS = {"code-twin", "name-twice", "odd-code"}
_number = iter(range(2, 1000))


def row(  # noqa: PLR0917 - in the order of a table
    code: str,
    name: str | None,
    year: int = 2025,
    parent: str | None = "150602",
    level: Level = SCHOOL,
    table: int = 1,
) -> Row:
    """Make a row of facts of the second table."""
    return Row(level, code, name, parent, year, {"pupils": 5.0}, {}, table, next(_number))


def first(code: str, name: str | None, year: int = 2025, parent: str | None = "150602") -> Row:
    """Make a row of facts of the first table."""
    return row(code, name, year, parent, table=0)


def others(year: int = 2025) -> list[Row]:
    """Make rows of six schools with codes of ten digits."""
    return [first(code, f"校{code}", year) for code in SIX]


def assembled(*rows: Row) -> Facts:
    """Assemble rows without any roster."""
    return assemble(rows, ORIGINS, MEASURES, PLACES)


def told(*rows: Row) -> list[Problem]:
    """Give what is told of codes."""
    return [each for each in assembled(*rows).problems if each.code in KINDS]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("0113010002", "113010002"),
        ("1506020010", "150602010"),
        ("1506020010", "15060200100"),
        ("1506020010", "150602001"),
        ("1506020010", "15O6020010"),
        ("1506020010", "l506020010"),
    ],
)
@pytest.mark.parametrize("year", [2024, 2025])
def test_a_code_that_lost_something(right: str, wrong: str, year: int) -> None:
    """Of one name, with a zero, a digit or a letter otherwise, in one year or two: an error."""
    (problem,) = told(first(right, "一小", 2025), row(wrong, "一小", year))

    assert (problem.code, problem.severity, problem.subject) == ("code-twin", ERROR, wrong)
    assert (problem.file, (problem.cell or "")[0]) == ("b.xlsx", "A")
    assert problem.hint == f"是否为 {right}（一小）"


def test_campuses_of_one_school() -> None:
    """A digit more, and other numbers of the same year: maybe a campus, so a warning."""
    campus = replace(row("15060200101", "一小"), values={"pupils": 7.0})
    (problem,) = told(first("1506020010", "一小"), campus)
    assert (problem.code, problem.severity) == ("code-twin", WARNING)
    assert "校区" in (problem.hint or "")
    zero = replace(row("0113010002", "一小"), values={"pupils": 7.0})
    (problem,) = told(first("113010002", "一小"), zero)
    assert problem.severity is ERROR


@pytest.mark.parametrize(("second", "used"), [(5.0, [5.0]), (7.0, [])])
def test_one_subject_does_not_count_twice(second: float, used: list[float]) -> None:
    """Of two rows that must be of one subject and year, what both say is used, and once."""
    facts = assembled(
        first("0113010002", "一小"), replace(row("113010002", "一小"), values={"pupils": second})
    )
    column = facts.levels[SCHOOL].columns["pupils"]
    assert [each for each in column.values.tolist() if each == each] == used  # noqa: PLR0124
    assert len(column.unusable) == 2 - len(used)
    earlier = assembled(first("0113010002", "一小", 2024), row("113010002", "一小"))
    assert not earlier.levels[SCHOOL].columns["pupils"].unusable


@pytest.mark.parametrize(("name", "kinds"), [("一小", [ERROR]), (None, [WARNING]), ("二小", [])])
def test_how_sure_names_make_it(name: str | None, kinds: list[Severity]) -> None:
    """Without a name it is a warning; another name makes it another school."""
    problems = told(first("0113010002", "一小"), row("113010002", name))

    assert [each.severity for each in problems] == kinds


@pytest.mark.parametrize("wrong", ["1506020011", "1506020001"])
def test_another_digit_and_the_same_name(wrong: str) -> None:
    """A digit that is another one, or two that changed places, under one name: a warning."""
    (problem,) = told(first("1506020010", "一小", 2024), row(wrong, "一小"))

    assert (problem.code, problem.severity) == ("code-twin", WARNING)


@pytest.mark.parametrize(("year", "when"), [(2025, "同一年"), (2024, "其他年份")])
def test_one_name_under_two_codes(year: int, when: str) -> None:
    """Two codes that are not alike are told too, with what to do where the code changed."""
    (problem,) = told(*others(), row("1506020977", f"校{SIX[0]}", year))

    assert (problem.code, problem.severity) == ("name-twice", WARNING)
    assert when in problem.message
    assert SIX[0] in (problem.hint or "")
    assert "原代码" in (problem.hint or "")


def test_names_of_a_kind_and_of_other_places() -> None:
    """A name of many is no name of one; nor are namesakes of two counties, or classes, one."""
    many = [row(f"15060209{at}{at}", "中心小学") for at in range(4)]
    apart = [row("1506020988", "一小"), row("1506030977", "一小", parent="150603")]
    classes = [row(f"{SIX[0]}{at:02}", "1班", parent=SIX[0], level=CLASS) for at in (1, 5)]

    assert told(*others(), *many) == told(*others(), *apart) == told(*others(), *classes) == []


@pytest.mark.parametrize(
    ("code", "parent", "kinds", "hint"),
    [
        ("15060201", "150602", ["odd-code"], "核对代码"),
        ("1560200199", "150602", ["odd-code"], "核对代码"),
        ("156020019", "150602", ["odd-code"], "是否为 1506020019"),
        ("1806020019", "150602", ["odd-code"], "是否为 1506020019"),
        ("1560200199", None, ["odd-code"], "核对代码"),
        ("15060200I9", "150602", ["odd-code"], "是否为 1506020019"),
        ("15060200X9", "150602", ["odd-code"], "核对代码"),
        ("O506020019", "150602", ["odd-code"], "是否为 1506020019"),
        ("150602B019", "150602", ["odd-code"], "是否为 1506028019"),
        ("MB001", "150602", [], ""),
        ("150602K001", "150602", [], ""),
        ("1506020010-2", "150602", [], ""),
        ("1506020099", "150602", [], ""),
        ("1506020099", None, [], ""),
    ],
)
def test_a_code_unlike_all_others(
    code: str, parent: str | None, kinds: list[str], hint: str
) -> None:
    """Of another length, or with another beginning than nearly all: with what it probably is."""
    problems = told(*others(), row(code, "某校", parent=parent))

    assert [each.code for each in problems] == kinds
    assert all((each.hint or "").startswith(hint) and each.subject == code for each in problems)


def test_codes_of_several_kinds() -> None:
    """Where many codes are long and many short, no length is the right one; nor among three."""
    short = [row(f"77{at}", f"短{at}") for at in range(4)]

    assert told(*others(), *short) == []
    assert told(*others()[:2], row("15060201", "某校")) == []


def test_codes_that_count() -> None:
    """Where codes end in a plain count, 9 and 10 are of two lengths; with zeros they are not."""
    plain = [first(f"150602{number}", f"校{number}") for number in range(1, 11)]
    padded = [first(f"150602{number:02}", f"校{number}") for number in range(1, 11)]
    short = [first(str(number), f"校{number}") for number in range(1, 11)]

    assert told(*plain) == told(*padded) == told(*short) == []
    assert [each.subject for each in told(*padded, row("1506027", "七校"))] == ["1506027"]


def test_classes_of_a_school() -> None:
    """A class without its leading zero is told with the code that begins as its school's does."""
    schools = [f"011301000{at}" for at in range(1, 8)]
    right = [row(f"{school}01", "1班", parent=school, level=CLASS) for school in schools]
    (odd,) = told(*right, row("11301000702", "2班", parent=schools[-1], level=CLASS))
    (twin,) = told(*right, row("11301000701", "1班", 2024, schools[-1], CLASS))

    assert (odd.code, odd.hint) == ("odd-code", "是否为 011301000702")
    assert (twin.code, twin.severity) == ("code-twin", ERROR)
    assert "011301000701" in (twin.hint or "")


def test_whom_a_roster_lists() -> None:
    """Codes that a roster lists are right, however they look; who is not listed is told against."""
    listed = [Row(SCHOOL, code, "一小", "150602") for code in ("0113010002", "113010002")]
    rows = [first("0113010002", "一小"), row("113010002", "一小")]

    assert told(*listed, *rows) == []
    assert [each.subject for each in told(listed[1], *rows)] == ["0113010002"]


def test_below_a_code_that_changed() -> None:
    """What lies in a school or county under a new code may go on under the old one, no third."""
    new, *schools = SIX
    life = Lifetime(former_codes=("1506029505",))
    school = [Row(SCHOOL, new, "一小", "150602", life=life)]
    classes = [row(f"{code}01", "1班", parent=code, level=CLASS) for code in schools]
    kept = row("150602950501", "1班", parent=new, level=CLASS)
    other = row("150602950601", "1班", parent=new, level=CLASS)
    county = [Row(COUNTY, "150602", "东胜区", life=Lifetime(former_codes=("152701",)))]

    assert told(*school, *classes, kept) == []
    assert [each.subject for each in told(*school, *classes, other)] == ["150602950601"]
    assert told(*county, *others(), row("1527010099", "某校")) == []
    assert [each.code for each in told(*others(), row("1527010099", "某校"))] == ["odd-code"]


def test_those_of_one_county_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """How the codes of a county begin is looked at once, however many schools it has."""
    asked: list[int] = []
    begins = OddCodes._begins

    def counted(level: OddCodes, at: int) -> bool | None:
        asked.append(at)
        return begins(level, at)

    monkeypatch.setattr(OddCodes, "_begins", counted)
    schools = [first(f"150602{at:04}", f"校{at}") for at in range(300)]
    elsewhere = first("1509990001", "外校")

    assert [each.subject for each in told(*schools, elsewhere)] == ["1509990001"]
    assert len(asked) == 2
