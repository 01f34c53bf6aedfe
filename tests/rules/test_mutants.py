"""Mutants of meaning: every wording of a norm has the same mutants, and so has every formula."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from dabiao.rules.catalog.norm import Direction
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    ChangesDraft,
    ComparesDraft,
    Draft,
    FeaturePlace,
    NormDraft,
    Phrase,
    RollsUpDraft,
    StepRow,
    StepTable,
    TargetsDraft,
)
from dabiao.rules.language.norm_text import norm_text
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutants import changed_norms, mutants
from dabiao.rules.proofs.mutate import Fate, mutate
from dabiao.rules.sentences import SENTENCES, Sentence, SentenceKind, find
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import Language, speaking
from tests.rules.packs import RULES, write_pack
from tests.rules.test_read import judged

SPOT = FeaturePlace("-", 1, 1)
WORDS = Vocabulary({}, {}, {}, {})
FILLED = {
    "left": "教师数",
    "right": "20人",
    "low": "10人",
    "high": "20人",
    "least": "5%",
    "year": "2020",
    "text": "是",
    "level": "学校",
    "tag": "@标准",
    "count": "3",
    "floor": "85",
    "years": "5",
    "comparator": "不低于",
    "term": "季度",
    "norm": "教师数 应不低于 20人",
    "other": "班级数 应不高于 9个",
}
ENGLISH = {
    "comparator": "at least",
    "term": "quarter",
    "norm": "teachers should be at least 20",
    "other": "classes should be at most 9",
}
BY, TARGET = Phrase("年", SPOT), Phrase("目标", SPOT)
CELLS = {"年": Phrase("2025", SPOT), "目标": Phrase("20人", SPOT)}
TARGETS = StepTable((BY, TARGET), (StepRow(CELLS, SPOT, (BY, TARGET)),))
CONFUSED = {
    Comparator.AT_LEAST: {Comparator.MORE_THAN, Comparator.AT_MOST, Comparator.EQUAL},
    Comparator.MORE_THAN: {Comparator.AT_LEAST, Comparator.LESS_THAN},
    Comparator.AT_MOST: {Comparator.LESS_THAN, Comparator.AT_LEAST, Comparator.EQUAL},
    Comparator.LESS_THAN: {Comparator.AT_MOST, Comparator.MORE_THAN},
    Comparator.EQUAL: {Comparator.AT_LEAST, Comparator.AT_MOST},
}


def wordings(sentence: Sentence) -> Iterator[str]:
    """Write a sentence in each of the ways its patterns accept."""
    for pattern in (*sentence.zh, *sentence.en):
        filled = pattern
        for slot, word in (FILLED | ENGLISH if pattern.isascii() else FILLED).items():
            filled = filled.replace(f"{{{slot}}}", word)
        pieces = re.split(r"\[([^\]]+)\]", filled)
        choices = [part.split("/") if odd % 2 else [part] for odd, part in enumerate(pieces)]
        yield from ("".join(each) for each in product(*choices))


def read_norm(text: str) -> NormDraft:
    """Read the norm that a sentence states."""
    draft = Draft("-", Phrase("", SPOT))
    sentence = find(text, "then")
    assert sentence is not None, text
    sentence.apply(draft, Phrase(text, SPOT), TARGETS)
    [(norm, _)] = draft.norms
    return norm


NORMS = [text for each in SENTENCES if each.kind is SentenceKind.NORM for text in wordings(each)]


@pytest.mark.parametrize("text", NORMS)
def test_every_wording_has_the_mutants_of_its_meaning(text: str) -> None:
    """Whether 应不低于, 应在…以上 or should be at least: what it is confused with is the same."""
    norm = read_norm(text)
    changed = list(changed_norms(norm, WORDS))

    if isinstance(norm, ComparesDraft):
        others = {each.comparator for each in changed if isinstance(each, ComparesDraft)}
        assert others == CONFUSED[norm.comparator] | {norm.comparator}
    if isinstance(norm, ChangesDraft):
        opposite = Direction.FALL if norm.direction is Direction.RISE else Direction.RISE
        assert opposite in {each.direction for each in changed if isinstance(each, ChangesDraft)}
    every = isinstance(norm, RollsUpDraft) and norm.count is None  # of all rules, there are no more
    assert changed or every


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", NORMS)
def test_a_norm_put_into_words_reads_back(text: str, language: Language) -> None:
    """The customary sentence of a norm means what the sentence meant that it came from."""
    norm = read_norm(text)
    if isinstance(norm, TargetsDraft):
        return  # its table stands below the sentence

    with speaking(language):
        written = norm_text(norm)
        again = read_norm(written)
        assert norm_text(again) == written

    assert type(again) is type(norm)
    if isinstance(again, ComparesDraft) and isinstance(norm, ComparesDraft):
        assert again.comparator is norm.comparator
    if isinstance(again, ChangesDraft) and isinstance(norm, ChangesDraft):
        told = (again.direction, again.span, again.since)
        assert told == (norm.direction, norm.span, norm.since)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("教师数 >= 10", {"教师数 > 10", "教师数 >= 9", "教师数 >= 11"}),
        ("教师数 ≥ 10", {"教师数 > 10", "教师数 ≥ 9", "教师数 ≥ 11"}),
        ("教师数 ＞ １０人", {"教师数 >= １０人", "教师数 ＞ 9人", "教师数 ＞ 11人"}),
        ("教师数 ≠ 10", {"教师数 = 10", "教师数 ≠ 9", "教师数 ≠ 11"}),
        ('学段 == "小学"', {'学段 != "小学"'}),
        ("有校医 并且 寄宿制", {"有校医  或  寄宿制"}),
        ("有校医 || 寄宿制", {"有校医  且  寄宿制"}),
        ("非 寄宿制", {" 寄宿制"}),
        ("教师数 > 1,200", {"教师数 >= 1,200", "教师数 > 1199", "教师数 > 1201"}),
        ("2+2学校数 > 1", {"2+2学校数 >= 1", "2+2学校数 > 0", "2+2学校数 > 2"}),
    ],
)
def test_a_condition_is_changed_where_its_grammar_finds_a_sign(
    condition: str, expected: set[str]
) -> None:
    """Any spelling of a sign is one, and neither the digits nor the 且 of a name are."""
    names = ("教师数", "学段", "有校医", "寄宿制", "2+2学校数")
    words = Vocabulary({}, {}, {}, {name: name for name in names})
    draft = Draft("-", Phrase("", SPOT), conditions=[Phrase(condition, SPOT)])

    told = [each.draft.conditions for each in mutants(draft, words)]

    assert {each[0].text for each in told if each} == expected
    assert [] in told


def test_a_rule_that_fails_its_own_scenario_proves_nothing(tmp_path: Path) -> None:
    """Its mutants aren't tried, or every one of them would count as found."""
    wrong = RULES.replace("| 小学 | 46   | 未达标 |", "| 小学 | 46   | 达标   |")

    results = list(mutate(read([write_pack(tmp_path, rules=wrong)]), judged))

    [failing] = [each for each in results if each.rule == "plan/primary-class-size"]
    assert failing.fate is Fate.FAILING
    assert "46" in failing.change
    assert "未达标" in failing.change


def test_a_rule_without_a_scenario_proves_nothing(tmp_path: Path) -> None:
    """It is named as such, once, and not by every mutant nobody could have found."""
    bare, _, rest = RULES.partition("    场景大纲: 界线\n      假如 某盟市的 近视率")
    without = bare + rest[rest.index("  @spending") :]

    results = list(mutate(read([write_pack(tmp_path, rules=without)]), judged))

    assert [each.fate for each in results if each.rule == "plan/myopia"] == [Fate.UNPROVED]
