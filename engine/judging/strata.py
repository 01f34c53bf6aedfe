"""In which order rules are judged: a roll-up comes after everything it looks at."""

from collections.abc import Collection
from graphlib import CycleError, TopologicalSorter

from dabiao.engine.faults import EngineFault
from dabiao.engine.judging.roll_ups import RollUps
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.roll_ups import named_tags


def needed(rule: Rule, catalog: Catalog, rollups: RollUps) -> set[str]:
    """List the rules whose findings a rule looks at, in its norm, condition and indicators."""
    tags = named_tags(rule, catalog)
    return {each.id for level, tag in tags for each in rollups.rules(tag, level, rule.document.id)}


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
