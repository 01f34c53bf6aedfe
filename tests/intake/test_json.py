"""JSON and Parquet: rows with keys instead of columns with letters."""

import io
import json
from pathlib import Path

import polars as pl
import pytest

from dabiao.schemas.level import Level
from tests.intake.submissions import kinds, read, reported, source

CLASS, SCHOOL = Level.CLASS, Level.SCHOOL


def submit(tmp_path: Path, content: object, name: str = "facts.json") -> Path:
    """Write a JSON file."""
    path = tmp_path / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, "utf-8")
    return path


def test_json(tmp_path: Path) -> None:
    """An object of lists, with Chinese or English names."""
    facts = read(
        submit(
            tmp_path,
            {
                "class": [
                    {"code": "c1", "parent": "s1", "year": 2025, "class_size": 45, "stage": "小学"}
                ],
                "学校": [{"代码": "s1", "年份": 2025, "有图书室": True, "学生数": None}],
            },
        )
    )
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, SCHOOL, "s1", 2025, "library") == 1
    assert source(facts, CLASS, "c1", "class_size") == "[0].class_size"


def test_json_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads JSON from standard input."""
    text = json.dumps({"class": [{"code": "c1", "year": 2025, "class_size": 45}]})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    facts = read(Path("-"))
    assert (facts.problems, facts.files[0].file) == ([], "-")
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "empty-file"),
        ("{", "not-json"),
        ("[" * 100_000, "not-json"),
        ('"x"', "wrong-shape"),
        ('{"class": {}}', "wrong-shape"),
        ('{"code": "c1", "year": 2025, "class_size": 45}', "wrong-shape"),
        ('{"class": [3]}', "wrong-shape"),
        ('{"klass": [{"code": "c1"}]}', "unknown-table"),
        ('[{"code": "c1"}]', "unknown-table"),
        ('{"class": [{"code": "c1", "year": 2025, "class_size": [1]}]}', "nested-value"),
        ('{"class": [{"code": "c1", "year": 2025, "class_size": NaN}]}', "not-a-number"),
        ('{"class": [{"code": "c1", "year": 2025, "class_size": 1e999}]}', "not-a-number"),
        ('{"schema": "dabiao.run/1", "findings": []}', "not-facts"),
        ('{"class": [{"code": null, "year": 2025, "class_size": 3}]}', "missing-code"),
        ('{"class": [{"name": "x"}]}', "no-header"),
    ],
    ids=[
        "empty", "cut short", "deep", "text", "no list", "single", "no object", "unknown", "list",
        "nested", "nan", "infinite", "run", "no code", "no codes",
    ],
)  # fmt: skip
def test_json_that_is_wrong(tmp_path: Path, content: str, kind: str) -> None:
    """Every wrong shape is one clear problem."""
    assert kinds(read(submit(tmp_path, content))) == [kind]


def test_json_lines(tmp_path: Path) -> None:
    """Who writes an object a line is told what makes a list of them."""
    row = '{"code": "c1", "year": 2025, "class_size": 45}'
    (problem,) = read(submit(tmp_path, f"{row}\n{row}\n")).problems
    assert (problem.code, problem.line) == ("not-json", 2)
    assert "JSON Lines" in (problem.hint or "")


def test_json_keys_given_twice(tmp_path: Path) -> None:
    """A key that is given twice leaves its value unusable, and is told of once."""
    text = (
        '{"class": [{"code": "c1", "name": "一班", "name": "二班", "year": 2025,'
        ' "class_size": 3, "class_size": 4}]}'
    )
    facts = read(submit(tmp_path, text))
    told = [(each.code, each.cell) for each in facts.problems]
    assert sorted(told) == [("duplicate-key", "[0].class_size"), ("duplicate-key", "[0].name")]
    assert "两次" in str(reported(facts, CLASS, "c1", 2025, "class_size"))


def test_characters_that_show_nothing_in_a_code(tmp_path: Path) -> None:
    """Within a code they make it none; at its end, where files pad texts, they are none of it."""
    rows = [
        {"code": code, "year": 2025, "class_size": 3} for code in ("c1\0002", "c1\0\0", "c\x7f2")
    ]
    facts = read(submit(tmp_path, {"class": rows}))
    assert kinds(facts) == ["bad-code", "bad-code"]
    assert facts.levels[CLASS].codes == ["c1"]


def test_json_list_named_by_its_file(tmp_path: Path) -> None:
    """A bare list is of the level that its file is named after."""
    facts = read(submit(tmp_path, [{"code": "c1", "year": 2025, "class_size": 3}], "class.json"))
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 3


def test_parquet(tmp_path: Path) -> None:
    """Typed columns read like any others."""
    path = tmp_path / "班级.parquet"
    pl.DataFrame(
        {
            "代码": ["c1", "c2", "c3"],
            "年份": [2025, 2025, 2024],
            "班级人数": [45, None, -1],
            "学段": pl.Series(["小学", None, "初中"], dtype=pl.Categorical),
        }
    ).write_parquet(path)
    facts = read(path)
    assert kinds(facts) == ["out-of-range"]
    assert facts.problems[0].cell == "[2].班级人数"
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, CLASS, "c3", 2024, "stage") == "初中"
    assert facts.years() == [2024, 2025]


def test_parquet_of_other_types(tmp_path: Path) -> None:
    """Texts, dates, truth values and lists in a column of numbers are judged one by one."""
    path = tmp_path / "班级.parquet"
    pl.DataFrame(
        {
            "代码": [1, 2],
            "年份": pl.Series(["2025-09-01", "2025-09-01"]).str.to_date(),
            "班级人数": ["45人", "约45"],
            "学段": [["小学"], None],
        }
    ).write_parquet(path)
    facts = read(path)
    assert kinds(facts) == ["nested-value", "not-a-number"]
    assert facts.levels[CLASS].codes == ["1", "2"]
    assert reported(facts, CLASS, "1", 2025, "class_size") == 45


def test_damaged_parquet(tmp_path: Path) -> None:
    """A damaged file is one problem."""
    path = tmp_path / "班级.parquet"
    path.write_bytes(b"PAR1 nonsense PAR1")
    assert kinds(read(path)) == ["file-damaged"]
    path.write_bytes(b"")
    assert kinds(read(path)) == ["empty-file"]


def test_parquet_of_decimals_and_moments(tmp_path: Path) -> None:
    """Decimals are numbers; moments are refused as they are in sheets."""
    path = tmp_path / "旗县.parquet"
    pl.DataFrame(
        {
            "代码": ["a", "b"],
            "年份": pl.Series([2025.0, 2025.0]),
            "教育支出": pl.Series(["1.50", "2.25"]).cast(pl.Decimal(10, 2)),
            "教育收入": pl.Series(["08:00", "09:00"]).str.to_time("%H:%M"),
            "系数": [True, None],
            "入学率": [float("nan"), 98.0],
        }
    ).write_parquet(path)
    facts = read(path)
    assert kinds(facts) == ["date-in-cell", "date-in-cell", "not-a-number", "not-a-number"]
    assert reported(facts, Level.COUNTY, "b", 2025, "spending") == 2.25


def test_numbers_that_no_float_holds_are_shown_as_written(tmp_path: Path) -> None:
    """1e400 is not infinity, and 1e-400 is not 0: neither is used, and both are told as written."""
    row = '{"代码": "150602", "年份": 2025, "教育支出": 1e-400, "教育收入": 1e400}'
    facts = read(submit(tmp_path, f'{{"旗县": [{row}]}}'))
    assert [(each.code, each.found) for each in facts.problems] == [
        ("not-a-number", "1e-400"),
        ("not-a-number", "1e400"),
    ]
