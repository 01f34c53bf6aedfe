"""The commands of ``dabiao cases``, by name."""

import typer

from dabiao.commands.cases.looking import bundle, lint, list_, show
from dabiao.commands.cases.measures import measures_app
from dabiao.commands.cases.opening import follow, open_
from dabiao.commands.cases.updating import attach, close, import_, update
from dabiao.commands.help import both

cases_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
cases_app.command("open", help=both("由检查结果立案", "Open cases from a run"))(open_)
cases_app.command("list", help=both("案件清单", "List cases"))(list_)
cases_app.command("show", help=both("一件案件的全部经过", "Show a case and its history"))(show)
cases_app.command("update", help=both("记下进展、改状态", "Write what was said or done"))(update)
cases_app.command("close", help=both("销号", "Close cases that were re-checked"))(close)
cases_app.command("import", help=both("导入填好的台账", "Bring back a filled-in ledger"))(import_)
cases_app.command("attach", help=both("附上佐证材料", "Keep a file with cases"))(attach)
cases_app.command("lint", help=both("查出不对的地方", "Name what cannot be right"))(lint)
cases_app.command("bundle", help=both("报告、台账、佐证打成一包", "Pack up all of it"))(bundle)
cases_app.command("follow", help=both("对象换了代码", "A subject has another code"))(follow)
cases_app.add_typer(
    measures_app,
    name="measures",
    help=both("措施：记下、完成、列出", "Measures: noted, done, listed"),
)
