"""Documents that take the place of others: from when on, and which may."""

from pathlib import Path

import pytest

from dabiao.engine.explain import explain
from dabiao.engine.findings.reasons import ended
from dabiao.engine.judge import EngineChoice, judge
from dabiao.intake import read_facts
from dabiao.reports import wording
from dabiao.rules.analysis.conflicts import Relationship, find_conflicts
from dabiao.rules.analysis.data_needs import needs
from dabiao.rules.analysis.governing import governing
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.prove import prove
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import engines
from tests.rules.packs import PLACES, WORDS
from tests.rules.test_read import judged

RULE = """\
# language: zh-CN
功能: 近视率
  背景:
    假如 依据文件"{id}"

  @myopia
  规则: 近视率不高于{most}%
    背景:
      假如 出处"一"
      而且 考核对象是"盟市"
      而且 长期执行
      那么 近视率 应不高于 {most}%
    场景大纲: 界线
      假如 某盟市的 近视率 是 <率>
      当 在{year}年考核
      那么 结论是"<结论>"
      例子:
        | 率  | 结论   |
        | {most}  | 达标   |
        | 99  | 未达标 |
"""


def document(id_: str, first: int, **more: str) -> str:
    """Describe a document, in force from a year on."""
    told = {"jurisdiction": '"150600"', "period": f"{{from: {first}, to: 2030}}"} | more
    return "\n".join([f"id: {id_}", f"title: 规划{id_}", *(f"{k}: {v}" for k, v in told.items())])


def pack(folder: Path, **documents: str) -> Path:
    """Write a pack of documents, each with one rule; ``most`` falls from one to the next."""
    folder.mkdir(parents=True)
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "words.feature").write_text(WORDS, "utf-8")
    for at, (id_, text) in enumerate(documents.items()):
        (folder / id_).mkdir()
        (folder / id_ / "document.yaml").write_text(text, "utf-8")
        first = int(text.partition("from: ")[2][:4])
        rule = RULE.format(id=id_, most=60 - 10 * at, year=first)
        (folder / id_ / "rules.feature").write_text(rule, "utf-8")
    return folder


@pytest.fixture
def reading(tmp_path: Path) -> PackReading:
    """Read an old plan, a new one from 2024 on, and a newer one from 2026 on."""
    folder = pack(
        tmp_path / "pack",
        old=document("old", 2021),
        new=document("new", 2024, supersedes="[old]"),
        newer=document("newer", 2026, supersedes="[new]"),
    )
    found = read([folder])
    assert [str(each) for each in found.problems] == []
    return found


def facts(folder: Path, reading: PackReading, rate: float = 70) -> Facts:
    """Submit one figure for each of some years."""
    rows = "".join(f"150600,鄂尔多斯市,{year},{rate}\n" for year in range(2022, 2028))
    (folder / "盟市.csv").write_text("代码,名称,年份,近视率\n" + rows, "utf-8")
    catalog = reading.catalog
    return read_facts([folder / "盟市.csv"], catalog.vocabulary.items, catalog.places)


@engines
@pytest.mark.parametrize(
    ("year", "applies"),
    [(2022, ["old"]), (2023, ["old"]), (2024, ["new"]), (2025, ["new"]), (2026, ["newer"])],
)
def test_one_document_governs_at_a_time(
    year: int, applies: list[str], engine: EngineChoice, reading: PackReading, tmp_path: Path
) -> None:
    """Until the newer one starts the older is judged as ever; then it applies to nobody."""
    judgement = judge(reading.catalog, facts(tmp_path, reading), as_of=year, engine=engine)
    found = {each.rule.partition("/")[0]: each.outcome for each in judgement.findings()}

    started = {"old": 2021, "new": 2024, "newer": 2026}
    expected = {
        id_: Outcome.VIOLATION if id_ in applies else Outcome.NOT_APPLICABLE for id_ in started
    }
    assert found == expected


@pytest.mark.parametrize(
    ("year", "zh", "en"),
    [
        (2024, "本文件自2024年起由《规划new》（new）取代。", "from 2024 on."),
        (
            2026,
            "本文件自2024年起由《规划new》（new）取代，后者自2026年起由《规划newer》（newer）取代。",
            "which is superseded by 规划newer (newer) from 2026 on.",
        ),
    ],
)
def test_the_reason_names_who_governs(
    year: int, zh: str, en: str, reading: PackReading, tmp_path: Path
) -> None:
    """Which document it is, and from when on, is told in the finding and in its explanation."""
    submitted = facts(tmp_path, reading)
    for language, told in ((Language.ZH, zh), (Language.EN, en)):
        with speaking(language):
            judgement = judge(reading.catalog, submitted, as_of=year)
            (finding,) = judgement.findings(rule="old/myopia")
            assert wording.reason(finding).endswith(told)
            explained = explain(judgement, "old/myopia", "150600", year)
            assert told.rstrip("。.") in wording.timing(explained)


@pytest.mark.parametrize(
    ("year", "documents"),
    [(2023, []), (2024, ["old"]), (2026, ["new", "old"])],
    ids=["before", "one", "two"],
)
def test_a_check_says_which_documents_have_ended(
    year: int, documents: list[str], reading: PackReading
) -> None:
    """So that nobody takes rules that no longer apply for rules that are kept."""
    told = [wording.not_applying(*each) for each in ended(reading.catalog, year)]

    assert [line.partition(" ")[0] for line in told] == documents
    assert all("1 条规则不适用：本文件自" in line for line in told)


def test_a_record_says_by_whom_and_from_when(reading: PackReading) -> None:
    """A rule as data tells what has taken its place; the newest is not superseded."""
    records = {id_: rule.record() for id_, rule in reading.catalog.rules.items()}

    assert (records["old/myopia"].superseded_by, records["old/myopia"].superseded_from) == (
        "new",
        2024,
    )
    assert records["newer/myopia"].superseded_by is None


def test_nothing_is_asked_for_what_no_longer_applies(reading: PackReading) -> None:
    """A form has no column for a rule whose document is superseded in that year."""
    rules = [reading.catalog.rules["old/myopia"]]

    assert needs(rules, reading.catalog, 2023)
    assert not needs(rules, reading.catalog, 2024)


def test_what_is_superseded_is_listed_but_governed_by_nothing(reading: PackReading) -> None:
    """The pairs are still told; no year remains in which both have to hold."""
    found = {(each.first.id, each.second.id): each for each in find_conflicts(reading.catalog)}

    assert {each.relationship for each in found.values()} == {Relationship.SUPERSEDED}
    assert found["new/myopia", "old/myopia"].years == (2024, 2025)
    assert found["newer/myopia", "new/myopia"].years == (2026, 2030)
    assert governing(find_conflicts(reading.catalog), reading.catalog) == {}


def test_the_first_of_several_takes_its_place(tmp_path: Path) -> None:
    """Whichever starts first does, however they are named."""
    folder = pack(
        tmp_path / "pack",
        old=document("old", 2021),
        late=document("late", 2025, supersedes="[old]"),
        soon=document("soon", 2023, supersedes="[old]"),
    )

    rule = read([folder]).catalog.rules["old/myopia"]

    assert [each.id for each in rule.superseded_by] == ["soon"]


REFUSED = {
    "itself": ({"one": document("one", 2021, supersedes="[one]")}, "circular-document"),
    "each other": (
        {
            "one": document("one", 2021, supersedes="[two]"),
            "two": document("two", 2024, supersedes="[one]"),
        },
        "circular-document",
    ),
    "each other in both ways": (
        {
            "one": document("one", 2021, supersedes="[two]", under="[two]"),
            "two": document("two", 2024, supersedes="[one]", under="[one]"),
        },
        "circular-document",
    ),
    "round": (
        {
            "one": document("one", 2021, supersedes="[three]"),
            "two": document("two", 2024, supersedes="[one]"),
            "three": document("three", 2025, supersedes="[two]"),
        },
        "circular-document",
    ),
    "under itself": ({"one": document("one", 2021, under="[one]")}, "circular-document"),
    "unknown": ({"one": document("one", 2021, supersedes="[nobody]")}, "unknown-document"),
    "a part of its places": (
        {
            "one": document("one", 2021),
            "two": document("two", 2024, supersedes="[one]", jurisdiction='"150602"'),
        },
        "supersedes-elsewhere",
    ),
    "a part of all places": (
        {
            "one": document("one", 2021, jurisdiction="null"),
            "two": document("two", 2024, supersedes="[one]"),
        },
        "supersedes-elsewhere",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be(name: str, tmp_path: Path) -> None:
    """One message, at the line where it is said, and none for what follows from it."""
    documents, code = REFUSED[name]

    (problem,) = read([pack(tmp_path / "pack", **documents)]).errors

    assert problem.code == code
    file = Path(problem.file or "")
    said = file.read_text("utf-8").splitlines()[(problem.line or 0) - 1]
    assert said.startswith(("supersedes", "under"))


def test_two_circles_are_two_mistakes(tmp_path: Path) -> None:
    """Each is told once."""
    folder = pack(
        tmp_path / "pack",
        one=document("one", 2021, supersedes="[two]"),
        two=document("two", 2024, supersedes="[one]"),
        three=document("three", 2025, supersedes="[three]"),
    )

    assert [each.code for each in read([folder]).errors] == ["circular-document"] * 2


def test_a_wider_place_covers_a_narrower_one(tmp_path: Path) -> None:
    """The plan of a prefecture, or one for every place, may take the place of a county's."""
    for at, jurisdiction in enumerate(('"150602"', '"150600"', "null")):
        folder = pack(
            tmp_path / str(at),
            one=document("one", 2021, jurisdiction='"150602"').replace("盟市", "旗县"),
            two=document("two", 2024, supersedes="[one]", jurisdiction=jurisdiction),
        )
        assert read([folder]).errors == []


def test_the_proofs_of_a_pack_hold_whatever_is_read_beside_it(tmp_path: Path) -> None:
    """A later pack's document takes the place of an earlier one's in checks, not in its proofs."""
    first = pack(tmp_path / "first", old=document("old", 2025))
    second = pack(tmp_path / "second", new=document("new", 2025, supersedes="[old]"))
    for name in ("words.feature", "places.csv"):
        (second / name).unlink()

    both = read([first, second])

    assert [str(each) for each in both.problems] == []
    assert all(each.passed for each in prove(both.proofs, both.catalog, judged))
    (finding,) = judge(both.catalog, facts(tmp_path, both), as_of=2025).findings(rule="old/myopia")
    assert finding.outcome is Outcome.NOT_APPLICABLE
