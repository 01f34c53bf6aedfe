"""The names of subjects, of which there may be half a million, are looked at many at a time."""

import pytest
from pydantic import TypeAdapter

from dabiao.reports.run.json import _listed
from dabiao.reports.run.json_records import JsonRecords
from dabiao.schemas.level import Level
from dabiao.schemas.subject import ListedSubject, ListedSubjects
from dabiao.schemas.unseen import visible


def test_subjects_are_the_same_as_columns_and_as_records() -> None:
    """One by one, a stretch of them, and put behind one another; one record tells them apart."""
    records = tuple(
        ListedSubject(f"s{at}", level, f"名{at}", ("15", "1506")[: at % 3], called, (), former)
        for at, (level, called, former) in enumerate(
            [(Level.SCHOOL, None, ()), (Level.SCHOOL, None, ("old",)), (Level.CLASS, "甲 一", ())]
            * 3
        )
    )
    columns = ListedSubjects.of(records)

    assert columns == records
    assert records == columns
    assert hash(columns) == hash(records)
    assert [columns[at] for at in range(len(columns))] == list(records)
    assert columns[2:5] == records[2:5]
    assert ListedSubjects.joined([columns[:4], columns[4:]]) == records
    assert columns != (*records[:-1], records[0])
    assert len(columns.rest.values) < len(records)


@pytest.mark.parametrize(
    "names", [("甲校", "b c"), ("甲", "一\t二"), ("一\n", "二"), ("甲\u202e校",), ("\\",), ('"',)]
)
def test_any_names_are_written_as_their_model_writes_them(names: tuple[str, ...]) -> None:
    """Whether there is something among them that cannot stand as it is, or nothing."""
    subjects = [
        ListedSubject(f"s{at}", level, name, parents, called, years)
        for at, name in enumerate(names)
        for level, parents, called, years in (
            (Level.SCHOOL, ("15",), None, ()),
            (Level.SCHOOL, ("15",), None, (2024,)),
            (Level.SCHOOL, ("15", "1506"), name * 2, ()),
            (Level.CLASS, ("15", "1506"), None, ()),
        )
    ]
    write = TypeAdapter(ListedSubject).dump_json

    assert _listed(JsonRecords().whole, ListedSubjects.of(subjects)) == ",\n".join(
        visible(write(each, exclude_none=True).decode()) for each in subjects
    )
