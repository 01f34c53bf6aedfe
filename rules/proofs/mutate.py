"""Mutation: a rule is proved when no mutant of it survives its scenarios."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.language.draft import Draft
from dabiao.rules.language.scenario import Judge
from dabiao.rules.packs.read import PackReading, Proof
from dabiao.rules.packs.rule_from_draft import build_rule
from dabiao.rules.proofs.equivalence import equivalent
from dabiao.rules.proofs.mutants import Mutant, mutants
from dabiao.rules.proofs.prove import run
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    """Some scenario comes out otherwise."""
    SURVIVED = "survived"
    """No scenario tells it from the rule."""
    EQUIVALENT = "equivalent"
    """It can't change any verdict, so none could."""
    UNPROVED = "unproved"
    """The rule has no scenario, so nothing could tell its mutants; none was tried."""
    FAILING = "failing"
    """The rule fails a scenario of its own, so it says nothing of mutants; none was tried."""

    @property
    def open(self) -> bool:
        """Whether it leaves something for the writer to do."""
        return self in (Fate.SURVIVED, Fate.UNPROVED, Fate.FAILING)


@dataclass(frozen=True, slots=True)
class MutantResult:
    """One mutant of one rule, or why none was tried.

    Attributes:
        rule: Id of the rule.
        change: The changed sentence; where none was tried, what the rule's scenarios lack.
        fate: What became of it.
        file: The feature of the rule.
        line: The line of its heading, or of the scenario that fails.
    """

    rule: str
    change: str
    fate: Fate
    file: str
    line: int


def mutate(
    reading: PackReading,
    judge: Judge,
    *,
    rules: Collection[str] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Iterator[MutantResult]:
    """Try every mutant of the rules of a pack against the scenarios of its rule.

    A rule's scenarios are run on the rule itself first: where one fails, or there is none, that is
    its only result.

    Args:
        reading: The pack, which must have no errors.
        judge: How facts are judged.
        rules: Ids to narrow to; None takes all.
        progress: Told what is being done and how much of it, from 0 to 1.
    """
    proofs: dict[str, list[Proof]] = {}
    for proof in reading.proofs:
        if proof.rule is not None:
            proofs.setdefault(proof.rule, []).append(proof)
    chosen = [id_ for id_ in reading.drafts if rules is None or id_ in rules]
    for done, id_ in enumerate(chosen):
        draft = reading.drafts[id_]
        if progress is not None:
            progress(id_, done / len(chosen))
        rule = reading.catalog.rules[id_]
        unsound = _unsound(rule, proofs.get(id_, ()), reading.catalog, judge)
        if unsound is not None:
            yield unsound
            continue
        spoken = replace(reading.catalog, vocabulary=reading.scopes[draft.file])
        for mutant, changed in _viable(rule, draft, spoken):
            if equivalent(rule, changed, reading.catalog):
                fate = Fate.EQUIVALENT
            elif _killed(changed, proofs.get(id_, ()), reading.catalog, judge):
                fate = Fate.KILLED
            else:
                fate = Fate.SURVIVED
            yield MutantResult(id_, mutant.change, fate, rule.file, rule.line)


def _unsound(
    rule: Rule, proofs: Sequence[Proof], catalog: Catalog, judge: Judge
) -> MutantResult | None:
    """Tell what keeps the scenarios of a rule from proving it."""
    if not proofs:
        change = say("没有场景", "it has no scenario")
        return MutantResult(rule.id, change, Fate.UNPROVED, rule.file, rule.line)
    for proof in proofs:
        result = run(proof, catalog, rule, judge)
        if not result.passed:
            example = say(f"（{result.example}）", f" ({result.example})") if result.example else ""
            change = f"{result.scenario}{example}{say('：', ': ')}{result.message}"
            return MutantResult(rule.id, change, Fate.FAILING, result.file, result.line)
    return None


def _viable(rule: Rule, draft: Draft, catalog: Catalog) -> Iterator[tuple[Mutant, Rule]]:
    """Give the mutants that are rules at all, each once."""
    seen: set[Rule] = set()
    for mutant in mutants(draft, catalog.vocabulary):
        problems: list[Problem] = []
        changed = build_rule(
            mutant.draft, catalog.documents, catalog.places, catalog.vocabulary, problems.append
        )
        if changed is None or any(each.severity is Severity.ERROR for each in problems):
            continue
        changed = replace(changed, contradicts=rule.contradicts)
        if changed not in seen:
            seen.add(changed)
            yield mutant, changed


def _killed(changed: Rule, proofs: Sequence[Proof], catalog: Catalog, judge: Judge) -> bool:
    return any(not run(proof, catalog, changed, judge).passed for proof in proofs)
