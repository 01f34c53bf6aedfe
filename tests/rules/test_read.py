"""Reading packs: what good ones mean, and what is said of bad ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import AllComply, Changes
from dabiao.rules.files.pack_files import PackFile, built_in, find_files
from dabiao.rules.language.feature_source import SyntaxProblemError, read_feature
from dabiao.rules.language.scenario import Judged
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.rules.packs import DOCUMENT, ENGLISH, RULES, write_pack


def judged(catalog: Catalog, facts: Facts, year: int) -> Judged:
    """Judge by the columnar engine."""
    return judge(catalog, facts, as_of=year, engine=EngineChoice.COLUMNAR)


def test_a_good_pack_has_no_problems(tmp_path: Path) -> None:
    """Rules in both languages share one vocabulary, and every scenario holds."""
    reading = read([write_pack(tmp_path, rules=RULES, english=ENGLISH)])

    assert [str(problem) for problem in reading.problems] == []
    results = prove(reading.proofs, reading.catalog, judged)
    assert [result.message for result in results if not result.passed] == []
    assert len(results) == 20


def test_what_a_rule_says(tmp_path: Path) -> None:
    """Everything a background states is found in the rule."""
    catalog = read([write_pack(tmp_path, rules=RULES, english=ENGLISH)]).catalog

    rotation = catalog.rules["plan/rotation"]
    assert rotation.level is Level.COUNTY
    assert rotation.units.responsible == ("市教育体育局", "各旗区人民政府")
    assert (rotation.timing.first, rotation.timing.last) == (2022, 2025)
    assert rotation.norm_record.threshold == 10.0
    assert rotation.unit == "%"
    myopia = catalog.rules["plan/myopia"]
    assert isinstance(myopia.norm, Changes)
    assert myopia.aspiration
    assert myopia.unit == "百分点"
    assert isinstance(catalog.rules["plan/all-classes"].norm, AllComply)
    assert catalog.rules["plan/school-doctor"].timing.month == 9
    assert catalog.rules["plan/primary-class-size"].description == "有条件的地方可以更少。"


def test_a_topic_has_a_name_in_english(tmp_path: Path) -> None:
    """A feature is called by its file in English, unless its own name is English."""
    catalog = read([write_pack(tmp_path, rules=RULES, english=ENGLISH)]).catalog
    file = catalog.rules["plan/rotation"].file
    topics = {
        "a/campus-safety.feature": "校园安全",
        "a/b.feature": "Safety",
        "a/安全.feature": "安全",
    }
    named = replace(catalog, topics=topics)

    assert [named.topic(each).en for each in topics] == ["Campus safety", "Safety", "安全"]
    assert catalog.topic(file).zh == catalog.topics[file]


def test_a_proof_that_fails_says_what_came_out(tmp_path: Path) -> None:
    """A wrong expectation is told with the step, the expected and the actual outcome."""
    wrong = RULES.replace("| 小学 | 46   | 未达标 |", "| 小学 | 46   | 达标   |")
    reading = read([write_pack(tmp_path, rules=wrong)])

    failed = [each for each in prove(reading.proofs, reading.catalog, judged) if not each.passed]

    assert len(failed) == 1
    assert "结论应是达标，实为未达标" in failed[0].message
    assert failed[0].line == 25


MISTAKES = {
    "unknown-name": ("那么 班级人数 应不高于 45人", "那么 班级人教 应不高于 45人", 16, 10),
    "unit-mismatch": ("那么 班级人数 应不高于 45人", "那么 班级人数 应不高于 45%", 16, 20),
    "not-at-level": ("那么 交流比例 应不低于 10%", "那么 班级人数 应不低于 10人", 41, 10),
    "no-timing": ("      而且 到2025年底\n      那么 班级人数", "      那么 班级人数", 8, None),
    "no-citation": ('      假如 出处"第三章，第1段"\n', "", 8, None),
    "duplicate-rule": ("@rotation", "@primary-class-size", 35, None),
    "unknown-level": ('考核对象是"班级"', '考核对象是"班组"', 13, None),
    "unknown-document": ('依据文件"plan"', '依据文件"plam"', 5, None),
    "unknown-sentence": (
        "而且 到2025年底\n      那么 班级人数",
        "而且 截至2025年底\n      那么 班级人数",
        15,
        10,
    ),
    "percent-points": ("应年均下降不少于 0.5个百分点", "应年均下降不少于 0.5%", None, None),
    "vague-quantity": ("应不高于 45人", "应不高于 45人左右", 16, 23),
    "unknown-tag": ('应符合"@标准"', '应符合"@标难"', None, None),
    "level-not-below": (
        '所有"班级"应符合"@标准"',
        '达标率("旗县", "@all-classes") 应不低于 90%',
        102,
        14,
    ),
    "said-twice": (
        "而且 到2025年底\n      那么 班级人数",
        "而且 到2025年底\n      而且 长期执行\n      那么 班级人数",
        16,
        None,
    ),
    "syntax": ("| 小学 | 45   | 达标   |", "| 小学 | 45   |", 24, 9),
    "unknown-outcome": ('结论是"缺数据"', '结论是"没数据"', None, None),
    "misplaced": (
        "而且 到2025年底\n      那么 班级人数",
        '而且 学段 是 "小学"\n      而且 到2025年底\n      那么 班级人数',
        15,
        None,
    ),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_mistakes_are_found_with_their_place(code: str, tmp_path: Path) -> None:
    """Each mistake has its own code, the place where it stands, and a way out."""
    right, wrong, line, column = MISTAKES[code]
    assert right in RULES

    problems = read([write_pack(tmp_path, rules=RULES.replace(right, wrong, 1))]).problems

    found = [problem for problem in problems if problem.code == code]
    assert found, [str(problem) for problem in problems]
    assert found[0].hint or found[0].expected
    assert found[0].file is not None
    assert line is None or found[0].line == line
    assert column is None or found[0].column == column


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """One mistake does not hide another."""
    text = RULES
    chosen = ("unknown-name", "unknown-tag", "percent-points", "unknown-outcome")
    for code in chosen:
        right, wrong, *_ = MISTAKES[code]
        text = text.replace(right, wrong, 1)

    codes = {problem.code for problem in read([write_pack(tmp_path, rules=text)]).problems}

    assert set(chosen) <= codes


@pytest.mark.parametrize("word", ["当年教育支出", "当地学校", "同时期班级人数"])
def test_keywords_that_were_not_meant(word: str, tmp_path: Path) -> None:
    """A step that only looks like a keyword is explained."""
    text = RULES.replace(
        '      而且 考核对象是"班级"\n',
        f'      而且 考核对象是"班级"\n      {word} 应不低于 1\n',
        1,
    )

    problems = read([write_pack(tmp_path, rules=text)]).problems

    assert any(problem.hint and "关键字" in problem.hint for problem in problems)


def test_a_folder_without_features(tmp_path: Path) -> None:
    """An empty pack is refused, not read as one without rules."""
    with pytest.raises(InputError) as caught:
        read([tmp_path])

    assert caught.value.problems[0].code == "no-features"


@pytest.mark.parametrize("beside", [True, False], ids=["beside a pack", "no folder at all"])
def test_a_folder_that_holds_nothing_is_told(tmp_path: Path, beside: bool) -> None:  # noqa: FBT001
    """A folder of another kind is no pack of no rules, whatever else is read."""
    empty = tmp_path / "facts"
    empty.mkdir()
    folders = [write_pack(tmp_path / "pack", rules=RULES), empty] if beside else []
    with pytest.raises(InputError) as caught:
        read(folders)

    assert [(each.code, each.file) for each in caught.value.problems] == [
        ("no-features", str(empty) if beside else "--no-builtin")
    ]


@pytest.mark.parametrize("more", ["", "supersedes: [ordos-145]\n"], ids=["alone", "superseding"])
def test_a_document_without_a_rule_is_told(tmp_path: Path, more: str) -> None:
    """Beside the built-in packs too, unless it puts an end to others."""
    (tmp_path / "document.yaml").write_text(f"{DOCUMENT}{more}", "utf-8")
    told = ""
    try:
        find_files([built_in(), tmp_path])
    except InputError as error:
        told = str(error)

    assert ("no-features" in told and "document.yaml" in told) is not bool(more)


def test_a_feature_that_is_not_in_utf_8_is_told(tmp_path: Path) -> None:
    """A feature saved as GBK is told as such (not-utf-8), once."""
    folder = write_pack(tmp_path, rules=RULES)
    (folder / "rules.feature").write_bytes(RULES.encode("gb18030"))

    assert [each.code for each in read([folder]).errors] == ["not-utf-8"]


def test_a_feature_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """One that is not there any more (unreadable) is told with the reason, in people's words."""
    with pytest.raises(SyntaxProblemError) as caught:
        read_feature(PackFile(tmp_path / "gone.feature", "gone.feature"))

    (problem,) = caught.value.problems
    assert problem.code == "unreadable"
    assert problem.message == "文件打不开：文件不存在"
    assert problem.hint


@pytest.mark.parametrize("text", ["", "# language: zh-CN\n", "\n# 待写\n@primary\n"])
def test_a_feature_without_a_word_is_told(text: str, tmp_path: Path) -> None:
    """Nothing, or comments only, is no feature; no line of it is called unreadable."""
    folder = write_pack(tmp_path, rules=RULES)
    (folder / "empty.feature").write_text(text, "utf-8")

    for proofs in (True, False):
        assert [each.code for each in read([folder], proofs=proofs).errors] == ["no-feature"]


@pytest.mark.parametrize("tags", ["@primary-class-size @标准", "@标准 @primary-class-size"])
def test_the_slug_may_stand_anywhere(tags: str, tmp_path: Path) -> None:
    """The first tag that can be a slug is the slug, whatever stands before it."""
    folder = write_pack(tmp_path, rules=RULES.replace("@primary-class-size @标准", tags))

    rule = read([folder]).catalog.rules["plan/primary-class-size"]
    assert "标准" in rule.tags


@pytest.mark.parametrize("said", ["学段 是 小学", "学段 为 小学", "学段 ≥ ≥ 3"])
def test_one_message_for_a_condition_that_cannot_be_read(said: str, tmp_path: Path) -> None:
    """What stands behind a gap is not told of; the gap is."""
    rules = RULES.replace('仅限 学段 = "小学"', f"仅限 {said}")
    assert rules != RULES

    assert len(read([write_pack(tmp_path, rules=rules)]).errors) == 1


@pytest.mark.parametrize(
    "norms",
    [
        ('自身应符合"@primary-class-size"', ""),
        ('自身应符合"@other"', '自身应符合"@primary-class-size"'),
    ],
)
def test_a_rule_that_rests_on_its_own_verdict(norms: tuple[str, str], tmp_path: Path) -> None:
    """Nobody could judge it; it is told, and is no fault of the program."""
    rules = RULES.replace("班级人数 应不高于 45人", norms[0])
    if norms[1]:
        rules += f"""
  @other
  规则: 另一条
    背景:
      假如 出处"第九章"
      而且 考核对象是"班级"
      而且 到2025年底
      那么 {norms[1]}
"""
    codes = [each.code for each in read([write_pack(tmp_path, rules=rules)]).errors]

    assert codes
    assert set(codes) == {"circular-rule"}


def test_the_vocabulary_needs_no_document() -> None:
    """What all documents share says nothing of what only one of them has."""
    found = read([built_in() / "vocabulary"])

    assert [str(each) for each in found.problems] == []
    assert len(found.catalog.vocabulary.items) > 300
