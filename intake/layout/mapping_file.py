"""Mapping files (``--mapping map.yaml``): how tables made for another purpose are read.

A mapping file lists readings. Each takes the tables it matches and makes rows of one level of
them; a table that several readings match is read by each of them::

    tables:
      - level: 班级                       # or 名录
        file: "*.csv"                     # optional: pattern of file names
        sheet: "Sheet*"                   # optional: pattern of sheet names or JSON keys
        rows: {年级: [1, 2, 3]}            # optional: one row becomes several
        columns:                          # source header: item or fixed column
          学校代码: 上级代码
          "{年级}年级班数": 年级班级数
        sums:                             # item: source headers that are added up
          年级学生数: ["{年级}年级男生", "{年级}年级女生"]
        compose:                          # text from source columns and row values
          代码: "{学校代码}-{年级}"
        constants: {学段: 小学}            # the same in every row
        year: {column: 学年度, add: 1911}  # or constants: {年份: 2024}
        values: {办别: {公立: 公办}}        # item or fixed column: text found: what it stands for
        units: {教育经费: 元}               # item: unit of its columns, where headers do not say it

``rows`` names one variable and its values; ``{variable}`` in a source header stands for the value.
Columns that no reading mentions are left out, which a note names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from dabiao.intake.formats.table import whole_text
from dabiao.intake.names import TableKind, table_kind
from dabiao.intake.unreadable import explain_os
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem

ROSTER = "名录"
SLOT = re.compile(r"\{([^{}]+)\}")
"""A ``{variable}`` or a ``{source header}`` in a text."""
Path_ = tuple[str | int, ...]
Constant = str | int | float | bool
_TYPES = ("str", "int", "float", "bool")
"""What pydantic calls them."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class YearSource(_Part):
    """Where years come from: a column, and what is added to it."""

    column: str
    add: int = 0


class TableMapping(_Part):
    """One reading of the tables that it matches."""

    level: str
    file: str | None = None
    sheet: str | None = None
    rows: Annotated[dict[str, tuple[str, ...]], Field(max_length=1)] = {}
    columns: dict[str, str] = {}
    sums: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    compose: dict[str, str] = {}
    constants: dict[str, Constant] = {}
    year: YearSource | None = None
    values: dict[str, dict[str, Constant]] = {}
    units: dict[str, str] = {}

    @field_validator("rows", mode="before")
    @classmethod
    def _texts(cls, rows: object) -> object:
        """Take the numbers of a list as texts."""
        if not isinstance(rows, dict):
            return rows
        return {
            str(name): tuple(str(value) for value in values) if isinstance(values, list) else values
            for name, values in rows.items()
        }

    @field_validator("columns", "compose", "values", "units", mode="before")
    @classmethod
    def _keys(cls, entries: object) -> object:
        """Take keys that look like numbers as texts."""
        if not isinstance(entries, dict):
            return entries
        return {
            str(key): _keys_as_text(value) if isinstance(value, dict) else value
            for key, value in entries.items()
        }

    @field_validator("level")
    @classmethod
    def _known(cls, level: str) -> str:
        if table_kind(level) in (None, TableKind.NOTES):
            known = "、".join([*(each.zh for each in Level), ROSTER])
            raise ValueError(say(f"层级应为 {known} 之一", f"the level should be one of {known}"))
        return level

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.columns or self.compose or self.sums):
            raise ValueError(say("没有写明读取哪些列", "it names no column"))
        return self

    @property
    def kind(self) -> Level | None:
        """The level of its rows, or None for a roster."""
        kind = table_kind(self.level)
        return kind if isinstance(kind, Level) else None

    @property
    def variants(self) -> list[dict[str, str]]:
        """The values of the variable, one reading for each; one empty one without a variable."""
        for name, values in self.rows.items():
            return [{name: value} for value in values]
        return [{}]

    @property
    def sources(self) -> list[str]:
        """The source headers it asks for, with ``{variable}`` where a value goes."""
        names = [*self.columns, *(name for names in self.sums.values() for name in names)]
        for text in self.compose.values():
            names.extend(name for name in SLOT.findall(text) if name not in self.rows)
        if self.year is not None:
            names.append(self.year.column)
        return names

    def matches(self, file: str, sheet: str | None) -> bool:
        """Tell whether it reads a table."""
        path = PurePath(file)
        by_file = self.file is None or any(
            fnmatchcase(name, self.file) for name in (path.name, path.as_posix())
        )
        return by_file and (self.sheet is None or fnmatchcase((sheet or "").strip(), self.sheet))


class _Content(_Part):
    tables: Annotated[tuple[TableMapping, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file.

    Attributes:
        file: Its path as given.
        tables: Its readings.
        lines: Path of an entry to the line it stands in.
    """

    file: str
    tables: tuple[TableMapping, ...]
    lines: Mapping[Path_, int]

    def line(self, *path: str | int) -> int | None:
        """Give the line of an entry, or of what it stands in."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values of variables into a text."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _keys_as_text(entries: Mapping[object, object]) -> dict[str, object]:
    return {str(key): value for key, value in entries.items()}


def read_mapping(path: Path | str) -> MappingFile:
    """Read a mapping file.

    Raises:
        InputError: It cannot be used; with everything that is wrong in it.
    """
    import yaml

    file = PurePath(path).as_posix()
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        no_text = say("不是 UTF-8 编码的文字", "it is not text in UTF-8")
        why = explain_os(error) if isinstance(error, OSError) else no_text
        message = say(f"无法读取映射文件：{why}", f"the mapping file cannot be read: {why}")
        hint = say("检查路径；用 UTF-8 编码保存", "check the path; save it in UTF-8")
        raise InputError([FilePlace(file).problem("mapping-unreadable", message, hint)]) from None
    problems: list[Problem] = []
    try:
        for event in yaml.parse(text, yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                told = say("不支持引用（*）", "aliases are not supported")
                raise InputError([_problem(file, 1, told)])
            if isinstance(event, yaml.ScalarEvent) and whole_text(event.value) != event.value:
                found = whole_text(event.value)
                told = say(f"“{found}”中有残缺的字符", f'"{found}" holds halves of characters')
                raise InputError([_problem(file, getattr(event.start_mark, "line", 0) + 1, told)])
        node = yaml.compose(text, yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        what = getattr(error, "problem", None) or str(error)
        message = say("不是有效的 YAML", f"no valid YAML: {what}")
        raise InputError([_problem(file, line, message)]) from None
    lines: dict[Path_, int] = {}
    if node is not None:
        problems.extend(
            _problem(file, line, say(f"“{key}”出现了两次", f'"{key}" is given twice'))
            for key, line in _walk(node, (), lines)
        )
    try:
        known = _Content.model_validate(content)
    except ValidationError as error:
        problems.extend(_from_pydantic(file, lines, error))
        raise InputError(problems) from None
    if problems:
        raise InputError(problems)
    return MappingFile(file, known.tables, lines)


def _walk(node: object, path: Path_, lines: dict[Path_, int]) -> Iterable[tuple[str, int]]:
    """Take down the line of every entry, and yield keys that are given twice."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = str(key.value)
            if name in seen:
                yield name, line
            seen.add(name)
            lines[*path, name] = line
            yield from _walk(value, (*path, name), lines)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            lines[*path, at] = value.start_mark.line + 1
            yield from _walk(value, (*path, at), lines)


def _problem(file: str, line: int | None, message: str, hint: str | None = None) -> Problem:
    hint = hint or say("写法见 docs/mapping.zh-CN.md", "see docs/mapping.zh-CN.md")
    return FilePlace(file, line or 1).problem("bad-mapping", message, hint)


def _from_pydantic(
    file: str, lines: Mapping[Path_, int], error: ValidationError
) -> Iterable[Problem]:
    """Tell what is wrong; not what is only missing since it is misspelt, or wrong in itself."""
    told = {_path(found["loc"]): found for found in error.errors()}
    misspelt = {
        path: near
        for path, found in told.items()
        if found["type"] == "extra_forbidden"
        for near in get_close_matches(str(path[-1]), _fields(path), n=1, cutoff=0.5)
    }
    meant = {(*path[:-1], near) for path, near in misspelt.items()}
    for path, found in told.items():
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        where = ".".join(str(part) for part in path) or say("文件", "the file")
        match found["type"]:
            case "extra_forbidden":
                known = "、".join(_fields(path))
                near = misspelt.get(path)
                yield _problem(
                    file,
                    line,
                    say(f"不认识“{path[-1]}”", f'unknown key "{path[-1]}"'),
                    say(f"是否为 {near}", f"did you mean {near}")
                    if near
                    else say(f"可用：{known}", f"known: {known}"),
                )
            case "missing" if path not in meant:
                yield _problem(file, line, say(f"缺少 {where}", f"{where} is missing"))
            case "too_short" if not any(path == other[: len(path)] != other for other in told):
                yield _problem(file, line, say(f"{where} 是空的", f"{where} is empty"))
            case "missing" | "too_short":
                continue
            case "value_error":
                yield _problem(file, line, f"{where}: {found['ctx']['error']}")
            case kind:
                wanted = _wanted(kind)
                yield _problem(
                    file, line, say(f"{where} 应为{wanted}", f"{where} should be {wanted}")
                )


def _wanted(kind: str) -> str:
    """Say what should stand where something of another kind does."""
    match kind:
        case "tuple_type":
            return say("列表，写作 [甲, 乙]", "a list, as in [a, b]")
        case "dict_type" | "model_type":
            return say("“键: 值”", "keys with their values, as in {a: b}")
        case "string_type":
            return say("文字", "a text")
        case "too_long":
            return say("一个变量", "one variable")
        case "int_type" | "int_parsing" | "int_from_float":
            return say("整数", "a whole number")
    return say("文字、数、true 或 false", "a text, a number, true or false")


def _path(location: Path_) -> Path_:
    """Give the path of an entry, without what the model adds: keys, and each type it may have."""
    if location[2:3] in (("constants",), ("values",)) and location[-1] in _TYPES:
        location = location[:-1]
    return tuple(part for part in location if part != "[key]")


def _fields(path: Path_) -> Iterable[str]:
    """List the keys that may stand where a key stands."""
    part = _Content if len(path) == 1 else YearSource if "year" in path else TableMapping
    return list(part.model_fields)
