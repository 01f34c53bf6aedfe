"""Judging a submission by a rule pack: the way in for everybody else."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from dabiao.engine.data.frames import Frames
from dabiao.engine.faults import EngineError, EngineFault
from dabiao.engine.judgement import Docket, Judgement, JudgingProgress
from dabiao.engine.judging.columnar import ColumnarMatcher
from dabiao.engine.judging.matcher import Matcher
from dabiao.intake.facts.years import judged_year
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.engine.judging.durable_session import DurableSession

FEW = 2_000
"""Observations up to which ``auto`` takes the durable engine: there it costs next to nothing."""


class EngineChoice(StrEnum):
    """Which engine compares."""

    AUTO = "auto"
    DURABLE = "durable"
    COLUMNAR = "columnar"


def known_year(facts: Facts, year: int | None) -> None:
    """Refuse a year that no facts are of: nothing but what is missing would come out.

    Raises:
        EngineError: There are facts of other years only.
    """
    years = facts.years()
    if year is None or year in years:
        return
    zh, en = "、".join(map(str, years)), ", ".join(map(str, years))
    raise EngineError(
        say(
            f"没有 {year} 年的填报数据；数据有这些年份：{zh}",
            f"there are no facts of {year}; there are facts of {en}",
        )
    )


def judge(  # noqa: PLR0913 - each of them is a choice of its own
    catalog: Catalog,
    facts: Facts,
    *,
    rules: Collection[str] | None = None,
    as_of: int | None = None,
    every_year: bool = False,
    also: Collection[int] = (),
    engine: EngineChoice = EngineChoice.AUTO,
    progress: JudgingProgress | None = None,
    frames: Frames | None = None,
    session: "DurableSession | None" = None,
) -> Judgement:
    """Judge a submission by a rule pack.

    Args:
        catalog: The rule pack.
        facts: The submission.
        rules: Ids of the rules to judge by; all of the pack if None.
        as_of: The year to judge; if None the latest that a good part of the subjects report on.
        every_year: Judge every year in the facts up to that one.
        also: Years to judge besides.
        engine: Which engine compares.
        progress: Is told how far it is.
        frames: The facts as columns, where they are at hand already.
        session: Holds facts from one judgement to the next; asked where the engine may be durable
            and they are not too many to be held.

    Raises:
        EngineError: A rule is not in the pack, no year is known, or the engine is not installed.
        EngineFault: Something is wrong with the program itself.
    """
    years = _judged_years(facts, as_of, every_year=every_year) | {*also}
    by_default = as_of is None
    docket = Docket(
        catalog, facts, _selected(catalog, rules), tuple(sorted(years)), by_default=by_default
    )
    return Judgement(docket, _choosing(engine, session), progress, frames)


def _selected(catalog: Catalog, rules: Collection[str] | None) -> tuple[str, ...]:
    """List the rules to judge by, each known to the pack."""
    selected = tuple(sorted(catalog.rules if rules is None else set(rules)))
    unknown = [id_ for id_ in selected if id_ not in catalog.rules]
    if unknown:
        named = "、".join(unknown)
        raise EngineError(say(f"规则包中没有这些规则：{named}", f"not in the rule pack: {named}"))
    return selected


def _judged_years(facts: Facts, as_of: int | None, *, every_year: bool) -> set[int]:
    """Give the year to judge, and where every year is judged those of the facts before it."""
    last = judged_year(facts) if as_of is None else as_of
    if last is None:
        raise EngineError(
            say(
                "填报数据中没有任何年份，无法确定考核年份；请用 --as-of 指定",
                "the facts speak of no year, so there is none to judge; give one with --as-of",
            )
        )
    return {last, *(year for year in facts.years() if every_year and year < last)}


def _choosing(engine: EngineChoice, session: "DurableSession | None") -> Callable[[int], Matcher]:
    """Give what chooses a matcher for so many observations."""

    def choose(observations: int) -> Matcher:
        if session is not None and engine is not EngineChoice.COLUMNAR:
            from dabiao.engine.judging.durable_session import MOST_HELD

            if observations <= MOST_HELD:
                return session
        return matcher(engine, observations)

    return choose


def matcher(engine: EngineChoice, observations: int) -> Matcher:
    """Choose a matcher.

    Raises:
        EngineError: The durable engine was asked for and is not installed.
    """
    if engine is EngineChoice.COLUMNAR or (engine is EngineChoice.AUTO and observations > FEW):
        return ColumnarMatcher()
    from dabiao.engine.judging.containment import DurableMatcher
    from dabiao.engine.judging.durable import is_installed

    if is_installed():
        return DurableMatcher(apart=observations > FEW)
    if engine is EngineChoice.AUTO:
        return ColumnarMatcher()
    raise EngineError(
        say(
            "durable-rules 未安装或不能在此 Python 上使用；请改用 --engine columnar（结论相同），"
            "或在 Python 3.12 及以下版本安装 durable-rules",
            "durable-rules is not installed or does not work with this Python; use"
            " --engine columnar (the findings are the same), or install it on Python 3.12 or older",
        )
    )


__all__ = ["EngineChoice", "EngineError", "EngineFault", "Judgement", "JudgingProgress", "judge"]
