"""Norms any one of which is enough, as one condition that is to hold."""

from collections.abc import Sequence
from functools import reduce

from dabiao.rules.catalog.norm import Compares, relation
from dabiao.rules.formulas.formula import Either, Formula, Truth
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.rule import NormOption, NormRecord


def any_of_them(built: Sequence[BuiltNorm], text: str) -> BuiltNorm | None:
    """Join checked norms by 或; None where one of them is no relation of two values of a year.

    Args:
        built: The norms.
        text: Their sentence.
    """
    relations = [relation(each.norm) for each in built]
    known: list[Formula] = [each for each in relations if each is not None]
    if len(known) < len(built):
        return None
    return BuiltNorm(
        Compares(reduce(Either, known), Comparator.EQUAL, Truth(value=True)),
        "",
        None,
        NormRecord(
            text=text,
            kind="alternatives",
            comparator=Comparator.EQUAL.value,
            threshold=True,
            options=tuple(
                NormOption(
                    text=each.record.text,
                    kind=each.record.kind,
                    measure=each.measure,
                    comparator=each.record.comparator,
                    threshold=each.record.threshold,
                    unit=each.unit,
                )
                for each in built
            ),
        ),
    )
