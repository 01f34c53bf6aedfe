"""Rules as coverage sees them: their words, their numbers as printed, their years, their places."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies
from dabiao.rules.coverage.asked import BaseAmount, DemandedBound, amounts, demanded, tabled
from dabiao.rules.coverage.places import ClausePlace, read_place
from dabiao.rules.coverage.text.mentions import QuantityKind, find_mentions, narrow
from dabiao.rules.formulas.formula import Number
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.record import dataclass

WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a rule can be recognised in a sentence.

    Attributes:
        id: The rule's id.
        tellings: Pairs of characters of its title, and of its measure: two ways it may be told.
        numbers: The numbers of its norm, condition and title, as printed, shares told apart: 10%
            is not 10 of something.
        amounts: How much the numbers with a unit are, whatever unit they are written in.
        baseline: The number its line begins with, or None.
        years: The years it speaks of, that of its baseline apart.
        whole: Whether it asks for all of something, or for a yes.
        zero: Whether it allows none of something.
        trend: Whether it asks for a change over time.
        relates: Whether it compares with something else than a number: another year, an average.
        names: Numbered institutions it names, such as 第九中学.
        places: Where it says it stands.
        demanded: What it demands of its numbers.
    """

    id: str
    tellings: tuple[frozenset[str], ...]
    numbers: frozenset[tuple[QuantityKind, float]]
    amounts: frozenset[BaseAmount]
    baseline: float | None
    years: frozenset[int]
    whole: bool
    zero: bool
    trend: bool
    relates: bool
    names: frozenset[str]
    places: tuple[ClausePlace, ...]
    demanded: DemandedBound


def profile(rule: Rule, vocabulary: Vocabulary) -> Profile:
    """Take a rule apart."""
    record = rule.norm_record
    timing = rule.timing
    printed = " ".join((rule.title, rule.norm_text, rule.condition_text or ""))
    numbers: set[tuple[QuantityKind, float]] = set()
    sized: set[BaseAmount] = set()
    names: set[str] = set()
    years = {year for year in (timing.first, timing.last) if year is not None}
    for mention in find_mentions(printed):
        if mention.kind is QuantityKind.DATE:
            years.update(int(year) for year in mention.values)
        elif mention.text.startswith("第"):
            names.add(mention.text)
        else:
            numbers.update((mention.kind, value) for value in mention.values)
            sized |= amounts(mention)
    of = QuantityKind.SHARE if "%" in rule.unit else QuantityKind.NUMBER
    numbers.update((of, value) for value in tabled(rule))
    upper = record.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    yes = record.threshold is True or isinstance(rule.norm, AllComply | EachComplies)
    whole = record.threshold == WHOLE and "%" in rule.unit
    return Profile(
        rule.id,
        (grams(rule.title), grams(_subject(rule))),
        frozenset(numbers),
        frozenset(sized),
        rule.baseline.value if rule.baseline is not None else None,
        frozenset(years),
        yes or whole,
        record.threshold == 0 and upper,
        isinstance(rule.norm, Changes),
        yes or whole or _relates(rule),
        frozenset(names),
        tuple(read_place(place) for place in rule.places),
        demanded(rule, vocabulary),
    )


def _relates(rule: Rule) -> bool:
    """Tell whether a rule compares with another year, or with what is no plain number."""
    norm = rule.norm
    if isinstance(norm, Compares):
        return not isinstance(norm.bound, Number)
    return isinstance(norm, Changes)


def _subject(rule: Rule) -> str:
    """Give what the norm is about: its sentence up to 应, and the condition."""
    before, should, _ = rule.norm_text.rpartition("应")
    return (before if should else rule.norm_text) + " " + (rule.condition_text or "")


def grams(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring characters, without numbers and punctuation.

    Examples:
        >>> sorted(grams("教师数，45人"))
        ['师数', '教师']
    """
    plain = narrow(text)
    return frozenset(
        first + second for first, second in pairwise(plain) if first.isalpha() and second.isalpha()
    )


class RuleWords:
    """The words of many rules: finds how much of each rule's words a text has.

    A pair of characters counts the more, the fewer rules have it.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Index the words of these rules."""
        counts: Counter[str] = Counter()
        for each in profiles:
            counts.update(frozenset().union(*each.tellings))
        total = max(len(profiles), 1)
        weights = {gram: math.log(1 + total / count) for gram, count in counts.items()}
        self._where: dict[str, list[tuple[int, int, float]]] = {}
        for at, each in enumerate(profiles):
            for way, telling in enumerate(each.tellings):
                whole = math.fsum(weights[gram] for gram in telling)
                for gram in telling:
                    entry = (at, way, weights[gram] / whole)
                    self._where.setdefault(gram, []).append(entry)

    def shares(self, present: Iterable[str]) -> Mapping[tuple[int, int], float]:
        """Give the share of words present, from 0 to 1, by rule and telling; 0 is left out."""
        found: dict[tuple[int, int], float] = {}
        for gram in sorted(present):  # sums of the same words are the same in every run
            for at, way, weight in self._where.get(gram, ()):
                found[at, way] = found.get((at, way), 0.0) + weight
        return found
