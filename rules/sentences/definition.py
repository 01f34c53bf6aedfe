"""Given-sentences that say what a commitment is about."""

import re
from collections.abc import Sequence

from dabiao.rules.language.draft import Draft, Phrase, StepRow, StepTable
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.rules.sentences.tables import table_missing


def quoted(names: Phrase) -> list[Phrase]:
    """Split a list of quoted names."""
    spot = names.spot
    return [
        Phrase(found[1], spot.shifted(found.start(1)))
        for found in re.finditer(r'["“「]([^"”」]+)["”」]', names.text)
    ]


@sentence(
    SentenceKind.DEFINITION,
    '依据文件"{text}"',
    'the document "{text}"',
    example=('依据文件"ordos-145"', 'the document "ordos-145"'),
    meaning=("规则出自哪个文件（document.yaml 的 id）", "the document that rules come from"),
)
def document(draft: Draft, text: Phrase) -> None:
    draft.documents.append(text)


@sentence(
    SentenceKind.DEFINITION,
    "数据项",
    "the items",
    example=("数据项", "the items"),
    meaning=(
        "下表逐行定义填报的数据项：名称 标识 层级 单位 类型 范围 汇总 口径",
        "the table below defines items: name, slug, level, unit, type, range, total, definition",
    ),
)
def items(draft: Draft, whole: Phrase, table: StepTable | None = None) -> None:
    draft.items.extend(_rows(draft, whole, table))


@sentence(
    SentenceKind.DEFINITION,
    "指标",
    "the indicators",
    example=("指标", "the indicators"),
    meaning=(
        "下表逐行定义计算的指标：名称 标识 层级 单位 公式 口径",
        "the table below defines indicators: name, slug, level, unit, formula, definition",
    ),
)
def indicators(draft: Draft, whole: Phrase, table: StepTable | None = None) -> None:
    draft.indicators.extend(_rows(draft, whole, table))


@sentence(
    SentenceKind.DEFINITION,
    '使用"{text}"的数据项',
    'uses the items of "{text}"',
    example=('使用"ordos-145"的数据项', 'uses the items of "other-plan"'),
    meaning=(
        "按名称使用别的规则包里这份文件定义的数据项和指标；不写就用不到",
        "makes known by name the items and indicators that a document of another pack defines",
    ),
)
def used(draft: Draft, text: Phrase) -> None:
    draft.used.append(text)


def _rows(draft: Draft, whole: Phrase, table: StepTable | None) -> Sequence[StepRow]:
    if table is None:
        draft.problems.append(table_missing(whole))
        return ()
    return table.rows


@sentence(
    SentenceKind.DEFINITION,
    '出处"{text}"',
    'cited at "{text}"',
    example=('出处"第三章第三节，第1段"', 'cited at "chapter 3, section 3, paragraph 1"'),
    meaning=(
        "在文件中的位置；同一承诺有几处就写几句",
        "where in the document it stands; one sentence a place",
    ),
)
def place(draft: Draft, text: Phrase) -> None:
    draft.places.append(text)


@sentence(
    SentenceKind.DEFINITION,
    '适用地区"{text}"',
    'the area is "{text}"',
    example=('适用地区"康巴什区"', 'the area is "150603"'),
    meaning=(
        "只适用于文件辖区内的这个地区（代码或名称）",
        "narrows the rule to a place, by code or name",
    ),
)
def area(draft: Draft, text: Phrase) -> None:
    draft.areas.append(text)


@sentence(
    SentenceKind.DEFINITION,
    '考核对象是"{level}"',
    'the subjects are "{level}"',
    example=('考核对象是"学校"', 'the subjects are "schools"'),
    meaning=(
        "考核辖区内这一层级的每个对象；与辖区同级时就是辖区本身",
        "every subject of that level inside the jurisdiction is judged",
    ),
)
def subjects(draft: Draft, level: Phrase) -> None:
    draft.levels.append(level)


@sentence(
    SentenceKind.DEFINITION,
    "仅限 {formula}",
    "only where {formula}",
    example=('仅限 学段 = "小学"', 'only where stage = "primary"'),
    meaning=("条件不成立的对象不适用", "subjects for which this is false are not applicable"),
)
def only_where(draft: Draft, formula: Phrase) -> None:
    draft.conditions.append(formula)


@sentence(
    SentenceKind.DEFINITION,
    ("牵头单位{names}", "牵头单位是{names}"),
    ("the lead unit is {names}", "the lead units are {names}"),
    example=('牵头单位"市教育体育局"', 'the lead unit is "Education Bureau"'),
    meaning=("谁牵头", "who leads"),
)
def lead_unit(draft: Draft, names: Phrase) -> None:
    draft.lead.extend(quoted(names))


@sentence(
    SentenceKind.DEFINITION,
    ("责任单位{names}", "责任单位是{names}"),
    ("the responsible units are {names}", "the responsible unit is {names}"),
    example=(
        '责任单位"市财政局"、"各旗区人民政府"',
        'the responsible units are "Finance Bureau", "Counties"',
    ),
    meaning=("谁负责", "who answers for it"),
)
def responsible_units(draft: Draft, names: Phrase) -> None:
    draft.responsible.extend(quoted(names))


@sentence(
    SentenceKind.DEFINITION,
    "按{count}位小数比较",
    ("compared to {count} decimal places", "compared to {count} decimal place"),
    example=("按1位小数比较", "compared to 1 decimal place"),
    meaning=(
        "文件公布的是四舍五入的数时，先按同样位数四舍五入再比较",
        "both sides are rounded first, where the document prints a rounded number",
    ),
)
def decimals(draft: Draft, count: Phrase) -> None:
    draft.decimals.append(int(count.text))


@sentence(
    SentenceKind.DEFINITION,
    ("允许相差{amount}", "允许误差{amount}"),
    "a difference of {amount} is allowed",
    example=("允许相差0.5个百分点", "a difference of 0.5 percentage points is allowed"),
    meaning=(
        "离要求不超过这么多也算达标，结论里写明差了多少",
        "who misses the bound by no more than that complies, and the finding says by how much",
    ),
)
def tolerance(draft: Draft, amount: Phrase) -> None:
    draft.tolerances.append(amount)


@sentence(
    SentenceKind.DEFINITION,
    "属于力争目标",
    "this is an aspiration",
    example=("属于力争目标", "this is an aspiration"),
    meaning=(
        "文件的说法是力争、争取；报告注明，可用 --ignore-aspirations 放过",
        "the document only strives for it",
    ),
)
def aspiration(draft: Draft) -> None:
    draft.aspiration = True


@sentence(
    SentenceKind.DEFINITION,
    '与"{text}"不一致',
    'contradicts "{text}"',
    example=('与"ordos-145/quality-balanced-counties-body"不一致', 'contradicts "plan/other-rule"'),
    meaning=(
        "文件自身或文件之间说法不同，两条都保留并互相注明",
        "two commitments disagree; both are kept",
    ),
)
def contradiction(draft: Draft, text: Phrase) -> None:
    draft.contradicts.append(text)


@sentence(
    SentenceKind.DEFINITION,
    '取代"{text}"自{year}年起',
    'takes the place of "{text}" from {year} on',
    example=(
        '取代"ordos-145/primary-class-size"自2024年起',
        'takes the place of "plan/other-rule" from 2024 on',
    ),
    meaning=(
        "只取代一条规则：从那一年起被取代的不适用；整份文件取代的写在 document.yaml",
        "one rule takes the place of another, which no longer applies from that year on",
    ),
)
def replacement(draft: Draft, text: Phrase, year: Phrase) -> None:
    draft.replaces.append((text, int(year.text)))
