"""Lists of inspectors: as people save them."""

from pathlib import Path

import pytest

from dabiao.intake.inspectors import read_inspectors
from dabiao.schemas.problem import InputError
from dabiao.schemas.visits import Inspector

PEOPLE = "姓名,单位\n督学一,东胜区教育局\n督学二,\n"
READ = [Inspector(name="督学一", unit="东胜区教育局"), Inspector(name="督学二")]


@pytest.mark.parametrize(
    "data",
    [
        PEOPLE.encode(),
        PEOPLE.encode("utf-8-sig"),
        PEOPLE.encode("gb18030"),
        PEOPLE.replace(",", "\t").encode("utf-16"),
        PEOPLE.replace(",", ";").encode("gb18030"),
        f"抽查人员名单,\n\n{PEOPLE}".encode(),
        PEOPLE.replace("姓名", " 姓 名 ").replace("\n", "\r\n").encode(),
    ],
    ids=["plain", "marked", "gb18030", "utf-16", "semicolons", "titled", "spaced"],
)
def test_lists_of_inspectors(tmp_path: Path, data: bytes) -> None:
    """Encodings, separators and titles do not matter, as they do not in facts."""
    path = tmp_path / "people.csv"
    path.write_bytes(data)

    assert read_inspectors(path) == READ


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04rest", "not-text"),
        ("督学一,市局\n".encode(), "column-missing"),
        ("姓名,单位\n".encode(), "empty"),
        ("姓名,单位\n,市局\n".encode(), "name-missing"),
        ("姓名\n督学\n督学\n".encode(), "listed-twice"),
    ],
    ids=["empty", "workbook", "no header", "nobody", "no name", "twice"],
)
def test_lists_that_cannot_be_used(tmp_path: Path, data: bytes, kind: str) -> None:
    """What is wrong is told with its line and what to do."""
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read_inspectors(path)

    assert [problem.code for problem in raised.value.problems] == [kind]
    assert all(problem.hint for problem in raised.value.problems)
