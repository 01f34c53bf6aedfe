"""Rules that take the place of single others: from when on, and which may."""

from pathlib import Path

import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.intake import read_facts
from dabiao.reports import wording
from dabiao.rules.analysis.conflicts import Relationship, find_conflicts
from dabiao.rules.analysis.governing import governing
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import engines
from tests.rules.packs import DOCUMENT, write_pack
from tests.rules.test_read import judged

RULES = """\
# language: zh-CN
功能: 近视率
  背景:
    假如 依据文件"plan"

  @old
  规则: 旧的一条
    背景:
      假如 出处"甲"
      而且 考核对象是"盟市"
      而且 长期执行{old}
      那么 近视率 应不高于 50%
    场景: 先前
      假如 某盟市的 近视率 是 50
      当 在2023年考核
      那么 结论是"达标"

  @new
  规则: 新的一条
    背景:
      假如 出处"乙"
      而且 考核对象是"盟市"
      而且 自2024年起{new}
      那么 近视率 应不高于 40%
    场景: 界线
      假如 某盟市的 近视率 是 40
      当 在2024年考核
      那么 结论是"达标"
"""
FROM_2024 = '\n      而且 取代"plan/old"自2024年起'


def reading(folder: Path, old: str = "", new: str = FROM_2024) -> PackReading:
    """Read two rules."""
    return read([write_pack(folder, rules=RULES.format(old=old, new=new))])


@engines
@pytest.mark.parametrize(
    ("year", "old"), [(2023, Outcome.VIOLATION), (2024, Outcome.NOT_APPLICABLE)]
)
def test_one_applies_at_a_time(
    year: int, old: Outcome, engine: EngineChoice, tmp_path: Path
) -> None:
    """Until the newer one takes its place, the older is judged as ever."""
    catalog = reading(tmp_path / "pack").catalog
    (tmp_path / "盟市.csv").write_text(f"代码,年份,近视率\n150600,{year},70\n", "utf-8")
    facts = read_facts([tmp_path / "盟市.csv"], catalog.vocabulary.items, catalog.places)

    found = {
        each.rule: each for each in judge(catalog, facts, as_of=year, engine=engine).findings()
    }

    assert found["plan/old"].outcome is old
    if old is Outcome.NOT_APPLICABLE:
        assert "自2024年起由“新的一条”（plan/new）取代" in wording.reason(found["plan/old"])
        with speaking(Language.EN):
            told = wording.reason(found["plan/old"])
        assert "(plan/new) takes its place from 2024 on" in told


def test_it_is_told_as_superseded_and_governs_nothing(tmp_path: Path) -> None:
    """The pair is listed, the record says by which rule and from when, and the proofs hold."""
    both = reading(tmp_path)

    (found,) = find_conflicts(both.catalog)
    assert (found.relationship, found.first.id, found.years) == (
        Relationship.SUPERSEDED,
        "plan/new",
        (2024, 2025),
    )
    assert governing(find_conflicts(both.catalog), both.catalog) == {}
    record = both.catalog.rules["plan/old"].record()
    assert (record.superseded_by, record.superseded_from) == ("plan/new", 2024)
    assert all(each.passed for each in prove(both.proofs, both.catalog, judged))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", '\n      而且 取代"plan/new"自2024年起', "circular-rule"),
        ('\n      而且 取代"plan/new"自2024年起', FROM_2024, "circular-rule"),
        ("", '\n      而且 取代"plan/nobody"自2024年起', "unknown-rule"),
    ],
    ids=["itself", "each other", "nobody"],
)
def test_what_cannot_be(old: str, new: str, code: str, tmp_path: Path) -> None:
    """It is refused at the rule, whose place nobody takes then."""
    found = reading(tmp_path, old, new)

    assert {each.code for each in found.errors} == {code}
    assert found.catalog.rules["plan/old"].replaced_by == ()


@pytest.mark.parametrize(("area", "expected"), [("东胜区", ["supersedes-elsewhere"]), (None, [])])
def test_it_binds_all_whom_the_other_binds(
    area: str | None, expected: list[str], tmp_path: Path
) -> None:
    """A rule for one county can't take the place of one for all of them."""
    new = f'\n      而且 适用地区"{area}"{FROM_2024}' if area else FROM_2024
    text = RULES.format(old="", new=new).replace("盟市", "旗县").replace("近视率", "教育支出")
    text = text.replace("50%", "50万元").replace("40%", "40万元")

    found = read([write_pack(tmp_path, rules=text)])

    assert [each.code for each in found.errors] == expected


def test_a_rule_of_another_pack_leaves_the_proofs_of_the_first_alone(tmp_path: Path) -> None:
    """A later pack's rule takes the place of an earlier one's in checks, not in its proofs."""
    first = write_pack(tmp_path / "first", rules=RULES.format(old="", new=""))
    second = tmp_path / "second"
    second.mkdir()
    (second / "document.yaml").write_text(DOCUMENT.replace("id: plan", "id: later"), "utf-8")
    text = RULES.format(old="", new="").replace('"plan"', '"later"')
    text = text.replace("长期执行", '长期执行\n      而且 取代"plan/old"自2022年起', 1)
    text = text.replace('"later"', '"later"\n    而且 使用"plan"的数据项', 1)
    (second / "rules.feature").write_text(text, "utf-8")

    both = read([first, second])

    assert both.errors == []
    assert [each.rule for each in both.catalog.rules["plan/old"].replaced_by] == ["later/old"]
    assert all(each.passed for each in prove(both.proofs, both.catalog, judged))
