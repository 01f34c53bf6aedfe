"""Why a finding came out as it did.

What every finding says of itself (its observed value, what is required, the gap) and what its rule
says (the condition, the formula, the decimals) is not said again here.
"""

from enum import StrEnum
from typing import Annotated, Literal

from dabiao.schemas.border import BY_KIND
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureRef
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.reasons.lacks import Lack, NamedFew
from dabiao.schemas.record import record
from dabiao.schemas.rule import Span
from dabiao.schemas.source import Scalar

ComparedKind = Literal["number", "text", "truth"]
"""What kind of values are compared."""

# What does not apply.


@record
class SucceedingDocument:
    """A document that takes the place of another.

    Attributes:
        id: Its id.
        title: Its title.
        first: The year from which on it does.
    """

    id: str
    title: str
    first: int


@record
class Superseded:
    """The document has been superseded.

    Attributes:
        by: By what, and what took the place of that in turn.
    """

    by: tuple[SucceedingDocument, ...]
    kind: Literal["superseded"] = "superseded"


@record
class Replaced:
    """Another rule has taken its place.

    Attributes:
        rule: Its id.
        title: Its title.
        first: The year from which on it has.
    """

    rule: str
    title: str
    first: int
    kind: Literal["replaced"] = "replaced"


@record
class OutsidePeriod:
    """The document is not in force in the year.

    Attributes:
        first: The first year in which it is.
        last: The last one, if there is one.
    """

    first: int
    last: int | None = None
    kind: Literal["outside-period"] = "outside-period"


@record
class NotBegun:
    """The rule starts later.

    Attributes:
        first: The first year.
    """

    first: int | None = None
    kind: Literal["not-begun"] = "not-begun"


@record
class Over:
    """The rule is over.

    Attributes:
        last: The last year.
    """

    last: int | None = None
    kind: Literal["over"] = "over"


@record
class NotThere:
    """The subject did not exist in a year that the rule looks at.

    Attributes:
        existence: What the roster says; None where it says nothing.
        of_school: Whether it is for its school's sake.
        compared: Whether it is a year that the one judged is compared with.
    """

    existence: Existence | None = None
    of_school: bool = False
    compared: bool = False
    kind: Literal["not-there"] = "not-there"


@record
class MeasuredValue:
    """What a measure came to.

    Attributes:
        measure: The measure.
        value: Its value; None where missing.
        year: Its year, where it is not the one that is spoken of.
    """

    measure: MeasureRef
    value: Scalar = None
    year: int | None = None


@record
class OutOfScope:
    """The condition of the rule does not hold.

    Attributes:
        values: The subject's own measures that it looks at.
    """

    values: tuple[MeasuredValue, ...]
    kind: Literal["out-of-scope"] = "out-of-scope"


@record
class NothingApplies:
    """Of the findings below that the rule looks at none applies.

    Attributes:
        level: Their level.
    """

    level: Level | None = None
    kind: Literal["nothing-applies"] = "nothing-applies"


# What is missing.


@record
class ScopeUnknown:
    """Nobody knows whether the condition holds.

    Attributes:
        lacks: For want of what.
    """

    lacks: tuple[Lack, ...]
    kind: Literal["scope-unknown"] = "scope-unknown"


@record
class Lacking:
    """Something is missing.

    Attributes:
        lacks: What.
    """

    lacks: tuple[Lack, ...]
    kind: Literal["lacking"] = "lacking"


class WhyNoChange(StrEnum):
    """Why a change cannot be computed though both values are there, or none is asked for."""

    NO_BASELINE = "no-baseline"
    """There is no earlier year to compare with."""
    AT_BASELINE = "at-baseline"
    """The year judged is the baseline itself."""
    NOT_POSITIVE = "not-positive"
    """There is no percentage of a value that is not positive."""


@record
class NoChange:
    """A change cannot be computed.

    Attributes:
        cause: Why.
        year: The year it would be counted from.
    """

    cause: WhyNoChange
    year: int | None = None
    kind: Literal["no-change"] = "no-change"


@record
class NobodyBelow:
    """No subject below is known.

    Attributes:
        level: The level that is looked at.
    """

    level: Level
    kind: Literal["nobody-below"] = "nobody-below"


# What was compared.


@record
class ChangeSince:
    """The value compared is a change over time.

    Attributes:
        span: Over which time.
        rise: Whether it has to rise.
        least: The smallest change that complies.
        year: Since when.
        strict: Whether that change itself does not.
    """

    span: Span
    rise: bool
    least: float
    year: int | None = None
    strict: bool = False


@record
class LineToTarget:
    """Where the line to the target stands this year.

    Attributes:
        until: When the target is due.
        stands: Where the line stands; None where there is none.
        since: The year in which it begins.
        begins: Its value there.
        bound: Its value where it ends.
    """

    until: int | None = None
    stands: float | None = None
    since: int | None = None
    begins: float | None = None
    bound: float | None = None


@record
class ComparedOption:
    """One of several demands any of which is enough.

    Attributes:
        of: What was observed.
        comparator: How it must stand to the bound.
        observed: Its value; None where it is missing.
        bound: The bound; None where it is missing.
        holds: Whether it is kept; None where a value is missing.
        gap: How far the value is from the bound, where it is not kept.
        best: Whether the bound is the best there can be, as more was asked for.
    """

    of: MeasureRef
    comparator: Comparator
    observed: Scalar = None
    bound: Scalar = None
    holds: bool | None = None
    gap: float | None = None
    best: bool = False


@record
class Compared:
    """The observed value was compared with what is required.

    Attributes:
        values: Whether they are numbers, texts or truth values.
        rounded: The observed value at the decimals of the comparison, where it is another then.
        broken: The bound that is not kept, as it was compared.
        best: Whether the bound is the best there can be, as more was asked for.
        change: What kind of change the observed value is, if it is one.
        short: Those below who keep a share from 100%, where that is what is asked.
        missed: The bound that is missed by no more than is allowed, as it was compared.
        line: The line to the target, where the norm is not due yet.
        options: The demands any of which is enough, where there are several.
    """

    values: ComparedKind = "number"
    rounded: float | None = None
    broken: float | None = None
    best: bool = False
    change: ChangeSince | None = None
    line: LineToTarget | None = None
    missed: float | None = None
    short: NamedFew | None = None
    options: tuple[ComparedOption, ...] = ()
    kind: Literal["compared"] = "compared"


# What the findings below say.


@record
class RolledUp:
    """Findings below were counted.

    Attributes:
        level: Level of their subjects.
        counting: How many subjects count.
        passing: How many of them do what is asked.
        failing: Those that do not.
        unsure: Those of which nobody knows.
        compared: How their share was compared, where the norm is about a share.
    """

    level: Level
    counting: int
    passing: int
    failing: NamedFew | None = None
    unsure: NamedFew | None = None
    compared: Compared | None = None
    kind: Literal["rolled-up"] = "rolled-up"


@record
class OwnRules:
    """The findings of other rules on the same subject were looked at.

    Attributes:
        count: How many of these rules it does not comply with.
        titles: Titles of the first of them.
    """

    count: int
    titles: tuple[str, ...] = ()
    kind: Literal["own-rules"] = "own-rules"


Reason = (
    Superseded
    | Replaced
    | OutsidePeriod
    | NotBegun
    | Over
    | NotThere
    | OutOfScope
    | NothingApplies
    | ScopeUnknown
    | Lacking
    | NoChange
    | NobodyBelow
    | Compared
    | RolledUp
    | OwnRules
)
AnyReason = Annotated[Reason, BY_KIND]
