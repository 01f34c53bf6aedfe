"""Which of the values that two findings rest on differ: those submitted, and sums of many."""

from collections.abc import Iterator, Mapping

from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.reasons.origins import (
    ByMapping,
    Concluded,
    NoRow,
    NotReported,
    OfEach,
    PrintedValue,
    Summed,
    UnusableValue,
)
from dabiao.schemas.run import Run

_TOLERANCE = 1e-9
"""Values that differ by no more than the noise of computing are the same."""
_SUBMITTED = (UnusableValue, ByMapping, NoRow, NotReported)
_Key = tuple[str, str | None, int | None]


class FigureChanges:
    """Compares the values of two runs.

    Args:
        before: The earlier run.
        after: The later one.
    """

    def __init__(self, before: Run, after: Run) -> None:
        self._files = tuple(
            {each.file: each.sha256 for each in run.facts} for run in (before, after)
        )
        old, new = (set(files.values()) for files in self._files)
        self._kept = old & new
        self.same_files = old == new

    def changed(self, before: Finding, after: Finding) -> list[Cause]:
        """Name the submitted values that differ; of a later year those that came since.

        What only one of the two rests on differs for another reason: a value that is missing is
        named by who misses it. So does a sum of those below where nobody was, or is: it was sent by
        nobody either time.
        """
        return [
            self._cause(one, other, before, after)
            for one, other in _pairs(before, after)
            if (_is_submitted(one) or _is_submitted(other))
            and not (_is_sum_of_nobody(one, other) or _is_sum_of_nobody(other, one))
            and not same(_value(one), _value(other))
            and (before.figures == after.figures or not self._is_old(other))
        ]

    def sums(self, before: Finding, after: Finding) -> list[Cause]:
        """Name what was made of many values that are not listed, and is another thing now."""
        return [
            self._cause(one, other, before, after)
            for one, other in _pairs(before, after)
            if not _is_submitted(one)
            and not _is_submitted(other)
            and not isinstance(other.origin, Concluded)
            and (isinstance(other.origin, OfEach | Summed) or not same(one.value, other.value))
        ]

    def _cause(self, one: Input, other: Input, before: Finding, after: Finding) -> Cause:
        was, now = _value(one), _value(other)
        same_year = before.figures == after.figures
        read = same_year and self._is_unmoved(one, 0) and self._is_unmoved(other, 1)
        return Cause(
            kind=CauseKind.READING if read else CauseKind.FACTS,
            measure=other.measure,
            name=other.name,
            subject=other.subject,
            year=other.year if one.year == other.year else None,
            before=was,
            after=now,
            source=one.source if other.source is None else other.source,
        )

    def _is_unmoved(self, of: Input, run: int) -> bool:
        """Tell whether all files that a value comes from are in both runs, or all files are."""
        sources = of.sources or (() if of.source is None else (of.source,))
        digests = [self._files[run].get(each.file) for each in sources]
        if not digests or None in digests:
            return self.same_files
        return all(each in self._kept for each in digests)

    def _is_old(self, of: Input) -> bool:
        """Tell whether a value was there in the earlier run already, as that of a later year."""
        return self._is_unmoved(of, 1)


def _pairs(before: Finding, after: Finding) -> Iterator[tuple[Input, Input]]:
    """Pair what both rest on: of the same year, else each with that so many years later."""
    old, shifted = _keyed(before, 0), _keyed(before, after.figures - before.figures)
    for key, other in _keyed(after, 0).items():
        one = shifted.get(key) or old.get(key)
        if one is not None:
            yield one, other


def _keyed(finding: Finding, shift: int) -> Mapping[_Key, Input]:
    return {
        (
            each.measure or each.of.zh,
            each.subject,
            None if each.year is None else each.year + shift,
        ): each
        for each in finding.inputs
        if not isinstance(each.origin, PrintedValue)
    }


def _is_submitted(of: Input) -> bool:
    return of.origin is None or isinstance(of.origin, _SUBMITTED)


def _is_sum_of_nobody(one: Input, other: Input) -> bool:
    """Tell whether nothing was sent of a value that is a sum in the other run."""
    return isinstance(one.origin, NoRow | NotReported) and isinstance(other.origin, Summed)


def _value(of: Input) -> Scalar:
    """Give a value; where it cannot be used, what was wrong with it."""
    return of.origin.problem if isinstance(of.origin, UnusableValue) else of.value


def same(one: Scalar, other: Scalar) -> bool:
    """Tell whether two values are one, up to the noise of computing."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _TOLERANCE * max(1.0, abs(one), abs(other))
    return one == other
