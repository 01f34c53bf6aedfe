"""Findings as columns: those of one rule and year, a number per subject instead of a record."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from dabiao.schemas.coded import Coded
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers, whole
from dabiao.schemas.finding import COLUMNS, RuleFindings
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import ComparedKind
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.subject import Subject

OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)
"""Outcomes by the place that stands for them in columns."""
NO_OUTCOME = -1
"""Stands where there is no outcome."""
ALIKE = 1 << 16
"""Findings of a rule that are given at a time, where nobody says how many there is room for."""
_VIOLATION = OUTCOMES.index(Outcome.VIOLATION)

FindingNumbers = npt.NDArray[np.float64]
FindingPlaces = npt.NDArray[np.intp | np.int32]
OutcomeCodes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class FindingColumns:
    """Findings of one rule in one year, in order of the subjects' codes.

    Numbers are as in ``Finding``; NaN stands where there is none. What is observed and asked for
    may be a text, as its number, or a truth value, 1 or 0, as ``kind`` says.

    Attributes:
        rule: Id of the rule.
        year: The year judged.
        level: Level of the subjects.
        subject: Their places among all subjects of the level.
        outcome: Their outcomes, as places in ``OUTCOMES``.
        observed: What was observed; as few different numbers where what was observed tells the gap.
        low: What it had to be at least.
        high: What it had to be at most.
        gap: How far it is from the bound that it misses, held as what was observed is.
        comparator: The comparison that was asked for.
        best: Where the best value there can be is enough, as more was asked for; None for nowhere.
        hopes: Of undecided roll-ups the outcome if all that is missing is good, else -1; None for
            rules that are none.
        fears: The same if all that is missing is bad.
        kind: ``number``, ``truth`` or ``text``.
    """

    rule: str
    year: int
    level: Level
    subject: FindingPlaces
    outcome: OutcomeCodes
    observed: FindingNumbers | FewNumbers
    low: FindingNumbers
    high: FindingNumbers
    gap: FindingNumbers | FewNumbers
    comparator: Comparator
    best: npt.NDArray[np.bool_] | None = None
    hopes: OutcomeCodes | None = None
    fears: OutcomeCodes | None = None
    kind: ComparedKind = "number"

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.subject)

    def between(self, first: int, last: int) -> "FindingColumns":
        """Give some of them, by their places."""
        if last - first >= len(self):
            return self
        named = ("subject", "outcome", "observed", "low", "high", "gap", "best", "hopes", "fears")
        some: dict[str, Any] = {
            name: column[first:last]
            for name in named
            if (column := getattr(self, name)) is not None
        }
        return replace(self, **some)

    def relative_gap(self) -> FindingNumbers:
        """Give the gaps as parts of their bounds, so that people and money can be ranked together.

        A norm about something other than a quantity is missed by all of it: 1.
        """
        observed, gap = whole(self.observed), whole(self.gap)
        bound = np.where(np.isnan(self.low), self.high, self.low)
        if self.comparator is Comparator.BETWEEN:
            nearer = np.abs(self.high - observed) < np.abs(self.low - observed)
            bound = np.where(nearer | np.isnan(self.low), self.high, self.low)
        nothing = (bound == 0) | np.isnan(bound)
        if np.count_nonzero(nothing):
            bound = np.where(nothing, observed, bound)
        with np.errstate(divide="ignore", invalid="ignore"):
            share: FindingNumbers = gap / np.abs(bound)
        unlike = np.isnan(share)
        if np.count_nonzero(unlike):
            missed = np.where(self.outcome == _VIOLATION, 1.0, 0.0)
            share = np.where(gap == 0, 0.0, np.where(unlike, missed, share))
        return share


@dataclass(frozen=True, slots=True, eq=False)
class RuleOutcomes:
    """How one rule came out in one year, in order of the subjects' codes.

    Attributes:
        by: The rule.
        year: The year judged.
        subjects: For whom.
        outcome: How, as places in ``OUTCOMES``.
    """

    by: JudgedRule
    year: int
    subjects: Coded[Subject]
    outcome: OutcomeCodes


class Slot(float):
    """Stands in a record for a number that is told elsewhere: records that differ in it are one.

    Attributes:
        place: Which number: of the columns ``SLOTS`` names, then the row (``ROW``), then of those
            beside the record (from ``OWN`` on).
    """

    __slots__ = ("place",)

    place: int

    def __new__(cls, place: int) -> Self:
        """Make one."""
        made = super().__new__(cls, "nan")
        made.place = place
        return made

    @property
    def mark(self) -> str:
        """What stands for it in texts, where no other such character does."""
        return MARKS[self.place]


SLOTS = ("observed", "low", "high", "gap")
"""The columns of findings whose numbers stand in their records too, in order of slots."""
ROW = len(SLOTS)
"""The slot of the row in which a subject stands."""
OWN = ROW + 1
"""The first slot of numbers that only the form knows."""
MARKS = "".join(map(chr, (*range(1, 9), *range(14, 32))))
"""A mark for each slot."""


@dataclass(frozen=True, slots=True, eq=False)
class FindingForms:
    """What findings say beyond who, when and how they came out; what is alike stands once.

    Attributes:
        columns: The findings.
        by: The rule.
        subjects: Gives whom they are about.
        figures: The year whose figures were judged.
        forms: What is said, field by field as ``FORM`` names them, with slots for numbers.
        alike: How many of these, the first ones, may have slots; the others are told whole.
        form: Which of these each finding says.
        rows: In which row of its table each subject stands, where a form has a slot for it; else 0.
        starts: Where its numbers begin among ``numbers``, and where those of the last end.
        numbers: What stands in slots beyond those of columns and rows; as few different numbers
            where each finding has one and it is known that they are few.
    """

    columns: FindingColumns
    by: JudgedRule
    subjects: Callable[[], Coded[Subject]]
    figures: int
    forms: Sequence[tuple[Any, ...]]
    alike: int
    form: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    numbers: FindingNumbers | FewNumbers

    def shared(self, chosen: FindingPlaces) -> list[FindingNumbers]:
        """Give the numbers of the slots that all forms have, of some findings."""
        rows = self.rows[chosen].astype(np.float64)
        return [*(getattr(self.columns, name).take(chosen) for name in SLOTS), rows]


FORM = tuple(name for name in COLUMNS if name not in {"subject", "outcome"})
"""The fields of a finding that a form tells."""


def repeated(value: Any, count: int, kind: npt.DTypeLike | None = None) -> npt.NDArray[Any]:  # noqa: ANN401 - any number
    """Give one value for so many, which takes no room; quicker than the library does it."""
    of = np.asarray(value, kind)
    found: npt.NDArray[Any] = np.ndarray((count,), of.dtype, of, 0, (0,))
    found.flags.writeable = False
    return found


def is_repeated(column: npt.NDArray[Any]) -> bool:
    """Tell whether a column was made by repeating one value, without looking at it."""
    return column.strides == (0,) and len(column) > 0


class FindingSource(Protocol):
    """Where findings come from, rule by rule, as columns or one by one."""

    @property
    def whole(self) -> bool:
        """Whether it has the findings of every outcome, so that they can be counted."""

    @property
    def rules(self) -> Sequence[JudgedRule]:
        """The rules judged by, in order of id."""

    def codes(self, level: Level) -> Sequence[str]:
        """Give the codes of all subjects of a level."""

    def text(self, of: FindingColumns, number: float) -> str:
        """Give the text, or the truth value as a word, that a number in columns stands for."""

    def columns(self, outcomes: Collection[Outcome] | None = None) -> Iterator[FindingColumns]:
        """Yield the findings of each rule and year, those with some outcomes or all."""

    def rule_outcomes(self, outcomes: Collection[Outcome] | None = None) -> Iterator[RuleOutcomes]:
        """Yield for whom each rule came out how in each year, with some outcomes or all."""

    def forms(
        self, outcomes: Collection[Outcome] | None = None, most: int = ALIKE
    ) -> Iterator[FindingForms]:
        """Yield the columns with all that each finding says, no more than so many at a time."""

    def by_rule(self, outcomes: Collection[Outcome] | None = None) -> Iterator[RuleFindings]:
        """Yield the findings of each rule and year, put together."""
