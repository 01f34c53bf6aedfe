"""``dabiao facts diff``: what a second submission changed."""

import copy
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Call, Facts

Submit = Callable[..., str]
Row = dict[str, object]


@pytest.fixture
def diff(call: Call, pack: Path) -> Call:
    """Give a function that compares two submissions by the small pack alone."""
    return lambda *of: call("facts", "diff", "--no-builtin", "--rules", pack.name, *of)


def classes(*sizes: object, stage: object = "小学") -> Facts:
    """Submit a school and its classes, each with its size."""
    rows: list[Row] = [
        {
            "代码": f"1506020010{at:02}",
            "名称": f"{at}班",
            "上级代码": "1506020010",
            "年份": 2025,
            "班级人数": size,
            "学段": stage,
        }
        for at, size in enumerate(sizes, 1)
    ]
    school = {"代码": "1506020010", "名称": "第一小学", "上级代码": "150602", "年份": 2025}
    return {"学校": [{**school, "有校医": True}], "班级": rows}


def told(diff: Call, submit: Submit, old: Facts, new: Facts, *of: str) -> Any:  # noqa: ANN401
    """Give what is told of two submissions, as data."""
    result = diff(submit(old, "old.json"), submit(new, "new.json"), "-f", "json", *of)
    return json.loads(result.stdout)


def test_nothing_changed(diff: Call, submit: Submit) -> None:
    """The same facts are the same, whatever their file is called and however they are ordered."""
    old, new = classes(45, 46, 47), classes(45, 46, 47)
    new["班级"].reverse()
    found = told(diff, submit, old, new)
    assert (found["cells"], found["verdicts"], found["cured"]) == ([], [], [])
    assert found["year"] == 2025


def test_cells(diff: Call, submit: Submit) -> None:
    """Cells are filled, changed and emptied, each with both values and its place of now."""
    found = told(diff, submit, classes(44, None, 40), classes(45, 41, None))
    cells = [
        (each["fate"], each["subject"][-2:], each["before"], each["after"])
        for each in found["cells"]
    ]
    assert cells == [
        ("changed", "01", 44, 45),
        ("filled", "02", None, 41),
        ("emptied", "03", 40, None),
    ]
    assert found["cells"][0]["source"]["cell"] == "[0].班级人数"


def test_a_cell_that_cannot_be_used_is_no_blank_one(diff: Call, submit: Submit) -> None:
    """Before or after, what is spoilt is told from what is empty."""
    old, new = classes(44, "45①", None), classes("约44", 45, 46)
    found = told(diff, submit, old, new)
    assert [each["spoilt"] for each in found["cells"]] == [True, True, False]
    text = diff("old.json", "new.json").stdout
    assert "44人 → 不能用" in text
    assert "不能用 → 45人" in text
    assert "空 → 46人" in text


def test_what_only_a_changed_figure_mends(diff: Call, submit: Submit) -> None:
    """A size that was changed is pointed out, but none that was filled or still fails."""
    found = told(diff, submit, classes(46, None, 50, 45), classes(45, 44, 49, 46))
    turned = {each["subject"][-2:]: each for each in found["verdicts"]}
    assert {key: each["by_figures"] for key, each in turned.items()} == {
        "01": True,
        "02": False,
        "04": False,
    }
    assert (turned["01"]["before"], turned["01"]["after"]) == ("violation", "compliant")
    assert [cell["before"] for cell in turned["01"]["cells"]] == [46]
    assert (turned["02"]["before"], turned["02"]["after"]) == ("missing", "compliant")


def test_escaping_by_a_category(diff: Call, submit: Submit) -> None:
    """A text that was changed so that the rule no longer applies is a changed figure as well."""
    found = told(diff, submit, classes(60), classes(60, stage="初中"))
    (turned,) = found["verdicts"]
    assert (turned["after"], turned["by_figures"]) == ("not_applicable", True)
    assert [(cell["before"], cell["after"]) for cell in turned["cells"]] == [("小学", "初中")]
    assert [(each["before"], each["after"]) for each in found["cells"]] == [("小学", "初中")]


def test_problems_cured_and_new(diff: Call, submit: Submit) -> None:
    """What is gone is cured, what was not there is new, and what stays is neither."""
    found = told(diff, submit, classes("45①", "46②", 40), classes(45, "46②", "四十③"))
    assert [each["code"] for each in found["cured"]] == ["not-a-number"]
    assert "45①" in found["cured"][0]["message"]
    assert ["四十③" in each["message"] for each in found["arisen"]] == [True]


def test_subjects_that_come_and_go(diff: Call, submit: Submit) -> None:
    """Whoever is new or gone has an outcome on one side only, and never by figures."""
    found = told(diff, submit, classes(46, 46), classes(46))
    assert [(each["before"], each["after"]) for each in found["verdicts"]] == [("violation", None)]
    found = told(diff, submit, classes(46), classes(46, 45))
    assert [(each["before"], each["by_figures"]) for each in found["verdicts"]] == [(None, False)]


def test_formats(diff: Call, submit: Submit, tmp_path: Path) -> None:
    """For people the doubtful outcomes come first; as CSV every change is a row."""
    old, new = submit(classes(46, None), "old.json"), submit(classes(45, 44), "new.json")
    text = diff(old, new).stdout
    assert "2025年，单元格：补填 1，改动 1，清空或不能用 0" in text
    assert "其中 1 条只因改动了原来填的数才变好" in text
    assert text.index("只因改动了原来填的数\n") < text.index("结论变了\n")
    assert "46人 → 45人" in text
    rows = list(csv.DictReader(io.StringIO(diff(old, new, "-f", "csv").stdout.lstrip("\ufeff"))))
    assert [row["类别"] for row in rows] == ["结论", "结论", "改动", "补填"]
    assert "46人 → 45人" in rows[0]["说明"]
    assert diff(old, new, "-o", "d.xlsx").exit_code == 0
    assert (tmp_path / "d.xlsx").is_file()


def test_the_first_submission_stays_as_it_is(diff: Call, submit: Submit) -> None:
    """Looking at figures as they were changes neither submission: asked again, all is the same."""
    old, new = classes(46, 60), classes(45, 44)
    kept = copy.deepcopy((old, new))
    first = told(diff, submit, old, new)
    assert (old, new) == kept
    assert told(diff, submit, old, new, "--as-of", "2025") == first
