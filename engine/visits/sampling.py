"""Whom to visit: a sample of subjects, weighted by what is to be looked at there."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

import numpy as np

from dabiao.engine.bearing import bearing
from dabiao.engine.faults import EngineError
from dabiao.engine.judgement import Judgement
from dabiao.engine.survey import survey
from dabiao.engine.visits.lots import Lot, draw, send, size
from dabiao.engine.visits.risk import WEIGHTS, Population, reasons, risk
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.visits import Inspector, Visit, VisitReason, VisitSample

_NOWHERE = ""


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What is to be drawn.

    Attributes:
        seed: What the lots are drawn with.
        share: Per cent of the population.
        level: Level of those to visit; the school, or else the lowest that reported, if None.
        area: Code of the place they lie in, or None.
        stratum: Level of the places of which each has one drawn; the county, or else the level
            above, if None.
        also: Outcomes of findings that count too.
        weights: Points by kind of reason.
        inspectors: Who may be sent.
    """

    seed: str
    share: float
    level: Level | None = None
    area: str | None = None
    stratum: Level | None = None
    also: tuple[Outcome, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    inspectors: Sequence[Inspector] = ()


def visits(
    judgement: Judgement, plan: VisitPlan, again: Callable[[Facts], Judgement] | None = None
) -> VisitSample:
    """Draw a sample of subjects to visit.

    Args:
        judgement: What was judged; its rules matter only for ``also``.
        plan: What is to be drawn.
        again: Judges facts by the rules that matter, so that notes on which nothing rests count
            for less; None where all count alike.

    Raises:
        EngineError: There is nobody to draw from, or the levels do not fit.
    """
    level = plan.level or _usual_level(judgement)
    stratum = _stratum_level(plan, level)
    target = Population(level, judgement.as_of, _population(judgement, plan, level))
    notes = survey(judgement)
    bears = None if again is None else bearing(judgement.facts, notes, again)
    why = reasons(judgement, notes, target, plan.also, plan.weights, bears)
    tier = judgement.evaluator.frames.tier(level)
    places = _places(judgement, level, stratum)
    at_code = {tier.codes[at]: at for at in target.who}
    lots = [
        Lot(code, risk(why.get(at, ())), places[at][0] or _NOWHERE) for code, at in at_code.items()
    ]
    drawn = draw(lots, size(len(lots), plan.share), plan.seed)
    near = {each.code: _near(judgement, level, at_code[each.code]) for each in drawn}
    sent = send([each.code for each in drawn], plan.inspectors, near, plan.seed)
    found = [
        _visit(judgement, level, at_code[each.code], why, places, first=each.first)
        for each in drawn
    ]
    found = [replace(each, inspectors=sent[each.subject.code]) for each in found]
    return VisitSample(
        seed=plan.seed,
        share=plan.share,
        year=judgement.as_of,
        level=level,
        area=plan.area,
        stratum_level=stratum,
        population=len(lots),
        strata=len({lot.stratum for lot in lots}),
        flagged=len(why),
        also=tuple(outcome.value for outcome in plan.also),
        facts=_hash(judgement),
        rules=judgement.catalog.hash,
        weights=dict(sorted(plan.weights.items())),
        staffed=bool(plan.inspectors),
        visits=tuple(sorted(found, key=lambda each: (each.stratum or "", each.subject.code))),
    )


def _usual_level(judgement: Judgement) -> Level:
    levels = judgement.evaluator.frames.facts.levels
    if Level.SCHOOL in levels:
        return Level.SCHOOL
    return max(levels, key=lambda each: each.rank)


def _stratum_level(plan: VisitPlan, level: Level) -> Level | None:
    if plan.stratum is not None:
        if plan.stratum.rank >= level.rank:
            raise EngineError(
                say(
                    f"按{plan.stratum.zh}分组，抽取的对象要在{plan.stratum.zh}以下，{level.zh}不是",
                    f"subjects drawn by {plan.stratum.value} must be below it; a {level.value}"
                    " is not",
                )
            )
        return plan.stratum
    if level.rank > Level.COUNTY.rank:
        return Level.COUNTY
    above = [each for each in Level if each.rank < level.rank]
    return above[-1] if above else None


def _population(judgement: Judgement, plan: VisitPlan, level: Level) -> list[int]:
    frames = judgement.evaluator.frames
    known = frames.reporting(level).copy()
    there = frames.lifetimes.flags(level, judgement.as_of)
    if there is not None:
        known &= there[: len(known)]
    if plan.area is not None:
        inside = np.zeros(len(known), bool)
        for at in np.flatnonzero(known).tolist():
            code = frames.tier(level).codes[at]
            inside[at] = plan.area == code or plan.area in frames.hierarchy.parents(level, at)
        known &= inside
    if not known.any():
        raise EngineError(
            say(
                f"没有可以抽取的{level.zh}；请检查 --level 和 --area",
                f"there is no {level.value} to draw; check --level and --area",
            )
        )
    return [int(at) for at in np.flatnonzero(known)]


def _places(
    judgement: Judgement, level: Level, stratum: Level | None
) -> list[tuple[str | None, str]]:
    """Give the code and name of the place each subject of a level is drawn in."""
    frames = judgement.evaluator.frames
    if stratum is None:
        return [(None, "")] * frames.size(level)
    above = frames.hierarchy.ladder(level, stratum)[: frames.size(level)]
    tier = frames.tier(stratum)
    found: list[tuple[str | None, str]] = []
    for at in above.tolist():
        code = tier.code(at) if at >= 0 else None
        found.append((code, "" if code is None else _called(judgement, stratum, at)))
    return found


def _called(judgement: Judgement, level: Level, at: int) -> str:
    tier = judgement.evaluator.frames.tier(level)
    code = tier.code(at)
    place = judgement.catalog.places.get(code)
    if at < len(tier) and tier.names[at] != code:
        return tier.names[at]
    return code if place is None else place.name


def _near(judgement: Judgement, level: Level, at: int) -> list[str]:
    """List codes and names of the county a subject lies in, or of the subject itself above it."""
    frames = judgement.evaluator.frames
    if level.rank <= Level.COUNTY.rank:
        return [frames.tier(level).codes[at], _called(judgement, level, at)]
    county = int(frames.hierarchy.ladder(level, Level.COUNTY)[at])
    if county < 0:
        return []
    return [frames.tier(Level.COUNTY).code(county), _called(judgement, Level.COUNTY, county)]


def _visit(  # noqa: PLR0913 - what is known of a visit
    judgement: Judgement,
    level: Level,
    at: int,
    why: Mapping[int, tuple[VisitReason, ...]],
    places: Sequence[tuple[str | None, str]],
    *,
    first: bool,
) -> Visit:
    known = why.get(at, ())
    subject = judgement.builder.subject(level, at, judgement.as_of)
    if level is Level.CLASS:  # each school has a 一年级1班
        called = judgement.evaluator.frames.called(level, at)
        subject = replace(subject, name=called)
    code, name = places[at]
    return Visit(
        subject=subject,
        risk=risk(known),
        stratum=code,
        stratum_name=name,
        first=first,
        reasons=known,
    )


def _hash(judgement: Judgement) -> str:
    """Give one hash of all files, whatever they are called and in whatever order they came."""
    hashes = sorted(file.sha256 for file in judgement.facts.files)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
