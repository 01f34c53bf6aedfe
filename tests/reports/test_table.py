"""The table: what a supervisor sees first, at any width."""

import io
from dataclasses import replace

import pytest
from inline_snapshot import external_file
from rich.cells import cell_len

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.run.table import print_run
from dabiao.reports.terminal.consoles import console
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.run import Run
from tests.reports.sample import class_size, pupils, sample_run


def printed(
    run: Run, width: int = 80, limit: int | None = None, known: Circumstances | None = None
) -> str:
    """Print a run."""
    file = io.StringIO()
    print_run(run, console(file, width), limit, known)
    return file.getvalue()


def test_table() -> None:
    """The table is the approved one."""
    assert printed(sample_run()) == external_file("approved/table.txt")


def test_table_in_english() -> None:
    """So is the English one."""
    with speaking(Language.EN):
        assert printed(sample_run()) == external_file("approved/table.en.txt")


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_no_line_is_too_wide(width: int) -> None:
    """Chinese characters are two columns wide; nothing sticks out but a command to be copied."""
    lines = [line for line in printed(sample_run(), width).splitlines() if "dabiao" not in line]

    assert max(cell_len(line) for line in lines) <= width


def test_what_is_printed_to_a_file_is_plain() -> None:
    """No colour, no lines that an old code page lacks."""
    assert "\x1b" not in printed(sample_run())
    assert "─" not in printed(sample_run())


def many(count: int) -> Run:
    """Make a run with many big classes, and what was there before."""
    crowd = tuple(
        class_size(pupils(number, "1506020099"), 50, number) for number in range(1, count)
    )
    run = sample_run()
    summary = dict(run.summary)
    summary[Outcome.VIOLATION] += len(crowd)
    return replace(run, findings=run.findings + crowd, summary=summary)


def test_limit_leaves_room_for_every_rule() -> None:
    """Of many classes a few are listed and the others counted; the other rules are all there."""
    text = printed(many(90), limit=12)

    assert "还有 82 个" in text
    assert "还有 82 个未列出" in text
    assert "ordos-145/teacher-rotation" in text
    assert "ordos-145/preschool-rate" in text


def test_long_lists_end_with_the_counts() -> None:
    """Whoever sees only the last screen sees the counts."""
    assert printed(many(90)).count("滞后 1") == 3
    assert printed(sample_run()).count("滞后 1") == 2


def test_years_are_named_where_there_are_several() -> None:
    """With every year judged, each line says its year."""
    run = sample_run()
    earlier = replace(run.findings[0], year=2023)
    run = replace(run, years=(2023, 2025), findings=(*run.findings, earlier))

    assert "2023–2025年考核" in printed(run)
    assert "150602 2025" in printed(run)


def test_nothing_to_tell() -> None:
    """A run in which all is well is short."""
    run = sample_run()
    fine = tuple(one for one in run.findings if one.outcome is Outcome.COMPLIANT)
    well = replace(run, findings=fine, summary={Outcome.COMPLIANT: 2}, attendance=())
    text = printed(well)

    assert "达标 2" in text
    assert "dabiao explain" not in text
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_ends_in_spaces(width: int) -> None:
    """What is piped into a file is as clean as if it had been typed."""
    assert all(line == line.rstrip() for line in printed(sample_run(), width).splitlines())


def test_a_long_name_stays_whole() -> None:
    """A name too long for its column stands in a line of its own."""
    assert "    示例第一小学 一年级1班\n" in printed(sample_run(), 60)


def test_hint_can_be_typed_as_printed() -> None:
    """The facts and what they were judged with stand in the command, in one line."""
    known = Circumstances(again="'数 据' --rules packs --mapping map.yaml")
    lines = printed(sample_run(), 60, known=known).splitlines()

    (hint,) = [line for line in lines if "dabiao explain" in line]
    assert hint.endswith(" '数 据' --rules packs --mapping map.yaml")


def test_heading_names_the_place() -> None:
    """A check of one county says which; whoever reads it needs no name of an engine."""
    text = printed(sample_run(), known=Circumstances(place="东胜区"))

    assert text.startswith("东胜区2025年考核")
    assert "columnar" not in text


def test_who_leads_and_how_many_fail() -> None:
    """Each commitment names its lead unit, and of how many subjects how many fail."""
    text = printed(sample_run())

    assert "牵头单位：市教育体育局" in text
    assert "2/4  ordos-145/primary-class-size" in text


def test_a_chapter_for_each_county() -> None:
    """Each county has its rate, its counts and what it has to mend, and nothing is lost."""
    whole, text = printed(sample_run()), printed(sample_run(), known=Circumstances(by_county=True))

    first, second = text.index("东胜区　达标率 28.6%"), text.index("康巴什区　达标率 0%")
    assert first < text.index("ordos-145/preschool-rate") < second
    assert second < text.index("ordos-145/pay-not-below")
    assert "未达标 2　滞后 1　缺数据 2" in text[first:second]
    assert text.count("小学标准班不超过45人") == 2
    assert {line for line in whole.splitlines() if line.startswith("    ")} <= set(
        text.splitlines()
    )


def test_every_county_has_its_share_of_what_is_listed() -> None:
    """A county with much to mend does not push the others out."""
    text = printed(many(90), limit=4, known=Circumstances(by_county=True))

    assert "ordos-145/pay-not-below" in text
    assert "ordos-145/teacher-rotation" in text


def test_a_rule_in_two_chapters_is_one_rule() -> None:
    """What says of how many rules nothing is listed counts each once, by county as in all."""
    run = sample_run()
    rules = {each.rule for each in run.findings if each.outcome in OPEN}
    known = Circumstances(by_county=True)

    assert f"{len(rules) - 1} 条规则一个也没列出" in printed(run, limit=1, known=known)
    assert f"{len(rules)} 条规则一个也没列出" in printed(run, limit=0, known=known)


@pytest.mark.parametrize("width", [60, 80])
def test_counts_are_not_torn(width: int) -> None:
    """A line ends between two counts, not within the name of an outcome."""
    with speaking(Language.EN):
        text = printed(many(90), width, known=Circumstances(by_county=True))

    assert "not\n" not in text
    assert "on track 0" in text
