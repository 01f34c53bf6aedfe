"""From a sentence of a plan to a first outline of its rule, for its writer to correct.

Every number, year, comparator, change and qualification of the sentence is either in the outline
or named as unused; a half-understood sentence would become a rule that nobody has written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import Direction, Span
from dabiao.rules.language.draft import (
    ChangesDraft,
    ComparesDraft,
    FeaturePlace,
    NormDraft,
    Phrase,
    WithinDraft,
)
from dabiao.rules.language.norm_text import norm_text
from dabiao.rules.writing.named_measures import (
    ANYTHING,
    NamedSubject,
    amount,
    amount_of,
    is_of_each,
    near,
    step,
    subject_of,
)
from dabiao.rules.writing.other_demands import (
    beside_others,
    none_left,
    repeated,
    share_of_members,
)
from dabiao.rules.writing.plan_words import Piece, PlanPart, acts, clauses, pieces, says_so
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Period
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import NUMERAL
from dabiao.schemas.quantity import quantity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE

_NOWHERE = FeaturePlace("-", 1, 1)
# The forms of demands, written in the letters of their parts; the longest that fits is meant.
_FORMS = {
    "shift": "FN[ud]NA?",
    "yearly": "[EG]L?C?[UD]C?NA?",
    "last": "LC?[UD]C?NA?",
    "average-since": "SVC?[UD]C?NA?|VC?[UD]C?NA?S",
    "average": "VC?[UD]C?NA?",
    "since": "SC?[UD]C?NA?|C?[UD]C?NA?S",
    "since-at-all": "S[UD]",
    "last-at-all": "L[UD]",
    "trend": "[EG]L?[UD]",
    "beside": "[EG]?W",
    "change": "C?[UD]C?NA?",
    "target": "[ud]NA?",
    "range": "C?RB",
    "level": "E?(?:CNA?|NA)",
    "never": "[EG]?[PQ]",
    "above": "E?O",
    "rank": "E?T",
    "running": "KE?(?:CNA?|NA)",
    "term": "t(?:CNA?|NA)",
    "none": "[EG]?C?Z",
}
_UNDERSTOOD = (PlanPart.MEASURE, PlanPart.FILLER, PlanPart.ASPIRATION)
_EVERY_YEAR = ("yearly", "never", "trend", "beside", "term")
_LAST_YEAR = ("last", "last-at-all")
_TELLING = "mNREVSLFPQWOTKtZ"
_CORE = _TELLING.replace("m", "") + "CABUDudGW"
_EXCEPTIONS = re.compile(r"除.*外|不含|不包括|不计|其中|原则上|分别")
# What is demanded besides, without a number: a rank, a mean, a share in words.
_RANKS = re.compile(
    rf"前列|首位|领先|[前第][{NUMERAL}\d]|平均|半数|过半|一半|[倍番]|优于|好于|上年"
)
# Where less is better, 达到 alone does not say which side of the number is meant.
_BAD = re.compile(r"近视|辍学|流失|肥胖|大班额|超大班|事故|死亡|发生率|不合格|生师比|欠|拖欠|未")
# Every year, and not at the end of the plan only.
_KEPT = re.compile(r"保持|稳定在|确保|保证|每[生人师]每年|每名(?:学生|教师)每年")
_MORE = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_REACH = ("达到", "达", "实现", "保持", "稳定")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a sentence seems to say; empty where it does not tell.

    Attributes:
        measures: Names of measures it is about; if it names none, those that come close.
        level: Level of the subjects.
        timing: A timing sentence.
        norm: A norm sentence.
        aspiration: Whether it only strives (力争, 争取).
        baseline: A baseline sentence.
        unused: Pieces that none of these says, with their places counted from 1.
        undated: The change whose earlier year the sentence does not tell.
        levels: The levels its measure exists at, where nothing tells which of them is meant.
    """

    measures: tuple[str, ...]
    level: str | None
    timing: str
    norm: str | None
    aspiration: bool
    baseline: str = ""
    unused: tuple[tuple[str, int], ...] = ()
    undated: str = ""
    levels: tuple[Level, ...] = ()


def suggest(
    sentence: str, document: str, catalog: Catalog, *, baseline: str = "", norm: str = ""
) -> Suggestion:
    """Read a sentence of a plan.

    Args:
        sentence: The sentence, as it stands in the plan.
        document: Id of the document.
        catalog: The pack; its vocabulary is where measures are looked for.
        baseline: A baseline sentence, where the writer gave one.
        norm: A norm sentence, where the writer gave one; the sentence then tells the rest.
    """
    several = None if norm or baseline else _either(sentence, document, catalog)
    if several is not None:
        return several
    text = halfwidth(sentence)
    subject = subject_of(text, catalog.vocabulary)
    if subject is None and norm:
        told = subject_of(halfwidth(norm), catalog.vocabulary)
        subject = replace(told, spans={}, others={}) if told is not None else ANYTHING
    if subject is None:
        return Suggestion(near(text, catalog.vocabulary), None, "", None, aspiration=False)
    units = {each.unit for each in catalog.vocabulary.items.values() if each.unit}
    found = pieces(text, subject.spans, subject.others, units)
    options = {option for item in catalog.vocabulary.items.values() for option in item.options}
    reader = _Reader(text, subject, found, options)
    reader.read(baseline)
    period = catalog.documents[document].period if document in catalog.documents else None
    return Suggestion(
        measures=(subject.name,),
        level=reader.level(_home(document, catalog)),
        timing=reader.timing(period),
        norm=reader.norm,
        aspiration=any(piece.part is PlanPart.ASPIRATION for piece in found),
        baseline=reader.baseline,
        unused=tuple(
            (sentence[piece.start : piece.end], piece.start + 1) for piece in reader.left()
        ),
        undated=reader.undated,
        levels=reader.levels,
    )


def _either(sentence: str, document: str, catalog: Catalog) -> Suggestion | None:
    """Read a sentence of two demands of which one is enough; None where it is none."""
    halves = re.split("[，,]?或者?", sentence)
    if len(halves) != len(("one", "other")):
        return None
    one, other = (suggest(half, document, catalog) for half in halves)
    if other.norm is None and one.measures:  # 达到80%，或比2020年提高10个百分点
        other = suggest(one.measures[0] + halves[1], document, catalog)
    if one.norm is None or other.norm is None or one.level != other.level:
        return None
    if any(each.unused or each.undated or each.baseline for each in (one, other)):
        return None
    dated = [bool(re.search(r"\d{4}|末|每", halfwidth(half))) for half in halves]
    if dated[1] and other.timing != one.timing:
        return None
    return replace(one, measures=one.measures + other.measures, norm=f"{one.norm} 或 {other.norm}")


def _home(document: str, catalog: Catalog) -> Level | None:
    known = catalog.documents.get(document)
    place = catalog.places.get((known.jurisdiction if known is not None else None) or "")
    return place.level if place is not None else None


@dataclass(slots=True)
class _Reader:
    """Reads the pieces of one sentence; what it puts to use, it marks."""

    text: str
    subject: NamedSubject
    found: list[Piece]
    options: set[str]
    norm: str | None = None
    baseline: str = ""
    undated: str = ""
    form: str = ""
    span: tuple[int, int] = (0, 0)
    used: set[int] = field(default_factory=set)

    def read(self, baseline: str) -> None:
        """Find out what is demanded."""
        core = [piece for piece in self._demanding() if piece.part.value in _CORE]
        if self.subject.boolean:
            self._be(core)
            return
        letters = "".join(piece.part.value for piece in core)
        fitting = [
            (match.end() - match.start(), name, core[match.start() : match.end()])
            for name, form in _FORMS.items()
            for match in re.finditer(form, letters)
        ]
        if not fitting:
            return
        _, self.form, chosen = max(fitting, key=lambda each: each[0])
        self.span = (chosen[0].start, chosen[-1].end)
        norm = self._norm(chosen, baseline)
        if norm is not None or self.undated:
            self.used.update(piece.start for piece in chosen)
        if norm is None:
            return
        if isinstance(norm, str):
            self.norm = norm
            return
        with speaking(Language.ZH):
            self.norm = norm_text(norm)

    def _demanding(self) -> list[Piece]:
        """Give the pieces of the clauses that demand something."""
        return [piece for clause in clauses(self.found) if _tells(clause) for piece in clause]

    def _be(self, core: Sequence[Piece]) -> None:
        """Read that something is simply to be so."""
        share = share_of_members(self.found, self.subject)
        if share is not None:
            self.norm, self.form, said = share.norm, "level", share.said
            self.subject = replace(self.subject, levels=share.levels)
            self.used.update(said)
            return
        self.used.update(piece.start for piece in core if piece.text in _REACH)
        self.norm = f'{self.subject.formula} 应为"是"'

    def _norm(self, chosen: Sequence[Piece], baseline: str) -> NormDraft | str | None:
        """Make a norm of the pieces of a form; None where they contradict each other."""
        match self.form:
            case "never":
                falls = chosen[-1].part is PlanPart.NEVER_RISES
                return f"{self.subject.formula} {'应逐年不增' if falls else '应只增不减'}"
            case "range":
                return self._within(chosen)
            case "above" | "rank":
                return beside_others(chosen[-1], self.subject, bad=_is_bad(self.subject))
            case "running" | "term":
                return repeated(chosen[0], self._level(_without_years(chosen[1:])))
            case "none":
                return none_left(chosen, self.subject, _REACH)
            case "trend" | "last-at-all" | "since-at-all" | "beside":
                return self._at_all(chosen)
            case "level" | "target":
                return self._level(chosen)
            case "shift":
                return self._shift(chosen, baseline)
            case _:
                return self._change(chosen, baseline)

    def _level(self, chosen: Sequence[Piece]) -> ComparesDraft | None:
        verb = next(
            (each for each in chosen if each.part in (PlanPart.RISE_TO, PlanPart.FALL_TO)), None
        )
        before = next((each for each in chosen if each.part is PlanPart.COMPARATOR), None)
        behind = next((each for each in chosen if each.part is PlanPart.BEHIND), None)
        comparator: Comparator | None = None
        if verb is not None:
            comparator = _direction_bound(verb)
        elif before is not None and isinstance(before.value, Comparator):
            comparator = before.value
            reaches = before.text in _REACH
            if reaches and behind is not None and isinstance(behind.value, Comparator):
                comparator = behind.value
            elif reaches and _is_bad(self.subject):
                return None
        elif behind is not None and isinstance(behind.value, Comparator):
            comparator = behind.value
        if comparator is None or (behind is not None and behind.value is not comparator):
            return None
        number = next(each for each in chosen if each.part is PlanPart.NUMBER)
        if number.unit == PER_ONE and comparator not in _MORE:
            return None  # 1:12.5以内 means more than 1:12.5, or fewer on the other side
        bound = amount(number, self.subject)
        return None if bound is None else ComparesDraft(self._left, comparator, _phrase(bound))

    def _within(self, chosen: Sequence[Piece]) -> WithinDraft | None:
        piece = next(each for each in chosen if each.part is PlanPart.RANGE)
        low = amount(replace(piece, part=PlanPart.NUMBER), self.subject)
        high = amount(replace(piece, part=PlanPart.NUMBER, value=piece.last), self.subject)
        if low is None or high is None:
            return None
        return WithinDraft(self._left, _phrase(low), _phrase(high))

    def _shift(self, chosen: Sequence[Piece], baseline: str) -> ComparesDraft | None:
        """Read from 68% in 2020 to 75%: a target, and where its line begins."""
        begin, first, verb, second = chosen[:4]
        old, new = (amount(each, self.subject) for each in (first, second))
        norm = self._level(chosen[2:])
        if norm is None or old is None or new is None:
            return None
        rises = verb.part is PlanPart.RISE_TO
        if (
            amount_of(first) == amount_of(second)
            or (amount_of(first) < amount_of(second)) is not rises
        ):
            return None
        if begin.year is not None:
            self.baseline = f"基期{begin.year}年为{old}"
            return norm
        said = re.search(r"为\s*(.+)", halfwidth(baseline))
        if said is not None and quantity(said[1]) == quantity(old):
            return norm
        self.undated = first.text
        return None

    def _change(self, chosen: Sequence[Piece], baseline: str) -> ChangesDraft | None:
        verb = next(each for each in chosen if each.part in (PlanPart.RISE, PlanPart.FALL))
        least = step(next(each for each in chosen if each.part is PlanPart.NUMBER), self.subject)
        limits = [each for each in chosen if each.part in (PlanPart.COMPARATOR, PlanPart.BEHIND)]
        if least is None or any(each.value is not Comparator.AT_LEAST for each in limits):
            return None
        if any(each.text in _REACH for each in limits):
            return None
        direction = Direction.RISE if verb.part is PlanPart.RISE else Direction.FALL
        since = next((each.year for each in chosen if each.part is PlanPart.SINCE), None)
        given = re.search(r"\d{4}", halfwidth(baseline))
        span = Span.SINCE
        if self.form in ("yearly", "last"):
            span = Span.YEAR
        elif self.form in ("average", "average-since"):
            span = Span.ANNUALISED
            if since is not None:
                self.baseline, since = f"基期{since}年", None
            elif given is None:
                self.undated = f"年均{verb.text}{least}"
                return None
        elif since is None and given is not None:
            since = int(given[0])
        elif since is None:
            self.undated = f"{verb.text}{least}"
            return None
        return ChangesDraft(self._left, direction, span, _phrase(least), since)

    def _at_all(self, chosen: Sequence[Piece]) -> ChangesDraft | str:
        """Read a change without an amount, and a comparison with the year before."""
        last = chosen[-1]
        rises, strict = last.part is PlanPart.RISE, True
        if last.part is PlanPart.BESIDE_LAST:
            rises = last.value in _MORE
            strict = last.value in (Comparator.MORE_THAN, Comparator.LESS_THAN)
        if not strict:
            return f"{self.subject.formula} {'应只增不减' if rises else '应逐年不增'}"
        direction = Direction.RISE if rises else Direction.FALL
        since = chosen[0].year if self.form == "since-at-all" else None
        span = Span.YEAR if since is None else Span.SINCE
        return ChangesDraft(self._left, direction, span, None, since, strict=True)

    @property
    def _left(self) -> Phrase:
        return _phrase(self.subject.formula)

    def timing(self, period: Period | None) -> str:
        """Give the timing sentence, marking what it uses."""
        end = period.to if period is not None else None
        years = [piece for piece in self.found if piece.part is PlanPart.YEAR]
        every = self.form in _EVERY_YEAR or any(
            piece.part is PlanPart.EVERY_YEAR for piece in self.found
        )
        if not years:
            if self.form in _LAST_YEAR:  # against the year before which?
                self.used.difference_update(
                    piece.start for piece in self.found if piece.part is PlanPart.LAST_YEAR
                )
            kept = self.form in ("level", "") and _KEPT.search(self.text) is not None
            ends = end is not None and not every and not kept
            return f"到{end}年底" if ends else "长期执行"
        every = every and self.form != "beside"  # which may be asked of one year as well
        for piece in years:
            timing = self._timing_of(piece, period, every=every)
            if timing is not None:
                self.used.add(piece.start)
                return timing
        return years[0].timing

    def _timing_of(self, piece: Piece, period: Period | None, *, every: bool) -> str | None:
        """Give the timing that a year makes of the demand; None where they do not go together."""
        timing = piece.timing
        inside = self.span[0] < piece.start < self.span[1]
        if self.form in ("target", "shift") and self._is_target(piece):
            timing, inside = f"到{piece.year}年底", False
        named = [int(year) for year in (piece.year, piece.last) if year is not None]
        outside = period is not None and any(year not in period for year in named)
        in_one_year = timing.startswith("到") or timing.endswith("内")
        if inside or outside or (every and in_one_year):
            return None
        if self.form in (*_LAST_YEAR, "beside") and not timing.endswith("内"):
            return None
        if timing.endswith("每年") and not (every or self.form.startswith("average")):
            return None
        return timing

    def _is_target(self, year: Piece) -> bool:
        """Tell whether a year stands between 提高到 and the number."""
        before = [each for each in self.found if each.end <= year.start]
        return bool(before) and before[-1].part in (PlanPart.RISE_TO, PlanPart.FALL_TO)

    def level(self, home: Level | None) -> str | None:
        """Give the level of the subjects, marking what tells it."""
        said = [piece for piece in self.found if piece.part is PlanPart.LEVEL]
        levels = [piece.value for piece in said if isinstance(piece.value, Level)]
        known = self.levels
        chosen = max(levels, key=lambda level: level.rank, default=None)
        if chosen is None or chosen not in known:
            if home is None and len(known) > 1:
                return None  # a document without a place may speak of anybody
            if home not in known and known != self.subject.levels and len(known) > 1:
                return None  # of the whole city, but who in it?
            chosen = home if home in known else known[0]
        for piece in said:
            if isinstance(piece.value, Level) and piece.value.rank <= chosen.rank:
                self.used.add(piece.start)
        self.used.difference_update(self._beside_each_other())
        return say(chosen.zh, chosen.value)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels at which it can be demanded: below the one that it is compared within."""
        levels = self.subject.levels
        above = (Level.named(each.unit) for each in self.found if self.form in ("above", "rank"))
        upper = max((each.rank for each in above if each is not None), default=-1)
        return tuple(each for each in levels if each.rank > upper) or levels

    def _beside_each_other(self) -> Iterator[int]:
        """Give where levels are listed: 各学校、各旗县 are two kinds of subjects."""
        for one, mark, other in zip(self.found, self.found[1:], self.found[2:], strict=False):
            listed = mark.part is PlanPart.STOP or mark.text in ("和", "与", "及", "以及")
            if listed and {one.part, other.part} == {PlanPart.LEVEL} and one.value != other.value:
                yield from (one.start, other.start)

    def left(self) -> Iterator[Piece]:
        """Give the pieces that are in no part of the outline, in order."""
        for clause in clauses(self.found):
            tells = _tells(clause)
            passed = not tells and acts(clause)
            if tells and clause[-1].text == "的" and clause[-1].start > self.span[0]:
                yield clause[-1]  # whoever is below 95%: a condition, not a demand
            for piece in clause:
                if piece.start in self.used or piece.part in _UNDERSTOOD:
                    continue
                if piece.part is PlanPart.PER_HEAD and is_of_each(self.subject, piece.text):
                    continue
                if passed and not self._counts(piece):
                    continue
                if self.subject.boolean and piece.part is PlanPart.REST and says_so(piece.text):
                    continue
                yield piece

    def _counts(self, piece: Piece) -> bool:
        """Tell whether a piece counts even in a clause that only says what is done."""
        named = piece.part in (PlanPart.YEAR, PlanPart.LEVEL)
        excepted = piece.part is PlanPart.OPEN and _EXCEPTIONS.match(piece.text) is not None
        option = piece.part is PlanPart.REST and any(each in piece.text for each in self.options)
        compared = piece.part is PlanPart.COMPARATOR and piece.text not in _REACH
        ranked = piece.part is not PlanPart.MEASURE and _RANKS.search(piece.text) is not None
        return named or excepted or option or compared or ranked


def _tells(clause: Sequence[Piece]) -> bool:
    """Tell whether a clause demands something, or goes on with what the one before demands."""
    parts = "".join(piece.part.value for piece in clause)
    moves = any(part in parts for part in "UDudA")
    return any(part in parts for part in _TELLING) or (moves and "r" not in parts)


def _is_bad(subject: NamedSubject) -> bool:
    """Tell whether less of something is better."""
    return _BAD.search(subject.name) is not None


def _without_years(chosen: Sequence[Piece]) -> list[Piece]:
    return [each for each in chosen if each.part is not PlanPart.EVERY_YEAR]


def _direction_bound(verb: Piece) -> Comparator:
    return Comparator.AT_LEAST if verb.part is PlanPart.RISE_TO else Comparator.AT_MOST


def _phrase(text: str) -> Phrase:
    return Phrase(text, _NOWHERE)
