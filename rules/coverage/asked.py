"""What a sentence asks of each of its numbers: which side of it is meant, of whom, in what unit.

A rule with the same number may say the opposite: 不低于 where the sentence says 不超过, a level
where it says a change, a county where it speaks of each school. The words are those that a plan's
sentence is made of (``rules.writing.plan_words``).
"""

import re
from collections.abc import Sequence

from dabiao.rules.analysis.readings import KEEP, judged_at_the_end
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Within, formulas, rolls_up
from dabiao.rules.coverage.text.mentions import Mention, QuantityKind, find_mentions, narrow
from dabiao.rules.formulas.formula import Below, Number, Variation, walk
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.writing.plan_words import Piece, PlanPart, pieces
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import round15
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, is_known, parted, unit

_EACH = re.compile(r"每一?[个所座]?|各个?|所有|全部")
_EACH_BEFORE = re.compile(rf"(?:{_EACH.pattern})$")
_MOVES = re.compile(r"增|提[高升]|上升|降|减|压|扩|缩|幅|变化")
_SOFT = re.compile("力争|争取|努力|争创|预计|鼓励|引导|倡导|帮助|支持|推动|推进")
_WAYS = {  # some of them: the others go no way
    PlanPart.NEVER_FALLS: 1,
    PlanPart.RISE: 1,
    PlanPart.NEVER_RISES: -1,
    PlanPart.FALL: -1,
}
_COUNTS = frozenset("倍番个所人名项次家门处支座台册期轮位种类级场份件间辆张条本对组班篇部户套")
"""What things are counted by; plans choose among them freely."""


BaseAmount = tuple[tuple[tuple[str, int], ...], float]
"""So much of something, in its base units: 1小时 and 60分钟 are the same."""


@dataclass(frozen=True, slots=True)
class AskedBound:
    """What is asked of one number; as far as it is said.

    Attributes:
        side: 1 where more is better, -1 where less is, 0 where the sentence does not say.
        changes: Whether it is how much something changes; None where that is open.
        level: Of each of which level it is asked, or None.
        whole: Of the whole of which level things are counted, or None: 全市.
        unit: Its unit as written, none for what merely counts things.
        amounts: How much it is, whatever unit it is written in.
        strives: Whether it is only striven for; None where a soft word stands elsewhere in the
            sentence and may not mean it.
        keeps: Whether it is to hold in every year.
    """

    side: int
    changes: bool | None
    level: Level | None
    whole: Level | None
    unit: str
    amounts: frozenset["BaseAmount"] = frozenset()
    strives: bool | None = None
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class DemandedBound:
    """What a rule demands of the numbers of its norm.

    Attributes:
        values: These numbers, as printed.
        side: As in a sentence.
        changes: Whether the norm is a change, or its measure is one.
        levels: The levels it speaks of: its own, and those that it looks at below.
        above: The higher levels that what it compares could be demanded of.
        units: The units behind its numbers.
        amounts: How much its numbers are, whatever units they are written in.
        aspiration: Whether the document only strives for it.
        late: Whether nothing is asked before its deadline, and it does not say that this is meant.
    """

    values: frozenset[float]
    side: int
    changes: bool | None
    levels: frozenset[Level]
    above: frozenset[Level]
    units: frozenset[str]
    amounts: frozenset["BaseAmount"] = frozenset()
    aspiration: bool = False
    late: bool = False


def asked(text: str, mention: Mention) -> AskedBound:
    """Read what a sentence asks of one of its numbers."""
    plain = narrow(text).replace("，", ",").replace("；", ";").replace("。", ".")
    found = _phrase(pieces(plain, {}, {}, ()), mention)
    at = next((n for n, each in enumerate(found) if each.end > mention.start), len(found))
    before, behind = found[:at], found[at + 1 : at + 3]
    side, changes = _side(before, behind)
    level, bare = _level(plain, before), _unit(mention)
    counts = level is None and not bare and mention.kind is QuantityKind.NUMBER
    whole = _whole(before) if counts else None
    soft = any(piece.part is PlanPart.ASPIRATION for piece in before)
    strives = True if soft else None if _SOFT.search(plain) else False
    keeps = any(KEEP.search(piece.text) for piece in before)
    return AskedBound(side, changes, level, whole, bare, amounts(mention), strives, keeps)


def amounts(mention: Mention) -> frozenset[BaseAmount]:
    """Tell how much a number with a unit is; nothing of a number that merely counts things."""
    bare = _unit(mention)
    if not bare or not mention.values:
        return frozenset()
    known = unit(bare)
    return frozenset({(known.powers, round15(max(mention.values) * known.factor))})


def word_side(word: str) -> int:
    """Tell which side a word without a number means: 1 for 不低于 and 只增不减, -1 for 不超过."""
    for piece in pieces(narrow(word), {}, {}, ()):
        if piece.part in _WAYS:
            return _WAYS[piece.part]
        if isinstance(piece.value, Comparator):
            return _of(piece.value)
    return 0


def demanded(rule: Rule, vocabulary: Vocabulary) -> DemandedBound:
    """Read what a rule demands of the numbers of its norm."""
    subject, should, bound = rule.norm_text.rpartition("应")
    mentions = [
        each
        for each in find_mentions(bound if should else "")
        if each.kind in (QuantityKind.NUMBER, QuantityKind.SHARE)
    ]
    changes = isinstance(rule.norm, Changes)
    levels = {rule.level}
    below = rolls_up(rule.norm)
    if below is not None and below[0] is not None:
        levels.add(below[0])
    for part in vocabulary.unfold(formulas(rule.norm)):
        if isinstance(part, Below | Variation):
            levels.add(part.level)
    values = {value for each in mentions for value in each.values}
    return DemandedBound(
        frozenset(values) | tabled(rule),
        _rule_side(rule),
        True if changes else None if _MOVES.search(subject + rule.title) else False,
        frozenset(levels),
        frozenset(
            each
            for each in Level
            if each.rank < rule.level.rank
            and rule.measure is not None
            and vocabulary.exists_at(rule.measure, each)
        ),
        frozenset(filter(None, (_unit(each) for each in mentions))),
        frozenset().union(*(amounts(each) for each in mentions)),
        rule.aspiration,
        judged_at_the_end(rule),
    )


def tabled(rule: Rule) -> frozenset[float]:
    """Give the numbers among which a rule's bound chooses: by a condition, a year, a place."""
    norm = rule.norm
    bounds = [norm.bound] if isinstance(norm, Compares) else []
    bounds += [norm.low, norm.high] if isinstance(norm, Within) else []
    chosen = (part for bound in bounds if not isinstance(bound, Number) for part in walk(bound))
    return frozenset(part.value for part in chosen if isinstance(part, Number))


def difference(said: AskedBound, rule: DemandedBound, values: frozenset[float]) -> str | None:
    """Tell in what a rule with the same number is another demand, or None."""
    same = bool(said.amounts & rule.amounts)
    if not same and not values & rule.values:
        return None  # the number is of its condition or its title
    alike = (said.changes is True) is (rule.changes is True)
    if said.side * rule.side < 0 and alike:
        zh, en = ("不低于", "at least") if rule.side > 0 else ("不高于", "at most")
        if rule.changes:
            zh, en = ("提高", "a rise") if rule.side > 0 else ("下降", "a fall")
        return say(f"规则要求{zh}，原文相反", f"the rule says {en}, the sentence the opposite")
    if said.changes is True and rule.changes is False:
        return say("原文说的是变化多少，规则说的是达到多少", "the sentence asks for a change")
    if said.changes is False and rule.changes is True:
        return say("原文说的是达到多少，规则说的是变化多少", "the rule asks for a change")
    if said.level is not None and said.level not in rule.levels:
        theirs = say("、", ", ").join(each.label for each in sorted(rule.levels, key=_rank))
        return say(
            f"原文说的是每个{said.level.zh}，规则考核{theirs}",
            f"the sentence speaks of each {said.level.value}, the rule of a {theirs}",
        )
    if said.whole is not None and said.whole not in rule.levels and said.whole in rule.above:
        theirs = say("、", ", ").join(each.label for each in sorted(rule.levels, key=_rank))
        return say(
            f"原文说的是{said.whole.zh}一共，规则考核{theirs}",
            f"the sentence counts in the whole {said.whole.value}, the rule in a {theirs}",
        )
    if (
        said.unit
        and rule.units
        and not same
        and not any(_fits(said.unit, each) for each in rule.units)
    ):
        theirs = say("、", ", ").join(sorted(rule.units))
        return say(
            f"原文的单位是{said.unit}，规则的是{theirs}",
            f"the sentence counts in {said.unit}, the rule in {theirs}",
        )
    return _manner(said, rule)


def _manner(said: AskedBound, rule: DemandedBound) -> str | None:
    """Tell whether one only strives for what the other demands, or later than the other."""
    if said.strives is True and not rule.aspiration:
        return say("原文只是力争，规则要做到", "the sentence only strives for it")
    if said.strives is False and rule.aspiration:
        return say("原文要做到，规则只是力争", "the rule only strives for it")
    if said.keeps and rule.late:
        return say("原文要年年做到，规则到期限才核", "the sentence asks for it in every year")
    return None


def _phrase(found: Sequence[Piece], mention: Mention) -> list[Piece]:
    """Give the pieces from stop to stop around a number."""
    start = max(
        (
            n + 1
            for n, each in enumerate(found)
            if each.part is PlanPart.STOP and each.end <= mention.start
        ),
        default=0,
    )
    end = min(
        (
            n
            for n, each in enumerate(found)
            if each.part is PlanPart.STOP and each.start >= mention.end
        ),
        default=len(found),
    )
    return list(found[start:end])


def _side(before: Sequence[Piece], behind: Sequence[Piece]) -> tuple[int, bool | None]:
    """Tell which side of a number is meant, and whether it is a change, by the words around it."""
    changes: bool | None = None
    side = 0
    for piece in reversed(before):
        if piece.part in (PlanPart.NUMBER, PlanPart.RANGE):
            break
        if piece.part is PlanPart.RISE_TO or piece.part is PlanPart.FALL_TO:
            side, changes = (1 if piece.part is PlanPart.RISE_TO else -1), False
            break
        if piece.part in (PlanPart.RISE, PlanPart.FALL):
            side, changes = (1 if piece.part is PlanPart.RISE else -1), True
            break
        if piece.part is PlanPart.COMPARATOR and isinstance(piece.value, Comparator) and not side:
            side = _of(piece.value)
    for piece in behind if not changes else ():
        if piece.part is PlanPart.BEHIND and isinstance(piece.value, Comparator):
            side = _of(piece.value)
            break
        if piece.part is not PlanPart.FILLER:
            break
    return side, changes


def _of(comparator: Comparator) -> int:
    return int(comparator.bounds_low) - int(comparator.bounds_high)


def _level(text: str, before: Sequence[Piece]) -> Level | None:
    """Tell of each of which level something is asked: 每个旗县, 各校; not 每所自治区示范校."""
    for piece in reversed(before):
        level = piece.value
        each = _EACH.match(piece.text) or _EACH_BEFORE.search(text[: piece.start])
        if each and isinstance(level, Level) and level is not Level.REGION:
            return level
    return None


def _whole(before: Sequence[Piece]) -> Level | None:
    """Tell in the whole of what something is counted: 全市, 我盟."""
    told = [each for each in before if each.part is PlanPart.LEVEL and each.text[:1] in "全我"]
    level = told[-1].value if told else None
    return level if isinstance(level, Level) else None


def _unit(mention: Mention) -> str:
    """Give the unit of a number without its magnitude; none for what merely counts things."""
    written = re.sub(r"^[^\d]*[\d.,]+\s*", "", narrow(mention.text))
    bare = parted(written)[1].strip()
    return "" if bare in _COUNTS or not is_known(bare) else bare


def _fits(one: str, other: str) -> bool:
    """Tell whether so many of one are as many of the other: of 1小时 and 1分钟 they are not."""
    return conversion(unit(one), unit(other)) == 1


def _rule_side(rule: Rule) -> int:
    name = rule.norm_record.comparator
    if isinstance(rule.norm, Changes):
        return 1 if rule.norm.direction is Direction.RISE else -1
    if name is None:
        return 0
    return _of(Comparator(name))


def _rank(level: Level) -> int:
    return level.rank
