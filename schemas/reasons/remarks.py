"""What is worth a second look: the rest of what a note says, by its kind."""

from typing import Annotated, Literal

from dabiao.schemas.border import BY_KIND
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, SubjectRef
from dabiao.schemas.reasons.why import MeasuredValue
from dabiao.schemas.record import record


@record
class ReadingProblem:
    """A problem of reading.

    Attributes:
        message: What was said of it when the file was read.
    """

    message: str
    kind: Literal["reading-problem"] = "reading-problem"


@record
class BrokenRelation:
    """A relation between measures does not hold.

    Attributes:
        label: Its name.
        relation: The relation, written out.
        values: What the measures in it came to.
        definition: What else the pack says of it.
    """

    label: Bilingual
    relation: Bilingual
    values: tuple[MeasuredValue, ...]
    definition: str = ""
    kind: Literal["broken-relation"] = "broken-relation"


@record
class CopiedRow:
    """Several subjects reported the same numbers.

    Attributes:
        first: Up to three of them.
        count: How many they are.
        numbers: How many numbers are the same.
    """

    first: tuple[SubjectRef, ...]
    count: int
    numbers: int
    kind: Literal["copied-row"] = "copied-row"


@record
class RepeatedRow:
    """All numbers are those of the year before.

    Attributes:
        numbers: How many they are.
    """

    numbers: int
    kind: Literal["repeated-row"] = "repeated-row"


@record
class PeerGroup:
    """Who a subject is compared with.

    Attributes:
        count: How many they are.
        level: Their level.
        categories: In what they agree.
    """

    count: int
    level: Level
    categories: tuple[str, ...] = ()


@record
class JumpingValue:
    """A value changed unlike those of its peers, or very much.

    Attributes:
        values: The last few years, the latest first.
        peers: Its peers; None where there are too few.
        ratio: How many times that of the year before theirs is, in the middle; None where most of
            them changed little.
    """

    values: tuple[tuple[int, float], ...]
    peers: PeerGroup | None = None
    ratio: float | None = None
    kind: Literal["jumping-value"] = "jumping-value"


@record
class OutlyingValue:
    """A value lies far from those of its peers.

    Attributes:
        value: The value.
        median: Theirs, in the middle.
        peers: The peers.
    """

    value: float
    median: float
    peers: PeerGroup
    kind: Literal["outlying-value"] = "outlying-value"


Remark = ReadingProblem | BrokenRelation | CopiedRow | RepeatedRow | JumpingValue | OutlyingValue
AnyRemark = Annotated[Remark, BY_KIND]
