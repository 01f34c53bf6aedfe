"""Examples of a rule written as tables: values with outcomes, and facts of several subjects."""

from collections.abc import Iterable, Mapping, Sequence

from dabiao.rules.analysis.authority import contains
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome


def cells(texts: Sequence[str]) -> str:
    """Write a row of a table."""
    return "        | " + " | ".join(texts) + " |"


def outcomes(headings: Sequence[str], rows: Iterable[tuple[Sequence[str], Outcome]]) -> list[str]:
    """Write the end of an outline: what comes out, and its examples."""
    return [
        say('      那么 结论是"<结论>"', '      Then the outcome is "<outcome>"'),
        say("      例子:", "      Examples:"),
        cells([*headings, say("结论", "outcome")]),
        *(cells([*values, told.label]) for values, told in rows),
    ]


def each_alone(  # noqa: PLR0913 - what a scenario is made of
    values: Mapping[str, str],
    examples: Sequence[tuple[str, Outcome]],
    level: Level,
    *,
    year: int,
    within: str | None,
    catalog: Catalog,
) -> list[str]:
    """Write facts of two subjects of which one falls short, where their sum is judged too.

    With one subject alone nobody could tell a rule on schools from one on their county.

    Args:
        values: What each submits, by slug, as scenarios write it; last what is looked at.
        examples: Values on either side of the boundary.
        level: Level of the subjects.
        year: The year judged.
        within: Code of the place that the rule's document is of.
        catalog: The pack.
    """
    vocabulary, slug = catalog.vocabulary, list(values)[-1]
    above = any(vocabulary.exists_at(slug, each) for each in Level if each.rank < level.rank)
    subjects = _two(level, within, catalog)
    found = {told: value for value, told in reversed(examples)}
    if not above or len(found) < len("12") or len(subjects) < len("12"):
        return []
    one, other = subjects
    names = [say(vocabulary.measure(each).name, each) for each in values]
    rows = [[say("层级", "level"), say("代码", "code"), say("上级代码", "parent"), *names]]
    for (code, parent), outcome in ((one, Outcome.VIOLATION), (other, Outcome.COMPLIANT)):
        own = {**values, slug: found[outcome]}
        given = [each.strip('"') for each in own.values()]
        rows.append([say(level.zh, level.value), code, parent, *given])
    return [
        say("    场景: 各看各的，不看合计", "    Scenario: each alone, not their sum"),
        say("      假如 填报数据", "      Given the facts"),
        *map(cells, rows),
        say(f"      当 在{year}年考核", f"      When judged in {year}"),
        say(
            f'      那么 "{one[0]}"的结论是"{Outcome.VIOLATION.zh}"',
            f'      Then the outcome of "{one[0]}" is "{Outcome.VIOLATION.label}"',
        ),
        say(
            f'      而且 "{other[0]}"的结论是"{Outcome.COMPLIANT.zh}"',
            f'      And the outcome of "{other[0]}" is "{Outcome.COMPLIANT.label}"',
        ),
    ]


def _two(level: Level, within: str | None, catalog: Catalog) -> list[tuple[str, str]]:
    """Give two subjects of a level inside a place, with what they lie in; fewer where it is one."""
    inside = [each for each in catalog.places.values() if contains(within, each.code, catalog)]
    if level.rank <= Level.COUNTY.rank:
        found = [each for each in inside if each.level is level and each.code != within]
        return [(each.code, each.parent or "") for each in found][:2]
    county = next((each for each in inside if each.level is Level.COUNTY), None)
    return [] if county is None else [("s1", county.code), ("s2", county.code)]
