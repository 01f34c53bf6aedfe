"""Commas that may be decimal ones, by what stands beside a column."""

from pathlib import Path

import pytest

from dabiao.schemas.level import Level
from tests.intake.submissions import read


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("教育支出;入学率\n8,071;98\n1,234;97\n", (8071.0, 8.071)),
        ("教育支出;入学率\n8,071;98.5\n1,234;97\n", None),
        ("教育支出;入学率\n8,071;98\n1,234,567;97\n", None),
        ("教育支出;学生数\n8,071;1,200\n900.5;900\n", None),
        ('教育支出,入学率\n"8,071",98\n"1,234",97\n', None),
        ('教育支出,入学率\n"8,071","98,5"\n"1,234",97\n', (8071.0, 8.071)),
        ("教育支出\t入学率\n8,071\t98\n1,234\t97\n", None),
    ],
)
def test_commas_by_what_stands_beside(
    tmp_path: Path, text: str, readings: tuple[float, float] | None
) -> None:
    """Where a column says nothing of its commas, the columns beside it and the separator do."""
    header, *rows = text.splitlines()
    mark = next(each for each in ";\t," if each in header)
    named = [mark.join(["代码", "年份", header])]
    named += [mark.join([f"15060{at}", "2025", row]) for at, row in enumerate(rows, 2)]
    path = tmp_path / "旗县.csv"
    path.write_text("\n".join([*named, ""]), "utf-8")
    column = read(path).levels[Level.COUNTY].columns["spending"]
    assert column.possible.get(0) == readings
    assert (column.at(0) == 8071) is (readings is None)


@pytest.mark.parametrize(
    ("pupils", "kept"), [(["1,200", "8,000"], False), (["2,000", "8,000"], True)]
)
def test_commas_of_whole_numbers(tmp_path: Path, pupils: list[str], kept: bool) -> None:  # noqa: FBT001 - a parameter
    """1,200 pupils are no 1.2; where all would be whole, both readings are kept."""
    rows = "".join(f"15060{at};2025;{each}\n" for at, each in enumerate(pupils, 2))
    path = tmp_path / "旗县.csv"
    path.write_text(f"代码;年份;学生数\n{rows}", "utf-8")
    assert bool(read(path).levels[Level.COUNTY].columns["pupils"].possible) is kept
