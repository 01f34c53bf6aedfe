"""Plans and notices: where commitments come from."""

import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from dabiao.schemas.model import Model

DocumentId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Period(Model):
    """The years a document speaks for, both included; no end means until superseded.

    Attributes:
        from_: The first year.
        to: The last year.
    """

    from_: Annotated[int, Field(alias="from", ge=1949, le=2200)]
    to: Annotated[int, Field(ge=1949, le=2200)] | None = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"period ends in {self.to}, before it begins in {self.from_}")
        return self

    def __contains__(self, year: int) -> bool:
        """Tell whether the document speaks for this year."""
        return self.from_ <= year and (self.to is None or year <= self.to)


class Document(Model):
    """A plan or notice, as its ``document.yaml`` describes it."""

    id: DocumentId
    """Its id."""
    title: Annotated[str, Field(min_length=1)]
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
    on_request: bool = False
    """Whether facts are judged by it only where it is named: a standard to be measured by, such as
    one for a recognition that a county applies for, binds nobody who does not ask for it."""


class Citation(Model):
    """Where a commitment stands."""

    document: str
    title: str
    places: tuple[str, ...]


class Units(Model):
    """Who answers for it (牵头单位, 责任单位).

    Attributes:
        lead: Units that lead (牵头单位).
        responsible: Units that take part (责任单位).
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
