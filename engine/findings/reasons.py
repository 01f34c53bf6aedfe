"""One plain sentence per finding: why it came out as it did."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import Index
from dabiao.engine.data.lifetimes import years_of
from dabiao.engine.findings.evidence import Inputs
from dabiao.engine.findings.missing import NAMED, Lack, Lacks
from dabiao.engine.findings.missing_words import Absences
from dabiao.engine.findings.observation import Sight
from dabiao.engine.findings.wording import Names, apart, comparison, shown
from dabiao.engine.judging.columnar import answer
from dabiao.engine.judging.matcher import OUTCOMES, UNKNOWN
from dabiao.engine.judging.rule_plan import Compiler
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Direction, Span, formulas
from dabiao.rules.catalog.timing import Phase, earlier_year, in_its_place, printed_baseline
from dabiao.rules.formulas.formula import Formula, Measured, reads
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome


class Reasons:
    """Words the reasons of findings.

    Args:
        compiler: Gives access to values and to findings below.
        names: Names measures.
        inputs: Reads values.
    """

    def __init__(self, compiler: Compiler, names: Names, inputs: Inputs) -> None:
        self._compiler = compiler
        self._evaluator = compiler.evaluator
        self._names = names
        self._inputs = inputs
        self._absences = Absences(compiler.evaluator.frames, names)

    def reason(self, sight: Sight) -> str:
        """Say why a finding came out as it did."""
        match sight.outcome:
            case Outcome.NOT_APPLICABLE:
                told = self._inapplicable(sight)
            case _ if sight.condition < 0:
                told = self._unsure_of_condition(sight)
            case _ if sight.rolls_up is not None:
                told = self._rolled_up(sight)
            case Outcome.MISSING:
                told = self._missing(sight)
            case Outcome.COMPLIANT | Outcome.ON_TRACK | Outcome.BEHIND | Outcome.VIOLATION:
                told = self.observation(sight) + self._verdict(sight)
            case _:
                assert_never(sight.outcome)
        told += self._read(sight)
        return self._dated(sight) + told + say("。", ".")

    def _read(self, sight: Sight) -> str:
        """Say what comes of each reading of the cells that may mean several values."""
        trial = sight.trial
        if trial is None:
            return ""
        units = [self._names.unit(cell.slug) for cell in trial.cells]
        if sight.outcome is not Outcome.MISSING:
            found = list(zip(trial.cells, trial.meant, units, strict=True))
            cells = []
            for cell, meant, unit in found[:NAMED]:
                name, values = self._absences.cell(cell, sight.spot), _either(meant, unit)
                cells.append(say(f"{name}按{values}", f"{name} as {values}"))
            if len(found) > NAMED:
                cells.append(say(f"等{len(found)}处", f"and {len(found) - NAMED} more"))
            listed = say("，", ", ").join(cells)
            return say(
                f"（{listed}，结论都一样）",
                f" (the same with {listed})",
            )
        tries = trial.plan.tries([answer(case) for case in trial.plan.cases()])
        if len(tries) > 1 or (tries[0] == UNKNOWN).all():
            return ""
        outcomes = [OUTCOMES[int(code)] for code in tries[0]]
        if len(trial.cells) > 1:
            different = say("、", ", ").join(dict.fromkeys(each.label for each in outcomes))
            return say(f"；各种读法的结论不同：{different}", f"; the readings differ: {different}")
        each = [
            (shown(values[0], units[0]), outcome.label)
            for values, outcome in zip(trial.readings, outcomes, strict=True)
        ]
        return say(
            "；" + "，".join(f"按{value}为{outcome}" for value, outcome in each),
            "; " + ", ".join(f"{outcome} as {value}" for value, outcome in each),
        )

    @staticmethod
    def _dated(sight: Sight) -> str:
        """Say whose year's figures were judged, where it is not the year asked for."""
        figures = sight.plan.figures
        if figures == sight.plan.year or sight.outcome in (Outcome.NOT_APPLICABLE, Outcome.MISSING):
            return ""  # what is missing is told with its year
        return say(f"按{figures}年的数据，", f"by the figures of {figures}, ")

    def value(self, sight: Sight, number: float | None) -> Scalar:
        """Give an observed or required value as it stands in records."""
        of = sight.demand
        if number is None or of is None:
            return None
        if of.kind == "text":
            return self._evaluator.frames.words(int(number))
        return bool(number) if of.kind == "truth" else number

    # What does not apply.

    def _inapplicable(self, sight: Sight) -> str:
        rule, year = sight.rule, sight.plan.year
        match sight.plan.phase:
            case Phase.SUPERSEDED:
                return superseded(rule, year)
            case Phase.OUTSIDE:
                first, last = rule.document.period.from_, rule.document.period.to
                span = say(f"{first}年起", f"from {first} on")
                if last is not None:
                    span = say(f"{first}—{last}年", f"for {first}-{last}")
                return say(
                    f"文件的适用期是{span}，{year}年不在其内",
                    f"the document is in force {span}, not in {year}",
                )
            case Phase.BEFORE:
                begin = rule.timing.first
                return say(
                    f"自{begin}年起执行，{year}年还没有开始",
                    f"in force from {begin}, not in {year}",
                )
            case Phase.AFTER:
                end = rule.timing.last
                return say(f"只考核到{end}年", f"judged up to {end} only")
        if sight.is_absent:
            return self._absent(sight)
        if sight.condition == 0:
            told = self._told(sight, rule.condition)
            return say(
                f"不在适用范围内：仅限 {rule.condition_text}{told}",
                f"outside its scope: only {rule.condition_text}{told}",
            )
        level = "" if sight.rolls_up is None else sight.rolls_up.level.zh
        return say(f"下级{level}没有适用的考核结论", "no finding below applies")

    def _absent(self, sight: Sight) -> str:
        """Say why the subject did not exist when the rule looks at it."""
        frames, figures = self._evaluator.frames, sight.plan.figures
        for year in years_of(sight.rule, figures, self._evaluator.vocabulary):
            life = frames.presence.lifetime(sight.rule.level, sight.subject, year)
            if life is None:
                continue
            told = life.told(year, frames.called_by)
            if frames.presence.is_of_school(sight.rule.level, sight.subject, year):
                told = say(f"所在学校{told}", f"its school: {told}")
            if year != figures:
                told += say(f"，没有{year}年的数据可比", f"; there is nothing of {year}")
            return told
        return ""

    def _told(self, sight: Sight, formula: Formula | None) -> str:
        """Say what the subject's own measures in a condition are."""
        told = []
        spot = sight.spot
        for part in dict.fromkeys(_own(formula, spot.year) if formula is not None else ()):
            vector = self._evaluator.value(part, spot.level, spot.year, sight.rule.document.id)
            value = self._inputs.scalar(vector, sight.subject)
            text = shown(value, self._names.unit(part.slug))
            name = self._names.name(part.slug)
            told.append(say(f"{name}为{text}", f"{name} is {text}"))
        listed = say("，", ", ").join(told)
        return say(f"（{listed}）", f" ({listed})") if told else ""

    # What is missing.

    def _unsure_of_condition(self, sight: Sight) -> str:
        condition, text = sight.rule.condition, sight.rule.condition_text
        lacks = [] if condition is None else self._lacks(sight).find(condition, sight.spot)
        told = self._listed(sight, lacks)
        return say(
            f"无法判断是否适用（仅限 {text}）：{told}",
            f"not known whether it applies (only {text}): {told}",
        )

    def _lacks(self, sight: Sight) -> Lacks:
        return Lacks(self._evaluator, sight.rule.document.id)

    def _listed(self, sight: Sight, lacks: list[Lack]) -> str:
        told = [self._absences.told(lack, sight.spot) for lack in dict.fromkeys(lacks)]
        return say("；", "; ").join(told)

    def _missing(self, sight: Sight) -> str:
        rule, finder = sight.rule, self._lacks(sight)
        lacks: list[Lack] = []
        for formula in formulas(rule.norm):
            lacks += finder.find(formula, sight.spot)
        if isinstance(rule.norm, Changes):
            begin = earlier_year(rule, rule.norm, sight.plan.figures)
            if begin is not None and printed_baseline(rule, begin) is None:
                lacks += finder.find(rule.norm.value, replace(sight.spot, year=begin))
            if not lacks:
                return self._no_change(sight, rule.norm, begin)
        if not lacks and rule.baseline is not None:
            before = replace(sight.spot, year=rule.baseline.year)
            lacks = finder.find(formulas(rule.norm)[0], before)  # it is the line that is open
        return self._listed(sight, lacks)

    def _no_change(self, sight: Sight, norm: Changes, begin: int | None) -> str:
        if begin is None:
            return say("没有基期，算不出变化", "there is no baseline, so no change")
        if norm.span is Span.ANNUALISED and begin == sight.plan.figures:
            return say(
                f"{begin}年就是基期，还谈不上年均变化",
                f"{begin} is the baseline itself, so there is no yearly average yet",
            )
        return say(
            f"{begin}年的值不是正数，算不出百分比",
            f"the value of {begin} is not positive, so there is no % of it",
        )

    # What was compared.

    def observation(self, sight: Sight) -> str:
        """Say what was observed."""
        rule, of = sight.rule, sight.demand
        if of is None:
            return ""
        unit = rule.unit if of.kind == "number" else ""
        observed = self.value(sight, sight.observed)
        value = shown(observed, unit, sight.broken)
        if isinstance(rule.norm, Changes) and isinstance(observed, float):
            told = self._changed(sight, rule.norm, observed)
        else:
            name = self._names.formula(formulas(rule.norm)[0])
            told = say(f"{name}为{value}", f"{name} is {value}")
        if of.decimals is not None and sight.observed != sight.compared:
            near = shown(sight.compared, unit)
            told += say(
                f"（按{of.decimals}位小数比较为{near}）", f" ({near} at {of.decimals} decimals)"
            )
        return told

    def _changed(self, sight: Sight, norm: Changes, observed: float) -> str:
        name = self._names.formula(norm.value)
        begin = earlier_year(sight.rule, norm, sight.plan.figures)
        rises = (norm.direction is Direction.RISE) == (observed >= 0)
        way = say("提高", "rose") if rises else say("下降", "fell")
        by = shown(abs(observed), sight.rule.unit, sight.broken)
        match norm.span:
            case Span.YEAR:
                return say(f"{name}比上年{way}{by}", f"{name} {way} by {by} since {begin}")
            case Span.ANNUALISED:
                return say(
                    f"{name}自{begin}年起年均{way}{by}",
                    f"{name} {way} by {by} a year since {begin}",
                )
            case Span.SINCE:
                return say(f"{name}比{begin}年{way}{by}", f"{name} {way} by {by} since {begin}")

    def _asked_of_change(self, norm: Changes, least: str) -> str:
        rises = norm.direction is Direction.RISE
        if norm.least == 0:
            return say("不降低" if rises else "不提高", "no fall" if rises else "no rise")
        return say(
            f"{'提高' if rises else '下降'}不少于{least}",
            f"a {'rise' if rises else 'fall'} of at least {least}",
        )

    def asked(self, sight: Sight) -> str:
        """Say what is required."""
        of = sight.demand
        if of is None:
            return ""
        unit = sight.rule.unit if of.kind == "number" else ""
        low, high = (shown(self.value(sight, bound), unit) for bound in (sight.low, sight.high))
        best = say("（不可能更好）", " (there is no better)") if sight.asks_for_the_best else ""
        if isinstance(sight.rule.norm, Changes):
            return self._asked_of_change(sight.rule.norm, low) + best
        if of.kind != "number":
            return say(f"为“{low}”", low)
        return comparison(sight.comparator, low if of.low is not None else high, high) + best

    def _verdict(self, sight: Sight) -> str:
        asked = self.asked(sight)
        if not sight.failed:
            plain = sight.demand is not None and sight.demand.kind != "number"
            return "" if plain else say(f"，{asked}", f", {asked}")
        told = say(f"，应{asked}", f"; required: {asked}")
        if sight.gap is not None:
            gap = shown(sight.gap, apart(sight.rule.unit))
            told += say(f"，相差{gap}", f", which is {gap} away")
        if sight.outcome is not Outcome.VIOLATION:
            told += self._along(sight)
        return told

    def _along(self, sight: Sight) -> str:
        until, year = sight.rule.timing.last, sight.plan.year
        told = say(f"；{until}年底到期", f"; due by the end of {until}")
        if sight.stands is None:
            return told + say("，没有进度线可比", ", with no line to compare with")
        stands = shown(sight.stands, sight.rule.unit)
        told += say(f"，{year}年的进度线是{stands}", f", and the line stands at {stands} in {year}")
        if sight.outcome is Outcome.BEHIND:
            return told + say("，已落后", ", which it is behind")
        return told + say("，没有落后", ", which it is not behind")

    # What the findings below say.

    def _rolled_up(self, sight: Sight) -> str:
        norm, head = sight.rolls_up, sight.plan.headcount
        if norm is None or head is None:
            return ""
        level = norm.level
        if not head.there[sight.position]:
            return say(f"没有已知的下级{level.zh}", f"no {level.value} below is known")
        if sight.observed is None or (sight.low is None and sight.high is None):
            return self._missing(sight)
        counting, passing = (int(counts[sight.position]) for counts in (head.counting, head.worst))
        counter = level.counted_in
        told = say(
            f"{counting}{counter}{level.zh}中有{passing}{counter}做到",
            f"{passing} of {counting} {level.plural} comply",
        )
        if sight.rule.norm is not norm and sight.outcome is not Outcome.MISSING:
            compared = self.observation(sight) + self._verdict(sight)
            told = say(f"{compared}（{told}）", f"{compared} ({told})")
        return told + self._members(sight)

    def _members(self, sight: Sight) -> str:
        norm = sight.rolls_up
        if norm is None:
            return ""
        told = ""
        failing, unsure = self.below(sight)
        if len(failing):
            named = self._absences.subjects(
                norm.level, tuple(failing[:NAMED].tolist()), len(failing)
            )
            told += say(f"；没有做到的：{named}", f"; not complying: {named}")
        if len(unsure):
            named = self._absences.subjects(norm.level, tuple(unsure[:NAMED].tolist()), len(unsure))
            told += say(f"；缺数据的：{named}", f"; lacking data: {named}")
        if sight.best is not None and sight.worst is not None:
            told += say(
                f"；这些若都达标则为{sight.best.zh}，若都不达标则为{sight.worst.zh}",
                f"; {sight.best.label} if all of these pass, {sight.worst.label} if none does",
            )
        return told

    def below(self, sight: Sight) -> tuple[Index, Index]:
        """Give the subjects below that do not do what is asked, and those nobody knows it of."""
        norm = sight.rolls_up
        if norm is None:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        spot = sight.spot
        placement = self._evaluator.frames.placement.of(spot.year)
        members = placement.members(norm.level, spot.level, spot.subject)
        trial = self._compiler.rollups.trial(norm, spot.year, sight.rule.document.id)
        failing = members[(trial.counts & ~trial.best)[members]]
        return failing, members[(trial.best & ~trial.worst)[members]]


def ended(rules: Iterable[Rule], year: int) -> list[str]:
    """Say of each document that was superseded by a year by which, and how many rules that ends."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        if in_its_place(rule, year):
            found.setdefault(rule.document.id, []).append(rule)
    told = []
    for id_, those in found.items():
        count, why = len(those), superseded(those[0], year)
        told.append(
            say(
                f"{id_} 的 {count} 条规则不适用：{why}",
                f"{count} rules of {id_} do not apply: {why}",
            )
        )
    return told


def superseded(rule: Rule, year: int) -> str:
    """Say which document has taken the place of a rule's own, and from when on."""
    told = []
    zh, en = "本文件", "this document"
    for newer in in_its_place(rule, year):
        first, title = newer.period.from_, newer.title
        told.append(
            say(
                f"{zh}自{first}年起由《{title}》（{newer.id}）取代",
                f"{en} is superseded by {title} ({newer.id}) from {first} on",
            )
        )
        zh, en = "后者", "which"
    return say("，", ", ").join(told)


def _either(values: Iterable[float], unit: str) -> str:
    """Give what a cell may mean."""
    return say("或", " or ").join(shown(value, unit) for value in values)


def _own(formula: Formula, year: int) -> list[Measured]:
    """List the measures of the subject itself, for the year judged."""
    if isinstance(formula, Measured):
        return [formula]
    asked = [read.part for read in reads(formula, year) if read.below is None and read.year == year]
    return [measured for part in asked for measured in _own(part, year)]
