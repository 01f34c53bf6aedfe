"""The sentence of a finding: why it came out as it did."""

from collections.abc import Sequence
from typing import assert_never

from dabiao.reports.numbers import distance, gap_unit, stated
from dabiao.reports.wording.lacks import at_place, lacks, several
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.negation import undone
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.reasons.readings import CellReading, CellReadings, ReadAlike, ReadApart
from dabiao.schemas.reasons.why import (
    ChangeSince,
    Compared,
    ComparedOption,
    Lacking,
    LineToTarget,
    MeasuredValue,
    NobodyBelow,
    NoChange,
    NotBegun,
    NothingApplies,
    NotThere,
    OutOfScope,
    OutsidePeriod,
    Over,
    OwnRules,
    Replaced,
    RolledUp,
    ScopeUnknown,
    Superseded,
    WhyNoChange,
)
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule, Span, TimingKind

_RANKS = ("名次", "位次", "排名")
_YEARS_COUNTED = "的年数"
"""What a number of years in which something held is called, in words."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """The numbers that findings of a rule differ in, as sentences have them.

    Attributes:
        observed: What was observed; of a change how large it is.
        gap: How far that is from the bound; nothing where that goes without saying.
    """

    observed: str
    gap: str


def reason(finding: Finding) -> str:
    """Say in one plain sentence why a finding came out as it did."""
    told = _why(finding, _figures(finding))
    if finding.readings is not None:
        told += _readings(finding.readings)
    told += _of_the_year(finding)
    return _dated(finding) + told + say("。", ".")


def _figures(finding: Finding) -> _Figures:
    """Write the numbers that findings of a rule differ in."""
    of, observed = finding.reason, finding.observed
    if isinstance(of, RolledUp):
        of = of.compared or of
    if not isinstance(of, Compared):
        return _Figures("", "")
    unit = finding.unit if of.values == "number" else ""
    if of.change is not None and isinstance(observed, int | float):
        observed = abs(observed)
    gap = distance(finding.gap, finding.unit, finding.observed, of.broken) if finding.gap else ""
    return _Figures(stated(observed, unit, of.broken), gap)


def _of_the_year(finding: Finding) -> str:
    """Say what the figure of a year cannot tell, where it was judged all the same."""
    timing = finding.timing
    if finding.outcome not in (Outcome.COMPLIANT, Outcome.VIOLATION):
        return ""
    if timing.term is not None:
        return say(
            f"（按全年的数考核，看不出每{timing.term.label}是否都做到）",
            f" (judged on the whole year, which does not tell of every {timing.term})",
        )
    if timing.kind is TimingKind.DUE and timing.month and finding.figures == timing.last:
        return say(
            f"（期限是{timing.until}，按{timing.last}全年的数据考核）",
            f" (due by {timing.until}, judged on the figures of the whole of {timing.last})",
        )
    return ""


def _dated(finding: Finding) -> str:
    """Say whose year's figures were judged, where it is not the year asked for."""
    if finding.figures == finding.year or finding.outcome in (
        Outcome.NOT_APPLICABLE,
        Outcome.MISSING,
    ):
        return ""  # what is missing is told with its year
    return say(f"按{finding.figures}年的数据，", f"by the figures of {finding.figures}, ")


def _why(finding: Finding, told_as: _Figures) -> str:  # noqa: C901, PLR0912 - one case per kind
    of, year = finding.reason, finding.year
    match of:
        case Superseded() | Replaced():
            return succeeded(of)
        case OutsidePeriod(first, last):
            span = say(f"{first}年起", f"from {first} on")
            if last is not None:
                span = say(f"{first}—{last}年", f"for {first}-{last}")
            return say(
                f"文件的适用期是{span}，{year}年不在其内",
                f"the document is in force {span}, not in {year}",
            )
        case NotBegun(first):
            return say(
                f"自{first}年起执行，{year}年还没有开始", f"in force from {first}, not in {year}"
            )
        case Over(last):
            return say(f"只考核到{last}年", f"judged up to {last} only")
        case NotThere():
            return _not_there(of)
        case OutOfScope(values):
            return _outside(finding.by, [measured(each) for each in values])
        case NothingApplies(level):
            below = "" if level is None else level.zh
            return say(f"下级{below}没有适用的考核结论", "no finding below applies")
        case ScopeUnknown(missing):
            text, told = finding.by.applies_where, lacks(missing)
            return say(
                f"无法判断是否适用（仅限 {text}）：{told}",
                f"not known whether it applies (only {text}): {told}",
            )
        case Lacking(missing):
            return lacks(missing)
        case NoChange():
            return _no_change(of)
        case NobodyBelow(level):
            return say(f"没有已知的下级{level.zh}", f"no {level.value} below is known")
        case Compared():
            return _compared(finding, of, told_as)
        case RolledUp():
            return _rolled_up(finding, of, told_as)
        case OwnRules():
            return _own_rules(of)
        case _:
            assert_never(of)


def succeeded(of: Superseded | Replaced) -> str:
    """Say which document or rule has taken the place of a rule or of its own, and since when."""
    if isinstance(of, Replaced):
        return say(
            f"本条自{of.first}年起由“{of.title}”（{of.rule}）取代",
            f"{of.title} ({of.rule}) takes its place from {of.first} on",
        )
    told = []
    zh, en = "本文件", "this document"
    for newer in of.by:
        told.append(
            say(
                f"{zh}自{newer.first}年起由《{newer.title}》（{newer.id}）取代",
                f"{en} is superseded by {newer.title} ({newer.id}) from {newer.first} on",
            )
        )
        zh, en = "后者", "which"
    return say("，", ", ").join(told)


def existing(of: Existence) -> str:
    """Say why somebody does not exist in a year."""
    into = of.merged_into
    life = Lifetime(of.status, of.opened, of.closed, None if into is None else into.code)
    return life.why_absent(of.year, lambda code: code if into is None else into.name)


def _not_there(of: NotThere) -> str:
    if of.existence is None:
        return ""
    told = existing(of.existence)
    if of.of_school:
        told = say(f"所在学校{told}", f"its school: {told}")
    if of.compared:
        year = of.existence.year
        told += say(f"，没有{year}年的数据可比", f"; there is nothing of {year}")
    return told


def _outside(by: JudgedRule, figures: Sequence[str]) -> str:
    text, values = by.applies_where, ""
    if figures:
        values = say(f"（{'，'.join(figures)}）", f" ({', '.join(figures)})")
    return say(f"不在适用范围内：仅限 {text}{values}", f"outside its scope: only {text}{values}")


def measured(of: MeasuredValue) -> str:
    """Say what a measure came to."""
    name, text = of.measure.text, stated(of.value, of.measure.unit)
    ago = "" if of.year is None else say(f"{of.year}年", f" of {of.year}")
    return say(f"{ago}{name}为{text}", f"{name}{ago} is {text}")


def _no_change(of: NoChange) -> str:
    match of.cause:
        case WhyNoChange.NO_BASELINE:
            return say("没有基期，算不出变化", "there is no baseline, so no change")
        case WhyNoChange.AT_BASELINE:
            return say(
                f"{of.year}年就是基期，还谈不上年均变化",
                f"{of.year} is the baseline itself, so there is no yearly average yet",
            )
        case WhyNoChange.NOT_POSITIVE:
            return say(
                f"{of.year}年的值不是正数，算不出百分比",
                f"the value of {of.year} is not positive, so there is no % of it",
            )
        case _:
            assert_never(of.cause)


# What was compared.


def _compared(finding: Finding, of: Compared, told_as: _Figures) -> str:
    if of.options:
        return _any_of(of.options, enough=finding.outcome is Outcome.COMPLIANT)
    if of.values == "truth" and finding.observed is False and finding.required.value is True:
        name = "" if finding.by.value is None else finding.by.value.text
        told = say(undone(name), f"{name} is no; required: yes")
        return told if of.line is None else told + _along(finding, of.line)
    return _observed(finding, of, told_as.observed) + _against(finding, of, told_as.gap)


def _any_of(options: tuple[ComparedOption, ...], *, enough: bool) -> str:
    """Say which of several demands is kept, or how far each is away."""
    told = []
    for each in options:
        if enough and not each.holds:
            continue
        unit = each.of.unit
        beside = None if isinstance(each.bound, bool | str | None) else float(each.bound)
        value, bound = stated(each.observed, unit, beside), stated(each.bound, unit)
        name, required = each.of.text, each.comparator.asking(each.bound, unit, bound)
        required += _no_better() if each.best else ""
        one = say(f"{name}为{value}，应{required}", f"{name} is {value}, required: {required}")
        if enough:
            one = say(f"{name}为{value}", f"{name} is {value}")
            if not each.comparator.leaves_none(each.bound, unit):  # then the value says it
                one += say(f"，{required}", f", {required}")
        if each.gap:
            gap = distance(each.gap, unit, each.observed, each.bound)
            one += say(f"，相差{gap}", f", which is {gap} away")
        told.append(one)
    listed = say("；", "; ").join(told)
    if enough:
        return say(f"做到其一即可：{listed}", f"one is enough: {listed}")
    return say(f"做到其一即可，都没有做到：{listed}", f"one is enough, and none is kept: {listed}")


def _observed(finding: Finding, of: Compared, value: str) -> str:
    unit = finding.unit if of.values == "number" else ""
    name = "" if finding.by.value is None else finding.by.value.text
    observed = finding.observed
    if of.change is not None and isinstance(observed, int | float):
        told = _changed(name, of.change, observed, value)
    else:
        told = say(f"{name}为{value}", f"{name} is {value}")
    if of.rounded is not None:
        near, decimals = stated(of.rounded, unit), finding.by.decimals
        told += say(f"（按{decimals}位小数比较为{near}）", f" ({near} at {decimals} decimals)")
    if _counts_known_years(finding):
        told += say("（只算已知的年份）", " (of the years that are known)")
    return told


def _counts_known_years(finding: Finding) -> bool:
    """Tell whether years were counted although some are not known, which decided nothing."""
    formula = finding.by.formula
    counted = formula is not None and formula.zh.endswith(_YEARS_COUNTED)
    lacking = any(each.value is None for each in finding.inputs)
    return counted and lacking and finding.readings is None


def _changed(name: str, change: ChangeSince, observed: float, by: str) -> str:
    begin = change.year
    way = say("提高", "rose") if change.rise == (observed >= 0) else say("下降", "fell")
    match change.span:
        case Span.YEAR:
            return say(f"{name}比上年{way}{by}", f"{name} {way} by {by} since {begin}")
        case Span.ANNUALISED:
            return say(
                f"{name}自{begin}年起年均{way}{by}", f"{name} {way} by {by} a year since {begin}"
            )
        case Span.SINCE:
            return say(f"{name}比{begin}年{way}{by}", f"{name} {way} by {by} since {begin}")
        case _:
            assert_never(change.span)


def _no_better() -> str:
    return say("（不可能更好）", " (there is no better)")


def asked(finding: Finding, of: Compared) -> str:
    """Say what is required of what was compared."""
    unit = finding.unit if of.values == "number" else ""
    low, high = (stated(each, unit) for each in (finding.required.value, finding.required.upper))
    best = _no_better() if of.best else ""
    if of.change is not None:
        rise = of.change.rise
        if of.change.strict and not of.best:
            return say("提高" if rise else "下降", "a rise" if rise else "a fall")
        if of.change.least == 0:
            return say("不降低" if rise else "不提高", "no fall" if rise else "no rise") + best
        least = say(
            f"{'提高' if rise else '下降'}不少于{low}",
            f"a {'rise' if rise else 'fall'} of at least {low}",
        )
        return least + best
    if of.values != "number":
        return say(f"为“{low}”", low)
    if is_rank(finding) and finding.required.comparator is Comparator.AT_MOST:
        return say(f"在前{low}", f"among the first {low}") + best
    required = finding.required
    if required.comparator is Comparator.BETWEEN:
        return say(f"在{low}至{high}之间", f"between {low} and {high}") + best
    return required.comparator.asking(required.value, unit, low) + best


def is_rank(finding: Finding) -> bool:
    """Tell whether a place among others was observed, which is better the lower it is."""
    of = finding.by.value
    return finding.unit == "名" and of is not None and of.zh.endswith(_RANKS)


def _against(finding: Finding, of: Compared, gap: str) -> str:
    required = asked(finding, of)
    allowed, compared = finding.by.tolerance, finding.observed if of.rounded is None else of.rounded
    if of.missed is not None and allowed is not None and isinstance(compared, int | float):
        unit = gap_unit(finding.unit)
        away, most = stated(abs(of.missed - compared), unit), stated(allowed, unit)
        return say(
            f"，应{required}，相差{away}，在允许的{most}之内",
            f"; required: {required}, which is {away} away, within the {most} that are allowed",
        )
    if finding.outcome in (Outcome.COMPLIANT, Outcome.MISSING):
        if of.change is None and finding.required.comparator.leaves_none(
            finding.required.value, finding.unit
        ):
            return ""  # the value says it
        return say(f"，{required}", f", {required}") if of.values == "number" else ""
    told = say(f"，应{required}", f"; required: {required}")
    if gap:  # on a bound that must be exceeded nothing is to be told apart
        told += say(f"，相差{gap}", f", which is {gap} away")
    if of.short is not None:
        named = several(of.short)
        told += say(f"；没有做到的：{named}", f"; not complying: {named}")
    return told if of.line is None else told + _along(finding, of.line)


def _along(finding: Finding, line: LineToTarget) -> str:
    until = finding.timing.until
    told = say(f"；{until}到期", f"; due by {until}")
    if line.stands is None:
        return told + say("，没有进度线可比", ", with no line to compare with")
    stands, year = stated(line.stands, finding.unit), finding.year
    told += say(f"，{year}年的进度线是{stands}", f", and the line stands at {stands} in {year}")
    if finding.outcome is Outcome.BEHIND:
        return told + say("，已落后", ", which it is behind")
    return told + say("，没有落后", ", which it is not behind")


# What the findings below say.


def _rolled_up(finding: Finding, of: RolledUp, told_as: _Figures) -> str:
    level, counter = of.level, of.level.counted_in
    told = say(
        f"{of.counting}{counter}{level.zh}中有{of.passing}{counter}做到",
        f"{of.passing} of {of.counting} {level.plural} comply",
    )
    if of.compared is not None:
        compared = _compared(finding, of.compared, told_as)
        told = say(f"{compared}（{told}）", f"{compared} ({told})")
    if of.failing is not None:
        named = several(of.failing)
        told += say(f"；没有做到的：{named}", f"; not complying: {named}")
    if of.unsure is not None:
        named = several(of.unsure)
        told += say(f"；缺数据的：{named}", f"; lacking data: {named}")
    best, worst = finding.best, finding.worst
    if best is not None and worst is not None:
        told += say(
            f"；这些若都达标则为{best.zh}，若都不达标则为{worst.zh}",
            f"; {best.label} if all of these pass, {worst.label} if none does",
        )
    return told


def _own_rules(of: OwnRules) -> str:
    if not of.count:
        return say("要求的各条都做到了", "every rule asked for is complied with")
    named = say("、", ", ").join(of.titles)
    if of.count > len(of.titles):
        named += say(f"等{of.count}条", f" and others, {of.count} in all")
    return say(f"没有都做到：{named}", f"not complied with: {named}")


# What cells may mean.


def _readings(of: CellReadings) -> str:
    if isinstance(of, ReadApart):
        return _apart(of)
    return _alike(of)


def _alike(of: ReadAlike) -> str:
    cells = []
    for cell in of.cells:
        name = _cell(cell)
        values = say("或", " or ").join(stated(value, cell.measure.unit) for value in cell.values)
        cells.append(say(f"{name}按{values}", f"{name} as {values}"))
    if of.count > len(of.cells):
        cells.append(say(f"等{of.count}处", f"and {of.count - len(of.cells)} more"))
    listed = say("，", ", ").join(cells)
    return say(f"（{listed}，结论都一样）", f" (the same with {listed})")


def _cell(of: CellReading) -> str:
    who = "" if of.whose is None else several(of.whose)
    name, place = of.measure.text, at_place(of.source)
    year = "" if of.year is None else str(of.year)
    return say(
        f"{f'{who}的' if who else ''}{year and year + '年的'}{name}{place}",
        f"{name}{f' of {who}' if who else ''}{year and ' of ' + year}{place}",
    )


def _apart(of: ReadApart) -> str:
    if not of.values:
        different = say("、", ", ").join(each.label for each in of.outcomes)
        return say(f"；各种读法的结论不同：{different}", f"; the readings differ: {different}")
    each = [
        (stated(value, of.unit), outcome.label)
        for value, outcome in zip(of.values, of.outcomes, strict=True)
    ]
    return say(
        "；" + "，".join(f"按{value}为{outcome}" for value, outcome in each),
        "; " + ", ".join(f"{outcome} as {value}" for value, outcome in each),
    )
