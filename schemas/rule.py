"""A rule as data: what ``dabiao rules list --format json`` prints."""

from dataclasses import replace
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, assert_never

from dabiao.schemas.border import Reference
from dabiao.schemas.document import Citation, Document, Units
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, among
from dabiao.schemas.record import named_record, record

if TYPE_CHECKING:
    from pydantic import ValidationInfo


class TimingKind(StrEnum):
    """When a norm has to hold."""

    DUE = "due"
    """By the end of a year, and from then on."""
    WITHIN = "within"
    """In the course of one year; that year's figures count, whenever it is asked."""
    STANDING = "standing"
    """In every year from a beginning on."""
    SPAN = "span"
    """In every year of a span."""


class Span(StrEnum):
    """Over which time a change is measured."""

    YEAR = "year"
    """Against the year before (逐年)."""
    ANNUALISED = "annualised"
    """Per year since the baseline (年均)."""
    SINCE = "since"
    """Against a named year (比2020年)."""


class Phase(StrEnum):
    """Where the year judged lies, seen from a rule."""

    OUTSIDE = "outside"
    """Outside the period of the rule's document."""
    SUPERSEDED = "superseded"
    """Another document has taken the place of the rule's own, or another rule the rule's."""
    BEFORE = "before"
    """The rule has not started."""
    AFTER = "after"
    """The rule is over."""
    PENDING = "pending"
    """The norm has to hold later."""
    DUE = "due"
    """The norm has to hold."""

    @property
    def applies(self) -> bool:
        """Whether anything is judged at all."""
        return self in (Phase.PENDING, Phase.DUE)


class Term(StrEnum):
    """A part of a year in each of which something has to be done."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    SCHOOL_TERM = "term"

    @property
    def label(self) -> str:
        """In words, in the language spoken now: 季度."""
        return say(_TERMS[self][0], self.value)

    @property
    def times(self) -> int:
        """How many there are in a year."""
        return _TERMS[self][1]

    @classmethod
    def named(cls, word: str) -> "Term":
        """Find the term that a Chinese or English word means."""
        return next(each for each in cls if word.lower() in (_TERMS[each][0], each.value))


_TERMS = {
    Term.MONTH: ("月", 12),
    Term.QUARTER: ("季度", 4),
    Term.HALF_YEAR: ("半年", 2),
    Term.SCHOOL_TERM: ("学期", 2),
}


@named_record
class Timing:
    """When a norm has to hold.

    Month and term are told wherever a finding is, as facts are yearly and say nothing of them.

    Attributes:
        kind: In which way.
        first: The first year of a standing or span rule; None: as long as its document is in force.
        last: The year that a due, within or span rule ends with.
        month: The month in which it begins or ends.
        term: What it is to be done in each of.
    """

    kind: TimingKind
    first: int | None = None
    last: int | None = None
    month: int | None = None
    term: Term | None = None

    def figures(self, year: int) -> int:
        """Give the year whose figures are judged: a norm for one year is judged on that year's."""
        if self.kind is TimingKind.WITHIN and self.last is not None:
            return min(year, self.last)
        return year

    @property
    def until(self) -> str:
        """By when, in words: 2025年6月底."""
        if self.month is None or self.kind is not TimingKind.DUE:
            return say(f"{self.last}年底", f"the end of {self.last}")
        return say(f"{self.last}年{self.month}月底", f"the end of {self.last}-{self.month:02}")

    @property
    def words(self) -> str:
        """When a norm has to hold, and in each of what, as a rule says it: 自2022年9月起，每学期.

        Examples:
            >>> Timing(kind=TimingKind.SPAN, first=2021, last=2025).words
            '自2021年至2025年每年'
        """
        each = "" if self.term is None else say(f"，每{self.term.label}", f", every {self.term}")
        return self._span + each

    @property
    def _span(self) -> str:
        first, last = self.first, self.last
        match self.kind:
            case TimingKind.DUE:
                return say(f"到{self.until}", f"by {self.until}")
            case TimingKind.WITHIN:
                return say(f"{last}年内", f"within {last}")
            case TimingKind.STANDING if first is None:
                return say("长期执行", "at all times")
            case TimingKind.STANDING:
                month = "" if self.month is None else say(f"{self.month}月", f"-{self.month:02}")
                return say(f"自{first}年{month}起", f"from {first}{month} on")
            case TimingKind.SPAN:
                return say(f"自{first}年至{last}年每年", f"every year from {first} to {last}")
            case _:
                assert_never(self.kind)


@named_record
class Baseline:
    """Where the line to a target begins: a year, and the value the document prints for it.

    Without a value, the facts of that year serve.
    """

    year: int
    value: float | None = None


@named_record
class YearTarget:
    """A target of a rule that has one for each of several years.

    Attributes:
        year: The year.
        value: The number, in the unit of the rule.
    """

    year: int
    value: float


@named_record
class NormTarget:
    """A line of a table of targets: the year, place or category, and the number."""

    where: str
    value: float


@named_record
class NormOption:
    """One of several demands any of which is enough."""

    text: str
    kind: str = "compares"
    measure: str | None = None
    comparator: str | None = None
    threshold: float | str | bool | None = None
    unit: str = ""


@named_record
class NormRecord:
    """The norm in words and, where it has one, its comparator, threshold and unit.

    Of a table of targets by year, the threshold is the last one. Of alternatives, the options have
    what there is of each.
    """

    text: str
    kind: str
    measure: str | None = None
    comparator: str | None = None
    threshold: float | str | bool | None = None
    upper: float | None = None
    unit: str = ""
    targets: tuple[NormTarget, ...] = ()
    options: tuple[NormOption, ...] = ()


@named_record
class RuleRecord:
    """One rule, complete enough to be read without its feature."""

    id: str
    title: str
    description: str
    document: str
    places: tuple[str, ...]
    area: str | None
    level: Level
    condition: str | None
    norm: NormRecord
    timing: Timing
    baseline: Baseline | None
    aspiration: bool
    decimals: int | None
    tolerance: float | None = None
    """By how much the bound may be missed, in the norm's unit (百分点 where that is %)."""
    units: Units
    contradicts: tuple[str, ...]
    group: str | None = None
    """Id of the member of its group to count by, where several rules state one target."""
    token: bool = False
    """Whether it asks whether something is there at all, rather than how much of it."""
    governed_by: str | None
    superseded_by: str | None = None
    """Id of the document that takes the place of its own."""
    superseded_from: int | None = None
    """The first year in which that document is in force, and this rule applies to nobody."""
    tags: tuple[str, ...]
    file: str
    line: int


def _document(value: object, info: "ValidationInfo") -> Document:
    found = value if isinstance(value, Document) else among(info, "documents", value)
    if not isinstance(found, Document):
        raise ValueError(f"no document {value!r} stands among the documents")  # noqa: TRY004 - pydantic's
    return found


DocumentRef = Annotated[
    Document,
    Reference(
        attrgetter("id"),
        _document,
        {"type": "string", "description": "Id of one of the documents."},
    ),
]


@record
class GoverningYears:
    """A rule that is kept in place of another, or another in place of it, and in which years.

    Attributes:
        rule: Its id.
        first: The first year.
        last: The last year; 9999 where there is no end.
        title: Its title.
        norm: What it demands.
        english: What it demands in English, where it was not written in it.
    """

    rule: str
    first: int
    last: int
    title: str = ""
    norm: str = ""
    english: str | None = None

    def __contains__(self, year: int) -> bool:
        """Tell whether a year is one of them."""
        return self.first <= year <= self.last

    @property
    def named(self) -> str:
        """What it is called and demands, in the language spoken now."""
        english = f"{self.title}, {self.norm}"
        if self.english is not None:
            english = f"{self.english[:1].upper()}{self.english[1:]}"
        return say(f"“{self.title}”（{self.norm}）", english)


@record
class RuleInWords:
    """What a rule says in one language, put together from the names of its measures.

    Attributes:
        norm: What it demands.
        condition: What must be true of a subject for it to apply.
        topic: The feature's name.
    """

    norm: str
    condition: str | None = None
    topic: str | None = None


@record
class JudgedRule:
    """A rule as its findings know it: all that a report says of it.

    Attributes:
        id: ``document/slug``.
        title: Its title.
        document: The document it comes from.
        places: Where in the document it stands.
        level: Level of the subjects it is about.
        unit: Unit of the observed value.
        condition: What must be true of a subject for it to apply, as it was written.
        norm: The norm's sentence as it was written.
        value: The observed value in words; None where findings below are looked at.
        formula: Its formula, where it is no single measure, as ``MeasureName.formula`` has it.
        baseline: Where the line to the target begins.
        timing: When it has to hold.
        decimals: Decimals at which it is compared; None for exact.
        tolerance: By how much the bound may be missed; None for not at all.
        aspiration: Whether the document only strives for it.
        units: Who answers for it.
        contradicts: Ids of rules that say otherwise.
        group: Id of the member of its group to count by, where several rules state one target.
        token: Whether it asks whether something is there at all, rather than how much of it.
        governors: Who is to be kept in its place, and when.
        governs: In whose place it is to be kept, and when.
        topic: The feature's name.
        area: Code of the place it is narrowed to.
        description: What the feature says about its reading.
        tags: Tags of the rule and of its feature.
        hash: SHA-256 of all that decides its verdicts.
        english: What it says in English, where it was not written in it.
        chinese: What it says in Chinese, where it has a condition or was written with functions.
        stages: Its targets by year, the earliest first; ``timing`` is that of the last.
        trial: Whether its bound was changed to see what would come of it; then it is never the rule
            in force, and its title says so.
    """

    id: str
    title: str
    document: DocumentRef
    places: tuple[str, ...]
    level: Level
    unit: str = ""
    condition: str | None = None
    norm: str = ""
    value: Bilingual | None = None
    formula: Bilingual | None = None
    baseline: Baseline | None = None
    timing: Timing = Timing(kind=TimingKind.STANDING)
    decimals: int | None = None
    tolerance: float | None = None
    aspiration: bool = False
    units: Units = Units()
    contradicts: tuple[str, ...] = ()
    group: str | None = None
    token: bool = False
    governors: tuple[GoverningYears, ...] = ()
    governs: tuple[GoverningYears, ...] = ()
    topic: str = ""
    area: str | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    hash: str = ""
    english: RuleInWords | None = None
    chinese: RuleInWords | None = None
    stages: tuple[YearTarget, ...] = ()
    trial: bool = False

    def due(self, year: int) -> Timing:
        """Give when it has to hold, as a year sees it: of targets by year that of the next one."""
        if not self.stages:
            return self.timing
        return replace(self.timing, last=self.stages[self._stage(year)].year)

    def began(self, year: int) -> Baseline | None:
        """Give where the line begins, as a year sees it: of targets by year at the one before."""
        at = self._stage(year)
        if at <= 0:
            return self.baseline
        before = self.stages[at - 1]
        return Baseline(year=before.year, value=before.value)

    def _stage(self, year: int) -> int:
        """Find the target that is aimed at in a year, or was last."""
        left = [at for at, stage in enumerate(self.stages) if year <= stage.year]
        return left[0] if left else len(self.stages) - 1

    @property
    def citation(self) -> Citation:
        """Where the commitment stands."""
        document = self.document
        return Citation(document=document.id, title=document.title, places=self.places)

    @property
    def called(self) -> str:
        """Its title in the language spoken now; in English its norm, where it has no other."""
        if self.english is None:
            return self.title
        norm = self.english.norm
        mark = " (on trial)" if self.trial else ""
        return say(self.title, norm[:1].upper() + norm[1:] + mark)

    @property
    def topic_called(self) -> str:
        """The feature's name in the language spoken now, where it has one in it."""
        return say(self.topic, (self.english and self.english.topic) or self.topic)

    @property
    def demanded(self) -> str:
        """The norm's sentence in the language spoken now."""
        zh = self.norm if self.chinese is None else self.chinese.norm
        return say(zh, self.norm if self.english is None else self.english.norm)

    @property
    def applies_where(self) -> str | None:
        """The condition in the language spoken now."""
        zh, en = (
            self.condition if each is None else each.condition or self.condition
            for each in (self.chinese, self.english)
        )
        return None if zh is None or en is None else say(zh, en)

    def governor(self, year: int) -> GoverningYears | None:
        """Give the rule to keep to in a year, where it is another."""
        return next((each for each in self.governors if year in each), None)

    def governed(self, year: int) -> tuple[GoverningYears, ...]:
        """Give the rules in whose place it is to be kept in a year."""
        return tuple(each for each in self.governs if year in each)


def _rule(value: object, info: "ValidationInfo") -> JudgedRule:
    found = value if isinstance(value, JudgedRule) else among(info, "rules", value)
    if not isinstance(found, JudgedRule):
        raise ValueError(f"no rule {value!r} stands among the rules")  # noqa: TRY004 - pydantic's
    return found


RuleRef = Annotated[
    JudgedRule,
    Reference(
        attrgetter("id"), _rule, {"type": "string", "description": "Id of one of the rules."}
    ),
]
