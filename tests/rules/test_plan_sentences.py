"""Sentences of plans: what becomes a rule, and what is refused with the words left out."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutate import mutate
from dabiao.rules.writing.scaffold import Outline, outlined, scaffold
from dabiao.schemas.problem import InputError, Problem, Severity
from tests.rules.packs import write_pack
from tests.rules.plan_corpus import NO_DEMAND, REFUSED, WORDS, WRITTEN, PlanSentence, plain
from tests.rules.test_read import judged


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Read a pack with the items that plans speak of."""
    return read([write_pack(tmp_path_factory.mktemp("plan"), more=WORDS)]).catalog


OPEN = "请填数据项和值"
WITHOUT_EXAMPLES = ("上级(", "名次(", "占比(", "应连续", " 或 ")
"""What a norm says of other subjects, years or demands, of which no example is written."""
SAID = Outline("plan", "new-rule", "", "第一章", level="", timing="", norm="")
"""Nothing but where it stands."""


def outline_of(sentence: str, catalog: Catalog, said: Outline = SAID) -> Outline:
    """Outline the rule of a sentence, of which the writer says some parts."""
    return outlined(said, sentence, catalog)


def refused(sentence: str, catalog: Catalog, said: Outline = SAID) -> Problem:
    """Give the one problem that a sentence is refused with."""
    with pytest.raises(InputError) as caught:
        outline_of(sentence, catalog, said)
    [problem] = caught.value.problems
    assert problem.hint
    return problem


@pytest.mark.parametrize("said", plain(), ids=lambda said: said.text)
def test_a_sentence_is_written_as_it_is_meant_or_refused(
    said: PlanSentence, catalog: Catalog
) -> None:
    """Number, unit, direction, comparator, year and baseline are those of the sentence."""
    if said.refused:
        assert refused(said.text, catalog).code == said.refused
        return
    told = outline_of(said.text, catalog)

    striven = "是" if told.aspiration else ""
    assert (told.level, told.timing, told.norm, told.baseline, striven) == said[1:6]
    feature = scaffold(told, catalog)
    assert told.norm in feature
    assert told.baseline in feature


def test_most_sentences_of_plans_are_written() -> None:
    """Three of four, of hundreds; the others are refused with a reason."""
    told = plain()

    assert len({each.text for each in told}) == len(told) >= 150
    assert len(WRITTEN) >= 0.75 * len(told)


@pytest.mark.parametrize(("sentence", "unused"), REFUSED)
def test_what_a_rule_would_leave_out_is_named(
    sentence: str, unused: tuple[str, ...], catalog: Catalog
) -> None:
    """Nothing is written of a sentence that says more, and each unused piece has its place."""
    problem = refused(sentence, catalog)

    assert problem.code == "unused-words"
    named = re.findall(r"“(\S+?)”（第(\d+)字）", problem.message)
    assert [piece for piece, _ in named] == list(unused)
    assert all(sentence.startswith(piece, int(place) - 1) for piece, place in named)


@pytest.mark.parametrize(
    ("sentence", "baseline", "norm"),
    [
        ("专任教师数增加10%", "基期2020年", "专任教师数 应比2020年提高不少于 10%"),
        (
            "普通话普及率年均提高1个百分点",
            "基期2020年为70%",
            "普通话普及率 应年均提高不少于 1个百分点",
        ),
        ("九年义务教育巩固率从95%提高到97%", "基期2020年为95%", "九年义务教育巩固率 应不低于 97%"),
    ],
)
def test_the_writer_may_say_the_year(
    sentence: str, baseline: str, norm: str, catalog: Catalog
) -> None:
    """With --baseline the same sentences are written, and the baseline stands in the rule."""
    told = outline_of(sentence, catalog, replace(SAID, baseline=baseline))

    assert (told.norm, told.baseline) == (norm, baseline)
    assert f"而且 {baseline}\n" in scaffold(told, catalog)


def test_another_baseline_than_the_sentence_says(catalog: Catalog) -> None:
    """A baseline that contradicts the sentence is not taken."""
    problem = refused(
        "九年义务教育巩固率从95%提高到97%", catalog, replace(SAID, baseline="基期2020年为94%")
    )

    assert problem.code == "no-baseline"


@pytest.mark.parametrize("sentence", NO_DEMAND)
def test_a_sentence_without_a_demand_of_a_known_measure(sentence: str, catalog: Catalog) -> None:
    """No measure by that name, or nothing asked of it."""
    assert refused(sentence, catalog).code == "no-norm"


def test_a_name_that_is_nearly_known_is_offered(catalog: Catalog) -> None:
    """学前教育毛入园率 is not taken for 学前三年毛入园率, but that is offered."""
    problem = refused("学前教育毛入园率达到90%", catalog)

    assert "学前三年毛入园率" in (problem.hint or "")


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("学前教育毛入园率达到90%", "--norm '学前三年毛入园率 应不低于 90%'"),
        ("学前教育毛入园率不超过90%", "--norm '学前三年毛入园率 应不高于 90%'"),
        ("学前教育毛入园率达到90%，其中公办园达到50%", "或用 --norm 写明"),
        ("学前教育毛入园率达到90万人", "或用 --norm 写明"),
        ("劳动基地达到30个", "“数据项”表"),
    ],
)
def test_a_demand_of_a_nearly_known_name_is_written_out(
    sentence: str, way: str, catalog: Catalog
) -> None:
    """With the one number of the sentence, where the measure can have it; else it is asked for."""
    assert way in (refused(sentence, catalog).hint or "")


@pytest.mark.parametrize("slug", ["普通话", "Mandarin", "", "man darin", "a_b"])
def test_a_rule_is_called_as_a_tag_can_be(slug: str, catalog: Catalog) -> None:
    """Nothing is written that lint would refuse at once."""
    problem = refused("普通话普及率达到85%", catalog, replace(SAID, slug=slug))

    assert problem.code == "no-slug"


def test_what_the_writer_says_need_not_be_in_the_sentence(catalog: Catalog) -> None:
    """A norm, a time or a condition given beside the sentence accounts for what it says."""
    vague = "到2025年，普惠性幼儿园覆盖率达到90%左右"

    told = outline_of(vague, catalog, replace(SAID, norm="普惠性幼儿园覆盖率 应不低于 90%"))

    assert (told.level, told.timing) == ("盟市", "到2025年底")
    yearly = replace(SAID, timing="自2021年至2025年每年")
    told = outline_of("到2025年普通话普及率每年提高1个百分点", catalog, yearly)
    assert told.timing == "自2021年至2025年每年"
    assert refused("公办学校大班额数不超过5个", catalog).code == "unused-words"
    public = replace(SAID, condition='办学性质 = "公办"', norm="大班额数 应不高于 5个")
    assert outline_of("每校大班额数不超过5个，不含民办", catalog, public).level == "学校"


def test_what_is_excepted_is_said_by_a_condition(catalog: Catalog) -> None:
    """民办学校除外 asks for ≠, and is written with it; with = it is left out."""
    sentence = "各学校（民办学校除外）大班额数不超过5个"

    assert '办学性质 ≠ "民办"' in (refused(sentence, catalog).hint or "")
    but = replace(SAID, condition='办学性质 ≠ "民办"')
    assert outline_of(sentence, catalog, but).norm == "大班额数 应不高于 5个"
    only = replace(SAID, condition='办学性质 = "民办"')
    assert "“除外”" in refused(sentence, catalog, only).message


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("普通话普及率比2020年提高20%", "百分点"),
        ("一般公共预算教育支出不低于专任教师数的15%", "比例(甲, 专任教师数)"),
        ("“十四五”期间，普通话普及率达到85%", "--timing"),
        ("公办幼儿园数是2020年的1.2倍", "拆成几句"),
        ("到2025年，一般公共预算教育支出提高到每生每年850元", "生均"),
        (
            "生均公用经费每生每年850元",
            "还是正好：用 --norm 写明，如 --norm '生均公用经费 应不低于 850元/人'",
        ),
        (
            "锚定强国目标，普通话普及率达到85%以上",
            "“锚定强国目标”只说做什么的，从 --sentence 里删去",
        ),
        (
            "到2025年，普通话普及率达到85%，九年义务教育巩固率达到95%",
            "“到2025年，普通话普及率达到85%”、“到2025年，九年义务教育巩固率达到95%”",
        ),
        ("农村牧区，普通话普及率达到85%，九年义务教育巩固率达到95%", "拆成几句各写一条规则；"),
        ("普通话普及率达到85%，其中九年义务教育巩固率达到95%", "拆成几句各写一条规则；"),
        ("普通话普及率达到85%，高中阶段毛入学率达到92%", "“高中阶段毛入学率达到92%”"),
        ("到2025年、2030年，普通话普及率分别达到85%、95%", "各年目标"),
    ],
)
def test_the_way_out_fits_what_is_left_out(sentence: str, way: str, catalog: Catalog) -> None:
    """What to do is said of what the sentence says, not of what it only resembles."""
    assert way in (refused(sentence, catalog).hint or "")


def test_a_time_is_said_by_the_writer(catalog: Catalog) -> None:
    """A time that no rule has is accounted for by --timing."""
    told = outline_of(
        "“十四五”期间，普通话普及率达到85%", catalog, replace(SAID, timing="到2025年底")
    )

    assert told.timing == "到2025年底"


def test_what_was_understood_stands_beside_the_sentence(catalog: Catalog) -> None:
    """The sentence as it was given, and in plain words how it was read."""
    sentence = "到2025年，普通话普及率力争达到85%以上"

    feature = scaffold(outline_of(sentence, catalog), catalog)

    assert f"  # 原话：{sentence}\n" in feature
    told = "每个盟市，到2025年底，力争做到，普通话普及率 至少 85%，正好 85% 算达标"
    assert f"  # 读作：{told}\n" in feature


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("儿童青少年近视率每年降低0.5个百分点以上", "比上一年至少下降 0.5百分点"),
        ("普通话普及率超过85%", "普通话普及率 超过 85%，正好 85% 不算"),
        ("大班额数控制在5个以内", "大班额数 最多 5个，正好 5个 算达标"),
        ("公办幼儿园数控制在10所至15所之间", "公办幼儿园数 10所 到 15所，两头都算"),
        ("一般公共预算教育支出只增不减", "比上一年不低，持平算达标"),
        ("大班额数比2020年减少10%", "比2020年至少下降 10%"),
        ("普通话普及率在2020年基础上年均提高1个百分点", "平均每年至少提高 1百分点"),
        ("2023年内所有学校校舍安全达标", '校舍安全达标 应为"是"'),
        ("九年义务教育巩固率连续3年不低于98%", "九年义务教育巩固率 应连续3年不低于 98%"),
        ("九年义务教育巩固率不低于全区平均水平", "应不低于 上级(自治区.九年义务教育巩固率)"),
        ("大班额数清零", "大班额数 最多 0个"),
    ],
)
def test_each_kind_of_demand_is_read_back(sentence: str, told: str, catalog: Catalog) -> None:
    """Bound, side and direction are told in words that a person would use."""
    feature = scaffold(outline_of(sentence, catalog), catalog)

    [line] = [each for each in feature.splitlines() if each.startswith("  # 读作")]
    assert told in line


def test_a_document_that_is_not_there(catalog: Catalog) -> None:
    """A rule has a document, which tells its period and whom it binds."""
    problem = refused("普通话普及率达到85%", catalog, replace(SAID, document="plam"))

    assert problem.code == "unknown-document"
    assert "plan" in (problem.hint or "")


def test_whom_a_document_without_a_place_speaks_of(tmp_path: Path) -> None:
    """Nobody guesses a level: it is asked for, unless the sentence or the measure tells it."""
    folder = write_pack(tmp_path, more=WORDS)
    text = (folder / "document.yaml").read_text("utf-8")
    (folder / "document.yaml").write_text(re.sub("jurisdiction.*\n", "", text), "utf-8")
    anywhere = read([folder]).catalog

    assert refused("普通话普及率达到85%", anywhere).code == "no-subjects"
    assert outline_of("各旗区普通话普及率达到85%", anywhere).level == "旗县"
    assert outline_of("校舍安全达标", anywhere).level == "学校"
    said = replace(SAID, level="旗县")
    assert outline_of("普通话普及率达到85%", anywhere, said).level == "旗县"


def test_what_is_written_proves_itself(tmp_path: Path) -> None:
    """Every rule of a sentence lints, passes its own scenarios, and leaves no mutant alive."""
    folder = write_pack(tmp_path, more=WORDS)
    catalog = read([folder]).catalog
    distinct = {each[1:]: each.text for each in WRITTEN}
    for number, sentence in enumerate(distinct.values()):
        outline = Outline("plan", f"rule-{number}", "", "第一章", "", "", "")
        told = outlined(outline, sentence, catalog)
        feature = scaffold(told, catalog)
        if OPEN in feature:  # whose examples are the writer's to give
            assert any(word in told.norm for word in WITHOUT_EXAMPLES), told.norm
            continue
        (folder / f"rule-{number}.feature").write_text(feature, "utf-8")

    reading = read([folder])

    assert [str(each) for each in reading.problems if each.severity is Severity.ERROR] == []
    open_ones = [
        each
        for each in mutate(reading, judged)
        if each.fate.open and not each.change.startswith("占比(")  # one % less, of five schools
    ]
    assert [(each.rule, each.change) for each in open_ones] == []


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("大班额数差异系数不高于0.5", "差异系数("),
        ("2022年普通话普及率达80%，2023年达82%，2025年达85%", "各年目标"),
        ("普通话普及率达到85%左右", "定一个读法"),
        ("公办学校大班额数不超过5个", "--only-where '办学性质 = \"公办\"'"),
        ("普通话普及率达到85%，巩固率达到95%", "拆成几句"),
    ],
)
def test_a_refusal_says_how_to_go_on(sentence: str, way: str, catalog: Catalog) -> None:
    """By what the rule would leave out."""
    assert way in (refused(sentence, catalog).hint or "")


def test_a_time_of_a_school_is_no_person(catalog: Catalog) -> None:
    """每学年 says how often, not how much for each pupil."""
    assert "平均每人" not in str(refused("每学年督导次数不少于2次", catalog).hint)
    assert "平均每人" in str(refused("每学生专任教师数不少于2人", catalog).hint)


def test_an_amount_for_so_many_is_no_amount(catalog: Catalog) -> None:
    """No norm is proposed that would leave out of how many each is said."""
    assert "--norm '" not in str(refused("每100名学生配2名专任教师", catalog).hint)
