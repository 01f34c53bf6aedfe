"""What of a rule is another thing: the parts it tells of itself, and formulas it rests on."""

import re
from collections.abc import Iterator

from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.rule import Baseline, JudgedRule, Timing

_PARTS = (
    *("condition", "norm", "value", "baseline", "timing", "decimals", "tolerance"),
    *("level", "area", "unit"),
)
"""What of a rule decides a verdict; the rest tells who answers for it and where it stands."""
_BOUNDS = frozenset({"norm", "baseline", "timing"})
_MARK = re.compile(r"\{([^{}]+)\}")


def is_bound(cause: Cause) -> bool:
    """Tell whether it is a part of a rule that says what is required, not what is observed."""
    return cause.kind is CauseKind.RULE and cause.part in _BOUNDS


def changed_rule(
    old: JudgedRule, new: JudgedRule, before: Finding, after: Finding
) -> Iterator[Cause]:
    """Say which parts of a rule differ; where none of those it tells does, one it does not tell.

    Args:
        old: The rule as the earlier run has it, whatever its year.
        new: As the later one has it.
        before: A finding of it.
        after: The same one later.
    """
    formulas = list(_formulas(before, after))
    yield from (each for each in changed_parts(old, new) if each.part != "formula" or not formulas)
    yield from formulas


def changed_parts(before: JudgedRule, after: JudgedRule) -> Iterator[Cause]:
    """Say which parts of a rule differ; where none of those it tells does, one it does not tell."""
    told = list(_told_parts(before, after))
    yield from told
    if not told and before.hash != after.hash:
        yield Cause(kind=CauseKind.RULE, part="formula")


def _told_parts(before: JudgedRule, after: JudgedRule) -> Iterator[Cause]:
    for part in _PARTS:
        one, other = getattr(before, part), getattr(after, part)
        if one != other:
            yield Cause(kind=CauseKind.RULE, part=part, before=_words(one), after=_words(other))
    one, other = (_force(each) for each in (before, after))
    if one != other:
        yield Cause(kind=CauseKind.RULE, part="document", before=one, after=other)


def _force(rule: JudgedRule) -> str:
    """Say where and when a document is in force."""
    of = rule.document
    last = "" if of.period.to is None else of.period.to
    return f"{of.jurisdiction or ''} {of.period.from_}–{last}".strip()


def _formulas(before: Finding, after: Finding) -> Iterator[Cause]:
    """Name the indicators that are computed otherwise, of those that both findings rest on."""
    names = {each.measure: each.name for of in (before, after) for each in of.inputs}
    old, new = _formula_of_each(before), _formula_of_each(after)
    for slug, formula in new.items():
        if slug in old and old[slug] != formula:
            was, now = (
                _MARK.sub(lambda found: names.get(found[1], found[1]), text)
                for text in (old[slug], formula)
            )
            yield Cause(
                kind=CauseKind.RULE,
                part="formula",
                measure=slug,
                name=names[slug],
                before=was,
                after=now,
            )


def _formula_of_each(finding: Finding) -> dict[str, str]:
    """Give the formulas of the indicators that a finding rests on, with the slugs of their parts.

    Names are no part of it: those of parts that a finding does not rest on are not known.
    """
    return {
        each.measure: each.of.formula.text
        for each in finding.inputs
        if each.measure and each.of.formula is not None
    }


def _words(part: object) -> Scalar:
    match part:
        case None | str() | int() | float():
            return part
        case Bilingual():
            return part.text
        case Timing():
            return part.words
        case Baseline():
            value = "" if part.value is None else f" {part.value:g}"
            return say(f"{part.year}年", f"{part.year}") + value
        case _:
            raise TypeError(type(part).__name__)
