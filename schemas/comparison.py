"""What changed between two runs, and why."""

import datetime
from dataclasses import field
from enum import StrEnum
from typing import Final, Literal

from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import NOT_WELL, Outcome
from dabiao.schemas.record import called, named_record

COMPARISON_SCHEMA: Final = "dabiao.comparison/1"


class CauseKind(StrEnum):
    """Why a finding is another one."""

    FACTS = "facts"
    """A value that it rests on is another one, and so is the file it comes from."""
    READING = "reading"
    """A value is another one, though the file it comes from is the same: it was read otherwise."""
    RULE = "rule"
    """The rule says something else."""
    ADDED = "rule-added"
    """The rule was not judged by before."""
    WITHDRAWN = "rule-withdrawn"
    """The rule is not judged by any more."""
    SUPERSEDED = "superseded"
    """Another rule or document takes its place now."""
    YEAR = "year"
    """Another year is judged."""
    ROSTER = "roster"
    """The subject is new, gone, or lies elsewhere; or one of those that it rests on does."""
    NOT_KEPT = "not-kept"
    """One of the runs keeps only some outcomes: it came out otherwise there, nobody knows how."""
    WAIVER_EXPIRED = "waiver-expired"
    """The waiver of its case has ended since: the case counts again."""
    WAIVER = "waiver"
    """Its case was waived since, or its waiver was taken back before it ended."""
    PROGRAM = "program"
    """Nothing else differs but the version of the program."""
    UNKNOWN = "unknown"
    """Nothing that the runs hold differs: what it rests on is not in them."""

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(_ZH[self], self.value.replace("-", " "))


_ZH = {
    CauseKind.FACTS: "数据变了",
    CauseKind.READING: "读法变了",
    CauseKind.RULE: "规则变了",
    CauseKind.ADDED: "新增的规则",
    CauseKind.WITHDRAWN: "撤下的规则",
    CauseKind.SUPERSEDED: "规则被取代",
    CauseKind.YEAR: "考核年份变了",
    CauseKind.ROSTER: "名录变了",
    CauseKind.NOT_KEPT: "没有保存",
    CauseKind.WAIVER_EXPIRED: "豁免到期",
    CauseKind.WAIVER: "豁免有变",
    CauseKind.PROGRAM: "程序版本变了",
    CauseKind.UNKNOWN: "看不出原因",
}


class ChangeKind(StrEnum):
    """What has become of a finding."""

    WORSE = "worse"
    BETTER = "better"
    NEW = "new"
    GONE = "gone"
    OTHER = "other"
    """Neither worse nor better: another value, another bound, or it does not apply any more."""

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(_CHANGES[self], self.value)


_CHANGES = {
    ChangeKind.WORSE: "变差",
    ChangeKind.BETTER: "好转",
    ChangeKind.NEW: "新增",
    ChangeKind.GONE: "不再考核",
    ChangeKind.OTHER: "其他变化",
}


@named_record
class Cause:
    """One thing that differs.

    Attributes:
        kind: What kind of thing.
        part: Which part of the rule, in one word; empty for all others.
        measure: Slug of the measure, of facts.
        name: Its name.
        subject: Code of the subject it belongs to, where that is not the finding's own.
        year: The year of the value before, and of the one now if both are of one.
        before: What it was.
        after: What it is.
        source: Where the value stands now; where it stood if it is gone.
        alone: Whether this alone, all else as it was, turns what holds into what does not, or the
            other way; None where that can't be told from the runs. Of figures all together.
        more: How many more of its kind there are that are not told.
    """

    kind: CauseKind
    part: str = ""
    measure: str | None = None
    name: str = ""
    subject: str | None = None
    year: int | None = None
    before: Scalar = None
    after: Scalar = None
    source: Source | None = None
    alone: bool | None = None
    more: int = 0


@named_record
class ComparedFinding:
    """A finding of one of the runs.

    Attributes:
        year: The year judged.
        outcome: What was concluded.
        observed: What was observed.
        required: The bound, the lower one where there are two.
        waived: The last day of the waiver of its case, where one held when it was looked at.
    """

    year: int
    outcome: Outcome
    observed: Scalar = None
    required: Scalar = None
    waived: datetime.date | None = None


@named_record
class FindingChange:
    """A finding that is another one.

    Attributes:
        rule: Id of the rule.
        title: Its title.
        level: Level of the subject.
        subject: Its code.
        name: Its name.
        unit: Unit of the values.
        before: What it was; None where there was none.
        after: What it is; None where there is none.
        causes: Why, foremost first; there is at least one.
    """

    rule: str
    title: str
    level: Level
    subject: str
    name: str
    unit: str = ""
    before: ComparedFinding | None
    after: ComparedFinding | None
    causes: tuple[Cause, ...]

    @property
    def outcomes(self) -> tuple[Outcome | None, Outcome | None]:
        """The outcome before and now."""
        return (
            None if self.before is None else self.before.outcome,
            None if self.after is None else self.after.outcome,
        )

    @property
    def kinds(self) -> set[CauseKind]:
        """The kinds of its causes."""
        return {each.kind for each in self.causes}

    @property
    def kind(self) -> ChangeKind:
        """What has become of it."""
        was, now = self.outcomes
        if CauseKind.NOT_KEPT in self.kinds:
            if Outcome.VIOLATION not in {was, now}:
                return ChangeKind.OTHER
            return ChangeKind.WORSE if was is None else ChangeKind.BETTER
        if was is None:
            return ChangeKind.NEW
        if now is None:
            return ChangeKind.GONE
        if now in NOT_WELL and now.gravity < was.gravity:
            return ChangeKind.WORSE
        if was in NOT_WELL and now.gravity > was.gravity:
            return ChangeKind.BETTER
        return ChangeKind.OTHER


@named_record
class ComparedRun:
    """One of the runs.

    Attributes:
        fingerprint: What tells it apart.
        as_of: The year judged last.
        version: Version of the program.
        years: Its findings by outcome, those of each year compared; outcomes that it neither keeps
            nor counts are left out.
        asked: What it was narrowed to, in words; nothing where it was not.
        kept: The outcomes of the findings that it keeps; empty where all are.
    """

    fingerprint: str
    as_of: int
    version: str
    years: dict[int, dict[Outcome, int]]
    asked: str = ""
    kept: tuple[Outcome, ...] = ()


@named_record
class RunComparison:
    """Two runs compared.

    Attributes:
        schema_: The name of this format.
        before: The earlier run.
        after: The later one.
        years: The years compared, each with the one it is compared with.
        same: How many findings did not change.
        apart: How many findings of one run lie outside of what the other was asked for or keeps;
            nothing is concluded of them.
        changes: Those that did: other outcomes first, then other values.
        recoded: Codes of subjects that have another one now, each with that; they are compared as
            the same, and that alone is no change.
        looked_at: The days on which they were looked at, where waivers are compared too.
    """

    schema_: Literal["dabiao.comparison/1"] = field(
        default=COMPARISON_SCHEMA, metadata=called("schema")
    )
    before: ComparedRun
    after: ComparedRun
    years: tuple[tuple[int, int], ...]
    same: int
    changes: tuple[FindingChange, ...]
    recoded: dict[str, str] = field(default_factory=dict)
    looked_at: tuple[datetime.date, datetime.date] | None = None
    apart: int = 0
