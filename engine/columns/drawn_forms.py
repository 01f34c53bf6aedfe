"""Forms of the findings of a rule, as they are found, and which of them each finding says.

Mostly all of some findings say one: then nothing is held for each of them but its numbers.
"""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from dabiao.engine.columns.records import Records
from dabiao.engine.data.algebra import Index, Numbers
from dabiao.rules.catalog.timing import figures_year
from dabiao.schemas.columns import FindingColumns, FindingForms, is_repeated, repeated
from dabiao.schemas.distinct import FewNumbers, whole

EVERY = slice(None)
"""All of some findings, which is quicker than to say of each that it is one of them."""


class DrawnForms:
    """The forms found so far.

    Attributes:
        form: Which of them each finding says; -1 where that is not known yet.
        forms: What they say.

    Args:
        of: The findings.
    """

    def __init__(self, of: FindingColumns) -> None:
        self._of = of
        self.forms: list[tuple[Any, ...]] = []
        self.form = self._of_all(-1)
        self._rows = self._counts = self._of_all(0)
        self._numbers: list[tuple[Index | slice, Sequence[Numbers | FewNumbers]]] = []

    def _of_all(self, of: Index | int) -> npt.NDArray[np.int32]:
        """Give what is the same for all, or one for each."""
        every = np.asarray(of, np.int32)
        if every.size == 1:
            return repeated(every.item(), len(self._of), np.int32)
        return np.broadcast_to(every, len(self._of))  # so that nobody writes to it

    @property
    def left(self) -> Index:
        """The places of the findings whose form is not known yet."""
        if is_repeated(self.form) and self.form[0] >= 0:
            return np.zeros(0, np.intp)
        return np.flatnonzero(self.form < 0)

    def add(
        self,
        at: Index | slice,
        forms: Sequence[tuple[Any, ...]],
        which: Index,
        rows: Index | None = None,
        numbers: Sequence[Numbers | FewNumbers] = (),
    ) -> None:
        """Take forms, with which of them each of some findings says, its row and its numbers."""
        which = (which + len(self.forms)).astype(np.int32, copy=False)
        self.forms += forms
        if isinstance(at, slice):
            self.form, self._counts = self._of_all(which), self._of_all(len(numbers))
            self._rows = self._of_all(0 if rows is None else rows)
        else:
            if not self.form.flags.writeable:
                self.form, self._counts = self.form.copy(), self._counts.copy()
                self._rows = self._rows.copy()
            self.form[at], self._counts[at] = which, len(numbers)
            self._rows[at] = 0 if rows is None else rows
        if numbers:
            self._numbers.append((at, numbers))

    def finished(self, records: Records, alike: int) -> FindingForms:
        """Put everything together."""
        of, rule = self._of, records.catalog.rules[self._of.rule]
        figures = figures_year(rule, of.year)
        subjects = cache(partial(records.builder.subjects, of.level, of.subject, figures))
        starts = _starts(self._counts)
        return FindingForms(
            columns=of,
            by=records.builder.names.rule(records.planner.plan(rule, of.year).rule),
            subjects=subjects,
            figures=figures,
            forms=self.forms,
            alike=alike,
            form=self.form,
            rows=self._rows,
            starts=starts,
            numbers=self._own(starts),
        )

    def _own(self, starts: Index) -> Numbers | FewNumbers:
        """Put the numbers behind one another."""
        if len(self._numbers) == 1:
            ((of, columns),) = self._numbers
            if isinstance(of, slice) and len(columns) == 1:
                return columns[0]
        numbers = np.empty(int(starts[-1]))
        for at, columns in self._numbers:
            for place, column in enumerate(columns):
                if isinstance(at, slice):
                    numbers[place :: len(columns)] = whole(column)
                else:
                    numbers[starts[at] + place] = whole(column)
        return numbers


def _starts(counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Tell where the numbers of each begin, and where those of the last end."""
    if is_repeated(counts) and (each := int(counts[0])):
        return np.arange(0, (len(counts) + 1) * each, each, dtype=np.int32)
    starts = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=starts[1:])
    return starts
