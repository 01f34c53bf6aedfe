"""Help and usage errors in the language that is spoken.

What is said here is worded for commands that the command line declares; it knows them only by the
attributes that every command and parameter has.
"""

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import partial
from itertools import chain
from typing import Any

from dabiao.commands.plain_words import read_plainly
from dabiao.commands.settings import DEBUG, FILE, PREFIX
from dabiao.reports.outputs import print_line
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.patterns import pattern

_OR = "\x1f"
_TEXTS = ("help", "short_help", "epilog", "prompt")
# What the command-line library says itself.
_STOCK = {
    "Usage: ": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "[required]": "[必填]",
    "; required]": "；必填]",
    "[default: ": "[默认 ",
    "Show this message and exit.": "显示帮助",
    "Install completion for the current shell.": "为当前的 shell 安装命令补全",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示补全脚本"
    ),
}

_WIDEST = 80
"""Columns of help, as the command-line library has it."""
_FAR = 10
"""Columns from which a line goes on with what is said of an option."""
_DESCRIBED = pattern(r"^(  \S.{0,40}?  +)\S")
_RANGE = pattern(r"(\d+)<=x<=(\d+)|x>=(\d+)")
_TYPES = pattern(r" <(?:str|path|list\[str\]|list\[Path\])>|[{}](?=[A-Z.\s])|(?<=[A-Z])}")
_NOT_ONE_OF = pattern(r"'(.*)' is not one of (.*)\.")
_SAID_OF_VALUES = "Value error, "
"""What the library that checks values puts before what we say of them."""
_SAID = {
    rf"^{_SAID_OF_VALUES}": "",
    r"'(.*)' is not one of (.*)\.": r"“\1”不是下列之一：\2",
    r"Input should be a valid integer.*": "应为整数",
    r"Input should be greater than or equal to (\d+)": r"应不小于 \1",
    r"Input should be less than or equal to (\d+)": r"应不大于 \1",
    r"Option '(.*)' requires an argument\.": r"选项 \1 后面要写值",
    r"Option '(.*)' does not take a value\.": r"选项 \1 后面不写值",
    r"Got unexpected extra argument\(?s?\)? \((.*)\)": r"多出的参数：\1",
    r"No such command '(.*?)'\.": r"没有命令“\1”",
    r" Did you mean (.*)\?": r"；是不是 \1？",
}
_SAID_OF_COMPLETION = {
    r"(\w+) completion installed in (.*)": r"\1 的命令补全已写入 \2",
    r"Completion will take effect once you restart the terminal": "重新打开终端后生效",
}


def both(zh: str, en: str) -> str:
    """Keep a text in two languages until it is known which one is spoken."""
    return zh + _OR + en


def example(*commands: str) -> str:
    """Show under the help of a command how it is typed, in both languages."""
    typed = "".join(f"\n  dabiao {each}" for each in commands)
    return both(f"\b\n例：{typed}", f"\b\nExample:{typed}")


ABOUT = both(
    "用规划和文件里的承诺考核填报数据，写出督导报告。",
    "Check the commitments of plans against the facts that are submitted.",
)
EXIT_CODES = both(
    """\b
退出码（几种同时出现时，取 70、74、4、3、6、1、5 中最前的）：
  0    已考核，没有达到 --fail-on 的结论
  1    有达到 --fail-on 的结论（默认：未达标）
  2    命令用法有误
  3    填报数据读不了
  4    规则有误，或没有选中规则
  5    没有未达标，但有缺数据（--fail-on missing 时）
  6    没有一条规则适用，什么也没有考核
  70   程序自身出错
  74   结果写不出去（标准输出已关闭、磁盘已满等）
  130  被中断""",
    """\b
Exit codes (where several apply, the first of 70, 74, 4, 3, 6, 1, 5):
  0    checked, nothing at or above --fail-on
  1    findings at or above --fail-on (default: violation)
  2    wrong usage
  3    a submission cannot be read
  4    a rule is wrong, or none is selected
  5    nothing violated, but something undetermined (with --fail-on missing)
  6    no rule applied to anybody, so nothing was judged
  70   our fault
  74   the result cannot be written (stdout is closed, the disk is full)
  130  interrupted""",
)


def pull_language(arguments: list[str]) -> str | None:
    """Take ``--lang`` out of arguments, wherever it stands, and give its value.

    It is needed before anything is parsed, as parsing already speaks.

    Examples:
        >>> given = ["check", "--lang", "en", "facts"]
        >>> pull_language(given), given
        ('en', ['check', 'facts'])
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    found = None
    for place in reversed(range(end)):
        option, equals, value = arguments[place].partition("=")
        if option != "--lang":
            continue
        if equals:
            found = found or value
            del arguments[place]
        elif place + 1 < end:
            found = found or arguments[place + 1]
            del arguments[place : place + 2]
    return found


def translate(command: Any) -> None:
    """Let a command, its parameters and all commands below it speak one language."""
    for each in every_command(command):
        for thing in (each, *each.params):
            for name in _TEXTS:
                text = getattr(thing, name, None)
                if isinstance(text, str) and _OR in text:
                    setattr(thing, name, say(*text.split(_OR)))
        each.get_help = partial(_help, each.get_help)
        each.get_help_option = partial(_help_option, each.get_help_option)
        for parameter in each.params if language() is Language.ZH else ():
            parameter.help = _STOCK.get(parameter.help, parameter.help)
            if parameter.name == "install_completion":
                parameter.callback = partial(_installed, parameter.callback)


def _installed(install: Callable[..., Any], *given: Any) -> Any:
    """Install the completion, and say in Chinese what the command-line library says of it."""
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            return install(*given)
    finally:
        for line in said.getvalue().splitlines():
            for pattern, words in _SAID_OF_COMPLETION.items():
                line = re.sub(pattern, words, line)  # noqa: PLW2901 - a line is worded step by step
            print_line(line)


def settings_by_command(command: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give every command below a command those settings that it has an option for."""
    found: dict[str, Any] = {}
    for parameter in command.params:
        key = max(parameter.opts, key=len).lstrip("-").replace("-", "_")
        if key in settings and isinstance(settings[key], list) == bool(parameter.multiple):
            found[parameter.name] = settings[key]
    for name, each in getattr(command, "commands", {}).items():
        found[name] = settings_by_command(each, settings)
    return found


def usage_message(error: Exception) -> str | None:
    """Word a usage error of the command-line library; None for any other error."""
    if not hasattr(error, "format_message"):
        return None
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "dabiao"
    hint = say(f"用法见 {path} --help", f"see {path} --help")
    told = _worded(error)
    if asked := _meant(error):
        told = told.rstrip(".") + asked
    return f"{path}{say('：', ': ')}{told}{_set_elsewhere(error)}\n{hint}"


def _meant(error: Any) -> str:
    """Ask what was meant by a value that is none of those there are."""
    found = _NOT_ONE_OF.search(str(getattr(error, "message", "")))
    if found is None:
        return ""
    from dabiao.rules.words.nearest import did_you_mean

    asked = did_you_mean(found[1], re.findall("'([^']*)'", found[2]))
    return say("；", "; ") + asked if asked else ""


def _set_elsewhere(error: Any) -> str:
    """Say where a wrong value stands that nobody typed: in the settings."""
    parameter, context = getattr(error, "param", None), getattr(error, "ctx", None)
    if parameter is None or context is None:
        return ""
    settings = context.default_map or {}
    if parameter.name not in settings:
        return ""
    if context.get_parameter_source(parameter.name).name != "DEFAULT_MAP":
        return ""
    value = settings[parameter.name]
    key = max(parameter.opts, key=len).lstrip("-")
    variable = PREFIX + key.replace("-", "_").upper()
    where = variable if variable in os.environ else FILE
    return say(f"（{where} 里设的是 {value}）", f" ({where} sets it to {value})")


def fault_message(error: Exception) -> str:
    """Word a fault of our own in two lines; the traceback comes first if somebody asked for it."""
    trace = ""
    if os.environ.get(DEBUG):
        import traceback

        trace = "".join(traceback.format_exception(error))
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return trace + say(
        f"程序自身出错，不是您的错：{what}\n"
        f"办法：设环境变量 {DEBUG}=1 再运行一次，把显示的内容连同命令一起报告",
        f"our fault, not yours: {what}\n"
        f"hint: run it again with {DEBUG}=1 in the environment, and report what it shows",
    )


def _worded(error: Any) -> str:
    told = str(error.format_message()).replace(_SAID_OF_VALUES, "")
    return told if language() is not Language.ZH else _quoted(_in_chinese(error, told))


def _quoted(message: str) -> str:
    """Quote and list as Chinese does."""
    listed = message.replace("' / '", "'或'")
    return re.sub(r"'([^']*)'", r"“\1”", listed).replace("”, “", "”、“").replace(" “", "“")


def _in_chinese(error: Any, message: str) -> str:
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            close = "、".join(getattr(error, "possibilities", None) or ())
            return f"没有选项 {error.option_name}" + (f"；是不是 {close}？" if close else "")
        case "MissingParameter" if parameter is not None:
            word = "参数" if parameter.param_type_name == "argument" else "选项"
            return f"缺少{word} {parameter.get_error_hint()}"
        case "BadParameter" if parameter is not None:
            return f"{parameter.get_error_hint()} 的值不对：{_chinese(str(error.message))}"
        case _:
            return _chinese(message)


def _chinese(message: str) -> str:
    for english, chinese in _SAID.items():
        message = re.sub(english, chinese, message)
    return message


def _help(get_help: Callable[[Any], str], context: Any) -> str:
    text = _RANGE.sub(_range, _TYPES.sub(_blank, get_help(context)))
    if language() is Language.ZH:
        for english, chinese in _STOCK.items():  # which a narrow screen may have broken
            words = r"\s+".join(map(re.escape, english.split()))
            text = re.sub(words + r"\s+" * english.endswith(" "), chinese, text)
        text = "\n".join(chain.from_iterable(map(_fitted, _rejoined(text.split("\n")))))
    return text


def _blank(found: re.Match[str]) -> str:
    """Take the type of an argument away, and keep what is said of it in its column."""
    return " " * len(found[0]) if found.string.startswith("  ", found.end()) else ""


def _range(found: re.Match[str]) -> str:
    """Say between which numbers one is wanted, as people write it."""
    least, most, alone = found.groups()
    return say(f"不小于 {alone}", f"{alone} or more") if alone else f"{least}–{most}"


def _column(line: str) -> int:
    """Tell where in a line of help its text begins."""
    described = _DESCRIBED.match(line)
    return len(described[1]) if described else len(line) - len(line.lstrip())


def _rejoined(lines: list[str]) -> list[str]:
    """Put together what is said of one option."""
    told: list[str] = []
    for line in lines:
        column = _column(line)
        if told and column >= _FAR and not line[:column].strip() and _column(told[-1]) == column:
            more = line.lstrip()
            torn = not (told[-1][-1:].isascii() or more[:1].isascii())  # Chinese has no spaces
            told[-1] += more if torn else f" {more}"
        else:
            told.append(line)
    return told


def _fitted(line: str) -> Iterator[str]:
    """Break a line of help that is too wide: Chinese is twice as wide as the library takes it."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    typed = line.lstrip().startswith("dabiao ")  # which stays in one line, to be copied
    if typed or len(line) + sum(not letter.isascii() for letter in line) <= width:
        yield line
        return
    indent = _column(line)
    from rich.text import Text

    from dabiao.reports.terminal.wrapping import wrapped

    first, *others = wrapped(Text(line[indent:]), width - indent)
    yield line[:indent] + first.plain
    for other in others:
        yield " " * indent + other.plain


def _help_option(get_help_option: Callable[[Any], Any], context: Any) -> Any:
    """Let help be printed as every other result is, wherever it goes."""
    option = get_help_option(context)
    if option is not None:
        option.callback = _print_help
        read_plainly(option)
    return option


def _print_help(context: Any, _: Any, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        print_line(context.get_help())
        context.exit()


def every_command(command: Any) -> Iterator[Any]:
    """Yield a command, and all below it."""
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from every_command(each)
