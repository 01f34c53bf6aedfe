"""What the background of a new rule's feature rests on: its document, and whose items it uses."""

from collections.abc import Iterable

from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.checking.check import uses
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.schemas.language import say


def used_documents(
    built: BuiltNorm, condition: Formula | None, vocabulary: Vocabulary
) -> frozenset[str]:
    """Give the documents of other packs whose items a norm or its condition reads."""
    told = (*formulas(built.norm), condition)
    slugs = {slug for formula in told if formula is not None for slug in uses(formula)}
    return frozenset(vocabulary.elsewhere[slug] for slug in slugs & vocabulary.elsewhere.keys())


def based_on(document: str, others: Iterable[str]) -> list[str]:
    """Write the sentences that name a feature's document, and the others whose items it uses."""
    return [
        say(f'    假如 依据文件"{document}"', f'    Given the document "{document}"'),
        *(
            say(f'    而且 使用"{other}"的数据项', f'    And uses the items of "{other}"')
            for other in sorted(others)
            if other != document
        ),
    ]
