"""The head of a run: all that its reports name, so that they can be made without the facts."""

import dabiao
from dabiao.engine.judgement import Judgement
from dabiao.rules.catalog.timing import figures_year
from dabiao.rules.packs.catalog_text import rule_hash
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.run import ReadingDecision, Run, RunOptions
from dabiao.schemas.subject import ListedSubject


def headed(run: Run, judgement: Judgement, options: RunOptions) -> Run:
    """Give a run its head.

    Args:
        run: The run.
        judgement: What it came from.
        options: What was asked for.
    """
    rules = judgement.considered
    documents = {rule.document.id: rule.document for rule in rules}
    hashes = {rule.id: rule_hash(rule) for rule in rules}
    subjects, places = _subjects(judgement)
    head = {
        "version": dabiao.__version__,
        "options": options,
        "rules": run.rules.model_copy(update={"hashes": hashes}),
        "documents": tuple(documents[id_] for id_ in sorted(documents)),
        "judged": tuple(judgement.builder.names.rule(rule) for rule in rules),
        "measures": _measures(judgement),
        "subjects": subjects,
        "places": places,
        "decisions": tuple(
            ReadingDecision(each.code, each.message, each.file, each.sheet, each.cell)
            for each in judgement.facts.notes
        ),
    }
    return run.model_copy(update=head)


def _measures(judgement: Judgement) -> tuple[MeasureName, ...]:
    vocabulary, names = judgement.catalog.vocabulary, judgement.builder.names
    return tuple(
        names.measure(slug) for slug in sorted({*vocabulary.items, *vocabulary.indicators})
    )


def _subjects(judgement: Judgement) -> tuple[tuple[ListedSubject, ...], dict[str, str]]:
    """List everybody, with the places above them that are no subjects.

    Who did not move lies in the same in all years, and stands here once.
    """
    frames, names = judgement.evaluator.frames, judgement.builder.names
    rules = judgement.considered
    years = sorted({figures_year(rule, year) for rule in rules for year in judgement.years})
    found: list[ListedSubject] = []
    above: set[str] = set()
    for level in Level:
        tier = frames.tier(level)
        for at in range(len(tier)):
            called = names.subject(level, at).name
            ways: dict[tuple[str, ...], list[int]] = {}
            for year in years:
                parents = frames.hierarchy.of(year).parents(level, at)
                ways.setdefault(parents, []).append(year)
            for parents, of in ways.items():
                above.update(parents)
                found.append(
                    ListedSubject(
                        tier.codes[at],
                        level,
                        tier.names[at],
                        parents,
                        called if called != tier.names[at] else None,
                        tuple(of) if len(ways) > 1 else (),
                    )
                )
    known = {each.code for each in found}
    places = judgement.catalog.places
    mere = sorted(code for code in above - known if code in places)
    return tuple(found), {code: places[code].name for code in mere}
