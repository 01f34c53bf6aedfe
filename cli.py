"""The command line: which commands there are. What each does stands in ``commands/``."""

import json
from typing import Annotated, Literal

import typer

import dabiao
from dabiao.commands.cases.group import cases_app
from dabiao.commands.checking import check, explain, verify
from dabiao.commands.exit_codes import Exit
from dabiao.commands.facts import facts_app
from dabiao.commands.help import ABOUT, EXIT_CODES, both
from dabiao.commands.options import argument, option
from dabiao.commands.preparing import init, template
from dabiao.commands.program import Program
from dabiao.commands.reporting import compare, report, trend
from dabiao.commands.rules import rules_app
from dabiao.reports.outputs import print_line
from dabiao.schemas.language import Language

app = typer.Typer(
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=ABOUT,
    epilog=EXIT_CODES,
)
app.command(help=both("建一个工作文件夹，以后少写选项", "Make a folder to work in"))(init)
app.command(help=both("考核，列出没有做到的", "Judge facts, and list what was not kept"))(check)
app.command(help=both("用检查结果文件出报告", "Report a run that check wrote"))(report)
app.command(
    help=both("比较两次检查，说明变了什么、为什么", "Tell what changed between runs, and why")
)(compare)
app.command(help=both("几次检查的结论数并排看", "Put the counts of several runs side by side"))(
    trend
)
app.command(help=both("说明一条结论的来龙去脉", "Show the whole reasoning of one finding"))(explain)
app.command(help=both("把一份检查结果再考核一遍", "Judge a run again, and say what differs"))(
    verify
)
app.command(help=both("写出供填报的工作簿", "Write the workbook that rules need filled in"))(
    template
)
app.add_typer(
    facts_app,
    name="facts",
    help=both("填报数据：校验、核对、抽查", "Facts: validate, look closer, visit"),
)
app.add_typer(
    cases_app,
    name="cases",
    help=both("案件：立案、整改、销号", "Cases: opened, mended, closed"),
)
app.add_typer(
    rules_app, name="rules", help=both("规则：查看、检查、证明", "Rules: see, lint, prove")
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print_line(f"dabiao {dabiao.__version__}")
        raise typer.Exit


_SHOW = {"callback": _show_version, "is_eager": True}
_LANG = option("显示和报告用的语言", "language of all that is said")


@app.callback()
def start(
    version: Annotated[bool, option("显示版本", "show the version", "--version", **_SHOW)] = False,
    lang: Annotated[Language | None, _LANG] = None,
) -> None:
    """Hold what all commands share; both are dealt with before a command begins."""


@app.command(help=both("打印 JSON Schema", "Print a JSON Schema"))
def schema(
    of: Annotated[Literal["facts", "rule", "run"], argument("NAME", "哪一种数据", "of what")],
) -> int:
    """Print the JSON Schema of what goes in or comes out."""
    from dabiao.schemas.published import Published, json_schema

    print_line(json.dumps(json_schema(Published(of)), ensure_ascii=False, indent=2))
    return Exit.CHECKED
