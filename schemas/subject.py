"""Places, and the subjects that rules are about."""

from dabiao.schemas.level import Level
from dabiao.schemas.model import Model


class Place(Model):
    """A place that rule packs speak of, by its GB/T 2260 code."""

    code: str
    name: str
    level: Level
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names that documents use for it."""


class Subject(Model):
    """One region, prefecture, county, township, school or class."""

    code: str
    name: str
    level: Level
    parents: tuple[str, ...] = ()
    """Codes of all the subjects above it that are known, highest first."""
