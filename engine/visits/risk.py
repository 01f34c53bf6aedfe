"""How much there is to look at in a subject: points for what was noted, found or not reported."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import assert_never

from dabiao.engine.faults import EngineError
from dabiao.engine.judgement import Judgement
from dabiao.schemas.facts import Standing
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Note
from dabiao.schemas.visits import NotReturned, VisitReason

BASE = 1.0
"""The risk of a subject that nothing is known against: anybody may be drawn."""
WEIGHTS: Mapping[str, float] = {
    "copy": 4.0,
    "impossible": 3.0,
    "sum-differs": 2.0,
    "indicator-differs": 2.0,
    "jump": 2.0,
    "repeat": 2.0,
    "unreported": 2.0,
    "not-in-roster": 1.0,
    "unusual": 1.0,
    "outlier": 1.0,
    "violation": 1.0,
    "missing": 1.0,
    "behind": 0.5,
    "problem": 0.5,
}
"""Points of the first reason of a kind; the n-th adds 1/n of it."""
_CELLS = 6
_IDLE = 0.5
"""What a note counts on which no outcome rests."""

Spotted = dict[int, list[VisitReason]]
"""Reasons by subject; their points are those of their kind's first."""


@dataclass(frozen=True, slots=True)
class Population:
    """Who may be drawn.

    Attributes:
        level: Their level.
        year: The year looked at.
        who: Their places in the level.
    """

    level: Level
    year: int
    who: list[int] = field(default_factory=list)


def weighed(given: Iterable[str]) -> dict[str, float]:
    """Read ``kind=points`` on top of the usual weights.

    Raises:
        EngineError: A kind is not known, or the points are no number of at least 0.

    Examples:
        >>> weighed(["copy=10"])["copy"], weighed([])["jump"]
        (10.0, 2.0)
    """
    weights = dict(WEIGHTS)
    for text in given:
        kind, _, points = text.partition("=")
        try:
            value = float(points)
        except ValueError:
            value = -1.0
        if kind not in WEIGHTS or not 0 <= value < float("inf"):
            zh, en = "、".join(WEIGHTS), ", ".join(WEIGHTS)
            raise EngineError(
                say(
                    f"权重“{text}”看不懂；写成 类别=分数，如 copy=5；类别有 {zh}",
                    f"the weight {text!r} is not understood; write kind=points, such as copy=5;"
                    f" the kinds are {en}",
                )
            )
        weights[kind] = value
    return weights


def reasons(  # noqa: PLR0913, PLR0917 - what is known against somebody
    judgement: Judgement,
    notes: Iterable[Note],
    target: Population,
    outcomes: Collection[Outcome],
    weights: Mapping[str, float],
    bears: Mapping[Note, int] | None = None,
) -> dict[int, tuple[VisitReason, ...]]:
    """Give every subject that has any its reasons, heaviest first.

    What is noted of a subject below counts for the subject above it that may be drawn.

    Args:
        judgement: What was judged.
        notes: What was noted.
        target: Who may be drawn.
        outcomes: Outcomes of findings that count too.
        weights: Points of the first reason of each kind.
        bears: How many outcomes could change if what a note is about were corrected; a note on
            which none rests has half the points.
    """
    known = bears or {}
    reasons_of: Spotted = {}
    wanted = set(target.who)
    frames = judgement.evaluator.frames

    def add(level: Level | None, code: str | None, reason: VisitReason) -> None:
        at = _above(judgement, level, code, target.level)
        if at in wanted:
            reasons_of.setdefault(at, []).append(reason)

    for note in notes:
        if note.year not in (None, target.year) or note.kind not in weights:
            continue
        sources = note.sources or ((note.source,) if note.source else ())
        reason = VisitReason(note.kind, 0, note, sources, known.get(note))
        for code in (note.subject, *note.others):
            add(note.level, code, reason)
    if outcomes:
        for finding in judgement.findings(outcomes, brief=True):
            add(finding.subject.level, finding.subject.code, _of_finding(finding))
    table = frames.facts.levels[target.level]
    reported = set(table.subject[table.year == target.year].tolist())
    for at in target.who:
        if at not in reported:
            reasons_of.setdefault(at, []).append(_unreported(judgement, target, at))
    return {at: tuple(_pointed(each, weights)) for at, each in sorted(reasons_of.items())}


def risk(of: Iterable[VisitReason]) -> float:
    """Add up a risk."""
    return round(BASE + sum(reason.points for reason in of), 6)


def _pointed(given: Iterable[VisitReason], weights: Mapping[str, float]) -> Iterator[VisitReason]:
    """Give reasons their points: the n-th of a kind has 1/n of the first's."""
    counts: dict[str, int] = {}
    pointed: list[VisitReason] = []
    for reason in sorted(given, key=_order):
        counts[reason.kind] = counts.get(reason.kind, 0) + 1
        share = _IDLE if reason.bears == 0 else 1.0
        points = round(share * weights[reason.kind] / counts[reason.kind], 6)
        pointed.append(replace(reason, points=points))
    yield from sorted(pointed, key=lambda each: (-each.points, each.kind))


def _order(reason: VisitReason) -> tuple[str, ...]:
    """Give an order that depends on nothing but the data."""
    match reason.of:
        case Note() as note:
            told = (note.measure or "", note.check or "", repr(note.remark))
        case Finding() as finding:
            told = (finding.rule, finding.subject.code, str(finding.year))
        case NotReturned() as absent:
            told = (absent.subject.code, "", "")
        case _:
            assert_never(reason.of)
    return (reason.kind, *told)


def _above(judgement: Judgement, level: Level | None, code: str | None, upper: Level) -> int:
    """Find the subject of a level that a subject is or lies below; -1 for none."""
    frames = judgement.evaluator.frames
    if code is None:
        return -1
    for each in Level if level is None else (level,):
        at = frames.tier(each).find(code)
        if at is None or at >= frames.size(each) or each.rank < upper.rank:
            continue
        return at if each is upper else int(frames.hierarchy.groups(each, upper)[at])
    return -1


def _of_finding(finding: Finding) -> VisitReason:
    cells: dict[Source, None] = {
        each.source: None for each in finding.inputs if each.source is not None
    }
    return VisitReason(finding.outcome.value, 0, finding, tuple(cells)[:_CELLS])


def _unreported(judgement: Judgement, target: Population, at: int) -> VisitReason:
    frames = judgement.evaluator.frames
    table = frames.facts.levels[target.level]
    listed = table.standings[at] is Standing.ROSTER
    subject = judgement.builder.names.subject(target.level, at)
    return VisitReason("unreported", 0, NotReturned(subject, target.year, listed))
