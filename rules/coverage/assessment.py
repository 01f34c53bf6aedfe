"""Coverage: for every clause of a policy text, which rules cover it, or why none does."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.coverage.ledger import (
    ClauseStatus,
    Decision,
    Ledger,
    check_fingerprints,
    check_rules,
    rule_id,
)
from dabiao.rules.coverage.matching import ClauseMatcher, Match
from dabiao.rules.coverage.text.clauses import Clause, clauses
from dabiao.rules.coverage.text.mentions import QuantityKind
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Assessed:
    """A clause and what is known of it.

    Attributes:
        clause: The clause.
        status: What is known.
        rules: Ids of the rules that cover it, or some quantities of it while it is open.
        reason: Why, where somebody wrote it into the ledger or the program can tell.
        suggestions: Ids of rules that may be meant, while it is open.
    """

    clause: Clause
    status: ClauseStatus
    rules: tuple[str, ...] = ()
    reason: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """What the rules cover of a document.

    Attributes:
        document: The document's id.
        assessed: Every clause, in order of the text.
        problems: What is wrong with the ledger.
        rules: Ids of all rules of the document.
    """

    document: str
    assessed: tuple[Assessed, ...]
    problems: tuple[Problem, ...]
    rules: tuple[str, ...]

    @property
    def open(self) -> tuple[Assessed, ...]:
        """The clauses that nobody has decided on."""
        return tuple(each for each in self.assessed if each.status is ClauseStatus.OPEN)

    @property
    def counts(self) -> Mapping[ClauseStatus, int]:
        """How many clauses have each status."""
        return {
            status: sum(each.status is status for each in self.assessed) for status in ClauseStatus
        }

    @cached_property
    def idle(self) -> tuple[str, ...]:
        """The document's rules that no clause was found for: see whether they say what it does."""
        used = {id_ for each in self.assessed for id_ in each.rules}
        return tuple(id_ for id_ in self.rules if id_ not in used)


def coverage(text: str, document: str, catalog: Catalog, ledger: Ledger) -> Coverage:
    """Assess a policy text.

    What the ledger says of a clause counts; the others are covered where rules account for every
    quantity, achievements where their chapter is about the past, and open otherwise.

    Args:
        text: The policy text.
        document: The id of its document; it may have no rules yet.
        catalog: The rule packs.
        ledger: What was decided so far.
    """
    return _Assessment(document, catalog, ledger).assess(clauses(text))


def with_open(ledger: Ledger, found: Coverage) -> Ledger:
    """Give a ledger with a line for every open clause too, its rules filled in for a start."""
    decisions = dict(ledger.decisions)
    for each in found.open:
        slugs = tuple(id_.removeprefix(f"{found.document}/") for id_ in each.suggestions)
        decisions.setdefault(
            each.clause.fingerprint,
            Decision(each.clause.fingerprint, each.clause.place, ClauseStatus.OPEN, slugs),
        )
    return replace(ledger, decisions=decisions)


class _Assessment:
    """The rules and the ledger of one document."""

    def __init__(self, document: str, catalog: Catalog, ledger: Ledger) -> None:
        self.document = document
        self.catalog = catalog
        self.ledger = ledger
        self.matcher = ClauseMatcher(document, catalog)
        known = catalog.documents.get(document)
        self.begins = known.period.from_ if known is not None else None

    def assess(self, found: list[Clause]) -> Coverage:
        latest = _latest_years(found)
        aimed = [clause for clause in found if not _is_baseline(clause, latest)]
        told = [clause for clause in aimed if not self._is_past(clause)]
        matches = {
            clause.number: match
            for clause, match in zip(told, self.matcher.match(told), strict=True)
        }
        assessed = {
            clause.number: self._assess(clause, matches.get(clause.number)) for clause in aimed
        }
        rows = _covered_rows(assessed.values())
        for clause in found:
            if _is_baseline(clause, latest):
                assessed[clause.number] = self._baseline(clause, rows)
        problems = (
            *self.ledger.problems,
            *check_rules(self.ledger, self.document, self.catalog),
            *check_fingerprints(self.ledger, {clause.fingerprint for clause in found}),
        )
        own = [rule.id for rule in self.catalog if rule.document.id == self.document]
        return Coverage(
            self.document,
            tuple(assessed[clause.number] for clause in found),
            problems,
            tuple(own),
        )

    def _assess(self, clause: Clause, match: Match | None) -> Assessed:
        """Assess a clause by the ledger, else by its match; without one it is of the past."""
        decided = self._decided(clause)
        if decided is not None:
            return decided
        if match is None:
            reason = say("所在部分说的是已有成绩", "its chapter tells of the past")
            return Assessed(clause, ClauseStatus.ACHIEVEMENT, reason=reason)
        limits = self.matcher.limits(clause) if clause.limit else ()
        if limits or (match.complete and not clause.limit):
            return Assessed(clause, ClauseStatus.COVERED, limits or match.rules)
        told = say("；", "; ").join(
            f"{id_.removeprefix(f'{self.document}/')}{say('：', ': ')}{difference}"
            for id_, difference in match.differences.items()
            if id_ not in match.rules
        )
        return Assessed(clause, ClauseStatus.OPEN, match.rules, told, match.suggestions)

    def _decided(self, clause: Clause) -> Assessed | None:
        line = self.ledger.decisions.get(clause.fingerprint)
        if line is None or line.status is ClauseStatus.OPEN:
            return None
        rules = tuple(rule_id(slug, self.document) for slug in line.rules)
        if any(id_ not in self.catalog.rules for id_ in rules):
            return None
        return Assessed(clause, line.status, rules, line.reason)

    def _is_past(self, clause: Clause) -> bool:
        """Tell whether a clause is of the past: its part is, and no year of it is to come."""
        years = [
            year
            for each in clause.mentions
            if each.kind is QuantityKind.DATE
            for year in each.values
        ]
        return clause.past and not (
            self.begins is not None and any(year >= self.begins for year in years)
        )

    def _baseline(
        self, clause: Clause, rows: Mapping[tuple[object, ...], tuple[str, ...]]
    ) -> Assessed:
        """Assess a figure of an earlier year: it belongs to the rules of its row's target."""
        decided = self._decided(clause)
        if decided is not None:
            return decided
        rules = rows.get(_row_key(clause), ())
        begun = self.matcher.baseline(clause, rules)
        if begun:
            return Assessed(clause, ClauseStatus.COVERED, begun, say("基期数", "a baseline"))
        (match,) = self.matcher.match([clause])
        suggestions = tuple(dict.fromkeys((*rules, *match.suggestions)))[:3]
        return Assessed(clause, ClauseStatus.OPEN, suggestions=suggestions)


def _latest_years(found: Iterable[Clause]) -> Mapping[int, int]:
    """Give the latest year among the columns of each table."""
    latest: dict[int, int] = {}
    for clause in found:
        if clause.row is not None and clause.year is not None:
            table = clause.row[0]
            latest[table] = max(latest.get(table, 0), clause.year)
    return latest


def _is_baseline(clause: Clause, latest: Mapping[int, int]) -> bool:
    return (
        clause.row is not None
        and clause.year is not None
        and clause.year < latest.get(clause.row[0], 0)
    )


def _row_key(clause: Clause) -> tuple[object, ...]:
    """Name the row and, where years stand over several columns, which of them."""
    return (clause.row, *(head for head in clause.column if str(clause.year) not in head))


def _covered_rows(assessed: Iterable[Assessed]) -> Mapping[tuple[object, ...], tuple[str, ...]]:
    found: dict[tuple[object, ...], tuple[str, ...]] = {}
    for each in assessed:
        if each.clause.year is not None and each.status is ClauseStatus.COVERED:
            key = _row_key(each.clause)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *each.rules)))
    return found
