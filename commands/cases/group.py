"""The commands of ``dabiao cases``, by name."""

import typer

from dabiao.commands.cases.looking import list_, show
from dabiao.commands.cases.opening import follow, open_
from dabiao.commands.cases.updating import close, update
from dabiao.commands.help import both, example

cases_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
cases_app.command(
    "open",
    help=both("由检查结果立案", "Open cases from a run"),
    epilog=example("cases open run.json --by 县督导室"),
)(open_)
cases_app.command(
    "list",
    help=both("案件清单", "List cases"),
    epilog=example("cases list --overdue -o overdue.xlsx"),
)(list_)
cases_app.command(
    "show",
    help=both("一件案件的全部经过", "Show a case and its history"),
    epilog=example("cases show 1"),
)(show)
cases_app.command(
    "update",
    help=both("记下进展、改状态", "Write what was said or done"),
    epilog=example("cases update 1 --state 已下达 --within 30天 --by 县督导室"),
)(update)
cases_app.command(
    "close",
    help=both("销号", "Close cases that were re-checked"),
    epilog=example("cases close 1 --by 县督导室"),
)(close)
cases_app.command(
    "follow",
    help=both("对象换了代码", "A subject has another code"),
    epilog=example("cases follow 1506240007 1506240001 --by 县督导室"),
)(follow)
