"""Many runs side by side: how the counts went, year by year and submission by submission."""

from collections.abc import Sequence

from dabiao.reports.ledger.overview import COLOURS
from dabiao.reports.lists.charts import ListingChart
from dabiao.reports.lists.listings import Listing
from dabiao.reports.summaries import NOT_JUDGED, rate
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_BAR = 20
"""Characters of a bar at 100 %."""


def trend_listing(runs: Sequence[tuple[str, Run]]) -> Listing:
    """List runs, one a row, in the order they are given.

    Args:
        runs: The runs, each with what it is called.
    """
    columns = {
        "run": say("检查", "run"),
        "year": say("年份", "year"),
        "fingerprint": say("指纹", "fingerprint"),
        **{each.value: each.label for each in Outcome},
        "rate": say("达标率%", "rate %"),
        "bar": "",
    }
    chart = ListingChart(
        say("应判各项的结论和达标率", "Outcomes of what was judged, and the rate"),
        "run",
        {each.value: COLOURS[each] for each in Outcome if each is not NOT_JUDGED},
        "rate",
    )
    return Listing(columns, [_row(name, run) for name, run in runs], chart=chart)


def _row(name: str, run: Run) -> dict[str, Scalar]:
    counts = {each: run.summary.get(each, 0) for each in Outcome}
    share = rate(counts)
    return {
        "run": name,
        "year": run.as_of,
        "fingerprint": run.fingerprint,
        **{each.value: count for each, count in counts.items()},
        "rate": None if share is None else round(share, 2),
        "bar": "" if share is None else "█" * round(_BAR * share / 100),
    }
