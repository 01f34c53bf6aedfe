"""A finding as a small chart: baseline, today and target with the line, or year beside year.

Points come out; ``templates/charts.js`` draws them, and ``svg`` draws the same for those who have
no scripts. What a chart shows is said in words too.
"""

from collections.abc import Sequence
from enum import StrEnum

from markupsafe import Markup

from dabiao.reports import wording
from dabiao.reports.at_once.each import Each, told
from dabiao.reports.numbers import quantity
from dabiao.reports.page.sections import YearsRow
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.reasons.why import Compared, LineToTarget
from dabiao.schemas.record import dataclass
from dabiao.schemas.source import is_number

WIDTH, HEIGHT = 340, 130
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 44, 22, 38
_SPARK = 90
BETWEEN, WITHIN = "|", "·"
"""What stands between points, and between the parts of one, where they are packed."""


class Role(StrEnum):
    """What a point stands for."""

    BASELINE = "b"
    LINE = "l"
    TARGET = "t"
    SEEN = "s"

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(*_ROLES[self])


_ROLES = {
    Role.BASELINE: ("基期", "baseline"),
    Role.LINE: ("进度线", "line"),
    Role.TARGET: ("目标", "target"),
    Role.SEEN: ("实测", "observed"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart."""

    role: Role
    year: int
    value: float
    text: str

    @property
    def words(self) -> str:
        """Say what it is."""
        return say(
            f"{self.year}年{self.role.label}{self.text}",
            f"in {self.year}: {self.role.label} {self.text}",
        )


def may_be_drawn(finding: Finding) -> bool:
    """Tell, of what is quickly told, whether there may be more than a single number to draw."""
    of = finding.reason
    if isinstance(of, Compared) and (of.change is not None or of.line is not None):
        return True
    return finding.by.began(finding.year) is not None


def points(finding: Finding, others: Sequence[tuple[int, Scalar]] = ()) -> list[Point]:
    """Give what there is to draw of a finding; nothing where it is a single number.

    Args:
        finding: The finding.
        others: What was observed in other years.
    """
    found: list[Point] = []

    def add(role: Role, year: int | None, value: Scalar) -> None:
        if year is not None and is_number(value):
            found.append(Point(role, year, value, quantity(value, finding.unit)))

    both = wording.both_years(finding)
    if both is not None:
        for each in both:
            add(Role.SEEN, each.year, each.value)
        return found if len({each.year for each in found}) > 1 else []
    if isinstance(finding.reason, Compared) and finding.reason.change is not None:
        return []
    line = finding.reason.line if isinstance(finding.reason, Compared) else None
    drawn = line or LineToTarget()
    bound = finding.required.value if drawn.bound is None else drawn.bound
    base = finding.by.began(finding.year)
    if drawn.since is not None:
        add(Role.BASELINE, drawn.since, drawn.begins)
        add(Role.LINE, finding.year, drawn.stands)
    elif base is not None:
        add(Role.BASELINE, base.year, base.value)
    begun = bool(found)
    seen = dict(others) | {finding.figures: finding.observed}
    for year in sorted(seen):
        add(Role.SEEN, year, seen[year])
    several = len([each for each in found if each.role is Role.SEEN]) > 1
    if not (begun or several) or all(each.role is not Role.SEEN for each in found):
        return []
    last = finding.timing.last
    add(Role.TARGET, max(finding.figures, last or finding.figures), bound)
    return found if len({each.year for each in found}) > 1 else []


def packed(of: Sequence[Point]) -> str:
    """Write points as a line of text."""
    return BETWEEN.join(
        WITHIN.join(
            (each.role, str(each.year), _in_full(each.value), each.text.replace(BETWEEN, ""))
        )
        for each in of
    )


def _in_full(value: float) -> str:
    return told(_in_full, value) if isinstance(value, Each) else repr(float(value))


def words(of: Sequence[Point]) -> str:
    """Say what a chart shows."""
    return say("；", "; ").join(each.words for each in of)


def svg(of: Sequence[Point]) -> Markup:
    """Draw a chart."""
    years = [each.year for each in of]
    values = [each.value for each in of]
    first, years_in_all = min(years), max(years) - min(years)
    low, span = min(values), (max(values) - min(values)) or 1.0

    def at(point: Point) -> tuple[float, float]:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (point.year - first) / years_in_all
        return x, _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - (point.value - low) / span)

    parts = [
        Markup('<svg class="chart" role="img" viewBox="0 0 {} {}" aria-label="{}">').format(
            WIDTH, HEIGHT, words(of)
        )
    ]
    for name, roles in (("way", (Role.BASELINE, Role.TARGET)), ("seen", (Role.SEEN,))):
        line = [at(each) for each in of if each.role in roles]
        if len(line) > 1:
            path = " ".join(f"{x:.0f},{y:.0f}" for x, y in line)
            parts.append(Markup('<polyline class="{}" points="{}"/>').format(name, path))
    highest = {each.year: each.value for each in sorted(of, key=lambda each: each.value)}
    for each in of:
        x, y = at(each)
        below = each.value < highest[each.year]
        parts.append(_circle(each, x, y))
        parts.append(
            Markup('<text class="l" x="{:.0f}" y="{:.0f}">{} {}</text>').format(
                x + 7, y + 4, each.role.label, each.text
            )
            if each.role is Role.LINE
            else Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(
                x, y + (16 if below else -8), each.text
            )
        )
    for year in sorted(set(years)):
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (year - first) / years_in_all
        parts.append(
            Markup('<text class="year" x="{:.0f}" y="{}">{}</text>').format(x, HEIGHT - 4, year)
        )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _circle(of: Point, x: float, y: float) -> Markup:
    return Markup('<circle class="{}" cx="{:.0f}" cy="{:.0f}" r="3.5"/>').format(of.role, x, y)


def spark(row: YearsRow, years: Sequence[int]) -> Markup:
    """Draw rates of several years as a line as small as a word, from 0 to 100 %.

    A year in which most is missing has no place on it.
    """
    judged = [(at, each) for at, each in enumerate(row.rates) if each.judged and not each.is_open]
    if len(judged) < 2:  # noqa: PLR2004 - a line has two ends
        return Markup("")
    across = (_SPARK - 6) / max(1, len(years) - 1)
    path = " ".join(f"{3 + at * across:.0f},{21 - each.percent * 0.18:.1f}" for at, each in judged)
    told = say("；", "; ").join(f"{years[at]}: {each.text}" for at, each in judged)
    return Markup(
        '<svg class="spark" role="img" viewBox="0 0 {} 24" aria-label="{}">'
        '<polyline class="seen" points="{}"/></svg>'
    ).format(_SPARK, told, path)
