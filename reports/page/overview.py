"""The first screen: tiles, a matrix of places by topics, and the ten that matter most."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from dabiao.reports import wording
from dabiao.reports.counted.outcome_columns import OutcomeColumns, counter
from dabiao.reports.numbers import NOTHING, half_up
from dabiao.reports.page.columns import Commitment
from dabiao.reports.summaries import counts_all, mostly_missing, rate, rate_in_words, yearly
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.coded import Places
from dabiao.schemas.distinct import distinct
from dabiao.schemas.importance import place_in_document
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule
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
        known: Whether those of every outcome were counted, so that there is a share to tell.
    """

    counts: Mapping[Outcome, int]
    known: bool = True

    @property
    def judged(self) -> int:
        """Count what rules applied to."""
        return count_judged(self.counts)

    @property
    def is_open(self) -> bool:
        """Tell whether most is missing, so that the share is only the least it may come to."""
        return mostly_missing(self.counts)

    @property
    def text(self) -> str:
        """Write it; a share that is not whole is never written as one, nor no data as none."""
        return rate_in_words(self.counts) if self.known else NOTHING

    @property
    def short(self) -> str:
        """Write it as a cell of a matrix has room for."""
        if not self.judged:
            return ""
        return rate_in_words(self.counts, _to_a_whole, unknown=say("缺", "n/d"))

    @property
    def percent(self) -> float:
        """Give the share; infinite where there is none."""
        share = rate(self.counts)
        return math.inf if share is None else share

    @property
    def order(self) -> tuple[bool, float]:
        """Give what rates are sorted by, the lowest first; behind them those that are open."""
        return self.is_open, self.percent

    @property
    def shade(self) -> str:
        """Name the style of its cell: a step between none and all, or that most is missing."""
        share = rate(self.counts)
        if share is None:
            return ""
        return "lacking" if self.is_open else f"s{int(share * SHADES / 100)}"


def _to_a_whole(share: float) -> str:
    return f"{max(1, min(99, half_up(share, 0)))}" if 0 < share < 100 else f"{share:.0f}"  # noqa: PLR2004 - 100 is all


_JUDGED = [at for at, each in enumerate(Outcome) if each is not Outcome.NOT_APPLICABLE]
"""Places of the outcomes that a rate counts."""


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
    priorities: Sequence[Commitment]
    priorities_in_all: int
    worst: Sequence[MatrixRow]
    returns: Attendance | None

    @property
    def unassigned(self) -> int:
        """Count those that matter most of which the document does not say who answers for them."""
        named = (each.example.units for each in self.priorities)
        return sum(not each.lead and not each.responsible for each in named)


def overview(
    run: Run, columns: OutcomeColumns, findings: Places, ranked: Sequence[Commitment]
) -> Overview:
    """Make the first screen of the findings of one year.

    Args:
        run: The run.
        columns: All its findings, or those that are known.
        findings: Those of the year.
        ranked: What is missed or behind and listed, what matters first.
    """
    whole = columns.whole
    tokens, quantities = Counter[Outcome](), Counter[Outcome]()
    for rule, counted in columns.by_rule(run.as_of):
        (tokens if rule.token else quantities).update(counted)
    return Overview(
        total=Rate(tokens + quantities) if whole else _total(run),
        tokens=Rate(tokens, columns.rules_whole),
        quantities=Rate(quantities, columns.rules_whole),
        matrix=matrix(columns, findings) if whole else Matrix((), (), 0),
        priorities=ranked[:MOST_PRIORITIES],
        priorities_in_all=len(ranked),
        worst=worst_schools(columns, findings) if whole else (),
        returns=_returns(run),
    )


def _total(run: Run) -> Rate:
    """Give the rate of a run that does not hold all findings, as far as it counted them."""
    return Rate(Counter(yearly(run)[run.as_of]), counts_all(run))


def matrix(columns: OutcomeColumns, findings: Places) -> Matrix:
    """Count by county and by document; by topic where there is one document only.

    Where there is one county only, its schools stand for counties, those that comply least first
    and those of which most is missing last; one that nothing is asked of, such as one that has
    closed, has no row.
    """
    heads = _heads([columns.rules[at] for at in distinct(columns.rule[findings])])
    column = _column_of_each(columns.rules, heads)
    schools = len(distinct(columns.home[findings])) == 1
    places = [("home", code) for code in columns.homes]
    row = columns.home
    if schools:
        row = np.where(columns.school < 0, row, columns.school + len(places))
        places += [("school", code) for code in columns.schools]
    width = len(heads) + 1  # the last one for what stands in no column
    cells = columns.count(row * width + column[columns.rule], len(places) * width, findings)
    rows = [
        MatrixRow(
            places[at],
            columns.places.home_label(places[at][1]),
            Rate(counter(found.sum(0))),
            [Rate(counter(cell)) for cell in found[:-1]],
        )
        for at, found in enumerate(cells.reshape(len(places), width, len(Outcome)))
        if (found[:, _JUDGED] if places[at][0] == "school" else found).any()
    ]
    rows.sort(key=lambda row: row.key)
    if schools:
        rows.sort(key=lambda row: (row.key[0], row.total.order, row.key))
    return Matrix(heads, rows[:MOST_ROWS], len(rows) - len(rows[:MOST_ROWS]))


def _heads(rules: Sequence[JudgedRule]) -> list[MatrixColumn]:
    """Give the documents of rules, or the topics of the only one in the order of its text."""
    documents = {rule.document.id: rule.document.title for rule in rules}
    topics: dict[str, tuple[float, ...]] = {}
    for rule in rules:
        if rule.topic:
            place, topic = place_in_document(rule.places), rule.topic_called
            topics[topic] = min(topics.get(topic, place), place)
    if len(documents) == 1 and len(topics) > 1:
        named = sorted(topics, key=lambda topic: topics[topic])
        return [MatrixColumn(topic, ("topic", topic)) for topic in named]
    return [
        MatrixColumn(wording.document_title(documents[id_]), ("document", id_))
        for id_ in sorted(documents)
    ]


def _column_of_each(rules: Sequence[JudgedRule], heads: Sequence[MatrixColumn]) -> Places:
    """Give the column that each rule counts in; one more than there are where it is in none."""
    by_key = {head.key: at for at, head in enumerate(heads)}
    keys = ((("topic", rule.topic_called), ("document", rule.document.id)) for rule in rules)
    found = ((by_key[key] for key in each if key in by_key) for each in keys)
    return np.array([next(each, len(heads)) for each in found], np.intp)


def worst_schools(columns: OutcomeColumns, findings: Places) -> list[MatrixRow]:
    """Give the schools that comply least; none of which most is not known."""
    counted = columns.count(columns.school, len(columns.schools), findings)
    rows = [
        MatrixRow(("school", code), columns.places.name(code), Rate(found), ())
        for code, found in zip(columns.schools, map(counter, counted), strict=True)
        if any(found[each] for each in OPEN) and not mostly_missing(found)
    ]
    rows.sort(key=lambda row: (row.total.order, row.key))
    return rows[:MOST_WORST]


def shade_in_words() -> str:
    """Say what the numbers of the matrix are, and its shades."""
    return say(
        "数字为达标率（%），颜色越深达标率越低；斜纹是一半以上缺数据，“≥”“缺”是补齐后可能更高，"
        "不是没有做到；点击即筛选。",
        "Numbers are rates in per cent; the darker, the lower; hatched: most data are missing, so"
        " that the rate may turn out higher (≥, n/d: no data), which is not a failure."
        " A click filters.",
    )


def _returns(run: Run) -> Attendance | None:
    """Choose the level whose returns tell most: the one with most subjects that lack something."""
    told = [each for each in run.attendance if each.year == run.as_of and each.expected]
    schools = [each for each in told if each.level is Level.SCHOOL]
    return max(schools or told, key=lambda each: each.expected, default=None)
