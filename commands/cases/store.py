"""Where cases are kept, who writes, and on which day: what these commands share."""

import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.commands.exit_codes import Exit
from dabiao.commands.options import option
from dabiao.reports.outputs import OutputError, tell
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

if TYPE_CHECKING:
    from dabiao.cases.store.store import Signature, Store
    from dabiao.reports.comparison.waivers import Waivers
    from dabiao.schemas.case import CaseBook
    from dabiao.schemas.run import Run

DEFAULT = "cases.sqlite"
"""The file in the working folder that cases are kept in where nothing else is said."""

_CASES = ("案件数据库：文件，或 postgresql://…", "cases: a file, or postgresql://…")
Cases = Annotated[str | None, option(*_CASES, "--cases", metavar="DB")]
_TODAY = ("按哪一天算是否超期；不写则今天", "the day to count from, if not today")
Today = Annotated[str | None, option(*_TODAY, "--today", metavar="DATE")]
Expires = Annotated[
    str | None,
    option("有效期的最后一天", "the last day on which it counts", "--expires", metavar="DATE"),
]


_BY = option("谁办的：单位或岗位", "who does it: an office or a post", "--by", metavar="WHO")
_WHY = option("为什么", "why", "--why", metavar="TEXT")
_ON = option("哪一天办的；不写则今天", "the day on which it was done, if not today", metavar="DATE")


@dataclass(frozen=True)
class Signing:
    """Who does something, why, and on which day."""

    by: Annotated[str, _BY] = ""
    why: Annotated[str, _WHY] = ""
    on: Annotated[str | None, _ON] = None

    def signed(self, why: str = "") -> "Signature":
        """Give who does it; it is never made up.

        Args:
            why: The reason, where nobody gives another.

        Raises:
            OutputError: Nobody is named.
        """
        from dabiao.cases.store.store import Signature

        by = self.by.strip()
        if not by:
            raise OutputError(
                say("--by 要写明谁办的，如 --by 市督导室", "--by has to name who does it")
            )
        return Signature(visible(by), day(self.on), visible((self.why or why).strip()))


def opened(where: str | None, *, create: bool = False) -> "Store":
    """Open what cases are kept in.

    Raises:
        OutputError: The libraries for it are not installed.
        InputError: There is none, or it cannot be used.
    """
    if find_spec("sqlalchemy") is None:
        raise OutputError(
            say(
                '管理案件要另装组件：python -m pip install "dabiao[cases]"',
                'keeping cases needs an extra: python -m pip install "dabiao[cases]"',
            )
        )
    from dabiao.cases.store.store import Store

    return Store(where or DEFAULT, create=create)


def book(where: str | None, today: str | None) -> "CaseBook":
    """Give all cases as they stand on a day."""
    return opened(where).book(day(today))


def waivers_between(
    before: "Run", where: str, since: str | None, today: str | None
) -> "Waivers | None":
    """Give the cases as they stood when an earlier run was looked at, and as they stand on a day.

    None, which is told, where nobody says when that was, and no case was opened from it.

    Raises:
        OutputError: The earlier run would have been looked at after the later one.
    """
    from dabiao.cases.standing import ended_waivers, first_seen, standing
    from dabiao.reports.comparison.waivers import Waivers

    store = opened(where)
    seen = first_seen(store, before.fingerprint) if since is None else day(since)
    if seen is None:
        tell(
            say(
                f"没有由上一次检查（{before.fingerprint}）立过案，不知道它是哪天看的，没有比较豁免；"
                "要比较，写明 --since 2026-03-31",
                f"no case was opened from the earlier run ({before.fingerprint}), so nobody knows"
                " when it was looked at, and waivers were not compared; to compare them, say"
                " --since 2026-03-31",
            )
        )
        return None
    now = day(today)
    if seen > now:
        raise OutputError(
            say(
                f"上一次检查是 {seen} 看的，晚于这一次的 {now}；核对 --since 和 --today",
                f"the earlier run was looked at on {seen}, which is after {now}; see --since and"
                " --today",
            )
        )
    return Waivers(standing(store, seen), standing(store, now), ended_waivers(store, seen, now))


def day(text: str | None) -> datetime.date:
    """Read a day; today, where none is given."""
    from dabiao.cases.clocks import today
    from dabiao.schemas.days import day_in

    found = today() if text is None else day_in(text)
    if found is None:
        tell(
            say(
                f"“{text}”不是日期；写成 2026-03-31",
                f"{text!r} is no date; write it like 2026-03-31",
            )
        )
        raise typer.Exit(Exit.USAGE)
    return found
