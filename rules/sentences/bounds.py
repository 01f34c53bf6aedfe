"""Then-sentences whose bound is more than a number: a table of targets, years in which it holds.

They stand before those of ``norm``, whose bound may be almost any text. So does the sentence of
alternatives, which is made of several of those.
"""

from copy import copy

from dabiao.rules.language.draft import (
    AlternativesDraft,
    ChangesDraft,
    ComparesDraft,
    Draft,
    OptionDraft,
    Phrase,
    RecurrenceDraft,
    SaysDraft,
    StepTable,
    TargetsDraft,
)
from dabiao.rules.sentences.pattern import SentenceKind, find, sentence
from dabiao.rules.sentences.tables import table_missing
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.rule import Term

_COMPARATORS = {
    **dict.fromkeys(
        ("不低于", "不少于", "不小于", "达到", "至少为", "at least"), Comparator.AT_LEAST
    ),
    **dict.fromkeys(("高于", "超过", "more than"), Comparator.MORE_THAN),
    **dict.fromkeys(("不高于", "不超过", "不多于", "至多为", "at most"), Comparator.AT_MOST),
    **dict.fromkeys(("低于", "少于", "less than"), Comparator.LESS_THAN),
    **dict.fromkeys(("等于", "equal to"), Comparator.EQUAL),
}
_TARGET = ("目标", "target")


def _comparator(said: Phrase) -> Comparator:
    return _COMPARATORS[halfwidth(said.text).lower()]


@sentence(
    SentenceKind.NORM,
    ("{norm} [或/或者] {other}", "{norm},[或/或者] {other}"),
    "{norm} or {other}",
    example=(
        "在校生数 应不高于 2000人 或 班级数 应不高于 45个",
        "pupils should be at most 2000 or classes should be at most 45",
    ),
    meaning=(
        "做到其中一项就达标，可以接着写几个“或”；都没有做到时，各项差多少都写出来",
        "any one of them is enough; where none is, it says how far each is away",
    ),
)
def alternatives(draft: Draft, norm: Phrase, other: Phrase, whole: Phrase) -> None:
    options: list[OptionDraft] = []
    for said in (norm, other):
        scratch = copy(draft)
        scratch.norms, scratch.problems, scratch.unread = [], [], []
        known = find(said.text.strip(), "then")
        if known is not None and known.kind is SentenceKind.NORM:
            known.apply(scratch, said, None)
        match scratch.norms:
            case [(AlternativesDraft(more), _)]:
                options += more
            case [((ComparesDraft() | SaysDraft() | ChangesDraft()) as one, _)]:
                options.append(OptionDraft(one, said))
            case _:
                draft.problems.append(_no_option(said))
                draft.unread.append("then")
                return
    draft.norms.append((AlternativesDraft(tuple(options)), whole))


def _no_option(said: Phrase) -> Problem:
    return said.problem(
        "unknown-sentence",
        say(
            f"“{said.text.strip()}”不能和别的要求并列成“或”",
            f"{said.text.strip()!r} can't be one of several demands",
        ),
        hint=say(
            "“或”的两边各写一句：不低于、不高于、等于、为“是”，或比某年提高、下降",
            "on each side stands a sentence: at least, at most, equal, yes, or a change",
        ),
    )


@sentence(
    SentenceKind.NORM,
    (
        "{left} 应{comparator} [各年/分地区/分类]目标",
        "{left} 应{comparator} [各年/分地区/分类]的目标",
    ),
    "{left} should be {comparator} the targets [by year/by place/by category]",
    example=(
        "普惠性幼儿园覆盖率 应不低于 各年目标",
        "coverage should be at least the targets by year",
    ),
    meaning=(
        "目标在下表：第一列是 年、地区 或一个类别项（如 学段），另一列是 目标；各年目标不另写时限",
        "a table below: a column year, place or a category, and target; no timing beside years",
    ),
)
def targets(
    draft: Draft,
    left: Phrase,
    comparator: Phrase,
    whole: Phrase,
    table: StepTable | None = None,
) -> None:
    if table is None:
        draft.problems.append(table_missing(whole))
        draft.unread.append("then")
        return
    named = [header for header in table.header if header.text.strip().lower() in _TARGET]
    others = [header for header in table.header if header not in named]
    if len(named) != 1 or len(others) != 1:
        draft.problems.append(
            (table.header[0] if table.header else whole).problem(
                "column-missing",
                say(
                    "目标表要有两列：一列 目标，一列 年、地区 或一个类别项",
                    "a table of targets has two columns: target, and year, place or a category",
                ),
                hint=say("如 | 年 | 目标 | 或 | 学段 | 目标 |", "such as | year | target |"),
            )
        )
        draft.unread.append("then")
        return
    by, target = others[0], named[0]
    rows = [(row.cells[by.text], row.cells[target.text]) for row in table.rows]
    draft.norms.append((TargetsDraft(left, _comparator(comparator), by, tuple(rows)), whole))


@sentence(
    SentenceKind.NORM,
    "{left} 应每{term}[不少于/不低于/至少] {right}",
    "{left} should be at least {right} every {term}",
    example=("督导次数 应每季度不少于 1次", "inspections should be at least 1 every quarter"),
    meaning=(
        "填报的是全年的数：每季度1次就是全年4次（月12、半年2、学期2），结论里写明看不出每季度",
        "what is reported is of a year: 1 every quarter is 4 a year, and the finding says so",
    ),
)
def every_term(draft: Draft, left: Phrase, term: Phrase, right: Phrase, whole: Phrase) -> None:
    norm = ComparesDraft(left, Comparator.AT_LEAST, right, Term.named(term.text))
    draft.norms.append((norm, whole))


@sentence(
    SentenceKind.NORM,
    "{left} 应连续{years}年{comparator} {right}",
    "{left} should be {comparator} {right} for {years} years running",
    example=(
        "巩固率 应连续3年不低于 95%",
        "retention should be at least 95% for 3 years running",
    ),
    meaning=(
        "这几年到考核的那年为止，每年都要做到",
        "in every one of the years that end with the one judged",
    ),
)
def years_running(  # noqa: PLR0913, PLR0917 - as many slots as the sentence has
    draft: Draft, left: Phrase, years: Phrase, comparator: Phrase, right: Phrase, whole: Phrase
) -> None:
    count = int(years.text)
    norm = RecurrenceDraft(left, _comparator(comparator), right, count, count)
    draft.norms.append((norm, whole))


@sentence(
    SentenceKind.NORM,
    "{left} 应在{years}年中至少{count}年{comparator} {right}",
    "{left} should be {comparator} {right} in at least {count} of {years} years",
    example=(
        "优秀率 应在5年中至少3年不低于 20%",
        "excellence should be at least 20% in at least 3 of 5 years",
    ),
    meaning=(
        "到考核的那年为止的几年里，至少有几年做到",
        "in so many of the years that end with the one judged",
    ),
)
def some_of_the_years(  # noqa: PLR0913 - as many slots as the sentence has
    draft: Draft,
    *,
    left: Phrase,
    years: Phrase,
    count: Phrase,
    comparator: Phrase,
    right: Phrase,
    whole: Phrase,
) -> None:
    norm = RecurrenceDraft(left, _comparator(comparator), right, int(years.text), int(count.text))
    draft.norms.append((norm, whole))
