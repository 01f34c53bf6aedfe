"""The letter: what the run says, nothing else, and blank where people sign."""

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.letter import problems
from dabiao.reports.letter.content import letter
from dabiao.reports.letter.document import letter_bytes
from dabiao.reports.letter.fields import (
    CASE,
    COUNT,
    GOALS,
    LETTER,
    OVERDUE,
    OWED,
    PROBLEM,
    SCHOOL,
    STANDING,
    TABLE,
)
from dabiao.reports.letter.standing import achievements
from dabiao.reports.letter.templates.reading import read_template
from dabiao.reports.outputs import OutputError
from dabiao.reports.summaries import case_number
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.letter import LetterKind, LetterWishes
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible
from tests.reports.hostile import MARKUP, NAMES, hostile_run
from tests.reports.sample import changed, class_size, pupils, sample_run

PAGE = Path(__file__).parents[2] / "docs" / "letter.zh-CN.md"
KNOWN = Circumstances(names={"150602": "东胜区"}, place="东胜区", command="dabiao check x")
SIGNED = re.compile(r"（机构盖章）|年　+月　+日|责任人：　+期限")


def opened(run: Run, known: Circumstances = KNOWN) -> docx.document.Document:
    """Write a letter and open it."""
    return docx.Document(io.BytesIO(letter_bytes(run, known)))


def paragraphs(run: Run, known: Circumstances = KNOWN) -> list[str]:
    """Write a letter and read its paragraphs."""
    return [each.text for each in opened(run, known).paragraphs]


def template(*texts: str) -> bytes:
    """Make a template of some paragraphs."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def judged_in(run: Run) -> list[Finding]:
    """Keep what a rule applied to."""
    return [one for one in run.findings if one.outcome is not Outcome.NOT_APPLICABLE]


def filled(*texts: str, run: Run | None = None) -> list[str]:
    """Fill in a template of some paragraphs."""
    known = Circumstances(place="东胜区", template=template(*texts))
    return paragraphs(run or sample_run(), known)


def test_parts_of_a_letter() -> None:
    """A letter says to whom, on what basis, how it stands, what is wrong and what is to be done.

    What it comes from stands at the very end, where it takes no page of its own.
    """
    document = opened(sample_run())
    found = [each.text for each in document.paragraphs]
    text = "\n".join(found)

    assert "关于东胜区2025年度问题限期整改的通知" in found
    assert "东胜区：" in found
    for part in ("一、督导依据与范围", "二、总体评价", "三、主要成绩", "四、存在问题"):
        assert part in found
    assert {"五、数据报送问题", "六、整改要求"} <= set(found)
    assert "自收到之日起 30 日内书面报告整改情况" in text
    assert "自收到之日起 15 日内书面提出" in text
    assert "七、后续" not in text
    assert "应判 10 项，达标 2 项，达标率 20.0%" in text
    assert "达标率＝达标÷应判" in text
    short = "）符合条件的教师每年交流不少于10%。交流比例为9.996%，应不低于10%，相差0.004个百分点（"
    assert any(short in each for each in found)
    assert "（滞后，力争目标，1 个对象；" in text
    assert "有关目标按缺数据计，缺什么、在哪个单元格见附件2。" in text
    assert "2025年班级人数（未填报）" in "".join(
        row.cells[3].text for row in document.tables[2].rows
    )
    assert found[-1] == "重做：dabiao check x"


def test_a_report_goes_to_nobody() -> None:
    """Without an addressee it is a report: by topic and place, and nobody is asked to reply."""
    document = opened(sample_run(), Circumstances())
    found = [each.text for each in document.paragraphs]
    topics, places, *_ = document.tables

    assert any(each.endswith("2025年度教育发展监测报告") for each in found)
    assert not any("日内书面" in each for each in found)
    assert [cell.text for cell in topics.rows[0].cells][:3] == ["名称", "应判", "达标"]
    assert "东胜区" in [row.cells[0].text for row in places.rows]


def test_what_the_sender_wants() -> None:
    """Another kind, other deadlines, and what follows in the sender's own words."""
    wishes = LetterWishes(LetterKind.OPINION, 10, 0, "期满后复查。")
    found = paragraphs(sample_run(), replace(KNOWN, wishes=wishes))
    text = "\n".join(found)

    assert "东胜区2025年度督导意见书" in found
    assert "10 日内书面报告" in text
    assert "有异议" not in text
    assert found[found.index("七、后续") + 1] == "期满后复查。"


def test_a_document_is_evaluated() -> None:
    """Of a document that is not over it is a mid-term evaluation, then the final one."""
    run = sample_run()
    (plan,) = run.documents
    for to, label in ((2030, "中期评估报告"), (2025, "终期评估报告")):
        period = replace(plan.period, to=to)
        of = replace(run, documents=(replace(plan, period=period),))
        known = Circumstances(document=plan.title)
        told = letter(of, known)
        assert told["文种"] == label
        (period,) = told["规划期"]
        assert f"2021—{to}年，2025年是第5年，共{to - 2020}年" in period
        goals = {each["名称"]: each["各目标"] for each in told["目标进展"]}
        met, missed = (
            ("已实现", "未实现") if to == 2025 else ("已做到", "已到期或长期执行，没有做到")
        )
        assert sum(map(len, goals.values())) == len({one.rule for one in judged_in(run)})
        assert met in goals
        assert any("交流不少于10%”（" in each for each in goals[missed])
        assert period in (text := "\n".join(paragraphs(of, known)))
        assert f"{missed} {len(goals[missed])} 项：{goals[missed][0]}" in text


def test_what_is_hard_comes_first() -> None:
    """Within an outcome, what the document demands stands before what it strives for."""
    run = sample_run()
    aspired = changed(class_size(pupils(1), 99, 1), aspiration=True, id="ordos-145/a")
    found = letter(replace(run, findings=(aspired, *run.findings)), KNOWN)

    kinds = [(one["结论"], one["约束性"]) for one in found["存在问题"]]
    assert kinds[-2:] == [("未达标", "力争目标"), ("滞后", "力争目标")]
    assert set(kinds[:-2]) == {("未达标", "硬性要求")}


def test_places_to_sign_are_blank() -> None:
    """Seal, date, due dates and persons are left for the hand."""
    text = "\n".join(paragraphs(sample_run()))

    assert len(SIGNED.findall(text)) >= 3


def test_annexes_are_tables() -> None:
    """All cases stand in the first annex with value, bound and gap, all schools in a later one."""
    run = sample_run()
    duties, cases, _, schools, reply, receipt = opened(run).tables
    found = [[cell.text for cell in row.cells] for row in cases.rows[1:]]
    missed = {row[0]: row for row in found if len(set(row)) == 1}

    wanted = [one for one in run.findings if one.outcome in (Outcome.VIOLATION, Outcome.BEHIND)]
    assert sorted(row[0] for row in found if row[0] not in missed) == sorted(
        map(case_number, wanted)
    )
    (row,) = (row for row in found if row[0] == case_number(run.findings[0]))
    assert row[2:5] == [
        "班级人数为47人，应不高于45人，相差2人。",
        "2人",
        "“班级人数”由47人减至45人（减少2人）",
    ]
    (rotated,) = (each for each in missed if "）符合条件的教师每年交流不少于10%" in each)
    assert "未达标，硬性要求；要求：不低于10%" in rotated
    assert "牵头：市教育体育局；责任：市委编办；市人力资源和社会保障局" in rotated
    assert len(duties.rows) == len(missed) + 1
    assert [[cell.text for cell in row.cells][4:] for row in duties.rows[1:]] == [["", ""]] * len(
        missed
    )
    assert [cell.text for cell in schools.rows[1].cells][1:] == [
        "示例第一小学",
        "1506020010",
        "1",
        "0",
        "2",
    ]
    assert len(reply.rows) == len(duties.rows)
    assert [row.cells[4].text for row in reply.rows[1:]] == [""] * (len(reply.rows) - 1)
    assert receipt.rows[2].cells[1].text == "东胜区"


def test_more_cases_than_an_annex_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the annex has no room for is counted, and said to be in the ledger."""
    monkeypatch.setattr(problems, "MOST_CASES", 2)
    document = opened(sample_run())

    missed = letter(sample_run(), KNOWN)["分项清单"]
    assert len(document.tables[1].rows) == 1 + len(missed) + 2
    assert any("另有 3 项没有列出" in each.text for each in document.paragraphs)


def test_many_subjects_are_counted_below_a_problem() -> None:
    """How many fall short is said, and who is farthest off; all of them stand in the annex."""
    findings = tuple(class_size(pupils(at), 50 + at, at) for at in range(1, 6))
    document = opened(replace(sample_run(), findings=findings))
    text = "\n".join(each.text for each in document.paragraphs)
    annex = "\n".join(row.cells[2].text for row in document.tables[1].rows)

    assert "5 个班级，差距最大的是" in text
    assert "班级人数为55人" in text
    assert "班级人数为52人" not in text
    assert "班级人数为52人" in annex


def test_many_who_are_alike_are_told_at_once() -> None:
    """Where the same is true of all of them it is said once; a few are named."""
    for number, who in ((2, "一年级1班、一年级2班"), (4, "4 个班级")):
        findings = tuple(class_size(pupils(at), 50, at) for at in range(1, number + 1))
        (told,) = letter(replace(sample_run(), findings=findings), KNOWN)["存在问题"]

        assert told["情况"] == f"{who}：班级人数为50人，应不高于45人，相差5人"


def test_what_the_same_subjects_keep_is_told_at_once() -> None:
    """Commitments stand together by who keeps them; one's own name goes without saying."""
    kept = [
        changed(class_size(pupils(at), 40, at), id=f"ordos-145/{rule}", title=rule)
        for rule, number in (("甲", 2), ("乙", 2), ("丙", 1))
        for at in range(1, number + 1)
    ]
    every = [*kept, class_size(pupils(1), 50, 1)]
    columns = OutcomeColumns.of(replace(sample_run(), findings=tuple(every)), KNOWN)
    found = achievements(columns.by_rule(), columns, columns.every(), pupils(1).name)

    assert found == (["2 个班级全部做到：“乙”“甲”。", "已做到：“丙”。"], 0)


def test_years_are_never_summed() -> None:
    """A letter on several years is about the last of them; the others stand in a table."""
    run = sample_run()
    before = tuple(replace(one, year=2024) for one in run.findings)
    twice = {each: 2 * count for each, count in run.summary.items()}
    both = replace(run, years=(2024, 2025), findings=(*before, *run.findings), summary=twice)
    found, alone = letter(both, KNOWN), letter(run, KNOWN)

    assert [(each["名称"], each["应判"]) for each in found["分年度"]] == [
        ("2024年", 10),
        ("2025年", 10),
    ]
    assert all(found[key] == alone[key] for key in LETTER if key not in ("by_year", "fingerprint"))
    assert "各年度分别考核。其余各部分只说 2025 年度。" in paragraphs(both)
    assert not any("各年度" in each for each in paragraphs(run))


def test_annexes_are_numbered_without_gaps() -> None:
    """An annex that has nothing in it is neither named nor counted."""
    run = sample_run()
    missed = tuple(one for one in run.findings if one.outcome is Outcome.VIOLATION)[:1]
    found = paragraphs(replace(run, findings=missed))
    named = [
        re.sub(r"^(附件：|　+)", "", each) for each in found if re.match(r"附件：|　+\d\.", each)
    ]

    assert named == ["1. 问题清单", "2. 整改情况报告（样表）", "3. 送达回执"]
    assert [each for each in found if re.match(r"附件\d", each)] == [
        "附件1　问题清单",
        "附件2　整改情况报告（样表）",
        "附件3　送达回执",
    ]
    assert any("（样表见附件2）" in each for each in found)


def test_the_seal_stands_below_words() -> None:
    """No page has the seal alone: the list of annexes goes with it."""
    kept = [of.text for of in opened(sample_run()).paragraphs if of.paragraph_format.keep_with_next]

    assert kept.index("（机构盖章）" + "　" * 4) == kept.index("附件：1. 问题清单") + 5


def test_whom_a_letter_goes_to_goes_without_saying() -> None:
    """A letter to a school names its classes, and not the school each time."""
    run = sample_run()
    told = "示例第一小学的一年级1班："

    def present(place: str) -> str:
        found = letter(run, replace(KNOWN, place=place))["存在问题"]
        return "".join(line for each in found for line in each["现状"])

    assert told in present("东胜区")
    assert told not in present("示例第一小学")


def test_nothing_to_mend() -> None:
    """A letter to somebody who meets everything says so, with nothing empty in between."""
    run = sample_run()
    good = tuple(one for one in run.findings if one.outcome is Outcome.COMPLIANT)
    found = paragraphs(replace(run, findings=good))

    told = {"没有须整改的问题。", "要用的数据已报齐。", "没有须整改、须补报的事项。"}
    assert told <= set(found)
    assert not any("附件：" in each for each in found)


def test_in_english() -> None:
    """Our own words are English where English is spoken."""
    with speaking(Language.EN):
        found = paragraphs(sample_run())

    assert "4. What was found" in found
    assert not any("督导" in each for each in found)


def test_hostile_names_are_texts() -> None:
    """Markup, fields and control characters in names stay what they are, visible and whole."""
    run = hostile_run()
    cells = [
        cell.text
        for row in opened(run, Circumstances(place=MARKUP)).tables[1].rows
        for cell in row.cells
    ]

    assert all(visible(name) in cells for name in NAMES)


def test_a_template_of_ones_own() -> None:
    """Fields go by their Chinese and English names, in loops as well."""
    found = filled(
        "{{ 主送 }} {{ addressee }} {{ 年份 }}",
        "{%p for 项 in 存在问题 %}",
        "{{ 项.序号 }} {{ 项.number }} {{ 项.约束性 }}",
        "{%p endfor %}",
    )

    assert found[:2] == ["东胜区 东胜区 2025", "1 1 硬性要求"]
    assert len(found) == 1 + len(letter(sample_run(), KNOWN)["problems"])


def test_a_table_of_ones_own() -> None:
    """A row of a table stands for each of many, as the page on templates says."""
    document = docx.Document()
    rows = document.add_table(rows=3, cols=2).rows
    rows[0].cells[0].text = "{%tr for 行 in 学校名单 %}"
    rows[1].cells[0].text, rows[1].cells[1].text = "{{ 行.学校 }}", "{{ 行.未达标 }}"
    rows[2].cells[0].text = "{%tr endfor %}"
    stream = io.BytesIO()
    document.save(stream)
    known = Circumstances(place="东胜区", template=stream.getvalue())
    (table,) = opened(sample_run(), known).tables

    assert [cell.text for cell in table.rows[0].cells] == ["示例第一小学", "1"]


def test_columns_of_a_document_s_table_are_as_wide_as_they_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever stands in it is text, and the longest names have most of the page."""
    table = {
        "title": "主要指标",
        "headings": ["指标{{ 1 }}", "目标"],
        "widths": [30.0, 12.5],
        "rows": [["普惠性幼儿园覆盖率（%）", "90"], ["{% endfor %}", "—"]],
        "remarks": ["备注"],
    }
    values = {**letter(sample_run(), KNOWN), "evaluation": "第三年", "indicators": [table, table]}
    monkeypatch.setattr("dabiao.reports.letter.document.letter", lambda *_: values)
    document = opened(sample_run())
    drawn = [each for each in document.tables if len(each.columns) == 2][:2]

    assert [[[cell.text for cell in row.cells] for row in each.rows] for each in drawn] == [
        [table["headings"], *table["rows"]]
    ] * 2
    name, target = (column.width for column in drawn[0].columns)
    assert name > 2 * target
    assert [each.text for each in document.paragraphs].count("备注") == 2


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["{{ 主宋 }}"], "正文第2段“{{ 主宋 }}”：没有字段“主宋”；是不是 主送？"),
        (["{{ 主送"], "正文第2段“{{ 主送”：“{{”没有对应的“}}”"),
        (["}} 主送"], "“}}”前面没有“{{”"),
        (["｛｛ 主送 ｝｝"], "“｛｛”不是半角的花括号"),
        (["{{ 主送 | }}"], "{{ 主送 | }} 写法有误"),
        (["{{ 主送|大写 }}"], "没有过滤器“大写”"),
        (["{{ ''.__class__ }}"], "不允许“.__class__”"),
        (["{{ 标题.长度 }}"], "“标题”是一句话，没有“长度”"),
        (["{{ 存在问题.目标 }}"], "“存在问题”有许多条，要先写 for"),
        (["{% for x in problems %}"], "正文第2段“{% for x in problems %}”：{% for … %} 没有对应的"),
        (["{%p endif %}"], "{% endif %} 前面没有开头"),
        (["{%p for x in 标题 %}", "{%p endfor %}"], "“标题”只有一条，不能用 for"),
        (["{%p for x in 问题单 %}", "{%p endfor %}"], "没有字段“问题单”；是不是 问题清单？"),
        (["{% for x in problems %}{{ x.目地 }}{% endfor %}"], "没有字段“x.目地”；是不是 目标？"),
        (
            ["{%p for x in 存在问题 %}", "{%p if 主送 %}", "{%p endfor %}", "{%p endif %}"],
            "正文第4段“{%p endfor %}”：应先有 {% endif %}：还没有结束正文第3段",
        ),
        (["前 {%p if 主送 %}", "{%p endif %}"], "要独占一段，同段的“前”会丢失"),
        (["{%tr for x in 存在问题 %}", "{%tr endfor %}"], "不在表格里"),
        (["{% include '/etc/passwd' %}"], "不认识 {% include '/etc/passwd' %}"),
        (
            ["{{ 主送 + 1 }}"],
            "正文第2段“{{ 主送 + 1 }}”：{{ 主送 + 1 }} 算不出：文字不能和数一起算",
        ),
        (["{%p if 回复天数 > '3' %}", "{%p endif %}"], "正文第2段“{%p if 回复天数 > '3' %}”："),
        (["{{ 主送() }}"], "正文第2段“{{ 主送() }}”：{{ 主送() }} 不是能调用的"),
        (["{{ 回复天数 / 0 }}"], "正文第2段“{{ 回复天数 / 0 }}”：{{ 回复天数 / 0 }} 除数是 0"),
        (["{{ 存在问题[99].目标 }}"], "{{ 存在问题[99].目标 }} 取的那一条或那一项没有"),
        (["{{ 存在问题[0].目地 }}"], "没有字段“存在问题.目地”；是不是 目标？"),
        (["{{ 存在问题 }}"], "“存在问题”有许多条，不能直接写出"),
        (["{{ 存在问题|join('、') }}"], "“存在问题”有许多条，不能直接写出"),
        (
            ["{%p for 项 in 存在问题 %}", "{{ 项 }}", "{%p endfor %}"],
            "正文第3段“{{ 项 }}”：“项”是一条",
        ),
        (["{%pfor x in 存在问题 %}"], "p、tr、tc 后面要有空格"),
        (["{%p for x 存在问题 %}", "{%p endfor %}"], "应为 {% for 一条 in 许多条 %}"),
        (["{%p if 主送 = '甲' %}", "{%p endif %}"], "比较是否相等用 =="),
        (["{%p else %}"], "正文第2段“{%p else %}”：{% else %} 前面没有 {% if … %}"),
        (["{%p if 主送 %}甲{%p endif %}"], "一段里只能有一个 {%p … %}"),
        (["{# 主送"], "“{#”没有对应的“#}”"),
        (
            ["{{ 主宋 }}", "{%p for x in range(2) %}", "{{ 主送 / 2 }}", "{%p endfor %}"],
            "正文第4段“{{ 主送 / 2 }}”：",
        ),
    ],
)
def test_a_mistake_in_a_template_is_named(texts: list[str], said: str) -> None:
    """Each mistake is told with its place, and which field was meant."""
    with pytest.raises(OutputError) as caught:
        filled("第一段", *texts)

    assert said in str(caught.value)


def test_mistakes_are_told_at_once_wherever_they_stand() -> None:
    """In headers, cells and torn runs too; in English as well."""
    template = docx.Document()
    template.sections[0].footer.paragraphs[0].text = "{{ 标提 }}"
    template.add_table(1, 2).rows[0].cells[1].text = "{{ 行.编号 }}"
    torn = template.add_paragraph("{{ 主")
    torn.add_run("宋").bold = True
    torn.add_run(" }}")
    stream = io.BytesIO()
    template.save(stream)
    known = replace(KNOWN, template=stream.getvalue())
    with speaking(Language.EN), pytest.raises(OutputError) as caught:
        letter_bytes(sample_run(), known)

    assert str(caught.value).splitlines()[:-1] == [
        "mistakes in the template: 3",
        "  body, table 1, row 1, cell 2, “{{ 行.编号 }}”: there is no field 行",
        "  body, paragraph 1, “{{ 主宋 }}”: there is no field 主宋; did you mean 主送?",
        "  footer, paragraph 1, “{{ 标提 }}”: there is no field 标提; did you mean 标题?",
    ]


def test_a_template_that_is_none(tmp_path: Path) -> None:
    """A file that is not there, or is no Word document, is refused in a message."""
    text = tmp_path / "a.docx"
    text.write_text("{{ 主送 }}", "utf-8")
    with pytest.raises(OutputError, match=r"不是 \.docx 文件"):
        read_template(text)
    with pytest.raises(OutputError, match="不能读取模板"):
        read_template(tmp_path / "nowhere.docx")
    text.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(OutputError, match="不是能打开的 Word 文档"):
        letter_bytes(sample_run(), Circumstances(template=read_template(text)))


def test_the_page_lists_every_field() -> None:
    """docs/letter.zh-CN.md has each field with both of its names, in the order of the program."""
    rows = re.findall(r"^\| `(\S+)` \| `(\w+)` \|", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    every = (LETTER, COUNT, STANDING, GOALS, PROBLEM, OWED, CASE, OVERDUE, SCHOOL, TABLE)

    assert rows == [(zh, key) for fields in every for key, zh in fields.items()]


def test_every_field_has_a_value() -> None:
    """Both names of a field give the same."""
    found = letter(sample_run(), KNOWN)

    assert all(found[key] == found[zh] for key, zh in LETTER.items())
    for key, fields in {"counts": COUNT, "problems": PROBLEM, "owed": OWED, "cases": CASE}.items():
        assert set(found[key][0]) == {*fields, *fields.values()}
