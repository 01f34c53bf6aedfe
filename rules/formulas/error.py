"""Faults: what is wrong with a formula, and at which characters of it."""

from collections.abc import Iterable

from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class FormulaFault:
    """One thing that is wrong with a formula.

    Attributes:
        offset: Where it begins, in characters of the formula as written, from 0.
        length: How many characters it is about; 0 at the end of a formula that breaks off.
        code: A stable slug of the kind of fault, e.g. ``unknown-name``.
        message: What is wrong, in one clause.
        hint: What to do, where something can be said.
    """

    offset: int
    length: int
    code: str
    message: str
    hint: str | None = None


class FormulaError(Exception):
    """A formula that cannot be used; carries every fault found in it, in order of place."""

    def __init__(self, faults: Iterable[FormulaFault]) -> None:
        """Carry the faults, of which there is at least one."""
        self.faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.offset, fault.code))
        super().__init__("; ".join(fault.message for fault in self.faults))
