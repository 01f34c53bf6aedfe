"""A proposal as the text of a mapping file, with what to look at in comments."""

import glob
import json
from collections.abc import Iterator, Mapping

from dabiao.intake.proposals.proposal import EntryValue, Line, Proposal, Reading, TableProposal
from dabiao.schemas.language import say


def mapping_text(proposal: Proposal) -> str:
    """Write a proposal as YAML that ``--mapping`` reads.

    What is doubtful stands in it as a comment; nothing but removing the ``#`` makes it count.
    """
    lines = [
        say(
            "# 由 dabiao facts map 按表头和内容提出，请逐行核对；以 # 开头的行不起作用。",
            "# Proposed by dabiao facts map from headers and contents: look at every line."
            " Lines that begin with # do not count.",
        ),
        say(
            "# 百分数是相近的程度。去掉行首的 # 就采用这一行。写法见 docs/mapping.zh-CN.md。",
            "# Percentages tell how alike names are. Remove a # to adopt a line."
            " See docs/mapping.zh-CN.md.",
        ),
        "tables:",
    ]
    for table in proposal.tables:  # YAML does not know characters that cannot be printed
        lines += ["".join(c if c.isprintable() else " " for c in line) for line in _table(table)]
    return "\n".join(lines) + "\n"


def in_short(proposal: Proposal) -> Iterator[str]:
    """Say in short what came of it: what needs no mapping, what has none, what is still to give."""
    for table in proposal.tables:
        if not table.readings and not proposal.needless:
            yield next(_table(table)).strip(" #")
    if proposal.needless:
        yield say(
            "已是填报的格式，不需要映射文件；直接用 dabiao facts validate 校验",
            "it is in the form of submissions and needs no mapping; see dabiao facts validate",
        )
    if any(table.undated for table in proposal.tables):
        yield say(
            "表里没有年份：在 constants 中填写，或加 --year",
            "no year was found: give it in constants, or add --year",
        )
    if not proposal.tables:
        yield say("没有找到表", "there is no table")


def _table(table: TableProposal) -> Iterator[str]:
    named = " ".join(filter(None, (table.file, table.sheet))) or say("这张表", "this table")
    if table.own:
        yield say(
            f"  # {named}：已是填报的格式（{table.why}），不需要映射",
            f"  # {named}: is read as it is ({table.why}) and needs no mapping",
        )
    elif not table.readings:
        yield say(
            f"  # {named}：没有提出映射：{table.why}", f"  # {named}: no proposal: {table.why}"
        )
    for reading in table.readings:
        yield from _reading(table, reading)
    by_reason: dict[str, list[str]] = {}
    for header, why in table.left:
        by_reason.setdefault(why, []).append(header)
    if by_reason:
        yield say("    # 未采用的列：", "    # Columns that are not used:")
    for why, headers in by_reason.items():
        yield f"    #   {say('、', ', ').join(headers)}{say('：', ': ')}{why}"


def _reading(table: TableProposal, reading: Reading) -> Iterator[str]:
    why = say(f"依据：{reading.why}", f"told by {reading.why}") if reading.why else ""
    yield f"  - {_entry(Line('level', reading.level.label, why))}"
    for key, name in (("file", table.file), ("sheet", table.sheet)):
        if name is not None:
            yield f"    {key}: {scalar(glob.escape(name))}"
    if table.turned:
        yield say(
            "    turned: true  # 表横放着，一列一个对象", "    turned: true  # a column a subject"
        )
    if where := reading.parts.get(("where",)):
        mark = "" if all(each.sure for each in where) else "# "
        chosen = scalar({each.key: each.value for each in where})
        also = say("；", "; ").join(each.remark for each in where if each.remark)
        yield f"    {mark}where: {chosen}  # {say('只读这样的行。', 'only such rows. ')}{also}"
    for part in ("rows", "columns", "sums", "compose", "constants", "year", "units", "values"):
        found = {path: lines for path, lines in reading.parts.items() if path[0] == part}
        if found:
            yield f"    {part}:"
        for (_, *target), lines in found.items():
            yield from (f"      {scalar(each)}:" for each in target)
            yield from (f"      {'  ' if target else ''}{_entry(line)}" for line in lines)
    if ("decimal",) in reading.parts:
        yield say('    decimal: ","  # 数写作 98,5', '    decimal: ","  # as in 98,5')


def _entry(line: Line) -> str:
    value = scalar(line.value) if line.value != "" else ""
    text = f"{scalar(line.key)}: {value}".rstrip()
    return f"{'' if line.sure else '# '}{text}" + (f"  # {line.remark}" if line.remark else "")


def scalar(value: EntryValue) -> str:
    """Write a text as YAML, in quotes where it would otherwise be something else.

    Examples:
        >>> scalar("学校代码"), scalar("2024"), scalar("a: b"), scalar(2024)
        ('学校代码', '"2024"', '"a: b"', '2024')
    """
    import yaml

    if isinstance(value, tuple):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key)}: {scalar(each)}' for key, each in value.items())}}}"
    if isinstance(value, int):
        return str(value)
    try:
        if value.isprintable() and yaml.safe_load(f"[{value}: {value}]") == [{value: value}]:
            return value
    except yaml.YAMLError:
        pass  # as only a text in quotes is read
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
