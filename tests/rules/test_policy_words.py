"""The lexicon: every line of it is read and does what it says, and a bad line is one message."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dabiao.rules.coverage.text import mentions
from dabiao.rules.coverage.text.mentions import Asked, find_mentions, quantity_words
from dabiao.rules.files import policy_words as module
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.files.policy_words import PolicyWord, any_of, policy_words, read_words
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.writing.named_measures import subject_of
from dabiao.rules.writing.plan_words import (
    _ACTS,
    _DONE,
    _USES,
    PlanPart,
    pieces,
    plan_words,
    says_so,
)
from dabiao.schemas.problem import InputError
from tests.typed import typed

FOLDER = built_in() / "lexicon"
TABLES = {"not-quantities", "quantity-words", "plan-words", "measure-names"}
HEADER = "# 说明\n词,前面不是,后面不是,作用\n"


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Read the tables anew, before and after."""
    kept = (policy_words, mentions._ordinal, mentions._veiled, mentions._word)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


def ids(word: PolicyWord) -> str:
    """Call a case by its word."""
    return word.word


def problem_of(tmp_path: Path, text: str | bytes) -> str:
    """Give the one thing that is wrong with a table."""
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InputError) as caught:
        read_words(path, ("好", "坏"))
    (problem,) = caught.value.problems
    assert problem.code == "bad-words"
    assert problem.file == "features/lexicon/table.csv"
    assert problem.hint
    return f"{problem.line}: {problem.message}"


def test_every_table_is_read() -> None:
    """No table lies there that nobody reads, and each says in Chinese what it is for."""
    assert {path.stem for path in FOLDER.iterdir()} == TABLES
    for path in FOLDER.iterdir():
        assert path.read_text("utf-8").startswith("# ")


def test_words_are_no_rules() -> None:
    """The lexicon is no part of a pack, so that a word more changes no hash of rules."""
    assert not [file for file in find_files([built_in()]) if "lexicon" in file.name]


@pytest.mark.parametrize("word", policy_words("not-quantities"), ids=ids)
def test_what_only_looks_like_a_quantity(word: PolicyWord) -> None:
    """Each word of the table is none, beside a quantity that is one."""
    assert [each.text for each in find_mentions(f"，{word.word}，共3所。")] == ["3所"]


@pytest.mark.parametrize("word", quantity_words(), ids=ids)
def test_what_is_a_quantity(word: PolicyWord) -> None:
    """Each word of the table is found, whole, but not inside the words that its row excludes."""
    assert word.word in [each.text for each in find_mentions(f"，{word.word}，共3所")]
    assert set(word.uses) <= set(Asked)
    for other in [
        *(f"{each}{word.word}" for each in word.not_before),
        *(f"{word.word}{each}" for each in word.not_behind),
    ]:
        assert word.word not in [each.text for each in find_mentions(f"，{other}，共3所")]


@pytest.mark.parametrize("word", policy_words("measure-names"), ids=ids)
def test_what_a_measure_is_called_in_plans(word: PolicyWord) -> None:
    """Each other name stands for one measure of the library, but not inside words of its row."""
    vocabulary = read_pack([built_in()]).vocabulary
    subject = subject_of(f"{word.word}不超过45", vocabulary)

    assert subject is not None
    assert (subject.name,) == word.uses
    for other in word.not_before:
        within = subject_of(f"{other}{word.word}不超过45", vocabulary)
        assert within is None or within.spans.keys() == {0}


@pytest.mark.parametrize("word", plan_words(), ids=ids)
def test_what_a_word_of_a_plan_does(word: PolicyWord) -> None:
    """Each word of the table is one piece of a sentence, and the piece that it says."""
    (piece,) = pieces(word.word, {}, {}, ())
    parts = {_USES[use] for use in word.uses if use in _USES}

    assert piece.part in ({part for part, _ in parts} or {PlanPart.REST})
    assert says_so(word.word) == (_DONE in word.uses)


def test_every_use_has_words() -> None:
    """Nothing that a word can do is without a word."""
    assert {use for word in plan_words() for use in word.uses} == {*_USES, _DONE, _ACTS}
    assert {use for word in quantity_words() for use in word.uses} == set(Asked)


def test_a_word_more(tmp_path: Path) -> None:
    """A line is all that a word takes."""
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER}全体,健、安,会,好、坏\n# 又一个\n1024,,,好\n", "utf-8")

    whole, number = read_words(path, ("好", "坏"))

    assert whole == PolicyWord("全体", ("好", "坏"), ("健", "安"), ("会",))
    assert number.pattern == r"(?<![\d.])1024(?!\d)"
    assert any_of([number, whole], use="坏") == "(?<!健)(?<!安)全体(?!会)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{HEADER}全体,健,好\n", "3: 这一行有 3 格，表头有 4 格"),
        (f"{HEADER}全体,,,好,多\n", "3: 这一行有 5 格，表头有 4 格"),
        (f"{HEADER},,,好\n", "3: 没有写词"),
        (f"{HEADER}全体,,,好\n\n全体,,,坏\n", "5: “全体”出现了两次"),
        (f"{HEADER}全体,,,妙\n", "3: “全体”的作用“妙”没有这一种"),
        (f"{HEADER}全体,,,\n", "3: “全体”的作用“”没有这一种"),
        ("词,前面不是\n全体,健\n", "1: 表头是“词,前面不是”"),
        ("word,作用\n", "1: 表头是“word,作用”"),
        ("", "1: 表头是“”"),
    ],
)
def test_a_bad_line_is_one_message(tmp_path: Path, text: str, told: str) -> None:
    """A message says which line, what stands there, and what to do."""
    assert problem_of(tmp_path, text) == told


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A table that is no text is one message as well."""
    assert problem_of(tmp_path, "词,作用\n".encode("gb18030")).startswith("None: 词表读不了：")


def test_all_bad_lines_are_told(tmp_path: Path) -> None:
    """All mistakes are told at once."""
    path = tmp_path / "table.csv"
    path.write_text("词\n全部\n\n全部\n全部,多\n", "utf-8")

    with pytest.raises(InputError) as caught:
        read_words(path)

    assert [each.line for each in caught.value.problems] == [4, 5]


@pytest.mark.usefixtures("nothing_kept")
def test_a_bad_table_ends_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that needs the words tells what is wrong with them, and never a traceback."""
    (tmp_path / "lexicon").mkdir()
    for table in TABLES:
        (tmp_path / "lexicon" / f"{table}.csv").write_text("词,作用\n十全,妙\n", "utf-8")
    text = tmp_path / "plan.txt"
    text.write_text("一、目标\n到2025年，普惠率达到90%。\n", "utf-8")
    monkeypatch.setattr(module, "built_in", lambda: tmp_path)
    arguments = ["rules", "coverage", "--text", str(text), "--document", "ordos-145"]

    told = typed(*arguments)

    assert "[bad-words]" in told.output
    assert "Traceback" not in told.output
    assert told.exit_code == 4
