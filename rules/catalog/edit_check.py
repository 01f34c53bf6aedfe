"""Edit checks: relations that the facts of one subject and year keep among themselves."""

from dabiao.rules.formulas.formula import Formula
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class EditCheck:
    """One relation between measures (核对关系): where it does not hold, somebody should look.

    Attributes:
        name: What it is called, as written.
        slug: Its id in the pack.
        english: English name, where the table gives one.
        levels: Levels whose subjects it speaks of, highest first.
        relation: What holds in a sound submission.
        condition: What must be true of a subject for it to be looked at, or None.
        unusual: Whether breaking it is only rare (少见) and not impossible (不可能).
        definition: Why it holds, in words.
        file: The feature it stands in.
        line: Its line.
    """

    name: str
    slug: str
    english: str | None
    levels: tuple[Level, ...]
    relation: Formula
    condition: Formula | None
    unusual: bool
    definition: str
    file: str
    line: int

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(self.name, self.english or self.name)
