"""The way in and out of every command: language, settings, and every way to end."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from dabiao.commands.exit_codes import Exit
from dabiao.commands.help import (
    every_command,
    fault_message,
    pull_language,
    settings_by_command,
    translate,
    usage_message,
)
from dabiao.commands.plain_words import read_plainly
from dabiao.commands.settings import read_settings, spoken_language
from dabiao.engine.faults import EngineError
from dabiao.reports.outputs import (
    OutputError,
    UnwrittenError,
    spare_inputs,
    tell,
    use_utf8,
)
from dabiao.reports.streams import fill_closed
from dabiao.reports.terminal.progress import ProgressDisplay
from dabiao.schemas.language import say, speak
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import InputError
from dabiao.schemas.room import ask_for_room, be_modest, is_limited

_OF_EXTRA = pattern(r"""([\w.-]+).*extra == ["'](\w+)["']""")
"""A requirement of an extra: the package, and which extra."""
_PLAIN = re.compile(r"[\w@%+=:,./~-]+")
"""What no shell needs quoted, in any script."""


class Program(TyperGroup):
    """The way in and out of every command: language, settings, and every way to end."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program and exit; nothing that goes wrong comes out as a traceback."""
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is looked for
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no matrix is ever multiplied
        be_modest()
        wanted = args[0] if args else extra.pop("args", None)
        given = list(sys.argv[1:] if wanted is None else wanted)
        extra["obj"] = " ".join(["dabiao", *map(quoted, given)])
        fill_closed()
        for stream in (sys.stdout, sys.stderr):
            use_utf8(stream, always=os.name == "nt")
        try:
            code = self._run(given, extra)
        except KeyboardInterrupt:
            code = Exit.INTERRUPTED
        except UnwrittenError as error:
            tell(str(error))
            code = Exit.UNWRITTEN
        except (EngineError, InputError, OutputError) as error:
            tell(str(error))
            code = Exit.USAGE
        except BaseException as error:  # noqa: BLE001 - it is told in a line, or raised again
            code = _unforeseen(error)
        if code == Exit.INTERRUPTED:
            tell(say("已中断", "interrupted"))
        sys.exit(int(code))

    def _run(self, given: list[str], extra: dict[str, Any]) -> int:
        wanted = pull_language(given)
        speak(spoken_language(wanted, {}, os.environ))
        settings = read_settings(_here(), os.environ)
        speak(spoken_language(wanted, settings, os.environ))
        translate(self)
        for command in every_command(self):
            if command.callback is not None and command is not self:
                shown = _shown(command.callback, command.help or "")
                command.callback = _sparing(shown, command.params)
            for parameter in command.params:
                read_plainly(parameter)
        extra |= {"standalone_mode": False, "default_map": settings_by_command(self, settings)}
        return super().main(given, **extra) or Exit.CHECKED


def _here() -> Path:
    """Give the folder that the program works in.

    Raises:
        OutputError: Somebody has deleted it.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise OutputError(
            say(
                "当前文件夹已被删除；用 cd 换到还在的文件夹再运行",
                "the working folder has been deleted; cd to one that is there, and run it again",
            )
        ) from None


def _unforeseen(error: BaseException) -> Exit:
    """Tell of what nobody foresaw in a line, whatever it is."""
    # A panic is how what is written in Rust ends where Python has no room for another object.
    panics = type(error).__name__ == "PanicException"
    if (
        isinstance(error, MemoryError)
        or panics
        or (isinstance(error, ImportError) and is_limited())
    ):
        tell(_too_little_memory())
        if is_limited():  # a library of which half was loaded would not survive a tidy end
            with suppress(OSError, ValueError, MemoryError):
                sys.stdout.flush()
            os._exit(Exit.UNWRITTEN)
        return Exit.UNWRITTEN
    if not isinstance(error, Exception):
        raise error
    extra = extra_with(error)
    if extra is not None:
        tell(
            say(
                f'这个功能要另装组件：python -m pip install "dabiao[{extra}]"',
                f'this needs an extra: python -m pip install "dabiao[{extra}]"',
            )
        )
        return Exit.USAGE
    usage = usage_message(error)
    tell(usage if usage is not None else fault_message(error))
    return Exit.FAULT if usage is None else Exit.USAGE


def extra_with(error: Exception) -> str | None:
    """Give the smallest extra that brings what is not installed; None for any other error."""
    if not isinstance(error, ModuleNotFoundError) or error.name is None:
        return None
    from importlib.metadata import requires

    module = error.name.partition(".")[0]
    brought: dict[str, list[str]] = {}
    for found in map(_OF_EXTRA.match, requires("dabiao") or ()):
        if found is not None:
            brought.setdefault(found[2], []).append(found[1].lower())
    fitting = [extra for extra, names in brought.items() if {module, f"python-{module}"} & {*names}]
    return min(fitting, key=lambda extra: len(brought[extra]), default=None)


def _too_little_memory() -> str:
    told = say(
        "内存不够；用 --rule、--area 或 --outcome 缩小范围，分几次考核，"
        "或写成 .jsonl、.csv、.parquet：这几种格式边算边写",
        "there is too little memory; narrow the check with --rule, --area or --outcome"
        " and check in parts, or write .jsonl, .csv or .parquet, which are written as they come",
    )
    if is_limited():
        told += say(
            "；这里限制了一个程序能用多少内存（ulimit -v），也可以放宽",
            "; or raise the limit that is set here for a program (ulimit -v)",
        )
    return told


def _shown(run: Callable[..., Any], help_: str) -> Callable[..., Any]:
    """Let a terminal show what a command does, as long as it lasts and nobody tells more."""

    @wraps(run)
    def shown(*args: Any, **options: Any) -> Any:
        ask_for_room()  # where NumPy has none, it ends the program
        with ProgressDisplay(sys.stderr, next(iter(help_.splitlines()), "")):
            return run(*args, **options)

    return shown


def _sparing(run: Callable[..., Any], parameters: Sequence[Any]) -> Callable[..., Any]:
    """Let a command refuse to write its result over a file that it is told to read."""
    outputs = {each.name for each in parameters if "--output" in each.opts}
    arguments = {each.name for each in parameters if each.param_type_name == "argument"}

    @wraps(run)
    def sparing(*args: Any, **options: Any) -> Any:
        written = [Path(word) for name in outputs for word in _words(options.get(name))]
        read = [
            Path(word)
            for name, value in options.items()
            if written and name not in outputs
            for word in _words(value)
            if isinstance(word, Path) or name in arguments
        ]
        spare_inputs(written, read)
        return run(*args, **options)

    return sparing


def _words(value: object) -> list[str | Path]:
    """Give the words among what was given for a parameter that may be paths."""
    words = value if isinstance(value, list | tuple) else [value]
    return [word for word in words if isinstance(word, str | Path)]


def quoted(word: str) -> str:
    """Write a word of a command so that it can be typed again."""
    if _PLAIN.fullmatch(word):
        return word
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)
