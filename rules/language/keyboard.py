"""What a Chinese keyboard types into a feature file, and Gherkin knows in half-width only.

``功能：``, ``｜ 名称 ｜``, ``＠标签``, ``＃ language``, ``＜值＞`` and ``那么，`` mean what they
look like. The sentences themselves are read in either width anyway.
"""

import re
from functools import lru_cache

from gherkin.dialect import Dialect

_LANGUAGE = re.compile(r"\s*[#＃]\s*language\s*[:：]\s*([\w-]+)\s*$")
_FOREIGN = re.compile(
    r"[：｜＠＃＜]|^\s*(?:假如|假设|假定|当|那么|而且|并且|同时|但是)[ \t]*[:,，、]", re.MULTILINE
)
_PLACEHOLDER = re.compile(r"＜([^＜＞<>]+)＞")


def language_of(lines: list[str]) -> str:
    """Find the language that a feature says it is written in; English if it says none."""
    for line in lines:
        if found := _LANGUAGE.match(line):
            return found[1]
        if line.strip() and not line.lstrip().startswith(("#", "＃")):
            break
    return "en"


def half_width_marks(text: str) -> str:
    r"""Make the marks of Gherkin half-width, character by character, so that places stay true.

    Examples:
        >>> half_width_marks("# language: zh-CN\n功能： 班额\n  ｜ 值 ｜ 结论｜\n")
        '# language: zh-CN\n功能: 班额\n  | 值 | 结论|\n'
        >>> half_width_marks("# language: zh-CN\n功能: 比例：口径\n")
        '# language: zh-CN\n功能: 比例：口径\n'
    """
    if _FOREIGN.search(text) is None:
        return text
    lines = text.splitlines(keepends=True)
    marks = _marks(language_of(lines))
    return "".join(_plain(line, marks) for line in lines)


def _plain(line: str, marks: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]) -> str:
    named, alone, step = marks
    written = line.lstrip()
    if _LANGUAGE.match(line):
        return line.replace("＃", "#", 1).replace("：", ":", 1)
    if written.startswith(("|", "｜")):
        return _placeholders(line.replace("｜", "|"))
    if written.startswith(("@", "＠")):
        return line.replace("＠", "@")
    if written.startswith("＃"):
        return line.replace("＃", "#", 1)
    if found := named.match(line) or alone.match(line):
        start, end = found.span("gap")
        return line[:start] + ":" + line[start : end - 1] + line[end:]
    if found := step.match(line):
        start, end = found.span("gap")
        return _placeholders(line[:start] + " " * (end - start) + line[end:])
    return line


def _placeholders(line: str) -> str:
    return _PLACEHOLDER.sub(r"<\1>", line)


@lru_cache(maxsize=4)
def _marks(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give what headings with a name, headings without and steps begin with.

    A line of a description may begin with 例子： and go on; as a heading the word stands alone.
    """
    dialect = Dialect.for_name(language) or Dialect.for_name("en")
    assert dialect is not None  # noqa: S101 - English is always there
    named = (
        *dialect.feature_keywords,
        *dialect.rule_keywords,
        *dialect.scenario_keywords,
        *dialect.scenario_outline_keywords,
    )
    alone = (*dialect.background_keywords, *dialect.examples_keywords)
    steps = (
        *dialect.given_keywords,
        *dialect.when_keywords,
        *dialect.then_keywords,
        *dialect.and_keywords,
        *dialect.but_keywords,
    )
    return (
        re.compile(rf"\s*(?:{_any(named)})(?P<gap>[ \t　]*：)"),
        re.compile(rf"\s*(?:{_any(alone)})(?P<gap>[ \t　]*：)\s*$"),
        re.compile(rf"\s*(?:{_any(steps)})(?P<gap>(?:[ \t]*[:：,，、])?)"),
    )


def _any(words: tuple[str, ...]) -> str:
    longest_first = sorted({word.strip() for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word) for word in longest_first)
