"""Where a value comes from, or why there is none."""

from typing import Annotated, Literal

from dabiao.schemas.border import BY_KIND
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.record import record


@record
class UnusableValue:
    """What was submitted could not be used, or may mean several values.

    Attributes:
        problem: What was wrong with it, as it was said when it was read.
    """

    problem: str
    kind: Literal["unusable"] = "unusable"


@record
class ByMapping:
    """The mapping file says it of all rows."""

    kind: Literal["by-mapping"] = "by-mapping"


@record
class ComputedValue:
    """It was computed from others, by the definition of an indicator."""

    kind: Literal["computed"] = "computed"


@record
class Summed:
    """Nobody reported it, and it is the sum of those below.

    Attributes:
        level: Their level.
        count: How many they are.
        places: In how many stretches of cells their values stand, where not all are kept.
        kept: How many of these are.
    """

    level: Level
    count: int
    places: int = 0
    kept: int = 0
    kind: Literal["summed"] = "summed"


@record
class OfEach:
    """It stands for the values of many subjects below.

    Attributes:
        level: Their level.
        count: How many they are.
        lacking: How many of them have none.
        places: In how many stretches of cells their values stand, where not all are kept.
        kept: How many of these are.
    """

    level: Level
    count: int
    lacking: int = 0
    places: int = 0
    kept: int = 0
    kind: Literal["of-each"] = "of-each"


@record
class Counted:
    """It was made of subjects below, of those that meet a condition if there is one.

    Attributes:
        level: Their level.
        count: How many they are.
        chosen: How many of them meet the condition; None where there is none.
        unsure: Those of which nobody knows.
    """

    level: Level
    count: int
    chosen: int | None = None
    unsure: NamedFew | None = None
    kind: Literal["counted"] = "counted"


@record
class Ranked:
    """It is a place among others.

    Attributes:
        count: How many were ranked.
    """

    count: int
    kind: Literal["ranked"] = "ranked"


@record
class NoRow:
    """The subject has no row for the year."""

    kind: Literal["no-row"] = "no-row"


@record
class NotReported:
    """The subject has a row, and this is blank."""

    kind: Literal["not-reported"] = "not-reported"


@record
class PrintedValue:
    """The document prints it as the baseline."""

    kind: Literal["printed"] = "printed"


@record
class Concluded:
    """It is the outcome of a finding below.

    Attributes:
        outcome: The outcome.
    """

    outcome: Outcome
    kind: Literal["concluded"] = "concluded"


ValueOrigin = (
    UnusableValue
    | ByMapping
    | ComputedValue
    | Summed
    | OfEach
    | Counted
    | Ranked
    | NoRow
    | NotReported
    | PrintedValue
    | Concluded
)
AnyOrigin = Annotated[ValueOrigin, BY_KIND]
WORKED_OUT = (ComputedValue, Counted, Ranked)
"""Where nobody submits a value, since it is made of others."""
