"""Arguments and options that several commands share.

What comes in are words of a command line; what goes out are values for a command. ``groups`` are
options that come together, which a command takes as one; ``wanted_reports`` is one, of where
reports go and what is wanted of them; ``completion`` says what a shell offers.

Must not know what a command does with them.
"""

from collections.abc import Container, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dabiao.commands.help import both
from dabiao.commands.options import completion
from dabiao.reports.format_names import LISTED, Format


def option(zh: str, en: str, *names: str, **more: Any) -> Any:
    """Describe an option in both languages."""
    return typer.Option(*names, help=both(zh, en), **more)


def year_option(zh: str, en: str, *names: str) -> Any:
    """Ask for a year."""
    return option(zh, en, *names, metavar="YEAR", min=1949, max=2100)


def argument(metavar: str, zh: str, en: str, **more: Any) -> Any:
    """Describe an argument in both languages."""
    return typer.Argument(metavar=metavar, help=both(zh, en), **more)


def given(context: typer.Context, names: Container[str]) -> list[str]:
    """List those of some options that were given, as they are written.

    Args:
        context: The command.
        names: The options, by the names of its arguments.
    """
    return [
        max(each.opts, key=len)
        for each in context.command.params
        if each.name in names and context.params.get(each.name)
    ]


PATHS = argument(
    "PATHS", "填报数据的文件或文件夹；- 读 JSON", "files or folders; - is JSON on stdin"
)
Paths = Annotated[list[str], PATHS]
FilePaths = Annotated[list[str], argument("PATHS", "填报数据的文件或文件夹", "files or folders")]
FACTS = option("同 PATHS", "the same as PATHS", "--facts", metavar="PATH")
_RUN = ("check -o 写出的 .json 或 .parquet", "a .json or .parquet that check -o wrote")
RunFile = Annotated[Path, argument("RUN", *_RUN)]
RuleId = Annotated[
    str,
    argument(
        "RULE",
        "规则标识（如 ordos-145/…）或标题",
        "id or title of the rule",
        autocompletion=completion.rules,
    ),
]
Builtin = Annotated[bool, option("用不用自带的规则包", "use the rule packs supplied")]
_GLOBS = argument(
    "RULE",
    "规则标识，可含 * ?；或规则包文件夹",
    "ids (* and ?), or folders of rules",
    autocompletion=completion.rules,
)
Globs = Annotated[list[str] | None, _GLOBS]
_AREA = option(
    "只看此地区及其下级",
    "only this place and below",
    metavar="AREA",
    autocompletion=completion.areas,
)
WithinArea = Annotated[str | None, _AREA]
_UNIT = option(
    "只看此单位牵头或负责的",
    "only what this unit answers for",
    metavar="UNIT",
    autocompletion=completion.units,
)
AnsweringUnit = Annotated[str | None, _UNIT]
Limit = Annotated[int, option("最多列出几条", "rows listed at most", metavar="N", min=0)]
_JUDGED = (
    "考核年份；不写则取填报较多的最近一年",
    "year to judge; else the latest that many report on",
)
_YEAR = year_option(*_JUDGED, "--as-of", "--year")
Year = Annotated[int | None, _YEAR]
_YEAR_NAMED = year_option(*_JUDGED, "--year", "--as-of")  # the setting of this name holds too
YearNamed = Annotated[int | None, _YEAR_NAMED]
Engine = Literal["auto", "durable", "columnar"]
EngineName = Annotated[Engine, option("比较引擎；结论相同", "engine; findings agree", "--engine")]
Strict = Annotated[bool, option("有错误或警告就不通过", "refuse any problem", "--strict")]
_SUPPRESS = option(
    "公开版：不足 N 人的数不列出，也推算不出",
    "public edition: nothing of fewer than N persons",
    "--suppress-below",
    metavar="N",
    min=2,
)
SuppressBelow = Annotated[int | None, _SUPPRESS]


def format_option(of: Sequence[Format]) -> Any:
    """Ask for one of those formats that a command has."""
    told = "输出格式：" + " ".join(of), "format of the result: " + ", ".join(of)
    return option(*told, "--format", "-f", metavar="FORMAT")


RunFormat = Annotated[Format | None, format_option(tuple(Format))]
ListFormat = Annotated[Format | None, format_option(LISTED)]
FILE = option("写入文件", "write to a file", "--output", "-o", metavar="FILE")
FILES = option(
    "写入文件，后缀定格式；可重复",
    "write to a file; its suffix tells the format",
    "--output",
    "-o",
    metavar="FILE",
)
Files = Annotated[list[Path] | None, FILES]
Force = Annotated[bool, option("覆盖已有文件", "overwrite files", "--force")]
