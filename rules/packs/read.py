"""Reading a rule pack: from folders of features to a checked catalog.

Files are parsed, their sentences carried out on drafts, the tables of all files made into one
vocabulary, and the drafts checked against it. Every problem of every file is found in one go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dabiao.rules.analysis.conflicts import governing
from dabiao.rules.analysis.lint import check_catalog, definite, vague_words
from dabiao.rules.analysis.readings import check_readings, open_range, unchecked_parts
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.replacement import replaced
from dabiao.rules.catalog.supersession import related
from dabiao.rules.files.document_files import document_id, read_document_files
from dabiao.rules.files.pack_files import ClashError, PackFile, find_files
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import Draft
from dabiao.rules.language.feature_source import (
    FeatureSource,
    RuleSource,
    ScenarioSource,
    Step,
    SyntaxProblemError,
    read_feature,
    trap_hint,
)
from dabiao.rules.language.left_out import LeftOut
from dabiao.rules.language.scenario import Scenario
from dabiao.rules.packs.catalog_text import hashed
from dabiao.rules.packs.checks_from_draft import build_checks, build_peers
from dabiao.rules.packs.clash import (
    CLASH,
    clash,
    one_document_each,
    same_rule,
    tags_of_others,
    theirs,
)
from dabiao.rules.packs.place_files import PackPlaces, read_all_places
from dabiao.rules.packs.rule_from_draft import build_rule
from dabiao.rules.packs.vocabulary_from_draft import BuiltVocabulary, alike, build_vocabulary
from dabiao.rules.sentences import SENTENCES, Sentence, SentenceKind, find
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.problem import InputError, Problem, Severity


@dataclass(frozen=True, slots=True)
class Proof:
    """A scenario, and the rule it proves; None where it proves indicators."""

    scenario: ScenarioSource
    rule: str | None
    feature: str
    words: Vocabulary
    """The vocabulary as its feature understands it."""
    documents: frozenset[str] | None = None
    """Ids of the documents of its pack and of those before it; None for all."""


@dataclass(slots=True)
class PackReading:
    """A pack as far as it could be read.

    Attributes:
        catalog: What could be checked; complete only if there is no error.
        proofs: All scenarios.
        drafts: What the features said, by rule id; mutants are made of it.
        topics: Name of every feature, by file.
        scopes: The vocabulary as each file understands it: the names of its own folder first.
        problems: Everything that is wrong, in order of file and line.
        folders: The folder that each file lies in, counted from 0.
        lines: The line that introduces each item and indicator, by slug.
    """

    catalog: Catalog
    proofs: list[Proof] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    scopes: dict[str, Vocabulary] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    folders: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the pack unusable."""
        return [each for each in self.problems if each.severity is Severity.ERROR]

    @property
    def refusal(self) -> InputError:
        """What to raise where there are errors."""
        errors = self.errors
        clashing = {each.file for each in errors}
        if all(each.code == CLASH for each in errors):
            return ClashError(errors, {self.folders[file] for file in clashing if file})
        return InputError(errors)


def read(folders: Sequence[Path], *, proofs: bool = True) -> PackReading:
    """Read the rule packs of folders as far as they can be read.

    Args:
        folders: Folders with features, documents and places.
        proofs: Whether scenarios are looked at too.

    Raises:
        InputError: A folder does not exist or holds nothing.
    """
    return _Reader(folders, proofs=proofs).read()


class _Reader:
    """One pass over the files, then one over the drafts."""

    def __init__(self, folders: Sequence[Path], *, proofs: bool) -> None:
        self.files = find_files(folders)
        self.folders = {file.name: file.folder for file in self.files}
        self.with_proofs = proofs
        self.problems: list[Problem] = []
        self.drafts: list[tuple[Draft, RuleSource]] = []
        self.built: dict[str, Draft] = {}
        self.scopes: dict[str, Vocabulary] = {}
        self.left_out = LeftOut()
        self.described: dict[str, int] = {}
        self.scenarios: list[tuple[Draft, ScenarioSource, RuleSource | None]] = []

    def read(self) -> PackReading:
        report = self.problems.append
        places = read_all_places(self.files.places, report)
        documents = self._documents(places)
        features = [source for file in self.files.features for source in self._parsed(file)]
        heads = [self._head(feature) for feature in features]
        folders = self.folders
        words = build_vocabulary(
            [row for head in heads for row in head.items],
            [row for head in heads for row in head.indicators],
            report,
            folders,
            self.left_out,
        )
        vocabulary = words.vocabulary
        self.scopes = {file.name: words.scopes[file.folder] for file in self.files.features}
        self._near_doubles(words)
        self._open_ranges(words)
        rules = self._rules(documents, places)
        topics = {feature.file: feature.title.text for feature in features}
        catalog = Catalog(
            documents=documents,
            places=places.all,
            vocabulary=vocabulary,
            rules=rules,
            tagged=tags_of(rules.values()),
            topics=topics,
            checks=build_checks(
                [row for head in heads for row in head.checks],
                self.scopes,
                folders,
                report,
            ),
            peers=build_peers(
                [said for head in heads for said in head.peers],
                self.scopes,
                report,
            ),
        )
        tags_of_others(catalog, folders, self.built, report)
        catalog = hashed(governed(catalog))
        self.problems.extend(check_catalog(catalog, frozenset(self.left_out.tags)))
        self.problems.extend(check_readings(catalog))
        for slug, message, hint in unchecked_parts(catalog):
            said = words.introduced[slug]
            self.problems.append(
                said.problem("part-unchecked", message, severity=Severity.WARNING, hint=hint)
            )
        proofs = list(self._proofs(catalog)) if self.with_proofs else []
        self.problems.sort(key=lambda each: (each.file or "", each.line or 0, each.column or 0))
        found = list(dict.fromkeys(self.problems))
        lines = {slug: said.spot.line for slug, said in words.introduced.items()}
        return PackReading(catalog, proofs, self.built, topics, self.scopes, found, folders, lines)

    def _documents(self, places: PackPlaces) -> dict[str, Document]:
        read = read_document_files(self.files.documents, self.problems.append)
        each_once = one_document_each(read, self.problems.append)
        self.described = {each.document.id: each.file.folder for each in each_once}
        whole = {described.file for described in read}
        bad = (file for file in self.files.documents if file not in whole)
        unread = {id_ for file in bad if (id_ := document_id(file)) is not None}
        self.left_out.documents |= unread
        return related(each_once, places.all, unread, self.problems.append)

    def _parsed(self, file: PackFile) -> Iterable[FeatureSource]:
        try:
            yield read_feature(file.path, file.name, scenarios=self.with_proofs)
        except SyntaxProblemError as error:
            self.problems.extend(error.problems)
            self.left_out.feature(file.path.read_text("utf-8-sig", errors="replace"))

    def _head(self, feature: FeatureSource) -> Draft:
        """Carry out the background of a feature, then those of its rules."""
        draft = Draft(feature.file, feature.title, tags=list(feature.tags))
        self._carry_out(draft, feature.background, (SentenceKind.DEFINITION, SentenceKind.NORM))
        for rule in feature.rules:
            own = draft.inherit(rule.title, rule.description, rule.tags)
            self._carry_out(own, rule.background, (SentenceKind.DEFINITION, SentenceKind.NORM))
            draft.items.extend(row for row in own.items if row not in draft.items)
            draft.indicators.extend(row for row in own.indicators if row not in draft.indicators)
            draft.checks.extend(row for row in own.checks if row not in draft.checks)
            draft.peers.extend(said for said in own.peers if said not in draft.peers)
            self.drafts.append((own, rule))
            self.scenarios.extend((own, scenario, rule) for scenario in rule.scenarios)
        self.scenarios.extend((draft, scenario, None) for scenario in feature.scenarios)
        return draft

    def _carry_out(
        self, draft: Draft, steps: Iterable[Step], kinds: tuple[SentenceKind, ...]
    ) -> None:
        for step in steps:
            sentence = find(step.phrase.text, step.kind)
            if sentence is None or sentence.kind not in kinds:
                told = unknown_sentence if sentence is None else _misplaced
                self.problems.append(told(step, kinds))
                draft.unread.append(step.kind)
                self.left_out.table(step.table)
                continue
            said = step.phrase
            if sentence.kind in (SentenceKind.DEFINITION, SentenceKind.NORM):
                vague = list(vague_words(said))
                self.problems.extend(vague)
                said = definite(said) if vague else said
                if vague and sentence.match(said.text) is None:  # nothing else was said
                    draft.unread.append(step.kind)
                    continue
            sentence.apply(draft, said, step.table)
        self.problems.extend(draft.problems)
        draft.problems.clear()

    def _rules(
        self,
        documents: Mapping[str, Document],
        places: PackPlaces,
    ) -> dict[str, Rule]:
        rules: dict[str, Rule] = {}
        known = {folder: places.known_to(folder) for folder in self.folders.values()}
        for draft, source in self.drafts:
            words = self.scopes[draft.file]
            rule = None
            if not any(said.text in self.left_out.documents for said in draft.documents):
                here = known[self.folders[draft.file]]
                rule = build_rule(draft, documents, here, words, self.problems.append)
            if rule is None:
                self.left_out.tags.update(tag.text.removeprefix("@") for tag in draft.tags)
                continue
            first = rules.get(rule.id)
            if first is not None and self.folders[first.file] != self.folders[rule.file]:
                if not same_rule(first, rule):
                    what = say(f"规则 {rule.id} ", f"the rule {rule.id}")
                    message, hint = clash(what, theirs(first.file, first.line), ())
                    said = draft.slug or draft.title
                    self.problems.append(said.problem(CLASH, message, hint=hint))
                continue
            if first is not None:
                self.problems.append(
                    source.title.problem(
                        "duplicate-rule",
                        say(
                            f"标识 {rule.id} 已用在 {first.file}:{first.line}",
                            f"the id {rule.id} is already used at {first.file}:{first.line}",
                        ),
                        hint=say("换一个标识标签", "choose another slug tag"),
                    )
                )
                continue
            rules[rule.id] = rule
            self.built[rule.id] = draft
        whole = replaced(mutual(rules), places.all, self.left_out.tags, self.problems.append)
        return dict(sorted(whole.items()))

    def _near_doubles(self, words: BuiltVocabulary) -> None:
        for pair in alike(words.vocabulary):
            if any(each.slug in words.clashing for each in pair):
                continue  # which was reported
            first, second = sorted(
                pair, key=lambda each: self.folders[words.introduced[each.slug].spot.file]
            )
            self.problems.append(
                words.introduced[second.slug].problem(
                    "near-double",
                    say(
                        f"“{second.name}”与“{first.name}”几乎同名",
                        f"{second.name!r} and {first.name!r} are almost the same name",
                    ),
                    severity=Severity.WARNING,
                    hint=say("同一概念只留一个", "keep one if they are one concept"),
                )
            )

    def _open_ranges(self, words: BuiltVocabulary) -> None:
        for slug, item in words.vocabulary.items.items():
            told = open_range(item)
            if told is not None and slug not in words.clashing:
                message, hint = told
                self.problems.append(
                    words.introduced[slug].problem(
                        "open-range", message, severity=Severity.WARNING, hint=hint
                    )
                )

    def _proofs(self, catalog: Catalog) -> Iterable[Proof]:
        """Give the scenarios, after looking at their words without judging them."""
        rule_ids = {(rule.file, rule.line): rule.id for rule in catalog}
        proved: set[str] = set()
        documents = {
            folder: frozenset(id_ for id_, at in self.described.items() if at <= folder)
            for folder in self.folders.values()
        }
        for draft, scenario, source in self.scenarios:
            key = (draft.file, source.title.spot.line) if source is not None else None
            rule_id = rule_ids.get(key) if key is not None else None
            if source is not None and rule_id is None:
                continue  # the rule itself has a problem, which was reported
            looked = replace(draft, problems=[])
            words = self.scopes[draft.file]
            spoken = replace(catalog, vocabulary=words)
            looked.scenario = Scenario(spoken, catalog.rules[rule_id] if rule_id else None)
            kinds = (SentenceKind.FACTS, SentenceKind.JUDGING, SentenceKind.EXPECTED)
            self._carry_out(looked, scenario.steps, kinds)
            if rule_id is not None:
                proved.add(rule_id)
            known = documents[self.folders[draft.file]]
            yield Proof(scenario, rule_id, draft.file, words, known)
        for rule in catalog:
            if rule.id not in proved:
                self.problems.append(
                    Problem(
                        code="unproved",
                        message=say(
                            f"规则 {rule.id} 没有一个场景", f"the rule {rule.id} has no scenario"
                        ),
                        severity=Severity.WARNING,
                        file=rule.file,
                        line=rule.line,
                        column=1,
                        hint=say(
                            "在界线两边各写一个例子",
                            "write an example on each side of its boundary",
                        ),
                    )
                )


def tags_of(rules: Iterable[Rule]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Index rules by document and tag."""
    found: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        for tag in rule.tags:
            found.setdefault((rule.document.id, tag), []).append(rule.id)
    return {key: tuple(sorted(ids)) for key, ids in sorted(found.items())}


def governed(catalog: Catalog) -> Catalog:
    """Let each rule know which others are to be kept in its place, and when."""
    above = governing(catalog)
    rules = {
        id_: replace(rule, governors=above[id_]) if id_ in above else rule
        for id_, rule in catalog.rules.items()
    }
    return replace(catalog, rules=rules)


def mutual(rules: dict[str, Rule]) -> dict[str, Rule]:
    """Make contradictions known on both sides, whichever said so."""
    sides: dict[str, set[str]] = {id_: set(rule.contradicts) for id_, rule in rules.items()}
    for id_, rule in rules.items():
        for other in rule.contradicts:
            if other in sides:
                sides[other].add(id_)
    return {
        id_: replace(rule, contradicts=tuple(sorted(sides[id_]))) for id_, rule in rules.items()
    }


def _fitting(step: Step, kinds: tuple[SentenceKind, ...]) -> list[Sentence]:
    """List the sentences that may stand where a step stands."""
    return [each for each in SENTENCES if each.kind in kinds and each.kind.step == step.kind]


def closest_sentence(step: Step, kinds: tuple[SentenceKind, ...]) -> Sentence | None:
    """Find the sentence that a mistyped step may be, or None."""
    patterns = {
        pattern: each
        for each in _fitting(step, kinds)
        for pattern in (*each.zh, *each.en, each.example_zh, each.example_en)
    }
    close = nearest(step.phrase.text, list(patterns), n=1)
    return patterns[close[0]] if close else None


def unknown_sentence(step: Step, kinds: tuple[SentenceKind, ...]) -> Problem:
    """Tell that a step is no sentence of the language, and which one may have been meant."""
    trap = step.trap
    shown = [each.example for each in _fitting(step, kinds)]
    meant = closest_sentence(step, kinds)
    if trap is not None:
        hint: str | None = trap_hint(trap)
    elif meant is not None:
        hint = say(f"是不是：{meant.example}", f"did you mean: {meant.example}?")
    else:
        hint = say("dabiao rules steps 列出全部句式", "dabiao rules steps lists all sentences")
    return step.phrase.problem(
        "unknown-sentence",
        say(f"没有这样的句式：{step.phrase.text}", f"no such sentence: {step.phrase.text}"),
        expected=say(f"如 {shown[0]}", f"such as {shown[0]}") if shown and meant is None else None,
        hint=hint,
    )


def _misplaced(step: Step, kinds: tuple[SentenceKind, ...]) -> Problem:
    if SentenceKind.FACTS in kinds:
        message = say(
            f"“{step.phrase.text}”属于规则的背景，不能写在场景里",
            f"{step.phrase.text!r} belongs into the rule's background, not into a scenario",
        )
    else:
        message = say(
            f"“{step.phrase.text}”是举例，不能写在背景里",
            f"{step.phrase.text!r} is part of an example and can't stand in a background",
        )
    hint = say("移到该在的地方", "move it there")
    if (meant := closest_sentence(step, kinds)) is not None:
        hint += say(f"；或者想写的是：{meant.example}", f"; or was {meant.example} meant?")
    return step.phrase.problem("misplaced", message, hint=hint)
