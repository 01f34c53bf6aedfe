"""Given- and When-sentences of scenarios: what was submitted, and when it is judged."""

import datetime

from dabiao.rules.language.draft import Draft, Phrase, StepRow, StepTable
from dabiao.rules.language.scenario import Scenario
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.rules.sentences.tables import table_missing
from dabiao.rules.sentences.values import give, level_of, scenario_of, slug_of
from dabiao.schemas.days import day_in
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

_FIXED = {
    "层级": "level",
    "代码": "code",
    "名称": "name",
    "上级代码": "parent",
    "年份": "year",
    "收到日期": "received",
}


@sentence(
    SentenceKind.FACTS,
    "填报数据",
    "the facts",
    example=("填报数据", "the facts"),
    meaning=(
        "下表逐行给出填报数据：层级 代码 名称 上级代码 年份 收到日期（都可省）和数据项",
        "the table below gives level, code, name, parent, year, received (all optional), items",
    ),
)
def submitted(draft: Draft, whole: Phrase, table: StepTable | None = None) -> None:
    scenario = scenario_of(draft)
    if table is None:
        draft.problems.append(table_missing(whole))
        return
    fixed = {
        header.text: _FIXED.get(header.text.strip(), header.text.strip().lower())
        for header in table.header
    }
    fixed = {header: name for header, name in fixed.items() if name in _FIXED.values()}
    slugs = {
        header.text: slug
        for header in table.header
        if header.text not in fixed and (slug := slug_of(draft, header)) is not None
    }
    for row in table.rows:
        _submit(draft, scenario, row, fixed, slugs)


def _submit(
    draft: Draft, scenario: Scenario, row: StepRow, fixed: dict[str, str], slugs: dict[str, str]
) -> None:
    said = {name: row.cells[header] for header, name in fixed.items() if row.cells[header].text}
    level = scenario.rule.level if scenario.rule is not None else None
    if "level" in said:
        level = level_of(draft, said["level"])
    if level is None:
        level = _only_level(scenario, list(slugs.values()))
    year = None
    if "year" in said:
        digits = halfwidth(said["year"].text).removesuffix("年")
        if not digits.isdigit():
            draft.problems.append(
                said["year"].problem(
                    "bad-year",
                    say(f"“{said['year'].text}”不是年份", f"{said['year'].text!r} is not a year"),
                    expected="2025",
                )
            )
            return
        year = int(digits)
    received = _day(draft, said["received"]) if "received" in said else None
    if level is None or ("received" in said and received is None):
        return
    code = said["code"].text if "code" in said else scenario.lone(level)
    if "parent" in said:
        parent: str | None = said["parent"].text
        given = scenario.row(level, code, year)
        given.parent = parent
    else:
        given = scenario.row(level, code, year)
    given.received = received
    if "name" in said:
        given.name = said["name"].text
    scenario.subject = (level, code)
    for header, slug in slugs.items():
        if row.cells[header].text.strip() and not _exists(
            draft, row.cells[header].named(header), slug, level
        ):
            continue
        give(draft, given.values, slug, row.cells[header])


def _only_level(scenario: Scenario, slugs: list[str]) -> Level | None:
    """Tell the level of facts that do not say it: the lowest at which all the items exist."""
    vocabulary = scenario.catalog.vocabulary
    fitting = [
        level
        for level in Level
        if slugs and all(level in vocabulary.measure(slug).levels for slug in slugs)
    ]
    return fitting[-1] if fitting else None


def _day(draft: Draft, said: Phrase) -> datetime.date | None:
    """Read a day; anything else is a problem."""
    found = day_in(said.text)
    if found is None:
        told = say(f"“{said.text}”不是日期", f"{said.text!r} is not a day")
        draft.problems.append(said.problem("bad-date", told, expected="2025-10-31"))
    return found


@sentence(
    SentenceKind.FACTS,
    "报送截止日期是 {value}",
    "forms were due on {value}",
    example=("报送截止日期是 2025-10-31", "forms were due on 2025-10-31"),
    meaning=(
        "各表的截止日期；收到日期写在填报数据的表里，不写的按时",
        "when forms were due; the table of facts says when each was received, else in time",
    ),
)
def were_due(draft: Draft, value: Phrase) -> None:
    scenario_of(draft).due = _day(draft, value)


@sentence(
    SentenceKind.FACTS,
    "某{level}的 {measure} 在{year}年是 {value}",
    "a {level} whose {measure} was {value} in {year}",
    example=("某学校的 教师数 在2024年是 38", "a school whose teachers was 38 in 2024"),
    meaning=("给出某一年的值", "gives the value of another year"),
)
def subject_had(draft: Draft, level: Phrase, measure: Phrase, year: Phrase, value: Phrase) -> None:
    _about(draft, level)
    _say(draft, measure, value, int(year.text))


@sentence(
    SentenceKind.FACTS,
    "某{level}的 {measure} 为空",
    "a {level} whose {measure} is blank",
    example=("某学校的 教师数 为空", "a school whose teachers is blank"),
    meaning=("没有填报", "it was not reported"),
)
def subject_left_blank(draft: Draft, level: Phrase, measure: Phrase) -> None:
    _about(draft, level)
    _say(draft, measure, None, None)


@sentence(
    SentenceKind.FACTS,
    ("某{level}的 {measure} 是 {value}", "某{level}的 {measure} 是"),
    ("a {level} whose {measure} is {value}", "a {level} whose {measure} is"),
    example=('某班级的 学段 是 "小学"', 'a class whose stage is "primary"'),
    meaning=(
        "考核那一年的填报值；不写值就是没有填报",
        "the value submitted for the year judged; no value means not reported",
    ),
)
def subject_has(draft: Draft, level: Phrase, measure: Phrase, value: Phrase | None = None) -> None:
    _about(draft, level)
    _say(draft, measure, value, None)


@sentence(
    SentenceKind.FACTS,
    "{measure} 在{year}年是 {value}",
    "{measure} was {value} in {year}",
    example=("教师数 在2024年是 38", "teachers was 38 in 2024"),
    meaning=("同一对象另一年的值", "the value of another year, of the same subject"),
)
def had(draft: Draft, measure: Phrase, year: Phrase, value: Phrase) -> None:
    _say(draft, measure, value, int(year.text))


@sentence(
    SentenceKind.FACTS,
    "{measure} 为空",
    "{measure} is blank",
    example=("教师数 为空", "teachers is blank"),
    meaning=("没有填报", "it was not reported"),
)
def left_blank(draft: Draft, measure: Phrase) -> None:
    _say(draft, measure, None, None)


@sentence(
    SentenceKind.FACTS,
    ("{measure} 是 {value}", "{measure} 是"),
    ("{measure} is {value}", "{measure} is"),
    example=("班级人数 是 46", "class_size is 46"),
    meaning=("同一对象的另一个值", "another value of the same subject"),
)
def has(draft: Draft, measure: Phrase, value: Phrase | None = None) -> None:
    _say(draft, measure, value, None)


@sentence(
    SentenceKind.JUDGING,
    ("在{year}年考核", "{year}年考核"),
    ("judged in {year}", "it is judged in {year}"),
    example=("在2025年考核", "judged in 2025"),
    meaning=("以那一年为考核年", "that is the year judged"),
)
def judged_in(draft: Draft, year: Phrase) -> None:
    scenario_of(draft).run(int(year.text))


def _about(draft: Draft, said: Phrase) -> None:
    level = level_of(draft, said)
    if level is not None:
        scenario = scenario_of(draft)
        scenario.subject = (level, scenario.lone(level))


def _say(draft: Draft, measure: Phrase, value: Phrase | None, year: int | None) -> None:
    scenario = scenario_of(draft)
    slug = slug_of(draft, measure)
    if slug is None:
        return
    if scenario.subject is None:
        level = scenario.rule.level if scenario.rule is not None else _only_level(scenario, [slug])
        if level is None:
            return
        scenario.subject = (level, scenario.lone(level))
    if not _exists(draft, measure, slug, scenario.subject[0]):
        return
    values = scenario.row(*scenario.subject, year).values
    if value is not None:
        give(draft, values, slug, value)


def _exists(draft: Draft, said: Phrase, slug: str, level: Level) -> bool:
    """Tell whether subjects of a level have a measure at all; a value of theirs says nothing."""
    vocabulary = scenario_of(draft).catalog.vocabulary
    if vocabulary.exists_at(slug, level):
        return True
    if any(each.code == "wrong-level" for each in draft.problems):
        return False  # of the same subject; it was told once
    levels = [each.label for each in vocabulary.measure(slug).levels]
    draft.problems.append(
        said.problem(
            "wrong-level",
            say(
                f"{level.zh}没有“{said.text.strip()}”这一项",
                f"a {level.value} has no {said.text.strip()!r}",
            ),
            expected=say("、", ", ").join(levels),
            hint=say("核对场景说的是哪一层级的对象", "check whom the scenario speaks of"),
        )
    )
    return False
