"""Words of a command line that are plainly what they have to be.

The command-line library makes a schema for each parameter of a command, given or not, and loads
what makes schemas: together that takes as long as reading ten workbooks. Defaults and nearly all
words need no schema. What is not plain, the library reads, or refuses in its own words.
"""

import os
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from dabiao.schemas.language import say

_DIGITS = 9
"""Digits of the longest number that is plain."""


def read_plainly(parameter: Any) -> None:
    """Let a parameter take what is plain as it is."""
    parameter.get_runtime_param = _Reader


class _Reader:
    """Reads what is given for a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Read what is given, under the names that the library calls it by."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if value is param.default and not several:
            return value
        kind, told = param.type_descriptor.annotation, param.type_descriptor.parameter_info
        _refuse_empty(value, param, ctx)
        if several and isinstance(value, list | tuple) and get_origin(kind) is list:
            (kind,) = get_args(kind)
            found = [_plain(word, kind, told) for word in value]
            if None not in found:
                return found
        elif not several and (plain := _plain(value, kind, told)) is not None:
            return plain
        return type(param).get_runtime_param(param).coerce(value, param=param, ctx=ctx)


def _refuse_empty(value: Any, param: Any, ctx: Any) -> None:
    """Refuse an empty word for a path or an argument: a shell gives it for what was never set.

    As a path it would be the folder that one is in.
    """
    words = value if isinstance(value, list | tuple) else (value,)
    is_path = Path in (kind := param.type_descriptor.annotation, *get_args(kind))
    is_named = param.param_type_name == "argument" or "FILE" in (param.metavar or "")
    if (is_path or is_named) and "" in words:
        from typer import BadParameter

        raise BadParameter(say("是空的", "it is empty"), ctx=ctx, param=param)


def _plain(word: object, kind: Any, declared: Any) -> Any:
    """Give what a word stands for; None where it is not plain."""
    if not isinstance(word, str) or not word or not word.isprintable():
        return None
    if declared.parser is not None:
        return _parsed(word, declared.parser)
    if kind is str:
        return word
    if kind is Path:
        new = not (declared.exists or os.path.lexists(word))
        return Path(word) if new or os.access(word, os.R_OK) else None
    if kind is int:
        number = int(word) if word.isascii() and word.isdecimal() and len(word) <= _DIGITS else None
        fits = number is not None and (declared.min or 0) <= number <= (declared.max or number)
        return number if fits else None
    if get_origin(kind) is Literal:
        return word if word in get_args(kind) else None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((each for each in kind if each.value == word), None)
    return None


def _parsed(word: str, parser: Callable[[str], Any]) -> Any:
    """Give what a parser of ours reads; None where it refuses, as it then does once more."""
    from typer import BadParameter

    try:
        return parser(word)
    except BadParameter:
        return None
