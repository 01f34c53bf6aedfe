"""Reading a rule pack: from folders of features to a checked catalog.

Files are parsed, their sentences carried out on drafts, the tables of all files made into one
vocabulary, and the drafts checked against it. Every problem of every file is found in one go.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from dabiao.rules.analysis.conflicts import Conflict, find_conflicts
from dabiao.rules.analysis.governing import governing
from dabiao.rules.analysis.groups import groups, is_token
from dabiao.rules.analysis.lint import check_catalog
from dabiao.rules.analysis.readings import check_readings, open_range, unchecked_parts
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.replacement import replaced
from dabiao.rules.catalog.supersession import related, successors
from dabiao.rules.files.document_files import document_id, read_document_files
from dabiao.rules.files.pack_files import ClashError, PackFiles, find_files
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import Draft
from dabiao.rules.language.feature_source import ScenarioSource
from dabiao.rules.language.left_out import LeftOut
from dabiao.rules.language.scenario import Scenario
from dabiao.rules.packs.checks_from_draft import build_checks, build_peers
from dabiao.rules.packs.feature_drafts import FeatureDrafts, carry_out, draft_feature
from dabiao.rules.packs.place_files import PackPlaces, read_all_places
from dabiao.rules.packs.rule_from_draft import build_rule
from dabiao.rules.packs.tables_from_draft import build_tables
from dabiao.rules.packs.together.clash import (
    CLASH,
    clash,
    one_document_each,
    same_rule,
    tags_of_others,
    theirs,
)
from dabiao.rules.packs.together.sharing import check_used, sharing
from dabiao.rules.packs.vocabulary_from_draft import BuiltVocabulary, build_vocabulary
from dabiao.rules.sentences import SentenceKind
from dabiao.rules.sentences.unproving import proves_nothing
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.measure import Measure
from dabiao.schemas.problem import InputError, Problem, Severity
from dabiao.schemas.record import dataclass


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
        scopes: The vocabulary as each file understands it: the names of its own folder first.
        words: The same as the pack of each document does.
        problems: Everything that is wrong, in order of file and line.
        folders: The folder that each file lies in, counted from 0.
        lines: The line that introduces each item and indicator, by slug.
    """

    catalog: Catalog
    proofs: list[Proof] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    scopes: dict[str, Vocabulary] = field(default_factory=dict)
    words: dict[str, Vocabulary] = field(default_factory=dict)
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


def read(
    folders: Sequence[Path],
    *,
    proofs: bool = True,
    known: Catalog | None = None,
    files: PackFiles | None = None,
    draft: Callable[..., FeatureDrafts] = draft_feature,
) -> PackReading:
    """Read the rule packs of folders as far as they can be read.

    Args:
        folders: Folders with features, documents and places.
        proofs: Whether scenarios are looked at too.
        known: The catalog of the first folder, which is sound: it is built upon, and nothing of it
            is checked again.
        files: Their files, where they were looked for before.
        draft: Reads one feature.

    Raises:
        InputError: A folder does not exist or holds nothing.
    """
    problems = files if files is not None else find_files(folders)
    return _Reader(problems, known, draft, proofs=proofs).read()


class _Reader:
    """One pass over the files, then one over the drafts."""

    def __init__(
        self,
        files: PackFiles,
        known: Catalog | None,
        draft: Callable[..., FeatureDrafts],
        *,
        proofs: bool,
    ) -> None:
        self.files, self.known = files, known
        self.folders = {file.name: file.folder for file in files}
        self.features = [each for each in files.features if known is None or each.folder]
        self.drafts = {each.name: draft(each, scenarios=proofs) for each in self.features}
        self.with_proofs = proofs
        self.problems = [said for each in self.drafts.values() for said in each.problems]
        self.built: dict[str, Draft] = {}
        self.scopes: dict[str, Vocabulary] = {}
        self.left_out = LeftOut()
        self.described: dict[str, int] = {}
        for each in self.drafts.values():
            self.left_out.add(each.left_out)

    def read(self) -> PackReading:
        report, known = self.problems.append, self.known
        places = read_all_places(self.files.places, report)
        documents = self._documents(places)
        heads = [head for each in self.drafts.values() for head in each.heads]
        folders = self.folders
        words = self._words(heads, documents)
        vocabulary = words.vocabulary
        self.scopes = {file.name: words.scopes[file.folder] for file in self.features}
        self._near_doubles(words)
        self._open_ranges(words)
        rules = self._rules(documents, places)
        topics = {name: each.topic for name, each in self.drafts.items() if each.topic is not None}
        peers = build_peers([said for head in heads for said in head.peers], self.scopes, report)
        catalog = Catalog(
            documents=documents,
            places=places.all,
            vocabulary=vocabulary,
            rules=rules,
            tagged=tags_of(rules.values()),
            topics={**known.topics, **topics} if known is not None else topics,
            checks=build_checks(
                [row for head in heads for row in head.checks],
                self.scopes,
                folders,
                report,
                known.checks if known is not None else None,
            ),
            tables=build_tables(
                heads,
                self.scopes,
                rules,
                self.left_out.tags,
                report,
                known.tables if known is not None else None,
            ),
            peers=tuple(sorted({*known.peers, *peers})) if known is not None else peers,
        )
        tags_of_others(catalog, folders, self.built, report)
        conflicts = find_conflicts(catalog)
        catalog = governed(catalog, conflicts)
        self.problems.extend(check_catalog(catalog, frozenset(self.left_out.tags), self.built))
        self.problems.extend(check_readings(catalog, self.built, conflicts))
        self._unchecked_parts(catalog, words)
        proofs = list(self._proofs(catalog)) if self.with_proofs else []
        self.problems.sort(key=lambda each: (each.file or "", each.line or 0, each.column or 0))
        problems = list(dict.fromkeys(self.problems))
        lines = {slug: said.spot.line for slug, said in words.introduced.items()}
        spoken = {id_: words.scopes[folder] for id_, folder in self.described.items()}
        return PackReading(
            catalog, proofs, self.built, self.scopes, spoken, problems, folders, lines
        )

    def _unchecked_parts(self, catalog: Catalog, words: BuiltVocabulary) -> None:
        """Warn of parts of a whole that nothing compares with it, where this pack says them."""
        for slug, message, hint in unchecked_parts(catalog):
            said = words.introduced[slug]
            if said.spot.file in self.drafts:
                self.problems.append(
                    said.problem("part-unchecked", message, severity=Severity.WARNING, hint=hint)
                )

    def _words(self, heads: list[Draft], documents: Mapping[str, Document]) -> BuiltVocabulary:
        known = self.known.vocabulary if self.known is not None else None
        items = [row for head in heads for row in head.items]
        indicators = [row for head in heads for row in head.indicators]
        shared = sharing(self.files, heads, self.known)
        defining = {row.spot.file for row in (*items, *indicators)}
        if known is not None:
            defining.update(known.features.values())
        unread = self.left_out.documents
        self.problems.extend(check_used(heads, shared, defining, documents, unread))
        return build_vocabulary(
            items,
            indicators,
            self.problems.append,
            shared,
            self.left_out,
            used=[said for head in heads for said in head.used],
            known=known,
        )

    def _documents(self, places: PackPlaces) -> dict[str, Document]:
        read = read_document_files(self.files.documents, self.problems.append)
        each_once = one_document_each(read, self.problems.append)
        self.described = {each.document.id: each.file.folder for each in each_once}
        whole = {described.file for described in read}
        bad = {file: document_id(file) for file in self.files.documents if file not in whole}
        unread = {id_ for id_ in bad.values() if id_ is not None}
        nameless = {file.folder for file, id_ in bad.items() if id_ is None}
        for name, each in self.drafts.items():
            if self.folders[name] in nameless:  # what nobody else is called may be its name
                named = {said.text for head in each.heads for said in head.documents}
                unread |= named - self.described.keys()
        self.left_out.documents |= unread
        spoilt = not places.all and any(each.code == "bad-places" for each in self.problems)
        report = self.problems.append
        return related(each_once, places.all, unread, report, places_known=not spoilt)

    def _rules(
        self,
        documents: Mapping[str, Document],
        places: PackPlaces,
    ) -> dict[str, Rule]:
        rules = dict(_known_rules(self.known, documents)) if self.known is not None else {}
        known = {folder: places.known_to(folder) for folder in self.folders.values()}
        for draft, source in (told for each in self.drafts.values() for told in each.rules):
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
        for pair in _alike(words.vocabulary):
            first, second = sorted(
                pair, key=lambda each: self.folders[words.introduced[each.slug].spot.file]
            )
            if words.introduced[second.slug].spot.file not in self.drafts:
                continue
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
            told = open_range(item) if words.introduced[slug].spot.file in self.drafts else None
            if told is not None:
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
        told: set[tuple[str | None, int | None, int | None, str]] = set()
        documents = {
            folder: frozenset(id_ for id_, at in self.described.items() if at <= folder)
            for folder in self.folders.values()
        }
        for draft, scenario, source in (
            told for each in self.drafts.values() for told in each.scenarios
        ):
            key = (draft.file, source.title.spot.line) if source is not None else None
            rule_id = rule_ids.get(key) if key is not None else None
            if source is not None and rule_id is None:
                continue  # the rule itself has a problem, which was reported
            looked = replace(draft, problems=[], unread=[])
            words = self.scopes[draft.file]
            spoken = replace(catalog, vocabulary=words)
            looked.scenario = Scenario(spoken, catalog.rules[rule_id] if rule_id else None)
            kinds = (SentenceKind.FACTS, SentenceKind.JUDGING, SentenceKind.EXPECTED)
            found: list[Problem] = []
            carry_out(looked, scenario.steps, kinds, found, self.left_out)
            for each in map(scenario.in_its_row, found):
                place = (each.file, each.line, each.column, each.code)
                if place not in told:  # what no row fills in is wrong in all of them alike
                    told.add(place)
                    self.problems.append(each)
            if rule_id is not None:
                proved.add(rule_id)
            if (lacking := proves_nothing(scenario)) is not None:
                self.problems.append(lacking)
                continue
            known = documents[self.folders[draft.file]]
            yield Proof(scenario, rule_id, draft.file, words, known)
        for rule in catalog:
            if rule.id in self.built and rule.id not in proved:
                self.problems.append(
                    rule.spot.problem(
                        "unproved",
                        say(f"规则 {rule.id} 没有一个场景", f"the rule {rule.id} has no scenario"),
                        severity=Severity.WARNING,
                        hint=say(
                            "在界线两边各写一个例子",
                            "write an example on each side of its boundary",
                        ),
                    )
                )


def _known_rules(known: Catalog, documents: Mapping[str, Document]) -> Iterable[tuple[str, Rule]]:
    """Give rules as they were before anybody looked at others; that is done again."""
    for rule in known:
        document = documents.get(rule.document.id, rule.document)
        newer = successors(document, documents)
        yield (
            rule.id,
            replace(
                rule,
                document=document,
                superseded_by=newer,
                governors=(),
                group=None,
                replaced_by=(),
            ),
        )


def tags_of(rules: Iterable[Rule]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Index rules by document and tag."""
    found: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        for tag in rule.tags:
            found.setdefault((rule.document.id, tag), []).append(rule.id)
    return {key: tuple(sorted(ids)) for key, ids in sorted(found.items())}


def governed(catalog: Catalog, conflicts: Collection[Conflict]) -> Catalog:
    """Let each rule know who is to be kept in its place, and whom it counts with.

    Args:
        catalog: The pack.
        conflicts: Where its rules meet.
    """
    above = governing(conflicts, catalog)
    rules: dict[str, Rule] = {}
    for id_, rule in catalog.rules.items():
        by, token = above.get(id_, ()), is_token(rule, catalog.vocabulary)
        same = rule.governors == by and rule.token is token
        rules[id_] = rule if same else replace(rule, governors=by, token=token)
    counted_by = groups(conflicts, replace(catalog, rules=rules))
    for id_, rule in rules.items():
        if rule.group != counted_by.get(id_):
            rules[id_] = replace(rule, group=counted_by.get(id_))
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


def _alike(vocabulary: Vocabulary) -> list[tuple[Measure, Measure]]:
    """Find pairs of measures whose names differ by so little that they may be one concept."""
    by_shape: dict[str, Measure] = {}
    pairs: list[tuple[Measure, Measure]] = []
    for measure in vocabulary.measures.values():
        shape = re.sub(r"[的之与和及数量率比例占总()（）\s]", "", measure.name)
        other = by_shape.setdefault(f"{shape}|{measure.unit}", measure)
        if other is not measure:
            pairs.append((other, measure))
    return pairs
