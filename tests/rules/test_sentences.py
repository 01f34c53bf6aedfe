"""The table of sentences: every example is read, by one sentence only."""

import inspect
import re

import pytest

from dabiao.rules.language.draft import Draft, FeaturePlace, Phrase
from dabiao.rules.sentences import SENTENCES, Sentence, SentenceKind, find

EXAMPLES = [
    pytest.param(sentence, example, id=f"{sentence.kind}-{sentence.name}-{language}")
    for sentence in SENTENCES
    for language, example in (("zh", sentence.example_zh), ("en", sentence.example_en))
]


@pytest.mark.parametrize(("sentence", "example"), EXAMPLES)
def test_examples_mean_their_sentence(sentence: Sentence, example: str) -> None:
    """The example printed for a sentence is recognised as that sentence."""
    assert find(example, sentence.kind.step) is sentence


@pytest.mark.parametrize(("sentence", "example"), EXAMPLES)
def test_nothing_between_quotes(sentence: Sentence, example: str) -> None:
    """Where nothing stands between quotation marks, no sentence is begun and left without it."""
    emptied = re.sub('"[^"]*"', '""', example)
    found = find(emptied, sentence.kind.step)
    if found is not None:
        asked = inspect.signature(found.act).parameters.values()
        needed = {each.name for each in asked if each.default is each.empty}
        assert needed - {"draft", "whole", "table"} <= (found.match(emptied) or {}).keys()


def test_names_are_unique() -> None:
    """Two sentences of one kind never share a name."""
    names = [(sentence.kind, sentence.name) for sentence in SENTENCES]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("到２０２５年底", "due"),
        ("考核对象是“班级”", "subjects"),
        ("基期2022年", "baseline"),
        ("the baseline of 2022", "baseline"),
        ("the baseline is 2022", "baseline"),
        ("普惠率 应达到90%以上", "at-least"),
        ("普惠率 应在 90% 以上", "at-least"),
        ("班级人数应不超过45人", "at-most"),
        ("示范专业数 应在10至15个之间", "between"),
        ("经费 应只增不减", "never-falls"),
        ('每个"学校"应至少符合"@资源"中的6条，其余不低于标准的85%', "each-complies"),
        ("示范校 应为 5所", "equal-to"),
        ('示范校 应为"是"', "says"),
    ],
)
def test_ways_of_writing(text: str, name: str) -> None:
    """Full-width writing, left-out spaces and customary variants are the same sentence."""
    step = "then" if "应" in text else "given"

    found = find(text, step)

    assert found is not None
    assert found.name == name


def test_slots_know_their_place() -> None:
    """A phrase tells the column it begins at, counted in the original line."""
    draft = Draft("a.feature", Phrase("", FeaturePlace("a.feature", 1, 1)))
    sentence = find("考核对象是“班级”", "given")
    assert sentence is not None

    sentence.apply(draft, Phrase("考核对象是“班级”", FeaturePlace("a.feature", 7, 12)), None)

    assert draft.levels == [Phrase("班级", FeaturePlace("a.feature", 7, 18))]


def test_facts_are_no_definitions() -> None:
    """What a scenario says is told apart from what a rule says."""
    found = find("班级人数 是 46", "given")

    assert found is not None
    assert found.kind is SentenceKind.FACTS
