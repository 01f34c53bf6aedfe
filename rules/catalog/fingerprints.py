"""What tells two versions of a rule apart: everything that decides its verdicts, hashed."""

import hashlib

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.formulas.vocabulary import Vocabulary


def verdict_hash(rule: Rule, vocabulary: Vocabulary) -> str:
    """Give the SHA-256 of all that decides what comes of a rule, the formulas it rests on included.

    Titles, places in the document and who answers for it decide nothing.
    """
    asked = rule.formulas
    named = vocabulary.slugs_in(asked) & vocabulary.formulas.keys()
    told = [
        repr((rule.norm, rule.condition, rule.timing, rule.baseline, rule.stages)),
        repr((rule.decimals, rule.tolerance)),
        repr((rule.level, rule.jurisdiction, sorted(rule.tags) if not asked else ())),
        *(f"{slug} = {vocabulary.formulas[slug]!r}" for slug in sorted(named)),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
