"""Coverage: quantities are found with their places; rules, the past and the ledger decide."""

import csv
import time
from pathlib import Path

import pytest

from dabiao.rules.catalog import Catalog
from dabiao.rules.coverage import (
    Decision,
    Ledger,
    Status,
    clauses,
    coverage,
    headings,
    ledger_path,
    read_ledger,
    read_policy_text,
    rows,
    summary,
    with_open,
    write_ledger,
)
from dabiao.rules.coverage.ledger import check_rules
from dabiao.rules.coverage.mentions import find_mentions
from dabiao.rules.coverage.places import Agreement, agreement, read_place
from dabiao.rules.pack import read_pack
from dabiao.rules.pack_files import built_in
from dabiao.rules.reading import read
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


def quantities(sentence: str) -> list[str]:
    """List the quantities of a sentence."""
    return [each.text for each in find_mentions(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("毛入园率达98.5%以上", ["98.5%"]),
        ("毛入园率达９８．５％", ["９８．５％"]),
        ("百分之九十五的学校达标", ["百分之九十五"]),
        ("三分之二的乡镇建成寄宿制学校", ["三分之二"]),
        ("七成以上的教师参训", ["七成"]),
        ("一半以上的旗县通过认定", ["一半以上", "通过认定"]),
        ("经费翻一番", ["翻一番"]),
        ("职普比达到4：6", ["4：6"]),
        ("新增学位一千二百个", ["一千二百个"]),
        ("投入1.2亿元", ["1.2亿元"]),
        ("进入全省前五名", ["前五名"]),
        ("每校至少1名校医", ["每校", "至少", "1名"]),
        ("每两年举办一次运动会", ["每两年", "一次"]),
        ("支出逐年只增不减", ["逐年", "只增不减"]),
        ("落实“两个只增不减”", ["两个只增不减"]),
        ("工资不低于当地公务员", ["不低于"]),
        ("数字校园全覆盖", ["全覆盖"]),
        ("全面完成达标建设", ["全面完成"]),
        ("到2025年建成体系", ["到2025年建成"]),
        ("2024年9月底前出台办法", ["2024年9月底前"]),
        ("2023年秋季学期起使用新教材", ["2023年秋季学期起"]),
        ("中考2025年提高到80分", ["2025年", "80分"]),
        ("2025年，全部达标", ["2025年", "全部"]),
        ("校车事故零发生", ["零"]),
        ("提高双师型教师占比", ["提高双师型教师占比"]),
        ("保持“一校一品”", ["一校一品"]),
        ("巩固“四个100%”成果", ["100%"]),
        ("新建第三小学", ["第三小学"]),
        ("新招聘教师须有本科及以上学历", ["本科及以上"]),
        ("定期开展排查", ["定期"]),
        ("掌握1—2项技能", ["1", "2项"]),
    ],
)
def test_quantities_are_found(sentence: str, found: list[str]) -> None:
    """Numbers in either writing count, and so do words that set a bound without one."""
    assert quantities(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《某省“十四五”规划（2021—2025年）》（某政发〔2021〕65号）",
        "“十三五”时期以来",
        "深化“双减”和“三个课堂”应用",
        "落实党的二十大和十九届三中全会精神",
        "学前三年教育和九年义务教育",
        "市第五次党代会提出",
        "小学三至六年级",
        "形成三位一体的格局，建设一批基地，打造一支队伍",
        "进一步统一思想，构建一体化体系",
        "推进“1+X”证书和“3+2”贯通",
        "2022年5月18日",
        "2022-05-18 00:00",
        "咨询电话 400-123-4567",
        "2024年，工作的总体要求是",
        "见附表1和专栏3",
        "坚持质量第一的理念",
    ],
)
def test_what_only_looks_like_a_quantity_is_not_one(sentence: str) -> None:
    """Names, citations, ordinals and school years do not flood the list."""
    assert quantities(sentence) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第三章 任务\n第二节 教师\n一、培训\n开头。\n每年1次。", "第三章第二节一、第2段第1句"),
        ("二、任务\n（三）教师\n1.培训教师。每年1次。", "二（三）1第2句"),
        ("二、任务\n12. 培训教师。每年1次。", "二、12第2句"),
        ("1.2 教师\n每年1次。", "1.2第1句"),
        ("一、任务\n专栏8 学前工程\n（1）建5所。\n（2）建6所。", "一、专栏8（1）第1句"),
        ("第一部分 目标\n每年1次。", "第一部分第1段第1句"),
        ("第十二条 每校至少2人。", "第十二条第1段第1句"),
        ("一、目标\n（一）建成100所学校的行动", "一（一）标题"),
        ("为落实要求，每年1次。", "开头第1段第1句"),
        ("附件1 任务清单\n一、教师\n每年1次。", "附件1一、第1段第1句"),
    ],
)
def test_places_follow_the_headings(text: str, place: str) -> None:
    """A place is said as people say it, whatever the document numbers its parts with."""
    assert clauses(text)[0].place == place


def test_a_lost_section_number_is_made_up_for() -> None:
    """Copying loses numbers: a bare heading before 一、 is the next section."""
    text = "第三章 任务\n建设教育强市\n一、学前\n建5所。\n第二节 体育\n一、场地\n建6所。"

    assert [each.place for each in clauses(text)] == [
        "第三章第一节一、第1段第1句",
        "第三章第二节一、第1段第1句",
    ]


def test_a_box_ends_with_its_frame() -> None:
    """What follows a framed box is counted on from before it."""
    text = "一、学前\n第一段。\n\n\t专栏1 工程\n\n\t（1）建5所。\n\n（2）建6所。\n\n\n第二段建7所。"

    assert [each.place for each in clauses(text)] == [
        "一、专栏1（1）第1句",
        "一、专栏1（2）第1句",
        "一、第2段第1句",
    ]


CELLS = """\
主要指标

\t类别
\t指标
\t2020年
\t2025年

\t
\t
\t本市
\t全省
\t本市
\t全省

\t保障
\t普惠率（%）
\t86
\t80
\t90
\t≥85

\t
\t校医数（人）
\t—
\t5
\t
\t12


备注：以上为预期值。
"""
SIDE_BY_SIDE = """\
主要指标
指标\t2020年\t2025年
普惠率（%）\t86\t90
"""
BARS = """\
主要指标
| 指标 | 2020年 | 2025年 |
|---|---:|---:|
| 普惠率（%） | 86 | 90 |
"""
SCATTERED = """\
主要指标

指  标

2020年

2025年

属性

一、普及

1.普惠率（%）

86

90

约束性

2.受教育年限（年）

10

高于全省

预期性

三、措施
"""


def test_a_table_of_cells_line_by_line() -> None:
    """Heads that stand over several columns and labels that stand over several rows are kept."""
    found = clauses(CELLS)

    assert [each.text for each in found] == [
        "保障·普惠率（%）｜2020年·本市：86",
        "保障·普惠率（%）｜2020年·全省：80",
        "保障·普惠率（%）｜2025年·本市：90",
        "保障·普惠率（%）｜2025年·全省：≥85",
        "保障·校医数（人）｜2020年·全省：5",
        "保障·校医数（人）｜2025年·全省：12",
    ]
    assert found[2].place == "表“主要指标”第3行第5列"
    assert found[2].year == 2025


@pytest.mark.parametrize("text", [SIDE_BY_SIDE, BARS], ids=["tabs", "bars"])
def test_a_table_side_by_side(text: str) -> None:
    """Tabs and bars separate cells too."""
    assert [each.text for each in clauses(text)] == [
        "普惠率（%）｜2020年：86",
        "普惠率（%）｜2025年：90",
    ]


def test_a_table_that_fell_apart_into_paragraphs() -> None:
    """Web pages lose the lines of a table; the heads with years put it together again."""
    assert [each.text for each in clauses(SCATTERED)] == [
        "一、普及·1.普惠率（%）｜2020年：86",
        "一、普及·1.普惠率（%）｜2025年：90",
        "一、普及·2.受教育年限（年）｜2020年：10",
        "一、普及·2.受教育年限（年）｜2025年：高于全省",
    ]


def test_a_task_table_has_items_and_deadlines() -> None:
    """A row of sentences goes by its number; its deadline belongs to it."""
    text = (
        "附件\n任务清单\n\t任务\n\t牵头单位\n\t完成时限\n\n"
        "\t3.建设示范校5所，每校至少1名专家。\n\t教育局\n\t2025年12月\n\n\n完"
    )

    first, second = clauses(text)
    assert (first.place, first.limit) == ("附件表“任务清单”第3项第1句", False)
    assert (second.place, second.limit) == ("附件表“任务清单”第3项（完成时限）", True)


def test_serial_numbers_are_no_quantities() -> None:
    """A list of projects has no quantity but those in its projects."""
    text = "项目表\n序号\t项目\t投资（万元）\n1\t教学楼\t1200\n2\t食堂\t300"

    assert [each.text for each in clauses(text)] == [
        "教学楼｜投资（万元）：1200",
        "食堂｜投资（万元）：300",
    ]


def test_a_sentence_broken_by_a_page_is_one() -> None:
    """The end of a page leaves empty lines in the middle of a sentence."""
    text = "一、目标\n坚持公益普惠，扩大公办资源供给，学前三年毛入园率达\n\n到 97%，保持稳定。"

    (clause,) = clauses(text)
    assert "毛入园率达到 97%" in clause.text


@pytest.mark.parametrize(
    "write",
    [
        lambda text: text.replace("\n", "\r\n").encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: ("\ufeff" + text).encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("，", ",").replace("。", "。 ").encode(),
        lambda text: text.translate({0x30 + d: 0xFF10 + d for d in range(10)}).encode(),
        lambda text: text.replace("第一章 ", "一、").replace("第三章 ", "二、").encode(),
    ],
    ids=["gb18030-crlf", "utf-16", "mark", "cr", "narrow commas", "wide digits", "other headings"],
)
def test_a_fingerprint_outlives_how_a_text_is_written(tmp_path: Path, write: object) -> None:
    """Encoding, line ends, widths and numbering change no fingerprint; a number does."""
    path = tmp_path / "plan.txt"
    path.write_bytes(write(PLAN))  # type: ignore[operator]

    before = [each.fingerprint for each in clauses(PLAN)]
    assert [each.fingerprint for each in clauses(read_policy_text(path))] == before
    assert clauses(PLAN.replace("45", "46"))[1].fingerprint != before[1]


def test_a_wrapped_text_reads_like_the_unwrapped_one() -> None:
    """Lines of one width that end mid-sentence are one paragraph."""
    sentences = "".join(
        f"推进第{at}项工作，建设{at}所示范学校，每年开展活动。" for at in range(30, 60)
    )
    wrapped = "\n".join(sentences[at : at + 32] for at in range(0, len(sentences), 32))

    assert [each.fingerprint for each in clauses(wrapped)] == [
        each.fingerprint for each in clauses(sentences)
    ]


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"%PDF-1.7", "PDF"), (b"PK\x03\x04", "Word"), (None, "没有这个文件")],
    ids=["pdf", "docx", "absent"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes | None, word: str) -> None:
    """A writer who gives the document itself is told to save it as text."""
    path = tmp_path / "plan"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(InputError, match=word) as raised:
        read_policy_text(path)
    assert raised.value.problems[0].hint is not None


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
        (Status.ACHIEVEMENT, ()),
        (Status.COVERED, ("plan/primary-class-size",)),
        (Status.OPEN, ()),
        (Status.COVERED, ("plan/rotation",)),
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

    assert found.status is Status.OPEN


def test_an_open_clause_suggests_rules(catalog: Catalog) -> None:
    """The rules that come closest are named, the closest first."""
    text = "第三章 主要任务\n小学每班不超过50人。"
    (found,) = coverage(text, "plan", catalog, Ledger()).assessed

    assert found.suggestions[0] == "plan/primary-class-size"


def test_a_new_document_is_shown_how_others_said_it(catalog: Catalog) -> None:
    """Without rules of its own everything is open, with rules of other documents to look at."""
    found = coverage(PLAN, "new-plan", catalog, Ledger())

    assert found.counts[Status.COVERED] == 0
    assert found.assessed[1].suggestions[0] == "plan/primary-class-size"


def test_a_baseline_belongs_to_the_rule_of_its_row(tmp_path: Path) -> None:
    """The figure of 2020 is covered where the rule begins with it, and open where it does not."""
    table_rule = (
        RULES.replace('出处"专栏6"', '出处"主要指标表，近视率"')
        .replace("自2021年起", "到2025年底")
        .replace("近视率 应年均下降不少于 0.5个百分点", "近视率 应不高于 55%")
    )
    catalog = read([write_pack(tmp_path, rules=table_rule)]).catalog
    table = "主要指标表\n指标\t2020年\t2025年\n近视率（%）\t{}\t55"

    same = coverage(table.format(58), "plan", catalog, Ledger()).assessed
    assert [each.rules for each in same] == [("plan/myopia",), ("plan/myopia",)]
    other = coverage(table.format(57), "plan", catalog, Ledger()).assessed
    assert [each.status for each in other] == [Status.OPEN, Status.COVERED]


def test_the_ledger_decides(tmp_path: Path, catalog: Catalog) -> None:
    """A decision counts over what the program finds, and is read back as it was written."""
    found = coverage(PLAN, "plan", catalog, Ledger())
    doctor = found.open[0].clause
    path = tmp_path / "ledger.csv"
    line = Decision(doctor.fingerprint, doctor.place, Status.COVERED, ("all-classes",), "同一件事")
    write_ledger(path, Ledger({doctor.fingerprint: line}))

    again = coverage(PLAN, "plan", catalog, read_ledger(path))
    decided = again.assessed[2]
    assert (decided.status, decided.rules) == (Status.COVERED, ("plan/all-classes",))
    assert (decided.reason, decided.decided) == ("同一件事", True)
    assert again.open == ()
    assert again.problems == ()
    assert "校医" not in path.read_text("utf-8")


def test_a_ledger_is_started_with_what_is_open(tmp_path: Path, catalog: Catalog) -> None:
    """A writer gets a line per open clause to fill in; left empty it decides nothing."""
    found = coverage(PLAN, "plan", catalog, Ledger())
    path = tmp_path / "ledger.csv"
    write_ledger(path, with_open(Ledger(), found))

    ledger = read_ledger(path)
    assert [each.status for each in ledger] == [Status.OPEN]
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
    """Every row has the same plain cells, and long sentences are cut."""
    found = coverage(PLAN.replace("优化布局，", "优化布局，" * 9), "plan", catalog, Ledger())
    told = rows(found)

    assert [row["status"] for row in told] == ["open", "covered", "covered", "achievement"]
    assert all(list(row) == list(headings()) for row in told)
    assert all(len(str(row["text"])) <= 40 for row in told)
    assert told[0]["place"] == "第三章第2段第1句"
    assert rows(found, only_open=True) == told[:1]
    assert summary(found).startswith("共 4 句：待定 1，不可核 0，已覆盖 2，已有成绩 1")
    with speaking(Language.EN):
        assert summary(found).startswith("4 clauses: open 1, not checkable 0, covered 2")


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
        assert all(each.status is not Status.OPEN for each in ledger)
        assert all(len(each.reason) <= 60 for each in ledger), "a reason, not the sentence"


def test_ledgers_are_plain_tables() -> None:
    """Five columns in every line, so that any spreadsheet opens them."""
    for path in sorted(built_in().glob("*/ledger.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            assert {len(row) for row in csv.reader(file)} == {5}
