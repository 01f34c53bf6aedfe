"""What has to be known before the counts of a run are read: whom and what it leaves out."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.frames import Frames
from dabiao.intake.facts.years import passed_over, reporting_on
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.timing import Phase, phase
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.run import Caveat

_TOWNSHIP = Level.TOWNSHIP.rank
NAMED = 3
"""Subjects that are named; the others are counted."""


def years_passed_over(facts: Facts, judged: int) -> list[Caveat]:
    """Say which later years there are facts of, where the year judged was nobody's choice."""
    many = reporting_on(facts, judged)
    return [
        Caveat(
            kind="year-passed-over",
            message=say(
                f"考核的是 {judged} 年：有 {many:,} 个对象填报，而 {year} 年只有 {few:,} 个；"
                f"要考核 {year} 年，写明 --as-of {year}",
                f"the year judged is {judged}, on which {many:,} subjects report; only {few:,} do"
                f" on {year}, which --as-of {year} would judge",
            ),
            count=few,
            year=year,
        )
        for year, few in passed_over(facts, judged).items()
    ]


class Outsiders:
    """Finds subjects that were submitted and that rules for certain places leave out.

    Args:
        frames: The facts, and who lies in what.
        years: The years judged.
        rules: The rules judged by.
    """

    def __init__(self, frames: Frames, years: Sequence[int], rules: Sequence[Rule]) -> None:
        self._frames = frames
        self._years = years
        self._spoken_of = {(rule.jurisdiction, rule.level) for rule in rules}

    def find(self, area: str | None = None) -> list[Caveat]:
        """Count them per level: those that lie elsewhere, and those that lie nobody knows where.

        Args:
            area: Only those in this place, and those that might be.
        """
        found: list[Caveat] = []
        for level in Level if self._spoken_of else ():
            if level in self._frames.facts.levels:
                found += self._of_level(level, area)
        return found

    def _of_level(self, level: Level, area: str | None) -> Iterator[Caveat]:
        hierarchy = self._frames.hierarchy
        bounded = any(place is not None for place, _ in self._spoken_of)
        lost = hierarchy.lost(level, wholly=not bounded)
        submitted = self._submitted(level)
        # A rule for all places still asks who lies in what, if it is about a level above.
        if bounded or any(upper.rank < min(level.rank, _TOWNSHIP) for _, upper in self._spoken_of):
            yield from self._caveat("unplaced", level, submitted & lost)
        elsewhere = submitted & ~lost
        # Rules about a level judge its subjects; where there are none, those above may count them.
        own = {(place, upper) for place, upper in self._spoken_of if upper is level}
        for place, upper in own or self._spoken_of:
            within = hierarchy.touches(place, level)
            if upper.rank < level.rank:  # it judges those above, if there are any
                within &= hierarchy.ladder(level, upper)[: len(lost)] >= 0
            elsewhere &= ~within
        if area is not None:
            elsewhere &= hierarchy.below(area, level)
        yield from self._caveat("outside", level, elsewhere)

    def _submitted(self, level: Level) -> Flags:
        """Tell who has a row of a year judged, or stands in a roster."""
        table = self._frames.facts.levels[level]
        found = np.zeros(len(table.codes), np.bool_)
        found[table.subject[np.isin(table.year, self._years)]] = True
        return found if table.listed is None else found | table.listed

    def _caveat(self, kind: str, level: Level, who: Flags) -> Iterator[Caveat]:
        found = np.flatnonzero(who).tolist()
        if not found:
            return
        codes = self._frames.tier(level).codes
        few = [
            say(f"{self._frames.called(level, at)}（{codes[at]}）", f"{codes[at]}")
            for at in found[:NAMED]
        ]
        named = say("、", ", ").join(few) + (say("等", " …") if len(found) > NAMED else "")
        count = f"{len(found):,}"
        zh = f"{count} {level.counted_in}{level.zh}"
        one = len(found) == 1
        en = f"{count} {level.value if one else level.plural}"
        if kind == "unplaced":
            message = say(
                f"{zh}不知道在哪里，限定地区的规则没有考核、没有计入：{named}；"
                "更正上级代码，或在名录中写明",
                f"nobody can tell where {en} {'lies' if one else 'lie'}; rules for certain places"
                f" were not applied: {named}; mend the parent, or say it in the roster",
            )
        else:
            message = say(
                f"{zh}不在任何所选规则的适用地区，没有考核：{named}",
                f"{en} {'lies' if one else 'lie'} outside the places of all selected rules, not"
                f" judged: {named}",
            )
        yield Caveat(
            kind=kind,
            message=message,
            count=len(found),
            level=level,
            subjects=tuple(codes[at] for at in found[:NAMED]),
        )


def left_out(catalog: Catalog, facts: Facts) -> list[Caveat]:
    """Say whom the rules of a pack leave out, in any year, without judging anybody."""
    return Outsiders(Frames(facts, catalog), facts.years(), list(catalog)).find()


def without_subjects(frames: Frames, years: Sequence[int], rules: Sequence[Rule]) -> list[Caveat]:
    """Say how many rules apply to places that somebody reports from, and have nobody to judge.

    Counties alone say nothing about their prefecture: its rules are no part of any count, unless
    a roster lists it.
    """
    touched: dict[str | None, bool] = {}
    empty: dict[tuple[str | None, Level], bool] = {}
    lacking: Counter[Level] = Counter()
    for rule in rules:
        place, level = rule.jurisdiction, rule.level
        if place not in touched:
            touched[place] = any(
                (frames.reporting(each) & frames.hierarchy.touches(place, each)).any()
                for each in frames.facts.levels
            )
        if (place, level) not in empty:
            there, who = frames.reporting(level), frames.hierarchy.inside(place, level)
            empty[place, level] = not there.any() or (who is not None and not there[who].any())
        if touched[place] and empty[place, level] and any(phase(rule, y).applies for y in years):
            lacking[level] += 1
    if not lacking:
        return []
    counts = [(level, lacking[level]) for level in Level if lacking[level]]
    zh = "、".join(f"{level.zh} {count:,} 条" for level, count in counts)
    en = ", ".join(f"{count:,} about {level.plural}" for level, count in counts)
    total = sum(lacking.values())
    return [
        Caveat(
            kind="no-subject",
            message=say(
                f"{total:,} 条规则没有考核对象，没有考核：{zh}；这些层级没有在规则的适用地区填报，"
                "名录也没有列出",
                f"{total:,} rules had nobody to judge: {en}; nobody of these levels reports from"
                " their places or stands in a roster",
            ),
            count=total,
        )
    ]


def nothing_applied(
    frames: Frames, years: Sequence[int], rules: Sequence[Rule], area: str | None = None
) -> Caveat:
    """Say why no rule applied to anybody, in all or in a place."""
    causes = Counter(_cause(frames, years, rule, area) for rule in rules)
    listed = say("；", "; ").join(
        say(f"{count:,} 条{cause}", f"{count:,} {cause}") for cause, count in causes.most_common()
    )
    when = say("、", ", ").join(map(str, years))
    return Caveat(
        kind="nothing-applied",
        message=say(
            f"没有一条规则适用于 {when} 年的这些对象，什么也没有考核"
            f"（所选规则 {len(rules):,} 条：{listed}）",
            f"no rule applied to anybody in {when}, so nothing was judged"
            f" (of {len(rules):,} rules selected: {listed})",
        ),
        count=len(rules),
    )


def _cause(frames: Frames, years: Sequence[int], rule: Rule, area: str | None) -> str:
    if not any(phase(rule, year).applies for year in years):
        first = max(filter(None, (rule.document.period.from_, rule.timing.first)), default=None)
        if first is not None and first > max(years):
            return say("还没有开始执行", "have not started")
        if phase(rule, max(years)) is Phase.SUPERSEDED:
            return say("的文件已由别的文件取代", "are of documents that others have superseded")
        return say("已经执行完毕，或在执行期之外", "are over, or outside their period")
    there = frames.reporting(rule.level)
    if area is not None:
        there = there & frames.hierarchy.below(area, rule.level)
    if not there.any():
        return say(
            f"考核{rule.level.zh}，而没有{rule.level.zh}填报",
            f"are about {rule.level.plural}, of which none reports",
        )
    who = frames.hierarchy.inside(rule.jurisdiction, rule.level)
    if who is not None and not there[who].any():
        return say("的适用地区里没有这样的对象", "have nobody in their place")
    return say(
        "的条件（仅限）不符合，或对象当年不存在",
        "have a condition that does not hold, or their subjects did not exist",
    )
