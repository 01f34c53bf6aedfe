"""Norms in a language in which nobody wrote them, put together from the names of measures."""

import pytest

from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.catalog.norm_sentence import norm_sentence
from dabiao.rules.formulas.formula import Measured, Number, Truth
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from tests.engine.builders import item, pack

PUPILS, DOCTOR = Measured("pupils"), Measured("doctor")
VOCABULARY = pack(items=[item("pupils", Level.SCHOOL), item("doctor", Level.SCHOOL)]).vocabulary
SIX_OF_X = (
    "each school should comply with at least 6 of “x”, the rest at no less than 85% of the standard"
)


@pytest.mark.parametrize(
    ("norm", "zh", "en"),
    [
        (
            Compares(PUPILS, Comparator.AT_MOST, Number(45.0)),
            "项pupils应不高于45人",
            "pupils ≤ 45 people",
        ),
        (
            Compares(PUPILS, Comparator.MORE_THAN, Number(9000.0)),
            "项pupils应高于9,000人",
            "pupils > 9,000 people",
        ),
        (
            Compares(PUPILS, Comparator.AT_LEAST, Number(1.0)),
            "项pupils应不低于1人",
            "pupils ≥ 1 person",
        ),
        (Compares(DOCTOR, Comparator.EQUAL, Truth(value=True)), "应做到“项doctor”", "doctor"),
        (Compares(DOCTOR, Comparator.EQUAL, Truth(value=False)), "没有项doctor", "not doctor"),
        (
            Within(PUPILS, Number(40.0), Number(45.0)),
            "项pupils应在40人至45人之间",
            "pupils ≥ 40 people, ≤ 45 people",
        ),
        (
            Changes(PUPILS, Direction.FALL, Span.ANNUALISED, 2),
            "项pupils 应年均下降不少于 2人",
            "pupils should fall by at least 2 people a year on average",
        ),
        (
            Changes(PUPILS, Direction.RISE, Span.SINCE, 0, since=2020, strict=True),
            "项pupils 应比2020年提高",
            "pupils should rise since 2020",
        ),
        (
            Changes(PUPILS, Direction.RISE, Span.YEAR, 0),
            "项pupils 应逐年不减",
            "pupils should not fall from year to year",
        ),
        (
            AllComply(Level.SCHOOL, "@x"),
            "所有学校应做到“x”各条",
            "every school should comply with all of “x”",
        ),
        (
            EachComplies(Level.SCHOOL, "@x", 6, 85.0),
            "每个学校应至少符合“x”中的6条，其余不低于标准的85%",
            SIX_OF_X,
        ),
    ],
)
def test_a_norm_in_both_languages(norm: Norm, zh: str, en: str) -> None:
    """Every kind of norm has a sentence in each language, with the unit of that language."""
    assert norm_sentence(norm, "人", VOCABULARY) == zh
    with speaking(Language.EN):
        assert norm_sentence(norm, "人", VOCABULARY) == en
