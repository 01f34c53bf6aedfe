"""A report that lists findings with some outcomes only: it counts all, or says that it cannot."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace

import docx
import openpyxl
import pytest

from dabiao.reports.circumstances import Circumstances, told_by
from dabiao.reports.comparison.trend import trend_lines, years_of_runs
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.format_names import Format
from dabiao.reports.letter.content import letter
from dabiao.reports.narrowing import by_rule, narrowed
from dabiao.reports.page.report import Page
from dabiao.reports.summaries import counts_lines, digest_of
from dabiao.reports.writing.formats import write_run
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import OTHERS_LEFT_OUT, Run, RunOptions
from tests.reports.sample import BUREAU, sample_run

WHOLE = replace(
    sample_run(), judged=tuple({one.rule: one.by for one in sample_run().findings}.values())
)
ONLY = (Outcome.VIOLATION,)
ASKED = replace(WHOLE, options=RunOptions(outcomes=ONLY))
"""The run of a check that was asked for violations."""
KEPT = replace(
    ASKED,
    findings=tuple(one for one in WHOLE.findings if one.outcome in ONLY),
    by_rule=by_rule(WHOLE.findings),
)
"""What such a check keeps in a file."""
FILES = (Format.HTML, Format.MARKDOWN, Format.XLSX, Format.DOCX, Format.TABLE)


def as_checked(outcomes: Sequence[Outcome] = ONLY, *, by_county: bool = False) -> Circumstances:
    """Give what is known where a check writes: the findings that it does not list too."""
    source = RecordedFindings(
        ASKED,
        lambda some: (one for one in WHOLE.findings if some is None or one.outcome in some),
        whole=True,
    )
    digest = digest_of(ASKED, whole=True)
    return Circumstances(source=source, digest=digest, outcomes=outcomes, by_county=by_county)


def text(run: Run, form: Format, known: Circumstances) -> str:
    """Write a report and read what stands in it."""
    file = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    write_run(run, form, file, circumstances=known)
    written = file.buffer
    written.seek(0)
    match form:
        case Format.XLSX:
            sheets = openpyxl.load_workbook(written).worksheets
            return "\n".join(str(cell.value) for page in sheets for row in page for cell in row)
        case Format.DOCX:
            document = docx.Document(written)
            cells = [cell.text for table in document.tables for cell in table._cells]
            return "\n".join([*(each.text for each in document.paragraphs), *cells])
        case _:
            return re.sub(r"<script.*?</script>", "", written.read().decode(), flags=re.DOTALL)


@pytest.mark.parametrize("form", FILES)
def test_a_report_says_that_it_lists_some(form: Format) -> None:
    """Each format says so, and so does that of a run that keeps no others; a whole one does not."""
    said, kept = "这里只列出未达标，另有 7 条", "这次检查只保存了未达标，另有 7 条"
    told = text(ASKED, form, as_checked()).replace("\n", "")
    again = text(KEPT, form, told_by(KEPT)).replace("\n", "")

    assert said in told
    assert (kept if form in {Format.HTML, Format.XLSX, Format.DOCX} else said) in again
    assert "另有 7 条" not in text(WHOLE, form, told_by(WHOLE)).replace("\n", "")
    assert "都已报送" not in told + again
    assert "要用的数据已报齐" not in told + again


def test_what_a_format_never_lists_is_only_counted() -> None:
    """A table asked for what complies says where that is listed; a page has it."""
    known = as_checked((Outcome.COMPLIANT, Outcome.MISSING))
    told = text(ASKED, Format.TABLE, known).replace("\n", "")

    assert "；达标在这种报告里只计数，要逐条列出，用 .html、.csv 或 .json" in told
    assert "缺数据 2：" in told
    assert "未达标 4 " not in told
    assert "只计数" not in text(ASKED, Format.HTML, known)


def test_a_page_counts_what_it_does_not_list() -> None:
    """Rates, matrix, counties, units and documents are those of the whole page."""
    whole, some = Page(WHOLE, told_by(WHOLE)), Page(ASKED, as_checked())

    assert some.overview.total == whole.overview.total
    assert some.overview.matrix == whole.overview.matrix
    assert (some.units, some.documents) == (whole.units, whole.documents)
    assert [(each.code, each.rate) for each in some.homes] == [
        (each.code, each.rate) for each in whole.homes
    ]
    assert [each.share for each in some.overview.priorities] == ["2/4", "1/1", "1/1"]
    assert some.packed()["listed"] == ["violation"]
    assert some.why_none(Outcome.MISSING) == "这份报告没有列出：缺数据 2。"
    assert not whole.why_none(*Outcome)


def test_a_kept_part_of_the_outcomes_shows_no_rate_that_it_does_not_know() -> None:
    """The totals and what is counted by rule are those of the whole; of places nothing is told."""
    whole, kept = Page(WHOLE, told_by(WHOLE)), Page(KEPT, told_by(KEPT))

    assert kept.overview.total == whole.overview.total
    assert kept.overview.tokens == whole.overview.tokens
    assert (kept.units, kept.documents) == (whole.units, whole.documents)
    assert [each.share for each in kept.overview.priorities] == ["2/4", "1/1", "1/1"]
    assert (kept.overview.matrix.rows, kept.overview.worst) == ((), ())
    assert {each.rate.text for each in kept.homes} == {"—"}

    older = Page(replace(KEPT, by_rule={}), told_by(KEPT))
    assert {each.leads.text for each in older.units} == {"—"}
    assert [each.share for each in older.overview.priorities] == ["2", "1", "1"]


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.TABLE])
def test_a_kept_part_is_told_as_by_the_check(form: Format) -> None:
    """The same lines in the same order, each rule with how many it was judged for."""
    known = replace(as_checked(), names=KEPT.names)
    assert text(KEPT, form, told_by(KEPT)) == text(ASKED, form, known)


def test_achievements_are_of_all() -> None:
    """What is kept in full is known by the counts of rules, by name only where it is listed."""
    met = (Outcome.COMPLIANT,)
    kept = replace(
        KEPT,
        options=RunOptions(outcomes=met),
        findings=tuple(one for one in WHOLE.findings if one.outcome in met),
    )
    whole = letter(WHOLE, told_by(WHOLE))

    assert whole["achievements"]
    assert letter(kept, told_by(kept))["achievements"] == whole["achievements"]
    few = letter(KEPT, told_by(KEPT))
    assert (few["achievements"], few["achievements_left_out"]) == ([], 1)
    assert few["topics"] == whole["topics"]
    assert few["unlisted"] == ["滞后", "缺数据", "推进中", "达标", "不适用"]


def test_chapters_of_counties_count_all() -> None:
    """The rate of a county is of all that is judged there; a run that keeps a part tells none."""
    rates = re.compile("达标率 ([^\n]*)")
    told = [
        text(run, Format.TABLE, known)
        for run, known in (
            (WHOLE, replace(told_by(WHOLE), by_county=True)),
            (WHOLE, as_checked(by_county=True)),
            (KEPT, replace(told_by(KEPT), by_county=True)),
        )
    ]

    assert rates.findall(told[0]) == rates.findall(told[1])
    assert "滞后 1\n" not in told[1]
    assert {*rates.findall(told[2])} == {"—"}


def test_a_unit_or_document_of_a_kept_part_is_counted_by_rule() -> None:
    """Its counts are those of all its findings; those of a place cannot be known."""
    to = RunOptions(outcomes=ONLY, unit=BUREAU)
    part = narrowed(KEPT, to)

    assert part.summary == narrowed(WHOLE, RunOptions(unit=BUREAU)).summary
    assert all(each.kind != OTHERS_LEFT_OUT for each in part.caveats)

    place = narrowed(KEPT, replace(to, area="150603"))
    page = Page(place, told_by(place))
    assert page.overview.total.text == "—"
    assert any(each.kind == OTHERS_LEFT_OUT for each in place.caveats)
    assert "达标率算不出；未达标 1 项" in text(place, Format.DOCX, told_by(place))
    assert counts_lines(place) == ["未达标 1　滞后 —　缺数据 —　推进中 —　达标 —　不适用 —"]
    assert years_of_runs([("a part", place)])[0].rate is None
    assert any("算不出：a part" in line for line in trend_lines([("a part", place)]))
    assert not any("算不出" in line for line in trend_lines([("kept", KEPT)]))
