"""What packs share: nothing of another's document, unless they say so."""

import re
from pathlib import Path

import pytest

from dabiao.rules.editor.completion import offers
from dabiao.rules.editor.open_pack import OpenPack, folders_of
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.prove import prove
from dabiao.rules.writing.scaffold import Outline, scaffold
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from tests.rules.test_read import judged

DOCUMENT = "id: {id_}\ntitle: 某规划\nperiod: {{from: 2021, to: 2025}}\n"
BUSES = "| 校车数 | buses | 学校 | 辆 | 整数 | 0..90 | 求和 | |"
TRAINS = "| 班车数 | trains | 学校 | 辆 | 整数 | 0.. | 求和 | |"
FEATURE = """\
# language: zh-CN
功能: {id_}的规则
  背景:
    假如 依据文件"{id_}"
    {used}
    而且 数据项
      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      {items}

  @{id_}-rule
  规则: 每校至少2辆
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 {name} 应不低于 2辆
    场景: 一辆
      假如 某学校的 {name} 是 1辆
      当 在2023年考核
      那么 结论是"未达标"
"""
USES = '而且 使用"{id_}"的数据项'


def pack(folder: Path, id_: str, name: str, items: str, used: str = "") -> Path:
    """Write a pack of one document with one rule."""
    folder.mkdir(parents=True)
    (folder / "document.yaml").write_text(DOCUMENT.format(id_=id_), "utf-8")
    text = FEATURE.format(id_=id_, name=name, items=items, used=used)
    (folder / "rules.feature").write_text(text, "utf-8")
    return folder


def owner(tmp_path: Path, **more: str) -> Path:
    """Write the pack that defines 校车数."""
    return pack(tmp_path / "owner", "owner", "校车数", BUSES, **more)


def codes(reading: PackReading) -> list[str]:
    """Give the codes of all problems."""
    return [each.code for each in reading.problems]


@pytest.mark.parametrize("language", Language)
def test_a_name_of_another_pack_is_unknown(language: Language, tmp_path: Path) -> None:
    """Unless it is asked for; the message says whose it is, and what to write."""
    user = pack(tmp_path / "user", "user", "校车数", TRAINS)

    with speaking(language):
        reading = read([owner(tmp_path), user])

    assert set(codes(reading)) == {"unknown-name"}
    sentence = {Language.ZH: '使用"owner"的数据项', Language.EN: 'uses the items of "owner"'}
    assert all(sentence[language] in (each.hint or "") for each in reading.problems)


@pytest.mark.parametrize("sentence", [USES, 'Given uses the items of "{id_}"'])
@pytest.mark.parametrize("order", [1, -1])
def test_who_uses_a_document_knows_its_items(sentence: str, order: int, tmp_path: Path) -> None:
    """With their slug, range and unit, whichever pack is named first, in either language."""
    said = sentence.format(id_="owner")
    user = pack(tmp_path / "user", "user", "校车数", TRAINS, said)
    if not sentence.startswith("而且"):
        english = (user / "rules.feature").read_text("utf-8")
        for zh, en in ENGLISH.items():
            english = english.replace(zh, en)
        (user / "rules.feature").write_text(english, "utf-8")

    reading = read([owner(tmp_path), user][::order])

    assert codes(reading) == []
    rule = reading.catalog.rules["user/user-rule"]
    item = reading.catalog.vocabulary.items["buses"]
    assert reading.catalog.vocabulary.features["buses"].endswith("owner/rules.feature")
    assert (item.maximum, item.unit, rule.unit) == (90, "辆", "辆")
    assert all(each.passed for each in prove(reading.proofs, reading.catalog, judged))


ENGLISH = {
    "# language: zh-CN": "# language: en",
    "功能:": "Feature:",
    "规则:": "Rule:",
    "背景:": "Background:",
    "场景:": "Scenario:",
    "假如 ": "Given ",
    "而且 ": "And ",
    "当 ": "When ",
    "那么 ": "Then ",
}


def test_a_pack_without_a_document_is_common_ground(tmp_path: Path) -> None:
    """Words that are of no document are known to every pack that follows."""
    words = pack(tmp_path / "words", "words", "校车数", BUSES)
    (words / "document.yaml").unlink()
    feature = words / "rules.feature"
    text = feature.read_text("utf-8").partition("\n  @")[0]
    feature.write_text(text.replace('依据文件"words"\n    \n    而且 ', ""), "utf-8")
    user = pack(tmp_path / "user", "user", "校车数", TRAINS)

    assert codes(read([words, user])) == []


def test_who_rests_on_a_document_knows_its_items(tmp_path: Path) -> None:
    """A pack that adds a rule to a document needs no sentence."""
    more = pack(tmp_path / "more", "owner", "校车数", TRAINS)
    (more / "document.yaml").unlink()
    feature = more / "rules.feature"
    feature.write_text(feature.read_text("utf-8").replace("@owner-rule", "@more"), "utf-8")

    assert codes(read([owner(tmp_path), more])) == []


def test_the_built_in_packs_are_known_to_all(tmp_path: Path) -> None:
    """Their items need no sentence; who writes it says nothing wrong."""
    known = read_pack([built_in()])
    words = known.vocabulary
    name, unit = next(
        (item.name, item.unit)
        for slug, item in words.items.items()
        if words.features[slug].startswith("features/ordos-145/")
        and item.unit
        and item.levels == (Level.PREFECTURE,)
    )
    for used in ("", USES.format(id_="ordos-145")):
        user = pack(tmp_path / (used or "plain"), "user", name, TRAINS, used)
        feature = user / "rules.feature"
        text = feature.read_text("utf-8").replace('考核对象是"学校"', '考核对象是"盟市"')
        text = (
            text.replace("2辆", f"2{unit}").replace("1辆", f"1{unit}").replace("某学校", "某盟市")
        )
        feature.write_text(text, "utf-8")

        assert codes(read([built_in(), user], known=known)) == []


def test_a_pack_does_not_change_what_another_means(tmp_path: Path) -> None:
    """A formula whose text is a name of another pack reads as it does alone."""
    other = pack(
        tmp_path / "other",
        "other",
        "甲/乙",
        "| 甲/乙 | of_other | 学校 | 辆 | 数值 | 0.. | 求和 | |",
    )
    items = (
        "| 甲 | first | 学校 | 辆 | 数值 | 0.. | | |",
        "| 乙 | next | 学校 | 辆 | 数值 | 0.. | | |",
    )
    mine = pack(tmp_path / "mine", "mine", "甲", "\n      ".join(items))
    add_indicator(mine, "甲比乙", "甲/乙", "")

    alone, both = read([mine]), read([other, mine])

    assert codes(both) == []
    assert both.catalog.rules["other/other-rule"].unit == "辆"
    formulas = [each.catalog.vocabulary.formulas["in_mine"] for each in (alone, both)]
    assert formulas[0] == formulas[1]


def add_indicator(folder: Path, name: str, formula: str, unit: str) -> None:
    """Let the feature of a pack define an indicator too."""
    table = f"""    而且 指标
      | 名称 | 标识 | 层级 | 单位 | 公式 | 口径 |
      | {name} | in_{folder.name} | 学校 | {unit} | {formula} | |
"""
    feature = folder / "rules.feature"
    feature.write_text(feature.read_text("utf-8").replace("\n  @", f"{table}\n  @", 1), "utf-8")


def test_two_packs_may_use_each_other(tmp_path: Path) -> None:
    """Names go round in a circle without harm; formulas that do are refused as ever."""
    one = pack(tmp_path / "one", "one", "班车数", BUSES, USES.format(id_="two"))
    two = pack(tmp_path / "two", "two", "校车数", TRAINS, USES.format(id_="one"))

    assert codes(read([one, two])) == []

    add_indicator(one, "甲数", "乙数 + 1辆", "辆")
    add_indicator(two, "乙数", "甲数 + 1辆", "辆")
    assert "circular-formula" in codes(read([one, two]))


def test_what_a_used_pack_uses_is_not_passed_on(tmp_path: Path) -> None:
    """Who wants it says so."""
    middle = pack(tmp_path / "middle", "middle", "校车数", TRAINS, USES.format(id_="owner"))
    used = USES.format(id_="middle")
    item = TRAINS.replace("班车数", "马车数").replace("trains", "carts")
    user = pack(tmp_path / "user", "user", "校车数", item, used)

    assert set(codes(read([owner(tmp_path), middle, user]))) == {"unknown-name"}


def test_what_both_define(tmp_path: Path) -> None:
    """The same is one thing; another meaning is told at its line, with the place of the first."""
    same = pack(tmp_path / "same", "same", "校车数", BUSES, USES.format(id_="owner"))
    other = pack(tmp_path / "other", "other", "校车数", BUSES.replace("90", "9"))
    first = owner(tmp_path)

    assert codes(read([first, same])) == []
    reading = read([first, other])
    (problem,) = reading.problems
    assert (problem.code, problem.line) == ("own-meaning", 8)
    assert f"{first.as_posix()}/rules.feature:8" in problem.message
    items = reading.catalog.vocabulary.items
    assert [items[each].maximum for each in ("buses", "buses_other")] == [90, 9]
    assert reading.catalog.rules["other/other-rule"].measure == "buses_other"


WRONG = {
    "unknown": ("ownre", "unknown-document", "owner"),
    "itself": ("user", "nothing-to-use", "user"),
    "without items": ("bare", "nothing-to-use", "bare"),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("language", Language)
def test_what_cannot_be_used(wrong: str, language: Language, tmp_path: Path) -> None:
    """One message at the document's name; only one that does not exist keeps the pack from use."""
    id_, code, told = WRONG[wrong]
    bare = pack(tmp_path / "bare", "bare", "校车数", BUSES, USES.format(id_="owner"))
    feature = bare / "rules.feature"
    feature.write_text(
        re.sub(r"    而且 数据项\n.*\n.*\n", "", feature.read_text("utf-8")), "utf-8"
    )
    user = pack(tmp_path / "user", "user", "班车数", TRAINS, USES.format(id_=id_))

    with speaking(language):
        reading = read([owner(tmp_path), bare, user])

    (problem,) = reading.problems
    assert (problem.code, problem.line, problem.column) == (code, 5, 11)
    assert problem.file == f"{user.as_posix()}/rules.feature"
    assert told in f"{problem.message}{problem.hint}"
    assert bool(reading.errors) == (code == "unknown-document")


def test_a_document_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """What rests on it is not told of again."""
    first = owner(tmp_path)
    (first / "document.yaml").write_text("id: owner\ntitle: 某规划\nperiod: 明年\n", "utf-8")
    user = pack(tmp_path / "user", "user", "校车数", TRAINS, USES.format(id_="owner"))

    assert {each.file for each in read([first, user]).problems} == {
        f"{first.as_posix()}/document.yaml"
    }


def test_building_upon_a_pack_comes_to_the_same(tmp_path: Path) -> None:
    """The first folder, read before, shares what it shares when all is read."""
    first = owner(tmp_path)
    for name, used in (("user", USES.format(id_="owner")), ("other", "")):
        user = pack(tmp_path / name, name, "校车数", TRAINS, used)
        whole = read([first, user])
        upon = read([first, user], known=read([first]).catalog)
        assert upon.problems == whole.problems
        assert catalog_text(upon.catalog) == catalog_text(whole.catalog)


def test_a_sentence_more_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept catalog is of the very words of its packs."""
    monkeypatch.setenv("DABIAO_CACHE", str(tmp_path / "kept"))
    first = owner(tmp_path)
    user = pack(tmp_path / "user", "user", "校车数", TRAINS, USES.format(id_="owner"))
    once, again = read_pack([first, user]), read_pack([first, user])
    before = find_files([first, user]).hash()
    feature = user / "rules.feature"
    text = feature.read_text("utf-8").replace(USES.format(id_="owner"), "").replace("校车", "班车")
    feature.write_text(text, "utf-8")

    assert once == again
    assert find_files([first, user]).hash() != before
    assert read_pack([first, user]).hash != once.hash


def test_the_editor_offers_what_a_pack_knows(tmp_path: Path) -> None:
    """Documents that may be used, and the names of one only once it is used."""
    user = pack(tmp_path / "user", "user", "班车数", TRAINS)
    file = (user / "rules.feature").resolve()
    folders = folders_of(user, [owner(tmp_path), user], builtin=False)
    written = file.read_text("utf-8")
    line = "      那么 校"
    for used in ("", USES.format(id_="owner")):
        text = written.replace("    \n", f"    {used}\n", 1)
        catalog = OpenPack(folders, judged).look({file: text.encode()}).catalog_in(file)
        assert catalog is not None
        lines = [*text.splitlines()[:14], line, '      而且 使用"ow']
        names = [each.label for each in offers(lines, 14, len(line), catalog)]
        documents = [each.label for each in offers(lines[:5] + lines[-1:], 5, 14, catalog)]

        assert ("校车数" in names) == bool(used)
        assert "owner" in documents


@pytest.mark.parametrize("language", Language)
def test_a_new_rule_says_whose_items_it_uses(language: Language, tmp_path: Path) -> None:
    """What rules new writes with an item of another pack lints as it stands; of its own, too."""
    user = pack(tmp_path / "user", "user", "班车数", TRAINS)
    folders = [owner(tmp_path), user]
    for norm, said in (("校车数 应不低于 3辆", True), ("班车数 应不低于 3辆", False)):
        outline = Outline("user", "more", "多几辆", "第二章", "学校", "长期执行", norm)
        with speaking(language):
            text = scaffold(outline, read(folders).catalog)
        (user / "more.feature").write_text(text, "utf-8")

        assert ('"owner"' in text) == said
        assert codes(read(folders)) == []
        (user / "more.feature").unlink()
