"""What rests on what was noted: how many outcomes could be others, if a noted value were.

The values are taken away and everything is judged once more; of yes and no both are tried. An
outcome that stands without a value stands whatever the value is; one that becomes open, or another
since the sum of those below takes its place, could be another if it were corrected.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from dabiao.engine.judgement import Judgement
from dabiao.schemas.facts import Facts, LevelFacts
from dabiao.schemas.finding import Finding
from dabiao.schemas.measure import ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Note

_Figure = tuple[str, str, int]
"""Code of the subject, slug of the measure, and year."""


def bearing(
    facts: Facts, notes: Iterable[Note], again: Callable[[Facts], Judgement]
) -> dict[Note, int]:
    """Count the outcomes that could change if what a note is about were corrected.

    Args:
        facts: The facts.
        notes: What was noted; only what is about values of one subject is looked at.
        again: Judges facts, for the year and by the rules that matter.
    """
    about = {note: _figures(note) for note in notes}
    noted = {figure for figures in about.values() for figure in figures}
    if not noted:
        return {}
    before = again(facts)
    items = before.catalog.vocabulary.items
    truths = {slug for slug, item in items.items() if item.type is ItemType.BOOLEAN}
    after = again(_without(facts, noted, truths))
    rests = _resting(before, after, noted)
    return {
        note: len(set().union(*(rests.get(figure, set()) for figure in figures)))
        for note, figures in about.items()
        if figures
    }


def _resting(
    before: Judgement, after: Judgement, noted: AbstractSet[_Figure]
) -> Mapping[_Figure, set[tuple[str, str, int]]]:
    """Give the findings that come out otherwise without what was noted, by what they rest on."""
    was = {_key(each): each.outcome for each in _decided(before)}
    rests: dict[_Figure, set[tuple[str, str, int]]] = defaultdict(set)
    for finding in after.findings(brief=True):
        key = _key(finding)
        if key not in was or was[key] is finding.outcome:
            continue
        for each in (finding, *before.findings(rule=key[0], subject=key[1])):
            if _key(each) == key:
                for figure in noted & _inputs(each):
                    rests[figure].add(key)
    return rests


def _inputs(finding: Finding) -> AbstractSet[_Figure]:
    """Give the figures that a finding rests on."""
    return {
        (
            each.subject or finding.subject.code,
            each.measure,
            finding.year if each.year is None else each.year,
        )
        for each in finding.inputs
    }


def _figures(note: Note) -> tuple[_Figure, ...]:
    if note.subject is None or note.year is None:
        return ()
    return tuple((note.subject, slug, note.year) for slug in note.measures)


def _decided(judgement: Judgement) -> Iterable[Finding]:
    wanted = [each for each in Outcome if each is not Outcome.MISSING]
    return judgement.findings(wanted, brief=True)


def _key(finding: Finding) -> tuple[str, str, int]:
    return finding.rule, finding.subject.code, finding.year


def _without(facts: Facts, noted: Iterable[_Figure], truths: AbstractSet[str]) -> Facts:
    """Take values away; a yes or no may then be either."""
    gone: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for code, slug, year in noted:
        gone[slug].add((code, year))
    levels = {at: _bare(table, gone, truths) for at, table in facts.levels.items()}
    return replace(facts, levels=levels)


def _bare(
    table: LevelFacts, gone: dict[str, set[tuple[str, int]]], truths: AbstractSet[str]
) -> LevelFacts:
    columns = dict(table.columns)
    for slug in columns.keys() & gone.keys():
        codes = {code for code, _ in gone[slug]}
        places = [at for at, code in enumerate(table.codes) if code in codes]
        rows = np.flatnonzero(np.isin(table.subject, places)).tolist()
        found = [
            row
            for row in rows
            if (table.codes[int(table.subject[row])], int(table.year[row])) in gone[slug]
        ]
        values = columns[slug].values.copy()
        values[found] = np.nan
        columns[slug] = replace(columns[slug], held=values)
        if slug in truths:
            columns[slug].possible = columns[slug].possible | dict.fromkeys(found, (1.0, 0.0))
            columns[slug].unusable = columns[slug].unusable | dict.fromkeys(found, "")
    return replace(table, columns=columns)
