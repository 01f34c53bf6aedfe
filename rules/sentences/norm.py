"""Then-sentences of a rule's background: what is demanded.

One reading of the bounds holds throughout: 以上, 以下, 不低于, 不高于, 至少, 至多 include the
bound; 超过, 高于, 低于, 不足 do not.
"""

from dabiao.rules.catalog.norm import Direction, Span
from dabiao.rules.language.draft import (
    ChangesDraft,
    ComparesDraft,
    Draft,
    Phrase,
    RollsUpDraft,
    SaysDraft,
    WithinDraft,
)
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.schemas.comparator import Comparator


@sentence(
    SentenceKind.NORM,
    ("{left} 应在 {low} 至 {high} 之间", "{left} 应在 {low} 到 {high} 之间"),
    "{left} should be between {low} and {high}",
    example=("示范专业数 应在 10个 至 15个 之间", "classes should be between 10 and 15"),
    meaning=("含两端", "both bounds included"),
)
def between(draft: Draft, left: Phrase, low: Phrase, high: Phrase, whole: Phrase) -> None:
    draft.norms.append((WithinDraft(left, low, high), whole))


@sentence(
    SentenceKind.NORM,
    (
        "{left} 应在 {right} 以上",
        "{left} 应[达到/为/是/有] {right} 以上",
        "{left} 应[不低于/不少于/不小于/大于等于] {right}",
        "{left} 应[达到/至少为/至少达到] {right}",
        "{left} 应[≥/>=] {right}",
    ),
    ("{left} should be at least {right}", "{left} should be [no less/not less] than {right}"),
    example=("普惠性幼儿园覆盖率 应不低于 90%", "coverage should be at least 90%"),
    meaning=("含本数", "the bound itself complies"),
)
def at_least(draft: Draft, left: Phrase, right: Phrase, whole: Phrase) -> None:
    draft.norms.append((ComparesDraft(left, Comparator.AT_LEAST, right), whole))


@sentence(
    SentenceKind.NORM,
    (
        "{left} 应在 {right} 以下",
        "{left} 应[在/为/是] {right} 以内",
        "{left} 应[为/是] {right} 以下",
        "{left} 应[不高于/不超过/不多于/不大于/小于等于] {right}",
        "{left} 应[至多为/控制在] {right} 以内",
        "{left} 应至多为 {right}",
        "{left} 应[≤/<=] {right}",
    ),
    ("{left} should be at most {right}", "{left} should be [no more/not more] than {right}"),
    example=("班级人数 应不高于 45人", "class_size should be at most 45"),
    meaning=("含本数", "the bound itself complies"),
)
def at_most(draft: Draft, left: Phrase, right: Phrase, whole: Phrase) -> None:
    draft.norms.append((ComparesDraft(left, Comparator.AT_MOST, right), whole))


@sentence(
    SentenceKind.NORM,
    ("{left} 应[高于/超过/大于/多于] {right}", "{left} 应> {right}"),
    "{left} should be [more than/above/over] {right}",
    example=("兼职教师占比 应高于 20%", "share should be more than 20%"),
    meaning=("不含本数", "the bound itself does not comply"),
)
def more_than(draft: Draft, left: Phrase, right: Phrase, whole: Phrase) -> None:
    draft.norms.append((ComparesDraft(left, Comparator.MORE_THAN, right), whole))


@sentence(
    SentenceKind.NORM,
    ("{left} 应[低于/少于/小于/不足/不到] {right}", "{left} 应< {right}"),
    "{left} should be [less than/below/under] {right}",
    example=("辍学率 应低于 1%", "dropout_rate should be less than 1%"),
    meaning=("不含本数", "the bound itself does not comply"),
)
def less_than(draft: Draft, left: Phrase, right: Phrase, whole: Phrase) -> None:
    draft.norms.append((ComparesDraft(left, Comparator.LESS_THAN, right), whole))


@sentence(
    SentenceKind.NORM,
    '{left} 应为"{text}"',
    ('{left} should be "{text}"', '{left} should say "{text}"'),
    example=('已建成标准化考点 应为"是"', 'has_library should be "yes"'),
    meaning=("是否项或类别项应是什么", "what a boolean or a category should be"),
)
def says(draft: Draft, left: Phrase, text: Phrase, whole: Phrase) -> None:
    draft.norms.append((SaysDraft(left, text), whole))


@sentence(
    SentenceKind.NORM,
    ("{left} 应等于 {right}", "{left} 应[为/是] {right}", "{left} 应= {right}"),
    "{left} should [be equal to/equal] {right}",
    example=("大班额数 应等于 0个", "large_classes should equal 0"),
    meaning=("恰好相等", "exactly the bound"),
)
def equal_to(draft: Draft, left: Phrase, right: Phrase, whole: Phrase) -> None:
    draft.norms.append((ComparesDraft(left, Comparator.EQUAL, right), whole))


@sentence(
    SentenceKind.NORM,
    "{left} 应[逐年不减/只增不减/逐年只增不减]",
    "{left} should not fall from year to year",
    example=("一般公共预算教育支出 应逐年不减", "spending should not fall from year to year"),
    meaning=("不低于上年", "not below last year"),
)
def never_falls(draft: Draft, left: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.RISE, Span.YEAR, None), whole))


@sentence(
    SentenceKind.NORM,
    "{left} 应[逐年不增/只减不增/逐年只减不增]",
    "{left} should not rise from year to year",
    example=("大班额数 应逐年不增", "large_classes should not rise from year to year"),
    meaning=("不高于上年", "not above last year"),
)
def never_rises(draft: Draft, left: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.FALL, Span.YEAR, None), whole))


_RISE = "[提高/增加/上升/增长]"
_FALL = "[下降/降低/减少]"
_LEAST = "[不少于/不低于/至少]"
_YEARLY = "[逐年/每年/比上年]"


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应{_YEARLY}{_RISE}{_LEAST} {{least}}",
    "{left} should rise by at least {least} every year",
    example=(
        "优良率 应逐年提高不少于 1个百分点",
        "share should rise by at least 1 percentage points every year",
    ),
    meaning=("与上年相比", "against last year"),
)
def rises_yearly(draft: Draft, left: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.RISE, Span.YEAR, least), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应{_YEARLY}{_FALL}{_LEAST} {{least}}",
    "{left} should fall by at least {least} every year",
    example=(
        "近视率 应逐年下降不少于 0.5个百分点",
        "myopia should fall by at least 0.5 percentage points every year",
    ),
    meaning=("与上年相比", "against last year"),
)
def falls_yearly(draft: Draft, left: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.FALL, Span.YEAR, least), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应[年均/平均每年]{_RISE}{_LEAST} {{least}}",
    "{left} should rise by at least {least} a year on average",
    example=("在校生数 应年均增长不少于 5%", "pupils should rise by at least 5% a year on average"),
    meaning=("从基期算起的年平均", "a year's average since the baseline"),
)
def rises_on_average(draft: Draft, left: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.RISE, Span.ANNUALISED, least), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应[年均/平均每年]{_FALL}{_LEAST} {{least}}",
    "{left} should fall by at least {least} a year on average",
    example=(
        "近视率 应年均下降不少于 0.5个百分点",
        "myopia should fall by at least 0.5 points a year on average",
    ),
    meaning=("从基期算起的年平均", "a year's average since the baseline"),
)
def falls_on_average(draft: Draft, left: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.FALL, Span.ANNUALISED, least), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应比{{year}}年{_RISE}{_LEAST} {{least}}",
    "{left} should rise by at least {least} since {year}",
    example=("学位数 应比2020年增加不少于 500个", "places should rise by at least 500 since 2020"),
    meaning=("与那一年相比", "against that year"),
)
def rises_since(draft: Draft, left: Phrase, year: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append(
        (ChangesDraft(left, Direction.RISE, Span.SINCE, least, int(year.text)), whole)
    )


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应比{{year}}年{_FALL}{_LEAST} {{least}}",
    "{left} should fall by at least {least} since {year}",
    example=(
        "近视率 应比2020年下降不少于 2个百分点",
        "myopia should fall by at least 2 points since 2020",
    ),
    meaning=("与那一年相比", "against that year"),
)
def falls_since(draft: Draft, left: Phrase, year: Phrase, least: Phrase, whole: Phrase) -> None:
    draft.norms.append(
        (ChangesDraft(left, Direction.FALL, Span.SINCE, least, int(year.text)), whole)
    )


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应{_YEARLY}{_RISE}",
    "{left} should rise every year",
    example=("普通话普及率 应逐年提高", "share should rise every year"),
    meaning=(
        "比上年提高，持平不算；已是最好的，保持就是达标",
        "more than last year, however little, unless there is no better",
    ),
)
def rises_yearly_at_all(draft: Draft, left: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.RISE, Span.YEAR, None, strict=True), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应比{{year}}年{_RISE}",
    "{left} should rise since {year}",
    example=("普通话普及率 应比2020年提高", "share should rise since 2020"),
    meaning=("与那一年相比，持平不算", "against that year, however little"),
)
def rises_since_at_all(draft: Draft, left: Phrase, year: Phrase, whole: Phrase) -> None:
    draft.norms.append(
        (ChangesDraft(left, Direction.RISE, Span.SINCE, None, int(year.text), strict=True), whole)
    )


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应{_YEARLY}{_FALL}",
    "{left} should fall every year",
    example=("近视率 应逐年下降", "myopia should fall every year"),
    meaning=(
        "比上年下降，持平不算；已是最好的，保持就是达标",
        "less than last year, however little, unless there is no better",
    ),
)
def falls_yearly_at_all(draft: Draft, left: Phrase, whole: Phrase) -> None:
    draft.norms.append((ChangesDraft(left, Direction.FALL, Span.YEAR, None, strict=True), whole))


@sentence(
    SentenceKind.NORM,
    f"{{left}} 应比{{year}}年{_FALL}",
    "{left} should fall since {year}",
    example=("近视率 应比2020年下降", "myopia should fall since 2020"),
    meaning=("与那一年相比，持平不算", "against that year, however little"),
)
def falls_since_at_all(draft: Draft, left: Phrase, year: Phrase, whole: Phrase) -> None:
    draft.norms.append(
        (ChangesDraft(left, Direction.FALL, Span.SINCE, None, int(year.text), strict=True), whole)
    )


@sentence(
    SentenceKind.NORM,
    '所有"{level}"应符合"{tag}"',
    '[every/all] "{level}" should comply with "{tag}"',
    example=('所有"学校"应符合"@标准化"', 'every "school" should comply with "@standard"'),
    meaning=(
        "下级每个对象都要符合带这个标签的每条规则",
        "every subject below complies with every rule of the tag",
    ),
)
def all_comply(draft: Draft, level: Phrase, tag: Phrase, whole: Phrase) -> None:
    draft.norms.append((RollsUpDraft(level, tag), whole))


@sentence(
    SentenceKind.NORM,
    '自身应符合"{tag}"',
    'itself should comply with "{tag}"',
    example=('自身应符合"@认定条件"', 'itself should comply with "@conditions"'),
    meaning=(
        "对象自己要符合同一层级带这个标签的每条规则",
        "the subject itself complies with every rule of its level that carries the tag",
    ),
)
def itself_complies(draft: Draft, tag: Phrase, whole: Phrase) -> None:
    draft.norms.append((RollsUpDraft(None, tag), whole))


_EACH = 'each "{level}" should comply with at least {count} of "{tag}"'


@sentence(
    SentenceKind.NORM,
    (
        '每个"{level}"应至少符合"{tag}"中的{count}条，其余不低于标准的{floor}%',
        '每个"{level}"应至少符合"{tag}"中的{count}条',
    ),
    (
        _EACH + ", the rest at no less than {floor}% of the standard",
        _EACH,
    ),
    example=(
        '每个"学校"应至少符合"@资源配置"中的6条，其余不低于标准的85%',
        'each "school" should comply with at least 6 of "@resources"',
    ),
    meaning=(
        "下级每个对象至少符合几条，其余的可以差一点",
        "each subject below complies with so many rules and nearly with the rest",
    ),
)
def each_complies(  # noqa: PLR0913 - as many slots as the sentence has
    draft: Draft,
    *,
    level: Phrase,
    tag: Phrase,
    count: Phrase,
    whole: Phrase,
    floor: Phrase | None = None,
) -> None:
    share = float(floor.text) if floor else None
    draft.norms.append((RollsUpDraft(level, tag, int(count.text), share), whole))
