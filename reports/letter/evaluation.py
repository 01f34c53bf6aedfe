"""How far a document has come: which of its goals are reached, and what is behind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto

from dabiao.reports import wording
from dabiao.reports.letter.fields import Values
from dabiao.reports.letter.standing import RuleCounts
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule, Timing, TimingKind

MOST_GOALS = 8
"""Goals of a standing that are told by name; the others are counted."""
_DUE = (TimingKind.DUE, TimingKind.WITHIN)


class _Standing(Enum):
    """How a goal stands, in the order of an evaluation: what needs care comes first."""

    BEHIND = auto()
    MISSED = auto()
    OPEN = auto()
    UNKNOWN = auto()
    REACHED = auto()


@dataclass(frozen=True, slots=True)
class _Goal:
    """A commitment, by when it is due, and how many keep it."""

    by: JudgedRule
    timing: Timing
    counts: Mapping[Outcome, int]


def period(documents: Iterable[Document], year: int) -> list[str]:
    """Say of documents which of their years it is.

    Args:
        documents: The documents; of those that run on nothing can be said.
        year: The year judged.
    """
    told = []
    for of in documents:
        first, last = of.period.from_, of.period.to
        if last is None or not first <= year <= last:
            continue
        title, number, of_all = wording.document_title(of.title), year - first + 1, last - first + 1
        told.append(
            say(
                f"{title}的规划期是{first}—{last}年，{year}年是第{number}年，共{of_all}年。",
                f"{title} runs from {first} to {last}; {year} is year {number} of {of_all}.",
            )
        )
    return told


def outlook(counted: RuleCounts, year: int, *, over: bool) -> list[Values]:
    """Sort goals by how they stand: those behind first, those kept by all last.

    A goal stands as the worst of those who have to reach it; what nobody has to is left out.

    Args:
        counted: The rules judged by, each with its findings by outcome.
        year: The year judged.
        over: Whether the document is over, so that all of it is reached or not.
    """
    found: dict[_Standing, list[_Goal]] = defaultdict(list)
    for by, counts in sorted(counted, key=lambda each: each[0].id):
        standing = _standing(counts)
        if standing is not None:
            found[standing].append(_Goal(by, by.due(year), counts))
    return [_group_values(each, found[each], over=over) for each in _Standing if found[each]]


def _standing(counts: Mapping[Outcome, int]) -> _Standing | None:
    for outcome, standing in (
        (Outcome.VIOLATION, _Standing.MISSED),
        (Outcome.BEHIND, _Standing.BEHIND),
        (Outcome.MISSING, _Standing.UNKNOWN),
        (Outcome.ON_TRACK, _Standing.OPEN),
        (Outcome.COMPLIANT, _Standing.REACHED),
    ):
        if counts.get(outcome):
            return standing
    return None


def _group_values(standing: _Standing, goals: list[_Goal], *, over: bool) -> Values:
    names = {
        _Standing.BEHIND: say("未到期，已落后于进度", "not due yet, and behind"),
        _Standing.MISSED: say("未实现", "not reached")
        if over
        else say("已到期或长期执行，没有做到", "due or standing, and not met"),
        _Standing.OPEN: say("未到期，没有落后", "not due yet, and not behind"),
        _Standing.UNKNOWN: say("缺数据，不能判断", "not judged, as data are missing"),
        _Standing.REACHED: say("已实现", "reached") if over else say("已做到", "met"),
    }
    goals = sorted(goals, key=_order)
    return {
        "name": names[standing],
        "number": len(goals),
        "goals": list(map(_told, goals[:MOST_GOALS])),
        "left_out": max(0, len(goals) - MOST_GOALS),
    }


def _order(goal: _Goal) -> tuple[bool, bool, int, bool, float]:
    """Put what is hard first, then what has a deadline, the next before; tokens come last."""
    by, timing, counts = goal.by, goal.timing, goal.counts
    return (
        by.aspiration,
        timing.kind not in _DUE,
        timing.last or 0,
        by.token,
        counts.get(Outcome.COMPLIANT, 0) / sum(counts.values()),
    )


def _told(goal: _Goal) -> str:
    """Name a goal, by when, and how many keep it of those who have to."""
    return say("，", ", ").join(_parts(goal)) + say("）", ")")


def _parts(goal: _Goal) -> Iterator[str]:
    by, timing, counts = goal.by, goal.timing, goal.counts
    level, of, met = by.level, count_judged(counts), counts.get(Outcome.COMPLIANT, 0)
    due = timing.until if timing.kind in _DUE else say("长期执行", "standing")
    yield f"“{by.called}”" + say("（", " (") + due
    if of > 1:
        yield say(
            f"{of:,}{level.counted_in}{level.zh}中{met:,}{level.counted_in}做到",
            f"{met:,} of {of:,} {level.plural} comply",
        )
