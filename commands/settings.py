"""Settings that hold for many commands: the environment, and the nearest ``dabiao.toml``."""

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dabiao.schemas.environment import CACHE
from dabiao.schemas.language import Language, say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import FilePlace, InputError, Problem

FILE = "dabiao.toml"
MOST = 1 << 16
"""Bytes of a file of settings."""
PREFIX = "DABIAO_"
DEBUG = "DABIAO_DEBUG"
"""Set to 1, a fault of our own prints its traceback."""

_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_TRUE = ("1", "true", "yes", "on", "是")
_FALSE = ("0", "false", "no", "off", "否", "")
_SHOWN = 60
"""Letters of a wrong value that are shown."""
_AT = pattern(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")

Settings = dict[str, Any]
"""Option to value; an option is named as on the command line, with ``_`` for ``-``."""


class _Kind:
    """What a setting holds: how it is read from text, and what TOML must give."""

    def __init__(self, types: type, words: tuple[str, str], parse: Callable[[str], Any]) -> None:
        self.types = types
        self.words = words
        self.parse = parse


def _truth(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError(text)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _paths(text: str) -> list[str]:
    return [part for part in text.split(os.pathsep) if part]


_TEXT = _Kind(str, ("文字", "a text"), str)
_TRUTH = _Kind(bool, ("true 或 false", "true or false"), _truth)
_NUMBER = _Kind(int, ("整数", "a whole number"), int)
_TEXTS = _Kind(list, ("文字的列表", "a list of texts"), _list)
_FOLDERS = _Kind(list, ("路径的列表", "a list of paths"), _paths)
_FILE = _Kind(str, ("路径", "a path"), str)
_STORE = _Kind(str, ("路径，或 postgresql://…", "a path, or postgresql://…"), str)

SETTINGS: Mapping[str, _Kind] = {
    "lang": _TEXT,
    "rules": _FOLDERS,
    "builtin": _TRUTH,
    "engine": _TEXT,
    "document": _TEXTS,
    "rule": _TEXTS,
    "tag": _TEXTS,
    "level": _TEXTS,
    "area": _TEXT,
    "as_of": _NUMBER,
    "every_year": _TRUTH,
    "mapping": _FILE,
    "encoding": _TEXT,
    "strict": _TRUTH,
    "fail_on": _TEXT,
    "ignore_aspirations": _TRUTH,
    "limit": _NUMBER,
    "letter": _TEXT,
    "reply_days": _NUMBER,
    "objection_days": _NUMBER,
    "follow_up": _TEXT,
    "cases": _STORE,
    "by": _TEXT,
}
"""Every setting there is; each is an option of the same name."""


def read_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """Read the settings that hold in a folder.

    Args:
        folder: Where to begin looking for ``dabiao.toml``; the folders above it follow.
        environment: Environment variables; those of ``DABIAO_`` win over the file.

    Raises:
        InputError: A setting is not known or not what it should be; carries every problem.
    """
    problems: list[Problem] = []
    found: Settings = {}
    file = nearest_file(folder)
    if file is not None:
        place = FILE if file.parent == folder else str(file)
        found |= _from_file(file, place, problems)
    found |= _from_environment(environment, problems)
    if problems:
        raise InputError(problems)
    return found


def where_set(word: str, folder: Path, environment: Mapping[str, str]) -> str | None:
    """Say which variable or file sets a word, or has it in a list; None where none does.

    Args:
        word: What somebody named, as it is told: a code, a name, a path.
        folder: As for ``read_settings``.
        environment: As for ``read_settings``.
    """
    for key, value in read_settings(folder, environment).items():
        if word and word in (value if isinstance(value, list) else [value]):
            variable = PREFIX + key.upper()
            return variable if variable in environment else FILE
    return None


def nearest_file(folder: Path) -> Path | None:
    """Find ``dabiao.toml`` in a folder or the nearest one above it."""
    for each in (folder, *folder.parents):
        if (each / FILE).is_file():
            return each / FILE
    return None


def _from_file(file: Path, place: str, problems: list[Problem]) -> Settings:
    import tomllib

    try:
        text = _content(file).decode("utf-8-sig")  # as Notepad writes it
        table = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        problems.append(_unreadable(place, error))
        return {}
    found: Settings = {}
    for written, value in table.items():
        kind, at = SETTINGS.get(written.replace("-", "_")), FilePlace(place, _line(text, written))
        if kind is None:
            known = [key.replace("_", "-") for key in SETTINGS]
            problems.append(_unknown(written, known, at))
        elif not _fits(value, kind):
            problems.append(_misfit(written, value, kind, at))
        else:
            found[written.replace("-", "_")] = _beside(file, value, kind)
    return found


def _line(text: str, key: str) -> int | None:
    """Find the line in which a key is set; None where it is written in another way."""
    set_here = re.compile(rf"""\s*(?:\[+\s*)?(["']?){re.escape(key)}\1\s*[]=.]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if set_here.match(line)), None)


class _TooLargeError(ValueError):
    """There is more of it than anybody would set."""


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(MOST + 1)
    if len(content) > MOST:
        raise _TooLargeError
    return content


def _unreadable(place: str, error: OSError | ValueError | RecursionError) -> Problem:
    """Say why the settings cannot be read, and where; what the library says is in English."""
    import tomllib

    from dabiao.intake.unreadable import explain_os

    at = _AT.search(str(error))
    match error:
        case OSError():
            why = explain_os(error)
        case UnicodeDecodeError():
            why = say("不是 UTF-8 编码的文字", "it is not text in UTF-8")
        case _TooLargeError():
            why = say("超过 64 KB", "it is larger than 64 KB")
        case RecursionError():
            why = say("括号套得太深", "its brackets lie too deep in one another")
        case tomllib.TOMLDecodeError() if at is None:
            why = say("末尾不完整", "its end is missing")
        case tomllib.TOMLDecodeError():
            why = say("这里不合 TOML 的写法", "this is not how TOML is written")
        case _:
            why = say("有一个数太长", "a number in it is too long")
    return FilePlace(
        place,
        int(at["line"]) if at is not None else None,
        int(at["column"]) if at is not None else None,
    ).problem(
        "unreadable-settings",
        say(f"设置文件读不懂：{why}", f"the settings cannot be read: {why}"),
        expected=say(
            "UTF-8 的 TOML，每行一个 键 = 值，文字加引号",
            "TOML in UTF-8, a key = value a line, texts in quotes",
        ),
        hint=say("改正或删除这个文件", "mend or remove this file"),
    )


def _fits(value: object, kind: _Kind) -> bool:
    if isinstance(value, list):
        return kind.types is list and all(isinstance(part, str) for part in value)
    return type(value) is kind.types


def _beside(file: Path, value: Any, kind: _Kind) -> Any:
    """Take paths to start from the file's own folder."""
    if kind is _FOLDERS:
        return [str(file.parent / part) for part in value]
    is_path = kind is _FILE or (kind is _STORE and "://" not in value)
    return str(file.parent / value) if is_path else value


def _from_environment(environment: Mapping[str, str], problems: list[Problem]) -> Settings:
    found: Settings = {}
    for name, text in sorted(environment.items()):
        if not name.startswith(PREFIX) or name in (DEBUG, CACHE):
            continue
        key = name.removeprefix(PREFIX).lower()
        kind = SETTINGS.get(key)
        if kind is None:
            known = [PREFIX + each.upper() for each in SETTINGS]
            problems.append(_unknown(name, known, FilePlace(say("环境变量", "environment"))))
            continue
        try:
            found[key] = kind.parse(text)
        except ValueError:
            at = FilePlace(say("环境变量", "environment"))
            problems.append(_misfit(name, text, kind, at))
    return found


def _unknown(written: str, known: list[str], place: FilePlace) -> Problem:
    from dabiao.rules.words.nearest import ask, nearest

    return place.problem(
        "unknown-setting",
        say(f"没有“{written}”这项设置", f'there is no setting "{written}"'),
        hint=ask(nearest(written, known, 1)) or say("可用：", "there are: ") + ", ".join(known),
    )


def _misfit(written: str, value: object, kind: _Kind, place: FilePlace) -> Problem:
    found = "{…}" if isinstance(value, dict) else json.dumps(value, ensure_ascii=False, default=str)
    found = found if len(found) <= _SHOWN else found[:_SHOWN] + "…"
    return place.problem(
        "wrong-setting",
        say(f"“{written}”不能是 {found}", f'"{written}" cannot be {found}'),
        expected=say(*kind.words),
        hint=say("改正这项设置", "correct this setting"),
    )


def spoken_language(
    wanted: str | None, settings: Settings, environment: Mapping[str, str]
) -> Language:
    """Choose the language: asked for, set, or that of the system; Chinese where none is.

    Raises:
        InputError: The language that was asked for is not spoken; told in both, as nobody knows
            which is understood.
    """
    chosen = wanted or settings.get("lang") or environment.get(PREFIX + "LANG")
    if chosen:
        if chosen in tuple(Language):
            return Language(chosen)
        place = "--lang" if wanted else "lang" if settings.get("lang") else PREFIX + "LANG"
        raise InputError(
            [
                FilePlace(place).problem(
                    "unknown-language",
                    f"没有语言“{chosen}” / no such language",
                    expected="zh, en",
                    hint="中文写 --lang zh；for English write --lang en",
                )
            ]
        )
    system = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    named = system.partition(".")[0]
    return Language.ZH if named in ("", "C", "POSIX") or named.startswith("zh") else Language.EN
