"""Which rules a clause is covered by: strictly, every quantity of it accounted for by some rule."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.coverage.asked import BaseAmount, amounts, asked, difference, word_side
from dabiao.rules.coverage.places import Agreement, ClausePlace, agreement, read_place
from dabiao.rules.coverage.profiles import WHOLE, Profile, RuleWords, grams, profile
from dabiao.rules.coverage.text.clauses import Clause
from dabiao.rules.coverage.text.mentions import Asked, Mention, QuantityKind, quantity_words
from dabiao.rules.files.policy_words import any_of
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

# How much of a rule's words a sentence must have, from 0 to 1, where a number agrees, and where
# only a word such as 全部 does: the less, the better the place fits.
_ENOUGH_NUMBER = {Agreement.SAME: 0.22, Agreement.NEAR: 0.45, Agreement.NONE: 0.8}
_ENOUGH_WORD = {  # some of them: a word alone, elsewhere, says nothing
    Agreement.SAME: 0.5,
    Agreement.NEAR: 0.7,
}
_ENOUGH_NEAR_WORD = 0.35
_ENOUGH_IN_ROW = 0.05
# A rule this much worse than the best for a quantity is not meant.
_NEARLY = 0.75
# Nor is a number meant where a rule's words stand this much nearer to the same number elsewhere.
_NEAREST = 0.9
# Each rule is one commitment: where its words fit this much worse than at its best place in the
# text, the number is the same by chance.
_ELSEWHERE = 0.5
# A rule of another year than the date that governs a quantity needs that much better words.
_OTHER_YEAR = 0.7
_WINDOW = 0.6
_SAME_ROW = 0.6
_SHORT_WINDOW = 8
_SUGGESTED = 3
_WORTH_SUGGESTING = 0.3

_CUT = re.compile(r"[，,；;：:（）()。]")
_LED = re.compile(r"力争|争取|确保|努力|[\s到至在于自从前]")
_PAUSE = re.compile("[，,；;。]")
_LAST_YEAR = re.compile("上一?年|去年")
# What words ask for that are no single words of the lexicon: 每校, 应建尽建, 提高…比例.
_ASKED = {  # some of them: the rest is told by the lexicon alone
    Asked.ALL: r"全|应.尽|补齐|均|凡|通过|完成|一.+[一多]|标准|[甲乙]等|以上",
    Asked.NONE: "零",
    Asked.CHANGE: "增|大幅|提高|提升|压缩|降低|减|扩大|下降",
    Asked.BOUND: "不|[高低优多少大小]于|超过|每",
}


_Best = Mapping[tuple[str, frozenset[float]], float]
"""How well each rule fits each number where it fits best; no number stands for words and dates."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the rules say to a clause.

    Attributes:
        rules: Ids of the rules that cover quantities of it.
        complete: Whether they account for every quantity.
        suggestions: Ids of rules that may be meant, the likeliest first.
        differences: In what rules with a number of it are another demand, by id.
    """

    rules: tuple[str, ...]
    complete: bool
    suggestions: tuple[str, ...]
    differences: Mapping[str, str] = field(default_factory=dict)


class ClauseMatcher:
    """Finds the rules of one document in its clauses."""

    def __init__(self, document: str, catalog: Catalog) -> None:
        """Prepare the rules of a document.

        Where it has none yet, those of other documents serve as suggestions: how it was said there.
        """
        own = [rule for rule in catalog if rule.document.id == document]
        self.covers = bool(own)
        known = catalog.documents.get(document)
        place = catalog.places.get((known.jurisdiction if known is not None else None) or "")
        self.home = place.level if place is not None else None
        self.profiles = [profile(rule, catalog.vocabulary) for rule in own or catalog]
        self.by_id = {each.id: each for each in self.profiles}
        self.places = {each.id: at for at, each in enumerate(self.profiles)}
        self.words = RuleWords(self.profiles)
        self.by_number: dict[tuple[QuantityKind, float], list[int]] = {}
        self.by_amount: dict[BaseAmount, list[int]] = {}
        for at, each in enumerate(self.profiles):
            for number in each.numbers:
                self.by_number.setdefault(number, []).append(at)
            for amount in each.amounts:
                self.by_amount.setdefault(amount, []).append(at)

    def match(self, found: Sequence[Clause]) -> list[Match]:
        """Find the rules that cover clauses; all of a text's at once, as rules are told once."""
        scored = [_Clause(self, clause) for clause in found]
        best: dict[tuple[str, frozenset[float]], float] = {}
        for each in scored:
            for key, score in each.scores():
                best[key] = max(best.get(key, 0.0), score)
        return [each.match(best) for each in scored]

    def limits(self, clause: Clause) -> tuple[str, ...]:
        """List the rules whose deadline a bare deadline is: of its item, with its years."""
        here = read_place(clause.place)
        years = _years(clause)
        dated = [
            each
            for each in self.profiles
            if each.years & years
            and any(agreement(place, here) is Agreement.SAME for place in each.places)
        ]
        told = {year for each in dated for year in each.years}
        return tuple(each.id for each in dated) if self.covers and years and years <= told else ()

    def baseline(self, clause: Clause, rules: Iterable[str]) -> tuple[str, ...]:
        """List those of a row's rules whose line begins with the number of a clause."""
        numbers = {value for mention in clause.mentions for value in mention.values}
        known = [self.by_id[id_] for id_ in rules if id_ in self.by_id]
        return tuple(each.id for each in known if each.baseline in (None, *numbers))


class _Clause:
    """One clause while its rules are looked for."""

    def __init__(self, matcher: ClauseMatcher, clause: Clause) -> None:
        self.matcher = matcher
        self.clause = clause
        self.place = read_place(clause.place)
        self.windows = [_window(clause, mention) for mention in clause.mentions]
        present = grams(clause.text) | grams(" ".join(clause.context[-1:]))
        self.whole = matcher.words.shares(present)
        self.agreed: dict[int, Agreement] = {}
        self.differences: dict[str, str] = {}
        covers = matcher.covers
        self.fitting = [self._fits(at) if covers else {} for at in range(len(clause.mentions))]

    def scores(self) -> Iterator[tuple[tuple[str, frozenset[float]], float]]:
        """Give how well rules fit the quantities, each number by itself, words and dates as one."""
        for mention, fitting in zip(self.clause.mentions, self.fitting, strict=True):
            for id_, score in fitting.items():
                yield (id_, _numbers_of(mention)), score

    def match(self, best: _Best) -> Match:
        """Choose the rules, knowing how well each fits where it fits best."""
        found: dict[str, None] = {}
        accounted: set[int] = set()
        self._numbers(best, found, accounted)
        self._others(best, found, accounted)
        complete = all(
            at in accounted or self._dated(mention, found)
            for at, mention in enumerate(self.clause.mentions)
        )
        return Match(
            tuple(sorted(found)),
            complete and bool(found),
            self._suggestions(found),
            self.differences,
        )

    def _numbers(
        self,
        best: _Best,
        found: dict[str, None],
        accounted: set[int],
    ) -> None:
        """Find the rules of the numbers; a rule takes only the one its words stand nearest to."""
        mentions = self.clause.mentions
        for at, mention in enumerate(mentions):
            if not _is_number(mention):
                continue
            same = [
                fitting
                for other, fitting in zip(mentions, self.fitting, strict=True)
                if _is_number(other) and other.values == mention.values
            ]
            kept = [
                id_
                for id_, score in self.fitting[at].items()
                if score >= _NEAREST * max(fitting.get(id_, 0.0) for fitting in same)
                and (self._in_row(id_) or score >= _ELSEWHERE * best[id_, _numbers_of(mention)])
            ]
            found.update(dict.fromkeys(kept))
            if kept:
                accounted.add(at)

    def _others(
        self,
        best: _Best,
        found: dict[str, None],
        accounted: set[int],
    ) -> None:
        """Find the rules of words and dates that no number beside them accounts for."""
        for at, mention in enumerate(self.clause.mentions):
            if _is_number(mention):
                continue
            if mention.kind is QuantityKind.WORD and self._beside(at, accounted):
                accounted.add(at)
                continue
            if mention.kind is QuantityKind.DATE and found:
                continue  # its years are compared with those of the rules found
            kept = [
                id_
                for id_, score in self.fitting[at].items()
                if (self._in_row(id_) or score >= _ELSEWHERE * best[id_, frozenset()])
                and id_ not in self.differences
            ]
            found.update(dict.fromkeys(kept))
            if kept:
                accounted.add(at)

    def _fits(self, at: int) -> dict[str, float]:
        """Score the rules that one quantity may belong to."""
        mention = self.clause.mentions[at]
        if _is_number(mention):
            candidates = {
                each
                for value in mention.values
                for each in self.matcher.by_number.get((mention.kind, value), ())
            }
            for amount in amounts(mention):
                candidates.update(self.matcher.by_amount.get(amount, ()))
            fitting = self._fitting(at, candidates, _ENOUGH_NUMBER)
            return {id_: score for id_, score in fitting.items() if self._means(at, id_)}
        behind = self.clause.text[mention.end :]
        candidates = {
            each for each, _ in self.whole if _asks(mention, behind, self.matcher.profiles[each])
        }
        return self._fitting(at, candidates, _ENOUGH_WORD, _ENOUGH_NEAR_WORD)

    def _means(self, at: int, id_: str) -> bool:
        """Tell whether a rule with the same number demands what the sentence asks of it."""
        mention, profile_ = self.clause.mentions[at], self.matcher.by_id[id_]
        said = asked(self.clause.text, mention)
        if self.matcher.home not in (None, said.whole):
            said = replace(said, whole=None)  # 全盟 in the plan of a banner
        told = difference(said, profile_.demanded, mention.values)
        date = self._date(at)
        if told is None and date is not None and not self._dated(date, [id_]):
            told = self._other_date(date, profile_)
        if told is not None:
            self.differences.setdefault(id_, told)
        return told is None

    def _date(self, at: int) -> Mention | None:
        """Give the date that holds for a quantity: before it in its phrase, or leading an earlier.

        One in the midst of an earlier phrase belongs to what that phrase says.
        """
        text, mention = self.clause.text, self.clause.mentions[at]
        for each in reversed(self.clause.mentions[:at]):
            if each.kind is QuantityKind.DATE and each.values:
                leads = not _LED.sub("", re.split(_PAUSE, text[: each.start])[-1])
                here = not _PAUSE.search(text[each.end : mention.start])
                return each if leads or here else None
        return None

    def _other_date(self, date: Mention, profile_: Profile) -> str | None:
        """Tell that a rule is due in other years than the date before a number."""
        if not profile_.years:
            return None
        theirs = "、".join(str(year) for year in sorted(profile_.years))
        return say(
            f"原文的期限是{date.text}，规则的是{theirs}年",
            f"the sentence speaks of {date.text}, the rule of {theirs}",
        )

    def _in_row(self, id_: str) -> bool:
        """Tell whether a rule names the very row of a table that the clause stands in."""
        return (
            self.clause.year is not None
            and self._agreement(self.matcher.places[id_]) is Agreement.SAME
        )

    def _fitting(
        self,
        at: int,
        candidates: Iterable[int],
        enough: Mapping[Agreement, float],
        beside: float = 0.0,
    ) -> dict[str, float]:
        """Score the candidates that a quantity belongs to: place and words fit, and no worse.

        Args:
            at: Which quantity.
            candidates: The rules, by their place in the list.
            enough: The share of words needed, by how well the place agrees.
            beside: The share of words that must stand in the quantity's own phrase.
        """
        window = self.matcher.words.shares(grams(self.windows[at]))
        governing = self._governing(at)
        scores: list[tuple[float, Agreement, str]] = []
        for each in candidates:
            profile_ = self.matcher.profiles[each]
            in_row = self._in_row(profile_.id)
            score = max(
                _WINDOW * near + (1 - _WINDOW) * self.whole.get((each, way), 0.0)
                if (near := window.get((each, way), 0.0)) >= beside or in_row
                else 0.0
                for way in range(len(profile_.tellings))
            )
            if profile_.years and governing and not governing & profile_.years:
                score *= _OTHER_YEAR
            if score < _ENOUGH_IN_ROW:
                continue
            agreed = self._agreement(each)
            needed = enough.get(agreed, 2.0)
            if in_row:
                needed = _ENOUGH_IN_ROW
            if score >= needed:
                scores.append((score, agreed, profile_.id))
        if not scores:
            return {}
        closest = max(agreed for _, agreed, _ in scores)
        best = max(score for score, agreed, _ in scores if agreed is closest)
        return {
            id_: score
            for score, agreed, id_ in scores
            if score >= (_NEARLY * best if agreed is closest else best)
        }

    def _governing(self, at: int) -> set[int]:
        """Give the years of the last date before a quantity, else of its table's column."""
        dates = [each for each in self.clause.mentions[:at] if each.kind is QuantityKind.DATE]
        if dates:
            return {int(year) for year in dates[-1].values}
        return {self.clause.year} if self.clause.year is not None else set()

    def _agreement(self, at: int) -> Agreement:
        if at not in self.agreed:
            self.agreed[at] = max(
                (
                    _in_table(place, self.clause)
                    if place.table and self.clause.year is not None
                    else agreement(place, self.place)
                    for place in self.matcher.profiles[at].places
                ),
                default=Agreement.NONE,
            )
        return self.agreed[at]

    def _beside(self, at: int, accounted: set[int]) -> bool:
        """Tell whether a word goes with a number that is accounted for: 每年, 至少, 全部."""
        mention = self.clause.mentions[at]
        for other in accounted:
            number = self.clause.mentions[other]
            gap = self.clause.text[mention.end : number.start]
            if self.windows[other] == self.windows[at] or (gap and not _PAUSE.search(gap)):
                return True
        return False

    def _dated(self, mention: Mention, found: Iterable[str]) -> bool:
        """Tell whether a date is one of the rules found; a month alone goes with any."""
        if mention.kind is not QuantityKind.DATE:
            return False
        years = {int(year) for year in mention.values}
        return any(years <= self.matcher.by_id[id_].years for id_ in found)

    def _suggestions(self, found: Iterable[str]) -> tuple[str, ...]:
        """Give rules that may be meant: those found, then by words, numbers and place."""
        numbers = {
            (mention.kind, value)
            for mention in self.clause.mentions
            if mention.kind is not QuantityKind.DATE
            for value in mention.values
        }
        best: dict[int, float] = {}
        for (at, _), share in self.whole.items():
            best[at] = max(best.get(at, 0.0), share)
        scores: list[tuple[float, str]] = []
        for at, share in best.items():
            each = self.matcher.profiles[at]
            score = share + 0.2 * bool(numbers & each.numbers) + (each.id in found)
            if score >= _WORTH_SUGGESTING / 2:
                if self.matcher.covers:
                    score += 0.25 * self._agreement(at)
                if score >= _WORTH_SUGGESTING:
                    scores.append((-score, each.id))
        return tuple(id_ for _, id_ in sorted(scores)[:_SUGGESTED])


def _is_number(mention: Mention) -> bool:
    return mention.kind in (QuantityKind.NUMBER, QuantityKind.SHARE)


def _numbers_of(mention: Mention) -> frozenset[float]:
    return mention.values if _is_number(mention) else frozenset()


def _years(clause: Clause) -> set[int]:
    return {
        int(year)
        for mention in clause.mentions
        if mention.kind is QuantityKind.DATE
        for year in mention.values
    }


def _asks(mention: Mention, behind: str, profile: Profile) -> bool:
    """Tell whether a rule can be what a quantity without a number asks for."""
    if mention.kind is QuantityKind.DATE:
        return profile.whole and any(int(year) in profile.years for year in mention.values)
    word = mention.text
    side = word_side(word)
    if side * profile.demanded.side < 0 or ((side or "平均" in word) and not profile.relates):
        return False
    if word.startswith("第"):
        return word in profile.names
    if _asking(Asked.NONE).search(word):
        return profile.zero or profile.whole
    if profile.trend:
        beside_last = side == profile.demanded.side != 0 and _LAST_YEAR.match(behind)
        return bool(beside_last or _asking(Asked.CHANGE).search(word))
    if _asking(Asked.BOUND).match(word):
        return True
    return _asking(Asked.ALL).search(word) is not None and (
        profile.whole or (QuantityKind.SHARE, WHOLE) in profile.numbers
    )


@cache
def _asking(of: Asked) -> re.Pattern[str]:
    return re.compile(any_of(quantity_words(), _ASKED[of], use=of))


def _in_table(place: ClausePlace, clause: Clause) -> Agreement:
    """Compare a place that names a row of a table by its label, and its column in brackets."""
    label, _, _ = clause.text.partition("｜")
    column = re.search(r"[(（]([^()（）]+)[)）]\s*$", place.words)
    heads = "".join(clause.column)
    if column and len(clause.column) > 1 and column[1] not in heads and column[1] not in label:
        return Agreement.NONE
    place_ = re.sub(r"[(（][^()（）]*[)）]\s*$", "", place.words)
    own = grams(re.sub(r"[(（][^()（）]*[)）]|\*", "", label.rpartition("·")[2]))
    present = grams(clause.text)
    parts = re.split("[，,]", place_.rstrip("，, "))[-2:]
    told = max(_overlap(grams(part), present) for part in parts)
    same = min(told, _overlap(own, grams(place_))) >= _SAME_ROW
    return Agreement.SAME if same else Agreement.NONE


def _overlap(wanted: frozenset[str], present: frozenset[str]) -> float:
    return len(wanted & present) / len(wanted) if wanted else 0.0


def _window(clause: Clause, mention: Mention) -> str:
    """Give the phrase a quantity stands in: from comma to comma, more where that is very short."""
    text = clause.text
    cuts = [found.start() for found in _CUT.finditer(text)]
    before = [cut for cut in cuts if cut < mention.start]
    end = next((cut for cut in cuts if cut >= mention.end), len(text))
    start = before[-1] if before else 0
    start, end = _between_others(clause.mentions, mention, text, start, end)
    if end - start < _SHORT_WINDOW and before:
        start = before[-2] if len(before) > 1 else 0
    return text[start:end]


def _between_others(
    mentions: Sequence[Mention], mention: Mention, text: str, start: int, end: int
) -> tuple[int, int]:
    """Narrow a phrase at the 、 between its quantities: 基地9个、单位15个."""
    others = [each for each in mentions if start <= each.start < end and each is not mention]
    for cut in re.finditer("、", text[start:end]):
        at = start + cut.start()
        if at < mention.start and any(each.end <= at for each in others):
            start = at
        elif at >= mention.end and any(each.start > at for each in others):
            return start, at
    return start, end
