"""A checked formula in words, as an editor would write it, in the language spoken now.

What ``to_text`` writes can be read again by the parser; what stands here is for those who read
reports: ``计数(学校, 办学性质 = "民办")`` is 办学性质为“民办”的学校数.
"""

from collections.abc import Iterable
from typing import assert_never

from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Attainment,
    Below,
    Both,
    Calculation,
    Choice,
    Complies,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Scale,
    SentIn,
    Text,
    Truth,
    Variation,
    flattened,
    sent_in_rate,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.language import say
from dabiao.schemas.negation import undone
from dabiao.schemas.unit import PER_ONE, in_english, is_percent

# How tightly each form binds: conditions, what is said of a quantity, and arithmetic.
_OR, _AND, _CONDITION, _PHRASE, _ADDS, _MULTIPLIES, _ATOM = range(7)
_SIGNS: dict[Arithmetic, tuple[str, int] | None] = {
    Arithmetic.ADD: ("+", _ADDS),
    Arithmetic.SUBTRACT: ("−", _ADDS),
    Arithmetic.MULTIPLY: ("×", _MULTIPLIES),
    Arithmetic.DIVIDE: ("÷", _MULTIPLIES),
    Arithmetic.LARGER: None,
    Arithmetic.SMALLER: None,
    Arithmetic.ROUND_UP: None,
}
_RELATIONS = {
    Relation.EQUAL: ("为", "is"),
    Relation.UNEQUAL: ("不为", "is not"),
    Relation.LESS: ("低于", "is below"),
    Relation.AT_MOST: ("不高于", "is at most"),
    Relation.MORE: ("高于", "is above"),
    Relation.AT_LEAST: ("不低于", "is at least"),
}
_FOLDS = {
    Fold.SUM: ("之和", "sum"),
    Fold.COUNT: ("数", "number"),
    Fold.MEAN: ("的平均值", "mean"),
    Fold.MAXIMUM: ("的最大值", "largest"),
    Fold.MINIMUM: ("的最小值", "smallest"),
    Fold.SHARE: ("占比", "share"),
    Fold.MEDIAN: ("的中位数", "median"),
    Fold.PERCENTILE: ("的第{}百分位数", "percentile {}"),
}
_VERBS = ("has", "is", "offers", "teaches", "admits", "uses", "carries", "trains", "keeps", "runs")
"""Words by which an English name says what somebody does."""
_PLAIN = Number | Text | Truth | Measured | Scale | Relates | Both | Either | Negation


def in_words(formula: Formula, vocabulary: Vocabulary) -> str:
    """Write a formula as an editor would.

    Examples:
        >>> from dabiao.schemas.level import Level
        >>> in_words(Below(Fold.COUNT, Level.SCHOOL, None, None), Vocabulary({}, {}, {}, {}))
        '学校数'
    """
    return _Editor(vocabulary).write(formula, _OR)


def tag_in_words(tag: str) -> str:
    """Write the name of a tag, without the document that it stands in."""
    return f"“{tag.rpartition('@')[2]}”"


def is_plain(formulas: Iterable[Formula]) -> bool:
    """Tell whether formulas as they are written say the same to everybody: they call nothing."""
    return all(
        isinstance(part, _PLAIN)
        or (isinstance(part, Calculation) and _SIGNS[part.operator] is not None)
        for formula in formulas
        for part in walk(formula)
    )


class _Editor:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def write(self, formula: Formula, least: int = _ATOM) -> str:
        """Write a formula, in brackets if it binds more loosely than ``least``."""
        text, binds = self._form(formula)
        return text if binds >= least else say(f"（{text}）", f"({text})")

    def _form(self, formula: Formula) -> tuple[str, int]:  # noqa: C901, PLR0912 - one case per form
        match formula:
            case Number(value):
                return f"{value:,.12g}", _ATOM
            case Text(value):
                return say(f"“{value}”", f"“{value}”"), _ATOM
            case Truth(value):
                return (say("是", "yes") if value else say("否", "no")), _ATOM
            case Measured(slug):
                measure = self.vocabulary.measure(slug)
                return say(measure.name, measure.english or slug), _ATOM
            case Scale(operand):  # of another unit, and the same quantity
                return self._form(operand)
            case Calculation():
                return self._calculated(formula)
            case Ratio(part, whole):
                zh, en = "{0}占{1}的比例", "{0} as a share of {1}"
                return say(zh, en).format(*map(self._part, (part, whole))), _PHRASE
            case Relates():
                return self._related(formula), _CONDITION
            case Both():
                return _strung(map(self._said, flattened(formula, Both)), "且", "and"), _AND
            case Either():
                return _strung(map(self._said, flattened(formula, Either)), "或", "or"), _OR
            case Negation(operand):
                return self._denied(operand), _CONDITION
            case Choice(condition, then, otherwise):
                when = self.write(condition, _OR)
                one, other = self._part(then), self._part(otherwise)
                return say(
                    f"{when}时取{one}，否则取{other}", f"{one} where {when}, otherwise {other}"
                ), _OR
            case Below():
                return self._below(formula), _PHRASE
            case Variation(level, operand, weight, condition):
                of, by, some = self._part(operand), self._part(weight), self._where(condition)
                return say(
                    f"{some}各{level.zh}{of}的差异系数（按{by}加权）",
                    f"coefficient of variation of {of} over {level.plural}{some}, weighted by {by}",
                ), _PHRASE
            case Above(level, operand):
                of = self._part(operand)
                return say(
                    f"所在{level.zh}的{of}", f"{of} of the {level.value} it lies in"
                ), _PHRASE
            case Ranking(operand, within):
                of = self._part(operand)
                zh = "" if within is None else f"在{within.zh}内"
                en = "" if within is None else f" within the {within.value}"
                return say(f"{of}{zh}的名次", f"rank by {of}{en}"), _PHRASE
            case LiesIn(code):
                return say(f"位于{code}", f"it lies in {code}"), _CONDITION
            case InYear():
                return self._in_year(formula), _MULTIPLIES
            case Cumulative(operand, years):
                return self._over_years(operand, years), _PHRASE
            case Attainment(level, tag):
                named = tag_in_words(tag)
                return say(
                    f"{named}各条全部做到的{level.zh}占比",
                    f"share of {level.plural} that comply with all of {named}",
                ), _PHRASE
            case Complies():
                return self._complying(formula), _CONDITION
            case SentIn(in_time):
                if in_time:
                    return say("按时报送", "it reported in time"), _CONDITION
                return say("已报送", "it reported"), _CONDITION
            case _:
                assert_never(formula)

    def _part(self, formula: Formula) -> str:
        """Write what a phrase is about, in brackets where it would run into the phrase."""
        return self.write(formula)

    def _said(self, formula: Formula) -> str:
        """Write a condition among others."""
        if isinstance(formula, Measured):
            return self._true(formula, holds=True)
        return self.write(formula, _CONDITION)

    def _calculated(self, formula: Calculation) -> tuple[str, int]:
        operator, left, right = formula.operator, formula.left, formula.right
        if told := self._compared_with_earlier(formula):
            return told, _PHRASE
        if (written := _SIGNS[operator]) is not None:
            sign, binds = written
            return f"{self.write(left, binds)} {sign} {self.write(right, binds + 1)}", binds
        one, other = self._part(left), self._part(right)
        if operator is Arithmetic.ROUND_UP:
            step = right == Number(1.0)
            zh = f"{one}向上取整" if step else f"{one}按{other}向上取整"
            return say(zh, f"{one} rounded up" + ("" if step else f" to {other}")), _PHRASE
        larger = operator is Arithmetic.LARGER
        return say(
            f"{one}与{other}中较{'大' if larger else '小'}的",
            f"the {'larger' if larger else 'smaller'} of {one} and {other}",
        ), _PHRASE

    def _compared_with_earlier(self, formula: Calculation) -> str:
        """Word what customary calculations with other years come to; nothing of all others."""
        match formula:
            case Calculation(Arithmetic.DIVIDE, Cumulative(operand, years), Number(by)) if (
                by == years
            ):
                of = self._part(operand)
                return say(
                    f"最近{years}年年均{of}", f"yearly mean of {of} over the last {years} years"
                )
            case Calculation(
                Arithmetic.SUBTRACT | Arithmetic.DIVIDE, operand, InYear(earlier) as since
            ) if operand == earlier:
                of, year = self._part(operand), _year(since)
                if formula.operator is Arithmetic.SUBTRACT:
                    return say(f"{of}比{year}增加的数", f"increase of {of} since {year}")
                return say(f"{of}与{year}之比", f"{of} as a multiple of that of {year}")
            case _:
                return ""

    def _related(self, formula: Relates) -> str:
        relation, left, right = formula.relation, formula.left, formula.right
        match relation, left, right:
            case Relation.EQUAL | Relation.UNEQUAL, _, Truth(wanted):
                return self._true(left, holds=wanted is (relation is Relation.EQUAL))
            case Relation.MORE, Below(Fold.COUNT, level, None, condition), Number(0.0):
                some = self._where(condition)
                return say(f"有{some}{level.zh}", f"there are {level.plural}{some}")
            case _:
                sides = self._side(left, right), self._side(right, left)
                return say("", " ").join((sides[0], say(*_RELATIONS[relation]), sides[1]))

    def _side(self, formula: Formula, other: Formula) -> str:
        """Write one side of a comparison, a number with the unit of the other side."""
        if not isinstance(formula, Number) or not isinstance(other, Measured):
            return self.write(formula, _PHRASE)
        unit = self.vocabulary.measure(other.slug).unit
        if unit == PER_ONE or not unit:
            return self.write(formula)
        english = unit if is_percent(unit) else f" {in_english(unit, one=formula.value == 1)}"
        return self.write(formula) + say(unit, english.rstrip())

    def _true(self, formula: Formula, *, holds: bool) -> str:
        """Say whether something is so."""
        if not isinstance(formula, Measured):
            return self._said(formula) if holds else self._denied(formula)
        name = self.write(formula)
        doing = name.partition(" ")[0] in _VERBS
        told = f"it {name}" if doing and holds else f"“{name}” is {'yes' if holds else 'no'}"
        return say(name if holds else undone(name), told)

    def _denied(self, formula: Formula) -> str:
        if isinstance(formula, Measured):
            return self._true(formula, holds=False)
        if isinstance(formula, Complies):
            named = tag_in_words(formula.tag)
            if formula.counts:
                return say(f"没有{named}的规则适用", f"no rule of {named} applies")
            return say(f"没有全部做到{named}各条", f"not all of {named} is complied with")
        text = self.write(formula, _OR)
        return say(f"并非（{text}）", f"not ({text})")

    def _complying(self, formula: Complies) -> str:
        named = tag_in_words(formula.tag)
        if formula.counts:
            return say(f"有{named}的规则适用", f"a rule of {named} applies")
        return say(f"全部做到{named}各条", f"all of {named} is complied with")

    def _where(self, condition: Formula | None) -> str:
        """Say which of those below are meant: before them in Chinese, behind them in English."""
        if condition is None:
            return ""
        if isinstance(condition, Measured):
            told = self._true(condition, holds=True)
        else:
            told = self.write(condition, _OR)
        return say(f"{told}的", f" where {told}")

    def _below(self, formula: Below) -> str:
        level, some = formula.level, self._where(formula.condition)
        zh, en = (
            each.format("" if formula.percent is None else f"{formula.percent:g}")
            for each in _FOLDS[formula.fold]
        )
        sent = formula.condition
        if isinstance(sent, SentIn) and formula == sent_in_rate(level, in_time=sent.in_time):
            on_time = say("按时报送率", " that reported in time")
            rate = on_time if sent.in_time else say("报送率", " that reported")
            return say(f"{level.zh}{rate}", f"share of {level.plural}{rate}")
        if formula.operand is None:
            return say(f"{some}{level.zh}{zh}", f"{en} of {level.plural}{some}")
        of = self._part(formula.operand)
        return say(f"{some}各{level.zh}{of}{zh}", f"{en} of {of} over {level.plural}{some}")

    def _in_year(self, formula: InYear) -> str:
        of, year = self._part(formula.operand), _year(formula)
        return say(f"{year}的{of}", f"{of} of {year}")

    def _over_years(self, operand: Formula, years: int) -> str:
        match operand:
            case Choice(condition, Number(1.0), Number(0.0)):
                when = self.write(condition, _OR)
                return say(
                    f"最近{years}年中{when}的年数",
                    f"in how many of the last {years} years {when}",
                )
            case _:
                of = self._part(operand)
                return say(f"最近{years}年{of}合计", f"{of} over the last {years} years")


def _strung(conditions: Iterable[str], zh: str, en: str) -> str:
    """String conditions together, the last of them by a word."""
    *others, last = conditions
    return say("、", ", ").join(others) + say(zh, f" {en} ") + last


def _year(formula: InYear) -> str:
    if formula.year is not None:
        return say(f"{formula.year}年", str(formula.year))
    if formula.back == 1:
        return say("上年", "the year before")
    return say(f"{formula.back}年前", f"{formula.back} years before")
