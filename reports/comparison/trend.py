"""Many runs side by side: how the counts went, year by year and submission by submission."""

from collections.abc import Iterator, Mapping, Sequence

from dabiao.reports import wording
from dabiao.reports.ledger.overview import COLOURS
from dabiao.reports.lists.charts import ListingChart
from dabiao.reports.lists.listings import Listing
from dabiao.reports.numbers import NOTHING
from dabiao.reports.summaries import (
    NOT_JUDGED,
    counts_all,
    judged_years,
    mostly_missing,
    rate,
    rate_in_words,
    yearly,
)
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run


def trend_listing(runs: Sequence[tuple[str, Run]]) -> Listing:
    """List runs in the order they are given, each year that one judged in a row.

    Args:
        runs: The runs, each with what it is called.
    """
    columns = {
        "run": say("检查", "run"),
        "year": say("年份", "year"),
        "fingerprint": say("指纹", "fingerprint"),
        **{each.value: each.label for each in Outcome},
        "rate": say("达标率", "rate"),
    }
    years = years_of_runs(runs)
    rows = [_row(each) for each in years]
    rates = [each.counts if each.counted else None for each in years]
    chart = ListingChart(
        say("应判各项的结论和达标率", "Outcomes of what was judged, and the rate"),
        "run",
        {each.value: COLOURS[each] for each in Outcome if each is not NOT_JUDGED},
        "rate",
        rates,
    )
    records = [
        row | {"rate": None if each.rate is None else round(each.rate, 2), "least": each.least}
        for row, each in zip(rows, years, strict=True)
    ]
    return Listing(columns, rows, records, list(trend_lines(runs)), chart)


def trend_lines(runs: Sequence[tuple[str, Run]]) -> Iterator[str]:
    """Say what the rate is, and what keeps the runs from being compared as they stand."""
    yield say(
        "达标率 = 达标 ÷（未达标 + 滞后 + 缺数据 + 推进中 + 达标）；不适用的不计入",
        "rate = compliant ÷ (violation + behind + missing + on track + compliant);"
        " what does not apply is left out",
    )
    packs = len({(run.rules.hash, run.rules.selected) for _, run in runs})
    if packs > 1:
        yield say(
            f"这 {len(runs):,} 次检查用了 {packs:,} 套规则，达标率不能直接相比",
            f"these {len(runs):,} runs were judged by {packs:,} sets of rules: their rates are not"
            " of the same",
        )
    scopes = dict.fromkeys(wording.scope_asked(run) for _, run in runs)
    if len(scopes) > 1:
        told = say("；", "; ").join(each or say("全部", "everything") for each in scopes)
        yield say(
            f"这些检查的范围不同，达标率不能直接相比：{told}",
            f"these runs were asked for something else, so that their rates are not of the same:"
            f" {told}",
        )
    if partial := [name for name, run in runs if not counts_all(run)]:
        named = say("、", ", ").join(partial)
        yield say(
            f"只保存了一部分结论、又只取了一处的，达标率算不出：{named}",
            f"of a place in a run that keeps only some outcomes no rate can be told: {named}",
        )
    judged = {year for _, run in runs for year in run.years}
    lacking = sorted(set(range(min(judged), max(judged) + 1)) - judged) if judged else []
    if lacking:
        named = say("、", ", ").join(map(str, lacking))
        yield say(f"没有这些年份的检查：{named}", f"there is no run of {named}")


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """A year that a run judged.

    Attributes:
        name: What the run is called.
        run: The run.
        year: The year.
        counts: The findings of that year by outcome, as far as they are known.
        counted: Whether those of every outcome are known, so that there is a rate to tell.
    """

    name: str
    run: Run
    year: int
    counts: Mapping[Outcome, int]
    counted: bool

    @property
    def rate(self) -> float | None:
        """Give the share that complies of what rules applied to, in per cent, if it is known."""
        return rate(self.counts) if self.counted else None

    @property
    def least(self) -> bool:
        """Tell whether most is missing, so that the rate is only the least it may come to."""
        return self.counted and mostly_missing(self.counts)

    @property
    def told(self) -> str:
        """Write the rate as every report does."""
        return rate_in_words(self.counts) if self.counted else NOTHING


def years_of_runs(runs: Sequence[tuple[str, Run]]) -> list[JudgedYear]:
    """List the years that runs judged, run by run."""
    found: list[JudgedYear] = []
    for name, run in runs:
        counts = yearly(run)
        found += [
            JudgedYear(name, run, year, _known(run, counts[year]), counts_all(run))
            for year in judged_years(counts)
        ]
    return found


def _known(run: Run, counts: Mapping[Outcome, int]) -> Mapping[Outcome, int]:
    """Leave out of counts the outcomes that a run neither keeps nor counts."""
    known = Outcome if counts_all(run) else run.options.outcomes
    return {each: counts.get(each, 0) for each in known}


def _row(of: JudgedYear) -> dict[str, Scalar]:
    return {
        "run": of.name,
        "year": of.year,
        "fingerprint": of.run.fingerprint,
        **{each.value: of.counts.get(each) for each in Outcome},
        "rate": of.told,
    }
