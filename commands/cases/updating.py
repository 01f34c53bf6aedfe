"""Cases changed: one by one, closed, brought back in a ledger, given a proof."""

import datetime
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dabiao.commands.cases.looking import read_state
from dabiao.commands.cases.store import Cases, Expires, Signing, day, opened
from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import or_exit
from dabiao.commands.options import argument, completion, option
from dabiao.reports.outputs import OutputError, print_line, write_stream
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.cases.store.store import Signature
    from dabiao.cases.updating import Said

_NUMBERS = argument("NUMBER", "案件编号，可写几个", "numbers of cases")
_LEDGER = argument("LEDGER.xlsx", "填写过的台账", "a ledger that was filled in")
_FILE = argument("FILE", "佐证材料", "what shows something")
_STATE = option(
    "改为此状态，如 已下达",
    "put it into this state",
    "--state",
    metavar="STATE",
    autocompletion=completion.states,
)
_WITHIN = option(
    "期限，从下达次日起算，如 30天、1个月、1年",
    "how long from the day after it is issued: 30d, 1m, 1y",
    "--within",
    metavar="PERIOD",
)
_EXPECT = option(
    "您看到的版本；别人改过就不写", "the version you saw; refused if it moved", metavar="N", min=1
)


def update(
    numbers: Annotated[list[str], _NUMBERS],
    *,
    cases: Cases = None,
    signing: Signing,
    state: Annotated[str | None, _STATE] = None,
    issued: Annotated[str | None, option("下达日期", "issued on", metavar="DATE")] = None,
    due: Annotated[str | None, option("整改期限", "due on", metavar="DATE")] = None,
    within: Annotated[str | None, _WITHIN] = None,
    measure: Annotated[str | None, option("整改措施", "what is done", metavar="TEXT")] = None,
    person: Annotated[str | None, option("责任人", "who does it", metavar="TEXT")] = None,
    progress: Annotated[str | None, option("进展", "how far it is", metavar="TEXT")] = None,
    evidence: Annotated[str | None, option("佐证材料", "what shows it", metavar="TEXT")] = None,
    rechecked: Annotated[str | None, option("复核日期", "re-checked on", metavar="DATE")] = None,
    result: Annotated[str | None, option("复核结果", "what came of it", metavar="TEXT")] = None,
    closed_by: Annotated[str | None, option("销号人", "who closed it", metavar="WHO")] = None,
    approver: Annotated[str | None, option("豁免批准人", "who waived it", metavar="WHO")] = None,
    expires: Expires = None,
    reason: Annotated[str | None, option("豁免理由", "why waived", metavar="TEXT")] = None,
    expect: Annotated[int | None, _EXPECT] = None,
) -> int:
    """Write what was said or done of cases; an empty text takes back what was said."""
    signature = signing.signed()
    said: dict[str, str | None] = {"measure": measure, "person": person, "progress": progress}
    said |= {"evidence": evidence, "result": result, "closed_by": closed_by}
    said |= {"approver": approver, "reason": reason}
    days = {"issued": issued, "due": due, "rechecked": rechecked, "expires": expires}
    told: Said = {
        **{name: value.strip() or None for name, value in said.items() if value is not None},
        **{
            name: day(value) if value else None for name, value in days.items() if value is not None
        },
        **({} if state is None else {"state": read_state(state)}),
    }
    if within is not None:
        told = {**told, "due": _last_day(told, within)}
    return _write(cases, numbers, told, signature, expect)


def close(
    numbers: Annotated[list[str], _NUMBERS],
    *,
    cases: Cases = None,
    signing: Signing,
) -> int:
    """Close cases that were re-checked (销号)."""
    from dabiao.schemas.case import CaseState

    signature = signing.signed()
    told = {"state": CaseState.CLOSED, "closed_by": signature.by}
    return _write(cases, numbers, told, signature, None)


def import_(
    ledger: Annotated[Path, _LEDGER],
    *,
    cases: Cases = None,
    signing: Signing,
) -> int:
    """Bring back what people filled in; what is newer in the database is never overwritten."""
    signature = signing.signed(say(f"台账 {ledger.name}", f"ledger {ledger.name}"))
    store = opened(cases)
    from dabiao.cases.ledger import bring_back, read_ledger
    from dabiao.reports.lists.problems import print_problems

    with or_exit(Exit.FACTS):
        filled = read_ledger(ledger)
    done = store.write(signature, lambda open_: bring_back(open_, filled))
    for line in done.told:
        print_line(line)
    told = done.problems
    print_line(
        say(
            f"改动 {done.changed:,} 件，没有新内容 {done.same:,} 件，没有采用 {len(told):,} 处",
            f"{done.changed:,} changed, {done.same:,} with nothing new, {len(told):,} not taken",
        )
    )
    if told:
        write_stream(sys.stderr, partial(print_problems, told))
    return Exit.FOUND if told else Exit.CHECKED


def attach(
    file: Annotated[Path, _FILE],
    numbers: Annotated[list[str], _NUMBERS],
    *,
    cases: Cases = None,
    signing: Signing,
    expires: Expires = None,
) -> int:
    """Keep a file with cases, as it is now; one file may show something of many."""
    signature = signing.signed()
    until = None if expires is None else day(expires)
    store = opened(cases)
    from dabiao.cases.attachments import attach as attached

    kept = attached(store, file, numbers, signature, until)
    print_line(f"{kept.sha256}  {kept.name}  {kept.size:,} B  {', '.join(kept.cases)}")
    return Exit.CHECKED


def _last_day(changes: "Said", within: str) -> "datetime.date":
    """Give the last day of a period that begins when the notice is issued.

    Raises:
        OutputError: It is no period, or nothing is issued.
    """
    from dabiao.cases.clocks import last_day

    issued = changes.get("issued")
    if not isinstance(issued, datetime.date) or "due" in changes:
        raise OutputError(
            say(
                "--within 要和 --issued 一起写，不和 --due 一起写",
                "--within goes with --issued, and without --due",
            )
        )
    try:
        return last_day(issued, within)
    except ValueError:
        raise OutputError(
            say(
                f"“{within}”不是期限；写成 30天、1个月、1年",
                f"{within!r} is no period; write it like 30d, 1m, 1y",
            )
        ) from None


def _write(
    cases: str | None,
    numbers: list[str],
    changes: "Said",
    signature: "Signature",
    expect: int | None,
) -> int:
    store = opened(cases)
    from dabiao.cases.updating import update_cases
    from dabiao.reports import wording

    changed = store.write(signature, lambda open_: update_cases(open_, numbers, changes, expect))
    for case in changed:
        print_line(f"{case.number}　{wording.case_state(case)}　{case.name}　{case.title}")
    return Exit.CHECKED
