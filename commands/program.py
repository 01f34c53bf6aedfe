"""The way in and out of every command: language, settings, and every way to end."""

import gc
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
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
from dabiao.reports.outputs import OutputError, UnwrittenError, tell, use_utf8
from dabiao.reports.streams import fill_closed
from dabiao.reports.terminal.progress import ProgressDisplay
from dabiao.schemas.language import say, speak
from dabiao.schemas.problem import InputError

_PLAIN = re.compile(r"[\w@%+=:,./~-]+")
"""What no shell needs quoted, in any script."""


class Program(TyperGroup):
    """The way in and out of every command: language, settings, and every way to end."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Run the program and exit; nothing that goes wrong comes out as a traceback."""
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is looked for
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no matrix is ever multiplied
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
        except MemoryError:
            tell(_too_little_memory())
            code = Exit.UNWRITTEN
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a line
            usage = usage_message(error)
            tell(usage if usage is not None else fault_message(error))
            code = Exit.FAULT if usage is None else Exit.USAGE
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            # So ends what is written in Rust where Python has no room for another object.
            tell(_too_little_memory())
            code = Exit.UNWRITTEN
        if code == Exit.INTERRUPTED:
            tell(say("已中断", "interrupted"))
        gc.freeze()  # nothing is worth collecting on the way out
        sys.exit(int(code))

    def _run(self, given: list[str], extra: dict[str, Any]) -> int:
        wanted = pull_language(given)
        speak(spoken_language(wanted, {}, os.environ))
        settings = read_settings(Path.cwd(), os.environ)
        speak(spoken_language(wanted, settings, os.environ))
        translate(self)
        for command in every_command(self):
            if command.callback is not None and command is not self:
                command.callback = _shown(command.callback, command.help or "")
            for parameter in command.params:
                read_plainly(parameter)
        extra |= {"standalone_mode": False, "default_map": settings_by_command(self, settings)}
        return super().main(given, **extra) or Exit.CHECKED


def _too_little_memory() -> str:
    return say(
        "内存不够；用 --rule、--area 或 --outcome 缩小范围，分几次考核，"
        "或写成 .jsonl、.csv、.parquet：这几种格式边算边写",
        "there is too little memory; narrow the check with --rule, --area or --outcome"
        " and check in parts, or write .jsonl, .csv or .parquet, which are written as they come",
    )


def _shown(run: Callable[..., Any], help_: str) -> Callable[..., Any]:
    """Let a terminal show what a command does, as long as it lasts and nobody tells more."""

    @wraps(run)
    def shown(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as Typer has it
        with ProgressDisplay(sys.stderr, next(iter(help_.splitlines()), "")):
            return run(*args, **options)

    return shown


def quoted(word: str) -> str:
    """Write a word of a command so that it can be typed again."""
    if _PLAIN.fullmatch(word):
        return word
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)
