"""The editor service, behind the protocol: what is read again, offered, told and led to."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from dabiao.rules.editor import open_pack
from dabiao.rules.editor.completion import Offer, OfferKind, offers
from dabiao.rules.editor.definition import defined_at
from dabiao.rules.editor.hover import told_of
from dabiao.rules.editor.lenses import beside, lenses
from dabiao.rules.editor.open_pack import OpenPack, PackView, folder_of, folders_of
from dabiao.rules.editor.things import ThingKind, thing_at
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.feature_drafts import draft_feature
from dabiao.rules.packs.read import read
from dabiao.schemas.language import Language, speaking
from tests.rules.packs import RULES, write_pack
from tests.rules.test_read import judged

CHECKS = """\
# language: zh-CN
功能: 核对
  背景:
    假如 核对关系
      | 名称 | 标识 | 层级 | 关系 |
      | 班额 | size | 班级 | 班级人数 ≤ 60人 |
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a small pack."""
    return write_pack(tmp_path, rules=RULES, checks=CHECKS)


def opened(pack: Path, **typed: str) -> PackView:
    """Look at a pack of which files are open that say something else than was saved."""
    unsaved = {(pack / f"{name}.feature").resolve(): text.encode() for name, text in typed.items()}
    return OpenPack([pack], judged).look(unsaved)


def found(pack: Path, text: str, **typed: str) -> tuple[ThingKind, str] | None:
    """Find what the first place of a text in the rules stands for."""
    view = opened(pack, **typed)
    lines = typed.get("rules", RULES).splitlines()
    row = next(at for at, line in enumerate(lines) if text in line)
    assert view.catalog is not None
    thing = thing_at(lines, row, lines[row].index(text) + 1, view.catalog)
    return None if thing is None else (thing.kind, thing.key)


def offered(pack: Path, line: str, after: str = "考核对象是") -> list[Offer]:
    """List what is offered at the end of a line that stands below another in the rules."""
    view = opened(pack)
    lines = RULES.splitlines()
    row = next(at for at, each in enumerate(lines) if after in each) + 1
    lines.insert(row, line)
    assert view.catalog is not None
    return offers(lines, row, len(line), view.catalog)


def labels(found: list[Offer]) -> list[str]:
    """Give what is shown."""
    return [each.label for each in found]


@pytest.fixture
def parse(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Count the features that are parsed."""
    counting = Mock(wraps=draft_feature)
    monkeypatch.setattr(open_pack, "draft_feature", counting)
    return counting


def test_only_what_was_changed_is_read_again(pack: Path, parse: Mock) -> None:
    """Of a pack of three files, the one that is typed in is parsed again, and no other."""
    desk = OpenPack([pack], judged)
    rules = (pack / "rules.feature").resolve()

    desk.look({rules: RULES.encode()})
    assert parse.call_count == 3
    desk.look({rules: RULES.replace("45人", "44人").encode()})
    assert parse.call_count == 4
    desk.look({rules: RULES.replace("45人", "44人").encode()})
    assert parse.call_count == 4


def test_nothing_built_in_is_read_for_a_pack_of_one_s_own(pack: Path, parse: Mock) -> None:
    """The built-in packs are built upon as they were kept."""
    for file in pack.glob("*.feature"):
        file.unlink()
    (pack / "own.feature").write_text("# language: zh-CN\n功能: 自己的\n", "utf-8")
    desk = OpenPack([built_in(), pack], judged)

    view = desk.look({})

    assert parse.call_count == 1
    assert view.catalog is not None
    assert "ordos-145" in view.catalog.documents


def test_problems_are_those_of_lint(pack: Path) -> None:
    """In the same words, of what is typed and not of what was saved."""
    typed = RULES.replace("应不高于 45人", "应不高于 45所")

    told = opened(pack, rules=typed).problems

    (pack / "rules.feature").write_text(typed, "utf-8")
    assert told == read([pack]).problems
    assert told


def test_a_file_that_was_never_saved_is_read(pack: Path) -> None:
    """What exists in the editor only is a part of the pack."""
    text = "# language: zh-CN\n功能: 新的\n  背景:\n    假如 数据项\n"

    problems = opened(pack, new=text).problems

    assert [Path(each.file or "").name for each in problems] == ["new.feature"]


@pytest.mark.parametrize("language", Language)
def test_no_half_typed_file_breaks_anything(pack: Path, language: Language) -> None:
    """Wherever one stops typing, there is a view, and something may be asked at each place."""
    for end in range(0, len(RULES), 97):
        typed = RULES[:end]
        with speaking(language):
            view = opened(pack, rules=typed)
            lines = [*typed.splitlines(), ""]
            assert view.catalog is not None
            for row in (len(lines) - 1, len(lines) // 2):
                offers(lines, row, len(lines[row]), view.catalog)
                thing_at(lines, row, len(lines[row]), view.catalog)
    for broken in (
        "\x00",
        "| | |",
        "功能",
        "@@@\n规则:",
        "“" * 99,
        "\ud83d".encode("utf-8", "replace").decode(),
    ):
        assert opened(pack, rules=broken).files


@pytest.mark.parametrize(
    ("line", "offer"),
    [
        ('      而且 考核对象是"', "旗县"),
        ('      而且 考核对象是"学', "学校"),
        ("      那么 ", "数据项 应高于 数和单位"),
        ("      那么 班", "班级人数"),
        ("      那么 班级人数 应", "应高于 数和单位"),
        ("      那么 班级人数 应不", "应不低于 数和单位"),
        ("      那么 班级人数 应不超", "应不超过 数和单位"),
        ("      那么 班级人数 应不高于 45", "人"),
        ("      而且 仅限 学", "学段"),
        ('      而且 仅限 学段 = "', "初中"),
        ("      而且 仅限 教师数 > 上", "上年(项)"),
        ('      而且 适用地区"', "东胜区"),
        ('      假如 依据文件"', "plan"),
        ("      而且 到", "2025"),
        ('      那么 所有"学校"应符合"', "@标准"),
        ('      而且 与"', "plan/primary-class-size"),
        ('      那么 有校医 应为"', "是"),
    ],
)
def test_what_may_be_typed_next(line: str, offer: str, pack: Path) -> None:
    """Sentences, levels, items, units, texts, places, years, tags and rules, where each fits."""
    assert offer in labels(offered(pack, line))


def test_sentences_of_a_scenario_are_offered_in_it(pack: Path) -> None:
    """What is submitted and expected belongs into a scenario, what is demanded does not."""
    inside = labels(offered(pack, "      而且 ", after="假如 某"))
    above = labels(offered(pack, "      而且 "))

    assert any("为空" in each for each in inside)
    assert not any(each.startswith("出处") for each in inside)
    assert any(each.startswith("出处") for each in above)


def test_an_offer_takes_the_place_of_what_is_typed(pack: Path) -> None:
    """It stands for what is there of it, and leads through what is to be filled in."""
    line = "      那么 班级人数 应高"
    offer = next(each for each in offered(pack, line) if each.kind is OfferKind.SENTENCE)

    assert line[: offer.start] + offer.insert == "      那么 班级人数 应高于 ${1:数和单位}"


@pytest.mark.parametrize(
    ("head", "cell", "offer"),
    [
        ("| 名称 | 层级 |", "| 人数 | 学", "学校"),
        ("| 名称 | 单位 |", "| 人数 | ", "人"),
        ("| 名称 | 类型 |", "| 人数 | ", "整数"),
        ("| 名称 | 公式 |", "| 比例 | 比", "比例(部分, 总体)"),
        ("| 年 | 结论 |", "| 2025 | ", "未达标"),
        ("| 学段 |", "| ", "小学"),
    ],
)
def test_what_may_stand_in_a_cell(head: str, cell: str, offer: str, pack: Path) -> None:
    """The heading of a column tells what its cells hold."""
    view = opened(pack)
    assert view.catalog is not None

    assert offer in labels(offers([head, cell], 1, len(cell), view.catalog))


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("班级人数 应不高于", ThingKind.MEASURE, "class_size"),
        ("plan", ThingKind.DOCUMENT, "plan"),
        ("@primary-class-size", ThingKind.RULE, "plan/primary-class-size"),
        ("考核对象是", ThingKind.SENTENCE, "definition/subjects"),
    ],
)
def test_what_a_word_stands_for(text: str, kind: ThingKind, key: str, pack: Path) -> None:
    """The innermost name around a place counts; where there is none, the sentence does."""
    assert found(pack, text) == (kind, key)


def test_a_function_and_a_place(pack: Path) -> None:
    """Functions and places are known by their names too."""
    typed = RULES.replace("应不高于 45人", "应不高于 上年(班级人数)").replace(
        '出处"', '适用地区"东胜区"\n      而且 出处"', 1
    )

    assert found(pack, "上年(", rules=typed) == (ThingKind.FUNCTION, "previous")
    assert found(pack, "东胜区", rules=typed) == (ThingKind.PLACE, "150602")


def test_a_measure_is_told_with_its_definition_and_its_use(pack: Path) -> None:
    """Unit, levels, range, formula, and the rules and indicators that look at it."""
    view = opened(pack)
    assert view.catalog is not None
    line = "      | 交流比例 |"
    told = [
        told_of(thing, view.catalog)
        for text in ("班级人数", line)
        if (thing := thing_at([text], 0, len(text) - 3, view.catalog)) is not None
    ]

    assert "单位 人" in told[0]
    assert "plan/primary-class-size" in told[0]
    assert "`比例(交流教师数, 教师数)`" in told[1]


@pytest.mark.parametrize(
    ("text", "file", "line"),
    [
        ("班级人数 应不高于", "words.feature", "| 班级人数 |"),
        ("plan", "document.yaml", "id: plan"),
        ("@primary-class-size", "rules.feature", "规则: 小学每班不超过45人"),
    ],
)
def test_where_something_is_defined(text: str, file: str, line: str, pack: Path) -> None:
    """A measure in its table, a document in its file, a rule at its heading."""
    view = opened(pack)
    lines = RULES.splitlines()
    row = next(at for at, each in enumerate(lines) if text in each)
    assert view.catalog is not None
    thing = thing_at(lines, row, lines[row].index(text) + 1, view.catalog)
    assert thing is not None

    spot = defined_at(thing, view)

    assert spot is not None
    assert spot.path.name == file
    assert line in spot.path.read_text("utf-8").splitlines()[spot.line - 1]


def test_verdicts_stand_beside_the_scenarios(pack: Path) -> None:
    """Of the files that are open, as they stand in the editor."""
    typed = RULES.replace("应不高于 45人", "应不高于 44人")
    view = opened(pack, rules=typed)
    (name,) = view.verdicts
    told = list(lenses(view.verdicts[name], typed.splitlines()))

    assert any(each.text.startswith("✗") for each in told)
    assert any(each.text.startswith("✓") for each in told)
    assert all("场景" in typed.splitlines()[each.line - 1] for each in told)
    assert {each.text for each in beside(view.verdicts[name])} == {"✓", "✗ 不符"}


def test_the_pack_of_a_file(tmp_path: Path) -> None:
    """The highest folder inside the workspace that has something of a pack, without a gap."""
    whole = tmp_path / "规则"
    (whole / "甲").mkdir(parents=True)
    (whole / "乙").mkdir()
    (whole / "places.csv").write_text("代码,名称,层级,上级代码\n", "utf-8")

    assert folder_of(whole / "甲" / "a.feature", [tmp_path]) == whole
    assert folder_of(whole / "甲" / "a.feature", [whole / "甲"]) == whole / "甲"
    assert folder_of(tmp_path / "b.feature", []) == tmp_path
    assert folders_of(built_in().resolve(), builtin=True) == [built_in()]
    assert folders_of(whole, builtin=True) == [built_in(), whole]
    assert folders_of(whole, builtin=False) == [whole]
    assert folders_of(whole, [tmp_path / "other", whole], builtin=False) == [
        tmp_path / "other",
        whole,
    ]
