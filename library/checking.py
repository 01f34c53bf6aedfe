"""Judging a submission by rules."""

from collections.abc import Sequence
from typing import Literal, SupportsIndex

from dabiao.engine.faults import EngineError
from dabiao.engine.judge import EngineChoice, judge, known_year
from dabiao.library.arguments import expect, texts, whole_year
from dabiao.library.result import Result
from dabiao.library.rule_set import RuleSet
from dabiao.library.submission import Submission
from dabiao.rules.catalog.selection import Wanted, select_to_judge
from dabiao.schemas.language import say
from dabiao.schemas.run import RunOptions


def check(  # noqa: PLR0913 - what is judged, by what, and of when
    rules: RuleSet,
    facts: Submission,
    *,
    only: str | Sequence[str] = (),
    as_of: SupportsIndex | None = None,
    every_year: bool = False,
    engine: Literal["columnar", "durable", "auto"] = "columnar",
) -> Result:
    """Judge a submission.

    Args:
        rules: The rules.
        facts: The submission.
        only: Only these rules, by their ids; ``*`` and ``?`` stand for anything.
        as_of: The year to judge; else the latest that many report on.
        every_year: Whether every year up to that one is judged.
        engine: What compares; what comes out is the same.

    Raises:
        EngineError: There are no facts of the year, no such engine, or it is not installed.
        InputError: No such rule.
        TypeError: An argument is of another kind.
    """
    expect(rules, RuleSet, "rules", " load_rules 的结果", "what load_rules gives")
    expect(facts, Submission, "facts", " load_facts 的结果", "what load_facts gives")
    ids, year = texts(only, "only"), whole_year(as_of, "as_of")
    if engine not in tuple(EngineChoice):
        known = say("、", ", ").join(EngineChoice)
        raise EngineError(
            say(
                f"没有比较引擎 {engine}；有的是：{known}",
                f"no such engine: {engine}; there are {known}",
            )
        )
    selected = select_to_judge(rules.catalog, Wanted((), ids, (), ()))
    known_year(facts.facts, year)
    with facts.lock:
        judgement = judge(
            rules.catalog,
            facts.facts,
            rules=selected,
            as_of=year,
            every_year=every_year,
            engine=EngineChoice(engine),
            frames=facts.frames(rules),
        )
        asked = RunOptions(rules=ids, every_year=every_year)
        return Result(judgement, facts, asked, rules.trial)
