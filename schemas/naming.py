"""Names as data: in every language they have, so that a run can be told in any of them.

In memory a reason holds the name itself; in a file it holds the slug or the code, and the head of
the file holds the name once. Who reads such a file gives ``Named`` as context.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from dabiao.schemas.language import say
from dabiao.schemas.record import record


@record
class Bilingual:
    """A text in both languages: a formula, as it would be written in either."""

    zh: str
    en: str

    @property
    def text(self) -> str:
        """It in the language spoken now."""
        return say(self.zh, self.en)


@record
class MeasureName:
    """What an item or indicator is called.

    Attributes:
        slug: Its slug.
        zh: Its Chinese name.
        en: Its English name, where the vocabulary has one.
        unit: Its unit.
    """

    slug: str
    zh: str
    en: str | None = None
    unit: str = ""

    @property
    def text(self) -> str:
        """Its name in the language spoken now."""
        return say(self.zh, self.en or self.zh)


@record
class SubjectName:
    """What a subject is called among others: a class by its school too."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """The names that the head of a file gives.

    Attributes:
        measures: By slug.
        subjects: By code.
    """

    measures: Mapping[str, MeasureName] = field(default_factory=dict)
    subjects: Mapping[str, SubjectName] = field(default_factory=dict)


def names_in(info: ValidationInfo) -> Named:
    """Give the names that whoever reads a file knows."""
    return info.context if isinstance(info.context, Named) else Named()


def _measure(slug: object, info: ValidationInfo) -> MeasureName:
    if isinstance(slug, MeasureName):
        return slug
    if not isinstance(slug, str):
        raise ValueError(f"{slug!r} is no slug")  # noqa: TRY004 - what a validator raises
    return names_in(info).measures.get(slug) or MeasureName(slug, slug)


def _subject(code: object, info: ValidationInfo) -> SubjectName:
    if isinstance(code, SubjectName):
        return code
    if not isinstance(code, str):
        raise ValueError(f"{code!r} is no code")  # noqa: TRY004 - what a validator raises
    return names_in(info).subjects.get(code) or SubjectName(code, code)


MeasureRef = Annotated[
    MeasureName,
    PlainSerializer(lambda of: of.slug, return_type=str),
    PlainValidator(_measure),
    WithJsonSchema({"type": "string", "description": "Slug of one of the measures."}),
]
SubjectRef = Annotated[
    SubjectName,
    PlainSerializer(lambda of: of.code, return_type=str),
    PlainValidator(_subject),
    WithJsonSchema({"type": "string", "description": "Code of one of the subjects."}),
]
