"""YAML files that people write: keys, lists and texts, and nothing that grows or acts when read.

The one reader for every YAML file that comes from outside. It bounds the bytes and the depth, knows
neither aliases nor tags, and gives every scalar as the text that is written: a date is a text, and
so is a code that begins with 0. What it refuses it tells with the line and what to do.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import UNSEEN, visible

YamlPath = tuple[str | int, ...]
"""Keys and places in lists that lead to an entry."""
_NOTHING = ("", "~", "null")


class PlainYamlError(Exception):
    """A file that is not plain YAML: why, at which line, and what to do."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        """Carry them."""
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


@dataclass(frozen=True, slots=True)
class PlainYaml:
    """What a file says.

    Attributes:
        content: Its texts, in lists and by keys; None where nothing is written.
        lines: The line of each entry.
    """

    content: Any
    lines: Mapping[YamlPath, int] = field(default_factory=dict)

    def line(self, path: YamlPath) -> int:
        """Give the line of an entry, or of the nearest one that it stands in."""
        return next(
            (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 1
        )


def read_plain_yaml(data: bytes, *, most: int, deepest: int) -> PlainYaml:
    """Read a file.

    Args:
        data: Its bytes; one more than ``most`` of them is enough.
        most: How many bytes it may have.
        deepest: How many lists and keys may lie in one another.

    Raises:
        PlainYamlError: It is longer, deeper, or not plain YAML.
    """
    import yaml  # not needed where a pack was kept

    if len(data) > most:
        raise PlainYamlError(
            say(f"超过 {most // 1024} KB", f"longer than {most // 1024} KB"),
            say("删去不属于这里的内容", "leave out what does not belong here"),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = say("不是 UTF-8 编码的文字", "it is not text in UTF-8")
        raise PlainYamlError(message, say("另存为 UTF-8", "save it as UTF-8")) from None
    _refuse_unseen(text, 1)
    try:
        _look_over(text, deepest)
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _invalid(text, mark.line + 1 if mark else 1) from None
    if isinstance(node, yaml.ScalarNode) and (wrong := _mistyped(text)) is not None:
        raise wrong
    lines: dict[YamlPath, int] = {}
    return PlainYaml(None if node is None else _plain(node, (), lines), lines)


def _invalid(text: str, line: int) -> PlainYamlError:
    """Say what keeps a text from being YAML, which shows in a line or in one below it."""
    upto = "\n".join(text.split("\n")[:line])
    return _mistyped(upto) or PlainYamlError(
        say("不是合法的 YAML", "not valid YAML"),
        say(
            "每行写 键: 值，冒号后有空格，同一层对齐，引号和括号成对",
            "write 'key: value' on each line, those of a level below one another, and close quotes"
            " and brackets",
        ),
        line,
    )


_COLONS = (
    (re.compile(r"[^：\n]*：(?![^\n]*: )"), "全角的“：”", "a full-width colon"),
    (re.compile(r"[ ]*(?:- +)?[\w-]+:[^\s:/]"), "后面没有空格的“:”", "a colon without a space"),
)


def _mistyped(text: str) -> PlainYamlError | None:
    """Find the first line with what a keyboard for Chinese, or a hurry, makes of YAML."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        if "\t" in line:
            message = say("这一行里有制表符", "the line holds a tab")
            return PlainYamlError(message, say("改成空格", "type spaces instead"), number)
        for colon, zh, en in _COLONS:
            if colon.match(line):
                return PlainYamlError(
                    say(f"这一行的冒号是{zh}", f"the line has {en}"),
                    say("改成半角冒号和一个空格，如 id: x", "write a colon and a space: id: x"),
                    number,
                )
    return None


def _refuse_unseen(text: str, line: int) -> None:
    """Refuse what nobody sees, as two keys that look alike would not be."""
    if found := UNSEEN.search(text):
        raise PlainYamlError(
            say(f"有看不见的字符 {visible(found[0])}", f"an unseen character {visible(found[0])}"),
            say("删去它", "delete it"),
            line + text.count("\n", 0, found.start()),
        )


def _look_over(text: str, deepest: int) -> None:
    """Go through a text once, before anything is made of it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            message = say("不支持引用（*）", "aliases (*) are not supported")
            raise PlainYamlError(message, say("把内容直接写出来", "write it out"), line)
        if getattr(event, "tag", None) is not None:
            message = say("不支持标签（!）", "tags (!) are not supported")
            raise PlainYamlError(message, say("只写内容", "write the content alone"), line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            _refuse_unseen(event.value, line)
        if depth > deepest:
            message = say("嵌套太深", "nested too deeply")
            hint = say("只用 键: 值 和列表", "use keys and lists only")
            raise PlainYamlError(message, hint, line)


def _plain(node: Any, path: YamlPath, lines: dict[YamlPath, int]) -> Any:  # noqa: ANN401 - nodes are untyped
    """Give what a node says, and take down the line of each entry."""
    if node.id == "scalar":
        return None if node.style is None and node.value in _NOTHING else node.value
    if node.id == "sequence":
        for at, each in enumerate(node.value):
            lines[*path, at] = each.start_mark.line + 1
        return [_plain(each, (*path, at), lines) for at, each in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar":
            message = say("键应是文字", "a key must be a text")
            raise PlainYamlError(message, say("写成 键: 值", "write 'key: value'"), line)
        if key.value in found:
            message = say(f"“{key.value}”出现了两次", f'"{key.value}" is given twice')
            raise PlainYamlError(message, say("删去一处", "delete one of them"), line)
        lines[*path, key.value] = line
        found[key.value] = _plain(value, (*path, key.value), lines)
    return found
