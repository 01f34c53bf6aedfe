"""Norms any one of which is enough, as one condition that is to hold."""

from collections.abc import Sequence
from functools import reduce
from typing import assert_never

from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Within,
)
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Calculation,
    Either,
    Formula,
    InYear,
    Number,
    Relates,
    Relation,
    Truth,
)
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.rule import NormOption, NormRecord, Span

RELATIONS = {  # some of them: a range is two
    Comparator.AT_LEAST: Relation.AT_LEAST,
    Comparator.MORE_THAN: Relation.MORE,
    Comparator.AT_MOST: Relation.AT_MOST,
    Comparator.LESS_THAN: Relation.LESS,
    Comparator.EQUAL: Relation.EQUAL,
}


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


def relation(norm: Norm) -> Relates | None:
    """Write a norm as a relation that holds where it is kept, if it is one."""
    match norm:
        case Compares(value, comparator, bound):
            return Relates(RELATIONS[comparator], value, bound)
        case Changes(relative=False, span=Span.SINCE | Span.YEAR):
            before = InYear(norm.value, norm.since, 0 if norm.since is not None else 1)
            sides = (norm.value, before)
            later, earlier = sides if norm.direction is Direction.RISE else sides[::-1]
            moved = Calculation(Arithmetic.SUBTRACT, later, earlier)
            asked = Relation.MORE if norm.strict else Relation.AT_LEAST
            return Relates(asked, moved, Number(float(norm.least)))
        case Changes() | Within() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(norm)
