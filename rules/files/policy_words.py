"""The words of plans, kept as tables beside the rules (``features/lexicon``).

Which words look like quantities and are none, which are quantities without a number, and what the
words of a plan's sentence do there: a word is added in a table, and grammar stays in patterns.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from dabiao.rules.files.pack_files import built_in, folder_name
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

_FOLDER = "lexicon"
_WORD, _NOT_BEFORE, _NOT_BEHIND, _USE, _NOTE = "词", "前面不是", "后面不是", "作用", "说明"
_COLUMNS = (_WORD, _NOT_BEFORE, _NOT_BEHIND, _USE, _NOTE)


@dataclass(frozen=True, slots=True)
class PolicyWord:
    """A word of plans.

    Attributes:
        word: As it is written.
        uses: What it does; empty where the table is about one thing only.
        not_before: What it may not follow, or it is part of another word.
        not_behind: What may not follow it.
    """

    word: str
    uses: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_behind: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """A pattern that finds it; 211 is none of the digits of 2112."""
        number = self.word.isdecimal()
        before = "".join(f"(?<!{re.escape(each)})" for each in self.not_before)
        behind = "".join(f"(?!{re.escape(each)})" for each in self.not_behind)
        found = f"{before}{re.escape(self.word)}{behind}"
        return rf"(?<![\d.]){found}(?!\d)" if number else found


def any_of(words: Iterable[PolicyWord], *more: str, use: str | None = None) -> str:
    """Give a pattern that finds the longest of these words, or of those with a use, or more."""
    kept = [each for each in words if use is None or use in each.uses]
    longest_first = sorted(kept, key=lambda each: -len(each.word))
    return "|".join((*(each.pattern for each in longest_first), *more)) or "(?!)"


@cache
def policy_words(name: str, uses: frozenset[str] = frozenset()) -> tuple[PolicyWord, ...]:
    """Read a table of the library.

    Args:
        name: What it is called, without ``.csv``.
        uses: What its words may do.

    Raises:
        InputError: A line of it says something else; with everything that is wrong in it.
    """
    return read_words(built_in() / _FOLDER / f"{name}.csv", uses)


def read_words(path: Path, uses: Collection[str] = ()) -> tuple[PolicyWord, ...]:
    """Read a table of words.

    Lines that begin with # are comments. Several words in a cell have 、 between them.

    Raises:
        InputError: It cannot be read; with everything that is wrong in it.
    """
    file = f"{folder_name(built_in())}/{_FOLDER}/{path.name}"
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = say(f"词表读不了：{error}", f"the words cannot be read: {error}")
        raise InputError([_problem(file, None, message, say("重新安装", "install anew"))]) from None
    lines = [
        (number, [cell.strip() for cell in next(csv.reader([line]))])
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    header = lines[0][1] if lines else []
    wanted = {_WORD, _USE} if uses else {_WORD}
    if not wanted <= set(header) <= set(_COLUMNS):
        found = say(f"表头是“{','.join(header)}”", f"the header is {','.join(header)!r}")
        hint = say(f"列为 {','.join(_COLUMNS)}", f"the columns are {','.join(_COLUMNS)}")
        raise InputError([_problem(file, lines[0][0] if lines else 1, found, hint)])
    words: dict[str, PolicyWord] = {}
    problems: list[Problem] = []
    for number, cells in lines[1:]:
        row = dict(zip(header, cells, strict=False))
        wrong = list(_wrong(cells, row, header, words, uses))
        problems += [_problem(file, number, message, hint) for message, hint in wrong[:1]]
        if not wrong:
            several = (tuple(row.get(name, "").split("、")) for name in _COLUMNS[1:4])
            before, behind, does = (tuple(filter(None, each)) for each in several)
            words[row[_WORD]] = PolicyWord(row[_WORD], does, before, behind)
    if problems:
        raise InputError(problems)
    return tuple(words.values())


def _wrong(
    cells: list[str],
    row: dict[str, str],
    header: list[str],
    words: Collection[str],
    uses: Collection[str],
) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a line, and what to do."""
    if len(cells) != len(header):
        yield (
            say(
                f"这一行有 {len(cells)} 格，表头有 {len(header)} 格",
                f"this line has {len(cells)} cells, the header has {len(header)}",
            ),
            say("用英文逗号分格，空格子也要有逗号", "put a comma between cells, empty ones too"),
        )
    word = row.get(_WORD, "")
    if not word:
        yield (
            say("没有写词", "no word"),
            say("写上词，或删去这一行", "write it, or delete the line"),
        )
    if word in words:
        yield (
            say(f"“{word}”出现了两次", f"{word!r} stands twice"),
            say("合并成一行", "make one line of the two"),
        )
    does = row.get(_USE, "").split("、") if uses else ()
    unknown = [each for each in does if each not in uses]
    if unknown:
        known = "、".join(sorted(uses))
        yield (
            say(f"“{word}”的作用“{unknown[0]}”没有这一种", f"{word!r} has no use {unknown[0]!r}"),
            say(f"作用为 {known}", f"the uses are {known}"),
        )


def _problem(file: str, line: int | None, message: str, hint: str) -> Problem:
    return FilePlace(file, line).problem("bad-words", message, hint)
