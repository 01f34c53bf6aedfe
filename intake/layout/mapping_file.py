"""Mapping files (``--mapping map.yaml``): how tables made for another purpose are read.

A mapping file lists readings. Each takes the tables it matches and makes rows of one level of
them; a table that several readings match is read by each of them::

    tables:
      - level: 班级                       # or 名录
        file: "*.csv"                     # optional: pattern of file names
        sheet: "Sheet*"                   # optional: pattern of sheet names or JSON keys
        turned: true                      # optional: headers below each other, a column a subject
        where: {指标: [班额, "平均*"]}       # optional: rows in which a column says so
        rows: {年级: [1, 2, 3]}            # optional: one row becomes several
        columns:                          # source header: item or fixed column
          学校代码: 上级代码
          "{年级}年级班数": 年级班级数
        sums:                             # item: source headers that are added up
          年级学生数: ["{年级}年级男生", "{年级}年级女生"]
        compose:                          # text from source columns and row values
          代码: "{学校代码}-{年级}-{班|0}"    # 0 where 班 is blank; {班|} for nothing
        constants: {学段: 小学}            # the same in every row
        year: {column: 学年度, add: 1911}  # or constants: {年份: 2024}
        values: {办别: {公立: 公办}}        # item or fixed column: text found: what it stands for
        units: {教育经费: 元}               # item: unit of its columns, where headers do not say it
        decimal: ","                      # what stands before decimals: 1.234,5
        latest: 2024                      # of each item the latest value up to that year
    encoding: gb18030                     # of delimited files, where it should not be guessed

``rows`` names one variable and its values; ``{variable}`` in a source header stands for the value.
Columns that no reading mentions are left out, which a note names.
"""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from dabiao.intake.formats.encodings import check_encoding
from dabiao.intake.names import TableKind, nearest, table_kind
from dabiao.intake.plain_yaml import PlainYaml, PlainYamlError, YamlPath, read_plain_yaml
from dabiao.intake.unreadable import explain_os
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

ROSTER = "名录"
SLOT = re.compile(r"\{([^{}]+)\}")
"""A ``{variable}`` or a ``{source header}`` in a text."""
_MOST = 1 << 18
"""Bytes of a file that is read."""
_DEEPEST = 6
"""Lists and keys in one another, of which a reading needs five."""


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
    turned: bool = False
    where: dict[str, tuple[str, ...]] = {}
    rows: Annotated[dict[str, tuple[str, ...]], Field(max_length=1)] = {}
    columns: dict[str, str] = {}
    sums: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    compose: dict[str, str] = {}
    constants: dict[str, str] = {}
    year: YearSource | None = None
    values: dict[str, dict[str, str]] = {}
    units: dict[str, str] = {}
    decimal: Literal[".", ","] = "."
    latest: Annotated[int, Field(ge=1949, le=2100)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: object) -> object:
        """Leave out keys below which every line is a comment."""
        if not isinstance(given, dict):
            return given
        said = {key: each for key, each in given.items() if each is not None or key == "level"}
        if isinstance(said.get("values"), dict):
            said["values"] = {key: each or {} for key, each in said["values"].items()}
        return said

    @field_validator("where", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        if isinstance(given, dict):
            return {key: (each,) if isinstance(each, str) else each for key, each in given.items()}
        return given

    @field_validator("level")
    @classmethod
    def _known(cls, level: str) -> str:
        if table_kind(level) in (None, TableKind.NOTES):
            known = "、".join([*(each.zh for each in Level), ROSTER])
            raise ValueError(
                say(
                    f"“{level}”不是层级，应为 {known} 之一",
                    f'"{level}" is no level; it should be one of {known}',
                )
            )
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
            slots = (slot.partition("|")[0] for slot in SLOT.findall(text))
            names.extend(name for name in slots if name not in self.rows)
        names.extend(self.where)
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
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file.

    Attributes:
        file: Its path as given.
        tables: Its readings.
        text: What it says, and where.
        encoding: Encoding of delimited files, where it says so.
    """

    file: str
    tables: tuple[TableMapping, ...]
    text: PlainYaml
    encoding: str | None = None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values of variables into a text."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def read_mapping(path: Path | str) -> MappingFile:
    """Read a mapping file.

    Raises:
        InputError: It cannot be used; with everything that is wrong in it.
    """
    file = PurePath(path).as_posix()
    try:
        with Path(path).open("rb") as stream:
            read = read_plain_yaml(stream.read(_MOST + 1), most=_MOST, deepest=_DEEPEST)
    except OSError as error:
        why = explain_os(error)
        message = say(f"无法读取映射文件：{why}", f"the mapping file cannot be read: {why}")
        hint = say("检查路径", "check the path")
        raise InputError([FilePlace(file).problem("mapping-unreadable", message, hint)]) from None
    except PlainYamlError as error:
        raise InputError([_problem(file, error.line, error.message, error.hint)]) from None
    try:
        known = _Content.model_validate(read.content)
    except ValidationError as error:
        raise InputError([*_from_pydantic(file, read, error)]) from None
    check_encoding(known.encoding, FilePlace(file, read.line(("encoding",))))
    return MappingFile(file, known.tables, read, known.encoding)


def _problem(file: str, line: int, message: str, hint: str | None = None) -> Problem:
    hint = hint or say("写法见 docs/mapping.zh-CN.md", "see docs/mapping.zh-CN.md")
    return FilePlace(file, line).problem("bad-mapping", message, hint)


def _from_pydantic(file: str, read: PlainYaml, error: ValidationError) -> Iterable[Problem]:
    """Tell what is wrong; not what is only missing since it is misspelt, or wrong in itself."""
    faults = {_path(fault["loc"]): fault for fault in error.errors()}
    misspelt = {
        path: near
        for path, fault in faults.items()
        if fault["type"] == "extra_forbidden"
        for near in nearest(str(path[-1]), list(_fields(path)))[:1]
    }
    meant = {(*path[:-1], near) for path, near in misspelt.items()}
    for path, fault in faults.items():
        line = read.line(path)
        where = ".".join(str(part) for part in path) or say("文件", "the file")
        match fault["type"]:
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
            case "too_short" if not any(path == other[: len(path)] != other for other in faults):
                yield _problem(file, line, say(f"{where} 是空的", f"{where} is empty"))
            case "missing" | "too_short":
                continue
            case "value_error":
                yield _problem(file, line, f"{where}: {fault['ctx']['error']}")
            case kind:
                wanted, given = _wanted(kind), _given(fault["input"])
                yield _problem(
                    file,
                    line,
                    say(f"{where} 应为{wanted}{given}", f"{where} should be {wanted}{given}"),
                )


def _given(said: object) -> str:
    """Say what stands there instead; nothing where it is long."""
    if said is None:
        return say("，却是空的", ", and is blank")
    return say(f"，不是“{said}”", f', not "{said}"') if isinstance(said, str) else ""


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
        case "bool_parsing" | "bool_type":
            return say("true 或 false", "true or false")
        case "literal_error":
            return say('"." 或 ","', '"." or ","')
        case "int_type" | "int_parsing" | "int_from_float":
            return say("整数", "a whole number")
    return say("文字或数", "a text or a number")


def _path(location: YamlPath) -> YamlPath:
    """Give the path of an entry, without what the model adds where a key is wrong."""
    return tuple(part for part in location if part != "[key]")


def _fields(path: YamlPath) -> Iterable[str]:
    """List the keys that may stand where a key stands."""
    part = _Content if len(path) == 1 else YearSource if "year" in path else TableMapping
    return list(part.model_fields)
