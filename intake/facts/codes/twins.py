"""Subjects that must be one: a code that was mistyped where no roster tells how it should be.

What tells without a roster: the same name under two codes in one place; codes that are alike but
for a lost zero, a look-alike letter or a digit more or less. Nothing is put right: both stay as
they are, and are told of at the cell of the one that is less likely.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property

import numpy as np

from dabiao.intake.facts.codes.level_codes import LevelCodes
from dabiao.intake.facts.codes.odd_codes import OddCodes
from dabiao.intake.facts.kindred import Kin
from dabiao.intake.facts.near_codes import Apart, apart_by, must_be, skeleton
from dabiao.intake.facts.rows import RowLog
from dabiao.intake.names import plain, plain_each
from dabiao.schemas.divisions import division
from dabiao.schemas.facts import Column, LevelFacts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_NAMESAKES = 3
"""Subjects of one name in one place up to which they may be one; more are called after a kind."""
_MOST_YEARS = 3


def tell_twins(
    levels: Mapping[Level, LevelFacts],
    kin: Mapping[Level, Mapping[str, Kin]],
    places: Mapping[str, Place],
    log: RowLog,
) -> None:
    """Tell of subjects that reported and may be one, and of codes that are unlike all others.

    Whom a roster lists has the right code; who was told of already is not told of twice.

    Args:
        levels: The facts.
        kin: What is known of each subject.
        places: The places, with whose codes others begin.
        log: Takes down what is found.
    """
    former = {
        table.codes[at]: life.former_codes
        for table in levels.values()
        for at, life in table.lifetimes.items()
        if life.former_codes
    }
    known = {code for code in places if division(code)} | set(kin.get(Level.COUNTY, ()))
    known.update(code for before in former.values() for code in before)
    told = {
        problem.subject
        for problem in log.noticed.problems
        if problem.code.startswith(("code-", "parent-", "two-codes"))
    }
    for level, table in levels.items():
        codes = LevelCodes(table, kin[level])
        if codes.unlisted.any():
            twins = _Twins(codes, log, told)
            twins.tell()
            OddCodes(codes, known, former, log).tell(twins.met, told)


@dataclass
class _Twins:
    """Subjects of one level that may be one.

    Attributes:
        codes: The codes of the level.
        told: Of whose codes something was told before.
        met: Who is told of here.
    """

    codes: LevelCodes
    log: RowLog
    told: AbstractSet[str | None]
    met: set[int] = field(default_factory=set)

    def tell(self) -> None:
        """Tell of each pair."""
        for first, second in self._pairs():
            self._tell_pair(first, second)

    @property
    def _table(self) -> LevelFacts:
        return self.codes.table

    @cached_property
    def _order(self) -> "tuple[np.ndarray[tuple[int], np.dtype[np.intp]], list[int]]":
        order = np.argsort(self._table.subject, kind="stable")
        starts = np.searchsorted(self._table.subject[order], np.arange(len(self._table.codes) + 1))
        return order, starts.tolist()

    def _years(self, at: int) -> set[int]:
        order, starts = self._order
        rows = order[starts[at] : starts[at + 1]]
        return set(self._table.year[rows].tolist())

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield those who may be one, the likelier right one first."""
        for group in self._near():
            yield from self._ordered(group)
        if self._table.level is Level.CLASS:
            return  # called 1班 in every grade
        for group in self._namesakes():
            yield from self._ordered(group)

    def _ordered(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        right, *others = sorted(group, key=self._doubt)
        for other in others:
            if self.codes.unlisted[other] and other not in self.met and not self._is_told(other):
                self.met.add(other)
                yield right, other

    def _is_told(self, at: int) -> bool:
        return self._table.codes[at] in self.told

    def _doubt(self, at: int) -> tuple[bool, bool, int, tuple[int, int]]:
        """Order subjects by how likely it is that their code is wrong, the least likely first."""
        code = self._table.codes[at]
        unusual = self.codes.usual is not None and len(code) != self.codes.usual
        seen = self.codes.kin[code].seen
        return not self.codes.listed[at], unusual, -len(self._years(at)), seen

    def _near(self) -> Iterator[list[int]]:
        """Group those whose codes are alike but for zeros, width, look-alikes or one digit."""
        codes, reported = self._table.codes, self.codes.who
        alike: dict[str, list[int]] = {}
        ordinary = self.codes.are_of_digits and self.codes.codes[0][0] != "0"  # the least of them
        for at in () if ordinary else reported:
            if codes[at][0] == "0" or not codes[at].isdigit():
                alike.setdefault(skeleton(codes[at]), []).append(at)
        same_length = self.codes.usual is None or len(self.codes.lengths) == 1
        if same_length and not alike:
            return
        place = {codes[at]: at for at in reported}
        for bare, of in alike.items():
            group = [*of, place[bare]] if bare in place and place[bare] not in of else of
            if len(group) > 1 and self._may_be_one(group):
                yield group
        for at in () if same_length else reported:
            if len(codes[at]) != self.codes.usual and self.codes.kin[codes[at]].name is not None:
                found = [place[code] for code in self.codes.usual_codes.find(codes[at])]
                same = [other for other in found if self._called(other) == self._called(at)]
                if len(same) == 1:
                    yield [same[0], at]

    def _may_be_one(self, group: Sequence[int]) -> bool:
        """Tell whether names leave it open: they are the same, or one of them has none."""
        names = {
            plain(name) for at in group if (name := self.codes.kin[self._table.codes[at]].name)
        }
        return len(names) <= 1

    def _called(self, at: int) -> tuple[str, str | None]:
        known = self.codes.kin[self._table.codes[at]]
        return plain(known.name or ""), known.parent

    def _namesakes(self) -> Iterator[list[int]]:
        """Group those of one name in one place, where they are few."""
        found: dict[tuple[str, str | None], list[int]] = {}
        table, who = self._table, self.codes.who
        every = table.names if len(who) == len(table.names) else [table.names[at] for at in who]
        names = plain_each(every)
        counted = Counter(names) if len(set(names)) < len(names) else Counter[str]()
        again = {name for name, number in counted.items() if name and number > 1}
        for at, name in zip(who, names, strict=True) if again else ():
            if name in again and self.codes.kin[table.codes[at]].name:
                place = table.parents[at] or division(table.codes[at])
                found.setdefault((name, place), []).append(at)
        for group in found.values():
            if 1 < len(group) <= _NAMESAKES:
                yield group

    def _tell_pair(self, right: int, wrong: int) -> None:
        codes = self._table.codes
        apart = apart_by(codes[right], codes[wrong])
        near = apart is not Apart.FAR
        campus = apart is Apart.LONGER and self._say_different(right, wrong)
        first, second = self.codes.kin[codes[right]], self.codes.kin[codes[wrong]]
        named = first.name is not None and second.name is not None
        both = self._years(right) & self._years(wrong)
        lost = named and apart in {Apart.LOST, Apart.LONGER} and not campus
        taken = say("按两个对象处理", "taken for two subjects")
        if lost and both:
            self._distrust(right, wrong, both)
            taken = say("本行这一年的数不采用", "the numbers of this row are not used")
        who = second.name or first.name or ""
        when = sorted(both or self._years(wrong))[:_MOST_YEARS]
        zh = "、".join(map(str, when))
        en = ", ".join(map(str, when))
        like_zh, like_en = ("几乎相同的代码", "hardly different") if near else ("代码", "other")
        message = say(
            f"“{who}”在{zh}年的代码是 {codes[wrong]}，"
            f"{'同一年又' if both else '其他年份'}有{like_zh} {codes[right]}；{taken}",
            f'"{who}" has the code {codes[wrong]} in {en} and the {like_en} one {codes[right]}'
            f" {'in the same year' if both else 'in other years'}; {taken}",
        )
        hint = must_be([codes[right]], {codes[right]: first.name})
        if campus:
            hint = _say_which_campus(codes[right])
        elif not near:
            hint = _mend_or_say_why(codes[right])
        self.log.tell(
            second.seen,
            "code-twin" if near else "name-twice",
            message,
            hint,
            subject=codes[wrong],
            severity=Severity.ERROR if lost else Severity.WARNING,
            fixed="code",
            found=codes[wrong],
            also=[first.seen],
        )

    def _distrust(self, right: int, wrong: int, both: AbstractSet[int]) -> None:
        """Use nothing of the second row of a year, nor what the first says otherwise.

        Two rows of one subject would count twice in whatever is above, and nobody can say which of
        two numbers holds.
        """
        codes, (order, starts) = self._table.codes, self._order
        told = say(
            f"代码 {codes[wrong]} 和 {codes[right]} 多半是同一个对象，同一年填了两行",
            f"the codes {codes[wrong]} and {codes[right]} are most likely one subject, with two"
            " rows of one year",
        )
        for slug, column in self._table.columns.items():
            for year in both:
                same = self._values(right, year, column) == self._values(wrong, year, column)
                for at in (wrong,) if same else (wrong, right):
                    for row in order[starts[at] : starts[at + 1]].tolist():
                        if self._table.year[row] == year and not np.isnan(column.at(row)):
                            cell = self.log.cell(self._table.where(row), slug)
                            column.unusable[row] = say(f"{cell}：{told}", f"{cell}: {told}")
                            column.clear(row)

    def _say_different(self, first: int, second: int) -> bool:
        """Tell whether two report different numbers of one year, as a copied row does not."""
        both = self._years(first) & self._years(second)
        return any(
            self._values(first, year, column) != self._values(second, year, column)
            for column in self._table.columns.values()
            for year in both
        )

    def _values(self, at: int, year: int, column: Column) -> set[float]:
        order, starts = self._order
        rows = order[starts[at] : starts[at + 1]]
        values = column.take(rows[self._table.year[rows] == year])
        return set(values[~np.isnan(values)].tolist())


def _mend_or_say_why(code: str) -> str:
    return say(
        f"填错的，改为 {code}；换了代码的，在名录的“原代码”列写明；确是两个对象的，名称写得不同",
        f"mend it if it should be {code}; if the code changed, say so in the roster's column of"
        " former codes; if they are two, name them differently",
    )


def _say_which_campus(code: str) -> str:
    return say(
        f"填错的，改为 {code}；是一校的几个校区、各有各的代码的，名称写明校区",
        f"mend it if it should be {code}; if they are campuses of one school, let their names say"
        " which",
    )
