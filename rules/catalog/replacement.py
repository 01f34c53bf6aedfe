"""Rules that take the place of single others: whether they may, and from when on."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from dabiao.rules.catalog.catalog import Rule, Successor
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.subject import Place

_Report = Callable[[Problem], None]


def replaced(
    rules: Mapping[str, Rule],
    places: Mapping[str, Place],
    left_out: Collection[str],
    report: _Report,
) -> dict[str, Rule]:
    """Let each rule know which others take its place, leaving out what cannot be.

    Args:
        rules: All rules by id.
        places: Known places by code.
        left_out: Tags and slugs of rules that an error kept from being read.
        report: Called with every problem.
    """
    newer: dict[str, list[Successor]] = {}
    for rule in rules.values():
        for id_, first in rule.replaces:
            problem = _refused(rule, id_, rules, places, left_out)
            if problem is not None:
                report(problem)
            elif id_ in rules:
                told = Successor(rule.id, rule.title, rule.document.id, first)
                newer.setdefault(id_, []).append(told)
    return {
        id_: replace(
            rule,
            replaced_by=tuple(sorted(newer[id_], key=lambda each: (each.first, each.rule))),
        )
        if id_ in newer
        else rule
        for id_, rule in rules.items()
    }


def _refused(
    rule: Rule,
    id_: str,
    rules: Mapping[str, Rule],
    places: Mapping[str, Place],
    left_out: Collection[str],
) -> Problem | None:
    """Tell why a rule can't take the place of another, or give None."""
    older = rules.get(id_)
    if older is None:
        if id_.rpartition("/")[2] in left_out:
            return None
        return rule.spot.problem(
            "unknown-rule",
            say(f"“取代”提到的规则 {id_} 不存在", f"there is no rule {id_} to take the place of"),
            did_you_mean(id_, rules),
        )
    if _leads_back(rule, older, rules):
        return rule.spot.problem(
            "circular-rule",
            say(f"{rule.id} 和 {id_} 互相取代", f"{rule.id} and {id_} take each other's place")
            if id_ != rule.id
            else say(f"{id_} 取代了它自己", f"{id_} takes its own place"),
            say("只写在新的那一条里", "say so in the newer one only"),
        )
    if not _covers(rule.jurisdiction, older.jurisdiction, places):
        return rule.spot.problem(
            "supersedes-elsewhere",
            say(f"{id_} 还管别处，不能由它取代", f"{id_} binds other places too"),
            say("核对辖区和适用地区", "check the places of both"),
        )
    return None


def _leads_back(rule: Rule, older: Rule, rules: Mapping[str, Rule]) -> bool:
    """Tell whether the older one takes the place of the newer one, be it by way of others."""
    seen: set[str] = set()
    waiting = [older.id]
    while waiting:
        here = waiting.pop()
        if here == rule.id:
            return True
        if here not in seen and here in rules:
            seen.add(here)
            waiting += [id_ for id_, _ in rules[here].replaces]
    return False


def _covers(newer: str | None, older: str | None, places: Mapping[str, Place]) -> bool:
    """Tell whether a place is, or contains, another."""
    if newer is None:
        return True
    here = older
    while here is not None:
        if here == newer:
            return True
        here = places[here].parent if here in places else None
    return False
