"""What the rows of a table are about: of which level, who they are, where they lie, and when.

Codes, names and parents are columns whose header says so and whose cells bear it out. A code has to
tell the rows of a year apart. Where none does, several columns do together (a class is one of its
school), or the rows are of several kinds of which somebody has to choose one (a panel).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import compress

from dabiao.intake.cells.totals import is_total
from dabiao.intake.names import Fixed, fixed_column, loose_kind, table_kind
from dabiao.intake.proposals.proposal import Line, Reading, fixed_name
from dabiao.intake.proposals.roles import (
    MOST,
    ColumnRole,
    Kind,
    counts,
    place_named,
    role_of,
)
from dabiao.intake.proposals.sampled import SampledColumn, TableSample
from dabiao.intake.proposals.years import find_year
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.subject import Place

_UNIQUE = 0.98
_DIFFERS = 0.3
"""How different names of rows are at least: a school may stand in a row for every year."""
_KINDS, _SHOWN = 40, 5
"""Kinds of rows that a column may tell apart at most, and how many of them are told."""
_LOOKS_CODED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_./-]{3,31}|\d{6,}")
_LEVELLED = re.compile(r"level|层级|级别|niveau|livello|nivel", re.IGNORECASE)

SampledColumns = Sequence[SampledColumn]


class Keys:
    """What the rows of a table are about, and the entries of a mapping that say so.

    Attributes:
        sample: The table; only those of its rows that have a code.
        level: The level of the rows.
        why: What tells it.
        year: The column of years.
        dated: Whether anything tells the year.
        date: The entries that say it.
        about: The entries that say which rows are read, and whose they are.
        code: The column of codes, if one tells rows apart.
        name: The column of names.
        used: The columns that are used.
        chosen: Whether all rows that are read are meant; else somebody has to choose some.
        of_classes: Whether the rows are single classes, not all those of a grade.
    """

    def __init__(
        self,
        sample: TableSample,
        given: Level | None,
        year: int | None,
        known: Mapping[str, Place],
        is_measure: Callable[[str], bool],
    ) -> None:
        """Find what the rows of a table are about.

        Args:
            sample: The table.
            given: The level of its rows, where somebody says it.
            year: Their year, where somebody says it and no column does.
            known: Known places by name.
            is_measure: Tells whether a header is the name of a measure.
        """
        self._known = known
        self.sample, self.date = sample, Reading(Level.SCHOOL)
        self.year = find_year(sample, year, self.date)

        def roles_in(columns: SampledColumns) -> list[ColumnRole]:
            usable = (e for e in columns if e.filled and not e.twice and e is not self.year)
            roles = [role_of(each, known) for each in usable if not is_serial(each)]
            return [e for e in roles if (e.level and not e.places) or not is_measure(e.column.stem)]

        roles = roles_in(sample.columns)
        self.level, self.why = self._find_level(sample, roles, given)
        self.about = Reading(self.level)
        self.sample = self._with_codes(sample, roles)
        if self.sample is not sample:
            self.date = Reading(self.level)
            self.year = find_year(self.sample, year, self.date)
            roles = roles_in(self.sample.columns)
        self.dated = all(each.sure for lines in self.date.parts.values() for each in lines)
        self.used = [each for each in (self.year,) if each is not None]
        self.of_classes = any(each.level is Level.CLASS for each in roles)
        self.code: SampledColumn | None = None
        self.name: SampledColumn | None = None
        self.lies_in: SampledColumns = ()
        self.chosen = True
        self._identify(roles)

    def look_up(self, reading: Reading, column: SampledColumn, target: Fixed) -> None:
        """Write names of known places and their codes, if there are any; others wait for theirs."""
        found = {text: place_named(text, self._known) for text in column.counts}
        told = say("没有找到代码，请填写", "its code is not known: give it")
        for text, place in sorted(found.items(), key=lambda each: each[1] is None):
            line = Line(text, "", told, sure=False) if place is None else Line(text, place.code)
            if any(found.values()):
                reading.add("values", line, fixed_name(target))

    def _find_level(
        self, sample: TableSample, roles: Sequence[ColumnRole], given: Level | None
    ) -> tuple[Level, str]:
        """Tell the level: as somebody says, the table is called, or the lowest of its headers."""
        if given is not None:
            return given, say("由 --level 指定", "given by --level")
        name = sample.table.name
        kind = table_kind(name) or loose_kind(name)
        if isinstance(kind, Level):
            return kind, say(f"表名“{name}”", f'the name "{name}"')
        grades = [each.column for each in roles if each.grades and each.kind is None]
        coded = [each.column for each in roles if not each.level and self._is_code(each)]
        said = {at: [e.column for e in roles if e.level is at and not e.above] for at in Level}
        for level, own in reversed(said.items()):
            above = [each for at in said if at.rank < level.rank for each in said[at]]
            numbers = level is Level.CLASS and all(e.share(str.isdecimal) == 1 for e in own)
            if not own or (numbers and self._apart(above)):
                continue  # 班级 may say how many there are
            found, told = level, own[:1]
            if level.rank < Level.SCHOOL.rank and coded and not self._apart(own):
                found, told = Level.SCHOOL, coded[:1]  # codes of what lies in these places
            more = self._distinct([*own, *grades]) > self._distinct(own)
            if level is Level.SCHOOL and not self._apart(own) and more:
                found, told = Level.CLASS, [own[0], grades[0]]
            headers = say("、", ", ").join(each.header for each in told)
            return found, say(f"表头“{headers}”", f'the header "{headers}"')
        return Level.SCHOOL, say("看不出层级，请核对", "its level is not clear: please check")

    def _with_codes(self, sample: TableSample, roles: Sequence[ColumnRole]) -> TableSample:
        """Keep the rows that have a code, where a column of levels says that others have none."""
        codes = [e for e in roles if e.level is self.level and e.kind is Kind.CODE and not e.above]
        has = [cell is not None for cell in codes[0].column.said] if codes else []
        for column in sample.columns if not all(has) else ():
            coded, others = (set(compress(column.said, at)) for at in (has, [not e for e in has]))
            if _LEVELLED.search(column.header) and not coded & (others | {None}):
                texts = tuple(dict.fromkeys(map(str, compress(column.said, has))))
                self.about.add("where", Line(column.header, texts[0] if len(texts) == 1 else texts))
                return sample.only(has)
        return sample

    def _identify(self, roles: Sequence[ColumnRole]) -> None:
        """Find codes, names and parents."""
        own, above = self._own(roles), self._above(roles)
        codes = (each.column for each in own if each.kind is not Kind.NAME)
        self.code = next((each for each in codes if self._apart([each])), None)
        self.name = self._names(own)
        above = [each for each in above if each.column is not self.code]
        together = self._classes if self.level is Level.CLASS else self._kinds
        if self.code is not None or not together(roles, own, above):
            self._write()
        if above and not self.lies_in:
            first = above[0]
            of_class = self.level is Level.CLASS and first.level is Level.SCHOOL
            coded = (first.above or of_class) and first.kind is Kind.CODE
            self._lie_in([first.column], sure=first.places or coded)

    def _own(self, roles: Sequence[ColumnRole]) -> list[ColumnRole]:
        """List codes and names of the rows, those that say so most plainly first."""
        level = self.level
        own = [
            each
            for each in roles
            if not each.above
            and (each.level in (None, level) or self._is_plainly_code(each))
            and (each.kind or self._is_code(each))
        ]
        return sorted(
            own,
            key=lambda e: (e.level is not level, e.kind is None, e.column.stem != e.column.header),
        )

    def _above(self, roles: Sequence[ColumnRole]) -> list[ColumnRole]:
        """List codes and names of what the rows lie in, the lowest and codes first."""
        rank = self.level.rank
        above = [
            each
            for each in roles
            if each.kind
            and not self._is_plainly_code(each)
            and (each.above or (each.level and each.level.rank < rank))
        ]
        return sorted(
            above,
            key=lambda e: (
                -e.level.rank if e.level else -9,
                e.kind is Kind.NAME,
                -e.column.distinct,
            ),
        )

    def _is_plainly_code(self, role: ColumnRole) -> bool:
        """Tell whether a header is the one that our own forms have for codes of the level."""
        return fixed_column(role.column.stem, self.level) is Fixed.CODE

    def _names(self, own: Sequence[ColumnRole]) -> SampledColumn | None:
        """Find the column of names; what hardly differs from row to row is none."""
        for each in own:
            of_rows = each.level is self.level or self.code is not None
            differs = each.level is Level.CLASS or each.column.distinct >= _DIFFERS
            if each.kind is Kind.NAME and of_rows and differs:
                return each.column
        return None

    def _write(self, parts: SampledColumns = ()) -> None:
        """Say where codes and names come from; names stand in for codes."""
        target, name = fixed_name(Fixed.CODE), self.name
        self.used += parts
        for fixed, column in ((Fixed.CODE, self.code), (Fixed.NAME, name)):
            if column is not None:
                self.used.append(column)
                self.about.add("columns", Line(column.header, fixed_name(fixed)))
        if parts:
            told = say("没有代码，由几列合成", "there are no codes: made of several columns")
            self.about.add("compose", Line(target, composed(*parts), told))
        elif self.code is None and name is not None:
            told = say("没有代码，暂以名称代替", "there are no codes: names stand in for them")
            self.about.add("compose", Line(target, composed(name), told))
            self.look_up(self.about, name, Fixed.CODE)
        elif self.code is None:
            told = say("由哪些列合成？填好并去掉 #", "made of which columns? fill in, remove the #")
            self.about.add("compose", Line(target, "{}", told, sure=False))

    def _lie_in(self, columns: SampledColumns, *, sure: bool, coded: bool = True) -> None:
        """Say where parents come from: a column, or names that stand in for codes."""
        self.lies_in, parent = columns, fixed_name(Fixed.PARENT)
        self.used += columns
        if coded:
            told = "" if sure else say("是上级吗？", "is it what they lie in?")
            self.about.add("columns", Line(columns[0].header, parent, told, sure=sure))
            self.look_up(self.about, columns[0], Fixed.PARENT)
        else:
            told = say("没有上级的代码，暂以名称代替", "it has no code: its name stands in for it")
            self.about.add("compose", Line(parent, composed(*columns), told))

    def _classes(
        self, roles: Sequence[ColumnRole], own: Sequence[ColumnRole], above: Sequence[ColumnRole]
    ) -> bool:
        """Tell classes apart by their school, what they are called, and their grade."""
        school = list(above[:1])
        if school and school[0].kind is Kind.NAME:
            named = school[0].column
            coded = [e for e in self._codes_of_nobody(roles) if self._are_codes(e.column, named)]
            school = [*coded, *school][:1]
        mine = [each for each in own if each.level is Level.CLASS]
        mine.sort(key=lambda each: each.kind is Kind.NAME)
        first = [*school, *mine[:1]]
        if not first:
            return False
        by_code = first[0].kind is not Kind.NAME
        key = [each.column for each in first]
        grades = [each.column for each in roles if each.grades and each.column not in key]
        within = [] if by_code else [each.column for each in above if each not in first][:1]
        parts = self._added(key, [*grades, *within], self._telling_kinds(roles, above))
        if not self._apart(parts):
            return False
        self.name = self.name or (mine[0].column if mine else None)
        self._write(parts)
        if above:
            schools = [each for each in parts if each is key[0] or each in within]
            self._lie_in(schools, sure=True, coded=by_code)
        return True

    def _kinds(
        self, roles: Sequence[ColumnRole], own: Sequence[ColumnRole], above: Sequence[ColumnRole]
    ) -> bool:
        """Tell rows apart by their place, or else by kinds of which somebody has to choose one."""
        coded = self._codes_of_nobody(roles)
        mine = [each for each in own if each.level is self.level or each in coded]
        mine.sort(key=lambda each: (each.level is not self.level, each.kind is Kind.NAME))
        if not mine or self._apart([mine[0].column]):
            return False
        first, by_code = mine[0].column, mine[0].kind is not Kind.NAME
        within = [] if by_code else [each.column for each in above if each is not mine[0]][:1]
        parts = self._added([first], within, self._telling_kinds(roles, above))
        if not self._apart(parts):
            return False
        if by_code:
            self.code = first
        if {*parts} <= {first, *within}:
            self._write(parts)
            return True
        for each in parts:
            if each is not first:
                text, *more = sorted(each.counts, key=lambda text: not is_total(text))
                told = f"{each.header}{say('：还有 ', ': also ')}{'、'.join(more[:_SHOWN])}"
                self.about.add("where", Line(each.header, text, told, sure=False))
        self.chosen = False
        return False

    def _telling_kinds(
        self, roles: Sequence[ColumnRole], above: Sequence[ColumnRole]
    ) -> list[SampledColumn]:
        """List the columns that may tell kinds of rows apart, beside what rows are called."""
        spoken = {self.name, *(each.column for each in above)}
        columns = (each.column for each in roles)
        return [each for each in columns if each not in spoken and _tells_kinds(each)]

    def _codes_of_nobody(self, roles: Sequence[ColumnRole]) -> list[ColumnRole]:
        """List what looks like codes, of which no header says whose they are."""
        return [each for each in roles if not each.level and self._is_code(each, alone=False)]

    def _are_codes(self, code: SampledColumn, name: SampledColumn) -> bool:
        """Tell whether codes are those of names, some of which several may have."""
        pairs = self._distinct([code, name])
        return pairs == self._distinct([code]) and pairs * (1 - _DIFFERS) <= self._distinct([name])

    def _apart(self, columns: SampledColumns) -> bool:
        """Tell whether columns, and the year, tell the rows apart."""
        return bool(columns) and self._distinct(columns) >= _UNIQUE * len(columns[0].cells)

    def _distinct(self, columns: SampledColumns) -> int:
        """Count what columns, and the year, tell apart."""
        every = (*columns, *((self.year,) if self.year is not None else ()))
        return len(set(zip(*(column.said for column in every), strict=True)))

    def _added(
        self, first: SampledColumns, upper: SampledColumns, kinds: SampledColumns
    ) -> list[SampledColumn]:
        """Add columns until rows are told apart, those that help; in the order of the table."""
        found = list(first)
        kinds = [each for each in kinds if each not in {*first, *upper}]
        for column in (*upper, *kinds):
            if not self._apart(found) and self._distinct([*found, column]) > self._distinct(found):
                found.append(column)
        for column in kinds:  # what later ones made needless
            rest = [each for each in found if each is not column]
            found = rest if self._distinct(rest) == self._distinct(found) else found
        return sorted(found, key=lambda each: each.position)

    def _is_code(self, role: ColumnRole, *, alone: bool = True) -> bool:
        """Tell whether a column holds codes by header or look: letters and digits of one length."""
        column = role.column
        looks = len({len(text) for text in column.counts}) <= 2 and not counts(column)  # noqa: PLR2004 - as zeros that were lost
        looks = looks and len(column.counts) > 1 and column.share(_LOOKS_CODED.fullmatch) == 1
        coded = role.kind is Kind.CODE or (looks and role.kind is None)
        return coded and (not alone or self._apart([column]))


def composed(*columns: SampledColumn) -> str:
    """Compose the cells of columns, with a hyphen between them; those with blanks may be blank."""
    blank = {each: "|" if len(each.filled) < len(each.cells) else "" for each in columns}
    return "-".join(f"{{{each.header}{blank[each]}}}" for each in columns)


def _tells_kinds(column: SampledColumn) -> bool:
    """Tell whether a column may tell kinds of rows apart: few texts, no numbers of anything."""
    decimals = column.share(re.compile(r"\d*[.,]\d+").fullmatch)
    numbers = counts(column) and column.share(str.isdecimal) >= MOST
    few = 1 < len(set(column.said)) <= min(_KINDS, len(column.said) // 2)
    return few and not decimals and not numbers


def is_serial(column: SampledColumn) -> bool:
    """Tell whether a column only numbers the rows."""
    texts = list(column.counts)
    first = int(texts[0]) if texts and texts[0].isdecimal() else 2
    named = re.fullmatch(r"序号|行号|序|no|id|#|index", column.stem.casefold()) is not None
    in_order = texts == [str(first + at) for at in range(len(column.filled))]
    return first <= 1 and in_order and (named or len(texts) > 1)
