"""The examples of functions: each is a formula that means something, in both languages."""

import pytest

from dabiao.rules.files.pack_files import built_in
from dabiao.rules.formulas.checking.check import check
from dabiao.rules.formulas.examples import EXAMPLES
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.formulas.functions import Function
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.level import Level


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """Give the words that everybody has."""
    return read_pack([built_in()]).vocabulary


@pytest.mark.parametrize("function", Function)
def test_an_example_is_a_formula(function: Function, words: Vocabulary) -> None:
    """It calls the function, and says the same in Chinese and in English."""
    chinese, english = EXAMPLES[function].example

    assert chinese.startswith(f"{function.zh}(")
    assert english.startswith(f"{function.value}(")
    assert all(text for text in EXAMPLES[function].gives)
    level = Level.COUNTY
    told = [check(parse(text, words.names), words, level).formula for text in (chinese, english)]
    if function is not Function.ATTAINMENT:  # tags have no English names
        assert told[0] == told[1]
