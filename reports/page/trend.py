"""Many runs side by side, as a page of its own: a column a year judged, the rate as a line."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from markupsafe import Markup

from dabiao.reports.comparison.trend import JudgedYear, trend_lines, years_of_runs
from dabiao.reports.page.scope import title_of_runs
from dabiao.reports.summaries import NOT_JUDGED
from dabiao.reports.templates.templating import environment
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.run import Run

_HEIGHT, _FULL = 220, 100.0
_STEP, _BAR, _LEFT = 64, 44, 40
_NARROW = 10
"""Width of a column where there are many."""
_MANY = 30
"""Runs from which on columns are narrow, and only some are named."""


def write_trend(runs: Sequence[tuple[str, Run]], file: TextIO) -> None:
    """Write the counts of runs as one page that needs nothing else, and no script.

    Args:
        runs: The runs, each with what it is called.
        file: Where to.
    """
    years = years_of_runs(runs)
    shown = {
        "title": title_of_runs([run for _, run in runs], "历次考核", "runs side by side"),
        "lines": list(trend_lines(runs)),
        "chart": Markup(_chart(years)),  # noqa: S704 - made of numbers and escaped names
        "legend": [each for each in Outcome if each is not NOT_JUDGED],
        "years": years,
        "outcomes": list(Outcome),
    }
    file.writelines(environment().get_template("trend.html.jinja").generate(shown))


def _chart(years: Sequence[JudgedYear]) -> str:
    step = _STEP if len(years) < _MANY else _NARROW + 2
    bar = _BAR if len(years) < _MANY else _NARROW
    width = _LEFT + step * len(years) + 10
    label = say("每次检查各结论所占的份额和达标率", "Shares of outcomes and the rate of each run")
    size = f'width="{width}" height="{_HEIGHT + 40}" viewBox="0 0 {width} {_HEIGHT + 40}"'
    made = [f'<svg class="shares" role="img" aria-label="{label}" {size}>']
    for share in (0, 50, 100):
        at = _y(share)
        made.append(
            f'<line x1="{_LEFT}" x2="{width}" y1="{at}" y2="{at}"/>'
            f'<text x="{_LEFT - 6}" y="{at + 4}" text-anchor="end">{share}%</text>'
        )
    line: list[str] = []
    every = max(1, len(years) // _MANY)
    names = [each.year for each in years]
    apart = len(years) < _MANY and len(set(names)) == len(years)
    told = names if apart else range(1, len(years) + 1)
    for at, each in enumerate(years):
        left = _LEFT + step * at + 4
        if len(each.counts) == len(Outcome):  # or nobody knows the shares
            made += _column(each.counts, left, bar)
        if each.rate is not None:
            line.append(f"{left + bar / 2:g},{_y(each.rate):g}")
        if at % every == 0:
            made.append(
                f'<text x="{left + bar / 2:g}" y="{_HEIGHT + 26}" text-anchor="middle">'
                f"{told[at]}</text>"
            )
    if line:
        made.append(f'<polyline points="{" ".join(line)}"/>')
        made += (f'<circle cx="{p[0]}" cy="{p[1]}" r="3"/>' for p in (x.split(",") for x in line))
    return "".join([*made, "</svg>"])


def _column(counts: Mapping[Outcome, int], left: float, width: float) -> list[str]:
    total, below, made = count_judged(counts), 0.0, list[str]()
    for outcome in reversed([each for each in Outcome if each is not NOT_JUDGED]):
        share = _FULL * counts.get(outcome, 0) / total if total else 0.0
        top, bottom = _y(below + share), _y(below)
        made.append(
            f'<rect x="{left}" y="{top:g}" width="{width}" height="{bottom - top:g}"'
            f' class="{outcome.value}"/>'
        )
        below += share
    return made


def _y(share: float) -> float:
    return round(10 + _HEIGHT * (1 - share / _FULL), 2)
