"""From the draft of a norm to a checked one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dabiao.rules.catalog.norm import (
    RELATIONS,
    AllComply,
    Changes,
    Compares,
    EachComplies,
    Norm,
    Within,
)
from dabiao.rules.formulas.checking.check import Typed, ValueKind, align
from dabiao.rules.formulas.formula import (
    Attainment,
    Formula,
    Number,
    Relates,
    Text,
    Truth,
    times,
    years_when,
)
from dabiao.rules.formulas.from_text import FormulaError
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    AlternativesDraft,
    ChangesDraft,
    ComparesDraft,
    NormDraft,
    Phrase,
    RecurrenceDraft,
    RollsUpDraft,
    SaysDraft,
    TargetsDraft,
    WithinDraft,
)
from dabiao.rules.packs.norms.alternatives import any_of_them
from dabiao.rules.packs.norms.built import BuiltNorm, read_formula, report_faults
from dabiao.rules.packs.norms.changes import read_change, warn_of_bare
from dabiao.rules.packs.norms.targets import TargetGround, build_targets
from dabiao.rules.packs.norms.thresholds import (
    is_part_of_one,
    per_cent_or_part,
    warn_of_pointless,
)
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Problem
from dabiao.schemas.rule import NormRecord, NormTarget
from dabiao.schemas.subject import Place
from dabiao.schemas.unit import COUNTED, POINTS, is_percent, unit

_Report = Callable[[Problem], None]
_TRUE, _FALSE = ("是", "yes", "true"), ("否", "no", "false")


def build_norm(  # noqa: PLR0913, PLR0917 - all that a norm stands on
    draft: NormDraft,
    whole: Phrase,
    vocabulary: Vocabulary,
    level: Level,
    report: _Report,
    places: Mapping[str, Place] | None = None,
) -> BuiltNorm | None:
    """Check the draft of a norm.

    Args:
        draft: What the sentence said.
        whole: The sentence.
        vocabulary: The measures of the pack.
        level: Level of the subjects judged.
        report: Called with every problem.
        places: The places that a table of targets may name.
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
        case TargetsDraft():
            return builder.targets(draft, places or {})
        case RecurrenceDraft():
            return builder.recurs(draft)
        case AlternativesDraft():
            return builder.alternatives(draft)


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
                self._not_a_number(said)
                return None
        aligned = self._aligned(value, bound, draft.right)
        if aligned is None:
            return None
        left = value.formula
        if value.unit is None and bound.unit is not None:
            left, aligned = self._aligned(bound, value, draft.left) or left, bound.formula
        if draft.term is not None:  # what is reported is of a year
            aligned = times(aligned, draft.term.times)
        norm = Compares(left, draft.comparator, aligned)
        threshold = _literal(aligned)
        self._warn_if_pointless(value, threshold, draft.right, draft.comparator)
        return self._built(norm, value, draft.comparator.value, threshold)

    def _numeric(self, said: Phrase) -> Typed | None:
        """Read a formula that is to be compared by size."""
        value = read_formula(said, self.vocabulary, self.level, self.report)
        if value is not None and value.kind is not ValueKind.NUMBER:
            self._not_a_number(said)
            return None
        return value

    def _not_a_number(self, said: Phrase) -> None:
        self.report(
            said.problem(
                "not-a-number",
                say(f"“{said.text}”不是数，不能比大小", f"{said.text!r} is not a number"),
                hint=say('是否项用：应为"是"', 'for a boolean write: should be "yes"'),
            )
        )

    def targets(self, draft: TargetsDraft, places: Mapping[str, Place]) -> BuiltNorm | None:
        value = self._numeric(draft.left)
        if value is None:
            return None
        numbers: list[float] = []
        for _, said in draft.targets:
            bound = self._numeric(said)
            aligned = None if bound is None else self._aligned(value, bound, said)
            if isinstance(aligned, Number):
                numbers.append(float(aligned.value))
                self._warn_if_pointless(value, numbers[-1], said)
            elif aligned is not None:
                self.report(
                    said.problem(
                        "not-a-number",
                        say(f"“{said.text}”要写成一个数", f"{said.text!r} is not one number"),
                        hint=say("写数和单位，如 80%", "write a number and its unit: 80%"),
                    )
                )
        if len(numbers) < len(draft.targets):
            return None
        ground = TargetGround(self.vocabulary, self.level, places, self.report)
        made = build_targets(draft, value.formula, numbers, ground)
        if made is None:
            return None
        last = made.stages[-1].target if made.stages else None
        built = self._built(made.norm, value, draft.comparator.value, last)
        lines = tuple(NormTarget(where=where, value=number) for where, number in made.lines)
        listed = say("、", ", ").join(f"{key.text} {said.text}" for key, said in draft.targets)
        text = say(f"{self.whole.text}（{listed}）", f"{self.whole.text} ({listed})")
        record = replace(built.record, targets=lines, text=text)
        scope, told = made.scope or (None, "")
        return replace(built, record=record, scope=scope, scope_text=told, stages=made.stages)

    def recurs(self, draft: RecurrenceDraft) -> BuiltNorm | None:
        value, bound = self._numeric(draft.left), self._numeric(draft.right)
        aligned = None
        if value is not None and bound is not None:
            aligned = self._aligned(value, bound, draft.right)
        if value is None or aligned is None:
            return None
        if not 0 < draft.least <= draft.years:
            self.report(
                self.whole.problem(
                    "empty-range",
                    say(
                        f"{draft.years}年中做不到{draft.least}年",
                        f"{draft.least} of {draft.years} years can't be",
                    ),
                    hint=say("核对两个数", "check both numbers"),
                )
            )
            return None
        self._warn_if_pointless(value, _literal(aligned), draft.right)
        holds = Relates(RELATIONS[draft.comparator], value.formula, aligned)
        norm = Compares(
            years_when(holds, draft.years), Comparator.AT_LEAST, Number(float(draft.least))
        )
        return BuiltNorm(
            norm,
            "年",
            None,
            NormRecord(
                text=self.whole.text,
                kind="compares",
                measure=value.measure,
                comparator=Comparator.AT_LEAST.value,
                threshold=float(draft.least),
                unit="年",
                targets=tuple(
                    NormTarget(where=draft.comparator.value, value=float(each.value))
                    for each in (aligned,)
                    if isinstance(each, Number)
                ),
            ),
        )

    def alternatives(self, draft: AlternativesDraft) -> BuiltNorm | None:
        built: list[BuiltNorm] = []
        for option in draft.options:
            told = option.whole.named(option.whole.text.strip())
            found = build_norm(option.norm, told, self.vocabulary, self.level, self.report)
            if found is None:
                return None
            built.append(found)
            if any_of_them([found], "") is None:
                self.report(
                    option.whole.problem(
                        "unknown-sentence",
                        say(
                            f"“{told.text}”不能和别的要求并列成“或”",
                            f"{told.text!r} can't be one of several demands",
                        ),
                        hint=say(
                            "变化写“比上年”“比2020年”，写多少个单位或百分点，不写年均、百分之几",
                            "write a change against last year or a year, as an amount, no growth",
                        ),
                    )
                )
                return None
        return any_of_them(built, self.whole.text)

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
            self.report(
                draft.text.problem(
                    "unknown-option",
                    say(f"{left}没有“{text}”这一类", f"{left} can't be {text!r}"),
                    expected="、".join(value.options),
                    hint=did_you_mean(text, value.options),
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
        least: tuple[float, bool] | None = (0.0, False)
        if draft.least is not None:
            least = read_change(draft.least, value, self.report)
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
            value_unit=value.unit_text,
            counted=value.unit == unit(COUNTED),
        )

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
        if bound.unit is None and bound.kind is ValueKind.NUMBER:
            if is_percent(value.unit_text) and is_part_of_one(said):
                self.report(per_cent_or_part(said))
                return None
            warn_of_bare(said, value.unit_text, self.report)
        return aligned

    def _warn_if_pointless(
        self, value: Typed, threshold: object, said: Phrase, comparator: Comparator | None = None
    ) -> None:
        """Warn of a threshold that no submitted value could reach or break."""
        item = self.vocabulary.items.get(value.measure or "")
        if item is not None and isinstance(threshold, float):
            warn_of_pointless(said, item, threshold, comparator, self.report)

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
            counted=value.unit == unit(COUNTED),
        )


def _literal(formula: Formula) -> float | str | bool | None:
    if isinstance(formula, Number):
        return float(formula.value)
    return formula.value if isinstance(formula, Text | Truth) else None


def _with_unit(bare: Typed, like: Typed) -> Typed:
    """Give a bare literal the unit of another."""
    return replace(bare, unit=like.unit, unit_text=like.unit_text)
