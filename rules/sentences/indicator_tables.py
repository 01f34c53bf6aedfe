"""The sentences that the tables of a document are described by."""

from dabiao.rules.language.draft import (
    Draft,
    IndicatorTableDraft,
    Phrase,
    StepTable,
    TargetTableDraft,
)
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.rules.sentences.tables import table_missing


@sentence(
    SentenceKind.DEFINITION,
    (
        '每个"{level}"一张表"{text}",每行一个"{lower}"',
        '每个"{level}"一张表"{text}",每行一个"{lower}",仅限 {condition}',
    ),
    (
        'for each "{level}" a table "{text}" with a row for each "{lower}"',
        'for each "{level}" a table "{text}" with a row for each "{lower}" where {condition}',
    ),
    example=(
        '每个"旗县"一张表"班额情况表"，每行一个"学校"',
        'for each "county" a table "class sizes" with a row for each "school"',
    ),
    meaning=(
        "下表逐列写：列 公式 规则 表尾 表尾规则；不达标的格子加底纹，表尾是上一层的公式",
        "its columns: column, formula, rule, foot, foot rule; what fails a rule is shaded",
    ),
)
def indicator_table(  # noqa: PLR0913, PLR0917 - a slot each
    draft: Draft,
    level: Phrase,
    text: Phrase,
    lower: Phrase,
    whole: Phrase,
    condition: Phrase | None = None,
    table: StepTable | None = None,
) -> None:
    if table is None or not table.rows:
        draft.problems.append(table_missing(whole))
        return
    draft.document_tables.append(
        IndicatorTableDraft(text, level, lower, condition, tuple(table.rows))
    )


@sentence(
    SentenceKind.DEFINITION,
    '每个"{level}"一张表"{text}",每行一条规则',
    'for each "{level}" a table "{text}" with a row for each rule',
    example=(
        '每个"盟市"一张表"主要指标"，每行一条规则',
        'for each "prefecture" a table "main targets" with a row for each rule',
    ),
    meaning=(
        "下表逐行写：规则 指标 类别（后两列可省）；填出基期、目标、现值、完成度和结论",
        "its rows: rule, indicator, group; filled in with baseline, target, value, progress",
    ),
)
def target_table(
    draft: Draft, level: Phrase, text: Phrase, whole: Phrase, table: StepTable | None = None
) -> None:
    if table is None or not table.rows:
        draft.problems.append(table_missing(whole))
        return
    draft.document_tables.append(TargetTableDraft(text, level, tuple(table.rows)))
