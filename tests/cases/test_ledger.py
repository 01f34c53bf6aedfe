"""A ledger filled in by hand and brought back: nothing lost, nothing overwritten in silence."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dabiao.cases.ledger import BroughtBack, bring_back, read_ledger
from dabiao.cases.store.store import Store
from dabiao.reports.circumstances import told_by
from dabiao.reports.ledger.workbook import ledger_bytes
from dabiao.schemas.case import Case, CaseState
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import InputError
from tests.cases.runs import OFFICE, judged, now, opened, signed, write

DAY = date(2024, 1, 31)
HEAD = 3
RUN = judged([(1, 47), (2, 48), (3, 49)])
CELLS = {
    "状态": "已下达",
    "下达日期": date(2024, 1, 31),
    "整改期限": date(2024, 2, 29),
    "责任人": "校长室",
}
ALL = {
    "状态": "已销号",
    "下达日期": "2024年1月5日",
    "整改期限": "2024/3/1",
    "佐证材料": "分班名单",
    "复核日期": date(2024, 2, 29),
    "复核结果": "合格",
    "销号人": OFFICE,
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Keep three cases in a file."""
    return Store(str(tmp_path / "cases.sqlite"), create=True)


@pytest.fixture
def cases(store: Store) -> list[Case]:
    """Open them."""
    return opened(store, [47, 48, 49], DAY)


def written(path: Path, store: Store | None) -> Path:
    """Write a ledger: with what is known of the cases, or of the run alone."""
    book = None if store is None else store.book(DAY)
    path.write_bytes(ledger_bytes(RUN, told_by(RUN, cases=book)))
    return path


def fill(path: Path, filled: dict[str, dict[str, Any]], sheet: str = "问题清单") -> None:
    """Fill in cells as a person would: by number of the case, and heading."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    heads = [cell.value for cell in page[HEAD]]
    for row in page.iter_rows(min_row=HEAD + 1):
        for heading, value in filled.get(str(row[0].value), {}).items():
            row[heads.index(heading)].value = value
    book.save(path)


def brought(store: Store, path: Path) -> BroughtBack:
    """Bring a ledger back."""
    ledger = read_ledger(path)
    return store.write(signed(DAY), lambda open_: bring_back(open_, ledger))


@pytest.mark.parametrize("known", [True, False])
def test_what_was_filled_in_comes_back(
    store: Store, cases: list[Case], tmp_path: Path, *, known: bool
) -> None:
    """States by all their steps, days however they are written, words; the rest stays blank.

    A suggestion that nobody touched is nobody's measure. The second time nothing is new, and the
    ledger written from the database says all of it again.
    """
    path = written(tmp_path / "a.xlsx", store if known else None)
    first, second, third = (case.number for case in cases)
    fill(path, {first: CELLS, second: ALL, third: {"整改措施（建议可改）": "分成两班"}})
    done, again = brought(store, path), brought(store, path)

    assert (done.problems, done.changed, done.same) == ([], 3, 0)
    assert (again.problems, again.told, again.changed) == ([], [], 0)
    found = [now(store, number) for number in (first, second, third)]
    assert [each.state for each in found] == [
        CaseState.NOTIFIED,
        CaseState.CLOSED,
        CaseState.OPENED,
    ]
    assert (found[0].due, found[0].person, found[0].measure) == (
        date(2024, 2, 29),
        "校长室",
        None,
    )
    assert (found[1].issued, found[1].due) == (date(2024, 1, 5), date(2024, 3, 1))
    assert (found[1].version, found[2].measure) == (5, "分成两班")
    assert any(first in line and "（空） → 校长室" in line for line in done.told)
    page = openpyxl.load_workbook(written(tmp_path / "b.xlsx", store))["问题清单"]
    heads = [cell.value for cell in page[HEAD]]
    rows = {row[0]: dict(zip(heads, row, strict=True)) for row in page.values if row[0]}
    assert rows[first]["状态"] == "已下达"
    assert str(rows[first]["整改期限"]) == "2024-02-29 00:00:00"
    assert rows[third]["整改措施（建议可改）"] == "分成两班"
    totals = [row for row in openpyxl.load_workbook(tmp_path / "b.xlsx")["汇总"].values if row[0]]
    columns, county = totals[-2:]
    assert [*columns[:3]] == ["旗县", "已立案", "已下达"]
    assert str(county[1]).startswith("=SUMPRODUCT(('问题清单'!$E$4:$E$6=$A")


def test_what_is_newer_is_told_and_left_alone(
    store: Store, cases: list[Case], tmp_path: Path
) -> None:
    """Somebody else changed the same cell: named at the cell; other cells and rows are taken."""
    path = written(tmp_path / "a.xlsx", store)
    first, second, third = (case.number for case in cases)
    write(store, first, DAY, {"progress": "已分班", "person": "王"}, by="东胜区教体局")
    fill(path, {first: {"进展": "正在分班", "佐证材料": "名单"}, second: {"进展": "没有动"}})
    done = brought(store, path)

    (problem,) = done.problems
    assert problem.code == "case-moved"
    assert (problem.sheet, problem.cell) == ("问题清单", "Z6")
    assert "东胜区教体局" in problem.message
    found = now(store, first)
    assert (found.progress, found.person, found.evidence) == ("已分班", "王", "名单")
    assert now(store, second).progress == "没有动"
    assert now(store, third).version == 1


def test_cells_that_cannot_be_so(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """A day that is none, a state that is none, one that lacks something, one out of order."""
    write(store, cases[2].number, DAY, {"state": CaseState.NOTIFIED, "issued": DAY, "due": DAY})
    path = written(tmp_path / "a.xlsx", store)
    first, second, third = (case.number for case in cases)
    filled = {
        first: {"下达日期": "下周", "状态": "办结"},
        second: {"状态": "已销号"},
        third: {"状态": "已立案", "整改期限": "2024-02-1①"},  # a footnote's, and no 11th
    }
    fill(path, filled)
    done = brought(store, path)

    assert sorted((each.code, each.cell) for each in done.problems) == [
        ("case-cell", "V6"),
        ("case-cell", "W4"),
        ("case-cell", "Y6"),
        ("case-incomplete", "V5"),
        ("case-step", "Y4"),
    ]
    assert all(each.hint and each.file == path.as_posix() for each in done.problems)
    assert done.changed == 0


def test_rows_that_came_apart(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """Where only the numbers were sorted, nothing is taken; nor is a column that stands twice."""
    path = written(tmp_path / "a.xlsx", store)
    first, second, third = (case.number for case in cases)
    fill(path, {first: {"编号": second}, second: {"编号": first, "进展": "x"}})
    fill(path, {third: {"进展": "y", "变化": "z"}})
    book = openpyxl.load_workbook(path)
    page = book["问题清单"]
    column = [cell.value for cell in page[HEAD]].index("变化") + 1
    page.cell(HEAD, column).value = "进展"
    book.save(path)
    done = brought(store, path)

    assert {each.code for each in done.problems} == {"case-cell"}
    assert {each.found: each.expected for each in done.problems} == {
        first: second,
        second: first,
        "进展": None,
    }
    assert [now(store, number).progress for number in (first, second, third)] == [None, None, "y"]


def test_what_is_right_in_a_row_is_taken(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """A cell that says nothing is told once, and its row's other cells are taken without the state.

    Days are read as people type them; a formula nobody computed is nobody's name.
    """
    path = written(tmp_path / "a.xlsx", store)
    first, second, third = (case.number for case in cases)
    filled: dict[str, dict[str, Any]] = {
        first: {**CELLS, "下达日期": "2024年2月30日"},
        second: {
            **CELLS,
            "状态": "已 下达",
            "下达日期": "20240131",
            "整改期限": "２０２４－０２－２９",
        },
        third: {"责任人": "=A1", "进展": "长" * 100, "状态": "已销号"},
    }
    fill(path, filled)
    done = brought(store, path)

    assert sorted((each.code, each.cell) for each in done.problems) == [
        ("case-cell", "U4"),
        ("case-cell", "V6"),
        ("case-incomplete", "V4"),
    ]
    one, other, last = (now(store, number) for number in (first, second, third))
    assert (one.state, one.due, one.person) == (CaseState.OPENED, date(2024, 2, 29), "校长室")
    assert (other.state, other.issued, other.due) == (CaseState.NOTIFIED, DAY, date(2024, 2, 29))
    assert (last.state, last.person, last.progress) == (CaseState.OPENED, None, "长" * 100)
    assert all(len(line) < 120 for line in done.told)


def test_in_english_and_without_its_mark(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """A ledger of the other language says the same; one whose last column is gone is still read.

    Then nobody knows what it was written from, so what the database says already is kept.
    """
    number = cases[0].number
    write(store, number, DAY, {"person": "王"})
    with speaking(Language.EN):
        path = written(tmp_path / "a.xlsx", store)
    fill(path, {number: {"progress": "begun"}}, "Problems")
    english = brought(store, path)
    path = written(tmp_path / "b.xlsx", store)
    fill(path, {number: {"底稿（勿改）": None, "责任人": "李", "佐证材料": "名单"}})
    unmarked = brought(store, path)

    assert (english.problems, english.changed) == ([], 1)
    assert [each.code for each in unmarked.problems] == ["case-moved"]
    found = now(store, number)
    assert (found.progress, found.person, found.evidence) == ("begun", "王", "名单")


def test_what_nobody_can_place_is_told(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """A heading that was changed and a number that was deleted lose nothing in silence."""
    path = written(tmp_path / "a.xlsx", store)
    first, second, _ = (case.number for case in cases)
    fill(path, {first: {"责任人": "校长室", "进展": "已办"}, second: {"责任人": "总务处"}})
    book = openpyxl.load_workbook(path)
    page = book["问题清单"]
    heads = [cell.value for cell in page[HEAD]]
    page.cell(HEAD, heads.index("进展") + 1).value = "进展情况"
    row = next(cell.row for cell in page["A"] if cell.value == second)
    page.cell(row, 1).value = None
    book.save(path)
    done = brought(store, path)

    assert done.changed == 1
    heading, number = done.problems
    assert heading.message == "没有“进展情况”这一列；其中填写的没有采用"
    assert "“进展”" in (heading.hint or "")
    assert number.message.startswith("这一行没有编号；其中填写的（")
    assert page.cell(row, heads.index("责任人") + 1).coordinate in number.message


def test_what_is_no_ledger(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """Another file is refused; a row of no case, or a second one, is told at its number."""
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    for name, why in (("a.xlsx", "压缩结构不完整"), ("b.xlsx", ""), ("c.xlsx", "文件不存在")):
        with pytest.raises(InputError) as refused:
            read_ledger(tmp_path / name)
        assert [each.code for each in refused.value.problems] == ["no-ledger"]
        assert refused.value.problems[0].message.endswith(why or "台账")
    path = written(tmp_path / "d.xlsx", store)
    fill(path, {cases[0].number: {"编号": "2024-X"}, cases[1].number: {"编号": cases[2].number}})
    done = brought(store, path)

    assert sorted(each.code for each in done.problems) == ["case-cell", "no-such-case"]


def test_what_is_mended_and_closed_is_counted(
    store: Store, cases: list[Case], tmp_path: Path
) -> None:
    """A case that is no problem any more has left the list; the progress counts it all the same."""
    path = written(tmp_path / "a.xlsx", store)
    fill(path, {cases[0].number: ALL})
    brought(store, path)
    later = judged([(1, 45), (2, 48), (3, 49)])
    path.write_bytes(ledger_bytes(later, told_by(later, cases=store.book(DAY))))

    rows = openpyxl.load_workbook(path)["汇总"].iter_rows(max_col=2, values_only=True)
    assert ("另已做到并销号的", 1) in set(rows)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_saved_by_another_program(store: Store, cases: list[Case], tmp_path: Path) -> None:
    """LibreOffice writes the file its own way; it is read all the same."""
    path = written(tmp_path / "a.xlsx", store)
    fill(path, {cases[0].number: CELLS, cases[1].number: ALL})
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    again = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        "saved",
        "a.xlsx",
    ]
    subprocess.run(again, cwd=tmp_path, check=True, capture_output=True)
    done = brought(store, tmp_path / "saved" / "a.xlsx")

    assert (done.problems, done.changed, done.same) == ([], 2, 1)
    assert now(store, cases[1].number).state is CaseState.CLOSED
