"""Findings: what was concluded, why, from which cells, and what would mend it."""

from typing import Annotated

from pydantic import Field

from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.subject import Subject

Scalar = float | int | str | bool | None


class Required(Model):
    """The bound of a norm for one subject and year.

    ``value`` is the bound (the lower one for ``between``), ``upper`` the upper bound of
    ``between``. Both are empty where the bound itself could not be computed.
    """

    comparator: Comparator
    value: Scalar = None
    upper: Scalar = None


class Source(Model):
    """The place a value was read from: a file, or the document that prints it.

    A document stands by its title for the file. ``cell`` is a cell (``F12``), several of them
    (``F4:F20``, ``G5+H5``), or empty where there is no single one.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None


class Input(Model):
    """One value that a judgement rests on.

    Attributes:
        measure: Slug of the item or indicator.
        name: Its name.
        value: What it was; None where missing.
        unit: Its unit.
        subject: Code of the subject it belongs to, where that is not the finding's own.
        year: Year it belongs to.
        source: The cell it was read from, the empty cell it should stand in, or the document that
            prints it; None for computed values and where there is no such cell.
        parts: How many subjects below it was summed or counted over.
        sources: Where the values of these subjects stand, if they are too many to be inputs of
            their own: the first stretches of cells, which ``reason`` counts.
        reason: Why it is missing, or how it came about (a sum, a baseline of the document).
    """

    measure: str
    name: str
    value: Scalar
    unit: str = ""
    subject: str | None = None
    year: int | None = None
    source: Source | None = None
    parts: Annotated[int, Field(ge=0)] | None = None
    sources: tuple[Source, ...] = ()
    reason: str | None = None


class Citation(Model):
    """Where the commitment stands."""

    document: str
    title: str
    places: tuple[str, ...]


class Units(Model):
    """Who answers for it (牵头单位, 责任单位)."""

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()


class Finding(Model):
    """One rule, one subject, one year: the outcome and everything it rests on."""

    rule: str
    title: str
    subject: Subject
    year: int
    outcome: Outcome
    observed: Scalar = None
    required: Required
    unit: str = ""
    gap: float | None = None
    """How far from the bound, in ``unit``; only where the norm does not hold."""
    remedy: tuple[str, ...] = ()
    """Smallest changes that would comply; any one of them is enough."""
    inputs: tuple[Input, ...] = ()
    citation: Citation
    units: Units
    aspiration: bool = False
    contradicts: tuple[str, ...] = ()
    governed_by: str | None = None
    """Id of the strictest rule on the same measure, where there is a stricter one."""
    best: Outcome | None = None
    """For an undecided roll-up: the outcome if everything missing came in well."""
    worst: Outcome | None = None
    """For an undecided roll-up: the outcome if everything missing came in badly."""
    reason: str


__all__ = [
    "Citation",
    "Comparator",
    "Finding",
    "Input",
    "Level",
    "Required",
    "Scalar",
    "Source",
    "Units",
]
