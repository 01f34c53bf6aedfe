"""Names as data: in every language they have, so that a run can be told in any of them.

In memory a reason holds the name itself; in a file it holds the slug or the code, and the head of
the file holds the name once. Who reads such a file gives ``FileNames`` as context.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

from dabiao.schemas.border import Reference
from dabiao.schemas.language import say
from dabiao.schemas.record import record

if TYPE_CHECKING:
    from pydantic import ValidationInfo


@record
class Bilingual:
    """A text in both languages: a formula, as it would be written in either.

    Attributes:
        zh: In Chinese.
        en: In English.
    """

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
        formula: How an indicator is computed; where it is of nothing but the subject's own values
            of the year, ``{slug}`` stands for each of them, else it is in words.
    """

    slug: str
    zh: str
    en: str | None = None
    unit: str = ""
    formula: Bilingual | None = None

    @property
    def text(self) -> str:
        """Its name in the language spoken now."""
        return say(self.zh, self.en or self.zh)


@record
class SubjectName:
    """What a subject is called among others: a class by its school too."""

    code: str
    name: str


FileNames = dict[str, Mapping[Any, Any]]
"""What the head of a file names, by kind: ``measures`` and ``rules``, ``subjects``, …."""


def named(info: "ValidationInfo", kind: str) -> Mapping[Any, Any]:
    """Give what the head of the file that is read names of one kind."""
    names: FileNames = info.context if isinstance(info.context, dict) else {}
    return names.get(kind, {})


def among(info: "ValidationInfo", kind: str, value: object) -> object:
    """Find what a name means among what the head names; None where it is none, or no name."""
    return named(info, kind).get(value) if isinstance(value, str) else None


def _measure(value: object, info: "ValidationInfo") -> MeasureName:
    match value:
        case MeasureName():
            return value
        case str():
            found: MeasureName | None = named(info, "measures").get(value)
            return found or MeasureName(value, value)
        case {"zh": str(zh), "en": str(en), "unit": str(unit), **rest} if not rest:
            return MeasureName("", zh, en, unit)
        case _:
            raise ValueError(f"{value!r} is no measure")


def _slug(of: MeasureName) -> str | dict[str, str]:
    """Write a measure by its slug; a formula has none and is written out."""
    return of.slug or {"zh": of.zh, "en": of.en or of.zh, "unit": of.unit}


def _subject(value: object, info: "ValidationInfo") -> SubjectName:
    if isinstance(value, SubjectName):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no code")  # noqa: TRY004 - what a validator raises
    found: SubjectName | None = named(info, "subjects").get(value)
    return found or SubjectName(value, value)


_MEASURE = {
    "description": "Slug of one of the measures, id of a rule, or a formula written out.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {key: {"type": "string"} for key in ("zh", "en", "unit")},
            "required": ["zh", "en", "unit"],
            "additionalProperties": False,
        },
    ],
}
MeasureRef = Annotated[MeasureName, Reference(_slug, _measure, _MEASURE)]
SubjectRef = Annotated[
    SubjectName,
    Reference(
        attrgetter("code"),
        _subject,
        {"type": "string", "description": "Code of one of the subjects."},
    ),
]
