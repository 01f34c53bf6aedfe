"""What is known of the subjects of a level, by code.

Mostly one table has a row of each, in order of code, and nothing else speaks of them. Then its
columns say all there is, and a ``Kin`` is made only of whom somebody asks about.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from dabiao.intake.facts.rows import At, Batch
from dabiao.schemas.facts import Standing
from dabiao.schemas.record import dataclass


@dataclass(slots=True)
class Kin:
    """What is known of one subject.

    Attributes:
        name: The first name given to it.
        parent: The first parent given to it.
        standing: How it is known.
        seen: Table and row of its first mention.
        named: Table and row that gave its name.
        placed: Table and row that gave its parent.
        differing: Table and row that gave another.
        listed: The parent that the roster gives.
        moves: The parents of each year that rows give one of, where they are not all the same; None
            for whoever never moved, as hardly anybody did.
        differs: Whether it was told that rows give it several names, which is told once.
    """

    name: str | None
    parent: str | None
    standing: Standing
    seen: At
    named: At | None = None
    placed: At | None = None
    differing: At | None = None
    listed: str | None = None
    moves: Mapping[int, str | None] | None = None
    differs: bool = False

    def lies_in(self, parent: str, here: At, *, listed: bool) -> None:
        """Take down a parent that a row gives, of a roster or of facts."""
        if listed and self.listed is None:
            self.listed = parent
        if self.placed is None:
            self.parent, self.placed = parent, here
        elif parent != self.parent and self.differing is None:
            self.differing = here


class KinColumns(NamedTuple):
    """What is known of the subjects of a level, beside each other."""

    codes: list[str]
    names: list[str | None]
    parents: list[str | None]
    standings: list[Standing]


class Kindred(Mapping[str, Kin]):
    """The subjects of a level, by code, in the order in which they were met.

    Attributes:
        made: Those of whom a ``Kin`` was made: all who are changed in any way, and who was asked
            about.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self.made: dict[str, Kin] = {}
        self._rows: Batch | None = None
        """The rows that say all of the others."""

    def begin(self, batch: Batch) -> None:
        """Take down the first subjects, which have one row each."""
        if batch.is_ascending:
            self._rows = batch
        else:
            self.made = dict(_each(batch))

    def open(self) -> dict[str, Kin]:
        """Give all of them to be changed."""
        if self._rows is not None:
            self.made = {**dict(_each(self._rows)), **self.made}
            self._rows = None
        return self.made

    def __getitem__(self, code: str) -> Kin:
        """Give what is known of one of them."""
        found = self.made.get(code)
        if found is None:
            at = self._place(code)
            if at is None or self._rows is None:
                raise KeyError(code)
            found = self.made[code] = next(_kin(self._rows, slice(at, at + 1)))
        return found

    def __setitem__(self, code: str, known: Kin) -> None:
        """Take down another one."""
        self.open()[code] = known

    def __contains__(self, code: object) -> bool:
        """Tell whether a code is one of theirs."""
        return code in self.made or (isinstance(code, str) and self._place(code) is not None)

    def __iter__(self) -> Iterator[str]:
        """Go through their codes."""
        return iter(self.made if self._rows is None else self._rows.codes)

    def __len__(self) -> int:
        """Count them."""
        return len(self.made if self._rows is None else self._rows.codes)

    def shared_with(self, codes: Mapping[str, object]) -> list[str]:
        """List their codes that stand elsewhere as well, ascending."""
        if not self or not codes:
            return []
        few, many = sorted((self, codes), key=len)
        return sorted(code for code in few if code in many)

    @property
    def columns(self) -> KinColumns:
        """What is known of them, as it is now."""
        rows, made = self._rows, self.made
        if rows is None:
            known = made.values()
            return KinColumns(
                list(made),
                [each.name for each in known],
                [each.parent for each in known],
                [each.standing for each in known],
            )
        found = [*rows.names], [*rows.parents], [_standing(rows)] * len(rows.codes)
        for code, each in made.items():
            at = bisect_left(rows.codes, code)
            found[0][at], found[1][at], found[2][at] = each.name, each.parent, each.standing
        return KinColumns(rows.codes, *found)

    @property
    def in_order(self) -> KinColumns:
        """The same in order of code."""
        codes, names, parents, standings = self.columns
        if self._rows is not None:
            return KinColumns(codes, names, parents, standings)
        order = sorted(range(len(codes)), key=codes.__getitem__)
        return KinColumns(
            [codes[at] for at in order],
            [names[at] for at in order],
            [parents[at] for at in order],
            [standings[at] for at in order],
        )

    def _place(self, code: str) -> int | None:
        codes: Sequence[str] = () if self._rows is None else self._rows.codes
        at = bisect_left(codes, code)
        return at if at < len(codes) and codes[at] == code else None


def _each(batch: Batch) -> Iterable[tuple[str, Kin]]:
    return zip(batch.codes, _kin(batch, slice(None)), strict=True)


def _kin(batch: Batch, rows: slice) -> Iterator[Kin]:
    """Tell of subjects what their rows say, of whom nothing else is known."""
    standing = _standing(batch)
    names, parents = batch.names[rows], batch.parents[rows]
    seen: list[At] = list(zip(repeat(batch.origin), batch.numbers[rows].tolist()))
    named, placed = _where(names, seen), _where(parents, seen)
    listed = parents if standing is Standing.ROSTER else repeat(None)
    return map(Kin, names, parents, repeat(standing), seen, named, placed, repeat(None), listed)


def _standing(batch: Batch) -> Standing:
    return Standing.REPORTED if batch.years is not None else Standing.ROSTER


def _where(texts: Sequence[str | None], seen: Sequence[At]) -> Sequence[At | None]:
    """Give the rows that say something."""
    if None not in texts:
        return seen
    return [at if text is not None else None for text, at in zip(texts, seen, strict=True)]
