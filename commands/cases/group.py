"""The commands of ``dabiao cases``, by name."""

from dabiao.commands.cases.looking import bundle, lint, list_, show
from dabiao.commands.cases.measures import measures_app
from dabiao.commands.cases.opening import follow, open_
from dabiao.commands.cases.updating import attach, close, import_, update
from dabiao.commands.help import both, example
from dabiao.commands.options.groups import CommandGroup

_CASE = "2025-012Q7-12TE3"
_BY = "--by 市督导室"

cases_app = CommandGroup()
cases_app.command(
    "open",
    help=both("由检查结果立案", "Open cases from a run"),
    epilog=example(f"cases open run.json {_BY}"),
)(open_)
cases_app.command(
    "list",
    help=both("案件清单", "List cases"),
    epilog=example("cases list --overdue -o overdue.xlsx"),
)(list_)
cases_app.command(
    "show",
    help=both("一件案件的全部经过", "Show a case and its history"),
    epilog=example(f"cases show {_CASE}"),
)(show)
cases_app.command(
    "update",
    help=both("记下进展、改状态", "Write what was said or done"),
    epilog=example(
        f"cases update {_CASE} --state 已下达 --issued 2026-03-01 --within 30天 {_BY}",
        f"cases update {_CASE} --state 已复核 --rechecked 2026-05-06 --result 合格 {_BY}",
    ),
)(update)
cases_app.command(
    "close",
    help=both("销号", "Close cases that were re-checked"),
    epilog=example(f"cases close {_CASE} {_BY}"),
)(close)
cases_app.command(
    "import",
    help=both("导入填好的台账", "Bring back a filled-in ledger"),
    epilog=example(f"cases import ledger.xlsx {_BY}"),
)(import_)
cases_app.command(
    "attach",
    help=both("附上佐证材料", "Keep a file with cases"),
    epilog=example(f"cases attach photo.jpg {_CASE} {_BY} --expires 2027-12-31"),
)(attach)
cases_app.command(
    "lint",
    help=both("查出不对的地方", "Name what cannot be right"),
    epilog=example("cases lint --today 2026-12-31"),
)(lint)
cases_app.command(
    "bundle",
    help=both("报告、台账、佐证打成一包", "Pack up all of it"),
    epilog=example("cases bundle run.json -o bundle.zip"),
)(bundle)
cases_app.command(
    "follow",
    help=both("对象换了代码", "A subject has another code"),
    epilog=example(f"cases follow 1506020011 1506020031 {_BY} --why 换码"),
)(follow)
cases_app.add_typer(
    measures_app,
    name="measures",
    help=both("措施：记下、完成、列出", "Measures: noted, done, listed"),
    epilog=example("cases measures list"),
)
