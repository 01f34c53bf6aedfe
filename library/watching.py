"""A submission judged again whenever it changes."""

from collections.abc import Iterator, Sequence

import numpy as np

import dabiao
from dabiao.engine.data.algebra import Index
from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.engine.judging.durable_session import DurableSession
from dabiao.engine.judging.matcher import CODE, Codes
from dabiao.intake.files import named_within
from dabiao.intake.rereading.kept_files import KeptFiles
from dabiao.reports.comparison.compare import compare
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.schemas.comparison import FindingChange
from dabiao.schemas.facts import Facts
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import FactFileRecord, RulePackRecord, Run
from dabiao.schemas.subject import ListedSubject

_ABSENT = CODE[Outcome.NOT_APPLICABLE]
"""Who a rule does not apply to, and who is not there: nothing is concluded of either."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of looking at a submission once more.

    Attributes:
        files: The files that were read again, or are gone.
        problems: What is wrong with them that was not wrong before.
        judgement: What is concluded now; None where there is nothing to judge.
        changes: The findings that came out otherwise than when it was judged last; None where it
            never was.
        reason: Why there is nothing to judge.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    judgement: Judgement | None
    changes: tuple[FindingChange, ...] | None = None
    reason: str = ""


class Watch:
    """A submission that is judged again whenever it changed.

    It holds nothing but what a fresh look would find: who begins anew stands where it stood.

    Attributes:
        kept: The files.
        judgement: What was concluded when it was judged last.
    """

    def __init__(
        self,
        catalog: Catalog,
        rules: Sequence[str],
        kept: KeptFiles,
        *,
        as_of: int | None = None,
        engine: str = "auto",
    ) -> None:
        """Begin to watch; nothing is read yet.

        Args:
            catalog: The rule packs.
            rules: Ids of the rules to judge by.
            kept: The files.
            as_of: The year to judge; else the latest that many report on.
            engine: As for ``check``; durable-rules holds the facts from look to look.
        """
        self.kept = kept
        self.judgement: Judgement | None = None
        self._catalog = catalog
        self._rules = rules
        self._as_of = as_of
        self._engine = EngineChoice(engine)
        holds = self._engine is not EngineChoice.COLUMNAR and is_installed()
        self._session = DurableSession() if holds else None
        self._problems: frozenset[Problem] = frozenset()

    @property
    def asserted(self) -> int:
        """How many facts durable-rules was told so far."""
        return 0 if self._session is None else self._session.asserted

    @property
    def retracted(self) -> int:
        """How many of them were taken back."""
        return 0 if self._session is None else self._session.retracted

    def look(self) -> Turn | None:
        """Look at the submission; None where nothing changed.

        Raises:
            EngineError: The engine is not installed.
        """
        try:
            facts = self.kept.look()
        except InputError as error:
            return self._nothing(error.problems)
        if facts is None:
            return None
        if self._lacks_years(facts):
            return self._nothing(facts.problems)
        told = self._new(facts.problems)
        judgement = judge(
            self._catalog,
            named_within(facts, self.kept.paths),
            rules=self._rules,
            as_of=self._as_of,
            engine=self._engine,
            session=self._session,
        )
        before, self.judgement = self.judgement, judgement
        changes = None if before is None else changed(before, judgement)
        if self._session is not None:
            self._session.settle()
        return Turn(self.kept.reread, told, judgement, changes)

    def close(self) -> None:
        """Let go of what the engine holds."""
        if self._session is not None:
            self._session.close()

    def _lacks_years(self, facts: Facts) -> bool:
        years = facts.years()
        return not years or (self._as_of is not None and self._as_of not in years)

    def _new(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Give the problems that are new, and remember all of them."""
        found = tuple(each for each in problems if each not in self._problems)
        self._problems = frozenset(problems)
        return found

    def _nothing(self, problems: Sequence[Problem]) -> Turn | None:
        """Say that there is nothing to judge; what was concluded last is what is compared with."""
        told = self._new(problems)
        if not told and not self.kept.reread:
            return None
        reason = say("没有可以考核的填报数据", "there are no facts to judge")
        return Turn(self.kept.reread, told, None, reason=reason)


def changed(before: Judgement, after: Judgement) -> tuple[FindingChange, ...]:
    """Tell which findings of two judgements by the same rules came out otherwise, and why."""
    common = sorted(set(before.years) & set(after.years))
    pairs = [(year, year) for year in common] or [(before.as_of, after.as_of)]
    old, new = (_outcomes(each) for each in (before, after))
    was: list[Finding] = []
    now: list[Finding] = []
    for id_ in after.rules:
        rule = after.catalog.rules[id_]
        for one, other in pairs:
            codes = _differing(before, after, rule, old[id_, one], new[id_, other])
            was += _findings(before, rule, one, codes)
            now += _findings(after, rule, other, codes)
    if not was and not now:
        return ()
    return compare(_run(before, was), _run(after, now)).changes


_Outcomes = tuple[Index, Codes]
"""Subjects, and how a rule came out for each."""


def _outcomes(of: Judgement) -> dict[tuple[str, int], _Outcomes]:
    return {
        (rule.id, year): (subjects, codes)
        for rule, year, subjects, codes in of.excerpt().outcomes()
    }


def _differing(
    before: Judgement, after: Judgement, rule: Rule, old: _Outcomes, new: _Outcomes
) -> list[str]:
    """List the codes of the subjects for whom a rule came out otherwise."""
    known, codes = (each.excerpt().codes(rule.level) for each in (before, after))
    if known == codes:
        size = len(codes)
        was, now = np.full(size, _ABSENT), np.full(size, _ABSENT)
        was[old[0]], now[new[0]] = old[1], new[1]
        return [codes[at] for at in np.flatnonzero(was != now).tolist()]
    one, other = (
        {named[at]: code for at, code in zip(of[0].tolist(), of[1].tolist(), strict=True)}
        for named, of in ((known, old), (codes, new))
    )
    every = {*one, *other}
    return sorted(code for code in every if one.get(code, _ABSENT) != other.get(code, _ABSENT))


def _findings(of: Judgement, rule: Rule, year: int, codes: Sequence[str]) -> Iterator[Finding]:
    """Give the findings of a rule on some subjects, where it has any."""
    if not codes:
        return
    tier = of.records.frames.tier(rule.level)
    segment, concluded = of.verdict(rule, year).segment, of.records.concluded(rule.level)
    found = (tier.find(code) for code in codes)
    who = [
        at
        for at in found
        if at is not None
        and at < len(tier)
        and (concluded is None or concluded[at])
        and segment.speaks_of(at)
    ]
    yield from of.builder.findings(rule, year, np.array(sorted(who), np.intp))


def _run(of: Judgement, findings: Sequence[Finding]) -> Run:
    """Give as much of a run as tells why its findings are others."""
    return Run(
        version=dabiao.__version__,
        as_of=of.as_of,
        years=of.years,
        engine=of.engine,
        rules=RulePackRecord(hash=of.catalog.hash, count=len(of.rules), selected=of.rules),
        subjects=tuple(
            ListedSubject(code, level, name, ())
            for level, table in of.facts.levels.items()
            for code, name in zip(table.codes, table.names, strict=True)
        ),
        facts=tuple(
            FactFileRecord(file=f.file, sha256=f.sha256, rows=f.rows) for f in of.facts.files
        ),
        summary={},
        findings=tuple(findings),
    )
