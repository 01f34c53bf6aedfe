"""Codes that are unlike all others of their level: too long or short, lettered, begun otherwise.

Nothing is put right: a code stays as it is, and is told of at its cell, with the code that it
probably is.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from dabiao.intake.facts.codes.level_codes import ENOUGH, FEW, LevelCodes
from dabiao.intake.facts.near_codes import in_digits, must_be
from dabiao.intake.facts.parents import SIX
from dabiao.intake.facts.rows import RowLog
from dabiao.schemas.divisions import agree, division
from dabiao.schemas.facts import LevelFacts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

_AROUND = pattern(r"(?P<before>[A-Za-z]{0,4})[^0-9A-Za-z]*[0-9](?:[0-9]|[-._/#](?=[0-9]|$))*")
"""A code with what people write before it, or between its parts."""
_DAY = pattern(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_SHORTEST = 5
"""Characters of the shortest codes that may all be of one length for a reason."""
_MOST_LIKELY = 3
"""Codes that another may be, up to which they are named."""


@dataclass
class OddCodes:
    """The codes of one level that are unlike the others.

    Attributes:
        codes: All codes of the level.
        known: Codes of places, of today and former ones.
        former: The former codes of whom a roster gives any of: who lies in them may keep theirs.
        log: Takes down what is found.
    """

    codes: LevelCodes
    known: AbstractSet[str]
    former: Mapping[str, tuple[str, ...]]
    log: RowLog

    def tell(self, met: AbstractSet[int], told: AbstractSet[str | None]) -> None:
        """Tell of those that stand in no roster.

        Args:
            met: Who was told of as somebody's twin.
            told: Of whose codes something was told before.
        """
        for at in self._odd():
            if at not in met and self._table.codes[at] not in told:
                self._tell_odd(at)

    @property
    def _table(self) -> LevelFacts:
        return self.codes.table

    def _odd(self) -> Iterator[int]:
        """Find codes that are not as long as the others, or do not begin as they do."""
        found = self._beginning | self._lettered | self._dates
        if self.codes.usual is not None and len(self.codes.lengths) > 1 and self._is_of_one_length:
            found.update(
                at for at in self.codes.who if len(self._table.codes[at]) != self.codes.usual
            )
        for at in sorted(found):
            if self.codes.unlisted[at] and (at in self._dates or not self._is_marked(at)):
                yield at

    def _is_marked(self, at: int) -> bool:
        """Tell codes that are otherwise on purpose: marked by a letter in front, or by a dash.

        MB001 is a number of somebody's own, 150602K001 one for kindergartens, 1506020001-2 that of
        a part. A letter that looks like a digit marks nothing, nor does one among the digits, nor
        what stands around a whole code, or between two: 150602-0001, No.1506020001.
        """
        code, start = self._table.codes[at], self._start(at) or ""
        first, dash, rest = code.partition("-")
        usual = len(code) if self.codes.usual is None else self.codes.usual
        if self._bare(code) is not None or len(first) == usual <= len(rest):
            return False
        if dash and (first[:1].isalpha() or len(first) == usual or code.startswith(start or code)):
            return True
        front = (code.removeprefix(start) or code)[0]
        return front.isalpha() and not in_digits(front).isdigit()

    def _bare(self, code: str) -> str | None:
        """Give the code of digits that one is but for what parts or precedes them, if it is one."""
        digits = "".join(filter(str.isdigit, code))
        parts = _AROUND.fullmatch(code)
        if parts is None or len(digits) != self.codes.usual or digits == code:
            return None
        return None if parts["before"] and digits in self._taken else digits

    @cached_property
    def _lettered(self) -> set[int]:
        """Find codes that hold a letter, where nearly all are of digits."""
        some = () if self.codes.are_of_digits else self.codes.who
        found = {at for at in some if not self._table.codes[at].isdigit()}
        usual = len(self.codes.who) >= ENOUGH and len(found) <= max(1, len(self.codes.who) // FEW)
        return found if usual else set(filter(self._looks_like_digits, found))

    @cached_property
    def _dates(self) -> set[int]:
        """Find codes that are days, as programs write what a spreadsheet made of 3-1."""
        some = () if self.codes.are_of_digits else self.codes.who
        return {at for at in some if _DAY.fullmatch(self._table.codes[at])}

    def _looks_like_digits(self, at: int) -> bool:
        """Tell whether a code begins with its county's only if its letters are read as digits."""
        code, start = self._table.codes[at], self._start(at)
        if start is None or code.startswith(start):
            return False
        digits = in_digits(code)
        return digits.isdigit() and digits.startswith(start)

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The codes that somebody has."""
        return frozenset(self._table.codes)

    @cached_property
    def _begin_with_zeros(self) -> bool:
        """Tell whether most codes do."""
        return 2 * sum(each[0] == "0" for each in self._table.codes) > len(self._table.codes)

    @cached_property
    def _is_of_one_length(self) -> bool:
        """Tell whether codes should be of one length: they are no counts, unless with zeros."""
        if self.codes.usual is None or self.codes.usual < _SHORTEST:
            return False
        codes = self._table.codes
        starts = [(codes[at], start) for at in self.codes.who if (start := self._start(at))]
        tails = [code[len(start) :] for code, start in starts if code.startswith(start)]
        return 2 * len(tails) < len(self.codes.who) or any(tail[:1] == "0" for tail in tails)

    @cached_property
    def _beginning(self) -> set[int]:
        """Find codes that do not begin with a place's, where nearly all others do."""
        codes, parents = self._table.codes, self._table.parents
        if self._table.level is Level.CLASS:  # of which there are many
            inside = [at for at in self.codes.who if parents[at] is not None]
            others = [at for at in inside if not codes[at].startswith(self._starts(at))]
            placed = len(inside)
        else:
            begin = list(self._begin_each())
            others = [at for of, begins in begin if begins is False for at in of]
            placed = sum(len(of) for of, begins in begin if begins is not None)
        usual = placed >= ENOUGH and len(others) <= max(1, placed // FEW)
        return set(others) if usual else set()

    def _begins(self, at: int) -> bool | None:
        """Tell whether a code begins with a county's; None where nobody can say with which."""
        code, start = self._table.codes[at], self._start(at)
        six = division(code)
        if start is None:
            return six in self.known if self.known else None
        if six is None or division(start) is None:
            return code.startswith(self._starts(at))
        return any(agree(six, of) for each in self._starts(at) if (of := division(each)))

    def _begin_each(self) -> Iterator[tuple[list[int], bool | None]]:
        """Tell it of those who did not move; those of one county are all alike."""
        parents, moves = self._table.parents, self._table.moves
        for six, run in self._runs():
            alike: dict[str | None, list[int]] = {}
            above = [parents[at] for at in run]
            if moves or above.count(above[0]) < len(run):
                for at in run:
                    if at not in moves:
                        alike.setdefault(parents[at], []).append(at)
            else:
                alike[above[0]] = run
            for of in alike.values():
                are_one = len(six) == SIX and division(six) and self._is_placed(of[0])
                for some in [of] if are_one else ([at] for at in of):
                    yield some, self._begins(some[0])

    def _runs(self) -> Iterator[tuple[str, list[int]]]:
        """Yield who reported by how their codes begin: in order of code they stand together."""
        codes, first = self.codes.codes, 0
        while first < len(codes):
            six = codes[first][:SIX]
            last = bisect_right(codes, six, first, key=lambda code: code[:SIX])
            yield six, self.codes.who[first:last]
            first = last

    def _is_placed(self, at: int) -> bool:
        """Tell whether what a code should begin with, if anything, is the code of a place."""
        start = self._start(at)
        return start is None or division(start) is not None

    def _starts(self, at: int) -> tuple[str, ...]:
        """Give what a code may begin with: what it should, or that by a former code."""
        start, parent = self._start(at) or "", self._table.parents[at] or ""
        return start, *self.former.get(start, ()), *self.former.get(parent, ())

    def _start(self, at: int) -> str | None:
        """Give what a code should begin with: the code of its school, or of its county."""
        parent = self._table.parents[at]
        if parent is None or self._table.level is Level.CLASS:
            return parent
        return division(parent) or parent

    def _tell_odd(self, at: int) -> None:
        code, level = self._table.codes[at], self._table.level
        oddities: list[str] = []
        if self.codes.usual is not None and len(code) != self.codes.usual:
            oddities.append(
                say(
                    f"有 {len(code)} 位，其他{level.zh}的都是 {self.codes.usual} 位",
                    f"has {len(code)} characters, those of the others {self.codes.usual}",
                )
            )
        if at in self._dates:
            oddities.append(
                say("像是日期（表格软件会把 3-1 变成日期）", "looks like a date, made of 3-1")
            )
        elif at in self._lettered:
            oddities.append(
                say(
                    f"不全是数字，其他{level.zh}的都是",
                    "is not all digits, as those of the others are",
                )
            )
        if at in self._beginning:
            start = self._start(at)
            whose = say("不是任何旗县的", "of no county") if start is None else start
            oddities.append(
                say(
                    f"开头{'' if start is None else '不是上级的 '}{whose}，其他{level.zh}的都是",
                    f"does not begin as those of the others do ({whose})",
                )
            )
        self.log.tell(
            self.codes.kin[code].seen,
            "odd-code",
            say("代码 {0} {1}", "the code {0} {1}").format(code, say("；", "; ").join(oddities)),
            self._likely(at),
            subject=code,
            fixed="code",
            found=code,
        )

    def _likely(self, at: int) -> str:
        """Say what a code probably is: one that is known, or itself with what it must have lost."""
        code, start = self._table.codes[at], self._start(at)
        usual = self.codes.usual or len(code)
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
        bare = self._bare(code)
        if bare is not None:
            mended = {bare}
        found = self.codes.usual_codes.find(code) if len(code) != usual and bare is None else []
        likely = found if 0 < len(found) <= _MOST_LIKELY else sorted(mended)
        if likely and (found or len(mended) == 1):
            return must_be(likely, {each: self._name(each) for each in likely})
        return say(
            "核对代码，填错的更正；代码列设为文本格式，开头的 0 才不会丢",
            "compare it with the records; format the column as text, so that leading zeros stay",
        )

    def _name(self, code: str) -> str | None:
        return self.codes.kin[code].name if code in self.codes.kin else None
