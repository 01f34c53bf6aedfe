"""Findings that other findings rest on: those of the rules with a tag that a rule names."""

import re
from collections.abc import Iterator
from itertools import chain

from dabiao.reports.comparison.causes.roster import Listed
from dabiao.schemas.finding import Finding
from dabiao.schemas.reasons.origins import Concluded
from dabiao.schemas.reasons.why import RolledUp
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run

_Key = tuple[str, str, int]
_Pair = tuple[Finding | None, Finding | None]


class FindingsBelow:
    """Finds for a finding over verdicts the findings that it looks at, in two runs.

    A run says which findings do not pass, and how many do; which rules these are of is told by the
    tags that the rule names.

    Args:
        runs: The runs.
        lists: Who is known in each.
    """

    def __init__(self, runs: tuple[Run, Run], lists: tuple[Listed, Listed]) -> None:
        self._runs, self._lists = runs, lists
        self._judged = {each.id: each for run in runs for each in run.judged}
        self._found: tuple[dict[_Key, Finding], ...] | None = None
        self._tagged: dict[tuple[str, str], frozenset[str]] = {}

    def pairs(self, before: Finding, after: Finding) -> Iterator[_Pair]:
        """Yield the findings below, of either run or both, in order of rule and subject.

        Of a year that one of the runs does not judge it has none, which says nothing.
        """
        figures = before.figures, after.figures
        if any(year not in run.years for year, run in zip(figures, self._runs, strict=True)):
            return
        own = before.subject.code, after.subject.code
        levels = {of.reason.level for of in (before, after) if isinstance(of.reason, RolledUp)}
        for rule in self.rules(before, after):
            level = self._judged[rule].level
            if levels and level not in levels:
                continue
            below = (listed.below(of, level) for listed, of in zip(self._lists, own, strict=True))
            for code in sorted({*own, *chain.from_iterable(below)}):
                one, other = self._found_in()
                pair = one.get((rule, code, before.figures)), other.get((rule, code, after.figures))
                if any(pair):
                    yield pair

    def rules(self, before: Finding, after: Finding) -> list[str]:
        """List the rules of the findings below."""
        failing = {
            each.measure
            for of in (before, after)
            for each in of.inputs
            if isinstance(each.origin, Concluded) and each.measure in self._judged
        }
        named = failing | self._named_by(before.by) | self._named_by(after.by)
        return sorted(named - {before.rule})

    def _found_in(self) -> tuple[dict[_Key, Finding], ...]:
        if self._found is None:
            self._found = tuple(
                {(each.rule, each.subject.code, each.year): each for each in run.findings}
                for run in self._runs
            )
        return self._found

    def _named_by(self, rule: JudgedRule) -> frozenset[str]:
        """Give the rules whose tags a rule names in its sentence or condition."""
        key = rule.id, rule.hash
        if key not in self._tagged:
            text = f"{rule.norm}\n{rule.condition or ''}"
            every = self._judged.values() if "@" in text else ()
            self._tagged[key] = frozenset(each.id for each in every if _names(text, rule, each))
        return self._tagged[key]


def _names(text: str, rule: JudgedRule, other: JudgedRule) -> bool:
    """Tell whether a text of a rule names a tag of another one, of its own document or by id."""
    tags = {f"{other.document.id}/@{tag}" for tag in other.tags}
    if rule.document.id == other.document.id:
        tags |= {f"@{tag}" for tag in other.tags}
    return any(re.search(rf"{re.escape(tag)}(?![\w-])", text) for tag in tags)
