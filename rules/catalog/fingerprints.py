"""What tells two versions of a rule apart: everything that decides its verdicts, hashed."""

import hashlib
from collections.abc import Iterator

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.formula import Formula, Measured, walk
from dabiao.rules.formulas.vocabulary import Vocabulary


def rule_hash(rule: Rule, vocabulary: Vocabulary) -> str:
    """Give the SHA-256 of all that decides what comes of a rule, the formulas it rests on included.

    Titles, places in the document and who answers for it decide nothing.
    """
    asked = [*formulas(rule.norm), *([] if rule.condition is None else [rule.condition])]
    told = [
        repr((rule.norm, rule.condition, rule.timing, rule.baseline, rule.stages)),
        repr((rule.decimals, rule.tolerance)),
        repr((rule.level, rule.jurisdiction, sorted(rule.tags) if not asked else ())),
        *(f"{slug} = {formula!r}" for slug, formula in sorted(_rests_on(asked, vocabulary))),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _rests_on(asked: list[Formula], vocabulary: Vocabulary) -> Iterator[tuple[str, Formula]]:
    """Give the indicators that formulas look at, and those that they do, each with its formula."""
    seen: set[str] = set()
    waiting = list(asked)
    while waiting:
        for part in walk(waiting.pop()):
            if not isinstance(part, Measured) or part.slug in seen:
                continue
            seen.add(part.slug)
            formula = vocabulary.formulas.get(part.slug)
            if formula is not None:
                yield part.slug, formula
                waiting.append(formula)
