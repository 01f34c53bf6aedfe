"""Packs read together: none can change or break what one before it says."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.rules.catalog.selection import Wanted
from dabiao.rules.files.pack_files import ClashError, built_in, find_files, pack_folders
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.packs.together.clash import CLASH
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import InputError, Problem, Severity
from tests.rules.packs import DOCUMENT, ENGLISH, PLACES, RULES, WORDS, write_pack
from tests.rules.test_read import judged

LATER = """\
# language: zh-CN
功能: 另一个文件夹
  背景:
    假如 依据文件"later"
    而且 数据项
      | 名称     | 标识    | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 班级人数 | class_size | 班级 | 人 | 整数 | 0.. |      |      |
      | 校车数   | buses   | 学校 | 辆   | 整数 | 0..  | 求和 |      |
    而且 指标
      | 名称         | 标识             | 层级 | 单位 | 公式                   | 口径 |
      | 有校车学校数 | schools_with_bus | 旗县 |      | 计数(学校, buses > 0)  |      |

  @buses
  规则: 每校至少2辆校车
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 校车数 应不低于 2辆
    场景: 一辆
      假如 某学校的 校车数 是 1辆
      当 在2023年考核
      那么 结论是"未达标"

  @smaller
  规则: 每班不超过40人
    背景:
      假如 出处"第二章"
      而且 考核对象是"班级"
      而且 长期执行
      那么 班级人数 应不高于 40人
    场景: 界线
      假如 某班级的 班级人数 是 41人
      当 在2023年考核
      那么 结论是"未达标"
"""
LATER_DOCUMENT = DOCUMENT.replace("id: plan", "id: later").replace("150600", "150602")
CHECKS = """\
# language: zh-CN
功能: 核对
  背景:
    假如 {used}核对关系
      | 名称 | 标识 | 层级 | 关系 |
      | 班额 | size | 班级 | 班级人数 ≤ {most}人 |
"""


def together(folder: Path, later: str = LATER, **files: str) -> PackReading:
    """Read a pack, and a later one beside it; ``files`` are further ones of the later pack."""
    write_pack(folder / "first", rules=RULES, english=ENGLISH)
    second = folder / "second"
    second.mkdir()
    (second / "document.yaml").write_text(files.pop("document", LATER_DOCUMENT), "utf-8")
    (second / "later.feature").write_text(later, "utf-8")
    for name, text in files.items():
        path = second / {"places": "places.csv"}.get(name, f"{name}.feature")
        path.write_text(text, "utf-8")
    return both_ways([folder / "first", second])


def both_ways(folders: list[Path]) -> PackReading:
    """Read packs; building upon the first, read before, comes to the same to the last byte."""
    first = read(folders[:1])
    whole = read(folders)
    if not first.errors:
        upon = read(folders, known=first.catalog)
        own = [each for each in whole.problems if each not in first.problems]
        # the line of a measure is not kept; who builds upon the built-in ones is not told it anyway
        there = re.compile(r"(first/words\.feature):\d+")
        alike = [replace(each, message=there.sub(r"\1:1", each.message)) for each in own]
        assert upon.problems == alike
        assert catalog_text(upon.catalog) == catalog_text(whole.catalog)
        assert upon.drafts.keys() == whole.drafts.keys() - first.drafts.keys()
        assert [each.scenario for each in upon.proofs] == [
            each.scenario for each in whole.proofs if whole.folders[each.feature]
        ]
    return whole


def first_of(reading: PackReading) -> dict[str, object]:
    """Give everything that the first pack says, as the two together have it."""
    catalog = reading.catalog
    return {
        "rules": {id_: rule for id_, rule in catalog.rules.items() if id_.startswith("plan/")},
        "document": catalog.documents["plan"],
        "places": {code: catalog.places[code] for code in PLACES.split() if code in catalog.places},
        "measures": [catalog.vocabulary.measure(slug) for slug in ("class_size", "rotation_rate")],
        "formula": catalog.vocabulary.formulas["rotation_rate"],
        "names": {name: catalog.vocabulary.names[name] for name in ("班级人数", "stage")},
    }


def clashes(reading: PackReading) -> list[Problem]:
    """Give what clashes; all of it lies in the later pack."""
    assert [each for each in reading.problems if "/second/" not in (each.file or "")] == []
    return [each for each in reading.problems if each.code == CLASH]


SIZE = "| 班级人数 | class_size | 班级 | 人 | 整数 | 0.. |      |      |"


def test_a_pack_adds_to_what_is_there(tmp_path: Path) -> None:
    """Items, indicators, documents and rules; what is repeated as it stands is the same thing."""
    reading = together(tmp_path, places=PLACES + "150621,达拉特旗,county,150600,\n")

    assert [str(problem) for problem in reading.problems] == []
    results = prove(reading.proofs, reading.catalog, judged)
    assert [result.message for result in results if not result.passed] == []
    assert {"later/buses", "later/smaller", "plan/rotation"} <= reading.catalog.rules.keys()
    assert "达拉特旗" in [place.name for place in reading.catalog.places.values()]


BUSES = "| 校车数   | buses   |"
INDICATOR = "| 有校车学校数 | schools_with_bus |"
CHANGES = [
    (SIZE, SIZE.replace("0..", "0..50")),
    (SIZE, SIZE.replace("0..", "")),
    (SIZE, SIZE.replace("| 人 |", "| 万人 |")),
    (SIZE, SIZE.replace("整数", "数值")),
    (SIZE, SIZE.replace("| 班级 |", "| 学校 |")),
    (SIZE, SIZE.replace("| 班级 |", "| 班级、学校 |")),
    (SIZE, SIZE.replace("|      |      |", "| 求和 |      |")),
    (SIZE, SIZE.replace("class_size", "pupils_in")),
    (SIZE, SIZE.replace("| 班级人数 |", "| 班额数 |")),
    (SIZE, SIZE.replace("班级人数", "班级 人数").replace("class_size", "size")),
    (SIZE, "| 学段 | stage | 班级、学校 | | 类别 | 小学、初中 | | |"),
    (SIZE, "| 近视率 | myopia | 盟市 | % | 数值 | 0..90 | | |"),
    (SIZE, "| 交流比例 | rotation_rate | 学校、旗县 | % | 数值 | 0..100 | | |"),
    (BUSES, "| 校车数 | teachers |"),
    (BUSES, "| Class_Size | buses |"),
    (SIZE, SIZE.replace("班级人数 | class_size", "ｃｌａｓｓ＿ｓｉｚｅ | size")),
    (BUSES, "| 教师数（人） | buses |"),
    (BUSES, "| 教师数(万人) | buses |"),
    (INDICATOR, "| 教师数 | schools_with_bus |"),
    (INDICATOR, "| 交流比例 | rotation_rate |"),
    (INDICATOR, "| 有校车学校数 | rotation_rate |"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=range(len(CHANGES)))
def test_another_meaning_counts_in_its_pack_alone(old: str, new: str, tmp_path: Path) -> None:
    """Range, unit, type, level, total, name, slug, formula: what was there first stays as it is."""
    assert LATER.count(old) == 1

    reading = together(tmp_path, LATER.replace(old, new))

    alone = read([tmp_path / "first"])
    assert clashes(reading) == []
    (note,) = [each for each in reading.problems if each.code == "own-meaning"]
    assert note.place.startswith(f"{tmp_path.as_posix()}/second/later.feature:")
    assert note.severity is Severity.NOTE
    assert first_of(reading) == first_of(alone)
    words, known = reading.words["later"], alone.catalog.vocabulary
    name, slug = (cell.strip() for cell in new.split("|")[1:3])
    assert words.names[name] == words.names[slug] not in {*known.items, *known.indicators}


@pytest.mark.parametrize("language", Language)
def test_the_note_says_what_is_there(language: Language, tmp_path: Path) -> None:
    """Where the word means something else, and what this one is called there."""
    with speaking(language):
        reading = together(tmp_path, LATER.replace(SIZE, SIZE.replace("0..", "0..50")))

    (note,) = reading.problems
    assert f"{tmp_path.as_posix()}/first/words.feature:6" in note.message
    assert "班级人数（later）" in note.message
    assert "班级人数" in (note.hint or "")


def test_a_definition_that_is_left_out_is_no_other(tmp_path: Path) -> None:
    """A blank 口径 says nothing; one that is written differently is another."""
    words = WORDS.replace("| 0..                |      |      |", "| 0.. | | 学年初 |", 1)
    first = tmp_path / "one"
    write_pack(first, rules=RULES)
    (first / "words.feature").write_text(words, "utf-8")
    for definition, expected in (("", 0), ("学年初", 0), ("学年末", 1)):
        second = tmp_path / f"two{definition}"
        second.mkdir()
        (second / "document.yaml").write_text(LATER_DOCUMENT, "utf-8")
        said = SIZE.removesuffix("      |") + f" {definition} |"
        (second / "later.feature").write_text(LATER.replace(SIZE, said), "utf-8")

        assert (
            len([each for each in read([first, second]).problems if each.code == "own-meaning"])
            == expected
        )


def test_a_name_of_a_later_pack_does_not_change_a_formula(tmp_path: Path) -> None:
    """An item whose name is a piece of an earlier formula means nothing in it."""
    alone = read([write_pack(tmp_path / "alone" / "first", rules=RULES, english=ENGLISH)])
    for name in ("交流", "教师", "比例", "数", "逐年", "应"):
        folder = tmp_path / name
        reading = together(folder, LATER.replace(BUSES, f"| {name} | buses |"))
        assert first_of(reading)["formula"] == first_of(alone)["formula"]
        assert [each for each in reading.errors if "/second/" not in (each.file or "")] == []


def test_rules_cannot_be_changed(tmp_path: Path) -> None:
    """Another rule under an id that is taken is refused; the same rule again is the same."""
    same = RULES.split("  @rotation")[0].replace("功能: 班额和交流", "功能: 再说一次")
    other = same.replace("应不高于 45人", "应不高于 99人").replace("| 46 ", "| 100 ")

    assert clashes(together(tmp_path / "same", again=same)) == []
    (problem,) = clashes(together(tmp_path / "other", again=other))
    assert "plan/primary-class-size" in problem.message
    reading = together(tmp_path / "kept", again=other)
    assert reading.catalog.rules["plan/primary-class-size"].norm_record.threshold == 45.0


def test_a_rule_may_be_added_to_a_document_but_not_to_its_roll_ups(tmp_path: Path) -> None:
    """What an earlier pack counts stays what it counts."""
    added = LATER.replace('依据文件"later"', '依据文件"plan"')

    assert clashes(together(tmp_path / "plain", added)) == []
    (problem,) = clashes(together(tmp_path / "tagged", added.replace("@smaller", "@smaller @标准")))
    assert "plan/all-classes" in problem.message
    own_document = LATER.replace("@smaller", "@smaller @标准")
    assert clashes(together(tmp_path / "own", own_document)) == []


def test_documents_cannot_be_changed(tmp_path: Path) -> None:
    """A document described otherwise is refused; described the same way, it is the same."""
    other = DOCUMENT.replace("2025", "2035")
    later = LATER.replace('"later"', '"plan"')

    assert clashes(together(tmp_path / "same", later, document=DOCUMENT)) == []
    (problem,) = clashes(together(tmp_path / "other", later, document=other))
    assert problem.line == 1
    assert "2021–2035" in problem.message


@pytest.mark.parametrize(
    "line",
    [
        "150602,西胜区,county,150600,",
        "150602,东胜区,township,150600,",
        "150602,东胜区,county,150000,",
        "150602,东胜区,county,150600,康巴什区",
    ],
)
def test_places_cannot_be_changed(line: str, tmp_path: Path) -> None:
    """Name, level, parent and other names stay; what is left blank is not said."""
    places = "code,name,level,parent,note\n150603,康巴什区,county,,\n" + line + "\n"

    reading = together(tmp_path, places=places)

    (problem,) = clashes(reading)
    assert problem.line == 3
    assert reading.catalog.places["150602"].name == "东胜区"
    assert reading.catalog.places["150602"].parent == "150600"


def test_a_place_of_the_same_name_is_nobody_elses(tmp_path: Path) -> None:
    """What an earlier pack calls by a name stays what it was; the later pack writes the code."""
    from_2022 = "      而且 自2022年至2025年每年"
    area = RULES.replace(from_2022, f'      而且 适用地区"东胜区"\n{from_2022}')
    places = "code,name,level,parent,note\n159999,东胜区,county,,\n150602,东胜区,county,,\n"
    mine = LATER.replace('考核对象是"班级"', '适用地区"东胜区"\n      而且 考核对象是"班级"')
    write_pack(tmp_path / "first", rules=area)
    second = tmp_path / "second"
    second.mkdir()
    (second / "document.yaml").write_text(LATER_DOCUMENT, "utf-8")
    (second / "places.csv").write_text(places, "utf-8")
    (second / "later.feature").write_text(mine, "utf-8")

    reading = read([tmp_path / "first", second])

    assert reading.catalog.rules["plan/rotation"].area == "150602"
    assert [(each.code, "second" in (each.file or "")) for each in reading.problems] == [
        ("ambiguous-place", True)
    ]


def test_relations_cannot_be_changed(tmp_path: Path) -> None:
    """A relation under an id that is taken is refused; the same again is the same."""
    write_pack(tmp_path / "first", rules=RULES, checks=CHECKS.format(used="", most=80))
    used = '使用"plan"的数据项\n    而且 '
    for most, expected in ((80, []), (8000, [CLASH])):
        write_pack(tmp_path / f"to{most}", checks=CHECKS.format(used=used, most=most))
        for name in ("words.feature", "document.yaml", "places.csv"):
            (tmp_path / f"to{most}" / name).unlink()
        reading = read([tmp_path / "first", tmp_path / f"to{most}"])
        assert [each.code for each in reading.problems] == expected
        assert reading.catalog.checks["size"].file.endswith("first/checks.feature")


def test_a_pack_that_clashes_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    """Where nothing else is wrong, it says which folder to do without."""
    together(tmp_path, document=LATER_DOCUMENT, places=PLACES.replace("东胜区", "西胜区"))
    folders = [tmp_path / "first", tmp_path / "second"]
    with pytest.raises(ClashError) as caught:
        read_pack(folders)
    assert caught.value.folders == {1}
    assert read_pack(folders[:1]).rules

    later = (tmp_path / "second" / "later.feature").read_text("utf-8")
    (tmp_path / "second" / "later.feature").write_text(later.replace("长期执行", "乱写"), "utf-8")
    with pytest.raises(InputError) as broken:
        read_pack(folders)
    assert not isinstance(broken.value, ClashError)


def test_files_of_the_same_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called features, with files called as the built-in ones, is not taken for them."""
    monkeypatch.chdir(tmp_path)
    own = Path("features")
    (own / "vocabulary").mkdir(parents=True)
    (own / "document.yaml").write_text(LATER_DOCUMENT, "utf-8")
    text = LATER.replace("| 班级人数 | class_size | 班级 | 人 | 整数 | 0.. |      |      |\n", "")
    (own / "vocabulary" / "schools.feature").write_text(text.replace("      \n", ""), "utf-8")

    reading = read([built_in(), own], known=read_pack([built_in()]))

    assert [str(each) for each in reading.errors] == []
    names = [file.name for file in find_files([built_in(), own])]
    assert len(set(names)) == len(names)
    assert reading.catalog.rules["later/buses"].file == "./features/vocabulary/schools.feature"
    wanted = Wanted(folders=[own])
    mine = {rule.id for rule in reading.catalog if wanted.wants_file(rule.file)}
    assert mine == {"later/buses", "later/smaller"}


def test_the_built_in_packs_stay_by_themselves(tmp_path: Path) -> None:
    """A folder that they lie in is a pack of its own beside them."""
    supplied = tmp_path / "features"
    shutil.copytree(built_in(), supplied)
    (tmp_path / "document.yaml").write_text(LATER_DOCUMENT, "utf-8")
    (tmp_path / "a.feature").write_text(LATER.replace(f"      {SIZE}\n", ""), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dabiao.rules.files.pack_files.built_in", lambda: supplied)
        folders = pack_folders([tmp_path], builtin=True)
        files = find_files(folders)

    assert folders == [supplied, tmp_path]
    assert {file.folder for file in files if supplied in file.path.parents} == {0}
    assert [file.path.name for file in files.features if file.folder == 1] == ["a.feature"]


def test_twice_in_a_pack_is_told_with_its_own_lines(tmp_path: Path) -> None:
    """Repeating something of another pack twice is a mistake in this one alone."""
    reading = together(tmp_path, LATER.replace(SIZE, f"{SIZE}\n      {SIZE}"))

    (problem,) = reading.errors
    assert problem.code == "duplicate-name"
    assert f"{tmp_path.as_posix()}/second/later.feature:7" in problem.message


def test_a_copy_of_the_built_in_packs_adds_nothing(tmp_path: Path) -> None:
    """Whoever repeats everything as it stands changes nothing."""
    shutil.copytree(built_in(), tmp_path / "copy")

    alone = read_pack([built_in()])
    both = read([built_in(), tmp_path / "copy"], proofs=False)

    assert [str(each) for each in both.errors] == []
    assert both.catalog.rules == alone.rules
    assert both.catalog.vocabulary == alone.vocabulary
