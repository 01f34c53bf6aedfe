"""What rules compute and demand, in words: as an editor would write it, in both languages."""

import re

import pytest

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.catalog.norm_sentence import chinese_sentence
from dabiao.rules.formulas.functions import function_names
from dabiao.rules.formulas.in_words import in_words
from dabiao.schemas.language import Language, speaking

CALL = re.compile(rf"(?:{'|'.join(map(re.escape, function_names()))})\(|/@|\"")


@pytest.mark.parametrize("spoken", Language)
def test_nobody_reads_a_call(catalog: Catalog, spoken: Language) -> None:
    """Of no rule, condition, indicator or check does any reader see a function or a tag's path."""
    every = [each for rule in catalog for each in formulas(rule.norm)]
    every += [rule.condition for rule in catalog if rule.condition is not None]
    every += catalog.vocabulary.formulas.values()
    every += [each.relation for each in catalog.checks.values()]
    with speaking(spoken):
        told = [in_words(each, catalog.vocabulary) for each in every]

    assert len(told) > 1000
    assert not [each for each in told if CALL.search(each)]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "ordos-145/balance-items",
            "学校类别为“中小学”、举办义务教育且优质均衡评估项目未全部达标的学校数应为0所",
        ),
        ("ordos-145/secondary-games", "最近3年盟市中学生运动会举办届数合计应不低于1届"),
        ("aohan-2023/vocational-training", "最近3年年均职业培训人次应不低于7,000人次"),
        ("aohan-2023/civilised-schools", "盟市级文明校园数比2022年增加的数应不低于5所"),
        ("ordos-145/new-myopia-fall", "新发近视率应低于2020年的新发近视率"),
        ("ordos-145/artificial-turf", "应有人造草坪场地"),
        ("ordos-145/primary-class-size", "班级人数 应不高于 45人"),
        ("ordos-145/no-large-classes", "大班额数应为0个"),
    ],
)
def test_what_a_rule_demands(catalog: Catalog, rule: str, said: str) -> None:
    """A sentence with functions is put into words; one without stays as it was written."""
    of = catalog.rules[rule]

    assert chinese_sentence(of, catalog.vocabulary) == said
