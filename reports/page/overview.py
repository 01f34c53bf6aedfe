"""The first screen: tiles, a matrix of places by topics, and the ten that matter most."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dabiao.reports import wording
from dabiao.reports.priorities import OPEN, Priority, priorities
from dabiao.reports.summaries import SubjectNames, judged, lacking, rate
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.finding import Finding
from dabiao.schemas.importance import place_in_document
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run

MOST_PRIORITIES = 10
MOST_ROWS = 150
"""Rows of the matrix: more than there are counties in any region."""
MOST_WORST = 5
"""Schools that are named below a matrix of counties."""
SHADES = 10
"""Steps from none that complies to all."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of findings that comply.

    Attributes:
        counts: The findings by outcome.
    """

    counts: Mapping[Outcome, int]

    @property
    def judged(self) -> int:
        """Count what rules applied to."""
        return judged(self.counts)

    @property
    def text(self) -> str:
        """Write it; a share that is not whole is never written as one, nor no data as none."""
        if lacking(self.counts):
            return Outcome.MISSING.label
        share = rate(self.counts)
        if share is None:
            return "—"
        return f"{min(share, 99.9):.1f}%" if 0 < share < 100 else f"{share:.0f}%"  # noqa: PLR2004

    @property
    def short(self) -> str:
        """Write it as a cell of a matrix has room for."""
        if lacking(self.counts):
            return say("缺", "n/d")
        share = rate(self.counts)
        if share is None:
            return ""
        return f"{max(1, min(99, round(share)))}" if 0 < share < 100 else f"{share:.0f}"  # noqa: PLR2004

    @property
    def order(self) -> float:
        """Give what rates are sorted by, the lowest first and none last."""
        share = rate(self.counts)
        return math.inf if share is None else share

    @property
    def shade(self) -> str:
        """Name the style of its cell: a step between none and all, or that nothing is known."""
        share = rate(self.counts)
        if share is None:
            return ""
        return "lacking" if lacking(self.counts) else f"s{int(share * SHADES / 100)}"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A topic or a document that counties are compared by.

    Attributes:
        label: Its name.
        key: Which filter of the page asks for it, and for what.
    """

    label: str
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A county, a school, or a place above counties for what it answers for itself.

    Attributes:
        key: Which filter of the page asks for it, and for what.
        label: Its name.
        total: Its rate over all.
        cells: Its rate in each column.
    """

    key: tuple[str, str]
    label: str
    total: Rate
    cells: Sequence[Rate]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rates of places by topics."""

    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow]
    more: int
    """How many schools that comply more are not shown."""

    @property
    def of_schools(self) -> bool:
        """Tell whether it compares schools rather than counties."""
        return any(row.key[0] == "school" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first screen shows of a year."""

    total: Rate
    tokens: Rate
    quantities: Rate
    matrix: Matrix
    priorities: Sequence[Priority]
    priorities_in_all: int
    worst: Sequence[MatrixRow]
    returns: Attendance | None


def overview(run: Run, findings: Sequence[Finding], places: SubjectNames) -> Overview:
    """Make the first screen of the findings of one year."""
    ranked = priorities(findings)
    return Overview(
        total=Rate(_counts(findings)),
        tokens=Rate(_counts(each for each in findings if each.by.token)),
        quantities=Rate(_counts(each for each in findings if not each.by.token)),
        matrix=matrix(findings, places),
        priorities=ranked[:MOST_PRIORITIES],
        priorities_in_all=len(ranked),
        worst=worst_schools(findings, places),
        returns=_returns(run),
    )


def matrix(findings: Sequence[Finding], places: SubjectNames) -> Matrix:
    """Count by county and by document; by topic where there is one document only.

    Where there is one county only, its schools stand for counties, those that comply least first.
    """
    rules = {each.rule: each.by for each in findings}
    documents = {rule.document.id: rule.document.title for rule in rules.values()}
    told: dict[str, tuple[float, ...]] = {}
    for rule in rules.values():
        if rule.topic:
            place = place_in_document(rule.places)
            told[rule.topic] = min(told.get(rule.topic, place), place)
    by_topic = len(documents) == 1 and len(told) > 1
    if by_topic:
        named = sorted(told, key=lambda topic: told[topic])
        columns = [MatrixColumn(topic, ("topic", topic)) for topic in named]
    else:
        columns = [
            MatrixColumn(wording.document_title(documents[id_]), ("document", id_))
            for id_ in sorted(documents)
        ]
    homes = {places.home(each.subject) or "" for each in findings}
    schools = len(homes) == 1
    cells: dict[tuple[str, str], dict[str, Counter[Outcome]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for of in findings:
        school = places.school(of.subject) if schools else None
        row = ("school", school) if school else ("home", places.home(of.subject) or "")
        column = of.by.topic if by_topic else of.by.document.id
        cells[row][column][of.outcome] += 1
    rows = [
        MatrixRow(
            key,
            places.home_label(key[1]),
            Rate(sum(found.values(), Counter())),
            [Rate(found[column.key[1]]) for column in columns],
        )
        for key, found in sorted(cells.items())
    ]
    if schools:
        rows.sort(key=lambda row: (row.key[0], row.total.order, row.key))
    return Matrix(columns, rows[:MOST_ROWS], len(rows) - len(rows[:MOST_ROWS]))


def worst_schools(findings: Iterable[Finding], places: SubjectNames) -> list[MatrixRow]:
    """Give the schools that comply least; none of which nothing is known."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for of in findings:
        school = places.school(of.subject)
        if school is not None:
            counts[school][of.outcome] += 1
    rows = [
        MatrixRow(("school", code), places.name(code), Rate(found), ())
        for code, found in counts.items()
        if any(found[each] for each in OPEN)
    ]
    rows.sort(key=lambda row: (row.total.order, row.key))
    return rows[:MOST_WORST]


def shade_in_words() -> str:
    """Say what the numbers of the matrix are, and its shades."""
    return say(
        "数字为达标率（%），颜色越深达标率越低；“缺”是数据全缺，不是没有做到；点击即筛选。",
        "Numbers are rates in per cent; the darker, the lower; n/d: no data at all, which is not"
        " a failure. A click filters.",
    )


def _counts(findings: Iterable[Finding]) -> Counter[Outcome]:
    return Counter(each.outcome for each in findings)


def _returns(run: Run) -> Attendance | None:
    """Choose the level whose returns tell most: the one with most subjects that lack something."""
    told = [each for each in run.attendance if each.year == run.as_of and each.expected]
    schools = [each for each in told if each.level is Level.SCHOOL]
    return max(schools or told, key=lambda each: each.expected, default=None)
