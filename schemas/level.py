"""The administrative ladder: every subject stands on one of six levels."""

from enum import StrEnum

from dabiao.schemas.language import say


class Level(StrEnum):
    """A rung of the ladder from the region down to the class, highest first.

    The set is closed. Kindergartens and colleges are schools; the smallest subject is a class,
    because people are counted and never listed.
    """

    REGION = "region"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    SCHOOL = "school"
    CLASS = "class"

    @property
    def rank(self) -> int:
        """Depth below the top: 0 for the region, 5 for the class."""
        return _RANK[self]

    @property
    def zh(self) -> str:
        """Chinese name, as sheets and features write it."""
        return _ZH[self]

    @property
    def counted_in(self) -> str:
        """Chinese classifier subjects of this level are counted in."""
        return _CLASSIFIER[self]

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(self.zh, self.value)

    @classmethod
    def named(cls, text: str) -> "Level | None":
        """Find the level that a Chinese or English word means, or None.

        Examples:
            >>> Level.named("旗县")
            <Level.COUNTY: 'county'>
            >>> Level.named("classes")
            <Level.CLASS: 'class'>
        """
        return _NAMED.get(text.strip().lower())


_ZH = {
    Level.REGION: "自治区",
    Level.PREFECTURE: "盟市",
    Level.COUNTY: "旗县",
    Level.TOWNSHIP: "苏木乡镇",
    Level.SCHOOL: "学校",
    Level.CLASS: "班级",
}
_CLASSIFIER = {
    Level.REGION: "个",
    Level.PREFECTURE: "个",
    Level.COUNTY: "个",
    Level.TOWNSHIP: "个",
    Level.SCHOOL: "所",
    Level.CLASS: "个",
}
_RANK = {level: rank for rank, level in enumerate(Level)}
_PLURALS = {"counties": Level.COUNTY, "classes": Level.CLASS}
_NAMED = (
    {level.value: level for level in Level}
    | {level.value + "s": level for level in Level}
    | _PLURALS
    | {zh: level for level, zh in _ZH.items()}
)
