"""``dabiao cases measures``: what is done, for one case or many."""

from functools import partial
from typing import Annotated

from dabiao.commands.cases.store import Cases, Signing, Today, day, opened
from dabiao.commands.exit_codes import Exit
from dabiao.commands.help import both, example
from dabiao.commands.options import argument, option
from dabiao.commands.options.groups import CommandGroup, Destination
from dabiao.reports.outputs import print_line

measures_app = CommandGroup()

_TEXT = argument("TEXT", "做什么", "what is done")
_NUMBER = argument("NUMBER", "措施编号，如 M0001", "number of the measure, as M0001")
_CASE = option("为哪件案件，可重复", "for this case; repeat it", "--case", metavar="NUMBER")
_DROP = option("不再为此案件，可重复", "no more for this case", "--drop-case", metavar="NUMBER")
_Owner = Annotated[str | None, option("负责人", "who does it", metavar="WHO")]
_Start = Annotated[str | None, option("开始日期", "the first day", metavar="DATE")]
_Due = Annotated[str | None, option("期限", "the last day", metavar="DATE")]
_Cost = Annotated[str | None, option("费用（元）", "what it costs, in yuan", metavar="YUAN")]
_Proof = Annotated[str | None, option("完成的证明", "what shows that it is done", metavar="TEXT")]
_ForCases = Annotated[list[str] | None, _CASE]
_Done = Annotated[bool | None, option("完成了没有", "whether it is done", "--done/--not-done")]


@measures_app.command(
    "list",
    help=both("措施清单", "List measures"),
    epilog=example("cases measures list -o measures.xlsx"),
)
def list_measures(
    *,
    cases: Cases = None,
    today: Today = None,
    to: Destination,
) -> int:
    """List measures, with how many of their findings still fail."""
    book = opened(cases).book(day(today))
    from dabiao.cases.listing import action_listing, print_actions

    prose = partial(print_actions, book)
    to.write(action_listing(book), prose=prose)
    return Exit.CHECKED


@measures_app.command(
    "add",
    help=both("记一条措施", "Note a measure"),
    epilog=example("cases measures add 新建教学楼 --case 2025-012Q7-12TE3 --by 市教育体育局"),
)
def add(
    text: Annotated[str, _TEXT],
    *,
    for_cases: _ForCases = None,
    cases: Cases = None,
    signing: Signing,
    owner: _Owner = None,
    start: _Start = None,
    due: _Due = None,
    cost: _Cost = None,
) -> int:
    """Note a measure, for as many cases as it serves."""
    signature = signing.signed()
    store = opened(cases)
    from dabiao.cases.actions import ActionChange, add_action
    from dabiao.cases.listing import action_words

    said = ActionChange(
        text=text,
        owner=owner,
        start=None if start is None else day(start),
        due=None if due is None else day(due),
        cost=cost,
        serves=for_cases or (),
    )
    action = add_action(store, said, signature)
    print_line(f"{action.number}  {action_words(action)}")
    return Exit.CHECKED


@measures_app.command(
    "update",
    help=both("改一条措施", "Change a measure"),
    epilog=example("cases measures update M0001 --done --proof 验收单 --by 市教育体育局"),
)
def update_measure(
    number: Annotated[str, _NUMBER],
    *,
    for_cases: _ForCases = None,
    drop: Annotated[list[str] | None, _DROP] = None,
    cases: Cases = None,
    signing: Signing,
    text: Annotated[str | None, option("做什么", "what is done", metavar="TEXT")] = None,
    owner: _Owner = None,
    start: _Start = None,
    due: _Due = None,
    cost: _Cost = None,
    done: _Done = None,
    proof: _Proof = None,
) -> int:
    """Change a measure; that it is done closes no case."""
    signature = signing.signed()
    store = opened(cases)
    from dabiao.cases.actions import ActionChange, change_action
    from dabiao.cases.listing import action_words

    said = ActionChange(
        text=text,
        owner=owner,
        start=None if start is None else day(start),
        due=None if due is None else day(due),
        cost=cost,
        done=done,
        proof=proof,
        serves=for_cases or (),
        leaves=drop or (),
    )
    action = change_action(store, number, said, signature)
    print_line(f"{action.number}  {action_words(action)}")
    return Exit.CHECKED
