"""The whole reasoning of one finding, in the order in which it is followed."""

from dabiao.schemas.finding import Finding
from dabiao.schemas.naming import Bilingual, SubjectRef
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import AnyOrigin
from dabiao.schemas.reasons.why import Compared, Replaced, Superseded
from dabiao.schemas.record import record
from dabiao.schemas.rule import Phase
from dabiao.schemas.run import Note
from dabiao.schemas.source import Scalar, Source


@record
class WorkedStep:
    """One part of a formula and what it came to.

    Attributes:
        depth: How deep it lies inside the formula; 0 for the whole.
        text: The formula, as it would be written.
        value: What it came to; None where missing.
        year: The year it was evaluated for.
        filled: The formula with the values of its parts in it.
        unit: Unit of the value, where it is a measure's.
        subject: The subject, where that is not the one judged.
        source: The cell the value was read from, or should stand in.
        sources: Where the values of many subjects below stand.
        origin: How it came about, or why it is missing.
    """

    depth: int
    text: Bilingual
    value: Scalar
    year: int
    filled: Bilingual | None = None
    unit: str = ""
    subject: SubjectRef | None = None
    source: Source | None = None
    sources: tuple[Source, ...] = ()
    origin: AnyOrigin | None = None


@record
class FindingBelow:
    """A finding that a roll-up looks at.

    Attributes:
        rule: Id of its rule.
        title: Title of its rule.
        subject: Code of its subject.
        name: Name of its subject.
        outcome: Its outcome.
    """

    rule: str
    title: str
    subject: str
    name: str
    outcome: Outcome


@record
class RollUpBasis:
    """What a roll-up looks at.

    Attributes:
        counting: Subjects below with findings that count.
        passing: Those that do what is asked.
        failing: Those that do not.
        open: Those nobody knows it of.
        findings: Findings that do not pass, of those that do not or may not do what is asked.
    """

    counting: int
    passing: int
    failing: int
    open: int
    findings: tuple[FindingBelow, ...]


@record
class LineDrawn:
    """The line to a target that is not due yet.

    Attributes:
        since: The year it begins in.
        begins: Its value there.
        until: The year it ends in.
        bound: Its value there.
        stands: Its value in the year judged.
    """

    since: int
    begins: Scalar
    until: int | None
    bound: float | None
    stands: float


@record
class Explanation:
    """The whole reasoning of one finding.

    Attributes:
        finding: The finding.
        above: The names of what its subject lies in, from its county down.
        phase: Where the year judged lies, seen from the rule.
        succeeded: What has taken the place of the rule or its document, where that is so.
        applies: Whether its condition holds; None where not known, or where there is none.
        condition_steps: The condition worked out.
        steps: The observed value worked out.
        bound_steps: The bounds worked out, where they are computed.
        comparison: What was compared with what; None where nothing was.
        compared: The value that was compared.
        holds: Whether it holds; None where not decided.
        line: The line to the target, where the norm is not due yet.
        below: What a roll-up looks at.
        notes: What is remarkable about the values it rests on.
        counterparts: What came of the rules of which one is kept in place of the other that year.
    """

    finding: Finding
    above: tuple[str, ...]
    phase: Phase
    succeeded: Superseded | Replaced | None
    applies: bool | None
    condition_steps: tuple[WorkedStep, ...]
    steps: tuple[WorkedStep, ...]
    bound_steps: tuple[WorkedStep, ...]
    comparison: Compared | None
    compared: Scalar
    holds: bool | None
    line: LineDrawn | None
    below: RollUpBasis | None
    notes: tuple[Note, ...]
    counterparts: tuple[Finding, ...] = ()
