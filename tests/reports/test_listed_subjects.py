"""The names of subjects, of which there may be half a million, are looked at many at a time."""

import pytest
from pydantic import TypeAdapter

from dabiao.reports.run.json import _listed_by
from dabiao.reports.run.json_records import JsonRecords
from dabiao.schemas.level import Level
from dabiao.schemas.subject import ListedSubject
from dabiao.schemas.unseen import visible


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

    assert list(_listed_by(JsonRecords().whole)(subjects)) == [
        visible(write(each, exclude_none=True).decode()) for each in subjects
    ]
