"""Plans and notices: where commitments come from."""

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import Annotated

from dabiao.schemas.border import AtBorder, matching, within
from dabiao.schemas.level import Level
from dabiao.schemas.record import called, named_record

DocumentId = Annotated[str, matching(r"^[a-z0-9][a-z0-9-]*$")]


@named_record
class Period:
    """The years a document speaks for, both included; no end means until superseded.

    Attributes:
        from_: The first year.
        to: The last year.
    """

    from_: Annotated[int, within(1949, 2200)] = field(metadata=called("from"))
    to: Annotated[int, within(1949, 2200)] | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins.

        Raises:
            ValueError: It does.
        """
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"period ends in {self.to}, before it begins in {self.from_}")

    def __contains__(self, year: int) -> bool:
        """Tell whether the document speaks for this year."""
        return self.from_ <= year and (self.to is None or year <= self.to)


DueDay = Annotated[str, matching(r"^(next )?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
"""A day of the year that a form is about, or of the next: ``10-31``, ``next 01-15``."""
_OTHERS = "others"


@named_record
class FormDue:
    """By which day of every year the form of a level is due.

    Attributes:
        level: The level, in either language; ``others`` for the rest.
        day: The day.
    """

    level: str
    day: DueDay

    def __post_init__(self) -> None:
        """Refuse a level or a day that there is not.

        Raises:
            ValueError: There is no such level or day.
        """
        if self.level != _OTHERS and Level.named(self.level) is None:
            raise ValueError(f"due: {self.level}")
        _day(2023, self.day)


@named_record
class Document:
    """A plan or notice, as its ``document.yaml`` describes it."""

    id: DocumentId
    """Its id."""
    title: Annotated[str, AtBorder(lambda pydantic: [pydantic.Field(min_length=1)])]
    """Its title."""
    number: str | None = None
    """Reference number (文号)."""
    issuer: str | None = None
    """Who issued it."""
    issued: datetime.date | None = None
    """When."""
    jurisdiction: str | None = None
    """Code of the place whose subjects it binds; none means every place."""
    period: Period
    """The years it speaks for."""
    under: tuple[DocumentId, ...] = ()
    """Documents above this one, which it carries out."""
    supersedes: tuple[DocumentId, ...] = ()
    """Documents that it takes the place of."""
    due: Annotated[
        tuple[FormDue, ...], AtBorder(lambda pydantic: [pydantic.BeforeValidator(_by_level)])
    ] = ()
    """When forms are due; in ``document.yaml`` level to day."""
    on_request: bool = False
    """Whether facts are judged by it only where it is named: a standard to be measured by, such as
    one for a recognition that a county applies for, binds nobody who does not ask for it."""

    def due_dates(self, year: int) -> Mapping[Level | None, datetime.date]:
        """Give the day by which the form of each level is due about a year; None for all others."""
        return {Level.named(each.level): _day(year, each.day) for each in self.due}


def _by_level(given: object) -> object:
    """Give the days of forms as records, where they are written level to day."""
    if isinstance(given, Mapping):
        return tuple({"level": level, "day": day} for level, day in given.items())
    return tuple(given) if isinstance(given, list) else given


def _day(year: int, said: str) -> datetime.date:
    """Give a day of a year; 29 February is the 28th where there is none."""
    month, day = map(int, said[-5:].split("-"))
    of = year + said.startswith("next")
    if (month, day) == (2, 29) and not calendar.isleap(of):
        day = 28
    return datetime.date(of, month, day)


@named_record
class Citation:
    """Where a commitment stands."""

    document: str
    title: str
    places: tuple[str, ...]


@named_record
class Units:
    """Who answers for it (牵头单位, 责任单位).

    Attributes:
        lead: Units that lead (牵头单位).
        responsible: Units that take part (责任单位).
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.lead, *self.responsible)))
