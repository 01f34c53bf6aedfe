"""The command line: which commands there are. What each does stands in ``commands/``.

A command that is called by its name is loaded alone: all of them take as long to be made as all
files of a small submission to be read. ``app`` is the program with all its commands.
"""

import json
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, Literal, NamedTuple

import typer

import dabiao
from dabiao.commands.exit_codes import Exit
from dabiao.commands.help import ABOUT, EXIT_CODES, both, example, pull_language
from dabiao.commands.options import argument, option
from dabiao.commands.options.groups import CommandGroup
from dabiao.commands.program import Program
from dabiao.reports.outputs import print_line
from dabiao.schemas.language import Language


class _Command(NamedTuple):
    """Where a command lies, what it is for, and how it is typed."""

    lies: str
    zh: str
    en: str
    examples: Sequence[str]


COMMANDS = {
    "init": _Command(
        "commands.preparing:init",
        "建一个工作文件夹，以后少写选项",
        "Make a folder to work in",
        ["init work --document ordos-145 --area 150602 --as-of 2025"],
    ),
    "check": _Command(
        "commands.checking:check",
        "考核，列出没有做到的",
        "Judge facts, and list what was not kept",
        [
            "check examples/ordos-2025",
            "check examples/ordos-2025 --by-county",
            "check examples/ordos-2025 --area 150602 -o report.html -o ledger.xlsx",
        ],
    ),
    "watch": _Command(
        "commands.beyond.watching:watch",
        "守着文件夹，随改随考核",
        "Judge a folder again whenever it changes",
        ["watch examples/ordos-2025 -o report.html"],
    ),
    "report": _Command(
        "commands.reporting:report",
        "用检查结果文件出报告",
        "Report a run that check wrote",
        ["report run.json -o report.html", "report run.json --area 150602 -o letter.docx"],
    ),
    "compare": _Command(
        "commands.reporting:compare",
        "比较两次检查，说明变了什么、为什么",
        "Tell what changed between runs, and why",
        ["compare 2023.json 2025.json -o changes.xlsx"],
    ),
    "trend": _Command(
        "commands.reporting:trend",
        "几次检查的结论数并排看",
        "Put the counts of several runs side by side",
        ["trend 2023.json 2025.json -o trend.xlsx"],
    ),
    "explain": _Command(
        "commands.checking:explain",
        "说明一条结论的来龙去脉",
        "Show the whole reasoning of one finding",
        ["explain ordos-145/primary-class-size 1506020006003 examples/ordos-2025"],
    ),
    "verify": _Command(
        "commands.seals.verifying:verify",
        "把一份检查结果再考核一遍",
        "Judge a run again, and say what differs",
        ["verify run.json"],
    ),
    "seal": _Command(
        "commands.seals.sealing:seal",
        "给检查结果盖印：签名",
        "Seal a run: sign it",
        ["seal run.json examples/ordos-2025 --key office.key"],
    ),
    "seal-check": _Command(
        "commands.seals.sealing:seal_check",
        "验印：是不是盖印时的那些",
        "Check a seal, and name what was tampered with",
        ["seal-check run.json.seal examples/ordos-2025 --public office.pub"],
    ),
    "seal-key": _Command(
        "commands.seals.sealing:seal_key",
        "造一对盖印的钥匙",
        "Make a pair of keys to seal with",
        ["seal-key office --passphrase"],
    ),
    "template": _Command(
        "commands.preparing:template",
        "写出供填报的工作簿",
        "Write the workbook that rules need filled in",
        ["template --document ordos-145 --year 2025 --area 150602 --level school -o schools.xlsx"],
    ),
    "schema": _Command("cli:schema", "打印 JSON Schema", "Print a JSON Schema", ["schema run"]),
    "facts": _Command(
        "commands.facts:facts_app",
        "填报数据：校验、核对、抽查",
        "Facts: validate, look closer, visit",
        ["facts validate examples/ordos-2025"],
    ),
    "cases": _Command(
        "commands.cases.group:cases_app",
        "案件：立案、整改、销号",
        "Cases: opened, mended, closed",
        ["cases list"],
    ),
    "rules": _Command(
        "commands.rules:rules_app",
        "规则：查看、检查、证明",
        "Rules: see, lint, prove",
        ["rules show ordos-145/primary-class-size"],
    ),
}
"""Each by its name, in the order in which help lists them; a group of commands has its own."""


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


def _program(commands: Iterable[str]) -> typer.Typer:
    app = CommandGroup(cls=Program, pretty_exceptions_enable=False, help=ABOUT, epilog=EXIT_CODES)
    app.callback()(start)
    for each in commands:
        _add(app, each)
    return app


def _add(app: typer.Typer, name: str) -> None:
    """Load a command, and say what its help says of it."""
    command = COMMANDS[name]
    module, _, called = command.lies.partition(":")
    found = getattr(import_module(f"dabiao.{module}"), called)
    about, typed = both(command.zh, command.en), example(*command.examples)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name, help=about, epilog=typed)
    else:
        app.command(name, help=about, epilog=typed)(found)


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
