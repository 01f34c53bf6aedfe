"""The administrative ladder: every subject stands on one of six levels."""

from enum import StrEnum

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


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
        return _TABLE[self].zh

    @property
    def counted_in(self) -> str:
        """Chinese classifier subjects of this level are counted in."""
        return _TABLE[self].counted_in

    @property
    def plural(self) -> str:
        """English name of several."""
        return _TABLE[self].plural

    @property
    def covered_in(self) -> "Level | None":
        """The place whose subjects of this level a roster covers if it lists any of them."""
        return _TABLE[self].covered_in

    @property
    def lives_with(self) -> "Level | None":
        """The level above whose subjects bear it: what they are, it is, and no longer than they."""
        return _TABLE[self].lives_with

    @property
    def blank_rows(self) -> int:
        """Rows of a form where none of its subjects is known."""
        return _TABLE[self].blank_rows

    @property
    def hint(self) -> str:
        """A regular expression of the words by which a sentence of a plan speaks of it."""
        return _TABLE[self].hint

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


@dataclass(frozen=True, slots=True)
class _Entry:
    zh: str
    plural: str
    counted_in: str
    covered_in: Level | None
    blank_rows: int
    hint: str
    lives_with: Level | None = None


_TABLE = {
    Level.REGION: _Entry("自治区", "regions", "个", None, 1, r"全区|自治区|我区"),
    Level.PREFECTURE: _Entry(
        "盟市", "prefectures", "个", Level.REGION, 12, r"全市|全盟|盟市|我市|我盟"
    ),
    Level.COUNTY: _Entry(
        "旗县",
        "counties",
        "个",
        Level.PREFECTURE,
        12,
        r"(?:每个|各|全)旗(?:县(?:市区|区)?|区)?|(?:每个|各|全)县(?:区)?|县域|旗县(?:市区|区)?",
    ),
    Level.TOWNSHIP: _Entry(
        "苏木乡镇",
        "townships",
        "个",
        Level.COUNTY,
        20,
        r"(?:每个|各)?(?:苏木乡镇|乡镇苏木)|(?:每个|各)(?:苏木|乡镇)",
    ),
    Level.SCHOOL: _Entry(
        "学校",
        "schools",
        "所",
        Level.COUNTY,
        60,
        r"每校|每所学校|每个学校|各校|各学校|所有学校|全部学校|学校",
    ),
    Level.CLASS: _Entry(
        "班级", "classes", "个", Level.SCHOOL, 300, r"每班|各班", lives_with=Level.SCHOOL
    ),
}
_RANK = {level: rank for rank, level in enumerate(Level)}
_NAMED = {
    word: level
    for level, entry in _TABLE.items()
    for word in (level.value, level.value + "s", entry.plural, entry.zh)
}
