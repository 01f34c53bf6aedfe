"""From the draft of a norm to a checked one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Norm, Within
from dabiao.rules.formulas.checking.check import Typed, ValueKind, align, check
from dabiao.rules.formulas.formula import Attainment, Formula, Number, Text, Truth
from dabiao.rules.formulas.from_text import FormulaError, parse
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    ChangesDraft,
    ComparesDraft,
    NormDraft,
    Phrase,
    RollsUpDraft,
    SaysDraft,
    WithinDraft,
)
from dabiao.rules.language.left_out import mentions
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.quantity import Quantity, quantity
from dabiao.schemas.rule import NormRecord
from dabiao.schemas.unit import POINTS, is_percent, is_points

_Report = Callable[[Problem], None]
_TRUE, _FALSE = ("是", "yes", "true"), ("否", "no", "false")


@dataclass(frozen=True, slots=True)
class BuiltNorm:
    """A checked norm, the unit of what it observes, and how it is told as data."""

    norm: Norm
    unit: str
    measure: str | None
    record: NormRecord


def read_formula(
    said: Phrase, vocabulary: Vocabulary, level: Level, report: _Report
) -> Typed | None:
    """Read and check a formula; report what is wrong with it."""
    try:
        return check(parse(said.text, vocabulary.names), vocabulary, level)
    except FormulaError as error:
        report_faults(said, error, report, vocabulary)
        return None


def report_faults(
    said: Phrase, error: FormulaError, report: _Report, vocabulary: Vocabulary
) -> None:
    """Report every fault of a formula with its place in the file.

    Faults that come of a name which an error left out are not told: that error was.
    """
    for fault in error.faults:
        word = said.text[fault.offset : fault.offset + fault.length]
        if mentions(said.text, word, vocabulary.left_out):
            continue
        report(said.problem(fault.code, fault.message, hint=fault.hint, offset=fault.offset))


def build_norm(
    draft: NormDraft, whole: Phrase, vocabulary: Vocabulary, level: Level, report: _Report
) -> BuiltNorm | None:
    """Check the draft of a norm.

    Args:
        draft: What the sentence said.
        whole: The sentence.
        vocabulary: The measures of the pack.
        level: Level of the subjects judged.
        report: Called with every problem.
    """
    builder = _Builder(whole, vocabulary, level, report)
    match draft:
        case ComparesDraft():
            return builder.compares(draft)
        case WithinDraft():
            return builder.within(draft)
        case SaysDraft():
            return builder.says(draft)
        case ChangesDraft():
            return builder.changes(draft)
        case RollsUpDraft():
            return builder.rolls_up(draft)


class _Builder:
    """One method per kind of draft."""

    def __init__(
        self, whole: Phrase, vocabulary: Vocabulary, level: Level, report: _Report
    ) -> None:
        self.whole, self.vocabulary, self.level, self.report = whole, vocabulary, level, report

    def compares(self, draft: ComparesDraft) -> BuiltNorm | None:
        value = read_formula(draft.left, self.vocabulary, self.level, self.report)
        bound = read_formula(draft.right, self.vocabulary, self.level, self.report)
        if value is None or bound is None:
            return None
        for side, said in ((value, draft.left), (bound, draft.right)):
            if side.kind is not ValueKind.NUMBER and draft.comparator is not Comparator.EQUAL:
                self.report(
                    said.problem(
                        "not-a-number",
                        say(f"“{said.text}”不是数，不能比大小", f"{said.text!r} is not a number"),
                        hint=say('是否项用：应为"是"', 'for a boolean write: should be "yes"'),
                    )
                )
                return None
        aligned = self._aligned(value, bound, draft.right)
        if aligned is None:
            return None
        left = value.formula
        if value.unit is None and bound.unit is not None:
            left, aligned = self._aligned(bound, value, draft.left) or left, bound.formula
        norm = Compares(left, draft.comparator, aligned)
        threshold = _literal(aligned)
        self._plausible(value, threshold, draft.right)
        return self._built(norm, value, draft.comparator.value, threshold)

    def within(self, draft: WithinDraft) -> BuiltNorm | None:
        sides = [
            read_formula(said, self.vocabulary, self.level, self.report)
            for said in (draft.left, draft.low, draft.high)
        ]
        value, low, high = sides
        if value is None or low is None or high is None:
            return None
        if low.unit is None and high.unit is not None:  # 10 至 15个
            low = _with_unit(low, high)
        lower = self._aligned(value, low, draft.low)
        upper = self._aligned(value, high, draft.high)
        if lower is None or upper is None:
            return None
        least, most = _literal(lower), _literal(upper)
        if isinstance(least, float) and isinstance(most, float) and least > most:
            self.report(
                draft.low.problem(
                    "empty-range",
                    say(
                        f"下界“{draft.low.text.strip()}”高于上界“{draft.high.text.strip()}”",
                        f"the lower bound {draft.low.text.strip()!r} is above the upper one, "
                        f"{draft.high.text.strip()!r}",
                    ),
                    hint=say("两个数对调", "exchange them"),
                )
            )
            return None
        norm = Within(value.formula, lower, upper)
        return self._built(norm, value, Comparator.BETWEEN.value, least, most)

    def says(self, draft: SaysDraft) -> BuiltNorm | None:
        value = read_formula(draft.left, self.vocabulary, self.level, self.report)
        if value is None:
            return None
        text = draft.text.text
        if value.kind is ValueKind.TRUTH:
            if text.lower() not in _TRUE + _FALSE:
                self.report(
                    draft.text.problem(
                        "bad-value",
                        say(f"是否项不能是“{text}”", f"a boolean can't be {text!r}"),
                        expected=say("是或否", "yes or no"),
                    )
                )
                return None
            truth = text.lower() in _TRUE
            norm = Compares(value.formula, Comparator.EQUAL, Truth(truth))
            return self._built(norm, value, Comparator.EQUAL.value, truth)
        left = draft.left.text.strip()
        if value.kind is not ValueKind.TEXT:
            self.report(
                draft.text.problem(
                    "not-a-text",
                    say(
                        f"“{left}”是数，不会是文字“{text}”",
                        f"{left!r} is a number and never the text {text!r}",
                    ),
                    hint=say(
                        "对数的要求写“应等于”“应不低于”等，数不加引号",
                        "for a number write 'should equal', 'should be at least' or the like, "
                        "without quotes",
                    ),
                )
            )
            return None
        if value.options and text not in value.options:
            close = nearest(text, value.options)
            self.report(
                draft.text.problem(
                    "unknown-option",
                    say(f"{left}没有“{text}”这一类", f"{left} can't be {text!r}"),
                    expected="、".join(value.options),
                    hint=say(f"是不是：{close[0]}", f"did you mean {close[0]}?") if close else None,
                )
            )
            return None
        norm = Compares(value.formula, Comparator.EQUAL, Text(text))
        return self._built(norm, value, Comparator.EQUAL.value, text)

    def changes(self, draft: ChangesDraft) -> BuiltNorm | None:
        value = read_formula(draft.left, self.vocabulary, self.level, self.report)
        if value is None:
            return None
        if value.kind is not ValueKind.NUMBER or value.unit is None:
            self.report(
                draft.left.problem(
                    "not-a-number",
                    say(
                        f"“{draft.left.text}”不是数，谈不上变化",
                        f"{draft.left.text!r} is no number",
                    ),
                )
            )
            return None
        percent = is_percent(value.unit_text)
        least = self._least(draft.least, value) if draft.least is not None else (0.0, False)
        if least is None:
            return None
        amount, relative = least
        norm = Changes(
            *(value.formula, draft.direction, draft.span, amount, relative),
            since=draft.since,
            strict=draft.strict,
        )
        comparator = Comparator.MORE_THAN if draft.strict else Comparator.AT_LEAST
        unit_text = "%" if relative else POINTS if percent else value.unit_text
        return BuiltNorm(
            norm,
            unit_text,
            value.measure,
            NormRecord(
                text=self.whole.text,
                kind=f"{draft.direction.value}-{draft.span.value}",
                measure=value.measure,
                comparator=comparator.value,
                threshold=amount,
                unit=unit_text,
            ),
        )

    def _least(self, said: Phrase, value: Typed) -> tuple[float, bool] | None:
        """Read the smallest change: an amount, and whether it is relative."""
        found: Quantity | None = quantity(said.text)
        if found is None or found.value < 0:
            self.report(
                said.problem(
                    "not-a-number",
                    say(
                        f"“{said.text}”不是变化的数量", f"{said.text!r} is not an amount of change"
                    ),
                    expected=say(
                        "如 0.5个百分点、5%、500人", "such as 0.5 percentage points, 5%, 500"
                    ),
                )
            )
            return None
        if is_percent(value.unit_text):
            if is_points(found.unit) or not found.unit:
                return found.value, False
            self.report(
                said.problem(
                    "percent-points",
                    say(
                        f"{value.unit_text}之间的变化要用百分点，写的是“{said.text}”",
                        f"a change of a percentage is in percentage points, not {said.text!r}",
                    ),
                    hint=say(
                        f"写成 {found.value:g}个百分点", f"write {found.value:g} percentage points"
                    ),
                )
            )
            return None
        if is_percent(found.unit):
            return found.value, True
        if not found.unit:
            return found.value, False
        least = found.measured_in(value.unit_text) if value.unit is not None else None
        if least is None or is_points(found.unit):
            self.report(
                said.problem(
                    "unit-mismatch",
                    say(
                        f"变化量的单位“{found.unit}”与“{value.unit_text}”不符",
                        f"the change is in {found.unit!r}, the measure in {value.unit_text!r}",
                    ),
                    hint=say(f"用{value.unit_text}或%", f"use {value.unit_text} or %"),
                )
            )
            return None
        return least, False

    def rolls_up(self, draft: RollsUpDraft) -> BuiltNorm | None:
        if draft.level is None:
            return self._complies(draft, self.level)
        below = Level.named(draft.level.text)
        if below is None or below.rank <= self.level.rank:
            self.report(
                draft.level.problem(
                    "not-below",
                    say(
                        f"“{draft.level.text}”不是{self.level.zh}的下级层级",
                        f"{draft.level.text!r} is not a level below {self.level.value}",
                    ),
                    expected="、".join(each.label for each in Level if each.rank > self.level.rank),
                    hint=say(
                        "考核对象改为它的上级，或换成下级层级",
                        "judge a level above it, or name a level below",
                    ),
                )
            )
            return None
        return self._complies(draft, below)

    def _complies(self, draft: RollsUpDraft, below: Level) -> BuiltNorm:
        tag = draft.tag.text.strip()
        norm: Norm
        if draft.count is None:
            norm = AllComply(below, tag)
        else:
            norm = EachComplies(below, tag, draft.count, draft.floor)
        kind = "all-comply" if draft.count is None else "each-complies"
        return BuiltNorm(
            norm,
            below.counted_in,
            None,
            NormRecord(
                text=self.whole.text,
                kind=kind,
                comparator=Comparator.AT_LEAST.value,
                unit=below.counted_in,
            ),
        )

    def _aligned(self, value: Typed, bound: Typed, said: Phrase) -> Formula | None:
        """Bring the bound into the unit of the value, or into its words."""
        try:
            aligned = align(bound, value)
        except FormulaError as error:
            report_faults(said, error, self.report, self.vocabulary)
            return None
        if bound.unit is None and value.unit_text and bound.constant is not None:
            bare, unit_text = said.text.strip(), value.unit_text
            self.report(
                said.problem(
                    "bare-number",
                    say(
                        f"“{bare}”没有写单位，按{unit_text}理解",
                        f"{bare!r} has no unit and is read as {unit_text}",
                    ),
                    severity=Severity.WARNING,
                    hint=say(f"写上单位：{bare}{unit_text}", f"write the unit: {bare}{unit_text}"),
                )
            )
        return aligned

    def _plausible(self, value: Typed, threshold: object, said: Phrase) -> None:
        """Warn of a threshold that no submitted value could reach or break."""
        item = self.vocabulary.items.get(value.measure or "")
        if item is None or not isinstance(threshold, float):
            return
        low = item.minimum is not None and threshold < item.minimum
        high = item.maximum is not None and threshold > item.maximum
        if low or high:
            self.report(
                said.problem(
                    "out-of-range",
                    say(
                        f"{said.text.strip()}超出了{item.name}的范围",
                        f"{said.text.strip()} lies outside the range of {item.name}",
                    ),
                    severity=Severity.WARNING,
                    expected=f"{_bound(item.minimum)}..{_bound(item.maximum)}",
                    hint=say("核对数字和单位", "check number and unit"),
                )
            )

    def _built(
        self,
        norm: Norm,
        value: Typed,
        comparator: str,
        threshold: Scalar,
        upper: Scalar = None,
    ) -> BuiltNorm:
        attained = isinstance(value.formula, Attainment)
        unit_text = "%" if attained else value.unit_text
        item = self.vocabulary.items.get(value.measure or "")
        boolean = item is not None and item.type is ItemType.BOOLEAN
        kind = "between" if isinstance(norm, Within) else "says" if boolean else "compares"
        return BuiltNorm(
            norm,
            unit_text,
            value.measure,
            NormRecord(
                text=self.whole.text,
                kind=kind,
                measure=value.measure,
                comparator=comparator,
                threshold=threshold,
                upper=upper if isinstance(upper, float) else None,
                unit=unit_text,
            ),
        )


def _literal(formula: Formula) -> float | str | bool | None:
    if isinstance(formula, Number):
        return float(formula.value)
    return formula.value if isinstance(formula, Text | Truth) else None


def _with_unit(bare: Typed, like: Typed) -> Typed:
    """Give a bare literal the unit of another."""
    return replace(bare, unit=like.unit, unit_text=like.unit_text)


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
