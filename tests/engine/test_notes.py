"""Remarks on the data: what contradicts itself is judged as reported, and noted."""

from functools import partial

import pytest

from dabiao.engine.bearing import bearing
from dabiao.engine.judge import judge
from dabiao.reports import wording
from dabiao.rules.formulas.formula import Below, Fold, Measured, Ratio
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName, SubjectName
from dabiao.schemas.problem import Problem
from dabiao.schemas.run import Note
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    A,
    B,
    Cell,
    Sub,
    at_least,
    county,
    judged,
    pack,
    rule,
    school,
    submit,
)

TOTAL = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))


def notes(*subjects: Sub) -> list[Note]:
    """Give the remarks on a submission."""
    return judged(TOTAL, *subjects).notes()


def test_sum_differs() -> None:
    """A county that reports 50 where its schools sum to 40."""
    (note,) = notes(county(total=50), school("S1", total=15), school("S2", total=25))

    assert (note.kind, note.subject, note.measure) == ("sum-differs", "150602", "total")
    assert (note.reported, note.computed, note.year) == (50, 40, 2025)
    assert wording.note(note) == "名150602的项total，2025年填报为50人，下级合计为40人；按填报值考核"
    assert note.source is not None
    assert note.source.cell == "E2"


def test_sums_that_agree_or_are_not_complete_are_not_noted() -> None:
    """Nothing to compare with."""
    assert notes(county(total=40), school("S1", total=40)) == []
    assert notes(county(total=50), school("S1", total=40), school("S2")) == []
    assert notes(county(), school("S1", total=40)) == []


def test_what_rests_on_a_note() -> None:
    """Outcomes count that would be open, or others, if what is noted were not as it is."""

    def stakes(bound: float, **own: float) -> list[int]:
        catalog = pack(rule(at_least(bound, Measured("total")), level=Level.COUNTY))
        facts = submit(county(**own), school("S1", total=15), school("S2", total=25)).facts()
        judgement = judge(catalog, facts)
        return list(bearing(facts, judgement.notes(), partial(judge, catalog)).values())

    assert stakes(45, total=50) == [1]  # 40 would not do
    assert stakes(5, total=50) == [0]  # neither would change anything
    assert stakes(45, total=40) == []


def test_what_rests_on_a_noted_yes_or_no() -> None:
    """Both are tried: what neither changes is not at stake, what it alone sets aside is."""
    opens = Measured("open")
    share = Below(Fold.SHARE, Level.SCHOOL, None, opens)
    only = rule(at_least(5), "only", condition=opens)
    few = rule(at_least(40, share), "few", Level.COUNTY, unit="%")
    many = rule(at_least(60, share), "many", Level.COUNTY, unit="%")
    said: dict[str, Cell] = {"S1": 1, "S2": 1, "S3": 0}
    facts = submit(county(), *(school(code, a=9, open=is_) for code, is_ in said.items())).facts()

    def stakes(code: str) -> int:
        whom = SubjectName(code, code)
        about = (MeasureName("open", "开"),)
        note = Note("unusual", whom, Level.SCHOOL, 2025, about=about)
        return bearing(facts, [note], partial(judge, pack(only, few, many)))[note]

    assert stakes("S3") == 1  # only
    assert stakes("S1") == 3


@pytest.mark.parametrize(("reported", "noted"), [(33.3, 0), (33.33, 0), (33, 0), (33.4, 1)])
def test_indicator_differs(reported: float, noted: int) -> None:
    """Beyond the rounding of what was reported."""
    indicator = builders.indicator("k", *EVERY_LEVEL, unit="%")
    catalog = pack(rule(at_least(5)), indicators={indicator: Ratio(A, B)})

    found = judged(catalog, school(k=reported, a=1, b=3)).notes()

    assert [one.kind for one in found] == ["indicator-differs"] * noted


def test_problems_of_intake_are_notes() -> None:
    """Each with its place, first of all."""
    facts = submit(school(a=1)).facts()
    facts.problems.append(Problem("unknown-column", "不认识", file="a.csv", cell="F1", item="a"))

    (note,) = judge(pack(rule(at_least(5))), facts).run().notes

    assert (note.kind, wording.note(note), note.measure) == ("problem", "不认识", "a")
    assert note.source is not None
    assert note.source.cell == "F1"
