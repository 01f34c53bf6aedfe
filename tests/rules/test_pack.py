"""Packs: read from features, or as they were kept; and how a rule is begun."""

from pathlib import Path

import pytest

from dabiao.rules.packs.cache import cache_folder
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutate import Fate, mutate
from dabiao.rules.proofs.prove import prove
from dabiao.rules.writing.scaffold import Outline, outlined, scaffold
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import InputError
from tests.rules.packs import RULES, write_pack
from tests.rules.test_read import judged


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep away from the user's own folder."""
    monkeypatch.setenv("DABIAO_CACHE", str(tmp_path / "cache"))


def test_a_kept_pack_is_the_same(tmp_path: Path) -> None:
    """The second time, the very same rules come from the cache."""
    folder = write_pack(tmp_path / "pack", rules=RULES)

    first, second = read_pack([folder]), read_pack([folder])

    assert list((tmp_path / "cache").glob("*.catalog"))
    assert first == second


def test_a_changed_pack_is_read_again(tmp_path: Path) -> None:
    """One character in one feature is enough."""
    folder = write_pack(tmp_path / "pack", rules=RULES)
    read_pack([folder])

    write_pack(folder, rules=RULES.replace("应不高于 45人", "应不高于 44人"))

    assert read_pack([folder]).rules["plan/primary-class-size"].norm_record.threshold == 44.0


@pytest.mark.parametrize("content", [b"", b"not a catalog", b"\x80\x05K\x01."])
def test_a_spoilt_cache_does_no_harm(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in the folder, the features can be read instead."""
    folder = write_pack(tmp_path / "pack", rules=RULES)
    whole = read_pack([folder])
    for kept in (tmp_path / "cache").glob("*.catalog"):
        kept.write_bytes(content)

    assert read_pack([folder]) == whole


def test_the_cache_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is written."""
    monkeypatch.setenv("DABIAO_CACHE", "off")

    read_pack([write_pack(tmp_path / "pack", rules=RULES)])

    assert cache_folder() is None
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("到2024年底", "by the end of 2024"),
        ("2023年内", "within 2023"),
        ("自2022年起", "from 2022"),
        ("自2022年至2024年每年", "every year from 2022 to 2024"),
        ("长期执行", "at all times"),
    ],
)
def test_a_new_rule_is_proved_from_the_start(
    zh: str, en: str, language: Language, tmp_path: Path
) -> None:
    """What rules new writes lints and passes as it stands, and finds every small change."""
    chinese = language is Language.ZH
    outline = Outline(
        document="plan",
        slug="fewer-pupils",
        title="每班不超过40人",
        place="第三章",
        level="班级" if chinese else "class",
        timing=zh if chinese else en,
        norm="班级人数 应不高于 40人" if chinese else "class_size should be at most 40",
    )
    folder = write_pack(tmp_path / "pack", rules=RULES)
    with speaking(language):
        text = scaffold(outline, read([folder]).catalog)
    write_pack(folder, rules=RULES, new=text)

    reading = read([folder])

    assert reading.errors == []
    chosen = {"plan/fewer-pupils"}
    assert all(each.passed for each in prove(reading.proofs, reading.catalog, judged, rules=chosen))
    fates = [each.fate for each in mutate(reading, judged, rules=chosen)]
    assert set(fates) == {Fate.KILLED}


def test_a_new_rule_about_nothing_known(tmp_path: Path) -> None:
    """What cannot be understood is said at once, not written into a file."""
    outline = Outline("plan", "x", "x", "x", "班级", "到2025年底", "班级人教 应不高于 40人")

    with pytest.raises(InputError) as caught:
        scaffold(outline, read([write_pack(tmp_path / "pack", rules=RULES)]).catalog)

    assert [problem.code for problem in caught.value.problems] == ["unknown-name"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2024年，近视率降至50%以下。", ("盟市", "到2024年底", "近视率 应不高于 50%", False)),
        ("力争近视率控制在50.5％以内", ("盟市", "到2025年底", "近视率 应不高于 50.5%", True)),
        ("各旗县教育支出只增不减", ("旗县", "长期执行", "教育支出 应只增不减", False)),
        ("2023年内每所学校有校医", ("学校", "2023年内", '有校医 应为"是"', False)),
        ("每年交流比例超过10%", ("旗县", "长期执行", "交流比例 应高于 10%", False)),
    ],
)
def test_a_sentence_of_a_plan_becomes_an_outline(
    sentence: str, expected: tuple[str, str, str, bool], tmp_path: Path
) -> None:
    """Measure, level, time and bound are taken from the plan's own words."""
    catalog = read([write_pack(tmp_path / "pack", rules=RULES)]).catalog
    empty = Outline("plan", "new-rule", "", "第一章", "", "", "")

    told = outlined(empty, sentence, catalog)

    assert (told.level, told.timing, told.norm, told.aspiration) == expected
    assert scaffold(told, catalog)


def test_a_sentence_that_demands_nothing(tmp_path: Path) -> None:
    """A direction without a measure is not made into a rule."""
    catalog = read([write_pack(tmp_path / "pack", rules=RULES)]).catalog
    empty = Outline("plan", "new-rule", "", "第一章", "", "", "")

    with pytest.raises(InputError) as caught:
        outlined(empty, "加强组织领导", catalog)

    assert [problem.code for problem in caught.value.problems] == ["no-norm"]
