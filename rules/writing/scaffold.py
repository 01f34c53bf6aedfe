"""Beginning a rule: a feature with boundary examples already in it."""

from dataclasses import replace

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.formulas.checking.typed import Typed
from dabiao.rules.language.draft import SLUG, Draft, FeaturePlace, Phrase
from dabiao.rules.packs.norm_from_draft import build_norm
from dabiao.rules.packs.norms.built import BuiltNorm, read_formula
from dabiao.rules.sentences import SentenceKind, find
from dabiao.rules.writing.based_on import used_documents
from dabiao.rules.writing.examples.applicability import applicability
from dabiao.rules.writing.examples.boundary import ratio
from dabiao.rules.writing.feature_writer import FeatureWriter, Outline
from dabiao.rules.writing.refusals import bad_slug, no_level, unaccounted, unknown_document
from dabiao.rules.writing.suggest import suggest
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem, Severity
from dabiao.schemas.quantity import quantity

__all__ = ["Outline", "outlined", "scaffold"]

_NOWHERE = FeaturePlace("-", 1, 1)


def outlined(outline: Outline, sentence: str, catalog: Catalog) -> Outline:
    """Fill what an outline leaves empty from a sentence of the plan.

    Where the norm is taken from the sentence, all of the sentence must be in the outline: a norm
    that leaves out a number, a year or an exception is another one.

    Raises:
        InputError: The sentence doesn't tell something that is needed, or tells more than the
            outline can say.
    """
    if outline.document not in catalog.documents:
        raise InputError([unknown_document(outline.document, catalog)])
    if SLUG.fullmatch(f"@{outline.slug}") is None:
        raise InputError([bad_slug(outline)])
    told = suggest(
        sentence, outline.document, catalog, baseline=outline.baseline, norm=outline.norm
    )
    if not outline.norm and (problem := unaccounted(told, outline, sentence, catalog)) is not None:
        raise InputError([problem])
    if not outline.level and told.level is None and told.levels:
        raise InputError([no_level(told.levels)])
    return replace(
        outline,
        title=outline.title or sentence.strip(" 。，；"),
        level=outline.level or told.level or "",
        timing=outline.timing or told.timing,
        norm=outline.norm or told.norm or "",
        aspiration=outline.aspiration or told.aspiration,
        baseline=outline.baseline or ("" if outline.norm else told.baseline),
        sentence="" if outline.norm and outline.title == sentence else sentence,
    )


def scaffold(outline: Outline, catalog: Catalog) -> str:
    """Write the feature of a new rule in the language spoken now.

    The examples stand on both sides of the norm's boundary, with the outcomes its sentence means;
    the writer checks them against the document.

    Raises:
        InputError: Something in the outline is not a sentence of the language, or does not fit the
            pack; carries every problem.
    """
    problems: list[Problem] = []
    draft = _drafted(outline, problems)
    level = _level(outline, problems)
    built: BuiltNorm | None = None
    condition: Typed | None = None
    if level is not None and draft.norms:
        built = build_norm(*draft.norms[0], catalog.vocabulary, level, problems.append)
    if level is not None and outline.condition:
        said = Phrase(outline.condition, _NOWHERE)
        condition = read_formula(said, catalog.vocabulary, level, problems.append)
    if outline.baseline and not draft.baselines and not problems:
        problems.append(
            FilePlace("-").problem(
                "unknown-sentence",
                say(f"“{outline.baseline}”不是基期", f"{outline.baseline!r} is no baseline"),
                expected=say("基期2020年为68%", "the baseline of 2020 is 68%"),
            )
        )
    if (
        built is None
        or not draft.timings
        or level is None
        or any(each.severity is Severity.ERROR for each in problems)
    ):
        raise InputError(problems)
    timing = draft.timings[0][0]
    only = condition.formula if condition is not None else None
    whom = applicability(only, catalog.vocabulary)
    given = {**whom.holding}
    if (share := ratio(built)) is not None:
        given[share.whole] = share.of
    begins = _begins(draft, built, catalog)
    others = used_documents(built, only, catalog.vocabulary)
    writer = FeatureWriter(level, catalog, outline, timing, whom, given, begins, others)
    return writer.write(built)


def _drafted(outline: Outline, problems: list[Problem]) -> Draft:
    """Carry out the sentences of an outline on a draft."""
    draft = Draft("-", Phrase(outline.title, _NOWHERE))
    sentences = [(outline.timing, "given"), (outline.norm, "then")]
    if outline.baseline:
        sentences.append((outline.baseline, "given"))
    for text, word in sentences:
        sentence = find(text, word)
        if sentence is not None and sentence.kind in (SentenceKind.DEFINITION, SentenceKind.NORM):
            sentence.apply(draft, Phrase(text, _NOWHERE), None)
            continue
        problems.append(
            FilePlace("-").problem(
                "unknown-sentence",
                say(f"没有这样的句式：{text}", f"no such sentence: {text}"),
                hint=say("dabiao rules steps 列出全部句式", "see dabiao rules steps"),
            )
        )
    return draft


def _level(outline: Outline, problems: list[Problem]) -> Level | None:
    """Find the level that an outline names."""
    level = Level.named(outline.level)
    if level is None:
        problems.append(
            FilePlace("-").problem(
                "unknown-level",
                say(f"没有“{outline.level}”这个层级", f"no such level: {outline.level}"),
                expected=say("、", ", ").join(each.label for each in Level),
                hint=say("改为其中一个", "use one of these"),
            )
        )
    return level


def _begins(draft: Draft, built: BuiltNorm, catalog: Catalog) -> tuple[int, float | None] | None:
    """Give the baseline as year and value in the measure's unit."""
    for year, said, _ in draft.baselines[:1]:
        found = quantity(said.text) if said is not None else None
        if found is None or built.measure is None:
            return year, None
        own = catalog.vocabulary.measure(built.measure).unit
        return year, found.measured_in(own)
    return None
