"""What to ask for first: of all that is missing, what decides most.

Each undecided finding needs some figures. The one asked for first decides the most findings that
need nothing else; the next, the most of those that are left, and so on::

    finding    needs      asked first   then
    f1         a          a decides
    f2         a b                      b decides
    f3         a b                      b decides
    f4         c                                    c decides
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from dabiao.engine.completing import may_stay_undefined
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.what_if import Variable
from dabiao.engine.findings.evidence import LISTED
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judgement import Judgement
from dabiao.schemas.asks import Ask, Asks
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.level import Level
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import ComputedValue, OfEach, Summed

_Figure = tuple[str, str, int]
"""Code of the subject, slug of the measure, and year."""


def asks(judgement: Judgement) -> Asks:
    """List what to ask for in the year judged last."""
    inputs: dict[_Figure, Input] = {}
    rested_on: set[_Figure] = set()
    needs: list[set[_Figure]] = []
    rules: dict[_Figure, set[str]] = defaultdict(set)
    waiting: dict[_Figure, int] = defaultdict(int)
    open_measures: set[str] = set()
    undecided = blocked = 0
    for finding in judgement.findings((Outcome.MISSING,), brief=True):
        if finding.year != judgement.as_of:
            continue
        undecided += 1
        missing, observation = _missing(judgement, finding)
        rested_on |= {_figure(given, finding) for given in missing}
        named = {_figure(given, finding): given for given in missing if _is_figure(given)}
        inputs.update(named)
        for figure in named:
            rules[figure].add(finding.rule)
            waiting[figure] += 1
        hopeless = not named or any(map(_is_unnamed, missing))
        if not hopeless and observation is not None:
            hopeless = not judgement.can_be_decided(observation, _variables(judgement, named))
        if hopeless:
            blocked += 1
            open_measures |= {given.measure for given in (*finding.inputs, *missing)}
        else:
            needs.append(set(named))
    order = list(_in_order(needs))
    settled = accumulate(decided for _, decided in order)
    first = tuple(
        Ask(
            whose=_called(judgement, figure[0]),
            year=figure[2],
            measure=inputs[figure].of,
            source=inputs[figure].source,
            decides=decided,
            settled=so_far,
            waiting=waiting[figure],
            rules=tuple(sorted(rules[figure])),
        )
        for (figure, decided), so_far in zip(order, settled, strict=True)
    )
    needless = tuple(_needless(judgement, rested_on, open_measures))
    return Asks(judgement.as_of, undecided, first, blocked, needless)


def _missing(judgement: Judgement, finding: Finding) -> tuple[list[Input], Observation | None]:
    """Give what an undecided finding lacks, and the finding itself where it had better be tried.

    Of a rule that looks at more once a condition is known, that is among it.
    """
    rule = judgement.catalog.rules[finding.rule]
    found, observation = finding.inputs, None
    if may_stay_undefined(rule, judgement.catalog.vocabulary):
        observation = judgement.look(rule, finding.subject.code, finding.year)
    if observation is not None:
        found = judgement.builder.rests_on(observation, whole=True)
    return [given for given in found if given.value is None], observation


def _variables(judgement: Judgement, named: Iterable[_Figure]) -> list[Variable]:
    """Give figures as numbers that could be others."""
    found: list[Variable] = []
    for code, slug, year in named:
        for level in Level:
            at = judgement.evaluator.frames.tier(level).find(code)
            if at is not None:
                found.append(Variable(SubjectYear(level, at, year), slug))
                break
    return found


def _is_figure(given: Input) -> bool:
    """Tell whether somebody would have to submit it, rather than that it is computed."""
    return given.parts is None and not isinstance(given.origin, ComputedValue)


def _is_unnamed(given: Input) -> bool:
    """Tell whether it stands for figures of so many that those who lack them are not named."""
    of = given.origin
    return (isinstance(of, OfEach) and of.lacking > 0) or (
        isinstance(of, Summed) and of.count > LISTED
    )


def _figure(given: Input, finding: Finding) -> _Figure:
    year = finding.year if given.year is None else given.year
    return given.subject or finding.subject.code, given.measure, year


def _in_order(needs: list[set[_Figure]]) -> Iterator[tuple[_Figure, int]]:
    """Yield the figures in the order in which to ask, each with how many findings it decides."""
    left = [set(each) for each in needs]
    needed_by: dict[_Figure, list[int]] = defaultdict(list)
    alone: dict[_Figure, int] = defaultdict(int)
    for at, each in enumerate(left):
        for figure in each:
            needed_by[figure].append(at)
        if len(each) == 1:
            alone[next(iter(each))] += 1
    heap = [(-alone[figure], -len(by), figure) for figure, by in needed_by.items()]
    heapq.heapify(heap)
    asked: set[_Figure] = set()
    while heap:
        decides, _, figure = heapq.heappop(heap)
        if figure in asked or -decides != alone[figure]:
            continue  # it decides more by now, and stands further up as well
        asked.add(figure)
        yield figure, alone[figure]
        for at in needed_by[figure]:
            left[at].discard(figure)
            if len(left[at]) == 1:
                (last,) = left[at]
                alone[last] += 1
                heapq.heappush(heap, (-alone[last], -len(needed_by[last]), last))


def _needless(
    judgement: Judgement, needed: Collection[_Figure], open_measures: Collection[str]
) -> Iterator[Ask]:
    """Yield what is owed in the year judged last and decides nothing any more."""
    _, _, attendees = judgement.roster.call(judgement.as_of)
    for attendee in attendees:
        for measure in attendee.lacking:
            figure = (attendee.subject.code, measure.slug, attendee.year)
            if figure not in needed and measure.slug not in open_measures:
                whose = _called(judgement, attendee.subject.code)
                yield Ask(whose=whose, year=attendee.year, measure=measure)


def _called(judgement: Judgement, code: str) -> SubjectName:
    return SubjectName(code, judgement.evaluator.frames.called_by(code))
