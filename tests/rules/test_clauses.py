"""Clauses: quantities are found, each with its place, however a text is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.rules.coverage import clauses, read_policy_text
from dabiao.rules.coverage.text.mentions import find_mentions
from dabiao.schemas.problem import InputError

PLAN = """\
某市教育发展规划

第一章 发展成就
新建学校12所，近视率降到58%。

第三章 主要任务
到2025年，小学每班不超过45人。优化布局，提高质量。
班额之外，每所学校至少配备2名校医。
"""


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
def test_a_fingerprint_outlives_how_a_text_is_written(
    tmp_path: Path, write: Callable[[str], bytes]
) -> None:
    """Encoding, line ends, widths and numbering change no fingerprint; a number does."""
    path = tmp_path / "plan.txt"
    path.write_bytes(write(PLAN))

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
