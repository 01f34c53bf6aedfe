"""Arguments as people hand them in: looked at before anything is done with them."""

import operator
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import UnionType
from typing import Any, SupportsIndex

import polars as pl

from dabiao.schemas.language import say

_SHOWN = 60


def expect(value: object, kind: type | UnionType, name: str, zh: str, en: str) -> None:
    """Refuse what is of another kind.

    Args:
        value: What was handed in.
        kind: What it has to be.
        name: What the argument is called.
        zh: What it has to be, in words.
        en: The same in English.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(value, kind):
        raise _refusal(name, zh, en, value)


def whole_year(value: SupportsIndex | None, name: str) -> int | None:
    """Give a year as a number of Python's own; one of NumPy or Polars is as good.

    Raises:
        TypeError: It is no whole number.
    """
    if value is None:
        return None
    try:
        return operator.index(value)
    except TypeError:
        raise _refusal(name, "年份，如 2025", "a year, as 2025", value) from None


def texts(value: str | Iterable[str], name: str) -> tuple[str, ...]:
    """Give a text, or several, as several.

    Raises:
        TypeError: There is something else among them.
    """
    given = (value,) if isinstance(value, str) else _several(value)
    if not all(isinstance(each, str) for each in given):
        raise _refusal(name, "文字，或若干个", "a text, or several", value)
    return given


def file_paths(value: Path | str | Sequence[Path | str], name: str) -> list[Path | str]:
    """Give a path, or several, as several.

    Raises:
        TypeError: There is something else among them.
    """
    given = (value,) if isinstance(value, Path | str) else _several(value)
    if not all(isinstance(each, Path | str) for each in given):
        raise _refusal(
            name, "文件或文件夹的路径，或若干个", "a path of a file or a folder, or several", value
        )
    return list(given)


def frame(value: Any, name: str) -> pl.DataFrame:  # noqa: ANN401 - of whatever library
    """Give rows as a table of Polars.

    Raises:
        TypeError: They are none, or the library that is needed to read them is not installed.
    """
    zh, en = " Polars、pandas 或 Arrow 的表", "a table of Polars, pandas or Arrow"
    if value is None or isinstance(value, str | Path):  # of which it makes a table too
        raise _refusal(name, zh, en, value)
    try:
        return pl.DataFrame(value)
    except (TypeError, ValueError, ImportError, pl.exceptions.PolarsError) as error:
        raise _refusal(name, f"{zh}（{error}）", f"{en} ({error})", value) from None


def _several(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, Iterable) else (value,)


def _refusal(name: str, zh: str, en: str, value: object) -> TypeError:
    shown = repr(value)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    kind = type(value).__name__
    return TypeError(
        say(
            f"{name} 应为{zh}；给的是 {kind}：{shown}",
            f"{name} has to be {en}; not {kind}: {shown}",
        )
    )
