"""Forms of the findings of a rule, as they are found, and which of them each finding says."""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.data.algebra import Index, Numbers
from dabiao.rules.catalog.timing import figures_year
from dabiao.schemas.columns import FindingColumns, FindingForms
from dabiao.schemas.distinct import FewNumbers

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
        self.form = np.full(len(of), -1, np.int32)
        self._of = of
        self.forms: list[tuple[Any, ...]] = []
        self._rows = np.zeros(len(of), np.int32)
        self._counts = np.zeros(len(of), np.int32)
        self._numbers: list[tuple[Index | slice, Sequence[Numbers]]] = []
        self._few: FewNumbers | None = None

    def add(  # noqa: PLR0913 - what FindingForms has
        self,
        at: Index | slice,
        forms: Sequence[tuple[Any, ...]],
        which: Index,
        rows: Index | None = None,
        numbers: Sequence[Numbers] = (),
        *,
        few: FewNumbers | None = None,
    ) -> None:
        """Take forms, with which of them each of some findings says, its row and its numbers.

        Where all have one number, it may come as few different ones too.
        """
        self._few = few
        self.form[at] = which + len(self.forms)
        self.forms += forms
        self._counts[at] = len(numbers)
        if rows is not None:
            self._rows[at] = rows
        if numbers:
            self._numbers.append((at, numbers))

    def finished(self, records: Records, alike: int) -> FindingForms:
        """Put everything together."""
        of, rule = self._of, records.catalog.rules[self._of.rule]
        figures = figures_year(rule, of.year)
        subjects = cache(partial(records.builder.subjects, of.level, of.subject, figures))
        starts = np.zeros(len(self._of) + 1, np.int32)
        np.cumsum(self._counts, out=starts[1:])
        numbers = np.empty(int(starts[-1]))
        for at, columns in self._numbers:
            for place, column in enumerate(columns):
                if isinstance(at, slice):
                    numbers[place :: len(columns)] = column
                else:
                    numbers[starts[at] + place] = column
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
            numbers=numbers,
            few=self._few,
        )
