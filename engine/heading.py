"""The head of a run: all that its reports name, so that they can be made without the facts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.engine.judgement import Judgement
from dabiao.engine.tables import filled
from dabiao.intake.excerpts import AS_NAMED, FactSheets, excerpts
from dabiao.rules.analysis.data_needs import needed_items
from dabiao.rules.catalog.timing import figures_year
from dabiao.rules.packs.catalog_text import rule_hash
from dabiao.schemas.coded import Coded
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.filled_table import DocumentTableFilled
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.run import ReadingDecision, Run, RunOptions
from dabiao.schemas.subject import ListedSubject, ListedSubjects


def headed(
    run: Run,
    judgement: Judgement,
    options: RunOptions,
    sheets: FactSheets | None = AS_NAMED,
    *,
    kept: bool = True,
) -> Run:
    """Give a run its head, the tables of its documents, and the sheets that it rests on.

    Args:
        run: The run.
        judgement: What it came from.
        options: What was asked for.
        sheets: Where those that it rests on are found; None where it goes without them.
        kept: Whether it is kept in a file, which has the hash of each rule.
    """
    rules = judgement.considered
    documents = {rule.document.id: rule.document for rule in rules}
    hashes = {rule.id: rule_hash(rule) for rule in rules if kept}
    subjects, places = _subjects(judgement)
    within = _within(subjects, options.area)
    cited: Iterable[SheetExcerpt] = ()
    if sheets is not None:
        cited = excerpts(judgement.facts, _read(judgement), within, sheets)
    return replace(
        run,
        options=options,
        rules=replace(run.rules, hashes=hashes),
        documents=tuple(documents[id_] for id_ in sorted(documents)),
        judged=tuple(judgement.builder.names.rule(rule) for rule in rules),
        measures=_measures(judgement),
        subjects=subjects,
        places=places,
        decisions=tuple(
            ReadingDecision(each.code, each.message, each.file, each.sheet, each.cell)
            for each in judgement.facts.notes
        ),
        notes=tuple(
            each
            for each in run.notes
            if within is None or each.subject is None or each.subject in within
        ),
        tables=tuple(_tables(judgement, options.area)),
        sheets=tuple(cited),
    )


def _within(subjects: Iterable[ListedSubject], area: str | None) -> set[str] | None:
    """Give the codes of those in a place; None for everybody."""
    if area is None:
        return None
    return {each.code for each in subjects if area == each.code or area in each.parents}


def _read(judgement: Judgement) -> set[str]:
    """Give the slugs of all items that rules look at."""
    needed = needed_items(judgement.considered, judgement.catalog.vocabulary)
    return set().union(*needed.values())


def _tables(judgement: Judgement, area: str | None) -> Iterator[DocumentTableFilled]:
    """Fill in the tables of documents that are judged by."""
    selected = set(judgement.rules)
    for table in judgement.catalog.tables.values():
        if selected.issuperset(table.rules):
            yield from filled(judgement, table, area)


def _measures(judgement: Judgement) -> tuple[MeasureName, ...]:
    vocabulary, names = judgement.catalog.vocabulary, judgement.builder.names
    return tuple(names.measure(slug) for slug in sorted(vocabulary.measures))


def _subjects(judgement: Judgement) -> tuple[ListedSubjects, dict[str, str]]:
    """List everybody, with the places above them that are no subjects.

    Who did not move lies in the same in all years, and stands here once.
    """
    frames, rules = judgement.evaluator.frames, judgement.considered
    years = sorted({figures_year(rule, year) for rule in rules for year in judgement.years})
    lain: dict[Hierarchy, list[int]] = {}
    for year in years:
        lain.setdefault(frames.hierarchy.of(year), []).append(year)
    listed: list[ListedSubjects] = []
    above: set[tuple[str, ...]] = set()
    for level in Level:
        tier, table = frames.tier(level), frames.facts.levels.get(level)
        before = {at: life.former_codes for at, life in table.lifetimes.items()} if table else {}
        ways = [(hierarchy.every_parents(level), of) for hierarchy, of in lain.items()]
        above.update(*(each.values for each, _ in ways))
        if level.lives_with is None and not before and len(ways) == 1:
            parents = ways[0][0]
            rest = [ListedSubject("", level, "", each) for each in parents.values]
            listed.append(ListedSubjects(tier.codes, tier.names, Coded(rest, parents.places)))
            continue
        subjects: list[ListedSubject] = []
        for at, (code, name) in enumerate(zip(tier.codes, tier.names, strict=True)):
            called = frames.called(level, at)
            own: dict[tuple[str, ...], list[int]] = {}
            for parents, of in ways:
                own.setdefault(parents[at], []).extend(of)
            subjects.extend(
                ListedSubject(
                    code,
                    level,
                    name,
                    parents,
                    called if called != name else None,
                    tuple(sorted(of)) if len(own) > 1 else (),
                    before.get(at, ()),
                )
                for parents, of in own.items()
            )
        listed.append(ListedSubjects.of(subjects))
    places = judgement.catalog.places
    mere = {code for code in set().union(*above) if code in places}
    mere.difference_update(*(frames.tier(level).codes for level in Level))
    return ListedSubjects.joined(listed), {code: places[code].name for code in sorted(mere)}
