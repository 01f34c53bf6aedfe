"""Which outcomes of two judgements differ, and which of them only by figures that were changed."""

from collections.abc import Iterator, Sequence

from dabiao.engine.judgement import Judgement
from dabiao.schemas.finding import Source
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.revision import CellChange, CellFate, VerdictChange

_OUTCOMES = tuple(Outcome)
_WELL = frozenset([Outcome.ON_TRACK, Outcome.COMPLIANT, Outcome.NOT_APPLICABLE])
_Outcomes = dict[tuple[str, int, Level], dict[str, Outcome]]
"""By rule, year and level: code of the subject to its outcome."""


def turned(
    old: Judgement, new: Judgement, as_before: Judgement | None, changed: Sequence[CellChange]
) -> Iterator[VerdictChange]:
    """Yield the outcomes that are other ones now, by rule and subject.

    Args:
        old: The first submission, judged.
        new: The second.
        as_before: The second with the figures that were changed as they were in the first; None
            where none was.
        changed: The cells that differ.
    """
    before, after = _outcomes(old), _outcomes(new)
    without = {} if as_before is None else _outcomes(as_before)
    figures = [each for each in changed if each.fate is CellFate.CHANGED]
    for key in sorted({*before, *after}, key=lambda each: (each[0], each[1])):
        first, second = before.get(key, {}), after.get(key, {})
        rule, year, level = key
        for code in sorted({*first, *second}):
            was, now = first.get(code), second.get(code)
            if was is now:
                continue
            kept = now in _WELL and was is not None and was not in _WELL
            earned = kept and without.get(key, second).get(code) not in _WELL
            yield VerdictChange(
                rule=rule,
                title=new.catalog.rules[rule].title,
                level=level,
                subject=code,
                name=_name(new if now is not None else old, level, code),
                year=year,
                before=was,
                after=now,
                by_figures=earned,
                cells=_resting(new, rule, code, figures) if earned else (),
            )


def _outcomes(judgement: Judgement) -> _Outcomes:
    found: _Outcomes = {}
    frames = judgement.evaluator.frames
    for part in judgement.excerpt().columns():
        codes = frames.tier(part.level).codes
        places = zip(part.subject.tolist(), part.outcome.tolist(), strict=True)
        found[part.rule, part.year, part.level] = {
            codes[at]: _OUTCOMES[outcome] for at, outcome in places
        }
    return found


def _name(judgement: Judgement, level: Level, code: str) -> str:
    at = judgement.evaluator.frames.tier(level).find(code)
    return code if at is None else judgement.evaluator.frames.called(level, at)


def _resting(
    judgement: Judgement, rule: str, code: str, figures: Sequence[CellChange]
) -> tuple[CellChange, ...]:
    """Give the changed figures among what a finding rests on, as far as it names its cells."""
    sources: set[Source] = set()
    about: set[tuple[str, str | None, int | None]] = set()
    for finding in judgement.findings(rule=rule, subject=code):
        for each in finding.inputs:
            sources.update(each.sources)
            about.add((each.measure, each.subject or code, each.year))
    return tuple(
        each
        for each in figures
        if (each.measure, each.subject, each.year) in about or each.source in sources
    )
