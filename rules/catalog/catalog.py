"""The catalog: everything a rule pack says, checked and ready to be judged by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from posixpath import basename, splitext

from dabiao.rules.catalog.edit_check import EditCheck
from dabiao.rules.catalog.indicator_table import DocumentTable
from dabiao.rules.catalog.norm import Compares, Norm, formulas
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.document import Document
from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.problem import FilePlace
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Baseline, NormRecord, RuleRecord, Timing
from dabiao.schemas.subject import Place


@dataclass(frozen=True, slots=True)
class Governor:
    """A rule that is to be kept in place of another, in some years."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Successor:
    """A rule that takes the place of another from a year on."""

    rule: str
    title: str
    document: str
    first: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rule with targets by year demands by one of them."""

    year: int
    norm: Compares
    target: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One commitment of a document, as its feature states it.

    Attributes:
        id: ``document/slug``.
        title: The feature's name for the rule.
        description: Free text below the title: readings chosen, remarks.
        document: The document it comes from.
        places: Where in the document it stands; several places, one commitment.
        area: Code of the place it is narrowed to, or None.
        level: Level of the subjects it is about.
        condition: What must be true of a subject for the rule to apply, or None.
        condition_text: The condition as it was written.
        norm: What is demanded.
        norm_text: The norm's sentence as it was written.
        norm_record: The norm as data.
        unit: Unit of the observed value, e.g. ``人``; ``百分点`` for a change of a measure in %.
        measure: Slug of the norm's measure where its value is simply one.
        timing: When it is demanded.
        baseline: Where its line begins, or None.
        decimals: Decimals at which it is compared, or None for exact.
        units: Who answers for it.
        contradicts: Ids of rules that say otherwise.
        governors: Who is to be kept in its place, and when; the points of a year first.
        group: Id of the rule to count by, where several state one target; its own, or another's.
        token: Whether it asks whether something is there at all, rather than how much of it.
        replaces: Ids of the rules whose place it takes, and from which year on.
        replaced_by: The rules that take its own place, the first to do so first.
        superseded_by: The document that takes the place of its own, and who takes that one's, ….
        aspiration: Whether the document only strives for it (力争).
        tags: Tags of the rule and of its feature, and its own slug, without ``@``.
        file: The feature file, as given.
        line: The line of its heading.
        tolerance: By how much the bound may be missed, in ``unit`` (百分点 where that is %).
        stages: Its targets by year, the earliest first; ``norm`` and ``timing`` are of the last.
        trial: Whether its bound was changed to see what would come of it.
        hash: That of all this but where it stands, once known; ``rule_hash`` gives it.
    """

    id: str
    title: str
    description: str
    document: Document
    places: tuple[str, ...]
    area: str | None
    level: Level
    condition: Formula | None
    condition_text: str | None
    norm: Norm
    norm_text: str
    unit: str
    measure: str | None
    timing: Timing
    baseline: Baseline | None
    decimals: int | None
    units: Units
    contradicts: tuple[str, ...]
    aspiration: bool
    tags: frozenset[str]
    file: str
    line: int
    norm_record: NormRecord
    governors: tuple[Governor, ...] = ()
    group: str | None = None
    token: bool = False
    superseded_by: tuple[Document, ...] = ()
    replaces: tuple[tuple[str, int], ...] = ()
    replaced_by: tuple[Successor, ...] = ()
    tolerance: float | None = None
    stages: tuple[Stage, ...] = ()
    trial: bool = False
    hash: str = field(default="", init=False, repr=False, compare=False)  # no copy takes it along

    @property
    def jurisdiction(self) -> str | None:
        """Code of the place whose subjects it binds, or None for every place."""
        return self.area or self.document.jurisdiction

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of its norm, the value first, then its condition where it has one."""
        return (*formulas(self.norm), *(() if self.condition is None else (self.condition,)))

    @property
    def spot(self) -> FilePlace:
        """The line of its heading, for problems with it as a whole."""
        return FilePlace(self.file, self.line, 1)

    def governor(self, year: int) -> str | None:
        """Give the id of the rule to keep to in a year, where it is another."""
        return next((each.rule for each in self.governors if each.first <= year <= each.last), None)

    def record(self) -> RuleRecord:
        """Give the rule as data."""
        newer = [(each.period.from_, each.id) for each in self.superseded_by[:1]]
        newer += [(each.first, each.rule) for each in self.replaced_by[:1]]
        since, successor = min(newer, default=(None, None))
        return RuleRecord(
            id=self.id,
            title=self.title,
            description=self.description,
            document=self.document.id,
            places=self.places,
            area=self.area,
            level=self.level,
            condition=self.condition_text,
            norm=self.norm_record,
            timing=self.timing,
            baseline=self.baseline,
            aspiration=self.aspiration,
            decimals=self.decimals,
            tolerance=self.tolerance,
            units=self.units,
            contradicts=self.contradicts,
            group=self.group,
            token=self.token,
            governed_by=self.governors[0].rule if self.governors else None,
            superseded_by=successor,
            superseded_from=since,
            tags=tuple(sorted(self.tags)),
            file=self.file,
            line=self.line,
        )


@dataclass(frozen=True, slots=True)
class Catalog:
    """A checked rule pack.

    Attributes:
        hash: SHA-256 over everything that stands here (``catalog_text``); tells two packs apart.
        checks: Relations that facts keep among themselves, by slug.
        peers: Slugs of the categories in which peers agree.
        tables: The tables of the documents, by title.
        fingerprints: What tells versions of its rules apart (``fingerprints.verdict_hash``), by id,
            where it was kept.
    """

    documents: Mapping[str, Document]
    places: Mapping[str, Place]
    vocabulary: Vocabulary
    rules: Mapping[str, Rule]
    hash: str = ""
    tagged: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(document, tag) to the ids of the rules that carry it."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Feature file to the feature's name."""
    checks: Mapping[str, EditCheck] = field(default_factory=dict)
    peers: tuple[str, ...] = ()
    tables: Mapping[str, DocumentTable] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # no copy takes it along, as its rules or formulas may be others

    def topic(self, file: str) -> Bilingual:
        """Name a feature: as it calls itself, in English by its file."""
        title = self.topics.get(file, "")
        stem = splitext(basename(file))[0].replace("-", " ").replace("_", " ").capitalize()
        return Bilingual(title, title if title.isascii() or not stem.isascii() else stem)

    def topics_of(self, rules: Iterable[str]) -> dict[str, str]:
        """Name the features of rules, by the rules' ids."""
        files = {id_: self.rules[id_].file for id_ in rules}
        named = {file: self.topic(file).text for file in {*files.values()}}
        return {id_: named[file] for id_, file in files.items()}

    def __iter__(self) -> Iterator[Rule]:
        """Go through the rules in order of id."""
        return iter(self.rules.values())
