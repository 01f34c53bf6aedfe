"""Forms: the workbooks that schools, counties and prefectures fill in, as plain data.

``rules`` decides what a form asks for, ``reports`` writes it down. Texts are in the language that
was spoken when the form was made.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from dabiao.schemas.document import Document
from dabiao.schemas.finding import Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.measure import ItemType
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Subject


@dataclass(frozen=True, slots=True)
class NeedingRule:
    """A rule that needs an item.

    Attributes:
        rule: Its id.
        title: Its title.
        document: Title of its document.
        places: Where in the document it stands.
        condition: To whom alone it applies, in words; empty where to all.
        offices: Who answers for it.
    """

    rule: str
    title: str
    document: str
    places: tuple[str, ...]
    condition: str = ""
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is filled in.

    Attributes:
        slug: The item.
        header: What stands above it, the unit in brackets: ``教育支出（万元）``.
        topic: The group it stands in.
        type: What a cell holds.
        unit: Unit of the numbers.
        minimum: The smallest number allowed.
        maximum: The largest.
        options: What a category may say; for 是否 its two words.
        expected: What a cell should hold, in words.
        definition: 口径.
        summed: Whether the subjects below stand in for a cell that is left blank.
        clauses: The rules that need it.
        part_of: The item of which it is a part; empty where it is of none that stands above it.
        part_elsewhere: Name of the item of which it is a part, where that does not stand above it.
    """

    slug: str
    header: str
    topic: str
    type: ItemType
    unit: str
    minimum: float | None
    maximum: float | None
    options: tuple[str, ...]
    expected: str
    definition: str
    summed: bool
    clauses: tuple[NeedingRule, ...]
    part_of: str = ""
    part_elsewhere: str = ""

    @property
    def offices(self) -> tuple[str, ...]:
        """Who answers for the rules that need it, those of most rules first."""
        counted = Counter(each for clause in self.clauses for each in clause.offices)
        return tuple(office for office, _ in counted.most_common())

    @property
    def office(self) -> str:
        """Who answers for most of the rules that need it; empty where the rules name nobody."""
        return next(iter(self.offices), "")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row to be filled in: one subject in one year.

    Attributes:
        code: Code of the subject; None where whoever fills the form has to say.
        name: Its name.
        parent: Code of the subject it lies in.
        year: The year.
        wanted: Slugs of the items that are needed; the other cells stay blank.
        elsewhere: Slugs of those of others that do not apply to its kind, as far as that is known.
        values: What is known already, by slug.
        before: What was reported of the year before, by slug.
    """

    code: str | None
    name: str | None
    parent: str | None
    year: int
    wanted: frozenset[str]
    elsewhere: frozenset[str] = frozenset()
    values: Mapping[str, Scalar] = field(default_factory=dict)
    before: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The sheet of one level.

    Attributes:
        level: The level.
        fields: Its columns, those of one topic side by side.
        rows: Its rows, those of one subject one below the other.
    """

    level: Level
    fields: tuple[Field, ...]
    rows: tuple[FormRow, ...]

    @property
    def years(self) -> list[int]:
        """The years it asks for, the latest first."""
        return sorted({row.year for row in self.rows}, reverse=True)

    @property
    def clauses(self) -> set[str]:
        """Ids of the rules that need something of it."""
        return {clause.rule for field in self.fields for clause in field.clauses}


@dataclass(frozen=True, slots=True)
class Form:
    """One workbook.

    Attributes:
        area: Whoever it is for: a place, or a school.
        year: The year that is to be judged.
        documents: The documents whose rules need it.
        sheets: Its sheets, the highest level first.
        roster: Subjects that are known, where a roster was given.
        lifetimes: How long they exist, by code, as far as the roster said so.
    """

    area: Subject
    year: int
    documents: tuple[Document, ...]
    sheets: tuple[FormSheet, ...]
    roster: Sequence[Subject] = ()
    lifetimes: Mapping[str, Lifetime] = field(default_factory=dict)

    @property
    def clauses(self) -> set[str]:
        """Ids of the rules that need something of it."""
        return {rule for sheet in self.sheets for rule in sheet.clauses}

    def stands_upright(self, of: FormSheet) -> bool:
        """Tell whether a sheet is about nobody but whom the form is for."""
        return {row.code for row in of.rows} == {self.area.code}

    def clauses_of(self, document: Document) -> int:
        """Count the rules of a document that need something of it."""
        return sum(rule.rpartition("/")[0] == document.id for rule in self.clauses)
