"""One code given to several subjects: rows of a year with one code and several names.

Where the roster, or the rows of other years, give the code to one of the names and another code to
the other name, the row with the other name has its code wrong: it is set aside, told once, at its
code, with the code that it should have. Where nothing decides, the rows stay, and are told once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

import numpy as np

from dabiao.intake.facts.rows import At, Batch, RowLog, without
from dabiao.intake.names import plain
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_Called = tuple[str, str | None]
"""A name, and of a class what it lies in."""
CodeOfYear = tuple[Level, str, int]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A row: where it stands among the batches, where in its table, and what it calls itself.

    Attributes:
        parent: Of a class, what it lies in; classes are called alike in every school.
    """

    batch: int
    row: int
    at: At
    name: str | None
    parent: str | None
    year: int | None

    @property
    def called(self) -> str:
        """What people call it."""
        inside = say(f"（{self.parent}）", f" ({self.parent})") if self.parent else ""
        return (self.name or "") + inside


@dataclass
class _Evidence:
    """Which codes are known to be whose, from the roster and from rows that nobody doubts."""

    listed: dict[_Called, set[str]] = field(default_factory=dict)
    reported: dict[_Called, set[str]] = field(default_factory=dict)

    def add(self, called: _Called, code: str, *, listed: bool) -> None:
        """Take down that a subject called so has a code."""
        (self.listed if listed else self.reported).setdefault(called, set()).add(code)

    def codes(self, row: _Spot) -> set[str]:
        """Give the codes of a name; what the roster says goes before what rows say."""
        if row.name is None:
            return set()
        called = plain(row.name), row.parent
        return self.listed.get(called) or self.reported.get(called, set())

    def is_listed(self, row: _Spot) -> bool:
        """Tell whether the roster has a name."""
        return (plain(row.name or ""), row.parent) in self.listed


def settle_shared_codes(
    batches: Sequence[Batch], log: RowLog
) -> tuple[list[Batch], set[CodeOfYear]]:
    """Set rows aside whose code is known to be another's.

    Args:
        batches: Rows by table, in order of the tables.
        log: Takes down which rows share a code.

    Returns:
        The batches without those rows, and of whom several names are told of in a year.
    """
    suspects = _suspects(batches)
    if not suspects:
        return list(batches), set()
    groups = _groups(_spots(batches, suspects))
    if not groups:
        return list(batches), set()
    evidence = _evidence(batches, groups)
    aside: dict[int, set[int]] = {}
    open_: set[CodeOfYear] = set()
    for (level, code, year), rows in groups.items():
        wrong = _wrong(rows, code, evidence[level])
        for row in wrong:
            right = min((each for each in rows if each not in wrong), key=lambda r: r.year is None)
            aside.setdefault(row.batch, set()).add(row.row)
            _tell_wrong(code, row, right, evidence[level], log)
        own = [row for row in rows if row.year is not None]
        if not wrong and _differ(own) and _disagree(own, batches):
            open_.add((level, code, year))
            _tell_open(code, year, own, log)
    return [
        without(batch, aside[at]) if at in aside else batch for at, batch in enumerate(batches)
    ], open_


def settle_places(
    batches: Sequence[Batch],
    places: Mapping[str, Place],
    log: RowLog,
) -> list[Batch]:
    """Set rows aside that have the code of one place and the name of another of its level."""
    if not places:
        return list(batches)
    named: dict[tuple[Level, str], list[str]] = {}
    for each in places.values():
        named.setdefault((each.level, plain(each.name)), []).append(each.code)
    kept: list[Batch] = []
    for index, batch in enumerate(batches):
        rows: set[int] = set()
        none = batch.years is None or places.keys().isdisjoint(batch.codes)
        for row, code in () if none else enumerate(batch.codes):
            place, name = places.get(code), batch.names[row]
            if place is None or name is None or place.level is not batch.level:
                continue
            known = named.get((batch.level, plain(name)), [])
            if len(known) == 1 and code not in known:
                rows.add(row)
                at = batch.where(row)
                spot = _Spot(index, row, at, name, None, batch.year(row))
                _tell_place(place, spot, known[0], log)
        kept.append(without(batch, rows) if rows else batch)
    return kept


def _tell_place(place: Place, row: _Spot, own: str, log: RowLog) -> None:
    whose = say(f"“{place.name}”", f'"{place.name}"')
    hint = say(
        f"“{row.called}”的代码是 {own}；改为它，或更正名称",
        f'the code of "{row.called}" is {own}: use that, or mend the name',
    )
    _tell_anothers(place.code, whose, row, hint, log)


def _tell_anothers(code: str, whose: str, row: _Spot, hint: str, log: RowLog) -> None:
    """Tell of a row that has the code of another."""
    log.tell(
        row.at,
        "code-of-another",
        say(
            f"代码 {code} 是{whose}的；“{row.called}”的这一行未读取",
            f'the code {code} is that of {whose}; this row, of "{row.called}", is not read',
        ),
        hint,
        subject=code,
        severity=Severity.ERROR,
        year=row.year,
        fixed="code",
        found=code,
    )


def _groups(spots: Mapping[tuple[Level, str], Sequence[_Spot]]) -> dict[CodeOfYear, list[_Spot]]:
    """Put together the rows of one code in one year, and of the roster, that differ in name.

    Classes are called by their grade, which is another one every year, so that a roster of one year
    says nothing of a row of another.
    """
    found: dict[CodeOfYear, list[_Spot]] = {}
    for (level, code), rows in spots.items():
        for year in dict.fromkeys(row.year for row in rows if row.year is not None):
            wanted = (year,) if level is Level.CLASS else (None, year)
            group = [row for row in rows if row.year in wanted]
            if _differ(group):
                found[level, code, year] = group
    return found


def _differ(rows: Sequence[_Spot]) -> bool:
    names = {plain(row.name) for row in rows if row.name is not None}
    return len(names) > 1 or len({row.parent for row in rows if row.parent is not None}) > 1


def _disagree(rows: Sequence[_Spot], batches: Sequence[Batch]) -> bool:
    """Tell whether rows give different values of one item; names alone are told elsewhere."""
    said: dict[str, float | str] = {}
    for row in rows:
        for slug, column in batches[row.batch].columns.items():
            value = column.at(row.row)
            if np.isnan(value) and row.row not in column.unusable:
                continue
            shown = column.labels[int(value)] if column.labels and not np.isnan(value) else value
            if said.setdefault(slug, shown) != shown:
                return True
    return False


def _suspects(batches: Iterable[Batch]) -> set[tuple[Level, str]]:
    """Find the codes that rows give to several names, or to classes of several schools."""
    batches = list(batches)
    found: set[tuple[Level, str]] = set()
    names: dict[Level, dict[str, str]] = {}
    schools: dict[str, str] = {}
    tables = Counter(batch.level for batch in batches)
    for batch in batches:
        if batch.is_each_once and tables[batch.level] == 1:
            continue
        known = names.setdefault(batch.level, {})
        for code, name in zip(batch.codes, batch.names, strict=True):
            if name is not None and known.setdefault(code, name) != name:
                found.add((batch.level, code))
        for code, school in zip(batch.codes, batch.parents, strict=True):
            if batch.level is not Level.CLASS:
                break
            if school is not None and schools.setdefault(code, school) != school:
                found.add((batch.level, code))
    return found


def _spots(
    batches: Sequence[Batch], suspects: set[tuple[Level, str]]
) -> dict[tuple[Level, str], list[_Spot]]:
    found: dict[tuple[Level, str], list[_Spot]] = {}
    for index, batch in enumerate(batches):
        for row, code in enumerate(batch.codes):
            if (batch.level, code) in suspects:
                at = batch.where(row)
                spot = _Spot(index, row, at, batch.names[row], _parent(batch, row), batch.year(row))
                found.setdefault((batch.level, code), []).append(spot)
    return found


def _parent(batch: Batch, row: int) -> str | None:
    return batch.parents[row] if batch.level is Level.CLASS else None


def _evidence(
    batches: Sequence[Batch], groups: Mapping[CodeOfYear, Sequence[_Spot]]
) -> dict[Level, _Evidence]:
    """Take down who has which code, leaving out the rows that are in doubt."""
    doubted = {
        (row.batch, row.row) for rows in groups.values() for row in rows if row.year is not None
    }
    asked = {plain(row.name) for rows in groups.values() for row in rows if row.name is not None}
    found = {level: _Evidence() for level, _, _ in groups}
    for index, batch in enumerate(batches):
        of = found.get(batch.level)
        if of is None:
            continue
        for row, (code, name) in enumerate(zip(batch.codes, batch.names, strict=True)):
            listed = batch.years is None
            told = listed or batch.level is not Level.CLASS
            if name is not None and told and (index, row) not in doubted and plain(name) in asked:
                of.add((plain(name), _parent(batch, row)), code, listed=listed)
    return found


def _wrong(rows: Sequence[_Spot], code: str, evidence: _Evidence) -> list[_Spot]:
    """Give the rows whose names are known under one other code, if the others have this one."""
    wrong = [
        row
        for row in rows
        if row.year is not None and code not in (known := evidence.codes(row)) and len(known) == 1
    ]
    right = [row for row in rows if row not in wrong]
    return wrong if right and all(code in evidence.codes(row) for row in right) else []


def _tell_wrong(code: str, row: _Spot, right: _Spot, evidence: _Evidence, log: RowLog) -> None:
    (own,) = evidence.codes(row)
    name = row.called
    there = log.places_of([right.at, row.at])[0]
    told = (
        say(f"名录中“{name}”的代码是 {own}", f'the roster gives "{name}" the code {own}')
        if evidence.is_listed(row)
        else say(f"其他年份“{name}”的代码是 {own}", f'in other years the code of "{name}" is {own}')
    )
    whose = say(f"{there}“{right.called}”", f'"{right.called}" ({there})')
    hint = say(f"{told}；改为它", f"{told}: use that")
    _tell_anothers(code, whose, row, hint, log)


def _tell_open(code: str, year: int, rows: Sequence[_Spot], log: RowLog) -> None:
    told = dict(zip(rows, log.places_of([row.at for row in rows]), strict=True))
    zh = "、".join(f"“{row.called}”（{place}）" for row, place in told.items())
    en = ", ".join(f'"{row.called}" ({place})' for row, place in told.items())
    last = rows[-1]
    log.tell(
        last.at,
        "code-of-another",
        say(
            f"{year}年有几行用了同一个代码 {code}，名称不同：{zh}；各行不一致的数据都没有使用",
            f"several rows of {year} have the code {code} and different names: {en}; what they"
            " do not agree on is not used",
        ),
        say("查明代码是谁的，更正其余各行的代码", "see whose code it is, and mend the others"),
        subject=code,
        severity=Severity.ERROR,
        year=year,
        fixed="code",
        found=code,
        also=[row.at for row in rows[:-1]],
    )
