"""Functions that look beyond a subject: above it, beside it, at where it lies, at verdicts."""

import pytest

from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Both,
    Complies,
    Fold,
    Formula,
    LiesIn,
    Measured,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.level import Level
from tests.rules.formula_words import CLASS, COUNTY, SCHOOL, meant

PUPILS = Measured("pupils")
PRIMARY = Relates(Relation.EQUAL, Measured("stage"), Text("小学"))
COMPLIES, COUNTS = Complies(SCHOOL, "班额"), Complies(SCHOOL, "班额", counts=True)


@pytest.mark.parametrize(
    ("zh", "en", "level", "expected"),
    [
        ("上级(旗县.学生数)", "above(county.pupils)", SCHOOL, Above(COUNTY, PUPILS)),
        ("上级(学生数)", "above(pupils)", CLASS, Above(SCHOOL, PUPILS)),
        ("名次(学生数)", "rank(pupils)", SCHOOL, Ranking(PUPILS)),
        ("名次(学生数, 旗县)", "rank(pupils, county)", SCHOOL, Ranking(PUPILS, COUNTY)),
        ('位于("150602")', "lies_in('150602')", SCHOOL, LiesIn("150602")),
        (
            '达标率("学校", "@班额", 学段 = "小学", 学生数)',
            'attainment("school", "@班额", stage = "小学", pupils)',
            COUNTY,
            Ratio(
                Below(Fold.SUM, SCHOOL, PUPILS, Both(PRIMARY, COMPLIES)),
                Below(Fold.SUM, SCHOOL, PUPILS, Both(PRIMARY, COUNTS)),
            ),
        ),
        (
            '达标率("学校", "@班额", 学段 = "小学")',
            'attainment("school", "@班额", stage = "小学")',
            COUNTY,
            Ratio(
                Below(Fold.COUNT, SCHOOL, None, Both(PRIMARY, COMPLIES)),
                Below(Fold.COUNT, SCHOOL, None, Both(PRIMARY, COUNTS)),
            ),
        ),
        ('符合("@班额")', "complies('@班额')", SCHOOL, Complies(SCHOOL, "班额")),
        ('适用("@班额")', "counts('@班额')", SCHOOL, Complies(SCHOOL, "班额", counts=True)),
    ],
)
def test_both_languages(zh: str, en: str, level: Level, expected: Formula) -> None:
    """Both names of a function mean the same."""
    assert meant(zh, level) == expected
    assert meant(en, level) == expected
