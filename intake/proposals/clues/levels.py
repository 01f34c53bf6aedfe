"""Which level the rows of a foreign table are of, by everything that hints at it."""

import re
from collections import Counter
from collections.abc import Iterator

from dabiao.intake.names import loose_kind, plain, table_kind
from dabiao.intake.proposals.clues.gazetteer import Gazetteer
from dabiao.intake.proposals.clues.sampled import SampledColumn, TableSample
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

_MOST = 0.8
_TOLD = 3
"""Hints that are told."""


@dataclass(frozen=True, slots=True)
class _Hints:
    """What speaks of a level.

    Attributes:
        head: A header of a column with codes or names.
        ending: The end of a subject's name.
        title: A word in the title of a table, or in the name of a file or sheet.
    """

    head: re.Pattern[str]
    ending: re.Pattern[str]
    title: re.Pattern[str]


# Lowest level first: 学校所在旗县 speaks of schools.
_HINTS = {
    Level.CLASS: _Hints(
        re.compile(
            r"^(?:班级|班号|班)(?:代码|编号|编码|名称|号)?$|^class[_ ]?(?:id|code|name|no)?$"
        ),
        re.compile(r"班$|班级$|[年级]\d+班|\bclass\b", re.IGNORECASE),
        re.compile(r"各班|班级情况|分班"),
    ),
    Level.SCHOOL: _Hints(
        re.compile(
            r"^(?:学校|校|幼儿园|园|院校|学校机构|机构|单位)(?:标识码|代码|编号|编码|名称|名)$"
            r"|^学校$|^(?:school|college)[_ ]?(?:id|code|name|no)?$"
        ),
        re.compile(
            r"小学|中学|学校|幼儿园|国小|国中|高中|校区|教学点|学院|大学|\bschool\b|\bkindergarten\b|\bcollege\b|\bacademy\b",
            re.IGNORECASE,
        ),
        re.compile(r"各校|学校|幼儿园|院校|分校|schools?\b"),
    ),
    Level.TOWNSHIP: _Hints(
        re.compile(r"^(?:苏木乡镇|乡镇|街道)(?:代码|名称)?$|^township[_ ]?(?:code|name)?$"),
        re.compile(r"(?:苏木|乡|镇|街道)$"),
        re.compile(r"各乡镇|分乡镇|各苏木"),
    ),
    Level.COUNTY: _Hints(
        re.compile(
            r"^(?:旗县区?|旗区|县区|区县|县|区)(?:代码|名称|别)?$"
            r"|^(?:county|district)[_ ]?(?:code|name)?$"
        ),
        re.compile(r"(?:旗|县|区)$|\bcounty$|\bdistrict$", re.IGNORECASE),
        re.compile(r"各旗|旗县|旗区|分县|各县|县区|区县|count(?:y|ies)\b|districts?\b"),
    ),
    Level.PREFECTURE: _Hints(
        re.compile(r"^(?:盟市|地市|市)(?:代码|名称|别)?$|^(?:prefecture|city)[_ ]?(?:code|name)?$"),
        re.compile(r"(?:盟|市)$|\bcity$", re.IGNORECASE),
        re.compile(r"各盟市|分盟市|各市|分市|prefectures?\b"),
    ),
    Level.REGION: _Hints(
        re.compile(r"^(?:自治区|省份?)(?:代码|名称|别)?$|^(?:region|province)[_ ]?(?:code|name)?$"),
        re.compile(r"(?:自治区|省)$"),
        re.compile(r"各省|各自治区|分省|provinces?\b"),
    ),
}


def speaks_of(column: SampledColumn) -> Level | None:
    """Give the level whose codes or names a header says to hold: 学校标识码, 班级, county.

    Examples:
        >>> speaks_of(SampledColumn(0, "A", "学校标识码", ())).value
        'school'
    """
    bare = column.bare
    return next((level for level, hints in _HINTS.items() if hints.head.search(bare)), None)


def guess_level(sample: TableSample, places: Gazetteer) -> tuple[Level, str] | None:
    """Guess the level of a table's rows, and say what told it; None if nothing does.

    Every hint has a weight: what the sheet is called weighs most, a word in a title least.
    """
    weights: Counter[Level] = Counter()
    told: dict[Level, list[str]] = {}
    for level, weight, why in _hints(sample, places):
        weights[level] += weight
        told.setdefault(level, []).append(why)
    if not weights:
        return None
    level = max(weights, key=lambda each: (weights[each], each.rank))
    return level, say("、", ", ").join(list(dict.fromkeys(told[level]))[:_TOLD])


def _hints(sample: TableSample, places: Gazetteer) -> Iterator[tuple[Level, int, str]]:
    table = sample.table
    kind = table_kind(table.name) or loose_kind(table.name)
    if isinstance(kind, Level):
        yield kind, 6, say(f"表名“{table.name}”", f'the name "{table.name}"')
    first = True
    for column in sample.columns[:12]:
        bare = column.bare
        for level, hints in _HINTS.items():
            if hints.head.search(bare) and column.distinct > 0.5:  # noqa: PLR2004 - most of them
                yield (
                    level,
                    3 if first else 2,
                    say(f"表头“{column.header}”", f'the header "{column.header}"'),
                )
                first = False
        yield from _contents(column, places)
    yield from _together(sample)
    for text in sample.names:
        bare = simplified(plain(text))
        for level, hints in _HINTS.items():
            if hints.title.search(bare):
                yield level, 1, say(f"标题“{text}”", f'the title "{text}"')
                break


def _together(sample: TableSample) -> Iterator[tuple[Level, int, str]]:
    """Find the level of which columns tell rows apart together: every school has a class 1."""
    spoken = {column.position: speaks_of(column) for column in sample.columns[:12]}
    parts = [column for column in sample.columns if spoken.get(column.position) is not None]
    lowest = max(
        (level for level in spoken.values() if level), key=lambda at: at.rank, default=None
    )
    own = [column for column in parts if spoken[column.position] is lowest]
    above = [column for column in parts if spoken[column.position] is not lowest]
    if lowest is not None and above and all(column.distinct <= 0.5 for column in own):  # noqa: PLR2004 - as above
        told = "”“".join(column.header for column in (above[0], own[0]))
        yield lowest, 3, say(f"表头“{told}”", f'the headers "{told}"')


def _contents(column: SampledColumn, places: Gazetteer) -> Iterator[tuple[Level, int, str]]:
    if column.distinct <= 0.5:  # noqa: PLR2004 - what repeats says where rows lie, not what they are
        return
    coded = Counter(level for text in column.texts if (level := gbt_level(text)) is not None)
    named = Counter(
        place.level for text in column.texts if (place := places.named(text)) is not None
    )
    for found, what in (
        (coded, say("行政区划代码", "codes of places")),
        (named, say("地名", "names of places")),
    ):
        for level, count in found.most_common(1):
            if count >= _MOST * len(column.texts):
                yield (
                    level,
                    3,
                    say(f"“{column.header}”列是{what}", f'"{column.header}" holds {what}'),
                )
    for level, hints in _HINTS.items():
        if column.share(lambda text, p=hints.ending: p.search(simplified(text))) >= _MOST:  # type: ignore[misc]
            yield level, 2, say(f"“{column.header}”列的写法", f'how "{column.header}" is written')
            break
