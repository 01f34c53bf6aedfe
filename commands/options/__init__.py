"""Arguments and options that several commands share.

What comes in are words of a command line; what goes out are values for a command. ``completion``
says what a shell offers while they are typed.

Must not know what a command does with them.
"""

from collections.abc import Container
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dabiao.commands.help import both
from dabiao.commands.options import completion
from dabiao.reports.format_names import Format
from dabiao.schemas.letter import LetterKind


def option(zh: str, en: str, *names: str, **more: Any) -> Any:  # noqa: ANN401 - as Typer has it
    """Describe an option in both languages."""
    return typer.Option(*names, help=both(zh, en), **more)


def year_option(zh: str, en: str, *names: str) -> Any:  # noqa: ANN401 - as Typer has it
    """Ask for a year."""
    return option(zh, en, *names, metavar="YEAR", min=1949, max=2100)


def argument(metavar: str, zh: str, en: str, **more: Any) -> Any:  # noqa: ANN401 - as Typer has it
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
_PACKS = option("再加一个规则包", "a further rule pack", "--rules", metavar="DIR")
RulePacks = Annotated[list[Path] | None, _PACKS]
Builtin = Annotated[bool, option("用不用自带的规则包", "use the rule packs supplied")]
_DOCUMENTS = option(
    "只用此文件的规则",
    "only of this document",
    "--document",
    metavar="ID",
    autocompletion=completion.documents,
)
Documents = Annotated[list[str] | None, _DOCUMENTS]
_RULES = option(
    "只用此规则（标识或标题），可含 * 和 ?",
    "only this rule, by id or title; * and ?",
    "--rule",
    metavar="ID",
    autocompletion=completion.rules,
)
RuleIds = Annotated[list[str] | None, _RULES]
_GLOBS = argument(
    "RULE",
    "规则标识，可含 * ?；或规则包文件夹",
    "ids (* and ?), or folders of rules",
    autocompletion=completion.rules,
)
Globs = Annotated[list[str] | None, _GLOBS]
_TAGS = option(
    "只用带此标签的规则",
    "only with this tag",
    "--tag",
    metavar="TAG",
    autocompletion=completion.tags,
)
Tags = Annotated[list[str] | None, _TAGS]
_LEVELS = option(
    "只用考核此层级的规则",
    "only about this level",
    "--level",
    metavar="LEVEL",
    autocompletion=completion.levels,
)
Levels = Annotated[list[str] | None, _LEVELS]
_TOKENS = option(
    "只要看有没有的规则；或只要看多少的",
    "only rules that ask whether; or only those that ask how much",
    "--tokens/--quantities",
)
Tokens = Annotated[bool | None, _TOKENS]
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
_DUE = ("截止日期，可按层级，如 学校=2025-10-31", "due date, perhaps of a level: school=2025-10-31")
Due = Annotated[list[str] | None, option(*_DUE, "--due", metavar="[LEVEL=]DATE")]
_LOG = ("收件登记的文件：记下每个文件何时收到", "the log of what was received when, which is kept")
ReceiptLog = Annotated[Path | None, option(*_LOG, "--log", metavar="FILE.csv")]
_CAME = ("今天以外的收件日期", "the day on which it came, if not today")
Received = Annotated[str | None, option(*_CAME, "--received", metavar="DATE")]
_LETTER = option(
    ".docx 用的模板；不写则用自带的", "template for .docx, if not our own", metavar="FILE.docx"
)
_KIND = option(
    "写成哪一种 .docx；不写则有对象的为通知书，没有的为报告",
    "which .docx; else a notice to whom it goes, or a report",
    "--letter",
)
Letter = Annotated[LetterKind | None, _KIND]
_REPLY = option("几日内书面回复，0 为不写", "days for a reply; 0 for none", metavar="N", min=0)
ReplyDays = Annotated[int, _REPLY]
_OBJECTION = option("几日内可提异议，0 为不写", "days to object; 0 for none", metavar="N", min=0)
ObjectionDays = Annotated[int, _OBJECTION]
_FOLLOW_UP = option("“后续”一段的文字", "what follows, in your words", metavar="TEXT")
FollowUp = Annotated[str, _FOLLOW_UP]
Template = Annotated[Path | None, _LETTER]
Limit = Annotated[int, option("最多列出几条", "rows listed at most", metavar="N", min=0)]
_BY_COUNTY = option("表里一个旗县一章", "a chapter of the table per county", "--by-county")
ByCounty = Annotated[bool, _BY_COUNTY]
_LIBRARY = option(
    "规则库的页面（rules docs -o 写的）；报告页面里的规则链到那里",
    "page that rules docs wrote; rules in the report's page lead there",
    "--library",
    metavar="FILE.html",
)
LibraryPage = Annotated[Path | None, _LIBRARY]
Everything = Annotated[bool, option("全部列出", "list all of them", "--all")]
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
_MAPPING = option("外来表格的映射文件", "how foreign tables are read", metavar="FILE")
Mapping = Annotated[Path | None, _MAPPING]
_ENCODING = option("CSV 的编码；不写则自动识别", "encoding of CSV files", metavar="NAME")
Encoding = Annotated[str | None, _ENCODING]
Strict = Annotated[bool, option("有错误或警告就不通过", "refuse any problem", "--strict")]
_SUPPRESS = option(
    "公开版：不足 N 人的数不列出，也推算不出",
    "public edition: nothing of fewer than N persons",
    "--suppress-below",
    metavar="N",
    min=2,
)
SuppressBelow = Annotated[int | None, _SUPPRESS]
_FORMAT = ("输出格式：", "format of the result: ")
_FORMATS = " ".join(Format), ", ".join(Format)
OutputFormat = Annotated[
    Format | None,
    option(
        *(text + names for text, names in zip(_FORMAT, _FORMATS, strict=True)),
        "--format",
        "-f",
        metavar="FORMAT",
    ),
]
_FILES = ("写入文件，后缀定格式；可重复", "write to a file; its suffix tells the format")
_ADDRESSED = option(*_FILES, "--output", "-o", metavar="FILE")
FilesOrAddress = Annotated[list[str] | None, _ADDRESSED]
"""As text: a path would fold the slashes of hdfs://host/."""
Files = Annotated[list[Path] | None, option(*_FILES, "--output", "-o", metavar="FILE")]
Force = Annotated[bool, option("覆盖已有文件", "overwrite files", "--force")]
