"""Mutation: a rule is proved when no mutant of it survives its scenarios."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.formulas.checking.check import in_unit
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import FeaturePlace, Phrase
from dabiao.rules.language.scenario import Judge
from dabiao.rules.packs.norms.built import read_formula
from dabiao.rules.packs.read import PackReading, Proof
from dabiao.rules.packs.rule_from_draft import build_rule
from dabiao.rules.proofs.equivalence import equivalent
from dabiao.rules.proofs.formula_mutants import FormulaGround, changed_formulas
from dabiao.rules.proofs.mutants import formula_mutants, mutants, reworked
from dabiao.rules.proofs.prove import ProofResult, run, run_beside
from dabiao.rules.proofs.share_work import in_order
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass


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
    workers: int = 1,
) -> Iterator[MutantResult]:
    """Try every mutant of rules and of the indicators they use against the scenarios.

    A rule's scenarios are run on the rule itself first: where one fails, or there is none, that is
    its only result. All of its mutants are then judged together, scenario by scenario.

    Args:
        reading: The pack, which must have no errors.
        judge: How facts are judged.
        rules: Ids to narrow to; None takes all.
        progress: Told what is being done and how much of it, from 0 to 1.
        workers: Processes to share the work among, where the system can fork.
    """
    bench = Bench(reading, judge)
    chosen = [id_ for id_ in reading.drafts if rules is None or id_ in rules]
    subjects: list[tuple[Callable[[str], list[MutantResult]], str]]
    subjects = [(bench.try_rule, id_) for id_ in chosen]
    subjects += [(bench.try_indicator, slug) for slug in bench.indicators(rules)]
    for done, (name, found) in enumerate(in_order(subjects, workers), 1):
        if progress is not None:
            progress(f"{done:,}/{len(subjects):,} {name}", done / len(subjects))
        yield from found


class Bench:
    """Where the mutants of a pack are tried: its scenarios, by the rule or file they stand in."""

    def __init__(self, reading: PackReading, judge: Judge) -> None:
        """Lay the scenarios out."""
        self.reading, self.catalog, self.judge = reading, reading.catalog, judge
        self.proofs: dict[str, list[Proof]] = {}
        self.shared: dict[str, list[Proof]] = {}
        for proof in reading.proofs:
            if proof.rule is not None:
                self.proofs.setdefault(proof.rule, []).append(proof)
            else:
                self.shared.setdefault(proof.feature, []).append(proof)
        self.used: dict[str, list[str]] = {}
        """By slug of an indicator, the rules that use it."""
        for rule in self.catalog:
            for slug in indicators_of(rule, self.catalog.vocabulary):
                self.used.setdefault(slug, []).append(rule.id)

    def indicators(self, rules: Collection[str] | None) -> list[str]:
        """List the indicators that some rules use; all of the pack where None are named.

        Those of a pack that was only built upon are proved where it was made.
        """
        words = self.catalog.vocabulary
        return [
            slug
            for slug in words.formulas
            if words.features.get(slug, "") in self.reading.scopes
            and (rules is None or any(id_ in rules for id_ in self.used.get(slug, ())))
        ]

    def try_rule(self, id_: str) -> list[MutantResult]:
        """Try every mutant of a rule, all of them beside the rule itself."""
        rule, proofs = self.catalog.rules[id_], self.proofs.get(id_, [])
        if not proofs:
            return [_unproved(id_, rule.file, rule.line)]
        viable = list(self._viable(rule))
        tried = {
            at: replace(changed, id=f"{id_}~{at}")
            for at, (changed, _) in enumerate(viable)
            if not equivalent(rule, changed, self.catalog)
        }
        alive = {each.id for each in self._alive([rule, *tried.values()], proofs)}
        if id_ not in alive:
            results = (run(proof, self.catalog, rule, self.judge) for proof in proofs)
            return [_failing(id_, next(each for each in results if not each.passed))]

        def fate(at: int) -> Fate:
            if at not in tried:
                return Fate.EQUIVALENT
            return Fate.SURVIVED if tried[at].id in alive else Fate.KILLED

        return [
            MutantResult(id_, told, fate(at), rule.file, rule.line)
            for at, (_, told) in enumerate(viable)
        ]

    def try_indicator(self, slug: str) -> list[MutantResult]:
        """Try every mutant of an indicator, on one scenario after the other until one notices."""
        vocabulary = self.catalog.vocabulary
        feature, line = vocabulary.features.get(slug, ""), self.reading.lines.get(slug, 1)
        proofs = self._proofs_of(slug)
        if not proofs:
            return [_unproved(slug, feature, line)]
        results: list[MutantResult] = []
        measure, formula = vocabulary.measure(slug), vocabulary.formulas[slug]
        seen = {formula}
        sound: set[int] = set()
        ground = FormulaGround(vocabulary, measure.levels)
        for changed in (*self._rewritten(slug), *changed_formulas(formula, ground)):
            if changed in seen or slug in vocabulary.slugs_in([changed]):
                continue
            seen.add(changed)
            passes = (self._passes(proof, slug, changed) for proof in proofs)
            killer = next((at for at, passed in enumerate(passes) if not passed), None)
            if killer is not None:  # what noticed one change is likely to notice the next
                proofs.insert(0, proofs.pop(killer))
                if id(proofs[0]) not in sound:
                    unchanged = self._run(proofs[0])
                    if not unchanged.passed:
                        return [_failing(slug, unchanged)]
                    sound.add(id(proofs[0]))
            fate = Fate.SURVIVED if killer is None else Fate.KILLED
            told = f"{measure.name} = {render(changed, vocabulary)}"
            results.append(MutantResult(slug, told, fate, feature, line))
        return results

    def _proofs_of(self, slug: str) -> list[Proof]:
        """List the scenarios of a pack, those first that are likely to notice an indicator.

        They are those of its rules, and what expects something of it, in its own file first.
        """
        vocabulary = self.catalog.vocabulary
        feature = vocabulary.features.get(slug, "")
        found = [*self.shared.get(feature, ())]
        for id_ in self.used.get(slug, ()):
            found += self.proofs.get(id_, ())
        for other, shared in self.shared.items():
            found += shared if other != feature else ()
        names = {name for name, of in vocabulary.names.items() if of == slug}
        return sorted(found, key=lambda proof: proof.rule is None and not _speaks_of(proof, names))

    def _rewritten(self, slug: str) -> Iterator[Formula]:
        """Give the formulas in which one sign or number of an indicator's text is another."""
        indicator = self.catalog.vocabulary.indicators[slug]
        feature = self.catalog.vocabulary.features.get(slug, "")
        words = self.reading.scopes.get(feature, self.catalog.vocabulary)
        spot = FeaturePlace(feature, self.reading.lines.get(slug, 1), 1)
        for said in reworked(Phrase(indicator.formula, spot), words):
            checked = read_formula(said, words, indicator.levels[0], lambda _: None)
            if checked is not None:
                yield in_unit(checked, indicator.unit)

    def _passes(self, proof: Proof, slug: str, changed: Formula) -> bool:
        """Run a scenario where an indicator has another formula."""
        words = proof.words
        if slug not in words.formulas:
            return True
        other = replace(words, formulas={**words.formulas, slug: changed})
        return self._run(replace(proof, words=other)).passed

    def _run(self, proof: Proof) -> ProofResult:
        rule = self.catalog.rules[proof.rule] if proof.rule is not None else None
        return run(proof, self.catalog, rule, self.judge)

    def _viable(self, rule: Rule) -> Iterator[tuple[Rule, str]]:
        """Give the mutants that are rules at all, each meaning once, with what was changed."""
        seen = {_meaning(rule)}
        for changed, told in self._changed(rule):
            meaning = _meaning(changed)
            if meaning not in seen:
                seen.add(meaning)
                yield changed, told

    def _changed(self, rule: Rule) -> Iterator[tuple[Rule, str]]:
        draft, catalog = self.reading.drafts[rule.id], self.catalog
        words = self.reading.scopes[draft.file]
        for mutant in mutants(draft, words, catalog.places, rule.document.period):
            problems: list[Problem] = []
            changed = build_rule(
                mutant.draft, catalog.documents, catalog.places, words, problems.append
            )
            if changed is None or any(each.severity is Severity.ERROR for each in problems):
                continue
            yield replace(changed, contradicts=rule.contradicts), mutant.change
        yield from formula_mutants(rule, words)

    def _alive(self, rules: Iterable[Rule], proofs: Sequence[Proof]) -> Iterator[Rule]:
        """Give those of some rules for which every scenario holds.

        A scenario is run once for all that are about the same subjects.
        """
        alike: dict[tuple[Level, str | None], list[Rule]] = {}
        for each in rules:
            alike.setdefault((each.level, each.jurisdiction), []).append(each)
        for group in alike.values():
            left = group
            for proof in proofs:
                if left:
                    told = run_beside(proof, self.catalog, left, self.judge)
                    left = [each for each, message in zip(left, told, strict=True) if not message]
            yield from left


def _unproved(id_: str, file: str, line: int) -> MutantResult:
    return MutantResult(id_, say("没有场景", "it has no scenario"), Fate.UNPROVED, file, line)


def _failing(id_: str, failed: ProofResult) -> MutantResult:
    """Tell which scenario fails as it is, so that it cannot tell mutants apart."""
    example = say(f"（{failed.example}）", f" ({failed.example})") if failed.example else ""
    change = f"{failed.scenario}{example}{say('：', ': ')}{failed.message}"
    return MutantResult(id_, change, Fate.FAILING, failed.file, failed.line)


def _speaks_of(proof: Proof, names: Collection[str]) -> bool:
    """Tell whether a scenario expects something of a measure, which has some names."""
    expected = [step.phrase.text for step in proof.scenario.steps if step.kind == "then"]
    return any(name in text for text in expected for name in names)


def _meaning(rule: Rule) -> Rule:
    """Give a rule without the words it is put in."""
    record = replace(rule.norm_record, text="")
    return replace(rule, condition_text=None, norm_text="", norm_record=record, governors=())


def indicators_of(rule: Rule, vocabulary: Vocabulary) -> set[str]:
    """List the indicators a rule uses, those that others are made of too."""
    return vocabulary.slugs_in(rule.formulas) & vocabulary.formulas.keys()
