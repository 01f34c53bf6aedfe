"""Places: reading places.csv."""

from pathlib import Path

import pytest

from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.files.places import read_places
from dabiao.rules.packs.read import read
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.rules.packs import RULES, write_pack


def test_aliases_stand_in_the_note(tmp_path: Path) -> None:
    """Aliases stand in the note, with 、 between them; a sentence is no alias."""
    path = tmp_path / "places.csv"
    path.write_text(
        "code,name,level,parent,note\n150000,内蒙古自治区,region,,\n"
        "152523,苏尼特左旗,旗县,152500,东苏旗、东苏\n"
        "152571,乌拉盖管理区,county,152500,a code; no more\n",
        "utf-8-sig",
    )
    places = read_places(PackFile(path, "places.csv"))
    assert places["150000"].parent is None
    assert places["152523"].aliases == ("东苏旗", "东苏")
    assert places["152523"].level is Level.COUNTY
    assert places["152571"].aliases == ()


def test_headers_in_chinese(tmp_path: Path) -> None:
    """The columns may be called what they are called in Chinese, in any width."""
    path = tmp_path / "places.csv"
    path.write_text("代码,名称,层级,上级代码,别名\n150602,东胜区,旗县,150600,东胜\n", "utf-8")

    place = read_places(PackFile(path, "places.csv"))["150602"]

    assert (place.name, place.level, place.parent) == ("东胜区", Level.COUNTY, "150600")
    assert place.aliases == ("东胜",)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("code,name\n1,a\n", [1]),
        (
            "code,name,level,parent\n,a,county,\n2,,county,\n3,c,city,\n4,d,county,\n4,d,county,\n",
            [2, 3, 4, 6],
        ),
        ("code,name,level,parent\n1.50602E+5,a,county,150600\n2,b,county,1.506E5\n", [2, 3]),
    ],
    ids=["columns", "rows", "codes as Excel shortens them"],
)
def test_all_mistakes_are_told_at_once(tmp_path: Path, text: str, lines: list[int]) -> None:
    """Everything that is wrong is told at once, with its line."""
    (tmp_path / "places.csv").write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_places(PackFile(tmp_path / "places.csv", "places.csv"))
    assert [problem.line for problem in error.value.problems] == lines


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is told."""
    with pytest.raises(InputError):
        read_places(PackFile(tmp_path / "places.csv", "places.csv"))


@pytest.mark.parametrize("places", [None, "code,name,level,parent\n150000,内蒙古自治区,region,\n"])
def test_a_jurisdiction_that_is_no_place(places: str | None, tmp_path: Path) -> None:
    """It is told where there are no places at all, too: its rules are left out."""
    folder = write_pack(tmp_path, rules=RULES)
    (folder / "places.csv").unlink()
    if places is not None:
        (folder / "places.csv").write_text(places, "utf-8")

    found = read([folder])

    assert [each.code for each in found.errors] == ["unknown-place"]
    assert not found.catalog.rules
