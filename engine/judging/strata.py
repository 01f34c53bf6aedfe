"""In which order rules are judged: a roll-up comes after everything it looks at."""

from collections.abc import Collection
from graphlib import CycleError, TopologicalSorter

from dabiao.engine.faults import EngineFault
from dabiao.engine.judging.roll_ups import RollUps
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import formulas, rolls_up
from dabiao.rules.formulas.formula import Attainment, Complies, Formula, Measured, walk


def needed(rule: Rule, catalog: Catalog, rollups: RollUps) -> set[str]:
    """List the rules whose findings a rule looks at, in its norm, condition and indicators."""
    document = rule.document.id
    waiting: list[Formula] = list(formulas(rule.norm))
    if rule.condition is not None:
        waiting.append(rule.condition)
    tags = set()
    direct = rolls_up(rule.norm)
    if direct is not None:
        tags.add(direct)
    seen: set[str] = set()
    while waiting:
        for part in walk(waiting.pop()):
            if isinstance(part, Attainment | Complies):
                tags.add((part.level, part.tag))
            elif isinstance(part, Measured) and part.slug not in seen:
                seen.add(part.slug)
                inner = catalog.vocabulary.formulas.get(part.slug)
                if inner is not None:
                    waiting.append(inner)
    return {found.id for level, tag in tags for found in rollups.rules(tag, level, document)}


def strata(selected: Collection[str], catalog: Catalog, rollups: RollUps) -> list[list[Rule]]:
    """Order the selected rules, and all they look at, so that nothing comes before what it needs.

    Raises:
        EngineFault: Rules look at each other in a circle, which lint should have refused.
    """
    graph: dict[str, set[str]] = {}
    waiting = list(selected)
    while waiting:
        id_ = waiting.pop()
        if id_ not in graph:
            graph[id_] = needed(catalog.rules[id_], catalog, rollups)
            waiting.extend(graph[id_])
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise EngineFault(f"rules look at each other in a circle: {circle}") from error
    found: list[list[Rule]] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        found.append([catalog.rules[id_] for id_ in ready])
        sorter.done(*ready)
    return found
