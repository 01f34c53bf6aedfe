"""What a column is for, by the words of its header: whose code or name it holds, or which year.

A header says a level (学校, school, scuola, école) and beside it what it holds of that level (代码,
code, numéro); nothing but the level is a name.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto

from dabiao.intake.cells.identity_cells import read_code
from dabiao.intake.cells.variants import simplified
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.intake.proposals.likeness import strip_brackets
from dabiao.intake.proposals.sampled import SampledColumn
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

MOST = 0.9
"""What share of its cells has to bear out what a column is taken for."""
# Lowest level first, as 学校代码 of 机构 in 旗县 speaks of schools.
_LEVELS = {
    Level.CLASS: r"班级|班号|^班|\bclass\b|\bclass(?=code|id)|sezione|\bsection\b|\bklasse\b",
    Level.SCHOOL: r"学校|机构|院校|园所|幼儿园|单位|[校园](?=名|代|编|标|$)|school|\bsch\b|academy"
    r"|establishment|laestab|\burn\b|\buai\b|scuola|istituto|[ée]cole|coll[eè]ge|lyc[ée]e"
    r"|[ée]tablis\w*|schule?|escuela|escola|\bcentr[eo]\b|\bentidade\b",
    Level.TOWNSHIP: r"苏木乡镇|苏木|乡镇市区|乡镇|街道|township|\bcomm?une\b|munic[ií]p\w*",
    Level.COUNTY: r"旗县区?|旗区|县区|区县|县市别?|^县|^区(?!划)|county|district|local authority"
    r"|^la\b|(?:new|old) la\b|d[ée]partement|provinc?ia|\bboard\b",
    Level.PREFECTURE: r"盟市|地市|^市|prefecture|\bcity\b|acad[ée]mie",
    Level.REGION: r"自治区|^省份?|\br[ée]gi\w*|province|country|\bnation\b|location|\bentity\b"
    r"|ref(?:erence)? area|\bgeo\b|\bcou\b|\bstate\b",
}
_CODE = re.compile(
    r"代码|代号|编码|编号|标识码|识别码|码$|班号|\bcode|code$|\bid\b|id$|c[oó]dig?[oc]e?\b|codice"
    r"|\bcodi?\b|\bco\b|num[ée]ro|\bno$|\broll n|\burn\b|\buai\b|laestab|コード"
)
_NAME = re.compile(r"名称|名$|\bname\b|name$|\bnom\b|\bdenomina|^地区$|^行政区划?$")
_NUMBERED = re.compile(r"\s*(?:number|nummer|nr)")
"""What makes a code with the word of a level: School Number."""
_LIGHT = re.compile(r"[\s别]|\b(?:de|di|du|la|le|l|d|of|the|or|area|new|old|no)\b")
_ABOVE = re.compile(r".*(?:所在|所属|主管|隶属|上级|上属)|\bparent\b")
_COUNTS = re.compile(
    r"\d|数$|数量|人数|率|额|面积|经费|坐标|number|total|count\b|size|average|mean|ratio|nombre"
    r"|effectif|alunn|iscritti|anzahl|pupils|students"
)
_REACHED = re.compile(
    r"电话|邮编|邮政|手机|网址|phone|\btel\b|\bzip\b|post|eircode|mail|\burl\b|website"
)
_GRADE = re.compile(
    r"年级|班(?!级?数|额|主任)|校区|校部|教学点|部别|grade|anno ?(?:di )?corso|\bclasse\b|sezione"
    r"|\bsection\b|niveau|(?:nc|school) year group|campus"
)
_YEAR = re.compile(
    r"(?:统计|填报|数据|报表)?(?:年份|年度|学年度?|年)|time ?period"
    r"|(?:school|fiscal|ac(?:ademic)?|calendar)? ?year|anno ?(?:scolastico)?|(?:schul)?jahr"
    r"|(?:rentr[ée]e|ann[ée]e) ?(?:scolaire)?|año|curso?(?: escolar)?|agno"
    r"|l[äa]s[åa]r|(?:nu )?ano(?: censo| letivo)?"
)
_COUNTRY = re.compile(r"[A-Z]{2,3}|[A-Z]{2}\d{1,3}")
"""Codes of countries and of regions of the European Union."""


class Kind(Enum):
    """What a column holds of a level."""

    CODE = auto()
    NAME = auto()


@dataclass(frozen=True, eq=False)
class ColumnRole:
    """What a column may be for.

    ``kind`` and ``level`` say what it holds of whom, if anything; ``above``, that the header speaks
    of what rows lie in; ``places``, that known places stand in it; ``grades``, that it is of what
    tells classes apart.
    """

    column: SampledColumn
    kind: Kind | None = None
    level: Level | None = None
    above: bool = False
    places: bool = False
    grades: bool = False


def role_of(column: SampledColumn, known: Mapping[str, Place]) -> ColumnRole:
    """Tell what a column may be for, by its header, or else by its codes or names of places.

    Examples:
        >>> role = role_of(SampledColumn(0, "学校标识码", ("2150000001",)), {})
        >>> role.kind.name, role.level.value
        ('CODE', 'school')
    """
    text = _words(column.header)
    above = bool(_ABOVE.search(text)) or fixed_column(column.stem, None) is Fixed.PARENT
    bare = _ABOVE.sub("", text)
    found = ((each, re.search(words, bare)) for each, words in _LEVELS.items())
    level, match = next(((each, m) for each, m in found if m is not None), (None, None))
    rest = bare if match is None else bare[: match.start()] + " " + bare[match.end() :]
    coded, at = column.share(is_code) >= MOST, _place_level(column, known)
    texts = column.share(lambda cell: re.search(r"[^\W\d]", cell)) >= MOST
    short = level is Level.REGION and column.share(_COUNTRY.fullmatch) == 1
    kind = None
    headed = short or _CODE.search(bare) or (level and _NUMBERED.fullmatch(rest))
    if coded and headed and not _REACHED.search(bare):
        kind = Kind.CODE
    elif counts(column):
        pass
    elif (_NAME.search(bare) or not _LIGHT.sub("", rest)) and (texts or level is Level.CLASS):
        kind = Kind.NAME
    elif at is not None:
        kind = Kind.CODE if coded else Kind.NAME
    grades = bool(_GRADE.search(text)) and not counts(column)
    if kind is None:
        return ColumnRole(column, grades=grades)
    return ColumnRole(column, kind, level or at, above, at is not None, grades)


def says_year(column: SampledColumn) -> bool:
    """Tell whether a header speaks of years."""
    return _YEAR.fullmatch(_words(column.header)) is not None


def speaks_of_keys(text: str) -> bool:
    """Tell whether a header speaks of codes, names or years."""
    words = _words(text)
    return any(map(bool, (_CODE.search(words), _NAME.search(words), _YEAR.fullmatch(words))))


def counts(column: SampledColumn) -> bool:
    """Tell whether a header speaks of how many there are, or of how to reach somebody."""
    words = _words(column.header)
    return bool(_COUNTS.search(words) or _REACHED.search(words))


def is_code(text: str) -> bool:
    """Tell whether a text may be a code."""
    return isinstance(read_code(text), str) and not re.search(r"[一-鿿\s.]", text)


def named_places(places: Mapping[str, Place]) -> dict[str, Place]:
    """Index the known places by name; a name that two of them have stands for neither."""
    found: dict[str, list[Place]] = {}
    for place in places.values():
        for name in {plain(each) for each in (place.name, *place.aliases)}:
            found.setdefault(name, []).append(place)
    return {name: each[0] for name, each in found.items() if len(each) == 1}


def place_named(text: str, known: Mapping[str, Place]) -> Place | None:
    """Give the place that a text names; None if it names none."""
    return known.get(simplified(plain(text)))


def _words(header: str) -> str:
    """Give the words of a header, simplified and in small letters."""
    bare = strip_brackets(re.sub(r"\((code|name)\)", r" \1", fold(header)))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", simplified(bare)).casefold()
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", text)))


def _place_level(column: SampledColumn, known: Mapping[str, Place]) -> Level | None:
    """Give the level of the places whose codes, or names, a column holds."""
    for levels in (
        {text: gbt_level(text) for text in column.counts},
        {text: p.level for text in column.counts if (p := place_named(text, known))},
    ):
        found = [level for level in levels.values() if level is not None]
        if found and column.share(levels.get) >= MOST:
            return max(found, key=lambda each: each.rank)
    return None
