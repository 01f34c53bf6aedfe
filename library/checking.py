"""Judging a submission by rules."""

from collections.abc import Sequence

from dabiao.engine.judge import EngineChoice, judge
from dabiao.library.result import Result
from dabiao.library.rule_set import RuleSet
from dabiao.library.submission import Submission
from dabiao.rules.catalog.selection import Wanted, select_to_judge
from dabiao.schemas.run import RunOptions


def check(  # noqa: PLR0913 - what is judged, by what, and of when
    rules: RuleSet,
    facts: Submission,
    *,
    only: Sequence[str] = (),
    as_of: int | None = None,
    every_year: bool = False,
    engine: str = "columnar",
) -> Result:
    """Judge a submission.

    Args:
        rules: The rules.
        facts: The submission.
        only: Only these rules, by their ids; ``*`` and ``?`` stand for anything.
        as_of: The year to judge; else the latest that many report on.
        every_year: Whether every year up to that one is judged.
        engine: ``columnar``, ``durable`` or ``auto``; what comes out is the same.

    Raises:
        EngineError: No year is known, or the engine is not installed.
        InputError: No such rule.
    """
    selected = select_to_judge(rules.catalog, Wanted((), only, (), ()))
    with facts.lock:
        judgement = judge(
            rules.catalog,
            facts.facts,
            rules=selected,
            as_of=as_of,
            every_year=every_year,
            engine=EngineChoice(engine),
            frames=facts.frames(rules.catalog),
        )
        asked = RunOptions(rules=tuple(only), every_year=every_year)
        return Result(judgement, facts, asked, rules.trial)
