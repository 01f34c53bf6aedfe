"""In which county a row lies, and which places are judged together."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dabiao.library.trees.scope import EVERYBODY, Tree
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

if TYPE_CHECKING:
    import polars as pl

WHOLE = (Level.COUNTY, Level.PREFECTURE, Level.REGION)
"""Whose rows lie where their own codes say."""
_TOWNSHIP = re.compile(r"\d{9}")


def _county_above(parent: str) -> str | None:
    if gbt_level(parent) is Level.COUNTY:
        return parent
    return parent[:6] if _TOWNSHIP.fullmatch(parent) else None


def homes(
    codes: "pl.Series",
    parents: "pl.Series",
    level: Level | None,
    schools: "pl.DataFrame | None" = None,
) -> "pl.Series":
    """Tell the same of many.

    Args:
        codes: Their codes, as texts.
        parents: The codes of those above them, null where nobody said.
        level: Their level; None where it is not told.
        schools: The ``code`` of each school and its ``home``; those below lie where it does.
    """
    import polars as pl

    if level in WHOLE:
        return codes
    known = parents.drop_nulls().unique().alias("code").to_frame()
    above = [_county_above(each) for each in known.get_column("code").to_list()]
    known = known.with_columns(pl.Series("above", above, pl.String))
    if schools is not None:
        known = known.join(schools, "code", how="left").with_columns(
            pl.coalesce("home", "above").alias("above")
        )
    known = known.drop_nulls("above")
    digits = codes.str.extract(r"^([0-9]{6})")
    if not len(known):
        return digits
    lies = parents.replace_strict(
        known.get_column("code"), known.get_column("above"), default=None, return_dtype=pl.String
    )
    return lies.fill_null(digits)


@dataclass(frozen=True)
class Grouping:
    """Which places' trees are one: those that share a subject cannot be judged apart.

    Attributes:
        above: The prefecture and the region of each place that rows lie in.
        joined: Each place to the first of those it is judged together with.
    """

    above: Mapping[str, tuple[str, str]]
    joined: Mapping[str, str]

    def tree(self, home: str, level: Tree) -> str | None:
        """Name the tree of a level that rows of a place belong to; None if to none."""
        if not home:
            return None
        if level is Level.COUNTY:
            if home.endswith("00"):
                return None
            return self.joined.get(home, home)
        if level is None:
            return EVERYBODY
        own = self.above[home][0 if level is Level.PREFECTURE else 1]
        if level is Level.PREFECTURE and own.endswith("0000"):
            return None
        return self.joined.get(own, own)

    def members(self, tree: str) -> frozenset[str]:
        """List the places that are judged in a tree."""
        return frozenset({tree} | {each for each, first in self.joined.items() if first == tree})


def grouped(
    found: Iterable[str],
    said: Mapping[str, str],
    places: Mapping[str, Place],
    shared: Iterable[Iterable[str]] = (),
) -> Grouping:
    """Put places below those above them, and those together that share a subject.

    Args:
        found: The places that rows lie in.
        said: What rows say about which place lies in which.
        places: The places that the rules know.
        shared: The places of each subject whose rows lie in several.
    """

    def over(code: str, digits: int) -> str:
        place = places.get(code)
        known = said.get(code) or (place.parent if place is not None else None)
        return known or code[:digits] + "0" * (6 - digits)

    above: dict[str, tuple[str, str]] = {}
    for home in found:
        if home.endswith("0000"):
            above[home] = (home, home)
            continue
        prefecture = home if home.endswith("00") else over(home, 4)
        region = prefecture if prefecture.endswith("0000") else over(prefecture, 2)
        above[home] = (prefecture, region)
    joined: dict[str, str] = {}
    for together in shared:
        counties = sorted(together)
        _join(joined, counties)
        for at in (0, 1):
            _join(joined, sorted({above[each][at] for each in counties if each in above}))
    return Grouping(above, joined)


def _join(joined: dict[str, str], places: list[str]) -> None:
    """Put places together, with all that any of them is together with already."""
    firsts = {joined.get(each, each) for each in places}
    if len(firsts) > 1:
        first = min(firsts)
        merged = {each for each, of in joined.items() if of in firsts} | firsts | {*places}
        joined.update(dict.fromkeys(merged, first))
