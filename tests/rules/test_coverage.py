"""Coverage: rules, the past and the ledger decide on the clauses of a text."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.coverage import (
    ClauseStatus,
    Decision,
    Ledger,
    coverage,
    headings,
    ledger_path,
    read_ledger,
    rows,
    summary,
    with_open,
    write_ledger,
)
from dabiao.rules.coverage.ledger import check_rules
from dabiao.rules.coverage.places import Agreement, agreement, read_place
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import read
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import InputError, Severity
from tests.rules.packs import RULES, write_pack

PLAN = """\
某市教育发展规划

第一章 发展成就
新建学校12所，近视率降到58%。

第三章 主要任务
到2025年，小学每班不超过45人。优化布局，提高质量。
班额之外，每所学校至少配备2名校医。

第四章 保障措施
每年交流教师比例不低于10%。
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Give the small pack that tests share."""
    return read([write_pack(tmp_path / "pack", rules=RULES)]).catalog


@pytest.mark.parametrize(
    ("rule", "clause", "agreed"),
    [
        ("第三章第一节二，第2段", "第三章第一节二、第2段第4句", Agreement.SAME),
        ("第三章第一节二，第2段", "第三章第一节二、第1段第1句", Agreement.NEAR),
        ("第三章第一节，专栏8（1）", "第三章第一节二、专栏8（1）第1句", Agreement.SAME),
        ("第三章第一节，专栏8（1）", "第三章第一节二、专栏8（2）第1句", Agreement.NONE),
        ("第三章第一节二", "第三章第一节二、专栏8（2）第1句", Agreement.NONE),
        ("正文二（五）28", "二（五）28第3句", Agreement.SAME),
        ("附件任务清单第6项", "附件表“任务清单”第6项第1句", Agreement.SAME),
        ("附件任务清单第6项", "二（一）6第1句", Agreement.NONE),
        ("第18条", "五、18第4句", Agreement.SAME),
        ("三（七）", "三（七）第1段第6句", Agreement.NEAR),
    ],
)
def test_places_are_compared(rule: str, clause: str, agreed: Agreement) -> None:
    """A place in a feature fits that of a clause as far as both speak of the same parts."""
    assert agreement(read_place(rule), read_place(clause)) is agreed


def test_clauses_are_covered_past_or_open(catalog: Catalog) -> None:
    """Numbers, words and places cover; the past explains itself; the rest is open."""
    found = coverage(PLAN, "plan", catalog, Ledger())

    assert [(each.status, each.rules) for each in found.assessed] == [
        (ClauseStatus.ACHIEVEMENT, ()),
        (ClauseStatus.COVERED, ("plan/primary-class-size",)),
        (ClauseStatus.OPEN, ()),
        (ClauseStatus.COVERED, ("plan/rotation",)),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "第三章 主要任务\n到2025年，小学每班不超过50人。",
        "第三章 主要任务\n到2027年，小学每班不超过45人。",
        "第三章 主要任务\n到2025年，小学每班不超过45人，每班配备2名教师。",
        "第四章 保障措施\n每年新建10%的食堂。",
    ],
    ids=["other number", "other year", "a number more", "other words"],
)
def test_nothing_is_waved_through(catalog: Catalog, text: str) -> None:
    """One quantity that no rule accounts for keeps a clause open."""
    (found,) = coverage(text, "plan", catalog, Ledger()).assessed

    assert found.status is ClauseStatus.OPEN


def test_an_open_clause_suggests_rules(catalog: Catalog) -> None:
    """The rules that come closest are named, the closest first."""
    text = "第三章 主要任务\n小学每班不超过50人。"
    (found,) = coverage(text, "plan", catalog, Ledger()).assessed

    assert found.suggestions[0] == "plan/primary-class-size"


def test_a_new_document_is_shown_how_others_said_it(catalog: Catalog) -> None:
    """Without rules of its own everything is open, with rules of other documents to look at."""
    found = coverage(PLAN, "new-plan", catalog, Ledger())

    assert found.counts[ClauseStatus.COVERED] == 0
    assert found.assessed[1].suggestions[0] == "plan/primary-class-size"


def test_a_baseline_belongs_to_the_rule_of_its_row(tmp_path: Path) -> None:
    """The figure of 2020 is covered where the rule begins with it, and open where it does not."""
    table_rule = (
        RULES.replace('出处"专栏6"', '出处"主要指标表，近视率"')
        .replace("自2021年起", "到2025年底")
        .replace("近视率 应年均下降不少于 0.5个百分点", "近视率 应不高于 55%")
        .replace("      而且 属于力争目标\n", "")
    )
    catalog = read([write_pack(tmp_path, rules=table_rule)]).catalog
    table = "主要指标表\n指标\t2020年\t2025年\n近视率（%）\t{}\t55"

    same = coverage(table.format(58), "plan", catalog, Ledger()).assessed
    assert [each.rules for each in same] == [("plan/myopia",), ("plan/myopia",)]
    other = coverage(table.format(57), "plan", catalog, Ledger()).assessed
    assert [each.status for each in other] == [ClauseStatus.OPEN, ClauseStatus.COVERED]


def test_the_ledger_decides(tmp_path: Path, catalog: Catalog) -> None:
    """A decision counts over what the program finds, and is read back as it was written."""
    found = coverage(PLAN, "plan", catalog, Ledger())
    doctor = found.open[0].clause
    path = tmp_path / "ledger.csv"
    line = Decision(
        doctor.fingerprint, doctor.place, ClauseStatus.COVERED, ("all-classes",), "同一件事"
    )
    write_ledger(path, Ledger({doctor.fingerprint: line}))

    again = coverage(PLAN, "plan", catalog, read_ledger(path))
    decided = again.assessed[2]
    assert (decided.status, decided.rules) == (ClauseStatus.COVERED, ("plan/all-classes",))
    assert decided.reason == "同一件事"
    assert again.open == ()
    assert again.problems == ()
    assert "校医" not in path.read_text("utf-8")


def test_a_ledger_is_started_with_what_is_open(tmp_path: Path, catalog: Catalog) -> None:
    """A writer gets a line per open clause to fill in; left empty it decides nothing."""
    found = coverage(PLAN, "plan", catalog, Ledger())
    path = tmp_path / "ledger.csv"
    write_ledger(path, with_open(Ledger(), found))

    ledger = read_ledger(path)
    assert [each.status for each in ledger] == [ClauseStatus.OPEN]
    assert ledger.problems == ()
    assert len(coverage(PLAN, "plan", catalog, ledger).open) == 1


def test_what_is_wrong_with_a_ledger_is_told_at_once(tmp_path: Path, catalog: Catalog) -> None:
    """Each with its line; a line that is wrong decides nothing."""
    path = tmp_path / "ledger.csv"
    path.write_text(
        "fingerprint,place,status,rules,reason\n"
        "0123456789ab,一,coverd,rotation,\n"
        "0123456789ac,一,covered,,\n"
        "0123456789ad,一,not_checkable,,\n"
        "0123456789ae,一,covered,rotatoin,\n"
        "0123456789ae,一,achievement,,\n"
        "not-one,一,achievement,,\n",
        "utf-8",
    )
    found = coverage(PLAN, "plan", catalog, read_ledger(path))

    assert [(each.code, each.line) for each in found.problems] == [
        ("unknown-status", 2),
        ("no-rules", 3),
        ("no-reason", 4),
        ("duplicate-clause", 6),
        ("bad-fingerprint", 7),
        ("unknown-rule", 5),
        ("stale-clause", 5),
    ]
    assert found.problems[5].hint == "是不是“rotation”？"
    assert found.problems[6].severity is Severity.WARNING


def test_a_ledger_without_its_columns(tmp_path: Path) -> None:
    """A table that is no ledger is told what a ledger has."""
    path = tmp_path / "ledger.csv"
    path.write_bytes("指纹,状态\n".encode("gb18030"))

    assert [each.code for each in read_ledger(path).problems] == ["bad-ledger"]


def test_a_ledger_lies_beside_its_document(tmp_path: Path) -> None:
    """The path is known before the file exists; an unknown document is asked back about."""
    folder = write_pack(tmp_path, rules=RULES)

    assert ledger_path([folder], "plan") == folder / "ledger.csv"
    assert list(read_ledger(folder / "ledger.csv")) == []
    with pytest.raises(InputError, match="plna") as raised:
        ledger_path([folder], "plna")
    assert raised.value.problems[0].hint == "是不是“plan”？"


def test_rows_show_what_is_open_first(catalog: Catalog) -> None:
    """Every row has the same plain cells, and whole sentences."""
    found = coverage(PLAN.replace("班额之外，", "班额之外，" * 9), "plan", catalog, Ledger())
    told = rows(found)

    assert [row["status"] for row in told] == ["open", "covered", "covered", "achievement"]
    assert all(list(row) == list(headings()) for row in told)
    assert any(len(str(row["text"])) > 40 for row in told)
    assert told[0]["place"] == "第三章第2段第1句"
    assert rows(found, only_open=True) == told[:1]
    assert summary(found).startswith("共 4 句：待定 1，不可核 0，已覆盖 2，已有成绩 1")
    with speaking(Language.EN):
        assert summary(found).startswith("4 clauses: open 1, not checkable 0, covered 2")


def test_the_same_rules_are_suggested_in_every_run() -> None:
    """Words are weighed alike in whatever order a run happens to keep them."""
    told = {_shares(seed) for seed in ("1", "2", "3")}

    assert len(told) == 1


def _shares(seed: str) -> str:
    script = (
        "from dabiao.rules.coverage.profiles import RuleWords, grams\n"
        "from types import SimpleNamespace as Rule\n"
        "text = '普惠性幼儿园在园幼儿占比达到百分之九十以上每所学校配备校医'\n"
        "rules = [Rule(tellings=[grams(text[at : at * 2 + 5])]) for at in range(12)]\n"
        "print(sorted(RuleWords(rules).shares(grams(text)).items()))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", script]
    return subprocess.run(run, capture_output=True, check=True, env=environment).stdout.decode()


def test_a_long_plan_takes_no_time(catalog: Catalog) -> None:
    """A plan of a hundred thousand characters is assessed while one waits."""
    paragraph = "到2025年，小学每班不超过45人，每所学校至少配备2名校医。坚持公益普惠，优化布局。"
    text = "\n".join(f"{at}.{paragraph}" for at in range(1, 99)) * 25

    began = time.process_time()
    coverage(text, "plan", catalog, Ledger())
    assert len(text) > 100_000
    assert time.process_time() - began < 15


def test_the_ledgers_that_ship_are_sound() -> None:
    """They name rules that exist, give reasons, and hold fingerprints instead of sentences."""
    catalog = read_pack([built_in()])

    for document in catalog.documents:
        ledger = read_ledger(ledger_path([built_in()], document))
        assert [str(each) for each in ledger.problems] == []
        assert [str(each) for each in check_rules(ledger, document, catalog)] == []
        assert all(each.status is not ClauseStatus.OPEN for each in ledger)
        assert all(len(each.reason) <= 60 for each in ledger), "a reason, not the sentence"


def test_ledgers_are_plain_tables() -> None:
    """Five columns in every line, so that any spreadsheet opens them."""
    ledgers = sorted(built_in().glob("*/ledger.csv"))

    assert ledgers
    for path in ledgers:
        with path.open(encoding="utf-8", newline="") as file:
            assert {len(row) for row in csv.reader(file)} == {5}
