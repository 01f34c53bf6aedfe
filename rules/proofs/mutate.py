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
from dabiao.rules.proofs.mutants import Scene, formula_mutants, mutants, reworked
from dabiao.rules.proofs.prove import run, run_beside
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
    subjects = [(bench.rule, id_) for id_ in chosen]
    subjects += [(bench.indicator, slug) for slug in bench.indicators(rules)]
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

    def rule(self, id_: str) -> list[MutantResult]:
        """Try every mutant of a rule."""
        rule, proofs = self.catalog.rules[id_], self.proofs.get(id_, [])
        if not proofs:
            change = say("没有场景", "it has no scenario")
            return [MutantResult(id_, change, Fate.UNPROVED, rule.file, rule.line)]
        viable = list(self._viable(rule))
        same = [equivalent(rule, changed, self.catalog) for changed, _ in viable]
        tried = [
            replace(changed, id=f"{id_}~{at}")
            for at, (changed, _) in enumerate(viable)
            if not same[at]
        ]
        alive = {each.id for each in self._alive([rule, *tried], proofs)}
        if id_ not in alive:
            return [self._failure(rule, proofs)]
        return [
            MutantResult(id_, told, _fate(same[at], f"{id_}~{at}" in alive), rule.file, rule.line)
            for at, (_, told) in enumerate(viable)
        ]

    def indicator(self, slug: str) -> list[MutantResult]:
        """Try every mutant of an indicator: by the scenarios of its file, then of its rules."""
        vocabulary = self.catalog.vocabulary
        feature = vocabulary.features.get(slug, "")
        proofs = [*self.shared.get(feature, ())]
        for id_ in self.used.get(slug, ()):
            proofs += self.proofs.get(id_, ())
        for other, shared in self.shared.items():
            proofs += shared if other != feature else ()
        line = self.reading.lines.get(slug, 1)
        if not proofs:
            told = say("没有场景", "it has no scenario")
            return [MutantResult(slug, told, Fate.UNPROVED, feature, line)]
        names = {name for name, of in vocabulary.names.items() if of == slug}
        proofs.sort(key=lambda proof: proof.rule is None and not _speaks_of(proof, names))
        results: list[MutantResult] = []
        measure, formula = vocabulary.measure(slug), vocabulary.formulas[slug]
        seen = {formula}
        ground = FormulaGround(vocabulary, measure.levels)
        for changed in (*self._rewritten(slug), *changed_formulas(formula, ground)):
            if changed in seen or slug in vocabulary.slugs_in([changed]):
                continue
            seen.add(changed)
            told = f"{measure.name} = {render(changed, vocabulary)}"
            passes = (self._passes(proof, slug, changed) for proof in proofs)
            killer = next((at for at, passed in enumerate(passes) if not passed), None)
            if killer is not None:  # what noticed one change is likely to notice the next
                proofs.insert(0, proofs.pop(killer))
            fate = Fate.SURVIVED if killer is None else Fate.KILLED
            results.append(MutantResult(slug, told, fate, feature, line))
        return results

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
        rule = self.catalog.rules[proof.rule] if proof.rule is not None else None
        return run(replace(proof, words=other), self.catalog, rule, self.judge).passed

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
        scene = Scene(catalog.places, rule.document.period)
        for mutant in mutants(draft, words, scene):
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

    def _failure(self, rule: Rule, proofs: Sequence[Proof]) -> MutantResult:
        """Tell which scenario of its own a rule fails."""
        tried = (run(proof, self.catalog, rule, self.judge) for proof in proofs)
        failed = next(each for each in tried if not each.passed)
        example = say(f"（{failed.example}）", f" ({failed.example})") if failed.example else ""
        change = f"{failed.scenario}{example}{say('：', ': ')}{failed.message}"
        return MutantResult(rule.id, change, Fate.FAILING, failed.file, failed.line)


def _speaks_of(proof: Proof, names: Collection[str]) -> bool:
    """Tell whether a scenario expects something of a measure, which has some names."""
    expected = [step.phrase.text for step in proof.scenario.steps if step.kind == "then"]
    return any(name in text for text in expected for name in names)


def _fate(same: bool, alive: bool) -> Fate:  # noqa: FBT001 - the two sides of one question
    if same:
        return Fate.EQUIVALENT
    return Fate.SURVIVED if alive else Fate.KILLED


def _meaning(rule: Rule) -> Rule:
    """Give a rule without the words it is put in."""
    record = replace(rule.norm_record, text="")
    return replace(rule, condition_text=None, norm_text="", norm_record=record, governors=())


def indicators_of(rule: Rule, vocabulary: Vocabulary) -> set[str]:
    """List the indicators a rule uses, those that others are made of too."""
    return vocabulary.slugs_in(rule.formulas) & vocabulary.formulas.keys()
