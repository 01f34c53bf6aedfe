"""The table of findings, column by column, of one rule and year at a time.

What all findings of a rule have in common is one number for all of them; words are places among all
there are. Whoever makes a table of it, or a file, has the same columns.
"""

from collections.abc import Sequence, Sized

import numpy as np

from dabiao.reports.run.parquet.pieces import Array, SomeRows
from dabiao.schemas.columns import NO_OUTCOME, OUTCOMES, FindingColumns, FindingSource, is_repeated
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers, whole
from dabiao.schemas.level import Level

NAMES = (
    *("rule", "year", "level", "code", "outcome", "observed", "observed_text", "comparator"),
    *("low", "high", "required_text", "unit", "gap", "best", "worst"),
)
"""The columns, in their order."""
NUMBERS = frozenset(("observed", "low", "high", "gap"))
TEXTS = {"observed_text": "observed", "required_text": "low"}
"""The columns of texts, and what the numbers that stand for them are called."""
TRIED = frozenset(("best", "worst"))
"""The columns of outcomes where there may be none."""
_LEVELS = tuple(Level)
_COMPARATORS = tuple(Comparator)
_MOST, _LEAST = map(_COMPARATORS.index, (Comparator.AT_MOST, Comparator.AT_LEAST))


class FlatFindings:
    """Gives the columns of findings.

    Attributes:
        words: The words of each column of words, to which its numbers point.

    Args:
        source: The findings.
    """

    def __init__(self, source: FindingSource) -> None:
        self._source = source
        codes = [source.codes(level) for level in _LEVELS]
        self._first = dict(zip(_LEVELS, _offsets(codes), strict=True))
        rules = source.rules
        self._rule = {rule.id: at for at, rule in enumerate(rules)}
        units = sorted({rule.unit for rule in rules})
        self._unit = [units.index(rule.unit) for rule in rules]
        outcomes = [each.value for each in OUTCOMES]
        self.words: dict[str, Sequence[str]] = {
            "rule": list(self._rule),
            "level": [each.value for each in _LEVELS],
            "code": [code for some in codes for code in some],
            "outcome": outcomes,
            "comparator": [each.value for each in _COMPARATORS],
            "unit": units,
            "best": outcomes,
            "worst": outcomes,
        }

    def pieces(self, of: FindingColumns) -> dict[str, SomeRows]:
        """Give the columns but those of texts: places of words, -1 for none; numbers, or NaN."""
        rule, first = self._rule[of.rule], self._first[of.level]
        found: dict[str, SomeRows] = {
            "rule": rule,
            "year": of.year,
            "level": _LEVELS.index(of.level),
            "code": of.subject + first if first else of.subject,
            "outcome": one_for_all(of.outcome),
            "comparator": _compared(of),
            "unit": self._unit[rule],
            "best": NO_OUTCOME if of.hopes is None else of.hopes,
            "worst": NO_OUTCOME if of.fears is None else of.fears,
        }
        for name in NUMBERS:
            # By what number a text goes means nothing to anybody else.
            found[name] = np.nan if of.kind == "text" else _repeated(getattr(of, name))
        return found

    def texts(self, of: FindingColumns, name: str) -> list[str | None] | None:
        """Give a column of texts, where a rule compares texts or truth values."""
        if of.kind == "number":
            return None
        values = whole(getattr(of, TEXTS[name])).tolist()
        return [None if v != v else self._source.text(of, v) for v in values]  # noqa: PLR0124 - NaN


def _compared(of: FindingColumns) -> SomeRows:
    """Give the comparison that was made: where the best there can be is enough, by that."""
    asked = _COMPARATORS.index(of.comparator)
    if of.best is None:
        return asked
    return np.where(of.best, np.where(np.isnan(of.low), _MOST, _LEAST), asked)


def one_for_all(column: Array) -> SomeRows:
    """Give one number for all rows where all have the same."""
    if is_repeated(column) or (len(column) and (column == column[0]).all()):
        return int(column[0])
    return column


def _repeated(column: Array | FewNumbers) -> SomeRows:
    """Give one number where it was repeated for all."""
    if isinstance(column, FewNumbers):
        return column
    return float(column[0]) if is_repeated(column) else column


def _offsets(codes: Sequence[Sized]) -> list[int]:
    sizes = [len(each) for each in codes]
    return [sum(sizes[:at]) for at in range(len(sizes))]
