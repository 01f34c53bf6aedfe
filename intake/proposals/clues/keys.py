"""Which columns say what a row is about: code, name, parent and year, by header and by content."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field

from dabiao.intake.cells.identity_cells import read_code, read_year
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.intake.proposals.clues.composed import (
    beginning_with_code,
    fewest,
    looks_coded,
    tell_apart,
)
from dabiao.intake.proposals.clues.gazetteer import Gazetteer
from dabiao.intake.proposals.clues.levels import speaks_of
from dabiao.intake.proposals.clues.sampled import SampledColumn, TableSample
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

MINGUO = 1911
"""What makes a year of the Minguo calendar one of the common calendar."""
_MINGUO_YEARS = range(90, 190)
_MOST = 0.9
"""What share of its cells has to bear out what a column is taken for."""
_UNIQUE = 0.98
_DIFFERS = 0.3
"""How different names of rows are at least: the same school may stand in a row for every year."""
_LONG_CODE = 4
"""Digits from which on numbers that all differ look like codes."""

_CODE = re.compile(
    r"(?:代码|代号|编码|编号|标识码|识别码|机构码|学校码)$"
    r"|^(?:\w+[_ ])?(?:code|id)$|^\w+(?:code|id|no)$"
)
_SERIAL = re.compile(r"^(?:序号|行号|序|no|id|#|index)$")
_NAME = re.compile(
    r"(?:名称|校名|园名|班名|姓名|单位|学校|旗县|旗区|县区|区县|盟市|地区|地市|行政区划?|班级)$"
    r"|^(?:\w+[_ ])?(?:name|school|county|district|city|area)$|^\w+name$"
)
_APART = r"年级|学段|校区|校部|教学点|部别|班|grade|stage|campus"
_PARENT = re.compile(r"上级|上属|所属|主管|隶属|parent|^(?:所在)")
_YEAR = re.compile(
    r"^(?:统计|填报|数据|报表)?(?:年份|年度|学年度?|年)$|^(?:school|fiscal|academic)?[_ ]?year$"
    r"|^time[_ ]?period$|^anno[_ ]?(?:scolastico)?$|^(?:rentr[ée]e|ann[ée]e)[_ ]?(?:scolaire)?$"
    r"|^(?:schul)?jahr$|^año$"
)
_SCHOOL_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<next>\d\d)")
"""A school year in six digits: 202324."""
_IN_TEXT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?=[-—~至/]\d{2,4}|学年|年|$|\D)")
_MINGUO_IN_TEXT = re.compile(r"(?<!\d)(?P<year>1\d\d)(?=学年|年)")


@dataclass(frozen=True)
class YearFound:
    """Where years come from.

    Attributes:
        column: The column that holds them, or None where a title says it for all rows.
        add: What has to be added to them.
        values: Texts of the column that stand for years.
        constant: The year of all rows.
        told: The text that says it.
    """

    column: SampledColumn | None = None
    add: int = 0
    values: Mapping[str, int] = field(default_factory=dict)
    constant: int | None = None
    told: str = ""


@dataclass(frozen=True)
class Keys:
    """What the rows of a table are about.

    Attributes:
        code: The column of codes; None where names have to do.
        name: The column of names.
        parent: The column of parent codes.
        places: Names that stand for codes, where there is no column of codes.
        parent_places: Names in the column of parents that stand for their codes.
        also: Fixed column to headers that it may be instead, or as well.
        serial: Columns that only number the rows.
        parts: The columns that make up a code together, where none does alone.
        parent_names: The columns that name what rows lie in, where it has no code.
        named: Columns that name what is coded in another.
    """

    code: SampledColumn | None = None
    name: SampledColumn | None = None
    parent: SampledColumn | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    parent_places: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[Fixed, Sequence[str]] = field(default_factory=dict)
    serial: Sequence[SampledColumn] = ()
    parts: Sequence[SampledColumn] = ()
    parent_names: Sequence[SampledColumn] = ()
    named: Sequence[SampledColumn] = ()

    @property
    def columns(self) -> list[SampledColumn]:
        """The columns that are taken."""
        found = [self.code, self.name, self.parent, *self.parent_names, *self.named]
        return [each for each in found if each is not None]


def find_year(sample: TableSample, taken: Collection[str] = ()) -> YearFound | None:
    """Find where years come from: a column, else the title, the sheet or the name of the file.

    Args:
        sample: The table.
        taken: Plain headers that say a year of their own and so nothing about all rows.
    """
    for column in sample.columns:
        if column.twice or not _YEAR.search(column.bare) or not column.filled:
            continue
        found = _years_of(column)
        if found is not None:
            return found
    for text in sample.names:
        year = None if plain(text) in taken else year_in(text)
        if year is not None:
            return YearFound(constant=year, told=text)
    return None


def year_in(text: str) -> int | None:
    """Give the year that a text says, the first of a school year; None if it says none or several.

    Examples:
        >>> year_in("2024-2025学年初教育统计"), year_in("113學年度國小"), year_in("2021年至2023年")
        (2024, 2024, None)
    """
    text = simplified(fold(text))
    six = _SCHOOL_YEAR.fullmatch(text.strip())
    if six is not None and (int(six["year"]) + 1) % 100 == int(six["next"]):
        return int(six["year"])
    found = {int(match["year"]) for match in _IN_TEXT.finditer(text)}
    if len(found) == 2 and max(found) == min(found) + 1 and re.search(r"\d[-—~至/]\d", text):  # noqa: PLR2004 - both years of a school year
        found = {min(found)}
    if not found:
        found = {int(match["year"]) + MINGUO for match in _MINGUO_IN_TEXT.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _years_of(column: SampledColumn) -> YearFound | None:
    if column.share(lambda text: isinstance(read_year(text), int)) >= _MOST:
        return YearFound(column)
    if column.share(_is_minguo) >= _MOST:
        return YearFound(column, add=MINGUO)
    values = {text: year for text in column.counts if (year := year_in(text)) is not None}
    if len(values) == len(column.counts):
        return YearFound(column, values=values)
    return None


def _is_minguo(text: str) -> bool:
    return text.isdecimal() and int(text) in _MINGUO_YEARS


def find_keys(
    sample: TableSample,
    level: Level,
    places: Gazetteer,
    is_measure: Callable[[str], bool],
) -> Keys:
    """Find the columns that say what the rows are about.

    Args:
        sample: The table.
        level: The level of its rows.
        places: Known places by name.
        is_measure: Tells whether a header is the name of a measure.
    """
    usable = [each for each in sample.columns if not each.twice and each.filled]
    serial = [each for each in usable if is_serial(each)]
    usable = [each for each in usable if each not in serial]
    years = find_year(sample)
    year = years.column if years is not None else None
    usable = [each for each in usable if each is not year and not is_measure(each.stem)]
    codes = _best(usable, lambda each: _code_score(each, year, level))
    code = codes[0] if codes else None
    rest = [each for each in usable if each is not code]
    parents = _best(rest, lambda each: _parent_score(each, code, level))
    parent = parents[0] if parents else None
    rest = [each for each in rest if each is not parent]
    names = _best(rest, lambda each: _name_score(each, code, level, places))
    names = [each for each in names if not _is_above(each, level)] or names
    own = [each for each in rest if speaks_of(each) is level] if code is None else []
    name = next(iter(names or own), None)
    also = {  # some of them: a year is found by its values
        Fixed.CODE: [each.header for each in codes[1:] if _CODE.search(each.bare)],
        Fixed.NAME: [each.header for each in names[1:]],
        Fixed.PARENT: [each.header for each in parents[1:]],
    }
    coded = places.codes(name.counts) if code is None and name is not None else {}
    within: Mapping[str, str] = {}
    above = [each for each in rest if each is not name and _is_above(each, level)]
    above = [each for each in above if each.header not in also[Fixed.PARENT]]
    above.sort(key=_rank)
    if parent is None:
        found = [each for each in rest if each is not name and _lies_in(each, level, places)]
        # A class lies in a school, though its county may be the only place that has a name.
        parent = next((each for each in found if not above or each is above[-1]), None)
        within = {} if parent is None else places.codes(parent.counts)
    parts: list[SampledColumn] = []
    uppers = [parent] if parent is not None else above[-1:]
    if code is None and name is not None and uppers and not tell_apart([name], year):
        more = [each for each in rest if each not in {name, *above} and _tells_apart(each)]
        parts = fewest(uppers, name, more, year)
        if parent is None and len(above) > 1 and not tell_apart(parts, year):
            uppers = above[-2:]  # schools of two counties have one name
            parts = fewest(uppers, name, more, year)
    if code is None and (not parts or (name is not None and name.distinct >= _DIFFERS)):
        found = beginning_with_code(usable, year)
        if found:
            parts, uppers = found, []
        if len(found) > 1 and parent is None and level.lives_with is not None:
            parent = found[0]
    parent_names = uppers if parts and parent is None and uppers else ()
    named = [each for each in above if each is not parent and each not in parent_names]
    for fixed, headers in also.items():
        also[fixed] = [each for each in headers if each not in {n.header for n in above}]
    return Keys(
        code, name, parent, coded, within, also, serial, parts, parent_names, named if parts else ()
    )


def _is_above(column: SampledColumn, level: Level) -> bool:
    """Tell whether a header speaks of a level above that of the rows."""
    found = speaks_of(column)
    return found is not None and found.rank < level.rank


def _tells_apart(column: SampledColumn) -> bool:
    """Tell whether a header speaks of what classes, or parts of a school, are told apart by."""
    return re.search(_APART, column.bare) is not None


def _rank(column: SampledColumn) -> int:
    found = speaks_of(column)
    return -1 if found is None else found.rank


def _best(
    columns: Sequence[SampledColumn], score: Callable[[SampledColumn], float]
) -> list[SampledColumn]:
    """Give the columns that may be meant, the likeliest first, else as they stand."""
    scores = {each.position: score(each) for each in columns}
    found = [each for each in columns if scores[each.position] > 0]
    # Of 代码（旧） and 代码 the one without a qualifier is meant.
    return sorted(
        found, key=lambda each: (-scores[each.position], bool(each.qualifier), each.position)
    )


def is_serial(column: SampledColumn) -> bool:
    """Tell whether a column only numbers the rows."""
    numbers = [int(text) for text in column.texts if text.isdecimal()]
    if len(numbers) < len(column.texts) or not numbers:
        return False
    counts_up = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
    return counts_up and (_SERIAL.search(column.bare) is not None or len(numbers) > 1)


def looks_like_key(text: str) -> bool:
    """Tell whether a header speaks of codes, names, parents or years."""
    bare = simplified(plain(text))
    return any(pattern.search(bare) for pattern in (_CODE, _YEAR)) or _is_name_word(bare)


def _is_name_word(bare: str) -> bool:
    return (
        bare.endswith(("名称", "校名", "园名"))
        or re.fullmatch(r"(?:\w+[_ ])?name", bare) is not None
    )


def _is_code(text: str) -> bool:
    return isinstance(read_code(text), str) and not re.search(r"[一-鿿\s.]", text)


def _code_score(column: SampledColumn, year: SampledColumn | None, level: Level) -> float:
    """Score a column as the codes of the rows: the header says so, or the content does."""
    if column.share(_is_code) < _MOST or len(column.filled) < _MOST * len(column.cells):
        return 0.0
    unique = column.distinct
    if year is not None and len(year.cells) == len(column.cells):
        pairs = set(zip(column.cells, year.cells, strict=True))
        unique = len(pairs) / len(column.cells)
    if unique < _UNIQUE:
        return 0.0
    bare = column.bare
    if fixed_column(bare, level) is Fixed.CODE:
        return 3.0
    if _CODE.search(bare) and not _PARENT.search(bare):
        return 2.0
    digits = column.share(str.isdecimal) >= _MOST
    lengths = {len(text) for text in column.counts}
    if digits and len(lengths) == 1 and lengths.pop() >= _LONG_CODE and len(column.counts) > 1:
        return 1.0 if _all_places(column) or not _quantity_like(column) else 0.0
    if looks_coded(column) and not _quantity_like(column):
        return 0.5 if digits else 1.5
    return 0.0


def _all_places(column: SampledColumn) -> bool:
    return column.share(gbt_level) >= _MOST


def _quantity_like(column: SampledColumn) -> bool:
    """Tell whether a header speaks of a number of something, or of how to reach somebody."""
    return (
        re.search(
            r"\d|数|率|额|面积|经费|电话|邮编|手机|phone|tel|zip|number|total"
            r"|nombre|effectif|alunn|iscritti|anzahl|schüler|pupils|students|count",
            column.bare,
        )
        is not None
    )


def _parent_score(column: SampledColumn, code: SampledColumn | None, level: Level) -> float:
    """Score a column as the codes of what the rows lie in."""
    if column.share(_is_code) < _MOST:
        return 0.0
    bare = column.bare
    if fixed_column(bare, level) is Fixed.PARENT:
        return 3.0
    if not _CODE.search(bare) and not _all_places(column):
        return 0.0
    above = speaks_of(column)
    if above is not None and above.rank < level.rank and column.distinct < _UNIQUE:
        # E12000001 is the code of a region, but of none that anybody here knows.
        coded = above.rank > Level.COUNTY.rank or column.share(str.isdecimal) >= _MOST
        return 2.0 if coded else 0.0
    if _all_places(column) or _contains(column, code):
        return 2.0 if _PARENT.search(bare) or column.distinct < _MOST else 1.0
    return 0.0


def _contains(parent: SampledColumn, code: SampledColumn | None) -> bool:
    """Tell whether codes begin with what a column says."""
    if code is None or len(parent.cells) != len(code.cells) or parent.distinct >= _MOST:
        return False
    pairs = [(str(a), str(b)) for a, b in zip(parent.cells, code.cells, strict=True)]
    fits = sum(len(a) >= _LONG_CODE and b.startswith(a) and a != b for a, b in pairs)
    return fits >= _MOST * len(pairs)


def _name_score(
    column: SampledColumn,
    code: SampledColumn | None,
    level: Level,
    places: Gazetteer,
) -> float:
    if column.share(_is_text) < _MOST or column.distinct <= 0:
        return 0.0
    bare = column.bare
    score = 0.0
    if fixed_column(bare, level) is Fixed.NAME:
        score = 3.0
    elif _NAME.search(bare) and not _PARENT.search(bare):
        score = 2.0
    elif code is None and column.share(places.named) >= _MOST:
        score = 1.0
    if code is not None and score:
        prefix = re.sub(_CODE, "", code.bare)
        score += 0.5 if prefix and bare.startswith(prefix) else 0.0
    # What differs from row to row names them; 东胜区 beside two hundred schools does not.
    return score + column.distinct if score and column.distinct >= _DIFFERS else 0.0


def _is_text(text: str) -> bool:
    return re.search(r"[^\W\d]", text) is not None


def _lies_in(column: SampledColumn, level: Level, places: Gazetteer) -> bool:
    """Tell whether a column names the places that rows lie in."""
    if column.share(places.named) < _MOST:
        return False
    found = [places.named(text) for text in column.counts]
    return all(place is None or place.level.rank < level.rank for place in found)
