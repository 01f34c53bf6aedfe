"""A rate is told alike in every report: as the least it may come to where most is missing."""

import io
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.trend import trend_listing
from dabiao.reports.ledger.sheet import rate_shown
from dabiao.reports.lists.workbook import listing_bytes
from dabiao.reports.summaries import rate_in_words
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run
from tests.reports import test_ledger, test_letter, test_page, test_table
from tests.reports.sample import class_size, pupils, sample_run

MISSING, WELL, ILL = None, 40, 50
"""Sizes of classes: nobody knows, as it should be, too large."""
SHOWN, LEAST = "[=1]0%;[=0]0%;0.0%", '"≥"0.0%'
"""How a cell of a workbook shows a rate, and one that may turn out higher."""


def run_of(*sizes: int | None) -> Run:
    """Make a run of one county, a school a class."""
    findings = tuple(class_size(pupils(at), size, at) for at, size in enumerate(sizes, 12))
    counted = Counter(each.outcome for each in findings)
    return replace(
        sample_run(),
        findings=findings,
        judged=(findings[0].by,),
        summary={each: counted[each] for each in Outcome},
    )


@pytest.mark.parametrize(
    ("sizes", "told", "shown"),
    [
        ((WELL, ILL, MISSING, MISSING), "25.0%", (0.25, SHOWN)),
        ((WELL, MISSING, MISSING, MISSING), "≥25.0%", (0.25, LEAST)),
        ((ILL, MISSING, MISSING), "缺数据", ("缺数据", LEAST)),
        ((MISSING,), "缺数据", ("缺数据", LEAST)),
        ((ILL, MISSING), "0%", (0, SHOWN)),
        ((WELL, WELL), "100%", (1, SHOWN)),
    ],
)
def test_told_alike(
    sizes: tuple[int | None, ...], told: str, shown: tuple[float | str, str]
) -> None:
    """In the table, the letter, the ledger, the page and a trend, of a county and of all."""
    run = run_of(*sizes)

    table = test_table.printed(run, known=Circumstances(by_county=True))
    assert f"150602　达标率 {told}\n" in table

    letter = test_letter.opened(run, Circumstances())
    rows = [[cell.text for cell in row.cells] for each in letter.tables for row in each.rows]
    assert told in next(row for row in rows if row[0] == "150602")
    assert f"达标率 {told}" in "".join(each.text for each in letter.paragraphs)

    books = [test_ledger.opened(run, values=values) for values in (True, False)]
    values, formulas = (
        next(row for row in book["汇总"].iter_rows() if row[0].value == "东胜区") for book in books
    )
    assert (values[9].value, formulas[9].number_format) == shown
    tasks = next(iter(test_ledger.rows(books[0], "任务清单")))
    assert tasks["达标率"] == shown[0]

    assert f"达标率 {told}" in test_page.Outline(test_page.page(run)).text

    listing = trend_listing([("一", run)])
    assert listing.rows[0]["rate"] == told
    assert listing.chart is not None
    drawn = openpyxl.load_workbook(
        io.BytesIO(listing_bytes(listing.columns, listing.rows, chart=listing.chart))
    )["清单"]["J2"]
    assert drawn.value == shown[0]
    assert isinstance(drawn.value, str) or drawn.number_format == shown[1]


def test_nearly_all_is_not_all() -> None:
    """Of 9,999 in 10,000 no report says 100%, nor does a cell of a workbook show it."""
    counts = {Outcome.COMPLIANT: 9999, Outcome.VIOLATION: 1}

    assert rate_in_words(counts) == "99.9%"
    assert rate_shown(counts) == '[=1]0%;[=0]0%;"99.9%"'


def test_nearly_none_is_not_none() -> None:
    """Of one in 10,000 no report says 0%, nor does a cell of a workbook show it."""
    counts = {Outcome.COMPLIANT: 1, Outcome.VIOLATION: 9999}

    assert rate_in_words(counts) == "0.1%"
    assert rate_shown(counts) == '[=1]0%;[=0]0%;"0.1%"'
