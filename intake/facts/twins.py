"""Subjects that must be one: a code that was mistyped where no roster tells how it should be.

What tells without a roster: the same name under two codes in one place; codes that are alike but
for a lost zero, a look-alike letter or a digit more or less; a code that is not as long as the
others of its level, or does not begin as they do. Nothing is put right: both stay as they are, and
are told of at the cell of the one that is less likely.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import cached_property

import numpy as np

from dabiao.intake.facts.moves import Kin
from dabiao.intake.facts.near_codes import Apart, NearCodes, apart_by, in_digits, must_be, skeleton
from dabiao.intake.facts.parents import SIX
from dabiao.intake.facts.rows import origin_at, problem_at
from dabiao.intake.names import plain, plain_each
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.divisions import agree, division
from dabiao.schemas.facts import Column, LevelFacts, Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_ENOUGH = 4
"""Codes of a level from which on they tell how long a code is, and how it begins."""
_FEW = 10
"""One in so many codes may be otherwise, for the others to tell that it should not be."""
_NAMESAKES = 3
"""Subjects of one name in one place up to which they may be one; more are called after a kind."""
_MOST_YEARS = 3
_SHORTEST = 5
"""Characters of the shortest codes that may all be of one length for a reason."""


def tell_twins(
    levels: Mapping[Level, LevelFacts],
    kin: Mapping[Level, Mapping[str, Kin]],
    places: Mapping[str, Place],
    origins: Sequence[Origin],
    noticed: ProblemLog,
) -> None:
    """Tell of subjects that reported and may be one, and of codes that are unlike all others.

    Whom a roster lists has the right code; who was told of already is not told of twice.

    Args:
        levels: The facts.
        kin: What is known of each subject.
        places: The places, with whose codes others begin.
        origins: The tables.
        noticed: Takes down what is found.
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
        for problem in noticed.problems
        if problem.code.startswith(("code-", "parent-", "two-codes"))
    }
    for level, table in levels.items():
        _Level(table, kin[level], known, former, origins, noticed, told).tell()


@dataclass
class _Level:
    """The subjects of one level.

    Attributes:
        known: Codes of places, of today and former ones.
        former: The former codes of whom a roster gives any of: who lies in them may keep theirs.
        told: Of whose codes something was told before.
    """

    table: LevelFacts
    kin: Mapping[str, Kin]
    known: AbstractSet[str]
    former: Mapping[str, tuple[str, ...]]
    origins: Sequence[Origin]
    noticed: ProblemLog
    told: AbstractSet[str | None]
    _met: set[int] = field(default_factory=set)

    def tell(self) -> None:
        """Tell of twins first; of who is none whether its code is unlike the others."""
        if self._unlisted.any():
            for first, second in self._pairs():
                self._tell_pair(first, second)
            for at in self._odd():
                self._tell_odd(at)

    @cached_property
    def _listed(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        none = np.zeros(len(self.table.codes), np.bool_)
        return none if self.table.listed is None else self.table.listed

    @cached_property
    def _reported(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        found = np.zeros(len(self.table.codes), np.bool_)
        found[self.table.subject] = True
        return found

    @cached_property
    def _unlisted(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Who reported and stands in no roster."""
        found: np.ndarray[tuple[int], np.dtype[np.bool_]] = self._reported & ~self._listed
        return found

    @cached_property
    def _lengths(self) -> Counter[int]:
        """Count the subjects that reported by how long their codes are."""
        return Counter(map(len, self._codes))

    @cached_property
    def _who(self) -> list[int]:
        """Who reported."""
        found: list[int] = np.flatnonzero(self._reported).tolist()
        return found

    @cached_property
    def _codes(self) -> list[str]:
        """Give their codes."""
        codes = self.table.codes
        return codes if len(self._who) == len(codes) else [codes[at] for at in self._who]

    @cached_property
    def _are_of_digits(self) -> bool:
        """Tell whether all of these are of digits."""
        return "".join(self._codes).isdigit()

    @cached_property
    def _usual(self) -> int | None:
        """Give how long nearly all codes are; None where they are of many lengths."""
        (length, number), *_ = self._lengths.most_common(1)
        total = self._lengths.total()
        usual = total >= _ENOUGH and total - number <= max(1, total // _FEW)
        return length if usual else None

    @cached_property
    def _order(self) -> "tuple[np.ndarray[tuple[int], np.dtype[np.intp]], list[int]]":
        order = np.argsort(self.table.subject, kind="stable")
        starts = np.searchsorted(self.table.subject[order], np.arange(len(self.table.codes) + 1))
        return order, starts.tolist()

    def _years(self, at: int) -> set[int]:
        order, starts = self._order
        rows = order[starts[at] : starts[at + 1]]
        return set(self.table.year[rows].tolist())

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Yield those who may be one, the likelier right one first."""
        for group in self._near():
            yield from self._ordered(group)
        if self.table.level is Level.CLASS:
            return  # called 1班 in every grade
        for group in self._namesakes():
            yield from self._ordered(group)

    def _ordered(self, group: Sequence[int]) -> Iterator[tuple[int, int]]:
        right, *others = sorted(group, key=self._doubt)
        for other in others:
            if self._unlisted[other] and other not in self._met and not self._is_told(other):
                self._met.add(other)
                yield right, other

    def _is_told(self, at: int) -> bool:
        return self.table.codes[at] in self.told

    def _doubt(self, at: int) -> tuple[bool, bool, int, tuple[int, int]]:
        """Order subjects by how likely it is that their code is wrong, the least likely first."""
        code = self.table.codes[at]
        unusual = self._usual is not None and len(code) != self._usual
        seen = self.kin[code].seen
        return not self._listed[at], unusual, -len(self._years(at)), seen

    def _near(self) -> Iterator[list[int]]:
        """Group those whose codes are alike but for zeros, width, look-alikes or one digit."""
        codes, reported = self.table.codes, self._who
        alike: dict[str, list[int]] = {}
        ordinary = self._are_of_digits and "\n0" not in "\n" + "\n".join(self._codes)
        for at in () if ordinary else reported:
            if codes[at][0] == "0" or not codes[at].isdigit():
                alike.setdefault(skeleton(codes[at]), []).append(at)
        same_length = self._usual is None or len(self._lengths) == 1
        if same_length and not alike:
            return
        place = {codes[at]: at for at in reported}
        for bare, of in alike.items():
            group = [*of, place[bare]] if bare in place and place[bare] not in of else of
            if len(group) > 1 and self._may_be_one(group):
                yield group
        for at in () if same_length else reported:
            if len(codes[at]) != self._usual and self.kin[codes[at]].name is not None:
                found = [place[code] for code in self._usual_codes.find(codes[at])]
                same = [other for other in found if self._called(other) == self._called(at)]
                if len(same) == 1:
                    yield [same[0], at]

    def _may_be_one(self, group: Sequence[int]) -> bool:
        """Tell whether names leave it open: they are the same, or one of them has none."""
        names = {plain(name) for at in group if (name := self.kin[self.table.codes[at]].name)}
        return len(names) <= 1

    def _called(self, at: int) -> tuple[str, str | None]:
        known = self.kin[self.table.codes[at]]
        return plain(known.name or ""), known.parent

    def _namesakes(self) -> Iterator[list[int]]:
        """Group those of one name in one place, where they are few."""
        found: dict[tuple[str, str | None], list[int]] = {}
        known = [self.kin[self.table.codes[at]] for at in self._who]
        names = plain_each([each.name or "" for each in known])
        counted = Counter(names) if len(set(names)) < len(names) else Counter[str]()
        again = {name for name, number in counted.items() if name and number > 1}
        for at, name, of in zip(self._who, names, known, strict=True) if again else ():
            if name in again:
                place = of.parent or division(self.table.codes[at])
                found.setdefault((name, place), []).append(at)
        for group in found.values():
            if 1 < len(group) <= _NAMESAKES:
                yield group

    def _odd(self) -> Iterator[int]:
        """Find codes that are not as long as the others, or do not begin as they do."""
        found = self._beginning | self._lettered
        if self._usual is not None and len(self._lengths) > 1 and self._is_of_one_length:
            found.update(at for at in self._who if len(self.table.codes[at]) != self._usual)
        for at in sorted(found):
            doubted = self._unlisted[at] and at not in self._met and not self._is_told(at)
            if doubted and not self._is_marked(at):
                yield at

    def _is_marked(self, at: int) -> bool:
        """Tell codes that are otherwise on purpose: marked by a letter in front, or by a dash.

        MB001 is a number of somebody's own, 150602K001 one for kindergartens, 1506020001-2 that of
        a part. A letter that looks like a digit marks nothing, nor does one among the digits.
        """
        code, start = self.table.codes[at], self._start(at) or ""
        front = (code.removeprefix(start) or code)[0]
        return "-" in code or (front.isalpha() and not in_digits(front).isdigit())

    @cached_property
    def _lettered(self) -> set[int]:
        """Find codes that hold a letter, where nearly all are of digits."""
        some = () if self._are_of_digits else self._who
        found = {at for at in some if not self.table.codes[at].isdigit()}
        usual = len(self._who) >= _ENOUGH and len(found) <= max(1, len(self._who) // _FEW)
        return found if usual else set()

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The codes that somebody has."""
        return frozenset(self.table.codes)

    @cached_property
    def _begin_with_zeros(self) -> bool:
        """Tell whether most codes do."""
        return 2 * sum(each[0] == "0" for each in self.table.codes) > len(self.table.codes)

    @cached_property
    def _is_of_one_length(self) -> bool:
        """Tell whether codes should be of one length: they are no counts, unless with zeros."""
        if self._usual is None or self._usual < _SHORTEST:
            return False
        codes = self.table.codes
        starts = [(codes[at], start) for at in self._who if (start := self._start(at))]
        tails = [code[len(start) :] for code, start in starts if code.startswith(start)]
        return 2 * len(tails) < len(self._who) or any(tail[:1] == "0" for tail in tails)

    @cached_property
    def _beginning(self) -> set[int]:
        """Find codes that do not begin with a place's, where nearly all others do."""
        codes, parents = self.table.codes, self.table.parents
        if self.table.level is Level.CLASS:  # of which there are many
            placed = [at for at in self._who if parents[at] is not None]
            others = [at for at in placed if not codes[at].startswith(self._starts(at))]
        else:
            begin = list(self._begin_each())
            placed = [at for of, begins in begin if begins is not None for at in of]
            others = [at for of, begins in begin if begins is False for at in of]
        usual = len(placed) >= _ENOUGH and len(others) <= max(1, len(placed) // _FEW)
        return set(others) if usual else set()

    def _begins(self, at: int) -> bool | None:
        """Tell whether a code begins with a county's; None where nobody can say with which."""
        code, start = self.table.codes[at], self._start(at)
        six = division(code)
        if start is None:
            return six in self.known if self.known else None
        if six is None or division(start) is None:
            return code.startswith(self._starts(at))
        return any(agree(six, of) for each in self._starts(at) if (of := division(each)))

    def _begin_each(self) -> Iterator[tuple[list[int], bool | None]]:
        """Tell it of those who did not move; those of one county are all alike."""
        alike: dict[tuple[str, str | None], list[int]] = {}
        parents, moves = self.table.parents, self.table.moves
        for at, code in zip(self._who, self._codes, strict=True):
            if at not in moves:
                alike.setdefault((code[:SIX], parents[at]), []).append(at)
        for (six, _), of in alike.items():
            are_one = len(six) == SIX and division(six) and self._is_placed(of[0])
            for some in [of] if are_one else ([at] for at in of):
                yield some, self._begins(some[0])

    def _is_placed(self, at: int) -> bool:
        """Tell whether what a code should begin with, if anything, is the code of a place."""
        start = self._start(at)
        return start is None or division(start) is not None

    def _starts(self, at: int) -> tuple[str, ...]:
        """Give what a code may begin with: what it should, or that by a former code."""
        start, parent = self._start(at) or "", self.table.parents[at] or ""
        return start, *self.former.get(start, ()), *self.former.get(parent, ())

    def _start(self, at: int) -> str | None:
        """Give what a code should begin with: the code of its school, or of its county."""
        parent = self.table.parents[at]
        if parent is None or self.table.level is Level.CLASS:
            return parent
        return division(parent) or parent

    def _tell_pair(self, right: int, wrong: int) -> None:
        codes = self.table.codes
        apart = apart_by(codes[right], codes[wrong])
        near = apart is not Apart.FAR
        campus = apart is Apart.LONGER and self._say_different(right, wrong)
        first, second = self.kin[codes[right]], self.kin[codes[wrong]]
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
        if not near:
            hint = say(
                f"填错的，改为 {codes[right]}；换了代码的，在名录的“原代码”列写明；"
                "确是两个对象的，名称写得不同",
                f"mend it if it should be {codes[right]}; if the code changed, say so in the"
                " roster's column of former codes; if they are two, name them differently",
            )
        if campus:
            hint = say(
                f"填错的，改为 {codes[right]}；是一校的几个校区、各有各的代码的，名称写明校区",
                f"mend it if it should be {codes[right]}; if they are campuses of one school,"
                " let their names say which",
            )
        self.noticed.add(
            problem_at(
                self.origins,
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
        )

    def _distrust(self, right: int, wrong: int, both: AbstractSet[int]) -> None:
        """Use nothing of the second row of a year, nor what the first says otherwise.

        Two rows of one subject would count twice in whatever is above, and nobody can say which of
        two numbers holds.
        """
        codes, (order, starts) = self.table.codes, self._order
        told = say(
            f"代码 {codes[wrong]} 和 {codes[right]} 多半是同一个对象，同一年填了两行",
            f"the codes {codes[wrong]} and {codes[right]} are most likely one subject, with two"
            " rows of one year",
        )
        for slug, column in self.table.columns.items():
            for year in both:
                same = self._values(right, year, column) == self._values(wrong, year, column)
                for at in (wrong,) if same else (wrong, right):
                    for row in order[starts[at] : starts[at + 1]].tolist():
                        if self.table.year[row] == year and not np.isnan(column.values[row]):
                            origin = origin_at(self.origins, int(self.table.origin[row]))
                            number = int(self.table.number[row])
                            cell = None if origin is None else origin.cell(slug, number)
                            column.unusable[row] = say(f"{cell}：{told}", f"{cell}: {told}")
                            column.values[row] = np.nan

    def _say_different(self, first: int, second: int) -> bool:
        """Tell whether two report different numbers of one year, as a copied row does not."""
        both = self._years(first) & self._years(second)
        return any(
            self._values(first, year, column) != self._values(second, year, column)
            for column in self.table.columns.values()
            for year in both
        )

    def _values(self, at: int, year: int, column: Column) -> set[float]:
        order, starts = self._order
        rows = order[starts[at] : starts[at + 1]]
        values = column.values[rows[self.table.year[rows] == year]]
        return set(values[~np.isnan(values)].tolist())

    def _tell_odd(self, at: int) -> None:
        code, level = self.table.codes[at], self.table.level
        told: list[str] = []
        if self._usual is not None and len(code) != self._usual:
            told.append(
                say(
                    f"有 {len(code)} 位，其他{level.zh}的都是 {self._usual} 位",
                    f"has {len(code)} characters, those of the others {self._usual}",
                )
            )
        if at in self._lettered:
            told.append(
                say(
                    f"不全是数字，其他{level.zh}的都是",
                    "is not all digits, as those of the others are",
                )
            )
        if at in self._beginning:
            start = self._start(at)
            whose = say("不是任何旗县的", "of no county") if start is None else start
            told.append(
                say(
                    f"开头{'' if start is None else '不是上级的 '}{whose}，其他{level.zh}的都是",
                    f"does not begin as those of the others do ({whose})",
                )
            )
        self.noticed.add(
            problem_at(
                self.origins,
                self.kin[code].seen,
                "odd-code",
                say("代码 {0} {1}", "the code {0} {1}").format(code, say("；", "; ").join(told)),
                self._likely(at),
                subject=code,
                fixed="code",
                found=code,
            )
        )

    def _likely(self, at: int) -> str:
        """Say what a code probably is: one that is known, or itself with what it must have lost."""
        code, start = self.table.codes[at], self._start(at)
        usual = self._usual or len(code)
        mended = {code.zfill(usual)} if self._begin_with_zeros else set()
        if start is not None and not code.startswith(start):
            mended = {whole for whole in mended if whole.startswith(start)} | {
                code[:place] + start[place] + code[place + gone :]
                for place in range(min(len(start), len(code)))
                for gone in (0, 1)
            }
            mended = {whole for whole in mended if whole.startswith(start) and len(whole) == usual}
        mended = {whole for whole in mended if whole not in self._taken}
        if at in self._lettered and len(code) == usual:
            digits = in_digits(code)
            if digits.isdigit() and digits.startswith(start or ""):
                mended = {digits}
        found = self._usual_codes.find(code) if len(code) != usual else []
        likely = found if 0 < len(found) <= _NAMESAKES else sorted(mended)
        if likely and (found or len(mended) == 1):
            return must_be(likely, {each: self._name(each) for each in likely})
        return say(
            "核对代码，填错的更正；代码列设为文本格式，开头的 0 才不会丢",
            "compare it with the records; format the column as text, so that leading zeros stay",
        )

    def _name(self, code: str) -> str | None:
        return self.kin[code].name if code in self.kin else None

    @cached_property
    def _usual_codes(self) -> NearCodes:
        """Search among the codes that are as long as nearly all."""
        codes = self.table.codes
        return NearCodes(codes[at] for at in self._who if len(codes[at]) == self._usual)
