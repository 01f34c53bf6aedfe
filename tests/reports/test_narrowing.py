"""Narrowing: a part of a run, with counts of its own."""

from dataclasses import replace

import pytest

from dabiao.reports.circumstances import told_by
from dabiao.reports.narrowing import latest, narrowed
from dabiao.reports.wording import narrowed_to
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.level import Level
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Caveat, Note, RunOptions
from tests.reports.sample import BUREAU, FIRST, KANGBASHI, PLAN, sample_run

RUN = sample_run()


def test_a_place_and_what_lies_in_it() -> None:
    """Only its findings are left, counted anew."""
    run = narrowed(RUN, RunOptions(area=KANGBASHI.code))

    assert {one.subject.code for one in run.findings} == {KANGBASHI.code, "1506030020101"}
    assert run.summary[Outcome.VIOLATION] == 2
    assert sum(run.summary.values()) == len(run.findings)


def test_a_school_and_its_classes() -> None:
    """Any subject can be what a report is about."""
    run = narrowed(RUN, RunOptions(area=FIRST.code))

    assert {one.subject.level for one in run.findings} == {Level.SCHOOL, Level.CLASS}


def test_a_unit_leads_or_takes_part() -> None:
    """All that it answers for."""
    run = narrowed(RUN, RunOptions(unit=BUREAU))

    assert run.findings
    assert all(BUREAU in (*one.units.lead, *one.units.responsible) for one in run.findings)


def test_a_document() -> None:
    """All of the sample is of one document."""
    assert len(narrowed(RUN, RunOptions(document="ordos-145")).findings) == len(RUN.findings)
    assert narrowed(RUN, RunOptions(document="other")).findings == ()


def test_nothing_asked_for_changes_nothing() -> None:
    """The very run."""
    assert narrowed(RUN, RunOptions()) is RUN


def test_who_reported_there_is_known_of_counties() -> None:
    """The counts of a county stand in the run; caveats that count all of it are left out."""
    there = Attendance(
        year=2025, level=Level.SCHOOL, area="150603", expected=3, reported=2, partial=1, absent=0
    )
    late = Caveat(kind="year-passed-over", count=1, year=2026, years=(2025,), reporting=9)
    lost = Caveat(kind="unplaced", count=1, level=Level.SCHOOL)
    run = replace(RUN, counties=(there,), caveats=(late, lost))

    part = narrowed(run, RunOptions(area="150603"))

    assert part.attendance == (there,)
    assert part.caveats == (late,)
    assert narrowed(run, RunOptions(unit=BUREAU)).attendance == RUN.attendance


def test_notes_of_a_place() -> None:
    """Those on it and on what lies in it are left, and those that are about nobody."""
    told = (None, FIRST.code, "150602", KANGBASHI.code)
    notes = [Note(kind="jump", of=None if code is None else SubjectName(code, "")) for code in told]
    run = replace(RUN, notes=tuple(notes))

    assert narrowed(run, RunOptions(area="150602")).notes == tuple(notes[:3])
    assert narrowed(run, RunOptions(document="ordos-145")).notes == run.notes


def test_the_last_year_alone() -> None:
    """Findings of other years are gone with their counts, and so is who reported then."""
    before = tuple(replace(each, year=2024) for each in RUN.findings)
    then = tuple(replace(each, year=2024) for each in RUN.attendance)
    run = replace(
        RUN,
        years=(2024, 2025),
        as_of=2025,
        findings=(*before, *RUN.findings),
        attendance=(*then, *RUN.attendance),
    )

    last = latest(run)

    assert (last.years, last.findings, last.summary) == ((2025,), RUN.findings, RUN.summary)
    assert last.attendance == RUN.attendance
    assert latest(RUN) is RUN


@pytest.mark.parametrize(
    ("to", "title"),
    [
        (RunOptions(area="150603"), "康巴什区"),
        (RunOptions(area="150600", unit=BUREAU), f"鄂尔多斯市　{BUREAU}"),
        (RunOptions(document="ordos-145"), f"《{PLAN}》"),
        (RunOptions(), ""),
    ],
    ids=["place", "place and unit", "document", "whole"],
)
def test_a_title_says_what_it_was_narrowed_to(to: RunOptions, title: str) -> None:
    """By name, from what the run itself knows."""
    assert narrowed_to(told_by(narrowed(RUN, to))) == title
