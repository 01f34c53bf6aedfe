"""Phrases: short wordings that every report shares."""

import pytest

from dabiao.reports import wording
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Input, Required, Source
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import Concluded, OfEach, PrintedValue
from tests.reports.sample import DONGSHENG, finding


@pytest.mark.parametrize(
    ("required", "unit", "sign"),
    [
        (Required(comparator=Comparator.AT_MOST, value=45.0), "人", "≤45人"),
        (Required(comparator=Comparator.AT_MOST, value=0), "所", "0所"),
        (Required(comparator=Comparator.AT_MOST, value=0), "%", "≤0%"),
        (Required(comparator=Comparator.MORE_THAN, value=0), "", ">0"),
        (Required(comparator=Comparator.EQUAL, value=True), "", "是"),
        (
            Required(comparator=Comparator.BETWEEN, value=45, upper=55),
            "%",
            "45%～55%",
        ),
        (Required(comparator=Comparator.AT_LEAST), "%", "—"),
    ],
)
def test_requirement(required: Required, unit: str, sign: str) -> None:
    """A requirement is written with a sign."""
    assert wording.required_sign(required, unit) == sign


@pytest.mark.parametrize(
    ("value", "outcome", "zh", "en"),
    [
        (3, Outcome.VIOLATION, "为3所，应为0所。", " is 3; required: 0."),
        (0, Outcome.COMPLIANT, "为0所。", " is 0."),
    ],
)
def test_of_what_is_counted_none_is_left(value: int, outcome: Outcome, zh: str, en: str) -> None:
    """Nobody says of schools that they should be at most none."""
    of = finding("r", "t", DONGSHENG, outcome, value, Comparator.AT_MOST, 0, "所")

    assert wording.reason(of).endswith(zh)
    with speaking(Language.EN):
        assert wording.reason(of).endswith(en)


def test_observed_is_told_apart_from_the_bound_it_breaks() -> None:
    """Between two bounds, the observed value is compared with the nearer one."""
    over = finding(
        "r", "t", DONGSHENG, Outcome.VIOLATION, 55.004, Comparator.BETWEEN, 45.0, "%", upper=55.0
    )

    assert wording.observed(over) == "55.004%"


def test_document_titles_are_marked_once() -> None:
    """Chinese puts a title between marks, unless it has them already."""
    assert wording.document_title("规划") == "《规划》"
    assert wording.document_title("《规划》") == "《规划》"
    with speaking(Language.EN):
        assert wording.document_title("Plan") == "Plan"
        assert wording.in_its_language("Plan") == "Plan"
        assert wording.in_its_language("规划") == "规划 (in Chinese)"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            Input(
                of=MeasureName("a", "班级人数", unit="人"),
                value=47.0,
                source=Source(file="s.xlsx", sheet="班级", cell="F12"),
            ),
            "班级人数 47人 ← s.xlsx › 班级 › F12",
        ),
        (
            Input(
                of=MeasureName("a", "入园率", unit="%"), value=95, year=2020, origin=PrintedValue()
            ),
            "入园率（2020年） 95%，文件所载的基期值",
        ),
        (
            Input(
                of=MeasureName("a", "学生数"), value=None, parts=30, origin=OfEach(Level.SCHOOL, 30)
            ),
            "学生数：30所学校各自的值",
        ),
        (
            Input(
                of=MeasureName("d/r", "班额不超过45人"),
                value="violation",
                origin=Concluded(Outcome.VIOLATION),
            ),
            "班额不超过45人：未达标",
        ),
    ],
    ids=["cell", "another year", "many below", "finding below"],
)
def test_what_a_finding_rests_on(given: Input, expected: str) -> None:
    """A value is told with its year and cell; a finding below, with its outcome in words."""
    assert wording.given(given, finding("r", "t", DONGSHENG, Outcome.VIOLATION)) == expected
