"""Why somebody does not exist in a year, as a record."""

from dabiao.engine.findings.naming import Names
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.reasons.existence import Existence


def existence(life: Lifetime, year: int, names: Names) -> Existence:
    """Record what a roster says of somebody, seen from a year in which they do not exist."""
    into = None if life.merged_into is None else names.coded(life.merged_into)
    return Existence(year, life.status, life.opened, life.closed, into)
