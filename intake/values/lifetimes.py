"""From when to when the subjects of a roster exist, as its cells write it."""

from collections.abc import Mapping
from dataclasses import field
from difflib import get_close_matches

from dabiao.intake.cells.identity_cells import is_blank, read_code, read_year
from dabiao.intake.cells.unusable import Unusable, shown
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import TextSource, columns_of
from dabiao.intake.names import Fixed
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_WORDS = {
    RosterStatus.OPEN: "在办 正常 开办 在用 运行 存续 办学 open active existing",
    RosterStatus.NEW: "新建 新办 新设 新增 新开办 new opened",
    RosterStatus.CLOSED: "撤销 停办 关闭 关停 裁撤 注销 撤点 撤銷 停辦 關閉 closed",
    RosterStatus.MERGED: "合并 并入 撤并 被合并 合併 併入 撤併 merged",
}
_STATUS = {word: status for status, words in _WORDS.items() for word in words.split()}
_OFFERED = ("在办", "新建", "撤销", "停办", "合并")
_DATE = pattern(r"(?P<year>(?:19|20)\d{2})[年./-]?(?:\d{1,2}[月./-]?(?:\d{1,2}日?)?)?")
_EDGES = "()[]（）【】:：,，;；.。、 -"
_BETWEEN = pattern(r"[、,;，；]")
_STILL = ("至今", "现今", "今", "present", "now")


@dataclass
class LifetimeReader:
    """Reads the lifetimes of a roster.

    Attributes:
        table: The roster.
        sources: Where status and years come from.
        noticed: Takes down what is wrong.
    """

    table: Table
    sources: Mapping[Fixed, TextSource]
    noticed: ProblemLog
    _cells: dict[Fixed, list[Cell]] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        """Take the next block."""
        for fixed, source in self.sources.items():
            cells = source.cells(block.columns, len(block.numbers))
            self._cells.setdefault(fixed, []).extend(cells)

    def read(self, at: int, number: int, code: str) -> Lifetime | None:
        """Read the lifetime in a row; None where the roster says nothing of it.

        Args:
            at: The row's place among those that were added.
            number: The row's number.
            code: Who stands in it.
        """
        told = {fixed: cells[at] for fixed, cells in self._cells.items() if not is_blank(cells[at])}
        if not told:
            return None
        status, year = self._status(told.get(Fixed.STATUS), number, code)
        opened = self._year(Fixed.OPENED, told, number, code)
        closed = self._year(Fixed.CLOSED, told, number, code)
        recoded = self._year(Fixed.RECODED, told, number, code)
        into = self._into(told.get(Fixed.MERGED), number, code)
        former = self._former(told.get(Fixed.FORMER), number, code)
        if into is not None and (status is None or not status.has_ended):
            status = RosterStatus.MERGED
        elif status is None or status is RosterStatus.OPEN:
            status = RosterStatus.OPEN if closed is None else RosterStatus.CLOSED
        if status.has_ended:
            closed = closed or year
        else:
            opened = opened or year
        if opened is not None and closed is not None and closed < opened:
            self.noticed.add(
                self.table.problem(
                    "closed-before-opened",
                    say(
                        f"停办年份 {closed} 早于启用年份 {opened}；两个年份都不采用",
                        f"closed in {closed}, before it was opened in {opened}; neither is used",
                    ),
                    say("更正年份", "correct the years"),
                    cell=self._cell(Fixed.CLOSED, number),
                    subject=code,
                )
            )
            return Lifetime(former_codes=former) if former else None
        if former and recoded is None:  # it began before, under another code
            opened, recoded = None, opened
            status = RosterStatus.OPEN if status is RosterStatus.NEW else status
        if status is not RosterStatus.OPEN and (closed if status.has_ended else opened) is None:
            self._tell_no_year(status, number, code)
        return Lifetime(status, opened, closed, into, former, recoded)

    def _status(self, cell: Cell, number: int, code: str) -> tuple[RosterStatus | None, int | None]:
        """Read a status, and the year that may stand with it."""
        if cell is None:
            return None, None
        text = fold(str(cell)).strip().casefold()
        date = _DATE.search(text)
        word = text if date is None else text[: date.start()] + text[date.end() :]
        word = "".join(word.split()).strip(_EDGES)
        status = _STATUS.get(word.removeprefix("已"))
        if status is None and word.startswith(("并入", "合并到", "mergedinto")):
            status = RosterStatus.MERGED
        if status is None:
            near = (
                get_close_matches(word, (*_OFFERED, *RosterStatus), n=1, cutoff=0.4) if word else []
            )
            self.noticed.add(
                self.table.problem(
                    "bad-status",
                    say(
                        f"{shown(cell)}不是状态；按在办处理",
                        f"{shown(cell)} is no status; taken as open",
                    ),
                    say(f"是否为{'、'.join(near)}", f"did you mean {', '.join(near)}")
                    if near
                    else say("改为其中之一", "use one of these"),
                    expected=say("、".join(_OFFERED), "open, new, closed, merged"),
                    cell=self._cell(Fixed.STATUS, number),
                    subject=code,
                )
            )
        return status, None if date is None else int(date["year"])

    def _year(self, fixed: Fixed, told: Mapping[Fixed, Cell], number: int, code: str) -> int | None:
        cell = told.get(fixed)
        if isinstance(cell, str) and cell.strip().casefold() in _STILL:
            return None
        found = read_year(cell)
        if isinstance(found, Unusable):
            message = say(f"{fixed.zh}：{found.message}", f"{fixed.value}: {found.message}")
            self.noticed.add(
                self.table.problem(
                    found.code,
                    message,
                    found.hint,
                    cell=self._cell(fixed, number),
                    subject=code,
                )
            )
            return None
        return found

    def _into(self, cell: Cell, number: int, code: str) -> str | None:
        hint = say("填写并入后的学校的代码", "give the code of what took it over")
        found = self._code(Fixed.MERGED, cell, hint, number, code)
        if found == code:
            self.noticed.add(
                self.table.problem(
                    "merged-into-itself",
                    say(f"{code} 并入的是它自己", f"{code} is merged into itself"),
                    say("填写并入后的学校的代码", "give the code of what took it over"),
                    cell=self._cell(Fixed.MERGED, number),
                    subject=code,
                )
            )
            return None
        return found

    def _former(self, cell: Cell, number: int, code: str) -> tuple[str, ...]:
        """Read the codes that it had before; several may stand in a cell."""
        hint = say("填写它以前用的代码", "give the code that it had before")
        parts = _BETWEEN.split(cell) if isinstance(cell, str) else [cell]
        codes = [self._code(Fixed.FORMER, part, hint, number, code) for part in parts]
        if code in codes:
            self.noticed.add(
                self.table.problem(
                    "former-code-circle",
                    say(f"{code} 的原代码是它自己", f"{code} is given as its own former code"),
                    say(
                        "填写它以前用的代码；没有换过的留空",
                        "give the code that it had before, if any",
                    ),
                    cell=self._cell(Fixed.FORMER, number),
                    subject=code,
                )
            )
        return tuple(dict.fromkeys(each for each in codes if each not in (None, code)))

    def _code(self, fixed: Fixed, cell: Cell, hint: str, number: int, code: str) -> str | None:
        """Read another code that stands in a row."""
        found = read_code(cell)
        if not isinstance(found, Unusable):
            return found
        message = say(f"{fixed.zh}：{found.message}", f"{fixed.value}: {found.message}")
        at = self._cell(fixed, number)
        problem = self.table.problem(found.code, message, found.hint or hint, cell=at, subject=code)
        self.noticed.add(problem)
        return None

    def _tell_no_year(self, status: RosterStatus, number: int, code: str) -> None:
        fixed = Fixed.CLOSED if status.has_ended else Fixed.OPENED
        then = say("各年都不再应报", "it is expected in no year")
        if not status.has_ended:
            then = say("各年都应报", "it is expected in every year")
        self.noticed.add(
            self.table.problem(
                "status-without-year",
                say(f"{code} 没有写明{fixed.zh}；{then}", f"{code} gives no year: {then}"),
                say(f"填写{fixed.zh}", f"give the year in the column {fixed.value}"),
                Severity.WARNING,
                cell=self._cell(fixed if fixed in self.sources else Fixed.STATUS, number),
                subject=code,
            )
        )

    def _cell(self, fixed: Fixed, number: int) -> str:
        return self.table.cells(columns_of(self.sources.get(fixed)), number)
