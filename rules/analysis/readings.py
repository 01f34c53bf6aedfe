"""Rules that may be read wrongly: each kind of mistake that was once made is looked for.

All of this is a warning: the sentence can be read and judged, but plans that say such things mean
something else more often than not. Where the reading is meant, the rule says so in its description,
in the words that the hint gives; so whoever reads the rule knows it too.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from dabiao.rules.analysis.conflicts import Conflict, Relationship
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, Within, formulas
from dabiao.rules.formulas.formula import (
    Below,
    Cumulative,
    Formula,
    Measured,
    Number,
    Ratio,
    Relates,
    Variation,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.rule import TimingKind

_KIND = "学校类别"
"""The category by which documents narrow 学校."""
_ALL_KINDS = re.compile(r"各级各类|幼儿园|all kinds of schools|kindergarten", re.IGNORECASE)
_NO_CEILING = re.compile(r"正好|恰好|上限|exactly|at most", re.IGNORECASE)
_SOMEBODY = re.compile(r"分母不会是0|never 0", re.IGNORECASE)
KEEP = re.compile(r"确保|保持|保证|稳定在|杜绝|不反弹")
"""Words by which something is to hold in every year, not only when the period ends."""
_QUOTED = re.compile(r"“([^”]*)”")
_AT_THE_END = re.compile(r"期末核|judged at the end", re.IGNORECASE)
_UNDATED = re.compile(r"没有写时限|no date", re.IGNORECASE)
_MIDWAY = re.compile(
    r"中期|十四五|三年行动|一周期|(?:出台|印发|编制|制定).*(?:规划|计划)$|midterm", re.IGNORECASE
)
"""What is of no use when the period is over: a review midway, a plan of the period itself."""
_SOFT_TITLE = re.compile(r"力争|争取|努力|争创|预计")
_SOFT_SOURCE = re.compile(
    r"原文(?:是|写的是|说的是)?“?(?:力争|争取|努力|争创|预计|鼓励|引导|倡导|帮助|支持)"
)
_LISTED = re.compile(r"(\d+)[^\d，。]*(?:都|全部|均)|(?:全部|(?<!每)所有)\D{0,3}(\d+)")


def check_readings(
    catalog: Catalog, rules: Collection[str], conflicts: Iterable[Conflict]
) -> Iterator[Problem]:
    """Look for rules that may be read wrongly.

    Args:
        catalog: The pack.
        rules: Ids of the rules to look at.
        conflicts: Where rules of the pack meet.
    """
    wanted = [rule for rule in catalog if rule.id in rules]
    for rule in wanted:
        yield from _bounds(rule, catalog.vocabulary)
        yield from _scope(rule, catalog.vocabulary)
        yield from _nobody(rule, catalog.vocabulary)
        yield from _time(rule, catalog.vocabulary)
        yield from _soft(rule)
    yield from _twins(wanted)
    yield from _looser(each for each in conflicts if each.first.id in rules)


def judged_at_the_end(rule: Rule) -> bool:
    """Tell whether nothing is asked before a rule's deadline, and the rule does not say so."""
    due = rule.timing.kind is TimingKind.DUE and rule.baseline is None
    return due and not _says(rule, _AT_THE_END)


def open_range(item: Item) -> tuple[str, str] | None:
    """Tell what is missing in the range of an item, and what to write, or None."""
    if item.unit == "名" and item.minimum != 1:
        return say("名次从1开始", "ranks begin at 1"), say("范围写 1..", "write the range 1..")
    if item.unit == "%" and item.maximum is None and "可超过100%" not in item.definition:
        return (
            say("比例没有上限", "a share without an upper bound"),
            say(
                "范围写 0..100；确实可以更大的，在口径里写“可超过100%”",
                "write the range 0..100, or 可超过100% in its definition",
            ),
        )
    return None


def unchecked_parts(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Find parts that no relation (核对关系) keeps within their whole: slug, message and hint."""
    known = {
        (part.left, part.right)
        for check in catalog.checks.values()
        for part in walk(check.relation)
        if isinstance(part, Relates)
    }
    items = catalog.vocabulary.items
    for formula in catalog.vocabulary.formulas.values():
        match formula:
            case Ratio(Measured(part), Measured(of)) if part in items and of in items:
                pair = formula.part, formula.whole
                said = items[part].definition.startswith("其中")
                if said and pair not in known and pair[::-1] not in known:
                    name, of_name = items[part].name, items[of].name
                    yield (
                        part,
                        say(
                            f"“{name}”是“{of_name}”的一部分，却没有核对关系",
                            f"{name} is a part of {of_name}, which no relation checks",
                        ),
                        say(
                            f"在核对关系表里加一行：{name} ≤ {of_name}",
                            f"add a relation: {name} ≤ {of_name}",
                        ),
                    )


def _bounds(rule: Rule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A range or one number where at least is meant, a closed list without an end."""
    norm = rule.norm
    exact = isinstance(norm, Within) or (
        isinstance(norm, Compares)
        and norm.comparator is Comparator.EQUAL
        and isinstance(norm.bound, Number)
    )
    if exact and whole(formulas(norm)[0], vocabulary) and not _says(rule, _NO_CEILING):
        yield _at(
            rule,
            "range-as-ceiling",
            say("建得更多就成了未达标", "more than that would be a violation"),
            say(
                "10至15个写“应不低于 10个”；真有上限的，在规则说明里写“上限”或“正好”",
                "write 'at least' for a range; if it is one, say 'at most' or 'exactly' in the"
                " rule's description",
            ),
        )
    listed = _LISTED.search(rule.title)
    if listed is None or not isinstance(norm, Compares) or not isinstance(norm.value, Measured):
        return
    item = vocabulary.items.get(norm.value.slug)
    said = float(listed[1] or listed[2])
    if item is None or item.maximum is not None or norm.bound != Number(said):
        return
    yield _at(
        rule,
        "open-list",
        say(
            f"一共{said:g}个，数据项“{item.name}”却没有上限",
            f"there are {said:g}, but {item.name!r} has no upper bound",
        ),
        say(f"范围写 0..{said:g}", f"write the range 0..{said:g}"),
    )


def _scope(rule: Rule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """学校 of whatever kind, kindergartens and colleges among them."""
    kind = vocabulary.names.get(_KIND)
    if kind is None or _says(rule, _ALL_KINDS):
        return
    asked = vocabulary.slugs_in(() if rule.condition is None else (rule.condition,))
    wide = rule.level is Level.SCHOOL and kind not in asked
    for part in vocabulary.unfold(formulas(rule.norm)):
        below = isinstance(part, Below | Variation) and part.level is Level.SCHOOL
        wide = wide or (below and kind not in vocabulary.slugs_in([part]))
    if wide:
        yield _at(
            rule,
            "school-kind-open",
            say("幼儿园、高校也算在学校里", "kindergartens and colleges are schools here too"),
            say(
                f"加“仅限 {_KIND} = …”；各级各类学校都算的，在规则说明里写“各级各类”",
                f"add a condition on {_KIND}, or say 'all kinds of schools' in the rule's"
                " description",
            ),
        )


def _nobody(rule: Rule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """All of those of whom there may be none."""
    norm = rule.norm
    if not isinstance(norm, Compares) or norm.bound != Number(100.0) or _says(rule, _SOMEBODY):
        return
    asked = vocabulary.slugs_in(() if rule.condition is None else (rule.condition,))
    for part in vocabulary.unfold([norm.value]):
        if isinstance(part, Ratio) and isinstance(part.whole, Measured):
            of = vocabulary.measure(part.whole.slug)
            if of.slug not in asked:
                yield _at(
                    rule,
                    "share-of-none",
                    say(
                        f"{of.name}是0的，永远是缺数据",
                        f"where {of.name} is 0, it is missing for ever",
                    ),
                    say(
                        f"加“仅限 {of.name} > 0”；不会是0的，在规则说明里写“分母不会是0”",
                        f"add 'only where {of.name} > 0', or say 'never 0' in the rule's"
                        " description",
                    ),
                )


def _time(rule: Rule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A duty to keep that is asked for at the end, a date nobody can miss, a window too early."""
    period = rule.document.period
    ends = rule.timing.kind is TimingKind.DUE
    told = "".join([rule.title, *_QUOTED.findall(rule.description)])
    kept = judged_at_the_end(rule) and KEEP.search(told)
    if kept:
        yield _at(
            rule,
            "duty-to-keep",
            say(f"“{kept[0]}”要到期末才核", f"{kept[0]!r} is judged at the end only"),
            say(
                "每年都要做到的写“长期执行”；期末达到即可的，在规则说明里写“按期末核”",
                "write 'at all times', or say 'judged at the end' in the rule's description",
            ),
        )
    if (
        ends
        and rule.timing.last == period.to
        and _UNDATED.search(rule.description)
        and _MIDWAY.search(rule.title)
    ):
        yield _at(
            rule,
            "date-nobody-misses",
            say(
                f"没有写时限，按期末{period.to}年，谁也不会迟",
                f"no date is given, and nobody can miss the end of the period, {period.to}",
            ),
            say("换成它该有用的那一年，并说明理由", "choose the year in which it is of use"),
        )
    first = rule.timing.first or period.from_
    if rule.timing.kind in (TimingKind.DUE, TimingKind.WITHIN):
        first = rule.timing.last or first
    for part in vocabulary.unfold(formulas(rule.norm)):
        begins = first - part.years + 1 if isinstance(part, Cumulative) else period.from_
        if isinstance(part, Cumulative) and begins < period.from_:
            yield _at(
                rule,
                "window-before-document",
                say(
                    f"{first}年的累计从{begins}年算起，早于文件的{period.from_}年",
                    f"the sum of {first} begins in {begins}, before {period.from_}",
                ),
                say(
                    f"从{period.from_ + part.years - 1}年起考核",
                    f"judge from {period.from_ + part.years - 1} on",
                ),
            )


def _soft(rule: Rule) -> Iterator[Problem]:
    """Words by which a document only strives."""
    soft = _SOFT_TITLE.search(rule.title) or _SOFT_SOURCE.search(rule.description)
    if soft and not rule.aspiration:
        yield _at(
            rule,
            "unmarked-aspiration",
            say(f"“{soft[0]}”，却没有写成力争目标", f"{soft[0]!r}, but not marked as striven for"),
            say("加一句：属于力争目标", "add: it is an aspiration"),
        )


def _twins(rules: Iterable[Rule]) -> Iterator[Problem]:
    """One target twice, of which one has the printed baseline and the other has none."""
    groups: dict[tuple[str, Level, Formula], list[Rule]] = {}
    for rule in rules:
        if isinstance(rule.norm, Compares) and rule.timing.kind is TimingKind.DUE:
            key = (rule.document.id, rule.level, rule.norm.value)
            groups.setdefault(key, []).append(rule)
    for twins in groups.values():
        lined = next((each for each in twins if each.baseline is not None), None)
        for each in twins if lined is not None else ():
            if each.baseline is None and lined is not None and lined.baseline is not None:
                yield _at(
                    each,
                    "twin-without-baseline",
                    say(
                        f"{lined.id} 有{lined.baseline.year}年的基期，这里没有",
                        f"{lined.id} has a baseline of {lined.baseline.year}, this has none",
                    ),
                    say("同一指标写同一基期", "give one measure one baseline"),
                )


def _looser(conflicts: Iterable[Conflict]) -> Iterator[Problem]:
    """Less than a document above asks for, and no clause that permits it."""
    for each in conflicts:
        carried_out = each.second.document.id in each.first.document.under
        line = each.line and say(f"{each.line}：", f"{each.line}: ")
        if each.relationship is Relationship.LOOSER and carried_out and not each.acknowledged:
            yield _at(
                each.first,
                "looser-than-above",
                say(
                    f"{line}比上级文件的 {each.second.id} 松：{each.second.norm_text}",
                    f"{line}looser than {each.second.id} above it: {each.second.norm_text}",
                ),
                say(
                    f'核对出处；确实这样写的，加一句：与"{each.second.id}"不一致',
                    f'check the clause that permits it, and add: it contradicts "{each.second.id}"',
                ),
            )


def _says(rule: Rule, words: re.Pattern[str]) -> bool:
    return words.search(f"{rule.title}\n{rule.description}") is not None


def _at(rule: Rule, code: str, message: str, hint: str) -> Problem:
    return rule.spot.problem(code, message, hint, Severity.WARNING)
