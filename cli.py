"""The command line: which commands there are. What each does stands in ``commands/``.

A command that is called by its name is loaded alone: all of them take as long to be made as all
files of a small submission to be read. ``app`` is the program with all its commands.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, assert_never, get_args

import typer

import dabiao
from dabiao.commands.exit_codes import Exit
from dabiao.commands.help import ABOUT, EXIT_CODES, both, example, pull_language
from dabiao.commands.options import argument, option
from dabiao.commands.program import Program
from dabiao.reports.outputs import print_line
from dabiao.schemas.language import Language

Command = Literal[
    "init",
    "check",
    "watch",
    "report",
    "compare",
    "trend",
    "explain",
    "verify",
    "seal",
    "seal-check",
    "seal-key",
    "template",
    "schema",
    "facts",
    "cases",
    "rules",
]
COMMANDS: tuple[Command, ...] = get_args(Command)


def __getattr__(name: str) -> typer.Typer:
    """Make the program when it is asked for."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _program(COMMANDS)


def program(given: Sequence[str]) -> typer.Typer:
    """Give the program as a command line needs it.

    Args:
        given: What was typed behind the program's name. Where it begins with the name of a command,
            no other is loaded; help, completion and a name that is misspelt need them all.
    """
    words = list(given)
    pull_language(words)
    return _program([each for each in COMMANDS if words[:1] == [each]] or COMMANDS)


def _program(commands: Iterable[Command]) -> typer.Typer:
    app = typer.Typer(
        cls=Program,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=ABOUT,
        epilog=EXIT_CODES,
    )
    app.callback()(start)
    for each in commands:
        _add(app, each)
    return app


def _add(app: typer.Typer, command: Command) -> None:  # noqa: C901, PLR0912, PLR0915 - one arm each
    """Load a command, and say what its help says of it."""
    match command:
        case "init":
            from dabiao.commands.preparing import init

            app.command(
                help=both("建一个工作文件夹，以后少写选项", "Make a folder to work in"),
                epilog=example("init work --document ordos-145 --area 150602 --as-of 2025"),
            )(init)
        case "check":
            from dabiao.commands.checking import check

            app.command(
                help=both("考核，列出没有做到的", "Judge facts, and list what was not kept"),
                epilog=example(
                    "check examples/ordos-2025",
                    "check examples/ordos-2025 --by-county",
                    "check examples/ordos-2025 --area 150602 -o report.html -o ledger.xlsx",
                ),
            )(check)
        case "watch":
            from dabiao.commands.beyond.watching import watch

            app.command(
                help=both("守着文件夹，随改随考核", "Judge a folder again whenever it changes"),
                epilog=example("watch examples/ordos-2025 -o report.html"),
            )(watch)
        case "report":
            from dabiao.commands.reporting import report

            app.command(
                help=both("用检查结果文件出报告", "Report a run that check wrote"),
                epilog=example(
                    "report run.json -o report.html", "report run.json --area 150602 -o letter.docx"
                ),
            )(report)
        case "compare":
            from dabiao.commands.reporting import compare

            app.command(
                help=both(
                    "比较两次检查，说明变了什么、为什么", "Tell what changed between runs, and why"
                ),
                epilog=example("compare 2023.json 2025.json -o changes.xlsx"),
            )(compare)
        case "trend":
            from dabiao.commands.reporting import trend

            app.command(
                help=both("几次检查的结论数并排看", "Put the counts of several runs side by side"),
                epilog=example("trend 2023.json 2025.json -o trend.xlsx"),
            )(trend)
        case "explain":
            from dabiao.commands.checking import explain

            app.command(
                help=both("说明一条结论的来龙去脉", "Show the whole reasoning of one finding"),
                epilog=example(
                    "explain ordos-145/primary-class-size 1506020006003 examples/ordos-2025"
                ),
            )(explain)
        case "verify":
            from dabiao.commands.checking import verify

            app.command(
                help=both("把一份检查结果再考核一遍", "Judge a run again, and say what differs"),
                epilog=example("verify run.json"),
            )(verify)
        case "seal":
            from dabiao.commands.seals.sealing import seal

            app.command(
                help=both("给检查结果盖印：签名", "Seal a run: sign it"),
                epilog=example("seal run.json examples/ordos-2025 --key office.key"),
            )(seal)
        case "seal-check":
            from dabiao.commands.seals.sealing import seal_check

            app.command(
                name="seal-check",
                help=both(
                    "验印：是不是盖印时的那些", "Check a seal, and name what was tampered with"
                ),
                epilog=example("seal-check run.json.seal examples/ordos-2025 --public office.pub"),
            )(seal_check)
        case "seal-key":
            from dabiao.commands.seals.sealing import seal_key

            app.command(
                name="seal-key",
                help=both("造一对盖印的钥匙", "Make a pair of keys to seal with"),
                epilog=example("seal-key office --passphrase"),
            )(seal_key)
        case "template":
            from dabiao.commands.preparing import template

            app.command(
                help=both("写出供填报的工作簿", "Write the workbook that rules need filled in"),
                epilog=example(
                    "template --document ordos-145 --year 2025 --area 150602 --level school"
                    " -o schools.xlsx"
                ),
            )(template)
        case "facts":
            from dabiao.commands.facts import facts_app

            app.add_typer(
                facts_app,
                name="facts",
                help=both("填报数据：校验、核对、抽查", "Facts: validate, look closer, visit"),
                epilog=example("facts validate examples/ordos-2025"),
            )
        case "cases":
            from dabiao.commands.cases.group import cases_app

            app.add_typer(
                cases_app,
                name="cases",
                help=both("案件：立案、整改、销号", "Cases: opened, mended, closed"),
                epilog=example("cases list"),
            )
        case "rules":
            from dabiao.commands.rules import rules_app

            app.add_typer(
                rules_app,
                name="rules",
                help=both("规则：查看、检查、证明", "Rules: see, lint, prove"),
                epilog=example("rules show ordos-145/primary-class-size"),
            )
        case "schema":
            app.command(
                help=both("打印 JSON Schema", "Print a JSON Schema"), epilog=example("schema run")
            )(schema)
        case _:
            assert_never(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        print_line(f"dabiao {dabiao.__version__}")
        raise typer.Exit


_SHOW = {"callback": _show_version, "is_eager": True}
_LANG = option("显示和报告用的语言", "language of all that is said")


def start(
    version: Annotated[bool, option("显示版本", "show the version", "--version", **_SHOW)] = False,
    lang: Annotated[Language | None, _LANG] = None,
) -> None:
    """Hold what all commands share; both are dealt with before a command begins."""


def schema(
    of: Annotated[Literal["facts", "rule", "run"], argument("NAME", "哪一种数据", "of what")],
) -> int:
    """Print the JSON Schema of what goes in or comes out."""
    from dabiao.schemas.published import Published, json_schema

    print_line(json.dumps(json_schema(Published(of)), ensure_ascii=False, indent=2))
    return Exit.CHECKED
