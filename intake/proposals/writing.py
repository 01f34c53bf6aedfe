"""A proposal as the text of a mapping file, with what to look at in comments."""

import glob
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from dabiao.intake.proposals.proposal import (
    EntryValue,
    Proposal,
    ProposedEntry,
    ProposedReading,
    State,
    TableProposal,
)
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
    for table in proposal.tables:
        lines.extend(map(_line, _table(table)))
    return "\n".join(lines) + "\n"


def told(proposal: Proposal) -> Iterator[str]:
    """Say in short what came of it: what needs no mapping, what has none, what is still to give."""
    for table in proposal.tables:
        if table.state is not State.PROPOSED and not proposal.needless:
            yield next(_table(table)).strip(" #")
    if proposal.needless:
        yield say(
            "已是填报的格式，不需要映射文件；直接用 dabiao facts validate 校验",
            "it is in the form of submissions and needs no mapping; see dabiao facts validate",
        )
    if proposal.undated:
        yield say(
            "表里没有年份：在 constants 中填写，或加 --year",
            "no year was found: give it in constants, or add --year",
        )
    if not proposal.tables:
        yield say("没有找到表", "there is no table")


def _table(table: TableProposal) -> Iterator[str]:
    named = " ".join(part for part in (table.file, table.sheet) if part)
    named = named or say("这张表", "this table")
    match table.state:
        case State.OWN:
            yield say(
                f"  # {named}：已是填报的格式（{table.why}），不需要映射",
                f"  # {named}: is read as it is ({table.why}) and needs no mapping",
            )
        case State.LEFT:
            yield say(
                f"  # {named}：没有提出映射：{table.why}", f"  # {named}: no proposal: {table.why}"
            )
        case State.PROPOSED:
            for at, draft in enumerate(table.readings):
                if at:
                    yield ""
                yield from _reading(table, draft)
            yield from _left(table.left)
        case _:
            assert_never(table.state)


def _reading(table: TableProposal, draft: ProposedReading) -> Iterator[str]:
    remark = say(f"依据：{draft.remark}", f"told by {draft.remark}") if draft.remark else ""
    yield f"  - {_entry(ProposedEntry('level', draft.level.label, remark))}"
    if table.file is not None:
        yield f"    file: {scalar(glob.escape(table.file))}"
    if table.sheet is not None:
        yield f"    sheet: {scalar(glob.escape(table.sheet))}"
    if draft.where:
        chosen = ", ".join(f"{scalar(each.key)}: {scalar(each.value)}" for each in draft.where)
        also = say("；", "; ").join(each.remark for each in draft.where)
        yield f"    # where: {{{chosen}}}  # {say('只读这样的行。', 'only such rows. ')}{also}"
    if draft.rows is not None:
        values = ", ".join(_number(value) or scalar(value) for value in _listed(draft.rows.value))
        yield f"    rows: {{{scalar(draft.rows.key)}: [{values}]}}"
    for name in ("columns", "sums", "compose", "constants"):
        yield from _block(name, getattr(draft, name))
    if draft.year is not None:
        column, add = draft.year
        yield f"    year: {{column: {scalar(column)}, add: {add}}}"
    yield from _nested("values", draft.values)
    yield from _block("units", draft.units)
    if draft.decimal_comma:
        yield say('    decimal: ","  # 数写作 98,5', '    decimal: ","  # as in 98,5')


def _block(name: str, lines: Sequence[ProposedEntry]) -> Iterator[str]:
    """Write entries under a key; the key too is a comment where no entry counts."""
    if lines:
        mark = "" if any(line.sure for line in lines) else "# "
        yield f"    {mark}{name}:"
        yield from (f"      {_entry(line)}" for line in lines)


def _nested(name: str, groups: dict[str, list[ProposedEntry]]) -> Iterator[str]:
    if not groups:
        return
    sure = any(line.sure for lines in groups.values() for line in lines)
    yield f"    {'' if sure else '# '}{name}:"
    for target, lines in groups.items():
        yield f"      {'' if any(line.sure for line in lines) else '# '}{scalar(target)}:"
        yield from (f"        {_entry(line)}" for line in lines)


def _entry(line: ProposedEntry) -> str:
    value = scalar(line.value) if line.value != "" else ""
    text = f"{scalar(line.key)}: {value}".rstrip()
    return f"{'' if line.sure else '# '}{text}" + (f"  # {line.remark}" if line.remark else "")


def _number(text: str) -> str | None:
    """Give a text that is a plain number, which needs no quotes in a list of values."""
    return text if text.isdecimal() and text == str(int(text)) else None


def _listed(value: EntryValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _left(left: Iterable[tuple[str, str]]) -> Iterator[str]:
    """List what is not used, by reason."""
    by_reason: dict[str, list[str]] = {}
    for header, why in left:
        by_reason.setdefault(why, []).append(header)
    if by_reason:
        yield say("    # 未采用的列：", "    # Columns that are not used:")
        for why, headers in by_reason.items():
            yield f"    #   {say('、', ', ').join(headers)}{say('：', ': ')}{why}"


def scalar(value: EntryValue) -> str:
    """Write a text as YAML, in quotes where it would otherwise be something else.

    Examples:
        >>> scalar("学校代码"), scalar("2024"), scalar("a: b"), scalar(2024)
        ('学校代码', '"2024"', '"a: b"', '2024')
    """
    import yaml

    if isinstance(value, tuple):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, int):
        return str(value)
    try:
        plain = value.isprintable() and (
            yaml.safe_load(f"[{value}]") == [value] and yaml.safe_load(f"{value}: 1") == {value: 1}
        )
    except yaml.YAMLError:
        plain = False
    if plain:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


def _line(text: str) -> str:
    """Write what stands in a comment in one line, without characters that YAML does not know."""
    return "".join(c if c.isprintable() else " " for c in text)
