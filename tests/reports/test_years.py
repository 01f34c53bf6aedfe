"""Several years in one run: the findings of each are counted by themselves, and never summed."""

import io

from hypothesis import given

from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.compare import compare
from dabiao.reports.comparison.listing import headlines
from dabiao.reports.comparison.trend import trend_listing
from dabiao.reports.page.report import Page
from dabiao.reports.run.markdown import write_markdown
from dabiao.reports.summaries import counts_lines, yearly
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run, RunOptions
from tests.engine.builders import at_least, judged, pack, rule, years
from tests.engine.strategies import Case, cases, profile


def of_years(**values: int) -> Run:
    """Judge a school by what it has in each of some years."""
    judgement = judged(pack(rule(at_least(5))), years(**values), every_year=True)
    return headed(judgement.run(), judgement, RunOptions(every_year=True))


def test_each_year_is_counted_by_itself() -> None:
    """In lines, in Markdown and in a row of a trend each."""
    run = of_years(y2024=4, y2025=6)
    with io.StringIO() as file:
        write_markdown(run, file)
        table = file.getvalue()

    assert counts_lines(run) == [
        "2024年　未达标 1　滞后 0　缺数据 0　推进中 0　达标 0　不适用 0",
        "2025年　未达标 0　滞后 0　缺数据 0　推进中 0　达标 1　不适用 0",
    ]
    assert "| 2024 | 1 | 0 | 0 | 0 | 0 | 0 |\n| 2025 | 0 | 0 | 0 | 0 | 1 | 0 |" in table
    only_a_baseline = {
        year: dict.fromkeys(Outcome, 0) | {outcome: 1}
        for year, outcome in ((2020, Outcome.NOT_APPLICABLE), (2025, Outcome.MISSING))
    }
    assert counts_lines(run, only_a_baseline) == [
        "2025年　未达标 0　滞后 0　缺数据 1　推进中 0　达标 0　不适用 0"
    ]
    rows = trend_listing([("run.json", run)]).rows
    assert [(row["year"], row["violation"], row["rate"]) for row in rows] == [
        (2024, 1, "0%"),
        (2025, 0, "100%"),
    ]


def test_years_are_compared_each_with_itself() -> None:
    """What a year lost is not made up for by what another won."""
    told = list(headlines(compare(of_years(y2024=4), of_years(y2024=6, y2025=3))))

    assert told[1:3] == [
        "2024年　未达标 1 → 0，达标 0 → 1",
        "2025年　未达标 0 → 1，缺数据 1 → 0",
    ]


def test_counts_are_of_all_findings_whatever_is_listed() -> None:
    """Who lists what is missed alone is still told how many years and findings were judged."""
    judgement = judged(pack(rule(at_least(5))), years(y2024=4, y2025=6), every_year=True)
    run = headed(judgement.run(()), judgement, RunOptions(every_year=True))
    with io.StringIO() as file:
        missed = Circumstances(source=judgement.excerpt(), outcomes=(Outcome.VIOLATION,))
        write_markdown(run, file, missed)
        table = file.getvalue()

    assert "2024–2025" in Page(run, missed).title
    assert "| 2024 | 1 | 0 | 0 | 0 | 0 | 0 |\n| 2025 | 0 | 0 | 0 | 0 | 1 | 0 |" in table


@profile(share=0.05)
@given(case=cases())
def test_counts_of_years_are_those_of_their_findings(case: Case) -> None:
    """Whether they are counted in columns or from findings that were built."""
    judgement = judge(case.catalog, case.submission.facts(), every_year=True)
    by_findings = yearly(judgement.run())

    assert judgement.excerpt().yearly() == by_findings
    assert {
        each: sum(counts[each] for counts in by_findings.values()) for each in Outcome
    } == judgement.summary()
